/* The sheets of professions: tables by year on the left, the charts that read them on the right. */
#include "output/xlsx/book.h"

#ifdef FREM_HAS_XLSX

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "frame/columns.h"
#include "frame/measures.h"
#include "output/names.h"

enum { CHART_COLUMN_MIN = 7, TITLE_MAX = 60, COMPARED_MAX = 12, PAGE_ROWS = 56, COLUMN_WIDTH = 15 };

/** A column of a table: a measure, or several with their signs. */
typedef struct column {
    frem_word head; /**< of several measures */
    frem_measure_id parts[FREM_M_COUNT];
    size_t n_parts;
    bool with_sign; /**< ways out below zero */
    frem_look look;
    unsigned color; /**< in a chart */
} column;

enum { SUPPLY = 0x0072B2, DEMAND = 0xE69F00 };

#define LENGTH(list) (sizeof(list) / sizeof *(list))

/* Colours that differ also for the colour-blind, in the order in which curves get them. */
static const unsigned palette[] = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x000000, 0x56B4E9, 0xE69F00};

/** A sheet that is being filled. */
typedef struct page {
    frem_book *book;
    size_t sheet, profession;
    bool all;           /**< whether that is the sum of all */
    size_t left, right; /**< the next free row of the tables and of the charts */
    size_t chart_column;
    size_t lines; /**< of the heads of the table */
    lxw_row_t breaks[256];
    size_t n_breaks;
} page;

/** A table by year. */
typedef struct table {
    size_t header;      /**< its row */
    size_t first, rows; /**< years that have anything: place among those of the projections, how many */
} table;

static const char *word(const page *p, frem_word word) {
    return frem_word_text(word, p->book->lang);
}

/* Tables and charts go on below both. */
static void settle(page *p) {
    const size_t next = p->left > p->right ? p->left : p->right;
    p->left = p->right = next;
}

static void break_page(page *p) {
    settle(p);
    if (p->n_breaks + 1 < LENGTH(p->breaks))
        p->breaks[p->n_breaks++] = (lxw_row_t)p->left;
}

/* A new page where so many rows would not fit on this one. */
static void keep_together(page *p, size_t rows) {
    const size_t began = p->n_breaks > 0 ? p->breaks[p->n_breaks - 1] : 0;
    if (p->left - began + rows > PAGE_ROWS)
        break_page(p);
}

/** The column of one measure. */
static column column_of(frem_measure_id m) {
    const frem_measure *measure = &frem_measures[m];
    column c = {.parts = {m}, .n_parts = 1};
    c.look = measure->has_sign                     ? FREM_LOOK_GAP
             : strcmp(measure->unit, "ratio") == 0 ? FREM_LOOK_RATIO
             : strcmp(measure->unit, "mio_kr") == 0 || strcmp(measure->unit, "children") == 0
                 ? FREM_LOOK_MONEY
                 : FREM_LOOK_COUNT;
    c.color = measure->role == FREM_ROLE_SUPPLY ? SUPPLY : measure->role == FREM_ROLE_DEMAND ? DEMAND : 0;
    return c;
}

/** The columns of a table that are shown of the profession, or of all together. */
static size_t columns_of(const page *p, frem_measure_sheet sheet, column *out) {
    frem_measure_id measures[FREM_M_COUNT];
    const size_t count = frem_measures_on_sheet(sheet, measures);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (p->all ? !frem_measures[measures[i]].nets : !frem_measures[measures[i]].of_all_alone)
            out[n++] = column_of(measures[i]);
    }
    return n;
}

/** The causes of change in the stock: ways in, ways out, each what has a column of its own and the others together. */
static size_t causes_of(column *out) {
    static const unsigned colors[] = {0x009E73, 0x56B4E9, 0xD55E00, 0x999999};
    size_t n = 0;
    for (int way = 1; way >= -1; way -= 2) {
        column own = {.n_parts = 0}, others = {.head = way > 0 ? FREM_W_SHEET_INFLOW : FREM_W_SHEET_OUTFLOW};
        for (size_t m = 0; m < FREM_M_COUNT; m++) {
            column *c = frem_measures[m].sheet == FREM_SHEET_CAUSES ? &own : &others;
            if (frem_measure_way(&frem_measures[m]) == way)
                c->parts[c->n_parts++] = (frem_measure_id)m;
        }
        out[n++] = own;
        out[n++] = others;
    }
    for (size_t c = 0; c < n; c++) {
        out[c].with_sign = true;
        out[c].look = FREM_LOOK_GAP;
        out[c].color = colors[c];
    }
    return n;
}
enum { CAUSES = 4 };

static double value_for(const page *p, size_t profession, const column *c, size_t run, size_t region,
                        size_t year) {
    double sum = (double)NAN;
    for (size_t i = 0; i < c->n_parts; i++) {
        const frem_measure *part = &frem_measures[c->parts[i]];
        const double *series = frem_projected_at(p->book->projected, run, region, profession, c->parts[i]);
        if (series == NULL || isnan(series[year]))
            continue;
        sum = (isnan(sum) ? 0 : sum) + (c->with_sign ? frem_measure_way(part) : 1) * series[year];
    }
    return sum;
}

static double value_of(const page *p, const column *c, size_t run, size_t region, size_t year) {
    return value_for(p, p->profession, c, run, region, year);
}

static bool has_column(const page *p, const column *c, size_t run, size_t region) {
    for (size_t y = 0; y < p->book->projected->n_years; y++) {
        if (!isnan(value_of(p, c, run, region, y)))
            return true;
    }
    return false;
}

/* Measures of a column that have a value. */
static size_t parts_of(const page *p, const column *c, size_t run, size_t region, size_t *last) {
    size_t n = 0;
    for (size_t i = 0; i < c->n_parts; i++) {
        if (!frem_projected_has(p->book->projected, frem_projected_at(p->book->projected, run, region,
                                                                      p->profession, c->parts[i])))
            continue;
        *last = i;
        n++;
    }
    return n;
}

/* A column of several measures that has one of them alone is called after it. */
static const char *head_of(const page *p, const column *c, size_t run, size_t region) {
    const char *scenario = p->book->document->scenarios[run].name;
    size_t last = 0;
    if (c->head != FREM_W_NONE && parts_of(p, c, run, region, &last) != 1)
        return word(p, c->head);
    return frem_book_label(p->book, scenario, "measure", frem_measures[c->parts[last]].name);
}

/* Whether a column of causes is the sum of several measures, which then need a table of their own. */
static bool has_sums(const page *p, const column *causes, size_t run, size_t region) {
    size_t last = 0;
    bool sums = false;
    for (size_t c = 0; c < CAUSES; c++)
        sums = sums || parts_of(p, &causes[c], run, region, &last) > 1;
    return sums;
}

/* A column's head; the row is as high as the highest needs. */
static void put_head(page *p, const table *t, size_t at, const char *text) {
    const size_t lines = frem_head_lines(text, COLUMN_WIDTH);
    p->lines = lines > p->lines ? lines : p->lines;
    frem_cell_text(p->book, p->sheet, t->header, at, text, FREM_LOOK_HEADER);
    frem_row_height(p->book, p->sheet, t->header, 6.0 + 12.0 * (double)p->lines);
}

/* Heading, column heads. The values follow. */
static table begin_table(page *p, const char *heading) {
    frem_cell_text(p->book, p->sheet, p->left++, 0, heading, FREM_LOOK_HEADING);
    table t = {.header = p->left++};
    frem_cell_text(p->book, p->sheet, t.header, 0, word(p, FREM_W_SHEET_YEAR), FREM_LOOK_HEADER_TEXT);
    p->lines = 1;
    return t;
}

/* The years of the table in its first column, from `first` to the one before `end`. */
static void end_table(page *p, table *t, size_t first, size_t end) {
    const frem_projected *projected = p->book->projected;
    t->first = first;
    t->rows = end - first;
    for (size_t y = first; y < end; y++)
        frem_cell_number(p->book, p->sheet, p->left++, 0, projected->first_year + (double)y, FREM_LOOK_YEAR);
    p->left++;
}

/* ---- live sums ---- */

/* The columns of a table that others are computed from; 0 for one that it does not have. */
typedef struct sources {
    const column *supply, *demand;
    size_t supply_at, demand_at;
} sources;

static sources sources_of(const column *columns, size_t n, const size_t *at) {
    sources of = {NULL, NULL, 0, 0};
    for (size_t c = 0; c < n; c++) {
        if (at[c] != 0 && columns[c].n_parts == 1 && columns[c].parts[0] == FREM_M_SUPPLY) {
            of.supply = &columns[c];
            of.supply_at = at[c];
        } else if (at[c] != 0 && columns[c].n_parts == 1 && columns[c].parts[0] == FREM_M_DEMAND) {
            of.demand = &columns[c];
            of.demand_at = at[c];
        }
    }
    return of;
}

/* A measure as a spreadsheet computes it from the cells of its row; NaN for one that is not computed. */
static double computed(frem_measure_id measure, double supply, double demand) {
    if (measure == FREM_M_GAP)
        return supply - demand;
    if (measure == FREM_M_SHORTAGE)
        return fmax(0, demand - supply);
    return measure == FREM_M_COVERAGE && demand > 0 ? supply / demand : (double)NAN;
}

/* Whether all values of a column are what the cells of their rows give: a shortage of several regions is the sum of theirs,
 * and is no formula. */
static bool is_computed(const page *p, const column *c, const sources *of, size_t run, size_t region) {
    if (c->n_parts != 1 || of->supply == NULL || of->demand == NULL)
        return false;
    for (size_t y = 0; y < p->book->projected->n_years; y++) {
        const double value = frem_value_shown(value_of(p, c, run, region, y));
        const double supply = frem_value_shown(value_of(p, of->supply, run, region, y)),
                     demand = frem_value_shown(value_of(p, of->demand, run, region, y));
        if (!isnan(value) && !(fabs(computed(c->parts[0], supply, demand) - value) < 2e-6))
            return false;
    }
    return true;
}

/* A cell as a formula of its row. */
static void put_computed(page *p, const column *c, const sources *of, size_t row, size_t at, double value) {
    char supply[FREM_LETTERS_MAX], demand[FREM_LETTERS_MAX];
    frem_text formula = {0};
    if (isnan(value))
        return;
    frem_column_letters((unsigned)of->supply_at + 1, supply);
    frem_column_letters((unsigned)of->demand_at + 1, demand);
    const size_t line = row + 1;
    if (c->parts[0] == FREM_M_GAP)
        frem_text_print(&formula, "=%s%zu-%s%zu", supply, line, demand, line);
    else if (c->parts[0] == FREM_M_SHORTAGE)
        frem_text_print(&formula, "=MAX(0,%s%zu-%s%zu)", demand, line, supply, line);
    else
        frem_text_print(&formula, "=%s%zu/%s%zu", supply, line, demand, line);
    if (formula.failed)
        p->book->status = FREM_NO_MEMORY;
    else
        frem_cell_formula(p->book, p->sheet, row, at, formula.bytes, value, c->look);
    frem_text_free(&formula);
}

/* ---- tables ---- */

/** Writes those columns that have values, over the years in which one of them has: other scenarios of the command may be
 *  of other years. @param[out] at the sheet's column of each, 0 for one left out. */
static table put_table(page *p, frem_word heading, const column *columns, size_t n, size_t run, size_t region,
                       size_t at[FREM_M_COUNT]) {
    const frem_projected *projected = p->book->projected;
    size_t first = projected->n_years, end = 0, width = 1;
    for (size_t c = 0; c < n; c++) {
        at[c] = has_column(p, &columns[c], run, region) ? width++ : 0;
        for (size_t y = 0; y < projected->n_years && at[c] != 0; y++) {
            if (isnan(value_of(p, &columns[c], run, region, y)))
                continue;
            first = y < first ? y : first;
            end = y + 1 > end ? y + 1 : end;
        }
    }
    if (width == 1)
        return (table){.rows = 0};
    keep_together(p, end - first + 2);
    table t = begin_table(p, word(p, heading));
    const size_t top = p->left;
    const sources of = sources_of(columns, n, at);
    end_table(p, &t, first, end);
    for (size_t c = 0; c < n; c++) {
        if (at[c] == 0)
            continue;
        const bool live = is_computed(p, &columns[c], &of, run, region);
        put_head(p, &t, at[c], head_of(p, &columns[c], run, region));
        for (size_t y = first; y < end; y++) {
            const double value = value_of(p, &columns[c], run, region, y);
            if (live)
                put_computed(p, &columns[c], &of, top + y - first, at[c], value);
            else
                frem_cell_number(p->book, p->sheet, top + y - first, at[c], value, columns[c].look);
        }
    }
    return t;
}

/* "Supply and demand: Pedagogues, Syddanmark", so that it says enough when it is pasted elsewhere. */
static char *chart_title(const page *p, frem_word what, size_t run, size_t region) {
    const frem_book *book = p->book;
    const char *scenario = book->document->scenarios[run].name;
    frem_text title = {0};
    frem_text_print(&title, "%s: ", word(p, what));
    frem_add_cell(&title, frem_book_profession(book, p->profession), TITLE_MAX);
    if (region != SIZE_MAX) {
        frem_text_add(&title, ", ");
        frem_add_cell(&title,
                      frem_book_label(book, scenario, "region",
                                      frem_column_label(book->projected->frame, "region", region)),
                      TITLE_MAX);
    }
    for (size_t i = 0; i < title.length; i++)
        title.bytes[i] = title.bytes[i] == '\n' ? ' ' : title.bytes[i];
    if (!title.failed)
        return title.bytes;
    frem_text_free(&title);
    return NULL;
}

/** Puts a chart beside the tables. @param region SIZE_MAX where the chart shows several. */
static void put_chart(page *p, frem_chart chart, frem_word what, size_t run, size_t region) {
    if (chart.n_series == 0 || chart.n_rows == 0)
        return;
    char *title = chart_title(p, what, run, region);
    if (title == NULL) {
        p->book->status = FREM_NO_MEMORY;
        return;
    }
    chart.title = title;
    chart.sheet = p->sheet;
    chart.row = p->right;
    chart.column = p->chart_column;
    frem_book_chart(p->book, &chart);
    p->right += FREM_CHART_ROWS + 1;
    free(title);
}

static void chart_balance(page *p, const table *t, const column *columns, size_t n_columns, const size_t *at,
                          size_t run, size_t region) {
    frem_chart_series lines[FREM_M_COUNT];
    size_t n = 0, gap_at = 0;
    for (size_t c = 0; c < n_columns; c++) {
        if (at[c] != 0 && columns[c].color != 0)
            lines[n++] = (frem_chart_series){.column = at[c], .color = columns[c].color};
        gap_at = columns[c].parts[0] == FREM_M_GAP ? at[c] : gap_at;
    }
    const frem_chart chart = {.kind = FREM_CHART_LINES,
                              .unit = word(p, FREM_W_SHEET_FTE),
                              .header = t->header,
                              .n_rows = t->rows,
                              .series = lines,
                              .n_series = n};
    put_chart(p, chart, FREM_W_SHEET_LINES, run, region);
    if (gap_at == 0)
        return;
    const frem_chart_series gap = {.column = gap_at, .color = SUPPLY};
    const double *values = frem_projected_at(p->book->projected, run, region, p->profession, FREM_M_GAP);
    put_chart(p,
              (frem_chart){.kind = FREM_CHART_GAP,
                           .unit = word(p, FREM_W_SHEET_FTE),
                           .header = t->header,
                           .n_rows = t->rows,
                           .series = &gap,
                           .n_series = 1,
                           .values = values + t->first},
              FREM_W_SHEET_GAP, run, region);
}

static void chart_causes(page *p, const table *t, const column *causes, const size_t *at, size_t run,
                         size_t region) {
    frem_chart_series stack[CAUSES];
    size_t n = 0;
    for (size_t c = 0; c < CAUSES; c++) {
        if (at[c] != 0)
            stack[n++] = (frem_chart_series){.column = at[c], .color = causes[c].color};
    }
    put_chart(p,
              (frem_chart){.kind = FREM_CHART_STACK,
                           .unit = word(p, FREM_W_SHEET_PERSONS),
                           .header = t->header,
                           .n_rows = t->rows,
                           .series = stack,
                           .n_series = n},
              FREM_W_SHEET_CAUSES_CHART, run, region);
}

/* "5%", "50% (middle)", "Chance of a shortage". */
static void put_spread_head(page *p, const table *t, size_t k) {
    static const double shares[FREM_SPREAD_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};
    frem_text head = {0};
    if (k < FREM_SPREAD_QUANTILES && shares[k] != 0.5)
        frem_locale_percent(&head, shares[k], 0, p->book->lang);
    else
        frem_text_add(
            &head, word(p, k == FREM_SPREAD_SHORT ? FREM_W_SHEET_SPREAD_SHORT : FREM_W_SHEET_SPREAD_MIDDLE));
    if (head.failed)
        p->book->status = FREM_NO_MEMORY;
    else
        put_head(p, t, k + 1, head.bytes);
    frem_text_free(&head);
}

/** How far the gap is known: its quantiles and the chance of a shortage by year, and a chart of nine of ten draws. */
static void put_spread(page *p, size_t run, size_t region) {
    static const unsigned colors[FREM_SPREAD_QUANTILES] = {0x9DC1E2, 0, SUPPLY, 0, 0x9DC1E2};
    const frem_projected *spread = p->book->spread;
    const double *values[FREM_SPREAD];
    size_t first = 0, end, n = 0;
    frem_chart_series lines[FREM_SPREAD];
    for (size_t k = 0; k < FREM_SPREAD; k++) {
        values[k] =
            spread != NULL ? frem_projected_at(&spread[k], run, region, p->profession, FREM_M_GAP) : NULL;
        if (values[k] == NULL)
            return;
    }
    for (end = spread->n_years; end > 0 && isnan(values[0][end - 1]); end--)
        ;
    while (first < end && isnan(values[0][first]))
        first++;
    bool certain = true; /* every draw gives the same, of which no chance is one */
    for (size_t y = first; y < end; y++)
        certain = certain && fabs(values[FREM_SPREAD_QUANTILES - 1][y] - values[0][y]) <= FREM_SPREAD_NONE;
    if (certain)
        return;
    keep_together(p, end - first + 2);
    table t = begin_table(p, word(p, FREM_W_SHEET_SPREAD));
    const size_t top = p->left;
    end_table(p, &t, first, end);
    for (size_t k = 0; k < FREM_SPREAD; k++) {
        put_spread_head(p, &t, k);
        for (size_t y = first; y < end; y++)
            frem_cell_number(p->book, p->sheet, top + y - first, k + 1, values[k][y],
                             k == FREM_SPREAD_SHORT ? FREM_LOOK_RATIO : FREM_LOOK_GAP);
        if (k < FREM_SPREAD_QUANTILES && colors[k] != 0)
            lines[n++] = (frem_chart_series){.column = k + 1, .color = colors[k]};
    }
    put_chart(p,
              (frem_chart){.kind = FREM_CHART_LINES,
                           .unit = word(p, FREM_W_SHEET_FTE),
                           .header = t.header,
                           .n_rows = t.rows,
                           .series = lines,
                           .n_series = n},
              FREM_W_SHEET_SPREAD_CHART, run, region);
    settle(p);
}

/** One curve of a table of several. */
typedef struct curve {
    size_t run, region, profession;
    frem_text name;
} curve;

static bool has_curve(const page *p, const column *what, const curve *c) {
    for (size_t y = 0; y < p->book->projected->n_years; y++) {
        if (!isnan(value_for(p, c->profession, what, c->run, c->region, y)))
            return true;
    }
    return false;
}

/* A table with a column for each curve that has values, and their chart. */
static void put_curves(page *p, frem_word heading, frem_word title, frem_measure_id measure,
                       const curve *curves, size_t n) {
    const column of_measure = column_of(measure), *what = &of_measure;
    const frem_projected *projected = p->book->projected;
    frem_chart_series lines[COMPARED_MAX];
    const curve *first = NULL;
    bool one_region = true;
    size_t shown = 0;
    for (size_t i = 0; i < n && first == NULL; i++)
        first = has_curve(p, what, &curves[i]) ? &curves[i] : NULL;
    if (first == NULL)
        return;
    keep_together(p, projected->n_years + 2);
    table t = begin_table(p, word(p, heading));
    const size_t top = p->left;
    end_table(p, &t, 0, projected->n_years);
    for (const curve *c = first; c < curves + n; c++) {
        if (!has_curve(p, what, c))
            continue;
        one_region = one_region && c->region == first->region;
        put_head(p, &t, ++shown, c->name.bytes);
        for (size_t y = 0; y < projected->n_years; y++)
            frem_cell_number(p->book, p->sheet, top + y, shown,
                             value_for(p, c->profession, what, c->run, c->region, y), what->look);
        if (shown <= COMPARED_MAX)
            lines[shown - 1] =
                (frem_chart_series){.column = shown, .color = palette[(shown - 1) % LENGTH(palette)]};
    }
    put_chart(p,
              (frem_chart){.kind = FREM_CHART_LINES,
                           .unit = word(p, FREM_W_SHEET_FTE),
                           .header = t.header,
                           .n_rows = t.rows,
                           .series = lines,
                           .n_series = shown < COMPARED_MAX ? shown : COMPARED_MAX},
              title, first->run, one_region ? first->region : SIZE_MAX);
    settle(p);
}

static void free_curves(curve *curves, size_t n) {
    for (size_t i = 0; curves != NULL && i < n; i++)
        frem_text_free(&curves[i].name);
    free(curves);
}

/* Scenarios and variants side by side. */
static void put_compared(page *p) {
    const size_t n = p->book->document->n_scenarios;
    curve *curves = calloc(n, sizeof *curves);
    bool ok = curves != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        curves[i].run = i;
        curves[i].region = frem_projected_region_code(p->book->projected, i);
        curves[i].profession = p->profession;
        frem_add_side(&curves[i].name, p->book->document, i, p->book->lang);
        ok = !curves[i].name.failed;
    }
    if (ok) {
        if (p->all)
            put_curves(p, FREM_W_SHEET_COMPARED_SHORTAGE, FREM_W_SHEET_COMPARED_SHORTAGE_CHART,
                       FREM_M_SHORTAGE, curves, n);
        else
            put_curves(p, FREM_W_SHEET_COMPARED_GAP, FREM_W_SHEET_COMPARED_GAP_CHART, FREM_M_GAP, curves, n);
        put_curves(p, FREM_W_SHEET_COMPARED_SUPPLY, FREM_W_SHEET_COMPARED_SUPPLY_CHART, FREM_M_SUPPLY, curves,
                   n);
        put_curves(p, FREM_W_SHEET_COMPARED_DEMAND, FREM_W_SHEET_COMPARED_DEMAND_CHART, FREM_M_DEMAND, curves,
                   n);
    } else {
        p->book->status = FREM_NO_MEMORY;
    }
    free_curves(curves, n);
    break_page(p);
}

/* The groups of a scenario side by side, where it has several. */
static void put_groups(page *p, size_t run) {
    const frem_projected *projected = p->book->projected;
    const frem_run *t = &p->book->document->scenarios[run];
    if (t->n_groups < 2)
        return;
    curve *curves = calloc(t->n_groups, sizeof *curves);
    size_t n = 0;
    bool ok = curves != NULL;
    for (size_t g = 0; ok && g < t->n_groups; g++) {
        const ptrdiff_t region = frem_column_code(projected->frame, "region", t->groups[g]);
        if (region < 0)
            continue;
        curves[n] = (curve){.run = run, .region = (size_t)region, .profession = p->profession};
        frem_text_add(&curves[n].name, frem_book_label(p->book, t->name, "region", t->groups[g]));
        ok = !curves[n++].name.failed;
    }
    if (ok && n > 0 && p->all)
        put_curves(p, FREM_W_SHEET_SHORTAGE_GROUPS, FREM_W_SHEET_SHORTAGE_GROUPS_CHART, FREM_M_SHORTAGE,
                   curves, n);
    else if (ok && n > 0)
        put_curves(p, FREM_W_SHEET_GROUPS, FREM_W_SHEET_GROUPS_CHART, FREM_M_GAP, curves, n);
    else if (!ok)
        p->book->status = FREM_NO_MEMORY;
    free_curves(curves, t->n_groups);
}

/* The professions side by side, on the sheet of all of them. */
static void put_gaps(page *p, size_t run, size_t region) {
    const frem_frame *frame = p->book->projected->frame;
    const size_t n = frem_column_labels(frame, "profession");
    curve *curves = calloc(n + 1, sizeof *curves);
    size_t shown = 0;
    bool ok = curves != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        if (i == p->profession)
            continue;
        curves[shown] = (curve){.run = run, .region = region, .profession = i};
        frem_text_add(&curves[shown].name, frem_book_profession(p->book, i));
        ok = !curves[shown++].name.failed;
    }
    if (ok && shown > 0)
        put_curves(p, FREM_W_SHEET_GAPS, FREM_W_SHEET_GAPS_CHART, FREM_M_GAP, curves, shown);
    else if (!ok)
        p->book->status = FREM_NO_MEMORY;
    free_curves(curves, shown);
}

static bool is_shown(const page *p, size_t run) {
    const size_t region = frem_projected_region_code(p->book->projected, run);
    const column supply = column_of(FREM_M_SUPPLY), demand = column_of(FREM_M_DEMAND);
    return has_column(p, &supply, run, region) || has_column(p, &demand, run, region);
}

/* The tables of measures, and the charts that read them. */
static void put_tables(page *p, size_t run, size_t region) {
    column columns[FREM_M_COUNT], causes[CAUSES];
    size_t at[FREM_M_COUNT] = {0};
    size_t n = columns_of(p, FREM_SHEET_BALANCE, columns);
    if (p->all)
        put_gaps(p, run, region);
    const table balance = put_table(p, FREM_W_SHEET_BALANCE, columns, n, run, region, at);
    if (p->all)
        settle(p);
    else
        chart_balance(p, &balance, columns, n, at, run, region);
    if (!p->all)
        put_spread(p, run, region);
    const table stock = put_table(p, FREM_W_SHEET_CAUSES, causes, causes_of(causes), run, region, at);
    chart_causes(p, &stock, causes, at, run, region);
    break_page(p);
    put_groups(p, run);
    settle(p);
    n = columns_of(p, FREM_SHEET_PEOPLE, columns);
    (void)put_table(p, FREM_W_SHEET_PEOPLE, columns, n, run, region, at);
    n = columns_of(p, FREM_SHEET_FLOWS, columns);
    if (has_sums(p, causes, run, region))
        (void)put_table(p, FREM_W_SHEET_FLOWS, columns, n, run, region, at);
    n = columns_of(p, FREM_SHEET_WORK, columns);
    (void)put_table(p, FREM_W_SHEET_WORK, columns, n, run, region, at);
    break_page(p);
}

/* Everything of one scenario or variant. */
static void put_run(page *p, size_t run) {
    frem_book *book = p->book;
    const frem_run *t = &book->document->scenarios[run];
    const size_t region = frem_projected_region_code(book->projected, run);
    frem_text line = {0};
    if (!is_shown(p, run))
        return;
    settle(p);
    frem_add_run(&line, book->document, run, book->lang);
    frem_text_print(
        &line, " · %s · %s %d",
        frem_book_label(book, t->name, "region", frem_column_label(book->projected->frame, "region", region)),
        frem_word_text(FREM_W_BASE_YEAR, book->lang), t->base_year);
    if (line.failed)
        book->status = FREM_NO_MEMORY;
    else
        frem_cell_text(book, p->sheet, p->left, 0, line.bytes, FREM_LOOK_SUBTITLE);
    frem_text_free(&line);
    const char *first_gap = t->first_gap.text[book->lang];
    if (first_gap != NULL)
        frem_cell_text(book, p->sheet, ++p->left, 0, first_gap, FREM_LOOK_SUBTITLE);
    if (p->all)
        frem_cell_text(book, p->sheet, ++p->left, 0, word(p, FREM_W_SHEET_SHORTAGE_NOTE), FREM_LOOK_SUBTITLE);
    p->left += 2;
    p->right = p->left;
    put_tables(p, run, region);
}

static size_t chart_column(const frem_book *book) {
    const frem_document *d = book->document;
    size_t widest = d->n_scenarios > 1 ? d->n_scenarios : 0;
    const size_t professions = frem_column_labels(book->projected->frame, "profession");
    widest = professions > widest ? professions : widest;
    for (size_t i = 0; i < d->n_scenarios; i++)
        widest = d->scenarios[i].n_groups > widest ? d->scenarios[i].n_groups : widest;
    return widest + 1 > CHART_COLUMN_MIN ? widest + 1 : CHART_COLUMN_MIN;
}

static void put_profession(frem_book *book, size_t profession) {
    const char *label = frem_book_profession(book, profession);
    bool any = false;
    const bool all = strcmp(frem_column_label(book->projected->frame, "profession", profession), "all") == 0;
    page p = {
        .book = book, .profession = profession, .all = all, .left = 1, .chart_column = chart_column(book)};
    for (size_t i = 0; i < book->document->n_scenarios; i++)
        any = any || is_shown(&p, i);
    if (!any) /* "all" of a single profession has only the users of its sectors */
        return;
    p.sheet = frem_book_sheet(book, label, false);
    if (book->status != FREM_OK)
        return;
    frem_column_width(book, p.sheet, 0, 0, 8);
    frem_column_width(book, p.sheet, 1, 20, COLUMN_WIDTH);
    book->call.worksheet_gridlines(book->sheets[p.sheet].sheet, LXW_HIDE_ALL_GRIDLINES);
    frem_cell_text(book, p.sheet, 0, 0, label, FREM_LOOK_TITLE);
    frem_row_height(book, p.sheet, 0, 26);
    p.right = p.left;
    if (book->document->n_scenarios > 1) {
        p.left = p.right = 3;
        put_compared(&p);
    }
    for (size_t i = 0; i < book->document->n_scenarios && book->status == FREM_OK; i++)
        put_run(&p, i);
    frem_sheet_print(book, p.sheet, 0, 3);
    /* The last break would end the sheet with an empty page. */
    p.breaks[p.n_breaks > 0 ? p.n_breaks - 1 : 0] = 0;
    if (book->status == FREM_OK && p.n_breaks > 1 &&
        book->call.worksheet_set_h_pagebreaks(book->sheets[p.sheet].sheet, p.breaks) != LXW_NO_ERROR)
        book->status = FREM_NO_MEMORY;
}

void frem_book_professions(frem_book *book) {
    /* The sum of all last, where there is one. */
    const frem_projected *projected = book->projected;
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < frem_column_labels(projected->frame, "profession") && book->status == FREM_OK;
             i++) {
            if ((strcmp(frem_column_label(projected->frame, "profession", i), "all") == 0) == (pass == 1))
                put_profession(book, i);
        }
    }
}

#endif
