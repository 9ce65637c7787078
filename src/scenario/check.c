/* Checks that need several fields at once and no tables: what they share, and the file as a whole. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "scenario/meant.h"
#include "scenario/read.h"

/* The longest projection in years, and how far outside it a year may lie that a scenario names: further away it is a
 * slip of the pen. */
enum { YEARS_MAX = 150, YEARS_BESIDE = 75 };

bool frem_check_has(const frem_entry *entry, const char *key) {
    const frem_node *value = frem_node_get(entry->node, key);
    return value != NULL && !frem_node_is_null(value);
}

bool frem_check_meant(const frem_node *node, const char *key) {
    if (node == NULL || node->kind != FREM_MAPPING)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        const char *there = node->pairs[i].key;
        if (strcmp(there, key) == 0)
            return !frem_node_is_null(node->pairs[i].value);
        const char *danish = frem_key_danish(there, false);
        if (frem_nearest(there, &key, 1) != NULL || (danish != NULL && strcmp(danish, key) == 0))
            return true;
    }
    return false;
}

bool frem_check_is_mapping(const frem_entry *entry) {
    return entry->node != NULL && entry->node->kind == FREM_MAPPING;
}

bool frem_check_says(const frem_entry *entry, const char *key, const char *word) {
    const frem_node *value = frem_check_is_mapping(entry) ? frem_node_get(entry->node, key) : entry->node;
    return value != NULL && value->kind == FREM_SCALAR && strcmp(value->text, word) == 0;
}

/* "file.yaml:12"; NULL when out of memory. */
static char *place_text(frem_reader *reader, frem_place place) {
    char *text = frem_arena_print(reader->arena, "%s:%u", place.file, place.line);
    reader->no_memory = reader->no_memory || text == NULL;
    return text;
}

void frem_check_either(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    const frem_pair *first = frem_node_pair(entry->node, one), *second = frem_node_pair(entry->node, other);
    if (first == NULL || second == NULL || first->layer == second->layer) {
        frem_status told =
            FREM_PROBLEM(reader->diags, frem_entry_place(entry, other), EITHER_OR, entry->path, one, other);
        (void)frem_diags_relate(reader->diags, told, frem_entry_place(entry, one));
        return;
    }
    /* The upper layer is the one to change: the lower may be a file of others. */
    const frem_pair *lower = first->layer < second->layer ? first : second;
    const frem_pair *upper = lower == first ? second : first;
    char *below = place_text(reader, lower->place);
    if (below == NULL)
        return;
    frem_status told = FREM_PROBLEM(reader->diags, upper->place, LAYERS_EITHER_OR, entry->path, lower->key,
                                    upper->key, below);
    (void)frem_diags_relate(reader->diags, told, lower->place);
}

void frem_check_not_both(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    if (frem_check_has(entry, one) && frem_check_has(entry, other))
        frem_check_either(reader, entry, one, other);
}

void frem_check_one_of(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    frem_check_not_both(reader, entry, one, other);
    if (!frem_check_has(entry, one) && !frem_check_has(entry, other))
        /* Where `~` took one away, that is the place to look at. */
        (void)FREM_PROBLEM(reader->diags,
                           frem_reader_own_place(reader, entry->path, frem_entry_place(entry, one)),
                           NEITHER_NOR, entry->path, one, other);
}

bool frem_check_single(frem_reader *reader, const frem_entry *entry, const char *const *ways, size_t n) {
    const char *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!frem_check_has(entry, ways[i]))
            continue;
        if (first != NULL)
            frem_check_either(reader, entry, first, ways[i]);
        first = ways[i];
    }
    return first != NULL;
}

void frem_check_needs(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                      const char *da) {
    if (!frem_check_has(entry, key))
        frem_reader_missing(reader, entry->path, entry->place, key, NULL, en, da);
}

void frem_check_needs_population(frem_reader *reader, frem_place place) {
    if (frem_check_meant(reader->scenario->head.node, "population") || reader->asked_population)
        return;
    reader->asked_population = true;
    frem_reader_missing(reader, "", place, "population", NULL, "this follows the population",
                        "dette følger befolkningen");
}

void frem_check_unused(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                       const char *da) {
    if (!frem_check_has(entry, key))
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

bool frem_check_known(frem_reader *reader, const char *path, const char *name, frem_place place,
                      const frem_node *node, const char *map) {
    if (node != NULL && node->kind != FREM_MAPPING)
        return true; /* told already */
    const frem_pair *pair = frem_node_pair(node, name);
    if (pair != NULL && !frem_node_is_null(pair->value))
        return true;
    (void)FREM_PROBLEM(reader->diags, place, UNKNOWN_REFERENCE, path, name, map, nearest(reader, name, node));
    return false;
}

bool frem_check_name(frem_reader *reader, const char *path, const char *name, frem_place place,
                     const char *map) {
    const frem_node *root = reader->scenario->head.node, *node = frem_node_get(root, map);
    bool required = strcmp(map, "professions") == 0;
    if (node == NULL && (required || frem_check_meant(root, map)))
        return true; /* told already */
    return frem_check_known(reader, path, name, place, node, map);
}

bool frem_check_names(frem_reader *reader, const frem_values *values, const frem_entry *entry,
                      const char *key) {
    const char *path = frem_reader_path(reader, entry->path, key);
    bool good = true;
    for (size_t i = 0; i < values->count; i++) {
        const frem_named_value *item = &values->items[i];
        good = frem_check_name(reader, path, item->key, item->place, item->value.field->refers) && good;
    }
    return good;
}

void frem_check_order(frem_reader *reader, const frem_entry *entry, const char *one, double low,
                      const char *other, double high) {
    char lo[32], hi[32];
    frem_number_shortest(lo, low);
    frem_number_shortest(hi, high);
    if (low >= high)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, frem_check_has(entry, other) ? other : one),
                           ORDER_WRONG, entry->path, one, lo, other, hi);
}

void frem_check_year(frem_reader *reader, frem_code code, frem_place place, const char *path, int64_t year,
                     int64_t a, int64_t b) {
    char text[3][32];
    (void)snprintf(text[0], sizeof text[0], "%lld", (long long)year);
    (void)snprintf(text[1], sizeof text[1], "%lld", (long long)a);
    (void)snprintf(text[2], sizeof text[2], "%lld", (long long)b);
    (void)frem_diags_add(reader->diags, place, code, (const char *const[]){path, text[0], text[1], text[2]},
                         4);
}

bool frem_scenario_projects(const frem_reader *reader) {
    static const char *const parts[] = {"professions", "programmes", "demand", "base_year"};
    const frem_node *root = reader->scenario->head.node;
    bool projects = !frem_check_meant(root, "practicum");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        projects = projects || frem_check_meant(root, parts[i]);
    return projects;
}

void frem_scenario_needs(frem_reader *reader, frem_place place) {
    static const char *const needed[] = {"professions", "demand", "base_year"};
    const frem_entry *head = &reader->scenario->head;
    if (!frem_check_is_mapping(head) || !frem_scenario_projects(reader))
        return;
    for (size_t f = 0; f < frem_kind_scenario.n_fields; f++) {
        const frem_field *field = &frem_kind_scenario.fields[f];
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
            if (strcmp(needed[i], field->key) == 0 && !frem_check_meant(head->node, field->key))
                frem_reader_missing(reader, "", place, field->key, field, field->help.text[FREM_EN],
                                    field->help.text[FREM_DA]);
        }
    }
}

/* Practicum alone can be of one year. */
bool frem_check_years_known(const frem_reader *reader) {
    const frem_years *years = &reader->scenario->years;
    bool one = years->until == years->base && !frem_scenario_projects(reader);
    return years->base > 0 && (years->until > years->base || one);
}

static void check_years(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    const frem_years *years = &s->years;
    bool known = frem_check_years_known(reader);
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

bool frem_check_year_near(frem_reader *reader, frem_place place, const char *path, int64_t year) {
    const frem_years *years = &reader->scenario->years;
    if (year >= years->base - YEARS_BESIDE && year <= years->until + YEARS_BESIDE)
        return true;
    frem_check_year(reader, FREM_MSG_YEAR_OUTSIDE, place, path, year, years->base, years->until);
    return false;
}

/* @return whether no point is far from the years of the scenario. Those outside them shape the path inside. */
static bool check_points(frem_reader *reader, const frem_value *value) {
    bool near = true;
    for (size_t i = 0; i < value->points.count; i++) {
        const frem_point *point = &value->points.items[i];
        near = frem_check_year_near(reader, point->place, value->head.path, point->year) && near;
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
        frem_check_year(reader, FREM_MSG_PATH_NEEDS_BETWEEN, point->place, path, point[-1].year + 1,
                        point[-1].year, point->year);
        break;
    }
    const frem_point *first = &value->points.items[0], *last = first + value->points.count - 1;
    bool goes_on = value->then.hold || !isnan(value->then.growth);
    if (last->year < last_year && !goes_on)
        frem_check_year(reader, FREM_MSG_PATH_NEEDS_THEN, last->place, path, last->year, last_year, 0);
    if ((!entry || value->earlier != NULL) && first->year > first_year && !value->before)
        frem_check_year(reader, FREM_MSG_PATH_NEEDS_BEFORE, first->place, path, first->year, first_year, 0);
}

/* A value and what it keeps of earlier years, each for the years that it is needed for. */
static void check_value(frem_reader *reader, const frem_value *value) {
    int base = (int)reader->scenario->years.base, last = (int)reader->scenario->years.until;
    bool entry = (value->field->flags & FREM_F_ENTRY) != 0;
    for (; value != NULL; value = value->earlier) {
        int from = (int)value->from;
        if (value->earlier != NULL && from > 0)
            (void)frem_check_year_near(reader, frem_entry_place(&value->head, "from"), value->head.path,
                                       from);
        int first = value->earlier != NULL && (entry || from > base) ? from : base;
        if (value->form == FREM_VALUE_PATH && first <= last)
            check_path(reader, value, first, last);
        last = value->earlier != NULL && from - 1 < last ? from - 1 : last;
    }
}

void frem_check_split(frem_reader *reader, const frem_split *split) {
    const frem_entry *head = &split->head;
    /* A word that is none of the choices is told already, and may have been meant as any of them. */
    bool known = split->by != FREM_SPLIT_NONE || frem_check_says(head, "by", "none");
    if (head->node == NULL || !known)
        return;
    if (split->by == FREM_SPLIT_POPULATION)
        frem_check_needs_population(reader, head->place);
    else
        frem_check_unused(reader, head, "ages", "only `by: population` has ages",
                          "kun `by: population` har aldre");
    if (split->by == FREM_SPLIT_WEIGHTS)
        frem_check_needs(reader, head, "weights", "weights by region, from a table",
                         "vægte efter område, fra en tabel");
    else
        frem_check_unused(reader, head, "weights", "only `by: weights` has weights",
                          "kun `by: weights` har vægte");
}

static void check_retirement_age(frem_reader *reader, const frem_retirement_age *age) {
    static const char *const ways[] = {"table", "born", "year"};
    if (frem_check_is_mapping(&age->head) &&
        !frem_check_single(reader, &age->head, ways, sizeof ways / sizeof *ways))
        (void)FREM_PROBLEM(reader->diags, frem_reader_own_place(reader, age->head.path, age->head.place),
                           NO_AGE_RULE, age->head.path);
}

void frem_scenario_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    check_years(reader);
    for (size_t i = 0; i < s->retirement_ages.count; i++)
        check_retirement_age(reader, &s->retirement_ages.items[i]);
    frem_supply_check(reader);
    frem_demand_check(reader);
    frem_practicum_check(reader);
    bool known = frem_check_years_known(reader);
    for (size_t i = 0; i < s->parameters.count && known; i++)
        check_value(reader, s->parameters.items[i]);
}
