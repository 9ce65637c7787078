/* What people call things in the results, and what they must be told about them. */
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "base/number.h"

/* Growing lists of the document. */
typedef struct lists {
    frem_arena *arena;
    frem_name *names;
    size_t n_names, names_capacity;
    frem_note *notes;
    size_t n_notes, notes_capacity;
    frem_carried *tables;
    size_t n_tables, tables_capacity;
    frem_status status;
} lists;

static void add_name(lists *l, const char *scenario, const char *column, const char *key, frem_label label) {
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        if (label.text[lang] == NULL)
            label.text[lang] = key;
    }
    if (l->status == FREM_OK)
        l->status = frem_grow((void **)&l->names, &l->names_capacity, l->n_names, sizeof *l->names);
    if (l->status == FREM_OK)
        l->names[l->n_names++] = (frem_name){scenario, column, key, label};
}

static void add_note(lists *l, frem_note note) {
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
                 {"mio_kr", {{"DKK million", "mio. kr."}}}};
    for (size_t m = 0; m < FREM_M_COUNT; m++)
        add_name(l, NULL, "measure", frem_measures[m].name, frem_measures[m].label);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        add_name(l, NULL, "unit", units[u].unit, units[u].label);
    add_name(l, NULL, "region", "all", (frem_label){{"All regions", "Alle områder"}});
    add_name(l, NULL, "profession", "all", (frem_label){{"All professions", "Alle faggrupper"}});
    add_name(l, NULL, "sector", "all", (frem_label){{"All sectors", "Alle brancher"}});
    add_name(l, NULL, "variant", "base", (frem_label){{"base", "grundforløb"}});
}

static void name_things(lists *l, const frem_model *model) {
    const frem_scenario *s = model->scenario;
    for (size_t r = 0; r < frem_index_count(model->regions) && !model->one_area; r++)
        add_name(l, s->name, "region", frem_index_name(model->regions, r),
                 (frem_label){{model->region_names[r], model->region_names[r]}});
    for (size_t p = 0; p < s->professions.count; p++)
        add_name(l, s->name, "profession", s->professions.items[p].head.key, s->professions.items[p].label);
    for (size_t j = 0; j < s->demand.count; j++)
        add_name(l, s->name, "sector", s->demand.items[j].head.key, s->demand.items[j].label);
}

/* "population 0-5" in words. */
static const char *key_in_words(lists *l, const frem_split *split, frem_lang lang) {
    static const char *const words[][FREM_LANG_COUNT] = {
        [FREM_SPLIT_NONE] = {"nothing", "ingenting"},
        [FREM_SPLIT_POPULATION] = {"population", "befolkningen"},
        [FREM_SPLIT_EMPLOYMENT] = {"employment", "beskæftigelsen"},
        [FREM_SPLIT_EQUAL] = {"equal parts", "lige store dele"},
        [FREM_SPLIT_WEIGHTS] = {"weights", "vægte"},
    };
    const char *word = words[split->by][lang];
    if (split->by != FREM_SPLIT_POPULATION || !split->ages.given)
        return word;
    if (split->ages.to > 200)
        return frem_arena_print(l->arena, "%s %d+", word, split->ages.from);
    return frem_arena_print(l->arena, "%s %d–%d", word, split->ages.from, split->ages.to);
}

static void note_splits(lists *l, const frem_model *model) {
    for (size_t i = 0; i < model->n_splits; i++) {
        const frem_split_note *split = &model->splits[i];
        const char *en = key_in_words(l, split->split, FREM_EN), *da = key_in_words(l, split->split, FREM_DA);
        if (en == NULL || da == NULL) {
            l->status = FREM_NO_MEMORY;
            return;
        }
        frem_label text = {
            {frem_arena_print(l->arena,
                              "%s is known for all regions together and split by %s: figures of single "
                              "regions follow the key",
                              split->path, en),
             frem_arena_print(l->arena,
                              "%s er kun kendt for områderne samlet og fordelt efter %s: tal for enkelte "
                              "områder følger nøglen",
                              split->path, da)}};
        add_note(l, (frem_note){model->scenario->name, "split-by-key", split->path, text});
    }
}

/* "1,0123": a factor with four decimals as a language writes it. */
static const char *factor_in_words(lists *l, double factor, frem_lang lang) {
    char text[FREM_FIXED_MAX];
    size_t n = frem_number_fixed(text, factor, 4);
    if (lang == FREM_DA)
        text[n - 5] = ',';
    return frem_arena_text(l->arena, text, n);
}

/* What `base_year: scale` did to the stock of a profession. */
static void note_scale(lists *l, const frem_model *model, size_t profession, const double *factors) {
    static const struct {
        const char *before, *to, *by_region, *end;
    } words[FREM_LANG_COUNT] = {
        [FREM_EN] = {"is multiplied by", "to", ", by region", ", so that its FTE are the employment"},
        [FREM_DA] = {"er ganget med", "til", ", efter område", ", så dens årsværk er beskæftigelsen"}};
    const char *path = model->scenario->professions.items[profession].head.path;
    size_t regions = frem_index_count(model->regions);
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
        text.text[lang] = frem_arena_print(l->arena, "%s.cohorts %s %s%s%s%s%s%s%s", path, words[lang].before,
                                           from, one ? "" : " ", one ? "" : words[lang].to, one ? "" : " ",
                                           one ? "" : to, one ? "" : words[lang].by_region, words[lang].end);
    }
    add_note(l, (frem_note){model->scenario->name, "base-year-scaled", path, text});
}

/* "./sub//x.csv" as "sub/x.csv". */
static const char *tidy_name(frem_arena *arena, const char *name) {
    char *tidy = frem_arena_text(arena, name, strlen(name));
    size_t n = 0;
    while (tidy != NULL && *name != '\0') {
        size_t part = strcspn(name, "/");
        if (part > 0 && !(part == 1 && name[0] == '.')) {
            if (n > 0)
                tidy[n++] = '/';
            memcpy(tidy + n, name, part);
            n += part;
        }
        name += name[part] == '/' ? part + 1 : part;
    }
    if (tidy != NULL)
        tidy[n] = '\0';
    return tidy;
}

static bool is_taken(const lists *l, const char *name) {
    for (size_t k = 0; k < l->n_tables; k++) {
        if (strcmp(l->tables[k].name, name) == 0)
            return true;
    }
    return false;
}

/* A name in tables/ that no other table has: another one of the same name goes to a folder of its own. */
static const char *free_name(lists *l, const char *wanted) {
    const char *tidy = tidy_name(l->arena, wanted), *name = tidy;
    for (size_t n = 1; name != NULL && is_taken(l, name); n++)
        name = frem_arena_print(l->arena, "%zu/%s", n, tidy);
    return name;
}

/* Tables beside the scenario are copied to tables/ of the output. */
static void carry_tables(lists *l, const frem_model *model) {
    for (size_t i = 0; i < model->n_table_names && l->status == FREM_OK; i++) {
        const frem_source *source = model->table_names[i].source;
        bool known = source->root != FREM_ROOT_BESIDE;
        for (size_t k = 0; k < l->n_tables; k++)
            known = known || l->tables[k].source == source;
        if (known)
            continue;
        const char *name = free_name(l, source->name);
        l->status = name == NULL
                        ? FREM_NO_MEMORY
                        : frem_grow((void **)&l->tables, &l->tables_capacity, l->n_tables, sizeof *l->tables);
        if (l->status == FREM_OK)
            l->tables[l->n_tables++] = (frem_carried){name, source};
    }
}

/* What renaming tables needs. */
typedef struct renaming {
    frem_arena *arena;
    const frem_document *document;
    const frem_model *model;
} renaming;

static const char *rename_table(void *context, const frem_node *scalar) {
    const renaming *r = context;
    for (size_t i = 0; i < r->model->n_table_names; i++) {
        if (r->model->table_names[i].scalar != scalar)
            continue;
        for (size_t k = 0; k < r->document->n_tables; k++) {
            if (r->document->tables[k].source == r->model->table_names[i].source)
                return frem_arena_print(r->arena, "tables/%s", r->document->tables[k].name);
        }
    }
    return NULL;
}

/* The scenario's tree with the name that its results have: the resolved file is called otherwise.
 * @param[out] root and @param[out] name room for what is not in the file. */
static const frem_node *with_name(frem_arena *arena, const frem_scenario *s, frem_node *root,
                                  frem_node *name) {
    const frem_node *given = s->head.node;
    if (frem_node_get(given, "name") != NULL)
        return given;
    *root = *given;
    *name = (frem_node){.kind = FREM_SCALAR,
                        .place = given->place,
                        .source = given->source,
                        .text = s->name,
                        .length = strlen(s->name),
                        .quoted = true};
    root->pairs = frem_arena_alloc(arena, given->count + 1, sizeof *root->pairs);
    if (root->pairs == NULL)
        return NULL;
    /* Behind the version of the format, which stands first. */
    size_t first = given->count > 0 ? 1 : 0;
    memcpy(root->pairs, given->pairs, first * sizeof *root->pairs);
    root->pairs[first] = (frem_pair){"name", given->place, name};
    memcpy(root->pairs + first + 1, given->pairs + first, (given->count - first) * sizeof *root->pairs);
    root->count = given->count + 1;
    return root;
}

static void tell(lists *l, const frem_model *model, frem_told *told) {
    const frem_scenario *s = model->scenario;
    size_t regions = model->one_area ? 0 : frem_index_count(model->regions);
    const char **groups = frem_arena_alloc(l->arena, model->n_groups + 1, sizeof *groups);
    if (groups == NULL) {
        l->status = FREM_NO_MEMORY;
        return;
    }
    for (size_t g = 0; g < model->n_groups; g++)
        groups[g] = model->groups[g].name;
    *told = (frem_told){.name = s->name,
                        .variant = "base",
                        .title = s->title,
                        .file = s->source->name,
                        .groups = groups,
                        .n_groups = model->n_groups,
                        .regions = frem_index_names(model->regions),
                        .n_regions = regions,
                        .base_year = model->base};
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
    frem_told *told = frem_arena_alloc(l.arena, n_models + 1, sizeof *told);
    const frem_model **kept = frem_arena_alloc(l.arena, n_models + 1, sizeof *kept);
    if (told == NULL || kept == NULL)
        return FREM_NO_MEMORY;
    memcpy(kept, models, n_models * sizeof *kept);
    results->told = told;
    results->models = kept;
    name_common(&l);
    for (size_t i = 0; i < n_models && l.status == FREM_OK; i++) {
        name_things(&l, models[i]);
        note_splits(&l, models[i]);
        for (size_t p = 0; scales != NULL && scales[i] != NULL && p < models[i]->scenario->professions.count;
             p++)
            if (models[i]->scenario->professions.items[p].supply == FREM_SUPPLY_COHORTS)
                note_scale(&l, models[i], p, scales[i]);
        carry_tables(&l, models[i]);
        tell(&l, models[i], &told[i]);
    }
    document->scenarios = told;
    document->n_scenarios = n_models;
    document->names = keep(&l, l.names, l.n_names, sizeof *l.names);
    document->n_names = l.n_names;
    document->notes = keep(&l, l.notes, l.n_notes, sizeof *l.notes);
    document->n_notes = l.n_notes;
    document->tables = keep(&l, l.tables, l.n_tables, sizeof *l.tables);
    document->n_tables = l.n_tables;
    return l.status;
}

static frem_status resolve(frem_results *results, const frem_model *model, frem_told *told) {
    frem_text text = {0};
    frem_node named, name;
    renaming context = {results->arena, &results->document, model};
    const frem_node *root = with_name(results->arena, model->scenario, &named, &name);
    frem_status status = root != NULL ? frem_tree_write(root, rename_table, &context, &text) : FREM_NO_MEMORY;
    if (status == FREM_OK && !text.failed)
        told->resolved = frem_arena_text(results->arena, text.bytes != NULL ? text.bytes : "", text.length);
    frem_text_free(&text);
    return status == FREM_OK && told->resolved == NULL ? FREM_NO_MEMORY : status;
}

frem_status frem_results_resolve(frem_results *results) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < results->document.n_scenarios && status == FREM_OK; i++) {
        if (results->told[i].resolved == NULL)
            status = resolve(results, results->models[i], &results->told[i]);
    }
    return status;
}
