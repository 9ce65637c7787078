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

const char *frem_document_region(const frem_document *document, const frem_told *told) {
    const bool one = told->n_groups == 1 &&
                     frem_column_code(frem_document_projections(document), "region", told->groups[0]) >= 0;
    return one ? told->groups[0] : "all";
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

const char *frem_document_any_label(const frem_document *document, const char *column, const char *key,
                                    frem_lang lang) {
    const char *label = key;
    for (size_t i = 0; i < document->n_scenarios && label == key; i++)
        label = frem_document_label(document, document->scenarios[i].name, column, key, lang);
    return label == key ? frem_document_label(document, NULL, column, key, lang) : label;
}
