/* The population: its table, and the shares of its oldest group where a table gives them. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/model.h"
#include "numeric/numeric.h"

/** Most ages that a population has. */
enum { FREM_PEOPLE_AGES = 200 };

/** Shares of the oldest, open group by single age, from the group's first age on. */
typedef struct old_shares {
    size_t ages; /**< the last one is open; 0: the group stays as it is */
    double *at;  /**< [step][age], each step sums to 1 */
} old_shares;

/** Persons of a larger area by year and single age, from age 0. */
typedef struct profile_of_ages {
    double *at; /**< [year][age]; NULL: none is given */
    frem_table
        *table; /**< keeps the last plan that was made of it: variants and later runs often need the same */
    int64_t first;
    size_t years, ages;
    bool open; /**< whether the last age holds everybody older */
} profile_of_ages;

/** How the ages inside the population's groups are found. */
typedef struct people_ages {
    size_t ages; /**< of the population in the end */
    size_t
        years; /**< that are read, from the base year on: the scenario's, and one more where `moved` is above 0 */
    double moved; /**< part of a year from the table's day to the day that its people are of, 0..1 */
    bool open;    /**< whether the table's last age is an open group */
    old_shares old;
    profile_of_ages profile;
    bool *joined; /**< [age] set where an age turns out to be inside a group; NULL: not asked for */
} people_ages;

/* How far the shares of a year may sum from 1: five of them, each rounded to a tenth of a per cent. */
#define OLD_SHARES_TOLERANCE 0.005

void frem_ages_text(char out[FREM_AGES_TEXT], frem_age_range ages) {
    if (ages.to == INT_MAX)
        (void)snprintf(out, FREM_AGES_TEXT, "%d+", ages.from);
    else if (ages.to == ages.from)
        (void)snprintf(out, FREM_AGES_TEXT, "%d", ages.from);
    else
        (void)snprintf(out, FREM_AGES_TEXT, "%d-%d", ages.from, ages.to);
}

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

/* How many ages a table has, from 0 on. */
static size_t people_oldest(frem_model *model, const frem_reading *reading, const frem_entry *entry,
                            bool *open) {
    const frem_table *table = reading->table;
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
    if (oldest < 0)
        FREM_MODEL_PROBLEM(model, entry->place, NO_AGES, entry->path, frem_table_source(table)->path);
    return (size_t)(oldest + 1);
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

/* Says that a table has no column of years, or no year that is one. */
static void lacks_year(frem_model *model, const frem_entry *entry, const frem_table *table) {
    FREM_MODEL_PROBLEM(model, frem_entry_place(entry, "table"), TABLE_LACKS, entry->path,
                       frem_table_source(table)->path, "year");
}

/* The years of a table that are its first axis, from the first to the last that it has. */
static void people_years(frem_model *model, frem_reading *reading, const frem_entry *entry) {
    frem_axis *axis = &reading->axes[0];
    size_t column = (size_t)frem_table_column(reading->table, axis->column);
    const int64_t *years = frem_model_wholes(model, reading->table, column);
    int64_t first = INT64_MAX, last = INT64_MIN;
    for (size_t row = 0; years != NULL && row < frem_table_rows(reading->table); row++) {
        first = years[row] < first && years[row] != FREM_TABLE_NO_WHOLE ? years[row] : first;
        last = years[row] > last ? years[row] : last;
    }
    /* A table of ages has years of this kind; anything else is a slip of the pen that would ask for much memory. */
    if (years != NULL && (first < 1800 || last > 2300))
        lacks_year(model, entry, reading->table);
    if (model->status != FREM_OK)
        return;
    axis->first = first;
    axis->count = (size_t)(last - first + 1);
}

/* Brings each year's shares to a sum of 1; a year that the table does not have is NaN throughout. */
static void check_years(frem_model *model, const frem_old_ages *given, double *shares, int64_t first,
                        size_t years, size_t ages) {
    for (size_t y = 0; y < years && model->status == FREM_OK; y++) {
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
            FREM_MODEL_PROBLEM(model, frem_entry_place(&given->head, "table"), SHARES_SUM_YEAR,
                               given->head.path, text, year);
        }
        for (size_t a = 0; a < ages; a++)
            of[a] /= sum;
    }
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

/* A table of one column by year and age, for which the scenario names no columns. */
static frem_reading ages_reading(frem_model *model, const frem_entry *head, const char *name,
                                 const char *sheet, const char *column) {
    static const frem_text_map no_keys = {NULL, 0};
    frem_reading reading = {.asked_at = frem_entry_place(head, "table"),
                            .n_axes = 1,
                            .age_spread = FREM_SPREAD_COUNTS,
                            .columns = {column},
                            .column_places = {frem_entry_place(head, "column")},
                            .n_columns = 1};
    reading.table = frem_model_table(model, head, name, sheet);
    if (reading.table == NULL)
        return reading;
    const char *year = frem_model_column(reading.table, &no_keys, "year");
    reading.axes[0] = (frem_axis){.what = "year", .column = year};
    if (year == NULL)
        lacks_year(model, head, reading.table);
    frem_model_ages(reading.table, &no_keys, &reading);
    return reading;
}

/* The table of shares, with the years that it has. */
static frem_reading shares_reading(frem_model *model, const frem_old_ages *given, size_t first_age) {
    frem_reading reading = ages_reading(model, &given->head, given->table, given->sheet, given->column);
    size_t oldest = 0;
    bool open = false;
    reading.age_first = (int)first_age;
    reading.has_outside = true;
    reading.outside = (double)NAN;
    if (model->status == FREM_OK)
        oldest = people_oldest(model, &reading, &given->head, &open);
    /* Groups below that age are reported when they are read. */
    bool late = model->status == FREM_OK && find_youngest(reading.table, &reading) > (int64_t)first_age;
    if (model->status == FREM_OK && (!open || late || oldest <= first_age + 1)) {
        char text[16];
        (void)snprintf(text, sizeof text, "%zu", first_age);
        FREM_MODEL_PROBLEM(model, reading.asked_at, OLD_AGES_GROUPS, given->head.path,
                           frem_table_source(reading.table)->path, text);
    }
    reading.ages = oldest - first_age;
    if (model->status == FREM_OK)
        people_years(model, &reading, &given->head);
    return reading;
}

/* @param first_age first age of the population's open group. @param wanted years from the base year on. */
static void find_old_shares(frem_model *model, size_t first_age, bool open, size_t wanted, old_shares *out) {
    const frem_old_ages *given = &model->scenario->population.old_ages;
    if (given->head.node == NULL)
        return;
    if (!open) {
        FREM_MODEL_PROBLEM(model, given->head.place, OLD_AGES_NOT_OPEN, given->head.path,
                           model->scenario->population.table);
        return;
    }
    const frem_reading reading = shares_reading(model, given, first_age);
    if (model->status != FREM_OK)
        return;
    const size_t years = reading.axes[0].count, ages = reading.ages;
    /* [year][single age], NaN in the years that the table lacks */
    double *shares = frem_model_alloc(model, years * ages, sizeof *shares);
    out->at = frem_model_alloc(model, wanted * ages, sizeof *out->at);
    out->ages = ages;
    if (model->status == FREM_OK)
        frem_model_fail(model, frem_reading_fill(&reading, model->diags, shares));
    if (model->status == FREM_OK)
        check_years(model, given, shares, reading.axes[0].first, years, ages);
    for (size_t t = 0; t < wanted && model->status == FREM_OK; t++)
        shares_of(shares, years, ages, reading.axes[0].first, model->base + (int64_t)t, out->at + t * ages);
}

/* ---- persons ---- */

/* The regions of the population table, in its order: each once, however its rows write it; sums of regions are none. */
static frem_index *list_country(frem_model *model, const people_table *people) {
    const frem_reading *own = &people->reading;
    frem_index *texts = NULL, *regions = NULL;
    frem_keys keys = {.names = model->region_keys};
    frem_model_fail(model, frem_table_distinct(people->table, people->region, own->filters, own->n_filters,
                                               own->asked_at, model->diags, &texts));
    frem_model_fail(model, frem_index_new(&regions));
    for (size_t i = 0; texts != NULL && i < frem_index_count(texts) && model->status == FREM_OK; i++) {
        const char *text = frem_index_name(texts, i);
        ptrdiff_t known = -1;
        frem_model_fail(model, frem_keys_find(&keys, text, strlen(text), &known));
        if (model->status != FREM_OK || known >= (ptrdiff_t)model->n_places)
            continue;
        const char *name = known >= 0 ? frem_index_name(model->region_keys, (size_t)known) : text;
        frem_model_fail(model, frem_index_add(regions, name, strlen(name), NULL));
    }
    frem_keys_close(&keys);
    frem_index_free(texts);
    return regions;
}

/* Reports sexes beside their sum. @param column of the sexes */
static void people_check_sexes(frem_model *model, const frem_reading *reading, const char *column) {
    frem_index *sexes = NULL;
    size_t n, *rows = frem_model_rows(model, reading->table, reading->filters, reading->n_filters, &n);
    frem_model_fail(model, frem_index_new(&sexes));
    if (model->status == FREM_OK)
        frem_model_table_sexes(model, reading->table, column, rows, n, sexes);
    if (model->status == FREM_OK && frem_index_count(sexes) > 1 && frem_index_find(sexes, "all", 3) >= 0)
        FREM_MODEL_PROBLEM(model, reading->asked_at, SEXES_AND_SUM, frem_table_source(reading->table)->path,
                           column);
    free(rows);
    frem_index_free(sexes);
}

/* Years of the table that may lie around those of the scenario. */
enum { YEARS_AROUND = 100 };

/* ---- the profile ---- */

static profile_of_ages profile_read(frem_model *model) {
    static const frem_text_map no_keys = {NULL, 0};
    const frem_age_profile *given = &model->scenario->population.ages;
    profile_of_ages out = {0};
    if (given->head.node == NULL)
        return out;
    frem_reading reading = ages_reading(model, &given->head, given->table, given->sheet, given->column);
    const char *sex = model->status == FREM_OK ? frem_model_column(reading.table, &no_keys, "sex") : NULL;
    reading.add = sex != NULL;
    if (sex != NULL)
        people_check_sexes(model, &reading, sex);
    if (model->status == FREM_OK)
        out.ages = reading.ages = people_oldest(model, &reading, &given->head, &out.open);
    if (model->status == FREM_OK)
        people_years(model, &reading, &given->head);
    if (model->status != FREM_OK)
        return out;
    out.table = reading.table;
    out.first = reading.axes[0].first;
    out.years = reading.axes[0].count;
    out.at = frem_model_alloc(model, out.years * out.ages, sizeof *out.at);
    if (out.at != NULL)
        frem_model_fail(model, frem_reading_fill(&reading, model->diags, out.at));
    return out;
}

/* A share of nothing is nothing. */
static double ratio(double of, double to) {
    return to > 0 ? of / to : 0;
}

/* Who is of an age a year before: of the age below, and of the oldest age those who stay in it. */
static double come_from(const profile_of_ages *profile, const double *year, size_t age) {
    bool stays = profile->open && age + 1 == profile->ages;
    return year[age - 1] + (stays ? year[age] : 0);
}

/* A year after the last one: its cohorts go on with the change of the last two years; births are those of the last. */
static void go_on(const profile_of_ages *profile, const double *before, double *out) {
    const double *last = profile->at + (profile->years - 1) * profile->ages;
    out[0] = last[0];
    for (size_t age = 1; age < profile->ages; age++)
        out[age] =
            come_from(profile, before, age) * ratio(last[age], come_from(profile, last - profile->ages, age));
}

/* A year before the first one, by the change of the first two. The oldest are as many as in the first. */
static void go_back(const profile_of_ages *profile, const double *after, double *out) {
    const double *first = profile->at, *second = profile->at + profile->ages;
    size_t kept = profile->open && profile->ages > 1 ? 2 : 1; /* who leaves the last age is not seen */
    for (size_t age = 0; age < profile->ages; age++)
        out[age] =
            age + kept < profile->ages ? after[age + 1] * ratio(first[age], second[age + 1]) : first[age];
}

/* The profile for some years, those beyond its own by its cohorts. @param[out] out [year][age] */
static frem_status fill_years(const profile_of_ages *profile, int64_t first, size_t years, double *out) {
    size_t n = profile->ages;
    int64_t end = first + (int64_t)years, own_end = profile->first + (int64_t)profile->years;
    int64_t from = first < profile->first ? first : profile->first, to = end > own_end ? end : own_end;
    double *all = malloc((size_t)(to - from) * n * sizeof *all);
    if (all == NULL)
        return FREM_NO_MEMORY;
    memcpy(all + (size_t)(profile->first - from) * n, profile->at, profile->years * n * sizeof *all);
    for (int64_t year = own_end; year < to; year++) {
        double *row = all + (size_t)(year - from) * n;
        memcpy(row, row - n, n * sizeof *row);
        if (profile->years > 1)
            go_on(profile, row - n, row);
    }
    for (int64_t year = profile->first - 1; year >= from; year--) {
        double *row = all + (size_t)(year - from) * n;
        memcpy(row, row + n, n * sizeof *row);
        if (profile->years > 1)
            go_back(profile, row + n, row);
    }
    memcpy(out, all + (size_t)(first - from) * n, years * n * sizeof *out);
    free(all);
    return FREM_OK;
}

/* ---- one year of a region ---- */

/* The first age after the group that an age begins. */
static size_t group_end(const double *row, size_t ages, size_t from) {
    size_t end = from + 1;
    while (end < ages && isinf(row[end]))
        end++;
    return end;
}

/* Steffen's curve through the cumulative count; single ages stay as they are. @param closed ages without the open one */
static frem_status spread_by_curve(double *row, size_t closed) {
    int borders[FREM_PEOPLE_AGES + 1];
    double sums[FREM_PEOPLE_AGES], ages[FREM_PEOPLE_AGES];
    size_t n = 0;
    for (size_t from = 0; from < closed; from = group_end(row, closed, from)) {
        borders[n] = (int)from;
        /* The curve needs a rising cumulative count; a single age below zero is put as it is. */
        sums[n++] = fmax(row[from], 0);
    }
    borders[n] = (int)closed;
    if (n == closed)
        return FREM_OK;
    frem_status status = frem_spread(borders, sums, n, ages);
    for (size_t g = 0; g < n && status == FREM_OK; g++) {
        if (borders[g + 1] - borders[g] > 1)
            memcpy(row + borders[g], ages + borders[g], (size_t)(borders[g + 1] - borders[g]) * sizeof *row);
    }
    return status;
}

/* The oldest group by shares, the last age the rest. */
static void spread_oldest(const old_shares *old, size_t step, double *group) {
    const double *shares = old->at + step * old->ages;
    double whole = group[0], rest = whole;
    for (size_t a = 0; a + 1 < old->ages; a++) {
        group[a] = whole * shares[a];
        rest -= group[a];
    }
    group[old->ages - 1] = fmax(rest, 0);
}

/* ---- along cohorts ---- */

/* Regions with the years of the table around the scenario's. */
typedef struct cohort_rows {
    frem_model *model;
    people_ages *inside;
    int64_t first; /* year */
    size_t years;
    size_t raw;      /* ages of the table */
    size_t ages;     /* ages along cohorts: the table's, or the profile's where it divides the open group */
    double *persons; /* [region][year][ages] NaN where the table has no persons */
    double *profile; /* [year][ages] */
    bool *joined;    /* [year][ages] scratch */
} cohort_rows;

/* The years around the scenario's own that a region has without a hole. */
static void find_block(const cohort_rows *rows, size_t region, size_t *from, size_t *to) {
    const double *at = rows->persons + region * rows->years * rows->ages;
    *from = (size_t)(rows->model->base - rows->first);
    *to = *from + rows->inside->years - 1;
    for (bool whole = true; *from > 0; --*from) {
        for (size_t a = 0; a < rows->raw; a++)
            whole = whole && !isnan(at[(*from - 1) * rows->ages + a]);
        if (!whole)
            break;
    }
    for (bool whole = true; *to + 1 < rows->years; ++*to) {
        for (size_t a = 0; a < rows->raw; a++)
            whole = whole && !isnan(at[(*to + 1) * rows->ages + a]);
        if (!whole)
            break;
    }
}

/* Finds the first group of the layout in which the profile has no persons; false where there is none. */
static bool find_nobody(const frem_age_layout *layout, size_t *year, frem_age_range *ages) {
    for (size_t i = 0; i < layout->years * layout->ages; i++) {
        size_t age = i % layout->ages, end = age + 1;
        double sum = layout->profile[i];
        for (; end < layout->ages && layout->joined[i + end - age]; end++)
            sum += layout->profile[i + end - age];
        *year = i / layout->ages;
        *ages =
            (frem_age_range){true, (int)age, end == layout->ages && layout->open ? INT_MAX : (int)end - 1};
        if (!layout->joined[i] && end > age + 1 && !(sum > 0))
            return true;
    }
    return false;
}

static void raise_nobody(const cohort_rows *rows, const frem_age_layout *layout, size_t from) {
    const frem_age_profile *given = &rows->model->scenario->population.ages;
    frem_age_range ages;
    size_t at;
    char text[FREM_AGES_TEXT], year[24];
    if (!find_nobody(layout, &at, &ages)) {
        frem_model_fail(rows->model, FREM_DEFECT);
        return;
    }
    frem_ages_text(text, ages);
    (void)snprintf(year, sizeof year, "%lld", (long long)(rows->first + (int64_t)(from + at)));
    FREM_MODEL_PROBLEM(rows->model, frem_entry_place(&given->head, "table"), AGE_PROFILE_NOBODY,
                       given->head.path, given->table, text, year);
}

/* How the ages of a region lie in groups. @return whether any group has several. */
static bool lay_out(const cohort_rows *rows, size_t region, size_t from, size_t to, frem_age_layout *out) {
    size_t n = (to - from + 1) * rows->ages;
    const double *at = rows->persons + (region * rows->years + from) * rows->ages;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        rows->joined[i] = isinf(at[i]);
        any = any || rows->joined[i];
    }
    *out = (frem_age_layout){.years = to - from + 1,
                             .ages = rows->ages,
                             .profile = rows->profile + from * rows->ages,
                             .joined = rows->joined,
                             .open = rows->inside->open};
    return any;
}

static void forget_plan(void *plan) {
    frem_age_plan_free(plan);
}

/* The plan of a layout: the one that is kept, or a new one. @return Borrowed; NULL where there is none. */
static const frem_age_plan *plan_for(const cohort_rows *rows, const frem_age_layout *layout, size_t from) {
    frem_table *table = rows->inside->profile.table;
    frem_age_plan *plan = frem_table_kept(table);
    if (plan != NULL && frem_age_plan_fits(plan, layout))
        return plan;
    frem_status status = frem_age_plan_new(&plan, layout);
    if (status == FREM_OK)
        frem_table_keep(table, plan, forget_plan);
    else if (status == FREM_INVALID)
        raise_nobody(rows, layout, from);
    else
        frem_model_fail(rows->model, status);
    return status == FREM_OK ? plan : NULL;
}

/* Spreads the regions from `region` on that lie in groups like it. @return the first that does not. */
static size_t spread_alike(const cohort_rows *rows, size_t region, size_t regions) {
    size_t from, to, n = 0;
    frem_age_layout layout;
    find_block(rows, region, &from, &to);
    const frem_age_plan *plan =
        lay_out(rows, region, from, to, &layout) ? plan_for(rows, &layout, from) : NULL;
    if (plan == NULL)
        return region + 1;
    double **alike = malloc((regions - region) * sizeof *alike);
    if (alike == NULL) {
        frem_model_fail(rows->model, FREM_NO_MEMORY);
        return regions;
    }
    for (bool same = true; same;) {
        double *at = rows->persons + ((region + n) * rows->years + from) * rows->ages;
        for (size_t i = 0; i < layout.years * layout.ages; i++)
            at[i] = isinf(at[i]) ? 0 : at[i];
        alike[n++] = at;
        size_t other_from = from, other_to = to;
        if (region + n < regions)
            find_block(rows, region + n, &other_from, &other_to);
        same = region + n < regions && other_from == from && other_to == to &&
               lay_out(rows, region + n, from, to, &layout) && frem_age_plan_fits(plan, &layout);
    }
    frem_model_fail(rows->model, frem_age_plan_spread(plan, alike, n));
    free(alike);
    return region + n;
}

/* Years of the table around those that are read. */
static void find_years_around(cohort_rows *rows, const frem_reading *reading) {
    const frem_model *model = rows->model;
    int64_t last = model->base + (int64_t)reading->axes[1].count - 1, earliest = model->base - YEARS_AROUND,
            latest = last + YEARS_AROUND;
    ptrdiff_t column = frem_table_column(reading->table, reading->axes[1].column);
    const int64_t *at = frem_model_wholes(rows->model, reading->table, (size_t)column);
    rows->first = model->base;
    for (size_t row = 0; at != NULL && row < frem_table_rows(reading->table); row++) {
        if (at[row] != FREM_TABLE_NO_WHOLE && at[row] >= earliest && at[row] <= latest) {
            rows->first = at[row] < rows->first ? at[row] : rows->first;
            last = at[row] > last ? at[row] : last;
        }
    }
    rows->years = (size_t)(last - rows->first + 1);
}

/* The table's rows of all its years, and the profile for them. */
static void read_around(cohort_rows *rows, const frem_reading *own, frem_arena *arena) {
    const profile_of_ages *profile = &rows->inside->profile;
    frem_model *model = rows->model;
    frem_reading reading = *own;
    find_years_around(rows, own);
    size_t n = own->axes[0].count * rows->years;
    double *raw = frem_arena_alloc(arena, n * rows->raw + 1, sizeof *raw);
    double *all = frem_arena_alloc(arena, rows->years * profile->ages + 1, sizeof *all);
    rows->persons = frem_arena_alloc(arena, n * rows->ages + 1, sizeof *rows->persons);
    rows->profile = frem_arena_alloc(arena, rows->years * rows->ages + 1, sizeof *rows->profile);
    rows->joined = frem_arena_alloc(arena, rows->years * rows->ages + 1, sizeof *rows->joined);
    if (raw == NULL || all == NULL || rows->persons == NULL || rows->profile == NULL || rows->joined == NULL)
        frem_model_fail(model, FREM_NO_MEMORY);
    if (model->status != FREM_OK)
        return;
    reading.axes[1].first = rows->first;
    reading.axes[1].count = rows->years;
    reading.has_outside = true;
    reading.outside = (double)NAN;
    frem_model_fail(model, frem_reading_fill(&reading, model->diags, raw));
    for (size_t i = 0; i < n; i++) {
        for (size_t a = 0; a < rows->ages; a++)
            rows->persons[i * rows->ages + a] = a < rows->raw ? raw[i * rows->raw + a] : FREM_AGE_JOINED;
    }
    if (model->status == FREM_OK)
        frem_model_fail(model, fill_years(profile, rows->first, rows->years, all));
    for (size_t i = 0; i < rows->years * profile->ages; i++) {
        size_t age = i % profile->ages;
        rows->profile[i / profile->ages * rows->ages + (age < rows->ages ? age : rows->ages - 1)] += all[i];
    }
}

/* Spreads along cohorts. @param[in,out] out [region][step][inside->ages] */
static void spread_by_profile(frem_model *model, const frem_reading *reading, people_ages *inside,
                              double *out) {
    const frem_age_profile *given = &model->scenario->population.ages;
    cohort_rows rows = {.model = model, .inside = inside, .raw = reading->ages};
    rows.ages = inside->old.ages > 0 ? rows.raw : inside->ages;
    if (inside->profile.ages < rows.raw) {
        char ends[24], ages[24];
        (void)snprintf(ends, sizeof ends, "%zu", inside->profile.ages - 1);
        (void)snprintf(ages, sizeof ages, "%zu", rows.raw - 1);
        FREM_MODEL_PROBLEM(model, frem_entry_place(&given->head, "table"), AGE_PROFILE_SHORT,
                           given->head.path, given->table, ends, ages);
        return;
    }
    frem_arena *arena;
    frem_model_fail(model, frem_arena_new(&arena));
    if (model->status != FREM_OK)
        return;
    size_t regions = reading->axes[0].count;
    read_around(&rows, reading, arena);
    for (size_t r = 0; r < regions && model->status == FREM_OK;)
        r = spread_alike(&rows, r, regions);
    size_t before = (size_t)(model->base - rows.first);
    for (size_t i = 0; i < regions * inside->years && model->status == FREM_OK; i++) {
        size_t from = i / inside->years * rows.years + before + i % inside->years;
        memcpy(out + i * inside->ages, rows.persons + from * rows.ages, rows.ages * sizeof *out);
    }
    frem_arena_free(arena);
}

/* ---- reading ---- */

/* The rows as the table has them, with the ages of the end: those beyond the table's are inside its open group.
 * @return whether any group has several ages. */
static bool widen(const frem_reading *reading, size_t rows, people_ages *inside, double *at) {
    size_t raw = reading->ages, ages = inside->ages;
    bool any = false;
    /* From the last row on, so that what is read lies before what is written. */
    for (size_t row = rows; row-- > 0;) {
        memmove(at + row * ages, at + row * raw, raw * sizeof *at);
        for (size_t a = 0; a < ages; a++) {
            if (a >= raw)
                at[row * ages + a] = FREM_AGE_JOINED;
            bool joined = isinf(at[row * ages + a]);
            any = any || joined;
            if (inside->joined != NULL && joined)
                inside->joined[a] = true;
        }
    }
    return any;
}

/* @return [region][year][age] of single ages; NULL where they cannot be read. */
static double *read_years(frem_model *model, const frem_reading *reading, people_ages *inside) {
    size_t rows = reading->axes[0].count * inside->years, ages = inside->ages;
    size_t closed = inside->open ? reading->ages - 1 : reading->ages;
    double *at = frem_model_alloc(model, rows * ages, sizeof *at);
    if (at != NULL)
        frem_model_fail(model, frem_reading_fill(reading, model->diags, at));
    bool groups = model->status == FREM_OK && widen(reading, rows, inside, at);
    bool cohorts = inside->profile.at != NULL;
    if (groups && cohorts)
        spread_by_profile(model, reading, inside, at);
    for (size_t row = 0; groups && row < rows && model->status == FREM_OK; row++) {
        if (!cohorts)
            frem_model_fail(model, spread_by_curve(at + row * ages, closed));
        if (inside->old.ages > 0)
            spread_oldest(&inside->old, row % inside->years, at + row * ages + closed);
    }
    return model->status == FREM_OK ? at : NULL;
}

/* Persons between the table's day of each year and of the next, on a straight line; what is written lies before what is
 * read. */
static void move_to_day(const people_ages *inside, size_t regions, size_t steps, double *at) {
    size_t ages = inside->ages;
    for (size_t i = 0; i < regions * steps; i++) {
        const double *now = at + (i / steps * inside->years + i % steps) * ages, *next = now + ages;
        for (size_t a = 0; a < ages; a++)
            at[i * ages + a] = (1 - inside->moved) * now[a] + inside->moved * next[a];
    }
}

static double *people_read(frem_model *model, const frem_reading *reading, people_ages *inside) {
    double *at = read_years(model, reading, inside);
    if (at != NULL && inside->moved > 0)
        move_to_day(inside, reading->axes[0].count, model->steps, at);
    return at;
}

/* The whole country, [step][age]: all rows of the table whatever the scenario's regions, each region spread by
 * itself as the scenario's own are, so that the parts of all regions sum to it. */
static void read_country(frem_model *model, const people_table *people, people_ages *inside) {
    frem_index *regions = people->region != NULL ? list_country(model, people) : NULL;
    frem_reading reading = people->reading;
    const double *persons = NULL;
    const size_t cells = model->steps * model->people.ages;
    reading.wanted = 0;
    if (people->region != NULL) {
        reading.axes[0].names = regions;
        reading.axes[0].skip_unknown = true; /* sums of regions, and unknown ones, which have been reported */
    }
    reading.axes[0].count = regions != NULL ? frem_index_count(regions) : 1;
    model->people.country = frem_model_alloc(model, cells, sizeof(double));
    if (model->status == FREM_OK)
        persons = people_read(model, &reading, inside);
    for (size_t i = 0; persons != NULL && i < reading.axes[0].count * cells; i++)
        model->people.country[i % cells] += persons[i];
    frem_index_free(regions);
}

/* Finds the table and its columns. */
static void find_people(frem_model *model, size_t years, people_table *out) {
    const frem_population *given = &model->scenario->population;
    const frem_filter *filters = frem_model_filters(model, &given->where);
    out->table = frem_model_table(model, &given->head, given->table, given->sheet);
    if (model->status == FREM_OK)
        frem_model_check_keys(model, out->table, &given->keys, given->head.path);
    if (model->status != FREM_OK)
        return;
    const char *path = frem_table_source(out->table)->path;
    const char *year = frem_model_column(out->table, &given->keys, "year");
    const char *sex = frem_model_column(out->table, &given->keys, "sex");
    const char *region = frem_model_column(out->table, &given->keys, "region");
    /* Without regions the whole table is the one area. */
    out->region = model->one_area ? NULL : region;
    bool lacks_region = out->region == NULL && frem_index_count(model->regions) > 1;
    if (lacks_region || year == NULL)
        FREM_MODEL_PROBLEM(model, given->head.place, TABLE_LACKS, given->head.path, path,
                           lacks_region ? "region" : "year");
    out->reading = (frem_reading){
        .table = out->table,
        .asked_at = frem_entry_place(&given->head, "table"),
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
        .apart_by = model->one_area && region != NULL ? NULL : sex,
    };
    frem_model_ages(out->table, &given->keys, &out->reading);
    if (model->status == FREM_OK && sex != NULL && frem_table_column(out->table, sex) >= 0)
        people_check_sexes(model, &out->reading, sex);
}

/* What its ages inside groups are spread by. */
static void find_inside(frem_model *model, const people_table *people, people_ages *out) {
    size_t first_open = people->reading.ages - 1;
    bool open = model->people.open;
    find_old_shares(model, first_open, open, out->years, &out->old);
    if (model->status == FREM_OK)
        out->profile = profile_read(model);
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
}

/* The first and last year of the table; the last before the first where it has none that can be read. */
static void find_span(frem_model *model, const people_table *people, int64_t *first, int64_t *last) {
    const frem_reading *reading = &people->reading;
    frem_index *years = NULL;
    frem_model_fail(model, frem_table_distinct(people->table, reading->axes[1].column, reading->filters,
                                               reading->n_filters, reading->asked_at, model->diags, &years));
    *first = INT64_MAX;
    *last = INT64_MIN;
    for (size_t i = 0; model->status == FREM_OK && i < frem_index_count(years); i++) {
        const char *text = frem_index_name(years, i);
        int64_t year;
        if (frem_whole_read(text, strlen(text), &year) != FREM_NUMBER_OK)
            continue;
        *first = year < *first ? year : *first;
        *last = year > *last ? year : *last;
    }
    frem_index_free(years);
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

static void report_year(frem_model *model, frem_code code, const char *key, int64_t given, int64_t known,
                        const people_table *people) {
    const frem_scenario *s = model->scenario;
    char year[24], end[24];
    (void)snprintf(year, sizeof year, "%lld", (long long)given);
    (void)snprintf(end, sizeof end, "%lld", (long long)known);
    const char *args[] = {year, frem_table_source(people->table)->path, end};
    frem_status raised = frem_diags_add(model->diags, frem_entry_place(&s->years.head, key), code, args, 3);
    frem_model_fail(model, frem_diags_relate(model->diags, raised, people->reading.asked_at));
}

/* Years that the population does not have at either end are one problem, of the years: a file that extends one with a
 * population did not choose its table. */
static void check_span(frem_model *model, const people_table *people, const people_ages *inside) {
    int64_t first, last, base = model->base, until = base + (int64_t)model->steps - 1;
    int64_t end = base + (int64_t)inside->years - 1;
    bool moved = end > until;
    if (has_year(people, base, false) && has_year(people, end, true))
        return;
    find_span(model, people, &first, &last);
    if (model->status != FREM_OK || first > last)
        return;
    if (end > last && base <= last)
        report_year(model, moved ? FREM_MSG_POPULATION_ENDS_MOVED : FREM_MSG_POPULATION_ENDS, "until", until,
                    moved ? last - 1 : last, people);
    if (base < first && until >= first)
        report_year(model, FREM_MSG_POPULATION_BEGINS, "base", base, first, people);
}

void frem_model_people(frem_model *model) {
    const frem_scenario *s = model->scenario;
    if (s->population.head.node == NULL)
        return;
    people_table people;
    people_ages inside = {.moved = s->population.at == FREM_PEOPLE_COUNT ? model->count / 12 : 0};
    inside.years = model->steps + (inside.moved > 0 ? 1 : 0);
    frem_people *out = &model->people;
    find_people(model, inside.years, &people);
    if (model->status == FREM_OK)
        people.reading.ages = people_oldest(model, &people.reading, &s->population.head, &out->open);
    if (model->status == FREM_OK)
        find_inside(model, &people, &inside);
    if (model->status == FREM_OK)
        check_span(model, &people, &inside);
    if (model->status != FREM_OK)
        return;
    out->ages = inside.ages;
    for (size_t f = 0; f < s->population.factors.count; f++) {
        const frem_people_factor *factor = &s->population.factors.items[f];
        if (!frem_model_can_tell(model, model->diags, factor->ages, &factor->head, "ages"))
            frem_model_fail(model, FREM_INVALID);
    }
    out->joined = inside.joined = frem_model_alloc(model, out->ages, sizeof *inside.joined);
    if (out->joined != NULL)
        out->at = people_read(model, &people.reading, &inside);
    inside.joined = NULL; /* what the scenario's own regions have, not the whole country */
    for (size_t j = 0; j < s->demand.count && out->country == NULL && model->status == FREM_OK; j++) {
        if (s->demand.items[j].budget.head.node != NULL)
            read_country(model, &people, &inside);
    }
}

/* ---- questions ---- */

static double sum_ages(const frem_people *people, const double *at, frem_age_range ages,
                       const double *factors) {
    size_t from = ages.given ? (size_t)ages.from : 0;
    size_t end = ages.given && ages.to < (int)people->ages - 1 ? (size_t)ages.to + 1 : people->ages;
    double sum = 0;
    for (size_t age = from; age < end; age++)
        sum += factors != NULL ? at[age] * factors[age] : at[age];
    return sum;
}

double frem_model_persons_times(const frem_model *model, frem_age_range ages, size_t region, size_t step,
                                const double *factors) {
    const frem_people *people = &model->people;
    return sum_ages(people, people->at + (region * model->steps + step) * people->ages, ages, factors);
}

double frem_model_country_times(const frem_model *model, frem_age_range ages, size_t step,
                                const double *factors) {
    return sum_ages(&model->people, model->people.country + step * model->people.ages, ages, factors);
}

double frem_model_persons(const frem_model *model, frem_age_range ages, size_t region, size_t step) {
    return frem_model_persons_times(model, ages, region, step, NULL);
}

double frem_model_country(const frem_model *model, frem_age_range ages, size_t step) {
    return frem_model_country_times(model, ages, step, NULL);
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
