/* Values of a scenario as people write them. */
#include "analysis/said_words.h"

#include <math.h>
#include <string.h>

#include "base/locale.h"
#include "base/number.h"
#include "scenario/calendar.h"
#include "scenario/draft.h"

/* A path of more points is shown by its first ones and its last. */
enum { POINTS_SHOWN = 8, POINTS_FIRST = 4 };
/* Decimals that a number has at most, and one in per cent. */
enum { DECIMALS = 6, PERCENT_DECIMALS = 3 };

/* Choices of the field table, whose keys are English. */
static const struct {
    const char *word;
    frem_label text;
} choices[] = {
    {"true", {{"yes", "ja"}}},
    {"false", {{"no", "nej"}}},
    {"none", {{"none", "ingen"}}},
    {"hold", {{"unchanged", "uændret"}}},
    {"constant", {{"unchanged", "uændret"}}},
    {"step", {{"in steps", "springvist"}}},
    {"linear", {{"linearly", "lineært"}}},
    {"spline", {{"along a smooth curve", "ad en jævn kurve"}}},
    {"population", {{"by population", "efter befolkningen"}}},
    {"employment", {{"by employment", "efter beskæftigelsen"}}},
    {"weights", {{"by weights", "efter vægte"}}},
    {"equal", {{"in equal parts", "i lige store dele"}}},
    {"scale", {{"the stock is scaled to the employment", "bestanden tilpasses beskæftigelsen"}}},
    {"overwrite", {{"the stock is set to the employment", "bestanden sættes lig beskæftigelsen"}}},
    {"cohorts", {{"projected by age", "fremskrives efter alder"}}},
    {"labour_force", {{"the labour force", "arbejdsstyrken"}}},
    {"leaves", {{"leave after the oldest age", "forlader bestanden efter den ældste alder"}}},
    {"open", {{"stay in the oldest group", "bliver i den ældste gruppe"}}},
    {"exit", {{"those who retire leave the stock", "de, der går på pension, forlader bestanden"}}},
    {"participation", {{"participation falls with age", "erhvervsdeltagelsen falder med alderen"}}},
    {"proportional", {{"the same share of all", "samme andel af alle"}}},
    {"priority", {{"one after the other", "én efter én"}}},
    {"hours", {{"hours", "timer"}}},
    {"places", {{"places", "pladser"}}},
    {"column", {{"column", "kolonne"}}},
    {"product", {{"product of columns", "produkt af kolonner"}}},
    {"ratio", {{"ratio of columns", "forhold mellem kolonner"}}},
    {"sum", {{"sum of columns", "sum af kolonner"}}},
    {"profession", {{"profession", "faggruppe"}}},
    {"year", {{"year", "år"}}},
    {"name", {{"name", "navn"}}},
    {"group_by", {{"grouped by", "grupperet efter"}}},
    {"groups", {{"groups", "grupper"}}},
    {"whole", {{"together", "samlet"}}},
    {"count", {{"on the day of the count", "på opgørelsesdagen"}}},
};

static const char *const danish_months[12] = {"januar",    "februar", "marts",    "april",
                                              "maj",       "juni",    "juli",     "august",
                                              "september", "oktober", "november", "december"};

const char *frem_choice_text(const char *word, frem_lang lang) {
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        if (strcmp(choices[i].word, word) == 0)
            return choices[i].text.text[lang];
    }
    return word;
}

const char *frem_said_scalar(const frem_node *node, const char *key) {
    const frem_node *at = frem_node_get(node, key);
    return at != NULL && at->kind == FREM_SCALAR && !frem_node_is_null(at) ? at->text : NULL;
}

frem_label frem_said_label(const frem_node *node, const char *key) {
    static const char *const languages[FREM_LANG_COUNT] = {[FREM_EN] = "en", [FREM_DA] = "da"};
    const frem_node *at = frem_node_get(node, key);
    const char *one = frem_said_scalar(node, key);
    frem_label label = {{one, one}};
    for (size_t lang = 0; at != NULL && at->kind == FREM_MAPPING && lang < FREM_LANG_COUNT; lang++) {
        const char *own = frem_said_scalar(at, languages[lang]);
        label.text[lang] = own != NULL ? own : frem_said_scalar(at, languages[FREM_LANG_COUNT - 1 - lang]);
    }
    return label;
}

/* A value in the making. */
typedef struct telling {
    frem_text *out;
    const frem_saying_words *how;
} telling;

static void add(const telling *t, const char *text) {
    frem_text_add(t->out, text);
}

static void add_word(const telling *t, frem_word word) {
    add(t, frem_word_text(word, t->how->lang));
}

static bool is_unit(const telling *t, const char *unit) {
    return t->how->unit != NULL && strcmp(t->how->unit, unit) == 0;
}

/* 0.0075 is 0.75 per cent: with the decimals that it needs. */
static void add_percent(const telling *t, double ratio) {
    int decimals = 0;
    double scaled = 100 * fabs(ratio);
    while (decimals < PERCENT_DECIMALS && fabs(scaled - round(scaled)) > 1e-6) {
        scaled *= 10;
        decimals++;
    }
    frem_locale_percent(t->out, ratio, decimals, t->how->lang);
}

/* Whether a unit says what a number is of, so that it is written behind it. */
static bool has_name(const telling *t) {
    static const char *const bare[] = {"factor", "weight", "index", "year"};
    bool named = t->how->unit != NULL;
    for (size_t i = 0; i < sizeof bare / sizeof *bare && named; i++)
        named = !is_unit(t, bare[i]);
    return named;
}

/* @param whole also its unit; shares are per cent either way. */
static void add_number(const telling *t, double value, bool whole) {
    char digits[FREM_FIXED_MAX];
    if (is_unit(t, "share") || is_unit(t, "share per year") || is_unit(t, "per year")) {
        add_percent(t, value);
        if (!is_unit(t, "share"))
            add_word(t, FREM_W_WORDS_A_YEAR);
        return;
    }
    if (is_unit(t, "year")) { /* no separator of thousands */
        (void)frem_number_fixed(digits, value, 0);
        add(t, digits);
        return;
    }
    frem_locale_brief(t->out, value, DECIMALS, t->how->lang);
    if (whole && has_name(t)) {
        add(t, " ");
        add(t, frem_unit_text(t->how->unit, t->how->lang));
    }
}

/* The label of what a key names: "ssh" of the professions is "Care helpers". */
static const char *label_of(const telling *t, const char *map, const char *key) {
    const frem_node *named = frem_node_get(frem_node_get(t->how->root, map), key);
    const char *label = named != NULL ? frem_said_label(named, "label").text[t->how->lang] : NULL;
    return label != NULL ? label : key;
}

/* "0-5 years", "80 and over". */
static void add_ages(const telling *t, const char *text) {
    const size_t n = strcspn(text, "+");
    frem_text_add_bytes(t->out, text, n);
    add_word(t, text[n] == '+' ? FREM_W_WORDS_AND_OVER : FREM_W_WORDS_AGED);
}

static void add_month(const telling *t, const char *text) {
    const int month = frem_month_of(text, strlen(text));
    if (month < 1)
        add(t, text);
    else if (t->how->lang == FREM_DA)
        add(t, danish_months[month - 1]);
    else
        frem_text_print(t->out, "%c%s", frem_months[month - 1][0] - 'a' + 'A', frem_months[month - 1] + 1);
}

/* "30 june". */
static void add_day(const telling *t, const char *text) {
    const char *blank = strchr(text, ' ');
    if (blank == NULL) {
        add(t, text);
        return;
    }
    frem_text_add_bytes(t->out, text, (size_t)(blank - text));
    add(t, t->how->lang == FREM_DA ? ". " : " ");
    add_month(t, blank + 1);
}

static void add_scalar(const telling *t, const frem_node *node) {
    const frem_field *field = t->how->field;
    double value;
    if (field->type == FREM_T_AGES)
        add_ages(t, node->text);
    else if (field->type == FREM_T_DATE)
        add_day(t, node->text);
    else if (field->type == FREM_T_MONTH)
        add_month(t, node->text);
    else if (frem_node_number(node, &value))
        add_number(t, value, true);
    else if (field->refers != NULL)
        add(t, label_of(t, field->refers, node->text));
    else
        add(t, field->type == FREM_T_TEXT ? node->text : frem_choice_text(node->text, t->how->lang));
}

/* ---- mappings ---- */

static void add_any(const telling *t, const frem_node *node);

/* A list of what a table is read by, and other mappings: "column share, year 2026". */
static void add_pairs(const telling *t, const frem_node *node) {
    static const char *const aside[] = {"source", "note", "label", "unit",  "outside",
                                        "keys",   "over", "table", "value", NULL};
    size_t shown = 0;
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        bool left_out = frem_node_is_null(pair->value);
        for (size_t k = 0; aside[k] != NULL && !left_out; k++)
            left_out = strcmp(aside[k], pair->key) == 0;
        if (left_out)
            continue;
        if (pair->value->kind == FREM_MAPPING && frem_node_get(pair->value, "table") != NULL)
            continue; /* an entry of its own */
        add(t, shown++ > 0 ? ", " : "");
        if (strcmp(pair->key, "where") == 0 && pair->value->kind == FREM_MAPPING) {
            add_pairs(t, pair->value);
            continue;
        }
        add(t, frem_choice_text(pair->key, t->how->lang));
        add(t, " ");
        add_any(t, pair->value);
    }
}

/* Anything that no field describes more closely. */
static void add_any(const telling *t, const frem_node *node) {
    double value;
    if (node->kind == FREM_SCALAR && frem_node_number(node, &value) && !frem_is_year(node->text))
        frem_locale_brief(t->out, value, DECIMALS, t->how->lang);
    else if (node->kind == FREM_SCALAR)
        add(t, node->text);
    for (size_t i = 0; node->kind == FREM_SEQUENCE && i < node->count; i++) {
        add(t, i > 0 ? ", " : "");
        add_any(t, node->items[i]);
    }
    if (node->kind != FREM_MAPPING)
        return;
    const frem_node *label = frem_node_get(node, t->how->lang == FREM_DA ? "da" : "en");
    if (label != NULL && label->kind == FREM_SCALAR) {
        add(t, label->text);
        return;
    }
    add(t, "(");
    add_pairs(t, node);
    add(t, ")");
}

/* "the table x.csv (column share, profession ssh)". */
static void add_table(const telling *t, const frem_node *node) {
    frem_text inner = {0};
    const telling aside = {&inner, t->how};
    add_word(t, FREM_W_WORDS_TABLE);
    add_any(t, frem_node_get(node, "table"));
    add_pairs(&aside, node);
    if (inner.length > 0)
        frem_text_print(t->out, " (%s)", inner.bytes);
    t->out->failed = t->out->failed || inner.failed;
    frem_text_free(&inner);
}

static const frem_node *given(const frem_node *node, const char *key) {
    const frem_node *at = frem_node_get(node, key);
    return at != NULL && !frem_node_is_null(at) ? at : NULL;
}

/* "130 (2021), 180 (2026)". @return whether there was any point. */
static bool add_points(const telling *t, const frem_node *node) {
    size_t n = 0, at = 0;
    for (size_t i = 0; i < node->count; i++)
        n += frem_is_year(node->pairs[i].key);
    for (size_t i = 0; i < node->count; i++) {
        double value;
        if (!frem_is_year(node->pairs[i].key))
            continue;
        at++;
        if (n > POINTS_SHOWN && at > POINTS_FIRST && at < n) {
            add(t, at == POINTS_FIRST + 1 ? ", …" : "");
            continue;
        }
        add(t, at > 1 ? ", " : "");
        if (frem_node_number(node->pairs[i].value, &value))
            add_number(t, value, at == 1);
        else
            add_any(t, node->pairs[i].value);
        frem_text_print(t->out, " (%s)", node->pairs[i].key);
    }
    return n > 0;
}

/* A growth of so much a year. */
static void add_growth(const telling *t, const frem_node *growth) {
    double rate;
    if (!frem_node_number(growth, &rate))
        return;
    add_percent(t, rate);
    add_word(t, FREM_W_WORDS_A_YEAR);
}

/* How a path goes between, after and before its points. */
static void add_course(const telling *t, const frem_node *node) {
    const frem_node *between = given(node, "between"), *then = given(node, "then");
    if (between != NULL && between->kind == FREM_SCALAR) {
        add(t, ", ");
        add(t, frem_choice_text(between->text, t->how->lang));
    }
    if (then != NULL) {
        add_word(t, FREM_W_WORDS_THEN);
        if (then->kind == FREM_SCALAR)
            add(t, frem_choice_text(then->text, t->how->lang));
        else
            add_growth(t, frem_node_get(then, "growth"));
    }
    if (given(node, "before") != NULL)
        add_word(t, FREM_W_WORDS_BEFORE);
}

/* The number, path, growth or table of a value. @return whether there is one. */
static bool add_main(const telling *t, const frem_node *node) {
    const frem_node *value = given(node, "value"), *start = given(node, "start"),
                    *growth = given(node, "growth");
    if (value != NULL && value->kind == FREM_SCALAR) {
        add_scalar(t, value);
        return true;
    }
    if (given(node, "table") != NULL) {
        add_table(t, node);
        return true;
    }
    if (growth != NULL) {
        if (start != NULL)
            add_scalar(t, start);
        add(t, start != NULL ? ", " : "");
        add_growth(t, growth);
        return true;
    }
    const bool points = add_points(t, node);
    if (points)
        add_course(t, node);
    return points;
}

/* The regions that a total is of, where they are not the scenario's own. */
static void add_covers(const telling *t, const frem_node *node) {
    const char *covers = frem_said_scalar(node, "covers");
    if (covers == NULL || strcmp(covers, "own") == 0)
        return;
    const frem_node *regions = frem_node_get(t->how->root, "regions");
    const char *whole = regions != NULL ? frem_said_label(regions, "whole").text[t->how->lang] : NULL;
    if (strcmp(covers, "all") == 0)
        covers = whole != NULL ? whole : frem_word_text(FREM_W_WORDS_ALL, t->how->lang);
    frem_text_print(t->out, " (%s)", covers);
}

/* "10 % more", "5 percentage points less". */
static void add_change(const telling *t, double size, bool points) {
    const telling plain = {t->out, &(frem_saying_words){t->how->root, t->how->field, NULL, t->how->lang}};
    add(t, ", ");
    if (!points) {
        add_percent(t, fabs(size));
    } else if (is_unit(t, "share")) {
        frem_locale_brief(t->out, 100 * fabs(size), PERCENT_DECIMALS, t->how->lang);
        add_word(t, FREM_W_WORDS_POINTS);
    } else {
        add_number(has_name(t) ? t : &plain, fabs(size), true);
    }
    add_word(t, size < 0 ? FREM_W_WORDS_LESS : FREM_W_WORDS_MORE);
}

static void add_mapping(const telling *t, const frem_node *node);

/* What was before a value begins, where it is another. */
static void add_earlier(const telling *t, const frem_node *earlier, const char *main) {
    frem_text before = {0};
    const telling aside = {&before, t->how};
    if (earlier->kind == FREM_SCALAR)
        add_scalar(&aside, earlier);
    else
        add_mapping(&aside, earlier);
    if (before.length > 0 && strcmp(before.bytes, main) != 0) {
        add_word(t, FREM_W_WORDS_EARLIER);
        add(t, before.bytes);
    }
    t->out->failed = t->out->failed || before.failed;
    frem_text_free(&before);
}

static void add_mapping(const telling *t, const frem_node *node) {
    const size_t begin = t->out->length;
    const frem_node *earlier = given(node, "earlier");
    const char *from = frem_said_scalar(node, "from");
    double times, sum;
    if (!add_main(t, node)) {
        add_pairs(t, node);
        return;
    }
    add_covers(t, node);
    frem_text main = {0};
    frem_text_add(&main, t->out->bytes != NULL ? t->out->bytes + begin : "");
    if (frem_node_number(frem_node_get(node, "times"), &times))
        add_change(t, times - 1, false);
    if (frem_node_number(frem_node_get(node, "add"), &sum))
        add_change(t, sum, true);
    if (from != NULL) {
        add_word(t, FREM_W_WORDS_FROM);
        add(t, from);
    }
    if (earlier != NULL && !main.failed)
        add_earlier(t, earlier, main.bytes);
    t->out->failed = t->out->failed || main.failed;
    frem_text_free(&main);
}

const char *frem_said_words(frem_arena *arena, const frem_saying_words *how, const frem_node *node) {
    frem_text text = {0};
    const telling t = {&text, how};
    if (node->kind == FREM_SCALAR)
        add_scalar(&t, node);
    else if (node->kind == FREM_MAPPING)
        add_mapping(&t, node);
    else
        add_any(&t, node);
    const char *words =
        text.failed ? NULL : frem_arena_text(arena, text.bytes != NULL ? text.bytes : "", text.length);
    frem_text_free(&text);
    return words;
}
