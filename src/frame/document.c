#include <string.h>

#include "frame/columns.h"
#include "frame/document.h"

bool frem_document_projects(const frem_document *document) {
    return document->kind == FREM_TABLE_RESULTS || document->kind == FREM_TABLE_COMPARISON;
}

const frem_frame *frem_document_projections(const frem_document *document) {
    return document->compared != NULL ? document->compared : document->results;
}

bool frem_document_several(const frem_document *document) {
    for (size_t i = 1; i < document->n_scenarios; i++) {
        if (frem_document_first(document, i))
            return true;
    }
    return false;
}

/** The region of which the results of a run have rows, where rows were chosen and those of another are none of them.
 *  @return Borrowed; `region` where it has rows. */
static const char *with_rows(const frem_document *document, const frem_run *run, const char *region) {
    const frem_frame *frame = frem_document_projections(document);
    const uint32_t *scenarios = frem_column_codes(frame, "scenario"),
                   *regions = frem_column_codes(frame, "region");
    const ptrdiff_t own = frem_column_code(frame, "scenario", run->name),
                    wanted = frem_column_code(frame, "region", region);
    ptrdiff_t first = -1;
    for (size_t row = 0; scenarios != NULL && regions != NULL && row < frem_frame_rows(frame); row++) {
        if ((ptrdiff_t)scenarios[row] != own)
            continue;
        if ((ptrdiff_t)regions[row] == wanted)
            return region;
        first = first < 0 ? (ptrdiff_t)regions[row] : first;
    }
    return first >= 0 ? frem_column_label(frame, "region", (size_t)first) : region;
}

const char *frem_document_region(const frem_document *document, const frem_run *run) {
    /* A group of which the scenario has one region alone is not that region, and one of some regions not all of them. */
    bool all = run->n_groups == 1 && run->n_regions != 1;
    for (size_t r = 0; r < run->n_regions && all; r++)
        all = run->group_of == NULL || run->group_of[r] != NULL;
    const bool one =
        all && frem_column_code(frem_document_projections(document), "region", run->groups[0]) >= 0;
    const char *region = one ? run->groups[0] : "all";
    return document->chosen.regions ? with_rows(document, run, region) : region;
}

bool frem_document_first(const frem_document *document, size_t i) {
    return i == 0 || strcmp(document->scenarios[i - 1].name, document->scenarios[i].name) != 0;
}

const char *frem_document_label(const frem_document *document, const char *scenario, const char *column,
                                const char *key, frem_lang lang) {
    const char *everywhere = NULL;
    for (size_t i = 0; i < document->n_names; i++) {
        const frem_name *name = &document->names[i];
        if (strcmp(name->key, key) != 0 || strcmp(name->column, column) != 0)
            continue;
        if (name->scenario == NULL) {
            if (everywhere == NULL)
                everywhere = name->label.text[lang];
        } else if (scenario != NULL && strcmp(name->scenario, scenario) == 0) {
            return name->label.text[lang];
        }
    }
    return everywhere != NULL ? everywhere : key;
}

const char *frem_document_own_label(const frem_document *document, const char *scenario, const char *column,
                                    const char *key, frem_lang lang) {
    for (size_t i = 0; i < document->n_names; i++) {
        const frem_name *name = &document->names[i];
        if (name->scenario != NULL && strcmp(name->scenario, scenario) == 0 &&
            strcmp(name->column, column) == 0 && strcmp(name->key, key) == 0)
            return name->label.text[lang];
    }
    return NULL;
}

bool frem_document_changed(const frem_document *document, const frem_assumption *assumption) {
    bool changed = false;
    for (size_t i = 0; i < document->n_changes && !changed; i++)
        changed = strcmp(document->changes[i].path, assumption->path) == 0 &&
                  strcmp(document->changes[i].scenario, assumption->scenario) == 0 &&
                  strcmp(document->changes[i].variant, assumption->variant) == 0;
    return changed;
}

const char *frem_document_first_gap(const frem_document *document, size_t i, frem_lang lang) {
    const char *text = document->scenarios[i].first_gap.text[lang];
    for (size_t k = 0; k < i && text != NULL; k++) {
        const char *other = document->scenarios[k].first_gap.text[lang];
        text = other != NULL && strcmp(other, text) == 0 ? NULL : text;
    }
    return text;
}

const char *frem_document_same_region(const frem_run *run) {
    bool whole = run->n_groups == 1 && run->n_regions > 1 && run->group_of != NULL;
    for (size_t r = 0; r < run->n_regions && whole; r++)
        whole = run->group_of[r] != NULL && strcmp(run->group_of[r], run->groups[0]) == 0;
    return whole ? "all" : NULL;
}

const char *frem_document_any_label(const frem_document *document, const char *column, const char *key,
                                    frem_lang lang) {
    const char *label = key;
    for (size_t i = 0; i < document->n_scenarios && label == key; i++)
        label = frem_document_label(document, document->scenarios[i].name, column, key, lang);
    return label == key ? frem_document_label(document, NULL, column, key, lang) : label;
}
