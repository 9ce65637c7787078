/* A projection as rows of the results table, in the order of the contract. */
#include <stdlib.h>

#include "analysis/results.h"

const frem_measure frem_measures[FREM_M_COUNT] = {
    [FREM_M_SUPPLY] = {"supply", "fte", {{"Supply", "Udbud"}}},
    [FREM_M_DEMAND] = {"demand", "fte", {{"Demand", "Efterspørgsel"}}},
    [FREM_M_GAP] = {"gap", "fte", {{"Gap", "Balance"}}},
    [FREM_M_SHORTAGE] = {"shortage", "fte", {{"Shortage", "Mangel"}}},
    [FREM_M_RECRUITMENT] = {"recruitment_need", "fte", {{"Recruitment need", "Rekrutteringsbehov"}}},
    [FREM_M_COVERAGE] = {"coverage", "ratio", {{"Coverage", "Dækning"}}},
    [FREM_M_STOCK] = {"stock", "persons", {{"Stock", "Bestand"}}},
    [FREM_M_LABOUR_FORCE] = {"labour_force", "persons", {{"Labour force", "Arbejdsstyrke"}}},
    [FREM_M_EMPLOYED] = {"employed", "persons", {{"Employed", "Beskæftigede"}}},
    [FREM_M_INTAKE] = {"intake", "persons", {{"Intake", "Optag"}}},
    [FREM_M_DROPOUTS] = {"dropouts", "persons", {{"Dropouts", "Frafald"}}},
    [FREM_M_GRADUATES] = {"graduates", "persons", {{"Graduates", "Dimittender"}}},
    [FREM_M_RETIREMENTS] = {"retirements", "persons", {{"Retirements", "Tilbagetrækninger"}}},
    [FREM_M_DEATHS] = {"deaths", "persons", {{"Deaths", "Dødsfald"}}},
    [FREM_M_OTHER_EXITS] = {"other_exits", "persons", {{"Other exits", "Anden afgang"}}},
    [FREM_M_STUDENTS] = {"students", "persons", {{"Students", "Studerende"}}},
    [FREM_M_USERS] = {"users", "persons", {{"Users", "Brugere"}}},
    [FREM_M_SHARE_55] = {"share_55_plus", "ratio", {{"Share aged 55+", "Andel på 55+ år"}}},
};

/* What filling the table carries along. Sums over professions use areas as the core does. */
typedef struct rows {
    frem_frame *frame;
    const frem_model *model;
    const frem_batch *batch;
    const frem_core_results *projection;
    uint32_t measure[FREM_M_COUNT], unit[FREM_M_COUNT];
    uint32_t *professions_code, *sectors_code, *areas_code; /* the last of each is "all" (areas: the sum) */
    const double *course;                                   /* [measure of courses][profession][area][step] */
    size_t professions, sectors, areas, steps;
    frem_cell cells[FREM_COL_COUNT];
    frem_status status;
} rows;

/* Which measures a scenario has something for. */
static bool has_measure(const rows *w, size_t profession, enum frem_measure_place m) {
    const frem_scenario *s = w->model->scenario;
    const frem_profession *p = &s->professions.items[profession];
    bool exits = p->retirement.head.node != NULL && p->retirement.kind == FREM_RETIRE_EXIT;
    bool courses = false;
    for (size_t k = 0; k < w->batch->inputs.n_programmes; k++)
        courses = courses || w->batch->inputs.programmes[k].profession == profession;
    switch (m) {
    case FREM_M_LABOUR_FORCE:
        return !frem_value_given(&p->employment_rate);
    case FREM_M_INTAKE:
    case FREM_M_DROPOUTS:
    case FREM_M_GRADUATES:
    case FREM_M_STUDENTS:
        return courses;
    case FREM_M_RETIREMENTS:
        return exits;
    case FREM_M_DEATHS:
        return frem_value_given(&p->death);
    case FREM_M_OTHER_EXITS:
        return frem_value_given(&p->emigration) || frem_value_given(&p->permanent_exit) ||
               s->ages.oldest == FREM_OLDEST_LEAVES;
    case FREM_M_SUPPLY:
    case FREM_M_DEMAND:
    case FREM_M_GAP:
    case FREM_M_SHORTAGE:
    case FREM_M_RECRUITMENT:
    case FREM_M_COVERAGE:
    case FREM_M_STOCK:
    case FREM_M_EMPLOYED:
    case FREM_M_SHARE_55:
        return true;
    case FREM_M_USERS:
    case FREM_M_COUNT:
        break;
    }
    return false;
}

/* Flows belong to the step that ends in their year, and the base year ends none. */
static bool is_flow(enum frem_measure_place m) {
    return m == FREM_M_RECRUITMENT || m == FREM_M_DROPOUTS || m == FREM_M_GRADUATES ||
           m == FREM_M_RETIREMENTS || m == FREM_M_DEATHS || m == FREM_M_OTHER_EXITS;
}

static double core_at(const rows *w, size_t p, size_t area, frem_core_measure m, size_t step) {
    return w->projection->measures[frem_core_at(w->projection, p, area, m, step)];
}

static double course_at(const rows *w, frem_core_course_measure m, size_t p, size_t area, size_t step) {
    return w->course[(((size_t)m * w->professions + p) * w->areas + area) * w->steps + step];
}

/* A measure that adds up over professions. */
static double number_of(const rows *w, size_t p, size_t area, enum frem_measure_place m, size_t step) {
    switch (m) {
    case FREM_M_SUPPLY:
        return core_at(w, p, area, FREM_CORE_SUPPLY, step);
    case FREM_M_DEMAND:
        return core_at(w, p, area, FREM_CORE_DEMAND, step);
    case FREM_M_GAP:
        return core_at(w, p, area, FREM_CORE_GAP, step);
    case FREM_M_SHORTAGE:
        return core_at(w, p, area, FREM_CORE_SHORTAGE, step);
    case FREM_M_RECRUITMENT:
        return core_at(w, p, area, FREM_CORE_RECRUITMENT, step);
    case FREM_M_STOCK:
        return core_at(w, p, area, FREM_CORE_STOCK, step);
    case FREM_M_LABOUR_FORCE:
        return core_at(w, p, area, FREM_CORE_LABOUR_FORCE, step);
    case FREM_M_EMPLOYED:
        return core_at(w, p, area, FREM_CORE_EMPLOYED, step);
    case FREM_M_INTAKE:
        return course_at(w, FREM_COURSE_INTAKE, p, area, step);
    case FREM_M_DROPOUTS:
        return course_at(w, FREM_COURSE_DROPOUTS, p, area, step);
    case FREM_M_GRADUATES:
        return core_at(w, p, area, FREM_CORE_GRADUATES, step);
    case FREM_M_RETIREMENTS:
        return core_at(w, p, area, FREM_CORE_RETIREMENTS, step);
    case FREM_M_DEATHS:
        return core_at(w, p, area, FREM_CORE_DEATHS, step);
    case FREM_M_OTHER_EXITS:
        return core_at(w, p, area, FREM_CORE_EMIGRANTS, step) +
               core_at(w, p, area, FREM_CORE_PERMANENT, step) + core_at(w, p, area, FREM_CORE_AGED_OUT, step);
    case FREM_M_STUDENTS:
        return course_at(w, FREM_COURSE_STUDENTS, p, area, step);
    case FREM_M_SHARE_55:
        return core_at(w, p, area, FREM_CORE_STOCK_55, step);
    case FREM_M_COVERAGE:
    case FREM_M_USERS:
    case FREM_M_COUNT:
        break;
    }
    return 0;
}

static void add(rows *w, uint32_t profession, uint32_t sector, enum frem_measure_place m, double number) {
    w->cells[FREM_COL_PROFESSION].label = profession;
    w->cells[FREM_COL_SECTOR].label = sector;
    w->cells[FREM_COL_MEASURE].label = w->measure[m];
    w->cells[FREM_COL_UNIT].label = w->unit[m];
    w->cells[FREM_COL_VALUE].number = number;
    if (w->status == FREM_OK)
        w->status = frem_frame_add(w->frame, w->cells);
}

/* Rows of one profession over all sectors; p == professions is the sum over professions. */
static void add_measures(rows *w, size_t p, size_t area, size_t step) {
    size_t first = p < w->professions ? p : 0, last = p < w->professions ? p + 1 : w->professions;
    uint32_t profession = w->professions_code[p];
    double sums[FREM_M_COUNT] = {0};
    bool has[FREM_M_COUNT] = {false}, lacks_labour_force = false;
    for (size_t q = first; q < last; q++) {
        lacks_labour_force = lacks_labour_force || !has_measure(w, q, FREM_M_LABOUR_FORCE);
        for (enum frem_measure_place m = 0; m < FREM_M_COUNT; m++) {
            if (!has_measure(w, q, m) || (is_flow(m) && step == 0))
                continue;
            has[m] = true;
            sums[m] += number_of(w, q, area, m, step);
        }
    }
    /* Flows that a profession lacks are 0; a labour force that it does not tell is not. */
    has[FREM_M_LABOUR_FORCE] = has[FREM_M_LABOUR_FORCE] && !lacks_labour_force;
    if (sums[FREM_M_DEMAND] > 0)
        sums[FREM_M_COVERAGE] = sums[FREM_M_SUPPLY] / sums[FREM_M_DEMAND];
    else
        has[FREM_M_COVERAGE] = false;
    if (sums[FREM_M_STOCK] > 0)
        sums[FREM_M_SHARE_55] /= sums[FREM_M_STOCK];
    else
        has[FREM_M_SHARE_55] = false;
    for (enum frem_measure_place m = 0; m < FREM_M_COUNT; m++) {
        if (has[m])
            add(w, profession, w->sectors_code[w->sectors], m, sums[m]);
    }
}

/* Whether a sector has anything to say about a profession. */
static bool calls_for(const frem_sector *sector, const char *profession) {
    const frem_values *lists[] = {&sector->employment, &sector->vacancies, &sector->share_change,
                                  &sector->extra};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (frem_values_find(lists[i], profession) != NULL)
            return true;
    }
    return false;
}

static double sector_demand_at(const rows *w, size_t p, size_t area, size_t j, size_t step) {
    const frem_core_results *r = w->projection;
    return r->sector_demand[(((p * r->areas + area) * r->sectors + j) * r->steps + step) * r->lanes];
}

/* Rows by sector; p == professions is the sum over professions. */
static void add_sectors(rows *w, size_t p, size_t area, size_t step) {
    const frem_core_results *r = w->projection;
    const frem_scenario *s = w->model->scenario;
    bool all = p == w->professions;
    for (size_t j = 0; j < w->sectors; j++) {
        bool has =
            all ? w->professions > 1 : calls_for(&s->demand.items[j], s->professions.items[p].head.key);
        double demand = 0;
        for (size_t q = all ? 0 : p; q < (all ? w->professions : p + 1); q++)
            demand += sector_demand_at(w, q, area, j, step);
        if (has)
            add(w, w->professions_code[p], w->sectors_code[j], FREM_M_DEMAND, demand);
        if (all && w->batch->inputs.sectors[j].driver == FREM_DRIVER_USERS)
            add(w, w->professions_code[p], w->sectors_code[j], FREM_M_USERS,
                r->users[((area * r->sectors + j) * r->steps + step) * r->lanes]);
    }
}

/* How a programme's people divide over regions: those of a region's own intake live there, others as the graduates
 * settle (those who settle outside count where the others do). */
static double course_share(const rows *w, const frem_core_programme *programme, size_t region, size_t step) {
    if (programme->region >= 0)
        return (size_t)programme->region == region ? 1 : 0;
    const frem_grid *to = &programme->to_region;
    size_t L = to->values.lane ? w->projection->lanes : 1;
    double sum = 0;
    for (size_t r = 0; r < w->batch->inputs.regions; r++)
        sum += to->values.at[(r * to->region + step * to->step) * L];
    return sum > 0 ? to->values.at[(region * to->region + step * to->step) * L] / sum
                   : 1.0 / (double)w->batch->inputs.regions;
}

/* Intake, students and dropouts by profession and area. */
static double *spread_courses(const rows *w) {
    const frem_core_inputs *in = &w->batch->inputs;
    const frem_core_results *r = w->projection;
    double *out = calloc(FREM_COURSE_MEASURES * w->professions * w->areas * w->steps, sizeof *out);
    if (out == NULL)
        return NULL;
    for (size_t k = 0; k < in->n_programmes; k++) {
        const frem_core_programme *programme = &in->programmes[k];
        for (size_t m = 0; m < FREM_COURSE_MEASURES; m++) {
            for (size_t t = 0; t < w->steps; t++) {
                double number = r->courses[((k * FREM_COURSE_MEASURES + m) * w->steps + t) * r->lanes];
                double *at = out + (m * w->professions + programme->profession) * w->areas * w->steps + t;
                for (size_t area = 0; area < in->regions; area++)
                    at[area * w->steps] += number * course_share(w, programme, area, t);
            }
        }
    }
    for (size_t i = 0; i < FREM_COURSE_MEASURES * w->professions; i++) {
        double *at = out + i * w->areas * w->steps;
        for (size_t t = 0; t < w->steps; t++) {
            for (size_t g = 0; g < in->n_groups; g++) {
                for (size_t n = 0; n < in->groups[g].count; n++)
                    at[(in->regions + g) * w->steps + t] += at[in->groups[g].regions[n] * w->steps + t];
            }
            for (size_t region = 0; region < in->regions; region++)
                at[(w->areas - 1) * w->steps + t] += at[region * w->steps + t];
        }
    }
    return out;
}

/* Codes of the labels of one column, "all" last. */
static frem_status add_codes(rows *w, enum frem_results_column column, const char *const *names, size_t n,
                             uint32_t *codes) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = frem_frame_label(w->frame, (size_t)column, names[i], &codes[i]);
    return status == FREM_OK ? frem_frame_label(w->frame, (size_t)column, "all", &codes[n]) : status;
}

static frem_status add_labels(rows *w, const char *scenario, const char *variant, frem_arena *arena) {
    const frem_model *model = w->model;
    size_t regions = w->batch->inputs.regions, named = regions + model->n_groups;
    frem_status status =
        frem_frame_label(w->frame, FREM_COL_SCENARIO, scenario, &w->cells[FREM_COL_SCENARIO].label);
    if (status == FREM_OK)
        status = frem_frame_label(w->frame, FREM_COL_VARIANT, variant, &w->cells[FREM_COL_VARIANT].label);
    if (status == FREM_OK)
        status = frem_frame_label(w->frame, FREM_COL_STATISTIC, "point", &w->cells[FREM_COL_STATISTIC].label);
    for (size_t m = 0; m < FREM_M_COUNT && status == FREM_OK; m++) {
        status = frem_frame_label(w->frame, FREM_COL_MEASURE, frem_measures[m].name, &w->measure[m]);
        if (status == FREM_OK)
            status = frem_frame_label(w->frame, FREM_COL_UNIT, frem_measures[m].unit, &w->unit[m]);
    }
    w->professions_code = frem_arena_alloc(arena, w->professions + 1, sizeof(uint32_t));
    w->sectors_code = frem_arena_alloc(arena, w->sectors + 1, sizeof(uint32_t));
    w->areas_code = frem_arena_alloc(arena, named + 1, sizeof(uint32_t));
    const char **areas = frem_arena_alloc(arena, named + 1, sizeof *areas);
    if (w->professions_code == NULL || w->sectors_code == NULL || w->areas_code == NULL || areas == NULL)
        return FREM_NO_MEMORY;
    for (size_t a = 0; a < named; a++)
        areas[a] = a < regions ? frem_index_name(model->regions, a) : model->groups[a - regions].name;
    if (status == FREM_OK)
        status = add_codes(w, FREM_COL_REGION, areas, named, w->areas_code);
    if (status == FREM_OK)
        status = add_codes(w, FREM_COL_PROFESSION, frem_index_names(model->professions), w->professions,
                           w->professions_code);
    return status == FREM_OK
               ? add_codes(w, FREM_COL_SECTOR, frem_index_names(model->sectors), w->sectors, w->sectors_code)
               : status;
}

frem_status frem_results_rows(frem_frame *frame, const frem_model *model, const frem_batch *batch,
                              const frem_core_results *projection, const char *scenario,
                              const char *variant) {
    rows w = {.frame = frame,
              .model = model,
              .batch = batch,
              .projection = projection,
              .professions = projection->professions,
              .sectors = projection->sectors,
              .areas = projection->areas,
              .steps = projection->steps};
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    double *course = spread_courses(&w);
    w.course = course;
    w.status = course != NULL ? add_labels(&w, scenario, variant, arena) : FREM_NO_MEMORY;
    for (size_t t = 0; t < w.steps && w.status == FREM_OK; t++) {
        w.cells[FREM_COL_YEAR].whole = model->base + (int32_t)t;
        for (size_t area = 0; area < w.areas; area++) {
            w.cells[FREM_COL_REGION].label = w.areas_code[area];
            for (size_t p = 0; p <= w.professions; p++) {
                /* With one profession "all" is only what has no profession, such as users. */
                add_sectors(&w, p, area, t);
                if (p < w.professions || w.professions > 1)
                    add_measures(&w, p, area, t);
            }
        }
    }
    free(course);
    frem_arena_free(arena);
    return w.status;
}
