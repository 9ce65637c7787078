/* Scenario files of a test over each other: written to a folder, laid, and the tree that comes of it as text. */
#ifndef FREM_TESTS_LAYERED_H
#define FREM_TESTS_LAYERED_H

#include "scenario/draft.h"
#include "small.h"

typedef struct layered {
    char *folder;
    frem_sources *sources;
    frem_diags *diags;
    frem_draft *draft;
} layered;

static inline void layered_begin(layered *l) {
    *l = (layered){.folder = frem_temp_folder()};
    assert_int_equal(frem_sources_new(&l->sources, NULL, 0, NULL), FREM_OK);
    assert_int_equal(frem_diags_new(&l->diags), FREM_OK);
}

static inline void layered_end(layered *l) {
    frem_draft_free(l->draft);
    frem_diags_free(l->diags);
    frem_sources_free(l->sources);
    frem_temp_remove(l->folder);
}

/* Reads top.yaml with some sets. */
static inline frem_status layered_read(layered *l, const char *const *sets, size_t n) {
    char *path = frem_temp_path(l->folder, "top.yaml");
    frem_status status = frem_draft_new(&l->draft, l->sources, path, sets, n, l->diags);
    free(path);
    return status;
}

/* What was said, without the folder. @return owned by the caller. */
static inline char *layered_said(const layered *l) {
    frem_text all = {0};
    frem_text_add(&all, "");
    frem_diags_sort(l->diags);
    size_t n = strlen(l->folder) + 1;
    for (size_t i = 0; i < frem_diags_count(l->diags); i++) {
        char *text = frem_diag_text(frem_diags_at(l->diags, i), FREM_EN);
        assert_non_null(text);
        for (char *at = text; (at = strstr(at, l->folder)) != NULL;) {
            size_t cut = at[n - 1] == '/' ? n : n - 1;
            memmove(at, at + cut, strlen(at + cut) + 1);
        }
        frem_text_print(&all, "%s\n", text);
        free(text);
    }
    assert_false(all.failed);
    return all.bytes;
}

/* The laid tree of the scenario, or of a variant, is exactly this. */
static inline void layered_tree(const layered *l, const char *variant, const char *expected) {
    frem_node *root = NULL;
    frem_text text = {0};
    const frem_draft_variant_layers *layers = variant != NULL ? frem_draft_find(l->draft, variant) : NULL;
    assert_true(variant == NULL || layers != NULL);
    (void)!frem_draft_root(l->draft, layers, l->diags, &root);
    assert_non_null(root);
    assert_int_equal(frem_tree_write(root, NULL, NULL, &text), FREM_OK);
    assert_text(text.bytes, expected);
    frem_text_free(&text);
}

/* All that was said is exactly this. */
static inline void layered_says(const layered *l, const char *expected) {
    char *said = layered_said(l);
    assert_text(said, expected);
    free(said);
}

#endif
