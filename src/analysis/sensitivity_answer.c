/* What results depend on, as tables: every number for files, and the parameters of each address in their order for people. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/answer.h"
#include "analysis/sensitivity_say.h"

/* ---- sensitivity.csv ---- */

#define NAME_COLUMNS                                                                                         \
    {.name = "scenario", .meaning = "Name of the scenario"}, {                                               \
        .name = "variant", .meaning = "Variant of the scenario; base for the scenario itself"                \
    }

static const frem_answer_column all_columns[] = {
    NAME_COLUMNS,
    {.name = "method", .meaning = "tornado, morris or sobol"},
    {.name = "address", .meaning = "Address of the result: MEASURE:PROFESSION:REGION:YEAR[:SECTOR]"},
    {.name = "parameter",
     .meaning = "Path of what is varied, or its key under uncertain; of sobol also a key under correlated"},
    {.name = "index",
     .meaning =
         "at_p10, at_p90: the result where the parameter alone is at that quantile; mu, mu_star, sigma: mean "
         "of the "
         "elementary effects, of their sizes, and their standard deviation; first, total: Sobol indices"},
    {.name = "value",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "The index; empty where the result does not vary",
     .empty = true},
    {.name = "low",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "Lower end of a 95 % interval; the value where it is exact",
     .empty = true},
    {.name = "high", .kind = FREM_COLUMN_NUMBER, .meaning = "Upper end of it", .empty = true},
};

/* Which rows are of what. */
typedef struct filling {
    frem_results *results;
    const frem_asking *asking;
    const frem_sensitive *s;
    size_t address, table;
} filling;

static frem_status add_index(const filling *f, size_t input, const char *index, frem_estimate e) {
    const frem_scenario *scenario = f->s->model->scenario;
    return frem_answer_add_row(f->results, f->table,
                               (frem_answer_cell[]){{.text = scenario->name},
                                                    {.text = scenario->variant},
                                                    {.text = frem_method_names[f->asking->method]},
                                                    {.text = f->s->addresses.texts[f->address]},
                                                    {.text = f->s->inputs[input].key},
                                                    {.text = index},
                                                    {.number = e.value},
                                                    {.number = e.low},
                                                    {.number = e.high}});
}

/* An estimated share of a variance below 0 is 0. */
static frem_estimate share(frem_estimate e) {
    return (frem_estimate){fmax(e.value, isnan(e.value) ? e.value : 0), fmax(e.low, isnan(e.low) ? e.low : 0),
                           fmax(e.high, isnan(e.high) ? e.high : 0)};
}

static frem_status add_indices(const filling *f, size_t input) {
    static const char *const ends[FREM_ENDS] = {"at_p10", "at_p90"},
                             *const effects[] = {"mu", "mu_star", "sigma"},
                             *const indices[] = {"first", "total"};
    const size_t at = f->address * f->s->n_inputs + input;
    frem_status status = FREM_OK;
    for (size_t end = 0; end < FREM_ENDS && f->asking->method == FREM_TORNADO && status == FREM_OK; end++) {
        const double value = f->s->inputs[input].mover->at[end][f->address];
        status = add_index(f, input, ends[end], (frem_estimate){value, value, value});
    }
    for (size_t i = 0; i < 3 && f->asking->method == FREM_MORRIS && status == FREM_OK; i++) {
        const frem_effects *e = &f->s->effects[at];
        status = add_index(f, input, effects[i], i == 0 ? e->mu : i == 1 ? e->mu_star : e->sigma);
    }
    for (size_t i = 0; i < 2 && f->asking->method == FREM_SOBOL && status == FREM_OK; i++) {
        const frem_indices *e = &f->s->indices[at];
        status = add_index(f, input, indices[i], share(i == 0 ? e->first : e->total));
    }
    return status;
}

static frem_status add_all(const filling *begun, const frem_sensitive *all, size_t n) {
    filling f = *begun;
    const frem_answer_table table = {.name = "sensitivity",
                                     .title = {{"All numbers", "Alle tal"}},
                                     .columns = all_columns,
                                     .n_columns = sizeof all_columns / sizeof *all_columns,
                                     .long_one = true};
    frem_status status = frem_answer_add_table(f.results, &table, &f.table);
    for (f.s = all; f.s < all + n && status == FREM_OK; f.s++) {
        for (f.address = 0; f.address < f.s->addresses.n; f.address++) {
            for (size_t i = 0; i < f.s->n_inputs && status == FREM_OK; i++)
                status = add_indices(&f, i);
        }
    }
    return status;
}

/* ---- the ranking ---- */

enum { COLUMNS_MAX = 16 };

/* Columns as they are put together, with the words of their texts. */
typedef struct ranking {
    filling f;
    frem_answer_column *columns;
    size_t n_columns;
    frem_answer_word *parameters, *ends;
    size_t n_parameters, n_ends;
    size_t *order; /* [input] */
} ranking;

enum { MATTERS, TOGETHER, UNCLEAR };
static const frem_answer_word findings[] = {
    [MATTERS] = {"matters", {{"clear", "klar"}}},
    [TOGETHER] = {"alone_unclear", {{"alone not distinct from 0", "alene kan ikke skelnes fra 0"}}},
    [UNCLEAR] = {"unclear", {{"not distinct from 0", "kan ikke skelnes fra 0"}}},
};

static void add_text(ranking *r, const char *name, const char *meaning, frem_label heading,
                     const frem_answer_word *words, size_t n_words) {
    r->columns[r->n_columns++] = (frem_answer_column){
        .name = name, .meaning = meaning, .heading = heading, .words = words, .n_words = n_words};
}

static void add_number(ranking *r, const char *name, const char *meaning, frem_label heading,
                       frem_answer_digits digits) {
    r->columns[r->n_columns++] = (frem_answer_column){.name = name,
                                                      .kind = FREM_COLUMN_NUMBER,
                                                      .meaning = meaning,
                                                      .heading = heading,
                                                      .digits = digits,
                                                      .empty = true};
}

static void add_method_columns(ranking *r, frem_answer_digits digits) {
    const frem_label none = {{NULL}};
    switch (r->f.asking->method) {
    case FREM_TORNADO:
        add_text(r, "p10", "What it is at its 10 % quantile", (frem_label){{"10%", "10 %"}}, r->ends,
                 r->n_ends);
        add_text(r, "p90", "What it is at its 90 % quantile", (frem_label){{"90%", "90 %"}}, r->ends,
                 r->n_ends);
        add_number(r, "at_p10", "The result there", (frem_label){{"Result at 10%", "Resultat ved 10 %"}},
                   digits);
        add_number(r, "at_p90", "The result there", (frem_label){{"Result at 90%", "Resultat ved 90 %"}},
                   digits);
        add_number(r, "width", "How far apart they are, with the result as the scenario is",
                   (frem_label){{"Apart", "Forskel"}}, digits);
        break;
    case FREM_MORRIS:
        add_number(r, "mu_star", "Mean size of the elementary effects",
                   (frem_label){{"Mean size", "Gns. størrelse"}}, digits);
        add_number(r, "low", "Lower end of its 95 % interval", (frem_label){{"At least", "Mindst"}}, digits);
        add_number(r, "high", "Upper end of it", (frem_label){{"At most", "Højst"}}, digits);
        add_number(r, "mu", "Mean effect", (frem_label){{"Mean", "Gennemsnit"}}, digits);
        add_number(r, "sigma", "Standard deviation of the effects", (frem_label){{"Spread", "Spredning"}},
                   digits);
        break;
    case FREM_SOBOL:
    case FREM_METHODS:
        add_number(r, "total", "Total index", (frem_label){{"Total", "I alt"}}, FREM_DIGITS_PERCENT);
        add_number(r, "total_low", "Lower end of its 95 % interval", (frem_label){{"At least", "Mindst"}},
                   FREM_DIGITS_PERCENT);
        add_number(r, "total_high", "Upper end of it", (frem_label){{"At most", "Højst"}},
                   FREM_DIGITS_PERCENT);
        add_number(r, "first", "First-order index", (frem_label){{"Alone", "Alene"}}, FREM_DIGITS_PERCENT);
        add_number(r, "first_low", "Lower end of its 95 % interval", none, FREM_DIGITS_PERCENT);
        add_number(r, "first_high", "Upper end of it", none, FREM_DIGITS_PERCENT);
        add_text(
            r, "finding",
            "matters: both indices are distinct from 0; alone_unclear: the first is not; unclear: neither "
            "is",
            (frem_label){{"Finding", "Vurdering"}}, findings, sizeof findings / sizeof *findings);
        break;
    }
}

/* What people read of keys and of ends. */
static frem_status list_words(ranking *r, const frem_sensitive *all, size_t n) {
    size_t most = 1;
    for (size_t m = 0; m < n; m++)
        most += all[m].movers.n + all[m].n_inputs;
    r->parameters = frem_arena_alloc(r->f.asking->arena, most, sizeof *r->parameters);
    r->ends = frem_arena_alloc(r->f.asking->arena, FREM_ENDS * most, sizeof *r->ends);
    if (r->parameters == NULL || r->ends == NULL)
        return FREM_NO_MEMORY;
    for (size_t m = 0; m < n; m++) {
        for (size_t i = 0; i < all[m].n_inputs; i++)
            r->parameters[r->n_parameters++] =
                (frem_answer_word){all[m].inputs[i].key, all[m].inputs[i].label};
        for (size_t i = 0; i < all[m].movers.n; i++) {
            for (size_t end = 0; end < FREM_ENDS; end++) {
                const frem_label label = all[m].movers.items[i].ends[end];
                r->ends[r->n_ends++] = (frem_answer_word){label.text[FREM_EN], label};
            }
        }
    }
    return FREM_OK;
}

static void add_columns(ranking *r, const frem_sensitive *all, size_t n) {
    const frem_label none = {{NULL}};
    bool several_scenarios = false, several_variants = false;
    for (size_t m = 1; m < n; m++) {
        several_scenarios =
            several_scenarios || strcmp(all[m].model->scenario->name, all[0].model->scenario->name) != 0;
        several_variants =
            several_variants || strcmp(all[m].model->scenario->variant, all[0].model->scenario->variant) != 0;
    }
    add_text(r, "scenario", "Name of the scenario",
             several_scenarios ? (frem_label){{"Scenario", "Scenarie"}} : none, NULL, 0);
    add_text(r, "variant", "Variant of the scenario; base for the scenario itself",
             several_variants ? (frem_label){{"Variant", "Variant"}} : none, NULL, 0);
    add_text(r, "address", "Address of the result",
             all[0].addresses.n > 1 ? (frem_label){{"Address", "Adresse"}} : none, NULL, 0);
    r->columns[r->n_columns++] =
        (frem_answer_column){.name = "rank",
                             .kind = FREM_COLUMN_WHOLE,
                             .meaning = "Place among the parameters, 1 for what matters most"};
    add_text(r, "parameter", "Path of what is varied, or its key", (frem_label){{"Parameter", "Parameter"}},
             r->parameters, r->n_parameters);
    add_method_columns(r, frem_sensitive_digits(all, n));
}

static const char *finding_of(const frem_indices *e) {
    if (!frem_index_is_clear(&e->total))
        return findings[UNCLEAR].key;
    return findings[frem_index_is_clear(&e->first) ? MATTERS : TOGETHER].key;
}

/* The cells behind the parameter's, by the method. @return how many */
static size_t fill_cells(const ranking *r, size_t input, frem_answer_cell *cells) {
    const frem_sensitive *s = r->f.s;
    const size_t at = r->f.address * s->n_inputs + input;
    const frem_mover *m = s->inputs[input].mover;
    size_t n = 0;
    if (r->f.asking->method == FREM_TORNADO) {
        for (size_t end = 0; end < FREM_ENDS; end++)
            cells[n++].text = m->ends[end].text[FREM_EN];
        for (size_t end = 0; end < FREM_ENDS; end++)
            cells[n++].number = m->at[end][r->f.address];
        cells[n++].number = frem_mover_width(&s->movers, m, r->f.address);
    } else if (r->f.asking->method == FREM_MORRIS) {
        const frem_effects *e = &s->effects[at];
        const double numbers[] = {e->mu_star.value, e->mu_star.low, e->mu_star.high, e->mu.value,
                                  e->sigma.value};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            cells[n++].number = numbers[i];
    } else {
        const frem_estimate total = share(s->indices[at].total), first = share(s->indices[at].first);
        const double numbers[] = {total.value, total.low, total.high, first.value, first.low, first.high};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            cells[n++].number = numbers[i];
        cells[n++].text = finding_of(&s->indices[at]);
    }
    return n;
}

static frem_status add_ranked(ranking *r) {
    const frem_scenario *scenario = r->f.s->model->scenario;
    frem_status status = frem_sensitive_order(r->f.s, r->f.address, r->order);
    for (size_t i = 0; i < r->f.s->n_inputs && status == FREM_OK; i++) {
        if (!frem_sensitive_moves(r->f.s, r->f.address, r->order[i]))
            continue;
        frem_answer_cell cells[COLUMNS_MAX] = {{.text = scenario->name},
                                               {.text = scenario->variant},
                                               {.text = r->f.s->addresses.texts[r->f.address]},
                                               {.whole = (int)(i + 1)},
                                               {.text = r->f.s->inputs[r->order[i]].key}};
        (void)fill_cells(r, r->order[i], cells + 5);
        status = frem_answer_add_row(r->f.results, r->f.table, cells);
    }
    return status;
}

static frem_status add_ranking(const filling *begun, const frem_sensitive *all, size_t n) {
    ranking r = {.f = *begun};
    size_t most = 0;
    for (size_t m = 0; m < n; m++)
        most = all[m].n_inputs > most ? all[m].n_inputs : most;
    r.columns = frem_arena_alloc(r.f.asking->arena, COLUMNS_MAX, sizeof *r.columns);
    r.order = frem_arena_alloc(r.f.asking->arena, most + 1, sizeof *r.order);
    frem_status status = list_words(&r, all, n);
    if (r.columns == NULL || r.order == NULL || status != FREM_OK)
        return FREM_NO_MEMORY;
    add_columns(&r, all, n);
    const frem_answer_table table = {.name = "ranking",
                                     .title = {{"What matters most", "Hvad der betyder mest"}},
                                     .columns = r.columns,
                                     .n_columns = r.n_columns};
    status = frem_answer_add_table(r.f.results, &table, &r.f.table);
    for (r.f.s = all; r.f.s < all + n && status == FREM_OK; r.f.s++) {
        for (r.f.address = 0; r.f.address < r.f.s->addresses.n && status == FREM_OK; r.f.address++)
            status = add_ranked(&r);
    }
    return status;
}

frem_status frem_sensitive_answer(frem_results *results, const frem_asking *asking, const frem_sensitive *all,
                                  size_t n) {
    const filling f = {.results = results, .asking = asking};
    frem_status status = add_all(&f, all, n);
    if (status == FREM_OK)
        status = add_ranking(&f, all, n);
    return status == FREM_OK ? frem_sensitive_say(results, asking, all, n) : status;
}
