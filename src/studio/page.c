/* What a page is opened with: the member "session" of the JSON in its element "saved", as the page keeps it itself. */
#include "studio/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "base/problem.h"
#include "base/roots.h"
#include "output/json.h"
#include "scenario/draft.h"

/* How the built page says that nothing is in it. */
static const char empty[] = "<script type=\"application/json\" id=\"saved\">null</script>";

static const char *last_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* The name of a file in the page, where all lie in one folder: as a scenario names it; of one on the command line its last
 * part. NULL: the program has it. */
static const char *name_inside(const frem_source *source) {
    return source->root == FREM_ROOT_PROGRAM   ? NULL
           : source->root == FREM_ROOT_COMMAND ? last_name(source->path)
                                               : source->name;
}

/* Whether a file lies in one of the folders that are in every page, by whatever name; they may be links. */
static bool is_shipped(const frem_source *source, const char *program_dir) {
    static const char *const folders[] = {"data", "scenarios"};
    char *file = frem_real_path(source->path);
    bool shipped = false;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && file != NULL; i++) {
        frem_text path = {0};
        frem_text_print(&path, "%s/%s", program_dir, folders[i]);
        char *folder = path.bytes != NULL ? frem_real_path(path.bytes) : NULL;
        const size_t n = folder != NULL ? strlen(folder) : 0;
        shipped = shipped || (n > 0 && strncmp(file, folder, n) == 0 && file[n] == '/');
        free(folder);
        frem_text_free(&path);
    }
    free(file);
    return shipped;
}

static frem_status add_file(json_t *files, const frem_source *source, const char *program_dir,
                            frem_diags *diags) {
    const char *name = name_inside(source);
    const frem_place place = {.file = source->path};
    frem_status raised = FREM_OK;
    if (name == NULL || is_shipped(source, program_dir))
        return FREM_OK;
    if (frem_name_climbs(name))
        raised = FREM_PROBLEM(diags, place, STUDIO_CLIMBS, name);
    else if (json_object_get(files, name) != NULL)
        raised = FREM_PROBLEM(diags, place, STUDIO_TWICE, name);
    else if (!frem_utf8_valid(source->bytes, source->size, NULL))
        raised = FREM_PROBLEM(diags, place, STUDIO_NO_TEXT, name);
    else
        return frem_json_set(files, name, json_stringn(source->bytes, source->size)) ? FREM_OK
                                                                                     : FREM_NO_MEMORY;
    return raised == FREM_NO_MEMORY ? raised : FREM_INVALID;
}

static frem_status add_files(json_t *files, const frem_loaded *all, const char *program_dir,
                             frem_diags *diags) {
    frem_status status = FREM_OK;
    const frem_source *source;
    for (size_t i = 0; (source = frem_sources_at(all->sources, i)) != NULL && status != FREM_NO_MEMORY; i++)
        status = frem_loaded_worse(status, add_file(files, source, program_dir, diags));
    return status;
}

/* The first step of a history: the scenario as it was opened. */
static json_t *steps_of(const frem_source *first) {
    json_t *step = json_object(), *steps = json_array();
    const bool ok = frem_json_set(step, "text", json_stringn(first->bytes, first->size)) &&
                    frem_json_set(step, "words", json_string("step_opened")) &&
                    frem_json_set(step, "parts", json_object()) && frem_json_set(step, "at", json_integer(0));
    return frem_json_filled(steps, frem_json_push(steps, frem_json_filled(step, ok)));
}

/* A number that two contents do not share: the page takes what it was sent with until that was worked on there. */
static json_int_t mark_of(const json_t *files, const frem_source *first) {
    frem_text text = {0};
    char hash[65], *all = json_dumps(files, JSON_COMPACT | JSON_SORT_KEYS);
    frem_text_add(&text, all != NULL ? all : "");
    frem_text_add(&text, first->path);
    frem_sha256(text.bytes, text.length, hash);
    free(all);
    frem_text_free(&text);
    hash[12] = '\0';
    return (json_int_t)strtoll(hash, NULL, 16);
}

static json_t *session_of(const frem_loaded *all, const frem_source *first, json_t *files) {
    const char *name = last_name(first->path);
    const json_int_t mark = mark_of(files, first);
    json_t *json = json_object();
    (void)json_object_del(files, name);
    bool ok = frem_json_set(json, "name", frem_json_text(name)) &&
              frem_json_set(json, "title", frem_json_label(&all->scenarios[0]->title)) &&
              frem_json_set(json, "text", json_stringn(first->bytes, first->size)) &&
              frem_json_set(json, "baseText", json_stringn(first->bytes, first->size)) &&
              frem_json_set(json, "steps", steps_of(first)) && frem_json_set(json, "at", json_integer(0)) &&
              frem_json_set(json, "choice", json_object()) && frem_json_set(json, "from", json_integer(0)) &&
              frem_json_set(json, "from_file", json_integer(mark)) &&
              frem_json_set(json, "pinned", json_null());
    ok = json_object_set(json, "files", files) == 0 && ok;
    return frem_json_filled(json, ok);
}

/* A piece of JSON inside a page: whatever is in a text, no tag begins or ends there. */
static int add_piece(const char *bytes, size_t n, void *text) {
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '<')
            frem_text_add(text, "\\u003c");
        else
            frem_text_add_bytes(text, bytes + i, 1);
    }
    return 0;
}

static frem_status add_saved(frem_text *out, const frem_loaded *all, const char *program_dir, frem_lang lang,
                             frem_diags *diags) {
    json_t *files = json_object(), *json = json_object();
    frem_status status = files != NULL ? add_files(files, all, program_dir, diags) : FREM_NO_MEMORY;
    if (status == FREM_OK) {
        const frem_source *first = all->drafts[0]->source;
        const bool ok = frem_json_set(json, "lang", json_string(lang == FREM_DA ? "da" : "en")) &&
                        frem_json_set(json, "session", session_of(all, first, files));
        frem_text_add(out, "<script type=\"application/json\" id=\"saved\">");
        if (!ok || json_dump_callback(json, add_piece, out, JSON_COMPACT) != 0)
            status = FREM_NO_MEMORY;
        frem_text_add(out, "</script>");
    }
    json_decref(json);
    json_decref(files);
    return status;
}

frem_status frem_studio_page(frem_text *out, const frem_source *page, const frem_loaded *all,
                             const char *program_dir, frem_lang lang, frem_diags *diags) {
    const char *at = strstr(page->bytes, empty), *rest = at != NULL ? at + strlen(empty) : NULL;
    if (rest == NULL || strstr(rest, empty) != NULL) {
        const frem_place place = {.file = page->path};
        const frem_status raised = FREM_PROBLEM(diags, place, STUDIO_OTHER_PAGE, "");
        return raised == FREM_NO_MEMORY ? raised : FREM_INVALID;
    }
    frem_status status = FREM_OK;
    frem_text_add_bytes(out, page->bytes, (size_t)(at - page->bytes));
    if (all->n > 0)
        status = add_saved(out, all, program_dir, lang, diags);
    else
        frem_text_add(out, empty);
    frem_text_add_bytes(out, rest, page->size - (size_t)(rest - page->bytes));
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}
