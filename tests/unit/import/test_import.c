#include "fremskriv/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/words.h"
#include "unit/tables/sample.h"

static const frem_import_ages two_groups[] = {{0, 5}, {6, -1}};

/* A municipality, two sexes with their total, two ages, in a quarter that counts and one that doesn't. */
static const char rows[] = "OMRÅDE;KØN;ALDER;TID;INDHOLD\n"
                           "101 København;TOT I alt;0-5 0-5 år;2026K1;30\n"
                           "101 København;1 Mænd;0-5 0-5 år;2026K1;10\n"
                           "101 København;1 Mænd;6- 6 år og derover;2026K1;100\n"
                           "101 København;2 Kvinder;0-5 0-5 år;2026K1;20,5\n"
                           "101 København;2 Kvinder;6- 6 år og derover;2026K1;\"200\"\n"
                           "411 Christiansø;1 Mænd;6- 6 år og derover;2026K1;1\n"
                           "101 København;1 Mænd;6- 6 år og derover;2026K2;9\n";

static const char block[] = "\"Folketal efter område, køn, alder og tid\"\n\"\"\n"
                            "\" \";\" \";\" \";\"2026K1\";\"2026K2\"\n"
                            "\"København\";\" \";\" \";;\n"
                            "\" \";\"Mænd\";\" \";;\n"
                            "\" \";\" \";\"0-5 år\";10;1\n"
                            "\" \";\" \";\"6 år og derover\";100;1\n"
                            "\" \";\"Kvinder\";\" \";;\n"
                            "\" \";\" \";\"0-5 år\";20,5;1\n"
                            "\" \";\" \";\"6 år og derover\";200;1\n"
                            "\nKilde: en kilde\n";

static const char px[] =
    "CHARSET=\"ANSI\";\nCODEPAGE=\"utf-8\";\nMATRIX=\"FOLK1A\";\nSTUB=\"område\",\"køn\";\n"
    "HEADING=\"alder\",\"tid\";\nTITLE=\"Folketal\"\n\" på to linjer\";\nSTUB[en]=\"x\",\"y\";\n"
    "VALUES(\"område\")=\"København\";\nCODES(\"område\")=\"101\";\n"
    "VALUES(\"køn\")=\"Mænd\",\n\"Kvinder\";\nVALUES(\"alder\")=\"0-5 år\",\"6 år og derover\";\n"
    "VALUES(\"tid\")=\"2026K1\";\nTIMEVAL(\"tid\")=TLIST(Q1,\"20261\"-\"20261\");\n"
    "NOTEX(\"køn\",\"Mænd\")=\"a;b\";\nPRECISION(\"tid\",\"2026K1\")=1;\nDATA=\n10 100\n20.5 200 ;\n";

static const char keyed[] =
    "STUB=\"kommune\",\"alder\";\nHEADING=\"tid\";\nMATRIX=\"FRKM126\";\nVALUES(\"kommune\")=\"101\";\n"
    "VALUES(\"alder\")=\"0-5\",\"6-9\",\"10+\";\nVALUES(\"tid\")=\"2027\",\"2028\";\n"
    "KEYS(\"alder\")=VALUES;\nDATA=\n\"101\",\"10+\",1 2\n\"101\",\"0-5\",3 4;\n";

static const char json[] =
    "{\"class\": \"dataset\", \"id\": [\"KOMMUNEDK\", \"ALDER\", \"Tid\"], \"size\": [1, 2, 2], "
    "\"dimension\": {\n"
    "\"KOMMUNEDK\": {\"label\": \"kommune\", \"category\": {\"label\": {\"101\": \"K\\u00f8benhavn\"}}},\n"
    "\"ALDER\": {\"category\": {\"index\": {\"B\": 1, \"A\": 0}, \"label\": {\"A\": \"0-5 år\", \"B\": "
    "\"6+\"}}},\n"
    "\"Tid\": {\"category\": {\"index\": [\"2027\", \"2028\"]}}},\n"
    "\"value\": {\"0\": 1, \"1\": 2e0, \"3\": -0.0, \"2\": 4.5}, \"status\": {\"3\": \"x\"}}\n";

static const char *const samples[] = {rows, block, px, keyed, json};

/* The table of a file, or the number of its errors where there is none. */
typedef struct outcome {
    frem_imported *imported;
    frem_diags *diags;
    frem_status status;
} outcome;

static void import_bytes(outcome *out, const char *bytes, size_t n, const frem_import_options *options) {
    static const char names[] = "code,name\n101,København\n169,Høje-Taastrup\n";
    frem_import_options with_names = *options;
    with_names.names = (frem_import_file){"names.csv", names, sizeof names - 1};
    const frem_import_file file = {"t.csv", bytes, n};
    assert_int_equal(frem_diags_new(&out->diags), FREM_OK);
    out->status = frem_import(&out->imported, &file, 1, &with_names, out->diags);
    assert_int_equal(out->status == FREM_OK, out->imported != NULL);
    assert_int_equal(out->status == FREM_OK, frem_diags_errors(out->diags) == 0);
}

static void close_outcome(outcome *out) {
    frem_imported_free(out->imported);
    frem_diags_free(out->diags);
}

static void check_table(const char *text, const frem_import_options *options, const char *wanted) {
    outcome out;
    size_t n;
    import_bytes(&out, text, strlen(text), options);
    if (out.status != FREM_OK)
        print_error("%s\n", frem_diag_text(frem_diags_at(out.diags, 0), FREM_EN));
    assert_int_equal(out.status, FREM_OK);
    assert_text(frem_imported_csv(out.imported, &n), wanted);
    assert_int_equal(strlen(wanted), n);
    close_outcome(&out);
}

static void check_bad(const char *text, const frem_import_options *options, const char *wanted) {
    outcome out;
    import_bytes(&out, text, strlen(text), options);
    assert_int_equal(out.status, FREM_INVALID);
    assert_problems(out.diags, wanted);
    close_outcome(&out);
}

static void formats_give_one_table(void **state) {
    const frem_import_options options = {.ages = two_groups, .n_ages = 2};
    static const char wanted[] = "municipality,year,age_from,age_to,persons,status\n"
                                 "101,2026,0,5,30.5,observed\n101,2026,6,,300,observed\n";
    (void)state;
    check_table(rows, &options, wanted);
    check_table(block, &options, wanted);
    check_table(px, &options, wanted);
}

/* Rows that keyed data leave out are zeros; figures by their place in JSON. */
static void sparse_tables(void **state) {
    const frem_import_options options = {.ages = two_groups, .n_ages = 2};
    (void)state;
    check_table(keyed, &options,
                "municipality,year,age_from,age_to,persons,status\n"
                "101,2027,0,5,3,projected\n101,2027,6,,1,projected\n"
                "101,2028,0,5,4,projected\n101,2028,6,,2,projected\n");
    check_table(json, &options,
                "municipality,year,age_from,age_to,persons,status\n"
                "101,2027,0,5,1,projected\n101,2027,6,,4.5,projected\n"
                "101,2028,0,5,2,projected\n101,2028,6,,0,projected\n");
}

static void a_place_that_is_not_there_is_missing(void **state) {
    const frem_import_options options = {.ages = two_groups, .n_ages = 2};
    char text[sizeof json];
    (void)state;
    strcpy(text, json);
    memcpy(strstr(text, ", \"2\": 4.5"), "          ", 10);
    check_bad(text, &options,
              "t.csv:5:10: error: missing figure: '{'\n"
              "hint: --missing empty leaves the cell empty, --missing zero counts it as 0");
}

static void missing_as_asked(void **state) {
    static const char text[] =
        "OMRÅDE;ALDER;TID;INDHOLD\n101;0-3;2026K1;1\n101;4-5;2026K1;..\n101;6+;2026K1;3\n";
    frem_import_options options = {.ages = two_groups, .n_ages = 2, .missing = FREM_MISSING_ZERO};
    (void)state;
    check_table(text, &options,
                "municipality,year,age_from,age_to,persons,status\n101,2026,0,5,1,observed\n101,2026,6,,3,"
                "observed\n");
    options.missing = FREM_MISSING_EMPTY; /* a sum with a missing part is missing */
    check_table(
        text, &options,
        "municipality,year,age_from,age_to,persons,status\n101,2026,0,5,,observed\n101,2026,6,,3,observed\n");
}

static void mapped_text_is_quoted_and_sorted(void **state) {
    static const frem_import_pair maps[] = {{"what", "TEKST"}, {"number", "NR"}};
    const frem_import_options options = {.maps = maps, .n_maps = 2, .value = "a,b"};
    (void)state;
    check_table("TEKST;NR;INDHOLD\n\"a;\"\"b\"\", c\";10;-1,5\nå;9;2\n\"a;\"\"b\"\", c\";9;1e3\n", &options,
                "what,number,\"a,b\"\n\"a;\"\"b\"\", c\",9,1000\n\"a;\"\"b\"\", c\",10,-1.5\nå,9,2\n");
}

static void two_files_of_one_kind(void **state) {
    static const char later[] =
        "KOMMUNEDK;ALDER;TID;INDHOLD\n101;0-5;2026;7\n101;6+;2026;7\n101;0-5;2027;8\n101;6+;2027;8\n";
    const frem_import_file files[] = {{"l.csv", later, sizeof later - 1}, {"r.csv", rows, sizeof rows - 1}};
    const frem_import_options options = {.ages = two_groups, .n_ages = 2};
    frem_imported *imported;
    frem_diags *diags;
    size_t n;
    (void)state;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_import(&imported, files, 2, &options, diags), FREM_OK);
    assert_text(frem_imported_csv(imported, &n), "municipality,year,age_from,age_to,persons,status\n"
                                                 "101,2026,0,5,30.5,observed\n101,2026,6,,300,observed\n"
                                                 "101,2027,0,5,8,projected\n101,2027,6,,8,projected\n");
    assert_text(frem_imported_summary(imported, FREM_EN),
                "1 municipalities, 2026-2027, 4 rows; left out: 411 Christiansø, 1 other periods");
    frem_imported_free(imported);
    frem_diags_free(diags);
}

static void eight_bit_sets(void **state) {
    static const frem_import_pair maps[] = {{"a", "alder"}};
    const frem_import_options options = {.maps = maps, .n_maps = 1};
    (void)state;
    /* In ISO 8859-15 0xA4 is the euro sign and 0xA8 is s with caron; in Windows-1252 0x80 and 0x9A. */
    check_table("CODEPAGE=\"iso-8859-15\";\nSTUB=\"alder\";\nVALUES(\"alder\")=\"\xA4\xA8\xE6\";\nDATA=1;",
                &options, "a,value\n€šæ,1\n");
    check_table("CODEPAGE=\"Windows-1252\";\nSTUB=\"alder\";\nVALUES(\"alder\")=\"\x80\x9A\xD8\";\nDATA=1;",
                &options, "a,value\n€šØ,1\n");
    check_bad("CODEPAGE=\"Windows-1252\";\nSTUB=\"æ\xE6\x9D\";\n", &options,
              "t.csv:2:10: error: byte 0x9D here is no Windows-1252 text\n"
              "hint: the file is damaged, or in a character set of its own: save it as UTF-8");
}

/* A file that was cut off at any byte is refused or read, and nothing else happens. */
static void every_prefix(void **state) {
    const frem_import_options options = {.ages = two_groups, .n_ages = 2};
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const size_t whole = strlen(samples[i]);
        size_t good = 0;
        for (size_t n = 0; n <= whole; n++) {
            char *bytes = malloc(n + 1); /* of its own size, so that a look behind its end is seen */
            assert_non_null(bytes);
            memcpy(bytes, samples[i], n);
            outcome out;
            import_bytes(&out, bytes, n, &options);
            good += out.status == FREM_OK;
            close_outcome(&out);
            free(bytes);
        }
        assert_in_range(good, 1, 80); /* the whole, and what is cut off in notes or the last figure */
    }
}

/* Any one byte changed to a sign of the formats. */
static void every_byte_changed(void **state) {
    static const char signs[] = "\";,={}[]()-.0\n \xE6";
    const frem_import_options options = {.ages = two_groups, .n_ages = 2};
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char *bytes = strdup(samples[i]);
        assert_non_null(bytes);
        for (size_t at = 0; bytes[at] != '\0'; at++) {
            const char kept = bytes[at];
            for (const char *sign = signs; *sign != '\0'; sign++) {
                outcome out;
                bytes[at] = *sign;
                import_bytes(&out, bytes, strlen(bytes), &options);
                close_outcome(&out);
            }
            bytes[at] = kept;
        }
        free(bytes);
    }
}

static void deep_json_is_refused(void **state) {
    char text[4096];
    const frem_import_options options = {.format = FREM_IMPORT_JSONSTAT};
    (void)state;
    memset(text, '[', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    check_bad(
        text, &options,
        "t.csv:1:2049: error: the file is not JSON here\nhint: fetch the file again from its publisher");
}

static void ages_in_words(void **state) {
    static const struct {
        const char *text;
        int from, to;
    } good[] = {{"0", 0, 0},
                {"17 år", 17, 17},
                {"1 year", 1, 1},
                {"0 0 år", 0, 0},
                {"100-", 100, -1},
                {"100+", 100, -1},
                {"105 år og derover", 105, -1},
                {"100 years and over", 100, -1},
                {"0-5 år", 0, 5},
                {"17 - 19 years", 17, 19},
                {"6–16", 6, 16},
                {"100- 100 år og derover", 100, -1},
                {"80 ÅR +", 80, -1},
                {"0-5 0-5 år", 0, 5}};
    static const char *const bad[] = {"",        "år",    "0-5 6-9 år", "5-3", "1000", "0-5 år og derover",
                                      "17 dage", "I alt", "17 18 år",   "1.5"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int from, to;
        assert_true(frem_import_read_age(good[i].text, &from, &to));
        assert_int_equal(from, good[i].from);
        assert_int_equal(to, good[i].to);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int from, to;
        if (frem_import_read_age(bad[i], &from, &to))
            fail_msg("'%s' is read as an age", bad[i]);
    }
}

static void other_words(void **state) {
    int year, month;
    frem_import_area area;
    (void)state;
    assert_true(frem_import_read_time("2024Q3", &year, &month));
    assert_int_equal(year, 2024);
    assert_int_equal(month, 7);
    assert_true(frem_import_read_time("2024M12", &year, &month));
    assert_int_equal(month, 12);
    assert_false(frem_import_read_time("2024M13", &year, &month));
    assert_false(frem_import_read_time("20245", &year, &month));
    assert_false(frem_import_read_time("0101", &year, &month));
    assert_true(frem_import_is_total("Mænd og kvinder i alt"));
    assert_true(frem_import_is_total("IALT Alder i alt"));
    assert_false(frem_import_is_total("Totalt noget andet"));
    assert_int_equal(frem_import_read_sex("K"), FREM_SEX_WOMEN);
    assert_int_equal(frem_import_read_sex("MÆND"), FREM_SEX_MEN);
    assert_int_equal(frem_import_read_sex("I alt"), FREM_SEX_ALL);
    assert_int_equal(frem_import_read_sex("3"), FREM_SEX_NONE);
    assert_true(frem_import_area_of_code("083 Region Syddanmark", &area));
    assert_int_equal(area.level, FREM_AREAS_REGIONS);
    assert_true(frem_import_area_of_code("07", &area));
    assert_int_equal(area.level, FREM_AREAS_PROVINCES);
    assert_false(frem_import_area_of_code("1234", &area));
    assert_true(frem_import_area_of_name("REGION SJÆLLAND", &area));
    assert_int_equal(area.code, 85);
}

static void powers_of_units(void **state) {
    static const struct {
        const char *text;
        int power;
    } units[] = {{"1.000 personer", 3},
                 {"1000 kr.", 3},
                 {"1,000 persons", 3},
                 {"1 000 tonnes", 3},
                 {"tusinde", 3},
                 {"Tusind kr.", 3},
                 {"DKK thousand", 3},
                 {"Persons (thousands)", 3},
                 {"i 1.000", 3},
                 {"t.kr.", 3},
                 {"Mio. kr.", 6},
                 {"DKK million", 6},
                 {"1.000.000 kr.", 6},
                 {"mia. kr.", 9},
                 {"1.000 mio. kr.", 9},
                 {"100 kg", 2},
                 {"Befolkning (1.000 personer) efter område", 3},
                 {"Antal", 0},
                 {"Personer", 0},
                 {"kr.", 0},
                 {"pr. 1.000 indbyggere", 0},
                 {"Per 1,000 women", 0},
                 {"kr. pr. 1000 kr.", 0},
                 {"Virksomheder med over 1.000 ansatte", 0},
                 {"1.000-1.999 ansatte", 0},
                 {"1.000 og derover", 0},
                 {"Indeks (2015=100)", 0},
                 {"2015=1000", 0},
                 {"2.000 kr.", 0},
                 {"11000", 0},
                 {"1000,5", 0},
                 {"Familie, mindst 1.000", 0},
                 {"", 0},
                 {"1", 0},
                 {"10", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (frem_import_power(units[i].text) != units[i].power)
            fail_msg("'%s' is read as 10^%d", units[i].text, frem_import_power(units[i].text));
    }
}

static void areas_that_are_none(void **state) {
    static const char *const none[] = {"999",      "999 Uoplyst",  "Uoplyst kommune",
                                       "UDLANDET", "998 Udlandet", "Unknown municipality"};
    static const char *const some[] = {"461", "992", "461 Odense", "Uoplyst noget andet", "Odense", "9999"};
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_true(frem_import_is_nowhere(none[i]));
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        assert_false(frem_import_is_nowhere(some[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_give_one_table),
        cmocka_unit_test(sparse_tables),
        cmocka_unit_test(a_place_that_is_not_there_is_missing),
        cmocka_unit_test(missing_as_asked),
        cmocka_unit_test(mapped_text_is_quoted_and_sorted),
        cmocka_unit_test(two_files_of_one_kind),
        cmocka_unit_test(eight_bit_sets),
        cmocka_unit_test(every_prefix),
        cmocka_unit_test(every_byte_changed),
        cmocka_unit_test(deep_json_is_refused),
        cmocka_unit_test(ages_in_words),
        cmocka_unit_test(other_words),
        cmocka_unit_test(powers_of_units),
        cmocka_unit_test(areas_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
