#include "fremskriv/version.h"
#include "output/json.h"
#include "output/names.h"
#include "output/tables/package.h"
#include "output/write.h"

/** One element of a list. @return Owned; NULL when out of memory. */
typedef json_t *(*element_of)(const frem_document *document, frem_stage *stage, size_t i);

static json_t *list_of(const frem_document *document, frem_stage *stage, size_t n, element_of element) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = frem_json_push(list, element(document, stage, i));
    if (ok)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *word_of(const frem_document *document, frem_stage *stage, size_t i) {
    (void)stage;
    return frem_json_text(document->command[i]);
}

/** A scenario with its variants. @param i place of the first run of that name; runs of one name are adjacent. */
static json_t *scenario_of(const frem_document *document, frem_stage *stage, size_t i) {
    (void)stage;
    const frem_run *run = &document->scenarios[i];
    json_t *scenario = json_object();
    return frem_json_filled(scenario,
                            frem_json_set(scenario, "name", frem_json_text(run->name)) &&
                                frem_json_set(scenario, "file", frem_json_text(run->file)) &&
                                frem_json_set(scenario, "variants", frem_variants_list(document, i)));
}

/** One element for each scenario, whatever the number of its variants. */
static json_t *scenarios_of(const frem_document *document, frem_stage *stage) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < document->n_scenarios; i++) {
        if (frem_document_first(document, i))
            ok = frem_json_push(list, scenario_of(document, stage, i));
    }
    return frem_json_filled(list, ok);
}

/** An input by its name and the root where it was found, not by its path, which differs between machines. */
static json_t *input_of(const frem_document *document, frem_stage *stage, size_t i) {
    (void)stage;
    const frem_source *source = frem_sources_at(document->sources, i);
    char sha256[65];
    frem_sha256(source->bytes, source->size, sha256);
    json_t *input = json_object();
    return frem_json_filled(input,
                            frem_json_set(input, "name", frem_json_text(source->name)) &&
                                frem_json_set(input, "root", frem_json_text(frem_root_name(source->root))) &&
                                frem_json_set(input, "bytes", frem_json_whole(source->size)) &&
                                frem_json_set(input, "sha256", frem_json_text(sha256)));
}

static size_t count_inputs(const frem_document *document) {
    size_t n = 0;
    while (document->sources != NULL && frem_sources_at(document->sources, n) != NULL)
        n++;
    return n;
}

static json_t *output_of(const frem_document *document, frem_stage *stage, size_t i) {
    (void)document;
    const frem_staged *staged = frem_stage_at(stage, i);
    json_t *output = json_object();
    return frem_json_filled(output, frem_json_set(output, "path", frem_json_text(staged->name)) &&
                                        frem_json_set(output, "bytes", frem_json_whole(staged->size)) &&
                                        frem_json_set(output, "sha256", frem_json_text(staged->sha256)));
}

static size_t count_outputs(frem_stage *stage) {
    size_t n = 0;
    while (frem_stage_at(stage, n) != NULL)
        n++;
    return n;
}

static json_t *note_of(const frem_document *document, frem_stage *stage, size_t i) {
    (void)stage;
    return frem_json_note(&document->notes[i]);
}

frem_status frem_write_manifest(const frem_document *d, frem_stage *stage) {
    json_t *manifest = json_object();
    const bool filled =
        frem_json_set(manifest, "program", frem_json_text("fremskriv")) &&
        frem_json_set(manifest, "version", frem_json_text(frem_version())) &&
        frem_json_set(manifest, "command", list_of(d, stage, d->n_command, word_of)) &&
        (!d->has_seed || frem_json_set(manifest, "seed", frem_json_whole(d->seed))) &&
        frem_json_set(manifest, "scenarios", scenarios_of(d, stage)) &&
        frem_json_set(manifest, "inputs", list_of(d, stage, count_inputs(d), input_of)) &&
        frem_json_set(manifest, "outputs", list_of(d, stage, count_outputs(stage), output_of)) &&
        frem_json_set(manifest, "notes", list_of(d, stage, d->n_notes, note_of));
    const frem_status status = filled ? frem_json_write(manifest, stage, FREM_MANIFEST) : FREM_NO_MEMORY;
    json_decref(manifest);
    return status;
}
