#include "support/check.h"

#include "frame/document.h"

static const frem_name names[] = {
    {NULL, "region", "461", {{"Odense", "Odense"}}},
    {NULL, "profession", "paedagog", {{"Pedagogue", "Pædagog"}}},
    {"lokal", "profession", "paedagog", {{"Day care pedagogue", "Dagplejepædagog"}}},
    {"anden", "profession", "laerer", {{"Teacher", "Lærer"}}},
};
static const frem_document document = {.names = names, .n_names = 4};

static void a_key_has_its_label_in_each_language(void **state) {
    (void)state;
    assert_text(frem_document_label(&document, "land", "profession", "paedagog", FREM_EN), "Pedagogue");
    assert_text(frem_document_label(&document, "land", "profession", "paedagog", FREM_DA), "Pædagog");
    assert_text(frem_document_label(&document, NULL, "profession", "paedagog", FREM_DA), "Pædagog");
}

static void a_scenarios_own_label_wins_there_and_only_there(void **state) {
    (void)state;
    assert_text(frem_document_label(&document, "lokal", "profession", "paedagog", FREM_DA),
                "Dagplejepædagog");
    assert_text(frem_document_label(&document, "anden", "profession", "laerer", FREM_EN), "Teacher");
    assert_text(frem_document_label(&document, "lokal", "profession", "laerer", FREM_EN), "laerer");
}

static void a_key_without_a_label_is_shown_itself(void **state) {
    (void)state;
    assert_text(frem_document_label(&document, "land", "region", "999", FREM_EN), "999");
    assert_text(frem_document_label(&document, "land", "sector", "461", FREM_EN), "461");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_has_its_label_in_each_language),
        cmocka_unit_test(a_scenarios_own_label_wins_there_and_only_there),
        cmocka_unit_test(a_key_without_a_label_is_shown_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
