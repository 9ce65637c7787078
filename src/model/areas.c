/* What totals cover: regions of the regions' table, which may be more than the scenario's own. */
#include <string.h>

#include "base/problem.h"
#include "model/areas.h"
#include "model/programme.h"

const frem_practicum_programme *frem_practicum_of(const frem_scenario *scenario,
                                                  const frem_programme *programme) {
    for (size_t i = 0; i < scenario->practicum.programmes.count; i++) {
        if (strcmp(scenario->practicum.programmes.items[i].head.key, programme->head.key) == 0)
            return &scenario->practicum.programmes.items[i];
    }
    return NULL;
}

static const char ALL[] = "all", OWN[] = "own";

/* ---- which areas the scenario asks for ---- */

/* Whether one form of a value, without the earlier years that it keeps, differs by region. A table that cannot be read is
 * a failure of the part that reads it. */
static bool has_regions(frem_model *model, const frem_value *value) {
    if (value->form != FREM_VALUE_TABLE)
        return false;
    const frem_status before = frem_model_begin(model);
    const frem_table *table = frem_model_table(model, &value->head, value->table, value->sheet);
    model->status = before;
    const char *column = table != NULL ? frem_model_column(table, &value->keys, "region") : NULL;
    bool keyed = column != NULL;
    for (size_t i = 0; i < value->over.count && keyed; i++)
        keyed = strcmp(value->over.items[i], column) != 0;
    return keyed;
}

static void ask(frem_model *model, const frem_entry *total) {
    const frem_covers *covers = &total->covers;
    if (covers->text == NULL || strcmp(covers->text, OWN) == 0)
        return;
    for (size_t i = 0; i < model->n_areas; i++) {
        if (strcmp(model->areas[i].name, covers->text) == 0)
            return;
    }
    frem_status status =
        frem_grow((void **)&model->areas, &model->areas_capacity, model->n_areas, sizeof *model->areas);
    if (status == FREM_OK)
        model->areas[model->n_areas++] = (frem_area){.name = covers->text, .place = covers->place};
    frem_model_fail(model, status);
}

static void ask_value(frem_model *model, const frem_value *value) {
    for (; value != NULL; value = value->earlier) {
        if (value->form != FREM_VALUE_NONE && value->head.covers.text != NULL && !has_regions(model, value))
            ask(model, &value->head);
    }
}

/* What a sector counts of regions without a value of its own. */
static void ask_sector(frem_model *model, const frem_sector *sector) {
    if (sector->shares.count > 0)
        ask(model, &sector->head);
    if (sector->follows.user_table.head.node != NULL)
        ask(model, &sector->follows.user_table.head);
    for (size_t g = 0; g < sector->follows.users.count; g++) {
        if (sector->follows.users.items[g].hours.head.node != NULL)
            ask(model, &sector->follows.users.items[g].hours.head);
    }
}

static void ask_all(frem_model *model) {
    const frem_scenario *s = model->scenario;
    for (size_t i = 0; i < s->parameters.count; i++)
        ask_value(model, s->parameters.items[i]);
    for (size_t j = 0; j < s->demand.count; j++)
        ask_sector(model, &s->demand.items[j]);
    for (size_t k = 0; k < s->programmes.count; k++) {
        if (s->programmes.items[k].intake_follows.head.node != NULL)
            ask(model, &s->programmes.items[k].intake_follows.head);
    }
}

/* ---- which regions they have ---- */

/* Whether a row of the regions' table is in an area. */
static bool has_row(const frem_model *model, const frem_table *table, size_t row, const frem_area *area) {
    const frem_texts *columns = &model->scenario->regions.group_by;
    if (strcmp(area->name, ALL) == 0)
        return true;
    for (size_t i = 0; i < columns->count; i++) {
        ptrdiff_t column = frem_table_column(table, columns->items[i]);
        size_t n = 0;
        const char *text = column >= 0 ? frem_table_cell(table, row, (size_t)column, &n) : NULL;
        frem_status status = FREM_OK;
        if (text != NULL && frem_key_same(text, n, area->name, strlen(area->name), &status))
            return true;
    }
    return false;
}

/* Says that there is no such group. */
static frem_status unknown(frem_model *model, const frem_table *table, const frem_area *area) {
    const frem_texts *columns = &model->scenario->regions.group_by;
    frem_index *known = NULL;
    frem_status status = frem_index_new(&known);
    if (status == FREM_OK)
        status = frem_index_add(known, ALL, strlen(ALL), NULL);
    if (status == FREM_OK)
        status = frem_index_add(known, OWN, strlen(OWN), NULL);
    for (size_t i = 0; table != NULL && i < columns->count; i++) {
        ptrdiff_t column = frem_table_column(table, columns->items[i]);
        for (size_t row = 0; column >= 0 && row < frem_table_rows(table) && status == FREM_OK; row++) {
            size_t n;
            const char *text = frem_table_cell(table, row, (size_t)column, &n);
            status = n > 0 ? frem_index_add(known, text, n, NULL) : FREM_OK;
        }
    }
    if (status == FREM_OK)
        status = FREM_PROBLEM(model->diags, area->place, COVERS_UNKNOWN, area->name,
                              frem_nearest(area->name, frem_index_names(known), frem_index_count(known)));
    frem_index_free(known);
    return status;
}

void frem_model_ask_areas(frem_model *model, const frem_table *table) {
    size_t rows = table != NULL ? frem_table_rows(table) : 0;
    ask_all(model);
    for (size_t i = 0; i < model->n_areas; i++) {
        bool any = table == NULL && strcmp(model->areas[i].name, ALL) == 0;
        for (size_t row = 0; row < rows && !any; row++)
            any = has_row(model, table, row, &model->areas[i]);
        if (!any)
            frem_model_fail(model, unknown(model, table, &model->areas[i]));
    }
}

bool frem_model_asks_row(frem_model *model, const frem_table *table, size_t row) {
    for (size_t i = 0; i < model->n_areas; i++) {
        if (has_row(model, table, row, &model->areas[i])) {
            model->covers_at = model->areas[i].place;
            return true;
        }
    }
    return false;
}

void frem_model_list_areas(frem_model *model, const frem_table *table, const size_t *rows) {
    size_t n = frem_index_count(model->regions);
    for (size_t i = 0; i <= model->n_areas; i++) {
        frem_area *area = i < model->n_areas ? &model->areas[i] : &model->own;
        area->has = frem_model_alloc(model, n, sizeof *area->has);
        if (area->has == NULL)
            return;
        for (size_t r = 0; r < n; r++) {
            area->has[r] = area->name == NULL ? r < model->reported
                                              : table == NULL || has_row(model, table, rows[r], area);
            area->count += area->has[r];
        }
    }
}

/* ---- questions ---- */

const frem_area *frem_model_area(const frem_model *model, const frem_entry *total) {
    for (size_t i = 0; i < model->n_areas && total->covers.text != NULL; i++) {
        if (strcmp(model->areas[i].name, total->covers.text) == 0)
            return &model->areas[i];
    }
    return &model->own;
}

bool frem_area_is(const frem_model *model, const frem_area *one, const frem_area *other) {
    return memcmp(one->has, other->has, frem_index_count(model->regions) * sizeof *one->has) == 0;
}

const char *frem_area_name(const frem_area *area) {
    return area->name != NULL ? area->name : OWN;
}

/* A value that is a total; NULL where it is not given or by region. */
static const frem_value *as_total(const frem_model *model, const frem_value *value) {
    return frem_value_given(value) && model->series[value->parameter].region == 0 ? value : NULL;
}

const frem_area *frem_programme_area(const frem_model *model, const frem_programme *programme) {
    const frem_value *values[] = {&programme->intake, &programme->places, &programme->applicants};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (as_total(model, values[i]) != NULL)
            return frem_model_area(model, &values[i]->head);
    }
    return frem_model_area(model, &programme->intake_follows.head);
}

/* ---- checks ---- */

/* Whether a total, and what it keeps of earlier years, are of the same regions; reports where not. */
static bool check_earlier(frem_model *model, const frem_value *value) {
    const frem_area *area = frem_model_area(model, &value->head), *before;
    if (value->earlier == NULL || value->earlier->form == FREM_VALUE_NONE)
        return true;
    before = frem_model_area(model, &value->earlier->head);
    if (frem_area_is(model, area, before))
        return check_earlier(model, value->earlier);
    frem_model_fail(model, FREM_PROBLEM(model->diags, frem_entry_place(&value->head, "from"), COVERS_FROM,
                                        value->head.path, frem_area_name(area), frem_area_name(before)));
    return false;
}

/* Whether two totals that are compared with each other are of the same regions; reports where not. */
static bool check_same(frem_model *model, const frem_value *one, const frem_value *other) {
    if (as_total(model, one) == NULL || as_total(model, other) == NULL)
        return true;
    const frem_area *here = frem_model_area(model, &one->head), *there = frem_model_area(model, &other->head);
    if (frem_area_is(model, here, there))
        return true;
    frem_status raised = FREM_PROBLEM(model->diags, one->head.place, COVERS_DIFFER, one->head.path,
                                      frem_area_name(here), other->head.path, frem_area_name(there));
    frem_model_fail(model, frem_diags_relate(model->diags, raised, other->head.place));
    return false;
}

/* Whether an area has regions of the scenario's own. */
static bool has_reported(const frem_model *model, const frem_area *area) {
    for (size_t r = 0; r < model->reported; r++) {
        if (area->has[r])
            return true;
    }
    return false;
}

static void check_value(frem_model *model, const frem_value *value) {
    const frem_area *area = frem_model_area(model, &value->head);
    bool by_region = frem_value_given(value) && model->series[value->parameter].region > 0;
    if (!(value->field->flags & FREM_F_TOTAL) || !frem_value_given(value) ||
        (by_region && value->covers == NULL))
        return;
    if (by_region)
        frem_model_fail(model,
                        FREM_PROBLEM(model->diags, frem_entry_place(&value->head, "covers"), KEY_NOT_USED,
                                     value->head.path, "covers", "the table has a column for the region",
                                     "tabellen har en kolonne til området"));
    else if (check_earlier(model, value) && !has_reported(model, area))
        frem_model_fail(model, FREM_PROBLEM(model->diags, value->head.place, COVERS_ELSEWHERE,
                                            value->head.path, area->name));
}

void frem_model_check_areas(frem_model *model) {
    const frem_scenario *s = model->scenario;
    for (size_t i = 0; i < s->parameters.count; i++)
        check_value(model, s->parameters.items[i]);
    for (size_t k = 0; k < s->programmes.count; k++) {
        const frem_programme *programme = &s->programmes.items[k];
        const frem_practicum_programme *practicum = frem_practicum_of(s, programme);
        bool same = check_same(model, &programme->applicants, &programme->places);
        const frem_value *entrants[] = {&programme->intake, &programme->places, &programme->applicants};
        for (size_t i = 0; i < 3 && practicum != NULL && same; i++)
            same = check_same(model, &practicum->offer, entrants[i]);
    }
}
