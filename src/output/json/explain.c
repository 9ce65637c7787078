/* Explanations as JSON. */
#include <math.h>
#include <string.h>

#include "analysis/explain.h"
#include "base/text.h"
#include "fremskriv/version.h"
#include "model/areas.h"
#include "output/json.h"

#define FORMAT_NAME "fremskriv-explanation"
#define FORMAT_VERSION 1

static const char *const over[FREM_OVER_COUNT] = {
    [FREM_OVER_REPLACED] = "replaced", [FREM_OVER_CHANGED] = "changed", [FREM_OVER_KEPT] = "earlier"};
static const char *const found[] = {[FREM_ROOT_COMMAND] = "command",
                                    [FREM_ROOT_BESIDE] = "beside",
                                    [FREM_ROOT_DATA] = "data",
                                    [FREM_ROOT_PROGRAM] = "program"};

/* A member that is left out where there is nothing to say. */
static bool set_text(json_t *object, const char *key, const char *text) {
    return text == NULL || frem_json_set(object, key, frem_json_text(text));
}

static bool set_place(json_t *object, frem_place place) {
    return frem_json_set(object, "file", frem_json_text(place.file)) &&
           frem_json_set(object, "line", json_integer((json_int_t)place.line)) &&
           frem_json_set(object, "column", json_integer((json_int_t)place.column));
}

static json_t *lower_of(const frem_lower *lower) {
    json_t *json = json_object();
    return frem_json_filled(json, frem_json_set(json, "value", frem_json_text(lower->value)) &&
                                      set_text(json, "unit", lower->unit) &&
                                      frem_json_set_source(json, &lower->source) &&
                                      set_place(json, lower->place) &&
                                      frem_json_set(json, "was", frem_json_text(over[lower->over])));
}

static json_t *table_of(const frem_source *source) {
    char hash[65];
    const frem_source *file = source->book != NULL ? source->book : source;
    frem_sha256(file->bytes, file->size, hash);
    json_t *json = json_object();
    return frem_json_filled(json, frem_json_set(json, "name", frem_json_text(source->name)) &&
                                      frem_json_set(json, "file", frem_json_text(file->path)) &&
                                      frem_json_set(json, "found", frem_json_text(found[source->root])) &&
                                      frem_json_set(json, "sha256", frem_json_text(hash)));
}

static json_t *limit_of(double limit) {
    return isfinite(limit) ? json_real(limit) : json_null();
}

static json_t *allowed_of(const frem_explained *value) {
    const frem_field *field = value->said->field;
    json_t *json = json_object();
    bool ok = true;
    if (value->allowed != NULL) {
        json_t *words = json_array();
        for (size_t i = 0; i < value->n_allowed; i++)
            ok = ok && frem_json_push(words, frem_json_text(value->allowed[i]));
        ok = frem_json_set(json, "words", words) && ok;
    }
    if (frem_explained_has_range(value))
        ok = ok && frem_json_set(json, "minimum", limit_of(field->min)) &&
             frem_json_set(json, "maximum", limit_of(field->max));
    return frem_json_filled(json, ok);
}

static json_t *column_of(const double *numbers, size_t n) {
    json_t *json = json_array();
    bool ok = json != NULL;
    for (size_t i = 0; i < n && ok; i++)
        ok = frem_json_push(json, limit_of(numbers[i]));
    return frem_json_filled(json, ok);
}

static json_t *dimensions_of(const frem_read_numbers *numbers) {
    const bool by[] = {numbers->by_year, numbers->by_region, numbers->by_sex, numbers->by_age};
    const char *const names[] = {numbers->of_entry ? "entry_year" : "year", "region", "sex", "age"};
    json_t *json = json_array();
    bool ok = json != NULL;
    for (size_t i = 0; i < 4 && ok; i++)
        ok = !by[i] || frem_json_push(json, frem_json_text(names[i]));
    return frem_json_filled(json, ok);
}

static json_t *numbers_of(const frem_read_numbers *numbers) {
    json_t *json = json_object(), *years = json_array();
    bool ok = years != NULL;
    for (size_t i = 0; i < numbers->years && ok && numbers->by_year; i++)
        ok = frem_json_push(years, json_integer(numbers->first_year + (json_int_t)i));
    ok = frem_json_set(json, "years", years) && ok;
    ok = frem_json_set(json, "dimensions", dimensions_of(numbers)) && ok;
    if (numbers->summed)
        ok = ok && frem_json_set(json, "sum", column_of(numbers->low, numbers->years));
    else
        ok = ok && frem_json_set(json, "lowest", column_of(numbers->low, numbers->years)) &&
             frem_json_set(json, "highest", column_of(numbers->high, numbers->years));
    return frem_json_filled(json, ok);
}

static json_t *value_of(const frem_explained *value) {
    const frem_said *said = value->said;
    json_t *json = json_object(), *layers = json_array(), *tables = json_array();
    bool ok = layers != NULL && tables != NULL, given = said->pair != NULL;
    for (size_t i = 0; i < value->n_lower && ok; i++)
        ok = frem_json_push(layers, lower_of(&value->lower[i]));
    for (size_t i = 0; i < value->n_tables && ok; i++)
        ok = frem_json_push(tables, table_of(value->tables[i]));
    ok = ok && frem_json_set(json, "path", frem_json_text(said->as.path)) &&
         frem_json_set(json, "help", frem_json_label(&said->as.help)) &&
         frem_json_set(json, "value", frem_json_text(said->as.value)) &&
         set_text(json, "unit", said->as.unit) && frem_json_set_source(json, &said->as.source) &&
         frem_json_set(json, "default", json_boolean(!given)) && (!given || set_place(json, said->place)) &&
         frem_json_set(json, "allowed", allowed_of(value)) &&
         frem_json_set(json, "parameter", json_boolean(value->parameter));
    ok = frem_json_set(json, "layers", layers) && ok;
    ok = frem_json_set(json, "tables", tables) && ok;
    ok = ok && (value->covers == NULL ||
                frem_json_set(json, "covers", frem_json_text(frem_area_name(value->covers))));
    ok = ok && (!value->split || frem_json_set(json, "split", frem_json_label(&value->split_words))) &&
         (!value->numbers.given || frem_json_set(json, "numbers", numbers_of(&value->numbers)));
    return frem_json_filled(json, ok);
}

/* One side of a change; null where there is nothing. */
static json_t *side_of(const frem_said *said) {
    if (said == NULL)
        return json_null();
    json_t *json = json_object();
    const bool given = said->pair != NULL;
    return frem_json_filled(json, frem_json_set(json, "value", frem_json_text(said->as.value)) &&
                                      set_text(json, "unit", said->as.unit) &&
                                      frem_json_set_source(json, &said->as.source) &&
                                      frem_json_set(json, "default", json_boolean(!given)) &&
                                      (!given || set_place(json, said->place)));
}

static json_t *change_of(const frem_differs *change) {
    const frem_said *either = change->after != NULL ? change->after : change->before;
    json_t *json = json_object();
    return frem_json_filled(json, frem_json_set(json, "path", frem_json_text(either->as.path)) &&
                                      frem_json_set(json, "help", frem_json_label(&either->as.help)) &&
                                      frem_json_set(json, "before", side_of(change->before)) &&
                                      frem_json_set(json, "after", side_of(change->after)));
}

/* "against", and "changes" in place of "values". */
static bool set_changes(json_t *json, const frem_explained_scenario *s) {
    static const char *const against[] = {[FREM_AGAINST_NOTHING] = "nothing",
                                          [FREM_AGAINST_EXTENDED] = "extended",
                                          [FREM_AGAINST_SCENARIO] = "scenario",
                                          [FREM_AGAINST_FILE] = "file"};
    json_t *changes = json_array();
    bool ok = changes != NULL;
    for (size_t i = 0; i < s->n_changes && ok; i++)
        ok = frem_json_push(changes, change_of(&s->changes[i]));
    ok = ok && frem_json_set(json, "against", frem_json_text(against[s->against]));
    return frem_json_set(json, "changes", changes) && ok;
}

static json_t *scenario_of(const frem_explained_scenario *s, bool changed) {
    json_t *json = json_object(), *values = json_array();
    const frem_label *label = &s->model->scenario->label;
    bool ok = values != NULL;
    for (size_t i = 0; i < s->n && ok && !changed; i++)
        ok = frem_json_push(values, value_of(&s->values[i]));
    ok = ok && frem_json_set(json, "name", frem_json_text(s->run.name)) &&
         frem_json_set(json, "variant", frem_json_text(s->run.variant)) &&
         frem_json_set(json, "title", frem_json_label(&s->run.title)) &&
         (label->text[FREM_EN] == NULL || frem_json_set(json, "label", frem_json_label(label))) &&
         frem_json_set(json, "file", frem_json_text(s->run.file));
    if (changed) {
        json_decref(values);
        ok = ok && set_changes(json, s);
    } else {
        ok = frem_json_set(json, "values", values) && ok;
    }
    return frem_json_filled(json, ok);
}

static int add_piece(const char *bytes, size_t n, void *text) {
    frem_text_add_bytes(text, bytes, n);
    return 0;
}

char *frem_explanation_json(const frem_explanation *explanation) {
    json_t *json = json_object(), *scenarios = json_array();
    bool ok = scenarios != NULL;
    for (size_t i = 0; i < explanation->n_scenarios && ok; i++)
        ok = frem_json_push(scenarios, scenario_of(&explanation->scenarios[i], explanation->changed));
    ok = ok && frem_json_set(json, "format", frem_json_text(FORMAT_NAME)) &&
         frem_json_set(json, "format_version", json_integer(FORMAT_VERSION)) &&
         frem_json_set(json, "program_version", frem_json_text(frem_version())) &&
         set_text(json, "path", explanation->path);
    ok = frem_json_set(json, "scenarios", scenarios) && ok;
    frem_text text = {0};
    ok = ok && json_dump_callback(json, add_piece, &text, JSON_INDENT(2) | JSON_REAL_PRECISION(15)) == 0;
    json_decref(json);
    frem_text_add(&text, "\n");
    if (!ok || text.failed)
        frem_text_free(&text);
    return text.bytes;
}
