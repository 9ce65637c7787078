/* A path in words and in figures. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/answer.h"
#include "analysis/path.h"
#include "base/locale.h"
#include "base/number.h"
#include "frame/measures.h"

/* A sentence with places {0} to {7}. */
typedef frem_label pattern;

enum { ARGS_MAX = 8, ARG_SIZE = 96 };

/* What its places hold, in one language. */
typedef struct filling {
    frem_lang lang;
    bool ratio;
    char texts[ARGS_MAX][ARG_SIZE];
    size_t n;
} filling;

static void put(filling *f, frem_text *text) {
    if (f->n < ARGS_MAX)
        (void)snprintf(f->texts[f->n++], ARG_SIZE, "%s", text->bytes != NULL ? text->bytes : "");
    frem_text_free(text);
}

static void put_words(filling *f, const char *words) {
    frem_text text = {0};
    frem_text_add(&text, words);
    put(f, &text);
}

static void put_year(filling *f, int year) {
    frem_text text = {0};
    frem_text_print(&text, "%d", year);
    put(f, &text);
}

static void put_number(filling *f, double number) {
    frem_text text = {0};
    char digits[32];
    (void)frem_number_brief(digits, fabs(number) < 1e9 ? round(number * 1e6) / 1e6 : number, (double)NAN);
    frem_locale_add(&text, digits, f->lang);
    put(f, &text);
}

static void put_percent(filling *f, double ratio) {
    frem_text text = {0};
    frem_locale_percent(&text, ratio, 1, f->lang);
    put(f, &text);
}

/* A result, or a sum of what lies outside: whole, or in per cent. */
static void put_result(filling *f, double number) {
    frem_text text = {0};
    if (f->ratio)
        frem_locale_percent(&text, number, 1, f->lang);
    else
        frem_locale_number(&text, number, 0, f->lang);
    put(f, &text);
}

static void fill(frem_text *out, const char *words, const filling *f) {
    for (const char *at = words; *at != '\0'; at++) {
        const size_t place = at[0] == '{' && at[1] >= '0' && at[2] == '}' ? (size_t)(at[1] - '0') : ARGS_MAX;
        if (place < f->n) {
            frem_text_add(out, f->texts[place]);
            at += 2;
        } else {
            frem_text_add_bytes(out, at, 1);
        }
    }
}

/* Fills the places in one language. */
typedef void (*put_all)(filling *f, const frem_path_found *found, size_t which);

static bool is_ratio(const frem_path_wish *wish) {
    return strcmp(frem_measure_find(wish->targets[0].address.measure)->unit, "ratio") == 0;
}

static frem_status say(frem_results *results, const pattern *words, put_all places,
                       const frem_path_found *found, size_t which) {
    frem_text texts[FREM_LANG_COUNT] = {{0}};
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        filling f = {.lang = (frem_lang)lang, .ratio = is_ratio(found->wish)};
        places(&f, found, which);
        fill(&texts[lang], words->text[lang], &f);
    }
    return frem_answer_say_texts(results, texts);
}

/* ---- the path ---- */

/* The year of the largest change of one parameter, and how large it is. */
static size_t largest_change(const frem_path_wish *wish, const double *values, double before,
                             double *change) {
    size_t at = 0;
    *change = 0;
    for (size_t y = 0; y < wish->years; y++) {
        const double one = before > 0 ? (values[y] - before) / before : 0;
        if (fabs(one) > fabs(*change)) {
            *change = one;
            at = y;
        }
        before = values[y];
    }
    return at;
}

static void put_varied(filling *f, const frem_path_found *found, size_t which) {
    const frem_path_wish *wish = found->wish;
    const frem_path_varied *v = &wish->varied[which];
    const double *values = found->best.values + which * wish->years;
    double change;
    const size_t at = largest_change(wish, values, v->before, &change);
    put_words(f, v->label.text[f->lang]);
    put_number(f, values[0]);
    put_year(f, wish->from);
    put_number(f, values[wish->years - 1]);
    put_year(f, wish->until);
    put_percent(f, change);
    put_year(f, wish->from + (int)at);
    put_number(f, isnan(v->before) ? 0 : v->before);
}

static frem_status say_varied(frem_results *results, const frem_path_found *found, size_t which) {
    static const pattern constant = {{"{0}: {1} in each year from {2} on.",
                                      "{0}: {1} hvert år fra og med {2}."}},
                         moving = {
                             {"{0}: from {1} in {2} to {3} in {4}, which holds for the years after it; the "
                              "largest change of a year is {5}, in {6}.",
                              "{0}: fra {1} i {2} til {3} i {4}, som også gælder årene efter; den største "
                              "ændring på et år er {5}, i {6}."}};
    const frem_path_wish *wish = found->wish;
    const double *values = found->best.values + which * wish->years;
    bool even = true;
    for (size_t y = 1; y < wish->years; y++)
        even = even && values[y] == values[0];
    return say(results, even ? &constant : &moving, put_varied, found, which);
}

/* ---- the targets ---- */

/* How one target lies in the band. */
typedef struct standing {
    size_t outside, worst;
    double below, above;
} standing;

static standing standing_of(const frem_path_found *found, const frem_path_target *target,
                            const double *results) {
    const double half = found->wish->half;
    standing s = {0};
    double most = 0;
    for (size_t y = 0; y < target->years; y++) {
        const double off = results[target->first + y] - target->wanted;
        const double below = fmax(0, -off - half), above = fmax(0, off - half);
        if (below + above <= 1e-6)
            continue;
        s.outside++;
        s.below += below;
        s.above += above;
        if (below + above > most) {
            most = below + above;
            s.worst = y;
        }
    }
    return s;
}

static void put_target(filling *f, const frem_path_found *found, size_t which) {
    const frem_path_target *target = &found->wish->targets[which];
    const standing s = standing_of(found, target, found->best.results);
    frem_text years = {0};
    put_words(f, target->label.text[f->lang]);
    put_result(f, target->wanted - found->wish->half);
    put_result(f, target->wanted + found->wish->half);
    frem_text_print(&years, "%d", target->address.first_year);
    if (target->years > 1)
        frem_text_print(&years, "–%d", target->address.last_year);
    put(f, &years);
    put_year(f, (int)s.outside);
    put_year(f, target->address.first_year + (int)s.worst);
    put_result(f, found->best.results[target->first + s.worst]);
    put_result(f, s.below + s.above);
}

static frem_status say_target(frem_results *results, const frem_path_found *found, size_t which) {
    static const pattern inside = {{"{0}: inside the band from {1} to {2} in every year of {3}.",
                                    "{0}: inden for båndet fra {1} til {2} i alle år i {3}."}},
                         outside = {{"{0}: outside the band from {1} to {2} in {4} of the years of {3}, by "
                                     "{7} in all; farthest in {5}, when "
                                     "it is {6}.",
                                     "{0}: uden for båndet fra {1} til {2} i {4} af årene i {3}, med {7} i "
                                     "alt; længst i {5}, hvor tallet "
                                     "er {6}."}},
                         once = {{"{0}: {6} in {3}, inside the band from {1} to {2}.",
                                  "{0}: {6} i {3}, inden for båndet fra {1} til {2}."}},
                         missed = {{"{0}: {6} in {3}, {7} outside the band from {1} to {2}.",
                                    "{0}: {6} i {3}, {7} uden for båndet fra {1} til {2}."}};
    const frem_path_target *target = &found->wish->targets[which];
    const bool kept = standing_of(found, target, found->best.results).outside == 0;
    const pattern *words = target->years > 1 ? (kept ? &inside : &outside) : (kept ? &once : &missed);
    return say(results, words, put_target, found, which);
}

static void put_later(filling *f, const frem_path_found *found, size_t which) {
    put_words(f, found->wish->targets[which].label.text[f->lang]);
    put_year(f, found->last_year);
    put_result(f, found->later[found->wish->n_targets + which]);
    put_result(f, found->later[which]);
}

static frem_status say_later(frem_results *results, const frem_path_found *found, size_t which) {
    static const pattern words = {{"Afterwards, in {1}, the last year: {0} is {2} ({3} in the scenario).",
                                   "Derefter, i {1}, det sidste år: {0} er {2} ({3} i scenariet)."}};
    const bool ends = found->wish->targets[which].address.last_year == found->last_year;
    return ends ? FREM_OK : say(results, &words, put_later, found, which);
}

static void put_present(filling *f, const frem_path_found *found, size_t which) {
    (void)which;
    put_result(f, frem_path_miss(&found->as_is.score));
    put_year(f, (int)found->as_is.score.outside);
    put_year(f, (int)found->wish->n_addresses);
    put_result(f, frem_path_miss(&found->best.score));
    put_year(f, (int)found->fixed);
    put_year(f, found->wish->from);
}

static frem_status say_present(frem_results *results, const frem_path_found *found) {
    static const pattern
        present = {{"As the scenario is, {1} of {2} results lie outside the band, by {0} in all; with "
                    "the path by {3}.",
                    "Som scenariet er, ligger {1} af {2} tal uden for båndet, med {0} i alt; med "
                    "optagene her er det {3}."}},
        fixed = {{"{4} of the {2} are decided already: those who begin from {5} on do not change them.",
                  "{4} af de {2} er afgjort: de, der begynder fra og med {5}, ændrer dem ikke."}};
    const frem_status status = say(results, &present, put_present, found, 0);
    return status == FREM_OK && found->fixed > 0 ? say(results, &fixed, put_present, found, 0) : status;
}

/* ---- how sure it is ---- */

static void put_proof(filling *f, const frem_path_found *found, size_t which) {
    (void)which;
    put_number(f, found->wish->step);
    put_result(f, frem_path_miss(&found->best.score) - found->least);
    put_result(f, found->least);
    put_year(f, (int)found->rounds);
    put_number(f, fmax(0, found->best.score.changes - found->changes_least));
}

static frem_status say_proof(frem_results *results, const frem_path_found *found) {
    static const pattern
        proven = {{"Proven: no path in whole groups of {0} that keeps the limits misses the band by "
                   "less.",
                   "Bevist: intet forløb i hele hold på {0}, som overholder grænserne, rammer tættere "
                   "på båndet."}},
        even = {{"None that misses it as little changes less from year to year.",
                 "Intet, der rammer lige så tæt, ændrer sig mindre fra år til år."}},
        uneven = {{"One that misses it as little may change up to {4} less in all.",
                   "Et, der rammer lige så tæt, kan ændre sig op til {4} mindre i alt."}},
        open = {{"The search was ended before a proof: another path may miss the band by up to {1} "
                 "less.",
                 "Søgningen blev afsluttet før et bevis: et andet forløb kan ramme op til {1} tættere "
                 "på båndet."}},
        bent = {{"Places or other limits of the scenario bend what the intakes give, so that the path "
                 "was looked for {3} times, each around the one before; what it gives is what a run "
                 "gives. By the response around it no path misses the band by less than {2}, which "
                 "is no proof.",
                 "Pladser eller andre grænser i scenariet bøjer virkningen af optagene, så forløbet "
                 "er søgt {3} gange, hver gang omkring det forrige; tallene er dem, en kørsel giver. "
                 "Efter virkningen omkring det rammer intet forløb tættere på båndet end {2}, men "
                 "det er intet bevis."}},
        alone = {{"No group of {0} more or less, in one year or from a year on, makes it better.",
                  "Intet hold på {0} mere eller mindre, i ét år eller fra et år og frem, gør det bedre."}};
    const double gap = frem_path_miss(&found->best.score) - found->least;
    frem_status status = say(results,
                             found->bent   ? &bent
                             : gap <= 1e-5 ? &proven
                                           : &open,
                             put_proof, found, 0);
    if (status == FREM_OK && found->bent && found->evened)
        status = say(results, &alone, put_proof, found, 0);
    if (status == FREM_OK && !found->bent && gap <= 1e-5)
        status = say(results, found->best.score.changes - found->changes_least <= 1e-4 ? &even : &uneven,
                     put_proof, found, 0);
    return status;
}

/* ---- the trade-off ---- */

static void put_row(filling *f, const frem_path_found *found, size_t which) {
    put_percent(f, found->limits[which]);
    put_result(f, frem_path_miss(&found->rows[which].score));
    put_result(f, frem_path_miss(&found->best.score));
    put_percent(f, found->best.score.largest);
}

/* The row with half of what changes may be, or have to be. */
static frem_status say_tradeoff(frem_results *results, const frem_path_found *found) {
    static const pattern words = {
        {"More even: with changes of {0} a year at most, results lie outside by {1} in all, in "
         "place of {2}.",
         "Mere jævnt: med højst {0} ændring om året ligger tallene {1} uden for båndet i alt "
         "i stedet for {2}."}};
    const double most = fmin(found->wish->most_change, found->best.score.largest);
    size_t at = FREM_PATH_ROWS;
    for (size_t i = 0; i < found->n_rows; i++) {
        if (found->rows[i].values != NULL && found->limits[i] <= 0.6 * most)
            at = i;
    }
    return at < FREM_PATH_ROWS ? say(results, &words, put_row, found, at) : FREM_OK;
}

frem_status frem_path_say(const frem_path_found *found, frem_results *results) {
    const frem_path_wish *wish = found->wish;
    frem_status status = FREM_OK;
    for (size_t i = 0; i < wish->n_varied && status == FREM_OK; i++)
        status = say_varied(results, found, i);
    for (size_t i = 0; i < wish->n_targets && status == FREM_OK; i++)
        status = say_target(results, found, i);
    for (size_t i = 0; i < wish->n_targets && status == FREM_OK; i++)
        status = say_later(results, found, i);
    if (status == FREM_OK)
        status = say_present(results, found);
    if (status == FREM_OK)
        status = say_proof(results, found);
    return status == FREM_OK ? say_tradeoff(results, found) : status;
}
