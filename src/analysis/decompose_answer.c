/* A decomposition as people read it: the table, a paragraph for each address, a waterfall. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/address_list.h"
#include "analysis/answer.h"
#include "analysis/decompose.h"
#include "base/locale.h"
#include "frame/measures.h"

enum { NAMED_MAX = 4 }; /* causes that a paragraph names in each direction */

static const frem_label headings[] = {
    {{"Cause", "Årsag"}}, {{"Adds", "Bidrag"}}, {{"At least", "Mindst"}}, {{"At most", "Højst"}}};
static const frem_label of_address = {{"Address", "Adresse"}};

/* What is shared by the parts of an answer. */
typedef struct wording {
    frem_results *results;
    const frem_why *why;
    const frem_decomposed *all; /* [address] */
    const frem_document *document;
    size_t table;
} wording;

/* The one whose numbers are explained: the second of two, else the only one. */
static const frem_scenario *explained(const wording *t) {
    return t->why->models[t->why->n_models - 1]->scenario;
}

static const char *label_of(const wording *t, const char *column, const char *key, frem_lang lang) {
    return frem_document_label(t->document, explained(t)->name, column, key, lang);
}

/* "paedagog-syddanmark", or "paedagog-syddanmark/frafald_halveres" of a variant. */
static const char *name_of(const wording *t, const frem_scenario *s) {
    return strcmp(s->variant, "base") == 0 ? s->name
                                           : frem_arena_print(t->why->arena, "%s/%s", s->name, s->variant);
}

/* ---- numbers ---- */

/* Decimals that show a change: one below a hundred. */
static int decimals_of(const frem_decomposed *d, bool percent) {
    return percent || fabs(d->end - d->start) < 100 ? 1 : 0;
}

static void add_number(frem_text *out, double value, const frem_decomposed *d, bool percent, bool sign,
                       frem_lang lang) {
    if (sign && value > 0)
        frem_text_add(out, "+");
    if (percent)
        frem_locale_percent(out, value, 1, lang);
    else
        frem_locale_number(out, value, decimals_of(d, percent), lang);
}

/* What is added to a ratio is no per cent of it: "+7.0 percentage points". */
static void add_added(frem_text *out, double value, const frem_decomposed *d, bool percent, frem_lang lang) {
    static const char *const points[FREM_LANG_COUNT] = {" percentage points", " procentpoint"};
    if (!percent) {
        add_number(out, value, d, percent, true, lang);
        return;
    }
    frem_text_add(out, value > 0 ? "+" : "");
    frem_locale_number(out, 100 * value, 1, lang);
    frem_text_add(out, points[lang]);
}

/* Whether a part is too small to be shown. */
static bool is_small(const frem_decomposed *d, double value) {
    double most = 0;
    for (size_t i = 0; i < d->n_parts; i++)
        most = fmax(most, fabs(d->parts[i].value));
    return fabs(value) <= 1e-6 * most || !(fabs(value) > 1e-9);
}

/* ---- the table ---- */

static frem_answer_digits digits_of(const wording *t) {
    const bool percent = frem_address_is_ratio(&t->why->addresses[0]);
    int decimals = 0;
    for (size_t i = 0; i < t->why->n_addresses; i++) {
        if (frem_address_is_ratio(&t->why->addresses[i]) != percent)
            return FREM_DIGITS_BRIEF;
        if (decimals_of(&t->all[i], percent) > decimals)
            decimals = 1;
    }
    return percent ? FREM_DIGITS_PERCENT : decimals > 0 ? FREM_DIGITS_TENTHS : FREM_DIGITS_WHOLE;
}

/* What the first and the last row are called: the years, or the scenarios. */
static frem_label end_label(const wording *t, bool last) {
    const frem_address *address = &t->why->addresses[0];
    if (t->why->n_models == 2) {
        const char *name = name_of(t, t->why->models[last]->scenario);
        return (frem_label){{name, name}};
    }
    const char *year = frem_arena_print(t->why->arena, "%d", last ? address->last_year : address->first_year);
    for (size_t i = 1; i < t->why->n_addresses; i++) {
        if (t->why->addresses[i].first_year != address->first_year ||
            t->why->addresses[i].last_year != address->last_year)
            return last ? (frem_label){{"Last year", "Sidste år"}}
                        : (frem_label){{"First year", "Første år"}};
    }
    return (frem_label){{year, year}};
}

/* The words of all causes, and of the two ends. */
static frem_status list_words(const wording *t, frem_answer_word **out, size_t *n) {
    size_t room = 2;
    for (size_t i = 0; i < t->why->n_addresses; i++)
        room += t->all[i].n_parts;
    frem_answer_word *words = frem_arena_alloc(t->why->arena, room, sizeof *words);
    if (words == NULL)
        return FREM_NO_MEMORY;
    words[0] = (frem_answer_word){"start", end_label(t, false)};
    words[1] = (frem_answer_word){"end", end_label(t, true)};
    *n = 2;
    for (size_t i = 0; i < t->why->n_addresses; i++) {
        for (size_t k = 0; k < t->all[i].n_parts; k++)
            words[(*n)++] = (frem_answer_word){t->all[i].parts[k].cause.key, t->all[i].parts[k].cause.label};
    }
    *out = words;
    return words[0].label.text[0] != NULL && words[1].label.text[0] != NULL ? FREM_OK : FREM_NO_MEMORY;
}

static frem_status add_table(wording *t) {
    static const frem_label title = {{"Causes", "Årsager"}};
    const frem_answer_digits digits = digits_of(t);
    const bool several = t->why->n_addresses > 1, drawn = t->all[0].orders > 0;
    const frem_label none = {{NULL}};
    frem_answer_word *words = NULL;
    size_t n_words = 0;
    const frem_status status = list_words(t, &words, &n_words);
    const frem_answer_column columns[] = {
        FREM_ANSWER_SCENARIO,
        {.name = "reference",
         .meaning = "What it is explained against: the year that is held, or the other scenario"},
        {.name = "address", .meaning = "Address of the result", .heading = several ? of_address : none},
        {.name = "cause",
         .meaning = "Key of the cause",
         .heading = headings[0],
         .words = words,
         .n_words = n_words},
        {.name = "kind", .meaning = "start, cause or end; causes sum to end less start"},
        {.name = "unit", .meaning = "Unit of the value"},
        {.name = "value",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "The result at the start and end; what a cause adds",
         .heading = headings[1],
         .digits = digits,
         .exact = true},
        {.name = "low",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Lower end of a 95 % interval; the value where it is exact",
         .heading = drawn ? headings[2] : none,
         .digits = digits,
         .exact = true},
        {.name = "high",
         .kind = FREM_COLUMN_NUMBER,
         .meaning = "Upper end of it",
         .heading = drawn ? headings[3] : none,
         .digits = digits,
         .exact = true},
    };
    frem_answer_column *kept = frem_arena_alloc(t->why->arena, 1, sizeof columns);
    if (status != FREM_OK || kept == NULL)
        return FREM_NO_MEMORY;
    memcpy(kept, columns, sizeof columns);
    return frem_answer_add_table(t->results,
                                 &(frem_answer_table){.name = "decompose",
                                                      .title = title,
                                                      .columns = kept,
                                                      .n_columns = sizeof columns / sizeof *columns},
                                 &t->table);
}

static frem_status add_row(const wording *t, const frem_address *address, const char *text, const char *cause,
                           const char *kind, double value, double half) {
    const frem_scenario *s = explained(t);
    const char *reference = t->why->n_models == 2
                                ? name_of(t, t->why->models[0]->scenario)
                                : frem_arena_print(t->why->arena, "%d", address->first_year);
    if (reference == NULL)
        return FREM_NO_MEMORY;
    const frem_answer_cell cells[] = {{.text = s->name},
                                      {.text = s->variant},
                                      {.text = reference},
                                      {.text = text},
                                      {.text = cause},
                                      {.text = kind},
                                      {.text = frem_measure_find(address->measure)->unit},
                                      {.number = value},
                                      {.number = value - half},
                                      {.number = value + half}};
    return frem_answer_add_row(t->results, t->table, cells);
}

static frem_status add_rows(const wording *t, const frem_address *address, const frem_decomposed *d) {
    char *text = frem_address_text(address);
    frem_status status =
        text == NULL ? FREM_NO_MEMORY : add_row(t, address, text, "start", "start", d->start, 0);
    for (size_t i = 0; i < d->n_parts && status == FREM_OK; i++)
        status =
            add_row(t, address, text, d->parts[i].cause.key, "cause", d->parts[i].value, d->parts[i].half);
    if (status == FREM_OK)
        status = add_row(t, address, text, "end", "end", d->end, 0);
    free(text);
    return status;
}

/* ---- words ---- */

static void add_what(frem_text *out, const wording *t, const frem_address *address, frem_lang lang) {
    frem_address_say(out, t->document, explained(t)->name, address, lang);
}

/* "494 FTE in 2018 and 1,942 FTE in 2023, a change of +1,448." */
static void add_change(frem_text *out, const wording *t, const frem_address *address,
                       const frem_decomposed *d, frem_lang lang) {
    static const char *const in[] = {" in ", " i "}, *const and[] = {" and ", " og "};
    static const char *const change[] = {", a change of ", ", en ændring på "}, *const difference[] = {
                                                                                    ", a difference of ",
                                                                                    ", en forskel på "};
    const bool two = t->why->n_models == 2, percent = frem_address_is_ratio(address);
    for (size_t i = 0; i < 2; i++) {
        add_number(out, i == 0 ? d->start : d->end, d, percent, false, lang);
        if (!percent)
            frem_text_print(out, " %s", label_of(t, "unit", frem_measure_find(address->measure)->unit, lang));
        frem_text_add(out, in[lang]);
        if (two)
            frem_text_add(out, name_of(t, t->why->models[i]->scenario));
        else
            frem_text_print(out, "%d", i == 0 ? address->first_year : address->last_year);
        frem_text_add(out, i == 0 ? and[lang] : (two ? difference : change)[lang]);
    }
    add_added(out, d->end - d->start, d, percent, lang);
    frem_text_add(out, ".");
}

static int largest_first(const void *a, const void *b) {
    const frem_decomposed_part *const *x = a, *const *y = b;
    const double u = fabs((*x)->value), v = fabs((*y)->value);
    if (u > v || u < v)
        return u > v ? -1 : 1;
    return (*x)->cause.order < (*y)->cause.order ? -1 : 1;
}

/* Whether per cents of the change say anything: where one cause is more than all of it, large causes of both directions leave a
 * small rest, and a part would be many times the whole. */
static bool has_shares(const frem_decomposed *d) {
    bool has = true;
    for (size_t i = 0; i < d->n_parts; i++)
        has = has && fabs(d->parts[i].value) <= fabs(d->end - d->start);
    return has;
}

/* "Intake (+900, 110%)", "Demography (-82, -10%)", in per cent of the change. */
static void add_part(frem_text *out, const frem_decomposed_part *part, const frem_decomposed *d, bool percent,
                     frem_lang lang) {
    const double share = part->value / (d->end - d->start);
    frem_text_print(out, "%s (", part->cause.label.text[lang]);
    add_added(out, part->value, d, percent, lang);
    if (has_shares(d)) { /* of every cause, so that they sum to 100 */
        frem_text_add(out, ", ");
        frem_locale_percent(out, share, 0, lang);
    }
    frem_text_add(out, ")");
}

/* The largest causes of one direction. */
static frem_status add_direction(frem_text *out, const frem_decomposed *d, bool percent, bool up,
                                 frem_lang lang) {
    static const char *const words[2][FREM_LANG_COUNT] = {{" What lowers it: ", " Det trækker ned: "},
                                                          {" What raises it: ", " Det trækker op: "}};
    static const char *const others[FREM_LANG_COUNT] = {" and others", " og andet"};
    const frem_decomposed_part **parts = calloc(d->n_parts + 1, sizeof *parts);
    size_t n = 0;
    if (parts == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < d->n_parts; i++) {
        if ((d->parts[i].value > 0) == up && !is_small(d, d->parts[i].value))
            parts[n++] = &d->parts[i];
    }
    qsort(parts, n, sizeof *parts, largest_first);
    for (size_t i = 0; i < n && i < NAMED_MAX; i++) {
        frem_text_add(out, i == 0 ? words[up][lang] : ", ");
        add_part(out, parts[i], d, percent, lang);
    }
    if (n > 0)
        frem_text_add(out, n > NAMED_MAX ? others[lang] : "");
    frem_text_add(out, n > 0 ? "." : "");
    free(parts);
    return FREM_OK;
}

static frem_status say_it(const wording *t, const frem_address *address, const frem_decomposed *d) {
    static const char *const drawn[FREM_LANG_COUNT] = {
        " The parts are estimated from this many orders of the causes: ",
        " Bidragene er skønnet ud fra så mange rækkefølger af årsagerne: "};
    frem_text text[FREM_LANG_COUNT] = {{0}};
    frem_status status = FREM_OK;
    for (frem_lang lang = FREM_EN; lang < FREM_LANG_COUNT && status == FREM_OK; lang++) {
        frem_text *out = &text[lang];
        add_what(out, t, address, lang);
        if (t->why->n_models == 2) {
            frem_text_add(out, ", ");
            frem_address_say_years(out, address);
        }
        frem_text_add(out, ": ");
        add_change(out, t, address, d, lang);
        status = add_direction(out, d, frem_address_is_ratio(address), true, lang);
        if (status == FREM_OK)
            status = add_direction(out, d, frem_address_is_ratio(address), false, lang);
        if (d->orders > 0) {
            frem_text_add(out, drawn[lang]);
            frem_text_print(out, "%zu.", d->orders);
        }
    }
    if (status == FREM_OK)
        return frem_answer_say_texts(t->results, text);
    frem_text_free(&text[FREM_EN]);
    frem_text_free(&text[FREM_DA]);
    return status;
}

/* ---- the chart ---- */

static const char *kept_text(const wording *t, frem_text *text) {
    const char *kept = text->failed ? NULL : frem_arena_text(t->why->arena, text->bytes, text->length);
    frem_text_free(text);
    return kept;
}

static const char *number_text(const wording *t, double value, const frem_decomposed *d, bool percent,
                               bool sign, frem_lang lang) {
    frem_text text = {0};
    add_number(&text, value, d, percent, sign, lang);
    return kept_text(t, &text);
}

/* Whether the ends are so large beside what happens between them that bars from zero would hide it. */
static bool hides(const frem_decomposed *d) {
    double at = d->start, low = at, high = at;
    for (size_t i = 0; i < d->n_parts; i++) {
        at += d->parts[i].value;
        low = fmin(low, at);
        high = fmax(high, at);
    }
    return high - low < 0.2 * fmax(fabs(d->start), fabs(d->end));
}

/* @param steps [n_parts + 2] */
static size_t list_steps(const wording *t, const frem_address *address, const frem_decomposed *d,
                         frem_lang lang, frem_step *steps) {
    static const frem_label sum = {{"Change in all", "Ændring i alt"}};
    const bool percent = frem_address_is_ratio(address), changes = hides(d);
    const frem_label ends[2] = {end_label(t, false), end_label(t, true)};
    size_t n = 0;
    if (!changes)
        steps[n++] = (frem_step){ends[0].text[lang], d->start, true,
                                 number_text(t, d->start, d, percent, false, lang)};
    for (size_t i = 0; i < d->n_parts; i++) {
        const frem_decomposed_part *part = &d->parts[i];
        if (!is_small(d, part->value))
            steps[n++] = (frem_step){part->cause.label.text[lang], part->value, false,
                                     number_text(t, part->value, d, percent, true, lang)};
    }
    const double last = changes ? d->end - d->start : d->end;
    steps[n++] = (frem_step){changes ? sum.text[lang] : ends[1].text[lang], last, true,
                             number_text(t, last, d, percent, changes, lang)};
    return n;
}

static frem_status fill_figure(const wording *t, size_t i, frem_lang lang, frem_figure *out) {
    static const frem_label comes_of[2] = {
        {{"What the change comes of: ", "Hvad ændringen kommer af: "}},
        {{"What the difference comes of: ", "Hvad forskellen kommer af: "}}};
    const frem_address *address = &t->why->addresses[i];
    const frem_decomposed *d = &t->all[i];
    frem_text title = {0}, subtitle = {0};
    frem_step *steps = frem_arena_alloc(t->why->arena, d->n_parts + 2, sizeof *steps);
    if (steps == NULL)
        return FREM_NO_MEMORY;
    frem_text_add(&title, comes_of[t->why->n_models == 2].text[lang]);
    add_what(&title, t, address, lang);
    if (!frem_address_is_ratio(address))
        frem_text_print(&subtitle, "%s, ",
                        label_of(t, "unit", frem_measure_find(address->measure)->unit, lang));
    frem_address_say_years(&subtitle, address);
    if (t->why->n_models == 2)
        frem_text_print(&subtitle, ", %s – %s", name_of(t, t->why->models[0]->scenario),
                        name_of(t, t->why->models[1]->scenario));
    *out = (frem_figure){
        .kind = FREM_FIGURE_BARS,
        .name =
            t->why->n_addresses == 1 ? "decompose" : frem_arena_print(t->why->arena, "decompose-%zu", i + 1),
        .title = kept_text(t, &title),
        .subtitle = kept_text(t, &subtitle),
        .lang = lang,
        .scale = {.percent = frem_address_is_ratio(address), .has_reference = true, .reference = 0}};
    out->n_bars = list_steps(t, address, d, lang, steps);
    return out->name != NULL && out->title != NULL && out->subtitle != NULL
               ? frem_figure_waterfall(t->why->arena, steps, out->n_bars, &out->bars)
               : FREM_NO_MEMORY;
}

frem_status frem_decomposed_answer(frem_results *results, const frem_why *why, const frem_decomposed *all) {
    wording t = {results, why, all, frem_results_document(results), 0};
    frem_status status = add_table(&t);
    for (size_t i = 0; i < why->n_addresses && status == FREM_OK; i++) {
        frem_figure figures[FREM_LANG_COUNT];
        status = add_rows(&t, &why->addresses[i], &all[i]);
        if (status == FREM_OK)
            status = say_it(&t, &why->addresses[i], &all[i]);
        for (frem_lang lang = FREM_EN; lang < FREM_LANG_COUNT && status == FREM_OK; lang++)
            status = fill_figure(&t, i, lang, &figures[lang]);
        if (status == FREM_OK)
            status = frem_answer_add_figure(results, figures);
    }
    return status;
}
