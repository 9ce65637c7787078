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

static void either_or(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, other), EITHER_OR, entry->path, one, other);
}

static void neither_nor(frem_reader *reader, const frem_entry *entry, const char *one, const char *other) {
    (void)FREM_PROBLEM(reader->diags, entry->place, NEITHER_NOR, entry->path, one, other);
}

static void not_used(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                     const char *da) {
    if (frem_node_get(entry->node, key) != NULL)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, key), KEY_NOT_USED, entry->path, key, en,
                           da);
}

/* Names of a map, found through the pairs of its node. */
static void check_reference(frem_reader *reader, const char *path, const char *name, frem_place place,
                            const char *map) {
    const frem_node *node = frem_node_get(reader->scenario->head.node, map);
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

static void check_references(frem_reader *reader, const frem_values *values, const char *path) {
    for (size_t i = 0; i < values->count; i++) {
        const frem_named_value *item = &values->items[i];
        check_reference(reader, path, item->key, item->place, item->value.field->refers);
    }
}

static void order(frem_reader *reader, const frem_entry *entry, const char *key, double low, double high) {
    char lo[32], hi[32];
    frem_number_shortest(lo, low);
    frem_number_shortest(hi, high);
    (void)FREM_PROBLEM(reader->diags, frem_entry_place(entry, key), ORDER_WRONG, entry->path, lo, hi);
}

static void check_years(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    if (s->years.base >= s->years.until || s->years.until - s->years.base > YEARS_MAX)
        order(reader, &s->years.head, "until", (double)s->years.base, (double)s->years.until);
    if (s->ages.from >= s->ages.to)
        order(reader, &s->ages.head, "to", (double)s->ages.from, (double)s->ages.to);
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

static void check_split(frem_reader *reader, const frem_split *split) {
    if (split->head.node == NULL)
        return;
    if (split->by != FREM_SPLIT_POPULATION)
        not_used(reader, &split->head, "ages", "only `by: population` has ages",
                 "kun `by: population` har aldre");
    if (split->by == FREM_SPLIT_WEIGHTS && !frem_value_given(&split->weights))
        (void)FREM_PROBLEM(reader->diags, split->head.place, MISSING_KEY, split->head.path, "weights",
                           "weights by region, from a table", "vægte efter område, fra en tabel");
    if (split->by != FREM_SPLIT_WEIGHTS)
        not_used(reader, &split->head, "weights", "only `by: weights` has weights",
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
    check_references(reader, &r->age, head->path);
    if (r->kind == FREM_RETIRE_EXIT) {
        if (r->leaves.head.node == NULL)
            (void)FREM_PROBLEM(reader->diags, head->place, MISSING_KEY, head->path, "leaves",
                               "when people leave: mean and spread", "hvornår folk går: mean og spread");
        if (isnan(r->earliest) || isnan(r->latest))
            neither_nor(reader, head, "earliest", "latest");
        else if (r->earliest >= r->latest)
            order(reader, head, "latest", r->earliest, r->latest);
        not_used(reader, head, "threshold", "it belongs to kind: participation",
                 "den hører til kind: participation");
        not_used(reader, head, "response", "for kind: exit it stands in leaves",
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
    not_used(reader, head, "leaves", "it belongs to kind: exit", "den hører til kind: exit");
    not_used(reader, head, "earliest", "it belongs to kind: exit", "den hører til kind: exit");
    not_used(reader, head, "latest", "it belongs to kind: exit", "den hører til kind: exit");
    if (!frem_value_given(&profession->participation) && !frem_value_given(&profession->employment_rate))
        neither_nor(reader, &profession->head, "participation", "employment_rate");
}

static void check_profession(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->head;
    if (frem_value_given(&profession->employment_rate) && frem_value_given(&profession->participation))
        either_or(reader, head, "participation", "employment_rate");
    if (frem_value_given(&profession->employment_rate) && frem_value_given(&profession->unemployment))
        either_or(reader, head, "unemployment", "employment_rate");
    const frem_absence *absence = &profession->absence;
    if (absence->head.node != NULL) {
        bool days = frem_value_given(&absence->days), of = frem_value_given(&absence->of);
        if (frem_value_given(&absence->share) && (days || of))
            either_or(reader, &absence->head, "share", days ? "days" : "of");
        else if (!frem_value_given(&absence->share) && !(days && of))
            neither_nor(reader, &absence->head, "share", "days, of");
    }
    const frem_cohorts *cohorts = &profession->cohorts;
    bool table = cohorts->persons.form == FREM_VALUE_TABLE;
    if (!table && !frem_value_given(&cohorts->ages))
        neither_nor(reader, &cohorts->head, "ages", "persons: {table: ...}");
    check_split(reader, &cohorts->split);
    check_retirement(reader, profession);
}

static void check_programme(frem_reader *reader, const frem_programme *programme) {
    const frem_entry *head = &programme->head;
    check_reference(reader, head->path, programme->leads_to, frem_entry_place(head, "leads_to"),
                    "professions");
    bool stages = programme->stages.count > 0;
    if (stages && frem_value_given(&programme->completion))
        either_or(reader, head, "stages", "completion");
    if (stages && frem_value_given(&programme->length))
        either_or(reader, head, "stages", "length");
    if (!stages && !frem_value_given(&programme->completion))
        neither_nor(reader, head, "completion", "stages");
    if (!stages && !frem_value_given(&programme->length))
        neither_nor(reader, head, "length", "stages");
    if (programme->starts.count == 0)
        not_used(reader, head, "full_length", "it belongs to starts", "den hører til starts");
    for (size_t i = 0; i < programme->starts.count; i++) {
        const frem_start *start = &programme->starts.items[i];
        static const frem_field month = {.key = "month", .type = FREM_T_MONTH};
        frem_node word = {.kind = FREM_SCALAR, .place = start->head.place, .text = start->head.key};
        word.length = strlen(start->head.key);
        frem_site site = {&month, head->path, start->head.place};
        int ignored;
        frem_read_month(reader, &site, &word, &ignored);
    }
    check_split(reader, &programme->graduates_to);
}

static void check_follows(frem_reader *reader, const frem_sector *sector) {
    const frem_follows *f = &sector->follows;
    const char *ways[4];
    size_t n = 0;
    if (f->driver != FREM_FOLLOWS_NOTHING)
        ways[n++] = "driver";
    if (f->population.given)
        ways[n++] = "population";
    if (f->users.count > 0)
        ways[n++] = "users";
    if (frem_value_given(&f->series))
        ways[n++] = "series";
    if (n == 0)
        neither_nor(reader, &f->head, "population", "constant");
    else if (n > 1)
        either_or(reader, &f->head, ways[0], ways[1]);
    if ((f->population.given || f->users.count > 0) && reader->scenario->population.head.node == NULL)
        (void)FREM_PROBLEM(reader->diags, f->head.place, MISSING_KEY, "scenario", "population",
                           "the driver needs the population", "driveren kræver befolkningen");
    for (size_t i = 0; i < f->users.count; i++) {
        const frem_user_group *group = &f->users.items[i];
        if (frem_value_given(&group->use_rate) && frem_value_given(&group->users))
            either_or(reader, &group->head, "use_rate", "users");
    }
}

static void check_sector(frem_reader *reader, const frem_sector *sector) {
    check_references(reader, &sector->employment, sector->head.path);
    check_references(reader, &sector->vacancies, sector->head.path);
    check_references(reader, &sector->share_change, sector->head.path);
    check_references(reader, &sector->extra, sector->head.path);
    check_split(reader, &sector->split);
    if (sector->split.by == FREM_SPLIT_EMPLOYMENT)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&sector->split.head, "by"), KEY_NOT_USED,
                           sector->split.head.path, "by: employment", "employment is what is split",
                           "det er beskæftigelsen, der fordeles");
    check_follows(reader, sector);
}

void frem_scenario_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    check_years(reader);
    for (size_t i = 0; i < s->retirement_ages.count; i++) {
        const frem_retirement_age *age = &s->retirement_ages.items[i];
        int ways = (age->table != NULL) + (age->born.count > 0) + frem_value_given(&age->year);
        if (ways == 0)
            neither_nor(reader, &age->head, "table", "born");
        else if (ways > 1)
            either_or(reader, &age->head, age->table != NULL ? "table" : "born",
                      frem_value_given(&age->year) ? "year" : "born");
    }
    for (size_t i = 0; i < s->professions.count; i++)
        check_profession(reader, &s->professions.items[i]);
    for (size_t i = 0; i < s->programmes.count; i++)
        check_programme(reader, &s->programmes.items[i]);
    for (size_t i = 0; i < s->demand.count; i++)
        check_sector(reader, &s->demand.items[i]);
    for (size_t i = 0; i < s->parameters.count; i++) {
        if (s->parameters.items[i]->form == FREM_VALUE_PATH)
            check_path(reader, s->parameters.items[i]);
    }
}
