/* What people see: standard output, progress; and where the program's own files are. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/harmless.h"
#include "base/locale.h"
#include "base/platform.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/console.h"
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

frem_status frem_say_bytes(const char *bytes, size_t n) {
    frem_sink *sink;
    frem_status status = frem_sink_fd(&sink, FREM_STANDARD_OUTPUT, 0);
    if (status != FREM_OK)
        return status;
    frem_sink_write(sink, bytes, n);
    return frem_sink_close(sink, NULL, NULL, NULL);
}

frem_status frem_say(const char *text) {
    frem_text shown = {0};
    frem_text_add_all_harmless(&shown, text, strlen(text), "\n");
    const frem_status status = shown.failed ? FREM_NO_MEMORY : frem_say_bytes(shown.bytes, shown.length);
    frem_text_free(&shown);
    return status;
}

void frem_say_aside(const frem_command *command, const char *const *texts) {
    frem_text shown = {0};
    for (; *texts != NULL; texts++)
        frem_text_add_all_harmless(&shown, *texts, strlen(*texts), "\n");
    if (shown.failed)
        frem_show_status(FREM_NO_MEMORY, command);
    else if (shown.length > 0)
        (void)fwrite(shown.bytes, 1, shown.length, stderr);
    frem_text_free(&shown);
}

bool frem_reader_gone(void) {
    return frem_reader_left(FREM_STANDARD_OUTPUT);
}

frem_status frem_say_lost(frem_diags *diags) {
    static const frem_place standard_output = {"fremskriv", 0, 0};
    if (frem_reader_gone())
        return FREM_UNWRITABLE;
    return FREM_PROBLEM(diags, standard_output, STDOUT_LOST, "") == FREM_NO_MEMORY ? FREM_NO_MEMORY
                                                                                   : FREM_UNWRITABLE;
}

frem_status frem_say_text(char *text, frem_diags *diags) {
    const frem_status status = text != NULL ? frem_say(text) : FREM_NO_MEMORY;
    free(text);
    return status == FREM_UNWRITABLE ? frem_say_lost(diags) : status;
}

size_t frem_terminal_width(void) {
    const size_t columns = frem_terminal_columns(FREM_STANDARD_OUTPUT);
    return columns >= 40 ? columns : 100;
}

/* The folder of the program's own files, by that of the program. */
static char *folder_beside(const char *program) {
    frem_text text = {0};
    frem_file_info info;
    frem_text_print(&text, "%s/CMakeCache.txt", program);
    const bool built_here = text.bytes != NULL && frem_file_reach(FREM_HERE, text.bytes, &info) == 0;
    frem_text_free(&text);
    if (built_here) {
        /* In the project's folder its files are named as one would type them. */
        char *here = frem_current_folder();
        const bool inside = here != NULL && strcmp(here, FREM_SOURCE_DIR) == 0;
        free(here);
        return strdup(inside ? "." : FREM_SOURCE_DIR);
    }
    frem_text_print(&text, "%s/../share/fremskriv", program);
    return text.bytes;
}

char *frem_program_folder(void) {
    const char *given = getenv("FREMSKRIV_DATA");
    if (given != NULL && given[0] != '\0')
        return strdup(given);
    char *path = frem_program_file();
    char *slash = path != NULL ? strrchr(path, '/') : NULL;
    char *folder = NULL;
    if (slash != NULL) {
        *slash = '\0';
        folder = folder_beside(path);
    }
    free(path);
    return folder;
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

/* "812 a second, 0:35 left", once there is something to judge by. */
static void add_pace(frem_text *out, frem_watch *watch, uint64_t done, uint64_t total) {
    const double now = frem_seconds();
    if (!watch->counting) {
        watch->counting = true;
        watch->began = now;
        watch->done_before = done;
        return;
    }
    const double passed = now - watch->began;
    if (passed < 1 || done <= watch->done_before || done > total)
        return;
    const double pace = (double)(done - watch->done_before) / passed;
    const unsigned long seconds = (unsigned long)((double)(total - done) / pace + 0.5);
    frem_text_add(out, ", ");
    frem_locale_number(out, pace, pace < 10 ? 1 : 0, watch->lang);
    frem_text_add(out, frem_word_text(FREM_W_A_SECOND, watch->lang));
    if (seconds >= 3600)
        frem_text_print(out, ", %lu:%02lu:%02lu %s", seconds / 3600, seconds / 60 % 60, seconds % 60,
                        frem_word_text(FREM_W_TIME_LEFT, watch->lang));
    else
        frem_text_print(out, ", %lu:%02lu %s", seconds / 60, seconds % 60,
                        frem_word_text(FREM_W_TIME_LEFT, watch->lang));
}

/* What is known so far, where the line has room for it: one that is broken could not be written over. */
static void add_found(frem_text *out, const frem_watch *watch) {
    const size_t columns = frem_terminal_columns(FREM_STANDARD_ERROR);
    if (watch->found.length == 0 || out->failed ||
        frem_utf8_width(out->bytes, out->length) + 3 +
                frem_utf8_width(watch->found.bytes, watch->found.length) >=
            columns)
        return;
    frem_text_add(out, " · ");
    frem_text_add(out, watch->found.bytes);
}

static void show_progress(void *context, frem_phase phase, uint64_t done, uint64_t total) {
    frem_watch *watch = context;
    if (!watch->visible)
        return;
    frem_text line = {0};
    frem_text_print(&line, "%s %llu/%llu", frem_phase_text(phase, watch->lang), (unsigned long long)done,
                    (unsigned long long)total);
    if (phase == FREM_PHASE_PROJECT) {
        add_pace(&line, watch, done, total);
        add_found(&line, watch);
    }
    if (!line.failed)
        (void)fprintf(stderr, "\r\033[K%s", line.bytes);
    (void)fflush(stderr);
    frem_text_free(&line);
    watch->shown = true;
}

static void take_found(void *context, const char *const texts[FREM_LANG_COUNT]) {
    frem_watch *watch = context;
    frem_text_free(&watch->found);
    watch->found = (frem_text){0};
    frem_text_add_all_harmless(&watch->found, texts[watch->lang], strlen(texts[watch->lang]), "");
}

void frem_watch_begin(frem_watch *watch, const frem_command *command) {
    *watch = (frem_watch){.lang = command->lang};
    watch->visible = !command->quiet && !command->no_progress && frem_is_terminal(FREM_STANDARD_ERROR);
    watch->progress = (frem_progress){.report = show_progress,
                                      .stop = asked_to_stop,
                                      .context = watch,
                                      .found = watch->visible ? take_found : NULL};
    frem_signals_end(on_interrupt);
}

void frem_watch_end(frem_watch *watch) {
    if (watch->shown)
        (void)fprintf(stderr, "\r\033[K");
    watch->shown = false;
    frem_text_free(&watch->found);
    watch->found = (frem_text){0};
}
