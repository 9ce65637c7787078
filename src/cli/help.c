/* Help: the tables of verbs and options, laid out for people. */
#include <string.h>

#include "base/locale.h"
#include "base/text.h"
#include "cli/cli.h"

/* Columns: what every terminal shows and a letter holds. */
#define WIDTH 80u
/* Where the second column begins, under verbs and under options. */
#define VERB_COLUMN 13u
#define OPTION_COLUMN 23u

static void add_blanks(frem_text *text, size_t n) {
    frem_text_print(text, "%*s", (int)n, "");
}

/* Adds words that wrap at WIDTH; further lines begin at `indent`, lines before the last end in `more`. @param at the
 * current column. */
static void add_wrapped(frem_text *text, const char *words, size_t at, size_t indent, const char *more) {
    bool first = true;
    for (size_t n; *words != '\0'; words += n + (words[n] == ' ')) {
        n = strcspn(words, " ");
        const size_t wide = frem_utf8_width(words, n);
        if (!first && at + 1 + wide + strlen(more) > WIDTH) {
            frem_text_print(text, "%s\n", more);
            add_blanks(text, indent);
            at = indent;
        } else if (!first) {
            frem_text_add(text, " ");
            at++;
        }
        frem_text_add_bytes(text, words, n);
        at += wide;
        first = false;
    }
    frem_text_add(text, "\n");
}

/* A row of two columns; the second begins in a line of its own where the first is long. */
static void add_row(frem_text *text, const char *left, const char *right, size_t column) {
    const size_t end = 2 + frem_utf8_width(left, strlen(left));
    frem_text_print(text, "  %s", left);
    if (end + 1 > column) {
        frem_text_add(text, "\n");
        add_blanks(text, column);
    } else {
        add_blanks(text, column - end);
    }
    add_wrapped(text, right, column, column, "");
}

static void add_option(frem_text *text, const frem_option *option, frem_lang lang) {
    frem_text left = {0}, right = {0};
    frem_text_print(&left, "%s%s%s%s%s", option->brief != NULL ? option->brief : "",
                    option->brief != NULL ? ", " : "", option->name, option->value != NULL ? " " : "",
                    option->value != NULL ? option->value : "");
    frem_text_add(&right, option->help[lang]);
    if (option->choices != NULL)
        frem_text_print(&right, " [%s]", option->choices);
    if (left.failed || right.failed)
        text->failed = true;
    else
        add_row(text, left.bytes, right.bytes, OPTION_COLUMN);
    frem_text_free(&left);
    frem_text_free(&right);
}

/* Whether an option goes with several verbs. */
static bool is_common(const frem_option *option) {
    return (option->verbs & (option->verbs - 1)) != 0;
}

static void add_program(frem_text *text, frem_lang lang) {
    frem_text_add(text, frem_word_text(FREM_W_HELP_BEGIN, lang));
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++)
        add_row(text, verb->name, verb->help[lang], VERB_COLUMN);
    frem_text_add(text, frem_word_text(FREM_W_HELP_OPTIONS, lang));
    for (const frem_option *option = frem_options; option->name != NULL; option++) {
        if (is_common(option))
            add_option(text, option, lang);
    }
    frem_text_add(text, frem_word_text(FREM_W_HELP_END, lang));
}

static void add_verb(frem_text *text, const frem_verb *verb, frem_lang lang) {
    frem_text_print(text, "%s %s [%s] %s\n\n", frem_word_text(FREM_W_HELP_USAGE, lang), verb->name,
                    frem_word_text(FREM_W_HELP_WORD_OPTIONS, lang), verb->files);
    add_wrapped(text, verb->help[lang], 0, 0, "");
    frem_text_add(text, frem_word_text(FREM_W_HELP_OPTIONS, lang));
    for (const frem_option *option = frem_options; option->name != NULL; option++) {
        if (option->verbs & verb->bit)
            add_option(text, option, lang);
    }
    frem_text_add(text, frem_word_text(FREM_W_HELP_EXAMPLES, lang));
    for (size_t i = 0; i < sizeof verb->examples / sizeof *verb->examples; i++) {
        frem_text_add(text, "  ");
        add_wrapped(text, verb->examples[i], 2, 4, " \\");
    }
}

frem_status frem_help(const char *verb_name, frem_lang lang) {
    frem_text text = {0};
    const frem_verb *verb = verb_name != NULL ? frem_verb_find(verb_name) : NULL;
    if (verb == NULL)
        add_program(&text, lang);
    else
        add_verb(&text, verb, lang);
    frem_status status = text.failed ? FREM_NO_MEMORY : frem_say(text.bytes);
    frem_text_free(&text);
    return status;
}
