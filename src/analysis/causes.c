#include "analysis/causes.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/assumptions.h"
#include "base/problem.h"
#include "base/text.h"

static const frem_place in_command = {"fremskriv", 0, 0};

enum { PATTERNS_MAX = 10 };

/* A kind of cause, and the parts that it takes: paths in which `*` is any one key, with all that lies below them. */
typedef struct kind {
    const char *key;
    frem_label label;
    const char *patterns[PATTERNS_MAX];
} kind;

/* In the order in which people read them: needs, then those who meet them. The first that has a part takes it. */
static const kind kinds[] = {
    {"demography", {{"Demography", "Demografi"}}, {"population"}},
    {"use",
     {{"Use of the services", "Brug af tilbuddene"}},
     {"demand.*.follows.users", "demand.*.follows.user_table", "demand.*.follows.series",
      "demand.*.follows.population", "demand.*.follows.need.by_age"}},
    {"healthy-ageing", {{"Healthy ageing", "Sund aldring"}}, {"demand.*.follows.need"}},
    {"teaching",
     {{"Pupils and hours of teaching", "Elever og undervisningstimer"}},
     {"demand.*.follows.teaching"}},
    {"standard", {{"Standard of service", "Serviceniveau"}}, {"demand.*.standard"}},
    {"productivity", {{"Productivity", "Produktivitet"}}, {"demand.*.productivity"}},
    {"staffing-rule", {{"Staffing rule", "Normering"}}, {"demand.*.floor"}},
    {"money",
     {{"Money", "Penge"}},
     {"demand.*.budget", "demand.*.follows.spending", "professions.*.unit_cost"}},
    {"skill-mix",
     {{"Who does the work", "Fordeling på faggrupper"}},
     {"demand.*.shares", "demand.*.share_change"}},
    {"transfers", {{"Tasks that move", "Opgaver, der flytter"}}, {"transfers"}},
    {"posts",
     {{"Posts and vacancies", "Stillinger og ledige stillinger"}},
     {"demand.*.employment", "demand.*.vacancies", "demand.*.extra", "demand"}},
    {"intake",
     {{"Intake", "Optag"}},
     {"programmes.*.intake", "programmes.*.intake_follows", "programmes.*.places", "programmes.*.applicants",
      "programmes.*.qualified_share", "programmes.*.shock", "programmes.*.entry_total", "practicum"}},
    {"length",
     {{"Length of study", "Studietid"}},
     {"programmes.*.length", "programmes.*.stages.*.length", "programmes.*.reform", "programmes.*.delay",
      "programmes.*.starts", "programmes.*.full_length"}},
    {"completion",
     {{"Completion", "Gennemførelse"}},
     {"programmes.*.completion", "programmes.*.stages", "programmes.*.begin_again"}},
    {"entrants",
     {{"Who enters, and where graduates go", "Hvem der optages, og hvor dimittender søger hen"}},
     {"programmes"}},
    {"statutory-age",
     {{"Statutory retirement age", "Folkepensionsalder"}},
     {"retirement_ages", "professions.*.retirement.age"}},
    {"retirement", {{"Habits of retirement", "Tilbagetrækningsmønster"}}, {"professions.*.retirement"}},
    {"exits",
     {{"Exits and returners", "Afgang og tilbagevendte"}},
     {"professions.*.death", "professions.*.emigration", "professions.*.permanent_exit",
      "professions.*.graduate_exit", "professions.*.returners", "professions.*.already_left"}},
    {"participation",
     {{"Participation and unemployment", "Erhvervsdeltagelse og ledighed"}},
     {"professions.*.participation", "professions.*.employment_rate", "professions.*.unemployment"}},
    {"hours",
     {{"Part time and absence", "Deltid og fravær"}},
     {"professions.*.fte_per_employed", "professions.*.part_time", "professions.*.absence",
      "full_time_hours"}},
    {"migration",
     {{"Moves, immigration and commuting", "Flytning, indvandring og pendling"}},
     {"professions.*.immigration", "professions.*.moves", "professions.*.commuting"}},
    {"feedback", {{"Answer to shortage", "Svar på mangel"}}, {"professions.*.feedback"}},
    {"stock", {{"Stock of the base year", "Bestand i basisåret"}}, {"professions.*.cohorts"}},
    {"other", {{"Other", "Andet"}}, {""}},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Whether a path is what a pattern names, or lies below it. */
static bool is_below(const char *path, const char *pattern) {
    while (*pattern != '\0') {
        if (*pattern == '*') {
            const size_t key = strcspn(path, ".");
            if (key == 0)
                return false;
            path += key;
            pattern++;
        } else if (*path++ != *pattern++) {
            return false;
        }
    }
    return *path == '\0' || *path == '.';
}

static const kind *kind_of(const char *path) {
    for (size_t k = 0; k + 1 < KINDS; k++) {
        for (size_t i = 0; i < PATTERNS_MAX && kinds[k].patterns[i] != NULL; i++) {
            if (is_below(path, kinds[k].patterns[i]))
                return &kinds[k];
        }
    }
    return &kinds[KINDS - 1];
}

/* ---- groups that are asked for ---- */

static frem_status read_group(frem_causes *causes, const char *text, frem_asked_group *out,
                              frem_diags *diags) {
    const char *sign = strchr(text, '=');
    size_t n = 1;
    if (sign == NULL || sign == text || sign[1] == '\0')
        return FREM_PROBLEM(diags, in_command, GROUPS_FORM, text);
    for (const char *c = sign; *c != '\0'; c++)
        n += *c == ',';
    const char **patterns = frem_arena_alloc(causes->arena, n, sizeof *patterns);
    *out = (frem_asked_group){frem_arena_text(causes->arena, text, (size_t)(sign - text)), patterns, n};
    if (patterns == NULL || out->name == NULL)
        return FREM_NO_MEMORY;
    if (strcmp(out->name, "start") == 0 || strcmp(out->name, "end") == 0 ||
        strcmp(out->name, frem_cause_itself().key) == 0)
        return FREM_PROBLEM(diags, in_command, GROUPS_NAME, out->name);
    const char *at = sign + 1;
    for (size_t i = 0; i < n; i++) {
        const size_t length = strcspn(at, ",");
        patterns[i] = frem_arena_text(causes->arena, at, length);
        if (patterns[i] == NULL)
            return FREM_NO_MEMORY;
        if (length == 0)
            return FREM_PROBLEM(diags, in_command, GROUPS_FORM, text);
        at += length + 1;
    }
    return FREM_OK;
}

frem_status frem_causes_ask(frem_causes *causes, const char *const *texts, size_t n, frem_diags *diags) {
    frem_asked_group *asked = frem_arena_alloc(causes->arena, n + 1, sizeof *asked);
    frem_status status = asked != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status != FREM_NO_MEMORY; i++) {
        const frem_status one = read_group(causes, texts[i], &asked[i], diags);
        status = one != FREM_OK ? one : status;
    }
    causes->asked = asked;
    causes->n_asked = n;
    return status == FREM_INVALID ? FREM_USAGE : status;
}

/* All paths of some models: of what they say, and of parts. Texts live as long as the arena. */
static frem_status list_paths(frem_arena *arena, const frem_model *const *models, size_t n_models,
                              const char ***paths, size_t *n) {
    size_t room = 0;
    frem_status status = FREM_OK;
    *paths = NULL;
    *n = 0;
    for (size_t m = 0; m < n_models && status == FREM_OK; m++) {
        const frem_scenario *s = models[m]->scenario;
        const frem_run run = {.name = s->name, .variant = s->variant, .file = s->source->path};
        const size_t parts = frem_mix_parts(models[m]);
        frem_said *said;
        size_t n_said;
        status = frem_scenario_said(arena, &run, s, FREM_SAYING_EFFECTS, &said, &n_said);
        for (size_t i = 0; i < parts + n_said && status == FREM_OK; i++) {
            void *grown = *paths;
            status = frem_grow(&grown, &room, *n, sizeof **paths);
            *paths = grown;
            if (status == FREM_OK)
                (*paths)[(*n)++] = i < parts ? frem_mix_name(models[m], arena, i) : said[i - parts].as.path;
            if (status == FREM_OK && (*paths)[*n - 1] == NULL)
                status = FREM_NO_MEMORY;
        }
    }
    return status;
}

static frem_status check_pattern(const char *name, const char *pattern, const char *const *paths, size_t n,
                                 frem_diags *diags) {
    for (size_t i = 0; i < n; i++) {
        if (is_below(paths[i], pattern))
            return FREM_OK;
    }
    return FREM_PROBLEM(diags, in_command, GROUPS_NOTHING, name, pattern, frem_nearest(pattern, paths, n));
}

frem_status frem_causes_known(const frem_causes *causes, const frem_model *const *models, size_t n_models,
                              frem_diags *diags) {
    frem_arena *arena = NULL;
    const char **paths = NULL;
    size_t n = 0;
    if (causes->n_asked == 0)
        return FREM_OK;
    frem_status status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = list_paths(arena, models, n_models, &paths, &n);
    for (size_t i = 0; i < causes->n_asked && (status == FREM_OK || status == FREM_INVALID); i++) {
        const frem_asked_group *group = &causes->asked[i];
        for (size_t p = 0; p < group->n_patterns; p++) {
            const frem_status one = check_pattern(group->name, group->patterns[p], paths, n, diags);
            status = one != FREM_OK ? one : status;
        }
    }
    free(paths);
    frem_arena_free(arena);
    return status == FREM_INVALID ? FREM_USAGE : status;
}

/* ---- causes ---- */

/* "Demography: Daycare", by the sector's own name where it has one. */
static frem_status name_sector(frem_causes *causes, const frem_sector *sector, frem_cause *cause) {
    cause->key = frem_arena_print(causes->arena, "%s:%s", cause->key, sector->head.key);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *name = sector->label.text[lang] != NULL ? sector->label.text[lang] : sector->head.key;
        cause->label.text[lang] = frem_arena_print(causes->arena, "%s: %s", cause->label.text[lang], name);
        if (cause->label.text[lang] == NULL)
            return FREM_NO_MEMORY;
    }
    return cause->key != NULL ? FREM_OK : FREM_NO_MEMORY;
}

static frem_status find_cause(frem_causes *causes, const char *path, const frem_sector *sector,
                              frem_cause *out) {
    for (size_t i = 0; i < causes->n_asked; i++) {
        const frem_asked_group *group = &causes->asked[i];
        for (size_t p = 0; p < group->n_patterns; p++) {
            if (!is_below(path, group->patterns[p]))
                continue;
            *out = (frem_cause){group->name, {{group->name, group->name}}, i};
            return FREM_OK;
        }
    }
    const kind *of = kind_of(path);
    *out = (frem_cause){of->key, of->label, causes->n_asked + (size_t)(of - kinds)};
    return sector != NULL && !causes->one_demography ? name_sector(causes, sector, out) : FREM_OK;
}

frem_status frem_causes_of(frem_causes *causes, const char *path, const frem_sector *sector, size_t *cause,
                           frem_diags *diags) {
    frem_cause found;
    const frem_status status = find_cause(causes, path, sector, &found);
    if (status != FREM_OK)
        return status;
    for (*cause = 0; *cause < causes->n; (*cause)++) {
        if (strcmp(causes->items[*cause].key, found.key) == 0)
            return FREM_OK;
    }
    if (causes->n == FREM_GROUPS_MAX) {
        const frem_status raised = FREM_PROBLEM(diags, in_command, CAUSES_MANY, "64");
        return raised == FREM_INVALID ? FREM_USAGE : raised;
    }
    causes->items[causes->n++] = found;
    return FREM_OK;
}

frem_status frem_causes_refuse(const frem_causes *causes, uint64_t which, const char *scenario,
                               const char *elsewhere, frem_diags *diags) {
    frem_text list = {0};
    for (size_t i = 0; i < causes->n; i++) {
        if (which >> i & 1)
            frem_text_print(&list, "%s%s", list.length > 0 ? ", " : "", causes->items[i].key);
    }
    const frem_status status =
        list.failed || list.bytes == NULL
            ? FREM_NO_MEMORY
            : FREM_PROBLEM(diags, in_command, DECOMPOSE_MIX, scenario, list.bytes, elsewhere);
    frem_text_free(&list);
    return status;
}

frem_cause frem_cause_itself(void) {
    return (frem_cause){"ageing-and-pipeline",
                        {{"Ageing out and studies under way", "Aldersafgang og igangværende studier"}},
                        0};
}
