/* Checks of sectors and of the allocation that need several fields at once and no tables. */
#include <limits.h>
#include <string.h>

#include "base/index.h"
#include "base/problem.h"
#include "scenario/read.h"

/* Whoever is employed in a sector has a share of it. */
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
    if (!frem_check_is_mapping(head))
        return;
    if (!frem_check_single(reader, head, ways, sizeof ways / sizeof *ways))
        (void)FREM_PROBLEM(reader->diags, frem_reader_own_place(reader, head->path, head->place), NO_DRIVER,
                           head->path);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        if (frem_check_has(head, people[i]))
            frem_check_needs_population(reader, head->place);
    }
    for (size_t i = 0; i < f->users.count; i++) {
        const frem_entry *group = &f->users.items[i].head;
        frem_check_not_both(reader, group, "use_rate", "users");
        frem_check_not_both(reader, group, "users", "hours");
        frem_check_not_both(reader, group, "weight", "hours");
    }
    frem_check_not_both(reader, &f->need.head, "healthy_ageing", "years_to_death");
    if (frem_check_is_mapping(&f->need.years_to_death.head))
        frem_check_one_of(reader, &f->need.years_to_death.head, "decedent", "decedent_ratio");
    if (f->sector == NULL)
        return;
    (void)frem_check_name(reader, frem_reader_path(reader, head->path, "sector"), f->sector,
                          frem_node_get(head->node, "sector")->place, "demand");
    check_ring(reader, sector);
}

static void check_floor(frem_reader *reader, const frem_floor *floor) {
    if (!frem_check_is_mapping(&floor->head))
        return;
    frem_check_needs_population(reader, floor->head.place);
    (void)frem_check_names(reader, &floor->staff, &floor->head, "staff");
    (void)frem_check_names(reader, &floor->marginal, &floor->head, "marginal");
    for (size_t i = 0; i < floor->children.count; i++) {
        const frem_floor_group *group = &floor->children.items[i];
        if (group->months > 0 && group->population.to == INT_MAX)
            frem_check_unused(reader, &group->head, "months", "there is no age after an open group",
                              "der er ingen alder efter en åben gruppe");
    }
}

static void check_budget(frem_reader *reader, const frem_budget *budget) {
    if (!frem_check_is_mapping(&budget->head))
        return;
    frem_check_needs_population(reader, budget->head.place);
    (void)frem_check_names(reader, &budget->shares, &budget->head, "shares");
}

static void check_sector(frem_reader *reader, const frem_sector *sector) {
    const frem_entry *head = &sector->head;
    static const char *const keys[] = {"employment", "vacancies", "shares", "share_change", "extra"};
    const frem_values *lists[] = {&sector->employment, &sector->vacancies, &sector->shares,
                                  &sector->share_change, &sector->extra};
    bool named = true; /* the first three hold professions that there are */
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        bool good = frem_check_names(reader, lists[i], head, keys[i]);
        named = named && (good || i > 2);
    }
    frem_check_split(reader, &sector->split);
    const frem_entry *split = &sector->split.head;
    if (frem_check_says(split, "by", "employment"))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(split, "by"), KEY_NOT_USED, split->path,
                           "by: employment", "employment is what is split",
                           "det er beskæftigelsen, der fordeles");
    frem_check_not_both(reader, head, "share_change", "shares");
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
                frem_check_name(reader, frem_reader_path(reader, head->path, keys[i]), ends[i],
                                frem_entry_place(head, keys[i]), "demand") &&
                known;
    if (known && strcmp(ends[0], ends[1]) == 0)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "to"), TRANSFER_ITSELF, head->path, ends[0]);
    frem_check_one_of(reader, head, "share", "fte");
    (void)frem_check_names(reader, &transfer->shares, head, "shares");
}

/* Sectors that an order leaves out; of one with names that could not be read or found, nobody can say. */
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
        whole = frem_check_name(reader, path, name, place, "demand") && whole;
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
    if (frem_check_says(head, "rule", "priority")) {
        frem_check_needs(reader, head, "order", "all sectors, the first to be filled first",
                         "alle brancher, den første fyldes først");
        if (allocation->order.count > 0)
            check_order(reader, allocation);
    } else if (frem_check_says(head, "rule", "proportional") || frem_check_says(head, "rule", "none")) {
        frem_check_unused(reader, head, "order", "only `rule: priority` has an order",
                          "kun `rule: priority` har en rækkefølge");
    }
}

void frem_demand_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    for (size_t i = 0; i < s->demand.count; i++)
        check_sector(reader, &s->demand.items[i]);
    for (size_t i = 0; i < s->transfers.count; i++)
        check_transfer(reader, &s->transfers.items[i]);
    check_allocation(reader, &s->allocation);
}
