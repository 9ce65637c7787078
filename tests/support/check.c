#include "support/check.h"

#include <locale.h>

/* A program that links the library may have chosen any locale; the tests take the environment's. */
__attribute__((constructor)) static void take_locale(void) {
    setlocale(LC_ALL, "");
}

bool frem_close(double actual, double expected, double tolerance) {
    if (isinf(actual) || isinf(expected))
        return isinf(actual) && isinf(expected) && signbit(actual) == signbit(expected);
    return fabs(actual - expected) <= tolerance;
}

void frem_check_close(double actual, double expected, double tolerance, const char *what, const char *file,
                      int line) {
    if (frem_close(actual, expected, tolerance))
        return;
    print_error("%s is %.17g, expected %.17g (within %g, off by %g)\n", what, actual, expected, tolerance,
                actual - expected);
    _fail(file, line);
}
