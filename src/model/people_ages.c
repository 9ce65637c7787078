/* Ages inside the population's groups: along cohorts by a larger area's profile, or else by a curve; and the oldest
 * group by shares. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "model/people.h"

/* Years of the table that may lie around those of the scenario. */
enum { YEARS_AROUND = 100 };

/* ---- the profile ---- */

static frem_status profile_reading(frem_model *model, const frem_age_profile *given, frem_reading *out) {
    static const frem_text_map no_keys = {NULL, 0};
    frem_table *table;
    frem_place place = frem_entry_place(&given->head, "table");
    frem_status status = frem_model_table(model, given->head.node, given->table, place, &table);
    if (status != FREM_OK)
        return status;
    const char *year = frem_model_column(table, &no_keys, "year");
    const char *sex = frem_model_column(table, &no_keys, "sex");
    if (year == NULL)
        return FREM_PROBLEM(model->diags, place, TABLE_LACKS, given->head.path,
                            frem_table_source(table)->path, "year");
    *out = (frem_reading){.table = table,
                          .asked_at = place,
                          .axes = {{.what = "year", .column = year}},
                          .n_axes = 1,
                          .age_spread = FREM_SPREAD_COUNTS,
                          .columns = {given->column},
                          .column_places = {frem_entry_place(&given->head, "column")},
                          .n_columns = 1,
                          .add = sex != NULL};
    frem_model_ages(table, &no_keys, out);
    return sex != NULL ? frem_people_check_sexes(model, out, sex) : FREM_OK;
}

frem_status frem_profile_read(frem_model *model, frem_profile *out) {
    const frem_age_profile *given = &model->scenario->population.ages;
    frem_reading reading;
    int64_t last = 0;
    *out = (frem_profile){0};
    if (given->head.node == NULL)
        return FREM_OK;
    frem_status status = profile_reading(model, given, &reading);
    if (status == FREM_OK)
        status = frem_people_oldest(model, reading.table, &reading, &given->head, &out->ages, &out->open);
    if (status == FREM_OK)
        status =
            frem_people_years(model, reading.table, reading.axes[0].column, &given->head, &out->first, &last);
    if (status != FREM_OK)
        return status;
    out->years = (size_t)(last - out->first + 1);
    reading.ages = out->ages;
    reading.axes[0].first = out->first;
    reading.axes[0].count = out->years;
    out->at = frem_arena_alloc(model->arena, out->years * out->ages, sizeof *out->at);
    return out->at != NULL ? frem_reading_fill(&reading, model->diags, out->at) : FREM_NO_MEMORY;
}

/* A share of nothing is nothing. */
static double ratio(double of, double to) {
    return to > 0 ? of / to : 0;
}

/* Who is of an age a year before: of the age below, and of the oldest age those who stay in it. */
static double come_from(const frem_profile *profile, const double *year, size_t age) {
    bool stays = profile->open && age + 1 == profile->ages;
    return year[age - 1] + (stays ? year[age] : 0);
}

/* A year after the last one: its cohorts go on with the change of the last two years; births are those of the last. */
static void go_on(const frem_profile *profile, const double *before, double *out) {
    const double *last = profile->at + (profile->years - 1) * profile->ages;
    out[0] = last[0];
    for (size_t age = 1; age < profile->ages; age++)
        out[age] =
            come_from(profile, before, age) * ratio(last[age], come_from(profile, last - profile->ages, age));
}

/* A year before the first one, by the change of the first two. The oldest are as many as in the first. */
static void go_back(const frem_profile *profile, const double *after, double *out) {
    const double *first = profile->at, *second = profile->at + profile->ages;
    size_t kept = profile->open && profile->ages > 1 ? 2 : 1; /* who leaves the last age is not seen */
    for (size_t age = 0; age < profile->ages; age++)
        out[age] =
            age + kept < profile->ages ? after[age + 1] * ratio(first[age], second[age + 1]) : first[age];
}

/* The profile for some years, those beyond its own by its cohorts. @param[out] out [year][age] */
static frem_status fill_years(const frem_profile *profile, int64_t first, size_t years, double *out) {
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
static void spread_oldest(const frem_old_shares *old, size_t step, double *group) {
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
    frem_people_ages *inside;
    int64_t first; /* year */
    size_t years;
    size_t raw;      /* ages of the table */
    size_t ages;     /* ages along cohorts: the table's, or the profile's where it divides the open group */
    double *persons; /* [region][year][ages] NaN where the table has nobody */
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

/* Which group of the layout the profile has nobody in; false where there is none such. */
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

static frem_status raise_nobody(const cohort_rows *rows, const frem_age_layout *layout, size_t from) {
    const frem_age_profile *given = &rows->model->scenario->population.ages;
    frem_age_range ages;
    size_t at;
    char text[FREM_AGES_TEXT], year[24];
    if (!find_nobody(layout, &at, &ages))
        return FREM_DEFECT;
    frem_ages_text(text, ages);
    (void)snprintf(year, sizeof year, "%lld", (long long)(rows->first + (int64_t)(from + at)));
    return FREM_PROBLEM(rows->model->diags, frem_entry_place(&given->head, "table"), AGE_PROFILE_NOBODY,
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

/* Spreads the regions from `region` on that lie in groups like it. @param[out] next the first that does not. */
static frem_status spread_alike(const cohort_rows *rows, size_t region, size_t regions, size_t *next) {
    frem_people_ages *inside = rows->inside;
    size_t from, to, n = 0;
    frem_age_layout layout;
    find_block(rows, region, &from, &to);
    *next = region + 1;
    if (!lay_out(rows, region, from, to, &layout))
        return FREM_OK;
    if (inside->plan == NULL || !frem_age_plan_fits(inside->plan, &layout)) {
        frem_age_plan_free(inside->plan);
        frem_status status = frem_age_plan_new(&inside->plan, &layout);
        if (status == FREM_INVALID)
            return raise_nobody(rows, &layout, from);
        if (status != FREM_OK)
            return status;
    }
    double **alike = malloc((regions - region) * sizeof *alike);
    if (alike == NULL)
        return FREM_NO_MEMORY;
    for (bool same = true; same;) {
        double *at = rows->persons + ((region + n) * rows->years + from) * rows->ages;
        for (size_t i = 0; i < layout.years * layout.ages; i++)
            at[i] = isinf(at[i]) ? 0 : at[i];
        alike[n++] = at;
        size_t other_from = from, other_to = to;
        if (region + n < regions)
            find_block(rows, region + n, &other_from, &other_to);
        same = region + n < regions && other_from == from && other_to == to &&
               lay_out(rows, region + n, from, to, &layout) && frem_age_plan_fits(inside->plan, &layout);
    }
    *next = region + n;
    frem_status status = frem_age_plan_spread(inside->plan, alike, n);
    free(alike);
    return status;
}

/* Years of the table around those that are read. */
static frem_status years_around(const frem_model *model, const frem_reading *reading, int64_t *first,
                                size_t *years) {
    const int64_t *at;
    int64_t last = model->base + (int64_t)reading->axes[1].count - 1, earliest = model->base - YEARS_AROUND,
            latest = last + YEARS_AROUND;
    ptrdiff_t column = frem_table_column(reading->table, reading->axes[1].column);
    frem_status status = frem_table_wholes(reading->table, (size_t)column, model->diags, &at);
    *first = model->base;
    for (size_t row = 0; status == FREM_OK && row < frem_table_rows(reading->table); row++) {
        if (at[row] != FREM_TABLE_NO_WHOLE && at[row] >= earliest && at[row] <= latest) {
            *first = at[row] < *first ? at[row] : *first;
            last = at[row] > last ? at[row] : last;
        }
    }
    *years = (size_t)(last - *first + 1);
    return status;
}

/* The table's rows of all its years, and the profile for them. */
static frem_status read_around(cohort_rows *rows, const frem_reading *own, frem_arena *arena) {
    const frem_profile *profile = &rows->inside->profile;
    frem_reading reading = *own;
    frem_status status = years_around(rows->model, own, &rows->first, &rows->years);
    if (status != FREM_OK)
        return status;
    size_t n = own->axes[0].count * rows->years;
    double *raw = frem_arena_alloc(arena, n * rows->raw + 1, sizeof *raw);
    double *all = frem_arena_alloc(arena, rows->years * profile->ages + 1, sizeof *all);
    rows->persons = frem_arena_alloc(arena, n * rows->ages + 1, sizeof *rows->persons);
    rows->profile = frem_arena_alloc(arena, rows->years * rows->ages + 1, sizeof *rows->profile);
    rows->joined = frem_arena_alloc(arena, rows->years * rows->ages + 1, sizeof *rows->joined);
    if (raw == NULL || all == NULL || rows->persons == NULL || rows->profile == NULL || rows->joined == NULL)
        return FREM_NO_MEMORY;
    reading.axes[1].first = rows->first;
    reading.axes[1].count = rows->years;
    reading.has_outside = true;
    reading.outside = (double)NAN;
    status = frem_reading_fill(&reading, rows->model->diags, raw);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        for (size_t a = 0; a < rows->ages; a++)
            rows->persons[i * rows->ages + a] = a < rows->raw ? raw[i * rows->raw + a] : FREM_AGE_JOINED;
    }
    if (status == FREM_OK)
        status = fill_years(profile, rows->first, rows->years, all);
    for (size_t i = 0; i < rows->years * profile->ages; i++) {
        size_t age = i % profile->ages;
        rows->profile[i / profile->ages * rows->ages + (age < rows->ages ? age : rows->ages - 1)] += all[i];
    }
    return status;
}

/* Spreads along cohorts. @param[in,out] out [region][step][inside->ages] */
static frem_status spread_by_profile(frem_model *model, const frem_reading *reading, frem_people_ages *inside,
                                     double *out) {
    const frem_age_profile *given = &model->scenario->population.ages;
    cohort_rows rows = {.model = model, .inside = inside, .raw = reading->ages};
    rows.ages = inside->old.ages > 0 ? rows.raw : inside->ages;
    if (inside->profile.ages < rows.raw) {
        char ends[24], ages[24];
        (void)snprintf(ends, sizeof ends, "%zu", inside->profile.ages - 1);
        (void)snprintf(ages, sizeof ages, "%zu", rows.raw - 1);
        return FREM_PROBLEM(model->diags, frem_entry_place(&given->head, "table"), AGE_PROFILE_SHORT,
                            given->head.path, given->table, ends, ages);
    }
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    size_t regions = reading->axes[0].count;
    status = read_around(&rows, reading, arena);
    for (size_t r = 0; r < regions && status == FREM_OK;)
        status = spread_alike(&rows, r, regions, &r);
    size_t before = (size_t)(model->base - rows.first);
    for (size_t i = 0; i < regions * inside->years && status == FREM_OK; i++) {
        size_t from = i / inside->years * rows.years + before + i % inside->years;
        memcpy(out + i * inside->ages, rows.persons + from * rows.ages, rows.ages * sizeof *out);
    }
    frem_arena_free(arena);
    return status;
}

/* ---- reading ---- */

/* The rows as the table has them, with the ages of the end: those beyond the table's are inside its open group.
 * @return whether any group has several ages. */
static bool widen(const frem_reading *reading, size_t rows, frem_people_ages *inside, double *at) {
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

/* [region][year][age] of single ages */
static frem_status read_years(frem_model *model, const frem_reading *reading, frem_people_ages *inside,
                              double **out) {
    size_t rows = reading->axes[0].count * inside->years, ages = inside->ages;
    size_t closed = inside->open ? reading->ages - 1 : reading->ages;
    double *at = frem_arena_alloc(model->arena, rows * ages, sizeof *at);
    *out = at;
    if (at == NULL)
        return FREM_NO_MEMORY;
    frem_status status = frem_reading_fill(reading, model->diags, at);
    if (status != FREM_OK || !widen(reading, rows, inside, at))
        return status;
    bool cohorts = inside->profile.at != NULL;
    if (cohorts)
        status = spread_by_profile(model, reading, inside, at);
    for (size_t row = 0; row < rows && status == FREM_OK; row++) {
        if (!cohorts)
            status = spread_by_curve(at + row * ages, closed);
        if (inside->old.ages > 0)
            spread_oldest(&inside->old, row % inside->years, at + row * ages + closed);
    }
    return status;
}

/* Persons between the table's day of each year and of the next, on a straight line; what is written lies before what is
 * read. */
static void move_to_day(const frem_people_ages *inside, size_t regions, size_t steps, double *at) {
    size_t ages = inside->ages;
    for (size_t i = 0; i < regions * steps; i++) {
        const double *now = at + (i / steps * inside->years + i % steps) * ages, *next = now + ages;
        for (size_t a = 0; a < ages; a++)
            at[i * ages + a] = (1 - inside->moved) * now[a] + inside->moved * next[a];
    }
}

frem_status frem_people_read(frem_model *model, const frem_reading *reading, frem_people_ages *inside,
                             double **out) {
    frem_status status = read_years(model, reading, inside, out);
    if (status == FREM_OK && inside->moved > 0)
        move_to_day(inside, reading->axes[0].count, model->steps, *out);
    return status;
}
