/* What people see: problems, progress, help; and where the program's own files are. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/sink.h"
#include "base/text.h"
#include "cli/cli.h"
#include "fremskriv/version.h"

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

void frem_show_problems(frem_diags *diags, frem_lang lang) {
    frem_diags_sort(diags);
    for (size_t i = 0; i < frem_diags_count(diags); i++) {
        char *text = frem_diag_text(frem_diags_at(diags, i), lang);
        (void)fprintf(stderr, "%s\n", text != NULL ? text : frem_status_text(FREM_NO_MEMORY, lang));
        free(text);
    }
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
    if (built_here)
        return strdup(FREM_SOURCE_DIR);
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

static void show_progress(void *context, frem_phase phase, uint64_t done, uint64_t total) {
    frem_watch *watch = context;
    if (!watch->visible)
        return;
    (void)fprintf(stderr, "\r\033[K%s %llu/%llu", frem_phase_text(phase, watch->lang),
                  (unsigned long long)done, (unsigned long long)total);
    (void)fflush(stderr);
    watch->shown = true;
}

void frem_watch_begin(frem_watch *watch, const frem_command *command) {
    *watch = (frem_watch){.lang = command->lang};
    watch->visible = !command->quiet && !command->no_progress && isatty(STDERR_FILENO);
    watch->progress = (frem_progress){show_progress, asked_to_stop, watch};
    struct sigaction action = {.sa_handler = on_interrupt};
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

void frem_watch_end(frem_watch *watch) {
    if (watch->shown)
        (void)fprintf(stderr, "\r\033[K");
    watch->shown = false;
}

static void add_options(frem_text *text, unsigned bit, frem_lang lang) {
    for (const frem_option *option = frem_options; option->name != NULL; option++) {
        if (!(option->verbs & bit))
            continue;
        frem_text left = {0};
        frem_text_print(&left, "%s%s%s%s%s", option->brief != NULL ? option->brief : "",
                        option->brief != NULL ? ", " : "", option->name, option->value != NULL ? " " : "",
                        option->value != NULL ? option->value : "");
        frem_text_print(text, "  %-20s %s", left.bytes != NULL ? left.bytes : "", option->help[lang]);
        if (option->choices != NULL)
            frem_text_print(text, " [%s]", option->choices);
        frem_text_add(text, "\n");
        frem_text_free(&left);
    }
}

frem_status frem_help(const char *verb_name, frem_lang lang) {
    static const char *const words[][FREM_LANG_COUNT] = {
        {"Projections of supply and demand for welfare professions.\n\nUsage: fremskriv VERB [OPTIONS] "
         "[FILES]\n\nVerbs:\n",
         "Fremskrivninger af udbud og efterspørgsel for velfærdsfag.\n\nBrug: fremskriv KOMMANDO "
         "[TILVALG] [FILER]\n\nKommandoer:\n"},
        {"\nOptions:\n", "\nTilvalg:\n"},
        {"\n`fremskriv VERB --help` tells more about a verb.\n",
         "\n`fremskriv KOMMANDO --help` fortæller mere om en kommando.\n"},
        {"Usage", "Brug"},
        {"\nExamples:\n", "\nEksempler:\n"},
        {"OPTIONS", "TILVALG"},
    };
    frem_text text = {0};
    const frem_verb *verb = verb_name != NULL ? frem_verb_find(verb_name) : NULL;
    if (verb == NULL) {
        frem_text_add(&text, words[0][lang]);
        for (const frem_verb *v = frem_verbs; v->name != NULL; v++)
            frem_text_print(&text, "  %-10s %s\n", v->name, v->help[lang]);
        frem_text_add(&text, words[1][lang]);
        add_options(&text, FREM_VERB_ANY, lang);
        frem_text_add(&text, words[2][lang]);
    } else {
        frem_text_print(&text, "%s: fremskriv %s [%s] %s\n\n%s\n", words[3][lang], verb->name, words[5][lang],
                        verb->files, verb->help[lang]);
        frem_text_add(&text, words[1][lang]);
        add_options(&text, verb->bit, lang);
        frem_text_add(&text, words[4][lang]);
        for (size_t i = 0; i < 2; i++)
            frem_text_print(&text, "  %s\n", verb->examples[i]);
    }
    frem_status status = text.failed ? FREM_NO_MEMORY : frem_say(text.bytes);
    frem_text_free(&text);
    return status;
}
