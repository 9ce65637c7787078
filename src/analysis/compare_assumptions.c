/* What scenarios and variants say, side by side: one row a path where they differ, one column a scenario or variant. */
#include <string.h>

#include "analysis/answer.h"
#include "analysis/changed.h"
#include "analysis/judge.h"
#include "base/problem.h"
#include "base/text.h"

enum { SIDES_MAX = 16, COL_PATH = 0, COL_UNIT, COL_SIDES };

/* What one scenario or variant says. */
typedef struct side {
    const frem_run *run;
    frem_said *list;
    size_t n;
} side;

typedef struct comparing {
    frem_results *results;
    frem_arena *arena;
    side sides[SIDES_MAX];
    size_t n, wide, tidy; /* how many sides; the numbers of the two tables */
    size_t entries, rows;
} comparing;

/* A column of the wide table: NAME, or NAME/VARIANT. */
static frem_status name_side(comparing *c, size_t i, frem_answer_column *out) {
    const frem_run *run = c->sides[i].run;
    const frem_document *document = frem_results_document(c->results);
    const bool variant = strcmp(run->variant, "base") != 0, several = frem_document_several(document);
    *out = (frem_answer_column){.kind = FREM_COLUMN_LABEL};
    out->name = variant ? frem_arena_print(c->arena, "%s/%s", run->name, run->variant) : run->name;
    out->meaning = frem_arena_print(c->arena, "what it says at the path; empty: nothing");
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *title = run->title.text[lang];
        const char *label =
            frem_document_label(document, run->name, "variant", run->variant, (frem_lang)lang);
        out->heading.text[lang] = !variant  ? title
                                  : several ? frem_arena_print(c->arena, "%s · %s", title, label)
                                            : label;
        if (out->heading.text[lang] == NULL)
            return FREM_NO_MEMORY;
    }
    return out->name != NULL && out->meaning != NULL ? FREM_OK : FREM_NO_MEMORY;
}

static frem_status add_wide(comparing *c) {
    frem_answer_column *columns = frem_arena_alloc(c->arena, COL_SIDES + c->n, sizeof *columns);
    if (columns == NULL)
        return FREM_NO_MEMORY;
    columns[COL_PATH] = (frem_answer_column){.name = "path",
                                             .kind = FREM_COLUMN_LABEL,
                                             .meaning = "the value's dotted name in the scenario",
                                             .heading = {{"Path", "Sti"}}};
    columns[COL_UNIT] = (frem_answer_column){
        .name = "unit", .kind = FREM_COLUMN_LABEL, .meaning = "unit of the value; may be empty"};
    frem_status status = FREM_OK;
    for (size_t i = 0; i < c->n && status == FREM_OK; i++)
        status = name_side(c, i, &columns[COL_SIDES + i]);
    const frem_answer_table table = {.name = "assumptions_compared",
                                     .title = {{"Assumptions that differ", "Forudsætninger, der afviger"}},
                                     .columns = columns,
                                     .n_columns = COL_SIDES + c->n};
    return status == FREM_OK ? frem_answer_add_table(c->results, &table, &c->wide) : status;
}

static frem_status add_tidy(comparing *c) {
    static const frem_answer_column columns[] = {
        {.name = "path",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "the value's dotted name in the scenario",
         .heading = {{"Path", "Sti"}}},
        {.name = "scenario",
         .kind = FREM_COLUMN_LABEL,
         .meaning = FREM_MEANS_SCENARIO,
         .heading = {{"Scenario", "Scenarie"}}},
        {.name = "variant",
         .kind = FREM_COLUMN_LABEL,
         .meaning = FREM_MEANS_VARIANT,
         .heading = {{"Variant", "Variant"}}},
        {.name = "value",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "the value as the scenario gives it",
         .heading = {{"Value", "Værdi"}}},
        {.name = "unit",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "unit of the value; may be empty",
         .heading = {{"Unit", "Enhed"}}},
        {.name = "source",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "what the scenario says of its origin; may be empty",
         .heading = {{"Source", "Kilde"}}},
        {.name = "given",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "file and line that give it, or default",
         .heading = {{"Given in", "Står i"}}},
    };
    const frem_answer_table table = {.name = "assumption_sources",
                                     .title = {{"Where they are given", "Hvor de står"}},
                                     .columns = columns,
                                     .n_columns = sizeof columns / sizeof *columns,
                                     .long_one = true};
    return frem_answer_add_table(c->results, &table, &c->tidy);
}

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

/* ---- rows ---- */

/* Whether sides differ at a path, and whether two of them that do are written alike because their middle is left out. */
static bool differ(const frem_said *const *said, size_t n, bool *alike) {
    bool any = false;
    *alike = false;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            const frem_said *a = said[i], *b = said[k], *either = a != NULL ? a : b;
            if (a == NULL || b == NULL) {
                any = any || (a != b && either->pair != NULL);
            } else if (!frem_said_same_value(a, b)) {
                any = true;
                *alike = *alike || strcmp(a->as.value, b->as.value) == 0;
            }
        }
    }
    return any;
}

static frem_status add_place(comparing *c, const side *one, const frem_said *said, const char *value) {
    const char *given = said->pair != NULL
                            ? frem_arena_print(c->arena, "%s:%u", said->place.file, said->place.line)
                            : "default";
    return given == NULL
               ? FREM_NO_MEMORY
               : frem_answer_add_row(c->results, c->tidy,
                                     (frem_answer_cell[]){{.text = said->as.path},
                                                          {.text = one->run->name},
                                                          {.text = one->run->variant},
                                                          {.text = value},
                                                          {.text = or_empty(said->as.unit)},
                                                          {.text = or_empty(said->as.source.text[FREM_EN])},
                                                          {.text = given}});
}

static frem_status add_row(comparing *c, const frem_said *const *said, bool whole) {
    frem_answer_cell cells[COL_SIDES + SIDES_MAX] = {{0}};
    frem_status status = FREM_OK;
    for (size_t i = 0; i < c->n && status == FREM_OK; i++) {
        const frem_said *one = said[i];
        cells[COL_SIDES + i].text = "";
        if (one == NULL)
            continue;
        cells[COL_PATH].text = one->as.path;
        cells[COL_UNIT].text = or_empty(one->as.unit);
        cells[COL_SIDES + i].text =
            whole && one->pair != NULL ? frem_said_value(c->arena, one->pair->value, true) : one->as.value;
        status = cells[COL_SIDES + i].text != NULL
                     ? add_place(c, &c->sides[i], one, cells[COL_SIDES + i].text)
                     : FREM_NO_MEMORY;
    }
    c->rows++;
    return status == FREM_OK ? frem_answer_add_row(c->results, c->wide, cells) : status;
}

/* The row of a path that the sides before this one do not have. */
static frem_status look_at(comparing *c, size_t i, size_t k) {
    const frem_said *said[SIDES_MAX] = {NULL};
    const char *path = c->sides[i].list[k].as.path;
    for (size_t s = 0; s < c->n; s++) {
        said[s] = frem_said_at(c->sides[s].list, c->sides[s].n, path, k);
        if (s < i && said[s] != NULL)
            return FREM_OK;
    }
    bool alike;
    c->entries++;
    return differ(said, c->n, &alike) ? add_row(c, said, alike) : FREM_OK;
}

static frem_status say(comparing *c) {
    const char *sentences[FREM_LANG_COUNT] = {
        frem_arena_print(c->arena, "Of %zu values, %zu differ.", c->entries, c->rows),
        frem_arena_print(c->arena, "Af %zu værdier afviger %zu.", c->entries, c->rows)};
    return frem_answer_say(c->results, sentences[FREM_EN], sentences[FREM_DA]);
}

frem_status frem_compare_assumptions(frem_results **out, const frem_sources *sources,
                                     const frem_model *const *models, size_t n_models,
                                     const frem_run_options *options, frem_diags *diags) {
    static const frem_label title = {{"Assumptions side by side", "Forudsætninger side om side"}};
    const char *first = n_models > 0 ? models[0]->scenario->source->path : NULL;
    comparing c = {.n = n_models};
    *out = NULL;
    if (n_models < 2)
        return FREM_PROBLEM(diags, ((frem_place){first, 0, 0}), COMPARE_ONE, "");
    if (n_models > SIDES_MAX)
        return FREM_PROBLEM(diags, ((frem_place){first, 0, 0}), COMPARE_MANY, "");
    frem_status status = frem_models_named_apart(models, n_models, diags);
    if (status == FREM_OK)
        status = frem_answer_new(&c.results, "compare", &title, models, n_models, sources, options);
    c.arena = status == FREM_OK ? frem_answer_arena(c.results) : NULL;
    for (size_t i = 0; i < n_models && status == FREM_OK; i++) {
        side *one = &c.sides[i];
        one->run = &frem_results_document(c.results)->scenarios[i];
        status = frem_scenario_said(c.arena, one->run, models[i]->scenario, FREM_SAYING_EFFECTS, &one->list,
                                    &one->n);
    }
    if (status == FREM_OK)
        status = add_wide(&c);
    if (status == FREM_OK)
        status = add_tidy(&c);
    for (size_t i = 0; i < n_models && status == FREM_OK; i++) {
        for (size_t k = 0; k < c.sides[i].n && status == FREM_OK; k++)
            status = look_at(&c, i, k);
    }
    if (status == FREM_OK)
        status = say(&c);
    if (status == FREM_OK)
        *out = c.results;
    else
        frem_results_free(c.results);
    return status;
}
