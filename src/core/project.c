#include <string.h>

#include "core/job.h"

/* Numbers worked on from which threads are worth their start. */
#define FREM_CORE_ENOUGH 4e6

/* One block of lanes, as the loops over its parts see it. */
typedef struct frem_core_part {
    const frem_core_job *job;
    const frem_core_work *work;
    size_t step; /* of people who are stepped together */
} frem_core_part;

static frem_status do_programme_or_scale(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    size_t programmes = part->job->in->n_programmes;
    if (item < programmes)
        part->job->kernel.programme(part->work, item, &part->work->scratch[worker]);
    else if (frem_core_job_scales(part->job, item - programmes))
        part->job->kernel.scale(part->work, item - programmes, &part->work->scratch[worker]);
    return FREM_OK;
}

static void project_stock(const frem_core_part *part, size_t p, size_t r, const frem_core_scratch *scratch) {
    if (part->work->people[p].stock == NULL)
        part->job->kernel.stock(part->work, p, r, scratch);
    else
        part->job->kernel.begin(part->work, p, r, scratch);
}

/* Whether a region's people of a profession are in any result. */
static bool counts(const frem_core_inputs *in, size_t p, size_t r) {
    return r < in->regions - in->unreported || frem_core_is_tied(in, p);
}

static frem_status do_demand_or_stock(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    const frem_core_scratch *scratch = &part->work->scratch[worker];
    const frem_core_inputs *in = part->job->in;
    size_t regions = in->regions;
    /* Shortages in regions that are not reported move people who work in those that are. */
    if (item < regions - in->unreported || (item < regions && part->job->responds)) {
        part->job->kernel.demand(part->work, item, scratch);
    } else if (item >= regions && part->job->out->cells == NULL) {
        if (counts(in, item / regions - 1, item % regions))
            project_stock(part, item / regions - 1, item % regions, scratch);
    } else if (item >= regions) { /* stock by age and sex is summed over regions in their order */
        for (size_t r = 0; r < regions && counts(in, item - regions, r); r++)
            project_stock(part, item - regions, r, scratch);
    }
    return FREM_OK;
}

static frem_status do_leave(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    const frem_core_scratch *scratch = &part->work->scratch[worker];
    size_t regions = part->job->in->regions;
    if (part->job->out->cells == NULL)
        part->job->kernel.leave(part->work, part->job->together[item / regions], item % regions, part->step,
                                scratch);
    else
        for (size_t r = 0; r < regions; r++)
            part->job->kernel.leave(part->work, part->job->together[item], r, part->step, scratch);
    return FREM_OK;
}

static frem_status do_move(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    size_t p = part->job->together[item];
    const frem_core_profession *profession = &part->job->in->professions[p];
    if (profession->moves.at != NULL || profession->moves_outside.at != NULL ||
        profession->net_moves.at != NULL)
        part->job->kernel.move(part->work, p, part->step, &part->work->scratch[worker]);
    return FREM_OK;
}

static frem_status do_arrive(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    size_t regions = part->job->in->regions;
    part->job->kernel.arrive(part->work, part->job->together[item / regions], item % regions, part->step,
                             &part->work->scratch[worker]);
    return FREM_OK;
}

static frem_status do_respond(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    part->job->kernel.respond(part->work, part->job->together[item], part->step,
                              &part->work->scratch[worker]);
    return FREM_OK;
}

static frem_status do_commute(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    part->job->kernel.commute(part->work, item, &part->work->scratch[worker]);
    return FREM_OK;
}

static frem_status do_weigh(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    const frem_core_inputs *in = part->job->in;
    if (part->job->fills)
        part->job->kernel.fill(part->work, item);
    for (size_t p = 0; p < in->n_professions; p++)
        part->job->kernel.weigh(part->work, p, item, &part->work->scratch[worker]);
    return FREM_OK;
}

static frem_status do_sum(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    (void)worker;
    if (item < part->job->in->n_professions)
        part->job->kernel.sum(part->work, item);
    else
        part->job->kernel.users(part->work);
    return FREM_OK;
}

/* A region with all its professions through all years, where nothing ties it to the others any more. */
static frem_status do_region(void *context, size_t r, unsigned worker) {
    const frem_core_part *part = context;
    const frem_core_scratch *scratch = &part->work->scratch[worker];
    const frem_core_job *job = part->job;
    const frem_core_inputs *in = job->in;
    bool reported = r < in->regions - in->unreported;
    if (reported)
        job->kernel.demand(part->work, r, scratch);
    for (size_t p = 0; p < in->n_professions; p++)
        if (counts(in, p, r))
            project_stock(part, p, r, scratch);
    for (size_t t = 0; t < in->steps && in->n_upgrades > 0; t++) {
        for (size_t i = 0; i < job->n_together && t > 0; i++)
            job->kernel.arrive(part->work, job->together[i], r, t, scratch);
        job->kernel.upgrade_region(part->work, r, t, scratch);
        for (size_t i = 0; i < job->n_together; i++)
            job->kernel.leave(part->work, job->together[i], r, t, scratch);
    }
    if (!reported)
        return FREM_OK;
    frem_status status = do_weigh(context, r, worker);
    job->kernel.add(part->work, r);
    return status;
}

/* The people who are stepped together, from their begun stock through all years. */
static frem_status step_together(frem_core_part *part) {
    const frem_core_job *job = part->job;
    const frem_core_inputs *in = job->in;
    size_t blocks = job->n_together * in->regions;
    size_t items = job->out->cells == NULL ? blocks : job->n_together;
    frem_status status = FREM_OK;
    for (size_t t = 0; t < in->steps && status == FREM_OK; t++) {
        part->step = t;
        if (t > 0 && job->moves)
            status = frem_pool_each(job->inner, job->n_together, do_move, part);
        if (t > 0 && status == FREM_OK)
            status = frem_pool_each(job->inner, blocks, do_arrive, part);
        if (status == FREM_OK && in->n_upgrades > 0)
            job->kernel.upgrade(part->work, t, part->work->scratch);
        if (status == FREM_OK)
            status = frem_pool_each(job->inner, items, do_leave, part);
        if (job->responds && status == FREM_OK)
            status = frem_pool_each(job->inner, job->n_together, do_respond, part);
    }
    return status;
}

/* One region after the other. */
static frem_status go_by_region(frem_core_part *part) {
    const frem_core_job *job = part->job;
    if (job->n_together > 0)
        job->kernel.foresee(part->work, part->work->scratch);
    frem_status status = frem_pool_each(job->inner, job->in->regions, do_region, part);
    if (status == FREM_OK && job->in->n_upgrades > 0)
        job->kernel.upgrade_after(part->work);
    return status;
}

/* All regions together, part by part. */
static frem_status go_together(frem_core_part *part) {
    const frem_core_job *job = part->job;
    const frem_core_inputs *in = job->in;
    size_t stocks = job->out->cells == NULL ? in->n_professions * in->regions : in->n_professions;
    frem_status status = frem_pool_each(job->inner, in->regions + stocks, do_demand_or_stock, part);
    if (status == FREM_OK)
        status = step_together(part);
    if (status == FREM_OK)
        status = frem_pool_each(job->inner, in->n_professions, do_commute, part);
    if (status == FREM_OK)
        status = frem_pool_each(job->inner, in->regions - in->unreported, do_weigh, part);
    if (status == FREM_OK)
        status = frem_pool_each(job->inner, in->n_professions + 1, do_sum, part);
    return status;
}

static void clear_doubts(const frem_core_job *job, const frem_core_work *work) {
    for (size_t i = 0; i < job->workers; i++)
        memset(work->scratch[i].doubts, 0, job->width * sizeof(double));
}

/* Marks the lanes of a block that any worker has doubts about. */
static void gather_doubts(const frem_core_job *job, const frem_core_work *work) {
    for (size_t l = 0; l < job->width; l++) {
        bool *doubtful = &job->out->doubtful[work->lane + l];
        *doubtful = false;
        for (size_t i = 0; i < job->workers; i++)
            *doubtful = *doubtful || work->scratch[i].doubts[l] != 0;
    }
}

/* Projects one block of lanes. */
static frem_status do_block(void *context, size_t block, unsigned worker) {
    const frem_core_job *job = context;
    const frem_core_inputs *in = job->in;
    frem_core_work *work = &job->work[job->works > 1 ? worker : 0];
    work->lane = block * job->width;
    work->unscalable = job->unscalable + block * in->n_professions * in->regions;
    frem_core_part part = {job, work, 0};
    clear_doubts(job, work);
    frem_status status =
        frem_pool_each(job->inner, in->n_programmes + in->n_professions, do_programme_or_scale, &part);
    if (status == FREM_OK)
        status = job->by_region ? go_by_region(&part) : go_together(&part);
    if (status != FREM_OK)
        return status;
    job->kernel.doubt(work, work->scratch);
    gather_doubts(job, work);
    return FREM_OK;
}

/* Whether threads share the blocks of lanes, the parts of a block, or nothing. */
static frem_pool *divide(frem_core_job *job, frem_pool *pool) {
    const frem_core_inputs *in = job->in;
    double size = (double)in->regions * (double)in->n_professions * (double)(in->sexes * in->ages) *
                  (double)in->steps * (double)in->lanes;
    job->works = job->workers = 1;
    if (pool == NULL || size <= FREM_CORE_ENOUGH)
        return NULL;
    /* Regions that are not kept are added up one after the other. */
    if (!job->out->regions_kept && job->blocks == 1)
        return NULL;
    /* With fewer blocks than that the threads that finish early would wait. */
    if (job->blocks >= 2 * (size_t)frem_pool_threads(pool) || !job->out->regions_kept) {
        job->works = frem_pool_threads(pool);
        return pool;
    }
    job->workers = frem_pool_threads(pool);
    job->inner = pool;
    return NULL;
}

static void gather_unscalable(const frem_core_job *job) {
    size_t n = job->in->n_professions * job->in->regions;
    memset(job->out->unscalable, 0, n * sizeof(bool));
    for (size_t b = 0; b < job->blocks; b++)
        for (size_t i = 0; i < n; i++)
            if (job->unscalable[b * n + i])
                job->out->unscalable[i] = true;
}

frem_status frem_core_project(const frem_core_inputs *in, frem_pool *pool, frem_isa isa,
                              frem_core_results *out) {
    bool wide = in->lanes != 1;
    if (!frem_isa_here(isa) || in->lanes == 0 || (wide && in->lanes % FREM_LANES != 0))
        return FREM_DEFECT;
    frem_core_results_open(out, in);
    frem_core_job job = {.in = in, .out = out, .kernel = frem_kernel_for(isa, wide)};
    job.width = wide ? FREM_LANES : 1;
    job.blocks = in->lanes / job.width;
    frem_pool *outer = divide(&job, pool);
    frem_status status = frem_core_job_begin(&job);
    if (status == FREM_OK)
        status = frem_pool_each(outer, job.blocks, do_block, &job);
    if (status == FREM_OK)
        gather_unscalable(&job);
    if (status == FREM_OK)
        frem_core_results_close(out, in);
    frem_core_job_end(&job);
    return status;
}
