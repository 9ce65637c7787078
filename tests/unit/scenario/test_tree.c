/* The YAML tree: what is read, where it is, how anchors and merges share it, and that no bytes break it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/tree.h"
#include "support/check.h"

typedef struct reading {
    frem_source source;
    frem_arena *arena;
    frem_diags *diags;
    frem_node *root;
    frem_status status;
} reading;

/* Reads n bytes, held in memory of the exact size so that the sanitizer sees a byte read too far. */
static void read_bytes(reading *r, const char *bytes, size_t n) {
    char *copy = malloc(n + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, n);
    copy[n] = '\0';
    *r = (reading){.source = {.name = "s", .path = "s.yaml", .bytes = copy, .size = n}};
    assert_int_equal(frem_arena_new(&r->arena), FREM_OK);
    assert_int_equal(frem_diags_new(&r->diags), FREM_OK);
    r->status = frem_tree_read(&r->source, r->arena, r->diags, &r->root);
    assert_int_equal(r->status == FREM_OK, r->root != NULL);
    assert_int_equal(r->status, frem_diags_errors(r->diags) > 0 ? FREM_INVALID : FREM_OK);
}

static void reading_free(reading *r) {
    char *bytes = (char *)(uintptr_t)r->source.bytes;
    frem_diags_free(r->diags);
    frem_arena_free(r->arena);
    free(bytes);
}

/* Reads YAML that must be without faults. */
static void read_good(reading *r, const char *yaml) {
    read_bytes(r, yaml, strlen(yaml));
    if (r->status == FREM_OK)
        return;
    char *text = frem_diag_text(frem_diags_at(r->diags, 0), FREM_EN);
    print_error("%s\n", text);
    free(text);
    fail();
}

static void assert_says(const reading *r, const char *says) {
    assert_int_equal(r->status, FREM_INVALID);
    assert_int_equal(frem_diags_count(r->diags), 1);
    char *text = frem_diag_text(frem_diags_at(r->diags, 0), FREM_EN);
    assert_non_null(text);
    assert_text(text, says);
    free(text);
}

static void assert_place(frem_place place, unsigned line, unsigned column) {
    assert_text(place.file, "s.yaml");
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void assert_scalar(const frem_node *node, const char *text, bool quoted) {
    assert_non_null(node);
    assert_int_equal(node->kind, FREM_SCALAR);
    assert_text(node->text, text);
    assert_int_equal(node->length, strlen(text));
    assert_int_equal(node->quoted, quoted);
}

/* The keys of a mapping, with blanks between. */
static void assert_keys(const frem_node *node, const char *keys) {
    assert_non_null(node);
    assert_int_equal(node->kind, FREM_MAPPING);
    frem_text text = {0};
    frem_text_add(&text, "");
    for (size_t i = 0; i < node->count; i++)
        frem_text_print(&text, i > 0 ? " %s" : "%s", node->pairs[i].key);
    assert_false(text.failed);
    assert_text(text.bytes, keys);
    frem_text_free(&text);
}

static void test_scalars(void **state) {
    (void)state;
    reading r;
    read_good(&r, "plain: 3.5\n"
                  "empty:\n"
                  "double: \"3 \\u00e6\\n\"\n"
                  "single: 'it''s'\n"
                  "block: |\n"
                  "  one\n"
                  "  two\n"
                  "folded: >-\n"
                  "  one\n"
                  "  two\n"
                  "runs: a\n"
                  "  b\n"
                  "tilde: ~\n"
                  "null_word: null\n"
                  "null_quoted: 'null'\n"
                  "tagged: !!str 3\n"
                  "whole: !!int \"3\"\n"
                  "yes: yes\n"
                  "decomposed: a\xCC\x8A\n");
    const frem_node *root = r.root;
    assert_ptr_equal(root->source, &r.source);
    assert_ptr_equal(frem_node_get(root, "plain")->source, &r.source);
    assert_scalar(frem_node_get(root, "plain"), "3.5", false);
    assert_scalar(frem_node_get(root, "empty"), "", false);
    assert_scalar(frem_node_get(root, "double"), "3 æ\n", true);
    assert_scalar(frem_node_get(root, "single"), "it's", true);
    assert_scalar(frem_node_get(root, "block"), "one\ntwo\n", true);
    assert_scalar(frem_node_get(root, "folded"), "one two", true);
    assert_scalar(frem_node_get(root, "runs"), "a b", false);
    assert_scalar(frem_node_get(root, "tagged"), "3", true);
    assert_scalar(frem_node_get(root, "whole"), "3", false);
    assert_scalar(frem_node_get(root, "yes"), "yes", false);
    assert_scalar(frem_node_get(root, "decomposed"), "å", false);
    assert_true(frem_node_is_null(frem_node_get(root, "tilde")));
    assert_true(frem_node_is_null(frem_node_get(root, "null_word")));
    assert_false(frem_node_is_null(frem_node_get(root, "null_quoted")));
    assert_false(frem_node_is_null(frem_node_get(root, "empty")));
    assert_false(frem_node_is_null(root));
    assert_false(frem_node_is_null(NULL));
    reading_free(&r);
}

static void test_lookup(void **state) {
    (void)state;
    reading r;
    read_good(&r, "a: 1\nliste: [x, {y: 2}]\nblå: 3\n");
    assert_keys(r.root, "a liste blå");
    assert_null(frem_node_pair(r.root, "b"));
    assert_null(frem_node_pair(NULL, "a"));
    assert_null(frem_node_get(NULL, "a"));
    assert_scalar(frem_node_get(r.root, "blå"), "3", false);
    const frem_node *list = frem_node_get(r.root, "liste");
    assert_int_equal(list->kind, FREM_SEQUENCE);
    assert_int_equal(list->count, 2);
    assert_null(frem_node_get(list, "x"));
    assert_scalar(frem_node_get(list->items[1], "y"), "2", false);
    reading_free(&r);
    /* More keys than are searched one by one. */
    frem_text yaml = {0};
    for (int i = 0; i < 200; i++)
        frem_text_print(&yaml, "k%d: %d\n", i, i);
    read_good(&r, yaml.bytes);
    assert_int_equal(r.root->count, 200);
    assert_text(r.root->pairs[137].key, "k137");
    assert_text(r.root->pairs[137].value->text, "137");
    reading_free(&r);
    frem_text_add(&yaml, "k17: again\n");
    read_bytes(&r, yaml.bytes, yaml.length);
    assert_says(&r, "s.yaml:201:1: error: the key 'k17' is given twice\nhint: the first is in line 18");
    reading_free(&r);
    frem_text_free(&yaml);
}

/* The same content with and without a byte order mark and with either line end: places are the same. */
/* Mappings of many keys are indexed: every key is found, whatever their number, and no other; a copy without the index,
 * changed, is looked through. */
static void test_many_keys(void **state) {
    (void)state;
    for (unsigned n = 1; n <= 300; n += n < 70 ? 1 : 37) {
        frem_text yaml = {0};
        reading r;
        for (unsigned i = 0; i < n; i++)
            frem_text_print(&yaml, "key%u: %u\n", i * i, i);
        read_good(&r, yaml.bytes);
        for (unsigned i = 0; i < n * n + 2; i++) {
            char key[32], number[32];
            unsigned root = 0;
            while (root * root < i)
                root++;
            (void)snprintf(key, sizeof key, "key%u", i);
            (void)snprintf(number, sizeof number, "%u", root);
            const frem_pair *pair = frem_node_pair(r.root, key);
            assert_int_equal(pair != NULL, root * root == i && root < n);
            if (pair != NULL)
                assert_scalar(pair->value, number, false);
        }
        assert_int_equal(r.root->slots != NULL, n >= 32);
        frem_node without = *r.root;
        without.slots = NULL;
        without.count = n - 1;
        assert_ptr_equal(frem_node_pair(&without, "key0"), n > 1 ? &r.root->pairs[0] : NULL);
        frem_text_free(&yaml);
        reading_free(&r);
    }
}

static void test_places(void **state) {
    (void)state;
    static const char *const forms[] = {
        "æø: 1\nb:\n  - å: x\n    d: {é: 2, \"f\": [3, 'g']}\n  -\n    - |\n      h\ni: # j\n  k: 4\n",
        "\xEF\xBB\xBFæø: 1\nb:\n  - å: x\n    d: {é: 2, \"f\": [3, 'g']}\n  -\n    - |\n      h\ni: # j\n  "
        "k: 4\n",
        "æø: 1\r\nb:\r\n  - å: x\r\n    d: {é: 2, \"f\": [3, 'g']}\r\n  -\r\n    - |\r\n      h\r\ni: # "
        "j\r\n  k: 4\r\n",
        "\xEF\xBB\xBFæø: 1\r\nb:\r\n  - å: x\r\n    d: {é: 2, \"f\": [3, 'g']}\r\n  -\r\n    - |\r\n      "
        "h\r\n"
        "i: # j\r\n  k: 4",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        reading r;
        read_good(&r, forms[i]);
        const frem_node *root = r.root;
        assert_keys(root, "æø b i");
        assert_place(root->place, 1, 1);
        assert_place(root->pairs[0].place, 1, 1);
        assert_place(root->pairs[0].value->place, 1, 5);
        assert_place(root->pairs[1].place, 2, 1);
        const frem_node *list = root->pairs[1].value;
        assert_place(list->place, 3, 3);
        const frem_node *first = list->items[0];
        assert_place(first->place, 3, 5);
        assert_place(first->pairs[0].value->place, 3, 8);
        assert_place(first->pairs[1].place, 4, 5);
        const frem_node *flow = first->pairs[1].value;
        assert_place(flow->place, 4, 8);
        assert_place(flow->pairs[0].place, 4, 9);
        assert_place(flow->pairs[0].value->place, 4, 12);
        assert_place(flow->pairs[1].place, 4, 15);
        assert_place(flow->pairs[1].value->place, 4, 20);
        assert_place(flow->pairs[1].value->items[0]->place, 4, 21);
        assert_place(flow->pairs[1].value->items[1]->place, 4, 24);
        assert_place(list->items[1]->place, 6, 5);
        assert_place(list->items[1]->items[0]->place, 6, 7);
        assert_scalar(list->items[1]->items[0], "h\n", true);
        assert_place(root->pairs[2].place, 8, 1);
        assert_place(root->pairs[2].value->place, 9, 3);
        assert_place(root->pairs[2].value->pairs[0].value->place, 9, 6);
        reading_free(&r);
    }
}

static void test_anchors(void **state) {
    (void)state;
    reading r;
    read_good(&r, "a: &x {n: 1}\n"
                  "b: *x\n"
                  "c: [*x, &x 2, *x]\n"
                  "d: *x\n"
                  "&key name: 1\n"
                  "e: *key\n"
                  "f: &x [&x 3, *x]\n"
                  "g: &x {}\n"
                  "h: [*x, &x [], *x]\n");
    const frem_node *root = r.root, *a = frem_node_get(root, "a"), *c = frem_node_get(root, "c");
    /* An alias is the anchored node itself, at the place of the anchor. */
    assert_ptr_equal(frem_node_get(root, "b"), a);
    assert_place(a->place, 1, 4);
    assert_place(frem_node_pair(root, "b")->place, 2, 1);
    assert_ptr_equal(c->items[0], a);
    /* A name that is given again means the latest. */
    assert_ptr_equal(c->items[2], c->items[1]);
    assert_scalar(frem_node_get(root, "d"), "2", false);
    assert_scalar(frem_node_get(root, "e"), "name", false);
    /* An anchor inside one of the same name is a new one, no cycle. */
    assert_scalar(frem_node_get(root, "f")->items[1], "3", false);
    const frem_node *h = frem_node_get(root, "h");
    assert_ptr_equal(h->items[0], frem_node_get(root, "g"));
    assert_ptr_equal(h->items[2], h->items[1]);
    reading_free(&r);
}

static void test_merge(void **state) {
    (void)state;
    reading r;
    read_good(&r, "one: &one {a: 1, b: 1}\n"
                  "two: &two\n"
                  "  b: 2\n"
                  "  c: 2\n"
                  "first:\n"
                  "  <<: *one\n"
                  "  b: own\n"
                  "last:\n"
                  "  b: own\n"
                  "  <<: *one\n"
                  "both: {<<: [*two, *one], d: own}\n"
                  "inline: {<<: [{x: 1}, *one, {x: 2, y: 2}]}\n"
                  "again: &again {<<: *two, e: 5}\n"
                  "twice: {<<: *again, f: 6}\n"
                  "list: &list [*one, *two]\n"
                  "listed: {<<: *list}\n"
                  "quoted: {'<<': 1}\n"
                  "nothing: {<<: {}}\n");
    const frem_node *root = r.root, *one = frem_node_get(root, "one");
    const frem_node *first = frem_node_get(root, "first");
    assert_keys(first, "b a");
    assert_scalar(frem_node_get(first, "b"), "own", false);
    assert_place(first->pairs[0].place, 7, 3);
    /* Merged pairs keep the places of the anchor, and its nodes. */
    assert_place(first->pairs[1].place, 1, 12);
    assert_ptr_equal(first->pairs[1].value, one->pairs[0].value);
    assert_keys(frem_node_get(root, "last"), "b a");
    assert_scalar(frem_node_get(frem_node_get(root, "last"), "b"), "own", false);
    const frem_node *both = frem_node_get(root, "both");
    assert_keys(both, "d b c a");
    assert_scalar(frem_node_get(both, "b"), "2", false);
    const frem_node *in = frem_node_get(root, "inline");
    assert_keys(in, "x a b y");
    assert_scalar(frem_node_get(in, "x"), "1", false);
    assert_keys(frem_node_get(root, "twice"), "f e b c");
    assert_keys(frem_node_get(root, "listed"), "a b c");
    assert_scalar(frem_node_get(frem_node_get(root, "listed"), "b"), "1", false);
    assert_keys(frem_node_get(root, "quoted"), "<<");
    assert_keys(frem_node_get(root, "nothing"), "");
    /* The anchors are as they were. */
    assert_keys(one, "a b");
    reading_free(&r);
}

static void test_merge_of_many(void **state) {
    (void)state;
    frem_text yaml = {0};
    frem_text_add(&yaml, "base: &base\n");
    for (int i = 0; i < 100; i++)
        frem_text_print(&yaml, "  k%d: base\n", i);
    frem_text_add(&yaml, "own:\n  k50: own\n  <<: *base\n  k99: own\n");
    reading r;
    read_good(&r, yaml.bytes);
    const frem_node *own = frem_node_get(r.root, "own");
    assert_int_equal(own->count, 100);
    assert_text(own->pairs[0].key, "k50");
    assert_text(own->pairs[1].key, "k99");
    assert_text(own->pairs[2].key, "k0");
    assert_text(frem_node_get(own, "k99")->text, "own");
    assert_text(frem_node_get(own, "k98")->text, "base");
    reading_free(&r);
    frem_text_free(&yaml);
}

/* `depth` brackets inside each other. */
static void read_nested(reading *r, size_t depth) {
    frem_text yaml = {0};
    for (size_t i = 0; i < depth; i++)
        frem_text_add(&yaml, "[");
    for (size_t i = 0; i < depth; i++)
        frem_text_add(&yaml, "]");
    read_bytes(r, yaml.bytes, yaml.length);
    frem_text_free(&yaml);
}

static void test_depth(void **state) {
    (void)state;
    reading r;
    read_nested(&r, 64);
    assert_int_equal(r.status, FREM_OK);
    reading_free(&r);
    read_nested(&r, 65);
    assert_says(&r, "s.yaml:1:65: error: nested deeper than 64 levels");
    reading_free(&r);
    read_nested(&r, 100000);
    assert_says(&r, "s.yaml:1:65: error: nested deeper than 64 levels");
    reading_free(&r);
    /* Each alias goes one level deeper than the line before: a0 has 1 level, so line n+1 has n+1 inside the root's
     * one, and line 64 (a63) is 65 deep. */
    frem_text yaml = {0};
    frem_text_add(&yaml, "a0: &a0 [x]\n");
    for (int i = 1; i < 200; i++)
        frem_text_print(&yaml, "a%d: &a%d [*a%d]\n", i, i, i - 1);
    read_bytes(&r, yaml.bytes, yaml.length);
    assert_says(&r, "s.yaml:64:12: error: nested deeper than 64 levels");
    reading_free(&r);
    frem_text_free(&yaml);
}

/* Lists of ten aliases of the list before: line i+1 is 10^(i+1) scalars. */
static void test_alias_bomb(void **state) {
    (void)state;
    frem_text yaml = {0};
    frem_text_add(&yaml, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
        frem_text_print(&yaml, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++)
            frem_text_print(&yaml, k > 0 ? ",*a%d" : "*a%d", i - 1);
        frem_text_add(&yaml, "]\n");
    }
    reading r;
    read_bytes(&r, yaml.bytes, yaml.length);
    /* Sizes: a0 11, a1 111, ... a4 111111, each with its key; together 123455 + 5 keys + root. On line 6 every alias
     * adds 111111: 123461 + key and list 2 + 7 * 111111 = 901240 fits, the eighth does not. It is behind
     * `a5: &a5 [` (9) and seven `*a4,` (28), in column 38. */
    assert_says(
        &r, "s.yaml:6:38: error: more than 1000000 values, each alias counted with all that it expands to\n"
            "hint: put large series in a table");
    reading_free(&r);
    frem_text_free(&yaml);
}

/* Exactly the limit: a list of 1000 (1001 nodes with itself) in 998 aliases. */
static void test_node_limit(void **state) {
    (void)state;
    frem_text yaml = {0};
    frem_text_add(&yaml, "- &a [");
    for (int i = 0; i < 1000; i++)
        frem_text_add(&yaml, i > 0 ? ",1" : "1");
    frem_text_add(&yaml, "]\n");
    for (int i = 0; i < 998; i++)
        frem_text_add(&yaml, "- *a\n");
    /* 1 root + 999 * 1001 = 1000000 */
    reading r;
    read_bytes(&r, yaml.bytes, yaml.length);
    assert_int_equal(r.status, FREM_OK);
    assert_int_equal(r.root->count, 999);
    reading_free(&r);
    frem_text_add(&yaml, "- x\n");
    read_bytes(&r, yaml.bytes, yaml.length);
    assert_says(
        &r, "s.yaml:1000:3: error: more than 1000000 values, each alias counted with all that it expands to\n"
            "hint: put large series in a table");
    reading_free(&r);
    frem_text_free(&yaml);
}

static void test_merge_bomb(void **state) {
    (void)state;
    frem_text yaml = {0};
    frem_text_add(&yaml, "b: &b {");
    for (int i = 0; i < 1000; i++)
        frem_text_print(&yaml, "k%d: 1, ", i);
    frem_text_add(&yaml, "}\nm: {<<: [");
    for (int i = 0; i < 2000; i++)
        frem_text_add(&yaml, "*b, ");
    frem_text_add(&yaml, "]}\n");
    reading r;
    read_bytes(&r, yaml.bytes, yaml.length);
    assert_int_equal(r.status, FREM_INVALID);
    assert_text(frem_diags_at(r.diags, 0)->name, "yaml-nodes");
    reading_free(&r);
    frem_text_free(&yaml);
}

/* A scenario with every feature that the reader knows. */
static const char scenario[] =
    "# A scenario to break\n"
    "fremskriv: 1\n"
    "title: {da: Pædagoger i en kommune, en: \"Pedagogues: one municipality\"}\n"
    "extends: [base/land.yaml, base/fag.yaml]   # later layers win\n"
    "years: {base: 2018, until: 2040, count: 30 june}\n"
    "full_time_hours: 37\n"
    "shared: &shared\n"
    "  participation: {table: profil.csv, column: 'rate'}\n"
    "  absence: {days: 13.5, of: 225}\n"
    "professions:\n"
    "  pædagog:\n"
    "    <<: *shared\n"
    "    absence: {days: 12, of: 225}\n"
    "    source: |\n"
    "      Danmarks Statistik\n"
    "\n"
    "      egne tal\n"
    "    retirement: &retire\n"
    "      kind: exit\n"
    "      age: {efterloen: 0.5, pension: 0.5}\n"
    "  lærer: {<<: [*shared, {retirement: *retire}], unemployment: {2018: 0.034, then: hold}}\n"
    "programmes:\n"
    "  - name: !!str 2018\n"
    "    intake: [1133, 1181, 1054]\n"
    "  - - nested\n"
    "    - ~\n"
    "? lang nøgle\n"
    ": >-\n"
    "  foldet\n"
    "  tekst\n";

static void break_at(size_t offset, char with) {
    char bytes[sizeof scenario];
    memcpy(bytes, scenario, sizeof scenario);
    bytes[offset] = with;
    reading r;
    read_bytes(&r, bytes, sizeof scenario - 1);
    reading_free(&r);
}

/* Nothing is asserted but what read_bytes() and the sanitizers assert: no crash, no leak, a root exactly when the
 * status is FREM_OK, a problem exactly when it is FREM_INVALID. */
static void test_broken_bytes(void **state) {
    (void)state;
    static const char bad[] = "\n\r\t :-#&*!|>'\"%@`{}[],?<~0a\\\0\x07\xC3\xFF";
    reading r;
    read_good(&r, scenario);
    reading_free(&r);
    for (size_t n = 0; n < sizeof scenario; n++) {
        read_bytes(&r, scenario, n);
        reading_free(&r);
    }
    for (size_t i = 0; i + 1 < sizeof scenario; i++) {
        for (size_t k = 0; k < sizeof bad; k++)
            break_at(i, bad[k]);
        for (int bit = 0; bit < 8; bit++)
            break_at(i, (char)((unsigned char)scenario[i] ^ (1u << bit)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalars),       cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_many_keys),     cmocka_unit_test(test_places),
        cmocka_unit_test(test_anchors),       cmocka_unit_test(test_merge),
        cmocka_unit_test(test_merge_of_many), cmocka_unit_test(test_depth),
        cmocka_unit_test(test_alias_bomb),    cmocka_unit_test(test_node_limit),
        cmocka_unit_test(test_merge_bomb),    cmocka_unit_test(test_broken_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
