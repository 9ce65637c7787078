/** @file
 *  The one strict number reader and the fixed-point writer. Neither looks at the locale.
 */
#ifndef FREM_BASE_NUMBER_H
#define FREM_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What is wrong with a text that should be a number. */
typedef enum frem_number_fault {
    FREM_NUMBER_OK,
    FREM_NUMBER_EMPTY,    /**< nothing there */
    FREM_NUMBER_FORM,     /**< not a number at all ("abc", ".5", "1.", "0x10", "+-1") */
    FREM_NUMBER_TRAILING, /**< a number and then more text ("3.5 years", "1 100", "74 %") */
    FREM_NUMBER_COMMA,    /**< a decimal comma or a thousands separator ("3,5", "1.100,5") */
    FREM_NUMBER_POINT, /**< where decimals have a comma: a point or a thousands separator ("3.5", "1.100,5") */
    FREM_NUMBER_INFINITE, /**< nan, inf, or too large for a double */
    FREM_NUMBER_LARGE,    /**< larger than FREM_QUANTITY_MAX */
    FREM_NUMBER_WHOLE /**< a whole number was asked for and this has a fraction or exponent, or does not fit
                       */
} frem_number_fault;

/** Reads `[+-]digits[.digits][(e|E)[+-]digits]`, all n bytes of it, correctly rounded. No blanks around it.
 */
frem_number_fault frem_number_read(const char *bytes, size_t n, double *out);
/** The same with a decimal comma: `[+-]digits[,digits][(e|E)[+-]digits]`. A point is never read, since it may be a decimal
 *  point or mark thousands. */
frem_number_fault frem_number_read_comma(const char *bytes, size_t n, double *out);
/** The largest quantity that is counted with: products and sums of some such numbers are finite. */
#define FREM_QUANTITY_MAX 1e15
/** The fault of a number that was read, with FREM_NUMBER_LARGE where it is further from 0 than FREM_QUANTITY_MAX. */
frem_number_fault frem_quantity_fault(frem_number_fault fault, double number);
/** A number that is counted with: FREM_NUMBER_LARGE where it is further from 0 than FREM_QUANTITY_MAX. */
frem_number_fault frem_quantity_read(const char *bytes, size_t n, double *out);
/** Reads `[+-]digits`. */
frem_number_fault frem_whole_read(const char *bytes, size_t n, int64_t *out);

/** Room for what a number may be meant as. */
#define FREM_MEANT_MAX 48
/** What a text with marks between its digits may be meant as ("1.100,5", "1 850", "3,5", "1,850"), written with the
 *  decimal mark that is right in its place.
 *  @param[out] first the number, thousands joined. @param[out] second where one mark with three digits behind it may be
 *  either: the number with decimals, in a form that is not asked about again; else empty.
 *  @return false where it is meant as no number. */
bool frem_number_meant(const char *bytes, size_t n, char decimal, char first[FREM_MEANT_MAX],
                       char second[FREM_MEANT_MAX]);
/** Whether a number may be thousands in disguise: one to three digits, not a zero first, the decimal mark, exactly three
 *  digits. */
bool frem_number_thousands(const char *bytes, size_t n, char decimal);

/** Room that frem_number_fixed() may need (the largest double, a sign, six decimals, NUL). */
#define FREM_FIXED_MAX 328
/** Writes a finite value with the given number of decimals (0..9), correctly rounded (ties to even on the
 * exact binary value, as printf does), decimal point, never "-0.000000". @return bytes written without the
 * NUL. */
size_t frem_number_fixed(char *out, double value, int decimals);
/** Writes six significant digits, without the noise of rounding, or as many more as make the text differ from that of
 *  `other`: for a sum that should be 1. out holds at least 32 bytes. */
size_t frem_number_brief(char *out, double value, double other);
/** Writes the shortest text that reads back as the same double. out holds at least 32 bytes. */
size_t frem_number_shortest(char *out, double value);

#endif
