#include "scenario/calendar.h"

#include <string.h>

const char *const frem_months[12] = {"january", "february", "march",     "april",   "may",      "june",
                                     "july",    "august",   "september", "october", "november", "december"};

int frem_month_of(const char *word, size_t n) {
    for (int m = 0; m < 12; m++) {
        if (strlen(frem_months[m]) == n && strncmp(frem_months[m], word, n) == 0)
            return m + 1;
    }
    return 0;
}

int frem_month_days(int month) {
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1];
}
