#include "analysis/sensitivity_say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/answer.h"
#include "base/locale.h"
#include "base/text.h"
#include "frame/measures.h"

/* Paragraphs and charts of so many addresses; those of the others are left out, tables have all. */
enum { SAID_MAX = 40, NAMED = 3, BARS_MAX = 15 };

/* ---- order ---- */

typedef struct weighed {
    double weight;
    size_t input;
} weighed;

static int heaviest_first(const void *a, const void *b) {
    const weighed *x = a, *y = b;
    if (x->weight < y->weight || x->weight > y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->input > y->input) - (x->input < y->input);
}

frem_status frem_sensitive_order(const frem_sensitive *s, size_t address, size_t *order) {
    weighed *all = malloc((s->n_inputs + 1) * sizeof *all);
    if (all == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < s->n_inputs; i++)
        all[i] = (weighed){frem_sensitive_weight(s, address, i), i};
    qsort(all, s->n_inputs, sizeof *all, heaviest_first);
    for (size_t i = 0; i < s->n_inputs; i++)
        order[i] = all[i].input;
    free(all);
    return FREM_OK;
}

/* ---- numbers ---- */

/* Decimals that show a result: one below a hundred. */
static int decimals_of(const frem_sensitive *s, size_t address) {
    double most = fabs(s->movers.base[address]);
    for (size_t i = 0; i < s->n_inputs; i++)
        most = fmax(most, s->indices == NULL ? frem_sensitive_weight(s, address, i) : 0);
    return most < 100;
}

frem_answer_digits frem_sensitive_digits(const frem_sensitive *all, size_t n) {
    const bool ratio = frem_address_is_ratio(&all[0].addresses.items[0]);
    int decimals = 0;
    for (size_t m = 0; m < n; m++) {
        for (size_t a = 0; a < all[m].addresses.n; a++) {
            if (frem_address_is_ratio(&all[m].addresses.items[a]) != ratio)
                return FREM_DIGITS_BRIEF;
            decimals = decimals_of(&all[m], a) > decimals ? 1 : decimals;
        }
    }
    return ratio ? FREM_DIGITS_PERCENT : decimals > 0 ? FREM_DIGITS_TENTHS : FREM_DIGITS_WHOLE;
}

/* One address of one model, said in one language. */
typedef struct saying {
    frem_results *results;
    const frem_asking *asking;
    const frem_sensitive *s;
    const size_t *order;
    size_t address;
    size_t number; /* of its chart; 0 where there is one alone */
    bool variants; /* whether several models are said */
    frem_lang lang;
} saying;

static const frem_address *address_of(const saying *t) {
    return &t->s->addresses.items[t->address];
}

static const char *label_of(const saying *t, const char *column, const char *key) {
    return frem_document_label(frem_results_document(t->results), t->s->model->scenario->name, column, key,
                               t->lang);
}

static void add_result(frem_text *out, const saying *t, double value) {
    if (frem_address_is_ratio(address_of(t)))
        frem_locale_percent(out, value, 1, t->lang);
    else
        frem_locale_number(out, value, decimals_of(t->s, t->address), t->lang);
}

static void add_unit(frem_text *out, const saying *t) {
    if (!frem_address_is_ratio(address_of(t)))
        frem_text_print(out, " %s", label_of(t, "unit", frem_measure_find(address_of(t)->measure)->unit));
}

/* "Gap, Pedagogues, Syddanmark, 2035", with the variant where there are several. */
static void add_what(frem_text *out, const saying *t) {
    const frem_scenario *scenario = t->s->model->scenario;
    if (t->variants && scenario->label.text[t->lang] != NULL)
        frem_text_print(out, "%s: ", scenario->label.text[t->lang]);
    else if (t->variants)
        frem_text_print(
            out,
            "%s: ", scenario->title.text[t->lang] != NULL ? scenario->title.text[t->lang] : scenario->name);
    frem_address_say(out, frem_results_document(t->results), scenario->name, address_of(t), t->lang);
    frem_text_add(out, ", ");
    frem_address_say_years(out, address_of(t));
}

/* ---- sentences ---- */

/* A text in the language at hand. */
static const char *in(const saying *t, const char *english, const char *danish) {
    return t->lang == FREM_EN ? english : danish;
}

static void add_percent(frem_text *out, const saying *t, double ratio) {
    const double shown = fmax(ratio, 0);
    frem_locale_percent(out, shown, shown < 0.1 ? 1 : 0, t->lang);
}

/* "Completion (from 1,741 to 2,344)": what is said of an input by the method. */
static void add_input(frem_text *out, const saying *t, size_t input) {
    const size_t at = t->address * t->s->n_inputs + input;
    const frem_input *of = &t->s->inputs[input];
    frem_text_print(out, "%s (", of->label.text[t->lang]);
    if (t->asking->method == FREM_TORNADO) {
        add_result(out, t, of->mover->at[FREM_END_LOW][t->address]);
        frem_text_add(out, in(t, " to ", " til "));
        add_result(out, t, of->mover->at[FREM_END_HIGH][t->address]);
    } else if (t->asking->method == FREM_MORRIS) {
        add_result(out, t, t->s->effects[at].mu_star.value);
    } else {
        const frem_estimate *total = &t->s->indices[at].total;
        add_percent(out, t, total->value);
        frem_text_add(out, in(t, ", between ", ", mellem "));
        add_percent(out, t, total->low);
        frem_text_add(out, in(t, " and ", " og "));
        add_percent(out, t, total->high);
    }
    frem_text_add(out, ")");
}

/* Whether an input moves the result; of an index, whether it is distinct from 0. */
static bool matters(const saying *t, size_t input) {
    return frem_sensitive_moves(t->s, t->address, input) &&
           (t->asking->method != FREM_SOBOL ||
            frem_index_is_clear(&t->s->indices[t->address * t->s->n_inputs + input].total));
}

/* The first of those that matter. @return how many there are */
static size_t add_named(frem_text *out, const saying *t) {
    size_t n = 0;
    while (n < t->s->n_inputs && matters(t, t->order[n]))
        n++;
    for (size_t i = 0; i < n && i < NAMED; i++) {
        frem_text_add(out, i == 0 ? "" : i + 1 == n || i + 1 == NAMED ? in(t, " and ", " og ") : ", ");
        add_input(out, t, t->order[i]);
    }
    return n;
}

static const char *beginning(const saying *t) {
    switch (t->asking->method) {
    case FREM_TORNADO:
        return in(t, "What moves it most, each alone from its 10% to its 90% quantile: ",
                  "Det flytter resultatet mest, hver for sig fra 10 %- til 90 %-fraktilen: ");
    case FREM_MORRIS:
        return in(
            t, "What moves it most, by the mean size of the effect over the whole of its distribution: ",
            "Det flytter resultatet mest, målt ved den gennemsnitlige virkning over hele fordelingen: ");
    case FREM_SOBOL:
    case FREM_METHODS:
        break;
    }
    return in(t, "Most of its variance comes of ", "Det meste af variansen kommer fra ");
}

/* What does nothing, or is not distinct from doing nothing. */
static void add_rest(frem_text *out, const saying *t, size_t n) {
    const size_t rest = t->s->n_inputs - n;
    if (rest == 0 || n == 0)
        return;
    frem_text_add(out, t->asking->method == FREM_SOBOL
                           ? in(t, " Cannot be distinguished from 0: ", " Kan ikke skelnes fra 0: ")
                           : in(t, " It does not move with ", " Resultatet flytter sig ikke med "));
    for (size_t i = 0; i < rest && i < NAMED; i++)
        frem_text_print(out, "%s%s", i > 0 ? "; " : "", t->s->inputs[t->order[n + i]].label.text[t->lang]);
    if (rest > NAMED)
        frem_text_print(out, "%s%zu%s", in(t, " and ", " og "), rest - NAMED, in(t, " more", " til"));
    frem_text_add(out, ".");
}

/* Of sobol: what they do together only, where it is more than the noise. */
static void add_together(frem_text *out, const saying *t) {
    double alone = 0, low = 0;
    for (size_t i = 0; i < t->s->n_inputs && t->asking->method == FREM_SOBOL; i++) {
        const frem_estimate *first = &t->s->indices[t->address * t->s->n_inputs + i].first;
        alone += first->value;
        low += first->high - first->value;
    }
    if (t->asking->method != FREM_SOBOL || !(alone + low < 0.98))
        return;
    frem_text_add(out,
                  in(t, " What they do only together is about ", " Det, de kun gør sammen, er omkring "));
    add_percent(out, t, 1 - alone);
    frem_text_add(out, in(t, " of it.", " af den."));
}

/* Of morris: effects that are not the same everywhere. */
static void add_uneven(frem_text *out, const saying *t, size_t n) {
    bool any = false;
    for (size_t i = 0; i < n && i < NAMED && t->asking->method == FREM_MORRIS; i++) {
        const frem_effects *e = &t->s->effects[t->address * t->s->n_inputs + t->order[i]];
        if (e->sigma.value < 0.5 * e->mu_star.value)
            continue;
        frem_text_print(
            out, "%s%s",
            any ? "; " : in(t, " Bent, or depending on the others: ", " Krum, eller afhængig af de andre: "),
            t->s->inputs[t->order[i]].label.text[t->lang]);
        any = true;
    }
    frem_text_add(out, any ? "." : "");
}

static void add_paragraph(frem_text *out, const saying *t) {
    add_what(out, t);
    frem_text_add(out, ": ");
    add_result(out, t, t->s->movers.base[t->address]);
    add_unit(out, t);
    frem_text_add(out, ". ");
    frem_text named = {0};
    const size_t n = add_named(&named, t);
    out->failed = out->failed || named.failed;
    if (n > 0)
        frem_text_print(out, "%s%s.", beginning(t), named.bytes != NULL ? named.bytes : "");
    else
        frem_text_add(out, in(t, "Nothing of what is varied moves it.",
                              "Intet af det, der varieres, flytter resultatet."));
    add_together(out, t);
    add_uneven(out, t, n);
    add_rest(out, t, n);
    frem_text_free(&named);
}

typedef void (*paragraph)(frem_text *out, const saying *t);

static frem_status say(const saying *begun, paragraph make) {
    frem_text texts[FREM_LANG_COUNT] = {{0}};
    saying t = *begun;
    for (t.lang = FREM_EN; t.lang < FREM_LANG_COUNT; t.lang++)
        make(&texts[t.lang], &t);
    const frem_status status = texts[FREM_EN].failed || texts[FREM_DA].failed
                                   ? FREM_NO_MEMORY
                                   : frem_answer_say(t.results, texts[FREM_EN].bytes, texts[FREM_DA].bytes);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        frem_text_free(&texts[lang]);
    return status;
}

/* What is correlated, and what the method makes of it. */
static void add_correlated(frem_text *out, const saying *t) {
    const frem_randoms *u = t->s->randoms;
    for (size_t g = 0; g < u->n_groups; g++) {
        for (size_t i = 0; i < u->groups[g].n; i++)
            frem_text_print(out, "%s%s",
                            i > 0   ? ", "
                            : g > 0 ? "; "
                                    : "",
                            u->items[u->groups[g].members[i]].given->head.key);
    }
    frem_text_add(out, t->asking->method == FREM_SOBOL
                           ? in(t, " are correlated, so that each group is counted as one parameter.",
                                " er korrelerede, så hver gruppe regnes som én parameter.")
                           : in(t,
                                " are correlated; here each is moved alone all the same. --method sobol "
                                "counts each group as one parameter.",
                                " er korrelerede; her flyttes hver alligevel for sig. --method sobol regner "
                                "hver gruppe som én parameter."));
}

/* ---- charts ---- */

static const char *kept(const saying *t, frem_text *text) {
    const char *out =
        text->failed ? NULL
                     : frem_arena_text(t->asking->arena, text->length > 0 ? text->bytes : "", text->length);
    frem_text_free(text);
    return out;
}

static const char *subtitle_of(const saying *t, size_t bars) {
    frem_text text = {0};
    if (t->asking->method == FREM_SOBOL)
        frem_text_add(&text, in(t, "Share of the variance: alone (dark), and with the others (light)",
                                "Andel af variansen: alene (mørk) og sammen med de andre (lys)"));
    else {
        frem_text_add(&text, frem_address_is_ratio(address_of(t))
                                 ? in(t, "Per cent", "Procent")
                                 : label_of(t, "unit", frem_measure_find(address_of(t)->measure)->unit));
        frem_text_add(&text, t->asking->method == FREM_TORNADO
                                 ? in(t, "; each alone at its 10% and 90% quantile",
                                      "; hver for sig ved 10 %- og 90 %-fraktilen")
                                 : in(t, "; mean size of the effect", "; gennemsnitlig virkning"));
    }
    if (bars == BARS_MAX)
        frem_text_print(&text, "%s%zu%s", in(t, "; the ", "; de "), bars,
                        in(t, " that matter most", ", der betyder mest"));
    return kept(t, &text);
}

static const char *number_text(const saying *t, double value, bool share) {
    frem_text text = {0};
    if (share)
        add_percent(&text, t, value);
    else
        add_result(&text, t, value);
    return kept(t, &text);
}

static frem_status fill_tornado(const saying *t, size_t n, const frem_figure_bar **out) {
    frem_swing *swings = frem_arena_alloc(t->asking->arena, n + 1, sizeof *swings);
    if (swings == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const frem_input *input = &t->s->inputs[t->order[i]];
        swings[i] = (frem_swing){input->label.text[t->lang], input->mover->at[FREM_END_LOW][t->address],
                                 input->mover->at[FREM_END_HIGH][t->address],
                                 input->mover->ends[FREM_END_LOW].text[t->lang],
                                 input->mover->ends[FREM_END_HIGH].text[t->lang]};
    }
    return frem_figure_tornado(t->asking->arena, swings, n, t->s->movers.base[t->address], out);
}

static frem_status fill_bars(const saying *t, size_t n, const frem_figure_bar **out) {
    frem_figure_bar *bars = frem_arena_alloc(t->asking->arena, n + 1, sizeof *bars);
    if (bars == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const size_t at = t->address * t->s->n_inputs + t->order[i];
        frem_figure_bar *bar = &bars[i];
        *bar = (frem_figure_bar){.label = t->s->inputs[t->order[i]].label.text[t->lang], .n_stretches = 1};
        if (t->asking->method == FREM_MORRIS) {
            const double value = t->s->effects[at].mu_star.value;
            bar->stretches[0] =
                (frem_figure_stretch){0, value, FREM_ROLE_SUPPLY, number_text(t, value, false)};
            continue;
        }
        const double total = t->s->indices[at].total.value,
                     first = fmin(fmax(t->s->indices[at].first.value, 0), total);
        bar->stretches[0] = (frem_figure_stretch){0, first, FREM_ROLE_SUPPLY, ""};
        bar->stretches[1] = (frem_figure_stretch){first, total, FREM_ROLE_WIDE, number_text(t, total, true)};
        bar->n_stretches = 2;
    }
    *out = bars;
    return FREM_OK;
}

static frem_status fill_figure(const saying *t, frem_figure *out) {
    const bool tornado = t->asking->method == FREM_TORNADO;
    frem_text title = {0};
    size_t n = 0;
    while (n < t->s->n_inputs && n < BARS_MAX && frem_sensitive_moves(t->s, t->address, t->order[n]))
        n++;
    add_what(&title, t);
    *out = (frem_figure){
        .kind = FREM_FIGURE_BARS,
        .name =
            t->number == 0 ? "sensitivity" : frem_arena_print(t->asking->arena, "sensitivity-%zu", t->number),
        .title = kept(t, &title),
        .subtitle = subtitle_of(t, n),
        .lang = t->lang,
        .scale = {.percent = t->asking->method == FREM_SOBOL || frem_address_is_ratio(address_of(t)),
                  .has_reference = true,
                  .reference = tornado ? t->s->movers.base[t->address] : 0},
        .n_bars = n};
    if (out->name == NULL || out->title == NULL || out->subtitle == NULL)
        return FREM_NO_MEMORY;
    return tornado ? fill_tornado(t, n, &out->bars) : fill_bars(t, n, &out->bars);
}

static bool has_figure(const saying *t) {
    return t->s->n_inputs > 0 && matters(t, t->order[0]);
}

static frem_status draw(const saying *begun) {
    frem_figure figures[FREM_LANG_COUNT];
    saying t = *begun;
    frem_status status = FREM_OK;
    if (!has_figure(begun))
        return FREM_OK;
    for (t.lang = FREM_EN; t.lang < FREM_LANG_COUNT && status == FREM_OK; t.lang++)
        status = fill_figure(&t, &figures[t.lang]);
    return status == FREM_OK ? frem_answer_add_figure(t.results, figures) : status;
}

/* ---- all of it ---- */

static frem_status say_model(saying *t, bool numbered, size_t *said) {
    size_t *order = frem_arena_alloc(t->asking->arena, t->s->n_inputs + 1, sizeof *order);
    frem_status status = order != NULL ? FREM_OK : FREM_NO_MEMORY;
    t->order = order;
    for (t->address = 0; t->address < t->s->addresses.n && status == FREM_OK && *said < SAID_MAX;
         t->address++) {
        ++*said;
        t->number = numbered ? *said : 0;
        status = frem_sensitive_order(t->s, t->address, order);
        if (status == FREM_OK)
            status = say(t, add_paragraph);
        if (status == FREM_OK)
            status = draw(t);
    }
    return status;
}

frem_status frem_sensitive_say(frem_results *results, const frem_asking *asking, const frem_sensitive *all,
                               size_t n) {
    saying t = {.results = results, .asking = asking, .variants = n > 1};
    frem_status status = FREM_OK;
    size_t said = 0;
    for (size_t m = 0; m < n && status == FREM_OK; m++) {
        t.s = &all[m];
        status = say_model(&t, n > 1 || all[0].addresses.n > 1, &said);
    }
    for (size_t m = 0; m < n && status == FREM_OK; m++) {
        t.s = &all[m];
        if (all[m].randoms->n_groups > 0)
            return say(&t, add_correlated);
    }
    return status;
}
