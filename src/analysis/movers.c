#include "analysis/movers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/path_label.h"
#include "base/locale.h"
#include "base/text.h"

/* ---- what an end is, in words ---- */

static bool has_unit(const frem_model *model, size_t parameter, const char *unit) {
    const char *own = model->scenario->parameters.items[parameter]->field->unit;
    return own != NULL && strcmp(own, unit) == 0;
}

/* The one number that a parameter has from a year on; NaN where it has several. */
static double only_number(const frem_model *model, size_t parameter, int first_year) {
    const frem_series *s = &model->series[parameter];
    double number = (double)NAN;
    for (size_t i = 0; i < s->size; i++) {
        const int year = s->year > 0 ? s->first_year + (int)(i / s->year % frem_series_years(s)) : first_year;
        if (isnan(s->at[i]) || year < first_year)
            continue;
        if (!isnan(number) && (number < s->at[i] || number > s->at[i]))
            return (double)NAN;
        number = s->at[i];
    }
    return number;
}

/* Three digits or so: what people need of an end. */
static void add_short(frem_text *out, double number, frem_lang lang) {
    const double size = fabs(number);
    frem_locale_brief(out, number, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3, lang);
}

static void add_signed(frem_text *out, double number, frem_lang lang) {
    frem_text_add(out, number > 0 ? "+" : "");
    add_short(out, number, lang);
}

/* A value of a parameter: "71.4%", "25,680 persons". */
static void add_value(frem_text *out, const frem_model *model, size_t parameter, double value,
                      frem_lang lang) {
    const char *unit = model->scenario->parameters.items[parameter]->field->unit;
    if (has_unit(model, parameter, "share")) {
        frem_locale_percent(out, value, 1, lang);
        return;
    }
    if (has_unit(model, parameter, "factor")) { /* of what it is without: "-22%" */
        frem_text_add(out, value > 1 ? "+" : "");
        frem_locale_percent(out, value - 1, 1, lang);
        return;
    }
    add_short(out, value, lang);
    /* "years per year" and its like are longer than they say. */
    if (unit != NULL && strcmp(unit, "index") != 0 && strstr(unit, " per ") == NULL)
        frem_text_print(out, " %s", frem_unit_text(unit, lang));
}

/* What a change does to numbers that differ: "+2.6 points", "-10%". */
static void add_change(frem_text *out, const frem_model *model, const frem_change *change, double number,
                       frem_lang lang) {
    static const char *const points[] = {" points", " procentpoint"};
    const char *unit = model->scenario->parameters.items[change->parameter]->field->unit;
    if (change->kind == FREM_CHANGE_MULTIPLY) {
        frem_text_add(out, number > 1 ? "+" : "");
        frem_locale_percent(out, number - 1, 1, lang);
    } else if (has_unit(model, change->parameter, "share")) {
        add_signed(out, 100 * number, lang);
        frem_text_add(out, points[lang]);
    } else {
        add_signed(out, number, lang);
        if (unit != NULL)
            frem_text_print(out, " %s", frem_unit_text(unit, lang));
    }
}

/* What several changes make of what they change; of numbers by year the last. */
static void add_end(frem_text *out, const frem_model *model, const frem_change *changes, size_t n,
                    frem_lang lang) {
    static const char *const in[] = {" in ", " i "};
    const frem_change *first = &changes[0];
    const bool by_year = first->by_year != NULL && first->n > 1;
    const double number = by_year                 ? first->by_year[first->n - 1]
                          : first->by_age != NULL ? first->by_age[0]
                                                  : first->number;
    const double base = n == 1 ? only_number(model, first->parameter, first->first_year) : (double)NAN;
    const double value = first->kind == FREM_CHANGE_SET        ? number
                         : first->kind == FREM_CHANGE_MULTIPLY ? base * number
                                                               : base + number;
    if (isnan(value))
        add_change(out, model, first, number, lang);
    else
        add_value(out, model, first->parameter, value, lang);
    if (by_year)
        frem_text_print(out, "%s%d", in[lang], first->first_year + (int)first->n - 1);
}

static frem_status name_ends(frem_movers *m, const frem_model *model, frem_mover *mover) {
    for (size_t end = 0; end < FREM_ENDS; end++) {
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
            frem_text text = {0};
            if (mover->n_changes > 0)
                add_end(&text, model, mover->changes[end], mover->n_changes, (frem_lang)lang);
            mover->ends[end].text[lang] =
                text.failed ? NULL
                            : frem_arena_text(m->arena, text.length > 0 ? text.bytes : "", text.length);
            frem_text_free(&text);
            if (mover->ends[end].text[lang] == NULL)
                return FREM_NO_MEMORY;
        }
    }
    return FREM_OK;
}

/* ---- what is uncertain ---- */

/* An uncertainty of one parameter is called as that is, one of several by its key. */
static frem_status name_random(frem_movers *m, const frem_model *model, const frem_random *u,
                               frem_mover *mover) {
    if (u->n_parameters == 1)
        return frem_path_label(m->arena, model->scenario,
                               model->scenario->parameters.items[u->parameters[0]]->head.path, &mover->label);
    mover->label = (frem_label){{mover->key, mover->key}};
    return FREM_OK;
}

static frem_status add_random(frem_movers *m, const frem_model *model, const frem_random *u) {
    static const double shares[FREM_ENDS] = {FREM_MOVER_LOW, FREM_MOVER_HIGH};
    frem_mover *mover = &m->items[m->n++];
    *mover = (frem_mover){.key = u->given->head.key, .n_changes = u->n_parameters};
    for (size_t end = 0; end < FREM_ENDS; end++) {
        double *numbers = frem_arena_alloc(m->arena, u->numbers + 1, sizeof *numbers);
        frem_change *changes = frem_arena_alloc(m->arena, u->n_parameters + 1, sizeof *changes);
        if (numbers == NULL || changes == NULL)
            return FREM_NO_MEMORY;
        frem_random_at(u, shares[end], numbers);
        frem_random_changes(u, numbers, 0, changes);
        mover->changes[end] = changes;
    }
    const frem_status status = name_random(m, model, u, mover);
    return status == FREM_OK ? name_ends(m, model, mover) : status;
}

/* Two that have the same label get their keys beside it. */
static frem_status tell_apart(frem_movers *m) {
    bool *same = calloc(m->n + 1, sizeof *same);
    frem_status status = same != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < m->n && status == FREM_OK; i++) {
        for (size_t k = i + 1; k < m->n; k++) {
            const bool equal = strcmp(m->items[i].label.text[0], m->items[k].label.text[0]) == 0;
            same[i] = same[i] || equal;
            same[k] = same[k] || equal;
        }
    }
    for (size_t i = 0; i < m->n && status == FREM_OK; i++) {
        for (size_t lang = 0; lang < FREM_LANG_COUNT && same[i]; lang++) {
            frem_label *label = &m->items[i].label;
            label->text[lang] = frem_arena_print(m->arena, "%s (%s)", label->text[lang], m->items[i].key);
            status = label->text[lang] != NULL ? status : FREM_NO_MEMORY;
        }
    }
    free(same);
    return status;
}

frem_status frem_movers_randoms(frem_arena *arena, const frem_model *model, const frem_randoms *randoms,
                                frem_movers *out) {
    *out = (frem_movers){.arena = arena, .uncertain = true};
    out->items = frem_arena_alloc(arena, randoms->n + 1, sizeof *out->items);
    frem_status status = out->items != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < randoms->n && status == FREM_OK; i++) {
        /* What a file below says of numbers that the scenario does not have moves nothing. */
        if (randoms->items[i].n_parameters > 0)
            status = add_random(out, model, &randoms->items[i]);
    }
    return status == FREM_OK ? tell_apart(out) : status;
}

/* ---- parameters by a tenth ---- */

#define TENTH 0.1
#define YEAR 1.0

/* Whether a tenth of a number says nothing, as of an age. */
static bool is_in_years(const frem_model *model, size_t parameter) {
    return has_unit(model, parameter, "years") || has_unit(model, parameter, "years of age") ||
           has_unit(model, parameter, "year");
}

static bool is_nothing(const frem_series *s) {
    for (size_t i = 0; i < s->size; i++) {
        if (s->at[i] < 0 || s->at[i] > 0)
            return false;
    }
    return true;
}

static frem_status add_parameter(frem_movers *m, const frem_model *model, size_t parameter, int first_year) {
    const bool years = is_in_years(model, parameter);
    const frem_change_kind kind = years ? FREM_CHANGE_ADD : FREM_CHANGE_MULTIPLY;
    const double middle = years ? 0 : 1, step = years ? YEAR : TENTH;
    double least = middle - step, most = middle + step;
    if (!years && is_nothing(&model->series[parameter]))
        return FREM_OK;
    frem_change_range(model, kind, parameter, first_year, &least, &most);
    if (!(least < most))
        return FREM_OK;
    frem_mover *mover = &m->items[m->n++];
    frem_change *changes = frem_arena_alloc(m->arena, FREM_ENDS, sizeof *changes);
    *mover = (frem_mover){.key = model->scenario->parameters.items[parameter]->head.path, .n_changes = 1};
    if (changes == NULL)
        return FREM_NO_MEMORY;
    for (size_t end = 0; end < FREM_ENDS; end++) {
        changes[end] = (frem_change){.parameter = parameter,
                                     .kind = kind,
                                     .number = end == FREM_END_LOW ? least : most,
                                     .first_year = first_year};
        mover->changes[end] = &changes[end];
    }
    const frem_status status = frem_path_label(m->arena, model->scenario, mover->key, &mover->label);
    return status == FREM_OK ? name_ends(m, model, mover) : status;
}

frem_status frem_movers_parameters(frem_arena *arena, const frem_model *model, const size_t *parameters,
                                   size_t n, int first_year, frem_movers *out) {
    const size_t all = parameters != NULL ? n : frem_model_parameters(model);
    frem_parameter known;
    *out = (frem_movers){.arena = arena};
    out->items = frem_arena_alloc(arena, all + 1, sizeof *out->items);
    frem_status status = out->items != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < all && status == FREM_OK; i++) {
        const size_t parameter = parameters != NULL ? parameters[i] : i;
        if (frem_model_parameter(model, parameter, &known) && model->series[parameter].at != NULL)
            status = add_parameter(out, model, parameter, first_year);
    }
    return status == FREM_OK ? tell_apart(out) : status;
}

frem_status frem_movers_of(frem_arena *arena, const frem_model *model, frem_movers *out) {
    return model->randoms->n > 0 ? frem_movers_randoms(arena, model, model->randoms, out)
                                 : frem_movers_parameters(arena, model, NULL, 0, model->base + 1, out);
}

/* ---- trying and ranking ---- */

/* Case 0 is the model as it is, then come both ends of each. */
static size_t list_changes(const frem_movers *m, frem_change *changes) {
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) {
        for (size_t end = 0; end < FREM_ENDS; end++) {
            for (size_t k = 0; k < m->items[i].n_changes; k++) {
                changes[n] = m->items[i].changes[end][k];
                changes[n++].lane = 1 + FREM_ENDS * i + end;
            }
        }
    }
    return n;
}

frem_status frem_movers_try(frem_movers *m, const frem_cases *asked) {
    const size_t n = 1 + FREM_ENDS * m->n, addresses = asked->n_addresses;
    frem_cases cases = *asked;
    size_t n_changes = 0;
    for (size_t i = 0; i < m->n; i++)
        n_changes += FREM_ENDS * m->items[i].n_changes;
    double *values = frem_arena_alloc(m->arena, n * addresses + 1, sizeof *values);
    frem_change *changes = malloc((n_changes + 1) * sizeof *changes);
    frem_status status = values != NULL && changes != NULL ? FREM_OK : FREM_NO_MEMORY;
    cases.lacking = true;
    cases.done = 0;
    cases.total = n;
    if (status == FREM_OK)
        status = frem_cases_at(&cases, n, changes, list_changes(m, changes), values, NULL);
    m->base = values;
    for (size_t i = 0; i < m->n && status == FREM_OK; i++) {
        for (size_t end = 0; end < FREM_ENDS; end++)
            m->items[i].at[end] = values + (1 + FREM_ENDS * i + end) * addresses;
    }
    free(changes);
    return status;
}

double frem_mover_width(const frem_movers *movers, const frem_mover *mover, size_t address) {
    const double base = movers->base[address], low = mover->at[FREM_END_LOW][address],
                 high = mover->at[FREM_END_HIGH][address];
    const double width = fmax(fmax(base, low), high) - fmin(fmin(base, low), high);
    return isnan(low + high) || isnan(width) ? 0 : width;
}

/* A mover by how far it takes a result, with its place. */
typedef struct ranked {
    frem_mover mover;
    double width;
    size_t place;
} ranked;

static int by_width(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->width < y->width || x->width > y->width)
        return x->width > y->width ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

frem_status frem_movers_rank(frem_movers *m, size_t address) {
    ranked *all = malloc((m->n + 1) * sizeof *all);
    if (all == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < m->n; i++)
        all[i] = (ranked){m->items[i], frem_mover_width(m, &m->items[i], address), i};
    qsort(all, m->n, sizeof *all, by_width);
    for (size_t i = 0; i < m->n; i++)
        m->items[i] = all[i].mover;
    free(all);
    return FREM_OK;
}

frem_status frem_movers_most(frem_arena *arena, const frem_cases *cases, size_t most, frem_movers *out) {
    /* What is nearer to nothing is rounding. */
    static const double nothing = 1e-9;
    frem_status status = frem_movers_of(arena, cases->model, out);
    if (status == FREM_OK)
        status = frem_movers_try(out, cases);
    if (status == FREM_OK)
        status = frem_cases_known(cases, out->base);
    if (status == FREM_OK)
        status = frem_movers_rank(out, 0);
    size_t n = 0;
    while (status == FREM_OK && n < out->n && n < most &&
           frem_mover_width(out, &out->items[n], 0) > nothing * (1 + fabs(out->base[0])))
        n++;
    out->n = status == FREM_OK ? n : 0;
    return status;
}
