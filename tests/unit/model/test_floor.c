/* The staffing floor, hand-computed: what the rule asks for, and what is missing. */
#include "small_model.h"

/* Regions x, y and z, all of them with 30 children aged 0-2 and 60 aged 3-5 in every year, so that 1 adult per 3 and
 * 1 per 6 ask for 30 / 3 + 60 / 6 = 20. Ten of each single age 0-2, twenty of each 3-5, and fifty older ones. The
 * scenario's line 9 is `demand:`. */
static const char *const head =
    "fremskriv: 1\n"
    "years: {base: 2023, until: 2026}\n"
    "ages: {from: 30, to: 32}\n"
    "base_year: cohorts\n"
    "regions: {table: regions.csv}\n"
    "population: {table: people.csv}\n"
    "professions:\n"
    "  pedagogue: &one {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n"
    "  assistant: *one\n"
    "demand:\n"
    "  day_care:\n"
    "    employment:\n"
    "      pedagogue: {table: staff.csv, column: pedagogue}\n"
    "      assistant: {table: staff.csv, column: assistant}\n"
    "    follows: constant\n";

static loaded floor_world(void) {
    loaded world = small_new();
    static const int persons[7] = {10, 10, 10, 20, 20, 20, 50};
    char text[4096];
    size_t n = (size_t)snprintf(text, sizeof text, "region,year,age,persons\n");
    for (int i = 0; i < 84; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%c,%d,%d%s,%d\n", "xyz"[i / 28], 2023 + i / 7 % 4,
                              i % 7, i % 7 == 6 ? "+" : "", persons[i % 7]);
    frem_temp_write(world.folder, "people.csv", text);
    frem_temp_write(world.folder, "regions.csv", "code,name\nx,Xby\ny,Yby\nz,Zby\n");
    frem_temp_write(world.folder, "stock.csv", "age,persons\n30,50\n31,30\n32,20\n");
    /* x has its 20 adults; y is at 1:4 and 1:8, so 30 / 4 + 60 / 8 = 15; z has more than enough. */
    frem_temp_write(world.folder, "staff.csv", "region,pedagogue,assistant\nx,12,8\ny,9,6\nz,20,10\n");
    return world;
}

static double demand(loaded *world, const char *region, const char *profession, int year) {
    return small_result(world, region, profession, "day_care", "demand", year);
}

/* A municipality at 1:3 and 1:6 gets exactly nothing; one at 1:4 and 1:8 gets exactly the difference, 20 - 15 = 5, as
 * 3 pedagogues (.6) and 2 assistants (.4). The rule is in force from 2024, half of it in that year. */
static void exactly_the_difference_is_asked_for(void **state) {
    (void)state;
    loaded world = floor_world();
    small_good(&world, head,
               "    floor:\n"
               "      children:\n"
               "        small: {population: 0-2, children_per_adult: 3}\n"
               "        large: {population: 3-5, children_per_adult: 6}\n"
               "      staff: {pedagogue: 1, assistant: 1}\n"
               "      marginal: {pedagogue: 0.6, assistant: 0.4}\n"
               "      phase: {2023: 0, 2024: 0.5, 2025: 1, then: hold}\n");
    for (int year = 2023; year <= 2026; year++) {
        double phase = year == 2023 ? 0 : year == 2024 ? 0.5 : 1;
        assert_close(demand(&world, "x", "pedagogue", year), 12, 0);
        assert_close(demand(&world, "x", "assistant", year), 8, 0);
        assert_close(demand(&world, "y", "pedagogue", year), 9 + 3 * phase, 1e-12);
        assert_close(demand(&world, "y", "assistant", year), 6 + 2 * phase, 1e-12);
        assert_close(demand(&world, "z", "pedagogue", year), 20, 0);
        assert_close(demand(&world, "z", "assistant", year), 10, 0);
    }
    loaded_end(&world);
}

/* Under-threes count until the month after their third birthday: 30 + 20/12 of them, and 60 - 20/12 above. With .9 and
 * .8 enrolled and 1.1 FTE per adult present: ((30 + 20/12) * .9 / 3 + (60 - 20/12) * .8 / 6) * 1.1
 * = (9.5 + 7.777777...) * 1.1 = 19.005555... */
static void children_are_counted_by_months(void **state) {
    (void)state;
    loaded world = floor_world();
    small_good(&world, head,
               "    floor:\n"
               "      children:\n"
               "        small: {population: 0-2, months: 1, enrolment: 0.9, children_per_adult: 3}\n"
               "        large: {population: 3-5, months: -1, enrolment: 0.8, children_per_adult: 6}\n"
               "      opening_factor: 1.1\n"
               "      staff: {pedagogue: 1, assistant: 1}\n"
               "      marginal: {pedagogue: 1}\n");
    const frem_core_floor *floor = &small_sector(&world, 0)->floor;
    assert_close(floor->required.at[0], (9.5 + 7 + 7.0 / 9) * 1.1, 1e-13);
    assert_close(floor->required.at[11], (9.5 + 7 + 7.0 / 9) * 1.1, 1e-13);
    assert_close(floor->marginal.at[1], 0, 0);
    assert_close(floor->phase.at[0], 1, 0);
    loaded_end(&world);
}

/* In y assistants count half, and 2 others in full: 9 + 6/2 + 2 = 14 of 20, so 6 pedagogues more. The 6 others are split
 * equally over the three. In x 12 + 8/2 + 2 = 18: 2 more. */
static void staff_counts_by_its_weight(void **state) {
    (void)state;
    loaded world = floor_world();
    small_good(&world, head,
               "    split: equal\n"
               "    floor:\n"
               "      children:\n"
               "        small: {population: 0-2, children_per_adult: 3}\n"
               "        large: {population: 3-5, children_per_adult: 6}\n"
               "      staff: {pedagogue: 1, assistant: 0.5}\n"
               "      other_staff: 6\n"
               "      marginal: {pedagogue: 1}\n");
    assert_close(demand(&world, "y", "pedagogue", 2023), 15, 1e-12);
    assert_close(demand(&world, "x", "pedagogue", 2023), 14, 1e-12);
    assert_close(demand(&world, "y", "assistant", 2023), 6, 0);
    loaded_end(&world);
}

/* In x assistants count half, and half of the small ones are enrolled: 15 / 3 + 60 / 6 = 15 of 75 children, and
 * 12 + 8 / 2 = 16 are there. y: 15 and 9 + 6 / 2 = 12; z: 15 and 25. In all 45 and 53 of 225. Ratios of the whole are made of
 * its sums: 225 / 45 and 225 / 53, not of the three. What the rule adds in y is not counted. */
static void children_are_shown_per_adult(void **state) {
    (void)state;
    loaded world = floor_world();
    small_good(&world, head,
               "    floor:\n"
               "      children:\n"
               "        small: {population: 0-2, enrolment: 0.5, children_per_adult: 3}\n"
               "        large: {population: 3-5, children_per_adult: 6}\n"
               "      staff: {pedagogue: 1, assistant: 0.5}\n"
               "      marginal: {pedagogue: 1}\n"
               "  elsewhere: {employment: {assistant: 30}, split: equal, follows: constant}\n");
    static const struct {
        const char *region;
        double required, counted, needed, actual;
    } rows[] = {{"x", 15, 16, 5, 75.0 / 16},
                {"y", 15, 12, 5, 6.25},
                {"z", 15, 25, 5, 3},
                {"all", 45, 53, 5, 225.0 / 53}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *r = rows[i].region;
        for (int year = 2023; year <= 2026; year += 3) {
            assert_close(small_result(&world, r, "all", "day_care", "staff_required", year), rows[i].required,
                         1e-12);
            assert_close(small_result(&world, r, "all", "day_care", "staff_counted", year), rows[i].counted,
                         1e-12);
            assert_close(small_result(&world, r, "all", "day_care", "children_per_adult_required", year),
                         rows[i].needed, 1e-12);
            assert_close(small_result(&world, r, "all", "day_care", "children_per_adult", year),
                         rows[i].actual, 1e-12);
        }
    }
    /* Of no profession, of no sector without a rule, and not of all sectors. */
    assert_true(isnan(small_result(&world, "x", "pedagogue", "day_care", "staff_required", 2023)));
    assert_true(isnan(small_result(&world, "x", "all", "elsewhere", "staff_required", 2023)));
    assert_true(isnan(small_result(&world, "x", "all", "all", "children_per_adult", 2023)));
    assert_true(isnan(small_result(&world, "all", "all", "day_care", "trained_share", 2023)));
    loaded_end(&world);
}

/* Assistants have no supply. In x 12 of 20 posts are for pedagogues, in y 9 of 15, in z 20 of 30: 41 of 65 in all. Of all
 * sectors there are 30 assistants more, 10 in each: 12 of 30, and 41 of 95. */
static void the_trained_share_is_of_posts(void **state) {
    (void)state;
    loaded world = floor_world();
    const char *assistant = strstr(head, "assistant: *one"), *rest = strchr(assistant, '\n');
    char *text = NULL;
    assert_true(asprintf(&text, "%.*sassistant: {supply: none}%s", (int)(assistant - head), head, rest) > 0);
    small_good(&world, text, "  elsewhere: {employment: {assistant: 30}, split: equal, follows: constant}\n");
    assert_close(small_result(&world, "x", "all", "day_care", "trained_share", 2023), 0.6, 1e-12);
    assert_close(small_result(&world, "all", "all", "day_care", "trained_share", 2026), 41.0 / 65, 1e-12);
    assert_close(small_result(&world, "x", "all", "all", "trained_share", 2023), 0.4, 1e-12);
    assert_close(small_result(&world, "all", "all", "all", "trained_share", 2026), 41.0 / 95, 1e-12);
    assert_close(small_result(&world, "x", "all", "elsewhere", "trained_share", 2023), 0, 0);
    assert_true(isnan(small_result(&world, "x", "pedagogue", "day_care", "trained_share", 2023)));
    free(text);
    loaded_end(&world);
}

static void problems_have_their_place(void **state) {
    (void)state;
    static const struct {
        const char *floor, *problem;
    } bad[] = {
        {"    floor: {children: {g: {population: 0-2, children_per_adult: 3}}, staff: {pedagogue: 1},\n"
         "      marginal: {pedagogue: 0.6, assistant: 0.3}}\n",
         "s.yaml:17:7: error: the shares of demand.day_care.floor.marginal sum to 0.9, not to "
         "1"},
        {"    floor: {children: {g: {population: 0-2, children_per_adult: 3}}, staff: {pedagog: 1},\n"
         "      marginal: {pedagogue: 1}}\n",
         "s.yaml:16:78: error: demand.day_care.floor.staff: there is no 'pedagog' in professions"},
        {"    floor: {children: {g: {population: 0+, months: 1, children_per_adult: 3}}, staff: {pedagogue: "
         "1},\n"
         "      marginal: {pedagogue: 1}}\n",
         "s.yaml:16:44: error: demand.day_care.floor.children.g: 'months' has no meaning here: there is no "
         "age after an "
         "open group"},
        {"    floor: {children: {g: {population: 3-5, months: 1, children_per_adult: 3}}, staff: {pedagogue: "
         "1},\n"
         "      marginal: {pedagogue: 1}}\n",
         "s.yaml:16:28: error: demand.day_care.floor.children.g: the population cannot separate the ages 3 "
         "to 6"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        loaded world = floor_world();
        small_refused(&world, head, bad[i].floor, bad[i].problem);
        loaded_end(&world);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exactly_the_difference_is_asked_for),
        cmocka_unit_test(children_are_counted_by_months),
        cmocka_unit_test(staff_counts_by_its_weight),
        cmocka_unit_test(children_are_shown_per_adult),
        cmocka_unit_test(the_trained_share_is_of_posts),
        cmocka_unit_test(problems_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
