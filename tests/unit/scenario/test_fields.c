/* The field table is sound: whatever reads, explains or documents scenarios by it may rely on this. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/problem.h"
#include "scenario/read.h"
#include "support/check.h"

enum { KINDS_MAX = 128, FIELDS_MAX = 32, CHOICES_MAX = 16, CHOICES_BYTES = 128 };

static const frem_kind *kinds[KINDS_MAX];
static size_t n_kinds;

/* All kinds that a file can hold, each once. */
static void collect(const frem_kind *kind) {
    for (size_t i = 0; i < n_kinds; i++) {
        if (kinds[i] == kind)
            return;
    }
    assert_true(n_kinds < KINDS_MAX);
    kinds[n_kinds++] = kind;
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (kind->fields[i].kind != NULL)
            collect(kind->fields[i].kind);
    }
}

static int collect_all(void **state) {
    (void)state;
    n_kinds = 0;
    collect(&frem_kind_scenario);
    collect(&frem_kind_value);
    return 0;
}

typedef void (*look)(const frem_kind *kind, const frem_field *field);

static void each_field(look at) {
    for (size_t k = 0; k < n_kinds; k++) {
        for (size_t i = 0; i < kinds[k]->n_fields; i++)
            at(kinds[k], &kinds[k]->fields[i]);
    }
}

static void must(bool right, const frem_kind *kind, const frem_field *field, const char *what) {
    if (!right)
        print_error("%s.%s: %s\n", kind->name, field->key, what);
    assert_true(right);
}

static size_t size_of(const frem_field *field) {
    switch (field->type) {
    case FREM_T_TEXT:
        return sizeof(const char *);
    case FREM_T_LABEL:
        return sizeof(frem_label);
    case FREM_T_CHOICE:
    case FREM_T_MONTH:
        return sizeof(int);
    case FREM_T_WHOLE:
        return sizeof(int64_t);
    case FREM_T_NUMBER:
        return sizeof(double);
    case FREM_T_DATE:
        return sizeof(frem_day);
    case FREM_T_AGES:
        return sizeof(frem_age_range);
    case FREM_T_TEXTS:
        return sizeof(frem_texts);
    case FREM_T_MATRIX:
        return sizeof(frem_square);
    case FREM_T_TEXT_MAP:
        return sizeof(frem_text_map);
    case FREM_T_BIRTHS:
        return sizeof(frem_births);
    case FREM_T_VALUE:
        return sizeof(frem_value);
    case FREM_T_VALUES:
        return sizeof(frem_values);
    case FREM_T_EARLIER:
        return sizeof(frem_value *);
    case FREM_T_STRUCT:
        return field->kind->size;
    case FREM_T_MAP:
    case FREM_T_LIST:
        return sizeof(FREM_MAP_OF(char));
    }
    return SIZE_MAX;
}

/* Names that both languages share. */
static bool is_international(const char *unit) {
    return strcmp(unit, "ECTS") == 0 || strcmp(unit, "STÅ") == 0 || strcmp(unit, "kr.") == 0 ||
           strcmp(unit, "mio. kr.") == 0;
}

static void has_danish_unit(const frem_kind *kind, const frem_field *field) {
    if (field->unit == NULL)
        return;
    bool same = strcmp(frem_unit_text(field->unit, FREM_DA), field->unit) == 0;
    must(same == is_international(field->unit), kind, field,
         "src/scenario/units.c has no Danish name of its unit");
    assert_string_equal(frem_unit_text(field->unit, FREM_EN), field->unit);
}

static void test_units(void **state) {
    (void)state;
    each_field(has_danish_unit);
    assert_null(frem_unit_text(NULL, FREM_DA));
    assert_string_equal(frem_unit_text("someone's own", FREM_DA), "someone's own");
}

static void test_kinds(void **state) {
    (void)state;
    assert_true(n_kinds >= 15);
    for (size_t k = 0; k < n_kinds; k++) {
        const frem_kind *kind = kinds[k];
        assert_true(kind->name[0] != '\0');
        assert_in_range(kind->n_fields, 1, FIELDS_MAX);
        bool known = kind->shorthand == NULL;
        for (size_t i = 0; i < kind->n_fields; i++) {
            known = known || strcmp(kind->shorthand, kind->fields[i].key) == 0;
            for (size_t j = 0; j < i; j++)
                must(strcmp(kind->fields[i].key, kind->fields[j].key) != 0, kind, &kind->fields[i],
                     "the key occurs twice");
        }
        assert_true(known);
    }
}

/* Every field has memory of its own, after the entry that its struct begins with. */
static void test_memory(void **state) {
    (void)state;
    for (size_t k = 0; k < n_kinds; k++) {
        const frem_kind *kind = kinds[k];
        for (size_t i = 0; i < kind->n_fields; i++) {
            const frem_field *a = &kind->fields[i];
            must(a->offset >= sizeof(frem_entry), kind, a, "lies in the entry");
            must(a->offset + size_of(a) <= kind->size, kind, a, "lies outside the struct");
            for (size_t j = 0; j < i; j++) {
                const frem_field *b = &kind->fields[j];
                must(a->offset + size_of(a) <= b->offset || b->offset + size_of(b) <= a->offset, kind, a,
                     "shares memory with another field");
            }
        }
    }
}

static void look_at_help(const frem_kind *kind, const frem_field *field) {
    const char *en = field->help.text[FREM_EN], *da = field->help.text[FREM_DA];
    must(en != NULL && en[0] != '\0', kind, field, "no help in English");
    must(da != NULL && da[0] != '\0', kind, field, "no help in Danish");
    must(strcmp(en, da) != 0, kind, field, "one help in both languages");
}

static void test_help(void **state) {
    (void)state;
    each_field(look_at_help);
}

/* What is usual lies inside what is allowed. */
static void look_at_usual(const frem_kind *kind, const frem_field *field) {
    if (field->usual_min < field->usual_max)
        must(field->usual_min >= field->min && field->usual_max <= field->max && field->type == FREM_T_VALUE,
             kind, field, "unusual numbers are not allowed");
}

static void test_usual(void **state) {
    (void)state;
    each_field(look_at_usual);
}

static void look_at_choices(const frem_kind *kind, const frem_field *field) {
    must((field->choices != NULL) == (field->type == FREM_T_CHOICE), kind, field,
         "choices and type do not agree");
    if (field->choices == NULL)
        return;
    const char *starts[CHOICES_MAX];
    size_t lengths[CHOICES_MAX], n = 0;
    must(strlen(field->choices) < CHOICES_BYTES, kind, field, "choices too long");
    for (const char *word = field->choices;; word += lengths[n - 1] + 1) {
        must(n < CHOICES_MAX, kind, field, "too many choices");
        starts[n] = word;
        lengths[n] = strcspn(word, "|");
        must(lengths[n] > 0 || n == 0, kind, field, "an empty choice after the first");
        for (size_t i = 0; i < n; i++)
            must(lengths[i] != lengths[n] || strncmp(starts[i], starts[n], lengths[n]) != 0, kind, field,
                 "a choice occurs twice");
        n++;
        if (word[lengths[n - 1]] == '\0')
            break;
    }
    must(n >= 2, kind, field, "nothing to choose");
}

static void test_choices(void **state) {
    (void)state;
    each_field(look_at_choices);
}

static void look_at_rest(const frem_kind *kind, const frem_field *field) {
    bool numbers = field->type == FREM_T_WHOLE || field->type == FREM_T_NUMBER ||
                   field->type == FREM_T_VALUE || field->type == FREM_T_VALUES ||
                   field->type == FREM_T_BIRTHS;
    bool holds = field->type == FREM_T_STRUCT || field->type == FREM_T_MAP || field->type == FREM_T_LIST;
    must(!numbers || field->min <= field->max, kind, field, "no number is in its range");
    must(holds == (field->kind != NULL), kind, field, "kind and type do not agree");
    must(!(field->flags & FREM_F_REQUIRED) || field->preset == NULL, kind, field,
         "required, yet it has a default");
    bool parameter = field->type == FREM_T_VALUE || field->type == FREM_T_VALUES;
    must(!parameter || field->unit != NULL, kind, field, "a parameter without a unit");
    unsigned dimensions =
        FREM_F_YEAR | FREM_F_REGION | FREM_F_SEX | FREM_F_AGE | FREM_F_ENTRY | FREM_F_COUNTS;
    must(parameter || !(field->flags & dimensions), kind, field, "only values have dimensions");
    if (field->refers == NULL)
        return;
    bool found = false;
    for (size_t i = 0; i < frem_kind_scenario.n_fields; i++) {
        const frem_field *map = &frem_kind_scenario.fields[i];
        found = found || (map->type == FREM_T_MAP && strcmp(map->key, field->refers) == 0);
    }
    must(found, kind, field, "refers to no map of the file");
}

static void test_types(void **state) {
    (void)state;
    each_field(look_at_rest);
}

/* An empty mapping of every kind takes all its defaults, and nothing but required keys is missed. */
static void test_presets(void **state) {
    (void)state;
    for (size_t k = 0; k < n_kinds; k++) {
        frem_source source = {.path = "s.yaml"};
        frem_scenario scenario = {.source = &source};
        frem_reader reader = {.scenario = &scenario};
        assert_int_equal(frem_arena_new(&reader.arena), FREM_OK);
        assert_int_equal(frem_diags_new(&reader.diags), FREM_OK);
        frem_node empty = {.kind = FREM_MAPPING, .place = {"s.yaml", 1, 1}};
        void *into = frem_arena_alloc(reader.arena, 1, kinds[k]->size);
        assert_non_null(into);
        frem_read_kind(&reader, kinds[k], &empty, into, "k", "p", empty.place);
        assert_false(reader.no_memory);
        size_t required = 0;
        for (size_t i = 0; i < kinds[k]->n_fields; i++)
            required += (kinds[k]->fields[i].flags & FREM_F_REQUIRED) != 0;
        assert_int_equal(frem_diags_count(reader.diags), required);
        for (size_t i = 0; i < required; i++)
            assert_text(frem_diags_at(reader.diags, i)->name, "missing-key");
        free(reader.parameters);
        frem_diags_free(reader.diags);
        frem_arena_free(reader.arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units), cmocka_unit_test(test_kinds),   cmocka_unit_test(test_memory),
        cmocka_unit_test(test_help),  cmocka_unit_test(test_usual),   cmocka_unit_test(test_choices),
        cmocka_unit_test(test_types), cmocka_unit_test(test_presets),
    };
    return cmocka_run_group_tests(tests, collect_all, NULL);
}
