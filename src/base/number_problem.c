#include "base/number_problem.h"

#include "base/problem.h"

frem_status frem_number_problem(frem_diags *diags, frem_place place, const char *what, const char *text,
                                frem_number_fault fault) {
    switch (fault) {
    case FREM_NUMBER_OK:
        return FREM_OK;
    case FREM_NUMBER_EMPTY:
        return FREM_PROBLEM(diags, place, NUMBER_EMPTY, what);
    case FREM_NUMBER_FORM:
        return FREM_PROBLEM(diags, place, NUMBER_FORM, what, text);
    case FREM_NUMBER_TRAILING:
        return FREM_PROBLEM(diags, place, NUMBER_TRAILING, what, text);
    case FREM_NUMBER_COMMA:
        return FREM_PROBLEM(diags, place, NUMBER_COMMA, what, text);
    case FREM_NUMBER_INFINITE:
        return FREM_PROBLEM(diags, place, NUMBER_INFINITE, what, text);
    case FREM_NUMBER_WHOLE:
        return FREM_PROBLEM(diags, place, NUMBER_WHOLE, what, text);
    }
    return FREM_DEFECT;
}
