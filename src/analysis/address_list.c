#include "analysis/address_list.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/address.h"
#include "base/problem.h"
#include "frame/measures.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* ---- options ---- */

static frem_status read_one(frem_address_list *out, frem_arena *arena, const frem_model *const *models,
                            size_t n_models, const char *one, unsigned allowed, const char *once,
                            frem_diags *diags) {
    frem_address *address = &out->items[out->n];
    frem_status status = FREM_OK;
    for (size_t m = n_models; m-- > 0 && status != FREM_NO_MEMORY;) {
        const frem_status read = frem_address_read(address, models[m], one, allowed, in_command, diags);
        status = read != FREM_OK ? read : status;
    }
    for (size_t i = 0; i < out->n && once != NULL && status == FREM_OK; i++) {
        if (frem_address_same(models[0], &out->items[i], address))
            status = FREM_PROBLEM(diags, in_command, GIVEN_TWICE, once, one);
    }
    if (status != FREM_OK)
        return status;
    char *text = frem_address_text(address);
    out->texts[out->n] = text != NULL ? frem_arena_text(arena, text, strlen(text)) : NULL;
    free(text);
    return out->texts[out->n++] != NULL ? FREM_OK : FREM_NO_MEMORY;
}

frem_status frem_address_list_read(frem_address_list *out, frem_arena *arena, const frem_model *const *models,
                                   size_t n_models, const char *const *texts, size_t n_texts,
                                   unsigned allowed, const char *once, frem_diags *diags) {
    size_t most = n_texts;
    for (size_t i = 0; i < n_texts; i++) {
        for (const char *c = texts[i]; *c != '\0'; c++)
            most += *c == ',';
    }
    *out = (frem_address_list){frem_arena_alloc(arena, most + 1, sizeof *out->items),
                               frem_arena_alloc(arena, most + 1, sizeof *out->texts), 0};
    frem_status status = out->items != NULL && out->texts != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n_texts && status != FREM_NO_MEMORY; i++) {
        for (const char *at = texts[i], *end; status != FREM_NO_MEMORY; at = end + 1) {
            end = at + strcspn(at, ",");
            const char *one = frem_arena_text(arena, at, (size_t)(end - at));
            const frem_status read = one != NULL
                                         ? read_one(out, arena, models, n_models, one, allowed, once, diags)
                                         : FREM_NO_MEMORY;
            status = read != FREM_OK ? read : status;
            if (*end == '\0')
                break;
        }
    }
    return status == FREM_INVALID ? FREM_USAGE : status;
}

/* ---- words ---- */

void frem_address_say(frem_text *out, const frem_document *document, const char *scenario,
                      const frem_address *a, frem_lang lang) {
    const char *const parts[][2] = {
        {"measure", a->measure}, {"profession", a->profession}, {"region", a->region}, {"sector", a->sector}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const bool all = i > 0 && strcmp(parts[i][1], "all") == 0;
        if (all && (i == 3 ||
                    (i == 2 && frem_document_own_label(document, scenario, "region", "all", lang) == NULL)))
            continue; /* a scenario without areas of its own has nothing to name */
        frem_text_print(out, "%s%s", i > 0 ? ", " : "",
                        frem_document_label(document, scenario, parts[i][0], parts[i][1], lang));
    }
}

void frem_address_say_years(frem_text *out, const frem_address *address) {
    if (address->years == FREM_ADDRESS_CHANGE)
        frem_text_print(out, "%d–%d", address->first_year, address->last_year);
    else
        frem_text_print(out, "%d", address->last_year);
}

bool frem_address_is_ratio(const frem_address *address) {
    return strcmp(frem_measure_find(address->measure)->unit, "ratio") == 0;
}
