/* Files, variants and what comes of them: the merge rules, one by one, on trees written out. */
#include <stdio.h>

#include "layered.h"

/* Two files, base.yaml below top.yaml, give a tree and some words. `top` is written without its `extends`. */
static void lays(const char *base, const char *top, const char *expected, const char *says) {
    layered l;
    layered_begin(&l);
    char whole[2048];
    (void)snprintf(whole, sizeof whole, "extends: base.yaml\n%s", top);
    frem_temp_write(l.folder, "base.yaml", base);
    frem_temp_write(l.folder, "top.yaml", whole);
    assert_int_equal(layered_read(&l, NULL, 0), FREM_OK);
    layered_tree(&l, NULL, expected);
    layered_says(&l, says);
    layered_end(&l);
}

static void mappings_merge_and_all_else_is_replaced(void **state) {
    (void)state;
    static const struct {
        const char *base, *top, *expected;
    } cases[] = {
        /* keys keep their place, new ones come last */
        {"years: {base: 1, until: 2}\ntitle: a\n",
         "title: b\nyears: {until: 3, count: 1 may}\nages: {from: 1}\n",
         "years: {base: 1, until: 3, count: 1 may}\ntitle: b\nages: {from: 1}\n"},
        /* maps and values by name merge, values do not */
        {"demand:\n  a: {employment: {p: {value: 1, source: s}, q: 2}}\n",
         "demand:\n  b: {split: equal}\n  a: {employment: {p: 3, r: 4}}\n",
         "demand:\n  a:\n    employment: {p: 3, q: 2, r: 4}\n  b: {split: equal}\n"},
        {"programmes:\n  k: {intake: {2020: 1, then: hold}}\n", "programmes:\n  k: {intake: {value: 2}}\n",
         "programmes:\n  k:\n    intake: {value: 2}\n"},
        /* texts by name, labels, births and lists are replaced */
        {"regions: {table: t.csv, where: {a: b}, group_by: [c, d]}\n",
         "regions: {where: {e: f}, group_by: [g]}\n",
         "regions:\n  table: t.csv\n  where: {e: f}\n  group_by: [g]\n"},
        {"title: {da: a, en: b}\nretirement_ages: {r: {born: {1900-01-01: 1}}}\n",
         "title: {da: c}\nretirement_ages: {r: {born: {1950-01-01: 2}}}\n",
         "title: {da: c}\nretirement_ages:\n  r:\n    born: {1950-01-01: 2}\n"},
        /* a word that is short for a mapping replaces, and is replaced */
        {"regions: t.csv\npopulation: {table: p.csv, column: n}\n",
         "regions: {where: {a: b}}\npopulation: q.csv\n", "regions:\n  where: {a: b}\npopulation: q.csv\n"},
        /* removed keys stay as such, so that one can see where they went */
        {"title: a\nages: {from: 1, to: 2}\n", "title: ~\nages: {to: ~}\n",
         "title: ~\nages: {from: 1, to: ~}\n"},
        /* the name and the variants of a file are its own */
        {"name: below\ntitle: a\nvariants: {v: {title: b}}\n", "description: c\n",
         "title: a\ndescription: c\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        lays(cases[i].base, cases[i].top, cases[i].expected, "");
}

static void from_keeps_what_is_below(void **state) {
    (void)state;
    static const struct {
        const char *base, *top, *expected;
    } cases[] = {
        {"demand: {a: {standard: 2}}\n", "demand: {a: {standard: {from: 2021, value: 3}}}\n",
         "demand:\n  a:\n    standard: {from: 2021, value: 3, earlier: 2}\n"},
        /* with `earlier` it is a value like others */
        {"demand: {a: {standard: 2}}\n", "demand: {a: {standard: {from: 2021, value: 3, earlier: 4}}}\n",
         "demand:\n  a:\n    standard: {from: 2021, value: 3, earlier: 4}\n"},
        /* three of them */
        {"demand: {a: {extra: {p: {from: 2021, value: 3, earlier: 1}}}}\n",
         "demand: {a: {extra: {p: {from: 2023, value: 4}}}}\n",
         "demand:\n  a:\n    extra:\n      p:\n        from: 2023\n        value: 4\n"
         "        earlier: {from: 2021, value: 3, earlier: 1}\n"},
        /* what begins no earlier is never seen */
        {"demand: {a: {standard: {from: 2023, value: 3, earlier: 1}}}\n",
         "demand: {a: {standard: {from: 2023, value: 4}}}\n",
         "demand:\n  a:\n    standard: {from: 2023, value: 4, earlier: 1}\n"},
        /* nothing below: reported when it is read */
        {"demand: {a: {split: equal}}\n", "demand: {a: {standard: {from: 2021, value: 3}}}\n",
         "demand:\n  a:\n    split: equal\n    standard: {from: 2021, value: 3}\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        lays(cases[i].base, cases[i].top, cases[i].expected, "");
}

/* `times` and `add` alone change what is below; from a year on they keep it for the years before. */
static void changes_change_what_is_below(void **state) {
    (void)state;
    static const struct {
        const char *below, *change, *expected;
    } cases[] = {
        {"2", "{times: 1.5}", "{value: 2, times: 1.5}"},
        {"2", "{add: 50}", "{value: 2, add: 50}"},
        {"2", "{times: 2, add: 1, source: s}", "{value: 2, times: 2, add: 1, source: s}"},
        /* 3 (2 x + 1) + 4 = 6 x + 7 */
        {"{value: 2, times: 2, add: 1}", "{times: 3, add: 4}", "{value: 2, times: 6, add: 7}"},
        {"{value: 2, note: n}", "{from: 2027, times: 1.1}",
         "{value: 2, note: n, times: 1.1, from: 2027, earlier: {value: 2, note: n}}"},
        {"2", "{from: 2027, add: -1}", "{value: 2, add: -1, from: 2027, earlier: 2}"},
        {"{2020: 1, then: hold}", "{from: 2027, times: 2}",
         "{2020: 1, then: hold, times: 2, from: 2027, earlier: {2020: 1, then: hold}}"},
        /* of a value that begins in a year itself: before it, after it */
        {"{from: 2024, value: 3, earlier: 1}", "{from: 2027, times: 2}",
         "{from: 2027, value: 3, times: 2, earlier: {from: 2024, value: 3, earlier: 1}}"},
        {"{from: 2030, value: 3, earlier: 1}", "{from: 2027, times: 2}",
         "{from: 2030, value: 3, earlier: {value: 1, times: 2, from: 2027, earlier: 1}, times: 2}"},
        {"{from: 2030, value: 3, earlier: 1}", "{add: 2}",
         "{from: 2030, value: 3, earlier: {value: 1, add: 2}, add: 2}"},
        {"{value: 2, source: s}", "{value: ~, times: 2, source: ~}", "{value: 2, source: ~, times: 2}"},
        /* over nothing, or over a change of nothing */
        {"~", "{times: 2}", "{times: 2}"},
        {"{times: 2}", "{times: 3}", "{value: 1, times: 6}"},
        {"{from: 2024, add: 1}", "{from: 2027, add: 1}",
         "{value: 1, add: 2, from: 2027, earlier: {value: 1, add: 1, from: 2024, earlier: 1}}"},
        /* what is more than a change takes the place of what is below */
        {"2", "{value: 3, times: 2}", "{value: 3, times: 2}"},
        {"2", "{times: 2, then: hold}", "{times: 2, then: hold}"},
        {"2", "{times: more}", "{times: more}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        layered l, m;
        char below[256], change[256], expected[256];
        (void)snprintf(below, sizeof below, "demand: {a: {standard: %s}}\n", cases[i].below);
        (void)snprintf(change, sizeof change, "extends: base.yaml\ndemand: {a: {standard: %s}}\n",
                       cases[i].change);
        (void)snprintf(expected, sizeof expected, "demand: {a: {standard: %s}}\n", cases[i].expected);
        /* The writer breaks lines: what is expected is written by it too. */
        layered_begin(&m);
        frem_temp_write(m.folder, "top.yaml", expected);
        assert_int_equal(layered_read(&m, NULL, 0), FREM_OK);
        frem_node *root;
        frem_text text = {0};
        assert_int_equal(frem_draft_root(m.draft, NULL, m.diags, &root), FREM_OK);
        assert_int_equal(frem_tree_write(root, NULL, NULL, &text), FREM_OK);
        layered_begin(&l);
        frem_temp_write(l.folder, "base.yaml", below);
        frem_temp_write(l.folder, "top.yaml", change);
        assert_int_equal(layered_read(&l, NULL, 0), FREM_OK);
        layered_tree(&l, NULL, text.bytes);
        frem_text_free(&text);
        layered_end(&l);
        layered_end(&m);
    }
    /* a number that is short for a mapping of one value is that mapping */
    lays("programmes: {k: {specialisations: {a: 0.6}}}\n",
         "programmes: {k: {specialisations: {a: {share: {times: 0.5}}}}}\n",
         "programmes:\n  k:\n    specialisations:\n      a:\n        share: {value: 0.6, times: 0.5}\n", "");
}

static void what_removes_nothing_is_told(void **state) {
    (void)state;
    lays("title: a\n", "ages: ~\ntitle: ~\nregions: {table: ~}\n", "title: ~\nages: ~\nregions: {table: ~}\n",
         "top.yaml:2:1: warning: `~` removes nothing: no layer below has ages\n");
    lays("demand: {a: {split: equal}}\n", "demand: {a: {employment: ~}, b: ~}\n",
         "demand:\n  a: {split: equal, employment: ~}\n  b: ~\n",
         "top.yaml:2:14: warning: `~` removes nothing: no layer below has demand.a.employment\n"
         "top.yaml:2:30: warning: `~` removes nothing: no layer below has demand.b\n");
}

/* Lower files first, in the order of the list; a file reached twice lies there twice. */
static void files_lie_in_order(void **state) {
    (void)state;
    layered l;
    layered_begin(&l);
    frem_temp_write(l.folder, "a.yaml", "title: a\nages: {from: 1, to: 1}\ndescription: a\n");
    frem_temp_write(l.folder, "b.yaml", "extends: ./a.yaml\ntitle: b\nages: {from: 2}\n");
    frem_temp_write(l.folder, "c.yaml", "extends: [a.yaml]\nages: {to: 3}\n");
    frem_temp_write(l.folder, "top.yaml", "extends: [b.yaml, c.yaml]\nbase_year: scale\n");
    assert_int_equal(layered_read(&l, NULL, 0), FREM_OK);
    layered_tree(&l, NULL, "title: a\nages: {from: 1, to: 3}\ndescription: a\nbase_year: scale\n");
    layered_says(&l, "");
    /* every entry knows what it took the place of */
    const frem_pair *title = frem_node_pair(l.draft->files, "title");
    assert_text(title->value->text, "a");
    assert_text(title->under->value->text, "b");
    assert_text(title->under->under->value->text, "a");
    assert_null(title->under->under->under);
    layered_end(&l);
}

/* Laying a file over itself changes nothing, whatever is in it. */
static void the_same_file_twice_changes_nothing(void **state) {
    (void)state;
    static const char *const files[] = {"scenarios/base/denmark.yaml", "scenarios/base/professions/ssa.yaml",
                                        "scenarios/base/programmes/paedagog.yaml",
                                        "tests/bad/good-whole.yaml"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        layered l;
        layered_begin(&l);
        char path[512];
        (void)snprintf(path, sizeof path, "%s/%s", FREM_SOURCE_DIR, files[i]);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        char *text = calloc(1, 1 << 18);
        assert_non_null(text);
        assert_true(fread(text, 1, (1 << 18) - 1, file) > 0);
        (void)fclose(file);
        frem_temp_write(l.folder, "one.yaml", text);
        frem_temp_write(l.folder, "top.yaml", "extends: one.yaml\n");
        assert_int_equal(layered_read(&l, NULL, 0), FREM_OK);
        frem_text once = {0}, twice = {0};
        assert_int_equal(frem_tree_write(l.draft->files, NULL, NULL, &once), FREM_OK);
        frem_draft_free(l.draft);
        frem_temp_write(l.folder, "two.yaml", "extends: [one.yaml, one.yaml, ./one.yaml]\n");
        char *two = frem_temp_path(l.folder, "two.yaml");
        assert_int_equal(frem_draft_new(&l.draft, l.sources, two, NULL, 0, l.diags), FREM_OK);
        assert_int_equal(frem_tree_write(l.draft->files, NULL, NULL, &twice), FREM_OK);
        assert_text(twice.bytes, once.bytes);
        layered_says(&l, "");
        frem_text_free(&once);
        frem_text_free(&twice);
        free(two);
        free(text);
        layered_end(&l);
    }
}

static void rings_and_towers_are_refused(void **state) {
    (void)state;
    layered l;
    layered_begin(&l);
    frem_temp_write(l.folder, "top.yaml", "extends: a.yaml\n");
    frem_temp_write(l.folder, "a.yaml", "extends:\n  - b.yaml\n  - lost.yaml\n");
    frem_temp_write(l.folder, "b.yaml", "extends: [./a.yaml, top.yaml]\n");
    assert_int_equal(layered_read(&l, NULL, 0), FREM_INVALID);
    assert_null(l.draft);
    char *said = layered_said(&l);
    assert_non_null(strstr(said, "b.yaml:1:11: error: the files extend each other in a circle: "
                                 "a.yaml -> b.yaml -> ./a.yaml\n"));
    assert_non_null(strstr(said, "b.yaml:1:21: error: the files extend each other in a circle: "
                                 "top.yaml -> a.yaml -> b.yaml -> top.yaml\n"));
    assert_non_null(strstr(said, "a.yaml:3:5: error: "));
    free(said);
    layered_end(&l);
    layered_begin(&l);
    frem_temp_write(l.folder, "top.yaml", "extends: [a.yaml, a.yaml, a.yaml]\n");
    char name[16], text[64];
    for (int i = 0; i < 5; i++) {
        (void)snprintf(name, sizeof name, "%c.yaml", "abcde"[i]);
        (void)snprintf(text, sizeof text, "extends: [%c.yaml, %c.yaml, %c.yaml]\n", "bcdef"[i], "bcdef"[i],
                       "bcdef"[i]);
        frem_temp_write(l.folder, name, text);
    }
    frem_temp_write(l.folder, "f.yaml", "title: a\n");
    assert_int_equal(layered_read(&l, NULL, 0), FREM_INVALID);
    said = layered_said(&l);
    assert_non_null(strstr(said, "error: more than 64 files lie over each other"));
    assert_int_equal(frem_diags_count(l.diags), 1);
    free(said);
    layered_end(&l);
}

static void variants_of_several_files_are_one(void **state) {
    (void)state;
    layered l;
    layered_begin(&l);
    frem_temp_write(l.folder, "base.yaml",
                    "title: t\nages: {from: 1, to: 2}\nvariants:\n"
                    "  v: {label: one, ages: {from: 5}, title: ~}\n"
                    "  w: {title: w}\n"
                    "  gone: {title: g}\n");
    frem_temp_write(l.folder, "top.yaml",
                    "extends: base.yaml\ndescription: d\nvariants:\n"
                    "  gone: ~\n"
                    "  own: {}\n"
                    "  v: {ages: {to: 6}, description: ~, base_year: scale}\n");
    assert_int_equal(layered_read(&l, NULL, 0), FREM_OK);
    assert_int_equal(frem_draft_variants(l.draft), 3);
    assert_text(frem_draft_variant(l.draft, 0), "v");
    assert_text(frem_draft_variant(l.draft, 1), "w");
    assert_text(frem_draft_variant(l.draft, 2), "own");
    assert_null(frem_draft_variant(l.draft, 3));
    layered_tree(&l, NULL, "title: t\nages: {from: 1, to: 2}\ndescription: d\n");
    layered_tree(&l, "v", "title: ~\nages: {from: 5, to: 6}\ndescription: ~\nbase_year: scale\n");
    layered_tree(&l, "w", "title: w\nages: {from: 1, to: 2}\ndescription: d\n");
    layered_tree(&l, "own", "title: t\nages: {from: 1, to: 2}\ndescription: d\n");
    assert_text(frem_draft_find(l.draft, "v")->label.text[FREM_DA], "one");
    layered_says(&l, "");
    layered_end(&l);
}

/* The base has a mistake, and so has a variant: both are reported, the base's once. */
static void variants_are_checked_beside_a_faulty_base(void **state) {
    (void)state;
    layered l;
    layered_begin(&l);
    frem_temp_write(l.folder, "top.yaml",
                    FREM_SMALL_TOP FREM_SMALL_PROFESSION "    death: 2\n" FREM_SMALL_SECTOR "variants:\n"
                                                         "  v: {professions: {sosu: {death: 3}}}\n"
                                                         "  w: {professions: {sosu: {emigration: 4}}}\n");
    assert_int_equal(layered_read(&l, NULL, 0), FREM_OK);
    frem_scenario *scenario;
    assert_int_equal(frem_scenario_new(&scenario, l.draft, NULL, l.diags), FREM_INVALID);
    assert_int_equal(frem_scenario_new(&scenario, l.draft, "v", l.diags), FREM_INVALID);
    assert_int_equal(frem_scenario_new(&scenario, l.draft, "w", l.diags), FREM_INVALID);
    layered_says(&l, "top.yaml:9:12: error: professions.sosu.death: 2 is outside 0 to 1\n"
                     "hint: a share is written as a fraction: 0.02 for 2 per cent\n"
                     "top.yaml:13:35: error: professions.sosu.death: 3 is outside 0 to 1\n"
                     "hint: a share is written as a fraction: 0.03 for 3 per cent\n"
                     "top.yaml:14:40: error: professions.sosu.emigration: 4 is outside 0 to 1\n"
                     "hint: a share is written as a fraction: 0.04 for 4 per cent\n");
    layered_end(&l);
}

static void a_scenario_knows_its_variant(void **state) {
    (void)state;
    layered l;
    layered_begin(&l);
    frem_temp_write(
        l.folder, "top.yaml",
        FREM_SMALL_TOP FREM_SMALL_PROFESSION FREM_SMALL_SECTOR
        "title: {da: Alle, en: All}\n"
        "variants:\n  v: {label: {da: To}, professions: {sosu: {death: 0.25}}}\n  w: {title: Other}\n");
    assert_int_equal(layered_read(&l, NULL, 0), FREM_OK);
    static const struct {
        const char *name, *variant, *title, *label;
        bool death;
    } expected[] = {
        {NULL, "base", "All", NULL, false},
        {"base", "base", "All", NULL, false},
        {"v", "v", "All", "To", true},
        {"w", "w", "Other", "w", false},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        frem_scenario *s;
        assert_int_equal(frem_scenario_new(&s, l.draft, expected[i].name, l.diags), FREM_OK);
        assert_text(frem_scenario_variant(s), expected[i].variant);
        assert_text(frem_scenario_name(s), "top");
        assert_text(s->title.text[FREM_EN], expected[i].title);
        if (expected[i].label == NULL)
            assert_null(s->label.text[FREM_EN]);
        else
            assert_text(s->label.text[FREM_EN], expected[i].label);
        assert_int_equal(frem_value_given(&s->professions.items[0].death), expected[i].death);
        frem_scenario_free(s);
    }
    frem_scenario *none;
    assert_int_equal(frem_scenario_new(&none, l.draft, "vv", l.diags), FREM_INVALID);
    assert_null(none);
    layered_says(&l, "top.yaml: error: the scenario has no variant 'vv'\n");
    layered_end(&l);
}

/* The resolved file of a scenario, written over top.yaml, gives the same trees. */
static void resolved(const layered *l) {
    layered again;
    layered_begin(&again);
    frem_scenario *s;
    frem_node *root;
    frem_text text = {0};
    const char *names[8];
    size_t variants = frem_draft_variants(l->draft);
    for (size_t i = 0; i < variants; i++)
        names[i] = frem_draft_variant(l->draft, i);
    assert_int_equal(frem_scenario_new(&s, l->draft, NULL, l->diags), FREM_OK);
    assert_int_equal(frem_scenario_resolve(s, names, variants, &root), FREM_OK);
    assert_int_equal(frem_tree_write(root, NULL, NULL, &text), FREM_OK);
    frem_temp_write(again.folder, "top.yaml", text.bytes);
    assert_int_equal(layered_read(&again, NULL, 0), FREM_OK);
    assert_int_equal(frem_draft_variants(again.draft), variants);
    for (size_t i = 0; i <= variants; i++) {
        frem_text expected = {0};
        const char *name = i < variants ? names[i] : NULL;
        const frem_draft_variant_layers *layers = name != NULL ? frem_draft_find(l->draft, name) : NULL;
        frem_node *tree;
        assert_int_equal(frem_draft_root(l->draft, layers, l->diags, &tree), FREM_OK);
        frem_text_add(&expected, "");
        assert_int_equal(frem_tree_write(tree, NULL, NULL, &expected), FREM_OK);
        /* what the resolved file has besides: its name, behind the first line */
        char *line = strchr(expected.bytes, '\n') + 1, whole[4096];
        (void)snprintf(whole, sizeof whole, "%.*sname: \"%s\"\n%s", (int)(line - expected.bytes),
                       expected.bytes, frem_scenario_name(s), line);
        layered_tree(&again, name, whole);
        frem_text_free(&expected);
    }
    layered_says(&again, "");
    frem_scenario_free(s);
    frem_text_free(&text);
    layered_end(&again);
}

static void resolved_scenarios_say_the_same(void **state) {
    (void)state;
    static const char *const sets[] = {
        "professions.sosu.death=0.01",          "demand.pleje.standard*=1.5",
        "demand.pleje.standard+=0.1 from 2023", "demand.pleje.productivity*=1.01 from 2024",
        "professions.new={supply: none}",       "demand.pleje.employment.new=3"};
    for (size_t n = 0; n <= sizeof sets / sizeof *sets; n++) {
        layered l;
        layered_begin(&l);
        frem_temp_write(
            l.folder, "top.yaml",
            "extends: base.yaml\n"
            "demand: {pleje: {standard: {from: 2022, value: 1.1}}}\n"
            "variants:\n"
            "  v: {professions: {sosu: {death: 0.5, emigration: ~}}}\n"
            "  w: {demand: {pleje: {standard: {from: 2023, value: 1.2}, follows: {population: 0-5}}}}\n"
            "  x: {ages: {from: 20}}\n");
        frem_temp_write(l.folder, "base.yaml",
                        FREM_SMALL_TOP FREM_SMALL_PROFESSION
                        "    emigration: 0.02\n"
                        "demand:\n  pleje: {employment: {sosu: 50}, follows: constant, standard: 1}\n"
                        "variants: {v: {professions: {other: {supply: none}}}}\n");
        assert_int_equal(layered_read(&l, sets, n), FREM_OK);
        resolved(&l);
        layered_says(&l, "");
        layered_end(&l);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mappings_merge_and_all_else_is_replaced),
        cmocka_unit_test(from_keeps_what_is_below),
        cmocka_unit_test(changes_change_what_is_below),
        cmocka_unit_test(what_removes_nothing_is_told),
        cmocka_unit_test(files_lie_in_order),
        cmocka_unit_test(the_same_file_twice_changes_nothing),
        cmocka_unit_test(rings_and_towers_are_refused),
        cmocka_unit_test(variants_of_several_files_are_one),
        cmocka_unit_test(variants_are_checked_beside_a_faulty_base),
        cmocka_unit_test(a_scenario_knows_its_variant),
        cmocka_unit_test(resolved_scenarios_say_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
