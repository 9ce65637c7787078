/** @file
 *  Eight published decompositions: P. Das Gupta, "Standardization and decomposition of rates: a user's manual", US Bureau of
 *  the Census, Current Population Reports P23-186 (1993), public domain; the digits as the R package DasGuptR prints them
 *  (github.com/josiahpjking/DasGuptR). Inputs, the rate that is decomposed, and each factor's published effect.
 */
#ifndef FREM_TESTS_DASGUPTA_H
#define FREM_TESTS_DASGUPTA_H

#include <stddef.h>

enum { DASGUPTA_FACTORS = 5, DASGUPTA_CLASSES = 13 };

/** How a rate is made of its factors. */
typedef enum dasgupta_rate {
    DASGUPTA_PRODUCTS,    /**< the sum over classes of the product of all factors, times `scale` */
    DASGUPTA_DIFFERENCE,  /**< the first less the second */
    DASGUPTA_ILLEGITIMACY /**< sum(A B C) / (sum(A B C) + sum(A (1 - B) D)) */
} dasgupta_rate;

typedef struct dasgupta_example {
    const char *number, *what;
    dasgupta_rate rate;
    double scale;
    size_t factors, classes;
    double at[2][DASGUPTA_FACTORS][DASGUPTA_CLASSES]; /**< [population][factor][class] */
    const char *effect[DASGUPTA_FACTORS];             /**< as printed */
} dasgupta_example;

static const dasgupta_example dasgupta_examples[] = {
    {"2.1",
     "mean earnings, US 1980",
     DASGUPTA_PRODUCTS,
     1,
     2,
     1,
     {{{10930}, {0.717892}}, {{16591}, {0.825974}}},
     {"4369.913", "1487.262"}},
    {"2.2",
     "birth rate, Austria and Chile 1981",
     DASGUPTA_PRODUCTS,
     1,
     3,
     1,
     {{{51.78746}, {0.45919}, {0.52638}}, {{84.90502}, {0.75756}, {0.51065}}},
     {"10.4340333", "10.5608476", "-0.6670084"}},
    {"2.3",
     "non-marital live births, white women 15-19, US",
     DASGUPTA_PRODUCTS,
     1,
     4,
     1,
     {{{25.3}, {0.214}, {0.279}, {0.949}}, {{32.7}, {0.29}, {0.473}, {0.986}}},
     {"0.6889411", "0.8125381", "1.3829055", "0.1047547"}},
    {"2.4",
     "total fertility rate, South Korea",
     DASGUPTA_PRODUCTS,
     1,
     5,
     1,
     {{{0.58}, {0.76}, {0.84}, {0.66}, {16.573}}, {{0.72}, {0.97}, {0.97}, {0.56}, {16.158}}},
     {"1.0909785", "1.2298438", "0.7278399", "-0.8398707", "-0.1290187"}},
    {"3.1",
     "natural increase, US",
     DASGUPTA_DIFFERENCE,
     1,
     2,
     1,
     {{{19.4}, {10.8}}, {{23.7}, {9.5}}},
     {"4.3", "1.3"}},
    {"4.3",
     "crude birth rate, Taiwan",
     DASGUPTA_PRODUCTS,
     1,
     3,
     7,
     {{{393, 407, 369, 274, 184, 90, 16},
       {0.122, 0.622, 0.903, 0.93, 0.916, 0.873, 0.8},
       {0.043, 0.041, 0.036, 0.032, 0.026, 0.02, 0.018}},
      {{488, 452, 338, 156, 63, 22, 3},
       {0.082, 0.527, 0.866, 0.941, 0.942, 0.923, 0.876},
       {0.058, 0.038, 0.032, 0.03, 0.026, 0.023, 0.019}}},
     {"-7.285632", "-2.720633", "-1.565181"}},
    {"4.4",
     "illegitimacy ratio, US",
     DASGUPTA_ILLEGITIMACY,
     1,
     4,
     6,
     {{{0.2, 0.163, 0.146, 0.154, 0.168, 0.169},
       {0.866, 0.325, 0.119, 0.099, 0.099, 0.121},
       {0.007, 0.021, 0.023, 0.015, 0.008, 0.002},
       {0.454, 0.326, 0.195, 0.107, 0.051, 0.015}},
      {{0.169, 0.195, 0.19, 0.174, 0.15, 0.122},
       {0.931, 0.563, 0.311, 0.216, 0.199, 0.191},
       {0.018, 0.026, 0.023, 0.016, 0.008, 0.002},
       {0.38, 0.201, 0.149, 0.079, 0.025, 0.006}}},
     {"-0.00620498", "0.04866154", "0.02705922", "0.02470928"}},
    {"5.1",
     "household headship rates, US",
     DASGUPTA_PRODUCTS,
     0.01,
     2,
     13,
     {{{12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9},
       {1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8}},
      {{10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5},
       {2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2}}},
     {"1.2269", "1.7403"}},
};

#endif
