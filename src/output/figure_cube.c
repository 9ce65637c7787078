#include "output/figure_cube.h"

#include <math.h>
#include <string.h>

const char *frem_figure_cube_key(frem_figure_cube_measure measure) {
    static const char *const keys[FREM_FIGURE_CUBE_COUNT] = {
        "supply",      "demand",   "gap",         "coverage", "graduates",   "arrivals",     "returners",
        "upgrades_in", "moves_in", "retirements", "deaths",   "other_exits", "upgrades_out", "moves_out"};
    return keys[measure];
}

const uint32_t *frem_codes_of(const frem_frame *frame, const char *column) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? NULL : frem_frame_label_codes(frame, (size_t)place);
}

const int32_t *frem_wholes_of(const frem_frame *frame, const char *column) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? NULL : frem_frame_wholes(frame, (size_t)place);
}

const double *frem_numbers_of(const frem_frame *frame, const char *column) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? NULL : frem_frame_numbers(frame, (size_t)place);
}

ptrdiff_t frem_code_of(const frem_frame *frame, const char *column, const char *key) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? -1 : frem_frame_label_find(frame, (size_t)place, key);
}

bool frem_figure_cube_has_statistic(const frem_frame *results, const char *statistic) {
    return frem_code_of(results, "statistic", statistic) >= 0;
}

/** The results by column, and which rows are asked for. */
typedef struct rows {
    const uint32_t *scenario, *variant, *region, *profession, *sector, *measure, *statistic;
    const int32_t *year;
    const double *value;
    ptrdiff_t scenario_is, variant_is, sector_is, statistic_is;
    ptrdiff_t measures[FREM_FIGURE_CUBE_COUNT];
} rows;

static bool open_rows(rows *r, const frem_frame *f, const char *scenario, const char *variant,
                      const char *statistic) {
    *r = (rows){.scenario = frem_codes_of(f, "scenario"),
                .variant = frem_codes_of(f, "variant"),
                .region = frem_codes_of(f, "region"),
                .profession = frem_codes_of(f, "profession"),
                .sector = frem_codes_of(f, "sector"),
                .measure = frem_codes_of(f, "measure"),
                .statistic = frem_codes_of(f, "statistic"),
                .year = frem_wholes_of(f, "year"),
                .value = frem_numbers_of(f, "value"),
                .scenario_is = frem_code_of(f, "scenario", scenario),
                .variant_is = frem_code_of(f, "variant", variant),
                .sector_is = frem_code_of(f, "sector", "all"),
                .statistic_is = frem_code_of(f, "statistic", statistic)};
    for (size_t m = 0; m < FREM_FIGURE_CUBE_COUNT; m++)
        r->measures[m] = frem_code_of(f, "measure", frem_figure_cube_key((frem_figure_cube_measure)m));
    return r->scenario != NULL && r->variant != NULL && r->region != NULL && r->profession != NULL &&
           r->sector != NULL && r->measure != NULL && r->statistic != NULL && r->year != NULL &&
           r->value != NULL;
}

/** @return the measure of a row that is asked for, or FREM_FIGURE_CUBE_COUNT. */
static size_t measure_of(const rows *r, size_t row) {
    size_t m = 0;
    if (r->scenario[row] != r->scenario_is || r->variant[row] != r->variant_is ||
        r->sector[row] != r->sector_is || r->statistic[row] != r->statistic_is)
        return FREM_FIGURE_CUBE_COUNT;
    while (m < FREM_FIGURE_CUBE_COUNT && r->measures[m] != r->measure[row])
        m++;
    return m;
}

static size_t series_of(const frem_figure_cube *cube, size_t region, size_t profession, size_t measure) {
    return (region * cube->professions + profession) * FREM_FIGURE_CUBE_COUNT + measure;
}

static void find_years(frem_figure_cube *cube, const rows *r, size_t n_rows) {
    int first = 0, last = -1;
    for (size_t i = 0; i < n_rows; i++) {
        if (measure_of(r, i) == FREM_FIGURE_CUBE_COUNT)
            continue;
        first = last < first || r->year[i] < first ? r->year[i] : first;
        last = last < first || r->year[i] > last ? r->year[i] : last;
    }
    cube->first_year = first;
    cube->n_years = last < first ? 0 : (size_t)(last - first) + 1;
}

frem_status frem_figure_cube_fill(frem_figure_cube *out, frem_arena *arena, const frem_frame *results,
                                  const char *scenario, const char *variant, const char *statistic) {
    rows r;
    *out = (frem_figure_cube){.results = results};
    if (!open_rows(&r, results, scenario, variant, statistic))
        return FREM_OK;
    const size_t n_rows = frem_frame_rows(results);
    out->regions = frem_frame_labels(results, (size_t)frem_frame_column(results, "region"));
    out->professions = frem_frame_labels(results, (size_t)frem_frame_column(results, "profession"));
    find_years(out, &r, n_rows);
    const size_t n = out->regions * out->professions * FREM_FIGURE_CUBE_COUNT;
    if (n == 0 || out->n_years == 0)
        return FREM_OK;
    out->values = frem_arena_alloc(arena, n * out->n_years, sizeof *out->values);
    out->given = frem_arena_alloc(arena, n, sizeof *out->given);
    if (out->values == NULL || out->given == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n * out->n_years; i++)
        out->values[i] = (double)NAN;
    for (size_t i = 0; i < n_rows; i++) {
        const size_t m = measure_of(&r, i);
        if (m == FREM_FIGURE_CUBE_COUNT)
            continue;
        const size_t series = series_of(out, r.region[i], r.profession[i], m);
        out->given[series] = true;
        out->values[series * out->n_years + (size_t)(r.year[i] - out->first_year)] = r.value[i];
    }
    return FREM_OK;
}

const double *frem_figure_cube_at(const frem_figure_cube *cube, size_t region, size_t profession,
                                  frem_figure_cube_measure measure) {
    if (cube->n_years == 0 || region >= cube->regions || profession >= cube->professions)
        return NULL;
    const size_t series = series_of(cube, region, profession, measure);
    return cube->given[series] ? cube->values + series * cube->n_years : NULL;
}

const double *frem_figure_cube_find(const frem_figure_cube *cube, const char *region, const char *profession,
                                    frem_figure_cube_measure measure) {
    const ptrdiff_t r = frem_code_of(cube->results, "region", region);
    const ptrdiff_t p = frem_code_of(cube->results, "profession", profession);
    return r < 0 || p < 0 ? NULL : frem_figure_cube_at(cube, (size_t)r, (size_t)p, measure);
}
