#include "output/tables/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "frame/measures.h"
#include "output/names.h"
#include "output/tables/csv.h"

#define SERIES_FOLDER "series/"
#define NONE PTRDIFF_MAX
enum { DECIMALS = 6, SCENARIO_BYTES = 80, VARIANT_BYTES = 40, PROFESSION_BYTES = 60 };

/* Columns of the results that are labels, as they are used here. */
enum { SCENARIO, VARIANT, REGION, PROFESSION, SECTOR, MEASURE, STATISTIC, UNIT, LABELS };
static const char *const label_names[LABELS] = {"scenario", "variant", "region",    "profession",
                                                "sector",   "measure", "statistic", "unit"};

/* The results, and where wide tables of them go. */
typedef struct results {
    const frem_document *document;
    const frem_frame *frame;
    size_t columns[LABELS], n_labels[LABELS];
    const uint32_t *codes[LABELS];
    const int32_t *years;
    const double *values;
    size_t n_rows;
    frem_index *taken;
    frem_wide_use use;
    void *context;
} results;

/* Some labels of one column, each once, in the order in which they come. */
typedef struct list {
    size_t *codes;
    bool *known;
    size_t n;
} list;

/* The rows of one scenario and variant, spread out. */
typedef struct run {
    size_t first, end;
    ptrdiff_t region, sector, statistic, gap; /* codes that are asked for */
    int first_year;
    size_t n_years;
    list professions, regions, measures;
    const char **units; /* by measure */
    double *measured;   /* [profession][measure][year] in the region; NaN: none */
    double *gaps;       /* [profession][region][year] */
    const char **names, **column_units;
    double *numbers; /* [column][year] of the table to come */
} run;

static const char *text_of(const results *r, size_t column, size_t code) {
    return frem_frame_label_text(r->frame, r->columns[column], (uint32_t)code);
}

static bool open_results(results *r) {
    ptrdiff_t year = frem_frame_column(r->frame, "year"), value = frem_frame_column(r->frame, "value");
    if (year < 0 || value < 0)
        return false;
    r->years = frem_frame_wholes(r->frame, (size_t)year);
    r->values = frem_frame_numbers(r->frame, (size_t)value);
    r->n_rows = frem_frame_rows(r->frame);
    for (size_t i = 0; i < LABELS; i++) {
        ptrdiff_t column = frem_frame_column(r->frame, label_names[i]);
        if (column < 0)
            return false;
        r->columns[i] = (size_t)column;
        r->codes[i] = frem_frame_label_codes(r->frame, (size_t)column);
        r->n_labels[i] = frem_frame_labels(r->frame, (size_t)column);
    }
    return true;
}

/* ---- one scenario and variant ---- */

static ptrdiff_t code_of(const results *r, size_t column, const char *label) {
    return frem_frame_label_find(r->frame, r->columns[column], label);
}

/* The region to show people. */
static ptrdiff_t region_of(const results *r, const char *scenario) {
    for (size_t i = 0; i < r->document->n_scenarios; i++) {
        const frem_told *told = &r->document->scenarios[i];
        if (strcmp(told->name, scenario) != 0)
            continue;
        return code_of(r, REGION, frem_document_region(r->document, told));
    }
    return code_of(r, REGION, "all");
}

static bool begin_list(list *l, size_t room) {
    l->codes = malloc((room + 1) * sizeof *l->codes);
    l->known = calloc(room + 1, sizeof *l->known);
    return l->codes != NULL && l->known != NULL;
}

static void end_list(list *l) {
    free(l->codes);
    free(l->known);
}

static void note(list *l, size_t code) {
    if (!l->known[code])
        l->codes[l->n++] = code;
    l->known[code] = true;
}

static double *empty(size_t n) {
    double *numbers = malloc((n + 1) * sizeof *numbers);
    for (size_t i = 0; numbers != NULL && i < n; i++)
        numbers[i] = (double)NAN;
    return numbers;
}

static void end_run(run *of) {
    end_list(&of->professions);
    end_list(&of->regions);
    end_list(&of->measures);
    free(of->units);
    free(of->measured);
    free(of->gaps);
    free(of->names);
    free(of->column_units);
    free(of->numbers);
}

/* Years, and the statistic to show: a plain projection's, else the mean. */
static void measure_run(const results *r, run *of) {
    ptrdiff_t mean = code_of(r, STATISTIC, "mean");
    int last = r->years[of->first];
    of->first_year = last;
    of->statistic = code_of(r, STATISTIC, "point");
    bool point = false;
    for (size_t row = of->first; row < of->end; row++) {
        of->first_year = r->years[row] < of->first_year ? r->years[row] : of->first_year;
        last = r->years[row] > last ? r->years[row] : last;
        point = point || (ptrdiff_t)r->codes[STATISTIC][row] == of->statistic;
    }
    of->n_years = (size_t)(last - of->first_year) + 1;
    of->statistic = point ? of->statistic : mean;
}

static bool begin_run(const results *r, run *of) {
    size_t professions = r->n_labels[PROFESSION], regions = r->n_labels[REGION];
    size_t measures = r->n_labels[MEASURE], most = professions + regions + measures;
    measure_run(r, of);
    of->region = region_of(r, text_of(r, SCENARIO, r->codes[SCENARIO][of->first]));
    of->sector = code_of(r, SECTOR, "all");
    of->gap = code_of(r, MEASURE, "gap");
    of->units = calloc(measures + 1, sizeof *of->units);
    of->measured = empty(professions * measures * of->n_years);
    of->gaps = empty(professions * regions * of->n_years);
    of->names = calloc(most, sizeof *of->names);
    of->column_units = calloc(most, sizeof *of->column_units);
    of->numbers = empty(most * of->n_years);
    bool lists = begin_list(&of->professions, professions);
    lists = begin_list(&of->regions, regions) && lists;
    lists = begin_list(&of->measures, measures) && lists;
    return lists && of->units != NULL && of->measured != NULL && of->gaps != NULL && of->names != NULL &&
           of->column_units != NULL && of->numbers != NULL;
}

static void fill_run(const results *r, run *of) {
    for (size_t row = of->first; row < of->end; row++) {
        if ((ptrdiff_t)r->codes[SECTOR][row] != of->sector ||
            (ptrdiff_t)r->codes[STATISTIC][row] != of->statistic)
            continue;
        size_t p = r->codes[PROFESSION][row], m = r->codes[MEASURE][row], area = r->codes[REGION][row];
        size_t year = (size_t)(r->years[row] - of->first_year);
        if ((ptrdiff_t)area == of->region) {
            note(&of->professions, p);
            of->units[m] = text_of(r, UNIT, r->codes[UNIT][row]);
            of->measured[(p * r->n_labels[MEASURE] + m) * of->n_years + year] = r->values[row];
        }
        if ((ptrdiff_t)m == of->gap) {
            note(&of->regions, area);
            of->gaps[(p * r->n_labels[REGION] + area) * of->n_years + year] = r->values[row];
        }
    }
    /* Measures come in the order of their codes: those of flows are not seen in the first year. */
    for (size_t m = 0; m < r->n_labels[MEASURE]; m++) {
        if (of->units[m] != NULL)
            note(&of->measures, m);
    }
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

/* Adds a column unless it is empty. */
static void add_column(run *of, frem_wide *table, const char *name, const char *unit, const double *numbers) {
    size_t told = 0;
    for (size_t y = 0; y < of->n_years; y++)
        told += isnan(numbers[y]) ? 0 : 1;
    if (told == 0)
        return;
    memcpy(of->numbers + table->n_columns * of->n_years, numbers, of->n_years * sizeof *numbers);
    of->names[table->n_columns] = name;
    of->column_units[table->n_columns++] = unit;
}

/* @param p a profession, or NONE where they stand across. */
static frem_status add_table(const results *r, run *of, frem_across across, ptrdiff_t p) {
    static const char *const kinds[] = {[FREM_ACROSS_MEASURES] = "",
                                        [FREM_ACROSS_PROFESSIONS] = "-gap",
                                        [FREM_ACROSS_REGIONS] = "-gap-by-region"};
    frem_wide table = {.scenario = text_of(r, SCENARIO, r->codes[SCENARIO][of->first]),
                       .variant = text_of(r, VARIANT, r->codes[VARIANT][of->first]),
                       .profession = p != NONE ? text_of(r, PROFESSION, (size_t)p) : NULL,
                       .region =
                           across != FREM_ACROSS_REGIONS ? text_of(r, REGION, (size_t)of->region) : NULL,
                       .across = across,
                       .columns = of->names,
                       .units = of->column_units,
                       .first_year = of->first_year,
                       .n_years = of->n_years,
                       .numbers = of->numbers};
    const list *lists[] = {[FREM_ACROSS_MEASURES] = &of->measures,
                           [FREM_ACROSS_PROFESSIONS] = &of->professions,
                           [FREM_ACROSS_REGIONS] = &of->regions};
    static const size_t columns[] = {[FREM_ACROSS_MEASURES] = MEASURE,
                                     [FREM_ACROSS_PROFESSIONS] = PROFESSION,
                                     [FREM_ACROSS_REGIONS] = REGION};
    const ptrdiff_t all = code_of(r, PROFESSION, "all");
    for (size_t i = 0; i < lists[across]->n; i++) {
        size_t code = lists[across]->codes[i];
        /* The gap of all, and their coverage, would set one profession's surplus against another's shortage. */
        if ((across == FREM_ACROSS_PROFESSIONS && (ptrdiff_t)code == all) ||
            (across == FREM_ACROSS_MEASURES && p == all && frem_measure_nets(text_of(r, MEASURE, code))))
            continue;
        size_t q = across == FREM_ACROSS_PROFESSIONS ? code : (size_t)p;
        size_t m = across == FREM_ACROSS_MEASURES ? code : (size_t)of->gap;
        const double *numbers = across == FREM_ACROSS_REGIONS
                                    ? of->gaps + (q * r->n_labels[REGION] + code) * of->n_years
                                    : of->measured + (q * r->n_labels[MEASURE] + m) * of->n_years;
        add_column(of, &table, text_of(r, columns[across], code),
                   across == FREM_ACROSS_MEASURES ? of->units[code] : "fte", numbers);
    }
    /* One profession's gap, or one region's, stands with its measures. */
    if (table.n_columns < (across == FREM_ACROSS_MEASURES ? 1 : 2))
        return FREM_OK;
    return hand_over(r, kinds[across], &table);
}

static frem_status add_run(const results *r, size_t first, size_t end) {
    run of = {.first = first, .end = end};
    frem_status status = begin_run(r, &of) ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK && of.region >= 0 && of.sector >= 0) {
        fill_run(r, &of);
        for (size_t i = 0; i < of.professions.n && status == FREM_OK; i++)
            status = add_table(r, &of, FREM_ACROSS_MEASURES, (ptrdiff_t)of.professions.codes[i]);
        if (status == FREM_OK && of.gap >= 0)
            status = add_table(r, &of, FREM_ACROSS_PROFESSIONS, NONE);
        for (size_t i = 0; i < of.professions.n && of.gap >= 0 && status == FREM_OK; i++) {
            const ptrdiff_t p = (ptrdiff_t)of.professions.codes[i];
            if (p != code_of(r, PROFESSION, "all"))
                status = add_table(r, &of, FREM_ACROSS_REGIONS, p);
        }
    }
    end_run(&of);
    return status;
}

frem_status frem_series_each(const frem_document *document, frem_wide_use use, void *context) {
    results r = {.document = document, .frame = document->results, .use = use, .context = context};
    if (document->kind != FREM_TABLE_RESULTS)
        return FREM_OK;
    if (!open_results(&r))
        return FREM_DEFECT;
    frem_status status = frem_index_new(&r.taken);
    for (size_t first = 0, end = 0; first < r.n_rows && status == FREM_OK; first = end) {
        while (end < r.n_rows && r.codes[SCENARIO][end] == r.codes[SCENARIO][first] &&
               r.codes[VARIANT][end] == r.codes[VARIANT][first])
            end++;
        status = add_run(&r, first, end);
    }
    frem_index_free(r.taken);
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
