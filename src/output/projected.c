#include "output/projected.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

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

frem_status frem_projected_open(frem_projected *out, const frem_document *document, const char *statistic) {
    const frem_frame *frame = frem_document_projections(document);
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
    if (!frem_document_projects(document) || frem_frame_rows(frame) == 0)
        return FREM_OK;
    if (s.sector == NULL || s.statistic == NULL)
        return FREM_DEFECT;
    const frem_curves_plan plan = {frame, frame, dims, DIMS, "year", is_shown, &s};
    const frem_status status = frem_curves_build(&out->curves, &plan);
    return status == FREM_OK ? spread(out) : status;
}

void frem_projected_close(frem_projected *projected) {
    frem_curves_free(&projected->curves);
    free(projected->values);
    free(projected->scenario);
    free(projected->variant);
    *projected = (frem_projected){0};
}

const double *frem_projected_at(const frem_projected *projected, size_t told, size_t region,
                                size_t profession, const char *measure) {
    if (projected->n_years == 0)
        return NULL;
    const ptrdiff_t scenario = projected->scenario[told], variant = projected->variant[told];
    const ptrdiff_t m = frem_column_code(projected->frame, "measure", measure);
    if (scenario < 0 || variant < 0 || m < 0)
        return NULL;
    const uint32_t codes[] = {(uint32_t)scenario, (uint32_t)variant, (uint32_t)region, (uint32_t)profession,
                              (uint32_t)m};
    const ptrdiff_t place = frem_curves_find(&projected->curves, codes);
    return place < 0 ? NULL : projected->values + (size_t)place * projected->n_years;
}

const double *frem_projected_find(const frem_projected *projected, size_t told, const char *region,
                                  const char *profession, const char *measure) {
    const ptrdiff_t r = frem_column_code(projected->frame, "region", region);
    const ptrdiff_t p = frem_column_code(projected->frame, "profession", profession);
    return r < 0 || p < 0 ? NULL : frem_projected_at(projected, told, (size_t)r, (size_t)p, measure);
}

bool frem_projected_has(const frem_projected *projected, const double *series) {
    for (size_t y = 0; series != NULL && y < projected->n_years; y++) {
        if (!isnan(series[y]))
            return true;
    }
    return false;
}

size_t frem_projected_region_code(const frem_projected *projected, size_t told) {
    return (size_t)frem_column_code(
        projected->frame, "region",
        frem_document_region(projected->document, &projected->document->scenarios[told]));
}
