/* What the field table's units are called in Danish; in English they are called what they are. */
#include <string.h>

#include "scenario/fields.h"

static const struct {
    const char *unit, *danish;
} danish[] = {
    {"ECTS", "ECTS"},
    {"FTE", "årsværk"},
    {"FTE per employed person", "årsværk pr. beskæftiget"},
    {"FTE per student", "årsværk pr. studerende"},
    {"STÅ", "STÅ"},
    {"children per adult", "børn pr. voksen"},
    {"days per year", "dage om året"},
    {"deaths per person-year", "dødsfald pr. personår"},
    {"factor", "faktor"},
    {"hours per week", "timer om ugen"},
    {"hours per year", "timer om året"},
    {"index", "indeks"},
    {"kr.", "kr."},
    {"kr. per FTE", "kr. pr. årsværk"},
    {"mio. kr.", "mio. kr."},
    {"months", "måneder"},
    {"need per person", "behov pr. person"},
    {"per cent per per cent", "procent pr. procent"},
    {"per year", "pr. år"},
    {"persons", "personer"},
    {"places", "pladser"},
    {"places or STÅ", "pladser eller STÅ"},
    {"points per point", "point pr. point"},
    {"share", "andel"},
    {"share per year", "andel pr. år"},
    {"users per person", "brugere pr. person"},
    {"weeks", "uger"},
    {"weight", "vægt"},
    {"year", "årstal"},
    {"years", "år"},
    {"years of age", "års alder"},
    {"years per year", "år pr. år"},
};

const char *frem_unit_text(const char *unit, frem_lang lang) {
    for (size_t i = 0; unit != NULL && lang == FREM_DA && i < sizeof danish / sizeof *danish; i++) {
        if (strcmp(danish[i].unit, unit) == 0)
            return danish[i].danish;
    }
    return unit;
}

bool frem_unit_counts(const char *unit) {
    static const char *const units[] = {"persons", "FTE",      "places",     "places or STÅ",
                                        "kr.",     "mio. kr.", "kr. per FTE"};
    for (size_t i = 0; unit != NULL && i < sizeof units / sizeof *units; i++) {
        if (strcmp(units[i], unit) == 0)
            return true;
    }
    return false;
}
