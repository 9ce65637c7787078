#include "output/tables/package.h"

#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "frame/answer.h"
#include "output/json.h"
#include "output/names.h"
#include "output/tables/series.h"

#define PACKAGE_NAME "datapackage.json"

/** What the columns of the results table mean, by name. */
static const struct {
    const char *name;
    const char *meaning;
} columns[] = {
    {"scenario", FREM_MEANS_SCENARIO},
    {"variant", FREM_MEANS_VARIANT},
    {"year", "Calendar year; a flow carries the year in which its step ends"},
    {"region",
     "Key of the region, such as a municipality's code, or name of a group of regions; all for their sum"},
    {"profession", "Key of the profession; all for their sum"},
    {"sector", "Key of the sector (branch of employment); all for their sum or where sectors do not apply"},
    {"programme", "Key of the study programme; all where programmes do not apply"},
    {"school", "Key of the school; all for all schools, or where schools do not apply"},
    {"specialisation", "Key of the programme's specialisation; all for their sum"},
    {"stage", "Key of the programme's stage; all for their sum"},
    {"sex", "Key of the sex as the scenario's tables have it; all where they know none"},
    {"age", "Age in whole years at the count date; the oldest may include all older ones"},
    {"measure", "What is measured, such as supply, demand or gap"},
    {"statistic", "point for a plain projection; else mean, sd or a percentile of the uncertainty"},
    {"unit", "Unit of the value: fte (full-time equivalents), persons, ratio, places, mio_kr (million "
             "kroner) or children"},
    {"value", "The value"},
    {"reference",
     "The value of the reference, which is the first scenario and variant; empty where it has none"},
    {"difference", "The value less the reference; empty where one of them is"},
    {"percent",
     "The difference in per cent of the reference; empty where that is 0 or one of them is empty, and for "
     "measures that may be negative or are ratios"},
    {"point", "Number of the point, from 1"},
    {"region_name", "What the region is called"},
    {"profession_name", "What the profession is called"},
    {"sector_name", "What the sector is called"},
    {"measure_name", "What the measure is called"},
};

/** What they mean in the table of practicum, where that is something else. */
static const char *const practicum_columns[][2] = {
    {"year", "Calendar year; of entry for intake and places, else the year in which practicum takes place"},
    {"measure",
     "What is measured, such as places, places_needed, shortfall or practicum_share; docs/practicum.md"},
    {"statistic", "point"},
    {"unit", "Unit of the value: places, persons, sta (STÅ, student years of 60 ECTS) or ratio"},
};

/* What the tables of an answer say of their columns themselves. */
static const char *answered(const frem_answer *answer, const char *column) {
    for (size_t t = 0; answer != NULL && t < answer->n_tables; t++) {
        for (size_t c = 0; c < answer->tables[t].n_columns; c++) {
            if (strcmp(answer->tables[t].columns[c].name, column) == 0)
                return answer->tables[t].columns[c].meaning;
        }
    }
    return NULL;
}

static const char *meaning_of(const frem_document *document, const char *column) {
    const char *own = document->kind == FREM_TABLE_ANSWER ? answered(document->answer, column) : NULL;
    if (own != NULL)
        return own;
    for (size_t i = 0; document->kind == FREM_TABLE_PRACTICUM && i < 4; i++) {
        if (strcmp(practicum_columns[i][0], column) == 0)
            return practicum_columns[i][1];
    }
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (strcmp(columns[i].name, column) == 0)
            return columns[i].meaning;
    }
    /* What a sweep varies has the name of its parameter. */
    if (document->kind == FREM_TABLE_SWEEP)
        return column[strlen(column) - 1] == '*' ? "Factor on this parameter" : "Value of this parameter";
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

/** A package under way. Failure is sticky. */
typedef struct pack {
    const frem_document *document;
    frem_stage *stage;
    frem_decimal decimal; /**< of the tables that this program writes */
    json_t *resources;
    frem_index *taken; /**< names of resources: each has its own */
    bool ok;
} pack;

/** @param description may be NULL. */
static bool add_field(json_t *fields, const char *name, frem_column_kind kind, const char *description,
                      frem_decimal decimal) {
    json_t *field = json_object();
    const bool ok =
        frem_json_set(field, "name", frem_json_text(name)) &&
        frem_json_set(field, "type", frem_json_text(type_of(kind))) &&
        (description == NULL || frem_json_set(field, "description", frem_json_text(description))) &&
        (kind != FREM_COLUMN_NUMBER || decimal != FREM_DECIMAL_COMMA ||
         frem_json_set(field, "decimalChar", frem_json_text(",")));
    return frem_json_push(fields, frem_json_filled(field, ok));
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

/** Titles of the document's table by its kind. */
static const char *const titles[FREM_TABLE_KINDS] = {
    [FREM_TABLE_RESULTS] = "Results of the projection",
    [FREM_TABLE_PRACTICUM] = "Practicum places, students and student years",
    [FREM_TABLE_COMPARISON] = "Scenarios and variants compared with the first of them",
    [FREM_TABLE_SWEEP] = "Results by point of the sweep",
};

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

/** One table.
 *  @param fields and @param key consumed; no fields for a table whose columns are unknown, no key for one without. */
static void add_resource(pack *p, const char *name, const char *path, const char *title, frem_decimal decimal,
                         json_t *fields, json_t *key) {
    frem_text small = {0};
    const char *own = NULL;
    add_package_name(&small, name);
    p->ok = p->ok && !small.failed &&
            frem_safe_name(p->taken, small.length > 0 ? small.bytes : "table", &own) == FREM_OK;
    frem_text_free(&small);
    const frem_staged *file = staged_file(p->stage, path);
    const bool tabular = fields != NULL && json_array_size(fields) > 0;
    json_t *resource = json_object();
    p->ok = p->ok && frem_json_set(resource, "name", frem_json_text(own)) &&
            frem_json_set(resource, "path", frem_json_text(path)) &&
            frem_json_set(resource, "profile",
                          frem_json_text(tabular ? "tabular-data-resource" : "data-resource")) &&
            frem_json_set(resource, "title", frem_json_text(title)) &&
            frem_json_set(resource, "format", frem_json_text("csv")) &&
            frem_json_set(resource, "mediatype", frem_json_text("text/csv")) &&
            frem_json_set(resource, "encoding", frem_json_text("utf-8")) &&
            (file == NULL || add_file(resource, file)) && add_dialect(resource, decimal);
    json_t *schema = tabular ? json_object() : NULL;
    if (tabular) {
        /* From here each part belongs to the one it was added to, whether or not that succeeded. */
        p->ok = frem_json_set(schema, "fields", json_incref(fields)) && p->ok;
        p->ok = (key == NULL || frem_json_set(schema, "primaryKey", json_incref(key))) && p->ok;
        p->ok = frem_json_set(resource, "schema", schema) && p->ok;
    }
    p->ok = frem_json_push(p->resources, resource) && p->ok;
    json_decref(fields);
    json_decref(key);
}

/** A frame; its key is all that are not numbers. Nothing where it was not written. */
static void add_frame(pack *p, const frem_frame *frame, const char *name, const char *path,
                      const char *title) {
    if (frame == NULL || staged_file(p->stage, path) == NULL)
        return;
    json_t *fields = json_array(), *key = json_array();
    for (size_t c = 0; p->ok && c < frem_frame_columns(frame); c++) {
        const char *column = frem_frame_column_name(frame, c);
        const frem_column_kind kind = frem_frame_column_kind(frame, c);
        p->ok = add_field(fields, column, kind, meaning_of(p->document, column), p->decimal);
        if (p->ok && kind != FREM_COLUMN_NUMBER)
            p->ok = frem_json_push(key, frem_json_text(column));
    }
    add_resource(p, name, path, title, p->decimal, fields, key);
}

/** What a column of a wide table holds: "Gap of Odense, fte". */
static void describe_column(const pack *p, const frem_wide *table, size_t c, frem_text *out) {
    static const char *const across[] = {[FREM_ACROSS_MEASURES] = "measure",
                                         [FREM_ACROSS_PROFESSIONS] = "profession",
                                         [FREM_ACROSS_REGIONS] = "region"};
    const char *label =
        frem_document_label(p->document, table->scenario, across[table->across], table->columns[c], FREM_EN);
    frem_text_print(out, "%s%s, %s", table->across == FREM_ACROSS_MEASURES ? "" : "Gap, ", label,
                    table->units[c]);
}

static frem_status add_wide(void *context, const frem_wide *table) {
    pack *p = context;
    frem_text title = {0};
    if (staged_file(p->stage, table->file) == NULL)
        return FREM_OK;
    frem_text_print(&title, "Series by year: %s, variant %s", table->scenario, table->variant);
    if (table->profession != NULL)
        frem_text_print(&title, ", profession %s", table->profession);
    if (table->region != NULL)
        frem_text_print(&title, ", region %s", table->region);
    json_t *fields = json_array(), *key = json_array();
    p->ok = p->ok && !title.failed &&
            add_field(fields, "year", FREM_COLUMN_WHOLE, "Calendar year", p->decimal) &&
            frem_json_push(key, frem_json_text("year"));
    for (size_t c = 0; p->ok && c < table->n_columns; c++) {
        frem_text meaning = {0};
        describe_column(p, table, c, &meaning);
        p->ok = !meaning.failed &&
                add_field(fields, table->columns[c], FREM_COLUMN_NUMBER, meaning.bytes, p->decimal);
        frem_text_free(&meaning);
    }
    add_resource(p, table->file, table->file, title.failed ? "" : title.bytes, p->decimal, fields, key);
    frem_text_free(&title);
    return p->ok ? FREM_OK : FREM_NO_MEMORY;
}

/** What the last resource is, where it is a workbook and no CSV. */
static bool as_workbook(json_t *resources) {
    json_t *resource = json_array_get(resources, json_array_size(resources) - 1);
    (void)json_object_del(resource, "encoding");
    (void)json_object_del(resource, "dialect");
    return frem_json_set(resource, "format", frem_json_text("xlsx")) &&
           frem_json_set(resource, "mediatype",
                         frem_json_text("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
}

/** A table that the scenario reads, copied unchanged. */
static void add_carried(pack *p, const frem_carried *table) {
    frem_text path = {0};
    const frem_decimal decimal = table->comma ? FREM_DECIMAL_COMMA : FREM_DECIMAL_POINT;
    frem_text_print(&path, FREM_TABLES_FOLDER "%s", table->name);
    json_t *fields = json_array();
    for (size_t c = 0; p->ok && c < table->n_columns; c++)
        p->ok = add_field(fields, table->columns[c], table->kinds[c], NULL, decimal);
    p->ok = p->ok && !path.failed;
    add_resource(p, table->name, path.failed ? "" : path.bytes, "A table that the scenario reads, as it was",
                 decimal, fields, NULL);
    p->ok = p->ok && (!table->workbook || as_workbook(p->resources));
    frem_text_free(&path);
}

static bool add_resources(json_t *json, const frem_document *document, frem_decimal decimal,
                          frem_stage *stage) {
    pack p = {document, stage, decimal, json_array(), NULL, true};
    p.ok = frem_index_new(&p.taken) == FREM_OK;
    if (document->kind != FREM_TABLE_ANSWER)
        add_frame(&p, document->results, frem_document_table(document), frem_table_file(document),
                  titles[document->kind]);
    for (size_t i = 0; document->answer != NULL && i < document->answer->n_tables; i++) {
        const frem_answer_table *table = &document->answer->tables[i];
        add_frame(&p, table->frame, table->name, table->file, table->title.text[FREM_EN]);
    }
    add_frame(&p, document->stock, "stock", FREM_STOCK_CSV, "Stock by sex and age");
    add_frame(&p, document->programmes, "programmes", FREM_PROGRAMMES_CSV,
              "Study programmes by specialisation and stage");
    p.ok = frem_series_each(document, add_wide, &p) == FREM_OK && p.ok;
    for (size_t i = 0; p.ok && i < document->n_tables; i++)
        add_carried(&p, &document->tables[i]);
    frem_index_free(p.taken);
    return frem_json_set(json, "resources", p.resources) && p.ok;
}

json_t *frem_variants_list(const frem_document *document, size_t first) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = first;
         ok && i < document->n_scenarios && (i == first || !frem_document_first(document, i)); i++)
        ok = frem_json_push(list, frem_json_text(document->scenarios[i].variant));
    if (ok)
        return list;
    json_decref(list);
    return NULL;
}

/** The scenarios with their variants, which Frictionless has no property for. */
static bool add_scenarios(json_t *package, const frem_document *document) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < document->n_scenarios; i++) {
        if (!frem_document_first(document, i))
            continue;
        json_t *scenario = json_object();
        ok = frem_json_set(scenario, "name", frem_json_text(document->scenarios[i].name)) &&
             frem_json_set(scenario, "title", frem_json_text(document->scenarios[i].title.text[FREM_EN])) &&
             frem_json_set(scenario, "variants", frem_variants_list(document, i));
        ok = frem_json_push(list, scenario) && ok;
    }
    return frem_json_set(package, "scenarios", list) && ok;
}

static bool add_name(json_t *package, const frem_document *document) {
    frem_text name = {0}, title = {0};
    size_t n = 0;
    for (size_t i = 0; i < document->n_scenarios; i++) {
        if (!frem_document_first(document, i))
            continue;
        frem_text_add(&title, n++ > 0 ? "; " : "");
        frem_text_add(&title, document->scenarios[i].title.text[FREM_EN]);
    }
    if (n == 1)
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
    frem_index *written = NULL;
    bool ok = frem_index_new(&written) == FREM_OK;
    for (size_t i = 0; ok && i < document->n_notes; i++) {
        const frem_note *note = &document->notes[i];
        const char *words = note->text.text[FREM_EN];
        const size_t before = frem_index_count(written);
        if (strcmp(note->kind, "split-by-key") != 0 && strcmp(note->kind, "contradiction") != 0)
            continue;
        ok = frem_index_add(written, words, strlen(words), NULL) == FREM_OK;
        if (!ok || frem_index_count(written) == before)
            continue;
        frem_text_add(&text, text.length > 0 ? "\n" : "");
        frem_text_add(&text, words);
    }
    ok = ok && !text.failed;
    if (ok && text.length > 0)
        ok = frem_json_set(package, "description", frem_json_text(text.bytes));
    frem_index_free(written);
    frem_text_free(&text);
    return ok;
}

frem_status frem_write_package(const frem_document *document, frem_decimal decimal, frem_stage *stage) {
    const frem_staged *results = staged_file(stage, frem_table_file(document));
    if (results == NULL && document->n_tables == 0)
        return FREM_OK;

    bool tabular = true;
    for (size_t i = 0; i < document->n_tables; i++)
        tabular = tabular && document->tables[i].n_columns > 0;
    const char *profile = tabular ? "tabular-data-package" : "data-package";
    json_t *package = json_object();
    const bool filled = frem_json_set(package, "profile", frem_json_text(profile)) &&
                        add_name(package, document) && add_description(package, document) &&
                        add_scenarios(package, document) && add_resources(package, document, decimal, stage);
    const frem_status status = filled ? frem_json_write(package, stage, PACKAGE_NAME) : FREM_NO_MEMORY;
    json_decref(package);
    return status;
}
