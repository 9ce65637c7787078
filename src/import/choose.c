#include "import/choose.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* A code and a label, of a variable or a value. */
typedef struct naming {
    const char *code;
    const char *label;
} naming;

/* Whether the text is the code and then the label, "461 Odense". */
static bool is_both(naming of, const char *name) {
    const size_t n = strlen(of.code);
    return strncmp(of.code, name, n) == 0 && name[n] == ' ' && strcmp(of.label, name + n + 1) == 0;
}

/* How near a name is to a text: 3 the code itself, 2 the label or both, 1 either without regard to case, 0 neither. */
static int likeness(naming of, const char *name) {
    char folded[FREM_FOLDED_MAX], other[FREM_FOLDED_MAX];
    if (strcmp(of.code, name) == 0)
        return 3;
    if (strcmp(of.label, name) == 0 || is_both(of, name))
        return 2;
    frem_import_fold(name, folded);
    frem_import_fold(of.code, other);
    if (strcmp(folded, other) == 0)
        return 1;
    frem_import_fold(of.label, other);
    return strcmp(folded, other) == 0;
}

/* Keeps the best of several; *best is how near it is. */
static void keep_nearest(ptrdiff_t *found, int *best, int near, size_t i) {
    if (near == 0 || near < *best)
        return;
    *found = near == *best ? FREM_IMPORT_AMBIGUOUS : (ptrdiff_t)i;
    *best = near;
}

ptrdiff_t frem_import_find_variable(const frem_import_table *table, const char *name) {
    ptrdiff_t found = -1;
    int best = 0;
    for (size_t i = 0; i < table->n_variables; i++) {
        const naming of = {table->variables[i].code, table->variables[i].label};
        keep_nearest(&found, &best, likeness(of, name), i);
    }
    return found;
}

/* The table's variables in words, and as a list for frem_nearest(). */
static const char *list_variables(const frem_import_table *table, const char **names) {
    frem_text list = {0};
    for (size_t i = 0; i < table->n_variables; i++) {
        names[i] = table->variables[i].code;
        frem_text_print(&list, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    const char *kept =
        list.failed || list.bytes == NULL ? NULL : frem_arena_text(table->arena, list.bytes, list.length);
    frem_text_free(&list);
    return kept;
}

frem_status frem_import_unknown_variable(const frem_import_table *table, const char *name,
                                         frem_diags *diags) {
    const char **names = frem_arena_alloc(table->arena, table->n_variables + 1, sizeof *names);
    const char *list = names != NULL ? list_variables(table, names) : NULL;
    if (list == NULL)
        return FREM_NO_MEMORY;
    if (frem_import_find_variable(table, name) == FREM_IMPORT_AMBIGUOUS)
        return FREM_PROBLEM(diags, in_command, IMPORT_AMBIGUOUS, name, table->path);
    return FREM_PROBLEM(diags, in_command, IMPORT_NO_VARIABLE, name, table->path, list,
                        frem_nearest(name, names, table->n_variables));
}

static ptrdiff_t find_value(const frem_import_variable *variable, const char *word) {
    ptrdiff_t found = -1;
    int best = 0;
    for (size_t i = 0; i < variable->n_values; i++) {
        const naming of = {variable->values[i].code, variable->values[i].label};
        keep_nearest(&found, &best, likeness(of, word), i);
    }
    return found;
}

static frem_status choose_value(const frem_import_table *table, const frem_import_variable *variable,
                                const char *word, frem_diags *diags, bool *chosen) {
    const ptrdiff_t value = find_value(variable, word);
    if (value == FREM_IMPORT_AMBIGUOUS)
        return FREM_PROBLEM(diags, frem_import_place(table, variable->at), IMPORT_AMBIGUOUS, word,
                            variable->code);
    if (value < 0)
        return FREM_PROBLEM(diags, in_command, IMPORT_UNKNOWN_VALUE, word, variable->code);
    chosen[value] = true;
    return FREM_OK;
}

frem_status frem_import_choose(const frem_import_table *table, size_t v, const frem_import_options *options,
                               frem_diags *diags, bool **chosen, bool *named) {
    const frem_import_variable *variable = &table->variables[v];
    frem_status status = FREM_OK;
    *named = false;
    *chosen = frem_arena_alloc(table->arena, variable->n_values + 1, sizeof **chosen);
    if (*chosen == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < options->n_wheres; i++) {
        if (frem_import_find_variable(table, options->wheres[i].name) != (ptrdiff_t)v)
            continue;
        *named = true;
        for (const char *at = options->wheres[i].text; at != NULL;) {
            const size_t n = strcspn(at, ",");
            const char *word = frem_arena_text(table->arena, at, n);
            const frem_status one =
                word != NULL ? choose_value(table, variable, word, diags, *chosen) : FREM_NO_MEMORY;
            status = frem_tally_worse(status, one);
            at = at[n] == ',' ? at + n + 1 : NULL;
        }
    }
    for (size_t i = 0; !*named && i < variable->n_values; i++)
        (*chosen)[i] = true;
    return status;
}

bool frem_import_takes_period(const frem_import_options *options, int quarter, const char *text, int *year) {
    int month;
    if (!frem_import_read_time(text, year, &month))
        return false;
    if (month > 0 && quarter > 0 && month != 3 * quarter - 2)
        return false;
    return (options->first_year == 0 || *year >= options->first_year) &&
           (options->last_year == 0 || *year <= options->last_year);
}

/* 0 where a text is no period, else what kind of one it is: 'Y', 'K' or 'M'. */
static char kind_of_period(const char *text) {
    int year, month;
    if (!frem_import_read_time(text, &year, &month))
        return '\0';
    return month == 0 ? 'Y' : text[4] == 'M' ? 'M' : 'K';
}

frem_status frem_import_check_periods(const frem_import_table *table, size_t v, const bool *chosen,
                                      frem_diags *diags) {
    const frem_import_variable *variable = &table->variables[v];
    const frem_import_value *first = NULL;
    for (size_t i = 0; i < variable->n_values; i++) {
        const frem_import_value *value = &variable->values[i];
        if (!chosen[i])
            continue;
        const char kind = kind_of_period(value->code);
        const frem_place place = frem_import_place(table, value->at);
        if (kind == '\0')
            return FREM_PROBLEM(diags, place, IMPORT_TIME, value->code);
        if (first == NULL)
            first = value;
        else if (kind != kind_of_period(first->code))
            return FREM_PROBLEM(diags, place, IMPORT_PERIODS_MIXED, variable->code, first->code, value->code);
    }
    return FREM_OK;
}

/* ---- figures ---- */

const char *frem_import_unscaled_value(const frem_import_table *table, const frem_import_value *value) {
    /* "1.000 kr." was taken for a code and its label. */
    const char *text = value->code != value->label && strcmp(value->code, value->label) != 0
                           ? frem_arena_print(table->arena, "%s %s", value->code, value->label)
                           : value->label;
    if (value->power != 0 || text == NULL)
        return NULL;
    if (frem_import_power(value->label) != 0)
        return value->label;
    return frem_import_power(text) != 0 ? text : NULL;
}

frem_status frem_import_unscaled(const frem_import_table *table, size_t at, const char *text, bool mapped,
                                 frem_diags *diags) {
    const frem_place place = frem_import_place(table, at);
    return mapped ? FREM_PROBLEM(diags, place, IMPORT_UNSCALED, text)
                  : FREM_PROBLEM(diags, place, IMPORT_UNSCALED_PERSONS, text);
}

/* The sign before a figure, or its opening quote, passed over. */
static const char *digits_of(const frem_import_table *table, size_t cell) {
    const char *text = table->text + table->at[cell];
    text += *text == '"';
    return text + (*text == '-' || *text == '+');
}

int frem_import_three_decimals(const frem_import_table *table, size_t cell) {
    const char *text = digits_of(table, cell);
    const size_t head = strspn(text, "0123456789");
    if (table->has_decimals || head == 0 || (text[head] != '.' && text[head] != ','))
        return 0;
    const size_t decimals = strspn(text + head + 1, "0123456789");
    return frem_number_thousands(text, head + 1 + decimals, text[head]) ? 1 : decimals == 0 ? 0 : -1;
}

/* ---- missing figures ---- */

double frem_import_meet_lacking(frem_missing *missing, const frem_import_table *table,
                                const frem_import_options *options, const uint32_t *keys, size_t at) {
    if (missing->count++ == 0)
        missing->first = at;
    if (options->missing == FREM_MISSING_ERROR) {
        const frem_place place = frem_import_tally_place(table, &missing->tally, at);
        const char *what = missing->tally.count < FREM_TALLY_MAX ? frem_import_cell_text(table, keys) : "";
        if (what == NULL)
            missing->tally.status = FREM_NO_MEMORY;
        else
            FREM_TALLY(&missing->tally, place, IMPORT_LACKS_CELL, what);
    }
    return options->missing == FREM_MISSING_ZERO ? 0.0 : (double)NAN;
}

double frem_import_meet_missing(frem_missing *missing, const frem_import_table *table,
                                const frem_import_options *options, size_t at) {
    if (missing->count++ == 0)
        missing->first = at;
    if (options->missing == FREM_MISSING_ERROR) {
        char sign[8] = "";
        const char *text = table->text + at;
        text += *text == '"';
        const size_t n = strcspn(text, ";,\t \r\n\"}]");
        snprintf(sign, sizeof sign, "%.*s", (int)(n < 7 ? n : 6), text);
        FREM_TALLY(&missing->tally, frem_import_tally_place(table, &missing->tally, at), IMPORT_MISSING,
                   sign);
    }
    return options->missing == FREM_MISSING_ZERO ? 0.0 : (double)NAN;
}

frem_status frem_import_missing_close(frem_missing *missing, const frem_import_table *table,
                                      const frem_import_options *options) {
    if (options->missing == FREM_MISSING_ERROR || missing->count == 0)
        return frem_tally_close(&missing->tally);
    char count[32];
    snprintf(count, sizeof count, "%zu", missing->count);
    const frem_place place = frem_import_place(table, missing->first);
    return options->missing == FREM_MISSING_ZERO
               ? FREM_PROBLEM(missing->tally.diags, place, IMPORT_MISSING_ZERO, count)
               : FREM_PROBLEM(missing->tally.diags, place, IMPORT_MISSING_EMPTY, count);
}

/* ---- words ---- */

const char *frem_import_cell_text(const frem_import_table *table, const uint32_t *keys) {
    frem_text text = {0};
    for (size_t i = 0; i < table->n_variables; i++)
        frem_text_print(&text, "%s%s %s", i > 0 ? ", " : "", table->variables[i].code,
                        table->variables[i].values[keys[i]].code);
    const char *kept =
        text.failed || text.bytes == NULL ? NULL : frem_arena_text(table->arena, text.bytes, text.length);
    frem_text_free(&text);
    return kept;
}

void frem_import_double(frem_tally *tally, const frem_import_table *table, size_t first, size_t second) {
    const frem_place place = frem_import_tally_place(table, tally, table->at[second]);
    if (!frem_tally_count(tally, place))
        return;
    char line[32];
    snprintf(line, sizeof line, "%u", frem_import_place(table, table->at[first]).line);
    const char *what = frem_import_cell_text(table, table->keys + second * table->n_variables);
    frem_tally_raised(tally, what == NULL ? FREM_NO_MEMORY
                                          : FREM_PROBLEM(tally->diags, place, IMPORT_DOUBLE, what, line));
}

void frem_import_put_text(frem_text *csv, const char *text) {
    if (text[strcspn(text, "\",\r\n")] == '\0') {
        frem_text_add(csv, text);
        return;
    }
    frem_text_add(csv, "\"");
    for (const char *at = text; *at != '\0'; at++)
        frem_text_add_bytes(csv, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
    frem_text_add(csv, "\"");
}

void frem_import_put_number(frem_text *csv, double number) {
    char text[FREM_FIXED_MAX];
    if (isnan(number))
        return;
    const bool whole = number == floor(number) && fabs(number) < 1e15;
    const size_t n = whole ? frem_number_fixed(text, number, 0) : frem_number_shortest(text, number);
    frem_text_add_bytes(csv, text, n);
}
