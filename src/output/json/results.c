/* The results as JSON. What is said about them is small and goes through jansson; the columns are long and are
 * written as they come. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "frame/answer.h"
#include "frame/columns.h"
#include "fremskriv/version.h"
#include "output/json.h"
#include "output/names.h"
#include "output/write.h"

#define FORMAT_NAME "fremskriv-results"
#define FORMAT_VERSION 1
enum { DECIMALS = 6, NUMBERS_A_LINE = 20 };

/* A file on its way. The sink takes every byte and keeps its errors: only memory can be lacking here. */
typedef struct out {
    const frem_document *document;
    frem_sink *sink;
    frem_status status;
} out;

static int write_piece(const char *bytes, size_t n, void *sink) {
    frem_sink_write(sink, bytes, n);
    return 0;
}

/* @param value Consumed; NULL when out of memory. */
static void put(out *o, json_t *value) {
    if (value == NULL || json_dump_callback(value, write_piece, o->sink, JSON_ENCODE_ANY) != 0)
        o->status = FREM_NO_MEMORY;
    json_decref(value);
}

static void member(out *o, const char *key, json_t *value) {
    frem_sink_print(o->sink, "  \"%s\": ", key);
    put(o, value);
    frem_sink_text(o->sink, ",\n");
}

/* One element of a list: NULL where it is left out. @param[out] failed out of memory. */
typedef json_t *(*element_of)(const frem_document *document, size_t i, bool *failed);

static void list(out *o, const char *key, size_t n, element_of element) {
    size_t written = 0;
    frem_sink_print(o->sink, "  \"%s\": [", key);
    for (size_t i = 0; i < n && o->status == FREM_OK; i++) {
        bool failed = false;
        json_t *value = element(o->document, i, &failed);
        if (failed)
            o->status = FREM_NO_MEMORY;
        if (value == NULL)
            continue;
        frem_sink_text(o->sink, written++ > 0 ? ",\n    " : "\n    ");
        put(o, value);
    }
    frem_sink_text(o->sink, written > 0 ? "\n  ],\n" : "],\n");
}

static json_t *texts(const char *const *words, size_t n) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = frem_json_push(list, frem_json_text(words[i]));
    return frem_json_filled(list, ok);
}

static json_t *scenario_of(const frem_document *document, size_t i, bool *failed) {
    const frem_run *run = &document->scenarios[i];
    json_t *scenario = json_object();
    scenario = frem_json_filled(scenario,
                                frem_json_set(scenario, "name", frem_json_text(run->name)) &&
                                    frem_json_set(scenario, "variant", frem_json_text(run->variant)) &&
                                    frem_json_set(scenario, "title", frem_json_label(&run->title)) &&
                                    frem_json_set(scenario, "file", frem_json_text(run->file)) &&
                                    frem_json_set(scenario, "base_year", json_integer(run->base_year)) &&
                                    frem_json_set(scenario, "groups", texts(run->groups, run->n_groups)) &&
                                    frem_json_set(scenario, "regions", texts(run->regions, run->n_regions)));
    *failed = scenario == NULL;
    return scenario;
}

/* Only names of what the tables have; parameters and addresses of an answer may have any key in them. */
static bool is_used(const frem_document *document, const frem_name *named) {
    const frem_answer *answer = document->answer;
    bool used = document->kind == FREM_TABLE_ANSWER ||
                frem_column_code(document->results, named->column, named->key) >= 0;
    for (size_t t = 0; answer != NULL && t < answer->n_tables && !used; t++)
        used = frem_column_code(answer->tables[t].frame, named->column, named->key) >= 0;
    return used;
}

static json_t *name_of(const frem_document *document, size_t i, bool *failed) {
    const frem_name *named = &document->names[i];
    if (!is_used(document, named))
        return NULL;
    json_t *name = json_object();
    const bool of =
        named->scenario == NULL || frem_json_set(name, "scenario", frem_json_text(named->scenario));
    name = frem_json_filled(name, of && frem_json_set(name, "column", frem_json_text(named->column)) &&
                                      frem_json_set(name, "key", frem_json_text(named->key)) &&
                                      frem_json_set(name, "label", frem_json_label(&named->label)));
    *failed = name == NULL;
    return name;
}

static json_t *note_of(const frem_document *document, size_t i, bool *failed) {
    json_t *note = frem_json_note(&document->notes[i]);
    *failed = note == NULL;
    return note;
}

static json_t *assumption_of(const frem_document *document, size_t i, bool *failed) {
    const frem_assumption *a = &document->assumptions[i];
    json_t *json = json_object();
    json = frem_json_filled(json,
                            frem_json_set(json, "scenario", frem_json_text(a->scenario)) &&
                                frem_json_set(json, "variant", frem_json_text(a->variant)) &&
                                frem_json_set(json, "path", frem_json_text(a->path)) &&
                                frem_json_set(json, "value", frem_json_text(a->value)) &&
                                (a->unit == NULL || frem_json_set(json, "unit", frem_json_text(a->unit))) &&
                                frem_json_set_source(json, &a->source) &&
                                frem_json_set(json, "file", frem_json_text(a->file)) &&
                                frem_json_set(json, "line", json_integer((json_int_t)a->line)) &&
                                frem_json_set(json, "help", frem_json_label(&a->help)));
    *failed = json == NULL;
    return json;
}

/* ---- columns ---- */

static void between(out *o, size_t i) {
    if (i > 0)
        frem_sink_text(o->sink, i % NUMBERS_A_LINE == 0 ? ",\n       " : ",");
}

/* Without the decimals that say nothing: 12.500000 is 12.5. */
static void put_number(out *o, double value, bool exact) {
    char digits[FREM_FIXED_MAX];
    if (!isfinite(value)) { /* an empty cell; JSON has no infinity */
        frem_sink_text(o->sink, "null");
        return;
    }
    if (exact) {
        frem_sink_write(o->sink, digits, frem_number_shortest(digits, value));
        return;
    }
    size_t n = frem_number_fixed(digits, value, DECIMALS);
    while (digits[n - 1] == '0')
        n--;
    frem_sink_write(o->sink, digits, digits[n - 1] == '.' ? n - 1 : n);
}

/* Labels that occur, in their order, and their places among those for each row. */
static void put_labels(out *o, const frem_frame *frame, size_t column) {
    const uint32_t *codes = frem_frame_label_codes(frame, column);
    size_t n = frem_frame_rows(frame), labels = frem_frame_labels(frame, column), used = 0;
    unsigned *places = calloc(labels + 1, sizeof *places);
    if (places == NULL) {
        o->status = FREM_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < n; i++)
        places[codes[i]] = 1;
    frem_sink_text(o->sink, "\"levels\": [");
    for (size_t code = 0; code < labels; code++) {
        if (places[code] == 0)
            continue;
        frem_sink_text(o->sink, used > 0 ? ", " : "");
        put(o, frem_json_text(frem_frame_label_text(frame, column, (uint32_t)code)));
        places[code] = (unsigned)used++;
    }
    frem_sink_text(o->sink, "],\n     \"codes\": [");
    for (size_t i = 0; i < n; i++) {
        char digits[FREM_FIXED_MAX];
        between(o, i);
        frem_sink_write(o->sink, digits, frem_number_fixed(digits, places[codes[i]], 0));
    }
    frem_sink_text(o->sink, "]");
    free(places);
}

static void put_values(out *o, const frem_frame *frame, size_t column, bool exact) {
    const int32_t *wholes = frem_frame_wholes(frame, column);
    const double *numbers = frem_frame_numbers(frame, column);
    frem_sink_text(o->sink, "\"values\": [");
    for (size_t i = 0; i < frem_frame_rows(frame); i++) {
        char digits[FREM_FIXED_MAX];
        between(o, i);
        if (wholes != NULL)
            frem_sink_write(o->sink, digits, frem_number_fixed(digits, wholes[i], 0));
        else
            put_number(o, numbers[i], exact);
    }
    frem_sink_text(o->sink, "]");
}

/* @param answer the table that the frame is of, which says what its columns are; NULL: of none. */
static void put_columns(out *o, const frem_frame *frame, const frem_answer_table *answer) {
    static const char *const kinds[] = {
        [FREM_COLUMN_LABEL] = "label", [FREM_COLUMN_WHOLE] = "whole", [FREM_COLUMN_NUMBER] = "number"};
    frem_sink_text(o->sink, "  \"columns\": [");
    for (size_t c = 0; c < frem_frame_columns(frame) && o->status == FREM_OK; c++) {
        frem_column_kind kind = frem_frame_column_kind(frame, c);
        frem_sink_text(o->sink, c > 0 ? ",\n    {\"name\": " : "\n    {\"name\": ");
        put(o, frem_json_text(frem_frame_column_name(frame, c)));
        frem_sink_print(o->sink, ", \"kind\": \"%s\", ", kinds[kind]);
        if (answer != NULL && answer->columns[c].meaning != NULL) {
            frem_sink_text(o->sink, "\"meaning\": ");
            put(o, frem_json_text(answer->columns[c].meaning));
            frem_sink_text(o->sink, ", ");
        }
        if (kind == FREM_COLUMN_LABEL)
            put_labels(o, frame, c);
        else
            put_values(o, frame, c, answer != NULL && answer->columns[c].exact);
        frem_sink_text(o->sink, "}");
    }
    frem_sink_text(o->sink, "\n  ]");
}

/* ---- answers ---- */

static json_t *sentence_of(const frem_document *document, size_t i, bool *failed) {
    json_t *sentence = frem_json_label(&document->answer->sentences[i]);
    *failed = sentence == NULL;
    return sentence;
}

static void put_answer(out *o) {
    const frem_answer *answer = o->document->answer;
    frem_sink_text(o->sink, "  \"answer\": {\n");
    member(o, "verb", frem_json_text(answer->verb));
    member(o, "title", frem_json_label(&answer->title));
    list(o, "sentences", answer->n_sentences, sentence_of);
    frem_sink_text(o->sink, "  \"tables\": {");
    for (size_t i = 0; i < answer->n_tables && o->status == FREM_OK; i++) {
        const frem_answer_table *table = &answer->tables[i];
        frem_sink_text(o->sink, i > 0 ? ",\n  " : "\n  ");
        put(o, frem_json_text(table->name));
        frem_sink_text(o->sink, ": {\n");
        member(o, "title", frem_json_label(&table->title));
        member(o, "rows", frem_json_whole(frem_frame_rows(table->frame)));
        put_columns(o, table->frame, table);
        frem_sink_text(o->sink, "}");
    }
    frem_sink_text(o->sink, "}\n  }");
}

frem_status frem_write_json(const frem_document *document, const frem_write_options *options,
                            frem_stage *stage, frem_diags *diags) {
    (void)options; /* the file is the same in every language */
    (void)diags;   /* any document can be written */
    out o = {.document = document, .status = FREM_OK};
    char *file = frem_table_file_as(document, "json");
    frem_status status = file != NULL ? frem_stage_file(stage, file, &o.sink) : FREM_NO_MEMORY;
    free(file);
    if (status != FREM_OK)
        return status;
    frem_sink_text(o.sink, "{\n");
    member(&o, "format", json_string(FORMAT_NAME));
    member(&o, "format_version", json_integer(FORMAT_VERSION));
    member(&o, "program_version", frem_json_text(frem_version()));
    member(&o, "table", json_string(frem_document_table(document)));
    list(&o, "scenarios", document->n_scenarios, scenario_of);
    list(&o, "names", document->n_names, name_of);
    list(&o, "notes", document->n_notes, note_of);
    list(&o, "assumptions", document->n_assumptions, assumption_of);
    if (document->answer != NULL)
        put_answer(&o);
    if (document->kind != FREM_TABLE_ANSWER) {
        frem_sink_text(o.sink, document->answer != NULL ? ",\n" : "");
        member(&o, "rows", frem_json_whole(frem_frame_rows(document->results)));
        put_columns(&o, document->results, NULL);
    }
    frem_sink_text(o.sink, "\n}\n");
    status = frem_stage_close_file(stage, o.sink);
    return o.status != FREM_OK ? o.status : status;
}
