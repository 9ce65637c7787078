#include "analysis/game.h"

#include <stdlib.h>
#include <string.h>

#include "numeric/numeric.h"

static bool room_for(const frem_game *game, frem_arena *arena, frem_shares *out) {
    const size_t n = game->addresses * game->causes + 1;
    out->none = frem_arena_alloc(arena, game->addresses + 1, sizeof(double));
    out->all = frem_arena_alloc(arena, game->addresses + 1, sizeof(double));
    out->value = frem_arena_alloc(arena, n, sizeof(double));
    out->half = frem_arena_alloc(arena, n, sizeof(double));
    return out->none != NULL && out->all != NULL && out->value != NULL && out->half != NULL;
}

/* ---- all sets ---- */

static frem_status share_exactly(const frem_game *game, frem_shares *out) {
    const size_t sets = (size_t)1 << game->causes, addresses = game->addresses;
    uint64_t *on = malloc(sets * sizeof *on);
    double *values = malloc(sets * addresses * sizeof *values), *of_one = malloc(sets * sizeof *of_one);
    frem_status status = on != NULL && values != NULL && of_one != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < sets && status == FREM_OK; i++)
        on[i] = i;
    if (status == FREM_OK)
        status = game->play(game->context, on, sets, values);
    for (size_t a = 0; a < addresses && status == FREM_OK; a++) {
        for (size_t i = 0; i < sets; i++)
            of_one[i] = values[i * addresses + a];
        frem_shapley(game->causes, of_one, out->value + a * game->causes);
        out->none[a] = of_one[0];
        out->all[a] = of_one[sets - 1];
    }
    free(of_one);
    free(values);
    free(on);
    return status;
}

/* ---- orders that are drawn ---- */

/* Sets that the orders go through, each once and rising. */
typedef struct drawn {
    size_t orders, n; /* n: sets */
    size_t *order;    /* [order][place] */
    uint64_t *passed; /* [order][0..causes] */
    uint64_t *on;     /* [set] */
    double *values;   /* [set][address] */
    double *of_one;   /* [order][0..causes] of one address */
} drawn;

static int by_size(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static frem_status draw(const frem_game *game, drawn *d) {
    const size_t causes = game->causes, each = causes + 1, passed = d->orders * each;
    d->order = malloc(d->orders * causes * sizeof *d->order);
    d->passed = malloc(passed * sizeof *d->passed);
    d->on = malloc(passed * sizeof *d->on);
    d->of_one = malloc(passed * sizeof *d->of_one);
    if (d->order == NULL || d->passed == NULL || d->on == NULL || d->of_one == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = frem_shapley_orders(causes, d->orders, game->seed, d->order);
    for (size_t o = 0; o < d->orders && status == FREM_OK; o++) {
        uint64_t on = 0;
        d->passed[o * each] = 0;
        for (size_t i = 0; i < causes; i++) {
            on |= (uint64_t)1 << d->order[o * causes + i];
            d->passed[o * each + i + 1] = on;
        }
    }
    if (status != FREM_OK)
        return status;
    memcpy(d->on, d->passed, passed * sizeof *d->on);
    qsort(d->on, passed, sizeof *d->on, by_size);
    for (size_t i = 0; i < passed; i++) {
        if (i == 0 || d->on[i] != d->on[d->n - 1])
            d->on[d->n++] = d->on[i];
    }
    d->values = malloc(d->n * game->addresses * sizeof *d->values);
    return d->values != NULL ? FREM_OK : FREM_NO_MEMORY;
}

static frem_status share_drawn(const frem_game *game, frem_shares *out) {
    drawn d = {.orders = out->orders};
    const size_t passed = d.orders * (game->causes + 1), addresses = game->addresses;
    frem_status status = draw(game, &d);
    if (status == FREM_OK)
        status = game->play(game->context, d.on, d.n, d.values);
    for (size_t a = 0; a < addresses && status == FREM_OK; a++) {
        for (size_t i = 0; i < passed; i++) {
            const uint64_t *set = bsearch(&d.passed[i], d.on, d.n, sizeof *d.on, by_size);
            d.of_one[i] = d.values[(size_t)(set - d.on) * addresses + a];
        }
        out->none[a] = d.values[a];
        out->all[a] = d.values[(d.n - 1) * addresses + a];
        status = frem_shapley_sampled(game->causes, d.orders, d.order, d.of_one,
                                      out->value + a * game->causes, out->half + a * game->causes);
    }
    free(d.of_one);
    free(d.values);
    free(d.on);
    free(d.passed);
    free(d.order);
    return status;
}

frem_status frem_game_share(const frem_game *game, frem_arena *arena, frem_shares *out) {
    *out = (frem_shares){.orders = game->orders};
    if (game->orders == 0 && game->causes > FREM_CAUSES_EXACT)
        out->orders = FREM_ORDERS_DEFAULT;
    if (game->causes == 0)
        out->orders = 0;
    out->orders += out->orders % 2;
    if (!room_for(game, arena, out))
        return FREM_NO_MEMORY;
    return out->orders > 0 ? share_drawn(game, out) : share_exactly(game, out);
}
