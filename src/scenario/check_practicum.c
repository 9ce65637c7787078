/* Checks of practicum and specialisations that need several fields at once and no tables. */
#include <string.h>

#include "base/problem.h"
#include "scenario/read.h"

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
    if (frem_check_has(head, "stages") && (frem_check_has(head, "share") || frem_check_has(head, "weeks")))
        frem_check_either(reader, head, frem_check_has(head, "share") ? "share" : "weeks", "stages");
    const char *map = frem_reader_path(reader, programme->head.path, "stages");
    const char *path = frem_reader_path(reader, head->path, "stages");
    for (size_t i = 0; i < practicum->stages.count; i++) {
        const frem_entry *stage = &practicum->stages.items[i].head;
        (void)frem_check_known(reader, path, stage->key, stage->place,
                               frem_node_get(programme->head.node, "stages"), map);
        if (frem_check_is_mapping(stage))
            frem_check_one_of(reader, stage, "share", "weeks");
    }
}

static void check_programme(frem_reader *reader, const frem_practicum_programme *practicum) {
    const frem_entry *head = &practicum->head;
    const frem_programme *programme = find_programme(reader->scenario, head->key);
    (void)frem_check_name(reader, "practicum.programmes", head->key, head->place, "programmes");
    if (!frem_check_is_mapping(head))
        return;
    if (programme != NULL && frem_check_is_mapping(&programme->head)) {
        if (frem_check_has(&programme->head, "from"))
            (void)FREM_PROBLEM(reader->diags, head->place, KEY_NOT_USED, "practicum.programmes", head->key,
                               "its entrants come from a stock, and only a projection tells how many",
                               "de optagne kommer fra en bestand, og kun en fremskrivning siger hvor mange");
        check_stages(reader, practicum, programme);
    }
    frem_check_not_both(reader, head, "share", "weeks");
    if (!frem_check_has(head, "split")) {
        static const char *const divided[] = {"floor", "ceiling"};
        for (size_t i = 0; i < sizeof divided / sizeof *divided; i++)
            frem_check_unused(reader, head, divided[i], "no `split` divides the places",
                              "intet `split` fordeler pladserne");
    }
    frem_check_split(reader, &practicum->split);
    bool counts = frem_check_has(head, "offer") || frem_check_has(head, "supervision_hours");
    if (counts && !frem_check_has(head, "weeks") && !frem_check_has(head, "stages"))
        frem_check_needs(reader, head, "share",
                         "how much of the programme is practicum: share, weeks or stages",
                         "hvor meget af uddannelsen der er praktik: share, weeks eller stages");
    if (frem_check_says(head, "caps_intake", "true"))
        frem_check_needs(reader, head, "offer", "the places on offer that limit the intake",
                         "de udbudte pladser, der begrænser optaget");
}

static void check_schools(frem_reader *reader, const frem_entry *head) {
    if (frem_check_has(head, "municipalities"))
        frem_check_needs(reader, head, "schools", "the schools with their dimensioning",
                         "skolerne med deres dimensionering");
    else if (!frem_check_has(head, "schools") && !frem_check_has(head, "programmes"))
        frem_check_one_of(reader, head, "programmes", "schools");
    if (!frem_check_has(head, "schools"))
        return;
    frem_check_needs(reader, head, "municipalities", "a table of students and STÅ by municipality",
                     "en tabel med studerende og STÅ efter kommune");
    frem_check_needs(reader, head, "ects", "ECTS of practicum of a student in the whole programme",
                     "en studerendes ECTS i praktik i hele uddannelsen");
}

void frem_practicum_check(frem_reader *reader) {
    const frem_practicum *practicum = &reader->scenario->practicum;
    for (size_t i = 0; i < reader->scenario->programmes.count; i++)
        frem_check_not_both(reader, &reader->scenario->programmes.items[i].head, "from", "specialisations");
    if (!frem_check_is_mapping(&practicum->head))
        return;
    for (size_t i = 0; i < practicum->programmes.count; i++)
        check_programme(reader, &practicum->programmes.items[i]);
    check_schools(reader, &practicum->head);
}
