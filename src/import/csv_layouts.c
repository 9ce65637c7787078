/* The layouts of StatBank CSV. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "import/csv.h"
#include "import/words.h"

/* ---- rows ---- */

/* The columns of a file of rows: variables first, then figures, but for one column of figures that has a name. */
typedef struct row_layout {
    size_t width;
    size_t first_value; /* column of the first figure */
    size_t n_figures;
    bool periods;        /* the figures' columns are periods */
    const char **names;  /* of the columns; borrowed from the arena */
    size_t *variable_of; /* the variable of a column; width for figures */
} row_layout;

static bool is_period(const char *text) {
    int year, month;
    return strchr(text, ' ') == NULL && frem_import_read_time(text, &year, &month);
}

static frem_status name_columns(frem_csv_reader *reader, row_layout *layout) {
    frem_import_table *table = reader->table;
    frem_index *seen = NULL;
    frem_tally tally = {.diags = reader->diags};
    frem_status status = frem_index_new(&seen);
    layout->names = frem_arena_alloc(table->arena, layout->width, sizeof *layout->names);
    layout->variable_of = frem_arena_alloc(table->arena, layout->width, sizeof *layout->variable_of);
    if (layout->names == NULL || layout->variable_of == NULL)
        status = FREM_NO_MEMORY;
    for (size_t i = 0; status == FREM_OK && i < layout->width; i++) {
        const frem_csv_cell cell = reader->cells[i];
        const frem_place place = frem_import_tally_place(table, &tally, cell.at);
        layout->names[i] = frem_nfc(table->arena, cell.text, cell.n);
        if (layout->names[i] == NULL) {
            status = FREM_NO_MEMORY;
        } else if (cell.n == 0) {
            char number[32];
            snprintf(number, sizeof number, "%zu", i + 1);
            FREM_TALLY(&tally, place, TABLE_COLUMN_UNNAMED, number);
        } else {
            const size_t before = frem_index_count(seen);
            status = frem_index_add(seen, cell.text, cell.n, NULL);
            if (status == FREM_OK && frem_index_count(seen) == before)
                FREM_TALLY(&tally, place, TABLE_COLUMN_TWICE, layout->names[i]);
        }
    }
    frem_index_free(seen);
    return frem_tally_worse(status, frem_tally_close(&tally));
}

static frem_status lay_out_rows(frem_csv_reader *reader, row_layout *layout) {
    frem_import_table *table = reader->table;
    size_t width = reader->n_cells;
    while (width > 0 && reader->cells[width - 1].n == 0) /* lines that end in a separator */
        width--;
    *layout = (row_layout){.width = width, .n_figures = 1, .first_value = width - 1};
    const frem_status status = name_columns(reader, layout);
    if (status != FREM_OK)
        return status;
    size_t periods = 0;
    while (periods + 1 < width && is_period(layout->names[width - 1 - periods]))
        periods++;
    for (size_t i = 0; periods == 0 && i < width; i++) {
        if (frem_import_kind_of_name(layout->names[i]) == FREM_KIND_CONTENT)
            layout->first_value = i;
    }
    if (periods > 0) {
        layout->periods = true;
        layout->n_figures = periods;
        layout->first_value = width - periods;
    }
    for (size_t i = 0; i < width; i++) {
        const bool figure = i >= layout->first_value && i < layout->first_value + layout->n_figures;
        layout->variable_of[i] = figure ? width : table->n_variables;
        if (!figure && is_period(layout->names[i]))
            return FREM_PROBLEM(reader->diags, frem_import_place(table, reader->cells[i].at),
                                IMPORT_PERIOD_COLUMN, layout->names[i], layout->names[width - 1]);
        if (!figure && frem_import_add_variable(table, layout->names[i], NULL, reader->cells[i].at) == NULL)
            return FREM_NO_MEMORY;
    }
    if (!layout->periods)
        table->content = layout->names[layout->first_value];
    if (layout->periods &&
        frem_import_add_variable(table, "TID", NULL, reader->cells[width - periods].at) == NULL)
        return FREM_NO_MEMORY;
    return FREM_OK;
}

static frem_status take_row(frem_csv_reader *reader, const row_layout *layout, uint32_t *keys) {
    frem_import_table *table = reader->table;
    for (size_t i = 0; i < layout->width; i++) {
        if (layout->variable_of[i] == layout->width)
            continue;
        if (reader->cells[i].n == 0) {
            FREM_TALLY(&reader->blanks, frem_import_tally_place(table, &reader->blanks, reader->cells[i].at),
                       TABLE_EMPTY_KEY, layout->names[i]);
            return FREM_OK;
        }
        const frem_status status =
            frem_csv_key(reader, layout->variable_of[i], reader->cells[i], &keys[layout->variable_of[i]]);
        if (status != FREM_OK)
            return status;
    }
    for (size_t i = 0; i < layout->n_figures; i++) {
        const size_t column = layout->first_value + i;
        frem_status status = FREM_OK;
        if (layout->periods) {
            const frem_csv_cell period = {layout->names[column], strlen(layout->names[column]), 0};
            status = frem_csv_key(reader, table->n_variables - 1, period, &keys[table->n_variables - 1]);
        }
        if (status == FREM_OK)
            status = frem_csv_figure(reader, layout->names[column], keys, reader->cells[column]);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

/* A row has another length than what was taken for the header, and no figure was read. */
static frem_status no_header(const frem_csv_reader *reader, size_t header, size_t width) {
    char has[32], next[32];
    snprintf(has, sizeof has, "%zu", width);
    snprintf(next, sizeof next, "%zu", reader->n_cells);
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, header), IMPORT_HEADER, has, next);
}

frem_status frem_csv_read_rows(frem_csv_reader *reader) {
    row_layout layout;
    frem_status status = lay_out_rows(reader, &layout);
    if (status != FREM_OK)
        return status;
    uint32_t *keys = frem_arena_alloc(reader->table->arena, layout.width + 1, sizeof *keys);
    if (keys == NULL)
        return FREM_NO_MEMORY;
    const size_t header = reader->cells[0].at;
    bool more = true, after_blank = false;
    for (;;) {
        status = frem_csv_next(reader, &more);
        if (status != FREM_OK || !more)
            return status;
        if (frem_csv_filled(reader) == 0) {
            after_blank = true;
            continue;
        }
        if (after_blank && reader->n_cells == 1 && layout.width > 1) {
            status = frem_csv_take_note(reader);
            if (status != FREM_OK)
                return status;
            continue;
        }
        while (reader->n_cells > layout.width && reader->cells[reader->n_cells - 1].n == 0)
            reader->n_cells--;
        if (reader->n_cells != layout.width && reader->table->n_cells == 0)
            return no_header(reader, header, layout.width);
        if (reader->n_cells != layout.width)
            frem_csv_ragged(reader, layout.width);
        else
            status = take_row(reader, &layout, keys);
        if (status != FREM_OK)
            return status;
    }
}

/* ---- block ---- */

typedef struct block_layout {
    size_t stubs;    /* columns of labels at the left */
    size_t headings; /* rows of labels at the top */
    size_t width;
    frem_csv_cell *top;  /* headings * width, blanks filled from the left */
    frem_csv_cell *left; /* the labels that hold in this row */
    uint32_t *keys;
} block_layout;

/* The words of a title after "by" or "efter" name the variables in order: "... by region, age and sex". */
static const char *names_in_title(const char *title) {
    static const char *const before[] = {" by ", " efter "};
    const char *found = NULL;
    for (size_t i = 0; title != NULL && i < 2; i++) {
        for (const char *at = title; (at = strstr(at, before[i])) != NULL;) {
            at += strlen(before[i]);
            found = at;
        }
    }
    return found;
}

/* The next name of the list; *rest moves past it, to NULL at the end. */
static size_t next_name(const char **rest) {
    static const char *const between[] = {", ", " and ", " og "};
    size_t n = strlen(*rest), skip = 0;
    for (size_t i = 0; i < 3; i++) {
        const char *at = strstr(*rest, between[i]);
        if (at != NULL && (size_t)(at - *rest) < n) {
            n = (size_t)(at - *rest);
            skip = strlen(between[i]);
        }
    }
    *rest = skip == 0 ? NULL : *rest + n + skip;
    return n;
}

static frem_status name_sides(frem_import_table *table, const block_layout *layout) {
    const char *names = names_in_title(table->title);
    const size_t want = layout->stubs + layout->headings;
    size_t count = 0;
    for (const char *rest = names; rest != NULL; count++)
        (void)next_name(&rest);
    const char *rest = count == want ? names : NULL;
    for (size_t i = 0; i < want; i++) {
        const char *start = rest;
        const char *name = rest != NULL ? frem_arena_text(table->arena, start, next_name(&rest))
                                        : frem_arena_print(table->arena, "variable%zu", i + 1);
        if (name == NULL ||
            frem_import_add_variable(table, name, NULL, layout->top[layout->stubs].at) == NULL)
            return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

/* Takes the heading rows; the reader stands at the first row below them, or *more is false. */
static frem_status read_headings(frem_csv_reader *reader, block_layout *layout, bool *more) {
    frem_arena *arena = reader->table->arena;
    *more = true;
    while (layout->stubs < reader->n_cells && reader->cells[layout->stubs].n == 0)
        layout->stubs++;
    layout->width = reader->n_cells;
    while (reader->cells[layout->width - 1].n == 0)
        layout->width--;
    while (*more && (frem_csv_filled(reader) == 0 || reader->cells[0].n == 0)) {
        if (frem_csv_filled(reader) > 0) {
            frem_csv_cell *rows =
                frem_arena_alloc(arena, (layout->headings + 1) * layout->width, sizeof *rows);
            if (rows == NULL)
                return FREM_NO_MEMORY;
            if (layout->headings > 0)
                memcpy(rows, layout->top, layout->headings * layout->width * sizeof *rows);
            frem_csv_cell *row = rows + layout->headings * layout->width;
            for (size_t i = layout->stubs; i < layout->width && i < reader->n_cells; i++)
                row[i] = reader->cells[i].n > 0 || i == layout->stubs ? reader->cells[i] : row[i - 1];
            for (size_t i = reader->n_cells; i > layout->stubs && i < layout->width; i++)
                row[i] = row[i - 1];
            layout->top = rows;
            layout->headings++;
        }
        const frem_status status = frem_csv_next(reader, more);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

/* The value of a heading's variable above a column. */
static frem_status heading_key(frem_csv_reader *reader, const block_layout *layout, size_t heading,
                               size_t column) {
    const frem_csv_cell cell = layout->top[heading * layout->width + column];
    const size_t variable = layout->stubs + heading;
    if (cell.n > 0)
        return frem_csv_key(reader, variable, cell, &layout->keys[variable]);
    FREM_TALLY(&reader->blanks,
               frem_import_tally_place(reader->table, &reader->blanks, reader->cells[column].at),
               TABLE_EMPTY_KEY, reader->table->variables[variable].code);
    return FREM_OK;
}

/* Labels stand once, in the row where they begin to hold; a row has figures where it fills the last label column. */
static frem_status take_block_row(frem_csv_reader *reader, block_layout *layout) {
    const size_t last = layout->stubs - 1;
    bool figures = false;
    for (size_t i = 0; i < reader->n_cells; i++) {
        if (i >= layout->stubs || reader->cells[i].n == 0) {
            figures |= i >= layout->stubs && reader->cells[i].n > 0;
            continue;
        }
        layout->left[i] = reader->cells[i];
        for (size_t k = i + 1; k < layout->stubs; k++)
            layout->left[k].n = 0;
    }
    const bool labelled = last < reader->n_cells && reader->cells[last].n > 0;
    if (!labelled && !figures)
        return FREM_OK;
    while (reader->n_cells > layout->width && reader->cells[reader->n_cells - 1].n == 0)
        reader->n_cells--;
    if (reader->n_cells != layout->width) {
        frem_csv_ragged(reader, layout->width);
        return FREM_OK;
    }
    for (size_t i = 0; i < layout->stubs; i++) {
        if (layout->left[i].n == 0 || (i == last && !labelled)) {
            FREM_TALLY(&reader->blanks,
                       frem_import_tally_place(reader->table, &reader->blanks, reader->cells[i].at),
                       TABLE_EMPTY_KEY, reader->table->variables[i].code);
            return FREM_OK;
        }
        const frem_status status = frem_csv_key(reader, i, layout->left[i], &layout->keys[i]);
        if (status != FREM_OK)
            return status;
    }
    for (size_t column = layout->stubs; column < layout->width; column++) {
        frem_status status = FREM_OK;
        for (size_t h = 0; status == FREM_OK && h < layout->headings; h++)
            status = heading_key(reader, layout, h, column);
        if (status == FREM_OK)
            status = frem_csv_figure(reader, "INDHOLD", layout->keys, reader->cells[column]);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

frem_status frem_csv_read_block(frem_csv_reader *reader) {
    frem_import_table *table = reader->table;
    block_layout layout = {0};
    bool more;
    frem_status status = read_headings(reader, &layout, &more);
    if (status == FREM_OK)
        status = name_sides(table, &layout);
    if (status != FREM_OK)
        return status;
    layout.left = frem_arena_alloc(table->arena, layout.stubs, sizeof *layout.left);
    layout.keys = frem_arena_alloc(table->arena, layout.stubs + layout.headings, sizeof *layout.keys);
    if (layout.left == NULL || layout.keys == NULL)
        return FREM_NO_MEMORY;
    bool after_blank = false;
    while (more && status == FREM_OK) {
        const size_t filled = frem_csv_filled(reader);
        const bool note = after_blank && reader->n_cells == 1;
        after_blank |= filled == 0;
        if (filled > 0)
            status = note ? frem_csv_take_note(reader) : take_block_row(reader, &layout);
        if (status == FREM_OK)
            status = frem_csv_next(reader, &more);
    }
    return status;
}
