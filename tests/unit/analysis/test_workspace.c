/* Workspaces: what is projected in memory that was used before is what fresh memory gives. */
#include "analysis/judge.h"
#include "analysis/workspace.h"
#include "model/batch.h"
#include "unit/core/world.h"
#include "unit/model/small.h"

#define WORLD                                                                                                \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: %s}\n"                                                                       \
    "ages: {from: 60, to: 66}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: areas.csv, group_by: side}\n"                                                          \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: 70, ages: {table: ages.csv, column: persons}, split: equal}\n"                   \
    "    participation: 0.9\n"                                                                               \
    "    death: 0.01\n"                                                                                      \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 30}, split: equal, follows: constant, standard: 1, extra: {p: 0}}\n"

static void load(small *w, const char *until) {
    char yaml[4096];
    (void)snprintf(yaml, sizeof yaml, WORLD, until);
    small_begin(w);
    small_put(w, "areas.csv", "code,name,side\n1,En,west\n2,To,east\n3,Tre,east\n");
    small_put(w, "ages.csv", "age,persons\n60,1\n61,1\n62,1\n63,1\n64,1\n65,1\n66,1\n");
    small_load(w, yaml);
}

/* Changes of participation or of extra need, one a lane. */
static frem_case_batch cases_of(const small *w, frem_change *changes, size_t n, const char *path,
                                double first) {
    for (size_t lane = 0; lane < n; lane++)
        changes[lane] = (frem_change){.parameter = (size_t)frem_model_find(w->model, path),
                                      .lane = lane,
                                      .kind = FREM_CHANGE_SET,
                                      .number = first + 0.01 * (double)lane};
    return (frem_case_batch){w->model, n, changes, n, NULL, NULL};
}

/* Projects in the workspace, and anew; lane by lane both must be the same bits. */
static void must_be_as_fresh(frem_workspace *workspace, const small *w, size_t n, double first) {
    frem_change changes[FREM_LANES];
    frem_case_batch cases = cases_of(w, changes, n, "professions.p.participation", first);
    small_must(w, frem_workspace_project(workspace, &cases, NULL, FREM_ISA_BEST, w->diags), __FILE__,
               __LINE__);
    assert_ptr_equal(workspace->batch->model, w->model);
    for (size_t lane = 0; lane < n; lane++) {
        frem_change one = changes[lane];
        frem_batch *batch = NULL;
        frem_arena *arena = NULL;
        frem_core_results *out = NULL;
        one.lane = 0;
        assert_int_equal(frem_arena_new(&arena), FREM_OK);
        small_must(w, frem_batch_new(&batch, w->model, 1, &one, 1, w->diags), __FILE__, __LINE__);
        assert_int_equal(frem_core_results_new(&batch->inputs, false, arena, &out), FREM_OK);
        assert_int_equal(frem_core_project(&batch->inputs, NULL, FREM_ISA_BEST, out), FREM_OK);
        assert_same_lane(&batch->inputs, out, workspace->projection, lane);
        frem_batch_free(batch);
        frem_arena_free(arena);
    }
}

static void used_memory_gives_what_fresh_memory_gives(void **state) {
    (void)state;
    small w, longer;
    frem_workspace *workspace = NULL;
    load(&w, "2024");
    load(&longer, "2031");
    assert_int_equal(frem_workspace_new(&workspace), FREM_OK);
    must_be_as_fresh(workspace, &w, FREM_LANES, 0.5);
    const frem_core_results *first = workspace->projection;
    must_be_as_fresh(workspace, &w, FREM_LANES, 0.7);
    assert_ptr_equal(workspace->projection, first); /* the same model: the same room */
    must_be_as_fresh(workspace, &w, 1, 0.6);
    must_be_as_fresh(workspace, &longer, FREM_LANES, 0.5);
    must_be_as_fresh(workspace, &w, 5, 0.8);
    frem_workspace_free(workspace);
    small_end(&w);
    small_end(&longer);
}

static void a_case_that_cannot_be_used_leaves_nothing_behind(void **state) {
    (void)state;
    small w;
    frem_change changes[FREM_LANES];
    frem_workspace *workspace = NULL;
    load(&w, "2024");
    assert_int_equal(frem_workspace_new(&workspace), FREM_OK);
    must_be_as_fresh(workspace, &w, FREM_LANES, 0.5);
    /* Out of its range, and in it but more than the sector has: 10 FTE in each region. */
    frem_case_batch cases = cases_of(&w, changes, FREM_LANES, "professions.p.participation", 0.95);
    assert_int_equal(frem_workspace_project(workspace, &cases, NULL, FREM_ISA_BEST, NULL), FREM_INVALID);
    assert_null(workspace->batch);
    assert_null(workspace->projection);
    cases = cases_of(&w, changes, FREM_LANES, "demand.job.extra.p", 0);
    changes[6].number = -31;
    assert_int_equal(frem_workspace_project(workspace, &cases, NULL, FREM_ISA_BEST, NULL), FREM_INVALID);
    assert_null(workspace->projection);
    /* The same where only groups and the sum are read. */
    static const bool areas[] = {false, false, false, true, true, true};
    const frem_row_filter sums = {.areas = areas};
    cases.filter = &sums;
    changes[6].number = -31;
    assert_int_equal(frem_workspace_project(workspace, &cases, NULL, FREM_ISA_BEST, NULL), FREM_INVALID);
    assert_null(workspace->projection);
    cases.n = cases.n_changes = 6; /* without it */
    assert_int_equal(frem_workspace_project(workspace, &cases, NULL, FREM_ISA_BEST, NULL), FREM_OK);
    must_be_as_fresh(workspace, &w, FREM_LANES, 0.5);
    frem_workspace_free(workspace);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(used_memory_gives_what_fresh_memory_gives),
        cmocka_unit_test(a_case_that_cannot_be_used_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
