#include "output/tables/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "frame/columns.h"
#include "frame/projected.h"
#include "output/names.h"
#include "output/tables/csv.h"

#define SERIES_FOLDER "series/"
enum { DECIMALS = 6, SCENARIO_BYTES = 80, VARIANT_BYTES = 40, PROFESSION_BYTES = 60 };

/* The results, and where wide tables of them go. */
typedef struct results {
    const frem_document *document;
    frem_projected projected;
    frem_index *taken;
    frem_wide_use use;
    void *context;
    const char **units;                 /* by measure */
    const char **names, **column_units; /* of the table to come */
    double *numbers;                    /* [column][year] of it */
} results;

/* One scenario or variant. */
typedef struct slice {
    size_t run, region;
    size_t skipped; /* years of the projections before its first */
    frem_wide table;
} slice;

static const char *text_of(const results *r, const char *column, size_t code) {
    return frem_column_label(r->projected.frame, column, code);
}

static bool is_all(const results *r, size_t profession) {
    return strcmp(text_of(r, "profession", profession), "all") == 0;
}

static frem_status open_results(results *r) {
    const frem_frame *frame = r->document->results;
    const uint32_t *measures = frem_column_codes(frame, "measure"), *units = frem_column_codes(frame, "unit");
    const size_t n = frem_column_labels(frame, "measure");
    const size_t most = n + frem_column_labels(frame, "profession") + frem_column_labels(frame, "region") + 1;
    const frem_status status =
        frem_projected_open(&r->projected, r->document, frem_projected_statistic(frame));
    r->units = calloc(n + 1, sizeof *r->units);
    r->names = calloc(most, sizeof *r->names);
    r->column_units = calloc(most, sizeof *r->column_units);
    r->numbers = calloc(most * r->projected.n_years + 1, sizeof *r->numbers);
    if (status != FREM_OK)
        return status;
    if (r->units == NULL || r->names == NULL || r->column_units == NULL || r->numbers == NULL)
        return FREM_NO_MEMORY;
    if (measures == NULL || units == NULL)
        return frem_frame_rows(frame) == 0 ? FREM_OK : FREM_DEFECT;
    for (size_t row = 0; row < frem_frame_rows(frame); row++)
        r->units[measures[row]] = frem_column_label(frame, "unit", units[row]);
    return FREM_OK;
}

static void close_results(results *r) {
    frem_projected_close(&r->projected);
    free(r->units);
    free(r->names);
    free(r->column_units);
    free(r->numbers);
}

/* ---- tables ---- */

static void add_part(frem_text *name, const char *part, size_t most) {
    size_t n = strlen(part);
    if (n > most) {
        for (n = most; n > 0 && ((unsigned char)part[n] & 0xC0) == 0x80; n--)
            ;
    }
    frem_text_add_bytes(name, part, n);
}

static frem_status hand_over(const results *r, const char *kind, frem_wide *table) {
    frem_text name = {0}, file = {0};
    const char *safe = NULL;
    add_part(&name, table->scenario, SCENARIO_BYTES);
    frem_text_add(&name, "-");
    add_part(&name, table->variant, VARIANT_BYTES);
    frem_text_add(&name, table->profession != NULL ? "-" : "");
    add_part(&name, table->profession != NULL ? table->profession : "", PROFESSION_BYTES);
    frem_text_add(&name, kind);
    frem_status status = name.failed ? FREM_NO_MEMORY : frem_safe_name(r->taken, name.bytes, &safe);
    if (status == FREM_OK)
        frem_text_print(&file, SERIES_FOLDER "%s.csv", safe);
    if (status == FREM_OK && file.failed)
        status = FREM_NO_MEMORY;
    table->file = file.bytes;
    if (status == FREM_OK)
        status = r->use(r->context, table);
    frem_text_free(&name);
    frem_text_free(&file);
    return status;
}

/* Adds a column unless it is empty. @param numbers over the years of the projections; may be NULL. */
static void add_column(const results *r, slice *of, const char *name, const char *unit,
                       const double *numbers) {
    frem_wide *table = &of->table;
    if (!frem_projected_has(&r->projected, numbers))
        return;
    memcpy(r->numbers + table->n_columns * table->n_years, numbers + of->skipped,
           table->n_years * sizeof *numbers);
    r->names[table->n_columns] = name;
    r->column_units[table->n_columns++] = unit;
}

static void begin_table(const results *r, slice *of, frem_across across, const char *profession) {
    const frem_run *run = &r->document->scenarios[of->run];
    frem_wide *table = &of->table;
    *table = (frem_wide){.scenario = run->name,
                         .variant = run->variant,
                         .profession = profession,
                         .region = across != FREM_ACROSS_REGIONS ? text_of(r, "region", of->region) : NULL,
                         .across = across,
                         .columns = r->names,
                         .units = r->column_units,
                         .first_year = table->first_year,
                         .n_years = table->n_years,
                         .numbers = r->numbers};
}

static frem_status add_measures(const results *r, slice *of, size_t profession) {
    begin_table(r, of, FREM_ACROSS_MEASURES, text_of(r, "profession", profession));
    for (size_t m = 0; m < frem_column_labels(r->projected.frame, "measure"); m++) {
        const char *name = text_of(r, "measure", m);
        /* The gap of all, and their coverage, would set one profession's surplus against another's shortage. */
        if (!is_all(r, profession) || !frem_measure_nets(name))
            add_column(r, of, name, r->units[m],
                       frem_projected_series(&r->projected, of->run, of->region, profession, m));
    }
    return of->table.n_columns > 0 ? hand_over(r, "", &of->table) : FREM_OK;
}

static void add_gap(const results *r, slice *of, const char *name, size_t region, size_t profession) {
    add_column(r, of, name, frem_measures[FREM_M_GAP].unit,
               frem_projected_at(&r->projected, of->run, region, profession, FREM_M_GAP));
}

/* One profession's gap is with its measures. */
static frem_status add_gaps(const results *r, slice *of, const uint32_t *professions, size_t n) {
    begin_table(r, of, FREM_ACROSS_PROFESSIONS, NULL);
    for (size_t p = 0; p < n; p++) {
        if (!is_all(r, professions[p]))
            add_gap(r, of, text_of(r, "profession", professions[p]), of->region, professions[p]);
    }
    return of->table.n_columns > 1 ? hand_over(r, "-gap", &of->table) : FREM_OK;
}

/* So is one region's. */
static frem_status add_regions(const results *r, slice *of, size_t profession) {
    size_t n = 0;
    const uint32_t *regions = frem_projected_codes(&r->projected.regions, of->run, &n);
    begin_table(r, of, FREM_ACROSS_REGIONS, text_of(r, "profession", profession));
    for (size_t i = 0; i < n && !is_all(r, profession); i++)
        add_gap(r, of, text_of(r, "region", regions[i]), regions[i], profession);
    return of->table.n_columns > 1 ? hand_over(r, "-gap-by-region", &of->table) : FREM_OK;
}

static frem_status add_run(const results *r, size_t run) {
    slice of = {.run = run};
    size_t n = 0;
    const uint32_t *professions = frem_projected_codes(&r->projected.professions, run, &n);
    const char *region = frem_document_region(r->document, &r->document->scenarios[run]);
    const ptrdiff_t code = frem_column_code(r->projected.frame, "region", region);
    frem_status status = FREM_OK;
    if (code < 0 || !frem_projected_years(&r->projected, run, &of.table.first_year, &of.table.n_years))
        return FREM_OK;
    of.region = (size_t)code;
    of.skipped = (size_t)(of.table.first_year - r->projected.first_year);
    for (size_t p = 0; p < n && status == FREM_OK; p++)
        status = add_measures(r, &of, professions[p]);
    if (status == FREM_OK)
        status = add_gaps(r, &of, professions, n);
    for (size_t p = 0; p < n && status == FREM_OK; p++)
        status = add_regions(r, &of, professions[p]);
    return status;
}

frem_status frem_series_each(const frem_document *document, frem_wide_use use, void *context) {
    results r = {.document = document, .use = use, .context = context};
    if (document->kind != FREM_TABLE_RESULTS)
        return FREM_OK;
    frem_status status = open_results(&r);
    if (status == FREM_OK)
        status = frem_index_new(&r.taken);
    for (size_t run = 0; run < document->n_scenarios && status == FREM_OK; run++)
        status = add_run(&r, run);
    frem_index_free(r.taken);
    close_results(&r);
    return status;
}

/* ---- files ---- */

typedef struct target {
    frem_stage *stage;
    char separator, decimal;
} target;

static void add_number(frem_text *out, double number, char decimal) {
    char digits[FREM_FIXED_MAX];
    if (isnan(number))
        return;
    size_t n = frem_number_fixed(digits, number, DECIMALS);
    digits[n - DECIMALS - 1] = decimal;
    frem_text_add_bytes(out, digits, n);
}

static frem_status write_wide(void *context, const frem_wide *table) {
    const target *to = context;
    frem_sink *sink = NULL;
    frem_text text = {0};
    frem_text_add(&text, frem_csv_mark(to->decimal));
    frem_text_add(&text, "year");
    for (size_t c = 0; c < table->n_columns; c++) {
        frem_text_add_bytes(&text, &to->separator, 1);
        frem_csv_cell(&text, table->columns[c], to->separator);
    }
    for (size_t y = 0; y < table->n_years; y++) {
        frem_text_print(&text, "\n%d", table->first_year + (int)y);
        for (size_t c = 0; c < table->n_columns; c++) {
            frem_text_add_bytes(&text, &to->separator, 1);
            add_number(&text, table->numbers[c * table->n_years + y], to->decimal);
        }
    }
    frem_text_add(&text, "\n");
    frem_status status = text.failed ? FREM_NO_MEMORY : frem_stage_file(to->stage, table->file, &sink);
    if (status == FREM_OK) {
        frem_sink_write(sink, text.bytes, text.length);
        status = frem_stage_close_file(to->stage, sink);
    }
    frem_text_free(&text);
    return status;
}

frem_status frem_write_series(const frem_document *document, frem_decimal decimal, frem_stage *stage) {
    target to = {stage, decimal == FREM_DECIMAL_COMMA ? ';' : ',', decimal == FREM_DECIMAL_COMMA ? ',' : '.'};
    return frem_series_each(document, write_wide, &to);
}
