/* Ages of a reading: rows of single ages or age groups, gathered by cell, checked, and spread to single ages. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "numeric/numeric.h"
#include "tables/reader.h"
#include "tables/tally.h"

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

frem_status frem_table_reader_read_ages(frem_table_reader *reader) {
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
        } else if (placing->reading->add && (last->told & groups[g].told) == 0) {
            last->value += groups[g].value;
            last->told |= groups[g].told;
        } else {
            /* Rows that were added into `last` stand before this one still: the one that it repeats. */
            const frem_read_row *first = last;
            for (size_t k = g; groups[g].told != 0 && k-- > kept;) {
                bool same = groups[k].from == last->from && groups[k].to == last->to;
                first = same && groups[k].told == groups[g].told ? &groups[k] : first;
            }
            frem_status status =
                frem_table_reader_double(placing->reader, &placing->doubles, first, &groups[g]);
            if (status != FREM_OK)
                return status;
        }
    }
    *n = kept;
    return FREM_OK;
}

static frem_status raise_tiling(age_placing *placing, const frem_read_row *one, const frem_read_row *other) {
    const frem_table_reader *reader = placing->reader;
    const char *keys = frem_table_reader_keys(reader, other->cell, -1, -1);
    const char *ages = frem_table_reader_ages(reader, other->from, other->to);
    const char *before = frem_table_reader_ages(reader, one->from, one->to);
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
    const char *gap = frem_table_reader_ages(reader, one->to + 1, other->from - 1);
    if (gap == NULL)
        return FREM_NO_MEMORY;
    FREM_TALLY(&placing->tiling, place, TABLE_AGE_GAP, gap, before, ages, keys, line);
    frem_tally_relate(&placing->tiling, first);
    return FREM_OK;
}

/* No overlaps; no gaps between groups (single ages may leave some out). *whole tells whether that holds. */
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
    const char *ages = frem_table_reader_ages(placing->reader, group->from, group->to);
    const char *range = frem_table_reader_ages(placing->reader, reading->age_first, placing->last);
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
    const char *group_text = frem_table_reader_ages(placing->reader, group->from, group->to);
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

frem_status frem_table_reader_place_ages(frem_table_reader *reader) {
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
