#include "analysis/observed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/address.h"
#include "base/problem.h"

/* Where the address of an item is written: behind a quotation mark, if there is one. */
static frem_place place_of(const frem_observed *as) {
    const frem_node *of = frem_node_get(as->head.node, "of");
    frem_place place = of != NULL ? of->place : as->head.place;
    place.column += of != NULL && of->quoted && place.line > 0;
    return place;
}

/* Says that an address is there twice. */
static frem_status find_twice(const frem_observation *list, size_t i, const frem_model *model,
                              frem_diags *diags) {
    for (size_t k = 0; k < i; k++) {
        if (list[k].text == NULL || !frem_address_same(model, &list[k].address, &list[i].address))
            continue;
        const frem_status status = FREM_PROBLEM(diags, place_of(list[i].as), OBSERVED_TWICE, list[i].text);
        return frem_diags_relate(diags, status, place_of(list[k].as));
    }
    return FREM_OK;
}

static frem_status read_one(frem_observation *list, size_t i, frem_arena *arena, const frem_model *model,
                            frem_diags *diags) {
    enum { FORMS = FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE | FREM_ADDRESS_OTHER };
    frem_observation *one = &list[i];
    one->as = &model->scenario->observed.items[i];
    const frem_status status =
        frem_address_read(&one->address, model, one->as->of, FORMS, place_of(one->as), diags);
    if (status != FREM_OK)
        return status;
    char *text = frem_address_text(&one->address);
    one->text = text != NULL ? frem_arena_text(arena, text, strlen(text)) : NULL;
    free(text);
    return one->text != NULL ? find_twice(list, i, model, diags) : FREM_NO_MEMORY;
}

frem_status frem_observations_read(frem_observation **out, size_t *n, frem_arena *arena,
                                   const frem_model *model, frem_diags *diags) {
    *n = model->scenario->observed.count;
    *out = frem_arena_alloc(arena, *n + 1, sizeof **out);
    frem_status status = *out != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < *n && (status == FREM_OK || status == FREM_INVALID); i++) {
        const frem_status one = read_one(*out, i, arena, model, diags);
        status = one != FREM_OK && (status == FREM_OK || one != FREM_INVALID) ? one : status;
    }
    return status;
}

frem_status frem_observations_check(const frem_model *model, frem_diags *diags) {
    frem_arena *arena = NULL;
    frem_observation *list;
    size_t n;
    if (model->scenario->observed.count == 0)
        return FREM_OK;
    frem_status status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = frem_observations_read(&list, &n, arena, model, diags);
    frem_arena_free(arena);
    return status;
}

frem_status frem_observation_nothing(const frem_observation *observation, frem_diags *diags) {
    return FREM_PROBLEM(diags, place_of(observation->as), ADDRESS_NOTHING, observation->text);
}

bool frem_observation_within(const frem_observation *observation, const frem_model *model) {
    const frem_address *address = &observation->address;
    return address->first_year >= model->base && address->last_year < model->base + (int)model->steps;
}

bool frem_observation_agrees(const frem_observation *observation, double result) {
    return fabs(result - observation->as->value) <= observation->as->tolerance;
}
