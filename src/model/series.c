/* Values resolved into numbers, before any lane exists. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/model.h"

static double *new_numbers(frem_model *model, frem_series *series, size_t n) {
    series->size = n;
    series->at = frem_arena_alloc(model->arena, n, sizeof(double));
    return series->at;
}

/* The years a value is read for. */
static void years_of(const frem_model *model, const frem_value *value, int *first, size_t *n) {
    *first = value->field->flags & FREM_F_ENTRY ? model->entry_first : model->base;
    *n = (size_t)(model->base + (int)model->steps - *first);
}

static frem_status resolve_path(frem_model *model, const frem_value *value, frem_series *series) {
    size_t n, points = value->points.count;
    years_of(model, value, &series->first_year, &n);
    series->year = 1;
    double *numbers = new_numbers(model, series, n);
    double *scratch = malloc((2 * points + n) * sizeof *scratch);
    frem_status status = numbers != NULL && scratch != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status != FREM_OK)
        goto done;
    double *x = scratch, *y = scratch + points, *at = y + points;
    for (size_t i = 0; i < points; i++) {
        x[i] = value->points.items[i].year;
        y[i] = value->points.items[i].number;
    }
    for (size_t i = 0; i < n; i++)
        at[i] = series->first_year + (int)i;
    frem_between between = value->between > 0 ? (frem_between)(value->between - 1) : FREM_BETWEEN_STEP;
    status = frem_curve(x, y, points, between, at, numbers, n);
    if (status != FREM_OK)
        goto done;
    int first = value->points.items[0].year, last = value->points.items[points - 1].year;
    for (size_t i = 0; i < n; i++) {
        int year = series->first_year + (int)i;
        if (year < first && !value->before)
            numbers[i] = NAN;
        else if (year > last && !isnan(value->then.growth))
            numbers[i] = (i > 0 ? numbers[i - 1] : y[points - 1]) * (1 + value->then.growth);
    }
done:
    free(scratch);
    return status;
}

static frem_status resolve_growth(frem_model *model, const frem_value *value, frem_series *series) {
    size_t n;
    years_of(model, value, &series->first_year, &n);
    series->year = 1;
    double *numbers = new_numbers(model, series, n);
    if (numbers == NULL)
        return FREM_NO_MEMORY;
    double number = value->start;
    for (size_t i = 0; i < n; i++) {
        int year = series->first_year + (int)i;
        if (year > model->base)
            number *= 1 + value->growth;
        numbers[i] = year < model->base ? (double)NAN : number;
    }
    return FREM_OK;
}

/* Whether `where` already picks one of a column's keys. */
static bool is_filtered(const frem_value *value, const char *column) {
    for (size_t i = 0; i < value->where.count; i++) {
        if (strcmp(value->where.items[i].key, column) == 0)
            return true;
    }
    return false;
}

/* A dimension of the table that the value may or may not have. */
static frem_status find_axis(frem_model *model, const frem_value *value, const frem_table *table,
                             const char *dimension, unsigned flag, const char **column) {
    *column = frem_model_column(table, &value->keys, dimension);
    if (*column == NULL)
        return FREM_OK;
    if (is_filtered(value, *column)) {
        *column = NULL;
        return FREM_OK;
    }
    unsigned allowed = value->field->flags | (value->field->flags & FREM_F_ENTRY ? FREM_F_YEAR : 0);
    if (allowed & flag)
        return FREM_OK;
    return FREM_PROBLEM(model->diags, frem_entry_place(&value->head, "table"), TABLE_DIMENSION,
                        value->head.path, dimension, frem_table_source(table)->path, *column);
}

static frem_status check_dimensions(frem_model *model, const frem_value *value) {
    static const char *const known[] = {"region", "year", "sex", "age", "age_from", "age_to"};
    frem_status status = FREM_OK;
    for (size_t i = 0; i < value->keys.count; i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            found = found || strcmp(known[k], value->keys.items[i].key) == 0;
        if (!found)
            status =
                FREM_PROBLEM(model->diags, value->keys.items[i].place, UNKNOWN_DIMENSION, value->head.path,
                             value->keys.items[i].key, "region, year, sex, age, age_from, age_to");
    }
    return status;
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

/* Numbers from a table lie in the field's range like all others. */
static frem_status check_range(frem_model *model, const frem_value *value, const frem_table *table,
                               const frem_series *series) {
    const frem_field *field = value->field;
    for (size_t i = 0; i < series->size; i++) {
        double number = series->at[i];
        if (isnan(number) || (number >= field->min && number <= field->max))
            continue;
        char given[32], lo[32], hi[32];
        frem_number_shortest(given, number);
        frem_number_shortest(lo, field->min);
        if (isinf(field->max))
            memcpy(hi, "∞", sizeof "∞");
        else
            frem_number_shortest(hi, field->max);
        return FREM_PROBLEM(model->diags, frem_entry_place(&value->head, "table"), TABLE_VALUE_RANGE,
                            value->head.path, given, frem_table_source(table)->path, lo, hi);
    }
    return FREM_OK;
}

static frem_status resolve_table(frem_model *model, const frem_value *value, frem_series *series) {
    frem_table *table;
    frem_filter *filters;
    const char *region, *year, *sex, *age, *age_from;
    frem_place place = frem_entry_place(&value->head, "table");
    frem_status status = frem_model_table(model, value->head.node, value->table, place, &table);
    if (status == FREM_OK)
        status = frem_model_filters(model, &value->where, &filters);
    if (status != FREM_OK)
        return status;
    frem_status found[] = {check_dimensions(model, value),
                           find_axis(model, value, table, "region", FREM_F_REGION, &region),
                           find_axis(model, value, table, "year", FREM_F_YEAR, &year),
                           find_axis(model, value, table, "sex", FREM_F_SEX, &sex),
                           find_axis(model, value, table, "age", FREM_F_AGE, &age),
                           find_axis(model, value, table, "age_from", FREM_F_AGE, &age_from)};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        if (found[i] != FREM_OK)
            return found[i];
    }
    bool counts = (value->field->flags & FREM_F_COUNTS) != 0;
    frem_reading reading = {.table = table,
                            .asked_at = place,
                            .filters = filters,
                            .n_filters = value->where.count,
                            .age_spread = counts ? FREM_SPREAD_COUNTS : FREM_SPREAD_LEVELS,
                            .ages_outside_skip = !counts,
                            .has_outside = !isnan(value->outside),
                            .outside = value->outside};
    int first_year;
    size_t years;
    years_of(model, value, &first_year, &years);
    if (region != NULL)
        reading.axes[reading.n_axes++] = (frem_axis){.what = "region",
                                                     .column = region,
                                                     .names = model->regions,
                                                     .count = frem_index_count(model->regions),
                                                     .skip_others = true};
    if (year != NULL)
        reading.axes[reading.n_axes++] = (frem_axis){
            .what = "year", .column = year, .first = first_year, .count = years, .skip_others = true};
    if (sex != NULL)
        reading.axes[reading.n_axes++] = (frem_axis){
            .what = "sex", .column = sex, .names = model->sexes, .count = frem_index_count(model->sexes)};
    find_columns(value, &reading);
    if (age != NULL || age_from != NULL)
        frem_model_ages(table, &value->keys, &reading);
    /* Entry years that a table lacks are asked for only where they are needed. */
    if (year != NULL && (value->field->flags & FREM_F_ENTRY) && !reading.has_outside) {
        reading.has_outside = true;
        reading.outside = NAN;
    }
    size_t stride = 1;
    if (reading.age_form != FREM_AGE_NONE) {
        reading.age_first = model->age_first;
        reading.ages = model->ages;
        series->age = 1;
        stride = model->ages;
    }
    for (size_t i = reading.n_axes; i-- > 0;) {
        size_t *strides[] = {&series->region, &series->year, &series->sex};
        size_t which = reading.axes[i].column == region ? 0 : reading.axes[i].column == year ? 1 : 2;
        *strides[which] = stride;
        stride *= reading.axes[i].count;
    }
    series->first_year = first_year;
    if (new_numbers(model, series, stride) == NULL)
        return FREM_NO_MEMORY;
    status = frem_reading_fill(&reading, model->diags, series->at);
    return status == FREM_OK ? check_range(model, value, table, series) : status;
}

frem_status frem_model_resolve(frem_model *model) {
    const frem_scenario *s = model->scenario;
    frem_status status = FREM_OK;
    model->series = frem_arena_alloc(model->arena, s->parameters.count > 0 ? s->parameters.count : 1,
                                     sizeof *model->series);
    if (model->series == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < s->parameters.count; i++) {
        const frem_value *value = s->parameters.items[i];
        frem_series *series = &model->series[i];
        frem_status one = FREM_OK;
        switch (value->form) {
        case FREM_VALUE_NONE:
            break;
        case FREM_VALUE_NUMBER:
            if (new_numbers(model, series, 1) == NULL)
                one = FREM_NO_MEMORY;
            else
                series->at[0] = value->number;
            break;
        case FREM_VALUE_PATH:
            one = resolve_path(model, value, series);
            break;
        case FREM_VALUE_GROWTH:
            one = resolve_growth(model, value, series);
            break;
        case FREM_VALUE_TABLE:
            one = resolve_table(model, value, series);
            break;
        }
        if (one != FREM_OK) {
            series->at = NULL;
            status = status == FREM_OK || one != FREM_INVALID ? one : status;
        }
    }
    return status;
}
