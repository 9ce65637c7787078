/* The paper that a focus asks for: a first page that says all of it in short, and a page a profession. Nothing of it needs a
 * script, and what a browser's choices show comes after it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "frame/columns.h"
#include "frame/projected.h"
#include "output/drawn.h"
#include "output/html.h"
#include "output/names.h"
#include "output/report/report.h"

/** Professions whose lines one chart has. */
#define LINES_MAX 8

/** What a number of the paper is about. */
typedef struct frem_report_about {
    ptrdiff_t variant, region, profession;
} frem_report_about;

static const frem_focus *focus_of(const frem_report *report) {
    return report->document->focus;
}

static void add_word(frem_report *report, frem_report_word word) {
    frem_html_add(&report->out, frem_report_word_text(word, report->lang));
}

static const char *label_of(const frem_report *report, const char *column, ptrdiff_t code) {
    return frem_document_any_label(report->document, column,
                                   frem_column_label(report->frame, column, (size_t)code), report->lang);
}

/** What a region is called: all together by the scenario's name for them. */
static const char *place_of(const frem_report *report, ptrdiff_t region) {
    const char *key = frem_column_label(report->frame, "region", (size_t)region);
    const char *own = frem_document_own_label(report->document, report->document->scenarios[0].name, "region",
                                              key, report->lang);
    return own != NULL               ? own
           : strcmp(key, "all") == 0 ? frem_report_word_text(FREM_WORD_whole_area, report->lang)
                                     : label_of(report, "region", region);
}

static bool value_at(const frem_report *report, frem_report_about about, frem_measure_id measure, int year,
                     double *value) {
    const frem_report_start *start = &report->start;
    if (report->measures[measure] < 0 || about.variant < 0 || about.region < 0 || about.profession < 0)
        return false;
    const uint32_t codes[] = {(uint32_t)start->scenario, (uint32_t)about.variant,
                              (uint32_t)about.region,    (uint32_t)about.profession,
                              (uint32_t)start->sector,   (uint32_t)report->measures[measure]};
    return frem_report_value(report, frem_curves_find(&report->series, codes), year, value);
}

/** Whether the results have a supply or a demand of it in a year. */
static bool is_known(const frem_report *report, frem_report_about about, int year) {
    double value;
    return value_at(report, about, FREM_M_SUPPLY, year, &value) ||
           value_at(report, about, FREM_M_DEMAND, year, &value);
}

/** A statistic of uncertain results' gap. */
static bool statistic_at(const frem_report *report, frem_report_about about, int year, const char *name,
                         double *out) {
    const frem_frame *frame = report->frame;
    const ptrdiff_t statistic = frem_column_code(frame, "statistic", name);
    const uint32_t *statistics = frem_column_codes(frame, "statistic"),
                   *variants = frem_column_codes(frame, "variant"),
                   *regions = frem_column_codes(frame, "region"),
                   *professions = frem_column_codes(frame, "profession"),
                   *sectors = frem_column_codes(frame, "sector"),
                   *scenarios = frem_column_codes(frame, "scenario"),
                   *measures = frem_column_codes(frame, "measure");
    const int32_t *years = frem_column_wholes(frame, "year");
    const double *values = frem_column_numbers(frame, "value");
    for (size_t row = 0; statistic >= 0 && row < report->rows; row++) {
        if ((ptrdiff_t)statistics[row] != statistic || years[row] != year ||
            (ptrdiff_t)scenarios[row] != report->start.scenario ||
            (ptrdiff_t)variants[row] != about.variant || (ptrdiff_t)regions[row] != about.region ||
            (ptrdiff_t)professions[row] != about.profession ||
            (ptrdiff_t)measures[row] != report->measures[FREM_M_GAP] ||
            (ptrdiff_t)sectors[row] != report->start.sector)
            continue;
        *out = values[row];
        return true;
    }
    return false;
}

/** The chance of a shortage, where draws differ: where all give the same it is none. */
static bool chance_at(const frem_report *report, frem_report_about about, int year, double *chance) {
    double low, high;
    return statistic_at(report, about, year, "p05", &low) &&
           statistic_at(report, about, year, "p95", &high) && fabs(high - low) > FREM_SPREAD_NONE &&
           statistic_at(report, about, year, "p_short", chance);
}

/* ---- what it is about ---- */

/** Calls a function with each profession of the focus. @param add may be NULL. @return how many they are. */
static size_t each_profession(frem_report *report, frem_report_about about,
                              void (*add)(frem_report *report, frem_report_about about)) {
    const frem_focus *focus = focus_of(report);
    size_t n = 0;
    for (size_t p = 0; p < frem_column_labels(report->frame, "profession"); p++) {
        const char *key = frem_column_label(report->frame, "profession", p);
        bool meant = strcmp(key, "all") != 0 && focus->n_professions == 0;
        for (size_t i = 0; i < focus->n_professions; i++)
            meant = meant || strcmp(focus->professions[i], key) == 0;
        about.profession = (ptrdiff_t)p;
        if (!meant || !is_known(report, about, focus->years[focus->n_years - 1]))
            continue;
        n++;
        if (add != NULL)
            add(report, about);
    }
    return n;
}

/** The first region of the focus, of the scenario itself. */
static frem_report_about first_about(const frem_report *report) {
    const frem_focus *focus = focus_of(report);
    const ptrdiff_t region = focus->n_regions > 0
                                 ? frem_column_code(report->frame, "region", focus->regions[0])
                                 : report->start.region;
    return (frem_report_about){report->start.variant, region, -1};
}

/* ---- sentences ---- */

/** Opens an element that says by the keys of the results what it is about. */
static void add_keys(frem_report *report, const char *element, frem_report_about about) {
    const char *const columns[] = {"region", "profession", "variant"};
    const ptrdiff_t codes[] = {about.region, about.profession, about.variant};
    frem_text_print(&report->out, "<%s", element);
    for (size_t i = 0; i < 3; i++) {
        frem_text_print(&report->out, " data-%s=\"", columns[i]);
        frem_html_add(&report->out, frem_column_label(report->frame, columns[i], (size_t)codes[i]));
        frem_text_add(&report->out, "\"");
    }
    frem_text_add(&report->out, ">");
}

/** " (175 persons)", by those in work behind the supply; nothing where that is not known. */
static void add_persons(const frem_report *report, frem_report_about about, int year, double fte,
                        frem_text *out) {
    double employed, supply;
    if (!value_at(report, about, FREM_M_EMPLOYED, year, &employed) ||
        !value_at(report, about, FREM_M_SUPPLY, year, &supply) || !(supply > 0) || employed == supply)
        return;
    const char *word = frem_report_word_text(FREM_WORD_paper_persons, report->lang);
    const size_t before = strcspn(word, "{");
    frem_text_add_bytes(out, word, before);
    frem_report_add_number(out, fabs(fte * employed / supply), 0, 0, report->lang);
    frem_text_add(out, word + before + strlen("{n}"));
}

/** "in 2030 154 full-time equivalents are missing (175 persons)". */
static void add_year(frem_report *report, frem_report_about about, int year) {
    double gap, demand, chance;
    frem_text n = {0}, when = {0}, percent = {0}, persons = {0};
    const bool has_gap = value_at(report, about, FREM_M_GAP, year, &gap);
    if (!has_gap && !value_at(report, about, FREM_M_DEMAND, year, &demand))
        return;
    const int side = has_gap ? frem_report_side_of(gap) : 0;
    frem_report_add_size(&n, fabs(has_gap ? gap : demand), report->lang);
    frem_text_print(&when, "%d", year);
    if (has_gap && side != 0)
        add_persons(report, about, year, gap, &persons);
    const frem_report_part parts[] = {
        {"n", n.bytes}, {"year", when.bytes}, {"persons", persons.bytes}, {NULL, NULL}};
    frem_report_add_sentence(report,
                             !has_gap   ? FREM_WORD_paper_needs
                             : side < 0 ? FREM_WORD_paper_short
                             : side > 0 ? FREM_WORD_paper_over
                                        : FREM_WORD_paper_even,
                             parts);
    if (has_gap && chance_at(report, about, year, &chance)) {
        frem_report_add_number(&percent, chance, 2, 0, report->lang);
        const frem_report_part of[] = {{"percent", percent.bytes}, {NULL, NULL}};
        frem_report_add_sentence(report, FREM_WORD_paper_chance, of);
    }
    report->out.failed = report->out.failed || n.failed || when.failed || percent.failed || persons.failed;
    frem_text_free(&n);
    frem_text_free(&when);
    frem_text_free(&percent);
    frem_text_free(&persons);
}

static void add_sentence(frem_report *report, frem_report_about about) {
    const frem_focus *focus = focus_of(report);
    add_keys(report, "p", about);
    frem_text_add(&report->out, "<b><bdi>");
    frem_html_add(&report->out, label_of(report, "profession", about.profession));
    frem_text_add(&report->out, ":</bdi></b> ");
    for (size_t i = 0; i < focus->n_years; i++) {
        if (i > 0)
            frem_text_add(&report->out, i + 1 == focus->n_years
                                            ? frem_report_word_text(FREM_WORD_paper_and, report->lang)
                                            : ", ");
        add_year(report, about, focus->years[i]);
    }
    frem_text_add(&report->out, ".</p>\n");
}

/* ---- tables ---- */

static void add_cell(frem_report *report, frem_report_about about, frem_measure_id measure, int year) {
    char written[FREM_FIXED_MAX];
    double value;
    if (!value_at(report, about, measure, year, &value)) {
        frem_text_add(&report->out, "<td>–</td>");
        return;
    }
    (void)frem_number_fixed(written, value, 6);
    frem_text_print(&report->out, "<td data-measure=\"%s\" data-year=\"%d\" data-value=\"%s\">",
                    frem_measures[measure].name, year, written);
    if (strcmp(frem_measures[measure].unit, "ratio") == 0)
        frem_report_add_number(&report->out, value, 2, 1, report->lang);
    else if (frem_measures[measure].has_sign)
        frem_report_add_signed(&report->out, value, report->lang);
    else
        frem_report_add_size(&report->out, value, report->lang);
    frem_text_add(&report->out, "</td>");
}

static const frem_measure_id short_measures[] = {FREM_M_SUPPLY, FREM_M_DEMAND, FREM_M_GAP};
enum { SHORT_MEASURES = sizeof short_measures / sizeof *short_measures };
/** From so many years on a table has their gaps alone. */
#define YEARS_IN_FULL 3

static size_t first_measure(const frem_report *report) {
    return focus_of(report)->n_years > YEARS_IN_FULL ? SHORT_MEASURES - 1 : 0;
}

static void add_row(frem_report *report, frem_report_about about) {
    const frem_focus *focus = focus_of(report);
    const bool varied = about.variant != report->start.variant;
    add_keys(report, "tr", about);
    frem_text_add(&report->out,
                  varied ? "<th scope=\"row\" class=\"varied\"><bdi>" : "<th scope=\"row\"><bdi>");
    frem_html_add(&report->out, varied ? label_of(report, "variant", about.variant)
                                       : label_of(report, "profession", about.profession));
    frem_text_add(&report->out, "</bdi></th>");
    for (size_t i = 0; i < focus->n_years; i++) {
        for (size_t m = first_measure(report); m < SHORT_MEASURES; m++)
            add_cell(report, about, short_measures[m], focus->years[i]);
    }
    frem_text_add(&report->out, "</tr>\n");
    for (size_t v = 0; v < focus->n_variants && about.variant == report->start.variant; v++) {
        const frem_report_about other = {frem_column_code(report->frame, "variant", focus->variants[v]),
                                         about.region, about.profession};
        if (other.variant >= 0 && other.variant != about.variant)
            add_row(report, other);
    }
}

static void add_table_head(frem_report *report) {
    const frem_focus *focus = focus_of(report);
    const size_t each = SHORT_MEASURES - first_measure(report);
    frem_text_add(&report->out, "<thead><tr><th scope=\"col\"></th>");
    for (size_t i = 0; i < focus->n_years; i++)
        frem_text_print(&report->out, "<th scope=\"colgroup\" colspan=\"%zu\">%d</th>", each,
                        focus->years[i]);
    frem_text_add(&report->out, "</tr>\n<tr><th scope=\"col\"></th>");
    for (size_t i = 0; i < focus->n_years; i++) {
        for (size_t m = first_measure(report); m < SHORT_MEASURES; m++) {
            frem_text_add(&report->out, "<th scope=\"col\">");
            frem_html_add(&report->out, frem_measures[short_measures[m]].label.text[report->lang]);
            frem_text_add(&report->out, "</th>");
        }
    }
    frem_text_add(&report->out, "</tr></thead>\n<tbody>\n");
}

static void add_short_table(frem_report *report) {
    const frem_focus *focus = focus_of(report);
    frem_report_about about = first_about(report);
    frem_text_add(&report->out,
                  "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"head-paper\">"
                  "<table id=\"paper-table\" class=\"numbers paper-table\"><caption>");
    add_word(report, FREM_WORD_paper_table);
    frem_text_add(&report->out, "</caption>");
    add_table_head(report);
    for (size_t r = 0; r < (focus->n_regions > 0 ? focus->n_regions : 1); r++) {
        if (focus->n_regions > 0)
            about.region = frem_column_code(report->frame, "region", focus->regions[r]);
        if (about.region < 0)
            continue;
        if (focus->n_regions > 1) {
            frem_text_print(&report->out, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%zu\"><bdi>",
                            1 + focus->n_years * (SHORT_MEASURES - first_measure(report)));
            frem_html_add(&report->out, place_of(report, about.region));
            frem_text_add(&report->out, "</bdi></th></tr>\n");
        }
        (void)each_profession(report, about, add_row);
    }
    frem_text_add(&report->out, "</tbody></table></div>\n");
}

/* ---- charts ---- */

/** The values of a measure by year. @return false without memory. */
static bool fill(const frem_report *report, frem_report_about about, frem_measure_id measure, double *out) {
    const size_t n = (size_t)(report->start.last - report->start.base) + 1;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        out[i] = (double)NAN;
        any = value_at(report, about, measure, report->start.base + (int)i, &out[i]) || any;
    }
    return any;
}

static frem_status draw(frem_report *report, const char *title, const frem_figure_panel *panel, bool zero) {
    const frem_figure figure = {.kind = FREM_FIGURE_LINES,
                                .name = "paper",
                                .title = title,
                                .subtitle = frem_report_word_text(FREM_WORD_one_lede, report->lang),
                                .lang = report->lang,
                                .first_year = report->start.base,
                                .n_years = (size_t)(report->start.last - report->start.base) + 1,
                                .scale = {.has_reference = zero},
                                .panels = panel,
                                .n_panels = 1};
    frem_text_add(&report->out, "<figure class=\"drawn\">\n");
    const frem_status status = frem_add_drawn(&report->out, &figure);
    frem_text_add(&report->out, "</figure>\n");
    return status;
}

/** Supply and demand of a profession, the gap between them coloured. */
static frem_status draw_balance(frem_report *report, frem_report_about about) {
    const size_t n = (size_t)(report->start.last - report->start.base) + 1;
    double *values = calloc(2 * n, sizeof *values);
    if (values == NULL)
        return FREM_NO_MEMORY;
    const bool supply = fill(report, about, FREM_M_SUPPLY, values),
               demand = fill(report, about, FREM_M_DEMAND, values + n);
    const frem_figure_line lines[] = {
        {frem_measures[FREM_M_SUPPLY].label.text[report->lang], values, FREM_ROLE_SUPPLY, false},
        {frem_measures[FREM_M_DEMAND].label.text[report->lang], values + n, FREM_ROLE_DEMAND, true}};
    const frem_figure_panel panel = {.lines = supply ? lines : lines + 1,
                                     .n_lines = (size_t)supply + demand,
                                     .over = supply && demand ? values : NULL,
                                     .under = supply && demand ? values + n : NULL};
    frem_text title = {0};
    frem_text_print(&title, "%s: %s", label_of(report, "profession", about.profession),
                    frem_report_word_text(FREM_WORD_balance, report->lang));
    const frem_status status = title.failed ? FREM_NO_MEMORY
                               : n > 1      ? draw(report, title.bytes, &panel, false)
                                            : FREM_OK;
    frem_text_free(&title);
    free(values);
    return status;
}

/** The gap of each profession. */
static frem_status draw_gaps(frem_report *report, frem_report_about about) {
    const size_t n = (size_t)(report->start.last - report->start.base) + 1;
    double *values = calloc(LINES_MAX * n, sizeof *values);
    frem_figure_line lines[LINES_MAX];
    size_t n_lines = 0;
    if (values == NULL)
        return FREM_NO_MEMORY;
    const frem_focus *focus = focus_of(report);
    for (size_t p = 0; p < frem_column_labels(report->frame, "profession") && n_lines < LINES_MAX; p++) {
        const char *key = frem_column_label(report->frame, "profession", p);
        bool meant = strcmp(key, "all") != 0 && focus->n_professions == 0;
        for (size_t i = 0; i < focus->n_professions; i++)
            meant = meant || strcmp(focus->professions[i], key) == 0;
        about.profession = (ptrdiff_t)p;
        if (!meant || !fill(report, about, FREM_M_GAP, values + n_lines * n))
            continue;
        lines[n_lines] =
            (frem_figure_line){label_of(report, "profession", about.profession), values + n_lines * n,
                               frem_role_of_series(n_lines), n_lines % 2 == 1};
        n_lines++;
    }
    const frem_figure_panel panel = {.lines = lines, .n_lines = n_lines};
    const frem_status status =
        n_lines > 0 && n > 1
            ? draw(report, frem_report_word_text(FREM_WORD_paper_gaps, report->lang), &panel, true)
            : FREM_OK;
    free(values);
    return status;
}

/** A code of the one profession that the focus is on; -1 where they are several. */
static ptrdiff_t one_profession(frem_report *report, frem_report_about about) {
    const frem_focus *focus = focus_of(report);
    if (each_profession(report, about, NULL) != 1)
        return -1;
    for (size_t p = 0; p < frem_column_labels(report->frame, "profession"); p++) {
        const char *key = frem_column_label(report->frame, "profession", p);
        about.profession = (ptrdiff_t)p;
        if (strcmp(key, "all") != 0 &&
            (focus->n_professions == 0 || strcmp(focus->professions[0], key) == 0) &&
            is_known(report, about, focus->years[focus->n_years - 1]))
            return (ptrdiff_t)p;
    }
    return -1;
}

/* ---- the numbers that matter most ---- */

static void add_mover(frem_report *report, const frem_focus_mover *mover) {
    frem_text_add(&report->out, "<li><b><bdi>");
    frem_html_add(&report->out, mover->label.text[report->lang]);
    frem_text_add(&report->out, ":</bdi></b> ");
    bool any = false;
    for (size_t end = 0; end < 2; end++) {
        frem_text at = {0};
        if (!isfinite(mover->at[end]))
            continue;
        frem_report_add_signed(&at, mover->at[end], report->lang);
        const frem_report_part parts[] = {
            {"end", mover->ends[end].text[report->lang]}, {"n", at.bytes}, {NULL, NULL}};
        frem_text_add(&report->out, any ? ", " : "");
        frem_report_add_sentence(report, FREM_WORD_paper_mover, parts);
        any = true;
        frem_text_free(&at);
    }
    frem_text_add(&report->out, "</li>\n");
}

static void add_movers(frem_report *report) {
    const frem_focus *focus = focus_of(report);
    const ptrdiff_t profession =
        focus->moved != NULL ? frem_column_code(report->frame, "profession", focus->moved) : -1;
    if (focus->n_movers == 0 || profession < 0)
        return;
    frem_text now = {0}, year = {0}, who = {0};
    frem_report_add_signed(&now, focus->moved_from, report->lang);
    frem_text_print(&year, "%d", focus->years[focus->n_years - 1]);
    frem_report_add_inside(&who, label_of(report, "profession", profession));
    const frem_report_part parts[] = {
        {"who", who.bytes}, {"year", year.bytes}, {"n", now.bytes}, {NULL, NULL}};
    frem_text_add(&report->out, "<h3>");
    add_word(report, FREM_WORD_paper_movers);
    frem_text_add(&report->out, "</h3>\n<p class=\"small\">");
    frem_report_add_sentence(report, FREM_WORD_paper_moved, parts);
    frem_text_add(&report->out, "</p>\n<ul class=\"list\">\n");
    for (size_t i = 0; i < focus->n_movers; i++)
        add_mover(report, &focus->movers[i]);
    frem_text_add(&report->out, "</ul>\n");
    frem_text_free(&now);
    frem_text_free(&year);
    frem_text_free(&who);
}

/* ---- the pages ---- */

static void add_facts(frem_report *report) {
    const frem_focus *focus = focus_of(report);
    const struct {
        const frem_label *label;
        frem_report_word word;
    } facts[] = {{&focus->made_for, FREM_WORD_paper_for}, {&focus->by, FREM_WORD_paper_by}};
    for (size_t i = 0; i < 2; i++) {
        if (facts[i].label->text[report->lang] == NULL)
            continue;
        frem_text_add(&report->out, "<p class=\"made\">");
        add_word(report, facts[i].word);
        frem_text_add(&report->out, " <bdi>");
        frem_html_add(&report->out, facts[i].label->text[report->lang]);
        frem_text_add(&report->out, "</bdi></p>\n");
    }
}

frem_status frem_report_add_cover(frem_report *report) {
    const frem_report_about about =
        focus_of(report) != NULL ? first_about(report) : (frem_report_about){-1, -1, -1};
    if (about.region < 0 || report->start.sector < 0 ||
        each_profession((frem_report *)report, about, NULL) == 0)
        return FREM_OK;
    frem_text_add(&report->out,
                  "<section id=\"paper\" class=\"paper cover\" aria-labelledby=\"head-paper\">\n");
    add_facts(report);
    frem_text_add(&report->out, "<h2 id=\"head-paper\"><bdi>");
    frem_html_add(&report->out, place_of(report, about.region));
    frem_text_add(&report->out, "</bdi></h2>\n<div class=\"sentences\">\n");
    (void)each_profession(report, about, add_sentence);
    frem_text_add(&report->out, "</div>\n");
    add_short_table(report);
    const ptrdiff_t one = one_profession(report, about);
    const frem_status status =
        one >= 0 ? draw_balance(report, (frem_report_about){about.variant, about.region, one})
                 : draw_gaps(report, about);
    add_movers(report);
    frem_text_add(&report->out, "<p class=\"small\">");
    frem_report_add_first_gap(report);
    frem_text_add(&report->out, " ");
    add_word(report, FREM_WORD_paper_read_on);
    frem_text_add(&report->out, "</p>\n</section>\n");
    return status;
}

static const frem_measure_id page_measures[] = {FREM_M_SUPPLY,    FREM_M_DEMAND,      FREM_M_GAP,
                                                FREM_M_COVERAGE,  FREM_M_EMPLOYED,    FREM_M_RECRUITMENT,
                                                FREM_M_GRADUATES, FREM_M_RETIREMENTS, FREM_M_SHARE_55};
enum { PAGE_MEASURES = sizeof page_measures / sizeof *page_measures };

static bool has_any(const frem_report *report, frem_report_about about, frem_measure_id measure) {
    bool any = false;
    double value;
    for (int year = report->start.base; year <= report->start.last && !any; year++)
        any = value_at(report, about, measure, year, &value);
    return any;
}

static void add_years_table(frem_report *report, frem_report_about about) {
    frem_text_print(&report->out,
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"head-page-%zu\">"
                    "<table class=\"numbers paper-table\"><thead><tr><th scope=\"col\">",
                    (size_t)about.profession);
    add_word(report, FREM_WORD_year);
    frem_text_add(&report->out, "</th>");
    for (size_t m = 0; m < PAGE_MEASURES; m++) {
        const frem_measure *measure = &frem_measures[page_measures[m]];
        if (!has_any(report, about, page_measures[m]))
            continue;
        frem_text_add(&report->out, "<th scope=\"col\">");
        frem_html_add(&report->out, measure->label.text[report->lang]);
        frem_text_add(&report->out, "<span class=\"unit\">");
        frem_html_add(&report->out,
                      strcmp(measure->unit, "ratio") == 0
                          ? frem_report_word_text(FREM_WORD_percent, report->lang)
                          : frem_document_any_label(report->document, "unit", measure->unit, report->lang));
        frem_text_add(&report->out, "</span></th>");
    }
    frem_text_add(&report->out, "</tr></thead>\n<tbody>\n");
    for (int year = report->start.base; year <= report->start.last; year++) {
        bool chosen = false;
        for (size_t i = 0; i < focus_of(report)->n_years; i++)
            chosen = chosen || focus_of(report)->years[i] == year;
        frem_text_print(&report->out, "<tr%s><th scope=\"row\">%d</th>", chosen ? " class=\"chosen\"" : "",
                        year);
        for (size_t m = 0; m < PAGE_MEASURES; m++) {
            if (has_any(report, about, page_measures[m]))
                add_cell(report, about, page_measures[m], year);
        }
        frem_text_add(&report->out, "</tr>\n");
    }
    frem_text_add(&report->out, "</tbody></table></div>\n");
}

static void add_page(frem_report *report, frem_report_about about) {
    frem_text_print(&report->out,
                    "<section class=\"paper page\" "
                    "aria-labelledby=\"head-page-%zu\">\n<h2 id=\"head-page-%zu\">",
                    (size_t)about.profession, (size_t)about.profession);
    frem_text_add(&report->out, "<bdi>");
    frem_html_add(&report->out, label_of(report, "profession", about.profession));
    frem_text_add(&report->out, "</bdi></h2>\n");
    add_sentence(report, about);
    if (draw_balance(report, about) != FREM_OK)
        report->out.failed = true;
    add_years_table(report, about);
    frem_text_add(&report->out, "</section>\n");
}

void frem_report_add_pages(frem_report *report) {
    if (focus_of(report) != NULL && first_about(report).region >= 0 && report->start.sector >= 0)
        (void)each_profession(report, first_about(report), add_page);
}
