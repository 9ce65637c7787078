#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "numeric/numeric.h"
#include "tables/inside.h"
#include "tables/reader.h"
#include "tables/reading.h"
#include "tables/tally.h"

/* Keys of missing rows that a message names. */
#define MISSING_NAMED 3

/* ---- names of things in messages ---- */

static const char *table_reader_ages(const frem_table_reader *reader, int from, int to) {
    if (to == FREM_AGE_OPEN)
        return frem_arena_print(reader->arena, "%d+", from);
    if (to == from)
        return frem_arena_print(reader->arena, "%d", from);
    return frem_arena_print(reader->arena, "%d-%d", from, to);
}

static void add_key(frem_text *text, const frem_axis *axis, size_t ordinal) {
    if (text->length > 0)
        frem_text_add(text, ", ");
    if (axis->names != NULL)
        frem_text_print(text, "%s %s", axis->what, frem_index_name(axis->names, ordinal));
    else
        frem_text_print(text, "%s %" PRId64, axis->what, axis->first + (int64_t)ordinal);
}

/* A reading without keys is described by its filters, or else by its column. */
static void add_filters(frem_text *text, const frem_reading *reading) {
    for (size_t f = 0; f < reading->n_filters; f++)
        frem_text_print(text, "%s%s %s", f > 0 ? ", " : "", reading->filters[f].column,
                        reading->filters[f].value);
    if (reading->n_filters == 0)
        frem_text_add(text, reading->columns[0]);
}

/* The keys of a cell in words, "region 461, year 2031"; the ages too unless from < 0.
 *  @return Borrowed from the arena; NULL when out of memory. */
static const char *table_reader_keys(const frem_table_reader *reader, size_t cell, int from, int to) {
    const frem_reading *reading = reader->reading;
    frem_text text = {0};
    for (size_t a = 0; a < reading->n_axes; a++) {
        if (reader->strides[a] > 0)
            add_key(&text, &reading->axes[a], cell / reader->strides[a] % reading->axes[a].count);
    }
    if (text.length == 0 && from < 0)
        add_filters(&text, reading);
    if (from >= 0) {
        const char *ages = table_reader_ages(reader, from, to);
        if (ages != NULL)
            frem_text_print(&text, "%sage %s", text.length > 0 ? ", " : "", ages);
        else
            text.failed = true;
    }
    const char *kept = text.failed ? NULL : frem_arena_text(reader->arena, text.bytes, text.length);
    frem_text_free(&text);
    return kept;
}

/* Raises a second row for the same keys, naming the line of the first. */
static frem_status table_reader_double(const frem_table_reader *reader, frem_tally *tally,
                                       const frem_read_row *first, const frem_read_row *second) {
    const frem_reading *reading = reader->reading;
    bool ages = reading->age_form != FREM_AGE_NONE;
    const char *keys = table_reader_keys(reader, second->cell, ages ? second->from : -1, second->to);
    const char *line =
        frem_arena_print(reader->arena, "%u", frem_table_place(reading->table, first->row, 0).line);
    if (keys == NULL || line == NULL)
        return FREM_NO_MEMORY;
    FREM_TALLY(tally, frem_table_place(reading->table, second->row, 0), TABLE_DOUBLE_ROW, keys, line);
    frem_tally_relate(tally, frem_table_place(reading->table, first->row, 0));
    return FREM_OK;
}

/* Placing rows into the dense array: the tallies of what can be wrong there. */
typedef struct age_placing {
    frem_table_reader *reader;
    const frem_reading *reading;
    int last;               /* of the dense array */
    frem_read_row *scratch; /* as many as a cell has rows; NULL before it is asked for */
    size_t most;            /* rows of a cell */
    frem_tally doubles;
    frem_tally tiling;
    frem_tally outside;
    frem_tally open;
    frem_tally negative;
} age_placing;

/* ---- reading ages ---- */

static bool is_age(int64_t age) {
    return age >= 0 && age <= FREM_AGE_MAX;
}

static void read_single_age(const frem_table_reader *reader, frem_tally *tally, frem_read_row *row) {
    frem_table *table = reader->reading->table;
    size_t n;
    const char *text = frem_table_cell(table, row->row, reader->age_column, &n);
    int64_t age = -1;
    bool open = false;
    bool good = frem_key_age(text, n, &age, &open);
    if (good && is_age(age)) {
        row->from = (int)age;
        row->to = open ? FREM_AGE_OPEN : (int)age;
        return;
    }
    frem_place place = frem_table_place(table, row->row, reader->age_column);
    if (n == 0)
        FREM_TALLY(tally, place, TABLE_EMPTY_KEY, tally->column);
    else if (good)
        FREM_TALLY(tally, place, TABLE_AGE_RANGE, text);
    else
        FREM_TALLY(tally, place, TABLE_NOT_AN_AGE, text);
}

static void read_group(const frem_table_reader *reader, int64_t from, int64_t to, frem_tally *tally,
                       frem_tally *to_tally, frem_read_row *row) {
    frem_table *table = reader->reading->table;
    const char *from_text = frem_table_cell(table, row->row, reader->age_column, NULL);
    const char *to_text = frem_table_cell(table, row->row, reader->age_to_column, NULL);
    bool open = to == FREM_TABLE_NO_WHOLE;
    if (is_age(from) && (open || (is_age(to) && to >= from))) {
        row->from = (int)from;
        row->to = open ? FREM_AGE_OPEN : (int)to;
        return;
    }
    if (from == FREM_TABLE_NO_WHOLE)
        FREM_TALLY(tally, frem_table_place(table, row->row, reader->age_column), TABLE_EMPTY_KEY,
                   tally->column);
    else if (!is_age(from))
        FREM_TALLY(tally, frem_table_place(table, row->row, reader->age_column), TABLE_AGE_RANGE, from_text);
    else if (!is_age(to))
        FREM_TALLY(to_tally, frem_table_place(table, row->row, reader->age_to_column), TABLE_AGE_RANGE,
                   to_text);
    else
        FREM_TALLY(to_tally, frem_table_place(table, row->row, reader->age_to_column), TABLE_AGE_ORDER,
                   from_text, to_text);
}

/* Reads the age columns of all rows. */
static frem_status table_reader_read_ages(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    frem_tally tally = {.diags = reader->diags, .column = reading->age_column};
    frem_tally to_tally = {.diags = reader->diags, .column = reading->age_to_column};
    const int64_t *from = NULL, *to = NULL;
    frem_status status = FREM_OK;
    if (reading->age_form == FREM_AGE_GROUPS) {
        status = frem_table_wholes(reading->table, reader->age_column, reader->diags, &from);
        if (status == FREM_OK)
            status = frem_table_wholes(reading->table, reader->age_to_column, reader->diags, &to);
    }
    for (size_t i = 0; status == FREM_OK && i < reader->n_rows; i++) {
        frem_read_row *row = &reader->rows[i];
        if (from == NULL || to == NULL)
            read_single_age(reader, &tally, row);
        else
            read_group(reader, from[row->row], to[row->row], &tally, &to_tally, row);
    }
    status = frem_tally_worse(status, frem_tally_close(&tally));
    return frem_tally_worse(status, frem_tally_close(&to_tally));
}

/* ---- the groups of one cell ---- */

static int compare_groups(const void *left, const void *right) {
    const frem_read_row *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool is_sorted(const frem_read_row *groups, size_t n) {
    size_t g = 1;
    while (g < n && compare_groups(&groups[g - 1], &groups[g]) < 0)
        g++;
    return g >= n;
}

/* Tables mostly have their ages in order, or once for each sex; rows that start at the same age are in order then
 * when they keep theirs. Only several groups from one age on need comparing. */
static frem_status sort_groups(age_placing *placing, frem_read_row *groups, size_t n) {
    if (is_sorted(groups, n))
        return FREM_OK;
    size_t next[FREM_AGE_MAX + 2] = {0};
    if (placing->scratch == NULL)
        placing->scratch = frem_arena_alloc(placing->reader->arena, placing->most, sizeof *placing->scratch);
    if (placing->scratch == NULL)
        return FREM_NO_MEMORY;
    for (size_t g = 0; g < n; g++)
        next[groups[g].from + 1]++;
    for (size_t age = 0; age < FREM_AGE_MAX; age++)
        next[age + 1] += next[age];
    for (size_t g = 0; g < n; g++)
        placing->scratch[next[groups[g].from]++] = groups[g];
    memcpy(groups, placing->scratch, n * sizeof *groups);
    if (!is_sorted(groups, n))
        qsort(groups, n, sizeof *groups, compare_groups);
    return FREM_OK;
}

/* Rows of the same ages add up, or are double. *n becomes the number of different groups. */
static frem_status merge_groups(age_placing *placing, frem_read_row *groups, size_t *n) {
    size_t kept = 0;
    for (size_t g = 0; g < *n; g++) {
        frem_read_row *last = kept > 0 ? &groups[kept - 1] : NULL;
        if (last == NULL || last->from != groups[g].from || last->to != groups[g].to) {
            groups[kept++] = groups[g];
        } else if (placing->reading->add && (last->apart & groups[g].apart) == 0) {
            last->value += groups[g].value;
            last->apart |= groups[g].apart;
        } else {
            /* Rows that were added into `last` are still before this one: find the row that it repeats. */
            const frem_read_row *first = last;
            for (size_t k = g; groups[g].apart != 0 && k-- > kept;) {
                bool same = groups[k].from == last->from && groups[k].to == last->to;
                first = same && groups[k].apart == groups[g].apart ? &groups[k] : first;
            }
            frem_status status = table_reader_double(placing->reader, &placing->doubles, first, &groups[g]);
            if (status != FREM_OK)
                return status;
        }
    }
    *n = kept;
    return FREM_OK;
}

static frem_status raise_tiling(age_placing *placing, const frem_read_row *one, const frem_read_row *other) {
    const frem_table_reader *reader = placing->reader;
    const char *keys = table_reader_keys(reader, other->cell, -1, -1);
    const char *ages = table_reader_ages(reader, other->from, other->to);
    const char *before = table_reader_ages(reader, one->from, one->to);
    frem_place first = frem_table_place(placing->reading->table, one->row, reader->age_column);
    const char *line = frem_arena_print(reader->arena, "%u", first.line);
    if (keys == NULL || ages == NULL || before == NULL || line == NULL)
        return FREM_NO_MEMORY;
    frem_place place = frem_table_place(placing->reading->table, other->row, reader->age_column);
    if (other->from <= one->to) {
        FREM_TALLY(&placing->tiling, place, TABLE_AGE_OVERLAP, ages, before, keys, line);
        frem_tally_relate(&placing->tiling, first);
        return FREM_OK;
    }
    const char *gap = table_reader_ages(reader, one->to + 1, other->from - 1);
    if (gap == NULL)
        return FREM_NO_MEMORY;
    FREM_TALLY(&placing->tiling, place, TABLE_AGE_GAP, gap, before, ages, keys, line);
    frem_tally_relate(&placing->tiling, first);
    return FREM_OK;
}

/* No overlaps; no gaps between groups (single ages may leave some out). *whole: whether that holds. */
static frem_status check_tiling(age_placing *placing, const frem_read_row *groups, size_t n, bool *whole) {
    const frem_read_row *reach = groups;
    frem_status status = FREM_OK;
    for (size_t g = 1; status == FREM_OK && g < n; g++) {
        bool overlap = groups[g].from <= reach->to;
        bool gap = !overlap && placing->reading->age_form == FREM_AGE_GROUPS && !placing->reading->gaps &&
                   groups[g].from - reach->to > 1;
        if (overlap || gap) {
            *whole = false;
            status = raise_tiling(placing, reach, &groups[g]);
        }
        if (groups[g].to > reach->to)
            reach = &groups[g];
    }
    return status;
}

/* ---- placing ---- */

static void put(age_placing *placing, const frem_read_row *group, int age, double value) {
    const frem_table_reader *reader = placing->reader;
    int first = placing->reading->age_first;
    if (age < first || age > placing->last)
        return;
    size_t at = group->cell * reader->ages + (size_t)(age - first);
    reader->values[at] += value;
    reader->filled[at] = group->row + 1;
}

/* Ages that the dense array does not hold are passed over or an error. */
static frem_status check_outside(age_placing *placing, const frem_read_row *group) {
    const frem_reading *reading = placing->reading;
    bool above = group->to == FREM_AGE_OPEN ? group->from > placing->last : group->to > placing->last;
    if (reading->ages_outside_skip || (group->from >= reading->age_first && !above))
        return FREM_OK;
    const char *ages = table_reader_ages(placing->reader, group->from, group->to);
    const char *range = table_reader_ages(placing->reader, reading->age_first, placing->last);
    if (ages == NULL || range == NULL)
        return FREM_NO_MEMORY;
    FREM_TALLY(&placing->outside, frem_table_place(reading->table, group->row, placing->reader->age_column),
               TABLE_AGE_OUTSIDE, ages, range);
    return FREM_OK;
}

/* A group of several ages that is spread can't be negative. */
static bool check_count(age_placing *placing, const frem_read_row *group) {
    if (group->value >= 0 || group->to == group->from)
        return true;
    char value[32];
    frem_number_shortest(value, group->value);
    FREM_TALLY(&placing->negative,
               frem_table_place(placing->reading->table, group->row, placing->reader->value_columns[0]),
               TABLE_NEGATIVE_COUNT, value);
    return false;
}

static frem_status put_closed_counts(age_placing *placing, const frem_read_row *groups, size_t n) {
    int borders[FREM_AGE_MAX + 2];
    double sums[FREM_AGE_MAX + 1];
    double ages[FREM_AGE_MAX + 1];
    bool all_single = true;
    bool good = true;
    for (size_t g = 0; g < n; g++) {
        all_single = all_single && groups[g].from == groups[g].to;
        good = check_count(placing, &groups[g]) && good;
        borders[g] = groups[g].from;
        borders[g + 1] = groups[g].to + 1;
        /* The curve needs a rising cumulative count; a single age below zero is put as it is. */
        sums[g] = fmax(groups[g].value, 0);
    }
    if (!good || n == 0)
        return FREM_OK;
    bool whole_groups = placing->reading->age_spread == FREM_SPREAD_GROUPS;
    if (!all_single && !whole_groups) {
        frem_status status = frem_spread(borders, sums, n, ages);
        if (status != FREM_OK)
            return status;
    }
    for (size_t g = 0; g < n; g++) {
        bool single = groups[g].from == groups[g].to;
        for (int age = groups[g].from; age <= groups[g].to; age++) {
            double joined = age > groups[g].from ? FREM_AGE_JOINED : groups[g].value;
            put(placing, &groups[g], age,
                single         ? groups[g].value
                : whole_groups ? joined
                               : ages[age - borders[0]]);
        }
    }
    return FREM_OK;
}

static void put_levels(age_placing *placing, const frem_read_row *group) {
    int to = group->to < placing->last ? group->to : placing->last;
    for (int age = group->from; age <= to; age++)
        put(placing, group, age, group->value);
}

static frem_status raise_open(age_placing *placing, const frem_read_row *group, frem_code code) {
    const frem_reading *reading = placing->reading;
    const char *group_text = table_reader_ages(placing->reader, group->from, group->to);
    const char *from = frem_arena_print(placing->reader->arena, "%d", group->from);
    const char *last = frem_arena_print(placing->reader->arena, "%d", placing->last);
    const char *shares_from = frem_arena_print(placing->reader->arena, "%d", reading->open_first);
    if (group_text == NULL || from == NULL || last == NULL || shares_from == NULL)
        return FREM_NO_MEMORY;
    frem_tally_add(&placing->open, frem_table_place(reading->table, group->row, placing->reader->age_column),
                   code, (const char *const[]){group_text, from, last, shares_from}, 4);
    return FREM_OK;
}

/* Shares from the group's first age on, scaled to its count. The last age that gets a share takes the rounding, and
 * is the array's last age when the ages beyond count there. */
static frem_status put_by_shares(age_placing *placing, const frem_read_row *group) {
    const frem_reading *reading = placing->reading;
    if (reading->open_first > group->from)
        return raise_open(placing, group, FREM_MSG_TABLE_OPEN_SHARES_START);
    size_t skipped = (size_t)(group->from - reading->open_first);
    double total = 0;
    int final = group->from;
    for (size_t i = skipped; i < reading->n_open_shares; i++) {
        total += reading->open_shares[i];
        if (reading->open_shares[i] > 0)
            final = reading->open_first + (int)i;
    }
    if (!(total > 0))
        return raise_open(placing, group, FREM_MSG_TABLE_OPEN_SHARES_NONE);
    if (!reading->ages_outside_skip && final > placing->last)
        final = placing->last;
    double rest = group->value;
    for (int age = group->from; age < final; age++) {
        double part = group->value * (reading->open_shares[age - reading->open_first] / total);
        put(placing, group, age, part);
        rest -= part;
    }
    put(placing, group, final, fmax(rest, 0));
    for (int age = final + 1; age <= placing->last; age++)
        put(placing, group, age, 0);
    return FREM_OK;
}

static frem_status put_open_count(age_placing *placing, const frem_read_row *group) {
    if (group->from > placing->last || !check_count(placing, group))
        return FREM_OK;
    if (placing->reading->open_shares != NULL)
        return put_by_shares(placing, group);
    if (group->from != placing->last)
        return raise_open(placing, group, FREM_MSG_TABLE_OPEN_NO_SHARES);
    put(placing, group, group->from, group->value);
    return FREM_OK;
}

static frem_status place_cell(age_placing *placing, frem_read_row *groups, size_t n) {
    const frem_reading *reading = placing->reading;
    bool whole = true;
    frem_status status = sort_groups(placing, groups, n);
    if (status == FREM_OK)
        status = merge_groups(placing, groups, &n);
    if (status == FREM_OK)
        status = check_tiling(placing, groups, n, &whole);
    for (size_t g = 0; status == FREM_OK && g < n; g++)
        status = check_outside(placing, &groups[g]);
    if (status != FREM_OK || !whole)
        return status;
    if (reading->age_spread == FREM_SPREAD_LEVELS) {
        for (size_t g = 0; g < n; g++)
            put_levels(placing, &groups[g]);
        return FREM_OK;
    }
    bool open = groups[n - 1].to == FREM_AGE_OPEN;
    status = put_closed_counts(placing, groups, open ? n - 1 : n);
    if (status == FREM_OK && open)
        status = put_open_count(placing, &groups[n - 1]);
    return status;
}

/* The rows sorted by cell, in their order within each. *starts has one element more than there are cells. */
static frem_status gather(const frem_table_reader *reader, frem_read_row **sorted, size_t **starts) {
    const frem_read_row *rows = reader->rows;
    bool in_order = true;
    *sorted = reader->rows;
    *starts = frem_arena_alloc(reader->arena, reader->cells + 2, sizeof **starts);
    if (*starts == NULL)
        return FREM_NO_MEMORY;
    size_t *next = *starts + 1;
    for (size_t i = 0; i < reader->n_rows; i++) {
        next[rows[i].cell + 1]++;
        in_order = in_order && (i == 0 || rows[i - 1].cell <= rows[i].cell);
    }
    for (size_t c = 0; c < reader->cells; c++)
        next[c + 1] += next[c];
    if (in_order) {
        *starts = next;
        return FREM_OK;
    }
    *sorted = frem_arena_alloc(reader->arena, reader->n_rows, sizeof **sorted);
    if (*sorted == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < reader->n_rows; i++)
        (*sorted)[next[rows[i].cell]++] = rows[i];
    return FREM_OK;
}

/* Puts the rows into values, age groups spread. */
static frem_status table_reader_place_ages(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    age_placing placing = {.reader = reader, .reading = reading};
    frem_tally by_age = {.diags = reader->diags, .column = reading->age_column};
    placing.last = reading->age_first + (int)reading->ages - 1;
    placing.doubles = (frem_tally){.diags = reader->diags};
    placing.tiling = placing.outside = placing.open = by_age;
    placing.negative = (frem_tally){.diags = reader->diags, .column = reading->columns[0]};
    frem_read_row *sorted = NULL;
    size_t *starts = NULL;
    frem_status status = gather(reader, &sorted, &starts);
    for (size_t c = 0; status == FREM_OK && c < reader->cells; c++) {
        size_t n = starts[c + 1] - starts[c];
        placing.most = n > placing.most ? n : placing.most;
    }
    for (size_t c = 0; status == FREM_OK && c < reader->cells; c++) {
        if (starts[c + 1] > starts[c])
            status = place_cell(&placing, sorted + starts[c], starts[c + 1] - starts[c]);
    }
    frem_tally *tallies[] = {&placing.doubles, &placing.tiling, &placing.outside, &placing.open,
                             &placing.negative};
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++)
        status = frem_tally_worse(status, frem_tally_close(tallies[i]));
    return status;
}

/* ---- columns ---- */

static frem_status find_value_columns(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    frem_status status = FREM_OK;
    if (reading->n_columns == 0 || (reading->row_value == FREM_ROW_RATIO && reading->n_columns != 2))
        return FREM_DEFECT;
    for (size_t i = 0; i < reading->n_columns; i++) {
        frem_place place =
            reading->column_places[i].file != NULL ? reading->column_places[i] : reading->asked_at;
        frem_status known = frem_table_need(reading->table, reading->columns[i], place, reader->diags,
                                            &reader->value_columns[i]);
        const double *numbers;
        if (known == FREM_OK)
            known = frem_table_numbers(reading->table, reader->value_columns[i], reader->diags, &numbers);
        status = frem_tally_worse(status, known);
    }
    return status;
}

static frem_status find_key_column(frem_table_reader *reader, const char *name, bool is_whole,
                                   size_t *column) {
    const frem_reading *reading = reader->reading;
    frem_status status = frem_table_need(reading->table, name, reading->asked_at, reader->diags, column);
    const int64_t *wholes;
    if (status == FREM_OK && is_whole)
        status = frem_table_wholes(reading->table, *column, reader->diags, &wholes);
    return status;
}

static frem_status find_columns(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    frem_status status = FREM_OK;
    for (size_t a = 0; a < reading->n_axes; a++) {
        const frem_axis *axis = &reading->axes[a];
        if (axis->column != NULL)
            status = frem_tally_worse(
                status, find_key_column(reader, axis->column, axis->names == NULL, &reader->key_columns[a]));
    }
    if (reading->age_form != FREM_AGE_NONE)
        status = frem_tally_worse(status,
                                  find_key_column(reader, reading->age_column,
                                                  reading->age_form == FREM_AGE_GROUPS, &reader->age_column));
    if (reading->age_form == FREM_AGE_GROUPS)
        status = frem_tally_worse(
            status, find_key_column(reader, reading->age_to_column, true, &reader->age_to_column));
    return frem_tally_worse(status, find_value_columns(reader));
}

/* ---- rows and keys ---- */

static frem_status take_rows(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    size_t *rows = NULL;
    frem_status status = frem_table_select(reading->table, reading->filters, reading->n_filters,
                                           reader->diags, &rows, &reader->n_rows);
    if (status != FREM_OK)
        return status;
    if (reader->n_rows == 0 && reading->n_filters > 0 && !reading->has_outside)
        status = frem_filters_empty(reading->table, reading->filters, reading->n_filters, reading->asked_at,
                                    reader->diags);
    reader->rows = frem_arena_alloc(reader->arena, reader->n_rows + 1, sizeof *reader->rows);
    if (reader->rows == NULL)
        status = FREM_NO_MEMORY;
    for (size_t i = 0; status == FREM_OK && i < reader->n_rows; i++)
        reader->rows[i].row = (uint32_t)rows[i]; /* a table has fewer bytes than 2^32 */
    free(rows);
    return status;
}

/* What keys are called in Danish. */
static const char *danish_key(const char *what) {
    static const char *const words[][2] = {
        {"region", "område"}, {"year", "år"}, {"sex", "køn"}, {"school", "skole"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], what) == 0)
            return words[i][1];
    }
    return what;
}

frem_status frem_table_unknown_key(const frem_table *table, size_t row, size_t column, const char *what,
                                   const char *const *names, size_t n_names, const char *list,
                                   frem_diags *diags) {
    size_t n;
    const char *text = frem_table_cell(table, row, column, &n), *danish = danish_key(what);
    frem_place place = frem_table_place(table, row, column);
    (void)frem_key_trim(text, &n);
    if (n == 0)
        return FREM_PROBLEM(diags, place, TABLE_EMPTY_KEY, frem_table_column_names(table)[column]);
    if (strcmp(what, "sex") == 0)
        return FREM_PROBLEM(diags, place, TABLE_UNKNOWN_SEX, text);
    const char *nearest = n_names > 0 ? frem_nearest(text, names, n_names) : NULL;
    if (nearest == NULL && list != NULL)
        return FREM_PROBLEM(diags, place, TABLE_UNLISTED_KEY, text, what, danish, list);
    return FREM_PROBLEM(diags, place, TABLE_UNKNOWN_KEY, text, what, danish, nearest);
}

/* Raises a text that is no name; the nearest name is looked for only where it is shown. */
static void raise_unknown_name(const frem_table_reader *reader, frem_tally *tally, const frem_axis *axis,
                               size_t row, size_t column) {
    const frem_table *table = reader->reading->table;
    frem_place place = {frem_table_source(table)->path, 0, 0};
    if (tally->count <= FREM_TALLY_MAX)
        place = frem_table_place(table, row, column);
    if (frem_tally_count(tally, place))
        frem_tally_raised(
            tally, frem_table_unknown_key(table, row, column, axis->what, frem_index_names(axis->names),
                                          frem_index_count(axis->names), axis->list, tally->diags));
}

/* A sex that the table has and the scenario's people have not: said once, where the table is asked for. */
static frem_status raise_absent_sex(const frem_table_reader *reader, size_t row, size_t column) {
    const frem_reading *reading = reader->reading;
    const frem_table *table = reading->table;
    const char *path = frem_table_source(table)->path, *sex = frem_table_cell(table, row, column, NULL);
    const char *name = frem_table_column_names(table)[column];
    /* Persons may be added; the rates of two sexes may not. */
    frem_status status =
        reading->age_spread == FREM_SPREAD_COUNTS
            ? FREM_PROBLEM(reader->diags, reading->asked_at, TABLE_ABSENT_SEX, path, sex, name)
            : FREM_PROBLEM(reader->diags, reading->asked_at, TABLE_ABSENT_SEX_RATE, path, sex, name);
    return frem_diags_relate(reader->diags, status, frem_table_place(table, row, column));
}

/* Keys in tables come in runs: most cells repeat the one above and need no search. */
static frem_status match_names(frem_table_reader *reader, size_t a) {
    const frem_axis *axis = &reader->reading->axes[a];
    const frem_table *table = reader->reading->table;
    size_t column = reader->key_columns[a], absent = SIZE_MAX;
    frem_tally tally = {.diags = reader->diags, .column = axis->column};
    frem_keys keys = {.names = axis->names, .kind = axis->kind};
    frem_status status = FREM_OK;
    const char *before = NULL;
    size_t n_before = 0, kept = 0;
    ptrdiff_t ordinal = -1;
    for (size_t i = 0; i < reader->n_rows && status == FREM_OK; i++) {
        frem_read_row row = reader->rows[i];
        size_t n;
        const char *text = frem_table_cell(table, row.row, column, &n);
        if (before == NULL || n != n_before || memcmp(text, before, n) != 0)
            status = frem_keys_find(&keys, text, n, &ordinal);
        before = text;
        n_before = n;
        if (ordinal >= 0 && (size_t)ordinal < axis->count) {
            row.cell += (size_t)ordinal * reader->strides[a];
            reader->rows[kept++] = row;
        } else if (ordinal < 0 && axis->kind == FREM_KEYS_SEXES && frem_sex_of(text, n) != NULL) {
            absent = absent == SIZE_MAX ? row.row : absent;
        } else if (ordinal >= 0 ? !axis->skip_others : !axis->skip_unknown) {
            raise_unknown_name(reader, &tally, axis, row.row, column);
        }
    }
    reader->n_rows = kept;
    frem_keys_close(&keys);
    if (status == FREM_OK && absent != SIZE_MAX)
        status = raise_absent_sex(reader, absent, column);
    return frem_tally_worse(status, frem_tally_close(&tally));
}

/* Years before and after which a year is a slip of the pen, not a year that the scenario does not ask for. */
enum { YEAR_LEAST = 1800, YEAR_MOST = 2300 };

static frem_status raise_unknown_whole(const frem_table_reader *reader, frem_tally *tally,
                                       const frem_axis *axis, size_t row, size_t column) {
    frem_table *table = reader->reading->table;
    const char *text = frem_table_cell(table, row, column, NULL);
    frem_place place = frem_table_place(table, row, column);
    int64_t least = axis->skip_others ? YEAR_LEAST : axis->first;
    int64_t most = axis->skip_others ? YEAR_MOST : axis->first + (int64_t)axis->count - 1;
    const char *first = frem_arena_print(reader->arena, "%" PRId64, least);
    const char *last = frem_arena_print(reader->arena, "%" PRId64, most);
    if (first == NULL || last == NULL)
        return FREM_NO_MEMORY;
    if (text[0] == '\0')
        FREM_TALLY(tally, place, TABLE_EMPTY_KEY, axis->column);
    else
        FREM_TALLY(tally, place, TABLE_KEY_OUTSIDE, text, axis->what, first, last, danish_key(axis->what));
    return FREM_OK;
}

static frem_status match_wholes(frem_table_reader *reader, size_t a) {
    const frem_axis *axis = &reader->reading->axes[a];
    frem_tally tally = {.diags = reader->diags, .column = axis->column};
    const int64_t *wholes;
    frem_status status =
        frem_table_wholes(reader->reading->table, reader->key_columns[a], reader->diags, &wholes);
    if (status != FREM_OK)
        return status;
    int64_t last = axis->first + (int64_t)axis->count - 1;
    size_t kept = 0;
    for (size_t i = 0; status == FREM_OK && i < reader->n_rows; i++) {
        frem_read_row row = reader->rows[i];
        int64_t whole = wholes[row.row];
        bool passed = axis->skip_others && whole >= YEAR_LEAST && whole <= YEAR_MOST;
        if (whole != FREM_TABLE_NO_WHOLE && whole >= axis->first && whole <= last) {
            row.cell += (size_t)(whole - axis->first) * reader->strides[a];
            reader->rows[kept++] = row;
        } else if (!passed) {
            status = raise_unknown_whole(reader, &tally, axis, row.row, reader->key_columns[a]);
        }
    }
    reader->n_rows = kept;
    return frem_tally_worse(status, frem_tally_close(&tally));
}

static frem_status match_keys(frem_table_reader *reader) {
    frem_status status = FREM_OK;
    for (size_t a = 0; a < reader->reading->n_axes; a++) {
        const frem_axis *axis = &reader->reading->axes[a];
        if (axis->column == NULL)
            continue;
        frem_status matched = axis->names != NULL ? match_names(reader, a) : match_wholes(reader, a);
        status = frem_tally_worse(status, matched);
    }
    return status;
}

/* Marks each row with its sex, by which it differs from others of the same keys. Sexes come in runs or in turn. */
static frem_status mark_rows(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    size_t column = 0;
    if (!reading->add || reading->apart_by == NULL)
        return FREM_OK;
    frem_status status =
        frem_table_need(reading->table, reading->apart_by, reading->asked_at, reader->diags, &column);
    const char *before[2] = {"", ""};
    size_t n_before[2] = {0, 0};
    uint32_t apart[2] = {0, 0};
    for (size_t i = 0; i < reader->n_rows && status == FREM_OK; i++) {
        size_t n, k = 0;
        const char *text = frem_table_cell(reading->table, reader->rows[i].row, column, &n);
        while (k < 2 && (n != n_before[k] || memcmp(text, before[k], n) != 0))
            k++;
        if (k == 2) {
            const char *sex = frem_sex_of(text, n);
            k = i % 2;
            before[k] = text;
            n_before[k] = n;
            apart[k] = sex == NULL ? 0 : sex[0] == 'f' ? 1 : sex[0] == 'm' ? 2 : 4;
        }
        reader->rows[i].apart = apart[k];
    }
    return status;
}

/* ---- values ---- */

/* What helps against a hole in a table, by language: the key where the scenario has one, else only the figure itself. */
static const frem_word cell_cures[2] = {FREM_W_CURE_CELL, FREM_W_CURE_CELL_OUTSIDE};
static const frem_word row_cures[2] = {FREM_W_CURE_ROW, FREM_W_CURE_ROW_OUTSIDE};

/* The value of a row whose needed cells are all numbers. */
static double row_value(const frem_reading *reading, const double *const *numbers, size_t row) {
    double value = numbers[0][row];
    for (size_t i = 1; i < reading->n_columns; i++) {
        double next = numbers[i][row];
        switch (reading->row_value) {
        case FREM_ROW_PRODUCT:
            value *= next;
            break;
        case FREM_ROW_SUM:
            value += next;
            break;
        case FREM_ROW_RATIO:
            value = fabs(value) > 0 || fabs(next) > 0 ? value / next : 0;
            break;
        }
    }
    return value;
}

static void read_value(frem_table_reader *reader, const double *const *numbers, frem_tally *tallies,
                       frem_read_row *row) {
    const frem_reading *reading = reader->reading;
    for (size_t i = 0; i < reading->n_columns; i++) {
        if (!isnan(numbers[i][row->row]))
            continue;
        row->value = reading->outside;
        if (!reading->has_outside)
            FREM_TALLY(&tallies[i], frem_table_place(reading->table, row->row, reader->value_columns[i]),
                       TABLE_EMPTY_CELL, reading->columns[i],
                       frem_word_text(cell_cures[reading->says_outside], FREM_EN),
                       frem_word_text(cell_cures[reading->says_outside], FREM_DA));
        return;
    }
    row->value = row_value(reading, numbers, row->row);
    if (fabs(row->value) <= FREM_QUANTITY_MAX)
        return;
    size_t last = reading->n_columns - 1;
    frem_place place = frem_table_place(reading->table, row->row, reader->value_columns[last]);
    if (reading->row_value == FREM_ROW_RATIO && !(fabs(numbers[1][row->row]) > 0))
        FREM_TALLY(&tallies[last], place, TABLE_DIVIDES_BY_ZERO, reading->columns[0], reading->columns[1]);
    else
        FREM_TALLY(&tallies[last], place, TABLE_TOO_BIG, reading->columns[last]);
}

void frem_thousands_look(frem_thousands *found, const frem_table *table, size_t row, size_t column) {
    size_t n;
    const char *text = frem_table_cell(table, row, column, &n);
    char decimal = frem_table_decimal(table);
    if (memchr(text, decimal, n) == NULL)
        return;
    if (!frem_number_thousands(text, n, decimal)) {
        found->decimals = true;
        return;
    }
    found->first = found->count == 0 ? row : found->first;
    found->count++;
}

frem_status frem_thousands_raise(const frem_thousands *found, frem_table *table, size_t column,
                                 frem_diags *diags) {
    char first[FREM_MEANT_MAX], second[FREM_MEANT_MAX], count[32];
    if (found->count == 0 || found->decimals || diags == NULL || table->typed[column].told_thousands)
        return FREM_OK;
    size_t n;
    const char *text = frem_table_cell(table, found->first, column, &n);
    if (!frem_number_meant(text, n, frem_table_decimal(table), first, second))
        return FREM_OK;
    table->typed[column].told_thousands = true;
    (void)frem_number_fixed(count, (double)found->count, 0);
    return FREM_PROBLEM(diags, frem_table_place(table, found->first, column), TABLE_THOUSANDS,
                        frem_table_column_names(table)[column], text, first, second, count);
}

/* Asks about the columns that are numbers of persons and the like, as far as their rows count. */
static frem_status look_for_thousands(const frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    frem_status status = FREM_OK;
    for (size_t i = 0; i < reading->n_columns && reading->counts && status == FREM_OK; i++) {
        frem_thousands found = {0};
        for (size_t r = 0; r < reader->n_rows && !found.decimals; r++)
            frem_thousands_look(&found, reading->table, reader->rows[r].row, reader->value_columns[i]);
        status = frem_thousands_raise(&found, reading->table, reader->value_columns[i], reader->diags);
    }
    return status;
}

static frem_status read_values(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    const double *numbers[FREM_TERMS_MAX];
    frem_tally tallies[FREM_TERMS_MAX];
    frem_status status = FREM_OK;
    for (size_t i = 0; i < reading->n_columns; i++) {
        tallies[i] = (frem_tally){.diags = reader->diags, .column = reading->columns[i]};
        status = frem_table_numbers(reading->table, reader->value_columns[i], reader->diags, &numbers[i]);
        if (status != FREM_OK)
            return status;
    }
    for (size_t i = 0; i < reader->n_rows; i++)
        read_value(reader, numbers, tallies, &reader->rows[i]);
    for (size_t i = 0; i < reading->n_columns; i++)
        status = frem_tally_worse(status, frem_tally_close(&tallies[i]));
    return frem_tally_worse(status, look_for_thousands(reader));
}

/* ---- the dense array ---- */

static frem_status place_rows(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    frem_tally tally = {.diags = reader->diags};
    frem_status status = FREM_OK;
    for (size_t i = 0; status == FREM_OK && i < reader->n_rows; i++) {
        const frem_read_row *row = &reader->rows[i];
        uint32_t *filled = &reader->filled[row->cell];
        if (*filled > 0 && !reading->add) {
            frem_read_row first = {.row = *filled - 1};
            status = table_reader_double(reader, &tally, &first, row);
            continue;
        }
        reader->values[row->cell] += row->value;
        if (*filled == 0)
            *filled = row->row + 1;
    }
    return frem_tally_worse(status, frem_tally_close(&tally));
}

/* Missing values on their way into one message. */
typedef struct missing_rows {
    frem_text named;
    size_t count, first; /* the first cell */
} missing_rows;

static frem_status name_missing(const frem_table_reader *reader, missing_rows *missing, size_t cell, int from,
                                int to) {
    missing->first = missing->count == 0 ? cell : missing->first;
    missing->count++;
    if (missing->count > MISSING_NAMED)
        return FREM_OK;
    const char *keys = table_reader_keys(reader, cell, from, to);
    if (keys == NULL)
        return FREM_NO_MEMORY;
    frem_text_print(&missing->named, "%s%s", missing->count > 1 ? "; " : "", keys);
    return FREM_OK;
}

/* A cell without any age is named once, one with holes by the runs of ages that are missing. */
static frem_status find_missing(const frem_table_reader *reader, missing_rows *missing, size_t cell) {
    const uint32_t *filled = reader->filled + cell * reader->ages;
    int first = reader->reading->age_first;
    frem_status status = FREM_OK;
    for (size_t from = 0, to; status == FREM_OK && from < reader->ages; from = to + 1) {
        to = from;
        if (filled[from] > 0)
            continue;
        while (to + 1 < reader->ages && filled[to + 1] == 0)
            to++;
        bool whole = from == 0 && to + 1 == reader->ages;
        status = name_missing(reader, missing, cell, whole ? -1 : first + (int)from, first + (int)to);
    }
    return status;
}

/* Regions come outermost: where the first row that is missing is of none that the scenario has itself, they all are. */
static bool is_for_others(const frem_table_reader *reader, size_t cell) {
    const frem_reading *reading = reader->reading;
    size_t wanted = reading->wanted;
    return wanted > 0 && cell / (reader->cells / reading->axes[0].count) >= wanted;
}

static frem_status raise_others(const frem_table_reader *reader, const missing_rows *missing,
                                frem_place covers) {
    const frem_reading *reading = reader->reading;
    const char *count = frem_arena_print(reader->arena, "%zu", missing->count);
    const char *why = frem_arena_print(reader->arena, "%s:%u", covers.file, covers.line);
    if (count == NULL || why == NULL)
        return FREM_NO_MEMORY;
    return frem_diags_relate(reader->diags,
                             FREM_PROBLEM(reader->diags, reading->asked_at, TABLE_NO_ROW_COVERED,
                                          frem_table_source(reading->table)->path, missing->named.bytes,
                                          count, why),
                             covers);
}

static frem_status raise_missing(const frem_table_reader *reader, missing_rows *missing) {
    const frem_reading *reading = reader->reading;
    const char *path = frem_table_source(reading->table)->path;
    const frem_word cure = row_cures[reading->says_outside];
    if (missing->named.failed)
        return FREM_NO_MEMORY;
    if (is_for_others(reader, missing->first))
        return raise_others(reader, missing, reading->others_at);
    if (missing->count <= MISSING_NAMED)
        return FREM_PROBLEM(reader->diags, reading->asked_at, TABLE_NO_ROW, path, missing->named.bytes,
                            frem_word_text(cure, FREM_EN), frem_word_text(cure, FREM_DA));
    const char *more = frem_arena_print(reader->arena, "%zu", missing->count - MISSING_NAMED);
    if (more == NULL)
        return FREM_NO_MEMORY;
    return FREM_PROBLEM(reader->diags, reading->asked_at, TABLE_NO_ROWS, path, missing->named.bytes, more,
                        frem_word_text(cure, FREM_EN), frem_word_text(cure, FREM_DA));
}

static frem_status complete(frem_table_reader *reader) {
    missing_rows missing = {.count = 0};
    frem_status status = FREM_OK;
    if (reader->reading->has_outside) {
        for (size_t i = 0; i < reader->cells * reader->ages; i++) {
            if (reader->filled[i] == 0)
                reader->values[i] = reader->reading->outside;
        }
        return FREM_OK;
    }
    for (size_t cell = 0; status == FREM_OK && cell < reader->cells; cell++)
        status = find_missing(reader, &missing, cell);
    if (status == FREM_OK && missing.count > 0)
        status = raise_missing(reader, &missing);
    frem_text_free(&missing.named);
    return status;
}

/* Copies to the caller's array, where axes that the table does not have repeat. */
static void hand_out(const frem_table_reader *reader, double *out) {
    const frem_reading *reading = reader->reading;
    size_t cells = 1;
    for (size_t a = 0; a < reading->n_axes; a++)
        cells *= reading->axes[a].count;
    for (size_t i = 0; i < cells; i++) {
        size_t rest = i, cell = 0;
        for (size_t a = reading->n_axes; a-- > 0; rest /= reading->axes[a].count)
            cell += rest % reading->axes[a].count * reader->strides[a];
        memcpy(out + i * reader->ages, reader->values + cell * reader->ages, reader->ages * sizeof *out);
    }
}

static frem_status lay_out(frem_table_reader *reader) {
    const frem_reading *reading = reader->reading;
    reader->ages = reading->age_form == FREM_AGE_NONE ? 1 : reading->ages;
    reader->cells = 1;
    for (size_t a = reading->n_axes; a-- > 0;) {
        if (reading->axes[a].column == NULL)
            continue;
        reader->strides[a] = reader->cells;
        if (__builtin_mul_overflow(reader->cells, reading->axes[a].count, &reader->cells))
            return FREM_NO_MEMORY;
    }
    size_t count;
    if (__builtin_mul_overflow(reader->cells, reader->ages, &count) || count == SIZE_MAX)
        return FREM_NO_MEMORY;
    reader->values = frem_arena_alloc(reader->arena, count + 1, sizeof *reader->values);
    reader->filled = frem_arena_alloc(reader->arena, count + 1, sizeof *reader->filled);
    return reader->values != NULL && reader->filled != NULL ? FREM_OK : FREM_NO_MEMORY;
}

/* Each step collects its problems; the next one that builds on it is then left out, so that one mistake is not
 *  reported again as what follows from it. */
frem_status frem_reading_fill(const frem_reading *reading, frem_diags *diags, double *out) {
    frem_table_reader reader = {.reading = reading, .diags = diags};
    frem_status status = frem_arena_new(&reader.arena);
    if (status != FREM_OK)
        return status;
    status = lay_out(&reader);
    if (status != FREM_OK)
        goto done;
    status = take_rows(&reader);
    status = frem_tally_worse(status, find_columns(&reader));
    if (status != FREM_OK)
        goto done;
    status = match_keys(&reader);
    status = frem_tally_worse(status, mark_rows(&reader));
    status = frem_tally_worse(status, read_values(&reader));
    if (reading->age_form != FREM_AGE_NONE)
        status = frem_tally_worse(status, table_reader_read_ages(&reader));
    if (status != FREM_OK)
        goto done;
    status = reading->age_form == FREM_AGE_NONE ? place_rows(&reader) : table_reader_place_ages(&reader);
    if (status == FREM_OK)
        status = complete(&reader);
    if (status == FREM_OK)
        hand_out(&reader, out);
done:
    frem_arena_free(reader.arena);
    return status;
}
