#include "frame/projected.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "frame/columns.h"

static const char *const dims[] = {"scenario", "variant", "region", "profession", "measure"};
enum { DIMS = sizeof dims / sizeof *dims };

const char *frem_projected_statistic(const frem_frame *projections) {
    static const char *const known[] = {"point", "p50", "mean"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (frem_column_code(projections, "statistic", known[i]) >= 0)
            return known[i];
    }
    return known[0];
}

const char *const frem_spread_statistics[FREM_SPREAD] = {"p05", "p25", "p50", "p75", "p95", "p_short"};

bool frem_projected_is_uncertain(const frem_frame *projections) {
    bool all = strcmp(frem_projected_statistic(projections), "p50") == 0;
    for (size_t i = 0; i < FREM_SPREAD; i++)
        all = all && frem_column_code(projections, "statistic", frem_spread_statistics[i]) >= 0;
    return all;
}

/** Which rows are read. */
typedef struct sieve {
    const uint32_t *sector, *statistic;
    ptrdiff_t all_sectors, shown;
} sieve;

static bool is_shown(const void *context, size_t row) {
    const sieve *s = context;
    return (ptrdiff_t)s->sector[row] == s->all_sectors && (ptrdiff_t)s->statistic[row] == s->shown;
}

/** The years of all curves together, and each curve over them. */
static frem_status spread(frem_projected *p) {
    const frem_curves *curves = &p->curves;
    int first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < curves->n_points; i++) {
        first = curves->points[i].axis < first ? curves->points[i].axis : first;
        last = curves->points[i].axis > last ? curves->points[i].axis : last;
    }
    p->first_year = last < first ? 0 : first;
    p->n_years = last < first ? 0 : (size_t)(last - first) + 1;
    const size_t n = curves->n * p->n_years;
    p->values = malloc((n + 1) * sizeof *p->values);
    if (p->values == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        p->values[i] = (double)NAN;
    for (size_t c = 0; c < curves->n; c++) {
        for (size_t i = curves->starts[c]; i < curves->starts[c + 1]; i++)
            p->values[c * p->n_years + (size_t)(curves->points[i].axis - first)] = curves->points[i].value;
    }
    return FREM_OK;
}

/** Notes a code of a row, where it is the first. */
static void note(frem_projected_order *order, bool *known, size_t run, uint32_t code) {
    if (known[run * order->most + code])
        return;
    known[run * order->most + code] = true;
    order->codes[run * order->most + order->n[run]++] = code;
}

/** The scenario and variant of a row, among those of the document: the same as that of the row before, mostly. */
static size_t told_of(const frem_projected *p, uint32_t scenario, uint32_t variant, size_t before) {
    const size_t n = p->document->n_scenarios;
    for (size_t i = 0; i < n; i++) {
        const size_t t = (before + i) % n;
        if (p->scenario[t] == (ptrdiff_t)scenario && p->variant[t] == (ptrdiff_t)variant)
            return t;
    }
    return SIZE_MAX;
}

/** The order of a column's codes in each scenario and variant. */
static frem_status list_codes(const frem_projected *p, const sieve *s, const char *column,
                              frem_projected_order *out) {
    const uint32_t *scenario = frem_column_codes(p->frame, "scenario");
    const uint32_t *variant = frem_column_codes(p->frame, "variant");
    const uint32_t *codes = frem_column_codes(p->frame, column);
    const size_t n = p->document->n_scenarios, rows = frem_frame_rows(p->frame);
    out->most = frem_column_labels(p->frame, column);
    out->codes = calloc(n * out->most + 1, sizeof *out->codes);
    out->n = calloc(n + 1, sizeof *out->n);
    bool *known = calloc(n * out->most + 1, sizeof *known);
    const bool good = out->codes != NULL && out->n != NULL && known != NULL;
    for (size_t row = 0, run = 0; row < rows && good; row++) {
        const size_t found = is_shown(s, row) ? told_of(p, scenario[row], variant[row], run) : SIZE_MAX;
        if (found == SIZE_MAX)
            continue;
        run = found;
        note(out, known, run, codes[row]);
    }
    free(known);
    return good ? FREM_OK : FREM_NO_MEMORY;
}

static frem_status open_curves(frem_projected *out, const frem_document *document, const frem_frame *frame,
                               const char *statistic, bool rows) {
    *out = (frem_projected){.document = document, .frame = frame};
    const sieve s = {.sector = frem_column_codes(frame, "sector"),
                     .statistic = frem_column_codes(frame, "statistic"),
                     .all_sectors = frem_column_code(frame, "sector", "all"),
                     .shown = frem_column_code(frame, "statistic", statistic)};
    const size_t n = document->n_scenarios;
    out->scenario = calloc(n + 1, sizeof *out->scenario);
    out->variant = calloc(n + 1, sizeof *out->variant);
    if (out->scenario == NULL || out->variant == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        out->scenario[i] = frem_column_code(frame, "scenario", document->scenarios[i].name);
        out->variant[i] = frem_column_code(frame, "variant", document->scenarios[i].variant);
    }
    for (size_t m = 0; m < FREM_M_COUNT; m++)
        out->measures[m] = frem_column_code(frame, "measure", frem_measures[m].name);
    if (!frem_document_projects(document) || frem_frame_rows(frame) == 0)
        return FREM_OK;
    if (s.sector == NULL || s.statistic == NULL)
        return FREM_DEFECT;
    const frem_curves_plan plan = {frame, frame, dims, DIMS, "year", is_shown, &s, rows};
    frem_status status = frem_curves_build(&out->curves, &plan);
    if (status == FREM_OK)
        status = list_codes(out, &s, "region", &out->regions);
    if (status == FREM_OK)
        status = list_codes(out, &s, "profession", &out->professions);
    return status == FREM_OK ? spread(out) : status;
}

frem_status frem_projected_open(frem_projected *out, const frem_document *document, const char *statistic) {
    return open_curves(out, document, frem_document_projections(document), statistic, false);
}

frem_status frem_projected_open_rows(frem_projected *out, const frem_document *document,
                                     const char *statistic) {
    return open_curves(out, document, document->results, statistic, true);
}

void frem_projected_close(frem_projected *projected) {
    frem_curves_free(&projected->curves);
    free(projected->values);
    free(projected->scenario);
    free(projected->variant);
    free(projected->regions.codes);
    free(projected->regions.n);
    free(projected->professions.codes);
    free(projected->professions.n);
    *projected = (frem_projected){0};
}

const double *frem_projected_series(const frem_projected *projected, size_t run, size_t region,
                                    size_t profession, size_t measure) {
    const ptrdiff_t scenario = projected->scenario[run], variant = projected->variant[run];
    if (projected->n_years == 0 || scenario < 0 || variant < 0)
        return NULL;
    const uint32_t codes[] = {(uint32_t)scenario, (uint32_t)variant, (uint32_t)region, (uint32_t)profession,
                              (uint32_t)measure};
    const ptrdiff_t place = frem_curves_find(&projected->curves, codes);
    return place < 0 ? NULL : projected->values + (size_t)place * projected->n_years;
}

const double *frem_projected_at(const frem_projected *projected, size_t run, size_t region, size_t profession,
                                frem_measure_id measure) {
    const ptrdiff_t code = projected->measures[measure];
    return code < 0 ? NULL : frem_projected_series(projected, run, region, profession, (size_t)code);
}

const double *frem_projected_find(const frem_projected *projected, size_t run, const char *region,
                                  const char *profession, frem_measure_id measure) {
    const ptrdiff_t r = frem_column_code(projected->frame, "region", region);
    const ptrdiff_t p = frem_column_code(projected->frame, "profession", profession);
    return r < 0 || p < 0 ? NULL : frem_projected_at(projected, run, (size_t)r, (size_t)p, measure);
}

double frem_projected_value(const frem_projected *projected, size_t run, size_t region, size_t profession,
                            frem_measure_id measure, size_t year) {
    const double *series = frem_projected_at(projected, run, region, profession, measure);
    return series == NULL ? (double)NAN : series[year];
}

const uint32_t *frem_projected_codes(const frem_projected_order *order, size_t run, size_t *n) {
    *n = order->n != NULL ? order->n[run] : 0;
    return *n > 0 ? order->codes + run * order->most : NULL;
}

bool frem_projected_years(const frem_projected *projected, size_t run, int *first, size_t *n) {
    const frem_curves *curves = &projected->curves;
    int32_t low = INT32_MAX, high = INT32_MIN;
    for (size_t i = 0; i < curves->n; i++) {
        const frem_curve_point *begins = &curves->points[curves->starts[i]];
        const frem_curve_point *ends = &curves->points[curves->starts[i + 1] - 1];
        if ((ptrdiff_t)frem_curves_code(curves, i, 0) != projected->scenario[run] ||
            (ptrdiff_t)frem_curves_code(curves, i, 1) != projected->variant[run])
            continue;
        low = begins->axis < low ? begins->axis : low;
        high = ends->axis > high ? ends->axis : high;
    }
    *first = low <= high ? low : 0;
    *n = low <= high ? (size_t)(high - low) + 1 : 0;
    return low <= high;
}

bool frem_projected_has(const frem_projected *projected, const double *series) {
    for (size_t y = 0; series != NULL && y < projected->n_years; y++) {
        if (!isnan(series[y]))
            return true;
    }
    return false;
}

size_t frem_projected_region_code(const frem_projected *projected, size_t run) {
    return (size_t)frem_column_code(
        projected->frame, "region",
        frem_document_region(projected->document, &projected->document->scenarios[run]));
}
