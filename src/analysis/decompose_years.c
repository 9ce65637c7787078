/* Why a result changes over years: against a world in which everything stays as it is in the first of them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/cases.h"
#include "analysis/decompose.h"

/* The scenario beside the one that is held. */
typedef struct held_world {
    const frem_why *why;
    const frem_model *model;
    const frem_address *addresses; /* of the same years */
    size_t n;
    frem_causes causes;
    const frem_series **series[2]; /* [off, on][parameter] */
    size_t *group;                 /* [part] */
    frem_mix mix;
    double *start; /* [address] at the first year, which no cause changes */
} held_world;

/* The sector whose people a part is; NULL for all others. */
static const frem_sector *sector_of(const frem_model *model, size_t part) {
    const size_t first = frem_mix_part(model, FREM_PART_SECTOR_PEOPLE, 0),
                 end = frem_mix_part(model, FREM_PART_PROGRAMME_PEOPLE, 0);
    return part >= first && part < end ? &model->scenario->demand.items[part - first] : NULL;
}

/* Which part belongs to which cause. */
static frem_status group_parts(held_world *world, size_t held, size_t last) {
    const frem_model *model = world->model;
    frem_causes *causes = &world->causes;
    frem_status status = FREM_OK;
    causes->n = 0;
    for (size_t part = 0; part < frem_mix_parts(model) && status == FREM_OK; part++) {
        world->group[part] = FREM_MIX_NONE;
        if (!frem_mix_moves(model, part, held, last))
            continue;
        const char *name = frem_mix_name(model, causes->arena, part);
        status = name == NULL ? FREM_NO_MEMORY
                              : frem_causes_of(causes, name, sector_of(model, part), &world->group[part],
                                               world->why->diags);
    }
    return status;
}

/* The people of each sector are a cause of their own unless that makes too many to play all sets of. */
static frem_status group_all(held_world *world, size_t held, size_t last) {
    const frem_status status = group_parts(world, held, last);
    if (status != FREM_OK || world->causes.n <= FREM_CAUSES_EXACT)
        return status;
    world->causes.one_demography = true;
    return group_parts(world, held, last);
}

static frem_status hold(held_world *world, size_t held) {
    const frem_model *model = world->model;
    const size_t n = model->scenario->parameters.count;
    for (size_t k = 0; k < 2; k++) {
        world->series[k] = frem_arena_alloc(world->why->arena, n + 1, sizeof *world->series[k]);
        if (world->series[k] == NULL)
            return FREM_NO_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        world->series[0][i] = world->series[1][i] = &model->series[i];
        if (world->group[i] == FREM_MIX_NONE)
            continue;
        world->series[0][i] = frem_mix_held(model, world->why->arena, i, held);
        if (world->series[0][i] == NULL)
            return FREM_NO_MEMORY;
    }
    world->mix =
        (frem_mix){.series = {world->series[0], world->series[1]}, .group = world->group, .held = held};
    return FREM_OK;
}

/* Each address at the first year and at the last. */
static void ends_of(const held_world *world, frem_address *ends) {
    for (size_t i = 0; i < world->n; i++) {
        frem_address *first = &ends[2 * i], *last = first + 1;
        *first = *last = world->addresses[i];
        first->years = last->years = FREM_ADDRESS_YEAR;
        first->last_year = first->first_year;
        last->first_year = last->last_year;
    }
}

/* Says which causes could not be held alone. */
static frem_status refuse(const held_world *world, uint64_t on) {
    char year[16];
    (void)snprintf(year, sizeof year, "%d", world->addresses->first_year);
    return frem_causes_refuse(&world->causes, ~on, world->model->scenario->name, year, world->why->diags);
}

/* The last year's values of each set of causes; the first year's are the same in all. */
static frem_status play(void *context, const uint64_t *on, size_t n, double *out) {
    held_world *world = context;
    const frem_why *why = world->why;
    const size_t each = 2 * world->n;
    frem_address *ends = calloc(each, sizeof *ends);
    double *values = malloc((each * n + 1) * sizeof *values);
    frem_status status = ends != NULL && values != NULL ? FREM_OK : FREM_NO_MEMORY;
    frem_cases cases = {.model = world->model,
                        .mix = &world->mix,
                        .addresses = ends,
                        .n_addresses = each,
                        .pool = why->pool,
                        .isa = why->isa,
                        .progress = why->run->progress,
                        .total = n,
                        .diags = why->diags};
    size_t refused = 0;
    world->mix.on = on;
    if (status == FREM_OK) {
        ends_of(world, ends);
        status = frem_cases_at(&cases, n, NULL, 0, values, &refused);
    }
    if (status == FREM_INVALID)
        status = refuse(world, on[refused]);
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = frem_cases_known(&cases, values + each * i);
    for (size_t i = 0; i < n * world->n && status == FREM_OK; i++)
        out[i] = values[2 * i + 1];
    for (size_t i = 0; i < world->n && status == FREM_OK; i++)
        world->start[i] = values[2 * i];
    free(values);
    free(ends);
    return status;
}

frem_status frem_decompose_years(const frem_why *why, const frem_address *addresses, size_t n,
                                 frem_decomposed *out) {
    const frem_decompose_options *options = why->options;
    const frem_model *model = why->models[0];
    held_world world = {
        .why = why, .model = model, .addresses = addresses, .n = n, .causes = {.arena = why->arena}};
    const size_t held = (size_t)(addresses->first_year - model->base),
                 last = (size_t)(addresses->last_year - model->base);
    frem_game game = {.addresses = n, .play = play, .context = &world};
    frem_shares shares;
    world.group = frem_arena_alloc(why->arena, frem_mix_parts(model) + 1, sizeof *world.group);
    world.start = frem_arena_alloc(why->arena, n, sizeof *world.start);
    frem_status status = world.group != NULL && world.start != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_causes_ask(&world.causes, options->groups, options->n_groups, why->diags);
    if (status == FREM_OK)
        status = frem_causes_known(&world.causes, why->models, why->n_models, why->diags);
    if (status == FREM_OK)
        status = group_all(&world, held, last);
    if (status == FREM_OK)
        status = hold(&world, held);
    game.causes = world.causes.n;
    game.orders = options->orders;
    game.seed = options->seed;
    if (status == FREM_OK)
        status = frem_game_share(&game, why->arena, &shares);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        status = frem_decomposed_take(why->arena, &world.causes, &shares, i, shares.none[i] - world.start[i],
                                      &out[i]);
        out[i].start = world.start[i];
    }
    return status;
}
