/* Calls about files, about the scenario that is open, and what can be written of it. */
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "base/platform.h"
#include "base/roots.h"
#include "base/source.h"
#include "fremskriv/version.h"
#include "scenario/draft.h"
#include "studio/inside.h"

frem_status frem_studio_version(frem_studio_call *call) {
    json_t *formats = json_array();
    bool ok = formats != NULL;
    for (const char *const *format = frem_formats(); *format != NULL && ok; format++)
        ok = frem_json_push(formats, frem_json_text(*format));
    call->failed = !ok || call->failed;
    frem_studio_set(call, "version", frem_json_text(frem_version()));
    frem_studio_set(call, "program_dir", frem_json_text(call->studio->program_dir));
    frem_studio_set(call, "formats", formats);
    return FREM_OK;
}

/* ---- files ---- */

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_scenario(const char *name) {
    const size_t n = strlen(name);
    return n > 5 && name[0] != '.' && strcmp(name + n - 5, ".yaml") == 0;
}

/* Paths of the scenarios of the program's folder, sorted. */
static size_t shipped_paths(frem_studio_call *call, const char ***out) {
    frem_arena *arena = call->studio->arena;
    const char *folder = frem_path_join(arena, call->studio->program_dir, "scenarios"), *name = NULL;
    const char **paths = NULL;
    size_t n = 0, capacity = 0;
    frem_entries *entries =
        folder != NULL ? frem_entries_of(frem_fd_open(FREM_HERE, folder, FREM_OPEN_FOLDER, 0)) : NULL;
    while (entries != NULL && !call->failed && frem_entries_next(entries, &name) == 1) {
        if (!is_scenario(name))
            continue;
        if (frem_grow((void **)&paths, &capacity, n, sizeof *paths) != FREM_OK ||
            (paths[n] = frem_path_join(arena, folder, frem_arena_text(arena, name, strlen(name)))) == NULL)
            call->failed = true;
        else
            n++;
    }
    frem_entries_close(entries);
    if (n > 0)
        qsort(paths, n, sizeof *paths, by_name);
    *out = paths;
    return n;
}

/* What a scenario's own files say of it: its title, which is one text or one for each language. */
static bool set_title(json_t *json, const frem_draft *draft) {
    const frem_node *title = frem_node_get(draft->files, "title");
    if (title == NULL)
        return true;
    const frem_node *en = frem_node_get(title, "en"), *da = frem_node_get(title, "da");
    const char *own = title->kind == FREM_SCALAR ? title->text : NULL;
    const frem_label label = {
        {[FREM_EN] = en != NULL ? en->text : own, [FREM_DA] = da != NULL ? da->text : own}};
    return label.text[FREM_EN] == NULL || label.text[FREM_DA] == NULL ||
           frem_json_set(json, "title", frem_json_label(&label));
}

static bool add_shipped(frem_studio_call *call, const char *path, json_t *list) {
    frem_draft *draft = NULL;
    json_t *json = json_object(), *variants = json_array();
    bool ok = variants != NULL && frem_json_set(json, "path", frem_json_text(path));
    if (frem_draft_new(&draft, call->studio->asked.sources, path, NULL, 0, call->studio->diags) == FREM_OK)
        ok = ok && set_title(json, draft);
    for (size_t i = 0; draft != NULL && i < frem_draft_variants(draft) && ok; i++)
        ok = frem_json_push(variants, frem_json_text(frem_draft_variant(draft, i)));
    ok = frem_json_set(json, "variants", variants) && ok;
    frem_draft_free(draft);
    return frem_json_push(list, json) && ok;
}

frem_status frem_studio_shipped(frem_studio_call *call) {
    const char **paths = NULL;
    json_t *list = json_array();
    const size_t n = shipped_paths(call, &paths);
    for (size_t i = 0; i < n && !call->failed; i++)
        call->failed = !add_shipped(call, paths[i], list);
    free(paths);
    frem_studio_set(call, "scenarios", list);
    return FREM_OK;
}

static json_t *file_of(const frem_source *source) {
    static const char *const found[] = {[FREM_ROOT_COMMAND] = "command",
                                        [FREM_ROOT_BESIDE] = "beside",
                                        [FREM_ROOT_DATA] = "data",
                                        [FREM_ROOT_PROGRAM] = "program"};
    json_t *json = json_object();
    return frem_json_filled(json, frem_json_set(json, "path", frem_json_text(source->path)) &&
                                      frem_json_set(json, "found", frem_json_text(found[source->root])) &&
                                      frem_json_set(json, "size", frem_json_whole(source->size)));
}

frem_status frem_studio_files(frem_studio_call *call) {
    json_t *list = json_array();
    bool ok = list != NULL;
    const frem_source *source = NULL;
    for (size_t i = 0; (source = frem_sources_at(call->studio->asked.sources, i)) != NULL && ok; i++)
        ok = frem_json_push(list, file_of(source));
    call->failed = !ok || call->failed;
    frem_studio_set(call, "files", list);
    return FREM_OK;
}

/* A file that was read already; only these and the program's own scenarios may be read by their path. */
static const frem_source *known_source(frem_studio_call *call, const char *path) {
    const frem_source *source = NULL;
    for (size_t i = 0; (source = frem_sources_at(call->studio->asked.sources, i)) != NULL; i++) {
        if (strcmp(source->path, path) == 0)
            return source;
    }
    return NULL;
}

static bool is_shipped(frem_studio_call *call, const char *path) {
    const char **paths = NULL;
    const size_t n = shipped_paths(call, &paths);
    bool found = false;
    for (size_t i = 0; i < n; i++)
        found = found || strcmp(paths[i], path) == 0;
    free(paths);
    return found;
}

frem_status frem_studio_read(frem_studio_call *call) {
    const char *path = frem_studio_text(call, "path");
    if (path == NULL)
        return FREM_USAGE;
    const frem_source *source = known_source(call, path);
    if (source == NULL && !is_shipped(call, path))
        return FREM_INVALID;
    frem_status status = FREM_OK;
    if (source == NULL)
        status = frem_sources_open_scenario(call->studio->asked.sources, path, call->studio->diags, &source);
    if (status != FREM_OK)
        return status;
    frem_studio_set(call, "path", frem_json_text(source->path));
    frem_studio_set(call, "buffer", frem_studio_add_bytes(call, source->bytes, source->size));
    return FREM_OK;
}

/* ---- the scenario ---- */

/* Puts the member "text" as the file "path", where there is one. */
static frem_status put_text(frem_studio_call *call) {
    const json_t *text = json_object_get(call->request, "text");
    const char *path = frem_studio_text(call, "path");
    if (!json_is_string(text))
        return FREM_OK;
    return frem_session_put(call->studio->session, path, json_string_value(text), json_string_length(text));
}

frem_status frem_studio_open(frem_studio_call *call) {
    const char *path = frem_studio_text(call, "path");
    if (path == NULL)
        return FREM_USAGE;
    const frem_status status = put_text(call);
    return status == FREM_OK ? frem_session_open(call->studio->session, path) : status;
}

frem_status frem_studio_write(frem_studio_call *call) {
    if (frem_studio_text(call, "path") == NULL || frem_studio_text(call, "text") == NULL)
        return FREM_USAGE;
    return put_text(call);
}

frem_status frem_studio_run(frem_studio_call *call) {
    frem_session *session = call->studio->session;
    frem_session_options options = {.run = {.threads = 1, .rows = frem_studio_rows(call)}};
    options.sets = frem_studio_texts(call, "sets", &options.n_sets);
    options.variants = frem_studio_texts(call, "variants", &options.n_variants);
    frem_status status = put_text(call);
    if (status == FREM_OK)
        status = frem_session_run(session, &options);
    if (session->results != NULL)
        frem_studio_set_results(call, session->results);
    return status;
}

/* ---- explaining ---- */

static frem_status explain(frem_studio_call *call, json_t **out) {
    char *text = NULL;
    const frem_status status =
        frem_session_explain(call->studio->session, frem_studio_text(call, "path"), &text);
    *out = text != NULL ? json_loads(text, 0, NULL) : NULL;
    free(text);
    return status == FREM_OK && *out == NULL ? FREM_NO_MEMORY : status;
}

frem_status frem_studio_explain(frem_studio_call *call) {
    json_t *explanation = NULL;
    const frem_status status = explain(call, &explanation);
    if (status == FREM_OK)
        frem_studio_set(call, "explanation", explanation);
    return status;
}

/* What people call the profession, programme or sector that a path begins with. */
static const frem_label *owner_of(const frem_scenario *scenario, const char *path) {
    const char *dot = strchr(path, '.'), *key = dot != NULL ? dot + 1 : "";
    const size_t head = dot != NULL ? (size_t)(dot - path) : 0, n = strcspn(key, ".");
    if (head == strlen("professions") && strncmp(path, "professions", head) == 0) {
        for (size_t i = 0; i < scenario->professions.count; i++)
            if (strncmp(scenario->professions.items[i].head.key, key, n) == 0 &&
                scenario->professions.items[i].head.key[n] == '\0')
                return &scenario->professions.items[i].label;
    }
    if (head == strlen("programmes") && strncmp(path, "programmes", head) == 0) {
        for (size_t i = 0; i < scenario->programmes.count; i++)
            if (strncmp(scenario->programmes.items[i].head.key, key, n) == 0 &&
                scenario->programmes.items[i].head.key[n] == '\0')
                return &scenario->programmes.items[i].label;
    }
    if (head == strlen("demand") && strncmp(path, "demand", head) == 0) {
        for (size_t i = 0; i < scenario->demand.count; i++)
            if (strncmp(scenario->demand.items[i].head.key, key, n) == 0 &&
                scenario->demand.items[i].head.key[n] == '\0')
                return &scenario->demand.items[i].label;
    }
    return NULL;
}

static bool add_parameter(const frem_model *model, json_t *value, json_t *list) {
    const char *path = json_string_value(json_object_get(value, "path"));
    const frem_label *owner = owner_of(model->scenario, path);
    const ptrdiff_t at = frem_model_find(model, path);
    bool ok = owner == NULL || owner->text[FREM_EN] == NULL ||
              frem_json_set(value, "owner", frem_json_label(owner));
    ok = ok &&
         (at < 0 || frem_json_set(value, "by_year", json_boolean(frem_model_by_year(model, (size_t)at))));
    return ok && json_array_append(list, value) == 0;
}

frem_status frem_studio_parameters(frem_studio_call *call) {
    json_t *explanation = NULL, *list = json_array();
    const frem_status status = explain(call, &explanation);
    const frem_model *model = frem_session_model(call->studio->session, 0);
    const json_t *values =
        json_object_get(json_array_get(json_object_get(explanation, "scenarios"), 0), "values");
    bool ok = list != NULL;
    for (size_t i = 0; model != NULL && i < json_array_size(values) && ok; i++) {
        json_t *value = json_array_get(values, i);
        if (json_is_true(json_object_get(value, "parameter")))
            ok = add_parameter(model, value, list);
    }
    json_decref(explanation);
    call->failed = !ok || call->failed;
    frem_studio_set(call, "parameters", list);
    return status;
}

/* ---- writing ---- */

frem_status frem_studio_export(frem_studio_call *call) {
    frem_studio *studio = call->studio;
    const char *decimal = frem_studio_text(call, "decimal");
    frem_write_options options = {
        .lang = call->lang,
        .decimal = decimal != NULL && strcmp(decimal, "comma") == 0 ? FREM_DECIMAL_COMMA : FREM_DECIMAL_POINT,
        .made = (long long)frem_studio_number(call, "made", 0)};
    options.formats = frem_studio_texts(call, "formats", &options.n_formats);
    const frem_status status =
        frem_session_export(studio->session, &options, studio->scratch, &studio->written);
    json_t *files = json_array();
    bool ok = files != NULL;
    frem_written_file file;
    for (size_t i = 0; studio->written != NULL && ok && frem_written_at(studio->written, i, &file); i++) {
        json_t *json = json_object();
        ok = frem_json_set(json, "name", frem_json_text(file.name)) &&
             frem_json_set(json, "buffer", frem_studio_add_bytes(call, file.bytes, file.size));
        ok = frem_json_push(files, json) && ok;
    }
    call->failed = !ok || call->failed;
    frem_studio_set(call, "files", files);
    return status;
}
