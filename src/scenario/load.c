#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "scenario/read.h"

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

frem_status frem_scenario_load(frem_scenario **out, frem_sources *sources, const char *path,
                               frem_diags *diags) {
    *out = NULL;
    size_t errors = frem_diags_errors(diags);
    frem_arena *arena = NULL;
    frem_node *root = NULL;
    frem_reader reader = {.diags = diags};
    const frem_source *source;
    frem_status status = frem_sources_open(sources, path, diags, &source);
    if (status == FREM_OK)
        status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = frem_tree_read(source, arena, diags, &root);
    if (status != FREM_OK)
        goto done;
    reader.arena = arena;
    frem_scenario *scenario = reader.scenario = frem_arena_alloc(arena, 1, sizeof *scenario);
    if (scenario == NULL) {
        status = FREM_NO_MEMORY;
        goto done;
    }
    scenario->arena = arena;
    scenario->sources = sources;
    scenario->source = source;
    frem_read_kind(&reader, &frem_kind_scenario, root, scenario, "", "", root->place);
    frem_scenario_needs(&reader, root->place);
    name_things(&reader);
    status = keep_parameters(&reader);
    if (status == FREM_OK && root->kind == FREM_MAPPING)
        frem_scenario_check(&reader);
    if (status == FREM_OK && reader.no_memory)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK && frem_diags_errors(diags) > errors)
        status = FREM_INVALID;
    if (status == FREM_OK) {
        *out = scenario;
        arena = NULL;
    }
done:
    free(reader.parameters);
    frem_arena_free(arena);
    return status;
}

void frem_scenario_free(frem_scenario *scenario) {
    if (scenario != NULL)
        frem_arena_free(scenario->arena);
}

const char *frem_scenario_name(const frem_scenario *scenario) {
    return scenario->name;
}
