#include "core/job.h"

#include <stdint.h>

/* Room for the product of two sizes, and at least one element. Zeroed. NULL when out of memory, which the job keeps. */
static void *room(frem_core_job *job, size_t a, size_t b, size_t element) {
    size_t count;
    void *memory = NULL;
    if (!__builtin_mul_overflow(a, b, &count))
        memory = frem_arena_alloc(job->arena, count == 0 ? 1 : count, element);
    job->status = memory != NULL ? job->status : FREM_NO_MEMORY;
    return memory;
}

/* One chunk of numbers, allotted piece by piece. Without it the pieces are only counted. */
typedef struct chunk {
    double *numbers;
    size_t used;
    bool too_many;
} chunk;

static double *allot(chunk *from, size_t a, size_t b, size_t c) {
    double *taken = from->numbers == NULL ? NULL : from->numbers + from->used;
    if (__builtin_mul_overflow(a, b, &a) || __builtin_mul_overflow(a, c, &a) ||
        __builtin_add_overflow(from->used, a, &from->used))
        from->too_many = true;
    return taken;
}

static bool settles_everywhere(const frem_core_programme *programme) {
    return programme->region < 0;
}

static bool upgrade_is_on(const frem_core_inputs *in, const frem_core_upgrade *upgrade) {
    return upgrade->lags > 0 && in->professions[upgrade->from].has_stock &&
           in->professions[upgrade->to].has_stock;
}

static bool moves_people(const frem_core_profession *profession) {
    return profession->moves.at != NULL || profession->moves_outside.at != NULL ||
           profession->net_moves.at != NULL;
}

/* Whether something takes a profession's people from region to region, takes them from all together, or makes a year of
 * theirs depend on the year before. */
static bool stepped_together(const frem_core_inputs *in, size_t p) {
    const frem_core_profession *profession = &in->professions[p];
    if (!profession->has_stock)
        return false;
    if (moves_people(profession) || profession->response.rate.at != NULL)
        return true;
    for (size_t u = 0; u < in->n_upgrades; u++)
        if (upgrade_is_on(in, &in->upgrades[u]) && (in->upgrades[u].from == p || in->upgrades[u].to == p))
            return true;
    return false;
}

bool frem_core_is_tied(const frem_core_inputs *in, size_t p) {
    return stepped_together(in, p) ||
           (in->professions[p].has_stock && frem_core_commutes(&in->professions[p]));
}

static void share_out_streams(const frem_core_job *job, frem_core_stream *streams, chunk *from) {
    const frem_core_inputs *in = job->in;
    for (size_t k = 0; k < in->n_programmes; k++) {
        streams[k].joining = allot(from, in->steps, in->programmes[k].shifts, job->width);
        streams[k].beyond = allot(from, in->steps, 1, job->width);
        streams[k].working = allot(from, in->steps, 1, job->width);
        streams[k].arriving = NULL;
        if (settles_everywhere(&in->programmes[k]))
            streams[k].arriving = allot(from, in->steps, in->sexes * in->ages, job->width);
    }
}

/* Windows of those who joined lately. */
static size_t layers_of(const frem_core_profession *profession) {
    return profession->recent[FREM_RECENT_IMMIGRANTS].years + profession->recent[FREM_RECENT_GRADUATES].years;
}

/* Whether upgrades take people of a profession. */
static bool is_taken_from(const frem_core_inputs *in, size_t p) {
    for (size_t u = 0; u < in->n_upgrades; u++)
        if (upgrade_is_on(in, &in->upgrades[u]) && in->upgrades[u].from == p)
            return true;
    return false;
}

static void share_out_people(const frem_core_job *job, frem_core_people *people, chunk *from) {
    const frem_core_inputs *in = job->in;
    size_t window = in->sexes * (in->ages + in->steps - 1);
    for (size_t i = 0; i < job->n_together; i++) {
        size_t p = job->together[i];
        people[p].stock = allot(from, job->by_region ? 1 : in->regions, window, job->width);
        if (job->by_region && is_taken_from(in, p))
            people[p].diagonal = allot(from, in->regions, 1, job->width);
        if (in->professions[p].response.rate.at != NULL) {
            people[p].employment = allot(from, in->regions, in->sexes * in->ages, job->width);
            people[p].tightness = allot(from, in->regions, 1, job->width);
        }
        size_t layers = layers_of(&in->professions[p]);
        if (layers > 0)
            people[p].recent = allot(from, in->regions * layers, window, job->width);
        if (in->professions[p].returning.values.at == NULL)
            continue;
        people[p].pool = allot(from, in->regions, window, job->width);
        people[p].coming = allot(from, in->regions, in->sexes * in->ages, job->width);
    }
}

static void share_out_cohorts(const frem_core_job *job, frem_core_cohorts *cohorts, chunk *from) {
    const frem_core_inputs *in = job->in;
    for (size_t u = 0; u < in->n_upgrades; u++) {
        cohorts[u] = job->spans[u];
        const frem_core_upgrade *upgrade = &in->upgrades[u];
        size_t ages = cohorts[u].end_age - cohorts[u].first_age, cells = in->sexes * in->ages, people;
        if (!upgrade_is_on(in, upgrade))
            continue;
        if (__builtin_mul_overflow(in->regions, in->sexes * ages, &people))
            from->too_many = true;
        cohorts[u].taken = allot(from, upgrade->lags, job->by_region ? in->sexes * ages : people, job->width);
        cohorts[u].shares = allot(from, job->by_region ? in->steps : 1, cells, job->width);
        cohorts[u].available = allot(from, cells, 1, job->width);
        cohorts[u].persons = allot(from, in->regions, 1, job->width);
        cohorts[u].everybody = allot(from, 1, 1, job->width);
        if (job->by_region) {
            cohorts[u].diagonal = allot(from, upgrade->lags, in->regions, job->width);
            cohorts[u].last = allot(from, people, 1, job->width);
        }
        cohorts[u].joiners = allot(from, upgrade->entries, upgrade->lags, 2);
    }
}

static void share_out_scratch(const frem_core_job *job, frem_core_scratch *scratch, chunk *from) {
    const frem_core_inputs *in = job->in;
    size_t cells = in->sexes * in->ages, span = in->ages + in->steps - 1;
    size_t layers = 0;
    bool solves = false;
    for (size_t p = 0; p < in->n_professions; p++)
        layers = layers_of(&in->professions[p]) > layers ? layers_of(&in->professions[p]) : layers;
    for (size_t p = 0; p < in->n_professions; p++)
        solves = solves || (frem_core_job_scales(job, p) && in->professions[p].commuting.at != NULL);
    scratch->stock = allot(from, in->sexes, span, job->width);
    scratch->pool = allot(from, in->sexes, span, job->width);
    if (layers > 0)
        scratch->recent = allot(from, layers * in->sexes, span, job->width);
    scratch->coming = allot(from, cells, 1, job->width);
    scratch->arriving = allot(from, cells, 1, job->width);
    scratch->total = allot(from, in->steps, 1, job->width);
    scratch->missing = allot(from, in->steps, 1, job->width);
    if (in->n_transfers > 0)
        scratch->before = allot(from, in->n_professions, in->n_sectors, job->width);
    scratch->regions = allot(from, FREM_CORE_REGION_ROWS, in->regions, job->width);
    scratch->doubts = allot(from, 1, 1, job->width);
    if (solves)
        scratch->matrix = allot(from, in->regions, in->regions, 1);
}

/* Gives work i its memory. */
static void share_out(frem_core_job *job, size_t i, chunk *from) {
    const frem_core_inputs *in = job->in;
    frem_core_work *work = &job->work[i];
    *work = (frem_core_work){.in = in,
                             .out = job->out,
                             .heads = job->heads,
                             .next = job->next,
                             .order = job->order,
                             .members = job->members,
                             .by_region = job->by_region};
    work->streams = job->streams + i * in->n_programmes;
    work->people = job->people + i * in->n_professions;
    work->cohorts = job->cohorts + i * in->n_upgrades;
    work->scratch = job->scratch + i * job->workers;
    share_out_streams(job, work->streams, from);
    share_out_people(job, work->people, from);
    share_out_cohorts(job, work->cohorts, from);
    for (size_t worker = 0; worker < job->workers; worker++) {
        work->scratch[worker].pivots = job->pivots + (i * job->workers + worker) * in->regions;
        share_out_scratch(job, &work->scratch[worker], from);
    }
}

/* Lists of the programmes by whom they lead to and where, and which regions the groups hold. */
static void list(frem_core_job *job) {
    const frem_core_inputs *in = job->in;
    for (size_t i = 0; i < in->n_professions * (in->regions + 1); i++)
        job->heads[i] = FREM_CORE_NO_STREAM;
    for (size_t k = in->n_programmes; k-- > 0;) {
        const frem_core_programme *programme = &in->programmes[k];
        size_t place = settles_everywhere(programme) ? 0 : 1 + (size_t)programme->region;
        size_t *head = &job->heads[programme->profession * (in->regions + 1) + place];
        job->next[k] = *head;
        *head = k;
    }
    for (size_t g = 0; g < in->n_groups; g++)
        for (size_t i = 0; i < in->groups[g].count; i++)
            job->members[g * in->regions + in->groups[g].regions[i]] = true;
    for (size_t p = 0; p < in->n_professions; p++)
        job->fills = job->fills || (in->professions[p].has_stock && in->professions[p].filled.at != NULL);
    for (size_t p = 0; p < in->n_professions; p++)
        if (stepped_together(in, p)) {
            const frem_core_profession *it = &in->professions[p];
            job->together[job->n_together++] = p;
            job->moves = job->moves || moves_people(it);
            job->responds = job->responds || it->response.rate.at != NULL;
        }
}

/* The sectors in the order in which they are filled. */
static void list_sectors(frem_core_job *job) {
    const frem_core_sector *sectors = job->in->sectors;
    for (size_t j = 0; j < job->in->n_sectors; j++) {
        size_t i = j;
        for (; i > 0 && sectors[job->order[i - 1]].priority > sectors[j].priority; i--)
            job->order[i] = job->order[i - 1];
        job->order[i] = j;
    }
}

/* The ages at which an upgrade takes people, in any lane. */
static void find_spans(frem_core_job *job) {
    const frem_core_inputs *in = job->in;
    for (size_t u = 0; u < in->n_upgrades; u++) {
        const frem_lanes *entrants = &in->upgrades[u].entrants;
        size_t width = entrants->lane ? in->lanes : 1;
        size_t profiles = in->upgrades[u].entrants_entry > 0 ? in->upgrades[u].entries : 1;
        for (size_t i = 0; entrants->at != NULL && i < profiles * in->ages * in->sexes * width; i++) {
            size_t age = i / width % in->ages;
            if (entrants->at[i] == 0)
                continue;
            if (job->spans[u].end_age == 0 || age < job->spans[u].first_age)
                job->spans[u].first_age = age;
            if (age + 1 > job->spans[u].end_age)
                job->spans[u].end_age = age + 1;
        }
    }
}

/* Whether an upgrade takes people of the oldest age, in any lane. */
static bool takes_oldest(const frem_core_inputs *in, const frem_core_upgrade *upgrade) {
    const frem_lanes *entrants = &upgrade->entrants;
    size_t width = entrants->lane ? in->lanes : 1;
    size_t profiles = upgrade->entrants_entry > 0 ? upgrade->entries : 1;
    for (size_t i = 0; entrants->at != NULL && i < profiles * in->sexes * width; i++)
        if (entrants->at[((i / width + 1) * in->ages - 1) * width + i % width] != 0)
            return true;
    return false;
}

/* Each region can go through all years by itself, once it is known what upgrades take of each cell. Those who are taken must
 * not be where birth years meet, in an open oldest age. */
bool frem_core_goes_by_region(const frem_core_inputs *in) {
    for (size_t p = 0; p < in->n_professions; p++) {
        const frem_core_profession *it = &in->professions[p];
        if (!it->has_stock)
            continue;
        if (moves_people(it) || it->response.rate.at != NULL || frem_core_commutes(it))
            return false;
        if (stepped_together(in, p) && (it->returning.values.at != NULL || layers_of(it) > 0))
            return false;
        for (size_t k = 0; k < in->n_programmes && is_taken_from(in, p); k++)
            if (in->programmes[k].profession == p && !settles_everywhere(&in->programmes[k]))
                return false;
    }
    for (size_t u = 0; u < in->n_upgrades; u++)
        if (in->oldest_open && takes_oldest(in, &in->upgrades[u]))
            return false;
    return true;
}

static void make_lists(frem_core_job *job) {
    const frem_core_inputs *in = job->in;
    size_t workers;
    if (__builtin_mul_overflow(job->works, job->workers, &workers))
        workers = SIZE_MAX; /* for which there is no memory */
    job->work = room(job, job->works, 1, sizeof *job->work);
    job->heads = room(job, in->n_professions, in->regions + 1, sizeof *job->heads);
    job->next = room(job, in->n_programmes, 1, sizeof *job->next);
    job->order = room(job, in->n_sectors, 1, sizeof *job->order);
    job->members = room(job, in->n_groups, in->regions, sizeof *job->members);
    job->unscalable = room(job, job->blocks, in->n_professions * in->regions, sizeof *job->unscalable);
    job->together = room(job, in->n_professions, 1, sizeof *job->together);
    job->spans = room(job, in->n_upgrades, 1, sizeof *job->spans);
    job->streams = room(job, job->works, in->n_programmes, sizeof *job->streams);
    job->people = room(job, job->works, in->n_professions, sizeof *job->people);
    job->cohorts = room(job, job->works, in->n_upgrades, sizeof *job->cohorts);
    job->scratch = room(job, workers, 1, sizeof *job->scratch);
    job->pivots = room(job, workers, in->regions, sizeof *job->pivots);
}

/* Room for so many numbers behind the streams, people, cohorts and scratch of all works: what the projection before had, or
 * more. */
static bool make_room(frem_core_results *results, size_t count) {
    if (count <= results->working_room && results->working != NULL)
        return true;
    results->working_room = 0;
    results->working = frem_arena_alloc(results->arena, count + 1, sizeof *results->working);
    if (results->working != NULL)
        results->working_room = count;
    return results->working != NULL;
}

frem_status frem_core_job_begin(frem_core_job *job) {
    job->status = frem_arena_new(&job->arena);
    if (job->status == FREM_OK)
        make_lists(job);
    if (job->status != FREM_OK)
        return job->status;
    list(job);
    list_sectors(job);
    find_spans(job);
    job->by_region = job->workers == 1 && job->out->cells == NULL && frem_core_goes_by_region(job->in);
    if (!job->by_region && !job->out->regions_kept)
        return FREM_DEFECT;
    chunk counted = {NULL, 0, false};
    for (size_t i = 0; i < job->works; i++)
        share_out(job, i, &counted);
    if (counted.too_many || !make_room(job->out, counted.used))
        return FREM_NO_MEMORY;
    chunk given = {job->out->working, 0, false};
    for (size_t i = 0; i < job->works; i++)
        share_out(job, i, &given);
    return FREM_OK;
}

void frem_core_job_end(frem_core_job *job) {
    frem_arena_free(job->arena);
}
