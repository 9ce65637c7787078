/* Checks of practicum and specialisations that need several fields at once and no tables. */
#include <string.h>

#include "base/problem.h"
#include "scenario/read.h"

void frem_scenario_needs(frem_reader *reader, frem_place place) {
    static const char *const needed[] = {"professions", "demand", "base_year"};
    const frem_node *root = reader->scenario->head.node;
    bool projects = frem_node_get(root, "practicum") == NULL || frem_node_get(root, "programmes") != NULL;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        projects = projects || frem_node_get(root, needed[i]) != NULL;
    for (size_t f = 0; f < frem_kind_scenario.n_fields && projects; f++) {
        const frem_field *field = &frem_kind_scenario.fields[f];
        const frem_node *given = frem_node_get(root, field->key);
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
            if (strcmp(needed[i], field->key) == 0 && (given == NULL || frem_node_is_null(given)))
                (void)FREM_PROBLEM(reader->diags, place, MISSING_KEY, frem_kind_scenario.name, field->key,
                                   field->help.text[FREM_EN], field->help.text[FREM_DA]);
        }
    }
}

/* A programme or a stage says how much of it is practicum in one of two ways. */
static void check_load(frem_reader *reader, const frem_entry *entry, const frem_value *share,
                       const frem_value *weeks) {
    if (frem_value_given(share) && frem_value_given(weeks))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, "weeks"), EITHER_OR, entry->path, "share",
                           "weeks");
}

static const frem_programme *find_programme(const frem_scenario *s, const char *name) {
    for (size_t i = 0; i < s->programmes.count; i++) {
        if (strcmp(s->programmes.items[i].head.key, name) == 0)
            return &s->programmes.items[i];
    }
    return NULL;
}

/* Practicum by stage: names of the programme's own stages, each with a share or weeks, and nothing for the whole. */
static void check_stages(frem_reader *reader, const frem_practicum_programme *practicum,
                         const frem_programme *programme) {
    const frem_entry *head = &practicum->head;
    if (practicum->stages.count == 0)
        return;
    if (frem_value_given(&practicum->share) || frem_value_given(&practicum->weeks))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "stages"), EITHER_OR, head->path,
                           frem_value_given(&practicum->share) ? "share" : "weeks", "stages");
    const char *map = frem_reader_path(reader, programme->head.path, "stages");
    for (size_t i = 0; i < practicum->stages.count; i++) {
        const frem_practicum_stage *stage = &practicum->stages.items[i];
        frem_reader_known(reader, head->path, stage->head.key, stage->head.place,
                          frem_node_get(programme->head.node, "stages"), map);
        check_load(reader, &stage->head, &stage->share, &stage->weeks);
        if (!frem_value_given(&stage->share) && !frem_value_given(&stage->weeks))
            (void)FREM_PROBLEM(reader->diags, stage->head.place, NEITHER_NOR, stage->head.path, "share",
                               "weeks");
    }
}

/* What only a split can use. */
static void check_split(frem_reader *reader, const frem_practicum_programme *practicum) {
    static const char *const keys[] = {"floor", "ceiling"};
    const frem_value *values[] = {&practicum->floor, &practicum->ceiling};
    const frem_split *split = &practicum->split;
    for (size_t i = 0; i < 2; i++) {
        if (frem_value_given(values[i]) && split->head.node == NULL)
            (void)FREM_PROBLEM(reader->diags, frem_entry_place(&practicum->head, keys[i]), KEY_NOT_USED,
                               practicum->head.path, keys[i], "no `split` divides the places",
                               "intet `split` fordeler pladserne");
    }
    if (split->head.node != NULL && split->by == FREM_SPLIT_WEIGHTS && !frem_value_given(&split->weights))
        (void)FREM_PROBLEM(reader->diags, split->head.place, MISSING_KEY, split->head.path, "weights",
                           "weights by region, from a table", "vægte efter område, fra en tabel");
    if (split->head.node != NULL && split->by == FREM_SPLIT_POPULATION &&
        reader->scenario->population.head.node == NULL)
        (void)FREM_PROBLEM(reader->diags, split->head.place, MISSING_KEY, "scenario", "population",
                           "the split needs the population", "fordelingen kræver befolkningen");
}

static void check_programme(frem_reader *reader, const frem_practicum_programme *practicum) {
    const frem_entry *head = &practicum->head;
    const frem_scenario *s = reader->scenario;
    const frem_programme *programme = find_programme(s, head->key);
    frem_reader_known(reader, frem_reader_path(reader, "practicum", "programmes"), head->key, head->place,
                      frem_node_get(s->head.node, "programmes"), "programmes");
    if (programme == NULL)
        return;
    if (programme->from != NULL)
        (void)FREM_PROBLEM(reader->diags, head->place, KEY_NOT_USED, "practicum.programmes", head->key,
                           "its entrants come from a stock, and only a projection tells how many",
                           "de optagne kommer fra en bestand, og kun en fremskrivning siger hvor mange");
    check_load(reader, head, &practicum->share, &practicum->weeks);
    check_stages(reader, practicum, programme);
    check_split(reader, practicum);
    bool loaded = practicum->stages.count > 0 || frem_value_given(&practicum->share) ||
                  frem_value_given(&practicum->weeks);
    if (frem_value_given(&practicum->offer) && !loaded)
        (void)FREM_PROBLEM(reader->diags, head->place, MISSING_KEY, head->path, "share",
                           "how much of the programme is practicum: share, weeks or stages",
                           "hvor meget af uddannelsen der er praktik: share, weeks eller stages");
    if (practicum->caps_intake == FREM_YES && !frem_value_given(&practicum->offer))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "caps_intake"), MISSING_KEY, head->path,
                           "offer", "the places on offer that limit the intake",
                           "de udbudte pladser, der begrænser optaget");
}

static void check_schools(frem_reader *reader, const frem_practicum *practicum) {
    bool schools = practicum->schools.count > 0, table = practicum->municipalities.head.node != NULL;
    if (schools && !table)
        (void)FREM_PROBLEM(reader->diags, practicum->head.place, MISSING_KEY, practicum->head.path,
                           "municipalities", "a table of students and STÅ by municipality",
                           "en tabel med studerende og STÅ efter kommune");
    if (table && !schools)
        (void)FREM_PROBLEM(reader->diags, practicum->head.place, MISSING_KEY, practicum->head.path, "schools",
                           "the schools with their dimensioning", "skolerne med deres dimensionering");
    if (schools && !frem_value_given(&practicum->ects))
        (void)FREM_PROBLEM(reader->diags, practicum->head.place, MISSING_KEY, practicum->head.path, "ects",
                           "ECTS of practicum of a student in the whole programme",
                           "en studerendes ECTS i praktik i hele uddannelsen");
}

void frem_practicum_check(frem_reader *reader) {
    const frem_practicum *practicum = &reader->scenario->practicum;
    for (size_t i = 0; i < reader->scenario->programmes.count; i++) {
        const frem_programme *programme = &reader->scenario->programmes.items[i];
        if (programme->specialisations.count > 0 && programme->from != NULL)
            (void)FREM_PROBLEM(reader->diags, frem_entry_place(&programme->head, "specialisations"),
                               EITHER_OR, programme->head.path, "from", "specialisations");
    }
    if (practicum->head.node == NULL)
        return;
    for (size_t i = 0; i < practicum->programmes.count; i++)
        check_programme(reader, &practicum->programmes.items[i]);
    check_schools(reader, practicum);
    if (practicum->programmes.count == 0 && practicum->schools.count == 0)
        (void)FREM_PROBLEM(reader->diags, practicum->head.place, NEITHER_NOR, practicum->head.path,
                           "programmes", "schools");
}
