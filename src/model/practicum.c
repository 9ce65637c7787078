/* Whole places, and practicum places needed against those on offer. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/areas.h"
#include "model/practicum.h"
#include "model/split.h"

/* How far shares may sum from 1 by the way numbers are stored. */
#define SHARES_TOLERANCE 1e-9

double frem_practicum_school_sta(frem_view *view, const frem_practicum_school *school,
                                 frem_dimensioning reading) {
    double counted = frem_view_number(view, &school->dimensioning, 0);
    if (reading == FREM_DIMENSIONING_STA)
        return counted;
    return frem_practicum_sta(
        counted, frem_view_number(view, &view->model->scenario->practicum.ects, FREM_ECTS_PER_STA));
}

bool frem_practicum_intake(const frem_batch *batch, size_t programme, int year, bool *by_region,
                           double *out) {
    size_t regions = frem_index_count(batch->model->regions);
    bool reported = false;
    memset(out, 0, regions * sizeof *out);
    *by_region = false;
    for (size_t k = 0; k < batch->inputs.n_programmes; k++) {
        const frem_core_programme *stream = &batch->inputs.programmes[k];
        ptrdiff_t e = year - batch->model->base - stream->first_step;
        if (batch->programme_of[k] != programme || e < 0 || (size_t)e >= stream->entries)
            continue;
        if (stream->region >= (ptrdiff_t)batch->model->reported)
            continue;
        size_t lanes = stream->intake.lane ? batch->lanes : 1;
        *by_region = stream->region >= 0;
        out[stream->region >= 0 ? stream->region : 0] += stream->intake.at[(size_t)e * lanes];
        reported = true;
    }
    return reported;
}

/* ---- whole places ---- */

static void shares_sum(frem_view *view, const frem_programme *programme, int year, double sum) {
    char text[32], when[16], path[256];
    frem_number_brief(text, sum, 1);
    (void)snprintf(when, sizeof when, "%d", year);
    (void)snprintf(path, sizeof path, "%s.specialisations", programme->head.path);
    FREM_VIEW_PROBLEM(view, frem_entry_place(&programme->head, "specialisations"), SHARES_SUM_YEAR, path,
                      text, when);
}

/* Shares of an entry year's places. @param[out] shares [specialisations], summing to 1 */
static void read_specialisations(frem_view *view, const frem_programme *programme, int year, double *shares) {
    double sum = 0;
    for (size_t i = 0; i < programme->specialisations.count; i++) {
        const frem_value *share = &programme->specialisations.items[i].share;
        shares[i] = frem_series_at(frem_view_series(view, share), year, 0, 0, 0);
        if (isnan(shares[i]))
            frem_view_lacks_year(view, share, year);
        sum += shares[i];
    }
    if (fabs(sum - 1) > SHARES_TOLERANCE)
        shares_sum(view, programme, year, sum);
}

void frem_practicum_specialise(frem_view *view, const frem_programme *programme, int year, int64_t total,
                               int64_t *out) {
    size_t n = programme->specialisations.count;
    double *shares = frem_view_numbers(view, 2 * n);
    if (shares == NULL)
        return;
    read_specialisations(view, programme, year, shares);
    if (view->status == FREM_OK &&
        frem_places_divide(total, shares, n, NULL, NULL, shares + n, out) != FREM_PLACES_OK)
        frem_view_fail(view, FREM_DEFECT);
    free(shares);
}

/* Floors or ceilings by region as whole numbers; `otherwise` where they are not given. */
static void read_bounds(frem_view *view, const frem_value *value, int64_t otherwise, int64_t *out) {
    const frem_model *model = view->model;
    const frem_series *series = frem_view_series(view, value);
    for (size_t r = 0; r < frem_index_count(model->regions); r++) {
        double number = series->at != NULL ? frem_series_at(series, model->base, r, 0, 0) : 0;
        out[r] = series->at != NULL ? frem_places_whole(number) : otherwise;
        if (series->at == NULL || (double)out[r] == number)
            continue;
        char text[32];
        frem_number_shortest(text, number);
        FREM_VIEW_PROBLEM(view, value->head.place, PLACES_NOT_WHOLE, value->head.path, text,
                          series->region > 0 ? model->region_names[r] : NULL);
    }
}

/* Says why whole places cannot be divided, and by how much. */
static void undivided(frem_view *view, const frem_practicum_programme *practicum, frem_places_fault fault,
                      int year, int64_t total, const double *keys, const int64_t *floors,
                      const int64_t *ceilings) {
    size_t n = frem_index_count(view->model->regions), r = 0;
    const frem_value *floor = &practicum->floor, *ceiling = &practicum->ceiling;
    const frem_entry *limit = frem_value_given(ceiling) ? &ceiling->head : &practicum->split.head;
    int64_t least = frem_places_floor(floors, n), room = frem_places_room(keys, n, floors, ceilings);
    bool crossed = fault == FREM_PLACES_CROSSED, floored = fault == FREM_PLACES_FLOORS;
    while (crossed && floors[r] <= ceilings[r])
        r++;
    char all[32], when[16], one[32], other[32];
    frem_number_shortest(all, (double)total);
    (void)snprintf(when, sizeof when, "%d", year);
    frem_number_shortest(one, (double)(crossed ? floors[r] : floored ? least : room));
    frem_number_shortest(other, (double)(crossed ? ceilings[r] : floored ? least - total : total - room));
    if (crossed)
        FREM_VIEW_PROBLEM(view, floor->head.place, PLACES_CROSSED, floor->head.path, one,
                          view->model->region_names[r], other);
    else if (floored)
        FREM_VIEW_PROBLEM(view, floor->head.place, PLACES_FLOORS, floor->head.path, one, all, when, other);
    else
        FREM_VIEW_PROBLEM(view, limit->place, PLACES_CEILINGS, limit->path, one, all, when, other);
}

void frem_practicum_divide(frem_view *view, const frem_practicum_programme *practicum, int year,
                           int64_t total, const double *keys, int64_t *out) {
    size_t n = frem_index_count(view->model->regions);
    int64_t *bounds = malloc(2 * n * sizeof *bounds);
    double *scratch = frem_view_numbers(view, n);
    if (bounds == NULL)
        frem_view_fail(view, FREM_NO_MEMORY);
    if (view->status == FREM_OK)
        read_bounds(view, &practicum->floor, 0, bounds);
    if (view->status == FREM_OK)
        read_bounds(view, &practicum->ceiling, FREM_PLACES_MANY, bounds + n);
    if (view->status == FREM_OK) {
        frem_places_fault fault = frem_places_divide(total, keys, n, bounds, bounds + n, scratch, out);
        if (fault != FREM_PLACES_OK)
            undivided(view, practicum, fault, year, total, keys, bounds, bounds + n);
    }
    free(scratch);
    free(bounds);
}

static size_t profession_of(const frem_model *model, const frem_programme *programme) {
    ptrdiff_t place = frem_index_find(model->professions, programme->leads_to, strlen(programme->leads_to));
    return place > 0 ? (size_t)place : 0;
}

void frem_practicum_keys(frem_view *view, const frem_practicum_programme *practicum,
                         const frem_programme *programme, int year, double *keys) {
    const frem_model *model = view->model;
    const frem_split *split = &practicum->split;
    size_t n = frem_index_count(model->regions);
    const frem_area *area = frem_programme_area(model, programme);
    frem_model_shares(view, split, profession_of(model, programme), area, &split->head, keys);
    if (view->status != FREM_OK || split->by != FREM_SPLIT_POPULATION || area->count == 1)
        return;
    /* Places of a year go by the people of that year, not of the base year. */
    double sum = 0;
    for (size_t r = 0; r < n; r++)
        sum += keys[r] =
            area->has[r] ? frem_model_persons(model, split->ages, r, (size_t)(year - model->base)) : 0;
    if (!(sum > 0))
        FREM_VIEW_PROBLEM(view, split->head.place, SPLIT_EMPTY, split->head.path);
    for (size_t r = 0; r < n && sum > 0; r++)
        keys[r] /= sum;
}

/* ---- places needed and on offer ---- */

static double length_of(frem_view *view, const frem_programme *programme, size_t stage, int year) {
    const frem_value *length =
        programme->stages.count > 0 ? &programme->stages.items[stage].length : &programme->length;
    return frem_series_at(frem_view_series(view, length), year, 0, 0, 0);
}

/* The part of `years` of study that is practicum: a share, or weeks of the weeks in which a place can be used. */
static double part_of(frem_view *view, const frem_practicum_programme *practicum, const frem_value *share,
                      const frem_value *weeks, double years) {
    if (!frem_value_given(weeks))
        return frem_view_number(view, share, 0);
    double number = frem_view_number(view, weeks, 0), most = years * practicum->year_weeks;
    char a[32], b[32], c[32];
    frem_number_shortest(a, number);
    frem_number_shortest(b, years);
    frem_number_shortest(c, practicum->year_weeks);
    if (!(number <= most * (1 + SHARES_TOLERANCE)))
        FREM_VIEW_PROBLEM(view, weeks->head.place, PRACTICUM_WEEKS, weeks->head.path, a, b, c);
    return number > 0 ? number / most : 0;
}

/* The part of one stage that is practicum. */
static double stage_part(frem_view *view, const frem_practicum_programme *practicum,
                         const frem_programme *programme, size_t stage, int year) {
    double whole = 0;
    for (size_t i = 0; i < practicum->stages.count; i++) {
        const frem_practicum_stage *given = &practicum->stages.items[i];
        if (programme->stages.count > 0 &&
            strcmp(given->head.key, programme->stages.items[stage].head.key) == 0)
            return part_of(view, practicum, &given->share, &given->weeks,
                           length_of(view, programme, stage, year));
    }
    size_t stages = programme->stages.count > 0 ? programme->stages.count : 1;
    for (size_t s = 0; s < stages; s++)
        whole += length_of(view, programme, s, year);
    /* Where some stages are named, the others have no practicum: neither share nor weeks of the whole is given. */
    return part_of(view, practicum, &practicum->share, &practicum->weeks, whole);
}

void frem_practicum_load(frem_view *view, const frem_practicum_programme *practicum,
                         const frem_programme *programme, int year, frem_studying studying, double *load) {
    for (size_t s = 0; s < studying.stages; s++) {
        double part = stage_part(view, practicum, programme, s, year);
        for (size_t lag = 0; lag < studying.lags; lag++)
            load[lag * studying.stages + s] = part * studying.at[lag * studying.stages + s];
    }
}

double frem_practicum_offer(frem_view *view, const frem_practicum_programme *practicum, int year,
                            const frem_area *area, ptrdiff_t region) {
    const frem_model *model = view->model;
    const frem_series *offer = frem_view_series(view, &practicum->offer);
    if (offer->at == NULL || year < model->base || year >= model->base + (int)model->steps)
        return -1;
    if (offer->region == 0 || region >= 0)
        return frem_series_at(offer, year, region >= 0 ? (size_t)region : 0, 0, 0);
    double sum = 0;
    for (size_t r = 0; r < frem_index_count(model->regions); r++) {
        if (area->has[r])
            sum += frem_series_at(offer, year, r, 0, 0);
    }
    return sum;
}

/* ---- tried once when the model is made ---- */

/* Every year's places of one programme. */
static void check_programme(const frem_model *model, frem_view *view, size_t place, double *numbers,
                            int64_t *out) {
    const frem_programme *programme = &model->scenario->programmes.items[place];
    const frem_practicum_programme *practicum = frem_practicum_of(model->scenario, programme);
    size_t regions = frem_index_count(model->regions);
    double *intake = numbers, *keys = numbers + regions;
    for (size_t t = 0; t < model->steps && view->status == FREM_OK; t++) {
        int year = model->base + (int)t;
        bool by_region;
        double sum = 0;
        if (!frem_practicum_intake(model->as_is, place, year, &by_region, intake))
            continue;
        for (size_t r = 0; r < regions; r++)
            sum += intake[r];
        int64_t total = frem_places_whole(sum);
        if (programme->specialisations.count > 0)
            frem_practicum_specialise(view, programme, year, total, out);
        if (view->status != FREM_OK || practicum == NULL || practicum->split.head.node == NULL)
            continue;
        frem_practicum_keys(view, practicum, programme, year, keys);
        if (view->status == FREM_OK)
            frem_practicum_divide(view, practicum, year, total, keys, out);
    }
}

/* Every entry cohort's practicum fits in its studies. */
static void check_parts(const frem_model *model, frem_view *view, size_t place) {
    const frem_programme *programme = &model->scenario->programmes.items[place];
    const frem_practicum_programme *practicum = frem_practicum_of(model->scenario, programme);
    size_t stages = programme->stages.count > 0 ? programme->stages.count : 1;
    for (size_t k = 0; practicum != NULL && k < model->as_is->inputs.n_programmes; k++) {
        const frem_core_programme *stream = &model->as_is->inputs.programmes[k];
        if (model->as_is->programme_of[k] != place)
            continue;
        for (size_t i = 0; i < stream->entries * stages && view->status == FREM_OK; i++)
            (void)stage_part(view, practicum, programme, i % stages,
                             model->base + (int)stream->first_step + (int)(i / stages));
    }
}

/* What the places on offer need to be compared with the need. */
static void check_offer(const frem_model *model, frem_view *view, size_t place) {
    const frem_programme *programme = &model->scenario->programmes.items[place];
    const frem_practicum_programme *practicum = frem_practicum_of(model->scenario, programme);
    if (practicum == NULL || !frem_value_given(&practicum->offer) || frem_index_count(model->regions) == 1)
        return;
    bool by_region = false, offered = frem_view_series(view, &practicum->offer)->region > 0;
    for (size_t k = 0; k < model->as_is->inputs.n_programmes; k++)
        by_region = by_region || (model->as_is->programme_of[k] == place &&
                                  model->as_is->inputs.programmes[k].region >= 0);
    if (by_region && !offered)
        FREM_VIEW_PROBLEM(view, practicum->offer.head.place, PRACTICUM_OFFER_REGION,
                          practicum->offer.head.path);
    if (offered && !by_region && practicum->split.head.node == NULL)
        FREM_VIEW_PROBLEM(view, practicum->offer.head.place, PRACTICUM_OFFER_SPLIT,
                          practicum->offer.head.path);
}

frem_status frem_model_practicum_check(const frem_model *model, frem_diags *diags) {
    const frem_scenario *s = model->scenario;
    size_t regions = frem_index_count(model->regions);
    size_t room = regions;
    for (size_t k = 0; k < s->programmes.count; k++)
        room = s->programmes.items[k].specialisations.count > room
                   ? s->programmes.items[k].specialisations.count
                   : room;
    double *numbers = malloc(2 * regions * sizeof *numbers);
    int64_t *out = malloc(room * sizeof *out);
    frem_status result = numbers != NULL && out != NULL ? FREM_OK : FREM_NO_MEMORY;
    frem_view view = model->as_is->views[0];
    view.diags = diags;
    for (size_t k = 0; k < s->programmes.count && result != FREM_NO_MEMORY; k++) {
        check_programme(model, &view, k, numbers, out);
        check_parts(model, &view, k);
        if (view.status == FREM_OK)
            check_offer(model, &view, k);
        result = frem_tally_worse(result, frem_view_end(&view));
    }
    free(numbers);
    free(out);
    return result;
}

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
} municipal;

/* Half a unit of the last decimal of a number's text: "0.360" was rounded to a tenth of a per cent. A number
 * with an exponent shows no decimals and is taken as exact. */
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

static void find_columns(municipal *m) {
    static const char *const keys[NUMBERS] = {"students", "sta", "published"};
    const frem_practicum_table *given = &m->model->scenario->practicum.municipalities;
    const char *names[NUMBERS] = {given->students, given->sta, given->published};
    frem_model_find_column(m->model, m->table, &given->head, "school", given->school, &m->school);
    frem_model_find_column(m->model, m->table, &given->head, "region", given->region, &m->region);
    for (size_t i = 0; i < NUMBERS; i++) {
        frem_model_find_column(m->model, m->table, &given->head, keys[i], names[i], &m->places[i]);
        if (m->model->status == FREM_OK)
            m->numbers[i] = frem_model_numbers(m->model, m->table, m->places[i]);
    }
}

/* A cell with its range: shares lie in 0..1 (of the students above 0), STÅ are not negative. */
static frem_printed read_number(municipal *m, size_t row, int which) {
    frem_place place = frem_table_place(m->table, row, m->places[which]);
    const char *column = frem_table_column_names(m->table)[m->places[which]];
    const char *unit = which == STA ? "STÅ" : "share";
    double number = m->numbers[which][row];
    size_t n;
    const char *text = frem_table_cell(m->table, row, m->places[which], &n);
    if (isnan(number))
        FREM_MODEL_PROBLEM(m->model, place, TABLE_EMPTY_CELL, column);
    else if (which == STUDENTS && number == 0)
        FREM_MODEL_PROBLEM(m->model, place, PRACTICUM_NO_STUDENTS, column);
    else if (number < 0 || (which != STA && number > 1))
        FREM_MODEL_PROBLEM(m->model, place, OUT_OF_RANGE, column, text, "0", which == STA ? "∞" : "1", unit,
                           frem_unit_text(unit, FREM_DA));
    return (frem_printed){number, half_of_last(text, n)};
}

/* The place of a row's key among the schools or the scenario's own regions, the first `count` of the names. */
static size_t find_key(municipal *m, size_t row, size_t column, const char *what, frem_keys *keys,
                       size_t count) {
    size_t n;
    const char *text = frem_table_cell(m->table, row, column, &n);
    ptrdiff_t place = -1;
    frem_status status = frem_keys_find(keys, text, n, &place);
    if (status == FREM_OK && (place < 0 || (size_t)place >= count))
        status = frem_table_unknown_key(m->table, row, column, what, frem_index_names(keys->names), count,
                                        NULL, m->model->diags);
    frem_model_fail(m->model, status);
    return place >= 0 ? (size_t)place : 0;
}

/* Reports a municipality that a school has twice. */
static void check_double(municipal *m, const size_t *rows, size_t i) {
    frem_practicum_row *read = m->model->practicum_rows;
    char line[24];
    for (size_t k = 0; k < i; k++) {
        if (read[k].school != read[i].school || read[k].region != read[i].region)
            continue;
        frem_place first = frem_table_place(m->table, rows[k], m->region);
        frem_number_shortest(line, (double)first.line);
        frem_status raised = FREM_PROBLEM(m->model->diags, frem_table_place(m->table, rows[i], m->region),
                                          TABLE_DOUBLE_ROW, m->model->region_names[read[i].region], line);
        frem_model_fail(m->model, frem_diags_relate(m->model->diags, raised, first));
        return;
    }
}

static void read_rows(municipal *m, const size_t *rows, size_t n) {
    frem_model *model = m->model;
    model->practicum_rows = frem_model_alloc(model, n + 1, sizeof *model->practicum_rows);
    for (size_t i = 0; i < n && model->practicum_rows != NULL; i++) {
        frem_practicum_row *row = &model->practicum_rows[i];
        const frem_status before = frem_model_begin(model);
        row->school =
            find_key(m, rows[i], m->school, "school", &m->school_keys, frem_index_count(m->schools));
        row->region = find_key(m, rows[i], m->region, "region", &m->region_keys, model->reported);
        row->students = read_number(m, rows[i], STUDENTS);
        row->sta = read_number(m, rows[i], STA);
        row->published = read_number(m, rows[i], PUBLISHED);
        if (frem_model_end(model, before))
            check_double(m, rows, i);
    }
    model->n_practicum_rows = n;
}

static void name_schools(municipal *m) {
    const frem_practicum *practicum = &m->model->scenario->practicum;
    frem_model_fail(m->model, frem_index_new(&m->schools));
    for (size_t i = 0; i < practicum->schools.count && m->model->status == FREM_OK; i++) {
        const char *key = practicum->schools.items[i].head.key;
        frem_model_fail(m->model, frem_index_add(m->schools, key, strlen(key), NULL));
    }
    m->school_keys = (frem_keys){.names = m->schools};
    m->region_keys = (frem_keys){.names = m->model->regions};
}

static void check_schools(municipal *m) {
    const frem_practicum *practicum = &m->model->scenario->practicum;
    for (size_t s = 0; s < practicum->schools.count; s++) {
        bool found = false;
        for (size_t i = 0; i < m->model->n_practicum_rows; i++)
            found = found || m->model->practicum_rows[i].school == s;
        if (!found)
            FREM_MODEL_PROBLEM(m->model, practicum->schools.items[s].head.place, PRACTICUM_SCHOOL_EMPTY,
                               frem_table_source(m->table)->path, practicum->schools.items[s].head.key);
    }
}

void frem_model_practicum(frem_model *model) {
    const frem_practicum_table *given = &model->scenario->practicum.municipalities;
    if (given->head.node == NULL)
        return;
    municipal m = {.model = model,
                   .table = frem_model_table(model, &given->head, given->table, given->sheet)};
    const frem_filter *filters = frem_model_filters(model, &given->where);
    size_t *rows = NULL, n = 0;
    if (model->status == FREM_OK)
        find_columns(&m);
    if (model->status == FREM_OK)
        rows = frem_model_rows(model, m.table, filters, given->where.count, &n);
    name_schools(&m);
    if (model->status == FREM_OK)
        read_rows(&m, rows, n);
    if (model->status == FREM_OK)
        check_schools(&m);
    frem_keys_close(&m.school_keys);
    frem_keys_close(&m.region_keys);
    frem_index_free(m.schools);
    free(rows);
}
