#include "analysis/montecarlo_words.h"

#include <math.h>
#include <string.h>

#include "analysis/answer.h"
#include "base/locale.h"
#include "base/number.h"
#include "frame/columns.h"
#include "frame/projected.h"
#include "model/lane.h"
#include "model/uncertain.h"

/* The statistics that are put into words. */
enum { SHORT, LOW, MIDDLE, HIGH, SD, SPOKEN };
static const char *const spoken[SPOKEN] = {"p_short", "p05", "p50", "p95", "sd"};

typedef struct speaking {
    frem_results *results;
    const frem_document *document;
    frem_projected of[SPOKEN];
    size_t n; /* draws */
} speaking;

/* What is said of one profession. */
typedef struct subject {
    const frem_run *run;
    size_t first, last; /* years among those of the projections */
    const char *region, *profession;
    const double *values[SPOKEN]; /* by year */
} subject;

/* ---- numbers as far as the draws allow ---- */

/* A chance: to a per cent, 5 or 10, the least that is no smaller than its standard error. */
static double rounded_chance(double chance, size_t n, bool *exact) {
    static const double steps[] = {0.01, 0.05, 0.1};
    const double error = sqrt(fmax(chance * (1 - chance), 0) / (double)n);
    size_t k = 0;
    while (k < 2 && steps[k] < error)
        k++;
    *exact = k == 0;
    return round(chance / steps[k]) * steps[k];
}

/* -1 for hardly any chance, 1 for hardly a doubt. */
static int edge_of(double chance) {
    return chance < 0.005 ? -1 : chance > 0.995 ? 1 : 0;
}

/* "34%", "about 35%", "below 1%", "above 99%". */
static void add_chance(frem_text *out, double chance, size_t n, frem_lang lang) {
    bool exact = true;
    if (edge_of(chance) != 0) {
        frem_text_add(out, frem_word_text(chance < 0.5 ? FREM_W_DRAWS_BELOW : FREM_W_DRAWS_ABOVE, lang));
        frem_locale_percent(out, chance < 0.5 ? 0.01 : 0.99, 0, lang);
        return;
    }
    const double shown = rounded_chance(chance, n, &exact);
    frem_text_add(out, exact ? "" : frem_word_text(FREM_W_DRAWS_ABOUT, lang));
    frem_locale_percent(out, shown, 0, lang);
}

/* A quantile: to the power of ten that its standard error reaches, and whole. */
static void add_number(frem_text *out, double number, double sd, size_t n, frem_lang lang) {
    const double error = 1.5 * sd / sqrt((double)n);
    const double step = error >= 1 ? pow(10, floor(log10(error))) : 1;
    const double shown = round(number / step) * step;
    frem_text_add(out, shown > 0 ? "+" : "");
    frem_locale_number(out, shown == 0 ? 0 : shown, 0, lang);
}

/* ---- sentences ---- */

static int year_of(const speaking *s, size_t at) {
    return s->of[SHORT].first_year + (int)at;
}

/* The first year from which on a shortage is more likely than not; past the last year where it is not. */
static size_t likely_from(const subject *u) {
    size_t from = u->last + 1;
    while (from > u->first && u->values[SHORT][from - 1] >= 0.5)
        from--;
    return from;
}

/* Whether the chance of a year is said: the last one and those that end in 0 and 5, at most four of them; not before another
 * that is as near to 0 or 1. */
static bool is_said(const speaking *s, const subject *u, size_t at) {
    const int edge = edge_of(u->values[SHORT][at]);
    const size_t next = at + 5 <= u->last ? at + 5 : u->last;
    if (at < u->last && edge != 0 && edge == edge_of(u->values[SHORT][next]))
        return false;
    return at == u->last ||
           (year_of(s, at) % 5 == 0 && at > u->first && at + 15 >= u->last && u->last - at > 2);
}

static void add_chances(frem_text *out, const speaking *s, const subject *u, frem_lang lang) {
    size_t said = 0, count = 0;
    for (size_t at = u->first; at <= u->last; at++)
        count += is_said(s, u, at);
    for (size_t at = u->first; at <= u->last; at++) {
        if (!is_said(s, u, at))
            continue;
        said++;
        frem_text_add(out, said == 1 ? "" : said == count ? frem_word_text(FREM_W_DRAWS_AND, lang) : ", ");
        add_chance(out, u->values[SHORT][at], s->n, lang);
        frem_text_print(out, "%s%d", frem_word_text(FREM_W_DRAWS_IN, lang), year_of(s, at));
    }
}

static void add_turn(frem_text *out, const speaking *s, const subject *u, frem_lang lang) {
    const size_t from = likely_from(u);
    if (from > u->last) {
        bool ever = false;
        for (size_t at = u->first; at <= u->last; at++)
            ever = ever || u->values[SHORT][at] >= 0.5;
        frem_text_add(out, ever ? "" : frem_word_text(FREM_W_DRAWS_NEVER, lang));
    } else if (from == u->first) {
        frem_text_add(out, frem_word_text(FREM_W_DRAWS_ALWAYS, lang));
    } else {
        frem_text_print(out, "%s%d%s", frem_word_text(FREM_W_DRAWS_FROM, lang), year_of(s, from),
                        frem_word_text(FREM_W_DRAWS_ON, lang));
    }
}

/* Whether every draw gives the same: nothing that is drawn belongs to it, and a chance of 0 or 1 would be none. */
static bool is_certain(const subject *u) {
    bool certain = true;
    for (size_t at = u->first; at <= u->last; at++)
        certain = certain && fabs(u->values[HIGH][at] - u->values[LOW][at]) <= FREM_SPREAD_NONE;
    return certain;
}

static void add_subject(frem_text *out, const speaking *s, const subject *u, frem_lang lang) {
    const char *name = u->run->name;
    frem_text_add(out, frem_document_label(s->document, name, "profession", u->profession, lang));
    frem_text_add(out, ", ");
    frem_text_add(out, strcmp(u->region, "all") == 0 &&
                               frem_document_own_label(s->document, name, "region", "all", lang) == NULL
                           ? frem_word_text(FREM_W_ALL_REGIONS, lang)
                           : frem_document_label(s->document, name, "region", u->region, lang));
    if (strcmp(u->run->variant, "base") != 0)
        frem_text_print(out, " (%s)",
                        frem_document_label(s->document, name, "variant", u->run->variant, lang));
    if (is_certain(u)) {
        frem_text_add(out, frem_word_text(FREM_W_DRAWS_CERTAIN, lang));
        frem_locale_number(out, u->values[MIDDLE][u->last], 0, lang);
        frem_text_print(out, "%s%d.", frem_word_text(FREM_W_DRAWS_CERTAIN_IN, lang), year_of(s, u->last));
        return;
    }
    frem_text_add(out, frem_word_text(FREM_W_DRAWS_CHANCE, lang));
    add_chances(out, s, u, lang);
    add_turn(out, s, u, lang);
    frem_text_print(out, ". %s%d%s", frem_word_text(FREM_W_DRAWS_GAP, lang), year_of(s, u->last),
                    frem_word_text(FREM_W_DRAWS_IS, lang));
    const double sd = u->values[SD][u->last];
    add_number(out, u->values[MIDDLE][u->last], sd, s->n, lang);
    if (u->values[LOW][u->last] == u->values[HIGH][u->last]) {
        frem_text_add(out, frem_word_text(FREM_W_DRAWS_FTE, lang));
        return;
    }
    frem_text_add(out, frem_word_text(FREM_W_DRAWS_BETWEEN, lang));
    add_number(out, u->values[LOW][u->last], 2 * sd, s->n, lang);
    frem_text_add(out, frem_word_text(FREM_W_DRAWS_AND, lang));
    add_number(out, u->values[HIGH][u->last], 2 * sd, s->n, lang);
    frem_text_add(out, frem_word_text(FREM_W_DRAWS_FTE, lang));
}

/* What is known of a profession in the region that people are shown. @return whether all of it is. */
static bool find(const speaking *s, size_t run, const char *profession, subject *out) {
    const frem_run *r = &s->document->scenarios[run];
    int first = 0;
    size_t years = 0;
    *out = (subject){.run = r, .region = frem_document_region(s->document, r), .profession = profession};
    for (size_t k = 0; k < SPOKEN; k++) {
        out->values[k] = frem_projected_find(&s->of[k], run, out->region, profession, FREM_M_GAP);
        if (out->values[k] == NULL)
            return false;
    }
    if (!frem_projected_years(&s->of[SHORT], run, &first, &years))
        return false;
    out->first = (size_t)(first - s->of[SHORT].first_year);
    out->last = out->first + years - 1;
    for (size_t at = out->first; at <= out->last; at++) {
        if (isnan(out->values[SHORT][at]))
            return false;
    }
    return true;
}

static frem_status say_run(speaking *s, size_t run) {
    size_t n = 0;
    const frem_projected_order *order = &s->of[SHORT].professions;
    const uint32_t *codes = frem_projected_codes(order, run, &n);
    frem_status status = FREM_OK;
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        const char *key = frem_column_label(s->of[SHORT].frame, "profession", codes[i]);
        subject u;
        if (strcmp(key, "all") == 0 || !find(s, run, key, &u))
            continue;
        frem_text text[FREM_LANG_COUNT] = {{0}};
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
            add_subject(&text[lang], s, &u, (frem_lang)lang);
        status = frem_answer_say_texts(s->results, text);
    }
    return status;
}

/* Less of a distribution than this is not named: one draw in a million. */
#define CUT_NAMED 1e-6

/* Names the distributions that were cut at the range of what they change. */
static frem_status say_cuts(frem_results *results, const frem_model *model) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < model->randoms->n && status == FREM_OK; i++) {
        const frem_random *u = &model->randoms->items[i];
        if (!(u->cut > CUT_NAMED))
            continue;
        frem_text text[FREM_LANG_COUNT] = {{0}};
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
            frem_text_print(&text[lang], "%s%s", u->given->head.path,
                            frem_word_text(FREM_W_DRAWS_CUT_SHARE, (frem_lang)lang));
            if (u->cut < 0.0005)
                frem_text_add(&text[lang], frem_word_text(FREM_W_DRAWS_BELOW, (frem_lang)lang));
            frem_locale_percent(&text[lang], fmax(u->cut, 0.001), 1, (frem_lang)lang);
            frem_text_add(&text[lang], frem_word_text(FREM_W_DRAWS_CUT_END, (frem_lang)lang));
        }
        status = frem_answer_say_texts(results, text);
    }
    return status;
}

frem_status frem_montecarlo_words(frem_results *results, const frem_model *const *models, size_t n_models,
                                  size_t n) {
    speaking s = {.results = results, .document = &results->document, .n = n};
    frem_status status = FREM_OK;
    for (size_t k = 0; k < SPOKEN && status == FREM_OK; k++)
        status = frem_projected_open(&s.of[k], s.document, spoken[k]);
    for (size_t run = 0; run < s.document->n_scenarios && status == FREM_OK; run++)
        status = say_run(&s, run);
    for (size_t k = 0; k < SPOKEN; k++)
        frem_projected_close(&s.of[k]);
    for (size_t i = 0; i < n_models && status == FREM_OK; i++)
        status = say_cuts(results, models[i]);
    return status;
}
