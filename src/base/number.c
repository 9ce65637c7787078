#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A double halfway between two others has at most 767 significant digits (binary64); digits after these only
 * decide whether the number is above the halfway point. */
#define DIGITS_MAX 800
/* Every whole number up to here is a double of its own. */
#define EXACT_MAX ((uint64_t)1 << 53)

/* 10^0 .. 10^22, which doubles hold exactly. */
static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define TENS_MAX 22

/* The parts of a text that has the form of a number: the mantissa's digits without the point, as a range of
 * the text, and the power of ten behind the last of them. */
typedef struct parts {
    const char *digits; /* to digits_end; may hold one point */
    const char *digits_end;
    const char *end; /* of the number */
    int64_t exponent;
    bool negative;
    bool whole; /* digits alone */
} parts;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *at, const char *end) {
    while (at < end && is_digit(*at))
        at++;
    return at;
}

static bool is_word(const char *at, const char *end, const char *word) {
    size_t n = strlen(word);
    return (size_t)(end - at) == n && strncasecmp(at, word, n) == 0;
}

/* `[(e|E)[+-]digits]`: moves past it and adds it to the exponent. */
static const char *read_exponent(const char *at, const char *end, int64_t *exponent) {
    const char *p = at;
    if (p == end || (*p != 'e' && *p != 'E'))
        return at;
    p++;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    if (p == end || !is_digit(*p))
        return at;
    int64_t value = 0;
    for (; p < end && is_digit(*p); p++)
        if (value < INT64_C(1000000000000)) /* beyond any double, whatever the digits before it */
            value = value * 10 + (*p - '0');
    *exponent += negative ? -value : value;
    return p;
}

/* What is wrong with a text that does not start with a digit. */
static frem_number_fault judge_start(const char *at, const char *end) {
    if (is_word(at, end, "nan") || is_word(at, end, "inf") || is_word(at, end, "infinity") ||
        is_word(at, end, ".nan") || is_word(at, end, ".inf"))
        return FREM_NUMBER_INFINITE;
    return end - at > 1 && *at == ',' && is_digit(at[1]) ? FREM_NUMBER_COMMA : FREM_NUMBER_FORM;
}

/* The longest number at the start of the text; FREM_NUMBER_FORM when there is none. */
static frem_number_fault read_parts(const char *bytes, size_t n, parts *out) {
    const char *at = bytes, *end = bytes + n;
    *out = (parts){.whole = true};
    if (at < end && (*at == '+' || *at == '-'))
        out->negative = *at++ == '-';
    if (at == end || !is_digit(*at))
        return judge_start(at, end);
    out->digits = at;
    at = skip_digits(at, end);
    if (at < end && *at == '.') {
        const char *fraction = at + 1;
        at = skip_digits(fraction, end);
        if (at == fraction)
            return FREM_NUMBER_FORM;
        out->exponent = -(int64_t)(at - fraction);
        out->whole = false;
    }
    out->digits_end = at;
    out->end = read_exponent(at, end, &out->exponent);
    if (out->end != at)
        out->whole = false;
    return FREM_NUMBER_OK;
}

/* What is wrong with the text behind a number. */
static frem_number_fault judge_rest(const parts *p, const char *end) {
    const char *rest = p->end;
    if (rest == end)
        return FREM_NUMBER_OK;
    if (end - rest > 1 && (*rest == ',' || *rest == '.' || *rest == '\'') && is_digit(rest[1]))
        return FREM_NUMBER_COMMA;
    if (rest - p->digits == 1 && *p->digits == '0' && (*rest == 'x' || *rest == 'X'))
        return FREM_NUMBER_FORM;
    return FREM_NUMBER_TRAILING;
}

static frem_number_fault scan(const char *bytes, size_t n, parts *p) {
    bool blank = true;
    for (size_t i = 0; i < n && blank; i++)
        blank = bytes[i] == ' ' || bytes[i] == '\t';
    if (blank)
        return FREM_NUMBER_EMPTY;
    frem_number_fault fault = read_parts(bytes, n, p);
    return fault == FREM_NUMBER_OK ? judge_rest(p, bytes + n) : fault;
}

/* Any number, by the C library: correctly rounded, and without a point in the text the same in every locale.
 */
static double read_long(const parts *p) {
    char text[DIGITS_MAX + 40];
    size_t used = 0;
    int64_t exponent = p->exponent;
    bool more = false;
    for (const char *at = p->digits; at < p->digits_end; at++) {
        if (*at == '.' || (used == 0 && *at == '0'))
            continue;
        if (used < DIGITS_MAX)
            text[used++] = *at;
        else {
            more = more || *at != '0';
            exponent++;
        }
    }
    if (used == 0)
        return 0.0;
    if (more) {
        text[used++] = '1';
        exponent--;
    }
    if (exponent > 100000)
        exponent = 100000;
    if (exponent < -100000)
        exponent = -100000;
    (void)snprintf(text + used, sizeof text - used, "e%d", (int)exponent);
    return strtod(text, NULL);
}

/* One multiplication or division of exact numbers is correctly rounded; false when it does not apply. */
static bool read_short(const parts *p, double *out) {
#if FLT_EVAL_METHOD == 0
    uint64_t mantissa = 0;
    for (const char *at = p->digits; at < p->digits_end; at++) {
        if (*at == '.')
            continue;
        mantissa = mantissa * 10 + (uint64_t)(*at - '0');
        if (mantissa > EXACT_MAX)
            return false;
    }
    if (p->exponent < -TENS_MAX || p->exponent > TENS_MAX)
        return false;
    *out = p->exponent < 0 ? (double)mantissa / tens[-p->exponent] : (double)mantissa * tens[p->exponent];
    return true;
#else
    (void)p;
    (void)out;
    return false;
#endif
}

/* Most numbers in tables are digits alone and few of them: fewer than 2^53 holds. */
static bool read_digits(const char *bytes, size_t n, int64_t *out) {
    int64_t value = 0;
    if (n == 0 || n > 15)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(bytes[i]))
            return false;
        value = value * 10 + (bytes[i] - '0');
    }
    *out = value;
    return true;
}

frem_number_fault frem_number_read(const char *bytes, size_t n, double *out) {
    int64_t digits;
    if (read_digits(bytes, n, &digits)) {
        *out = (double)digits;
        return FREM_NUMBER_OK;
    }
    parts p;
    frem_number_fault fault = scan(bytes, n, &p);
    if (fault != FREM_NUMBER_OK)
        return fault;
    double value;
    if (!read_short(&p, &value))
        value = read_long(&p);
    if (isinf(value))
        return FREM_NUMBER_INFINITE;
    *out = p.negative ? -value : value;
    return FREM_NUMBER_OK;
}

frem_number_fault frem_quantity_fault(frem_number_fault fault, double number) {
    return fault == FREM_NUMBER_OK && fabs(number) > FREM_QUANTITY_MAX ? FREM_NUMBER_LARGE : fault;
}

frem_number_fault frem_quantity_read(const char *bytes, size_t n, double *out) {
    double number = 0;
    frem_number_fault fault = frem_number_read(bytes, n, &number);
    fault = frem_quantity_fault(fault, number);
    if (fault == FREM_NUMBER_OK)
        *out = number;
    return fault;
}

/* Digits and marks, as a number that is written for people. */
static bool is_marked(const char *bytes, size_t n) {
    for (size_t i = n > 0 && (bytes[0] == '-' || bytes[0] == '+') ? 1 : 0; i < n; i++) {
        if (!is_digit(bytes[i]) && bytes[i] != '.' && bytes[i] != ',' && bytes[i] != '\'')
            return false;
    }
    return n > 0 && (is_digit(bytes[0]) || (n > 1 && is_digit(bytes[1])));
}

frem_number_fault frem_number_read_comma(const char *bytes, size_t n, double *out) {
    const char *comma = memchr(bytes, ',', n), *point = memchr(bytes, '.', n);
    char copy[DIGITS_MAX];
    if (comma == NULL && point == NULL)
        return frem_number_read(bytes, n, out);
    if (point != NULL)
        return is_marked(bytes, n) ? FREM_NUMBER_POINT : FREM_NUMBER_FORM;
    if (n > sizeof copy)
        return FREM_NUMBER_FORM;
    memcpy(copy, bytes, n);
    copy[comma - bytes] = '.';
    frem_number_fault fault = frem_number_read(copy, n, out);
    return fault == FREM_NUMBER_COMMA ? FREM_NUMBER_POINT : fault;
}

/* ---- what people mean ---- */

/* A text taken apart: its digits in runs, and the mark before each run but the first: '.', ',' or ' ' for a blank or an
 * apostrophe. */
typedef struct digit_runs {
    const char *at[12];
    size_t n[12];
    char mark[12];
    size_t count;
    bool negative;
} digit_runs;

/* Bytes of a mark that parts thousands as blanks do. */
static size_t blank_length(const char *at, const char *end) {
    static const char *const marks[] = {" ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if ((size_t)(end - at) >= n && memcmp(at, marks[i], n) == 0)
            return n;
    }
    return 0;
}

static bool find_runs(const char *bytes, size_t n, digit_runs *runs) {
    const char *at = bytes, *end = bytes + n;
    *runs = (digit_runs){.count = 0};
    if (at < end && (*at == '-' || *at == '+'))
        runs->negative = *at++ == '-';
    while (runs->count < sizeof runs->n / sizeof *runs->n) {
        const char *digits = at;
        at = skip_digits(at, end);
        if (at == digits)
            return false;
        runs->at[runs->count] = digits;
        runs->n[runs->count++] = (size_t)(at - digits);
        if (at == end)
            return runs->count > 1;
        size_t blank = blank_length(at, end);
        if (blank == 0 && *at != '.' && *at != ',')
            return false;
        if (runs->count < sizeof runs->mark)
            runs->mark[runs->count] = blank > 0 ? ' ' : *at;
        at += blank > 0 ? blank : 1;
    }
    return false;
}

static bool are_thousands(const digit_runs *runs, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (runs->n[i] != 3 || runs->mark[i] != runs->mark[1])
            return false;
    }
    return runs->n[0] <= 3 && runs->at[0][0] != '0';
}

/* The runs from the first on as one number; with decimals the last run is its fraction. */
static bool write_runs(const digit_runs *runs, bool decimals, char decimal, char out[FREM_MEANT_MAX]) {
    size_t used = 0;
    if (runs->negative)
        out[used++] = '-';
    for (size_t i = 0; i < runs->count; i++) {
        if (used + runs->n[i] + 3 > FREM_MEANT_MAX)
            return false;
        if (decimals && i + 1 == runs->count)
            out[used++] = decimal;
        memcpy(out + used, runs->at[i], runs->n[i]);
        used += runs->n[i];
    }
    out[used] = '\0';
    return true;
}

/* Decimals without zeros behind them, and not three of them, which would be asked about again. */
static void unlike_thousands(char text[FREM_MEANT_MAX]) {
    size_t n = strlen(text);
    bool zero = text[n - 1] == '0';
    while (zero && text[n - 1] == '0' && is_digit(text[n - 2]))
        n--;
    if (!zero)
        text[n++] = '0';
    text[n] = '\0';
}

bool frem_number_meant(const char *bytes, size_t n, char decimal, char first[FREM_MEANT_MAX],
                       char second[FREM_MEANT_MAX]) {
    digit_runs runs;
    second[0] = '\0';
    if (!find_runs(bytes, n, &runs))
        return false;
    size_t last = runs.count - 1;
    bool thousands = are_thousands(&runs, runs.count);
    bool mark = runs.mark[last] != ' ' &&
                (last == 1 || (are_thousands(&runs, last) && runs.mark[last] != runs.mark[1]));
    if (thousands && last == 1 && runs.mark[1] != ' ' && write_runs(&runs, true, decimal, second))
        unlike_thousands(second);
    return thousands ? write_runs(&runs, false, decimal, first)
                     : mark && write_runs(&runs, true, decimal, first);
}

bool frem_number_thousands(const char *bytes, size_t n, char decimal) {
    if (n > 0 && (bytes[0] == '-' || bytes[0] == '+')) {
        bytes++;
        n--;
    }
    if (n < 5 || n > 7 || bytes[n - 4] != decimal || bytes[0] == '0')
        return false;
    for (size_t i = 0; i < n; i++) {
        if (i != n - 4 && !is_digit(bytes[i]))
            return false;
    }
    return true;
}

/* ---- whole numbers ---- */

frem_number_fault frem_whole_read(const char *bytes, size_t n, int64_t *out) {
    if (read_digits(bytes, n, out))
        return FREM_NUMBER_OK;
    parts p;
    frem_number_fault fault = scan(bytes, n, &p);
    if (fault != FREM_NUMBER_OK)
        return fault;
    if (!p.whole)
        return FREM_NUMBER_WHOLE;
    int64_t value = 0;
    for (const char *at = p.digits; at < p.digits_end; at++) {
        int64_t digit = p.negative ? -(int64_t)(*at - '0') : (int64_t)(*at - '0');
        if (__builtin_mul_overflow(value, INT64_C(10), &value) ||
            __builtin_add_overflow(value, digit, &value))
            return FREM_NUMBER_WHOLE;
    }
    *out = value;
    return FREM_NUMBER_OK;
}

/* The digits of a whole number, at least `least` of them. */
static size_t put_whole(char *out, uint64_t value, int least) {
    char reversed[20];
    size_t n = 0;
    while (value > 0 || n < (size_t)least) {
        reversed[n++] = (char)('0' + (int)(value % 10));
        value /= 10;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = reversed[n - 1 - i];
    return n;
}

static size_t put_text(char *out, const char *text) {
    size_t n = strlen(text);
    memcpy(out, text, n + 1);
    return n;
}

/* From 2^53 on every double is whole, and %.0f writes no point. */
static size_t put_huge(char *out, double size, int decimals) {
    size_t n = (size_t)snprintf(out, FREM_FIXED_MAX, "%.0f", size);
    if (decimals > 0)
        out[n++] = '.';
    for (int i = 0; i < decimals; i++)
        out[n++] = '0';
    out[n] = '\0';
    return n;
}

size_t frem_number_fixed(char *out, double value, int decimals) {
    if (!isfinite(value))
        return put_text(out, isnan(value) ? "nan" : value > 0.0 ? "inf" : "-inf");
    double size = fabs(value);
    size_t n = 0;
    if (size >= (double)EXACT_MAX) {
        if (value < 0.0)
            out[n++] = '-';
        return n + put_huge(out + n, size, decimals);
    }

    /* Both the split and the product with its error (from fma) are exact, so that the rounding sees the exact
     * binary value. Where the product lies exactly on a half, the sign of its error shows on which side the value is. */
    uint64_t whole = (uint64_t)size;
    double fraction = size - (double)whole;
    double product = fraction * tens[decimals];
    double error = fma(fraction, tens[decimals], -product);
    uint64_t parts_of_one = (uint64_t)product;
    double rest = product - (double)parts_of_one;
    bool odd = ((decimals > 0 ? parts_of_one : whole) & 1) != 0;
    if (rest > 0.5 || (rest >= 0.5 && (error > 0.0 || (error >= 0.0 && odd))))
        parts_of_one++;
    if (parts_of_one == (uint64_t)tens[decimals]) {
        parts_of_one = 0;
        whole++;
    }

    if (value < 0.0 && (whole > 0 || parts_of_one > 0))
        out[n++] = '-';
    n += put_whole(out + n, whole, 1);
    if (decimals > 0) {
        out[n++] = '.';
        n += put_whole(out + n, parts_of_one, decimals);
    }
    out[n] = '\0';
    return n;
}

/* The digits of size rounded to `count` significant ones, without trailing zeros, and the power of ten of the
 * first. The decimal separator depends on the locale and is skipped. */
static int round_digits(double size, int count, char digits[20], int *power) {
    char text[64];
    int n = 0;
    (void)snprintf(text, sizeof text, "%.*e", count - 1, size);
    const char *at = text;
    for (; *at != 'e'; at++)
        if (is_digit(*at))
            digits[n++] = *at;
    *power = (int)strtol(at + 1, NULL, 10);
    while (n > 1 && digits[n - 1] == '0')
        n--;
    return n;
}

static double digits_value(const char *digits, int n, int power) {
    parts p = {.digits = digits, .digits_end = digits + n, .exponent = power - (n - 1)};
    double value;
    return read_short(&p, &value) ? value : read_long(&p);
}

/* Lays digits out as plain decimals where that is short, else with an exponent. */
static size_t put_digits(char *out, const char *digits, int count, int power) {
    size_t n = 0;
    if (power < -5 || power > 16) {
        out[n++] = digits[0];
        if (count > 1)
            out[n++] = '.';
        memcpy(out + n, digits + 1, (size_t)(count - 1));
        n += (size_t)(count - 1);
        return n + (size_t)snprintf(out + n, 8, "e%d", power);
    }
    if (power < 0) {
        out[n++] = '0';
        out[n++] = '.';
    }
    for (int i = power; i < -1; i++)
        out[n++] = '0';
    for (int i = 0; i < count || i <= power; i++) {
        if (power >= 0 && i == power + 1)
            out[n++] = '.';
        out[n++] = i < count ? digits[i] : '0';
    }
    out[n] = '\0';
    return n;
}

static bool reads_back(const char *digits, int count, int power, double size) {
    double again = digits_value(digits, count, power);
    return again <= size && again >= size;
}

/* Adds one to the last of 16 digits, of which trailing zeros may have been cut. */
static int next_digits(char digits[20], int count) {
    while (count < 16)
        digits[count++] = '0';
    while (count > 1 && digits[count - 1] == '9')
        count--;
    if (digits[count - 1] < '9')
        digits[count - 1]++;
    return count;
}

/* The fewest digits that read back as size; returns their number. Any text of up to 15 digits survives the way to a
 * normal double and back, so that 15 digits without trailing zeros are the fewest where they suffice; subnormal
 * doubles may need fewer. Above a power of two doubles lie twice as far apart as below, so that there the 16
 * digits above may read back where the nearest 16, which lie below, do not. */
static int fewest_digits(double size, char digits[20], int *power) {
    int count = 0;
    for (int wanted = size < DBL_MIN ? 1 : 15; wanted <= 17; wanted++) {
        count = round_digits(size, wanted, digits, power);
        if (reads_back(digits, count, *power, size))
            break;
        if (wanted == 16) {
            count = next_digits(digits, count);
            if (reads_back(digits, count, *power, size))
                break;
        }
    }
    return count;
}

size_t frem_number_shortest(char *out, double value) {
    if (!isfinite(value))
        return put_text(out, isnan(value) ? "nan" : value > 0.0 ? "inf" : "-inf");
    double size = fabs(value);
    size_t n = 0;
    if (size <= 0.0)
        return put_text(out, "0");
    if (value < 0.0)
        out[n++] = '-';
    char digits[20];
    int power = 0;
    int count = fewest_digits(size, digits, &power);
    return n + put_digits(out + n, digits, count, power);
}

static size_t put_rounded(char *out, double value, int wanted) {
    char digits[20];
    int power = 0;
    if (!isfinite(value) || fabs(value) <= 0.0)
        return frem_number_shortest(out, value);
    size_t sign = value < 0.0 ? 1 : 0;
    out[0] = '-';
    int count = round_digits(fabs(value), wanted, digits, &power);
    return sign + put_digits(out + sign, digits, count, power);
}

size_t frem_number_brief(char *out, double value, double other) {
    char unlike[32];
    size_t n = 0;
    for (int wanted = 6; wanted <= 17; wanted++) {
        n = put_rounded(out, value, wanted);
        (void)put_rounded(unlike, other, wanted);
        if (strcmp(out, unlike) != 0)
            break;
    }
    return n;
}
