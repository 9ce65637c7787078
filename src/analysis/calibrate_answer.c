/* What a calibration found, as tables, sentences and a figure. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/calibrate.h"
#include "base/locale.h"
#include "base/number.h"
#include "base/text.h"
#include "frame/measures.h"

#define NUMBER(in_files, means, english, danish)                                                             \
    .name = (in_files), .kind = FREM_COLUMN_NUMBER, .meaning = (means), .heading = {{(english), (danish)}},  \
    .digits = FREM_DIGITS_BRIEF

static const frem_answer_column calibration_columns[] = {
    FREM_ANSWER_SCENARIO,
    {.name = "parameter",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "Path of the value that is unknown",
     .heading = {{"Unknown", "Ubekendt"}}},
    {NUMBER("value", "Value that fits best", "Value", "Værdi"), .exact = true},
    {NUMBER("se", "Standard error; empty where the value is at a bound or not determined", "St. error",
            "St.fejl"),
     .exact = true, .empty = true},
    {NUMBER("low", "Lower end of the interval of 95 % by profile likelihood, or the lower bound", "Low",
            "Lav"),
     .exact = true},
    {NUMBER("high", "Upper end of the interval of 95 % by profile likelihood, or the upper bound", "High",
            "Høj"),
     .exact = true},
    {.name = "status",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "bounded: the data hold it on both sides; one_sided: on one; flat: on none; at_min, at_max: "
                "it is at "
                "its bound",
     .heading = {{"Status", "Status"}}},
};

static const frem_answer_column fit_columns[] = {
    FREM_ANSWER_SCENARIO,
    {.name = "address",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "Address of the result",
     .heading = {{"Result", "Resultat"}}},
    {NUMBER("observed", "What was observed", "Observed", "Observeret")},
    {NUMBER("fitted", "The result with the values that fit best", "Fitted", "Tilpasset")},
    {NUMBER("residual", "Observed less fitted", "Residual", "Afvigelse")},
    {NUMBER("tolerance", "Tolerance of the observation", "Tolerance", "Tolerance")},
    {.name = "within",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "yes where the residual is no larger than the tolerance, else no",
     .heading = {{"Within", "Inden for"}}},
};

static const frem_answer_column correlation_columns[] = {
    FREM_ANSWER_SCENARIO,
    {.name = "parameter",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "Path of a value",
     .heading = {{"Unknown", "Ubekendt"}}},
    {.name = "other",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "Path of another",
     .heading = {{"Other", "Anden"}}},
    {NUMBER("correlation", "Correlation of their estimates", "Correlation", "Korrelation")},
};

enum { ROWS_SHOWN = 12, NAMED = 6 };
#define COUNT(list) (sizeof(list) / sizeof *(list))

static const frem_scenario *scenario_of(const frem_calibration *c, size_t model) {
    return c->models[model]->scenario;
}

/* ---- tables ---- */

static frem_status add_calibration(const frem_calibration *c, frem_results *results) {
    size_t at;
    frem_status status = frem_answer_add_table(
        results,
        &(frem_answer_table){.name = "calibration",
                             .title = {{"Values that fit best", "Værdier, der passer bedst"}},
                             .columns = calibration_columns,
                             .n_columns = COUNT(calibration_columns)},
        &at);
    for (size_t k = 0; k < c->n_sought && status == FREM_OK; k++) {
        const frem_sought *s = &c->sought[k];
        const frem_scenario *of = scenario_of(c, s->model);
        status = frem_answer_add_row(results, at,
                                     (frem_answer_cell[]){{.text = of->name},
                                                          {.text = of->variant},
                                                          {.text = s->path},
                                                          {.number = s->at},
                                                          {.number = s->se},
                                                          {.number = s->low},
                                                          {.number = s->high},
                                                          {.text = s->status}});
    }
    return status;
}

static bool is_within(const frem_seen *seen) {
    return frem_observation_agrees(seen->as, seen->fitted);
}

/* Without the noise of the last digits. */
static double residual(const frem_seen *seen) {
    const double number = seen->as->as->value - seen->fitted;
    return fabs(number) < 1e-9 * (fabs(seen->fitted) + seen->as->as->tolerance) ? 0 : number;
}

static frem_status add_fit(const frem_calibration *c, frem_results *results) {
    size_t at;
    frem_status status = frem_answer_add_table(
        results,
        &(frem_answer_table){.name = "fit",
                             .title = {{"Observed and fitted", "Observeret og tilpasset"}},
                             .columns = fit_columns,
                             .n_columns = COUNT(fit_columns)},
        &at);
    for (size_t i = 0; i < c->n_seen && status == FREM_OK; i++) {
        const frem_seen *seen = &c->seen[i];
        const frem_observed *as = seen->as->as;
        const frem_scenario *of = scenario_of(c, seen->model);
        status = frem_answer_add_row(results, at,
                                     (frem_answer_cell[]){{.text = of->name},
                                                          {.text = of->variant},
                                                          {.text = seen->as->text},
                                                          {.number = as->value},
                                                          {.number = seen->fitted},
                                                          {.number = residual(seen)},
                                                          {.number = as->tolerance},
                                                          {.text = is_within(seen) ? "yes" : "no"}});
    }
    return status;
}

/* NaN where one of them has no standard error. */
static double correlation(const frem_calibration *c, size_t j, size_t k) {
    const size_t p = c->n_sought;
    const double *v = c->spread.covariance;
    return v[j * p + k] / sqrt(v[j * p + j] * v[k * p + k]);
}

static frem_status add_correlations(const frem_calibration *c, frem_results *results) {
    size_t at, pairs = c->n_sought * (c->n_sought - 1) / 2;
    frem_status status =
        frem_answer_add_table(results,
                              &(frem_answer_table){.name = "correlations",
                                                   .title = {{"Correlations", "Korrelationer"}},
                                                   .columns = correlation_columns,
                                                   .n_columns = COUNT(correlation_columns),
                                                   .long_one = pairs > ROWS_SHOWN},
                              &at);
    for (size_t j = 0; j < c->n_sought; j++) {
        for (size_t k = j + 1; k < c->n_sought && status == FREM_OK; k++) {
            const frem_scenario *of = scenario_of(c, c->sought[j].model);
            const double number = correlation(c, j, k);
            if (!isnan(number))
                status = frem_answer_add_row(results, at,
                                             (frem_answer_cell[]){{.text = of->name},
                                                                  {.text = of->variant},
                                                                  {.text = c->sought[j].path},
                                                                  {.text = c->sought[k].path},
                                                                  {.number = number}});
        }
    }
    return status;
}

/* ---- sentences ---- */

/* The same in every language. */
typedef struct said {
    frem_text in[FREM_LANG_COUNT];
} said;

static void add(said *s, const char *english, const char *danish) {
    frem_text_add(&s->in[FREM_EN], english);
    frem_text_add(&s->in[FREM_DA], danish);
}

static void add_number(said *s, double number) {
    char text[32];
    (void)frem_number_brief(text, number, (double)NAN);
    for (frem_lang lang = 0; lang < FREM_LANG_COUNT; lang++)
        frem_locale_add(&s->in[lang], text, lang);
}

static void add_count(said *s, size_t n, const char *one, const char *several, const char *en,
                      const char *flere) {
    add_number(s, (double)n);
    add(s, n == 1 ? one : several, n == 1 ? en : flere);
}

/* The i-th of n names, of which a few are said. */
static void add_name(said *s, const char *path, size_t i, size_t n) {
    if (i < NAMED || n == NAMED + 1) {
        if (i > 0)
            add(s, i + 1 == n ? " and " : ", ", i + 1 == n ? " og " : ", ");
        add(s, path, path);
    } else if (i == NAMED) {
        add(s, " and ", " og ");
        add_count(s, n - (size_t)NAMED, " more", " more", " til", " til");
    }
}

static frem_status say(frem_results *results, said *s) {
    return frem_answer_say_texts(results, s->in);
}

static frem_status say_fit(const frem_calibration *c, frem_results *results) {
    said s = {0};
    size_t within = 0;
    const size_t known = c->spread.rank;
    for (size_t i = 0; i < c->n_seen; i++)
        within += is_within(&c->seen[i]);
    add_count(&s, c->n_sought, " unknown is fitted to ", " unknowns are fitted to ",
              " ubekendt er tilpasset ", " ubekendte er tilpasset ");
    add_count(&s, c->n_seen, " observation", " observations", " observation", " observationer");
    add(&s, "; ", "; ");
    add_count(&s, within, " lies within its tolerance. ", " lie within their tolerance. ",
              " ligger inden for sin tolerance. ", " ligger inden for deres tolerance. ");
    add(&s, "The residuals over their tolerances, squared, sum to ",
        "Afvigelserne over deres tolerancer, i anden, giver i alt ");
    add_number(&s, c->ends[0].squares < 5e-7 ? 0 : c->ends[0].squares);
    if (c->n_seen > known) {
        add(&s, "; about ", "; omkring ");
        add_number(&s, (double)(c->n_seen - known));
        add(&s, " is to be expected where a tolerance is one standard deviation.",
            " er at vente, hvor en tolerance er én standardafvigelse.");
    } else {
        add(&s,
            ". With no more observations than unknowns that is no evidence: nothing is left to judge the fit "
            "by.",
            ". Med ikke flere observationer end ubekendte beviser det intet: der er ingen tilbage at bedømme "
            "tilpasningen efter.");
    }
    return say(results, &s);
}

static frem_status say_flat(const frem_calibration *c, frem_results *results) {
    said s = {0};
    size_t n = 0, i = 0;
    for (size_t k = 0; k < c->n_sought; k++)
        n += c->sought[k].moves ? 0 : 1;
    if (n == 0)
        return FREM_OK;
    for (size_t k = 0; k < c->n_sought; k++) {
        if (!c->sought[k].moves)
            add_name(&s, c->sought[k].path, i++, n);
    }
    add(&s,
        n == 1 ? " is flat: nothing observed moves with it. It keeps its start."
               : " are flat: nothing observed moves with them. They keep their start.",
        n == 1 ? " er flad: intet observeret flytter sig med den. Den beholder sin startværdi."
               : " er flade: intet observeret flytter sig med dem. De beholder deres startværdier.");
    return say(results, &s);
}

static frem_status say_inside(const frem_calibration *c, frem_results *results) {
    said s = {0};
    if (c->outside_before == 0)
        return FREM_OK;
    add(&s, "Least squares leave ", "Mindste kvadraters metode efterlader ");
    add_count(&s, c->outside_before, " observation", " observations", " observation", " observationer");
    add(&s,
        " outside the tolerance, although all of them can lie inside. Of so many that says that tolerances "
        "are limits, such as "
        "roundings, and no standard deviations: the values are the nearest ones with which all lie inside. "
        "Standard errors "
        "and intervals are those of least squares.",
        " uden for tolerancen, selv om alle kan ligge inden for. Ved så mange siger det, at tolerancer er "
        "grænser, såsom "
        "afrundinger, og ikke standardafvigelser: værdierne er de nærmeste, hvor alle ligger inden for. "
        "Standardfejl og "
        "intervaller er mindste kvadraters.");
    return say(results, &s);
}

/* Each group of values that only move together. */
static frem_status say_together(const frem_calibration *c, frem_results *results) {
    frem_status status = FREM_OK;
    for (size_t number = 1; number <= c->spread.n_together && status == FREM_OK; number++) {
        said s = {0};
        size_t n = 0, i = 0;
        for (size_t k = 0; k < c->n_sought; k++)
            n += c->spread.together[k] == number;
        if (n < 2)
            continue;
        for (size_t k = 0; k < c->n_sought; k++) {
            if (c->spread.together[k] == number)
                add_name(&s, c->sought[k].path, i++, n);
        }
        add(&s,
            " only move together: another mix of them fits as well, so that no one of them is determined.",
            " flytter sig kun sammen: en anden blanding af dem passer lige så godt, så ingen af dem er "
            "bestemt for sig.");
        status = say(results, &s);
    }
    return status;
}

static frem_status say_tied(const frem_calibration *c, frem_results *results) {
    frem_status status = FREM_OK;
    size_t shown = 0;
    for (size_t j = 0; j < c->n_sought; j++) {
        for (size_t k = j + 1; k < c->n_sought && status == FREM_OK; k++) {
            const double r = correlation(c, j, k);
            said s = {0};
            if (!(fabs(r) > 0.95) || ++shown > NAMED)
                continue;
            add(&s, c->sought[j].path, c->sought[j].path);
            add(&s, " and ", " og ");
            add(&s, c->sought[k].path, c->sought[k].path);
            add(&s, " are nearly tied: the correlation of their estimates is ",
                " hænger næsten sammen: korrelationen mellem deres estimater er ");
            add_number(&s, round(r * 1000) / 1000);
            add(&s, ".", ".");
            status = say(results, &s);
        }
    }
    return status;
}

static frem_status say_bounds(const frem_calibration *c, frem_results *results) {
    said s = {0};
    size_t n = 0, i = 0;
    for (size_t k = 0; k < c->n_sought; k++)
        n += strncmp(c->sought[k].status, "at_", 3) == 0;
    if (n == 0)
        return FREM_OK;
    for (size_t k = 0; k < c->n_sought; k++) {
        if (strncmp(c->sought[k].status, "at_", 3) == 0)
            add_name(&s, c->sought[k].path, i++, n);
    }
    add(&s,
        n == 1 ? " is at its bound: beyond it the fit would be better."
               : " are at their bounds: beyond them the fit would be better.",
        n == 1 ? " ligger ved sin grænse: uden for den ville tilpasningen være bedre."
               : " ligger ved deres grænser: uden for dem ville tilpasningen være bedre.");
    return say(results, &s);
}

/* Whether two ends of the search are one place, as far as the observations determine it. */
static bool same_place(const frem_calibration *c, const frem_fit_end *a, const frem_fit_end *b) {
    for (size_t k = 0; k < c->n_sought; k++) {
        if (c->sought[k].moves && c->spread.together[k] == 0 &&
            fabs(a->at[k] - b->at[k]) > 1e-4 * (c->max[k] - c->min[k]))
            return false;
    }
    return true;
}

/* Another place that the observations do not rule out. */
static frem_status say_other(const frem_calibration *c, frem_results *results) {
    size_t other = 0;
    for (size_t i = 1; i < c->n_ends && other == 0; i++) {
        if (c->ends[i].squares - c->ends[0].squares < FREM_CALIBRATION_RISE &&
            !same_place(c, &c->ends[0], &c->ends[i]))
            other = i;
    }
    if (other == 0)
        return FREM_OK;
    said s = {0};
    add(&s, "Another answer fits nearly as well: ", "Et andet svar passer næsten lige så godt: ");
    for (size_t k = 0; k < c->n_sought && k < NAMED; k++) {
        add(&s, k > 0 ? ", " : "", k > 0 ? ", " : "");
        add(&s, c->sought[k].path, c->sought[k].path);
        add(&s, " ", " ");
        add_number(&s, c->ends[other].at[k]);
    }
    add(&s, c->n_sought > NAMED ? ", ..." : "", c->n_sought > NAMED ? ", ..." : "");
    add(&s, ". The intervals are around the first one alone: narrower bounds choose.",
        ". Intervallerne gælder kun det første: snævrere grænser vælger.");
    return say(results, &s);
}

static frem_status say_rest(const frem_calibration *c, frem_results *results) {
    said s = {0};
    frem_status status = FREM_OK;
    if (!c->ends[0].settled) {
        add(&s,
            "The search ended where no step was better although the slope is not 0: a cap or another kink "
            "lies there, "
            "and standard errors and intervals are rough.",
            "Søgningen endte, hvor intet skridt var bedre, selv om hældningen ikke er 0: der ligger et loft "
            "eller et andet "
            "knæk, og standardfejl og intervaller er grove.");
        status = say(results, &s);
        s = (said){0};
    }
    if (c->left_out > 0 && status == FREM_OK) {
        add_count(&s, c->left_out, " observation of a year that the scenario does not project is not used.",
                  " observations of years that the scenario does not project are not used.",
                  " observation af et år, som scenariet ikke fremskriver, er ikke brugt.",
                  " observationer af år, som scenariet ikke fremskriver, er ikke brugt.");
        status = say(results, &s);
    }
    return status;
}

/* ---- the figures ---- */

enum { BARS_MAX = 40 };

/* A key's name in a language after others; "all" has none. */
static void add_key(frem_text *text, const frem_document *document, const frem_scenario *of,
                    const char *column, const char *key, frem_lang lang) {
    if (strcmp(key, "all") == 0)
        return;
    frem_text_add(text, ", ");
    frem_text_add(text, frem_document_label(document, of->name, column, key, lang));
}

/* "Labour force, Pedagogues" of an address, with the variant where there are several. @return NULL when out of memory. */
static const char *name_of(const frem_calibration *c, frem_results *results, const frem_seen *seen,
                           bool years, frem_lang lang) {
    const frem_document *document = frem_results_document(results);
    const frem_address *a = &seen->as->address;
    const frem_scenario *of = scenario_of(c, seen->model);
    frem_text text = {0};
    frem_text_add(&text, frem_measure_find(a->measure)->label.text[lang]);
    add_key(&text, document, of, "profession", a->profession, lang);
    add_key(&text, document, of, "region", a->region, lang);
    add_key(&text, document, of, "sector", a->sector, lang);
    if (c->n_models > 1)
        add_key(&text, document, of, "variant", of->variant, lang);
    if (years && a->years == FREM_ADDRESS_CHANGE)
        frem_text_print(&text, ", %d–%d", a->first_year, a->last_year);
    else if (years)
        frem_text_print(&text, ", %d", a->last_year);
    const char *out =
        text.failed ? NULL : frem_arena_text(frem_answer_arena(results), text.bytes, text.length);
    frem_text_free(&text);
    return out;
}

/* How far the fit is from an observation, in tolerances. */
static double miss_of(const frem_seen *seen) {
    return -residual(seen) / seen->as->as->tolerance;
}

static int by_miss(const void *a, const void *b) {
    const frem_seen *x = *(const frem_seen *const *)a, *y = *(const frem_seen *const *)b;
    const double p = fabs(miss_of(x)), q = fabs(miss_of(y));
    return p < q ? 1 : p > q ? -1 : (x > y) - (x < y);
}

/* "9,750 → 9,741.3" */
static const char *both_values(frem_arena *arena, const frem_seen *seen, frem_lang lang) {
    frem_text text = {0};
    char number[32];
    (void)frem_number_brief(number, seen->as->as->value, (double)NAN);
    frem_locale_add(&text, number, lang);
    frem_text_add(&text, " → ");
    (void)frem_number_brief(number, seen->fitted, (double)NAN);
    frem_locale_add(&text, number, lang);
    const char *out = text.failed ? NULL : frem_arena_text(arena, text.bytes, text.length);
    frem_text_free(&text);
    return out;
}

/* A row an observation, the worst first: its tolerance, and in it how far off the fit is. */
static frem_status fill_bars(const frem_calibration *c, frem_results *results, frem_lang lang,
                             frem_figure *figure) {
    frem_arena *arena = frem_answer_arena(results);
    const frem_seen **order = frem_arena_alloc(arena, c->n_seen, sizeof *order);
    const size_t n = c->n_seen < BARS_MAX ? c->n_seen : BARS_MAX;
    frem_figure_bar *bars = frem_arena_alloc(arena, n, sizeof *bars);
    if (order == NULL || bars == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < c->n_seen; i++)
        order[i] = &c->seen[i];
    qsort(order, c->n_seen, sizeof *order, by_miss);
    for (size_t i = 0; i < n; i++) {
        const char *text = both_values(arena, order[i], lang),
                   *label = name_of(c, results, order[i], true, lang);
        if (text == NULL || label == NULL)
            return FREM_NO_MEMORY;
        const frem_role role = is_within(order[i]) ? FREM_ROLE_SUPPLY : FREM_ROLE_SHORTAGE;
        bars[i] =
            (frem_figure_bar){.label = label,
                              .stretches = {{-1, 1, FREM_ROLE_WIDE, ""}, {0, miss_of(order[i]), role, text}},
                              .n_stretches = 2};
    }
    figure->bars = bars;
    figure->n_bars = n;
    return FREM_OK;
}

static frem_status add_misses(const frem_calibration *c, frem_results *results) {
    static const frem_label title = {{"Observed and fitted", "Observeret og tilpasset"}};
    static const frem_label subtitle = {
        {"Fitted less observed, in tolerances: the pale field is the tolerance; observed → fitted",
         "Tilpasset minus observeret, i tolerancer: det lyse felt er tolerancen; observeret → tilpasset"}};
    frem_figure figures[FREM_LANG_COUNT];
    for (frem_lang lang = 0; lang < FREM_LANG_COUNT; lang++) {
        figures[lang] = (frem_figure){.kind = FREM_FIGURE_BARS,
                                      .name = "fit",
                                      .title = title.text[lang],
                                      .subtitle = subtitle.text[lang],
                                      .lang = lang,
                                      .scale = {.has_reference = true, .reference = 0}};
        const frem_status status = fill_bars(c, results, lang, &figures[lang]);
        if (status != FREM_OK)
            return status;
    }
    return frem_answer_add_figure(results, figures);
}

/* A result over years: one field. */
static frem_status fill_panel(const frem_calibration *c, frem_results *results, const frem_seen_curve *curve,
                              frem_lang lang, frem_figure *figure) {
    static const frem_label fitted = {{"Fitted", "Tilpasset"}}, observed = {{"Observed", "Observeret"}},
                            tolerance = {{"Tolerance", "Tolerance"}};
    frem_arena *arena = frem_answer_arena(results);
    const size_t years = c->models[0]->steps;
    frem_figure_panel *panel = frem_arena_alloc(arena, 1, sizeof *panel);
    frem_figure_line *lines = frem_arena_alloc(arena, 2, sizeof *lines);
    frem_figure_band *band = frem_arena_alloc(arena, 1, sizeof *band);
    double *numbers = frem_arena_alloc(arena, 4 * years, sizeof *numbers);
    if (panel == NULL || lines == NULL || band == NULL || numbers == NULL)
        return FREM_NO_MEMORY;
    const double *const from[] = {curve->fitted, curve->observed, curve->low, curve->high};
    for (size_t k = 0; k < 4; k++)
        memcpy(numbers + k * years, from[k], years * sizeof *numbers);
    lines[0] = (frem_figure_line){fitted.text[lang], numbers, FREM_ROLE_SUPPLY, false};
    lines[1] = (frem_figure_line){observed.text[lang], numbers + years, FREM_ROLE_DEMAND, true};
    *band =
        (frem_figure_band){tolerance.text[lang], numbers + 2 * years, numbers + 3 * years, FREM_ROLE_WIDE};
    *panel = (frem_figure_panel){.lines = lines, .n_lines = 2, .bands = band, .n_bands = 1};
    figure->panels = panel;
    figure->n_panels = 1;
    return FREM_OK;
}

static frem_status add_curve(const frem_calibration *c, frem_results *results, size_t i) {
    static const frem_label subtitle = {
        {"Fitted, and observed with its tolerance", "Tilpasset og observeret med tolerance"}};
    const frem_seen_curve *curve = &c->curves[i];
    const char *name = frem_arena_print(frem_answer_arena(results), "fit_%zu", i + 1);
    frem_figure figures[FREM_LANG_COUNT];
    for (frem_lang lang = 0; lang < FREM_LANG_COUNT; lang++) {
        figures[lang] = (frem_figure){.kind = FREM_FIGURE_LINES,
                                      .name = name,
                                      .title = name_of(c, results, curve->seen, false, lang),
                                      .subtitle = subtitle.text[lang],
                                      .lang = lang,
                                      .first_year = c->models[0]->base,
                                      .n_years = c->models[0]->steps};
        const frem_status status = fill_panel(c, results, curve, lang, &figures[lang]);
        if (status != FREM_OK || name == NULL || figures[lang].title == NULL)
            return status != FREM_OK ? status : FREM_NO_MEMORY;
    }
    return frem_answer_add_figure(results, figures);
}

static frem_status add_curves(const frem_calibration *c, frem_results *results) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < c->n_curves && status == FREM_OK; i++)
        status = add_curve(c, results, i);
    return status;
}

/* ---- all of it ---- */

static frem_status add_yaml(const frem_calibration *c, frem_results *results) {
    frem_text text = {0};
    frem_status status = frem_calibration_yaml(c, &text);
    if (status == FREM_OK)
        status = frem_answer_add_file(results, "calibrated.yaml", text.bytes);
    frem_text_free(&text);
    return status;
}

static frem_status title_of(const frem_calibration *c, frem_results **out, const frem_sources *sources,
                            const frem_run_options *run) {
    const frem_scenario *s = scenario_of(c, 0);
    const char *en = s->title.text[FREM_EN] != NULL ? s->title.text[FREM_EN] : s->name,
               *da = s->title.text[FREM_DA] != NULL ? s->title.text[FREM_DA] : s->name;
    const frem_label title = {{[FREM_EN] = frem_arena_print(c->arena, "Calibration: %s", en),
                               [FREM_DA] = frem_arena_print(c->arena, "Kalibrering: %s", da)}};
    return frem_answer_new(out, "calibrate", &title, c->models, c->n_models, sources, run);
}

frem_status frem_calibration_answer(const frem_calibration *c, const frem_sources *sources,
                                    const frem_run_options *run, frem_results **out) {
    static frem_status (*const parts[])(const frem_calibration *, frem_results *) = {
        add_calibration, add_fit,    add_correlations, say_fit,  say_inside, say_flat,   say_together,
        say_tied,        say_bounds, say_other,        say_rest, add_misses, add_curves, add_yaml};
    frem_results *results = NULL;
    frem_status status = title_of(c, &results, sources, run);
    for (size_t i = 0; i < COUNT(parts) && status == FREM_OK; i++)
        status = parts[i](c, results);
    *out = status == FREM_OK ? results : NULL;
    if (status != FREM_OK)
        frem_results_free(results);
    return status;
}
