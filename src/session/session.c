#include "session/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "base/show.h"
#include "base/text.h"
#include "fremskriv/explain.h"
#include "model/model.h"
#include "output/json/diagnostics.h"

frem_status frem_session_new(frem_session **out, const char *const *data_dirs, size_t n_data_dirs,
                             const char *program_dir) {
    *out = NULL;
    frem_session *session = calloc(1, sizeof *session);
    if (session == NULL)
        return FREM_NO_MEMORY;
    const frem_status status =
        frem_sources_new(&session->loaded.sources, data_dirs, n_data_dirs, program_dir);
    if (status == FREM_OK)
        *out = session;
    else
        frem_session_free(session);
    return status;
}

/* Frees what the last run made, the last made first. */
static void clear(frem_session *session) {
    frem_results_free(session->results);
    frem_loaded_clear(&session->loaded);
    frem_diags_free(session->diags);
    frem_arena_free(session->texts);
    session->results = NULL;
    session->diags = NULL;
    session->texts = NULL;
}

void frem_session_free(frem_session *session) {
    if (session == NULL)
        return;
    clear(session);
    frem_loaded_free(&session->loaded);
    free(session->path);
    free(session);
}

frem_status frem_session_open(frem_session *session, const char *path) {
    char *copy = strdup(path);
    if (copy == NULL)
        return FREM_NO_MEMORY;
    clear(session);
    free(session->path);
    session->path = copy;
    return FREM_OK;
}

frem_status frem_session_put(frem_session *session, const char *path, const void *bytes, size_t n) {
    clear(session);
    return frem_sources_put(session->loaded.sources, path, bytes, n);
}

/* ---- running ---- */

static const frem_model *const *models_of(const frem_session *session) {
    return (const frem_model *const *)session->loaded.models;
}

frem_status frem_session_run(frem_session *session, const frem_session_options *options) {
    const frem_load_choice choice = {options->sets, options->n_sets, options->variants, options->n_variants};
    clear(session);
    if (session->path == NULL)
        return FREM_USAGE;
    frem_status status = frem_diags_new(&session->diags);
    if (status == FREM_OK)
        status = frem_arena_new(&session->texts);
    if (status != FREM_OK)
        return status;
    session->threads = options->run.threads;
    status = frem_loaded_add(&session->loaded, session->path, &choice, session->diags);
    if (status == FREM_OK)
        status = frem_results_new(&session->results, session->loaded.sources, models_of(session),
                                  session->loaded.n, &options->run, session->diags);
    else
        status = frem_loaded_check(&session->loaded, status, &options->run, session->diags);
    frem_diags_sort(session->diags);
    return status;
}

const frem_frame *frem_session_table(const frem_session *session) {
    return session->results != NULL ? frem_results_table(session->results) : NULL;
}

size_t frem_session_models(const frem_session *session) {
    return session->loaded.n;
}

const frem_model *frem_session_model(const frem_session *session, size_t i) {
    return i < session->loaded.n ? session->loaded.models[i] : NULL;
}

/* ---- problems ---- */

size_t frem_session_problems(const frem_session *session) {
    return session->diags != NULL ? frem_diags_count(session->diags) : 0;
}

/* Moves a text to the arena; NULL for an empty one. @return false when out of memory. */
static bool keep(frem_arena *arena, frem_text *text, const char **out) {
    const bool failed = text->failed;
    *out = failed || text->length == 0 ? NULL : frem_arena_text(arena, text->bytes, text->length);
    const bool good = !failed && (text->length == 0 || *out != NULL);
    frem_text_free(text);
    return good;
}

frem_status frem_session_problem_at(frem_session *session, size_t i, frem_lang lang,
                                    frem_session_problem *out) {
    if (i >= frem_session_problems(session))
        return FREM_USAGE;
    const frem_diag *diag = frem_diags_at(session->diags, i);
    frem_text what = {0}, hint = {0};
    *out = (frem_session_problem){.severity = diag->severity,
                                  .name = diag->name,
                                  .file = diag->place.file,
                                  .line = diag->place.line,
                                  .column = diag->place.column,
                                  .end_column = frem_show_end(session->loaded.sources, diag->place, NULL)};
    frem_diag_add_what(&what, diag, lang);
    frem_diag_add_hint(&hint, diag, lang);
    const bool said = keep(session->texts, &what, &out->message),
               hinted = keep(session->texts, &hint, &out->hint);
    return said && hinted ? FREM_OK : FREM_NO_MEMORY;
}

char *frem_session_problems_json(const frem_session *session, frem_lang lang) {
    frem_text text = {0};
    const frem_status status =
        session->diags != NULL ? frem_diagnostics_json(session->diags, session->loaded.sources, lang, &text)
                               : FREM_OK;
    if (status == FREM_OK && !text.failed)
        return text.bytes != NULL ? text.bytes : strdup("");
    frem_text_free(&text);
    return NULL;
}

/* ---- what can be asked of a run ---- */

/* Problems of what is asked for: they become the session's where it failed, and are the run's own again where not. */
static void end_asking(frem_session *session, frem_status status, frem_diags *diags) {
    if (status != FREM_OK && frem_diags_errors(diags) > 0) {
        frem_diags_free(session->diags);
        session->diags = diags;
        frem_diags_sort(diags);
    } else {
        frem_diags_free(diags);
    }
}

frem_status frem_session_explain(frem_session *session, const char *path, char **json) {
    frem_explanation *explanation = NULL;
    frem_diags *diags = NULL;
    *json = NULL;
    if (session->results == NULL)
        return FREM_USAGE;
    frem_status status = frem_diags_new(&diags);
    if (status != FREM_OK)
        return status;
    status = frem_explanation_new(&explanation, models_of(session), session->loaded.n, path, diags);
    if (status == FREM_OK) {
        *json = frem_explanation_json(explanation);
        status = *json != NULL ? FREM_OK : FREM_NO_MEMORY;
    }
    frem_explanation_free(explanation);
    end_asking(session, status, diags);
    return status;
}

frem_status frem_session_export(frem_session *session, const frem_write_options *options, const char *scratch,
                                frem_written **out) {
    const frem_run_options whole = {.threads = session->threads, .with_tables = 1};
    frem_results *results = NULL;
    frem_diags *diags = NULL;
    *out = NULL;
    if (session->results == NULL)
        return FREM_USAGE;
    frem_status status = frem_diags_new(&diags);
    if (status != FREM_OK)
        return status;
    status = frem_results_new(&results, session->loaded.sources, models_of(session), session->loaded.n,
                              &whole, diags);
    if (status == FREM_OK)
        status = frem_write_memory(out, results, options, scratch, diags);
    frem_results_free(results);
    end_asking(session, status, diags);
    return status;
}
