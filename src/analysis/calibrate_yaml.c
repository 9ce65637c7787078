/* A calibration as a scenario: one that extends the resolved one and holds the values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/calibrate.h"
#include "base/file_name.h"
#include "base/number.h"
#include "base/text.h"
#include "scenario/draft.h"

/* A value at its path, of the scenario itself or of a variant. */
typedef struct line {
    const char *variant; /**< NULL: of the scenario itself */
    const char *path;
    const frem_value *value;
    double at;
} line;

typedef struct lines {
    line *items;
    size_t n;
} lines;

static int by_path(const void *a, const void *b) {
    const line *x = a, *y = b;
    if (x->variant != y->variant && (x->variant == NULL || y->variant == NULL))
        return x->variant == NULL ? -1 : 1;
    const int variant = x->variant != NULL ? strcmp(x->variant, y->variant) : 0;
    return variant != 0 ? variant : strcmp(x->path, y->path);
}

/* The keys above a value that the line before has not opened, and the value's own. */
static void add_keys(frem_text *text, const char *path, const char *before, size_t indent) {
    bool open = before != NULL;
    for (const char *key = path, *end; key != NULL; key = end != NULL ? end + 1 : NULL, indent++) {
        end = strchr(key, '.');
        const size_t n = end != NULL ? (size_t)(end - key) : strlen(key),
                     so_far = (size_t)(key - path) + n + 1;
        open = open && end != NULL && strncmp(path, before, so_far) == 0;
        if (open)
            continue;
        frem_text_print(text, "%*s", (int)(2 * indent), "");
        frem_tree_quote(text, key, n);
        frem_text_add(text, end != NULL ? ":\n" : ": ");
    }
}

/* What lies over the value: the number, or a factor or sum in place of what was unknown. */
static void add_value(frem_text *text, const line *l, size_t n_seen) {
    static const char *const keys[] = {
        [FREM_UNKNOWN_VALUE] = "value", [FREM_UNKNOWN_TIMES] = "times", [FREM_UNKNOWN_ADD] = "add"};
    const frem_unknown_as as = (frem_unknown_as)l->value->unknown.as;
    char number[32];
    (void)frem_number_shortest(number,
                               as == FREM_UNKNOWN_VALUE ? frem_value_changed(l->value, l->at) : l->at);
    frem_text_add(text, "{");
    if (l->value->from > 0)
        frem_text_print(text, "from: %d, ", (int)l->value->from);
    if (as == FREM_UNKNOWN_VALUE && (l->value->field->flags & FREM_F_TOTAL) &&
        l->value->head.covers.text != NULL) { /* a total says which regions it is of */
        frem_text_add(text, "covers: ");
        frem_tree_quote(text, l->value->head.covers.text, strlen(l->value->head.covers.text));
        frem_text_add(text, ", ");
    }
    frem_text_print(text, "%s: %s, %ssource: \"fitted by fremskriv calibrate to %zu observation%s\"}\n",
                    keys[as], number, as == FREM_UNKNOWN_VALUE ? "" : "unknown: ~, ", n_seen,
                    n_seen == 1 ? "" : "s");
}

/* A variant needs a line of its own where it says the value otherwise than the scenario itself, which is fitted too. */
static void list_lines(const frem_calibration *c, lines *all) {
    for (size_t k = 0; k < c->n_sought; k++) {
        const frem_sought *s = &c->sought[k];
        const frem_value *base = NULL;
        for (size_t m = 0; m < c->n_models; m++) {
            const char *variant = c->models[m]->scenario->variant;
            const bool itself = strcmp(variant, "base") == 0;
            if (s->places[m] == SIZE_MAX)
                continue;
            const frem_value *value = frem_sought_value(c, s, m);
            if (itself)
                base = value;
            else if (base != NULL && frem_draft_same(base->head.node, value->head.node))
                continue;
            all->items[all->n++] = (line){itself ? NULL : variant, s->path, value, s->at};
        }
    }
    qsort(all->items, all->n, sizeof *all->items, by_path);
}

static void add_lines(frem_text *text, const lines *all, size_t n_seen) {
    const line *before = NULL;
    for (size_t i = 0; i < all->n; i++) {
        const line *l = &all->items[i];
        const bool same = before != NULL &&
                          (l->variant == before->variant || (l->variant != NULL && before->variant != NULL &&
                                                             strcmp(l->variant, before->variant) == 0));
        if (l->variant != NULL && (before == NULL || before->variant == NULL))
            frem_text_add(text, "variants:\n");
        if (l->variant != NULL && !same) {
            frem_text_add(text, "  ");
            frem_tree_quote(text, l->variant, strlen(l->variant));
            frem_text_add(text, ":\n");
        }
        add_keys(text, l->path, same ? before->path : NULL, l->variant != NULL ? 2 : 0);
        add_value(text, l, n_seen);
        before = l;
    }
}

frem_status frem_calibration_yaml(const frem_calibration *c, frem_text *out) {
    const char *name = c->models[0]->scenario->name, *safe = NULL;
    lines all = {frem_arena_alloc(c->arena, c->n_sought * c->n_models, sizeof *all.items), 0};
    frem_index *taken = NULL;
    frem_status status = all.items != NULL ? frem_index_new(&taken) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_safe_name(taken, name, &safe);
    if (status == FREM_OK) {
        list_lines(c, &all);
        frem_text_add(out,
                      "# The answer of `fremskriv calibrate`: the values that fit best what was observed.\n"
                      "fremskriv: 1\nextends: ");
        frem_text file = {0};
        frem_text_print(&file, "%s.resolved.yaml", safe);
        frem_tree_quote(out, file.failed ? "" : file.bytes, file.length);
        out->failed = out->failed || file.failed;
        frem_text_free(&file);
        frem_text_add(out, "\nname: ");
        frem_text_print(&file, "%s-calibrated", name);
        frem_tree_quote(out, file.failed ? "" : file.bytes, file.length);
        out->failed = out->failed || file.failed;
        frem_text_free(&file);
        frem_text_add(out, "\n");
        add_lines(out, &all, c->n_seen);
    }
    frem_index_free(taken);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}
