/* What unknown keys are taken to mean. */
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "scenario/meant.h"
#include "support/check.h"

static const frem_place HERE = {"a.yaml", 1, 1};

/* The field of a kind, by keys from the scenario down. */
static const frem_kind *kind_of(const char *one, const char *two) {
    const frem_kind *kind = &frem_kind_scenario;
    const char *const keys[] = {one, two};
    for (size_t k = 0; k < 2 && keys[k] != NULL; k++) {
        size_t i = 0;
        while (i < kind->n_fields && strcmp(kind->fields[i].key, keys[k]) != 0)
            i++;
        assert_true(i < kind->n_fields);
        kind = kind->fields[i].kind;
    }
    return kind;
}

static void assert_meant(const frem_kind *kind, const char *path, const char *key, const char *meant,
                         const char *expected) {
    frem_diags *diags;
    size_t which;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_key_unknown(kind, key, HERE, path, diags, &which), FREM_INVALID);
    char *said = frem_diag_text(frem_diags_at(diags, 0), FREM_EN);
    assert_text(said, expected);
    if (meant != NULL)
        assert_text(kind->fields[which].key, meant);
    else
        assert_int_equal(which, kind->n_fields);
    assert_int_equal(frem_diags_count(diags), 1);
    free(said);
    frem_diags_free(diags);
}

static void test_unknown(void **state) {
    (void)state;
    const frem_kind *programme = kind_of("programmes", NULL), *sector = kind_of("demand", NULL);
    assert_meant(
        programme, "programmes.p", "completoin", "completion",
        "a.yaml:1:1: error: unknown key 'completoin' in programmes.p\nhint: did you mean 'completion'?");
    assert_meant(&frem_kind_scenario, "", "completion", NULL,
                 "a.yaml:1:1: error: unknown key 'completion' in scenario\nhint: 'completion' belongs to "
                 "programmes.NAME");
    assert_meant(programme, "programmes.p", "optag", "intake",
                 "a.yaml:1:1: error: unknown key 'optag' in programmes.p\nhint: did you mean 'intake'?");
    assert_meant(
        programme, "programmes.p", "gennemforelse", "completion",
        "a.yaml:1:1: error: unknown key 'gennemforelse' in programmes.p\nhint: did you mean 'completion'?");
    assert_meant(sector, "demand.d", "frafald", NULL,
                 "a.yaml:1:1: error: unknown key 'frafald' in demand.d\nhint: 'dropout' belongs to "
                 "programmes.NAME.stages.NAME");
    /* A key that many kinds have says nothing about where it belongs. */
    assert_meant(sector, "demand.d", "head", NULL, "a.yaml:1:1: error: unknown key 'head' in demand.d");
    assert_meant(programme, "programmes.p", "table", NULL,
                 "a.yaml:1:1: error: unknown key 'table' in programmes.p");
}

static bool has_key(const frem_kind *kind, const char *key) {
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (strcmp(kind->fields[i].key, key) == 0 ||
            (kind->fields[i].kind != NULL && has_key(kind->fields[i].kind, key)))
            return true;
    }
    return false;
}

/* Every Danish word means a key that there is. */
static void test_danish(void **state) {
    (void)state;
    const char *word;
    for (size_t i = 0; (word = frem_key_danish_word(i)) != NULL; i++) {
        const char *key = frem_key_danish(word, false);
        if (key == NULL)
            fail_msg("'%s' is not found: the words stand in the order of their bytes", word);
        if (!has_key(&frem_kind_scenario, key) && !has_key(&frem_kind_value, key))
            fail_msg("'%s' means '%s', which is no key", word, key);
    }
    assert_null(frem_key_danish("completion", false));
    assert_null(frem_key_danish("gennemforelse", false));
    assert_text(frem_key_danish("gennemforelse", true), "completion");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_unknown), cmocka_unit_test(test_danish)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
