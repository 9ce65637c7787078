/* Any table: chosen variables as columns under names of the planner's choice, and the figures. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/sort.h"
#include "import/choose.h"

/* A variable that becomes a column. */
typedef struct map_column {
    size_t variable;
    const char *name;
    const char **texts; /* of its values */
    uint32_t *ranks;    /* their order; values with one text have one rank */
} map_column;

typedef struct mapping {
    frem_import_table *table;
    const frem_import_options *options;
    frem_diags *diags;
    map_column *columns;
    size_t n_columns;
    bool **takes;  /* for each variable, which of its values count */
    size_t *cells; /* that count, in the result's order */
    size_t n_cells;
} mapping;

/* A text among others, for sorting. */
typedef struct ranked {
    const char *text;
    int64_t whole;
    size_t value;
} ranked;

static int by_number(const void *a, const void *b) {
    const ranked *one = a, *other = b;
    if (one->whole != other->whole)
        return one->whole > other->whole ? 1 : -1;
    return strcmp(one->text, other->text);
}

static int by_text(const void *a, const void *b) {
    const ranked *one = a, *other = b;
    return strcmp(one->text, other->text);
}

/* Whole numbers in their order, anything else by its bytes. */
static frem_status rank(mapping *map, map_column *column, size_t n) {
    ranked *sorted = calloc(n, sizeof *sorted);
    column->ranks = frem_arena_alloc(map->table->arena, n, sizeof *column->ranks);
    frem_status status = sorted != NULL && column->ranks != NULL ? FREM_OK : FREM_NO_MEMORY;
    bool numbers = true;
    for (size_t i = 0; status == FREM_OK && i < n; i++) {
        sorted[i] = (ranked){.text = column->texts[i], .value = i};
        numbers &=
            frem_whole_read(sorted[i].text, strlen(sorted[i].text), &sorted[i].whole) == FREM_NUMBER_OK;
    }
    if (status == FREM_OK) {
        qsort(sorted, n, sizeof *sorted, by_text);
        if (numbers)
            qsort(sorted, n, sizeof *sorted, by_number);
        uint32_t place = 0;
        for (size_t i = 0; i < n; i++) {
            place += i > 0 && strcmp(sorted[i].text, sorted[i - 1].text) != 0;
            column->ranks[sorted[i].value] = place;
        }
    }
    free(sorted);
    return status;
}

/* Periods become years where a quarter is asked for, and only then. */
static frem_status take_periods(mapping *map, size_t v, map_column *column) {
    const frem_import_variable *variable = &map->table->variables[v];
    const frem_import_options *options = map->options;
    if ((options->quarter == 0 && options->first_year == 0 && options->last_year == 0) ||
        frem_import_kind_of(variable) != FREM_KIND_TIME)
        return FREM_OK;
    const frem_status status = frem_import_check_periods(map->table, v, map->takes[v], map->diags);
    if (status != FREM_OK)
        return status;
    for (size_t i = 0; i < variable->n_values; i++) {
        int year = 0;
        map->takes[v][i] &=
            frem_import_takes_period(options, options->quarter, variable->values[i].code, &year);
        if (column != NULL && options->quarter > 0)
            column->texts[i] = frem_arena_print(map->table->arena, "%d", year);
        if (column != NULL && column->texts[i] == NULL)
            return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

static frem_status add_column(mapping *map, const frem_import_pair *pair) {
    frem_import_table *table = map->table;
    const ptrdiff_t v = frem_import_find_variable(table, pair->text);
    if (v < 0)
        return frem_import_unknown_variable(table, pair->text, map->diags);
    const frem_import_variable *variable = &table->variables[v];
    map_column *column = &map->columns[map->n_columns];
    *column = (map_column){.variable = (size_t)v, .name = pair->name};
    column->texts = frem_arena_alloc(table->arena, variable->n_values, sizeof *column->texts);
    if (column->texts == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < variable->n_values; i++)
        column->texts[i] = map->options->labels ? variable->values[i].label : variable->values[i].code;
    map->n_columns++;
    return FREM_OK;
}

static map_column *column_of(const mapping *map, size_t v) {
    for (size_t i = 0; i < map->n_columns; i++) {
        if (map->columns[i].variable == v)
            return &map->columns[i];
    }
    return NULL;
}

/* ---- values that are added up, or become columns ---- */

/* Whether a value covers all others of its variable: a total, or the country. */
static bool is_whole(const frem_import_value *value, frem_import_kind kind) {
    frem_import_area area;
    if (frem_import_is_total(value->code) || frem_import_is_total(value->label))
        return true;
    return kind == FREM_KIND_AREA &&
           (frem_import_area_of_name(value->label, &area) || frem_import_area_of_code(value->code, &area)) &&
           area.level == FREM_AREAS_COUNTRY;
}

/* Whether persons may be in two values: ages that overlap, a region and its municipalities. */
static bool overlap(const frem_import_value *one, const frem_import_value *other, frem_import_kind kind) {
    if (kind == FREM_KIND_AREA) {
        frem_import_area a = {FREM_AREAS_MUNICIPALITIES, 0}, b = a;
        (void)(frem_import_area_of_name(one->label, &a) || frem_import_area_of_code(one->code, &a));
        (void)(frem_import_area_of_name(other->label, &b) || frem_import_area_of_code(other->code, &b));
        return a.level != b.level;
    }
    int from, to, from_other, to_other;
    if (kind != FREM_KIND_AGE ||
        !(frem_import_read_age(one->code, &from, &to) || frem_import_read_age(one->label, &from, &to)) ||
        !(frem_import_read_age(other->code, &from_other, &to_other) ||
          frem_import_read_age(other->label, &from_other, &to_other)))
        return false;
    return (to < 0 || from_other <= to) && (to_other < 0 || from <= to_other);
}

/* Values that --where adds up must be parts of one whole. */
static frem_status check_parts(const mapping *map, size_t v, frem_import_kind kind) {
    const frem_import_variable *variable = &map->table->variables[v];
    const frem_place place = frem_import_place(map->table, variable->at);
    if (kind == FREM_KIND_TIME)
        return frem_import_check_periods(map->table, v, map->takes[v], map->diags);
    for (size_t i = 0; i < variable->n_values; i++) {
        if (!map->takes[v][i])
            continue;
        if (is_whole(&variable->values[i], kind))
            return FREM_PROBLEM(map->diags, place, IMPORT_TOTAL_AND_PARTS, variable->code);
        for (size_t k = 0; k < i; k++) {
            if (map->takes[v][k] && overlap(&variable->values[k], &variable->values[i], kind))
                return FREM_PROBLEM(map->diags, place, IMPORT_COUNTED_TWICE, variable->values[k].label,
                                    variable->values[i].label, variable->code);
        }
    }
    return FREM_OK;
}

/* A total among the values of a column: right in itself, but not to be added to the others. */
static frem_status check_column(const mapping *map, size_t v, frem_import_kind kind) {
    const frem_import_variable *variable = &map->table->variables[v];
    for (size_t i = 0; i < variable->n_values; i++) {
        if (map->takes[v][i] && is_whole(&variable->values[i], kind))
            return FREM_PROBLEM(map->diags, frem_import_place(map->table, variable->values[i].at),
                                IMPORT_TOTAL_KEPT, variable->values[i].label, variable->code);
    }
    return FREM_OK;
}

/* Reports a column of numbers in every row of a CSV file that no option uses: codes, or a second column of figures. */
static frem_status check_unused(const mapping *map, size_t v) {
    const frem_import_variable *variable = &map->table->variables[v];
    const char *text = variable->values[0].code;
    double number;
    char point[32] = "";
    snprintf(point, sizeof point, "%s", strlen(text) < sizeof point ? text : "");
    for (char *at = point; (at = strchr(at, ',')) != NULL;)
        *at = '.';
    if (!map->table->is_csv || frem_import_kind_of_name(variable->code) != FREM_KIND_OTHER ||
        frem_number_read(point, strlen(point), &number) != FREM_NUMBER_OK)
        return FREM_OK;
    return FREM_PROBLEM(map->diags, frem_import_place(map->table, variable->at), IMPORT_UNUSED,
                        variable->code, text);
}

/* A variable without a column must have one value, or an option that names the values to add up. */
static frem_status check_left(const mapping *map, size_t v, bool named) {
    const frem_import_variable *variable = &map->table->variables[v];
    const frem_import_kind kind = frem_import_kind_of(variable);
    const frem_import_value *one = NULL;
    size_t n = 0;
    for (size_t i = 0; i < variable->n_values; i++) {
        n += map->takes[v][i];
        one = map->takes[v][i] ? &variable->values[i] : one;
    }
    if (column_of(map, v) != NULL)
        return n > 1 ? check_column(map, v, kind) : FREM_OK;
    const char *unit =
        n == 1 && map->table->power == 0 && (kind == FREM_KIND_OTHER || kind == FREM_KIND_CONTENT)
            ? frem_import_unscaled_value(map->table, one)
            : NULL;
    if (unit != NULL)
        return frem_import_unscaled(map->table, one->at, unit, true, map->diags);
    if (n <= 1)
        return n == 1 && !named && variable->n_values == 1 ? check_unused(map, v) : FREM_OK;
    if (named)
        return check_parts(map, v, kind);
    char count[32];
    snprintf(count, sizeof count, "%zu", n);
    return FREM_PROBLEM(map->diags, frem_import_place(map->table, variable->at), IMPORT_CHOOSE,
                        variable->code, count, variable->values[0].code);
}

static frem_status plan(mapping *map) {
    frem_import_table *table = map->table;
    frem_status status = FREM_OK;
    map->columns = frem_arena_alloc(table->arena, map->options->n_maps, sizeof *map->columns);
    map->takes = frem_arena_alloc(table->arena, table->n_variables, sizeof *map->takes);
    if (map->columns == NULL || map->takes == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < map->options->n_maps; i++)
        status = frem_tally_worse(status, add_column(map, &map->options->maps[i]));
    for (size_t v = 0; v < table->n_variables && status != FREM_NO_MEMORY; v++) {
        bool named;
        frem_status one = frem_import_choose(table, v, map->options, map->diags, &map->takes[v], &named);
        if (one == FREM_OK)
            one = take_periods(map, v, column_of(map, v));
        if (one == FREM_OK)
            one = check_left(map, v, named);
        status = frem_tally_worse(status, one);
    }
    for (size_t i = 0; status == FREM_OK && i < map->n_columns; i++)
        status = rank(map, &map->columns[i], table->variables[map->columns[i].variable].n_values);
    return status;
}

/* ---- rows ---- */

/* By the columns; then by all keys, so that two figures for one thing come together. */
static int by_columns(size_t a, size_t b, void *context) {
    const mapping *map = context;
    const uint32_t *one = map->table->keys + a * map->table->n_variables;
    const uint32_t *other = map->table->keys + b * map->table->n_variables;
    for (size_t i = 0; i < map->n_columns; i++) {
        const map_column *column = &map->columns[i];
        const uint32_t x = column->ranks[one[column->variable]], y = column->ranks[other[column->variable]];
        if (x != y)
            return x > y ? 1 : -1;
    }
    for (size_t i = 0; i < map->table->n_variables; i++) {
        if (one[i] != other[i])
            return one[i] > other[i] ? 1 : -1;
    }
    return (a > b) - (a < b);
}

static bool counts(const mapping *map, size_t cell) {
    const uint32_t *keys = map->table->keys + cell * map->table->n_variables;
    for (size_t v = 0; v < map->table->n_variables; v++) {
        if (!map->takes[v][keys[v]])
            return false;
    }
    return true;
}

/* Whether two cells belong to one row of the result; *mixed where values of one text but two codes meet in it. */
static bool same_row(const mapping *map, size_t a, size_t b, size_t *mixed) {
    const uint32_t *one = map->table->keys + a * map->table->n_variables;
    const uint32_t *other = map->table->keys + b * map->table->n_variables;
    for (size_t i = 0; i < map->n_columns; i++) {
        const map_column *column = &map->columns[i];
        if (column->ranks[one[column->variable]] != column->ranks[other[column->variable]])
            return false;
        if (one[column->variable] != other[column->variable])
            *mixed = column->variable;
    }
    return true;
}

static frem_status check_doubles(mapping *map) {
    const size_t n = map->table->n_variables;
    frem_tally doubles = {.diags = map->diags};
    for (size_t i = 1; i < map->n_cells; i++) {
        const size_t a = map->cells[i - 1], b = map->cells[i];
        size_t mixed = n;
        if (!same_row(map, a, b, &mixed))
            continue;
        const uint32_t *one = map->table->keys + a * n, *other = map->table->keys + b * n;
        if (memcmp(one, other, n * sizeof *one) == 0) {
            frem_import_double(&doubles, map->table, a, b);
        } else if (mixed < n) {
            const frem_import_variable *variable = &map->table->variables[mixed];
            frem_status ignored = frem_tally_close(&doubles);
            (void)ignored;
            return FREM_PROBLEM(map->diags, frem_import_place(map->table, map->table->at[b]),
                                IMPORT_SAME_LABEL, variable->values[one[mixed]].code,
                                variable->values[other[mixed]].code, variable->code);
        }
    }
    return frem_tally_close(&doubles);
}

static void put_row(const mapping *map, size_t cell, double sum, frem_text *csv) {
    const uint32_t *keys = map->table->keys + cell * map->table->n_variables;
    for (size_t i = 0; i < map->n_columns; i++) {
        frem_import_put_text(csv, map->columns[i].texts[keys[map->columns[i].variable]]);
        frem_text_add(csv, ",");
    }
    frem_import_put_number(csv, sum);
    frem_text_add(csv, "\n");
}

/* The rows while they are written. */
typedef struct writing {
    frem_missing missing;
    size_t parts; /* figures that each row is the sum of */
    size_t rows;
    size_t summed;    /* 1 + a cell that another was added to; 0 for none */
    size_t thousands; /* 1 + the first figure that looks like thousands; 0 for none */
    bool decimals;    /* a figure shows that the sign is for decimals */
} writing;

/* How many figures a row is the sum of: one for each combination of the values that have no column. */
static size_t count_parts(const mapping *map) {
    size_t parts = 1;
    for (size_t v = 0; v < map->table->n_variables; v++) {
        size_t n = 0;
        for (size_t i = 0; column_of(map, v) == NULL && i < map->table->variables[v].n_values; i++)
            n += map->takes[v][i];
        if (n > 1 && __builtin_mul_overflow(parts, n, &parts))
            return SIZE_MAX;
    }
    return parts;
}

/* The keys of the next combination of the values that count and have no column, the last variable fastest.
 * @return false after the last. */
static bool next_part(const mapping *map, uint32_t *keys) {
    for (size_t v = map->table->n_variables; v-- > 0;) {
        const size_t n = map->table->variables[v].n_values;
        if (column_of(map, v) != NULL)
            continue;
        size_t first = 0, next = keys[v] + 1;
        while (next < n && !map->takes[v][next])
            next++;
        while (first < n && !map->takes[v][first])
            first++;
        keys[v] = (uint32_t)(next < n ? next : first);
        if (next < n)
            return true;
    }
    return false;
}

/* The sum of a row that lacks figures, where n are there from the cell at `from` on, in the order of next_part(). */
static double meet_lacking(const mapping *map, writing *out, size_t from, size_t n) {
    const frem_import_table *table = map->table;
    const size_t width = table->n_variables;
    uint32_t *keys = malloc((width + 1) * sizeof *keys);
    size_t seen = 0, shown = 0;
    if (keys == NULL) {
        out->missing.tally.status = FREM_NO_MEMORY;
        return (double)NAN;
    }
    memcpy(keys, table->keys + map->cells[from] * width, width * sizeof *keys);
    for (size_t v = 0; v < width; v++) {
        for (size_t i = table->variables[v].n_values; column_of(map, v) == NULL && i-- > 0;)
            keys[v] = map->takes[v][i] ? (uint32_t)i : keys[v];
    }
    double counted = 0;
    bool more = true;
    while (more && shown < out->parts - n && shown <= FREM_TALLY_MAX) {
        const uint32_t *there = seen < n ? table->keys + map->cells[from + seen] * width : NULL;
        if (there != NULL && memcmp(there, keys, width * sizeof *keys) == 0) {
            seen++;
        } else {
            counted += frem_import_meet_lacking(&out->missing, table, map->options, keys,
                                                table->at[map->cells[from]]);
            shown++;
        }
        more = next_part(map, keys);
    }
    out->missing.count += out->parts - n - shown; /* those that are not shown one by one */
    free(keys);
    return counted;
}

/* The figure of a cell, and what it says of the file's decimal sign. */
static double take_figure(const mapping *map, writing *out, size_t cell) {
    const frem_import_table *table = map->table;
    if (isnan(table->numbers[cell]))
        return frem_import_meet_missing(&out->missing, table, map->options, table->at[cell]);
    const int decimals = table->is_json ? 0 : frem_import_three_decimals(table, cell);
    out->decimals |= decimals < 0;
    if (decimals > 0 && out->thousands == 0)
        out->thousands = cell + 1;
    return table->numbers[cell];
}

static frem_status close_rows(const mapping *map, writing *out) {
    const frem_import_table *table = map->table;
    frem_status status = frem_import_missing_close(&out->missing, table, map->options);
    if (out->thousands > 0 && !out->decimals)
        status = frem_tally_worse(
            status, FREM_PROBLEM(map->diags, frem_import_place(table, table->at[out->thousands - 1]),
                                 IMPORT_THOUSANDS_ALL, ""));
    if (out->summed > 0 && table->no_sums)
        status = frem_tally_worse(status, FREM_PROBLEM(map->diags,
                                                       frem_import_place(table, table->at[out->summed - 1]),
                                                       IMPORT_NO_SUMS, ""));
    return status;
}

static frem_status put_rows(mapping *map, frem_imported *out) {
    writing rows = {.missing = {.tally = {.diags = map->diags}}, .parts = count_parts(map)};
    for (size_t i = 0; i < map->n_columns; i++) {
        frem_import_put_text(&out->csv, map->columns[i].name);
        frem_text_add(&out->csv, ",");
    }
    frem_import_put_text(&out->csv, map->options->value != NULL ? map->options->value : "value");
    frem_text_add(&out->csv, "\n");
    for (size_t first = 0, n; first < map->n_cells; first += n) {
        size_t mixed;
        double sum = 0;
        for (n = 0; first + n < map->n_cells &&
                    (n == 0 || same_row(map, map->cells[first + n - 1], map->cells[first + n], &mixed));
             n++)
            sum += take_figure(map, &rows, map->cells[first + n]);
        if (n < rows.parts)
            sum += meet_lacking(map, &rows, first, n);
        if (n > 1 && rows.summed == 0)
            rows.summed = map->cells[first] + 1;
        put_row(map, map->cells[first], sum, &out->csv);
        rows.rows++;
    }
    frem_text_print(&out->summary[FREM_EN], "%zu rows", rows.rows);
    frem_text_print(&out->summary[FREM_DA], "%zu rækker", rows.rows);
    return close_rows(map, &rows);
}

frem_status frem_import_map(frem_imported *out, frem_import_table *table, const frem_import_options *options,
                            frem_diags *diags) {
    mapping map = {.table = table, .options = options, .diags = diags};
    frem_status status = plan(&map);
    if (status != FREM_OK)
        return status;
    map.cells = calloc(table->n_cells, sizeof *map.cells);
    if (map.cells == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < table->n_cells; i++) {
        if (counts(&map, i))
            map.cells[map.n_cells++] = i;
    }
    status = frem_sort(map.cells, map.n_cells, by_columns, &map);
    if (status == FREM_OK && map.n_cells == 0)
        status = FREM_PROBLEM(diags, ((frem_place){table->path, 1, 1}), IMPORT_NOTHING, "");
    if (status == FREM_OK)
        status = check_doubles(&map);
    if (status == FREM_OK)
        status = put_rows(&map, out);
    free(map.cells);
    return status;
}
