/* What goes into a report, and what it shows first. */
#include <stdlib.h>
#include <string.h>

#include "frame/columns.h"
#include "frame/projected.h"
#include "output/names.h"
#include "output/report/report.h"

/** Values that a report holds at most before it leaves out what results.csv has: some 12 bytes each. */
#define REPORT_VALUES_MAX 120000
#define REPORT_AGES_MAX 40000

/** What a report has of single regions, where it can't have everything. */
static const frem_measure_id main_measures[] = {FREM_M_SUPPLY,         FREM_M_DEMAND,   FREM_M_GAP,
                                                FREM_M_DEMAND_WITHOUT, FREM_M_SHORTAGE, FREM_M_COVERAGE};

/** What decides which rows are kept. */
typedef struct sieve {
    const uint32_t *region, *sector, *measure, *statistic;
    const int32_t *year;
    ptrdiff_t all_sectors, shown_statistic;
    ptrdiff_t measures[FREM_M_COUNT];
    const bool *single; /**< by region: among the smallest areas */
    frem_report_level level;
    const bool *spreads; /**< by statistic: whether it says how far the draws lie apart */
    bool every_year;
    int32_t base, last;
} sieve;

static bool is_main(const sieve *s, size_t row) {
    bool known = false;
    for (size_t m = 0; m < sizeof main_measures / sizeof *main_measures; m++)
        known = known || s->measures[main_measures[m]] == (ptrdiff_t)s->measure[row];
    return known && (ptrdiff_t)s->sector[row] == s->all_sectors;
}

static bool keeps_result(const void *context, size_t row) {
    const sieve *s = context;
    if ((ptrdiff_t)s->statistic[row] != s->shown_statistic)
        return false;
    if (s->level == FREM_REPORT_ALL || !s->single[s->region[row]])
        return true;
    return s->level == FREM_REPORT_MAIN && is_main(s, row);
}

static bool keeps_spread(const void *context, size_t row) {
    const sieve *s = context;
    return s->spreads[s->statistic[row]] && (ptrdiff_t)s->measure[row] == s->measures[FREM_M_GAP] &&
           (ptrdiff_t)s->sector[row] == s->all_sectors &&
           (s->level != FREM_REPORT_WIDE || !s->single[s->region[row]]);
}

static bool keeps_age(const void *context, size_t row) {
    const sieve *s = context;
    const int32_t year = s->year[row];
    return (ptrdiff_t)s->statistic[row] == s->shown_statistic &&
           (s->every_year || year == s->base || year % 5 == 0 || year == s->last);
}

/** Which statistics say how far the draws lie apart, besides the one that is shown; none of certain results.
 *  @return Owned; NULL when out of memory. */
static bool *find_spread(const frem_report *report) {
    bool *spreads = calloc(frem_column_labels(report->frame, "statistic") + 1, sizeof *spreads);
    const bool any = spreads != NULL && frem_projected_is_uncertain(report->frame);
    for (size_t i = 0; i < FREM_SPREAD && any; i++) {
        if (strcmp(frem_spread_statistics[i], report->statistic) != 0)
            spreads[frem_column_code(report->frame, "statistic", frem_spread_statistics[i])] = true;
    }
    return spreads;
}

/** Which regions of the results are a scenario's smallest areas. @return Owned; NULL when out of memory. */
static bool *find_single(const frem_report *report) {
    const frem_document *document = report->document;
    bool *single = calloc(frem_column_labels(report->frame, "region") + 1, sizeof *single);
    for (size_t i = 0; single != NULL && i < document->n_scenarios; i++) {
        for (size_t r = 0; r < document->scenarios[i].n_regions; r++) {
            const ptrdiff_t code =
                frem_column_code(report->frame, "region", document->scenarios[i].regions[r]);
            if (code >= 0)
                single[code] = true;
        }
    }
    /* A paper says all of the regions that it is about. */
    for (size_t i = 0; single != NULL && document->focus != NULL && i < document->focus->n_regions; i++) {
        const ptrdiff_t code = frem_column_code(report->frame, "region", document->focus->regions[i]);
        if (code >= 0)
            single[code] = false;
    }
    return single;
}

static frem_report_level choose_level(sieve *s, size_t rows) {
    for (frem_report_level level = FREM_REPORT_ALL; level < FREM_REPORT_WIDE; level++) {
        size_t kept = 0;
        s->level = level;
        for (size_t row = 0; row < rows; row++)
            kept += keeps_result(s, row) || keeps_spread(s, row) ? 1 : 0;
        if (kept <= REPORT_VALUES_MAX)
            return level;
    }
    return FREM_REPORT_WIDE;
}

static frem_status open_results(frem_report *report, sieve *s) {
    static const char *const dims[] = {"scenario", "variant", "region", "profession", "sector", "measure"};
    const frem_frame *frame = report->frame;
    s->region = frem_column_codes(frame, "region");
    s->sector = frem_column_codes(frame, "sector");
    s->measure = frem_column_codes(frame, "measure");
    s->statistic = frem_column_codes(frame, "statistic");
    s->all_sectors = frem_column_code(frame, "sector", "all");
    s->shown_statistic = frem_column_code(frame, "statistic", report->statistic);
    report->level = s->level = choose_level(s, report->rows);
    const frem_curves_plan plan = {frame, frame, dims, FREM_CURVE_DIMS, "year", keeps_result, s, false};
    const frem_status status = frem_curves_build(&report->series, &plan);
    if (status != FREM_OK)
        return status;
    static const char *const apart[] = {"scenario", "variant", "region", "profession", "statistic"};
    const frem_curves_plan beside = {frame,  frame,        apart, sizeof apart / sizeof *apart,
                                     "year", keeps_spread, s,     false};
    return frem_curves_build(&report->spread, &beside);
}

static frem_status open_stock(frem_report *report) {
    static const char *const dims[] = {"scenario", "variant", "year", "region", "profession", "sex"};
    const frem_frame *frame = report->document->stock;
    if (frame == NULL || frem_frame_rows(frame) == 0)
        return FREM_OK;
    sieve s = {.statistic = frem_column_codes(frame, "statistic"),
               .year = frem_column_wholes(frame, "year"),
               .shown_statistic = frem_column_code(frame, "statistic", report->statistic),
               .base = report->start.base,
               .last = report->start.last,
               .every_year = frem_frame_rows(frame) <= REPORT_AGES_MAX};
    if (s.statistic == NULL || s.year == NULL)
        return FREM_DEFECT;
    report->fewer_ages = !s.every_year;
    const frem_curves_plan plan = {frame, report->frame, dims, FREM_CURVE_DIMS, "age", keeps_age, &s, false};
    return frem_curves_build(&report->stock, &plan);
}

static bool has_series(const frem_report *report, ptrdiff_t profession, size_t measure) {
    const frem_report_start *at = &report->start;
    const ptrdiff_t codes[] = {at->scenario, at->variant, at->region,
                               profession,   at->sector,  report->measures[measure]};
    uint32_t key[FREM_CURVE_DIMS];
    for (size_t d = 0; d < FREM_CURVE_DIMS; d++) {
        if (codes[d] < 0)
            return false;
        key[d] = (uint32_t)codes[d];
    }
    return frem_curves_find(&report->series, key) >= 0;
}

/** The profession where there is one alone, else all together. */
static ptrdiff_t first_profession(const frem_report *report) {
    const frem_frame *frame = report->frame;
    const ptrdiff_t all = frem_column_code(frame, "profession", "all");
    ptrdiff_t alone = -1;
    for (size_t p = 0; p < frem_column_labels(frame, "profession"); p++) {
        if ((ptrdiff_t)p == all || (!has_series(report, (ptrdiff_t)p, FREM_M_SUPPLY) &&
                                    !has_series(report, (ptrdiff_t)p, FREM_M_DEMAND)))
            continue;
        if (alone >= 0)
            return all;
        alone = (ptrdiff_t)p;
    }
    return alone >= 0 ? alone : all;
}

/** The region to show of all scenarios, where it is the same; else "all", which each has. */
static const char *first_region(const frem_document *document) {
    const char *region = frem_document_region(document, document->scenarios);
    for (size_t i = 1; i < document->n_scenarios; i++) {
        if (strcmp(frem_document_region(document, &document->scenarios[i]), region) != 0)
            return "all";
    }
    return region;
}

static void choose_start(frem_report *report) {
    const frem_document *document = report->document;
    const frem_frame *frame = report->frame;
    frem_report_start *start = &report->start;
    *start = (frem_report_start){-1, -1, -1, -1, -1, 0, 0};
    if (document->n_scenarios == 0)
        return;
    const frem_run *run = &document->scenarios[0];
    start->scenario = frem_column_code(frame, "scenario", run->name);
    report->several = frem_document_several(document);
    start->variant = frem_column_code(frame, "variant", run->variant != NULL ? run->variant : "base");
    start->sector = frem_column_code(frame, "sector", "all");
    start->base = start->last = run->base_year;
    start->region = frem_column_code(frame, "region", first_region(document));
    start->profession = first_profession(report);
    for (size_t i = 0; i < report->series.n; i++) {
        const frem_curve_point *last = &report->series.points[report->series.starts[i + 1] - 1];
        if ((ptrdiff_t)frem_curves_code(&report->series, i, 0) == start->scenario && last->axis > start->last)
            start->last = last->axis;
    }
}

static bool has_columns(const frem_frame *frame) {
    static const char *const needed[] = {"scenario", "variant", "region",    "profession",
                                         "sector",   "measure", "statistic", "unit"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        const ptrdiff_t place = frem_frame_column(frame, needed[i]);
        if (place < 0 || frem_frame_column_kind(frame, (size_t)place) != FREM_COLUMN_LABEL)
            return false;
    }
    return true;
}

frem_status frem_report_open(frem_report *report) {
    const frem_frame *frame = frem_document_projections(report->document);
    if (!has_columns(frame))
        return FREM_DEFECT;
    report->frame = frame;
    report->rows = frem_frame_rows(frame);
    report->statistic = frem_projected_statistic(frame);
    sieve s = {.single = find_single(report), .spreads = find_spread(report)};
    for (size_t m = 0; m < FREM_M_COUNT; m++)
        report->measures[m] = s.measures[m] = frem_column_code(frame, "measure", frem_measures[m].name);
    frem_status status = s.single != NULL && s.spreads != NULL ? open_results(report, &s) : FREM_NO_MEMORY;
    free((void *)(uintptr_t)s.single);
    free((void *)(uintptr_t)s.spreads);
    if (status == FREM_OK) {
        choose_start(report);
        status = open_stock(report);
    }
    return status == FREM_OK ? frem_report_open_sides(report) : status;
}

void frem_report_close(frem_report *report) {
    frem_curves_free(&report->series);
    frem_curves_free(&report->stock);
    frem_curves_free(&report->spread);
    frem_report_close_sides(report);
    frem_text_free(&report->out);
}
