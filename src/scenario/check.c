/* Checks that need several fields at once and no tables. They run on what could be read, also where the file has
 * other problems: a key that stands there counts as given even when its value is wrong, so that no mistake is told
 * twice. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "scenario/read.h"

/* The longest projection in years. */
enum { YEARS_MAX = 150 };

/* Whether a key stands there with a value. */
static bool has(const frem_entry *entry, const char *key) {
    const frem_node *value = frem_node_get(entry->node, key);
    return value != NULL && !frem_node_is_null(value);
}

/* Whether an entry is given as a mapping. */
static bool is_mapping(const frem_entry *entry) {
    return entry->node != NULL && entry->node->kind == FREM_MAPPING;
}

/* Whether a choice is `word`, also where a plain word stands for the whole entry. */
static bool says(const frem_entry *entry, const char *key, const char *word) {
    const frem_node *value = is_mapping(entry) ? frem_node_get(entry->node, key) : entry->node;
    return value != NULL && value->kind == FREM_SCALAR && strcmp(value->text, word) == 0;
}

static void either_or(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, other), EITHER_OR, entry->path, one, other);
}

/* At least one of two keys, and at most one. */
static void one_of(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    if (has(entry, one) && has(entry, other))
        either_or(reader, entry, one, other);
    else if (!has(entry, one) && !has(entry, other))
        (void)FREM_PROBLEM(reader->diags, entry->place, NEITHER_NOR, entry->path, one, other);
}

static void needs(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                  const char *da) {
    if (!has(entry, key))
        (void)FREM_PROBLEM(reader->diags, entry->place, MISSING_KEY, entry->path, key, en, da);
}

static void not_used(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                     const char *da) {
    if (has(entry, key))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, key), KEY_NOT_USED, entry->path, key, en,
                           da);
}

/* Whether the file as a whole has a key, or one that is told to be a misspelling of it. */
static bool file_has(const frem_reader *reader, const char *key) {
    const frem_node *root = reader->scenario->head.node;
    for (size_t i = 0; i < root->count; i++) {
        const char *there = root->pairs[i].key;
        if (strcmp(there, key) == 0)
            return !frem_node_is_null(root->pairs[i].value);
        if (frem_nearest(there, &key, 1) != NULL)
            return true;
    }
    return false;
}

/* Said once, where it is first needed. */
static void needs_population(frem_reader *reader, frem_place place) {
    if (file_has(reader, "population") || reader->asked_population)
        return;
    reader->asked_population = true;
    (void)FREM_PROBLEM(reader->diags, place, MISSING_KEY, "scenario", "population",
                       "this follows the population", "dette følger befolkningen");
}

/* Names of a map, found through the pairs of its node. */
static void check_reference(frem_reader *reader, const char *path, const char *name, frem_place place,
                            const char *map) {
    const frem_node *node = frem_node_get(reader->scenario->head.node, map);
    bool required = strcmp(map, "professions") == 0;
    if (node != NULL ? node->kind != FREM_MAPPING : required || file_has(reader, map))
        return; /* told already */
    size_t n = 0;
    const char **known = frem_reader_alloc(reader, node != NULL ? node->count : 0, sizeof *known);
    if (known == NULL)
        return;
    for (size_t i = 0; node != NULL && i < node->count; i++) {
        if (frem_node_is_null(node->pairs[i].value))
            continue;
        if (strcmp(node->pairs[i].key, name) == 0)
            return;
        known[n++] = node->pairs[i].key;
    }
    (void)FREM_PROBLEM(reader->diags, place, UNKNOWN_REFERENCE, path, name, map,
                       frem_nearest(name, known, n));
}

static void check_references(frem_reader *reader, const frem_values *values, const frem_entry *entry,
                             const char *key) {
    const char *path = frem_reader_path(reader, entry->path, key);
    for (size_t i = 0; i < values->count; i++) {
        const frem_named_value *item = &values->items[i];
        check_reference(reader, path, item->key, item->place, item->value.field->refers);
    }
}

/* `one` must be below `other`. */
static void order(frem_reader *reader, const frem_entry *entry, const char *one, double low,
                  const char *other, double high) {
    char lo[32], hi[32];
    frem_number_shortest(lo, low);
    frem_number_shortest(hi, high);
    if (low >= high)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, has(entry, other) ? other : one),
                           ORDER_WRONG, entry->path, one, lo, other, hi);
}

static bool years_known(const frem_scenario *s) {
    return s->years.base > 0 && s->years.until > s->years.base;
}

static void check_years(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    const frem_years *years = &s->years;
    if (years->base > 0 && years->until > 0)
        order(reader, &years->head, "base", (double)years->base, "until", (double)years->until);
    if (years_known(s) && years->until - years->base > YEARS_MAX) {
        char given[32], lo[32], hi[32];
        frem_number_shortest(given, (double)years->until);
        frem_number_shortest(lo, (double)(years->base + 1));
        frem_number_shortest(hi, (double)(years->base + YEARS_MAX));
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&years->head, "until"), OUT_OF_RANGE,
                           "years.until", given, lo, hi, "year");
    }
    if (s->ages.from >= 0 && s->ages.to >= 0)
        order(reader, &s->ages.head, "from", (double)s->ages.from, "to", (double)s->ages.to);
}

static void at_year(frem_reader *reader, frem_code code, frem_place place, const char *path, int a, int b,
                    int c) {
    char text[3][16];
    (void)snprintf(text[0], sizeof text[0], "%d", a);
    (void)snprintf(text[1], sizeof text[1], "%d", b);
    (void)snprintf(text[2], sizeof text[2], "%d", c);
    (void)frem_diags_add(reader->diags, place, code, (const char *const[]){path, text[0], text[1], text[2]},
                         4);
}

/* @return whether all points lie among the years of the scenario; entry years may begin earlier. */
static bool check_points(frem_reader *reader, const frem_value *value, int base, int until, bool entry) {
    bool inside = true;
    for (size_t i = 0; i < value->points.count; i++) {
        const frem_point *point = &value->points.items[i];
        if (point->year <= until && (entry || point->year >= base))
            continue;
        inside = false;
        at_year(reader, FREM_MSG_YEAR_OUTSIDE, point->place, value->head.path, point->year, base, until);
    }
    return inside;
}

/* A path must say something about every year it is needed for. */
static void check_path(frem_reader *reader, const frem_value *value) {
    const frem_scenario *s = reader->scenario;
    int base = (int)s->years.base, until = (int)s->years.until;
    bool entry = (value->field->flags & FREM_F_ENTRY) != 0;
    if (!check_points(reader, value, base, until, entry) || value->points.count == 0)
        return;
    for (size_t i = 1; i < value->points.count && value->between == 0; i++) {
        const frem_point *point = &value->points.items[i];
        if (point->year == point[-1].year + 1)
            continue;
        at_year(reader, FREM_MSG_PATH_NEEDS_BETWEEN, point->place, value->head.path, point[-1].year + 1,
                point[-1].year, point->year);
        break;
    }
    const frem_point *first = &value->points.items[0], *last = first + value->points.count - 1;
    bool goes_on = value->then.hold || !isnan(value->then.growth);
    if (last->year < until && !goes_on)
        at_year(reader, FREM_MSG_PATH_NEEDS_THEN, last->place, value->head.path, last->year, until, 0);
    if (!entry && first->year > base && !value->before)
        at_year(reader, FREM_MSG_PATH_NEEDS_BEFORE, first->place, value->head.path, first->year, base, 0);
}

static void check_split(frem_reader *reader, const frem_split *split) {
    const frem_entry *head = &split->head;
    if (head->node == NULL)
        return;
    if (says(head, "by", "population"))
        needs_population(reader, head->place);
    else if (has(head, "by"))
        not_used(reader, head, "ages", "only `by: population` has ages", "kun `by: population` har aldre");
    if (says(head, "by", "weights"))
        needs(reader, head, "weights", "weights by region, from a table", "vægte efter område, fra en tabel");
    else if (has(head, "by"))
        not_used(reader, head, "weights", "only `by: weights` has weights", "kun `by: weights` har vægte");
}

static void check_exit(frem_reader *reader, const frem_retirement *r) {
    const frem_entry *head = &r->head;
    needs(reader, head, "leaves", "when people leave: mean and spread", "hvornår folk går: mean og spread");
    needs(reader, head, "earliest", "nobody leaves before this age", "ingen går før denne alder");
    needs(reader, head, "latest", "everybody has left at this age", "alle er gået ved denne alder");
    if (!isnan(r->earliest) && !isnan(r->latest))
        order(reader, head, "earliest", r->earliest, "latest", r->latest);
    not_used(reader, head, "threshold", "it belongs to kind: participation",
             "den hører til kind: participation");
    not_used(reader, head, "response", "for kind: exit it stands in leaves",
             "ved kind: exit står den i leaves");
}

static void check_participation(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->retirement.head;
    needs(reader, head, "threshold", "the age from which participation follows the retirement age",
          "alderen, hvorfra erhvervsdeltagelsen følger pensionsalderen");
    needs(reader, head, "response", "years that participation moves when the age rises by one",
          "år, deltagelsen flytter, når alderen stiger ét år");
    static const char *const others[] = {"leaves", "earliest", "latest"};
    for (size_t i = 0; i < 3; i++)
        not_used(reader, head, others[i], "it belongs to kind: exit", "den hører til kind: exit");
    const frem_entry *above = &profession->head;
    if (!has(above, "participation") && !has(above, "employment_rate"))
        one_of(reader, above, "participation", "employment_rate");
}

static void check_retirement(frem_reader *reader, const frem_profession *profession) {
    const frem_retirement *r = &profession->retirement;
    if (!is_mapping(&r->head))
        return;
    needs(reader, &r->head, "age", "the name of a retirement age, or shares of several",
          "navnet på en pensionsalder eller andele af flere");
    check_references(reader, &r->age, &r->head, "age");
    if (says(&r->head, "kind", "exit"))
        check_exit(reader, r);
    else if (says(&r->head, "kind", "participation"))
        check_participation(reader, profession);
}

static void check_absence(frem_reader *reader, const frem_entry *head) {
    if (!is_mapping(head))
        return;
    bool days = has(head, "days"), of = has(head, "of");
    if (has(head, "share") && (days || of))
        either_or(reader, head, "share", days ? "days" : "of");
    else if (!has(head, "share") && days)
        needs(reader, head, "of", "working days a year", "arbejdsdage om året");
    else if (!has(head, "share"))
        one_of(reader, head, "share", "days");
}

static void check_profession(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->head;
    if (!is_mapping(head))
        return;
    if (has(head, "employment_rate") && has(head, "participation"))
        either_or(reader, head, "participation", "employment_rate");
    if (has(head, "employment_rate") && has(head, "unemployment"))
        either_or(reader, head, "unemployment", "employment_rate");
    check_absence(reader, &profession->absence.head);
    const frem_cohorts *cohorts = &profession->cohorts;
    bool table = frem_node_get(frem_node_get(cohorts->head.node, "persons"), "table") != NULL;
    if (has(&cohorts->head, "persons") && !table)
        needs(reader, &cohorts->head, "ages", "a profile by age: `persons` is one number without ages",
              "en aldersprofil: `persons` er ét tal uden aldre");
    check_split(reader, &cohorts->split);
    check_retirement(reader, profession);
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
    if (!is_mapping(head))
        return;
    if (programme->leads_to != NULL)
        check_reference(reader, frem_reader_path(reader, head->path, "leads_to"), programme->leads_to,
                        frem_node_get(head->node, "leads_to")->place, "professions");
    one_of(reader, head, "completion", "stages");
    one_of(reader, head, "length", "stages");
    if (!has(head, "starts"))
        not_used(reader, head, "full_length", "it belongs to starts", "den hører til starts");
    check_starts(reader, programme);
    check_split(reader, &programme->graduates_to);
}

static void check_follows(frem_reader *reader, const frem_follows *f) {
    static const char *const ways[] = {"driver", "population", "users", "series"};
    const char *first = NULL, *second = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && is_mapping(&f->head); i++) {
        if (!has(&f->head, ways[i]))
            continue;
        second = first != NULL && second == NULL ? ways[i] : second;
        first = first == NULL ? ways[i] : first;
    }
    if (is_mapping(&f->head) && first == NULL)
        (void)FREM_PROBLEM(reader->diags, f->head.place, NO_DRIVER, f->head.path);
    else if (second != NULL)
        either_or(reader, &f->head, first, second);
    if (f->population.given || f->users.count > 0)
        needs_population(reader, f->head.place);
    for (size_t i = 0; i < f->users.count; i++) {
        const frem_entry *group = &f->users.items[i].head;
        if (has(group, "use_rate") && has(group, "users"))
            either_or(reader, group, "use_rate", "users");
    }
}

static void check_sector(frem_reader *reader, const frem_sector *sector) {
    const frem_entry *head = &sector->head;
    check_references(reader, &sector->employment, head, "employment");
    check_references(reader, &sector->vacancies, head, "vacancies");
    check_references(reader, &sector->share_change, head, "share_change");
    check_references(reader, &sector->extra, head, "extra");
    check_split(reader, &sector->split);
    const frem_entry *split = &sector->split.head;
    if (says(split, "by", "employment"))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(split, "by"), KEY_NOT_USED, split->path,
                           "by: employment", "employment is what is split",
                           "det er beskæftigelsen, der fordeles");
    check_follows(reader, &sector->follows);
}

static void check_retirement_age(frem_reader *reader, const frem_retirement_age *age) {
    static const char *const ways[] = {"table", "born", "year"};
    const char *first = NULL;
    if (!is_mapping(&age->head))
        return;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!has(&age->head, ways[i]))
            continue;
        if (first != NULL)
            either_or(reader, &age->head, first, ways[i]);
        first = ways[i];
    }
    if (first == NULL)
        (void)FREM_PROBLEM(reader->diags, age->head.place, NO_AGE_RULE, age->head.path);
}

void frem_scenario_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    check_years(reader);
    for (size_t i = 0; i < s->retirement_ages.count; i++)
        check_retirement_age(reader, &s->retirement_ages.items[i]);
    for (size_t i = 0; i < s->professions.count; i++)
        check_profession(reader, &s->professions.items[i]);
    for (size_t i = 0; i < s->programmes.count; i++)
        check_programme(reader, &s->programmes.items[i]);
    for (size_t i = 0; i < s->demand.count; i++)
        check_sector(reader, &s->demand.items[i]);
    for (size_t i = 0; i < s->parameters.count && years_known(s); i++) {
        if (s->parameters.items[i]->form == FREM_VALUE_PATH)
            check_path(reader, s->parameters.items[i]);
    }
}
