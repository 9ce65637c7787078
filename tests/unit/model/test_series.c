/* Values from tables whose rows are added over a column that the value does not vary by. The world is in
 * small_demand.h. */
#include "small_demand.h"

#define EMPLOYMENT(value)                                                                                    \
    "  s:\n"                                                                                                 \
    "    employment: {a: " value "}\n"                                                                       \
    "    split: equal\n"                                                                                     \
    "    follows: constant\n"

/* Men and women of profession a in sector 1: 10 * .5 + 20 * .75 = 20 FTE, of b: 2 * 1 + 4 * .25 = 3. */
static const char *const staff =
    "profession,sector,sex,persons,fte\na,1,m,10,0.5\na,1,f,20,0.75\na,2,m,99,1\n"
    "b,1,m,2,1\nb,1,f,4,0.25\n";

static void rows_add_up_over_a_column(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "staff.csv", staff);
    small_good(
        &world, small_head,
        EMPLOYMENT(
            "{table: staff.csv, product: [persons, fte], where: {profession: a, sector: 1}, over: sex}"));
    assert_close(small_result(&world, "all", "a", "s", "demand", 2020), 20, 1e-12);
    loaded_end(&world);
}

/* Two columns: everybody of both professions in both sectors has 20 + 99 + 3 FTE. */
static void rows_add_up_over_several_columns(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "staff.csv", staff);
    small_good(&world, small_head,
               EMPLOYMENT("{table: staff.csv, product: [persons, fte], over: [sex, sector, profession]}"));
    assert_close(small_result(&world, "all", "a", "s", "demand", 2020), 122, 1e-12);
    loaded_end(&world);
}

/* A dimension may be added over and another one kept: x 3 + 4, y 5 + 6. */
static void other_dimensions_stay(void **state) {
    (void)state;
    loaded world = small_demand();
    frem_temp_write(world.folder, "staff.csv", "region,age,fte\nx,40,3\nx,50,4\ny,40,5\ny,50,6\nz,40,7\n");
    small_good(&world, small_head, EMPLOYMENT("{table: staff.csv, column: fte, over: age}"));
    assert_close(small_result(&world, "x", "a", "s", "demand", 2020), 7, 1e-12);
    assert_close(small_result(&world, "y", "a", "s", "demand", 2020), 11, 1e-12);
    loaded_end(&world);
}

static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *table, *demand, *problem;
    } bad[] = {
        /* neither filtered nor added */
        {"sex,fte\nm,1\nf,2\n", EMPLOYMENT("{table: staff.csv, column: fte}"),
         "s.yaml:12:22: error: demand.s.employment.a cannot differ by sex, but staff.csv has the column "
         "'sex'"},
        {"sex,fte\nm,1\nf,2\n", EMPLOYMENT("{table: staff.csv, column: fte, over: sax}"),
         "s.yaml:12:22: error: demand.s.employment.a cannot differ by sex, but staff.csv has the column "
         "'sex'"},
        {"kind,fte\nm,1\nf,2\n", EMPLOYMENT("{table: staff.csv, column: fte, over: kin}"),
         "s.yaml:12:53: error: demand.s.employment.a: staff.csv has no column 'kin' to add over"},
        /* the same man twice */
        {"sex,fte\nm,1\nf,2\nm,1\n", EMPLOYMENT("{table: staff.csv, column: fte, over: sex}"),
         "staff.csv:4:1: error: a second row for sex m"},
        {"region,sex,fte\nx,m,1\ny,m,2\nx,m,1\n", EMPLOYMENT("{table: staff.csv, column: fte, over: sex}"),
         "staff.csv:4:1: error: a second row for region x, sex m"},
        {"sex,fte\nm,1\nf,2\n", EMPLOYMENT("{value: 1, over: sex}"),
         "s.yaml:12:32: error: demand.s.employment.a: 'over' does not belong to a number"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world = small_demand();
        frem_temp_write(world.folder, "staff.csv", bad[i].table);
        small_refused(&world, small_head, bad[i].demand, bad[i].problem);
        loaded_end(&world);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_add_up_over_a_column),
        cmocka_unit_test(rows_add_up_over_several_columns),
        cmocka_unit_test(other_dimensions_stay),
        cmocka_unit_test(problems_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
