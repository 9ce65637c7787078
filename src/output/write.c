/* The public doors of the room. */
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "base/problem.h"
#include "output/write.h"

enum { FORMATS_MAX = 16 };

const char *const *frem_formats(void) {
    static const char *const names[] = {"csv", "json", "xlsx", "sqlite", "html", "svg", "pdf", "png", NULL};
    return names;
}

static const frem_writer *find_writer(const char *name) {
    for (const frem_writer *writer = frem_writers; writer->name != NULL; writer++) {
        if (strcmp(writer->name, name) == 0)
            return writer;
    }
    return NULL;
}

/* Whether results can be written in these formats at all. */
static bool can_write(const frem_results *results, const frem_write_options *options) {
    bool can = !results->changed;
    for (size_t i = 0; i < options->n_formats; i++)
        can = can && find_writer(options->formats[i]) != NULL;
    return can;
}

/* Fills a stage with all that an output folder has. */
static frem_status fill(frem_stage *stage, const frem_document *document, const frem_write_options *options,
                        frem_diags *diags) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < options->n_formats && status == FREM_OK; i++)
        status = find_writer(options->formats[i])->write(document, options, stage, diags);
    if (status == FREM_OK && document->answer != NULL)
        status = frem_write_answer_files(document->answer, stage);
    if (status == FREM_OK)
        status = frem_write_beside(document, options->decimal, stage);
    return status == FREM_OK ? frem_write_manifest(document, stage) : status;
}

frem_status frem_write_folder(frem_results *results, const char *folder, const frem_write_options *options,
                              frem_diags *diags) {
    const frem_document *document = frem_results_document(results);
    frem_stage *stage;
    if (!can_write(results, options))
        return FREM_USAGE;
    frem_status status = frem_results_resolve(results);
    if (status == FREM_OK)
        status = frem_stage_open(&stage, folder, diags);
    if (status != FREM_OK)
        return status;
    frem_stage_rules(stage, document->sources, options->force);
    status = fill(stage, document, options, diags);
    /* A file that could not be written is named by the commit, which then leaves the folder as it was. */
    if (status == FREM_OK || status == FREM_UNWRITABLE)
        return frem_stage_commit(stage, diags);
    frem_stage_discard(stage);
    return status;
}

struct frem_written {
    frem_staged *files;
    size_t n;
};

/* Whether a format is written by a library that opens files itself. */
static bool needs_files(const char *format) {
    return strcmp(format, "xlsx") == 0 || strcmp(format, "sqlite") == 0;
}

frem_status frem_write_memory(frem_written **out, frem_results *results, const frem_write_options *options,
                              const char *scratch, frem_diags *diags) {
    frem_stage *stage;
    bool can = can_write(results, options);
    *out = NULL;
    for (size_t i = 0; i < options->n_formats; i++)
        can = can && (scratch != NULL || !needs_files(options->formats[i]));
    if (!can)
        return FREM_USAGE;
    frem_written *written = calloc(1, sizeof *written);
    frem_status status = written != NULL ? frem_results_resolve(results) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_stage_open_memory(&stage, scratch, diags);
    if (status == FREM_OK) {
        status = fill(stage, frem_results_document(results), options, diags);
        if (status == FREM_OK || status == FREM_UNWRITABLE)
            status = frem_stage_hand_out(stage, diags, &written->files, &written->n);
        else
            frem_stage_discard(stage);
    }
    if (status == FREM_OK)
        *out = written;
    else
        free(written);
    return status;
}

void frem_written_free(frem_written *written) {
    if (written == NULL)
        return;
    frem_staged_free(written->files, written->n);
    free(written);
}

size_t frem_written_count(const frem_written *written) {
    return written->n;
}

int frem_written_at(const frem_written *written, size_t i, frem_written_file *out) {
    if (i >= written->n)
        return 0;
    const frem_staged *file = &written->files[i];
    *out = (frem_written_file){file->name, file->bytes, (size_t)file->size};
    return 1;
}

frem_status frem_write_stream(const frem_results *results, int fd, frem_decimal decimal) {
    frem_sink *sink;
    frem_status status = frem_sink_fd(&sink, fd, 0);
    if (status != FREM_OK)
        return status;
    const frem_document *document = frem_results_document(results);
    status = document->kind == FREM_TABLE_ANSWER
                 ? frem_write_answer_csv(&document->answer->tables[0], decimal, sink)
                 : frem_write_csv(document->results, decimal, sink);
    frem_status closed = frem_sink_close(sink, NULL, NULL, NULL);
    return status != FREM_OK ? status : closed;
}

char *frem_write_short(const frem_results *results, frem_lang lang, size_t width) {
    frem_text text = {0};
    const frem_document *document = frem_results_document(results);
    frem_status status = FREM_DEFECT;
    switch (document->kind) {
    case FREM_TABLE_RESULTS:
        status = frem_write_terminal(document, lang, width, &text);
        if (status == FREM_OK && document->answer != NULL) {
            frem_text_add(&text, "\n");
            status = frem_write_answer_short(document, lang, width, &text);
        }
        break;
    case FREM_TABLE_ANSWER:
        status = frem_write_answer_short(document, lang, width, &text);
        break;
    case FREM_TABLE_PRACTICUM:
        status = frem_write_practicum(document, lang, width, &text);
        break;
    case FREM_TABLE_COMPARISON:
        status = frem_write_comparison(document, lang, width, &text);
        break;
    case FREM_TABLE_SWEEP: /* its points are never all in memory; see sweep.h */
    case FREM_TABLE_KINDS:
        break;
    }
    if (status == FREM_OK && !text.failed)
        return text.bytes;
    frem_text_free(&text);
    return NULL;
}
