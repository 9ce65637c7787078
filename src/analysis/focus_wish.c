/* What a scenario and a command say that a paper is about. */
#include <string.h>

#include "analysis/focus.h"
#include "base/number.h"
#include "base/problem.h"
#include "scenario/draft.h"

/* A focus in the making. */
typedef struct focusing {
    frem_arena *arena;
    const frem_model *model;
    const frem_report_wish *wish;
    frem_focus focus;
    frem_diags *diags;
    frem_status status;
} focusing;

static void refuse(focusing *f, frem_place place, const char *key, const char *word, const char *nearest) {
    const frem_status said = FREM_PROBLEM(f->diags, place, SWEEP_FILTER, key, word, nearest);
    f->status = f->status == FREM_OK || said == FREM_NO_MEMORY ? said : f->status;
}

/* Adds a year that is projected, in ascending order and once. */
static bool add_year(focusing *f, const char *word, size_t n) {
    int64_t year;
    const int first = f->model->base, last = first + (int)f->model->steps - 1;
    if (frem_whole_read(word, n, &year) != FREM_NUMBER_OK || year < first || year > last)
        return false;
    size_t at = f->focus.n_years;
    while (at > 0 && f->focus.years[at - 1] > year)
        at--;
    if (at > 0 && f->focus.years[at - 1] == year)
        return true;
    if (f->focus.n_years == FREM_FOCUS_YEARS)
        return false;
    memmove(f->focus.years + at + 1, f->focus.years + at, (f->focus.n_years - at) * sizeof *f->focus.years);
    f->focus.years[at] = (int)year;
    f->focus.n_years++;
    return true;
}

/* Years of a command: "2030,2035". */
static void add_years(focusing *f, const char *list) {
    static const frem_place in_command = {"fremskriv", 0, 0};
    for (const char *word = list; word != NULL && f->status == FREM_OK;) {
        const size_t n = strcspn(word, ",");
        if (!add_year(f, word, n)) {
            const char *text = frem_arena_text(f->arena, word, n);
            refuse(f, in_command, "--focus", text != NULL ? text : "", NULL);
        }
        word = word[n] == ',' ? word + n + 1 : NULL;
    }
    f->status = f->status == FREM_INVALID ? FREM_USAGE : f->status;
}

static frem_place place_of(const focusing *f, const char *key) {
    return frem_entry_place(&f->wish->head, key);
}

/* Keys of professions or variants that the scenario has. */
static void add_names(focusing *f, const frem_texts *texts, const char *key, const char *path,
                      const char *const *names, size_t n, const char *const **out, size_t *n_out) {
    const char **list = frem_arena_alloc(f->arena, texts->count + 1, sizeof *list);
    if (list == NULL) {
        f->status = FREM_NO_MEMORY;
        return;
    }
    *out = list;
    for (size_t i = 0; i < texts->count; i++) {
        const char *found = NULL;
        for (size_t k = 0; k < n && found == NULL; k++)
            found = strcmp(names[k], texts->items[i]) == 0 ? names[k] : NULL;
        if (found != NULL)
            list[(*n_out)++] = found;
        else
            refuse(f, place_of(f, key), path, texts->items[i], frem_nearest(texts->items[i], names, n));
    }
}

/* A region by its key or its name, a group, or "all". */
static const char *region_of(const frem_model *model, const char *word) {
    if (strcmp(word, "all") == 0)
        return "all";
    for (size_t g = 0; g < model->n_groups; g++) {
        if (strcmp(model->groups[g].name, word) == 0)
            return model->groups[g].name;
    }
    for (size_t r = 0; r < model->reported; r++) {
        const char *key = frem_index_name(model->regions, r), *name = model->region_names[r];
        if (strcmp(key, word) == 0 || (name != NULL && strcmp(name, word) == 0))
            return key;
    }
    return NULL;
}

static void add_regions(focusing *f) {
    const frem_texts *texts = &f->wish->regions;
    const char **list = frem_arena_alloc(f->arena, texts->count + 1, sizeof *list);
    if (list == NULL) {
        f->status = FREM_NO_MEMORY;
        return;
    }
    f->focus.regions = list;
    for (size_t i = 0; i < texts->count; i++) {
        const char *found = region_of(f->model, texts->items[i]);
        if (found != NULL)
            list[f->focus.n_regions++] = found;
        else
            refuse(f, place_of(f, "regions"), "report.regions", texts->items[i],
                   frem_nearest(texts->items[i], f->model->region_names, f->model->reported));
    }
}

static const char **variants_of(focusing *f, size_t *n) {
    const frem_draft_named *variants = &f->model->scenario->draft->variants;
    const char **names = frem_arena_alloc(f->arena, variants->n + 1, sizeof *names);
    for (size_t i = 0; names != NULL && i < variants->n; i++)
        names[(*n)++] = variants->items[i].name;
    return names;
}

/* What the scenario says. */
static void add_wish(focusing *f, bool years) {
    for (size_t i = 0; i < f->wish->years.count && years; i++) {
        const char *word = f->wish->years.items[i];
        if (!add_year(f, word, strlen(word)))
            refuse(f, place_of(f, "years"), "report.years", word, NULL);
    }
    size_t n_variants = 0;
    const char **variants = variants_of(f, &n_variants);
    if (variants == NULL) {
        f->status = FREM_NO_MEMORY;
        return;
    }
    add_names(f, &f->wish->professions, "professions", "report.professions",
              frem_index_names(f->model->professions), frem_index_count(f->model->professions),
              &f->focus.professions, &f->focus.n_professions);
    add_names(f, &f->wish->variants, "variants", "report.variants", variants, n_variants, &f->focus.variants,
              &f->focus.n_variants);
    add_regions(f);
}

static focusing begin(frem_arena *arena, const frem_model *model, frem_diags *diags) {
    return (focusing){
        .arena = arena, .model = model, .wish = &model->scenario->report, .diags = diags, .status = FREM_OK};
}

frem_status frem_focus_check(const frem_model *model, frem_diags *diags) {
    frem_arena *arena = NULL;
    if (model->scenario->report.head.node == NULL)
        return FREM_OK;
    const frem_status made = frem_arena_new(&arena);
    if (made != FREM_OK)
        return made;
    focusing f = begin(arena, model, diags);
    add_wish(&f, true);
    frem_arena_free(arena);
    return f.status;
}

frem_status frem_focus_read(frem_arena *arena, const frem_model *model, const char *years, frem_focus *out,
                            frem_diags *diags) {
    focusing f = begin(arena, model, diags);
    f.focus.title = f.wish->title;
    f.focus.made_for = f.wish->made_for;
    f.focus.by = f.wish->by;
    if (years != NULL)
        add_years(&f, years);
    if (f.status == FREM_OK)
        add_wish(&f, years == NULL);
    if (f.status == FREM_OK && f.focus.n_years == 0)
        f.focus.years[f.focus.n_years++] = model->base + (int)model->steps - 1;
    *out = f.focus;
    return f.status;
}
