/* Parts that are held stay as they are in a step, those that are not are the model's own to the bit. */
#include <stdio.h>

#include "model/batch.h"
#include "model/mix.h"
#include "unit/model/small.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2026}\n"                                                                     \
    "ages: {from: 50, to: 70}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "population: {table: people.csv, column: persons}\n"                                                     \
    "retirement_ages:\n"                                                                                     \
    "  law: {born: {1900-01-01: 65, 1957-01-01: 66, 1960-01-01: 68}}\n"                                      \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: 2100, ages: {table: ages.csv, column: persons}}\n"                               \
    "    permanent_exit: {2020: 0.1, 2023: 0.2, 2025: 0.3, between: step, then: hold}\n"                     \
    "    participation: 1\n"                                                                                 \
    "    retirement: {kind: exit, age: {law: 1}, leaves: {mean: 0, spread: 2}, earliest: 55, latest: 70}\n"  \
    "programmes:\n"                                                                                          \
    "  s:\n"                                                                                                 \
    "    leads_to: p\n"                                                                                      \
    "    intake: {2015: 10, then: {growth: 0.1}}\n"                                                          \
    "    intake_follows: {population: 6-20}\n"                                                               \
    "    completion: 1\n"                                                                                    \
    "    length: 3\n"                                                                                        \
    "    reform: {from: 2022, shorter: 1}\n"                                                                 \
    "    entry: {table: entry.csv, column: persons, outside: 0}\n"                                           \
    "demand:\n"                                                                                              \
    "  a: {employment: {p: 100}, follows: {population: 0-5}}\n"                                              \
    "  b: {employment: {p: 100}, follows: {population: 6-20}}\n"

enum { STEPS = 7, HELD = 2 };

static void load(small *w) {
    char text[2000];
    size_t n = (size_t)snprintf(text, sizeof text, "year,age_from,age_to,persons\n");
    for (int t = 0; t < STEPS; t++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%d,0,5,%d\n%d,6,20,%d\n%d,21,,900\n", 2020 + t,
                              100 + 7 * t, 2020 + t, 300 - 11 * t, 2020 + t);
    small_begin(w);
    small_put(w, "people.csv", text);
    n = (size_t)snprintf(text, sizeof text, "age,persons\n");
    for (int age = 50; age <= 70; age++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%d,1\n", age);
    small_put(w, "ages.csv", text);
    small_put(w, "entry.csv", "age,persons\n50,1\n");
    small_load(w, WORLD);
}

/* Two cases: everything is held, everything is as it is. */
typedef struct mixed {
    small w;
    frem_arena *arena;
    frem_mix mix;
    uint64_t on[2];
    frem_batch *batch;
} mixed;

static void begin(mixed *m) {
    load(&m->w);
    const frem_model *model = m->w.model;
    const size_t n = model->scenario->parameters.count, parts = frem_mix_parts(model);
    assert_int_equal(frem_arena_new(&m->arena), FREM_OK);
    const frem_series **series[2];
    size_t *group = frem_arena_alloc(m->arena, parts, sizeof *group);
    assert_non_null(group);
    for (size_t k = 0; k < 2; k++) {
        series[k] = frem_arena_alloc(m->arena, n, sizeof *series[k]);
        assert_non_null(series[k]);
    }
    for (size_t i = 0; i < parts; i++) {
        group[i] = frem_mix_moves(model, i, HELD, STEPS - 1) ? 0 : FREM_MIX_NONE;
        for (size_t k = 0; k < 2 && i < n; k++)
            series[k][i] =
                k == 0 && group[i] == 0 ? frem_mix_held(model, m->arena, i, HELD) : &model->series[i];
    }
    m->on[0] = 0;
    m->on[1] = 1;
    m->mix = (frem_mix){{series[0], series[1]}, group, HELD, m->on};
    assert_int_equal(frem_batch_mixed(m->arena, &m->batch, model, 2, &m->mix, m->w.diags), FREM_OK);
}

static void end(mixed *m) {
    frem_arena_free(m->arena);
    small_end(&m->w);
}

/* A lane's number of an array. */
static double at(const mixed *m, frem_lanes lanes, size_t lane, size_t i) {
    return lanes.at[i * (lanes.lane ? m->batch->lanes : 1) + (lanes.lane ? lane : 0)];
}

/* [step][n] numbers: those after the held step are its own in lane 0, and lane 1 has the model's. */
static void check_steps(const mixed *m, frem_lanes lanes, frem_lanes own, size_t n) {
    bool moves = false;
    for (size_t i = 0; i < STEPS * n; i++) {
        const size_t t = i / n, seen = t < HELD ? t : HELD;
        assert_true(at(m, lanes, 0, i) == at(m, own, 0, seen * n + i % n));
        assert_true(at(m, lanes, 1, i) == at(m, own, 0, i));
        moves = moves || at(m, lanes, 1, i) != at(m, lanes, 0, i);
    }
    assert_true(moves);
}

static void what_is_held_stays_as_it_is(void **state) {
    (void)state;
    mixed m;
    begin(&m);
    const frem_core_inputs *mixed_in = &m.batch->inputs, *own = &m.w.model->as_is->inputs;
    const frem_core_profession *p = &mixed_in->professions[0], *q = &own->professions[0];
    check_steps(&m, p->exits[FREM_EXIT_PERMANENT].values, q->exits[FREM_EXIT_PERMANENT].values, 1);
    check_steps(&m, p->exits[FREM_EXIT_RETIREMENT].values, q->exits[FREM_EXIT_RETIREMENT].values, 21);
    for (size_t j = 0; j < 2; j++)
        check_steps(&m, mixed_in->sectors[j].population, own->sectors[j].population, 1);
    end(&m);
}

/* Who enters after 2022 is as many as in it, by number and by the young; the reform of 2022 is there, one of 2023 is not. */
static void entry_years_are_held_too(void **state) {
    (void)state;
    mixed m;
    begin(&m);
    const frem_core_programme *s = &m.batch->inputs.programmes[0],
                              *own = &m.w.model->as_is->inputs.programmes[0];
    const size_t first = (size_t)(HELD - s->first_step), shift = (size_t)(own->first_step - s->first_step);
    for (size_t e = first; e < s->entries; e++)
        assert_close(at(&m, s->intake, 0, e), at(&m, s->intake, 0, first), 0);
    for (size_t e = 0; e < own->entries; e++)
        assert_close(at(&m, s->intake, 1, e + shift), at(&m, own->intake, 0, e), 0);
    const size_t part = frem_mix_part(m.w.model, FREM_PART_REFORM, 0);
    assert_false(frem_mix_moves(m.w.model, part, HELD, STEPS - 1));
    assert_true(frem_mix_moves(m.w.model, part, HELD - 1, STEPS - 1));
    end(&m);
}

static void parts_have_names(void **state) {
    (void)state;
    mixed m;
    begin(&m);
    const frem_model *model = m.w.model;
    assert_text(frem_mix_name(model, m.arena, frem_mix_part(model, FREM_PART_SECTOR_PEOPLE, 1)),
                "population.b");
    assert_text(frem_mix_name(model, m.arena, frem_mix_part(model, FREM_PART_PROGRAMME_PEOPLE, 0)),
                "programmes.s.intake_follows");
    assert_text(frem_mix_name(model, m.arena, frem_mix_part(model, FREM_PART_BIRTHS, 0)),
                "retirement_ages.law");
    assert_text(frem_mix_name(model, m.arena, frem_mix_part(model, FREM_PART_REFORM, 0)),
                "programmes.s.reform");
    assert_text(frem_mix_name(model, m.arena, frem_mix_parts(model) - 1), "professions.p.commuting.matrix");
    end(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_held_stays_as_it_is),
                                       cmocka_unit_test(entry_years_are_held_too),
                                       cmocka_unit_test(parts_have_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
