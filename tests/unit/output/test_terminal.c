#include "unit/output/small.h"

#include "base/text.h"
#include "output/write.h"

#define ROW(variant, year, region, profession, sector, measure, unit, value)                                 \
    { "syd", variant, year, region, profession, sector, measure, "point", unit, value }

static const small_row rows[] = {
    ROW("base", 2018, "Syddanmark", "paedagog", "all", "supply", "fte", 20976.6),
    ROW("base", 2018, "Syddanmark", "paedagog", "dagtilbud", "demand", "fte", 6298.0),
    ROW("base", 2018, "Syddanmark", "paedagog", "all", "demand", "fte", 20977.0),
    ROW("base", 2018, "Syddanmark", "paedagog", "all", "gap", "fte", -0.4),
    ROW("base", 2018, "Syddanmark", "paedagog", "all", "coverage", "ratio", 0.99998),
    ROW("base", 2018, "Syddanmark", "hjaelper", "all", "demand", "fte", 999.5),
    ROW("base", 2018, "461", "paedagog", "all", "supply", "fte", 3000.0),
    ROW("base", 2018, "all", "paedagog", "all", "supply", "fte", 77777.0),
    ROW("base", 2019, "Syddanmark", "paedagog", "all", "supply", "fte", 21000.5),
    ROW("base", 2019, "Syddanmark", "paedagog", "all", "stock", "persons", 24700.0),
    ROW("base", 2020, "Syddanmark", "paedagog", "all", "supply", "fte", 21050.49),
    ROW("base", 2020, "Syddanmark", "paedagog", "all", "gap", "fte", -1234.5678),
    ROW("base", 2021, "Syddanmark", "paedagog", "all", "supply", "fte", 21060.0),
    ROW("base", 2025, "Syddanmark", "paedagog", "all", "supply", "fte", 21500.0),
    {"syd", "base", 2027, "Syddanmark", "paedagog", "all", "supply", "p50", "fte", 5.0},
    ROW("base", 2027, "Syddanmark", "paedagog", "all", "supply", "fte", 1234567.0),
    ROW("færre", 2018, "Syddanmark", "paedagog", "all", "supply", "fte", 0.0),
    ROW("færre", 2018, "Syddanmark", "all", "all", "gap", "fte", 12.0),
    ROW("færre", 2018, "Syddanmark", "all", "all", "shortage", "fte", 7.0),
};

static const char *const groups[] = {"Syddanmark"};
static const frem_run runs[] = {
    {.name = "syd",
     .variant = "base",
     .title = {{"Pedagogues in the South", "Pædagoger i Syd"}},
     .groups = groups,
     .n_groups = 1,
     .base_year = 2018},
    {.name = "syd",
     .variant = "færre",
     .title = {{"Pedagogues in the South", "Pædagoger i Syd"}},
     .groups = groups,
     .n_groups = 1,
     .base_year = 2018},
};
static const frem_name names[] = {
    {NULL, "measure", "supply", {{"Supply", "Udbud"}}},
    {NULL, "measure", "demand", {{"Demand", "Efterspørgsel"}}},
    {NULL, "measure", "gap", {{"Gap", "Balance"}}},
    {NULL, "measure", "coverage", {{"Coverage", "Dækningsgrad"}}},
    {NULL, "measure", "shortage", {{"Shortage", "Mangel"}}},
    {NULL, "unit", "fte", {{"FTE", "årsværk"}}},
    {NULL, "profession", "paedagog", {{"Pedagogue", "Pædagog"}}},
    {"syd", "region", "Syddanmark", {{"Southern Denmark", "Syddanmark"}}},
};
static const frem_note notes[] = {
    {"syd",
     "split-by-key",
     "demand.dagtilbud.employment",
     {{"Figures for a municipality are the group's, split by population 0-5; a gap there is of the key's "
       "making.",
       "Tal for en kommune er gruppens, fordelt efter befolkningen 0-5 år; en balance dér skyldes nøglen."}}},
    {"syd", "assumption", "professions.paedagog", {{"not shown", "vises ikke"}}},
    {"syd",
     "split-by-key",
     "demand.andet.employment",
     {{"Figures for a municipality are the group's, split by population 0-5; a gap there is of the key's "
       "making.",
       "Tal for en kommune er gruppens, fordelt efter befolkningen 0-5 år; en balance dér skyldes nøglen."}}},
};

static const frem_document small = {.scenarios = runs,
                                    .n_scenarios = 2,
                                    .names = names,
                                    .n_names = sizeof names / sizeof *names,
                                    .notes = notes,
                                    .n_notes = sizeof notes / sizeof *notes};

static void check(frem_document document, const small_row *of, size_t n, frem_lang lang, size_t width,
                  const char *expected) {
    frem_frame *frame = small_frame(of, n);
    document.results = frame;
    frem_text text = {0};
    assert_int_equal(frem_write_terminal(&document, lang, width, &text), FREM_OK);
    assert_text(text.bytes != NULL ? text.bytes : "", expected);
    frem_text_free(&text);
    frem_frame_free(frame);
}

static void the_whole_table_in_danish(void **state) {
    (void)state;
    check(small, rows, sizeof rows / sizeof *rows, FREM_DA, 80,
          "Pædagoger i Syd · Syddanmark · basisår 2018 · årsværk\n"
          "                      2018       2019       2020       2025       2027\n"
          "Pædagog\n"
          "  Udbud             20.977     21.000     21.050     21.500  1.234.567\n"
          "  Efterspørgsel     20.977          -          -          -          -\n"
          "  Balance                0          -     -1.235          -          -\n"
          "  Dækningsgrad     100,0 %          -          -          -          -\n"
          "hjaelper\n"
          "  Efterspørgsel      1.000          -          -          -          -\n"
          "\n"
          "Pædagoger i Syd · færre · Syddanmark · basisår 2018 · årsværk\n"
          "                      2018\n"
          "Pædagog\n"
          "  Udbud                  0\n"
          "Alle faggrupper\n"
          "  Mangel                 7\n"
          "\n"
          "Bemærk: Mangel er lagt sammen over de områder og faggrupper, der mangler folk:\n"
          "  overskud hos andre er ikke modregnet\n"
          "\n"
          "Bemærk: 2 tal findes kun for flere områder under ét og er fordelt efter nøgler;\n"
          "  tal for enkelte områder følger dem (bemærkningerne til resultater skrevet med\n"
          "  -o nævner dem)\n");
}

static void the_whole_table_in_english(void **state) {
    (void)state;
    check(
        small, rows, sizeof rows / sizeof *rows, FREM_EN, 100,
        "Pedagogues in the South · Southern Denmark · base year 2018 · FTE\n"
        "                 2018       2019       2020       2025       2027\n"
        "Pedagogue\n"
        "  Supply       20,977     21,000     21,050     21,500  1,234,567\n"
        "  Demand       20,977          -          -          -          -\n"
        "  Gap               0          -     -1,235          -          -\n"
        "  Coverage     100.0%          -          -          -          -\n"
        "hjaelper\n"
        "  Demand        1,000          -          -          -          -\n"
        "\n"
        "Pedagogues in the South · færre · Southern Denmark · base year 2018 · FTE\n"
        "                 2018\n"
        "Pedagogue\n"
        "  Supply            0\n"
        "All professions\n"
        "  Shortage          7\n"
        "\n"
        "Note: Shortage is summed over the regions and professions that lack people: a surplus in others is\n"
        "  not set against it\n"
        "\n"
        "Note: 2 figures are published for several regions together only and split by keys: figures of "
        "single\n"
        "  regions follow these (the notes of results written with -o name them)\n");
}

static void a_narrow_terminal_loses_the_middle_years(void **state) {
    (void)state;
    frem_document document = small;
    document.n_notes = 0;
    /* 10 columns of names and 11 for every year: 43 columns hold three years; 2020 and 2019 go */
    check(document, rows, 16, FREM_EN, 43,
          "Pedagogues in the South · Southern Denmark\n"
          "  · base year 2018 · FTE\n"
          "                 2018       2025       2027\n"
          "Pedagogue\n"
          "  Supply       20,977     21,500  1,234,567\n"
          "  Demand       20,977          -          -\n"
          "  Gap               0          -          -\n"
          "  Coverage     100.0%          -          -\n"
          "hjaelper\n"
          "  Demand        1,000          -          -\n");
    /* the first and the last year stay, however narrow */
    check(document, rows + 8, 1, FREM_EN, 1,
          "Pedagogues\n  in\n  the\n  South\n  ·\n  Southern\n  Denmark\n  ·\n  base\n  year\n  2018\n  ·\n  "
          "FTE\n"
          "              2019\n"
          "Pedagogue\n"
          "  Supply    21,000\n");
}

static void without_groups_the_whole_area_is_shown(void **state) {
    (void)state;
    static const frem_run alone[] = {
        {.name = "syd", .variant = "base", .title = {{"South", "Syd"}}, .n_regions = 2, .base_year = 2018}};
    static const small_row whole[] = {ROW("base", 2018, "all", "paedagog", "all", "supply", "fte", 1.5),
                                      ROW("base", 2018, "461", "paedagog", "all", "supply", "fte", 9.0)};
    frem_document document = {.scenarios = alone, .n_scenarios = 1};
    check(document, whole, 2, FREM_DA, 80,
          "Syd · alle områder · basisår 2018 · fte\n"
          "            2018\n"
          "paedagog\n"
          "  supply       2\n");
}

/* All regions have the name that the scenario gives them, and what gaps are counted from is said once. */
static void the_whole_area_has_its_name(void **state) {
    (void)state;
    static const frem_run country[] = {
        {.name = "land",
         .variant = "base",
         .title = {{"Land", "Land"}},
         .n_regions = 2,
         .base_year = 2018,
         .first_gap = {{"Gaps are counted from 0", "Balancen er regnet fra 0"}}},
        {.name = "land",
         .variant = "more",
         .title = {{"Land", "Land"}},
         .n_regions = 2,
         .base_year = 2018,
         .first_gap = {{"Gaps are counted from 0", "Balancen er regnet fra 0"}}}};
    static const frem_name called[] = {{NULL, "region", "all", {{"All regions", "Alle områder"}}},
                                       {"land", "region", "all", {{"Denmark", "Danmark"}}}};
    static const small_row whole[] = {
        {"land", "base", 2018, "all", "paedagog", "all", "gap", "point", "fte", -1.0},
        {"land", "more", 2018, "all", "paedagog", "all", "gap", "point", "fte", 2.0}};
    frem_document document = {.scenarios = country, .n_scenarios = 2, .names = called, .n_names = 2};
    check(document, whole, 2, FREM_DA, 80,
          "Land · Danmark · basisår 2018 · fte\n"
          "            2018\n"
          "paedagog\n"
          "  gap         -1\n"
          "\n"
          "Land · more · Danmark · basisår 2018 · fte\n"
          "            2018\n"
          "paedagog\n"
          "  gap          2\n"
          "\n"
          "Bemærk: Balancen er regnet fra 0\n");
}

static void several_groups_are_shown_together(void **state) {
    (void)state;
    static const char *const kkr[] = {"Nord", "Syd"};
    static const frem_run country[] = {{.name = "syd",
                                        .variant = "base",
                                        .title = {{"Land", "Land"}},
                                        .groups = kkr,
                                        .n_groups = 2,
                                        .n_regions = 4,
                                        .base_year = 2018}};
    static const small_row whole[] = {ROW("base", 2018, "Nord", "paedagog", "all", "supply", "fte", 1.0),
                                      ROW("base", 2018, "Syd", "paedagog", "all", "supply", "fte", 2.0),
                                      ROW("base", 2018, "all", "paedagog", "all", "supply", "fte", 3.0)};
    frem_document document = {.scenarios = country, .n_scenarios = 1};
    check(document, whole, 3, FREM_EN, 80,
          "Land · all regions · base year 2018 · fte\n"
          "            2018\n"
          "paedagog\n"
          "  supply       3\n");
}

static void labels_cannot_steer_the_terminal(void **state) {
    (void)state;
    static const frem_run sly[] = {{.name = "syd",
                                    .variant = "base",
                                    .title = {{"A\033[2JB\xC2\x9B"
                                               "1mC\nD",
                                               "x"}},
                                    .base_year = 2018}};
    static const small_row whole[] = {ROW("base", 2018, "all", "paedagog", "all", "supply", "fte", 1.0)};
    frem_document document = {.scenarios = sly, .n_scenarios = 1};
    check(document, whole, 1, FREM_EN, 80,
          "A\\u001b[2JB\\u009b1mC D · base year 2018 · fte\n"
          "            2018\n"
          "paedagog\n"
          "  supply       1\n");
}

static void nothing_to_show_is_no_table(void **state) {
    (void)state;
    frem_document document = small;
    document.n_notes = 0;
    check(document, NULL, 0, FREM_EN, 80, "");
    static const small_row other[] = {
        ROW("base", 2018, "Syddanmark", "paedagog", "all", "stock", "persons", 1.0)};
    check(document, other, 1, FREM_EN, 80, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_table_in_danish),
        cmocka_unit_test(the_whole_table_in_english),
        cmocka_unit_test(a_narrow_terminal_loses_the_middle_years),
        cmocka_unit_test(without_groups_the_whole_area_is_shown),
        cmocka_unit_test(the_whole_area_has_its_name),
        cmocka_unit_test(several_groups_are_shown_together),
        cmocka_unit_test(labels_cannot_steer_the_terminal),
        cmocka_unit_test(nothing_to_show_is_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
