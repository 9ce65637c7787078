#include "analysis/decompose.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/address.h"
#include "analysis/answer.h"
#include "analysis/judge.h"
#include "base/problem.h"

static const frem_place in_command = {"fremskriv", 0, 0};

static frem_status as_usage(frem_status raised) {
    return raised == FREM_INVALID ? FREM_USAGE : raised;
}

/* One text of --of: addresses separated by commas, each of every model. */
static frem_status read_texts(frem_why *why, const char *text, frem_address *addresses) {
    const unsigned allowed =
        why->n_models == 1 ? FREM_ADDRESS_CHANGE : FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE;
    frem_status status = FREM_OK;
    for (const char *at = text; status != FREM_NO_MEMORY;) {
        const size_t n = strcspn(at, ",");
        const char *one = frem_arena_text(why->arena, at, n);
        if (one == NULL)
            return FREM_NO_MEMORY;
        for (size_t m = why->n_models; m-- > 0 && status != FREM_NO_MEMORY;) {
            const frem_status read = frem_address_read(&addresses[why->n_addresses], why->models[m], one,
                                                       allowed, in_command, why->diags);
            status = read != FREM_OK ? read : status;
        }
        for (size_t i = 0; i < why->n_addresses && status == FREM_OK; i++) {
            if (frem_address_same(why->models[0], &addresses[i], &addresses[why->n_addresses]))
                status = FREM_PROBLEM(why->diags, in_command, GIVEN_TWICE, "--of", one);
        }
        why->n_addresses++;
        if (at[n] == '\0')
            break;
        at += n + 1;
    }
    return status;
}

static frem_status read_addresses(frem_why *why) {
    const frem_decompose_options *options = why->options;
    size_t n = 0;
    for (size_t i = 0; i < options->n_of; i++) {
        n++;
        for (const char *c = options->of[i]; *c != '\0'; c++)
            n += *c == ',';
    }
    if (n == 0)
        return as_usage(FREM_PROBLEM(why->diags, in_command, DECOMPOSE_NOTHING, ""));
    frem_address *addresses = frem_arena_alloc(why->arena, n, sizeof *addresses);
    frem_status status = addresses != NULL ? FREM_OK : FREM_NO_MEMORY;
    why->addresses = addresses;
    for (size_t i = 0; i < options->n_of && status != FREM_NO_MEMORY; i++) {
        const frem_status read = read_texts(why, options->of[i], addresses);
        status = read != FREM_OK ? read : status;
    }
    return as_usage(status);
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
