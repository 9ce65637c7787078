/* Whole processes from start to exit: wall time, processor time and peak memory. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/bench.h"
#include "publish/folder.h"

enum { WORDS_MAX = 24 };

/* A command that takes its turn in every round. */
typedef struct command {
    const char *name;
    const char *words[WORDS_MAX]; /* argv */
    double wall_goal, memory_goal;
    double *wall, *processor, *beyond, *memory; /* [round] ms, ms, ms more than the empty process, MB */
} command;

static double now_ms(void) {
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return 1e3 * (double)at.tv_sec + 1e-6 * (double)at.tv_nsec;
}

static double ms_of(struct timeval time) {
    return 1e3 * (double)time.tv_sec + 1e-3 * (double)time.tv_usec;
}

/* Starts a child that is silent. Spawned, because a fork would copy the bench's own page tables into the time. */
static bool start(const char *const words[WORDS_MAX], pid_t *child) {
    posix_spawn_file_actions_t actions;
    char *argv[WORDS_MAX] = {NULL};
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    for (size_t i = 0; i + 1 < WORDS_MAX && words[i] != NULL; i++)
        argv[i] = (char *)(uintptr_t)words[i]; /* posix_spawn() promises to leave the words alone */
    bool good = true;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        good = posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0) == 0 && good;
    good = good && posix_spawn(child, argv[0], &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    return good;
}

static bool measure(const command *what, size_t round) {
    struct rusage used;
    int status = 0;
    double before = now_ms();
    pid_t child;
    if (!start(what->words, &child) || wait4(child, &status, 0, &used) != child) {
        (void)fprintf(stderr, "bench: %s: %s\n", what->words[0], strerror(errno));
        return false;
    }
    what->wall[round] = now_ms() - before;
    what->processor[round] = ms_of(used.ru_utime) + ms_of(used.ru_stime);
    what->memory[round] = (double)used.ru_maxrss / 1024;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    (void)fprintf(stderr, "bench: '%s' failed (status %d)\n", what->name,
                  WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return false;
}

/* One round before the first is not counted: it brings programs and tables into memory. */
static bool measure_all(frem_bench *bench, command *commands, size_t n) {
    for (size_t c = 0; c < n; c++) {
        double **lists[] = {&commands[c].wall, &commands[c].processor, &commands[c].beyond,
                            &commands[c].memory};
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
            *lists[i] = calloc(bench->rounds, sizeof(double));
            if (*lists[i] == NULL)
                return false;
        }
        if (!measure(&commands[c], 0))
            return false;
    }
    for (size_t round = 0; round < bench->rounds; round++) {
        for (size_t c = 0; c < n; c++) {
            if (!measure(&commands[c], round))
                return false;
            commands[c].beyond[round] = commands[c].wall[round] - commands[0].wall[round];
        }
    }
    return true;
}

static const command *named(const command *commands, size_t n, const char *name) {
    for (size_t c = 0; c < n; c++) {
        if (strcmp(commands[c].name, name) == 0)
            return &commands[c];
    }
    return NULL;
}

/* What one process takes of another, round by round: the machine's other work falls on both. */
static void report_ratio(frem_bench *bench, const command *commands, size_t n, const char *const names[3],
                         double goal) {
    const command *one = named(commands, n, names[1]), *other = named(commands, n, names[2]);
    double *ratios = calloc(bench->rounds, sizeof *ratios);
    for (size_t round = 0; ratios != NULL && one != NULL && other != NULL && round < bench->rounds; round++)
        ratios[round] = one->wall[round] / other->wall[round];
    if (ratios != NULL && one != NULL && other != NULL)
        frem_bench_add(bench, names[0], "x", goal, ratios, bench->rounds);
    free(ratios);
}

static void report(frem_bench *bench, command *commands, size_t n) {
    char name[FREM_BENCH_NAME_MAX];
    frem_bench_heading(bench, "Whole process, wall time");
    for (size_t c = 0; c < n; c++)
        frem_bench_add(bench, commands[c].name, "ms", commands[c].wall_goal, commands[c].wall, bench->rounds);
    frem_bench_heading(bench, "... beyond the empty process of the same round");
    for (size_t c = 1; c < n; c++) {
        (void)snprintf(name, sizeof name, "%s, beyond", commands[c].name);
        frem_bench_add(bench, name, "ms", 0, commands[c].beyond, bench->rounds);
    }
    frem_bench_heading(bench, "Whole process, processor time of all threads");
    for (size_t c = 0; c < n; c++) {
        (void)snprintf(name, sizeof name, "%s, processor", commands[c].name);
        frem_bench_add(bench, name, "ms", 0, commands[c].processor, bench->rounds);
    }
    frem_bench_heading(bench, "Whole process, peak memory");
    for (size_t c = 0; c < n; c++) {
        (void)snprintf(name, sizeof name, "%s, memory", commands[c].name);
        frem_bench_add(bench, name, "MB", commands[c].memory_goal, commands[c].memory, bench->rounds);
    }
}

bool frem_bench_processes(frem_bench *bench) {
    const char *temp = getenv("TMPDIR");
    char folder[4096], out[4200], large[4200], sweep[4200];
    (void)snprintf(folder, sizeof folder, "%s/fremskriv-bench-XXXXXX",
                   temp != NULL && temp[0] == '/' ? temp : "/tmp");
    if (mkdtemp(folder) == NULL) {
        (void)fprintf(stderr, "bench: %s: %s\n", folder, strerror(errno));
        return false;
    }
    (void)snprintf(out, sizeof out, "%s/out", folder);
    (void)snprintf(large, sizeof large, "%s/large", folder);
    (void)snprintf(sweep, sizeof sweep, "%s/sweep", folder);
    command commands[] = {
        /* The fourth and the third from the end are compared, and each two of the four before them. */
        {.name = "empty process (true)", .words = {"/bin/true"}},
        {.name = "--version", .words = {FREM_PROGRAM, "--version"}},
        /* The third, before the large ones fill the caches with what is theirs. */
        {.name = "laerermod -o -",
         .words = {FREM_PROGRAM, "run", FREM_BENCH_PUBLISHED, "--data", FREM_BENCH_PUBLISHED_DATA, "-o", "-"},
         .wall_goal = 4},
        {.name = "check", .words = {FREM_PROGRAM, "check", FREM_BENCH_SCENARIO}},
        {.name = "run -o -", .words = {FREM_PROGRAM, "run", FREM_BENCH_SCENARIO, "-o", "-"}},
        {.name = "run -o DIR (csv)",
         .words = {FREM_PROGRAM, "run", FREM_BENCH_SCENARIO, "-o", out},
         .wall_goal = 30,
         .memory_goal = 50},
        {.name = "velfaerd-danmark solve",
         .words = {FREM_PROGRAM, "solve", FREM_BENCH_LARGE, "--vary", "programmes.ssh.intake", "--target",
                   "gap:ssh:all:2035=0", "-o", "-"}},
        {.name = "velfaerd-danmark run, one measure",
         .words = {FREM_PROGRAM, "run", FREM_BENCH_LARGE, "--measure", "gap", "-o", "-"}},
        {.name = "sosu-danmark decompose, 10 causes",
         .words = {FREM_PROGRAM,
                   "decompose",
                   FREM_BENCH_CAUSES,
                   "--of",
                   "gap:ssh:all:2020..2035",
                   "--set",
                   "demand.hjemmepleje.standard*=1.1 from 2030",
                   "--groups",
                   "a=programmes.ssh.intake",
                   "--groups",
                   "b=programmes.ssa.intake",
                   "--groups",
                   "c=demand.hjemmepleje.shares",
                   "--groups",
                   "d=demand.plejehjem.shares",
                   "--groups",
                   "e=retirement_ages.pension",
                   "--groups",
                   "f=retirement_ages.efterloen",
                   "-o",
                   "-"}},
        {.name = "sosu-danmark sweep, 1024 points",
         .words = {FREM_PROGRAM, "sweep", FREM_BENCH_CAUSES, "--measure", "gap", "--year", "2035", "--region",
                   "all", "--profession", "ssh", "--vary", "programmes.ssh.intake*=0.69:1.31:0.02", "--vary",
                   "programmes.ssa.intake*=0.69:1.31:0.02", "-o", "-"}},
        /* Two programmes over 12 years. */
        {.name = "sosu-danmark solve --path",
         .words = {FREM_PROGRAM,      "solve",
                   FREM_BENCH_CAUSES, "--path",
                   "--vary",          "programmes.ssh.intake",
                   "--vary",          "programmes.ssa.intake",
                   "--target",        "gap:ssh::2030-2040=0",
                   "--target",        "gap:ssa::2030-2040=0",
                   "--band",          "500",
                   "--step",          "25",
                   "--most-change",   "0.1",
                   "--from=2024",     "--until=2035"},
         .wall_goal = 2000},
        {.name = "velfaerd-danmark check",
         .words = {FREM_PROGRAM, "check", FREM_BENCH_LARGE},
         .wall_goal = 50},
        {.name = "velfaerd-danmark -o DIR (csv)",
         .words = {FREM_PROGRAM, "run", FREM_BENCH_LARGE, "-o", large},
         .wall_goal = 300,
         .memory_goal = 200},
        /* Four times the points may not take more memory. */
        {.name = "velfaerd-danmark sweep, 32 points",
         .words = {FREM_PROGRAM, "sweep", FREM_BENCH_LARGE, "--vary", FREM_BENCH_VARY "0.79:0.01", "-o",
                   sweep}},
        {.name = "velfaerd-danmark sweep, 128 points",
         .words = {FREM_PROGRAM, "sweep", FREM_BENCH_LARGE, "--vary", FREM_BENCH_VARY "0.7975:0.0025", "-o",
                   sweep}},
    };
    size_t n = sizeof commands / sizeof *commands;
    bool good = measure_all(bench, commands, n);
    if (good) {
        report(bench, commands, n);
        frem_bench_heading(bench, "One process by another of the same round");
        report_ratio(bench, commands, n,
                     (const char *const[]){"velfaerd-danmark, check / -o DIR", "velfaerd-danmark check",
                                           "velfaerd-danmark -o DIR (csv)"},
                     0);
        report_ratio(bench, commands, n,
                     (const char *const[]){"1024 sets of causes / 1024 points",
                                           "sosu-danmark decompose, 10 causes",
                                           "sosu-danmark sweep, 1024 points"},
                     1.2);
        report_ratio(bench, commands, n,
                     (const char *const[]){"velfaerd-danmark, solve / run, one measure",
                                           "velfaerd-danmark solve", "velfaerd-danmark run, one measure"},
                     3);
    }
    for (size_t c = 0; c < n; c++) {
        free(commands[c].wall);
        free(commands[c].processor);
        free(commands[c].beyond);
        free(commands[c].memory);
    }
    (void)frem_folder_remove(AT_FDCWD, folder);
    return good;
}
