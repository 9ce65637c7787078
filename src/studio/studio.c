/* Calls by name, and what they leave until the next one. */
#include "studio/inside.h"

#include <stdlib.h>
#include <string.h>

#include "output/json/diagnostics.h"

/* Every call; docs/studio-api.md describes them in this order. */
static const struct {
    const char *name;
    frem_studio_work *work;
    bool own_problems; /* not those of the session's run */
} calls[] = {
    {"version", frem_studio_version, true},
    {"shipped", frem_studio_shipped, true},
    {"files", frem_studio_files, true},
    {"read", frem_studio_read, true},
    {"open", frem_studio_open, true},
    {"put", frem_studio_write, true},
    {"run", frem_studio_run, false},
    {"explain", frem_studio_explain, false},
    {"parameters", frem_studio_parameters, false},
    {"export", frem_studio_export, false},
    {"solve", frem_studio_solve, true},
    {"decompose", frem_studio_decompose, true},
    {"montecarlo", frem_studio_montecarlo, true},
    {"compare", frem_studio_compare, true},
    {"rank", frem_studio_rank, true},
};
enum { CALLS = sizeof calls / sizeof *calls };

static const char *const status_names[FREM_STATUS_COUNT] = {[FREM_OK] = "ok",
                                                            [FREM_DEFECT] = "defect",
                                                            [FREM_NO_MEMORY] = "no-memory",
                                                            [FREM_USAGE] = "usage",
                                                            [FREM_MISSING_PART] = "missing-part",
                                                            [FREM_INVALID] = "invalid",
                                                            [FREM_NO_SOLUTION] = "no-solution",
                                                            [FREM_UNWRITABLE] = "unwritable",
                                                            [FREM_INTERRUPTED] = "interrupted"};

static void clear(frem_studio *studio) {
    frem_written_free(studio->written);
    frem_results_free(studio->results);
    frem_loaded_clear(&studio->asked);
    frem_diags_free(studio->diags);
    frem_text_free(&studio->answer);
    studio->written = NULL;
    studio->results = NULL;
    studio->diags = NULL;
    studio->n_buffers = 0;
    if (studio->arena != NULL)
        frem_arena_clear(studio->arena);
}

frem_studio *frem_studio_new(const char *program_dir, const char *scratch) {
    frem_studio *studio = calloc(1, sizeof *studio);
    if (studio == NULL)
        return NULL;
    studio->program_dir = strdup(program_dir);
    studio->scratch = scratch != NULL ? strdup(scratch) : NULL;
    if (studio->program_dir == NULL || (scratch != NULL && studio->scratch == NULL) ||
        frem_arena_new(&studio->arena) != FREM_OK ||
        frem_session_new(&studio->session, NULL, 0, program_dir) != FREM_OK) {
        frem_studio_free(studio);
        return NULL;
    }
    studio->asked.sources = studio->session->loaded.sources;
    return studio;
}

void frem_studio_free(frem_studio *studio) {
    if (studio == NULL)
        return;
    clear(studio);
    studio->asked.sources = NULL; /* the session's */
    frem_loaded_free(&studio->asked);
    frem_session_free(studio->session);
    frem_arena_free(studio->arena);
    free(studio->buffers);
    free(studio->scratch);
    free(studio->program_dir);
    free(studio);
}

int frem_studio_put(frem_studio *studio, const char *path, const void *bytes, size_t n) {
    clear(studio);
    return (int)frem_session_put(studio->session, path, bytes, n);
}

/* ---- a call ---- */

static json_t *status_of(frem_status status) {
    const frem_label words = {{frem_status_text(status, FREM_EN), frem_status_text(status, FREM_DA)}};
    json_t *json = json_object();
    return frem_json_filled(json, frem_json_set(json, "name", json_string(status_names[status])) &&
                                      frem_json_set(json, "exit", json_integer(frem_status_exit(status))) &&
                                      frem_json_set(json, "words", frem_json_label(&words)));
}

/* The problems, one object a line, as members of an array. */
static void add_problems(frem_studio_call *call, const frem_diags *diags, frem_text *out) {
    frem_text lines = {0};
    frem_text_add(out, ",\"problems\":[");
    if (diags != NULL &&
        frem_diagnostics_json(diags, call->studio->asked.sources, call->lang, &lines) != FREM_OK)
        call->failed = true;
    for (size_t i = 0; i + 1 < lines.length; i++) {
        if (lines.bytes[i] == '\n')
            lines.bytes[i] = ',';
    }
    if (lines.length > 0) /* less the end of the last line: an answer is one line */
        frem_text_add_bytes(out, lines.bytes, lines.length - 1);
    frem_text_add(out, "]}");
    call->failed = call->failed || lines.failed;
    frem_text_free(&lines);
}

static int add_piece(const char *bytes, size_t n, void *text) {
    frem_text_add_bytes(text, bytes, n);
    return 0;
}

static frem_status end_call(frem_studio_call *call, frem_status status, const frem_diags *diags) {
    frem_text *out = &call->studio->answer;
    frem_studio_set(call, "status", status_of(status));
    call->failed = call->failed || json_dump_callback(call->answer, add_piece, out,
                                                      JSON_COMPACT | JSON_REAL_PRECISION(17)) != 0;
    if (!call->failed && !out->failed) {
        out->length--; /* the bracket, behind the problems instead */
        out->bytes[out->length] = '\0';
        add_problems(call, diags, out);
    }
    json_decref(call->answer);
    if (call->failed || out->failed) {
        frem_text_free(out);
        return FREM_NO_MEMORY;
    }
    return status;
}

static frem_status work(frem_studio_call *call, const char *name) {
    for (size_t i = 0; i < CALLS; i++) {
        if (strcmp(calls[i].name, name) != 0)
            continue;
        frem_status status = frem_diags_new(&call->studio->diags);
        if (status == FREM_OK)
            status = calls[i].work(call);
        if (call->studio->diags != NULL)
            frem_diags_sort(call->studio->diags);
        /* Those of a call that went well are its run's, and were given then. */
        const bool of_run = !calls[i].own_problems && (status != FREM_OK || calls[i].work == frem_studio_run);
        const frem_diags *diags = of_run ? call->studio->session->diags : call->studio->diags;
        return end_call(call, call->failed ? FREM_NO_MEMORY : status, diags);
    }
    frem_studio_set(call, "unknown", frem_json_text(name));
    return end_call(call, FREM_USAGE, NULL);
}

int frem_studio_ask(frem_studio *studio, const char *name, const char *request, size_t n) {
    json_t *asked = n > 0 ? json_loadb(request, n, JSON_REJECT_DUPLICATES, NULL) : json_object();
    frem_studio_call call = {.studio = studio, .request = asked, .answer = json_object(), .lang = FREM_EN};
    clear(studio);
    const char *lang = json_string_value(json_object_get(asked, "lang"));
    if (lang != NULL && strcmp(lang, "da") == 0)
        call.lang = FREM_DA;
    const frem_status status = json_is_object(asked) ? work(&call, name) : end_call(&call, FREM_USAGE, NULL);
    json_decref(asked);
    return (int)status;
}

const char *frem_studio_answer(const frem_studio *studio) {
    return studio->answer.bytes != NULL ? studio->answer.bytes : "";
}

size_t frem_studio_answer_size(const frem_studio *studio) {
    return studio->answer.length;
}

size_t frem_studio_buffers(const frem_studio *studio) {
    return studio->n_buffers;
}

const void *frem_studio_buffer(const frem_studio *studio, size_t i) {
    return i < studio->n_buffers ? studio->buffers[i].at : NULL;
}

size_t frem_studio_buffer_size(const frem_studio *studio, size_t i) {
    return i < studio->n_buffers ? studio->buffers[i].size : 0;
}
