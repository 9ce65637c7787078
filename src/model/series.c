/* Values resolved into numbers, before any lane exists. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/model.h"

static double *new_numbers(frem_model *model, frem_series *series, size_t n) {
    series->size = n;
    series->at = frem_model_alloc(model, n, sizeof(double));
    return series->at;
}

/* The years a value is read for. */
typedef struct span {
    int first;
    size_t n;
} span;

static span years_of(const frem_model *model, const frem_value *value) {
    int first = value->field->flags & FREM_F_ENTRY ? model->entry_first : model->base;
    size_t beyond = value->field->flags & FREM_F_BEYOND ? model->beyond : 0;
    return (span){first, (size_t)(model->base + (int)model->steps - first) + beyond};
}

static void resolve_path(frem_model *model, const frem_value *value, span years, frem_series *series) {
    size_t n = years.n, points = value->points.count;
    series->first_year = years.first;
    series->year = 1;
    double *numbers = new_numbers(model, series, n);
    double *scratch = malloc((2 * points + n) * sizeof *scratch);
    if (scratch == NULL)
        frem_model_fail(model, FREM_NO_MEMORY);
    if (model->status != FREM_OK)
        goto done;
    double *x = scratch, *y = scratch + points, *at = y + points;
    for (size_t i = 0; i < points; i++) {
        x[i] = value->points.items[i].year;
        y[i] = value->points.items[i].number;
    }
    for (size_t i = 0; i < n; i++)
        at[i] = series->first_year + (int)i;
    frem_between between = value->between > 0 ? (frem_between)(value->between - 1) : FREM_BETWEEN_STEP;
    frem_model_fail(model, frem_curve(x, y, points, between, at, numbers, n));
    if (model->status != FREM_OK)
        goto done;
    int first = value->points.items[0].year, last = value->points.items[points - 1].year;
    for (size_t i = 0; i < n; i++) {
        int year = series->first_year + (int)i;
        if (year < first && !value->before)
            numbers[i] = (double)NAN;
    }
    double grown = y[points - 1];
    for (int year = last + 1; year < series->first_year + (int)n && !isnan(value->then.growth); year++) {
        grown *= 1 + value->then.growth;
        if (year >= series->first_year)
            numbers[year - series->first_year] = grown;
    }
done:
    free(scratch);
}

static void resolve_growth(frem_model *model, const frem_value *value, span years, frem_series *series) {
    series->first_year = years.first;
    series->year = 1;
    double *numbers = new_numbers(model, series, years.n);
    double number = value->start;
    for (int year = model->base + 1; year < years.first; year++)
        number *= 1 + value->growth;
    for (size_t i = 0; i < years.n && numbers != NULL; i++) {
        int year = series->first_year + (int)i;
        if (year > model->base)
            number *= 1 + value->growth;
        numbers[i] = year < model->base ? (double)NAN : number;
    }
}

/* The columns of a table that a value varies by; NULL where it does not. */
typedef struct columns {
    const char *region, *year, *sex, *age, *age_from;
} columns;

/* Whether `where` already picks one of a column's keys. */
static bool is_filtered(const frem_value *value, const char *column) {
    for (size_t i = 0; i < value->where.count; i++) {
        if (strcmp(value->where.items[i].key, column) == 0)
            return true;
    }
    return false;
}

/* Whether the rows of a column's keys are added together. */
static bool is_added(const frem_value *value, const char *column) {
    for (size_t i = 0; i < value->over.count; i++) {
        if (strcmp(value->over.items[i], column) == 0)
            return true;
    }
    return false;
}

/* The column of a dimension that the value may or may not have; NULL where it does not. */
static const char *find_axis(frem_model *model, const frem_value *value, const frem_table *table,
                             const char *dimension, unsigned flag) {
    const char *column = frem_model_column(table, &value->keys, dimension);
    if (column == NULL || is_filtered(value, column) || is_added(value, column))
        return NULL;
    unsigned allowed = value->field->flags | (value->field->flags & FREM_F_ENTRY ? FREM_F_YEAR : 0);
    if (!(allowed & flag))
        FREM_MODEL_PROBLEM(model, frem_entry_place(&value->head, "table"), TABLE_DIMENSION, value->head.path,
                           dimension, frem_table_source(table)->path, column);
    return column;
}

/* Which columns make the number of a row. */
static void find_columns(const frem_value *value, frem_reading *reading) {
    const frem_texts *lists[] = {&value->product, &value->ratio, &value->sum};
    static const frem_row_value ways[] = {FREM_ROW_PRODUCT, FREM_ROW_RATIO, FREM_ROW_SUM};
    static const char *const keys[] = {"product", "ratio", "sum"};
    reading->row_value = FREM_ROW_PRODUCT;
    reading->columns[0] = value->column;
    reading->column_places[0] = frem_entry_place(&value->head, "column");
    reading->n_columns = 1;
    for (size_t way = 0; way < 3; way++) {
        if (lists[way]->count == 0)
            continue;
        reading->row_value = ways[way];
        reading->n_columns = lists[way]->count < FREM_TERMS_MAX ? lists[way]->count : FREM_TERMS_MAX;
        for (size_t i = 0; i < reading->n_columns; i++) {
            reading->columns[i] = lists[way]->items[i];
            reading->column_places[i] = frem_entry_place(&value->head, keys[way]);
        }
    }
}

/* Says that a number of a table lies outside the field's range, in its cell where one column makes it. */
static void report_outside(frem_model *model, const frem_value *value, const frem_reading *reading,
                           double number) {
    const frem_field *field = value->field;
    double times = isnan(value->times) ? 1 : value->times, add = isnan(value->add) ? 0 : value->add;
    double lo = (field->min - add) / times, hi = (field->max - add) / times;
    frem_place place = reading->asked_at;
    if (!frem_value_changes(value)) {
        place = frem_model_outside(reading, field->min, field->max);
        frem_model_fail(model, frem_field_outside(field, value->head.path, number, place, model->diags));
        return;
    }
    if (isfinite(number * times) && (times > 0 || times < 0))
        place = frem_model_outside(reading, times > 0 ? lo : hi, times > 0 ? hi : lo);
    frem_status reported = frem_field_outside_changed(field, value->head.path, number, value->times,
                                                      value->add, place, model->diags);
    place = frem_entry_place(&value->head, isnan(value->add) ? "times" : "add");
    frem_model_fail(model, frem_diags_relate(model->diags, reported, place));
}

/* Numbers from a table lie in the field's range like all others. */
static void check_range(frem_model *model, const frem_value *value, const frem_reading *reading,
                        const frem_series *series) {
    const frem_field *field = value->field;
    for (size_t i = 0; i < series->size && model->status == FREM_OK; i++) {
        double number = frem_value_changed(value, series->at[i]);
        if (!isnan(series->at[i]) &&
            !(number >= field->min && number <= field->max && fabs(number) <= FREM_QUANTITY_MAX))
            report_outside(model, value, reading, series->at[i]);
    }
}

/* Which of the table's columns the value varies by; any other dimension of it is an error. */
static columns find_dimensions(frem_model *model, const frem_value *value, const frem_table *table) {
    columns by;
    frem_model_check_keys(model, table, &value->keys, value->head.path);
    by.region = find_axis(model, value, table, "region", FREM_F_REGION);
    by.year = find_axis(model, value, table, "year", FREM_F_YEAR);
    by.sex = find_axis(model, value, table, "sex", FREM_F_SEX);
    by.age = find_axis(model, value, table, "age", FREM_F_AGE);
    by.age_from = find_axis(model, value, table, "age_from", FREM_F_AGE);
    for (size_t i = 0; i < value->over.count && model->status == FREM_OK; i++) {
        const char *column = value->over.items[i];
        if (frem_table_column(table, column) < 0)
            FREM_MODEL_PROBLEM(
                model, frem_entry_place(&value->head, "over"), OVER_WHAT, value->head.path,
                frem_table_source(table)->path, column,
                frem_nearest(column, frem_table_column_names(table), frem_table_columns(table)));
    }
    return by;
}

/* Adds the axes to a reading, regions outermost, and sets the strides of their numbers in the series. */
static void add_axes(const frem_model *model, const columns *by, size_t years, frem_reading *reading,
                     frem_series *series) {
    const frem_axis all[] = {
        frem_model_region_axis(model, reading->table, by->region),
        {.what = "year", .column = by->year, .first = series->first_year, .skip_others = true},
        {.what = "sex", .column = by->sex, .names = model->sexes, .kind = FREM_KEYS_SEXES},
    };
    const size_t counts[] = {frem_index_count(model->regions), years, frem_index_count(model->sexes)};
    size_t *strides[] = {&series->region, &series->year, &series->sex};
    size_t stride = reading->ages > 0 ? reading->ages : 1;
    reading->wanted = by->region != NULL ? model->reported : 0;
    reading->others_at = model->covers_at;
    for (size_t i = 0; i < 3; i++) {
        if (all[i].column == NULL)
            continue;
        reading->axes[reading->n_axes] = all[i];
        reading->axes[reading->n_axes++].count = counts[i];
    }
    for (size_t i = 3; i-- > 0;) {
        if (all[i].column == NULL)
            continue;
        *strides[i] = stride;
        stride *= counts[i];
    }
    series->age = reading->ages > 0 ? 1 : 0;
    series->size = stride;
}

/* With `outside` a table of other regions, years or ages would be nothing but `outside`, without any message. */
static void check_read(frem_model *model, const frem_value *value, const frem_reading *reading,
                       frem_series *series) {
    size_t n = series->size, same = 0;
    if (isnan(value->outside) || model->status != FREM_OK)
        return;
    for (size_t i = 0; i < n; i++)
        same += series->at[i] >= value->outside && series->at[i] <= value->outside;
    if (same < n)
        return;
    /* The table may hold that very number: only what reads as anything else was not read from it. */
    frem_reading again = *reading;
    again.outside = value->outside + 1;
    double *other = malloc(n * sizeof *other);
    frem_model_fail(model, other != NULL ? frem_reading_fill(&again, NULL, other) : FREM_NO_MEMORY);
    for (size_t i = 0; i < n && model->status == FREM_OK; i++)
        same -= other[i] > value->outside;
    free(other);
    if (model->status != FREM_OK || same > 0)
        return;
    frem_index *rows = NULL;
    if (reading->n_filters > 0)
        frem_model_fail(model,
                        frem_table_distinct(reading->table, reading->columns[0], reading->filters,
                                            reading->n_filters, reading->asked_at, model->diags, &rows));
    frem_index_free(rows);
    if (model->status == FREM_OK)
        FREM_MODEL_PROBLEM(model, reading->asked_at, TABLE_FITS_NOTHING, value->head.path,
                           frem_table_source(reading->table)->path);
}

typedef struct key_column {
    const char *name;
    size_t at;
    bool sexes;
} key_column;

/* The columns by which the rows that are added together differ: `over`, and the columns that the value varies by. Without a column
 * that the table lacks. */
static size_t key_columns(const frem_value *value, const columns *by, const frem_reading *reading,
                          key_column *out) {
    const char *const axes[] = {by->region, by->year, by->sex, reading->age_column, reading->age_to_column};
    size_t n = 0, n_axes = sizeof axes / sizeof *axes;
    for (size_t i = 0; i < n_axes + value->over.count; i++) {
        const char *name = i < n_axes ? axes[i] : value->over.items[i - n_axes];
        ptrdiff_t at = name != NULL ? frem_table_column(reading->table, name) : -1;
        if (at >= 0)
            out[n++] = (key_column){name, (size_t)at, name == by->sex || frem_is_sex_column(name)};
    }
    return n;
}

/* "age 17, sex f" of a row. */
static void write_row_keys(const frem_table *table, size_t row, const key_column *keyed_by, size_t n,
                           frem_text *out) {
    out->length = 0;
    for (size_t k = 0; k < n; k++) {
        size_t length;
        const char *text = frem_table_cell(table, row, keyed_by[k].at, &length);
        if (k > 0)
            frem_text_add_bytes(out, ", ", 2);
        frem_text_add(out, keyed_by[k].name);
        frem_text_add_bytes(out, " ", 1);
        frem_text_add_bytes(out, text, length);
    }
}

/* The identity of a row: its cells as keys. */
static void row_keys(frem_model *model, const frem_table *table, size_t row, const key_column *keyed_by,
                     size_t n, frem_text *cell, frem_text *out) {
    out->length = 0;
    for (size_t k = 0; k < n && model->status == FREM_OK; k++) {
        size_t length;
        const char *text = frem_table_cell(table, row, keyed_by[k].at, &length);
        const char *sex = keyed_by[k].sexes ? frem_sex_of(text, length) : NULL;
        if (sex == NULL)
            frem_model_fail(model, frem_key_normal(cell, text, length));
        if (sex != NULL)
            frem_text_add(out, sex);
        else if (model->status == FREM_OK)
            frem_text_add_bytes(out, cell->bytes, cell->length);
        frem_text_add_bytes(out, "\n", 1);
    }
    if (out->failed)
        frem_model_fail(model, FREM_NO_MEMORY);
}

/* Reports duplicate rows: they would be added twice. */
static void check_doubles(frem_model *model, const frem_value *value, const columns *by,
                          const frem_reading *reading) {
    size_t n_rows, n = 0;
    frem_index *seen = NULL;
    frem_text keys = {0}, cell = {0}, reported = {0};
    key_column *keyed_by = malloc((value->over.count + 5) * sizeof *keyed_by);
    size_t *rows = frem_model_rows(model, reading->table, reading->filters, reading->n_filters, &n_rows);
    frem_model_fail(model, keyed_by != NULL ? frem_index_new(&seen) : FREM_NO_MEMORY);
    if (model->status == FREM_OK)
        n = key_columns(value, by, reading, keyed_by);
    for (size_t i = 0; i < n_rows && model->status == FREM_OK; i++) {
        size_t ordinal;
        row_keys(model, reading->table, rows[i], keyed_by, n, &cell, &keys);
        if (model->status == FREM_OK)
            frem_model_fail(model, frem_index_add(seen, keys.bytes, keys.length, &ordinal));
        if (model->status != FREM_OK || ordinal == i)
            continue;
        write_row_keys(reading->table, rows[i], keyed_by, n, &reported);
        char line[16];
        frem_place first = frem_table_place(reading->table, rows[ordinal], 0);
        (void)snprintf(line, sizeof line, "%u", first.line);
        frem_status raised = FREM_PROBLEM(model->diags, frem_table_place(reading->table, rows[i], 0),
                                          TABLE_DOUBLE_ROW, reported.failed ? "" : reported.bytes, line);
        frem_model_fail(model, frem_diags_relate(model->diags, raised, first));
    }
    frem_text_free(&keys);
    frem_text_free(&cell);
    frem_text_free(&reported);
    frem_index_free(seen);
    free(rows);
    free(keyed_by);
}

/* The ages of a reading: those of the population or of the stock. */
static void add_ages(frem_model *model, const frem_value *value, const columns *by, frem_reading *reading) {
    if (by->age == NULL && by->age_from == NULL)
        return;
    frem_model_ages(reading->table, &value->keys, reading);
    if (reading->age_form == FREM_AGE_NONE)
        FREM_MODEL_PROBLEM(model, reading->asked_at, NO_AGES, value->head.path,
                           frem_table_source(reading->table)->path);
    bool people = (value->field->flags & FREM_F_PEOPLE) != 0;
    reading->age_first = people ? 0 : model->age_first;
    reading->ages = people ? model->people.ages : model->ages;
}

/* Finds the table and what of it the value varies by. */
static frem_reading find_table(frem_model *model, const frem_value *value, columns *by) {
    bool counts = (value->field->flags & FREM_F_COUNTS) != 0;
    frem_reading reading = {.asked_at = frem_entry_place(&value->head, "table"),
                            .n_filters = value->where.count,
                            .age_spread = counts ? FREM_SPREAD_COUNTS : FREM_SPREAD_LEVELS,
                            .ages_outside_skip = !counts,
                            .has_outside = !isnan(value->outside),
                            .says_outside = true,
                            /* Who writes `times` has said what the figures count. */
                            .counts = frem_unit_counts(value->field->unit) && isnan(value->times) &&
                                      value->ratio.count == 0,
                            .outside = value->outside,
                            .add = value->over.count > 0};
    *by = (columns){.region = NULL};
    reading.table = frem_model_table(model, &value->head, value->table, value->sheet);
    reading.filters = frem_model_filters(model, &value->where);
    if (model->status == FREM_OK)
        *by = find_dimensions(model, value, reading.table);
    if (model->status != FREM_OK)
        return reading;
    find_columns(value, &reading);
    /* Entry years that a table lacks are asked for only where they are needed. */
    if (by->year != NULL && (value->field->flags & FREM_F_ENTRY) && !reading.has_outside) {
        reading.has_outside = true;
        reading.outside = (double)NAN;
    }
    add_ages(model, value, by, &reading);
    return reading;
}

/* How many of the years a value is read for its table reaches; at least one. */
static size_t years_reached(frem_model *model, const columns *by, const frem_reading *reading, span years) {
    ptrdiff_t column = by->year != NULL ? frem_table_column(reading->table, by->year) : -1;
    size_t n;
    int64_t last = years.first;
    if (column < 0)
        return years.n;
    size_t *rows = frem_model_rows(model, reading->table, reading->filters, reading->n_filters, &n);
    const int64_t *numbers = frem_model_wholes(model, reading->table, (size_t)column);
    for (size_t i = 0; i < n && numbers != NULL; i++) {
        if (numbers[rows[i]] != FREM_TABLE_NO_WHOLE && numbers[rows[i]] > last)
            last = numbers[rows[i]];
    }
    free(rows);
    return last - years.first + 1 < (int64_t)years.n ? (size_t)(last - years.first + 1) : years.n;
}

/* The last year that a table reaches holds for the years behind it, and is noted. */
static void hold_last(frem_model *model, const frem_value *value, size_t reached, span years,
                      frem_series *series) {
    size_t of_year = series->year, n = years.n * of_year;
    if (series->year == 0 || reached == years.n)
        return;
    double *read = series->at, *all = new_numbers(model, series, n);
    for (size_t t = 0; t < years.n && all != NULL; t++)
        memcpy(all + t * of_year, read + (t < reached ? t : reached - 1) * of_year, of_year * sizeof *all);
    frem_model_fail(
        model, frem_grow((void **)&model->held, &model->held_capacity, model->n_held, sizeof *model->held));
    if (model->status == FREM_OK)
        model->held[model->n_held++] = (frem_held_note){
            value->head.path, value->table, years.first + (int)reached - 1, years.first + (int)years.n - 1};
}

/* Checks what was read for some years. That a table has none of them is no mistake where it has others of the scenario:
 * its value may begin or end among them. */
static void check_span(frem_model *model, const frem_value *value, const columns *by, span years,
                       frem_reading *reading, frem_series *series) {
    span all = years_of(model, value);
    if (isnan(value->outside) || by->year == NULL || all.n == years.n) {
        check_read(model, value, reading, series);
        return;
    }
    frem_series whole = {.first_year = all.first};
    frem_reading again = *reading;
    again.n_axes = 0;
    add_axes(model, by, all.n, &again, &whole);
    whole.at = malloc(whole.size * sizeof *whole.at);
    frem_model_fail(model,
                    whole.at != NULL ? frem_reading_fill(&again, model->diags, whole.at) : FREM_NO_MEMORY);
    check_read(model, value, &again, &whole);
    free(whole.at);
}

static void resolve_table(frem_model *model, const frem_value *value, span years, frem_series *series) {
    columns by;
    /* Without a population, which has been reported, there are no ages to read. */
    if ((value->field->flags & FREM_F_PEOPLE) && model->people.at == NULL) {
        frem_model_fail(model, FREM_INVALID);
        return;
    }
    bool beyond = (value->field->flags & FREM_F_BEYOND) != 0;
    frem_reading reading = find_table(model, value, &by);
    size_t reached =
        beyond && model->status == FREM_OK ? years_reached(model, &by, &reading, years) : years.n;
    if (model->status != FREM_OK)
        return;
    series->first_year = years.first;
    add_axes(model, &by, reached, &reading, series);
    if (new_numbers(model, series, series->size) != NULL && reading.add)
        check_doubles(model, value, &by, &reading);
    if (model->status == FREM_OK)
        frem_model_fail(model, frem_reading_fill(&reading, model->diags, series->at));
    if (model->status == FREM_OK)
        check_span(model, value, &by, years, &reading, series);
    if (model->status == FREM_OK)
        check_range(model, value, &reading, series);
    if (model->status == FREM_OK && beyond)
        hold_last(model, value, reached, years, series);
}

/* A value as written, for some years: a part of compiling. */
static void resolve_form(frem_model *model, const frem_value *value, span years, frem_series *series) {
    const frem_status before = frem_model_begin(model);
    switch (value->form) {
    case FREM_VALUE_NONE:
        break;
    case FREM_VALUE_NUMBER:
        if (new_numbers(model, series, 1) != NULL)
            series->at[0] = value->number;
        break;
    case FREM_VALUE_PATH:
        resolve_path(model, value, years, series);
        break;
    case FREM_VALUE_GROWTH:
        resolve_growth(model, value, years, series);
        break;
    case FREM_VALUE_TABLE:
        resolve_table(model, value, years, series);
        break;
    }
    if (!frem_model_end(model, before))
        series->at = NULL;
    for (size_t i = 0; series->at != NULL && frem_value_changes(value) && i < series->size; i++)
        series->at[i] = frem_value_changed(value, series->at[i]);
}

/* One series of two, the second from a year on; it differs by whatever either differs by. */
static void join(frem_model *model, const frem_value *value, span years, const frem_series *early,
                 const frem_series *late, frem_series *series) {
    bool by_region = early->region > 0 || late->region > 0, by_sex = early->sex > 0 || late->sex > 0;
    bool by_age = early->age > 0 || late->age > 0;
    size_t regions = by_region ? frem_index_count(model->regions) : 1;
    size_t sexes = by_sex ? frem_index_count(model->sexes) : 1;
    size_t ages = !by_age ? 1 : value->field->flags & FREM_F_PEOPLE ? model->people.ages : model->ages;
    char from[16];
    (void)snprintf(from, sizeof from, "%d", (int)value->from);
    if ((value->field->flags & FREM_F_TOTAL) && (early->region > 0) != (late->region > 0) &&
        frem_index_count(model->regions) > 1) {
        FREM_MODEL_PROBLEM(model, frem_entry_place(&value->head, "from"), FROM_REGIONS, value->head.path,
                           from);
        return;
    }
    *series = (frem_series){.first_year = years.first,
                            .age = by_age ? 1 : 0,
                            .sex = by_sex ? ages : 0,
                            .year = ages * sexes,
                            .region = by_region ? ages * sexes * years.n : 0};
    double *out = new_numbers(model, series, regions * years.n * sexes * ages);
    for (size_t i = 0; i < series->size && out != NULL; i++) {
        size_t age = i % ages, sex = i / ages % sexes, t = i / ages / sexes % years.n;
        int year = years.first + (int)t;
        out[i] =
            frem_series_at(year < value->from ? early : late, year, i / ages / sexes / years.n, sex, age);
    }
}

/* A value with what it keeps of earlier years. Years that are never seen are not read. */
static void resolve(frem_model *model, const frem_value *value, span years, frem_series *series) {
    int64_t before = value->from - years.first, n = (int64_t)years.n;
    span early = {years.first, (size_t)(before < 0 ? 0 : before < n ? before : n)};
    span late = {years.first + (int)early.n, years.n - early.n};
    if (value->earlier == NULL || early.n == 0) {
        resolve_form(model, value, years, series);
    } else if (late.n == 0) {
        resolve(model, value->earlier, years, series);
    } else {
        frem_series parts[2] = {{0}, {0}};
        resolve(model, value->earlier, early, &parts[0]);
        resolve_form(model, value, late, &parts[1]);
        if (model->status == FREM_OK)
            join(model, value, years, &parts[0], &parts[1], series);
    }
}

void frem_model_resolve(frem_model *model) {
    const frem_scenario *s = model->scenario;
    model->series = frem_model_alloc(model, s->parameters.count + 1, sizeof *model->series);
    for (size_t i = 0; i < s->parameters.count && model->series != NULL; i++) {
        const frem_value *value = s->parameters.items[i];
        const frem_status before = frem_model_begin(model);
        resolve(model, value, years_of(model, value), &model->series[i]);
        if (!frem_model_end(model, before))
            model->series[i].at = NULL;
    }
}
