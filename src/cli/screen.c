/* What people see: standard output, progress; and where the program's own files are. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/problem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "publish/sink.h"

frem_lang frem_environment_lang(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return strncmp(value, "da", 2) == 0 ? FREM_DA : FREM_EN;
    }
    return FREM_EN;
}

frem_status frem_say(const char *text) {
    frem_sink *sink;
    frem_status status = frem_sink_fd(&sink, STDOUT_FILENO, 0);
    if (status != FREM_OK)
        return status;
    frem_sink_text(sink, text);
    return frem_sink_close(sink, NULL, NULL, NULL);
}

bool frem_reader_gone(void) {
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) > 0 && (out.revents & POLLERR) != 0;
}

frem_status frem_say_lost(frem_diags *diags) {
    static const frem_place standard_output = {"fremskriv", 0, 0};
    if (frem_reader_gone())
        return FREM_UNWRITABLE;
    return FREM_PROBLEM(diags, standard_output, STDOUT_LOST, "") == FREM_NO_MEMORY ? FREM_NO_MEMORY
                                                                                   : FREM_UNWRITABLE;
}

size_t frem_terminal_width(void) {
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col;
    return 100;
}

char *frem_program_folder(void) {
    const char *given = getenv("FREMSKRIV_DATA");
    if (given != NULL && given[0] != '\0')
        return strdup(given);
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0)
        return NULL;
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return NULL;
    *slash = '\0';
    frem_text text = {0};
    frem_text_print(&text, "%s/CMakeCache.txt", path);
    bool built_here = text.bytes != NULL && access(text.bytes, F_OK) == 0;
    frem_text_free(&text);
    if (built_here) {
        /* In the project's folder its files are named as one would type them. */
        char here[PATH_MAX];
        bool inside = getcwd(here, sizeof here) != NULL && strcmp(here, FREM_SOURCE_DIR) == 0;
        return strdup(inside ? "." : FREM_SOURCE_DIR);
    }
    frem_text_print(&text, "%s/../share/fremskriv", path);
    return text.bytes;
}

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number) {
    (void)signal_number;
    interrupted = 1;
}

static int asked_to_stop(void *context) {
    (void)context;
    return interrupted;
}

/* "0:35 left", once there is something to judge by. */
static void show_time_left(frem_watch *watch, uint64_t done, uint64_t total) {
    static const char *const words[FREM_LANG_COUNT] = {"left", "tilbage"};
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    if (!watch->counting) {
        watch->counting = true;
        watch->began = now;
        watch->done_before = done;
        return;
    }
    double passed =
        (double)(now.tv_sec - watch->began.tv_sec) + 1e-9 * (double)(now.tv_nsec - watch->began.tv_nsec);
    if (passed < 1 || done <= watch->done_before || done > total)
        return;
    double left = passed / (double)(done - watch->done_before) * (double)(total - done);
    unsigned long seconds = (unsigned long)(left + 0.5);
    if (seconds >= 3600)
        (void)fprintf(stderr, ", %lu:%02lu:%02lu %s", seconds / 3600, seconds / 60 % 60, seconds % 60,
                      words[watch->lang]);
    else
        (void)fprintf(stderr, ", %lu:%02lu %s", seconds / 60, seconds % 60, words[watch->lang]);
}

static void show_progress(void *context, frem_phase phase, uint64_t done, uint64_t total) {
    frem_watch *watch = context;
    if (!watch->visible)
        return;
    (void)fprintf(stderr, "\r\033[K%s %llu/%llu", frem_phase_text(phase, watch->lang),
                  (unsigned long long)done, (unsigned long long)total);
    if (phase == FREM_PHASE_PROJECT)
        show_time_left(watch, done, total);
    (void)fflush(stderr);
    watch->shown = true;
}

void frem_watch_begin(frem_watch *watch, const frem_command *command) {
    *watch = (frem_watch){.lang = command->lang};
    watch->visible = !command->quiet && !command->no_progress && isatty(STDERR_FILENO);
    watch->progress = (frem_progress){show_progress, asked_to_stop, watch};
    /* Libraries that write files themselves know nothing of interrupted calls. */
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART};
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

void frem_watch_end(frem_watch *watch) {
    if (watch->shown)
        (void)fprintf(stderr, "\r\033[K");
    watch->shown = false;
}
