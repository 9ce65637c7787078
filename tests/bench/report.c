/* Figures: kept, compared with the time before, printed. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static frem_bench_figure *next_figure(frem_bench *bench, const char *name) {
    if (bench->n_figures == FREM_BENCH_FIGURES_MAX)
        abort();
    frem_bench_figure *figure = &bench->figures[bench->n_figures++];
    *figure = (frem_bench_figure){0};
    (void)snprintf(figure->name, sizeof figure->name, "%s", name);
    return figure;
}

void frem_bench_heading(frem_bench *bench, const char *text) {
    next_figure(bench, text)->heading = true;
}

void frem_bench_add(frem_bench *bench, const char *name, const char *unit, double goal, double *samples,
                    size_t n) {
    frem_bench_figure *figure = next_figure(bench, name);
    qsort(samples, n, sizeof *samples, compare);
    figure->unit = unit;
    figure->goal = goal;
    figure->min = samples[0];
    figure->max = samples[n - 1];
    figure->median = (samples[(n - 1) / 2] + samples[n / 2]) / 2;
}

void frem_bench_processor(char *out, size_t size) {
    char line[512];
    FILE *file = fopen("/proc/cpuinfo", "r");
    (void)snprintf(out, size, "unknown");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        char *colon = strchr(line, ':');
        if (colon == NULL || strncmp(line, "model name", 10) != 0)
            continue;
        line[strcspn(line, "\n")] = '\0';
        (void)snprintf(out, size, "%s", colon + 1 + strspn(colon + 1, " "));
        break;
    }
    if (file != NULL)
        (void)fclose(file);
}

/* The file: a line "# PROCESSOR", then "MEDIAN UNIT NAME" lines. */
bool frem_bench_before(frem_bench *bench, const char *path) {
    char line[512], processor[256];
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    frem_bench_processor(processor, sizeof processor);
    bool same = fgets(line, sizeof line, file) != NULL && strncmp(line, "# ", 2) == 0;
    line[strcspn(line, "\n")] = '\0';
    same = same && strcmp(line + 2, processor) == 0;
    while (same && fgets(line, sizeof line, file) != NULL) {
        char *unit, *name;
        double median = strtod(line, &unit);
        line[strcspn(line, "\n")] = '\0';
        if (unit == line || *unit != ' ' || (name = strchr(unit + 1, ' ')) == NULL)
            continue;
        *name++ = '\0';
        for (size_t i = 0; i < bench->n_figures; i++) {
            frem_bench_figure *figure = &bench->figures[i];
            if (!figure->heading && strcmp(figure->name, name) == 0 && strcmp(figure->unit, unit + 1) == 0)
                figure->before = median;
        }
    }
    (void)fclose(file);
    return same;
}

bool frem_bench_keep(const frem_bench *bench, const char *path) {
    char processor[256];
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        (void)fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
        return false;
    }
    frem_bench_processor(processor, sizeof processor);
    (void)fprintf(file, "# %s\n", processor);
    for (size_t i = 0; i < bench->n_figures; i++) {
        const frem_bench_figure *figure = &bench->figures[i];
        if (!figure->heading)
            (void)fprintf(file, "%.6g %s %s\n", figure->median, figure->unit, figure->name);
    }
    if (fclose(file) == 0)
        return true;
    (void)fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
    return false;
}

/* Three digits that say something. */
static void print_number(double number) {
    int decimals = fabs(number) >= 100 ? 0 : fabs(number) >= 10 ? 1 : fabs(number) >= 1 ? 2 : 3;
    (void)printf(" %9.*f", decimals, number);
}

static void print_figure(const frem_bench_figure *figure) {
    if (figure->heading) {
        (void)printf("\n%s\n%-40s %9s %9s %9s %-2s %9s %16s\n", figure->name, "", "median", "min", "max", "",
                     "goal", "before");
        return;
    }
    (void)printf("  %-38s", figure->name);
    print_number(figure->median);
    print_number(figure->min);
    print_number(figure->max);
    (void)printf(" %-2s", figure->unit);
    if (figure->goal > 0)
        (void)printf("  <= %5g", figure->goal);
    else
        (void)printf(" %9s", "");
    if (figure->before > 0) {
        print_number(figure->before);
        (void)printf(" %+4.0f %%", 100 * (figure->median / figure->before - 1));
    }
    (void)putchar('\n');
}

void frem_bench_print(const frem_bench *bench) {
    for (size_t i = 0; i < bench->n_figures; i++)
        print_figure(&bench->figures[i]);
}
