/* Retirement: ages by date of birth, hazards of leaving, participation that moves with the pension age. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/feedback.h"
#include "model/lane.h"
#include "model/mix.h"
#include "model/supply.h"
#include "numeric/numeric.h"

/* People above this age are not counted. */
enum { OLDEST = 150 };

/* A date of birth in months since year 0, with days as parts of a month. */
static double months_of(const frem_birth *birth) {
    return 12.0 * birth->year + (birth->month - 1) + (birth->day - 1) / 31.0;
}

double frem_births_age(const frem_births *births, double born) {
    double age = births->items[0].number;
    for (size_t i = 1; i < births->count && months_of(&births->items[i]) <= born; i++)
        age = births->items[i].number;
    return age;
}

/* Rules by date of birth from a table with born_from and age. */
static void read_births(frem_model *model, const frem_retirement_age *given, frem_births *births) {
    frem_table *table = frem_model_table(model, &given->head, given->table, given->sheet);
    if (table == NULL)
        return;
    ptrdiff_t born = frem_table_column(table, "born_from"), age = frem_table_column(table, "age");
    size_t rows = frem_table_rows(table);
    if (born < 0 || age < 0 || rows == 0) {
        FREM_MODEL_PROBLEM(model, frem_entry_place(&given->head, "table"), NOT_A_BIRTH_TABLE,
                           given->head.path, frem_table_source(table)->path);
        return;
    }
    const double *ages = frem_model_numbers(model, table, (size_t)age);
    births->items = frem_model_alloc(model, rows, sizeof *births->items);
    if (model->status != FREM_OK)
        return;
    for (size_t row = 0; row < rows; row++) {
        size_t n;
        frem_birth *birth = &births->items[row];
        const char *date = frem_table_cell(table, row, (size_t)born, &n), *path = given->head.path;
        frem_place at_date = frem_table_place(table, row, (size_t)born);
        frem_place at_age = frem_table_place(table, row, (size_t)age);
        if (!frem_birth_read(date, birth))
            FREM_MODEL_PROBLEM(model, at_date, NOT_A_DATE, path, date);
        else if (row > 0 && months_of(birth) <= months_of(birth - 1))
            FREM_MODEL_PROBLEM(model, at_date, NOT_ASCENDING, path, date,
                               frem_table_cell(table, row - 1, (size_t)born, &n));
        if (isnan(ages[row]))
            FREM_MODEL_PROBLEM(model, at_age, NUMBER_EMPTY, path);
        else if (ages[row] < 0 || ages[row] > 120)
            FREM_MODEL_PROBLEM(model, at_age, OUT_OF_RANGE, path,
                               frem_table_cell(table, row, (size_t)age, &n), "0", "120", "years of age",
                               frem_unit_text("years of age", FREM_DA));
        birth->number = ages[row];
    }
    births->count = rows;
}

/* Cohorts by year of counting minus age, as far back as a counted person can be born. */
static size_t cohort_of(const frem_model *model, int age, int year) {
    return (size_t)(year - age - (model->base - OLDEST));
}

double frem_births_at(const frem_model *model, size_t rule, int age, int year) {
    return model->cohort_ages[rule][cohort_of(model, age, year)];
}

/* The retirement age of each cohort under each rule by birth: the mean over the twelve months in which its members
 * can be born. */
static void average_births(frem_model *model) {
    size_t n = OLDEST + model->steps + 1;
    for (size_t rule = 0; rule < model->scenario->retirement_ages.count; rule++) {
        const frem_births *births = &model->births[rule];
        if (births->count == 0)
            continue;
        double *ages = frem_model_alloc(model, n, sizeof *ages);
        for (size_t c = 0; c < n && ages != NULL; c++) {
            double sum = 0, counted = 12.0 * (model->base - OLDEST + (int)c) + model->count;
            for (int month = 0; month < 12; month++)
                sum += frem_births_age(births, counted - month - 0.5);
            ages[c] = sum / 12;
        }
        model->cohort_ages[rule] = ages;
    }
}

void frem_model_births(frem_model *model) {
    const frem_scenario *s = model->scenario;
    model->births = frem_model_alloc(model, s->retirement_ages.count + 1, sizeof *model->births);
    model->cohort_ages = frem_model_alloc(model, s->retirement_ages.count + 1, sizeof *model->cohort_ages);
    for (size_t i = 0; i < s->retirement_ages.count && model->status != FREM_NO_MEMORY; i++) {
        const frem_retirement_age *given = &s->retirement_ages.items[i];
        const frem_status before = frem_model_begin(model);
        frem_births *births = &model->births[i];
        *births = given->born;
        if (given->table != NULL)
            read_births(model, given, births);
        /* The oldest person of the base year must have an age. */
        double oldest = 12.0 * (model->base - model->age_first - (int)model->ages);
        if (model->status == FREM_OK && births->count > 0 && months_of(&births->items[0]) > oldest) {
            char year[16];
            (void)snprintf(year, sizeof year, "%d", births->items[0].year);
            FREM_MODEL_PROBLEM(model, given->head.place, RULE_BEGINS_LATE, given->head.path, year);
        }
        (void)frem_model_end(model, before);
    }
    if (model->status == FREM_OK)
        average_births(model);
}

/* The age under one rule of people aged `age` at the count date of `year`. */
static double rule_age(frem_view *view, size_t rule, int age, int year) {
    const frem_model *model = view->model;
    if (model->cohort_ages[rule] != NULL) {
        const size_t part = frem_mix_part(model, FREM_PART_BIRTHS, rule);
        return frem_births_at(model, rule, age, frem_view_year(view, part, year));
    }
    return frem_series_at(frem_view_series(view, &model->scenario->retirement_ages.items[rule].year), year, 0,
                          0, 0);
}

/* The rule that a part of the mix names; the scenario was checked for it. */
static size_t rule_of(const frem_scenario *s, const char *name) {
    size_t rule = 0;
    while (rule + 1 < s->retirement_ages.count && strcmp(s->retirement_ages.items[rule].head.key, name) != 0)
        rule++;
    return rule;
}

double frem_model_retirement_age(frem_view *view, const frem_retirement *retirement, int age, int year) {
    double mixed = 0;
    for (size_t i = 0; i < retirement->age.count; i++) {
        const frem_named_value *part = &retirement->age.items[i];
        mixed += frem_view_number(view, &part->value, 1) *
                 rule_age(view, rule_of(view->model->scenario, part->key), age, year);
    }
    return mixed;
}

static void check_mix(frem_view *view, const frem_retirement *retirement) {
    double sum = 0;
    for (size_t i = 0; i < retirement->age.count; i++)
        sum += frem_view_number(view, &retirement->age.items[i].value, 1);
    if (fabs(sum - 1) <= 1e-9)
        return;
    char text[32];
    frem_number_brief(text, sum, 1);
    FREM_VIEW_PROBLEM(view, frem_entry_place(&retirement->head, "age"), SHARES_SUM, retirement->head.path,
                      text, "age");
}

/* The reference cohort of a rule: the youngest people of the base year who on average have reached its age. */
static double rule_reference(frem_view *view, size_t rule) {
    int year = view->model->base;
    for (int age = 0; age < OLDEST; age++) {
        double reached = rule_age(view, rule, age, year);
        if (age + 0.5 >= reached)
            return reached;
    }
    return OLDEST;
}

/* What the rise of the retirement age is counted from: each rule's own reference, mixed as the rules are. One
 * reference for the mix would belong to people who are past one age and years before the other. */
static double reference_age(frem_view *view, const frem_retirement *retirement) {
    double mixed = 0;
    for (size_t i = 0; i < retirement->age.count; i++) {
        const frem_named_value *part = &retirement->age.items[i];
        mixed += frem_view_number(view, &part->value, 1) *
                 rule_reference(view, rule_of(view->model->scenario, part->key));
    }
    return mixed;
}

/* The values that the hazards of retirement are made of, and by how many regions they differ. */
typedef struct leaving_values {
    const frem_retirement *retirement;
    size_t regions;
} leaving_values;

/* What leaving is made of in a year, region and sex: mean (of people whose retirement age has not moved), spread and
 * response. */
static void read_leaves(frem_view *view, const frem_leaves *leaves, int year, size_t region, size_t sex,
                        double out[3]) {
    const frem_value *values[] = {&leaves->mean, &leaves->spread, &leaves->response};
    for (size_t i = 0; i < 3; i++) {
        out[i] = frem_series_at(frem_view_series(view, values[i]), year, region, sex, 0);
        if (isnan(out[i])) {
            frem_view_lacks_year(view, values[i], year);
            return;
        }
    }
}

/* The hazards of one age in step t, for every region and sex. Regions that leave as the one before are not computed
 * again. */
static void fill_hazard(frem_view *view, const leaving_values *what, double reference, size_t t,
                        size_t age_index, double *out) {
    const frem_model *model = view->model;
    const frem_retirement *r = what->retirement;
    size_t sexes = frem_index_count(model->sexes);
    int age = model->age_first + (int)age_index, year = model->base + (int)t;
    double rise = frem_model_retirement_age(view, r, age, year) - reference;
    for (size_t sex = 0; sex < sexes; sex++) {
        frem_leaving last = {(double)NAN, (double)NAN, r->earliest, r->latest};
        double hazard = 0;
        for (size_t region = 0; region < what->regions; region++) {
            double leaves[3];
            read_leaves(view, &r->leaves, year, region, sex, leaves);
            if (view->status != FREM_OK)
                return;
            frem_leaving leaving = {reference + leaves[0] + leaves[2] * rise, leaves[1], r->earliest,
                                    r->latest};
            if (!(leaving.mean == last.mean && leaving.spread == last.spread))
                hazard = frem_leaving_hazard(&leaving, age);
            last = leaving;
            out[((t * what->regions + region) * sexes + sex) * model->ages + age_index] = hazard;
        }
    }
}

/* [step][region or one][sex][age] hazards of the step from t to t+1. */
static void fill_hazards(frem_view *view, const void *context, double *out) {
    const leaving_values *what = context;
    const frem_model *model = view->model;
    check_mix(view, what->retirement);
    double reference = reference_age(view, what->retirement);
    for (size_t t = 0; t < model->steps; t++)
        for (size_t a = 0; a < model->ages; a++)
            fill_hazard(view, what, reference, t, a, out);
}

/* Participation must not fall from the earliest age on, or people would retire twice. */
static void check_level(frem_view *view, const frem_profession *profession, const frem_value *value) {
    const frem_model *model = view->model;
    const frem_series *series = frem_view_series(view, value);
    double earliest = profession->retirement.earliest;
    if (series->at == NULL || series->age == 0)
        return;
    size_t sexes = series->sex ? frem_index_count(model->sexes) : 1;
    size_t regions = series->region ? frem_index_count(model->regions) : 1;
    size_t steps = series->year ? model->steps : 1;
    for (size_t i = 0; i < steps * regions * sexes; i++) {
        int year = model->base + (int)(i / sexes / regions);
        size_t region = i / sexes % regions, sex = i % sexes;
        for (size_t a = 0; a + 1 < model->ages; a++) {
            if (model->age_first + (int)a < earliest)
                continue;
            if (frem_series_at(series, year, region, sex, a + 1) <
                frem_series_at(series, year, region, sex, a) - 1e-12) {
                char age[16];
                (void)snprintf(age, sizeof age, "%d", model->age_first + (int)a);
                FREM_VIEW_PROBLEM(view, value->head.place, FALLS_AFTER_EARLIEST, value->head.path, age);
                return;
            }
        }
    }
}

/* What the participation fill needs. */
typedef struct shifted {
    const frem_profession *profession;
    const frem_value *value;
    size_t regions; /* by which they differ; 1: the same in all */
    bool shifts;    /* whether the curve moves with the retirement age */
} shifted;

/* One curve over ages, read at the age that has the same distance to the retirement age as in the base year. */
static void shift_curve(frem_view *view, const shifted *what, size_t region, size_t sex, int year,
                        double *scratch, double *out) {
    const frem_model *model = view->model;
    const frem_retirement *r = &what->profession->retirement;
    const frem_series *curve = frem_view_series(view, what->value);
    double response = frem_series_at(frem_view_series(view, &r->response), year, region, sex, 0);
    if (isnan(response)) {
        frem_view_lacks_year(view, &r->response, year);
        return;
    }
    double *x = scratch, *y = x + model->ages, *at = y + model->ages, *read = at + model->ages;
    for (size_t i = 0; i < model->ages; i++) {
        int age = model->age_first + (int)i;
        double rise = frem_model_retirement_age(view, r, age, year) -
                      frem_model_retirement_age(view, r, age, model->base);
        x[i] = age;
        y[i] = frem_series_at(curve, year, region, sex, i);
        at[i] = age > r->threshold ? fmax(r->threshold, age - response * rise) : age;
    }
    frem_view_fail(view, frem_curve(x, y, model->ages, FREM_BETWEEN_SPLINE, at, read, model->ages));
    for (size_t i = 0; i < model->ages; i++)
        out[i] = at[i] == x[i] ? y[i] : read[i]; /* a neutral shift changes no bit */
}

/* One curve over ages as it is given. */
static void copy_curve(frem_view *view, const shifted *what, size_t region, size_t sex, int year,
                       double *out) {
    const frem_series *curve = frem_view_series(view, what->value);
    for (size_t i = 0; i < view->model->ages; i++)
        out[i] = frem_series_at(curve, year, region, sex, i);
}

/* Pay brings more people in, or fewer: at most all. */
static void pay_curve(const frem_model *model, double factor, double *curve) {
    for (size_t i = 0; i < model->ages; i++)
        curve[i] = fmin(1, curve[i] * factor);
}

/* [step][region or one][sex][age] participation. */
static void fill_participation(frem_view *view, const void *context, double *out) {
    const shifted *what = context;
    const frem_model *model = view->model;
    size_t sexes = frem_index_count(model->sexes);
    size_t regions = what->regions;
    double *scratch = frem_view_numbers(view, 4 * model->ages);
    if (what->shifts)
        check_mix(view, &what->profession->retirement);
    for (size_t i = 0; i < model->steps * regions * sexes && scratch != NULL; i++) {
        size_t r = i / sexes % regions, sex = i % sexes;
        int year = model->base + (int)(i / sexes / regions);
        double *curve = out + i * model->ages;
        if (what->shifts)
            shift_curve(view, what, r, sex, year, scratch, curve);
        else
            copy_curve(view, what, r, sex, year, curve);
        if (frem_pay_given(what->profession))
            pay_curve(model, frem_view_pay(view, what->profession, year), curve);
    }
    free(scratch);
}

/* By how many regions something made of some values differs. */
static size_t regions_of(const frem_batch *batch, const frem_value *const *values, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (frem_batch_layout(batch, values[i])->region > 0)
            return frem_index_count(batch->model->regions);
    }
    return 1;
}

/* A grid by step, cell and, where there are several, region. */
static frem_grid grid_of(size_t regions, size_t cells) {
    return (frem_grid){.step = regions * cells, .region = regions > 1 ? cells : 0, .cell = 1};
}

void frem_batch_retirement(frem_batch *batch, const frem_profession *profession, frem_core_profession *out) {
    const frem_model *model = batch->model;
    const frem_retirement *r = &profession->retirement;
    size_t cells = frem_index_count(model->sexes) * model->ages;
    bool rate = frem_value_given(&profession->employment_rate);
    const frem_value *value = rate ? &profession->employment_rate : &profession->participation;
    bool retire = r->head.node != NULL, shifts = retire && r->kind == FREM_RETIRE_PARTICIPATION;
    size_t failures = batch->failures;
    if (shifts || frem_pay_given(profession)) {
        const frem_value *made_of[] = {value, &r->response};
        shifted what = {profession, value, regions_of(batch, made_of, shifts ? 2 : 1), shifts};
        out->participation = grid_of(what.regions, cells);
        frem_batch_fill(batch, fill_participation, &what, model->steps * what.regions * cells,
                        &out->participation.values);
    } else {
        frem_batch_grid(batch, value, &out->participation);
    }
    if (!retire || shifts || batch->failures != failures)
        return;
    check_level(&batch->views[0], profession, value);
    if (!frem_batch_take(batch, 0))
        return;
    const frem_value *leaves[] = {&r->leaves.mean, &r->leaves.spread, &r->leaves.response};
    leaving_values what = {r, regions_of(batch, leaves, 3)};
    out->exits[FREM_EXIT_RETIREMENT] = grid_of(what.regions, cells);
    frem_batch_fill(batch, fill_hazards, &what, model->steps * what.regions * cells,
                    &out->exits[FREM_EXIT_RETIREMENT].values);
}
