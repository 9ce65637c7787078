/* Names of the keys in the results, and notes on the numbers for their reader. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "base/file_name.h"
#include "base/locale.h"

/* Growing lists of the document. */
typedef struct lists {
    frem_arena *arena;
    frem_name *names;
    size_t n_names, names_capacity;
    size_t own_names, own_notes; /* where those of the present scenario and its variants begin */
    frem_label label;            /* of the present variant */
    bool again;                  /* whether it is one more variant of the same scenario */
    frem_note *notes;
    size_t n_notes, notes_capacity;
    frem_carried *tables;
    size_t n_tables, tables_capacity;
    frem_index *table_names; /* those that are taken in tables/ */
    frem_status status;
} lists;

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_named(const lists *l, const char *scenario, const char *column, const char *key) {
    for (size_t i = l->own_names; i < l->n_names; i++) {
        if (same_text(l->names[i].scenario, scenario) && same_text(l->names[i].column, column) &&
            same_text(l->names[i].key, key))
            return true;
    }
    return false;
}

static void add_name(lists *l, const char *scenario, const char *column, const char *key, frem_label label) {
    /* What the scenario itself calls a thing its variants call it too. */
    if (l->again && is_named(l, scenario, column, key))
        return;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        if (label.text[lang] == NULL)
            label.text[lang] = key;
    }
    if (l->status == FREM_OK)
        l->status = frem_grow((void **)&l->names, &l->names_capacity, l->n_names, sizeof *l->names);
    if (l->status == FREM_OK)
        l->names[l->n_names++] = (frem_name){scenario, column, key, label};
}

static bool is_noted(const lists *l, const frem_note *note) {
    for (size_t i = l->own_notes; i < l->n_notes; i++) {
        const frem_note *other = &l->notes[i];
        bool same = same_text(other->kind, note->kind) && same_text(other->what, note->what);
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
            same = same && same_text(other->text.text[lang], note->text.text[lang]);
        if (same)
            return true;
    }
    return false;
}

static void add_note(lists *l, frem_note note) {
    if (l->again && is_noted(l, &note))
        return;
    /* A note that the scenario itself does not have is about the variant, which it then names. */
    for (size_t lang = 0; lang < FREM_LANG_COUNT && l->again && note.text.text[lang] != NULL; lang++)
        note.text.text[lang] =
            frem_arena_print(l->arena, "%s (%s)", note.text.text[lang], l->label.text[lang]);
    if (note.text.text[FREM_EN] == NULL || note.text.text[FREM_DA] == NULL)
        l->status = FREM_NO_MEMORY;
    if (l->status == FREM_OK)
        l->status = frem_grow((void **)&l->notes, &l->notes_capacity, l->n_notes, sizeof *l->notes);
    if (l->status == FREM_OK)
        l->notes[l->n_notes++] = note;
}

/* Words of everybody's: measures and units. */
static void name_common(lists *l) {
    static const struct {
        const char *unit;
        frem_label label;
    } units[] = {{"fte", {{"FTE", "årsværk"}}},
                 {"persons", {{"persons", "personer"}}},
                 {"ratio", {{"ratio", "andel"}}},
                 {"places", {{"places", "pladser"}}},
                 {"mio_kr", {{"DKK million", "mio. kr."}}},
                 {"children", {{"children", "børn"}}}};
    for (size_t m = 0; m < FREM_M_COUNT; m++)
        add_name(l, NULL, "measure", frem_measures[m].name, frem_measures[m].label);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        add_name(l, NULL, "unit", units[u].unit, units[u].label);
    add_name(l, NULL, "region", "all", (frem_label){{"All regions", "Alle områder"}});
    add_name(l, NULL, "profession", "all", (frem_label){{"All professions", "Alle faggrupper"}});
    add_name(l, NULL, "sector", "all", (frem_label){{"All sectors", "Alle brancher"}});
    add_name(l, NULL, "programme", "all", (frem_label){{"All programmes", "Alle uddannelser"}});
    add_name(l, NULL, "specialisation", "all",
             (frem_label){{"All specialisations", "Alle specialiseringer"}});
    add_name(l, NULL, "stage", "all", (frem_label){{"All stages", "Alle trin"}});
    add_name(l, NULL, "sex", "all", (frem_label){{"Both sexes", "Begge køn"}});
    add_name(l, NULL, "sex", "f", (frem_label){{"Women", "Kvinder"}});
    add_name(l, NULL, "sex", "m", (frem_label){{"Men", "Mænd"}});
    add_name(l, NULL, "variant", "base", (frem_label){{"base", "grundscenarie"}});
}

static void name_things(lists *l, const frem_model *model) {
    const frem_scenario *s = model->scenario;
    if (strcmp(s->variant, "base") != 0)
        add_name(l, s->name, "variant", s->variant, s->label);
    const frem_label *all = &model->all_regions;
    const char *const en = all->text[FREM_EN], *const da = all->text[FREM_DA];
    if (en != NULL || da != NULL)
        add_name(l, s->name, "region", "all", (frem_label){{en != NULL ? en : da, da != NULL ? da : en}});
    for (size_t r = 0; r < model->reported && !model->one_area; r++)
        add_name(l, s->name, "region", frem_index_name(model->regions, r),
                 (frem_label){{model->region_names[r], model->region_names[r]}});
    for (size_t p = 0; p < s->professions.count; p++)
        add_name(l, s->name, "profession", s->professions.items[p].head.key, s->professions.items[p].label);
    for (size_t j = 0; j < s->demand.count; j++)
        add_name(l, s->name, "sector", s->demand.items[j].head.key, s->demand.items[j].label);
    for (size_t k = 0; k < s->programmes.count; k++) {
        const frem_programme *programme = &s->programmes.items[k];
        add_name(l, s->name, "programme", programme->head.key, programme->label);
        for (size_t i = 0; i < programme->specialisations.count; i++)
            add_name(l, s->name, "specialisation", programme->specialisations.items[i].head.key,
                     programme->specialisations.items[i].label);
        for (size_t i = 0; i < programme->stages.count; i++)
            add_name(l, s->name, "stage", programme->stages.items[i].head.key,
                     programme->stages.items[i].label);
    }
}

/* "population 0-5" in words. */
static const char *key_in_words(frem_arena *arena, const frem_split *split, frem_lang lang) {
    static const frem_word words[] = {
        [FREM_SPLIT_NONE] = FREM_W_SPLIT_NONE,
        [FREM_SPLIT_POPULATION] = FREM_W_SPLIT_POPULATION,
        [FREM_SPLIT_EMPLOYMENT] = FREM_W_SPLIT_EMPLOYMENT,
        [FREM_SPLIT_EQUAL] = FREM_W_SPLIT_EQUAL,
        [FREM_SPLIT_WEIGHTS] = FREM_W_SPLIT_WEIGHTS,
    };
    const char *word = frem_word_text(words[split->by], lang);
    if (split->by != FREM_SPLIT_POPULATION || !split->ages.given)
        return word;
    if (split->ages.to > 200)
        return frem_arena_print(arena, "%s %d+", word, split->ages.from);
    return frem_arena_print(arena, "%s %d–%d", word, split->ages.from, split->ages.to);
}

bool frem_covers_told(frem_arena *arena, const frem_model *model, frem_label *out) {
    frem_text list = {0};
    size_t n = 0;
    for (size_t i = 0; i < model->n_splits; i++) {
        if (model->splits[i].area->name == NULL || model->splits[i].area->count <= model->reported)
            continue;
        frem_text_print(&list, "%s%s", n++ > 0 ? ", " : "", model->splits[i].path);
    }
    for (size_t lang = 0; lang < FREM_LANG_COUNT && n > 0 && !list.failed; lang++)
        out->text[lang] = frem_arena_print(arena, "%zu %s: %s", n,
                                           frem_word_text(FREM_W_COVERS_MORE, (frem_lang)lang), list.bytes);
    const bool whole = !list.failed && (n == 0 || (out->text[FREM_EN] != NULL && out->text[FREM_DA] != NULL));
    frem_text_free(&list);
    return whole;
}

bool frem_split_told(frem_arena *arena, const frem_split_note *split, frem_label *out) {
    const char *en = key_in_words(arena, split->split, FREM_EN),
               *da = key_in_words(arena, split->split, FREM_DA);
    const char *of[FREM_LANG_COUNT] = {"is known for all regions together",
                                       "er kun kendt for områderne samlet"};
    if (split->area->name != NULL) {
        of[FREM_EN] =
            frem_arena_print(arena, "covers %s (%zu regions)", split->area->name, split->area->count);
        of[FREM_DA] =
            frem_arena_print(arena, "gælder %s (%zu områder)", split->area->name, split->area->count);
    }
    if (en == NULL || da == NULL || of[FREM_EN] == NULL || of[FREM_DA] == NULL)
        return false;
    out->text[FREM_EN] =
        frem_arena_print(arena, "%s %s and is split by %s: figures of single regions follow the key",
                         split->path, of[FREM_EN], en);
    out->text[FREM_DA] =
        frem_arena_print(arena, "%s %s og er fordelt efter %s: tal for enkelte områder følger nøglen",
                         split->path, of[FREM_DA], da);
    return out->text[FREM_EN] != NULL && out->text[FREM_DA] != NULL;
}

static void note_splits(lists *l, const frem_model *model) {
    for (size_t i = 0; i < model->n_splits; i++) {
        const frem_split_note *split = &model->splits[i];
        frem_label text;
        if (!frem_split_told(l->arena, split, &text)) {
            l->status = FREM_NO_MEMORY;
            return;
        }
        add_note(l, (frem_note){model->scenario->name, "split-by-key", split->path, text});
    }
}

/* "1,0123": a factor with four decimals as a language writes it. */
static const char *factor_in_words(lists *l, double factor, frem_lang lang) {
    frem_text text = {0};
    frem_locale_number(&text, factor, 4, lang);
    const char *kept = text.failed ? NULL : frem_arena_text(l->arena, text.bytes, text.length);
    frem_text_free(&text);
    return kept;
}

/* What `base_year: scale` did to the stock of a profession. */
static void note_scale(lists *l, const frem_model *model, size_t profession, const double *factors) {
    const frem_profession *of = &model->scenario->professions.items[profession];
    const char *path = of->head.path;
    size_t regions = model->reported;
    const double *own = factors + profession * regions;
    double low = own[0], high = own[0];
    for (size_t r = 1; r < regions; r++) {
        low = own[r] < low ? own[r] : low;
        high = own[r] > high ? own[r] : high;
    }
    frem_label text = {{NULL, NULL}};
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *from = factor_in_words(l, low, (frem_lang)lang);
        const char *to = factor_in_words(l, high, (frem_lang)lang);
        if (from == NULL || to == NULL)
            continue; /* seen by add_note() */
        bool one = strcmp(from, to) == 0;
        const char *label = of->label.text[lang] != NULL ? of->label.text[lang] : of->head.key;
        text.text[lang] = frem_arena_print(
            l->arena, "%s: %s %s%s%s%s%s%s%s", label, frem_word_text(FREM_W_SCALED_BEFORE, (frem_lang)lang),
            from, one ? "" : " ", one ? "" : frem_word_text(FREM_W_SCALED_TO, (frem_lang)lang),
            one ? "" : " ", one ? "" : to,
            one ? "" : frem_word_text(FREM_W_SCALED_BY_REGION, (frem_lang)lang),
            frem_word_text(FREM_W_SCALED_END, (frem_lang)lang));
    }
    add_note(l, (frem_note){model->scenario->name, "base-year-scaled", path, text});
}

/* Which gaps of the base year show, with their one decimal: 0 for none, -1 for shortages alone, 1 for a surplus too. */
static int first_gap_side(const frem_frame *table, const frem_model *model) {
    const frem_scenario *s = model->scenario;
    const size_t asked[] = {FREM_COL_SCENARIO, FREM_COL_VARIANT, FREM_COL_MEASURE};
    const char *const keys[] = {s->name, s->variant, "gap"};
    enum { ASKED = sizeof asked / sizeof *asked };
    const uint32_t *codes[ASKED];
    ptrdiff_t wanted[ASKED];
    for (size_t i = 0; i < ASKED; i++) {
        codes[i] = frem_frame_label_codes(table, asked[i]);
        wanted[i] = frem_frame_label_find(table, asked[i], keys[i]);
    }
    int side = 0;
    for (size_t row = 0; row < frem_frame_rows(table) && side <= 0; row++) {
        bool meant = frem_frame_wholes(table, FREM_COL_YEAR)[row] == model->base;
        for (size_t i = 0; i < ASKED && meant; i++)
            meant = (ptrdiff_t)codes[i][row] == wanted[i];
        const double gap = frem_frame_numbers(table, FREM_COL_VALUE)[row];
        if (meant && fabs(gap) >= 0.05)
            side = gap > 0 ? 1 : -1;
    }
    return side;
}

/* What gaps are counted from, where the scenario says that the base year's supply is its employment.
 * @return false when out of memory. */
static bool tell_first_gap(frem_arena *arena, const frem_frame *table, const frem_model *model,
                           frem_label *out) {
    enum { EVEN, ONCE, VACANT, GIVEN, KINDS };
    static const frem_word words[KINDS][2] = {[EVEN] = {FREM_W_FIRST_EVEN, FREM_W_FIRST_EVEN_AFTER},
                                              [ONCE] = {FREM_W_FIRST_ONCE, FREM_W_FIRST_ONCE_AFTER},
                                              [VACANT] = {FREM_W_FIRST_VACANT, FREM_W_FIRST_VACANT_AFTER},
                                              [GIVEN] = {FREM_W_FIRST_GIVEN, FREM_W_FIRST_GIVEN_AFTER}};
    const frem_base_mode mode = model->as_is->inputs.base_mode;
    *out = (frem_label){{NULL, NULL}};
    if (mode == FREM_BASE_COHORTS)
        return true;
    const int side = first_gap_side(table, model);
    const size_t kind = side > 0 ? GIVEN : side < 0 ? VACANT : mode == FREM_BASE_SCALE ? EVEN : ONCE;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        out->text[lang] = frem_arena_print(arena, "%s%d%s", frem_word_text(words[kind][0], (frem_lang)lang),
                                           model->base, frem_word_text(words[kind][1], (frem_lang)lang));
        if (out->text[lang] == NULL)
            return false;
    }
    return true;
}

static void note_first_gap(lists *l, const frem_model *model, const frem_label *text) {
    if (text->text[FREM_EN] != NULL)
        add_note(l, (frem_note){model->scenario->name, "first-gap", "base_year", *text});
}

/* Professions whose supply is not of employed people alone. */
static void note_labour_force(lists *l, const frem_model *model) {
    for (size_t p = 0; p < model->scenario->professions.count; p++) {
        const frem_profession *profession = &model->scenario->professions.items[p];
        if (profession->supply != FREM_SUPPLY_LABOUR_FORCE)
            continue;
        const frem_label text = {
            {frem_arena_print(l->arena,
                              "the supply of %s is the labour force: the unemployed are counted too",
                              profession->head.path),
             frem_arena_print(l->arena, "udbuddet af %s er arbejdsstyrken: de ledige tælles med",
                              profession->head.path)}};
        add_note(l, (frem_note){model->scenario->name, "labour-force", profession->head.path, text});
    }
}

/* One part of what answers a shortage, with its source. */
static void note_answer(lists *l, const frem_model *model, const frem_entry *part, const frem_label *source,
                        const char *en, const char *da) {
    if (part->node == NULL)
        return;
    const frem_label text = {
        {frem_arena_print(l->arena, "%s: %s (%s)", part->path, en, source->text[FREM_EN]),
         frem_arena_print(l->arena, "%s: %s (%s)", part->path, da, source->text[FREM_DA])}};
    add_note(l, (frem_note){model->scenario->name, "feedback", part->path, text});
}

/* What answers a shortage: it moves the figures that the shortage is read from. */
static void note_feedback(lists *l, const frem_model *model) {
    for (size_t p = 0; p < model->scenario->professions.count; p++) {
        const frem_feedback *feedback = &model->scenario->professions.items[p].feedback;
        note_answer(
            l, model, &feedback->untrained.head, &feedback->untrained.source,
            "untrained staff fill posts that were empty the year before; demand and shortage are what "
            "is left",
            "ufaglærte besætter stillinger, der var ledige året før; efterspørgsel og mangel er det, "
            "der er tilbage");
        note_answer(l, model, &feedback->unemployment.head, &feedback->unemployment.source,
                    "unemployment answers the shortage of the year before",
                    "ledigheden svarer på manglen året før");
        note_answer(l, model, &feedback->pay.head, &feedback->pay.source, "pay moves participation",
                    "lønnen flytter erhvervsdeltagelsen");
    }
}

/* Tables that end before the years that are read of them. */
static void note_held(lists *l, const frem_model *model) {
    for (size_t i = 0; i < model->n_held; i++) {
        const frem_held_note *held = &model->held[i];
        const frem_label text = {
            {frem_arena_print(l->arena, "%s: %s ends in %d, and its last year holds to %d", held->path,
                              held->table, held->last, held->until),
             frem_arena_print(l->arena, "%s: %s slutter i %d, og dens sidste år gælder til og med %d",
                              held->path, held->table, held->last, held->until)}};
        add_note(l, (frem_note){model->scenario->name, "held-last-year", held->path, text});
    }
}

/* @param first the scenario itself, or the first of its variants; the model where it is that one */
static void note_ages(lists *l, const frem_model *model, const frem_model *first) {
    frem_label text = {{NULL, NULL}};
    if (model != first && frem_ages_told_by(model, first))
        return;
    if (!frem_ages_told(l->arena, model, &text))
        l->status = FREM_NO_MEMORY;
    else if (text.text[FREM_EN] != NULL)
        add_note(l, (frem_note){model->scenario->name, "interpolated-ages", "population", text});
}

/* Tables beside the scenario are copied to tables/ of the output. */
static void carry_tables(lists *l, const frem_model *model) {
    for (size_t i = 0; i < model->n_table_names && l->status == FREM_OK; i++) {
        const frem_source *source = model->table_names[i].file;
        bool known = source->root != FREM_ROOT_BESIDE;
        for (size_t k = 0; k < l->n_tables; k++)
            known = known || l->tables[k].source == source;
        if (known)
            continue;
        const char *safe = NULL, *name = NULL;
        l->status = frem_safe_path(l->table_names, source->name, &safe);
        if (l->status == FREM_OK && (name = frem_arena_text(l->arena, safe, strlen(safe))) == NULL)
            l->status = FREM_NO_MEMORY;
        if (l->status == FREM_OK)
            l->status = frem_grow((void **)&l->tables, &l->tables_capacity, l->n_tables, sizeof *l->tables);
        if (l->status == FREM_OK)
            l->tables[l->n_tables++] = (frem_carried){
                .name = name, .source = source, .workbook = model->table_names[i].source != source};
    }
}

/* What renaming tables needs. */
typedef struct renaming {
    frem_arena *arena;
    const frem_document *document;
    const frem_model *const *models; /* the scenario and its variants: they share what they have in common */
    size_t n;
} renaming;

static const char *rename_table(void *context, const frem_node *scalar) {
    const renaming *r = context;
    for (size_t m = 0; m < r->n; m++) {
        for (size_t i = 0; i < r->models[m]->n_table_names; i++) {
            const frem_table_name *name = &r->models[m]->table_names[i];
            for (size_t k = 0; name->scalar == scalar && k < r->document->n_tables; k++) {
                if (r->document->tables[k].source == name->file)
                    return frem_arena_print(r->arena, "tables/%s", r->document->tables[k].name);
            }
        }
    }
    return NULL;
}

static void describe_all(lists *l, const frem_model *model, frem_run *run) {
    const frem_scenario *s = model->scenario;
    size_t regions = model->one_area ? 0 : model->reported;
    const char **groups = frem_arena_alloc(l->arena, model->n_groups + 1, sizeof *groups);
    const char **group_of = frem_arena_alloc(l->arena, regions + 1, sizeof *group_of);
    if (groups == NULL || group_of == NULL) {
        l->status = FREM_NO_MEMORY;
        return;
    }
    for (size_t g = 0; g < model->n_groups; g++) {
        groups[g] = model->groups[g].name;
        for (size_t i = 0; i < model->groups[g].count; i++) {
            const size_t region = model->groups[g].regions[i];
            if (region < regions && group_of[region] == NULL)
                group_of[region] = groups[g];
        }
    }
    *run = (frem_run){.name = s->name,
                      .variant = s->variant,
                      .title = s->title,
                      .file = s->source->name,
                      .groups = groups,
                      .n_groups = model->n_groups,
                      .regions = frem_index_names(model->regions),
                      .n_regions = regions,
                      .group_of = group_of,
                      .base_year = model->base,
                      .last_year = model->base + (int)model->steps - 1};
}

/* Moves a growing list into the arena. */
static const void *keep(lists *l, void *items, size_t n, size_t size) {
    void *kept = frem_arena_alloc(l->arena, n + 1, size);
    if (kept == NULL)
        l->status = FREM_NO_MEMORY;
    else if (n > 0)
        memcpy(kept, items, n * size);
    free(items);
    return kept;
}

frem_status frem_results_describe(frem_results *results, const frem_model *const *models,
                                  const double *const *scales, size_t n_models) {
    frem_document *document = &results->document;
    lists l = {.arena = results->arena};
    frem_run *run = frem_arena_alloc(l.arena, n_models + 1, sizeof *run);
    const frem_model **kept = frem_arena_alloc(l.arena, n_models + 1, sizeof *kept);
    if (run == NULL || kept == NULL || frem_index_new(&l.table_names) != FREM_OK)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n_models; i++)
        kept[i] = models[i];
    results->run = run;
    results->models = kept;
    name_common(&l);
    for (size_t i = 0, first = 0; i < n_models && l.status == FREM_OK; i++) {
        l.again = i > 0 && models[i]->scenario->draft == models[i - 1]->scenario->draft;
        l.label = models[i]->scenario->label;
        l.own_names = l.again ? l.own_names : l.n_names;
        l.own_notes = l.again ? l.own_notes : l.n_notes;
        name_things(&l, models[i]);
        describe_all(&l, models[i], &run[i]);
        /* Only a table of projections has gaps. */
        if (scales != NULL && !tell_first_gap(l.arena, results->table, models[i], &run[i].first_gap))
            l.status = FREM_NO_MEMORY;
        note_first_gap(&l, models[i], &run[i].first_gap);
        note_splits(&l, models[i]);
        note_labour_force(&l, models[i]);
        note_feedback(&l, models[i]);
        note_held(&l, models[i]);
        first = l.again ? first : i;
        note_ages(&l, models[i], models[first]);
        for (size_t p = 0; scales != NULL && scales[i] != NULL && p < models[i]->scenario->professions.count;
             p++)
            if (models[i]->scenario->professions.items[p].supply != FREM_SUPPLY_NONE)
                note_scale(&l, models[i], p, scales[i]);
        carry_tables(&l, models[i]);
    }
    document->scenarios = run;
    document->n_scenarios = n_models;
    document->names = keep(&l, l.names, l.n_names, sizeof *l.names);
    document->n_names = l.n_names;
    document->notes = keep(&l, l.notes, l.n_notes, sizeof *l.notes);
    document->n_notes = l.n_notes;
    document->tables = keep(&l, l.tables, l.n_tables, sizeof *l.tables);
    document->n_tables = l.n_tables;
    frem_index_free(l.table_names);
    return l.status;
}

/* The scenario itself, with the variants that were asked for.
 * @param first the first of its name; @param n models of this name. */
static frem_status resolve(frem_results *results, size_t first, size_t n) {
    frem_text text = {0};
    frem_node *root;
    const char **variants = frem_arena_alloc(results->arena, n, sizeof *variants);
    size_t n_variants = 0;
    if (variants == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = first; i < first + n; i++) {
        if (strcmp(results->models[i]->scenario->variant, "base") != 0)
            variants[n_variants++] = results->models[i]->scenario->variant;
    }
    renaming context = {results->arena, &results->document, results->models + first, n};
    frem_status status = frem_scenario_resolve(results->models[first]->scenario, variants, n_variants, &root);
    if (status == FREM_OK)
        status = frem_tree_write(root, rename_table, &context, &text);
    if (status == FREM_OK && !text.failed)
        results->run[first].resolved =
            frem_arena_text(results->arena, text.bytes != NULL ? text.bytes : "", text.length);
    frem_text_free(&text);
    return status == FREM_OK && results->run[first].resolved == NULL ? FREM_NO_MEMORY : status;
}

frem_status frem_results_resolve(frem_results *results) {
    frem_status status = frem_results_carry(results);
    if (status == FREM_OK && results->document.assumptions == NULL)
        status = frem_results_assume(results);
    size_t count = results->document.n_scenarios;
    for (size_t i = 0, n; i < count && status == FREM_OK; i += n) {
        for (n = 1;
             i + n < count && results->models[i + n]->scenario->draft == results->models[i]->scenario->draft;)
            n++;
        if (results->run[i].resolved == NULL)
            status = resolve(results, i, n);
    }
    return status;
}
