#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "scenario/draft.h"

/* "folder/paedagog-syddanmark.yaml" -> "paedagog-syddanmark". */
static const char *stem_of(frem_arena *arena, const char *path) {
    const char *name = strrchr(path, '/');
    name = name != NULL ? name + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t n = dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name);
    return frem_arena_text(arena, name, n);
}

/* What the file leaves out and its own name answers. */
static void name_things(frem_reader *reader) {
    frem_scenario *scenario = reader->scenario;
    if (scenario->name == NULL)
        scenario->name = stem_of(reader->arena, scenario->source->name);
    if (scenario->name == NULL) {
        reader->no_memory = true;
        return;
    }
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        if (scenario->title.text[lang] == NULL)
            scenario->title.text[lang] = scenario->name;
    }
}

static frem_status keep_parameters(frem_reader *reader) {
    frem_scenario *scenario = reader->scenario;
    scenario->parameters.items = frem_reader_alloc(reader, reader->n_parameters, sizeof *reader->parameters);
    if (scenario->parameters.items == NULL)
        return FREM_NO_MEMORY;
    if (reader->n_parameters > 0)
        memcpy(scenario->parameters.items, reader->parameters,
               reader->n_parameters * sizeof *reader->parameters);
    scenario->parameters.count = reader->n_parameters;
    return FREM_OK;
}

/* What the tree says, as typed fields. */
static frem_status read_tree(frem_reader *reader, const frem_node *root) {
    frem_read_kind(reader, &frem_kind_scenario, root, reader->scenario, "", "", root->place);
    frem_scenario_needs(reader, root->place);
    name_things(reader);
    frem_status status = keep_parameters(reader);
    /* What was not read for lack of memory would be reported as missing. */
    if (status == FREM_OK && !reader->no_memory && root->kind == FREM_MAPPING) {
        frem_scenario_check(reader);
        frem_scenario_odd(reader);
    }
    return status == FREM_OK && reader->no_memory ? FREM_NO_MEMORY : status;
}

/* The variant that is asked for; *out stays NULL for the scenario itself. */
static frem_status find_variant(const frem_draft *draft, const char *name, frem_diags *diags,
                                const frem_draft_variant_layers **out) {
    *out = NULL;
    if (name == NULL || strcmp(name, "base") == 0)
        return FREM_OK;
    *out = frem_draft_find(draft, name);
    if (*out != NULL)
        return FREM_OK;
    const char **known = calloc(draft->variants.n + 1, sizeof *known);
    if (known == NULL)
        return FREM_NO_MEMORY;
    known[draft->variants.n] = "base";
    for (size_t i = 0; i < draft->variants.n; i++)
        known[i] = draft->variants.items[i].name;
    frem_place place = {draft->source->path, 0, 0};
    frem_status status =
        FREM_PROBLEM(diags, place, UNKNOWN_VARIANT, name, frem_nearest(name, known, draft->variants.n + 1));
    free(known);
    return status;
}

/* The variant's own label, or its name. */
static frem_label label_of(const frem_draft_variant_layers *variant) {
    frem_label label = variant->label;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        if (label.text[lang] == NULL)
            label.text[lang] = variant->name;
    }
    return label;
}

/* Reads a tree as a scenario. @param laid how the tree came about: what a set that does not fit leaves is read as well. */
static frem_status make(frem_scenario **out, frem_draft *draft, const frem_draft_variant_layers *layers,
                        const frem_node *root, frem_status laid, frem_diags *diags) {
    frem_arena *arena = NULL;
    const size_t errors = frem_diags_errors(diags);
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    frem_scenario *scenario = frem_arena_alloc(arena, 1, sizeof *scenario);
    frem_reader reader = {.arena = arena, .diags = diags, .scenario = scenario};
    status = scenario != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK) {
        scenario->arena = arena;
        scenario->sources = draft->sources;
        scenario->source = draft->source;
        scenario->draft = draft;
        scenario->variant = layers != NULL ? layers->name : "base";
        status = read_tree(&reader, root);
        if (layers != NULL)
            scenario->label = label_of(layers);
    }
    if (status == FREM_OK && (laid != FREM_OK || draft->faulty || frem_diags_errors(diags) > errors))
        status = FREM_INVALID;
    free(reader.parameters);
    if (status == FREM_OK)
        *out = scenario;
    else
        frem_arena_free(arena);
    return status;
}

frem_status frem_scenario_new(frem_scenario **out, frem_draft *draft, const char *variant,
                              frem_diags *diags) {
    *out = NULL;
    const frem_draft_variant_layers *layers;
    frem_node *root = NULL;
    const frem_status status = find_variant(draft, variant, diags, &layers);
    if (status != FREM_OK)
        return status;
    const frem_status laid = frem_draft_root(draft, layers, diags, &root);
    return laid == FREM_OK || (laid == FREM_INVALID && root != NULL)
               ? make(out, draft, layers, root, laid, diags)
               : laid;
}

frem_status frem_scenario_known(frem_scenario **out, const frem_scenario *scenario, int year, int until,
                                frem_diags *diags) {
    *out = NULL;
    const frem_draft_variant_layers *layers = frem_draft_find(scenario->draft, scenario->variant);
    frem_node *root = NULL;
    const frem_status status = frem_draft_known(scenario->draft, layers, year, until, diags, &root);
    return status == FREM_OK ? make(out, scenario->draft, layers, root, FREM_OK, diags) : status;
}

frem_status frem_scenario_load(frem_scenario **out, frem_sources *sources, const char *path,
                               frem_diags *diags) {
    *out = NULL;
    frem_draft *draft;
    frem_status status = frem_draft_new(&draft, sources, path, NULL, 0, diags);
    if (status != FREM_OK)
        return status;
    status = frem_scenario_new(out, draft, NULL, diags);
    if (status == FREM_OK)
        (*out)->owns_draft = true;
    else
        frem_draft_free(draft);
    return status;
}

void frem_scenario_free(frem_scenario *scenario) {
    if (scenario == NULL)
        return;
    if (scenario->owns_draft)
        frem_draft_free(scenario->draft);
    frem_arena_free(scenario->arena);
}

const char *frem_scenario_name(const frem_scenario *scenario) {
    return scenario->name;
}

const char *frem_scenario_variant(const frem_scenario *scenario) {
    return scenario->variant;
}
