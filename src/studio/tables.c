/* Tables, sentences and files as answers: what is long stays where it is, and the answer says in which buffer. */
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "studio/inside.h"

void frem_studio_set(frem_studio_call *call, const char *key, json_t *value) {
    call->failed = !frem_json_set(call->answer, key, value) || call->failed;
}

json_t *frem_studio_add_bytes(frem_studio_call *call, const void *at, size_t size) {
    frem_studio *studio = call->studio;
    if (studio->n_buffers == studio->buffers_capacity) {
        const size_t more = studio->buffers_capacity * 2 + 16;
        frem_studio_bytes *grown = realloc(studio->buffers, more * sizeof *grown);
        if (grown == NULL)
            return NULL;
        studio->buffers = grown;
        studio->buffers_capacity = more;
    }
    studio->buffers[studio->n_buffers] = (frem_studio_bytes){at, size};
    return json_integer((json_int_t)studio->n_buffers++);
}

/* ---- tables ---- */

static json_t *labels_of(const frem_frame *frame, size_t c) {
    json_t *labels = json_array();
    bool ok = labels != NULL;
    for (size_t i = 0; i < frem_frame_labels(frame, c) && ok; i++)
        ok = frem_json_push(labels, frem_json_text(frem_frame_label_text(frame, c, (uint32_t)i)));
    return frem_json_filled(labels, ok);
}

static json_t *column_of(frem_studio_call *call, const frem_frame *frame, size_t c) {
    const size_t rows = frem_frame_rows(frame);
    json_t *column = json_object();
    bool ok = frem_json_set(column, "name", frem_json_text(frem_frame_column_name(frame, c)));
    switch (frem_frame_column_kind(frame, c)) {
    case FREM_COLUMN_LABEL:
        ok = ok && frem_json_set(column, "kind", json_string("label")) &&
             frem_json_set(column, "labels", labels_of(frame, c)) &&
             frem_json_set(
                 column, "buffer",
                 frem_studio_add_bytes(call, frem_frame_label_codes(frame, c), rows * sizeof(uint32_t)));
        break;
    case FREM_COLUMN_WHOLE:
        ok = ok && frem_json_set(column, "kind", json_string("whole")) &&
             frem_json_set(column, "buffer",
                           frem_studio_add_bytes(call, frem_frame_wholes(frame, c), rows * sizeof(int32_t)));
        break;
    case FREM_COLUMN_NUMBER:
        ok = ok && frem_json_set(column, "kind", json_string("number")) &&
             frem_json_set(column, "buffer",
                           frem_studio_add_bytes(call, frem_frame_numbers(frame, c), rows * sizeof(double)));
        break;
    }
    return frem_json_filled(column, ok);
}

json_t *frem_studio_table(frem_studio_call *call, const char *name, const frem_frame *frame) {
    json_t *table = json_object(), *columns = json_array();
    bool ok = columns != NULL;
    for (size_t c = 0; c < frem_frame_columns(frame) && ok; c++)
        ok = frem_json_push(columns, column_of(call, frame, c));
    ok = ok && frem_json_set(table, "name", frem_json_text(name)) &&
         frem_json_set(table, "rows", json_integer((json_int_t)frem_frame_rows(frame)));
    ok = frem_json_set(table, "columns", columns) && ok;
    return frem_json_filled(table, ok);
}

/* ---- answers ---- */

static bool has_label(const frem_label *label) {
    return label->text[FREM_EN] != NULL && label->text[FREM_DA] != NULL;
}

/* What people read of a table: its title, headings of its columns, words for keys in them. */
static bool set_words(json_t *table, const frem_answer_table *said) {
    json_t *columns = json_object_get(table, "columns");
    bool ok = !has_label(&said->title) || frem_json_set(table, "title", frem_json_label(&said->title));
    for (size_t c = 0; c < said->n_columns && ok; c++) {
        const frem_answer_column *as = &said->columns[c];
        json_t *column = json_array_get(columns, c), *words = as->n_words > 0 ? json_object() : NULL;
        ok = !has_label(&as->heading) || frem_json_set(column, "heading", frem_json_label(&as->heading));
        for (size_t i = 0; i < as->n_words && ok; i++)
            ok = frem_json_set(words, as->words[i].key, frem_json_label(&as->words[i].label));
        if (as->n_words > 0)
            ok = frem_json_set(column, "words", words) && ok;
    }
    return ok;
}

static bool add_answer(frem_studio_call *call, const frem_answer *said, json_t *sentences, json_t *tables,
                       json_t *files) {
    bool ok = true;
    for (size_t i = 0; i < said->n_sentences && ok; i++)
        ok = frem_json_push(sentences, frem_json_label(&said->sentences[i]));
    for (size_t i = 0; i < said->n_tables && ok; i++) {
        json_t *table = frem_studio_table(call, said->tables[i].name, said->tables[i].frame);
        ok = table != NULL && set_words(table, &said->tables[i]);
        ok = frem_json_push(tables, table) && ok;
    }
    for (size_t i = 0; i < said->n_files && ok; i++) {
        json_t *file = json_object();
        ok = frem_json_set(file, "name", frem_json_text(said->files[i].name)) &&
             frem_json_set(file, "text", frem_json_text(said->files[i].text));
        ok = frem_json_push(files, file) && ok;
    }
    return ok;
}

/* Keys of the table's rows in words: {"region": {"461": {"da": ..., "en": ...}}}. */
static json_t *names_of(const frem_document *document) {
    json_t *names = json_object();
    bool ok = names != NULL;
    for (size_t i = 0; i < document->n_names && ok; i++) {
        const frem_name *name = &document->names[i];
        json_t *kind = json_object_get(names, name->column);
        if (kind == NULL) {
            ok = frem_json_set(names, name->column, json_object());
            kind = json_object_get(names, name->column);
        }
        ok = ok && frem_json_set(kind, name->key, frem_json_label(&name->label));
    }
    return frem_json_filled(names, ok);
}

static json_t *notes_of(const frem_document *document) {
    json_t *notes = json_array();
    bool ok = notes != NULL;
    for (size_t i = 0; i < document->n_notes && ok; i++)
        ok = frem_json_push(notes, frem_json_note(&document->notes[i]));
    return frem_json_filled(notes, ok);
}

static json_t *texts_of(const char *const *texts, size_t n) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; i < n && ok; i++)
        ok = frem_json_push(list, texts[i] != NULL ? frem_json_text(texts[i]) : json_null());
    return frem_json_filled(list, ok);
}

static json_t *run_of(const frem_run *run) {
    json_t *json = json_object();
    return frem_json_filled(json,
                            frem_json_set(json, "name", frem_json_text(run->name)) &&
                                frem_json_set(json, "variant", frem_json_text(run->variant)) &&
                                frem_json_set(json, "title", frem_json_label(&run->title)) &&
                                frem_json_set(json, "file", frem_json_text(run->file)) &&
                                frem_json_set(json, "base_year", json_integer(run->base_year)) &&
                                (!has_label(&run->first_gap) ||
                                 frem_json_set(json, "first_gap", frem_json_label(&run->first_gap))) &&
                                frem_json_set(json, "groups", texts_of(run->groups, run->n_groups)) &&
                                frem_json_set(json, "regions", texts_of(run->regions, run->n_regions)) &&
                                (run->group_of == NULL ||
                                 frem_json_set(json, "group_of", texts_of(run->group_of, run->n_regions))));
}

static json_t *scenarios_of(const frem_document *document) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; i < document->n_scenarios && ok; i++)
        ok = frem_json_push(list, run_of(&document->scenarios[i]));
    return frem_json_filled(list, ok);
}

void frem_studio_set_results(frem_studio_call *call, const frem_results *results) {
    const frem_document *document = frem_results_document(results);
    json_t *sentences = json_array(), *tables = json_array(), *files = json_array();
    bool ok = sentences != NULL && tables != NULL && files != NULL;
    if (ok && document->kind != FREM_TABLE_ANSWER && document->results != NULL)
        ok = frem_json_push(tables, frem_studio_table(call, "results", document->results));
    if (ok && document->answer != NULL)
        ok = add_answer(call, document->answer, sentences, tables, files);
    call->failed = !ok || call->failed;
    frem_studio_set(call, "tables", tables);
    frem_studio_set(call, "sentences", sentences);
    frem_studio_set(call, "files", files);
    if (json_is_true(json_object_get(call->request, "brief")))
        return;
    frem_studio_set(call, "scenarios", scenarios_of(document));
    frem_studio_set(call, "names", names_of(document));
    frem_studio_set(call, "notes", notes_of(document));
}
