#include "output/terminal/table.h"

#include <string.h>

#include "base/arena.h"
#include "output/text.h"

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

bool frem_terminal_fit(frem_terminal_years *years, size_t names, size_t cells, size_t width) {
    if (years->n <= 2 || names + years->n * (cells + FREM_TERMINAL_GAP) <= width)
        return true;
    frem_terminal_years_remove(years, (years->n - 1) / 2);
    return false;
}

size_t frem_terminal_widest(const frem_terminal_years *years, frem_terminal_cell cell, const void *context,
                            size_t least, frem_text *out) {
    for (size_t y = 0; y < years->n; y++) {
        frem_text text = {0};
        cell(&text, context, years->at[y]);
        const size_t needs = frem_text_measured(&text, out);
        least = needs > least ? needs : least;
    }
    return least;
}

static void add_year(frem_text *out, const void *context, int32_t year) {
    (void)context;
    frem_text_print(out, "%d", year);
}

void frem_terminal_heads(frem_text *out, const frem_terminal_years *years, size_t cells) {
    frem_terminal_cells(out, years, cells, add_year, NULL);
}

void frem_terminal_name(frem_text *out, size_t names, size_t indent, const char *label) {
    const size_t start = out->length;
    frem_add_blanks(out, indent);
    frem_add_label(out, label);
    if (out->failed)
        return;
    const size_t used = frem_utf8_width(out->bytes + start, out->length - start);
    frem_add_blanks(out, used < names ? names - used : 0);
}

void frem_terminal_cells(frem_text *out, const frem_terminal_years *years, size_t cells,
                         frem_terminal_cell cell, const void *context) {
    for (size_t y = 0; y < years->n; y++) {
        const size_t from = out->length;
        cell(out, context, years->at[y]);
        frem_align_right(out, from, cells + FREM_TERMINAL_GAP);
    }
    frem_text_add(out, "\n");
}
