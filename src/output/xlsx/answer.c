/* An answer in the workbook: a sheet for each table, and its figures as numbers with charts that stay charts. */
#include "output/xlsx/book.h"

#ifdef FREM_HAS_XLSX

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "frame/answer.h"

enum {
    WIDEST = 60,
    NUMBER_WIDTH = 14,
    HEAD_ROWS = 2,
    CHART_SERIES_MAX = 32,
    HEAD_HEIGHT = 30 /* two lines */
};

/* ---- tables ---- */

static frem_look look_of(const frem_answer_column *column) {
    static const frem_look looks[] = {[FREM_DIGITS_BRIEF] = FREM_LOOK_PLAIN,
                                      [FREM_DIGITS_WHOLE] = FREM_LOOK_COUNT,
                                      [FREM_DIGITS_TENTHS] = FREM_LOOK_MONEY,
                                      [FREM_DIGITS_PERCENT] = FREM_LOOK_RATIO};
    return looks[column->digits];
}

static const char *label_of(const frem_answer_table *table, size_t column, size_t row) {
    return frem_frame_label_text(table->frame, column, frem_frame_label_codes(table->frame, column)[row]);
}

static double width_of(const frem_answer_table *table, size_t column, const char *heading) {
    const size_t n = frem_frame_labels(table->frame, column);
    size_t widest = frem_utf8_width(heading, strlen(heading));
    for (size_t code = 0; code < n && table->columns[column].kind == FREM_COLUMN_LABEL; code++) {
        const char *text = frem_frame_label_text(table->frame, column, (uint32_t)code);
        const size_t width = frem_utf8_width(text, strlen(text));
        widest = width > widest ? width : widest;
    }
    return widest + 4 > WIDEST ? WIDEST : widest + 4 < NUMBER_WIDTH ? NUMBER_WIDTH : (double)widest + 4;
}

static void put_cell(frem_book *book, size_t sheet, size_t at, size_t to, const frem_answer_table *table,
                     size_t column, size_t row) {
    const frem_answer_column *c = &table->columns[column];
    switch (c->kind) {
    case FREM_COLUMN_LABEL:
        frem_cell_text(book, sheet, at, to, label_of(table, column, row), FREM_LOOK_PLAIN);
        break;
    case FREM_COLUMN_WHOLE:
        frem_cell_number(book, sheet, at, to, frem_frame_wholes(table->frame, column)[row], FREM_LOOK_YEAR);
        break;
    case FREM_COLUMN_NUMBER:
    default:
        if (c->exact)
            frem_cell_exact(book, sheet, at, to, frem_frame_numbers(table->frame, column)[row], look_of(c));
        else
            frem_cell_number(book, sheet, at, to, frem_frame_numbers(table->frame, column)[row], look_of(c));
        break;
    }
}

static void put_table(frem_book *book, const frem_answer_table *table) {
    const size_t rows = frem_frame_rows(table->frame), room = book->max_rows - HEAD_ROWS,
                 kept = rows < room ? rows : room;
    const size_t sheet = frem_book_sheet(book, table->title.text[book->lang], table->long_one);
    size_t n = 0, shown[32];
    if (kept < rows)
        frem_sheet_cut(book, sheet, kept, rows, table->file);
    else
        frem_cell_text(book, sheet, 0, 0, table->title.text[book->lang], FREM_LOOK_HEADING);
    for (size_t c = 0; c < table->n_columns && book->status == FREM_OK; c++) {
        const char *heading = table->columns[c].heading.text[book->lang];
        if (heading == NULL || n == sizeof shown / sizeof *shown)
            continue;
        frem_column_width(book, sheet, n, n, width_of(table, c, heading));
        frem_cell_text(book, sheet, 1, n, heading,
                       table->columns[c].kind == FREM_COLUMN_NUMBER ? FREM_LOOK_HEADER
                                                                    : FREM_LOOK_HEADER_TEXT);
        shown[n++] = c;
    }
    for (size_t row = 0; row < kept && book->status == FREM_OK; row++) {
        for (size_t i = 0; i < n; i++)
            put_cell(book, sheet, HEAD_ROWS + row, i, table, shown[i], row);
    }
    if (n > 0)
        frem_sheet_filter(book, sheet, 1, 1 + kept, n);
}

/* ---- figures ---- */

/* The sheet of charts: where the next figure goes. */
typedef struct charts {
    frem_book *book;
    size_t sheet, row;
} charts;

/* Close to the colours that charts draw a role in. */
static unsigned color_of(frem_role role) {
    enum { INK = 0x404040 };
    static const unsigned colors[FREM_ROLE_COUNT] = {
        [FREM_ROLE_MUTED] = 0x9A9A9A,      [FREM_ROLE_SUPPLY] = 0x0072B2,
        [FREM_ROLE_DEMAND] = 0xD55E00,     [FREM_ROLE_SURPLUS] = 0x0072B2,
        [FREM_ROLE_SHORTAGE] = 0xD55E00,   [FREM_ROLE_WIDE] = 0xA6C8E4,
        [FREM_ROLE_NARROW] = 0x5A9BD0,     [FREM_ROLE_SERIES] = 0x0072B2,
        [FREM_ROLE_SERIES + 1] = 0xD55E00, [FREM_ROLE_SERIES + 2] = 0x009E73,
        [FREM_ROLE_SERIES + 3] = 0xCC79A7, [FREM_ROLE_SERIES + 4] = 0xE69F00,
        [FREM_ROLE_SERIES + 5] = 0x56B4E9, [FREM_ROLE_SERIES + 6] = 0x7F7F7F,
        [FREM_ROLE_SERIES_LAST] = 0x8C564B};
    return colors[role] != 0 ? colors[role] : INK;
}

/* Numbers of a figure: in per cent, or with as many decimals as its range asks for. */
static bool is_fine(const frem_figure *figure) {
    double low = 0, high = 0;
    frem_figure_range(figure, &low, &high);
    return high - low < 10;
}

static frem_look look_in(const frem_figure *figure) {
    return figure->scale.percent ? FREM_LOOK_RATIO : is_fine(figure) ? FREM_LOOK_VALUE : FREM_LOOK_MONEY;
}

static const char *format_in(const frem_figure *figure) {
    return figure->scale.percent ? "0%" : is_fine(figure) ? "0.0##" : "#,##0";
}

static void begin_figure(charts *c, const frem_figure *figure, const char *panel) {
    frem_text title = {0};
    frem_text_print(&title, "%s%s%s", figure->title, panel != NULL ? " · " : "", panel != NULL ? panel : "");
    if (title.failed)
        c->book->status = FREM_NO_MEMORY;
    else
        frem_cell_text(c->book, c->sheet, c->row++, 0, title.bytes, FREM_LOOK_HEADING);
    frem_text_free(&title);
    frem_cell_text(c->book, c->sheet, c->row++, 0, figure->subtitle != NULL ? figure->subtitle : "",
                   FREM_LOOK_SUBTITLE);
}

/* @param begin the row of the figure's title. */
static void end_figure(charts *c, frem_chart *chart, const char *title, size_t begin, size_t columns) {
    chart->title = title;
    chart->sheet = c->sheet;
    chart->row = begin;
    chart->column = columns + 1;
    frem_book_chart(c->book, chart);
    const size_t below = begin + FREM_CHART_ROWS + 1;
    c->row = c->row + 1 > below ? c->row + 1 : below;
}

/* A column of values by year; its number is what is behind those before it. */
typedef struct by_year {
    charts *c;
    const frem_figure *figure;
    size_t header, n;
    frem_chart_series series[CHART_SERIES_MAX];
} by_year;

static void put_series(by_year *t, const char *label, const double *values, frem_role role) {
    const size_t column = t->n + 1;
    if (t->n == CHART_SERIES_MAX)
        return;
    frem_cell_text(t->c->book, t->c->sheet, t->header, column, label, FREM_LOOK_HEADER);
    for (size_t y = 0; y < t->figure->n_years; y++)
        frem_cell_number(t->c->book, t->c->sheet, t->header + 1 + y, column, values[y], look_in(t->figure));
    t->series[t->n++] = (frem_chart_series){.column = column, .color = color_of(role)};
}

/* "90 % of draws, low". */
static void put_edge(by_year *t, const frem_figure_band *band, const double *values, frem_word edge) {
    frem_text label = {0};
    frem_text_print(&label, "%s%s", band->label != NULL ? band->label : "",
                    frem_word_text(edge, t->c->book->lang));
    if (label.failed)
        t->c->book->status = FREM_NO_MEMORY;
    else
        put_series(t, label.bytes, values, band->role);
    frem_text_free(&label);
}

static void put_years(by_year *t, const frem_figure_panel *panel) {
    frem_book *book = t->c->book;
    frem_row_height(book, t->c->sheet, t->header, HEAD_HEIGHT);
    frem_cell_text(book, t->c->sheet, t->header, 0, frem_word_text(FREM_W_SHEET_YEAR, book->lang),
                   FREM_LOOK_HEADER_TEXT);
    for (size_t y = 0; y < t->figure->n_years; y++)
        frem_cell_number(book, t->c->sheet, t->header + 1 + y, 0, t->figure->first_year + (int)y,
                         FREM_LOOK_YEAR);
    for (size_t i = 0; panel != NULL && i < panel->n_lines; i++)
        put_series(t, panel->lines[i].label, panel->lines[i].values, panel->lines[i].role);
    for (size_t i = 0; panel != NULL && i < panel->n_bands; i++) {
        put_edge(t, &panel->bands[i], panel->bands[i].low, FREM_W_ANSWER_LOW);
        put_edge(t, &panel->bands[i], panel->bands[i].high, FREM_W_ANSWER_HIGH);
    }
    for (size_t i = 0; panel == NULL && i < t->figure->n_parts; i++)
        put_series(t, t->figure->parts[i].label, t->figure->parts[i].values, t->figure->parts[i].role);
}

/* @param panel NULL: the parts of columns. */
static void put_by_year(charts *c, const frem_figure *figure, const frem_figure_panel *panel) {
    const size_t begin = c->row;
    begin_figure(c, figure, panel != NULL ? panel->title : NULL);
    by_year t = {.c = c, .figure = figure, .header = c->row};
    put_years(&t, panel);
    c->row += 1 + figure->n_years;
    frem_chart chart = {.kind = panel != NULL ? FREM_CHART_LINES : FREM_CHART_STACK,
                        .unit = figure->subtitle,
                        .number = format_in(figure),
                        .header = t.header,
                        .n_rows = figure->n_years,
                        .series = t.series,
                        .n_series = t.n};
    end_figure(c, &chart, panel != NULL && panel->title != NULL ? panel->title : figure->title, begin, t.n);
}

/* The columns of stacked bars: where they begin, then on each side of zero the stretches outwards. A stretch that crosses
 * zero is in both. */
enum { BEGINS, OVER_NEAR, OVER_FAR, UNDER_NEAR, UNDER_FAR, BAR_COLUMNS };

typedef struct bar_cells {
    double at[BAR_COLUMNS];
    unsigned colors[BAR_COLUMNS];
} bar_cells;

static void add_side(bar_cells *cells, double near, double far, int side, unsigned color) {
    const size_t first = side > 0 ? OVER_NEAR : UNDER_NEAR;
    const size_t place = cells->at[first] == 0 ? first : first + 1;
    if (cells->at[first] == 0 && cells->at[BEGINS] == 0)
        cells->at[BEGINS] = near;
    cells->at[place] = far - near;
    cells->colors[place] = color;
}

static bar_cells cells_of(const frem_figure_bar *bar) {
    bar_cells cells = {{0}, {0}};
    const frem_figure_stretch *s = bar->stretches;
    const size_t n = bar->n_stretches;
    /* from the least up, and for what is under zero from the greatest down */
    const bool swapped = n == 2 && fmin(s[0].from, s[0].to) > fmin(s[1].from, s[1].to);
    for (size_t i = 0; i < n; i++) {
        const frem_figure_stretch *up = &s[swapped ? n - 1 - i : i];
        const double low = fmin(up->from, up->to), high = fmax(up->from, up->to);
        if (high > 0 && high > low)
            add_side(&cells, fmax(low, 0), high, 1, color_of(up->role));
    }
    for (size_t i = n; i-- > 0;) {
        const frem_figure_stretch *down = &s[swapped ? n - 1 - i : i];
        const double low = fmin(down->from, down->to), high = fmax(down->from, down->to);
        if (low < 0 && high > low)
            add_side(&cells, fmin(high, 0), low, -1, color_of(down->role));
    }
    return cells;
}

static void put_bars(charts *c, const frem_figure *figure) {
    const size_t begin = c->row, n = figure->n_bars;
    unsigned *colors = calloc(BAR_COLUMNS * n + 1, sizeof *colors);
    frem_chart_series series[BAR_COLUMNS];
    if (colors == NULL)
        c->book->status = FREM_NO_MEMORY;
    begin_figure(c, figure, NULL);
    const size_t header = c->row++;
    frem_row_height(c->book, c->sheet, header, HEAD_HEIGHT);
    for (size_t k = 0; k < BAR_COLUMNS && c->book->status == FREM_OK; k++) {
        frem_cell_text(
            c->book, c->sheet, header, k + 1,
            frem_word_text(k == BEGINS ? FREM_W_ANSWER_BEGINS : FREM_W_ANSWER_LENGTH, c->book->lang),
            FREM_LOOK_HEADER);
        series[k] = (frem_chart_series){.column = k + 1,
                                        .color = 0x404040,
                                        .colors = k == BEGINS ? NULL : &colors[k * n],
                                        .unseen = k == BEGINS};
    }
    for (size_t i = 0; i < n && c->book->status == FREM_OK; i++, c->row++) {
        const bar_cells cells = cells_of(&figure->bars[i]);
        frem_cell_text(c->book, c->sheet, c->row, 0, figure->bars[i].label, FREM_LOOK_PLAIN);
        for (size_t k = 0; k < BAR_COLUMNS; k++) {
            colors[k * n + i] = cells.colors[k];
            if (k == BEGINS || cells.at[k] != 0)
                frem_cell_number(c->book, c->sheet, c->row, k + 1, cells.at[k], look_in(figure));
        }
    }
    frem_chart chart = {.kind = FREM_CHART_BARS,
                        .unit = figure->subtitle,
                        .number = format_in(figure),
                        .header = header,
                        .n_rows = n,
                        .series = series,
                        .n_series = BAR_COLUMNS};
    end_figure(c, &chart, figure->title, begin, BAR_COLUMNS);
    free(colors);
}

static void put_heat(charts *c, const frem_figure *figure) {
    begin_figure(c, figure, NULL);
    for (size_t y = 0; y < figure->n_years; y++)
        frem_cell_number(c->book, c->sheet, c->row, y + 1, figure->first_year + (int)y, FREM_LOOK_YEAR);
    c->row++;
    for (size_t r = 0; r < figure->heat.n_rows; r++, c->row++) {
        frem_cell_text(c->book, c->sheet, c->row, 0, figure->heat.rows[r], FREM_LOOK_PLAIN);
        for (size_t y = 0; y < figure->n_years; y++)
            frem_cell_number(c->book, c->sheet, c->row, y + 1, figure->heat.cells[r * figure->n_years + y],
                             look_in(figure));
    }
    c->row++;
}

static void put_figure(charts *c, const frem_figure *figure) {
    switch (figure->kind) {
    case FREM_FIGURE_LINES:
        for (size_t i = 0; i < figure->n_panels; i++)
            put_by_year(c, figure, &figure->panels[i]);
        break;
    case FREM_FIGURE_COLUMNS:
        put_by_year(c, figure, NULL);
        break;
    case FREM_FIGURE_BARS:
        put_bars(c, figure);
        break;
    case FREM_FIGURE_HEAT:
        put_heat(c, figure);
        break;
    case FREM_FIGURE_PYRAMID: /* no answer has one */
        break;
    }
}

void frem_book_answer(frem_book *book) {
    const frem_answer *answer = book->document->answer;
    for (size_t i = 0; i < answer->n_tables && book->status == FREM_OK; i++)
        put_table(book, &answer->tables[i]);
    if (answer->n_figures == 0 || book->status != FREM_OK)
        return;
    charts c = {.book = book};
    c.sheet = frem_book_sheet(book, frem_word_text(FREM_W_ANSWER_CHARTS, book->lang), false);
    frem_column_width(book, c.sheet, 0, 0, 36);
    frem_column_width(book, c.sheet, 1, CHART_SERIES_MAX, NUMBER_WIDTH);
    for (size_t i = 0; i < answer->n_figures && book->status == FREM_OK; i++)
        put_figure(&c, &answer->figures[book->lang][i]);
    frem_sheet_print(book, c.sheet, 0, 0);
}

#endif
