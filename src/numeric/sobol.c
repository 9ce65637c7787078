#include <gsl/gsl_qrng.h>
#include <stdlib.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

struct frem_sobol {
    gsl_qrng *generator;
};

frem_status frem_sobol_new(frem_sobol **out, size_t dimensions) {
    *out = NULL;
    /* Beyond its limit GSL gives zeros and calls it success. */
    if (dimensions == 0 || dimensions > FREM_SOBOL_MAX)
        return FREM_INVALID;
    frem_numeric_ready();
    frem_sobol *sequence = calloc(1, sizeof *sequence);
    if (sequence == NULL)
        return FREM_NO_MEMORY;
    sequence->generator = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dimensions);
    if (sequence->generator == NULL) {
        free(sequence);
        return FREM_NO_MEMORY;
    }
    *out = sequence;
    return FREM_OK;
}

void frem_sobol_free(frem_sobol *sequence) {
    if (sequence == NULL)
        return;
    gsl_qrng_free(sequence->generator);
    free(sequence);
}

void frem_sobol_restart(frem_sobol *sequence) {
    gsl_qrng_init(sequence->generator);
}

frem_status frem_sobol_next(frem_sobol *sequence, double *point) {
    return frem_numeric_status(gsl_qrng_get(sequence->generator, point));
}
