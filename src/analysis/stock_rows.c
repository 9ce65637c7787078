/* The stock of a projection by sex and age, as rows of stock.csv. */
#include "analysis/results.h"

/* Columns of stock.csv, in order. */
enum { SCENARIO, VARIANT, YEAR, REGION, PROFESSION, SEX, AGE, STATISTIC, UNIT, VALUE, COLUMNS };

const char *const frem_stock_columns[] = {"scenario", "variant", "year",      "region", "profession",
                                          "sex",      "age",     "statistic", "unit",   "value"};
const size_t frem_stock_n_columns = COLUMNS;

/* A projection on its way into the frame. */
typedef struct fill {
    frem_frame *frame;
    const frem_model *model;
    const frem_core_results *projection;
    const uint32_t *sexes; /* codes */
    frem_cell cells[COLUMNS];
} fill;

/* One profession in one area and year: a row for each sex and age. */
static frem_status add_people(fill *f, size_t p, size_t area, size_t step) {
    const frem_core_results *r = f->projection;
    size_t ages = f->model->ages, cells = frem_index_count(f->model->sexes) * ages;
    size_t areas = r->areas - r->regions;
    const double *stock = r->cells + ((p * areas + area) * r->steps + step) * cells * r->lanes;
    frem_status status = FREM_OK;
    for (size_t c = 0; c < cells && status == FREM_OK; c++) {
        f->cells[SEX].label = f->sexes[c / ages];
        f->cells[AGE].whole = f->model->age_first + (int32_t)(c % ages);
        f->cells[VALUE].number = stock[c * r->lanes];
        status = frem_frame_add(f->frame, f->cells);
    }
    return status;
}

static frem_status add_profession(fill *f, size_t p, size_t area, size_t step) {
    if (!f->model->as_is->inputs.professions[p].has_stock)
        return FREM_OK;
    const char *key = frem_index_name(f->model->professions, p);
    frem_status status = frem_frame_label(f->frame, PROFESSION, key, &f->cells[PROFESSION].label);
    return status == FREM_OK ? add_people(f, p, area, step) : status;
}

frem_status frem_stock_rows(frem_frame *frame, const frem_model *model, const frem_core_results *projection,
                            const char *scenario, const char *variant) {
    fill f = {.frame = frame, .model = model, .projection = projection};
    const struct {
        size_t column;
        const char *label;
    } fixed[] = {{SCENARIO, scenario}, {VARIANT, variant}, {STATISTIC, "point"}, {UNIT, "persons"}};
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    size_t n = frem_index_count(model->sexes);
    uint32_t *sexes = frem_arena_alloc(arena, n, sizeof *sexes);
    status = sexes != NULL ? FREM_OK : FREM_NO_MEMORY;
    f.sexes = sexes;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed && status == FREM_OK; i++)
        status = frem_frame_label(frame, fixed[i].column, fixed[i].label, &f.cells[fixed[i].column].label);
    for (size_t s = 0; s < n && status == FREM_OK; s++)
        status = frem_frame_label(frame, SEX, frem_index_name(model->sexes, s), &sexes[s]);
    for (size_t t = 0; t < projection->steps; t++) {
        f.cells[YEAR].whole = model->base + (int32_t)t;
        for (size_t area = 0; area <= model->n_groups && status == FREM_OK; area++) {
            const char *name = area < model->n_groups ? model->groups[area].name : "all";
            status = frem_frame_label(frame, REGION, name, &f.cells[REGION].label);
            for (size_t p = 0; p < projection->professions && status == FREM_OK; p++)
                status = add_profession(&f, p, area, t);
        }
    }
    frem_arena_free(arena);
    return status;
}
