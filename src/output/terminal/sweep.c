/* The short table of a sweep: its points, and the gap of the last year by profession; of several together the sum of
 * their shortages, as a sum of gaps would set the surplus of one against the shortage of another. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/sweep.h"
#include "base/arena.h"
#include "base/locale.h"
#include "base/problem.h"
#include "fremskriv/output.h"
#include "output/text.h"

enum { POINTS_MAX = 64, GAP = 2 };

/* One point of one model. */
typedef struct line {
    size_t model;
    int32_t point;
    double *varied; /* [varied] */
    double *gaps;   /* [profession]; NaN where there is none; of all, their shortage */
} line;

typedef struct table {
    const frem_sweep *sweep;
    frem_arena *arena;
    frem_lang lang;
    line *lines;
    size_t n;
} table;

static size_t professions_of(const frem_model *model) {
    return frem_index_count(model->professions) + 1;
}

/* Takes what is shown out of a part of the table: the only rows that were asked for are the last year's gaps
 * and shortages. */
static frem_status take_part(void *context, const frem_frame *part) {
    table *t = context;
    const frem_sweep *sweep = t->sweep;
    size_t n = sweep->n_varied, shift = FREM_SWEEP_VARIED + n;
    const int32_t *points = frem_frame_wholes(part, FREM_SWEEP_POINT);
    const uint32_t *professions = frem_frame_label_codes(part, shift + 2);
    const uint32_t *measures = frem_frame_label_codes(part, shift + 4);
    const double *values = frem_frame_numbers(part, frem_frame_columns(part) - 1);
    for (size_t row = 0; row < frem_frame_rows(part); row++) {
        const char *profession = frem_frame_label_text(part, shift + 2, professions[row]);
        /* A part has points of one model, and every point has a row. */
        if (row == 0 || t->lines[t->n - 1].point != points[row]) {
            size_t model = t->n / sweep->points;
            size_t gaps = professions_of(sweep->models[model]);
            line *added = &t->lines[t->n++];
            *added = (line){model, points[row], frem_arena_alloc(t->arena, n + 1, sizeof(double)),
                            frem_arena_alloc(t->arena, gaps, sizeof(double))};
            if (added->varied == NULL || added->gaps == NULL)
                return FREM_NO_MEMORY;
            for (size_t v = 0; v < n; v++)
                added->varied[v] = frem_frame_numbers(part, FREM_SWEEP_VARIED + v)[row];
            for (size_t g = 0; g < gaps; g++)
                added->gaps[g] = (double)NAN;
        }
        line *at = &t->lines[t->n - 1];
        bool gap = strcmp(frem_frame_label_text(part, shift + 4, measures[row]),
                          frem_measures[FREM_M_GAP].name) == 0;
        if (gap == (strcmp(profession, "all") == 0))
            continue;
        ptrdiff_t place =
            frem_index_find(sweep->models[at->model]->professions, profession, strlen(profession));
        at->gaps[place >= 0 ? (size_t)place : professions_of(sweep->models[at->model]) - 1] = values[row];
    }
    return FREM_OK;
}

static const char *profession_label(const table *t, const frem_model *model, size_t p) {
    const frem_scenario *s = model->scenario;
    if (p == s->professions.count)
        return frem_word_text(FREM_W_SWEEP_SHORTAGE, t->lang);
    const char *label = s->professions.items[p].label.text[t->lang];
    return label != NULL ? label : s->professions.items[p].head.key;
}

static size_t width_of(const char *text) {
    return frem_utf8_width(text, strlen(text));
}

static bool is_shown(const table *t, size_t model, size_t profession) {
    for (size_t i = 0; i < t->n; i++) {
        if (t->lines[i].model == model && !isnan(t->lines[i].gaps[profession]))
            return true;
    }
    return false;
}

static void add_gap(frem_text *out, const table *t, double gap, size_t width) {
    const size_t from = out->length;
    if (isnan(gap))
        frem_text_add(out, "-");
    else
        frem_locale_number(out, gap, 0, t->lang);
    frem_align_right(out, from, width + GAP);
}

/* A varied number with all its digits. */
static void add_varied(frem_text *out, const table *t, double number, size_t width) {
    const size_t from = out->length;
    frem_locale_exact(out, number, t->lang);
    frem_align_right(out, from, width + GAP);
}

static void add_head(frem_text *out, const table *t, const frem_model *model) {
    const frem_scenario *s = model->scenario;
    const char *title = s->title.text[t->lang];
    frem_add_label(out, title != NULL ? title : s->name);
    if (s->label.text[t->lang] != NULL) { /* of a variant */
        frem_text_add(out, " · ");
        frem_add_label(out, s->label.text[t->lang]);
    }
    frem_text_print(out, " · %s %d\n", frem_word_text(FREM_W_SWEEP_TITLE, t->lang),
                    model->base + (int)model->steps - 1);
}

static void add_model(frem_text *out, const table *t, size_t m) {
    enum { GAP_WIDTH = 10 };
    const frem_model *model = t->sweep->models[m];
    size_t n = t->sweep->n_varied, professions = professions_of(model);
    size_t first = width_of(frem_word_text(FREM_W_SWEEP_POINT, t->lang));
    frem_text_add(out, out->length > 0 ? "\n" : "");
    add_head(out, t, model);
    frem_text_add(out, frem_word_text(FREM_W_SWEEP_POINT, t->lang));
    for (size_t v = 0; v < n; v++)
        frem_add_right(out, t->sweep->varied[v].column, width_of(t->sweep->varied[v].column) + GAP);
    for (size_t p = 0; p < professions; p++) {
        const size_t from = out->length, width = width_of(profession_label(t, model, p));
        if (!is_shown(t, m, p))
            continue;
        frem_add_label(out, profession_label(t, model, p));
        frem_align_right(out, from, (width > GAP_WIDTH ? width : GAP_WIDTH) + GAP);
    }
    frem_text_add(out, "\n");
    for (size_t i = 0; i < t->n; i++) {
        char text[32];
        if (t->lines[i].model != m)
            continue;
        (void)snprintf(text, sizeof text, "%d", t->lines[i].point);
        frem_add_right(out, text, first);
        for (size_t v = 0; v < n; v++)
            add_varied(out, t, t->lines[i].varied[v], width_of(t->sweep->varied[v].column));
        for (size_t p = 0; p < professions; p++) {
            size_t width = width_of(profession_label(t, model, p));
            if (is_shown(t, m, p))
                add_gap(out, t, t->lines[i].gaps[p], width > GAP_WIDTH ? width : GAP_WIDTH);
        }
        frem_text_add(out, "\n");
    }
    if (model->as_is->inputs.base_mode != FREM_BASE_COHORTS)
        frem_text_print(out, "%s%d%s\n", frem_word_text(FREM_W_SWEEP_BEFORE, t->lang), model->base,
                        frem_word_text(FREM_W_SWEEP_AFTER, t->lang));
}

/* Whether several professions are shown, and so their sum. */
static bool *with_sum(const table *t, const frem_model *model, const bool *asked) {
    size_t n = frem_index_count(model->professions), several = 0;
    bool *wanted = frem_arena_alloc(t->arena, n + 1, sizeof *wanted);
    for (size_t p = 0; p < n && wanted != NULL; p++) {
        wanted[p] = asked == NULL || asked[p];
        several += wanted[p];
    }
    if (wanted != NULL)
        wanted[n] = several > 1 || asked == NULL || asked[n];
    return wanted;
}

/* Asks for the last year's gaps of all regions together, whatever was asked for. */
static frem_status narrow(const table *t) {
    for (size_t m = 0; m < t->sweep->n_models; m++) {
        const frem_model *model = t->sweep->models[m];
        size_t areas = model->reported + model->n_groups;
        bool *steps = frem_arena_alloc(t->arena, model->steps, sizeof *steps);
        bool *all = frem_arena_alloc(t->arena, areas + 1, sizeof *all);
        bool *sectors = frem_arena_alloc(t->arena, frem_index_count(model->sectors) + 1, sizeof *sectors);
        bool *measures = frem_arena_alloc(t->arena, FREM_M_COUNT, sizeof *measures);
        bool *professions = with_sum(t, model, t->sweep->swept[m].filter.professions);
        if (steps == NULL || all == NULL || sectors == NULL || measures == NULL || professions == NULL)
            return FREM_NO_MEMORY;
        steps[model->steps - 1] = true;
        all[areas] = true;
        sectors[frem_index_count(model->sectors)] = true;
        measures[FREM_M_GAP] = measures[FREM_M_SHORTAGE] = true;
        t->sweep->swept[m].filter = (frem_row_filter){steps, all, professions, sectors, measures};
    }
    return FREM_OK;
}

frem_status frem_sweep_write_short(frem_sweep *sweep, frem_lang lang, char **out, const frem_run_options *run,
                                   frem_diags *diags) {
    table t = {.sweep = sweep, .lang = lang};
    frem_text text = {0};
    *out = NULL;
    size_t points = frem_sweep_points(sweep);
    if (points > POINTS_MAX) {
        char given[32], most[32];
        (void)snprintf(given, sizeof given, "%zu", points);
        (void)snprintf(most, sizeof most, "%d", POINTS_MAX);
        frem_status wrong =
            FREM_PROBLEM(diags, ((frem_place){"fremskriv", 0, 0}), SWEEP_TOO_LONG, given, most);
        return wrong == FREM_NO_MEMORY ? wrong : FREM_USAGE;
    }
    frem_status status = frem_arena_new(&t.arena);
    if (status != FREM_OK)
        return status;
    t.lines = frem_arena_alloc(t.arena, points + 1, sizeof *t.lines);
    status = t.lines != NULL ? narrow(&t) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_sweep_run(sweep, run, take_part, &t, diags);
    for (size_t m = 0; m < sweep->n_models && status == FREM_OK; m++)
        add_model(&text, &t, m);
    if (status == FREM_OK && text.failed)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK)
        *out = text.bytes;
    else
        frem_text_free(&text);
    frem_arena_free(t.arena);
    return status;
}
