/* Charts that stay charts: a person can change and copy them. */
#include "output/xlsx/book.h"

#ifdef FREM_HAS_XLSX

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/names.h"

enum { INK = 0x404040, GRID = 0xD9D9D9, SURPLUS = 0x0072B2, SHORTAGE = 0xD55E00, YEARS_SHOWN = 14 };

static uint8_t type_of(frem_chart_kind kind) {
    switch (kind) {
    case FREM_CHART_LINES:
        return LXW_CHART_LINE;
    case FREM_CHART_STACK:
        return LXW_CHART_COLUMN_STACKED;
    case FREM_CHART_BARS:
        return LXW_CHART_BAR_STACKED;
    case FREM_CHART_GAP:
    default:
        return LXW_CHART_COLUMN;
    }
}

static void set_axes(frem_book *book, lxw_chart *made, const frem_chart *chart) {
    /* The library calls the upright axis y, whatever it holds. */
    const bool lying = chart->kind == FREM_CHART_BARS;
    lxw_chart_axis *categories = lying ? made->y_axis : made->x_axis,
                   *values = lying ? made->x_axis : made->y_axis;
    lxw_chart_font font = {.size = 9, .color = INK};
    lxw_chart_font plain = {.size = 9, .color = INK, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_line grid = {.color = GRID, .width = 0.75F};
    lxw_chart_line axis = {.color = 0x7F7F7F, .width = 0.75F};
    lxw_chart_line none = {.none = LXW_TRUE};
    book->call.chart_axis_set_num_font(categories, &font);
    book->call.chart_axis_set_num_font(values, &font);
    book->call.chart_axis_set_num_format(values, chart->number != NULL           ? chart->number
                                                 : chart->kind == FREM_CHART_GAP ? "+#,##0;-#,##0;0"
                                                                                 : "#,##0");
    book->call.chart_axis_set_name(values, chart->unit);
    book->call.chart_axis_set_name_font(values, &plain);
    book->call.chart_axis_set_line(categories, &axis);
    book->call.chart_axis_set_line(values, &none);
    book->call.chart_axis_major_gridlines_set_line(values, &grid);
    /* Labels of years are below the negative values, too. */
    book->call.chart_axis_set_label_position(categories, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    if (lying) {
        book->call.chart_axis_set_reverse(categories);
        return; /* each row has its label */
    }
    const size_t step = (chart->n_rows + YEARS_SHOWN - 1) / YEARS_SHOWN;
    book->call.chart_axis_set_interval_unit(categories, (uint16_t)(step > 0 ? step : 1));
}

/* A colour for each column: the library knows no colour for negative values. @param colors NULL: by the values */
static void colour_points(frem_book *book, lxw_chart_series *series, const frem_chart *chart,
                          const unsigned *colors) {
    lxw_chart_fill *fills = calloc(chart->n_rows, sizeof *fills);
    lxw_chart_point *points = calloc(chart->n_rows, sizeof *points);
    lxw_chart_point **list = calloc(chart->n_rows + 1, sizeof *list);
    if (fills == NULL || points == NULL || list == NULL) {
        book->status = FREM_NO_MEMORY;
    } else {
        for (size_t i = 0; i < chart->n_rows; i++) {
            fills[i].color = colors != NULL ? colors[i] : chart->values[i] < 0 ? SHORTAGE : SURPLUS;
            points[i].fill = &fills[i];
            list[i] = &points[i];
        }
        if (book->call.chart_series_set_points(series, list) != LXW_NO_ERROR)
            book->status = FREM_NO_MEMORY;
    }
    free(fills);
    free(points);
    free(list);
}

/* The numbers of a series, for programs that do not compute: the library takes those of cells with numbers alone. */
static void keep_values(frem_book *book, lxw_series_range *range, const frem_chart *chart) {
    for (size_t i = 0; i < chart->n_rows; i++) {
        lxw_series_data_point *point = calloc(1, sizeof *point); /* freed by the library */
        if (point == NULL) {
            book->status = FREM_NO_MEMORY;
            return;
        }
        point->no_data = (uint8_t)(isnan(chart->values[i]) != 0);
        point->number = isnan(chart->values[i]) ? 0 : frem_value_shown(chart->values[i]);
        STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
    }
    range->num_data_points = (uint16_t)chart->n_rows;
    range->ignore_cache = LXW_TRUE;
}

static void add_series(frem_book *book, lxw_chart *made, const frem_chart *chart,
                       const frem_chart_series *of) {
    const char *sheet = book->sheets[chart->sheet].name;
    const lxw_row_t header = (lxw_row_t)chart->header, first = header + 1;
    const lxw_row_t last = (lxw_row_t)(chart->header + chart->n_rows);
    const lxw_col_t years = (lxw_col_t)chart->categories, column = (lxw_col_t)of->column;
    lxw_chart_series *series = book->call.chart_add_series(made, NULL, NULL);
    if (series == NULL) {
        book->status = FREM_NO_MEMORY;
        return;
    }
    lxw_chart_line line = {.color = of->color, .width = 2.25F};
    lxw_chart_fill fill = {.color = of->color, .none = of->unseen ? LXW_TRUE : LXW_FALSE};
    book->call.chart_series_set_categories(series, sheet, first, years, last, years);
    book->call.chart_series_set_values(series, sheet, first, column, last, column);
    book->call.chart_series_set_name_range(series, sheet, header, column);
    if (chart->kind == FREM_CHART_LINES)
        book->call.chart_series_set_line(series, &line);
    else
        book->call.chart_series_set_fill(series, &fill);
    if (chart->kind == FREM_CHART_GAP && chart->values != NULL)
        keep_values(book, series->values, chart);
    if (chart->kind == FREM_CHART_GAP || of->colors != NULL)
        colour_points(book, series, chart, of->colors);
}

void frem_book_chart(frem_book *book, const frem_chart *chart) {
    if (book->status != FREM_OK || chart->n_rows == 0 || chart->n_series == 0)
        return;
    lxw_chart *made = book->call.workbook_add_chart(book->workbook, type_of(chart->kind));
    char *title = strdup(chart->title);
    if (made == NULL || title == NULL) {
        free(title);
        book->status = FREM_NO_MEMORY;
        return;
    }
    lxw_chart_font font = {.size = 12, .color = INK, .bold = LXW_TRUE};
    lxw_chart_line none = {.none = LXW_TRUE};
    book->call.chart_title_set_name(made, title);
    book->call.chart_title_set_name_font(made, &font);
    book->call.chart_chartarea_set_line(made, &none);
    set_axes(book, made, chart);
    for (size_t i = 0; i < chart->n_series && book->status == FREM_OK; i++)
        add_series(book, made, chart, &chart->series[i]);
    if (chart->n_series == 1 || chart->kind == FREM_CHART_BARS)
        book->call.chart_legend_set_position(made, LXW_CHART_LEGEND_NONE);
    else
        book->call.chart_legend_set_position(made, LXW_CHART_LEGEND_BOTTOM);
    if (chart->kind != FREM_CHART_LINES)
        book->call.chart_set_series_gap(made, 40);
    if (chart->kind == FREM_CHART_STACK || chart->kind == FREM_CHART_BARS)
        book->call.chart_set_series_overlap(made, 100);
    lxw_chart_options options = {.x_offset = 20,
                                 .y_offset = 2,
                                 .x_scale = FREM_CHART_WIDTH / 480.0,
                                 .y_scale = FREM_CHART_HEIGHT / 288.0,
                                 .description = title};
    if (book->status == FREM_OK &&
        book->call.worksheet_insert_chart_opt(book->sheets[chart->sheet].sheet, (lxw_row_t)chart->row,
                                              (lxw_col_t)chart->column, made, &options) != LXW_NO_ERROR)
        book->status = errno == ENOMEM ? FREM_NO_MEMORY : FREM_DEFECT;
    book->n_charts++;
    free(title);
}

#endif
