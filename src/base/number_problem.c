#include "base/number_problem.h"

#include <stdio.h>
#include <string.h>

#include "base/problem.h"
#include "base/text.h"

enum { CURE_MAX = 3 * FREM_MEANT_MAX };

/* What to write in place of a text: "write 1850", "write 1850, or 1.85 if that is meant". @return false where none knows. */
static bool find_cure(const char *text, char decimal, char en[CURE_MAX], char da[CURE_MAX]) {
    char first[FREM_MEANT_MAX], second[FREM_MEANT_MAX];
    if (!frem_number_meant(text, strlen(text), decimal, first, second))
        return false;
    bool two = second[0] != '\0';
    (void)snprintf(en, CURE_MAX, "write %s%s%s%s", first, two ? ", or " : "", second,
                   two ? " if that is meant" : "");
    (void)snprintf(da, CURE_MAX, "skriv %s%s%s%s", first, two ? ", eller " : "", second,
                   two ? ", hvis det er ment" : "");
    return true;
}

static frem_status raise_marks(frem_diags *diags, frem_place place, const char *what, const char *text,
                               frem_number_fault fault, char decimal) {
    char en[CURE_MAX], da[CURE_MAX];
    bool cure = find_cure(text, decimal, en, da);
    if (fault == FREM_NUMBER_POINT)
        return FREM_PROBLEM(diags, place, NUMBER_POINT, what, text,
                            cure ? en : "write a decimal comma and no thousands separator: 1100,5",
                            cure ? da : "skriv decimalkomma og ingen tusindtalsseparator: 1100,5");
    if (fault == FREM_NUMBER_COMMA)
        return FREM_PROBLEM(diags, place, NUMBER_COMMA, what, text,
                            cure ? en : "write a decimal point and no thousands separator: 1100.5",
                            cure ? da : "skriv decimalpunktum og ingen tusindtalsseparator: 1100.5");
    bool comma = decimal == ',';
    return FREM_PROBLEM(diags, place, NUMBER_TRAILING, what, text,
                        cure    ? en
                        : comma ? "write the number alone, without blanks, units or per cent: 0,74 for 74 %"
                                : "write the number alone, without blanks, units or per cent: 0.74 for 74 %",
                        cure    ? da
                        : comma ? "skriv tallet alene uden mellemrum, enhed eller procent: 0,74 for 74 %"
                                : "skriv tallet alene uden mellemrum, enhed eller procent: 0.74 for 74 %");
}

frem_status frem_number_problem(frem_diags *diags, frem_place place, const char *what, const char *text,
                                frem_number_fault fault) {
    return frem_number_problem_as(diags, place, what, text, fault, '.');
}

frem_status frem_number_problem_as(frem_diags *diags, frem_place place, const char *what, const char *text,
                                   frem_number_fault fault, char decimal) {
    switch (fault) {
    case FREM_NUMBER_OK:
        return FREM_OK;
    case FREM_NUMBER_EMPTY:
        return FREM_PROBLEM(diags, place, NUMBER_EMPTY, what);
    case FREM_NUMBER_FORM:
        return FREM_PROBLEM(diags, place, NUMBER_FORM, what, text,
                            decimal == ',' ? "1122 or 0,74" : "1122, 0.74 or 1.5e3",
                            decimal == ',' ? "1122 eller 0,74" : "1122, 0.74 eller 1.5e3");
    case FREM_NUMBER_TRAILING:
    case FREM_NUMBER_COMMA:
    case FREM_NUMBER_POINT:
        return raise_marks(diags, place, what, text, fault, decimal);
    case FREM_NUMBER_INFINITE:
        return FREM_PROBLEM(diags, place, NUMBER_INFINITE, what, text);
    case FREM_NUMBER_LARGE:
        return FREM_PROBLEM(diags, place, NUMBER_LARGE, what, text);
    case FREM_NUMBER_WHOLE:
        return FREM_PROBLEM(diags, place, NUMBER_WHOLE, what, text);
    }
    return FREM_DEFECT;
}

frem_status frem_thousands_refused(frem_diags *diags, frem_place place, const char *what, const char *bytes,
                                   size_t n) {
    char first[FREM_MEANT_MAX], second[FREM_MEANT_MAX];
    if (!frem_number_thousands(bytes, n, '.') || !frem_number_meant(bytes, n, '.', first, second))
        return FREM_OK;
    frem_text text = {0};
    frem_text_add_bytes(&text, bytes, n);
    const frem_status status =
        text.failed ? FREM_NO_MEMORY
                    : FREM_PROBLEM(diags, place, NUMBER_EITHER, what, text.bytes, first, second);
    frem_text_free(&text);
    return status;
}

frem_status frem_quantity_given(frem_diags *diags, frem_place place, const char *what, const char *bytes,
                                size_t n, bool counts, double *out) {
    const frem_number_fault fault = frem_quantity_read(bytes, n, out);
    if (fault == FREM_NUMBER_OK)
        return counts ? frem_thousands_refused(diags, place, what, bytes, n) : FREM_OK;
    frem_text text = {0};
    frem_text_add_bytes(&text, bytes, n);
    const frem_status status =
        text.failed ? FREM_NO_MEMORY
                    : frem_number_problem(diags, place, what, text.bytes != NULL ? text.bytes : "", fault);
    frem_text_free(&text);
    return status;
}
