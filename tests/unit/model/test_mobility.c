/* Immigration, returners, moves and commuting: what the core is given, and people conserved. */
#include "loaded.h"
#include "model/batch.h"

#define HEAD                                                                                                 \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2024, until: 2026, count: 1 january}\n"                                                   \
    "ages: {from: 20, to: 22}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: regions.csv, where: {part: x}}\n"                                                      \
    "demand: {s: {employment: {p: 3}, follows: constant, split: equal}}\n"                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: {table: stock.csv, column: persons, outside: 0}}\n"

/* Regions A, B and C; the table has D too, which the scenario leaves out. The stock is 100, 200 and 50, all aged 20. */
static void begin(loaded *l) {
    loaded_begin(l);
    frem_temp_write(l->folder, "regions.csv", "code,name,part\nA,Aby,x\nB,Beby,x\nC,Ceby,x\nD,Deby,y\n");
    frem_temp_write(l->folder, "stock.csv", "region,age,persons\nA,20,100\nB,20,200\nC,20,50\n");
    frem_temp_write(l->folder, "ages.csv", "age,persons\n20,3\n22,1\n");
}

static void check_three(frem_lanes lanes, size_t from, const double *wanted) {
    for (size_t i = 0; i < 3; i++)
        assert_close(loaded_number(lanes, from + i), wanted[i], 1e-12);
}

/* A: .2 to B, .1 to D, which is none of the scenario's, .05 outside; the .6 who stay are not looked at. B: .1 to A.
 * C: in no row, so everybody stays. D's own row is of people whom the scenario does not hold. */
static void a_matrix_of_moves(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "moves.csv",
                    "from,to,share\nA,A,0.6\nA,B,0.2\nA,D,0.1\nA,outside,0.05\nB,A,0.1\nD,A,0.9\nD,B,0.9\n");
    loaded_good(&l, HEAD "    moves: {matrix: moves.csv}\n");
    const frem_core_profession *p = loaded_inputs(&l)->professions;
    check_three(p->moves, 0, (const double[]){0, 0.2, 0});
    check_three(p->moves, 3, (const double[]){0.1, 0, 0});
    check_three(p->moves, 6, (const double[]){0, 0, 0});
    check_three(p->moves_outside, 0, (const double[]){0.15, 0, 0});
    assert_null(p->net_moves.at);
    assert_null(p->commuting.at);
    /* 2025: A 100 - 20 - 15 + 20 = 85; B 200 - 20 + 20 = 200; C 50. 15 have left. */
    loaded_run(&l);
    static const struct {
        const char *region;
        double stock, in, out;
    } wanted[] = {{"A", 85, 20, 35}, {"B", 200, 20, 20}, {"C", 50, 0, 0}, {"all", 335, 40, 55}};
    for (size_t i = 0; i < 4; i++) {
        assert_close(loaded_result(&l, 2025, wanted[i].region, "p", "stock"), wanted[i].stock, 1e-9);
        assert_close(loaded_result(&l, 2025, wanted[i].region, "p", "moves_in"), wanted[i].in, 1e-9);
        assert_close(loaded_result(&l, 2025, wanted[i].region, "p", "moves_out"), wanted[i].out, 1e-9);
    }
    assert_int_equal(loaded_row(&l, 2024, "all", "p", "all", "moves_in"), -1); /* a flow ends in its year */
    loaded_end(&l);
}

/* Other names, and only some rows. */
static void a_matrix_with_names_of_its_own(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "flows.csv", "job,home,work,part\np,A,B,0.3\nq,A,C,0.4\n");
    loaded_good(&l, HEAD
                "    moves: {matrix: {table: flows.csv, from: home, to: work, column: part, where: {job: "
                "p}}}\n");
    check_three(loaded_inputs(&l)->professions[0].moves, 0, (const double[]){0, 0.3, 0});
    loaded_end(&l);
}

/* From A to B: a tenth of those under 22 and a fifth of the others, in 2025 three and five tenths; in 2026 no one. */
static void a_matrix_by_year_and_age(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "moves.csv",
                    "from,to,when,age_from,age_to,share\nA,B,2023,20,30,0.9\nA,B,2024,20,21,0.1\n"
                    "A,B,2024,22,30,0.2\nA,outside,2024,22,30,0.1\nA,B,2025,20,21,0.3\nA,B,2025,22,30,0.5\n"
                    "C,B,2026,20,30,0\n");
    loaded_good(&l, HEAD "    moves: {matrix: {table: moves.csv, keys: {year: when}}}\n");
    const frem_core_profession *p = loaded_inputs(&l)->professions;
    assert_true(p->moves_by_step && p->moves_by_cell);
    static const double to_b[3][3] = {{0.1, 0.1, 0.2}, {0.3, 0.3, 0.5}, {0, 0, 0}};
    for (size_t t = 0; t < 3; t++)
        for (size_t c = 0; c < 3; c++) {
            size_t slot = t * 3 + c;
            check_three(p->moves, slot * 9, (const double[]){0, to_b[t][c], 0});
            check_three(p->moves, slot * 9 + 6, (const double[]){0, 0, 0});
            check_three(p->moves_outside, slot * 3, (const double[]){t == 0 && c == 2 ? 0.1 : 0, 0, 0});
        }
    /* The 100 of A are 21 when they move in the step from 2024: 10 go. In that from 2025 they are 22: half of 90. */
    loaded_run(&l);
    assert_close(loaded_result(&l, 2025, "A", "p", "stock"), 90, 1e-9);
    assert_close(loaded_result(&l, 2025, "B", "p", "moves_in"), 10, 1e-9);
    assert_close(loaded_result(&l, 2026, "A", "p", "stock"), 45, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "p", "stock"), 350, 1e-9);
    loaded_end(&l);
}

/* A factor from a year on, by the region that people leave. */
static void moves_with_a_factor(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "moves.csv", "from,to,share\nA,B,0.2\nA,outside,0.1\nB,A,0.1\n");
    frem_temp_write(l.folder, "factor.csv", "region,factor\nA,0.5\nB,2\nC,1\n");
    loaded_good(&l,
                HEAD "    moves: {matrix: moves.csv, factor: {from: 2025, table: factor.csv, column: factor, "
                     "earlier: 1}}\n");
    loaded_run(&l);
    /* 2025: A 100 - 30 + 20 = 90, B 200 - 20 + 20 = 200. 2026: A 90 - 13.5 + 40 = 116.5, B 200 - 40 + 9 = 169. */
    assert_close(loaded_result(&l, 2025, "A", "p", "stock"), 90, 1e-9);
    assert_close(loaded_result(&l, 2025, "B", "p", "stock"), 200, 1e-9);
    assert_close(loaded_result(&l, 2026, "A", "p", "stock"), 116.5, 1e-9);
    assert_close(loaded_result(&l, 2026, "B", "p", "stock"), 169, 1e-9);
    assert_close(loaded_result(&l, 2026, "A", "p", "moves_out"), 13.5, 1e-9);
    loaded_end(&l);
}

static void too_large_a_factor(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "moves.csv", "from,to,share\nA,B,0.5\nA,outside,0.1\n");
    loaded_try(&l, HEAD "    moves: {matrix: moves.csv, factor: {2024: 1, 2025: 1, 2026: 2}}\n");
    assert_int_equal(l.status, FREM_INVALID);
    char *text = loaded_problem(&l, 0);
    assert_non_null(
        strstr(text, "professions.p.moves.factor: with the factor the shares from 'A' sum to 1.2"));
    free(text);
    loaded_end(&l);
}

/* A grows by a tenth in the step from 2024 and shrinks by one in that from 2025; C the other way. */
static void net_moves_by_year(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "net.csv",
                    "region,year,net\nA,2024,0.1\nB,2024,0\nC,2024,-0.2\nA,2025,-0.1\nB,2025,0\nC,2025,0.25\n"
                    "A,2026,0\nB,2026,0\nC,2026,0\n");
    loaded_good(&l, HEAD "    moves: {net: {table: net.csv, column: net}}\n");
    loaded_run(&l);
    /* 10 from C to A; then gains of C 0.25 * 40 = 10. */
    assert_close(loaded_result(&l, 2025, "A", "p", "stock"), 110, 1e-9);
    assert_close(loaded_result(&l, 2025, "C", "p", "stock"), 40, 1e-9);
    assert_close(loaded_result(&l, 2026, "A", "p", "stock"), 100, 1e-9);
    assert_close(loaded_result(&l, 2026, "C", "p", "stock"), 50, 1e-9);
    loaded_end(&l);
}

/* A bridge in 2025: half of A works in B from then on, where no one did before. In 2026 6 come from outside to C. */
static void commuting_by_year(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "work.csv",
                    "from,to,year,share\nA,A,2024,1\nA,A,2025,0.5\nA,B,2025,0.5\nA,A,2026,0.5\nA,B,2026,0.5\n"
                    "B,outside,2026,1\n");
    frem_temp_write(l.folder, "inflow.csv", "region,persons,fte\nA,0,0\nB,0,0\nC,6,5\n");
    loaded_good(&l, HEAD "    commuting:\n"
                         "      matrix: work.csv\n"
                         "      inflow: {from: 2026, table: inflow.csv, column: persons, earlier: 0}\n"
                         "      inflow_fte: {from: 2026, table: inflow.csv, column: fte, earlier: 0}\n");
    loaded_run(&l);
    static const double supply[3][3] = {{100, 200, 50}, {50, 250, 50}, {50, 50, 55}};
    for (int t = 0; t < 3; t++) {
        static const char *const regions[] = {"A", "B", "C"};
        for (size_t r = 0; r < 3; r++)
            assert_close(loaded_result(&l, 2024 + t, regions[r], "p", "supply"), supply[t][r], 1e-9);
    }
    assert_close(loaded_result(&l, 2026, "C", "p", "employed"), 56, 1e-9);
    loaded_end(&l);
}

/* A grows by 10 % and C loses 20 %: 10 are wanted and 10 are lost. B neither. */
static void net_moves(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "net.csv", "region,net\nA,0.1\nB,0\nC,-0.2\n");
    loaded_good(&l, HEAD "    moves: {net: {table: net.csv, column: net}}\n");
    const frem_core_profession *p = loaded_inputs(&l)->professions;
    check_three(p->net_moves, 0, (const double[]){0.1, 0, -0.2});
    assert_null(p->moves.at);
    loaded_run(&l);
    assert_close(loaded_result(&l, 2025, "A", "p", "stock"), 110, 1e-9);
    assert_close(loaded_result(&l, 2025, "B", "p", "stock"), 200, 1e-9);
    assert_close(loaded_result(&l, 2025, "C", "p", "stock"), 40, 1e-9);
    assert_close(loaded_result(&l, 2025, "all", "p", "stock"), 350, 1e-9);
    loaded_end(&l);
}

/* Of A's people .5 work in A, .3 in B, .1 in D and so outside; the .1 who are in no row work outside too. B has a row
 * without itself: no one of B works in B. C has no row: they work at home. 5 people (4 FTE) come to A. */
static void commuting(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "work.csv", "from,to,share\nA,A,0.5\nA,B,0.3\nA,D,0.1\nB,C,1\n");
    frem_temp_write(l.folder, "inflow.csv", "region,persons,fte\nA,5,4\nB,0,0\nC,0,0\n");
    loaded_good(&l, HEAD "    commuting:\n"
                         "      matrix: work.csv\n"
                         "      inflow: {table: inflow.csv, column: persons}\n"
                         "      inflow_fte: {table: inflow.csv, column: fte}\n");
    const frem_core_profession *p = loaded_inputs(&l)->professions;
    check_three(p->commuting, 0, (const double[]){0.5, 0.3, 0});
    check_three(p->commuting, 3, (const double[]){0, 0, 1});
    check_three(p->commuting, 6, (const double[]){0, 0, 1});
    check_three(p->inflow_employed.values, 0, (const double[]){5, 0, 0});
    check_three(p->inflow_fte.values, 0, (const double[]){4, 0, 0});
    /* Supply by workplace: A 50 + 4, B 30, C 200 + 50. The stock stays where people live. */
    loaded_run(&l);
    assert_close(loaded_result(&l, 2025, "A", "p", "supply"), 54, 1e-9);
    assert_close(loaded_result(&l, 2025, "B", "p", "supply"), 30, 1e-9);
    assert_close(loaded_result(&l, 2025, "C", "p", "supply"), 250, 1e-9);
    assert_close(loaded_result(&l, 2025, "A", "p", "employed"), 55, 1e-9);
    assert_close(loaded_result(&l, 2025, "A", "p", "stock"), 100, 1e-9);
    loaded_end(&l);
}

/* 40 a year, then 80, three of four aged 20 and one aged 22, split 1 : 2 : 1 over the regions. */
static void immigration(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "keys.csv", "region,weight\nA,1\nB,2\nC,1\n");
    loaded_good(&l, HEAD "    immigration:\n"
                         "      persons: {2024: 40, 2026: 80, between: step}\n"
                         "      ages: {table: ages.csv, column: persons, outside: 0}\n"
                         "      split: {by: weights, weights: {table: keys.csv, column: weight}}\n");
    const frem_grid *grid = &loaded_inputs(&l)->professions[0].immigration;
    static const double people[] = {40, 40, 80}, part[] = {0.25, 0.5, 0.25}, profile[] = {0.75, 0, 0.25};
    for (size_t t = 0; t < 3; t++) {
        for (size_t r = 0; r < 3; r++) {
            for (size_t c = 0; c < 3; c++)
                assert_close(loaded_number(grid->values, t * grid->step + r * grid->region + c * grid->cell),
                             people[t] * part[r] * profile[c], 1e-12);
        }
    }
    assert_int_equal(l.model->n_splits, 2); /* readers learn that A, B and C follow the key */
    loaded_run(&l);
    assert_close(loaded_result(&l, 2025, "B", "p", "arrivals"), 20, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "p", "arrivals"), 80, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "p", "stock"), 350 + 40 + 80, 1e-9);
    loaded_end(&l);
}

/* Their own numbers by region, the same every year; and the sexes of their table are the scenario's. */
static void immigration_by_region_and_sex(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "come.csv", "region,persons\nA,8\nB,0\nC,4\n");
    frem_temp_write(l.folder, "sexes.csv", "sex,age,persons\nm,20,1\nf,20,3\n");
    loaded_bad(
        &l,
        HEAD "    immigration:\n"
             "      persons: {table: come.csv, column: persons}\n"
             "      ages: {table: sexes.csv, column: persons, outside: 0}\n",
        "s.yaml:9:15: error: professions.p.cohorts.persons says nothing about sex, and the stock is by sex\n"
        "hint: add a column `sex` to its table\n");
    loaded_end(&l);
    begin(&l);
    frem_temp_write(l.folder, "come.csv", "region,persons\nA,8\nB,0\nC,4\n");
    frem_temp_write(l.folder, "sexes.csv", "sex,age,persons\nm,20,1\nf,20,3\n");
    frem_temp_write(l.folder, "stock.csv", "region,sex,age,persons\nA,f,20,100\nB,f,20,200\nC,m,20,50\n");
    loaded_good(&l, HEAD "    immigration:\n"
                         "      persons: {table: come.csv, column: persons}\n"
                         "      ages: {table: sexes.csv, column: persons, outside: 0}\n");
    const frem_grid *grid = &loaded_inputs(&l)->professions[0].immigration;
    assert_int_equal(grid->step, 0);
    assert_close(loaded_number(grid->values, 2 * grid->region + 0), 3, 1e-12); /* C, f, 20: 4 * 3/4 */
    assert_close(loaded_number(grid->values, 2 * grid->region + 3), 1, 1e-12); /* C, m, 20 */
    loaded_end(&l);
}

/* A tenth leaves for good each year, and half of those who are away come back, not in the step in which they left.
 * A: 100; 2025: 90, 10 away; 2026: 81 + 5. */
static void returners(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, HEAD "    permanent_exit: 0.1\n    returners: 0.5\n");
    assert_close(loaded_number(loaded_inputs(&l)->professions[0].returning.values, 0), 0.5, 0);
    loaded_run(&l);
    assert_close(loaded_result(&l, 2025, "A", "p", "stock"), 90, 1e-9);
    assert_close(loaded_result(&l, 2025, "A", "p", "returners"), 0, 1e-9);
    assert_close(loaded_result(&l, 2026, "A", "p", "stock"), 86, 1e-9);
    assert_close(loaded_result(&l, 2026, "A", "p", "returners"), 5, 1e-9);
    assert_int_equal(loaded_row(&l, 2026, "A", "p", "all", "moves_in"),
                     -1); /* no one moves: not a row of zeros */
    loaded_end(&l);
}

/* For each four in the stock one had left before: of those 25 half are back in 2025, though no one leaves; of the 12.5 who are
 * still away half in 2026. */
static void those_who_left_before(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, HEAD "    returners: 0.5\n    already_left: 0.25\n");
    assert_close(loaded_number(loaded_inputs(&l)->professions[0].already_left.values, 0), 0.25, 0);
    loaded_run(&l);
    assert_close(loaded_result(&l, 2024, "A", "p", "stock"), 100, 1e-9);
    assert_close(loaded_result(&l, 2025, "A", "p", "returners"), 12.5, 1e-9);
    assert_close(loaded_result(&l, 2025, "A", "p", "stock"), 112.5, 1e-9);
    assert_close(loaded_result(&l, 2026, "A", "p", "returners"), 6.25, 1e-9);
    assert_close(loaded_result(&l, 2026, "B", "p", "stock"), 200 + 25 + 12.5, 1e-9);
    loaded_end(&l);
}

/* They are counted against the stock as it is scaled to employment. */
static void those_who_left_are_scaled(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "work.csv", "region,fte\nA,10\nB,20\nC,5\n");
    loaded_good(&l, "fremskriv: 1\n"
                    "years: {base: 2024, until: 2025, count: 1 january}\n"
                    "ages: {from: 20, to: 22}\n"
                    "base_year: scale\n"
                    "regions: {table: regions.csv, where: {part: x}}\n"
                    "demand: {s: {employment: {p: {table: work.csv, column: fte}}, follows: constant}}\n"
                    "professions:\n"
                    "  p:\n"
                    "    cohorts: {persons: {table: stock.csv, column: persons, outside: 0}}\n"
                    "    returners: 0.5\n"
                    "    already_left: 0.4\n");
    loaded_run(&l);
    assert_close(loaded_result(&l, 2024, "B", "p", "stock"), 20, 1e-9);
    assert_close(loaded_result(&l, 2025, "B", "p", "returners"), 20 * 0.4 * 0.5, 1e-9);
    loaded_end(&l);
}

static void wrong(const char *table, const char *yaml, const char *expected) {
    loaded l;
    begin(&l);
    if (table != NULL)
        frem_temp_write(l.folder, "pairs.csv", table);
    loaded_bad(&l, yaml, expected);
    loaded_end(&l);
}

#define MOVES HEAD "    moves: {matrix: pairs.csv}\n"
#define WORK HEAD "    commuting: {matrix: pairs.csv}\n"

static void problems_of_tables(void **state) {
    (void)state;
    wrong("from,to,share\nA,BB,0.1\n", MOVES, "pairs.csv:2:3: error: unknown region 'BB'\n");
    wrong("from,to,share\noutside,A,0.1\nA,B,0.1\n", WORK,
          "pairs.csv:2:1: error: unknown region 'outside'\n");
    wrong("from,to,share\nA,B,0.1\nA,B,0.1\n", MOVES,
          "pairs.csv:3:1: error: a second row for region A, region B\n"
          "hint: the first is at line 2; they must differ in a key, or be separated by a filter\n");
    wrong("from,to,share\nA,B,0.75\nA,outside,0.5\n", MOVES,
          "s.yaml:10:13: error: professions.p.moves.matrix: the shares from 'A' sum to 1.25, more than 1\n"
          "hint: a share is of all who live there\n");
    wrong(
        "from,to,share\nA,A,0.75\nA,B,0.5\n", WORK,
        "s.yaml:10:17: error: professions.p.commuting.matrix: the shares from 'A' sum to 1.25, more than 1\n"
        "hint: a share is of all who live there\n");
    wrong("from,to,share\nA,B,-0.1\n", MOVES,
          "pairs.csv:2:5: error: professions.p.moves.matrix: -0.1 is outside 0 to 1\nhint: the unit is "
          "share\n");
    wrong("from,to,share\nD,A,0.1\n", WORK,
          "s.yaml:10:17: error: professions.p.commuting.matrix: pairs.csv has no row from any of the "
          "regions\n");
    wrong("from,to,part\nA,B,0.1\n", MOVES,
          "s.yaml:10:13: error: pairs.csv has no column 'share' (it has from, to, part)\n");
}

static void problems_of_keys(void **state) {
    (void)state;
    wrong(
        "from,to,share\nA,B,0.1\n", HEAD "    moves: {matrix: pairs.csv, net: 0.1}\n",
        "s.yaml:10:32: error: professions.p.moves has both 'matrix' and 'net'\nhint: keep one of the two\n");
    wrong(NULL, HEAD "    moves: {}\n",
          "s.yaml:10:5: error: professions.p.moves has neither 'matrix' nor 'net'\n"
          "hint: write `matrix: ...` or `net: ...` in it\n");
    wrong("from,to,share\nA,B,0.1\n", HEAD "    commuting: {matrix: pairs.csv, inflow: 3}\n",
          "s.yaml:10:5: error: professions.p.commuting lacks the key 'inflow_fte'\n"
          "hint: write `inflow_fte: ...`: their full-time equivalents\n");
    wrong("from,to,share\nA,B,0.1\n", HEAD "    commuting: {matrix: pairs.csv, inflow_fte: 3}\n",
          "s.yaml:10:5: error: professions.p.commuting lacks the key 'inflow'\nhint: write `inflow: ...`: "
          "how many they are\n");
    wrong("from,to,share\nA,B,0.1\n", HEAD "    commuting: {matrix: pairs.csv, inflow: 3, inflow_fte: 2}\n",
          "s.yaml:10:36: error: professions.p.commuting.inflow is one number, and nothing says in which "
          "regions they work\nhint: give a table with a column for the region\n"
          "s.yaml:10:47: error: professions.p.commuting.inflow_fte is one number, and nothing says in which "
          "regions they work\nhint: give a table with a column for the region\n");
    wrong(NULL, HEAD "    immigration: {persons: 3, ages: {table: ages.csv, column: persons, outside: 0}}\n",
          "s.yaml:10:19: error: professions.p.immigration.persons is one number for all regions, and nothing "
          "says how "
          "to split it\n"
          "hint: add `split: {by: population}` or give a table with a column for the region\n");
}

/* Rows that sum to 1 but for their rounding are everybody. */
static void rounded_rows_are_everybody(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "pairs.csv", "from,to,share\nA,B,0.5\nA,C,0.5000000005\n");
    loaded_good(&l, MOVES);
    frem_lanes moves = loaded_inputs(&l)->professions[0].moves;
    assert_close(loaded_number(moves, 1) + loaded_number(moves, 2), 1, 1e-15);
    loaded_end(&l);
}

/* After a year 0.8 are still there, after five 0.5: in each year between 0.3 / 4 of those who came go. Of the 100 of 2025
 * 20 have gone in 2026. A lane in which 0.6 stay for a year: 0.4, then 0.1 / 4 a year. */
static void immigrants_stay_for_some_years(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_good(&l, HEAD "    immigration:\n"
                         "      persons: {2024: 0, 2025: 100, 2026: 0}\n"
                         "      ages: {table: ages.csv, column: persons, outside: 0}\n"
                         "      split: equal\n"
                         "      stay: {5: 0.5, 1: 0.8}\n");
    const frem_core_recent *recent = loaded_inputs(&l)->professions[0].recent;
    static const double rates[] = {0.2, 0.075 / 0.8, 0.075 / 0.725, 0.075 / 0.65, 0.075 / 0.575};
    assert_int_equal(recent[FREM_RECENT_IMMIGRANTS].years, 5);
    assert_int_equal(recent[FREM_RECENT_GRADUATES].years, 0);
    for (size_t k = 0; k < 5; k++)
        assert_close(loaded_number(recent[FREM_RECENT_IMMIGRANTS].leaving[k].values, 0), rates[k], 1e-12);
    loaded_run(&l);
    assert_close(loaded_result(&l, 2025, "all", "p", "stock"), 450, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "p", "stock"), 430, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "p", "other_exits"), 20, 1e-9);
    ptrdiff_t i = frem_model_find(l.model, "professions.p.immigration.stay.1");
    assert_true(i >= 0);
    const frem_change change = {.parameter = (size_t)i, .lane = 1, .kind = FREM_CHANGE_SET, .number = 0.6};
    frem_batch *batch = NULL;
    assert_int_equal(frem_batch_new(&batch, l.model, 2, &change, 1, l.diags), FREM_OK);
    const frem_grid *leaving = batch->inputs.professions[0].recent[FREM_RECENT_IMMIGRANTS].leaving;
    assert_true(leaving[1].values.lane);
    assert_close(leaving[0].values.at[0], 0.2, 1e-12);
    assert_close(leaving[0].values.at[1], 0.4, 1e-12);
    assert_close(leaving[1].values.at[1], 0.025 / 0.6, 1e-12);
    frem_batch_free(batch);
    loaded_end(&l);
}

static void more_cannot_stay_for_longer(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    loaded_try(&l, HEAD "    immigration:\n"
                        "      persons: 100\n"
                        "      ages: {table: ages.csv, column: persons, outside: 0}\n"
                        "      split: equal\n"
                        "      stay: {1: 0.5, 3: 0.6}\n");
    assert_int_equal(l.status, FREM_INVALID);
    char *text = loaded_problem(&l, 0);
    assert_non_null(
        strstr(text, "professions.p.immigration.stay.3: more are still there after 3 years than before"));
    free(text);
    loaded_end(&l);
}

/* 100 graduate a year from 2025 on. In their first year a tenth leaves in the step from 2024 and, in A, a fifth in those after. */
static void graduates_leave_in_their_first_year(void **state) {
    (void)state;
    loaded l;
    begin(&l);
    frem_temp_write(l.folder, "leave.csv", "region,rate\nA,0.2\nB,0.1\nC,0.1\n");
    loaded_good(&l, HEAD "    graduate_exit:\n"
                         "      1: {from: 2025, table: leave.csv, column: rate, earlier: 0.1}\n"
                         "programmes:\n"
                         "  s:\n"
                         "    leads_to: p\n"
                         "    intake: {2024: 300, then: hold}\n"
                         "    earlier_intake: none\n"
                         "    length: 1\n"
                         "    completion: 1\n"
                         "    entry: {table: ages.csv, column: persons, outside: 0}\n"
                         "    graduates_to: equal\n");
    loaded_run(&l);
    /* No one of the base year's stock is a graduate. */
    assert_close(loaded_result(&l, 2025, "A", "p", "stock"), 200, 1e-9);
    assert_close(loaded_result(&l, 2025, "all", "p", "other_exits"), 0, 1e-9);
    assert_close(loaded_result(&l, 2026, "A", "p", "stock"), 280, 1e-9);
    assert_close(loaded_result(&l, 2026, "B", "p", "stock"), 390, 1e-9);
    assert_close(loaded_result(&l, 2026, "all", "p", "other_exits"), 40, 1e-9);
    loaded_end(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_matrix_of_moves),
        cmocka_unit_test(a_matrix_with_names_of_its_own),
        cmocka_unit_test(a_matrix_by_year_and_age),
        cmocka_unit_test(moves_with_a_factor),
        cmocka_unit_test(too_large_a_factor),
        cmocka_unit_test(immigrants_stay_for_some_years),
        cmocka_unit_test(more_cannot_stay_for_longer),
        cmocka_unit_test(graduates_leave_in_their_first_year),
        cmocka_unit_test(net_moves),
        cmocka_unit_test(net_moves_by_year),
        cmocka_unit_test(commuting_by_year),
        cmocka_unit_test(commuting),
        cmocka_unit_test(immigration),
        cmocka_unit_test(immigration_by_region_and_sex),
        cmocka_unit_test(returners),
        cmocka_unit_test(those_who_left_before),
        cmocka_unit_test(those_who_left_are_scaled),
        cmocka_unit_test(problems_of_tables),
        cmocka_unit_test(problems_of_keys),
        cmocka_unit_test(rounded_rows_are_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
