#include "output/names.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "frame/answer.h"

const char *frem_document_table(const frem_document *document) {
    if (document->kind == FREM_TABLE_ANSWER)
        return document->answer->tables[0].name;
    static const char *const names[FREM_TABLE_KINDS] = {[FREM_TABLE_RESULTS] = "results",
                                                        [FREM_TABLE_PRACTICUM] = "practicum",
                                                        [FREM_TABLE_COMPARISON] = "compare",
                                                        [FREM_TABLE_SWEEP] = "sweep"};
    return names[document->kind];
}

const char *frem_table_file(const frem_document *document) {
    if (document->kind == FREM_TABLE_ANSWER)
        return document->answer->tables[0].file;
    static const char *const files[FREM_TABLE_KINDS] = {[FREM_TABLE_RESULTS] = FREM_RESULTS_CSV,
                                                        [FREM_TABLE_PRACTICUM] = FREM_PRACTICUM_CSV,
                                                        [FREM_TABLE_COMPARISON] = FREM_COMPARE_CSV,
                                                        [FREM_TABLE_SWEEP] = FREM_SWEEP_CSV};
    return files[document->kind];
}

char *frem_table_file_as(const frem_document *document, const char *ending) {
    char *name = NULL;
    return asprintf(&name, "%s.%s", frem_document_table(document), ending) < 0 ? NULL : name;
}

double frem_value_shown(double value) {
    char text[FREM_FIXED_MAX];
    double shown = value;
    const size_t n = frem_number_fixed(text, value, 6);
    return frem_number_read(text, n, &shown) == FREM_NUMBER_OK ? shown : value;
}

const char *frem_root_name(frem_root root) {
    switch (root) {
    case FREM_ROOT_COMMAND:
        return "command";
    case FREM_ROOT_BESIDE:
        return "beside";
    case FREM_ROOT_DATA:
        return "data";
    case FREM_ROOT_PROGRAM:
    default:
        return "program";
    }
}

static const char *area_of(const frem_document *document, size_t run, frem_lang lang) {
    const frem_run *t = &document->scenarios[run];
    return frem_document_label(document, t->name, "region", frem_document_region(document, t), lang);
}

/* Whether scenarios are shown of areas that are called otherwise. */
static bool areas_differ(const frem_document *document, frem_lang lang) {
    for (size_t i = 1; i < document->n_scenarios && frem_document_projects(document); i++) {
        if (strcmp(area_of(document, i, lang), area_of(document, 0, lang)) != 0)
            return true;
    }
    return false;
}

void frem_add_run(frem_text *out, const frem_document *document, size_t run, frem_lang lang) {
    const frem_run *t = &document->scenarios[run];
    const bool scenarios = frem_document_several(document);
    bool variants = false;
    for (size_t i = 0; i < document->n_scenarios; i++)
        variants = variants || strcmp(document->scenarios[i].variant, "base") != 0;
    if (scenarios || !variants)
        frem_text_add(out, t->title.text[lang]);
    if (scenarios && variants)
        frem_text_add(out, " · ");
    if (variants)
        frem_text_add(out, frem_document_label(document, t->name, "variant", t->variant, lang));
}

void frem_add_side(frem_text *out, const frem_document *document, size_t run, frem_lang lang) {
    frem_add_run(out, document, run, lang);
    if (areas_differ(document, lang))
        frem_text_print(out, " · %s", area_of(document, run, lang));
}
