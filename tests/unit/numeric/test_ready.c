#include "support/check.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_log.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

static void a_fault_in_gsl_does_not_end_the_process(void **state) {
    (void)state;
    frem_numeric_ready();
    frem_numeric_ready();
    gsl_sf_result result;
    assert_int_equal(gsl_sf_log_e(-1.0, &result), GSL_EDOM);
}

static void gsl_statuses_become_ours(void **state) {
    (void)state;
    assert_int_equal(frem_numeric_status(GSL_SUCCESS), FREM_OK);
    assert_int_equal(frem_numeric_status(GSL_ENOMEM), FREM_NO_MEMORY);
    assert_int_equal(frem_numeric_status(GSL_EINVAL), FREM_INVALID);
    assert_int_equal(frem_numeric_status(GSL_EDOM), FREM_INVALID);
    assert_int_equal(frem_numeric_status(GSL_ESANITY), FREM_DEFECT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_in_gsl_does_not_end_the_process),
        cmocka_unit_test(gsl_statuses_become_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
