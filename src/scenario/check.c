/* Checks that need several fields at once and no tables: what they share, and the file as a whole. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/index.h"
#include "base/number.h"
#include "base/problem.h"
#include "scenario/meant.h"
#include "scenario/read.h"

/* The longest projection in years, and how far outside it a year may lie that a scenario names: further away it is a
 * slip of the pen. */
enum { YEARS_MAX = 150, YEARS_BESIDE = 75 };

static void supply_check(frem_reader *reader);

static void demand_check(frem_reader *reader);

static void practicum_check(frem_reader *reader);

/* Whether an entry has a key with a value. */
static bool check_has(const frem_entry *entry, const char *key) {
    const frem_node *value = frem_node_get(entry->node, key);
    return value != NULL && !frem_node_is_null(value);
}

/* Whether an entry is given as a mapping. */
static bool check_is_mapping(const frem_entry *entry) {
    return entry->node != NULL && entry->node->kind == FREM_MAPPING;
}

/* Whether a choice is `word`, also where the entry is that word alone. */
static bool check_says(const frem_entry *entry, const char *key, const char *word) {
    const frem_node *value = check_is_mapping(entry) ? frem_node_get(entry->node, key) : entry->node;
    return value != NULL && value->kind == FREM_SCALAR && strcmp(value->text, word) == 0;
}

/* "file.yaml:12"; NULL when out of memory. */
static char *place_text(frem_reader *reader, frem_place place) {
    char *text = frem_arena_print(reader->arena, "%s:%u", place.file, place.line);
    reader->no_memory = reader->no_memory || text == NULL;
    return text;
}

/* Reports two keys of which only one may be given, at the second. */
static void check_either(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    const frem_pair *first = frem_node_pair(entry->node, one), *second = frem_node_pair(entry->node, other);
    if (first == NULL || second == NULL || first->layer == second->layer) {
        frem_status reported =
            FREM_PROBLEM(reader->diags, frem_entry_place(entry, other), EITHER_OR, entry->path, one, other);
        (void)frem_diags_relate(reader->diags, reported, frem_entry_place(entry, one));
        return;
    }
    /* The upper layer is the one to change: the lower may be a file of others. */
    const frem_pair *lower = first->layer < second->layer ? first : second;
    const frem_pair *upper = lower == first ? second : first;
    char *below = place_text(reader, lower->place);
    if (below == NULL)
        return;
    frem_status reported = FREM_PROBLEM(reader->diags, upper->place, LAYERS_EITHER_OR, entry->path,
                                        lower->key, upper->key, below);
    (void)frem_diags_relate(reader->diags, reported, lower->place);
}

/* Reports them where both are given. */
static void check_not_both(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    if (check_has(entry, one) && check_has(entry, other))
        check_either(reader, entry, one, other);
}

/* At least one of two keys, and at most one. */
static void check_one_of(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    check_not_both(reader, entry, one, other);
    if (!check_has(entry, one) && !check_has(entry, other))
        /* Where `~` took one away, that is the place to look at. */
        (void)FREM_PROBLEM(reader->diags,
                           frem_reader_own_place(reader, entry->path, frem_entry_place(entry, one)),
                           NEITHER_NOR, entry->path, one, other);
}

/* Reports all but the first of mutually exclusive keys. @return whether any is given. */
static bool check_single(frem_reader *reader, const frem_entry *entry, const char *const *ways, size_t n) {
    const char *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!check_has(entry, ways[i]))
            continue;
        if (first != NULL)
            check_either(reader, entry, first, ways[i]);
        first = ways[i];
    }
    return first != NULL;
}

/* Reports a key that is lacking, and what it would say. */
static void check_needs(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                        const char *da) {
    if (!check_has(entry, key))
        frem_reader_missing(reader, entry->path, entry->place, key, NULL, en, da);
}

/* Reports a population that is lacking, once, where it is first needed. */
static void check_needs_population(frem_reader *reader, frem_place place) {
    if (frem_read_meant(reader->scenario->head.node, "population") || reader->asked_population)
        return;
    reader->asked_population = true;
    frem_reader_missing(reader, "", place, "population", NULL, "this follows the population",
                        "dette følger befolkningen");
}

/* Reports a key that is given and has no meaning there, and why. */
static void check_unused(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                         const char *da) {
    if (!check_has(entry, key))
        return;
    const frem_pair *lower = frem_node_pair(entry->node, key), *upper = lower;
    for (size_t i = 0; i < entry->node->count; i++) {
        if (entry->node->pairs[i].layer > upper->layer)
            upper = &entry->node->pairs[i];
    }
    char *below = upper != lower ? place_text(reader, lower->place) : NULL;
    if (below != NULL)
        (void)FREM_PROBLEM(reader->diags, upper->place, LAYERS_NOT_USED, entry->path, key, en, da, below);
    else
        (void)FREM_PROBLEM(reader->diags, lower->place, KEY_NOT_USED, entry->path, key, en, da);
}

/* The key of a mapping that a name is nearest to; NULL where none is near. */
static const char *nearest(frem_reader *reader, const char *name, const frem_node *node) {
    size_t n = 0, count = node != NULL ? node->count : 0;
    if (!frem_reader_compares(reader, count))
        return NULL;
    const char **known = frem_reader_alloc(reader, count, sizeof *known);
    for (size_t i = 0; i < count && known != NULL; i++) {
        if (!frem_node_is_null(node->pairs[i].value))
            known[n++] = node->pairs[i].key;
    }
    return known != NULL ? frem_nearest(name, known, n) : NULL;
}

/* Reports a name that is not in a mapping. @param map what the mapping is called. @return whether it is there, or
 *  the mapping itself is wrong and has been reported. */
static bool check_known(frem_reader *reader, const char *path, const char *name, frem_place place,
                        const frem_node *node, const char *map) {
    if (node != NULL && node->kind != FREM_MAPPING)
        return true; /* reported already */
    const frem_pair *pair = frem_node_pair(node, name);
    if (pair != NULL && !frem_node_is_null(pair->value))
        return true;
    (void)FREM_PROBLEM(reader->diags, place, UNKNOWN_REFERENCE, path, name, map, nearest(reader, name, node));
    return false;
}

/* The same for one of the scenario's maps. */
static bool check_name(frem_reader *reader, const char *path, const char *name, frem_place place,
                       const char *map) {
    const frem_node *root = reader->scenario->head.node, *node = frem_node_get(root, map);
    bool required = strcmp(map, "professions") == 0;
    if (node == NULL && (required || frem_read_meant(root, map)))
        return true; /* reported already */
    return check_known(reader, path, name, place, node, map);
}

/* The same for the names of a list of values at a key, whose field says which map. */
static bool check_names(frem_reader *reader, const frem_values *values, const frem_entry *entry,
                        const char *key) {
    const char *path = frem_reader_path(reader, entry->path, key);
    bool good = true;
    for (size_t i = 0; i < values->count; i++) {
        const frem_named_value *item = &values->items[i];
        good = check_name(reader, path, item->key, item->place, item->value.field->refers) && good;
    }
    return good;
}

/* `one` must be below `other`: reports it where it is not. */
static void frem_check_order(frem_reader *reader, const frem_entry *entry, const char *one, double low,
                             const char *other, double high) {
    char lo[32], hi[32];
    frem_number_shortest(lo, low);
    frem_number_shortest(hi, high);
    if (low >= high)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, check_has(entry, other) ? other : one),
                           ORDER_WRONG, entry->path, one, lo, other, hi);
}

/* Reports a year, with up to two that it is held against. */
static void check_year(frem_reader *reader, frem_code code, frem_place place, const char *path, int64_t year,
                       int64_t a, int64_t b) {
    char text[3][32];
    (void)snprintf(text[0], sizeof text[0], "%lld", (long long)year);
    (void)snprintf(text[1], sizeof text[1], "%lld", (long long)a);
    (void)snprintf(text[2], sizeof text[2], "%lld", (long long)b);
    (void)frem_diags_add(reader->diags, place, code, (const char *const[]){path, text[0], text[1], text[2]},
                         4);
}

/* Whether a scenario projects supply and demand, or practicum is all it is about. */
static bool scenario_projects(const frem_reader *reader) {
    static const char *const parts[] = {"professions", "programmes", "demand", "base_year"};
    const frem_node *root = reader->scenario->head.node;
    bool projects = !frem_read_meant(root, "practicum");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        projects = projects || frem_read_meant(root, parts[i]);
    return projects;
}

void frem_scenario_needs(frem_reader *reader, frem_place place) {
    static const char *const needed[] = {"professions", "demand", "base_year"};
    const frem_entry *head = &reader->scenario->head;
    if (!check_is_mapping(head) || !scenario_projects(reader))
        return;
    for (size_t f = 0; f < frem_kind_scenario.n_fields; f++) {
        const frem_field *field = &frem_kind_scenario.fields[f];
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
            if (strcmp(needed[i], field->key) == 0 && !frem_read_meant(head->node, field->key))
                frem_reader_missing(reader, "", place, field->key, field, field->help.text[FREM_EN],
                                    field->help.text[FREM_DA]);
        }
    }
}

/* Practicum alone can be of one year. */
static bool check_years_known(const frem_reader *reader) {
    const frem_years *years = &reader->scenario->years;
    bool one = years->until == years->base && !scenario_projects(reader);
    return years->base > 0 && (years->until > years->base || one);
}

static void check_years(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    const frem_years *years = &s->years;
    bool known = check_years_known(reader);
    if (years->base > 0 && years->until > 0 && !known)
        frem_check_order(reader, &years->head, "base", (double)years->base, "until", (double)years->until);
    if (known && years->until - years->base > YEARS_MAX) {
        char given[32], lo[32], hi[32];
        frem_number_shortest(given, (double)years->until);
        frem_number_shortest(lo, (double)(years->base + 1));
        frem_number_shortest(hi, (double)(years->base + YEARS_MAX));
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&years->head, "until"), OUT_OF_RANGE,
                           "years.until", given, lo, hi, "year", frem_unit_text("year", FREM_DA));
    }
    if (s->ages.from >= 0 && s->ages.to >= 0)
        frem_check_order(reader, &s->ages.head, "from", (double)s->ages.from, "to", (double)s->ages.to);
}

/* Whether a year is among the years of the scenario or not far from them; reports it when not. A shorter projection cuts
 *  what comes after its last year, so that years after it are no mistake. */
static bool check_year_near(frem_reader *reader, frem_place place, const char *path, int64_t year) {
    const frem_years *years = &reader->scenario->years;
    if (year >= years->base - YEARS_BESIDE && year <= years->until + YEARS_BESIDE)
        return true;
    check_year(reader, FREM_MSG_YEAR_OUTSIDE, place, path, year, years->base, years->until);
    return false;
}

/* @return whether no point is far from the years of the scenario. Those outside them shape the path inside. */
static bool check_points(frem_reader *reader, const frem_value *value) {
    bool near = true;
    for (size_t i = 0; i < value->points.count; i++) {
        const frem_point *point = &value->points.items[i];
        near = check_year_near(reader, point->place, value->head.path, point->year) && near;
    }
    return near;
}

/* A path must say something about every year it is needed for.
 * @param first_year @param last_year the years that it is needed for; entry years may begin earlier. */
static void check_path(frem_reader *reader, const frem_value *value, int first_year, int last_year) {
    bool entry = (value->field->flags & FREM_F_ENTRY) != 0;
    const char *path = value->head.path;
    if (!check_points(reader, value) || value->points.count == 0)
        return;
    for (size_t i = 1; i < value->points.count && value->between == 0; i++) {
        const frem_point *point = &value->points.items[i];
        bool needed = point[-1].year < last_year && (entry || point->year > first_year);
        if (point->year == point[-1].year + 1 || !needed)
            continue;
        check_year(reader, FREM_MSG_PATH_NEEDS_BETWEEN, point->place, path, point[-1].year + 1,
                   point[-1].year, point->year);
        break;
    }
    const frem_point *first = &value->points.items[0], *last = first + value->points.count - 1;
    bool goes_on = value->then.hold || !isnan(value->then.growth);
    if (last->year < last_year && !goes_on)
        check_year(reader, FREM_MSG_PATH_NEEDS_THEN, last->place, path, last->year, last_year, 0);
    if ((!entry || value->earlier != NULL) && first->year > first_year && !value->before)
        check_year(reader, FREM_MSG_PATH_NEEDS_BEFORE, first->place, path, first->year, first_year, 0);
}

/* A value and what it keeps of earlier years, each for the years that it is needed for. */
static void check_value(frem_reader *reader, const frem_value *value) {
    int base = (int)reader->scenario->years.base, last = (int)reader->scenario->years.until;
    bool entry = (value->field->flags & FREM_F_ENTRY) != 0;
    for (; value != NULL; value = value->earlier) {
        int from = (int)value->from;
        if (value->earlier != NULL && from > 0)
            (void)check_year_near(reader, frem_entry_place(&value->head, "from"), value->head.path, from);
        int first = value->earlier != NULL && (entry || from > base) ? from : base;
        if (value->form == FREM_VALUE_PATH && first <= last)
            check_path(reader, value, first, last);
        last = value->earlier != NULL && from - 1 < last ? from - 1 : last;
    }
}

static void check_split(frem_reader *reader, const frem_split *split) {
    const frem_entry *head = &split->head;
    /* A word that is none of the choices is reported already, and may have been meant as any of them. */
    bool known = split->by != FREM_SPLIT_NONE || check_says(head, "by", "none");
    if (head->node == NULL || !known)
        return;
    if (split->by == FREM_SPLIT_POPULATION)
        check_needs_population(reader, head->place);
    else
        check_unused(reader, head, "ages", "only `by: population` has ages",
                     "kun `by: population` har aldre");
    if (split->by == FREM_SPLIT_WEIGHTS)
        check_needs(reader, head, "weights", "weights by region, from a table",
                    "vægte efter område, fra en tabel");
    else
        check_unused(reader, head, "weights", "only `by: weights` has weights",
                     "kun `by: weights` har vægte");
}

static void check_retirement_age(frem_reader *reader, const frem_retirement_age *age) {
    static const char *const ways[] = {"table", "born", "year"};
    if (check_is_mapping(&age->head) && !check_single(reader, &age->head, ways, sizeof ways / sizeof *ways))
        (void)FREM_PROBLEM(reader->diags, frem_reader_own_place(reader, age->head.path, age->head.place),
                           NO_AGE_RULE, age->head.path);
}

void frem_scenario_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    check_years(reader);
    for (size_t i = 0; i < s->retirement_ages.count; i++)
        check_retirement_age(reader, &s->retirement_ages.items[i]);
    supply_check(reader);
    demand_check(reader);
    practicum_check(reader);
    frem_check_uncertain(reader);
    bool known = check_years_known(reader);
    for (size_t i = 0; i < s->parameters.count && known; i++)
        check_value(reader, s->parameters.items[i]);
}

static void check_exit(frem_reader *reader, const frem_retirement *r) {
    const frem_entry *head = &r->head;
    check_needs(reader, head, "leaves", "when people leave: mean and spread",
                "hvornår folk går: mean og spread");
    check_needs(reader, head, "earliest", "no one leaves before this age", "ingen går før denne alder");
    check_needs(reader, head, "latest", "everybody has left at this age", "alle er gået ved denne alder");
    if (!isnan(r->earliest) && !isnan(r->latest))
        frem_check_order(reader, head, "earliest", r->earliest, "latest", r->latest);
    check_unused(reader, head, "threshold", "it belongs to kind: participation",
                 "den hører til kind: participation");
    check_unused(reader, head, "response", "for kind: exit it is in leaves",
                 "ved kind: exit står den i leaves");
}

static void check_participation(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->retirement.head;
    check_needs(reader, head, "threshold", "the age from which participation follows the retirement age",
                "alderen, hvorfra erhvervsdeltagelsen følger pensionsalderen");
    check_needs(reader, head, "response", "years that participation moves when the age rises by one",
                "år, deltagelsen flytter, når alderen stiger ét år");
    static const char *const others[] = {"leaves", "earliest", "latest"};
    for (size_t i = 0; i < 3; i++)
        check_unused(reader, head, others[i], "it belongs to kind: exit", "den hører til kind: exit");
    const frem_entry *above = &profession->head;
    if (!check_has(above, "participation") && !check_has(above, "employment_rate"))
        check_one_of(reader, above, "participation", "employment_rate");
}

static void check_retirement(frem_reader *reader, const frem_profession *profession) {
    const frem_retirement *r = &profession->retirement;
    if (!check_is_mapping(&r->head))
        return;
    check_needs(reader, &r->head, "age", "the name of a retirement age, or shares of several",
                "navnet på en pensionsalder eller andele af flere");
    (void)check_names(reader, &r->age, &r->head, "age");
    if (check_says(&r->head, "kind", "exit"))
        check_exit(reader, r);
    else if (check_says(&r->head, "kind", "participation"))
        check_participation(reader, profession);
}

static void check_absence(frem_reader *reader, const frem_entry *head) {
    if (!check_is_mapping(head))
        return;
    bool days = check_has(head, "days"), of = check_has(head, "of");
    if (check_has(head, "share") && (days || of))
        check_either(reader, head, "share", days ? "days" : "of");
    else if (!check_has(head, "share") && days)
        check_needs(reader, head, "of", "working days a year", "arbejdsdage om året");
    else if (!check_has(head, "share"))
        check_one_of(reader, head, "share", "days");
}

/* Untrained staff have a demand and costs, but no stock that could be counted, move or retire. */
static void check_no_stock(frem_reader *reader, const frem_profession *profession) {
    static const char *const keys[] = {
        "cohorts",       "returners",    "already_left",    "immigration",      "moves",      "commuting",
        "participation", "unemployment", "employment_rate", "fte_per_employed", "part_time",  "absence",
        "death",         "emigration",   "permanent_exit",  "graduate_exit",    "retirement", "feedback"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        check_unused(reader, &profession->head, keys[i], "a profession with supply: none has no stock",
                     "en faggruppe med supply: none har ingen bestand");
}

/* Checks values by whole years since joining. */
static void check_years_since(frem_reader *reader, const frem_entry *head, const char *key,
                              const frem_values *values) {
    static const char *const whole[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
    for (size_t i = 0; i < values->count; i++) {
        bool known = false;
        for (size_t y = 0; y < sizeof whole / sizeof *whole; y++)
            known = known || strcmp(whole[y], values->items[i].key) == 0;
        if (!known)
            (void)FREM_PROBLEM(reader->diags, values->items[i].place, NOT_YEARS_SINCE,
                               frem_reader_path(reader, head->path, key), values->items[i].key, key);
    }
}

/* Who comes, moves and commutes. */
static void check_mobility(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *moves = &profession->moves.head, *commuting = &profession->commuting.head;
    if (check_is_mapping(moves))
        check_one_of(reader, moves, "matrix", "net");
    if (!frem_read_meant(moves->node, "matrix"))
        check_unused(reader, moves, "factor", "it multiplies the shares of a matrix",
                     "den ganger andelene i en matrix");
    if (check_has(commuting, "inflow"))
        check_needs(reader, commuting, "inflow_fte", "their full-time equivalents", "deres årsværk");
    if (check_has(commuting, "inflow_fte"))
        check_needs(reader, commuting, "inflow", "how many they are", "hvor mange de er");
    if (check_has(&profession->head, "already_left"))
        check_needs(reader, &profession->head, "returners", "the share of them that comes back in a year",
                    "den andel af dem, der vender tilbage på et år");
    else if (!check_has(&profession->head, "permanent_exit") &&
             !check_has(&profession->head, "graduate_exit"))
        check_unused(reader, &profession->head, "returners",
                     "they are of those who left by permanent_exit, and no one does",
                     "de er blandt dem, der gik ved permanent_exit, og det gør ingen");
    check_split(reader, &profession->immigration.split);
    check_years_since(reader, &profession->immigration.head, "stay", &profession->immigration.stay);
    check_years_since(reader, &profession->head, "graduate_exit", &profession->graduate_exit);
}

static void check_cohorts(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->head;
    const frem_cohorts *cohorts = &profession->cohorts;
    /* A `supply` that could not be read is no reason to ask for a stock. */
    bool stock = !check_has(head, "supply") || check_says(head, "supply", "cohorts") ||
                 check_says(head, "supply", "labour_force");
    if (stock && !frem_read_meant(head->node, "cohorts"))
        frem_reader_missing(reader, head->path, head->place, "cohorts", NULL,
                            "the stock of the base year, or `supply: none` for a profession without one",
                            "basisårets bestand, eller `supply: none` for en faggruppe uden");
    bool table = frem_node_get(frem_node_get(cohorts->head.node, "persons"), "table") != NULL;
    if (check_has(&cohorts->head, "persons") && !table)
        check_needs(reader, &cohorts->head, "ages", "a profile by age: `persons` is one number without ages",
                    "en aldersprofil: `persons` er ét tal uden aldre");
    check_split(reader, &cohorts->split);
}

/* People out of work are counted where it is known how many they are. */
static void check_labour_force(frem_reader *reader, const frem_entry *head) {
    if (!check_says(head, "supply", "labour_force"))
        return;
    check_unused(reader, head, "employment_rate",
                 "supply: labour_force counts the unemployed too, and it does not separate them",
                 "supply: labour_force tæller også de ledige, og den skelner dem ikke");
    if (check_says(&reader->scenario->head, "base_year", "overwrite"))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "supply"), LABOUR_FORCE_OVERWRITTEN,
                           head->path);
}

/* Untrained staff are a profession without a stock: people with one would have to come from somewhere. */
static void check_untrained(frem_reader *reader, const frem_untrained *untrained) {
    const frem_node *node = frem_node_get(untrained->head.node, "profession");
    if (untrained->profession == NULL || node == NULL)
        return;
    const char *path = frem_reader_path(reader, untrained->head.path, "profession");
    (void)check_name(reader, path, untrained->profession, node->place, "professions");
    for (size_t p = 0; p < reader->scenario->professions.count; p++) {
        const frem_entry *profession = &reader->scenario->professions.items[p].head;
        if (strcmp(profession->key, untrained->profession) == 0 && check_is_mapping(profession) &&
            !check_says(profession, "supply", "none"))
            (void)FREM_PROBLEM(reader->diags, node->place, UNTRAINED_STOCK, path, untrained->profession);
    }
}

static void check_feedback(frem_reader *reader, const frem_profession *profession) {
    const frem_feedback *feedback = &profession->feedback;
    const frem_entry *head = &profession->head;
    if (!check_is_mapping(&feedback->head))
        return;
    check_untrained(reader, &feedback->untrained);
    if (check_has(head, "employment_rate"))
        check_unused(reader, &feedback->head, "unemployment",
                     "employment_rate does not separate the unemployed",
                     "employment_rate skelner ikke de ledige");
    else if (check_has(&feedback->head, "unemployment"))
        check_needs(reader, head, "unemployment", "the share of the labour force without work",
                    "andelen af arbejdsstyrken uden arbejde");
    if (check_has(&feedback->head, "pay") && !check_has(head, "participation") &&
        !check_has(head, "employment_rate"))
        check_one_of(reader, head, "participation", "employment_rate");
}

static void check_profession(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->head;
    if (!check_is_mapping(head))
        return;
    if (check_says(head, "supply", "none")) {
        check_no_stock(reader, profession);
        return;
    }
    check_not_both(reader, head, "participation", "employment_rate");
    check_not_both(reader, head, "unemployment", "employment_rate");
    check_not_both(reader, head, "fte_per_employed", "part_time");
    check_labour_force(reader, head);
    check_absence(reader, &profession->absence.head);
    check_cohorts(reader, profession);
    check_mobility(reader, profession);
    check_retirement(reader, profession);
    check_feedback(reader, profession);
}

/* A profession that people leave or come to: one that there is, with a stock. */
static void check_end(frem_reader *reader, const frem_entry *head, const char *key, const char *name) {
    if (name == NULL)
        return;
    frem_place place = frem_node_get(head->node, key)->place;
    const char *path = frem_reader_path(reader, head->path, key);
    (void)check_name(reader, path, name, place, "professions");
    for (size_t p = 0; p < reader->scenario->professions.count; p++) {
        const frem_entry *profession = &reader->scenario->professions.items[p].head;
        if (strcmp(profession->key, name) == 0 && check_is_mapping(profession) &&
            check_says(profession, "supply", "none"))
            (void)FREM_PROBLEM(reader->diags, place, PROFESSION_NO_STOCK, path, name);
    }
}

/* A programme leads to a stock, and an upgrade takes from another. */
static void check_ends(frem_reader *reader, const frem_programme *programme) {
    const frem_entry *head = &programme->head;
    check_end(reader, head, "leads_to", programme->leads_to);
    check_end(reader, head, "from", programme->from);
    if (!check_has(head, "from")) {
        check_unused(reader, head, "return_share", "it belongs to an upgrade, with `from`",
                     "den hører til en videreuddannelse med `from`");
        return;
    }
    if (programme->from != NULL && programme->leads_to != NULL &&
        strcmp(programme->from, programme->leads_to) == 0)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "from"), UPGRADE_TO_ITSELF, head->path,
                           programme->from);
    static const char *const settle[] = {"graduates_to", "outside"};
    for (size_t i = 0; i < 2; i++)
        check_unused(reader, head, settle[i], "people of an upgrade stay in the region where they live",
                     "folk på en videreuddannelse bliver i det område, hvor de bor");
    check_unused(reader, head, "begin_again", "dropouts of an upgrade come back to where they came from",
                 "frafaldne fra en videreuddannelse kommer tilbage dertil, hvor de kom fra");
    for (size_t i = 0; i < programme->stages.count; i++)
        check_unused(reader, &programme->stages.items[i].head, "student_fte",
                     "people of an upgrade are not counted as students who work",
                     "folk på en videreuddannelse tælles ikke som elever, der arbejder");
}

static void check_intake(frem_reader *reader, const frem_programme *programme) {
    static const char *const ways[] = {"intake", "places", "applicants"};
    const frem_entry *head = &programme->head;
    bool places = check_has(head, "places"), applicants = check_has(head, "applicants");
    bool meant = false;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        meant = meant || frem_read_meant(head->node, ways[i]);
    if (check_has(head, "intake") && (places || applicants))
        check_either(reader, head, "intake", places ? "places" : "applicants");
    else if (!meant)
        check_one_of(reader, head, "intake", "places");
    if (!frem_read_meant(head->node, "applicants"))
        check_unused(reader, head, "qualified_share", "it is a share of applicants",
                     "den er en andel af ansøgere");
    if (check_has(head, "intake_follows"))
        check_needs_population(reader, programme->intake_follows.head.place);
}

/* Reforms, and delays, whose names are whole years. */
static void check_change(frem_reader *reader, const frem_programme *programme) {
    const frem_reform *reform = &programme->reform;
    const frem_entry *head = &reform->head;
    if (check_is_mapping(head))
        check_one_of(reader, head, "shorter", "ects");
    if (check_has(head, "from") && check_years_known(reader) && reform->from > 0)
        (void)check_year_near(reader, frem_entry_place(head, "from"),
                              frem_reader_path(reader, head->path, "from"), reform->from);
    static const char *const whole[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
    for (size_t i = 0; i < programme->delay.count; i++) {
        const frem_named_value *item = &programme->delay.items[i];
        bool known = false;
        for (size_t y = 0; y < sizeof whole / sizeof *whole; y++)
            known = known || strcmp(whole[y], item->key) == 0;
        if (!known)
            (void)FREM_PROBLEM(reader->diags, item->place, NOT_A_DELAY,
                               frem_reader_path(reader, programme->head.path, "delay"), item->key);
    }
}

static void check_starts(frem_reader *reader, const frem_programme *programme) {
    static const frem_field month = {.key = "month", .type = FREM_T_MONTH};
    for (size_t i = 0; i < programme->starts.count; i++) {
        const frem_start *start = &programme->starts.items[i];
        frem_node word = {.kind = FREM_SCALAR, .place = start->head.place, .text = start->head.key};
        word.length = strlen(start->head.key);
        frem_site site = {&month, frem_reader_path(reader, programme->head.path, "starts"),
                          start->head.place};
        int ignored;
        frem_read_month(reader, &site, &word, &ignored);
    }
}

static void check_programme(frem_reader *reader, const frem_programme *programme) {
    const frem_entry *head = &programme->head;
    if (!check_is_mapping(head))
        return;
    check_ends(reader, programme);
    check_intake(reader, programme);
    check_change(reader, programme);
    check_one_of(reader, head, "completion", "stages");
    check_one_of(reader, head, "length", "stages");
    if (!check_has(head, "starts"))
        check_unused(reader, head, "full_length", "it belongs to starts", "den hører til starts");
    check_starts(reader, programme);
    check_split(reader, &programme->graduates_to);
}

/* The part of frem_scenario_check() for professions and programmes. */
static void supply_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    for (size_t i = 0; i < s->professions.count; i++)
        check_profession(reader, &s->professions.items[i]);
    for (size_t i = 0; i < s->programmes.count; i++)
        check_programme(reader, &s->programmes.items[i]);
}

/* Reports professions employed in a sector without a share of it. */
static void check_has_shares(frem_reader *reader, const frem_sector *sector, const frem_values *values) {
    const frem_entry *head = &sector->head;
    for (size_t i = 0; i < values->count; i++) {
        bool found = false;
        for (size_t s = 0; s < sector->shares.count; s++)
            found = found || strcmp(values->items[i].key, sector->shares.items[s].key) == 0;
        if (!found)
            frem_reader_missing(reader, frem_reader_path(reader, head->path, "shares"),
                                frem_entry_place(head, "shares"), values->items[i].key, NULL,
                                "it is employed in the sector; a share of 0 is written too",
                                "den er beskæftiget i branchen; en andel på 0 skrives også");
    }
}

static const frem_sector *find_sector(const frem_scenario *s, const char *name) {
    for (size_t i = 0; i < s->demand.count; i++) {
        if (strcmp(s->demand.items[i].head.key, name) == 0)
            return &s->demand.items[i];
    }
    return NULL;
}

/* Sectors that follow each other in a ring, said once, at the first of them. */
static void check_ring(frem_reader *reader, const frem_sector *first) {
    const frem_scenario *s = reader->scenario;
    const frem_sector *at = first;
    for (size_t i = 0; i <= s->demand.count && at != NULL; i++) {
        const frem_sector *next = at->follows.sector != NULL ? find_sector(s, at->follows.sector) : NULL;
        if (next == first) {
            (void)FREM_PROBLEM(reader->diags, frem_entry_place(&first->follows.head, "sector"),
                               FOLLOWS_ITSELF, first->head.path, first->follows.sector);
            return;
        }
        if (next != NULL && next < first)
            return;
        at = next;
    }
}

static void check_follows(frem_reader *reader, const frem_sector *sector) {
    static const char *const ways[] = {"driver", "population", "users",    "user_table", "series",
                                       "sector", "need",       "teaching", "spending"};
    static const char *const people[] = {"population", "users", "user_table", "need", "teaching"};
    const frem_follows *f = &sector->follows;
    const frem_entry *head = &f->head;
    if (!check_is_mapping(head))
        return;
    if (!check_single(reader, head, ways, sizeof ways / sizeof *ways))
        (void)FREM_PROBLEM(reader->diags, frem_reader_own_place(reader, head->path, head->place), NO_DRIVER,
                           head->path);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        if (check_has(head, people[i]))
            check_needs_population(reader, head->place);
    }
    for (size_t i = 0; i < f->users.count; i++) {
        const frem_entry *group = &f->users.items[i].head;
        check_not_both(reader, group, "use_rate", "users");
        check_not_both(reader, group, "users", "hours");
        check_not_both(reader, group, "weight", "hours");
    }
    check_not_both(reader, &f->need.head, "healthy_ageing", "years_to_death");
    if (check_is_mapping(&f->need.years_to_death.head))
        check_one_of(reader, &f->need.years_to_death.head, "decedent", "decedent_ratio");
    if (f->sector == NULL)
        return;
    (void)check_name(reader, frem_reader_path(reader, head->path, "sector"), f->sector,
                     frem_node_get(head->node, "sector")->place, "demand");
    check_ring(reader, sector);
}

static void check_floor(frem_reader *reader, const frem_floor *floor) {
    if (!check_is_mapping(&floor->head))
        return;
    check_needs_population(reader, floor->head.place);
    (void)check_names(reader, &floor->staff, &floor->head, "staff");
    (void)check_names(reader, &floor->marginal, &floor->head, "marginal");
    for (size_t i = 0; i < floor->children.count; i++) {
        const frem_floor_group *group = &floor->children.items[i];
        if (group->months > 0 && group->population.to == INT_MAX)
            check_unused(reader, &group->head, "months", "there is no age after an open group",
                         "der er ingen alder efter en åben gruppe");
    }
}

static void check_budget(frem_reader *reader, const frem_budget *budget) {
    if (!check_is_mapping(&budget->head))
        return;
    check_needs_population(reader, budget->head.place);
    (void)check_names(reader, &budget->shares, &budget->head, "shares");
}

static void check_sector(frem_reader *reader, const frem_sector *sector) {
    const frem_entry *head = &sector->head;
    static const char *const keys[] = {"employment", "vacancies", "shares", "share_change", "extra"};
    const frem_values *lists[] = {&sector->employment, &sector->vacancies, &sector->shares,
                                  &sector->share_change, &sector->extra};
    bool named = true; /* the first three hold professions that there are */
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        bool good = check_names(reader, lists[i], head, keys[i]);
        named = named && (good || i > 2);
    }
    check_split(reader, &sector->split);
    const frem_entry *split = &sector->split.head;
    if (check_says(split, "by", "employment"))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(split, "by"), KEY_NOT_USED, split->path,
                           "by: employment", "employment is what is split",
                           "det er beskæftigelsen, der fordeles");
    check_not_both(reader, head, "share_change", "shares");
    if (sector->shares.count > 0 && named) {
        check_has_shares(reader, sector, &sector->employment);
        check_has_shares(reader, sector, &sector->vacancies);
    }
    check_follows(reader, sector);
    check_floor(reader, &sector->floor);
    check_budget(reader, &sector->budget);
}

static void check_transfer(frem_reader *reader, const frem_transfer *transfer) {
    const frem_entry *head = &transfer->head;
    const char *ends[] = {transfer->from, transfer->to}, *keys[] = {"from", "to"};
    bool known = true;
    for (size_t i = 0; i < 2; i++)
        known = ends[i] != NULL &&
                check_name(reader, frem_reader_path(reader, head->path, keys[i]), ends[i],
                           frem_entry_place(head, keys[i]), "demand") &&
                known;
    if (known && strcmp(ends[0], ends[1]) == 0)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "to"), TRANSFER_ITSELF, head->path, ends[0]);
    check_one_of(reader, head, "share", "fte");
    (void)check_names(reader, &transfer->shares, head, "shares");
}

/* Reports sectors that an order leaves out. Skipped when a name in it is unknown: the order may be incomplete only because
 * of that. */
static void check_left_out(frem_reader *reader, const frem_allocate *allocation, const frem_index *named,
                           frem_place place) {
    const frem_scenario *s = reader->scenario;
    for (size_t j = 0; j < s->demand.count; j++) {
        const char *key = s->demand.items[j].head.key;
        if (frem_index_find(named, key, strlen(key)) < 0)
            (void)FREM_PROBLEM(reader->diags, place, ORDER_LACKS, allocation->head.path, key);
    }
}

/* An order names every sector once. */
static void check_order(frem_reader *reader, const frem_allocate *allocation) {
    const frem_entry *head = &allocation->head;
    const frem_node *given = frem_node_get(head->node, "order");
    const char *path = frem_reader_path(reader, head->path, "order");
    frem_place place = frem_entry_place(head, "order");
    size_t n = given != NULL && given->kind == FREM_SEQUENCE ? given->count : 1;
    bool whole = allocation->order.count == n;
    frem_index *named = NULL;
    frem_status status = frem_index_new(&named);
    for (size_t i = 0; i < allocation->order.count && status == FREM_OK; i++) {
        const char *name = allocation->order.items[i];
        size_t before = frem_index_count(named);
        whole = check_name(reader, path, name, place, "demand") && whole;
        status = frem_index_add(named, name, strlen(name), NULL);
        if (status == FREM_OK && frem_index_count(named) == before)
            (void)FREM_PROBLEM(reader->diags, place, ORDER_TWICE, head->path, name);
    }
    if (whole && status == FREM_OK)
        check_left_out(reader, allocation, named, place);
    reader->no_memory = reader->no_memory || status != FREM_OK;
    frem_index_free(named);
}

static void check_allocation(frem_reader *reader, const frem_allocate *allocation) {
    const frem_entry *head = &allocation->head;
    if (check_says(head, "rule", "priority")) {
        check_needs(reader, head, "order", "all sectors, the first to be filled first",
                    "alle brancher, den første fyldes først");
        if (allocation->order.count > 0)
            check_order(reader, allocation);
    } else if (check_says(head, "rule", "proportional") || check_says(head, "rule", "none")) {
        check_unused(reader, head, "order", "only `rule: priority` has an order",
                     "kun `rule: priority` har en rækkefølge");
    }
}

/* The part of frem_scenario_check() for sectors and allocation. */
static void demand_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    for (size_t i = 0; i < s->demand.count; i++)
        check_sector(reader, &s->demand.items[i]);
    for (size_t i = 0; i < s->transfers.count; i++)
        check_transfer(reader, &s->transfers.items[i]);
    check_allocation(reader, &s->allocation);
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
    if (check_has(head, "stages") && (check_has(head, "share") || check_has(head, "weeks")))
        check_either(reader, head, check_has(head, "share") ? "share" : "weeks", "stages");
    const char *map = frem_reader_path(reader, programme->head.path, "stages");
    const char *path = frem_reader_path(reader, head->path, "stages");
    for (size_t i = 0; i < practicum->stages.count; i++) {
        const frem_entry *stage = &practicum->stages.items[i].head;
        (void)check_known(reader, path, stage->key, stage->place,
                          frem_node_get(programme->head.node, "stages"), map);
        if (check_is_mapping(stage))
            check_one_of(reader, stage, "share", "weeks");
    }
}

static void practicum_check_programme(frem_reader *reader, const frem_practicum_programme *practicum) {
    const frem_entry *head = &practicum->head;
    const frem_programme *programme = find_programme(reader->scenario, head->key);
    (void)check_name(reader, "practicum.programmes", head->key, head->place, "programmes");
    if (!check_is_mapping(head))
        return;
    if (programme != NULL && check_is_mapping(&programme->head)) {
        if (check_has(&programme->head, "from"))
            (void)FREM_PROBLEM(reader->diags, head->place, KEY_NOT_USED, "practicum.programmes", head->key,
                               "its entrants come from a stock, and only a projection shows how many",
                               "de optagne kommer fra en bestand, og kun en fremskrivning siger hvor mange");
        check_stages(reader, practicum, programme);
    }
    check_not_both(reader, head, "share", "weeks");
    if (!check_has(head, "split")) {
        static const char *const divided[] = {"floor", "ceiling"};
        for (size_t i = 0; i < sizeof divided / sizeof *divided; i++)
            check_unused(reader, head, divided[i], "no `split` divides the places",
                         "intet `split` fordeler pladserne");
    }
    check_split(reader, &practicum->split);
    bool counts = check_has(head, "offer") || check_has(head, "supervision_hours");
    if (counts && !check_has(head, "weeks") && !check_has(head, "stages"))
        check_needs(reader, head, "share", "how much of the programme is practicum: share, weeks or stages",
                    "hvor meget af uddannelsen der er praktik: share, weeks eller stages");
    if (check_says(head, "caps_intake", "true"))
        check_needs(reader, head, "offer", "the places on offer that limit the intake",
                    "de udbudte pladser, der begrænser optaget");
}

static void check_schools(frem_reader *reader, const frem_entry *head) {
    if (check_has(head, "municipalities"))
        check_needs(reader, head, "schools", "the schools with their dimensioning",
                    "skolerne med deres dimensionering");
    else if (!check_has(head, "schools") && !check_has(head, "programmes"))
        check_one_of(reader, head, "programmes", "schools");
    if (!check_has(head, "schools"))
        return;
    check_needs(reader, head, "municipalities", "a table of students and STÅ by municipality",
                "en tabel med studerende og STÅ efter kommune");
    check_needs(reader, head, "ects", "ECTS of practicum of a student in the whole programme",
                "en studerendes ECTS i praktik i hele uddannelsen");
}

/* The part of frem_scenario_check() for practicum and specialisations. */
static void practicum_check(frem_reader *reader) {
    const frem_practicum *practicum = &reader->scenario->practicum;
    for (size_t i = 0; i < reader->scenario->programmes.count; i++)
        check_not_both(reader, &reader->scenario->programmes.items[i].head, "from", "specialisations");
    if (!check_is_mapping(&practicum->head))
        return;
    for (size_t i = 0; i < practicum->programmes.count; i++)
        practicum_check_programme(reader, &practicum->programmes.items[i]);
    check_schools(reader, &practicum->head);
}
