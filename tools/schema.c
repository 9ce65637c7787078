/* Prints the JSON Schema of scenario files, scenarios/fremskriv.schema.json, from the field table, for editors that
 * complete and check YAML. It covers what a schema can express; `fremskriv check` reports the rest. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "scenario/fields.h"

enum { KINDS_MAX = 128, WORDS_MAX = 256, NAME_SIZE = 96 };

typedef struct schema {
    const frem_kind *kinds[KINDS_MAX];
    size_t n;
    json_t *defs;
    bool failed;
} schema;

/* Takes the new value. */
static void set(schema *s, json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0)
        s->failed = true;
}

static void push(schema *s, json_t *list, json_t *value) {
    if (json_array_append_new(list, value) != 0)
        s->failed = true;
}

/* "retirement age" and its place among the kinds: names alone need not be unique.
 * @param part whether keys that are required may stand in another layer. */
static json_t *reference(schema *s, const frem_kind *kind, bool part, char name[NAME_SIZE]) {
    size_t i = 0;
    while (i < s->n && s->kinds[i] != kind)
        i++;
    if (i == s->n && s->n < KINDS_MAX)
        s->kinds[s->n++] = kind;
    else if (i == s->n)
        s->failed = true;
    (void)snprintf(name, NAME_SIZE, "%s-%zu%s", kind->name, i, part ? "-part" : "");
    for (char *at = name; *at != '\0'; at++) {
        if (*at == ' ')
            *at = '-';
    }
    return json_sprintf("#/$defs/%s", name);
}

static void limits(schema *s, json_t *of, const frem_field *field) {
    if (isfinite(field->min))
        set(s, of, "minimum", json_real(field->min));
    if (isfinite(field->max))
        set(s, of, "maximum", json_real(field->max));
}

/* "a|b" as an enum; words of YAML's own are what they stand for. */
static json_t *choices(schema *s, const char *words) {
    json_t *list = json_array();
    for (const char *at = words; *at != '\0';) {
        size_t n = strcspn(at, "|");
        if (n == 4 && strncmp(at, "true", n) == 0)
            push(s, list, json_true());
        else if (n == 5 && strncmp(at, "false", n) == 0)
            push(s, list, json_false());
        else if (n > 0)
            push(s, list, json_stringn(at, n));
        at += n + (at[n] == '|');
    }
    push(s, list, json_null());
    return list;
}

static json_t *number(schema *s, const frem_field *field, const char *type) {
    json_t *out = json_pack("{s:[s,s]}", "type", type, "null");
    limits(s, out, field);
    return out;
}

/* A number or one of the forms of a value, whose years have the key's range too. */
static json_t *value(schema *s, const frem_field *field) {
    char name[NAME_SIZE];
    json_t *out = json_object(), *year = json_pack("{s:[s,s]}", "type", "number", "null");
    set(s, out, "type", json_pack("[s,s,s]", "number", "object", "null"));
    limits(s, out, field);
    limits(s, year, field);
    set(s, out, "$ref", reference(s, &frem_kind_value, true, name));
    set(s, out, "patternProperties", json_pack("{s:o}", "^[0-9]{4}$", year));
    return out;
}

static json_t *by_name(json_t *of) {
    return json_pack("{s:[s,s],s:o}", "type", "object", "null", "additionalProperties", of);
}

static json_t *type_of(schema *s, const frem_field *field, bool part) {
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    char name[NAME_SIZE];
    json_t *list;
    switch (field->type) {
    case FREM_T_TEXT:
        return json_pack("{s:[s,s,s]}", "type", "string", "number", "null");
    case FREM_T_LABEL:
        return json_pack("{s:[s,s,s,s],s:{s:{s:[s,s]},s:{s:[s,s]}},s:b,s:i}", "type", "string", "number",
                         "object", "null", "properties", "da", "type", "string", "number", "en", "type",
                         "string", "number", "additionalProperties", 0, "minProperties", 1);
    case FREM_T_CHOICE:
        return json_pack("{s:o}", "enum", choices(s, field->choices));
    case FREM_T_WHOLE:
        return number(s, field, "integer");
    case FREM_T_NUMBER:
        return number(s, field, "number");
    case FREM_T_DATE:
        return json_pack("{s:[s,s],s:s}", "type", "string", "null", "pattern", "^[0-9]{1,2} [a-z]+$");
    case FREM_T_MONTH:
        list = json_array();
        for (size_t i = 0; i < sizeof months / sizeof *months; i++)
            push(s, list, json_string(months[i]));
        push(s, list, json_null());
        return json_pack("{s:o}", "enum", list);
    case FREM_T_AGES:
        return json_pack("{s:[s,s,s],s:s}", "type", "string", "integer", "null", "pattern",
                         "^[0-9]+(-[0-9]+|\\+)?$");
    case FREM_T_TEXTS:
        return json_pack("{s:[s,s,s,s],s:{s:[s,s]},s:i}", "type", "string", "number", "array", "null",
                         "items", "type", "string", "number", "minItems", 1);
    case FREM_T_MATRIX:
        return json_pack("{s:[s,s],s:{s:s,s:{s:s}}}", "type", "array", "null", "items", "type", "array",
                         "items", "type", "number");
    case FREM_T_TEXT_MAP:
        if (field->flags & FREM_F_SEVERAL)
            return by_name(json_pack("{s:[s,s,s,s],s:{s:[s,s]},s:i}", "type", "string", "number", "boolean",
                                     "array", "items", "type", "string", "number", "minItems", 1));
        return by_name(json_pack("{s:[s,s,s]}", "type", "string", "number", "boolean"));
    case FREM_T_BIRTHS:
        return json_pack("{s:[s,s],s:{s:o},s:b}", "type", "object", "null", "patternProperties",
                         "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", number(s, field, "number"), "additionalProperties",
                         0);
    case FREM_T_VALUE:
        return value(s, field);
    case FREM_T_EARLIER: /* its numbers have the range of the value that it is in */
        return json_pack("{s:[s,s,s],s:o}", "type", "number", "object", "null", "$ref",
                         reference(s, &frem_kind_value, true, name));
    case FREM_T_VALUES:
        list = by_name(value(s, field));
        if (field->refers != NULL) /* one name alone */
            push(s, json_object_get(list, "type"), json_string("string"));
        return list;
    case FREM_T_STRUCT:
        return json_pack("{s:o}", "$ref", reference(s, field->kind, part, name));
    case FREM_T_MAP:
        /* A variant says only what differs. */
        part = part || field->kind == &frem_kind_variant;
        return by_name(json_pack("{s:o}", "$ref", reference(s, field->kind, part, name)));
    case FREM_T_LIST:
        return json_pack("{s:[s,s],s:{s:o},s:i}", "type", "array", "null", "items", "$ref",
                         reference(s, field->kind, false, name), "minItems", 1);
    default:
        s->failed = true;
        return NULL;
    }
}

/* What editors show: both languages, each with the unit. */
static json_t *description(const frem_field *field) {
    if (field->unit == NULL)
        return json_sprintf("%s\n\n%s", field->help.text[FREM_EN], field->help.text[FREM_DA]);
    return json_sprintf("%s (%s)\n\n%s (%s)", field->help.text[FREM_EN], field->unit,
                        field->help.text[FREM_DA], frem_unit_text(field->unit, FREM_DA));
}

/* The scalar that may stand for the whole mapping. */
static json_t *stand_in(schema *s, const frem_kind *kind, bool part) {
    for (size_t i = 0; kind->shorthand != NULL && i < kind->n_fields; i++) {
        if (strcmp(kind->fields[i].key, kind->shorthand) == 0)
            return type_of(s, &kind->fields[i], part);
    }
    return json_pack("{s:s}", "type", "null");
}

static json_t *define(schema *s, const frem_kind *kind, bool part) {
    json_t *properties = json_object(), *required = json_array(), *out = json_object();
    for (size_t i = 0; i < kind->n_fields; i++) {
        const frem_field *field = &kind->fields[i];
        json_t *type = type_of(s, field, part);
        set(s, type, "description", description(field));
        set(s, properties, field->key, type);
        if (field->flags & FREM_F_REQUIRED && !part)
            push(s, required, json_string(field->key));
    }
    set(s, out, "properties", properties);
    set(s, out, "additionalProperties", json_false());
    if (kind == &frem_kind_value)
        set(s, out, "patternProperties", json_pack("{s:{s:[s,s]}}", "^[0-9]{4}$", "type", "number", "null"));
    if (json_array_size(required) > 0)
        set(s, out, "required", required);
    else
        json_decref(required);
    /* A value's numbers have their range where the value is asked for. */
    if (kind != &frem_kind_value)
        set(s, out, "if", json_pack("{s:{s:s}}", "not", "type", "object"));
    if (kind != &frem_kind_value)
        set(s, out, "then", stand_in(s, kind, part));
    return out;
}

int main(void) {
    static schema s;
    char whole[NAME_SIZE], part[NAME_SIZE];
    s.defs = json_object();
    json_t *root = json_object();
    set(&s, root, "$schema", json_string("https://json-schema.org/draft/2020-12/schema"));
    set(&s, root, "title", json_string("fremskriv scenario"));
    set(&s, root, "type", json_string("object"));
    /* What a file lacks may stand in one that it extends; one without years lies under others. */
    set(&s, root, "if",
        json_pack("{s:[{s:[s]},{s:{s:[s]}}]}", "anyOf", "required", "extends", "not", "required", "years"));
    json_t *extending = reference(&s, &frem_kind_scenario, true, part);
    set(&s, root, "then", json_pack("{s:o}", "$ref", extending));
    set(&s, root, "else", json_pack("{s:o}", "$ref", reference(&s, &frem_kind_scenario, false, whole)));
    for (size_t i = 0; i < s.n; i++) { /* grows while it is walked */
        json_decref(reference(&s, s.kinds[i], false, whole));
        json_decref(reference(&s, s.kinds[i], true, part));
        if (s.kinds[i] != &frem_kind_value)
            set(&s, s.defs, whole, define(&s, s.kinds[i], false));
        set(&s, s.defs, part, define(&s, s.kinds[i], true));
    }
    set(&s, root, "$defs", s.defs);
    bool good = !s.failed && json_dumpf(root, stdout, JSON_INDENT(1)) == 0 && putchar('\n') != EOF;
    json_decref(root);
    return good && fflush(stdout) == 0 ? 0 : 1;
}
