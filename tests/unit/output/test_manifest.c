#include "unit/output/folder.h"

#include "base/problem.h"
#include "fremskriv/version.h"
#include "output/write.h"

static const frem_run runs[] = {
    {.name = "skole", .variant = "base", .file = "skole.yaml", .title = {{"School", "Skole"}}}};
static const char *const command[] = {"run", "skole.yaml", "--set", "a=\"b\"", "bl\xE5.yaml"};
static const frem_note notes[] = {
    {"skole", "split-by-key", "demand.dagtilbud.employment", {{"Split by population.", "Fordelt på børn."}}},
    {NULL, "assumption", "years.count", {{"Assumed.", "Antaget."}}},
};

/** Writes results.csv and the manifest of a document to the folder out. */
static void write_manifest(frem_document *document, const char *out) {
    static const small_row row = {"skole", "base", 2018, "all", "p", "all", "gap", "point", "fte", 1.0};
    frem_sources *sources = NULL;
    const frem_source *source = NULL;
    frem_stage *stage = NULL;
    frem_frame *frame = small_frame(&row, 1);
    assert_int_equal(frem_sources_new(&sources, NULL, 0, NULL), FREM_OK);
    assert_int_equal(frem_sources_open(sources, "skole.yaml", NULL, &source), FREM_OK);
    const frem_source *table = NULL;
    assert_int_equal(frem_sources_find(sources, source, source, "børn.csv", FREM_NOWHERE, NULL, &table),
                     FREM_OK);
    document->results = frame;
    document->sources = sources;

    assert_int_equal(frem_stage_open(&stage, out, NULL), FREM_OK);
    const frem_write_options options = {0};
    assert_text(frem_writers[0].name, "csv");
    assert_int_equal(frem_writers[0].write(document, &options, stage, NULL), FREM_OK);
    assert_int_equal(frem_write_manifest(document, stage), FREM_OK);
    assert_int_equal(frem_stage_commit(stage, NULL), FREM_OK);
    frem_sources_free(sources);
    frem_frame_free(frame);
}

static void the_whole_manifest(void **state) {
    (void)state;
    folder_put("skole.yaml", "fremskriv: 1\n");
    folder_put("børn.csv", "age\n1\n");
    frem_document document = {.scenarios = runs,
                              .n_scenarios = 1,
                              .notes = notes,
                              .n_notes = 2,
                              .command = command,
                              .n_command = 5,
                              .has_seed = true,
                              .seed = 42};
    write_manifest(&document, "out");
    assert_file("out/results.csv",
                "scenario,variant,year,region,profession,sector,measure,statistic,unit,value\n"
                "skole,base,2018,all,p,all,gap,point,fte,1.000000\n");
    assert_file("out/manifest.json",
                "{\n"
                "  \"program\": \"fremskriv\",\n"
                "  \"version\": \"" FREM_VERSION_STRING "\",\n"
                "  \"command\": [\n"
                "    \"run\",\n"
                "    \"skole.yaml\",\n"
                "    \"--set\",\n"
                "    \"a=\\\"b\\\"\",\n"
                "    \"bl\xEF\xBF\xBD.yaml\"\n"
                "  ],\n"
                "  \"seed\": 42,\n"
                "  \"scenarios\": [\n"
                "    {\n"
                "      \"name\": \"skole\",\n"
                "      \"file\": \"skole.yaml\",\n"
                "      \"variants\": [\n"
                "        \"base\"\n"
                "      ]\n"
                "    }\n"
                "  ],\n"
                "  \"inputs\": [\n"
                "    {\n"
                "      \"name\": \"skole.yaml\",\n"
                "      \"root\": \"command\",\n"
                "      \"bytes\": 13,\n"
                "      \"sha256\": \"e05dfce7092b529690dd4bc0cf4a3f28acf6ef0dab09302790627c5bb8957ffe\"\n"
                "    },\n"
                "    {\n"
                "      \"name\": \"børn.csv\",\n"
                "      \"root\": \"beside\",\n"
                "      \"bytes\": 6,\n"
                "      \"sha256\": \"a13300f0de0c4a756145be9bdaa566553ddc0a26fb917bb9cbf554f5be80cfef\"\n"
                "    }\n"
                "  ],\n"
                "  \"outputs\": [\n"
                "    {\n"
                "      \"path\": \"results.csv\",\n"
                "      \"bytes\": 125,\n"
                "      \"sha256\": \"6d8f6ee367635a4ba30acb10deb3277295f109ccf6f0084e5998011ad589c6c0\"\n"
                "    },\n"
                "    {\n"
                "      \"path\": \"series/skole-base-p.csv\",\n"
                "      \"bytes\": 23,\n"
                "      \"sha256\": \"4143fea6b2a98c9b1c6ff13327681c7092fc4d4b00994853b93fd7e99dd16a85\"\n"
                "    }\n"
                "  ],\n"
                "  \"notes\": [\n"
                "    {\n"
                "      \"scenario\": \"skole\",\n"
                "      \"kind\": \"split-by-key\",\n"
                "      \"what\": \"demand.dagtilbud.employment\",\n"
                "      \"text\": {\n"
                "        \"en\": \"Split by population.\",\n"
                "        \"da\": \"Fordelt på børn.\"\n"
                "      }\n"
                "    },\n"
                "    {\n"
                "      \"kind\": \"assumption\",\n"
                "      \"what\": \"years.count\",\n"
                "      \"text\": {\n"
                "        \"en\": \"Assumed.\",\n"
                "        \"da\": \"Antaget.\"\n"
                "      }\n"
                "    }\n"
                "  ]\n"
                "}\n");
}

static void the_same_run_gives_the_same_bytes(void **state) {
    (void)state;
    folder_put("skole.yaml", "fremskriv: 1\n");
    folder_put("børn.csv", "age\n1\n");
    frem_document document = {.scenarios = runs, .n_scenarios = 1, .command = command, .n_command = 2};
    write_manifest(&document, "first");
    write_manifest(&document, "second");
    char *first = small_read("first/manifest.json");
    assert_file("second/manifest.json", first);
    /* no seed, no list of notes' content, and no path of this machine */
    assert_null(strstr(first, "\"seed\""));
    assert_non_null(strstr(first, "\"notes\": []\n"));
    assert_null(strstr(first, folder_path));
    free(first);
}

static void a_seed_beyond_what_json_numbers_carry_keeps_its_digits(void **state) {
    (void)state;
    folder_put("skole.yaml", "fremskriv: 1\n");
    folder_put("børn.csv", "age\n1\n");
    frem_document document = {
        .scenarios = runs, .n_scenarios = 1, .has_seed = true, .seed = 18446744073709551615u};
    write_manifest(&document, "out");
    char *text = small_read("out/manifest.json");
    assert_non_null(strstr(text, "\"seed\": \"18446744073709551615\""));
    free(text);
}

static void the_stage_takes_its_own_folder_again(void **state) {
    (void)state;
    /* the stage reads the manifest to see that the folder is its own: a second run replaces the first */
    folder_put("skole.yaml", "fremskriv: 1\n");
    folder_put("børn.csv", "age\n1\n");
    frem_document document = {.scenarios = runs, .n_scenarios = 1};
    write_manifest(&document, "out");
    document.has_seed = true;
    write_manifest(&document, "out");
    char *text = small_read("out/manifest.json");
    assert_non_null(strstr(text, "\"seed\": 0"));
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_whole_manifest, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(the_same_run_gives_the_same_bytes, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(a_seed_beyond_what_json_numbers_carry_keeps_its_digits, folder_enter,
                                        folder_leave),
        cmocka_unit_test_setup_teardown(the_stage_takes_its_own_folder_again, folder_enter, folder_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
