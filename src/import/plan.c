/* Finds out what the variables of a population table are, and which of their values count. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/problem.h"
#include "import/population.h"

static frem_place place_of(const frem_plan *plan, size_t v) {
    return frem_import_place(plan->table, plan->table->variables[v].at);
}

/* The place where a value occurs first. */
static frem_place value_place(const frem_plan *plan, size_t v, size_t value) {
    return frem_import_place(plan->table, plan->table->variables[v].values[value].at);
}

static bool is_total(const frem_import_value *value) {
    return frem_import_is_total(value->code) || frem_import_is_total(value->label);
}

static int by_value(const void *a, const void *b) {
    const int one = *(const int *)a, other = *(const int *)b;
    return (one > other) - (one < other);
}

/* Sorts numbers and keeps each once. @return how many. */
static size_t distinct(int *numbers, size_t n) {
    size_t kept = 0;
    qsort(numbers, n, sizeof *numbers, by_value);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || numbers[i] != numbers[i - 1])
            numbers[kept++] = numbers[i];
    }
    return kept;
}

static int32_t find_number(const int *numbers, size_t n, int number) {
    const int *found = bsearch(&number, numbers, n, sizeof *numbers, by_value);
    return found != NULL ? (int32_t)(found - numbers) : -1;
}

/* ---- periods ---- */

static frem_status plan_periods(frem_plan *plan, size_t v, const bool *chosen) {
    const frem_import_variable *variable = &plan->table->variables[v];
    const int quarter = plan->options->quarter > 0 ? plan->options->quarter : 1;
    plan->years = frem_arena_alloc(plan->table->arena, variable->n_values + 1, sizeof *plan->years);
    if (plan->years == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = frem_import_check_periods(plan->table, v, chosen, plan->diags);
    if (status != FREM_OK)
        return status;
    for (size_t i = 0; i < variable->n_values; i++) {
        int year;
        const char *text = variable->values[i].code;
        if (!chosen[i])
            continue;
        if (frem_import_takes_period(plan->options, quarter, text, &year))
            plan->years[plan->n_years++] = year;
        else
            plan->other_periods++;
    }
    plan->n_years = distinct(plan->years, plan->n_years);
    if (plan->n_years == 0)
        return FREM_PROBLEM(plan->diags, place_of(plan, v), IMPORT_NO_PERIOD, variable->code);
    for (size_t i = 0; i < variable->n_values; i++) {
        int year;
        if (chosen[i] && frem_import_takes_period(plan->options, quarter, variable->values[i].code, &year))
            plan->places[v][i] = find_number(plan->years, plan->n_years, year);
    }
    return FREM_OK;
}

/* ---- areas ---- */

/* Municipalities are found by name without regard to hyphens. */
static void area_key(const char *name, char out[FREM_FOLDED_MAX]) {
    frem_import_fold(name, out);
    for (char *at = out; *at != '\0'; at++) {
        if (*at == '-')
            *at = ' ';
    }
}

static bool read_area(const frem_plan *plan, const frem_import_value *value, frem_import_area *area) {
    if (frem_import_is_nowhere(value->label)) {
        *area = (frem_import_area){FREM_AREAS_FINEST, FREM_AREA_NOWHERE};
        return true;
    }
    if (frem_import_area_of_code(value->code, area) || frem_import_area_of_name(value->label, area))
        return true;
    char key[FREM_FOLDED_MAX];
    area_key(value->label, key);
    const ptrdiff_t found = plan->names != NULL ? frem_index_find(plan->names, key, strlen(key)) : -1;
    if (found < 0)
        return false;
    *area = (frem_import_area){FREM_AREAS_MUNICIPALITIES, plan->codes[found]};
    return true;
}

static frem_status read_areas(frem_plan *plan, size_t v, const bool *chosen, frem_import_area *areas) {
    const frem_import_variable *variable = &plan->table->variables[v];
    frem_tally tally = {.diags = plan->diags};
    for (size_t i = 0; i < variable->n_values; i++) {
        if (!chosen[i] || read_area(plan, &variable->values[i], &areas[i]))
            continue;
        FREM_TALLY(&tally, value_place(plan, v, i), IMPORT_AREA, variable->values[i].label);
    }
    return frem_tally_close(&tally);
}

static bool is_municipality(frem_import_area area) {
    return area.level == FREM_AREAS_MUNICIPALITIES && area.code != FREM_CHRISTIANSOE;
}

static frem_status no_such_areas(const frem_plan *plan, frem_place place) {
    static const char *const names[] = {"", "municipalities", "provinces", "regions", "country"};
    return FREM_PROBLEM(plan->diags, place, IMPORT_NO_AREAS, names[plan->level]);
}

static frem_status plan_areas(frem_plan *plan, size_t v, const bool *chosen) {
    const frem_import_variable *variable = &plan->table->variables[v];
    frem_import_area *areas = frem_arena_alloc(plan->table->arena, variable->n_values + 1, sizeof *areas);
    plan->areas = frem_arena_alloc(plan->table->arena, variable->n_values + 1, sizeof *plan->areas);
    if (areas == NULL || plan->areas == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = read_areas(plan, v, chosen, areas);
    if (status != FREM_OK)
        return status;
    frem_import_areas finest = FREM_AREAS_COUNTRY;
    for (size_t i = 0; i < variable->n_values; i++) {
        if (chosen[i] && areas[i].code != FREM_CHRISTIANSOE && areas[i].code != FREM_AREA_NOWHERE &&
            areas[i].level < finest)
            finest = areas[i].level;
    }
    if (plan->level == FREM_AREAS_FINEST)
        plan->level = finest;
    for (size_t i = 0; i < variable->n_values; i++) {
        const bool fits = chosen[i] && areas[i].level == plan->level &&
                          (is_municipality(areas[i]) || plan->level != FREM_AREAS_MUNICIPALITIES);
        if (fits)
            plan->areas[plan->n_areas++] = areas[i].code;
        else if (chosen[i] && areas[i].code == FREM_CHRISTIANSOE)
            plan->christiansoe = true;
        else if (chosen[i] && areas[i].code == FREM_AREA_NOWHERE)
            plan->nowhere_areas++;
        else if (chosen[i])
            plan->other_areas++;
    }
    plan->n_areas = distinct(plan->areas, plan->n_areas);
    if (plan->n_areas == 0)
        return no_such_areas(plan, place_of(plan, v));
    for (size_t i = 0; i < variable->n_values; i++) {
        if (chosen[i] && areas[i].level == plan->level && areas[i].code != FREM_AREA_NOWHERE)
            plan->places[v][i] = find_number(plan->areas, plan->n_areas, areas[i].code);
    }
    return FREM_OK;
}

/* A table without areas is of the whole country. */
static frem_status plan_country(frem_plan *plan) {
    plan->areas = frem_arena_alloc(plan->table->arena, 1, sizeof *plan->areas);
    plan->n_areas = 1;
    if (plan->areas == NULL)
        return FREM_NO_MEMORY;
    if (plan->level == FREM_AREAS_FINEST)
        plan->level = FREM_AREAS_COUNTRY;
    return plan->level == FREM_AREAS_COUNTRY ? FREM_OK
                                             : no_such_areas(plan, (frem_place){plan->table->path, 1, 1});
}

/* A last single age from here on is as good as open: the registers end at 125. */
#define LAST_AGE 105

static const frem_import_ages usual_groups[] = {{0, 5},   {6, 16},  {17, 19}, {20, 34},
                                                {35, 64}, {65, 79}, {80, -1}};

void frem_import_span_text(int from, int to, char out[32]) {
    if (to < 0)
        snprintf(out, 32, "%d+", from);
    else if (to == from)
        snprintf(out, 32, "%d", from);
    else
        snprintf(out, 32, "%d-%d", from, to);
}

static int end_of(int to) {
    return to < 0 ? INT_MAX : to;
}

static int by_ages(const void *a, const void *b) {
    const frem_span *one = a, *other = b;
    if (one->from != other->from)
        return one->from > other->from ? 1 : -1;
    return (end_of(one->to) > end_of(other->to)) - (end_of(one->to) < end_of(other->to));
}

static bool read_age(const frem_import_value *value, int *from, int *to) {
    return frem_import_read_age(value->code, from, to) || frem_import_read_age(value->label, from, to);
}

/* The distinct ages of the file, totals left out. */
static frem_status collect(frem_plan *plan, const frem_import_variable *variable, const bool *chosen) {
    frem_tally tally = {.diags = plan->diags};
    const frem_place place = frem_import_place(plan->table, variable->at);
    size_t totals = 0;
    plan->spans = frem_arena_alloc(plan->table->arena, variable->n_values + 1, sizeof *plan->spans);
    if (plan->spans == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < variable->n_values; i++) {
        const frem_import_value *value = &variable->values[i];
        frem_span span = {.group = -1};
        if (!chosen[i])
            continue;
        if (frem_import_is_total(value->code) || frem_import_is_total(value->label))
            totals++;
        else if (read_age(value, &span.from, &span.to))
            plan->spans[plan->n_spans++] = span;
        else
            FREM_TALLY(&tally, frem_import_tally_place(plan->table, &tally, value->at), IMPORT_AGE,
                       value->label, variable->code);
    }
    const frem_status status = frem_tally_close(&tally);
    if (status != FREM_OK)
        return status;
    if (plan->n_spans == 0)
        return FREM_PROBLEM(plan->diags, place, IMPORT_AGES_TOTAL, variable->code);
    qsort(plan->spans, plan->n_spans, sizeof *plan->spans, by_ages);
    size_t kept = 0; /* two values of one age: a second figure, raised later with its place */
    for (size_t i = 0; i < plan->n_spans; i++) {
        if (kept == 0 || by_ages(&plan->spans[i], &plan->spans[kept - 1]) != 0)
            plan->spans[kept++] = plan->spans[i];
    }
    plan->n_spans = kept;
    return FREM_OK;
}

static frem_status check_spans(const frem_plan *plan, const frem_import_variable *variable) {
    for (size_t i = 1; i < plan->n_spans; i++) {
        const frem_span *before = &plan->spans[i - 1], *span = &plan->spans[i];
        if (span->from <= end_of(before->to)) {
            char one[32], other[32];
            frem_import_span_text(before->from, before->to, one);
            frem_import_span_text(span->from, span->to, other);
            return FREM_PROBLEM(plan->diags, frem_import_place(plan->table, variable->at), IMPORT_AGE_OVERLAP,
                                one, other, variable->code);
        }
    }
    return FREM_OK;
}

static frem_status choose_groups(frem_plan *plan) {
    const frem_import_options *options = plan->options;
    const frem_import_ages *from = options->ages != NULL ? options->ages : usual_groups;
    const size_t n = options->single_ages    ? plan->n_spans
                     : options->ages != NULL ? options->n_ages
                                             : sizeof usual_groups / sizeof *usual_groups;
    plan->groups = frem_arena_alloc(plan->table->arena, n, sizeof *plan->groups);
    if (plan->groups == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        plan->groups[plan->n_groups++] =
            options->single_ages ? (frem_import_ages){plan->spans[i].from, plan->spans[i].to} : from[i];
    }
    return FREM_OK;
}

/* Assigns the file's ages to a group: they must fill it, and none may cross its borders. */
static frem_status fill_group(frem_plan *plan, const frem_import_variable *variable, size_t g) {
    const frem_import_ages group = plan->groups[g];
    const frem_place place = frem_import_place(plan->table, variable->at);
    char what[32], text[32];
    int next = group.from; /* the first age that nothing covers yet */
    frem_import_span_text(group.from, group.to, what);
    for (size_t i = 0; i < plan->n_spans; i++) {
        frem_span *span = &plan->spans[i];
        if (end_of(span->to) < group.from || span->from > end_of(group.to))
            continue;
        frem_import_span_text(span->from, span->to, text);
        if (span->from < group.from || end_of(span->to) > end_of(group.to))
            return FREM_PROBLEM(plan->diags, place, IMPORT_AGE_ACROSS, text, what);
        if (span->from > next)
            break;
        span->group = (int)g;
        next = span->to < 0 ? INT_MAX : span->to + 1;
    }
    const bool open_enough = group.to < 0 && next > LAST_AGE;
    if (open_enough || next > end_of(group.to))
        return FREM_OK;
    if (group.to < 0 && plan->spans[plan->n_spans - 1].to == next - 1) {
        snprintf(text, sizeof text, "%d", next - 1);
        return FREM_PROBLEM(plan->diags, place, IMPORT_AGE_CLOSED, text, what);
    }
    snprintf(text, sizeof text, "%d", next);
    return FREM_PROBLEM(plan->diags, place, IMPORT_AGE_LACKS, text, what);
}

/* The place of an age among the distinct ones, or -1. */
static int32_t span_place(const frem_plan *plan, int from, int to) {
    for (size_t i = 0; i < plan->n_spans; i++) {
        if (plan->spans[i].from == from && plan->spans[i].to == to)
            return plan->spans[i].group >= 0 ? (int32_t)i : -1;
    }
    return -1;
}

static frem_status plan_ages(frem_plan *plan, size_t v, const bool *chosen) {
    const frem_import_variable *variable = &plan->table->variables[v];
    frem_status status = collect(plan, variable, chosen);
    if (status == FREM_OK)
        status = check_spans(plan, variable);
    if (status == FREM_OK)
        status = choose_groups(plan);
    for (size_t g = 0; status == FREM_OK && g < plan->n_groups; g++)
        status = fill_group(plan, variable, g);
    for (size_t i = 0; status == FREM_OK && i < variable->n_values; i++) {
        int from, to;
        const frem_import_value *value = &variable->values[i];
        const bool total = frem_import_is_total(value->code) || frem_import_is_total(value->label);
        if (chosen[i] && !total && read_age(value, &from, &to))
            plan->places[v][i] = span_place(plan, from, to);
    }
    return status;
}

/* ---- sexes and the rest ---- */

static frem_status choose_one(const frem_plan *plan, size_t v, size_t n) {
    const frem_import_variable *variable = &plan->table->variables[v];
    char count[32];
    snprintf(count, sizeof count, "%zu", n);
    return FREM_PROBLEM(plan->diags, place_of(plan, v), IMPORT_CHOOSE, variable->code, count,
                        variable->values[0].code);
}

/* Men and women add up to the total; the total is used only where they are missing. */
static frem_status choose_sexes(const frem_plan *plan, size_t v, bool *chosen) {
    const frem_import_variable *variable = &plan->table->variables[v];
    size_t n[FREM_SEX_ALL + 1] = {0};
    for (size_t i = 0; i < variable->n_values; i++) {
        frem_import_sex sex = frem_import_read_sex(variable->values[i].code);
        if (sex == FREM_SEX_NONE)
            sex = frem_import_read_sex(variable->values[i].label);
        if (chosen[i] && sex == FREM_SEX_NONE)
            return FREM_PROBLEM(plan->diags, value_place(plan, v, i), IMPORT_SEX, variable->values[i].label,
                                variable->code);
        n[sex] += chosen[i];
    }
    if (n[FREM_SEX_MEN] == 0 && n[FREM_SEX_WOMEN] == 0)
        return FREM_OK;
    const bool both = n[FREM_SEX_MEN] > 0 && n[FREM_SEX_WOMEN] > 0;
    if (!both && n[FREM_SEX_ALL] == 0)
        return FREM_PROBLEM(plan->diags, place_of(plan, v), IMPORT_ONE_SEX, variable->code);
    for (size_t i = 0; i < variable->n_values; i++)
        chosen[i] &= both ? !is_total(&variable->values[i]) : is_total(&variable->values[i]);
    return FREM_OK;
}

/* Whether all values that count are marital statuses: an unknown one may hold the others. */
static bool are_marital(const frem_import_variable *variable, const bool *chosen) {
    for (size_t i = 0; i < variable->n_values; i++) {
        if (chosen[i] && !frem_import_is_marital(variable->values[i].code) &&
            !frem_import_is_marital(variable->values[i].label))
            return false;
    }
    return true;
}

/* The total where there is one; else everything where values add up to everybody; else one must be chosen. */
static frem_status choose_total(const frem_plan *plan, size_t v, bool *chosen) {
    const frem_import_variable *variable = &plan->table->variables[v];
    size_t totals = 0, n = 0;
    for (size_t i = 0; i < variable->n_values; i++) {
        totals += chosen[i] && is_total(&variable->values[i]);
        n += chosen[i];
    }
    for (size_t i = 0; totals > 0 && i < variable->n_values; i++)
        chosen[i] &= is_total(&variable->values[i]);
    if (totals == 0 && n > 1 && (plan->kinds[v] != FREM_KIND_MARITAL || !are_marital(variable, chosen)))
        return choose_one(plan, v, n);
    return FREM_OK;
}

static frem_status plan_other(frem_plan *plan, size_t v, bool *chosen, bool named) {
    const frem_import_variable *variable = &plan->table->variables[v];
    frem_status status = FREM_OK;
    if (!named)
        status =
            plan->kinds[v] == FREM_KIND_SEX ? choose_sexes(plan, v, chosen) : choose_total(plan, v, chosen);
    if (status != FREM_OK)
        return status;
    size_t totals = 0;
    int32_t n = 0;
    for (size_t i = 0; i < variable->n_values; i++) {
        if (!chosen[i])
            continue;
        const char *unit = frem_import_unscaled_value(plan->table, &variable->values[i]);
        if (unit != NULL && plan->table->power == 0)
            return frem_import_unscaled(plan->table, variable->values[i].at, unit, false, plan->diags);
        totals += is_total(&variable->values[i]);
        plan->places[v][i] = n++;
    }
    if (totals > 0 && n > 1)
        return FREM_PROBLEM(plan->diags, place_of(plan, v), IMPORT_TOTAL_AND_PARTS, variable->code);
    plan->strides[v] = plan->n_others;
    plan->n_others *= (size_t)n;
    return FREM_OK;
}

/* ---- the table ---- */

/* Names that Statistics Denmark's tables of persons begin with. */
static bool begins(const char *id, const char *with) {
    return id != NULL && strncasecmp(id, with, strlen(with)) == 0;
}

static frem_status unknown_layout(const frem_plan *plan) {
    const frem_place place = {plan->table->path, 1, 1};
    frem_text list = {0};
    if (plan->table->id != NULL)
        frem_text_print(&list, "%s: ", plan->table->id);
    for (size_t i = 0; i < plan->table->n_variables; i++)
        frem_text_print(&list, "%s%s", i > 0 ? ", " : "", plan->table->variables[i].code);
    const frem_status status =
        list.failed ? FREM_NO_MEMORY
                    : FREM_PROBLEM(plan->diags, place, IMPORT_LAYOUT, list.bytes != NULL ? list.bytes : "");
    frem_text_free(&list);
    return status;
}

static frem_status find_kinds(frem_plan *plan) {
    static const char *const known[] = {"FOLK", "FR", "BEFOLK"};
    const size_t n = plan->table->n_variables;
    size_t counts[FREM_KIND_CONTENT + 1] = {0};
    plan->kinds = frem_arena_alloc(plan->table->arena, n, sizeof *plan->kinds);
    if (plan->kinds == NULL)
        return FREM_NO_MEMORY;
    for (size_t v = 0; v < n; v++) {
        plan->kinds[v] = frem_import_kind_of(&plan->table->variables[v]);
        if (plan->kinds[v] != FREM_KIND_OTHER || plan->table->variables[v].n_values > 1)
            counts[plan->kinds[v]]++;
    }
    bool person_table = plan->table->id == NULL;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        person_table |= begins(plan->table->id, known[i]);
    const bool good = person_table && counts[FREM_KIND_AGE] == 1 && counts[FREM_KIND_TIME] == 1 &&
                      counts[FREM_KIND_AREA] <= 1 && counts[FREM_KIND_SEX] <= 1 &&
                      counts[FREM_KIND_OTHER] == 0;
    return good ? FREM_OK : unknown_layout(plan);
}

/* Whether the figures were counted or projected. */
static frem_status find_status(frem_plan *plan) {
    const frem_import_table *table = plan->table;
    bool known = plan->options->status != FREM_STATUS_TOLD;
    plan->observed = plan->options->status == FREM_STATUS_OBSERVED;
    if (!known && table->id != NULL) {
        plan->observed = !begins(table->id, "FR");
        known = true;
    }
    for (size_t v = 0; !known && v < table->n_variables; v++) {
        int year, month = 0;
        const frem_import_variable *variable = &table->variables[v];
        if (plan->kinds[v] == FREM_KIND_TIME && variable->n_values > 0)
            (void)frem_import_read_time(variable->values[0].code, &year, &month);
        /* Counts are quarterly or monthly. KOMMUNEDK and LANDSDEL are the areas of the projections. */
        if (month > 0)
            known = plan->observed = true;
        else if (strcasecmp(variable->code, "KOMMUNEDK") == 0 || strcasecmp(variable->code, "LANDSDEL") == 0)
            known = true;
    }
    if (!known && table->title != NULL) {
        char title[FREM_FOLDED_MAX];
        frem_import_fold(table->title, title);
        known = strstr(title, "fremskriv") != NULL || strstr(title, "projection") != NULL;
    }
    return known ? FREM_OK : FREM_PROBLEM(plan->diags, ((frem_place){table->path, 1, 1}), IMPORT_STATUS, "");
}

static frem_status plan_variable(frem_plan *plan, size_t v) {
    bool *chosen, named;
    const size_t n = plan->table->variables[v].n_values;
    const frem_status status =
        frem_import_choose(plan->table, v, plan->options, plan->diags, &chosen, &named);
    if (status != FREM_OK)
        return status;
    plan->strides[v] = 1;
    plan->places[v] = frem_arena_alloc(plan->table->arena, n + 1, sizeof **plan->places);
    if (plan->places[v] == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        plan->places[v][i] = -1;
    switch (plan->kinds[v]) {
    case FREM_KIND_AREA:
        return plan_areas(plan, v, chosen);
    case FREM_KIND_TIME:
        return plan_periods(plan, v, chosen);
    case FREM_KIND_AGE:
        return plan_ages(plan, v, chosen);
    case FREM_KIND_SEX:
    case FREM_KIND_MARITAL:
    case FREM_KIND_ORIGIN:
    case FREM_KIND_CONTENT:
    case FREM_KIND_OTHER:
    default:
        return plan_other(plan, v, chosen, named);
    }
}

frem_status frem_import_plan(frem_plan *plan) {
    frem_arena *arena = plan->table->arena;
    frem_status status = find_kinds(plan);
    if (status == FREM_OK)
        status = find_status(plan);
    if (status != FREM_OK)
        return status;
    plan->n_others = 1;
    plan->places = frem_arena_alloc(arena, plan->table->n_variables, sizeof *plan->places);
    plan->strides = frem_arena_alloc(arena, plan->table->n_variables, sizeof *plan->strides);
    if (plan->places == NULL || plan->strides == NULL)
        return FREM_NO_MEMORY;
    for (size_t v = 0; v < plan->table->n_variables; v++)
        status = frem_tally_worse(status, plan_variable(plan, v));
    return status == FREM_OK && plan->n_areas == 0 ? plan_country(plan) : status;
}
