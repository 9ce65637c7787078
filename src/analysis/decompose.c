#include "analysis/decompose.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/address_list.h"
#include "analysis/answer.h"
#include "analysis/judge.h"
#include "base/problem.h"

static const frem_place in_command = {"fremskriv", 0, 0};

static frem_status as_usage(frem_status raised) {
    return raised == FREM_INVALID ? FREM_USAGE : raised;
}

static frem_status read_addresses(frem_why *why) {
    const unsigned allowed =
        why->n_models == 1 ? FREM_ADDRESS_CHANGE : FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE;
    frem_address_list list;
    if (why->options->n_of == 0)
        return as_usage(FREM_PROBLEM(why->diags, in_command, DECOMPOSE_NOTHING, ""));
    const frem_status status =
        frem_address_list_read(&list, why->arena, why->models, why->n_models, why->options->of,
                               why->options->n_of, allowed, "--of", why->diags);
    why->addresses = list.items;
    why->n_addresses = list.n;
    return status;
}

static frem_status check_options(const frem_why *why, size_t n_models) {
    const size_t orders = why->options->orders;
    char given[24];
    (void)snprintf(given, sizeof given, "%zu", orders);
    if (orders > 0 && (orders < FREM_ORDERS_MIN || orders > FREM_ORDERS_MAX))
        return as_usage(FREM_PROBLEM(why->diags, in_command, DECOMPOSE_ORDERS, given));
    if (n_models == 1 || n_models == 2)
        return FREM_OK;
    (void)snprintf(given, sizeof given, "%zu", n_models);
    return as_usage(FREM_PROBLEM(why->diags, in_command, DECOMPOSE_HOW_MANY, given));
}

static frem_status explain_all(const frem_why *why, frem_decomposed *all) {
    frem_status status = FREM_OK;
    if (why->n_models == 2)
        return frem_decompose_two(why, all);
    for (size_t i = 0, end = 0; i < why->n_addresses && status == FREM_OK; i = end) {
        const frem_address *first = &why->addresses[i];
        while (end < why->n_addresses && why->addresses[end].first_year == first->first_year &&
               why->addresses[end].last_year == first->last_year)
            end++;
        status = frem_decompose_years(why, first, end - i, &all[i]);
    }
    return status;
}

/* @param all [address] */
static frem_status make_answer(frem_results *results, frem_why *why) {
    frem_decomposed *all = frem_arena_alloc(why->arena, why->n_addresses, sizeof *all);
    frem_status status = all != NULL ? FREM_OK : FREM_NO_MEMORY;
    why->isa = frem_results_isa(why->run->isa);
    if (why->isa == FREM_ISA_COUNT)
        return FREM_USAGE;
    if (status == FREM_OK)
        status = frem_pool_new(&why->pool, why->run->threads);
    if (status == FREM_OK)
        status = explain_all(why, all);
    frem_pool_free(why->pool);
    return status == FREM_OK ? frem_decomposed_answer(results, why, all) : status;
}

frem_status frem_decompose_new(frem_results **out, const frem_sources *sources,
                               const frem_model *const *models, size_t n_models,
                               const frem_decompose_options *options, const frem_run_options *run,
                               frem_diags *diags) {
    static const frem_label title = {{"Where the change comes from", "Hvad ændringen kommer af"}};
    frem_why why = {.models = models, .n_models = n_models, .options = options, .run = run, .diags = diags};
    frem_results *results = NULL;
    *out = NULL;
    frem_status status = check_options(&why, n_models);
    if (status == FREM_OK)
        status = frem_answer_new(&results, "decompose", &title, models, n_models, sources, run);
    if (status != FREM_OK)
        return status;
    why.arena = frem_answer_arena(results);
    status = n_models == 2 ? frem_decompose_shapes(&why) : FREM_OK;
    if (status == FREM_OK)
        status = read_addresses(&why);
    if (status == FREM_OK)
        status = make_answer(results, &why);
    if (status == FREM_OK)
        status = frem_answer_say_base(results, models, n_models, &why.addresses[0]);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}
