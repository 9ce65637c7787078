/* Ages of a population table: the file's own, and the groups of the result that they add up to. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "import/population.h"

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

/* Gives the file's ages inside a group to it; they must fill it, and none may stand across its borders. */
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
static int32_t place_of(const frem_plan *plan, int from, int to) {
    for (size_t i = 0; i < plan->n_spans; i++) {
        if (plan->spans[i].from == from && plan->spans[i].to == to)
            return plan->spans[i].group >= 0 ? (int32_t)i : -1;
    }
    return -1;
}

frem_status frem_import_plan_ages(frem_plan *plan, size_t v, const bool *chosen) {
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
            plan->places[v][i] = place_of(plan, from, to);
    }
    return status;
}
