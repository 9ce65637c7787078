#include "analysis/montecarlo_headline.h"

#include <math.h>

#include "base/locale.h"
#include "base/progress.h"
#include "numeric/distribution.h"

/* Fewer draws say nothing of their ends. */
enum { FEWEST = 100 };

void frem_headline_choose(frem_headline *out, const frem_sample *d) {
    const frem_model *m = d->model;
    const size_t area = m->n_groups == 1 ? m->reported : m->reported + m->n_groups;
    *out = (frem_headline){d, SIZE_MAX, 0};
    for (size_t i = 0; i < d->n_rows; i++) {
        const frem_result_row *row = &d->rows[i], *best = out->row == SIZE_MAX ? NULL : &d->rows[out->row];
        if (row->measure != FREM_M_GAP || row->area != area || row->sector != frem_index_count(m->sectors) ||
            row->profession == frem_index_count(m->professions))
            continue;
        if (best == NULL || row->step > best->step ||
            (row->step == best->step && row->profession < best->profession))
            out->row = i;
    }
}

static void add_gap(frem_text *out, double gap, frem_lang lang) {
    frem_text_add(out, gap > 0 ? "+" : "");
    frem_locale_number(out, gap, 0, lang);
}

static const char *profession_name(const frem_model *m, size_t p, frem_lang lang) {
    const frem_profession *profession = &m->scenario->professions.items[p];
    return profession->label.text[lang] != NULL ? profession->label.text[lang] : profession->head.key;
}

/* "Pedagogues 2040: gap +2,849, nine of ten from +408 to +5,016, chance of a shortage 2%" */
static void add_words(frem_text *out, const frem_headline *h, const double quantiles[3], double below,
                      frem_lang lang) {
    const frem_model *m = h->drawing->model;
    const frem_result_row *row = &h->drawing->rows[h->row];
    frem_text_print(out, "%s %d: %s ", profession_name(m, row->profession, lang), m->base + (int)row->step,
                    frem_word_text(FREM_W_HEADLINE_GAP, lang));
    add_gap(out, quantiles[1], lang);
    frem_text_add(out, frem_word_text(FREM_W_HEADLINE_FROM, lang));
    add_gap(out, quantiles[0], lang);
    frem_text_add(out, frem_word_text(FREM_W_HEADLINE_TO, lang));
    add_gap(out, quantiles[2], lang);
    frem_text_print(out, ", %s ", frem_word_text(FREM_W_TERMINAL_CHANCE, lang));
    frem_locale_percent(out, below, 0, lang);
}

void frem_headline_say(frem_headline *h, const double *values, size_t n, double *scratch,
                       unsigned short *bins) {
    static const double shares[] = {0.05, 0.5, 0.95};
    const frem_progress *progress = h->drawing->progress;
    if (h->row == SIZE_MAX || n < FEWEST || progress == NULL || progress->found == NULL || n < h->next)
        return;
    double quantiles[3];
    size_t below = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i]))
            return;
        below += values[i] < 0;
    }
    frem_quantiles(values, n, shares, 3, scratch, bins, quantiles);
    frem_text texts[FREM_LANG_COUNT] = {{0}};
    const char *bytes[FREM_LANG_COUNT];
    bool whole = true;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        add_words(&texts[lang], h, quantiles, (double)below / (double)n, (frem_lang)lang);
        whole = whole && !texts[lang].failed;
        bytes[lang] = texts[lang].bytes;
    }
    if (whole)
        progress->found(progress->context, bytes);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        frem_text_free(&texts[lang]);
    h->next = n + n / 20;
}
