/* The bench of the shipped scenarios; tools/bench builds and runs it. See docs/bench.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "bench/bench.h"

static const char usage[] =
    "bench [--rounds N] [--dry]\n"
    "  --rounds N  how often everything is measured (default 61; 5 to 10000)\n"
    "  --dry       leave the previous figures, bench-previous.txt beside the program, as they are\n";

/* bench-previous.txt in the folder of the program. */
static void previous_path(char *out, size_t size) {
    const char *slash = strrchr(FREM_PROGRAM, '/');
    (void)snprintf(out, size, "%.*s/bench-previous.txt", slash != NULL ? (int)(slash - FREM_PROGRAM) : 0,
                   FREM_PROGRAM);
}

static bool read_options(int argc, char **argv, frem_bench *bench, bool *dry) {
    for (int i = 1; i < argc; i++) {
        int64_t rounds = 0;
        if (strcmp(argv[i], "--dry") == 0) {
            *dry = true;
        } else if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc &&
                   frem_whole_read(argv[i + 1], strlen(argv[i + 1]), &rounds) == FREM_NUMBER_OK &&
                   rounds >= 5 && rounds <= 10000) {
            bench->rounds = (size_t)rounds;
            i++;
        } else {
            (void)fputs(usage, stderr);
            return false;
        }
    }
    return true;
}

/* Other work on the machine, so that a reader knows what the figures are worth. */
static void print_machine(const frem_bench *bench) {
    char processor[256];
    double load[1];
    frem_bench_processor(processor, sizeof processor);
    (void)printf("%s, %zu rounds", processor, bench->rounds);
    if (getloadavg(load, 1) == 1)
        (void)printf(", load %.1f before it began", load[0]);
    (void)printf(".\nThe machine's other work shows in max; compare medians and min, and ratios first.\n");
}

int main(int argc, char **argv) {
    static frem_bench bench = {.rounds = 61};
    char path[4096];
    bool dry = false;
    if (!read_options(argc, argv, &bench, &dry))
        return 2;
    previous_path(path, sizeof path);
    print_machine(&bench);
    (void)fflush(stdout);
    /* Processes first, while the bench is small: a child's peak memory counts its parent's at its start. */
    if (!frem_bench_processes(&bench) || !frem_bench_engine(&bench))
        return 1;
    bool before = frem_bench_before(&bench, path);
    frem_bench_print(&bench);
    if (!before)
        (void)printf("\nNo previous figures of this processor in %s.\n", path);
    return dry || frem_bench_keep(&bench, path) ? 0 : 1;
}
