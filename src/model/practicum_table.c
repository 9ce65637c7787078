/* The table of municipalities, and numbers as they were printed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/practicum.h"

/* Columns of the table that hold numbers. */
enum { STUDENTS, STA, PUBLISHED, NUMBERS };

/* A table under way. */
typedef struct municipal {
    frem_model *model;
    frem_table *table;
    size_t school, region, places[NUMBERS];
    const double *numbers[NUMBERS];
    frem_index *schools;
    frem_keys school_keys, region_keys;
    frem_status status;
} municipal;

/* Half a unit of the last decimal of a number's text: "0.360" was rounded to a tenth of a per cent. What is written
 * with an exponent tells no decimals and is taken as exact. */
static double half_of_last(const char *text, size_t n) {
    const char *point = memchr(text, '.', n);
    point = point != NULL ? point : memchr(text, ',', n); /* of a table with decimal commas */
    if (memchr(text, 'e', n) != NULL || memchr(text, 'E', n) != NULL)
        return 0;
    double half = 0.5;
    for (size_t i = point != NULL ? (size_t)(point - text) + 1 : n; i < n; i++)
        half /= 10;
    return half;
}

frem_printed frem_practicum_printed(const frem_value *value) {
    const frem_node *node = value->head.node;
    if (node != NULL && node->kind == FREM_MAPPING)
        node = frem_node_get(node, "value");
    double times = isnan(value->times) ? 1 : value->times;
    frem_printed printed = {frem_value_changed(value, value->number), 0};
    if (node != NULL && node->kind == FREM_SCALAR)
        printed.half = half_of_last(node->text, node->length) * fabs(times);
    return printed;
}

static size_t find_column(municipal *m, const char *column, const char *key) {
    const frem_entry *head = &m->model->scenario->practicum.municipalities.head;
    ptrdiff_t place = frem_table_column(m->table, column);
    if (place >= 0)
        return (size_t)place;
    m->status =
        FREM_PROBLEM(m->model->diags, frem_entry_place(head, key), UNKNOWN_COLUMN, head->path,
                     frem_table_source(m->table)->path, column,
                     frem_nearest(column, frem_table_column_names(m->table), frem_table_columns(m->table)));
    return 0;
}

static void find_columns(municipal *m) {
    static const char *const keys[NUMBERS] = {"students", "sta", "published"};
    const frem_practicum_table *given = &m->model->scenario->practicum.municipalities;
    const char *names[NUMBERS] = {given->students, given->sta, given->published};
    m->school = find_column(m, given->school, "school");
    m->region = find_column(m, given->region, "region");
    for (size_t i = 0; i < NUMBERS; i++) {
        m->places[i] = find_column(m, names[i], keys[i]);
        if (m->status == FREM_OK)
            m->status = frem_table_numbers(m->table, m->places[i], m->model->diags, &m->numbers[i]);
    }
}

/* A cell with its range: shares lie in 0..1 (of the students above 0), STÅ are not negative. */
static bool read_number(municipal *m, size_t row, int which, frem_printed *out) {
    frem_place place = frem_table_place(m->table, row, m->places[which]);
    double number = m->numbers[which][row];
    size_t n;
    const char *text = frem_table_cell(m->table, row, m->places[which], &n);
    *out = (frem_printed){number, half_of_last(text, n)};
    if (isnan(number)) {
        m->status = FREM_PROBLEM(m->model->diags, place, TABLE_EMPTY_CELL,
                                 frem_table_column_names(m->table)[m->places[which]]);
        return false;
    }
    const char *column = frem_table_column_names(m->table)[m->places[which]];
    if (which == STUDENTS && number == 0) {
        m->status = FREM_PROBLEM(m->model->diags, place, PRACTICUM_NO_STUDENTS, column);
        return false;
    }
    if (number >= 0 && (which == STA || number <= 1))
        return true;
    m->status =
        FREM_PROBLEM(m->model->diags, place, OUT_OF_RANGE, column, text, "0", which == STA ? "∞" : "1",
                     which == STA ? "STÅ" : "share", frem_unit_text(which == STA ? "STÅ" : "share", FREM_DA));
    return false;
}

/* The place of a row's key among the schools or the scenario's own regions, the first `count` of the names; -1 after
 * reporting. */
static ptrdiff_t find_key(municipal *m, size_t row, size_t column, const char *what, frem_keys *keys,
                          size_t count) {
    size_t n;
    const char *text = frem_table_cell(m->table, row, column, &n);
    ptrdiff_t place = -1;
    frem_status status = frem_keys_find(keys, text, n, &place);
    if (status == FREM_OK && (place < 0 || (size_t)place >= count)) {
        status = frem_table_unknown_key(m->table, row, column, what, frem_index_names(keys->names), count,
                                        NULL, m->model->diags);
        place = -1;
    }
    m->status = status != FREM_OK ? status : m->status;
    return place;
}

/* A municipality stands once under a school. */
static void check_double(municipal *m, const size_t *rows, size_t i) {
    frem_practicum_row *read = m->model->practicum_rows;
    char line[24];
    for (size_t k = 0; k < i; k++) {
        if (read[k].school != read[i].school || read[k].region != read[i].region)
            continue;
        frem_number_shortest(line, (double)frem_table_place(m->table, rows[k], m->region).line);
        m->status = FREM_PROBLEM(m->model->diags, frem_table_place(m->table, rows[i], m->region),
                                 TABLE_DOUBLE_ROW, m->model->region_names[read[i].region], line);
        m->status =
            frem_diags_relate(m->model->diags, m->status, frem_table_place(m->table, rows[k], m->region));
        return;
    }
}

static void read_rows(municipal *m, const size_t *rows, size_t n) {
    frem_model *model = m->model;
    model->practicum_rows = frem_arena_alloc(model->arena, n + 1, sizeof *model->practicum_rows);
    if (model->practicum_rows == NULL) {
        m->status = FREM_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        frem_practicum_row *row = &model->practicum_rows[i];
        ptrdiff_t school =
            find_key(m, rows[i], m->school, "school", &m->school_keys, frem_index_count(m->schools));
        ptrdiff_t region = find_key(m, rows[i], m->region, "region", &m->region_keys, model->reported);
        bool good = read_number(m, rows[i], STUDENTS, &row->students);
        good = read_number(m, rows[i], STA, &row->sta) && good;
        good = read_number(m, rows[i], PUBLISHED, &row->published) && good;
        if (!good || school < 0 || region < 0)
            continue;
        row->school = (size_t)school;
        row->region = (size_t)region;
        check_double(m, rows, i);
    }
    model->n_practicum_rows = n;
}

static frem_status name_schools(municipal *m) {
    const frem_practicum *practicum = &m->model->scenario->practicum;
    frem_status status = frem_index_new(&m->schools);
    for (size_t i = 0; i < practicum->schools.count && status == FREM_OK; i++) {
        const char *key = practicum->schools.items[i].head.key;
        status = frem_index_add(m->schools, key, strlen(key), NULL);
    }
    m->school_keys = (frem_keys){.names = m->schools};
    m->region_keys = (frem_keys){.names = m->model->regions};
    return status;
}

static void check_schools(municipal *m) {
    const frem_practicum *practicum = &m->model->scenario->practicum;
    for (size_t s = 0; s < practicum->schools.count; s++) {
        bool found = false;
        for (size_t i = 0; i < m->model->n_practicum_rows; i++)
            found = found || m->model->practicum_rows[i].school == s;
        if (!found)
            m->status =
                FREM_PROBLEM(m->model->diags, practicum->schools.items[s].head.place, PRACTICUM_SCHOOL_EMPTY,
                             frem_table_source(m->table)->path, practicum->schools.items[s].head.key);
    }
}

frem_status frem_model_practicum(frem_model *model) {
    const frem_practicum_table *given = &model->scenario->practicum.municipalities;
    if (given->head.node == NULL)
        return FREM_OK;
    municipal m = {.model = model};
    frem_filter *filters;
    size_t *rows = NULL, n = 0;
    m.status = frem_model_table(model, given->head.node, given->table,
                                frem_entry_place(&given->head, "table"), &m.table);
    if (m.status == FREM_OK)
        m.status = frem_model_filters(model, &given->where, &filters);
    if (m.status == FREM_OK)
        find_columns(&m);
    if (m.status == FREM_OK)
        m.status = frem_table_select(m.table, filters, given->where.count, model->diags, &rows, &n);
    if (m.status == FREM_OK)
        m.status = name_schools(&m);
    if (m.status == FREM_OK)
        read_rows(&m, rows, n);
    if (m.status == FREM_OK)
        check_schools(&m);
    frem_keys_close(&m.school_keys);
    frem_keys_close(&m.region_keys);
    frem_index_free(m.schools);
    free(rows);
    return m.status;
}
