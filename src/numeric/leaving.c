#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>

#include "numeric/numeric.h"

double frem_normal_cdf(double z) {
    frem_numeric_ready();
    return gsl_cdf_ugaussian_P(z);
}

/** Share of the uncut distribution between two ages. Above the mean it is the difference of two upper tails:
 * there the lower ones are both near 1 and their difference is noise. */
static double mass(const frem_leaving *leaving, double from, double to) {
    const double z_from = (from - leaving->mean) / leaving->spread;
    const double z_to = (to - leaving->mean) / leaving->spread;
    const double share = z_from > 0.0 ? gsl_cdf_ugaussian_Q(z_from) - gsl_cdf_ugaussian_Q(z_to)
                                      : gsl_cdf_ugaussian_P(z_to) - gsl_cdf_ugaussian_P(z_from);
    return fmax(share, 0.0);
}

/** Whether everybody leaves at one age, or so nearly that the tail between the bounds underflows: then they
 * leave at the mean, or at the bound nearest to it. */
static bool leaves_at_once(const frem_leaving *leaving) {
    return !(leaving->spread > 0.0) || mass(leaving, leaving->earliest, leaving->latest) <= 0.0;
}

double frem_leaving_cdf(const frem_leaving *leaving, double age) {
    frem_numeric_ready();
    if (age <= leaving->earliest)
        return 0.0;
    if (age >= leaving->latest)
        return 1.0;
    if (leaves_at_once(leaving))
        return age >= leaving->mean ? 1.0 : 0.0;

    const double share =
        mass(leaving, leaving->earliest, age) / mass(leaving, leaving->earliest, leaving->latest);
    return fmin(share, 1.0);
}

double frem_leaving_hazard(const frem_leaving *leaving, int age) {
    frem_numeric_ready();
    const double from = fmax(age + 0.5, leaving->earliest);
    const double to = age + 1.5;
    if (to >= leaving->latest)
        return 1.0;
    if (to <= leaving->earliest)
        return 0.0;
    if (leaves_at_once(leaving))
        return frem_leaving_cdf(leaving, to); /* past the mean 1 - F is 0, and the hazard 1 as F is */

    /* The bounds' common factor cancels between the numerator and the denominator of the hazard. */
    const double left = mass(leaving, from, leaving->latest);
    return left > 0.0 ? fmin(mass(leaving, from, to) / left, 1.0) : 1.0;
}
