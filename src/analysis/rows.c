/* A projection as rows of the results table, in the order of the contract. */
#include <stdlib.h>
#include <string.h>

#include "analysis/courses.h"
#include "analysis/results.h"

const frem_measure frem_measures[FREM_M_COUNT] = {
    [FREM_M_SUPPLY] = {"supply", "fte", {{"Supply", "Udbud"}}, false},
    [FREM_M_DEMAND] = {"demand", "fte", {{"Demand", "Efterspørgsel"}}, false},
    [FREM_M_DEMAND_WITHOUT] = {"demand_without_supply",
                               "fte",
                               {{"Demand without a supply", "Efterspørgsel uden udbud"}},
                               false},
    [FREM_M_GAP] = {"gap", "fte", {{"Gap", "Balance"}}, true},
    [FREM_M_SHORTAGE] = {"shortage", "fte", {{"Shortage", "Mangel"}}, false},
    [FREM_M_RECRUITMENT] = {"recruitment_need", "fte", {{"Recruitment need", "Rekrutteringsbehov"}}, true},
    [FREM_M_EXPANSION] = {"expansion", "fte", {{"Expansion need", "Behov ved vækst"}}, true},
    [FREM_M_REPLACEMENT] = {"replacement", "fte", {{"Replacement need", "Erstatningsbehov"}}, false},
    [FREM_M_OTHER_INFLOW] = {"other_inflow",
                             "fte",
                             {{"Inflow other than graduates", "Tilgang ud over dimittender"}},
                             false},
    [FREM_M_GRADUATE_NEED] = {"graduate_need",
                              "fte",
                              {{"Need for graduates and newcomers", "Behov for dimittender og nye"}},
                              true},
    [FREM_M_POSTS_UNFILLED] = {"posts_unfilled", "fte", {{"Posts unfilled", "Ubesatte stillinger"}}, false},
    [FREM_M_STUDENT_FTE] = {"student_fte", "fte", {{"Students' work", "Elevers arbejde"}}, false},
    [FREM_M_COVERAGE] = {"coverage", "ratio", {{"Coverage", "Dækning"}}, false},
    [FREM_M_STOCK] = {"stock", "persons", {{"Stock", "Bestand"}}, false},
    [FREM_M_LABOUR_FORCE] = {"labour_force", "persons", {{"Labour force", "Arbejdsstyrke"}}, false},
    [FREM_M_EMPLOYED] = {"employed", "persons", {{"Employed", "Beskæftigede"}}, false},
    [FREM_M_INTAKE] = {"intake", "persons", {{"Intake", "Optag"}}, false},
    [FREM_M_DROPOUTS] = {"dropouts", "persons", {{"Dropouts", "Frafald"}}, false},
    [FREM_M_GRADUATES] = {"graduates", "persons", {{"Graduates", "Dimittender"}}, false},
    [FREM_M_RETIREMENTS] = {"retirements", "persons", {{"Retirements", "Tilbagetrækninger"}}, false},
    [FREM_M_DEATHS] = {"deaths", "persons", {{"Deaths", "Dødsfald"}}, false},
    [FREM_M_OTHER_EXITS] = {"other_exits", "persons", {{"Other exits", "Anden afgang"}}, false},
    [FREM_M_ARRIVALS] = {"arrivals", "persons", {{"Arrivals from abroad", "Indvandring"}}, false},
    [FREM_M_RETURNERS] = {"returners", "persons", {{"Returners", "Tilbagevendte"}}, false},
    [FREM_M_UPGRADES_IN] = {"upgrades_in",
                            "persons",
                            {{"Upgrades in", "Tilgang fra videreuddannelse"}},
                            false},
    [FREM_M_UPGRADES_OUT] = {"upgrades_out",
                             "persons",
                             {{"Upgrades out", "Afgang til videreuddannelse"}},
                             false},
    [FREM_M_MOVES_IN] = {"moves_in", "persons", {{"Moves in", "Tilflytning"}}, false},
    [FREM_M_MOVES_OUT] = {"moves_out", "persons", {{"Moves out", "Fraflytning"}}, false},
    [FREM_M_STUDENTS] = {"students", "persons", {{"Students", "Studerende"}}, false},
    [FREM_M_USERS] = {"users", "persons", {{"Users", "Brugere"}}, false},
    [FREM_M_SHARE_55] = {"share_55_plus", "ratio", {{"Share aged 55+", "Andel på 55+ år"}}, false},
    [FREM_M_PLACES] = {"places", "places", {{"Places", "Pladser"}}, false},
    [FREM_M_PLACES_UNFILLED] = {"places_unfilled",
                                "places",
                                {{"Places unfilled", "Ubesatte pladser"}},
                                false},
    [FREM_M_COST] = {"cost", "mio_kr", {{"Cost", "Udgift"}}, false},
    [FREM_M_TRAINED_SHARE] = {"trained_share",
                              "ratio",
                              {{"Trained share of the staff", "Uddannet andel af personalet"}},
                              false},
    [FREM_M_STAFF_REQUIRED] = {"staff_required",
                               "fte",
                               {{"Staff required by the ratio", "Personale efter normeringen"}},
                               false},
    [FREM_M_STAFF_COUNTED] = {"staff_counted",
                              "fte",
                              {{"Staff counted by the ratio", "Personale, der tæller med"}},
                              false},
    [FREM_M_CHILDREN_REQUIRED] = {"children_per_adult_required",
                                  "children",
                                  {{"Children per adult, required", "Børn pr. voksen, krav"}},
                                  false},
    [FREM_M_CHILDREN] = {"children_per_adult",
                         "children",
                         {{"Children per adult, actual", "Børn pr. voksen, faktisk"}},
                         false},
};

bool frem_measure_has_percent(const char *measure) {
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (strcmp(frem_measures[m].name, measure) == 0)
            return !frem_measures[m].may_be_negative && strcmp(frem_measures[m].unit, "ratio") != 0;
    }
    return true;
}

/* What the programmes and upgrades of a profession have. */
typedef struct course_parts {
    bool any, graduates, places,
        student_fte; /* completers of upgrades are no graduates, but come by upgrades */
    bool in, out;    /* people come by upgrades, or come back; people leave for them */
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
    const double *
        course; /* NULL where no measure asks for it; [core's measure of courses, places, empty places][profession][area][step] */
    course_parts *parts; /* [profession] */
    size_t professions, sectors, areas, steps;
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

/* Which measures a scenario has something for. A profession with `supply: none` has a demand and what it costs:
 * no stock, and so no gap, no coverage and no recruitment. */
static bool has_measure(const rows *w, size_t profession, enum frem_measure_place m) {
    const frem_scenario *s = w->model->scenario;
    const frem_profession *p = &s->professions.items[profession];
    bool exits = p->retirement.head.node != NULL && p->retirement.kind == FREM_RETIRE_EXIT;
    if (!has_supply(w, profession) && m != FREM_M_DEMAND && m != FREM_M_DEMAND_WITHOUT && m != FREM_M_COST)
        return false;
    switch (m) {
    case FREM_M_LABOUR_FORCE:
        return !frem_value_given(&p->employment_rate);
    case FREM_M_INTAKE:
    case FREM_M_DROPOUTS:
    case FREM_M_STUDENTS:
        return w->parts[profession].any;
    case FREM_M_GRADUATES:
        return w->parts[profession].graduates;
    case FREM_M_STUDENT_FTE:
        return w->parts[profession].student_fte;
    case FREM_M_PLACES:
    case FREM_M_PLACES_UNFILLED:
        return w->parts[profession].places;
    case FREM_M_UPGRADES_IN:
        return w->parts[profession].in;
    case FREM_M_UPGRADES_OUT:
        return w->parts[profession].out;
    case FREM_M_RETIREMENTS:
        return exits;
    case FREM_M_DEATHS:
        return frem_value_given(&p->death);
    case FREM_M_OTHER_EXITS:
        return frem_value_given(&p->emigration) || frem_value_given(&p->permanent_exit) ||
               s->ages.oldest == FREM_OLDEST_LEAVES;
    case FREM_M_ARRIVALS:
        return p->immigration.head.node != NULL;
    case FREM_M_RETURNERS:
        return frem_value_given(&p->returners);
    case FREM_M_MOVES_IN:
    case FREM_M_MOVES_OUT:
        return p->moves.head.node != NULL;
    case FREM_M_OTHER_INFLOW:
        return p->immigration.head.node != NULL || frem_value_given(&p->returners) ||
               p->moves.head.node != NULL || w->parts[profession].in;
    case FREM_M_POSTS_UNFILLED:
        return w->projection->sector_unfilled != NULL;
    case FREM_M_COST:
        return frem_value_given(&p->unit_cost);
    case FREM_M_DEMAND_WITHOUT:
        return !has_supply(w, profession);
    case FREM_M_SUPPLY:
    case FREM_M_DEMAND:
    case FREM_M_GAP:
    case FREM_M_SHORTAGE:
    case FREM_M_RECRUITMENT:
    case FREM_M_EXPANSION:
    case FREM_M_REPLACEMENT:
    case FREM_M_GRADUATE_NEED:
    case FREM_M_COVERAGE:
    case FREM_M_STOCK:
    case FREM_M_EMPLOYED:
    case FREM_M_SHARE_55:
        return true;
    case FREM_M_USERS:
    case FREM_M_TRAINED_SHARE:
    case FREM_M_STAFF_REQUIRED:
    case FREM_M_STAFF_COUNTED:
    case FREM_M_CHILDREN_REQUIRED:
    case FREM_M_CHILDREN:
    case FREM_M_COUNT:
        break;
    }
    return false;
}

/* Flows belong to the step that ends in their year, and the base year ends none. */
static bool is_flow(enum frem_measure_place m) {
    return m == FREM_M_RECRUITMENT || m == FREM_M_EXPANSION || m == FREM_M_REPLACEMENT ||
           m == FREM_M_OTHER_INFLOW || m == FREM_M_GRADUATE_NEED || m == FREM_M_DROPOUTS ||
           m == FREM_M_GRADUATES || m == FREM_M_RETIREMENTS || m == FREM_M_DEATHS ||
           m == FREM_M_OTHER_EXITS || m == FREM_M_ARRIVALS || m == FREM_M_RETURNERS ||
           m == FREM_M_UPGRADES_IN || m == FREM_M_UPGRADES_OUT || m == FREM_M_MOVES_IN ||
           m == FREM_M_MOVES_OUT;
}

static double core_at(const rows *w, size_t p, size_t area, frem_core_measure m, size_t step) {
    return w->projection->measures[frem_core_at(w->projection, p, area, m, step) + w->lane];
}

static double course_at(const rows *w, size_t kind, size_t p, size_t area, size_t step) {
    return w->course == NULL ? 0
                             : w->course[((kind * w->professions + p) * w->areas + area) * w->steps + step];
}

/* A measure that adds up over professions: a number of the core, or of the programmes, and 0 for what has to be
 * made of others. */
static double number_of(const rows *w, size_t p, size_t area, enum frem_measure_place m, size_t step) {
    static const struct {
        enum { NOWHERE, CORE, COURSES } where;
        size_t place;
    } from[FREM_M_COUNT] = {
        [FREM_M_SUPPLY] = {CORE, FREM_CORE_SUPPLY},
        [FREM_M_DEMAND] = {CORE, FREM_CORE_DEMAND},
        [FREM_M_DEMAND_WITHOUT] = {CORE, FREM_CORE_DEMAND},
        [FREM_M_GAP] = {CORE, FREM_CORE_GAP},
        [FREM_M_SHORTAGE] = {CORE, FREM_CORE_SHORTAGE},
        [FREM_M_RECRUITMENT] = {CORE, FREM_CORE_RECRUITMENT},
        [FREM_M_OTHER_INFLOW] = {CORE, FREM_CORE_INFLOW_FTE},
        [FREM_M_POSTS_UNFILLED] = {CORE, FREM_CORE_POSTS_UNFILLED},
        [FREM_M_STUDENT_FTE] = {CORE, FREM_CORE_STUDENT_FTE},
        [FREM_M_STOCK] = {CORE, FREM_CORE_STOCK},
        [FREM_M_LABOUR_FORCE] = {CORE, FREM_CORE_LABOUR_FORCE},
        [FREM_M_EMPLOYED] = {CORE, FREM_CORE_EMPLOYED},
        [FREM_M_INTAKE] = {COURSES, FREM_COURSE_INTAKE},
        [FREM_M_DROPOUTS] = {COURSES, FREM_COURSE_DROPOUTS},
        [FREM_M_GRADUATES] = {CORE, FREM_CORE_GRADUATES},
        [FREM_M_RETIREMENTS] = {CORE, FREM_CORE_RETIREMENTS},
        [FREM_M_DEATHS] = {CORE, FREM_CORE_DEATHS},
        [FREM_M_ARRIVALS] = {CORE, FREM_CORE_IMMIGRANTS},
        [FREM_M_RETURNERS] = {CORE, FREM_CORE_RETURNERS},
        [FREM_M_UPGRADES_IN] = {CORE, FREM_CORE_UPGRADES_IN},
        [FREM_M_UPGRADES_OUT] = {CORE, FREM_CORE_UPGRADES_OUT},
        [FREM_M_MOVES_IN] = {CORE, FREM_CORE_MOVES_IN},
        [FREM_M_MOVES_OUT] = {CORE, FREM_CORE_MOVES_OUT},
        [FREM_M_STUDENTS] = {COURSES, FREM_COURSE_STUDENTS},
        [FREM_M_SHARE_55] = {CORE, FREM_CORE_STOCK_55},
        [FREM_M_PLACES] = {COURSES, FREM_COURSE_PLACES},
        [FREM_M_PLACES_UNFILLED] = {COURSES, FREM_COURSE_UNFILLED},
        [FREM_M_COST] = {CORE, FREM_CORE_COST},
    };
    if (m == FREM_M_OTHER_EXITS)
        return core_at(w, p, area, FREM_CORE_EMIGRANTS, step) +
               core_at(w, p, area, FREM_CORE_PERMANENT, step) + core_at(w, p, area, FREM_CORE_AGED_OUT, step);
    if (m == FREM_M_REPLACEMENT)
        return core_at(w, p, area, FREM_CORE_EXITS_FTE, step) +
               core_at(w, p, area, FREM_CORE_LEAVERS_FTE, step);
    if (m == FREM_M_EXPANSION && step > 0)
        return core_at(w, p, area, FREM_CORE_DEMAND, step) - core_at(w, p, area, FREM_CORE_DEMAND, step - 1);
    if (m == FREM_M_GRADUATE_NEED)
        return core_at(w, p, area, FREM_CORE_RECRUITMENT, step) -
               core_at(w, p, area, FREM_CORE_INFLOW_FTE, step);
    if (from[m].where == COURSES)
        return course_at(w, from[m].place, p, area, step);
    return from[m].where == CORE ? core_at(w, p, area, (frem_core_measure)from[m].place, step) : 0;
}

/* Whether a filter leaves a place; one that is not given leaves all. */
static bool wants(const bool *list, size_t place) {
    return list == NULL || list[place];
}

static void add(rows *w, size_t profession, size_t sector, enum frem_measure_place m, double number) {
    if (w->status == FREM_OK && wants(w->filter->measures, (size_t)m))
        w->status = w->take(w->context, &(frem_result_row){w->step, w->area, profession, sector, m, number});
}

/* Whether a measure of one profession is part of that of all of them. Demand is, where there is a supply to meet it:
 * so gap = supply - demand and coverage = supply / demand hold for all, too. The others' demand has a measure of its
 * own. */
static bool is_summed(const rows *w, size_t profession, enum frem_measure_place m) {
    return has_measure(w, profession, m) && (m != FREM_M_DEMAND || has_supply(w, profession));
}

/* Whether all professions together can have a measure that one of them has not. Flows that it lacks are 0; its labour
 * force and what it costs are not: without them a sum would be too small. */
static bool may_lack(const rows *w, size_t profession, enum frem_measure_place m) {
    return m == FREM_M_COST || (m == FREM_M_LABOUR_FORCE && has_supply(w, profession))
               ? has_measure(w, profession, m)
               : true;
}

/* The part of the posts that is for professions with a supply. @return whether there are posts. */
static bool trained_share(double with, double without, double *share) {
    if (!(with + without > 0))
        return false;
    *share = with / (with + without);
    return true;
}

/* Rows of one profession over all sectors; p == professions is the sum over professions. */
static void add_measures(rows *w, size_t p, size_t area, size_t step) {
    bool all = p == w->professions;
    size_t first = all ? 0 : p, last = all ? p : p + 1;
    double sums[FREM_M_COUNT] = {0};
    bool has[FREM_M_COUNT] = {false}, lacks[FREM_M_COUNT] = {false};
    for (size_t q = first; q < last; q++) {
        for (enum frem_measure_place m = 0; m < FREM_M_COUNT; m++) {
            lacks[m] = lacks[m] || !may_lack(w, q, m);
            if (!(all ? is_summed(w, q, m) : has_measure(w, q, m)) || (is_flow(m) && step == 0))
                continue;
            has[m] = true;
            sums[m] += number_of(w, q, area, m, step);
        }
    }
    if (sums[FREM_M_DEMAND] > 0)
        sums[FREM_M_COVERAGE] = sums[FREM_M_SUPPLY] / sums[FREM_M_DEMAND];
    else
        has[FREM_M_COVERAGE] = false;
    if (sums[FREM_M_STOCK] > 0)
        sums[FREM_M_SHARE_55] /= sums[FREM_M_STOCK];
    else
        has[FREM_M_SHARE_55] = false;
    has[FREM_M_TRAINED_SHARE] =
        all && has[FREM_M_DEMAND_WITHOUT] &&
        trained_share(sums[FREM_M_DEMAND], sums[FREM_M_DEMAND_WITHOUT], &sums[FREM_M_TRAINED_SHARE]);
    for (enum frem_measure_place m = 0; m < FREM_M_COUNT; m++) {
        if (has[m] && !lacks[m])
            add(w, p, w->sectors, m, sums[m]);
    }
}

/* Whether a sector has anything to say about a profession. */
static bool calls_for(const frem_sector *sector, const char *profession) {
    const frem_values *lists[] = {&sector->employment,   &sector->vacancies, &sector->share_change,
                                  &sector->extra,        &sector->shares,    &sector->floor.marginal,
                                  &sector->budget.shares};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (frem_values_find(lists[i], profession) != NULL)
            return true;
    }
    return false;
}

/* What one sector has of one profession, or of all. */
typedef struct sector_sums {
    double demand, without, unfilled;
    bool has_demand, has_without, has_unfilled;
} sector_sums;

static sector_sums sector_of(const rows *w, size_t p, size_t area, size_t j, size_t step) {
    const frem_core_results *r = w->projection;
    const frem_scenario *s = w->model->scenario;
    bool all = p == w->professions;
    sector_sums sums = {.demand = 0};
    for (size_t q = all ? 0 : p; q < (all ? p : p + 1); q++) {
        size_t at = (((q * r->areas + area) * r->sectors + j) * r->steps + step) * r->lanes + w->lane;
        if (!calls_for(&s->demand.items[j], s->professions.items[q].head.key))
            continue;
        if (!all || is_summed(w, q, FREM_M_DEMAND)) {
            sums.has_demand = true;
            sums.demand += r->sector_demand[at];
        }
        if (has_measure(w, q, FREM_M_DEMAND_WITHOUT)) {
            sums.has_without = true;
            sums.without += r->sector_demand[at];
        }
        if (has_measure(w, q, FREM_M_POSTS_UNFILLED)) {
            sums.has_unfilled = true;
            sums.unfilled += r->sector_unfilled[at];
        }
    }
    return sums;
}

/* What a sector's staffing ratio is about. Ratios of a sum are made of its sums. */
static void add_floor_of(rows *w, size_t p, size_t area, size_t j, size_t step) {
    const frem_core_results *r = w->projection;
    double is[FREM_FLOOR_MEASURES];
    if (w->batch->inputs.sectors[j].floor.required.at == NULL)
        return;
    for (size_t m = 0; m < FREM_FLOOR_MEASURES; m++) {
        size_t row = (area * r->sectors + j) * FREM_FLOOR_MEASURES + m;
        is[m] = r->floors[(row * r->steps + step) * r->lanes + w->lane];
    }
    add(w, p, j, FREM_M_STAFF_REQUIRED, is[FREM_FLOOR_REQUIRED]);
    add(w, p, j, FREM_M_STAFF_COUNTED, is[FREM_FLOOR_COUNTED]);
    if (is[FREM_FLOOR_REQUIRED] > 0)
        add(w, p, j, FREM_M_CHILDREN_REQUIRED, is[FREM_FLOOR_CHILDREN] / is[FREM_FLOOR_REQUIRED]);
    if (is[FREM_FLOOR_COUNTED] > 0)
        add(w, p, j, FREM_M_CHILDREN, is[FREM_FLOOR_CHILDREN] / is[FREM_FLOOR_COUNTED]);
}

/* What a sector has beside its professions, in the rows of all of them: users, and its staffing ratio. */
static void add_whole_of(rows *w, size_t p, size_t area, size_t j, size_t step, const sector_sums *sums) {
    const frem_core_results *r = w->projection;
    double share;
    if (p != w->professions)
        return;
    if (w->batch->inputs.sectors[j].driver == FREM_DRIVER_USERS)
        add(w, p, j, FREM_M_USERS,
            r->users[((area * r->sectors + j) * r->steps + step) * r->lanes + w->lane]);
    if (sums->has_without && trained_share(sums->demand, sums->without, &share))
        add(w, p, j, FREM_M_TRAINED_SHARE, share);
    add_floor_of(w, p, area, j, step);
}

/* The same where a filter leaves out the profession. */
static void add_whole(rows *w, size_t p, size_t area, size_t step) {
    const sector_sums nothing = {.demand = 0};
    for (size_t j = 0; j < w->sectors; j++) {
        if (wants(w->filter->sectors, j))
            add_whole_of(w, p, area, j, step, &nothing);
    }
}

static void add_sectors(rows *w, size_t p, size_t area, size_t step) {
    for (size_t j = 0; j < w->sectors; j++) {
        if (!wants(w->filter->sectors, j))
            continue;
        sector_sums sums = {.demand = 0};
        /* With one profession "all" is only what has no profession, such as users. */
        if (p < w->professions || w->professions > 1)
            sums = sector_of(w, p, area, j, step);
        if (sums.has_demand)
            add(w, p, j, FREM_M_DEMAND, sums.demand);
        if (sums.has_without)
            add(w, p, j, FREM_M_DEMAND_WITHOUT, sums.without);
        if (sums.has_unfilled)
            add(w, p, j, FREM_M_POSTS_UNFILLED, sums.unfilled);
        add_whole_of(w, p, area, j, step, &sums);
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
            for (size_t area = 0; area < regions && number > 0; area++)
                at[area * w->steps] += number * frem_course_share(&courses, k, kind, area, t);
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
    static const enum frem_measure_place of_courses[] = {FREM_M_INTAKE, FREM_M_DROPOUTS, FREM_M_STUDENTS,
                                                         FREM_M_PLACES, FREM_M_PLACES_UNFILLED};
    for (size_t i = 0; i < sizeof of_courses / sizeof *of_courses; i++) {
        if (wants(filter->measures, (size_t)of_courses[i]))
            return true;
    }
    return false;
}

frem_status frem_results_each(const frem_batch *batch, const frem_core_results *projection, size_t lane,
                              const frem_row_filter *filter, frem_row_take take, void *context) {
    static const frem_row_filter everything = {NULL, NULL, NULL, NULL, NULL};
    rows w = {.model = batch->model,
              .batch = batch,
              .projection = projection,
              .lane = lane,
              .filter = filter != NULL ? filter : &everything,
              .take = take,
              .context = context,
              .professions = projection->professions,
              .sectors = projection->sectors,
              .areas = projection->areas,
              .steps = projection->steps,
              .status = FREM_OK};
    bool asked = wants_courses(w.filter);
    double *course = asked ? spread_courses(&w) : NULL;
    course_parts *parts = calloc(w.professions + 1, sizeof *parts);
    w.course = course;
    w.parts = parts;
    if ((asked && course == NULL) || parts == NULL)
        w.status = FREM_NO_MEMORY;
    for (size_t p = 0; p < w.professions && parts != NULL; p++)
        parts[p] = parts_of(&w, p);
    /* The one area of a scenario without regions is only seen as the sum. */
    size_t first_area = w.model->one_area ? 1 : 0, n_areas = w.areas - first_area;
    for (size_t i = 0; i < w.steps * n_areas && w.status == FREM_OK; i++) {
        w.step = i / n_areas;
        w.area = first_area + i % n_areas;
        if (!wants(w.filter->steps, w.step) || !wants(w.filter->areas, w.area))
            continue;
        for (size_t p = 0; p <= w.professions; p++) {
            /* Users and staffing ratios belong to no profession, and so go with any. */
            if (!wants(w.filter->professions, p)) {
                add_whole(&w, p, w.area, w.step);
                continue;
            }
            add_sectors(&w, p, w.area, w.step);
            if ((p < w.professions || w.professions > 1) && wants(w.filter->sectors, w.sectors))
                add_measures(&w, p, w.area, w.step);
        }
    }
    free(course);
    free(parts);
    return w.status;
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

static frem_status add_labels(filling *f, const frem_model *model, const char *scenario,
                              const char *variant) {
    size_t regions = model->reported, named = regions + model->n_groups;
    const char **areas = frem_arena_alloc(f->arena, named + 1, sizeof *areas);
    if (areas == NULL)
        return FREM_NO_MEMORY;
    for (size_t a = 0; a < named; a++)
        areas[a] = a < regions ? frem_index_name(model->regions, a) : model->groups[a - regions].name;
    const struct {
        enum frem_results_column column;
        const char *text;
    } same[] = {{FREM_COL_SCENARIO, scenario}, {FREM_COL_VARIANT, variant}, {FREM_COL_STATISTIC, "point"}};
    frem_status status = FREM_OK;
    for (size_t i = 0; i < sizeof same / sizeof *same && status == FREM_OK; i++) {
        size_t column = column_at(f, same[i].column);
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
    status = f.cells != NULL ? add_labels(&f, batch->model, scenario, variant) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_results_each(batch, projection, place->lane, place->filter, fill_row, &f);
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
