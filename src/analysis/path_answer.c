/* What is found of a path as an answer: tables, sentences, figures and the scenario that holds it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/answer.h"
#include "analysis/path.h"
#include "base/file_name.h"
#include "base/locale.h"
#include "base/number.h"
#include "frame/measures.h"
#include "scenario/tree.h"

typedef struct telling {
    const frem_path_found *found;
    const frem_path_wish *wish;
    frem_results *results;
    const char *scenario, *variant;
    bool ratio; /* whether the targets are ratios */
} telling;

static const char *kept(const telling *t, frem_text *text) {
    const char *out = text->failed ? NULL
                                   : frem_arena_text(frem_answer_arena(t->results),
                                                     text->bytes != NULL ? text->bytes : "", text->length);
    frem_text_free(text);
    return out;
}

/* ---- names ---- */

/* Whether another target is of the same measure and place, in other years. */
static bool is_twice(const frem_path_wish *wish, size_t which) {
    const frem_address *a = &wish->targets[which].address;
    for (size_t i = 0; i < wish->n_targets; i++) {
        const frem_address *b = &wish->targets[i].address;
        if (i != which && strcmp(a->measure, b->measure) == 0 && strcmp(a->profession, b->profession) == 0 &&
            strcmp(a->region, b->region) == 0 && strcmp(a->sector, b->sector) == 0)
            return true;
    }
    return false;
}

/* "2030–2040". */
static void add_years(frem_text *text, const frem_address *address) {
    frem_text_print(text, "%d", address->first_year);
    if (address->last_year > address->first_year)
        frem_text_print(text, "–%d", address->last_year);
}

/* "Gap, Care helpers, Syddanmark". */
static frem_status name_target(telling *t, size_t which, frem_label *out) {
    const frem_path_target *target = &t->wish->targets[which];
    const frem_document *document = &t->results->document;
    const frem_address *a = &target->address;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const struct {
            const char *column, *key;
        } parts[] = {{"profession", a->profession}, {"region", a->region}, {"sector", a->sector}};
        frem_text text = {0};
        frem_text_add(&text, frem_measure_find(a->measure)->label.text[lang]);
        for (size_t i = 0; i < 3; i++) {
            if (strcmp(parts[i].key, "all") != 0)
                frem_text_print(&text, ", %s",
                                frem_document_label(document, t->scenario, parts[i].column, parts[i].key,
                                                    (frem_lang)lang));
        }
        if (is_twice(t->wish, which)) {
            frem_text_add(&text, ", ");
            add_years(&text, a);
        }
        out->text[lang] = kept(t, &text);
        if (out->text[lang] == NULL)
            return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

/* ---- tables for files ---- */

static frem_status add_solution(const telling *t) {
    static const frem_answer_column columns[] = {
        FREM_ANSWER_SCENARIO,
        {.name = "parameter",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "Path of the parameter",
         .heading = {{"Parameter", "Parameter"}}},
        {.name = "year",
         .kind = FREM_COLUMN_WHOLE,
         .meaning = "Year of the number",
         .heading = {{"Year", "År"}}},
        {.name = "value",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Its number in that year; that of the last year holds for the years after it",
         .heading = {{"Value", "Værdi"}},
         .exact = true},
        {.name = "lower",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Least number in whole groups that the bounds and the limit on changes leave",
         .heading = {{"At least", "Mindst"}},
         .exact = true},
        {.name = "upper",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Largest number in whole groups that they leave",
         .heading = {{"At most", "Højst"}},
         .exact = true},
    };
    const frem_answer_table table = {.name = "solution",
                                     .title = {{"The path", "Vejen"}},
                                     .columns = columns,
                                     .n_columns = sizeof columns / sizeof *columns,
                                     .long_one = true};
    const frem_path_wish *wish = t->wish;
    size_t at;
    frem_status status = frem_answer_add_table(t->results, &table, &at);
    for (size_t k = 0; k < wish->n && status == FREM_OK; k++) {
        const frem_path_varied *v = &wish->varied[k / wish->years];
        const size_t y = k % wish->years;
        status = frem_answer_add_row(t->results, at,
                                     (frem_answer_cell[]){{.text = t->scenario},
                                                          {.text = t->variant},
                                                          {.text = v->varied.path},
                                                          {.whole = wish->from + (int)y},
                                                          {.number = t->found->best.values[k]},
                                                          {.number = v->low_at[y] * wish->step},
                                                          {.number = v->high_at[y] * wish->step}});
    }
    return status;
}

static frem_status add_targets(const telling *t) {
    static const frem_answer_column columns[] = {
        FREM_ANSWER_SCENARIO,
        {.name = "address",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "Address of the result",
         .heading = {{"Result", "Resultat"}}},
        {.name = "wanted",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Middle of the band",
         .heading = {{"Wanted", "Ønsket"}}},
        {.name = "reached",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "What the path gives",
         .heading = {{"Reached", "Nået"}}},
        {.name = "difference",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Reached less wanted",
         .heading = {{"Difference", "Forskel"}}},
    };
    const frem_answer_table table = {.name = "targets",
                                     .title = {{"What is reached", "Det, der nås"}},
                                     .columns = columns,
                                     .n_columns = sizeof columns / sizeof *columns,
                                     .long_one = true};
    const frem_path_wish *wish = t->wish;
    size_t at;
    frem_status status = frem_answer_add_table(t->results, &table, &at);
    for (size_t a = 0; a < wish->n_addresses && status == FREM_OK; a++) {
        char *address = frem_address_text(&wish->addresses[a]);
        const double wanted = wish->wanted[a], reached = t->found->best.results[a];
        if (address == NULL)
            return FREM_NO_MEMORY;
        status = frem_answer_add_row(t->results, at,
                                     (frem_answer_cell[]){{.text = t->scenario},
                                                          {.text = t->variant},
                                                          {.text = address},
                                                          {.number = wanted},
                                                          {.number = reached},
                                                          {.number = reached - wanted}});
        free(address);
    }
    return status;
}

/* ---- the table of years ---- */

/* The years of the table: those of the path and of the targets. */
static void years_of(const frem_path_wish *wish, int *first, int *last) {
    *first = wish->from;
    *last = wish->until;
    for (size_t i = 0; i < wish->n_targets; i++) {
        const frem_address *a = &wish->targets[i].address;
        *first = a->first_year < *first ? a->first_year : *first;
        *last = a->last_year > *last ? a->last_year : *last;
    }
}

static const char *short_address(const telling *t, size_t which) {
    const frem_address *address = &t->wish->targets[which].address;
    frem_text text = {0};
    frem_text_print(&text, "%s:%s:%s", address->measure, address->profession, address->region);
    if (strcmp(address->sector, "all") != 0)
        frem_text_print(&text, ":%s", address->sector);
    if (is_twice(t->wish, which)) {
        frem_text_add(&text, ":");
        add_years(&text, address);
    }
    return kept(t, &text);
}

static frem_answer_column *path_columns(const telling *t) {
    const frem_path_wish *wish = t->wish;
    frem_answer_column *columns = frem_arena_alloc(frem_answer_arena(t->results),
                                                   1 + wish->n_varied + wish->n_targets, sizeof *columns);
    if (columns == NULL)
        return NULL;
    columns[0] = (frem_answer_column){
        .name = "year", .kind = FREM_COLUMN_WHOLE, .meaning = "Year", .heading = {{"Year", "År"}}};
    for (size_t i = 0; i < wish->n_varied + wish->n_targets; i++) {
        const bool varied = i < wish->n_varied;
        const frem_path_target *target = varied ? NULL : &wish->targets[i - wish->n_varied];
        columns[i + 1] = (frem_answer_column){
            .name = varied ? wish->varied[i].varied.path : short_address(t, i - wish->n_varied),
            .kind = FREM_COLUMN_NUMBER,
            .meaning = varied ? "The parameter's number in that year" : "The result in that year",
            .heading = varied ? wish->varied[i].label : target->label,
            .digits = varied     ? FREM_DIGITS_BRIEF
                      : t->ratio ? FREM_DIGITS_PERCENT
                                 : FREM_DIGITS_WHOLE,
            .empty = true};
        if (columns[i + 1].name == NULL)
            return NULL;
    }
    return columns;
}

static frem_status add_path(const telling *t) {
    const frem_path_wish *wish = t->wish;
    const frem_answer_table table = {.name = "path",
                                     .title = {{"Year by year", "År for år"}},
                                     .columns = path_columns(t),
                                     .n_columns = 1 + wish->n_varied + wish->n_targets};
    int first, last;
    size_t at;
    if (table.columns == NULL)
        return FREM_NO_MEMORY;
    years_of(wish, &first, &last);
    frem_status status = frem_answer_add_table(t->results, &table, &at);
    for (int year = first; year <= last && status == FREM_OK; year++) {
        frem_answer_cell cells[1 + FREM_PATH_VARIED_MAX + FREM_PATH_TARGETS_MAX] = {{.whole = year}};
        for (size_t v = 0; v < wish->n_varied; v++) {
            const bool has = year >= wish->from && year <= wish->until;
            cells[1 + v].number =
                has ? t->found->best.values[v * wish->years + (size_t)(year - wish->from)] : (double)NAN;
        }
        for (size_t i = 0; i < wish->n_targets; i++) {
            const frem_path_target *target = &wish->targets[i];
            const bool has = year >= target->address.first_year && year <= target->address.last_year;
            cells[1 + wish->n_varied + i].number =
                has ? t->found->best.results[target->first + (size_t)(year - target->address.first_year)]
                    : (double)NAN;
        }
        status = frem_answer_add_row(t->results, at, cells);
    }
    return status;
}

/* ---- the trade-off ---- */

static frem_status add_tradeoff(const telling *t) {
    const frem_answer_digits digits = t->ratio ? FREM_DIGITS_BRIEF : FREM_DIGITS_WHOLE;
    const frem_answer_column columns[] = {
        FREM_ANSWER_SCENARIO,
        {.name = "most_change",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Share of itself that a number may change by from year to year; empty: no limit",
         .heading = {{"Limit a year", "Grænse pr. år"}},
         .digits = FREM_DIGITS_PERCENT,
         .empty = true},
        {.name = "largest_change",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Largest change of the path found",
         .heading = {{"Largest change", "Største ændring"}},
         .digits = FREM_DIGITS_PERCENT},
        {.name = "changes",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Changes from year to year, summed over years and parameters",
         .heading = {{"Changes in all", "Ændringer i alt"}},
         .digits = FREM_DIGITS_WHOLE},
        {.name = "below",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "What the results lie below the band, summed over years and targets",
         .heading = {{"Below the band", "Under båndet"}},
         .digits = digits},
        {.name = "above",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "What they lie above it",
         .heading = {{"Above the band", "Over båndet"}},
         .digits = digits},
        {.name = "worst",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "The most that a result of one year lies outside",
         .heading = {{"Worst year", "Værste år"}},
         .digits = digits},
        {.name = "outside",
         .kind = FREM_COLUMN_WHOLE,
         .meaning = "How many results lie outside",
         .heading = {{"Outside", "Udenfor"}}},
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    frem_answer_column *own = frem_arena_alloc(frem_answer_arena(t->results), COLUMNS, sizeof *own);
    size_t at;
    if (own == NULL)
        return FREM_NO_MEMORY;
    memcpy(own, columns, sizeof columns);
    const frem_answer_table table = {
        .name = "tradeoff",
        .title = {{"What it costs to be more even", "Hvad det koster at være mere jævn"}},
        .columns = own,
        .n_columns = COLUMNS};
    frem_status status = frem_answer_add_table(t->results, &table, &at);
    for (size_t i = 0; i < t->found->n_rows && status == FREM_OK; i++) {
        const frem_path_point *row = &t->found->rows[i];
        const double limit = t->found->limits[i];
        if (row->values == NULL)
            continue;
        status = frem_answer_add_row(t->results, at,
                                     (frem_answer_cell[]){{.text = t->scenario},
                                                          {.text = t->variant},
                                                          {.number = isfinite(limit) ? limit : (double)NAN},
                                                          {.number = row->score.largest},
                                                          {.number = row->score.changes},
                                                          {.number = row->score.below},
                                                          {.number = row->score.above},
                                                          {.number = row->score.worst},
                                                          {.whole = (int)row->score.outside}});
    }
    return status;
}

/* ---- the scenario ---- */

/* How many bytes two paths have in common, up to the last point in both. */
static size_t in_common(const char *a, const char *b) {
    size_t same = 0;
    for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++)
        same = a[i] == '.' ? i + 1 : same;
    return same;
}

/* The keys that lead to a parameter, but for those that it has in common with the one before. */
static void add_keys(frem_text *text, const char *path, const char *before, size_t indent) {
    const size_t shared = in_common(path, before);
    for (const char *key = path, *end; key != NULL; key = end != NULL ? end + 1 : NULL, indent++) {
        end = strchr(key, '.');
        if ((size_t)(key - path) < shared)
            continue;
        frem_text_print(text, "%*s", (int)(2 * indent), "");
        frem_tree_quote(text, key, end != NULL ? (size_t)(end - key) : strlen(key));
        frem_text_add(text, end != NULL ? ":\n" : ": ");
    }
}

static void add_numbers(frem_text *text, const telling *t, size_t which) {
    const frem_path_wish *wish = t->wish;
    char number[32];
    frem_text_print(text, "{from: %d", wish->from);
    for (size_t y = 0; y < wish->years; y++) {
        (void)frem_number_shortest(number, t->found->best.values[which * wish->years + y]);
        frem_text_print(text, ", %d: %s", wish->from + (int)y, number);
    }
    frem_text_add(text, ", then: hold");
    if (wish->varied[which].covers != NULL) {
        frem_text_add(text, ", covers: ");
        frem_tree_quote(text, wish->varied[which].covers, strlen(wish->varied[which].covers));
    }
    frem_text_add(text, "}\n");
}

/* Parameters in the order of their paths, so that those of one mapping come together. */
static void add_parameters(frem_text *text, const telling *t, size_t indent) {
    const frem_path_wish *wish = t->wish;
    const char *before = "";
    for (size_t n = 0; n < wish->n_varied; n++) {
        size_t next = wish->n_varied;
        for (size_t i = 0; i < wish->n_varied; i++) {
            const char *path = wish->varied[i].varied.path;
            if (strcmp(path, before) > 0 &&
                (next == wish->n_varied || strcmp(path, wish->varied[next].varied.path) < 0))
                next = i;
        }
        if (next == wish->n_varied)
            return;
        add_keys(text, wish->varied[next].varied.path, before, indent);
        add_numbers(text, t, next);
        before = wish->varied[next].varied.path;
    }
}

/* A scenario that extends the resolved one beside it. */
static frem_status add_scenario(const telling *t) {
    const bool variant = strcmp(t->variant, "base") != 0;
    frem_text text = {0}, name = {0};
    frem_index *taken = NULL;
    const char *safe = NULL;
    frem_status status = frem_index_new(&taken);
    if (status == FREM_OK)
        status = frem_safe_name(taken, t->scenario, &safe);
    frem_text_print(&name, "%s.resolved.yaml", safe != NULL ? safe : "");
    frem_text_add(&text, "# The answer of `fremskriv solve --path`.\nfremskriv: 1\nextends: ");
    frem_tree_quote(&text, name.bytes != NULL ? name.bytes : "", name.length);
    frem_text_free(&name);
    frem_text_print(&name, "%s-solved", t->scenario);
    frem_text_add(&text, "\nname: ");
    frem_tree_quote(&text, name.bytes != NULL ? name.bytes : "", name.length);
    frem_text_add(&text, "\n");
    if (variant) {
        frem_text_add(&text, "variants:\n  ");
        frem_tree_quote(&text, t->variant, strlen(t->variant));
        frem_text_add(&text, ":\n");
    }
    add_parameters(&text, t, variant ? 2 : 0);
    if (status == FREM_OK)
        status = text.failed || name.failed ? FREM_NO_MEMORY
                                            : frem_answer_add_file(t->results, "solution.yaml", text.bytes);
    frem_index_free(taken);
    frem_text_free(&text);
    frem_text_free(&name);
    return status;
}

/* ---- the whole ---- */

frem_status frem_path_answer(const frem_path_found *found, frem_results *results) {
    const frem_path_wish *wish = found->wish;
    const frem_scenario *s = wish->model->scenario;
    telling t = {
        .found = found, .wish = wish, .results = results, .scenario = s->name, .variant = s->variant};
    t.ratio = strcmp(frem_measure_find(wish->targets[0].address.measure)->unit, "ratio") == 0;
    frem_status status = FREM_OK;
    for (size_t i = 0; i < wish->n_targets && status == FREM_OK; i++)
        status = name_target(&t, i, &found->wish->targets[i].label);
    if (status == FREM_OK)
        status = add_solution(&t);
    if (status == FREM_OK)
        status = add_targets(&t);
    if (status == FREM_OK)
        status = add_path(&t);
    if (status == FREM_OK)
        status = add_tradeoff(&t);
    if (status == FREM_OK)
        status = add_scenario(&t);
    if (status == FREM_OK)
        status = frem_path_say(found, results);
    return status == FREM_OK ? frem_path_draw(found, results) : status;
}
