/* Sweeps as files: into a folder by way of its finished blocks, or straight to a file descriptor. */
#include "analysis/sweep.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "base/problem.h"
#include "base/progress.h"
#include "base/text.h"
#include "fremskriv/version.h"
#include "output/names.h"
#include "output/write.h"
#include "publish/partial.h"

/* What varies is written with all its digits: a point can be set again exactly. */
static frem_csv_part rows_of(const frem_sweep *sweep) {
    return (frem_csv_part){false, true, FREM_SWEEP_VARIED, FREM_SWEEP_VARIED + sweep->n_varied};
}

/* ---- a folder ---- */

/* A sweep on its way into a folder. */
typedef struct writing {
    frem_sweep *sweep;
    const frem_sources *sources;
    frem_decimal decimal;
    bool force;
    frem_partial *partial;
    atomic_int error; /* the first errno of a block */
} writing;

/* Writes one finished block; called by several threads. */
static frem_status write_block(void *context, size_t block, frem_frame *rows) {
    writing *w = context;
    frem_csv_part part = rows_of(w->sweep);
    frem_partial_file file;
    frem_status status = FREM_OK;
    int error = frem_partial_begin(w->partial, block, &file);
    if (error == 0) {
        status = frem_write_csv_part(rows, w->decimal, &part, file.sink);
        error = frem_partial_end(w->partial, &file, status == FREM_OK);
    }
    frem_frame_free(rows);
    if (error == 0)
        return status;
    int none = 0;
    (void)atomic_compare_exchange_strong(&w->error, &none, error);
    return FREM_UNWRITABLE;
}

static void add_hashed(frem_text *text, const char *what, const char *bytes, size_t n) {
    char sha256[65];
    frem_sha256(bytes, n, sha256);
    frem_text_print(text, "%s %s\n", what, sha256);
}

/* What makes two sweeps the same: program, command, and every file that was read. */
static frem_status make_key(const frem_sources *sources, const frem_run_options *run, frem_decimal decimal,
                            char key[65]) {
    frem_text text = {0};
    frem_text_print(&text, "fremskriv %s\ndecimal %d\n", frem_version(), (int)decimal);
    for (size_t i = 0; i < run->n_command; i++)
        add_hashed(&text, "word", run->command[i], strlen(run->command[i]));
    const frem_source *source;
    for (size_t i = 0; sources != NULL && (source = frem_sources_at(sources, i)) != NULL; i++) {
        add_hashed(&text, "name", source->name, strlen(source->name));
        add_hashed(&text, "file", source->bytes, source->size);
    }
    if (!text.failed)
        frem_sha256(text.bytes, text.length, key);
    frem_status status = text.failed ? FREM_NO_MEMORY : FREM_OK;
    frem_text_free(&text);
    return status;
}

static frem_status interrupted(const writing *w, size_t done, frem_diags *diags) {
    char points[32], all[32];
    (void)snprintf(points, sizeof points, "%zu", done);
    (void)snprintf(all, sizeof all, "%zu", frem_sweep_points(w->sweep));
    frem_status status =
        FREM_PROBLEM(diags, FREM_NOWHERE, SWEEP_INTERRUPTED, points, all, frem_partial_path(w->partial));
    return status == FREM_NO_MEMORY ? status : FREM_INTERRUPTED;
}

/* The blocks that are not there yet, in order. @param[out] missing Owned by the caller. */
static frem_status list_missing(const writing *w, size_t **missing, size_t *n, size_t *done,
                                frem_diags *diags) {
    const size_t blocks = frem_sweep_blocks(w->sweep);
    frem_status status = FREM_OK;
    *missing = malloc((blocks + 1) * sizeof **missing);
    *n = *done = 0;
    for (size_t b = 0; b < blocks && *missing != NULL && status == FREM_OK; b++) {
        bool there;
        status = frem_partial_has(w->partial, b, &there, diags);
        if (there)
            *done += frem_sweep_block_points(w->sweep, b);
        else
            (*missing)[(*n)++] = b;
    }
    return *missing == NULL ? FREM_NO_MEMORY : status;
}

/* Projects what is missing, as many blocks at once as there are threads, so that it can stop between them. */
static frem_status run_missing(writing *w, const frem_run_options *run, frem_diags *diags) {
    frem_isa isa = frem_results_isa(run->isa);
    frem_pool *pool = NULL;
    size_t n, done, at = 0;
    size_t *missing = NULL;
    frem_status status = isa == FREM_ISA_COUNT ? FREM_USAGE : list_missing(w, &missing, &n, &done, diags);
    if (status == FREM_OK)
        status = frem_pool_new(&pool, run->threads);
    while (status == FREM_OK) {
        status = frem_progress_at(run->progress, FREM_PHASE_PROJECT, done, frem_sweep_points(w->sweep));
        if (at == n) {
            status = FREM_OK; /* all is done: nothing is left to interrupt */
            break;
        }
        if (status == FREM_INTERRUPTED)
            status = interrupted(w, done, diags);
        if (status != FREM_OK)
            break;
        size_t wave = n - at < frem_pool_threads(pool) ? n - at : frem_pool_threads(pool);
        status = frem_sweep_project(w->sweep, missing + at, wave, pool, isa, write_block, w, diags);
        for (size_t i = 0; i < wave; i++)
            done += frem_sweep_block_points(w->sweep, missing[at + i]);
        at += wave;
    }
    if (status == FREM_UNWRITABLE)
        status = frem_partial_lost(w->partial, atomic_load(&w->error), diags);
    free(missing);
    frem_pool_free(pool);
    return status;
}

/* Puts the blocks together as sweep.csv; only its header where there are none yet. */
static frem_status gather(const writing *w, const frem_document *document, frem_stage *stage,
                          frem_diags *diags) {
    static const frem_csv_part header = {true, false, 0, 0};
    frem_sink *sink;
    frem_status status = frem_stage_file(stage, frem_table_file(document), &sink);
    if (status != FREM_OK)
        return status;
    status = frem_write_csv_part(document->results, w->decimal, &header, sink);
    const size_t blocks = w->partial != NULL ? frem_sweep_blocks(w->sweep) : 0;
    for (size_t b = 0; b < blocks && status == FREM_OK; b++) {
        int error = frem_partial_read(w->partial, b, sink);
        if (error != 0)
            status = frem_partial_lost(w->partial, error, diags);
    }
    frem_status closed = frem_stage_close_file(stage, sink);
    return status != FREM_OK ? status : closed;
}

/* Writes the stage and ends it: puts it in place, or only sees, before anything is computed, that it could be. */
static frem_status write_stage(const writing *w, frem_results *results, const char *folder,
                               frem_diags *diags) {
    const frem_document *document = frem_results_document(results);
    size_t problems = frem_diags_errors(diags);
    frem_stage *stage;
    frem_status status = frem_results_resolve(results);
    if (status == FREM_OK)
        status = frem_stage_open(&stage, folder, diags);
    if (status != FREM_OK)
        return status;
    frem_stage_rules(stage, w->sources, w->force);
    status = gather(w, document, stage, diags);
    if (status == FREM_OK)
        status = frem_write_beside(document, w->decimal, stage);
    if (status == FREM_OK)
        status = frem_write_manifest(document, stage);
    /* A file of the stage that could not be written is named by the commit; a block that could not be read was. */
    const bool whole =
        status == FREM_OK || (status == FREM_UNWRITABLE && frem_diags_errors(diags) == problems);
    if (whole && w->partial != NULL)
        return frem_stage_commit(stage, diags);
    if (whole)
        status = frem_stage_check(stage, diags);
    frem_stage_discard(stage);
    return status;
}

frem_status frem_sweep_write_folder(frem_sweep *sweep, const frem_sources *sources, const char *folder,
                                    const frem_write_options *options, const frem_run_options *run,
                                    frem_diags *diags) {
    char key[65];
    writing w = {.sweep = sweep, .sources = sources, .decimal = options->decimal, .force = options->force};
    frem_results *results = NULL;
    for (size_t i = 0; i < options->n_formats; i++) {
        if (strcmp(options->formats[i], "csv") != 0) {
            frem_status wrong =
                FREM_PROBLEM(diags, ((frem_place){"fremskriv", 0, 0}), SWEEP_FORMAT, options->formats[i]);
            return wrong == FREM_NO_MEMORY ? wrong : FREM_USAGE;
        }
    }
    frem_status status = make_key(sources, run, options->decimal, key);
    if (status == FREM_OK)
        status = frem_sweep_results(sweep, sources, run, &results);
    if (status == FREM_OK)
        status = write_stage(&w, results, folder, diags);
    if (status == FREM_OK)
        status = frem_partial_open(&w.partial, folder, key, sources, diags);
    if (status == FREM_OK)
        status = run_missing(&w, run, diags);
    if (status == FREM_OK)
        status = write_stage(&w, results, folder, diags);
    /* What a scenario cannot do it will not do the next time either. */
    frem_partial_close(w.partial, status == FREM_OK || status == FREM_INVALID);
    frem_results_free(results);
    return status;
}

/* ---- a stream ---- */

typedef struct streaming {
    const frem_sweep *sweep;
    frem_decimal decimal;
    frem_sink *sink;
} streaming;

static frem_status stream_part(void *context, const frem_frame *rows) {
    const streaming *s = context;
    frem_csv_part part = rows_of(s->sweep);
    return frem_write_csv_part(rows, s->decimal, &part, s->sink);
}

frem_status frem_sweep_write_stream(frem_sweep *sweep, int fd, frem_decimal decimal,
                                    const frem_run_options *run, frem_diags *diags) {
    static const frem_csv_part header = {true, false, 0, 0};
    streaming s = {sweep, decimal, NULL};
    frem_frame *table = NULL;
    frem_status status = frem_sweep_table(sweep, &table);
    if (status == FREM_OK)
        status = frem_sink_fd(&s.sink, fd, 0);
    if (status == FREM_OK)
        status = frem_write_csv_part(table, decimal, &header, s.sink);
    if (status == FREM_OK)
        status = frem_sweep_run(sweep, run, stream_part, &s, diags);
    if (s.sink != NULL) {
        frem_status closed = frem_sink_close(s.sink, NULL, NULL, NULL);
        status = status != FREM_OK ? status : closed;
    }
    frem_frame_free(table);
    return status;
}
