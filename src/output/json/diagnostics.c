#include "output/json/diagnostics.h"

#include <stdlib.h>
#include <string.h>

#include "base/harmless.h"
#include "base/problem.h"
#include "base/show.h"
#include "output/json.h"

static bool set_text(json_t *object, const char *key, frem_text *text) {
    bool set =
        !text->failed && frem_json_set(object, key, frem_json_text(text->bytes != NULL ? text->bytes : ""));
    frem_text_free(text);
    return set;
}

static bool set_whole(json_t *object, const char *key, unsigned number) {
    return number == 0 || frem_json_set(object, key, frem_json_whole(number));
}

/* The name of a cell in a sheet. */
static bool set_cell(json_t *object, frem_place place) {
    frem_text cell = {0};
    if (!frem_place_add_cell(&cell, place))
        return true;
    return set_text(object, "cell", &cell);
}

/* What is not known is left out. */
static bool set_place(json_t *object, frem_place place, const frem_sources *sources, frem_show_at *at) {
    return place.file == NULL ||
           (frem_json_set(object, "file", frem_json_text(place.file)) &&
            set_whole(object, "line", place.line) && set_whole(object, "column", place.column) &&
            set_cell(object, place) && set_whole(object, "end_column", frem_show_end(sources, place, at)));
}

/* @param at where the last problem was, and where its other half was */
static bool fill(json_t *object, const frem_diag *diag, const frem_sources *sources, frem_lang lang,
                 frem_show_at at[2]) {
    frem_text what = {0}, hint = {0};
    frem_diag_add_what(&what, diag, lang);
    frem_diag_add_hint(&hint, diag, lang);
    bool good = frem_json_set(object, "severity", frem_json_text(frem_severity_word(diag->severity))) &&
                frem_json_set(object, "name", frem_json_text(diag->name)) &&
                set_place(object, diag->place, sources, &at[0]);
    good = set_text(object, "message", &what) && good;
    bool hints = hint.length > 0 || hint.failed;
    good = (!hints || set_text(object, "hint", &hint)) && good;
    if (diag->related.file == NULL)
        return good;
    json_t *related = json_object();
    good = related != NULL && set_place(related, diag->related, sources, &at[1]) && good;
    return frem_json_set(object, "related", related) && good;
}

frem_status frem_diagnostics_json(const frem_diags *diags, const frem_sources *sources, frem_lang lang,
                                  frem_text *out) {
    frem_show_at at[2] = {{0}, {0}};
    for (size_t i = 0; i < frem_diags_count(diags); i++) {
        json_t *object = json_object();
        char *line = NULL;
        if (object != NULL && fill(object, frem_diags_at(diags, i), sources, lang, at))
            line = json_dumps(object, 0);
        json_decref(object);
        if (line == NULL)
            return FREM_NO_MEMORY;
        /* Its escapes are those of JSON: the same text, also where the lines go to a terminal. */
        frem_text_add_all_harmless(out, line, strlen(line), "");
        frem_text_add(out, "\n");
        free(line);
    }
    return out->failed ? FREM_NO_MEMORY : FREM_OK;
}
