#include "unit/output/folder.h"

#include <sys/stat.h>

#include <jansson.h>

#include "output/write.h"

static const frem_run runs[] = {
    {.name = "Skole Øst",
     .variant = "base",
     .file = "a.yaml",
     .title = {{"School in the East", "Skole øst"}},
     .resolved = "fremskriv: 1\n"},
    {.name = "a/b",
     .variant = "base",
     .file = "b.yaml",
     .title = {{"Another", "En anden"}},
     .resolved = "fremskriv: 1\nname: a/b\n"},
    {.name = "a b",
     .variant = "base",
     .file = "c.yaml",
     .title = {{"Third", "En tredje"}},
     .resolved = "fremskriv: 1\nname: a b\n"},
};
static const frem_note notes[] = {
    {NULL, "split-by-key", "demand.x", {{"Municipal figures are split by a key.", "Kommunetal er fordelt."}}},
    {NULL, "assumption", "demand.y", {{"Assumed.", "Antaget."}}},
    {NULL, "split-by-key", "demand.z", {{"Municipal figures are split by a key.", "Kommunetal er fordelt."}}},
    {NULL, "split-by-key", "supply", {{"Supply is split by employment.", "Udbud er fordelt."}}},
};
static const small_row row = {"Skole Øst", "base", 2018, "all", "p", "all", "gap", "point", "fte", 1.0};

/** Writes a document to the folder out, with or without results.csv. */
static void write_out(frem_document *document, frem_decimal decimal, bool csv) {
    frem_stage *stage = NULL;
    frem_frame *frame = small_frame(&row, 1);
    document->results = frame;
    assert_int_equal(frem_stage_open(&stage, "out", NULL), FREM_OK);
    const frem_write_options options = {.decimal = decimal};
    if (csv)
        assert_int_equal(frem_writers[0].write(document, &options, stage, NULL), FREM_OK);
    assert_int_equal(frem_write_beside(document, decimal, stage), FREM_OK);
    assert_int_equal(frem_write_manifest(document, stage), FREM_OK);
    assert_int_equal(frem_stage_commit(stage, NULL), FREM_OK);
    frem_frame_free(frame);
}

static bool exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0;
}

static void every_scenario_has_its_resolved_file(void **state) {
    (void)state;
    frem_document document = {.scenarios = runs, .n_scenarios = 3};
    write_out(&document, FREM_DECIMAL_POINT, true);
    assert_file("out/Skole_Øst.resolved.yaml", "fremskriv: 1\n");
    assert_file("out/a_b.resolved.yaml", "fremskriv: 1\nname: a/b\n");
    assert_file("out/a_b-2.resolved.yaml", "fremskriv: 1\nname: a b\n");
}

static void tables_beside_the_scenario_are_carried_along(void **state) {
    (void)state;
    const frem_source profile = {.name = "profiles/p.csv", .bytes = "age,share\n20,1\n", .size = 15};
    const frem_source upper = {.name = "profiles-P.csv", .bytes = "", .size = 0};
    static const char *const columns[] = {"age", "share"};
    static const frem_column_kind kinds[] = {FREM_COLUMN_WHOLE, FREM_COLUMN_NUMBER};
    const frem_carried tables[] = {
        {.name = "profiles/p.csv", .source = &profile, .columns = columns, .kinds = kinds, .n_columns = 2},
        {.name = "profiles-P.csv", .source = &upper}};
    frem_document document = {.scenarios = runs, .n_scenarios = 1, .tables = tables, .n_tables = 2};
    write_out(&document, FREM_DECIMAL_POINT, true);
    assert_file("out/tables/profiles/p.csv", "age,share\n20,1\n");
    assert_file("out/tables/profiles-P.csv", "");

    /* both resources have a name of their own, and the package is no longer one of described tables alone */
    json_t *package = json_load_file("out/datapackage.json", JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(package);
    assert_text(json_string_value(json_object_get(package, "profile")), "data-package");
    const json_t *resources = json_object_get(package, "resources");
    assert_int_equal(json_array_size(resources), 4); /* results, a series, and these */
    const json_t *first = json_array_get(resources, 2);
    assert_text(json_string_value(json_object_get(first, "name")), "profiles-p.csv");
    assert_text(json_string_value(json_object_get(first, "path")), "tables/profiles/p.csv");
    const json_t *fields = json_object_get(json_object_get(first, "schema"), "fields");
    assert_int_equal(json_array_size(fields), 2);
    assert_text(json_string_value(json_object_get(json_array_get(fields, 0), "name")), "age");
    assert_text(json_string_value(json_object_get(json_array_get(fields, 0), "type")), "integer");
    assert_text(json_string_value(json_object_get(json_array_get(fields, 1), "type")), "number");
    const json_t *second = json_array_get(resources, 3);
    assert_text(json_string_value(json_object_get(second, "name")), "profiles-p.csv-2");
    assert_text(json_string_value(json_object_get(second, "profile")), "data-resource");
    json_decref(package);
}

#define FIELD(name, type, description)                                                                       \
    "          {\n"                                                                                          \
    "            \"name\": \"" name "\",\n"                                                                  \
    "            \"type\": \"" type "\",\n"                                                                  \
    "            \"description\": \"" description "\"\n"                                                     \
    "          },\n"

static void the_whole_data_package(void **state) {
    (void)state;
    frem_document document = {.scenarios = runs, .n_scenarios = 1, .notes = notes, .n_notes = 4};
    write_out(&document, FREM_DECIMAL_COMMA, true);
    assert_file(
        "out/datapackage.json",
        "{\n"
        "  \"profile\": \"tabular-data-package\",\n"
        "  \"name\": \"skole-st\",\n"
        "  \"title\": \"School in the East\",\n"
        "  \"description\": \"Municipal figures are split by a key.\\nSupply is split by employment.\",\n"
        "  \"scenarios\": [\n"
        "    {\n"
        "      \"name\": \"Skole Øst\",\n"
        "      \"title\": \"School in the East\",\n"
        "      \"variants\": [\n"
        "        \"base\"\n"
        "      ]\n"
        "    }\n"
        "  ],\n"
        "  \"resources\": [\n"
        "    {\n"
        "      \"name\": \"results\",\n"
        "      \"path\": \"results.csv\",\n"
        "      \"profile\": \"tabular-data-resource\",\n"
        "      \"title\": \"Results of the projection\",\n"
        "      \"format\": \"csv\",\n"
        "      \"mediatype\": \"text/csv\",\n"
        "      \"encoding\": \"utf-8\",\n"
        "      \"bytes\": 133,\n"
        "      \"hash\": \"sha256:2952f0f0121823da3ed09fb3731dbca8852ce377be330da15457f868fbc1ddd8\",\n"
        "      \"dialect\": {\n"
        "        \"delimiter\": \";\"\n"
        "      },\n"
        "      \"schema\": {\n"
        "        \"fields\": [\n"
        /* clang-format off */
        FIELD("scenario", "string", "Name of the scenario")
        FIELD("variant", "string", "Variant of the scenario; base for the scenario itself")
        FIELD("year", "integer", "Calendar year; a flow carries the year in which its step ends")
        FIELD("region", "string", "Key of the region, such as a municipality's code, or name of a group of regions; "
                                  "all for their sum")
        FIELD("profession", "string", "Key of the profession; all for their sum")
        FIELD("sector", "string", "Key of the sector (branch of employment); all for their sum or where sectors do "
                                  "not apply")
        FIELD("measure", "string", "What is measured, such as supply, demand or gap")
        FIELD("statistic", "string", "point for a plain projection; else mean, sd or a percentile of the uncertainty")
        FIELD("unit", "string", "Unit of the value: fte (full-time equivalents), persons, ratio, places, mio_kr "
                                "(million kroner) or children")
        /* clang-format on */
        "          {\n"
        "            \"name\": \"value\",\n"
        "            \"type\": \"number\",\n"
        "            \"description\": \"The value\",\n"
        "            \"decimalChar\": \",\"\n"
        "          }\n"
        "        ],\n"
        "        \"primaryKey\": [\n"
        "          \"scenario\",\n"
        "          \"variant\",\n"
        "          \"year\",\n"
        "          \"region\",\n"
        "          \"profession\",\n"
        "          \"sector\",\n"
        "          \"measure\",\n"
        "          \"statistic\",\n"
        "          \"unit\"\n"
        "        ]\n"
        "      }\n"
        "    },\n"
        "    {\n"
        "      \"name\": \"series-skole_-st-base-p.csv\",\n"
        "      \"path\": \"series/Skole_Øst-base-p.csv\",\n"
        "      \"profile\": \"tabular-data-resource\",\n"
        "      \"title\": \"Series by year: Skole Øst, variant base, profession p, region all\",\n"
        "      \"format\": \"csv\",\n"
        "      \"mediatype\": \"text/csv\",\n"
        "      \"encoding\": \"utf-8\",\n"
        "      \"bytes\": 26,\n"
        "      \"hash\": \"sha256:050f69d4981aaf9adbf54d10f20640454ff8f2082292fe48f01d96e2b91e571c\",\n"
        "      \"dialect\": {\n"
        "        \"delimiter\": \";\"\n"
        "      },\n"
        "      \"schema\": {\n"
        "        \"fields\": [\n" FIELD("year", "integer",
                                        "Calendar year") "          {\n"
                                                         "            \"name\": \"gap\",\n"
                                                         "            \"type\": \"number\",\n"
                                                         "            \"description\": \"gap, fte\",\n"
                                                         "            \"decimalChar\": \",\"\n"
                                                         "          }\n"
                                                         "        ],\n"
                                                         "        \"primaryKey\": [\n"
                                                         "          \"year\"\n"
                                                         "        ]\n"
                                                         "      }\n"
                                                         "    }\n"
                                                         "  ]\n"
                                                         "}\n");
}

static void points_need_no_dialect_and_no_notes_no_description(void **state) {
    (void)state;
    frem_document document = {.scenarios = runs, .n_scenarios = 3};
    write_out(&document, FREM_DECIMAL_POINT, true);
    json_t *package = json_load_file("out/datapackage.json", JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(package);
    assert_null(json_object_get(package, "description"));
    assert_text(json_string_value(json_object_get(package, "name")), "fremskriv");
    assert_text(json_string_value(json_object_get(package, "title")), "School in the East; Another; Third");
    const json_t *results = json_array_get(json_object_get(package, "resources"), 0);
    assert_null(json_object_get(results, "dialect"));
    const json_t *fields = json_object_get(json_object_get(results, "schema"), "fields");
    assert_int_equal(json_array_size(fields), 10);
    assert_null(json_object_get(json_array_get(fields, 9), "decimalChar"));
    json_decref(package);
}

static void no_tables_no_package(void **state) {
    (void)state;
    frem_document document = {.scenarios = runs, .n_scenarios = 1};
    write_out(&document, FREM_DECIMAL_POINT, false);
    assert_true(exists("out/Skole_Øst.resolved.yaml"));
    assert_false(exists("out/datapackage.json"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_scenario_has_its_resolved_file, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(tables_beside_the_scenario_are_carried_along, folder_enter,
                                        folder_leave),
        cmocka_unit_test_setup_teardown(the_whole_data_package, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(points_need_no_dialect_and_no_notes_no_description, folder_enter,
                                        folder_leave),
        cmocka_unit_test_setup_teardown(no_tables_no_package, folder_enter, folder_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
