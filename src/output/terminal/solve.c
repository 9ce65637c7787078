/* The short text of an answer: a table of what was found and what it gives, and a sentence. */
#include <math.h>
#include <string.h>

#include "analysis/solve.h"
#include "base/locale.h"
#include "base/number.h"
#include "fremskriv/output.h"
#include "output/text.h"

enum { WIDTH = 14 };

/* A number in six digits, or as many more as make it differ from another. */
static void add_brief(frem_text *out, double number, double other, frem_lang lang) {
    char text[32];
    (void)frem_number_brief(text, number, other);
    frem_locale_add(out, text, lang);
}

static void add_cell(frem_text *out, double number, frem_lang lang) {
    const size_t from = out->length;
    add_brief(out, number, (double)NAN, lang);
    frem_align_right(out, from, WIDTH);
}

/* A name in the first column; further columns begin behind the longest. */
static void add_name(frem_text *out, const char *name, size_t width) {
    frem_add_label(out, name);
    frem_add_blanks(out, width - frem_utf8_width(name, strlen(name)));
}

static void add_head(frem_text *out, frem_word first, frem_word second, frem_word third, size_t width,
                     frem_lang lang) {
    frem_add_blanks(out, width);
    frem_add_right(out, frem_word_text(first, lang), WIDTH);
    frem_add_right(out, frem_word_text(second, lang), WIDTH);
    frem_add_right(out, frem_word_text(third, lang), WIDTH);
    frem_text_add(out, "\n");
}

/* Without the noise of the last digits. */
static double rounded(double number) {
    return fabs(number) < 1e9 ? round(number * 1e6) / 1e6 : number;
}

static void add_tables(frem_text *out, const frem_solution *solution, frem_lang lang) {
    const frem_solved *a = &solution->answer;
    const size_t one = frem_utf8_width(a->parameter, strlen(a->parameter)),
                 two = frem_utf8_width(a->address, strlen(a->address)), width = one > two ? one : two;
    add_head(out, FREM_W_SOLVE_VALUE, FREM_W_SOLVE_LOWER, FREM_W_SOLVE_UPPER, width, lang);
    add_name(out, a->parameter, width);
    add_cell(out, a->value, lang);
    add_cell(out, a->lower, lang);
    add_cell(out, a->upper, lang);
    frem_text_add(out, "\n");
    add_head(out, FREM_W_SOLVE_REACHED, FREM_W_SOLVE_WANTED, FREM_W_SOLVE_BEFORE, width, lang);
    add_name(out, a->address, width);
    add_cell(out, rounded(a->reached), lang);
    add_cell(out, a->wanted, lang);
    add_cell(out, a->before, lang);
    frem_text_add(out, "\n\n");
}

/* "With X at 12.5 from 2026 on, gap:ssh:all:2035 is 0; as the scenario is, it is -300." */
static void add_sentence(frem_text *out, const frem_solution *solution, frem_lang lang) {
    const frem_solved *a = &solution->answer;
    frem_text_add(out, frem_word_text(FREM_W_SOLVE_WITH, lang));
    frem_add_label(out, a->parameter);
    frem_text_add(out, frem_word_text(FREM_W_SOLVE_AT, lang));
    add_brief(out, a->value, (double)NAN, lang);
    if (solution->by_year)
        frem_text_print(out, "%s%d%s", frem_word_text(FREM_W_SOLVE_FROM, lang), a->year,
                        frem_word_text(FREM_W_SOLVE_THEN, lang));
    else
        frem_text_add(out, frem_word_text(FREM_W_SOLVE_ALWAYS, lang));
    frem_add_label(out, a->address);
    frem_text_add(out, frem_word_text(FREM_W_SOLVE_IS, lang));
    add_brief(out, rounded(a->reached), (double)NAN, lang);
    frem_text_add(out, frem_word_text(FREM_W_SOLVE_ELSE, lang));
    add_brief(out, a->before, a->reached, lang);
    frem_text_add(out, ".");
}

char *frem_solution_write_short(const frem_solution *solution, frem_lang lang, size_t width) {
    const frem_scenario *s = solution->model->scenario;
    const char *title = s->title.text[lang];
    frem_text text = {0}, sentence = {0};
    frem_add_label(&text, title != NULL ? title : s->name);
    if (s->label.text[lang] != NULL) { /* of a variant */
        frem_text_add(&text, " · ");
        frem_add_label(&text, s->label.text[lang]);
    }
    frem_text_add(&text, "\n");
    add_tables(&text, solution, lang);
    add_sentence(&sentence, solution, lang);
    text.failed = text.failed || sentence.failed;
    if (!text.failed)
        frem_add_wrapped(&text, &sentence, width, 0);
    frem_text_free(&sentence);
    if (!text.failed)
        return text.bytes;
    frem_text_free(&text);
    return NULL;
}
