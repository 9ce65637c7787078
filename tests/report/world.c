/* world OUT en|da: a report, with results.csv beside it, of a document made here: two scenarios, one with a variant;
 * professions of which one has no supply; labels that try to break out; a stock by age; assumptions, a warning. What no
 * shipped scenario has all of. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "output/names.h"
#include "output/report/writer.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LONG50 "Langt navn uden ende, som ingen har villet forkorte"
#define LONG300 LONG50 LONG50 LONG50 LONG50 LONG50 LONG50

enum { BASE = 2020, LAST = 2030 };

static const char *const columns[] = {"scenario", "variant", "year",      "region", "profession",
                                      "sector",   "measure", "statistic", "unit",   "value"};
static const char *const stock_columns[] = {"scenario", "variant", "year",      "region", "profession",
                                            "sex",      "age",     "statistic", "unit",   "value"};
static const char *const regions[] = {"101", "102", "103",     "104", "105",
                                      "106", "107", "k<&\"'>", "Syd", "all"};
static const char *const groups[] = {"Syd"};
static const char *const professions[] = {"p1", "p2", "none", "all"};

static const frem_run runs[] = {
    {.name = "world",
     .variant = "base",
     .title = {{"</title><script>window.pwned=1</script> & Co.",
                "</title><script>window.pwned=1</script> & søn"}},
     .file = "world.yaml",
     .resolved = "fremskriv: 1\n",
     .groups = groups,
     .n_groups = 1,
     .regions = regions,
     .n_regions = 8,
     .base_year = BASE},
    {.name = "world",
     .variant = "more",
     .title = {{"not shown", "vises ikke"}},
     .file = "world.yaml",
     .groups = groups,
     .n_groups = 1,
     .regions = regions,
     .n_regions = 8,
     .base_year = BASE},
    {.name = "=1+1",
     .variant = "base",
     .title = {{"Second scenario", "Andet scenarie"}},
     .file = "second.yaml",
     .groups = groups,
     .n_groups = 1,
     .regions = regions,
     .n_regions = 8,
     .base_year = BASE},
};

#define BOTH(text)                                                                                           \
    {                                                                                                        \
        { text, text }                                                                                       \
    }
static const frem_name names[] = {
    {NULL, "measure", "supply", {{"Supply", "Udbud"}}},
    {NULL, "measure", "demand", {{"Demand", "Efterspørgsel"}}},
    {NULL, "measure", "gap", {{"Gap", "Balance"}}},
    {NULL, "measure", "coverage", {{"Coverage", "Dækning"}}},
    {NULL, "measure", "graduates", {{"Graduates", "Dimittender"}}},
    {NULL, "measure", "retirements", {{"Retirements", "Tilbagetrækninger"}}},
    {NULL, "unit", "fte", {{"FTE", "årsværk"}}},
    {NULL, "unit", "persons", {{"persons", "personer"}}},
    {NULL, "unit", "ratio", {{"ratio", "andel"}}},
    {NULL, "region", "all", {{"All regions", "Alle områder"}}},
    {NULL, "profession", "all", {{"All professions", "Alle faggrupper"}}},
    {NULL, "sector", "all", {{"All sectors", "Alle brancher"}}},
    {NULL, "variant", "base", {{"base", "grundscenarie"}}},
    {NULL, "sex", "f", {{"Women", "Kvinder"}}},
    {NULL, "sex", "m", {{"Men", "Mænd"}}},
    {"world", "region", "101", BOTH("<script>window.pwned=1</script>")},
    {"world", "region", "102", BOTH("\"><img src=x onerror=window.pwned=1>")},
    {"world", "region", "103", BOTH("=1+1")},
    {"world", "region", "104", BOTH("`touch pwned` $(touch pwned) ${1}")},
    {"world", "region", "105", BOTH(LONG300)},
    {"world", "region", "106",
     BOTH("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8F\xAB \xD9\x85\xD8\xAF\xD8\xB1\xD8\xB3\xD8\xA9 "
          "\xE2\x80\xAE")},
    {"world", "region", "107", BOTH("first\nsecond\r\n\tthird \xE2\x80\xA8 \x1B[2J {year} {{t:year}}")},
    {"world", "region", "k<&\"'>", BOTH("</script><!-- ]]> --><script>window.pwned=1</script>")},
    {"world", "profession", "p1", {{"Pedagogues", "Pædagoger"}}},
    {"world", "profession", "p2", BOTH("SOSU-'\"<b>assistenter</b>")},
    {"world", "profession", "none", BOTH("Ærlige ufaglærte")},
    {"world", "sector", "s1", BOTH("-2+3;\"x\"")},
    {"world", "sector", "s2", BOTH("@SUM(A1), <i>&amp;")},
    {"world", "variant", "more", BOTH("Flere & <b>bedre</b>")},
};
static const frem_note notes[] = {
    {"world", "split-by-key", "demand.s1", BOTH("demand.s1 <script>window.pwned=1</script>")},
    {"world", "other", "x", BOTH("A note & more")},
};
static const frem_assumption assumptions[] = {
    {"world",
     "base",
     "programmes.p1.completion",
     "0.74",
     "ratio",
     BOTH("Someone's <b>\"table\"</b>, 2020"),
     "world.yaml",
     12,
     {{"Share of an intake that completes", "Andel af et optag, der fuldfører"}},
     BOTH("74 %"),
     {{NULL, NULL}},
     .own = true},
    {"world",
     "more",
     "programmes.p1.intake",
     "{2026: 1100, then: hold}",
     "persons",
     {{NULL, NULL}},
     "world.yaml",
     31,
     BOTH("Intake <script>window.pwned=1</script>"),
     BOTH("{2026: 1100, then: hold}"),
     BOTH("<i>Programme</i> & co."),
     .own = true},
    {"=1+1",
     "base",
     "demand.s1.employment",
     "=1+1",
     NULL,
     BOTH("`touch pwned`"),
     "second.yaml",
     0,
     {{NULL, NULL}},
     BOTH("=1+1"),
     {{NULL, NULL}},
     .technical = true},
};

/** Out of memory, or a part that does not keep its word. */
static void need(frem_status status) {
    if (status == FREM_OK)
        return;
    (void)fprintf(stderr, "world: %s\n", frem_status_text(status, FREM_EN));
    exit(frem_status_exit(status));
}

static uint32_t code(frem_frame *frame, size_t column, const char *label) {
    uint32_t found = 0;
    need(frem_frame_label(frame, column, label, &found));
    return found;
}

/** What changes from row to row: scenario, variant and region with a factor for their size. */
typedef struct place {
    const char *scenario, *variant, *region;
    double size;
    int year;
} place;

static void add(frem_frame *frame, const place *at, const char *profession, const char *sector,
                const char *measure, const char *unit, double value) {
    const char *const labels[] = {at->scenario, at->variant, NULL,    at->region, profession,
                                  sector,       measure,     "point", unit,       NULL};
    frem_cell cells[COUNT(columns)];
    for (size_t c = 0; c < COUNT(columns); c++) {
        if (labels[c] != NULL)
            cells[c].label = code(frame, c, labels[c]);
    }
    cells[2].whole = at->year;
    cells[9].number = value;
    need(frem_frame_add(frame, cells));
}

/** p1 begins in balance, has a surplus and then a shortage; p2 has a shortage all the time, but in region 103 one that
 *  one decimal does not show; `none` has a demand alone. */
static void add_profession(frem_frame *frame, const place *at, int p) {
    const char *key = professions[p];
    const int t = at->year - BASE;
    const double half[] = {at->size * (60.123456 + 7 * p + t), at->size * (39.654321 + 3 * p + 2.0 * t)};
    const double demand = half[0] + half[1];
    double supply = p == 0 ? demand + at->size * t * (6.5 - t) : demand - at->size * (3.0 + t);
    if (p == 1 && strcmp(at->region, "103") == 0)
        supply = demand - 0.04;
    if (strcmp(at->variant, "more") == 0)
        supply += 25.5;
    add(frame, at, key, "s1", "demand", "fte", half[0]);
    add(frame, at, key, "s2", "demand", "fte", half[1]);
    if (p < 2)
        add(frame, at, key, "all", "supply", "fte", supply);
    add(frame, at, key, "all", "demand", "fte", demand);
    if (p == 2)
        return;
    add(frame, at, key, "all", "gap", "fte", supply - demand);
    add(frame, at, key, "all", "coverage", "ratio", supply / demand);
    if (t > 0) {
        add(frame, at, key, "all", "graduates", "persons", at->size * 9.5);
        add(frame, at, key, "all", "retirements", "persons", at->size * (7 + 0.5 * t));
    }
}

static void add_all(frem_frame *frame, const place *at) {
    const int t = at->year - BASE;
    add(frame, at, "all", "all", "supply", "fte", at->size * (250 + t));
    add(frame, at, "all", "all", "demand", "fte", at->size * (260 + 3.0 * t));
    add(frame, at, "all", "all", "gap", "fte", -at->size * (10 + 2.0 * t));
    add(frame, at, "all", "all", "coverage", "ratio", (250.0 + t) / (260 + 3.0 * t));
}

static frem_frame *new_frame(const char *const *named, size_t n, size_t age) {
    frem_column_kind kinds[COUNT(columns)];
    frem_frame *frame = NULL;
    for (size_t c = 0; c < n; c++)
        kinds[c] = c == 2 || c == age ? FREM_COLUMN_WHOLE
                   : c + 1 == n       ? FREM_COLUMN_NUMBER
                                      : FREM_COLUMN_LABEL;
    need(frem_frame_new(&frame, named, kinds, n));
    return frame;
}

static frem_frame *make_results(void) {
    frem_frame *frame = new_frame(columns, COUNT(columns), COUNT(columns));
    for (size_t s = 0; s < COUNT(runs); s++) {
        for (int year = BASE; year <= LAST; year++) {
            for (size_t r = 0; r < COUNT(regions); r++) {
                const double size = (r < 8 ? 1.0 + (double)r : 36) * (s == 2 ? 100 : 1);
                const place at = {runs[s].name, runs[s].variant, regions[r], size, year};
                for (int p = 0; p < 3; p++)
                    add_profession(frame, &at, p);
                add_all(frame, &at);
            }
        }
    }
    return frame;
}

static frem_frame *make_stock(void) {
    static const char *const sexes[] = {"f", "m"};
    frem_frame *frame = new_frame(stock_columns, COUNT(stock_columns), 6);
    for (int year = BASE; year <= LAST; year++) {
        for (size_t sex = 0; sex < 2; sex++) {
            for (int age = 22; age < 68; age++) {
                frem_cell cells[COUNT(stock_columns)];
                const char *const labels[] = {"world",    "base", NULL,    "Syd",     "p1",
                                              sexes[sex], NULL,   "point", "persons", NULL};
                for (size_t c = 0; c < COUNT(stock_columns); c++) {
                    if (labels[c] != NULL)
                        cells[c].label = code(frame, c, labels[c]);
                }
                cells[2].whole = year;
                cells[6].whole = age;
                cells[9].number = (double)((age - 21) * (69 - age)) / (sex == 0 ? 10 : 25) + year - BASE;
                need(frem_frame_add(frame, cells));
            }
        }
    }
    return frame;
}

static void write_folder(const frem_document *document, const char *folder, frem_lang lang) {
    frem_stage *stage = NULL;
    frem_diags *diags = NULL;
    frem_sink *sink = NULL;
    const frem_place where = {"tables/<b>.csv", 3, 4};
    const frem_write_options options = {.lang = lang};
    need(frem_diags_new(&diags));
    need(FREM_PROBLEM(diags, where, ENTRY_SHARES_SUM, "<script>window.pwned=1</script>", "1.1"));
    need(frem_stage_open(&stage, folder, diags));
    need(frem_stage_file(stage, FREM_RESULTS_CSV, &sink));
    need(frem_write_csv(document->results, FREM_DECIMAL_POINT, sink));
    need(frem_stage_close_file(stage, sink));
    need(frem_write_report(document, &options, stage, diags));
    need(frem_write_manifest(document, stage));
    need(frem_stage_commit(stage, diags));
    frem_diags_free(diags);
}

int main(int argc, char **argv) {
    if (argc != 3)
        return 2;
    static const char *const command[] = {"run", "it's a \"world\".yaml", "--set", "a=<b>"};
    frem_frame *results = make_results(), *stock = make_stock();
    const frem_document document = {.kind = FREM_TABLE_RESULTS,
                                    .results = results,
                                    .stock = stock,
                                    .scenarios = runs,
                                    .n_scenarios = COUNT(runs),
                                    .names = names,
                                    .n_names = COUNT(names),
                                    .notes = notes,
                                    .n_notes = COUNT(notes),
                                    .assumptions = assumptions,
                                    .n_assumptions = COUNT(assumptions),
                                    .command = command,
                                    .n_command = COUNT(command),
                                    .has_seed = true,
                                    .seed = 42};
    write_folder(&document, argv[1], strcmp(argv[2], "da") == 0 ? FREM_DA : FREM_EN);
    frem_frame_free(results);
    frem_frame_free(stock);
    return 0;
}
