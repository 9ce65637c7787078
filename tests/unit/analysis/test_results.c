/* Results from the inside: what is given beside the table, and how projecting is asked for. */
#include <math.h>

#include "unit/model/small.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "title: {da: Lille, en: Small}\n"                                                                        \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 60, to: 61}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: ./sub/areas.csv, group_by: side}\n"                                                    \
    "population: people.csv\n"                                                                               \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    label: {da: Fag, en: Trade}\n"                                                                      \
    "    cohorts: {persons: 20, ages: {table: ages.csv, column: persons}, split: equal}\n"                   \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 10}, split: {by: population, ages: 0-1}, follows: {population: 2+}}\n"

static void load(small *w) {
    small_begin(w);
    small_put(w, "sub/areas.csv", "code,name,side\n1,En,west\n2,To,west\n");
    small_put(w, "ages.csv", "age,persons\n60,1\n61,1\n");
    small_put(w, "people.csv",
              "region,year,age,persons\n"
              "1,2020,0,1\n1,2020,1,2\n1,2020,2+,9\n1,2021,0,1\n1,2021,1,2\n1,2021,2+,9\n"
              "1,2022,0,1\n1,2022,1,2\n1,2022,2+,9\n2,2020,0,1\n2,2020,1,2\n2,2020,2+,9\n"
              "2,2021,0,1\n2,2021,1,2\n2,2021,2+,9\n2,2022,0,1\n2,2022,1,2\n2,2022,2+,9\n");
    small_load(w, WORLD);
}

static frem_status run(small *w, const frem_run_options *options) {
    const frem_model *models[] = {w->model};
    return frem_results_new(&w->results, w->sources, models, 1, options, w->diags);
}

static const char *label(const frem_document *d, const char *column, const char *key, frem_lang lang) {
    return frem_document_label(d, "w", column, key, lang);
}

static void things_have_names(void **state) {
    (void)state;
    small w;
    load(&w);
    assert_int_equal(run(&w, &(frem_run_options){.threads = 1}), FREM_OK);
    const frem_document *d = frem_results_document(w.results);
    assert_text(label(d, "region", "1", FREM_DA), "En");
    assert_text(label(d, "region", "west", FREM_EN), "west");
    /* One group has all regions: so they are called what it is. */
    assert_text(label(d, "region", "all", FREM_DA), "west");
    assert_text(frem_document_label(d, NULL, "region", "all", FREM_DA), "Alle områder");
    assert_text(label(d, "profession", "p", FREM_DA), "Fag");
    assert_text(label(d, "profession", "p", FREM_EN), "Trade");
    assert_text(label(d, "sector", "job", FREM_DA), "job");
    assert_text(label(d, "measure", "gap", FREM_DA), "Balance");
    assert_text(label(d, "unit", "fte", FREM_DA), "årsværk");
    assert_int_equal(d->n_scenarios, 1);
    assert_text(d->scenarios[0].name, "w");
    assert_text(d->scenarios[0].title.text[FREM_DA], "Lille");
    assert_int_equal(d->scenarios[0].base_year, 2020);
    assert_int_equal(d->scenarios[0].n_groups, 1);
    assert_text(d->scenarios[0].groups[0], "west");
    assert_int_equal(d->scenarios[0].n_regions, 2);
    small_end(&w);
}

static void splits_are_told(void **state) {
    (void)state;
    small w;
    load(&w);
    assert_int_equal(run(&w, &(frem_run_options){.threads = 1}), FREM_OK);
    const frem_document *d = frem_results_document(w.results);
    assert_int_equal(d->n_notes, 2);
    assert_text(d->notes[0].kind, "split-by-key");
    assert_text(d->notes[0].what, "professions.p.cohorts.persons");
    assert_text(d->notes[1].text.text[FREM_EN], "demand.job.employment.p is known for all regions together "
                                                "and is split by population 0–1: figures of "
                                                "single regions follow the key");
    assert_text(d->notes[1].text.text[FREM_DA], "demand.job.employment.p er kun kendt for områderne samlet "
                                                "og er fordelt efter befolkningen 0–1: tal for "
                                                "enkelte områder følger nøglen");
    small_end(&w);
}

static void tables_beside_go_with_the_resolved_scenario(void **state) {
    (void)state;
    small w;
    load(&w);
    assert_int_equal(run(&w, &(frem_run_options){.threads = 1}), FREM_OK);
    const frem_document *d = frem_results_document(w.results);
    assert_int_equal(d->n_tables, 3);
    assert_text(d->tables[0].name, "sub/areas.csv");
    assert_text(d->tables[1].name, "ages.csv");
    assert_text(d->tables[2].name, "people.csv");
    assert_null(d->scenarios[0].resolved); /* only folders need it */
    assert_int_equal(frem_results_resolve(w.results), FREM_OK);
    const char *resolved = d->scenarios[0].resolved;
    /* The name of the results is in the file, which is called otherwise. */
    assert_non_null(strstr(resolved, "fremskriv: 1\nname: \"w\"\n"));
    assert_non_null(strstr(resolved, "table: tables/sub/areas.csv"));
    assert_non_null(strstr(resolved, "population: tables/people.csv"));
    assert_non_null(strstr(resolved, "table: tables/ages.csv"));
    small_end(&w);
}

/* What progress is called with; the number of the call at which to stop. */
typedef struct watch {
    int calls, stop_at;
    uint64_t done, total;
} watch;

static void see(void *context, frem_phase phase, uint64_t done, uint64_t total) {
    watch *seen = context;
    assert_int_equal(phase, FREM_PHASE_PROJECT);
    seen->done = done;
    seen->total = total;
}

static int stop(void *context) {
    watch *seen = context;
    return seen->calls++ == seen->stop_at;
}

static void whoever_watches_can_stop(void **state) {
    (void)state;
    small w;
    load(&w);
    watch seen = {.stop_at = -1};
    const frem_progress progress = {.report = see, .stop = stop, .context = &seen};
    const frem_run_options options = {.threads = 1, .progress = &progress};
    assert_int_equal(run(&w, &options), FREM_OK);
    assert_int_equal(seen.done, 1);
    assert_int_equal(seen.total, 1);
    int calls = seen.calls;
    assert_true(calls > 0);
    frem_results_free(w.results);
    for (int at = 0; at < calls; at++) {
        seen = (watch){.stop_at = at};
        assert_int_equal(run(&w, &options), FREM_INTERRUPTED);
        assert_null(w.results);
    }
    assert_int_equal(frem_diags_count(w.diags), 0);
    small_end(&w);
}

static void instruction_sets_are_asked_for_by_name(void **state) {
    (void)state;
    static const char *const names[] = {"plain", "avx2", "avx512"};
    static const frem_isa sets[] = {FREM_ISA_PLAIN, FREM_ISA_AVX2, FREM_ISA_AVX512};
    for (size_t i = 0; i < 3; i++) {
        small w;
        load(&w);
        frem_status status = run(&w, &(frem_run_options){.threads = 1, .isa = names[i]});
        assert_int_equal(status, frem_isa_here(sets[i]) ? FREM_OK : FREM_USAGE);
        small_end(&w);
    }
    small w;
    load(&w);
    assert_int_equal(run(&w, &(frem_run_options){.isa = "sse9"}), FREM_USAGE);
    assert_null(w.results);
    small_end(&w);
}

static void two_scenarios_need_two_names(void **state) {
    (void)state;
    small w;
    load(&w);
    const frem_model *models[] = {w.model, w.model};
    assert_int_equal(
        frem_results_new(&w.results, w.sources, models, 2, &(frem_run_options){.threads = 1}, w.diags),
        FREM_INVALID);
    assert_text(frem_diags_at(w.diags, 0)->name, "scenario-twice");
    small_end(&w);
}

/* Ten FTE are asked for in 2020, in proportion to those aged 2 and over, who stay as many. */
static void values_are_found_by_their_keys(void **state) {
    (void)state;
    small w;
    double value = 0;
    load(&w);
    assert_int_equal(run(&w, &(frem_run_options){.threads = 1}), FREM_OK);
    frem_value_key key = {.measure = "demand", .profession = "p", .year = 2022};
    assert_int_equal(frem_results_value(w.results, &key, &value), FREM_OK);
    assert_close(value, 10, 1e-9);
    key.region = "1";
    assert_int_equal(frem_results_value(w.results, &key, &value), FREM_OK);
    assert_close(value, 5, 1e-9);
    key.sector = "job";
    assert_int_equal(frem_results_value(w.results, &key, &value), FREM_OK);
    assert_close(value, 5, 1e-9);
    /* Nothing of years outside, nor of flows in the base year. */
    for (int year = 2019; year <= 2023; year += 4) {
        key.year = year;
        assert_int_equal(frem_results_value(w.results, &key, &value), FREM_OK);
        assert_true(isnan(value));
    }
    key = (frem_value_key){.scenario = "w", .measure = "expansion", .profession = "p", .year = 2020};
    assert_int_equal(frem_results_value(w.results, &key, &value), FREM_OK);
    assert_true(isnan(value));
    /* What the results do not know is refused. */
    key.measure = "expansions";
    assert_int_equal(frem_results_value(w.results, &key, &value), FREM_INVALID);
    assert_true(isnan(value));
    small_end(&w);
}

/* Each row of the table is found by its keys. */
static void every_row_is_found(void **state) {
    (void)state;
    small w;
    load(&w);
    assert_int_equal(run(&w, &(frem_run_options){.threads = 1}), FREM_OK);
    const frem_frame *table = frem_results_table(w.results);
    const double *values = frem_frame_numbers(table, FREM_COL_VALUE);
    for (size_t row = 0; row < frem_frame_rows(table); row++) {
        const char *words[FREM_COL_COUNT] = {NULL};
        for (size_t c = 0; c < FREM_COL_COUNT; c++) {
            const uint32_t *codes = frem_frame_label_codes(table, c);
            words[c] = codes != NULL ? frem_frame_label_text(table, c, codes[row]) : NULL;
        }
        const frem_value_key key = {words[FREM_COL_SCENARIO],
                                    words[FREM_COL_VARIANT],
                                    words[FREM_COL_MEASURE],
                                    words[FREM_COL_PROFESSION],
                                    words[FREM_COL_REGION],
                                    words[FREM_COL_SECTOR],
                                    frem_frame_wholes(table, FREM_COL_YEAR)[row]};
        double value = 0;
        assert_int_equal(frem_results_value(w.results, &key, &value), FREM_OK);
        assert_true(value == values[row]);
    }
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(things_have_names),
        cmocka_unit_test(values_are_found_by_their_keys),
        cmocka_unit_test(every_row_is_found),
        cmocka_unit_test(splits_are_told),
        cmocka_unit_test(tables_beside_go_with_the_resolved_scenario),
        cmocka_unit_test(whoever_watches_can_stop),
        cmocka_unit_test(instruction_sets_are_asked_for_by_name),
        cmocka_unit_test(two_scenarios_need_two_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
