#include "output/package.h"

#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "output/json.h"
#include "output/names.h"

#define PACKAGE_NAME "datapackage.json"

/** What the columns of the results table mean, by name. */
static const struct {
    const char *name;
    const char *meaning;
} columns[] = {
    {"scenario", "Name of the scenario"},
    {"variant", "Variant of the scenario; base for the scenario itself"},
    {"year", "Calendar year; a flow carries the year in which its step ends"},
    {"region",
     "Key of the region, such as a municipality's code, or name of a group of regions; all for their sum"},
    {"profession", "Key of the profession; all for their sum"},
    {"sector", "Key of the sector (branch of employment); all for their sum or where sectors do not apply"},
    {"programme", "Key of the study programme; all where programmes do not apply"},
    {"school", "Key of the school; all for all schools, or where schools do not apply"},
    {"specialisation", "Key of the programme's specialisation; all for their sum"},
    {"stage", "Key of the programme's stage; all for their sum"},
    {"measure", "What is measured, such as supply, demand or gap"},
    {"statistic", "point for a plain projection; else mean, sd or a percentile of the uncertainty"},
    {"unit",
     "Unit of the value: fte (full-time equivalents), persons, ratio, places or mio_kr (million kroner)"},
    {"value", "The value"},
};

/** What they mean in the table of practicum, where that is something else. */
static const char *const practicum_columns[][2] = {
    {"year", "Calendar year; of entry for intake and places, else the year in which practicum takes place"},
    {"measure",
     "What is measured, such as places, places_needed, shortfall or practicum_share; docs/practicum.md"},
    {"statistic", "point"},
    {"unit", "Unit of the value: places, persons, sta (STÅ, student years of 60 ECTS) or ratio"},
};

static const char *meaning_of(const frem_document *document, const char *column) {
    for (size_t i = 0; document->kind == FREM_TABLE_PRACTICUM && i < 4; i++) {
        if (strcmp(practicum_columns[i][0], column) == 0)
            return practicum_columns[i][1];
    }
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (strcmp(columns[i].name, column) == 0)
            return columns[i].meaning;
    }
    return column;
}

static const char *type_of(frem_column_kind kind) {
    switch (kind) {
    case FREM_COLUMN_LABEL:
        return "string";
    case FREM_COLUMN_WHOLE:
        return "integer";
    case FREM_COLUMN_NUMBER:
    default:
        return "number";
    }
}

static const frem_staged *staged_file(frem_stage *stage, const char *name) {
    const frem_staged *staged = NULL;
    for (size_t i = 0; (staged = frem_stage_at(stage, i)) != NULL; i++) {
        if (strcmp(staged->name, name) == 0)
            return staged;
    }
    return NULL;
}

static bool add_field(json_t *fields, const frem_document *document, size_t column, frem_decimal decimal) {
    const frem_frame *frame = document->results;
    const char *name = frem_frame_column_name(frame, column);
    const frem_column_kind kind = frem_frame_column_kind(frame, column);
    json_t *field = json_object();
    const bool ok = frem_json_set(field, "name", frem_json_text(name)) &&
                    frem_json_set(field, "type", frem_json_text(type_of(kind))) &&
                    frem_json_set(field, "description", frem_json_text(meaning_of(document, name))) &&
                    (kind != FREM_COLUMN_NUMBER || decimal != FREM_DECIMAL_COMMA ||
                     frem_json_set(field, "decimalChar", frem_json_text(",")));
    if (!ok) {
        json_decref(field);
        return false;
    }
    return frem_json_push(fields, field);
}

/** Fields, and as the primary key all that are not numbers. */
static bool add_schema(json_t *resource, const frem_document *document, frem_decimal decimal) {
    const frem_frame *frame = document->results;
    json_t *fields = json_array();
    json_t *key = json_array();
    json_t *schema = json_object();
    bool ok = true;
    for (size_t c = 0; ok && c < frem_frame_columns(frame); c++) {
        ok = add_field(fields, document, c, decimal);
        if (ok && frem_frame_column_kind(frame, c) != FREM_COLUMN_NUMBER)
            ok = frem_json_push(key, frem_json_text(frem_frame_column_name(frame, c)));
    }
    /* From here each part belongs to the one it was added to, whether or not that succeeded. */
    const bool fields_added = frem_json_set(schema, "fields", fields);
    const bool key_added = frem_json_set(schema, "primaryKey", key);
    const bool schema_added = frem_json_set(resource, "schema", schema);
    return ok && fields_added && key_added && schema_added;
}

static bool add_file(json_t *resource, const frem_staged *file) {
    char hash[sizeof file->sha256 + 8] = "sha256:";
    (void)strcat(hash, file->sha256);
    return frem_json_set(resource, "bytes", frem_json_whole(file->size)) &&
           frem_json_set(resource, "hash", frem_json_text(hash));
}

static bool add_dialect(json_t *resource, frem_decimal decimal) {
    if (decimal != FREM_DECIMAL_COMMA)
        return true;
    json_t *dialect = json_object();
    const bool ok = frem_json_set(dialect, "delimiter", frem_json_text(";"));
    return frem_json_set(resource, "dialect", dialect) && ok;
}

static bool add_results(json_t *resources, const frem_document *document, frem_decimal decimal,
                        const frem_staged *file) {
    json_t *resource = json_object();
    const bool practicum = document->kind == FREM_TABLE_PRACTICUM;
    const char *title =
        practicum ? "Practicum places, students and student years" : "Results of the projection";
    const bool ok = frem_json_set(resource, "name", frem_json_text(practicum ? "practicum" : "results")) &&
                    frem_json_set(resource, "path", frem_json_text(frem_table_file(document))) &&
                    frem_json_set(resource, "profile", frem_json_text("tabular-data-resource")) &&
                    frem_json_set(resource, "title", frem_json_text(title)) &&
                    frem_json_set(resource, "format", frem_json_text("csv")) &&
                    frem_json_set(resource, "mediatype", frem_json_text("text/csv")) &&
                    frem_json_set(resource, "encoding", frem_json_text("utf-8")) &&
                    add_file(resource, file) && add_dialect(resource, decimal) &&
                    add_schema(resource, document, decimal);
    return frem_json_push(resources, resource) && ok;
}

/** A name as Frictionless wants it: small letters, digits, '.', '_' and '-'; letters beyond ASCII become '-'. */
static void add_package_name(frem_text *out, const char *name) {
    for (const char *at = name; *at != '\0'; at++) {
        const char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        const bool keeps =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
        if (keeps)
            frem_text_add_bytes(out, &c, 1);
        else if (out->length > 0 && out->bytes[out->length - 1] != '-')
            frem_text_add(out, "-");
    }
}

/** @param taken names that other resources have; a resource's name is its own in the package. */
static bool add_carried(json_t *resources, frem_index *taken, const frem_carried *table, frem_stage *stage) {
    frem_text path = {0}, small = {0};
    const char *name = NULL;
    frem_text_print(&path, FREM_TABLES_FOLDER "%s", table->name);
    add_package_name(&small, table->name);
    json_t *resource = json_object();
    bool ok = !path.failed && !small.failed &&
              frem_safe_name(taken, small.length > 0 ? small.bytes : "table", &name) == FREM_OK;
    const frem_staged *file = ok ? staged_file(stage, path.bytes) : NULL;
    ok = ok && frem_json_set(resource, "name", frem_json_text(name)) &&
         frem_json_set(resource, "path", frem_json_text(path.bytes)) &&
         frem_json_set(resource, "profile", frem_json_text("data-resource")) &&
         frem_json_set(resource, "title", frem_json_text("A table that the scenario reads, as it was")) &&
         (file == NULL || add_file(resource, file));
    ok = frem_json_push(resources, resource) && ok;
    frem_text_free(&path);
    frem_text_free(&small);
    return ok;
}

static bool add_resources(json_t *package, const frem_document *document, frem_decimal decimal,
                          const frem_staged *results, frem_stage *stage) {
    json_t *resources = json_array();
    frem_index *taken = NULL;
    bool ok = frem_index_new(&taken) == FREM_OK && frem_index_add(taken, "results", 7, NULL) == FREM_OK &&
              frem_index_add(taken, "practicum", 9, NULL) == FREM_OK;
    if (ok && results != NULL)
        ok = add_results(resources, document, decimal, results);
    for (size_t i = 0; ok && i < document->n_tables; i++)
        ok = add_carried(resources, taken, &document->tables[i], stage);
    frem_index_free(taken);
    return frem_json_set(package, "resources", resources) && ok;
}

static bool add_name(json_t *package, const frem_document *document) {
    frem_text name = {0}, title = {0};
    for (size_t i = 0; i < document->n_scenarios; i++) {
        if (i > 0)
            frem_text_add(&title, "; ");
        frem_text_add(&title, document->scenarios[i].title.text[FREM_EN]);
    }
    if (document->n_scenarios == 1)
        add_package_name(&name, document->scenarios[0].name);
    const bool ok =
        !name.failed && !title.failed &&
        frem_json_set(package, "name", frem_json_text(name.length > 0 ? name.bytes : "fremskriv")) &&
        frem_json_set(package, "title", frem_json_text(title.length > 0 ? title.bytes : "Projection"));
    frem_text_free(&name);
    frem_text_free(&title);
    return ok;
}

/** What must be known about the numbers, each text once. */
static bool add_description(json_t *package, const frem_document *document) {
    frem_text text = {0};
    frem_index *told = NULL;
    bool ok = frem_index_new(&told) == FREM_OK;
    for (size_t i = 0; ok && i < document->n_notes; i++) {
        const frem_note *note = &document->notes[i];
        const char *words = note->text.text[FREM_EN];
        const size_t before = frem_index_count(told);
        if (strcmp(note->kind, "split-by-key") != 0 && strcmp(note->kind, "contradiction") != 0)
            continue;
        ok = frem_index_add(told, words, strlen(words), NULL) == FREM_OK;
        if (!ok || frem_index_count(told) == before)
            continue;
        frem_text_add(&text, text.length > 0 ? "\n" : "");
        frem_text_add(&text, words);
    }
    ok = ok && !text.failed;
    if (ok && text.length > 0)
        ok = frem_json_set(package, "description", frem_json_text(text.bytes));
    frem_index_free(told);
    frem_text_free(&text);
    return ok;
}

frem_status frem_write_package(const frem_document *document, frem_decimal decimal, frem_stage *stage) {
    const frem_staged *results = staged_file(stage, frem_table_file(document));
    if (results == NULL && document->n_tables == 0)
        return FREM_OK;

    const char *profile = document->n_tables == 0 ? "tabular-data-package" : "data-package";
    json_t *package = json_object();
    const bool filled = frem_json_set(package, "profile", frem_json_text(profile)) &&
                        add_name(package, document) && add_description(package, document) &&
                        add_resources(package, document, decimal, results, stage);
    const frem_status status = filled ? frem_json_write(package, stage, PACKAGE_NAME) : FREM_NO_MEMORY;
    json_decref(package);
    return status;
}
