#include "output/terminal/years.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

frem_status frem_terminal_years_add(frem_terminal_years *years, int32_t year) {
    size_t i = years->n;
    while (i > 0 && years->at[i - 1] > year)
        i--;
    if (i > 0 && years->at[i - 1] == year)
        return FREM_OK;
    void *at = years->at;
    const frem_status status = frem_grow(&at, &years->capacity, years->n, sizeof *years->at);
    years->at = at;
    if (status != FREM_OK)
        return status;
    memmove(years->at + i + 1, years->at + i, (years->n - i) * sizeof *years->at);
    years->at[i] = year;
    years->n++;
    return FREM_OK;
}

void frem_terminal_years_remove(frem_terminal_years *years, size_t i) {
    years->n--;
    memmove(years->at + i, years->at + i + 1, (years->n - i) * sizeof *years->at);
}

void frem_terminal_years_choose(frem_terminal_years *years, int32_t base) {
    for (size_t i = years->n; i-- > 0;) {
        const int32_t year = years->at[i];
        const bool at_end = i == 0 || i + 1 == years->n;
        if (!at_end && year != base && year != base + 1 && year % 5 != 0)
            frem_terminal_years_remove(years, i);
    }
}
