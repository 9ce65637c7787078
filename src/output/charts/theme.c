#include "output/charts/theme.h"

#include <math.h>

static const uint32_t colours[FREM_ROLE_COUNT] = {
    [FREM_ROLE_INK] = FREM_COLOUR_INK, [FREM_ROLE_MUTED] = 0x8a8a8a,      [FREM_ROLE_SUPPLY] = 0x0b3c6f,
    [FREM_ROLE_DEMAND] = 0xc44e00,     [FREM_ROLE_SURPLUS] = 0xb7d3ec,    [FREM_ROLE_SHORTAGE] = 0xf4b8a2,
    [FREM_ROLE_TOTAL] = 0x4d4d4d,      [FREM_ROLE_WIDE] = 0xd3e3f2,       [FREM_ROLE_NARROW] = 0x9dc1e2,
    [FREM_ROLE_IN] = 0x0b3c6f,         [FREM_ROLE_IN + 1] = 0x6fa8d6,     [FREM_ROLE_IN + 2] = 0x1f78a8,
    [FREM_ROLE_IN + 3] = 0xbcd9ee,     [FREM_ROLE_IN_LAST] = 0x12685b,    [FREM_ROLE_OUT] = 0xa63603,
    [FREM_ROLE_OUT + 1] = 0xf0a35e,    [FREM_ROLE_OUT + 2] = 0x4d4d4d,    [FREM_ROLE_OUT + 3] = 0xfcd5b0,
    [FREM_ROLE_OUT_LAST] = 0x8c6800,   [FREM_ROLE_SERIES] = 0x0b3c6f,     [FREM_ROLE_SERIES + 1] = 0xc44e00,
    [FREM_ROLE_SERIES + 2] = 0x00735c, [FREM_ROLE_SERIES + 3] = 0x8a3f8f, [FREM_ROLE_SERIES + 4] = 0x2a79ab,
    [FREM_ROLE_SERIES + 5] = 0x8c6800, [FREM_ROLE_SERIES + 6] = 0x555555, [FREM_ROLE_SERIES_LAST] = 0xb83a6b,
};

uint32_t frem_theme_colour(frem_role role) {
    return role < FREM_ROLE_COUNT ? colours[role] : FREM_COLOUR_INK;
}

frem_dash frem_theme_dash(frem_role role) {
    static const frem_dash dashes[] = {FREM_DASH_NONE, FREM_DASH_LONG, FREM_DASH_SHORT, FREM_DASH_MIXED};
    if (role < FREM_ROLE_SERIES || role > FREM_ROLE_SERIES_LAST)
        return FREM_DASH_NONE;
    return dashes[((size_t)role - (size_t)FREM_ROLE_SERIES) % (sizeof dashes / sizeof *dashes)];
}

uint32_t frem_theme_diverging(int step) {
    static const uint32_t scale[] = {0xb8470a, 0xe07b39, 0xf3ad7c, 0xfadcc6, 0xf6f6f4,
                                     0xcfe1f1, 0x92bfe0, 0x4a8fc3, 0x14558f};
    const int most = (int)(sizeof scale / sizeof *scale) / 2;
    return scale[(step < -most ? -most : step > most ? most : step) + most];
}

double frem_theme_luminance(uint32_t colour) {
    static const double weights[] = {0.0722, 0.7152, 0.2126};
    double sum = 0.0;
    for (unsigned i = 0; i < 3; i++) {
        const double c = (double)((colour >> (8 * i)) & 0xffu) / 255.0;
        sum += weights[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

uint32_t frem_theme_text_on(uint32_t colour) {
    const double l = frem_theme_luminance(colour) + 0.05;
    return l / (frem_theme_luminance(FREM_COLOUR_INK) + 0.05) >= 1.05 / l ? FREM_COLOUR_INK
                                                                          : FREM_COLOUR_PAPER;
}
