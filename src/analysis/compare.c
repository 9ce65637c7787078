/* Scenarios and variants beside the first of them: rows of the results matched by what they are about. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "base/number.h"
#include "base/problem.h"

/* Columns of compare.csv: those of results.csv, and three more. */
enum { COL_REFERENCE = FREM_COL_COUNT, COL_DIFFERENCE, COL_PERCENT, COL_COUNT };

/* A reference nearer to 0 than this is 0 in the table, and nothing is a percentage of it. */
#define NO_REFERENCE 0.5e-6

/* What rows are matched by, besides the year. */
static const size_t key_columns[] = {FREM_COL_REGION,  FREM_COL_PROFESSION, FREM_COL_SECTOR,
                                     FREM_COL_MEASURE, FREM_COL_STATISTIC,  FREM_COL_UNIT};
enum { KEY_COLUMNS = sizeof key_columns / sizeof *key_columns };

/* Rows of one scenario or variant: first .. end-1. */
typedef struct side {
    size_t first, end;
} side;

/* The results, and the table that is made of them. */
typedef struct comparison {
    const frem_frame *from;
    frem_frame *to;
    const int32_t *year;
    const uint32_t *keys[KEY_COLUMNS];
    const double *value;
    side reference;
    size_t *slots; /* rows of the reference by their key; SIZE_MAX: none */
    size_t n_slots;
    bool *matched; /* [row of the reference] by the side at hand */
    bool *percent; /* [measure] whether its differences have a percentage */
} comparison;

static size_t slot_of(const comparison *c, size_t row) {
    uint64_t hash = (uint64_t)c->year[row];
    for (size_t k = 0; k < KEY_COLUMNS; k++)
        hash = (hash ^ (hash >> 29)) * 0x9E3779B97F4A7C15u + c->keys[k][row];
    hash ^= hash >> 32;
    return (size_t)(hash * 0x9E3779B97F4A7C15u >> 20) & (c->n_slots - 1);
}

static bool is_same(const comparison *c, size_t a, size_t b) {
    bool same = c->year[a] == c->year[b];
    for (size_t k = 0; k < KEY_COLUMNS && same; k++)
        same = c->keys[k][a] == c->keys[k][b];
    return same;
}

/* The row of the reference that is about the same, or SIZE_MAX. */
static size_t find(const comparison *c, size_t row) {
    size_t slot = slot_of(c, row);
    while (c->slots[slot] != SIZE_MAX && !is_same(c, c->slots[slot], row))
        slot = (slot + 1) & (c->n_slots - 1);
    return c->slots[slot];
}

static frem_status index_reference(comparison *c) {
    size_t n = c->reference.end - c->reference.first;
    c->n_slots = 16;
    while (c->n_slots < 2 * n)
        c->n_slots *= 2;
    c->slots = malloc(c->n_slots * sizeof *c->slots);
    c->matched = malloc((n + 1) * sizeof *c->matched);
    if (c->slots == NULL || c->matched == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < c->n_slots; i++)
        c->slots[i] = SIZE_MAX;
    for (size_t row = c->reference.first; row < c->reference.end; row++) {
        size_t slot = slot_of(c, row);
        while (c->slots[slot] != SIZE_MAX)
            slot = (slot + 1) & (c->n_slots - 1);
        c->slots[slot] = row;
    }
    return FREM_OK;
}

/* Adds a row for what `about` is about. @param names a row of the scenario and variant that it is of. */
static frem_status add(const comparison *c, size_t names, size_t about, double value, double reference) {
    frem_cell cells[COL_COUNT];
    cells[FREM_COL_SCENARIO].label = frem_frame_label_codes(c->from, FREM_COL_SCENARIO)[names];
    cells[FREM_COL_VARIANT].label = frem_frame_label_codes(c->from, FREM_COL_VARIANT)[names];
    cells[FREM_COL_YEAR].whole = c->year[about];
    for (size_t k = 0; k < KEY_COLUMNS; k++)
        cells[key_columns[k]].label = c->keys[k][about];
    double difference = value - reference;
    cells[FREM_COL_VALUE].number = value;
    cells[COL_REFERENCE].number = reference;
    cells[COL_DIFFERENCE].number = difference;
    const bool percent = c->percent[cells[FREM_COL_MEASURE].label] && fabs(reference) >= NO_REFERENCE;
    cells[COL_PERCENT].number = percent ? 100 * difference / reference : (double)NAN;
    return frem_frame_add(c->to, cells);
}

/* Adds the rows that only the reference has: up to row `end` of it, and all of years before `year`. */
static frem_status add_lacking(const comparison *c, size_t names, size_t *next, size_t end, int32_t year) {
    frem_status status = FREM_OK;
    for (; *next < c->reference.end && (*next < end || c->year[*next] < year) && status == FREM_OK; ++*next) {
        if (!c->matched[*next - c->reference.first])
            status = add(c, names, *next, (double)NAN, c->value[*next]);
    }
    return status;
}

/* Adds one side's rows in its order; rows of the reference alone come where the reference has them.
 * @param[out] common how many rows both have. */
static frem_status add_side(const comparison *c, side one, size_t *common) {
    size_t next = c->reference.first;
    memset(c->matched, 0, (c->reference.end - c->reference.first) * sizeof *c->matched);
    *common = 0;
    for (size_t row = one.first; row < one.end; row++) {
        size_t found = find(c, row);
        if (found == SIZE_MAX)
            continue;
        c->matched[found - c->reference.first] = true;
        ++*common;
    }
    frem_status status = FREM_OK;
    for (size_t row = one.first; row < one.end && status == FREM_OK; row++) {
        size_t found = find(c, row);
        status = add_lacking(c, one.first, &next, found == SIZE_MAX ? 0 : found, c->year[row]);
        if (status == FREM_OK)
            status = add(c, one.first, row, c->value[row], found == SIZE_MAX ? (double)NAN : c->value[found]);
    }
    return status == FREM_OK ? add_lacking(c, one.first, &next, SIZE_MAX, INT32_MAX) : status;
}

/* ---- notes for the reader ---- */

/* A growing list of notes. */
typedef struct noting {
    frem_arena *arena;
    frem_note *notes;
    size_t n;
} noting;

/* "name", or "name (variant)". */
static const char *name_of(frem_arena *arena, const frem_run *run) {
    return strcmp(run->variant, "base") == 0 ? run->name
                                             : frem_arena_print(arena, "%s (%s)", run->name, run->variant);
}

static frem_status add_note(noting *l, const frem_run *run, const char *what, const char *en,
                            const char *da) {
    if (en == NULL || da == NULL)
        return FREM_NO_MEMORY;
    l->notes[l->n++] = (frem_note){run->name, "compared", what, {{en, da}}};
    return FREM_OK;
}

/* How many keys of a column each side has that the other lacks. */
static frem_status count_keys(const comparison *c, side one, size_t k, size_t only[2]) {
    const side sides[] = {one, c->reference};
    size_t n = frem_frame_labels(c->from, key_columns[k]);
    bool *has = calloc(2 * n + 1, sizeof *has);
    if (has == NULL)
        return FREM_NO_MEMORY;
    for (size_t s = 0; s < 2; s++) {
        for (size_t row = sides[s].first; row < sides[s].end; row++)
            has[s * n + c->keys[k][row]] = true;
    }
    only[0] = only[1] = 0;
    for (size_t i = 0; i < n; i++) {
        only[0] += has[i] && !has[n + i];
        only[1] += has[n + i] && !has[i];
    }
    free(has);
    return FREM_OK;
}

/* Rows come by year, so the first and the last give the span. */
static frem_status note_years(noting *l, const comparison *c, side one, const frem_run *run,
                              const char *names[2]) {
    int from[] = {c->year[one.first], c->year[c->reference.first]};
    int to[] = {c->year[one.end - 1], c->year[c->reference.end - 1]};
    if (from[0] == from[1] && to[0] == to[1])
        return FREM_OK;
    return add_note(
        l, run, "year",
        frem_arena_print(l->arena, "%s is of %d–%d and %s of %d–%d: other years have one side only", names[0],
                         from[0], to[0], names[1], from[1], to[1]),
        frem_arena_print(l->arena, "%s er for %d–%d og %s for %d–%d: andre år har kun den ene side", names[0],
                         from[0], to[0], names[1], from[1], to[1]));
}

static frem_status note_differences(noting *l, const comparison *c, side one, const frem_run *run,
                                    const frem_run *reference) {
    static const struct {
        size_t key; /* in key_columns */
        const char *column, *en, *da;
    } dimensions[] = {{0, "region", "regions", "områder"},
                      {1, "profession", "professions", "faggrupper"},
                      {2, "sector", "sectors", "brancher"}};
    const char *names[] = {name_of(l->arena, run), name_of(l->arena, reference)};
    if (names[0] == NULL || names[1] == NULL)
        return FREM_NO_MEMORY;
    frem_status status = note_years(l, c, one, run, names);
    for (size_t d = 0; d < sizeof dimensions / sizeof *dimensions && status == FREM_OK; d++) {
        size_t only[2];
        status = count_keys(c, one, dimensions[d].key, only);
        if (status != FREM_OK || only[0] + only[1] == 0)
            continue;
        status = add_note(
            l, run, dimensions[d].column,
            frem_arena_print(l->arena, "other %s: %zu only in %s, %zu only in %s; they have one side only",
                             dimensions[d].en, only[0], names[0], only[1], names[1]),
            frem_arena_print(l->arena, "forskellige %s: %zu kun i %s, %zu kun i %s; de har kun den ene side",
                             dimensions[d].da, only[0], names[0], only[1], names[1]));
    }
    return status;
}

/* ---- the whole ---- */

static frem_status new_table(frem_frame **table) {
    static const char *const names[COL_COUNT] = {
        "scenario",  "variant", "year",  "region",    "profession", "sector", "measure",
        "statistic", "unit",    "value", "reference", "difference", "percent"};
    frem_column_kind kinds[COL_COUNT];
    for (size_t i = 0; i < COL_COUNT; i++)
        kinds[i] = i == FREM_COL_YEAR    ? FREM_COLUMN_WHOLE
                   : i >= FREM_COL_VALUE ? FREM_COLUMN_NUMBER
                                         : FREM_COLUMN_LABEL;
    frem_status status = frem_frame_new(table, names, kinds, COL_COUNT);
    for (size_t i = FREM_COL_VALUE; i < COL_COUNT && status == FREM_OK; i++)
        status = frem_frame_allow_empty(*table, i);
    return status;
}

/* The same labels with the same codes as in the results. */
static frem_status copy_labels(const frem_frame *from, frem_frame *to) {
    frem_status status = FREM_OK;
    for (size_t column = 0; column < FREM_COL_COUNT; column++) {
        uint32_t code;
        for (size_t i = 0; i < frem_frame_labels(from, column) && status == FREM_OK; i++)
            status = frem_frame_label(to, column, frem_frame_label_text(from, column, (uint32_t)i), &code);
    }
    return status;
}

static side next_side(const frem_frame *from, size_t first) {
    const uint32_t *scenario = frem_frame_label_codes(from, FREM_COL_SCENARIO);
    const uint32_t *variant = frem_frame_label_codes(from, FREM_COL_VARIANT);
    size_t end = first;
    while (end < frem_frame_rows(from) && scenario[end] == scenario[first] && variant[end] == variant[first])
        end++;
    return (side){first, end};
}

/* Which measures have a percentage, by their codes in the results. */
static bool *find_percent(const frem_frame *from) {
    const size_t n = frem_frame_labels(from, FREM_COL_MEASURE);
    bool *percent = malloc((n + 1) * sizeof *percent);
    for (size_t m = 0; percent != NULL && m < n; m++)
        percent[m] = frem_measure_has_percent(frem_frame_label_text(from, FREM_COL_MEASURE, (uint32_t)m));
    return percent;
}

/* Fills the new table, and the notes. */
static frem_status compare(comparison *c, frem_results *results, const frem_model *const *models,
                           size_t n_models, noting *l, frem_diags *diags) {
    const frem_run *run = results->document.scenarios;
    c->reference = next_side(c->from, 0);
    frem_status status = index_reference(c);
    if (status == FREM_OK)
        status = copy_labels(c->from, c->to);
    side one = c->reference;
    for (size_t i = 1; i < n_models && status == FREM_OK; i++) {
        size_t common;
        one = next_side(c->from, one.end);
        if (one.first == one.end)
            return FREM_DEFECT;
        status = add_side(c, one, &common);
        if (status == FREM_OK && common == 0)
            status = FREM_PROBLEM(diags, ((frem_place){models[i]->scenario->source->path, 0, 0}),
                                  COMPARE_NOTHING, models[0]->scenario->source->path);
        if (status == FREM_OK)
            status = note_differences(l, c, one, &run[i], &run[0]);
    }
    return status;
}

/* Puts the comparison in the place of the results that it is made of, which figures are drawn from. */
static frem_status replace(frem_results *results, const frem_model *const *models, size_t n_models,
                           frem_diags *diags) {
    enum { NOTES = 4 }; /* of one side */
    const frem_frame *from = results->table;
    frem_document *document = &results->document;
    noting l = {results->arena, NULL, document->n_notes};
    comparison c = {.from = from,
                    .percent = find_percent(from),
                    .year = frem_frame_wholes(from, FREM_COL_YEAR),
                    .value = frem_frame_numbers(from, FREM_COL_VALUE)};
    for (size_t k = 0; k < KEY_COLUMNS; k++)
        c.keys[k] = frem_frame_label_codes(from, key_columns[k]);
    l.notes = frem_arena_alloc(l.arena, l.n + NOTES * n_models, sizeof *l.notes);
    frem_status status = l.notes != NULL && c.percent != NULL ? new_table(&c.to) : FREM_NO_MEMORY;
    if (status == FREM_OK) {
        memcpy(l.notes, document->notes, l.n * sizeof *l.notes);
        status = compare(&c, results, models, n_models, &l, diags);
    }
    free(c.slots);
    free(c.matched);
    free(c.percent);
    if (status != FREM_OK) {
        frem_frame_free(c.to);
        return status;
    }
    results->compared = results->table;
    results->table = c.to;
    document->compared = results->compared;
    document->results = c.to;
    document->kind = FREM_TABLE_COMPARISON;
    document->notes = l.notes;
    document->n_notes = l.n;
    return FREM_OK;
}

frem_status frem_compare_new(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                             size_t n_models, const frem_run_options *options, frem_diags *diags) {
    frem_run_options plain = *options;
    plain.with_names = NULL;
    plain.with_tables = 0; /* the two other tables have nothing to compare with */
    *out = NULL;
    if (n_models < 2)
        return FREM_PROBLEM(diags,
                            ((frem_place){n_models > 0 ? models[0]->scenario->source->path : NULL, 0, 0}),
                            COMPARE_ONE, "");
    frem_results *results = NULL;
    frem_status status = frem_results_new(&results, sources, models, n_models, &plain, diags);
    if (status == FREM_OK)
        status = replace(results, models, n_models, diags);
    if (status == FREM_OK)
        status = frem_results_name(results, options->with_names);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}
