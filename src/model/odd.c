/* What is legal but odd, and shows only with the tables or when the parts have met. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/areas.h"
#include "model/lane.h"

/* Vacancies above this share of the employed are odd. */
static const double VACANCIES_USUAL = 0.3;
/* The most columns that a warning names. */
enum { COLUMNS_NAMED = 5 };

/* Numbers of tables; those in the scenario file have been looked at when it was read. */
static void look_at_tables(const frem_model *model, frem_diags *diags) {
    const frem_scenario *s = model->scenario;
    for (size_t i = 0; i < s->parameters.count; i++) {
        const frem_value *value = s->parameters.items[i];
        /* Most fields have no usual range, and their tables many numbers. */
        bool done = value->form != FREM_VALUE_TABLE || !(value->field->usual_min < value->field->usual_max);
        frem_place place = done ? value->head.place : frem_entry_place(&value->head, "table");
        /* Regions come outermost, the scenario's own first. */
        size_t n = model->series[i].size;
        if (model->series[i].region > 0)
            n = n / frem_index_count(model->regions) * model->reported;
        for (size_t k = 0; k < n && !done; k++)
            done = frem_field_unusual(value->field, value->head.path, model->series[i].at[k], place, diags);
    }
    for (size_t i = 0; i < s->retirement_ages.count; i++) {
        const frem_retirement_age *age = &s->retirement_ages.items[i];
        bool done = age->table == NULL;
        for (size_t k = 0; k < model->births[i].count && !done; k++)
            done = frem_field_unusual(age->year.field, age->head.path, model->births[i].items[k].number,
                                      frem_entry_place(&age->head, "table"), diags);
    }
}

/* ---- intake that adds no one to a stock ---- */

/* What becomes of the intake of a programme, over all its streams. */
typedef struct arrivals {
    bool starts; /* some students start */
    bool ends;   /* some of those complete, in whatever year */
    bool joins;  /* some of those within the scenario's years */
} arrivals;

/* One stream. @param shifts numbers per lag. */
static void count_arrivals(size_t steps, ptrdiff_t first, size_t entries, size_t lags, size_t shifts,
                           const double *intake, const double *joining, arrivals *out) {
    for (size_t e = 0; e < entries; e++) {
        out->starts = out->starts || intake[e] > 0;
        for (size_t i = 0; i < lags * shifts && intake[e] > 0; i++) {
            ptrdiff_t step = first + (ptrdiff_t)e + (ptrdiff_t)(i / shifts);
            bool some = joining[e * lags * shifts + i] > 0;
            out->ends = out->ends || some;
            out->joins = out->joins || (some && step > 0 && step < (ptrdiff_t)steps);
        }
    }
}

/* Where a programme says how many start. */
static frem_place intake_place(const frem_programme *programme) {
    static const char *const keys[] = {"intake", "places", "applicants"};
    size_t key = 0;
    while (key < 2 && frem_node_get(programme->head.node, keys[key]) == NULL)
        key++;
    return frem_entry_place(&programme->head, keys[key]);
}

static void look_at_intake(const frem_model *model, size_t which, frem_diags *diags) {
    const frem_programme *programme = &model->scenario->programmes.items[which];
    const frem_batch *batch = model->as_is;
    const frem_core_inputs *in = &batch->inputs;
    arrivals found = {false, false, false};
    for (size_t k = 0; k < in->n_programmes; k++) {
        const frem_core_programme *of = &in->programmes[k];
        if (batch->programme_of[k] == which)
            count_arrivals(in->steps, of->first_step, of->entries, of->lags, of->shifts, of->intake.at,
                           of->joining.at, &found);
    }
    for (size_t k = 0; k < in->n_upgrades; k++) {
        const frem_core_upgrade *of = &in->upgrades[k];
        if (batch->upgrade_of[k] == which)
            count_arrivals(in->steps, of->first_step, of->entries, of->lags, 1, of->intake.at, of->joining.at,
                           &found);
    }
    if (!found.starts || !found.ends || found.joins)
        return;
    char until[16];
    (void)snprintf(until, sizeof until, "%d", model->base + (int)model->steps - 1);
    (void)FREM_PROBLEM(diags, intake_place(programme), INTAKE_UNUSED, programme->head.path, until);
}

/* ---- graduates who never leave ---- */

/* Whether anything takes people of a profession out of a region, or brings their work elsewhere. */
static bool leaves_region(const frem_model *model, const frem_programme *programme,
                          const frem_profession *profession) {
    if (profession->moves.head.node != NULL || profession->commuting.head.node != NULL)
        return true;
    if (!frem_value_given(&programme->outside))
        return false;
    const frem_series *outside = &model->series[programme->outside.parameter];
    for (size_t i = 0; i < outside->size; i++) {
        if (outside->at[i] > 0)
            return true;
    }
    return false;
}

/* One region of several, whose programmes are of it alone: what it trains is its own for good. The first programme
 * speaks for all. */
static void look_at_graduates(const frem_model *model, frem_diags *diags) {
    const frem_scenario *s = model->scenario;
    for (size_t k = 0; k < s->programmes.count && model->reported == 1 && model->n_places > 1; k++) {
        const frem_programme *programme = &s->programmes.items[k];
        const frem_profession *profession = NULL;
        for (size_t p = 0; p < s->professions.count && programme->leads_to != NULL; p++) {
            if (strcmp(s->professions.items[p].head.key, programme->leads_to) == 0)
                profession = &s->professions.items[p];
        }
        if (programme->from != NULL || profession == NULL ||
            frem_programme_area(model, programme)->count > 1 || leaves_region(model, programme, profession))
            continue;
        (void)FREM_PROBLEM(diags, intake_place(programme), GRADUATES_STAY, programme->head.path,
                           model->region_names[0], profession->head.key);
        return;
    }
}

/* ---- demand ---- */

static double sum_regions(const frem_lanes *of, size_t profession, size_t regions) {
    double sum = 0;
    for (size_t r = 0; r < regions && of->at != NULL; r++)
        sum += of->at[profession * regions + r];
    return sum;
}

static void look_at_vacancies(const frem_model *model, size_t which, frem_diags *diags) {
    const frem_sector *sector = &model->scenario->demand.items[which];
    const frem_core_sector *core = &model->as_is->inputs.sectors[which];
    size_t regions = frem_index_count(model->regions);
    for (size_t p = 0; p < model->scenario->professions.count; p++) {
        double employed = sum_regions(&core->employment, p, regions);
        double vacant = sum_regions(&core->vacancies, p, regions);
        if (!(employed > 0) || vacant <= VACANCIES_USUAL * employed)
            continue;
        char share[FREM_FIXED_MAX], most[32];
        (void)frem_number_fixed(share, vacant / employed, 2);
        frem_number_shortest(most, VACANCIES_USUAL);
        (void)FREM_PROBLEM(diags, frem_entry_place(&sector->head, "vacancies"), MANY_VACANCIES,
                           sector->head.path, model->scenario->professions.items[p].head.key, share, most);
    }
}

/* ---- columns ---- */

/* Whether a column is there for people. */
static bool is_remark(const char *column) {
    static const char *const remarks[] = {"name", "label", "title", "note",  "source", "unit",
                                          "navn", "titel", "note",  "kilde", "enhed"};
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        if (strcmp(remarks[i], column) == 0)
            return true;
    }
    return false;
}

/* Tables beside the scenario were made for it; those of other folders have columns for other uses too. */
static frem_status look_at_columns(const frem_read_table *read, frem_diags *diags) {
    const char *const *names = frem_table_column_names(read->table);
    frem_text list = {0};
    size_t first = 0, unread = 0;
    for (size_t c = 0; c < frem_table_columns(read->table); c++) {
        if (frem_table_sought(read->table, c) || is_remark(names[c]))
            continue;
        first = unread == 0 ? c : first;
        if (unread < COLUMNS_NAMED)
            frem_text_print(&list, "%s'%s'", unread > 0 ? ", " : "", names[c]);
        unread++;
    }
    if (unread > COLUMNS_NAMED)
        frem_text_add(&list, ", …");
    frem_status status = list.failed ? FREM_NO_MEMORY : FREM_OK;
    if (status == FREM_OK && unread > 0)
        status = FREM_PROBLEM(diags, frem_table_header_place(read->table, first), COLUMNS_UNREAD, list.bytes);
    frem_text_free(&list);
    return status;
}

frem_status frem_model_odd(const frem_model *model, frem_diags *diags) {
    const frem_scenario *s = model->scenario;
    frem_status status = FREM_OK;
    look_at_tables(model, diags);
    for (size_t k = 0; k < s->programmes.count && model->steps > 1; k++)
        look_at_intake(model, k, diags);
    look_at_graduates(model, diags);
    for (size_t j = 0; j < s->demand.count; j++)
        look_at_vacancies(model, j, diags);
    for (size_t i = 0; i < model->n_tables && status == FREM_OK; i++) {
        if (model->tables[i].source->root == FREM_ROOT_BESIDE && model->tables[i].table != NULL)
            status = look_at_columns(&model->tables[i], diags);
    }
    return status;
}
