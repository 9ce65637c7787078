/* Every problem that the YAML reader can report, at its exact place and in its exact words. */
#include <stdlib.h>
#include <string.h>

#include "scenario/tree.h"
#include "scenario/tree_syntax.h"
#include "support/check.h"

/* What reading n bytes says: all problems, one after the other, or "" when there is none. Owned. */
static char *report_of(const char *bytes, size_t n, frem_lang lang) {
    char *copy = malloc(n + 1); /* of the exact size, so that the sanitizer sees a byte read too far */
    assert_non_null(copy);
    memcpy(copy, bytes, n);
    copy[n] = '\0';
    const frem_source source = {.name = "s", .path = "s.yaml", .bytes = copy, .size = n};
    frem_arena *arena = NULL;
    frem_diags *diags = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    frem_node *root = NULL;
    frem_status status = frem_tree_read(&source, arena, diags, &root);
    assert_int_equal(status == FREM_OK, root != NULL);
    assert_int_equal(status, frem_diags_errors(diags) > 0 ? FREM_INVALID : FREM_OK);
    frem_text all = {0};
    frem_text_add(&all, "");
    frem_diags_sort(diags);
    for (size_t i = 0; i < frem_diags_count(diags); i++) {
        char *text = frem_diag_text(frem_diags_at(diags, i), lang);
        assert_non_null(text);
        frem_text_print(&all, i > 0 ? "\n%s" : "%s", text);
        free(text);
    }
    assert_false(all.failed);
    /* Without a collection the status is the same. */
    assert_int_equal(frem_tree_read(&source, arena, NULL, &root), status);
    frem_diags_free(diags);
    frem_arena_free(arena);
    free(copy);
    return all.bytes;
}

typedef struct saying {
    const char *yaml;
    const char *says; /* without "s.yaml:" and with E for "error" */
} saying;

static void check_sayings(const saying *sayings, size_t n, frem_lang lang) {
    for (size_t i = 0; i < n; i++) {
        char *says = report_of(sayings[i].yaml, strlen(sayings[i].yaml), lang);
        if (strcmp(says, sayings[i].says) != 0)
            print_error("reading:\n%s\n", sayings[i].yaml);
        assert_text(says, sayings[i].says);
        free(says);
    }
}

#define CHECK(sayings, lang) check_sayings((sayings), sizeof(sayings) / sizeof((sayings)[0]), (lang))
#define TAB_SAYS "error: a tab is used to indent\nhint: YAML does not allow tabs to indent: use spaces"
#define QUOTES_VALUE "error: an unquoted value can't contain ': '\nhint: put the whole value in quotes"
#define STRAY(c) "error: '" c "' closes nothing\nhint: remove it, or put the value in quotes"
#define START(c) "error: an unquoted value can't begin with '" c "'\nhint: put the value in quotes"
#define DASH                                                                                                 \
    "error: a list item can't be here\nhint: begin a list on a line of its own below its key, each '-' "     \
    "in the same column"

static void test_tabs(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"a:\n\tb: 1\n", "s.yaml:2:1: " TAB_SAYS},
        {"a: 1\n\tb: 2\n", "s.yaml:2:1: " TAB_SAYS},
        {"a:\n  b: x\n  \tc: 1\n", "s.yaml:3:3: " TAB_SAYS},
        {"a: \"x\"\n\tb: 1\n", "s.yaml:2:1: " TAB_SAYS},
        {"a:\n  - \"x\"\n\t- y\n", "s.yaml:3:1: " TAB_SAYS},
        {"a: |\n\ttext\n", "s.yaml:2:1: " TAB_SAYS},
        {"a:\tb\n", ""}, /* a tab that separates is YAML */
    };
    CHECK(sayings, FREM_EN);
}

#define POINT                                                                                                \
    ", which ends a value inside braces\n"                                                                   \
    "hint: write decimals with a point and thousands without a separator: "
#define BLANK                                                                                                \
    "error: the blank U+00A0 here is another one than the space bar makes, and no blank to YAML\n"           \
    "hint: replace it with an ordinary blank, here and in the lines that were copied with it"
#define COMMA_TEXT                                                                                           \
    " follows a ',' in braces and has no ':' and value\n"                                                    \
    "hint: a text with a comma in it needs quotes: "

static void test_colons(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"a: 1\nintake:1100\n", "s.yaml:2:1: error: a space is missing after ':' in 'intake:1100'\n"
                                "hint: write 'intake: 1100'"},
        {"base:2018   # years\nuntil: 2040\n",
         "s.yaml:1:1: error: a space is missing after ':' in 'base:2018'\n"
         "hint: write 'base: 2018'"},
        {"a:\n  x: 1\n  y:2\n  z: 3\n", "s.yaml:3:3: error: a space is missing after ':' in 'y:2'\n"
                                        "hint: write 'y: 2'"},
        {"a: {b:1, c: 2}\n", "s.yaml:1:5: error: a space is missing after ':' in 'b:1'\nhint: write 'b: 1'"},
        /* Blanks of a web page before a key or behind its ':'; inside texts they are letters like others. */
        {"a:\n\xC2\xA0 b: 2\n", "s.yaml:2:1: " BLANK},
        {"a: 1\nuntil:\xC2\xA0"
         "2040\n",
         "s.yaml:2:7: " BLANK},
        {"{until:\xC2\xA0"
         "2040}\n",
         "s.yaml:1:2: " BLANK},
        {"a: \xC2\xA0x\n\"\xC2\xA0y\": 1\nb: |\n  x\n  \xC2\xA0z\nc: [\xC2\xA0x]\n", ""},
        {"a: 1\nb\nc: 2\n", "s.yaml:2:1: error: 'b' is among keys without a ':'\nhint: write ':' and a value "
                            "after it, or indent it under the key it belongs to; a comment begins with '#'"},
        {"intake # per year\nuntil: 2040\n",
         "s.yaml:1:1: error: 'intake' is among keys without a ':'\nhint: write ':' and a value after it, "
         "or indent it under the key it belongs to; a comment begins with '#'"},
        {"a: b: c\n", "s.yaml:1:5: " QUOTES_VALUE},
        {"titel: Pædagoger: nu\n", "s.yaml:1:17: " QUOTES_VALUE},
        {"a: {b: c: d}\n", "s.yaml:1:9: " QUOTES_VALUE},
        {"a: [b: c: d]\n", "s.yaml:1:9: " QUOTES_VALUE},
        {"a: 1\n  b: 2\n",
         "s.yaml:2:3: error: a key can't be inside the value that begins in line 1, column 4\n"
         "hint: begin it in column 1 as line 1 does, or put the missing ':' in line 1"},
        {"{2018: 3,5}\n", "s.yaml:1:10: error: '3,5' has a comma" POINT "'3.5'"},
        {"{2018: -3,5, x: 1}\n", "s.yaml:1:11: error: '-3,5' has a comma" POINT "'-3.5'"},
        {"{a, b: 1}\n", "s.yaml:1:2: error: 'a' is in braces without ':' and a value\n"
                        "hint: write ':' and a value after it; leave out the braces around a single value"},
        /* A text goes on after its commas, up to the next key or the end of what is written so. */
        {"{source: KL, 2020}\n", "s.yaml:1:14: error: '2020'" COMMA_TEXT "source: \"KL, 2020\""},
        {"{source: KL, 2020 , maj, value: 5}\n",
         "s.yaml:1:14: error: '2020'" COMMA_TEXT "source: \"KL, 2020 , maj\""},
        {"{source: KL, 3,5, x: [1, a], y: 2, 3}\n",
         "s.yaml:1:14: error: '3'" COMMA_TEXT "source: \"KL, 3,5\"\n"
         "s.yaml:1:36: error: '3'" COMMA_TEXT "y: \"2, 3\""},
        {"{source: \"KL\", 2020}\n",
         "s.yaml:1:16: error: '2020' is in braces without ':' and a value\n"
         "hint: write ':' and a value after it; leave out the braces around a single value"},
        {"{source: KL,\n  2020}\n", "s.yaml:2:3: error: '2020'" COMMA_TEXT "source: \"KL, 2020\""},
        /* The first word is a key: the ':' is missing. */
        {"{value 5, source: x}\n",
         "s.yaml:1:2: error: a ':' is missing in 'value 5'\nhint: write 'value: 5'"},
        {"{source: KL, value 5}\n",
         "s.yaml:1:14: error: a ':' is missing in 'value 5'\nhint: write 'value: 5'"},
        {"{source: KL, value of 5}\n",
         "s.yaml:1:14: error: 'value of 5'" COMMA_TEXT "source: \"KL, value of 5\""},
        {"{x=5}\n", "s.yaml:1:2: error: a ':' is missing in 'x=5'\nhint: write 'x: 5'"},
        {"a: 1\nuntil = 2040\n",
         "s.yaml:2:1: error: a ':' is missing in 'until = 2040'\nhint: write 'until: 2040'"},
        {"{value: 0.03 source: x}\n",
         "s.yaml:1:14: error: a ',' is missing before 'source:'\nhint: write '0.03, source: ...'"},
        {"base: 2018 until: 2040\n",
         "s.yaml:1:12: error: 'until:' is on the line of another key's value\n"
         "hint: begin 'until:' on a line of its own; if it belongs to the text, put the whole text in "
         "quotes"},
        {"years: base: 2018\n",
         "s.yaml:1:8: error: 'base:' is on the line of 'years:', which it belongs under\n"
         "hint: begin 'base:' on the next line, two blanks further in, or write braces: 'years: {base: "
         "...}'"},
        {"{2018: 1,100}\n", "s.yaml:1:10: error: '1,100' has a comma, which ends a value inside braces\n"
                            "hint: thousands have no separator: '1100'; decimals have a point: '1.100'"},
        {"{2018: 0,125}\n", "s.yaml:1:10: error: '0,125' has a comma" POINT "'0.125'"},
        {"{2019 1100}\n", "s.yaml:1:2: error: a ':' is missing in '2019 1100'\nhint: write '2019: 1100'"},
        {"{2019: 1100 ; 2020: 1200}\n",
         "s.yaml:1:15: error: a ',' is missing before '2020:'\nhint: write '1100, 2020: ...'"},
        {"p: (unemployment: 0.03)\n",
         "s.yaml:1:4: error: keys can't be in '(' and ')'\n"
         "hint: write braces, '{' and '}', around them; a text in parentheses needs quotes"},
        {"{source: KL [2020]}\n",
         "s.yaml:1:13: error: a text in braces can't contain '['\nhint: put the whole text in quotes"},
        {"a: 1\nb: {source: KL #2}\n",
         "s.yaml:2:16: error: the '{' is never closed: all behind ' #' is a comment\n"
         "hint: put the text with '#' in quotes, or close it with '}' before"},
        {"{source: 'KL's'}\n",
         "s.yaml:1:14: error: text follows the end of a value\nhint: the quote opens in line 1, "
         "column 10: put the whole value in one pair of quotes, double ones where it has an apostrophe"},
        {"a: -\n", "s.yaml:1:4: error: a '-' alone is not a value\nhint: put it in quotes, or write null for "
                   "a missing value"},
        {"note: source: KL\n", "s.yaml:1:13: " QUOTES_VALUE},
        {"{a: , b : }\n", ""},
        {"a:\n  http://x.dk\n", ""},
    };
    CHECK(sayings, FREM_EN);
}

static void test_quotes_and_brackets(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"a: 1\nb: \"x\nc: 2\n", "s.yaml:2:4: error: the quote \" is never closed\nhint: close it with \""},
        {"a: 'x", "s.yaml:1:4: error: the quote ' is never closed\nhint: close it with '"},
        {"a: \"b\n---\n", "s.yaml:1:4: error: the quote \" is never closed\nhint: close it with \""},
        {"a: \"b\nc: \"d\"\n", "s.yaml:2:5: error: text follows the end of a value\nhint: the quote opens in "
                               "line 1, column 4: put the "
                               "whole value in one pair of quotes, double ones where it has an apostrophe"},
        {"å: \"b\" c\n", "s.yaml:1:8: error: text follows the end of a value\nhint: the quote opens in line "
                         "1, column 4: put the "
                         "whole value in one pair of quotes, double ones where it has an apostrophe"},
        {"- a: [1] x\n", "s.yaml:1:10: error: text follows the end of a value"},
        {"- [1] x\n", "s.yaml:1:7: error: text follows the end of a value"},
        {"a: \"C:\\data\"\n",
         "s.yaml:1:7: error: '\\d' has no meaning inside double quotes\nhint: write '/' between "
         "folders; '\\\\' is a backslash, and single quotes take it as it is"},
        {"a: [1, 2\nb: 3\n", "s.yaml:1:4: error: the '[' is never closed\nhint: close it with ']'"},
        {"x:\n  a: {b: 1\n  c: 2\n", "s.yaml:2:6: error: the '{' is never closed\nhint: close it with '}'"},
        {"a: [1, 2", "s.yaml:1:4: error: the '[' is never closed\nhint: close it with ']'"},
        {"a: [1, {b: 1,\n", "s.yaml:1:8: error: the '{' is never closed\nhint: close it with '}'"},
        {"a: {\n", "s.yaml:1:4: error: the '{' is never closed\nhint: close it with '}'"},
        {"a: [1, 2}\n", "s.yaml:1:9: error: a ',' or ']' is missing before this\n"
                        "hint: the '[' is in line 1, column 4"},
        {"a: {x: 1\n    y: 2}\n", "s.yaml:2:6: error: a ',' or '}' is missing before this\n"
                                  "hint: the '{' is in line 1, column 4"},
        {"a: [1, {]\n", "s.yaml:1:9: error: a ',' or '}' is missing before this\n"
                        "hint: the '{' is in line 1, column 8"},
        {"a: [1]]\n", "s.yaml:1:7: " STRAY("]")},
        {"- [1]]\n", "s.yaml:1:6: " STRAY("]")},
        {"a: }\n", "s.yaml:1:4: " STRAY("}")},
        {"[1]]\n", "s.yaml:1:4: " STRAY("]")},
        {"a: [1,,2]\n", "s.yaml:1:7: error: a value is missing before ','\nhint: remove one ','"},
    };
    CHECK(sayings, FREM_EN);
}

static void test_lines_and_starts(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"a:\n    b: 1\n  c: 2\n", "s.yaml:3:3: error: the indentation of this line fits no line above it\n"
                                   "hint: begin it in column 1 as line 1 does, or as deep as the line above"},
        {"- a\nb: 1\n", "s.yaml:2:1: error: a list goes on here and this line has no '-'\n"
                        "hint: the list begins in line 1, column 1"},
        {"a: - b\n", "s.yaml:1:4: " DASH},
        {"a: 1\n- b\n", "s.yaml:2:1: " DASH},
        {"a: 1\n-", "s.yaml:2:1: " DASH},
        {"[1, -, 3]\n", "s.yaml:1:5: error: a '-' alone is not a value\n"
                        "hint: put it in quotes, or write null for a missing value"},
        {"a: @x\n", "s.yaml:1:4: " START("@")},
        {"a: `x\n", "s.yaml:1:4: " START("`")},
        {"a: %x\n", "s.yaml:1:4: " START("%")},
        {"[::x]\n", "s.yaml:1:2: " START(":")},
        {"%x\n", "s.yaml:1:1: " START("%")},
        {"a: *.csv\n", "s.yaml:1:4: " START("*")},
        {"a: & b\n", "s.yaml:1:4: " START("&")},
        {"a: &på 1\n", "s.yaml:1:6: error: the name of an anchor can't contain 'å'\n"
                       "hint: use the letters a to z, digits, '-' and '_'"},
        {": 1\n", "s.yaml:1:1: error: a key is empty\nhint: write a name before ':'"},
        {"a: |x\n b\n", "s.yaml:1:5: error: not valid YAML: did not find expected comment or line break\n"
                        "hint: while scanning a block scalar, which begins in line 1"},
        {"b: ? c\n", "s.yaml:1:4: error: not valid YAML: mapping keys are not allowed in this context"},
    };
    CHECK(sayings, FREM_EN);
}

static void test_documents(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"", "s.yaml:1:1: error: the file is empty"},
        {"# only words\n\n", "s.yaml:1:1: error: the file is empty"},
        {"---\n", "s.yaml:1:1: error: the file is empty"},
        {"!!null ''\n", "s.yaml:1:1: error: the file is empty"},
        {"\xEF\xBB\xBF", "s.yaml:1:1: error: the file is empty"},
        {"a: 1\n---\nb: 2\n", "s.yaml:2:1: error: a second document begins here\n"
                              "hint: keep one document in a file: remove '---'"},
        {"a: 1\n---\n", "s.yaml:2:1: error: a second document begins here\n"
                        "hint: keep one document in a file: remove '---'"},
        {"a: 1\n...\nb: 1\n", "s.yaml:3:1: error: text follows the end of the document"},
        {"---\na: 1\n...\n", ""},
    };
    CHECK(sayings, FREM_EN);
}

static void test_meaning(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"a: 1\nb: 2\n'a': 3\n",
         "s.yaml:3:1: error: the key 'a' is given twice\nhint: the first is in line 1"},
        {"x:\n  blå: 1\n  bla\xCC\x8A: 2\n", /* å in two code points */
         "s.yaml:3:3: error: the key 'blå' is given twice\nhint: the first is in line 2"},
        {"a: {b: 1,\n  b: 2, b: 3}\n",
         "s.yaml:2:3: error: the key 'b' is given twice\nhint: the first is in "
         "line 1\ns.yaml:2:9: error: the key 'b' is given twice\nhint: the first "
         "is in line 1"},
        {"<<: {a: 1}\nb: 2\n<<: {c: 1}\n",
         "s.yaml:3:1: error: the key '<<' is given twice\nhint: the first is in line 1"},
        {"x: 1\n{a: 1}: 2\n", "s.yaml:2:1: error: a key must be a name or a number\n"
                              "hint: put the whole value in quotes if it is a text"},
        {"a: &n b\n*n : 2\n", "s.yaml:2:1: error: a key must be a name or a number\n"
                              "hint: put the whole value in quotes if it is a text"},
        {"a: {: 1}\n", "s.yaml:1:5: error: a key is empty\nhint: write a name before ':'"},
        {"'': 1\n", "s.yaml:1:1: error: a key is empty\nhint: write a name before ':'"},
        {"~: 1\n",
         "s.yaml:1:1: error: '~' means no value and can't be a key\nhint: put it in quotes if it is a name"},
        {"null: 1\n", "s.yaml:1:1: error: 'null' means no value and can't be a key\nhint: put it in quotes "
                      "if it is a name"},
        {"basis: &basis {a: 1}\nb: *bassi\n",
         "s.yaml:2:4: error: there is no anchor '&bassi' above\nhint: did you mean '*basis'?"},
        {"b: [1, *x]\n", "s.yaml:1:8: error: there is no anchor '&x' above"},
        {"a:\n  b: &x\n    c: [1, *x]\n",
         "s.yaml:3:12: error: the alias '*x' is inside its own anchor\nhint: '&x' is in line 2"},
        {"a: &x {<<: *x, b: 1}\n",
         "s.yaml:1:12: error: the alias '*x' is inside its own anchor\nhint: '&x' is in line 1"},
        {"a: !important b\n",
         "s.yaml:1:4: error: the tag '!important' is not known\nhint: only YAML's own tags are: "
         "!!str, !!int, !!float, !!bool, !!null, !!map, !!seq; a text that begins with '!' needs "
         "quotes"},
        {"a: !!set {}\n",
         "s.yaml:1:4: error: the tag '!!set' is not known\nhint: only YAML's own tags are: "
         "!!str, !!int, !!float, !!bool, !!null, !!map, !!seq; a text that begins with '!' needs "
         "quotes"},
        {"a: !e!x 1\n",
         "s.yaml:1:4: error: the tag '!e!x' is not known\nhint: only YAML's own tags are: "
         "!!str, !!int, !!float, !!bool, !!null, !!map, !!seq; a text that begins with '!' needs "
         "quotes"},
        {"a: !!map [b]\n",
         "s.yaml:1:4: error: the tag '!!map' does not fit what follows it\nhint: remove the tag"},
        {"a: !!int 1.5\nb: !!float x\nc: !!bool ja\nd: !!null 0\n",
         "s.yaml:1:4: error: the tag '!!int' does not fit what follows it\nhint: remove the tag\n"
         "s.yaml:2:4: error: the tag '!!float' does not fit what follows it\nhint: remove the tag\n"
         "s.yaml:3:4: error: the tag '!!bool' does not fit what follows it\nhint: remove the tag\n"
         "s.yaml:4:4: error: the tag '!!null' does not fit what follows it\nhint: remove the tag"},
        {"a: \"x\\0y\"\n", "s.yaml:1:4: error: a text can't contain the character \\0\nhint: remove '\\0'"},
    };
    CHECK(sayings, FREM_EN);
}

static void test_merge_faults(void **state) {
    (void)state;
#define MERGE_SAYS                                                                                           \
    "error: '<<' can merge only mappings\nhint: give it '*name' of a mapping, or a list of these"
    static const saying sayings[] = {
        {"<<: 1\n", "s.yaml:1:5: " MERGE_SAYS},
        {"a: &l [1]\nb: {<<: *l}\n", "s.yaml:2:9: " MERGE_SAYS},
        {"a: &s 1\nb:\n  <<: [{c: 1}, *s, 3]\n", "s.yaml:3:16: " MERGE_SAYS "\ns.yaml:3:20: " MERGE_SAYS},
        {"'<<': 1\n", ""},
    };
    CHECK(sayings, FREM_EN);
}

static void test_danish(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"a:\n\tb: 1\n", "s.yaml:2:1: error: der er rykket ind med en tabulator\n"
                         "hint: YAML tillader ikke tabulatorer til indrykning: brug mellemrum"},
        {"a: 1\noptag:1100\n", "s.yaml:2:1: error: der mangler et mellemrum efter ':' i 'optag:1100'\n"
                               "hint: skriv 'optag: 1100'"},
        {"a: b: c\n", "s.yaml:1:5: error: en værdi uden anførselstegn kan ikke indeholde ': '\n"
                      "hint: sæt hele værdien i anførselstegn"},
        {"a: \"x\n", "s.yaml:1:4: error: anførselstegnet \" bliver aldrig lukket\nhint: luk det med \""},
        {"a: [1\n", "s.yaml:1:4: error: '[' bliver aldrig lukket\nhint: luk den med ']'"},
        {"a: 1\na: 2\n",
         "s.yaml:2:1: error: nøglen 'a' er angivet to gange\nhint: den første står i linje 1"},
        {"a: |x\n b\n", "s.yaml:1:5: error: ikke gyldig YAML: did not find expected comment or line break\n"
                        "hint: while scanning a block scalar, som begynder i linje 1"},
    };
    CHECK(sayings, FREM_DA);
}

/* Bytes that a C string can't hold, or that are no text. */
static void test_encoding(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *says;
    } cases[] = {
        {"a: 1\nby: \xC5rhus\n", 14,
         "s.yaml:2:5: error: the byte 0xC5 does not belong in UTF-8 text\nhint: save the "
         "file as UTF-8"},
        {"æø\xE5: 1", 8,
         "s.yaml:1:3: error: the byte 0xE5 does not belong in UTF-8 text\nhint: save the file as "
         "UTF-8"},
        {"\xEF\xBB\xBF\xE6: 1\r\n", 9,
         "s.yaml:1:1: error: the byte 0xE6 does not belong in UTF-8 text\nhint: save the file as UTF-8"},
        {"a: 1\r\nb: 2\r\nc\0: 3", 17,
         "s.yaml:3:2: error: the byte 0x00 does not belong in UTF-8 text\nhint: save the file as UTF-8"},
        {"\xFF\xFE"
         "a\0:\0",
         6, "s.yaml:1:1: error: the file is UTF-16, not UTF-8\nhint: save the file as UTF-8"},
        {"\xFE\xFF\0a\0:", 6,
         "s.yaml:1:1: error: the file is UTF-16, not UTF-8\nhint: save the file as UTF-8"},
        {"a\0:\0 \0", 6, "s.yaml:1:1: error: the file is UTF-16, not UTF-8\nhint: save the file as UTF-8"},
        {"æ: x\x07\n", 7, "s.yaml:1:5: error: the control character U+0007 is not allowed\nhint: remove it"},
        {"\xEF\xBB\xBF"
         "a: 1\nb: \x1B\n",
         13, "s.yaml:2:4: error: the control character U+001B is not allowed\nhint: remove it"},
        {"a: 1\n\xEF\xBB\xBF"
         "b: 2\n",
         13, "s.yaml:2:1: error: the control character U+FEFF is not allowed\nhint: remove it"},
        {"\xEF\xBB\xBF"
         "a: b: c",
         10, "s.yaml:1:5: " QUOTES_VALUE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *says = report_of(cases[i].bytes, cases[i].n, FREM_EN);
        assert_text(says, cases[i].says);
        free(says);
    }
}

/* CR LF counts as one line end, also for places that are found in the bytes. */
static void test_crlf(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"a: 1\r\nb: c: d\r\n", "s.yaml:2:5: " QUOTES_VALUE},
        {"a: 1\r\n\r\nb:\r\n\tc: 1\r\n", "s.yaml:4:1: " TAB_SAYS},
        {"a: 1\r\na: 2\r\n", "s.yaml:2:1: error: the key 'a' is given twice\nhint: the first is in line 1"},
        {"a: 1\r\nb\r\nc: 2\r\n",
         "s.yaml:2:1: error: 'b' is among keys without a ':'\nhint: write ':' and a "
         "value after it, or indent it under the key it belongs to; a comment begins with '#'"},
        {"a: |\r\n  x\r\nb: 'y\r\n", "s.yaml:3:4: error: the quote ' is never closed\nhint: close it with '"},
    };
    CHECK(sayings, FREM_EN);
}

/* Reading goes on past what it can, up to a limit. */
static void test_all_problems(void **state) {
    (void)state;
    static const saying sayings[] = {
        {"a: *x\nb: 1\nb: 2\n~: 3\n",
         "s.yaml:1:4: error: there is no anchor '&x' above\n"
         "s.yaml:3:1: error: the key 'b' is given twice\nhint: the first is in line 2\n"
         "s.yaml:4:1: error: '~' means no value and can't be a key\n"
         "hint: put it in quotes if it is a name"},
    };
    CHECK(sayings, FREM_EN);
    frem_text yaml = {0};
    for (int i = 0; i < 500; i++)
        frem_text_add(&yaml, "a: 1\n");
    char *says = report_of(yaml.bytes, yaml.length, FREM_EN);
    const char *last = strrchr(says, '\n');
    assert_non_null(last);
    /* Line 1 is fine, lines 2 to 101 are the hundred; the latest thing read is the key of line 101. */
    assert_text(last + 1, "s.yaml:101:1: error: 100 problems in this file: what follows was not read");
    free(says);
    frem_text_free(&yaml);
}

/* Characters to bytes, forwards and back, behind a byte order mark. */
static void test_seek(void **state) {
    (void)state;
    const frem_source source = {.bytes = "\xEF\xBB\xBF"
                                         "aæ😀\nb",
                                .size = 12};
    frem_tree_cursor cursor = {0};
    assert_int_equal(frem_tree_seek(&source, &cursor, 0), 3);
    assert_int_equal(frem_tree_seek(&source, &cursor, 3), 3 + 1 + 2 + 4);
    assert_int_equal(frem_tree_seek(&source, &cursor, 2), 3 + 1 + 2);
    assert_int_equal(frem_tree_seek(&source, &cursor, 99), 12);
}

static void test_cut(void **state) {
    (void)state;
    char out[4 * 3 + 4];
    frem_tree_cut("æøå", 6, 3, out);
    assert_text(out, "æøå");
    frem_tree_cut("æøå1", 7, 3, out);
    assert_text(out, "æøå...");
    frem_tree_cut("", 0, 3, out);
    assert_text(out, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tabs),
        cmocka_unit_test(test_colons),
        cmocka_unit_test(test_quotes_and_brackets),
        cmocka_unit_test(test_lines_and_starts),
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_meaning),
        cmocka_unit_test(test_merge_faults),
        cmocka_unit_test(test_danish),
        cmocka_unit_test(test_encoding),
        cmocka_unit_test(test_crlf),
        cmocka_unit_test(test_all_problems),
        cmocka_unit_test(test_seek),
        cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
