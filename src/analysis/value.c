/* A value of the results by what it is about. */
#include <math.h>

#include "analysis/results.h"
#include "frame/columns.h"
#include "frame/projected.h"

static const char *const dims[] = {"scenario", "variant", "region", "profession", "sector", "measure"};
enum { DIMS = sizeof dims / sizeof *dims };

/* The rows of the statistic that is shown. */
typedef struct sieve {
    const uint32_t *statistic;
    ptrdiff_t shown;
} sieve;

static bool is_shown(const void *context, size_t row) {
    const sieve *s = context;
    return (ptrdiff_t)s->statistic[row] == s->shown;
}

/* Sorts the table by what its rows are about, once. */
static frem_status index_values(frem_results *results) {
    const frem_frame *frame = frem_document_projections(&results->document);
    if (results->has_values)
        return FREM_OK;
    const sieve s = {frem_column_codes(frame, "statistic"),
                     frem_column_code(frame, "statistic", frem_projected_statistic(frame))};
    const frem_curves_plan plan = {frame, frame, dims, DIMS, "year", is_shown, &s, false};
    const frem_status status = frem_curves_build(&results->values, &plan);
    results->has_values = status == FREM_OK;
    if (status != FREM_OK)
        frem_curves_free(&results->values);
    return status;
}

frem_status frem_results_value(frem_results *results, const frem_value_key *key, double *value) {
    const frem_document *document = &results->document;
    *value = (double)NAN;
    if (!frem_document_projects(document) || document->n_scenarios == 0 || key->measure == NULL)
        return FREM_INVALID;
    frem_status status = index_values(results);
    const char *const names[DIMS] = {key->scenario != NULL ? key->scenario : document->scenarios[0].name,
                                     key->variant != NULL ? key->variant : "base",
                                     key->region != NULL ? key->region : "all",
                                     key->profession != NULL ? key->profession : "all",
                                     key->sector != NULL ? key->sector : "all",
                                     key->measure};
    uint32_t codes[FREM_CURVE_DIMS] = {0};
    for (size_t d = 0; d < DIMS && status == FREM_OK; d++) {
        const ptrdiff_t code = frem_column_code(frem_document_projections(document), dims[d], names[d]);
        if (code < 0)
            status = FREM_INVALID;
        else
            codes[d] = (uint32_t)code;
    }
    if (status == FREM_OK)
        (void)frem_curves_value(&results->values, frem_curves_find(&results->values, codes), key->year,
                                value);
    return status;
}
