/** @file
 *  The years over a table on a terminal.
 */
#ifndef FREM_OUTPUT_TERMINAL_YEARS_H
#define FREM_OUTPUT_TERMINAL_YEARS_H

#include <stddef.h>
#include <stdint.h>

#include "fremskriv/status.h"

/** Years, rising, each once. Zero-initialise; free `at` with free(). */
typedef struct frem_terminal_years {
    int32_t *at;
    size_t n, capacity;
} frem_terminal_years;

FREM_MUST_CHECK frem_status frem_terminal_years_add(frem_terminal_years *years, int32_t year);
/** Removes the i-th. */
void frem_terminal_years_remove(frem_terminal_years *years, size_t i);
/** Leaves those that matter: the base year, the next, every fifth, the first and the last that there are. */
void frem_terminal_years_choose(frem_terminal_years *years, int32_t base);

#endif
