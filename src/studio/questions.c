/* Questions: solve, decompose, montecarlo, compare, and which numbers matter most. Each loads what it asks about, apart from the
 * scenario that is open: tables stay parsed, so that this takes little. */
#include <math.h>
#include <stdlib.h>

#include "analysis/cases.h"
#include "analysis/judge.h"
#include "fremskriv/decompose.h"
#include "fremskriv/montecarlo.h"
#include "fremskriv/solve.h"
#include "studio/inside.h"

/* Loads "files" (else the scenario that is open) with "sets" and "variants" (else those given; none: all). */
static frem_status load(frem_studio_call *call, const char *const *otherwise, size_t n_otherwise) {
    frem_studio *studio = call->studio;
    size_t n = 0;
    const char *const *files = frem_studio_texts(call, "files", &n);
    frem_load_choice choice = {0};
    choice.sets = frem_studio_texts(call, "sets", &choice.n_sets);
    choice.variants = frem_studio_texts(call, "variants", &choice.n_variants);
    if (choice.n_variants == 0) {
        choice.variants = otherwise;
        choice.n_variants = n_otherwise;
    }
    const char *const open = studio->session->path;
    if (n == 0 && open != NULL) {
        files = &open;
        n = 1;
    }
    frem_status status = n > 0 ? FREM_OK : FREM_USAGE;
    for (size_t i = 0; i < n && frem_loaded_goes_on(status); i++)
        status = frem_loaded_worse(status, frem_loaded_add(&studio->asked, files[i], &choice, studio->diags));
    return status;
}

static const frem_model *const *models_of(const frem_studio *studio) {
    return (const frem_model *const *)studio->asked.models;
}

static frem_run_options run_of(const frem_studio_call *call) {
    return (frem_run_options){.threads = 1, .rows = frem_studio_rows(call)};
}

static frem_status answered(frem_studio_call *call, frem_status status) {
    if (status == FREM_OK && call->studio->results != NULL)
        frem_studio_set_results(call, call->studio->results);
    return status;
}

static const char *const base[] = {"base"};

frem_status frem_studio_solve(frem_studio_call *call) {
    frem_studio *studio = call->studio;
    frem_solve_options options = {.from = (int)frem_studio_number(call, "from", 0),
                                  .step = frem_studio_number(call, "step", 0)};
    options.vary = frem_studio_texts(call, "vary", &options.n_vary);
    options.targets = frem_studio_texts(call, "targets", &options.n_targets);
    const frem_run_options run = run_of(call);
    frem_status status = load(call, base, 1);
    if (status == FREM_OK)
        status = frem_solve_new(&studio->results, studio->asked.sources, models_of(studio), studio->asked.n,
                                &options, &run, studio->diags);
    return answered(call, status);
}

frem_status frem_studio_decompose(frem_studio_call *call) {
    frem_studio *studio = call->studio;
    frem_decompose_options options = {.orders = (size_t)frem_studio_number(call, "orders", 0),
                                      .seed = (unsigned long long)frem_studio_number(call, "seed", 1)};
    options.of = frem_studio_texts(call, "of", &options.n_of);
    options.groups = frem_studio_texts(call, "groups", &options.n_groups);
    const frem_run_options run = run_of(call);
    frem_status status = load(call, base, 1);
    if (status == FREM_OK)
        status = frem_decompose_new(&studio->results, studio->asked.sources, models_of(studio),
                                    studio->asked.n, &options, &run, studio->diags);
    return answered(call, status);
}

frem_status frem_studio_montecarlo(frem_studio_call *call) {
    frem_studio *studio = call->studio;
    frem_montecarlo_options options = {.draws = (size_t)frem_studio_number(call, "draws", 0),
                                       .seed = (unsigned long long)frem_studio_number(call, "seed", 1),
                                       .sampling = frem_studio_text(call, "sampling")};
    options.keep = frem_studio_texts(call, "keep", &options.n_keep);
    const frem_run_options run = run_of(call);
    frem_status status = load(call, base, 1);
    if (status == FREM_OK)
        status = frem_montecarlo(&studio->results, studio->asked.sources, models_of(studio), studio->asked.n,
                                 &options, &run, studio->diags);
    return answered(call, status);
}

frem_status frem_studio_compare(frem_studio_call *call) {
    frem_studio *studio = call->studio;
    const frem_run_options run = run_of(call);
    const bool assumptions = json_is_true(json_object_get(call->request, "assumptions"));
    frem_status status = load(call, NULL, 0);
    if (status == FREM_OK)
        status = (assumptions ? frem_compare_assumptions : frem_compare_new)(
            &studio->results, studio->asked.sources, models_of(studio), studio->asked.n, &run, studio->diags);
    return answered(call, status);
}

/* ---- which numbers matter most ---- */

/* Every number a hundredth lower: few of them leave their range by that. */
#define LOWER 0.99

/* Projects the scenario, then each parameter lowered. A parameter that may not be is left as it is. */
static frem_status project_all(frem_cases *cases, frem_change *changes, size_t n, double *values) {
    for (size_t tries = 0; tries <= n; tries++) {
        size_t refused = 0;
        frem_diags *aside = NULL, *own = cases->diags;
        frem_status status = frem_diags_new(&aside);
        if (status != FREM_OK)
            return status;
        cases->diags = aside;
        status = frem_cases_at(cases, n + 1, changes, n, values, &refused);
        cases->diags = own;
        frem_diags_free(aside);
        if (status != FREM_INVALID || refused == 0 || refused > n)
            return status;
        changes[refused - 1].number = 1;
    }
    return FREM_INVALID;
}

static json_t *ranks_of(const frem_model *model, const double *values, size_t n_addresses, size_t n) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; i < n && ok; i++) {
        json_t *json = json_object(), *moves = json_array();
        frem_parameter parameter;
        ok = frem_model_parameter(model, i, &parameter) &&
             frem_json_set(json, "path", frem_json_text(parameter.path)) && moves != NULL;
        for (size_t a = 0; a < n_addresses && ok; a++) {
            const double difference = values[a] - values[(i + 1) * n_addresses + a];
            ok = frem_json_push(moves, isfinite(difference) ? json_real(difference) : json_null());
        }
        ok = frem_json_set(json, "moves", moves) && ok;
        ok = frem_json_push(list, json) && ok;
    }
    return frem_json_filled(list, ok);
}

/* Reads "of", of years or changes. */
static frem_address *read_addresses(frem_studio_call *call, const frem_model *model, size_t *n,
                                    frem_status *status) {
    const char *const *texts = frem_studio_texts(call, "of", n);
    frem_address *addresses = calloc(*n + 1, sizeof *addresses);
    const frem_place nowhere = {.file = "fremskriv"};
    *status = addresses == NULL ? FREM_NO_MEMORY : *n == 0 ? FREM_USAGE : FREM_OK;
    for (size_t i = 0; i < *n && *status == FREM_OK; i++)
        *status = frem_address_read(&addresses[i], model, texts[i], FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE,
                                    nowhere, call->studio->diags);
    return addresses;
}

frem_status frem_studio_rank(frem_studio_call *call) {
    frem_studio *studio = call->studio;
    size_t n_addresses = 0;
    frem_status status = load(call, base, 1);
    if (status != FREM_OK)
        return status;
    const frem_model *model = studio->asked.models[0];
    const size_t n = frem_model_parameters(model);
    frem_address *addresses = read_addresses(call, model, &n_addresses, &status);
    frem_change *changes = calloc(n + 1, sizeof *changes);
    double *values = calloc((n + 1) * (n_addresses + 1), sizeof *values);
    if (changes == NULL || values == NULL)
        status = FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        changes[i] =
            (frem_change){.parameter = i, .lane = i + 1, .kind = FREM_CHANGE_MULTIPLY, .number = LOWER};
    frem_cases cases = {.model = model,
                        .addresses = addresses,
                        .n_addresses = n_addresses,
                        .isa = frem_results_isa(NULL),
                        .diags = studio->diags};
    if (status == FREM_OK)
        status = project_all(&cases, changes, n, values);
    if (status == FREM_OK)
        status = frem_cases_known(&cases, values);
    if (status == FREM_OK)
        frem_studio_set(call, "ranks", ranks_of(model, values, n_addresses, n));
    free(values);
    free(changes);
    free(addresses);
    return status;
}
