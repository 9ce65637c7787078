/* What earlier runs wrote, judged as it is: results.csv of their output folders. */
#include <stdlib.h>
#include <string.h>

#include "analysis/backtest.h"
#include "base/problem.h"
#include "base/text.h"
#include "publish/made.h"
#include "tables/table.h"

/* Columns of results.csv that are read. */
enum {
    IN_SCENARIO,
    IN_VARIANT,
    IN_YEAR,
    IN_REGION,
    IN_PROFESSION,
    IN_SECTOR,
    IN_MEASURE,
    IN_STATISTIC,
    IN_VALUE,
    IN_COUNT
};
static const char *const columns[IN_COUNT] = {"scenario", "variant", "year",      "region", "profession",
                                              "sector",   "measure", "statistic", "value"};

/* The results of a folder that are being read. */
typedef struct old_results {
    frem_backtest_work *b;
    frem_table *table;
    size_t at[IN_COUNT];
    const int64_t *years;
    const double *values;
    const char *alone; /* the one profession of the results; NULL where there are more */
} old_results;

static const char *cell(const old_results *old, size_t row, size_t column) {
    size_t n;
    return frem_table_cell(old->table, row, old->at[column], &n);
}

/* Finds the columns. @return FREM_INVALID, with a problem, where one is missing. */
static frem_status find_columns(old_results *old) {
    const frem_source *source = frem_table_source(old->table);
    for (size_t i = 0; i < IN_COUNT; i++) {
        const ptrdiff_t at = frem_table_column(old->table, columns[i]);
        if (at < 0)
            return FREM_PROBLEM(old->b->diags, ((frem_place){source->path, 1, 1}), BACKTEST_NO_RESULTS,
                                columns[i]);
        old->at[i] = (size_t)at;
    }
    frem_status status = frem_table_wholes(old->table, old->at[IN_YEAR], old->b->diags, &old->years);
    if (status == FREM_OK)
        status = frem_table_numbers(old->table, old->at[IN_VALUE], old->b->diags, &old->values);
    return status;
}

/* The one profession of rows; NULL where there are several. */
static const char *find_alone(const old_results *old) {
    const char *alone = NULL;
    for (size_t row = 0; row < frem_table_rows(old->table); row++) {
        const char *profession = cell(old, row, IN_PROFESSION);
        if (strcmp(profession, "all") == 0)
            continue;
        if (alone != NULL && strcmp(alone, profession) != 0)
            return NULL;
        alone = profession;
    }
    return alone;
}

/* Whether a row is about a series. All of one profession is that one. */
static bool is_about(const old_results *old, size_t row, const frem_address *address) {
    const char *profession = cell(old, row, IN_PROFESSION);
    const bool meant = strcmp(profession, address->profession) == 0 ||
                       (strcmp(address->profession, "all") == 0 && old->alone != NULL &&
                        strcmp(profession, old->alone) == 0);
    return meant && strcmp(cell(old, row, IN_MEASURE), address->measure) == 0 &&
           strcmp(cell(old, row, IN_REGION), address->region) == 0 &&
           strcmp(cell(old, row, IN_SECTOR), address->sector) == 0;
}

/* Whether a row's statistic is the one to judge by: the point, the median of draws. */
static bool is_middle(const char *statistic) {
    return strcmp(statistic, "point") == 0 || strcmp(statistic, "p50") == 0;
}

static bool same_run(const old_results *old, size_t a, size_t b) {
    return strcmp(cell(old, a, IN_SCENARIO), cell(old, b, IN_SCENARIO)) == 0 &&
           strcmp(cell(old, a, IN_VARIANT), cell(old, b, IN_VARIANT)) == 0;
}

/* The rows of one scenario or variant, which are adjacent, as a forecast. */
static frem_status add_run(old_results *old, size_t first, size_t end) {
    frem_backtest_work *b = old->b;
    const char *names[] = {cell(old, first, IN_SCENARIO), cell(old, first, IN_VARIANT)};
    double *projected, *begin;
    int64_t from = old->years[first];
    for (size_t row = first; row < end; row++)
        from = old->years[row] < from ? old->years[row] : from;
    const frem_forecast forecast = {.scenario = frem_arena_text(b->arena, names[0], strlen(names[0])),
                                    .variant = frem_arena_text(b->arena, names[1], strlen(names[1])),
                                    .from = (int)from};
    if (forecast.scenario == NULL || forecast.variant == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = frem_backtest_add(b, &forecast, &projected, &begin);
    for (size_t row = first; row < end && status == FREM_OK; row++) {
        const int64_t y = old->years[row] - b->first_year;
        for (size_t s = 0; s < b->n_series; s++) {
            if (!is_middle(cell(old, row, IN_STATISTIC)) || !is_about(old, row, &b->series[s].address))
                continue;
            if (old->years[row] == from)
                begin[s] = old->values[row];
            if (y >= 0 && y < (int64_t)b->n_years)
                projected[s * b->n_years + (size_t)y] = old->values[row];
        }
    }
    return status;
}

/* ---- how it was made ---- */

/* Inputs of the run that are read now too, and are other files by now. */
static size_t count_changed(const frem_made *made, const frem_sources *sources, size_t *known) {
    size_t changed = 0;
    *known = 0;
    for (size_t i = 0; frem_sources_at(sources, i) != NULL; i++) {
        const frem_source *source = frem_sources_at(sources, i);
        char hash[65];
        for (size_t k = 0; k < made->n_inputs; k++) {
            if (strcmp(made->inputs[k].name, source->name) != 0)
                continue;
            frem_sha256(source->bytes, source->size, hash);
            ++*known;
            changed += strcmp(hash, made->inputs[k].sha256) != 0;
            break;
        }
    }
    return changed;
}

static frem_status say_made(frem_backtest_work *b, frem_sources *sources, const char *folder,
                            const frem_made *made) {
    size_t known;
    const size_t changed = count_changed(made, sources, &known);
    return frem_answer_say(
        b->results,
        frem_arena_print(b->arena,
                         "%s was made by fremskriv %s: %s. Of its %zu inputs %zu are read here too, %zu of "
                         "them with other "
                         "content.",
                         folder, made->version, made->command, made->n_inputs, known, changed),
        frem_arena_print(
            b->arena,
            "%s er lavet af fremskriv %s: %s. Af dens %zu inddatafiler læses %zu også her, %zu af dem med "
            "andet indhold.",
            folder, made->version, made->command, made->n_inputs, known, changed));
}

static frem_status read_manifest(frem_backtest_work *b, frem_sources *sources, const char *folder) {
    const frem_source *source;
    frem_made made;
    const char *path = frem_arena_print(b->arena, "%s/manifest.json", folder);
    frem_status status = path != NULL ? frem_sources_open(sources, path, b->diags, &source) : FREM_NO_MEMORY;
    if (status != FREM_OK)
        return status;
    status = frem_made_read(&made, b->arena, source->bytes, source->size);
    if (status == FREM_INVALID)
        status = FREM_PROBLEM(b->diags, ((frem_place){source->path, 0, 0}), BACKTEST_NO_MANIFEST, "");
    return status == FREM_OK ? say_made(b, sources, folder, &made) : status;
}

frem_status frem_backtest_folder(frem_backtest_work *b, frem_sources *sources, const char *folder) {
    const frem_source *source;
    old_results old = {.b = b};
    frem_status status = read_manifest(b, sources, folder);
    const char *path = frem_arena_print(b->arena, "%s/results.csv", folder);
    if (status == FREM_OK)
        status = path != NULL ? frem_sources_open(sources, path, b->diags, &source) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_table_read(source, b->diags, &old.table);
    if (status == FREM_OK)
        status = find_columns(&old);
    if (status == FREM_OK)
        old.alone = find_alone(&old);
    for (size_t first = 0, end = 0; status == FREM_OK && first < frem_table_rows(old.table); first = end) {
        while (end < frem_table_rows(old.table) && same_run(&old, first, end))
            end++;
        status = add_run(&old, first, end);
    }
    frem_table_free(old.table);
    return status;
}
