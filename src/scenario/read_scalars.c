/* Reading the scalar fields and the short lists. */
#include "scenario/read.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number_problem.h"
#include "base/problem.h"
#include "scenario/calendar.h"

static bool is_scalar(frem_reader *reader, const frem_site *site, const frem_node *node, const char *en,
                      const char *da) {
    if (node->kind == FREM_SCALAR)
        return true;
    frem_reader_wrong_form(reader, site, node, en, da);
    return false;
}

void frem_read_text(frem_reader *reader, const frem_site *site, const frem_node *node, const char **out) {
    if (!is_scalar(reader, site, node, "a text", "en tekst"))
        return;
    if (node->length == 0 || frem_node_is_null(node))
        (void)FREM_PROBLEM(reader->diags, node->place, NOTHING_IN, site->path);
    else
        *out = node->text;
}

void frem_read_label(frem_reader *reader, const frem_site *site, const frem_node *node, frem_label *out) {
    static const char *const languages[FREM_LANG_COUNT] = {[FREM_EN] = "en", [FREM_DA] = "da"};
    if (node->kind == FREM_SCALAR) {
        const char *both = NULL;
        frem_read_text(reader, site, node, &both);
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
            out->text[lang] = both;
        return;
    }
    if (node->kind != FREM_MAPPING || node->count == 0) {
        frem_reader_wrong_form(reader, site, node, "a text, or {da: ..., en: ...}",
                               "en tekst eller {da: ..., en: ...}");
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        if (strcmp(pair->key, "da") != 0 && strcmp(pair->key, "en") != 0) {
            (void)FREM_PROBLEM(reader->diags, pair->place, UNKNOWN_KEY, pair->key, site->path,
                               frem_nearest(pair->key, languages, FREM_LANG_COUNT));
            continue;
        }
        const char **text = &out->text[strcmp(pair->key, "da") == 0 ? FREM_DA : FREM_EN];
        frem_site inside = {site->field, frem_reader_path(reader, site->path, pair->key), pair->place};
        frem_read_text(reader, &inside, pair->value, text);
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) { /* one language stands for the other */
            if (out->text[lang] == NULL)
                out->text[lang] = *text;
        }
    }
}

void frem_read_choice(frem_reader *reader, const frem_site *site, const frem_node *node, int *out) {
    if (!is_scalar(reader, site, node, "one word", "ét ord"))
        return;
    char words[128];
    const char *known[16];
    size_t n = 0;
    (void)strncpy(words, site->field->choices, sizeof words - 1);
    words[sizeof words - 1] = '\0';
    for (char *word = words; word != NULL;) {
        char *end = strchr(word, '|');
        if (end != NULL)
            *end++ = '\0';
        known[n++] = word;
        word = end;
    }
    for (size_t i = 0; i < n; i++) {
        if (known[i][0] != '\0' && strcmp(known[i], node->text) == 0) {
            *out = (int)i;
            return;
        }
    }
    size_t given = known[0][0] == '\0' ? 1 : 0; /* an empty first word is "not given" */
    frem_text list = {0};
    for (size_t i = given; i < n; i++)
        frem_text_print(&list, "%s%s", i > given ? ", " : "", known[i]);
    (void)FREM_PROBLEM(reader->diags, node->place, NOT_A_CHOICE, site->path, node->text,
                       list.bytes != NULL ? list.bytes : "",
                       frem_nearest(node->text, known + given, n - given));
    reader->no_memory = reader->no_memory || list.failed;
    frem_text_free(&list);
}

static void number_text(char out[32], double number) {
    if (isfinite(number))
        (void)frem_number_shortest(out, number);
    else
        (void)snprintf(out, 32, "%s∞", number < 0 ? "-" : "");
}

/* 1.2, not 1.2000000000000002 */
static double without_noise(double number) {
    double scale = isfinite(number) && fabs(number) > 0 ? pow(10, 12 - ceil(log10(fabs(number)))) : 0;
    bool rounds = isfinite(scale) && scale > 0 && isfinite(number * scale);
    return rounds ? round(number * scale) / scale : number;
}

/* "0.8 × 1.1 + 0.2" */
static void formula_text(char out[128], const char *number, const char *times, double add) {
    char sum[32];
    number_text(sum, fabs(add));
    if (times != NULL)
        (void)snprintf(out, 128, "%s × %s %s %s", number, times, add < 0 ? "-" : "+", sum);
    else
        (void)snprintf(out, 128, "%s %s %s", number, add < 0 ? "-" : "+", sum);
}

frem_status frem_field_outside_changed(const frem_field *field, const char *path, double number, double times,
                                       double add, frem_place place, frem_diags *diags) {
    enum { GIVEN, TIMES, OUTCOME, LEAST, MOST, N };
    char texts[N][32], formula[128];
    double product = isnan(times) ? number : number * times, outcome = isnan(add) ? product : product + add;
    bool large = !(fabs(outcome) <= FREM_QUANTITY_MAX);
    const double numbers[N] = {number, times, without_noise(outcome),
                               large ? fmax(field->min, -FREM_QUANTITY_MAX) : field->min,
                               large ? fmin(field->max, FREM_QUANTITY_MAX) : field->max};
    for (size_t i = 0; i < N; i++)
        number_text(texts[i], numbers[i]);
    if (isnan(add))
        return FREM_PROBLEM(diags, place, TIMES_OUTSIDE, path, texts[GIVEN], texts[TIMES], texts[OUTCOME],
                            texts[LEAST], texts[MOST]);
    formula_text(formula, texts[GIVEN], isnan(times) ? NULL : texts[TIMES], add);
    return FREM_PROBLEM(diags, place, CHANGED_OUTSIDE, path, formula, texts[OUTCOME], texts[LEAST],
                        texts[MOST]);
}

frem_status frem_field_outside(const frem_field *field, const char *path, double number, frem_place place,
                               frem_diags *diags) {
    char lo[32], hi[32], given[32], fraction[32];
    number_text(lo, field->min);
    number_text(hi, field->max);
    number_text(given, number);
    number_text(fraction, number / 100);
    bool share = (field->min == 0 || field->min == -1) && field->max == 1;
    if (share && number / 100 >= field->min && number / 100 <= 1)
        return FREM_PROBLEM(diags, place, RATE_IN_PER_CENT, path, given, fraction, lo);
    return FREM_PROBLEM(diags, place, OUT_OF_RANGE, path, given, lo, hi, field->unit,
                        frem_unit_text(field->unit, FREM_DA));
}

bool frem_reader_in_range(frem_reader *reader, const frem_site *site, const frem_node *node, double number) {
    if (number >= site->field->min && number <= site->field->max)
        return true;
    (void)frem_field_outside(site->field, site->path, number, node->place, reader->diags);
    return false;
}

/* Says what keeps a scalar from being a number. */
static void not_a_number(frem_reader *reader, const frem_site *site, const frem_node *node,
                         frem_number_fault fault) {
    if (node->quoted && fault == FREM_NUMBER_OK)
        (void)FREM_PROBLEM(reader->diags, node->place, NUMBER_QUOTED, site->path, node->text);
    else
        (void)frem_number_problem(reader->diags, node->place, site->path, node->text, fault);
}

bool frem_read_number(frem_reader *reader, const frem_site *site, const frem_node *node, double *out) {
    if (!is_scalar(reader, site, node, "a number", "et tal"))
        return false;
    double number = 0;
    frem_number_fault fault = frem_quantity_read(node->text, node->length, &number);
    if (fault != FREM_NUMBER_OK || node->quoted) {
        not_a_number(reader, site, node, fault);
        return false;
    }
    if (!frem_reader_in_range(reader, site, node, number))
        return false;
    *out = number;
    return true;
}

void frem_reader_thousands(frem_reader *reader, const frem_site *site, const frem_node *node) {
    char first[FREM_MEANT_MAX], second[FREM_MEANT_MAX];
    if (node != NULL && node->kind == FREM_SCALAR && frem_unit_counts(site->field->unit) &&
        frem_number_thousands(node->text, node->length, '.') &&
        frem_number_meant(node->text, node->length, '.', first, second))
        (void)FREM_PROBLEM(reader->diags, node->place, NUMBER_THOUSANDS, site->path, node->text, first,
                           second);
}

void frem_read_whole(frem_reader *reader, const frem_site *site, const frem_node *node, int64_t *out) {
    *out = -1;
    if (!is_scalar(reader, site, node, "a whole number", "et helt tal"))
        return;
    int64_t number = 0;
    frem_number_fault fault = frem_whole_read(node->text, node->length, &number);
    if (fault != FREM_NUMBER_OK || node->quoted)
        not_a_number(reader, site, node, fault);
    else if (frem_reader_in_range(reader, site, node, (double)number))
        *out = number;
}

void frem_read_month(frem_reader *reader, const frem_site *site, const frem_node *node, int *out) {
    if (!is_scalar(reader, site, node, "a month", "en måned"))
        return;
    int month = frem_month_of(node->text, node->length);
    if (month > 0)
        *out = month;
    else
        (void)FREM_PROBLEM(reader->diags, node->place, NOT_A_MONTH, site->path, node->text,
                           frem_nearest(node->text, frem_months, 12));
}

void frem_read_day(frem_reader *reader, const frem_site *site, const frem_node *node, frem_day *out) {
    if (!is_scalar(reader, site, node, "a day of the year", "en dag på året"))
        return;
    const char *blank = strchr(node->text, ' ');
    int64_t day = 0;
    if (blank != NULL && frem_whole_read(node->text, (size_t)(blank - node->text), &day) == FREM_NUMBER_OK) {
        int month = frem_month_of(blank + 1, strlen(blank + 1));
        if (month > 0 && day >= 1 && day <= frem_month_days(month)) {
            *out = (frem_day){month, (int)day};
            return;
        }
    }
    (void)FREM_PROBLEM(reader->diags, node->place, NOT_A_DAY, site->path, node->text);
}

void frem_read_ages(frem_reader *reader, const frem_site *site, const frem_node *node, frem_age_range *out) {
    if (!is_scalar(reader, site, node, "an age range", "et aldersinterval"))
        return;
    const char *text = node->text;
    size_t n = node->length;
    const char *dash = memchr(text, '-', n);
    int64_t from = -1, to = -1;
    bool good;
    if (n > 0 && text[n - 1] == '+') {
        good = frem_whole_read(text, n - 1, &from) == FREM_NUMBER_OK;
        to = INT_MAX;
    } else if (dash != NULL) {
        good = frem_whole_read(text, (size_t)(dash - text), &from) == FREM_NUMBER_OK &&
               frem_whole_read(dash + 1, n - (size_t)(dash + 1 - text), &to) == FREM_NUMBER_OK && to <= 130;
    } else {
        good = frem_whole_read(text, n, &from) == FREM_NUMBER_OK;
        to = from;
    }
    if (good && text[0] != '+' && from >= 0 && from <= 130 && to >= from)
        *out = (frem_age_range){true, (int)from, (int)to};
    else
        (void)FREM_PROBLEM(reader->diags, node->place, NOT_AGES, site->path, text);
}

bool frem_birth_read(const char *text, frem_birth *out) {
    static const int days[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int digits[10];
    for (size_t i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
        digits[i] = text[i] - '0';
    }
    out->year = 1000 * digits[0] + 100 * digits[1] + 10 * digits[2] + digits[3];
    out->month = 10 * digits[5] + digits[6];
    out->day = 10 * digits[8] + digits[9];
    return text[10] == '\0' && out->year >= 1800 && out->month >= 1 && out->month <= 12 && out->day >= 1 &&
           out->day <= days[out->month - 1];
}

void frem_read_births(frem_reader *reader, const frem_site *site, const frem_node *node, frem_births *out) {
    if (node->kind != FREM_MAPPING || node->count == 0) {
        frem_reader_wrong_form(reader, site, node, "ages by date of birth", "aldre efter fødselsdato");
        return;
    }
    out->items = frem_reader_alloc(reader, node->count, sizeof *out->items);
    if (out->items == NULL)
        return;
    for (size_t i = 0; i < node->count; i++) {
        frem_birth *birth = &out->items[out->count];
        const frem_pair *pair = &node->pairs[i];
        if (!frem_birth_read(pair->key, birth)) {
            (void)FREM_PROBLEM(reader->diags, pair->place, NOT_A_DATE, site->path, pair->key);
        } else if (i > 0 && strcmp(pair->key, node->pairs[i - 1].key) <= 0) {
            (void)FREM_PROBLEM(reader->diags, pair->place, NOT_ASCENDING, site->path, pair->key,
                               node->pairs[i - 1].key);
        } else if (frem_read_number(reader, site, pair->value, &birth->number)) {
            out->count++;
        }
    }
}

void frem_read_texts(frem_reader *reader, const frem_site *site, const frem_node *node, frem_texts *out) {
    if (node->kind == FREM_MAPPING) {
        frem_reader_wrong_form(reader, site, node, "a list of texts", "en liste af tekster");
        return;
    }
    bool alone = node->kind == FREM_SCALAR;
    size_t n = alone ? 1 : node->count;
    if (n == 0)
        (void)FREM_PROBLEM(reader->diags, site->place, NOTHING_IN, site->path);
    const char **items = frem_reader_alloc(reader, n, sizeof *items);
    if (items == NULL)
        return;
    out->items = items;
    for (size_t i = 0; i < n; i++) {
        frem_read_text(reader, site, alone ? node : node->items[i], &items[out->count]);
        if (items[out->count] != NULL)
            out->count++;
    }
}

void frem_read_text_map(frem_reader *reader, const frem_site *site, const frem_node *node,
                        frem_text_map *out) {
    if (node->kind == FREM_SCALAR) {
        const char *key = site->field->key;
        (void)FREM_PROBLEM(reader->diags, node->place, TEXT_FOR_KEYS, site->path, key,
                           strcmp(key, "keys") == 0 ? "region" : "name", node->text);
        return;
    }
    if (node->kind != FREM_MAPPING) {
        frem_reader_wrong_form(reader, site, node, "a mapping of texts by name", "tekster efter navn");
        return;
    }
    out->items = frem_reader_alloc(reader, node->count, sizeof *out->items);
    if (out->items == NULL)
        return;
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        frem_text_pair *item = &out->items[out->count];
        *item = (frem_text_pair){pair->key, NULL, pair->place};
        frem_site inside = {site->field, frem_reader_path(reader, site->path, pair->key), pair->place};
        if (pair->value->kind == FREM_SEQUENCE && strcmp(site->field->key, "where") == 0)
            (void)FREM_PROBLEM(reader->diags, pair->value->place, WHERE_LIST, inside.path);
        else
            frem_read_text(reader, &inside, pair->value, &item->text);
        if (item->text != NULL)
            out->count++;
    }
}
