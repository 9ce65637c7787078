#include "unit/tables/sample.h"

#define TABLE "code,name,kkr\n0461,Odense,Syddanmark\n101,København,Hovedstaden\n420,Assens,Syddanmark\n"

static const frem_place ASKED = {"s.yaml", 7, 3};

static void assert_rows(sample *s, const frem_filter *filters, size_t n_filters, const size_t *want,
                        size_t n_want) {
    size_t *rows = NULL, n_rows = 0;
    assert_int_equal(frem_table_select(s->table, filters, n_filters, s->diags, &rows, &n_rows), FREM_OK);
    assert_int_equal(n_rows, n_want);
    assert_memory_equal(rows, want, n_want * sizeof *want);
    free(rows);
}

static void rows_that_pass(void **state) {
    (void)state;
    sample s;
    sample_good(&s, TABLE);
    frem_filter south = {"kkr", "Syddanmark", ASKED, false};
    assert_rows(&s, NULL, 0, (const size_t[]){0, 1, 2}, 3);
    assert_rows(&s, &south, 1, (const size_t[]){0, 2}, 2);
    frem_filter both[] = {south, {"name", "Assens", ASKED, false}};
    assert_rows(&s, both, 2, (const size_t[]){2}, 1);
    frem_filter none = {"kkr", "Syd", ASKED, false};
    assert_rows(&s, &none, 1, (const size_t[]){0}, 0);
    sample_close(&s);
}

/* A filter compares numbers where both are numbers, sexes in a column of sexes, and else keys. */
static void how_a_filter_compares(void **state) {
    (void)state;
    sample s;
    sample_good(&s, TABLE);
    frem_filter number = {"code", "461", ASKED, false};
    assert_rows(&s, &number, 1, (const size_t[]){0}, 1);
    frem_filter text = {"kkr", "syddanmark", ASKED, false};
    assert_rows(&s, &text, 1, (const size_t[]){0, 2}, 2);
    sample_close(&s);
    sample_good(&s, "branch\ndag\nDag \n dag\ndage\ndag\xC2\xA0\nd ag\n");
    frem_filter blank = {"branch", "dag", ASKED, false};
    assert_rows(&s, &blank, 1, (const size_t[]){0, 1, 2, 4}, 4);
    sample_close(&s);
    sample_good(&s, "sex,code\nK,1\nm\xC3\xA6nd,2\n2,K\nM,2\nx,f\n");
    frem_filter women = {"sex", "kvinder", ASKED, false}, code = {"code", "K", ASKED, false};
    assert_rows(&s, &women, 1, (const size_t[]){0, 2}, 2);
    assert_rows(&s, &code, 1, (const size_t[]){2}, 1);
    sample_close(&s);
    sample_good(&s, "name\nA\xCC\x8Arhus\n\xC3\x85rhus\nArhus\n");
    frem_filter ring = {"name", "\xC3\x85rhus", ASKED, false};
    assert_rows(&s, &ring, 1, (const size_t[]){0, 1}, 2);
    sample_close(&s);
}

/* What one question found is no answer to the next: another column, another text, the texts the other way round. */
static void one_question_after_another(void **state) {
    (void)state;
    sample s;
    sample_good(&s, "from,to\n1,2\n2,1\n12,\n1,1\n");
    frem_filter from_1 = {"from", "1", ASKED, false}, to_1 = {"to", "1", ASKED, false},
                from_2 = {"from", "2", ASKED, false};
    frem_filter from_12 = {"from", "12", ASKED, false}, to_none = {"to", "", ASKED, false};
    for (int again = 0; again < 2; again++) {
        assert_rows(&s, &from_1, 1, (const size_t[]){0, 3}, 2);
        assert_rows(&s, &from_1, 1, (const size_t[]){0, 3}, 2);
        assert_rows(&s, &to_1, 1, (const size_t[]){1, 3}, 2);
        assert_rows(&s, &from_2, 1, (const size_t[]){1}, 1);
        assert_rows(&s, &from_12, 1, (const size_t[]){2}, 1);
        assert_rows(&s, (frem_filter[]){from_1, to_1}, 2, (const size_t[]){3}, 1);
        assert_rows(&s, (frem_filter[]){from_12, to_none}, 2, (const size_t[]){2}, 1);
        assert_rows(&s, NULL, 0, (const size_t[]){0, 1, 2, 3}, 4);
    }
    sample_close(&s);
}

static void unknown_filter_column(void **state) {
    (void)state;
    sample s;
    size_t *rows = NULL, n_rows = 0;
    sample_good(&s, TABLE);
    frem_filter filters[] = {{"krk", "Syddanmark", ASKED, false},
                             {"befolkning", "1", {"s.yaml", 8, 3}, false}};
    assert_int_equal(frem_table_select(s.table, filters, 2, s.diags, &rows, &n_rows), FREM_INVALID);
    assert_null(rows);
    assert_problems(
        s.diags,
        "s.yaml:7:3: error: t.csv has no column 'krk' (it has code, name, kkr)\nhint: did you mean 'kkr'?",
        "s.yaml:8:3: error: t.csv has no column 'befolkning' (it has code, name, kkr)");
    sample_close(&s);
}

static void distinct_texts(void **state) {
    (void)state;
    sample s;
    frem_index *index = NULL;
    sample_good(&s, TABLE);
    assert_int_equal(frem_table_distinct(s.table, "kkr", NULL, 0, ASKED, s.diags, &index), FREM_OK);
    assert_int_equal(frem_index_count(index), 2);
    assert_text(frem_index_name(index, 0), "Syddanmark");
    assert_text(frem_index_name(index, 1), "Hovedstaden");
    frem_index_free(index);
    frem_filter south = {"kkr", "Syddanmark", ASKED, false};
    assert_int_equal(frem_table_distinct(s.table, "code", &south, 1, ASKED, s.diags, &index), FREM_OK);
    assert_int_equal(frem_index_count(index), 2);
    assert_text(frem_index_name(index, 0), "0461");
    assert_text(frem_index_name(index, 1), "420");
    frem_index_free(index);
    sample_close(&s);
}

static void distinct_of_nothing(void **state) {
    (void)state;
    sample s;
    frem_index *index = NULL;
    sample_good(&s, TABLE);
    frem_filter wrong = {"kkr", "Sydanmark", {"s.yaml", 9, 15}, false};
    assert_int_equal(frem_table_distinct(s.table, "code", &wrong, 1, ASKED, s.diags, &index), FREM_INVALID);
    frem_filter never[] = {{"kkr", "Syddanmark", ASKED, false}, {"name", "København", ASKED, false}};
    assert_int_equal(frem_table_distinct(s.table, "code", never, 2, ASKED, s.diags, &index), FREM_INVALID);
    assert_int_equal(frem_table_distinct(s.table, "kode", NULL, 0, ASKED, s.diags, &index), FREM_INVALID);
    assert_null(index);
    assert_problems(
        s.diags,
        "s.yaml:9:15: error: t.csv has no row where 'kkr' is 'Sydanmark'\nhint: did you mean 'Syddanmark'?",
        "s.yaml:7:3: error: t.csv has no row that passes all the filters",
        "s.yaml:7:3: error: t.csv has no column 'kode' (it has code, name, kkr)\n"
        "hint: did you mean 'code'?");
    sample_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_pass),
        cmocka_unit_test(how_a_filter_compares),
        cmocka_unit_test(one_question_after_another),
        cmocka_unit_test(unknown_filter_column),
        cmocka_unit_test(distinct_texts),
        cmocka_unit_test(distinct_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
