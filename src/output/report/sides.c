/* Scenarios and variants side by side: of what the report shows first a table, which the script fills anew for every
 * other choice, with a chart of them. Tests compare the two. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "frame/columns.h"
#include "frame/measures.h"
#include "output/html.h"
#include "output/names.h"
#include "output/report/report.h"

/** Nothing is a percentage of less, as in compare.csv. */
#define NO_REFERENCE 0.5e-6

/** The measures of the table, in its order. */
static const frem_measure_id columns[] = {FREM_M_SUPPLY, FREM_M_DEMAND, FREM_M_GAP};
enum { COLUMNS = sizeof columns / sizeof *columns };

frem_status frem_report_open_sides(frem_report *report) {
    const frem_document *document = report->document;
    report->sides = calloc(document->n_scenarios + 1, sizeof *report->sides);
    if (report->sides == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < document->n_scenarios; i++) {
        const frem_run *run = &document->scenarios[i];
        const ptrdiff_t s = frem_column_code(report->frame, "scenario", run->name);
        const ptrdiff_t v = frem_column_code(report->frame, "variant", run->variant);
        if (s < 0 || v < 0)
            continue;
        frem_report_side *side = &report->sides[report->n_sides++];
        *side = (frem_report_side){.run = run, .scenario = (uint32_t)s, .variant = (uint32_t)v};
        frem_add_side(&side->name, document, i, report->lang);
        if (side->name.failed)
            return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

void frem_report_close_sides(frem_report *report) {
    for (size_t i = 0; i < report->n_sides; i++)
        frem_text_free(&report->sides[i].name);
    free(report->sides);
}

static void add_word(frem_report *report, frem_report_word word) {
    frem_html_add(&report->out, frem_report_word_text(word, report->lang));
}

/** The value of a side in the last year; NaN where it has none. */
static double value_of(const frem_report *report, const frem_report_side *side, uint32_t profession,
                       size_t measure) {
    const frem_report_start *start = &report->start;
    double value = (double)NAN;
    if (report->measures[measure] < 0)
        return value;
    const uint32_t codes[] = {side->scenario, side->variant,           (uint32_t)start->region,
                              profession,     (uint32_t)start->sector, (uint32_t)report->measures[measure]};
    const ptrdiff_t place = frem_curves_find(&report->series, codes);
    return frem_report_value(report, place, start->last, &value) ? value : (double)NAN;
}

/** Adds a number with its sign: "+" before one that is above zero once it is rounded. */
static void add_signed(frem_text *out, double value, frem_lang lang, bool percent) {
    frem_text text = {0};
    if (percent)
        frem_report_add_number(&text, value, 0, 1, lang);
    else
        frem_report_add_size(&text, value, lang);
    if (value > 0 && !text.failed && strpbrk(text.bytes, "123456789") != NULL)
        frem_text_add(out, "+");
    frem_text_add(out, text.failed ? "" : text.bytes);
    out->failed = out->failed || text.failed;
    frem_text_free(&text);
}

/** The cell of a number that has one, up to what is shown of it. @return whether there is a number. */
static bool begin_cell(frem_report *report, double value) {
    if (isnan(value)) {
        frem_text_add(&report->out, "<td>–</td>");
        return false;
    }
    char written[FREM_FIXED_MAX];
    (void)frem_number_fixed(written, value, 6);
    frem_text_print(&report->out, "<td data-value=\"%s\">", written);
    return true;
}

void frem_report_add_signed(frem_text *out, double value, frem_lang lang) {
    add_signed(out, value, lang, false);
}

static void add_cell(frem_report *report, double value, bool is_signed) {
    if (!begin_cell(report, value))
        return;
    if (is_signed)
        add_signed(&report->out, value, report->lang, false);
    else
        frem_report_add_size(&report->out, value, report->lang);
    frem_text_add(&report->out, "</td>");
}

static void add_difference(frem_report *report, double value, double reference, bool percent) {
    const double difference = value - reference;
    if (!begin_cell(report, difference))
        return;
    add_signed(&report->out, difference, report->lang, false);
    if (percent && fabs(reference) >= NO_REFERENCE) {
        frem_text_add(&report->out, "<span class=\"unit\">");
        add_signed(&report->out, 100 * difference / reference, report->lang, true);
        add_word(report, FREM_WORD_percent_sign);
        frem_text_add(&report->out, "</span>");
    }
    frem_text_add(&report->out, "</td>");
}

static bool any_value(const frem_report *report, const frem_report_side *side, uint32_t profession) {
    bool any = false;
    for (size_t c = 0; c < COLUMNS; c++)
        any = any || !isnan(value_of(report, side, profession, columns[c]));
    return any;
}

static void add_side(frem_report *report, size_t i, uint32_t profession) {
    const frem_report_side *side = &report->sides[i];
    frem_text_add(&report->out, "<tr><th scope=\"row\"><bdi>");
    frem_html_add(&report->out, side->name.bytes);
    frem_text_add(&report->out, "</bdi></th>");
    for (size_t c = 0; c < COLUMNS; c++) {
        const double value = value_of(report, side, profession, columns[c]);
        add_cell(report, value, columns[c] == FREM_M_GAP);
        /* The first has nothing to differ from. */
        const double reference =
            i > 0 ? value_of(report, &report->sides[0], profession, columns[c]) : (double)NAN;
        add_difference(report, value, reference, frem_measure_has_percent(frem_measures[columns[c]].name));
    }
    frem_text_add(&report->out, "</tr>\n");
}

static void add_profession(frem_report *report, uint32_t profession, const char *key) {
    bool any = false;
    for (size_t i = 0; i < report->n_sides; i++)
        any = any || any_value(report, &report->sides[i], profession);
    if (!any)
        return;
    frem_text_print(&report->out, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%d\">",
                    1 + 2 * (int)COLUMNS);
    frem_report_add_label(report, "profession", key);
    frem_text_add(&report->out, "</th></tr>\n");
    for (size_t i = 0; i < report->n_sides; i++) {
        if (any_value(report, &report->sides[i], profession))
            add_side(report, i, profession);
    }
}

static void add_table(frem_report *report) {
    frem_text_add(&report->out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                                "aria-labelledby=\"head-sides\"><table id=\"sides\" class=\"numbers sides\">"
                                "<thead><tr><th scope=\"col\"></th>");
    for (size_t c = 0; c < COLUMNS; c++) {
        frem_text_add(&report->out, "<th scope=\"col\">");
        frem_html_add(&report->out, frem_document_any_label(report->document, "measure",
                                                            frem_measures[columns[c]].name, report->lang));
        frem_text_add(&report->out, "</th><th scope=\"col\">");
        add_word(report, FREM_WORD_sides_difference);
        frem_text_add(&report->out, "</th>");
    }
    frem_text_add(&report->out, "</tr></thead>\n<tbody>\n");
    for (size_t p = 0; p < frem_column_labels(report->frame, "profession"); p++) {
        const char *key = frem_column_label(report->frame, "profession", p);
        if (strcmp(key, "all") != 0)
            add_profession(report, (uint32_t)p, key);
    }
    frem_text_add(&report->out, "</tbody></table></div>\n");
}

static void add_chart(frem_report *report) {
    static const struct {
        const char *value;
        frem_report_word word;
    } ways[] = {{"value", FREM_WORD_sides_values},
                {"difference", FREM_WORD_sides_difference},
                {"percent", FREM_WORD_sides_percent}};
    frem_text_add(&report->out, "<div id=\"part-sides-chart\" data-script hidden>\n<p class=\"actions "
                                "screen\"><label class=\"choice inline\">");
    add_word(report, FREM_WORD_sides_show);
    frem_text_add(&report->out,
                  " <select id=\"sides-measure\"></select></label>\n<label class=\"choice inline\">");
    add_word(report, FREM_WORD_sides_as);
    frem_text_add(&report->out, " <select id=\"sides-as\">");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        frem_text_print(&report->out, "<option value=\"%s\">", ways[i].value);
        add_word(report, ways[i].word);
        frem_text_add(&report->out, "</option>");
    }
    frem_text_add(&report->out,
                  "</select></label></p>\n<figure>\n<p class=\"lede\" id=\"lede-sides-chart\"></p>\n"
                  "<ul class=\"legend\" id=\"legend-sides\"></ul>\n"
                  "<div class=\"plot\"><canvas id=\"chart-sides\" role=\"img\"></canvas></div>\n"
                  "<p class=\"readout\" id=\"readout-sides\"></p>\n"
                  "<figcaption class=\"source\"></figcaption>\n</figure>\n</div>\n");
}

void frem_report_add_sides(frem_report *report) {
    const frem_report_start *start = &report->start;
    if (report->n_sides < 2 || start->region < 0 || start->sector < 0)
        return;
    frem_text year = {0};
    frem_text_print(&year, "%d", (int)start->last);
    const frem_report_part parts[] = {
        {"year", year.failed ? "" : year.bytes}, {"reference", report->sides[0].name.bytes}, {NULL, NULL}};
    frem_text_add(&report->out, "<section id=\"part-sides\" class=\"long\" aria-labelledby=\"head-sides\">\n"
                                "<h2 id=\"head-sides\">");
    add_word(report, FREM_WORD_sides);
    frem_text_add(&report->out, "</h2>\n<p class=\"lede\" id=\"lede-sides\">");
    frem_report_add_sentence(report, FREM_WORD_sides_lede, parts);
    frem_text_add(&report->out, "</p>\n");
    add_table(report);
    add_chart(report);
    frem_text_add(&report->out, "</section>\n");
    report->out.failed = report->out.failed || year.failed;
    frem_text_free(&year);
}
