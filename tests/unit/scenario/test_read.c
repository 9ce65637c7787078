/* Every type of field, every form of value, places, paths, defaults, and the list of parameters. */
#include <limits.h>
#include <stdio.h>

#include "core/core.h"
#include "numeric/numeric.h"
#include "small.h"

#define ALL FREM_SMALL_TOP FREM_SMALL_PROFESSION FREM_SMALL_SECTOR

static void assert_at(const frem_small *small, frem_place place, unsigned line, unsigned column) {
    assert_text(place.file, small->path);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static const frem_profession *profession(const frem_small *small) {
    return &small->scenario->professions.items[0];
}

static void test_defaults(void **state) {
    (void)state;
    frem_small small;
    small_good(&small, ALL);
    const frem_scenario *s = small.scenario;
    assert_text(frem_scenario_name(s), "small");
    assert_text(s->title.text[FREM_DA], "small");
    assert_int_equal(s->version, 1);
    assert_int_equal(s->years.count.month, 1);
    assert_int_equal(s->years.count.day, 1);
    assert_int_equal(s->ages.from, 15);
    assert_int_equal(s->ages.to, 74);
    assert_int_equal(s->ages.oldest, FREM_OLDEST_OPEN);
    assert_null(s->ages.head.node);
    assert_close(s->full_time_hours, 37, 0);
    assert_text(s->regions.table, "regions.csv");
    assert_text(s->regions.key, "code");
    assert_text(s->regions.name, "name");
    assert_int_equal(s->regions.group_by.count, 0);
    assert_int_equal(s->base_mode, FREM_BASE_COHORTS);
    assert_false(frem_value_given(&profession(&small)->unemployment));
    assert_null(profession(&small)->retirement.head.node);
    assert_true(isnan(profession(&small)->retirement.earliest));
    assert_int_equal(s->demand.items[0].follows.driver, FREM_FOLLOWS_CONSTANT);
    small_free(&small);
}

static void test_scalars(void **state) {
    (void)state;
    frem_small small;
    small_good(&small, "fremskriv: 1\n"
                       "name: mit\n"
                       "title: {da: Titel, en: Title}\n"
                       "description: Kun dansk\n"
                       "years: {base: 2020, until: 2024, count: 30 june}\n"
                       "ages: {from: 0, to: 99, oldest: leaves}\n"
                       "base_year: overwrite\n"
                       "full_time_hours: 37.5\n"
                       "regions:\n"
                       "  table: r.csv\n"
                       "  where: {kkr: Syddanmark, type: 1}\n"
                       "  group_by: [kkr, region]\n"
                       "population: {table: p.csv, where: {x: y}}\n"
                       "retirement_ages:\n"
                       "  pension: {born: {1900-01-01: 65, 1954-07-01: 65.5}}\n" FREM_SMALL_PROFESSION
                       "    part_time: {share: 0.5, hours: 30}\ndemand:\n"
                       "  a: {label: {da: Kun dansk}, employment: {sosu: 1}, follows: {population: 0-5}}\n"
                       "  b: {employment: {sosu: 1}, follows: {population: 18+}}\n"
                       "  c: {employment: {sosu: 1}, follows: {population: 17}}\n");
    const frem_scenario *s = small.scenario;
    assert_text(frem_scenario_name(s), "mit");
    assert_text(s->title.text[FREM_DA], "Titel");
    assert_text(s->title.text[FREM_EN], "Title");
    assert_text(s->description.text[FREM_EN], "Kun dansk");
    assert_int_equal(s->years.count.month, 6);
    assert_int_equal(s->years.count.day, 30);
    assert_int_equal(s->ages.oldest, FREM_OLDEST_LEAVES);
    assert_int_equal(s->base_mode, FREM_BASE_OVERWRITE);
    assert_close(s->full_time_hours, 37.5, 0);
    assert_int_equal(s->regions.where.count, 2);
    assert_text(s->regions.where.items[1].key, "type");
    assert_text(s->regions.where.items[1].text, "1");
    assert_at(&small, s->regions.where.items[1].place, 11, 28);
    assert_int_equal(s->regions.group_by.count, 2);
    assert_text(s->regions.group_by.items[1], "region");
    const frem_births *born = &s->retirement_ages.items[0].born;
    assert_int_equal(born->count, 2);
    assert_int_equal(born->items[1].year, 1954);
    assert_int_equal(born->items[1].month, 7);
    assert_int_equal(born->items[1].day, 1);
    assert_close(born->items[1].number, 65.5, 0);
    assert_text(s->demand.items[0].label.text[FREM_EN], "Kun dansk");
    assert_int_equal(s->demand.items[0].follows.population.from, 0);
    assert_int_equal(s->demand.items[0].follows.population.to, 5);
    assert_int_equal(s->demand.items[1].follows.population.from, 18);
    assert_int_equal(s->demand.items[1].follows.population.to, INT_MAX);
    assert_int_equal(s->demand.items[2].follows.population.to, 17);
    small_free(&small);
}

static void test_entries(void **state) {
    (void)state;
    frem_small small;
    small_good(&small, FREM_SMALL_TOP "retirement_ages: {pension: {year: {2020: 65, then: hold}}}\n" /* 6 */
                                      "professions:\n"
                                      "  sosu:\n"
                                      "    cohorts: {persons: 100, ages: {table: a.csv, column: n}}\n"
                                      "    retirement:\n" /* 10 */
                                      "      kind: exit\n"
                                      "      age: pension\n"
                                      "      leaves: {mean: 0, spread: 2}\n"
                                      "      earliest: 55\n"
                                      "      latest: 70\n" FREM_SMALL_SECTOR);
    const frem_profession *p = profession(&small);
    assert_text(p->head.key, "sosu");
    assert_text(p->head.path, "professions.sosu");
    assert_at(&small, p->head.place, 8, 3);
    assert_text(p->retirement.head.path, "professions.sosu.retirement");
    assert_at(&small, p->retirement.head.place, 10, 5);
    assert_at(&small, frem_entry_place(&p->retirement.head, "earliest"), 14, 7);
    assert_at(&small, frem_entry_place(&p->retirement.head, "threshold"), 10, 5);
    assert_text(p->retirement.leaves.spread.head.path, "professions.sosu.retirement.leaves.spread");
    /* One name alone is a share of 1 of it. */
    assert_int_equal(p->retirement.age.count, 1);
    assert_text(p->retirement.age.items[0].key, "pension");
    assert_close(p->retirement.age.items[0].value.number, 1, 0);
    assert_text(p->retirement.age.items[0].value.head.path, "professions.sosu.retirement.age.pension");
    /* A default is read as if the file had it, at the mapping that lacks it. */
    const frem_value *response = &p->retirement.leaves.response;
    assert_close(response->number, 1, 0);
    assert_at(&small, response->head.place, 13, 7);
    assert_text(response->head.node->text, "1");
    small_free(&small);
}

static void test_shorthands(void **state) {
    (void)state;
    frem_small small;
    small_good(&small,
               FREM_SMALL_TOP "professions:\n"
                              "  sosu:\n"
                              "    cohorts: {persons: 100, ages: {table: a.csv, column: n}, split: equal}\n"
                              "    absence: 0.05\n" FREM_SMALL_SECTOR);
    assert_int_equal(profession(&small)->cohorts.split.by, FREM_SPLIT_EQUAL);
    assert_close(profession(&small)->absence.share.number, 0.05, 0);
    assert_text(profession(&small)->absence.share.head.path, "professions.sosu.absence.share");
    small_free(&small);
}

/* The value of `unemployment: TEXT` on line 9, column 19. */
static const frem_value *read_value(frem_small *small, const char *text) {
    char yaml[1024];
    (void)snprintf(yaml, sizeof yaml, "%s    unemployment: %s\n%s", FREM_SMALL_TOP FREM_SMALL_PROFESSION,
                   text, FREM_SMALL_SECTOR);
    small_good(small, yaml);
    const frem_value *value = &profession(small)->unemployment;
    assert_text(value->head.path, "professions.sosu.unemployment");
    if (frem_value_given(value))
        assert_at(small, value->head.place, 9, 5);
    return value;
}

static void test_numbers(void **state) {
    (void)state;
    frem_small small;
    const frem_value *value = read_value(&small, "0.04");
    assert_int_equal(value->form, FREM_VALUE_NUMBER);
    assert_close(value->number, 0.04, 0);
    small_free(&small);
    value = read_value(&small, "{value: 4e-2, source: AKU, unit: andel, note: sæsonkorrigeret}");
    assert_int_equal(value->form, FREM_VALUE_NUMBER);
    assert_close(value->number, 0.04, 0);
    assert_text(value->source.text[FREM_EN], "AKU");
    assert_text(value->unit, "andel");
    assert_text(value->note, "sæsonkorrigeret");
    small_free(&small);
    value = read_value(&small, "~");
    assert_int_equal(value->form, FREM_VALUE_NONE);
    small_free(&small);
}

static void test_paths(void **state) {
    (void)state;
    frem_small small;
    const frem_value *value =
        read_value(&small, "{2020: 0.04, 2022: 0.03, between: linear, then: {growth: 0.01}}");
    assert_int_equal(value->form, FREM_VALUE_PATH);
    assert_int_equal(value->points.count, 2);
    assert_int_equal(value->points.items[1].year, 2022);
    assert_close(value->points.items[1].number, 0.03, 0);
    assert_at(&small, value->points.items[1].place, 9, 32);
    assert_int_equal(value->between, 1 + FREM_BETWEEN_LINEAR);
    assert_close(value->then.growth, 0.01, 0);
    assert_int_equal(value->then.hold, 0);
    assert_int_equal(value->before, 0);
    small_free(&small);
    value =
        read_value(&small, "{2021: 0.04, 2022: 0.03, 2023: 0.02, between: spline, before: hold, then: hold}");
    assert_int_equal(value->between, 1 + FREM_BETWEEN_SPLINE);
    assert_int_equal(value->before, 1);
    assert_int_equal(value->then.hold, 1);
    assert_true(isnan(value->then.growth));
    small_free(&small);
    value = read_value(&small, "{2020: 0.04, 2024: 0.02, between: step}");
    assert_int_equal(value->between, 1 + FREM_BETWEEN_STEP);
    assert_null(value->then.head.node);
    small_free(&small);
}

static void test_growth(void **state) {
    (void)state;
    frem_small small;
    const frem_value *value = read_value(&small, "{start: 0.04, growth: -0.02}");
    assert_int_equal(value->form, FREM_VALUE_GROWTH);
    assert_close(value->start, 0.04, 0);
    assert_close(value->growth, -0.02, 0);
    small_free(&small);
}

static void test_tables(void **state) {
    (void)state;
    frem_small small;
    const frem_value *value =
        read_value(&small, "{table: t.csv, ratio: [a, b], where: {art: x}, keys: {region: kom}, outside: 0}");
    assert_int_equal(value->form, FREM_VALUE_TABLE);
    assert_text(value->table, "t.csv");
    assert_null(value->column);
    assert_int_equal(value->ratio.count, 2);
    assert_text(value->ratio.items[1], "b");
    assert_text(value->where.items[0].text, "x");
    assert_text(value->keys.items[0].key, "region");
    assert_text(value->keys.items[0].text, "kom");
    assert_close(value->outside, 0, 0);
    small_free(&small);
    value = read_value(&small, "{table: t.csv, column: a}");
    assert_text(value->column, "a");
    assert_true(isnan(value->outside));
    small_free(&small);
    value = read_value(&small, "{table: t.csv, product: [a, b, c, d]}");
    assert_int_equal(value->product.count, 4);
    small_free(&small);
}

/* What is merged has the paths of where it is merged to, and an own key wins. */
static void test_merging(void **state) {
    (void)state;
    frem_small small;
    small_good(&small, FREM_SMALL_TOP "professions:\n"
                                      "  sosu: &faelles\n"
                                      "    cohorts: {persons: 100, ages: {table: a.csv, column: n}}\n"
                                      "    unemployment: &ledige 0.04\n"
                                      "    death: 0.002\n" /* 10 */
                                      "  laerer:\n"
                                      "    <<: *faelles\n"
                                      "    death: ~\n"
                                      "    emigration: *ledige\n" FREM_SMALL_SECTOR);
    const frem_profession *other = &small.scenario->professions.items[1];
    assert_close(other->cohorts.persons.number, 100, 0);
    assert_text(other->cohorts.persons.head.path, "professions.laerer.cohorts.persons");
    assert_close(other->unemployment.number, 0.04, 0);
    assert_text(other->unemployment.head.path, "professions.laerer.unemployment");
    assert_at(&small, other->unemployment.head.place, 9, 5);
    assert_false(frem_value_given(&other->death));
    assert_close(other->emigration.number, 0.04, 0);
    assert_at(&small, other->emigration.head.place, 14, 5);
    small_free(&small);
}

/* Parameters are listed as the file has them; defaults come after what is given beside them. */
static void test_parameters(void **state) {
    (void)state;
    frem_small small;
    small_good(&small, "demand:\n"
                       "  pleje: {follows: constant, productivity: 1.1, employment: {sosu: 50}}\n"
                       "professions:\n"
                       "  sosu:\n"
                       "    unemployment: 0.04\n"
                       "    cohorts: {ages: {table: a.csv, column: n}, persons: 100}\n"
                       "    participation: 0.9\n"
                       "programmes:\n"
                       "  sosu: {length: 2, intake: {2017: 1, then: hold}, leads_to: sosu, completion: 0.8,\n"
                       "         entry: {table: a.csv, column: e}}\n" FREM_SMALL_TOP);
    static const char *const paths[] = {"demand.pleje.productivity",        "demand.pleje.employment.sosu",
                                        "professions.sosu.unemployment",    "professions.sosu.cohorts.ages",
                                        "professions.sosu.cohorts.persons", "professions.sosu.participation",
                                        "programmes.sosu.length",           "programmes.sosu.intake",
                                        "programmes.sosu.completion",       "programmes.sosu.entry",
                                        "programmes.sosu.outside",          "programmes.sosu.return_share",
                                        "programmes.sosu.qualified_share"};
    const frem_scenario *s = small.scenario;
    assert_int_equal(s->parameters.count, sizeof paths / sizeof *paths);
    for (size_t i = 0; i < s->parameters.count; i++) {
        assert_text(s->parameters.items[i]->head.path, paths[i]);
        assert_int_equal(s->parameters.items[i]->parameter, i);
    }
    assert_int_equal(profession(&small)->death.parameter, SIZE_MAX);
    small_free(&small);
}

static void test_birth(void **state) {
    (void)state;
    static const char *const bad[] = {"",           "1954",       "1954-01-1",  "1954-13-01",
                                      "1954-00-01", "1954-02-30", "1954-01-00", "1954-01-011",
                                      "1799-12-31", "+954-01-01", "1954/01/01", "1954-+1-01"};
    frem_birth birth = {.number = 65};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(frem_birth_read(bad[i], &birth));
    assert_true(frem_birth_read("1956-02-29", &birth));
    assert_int_equal(birth.year, 1956);
    assert_int_equal(birth.month, 2);
    assert_int_equal(birth.day, 29);
    assert_close(birth.number, 65, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),   cmocka_unit_test(test_scalars), cmocka_unit_test(test_entries),
        cmocka_unit_test(test_shorthands), cmocka_unit_test(test_numbers), cmocka_unit_test(test_paths),
        cmocka_unit_test(test_growth),     cmocka_unit_test(test_tables),  cmocka_unit_test(test_merging),
        cmocka_unit_test(test_parameters), cmocka_unit_test(test_birth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
