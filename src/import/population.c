/* Population tables: the figures of one or more files added up to the rows of data/denmark/population.csv. */
#include "import/population.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/problem.h"
#include "base/source.h"
#include "tables/table.h"

/* A row of the result. */
typedef struct pop_row {
    int area;
    int year;
    int from;
    int to;
    double persons; /* NaN where missing */
    bool observed;
    size_t file;
} pop_row;

typedef struct population {
    const frem_import_options *options;
    frem_diags *diags;
    frem_index *names;
    int *codes;
    frem_import_areas level;
    pop_row *rows;
    size_t n_rows;
    size_t room;
    bool christiansoe;
    size_t nowhere_areas, other_areas, other_periods;
} population;

/* The figures of one file while they are added up. */
typedef struct adding {
    frem_plan *plan;
    const frem_import_table *table;
    uint32_t *first; /* for each place 1 + the cell that has it; 0 for none */
    double *sums;    /* areas * years * groups */
    frem_tally doubles, negative, thousands, lacking;
    frem_missing missing;
} adding;

/* ---- names of municipalities ---- */

static frem_status read_names(population *pop) {
    const frem_import_file *file = &pop->options->names;
    if (file->bytes == NULL)
        return FREM_OK;
    const frem_source source = {
        .name = file->path, .path = file->path, .bytes = file->bytes, .size = file->size};
    frem_table *table = NULL;
    const int64_t *codes = NULL;
    frem_status status = frem_table_read(&source, pop->diags, &table);
    if (status == FREM_OK)
        status = frem_index_new(&pop->names);
    if (status != FREM_OK)
        goto done;
    const ptrdiff_t code = frem_table_column(table, "code"), name = frem_table_column(table, "name");
    if (code < 0 || name < 0) {
        status = FREM_PROBLEM(pop->diags, ((frem_place){file->path, 1, 1}), IMPORT_NAMES, "");
        goto done;
    }
    status = frem_table_wholes(table, (size_t)code, pop->diags, &codes);
    pop->codes = calloc(frem_table_rows(table) + 1, sizeof *pop->codes);
    if (pop->codes == NULL)
        status = FREM_NO_MEMORY;
    for (size_t row = 0; status == FREM_OK && row < frem_table_rows(table); row++) {
        char key[FREM_FOLDED_MAX];
        size_t n, place;
        frem_import_fold(frem_table_cell(table, row, (size_t)name, &n), key);
        for (char *at = key; *at != '\0'; at++)
            *at = *at == '-' ? ' ' : *at;
        status = frem_index_add(pop->names, key, strlen(key), &place);
        if (status == FREM_OK)
            pop->codes[place] = (int)codes[row];
    }
done:
    frem_table_free(table);
    return status;
}

/* ---- adding up ---- */

static void add_cell(adding *add, size_t cell) {
    const frem_plan *plan = add->plan;
    const uint32_t *keys = add->table->keys + cell * add->table->n_variables;
    size_t area = 0, year = 0, span = 0, other = 0;
    for (size_t v = 0; v < add->table->n_variables; v++) {
        const int32_t place = plan->places[v][keys[v]];
        if (place < 0)
            return;
        if (plan->kinds[v] == FREM_KIND_AREA)
            area = (size_t)place;
        else if (plan->kinds[v] == FREM_KIND_TIME)
            year = (size_t)place;
        else if (plan->kinds[v] == FREM_KIND_AGE)
            span = (size_t)place;
        else
            other += (size_t)place * plan->strides[v];
    }
    const size_t at = ((area * plan->n_years + year) * plan->n_spans + span) * plan->n_others + other;
    if (add->first[at] != 0) {
        frem_import_double(&add->doubles, add->table, add->first[at] - 1, cell);
        return;
    }
    add->first[at] = (uint32_t)cell + 1;
    double persons = add->table->numbers[cell];
    if (isnan(persons))
        persons = frem_import_meet_missing(&add->missing, add->table, plan->options, add->table->at[cell]);
    else if (persons < 0)
        FREM_TALLY(&add->negative, frem_import_tally_place(add->table, &add->negative, add->table->at[cell]),
                   IMPORT_NEGATIVE, "");
    else if (frem_import_three_decimals(add->table, cell) == 1 && add->table->units == NULL)
        FREM_TALLY(&add->thousands,
                   frem_import_tally_place(add->table, &add->thousands, add->table->at[cell]),
                   IMPORT_THOUSANDS, "");
    add->sums[(area * plan->n_years + year) * plan->n_groups + (size_t)plan->spans[span].group] += persons;
}

/* Every area, year and age must have its figures. */
static void check_filled(adding *add) {
    const frem_plan *plan = add->plan;
    const size_t places = plan->n_areas * plan->n_years * plan->n_spans * plan->n_others;
    const frem_place place = {add->table->path, 1, 1};
    for (size_t at = 0; at < places; at++) {
        const size_t key = at / plan->n_others, span = key % plan->n_spans;
        if (add->first[at] != 0 || plan->spans[span].group < 0)
            continue;
        char area[32], year[32], ages[32];
        snprintf(area, sizeof area, "%03d", plan->areas[key / plan->n_spans / plan->n_years]);
        snprintf(year, sizeof year, "%d", plan->years[key / plan->n_spans % plan->n_years]);
        frem_import_span_text(plan->spans[span].from, plan->spans[span].to, ages);
        FREM_TALLY(&add->lacking, place, IMPORT_LACKS, area, year, ages);
    }
}

static frem_status close_tallies(adding *add) {
    frem_status status = frem_tally_close(&add->doubles);
    status = frem_tally_worse(status, frem_tally_close(&add->negative));
    status = frem_tally_worse(status, frem_tally_close(&add->thousands));
    status = frem_tally_worse(status, frem_tally_close(&add->lacking));
    return frem_tally_worse(status, frem_import_missing_close(&add->missing, add->table, add->plan->options));
}

static frem_status put_rows(population *pop, const adding *add, size_t file) {
    const frem_plan *plan = add->plan;
    const size_t n = plan->n_areas * plan->n_years * plan->n_groups;
    for (size_t i = 0; i < n; i++) {
        void *items = pop->rows;
        const frem_status status = frem_grow(&items, &pop->room, pop->n_rows, sizeof *pop->rows);
        pop->rows = items;
        if (status != FREM_OK)
            return status;
        const size_t key = i / plan->n_groups;
        const frem_import_ages group = plan->groups[i % plan->n_groups];
        pop->rows[pop->n_rows++] = (pop_row){.area = plan->areas[key / plan->n_years],
                                             .year = plan->years[key % plan->n_years],
                                             .from = group.from,
                                             .to = group.to,
                                             .persons = add->sums[i],
                                             .observed = plan->observed,
                                             .file = file};
    }
    return FREM_OK;
}

static frem_status add_up(population *pop, frem_plan *plan, size_t file) {
    const frem_tally tally = {.diags = pop->diags};
    adding add = {.plan = plan, .table = plan->table};
    add.doubles = add.negative = add.thousands = add.lacking = add.missing.tally = tally;
    const size_t rows = plan->n_areas * plan->n_years; /* each at most the number of values */
    size_t places = 0;
    if (rows <= FREM_IMPORT_CELLS_MAX && plan->n_others > 0 &&
        plan->n_spans * plan->n_others <= 4 * FREM_IMPORT_CELLS_MAX / rows)
        places = rows * plan->n_spans * plan->n_others;
    if (places == 0)
        return FREM_PROBLEM(pop->diags, ((frem_place){plan->table->path, 1, 1}), IMPORT_NOTHING, "");
    add.first = calloc(places, sizeof *add.first);
    add.sums = calloc(rows * plan->n_groups, sizeof *add.sums);
    frem_status status = add.first != NULL && add.sums != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t cell = 0; status == FREM_OK && cell < plan->table->n_cells; cell++)
        add_cell(&add, cell);
    if (status == FREM_OK) {
        check_filled(&add);
        status = close_tallies(&add);
    }
    if (status == FREM_OK)
        status = put_rows(pop, &add, file);
    free(add.first);
    free(add.sums);
    return status;
}

/* ---- the result ---- */

static int by_row(const void *a, const void *b) {
    const pop_row *one = a, *other = b;
    if (one->area != other->area)
        return one->area > other->area ? 1 : -1;
    if (one->year != other->year)
        return one->year > other->year ? 1 : -1;
    if (one->observed != other->observed)
        return one->observed ? -1 : 1;
    if (one->from != other->from)
        return one->from > other->from ? 1 : -1;
    return (one->file > other->file) - (one->file < other->file);
}

/* Where an observed and a projected figure meet, the observed one counts; two of a kind are an error. */
static frem_status merge(population *pop, const frem_import_table *tables) {
    size_t kept = 0;
    qsort(pop->rows, pop->n_rows, sizeof *pop->rows, by_row);
    for (size_t i = 0; i < pop->n_rows; i++) {
        const pop_row *row = &pop->rows[i];
        const pop_row *before = kept > 0 ? &pop->rows[kept - 1] : NULL;
        const bool same = before != NULL && before->area == row->area && before->year == row->year;
        if (same && before->observed != row->observed)
            continue;
        if (same && before->file != row->file) {
            char year[32];
            snprintf(year, sizeof year, "%d", row->year);
            return FREM_PROBLEM(pop->diags, ((frem_place){tables[row->file].path, 1, 1}), IMPORT_BOTH_FILES,
                                year, tables[before->file].path);
        }
        pop->rows[kept++] = *row;
    }
    pop->n_rows = kept;
    return FREM_OK;
}

static void put_csv(const population *pop, frem_text *csv) {
    static const char *const columns[] = {"", "municipality,", "province,", "region,", ""};
    const bool all_ages =
        pop->options->n_ages == 1 && pop->options->ages[0].from == 0 && pop->options->ages[0].to < 0;
    frem_text_print(csv, "%syear,%spersons,status\n", columns[pop->level],
                    all_ages ? "" : "age_from,age_to,");
    for (size_t i = 0; i < pop->n_rows; i++) {
        const pop_row *row = &pop->rows[i];
        if (pop->level == FREM_AREAS_PROVINCES)
            frem_text_print(csv, "%02d,", row->area);
        else if (pop->level != FREM_AREAS_COUNTRY)
            frem_text_print(csv, "%03d,", row->area);
        frem_text_print(csv, "%d,", row->year);
        if (!all_ages && row->to >= 0)
            frem_text_print(csv, "%d,%d,", row->from, row->to);
        else if (!all_ages)
            frem_text_print(csv, "%d,,", row->from);
        frem_import_put_number(csv, row->persons);
        frem_text_add(csv, row->observed ? ",observed\n" : ",projected\n");
    }
}

static size_t count_areas(const population *pop) {
    size_t n = 0;
    for (size_t i = 0; i < pop->n_rows; i++)
        n += i == 0 || pop->rows[i].area != pop->rows[i - 1].area;
    return n;
}

static void summarise(const population *pop, frem_lang lang, frem_text *text) {
    static const frem_word areas[] = {FREM_W_AREAS_NONE, FREM_W_AREAS_MUNICIPALITIES, FREM_W_AREAS_PROVINCES,
                                      FREM_W_AREAS_REGIONS, FREM_W_AREAS_COUNTRY};
    int first = pop->rows[0].year, last = first;
    for (size_t i = 0; i < pop->n_rows; i++) {
        first = pop->rows[i].year < first ? pop->rows[i].year : first;
        last = pop->rows[i].year > last ? pop->rows[i].year : last;
    }
    frem_text_print(text, "%zu %s, %d-%d, %zu %s", count_areas(pop), frem_word_text(areas[pop->level], lang),
                    first, last, pop->n_rows, frem_word_text(FREM_W_IMPORT_ROWS, lang));
    const char *before = frem_word_text(FREM_W_IMPORT_LEFT_OUT, lang);
    if (pop->christiansoe) {
        frem_text_print(text, "%s%d Christiansø", before, FREM_CHRISTIANSOE);
        before = ", ";
    }
    if (pop->nowhere_areas > 0) {
        frem_text_print(text, "%s%zu %s", before, pop->nowhere_areas,
                        frem_word_text(FREM_W_IMPORT_NOWHERE, lang));
        before = ", ";
    }
    if (pop->other_areas > 0) {
        frem_text_print(text, "%s%zu %s", before, pop->other_areas,
                        frem_word_text(FREM_W_IMPORT_OTHER_AREAS, lang));
        before = ", ";
    }
    if (pop->other_periods > 0)
        frem_text_print(text, "%s%zu %s", before, pop->other_periods,
                        frem_word_text(FREM_W_IMPORT_OTHER_PERIODS, lang));
}

frem_status frem_import_population(frem_imported *out, frem_import_table *tables, size_t n_tables,
                                   const frem_import_options *options, frem_diags *diags) {
    population pop = {.options = options, .diags = diags, .level = options->areas};
    frem_status status = read_names(&pop);
    const bool named = status == FREM_OK;
    for (size_t i = 0; named && i < n_tables && status != FREM_NO_MEMORY; i++) {
        frem_plan plan = {.table = &tables[i],
                          .options = options,
                          .diags = diags,
                          .names = pop.names,
                          .codes = pop.codes,
                          .level = pop.level};
        frem_status one = frem_import_plan(&plan);
        if (one == FREM_OK)
            one = add_up(&pop, &plan, i);
        pop.level = plan.level; /* all files have the areas of the first */
        pop.christiansoe |= plan.christiansoe;
        pop.nowhere_areas += plan.nowhere_areas;
        pop.other_areas += plan.other_areas;
        pop.other_periods += plan.other_periods;
        status = frem_tally_worse(status, one);
    }
    if (status == FREM_OK)
        status = merge(&pop, tables);
    if (status == FREM_OK) {
        put_csv(&pop, &out->csv);
        for (int lang = 0; lang < FREM_LANG_COUNT; lang++)
            summarise(&pop, (frem_lang)lang, &out->summary[lang]);
    }
    frem_index_free(pop.names);
    free(pop.codes);
    free(pop.rows);
    return status;
}
