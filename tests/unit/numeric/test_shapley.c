/* Shapley values: by hand, as published, and sampled inside their intervals. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/numeric.h"
#include "support/check.h"
#include "support/dasgupta.h"

/* none 10, the first alone 13, the second alone 18, both 31: the first adds 3 or 13, the second 8 or 18. */
static void two_players_share_by_hand(void **state) {
    (void)state;
    const double values[] = {10, 13, 18, 31};
    double out[2];
    frem_shapley(2, values, out);
    assert_close(out[0], 8, 1e-12);
    assert_close(out[1], 13, 1e-12);
}

/* A product 2 x 3 x 5 against 1 x 1 x 1, by the six orders: the first adds (1 + 1 + 3 + 5 + 15 + 15) / 6. */
static void three_players_share_by_hand(void **state) {
    (void)state;
    const double values[] = {1, 2, 3, 6, 5, 10, 15, 30};
    double out[3];
    frem_shapley(3, values, out);
    assert_close(out[0], 40.0 / 6, 1e-12);
    assert_close(out[1], (2 + 2 + 4 + 10 + 20 + 20) / 6.0, 1e-12);
    assert_close(out[2], (4 + 4 + 8 + 12 + 24 + 24) / 6.0, 1e-12);
}

static double rate(const dasgupta_example *e, size_t coalition) {
    double sum = 0, other = 0;
    for (size_t c = 0; c < e->classes; c++) {
        double at[DASGUPTA_FACTORS] = {0}, product = 1;
        for (size_t f = 0; f < e->factors; f++) {
            at[f] = e->at[coalition >> f & 1][f][c];
            product *= at[f];
        }
        if (e->rate == DASGUPTA_DIFFERENCE)
            return at[0] - at[1];
        sum += e->rate == DASGUPTA_PRODUCTS ? product : at[0] * at[1] * at[2];
        other += at[0] * (1 - at[1]) * at[3];
    }
    return e->rate == DASGUPTA_PRODUCTS ? e->scale * sum : sum / (sum + other);
}

static void published_effects_come_out_in_every_digit(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof dasgupta_examples / sizeof *dasgupta_examples; i++) {
        const dasgupta_example *e = &dasgupta_examples[i];
        double values[1 << DASGUPTA_FACTORS], out[DASGUPTA_FACTORS];
        for (size_t c = 0; c < (size_t)1 << e->factors; c++)
            values[c] = rate(e, c);
        frem_shapley(e->factors, values, out);
        for (size_t f = 0; f < e->factors; f++) {
            char text[32];
            const char *point = strchr(e->effect[f], '.');
            (void)snprintf(text, sizeof text, "%.*f", (int)strlen(point + 1), out[f]);
            assert_string_equal(text, e->effect[f]);
        }
    }
}

enum { PLAYERS = 8, ORDERS = 40, TIMES = 200 };

/* A game that is neither a sum nor a product: each pair of members adds to it. */
static double game(size_t coalition) {
    double sum = 0;
    for (size_t i = 0; i < PLAYERS; i++) {
        for (size_t j = 0; j < PLAYERS; j++) {
            if (coalition >> i & 1 && coalition >> j & 1)
                sum += sin((double)(3 * i + 5 * j + 1)) * (i == j ? 10 : 3);
        }
    }
    return sum * (coalition & 1 ? 1.5 : 1);
}

static void sample(uint64_t seed, double *out, double *half) {
    size_t order[ORDERS * PLAYERS];
    double values[ORDERS * (PLAYERS + 1)];
    assert_int_equal(frem_shapley_orders(PLAYERS, ORDERS, seed, order), FREM_OK);
    for (size_t o = 0; o < ORDERS; o++) {
        size_t coalition = 0;
        values[o * (PLAYERS + 1)] = game(0);
        for (size_t i = 0; i < PLAYERS; i++) {
            coalition |= (size_t)1 << order[o * PLAYERS + i];
            values[o * (PLAYERS + 1) + i + 1] = game(coalition);
        }
    }
    assert_int_equal(frem_shapley_sampled(PLAYERS, ORDERS, order, values, out, half), FREM_OK);
}

/* Of 1600 intervals 92 to 98 in 100 hold the exact value. */
static void intervals_hold_the_exact_value_at_their_rate(void **state) {
    (void)state;
    double values[1 << PLAYERS], exact[PLAYERS], out[PLAYERS], half[PLAYERS];
    for (size_t c = 0; c < (size_t)1 << PLAYERS; c++)
        values[c] = game(c);
    frem_shapley(PLAYERS, values, exact);
    size_t inside = 0;
    for (uint64_t seed = 1; seed <= TIMES; seed++) {
        double sum = 0;
        sample(seed, out, half);
        for (size_t i = 0; i < PLAYERS; i++) {
            inside += fabs(out[i] - exact[i]) <= half[i] + 1e-12;
            sum += out[i];
        }
        assert_close(sum, values[(1 << PLAYERS) - 1] - values[0], 1e-9);
    }
    assert_in_range(inside, TIMES * PLAYERS * 92 / 100, TIMES * PLAYERS * 98 / 100);
}

/* Where a player adds the same with and without the others, one pair of orders is exact. */
static void a_sum_needs_no_interval(void **state) {
    (void)state;
    const size_t order[] = {0, 1, 1, 0, 0, 1, 1, 0};
    const double values[] = {1, 3, 8, 1, 6, 8, 1, 3, 8, 1, 6, 8};
    double out[2], half[2];
    assert_int_equal(frem_shapley_sampled(2, 4, order, values, out, half), FREM_OK);
    assert_close(out[0], 2, 0);
    assert_close(out[1], 5, 0);
    assert_close(half[0] + half[1], 0, 0);
}

int main(void) {
    (void)setlocale(LC_NUMERIC, "C"); /* numbers are printed here as files have them */
    const struct CMUnitTest tests[] = {cmocka_unit_test(two_players_share_by_hand),
                                       cmocka_unit_test(three_players_share_by_hand),
                                       cmocka_unit_test(published_effects_come_out_in_every_digit),
                                       cmocka_unit_test(intervals_hold_the_exact_value_at_their_rate),
                                       cmocka_unit_test(a_sum_needs_no_interval)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
