/* A projection as rows of the results table, in the order of the contract. */
#include <stdlib.h>
#include <string.h>

#include "analysis/courses.h"
#include "analysis/results.h"

/* What the programmes and upgrades of a profession have. */
typedef struct course_parts {
    bool any, graduates, places, student_fte,
        again;    /* completers of upgrades are no graduates, but come by upgrades */
    bool in, out; /* people come by upgrades, or come back; people leave for them */
} course_parts;

/* What filling the table carries along. Sums over professions use areas as the core does. */
typedef struct rows {
    const frem_model *model;
    const frem_batch *batch;
    const frem_core_results *projection;
    size_t lane;
    const frem_row_filter *filter;
    frem_row_take take;
    void *context;
    size_t step, area;
    double *course;      /* NULL where no measure asks for it; [kind of courses][profession][area][step] */
    course_parts *parts; /* [profession] */
    bool *has;           /* [profession][measure] */
    bool *calls;         /* [sector][profession] whether the sector has anything to say about it */
    size_t professions, sectors, areas, steps;
    size_t by_sector[FREM_M_COUNT], n_by_sector; /* the measures that sectors have */
    size_t needed[FREM_M_COUNT], n_needed;       /* measures that are wanted or part of one that is */
    frem_status status;
} rows;

static course_parts parts_of(const rows *w, size_t profession) {
    const frem_core_inputs *in = &w->batch->inputs;
    course_parts parts = {.any = false};
    for (size_t k = 0; k < in->n_programmes; k++) {
        if (in->programmes[k].profession != profession)
            continue;
        parts.any = parts.graduates = true;
        parts.places = parts.places || w->batch->places[k].at != NULL;
        parts.again = parts.again || in->programmes[k].again.at != NULL;
        parts.student_fte = parts.student_fte || in->programmes[k].student_fte.at != NULL;
    }
    for (size_t u = 0; u < in->n_upgrades; u++) {
        bool to = in->upgrades[u].to == profession, from = in->upgrades[u].from == profession;
        parts.any = parts.any || to;
        parts.places = parts.places || (to && w->batch->upgrade_places[u].at != NULL);
        parts.in = parts.in || to || from;
        parts.out = parts.out || from;
    }
    return parts;
}

static bool has_supply(const rows *w, size_t profession) {
    return w->model->scenario->professions.items[profession].supply != FREM_SUPPLY_NONE;
}

/* ---- what measures are made of: frame/measures.def ---- */

/* When a profession has a measure. Those of professions with a supply alone are asked for no others. */
typedef bool has_test(const rows *w, size_t profession);

static const frem_profession *profession_at(const rows *w, size_t profession) {
    return &w->model->scenario->professions.items[profession];
}

static bool has_always(const rows *w, size_t profession) {
    (void)w, (void)profession;
    return true;
}
/* Of sectors alone. */
static bool has_never(const rows *w, size_t profession) {
    (void)w, (void)profession;
    return false;
}
static bool has_no_supply(const rows *w, size_t profession) {
    return !has_supply(w, profession);
}
static bool has_labour_force(const rows *w, size_t profession) {
    return !frem_value_given(&profession_at(w, profession)->employment_rate);
}
static bool has_courses(const rows *w, size_t profession) {
    return w->parts[profession].any;
}
static bool has_graduates(const rows *w, size_t profession) {
    return w->parts[profession].graduates;
}
static bool has_student_fte(const rows *w, size_t profession) {
    return w->parts[profession].student_fte;
}
static bool has_begin_again(const rows *w, size_t profession) {
    return w->parts[profession].again;
}
static bool has_places(const rows *w, size_t profession) {
    return w->parts[profession].places;
}
static bool has_upgrades_in(const rows *w, size_t profession) {
    return w->parts[profession].in;
}
static bool has_upgrades_out(const rows *w, size_t profession) {
    return w->parts[profession].out;
}
static bool has_retirements(const rows *w, size_t profession) {
    const frem_profession *p = profession_at(w, profession);
    return p->retirement.head.node != NULL && p->retirement.kind == FREM_RETIRE_EXIT;
}
static bool has_deaths(const rows *w, size_t profession) {
    return frem_value_given(&profession_at(w, profession)->death);
}
static bool has_other_exits(const rows *w, size_t profession) {
    const frem_profession *p = profession_at(w, profession);
    return frem_value_given(&p->emigration) || frem_value_given(&p->permanent_exit) ||
           p->graduate_exit.count > 0 || p->immigration.stay.count > 0 ||
           w->model->scenario->ages.oldest == FREM_OLDEST_LEAVES;
}
static bool has_arrivals(const rows *w, size_t profession) {
    return profession_at(w, profession)->immigration.head.node != NULL;
}
static bool has_returners(const rows *w, size_t profession) {
    return frem_value_given(&profession_at(w, profession)->returners);
}
static bool has_moves(const rows *w, size_t profession) {
    return profession_at(w, profession)->moves.head.node != NULL;
}
static bool has_other_inflow(const rows *w, size_t profession) {
    return has_arrivals(w, profession) || has_returners(w, profession) || has_moves(w, profession) ||
           has_upgrades_in(w, profession);
}
static bool has_allocation(const rows *w, size_t profession) {
    (void)profession;
    return w->projection->sector_unfilled != NULL;
}
static bool has_untrained(const rows *w, size_t profession) {
    return profession_at(w, profession)->feedback.untrained.head.node != NULL;
}
static bool has_cost(const rows *w, size_t profession) {
    return frem_value_given(&profession_at(w, profession)->unit_cost);
}

/* A number that adds up over professions; the first one that is NOTHING ends the list. */
typedef struct source {
    enum { NOTHING, OF_CORE, OF_RISE, OF_COURSES } where;
    size_t place;
    double sign;
} source;
enum { SOURCES_MAX = 3 };

/* The measures of one profession, or of all, in one area and step; of a sector or of all. */
typedef struct sums {
    bool all;
    bool has[FREM_M_COUNT];
    double of[FREM_M_COUNT];
} sums;

/* What a measure is made of. */
typedef struct making {
    has_test *has;
    source from[SOURCES_MAX];
    bool is_ratio;
    frem_measure_id over; /* of a ratio: what its sum is divided by; without any of it there is no ratio */
    /* Makes it of the others. @return whether there is one. */
    bool (*derive)(const sums *of, double *number);
    /* Whether professions with `supply: none` have it too. They have a demand and what it costs: no stock, and so no gap,
     * no coverage and no recruitment. */
    bool without_supply;
    /* What the sum of all professions has: of flows that a profession lacks, 0; of professions with a supply alone, so that
     * gap = supply - demand and coverage = supply / demand hold for all, too; nothing where one lacks it, as a labour force
     * or a cost would be too small without. */
    enum { SUM_ANY, SUM_SUPPLIED, SUM_WHOLE } sum;
    /* What its rows by sector are made of. Users, and what a staffing ratio is about, belong to no profession. */
    enum { SECTOR_NONE, SECTOR_DEMAND, SECTOR_UNFILLED, SECTOR_USERS, SECTOR_FLOOR, SECTOR_DERIVED } sector;
    frem_core_floor_measure floor; /* of SECTOR_FLOOR */
} making;

/* The part of the posts that is for professions with a supply, where others have some. */
static bool trained_share(const sums *s, double *number) {
    const double posts = s->of[FREM_M_DEMAND] + s->of[FREM_M_DEMAND_WITHOUT];
    *number = s->of[FREM_M_DEMAND] / posts;
    return s->all && s->has[FREM_M_DEMAND_WITHOUT] && posts > 0;
}

#define CORE(m)                                                                                              \
    { OF_CORE, FREM_CORE_##m, 1 }
#define LESS(m)                                                                                              \
    { OF_CORE, FREM_CORE_##m, -1 }
#define RISE(m)                                                                                              \
    { OF_RISE, FREM_CORE_##m, 1 }
#define COURSES(m)                                                                                           \
    { OF_COURSES, FREM_COURSE_##m, 1 }
#define FROM(...) .from = {__VA_ARGS__}
#define OVER(m) .is_ratio = true, .over = FREM_M_##m
#define FLOOR(m) .sector = SECTOR_FLOOR, .floor = FREM_FLOOR_##m
#define MAKING(test, ...)                                                                                    \
    { .has = has_##test, __VA_ARGS__ }
#define FREM_MEASURE(id, name, unit, en, da, kind, sheet, made, looks) [FREM_M_##id] = MAKING made,
static const making makings[FREM_M_COUNT] = {
#include "frame/measures.def"
};
#undef FREM_MEASURE

static bool has_measure(const rows *w, size_t profession, size_t m) {
    return w->has[profession * FREM_M_COUNT + m];
}

/* Whether a measure of one profession is part of that of all of them. */
static bool is_summed(const rows *w, size_t profession, size_t m) {
    return has_measure(w, profession, m) && (makings[m].sum != SUM_SUPPLIED || has_supply(w, profession));
}

/* Whether all professions together can have a measure, as far as one of them goes. */
static bool may_lack(const rows *w, size_t profession, size_t m) {
    return makings[m].sum != SUM_WHOLE || has_measure(w, profession, m) ||
           (!makings[m].without_supply && !has_supply(w, profession));
}

static double core_at(const rows *w, size_t p, size_t area, size_t m, size_t step) {
    return w->projection
        ->measures[frem_core_at(w->projection, p, area, (frem_core_measure)m, step) + w->lane];
}

static double course_at(const rows *w, size_t kind, size_t p, size_t area, size_t step) {
    return w->course == NULL ? 0
                             : w->course[((kind * w->professions + p) * w->areas + area) * w->steps + step];
}

static double source_at(const rows *w, const source *of, size_t p, size_t area, size_t step) {
    switch (of->where) {
    case OF_CORE:
        return core_at(w, p, area, of->place, step);
    case OF_RISE:
        return core_at(w, p, area, of->place, step) - core_at(w, p, area, of->place, step - 1);
    case OF_COURSES:
        return course_at(w, of->place, p, area, step);
    case NOTHING:
        break;
    }
    return 0;
}

/* A measure of one profession; of a ratio what is to be divided. */
static double number_of(const rows *w, size_t p, size_t area, size_t m, size_t step) {
    double sum = 0;
    for (size_t i = 0; i < SOURCES_MAX && makings[m].from[i].where != NOTHING; i++)
        sum += makings[m].from[i].sign * source_at(w, &makings[m].from[i], p, area, step);
    return sum;
}

/* Whether a filter leaves a place; one that is not given leaves all. */
static bool wants(const bool *list, size_t place) {
    return list == NULL || list[place];
}

static void add(rows *w, size_t profession, size_t sector, size_t m, double number) {
    if (w->status == FREM_OK && wants(w->filter->measures, m))
        w->status = w->take(
            w->context, &(frem_result_row){w->step, w->area, profession, sector, (frem_measure_id)m, number});
}

/* Adds the row of a measure, where the sums have one. */
static void add_sum(rows *w, size_t p, size_t sector, size_t m, const sums *s) {
    double number = s->of[m], over = makings[m].is_ratio ? s->of[makings[m].over] : 1;
    if (makings[m].derive != NULL ? makings[m].derive(s, &number) : s->has[m] && over > 0)
        add(w, p, sector, m, makings[m].is_ratio ? number / over : number);
}

/* Rows of one profession over all sectors; p == professions is the sum over professions. */
static void add_measures(rows *w, size_t p, size_t area, size_t step) {
    sums s = {.all = p == w->professions};
    size_t first = s.all ? 0 : p, last = s.all ? p : p + 1;
    bool lacks[FREM_M_COUNT] = {false};
    for (size_t q = first; q < last; q++) {
        for (size_t i = 0; i < w->n_needed; i++) {
            const size_t m = w->needed[i];
            lacks[m] = lacks[m] || !may_lack(w, q, m);
            if (!(s.all ? is_summed(w, q, m) : has_measure(w, q, m)) ||
                (frem_measures[m].kind != FREM_LEVEL && step == 0))
                continue;
            s.has[m] = true;
            s.of[m] += number_of(w, q, area, m, step);
        }
    }
    for (size_t i = 0; i < w->n_needed; i++) {
        if (!lacks[w->needed[i]])
            add_sum(w, p, w->sectors, w->needed[i], &s);
    }
}

/* Whether a sector itself names a profession. */
static bool names(const frem_sector *sector, const char *profession) {
    const frem_values *lists[] = {&sector->employment,   &sector->vacancies, &sector->share_change,
                                  &sector->extra,        &sector->shares,    &sector->floor.marginal,
                                  &sector->budget.shares};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (frem_values_find(lists[i], profession) != NULL)
            return true;
    }
    return false;
}

/* Whether posts of a profession may move to a sector. */
static bool receives(const frem_scenario *s, const frem_sector *sector, const char *profession) {
    for (size_t k = 0; k < s->transfers.count; k++) {
        const frem_transfer *transfer = &s->transfers.items[k];
        if (strcmp(transfer->to, sector->head.key) != 0)
            continue;
        if (frem_values_find(&transfer->shares, profession) != NULL)
            return true;
        for (size_t j = 0; j < s->demand.count && transfer->shares.count == 0; j++) {
            if (strcmp(s->demand.items[j].head.key, transfer->from) == 0 &&
                names(&s->demand.items[j], profession))
                return true;
        }
    }
    return false;
}

/* Whether a sector has posts of a profession of its own, or that move to it. */
static bool has_posts(const frem_scenario *s, const frem_sector *sector, const char *profession) {
    return names(sector, profession) || receives(s, sector, profession);
}

/* Whether a sector has anything to say about a profession: it has its posts, or those of one that it fills. */
static bool calls_for(const frem_scenario *s, const frem_sector *sector, const char *profession) {
    if (has_posts(s, sector, profession))
        return true;
    for (size_t p = 0; p < s->professions.count; p++) {
        const frem_profession *other = &s->professions.items[p];
        if (other->feedback.untrained.head.node != NULL &&
            strcmp(other->feedback.untrained.profession, profession) == 0 &&
            has_posts(s, sector, other->head.key))
            return true;
    }
    return false;
}

/* A number of one sector by profession: that of one, or the sum of all. */
static void sum_sector(const rows *w, const double *numbers, size_t m, size_t p, size_t j, sums *s) {
    const frem_core_results *r = w->projection;
    for (size_t q = s->all ? 0 : p; q < (s->all ? p : p + 1); q++) {
        if (!w->calls[j * w->professions + q] || !(s->all ? is_summed(w, q, m) : has_measure(w, q, m)))
            continue;
        s->has[m] = true;
        s->of[m] +=
            numbers[(((q * frem_core_places(r) + frem_core_place(r, w->area)) * r->sectors + j) * r->steps +
                     w->step) *
                        r->lanes +
                    w->lane];
    }
}

/* What one sector has of a measure. @param wanted whether professions are asked for. */
static void fill_sector(const rows *w, size_t m, size_t p, size_t j, bool wanted, sums *s) {
    const frem_core_results *r = w->projection;
    const frem_core_sector *sector = &w->batch->inputs.sectors[j];
    const size_t place = frem_core_place(r, w->area) * r->sectors + j;
    switch (makings[m].sector) {
    case SECTOR_DEMAND:
    case SECTOR_UNFILLED:
        if (wanted)
            sum_sector(w, makings[m].sector == SECTOR_DEMAND ? r->sector_demand : r->sector_unfilled, m, p, j,
                       s);
        break;
    case SECTOR_USERS:
        s->has[m] = s->all && sector->driver == FREM_DRIVER_USERS;
        s->of[m] = r->users[(place * r->steps + w->step) * r->lanes + w->lane];
        break;
    case SECTOR_FLOOR:
        s->has[m] = s->all && sector->floor.required.at != NULL;
        if (s->has[m])
            s->of[m] =
                r->floors[((place * FREM_FLOOR_MEASURES + (size_t)makings[m].floor) * r->steps + w->step) *
                              r->lanes +
                          w->lane];
        break;
    case SECTOR_NONE:
    case SECTOR_DERIVED:
        break;
    }
}

/* Rows of a profession by sector. @param wanted whether the filter leaves the profession: what belongs to none goes with
 * any. */
static void add_sectors(rows *w, size_t p, bool wanted) {
    /* With one profession "all" is only what has no profession, such as users. */
    wanted = wanted && (p < w->professions || w->professions > 1);
    for (size_t j = 0; j < w->sectors; j++) {
        sums s = {.all = p == w->professions};
        /* What belongs to no profession is said with their sum. */
        if (!wants(w->filter->sectors, j) || (!s.all && !(wanted && w->calls[j * w->professions + p])))
            continue;
        for (size_t i = 0; i < w->n_by_sector; i++)
            fill_sector(w, w->by_sector[i], p, j, wanted, &s);
        for (size_t i = 0; i < w->n_by_sector; i++)
            add_sum(w, p, j, w->by_sector[i], &s);
    }
}

/* What programmes and upgrades have, by the profession that they lead to and area. */
static double *spread_courses(const rows *w) {
    const frem_core_inputs *in = &w->batch->inputs;
    const size_t regions = w->projection->regions;
    double *out = calloc(FREM_COURSE_KINDS * w->professions * w->areas * w->steps, sizeof *out);
    if (out == NULL)
        return NULL;
    const frem_courses courses = {w->batch, w->projection, w->lane};
    for (size_t k = 0; k < frem_courses_count(&courses); k++) {
        size_t profession = frem_course_leads_to(&courses, k);
        for (size_t i = 0; i < FREM_COURSE_KINDS * w->steps; i++) {
            size_t kind = i / w->steps, t = i % w->steps;
            double number = frem_course_number(&courses, k, kind, t);
            double *at = out + (kind * w->professions + profession) * w->areas * w->steps + t;
            if (!(number > 0))
                continue;
            const frem_course_whole whole = frem_course_divide(&courses, k, kind, t);
            for (size_t area = 0; area < regions; area++)
                at[area * w->steps] += number * frem_course_share(&courses, &whole, area);
        }
    }
    for (size_t i = 0; i < FREM_COURSE_KINDS * w->professions; i++) {
        double *at = out + i * w->areas * w->steps;
        for (size_t t = 0; t < w->steps; t++) {
            for (size_t g = 0; g < in->n_groups; g++) {
                for (size_t n = 0; n < in->groups[g].count; n++)
                    at[(regions + g) * w->steps + t] += at[in->groups[g].regions[n] * w->steps + t];
            }
            for (size_t region = 0; region < regions; region++)
                at[(w->areas - 1) * w->steps + t] += at[region * w->steps + t];
        }
    }
    return out;
}

/* Whether a filter leaves a measure that is made of the programmes' own numbers, which takes long. */
static bool wants_courses(const frem_row_filter *filter) {
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (makings[m].from[0].where == OF_COURSES && wants(filter->measures, m))
            return true;
    }
    return false;
}

/* Marks what a measure is made of. */
static void want_measure(size_t m, bool measures[FREM_CORE_MEASURES]) {
    for (size_t i = 0; i < SOURCES_MAX && makings[m].from[i].where != NOTHING; i++)
        if (makings[m].from[i].where != OF_COURSES)
            measures[makings[m].from[i].place] = true;
}

/* Whether a list leaves none of its first n places. */
static bool leaves_none(const bool *list, size_t n) {
    bool any = list == NULL;
    for (size_t i = 0; i < n && !any; i++)
        any = list[i];
    return !any;
}

void frem_row_filter_wants(const frem_row_filter *filter, const frem_model *model,
                           bool measures[FREM_CORE_MEASURES], frem_core_wanted *out) {
    *out = (frem_core_wanted){.cells = false};
    if (filter == NULL)
        return;
    out->no_regions = leaves_none(filter->areas, model->reported);
    out->no_sectors = leaves_none(filter->sectors, frem_index_count(model->sectors));
    memset(measures, 0, FREM_CORE_MEASURES * sizeof *measures);
    out->measures = measures;
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (!wants(filter->measures, m))
            continue;
        want_measure(m, measures);
        if (makings[m].is_ratio)
            want_measure(makings[m].over, measures);
        if (makings[m].derive != NULL) /* of any others */
            out->measures = NULL;
    }
}

/* The measures that a filter leaves, and those that they are made of, in their order. */
static void find_needed(rows *w) {
    bool needed[FREM_M_COUNT] = {false}, all = false;
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (!wants(w->filter->measures, m))
            continue;
        needed[m] = true;
        all = all || makings[m].derive != NULL;
        if (makings[m].is_ratio)
            needed[makings[m].over] = true;
    }
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (all || needed[m])
            w->needed[w->n_needed++] = m;
    }
}

/* What all rows ask for. */
static frem_status begin_rows(rows *w) {
    find_needed(w);
    const frem_scenario *s = w->model->scenario;
    const bool asked = wants_courses(w->filter);
    if (asked)
        w->course = spread_courses(w);
    w->parts = calloc(w->professions + 1, sizeof *w->parts);
    w->has = calloc(w->professions * FREM_M_COUNT + 1, sizeof *w->has);
    w->calls = calloc(w->sectors * w->professions + 1, sizeof *w->calls);
    if ((asked && w->course == NULL) || w->parts == NULL || w->has == NULL || w->calls == NULL)
        return FREM_NO_MEMORY;
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (makings[m].sector != SECTOR_NONE)
            w->by_sector[w->n_by_sector++] = m;
    }
    for (size_t p = 0; p < w->professions; p++) {
        w->parts[p] = parts_of(w, p);
        for (size_t m = 0; m < FREM_M_COUNT; m++)
            w->has[p * FREM_M_COUNT + m] =
                (makings[m].without_supply || has_supply(w, p)) && makings[m].has(w, p);
        const char *profession = s->professions.items[p].head.key;
        for (size_t j = 0; j < w->sectors; j++)
            w->calls[j * w->professions + p] = calls_for(s, &s->demand.items[j], profession);
    }
    return FREM_OK;
}

static rows rows_of(const frem_batch *batch, const frem_core_results *projection, size_t lane,
                    const frem_row_filter *filter, frem_row_take take, void *context) {
    static const frem_row_filter everything = {NULL, NULL, NULL, NULL, NULL};
    return (rows){.model = batch->model,
                  .batch = batch,
                  .projection = projection,
                  .lane = lane,
                  .filter = filter != NULL ? filter : &everything,
                  .take = take,
                  .context = context,
                  .professions = projection->professions,
                  .sectors = projection->sectors,
                  .areas = projection->areas,
                  .steps = projection->steps};
}

static void end_rows(rows *w) {
    free(w->course);
    free(w->parts);
    free(w->has);
    free(w->calls);
}

/* The rows of one area in one step. */
static void add_rows(rows *w, size_t step, size_t area) {
    w->step = step;
    w->area = area;
    for (size_t p = 0; p <= w->professions; p++) {
        const bool wanted = wants(w->filter->professions, p);
        add_sectors(w, p, wanted);
        if (wanted && (p < w->professions || w->professions > 1) && wants(w->filter->sectors, w->sectors))
            add_measures(w, p, area, step);
    }
}

static frem_status add_lanes(rows *of, size_t lanes) {
    const rows *first = &of[0];
    frem_status status = FREM_OK;
    for (size_t l = 0; l < lanes && status == FREM_OK; l++)
        status = of[l].status = begin_rows(&of[l]);
    /* The one area of a scenario without regions is only seen as the sum. */
    const size_t first_area = first->model->one_area ? 1 : 0, n_areas = first->areas - first_area;
    for (size_t i = 0; i < first->steps * n_areas && status == FREM_OK; i++) {
        const size_t step = i / n_areas, area = first_area + i % n_areas;
        if (!wants(first->filter->steps, step) || !wants(first->filter->areas, area))
            continue;
        for (size_t l = 0; l < lanes && status == FREM_OK; l++) {
            add_rows(&of[l], step, area);
            status = of[l].status;
        }
    }
    for (size_t l = 0; l < lanes; l++)
        end_rows(&of[l]);
    return status;
}

frem_status frem_results_lanes(const frem_batch *batch, const frem_core_results *projection, size_t lanes,
                               const frem_row_filter *filter, frem_row_take take, void *const *contexts) {
    rows *of = calloc(lanes + 1, sizeof *of);
    if (of == NULL)
        return FREM_NO_MEMORY;
    for (size_t l = 0; l < lanes; l++)
        of[l] = rows_of(batch, projection, l, filter, take, contexts[l]);
    const frem_status status = add_lanes(of, lanes);
    free(of);
    return status;
}

frem_status frem_results_each(const frem_batch *batch, const frem_core_results *projection, size_t lane,
                              const frem_row_filter *filter, frem_row_take take, void *context) {
    rows w = rows_of(batch, projection, lane, filter, take, context);
    return add_lanes(&w, 1);
}

/* ---- the table of results.csv ---- */

/* A table that rows are added to, with the codes of what they are about. */
typedef struct filling {
    frem_frame *frame;
    frem_arena *arena;
    int32_t base;
    size_t inserted; /* columns between variant and year */
    uint32_t measure[FREM_M_COUNT], unit[FREM_M_COUNT];
    uint32_t *professions, *sectors, *areas; /* the last of each is "all" */
    frem_cell *cells;
} filling;

static size_t column_at(const filling *f, enum frem_results_column column) {
    return (size_t)column + (column < FREM_COL_YEAR ? 0 : f->inserted);
}

static frem_status fill_row(void *context, const frem_result_row *row) {
    filling *f = context;
    frem_cell *cells = f->cells + f->inserted;
    cells[FREM_COL_YEAR].whole = f->base + (int32_t)row->step;
    cells[FREM_COL_REGION].label = f->areas[row->area];
    cells[FREM_COL_PROFESSION].label = f->professions[row->profession];
    cells[FREM_COL_SECTOR].label = f->sectors[row->sector];
    cells[FREM_COL_MEASURE].label = f->measure[row->measure];
    cells[FREM_COL_UNIT].label = f->unit[row->measure];
    cells[FREM_COL_VALUE].number = row->value;
    return frem_frame_add(f->frame, f->cells);
}

/* Codes of the labels of one column, "all" last. */
static frem_status add_codes(const filling *f, enum frem_results_column column, const char *const *names,
                             size_t n, uint32_t **codes) {
    *codes = frem_arena_alloc(f->arena, n + 1, sizeof **codes);
    frem_status status = *codes != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = frem_frame_label(f->frame, column_at(f, column), names[i], *codes + i);
    return status == FREM_OK ? frem_frame_label(f->frame, column_at(f, column), "all", *codes + n) : status;
}

static frem_status add_labels(filling *f, const frem_model *model, const char *scenario, const char *variant,
                              const char *statistic) {
    size_t regions = model->reported, named = regions + model->n_groups;
    const char **areas = frem_arena_alloc(f->arena, named + 1, sizeof *areas);
    if (areas == NULL)
        return FREM_NO_MEMORY;
    for (size_t a = 0; a < named; a++)
        areas[a] = a < regions ? frem_index_name(model->regions, a) : model->groups[a - regions].name;
    const struct {
        enum frem_results_column column;
        const char *text;
    } same[] = {{FREM_COL_SCENARIO, scenario}, {FREM_COL_VARIANT, variant}, {FREM_COL_STATISTIC, statistic}};
    frem_status status = FREM_OK;
    for (size_t i = 0; i < sizeof same / sizeof *same && status == FREM_OK; i++) {
        size_t column = column_at(f, same[i].column);
        if (same[i].text == NULL)
            continue;
        status = frem_frame_label(f->frame, column, same[i].text, &f->cells[column].label);
    }
    for (size_t m = 0; m < FREM_M_COUNT && status == FREM_OK; m++) {
        status =
            frem_frame_label(f->frame, column_at(f, FREM_COL_MEASURE), frem_measures[m].name, &f->measure[m]);
        if (status == FREM_OK)
            status =
                frem_frame_label(f->frame, column_at(f, FREM_COL_UNIT), frem_measures[m].unit, &f->unit[m]);
    }
    if (status == FREM_OK)
        status = add_codes(f, FREM_COL_REGION, areas, named, &f->areas);
    if (status == FREM_OK)
        status = add_codes(f, FREM_COL_PROFESSION, frem_index_names(model->professions),
                           frem_index_count(model->professions), &f->professions);
    if (status == FREM_OK)
        status = add_codes(f, FREM_COL_SECTOR, frem_index_names(model->sectors),
                           frem_index_count(model->sectors), &f->sectors);
    return status;
}

frem_status frem_results_rows_at(frem_frame *frame, const frem_batch *batch,
                                 const frem_core_results *projection, const char *scenario,
                                 const char *variant, const frem_rows_place *place) {
    filling f = {.frame = frame, .base = batch->model->base, .inserted = place->n_inserted};
    frem_status status = frem_arena_new(&f.arena);
    if (status != FREM_OK)
        return status;
    f.cells = frem_arena_alloc(f.arena, FREM_COL_COUNT + f.inserted, sizeof *f.cells);
    for (size_t i = 0; i < f.inserted && f.cells != NULL; i++)
        f.cells[FREM_COL_YEAR + i] = place->inserted[i];
    status = f.cells != NULL ? add_labels(&f, batch->model, scenario, variant, "point") : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_results_each(batch, projection, place->lane, place->filter, fill_row, &f);
    frem_arena_free(f.arena);
    return status;
}

/* Adds the statistics of one row. */
static frem_status add_statistics(filling *f, const frem_statistics *all, size_t row, const uint32_t *codes,
                                  uint32_t ratio) {
    frem_result_row one = all->rows[row];
    const uint32_t unit = f->unit[one.measure];
    frem_status status = FREM_OK;
    for (size_t k = 0; k < all->n_names && status == FREM_OK; k++) {
        one.value = all->values[row * all->n_names + k];
        if (isnan(one.value))
            continue;
        f->cells[column_at(f, FREM_COL_STATISTIC)].label = codes[k];
        f->unit[one.measure] = all->ratios[k] ? ratio : unit;
        status = fill_row(f, &one);
    }
    f->unit[one.measure] = unit;
    return status;
}

frem_status frem_results_statistics(frem_frame *frame, const frem_model *model, const char *scenario,
                                    const char *variant, const frem_statistics *all) {
    filling f = {.frame = frame, .base = model->base};
    frem_status status = frem_arena_new(&f.arena);
    if (status != FREM_OK)
        return status;
    f.cells = frem_arena_alloc(f.arena, FREM_COL_COUNT, sizeof *f.cells);
    uint32_t *codes = frem_arena_alloc(f.arena, all->n_names + 1, sizeof *codes), ratio = 0;
    status = f.cells != NULL && codes != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t k = 0; k < all->n_names && status == FREM_OK; k++)
        status = frem_frame_label(frame, FREM_COL_STATISTIC, all->names[k], &codes[k]);
    if (status == FREM_OK)
        status = add_labels(&f, model, scenario, variant, NULL);
    if (status == FREM_OK)
        status = frem_frame_label(frame, FREM_COL_UNIT, "ratio", &ratio);
    for (size_t i = 0; i < all->n && status == FREM_OK; i++)
        status = add_statistics(&f, all, i, codes, ratio);
    frem_arena_free(f.arena);
    return status;
}

frem_status frem_results_rows(frem_frame *frame, const frem_model *model, const frem_batch *batch,
                              const frem_core_results *projection, const char *scenario,
                              const char *variant) {
    static const frem_rows_place whole = {0, NULL, NULL, 0};
    (void)model; /* the batch's own */
    return frem_results_rows_at(frame, batch, projection, scenario, variant, &whole);
}
