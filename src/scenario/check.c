/* Checks that need several fields at once and no tables. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "scenario/read.h"

/* Programmes whose first entry cohorts lie this long before the base year are the longest there are. */
enum { YEARS_MAX = 150 };

void frem_check_either(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, other), EITHER_OR, entry->path, one, other);
}

void frem_check_neither(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    (void)FREM_PROBLEM(reader->diags, entry->place, NEITHER_NOR, entry->path, one, other);
}

void frem_check_unused(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                       const char *da) {
    if (frem_node_get(entry->node, key) != NULL)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, key), KEY_NOT_USED, entry->path, key, en,
                           da);
}

/* Names of a map, found through the pairs of its node. */
void frem_reader_known(frem_reader *reader, const char *path, const char *name, frem_place place,
                       const frem_node *node, const char *map) {
    if (frem_node_get(node, name) != NULL)
        return;
    size_t n = node != NULL ? node->count : 0;
    const char **known = frem_reader_alloc(reader, n, sizeof *known);
    if (known == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        known[i] = node->pairs[i].key;
    (void)FREM_PROBLEM(reader->diags, place, UNKNOWN_REFERENCE, path, name, map,
                       frem_nearest(name, known, n));
}

void frem_check_name(frem_reader *reader, const char *path, const char *name, frem_place place,
                     const char *map) {
    frem_reader_known(reader, path, name, place, frem_node_get(reader->scenario->head.node, map), map);
}

void frem_check_names(frem_reader *reader, const frem_values *values, const char *path) {
    for (size_t i = 0; i < values->count; i++) {
        const frem_named_value *item = &values->items[i];
        frem_check_name(reader, path, item->key, item->place, item->value.field->refers);
    }
}

void frem_check_order(frem_reader *reader, const frem_entry *entry, const char *key, double low,
                      double high) {
    char lo[32], hi[32];
    frem_number_shortest(lo, low);
    frem_number_shortest(hi, high);
    (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, key), ORDER_WRONG, entry->path, lo, hi);
}

static void check_years(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    /* Practicum alone can be of one year. */
    int64_t first_end = s->professions.count > 0 ? s->years.base + 1 : s->years.base;
    if (s->years.until < first_end || s->years.until - s->years.base > YEARS_MAX)
        frem_check_order(reader, &s->years.head, "until", (double)s->years.base, (double)s->years.until);
    if (s->ages.from >= s->ages.to)
        frem_check_order(reader, &s->ages.head, "to", (double)s->ages.from, (double)s->ages.to);
}

/* A path must say something about every year it is needed for. */
static void check_path(frem_reader *reader, const frem_value *value) {
    const frem_scenario *s = reader->scenario;
    int base = (int)s->years.base, until = (int)s->years.until;
    bool entry = (value->field->flags & FREM_F_ENTRY) != 0;
    char a[16], b[16], c[16];
    for (size_t i = 0; i < value->points.count; i++) {
        const frem_point *point = &value->points.items[i];
        if (point->year > until || (!entry && point->year < base)) {
            (void)snprintf(a, sizeof a, "%d", point->year);
            (void)snprintf(b, sizeof b, "%d", base);
            (void)snprintf(c, sizeof c, "%d", until);
            (void)FREM_PROBLEM(reader->diags, point->place, YEAR_OUTSIDE, value->head.path, a, b, c);
        }
        if (i > 0 && value->between == 0 && point->year > point[-1].year + 1) {
            (void)snprintf(a, sizeof a, "%d", point[-1].year + 1);
            (void)snprintf(b, sizeof b, "%d", point[-1].year);
            (void)snprintf(c, sizeof c, "%d", point->year);
            (void)FREM_PROBLEM(reader->diags, point->place, PATH_NEEDS_BETWEEN, value->head.path, a, b, c);
        }
    }
    if (value->points.count == 0)
        return;
    const frem_point *first = &value->points.items[0], *last = &value->points.items[value->points.count - 1];
    bool goes_on = value->then.hold || !isnan(value->then.growth);
    if (last->year < until && !goes_on) {
        (void)snprintf(a, sizeof a, "%d", last->year);
        (void)snprintf(b, sizeof b, "%d", until);
        (void)FREM_PROBLEM(reader->diags, last->place, PATH_NEEDS_THEN, value->head.path, a, b);
    }
    if (!entry && first->year > base && !value->before) {
        (void)snprintf(a, sizeof a, "%d", first->year);
        (void)snprintf(b, sizeof b, "%d", base);
        (void)FREM_PROBLEM(reader->diags, first->place, PATH_NEEDS_BEFORE, value->head.path, a, b);
    }
}

void frem_check_split(frem_reader *reader, const frem_split *split) {
    if (split->head.node == NULL)
        return;
    if (split->by != FREM_SPLIT_POPULATION)
        frem_check_unused(reader, &split->head, "ages", "only `by: population` has ages",
                          "kun `by: population` har aldre");
    if (split->by == FREM_SPLIT_WEIGHTS && !frem_value_given(&split->weights))
        (void)FREM_PROBLEM(reader->diags, split->head.place, MISSING_KEY, split->head.path, "weights",
                           "weights by region, from a table", "vægte efter område, fra en tabel");
    if (split->by != FREM_SPLIT_WEIGHTS)
        frem_check_unused(reader, &split->head, "weights", "only `by: weights` has weights",
                          "kun `by: weights` har vægte");
    if (split->by == FREM_SPLIT_POPULATION && reader->scenario->population.head.node == NULL)
        (void)FREM_PROBLEM(reader->diags, split->head.place, MISSING_KEY, "scenario", "population",
                           "the split needs the population", "fordelingen kræver befolkningen");
}

static void check_retirement(frem_reader *reader, const frem_profession *profession) {
    const frem_retirement *r = &profession->retirement;
    const frem_entry *head = &r->head;
    if (head->node == NULL)
        return;
    if (r->age.count == 0)
        (void)FREM_PROBLEM(reader->diags, head->place, MISSING_KEY, head->path, "age",
                           "the name of a retirement age, or shares of several",
                           "navnet på en pensionsalder eller andele af flere");
    frem_check_names(reader, &r->age, head->path);
    if (r->kind == FREM_RETIRE_EXIT) {
        if (r->leaves.head.node == NULL)
            (void)FREM_PROBLEM(reader->diags, head->place, MISSING_KEY, head->path, "leaves",
                               "when people leave: mean and spread", "hvornår folk går: mean og spread");
        if (isnan(r->earliest) || isnan(r->latest))
            frem_check_neither(reader, head, "earliest", "latest");
        else if (r->earliest >= r->latest)
            frem_check_order(reader, head, "latest", r->earliest, r->latest);
        frem_check_unused(reader, head, "threshold", "it belongs to kind: participation",
                          "den hører til kind: participation");
        frem_check_unused(reader, head, "response", "for kind: exit it stands in leaves",
                          "ved kind: exit står den i leaves");
        return;
    }
    if (isnan(r->threshold))
        (void)FREM_PROBLEM(reader->diags, head->place, MISSING_KEY, head->path, "threshold",
                           "the age from which participation follows the retirement age",
                           "alderen, hvorfra erhvervsdeltagelsen følger pensionsalderen");
    if (!frem_value_given(&r->response))
        (void)FREM_PROBLEM(reader->diags, head->place, MISSING_KEY, head->path, "response",
                           "years that participation moves when the age rises by one",
                           "år, deltagelsen flytter, når alderen stiger ét år");
    frem_check_unused(reader, head, "leaves", "it belongs to kind: exit", "den hører til kind: exit");
    frem_check_unused(reader, head, "earliest", "it belongs to kind: exit", "den hører til kind: exit");
    frem_check_unused(reader, head, "latest", "it belongs to kind: exit", "den hører til kind: exit");
    if (!frem_value_given(&profession->participation) && !frem_value_given(&profession->employment_rate))
        frem_check_neither(reader, &profession->head, "participation", "employment_rate");
}

/* Untrained staff: a demand and what it costs, and nobody who could be counted, move or retire. */
static void check_no_stock(frem_reader *reader, const frem_profession *profession) {
    static const char *const keys[] = {"cohorts",          "returners",     "immigration",  "moves",
                                       "commuting",        "participation", "unemployment", "employment_rate",
                                       "fte_per_employed", "absence",       "death",        "emigration",
                                       "permanent_exit",   "retirement"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        frem_check_unused(reader, &profession->head, keys[i], "a profession with supply: none has no stock",
                          "en faggruppe med supply: none har ingen bestand");
}

/* Who comes, moves and commutes. */
static void check_mobility(frem_reader *reader, const frem_profession *profession) {
    const frem_moves *moves = &profession->moves;
    const frem_commuting *commuting = &profession->commuting;
    bool matrix = moves->matrix.head.node != NULL, net = frem_value_given(&moves->net);
    if (moves->head.node != NULL && matrix && net)
        frem_check_either(reader, &moves->head, "matrix", "net");
    else if (moves->head.node != NULL && !matrix && !net)
        frem_check_neither(reader, &moves->head, "matrix", "net");
    bool inflow = frem_value_given(&commuting->inflow), fte = frem_value_given(&commuting->inflow_fte);
    if (inflow && !fte)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&commuting->head, "inflow"), MISSING_KEY,
                           commuting->head.path, "inflow_fte", "their full-time equivalents",
                           "deres årsværk");
    if (fte && !inflow)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&commuting->head, "inflow_fte"), MISSING_KEY,
                           commuting->head.path, "inflow", "how many they are", "hvor mange de er");
    if (!frem_value_given(&profession->permanent_exit))
        frem_check_unused(reader, &profession->head, "returners",
                          "they are of those who left by permanent_exit, and nobody does",
                          "de er blandt dem, der gik ved permanent_exit, og det gør ingen");
    frem_check_split(reader, &profession->immigration.split);
}

static void check_profession(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->head;
    if (profession->supply == FREM_SUPPLY_NONE) {
        check_no_stock(reader, profession);
        return;
    }
    if (frem_value_given(&profession->employment_rate) && frem_value_given(&profession->participation))
        frem_check_either(reader, head, "participation", "employment_rate");
    if (frem_value_given(&profession->employment_rate) && frem_value_given(&profession->unemployment))
        frem_check_either(reader, head, "unemployment", "employment_rate");
    const frem_absence *absence = &profession->absence;
    if (absence->head.node != NULL) {
        bool days = frem_value_given(&absence->days), of = frem_value_given(&absence->of);
        if (frem_value_given(&absence->share) && (days || of))
            frem_check_either(reader, &absence->head, "share", days ? "days" : "of");
        else if (!frem_value_given(&absence->share) && !(days && of))
            frem_check_neither(reader, &absence->head, "share", "days, of");
    }
    const frem_cohorts *cohorts = &profession->cohorts;
    bool table = cohorts->persons.form == FREM_VALUE_TABLE;
    if (cohorts->head.node == NULL)
        (void)FREM_PROBLEM(reader->diags, head->place, MISSING_KEY, head->path, "cohorts",
                           "the stock of the base year, or `supply: none` for a profession without one",
                           "basisårets bestand, eller `supply: none` for en faggruppe uden");
    else if (!table && !frem_value_given(&cohorts->ages))
        frem_check_neither(reader, &cohorts->head, "ages", "persons: {table: ...}");
    frem_check_split(reader, &cohorts->split);
    check_mobility(reader, profession);
    check_retirement(reader, profession);
}

/* A programme leads to a stock, and an upgrade takes from another. */
static void check_ends(frem_reader *reader, const frem_programme *programme) {
    const frem_entry *head = &programme->head;
    const char *names[] = {programme->leads_to, programme->from};
    static const char *const keys[] = {"leads_to", "from"};
    for (size_t i = 0; i < 2; i++) {
        if (names[i] == NULL)
            continue;
        frem_place place = frem_entry_place(head, keys[i]);
        frem_check_name(reader, head->path, names[i], place, "professions");
        for (size_t p = 0; p < reader->scenario->professions.count; p++) {
            const frem_profession *profession = &reader->scenario->professions.items[p];
            if (profession->supply == FREM_SUPPLY_NONE && strcmp(profession->head.key, names[i]) == 0)
                (void)FREM_PROBLEM(reader->diags, place, PROFESSION_NO_STOCK, head->path, names[i]);
        }
    }
    if (programme->from == NULL) {
        frem_check_unused(reader, head, "return_share", "it belongs to an upgrade, with `from`",
                          "den hører til en videreuddannelse med `from`");
        return;
    }
    if (programme->leads_to != NULL && strcmp(programme->from, programme->leads_to) == 0)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "from"), UPGRADE_TO_ITSELF, head->path,
                           programme->from);
    static const char *const settle[] = {"graduates_to", "outside"};
    for (size_t i = 0; i < 2; i++)
        frem_check_unused(reader, head, settle[i], "people of an upgrade stay in the region where they live",
                          "folk på en videreuddannelse bliver i det område, hvor de bor");
    for (size_t i = 0; i < programme->stages.count; i++)
        frem_check_unused(reader, &programme->stages.items[i].head, "student_fte",
                          "people of an upgrade are not counted as students who work",
                          "folk på en videreuddannelse tælles ikke som elever, der arbejder");
}

static void check_intake(frem_reader *reader, const frem_programme *programme) {
    const frem_entry *head = &programme->head;
    bool places = frem_value_given(&programme->places), applicants = frem_value_given(&programme->applicants);
    if (frem_value_given(&programme->intake) && (places || applicants))
        frem_check_either(reader, head, "intake", places ? "places" : "applicants");
    else if (!frem_value_given(&programme->intake) && !places && !applicants)
        frem_check_neither(reader, head, "intake", "places");
    if (!applicants)
        frem_check_unused(reader, head, "qualified_share", "it is a share of applicants",
                          "den er en andel af ansøgere");
    if (programme->intake_follows.head.node != NULL && reader->scenario->population.head.node == NULL)
        (void)FREM_PROBLEM(reader->diags, programme->intake_follows.head.place, MISSING_KEY, "scenario",
                           "population", "the intake follows it", "optaget følger den");
}

/* Reforms, and delays, whose names are whole years. */
static void check_change(frem_reader *reader, const frem_programme *programme) {
    const frem_reform *reform = &programme->reform;
    const frem_scenario *s = reader->scenario;
    bool shorter = frem_value_given(&reform->shorter), ects = frem_value_given(&reform->ects);
    if (shorter && ects)
        frem_check_either(reader, &reform->head, "shorter", "ects");
    else if (reform->head.node != NULL && !shorter && !ects)
        frem_check_neither(reader, &reform->head, "shorter", "ects");
    if (reform->head.node != NULL && reform->from > s->years.until) {
        char from[32], base[32], until[32];
        (void)snprintf(from, sizeof from, "%lld", (long long)reform->from);
        (void)snprintf(base, sizeof base, "%lld", (long long)s->years.base);
        (void)snprintf(until, sizeof until, "%lld", (long long)s->years.until);
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&reform->head, "from"), YEAR_OUTSIDE,
                           reform->head.path, from, base, until);
    }
    static const char *const years[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
    for (size_t i = 0; i < programme->delay.count; i++) {
        bool known = false;
        for (size_t y = 0; y < sizeof years / sizeof *years; y++)
            known = known || strcmp(years[y], programme->delay.items[i].key) == 0;
        if (!known)
            (void)FREM_PROBLEM(reader->diags, programme->delay.items[i].place, NOT_A_DELAY,
                               frem_reader_path(reader, programme->head.path, "delay"),
                               programme->delay.items[i].key);
    }
}

static void check_programme(frem_reader *reader, const frem_programme *programme) {
    const frem_entry *head = &programme->head;
    check_ends(reader, programme);
    check_intake(reader, programme);
    check_change(reader, programme);
    bool stages = programme->stages.count > 0;
    if (stages && frem_value_given(&programme->completion))
        frem_check_either(reader, head, "stages", "completion");
    if (stages && frem_value_given(&programme->length))
        frem_check_either(reader, head, "stages", "length");
    if (!stages && !frem_value_given(&programme->completion))
        frem_check_neither(reader, head, "completion", "stages");
    if (!stages && !frem_value_given(&programme->length))
        frem_check_neither(reader, head, "length", "stages");
    if (programme->starts.count == 0)
        frem_check_unused(reader, head, "full_length", "it belongs to starts", "den hører til starts");
    for (size_t i = 0; i < programme->starts.count; i++) {
        const frem_start *start = &programme->starts.items[i];
        static const frem_field month = {.key = "month", .type = FREM_T_MONTH};
        frem_node word = {.kind = FREM_SCALAR, .place = start->head.place, .text = start->head.key};
        word.length = strlen(start->head.key);
        frem_site site = {&month, head->path, start->head.place};
        int ignored;
        frem_read_month(reader, &site, &word, &ignored);
    }
    frem_check_split(reader, &programme->graduates_to);
}

void frem_scenario_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    check_years(reader);
    for (size_t i = 0; i < s->retirement_ages.count; i++) {
        const frem_retirement_age *age = &s->retirement_ages.items[i];
        int ways = (age->table != NULL) + (age->born.count > 0) + frem_value_given(&age->year);
        if (ways == 0)
            frem_check_neither(reader, &age->head, "table", "born");
        else if (ways > 1)
            frem_check_either(reader, &age->head, age->table != NULL ? "table" : "born",
                              frem_value_given(&age->year) ? "year" : "born");
    }
    for (size_t i = 0; i < s->professions.count; i++)
        check_profession(reader, &s->professions.items[i]);
    for (size_t i = 0; i < s->programmes.count; i++)
        check_programme(reader, &s->programmes.items[i]);
    frem_demand_check(reader);
    frem_practicum_check(reader);
    for (size_t i = 0; i < s->parameters.count; i++) {
        if (s->parameters.items[i]->form == FREM_VALUE_PATH)
            check_path(reader, s->parameters.items[i]);
    }
}
