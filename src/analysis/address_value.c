/* What results have at an address. */
#include <math.h>
#include <string.h>

#include "fremskriv/address.h"

/* The one profession of the results; NULL where there are more, or none. */
static const char *only_profession(const frem_frame *table) {
    const ptrdiff_t column = frem_frame_column(table, "profession");
    const char *only = NULL;
    for (uint32_t i = 0; column >= 0 && i < frem_frame_labels(table, (size_t)column); i++) {
        const char *name = frem_frame_label_text(table, (size_t)column, i);
        if (strcmp(name, "all") == 0)
            continue;
        if (only != NULL)
            return NULL;
        only = name;
    }
    return only;
}

/* The value of one of the years. The sum over professions has no rows where there is one alone, but for what belongs to no
 * profession, as users. */
static frem_status value_at(frem_results *results, const frem_address *address, const char *scenario,
                            const char *variant, int year, double *value) {
    frem_value_key key = {.scenario = scenario,
                          .variant = variant,
                          .measure = address->measure,
                          .profession = address->profession,
                          .region = address->region,
                          .sector = address->sector,
                          .year = year};
    const frem_status status = frem_results_value(results, &key, value);
    key.profession = strcmp(address->profession, "all") == 0 && isnan(*value)
                         ? only_profession(frem_results_table(results))
                         : NULL;
    return key.profession != NULL ? frem_results_value(results, &key, value) : status;
}

frem_status frem_address_value(frem_results *results, const frem_address *address, const char *scenario,
                               const char *variant, double *value) {
    double first = 0, last;
    *value = (double)NAN;
    if (address->years == FREM_ADDRESS_SPAN)
        return FREM_USAGE;
    frem_status status = value_at(results, address, scenario, variant, address->last_year, &last);
    if (status == FREM_OK && address->years == FREM_ADDRESS_CHANGE)
        status = value_at(results, address, scenario, variant, address->first_year, &first);
    if (status == FREM_OK)
        *value = last - first;
    return status;
}
