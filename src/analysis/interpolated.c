/* What a reader must know about ages that the population's table does not count by themselves. */
#include <limits.h>
#include <string.h>

#include "analysis/results.h"
#include "base/locale.h"
#include "base/text.h"

/* The most uses that a note names. */
enum { USES_NAMED = 4 };

/* Whether a cut asks for ages inside the group from..to. */
static bool is_inside(const frem_cut *cut, int from, int to) {
    const frem_age_range *ages = &cut->ages;
    return !ages->given || (ages->from > from && ages->from <= to) || (ages->to >= from && ages->to < to);
}

/* The groups that are cut: "0-5, 80+". */
static void add_groups(frem_text *out, const frem_model *model) {
    const frem_people *people = &model->people;
    bool several = false;
    for (size_t from = 0, end; from < people->ages; from = end) {
        bool cut = false;
        for (end = from + 1; end < people->ages && people->joined[end];)
            end++;
        for (size_t i = 0; i < model->n_cuts && end > from + 1; i++)
            cut = cut || is_inside(&model->cuts[i], (int)from, (int)end - 1);
        if (!cut)
            continue;
        char text[FREM_AGES_TEXT];
        bool open = end == people->ages && people->open;
        frem_ages_text(text, (frem_age_range){true, (int)from, open ? INT_MAX : (int)end - 1});
        frem_text_print(out, "%s%s", several ? ", " : "", text);
        several = true;
    }
}

static void add_uses(frem_text *out, const frem_model *model, frem_lang lang) {
    size_t named = model->n_cuts > USES_NAMED + 1 ? USES_NAMED : model->n_cuts;
    for (size_t i = 0; i < named; i++) {
        char text[FREM_AGES_TEXT];
        frem_ages_text(text, model->cuts[i].ages);
        frem_text_print(out, "%s%s (%s)", i > 0 ? ", " : "", model->cuts[i].path,
                        model->cuts[i].ages.given ? text : frem_word_text(FREM_W_AGES_EACH, lang));
    }
    if (named < model->n_cuts)
        frem_text_print(out, " %s %zu %s", frem_word_text(FREM_W_AGES_AND, lang), model->n_cuts - named,
                        frem_word_text(FREM_W_AGES_MORE, lang));
}

/* By what the ages are found, and where the profile's cohorts are carried on. */
static void add_way(frem_text *out, const frem_model *model, frem_lang lang) {
    const frem_people *people = &model->people;
    const char *profile = model->scenario->population.ages.table;
    frem_text_print(out, "%s%s",
                    profile != NULL ? frem_word_text(FREM_W_AGES_COHORTS, lang)
                                    : frem_word_text(FREM_W_AGES_CURVE, lang),
                    profile != NULL ? profile : "");
    if (profile != NULL && people->profile_last < model->base + (int)model->steps - 1)
        frem_text_print(out, "%s%d", frem_word_text(FREM_W_AGES_AFTER, lang), people->profile_last);
    if (profile != NULL && people->profile_first > model->base)
        frem_text_print(out, "%s%d", frem_word_text(FREM_W_AGES_BEFORE, lang), people->profile_first);
}

static const char *in_words(frem_arena *arena, const frem_model *model, frem_lang lang) {
    frem_text text = {0};
    frem_text_add(&text, frem_word_text(FREM_W_AGES_ARE, lang));
    add_way(&text, model, lang);
    frem_text_add(&text, "): ");
    add_groups(&text, model);
    frem_text_print(&text, ", %s ", frem_word_text(FREM_W_AGES_USED, lang));
    add_uses(&text, model, lang);
    const char *kept = text.failed ? NULL : frem_arena_text(arena, text.bytes, text.length);
    frem_text_free(&text);
    return kept;
}

bool frem_ages_told(frem_arena *arena, const frem_model *model, frem_label *out) {
    for (size_t lang = 0; lang < FREM_LANG_COUNT && model->n_cuts > 0; lang++) {
        out->text[lang] = in_words(arena, model, (frem_lang)lang);
        if (out->text[lang] == NULL)
            return false;
    }
    return true;
}

static bool is_among(const frem_cut *cut, const frem_model *model) {
    for (size_t i = 0; i < model->n_cuts; i++) {
        const frem_age_range *a = &model->cuts[i].ages, *b = &cut->ages;
        if (strcmp(model->cuts[i].path, cut->path) == 0 && a->given == b->given && a->from == b->from &&
            a->to == b->to)
            return true;
    }
    return false;
}

bool frem_ages_told_by(const frem_model *model, const frem_model *other) {
    for (size_t i = 0; i < model->n_cuts; i++) {
        if (!is_among(&model->cuts[i], other))
            return false;
    }
    return true;
}
