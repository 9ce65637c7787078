/* Checks of sectors and of the allocation that need several fields at once and no tables. */
#include <limits.h>
#include <string.h>

#include "base/problem.h"
#include "core/core.h"
#include "scenario/read.h"

static bool is_given(const frem_entry *entry) {
    return entry->node != NULL;
}

static void lacks(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                  const char *da) {
    (void)FREM_PROBLEM(reader->diags, entry->place, MISSING_KEY, entry->path, key, en, da);
}

/* What counts people needs the population. */
static void need_population(frem_reader *reader, const frem_entry *entry) {
    if (!is_given(&reader->scenario->population.head))
        (void)FREM_PROBLEM(reader->diags, entry->place, MISSING_KEY, "scenario", "population",
                           "the driver needs the population", "driveren kræver befolkningen");
}

/* Whoever is employed in a sector has a share of it. */
static void check_has_shares(frem_reader *reader, const frem_sector *sector, const frem_values *values) {
    const frem_entry *head = &sector->head;
    for (size_t i = 0; i < values->count; i++) {
        bool found = false;
        for (size_t s = 0; s < sector->shares.count; s++)
            found = found || strcmp(values->items[i].key, sector->shares.items[s].key) == 0;
        if (!found)
            (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "shares"), MISSING_KEY,
                               frem_reader_path(reader, head->path, "shares"), values->items[i].key,
                               "it is employed in the sector; a share of 0 is written too",
                               "den er beskæftiget i branchen; en andel på 0 skrives også");
    }
}

static void check_user_groups(frem_reader *reader, const frem_follows *follows) {
    for (size_t i = 0; i < follows->users.count; i++) {
        const frem_user_group *group = &follows->users.items[i];
        bool hours = is_given(&group->hours.head);
        if (frem_value_given(&group->use_rate) && frem_value_given(&group->users))
            frem_check_either(reader, &group->head, "use_rate", "users");
        if (hours && frem_value_given(&group->users))
            frem_check_either(reader, &group->head, "users", "hours");
        if (hours && frem_value_given(&group->weight))
            frem_check_either(reader, &group->head, "weight", "hours");
    }
}

static void check_need(frem_reader *reader, const frem_need *need) {
    if (is_given(&need->healthy_ageing.head) && is_given(&need->years_to_death.head))
        frem_check_either(reader, &need->head, "healthy_ageing", "years_to_death");
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
    const frem_follows *f = &sector->follows;
    const char *ways[7];
    size_t n = 0;
    if (f->driver != FREM_FOLLOWS_NOTHING)
        ways[n++] = "driver";
    if (f->population.given)
        ways[n++] = "population";
    if (f->users.count > 0)
        ways[n++] = "users";
    if (is_given(&f->user_table.head))
        ways[n++] = "user_table";
    if (frem_value_given(&f->series))
        ways[n++] = "series";
    if (f->sector != NULL)
        ways[n++] = "sector";
    if (is_given(&f->need.head))
        ways[n++] = "need";
    if (n == 0)
        frem_check_neither(reader, &f->head, "population", "constant");
    else if (n > 1)
        frem_check_either(reader, &f->head, ways[0], ways[1]);
    if (f->population.given || f->users.count > 0 || is_given(&f->user_table.head) || is_given(&f->need.head))
        need_population(reader, &f->head);
    check_user_groups(reader, f);
    check_need(reader, &f->need);
    if (f->sector == NULL)
        return;
    frem_check_name(reader, f->head.path, f->sector, frem_entry_place(&f->head, "sector"), "demand");
    check_ring(reader, sector);
}

static void check_floor(frem_reader *reader, const frem_floor *floor) {
    if (!is_given(&floor->head))
        return;
    need_population(reader, &floor->head);
    frem_check_names(reader, &floor->staff, floor->head.path);
    frem_check_names(reader, &floor->marginal, floor->head.path);
    for (size_t i = 0; i < floor->children.count; i++) {
        const frem_floor_group *group = &floor->children.items[i];
        if (group->months > 0 && group->population.to == INT_MAX)
            frem_check_unused(reader, &group->head, "months", "there is no age after an open group",
                              "der er ingen alder efter en åben gruppe");
    }
}

static void check_budget(frem_reader *reader, const frem_budget *budget) {
    if (!is_given(&budget->head))
        return;
    need_population(reader, &budget->head);
    frem_check_names(reader, &budget->shares, budget->head.path);
}

static void check_sector(frem_reader *reader, const frem_sector *sector) {
    const frem_entry *head = &sector->head;
    const frem_values *lists[] = {&sector->employment, &sector->vacancies, &sector->share_change,
                                  &sector->extra, &sector->shares};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        frem_check_names(reader, lists[i], head->path);
    frem_check_split(reader, &sector->split);
    if (sector->split.by == FREM_SPLIT_EMPLOYMENT)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&sector->split.head, "by"), KEY_NOT_USED,
                           sector->split.head.path, "by: employment", "employment is what is split",
                           "det er beskæftigelsen, der fordeles");
    if (sector->shares.count > 0 && sector->share_change.count > 0)
        frem_check_either(reader, head, "share_change", "shares");
    if (sector->shares.count > 0) {
        check_has_shares(reader, sector, &sector->employment);
        check_has_shares(reader, sector, &sector->vacancies);
    }
    check_follows(reader, sector);
    check_floor(reader, &sector->floor);
    check_budget(reader, &sector->budget);
}

/* An order names every sector once. */
static void check_order(frem_reader *reader, const frem_allocate *allocation) {
    const frem_scenario *s = reader->scenario;
    const frem_entry *head = &allocation->head;
    frem_place place = frem_entry_place(head, "order");
    for (size_t i = 0; i < allocation->order.count; i++) {
        const char *name = allocation->order.items[i];
        frem_check_name(reader, head->path, name, place, "demand");
        for (size_t j = 0; j < i; j++) {
            if (strcmp(name, allocation->order.items[j]) == 0)
                (void)FREM_PROBLEM(reader->diags, place, ORDER_TWICE, head->path, name);
        }
    }
    for (size_t j = 0; j < s->demand.count; j++) {
        bool found = false;
        for (size_t i = 0; i < allocation->order.count; i++)
            found = found || strcmp(s->demand.items[j].head.key, allocation->order.items[i]) == 0;
        if (!found)
            (void)FREM_PROBLEM(reader->diags, place, ORDER_LACKS, head->path, s->demand.items[j].head.key);
    }
}

static void check_allocation(frem_reader *reader, const frem_allocate *allocation) {
    bool priority = allocation->rule == (int)FREM_ALLOCATE_PRIORITY;
    if (!is_given(&allocation->head))
        return;
    if (!priority)
        frem_check_unused(reader, &allocation->head, "order", "only `rule: priority` has an order",
                          "kun `rule: priority` har en rækkefølge");
    else if (allocation->order.count == 0)
        lacks(reader, &allocation->head, "order", "all sectors, the first to be filled first",
              "alle brancher, den første fyldes først");
    else
        check_order(reader, allocation);
}

void frem_demand_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    for (size_t i = 0; i < s->demand.count; i++)
        check_sector(reader, &s->demand.items[i]);
    check_allocation(reader, &s->allocation);
}
