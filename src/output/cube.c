#include "output/cube.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NOWHERE = -1 };

/** The columns that are read, and where each label goes. */
typedef struct reading {
    const frem_frame *frame;
    const uint32_t *scenario, *variant, *region, *profession, *sector, *measure, *statistic;
    const int32_t *year;
    const double *value;
    ptrdiff_t *told_of;   /**< by scenario and variant: place in the document */
    ptrdiff_t *region_of; /**< by label: place in the cube */
    ptrdiff_t all_sectors, shown;
} reading;

static ptrdiff_t column(const frem_frame *frame, const char *name) {
    return frem_frame_column(frame, name);
}

static const uint32_t *codes(const frem_frame *frame, const char *name) {
    const ptrdiff_t at = column(frame, name);
    return at < 0 ? NULL : frem_frame_label_codes(frame, (size_t)at);
}

static size_t labels(const frem_frame *frame, const char *name) {
    return frem_frame_labels(frame, (size_t)column(frame, name));
}

static ptrdiff_t find(const frem_frame *frame, const char *name, const char *label) {
    return frem_frame_label_find(frame, (size_t)column(frame, name), label);
}

static frem_status open_columns(reading *r, const frem_frame *frame) {
    const ptrdiff_t year = column(frame, "year"), value = column(frame, "value");
    static const char *const statistics[] = {"point", "p50", "mean"};
    r->frame = frame;
    r->scenario = codes(frame, "scenario");
    r->variant = codes(frame, "variant");
    r->region = codes(frame, "region");
    r->profession = codes(frame, "profession");
    r->sector = codes(frame, "sector");
    r->measure = codes(frame, "measure");
    r->statistic = codes(frame, "statistic");
    r->year = year < 0 ? NULL : frem_frame_wholes(frame, (size_t)year);
    r->value = value < 0 ? NULL : frem_frame_numbers(frame, (size_t)value);
    if (r->scenario == NULL || r->variant == NULL || r->region == NULL || r->profession == NULL ||
        r->sector == NULL || r->measure == NULL || r->statistic == NULL || r->year == NULL ||
        r->value == NULL)
        return FREM_DEFECT;
    r->all_sectors = find(frame, "sector", "all");
    r->shown = NOWHERE;
    for (size_t i = 0; i < sizeof statistics / sizeof *statistics && r->shown < 0; i++)
        r->shown = find(frame, "statistic", statistics[i]);
    return FREM_OK;
}

/** Notes a region's place in the cube, once. */
static void add_region(frem_cube *cube, reading *r, const char *key) {
    const ptrdiff_t code = find(r->frame, "region", key);
    if (code < 0 || r->region_of[code] != NOWHERE)
        return;
    r->region_of[code] = (ptrdiff_t)cube->n_regions;
    cube->regions[cube->n_regions++] =
        frem_frame_label_text(r->frame, (size_t)column(r->frame, "region"), (uint32_t)code);
}

static frem_status name_axes(frem_cube *cube, reading *r) {
    const frem_document *d = cube->document;
    const size_t variants = labels(r->frame, "variant"), scenarios = labels(r->frame, "scenario");
    cube->n_professions = labels(r->frame, "profession");
    cube->n_measures = labels(r->frame, "measure");
    cube->professions = calloc(cube->n_professions + 1, sizeof *cube->professions);
    cube->regions = calloc(labels(r->frame, "region") + 1, sizeof *cube->regions);
    r->region_of = calloc(labels(r->frame, "region") + 1, sizeof *r->region_of);
    r->told_of = calloc(scenarios * variants + 1, sizeof *r->told_of);
    if (cube->professions == NULL || cube->regions == NULL || r->region_of == NULL || r->told_of == NULL)
        return FREM_NO_MEMORY;
    for (size_t p = 0; p < cube->n_professions; p++)
        cube->professions[p] =
            frem_frame_label_text(r->frame, (size_t)column(r->frame, "profession"), (uint32_t)p);
    for (size_t i = 0; i < labels(r->frame, "region"); i++)
        r->region_of[i] = NOWHERE;
    for (size_t i = 0; i < scenarios * variants; i++)
        r->told_of[i] = NOWHERE;
    add_region(cube, r, "all");
    for (size_t t = 0; t < d->n_scenarios; t++) {
        const ptrdiff_t s = find(r->frame, "scenario", d->scenarios[t].name);
        const ptrdiff_t v = find(r->frame, "variant", d->scenarios[t].variant);
        if (s >= 0 && v >= 0)
            r->told_of[(size_t)s * variants + (size_t)v] = (ptrdiff_t)t;
        for (size_t g = 0; g < d->scenarios[t].n_groups; g++)
            add_region(cube, r, d->scenarios[t].groups[g]);
    }
    return FREM_OK;
}

static void find_years(frem_cube *cube, const reading *r) {
    int first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < frem_frame_rows(r->frame); i++) {
        first = r->year[i] < first ? r->year[i] : first;
        last = r->year[i] > last ? r->year[i] : last;
    }
    cube->first_year = first;
    cube->n_years = last >= first ? (size_t)(last - first) + 1 : 0;
}

static size_t place_of(const frem_cube *cube, size_t told, size_t profession, size_t region, size_t measure) {
    return (((told * cube->n_professions + profession) * cube->n_regions + region) * cube->n_measures +
            measure) *
           cube->n_years;
}

static frem_status read_values(frem_cube *cube, const reading *r) {
    const size_t variants = labels(r->frame, "variant");
    const size_t n = place_of(cube, cube->document->n_scenarios, 0, 0, 0);
    cube->values = malloc((n + 1) * sizeof *cube->values);
    if (cube->values == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        cube->values[i] = (double)NAN;
    for (size_t i = 0; i < frem_frame_rows(r->frame); i++) {
        const ptrdiff_t told = r->told_of[r->scenario[i] * variants + r->variant[i]];
        const ptrdiff_t region = r->region_of[r->region[i]];
        if (told < 0 || region < 0 || (ptrdiff_t)r->sector[i] != r->all_sectors ||
            (ptrdiff_t)r->statistic[i] != r->shown)
            continue;
        const size_t year = (size_t)(r->year[i] - cube->first_year);
        cube->values[place_of(cube, (size_t)told, r->profession[i], (size_t)region, r->measure[i]) + year] =
            r->value[i];
    }
    return FREM_OK;
}

frem_status frem_cube_fill(frem_cube *cube, const frem_document *document) {
    reading r = {.frame = NULL};
    *cube = (frem_cube){.document = document};
    const frem_frame *projections = frem_document_projections(document);
    if (frem_frame_rows(projections) == 0)
        return FREM_OK;
    frem_status status = open_columns(&r, projections);
    if (status == FREM_OK)
        status = name_axes(cube, &r);
    if (status == FREM_OK) {
        find_years(cube, &r);
        status = read_values(cube, &r);
    }
    free(r.told_of);
    free(r.region_of);
    return status;
}

void frem_cube_free(frem_cube *cube) {
    free(cube->professions);
    free(cube->regions);
    free(cube->values);
}

const double *frem_cube_series(const frem_cube *cube, size_t told, size_t profession, size_t region,
                               const char *measure) {
    const ptrdiff_t m = find(frem_document_projections(cube->document), "measure", measure);
    return m < 0 || region >= cube->n_regions
               ? NULL
               : cube->values + place_of(cube, told, profession, region, (size_t)m);
}

bool frem_cube_has(const frem_cube *cube, const double *series) {
    for (size_t y = 0; series != NULL && y < cube->n_years; y++) {
        if (!isnan(series[y]))
            return true;
    }
    return false;
}

size_t frem_cube_region(const frem_cube *cube, size_t told) {
    const frem_told *t = &cube->document->scenarios[told];
    for (size_t r = 0; t->n_groups == 1 && r < cube->n_regions; r++) {
        if (strcmp(cube->regions[r], t->groups[0]) == 0)
            return r;
    }
    return 0;
}
