/* What the report's script works with: the results as series, and what people call their keys. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "frame/columns.h"
#include "frame/measures.h"
#include "frame/projected.h"
#include "fremskriv/version.h"
#include "output/html.h"
#include "output/json.h"
#include "output/report/report.h"

/** The key columns whose labels a scenario has. */
static const char *const labelled[] = {"region", "profession", "sector", "variant"};
enum { LABELLED = sizeof labelled / sizeof *labelled };

static json_t *words_of(frem_lang lang) {
    json_t *words = json_object();
    for (size_t i = 0; i < FREM_WORD_COUNT; i++) {
        if (!frem_json_set(words, frem_report_word_key((frem_report_word)i),
                           frem_json_text(frem_report_word_text((frem_report_word)i, lang)))) {
            json_decref(words);
            return NULL;
        }
    }
    return words;
}

/** The labels of a column in the words of a scenario, or its keys as they are. */
static json_t *labels_of(const frem_report *report, const frem_frame *frame, const char *column,
                         const char *scenario, bool keys) {
    json_t *list = json_array();
    for (size_t i = 0; i < frem_column_labels(frame, column); i++) {
        const char *key = frem_column_label(frame, column, i);
        const char *text =
            keys ? key : frem_document_label(report->document, scenario, column, key, report->lang);
        if (!frem_json_push(list, frem_json_text(text))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *codes_of(const frem_frame *frame, const char *column, const char *const *keys, size_t n) {
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        const ptrdiff_t code = frem_column_code(frame, column, keys[i]);
        if (code >= 0 && !frem_json_push(list, json_integer(code))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

/** What all regions are called together; null where the scenario has no name for them. */
static json_t *whole_of(const frem_report *report, const frem_run *run) {
    const char *name = frem_document_own_label(report->document, run->name, "region", "all", report->lang);
    return name != NULL ? frem_json_text(name) : json_null();
}

/** The region that need not be chosen, as another is the same; -1 for none. */
static json_t *same_of(const frem_report *report, const frem_run *run) {
    const char *same = frem_document_same_region(run);
    return json_integer(same != NULL ? frem_column_code(report->frame, "region", same) : -1);
}

static json_t *scenario_of(const frem_report *report, const frem_run *run) {
    const frem_frame *frame = report->frame;
    json_t *labels = json_object(), *scenario = json_object();
    bool ok = true;
    for (size_t c = 0; c < LABELLED && ok; c++)
        ok = frem_json_set(labels, labelled[c], labels_of(report, frame, labelled[c], run->name, false));
    ok = ok &&
         frem_json_set(scenario, "code", json_integer(frem_column_code(frame, "scenario", run->name))) &&
         frem_json_set(scenario, "name", frem_json_text(run->name)) &&
         frem_json_set(scenario, "title", frem_json_text(run->title.text[report->lang])) &&
         frem_json_set(scenario, "base", json_integer(run->base_year)) &&
         frem_json_set(scenario, "whole", whole_of(report, run)) &&
         frem_json_set(scenario, "same", same_of(report, run)) &&
         frem_json_set(scenario, "groups", codes_of(frame, "region", run->groups, run->n_groups)) &&
         frem_json_set(scenario, "areas", codes_of(frame, "region", run->regions, run->n_regions));
    ok = ok && frem_json_set(scenario, "labels", json_incref(labels));
    json_decref(labels);
    if (ok)
        return scenario;
    json_decref(scenario);
    return NULL;
}

/** Scenarios by name; their variants are keys of the results. */
static json_t *scenarios_of(const frem_report *report) {
    const frem_document *document = report->document;
    json_t *list = json_array();
    for (size_t i = 0; i < document->n_scenarios; i++) {
        if (i > 0 && strcmp(document->scenarios[i].name, document->scenarios[i - 1].name) == 0)
            continue;
        if (!frem_json_push(list, scenario_of(report, &document->scenarios[i]))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

/** Which of the ways in, or of the ways out, a measure is: the report has a colour for each. */
static int rank_of(const frem_measure *measure) {
    return frem_measure_way(measure) == 0
               ? 0
               : (int)measure->role -
                     (frem_measure_way(measure) > 0 ? (int)FREM_ROLE_IN : (int)FREM_ROLE_OUT);
}

/** Measures with label, unit and how they are shown, by code. */
static json_t *measures_of(const frem_report *report) {
    const frem_frame *frame = report->frame;
    const uint32_t *measures = frem_column_codes(frame, "measure"), *units = frem_column_codes(frame, "unit");
    const size_t n = frem_column_labels(frame, "measure");
    /* The chance of a shortage is a ratio, of which the gap is none. */
    const uint32_t *statistics = frem_column_codes(frame, "statistic");
    const ptrdiff_t shown = frem_column_code(frame, "statistic", frem_projected_statistic(frame));
    const char **unit_of = calloc(n + 1, sizeof *unit_of);
    json_t *list = unit_of != NULL ? json_array() : NULL;
    for (size_t row = 0; list != NULL && row < report->rows; row++) {
        if (shown < 0 || statistics == NULL || (ptrdiff_t)statistics[row] == shown)
            unit_of[measures[row]] = frem_column_label(frame, "unit", units[row]);
    }
    for (size_t i = 0; list != NULL && i < n; i++) {
        const char *key = frem_column_label(frame, "measure", i);
        const char *of = unit_of[i] != NULL ? unit_of[i] : "";
        const char *label = frem_document_label(report->document, NULL, "measure", key, report->lang);
        const frem_measure *measure = frem_measure_find(key);
        const char *unit_label = frem_document_label(report->document, NULL, "unit", of, report->lang);
        if (!frem_json_push(list, json_pack("{s:o,s:o,s:o,s:o,s:b,s:i,s:i,s:b,s:b}", "key",
                                            frem_json_text(key), "label", frem_json_text(label), "unit",
                                            frem_json_text(of), "unitLabel", frem_json_text(unit_label),
                                            "percent", (int)frem_measure_has_percent(key), "way",
                                            measure != NULL ? frem_measure_way(measure) : 0, "rank",
                                            measure != NULL ? rank_of(measure) : 0, "signed",
                                            measure != NULL && measure->has_sign, "nets",
                                            measure != NULL && measure->nets))) {
            json_decref(list);
            list = NULL;
        }
    }
    free(unit_of);
    return list;
}

static json_t *keys_of(const frem_report *report) {
    json_t *keys = json_object();
    for (size_t c = 0; c < LABELLED; c++) {
        if (!frem_json_set(keys, labelled[c], labels_of(report, report->frame, labelled[c], NULL, true))) {
            json_decref(keys);
            return NULL;
        }
    }
    if (report->spread.n > 0 &&
        !frem_json_set(keys, "statistic", labels_of(report, report->frame, "statistic", NULL, true))) {
        json_decref(keys);
        return NULL;
    }
    return keys;
}

/** Scenarios and variants in the order of the document; differences are from the first. */
static json_t *sides_of(const frem_report *report) {
    json_t *list = json_array();
    for (size_t i = 0; i < report->n_sides; i++) {
        const frem_report_side *side = &report->sides[i];
        const char *first = side->run->first_gap.text[report->lang];
        if (!frem_json_push(list,
                            json_pack("{s:I,s:I,s:o,s:o}", "s", (json_int_t)side->scenario, "v",
                                      (json_int_t)side->variant, "name", frem_json_text(side->name.bytes),
                                      "firstGap", first != NULL ? frem_json_text(first) : json_null()))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *start_of(const frem_report *report) {
    const frem_report_start *start = &report->start;
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:i}", "s", (json_int_t)start->scenario, "v",
                     (json_int_t)start->variant, "r", (json_int_t)start->region, "p",
                     (json_int_t)start->profession, "k", (json_int_t)start->sector, "year", (int)start->last);
}

static frem_status add_meta(frem_report *report) {
    json_t *meta = json_object();
    const bool filled = frem_json_set(meta, "lang", frem_json_text(report->lang == FREM_DA ? "da" : "en")) &&
                        frem_json_set(meta, "program", frem_json_text("fremskriv " FREM_VERSION_STRING)) &&
                        frem_json_set(meta, "words", words_of(report->lang)) &&
                        frem_json_set(meta, "keys", keys_of(report)) &&
                        frem_json_set(meta, "measures", measures_of(report)) &&
                        frem_json_set(meta, "scenarios", scenarios_of(report)) &&
                        frem_json_set(meta, "sides", sides_of(report)) &&
                        frem_json_set(meta, "start", start_of(report)) &&
                        frem_json_set(meta, "assumptions", json_boolean(report->document->n_assumptions > 0));
    const frem_status status = filled ? frem_html_add_json(&report->out, meta) : FREM_NO_MEMORY;
    json_decref(meta);
    return status;
}

/** A value with as many of its six decimals as say something. */
static void add_value(frem_text *out, double value) {
    char text[FREM_FIXED_MAX];
    size_t n = frem_number_fixed(text, value, 6);
    while (text[n - 1] == '0')
        n--;
    frem_text_add_bytes(out, text, text[n - 1] == '.' ? n - 1 : n);
}

static void add_values(const frem_curves *curves, size_t place, frem_text *out) {
    const size_t start = curves->starts[place], end = curves->starts[place + 1];
    int32_t axis = curves->points[start].axis;
    frem_text_add(out, "[");
    for (size_t i = start; i < end; i++, axis++) {
        for (; axis < curves->points[i].axis; axis++)
            frem_text_add(out, "null,");
        add_value(out, curves->points[i].value);
        if (i + 1 < end)
            frem_text_add(out, ",");
    }
    frem_text_add(out, "]");
}

void frem_report_add_curves(const frem_curves *curves, frem_text *out) {
    frem_text_add(out, "\"first\":[");
    for (size_t s = 0; s < curves->n; s++)
        frem_text_print(out, "%s%d", s > 0 ? "," : "", (int)curves->points[curves->starts[s]].axis);
    frem_text_add(out, "],\"values\":[");
    for (size_t s = 0; s < curves->n; s++) {
        if (s > 0)
            frem_text_add(out, ",");
        add_values(curves, s, out);
    }
    frem_text_add(out, "]");
}

static void add_series(frem_report *report, const frem_curves *series) {
    frem_text_add(&report->out, "{\"codes\":[");
    for (size_t d = 0; d < series->n_dims; d++) {
        frem_text_add(&report->out, d > 0 ? ",[" : "[");
        for (size_t i = 0; i < series->n; i++)
            frem_text_print(&report->out, "%s%u", i > 0 ? "," : "", frem_curves_code(series, i, d));
        frem_text_add(&report->out, "]");
    }
    frem_text_add(&report->out, "],");
    frem_report_add_curves(series, &report->out);
    frem_text_add(&report->out, "}");
}

static frem_status add_stock(frem_report *report) {
    json_t *sexes = labels_of(report, report->document->stock, "sex", NULL, false);
    if (sexes == NULL)
        return FREM_NO_MEMORY;
    frem_text_add(&report->out, "{\"sexes\":");
    const frem_status status = frem_html_add_json(&report->out, sexes);
    json_decref(sexes);
    frem_text_add(&report->out, ",\"series\":");
    add_series(report, &report->stock);
    frem_text_add(&report->out, "}");
    return status;
}

frem_status frem_report_add_data(frem_report *report) {
    frem_text_add(&report->out, "{\"meta\":");
    frem_status status = add_meta(report);
    frem_text_add(&report->out, ",\n\"series\":");
    add_series(report, &report->series);
    if (report->spread.n > 0) {
        frem_text_add(&report->out, ",\n\"spread\":");
        add_series(report, &report->spread);
    }
    frem_text_add(&report->out, ",\n\"stock\":");
    if (report->stock.n == 0)
        frem_text_add(&report->out, "null");
    else if (status == FREM_OK)
        status = add_stock(report);
    frem_text_add(&report->out, "}");
    return status;
}
