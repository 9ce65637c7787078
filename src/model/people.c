/* The population: its table, and the shares of its oldest group where a table gives them. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/people.h"

/* How far the shares of a year may sum from 1: five of them, each rounded to a tenth of a per cent. */
#define OLD_SHARES_TOLERANCE 0.005

/* The population table, found and ready to be read. */
typedef struct people_table {
    frem_table *table;
    frem_reading reading; /* axes: region, year */
    const char *region;   /* the table's column, or NULL */
} people_table;

/* ---- ages ---- */

/* A cell with an age: whether it opens upwards, and the age. @return false where there is none. */
static bool read_top(const frem_table *table, const frem_reading *reading, size_t row, size_t from, size_t to,
                     int64_t *age, bool *open) {
    size_t n, m;
    const char *text = frem_table_cell(table, row, from, &n);
    const char *end = frem_table_cell(table, row, to, &m);
    if (reading->age_form == FREM_AGE_GROUPS) {
        *open = m == 0;
        return frem_key_whole(*open ? text : end, *open ? n : m, age);
    }
    return frem_key_age(text, n, age, open);
}

frem_status frem_people_oldest(frem_model *model, const frem_table *table, const frem_reading *reading,
                               const frem_entry *entry, size_t *ages, bool *open) {
    int64_t oldest = -1, age;
    bool groups = reading->age_form == FREM_AGE_GROUPS, single = reading->age_form == FREM_AGE_SINGLE;
    ptrdiff_t from = groups || single ? frem_table_column(table, reading->age_column) : -1;
    ptrdiff_t to = groups ? frem_table_column(table, reading->age_to_column) : from;
    *open = false;
    for (size_t row = 0; from >= 0 && to >= 0 && row < frem_table_rows(table); row++) {
        bool last = false;
        if (read_top(table, reading, row, (size_t)from, (size_t)to, &age, &last) && age > oldest &&
            age < FREM_PEOPLE_AGES)
            oldest = age;
        *open = *open || last;
    }
    *ages = (size_t)(oldest + 1);
    if (oldest < 0)
        return FREM_PROBLEM(model->diags, entry->place, NO_AGES, entry->path, frem_table_source(table)->path);
    return FREM_OK;
}

/* ---- shares of the oldest group ---- */

/* The first age of a table; -1 where none can be read. */
static int64_t find_youngest(const frem_table *table, const frem_reading *reading) {
    ptrdiff_t column = frem_table_column(table, reading->age_column);
    int64_t youngest = -1, age;
    for (size_t row = 0; column >= 0 && row < frem_table_rows(table); row++) {
        bool open = false;
        size_t n;
        const char *text = frem_table_cell(table, row, (size_t)column, &n);
        bool known = reading->age_form == FREM_AGE_GROUPS
                         ? frem_key_whole(text, n, &age)
                         : read_top(table, reading, row, (size_t)column, (size_t)column, &age, &open);
        youngest = known && (youngest < 0 || age < youngest) ? age : youngest;
    }
    return youngest;
}

frem_status frem_people_years(frem_model *model, frem_table *table, const char *column,
                              const frem_entry *entry, int64_t *first, int64_t *last) {
    const int64_t *years;
    frem_status status =
        frem_table_wholes(table, (size_t)frem_table_column(table, column), model->diags, &years);
    *first = INT64_MAX;
    *last = INT64_MIN;
    for (size_t row = 0; status == FREM_OK && row < frem_table_rows(table); row++) {
        *first = years[row] < *first && years[row] != FREM_TABLE_NO_WHOLE ? years[row] : *first;
        *last = years[row] > *last ? years[row] : *last;
    }
    /* A table of ages has years of this kind; anything else is a slip of the pen that would ask for much memory. */
    if (status == FREM_OK && (*first < 1800 || *last > 2300))
        status = FREM_PROBLEM(model->diags, frem_entry_place(entry, "table"), TABLE_LACKS, entry->path,
                              frem_table_source(table)->path, "year");
    return status;
}

/* Brings each year's shares to a sum of 1; a year that the table does not have is NaN throughout. */
static frem_status check_years(frem_model *model, const frem_old_ages *given, double *shares, int64_t first,
                               size_t years, size_t ages) {
    for (size_t y = 0; y < years; y++) {
        double *of = shares + y * ages, sum = 0;
        size_t missing = 0;
        for (size_t a = 0; a < ages; a++) {
            missing += isnan(of[a]) ? 1 : 0;
            sum += isnan(of[a]) ? 0 : of[a];
        }
        if (missing == ages)
            continue;
        if (missing > 0 || fabs(sum - 1) > OLD_SHARES_TOLERANCE) {
            char year[24], text[32];
            (void)snprintf(year, sizeof year, "%lld", (long long)first + (long long)y);
            frem_number_brief(text, sum, 1);
            return FREM_PROBLEM(model->diags, frem_entry_place(&given->head, "table"), SHARES_SUM_YEAR,
                                given->head.path, text, year);
        }
        for (size_t a = 0; a < ages; a++)
            of[a] /= sum;
    }
    return FREM_OK;
}

/* Shares of a year: the table's own, on a straight line between two of its years, or those of its first or last. */
static void shares_of(const double *shares, size_t years, size_t ages, int64_t first, int64_t year,
                      double *out) {
    int64_t below = year < first ? 0 : year - first;
    below = below < (int64_t)years ? below : (int64_t)years - 1;
    int64_t above = below;
    while (isnan(shares[(size_t)below * ages]))
        below--;
    while (isnan(shares[(size_t)above * ages]))
        above++;
    double part = above > below ? (double)(year - first - below) / (double)(above - below) : 0;
    for (size_t a = 0; a < ages; a++) {
        double low = shares[(size_t)below * ages + a], high = shares[(size_t)above * ages + a];
        out[a] = below == above ? low : low * (1 - part) + high * part;
    }
}

/* The table of shares as [year][single age], NaN in the years it lacks. */
static frem_status read_shares(frem_model *model, const frem_old_ages *given, size_t first_age,
                               double **shares, int64_t *first, size_t *years, size_t *ages) {
    static const frem_text_map no_keys = {NULL, 0};
    frem_table *table;
    frem_place place = frem_entry_place(&given->head, "table");
    frem_status status = frem_model_table(model, given->head.node, given->table, place, &table);
    if (status != FREM_OK)
        return status;
    const char *year = frem_model_column(table, &no_keys, "year");
    if (year == NULL)
        return FREM_PROBLEM(model->diags, place, TABLE_LACKS, given->head.path,
                            frem_table_source(table)->path, "year");
    frem_reading reading = {.table = table,
                            .asked_at = place,
                            .n_axes = 1,
                            .age_spread = FREM_SPREAD_COUNTS,
                            .age_first = (int)first_age,
                            .columns = {given->column},
                            .column_places = {frem_entry_place(&given->head, "column")},
                            .n_columns = 1,
                            .has_outside = true,
                            .outside = (double)NAN};
    int64_t last;
    size_t oldest;
    bool open;
    frem_model_ages(table, &no_keys, &reading);
    status = frem_people_oldest(model, table, &reading, &given->head, &oldest, &open);
    /* Groups below that age are told of when they are read. */
    bool late = status == FREM_OK && find_youngest(table, &reading) > (int64_t)first_age;
    if (status == FREM_OK && (!open || late || oldest <= first_age + 1)) {
        char text[16];
        (void)snprintf(text, sizeof text, "%zu", first_age);
        status = FREM_PROBLEM(model->diags, place, OLD_AGES_GROUPS, given->head.path,
                              frem_table_source(table)->path, text);
    }
    if (status == FREM_OK)
        status = frem_people_years(model, table, year, &given->head, first, &last);
    if (status != FREM_OK)
        return status;
    *years = (size_t)(last - *first + 1);
    *ages = oldest - first_age;
    reading.ages = *ages;
    reading.axes[0] = (frem_axis){.what = "year", .column = year, .first = *first, .count = *years};
    *shares = frem_arena_alloc(model->arena, *years * *ages, sizeof **shares);
    if (*shares == NULL)
        return FREM_NO_MEMORY;
    status = frem_reading_fill(&reading, model->diags, *shares);
    return status == FREM_OK ? check_years(model, given, *shares, *first, *years, *ages) : status;
}

/* @param first_age first age of the population's open group. @param wanted years from the base year on. */
static frem_status find_old_shares(frem_model *model, size_t first_age, bool open, size_t wanted,
                                   frem_old_shares *out) {
    const frem_old_ages *given = &model->scenario->population.old_ages;
    if (given->head.node == NULL)
        return FREM_OK;
    if (!open)
        return FREM_PROBLEM(model->diags, given->head.place, OLD_AGES_NOT_OPEN, given->head.path,
                            model->scenario->population.table);
    double *shares = NULL;
    int64_t first = 0;
    size_t years = 0, ages = 0;
    frem_status status = read_shares(model, given, first_age, &shares, &first, &years, &ages);
    if (status != FREM_OK)
        return status;
    out->at = frem_arena_alloc(model->arena, wanted * ages, sizeof *out->at);
    if (out->at == NULL)
        return FREM_NO_MEMORY;
    out->ages = ages;
    for (size_t t = 0; t < wanted; t++)
        shares_of(shares, years, ages, first, model->base + (int64_t)t, out->at + t * ages);
    return FREM_OK;
}

/* ---- persons ---- */

/* The regions of the population table, in its order: each once, however its rows write it; sums of regions are none. */
static frem_status list_country(frem_model *model, const people_table *people, frem_index **out) {
    const frem_reading *own = &people->reading;
    frem_index *texts = NULL, *regions = NULL;
    frem_keys keys = {.names = model->region_keys};
    frem_status status = frem_table_distinct(people->table, people->region, own->filters, own->n_filters,
                                             own->asked_at, model->diags, &texts);
    if (status == FREM_OK)
        status = frem_index_new(&regions);
    for (size_t i = 0; texts != NULL && i < frem_index_count(texts) && status == FREM_OK; i++) {
        const char *text = frem_index_name(texts, i);
        ptrdiff_t known = -1;
        status = frem_keys_find(&keys, text, strlen(text), &known);
        if (status != FREM_OK || known >= (ptrdiff_t)model->n_places)
            continue;
        const char *name = known >= 0 ? frem_index_name(model->region_keys, (size_t)known) : text;
        status = frem_index_add(regions, name, strlen(name), NULL);
    }
    frem_keys_close(&keys);
    frem_index_free(texts);
    if (status == FREM_OK)
        *out = regions;
    else
        frem_index_free(regions);
    return status;
}

frem_status frem_people_check_sexes(frem_model *model, const frem_reading *reading, const char *column) {
    frem_index *sexes = NULL;
    size_t *rows = NULL, n = 0;
    frem_status status = frem_index_new(&sexes);
    if (status == FREM_OK)
        status =
            frem_table_select(reading->table, reading->filters, reading->n_filters, model->diags, &rows, &n);
    if (status == FREM_OK)
        status = frem_model_table_sexes(model, reading->table, column, rows, n, sexes);
    if (status == FREM_OK && frem_index_count(sexes) > 1 && frem_index_find(sexes, "all", 3) >= 0)
        status = FREM_PROBLEM(model->diags, reading->asked_at, SEXES_AND_SUM,
                              frem_table_source(reading->table)->path, column);
    free(rows);
    frem_index_free(sexes);
    return status;
}

/* The whole country, [step][age]: all rows of the table whatever the scenario's regions, each region spread by
 * itself as the scenario's own are, so that the parts of all regions sum to it. */
static frem_status read_country(frem_model *model, const people_table *people, frem_people_ages *inside) {
    const frem_reading *own = &people->reading;
    frem_index *regions = NULL;
    double *persons;
    frem_reading reading = *own;
    reading.wanted = 0;
    frem_status status = people->region != NULL ? list_country(model, people, &regions) : FREM_OK;
    if (status != FREM_OK)
        return status;
    if (people->region != NULL) {
        reading.axes[0].names = regions;
        reading.axes[0].skip_unknown = true; /* sums of regions, and unknown ones, which have been reported */
    }
    reading.axes[0].count = people->region != NULL ? frem_index_count(regions) : 1;
    size_t ages = model->people.ages;
    model->people.country = frem_arena_alloc(model->arena, model->steps * ages, sizeof(double));
    status =
        model->people.country != NULL ? frem_people_read(model, &reading, inside, &persons) : FREM_NO_MEMORY;
    for (size_t i = 0; status == FREM_OK && i < reading.axes[0].count * model->steps * ages; i++)
        model->people.country[i % (model->steps * ages)] += persons[i];
    frem_index_free(regions);
    return status;
}

/* Finds the table and its columns. */
static frem_status find_people(frem_model *model, size_t years, people_table *out) {
    const frem_population *given = &model->scenario->population;
    frem_filter *filters;
    frem_place place = frem_entry_place(&given->head, "table");
    frem_status status = frem_model_table(model, given->head.node, given->table, place, &out->table);
    if (status == FREM_OK)
        status = frem_model_filters(model, &given->where, &filters);
    if (status == FREM_OK)
        status = frem_model_check_keys(model, out->table, &given->keys, given->head.path);
    if (status != FREM_OK)
        return status;
    const char *path = frem_table_source(out->table)->path;
    const char *year = frem_model_column(out->table, &given->keys, "year");
    const char *sex = frem_model_column(out->table, &given->keys, "sex");
    const char *region = frem_model_column(out->table, &given->keys, "region");
    /* Without regions the whole table is the one area. */
    out->region = model->one_area ? NULL : region;
    if (out->region == NULL && frem_index_count(model->regions) > 1)
        return FREM_PROBLEM(model->diags, given->head.place, TABLE_LACKS, given->head.path, path, "region");
    if (year == NULL)
        return FREM_PROBLEM(model->diags, given->head.place, TABLE_LACKS, given->head.path, path, "year");
    out->reading = (frem_reading){
        .table = out->table,
        .asked_at = place,
        .filters = filters,
        .n_filters = given->where.count,
        .axes = {frem_model_region_axis(model, out->table, out->region),
                 {.what = "year", .column = year, .first = model->base, .count = years, .skip_others = true}},
        .n_axes = 2,
        .wanted = model->reported,
        .others_at = model->covers_at,
        .age_spread = FREM_SPREAD_GROUPS,
        .ages_outside_skip = true,
        .counts = true,
        .columns = {given->column},
        .column_places = {frem_entry_place(&given->head, "column")},
        .n_columns = 1,
        .add = sex != NULL || (model->one_area && region != NULL),
        .told_by = model->one_area && region != NULL ? NULL : sex,
    };
    frem_model_ages(out->table, &given->keys, &out->reading);
    return sex != NULL && frem_table_column(out->table, sex) >= 0
               ? frem_people_check_sexes(model, &out->reading, sex)
               : FREM_OK;
}

/* What its ages inside groups are spread by. */
static frem_status find_inside(frem_model *model, const people_table *people, frem_people_ages *out) {
    size_t first_open = people->reading.ages - 1;
    bool open = model->people.open;
    frem_status status = find_old_shares(model, first_open, open, out->years, &out->old);
    if (status == FREM_OK)
        status = frem_profile_read(model, &out->profile);
    if (out->profile.years > 0) {
        model->people.profile_first = (int)out->profile.first;
        model->people.profile_last = (int)out->profile.first + (int)out->profile.years - 1;
    }
    out->open = open;
    out->ages = people->reading.ages;
    if (out->old.ages > 0)
        out->ages = first_open + out->old.ages;
    else if (open && out->profile.at != NULL && out->profile.open && out->profile.ages > out->ages)
        out->ages = out->profile.ages;
    return status;
}

/* The first and last year of the table; the last before the first where it has none that can be read. */
static frem_status find_span(frem_model *model, const people_table *people, int64_t *first, int64_t *last) {
    const frem_reading *reading = &people->reading;
    frem_index *years = NULL;
    frem_status status = frem_table_distinct(people->table, reading->axes[1].column, reading->filters,
                                             reading->n_filters, reading->asked_at, model->diags, &years);
    *first = INT64_MAX;
    *last = INT64_MIN;
    for (size_t i = 0; status == FREM_OK && i < frem_index_count(years); i++) {
        const char *text = frem_index_name(years, i);
        int64_t year;
        if (frem_whole_read(text, strlen(text), &year) != FREM_NUMBER_OK)
            continue;
        *first = year < *first ? year : *first;
        *last = year > *last ? year : *last;
    }
    frem_index_free(years);
    return status;
}

/* Whether some row is of a year, looked for from either end: tables are sorted, so that this costs nothing. */
static bool has_year(const people_table *people, int64_t year, bool from_end) {
    char text[24];
    size_t length = (size_t)snprintf(text, sizeof text, "%lld", (long long)year),
           rows = frem_table_rows(people->table);
    ptrdiff_t column = frem_table_column(people->table, people->reading.axes[1].column);
    for (size_t i = 0; column >= 0 && i < rows; i++) {
        size_t n;
        const char *cell = frem_table_cell(people->table, from_end ? rows - 1 - i : i, (size_t)column, &n);
        if (n == length && memcmp(cell, text, n) == 0)
            return true;
    }
    return false;
}

static frem_status tell_year(frem_model *model, frem_code code, const char *key, int64_t given, int64_t known,
                             const people_table *people) {
    const frem_scenario *s = model->scenario;
    char year[24], end[24];
    (void)snprintf(year, sizeof year, "%lld", (long long)given);
    (void)snprintf(end, sizeof end, "%lld", (long long)known);
    const char *args[] = {year, frem_table_source(people->table)->path, end};
    return frem_diags_relate(
        model->diags, frem_diags_add(model->diags, frem_entry_place(&s->years.head, key), code, args, 3),
        people->reading.asked_at);
}

/* Years that the population does not have at either end are one problem, of the years: whoever extends a file with a
 * population did not choose its table. */
static frem_status check_span(frem_model *model, const people_table *people, const frem_people_ages *inside) {
    int64_t first, last, base = model->base, until = base + (int64_t)model->steps - 1;
    int64_t end = base + (int64_t)inside->years - 1;
    bool moved = end > until;
    if (has_year(people, base, false) && has_year(people, end, true))
        return FREM_OK;
    frem_status status = find_span(model, people, &first, &last);
    if (status != FREM_OK || first > last)
        return status;
    if (end > last && base <= last)
        status = tell_year(model, moved ? FREM_MSG_POPULATION_ENDS_MOVED : FREM_MSG_POPULATION_ENDS, "until",
                           until, moved ? last - 1 : last, people);
    if (base < first && until >= first && status != FREM_NO_MEMORY)
        status = tell_year(model, FREM_MSG_POPULATION_BEGINS, "base", base, first, people);
    return status;
}

frem_status frem_model_people(frem_model *model) {
    const frem_scenario *s = model->scenario;
    if (s->population.head.node == NULL)
        return FREM_OK;
    people_table people;
    frem_people_ages inside = {.moved = s->population.at == FREM_PEOPLE_COUNT ? model->count / 12 : 0};
    inside.years = model->steps + (inside.moved > 0 ? 1 : 0);
    frem_people *out = &model->people;
    frem_status status = find_people(model, inside.years, &people);
    if (status == FREM_OK)
        status = frem_people_oldest(model, people.table, &people.reading, &s->population.head,
                                    &people.reading.ages, &out->open);
    if (status == FREM_OK)
        status = find_inside(model, &people, &inside);
    if (status == FREM_OK)
        status = check_span(model, &people, &inside);
    if (status != FREM_OK)
        return status;
    out->ages = inside.ages;
    inside.joined = frem_arena_alloc(model->arena, out->ages, sizeof *inside.joined);
    status =
        inside.joined != NULL ? frem_people_read(model, &people.reading, &inside, &out->at) : FREM_NO_MEMORY;
    out->joined = inside.joined;
    if (status != FREM_OK)
        out->at = NULL;
    inside.joined = NULL; /* what the scenario's own regions have, not the whole country */
    for (size_t j = 0; j < s->demand.count && out->country == NULL && status == FREM_OK; j++) {
        if (s->demand.items[j].budget.head.node != NULL)
            status = read_country(model, &people, &inside);
    }
    frem_age_plan_free(inside.plan);
    return status;
}

/* ---- questions ---- */

static double sum_ages(const frem_people *people, const double *at, frem_age_range ages) {
    size_t from = ages.given ? (size_t)ages.from : 0;
    size_t end = ages.given && ages.to < (int)people->ages - 1 ? (size_t)ages.to + 1 : people->ages;
    double sum = 0;
    for (size_t age = from; age < end; age++)
        sum += at[age];
    return sum;
}

double frem_model_persons(const frem_model *model, frem_age_range ages, size_t region, size_t step) {
    const frem_people *people = &model->people;
    return sum_ages(people, people->at + (region * model->steps + step) * people->ages, ages);
}

double frem_model_country(const frem_model *model, frem_age_range ages, size_t step) {
    return sum_ages(&model->people, model->people.country + step * model->people.ages, ages);
}

bool frem_model_can_tell_at(const frem_model *model, frem_diags *diags, frem_age_range ages, frem_place place,
                            const char *path) {
    if (!ages.given)
        return true;
    int last = (int)model->people.ages - 1;
    bool reaches_open = ages.to >= last && ages.to != INT_MAX;
    if (ages.from <= last && !(model->people.open && reaches_open))
        return true;
    char from[16], to[16], oldest[16];
    (void)snprintf(from, sizeof from, "%d", ages.from);
    (void)snprintf(to, sizeof to, "%d", ages.to);
    (void)snprintf(oldest, sizeof oldest, "%d", last);
    (void)FREM_PROBLEM(diags, place, AGES_NOT_TOLD, path, from, ages.to == INT_MAX ? "∞" : to, oldest);
    return false;
}

bool frem_model_can_tell(const frem_model *model, frem_diags *diags, frem_age_range ages,
                         const frem_entry *entry, const char *key) {
    return frem_model_can_tell_at(model, diags, ages, frem_entry_place(entry, key), entry->path);
}
