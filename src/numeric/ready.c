#include <stdatomic.h>

#include <gsl/gsl_errno.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

static atomic_int handler_off;

/* Setting the handler is done by the first thread; the others wait for the few instructions that it takes. */
void frem_numeric_ready(void) {
    enum { NOT_YET, BEGUN, DONE };
    int state = NOT_YET;
    if (atomic_compare_exchange_strong(&handler_off, &state, BEGUN)) {
        (void)gsl_set_error_handler_off();
        atomic_store(&handler_off, DONE);
    }
    while (atomic_load(&handler_off) != DONE)
        ;
}

frem_status frem_numeric_status(int gsl) {
    switch (gsl) {
    case GSL_SUCCESS:
        return FREM_OK;
    case GSL_ENOMEM:
        return FREM_NO_MEMORY;
    case GSL_EINVAL:
    case GSL_EDOM:
        return FREM_INVALID;
    default:
        return FREM_DEFECT;
    }
}
