#include "support/check.h"

#include <float.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

/* What the library's functions make of a number with a decimal point; the reader and the writer are compared with
 * them under whatever locale the test runs. */
static double library_reads(const char *text) {
    locale_t former = uselocale(newlocale(LC_ALL_MASK, "C", (locale_t)0));
    double value = strtod(text, NULL);
    freelocale(uselocale(former));
    return value;
}

__attribute__((format(printf, 3, 4))) static void library_prints(char *out, size_t n, const char *format,
                                                                 ...) {
    locale_t former = uselocale(newlocale(LC_ALL_MASK, "C", (locale_t)0));
    va_list args;
    va_start(args, format);
    (void)vsnprintf(out, n, format, args);
    va_end(args);
    freelocale(uselocale(former));
}

static void assert_reads(const char *text, double expected) {
    double value = -12345.0;
    frem_number_fault fault = frem_number_read(text, strlen(text), &value);
    if (fault != FREM_NUMBER_OK || memcmp(&value, &expected, sizeof value) != 0)
        fail_msg("'%s' reads as %.17g (fault %d), expected %.17g", text, value, (int)fault, expected);
}

static void assert_fault(const char *text, frem_number_fault expected) {
    double value = -12345.0;
    frem_number_fault fault = frem_number_read(text, strlen(text), &value);
    if (fault != expected)
        fail_msg("'%s' has fault %d, expected %d", text, (int)fault, (int)expected);
    if (fault != FREM_NUMBER_OK)
        assert_close(value, -12345.0, 0.0);
}

static void test_numbers(void **state) {
    (void)state;
    assert_reads("0", 0.0);
    assert_reads("-0", -0.0);
    assert_reads("007", 7.0);
    assert_reads("+3.5", 3.5);
    assert_reads("-20977", -20977.0);
    assert_reads("0.1", 0.1);
    assert_reads("1122.250", 1122.25);
    assert_reads("1e3", 1000.0);
    assert_reads("2.5E-3", 0.0025);
    assert_reads("1e+22", 1e22);
    assert_reads("999999999999999", 999999999999999.0);
    assert_reads("0000000000000000000012", 12.0);
    assert_reads("9007199254740993", 9007199254740992.0); /* 2^53 + 1: halfway, to even */
    assert_reads("9007199254740993.0000000000000000000000001", 9007199254740994.0);
    assert_reads("1.7976931348623157e308", DBL_MAX);
    assert_reads("4.9e-324", 4.9406564584124654e-324);
    assert_reads("1e-400", 0.0);
    assert_reads("0e999999999999999999999", 0.0);
    assert_reads("0.000000000000000000000000000000000000000000001e45", 1.0);
    assert_reads("100000000000000000000000000000000000000000000e-44", 1.0);
}

/* 2^53 + 1 lies halfway between two doubles; digits far behind the point decide. */
static void test_very_long_numbers(void **state) {
    (void)state;
    static const size_t zeros[] = {0, 700, 783, 784, 785, 900, 5000};
    char text[5100] = "9007199254740993.";
    size_t start = strlen(text);
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
        memset(text + start, '0', zeros[i]);
        memcpy(text + start + zeros[i], "0", 2);
        assert_reads(text, 9007199254740992.0);
        memcpy(text + start + zeros[i], "1", 2);
        assert_reads(text, 9007199254740994.0);
    }
    memset(text, '7', 400);
    text[400] = '\0';
    assert_fault(text, FREM_NUMBER_INFINITE);
    memcpy(text + 400, "e-399", 6);
    assert_reads(text, 7.777777777777778);
}

/* Only the digits; what comes after them in memory belongs to someone else. */
static void test_length_counts(void **state) {
    (void)state;
    double value;
    assert_int_equal(frem_number_read("3.57", 3, &value), FREM_NUMBER_OK);
    assert_close(value, 3.5, 0.0);
    assert_int_equal(frem_number_read("12e9", 2, &value), FREM_NUMBER_OK);
    assert_close(value, 12.0, 0.0);
    assert_int_equal(frem_number_read("1\0", 2, &value), FREM_NUMBER_TRAILING);
}

static void test_faults(void **state) {
    (void)state;
    static const struct {
        const char *text;
        frem_number_fault fault;
    } cases[] = {
        {"", FREM_NUMBER_EMPTY},
        {"  ", FREM_NUMBER_EMPTY},
        {"abc", FREM_NUMBER_FORM},
        {".5", FREM_NUMBER_FORM},
        {"1.", FREM_NUMBER_FORM},
        {"1.e5", FREM_NUMBER_FORM},
        {"0x10", FREM_NUMBER_FORM},
        {"+-1", FREM_NUMBER_FORM},
        {"-", FREM_NUMBER_FORM},
        {" 1", FREM_NUMBER_FORM},
        {"\xE2\x88\x92"
         "1",
         FREM_NUMBER_FORM},
        {"e5", FREM_NUMBER_FORM},
        {"3.5 years", FREM_NUMBER_TRAILING},
        {"1 100", FREM_NUMBER_TRAILING},
        {"74 %", FREM_NUMBER_TRAILING},
        {"74%", FREM_NUMBER_TRAILING},
        {"1 ", FREM_NUMBER_TRAILING},
        {"1e", FREM_NUMBER_TRAILING},
        {"1e+", FREM_NUMBER_TRAILING},
        {"2018-01-01", FREM_NUMBER_TRAILING},
        {"3,", FREM_NUMBER_TRAILING},
        {"3,5", FREM_NUMBER_COMMA},
        {"1.100,5", FREM_NUMBER_COMMA},
        {"1,100", FREM_NUMBER_COMMA},
        {"1.100.500", FREM_NUMBER_COMMA},
        {",5", FREM_NUMBER_COMMA},
        {"1'000", FREM_NUMBER_COMMA},
        {"nan", FREM_NUMBER_INFINITE},
        {"-inf", FREM_NUMBER_INFINITE},
        {"Infinity", FREM_NUMBER_INFINITE},
        {".nan", FREM_NUMBER_INFINITE},
        {"1e309", FREM_NUMBER_INFINITE},
        {"nano", FREM_NUMBER_FORM},
        {"1e99999999999999999999", FREM_NUMBER_INFINITE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_fault(cases[i].text, cases[i].fault);
}

static void test_whole(void **state) {
    (void)state;
    int64_t value = 0;
    assert_int_equal(frem_whole_read("-2018", 5, &value), FREM_NUMBER_OK);
    assert_int_equal(value, -2018);
    assert_int_equal(frem_whole_read("9223372036854775807", 19, &value), FREM_NUMBER_OK);
    assert_true(value == INT64_MAX);
    assert_int_equal(frem_whole_read("-9223372036854775808", 20, &value), FREM_NUMBER_OK);
    assert_true(value == INT64_MIN);
    value = 5;
    assert_int_equal(frem_whole_read("9223372036854775808", 19, &value), FREM_NUMBER_WHOLE);
    assert_int_equal(frem_whole_read("2018.0", 6, &value), FREM_NUMBER_WHOLE);
    assert_int_equal(frem_whole_read("1e3", 3, &value), FREM_NUMBER_WHOLE);
    assert_int_equal(frem_whole_read("", 0, &value), FREM_NUMBER_EMPTY);
    assert_int_equal(frem_whole_read("2018x", 5, &value), FREM_NUMBER_TRAILING);
    assert_int_equal(frem_whole_read("x", 1, &value), FREM_NUMBER_FORM);
    assert_int_equal(value, 5);
}

/* Numbers of every size, from a generator with a fixed seed (xorshift64). */
static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static double random_double(uint64_t *seed) {
    double value;
    do {
        uint64_t bits = next_random(seed);
        memcpy(&value, &bits, sizeof value);
    } while (!isfinite(value));
    return value;
}

static void test_reads_as_the_library_does(void **state) {
    (void)state;
    uint64_t seed = UINT64_C(20180101);
    char text[64];
    for (int i = 0; i < 100000; i++) {
        double value = random_double(&seed);
        if (i % 2 == 0) /* a magnitude of people and shares */
            value = fmod(value, 1e6);
        library_prints(text, sizeof text, i % 3 == 0 ? "%.17g" : i % 3 == 1 ? "%.9e" : "%.25g", value);
        assert_reads(text, library_reads(text));
    }
}

static void assert_fixed(double value, int decimals, const char *expected) {
    char out[FREM_FIXED_MAX];
    size_t n = frem_number_fixed(out, value, decimals);
    assert_text(out, expected);
    assert_int_equal(n, strlen(out));
}

static void test_fixed(void **state) {
    (void)state;
    assert_fixed(0.0, 6, "0.000000");
    assert_fixed(-0.0, 6, "0.000000");
    assert_fixed(-1e-9, 6, "0.000000");
    assert_fixed(-0.0000005, 6, "0.000000"); /* the double lies below the half: 4.99999999999999977e-07 */
    assert_fixed(-0.0000006, 6, "-0.000001");
    assert_fixed(6176.576, 6, "6176.576000");
    assert_fixed(0.9999999, 6, "1.000000");
    assert_fixed(-999999.9999996, 6, "-1000000.000000");
    assert_fixed(0.5, 0, "0");
    assert_fixed(1.5, 0, "2");
    assert_fixed(2.5, 0, "2");
    assert_fixed(0.125, 2, "0.12");
    assert_fixed(0.375, 2, "0.38");
    assert_fixed(1e22, 1, "10000000000000000000000.0");
    assert_fixed(-ldexp(1.0, 100), 6, "-1267650600228229401496703205376.000000"); /* 2^100 */
}

/* The same text as printf, on values of many magnitudes and on exact ties. */
static void assert_as_printf(double value, int decimals) {
    char out[FREM_FIXED_MAX], expected[FREM_FIXED_MAX + 16];
    (void)frem_number_fixed(out, value, decimals);
    library_prints(expected, sizeof expected, "%.*f", decimals, value);
    const char *plain = expected;
    if (expected[0] == '-' && strspn(expected + 1, "0.") == strlen(expected + 1))
        plain++;
    if (strcmp(out, plain) != 0)
        fail_msg("%.17g with %d decimals is %s, expected %s", value, decimals, out, plain);
}

static void test_fixed_as_printf(void **state) {
    (void)state;
    uint64_t seed = UINT64_C(4711);
    for (int i = 0; i < 100000; i++) {
        double value = random_double(&seed);
        assert_as_printf(value, 6);
        assert_as_printf(fmod(value, 1e9), (int)(next_random(&seed) % 10));
        assert_as_printf(ldexp((double)(next_random(&seed) >> 11), (int)(next_random(&seed) % 80) - 70), 6);
    }
    /* Odd multiples of 2^-7 .. 2^-1 are ties at 6 .. 0 decimals: n / 128 has seven decimals and ends in 5. */
    for (int n = -100001; n <= 100001; n += 2)
        for (int decimals = 0; decimals <= 6; decimals++)
            assert_as_printf(ldexp((double)n, -(decimals + 1)), decimals);
    /* Multiples of half a millionth: no ties as doubles, but next to one. */
    for (int n = -100001; n <= 100001; n += 2) {
        assert_as_printf(0.5e-6 * n, 6);
        assert_as_printf(nextafter(0.5e-6 * n, 1e9), 6);
        assert_as_printf(nextafter(0.5e-6 * n, -1e9), 6);
    }
    assert_as_printf(DBL_MAX, 9);
    assert_as_printf(-DBL_MAX, 6);
    assert_as_printf(9007199254740992.0, 6);
    assert_as_printf(9007199254740991.0, 6);
    assert_as_printf(4503599627370495.5, 6);
    assert_as_printf(DBL_MIN, 9);
}

/* A sum is written without the noise of rounding, and never as what it is not. */
static void test_brief(void **state) {
    (void)state;
    static const struct {
        double value, other;
        const char *expected;
    } cases[] = {{0.1 + 0.2, 1, "0.3"},
                 {1.0014742, 1, "1.00147"},
                 {1 - 1e-8, 1, "0.99999999"},
                 {-0.05000000000000002, 0, "-0.05"},
                 {1e-9, 0, "1e-9"},
                 {123456789, 1, "123457000"},
                 {0, 1, "0"},
                 {1, 1, "1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[32];
        assert_int_equal(frem_number_brief(out, cases[i].value, cases[i].other), strlen(cases[i].expected));
        assert_text(out, cases[i].expected);
    }
}

static void assert_shortest(double value, const char *expected) {
    char out[32];
    size_t n = frem_number_shortest(out, value);
    assert_text(out, expected);
    assert_int_equal(n, strlen(out));
}

static void test_shortest(void **state) {
    (void)state;
    assert_shortest(0.0, "0");
    assert_shortest(-0.0, "0");
    assert_shortest(2018.0, "2018");
    assert_shortest(-0.74, "-0.74");
    assert_shortest(0.1, "0.1");
    assert_shortest(0.1 + 0.2, "0.30000000000000004");
    assert_shortest(1.0 / 3.0, "0.3333333333333333");
    assert_shortest(1e16, "10000000000000000");
    assert_shortest(1.5e17, "1.5e17");
    assert_shortest(1e22, "1e22");
    assert_shortest(0.00001, "0.00001");
    assert_shortest(0.000001, "1e-6");
    assert_shortest(ldexp(1.0, -44), "5.684341886080802e-14"); /* the nearest 16 digits end in 801 */
    assert_shortest(5e-324, "5e-324");
    assert_shortest(DBL_MAX, "1.7976931348623157e308");
    assert_shortest(-2.2250738585072014e-308, "-2.2250738585072014e-308");
}

static void test_shortest_comes_back(void **state) {
    (void)state;
    uint64_t seed = UINT64_C(1903);
    char out[32];
    for (int i = 0; i < 50000; i++) {
        double value = random_double(&seed);
        size_t n = frem_number_shortest(out, value);
        assert_true(n < sizeof out);
        assert_reads(out, value);
        value = fmod(value, 1e5) + 0.0; /* -0 becomes 0 */
        n = frem_number_shortest(out, value);
        assert_true(n < sizeof out);
        assert_reads(out, value);
    }
}

/* A decimal comma in the locale changes nothing. Where the system has no such locale this repeats the above. */
static void test_locale(void **state) {
    (void)state;
    char before[64];
    (void)snprintf(before, sizeof before, "%s", setlocale(LC_ALL, NULL));
    if (setlocale(LC_ALL, "da_DK.UTF-8") == NULL)
        (void)setlocale(LC_ALL, "de_DE.UTF-8");
    assert_reads("3.5", 3.5);
    assert_reads("3.1415926535897932384626433832795", 3.141592653589793);
    assert_fault("3,5", FREM_NUMBER_COMMA);
    assert_fixed(1234.5, 1, "1234.5");
    assert_fixed(1e17, 2, "100000000000000000.00");
    assert_shortest(1.0 / 3.0, "0.3333333333333333");
    assert_shortest(1.5e-7, "1.5e-7");
    (void)setlocale(LC_ALL, before);
}

/* Decimals with a comma: a point is never read. */
static void test_comma(void **state) {
    (void)state;
    static const struct {
        const char *text;
        frem_number_fault fault;
        double value;
    } cases[] = {
        {"1,5", FREM_NUMBER_OK, 1.5},      {"-0,25", FREM_NUMBER_OK, -0.25},
        {"1850", FREM_NUMBER_OK, 1850},    {"1,5e3", FREM_NUMBER_OK, 1500},
        {"+7", FREM_NUMBER_OK, 7},         {"1,850", FREM_NUMBER_OK, 1.85},
        {"1.5", FREM_NUMBER_POINT, 0},     {"1.850", FREM_NUMBER_POINT, 0},
        {"1.234,5", FREM_NUMBER_POINT, 0}, {"1,2,3", FREM_NUMBER_POINT, 0},
        {",5", FREM_NUMBER_FORM, 0},       {"1,", FREM_NUMBER_FORM, 0},
        {"x.y", FREM_NUMBER_FORM, 0},      {"1,5 %", FREM_NUMBER_TRAILING, 0},
        {"", FREM_NUMBER_EMPTY, 0},        {"nan", FREM_NUMBER_INFINITE, 0},
        {".", FREM_NUMBER_FORM, 0},        {"-", FREM_NUMBER_FORM, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 0;
        frem_number_fault fault = frem_number_read_comma(cases[i].text, strlen(cases[i].text), &value);
        if (fault != cases[i].fault)
            fail_msg("%s: %d", cases[i].text, (int)fault);
        if (fault == FREM_NUMBER_OK)
            assert_true(value >= cases[i].value && value <= cases[i].value);
    }
}

/* What a number with marks may be meant as; where that is asked, the second form is not asked about again. */
static void test_meant(void **state) {
    (void)state;
    static const struct {
        const char *text;
        char decimal;
        const char *first, *second; /* first NULL: no number is meant */
    } cases[] = {
        {"1,850", '.', "1850", "1.85"},
        {"1 850", '.', "1850", ""},
        {"1.850", '.', "1850", "1.85"},
        {"12.500", '.', "12500", "12.5"},
        {"12.000", ',', "12000", "12,0"},
        {"1.234", '.', "1234", "1.2340"},
        {"3,5", '.', "3.5", ""},
        {"1.100,5", '.', "1100.5", ""},
        {"1,100.5", '.', "1100.5", ""},
        {"1.234,5", ',', "1234,5", ""},
        {"1.5", ',', "1,5", ""},
        {"1.234.567", '.', "1234567", ""},
        {"-1 850,25", '.', "-1850.25", ""},
        {"1'850", '.', "1850", ""},
        {"0,850", '.', "0.850", ""},
        {"1\xC2\xA0"
         "850",
         '.', "1850", ""},
        {"1850,123", '.', "1850.123", ""},
        {"-1,850", '.', "-1850", "-1.85"},
        {"12 50", '.', NULL, ""},
        {"1,2,3", '.', NULL, ""},
        {"1850", '.', NULL, ""},
        {"12 %", '.', NULL, ""},
        {"1.85.0", '.', NULL, ""},
        {"", '.', NULL, ""},
        {"1 100 5", '.', NULL, ""},
        {"2024-06-30", '.', NULL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char first[FREM_MEANT_MAX], second[FREM_MEANT_MAX];
        bool meant = frem_number_meant(cases[i].text, strlen(cases[i].text), cases[i].decimal, first, second);
        if (meant != (cases[i].first != NULL))
            fail_msg("%s", cases[i].text);
        if (!meant)
            continue;
        assert_string_equal(first, cases[i].first);
        assert_string_equal(second, cases[i].second);
        assert_false(frem_number_thousands(second, strlen(second), cases[i].decimal));
    }
    static const char *const thousands[] = {"1.850", "12.500", "999.999", "-1.000"};
    static const char *const decimals[] = {"0.850", "1234.567", "1.85",  "1.8500", "1850",
                                           "1,850", ".850",     "1.85e", "1.e50"};
    for (size_t i = 0; i < sizeof thousands / sizeof *thousands; i++)
        assert_true(frem_number_thousands(thousands[i], strlen(thousands[i]), '.'));
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++)
        assert_false(frem_number_thousands(decimals[i], strlen(decimals[i]), '.'));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),       cmocka_unit_test(test_very_long_numbers),
        cmocka_unit_test(test_length_counts), cmocka_unit_test(test_faults),
        cmocka_unit_test(test_whole),         cmocka_unit_test(test_reads_as_the_library_does),
        cmocka_unit_test(test_fixed),         cmocka_unit_test(test_fixed_as_printf),
        cmocka_unit_test(test_shortest),      cmocka_unit_test(test_shortest_comes_back),
        cmocka_unit_test(test_locale),        cmocka_unit_test(test_brief),
        cmocka_unit_test(test_comma),         cmocka_unit_test(test_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
