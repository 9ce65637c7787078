/* What `new` asks for at a terminal: area, professions, years, the name of the file. Questions go to standard error, as all
 * that is no result. */
#include "cli/ask.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/number.h"
#include "base/problem.h"
#include "cli/console.h"
#include "session/starter.h"

enum { ANSWER_MAX = 2048, YEAR_MIN = 1900, YEAR_MAX = 2200 };

static const frem_place in_command = {"fremskriv", 0, 0};

/* A conversation. */
typedef struct asking {
    frem_asked *asked;
    const frem_command *command;
    frem_starter_country *country;
    frem_diags *diags;
    char answer[ANSWER_MAX];
    frem_status status;
} asking;

void frem_asked_free(frem_asked *asked) {
    frem_text_free(&asked->regions);
    frem_text_free(&asked->professions);
    frem_text_free(&asked->name);
}

bool frem_asks(const frem_command *command) {
    return (command->regions == NULL || command->professions == NULL) && !command->quiet &&
           !command->json_problems && frem_is_terminal(FREM_STANDARD_INPUT) &&
           frem_is_terminal(FREM_STANDARD_ERROR);
}

static void say(const asking *a, frem_word word) {
    const char *const texts[] = {frem_word_text(word, a->command->lang), NULL};
    frem_say_aside(a->command, texts);
}

/* Reads a line, without blanks around it. @return false at the end of the answers, which stops the asking. */
static bool read_answer(asking *a) {
    (void)fputs("> ", stderr);
    (void)fflush(stderr);
    if (a->status == FREM_OK && fgets(a->answer, sizeof a->answer, stdin) == NULL) {
        (void)fputs("\n", stderr);
        a->status = FREM_PROBLEM(a->diags, in_command, NEW_UNANSWERED, "");
        if (a->status != FREM_NO_MEMORY)
            a->status = FREM_USAGE;
    }
    if (a->status != FREM_OK)
        return false;
    size_t n = strlen(a->answer), blanks = strspn(a->answer, " \t");
    while (n > blanks && strchr(" \t\r\n", a->answer[n - 1]) != NULL)
        n--;
    a->answer[n] = '\0';
    memmove(a->answer, a->answer + blanks, n - blanks + 1);
    return true;
}

/* Whether regions or professions are known; says what is wrong where they are not. */
static bool is_known(asking *a, const char *regions, const char *professions) {
    frem_diags *problems = NULL;
    const frem_starter starter = {.regions = regions, .professions = professions, .lang = a->command->lang};
    frem_status status = frem_diags_new(&problems);
    if (status == FREM_OK)
        status = frem_starter_check(a->country, &starter, problems);
    if (status == FREM_USAGE)
        frem_show_problems(problems, a->command, NULL);
    else
        a->status = status;
    frem_diags_free(problems);
    return status == FREM_OK;
}

/* ---- the questions ---- */

static void ask_area(asking *a) {
    const bool alone = a->command->professions == NULL && a->command->from == 0 && a->command->until == 0;
    say(a, FREM_W_ASK_AREA);
    say(a, alone ? FREM_W_ASK_AREA_EXAMPLE : FREM_W_ASK_AREA_COUNTRY);
    while (read_answer(a)) {
        a->asked->example = alone && a->answer[0] == '\0';
        if (a->answer[0] == '\0')
            return;
        if (is_known(a, a->answer, NULL)) {
            frem_text_add(&a->asked->regions, a->answer);
            return;
        }
    }
}

/* The professions of an answer, numbers of the list as keys. @return false where a number is not on it. */
static bool add_professions(const asking *a, frem_text *out) {
    for (const char *at = a->answer; *at != '\0';) {
        const size_t n = strcspn(at, ",");
        size_t from = strspn(at, " "), to = n;
        while (to > from && at[to - 1] == ' ')
            to--;
        int64_t number;
        const char *key = NULL;
        frem_text_add(out, out->length > 0 ? "," : "");
        if (to > from && frem_whole_read(at + from, to - from, &number) == FREM_NUMBER_OK) {
            if (number > 0)
                (void)frem_starter_profession(a->country, (size_t)number - 1, a->command->lang, &key);
            if (key == NULL) {
                char text[32];
                (void)snprintf(text, sizeof text, "%lld", (long long)number);
                FREM_SAY_ASIDE(a->command, frem_word_text(FREM_W_ASK_NUMBER_AGAIN, a->command->lang), text,
                               ".");
                return false;
            }
            frem_text_add(out, key);
        } else {
            frem_text_add_bytes(out, at + from, to - from);
        }
        at += n + (at[n] == ',');
    }
    return true;
}

static void ask_professions(asking *a) {
    const char *key, *label;
    say(a, FREM_W_ASK_PROFESSIONS);
    for (size_t i = 0; (label = frem_starter_profession(a->country, i, a->command->lang, &key)) != NULL;
         i++) {
        char number[32];
        (void)snprintf(number, sizeof number, "%4zu. ", i + 1);
        FREM_SAY_ASIDE(a->command, number, label, " (", key, ")");
    }
    while (read_answer(a)) {
        frem_text *const out = &a->asked->professions;
        if (a->answer[0] == '\0')
            return;
        out->length = 0;
        if (add_professions(a, out) && !out->failed && is_known(a, NULL, out->bytes))
            return;
        if (out->failed)
            a->status = FREM_NO_MEMORY;
    }
    a->asked->professions.length = 0;
}

/* A year after another. @return 0 where the country's is wanted. */
static int ask_year(asking *a, frem_word question, int usual, int after) {
    char text[16], least[16], most[16];
    (void)snprintf(text, sizeof text, "%d", usual);
    (void)snprintf(least, sizeof least, "%d", after);
    (void)snprintf(most, sizeof most, "%d", YEAR_MAX + 1);
    FREM_SAY_ASIDE(a->command, frem_word_text(question, a->command->lang), text, ".");
    while (read_answer(a)) {
        int64_t year;
        if (a->answer[0] == '\0')
            return 0;
        if (frem_whole_read(a->answer, strlen(a->answer), &year) == FREM_NUMBER_OK && year > after &&
            year <= YEAR_MAX)
            return (int)year;
        FREM_SAY_ASIDE(a->command, frem_word_text(FREM_W_ASK_YEAR_AGAIN, a->command->lang), least,
                       frem_word_text(FREM_W_ASK_YEAR_BEFORE, a->command->lang), most, ".");
    }
    return 0;
}

static void ask_years(asking *a) {
    int from, until;
    frem_starter_years(a->country, &from, &until);
    if (a->command->from == 0)
        a->asked->from = ask_year(a, FREM_W_ASK_FROM, from, YEAR_MIN - 1);
    const int first = a->asked->from > 0 ? a->asked->from : from;
    if (a->status == FREM_OK && a->command->until == 0)
        a->asked->until = ask_year(a, FREM_W_ASK_UNTIL, until, first);
}

/* Letters of a name as files have them everywhere: small, without blanks and Danish letters. */
static void add_plain(frem_text *out, const char *name) {
    static const char *const danish[][2] = {{"æ", "ae"}, {"ø", "oe"}, {"å", "aa"},
                                            {"Æ", "ae"}, {"Ø", "oe"}, {"Å", "aa"}};
    while (*name != '\0') {
        size_t step = 0;
        for (size_t i = 0; i < sizeof danish / sizeof *danish && step == 0; i++) {
            if (strncmp(name, danish[i][0], strlen(danish[i][0])) == 0) {
                frem_text_add(out, danish[i][1]);
                step = strlen(danish[i][0]);
            }
        }
        if (step > 0) {
            name += step;
            continue;
        }
        const unsigned char c = (unsigned char)*name++;
        const char small = (char)tolower(c);
        if (c < 0x80 && isalnum(c))
            frem_text_add_bytes(out, &small, 1);
        else if (c < 0x80 && out->length > 0 && out->bytes[out->length - 1] != '-')
            frem_text_add(out, "-");
    }
}

static void ask_name(asking *a) {
    frem_text usual = {0};
    const char *regions = a->command->regions != NULL ? a->command->regions : a->asked->regions.bytes;
    const char *chosen = a->asked->professions.length > 0 ? a->asked->professions.bytes : NULL;
    const char *professions = a->command->professions != NULL ? a->command->professions : chosen;
    const frem_word none = a->asked->example ? FREM_W_ASK_EXAMPLE_NAME : FREM_W_ASK_COUNTRY_NAME;
    add_plain(&usual, regions != NULL ? regions : frem_word_text(none, a->command->lang));
    if (professions != NULL) {
        frem_text_add(&usual, "-");
        add_plain(&usual, professions);
    }
    if (usual.failed) {
        a->status = FREM_NO_MEMORY;
    } else {
        FREM_SAY_ASIDE(a->command, frem_word_text(FREM_W_ASK_NAME, a->command->lang), usual.bytes, ".yaml");
        if (read_answer(a))
            frem_text_add(&a->asked->name, a->answer[0] != '\0' ? a->answer : usual.bytes);
    }
    frem_text_free(&usual);
}

frem_status frem_ask(frem_asked *asked, const frem_command *command, frem_sources *sources,
                     frem_diags *diags) {
    asking a = {.asked = asked, .command = command, .diags = diags};
    a.status = frem_starter_open(sources, diags, &a.country);
    if (a.status == FREM_OK && command->regions == NULL)
        ask_area(&a);
    if (a.status == FREM_OK && !asked->example && command->professions == NULL)
        ask_professions(&a);
    if (a.status == FREM_OK && !asked->example)
        ask_years(&a);
    if (a.status == FREM_OK && command->n_files == 0)
        ask_name(&a);
    frem_starter_close(a.country);
    if (a.status == FREM_OK && (asked->regions.failed || asked->professions.failed || asked->name.failed))
        a.status = FREM_NO_MEMORY;
    return a.status;
}
