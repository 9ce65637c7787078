#include <pthread.h>

#include <gsl/gsl_errno.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

static pthread_once_t handler_off = PTHREAD_ONCE_INIT;

static void switch_handler_off(void) {
    (void)gsl_set_error_handler_off();
}

void frem_numeric_ready(void) {
    (void)pthread_once(&handler_off, switch_handler_off);
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
