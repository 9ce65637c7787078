/* Changes from outside the files: what each makes of a tree, and what is said of those that do not fit. */
#include <stdio.h>

#include "layered.h"

#define FILE_TEXT                                                                                            \
    "title: t\n"                                                                                             \
    "full_time_hours: 40\n"                                                                                  \
    "regions: {table: r.csv, where: {a: b, c: d}}\n"                                                         \
    "programmes:\n"                                                                                          \
    "  k: {completion: 0.5, intake: {2020: 1, 2021: 2, then: hold}, leads_to: p, reform: ~}\n"               \
    "demand:\n"                                                                                              \
    "  s: {employment: {p: 10}, split: equal, follows: {need: 5}}\n"

/* Lays sets over the file: the tree then holds some lines, and this was said. */
static void sets(const char *const *given, size_t n, const char *line, const char *says) {
    layered l;
    layered_begin(&l);
    frem_temp_write(l.folder, "top.yaml", FILE_TEXT);
    assert_int_equal(layered_read(&l, given, n), FREM_OK);
    frem_node *root = NULL;
    frem_text text = {0};
    (void)!frem_draft_root(l.draft, NULL, l.diags, &root);
    assert_int_equal(frem_tree_write(root, NULL, NULL, &text), FREM_OK);
    if (strstr(text.bytes, line) == NULL)
        print_error("%s\n", text.bytes);
    assert_non_null(strstr(text.bytes, line));
    layered_says(&l, says);
    frem_text_free(&text);
    layered_end(&l);
}

static void a_set_lays_a_value(void **state) {
    (void)state;
    static const struct {
        const char *set, *line;
    } cases[] = {
        {"programmes.k.completion=0.8", "  k:\n    completion: 0.8\n"},
        {"title={da: x, en: y}", "title: {da: x, en: y}\n"},
        {"title.da=x", "title: {da: x}\n"},
        {"title=a=b", "title: a=b\n"},
        {"regions.where={e: f}", "regions:\n  table: r.csv\n  where: {e: f}\n"},
        {"regions.where.c=x y", "  where: {a: b, c: x y}\n"},
        {"regions.group_by=[g, h]", "  group_by: [g, h]\n"},
        {"programmes.k.completion={from: 2021, value: 0.7}",
         "completion: {from: 2021, value: 0.7, earlier: 0.5}\n"},
        {"programmes.k.intake.2021=7", "intake: {2020: 1, 2021: 7, then: hold}\n"},
        {"programmes.k.intake.then.growth=0.1",
         "    intake:\n      2020: 1\n      2021: 2\n      then: {hold: hold, growth: 0.1}\n"},
        {"programmes.k.completion.note=x", "completion: {value: 0.5, note: x}\n"},
        {"programmes.k.reform={from: 2022, ects: 5}", "reform: {from: 2022, ects: 5}\n"},
        {"programmes.k.reform.ects=5", "reform: {ects: 5}\n"},
        {"demand.s.split.ages=0-5", "split: {by: equal, ages: 0-5}\n"},
        {"demand.s.employment.q=3", "employment: {p: 10, q: 3}\n"},
        {"demand.s.follows={population: 0-5}", "follows: {need: 5, population: 0-5}\n"},
        {"demand.t={split: equal}", "  t: {split: equal}\n"},
        {"demand.s.employment=~", "employment: ~\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        sets(&cases[i].set, 1, cases[i].line, "");
}

static void a_set_multiplies(void **state) {
    (void)state;
    static const struct {
        const char *sets[2], *line;
    } cases[] = {
        {{"programmes.k.completion*=1.5"}, "completion: {value: 0.5, times: 1.5}\n"},
        {{"programmes.k.completion*=1.5", "programmes.k.completion*=2"},
         "completion: {value: 0.5, times: 3}\n"},
        {{"programmes.k.completion*=1.5", "programmes.k.completion=0.6"}, "completion: 0.6\n"},
        {{"programmes.k.intake*=-2"}, "intake: {2020: 1, 2021: 2, then: hold, times: -2}\n"},
        {{"programmes.k.intake.2021*=3"}, "intake: {2020: 1, 2021: 6, then: hold}\n"},
        {{"demand.s.employment.p*=0.5"}, "p: {value: 10, times: 0.5}\n"},
        {{"full_time_hours*=0.5"}, "full_time_hours: 20\n"},
        /* a value of which nothing is said is its default */
        {{"programmes.k.outside*=2"}, "outside: {value: 0, times: 2}\n"},
        /* a number in place of the whole need */
        {{"demand.s.follows.need*=2"}, "by_age: {value: 5, times: 2}\n"},
        /* what is kept of earlier years as well */
        {{"programmes.k.completion={from: 2021, value: 0.7, times: 2}", "programmes.k.completion*=3"},
         "earlier: {value: 0.5, times: 3}\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        sets(cases[i].sets, cases[i].sets[1] != NULL ? 2 : 1, cases[i].line, "");
    static const char *const twice[] = {"programmes.k.completion={from: 2021, value: 0.7, times: 2}",
                                        "programmes.k.completion*=3"};
    sets(twice, 2, "times: 6\n", "");
}

/* What is added, and what begins in a year. */
static void a_set_changes_from_a_year_on(void **state) {
    (void)state;
    static const struct {
        const char *sets[2], *line;
    } cases[] = {
        {{"programmes.k.completion+=0.1"}, "completion: {value: 0.5, add: 0.1}\n"},
        {{"programmes.k.completion+=-1e-1 from 2027"},
         "completion: {value: 0.5, add: -0.1, from: 2027, earlier: 0.5}\n"},
        {{"programmes.k.completion*=1.1 from 2027"},
         "completion: {value: 0.5, times: 1.1, from: 2027, earlier: 0.5}\n"},
        {{"programmes.k.completion=0.8 from 2027"}, "completion: {value: 0.8, from: 2027, earlier: 0.5}\n"},
        {{"programmes.k.intake={2027: 3, then: hold} from 2027"},
         "    intake:\n      2027: 3\n      then: hold\n      from: 2027\n"
         "      earlier: {2020: 1, 2021: 2, then: hold}\n"},
        {{"programmes.k.completion+=0.1", "programmes.k.completion*=2"},
         "{value: 0.5, add: 0.2, times: 2}\n"},
        {{"programmes.k.outside+=0.1"}, "outside: {value: 0, add: 0.1}\n"},
        {{"programmes.k.intake.2021+=3"}, "intake: {2020: 1, 2021: 5, then: hold}\n"},
        {{"full_time_hours+=-3"}, "full_time_hours: 37\n"},
        /* every value of a map */
        {{"demand.s.employment.q=4", "demand.s.employment*=0.5"},
         "employment:\n      p: {value: 10, times: 0.5}\n      q: {value: 4, times: 0.5}\n"},
        {{"demand.s.extra.p+=50 from 2027"}, "p: {value: 0, add: 50, from: 2027, earlier: 0}\n"},
        {{"demand.s.standard*=1.1 from 2027"}, "standard: {value: 1, times: 1.1, from: 2027, earlier: 1}\n"},
        /* a text that ends so is a text */
        {{"title=The plan from 2027"}, "title: The plan from 2027\n"},
        {{"title=from 2027"}, "title: from 2027\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        sets(cases[i].sets, cases[i].sets[1] != NULL ? 2 : 1, cases[i].line, "");
}

static void what_does_not_fit_has_its_place(void **state) {
    (void)state;
    static const struct {
        const char *set, *says;
    } cases[] = {
        {"programmes.k.completon=1", "--set:1:14: error: there is no 'programmes.k.completon' to set\n"
                                     "hint: did you mean 'programmes.k.completion'?\n"},
        {"demand.x.split=equal", "--set:1:8: error: there is no 'demand.x.split' to set\n"},
        {"demand.x*=2", "--set:1:8: error: there is no 'demand.x' to set\n"},
        {"demand.x=~", "--set:1:8: error: there is no 'demand.x' to set\n"},
        {"demand.x=5", "--set:1:8: error: there is no 'demand.x' to set\n"},
        {"title.da.x=1", "--set:1:10: error: there is no 'title.da.x' to set\n"},
        {"extends=x.yaml", "--set:1:1: error: there is no 'extends' to set\n"},
        {"variants.v.title=x", "--set:1:1: error: there is no 'variants.v.title' to set\n"},
        {"title*=2", "--set:1:1: error: title is not a number or a value that could be changed\n"
                     "hint: `--set title=VALUE` replaces it\n"},
        {"demand.s.split*=2",
         "--set:1:10: error: demand.s.split is not a number or a value that could be changed\n"
         "hint: `--set demand.s.split=VALUE` replaces it\n"},
        {"programmes.k.length*=2",
         "--set:1:14: error: programmes.k.length is not a number or a value that could be changed\n"
         "hint: `--set programmes.k.length=VALUE` replaces it\n"},
        {"ages=~", "--set:1:1: warning: `~` removes nothing: no layer below has ages\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        sets(&cases[i].set, 1, "title: t\n", cases[i].says);
}

/* Those that cannot be read are reported with the others, and nothing of the draft is a scenario then. */
static void what_cannot_be_read_has_its_place(void **state) {
    (void)state;
    static const char *const given[] = {
        "title", "=1", "a..b=1", "title=", "title*=2,5", "æøå.b={a: [}", "title=ok"};
    layered l;
    layered_begin(&l);
    frem_temp_write(l.folder, "top.yaml", FREM_SMALL_TOP FREM_SMALL_PROFESSION FREM_SMALL_SECTOR);
    assert_int_equal(layered_read(&l, given, sizeof given / sizeof *given), FREM_OK);
    frem_scenario *s;
    assert_int_equal(frem_scenario_new(&s, l.draft, NULL, l.diags), FREM_INVALID);
    char *said = layered_said(&l);
    static const char *const parts[] = {
        "--set:1:1: error: 'title' is not PATH=VALUE, PATH*=FACTOR or PATH+=NUMBER\n",
        "--set:2:1: error: '=1' is not PATH=VALUE, PATH*=FACTOR or PATH+=NUMBER\n",
        "--set:3:1: error: 'a..b=1' is not PATH=VALUE, PATH*=FACTOR or PATH+=NUMBER\n",
        "--set:4:1: error: 'title=' is not PATH=VALUE, PATH*=FACTOR or PATH+=NUMBER\n",
        "--set:5:8: error: title: ",
        "--set:6:12: error: a ',' or ']' is missing before this\n",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(said, parts[i]) == NULL)
            print_error("%s\n", said);
        assert_non_null(strstr(said, parts[i]));
    }
    free(said);
    layered_end(&l);
}

/* A set wins over a variant, and tables that it names lie beside the scenario. */
static void sets_lie_over_variants(void **state) {
    (void)state;
    layered l;
    layered_begin(&l);
    frem_temp_write(l.folder, "top.yaml",
                    "title: t\nages: {from: 1}\nvariants:\n  v: {ages: {from: 2, to: 9}, description: d}\n");
    static const char *const given[] = {"ages.from=3", "base_year=scale", "population=p.csv"};
    assert_int_equal(layered_read(&l, given, 3), FREM_OK);
    layered_tree(&l, NULL, "title: t\nages: {from: 3}\nbase_year: scale\npopulation: p.csv\n");
    /* what the scenario itself has comes first, in its order */
    layered_tree(&l, "v",
                 "title: t\nages: {from: 3, to: 9}\nbase_year: scale\npopulation: p.csv\ndescription: d\n");
    frem_node *root;
    assert_int_equal(frem_draft_root(l.draft, NULL, l.diags, &root), FREM_OK);
    const frem_pair *from = frem_node_pair(frem_node_get(root, "ages"), "from");
    assert_text(from->place.file, "--set");
    assert_int_equal(from->place.line, 1);
    assert_int_equal(from->place.column, 6);
    assert_int_equal(from->value->place.column, 11);
    assert_text(from->under->value->text, "1");
    assert_ptr_equal(frem_node_get(root, "population")->source, l.draft->source);
    layered_end(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_lays_a_value),
        cmocka_unit_test(a_set_multiplies),
        cmocka_unit_test(a_set_changes_from_a_year_on),
        cmocka_unit_test(what_does_not_fit_has_its_place),
        cmocka_unit_test(what_cannot_be_read_has_its_place),
        cmocka_unit_test(sets_lie_over_variants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
