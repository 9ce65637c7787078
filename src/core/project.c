#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/kernel.h"

/* Numbers worked on from which threads are worth their start. */
#define FREM_CORE_ENOUGH 4e6

/* A projection: its lists, and the memory of the blocks of lanes that are worked at the same time. */
typedef struct frem_core_job {
    const frem_core_inputs *in;
    frem_core_results *out;
    frem_kernel kernel;
    size_t width;               /* lanes of a block */
    size_t blocks;              /* of lanes */
    size_t works;               /* blocks worked at the same time */
    size_t workers;             /* threads that share a block */
    frem_pool *inner;           /* for the parts of a block */
    frem_core_work *work;       /* [works] */
    size_t *heads, *next;       /* frem_core_work */
    bool *members;              /* frem_core_work */
    bool *unscalable;           /* [block][profession][region] */
    frem_core_stream *streams;  /* [works][programme] */
    frem_core_scratch *scratch; /* [works][workers] */
    double *numbers;            /* behind the streams and the scratch of all works */
} frem_core_job;

/* Room for the product of two sizes, and at least one element. Zeroed. */
static void *room(size_t a, size_t b, size_t element) {
    size_t count;
    if (__builtin_mul_overflow(a, b, &count))
        return NULL;
    return calloc(count == 0 ? 1 : count, element);
}

/* *sum += a * b * c; false when that is too much. */
static bool grow(size_t *sum, size_t a, size_t b, size_t c) {
    return !__builtin_mul_overflow(a, b, &a) && !__builtin_mul_overflow(a, c, &a) &&
           !__builtin_add_overflow(*sum, a, sum);
}

static bool settles_everywhere(const frem_core_programme *programme) {
    return programme->region < 0;
}

/* Numbers that one work needs; mirrors share_out(). */
static bool count_numbers(const frem_core_job *job, size_t *sum) {
    const frem_core_inputs *in = job->in;
    size_t cells = in->sexes * in->ages, span = in->ages + in->steps - 1;
    bool fits = true;
    *sum = 0;
    for (size_t k = 0; k < in->n_programmes; k++) {
        const frem_core_programme *programme = &in->programmes[k];
        fits = fits && grow(sum, in->steps, programme->shifts, job->width) &&
               grow(sum, in->steps, 1, job->width);
        if (settles_everywhere(programme))
            fits = fits && grow(sum, in->steps, cells, job->width);
    }
    for (size_t i = 0; i < job->workers; i++)
        fits = fits && grow(sum, in->sexes, span, job->width) && grow(sum, cells + in->steps, 1, job->width);
    return fits;
}

static double *take(double **from, size_t n) {
    double *taken = *from;
    *from += n;
    return taken;
}

/* Gives work i its streams and scratch. */
static void share_out(frem_core_job *job, size_t i, double *numbers) {
    const frem_core_inputs *in = job->in;
    size_t cells = in->sexes * in->ages, row = in->steps * job->width;
    frem_core_work *work = &job->work[i];
    *work = (frem_core_work){
        .in = in, .out = job->out, .heads = job->heads, .next = job->next, .members = job->members};
    work->streams = job->streams + i * in->n_programmes;
    work->scratch = job->scratch + i * job->workers;
    for (size_t k = 0; k < in->n_programmes; k++) {
        frem_core_stream *stream = &work->streams[k];
        stream->joining = take(&numbers, row * in->programmes[k].shifts);
        stream->beyond = take(&numbers, row);
        if (settles_everywhere(&in->programmes[k]))
            stream->arriving = take(&numbers, row * cells);
    }
    for (size_t worker = 0; worker < job->workers; worker++) {
        frem_core_scratch *scratch = &work->scratch[worker];
        scratch->stock = take(&numbers, in->sexes * (in->ages + in->steps - 1) * job->width);
        scratch->arriving = take(&numbers, cells * job->width);
        scratch->total = take(&numbers, row);
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
}

static frem_status prepare(frem_core_job *job) {
    const frem_core_inputs *in = job->in;
    size_t each, bytes;
    if (!count_numbers(job, &each) || __builtin_mul_overflow(each, job->works * sizeof(double), &bytes) ||
        bytes > SIZE_MAX - 64)
        return FREM_NO_MEMORY;
    job->work = room(job->works, 1, sizeof *job->work);
    job->heads = room(in->n_professions, in->regions + 1, sizeof *job->heads);
    job->next = room(in->n_programmes, 1, sizeof *job->next);
    job->members = room(in->n_groups, in->regions, sizeof *job->members);
    job->unscalable = room(job->blocks, in->n_professions * in->regions, sizeof *job->unscalable);
    job->streams = room(job->works, in->n_programmes, sizeof *job->streams);
    job->scratch = room(job->works, job->workers, sizeof *job->scratch);
    job->numbers = aligned_alloc(64, (bytes / 64 + 1) * 64);
    if (job->work == NULL || job->heads == NULL || job->next == NULL || job->members == NULL ||
        job->unscalable == NULL || job->streams == NULL || job->scratch == NULL || job->numbers == NULL)
        return FREM_NO_MEMORY;
    list(job);
    for (size_t i = 0; i < job->works; i++)
        share_out(job, i, job->numbers + i * each);
    return FREM_OK;
}

static void clean_up(frem_core_job *job) {
    free(job->work);
    free(job->heads);
    free(job->next);
    free(job->members);
    free(job->unscalable);
    free(job->streams);
    free(job->scratch);
    free(job->numbers);
}

/* One block of lanes, as the loops over its parts see it. */
typedef struct frem_core_part {
    const frem_core_job *job;
    const frem_core_work *work;
} frem_core_part;

static frem_status do_programme_or_demand(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    size_t programmes = part->job->in->n_programmes;
    if (item < programmes)
        part->job->kernel.programme(part->work, item);
    else
        part->job->kernel.demand(part->work, item - programmes, &part->work->scratch[worker]);
    return FREM_OK;
}

static frem_status do_stock(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    size_t regions = part->job->in->regions;
    part->job->kernel.stock(part->work, item / regions, item % regions, &part->work->scratch[worker]);
    return FREM_OK;
}

/* Stock by age and sex is summed over regions in their order. */
static frem_status do_stock_in_order(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    for (size_t r = 0; r < part->job->in->regions; r++)
        part->job->kernel.stock(part->work, item, r, &part->work->scratch[worker]);
    return FREM_OK;
}

static frem_status do_balance(void *context, size_t item, unsigned worker) {
    const frem_core_part *part = context;
    (void)worker;
    if (item < part->job->in->n_professions)
        part->job->kernel.balance(part->work, item);
    else
        part->job->kernel.users(part->work);
    return FREM_OK;
}

/* Projects one block of lanes. */
static frem_status do_block(void *context, size_t block, unsigned worker) {
    const frem_core_job *job = context;
    const frem_core_inputs *in = job->in;
    frem_core_work *work = &job->work[job->works > 1 ? worker : 0];
    work->lane = block * job->width;
    work->unscalable = job->unscalable + block * in->n_professions * in->regions;
    frem_core_part part = {job, work};
    frem_status status =
        frem_pool_each(job->inner, in->n_programmes + in->regions, do_programme_or_demand, &part);
    if (status != FREM_OK)
        return status;
    if (job->out->cells != NULL)
        status = frem_pool_each(job->inner, in->n_professions, do_stock_in_order, &part);
    else
        status = frem_pool_each(job->inner, in->n_professions * in->regions, do_stock, &part);
    if (status != FREM_OK)
        return status;
    return frem_pool_each(job->inner, in->n_professions + 1, do_balance, &part);
}

/* Whether threads share the blocks of lanes, the parts of a block, or nothing. */
static frem_pool *divide(frem_core_job *job, frem_pool *pool) {
    const frem_core_inputs *in = job->in;
    double size = (double)in->regions * (double)in->n_professions * (double)(in->sexes * in->ages) *
                  (double)in->steps * (double)in->lanes;
    job->works = job->workers = 1;
    if (pool == NULL || size <= FREM_CORE_ENOUGH)
        return NULL;
    /* With fewer blocks than that the threads that finish early would wait. */
    if (job->blocks >= 2 * (size_t)frem_pool_threads(pool)) {
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
    frem_core_job job = {.in = in, .out = out, .kernel = frem_kernel_for(isa, wide)};
    job.width = wide ? FREM_LANES : 1;
    job.blocks = in->lanes / job.width;
    frem_pool *outer = divide(&job, pool);
    frem_status status = prepare(&job);
    if (status == FREM_OK)
        status = frem_pool_each(outer, job.blocks, do_block, &job);
    if (status == FREM_OK)
        gather_unscalable(&job);
    clean_up(&job);
    return status;
}
