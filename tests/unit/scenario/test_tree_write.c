/* Writing the tree: what is written reads back as the same tree, and looks as a person would write it. */
#include <stdlib.h>
#include <string.h>

#include "scenario/tree.h"
#include "support/check.h"

/* Reads YAML that must be without faults. The source and its bytes must stay. */
static frem_node *read_tree(const frem_source *source, frem_arena *arena) {
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    frem_node *root = NULL;
    frem_status status = frem_tree_read(source, arena, diags, &root);
    if (status != FREM_OK) {
        char *text = frem_diag_text(frem_diags_at(diags, 0), FREM_EN);
        print_error("%s\nin:\n%s\n", text, source->bytes);
        free(text);
    }
    frem_diags_free(diags);
    return root;
}

static frem_source source_of(const char *bytes, size_t n) {
    return (frem_source){.name = "s", .path = "s.yaml", .bytes = bytes, .size = n};
}

static bool same_tree(const frem_node *a, const frem_node *b) {
    if (a->kind != b->kind || a->count != b->count)
        return false;
    if (a->kind == FREM_SCALAR)
        return a->quoted == b->quoted && a->length == b->length && strcmp(a->text, b->text) == 0;
    for (size_t i = 0; i < a->count; i++) {
        bool mapping = a->kind == FREM_MAPPING;
        if (mapping && strcmp(a->pairs[i].key, b->pairs[i].key) != 0)
            return false;
        if (mapping ? !same_tree(a->pairs[i].value, b->pairs[i].value) : !same_tree(a->items[i], b->items[i]))
            return false;
    }
    return true;
}

/* Writes a tree, reads that, compares, and writes once more: the same bytes. */
static bool survives(const frem_node *root) {
    frem_text first = {0}, second = {0};
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_int_equal(frem_tree_write(root, NULL, NULL, &first), FREM_OK);
    const frem_source source = source_of(first.bytes, first.length);
    const frem_node *back = read_tree(&source, arena);
    bool same = back != NULL && same_tree(root, back);
    if (same) {
        assert_int_equal(frem_tree_write(back, NULL, NULL, &second), FREM_OK);
        same = strcmp(first.bytes, second.bytes) == 0;
    }
    if (!same)
        print_error("written:\n%s\nagain:\n%s\n", first.bytes,
                    second.bytes != NULL ? second.bytes : "(not read)");
    frem_arena_free(arena);
    frem_text_free(&first);
    frem_text_free(&second);
    return same;
}

/* Reads one text, writes the tree, and compares with another. */
static void check_written(const char *yaml, const char *expected) {
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    const frem_source source = source_of(yaml, strlen(yaml));
    const frem_node *root = read_tree(&source, arena);
    assert_non_null(root);
    frem_text out = {0};
    assert_int_equal(frem_tree_write(root, NULL, NULL, &out), FREM_OK);
    assert_text(out.bytes, expected);
    assert_true(survives(root));
    frem_text_free(&out);
    frem_arena_free(arena);
}

static void test_layout(void **state) {
    (void)state;
    check_written("{fremskriv: 1, title: {da: 'Pædagoger', en: Pedagogues}, extends: [a.yaml,\n b.yaml],\n"
                  "  programmes: [{name: p, starts: {september: {share: 0.7}, february: {share: 0.3}}},\n"
                  "    [[1, 2], []], {}, ~],\n"
                  "  note: \"one\\n\\ntwo\\n\", empty: , path: 'C:\\data', said: \"it's \\\"so\\\"\"}\n",
                  "fremskriv: 1\n"
                  "title: {da: \"Pædagoger\", en: Pedagogues}\n"
                  "extends: [a.yaml, b.yaml]\n"
                  "programmes:\n"
                  "  - name: p\n"
                  "    starts:\n"
                  "      september: {share: 0.7}\n"
                  "      february: {share: 0.3}\n"
                  "  - - [1, 2]\n"
                  "    - []\n"
                  "  - {}\n"
                  "  - ~\n"
                  "note: |\n"
                  "  one\n"
                  "\n"
                  "  two\n"
                  "empty:\n"
                  "path: 'C:\\data'\n"
                  "said: \"it's \\\"so\\\"\"\n");
}

static void test_roots(void **state) {
    (void)state;
    check_written("{}", "{}\n");
    check_written("[]", "[]\n");
    check_written("3.5", "3.5\n");
    check_written("'3.5'", "\"3.5\"\n");
    check_written("|\n  a\n  b", "|-\n  a\n  b\n");
    check_written(" ---", " ---\n");
    check_written("[a, b]", "- a\n- b\n");
}

/* A line in brackets may have 99 characters, not 100; æ, ø and å are one each. */
static void test_width(void **state) {
    (void)state;
    frem_text yaml = {0}, expected = {0};
    /* "k: [" 4, fifteen items 15 * 4, ", " between them 14 * 2: 92; "xxxxxx]" makes it 99. */
    frem_text_add(&yaml, "k: [");
    for (int i = 0; i < 15; i++)
        frem_text_add(&yaml, i > 0 ? ", æøåæ" : "æøåæ");
    frem_text_add_bytes(&expected, yaml.bytes, yaml.length);
    frem_text_add(&yaml, "xxxxxx]\n");
    frem_text_add(&expected, "xxxxxx]\n");
    check_written(yaml.bytes, expected.bytes);
    yaml.length -= strlen("]\n");
    frem_text_add(&yaml, "x]\n");
    frem_text_free(&expected);
    frem_text_add(&expected, "k:\n");
    for (int i = 0; i < 14; i++)
        frem_text_add(&expected, "  - æøåæ\n");
    frem_text_add(&expected, "  - æøåæxxxxxxx\n");
    check_written(yaml.bytes, expected.bytes);
    frem_text_free(&yaml);
    frem_text_free(&expected);
}

/* Anchors and merges are written out, shared nodes in full. */
static void test_shared(void **state) {
    (void)state;
    check_written("a: &x {n: 1, m: [2, 3]}\nb: *x\nc: {<<: *x, n: 4}\n", "a:\n  n: 1\n  m: [2, 3]\n"
                                                                         "b:\n  n: 1\n  m: [2, 3]\n"
                                                                         "c:\n  n: 4\n  m: [2, 3]\n");
}

static void test_keys(void **state) {
    (void)state;
    check_written(
        "'null': 1\n'~': 2\n'<<': 3\n'---': 4\n'a: b': 5\n\"x\\ny\": 6\n'2018': 7\n18+: 8\n0-5: 9\n"
        "my key: 10\n'#a': 11\n'[': 12\nprogrammes.p.completion: 13\nå b?: 14\n",
        "\"null\": 1\n\"~\": 2\n\"<<\": 3\n\"---\": 4\n\"a: b\": 5\n\"x\\ny\": 6\n2018: 7\n18+: 8\n0-5: 9\n"
        "my key: 10\n\"#a\": 11\n\"[\": 12\nprogrammes.p.completion: 13\n\"å b?\": 14\n");
}

/* Scalars that a careless writer would spoil. */
static void test_scalars(void **state) {
    (void)state;
    check_written(
        "[\"\", '~', 'null', '3', 3, 1e3, yes, 'yes', 'a: b', 'a #x', '#x', ' x ', '- a', '@x', '%x']",
        "- \"\"\n- \"~\"\n- \"null\"\n- \"3\"\n- 3\n- 1e3\n- yes\n- \"yes\"\n- \"a: b\"\n- \"a #x\"\n- "
        "\"#x\"\n"
        "- \" x \"\n- \"- a\"\n- \"@x\"\n- \"%x\"\n");
    check_written("a: \"\\t\\r\\x07\\u0085\\u2028\\ufeff\\U0001F600\"\n",
                  "a: \"\\t\\r\\x07\\x85\\L\\uFEFF😀\"\n");
    check_written("a: |+\n  x\n\n", "a: \"x\\n\\n\"\n");
    check_written("a: \"x \\ny\"\n", "a: \"x \\ny\"\n");
    check_written("a: x\n\n\n  y\n", "a: x\n\n\n  y\n");
}

static const char *rename_tables(void *context, const frem_node *scalar) {
    size_t *asked = context;
    ++*asked;
    return strcmp(scalar->text, "befolkning.csv") == 0 ? "tables/befolkning.csv"
           : strcmp(scalar->text, "tal") == 0          ? "a: b"
                                                       : NULL;
}

static void test_rename(void **state) {
    (void)state;
    static const char yaml[] =
        "befolkning.csv: {table: befolkning.csv, column: \"befolkning.csv\", other: tal}\n"
        "more:\n  - befolkning.csv\n  - {deep: [tal]}\n";
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    const frem_source source = source_of(yaml, sizeof yaml - 1);
    const frem_node *root = read_tree(&source, arena);
    assert_non_null(root);
    frem_text out = {0};
    size_t asked = 0;
    assert_int_equal(frem_tree_write(root, rename_tables, &asked, &out), FREM_OK);
    /* Keys keep their names; a plain scalar whose new text can't be plain is quoted. */
    assert_text(
        out.bytes,
        "befolkning.csv: {table: tables/befolkning.csv, column: \"tables/befolkning.csv\", other: \"a: b\"}\n"
        "more:\n  - tables/befolkning.csv\n  - deep: [\"a: b\"]\n");
    assert_true(asked >= 5);
    frem_text_free(&out);
    frem_arena_free(arena);
}

/* A key that is too long for `key:` in YAML. */
static void test_long_key(void **state) {
    (void)state;
    char key[1501];
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    frem_text yaml = {0};
    frem_text_print(&yaml, "- ? %s\n  : {a: 1, b: [2]}\n  ? %sx\n  : y\n", key, key);
    frem_text expected = {0};
    frem_text_print(&expected, "- ? %s\n  :\n    a: 1\n    b: [2]\n  ? %sx\n  : y\n", key, key);
    check_written(yaml.bytes, expected.bytes);
    frem_text_free(&yaml);
    frem_text_free(&expected);
}

/* xorshift64*: the same trees everywhere. */
static size_t draw(uint64_t *seed, size_t below) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (size_t)((*seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

static const char *const nasty[] = {"",
                                    "~",
                                    "null",
                                    "3",
                                    "1e3",
                                    "yes",
                                    "a: b",
                                    "#x",
                                    " x ",
                                    "- a",
                                    "a\nb",
                                    "a\n",
                                    "\na",
                                    "a\n\nb",
                                    " a\nb",
                                    "a \nb",
                                    "a\n b",
                                    "\"q\"",
                                    "it's",
                                    "\\n",
                                    "\\",
                                    "æøå",
                                    "😀",
                                    "@x",
                                    "%x",
                                    "*a",
                                    "&a",
                                    "!t",
                                    "{",
                                    "[",
                                    "?",
                                    "|",
                                    ">",
                                    "<<",
                                    "-",
                                    "---",
                                    "...",
                                    "a:",
                                    ":a",
                                    "a #b",
                                    "a#b",
                                    "a, b",
                                    "[a]",
                                    "{a: b}",
                                    "\t",
                                    "a\tb",
                                    "\r\n",
                                    "\x07",
                                    "?a",
                                    "-a",
                                    "a\xC2\xA0"
                                    "b",
                                    "\n",
                                    "\n\n",
                                    "x\n\n",
                                    "`",
                                    "\xC2\x85",
                                    "a\xE2\x80\xA8"
                                    "b",
                                    "\xEF\xBB\xBF",
                                    "a\n# b",
                                    "a\n- b",
                                    "1\n---\n2",
                                    "%YAML",
                                    "a'b\"c\\d",
                                    "2018",
                                    "key with blanks",
                                    "Danmarks Statistik, FOLK1A (til 2026) og FRKM126",
                                    "a]",
                                    "a}",
                                    "a,",
                                    ",a",
                                    "= b"};

/* Pieces of texts of our own making. */
static const char *const pieces[] = {" ",
                                     ":",
                                     "#",
                                     "-",
                                     "?",
                                     ",",
                                     "[",
                                     "]",
                                     "{",
                                     "}",
                                     "&",
                                     "*",
                                     "!",
                                     "|",
                                     ">",
                                     "'",
                                     "\"",
                                     "%",
                                     "@",
                                     "`",
                                     "\\",
                                     "\n",
                                     "\n",
                                     "\t",
                                     "a",
                                     "b",
                                     "0",
                                     "~",
                                     "æ",
                                     "😀",
                                     "<",
                                     ".",
                                     "\xE2\x80\xA8",
                                     "\xE2\x80\xA9",
                                     "\xC2\xA0",
                                     "  ",
                                     ": ",
                                     " #",
                                     "- ",
                                     "..."};
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *draw_text(uint64_t *seed, frem_arena *arena) {
    if (draw(seed, 2) == 0)
        return nasty[draw(seed, COUNT(nasty))];
    char *text = frem_arena_text(arena, "", 0);
    for (size_t n = draw(seed, 8); n > 0; n--)
        text = frem_arena_print(arena, "%s%s", text, pieces[draw(seed, COUNT(pieces))]);
    assert_non_null(text);
    return text;
}

/* A plain scalar can hold only what YAML lets stand unquoted: the reader says what that is, in a line of a list, over
 * several lines, or in brackets. @return false where the text is something else. */
static bool draw_plain(uint64_t *seed, frem_arena *arena, frem_node *node) {
    static const char *const frames[] = {"- %s\n", "- a\n\n  %s\n", "[%s]\n", "{k: %s}\n"};
    size_t form = draw(seed, COUNT(frames));
    const char *text = draw_text(seed, arena);
    frem_text yaml = {0};
    for (const char *at = frames[form]; *at != '\0'; at++)
        if (strncmp(at, "%s", 2) == 0) {
            frem_text_add(&yaml, text);
            at++;
        } else {
            frem_text_add_bytes(&yaml, at, 1);
        }
    const frem_source source = source_of(yaml.bytes, yaml.length);
    frem_node *root = NULL;
    bool found = frem_tree_read(&source, arena, NULL, &root) == FREM_OK && root->kind != FREM_SCALAR &&
                 root->count == 1;
    const frem_node *only = !found                       ? NULL
                            : root->kind == FREM_MAPPING ? root->pairs[0].value
                                                         : root->items[0];
    found = found && only->kind == FREM_SCALAR && !only->quoted;
    if (found)
        *node = *only;
    frem_text_free(&yaml);
    return found;
}

static frem_node *draw_tree(uint64_t *seed, frem_arena *arena, unsigned depth);

static void draw_pairs(uint64_t *seed, frem_arena *arena, unsigned depth, frem_node *node, size_t want) {
    node->pairs = frem_arena_alloc(arena, want + 1, sizeof *node->pairs);
    assert_non_null(node->pairs);
    for (size_t i = 0; i < want; i++) {
        const char *key = draw_text(seed, arena);
        if (key[0] == '\0' || frem_node_pair(node, key) != NULL)
            continue;
        node->pairs[node->count++] = (frem_pair){.key = key, .value = draw_tree(seed, arena, depth + 1)};
    }
}

static frem_node *draw_tree(uint64_t *seed, frem_arena *arena, unsigned depth) {
    frem_node *node = frem_arena_alloc(arena, 1, sizeof *node);
    assert_non_null(node);
    size_t kind = depth == 0 ? 1 + draw(seed, 2) : depth > 4 ? 0 : draw(seed, 3);
    if (kind == 0) {
        if (draw(seed, 2) == 0 && draw_plain(seed, arena, node))
            return node;
        node->kind = FREM_SCALAR;
        node->quoted = true;
        node->text = draw_text(seed, arena);
        node->length = strlen(node->text);
        return node;
    }
    size_t want = draw(seed, 5);
    node->kind = kind == 1 ? FREM_MAPPING : FREM_SEQUENCE;
    if (kind == 1) {
        draw_pairs(seed, arena, depth, node, want);
        return node;
    }
    node->items = frem_arena_alloc(arena, want + 1, sizeof(frem_node *));
    assert_non_null(node->items);
    for (; node->count < want; node->count++)
        node->items[node->count] = draw_tree(seed, arena, depth + 1);
    return node;
}

static void test_random_trees(void **state) {
    (void)state;
    for (uint64_t first = 1; first <= 3000; first++) {
        uint64_t seed = first * UINT64_C(0x9E3779B97F4A7C15);
        frem_arena *arena = NULL;
        assert_int_equal(frem_arena_new(&arena), FREM_OK);
        bool same = survives(draw_tree(&seed, arena, 0));
        frem_arena_free(arena);
        if (!same)
            fail_msg("tree %u does not read back as it was", (unsigned)first);
    }
}

/* Every nasty text alone: quoted, as a key, as an item, as the root. */
static void test_each_nasty(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(nasty); i++) {
        frem_node scalar = {
            .kind = FREM_SCALAR, .text = nasty[i], .length = strlen(nasty[i]), .quoted = true};
        frem_node *items[] = {&scalar, &scalar};
        frem_node list = {.kind = FREM_SEQUENCE, .items = items, .count = 2};
        frem_pair pairs[] = {{.key = nasty[i], .value = &scalar}, {.key = "then", .value = &list}};
        frem_node mapping = {.kind = FREM_MAPPING, .pairs = pairs, .count = 2};
        assert_true(survives(&scalar));
        assert_true(survives(&list));
        if (nasty[i][0] != '\0')
            assert_true(survives(&mapping));
    }
}

/* A tree made by hand may hold unquoted text that YAML can't hold unquoted: the text is kept, in quotes. */
static void test_impossible_plain(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(nasty); i++) {
        frem_node scalar = {.kind = FREM_SCALAR, .text = nasty[i], .length = strlen(nasty[i])};
        frem_node *items[] = {&scalar, &scalar};
        frem_node list = {.kind = FREM_SEQUENCE, .items = items, .count = 2};
        frem_node *lists[] = {&list, &scalar};
        frem_node root = {.kind = FREM_SEQUENCE, .items = lists, .count = 2};
        frem_arena *arena = NULL;
        assert_int_equal(frem_arena_new(&arena), FREM_OK);
        frem_text out = {0};
        assert_int_equal(frem_tree_write(&root, NULL, NULL, &out), FREM_OK);
        const frem_source source = source_of(out.bytes, out.length);
        const frem_node *back = read_tree(&source, arena);
        assert_non_null(back);
        assert_text(back->items[0]->items[1]->text, nasty[i]);
        assert_text(back->items[1]->text, nasty[i]);
        frem_text_free(&out);
        frem_arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_roots),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_shared),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_scalars),
        cmocka_unit_test(test_rename),
        cmocka_unit_test(test_long_key),
        cmocka_unit_test(test_random_trees),
        cmocka_unit_test(test_each_nasty),
        cmocka_unit_test(test_impossible_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
