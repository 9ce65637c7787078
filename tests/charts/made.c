/* made FOLDER FORMAT: draws figures of made-up numbers to FOLDER/charts/: kinds that no scenario at hand shows, and labels
 * that mean harm. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "output/charts/charts.h"

#define FIRST_YEAR 2025
#define YEARS 16
#define COLUMNS 10

static const char hostile[] = "`touch pwned` $(touch pwned) 'x'' \"quoted\" <script>alert(1)</script> & =1+1 "
                              "| %s %n \\n @foo {/Bold b}";
static const char rtl[] = "שלום עולם مرحبا \xE2\x80\xAEturned";
static const char emoji[] = "👩‍🏫 pædagoger 🇩🇰\nsecond line\ttab\x01";
static const char broken[] = "broken \xC3\x28 bytes";
static char long_label[301];

static frem_label plain(const char *text) {
    return (frem_label){{text, text}};
}

static void must(frem_status status, const char *what) {
    if (status == FREM_OK)
        return;
    (void)fprintf(stderr, "%s: %s\n", what, frem_status_text(status, FREM_EN));
    exit(frem_status_exit(status));
}

/* --- documents --- */

static frem_frame *new_frame(const char *const *names, const frem_column_kind *kinds) {
    frem_frame *frame = NULL;
    must(frem_frame_new(&frame, names, kinds, COLUMNS), "frame");
    return frame;
}

static void add_row(frem_frame *frame, const char *const labels[COLUMNS], int year, int age, double value) {
    frem_cell cells[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++) {
        const char *name = frem_frame_column_name(frame, c);
        if (labels[c] != NULL)
            must(frem_frame_label(frame, c, labels[c], &cells[c].label), "label");
        else if (strcmp(name, "year") == 0)
            cells[c].whole = year;
        else if (strcmp(name, "age") == 0)
            cells[c].whole = age;
        else
            cells[c].number = value;
    }
    must(frem_frame_add(frame, cells), "row");
}

static void add_result(frem_frame *frame, const char *variant, int year, const char *region,
                       const char *profession, const char *measure, const char *statistic, double value) {
    const char *const labels[COLUMNS] = {"made", variant, NULL,      region, profession,
                                         "all",  measure, statistic, "fte",  NULL};
    add_row(frame, labels, year, 0, value);
}

static frem_frame *new_results(void) {
    static const char *const names[COLUMNS] = {"scenario", "variant", "year",      "region", "profession",
                                               "sector",   "measure", "statistic", "unit",   "value"};
    static const frem_column_kind kinds[COLUMNS] = {
        FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_WHOLE, FREM_COLUMN_LABEL, FREM_COLUMN_LABEL,
        FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_NUMBER};
    return new_frame(names, kinds);
}

static frem_frame *new_stock(const char *profession) {
    static const char *const names[COLUMNS] = {"scenario", "variant", "year",      "region", "profession",
                                               "sex",      "age",     "statistic", "unit",   "value"};
    static const frem_column_kind kinds[COLUMNS] = {
        FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_WHOLE, FREM_COLUMN_LABEL, FREM_COLUMN_LABEL,
        FREM_COLUMN_LABEL, FREM_COLUMN_WHOLE, FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_NUMBER};
    frem_frame *frame = new_frame(names, kinds);
    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
        for (int sex = 0; sex < 2; sex++) {
            for (int age = 22; age <= 70; age++) {
                const char *const labels[COLUMNS] = {"made",          "base", NULL,    "all",     profession,
                                                     sex ? "m" : "f", NULL,   "point", "persons", NULL};
                const double middle = 44.0 + (year - FIRST_YEAR) * 0.3;
                const double hump = exp(-(age - middle) * (age - middle) / 300.0);
                add_row(frame, labels, year, age, (sex ? 140.0 : 560.0) * hump);
            }
        }
    }
    return frame;
}

/* Ten years with too many and then too few; quantiles around them; variants; two areas. */
static frem_frame *new_story(const char *const *professions, size_t n, const char *const *variants,
                             size_t n_variants) {
    static const char *const quantiles[] = {"point", "p05", "p25", "p50", "p75", "p95"};
    static const double away[] = {0.0, -1.64, -0.67, 0.0, 0.67, 1.64};
    frem_frame *frame = new_results();
    for (size_t v = 0; v < n_variants; v++) {
        for (int y = 0; y < YEARS; y++) {
            for (size_t p = 0; p < n; p++) {
                const double demand = 5000.0 + 60.0 * y + 900.0 * (double)p;
                const double gap =
                    500.0 - 14.0 * y * y + 900.0 * sin(0.4 * y + (double)(p + 2 * v)) * (v > 0);
                add_result(frame, variants[v], FIRST_YEAR + y, "all", professions[p], "supply", "point",
                           demand + gap);
                add_result(frame, variants[v], FIRST_YEAR + y, "all", professions[p], "demand", "point",
                           demand);
                for (size_t q = 0; q < 6; q++)
                    add_result(frame, variants[v], FIRST_YEAR + y, "all", professions[p], "gap", quantiles[q],
                               gap + away[q] * 60.0 * sqrt((double)y));
                for (int r = 0; r < 2; r++)
                    add_result(frame, variants[v], FIRST_YEAR + y, r ? "south" : "north", professions[p],
                               "coverage", "point", 1.0 + (r ? -0.01 : 0.004) * y);
            }
        }
    }
    return frame;
}

/* --- figures that analyses make --- */

static void draw_tornado(frem_arena *arena, frem_chart_format format, frem_pictures *pictures,
                         frem_stage *stage) {
    const frem_swing swings[] = {
        {"Birth rate", -310.0, 280.0, "−5 %", "+5 %"},
        {"Completion of the pedagogue programme", -720.0, 540.0, "0.68", "0.80"},
        {"Mean age of retirement, in years after the pension age that the law gives", -250.0, 610.0, "62.5",
         "64.0"},
        {"Children per pedagogue", -380.0, -90.0, "5.6", "6.0"},
        {"Unemployment", -120.0, -120.0, "3 %", "3 %"},
        {hostile, -60.0, 40.0, hostile, long_label},
    };
    frem_figure figure = {.kind = FREM_FIGURE_BARS,
                          .name = "tornado",
                          .title = "Pedagogues: what the gap in 2035 depends on",
                          .subtitle = "Full-time equivalents; low and high end of each parameter",
                          .source = "Source: made-up numbers",
                          .scale = {.has_reference = true, .reference = -120.0},
                          .n_bars = sizeof swings / sizeof *swings};
    must(frem_figure_tornado(arena, swings, figure.n_bars, -120.0, &figure.bars), "tornado");
    must(frem_write_figure(&figure, format, pictures, stage, NULL), "tornado");
}

static void draw_waterfall(frem_arena *arena, frem_chart_format format, frem_pictures *pictures,
                           frem_stage *stage) {
    const frem_step steps[] = {
        {"Balance 2025", 1240.0, true, "1.240"},
        {"Flere dimittender", 830.0, false, "+830"},
        {"Flere på pension", -1460.0, false, "−1.460"},
        {"Færre børn", 400.0, false, "+400"},
        {"Flere pædagoger pr. barn", -2210.0, false, "−2.210"},
        {"Balance 2035", -1200.0, true, "−1.200"},
    };
    frem_figure figure = {.kind = FREM_FIGURE_BARS,
                          .name = "waterfall",
                          .title = "Pædagoger: fra balancen i 2025 til balancen i 2035",
                          .subtitle = "Årsværk",
                          .source = "Kilde: opdigtede tal",
                          .lang = FREM_DA,
                          .scale = {.from_zero = true},
                          .n_bars = sizeof steps / sizeof *steps};
    must(frem_figure_waterfall(arena, steps, figure.n_bars, &figure.bars), "waterfall");
    must(frem_write_figure(&figure, format, pictures, stage, NULL), "waterfall");
}

static frem_status write_document(const frem_document *document, frem_chart_format format, frem_lang lang,
                                  frem_stage *stage) {
    const frem_write_options options = {.lang = lang};
    switch (format) {
    case FREM_CHART_SVG:
        return frem_write_svg(document, &options, stage, NULL);
    case FREM_CHART_PDF:
        return frem_write_pdf(document, &options, stage, NULL);
    case FREM_CHART_PNG:
    default:
        return frem_write_png(document, &options, stage, NULL);
    }
}

static void write_manifest(frem_stage *stage) {
    frem_sink *sink = NULL;
    must(frem_stage_file(stage, FREM_MANIFEST, &sink), "manifest");
    frem_sink_text(sink, "{}\n");
    must(frem_stage_close_file(stage, sink), "manifest");
}

static void draw_document(frem_chart_format format, frem_stage *stage) {
    static const char *const professions[] = {"paedagog", hostile, rtl, emoji, broken, long_label};
    static const char *const variants[] = {"base", "more", "fewer"};
    static const char *const regions[] = {"north", "south"};
    frem_run runs[3];
    for (size_t v = 0; v < 3; v++)
        runs[v] = (frem_run){.name = "made",
                             .variant = variants[v],
                             .title = plain("A title with `touch pwned` and 'quotes'"),
                             .regions = regions,
                             .n_regions = 2};
    const frem_name names[] = {{NULL, "measure", "supply", {{"Supply", "Udbud"}}},
                               {NULL, "measure", "demand", {{"Demand", "Efterspørgsel"}}},
                               {NULL, "region", "all", {{"All regions", "Alle områder"}}},
                               {NULL, "profession", "paedagog", {{"Pedagogues", "Pædagoger"}}},
                               {NULL, "variant", "base", {{"As planned", "Som planlagt"}}},
                               {NULL, "variant", "more", {{"More study places", "Flere studiepladser"}}},
                               {NULL, "variant", "fewer", {{hostile, hostile}}}};
    const frem_assumption assumptions[] = {
        {.scenario = "made",
         .variant = "base",
         .path = "a",
         .value = "1",
         .source = {{"Statistics Denmark, FOLK1A", "Statistics Denmark, FOLK1A"}}},
        {.scenario = "made",
         .variant = "base",
         .path = "b",
         .value = "1",
         .source = {{"assumption, of no one", "assumption, of no one"}}},
        {.scenario = "made",
         .variant = "base",
         .path = "c",
         .value = "1",
         .source = {{"Statistics Denmark, FOLK1A", "Statistics Denmark, FOLK1A"}}},
        {.scenario = "made", .variant = "base", .path = "d", .value = "1", .source = {{hostile, hostile}}}};
    frem_frame *results = new_story(professions, 6, variants, 3), *stock = new_stock("paedagog");
    const frem_document document = {.results = results,
                                    .stock = stock,
                                    .scenarios = runs,
                                    .n_scenarios = 3,
                                    .names = names,
                                    .n_names = sizeof names / sizeof *names,
                                    .assumptions = assumptions,
                                    .n_assumptions = sizeof assumptions / sizeof *assumptions};
    must(write_document(&document, format, FREM_EN, stage), "document");
    frem_frame_free(results);
    frem_frame_free(stock);
}

int main(int argc, char **argv) {
    static const char *const kinds[] = {"svg", "pdf", "png"};
    size_t format = 0;
    if (argc != 3)
        return 2;
    while (format < FREM_CHART_FORMATS && strcmp(argv[2], kinds[format]) != 0)
        format++;
    if (format == FREM_CHART_FORMATS)
        return 2;
    memset(long_label, 'L', 300);
    frem_stage *stage = NULL;
    frem_pictures *pictures = NULL;
    frem_arena *arena = NULL;
    must(frem_arena_new(&arena), "arena");
    must(frem_stage_open(&stage, argv[1], NULL), argv[1]);
    draw_document((frem_chart_format)format, stage);
    must(frem_pictures_open(&pictures, (frem_chart_format)format, NULL), "librsvg");
    draw_tornado(arena, (frem_chart_format)format, pictures, stage);
    draw_waterfall(arena, (frem_chart_format)format, pictures, stage);
    frem_pictures_close(pictures);
    write_manifest(stage);
    must(frem_stage_commit(stage, NULL), "commit");
    frem_arena_free(arena);
    return 0;
}
