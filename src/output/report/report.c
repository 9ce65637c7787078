/* The writer of report.html: one page with its style, script, Chart.js and data inside. */
#include "output/report/report.h"

#include <errno.h>
#include <string.h>

#include "base/platform.h"
#include "base/problem.h"
#include "frame/answer.h"
#include "output/html.h"
#include "output/names.h"
#include "output/report/writer.h"

#define REPORT_HTML "report.html"

static frem_status unusable(frem_diags *diags, const char *path, const char *why) {
    const frem_place place = {path, 0, 0};
    const frem_status said = FREM_PROBLEM(diags, place, CHART_JS_UNUSABLE, why);
    return said == FREM_NO_MEMORY ? said : FREM_MISSING_PART;
}

/** Whether a script can be embedded in a page unchanged: it must not end or comment out the script element. */
static bool fits_inside(const frem_text *script) {
    return script->length > 0 && frem_utf8_valid(script->bytes, script->length, NULL) &&
           strcasestr(script->bytes, "</script") == NULL && strstr(script->bytes, "<!--") == NULL &&
           strchr(script->bytes, '\r') == NULL;
}

frem_status frem_report_read_chart(const char *path, frem_text *chart, frem_diags *diags) {
    char piece[8192];
    ptrdiff_t n = 0;
    const int fd = frem_fd_open(FREM_HERE, path, FREM_OPEN_AT_ONCE, 0);
    if (fd < 0)
        return unusable(diags, path, frem_error_text(errno));
    while ((n = frem_fd_read(fd, piece, sizeof piece)) > 0)
        frem_text_add_bytes(chart, piece, (size_t)n);
    frem_fd_drop(fd);
    if (n < 0)
        return unusable(diags, path, frem_error_text(errno));
    if (chart->failed)
        return FREM_NO_MEMORY;
    return fits_inside(chart) ? FREM_OK : unusable(diags, path, "it can't be embedded in a page");
}

/** The replacement of a {{name}} of the page. */
typedef struct blank {
    const char *name;
    void (*add)(frem_report *report);
} blank;

static void add_lang(frem_report *report) {
    frem_text_add(&report->out, report->lang == FREM_DA ? "da" : "en");
}

static bool answers(const frem_report *report) {
    return report->document->kind == FREM_TABLE_ANSWER;
}

static void add_title(frem_report *report) {
    if (answers(report))
        frem_html_add(&report->out, report->document->answer->title.text[report->lang]);
    else if (report->document->n_scenarios > 0)
        frem_html_add(&report->out, frem_report_title(report));
}

static bool compares(const frem_report *report) {
    return report->document->kind == FREM_TABLE_COMPARISON;
}

static void add_kicker(frem_report *report) {
    frem_html_add(&report->out, frem_report_word_text(compares(report)  ? FREM_WORD_kicker_compared
                                                      : answers(report) ? FREM_WORD_kicker_answer
                                                                        : FREM_WORD_kicker,
                                                      report->lang));
}

/** A paper is printed without what a browser's choices show. */
static void add_focused(frem_report *report) {
    frem_text_add(&report->out, report->document->focus != NULL ? "focused" : "whole");
}

/** A comparison begins with what it compares. */
static void add_sides_first(frem_report *report) {
    if (compares(report))
        frem_report_add_sides(report);
}

static void add_sides(frem_report *report) {
    if (!compares(report))
        frem_report_add_sides(report);
}

static void add_style(frem_report *report) {
    frem_text_add_bytes(&report->out, (const char *)frem_report_style, frem_report_style_size);
}

static void add_script(frem_report *report) {
    frem_text_add_bytes(&report->out, (const char *)frem_report_script, frem_report_script_size);
}

/** Nothing may be loaded, nothing but these scripts and this style runs, and nothing can be sent. An answer has no script. */
static void add_policy(frem_report *report, const frem_text *chart) {
    frem_text_add(&report->out, "default-src 'none'; ");
    if (!answers(report)) {
        frem_text_add(&report->out, "script-src ");
        frem_html_add_hash(&report->out, chart->bytes, chart->length);
        frem_text_add(&report->out, " ");
        frem_html_add_hash(&report->out, (const char *)frem_report_script, frem_report_script_size);
        frem_text_add(&report->out, "; ");
    }
    frem_text_add(&report->out, "style-src ");
    frem_html_add_hash(&report->out, (const char *)frem_report_style, frem_report_style_size);
    frem_text_add(&report->out, "; base-uri 'none'; form-action 'none'");
}

static bool is_name(const char *name, const char *at, size_t n) {
    return strlen(name) == n && strncmp(name, at, n) == 0;
}

static frem_status add_word(frem_report *report, const char *key, size_t n) {
    for (size_t i = 0; i < FREM_WORD_COUNT; i++) {
        if (!is_name(frem_report_word_key((frem_report_word)i), key, n))
            continue;
        frem_html_add(&report->out, frem_report_word_text((frem_report_word)i, report->lang));
        return FREM_OK;
    }
    return FREM_DEFECT;
}

static frem_status fill_blank(frem_report *report, const frem_text *chart, const char *name, size_t n) {
    static const blank blanks[] = {{"lang", add_lang},
                                   {"title", add_title},
                                   {"style", add_style},
                                   {"script", add_script},
                                   {"kicker", add_kicker},
                                   {"focused", add_focused},
                                   {"pages", frem_report_add_pages},
                                   {"sides_first", add_sides_first},
                                   {"sides", add_sides},
                                   {"heading", frem_report_add_heading},
                                   {"choice", frem_report_add_choice},
                                   {"first_gap", frem_report_add_first_gap},
                                   {"figures", frem_report_add_figures},
                                   {"assumptions", frem_report_add_assumptions},
                                   {"terms", frem_report_add_terms},
                                   {"reproduce", frem_report_add_reproduce}};
    if (n > 2 && strncmp(name, "t:", 2) == 0)
        return add_word(report, name + 2, n - 2);
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        if (is_name(blanks[i].name, name, n)) {
            blanks[i].add(report);
            return FREM_OK;
        }
    }
    if (is_name("answer", name, n))
        return frem_report_add_answer(report);
    if (is_name("cover", name, n))
        return frem_report_add_cover(report);
    if (is_name("notes", name, n))
        return frem_report_add_notes(report);
    if (is_name("data", name, n))
        return frem_report_add_data(report);
    if (is_name("csp", name, n)) {
        add_policy(report, chart);
    } else if (is_name("chart", name, n)) {
        frem_text_add_bytes(&report->out, chart->bytes, chart->length);
    } else {
        return FREM_DEFECT;
    }
    return FREM_OK;
}

frem_status frem_report_render(frem_report *report, const frem_text *chart) {
    const char *at = (const char *)(answers(report) ? frem_report_answer : frem_report_page);
    const char *end = at + (answers(report) ? frem_report_answer_size : frem_report_page_size);
    frem_status status = FREM_OK;
    while (at < end && status == FREM_OK) {
        const char *open = memmem(at, (size_t)(end - at), "{{", 2);
        if (open == NULL)
            break;
        const char *close = memmem(open, (size_t)(end - open), "}}", 2);
        if (close == NULL)
            return FREM_DEFECT;
        frem_text_add_bytes(&report->out, at, (size_t)(open - at));
        status = fill_blank(report, chart, open + 2, (size_t)(close - open - 2));
        at = close + 2;
    }
    frem_text_add_bytes(&report->out, at, (size_t)(end - at));
    return status == FREM_OK && report->out.failed ? FREM_NO_MEMORY : status;
}

static frem_status write_page(const frem_report *report, frem_stage *stage) {
    frem_sink *sink = NULL;
    const frem_status opened = frem_stage_file(stage, REPORT_HTML, &sink);
    if (opened != FREM_OK)
        return opened;
    frem_sink_write(sink, report->out.bytes, report->out.length);
    return frem_stage_close_file(stage, sink);
}

frem_status frem_write_report(const frem_document *document, const frem_write_options *options,
                              frem_stage *stage, frem_diags *diags) {
    frem_report report = {.document = document, .diags = diags, .lang = options->lang};
    frem_text chart = {0};
    if (!frem_document_projects(document) && !answers(&report)) {
        const frem_status said =
            FREM_PROBLEM(diags, FREM_NOWHERE, REPORT_OF_RESULTS, frem_table_file(document));
        return said == FREM_NO_MEMORY ? said : FREM_USAGE;
    }
    frem_status status = answers(&report) ? FREM_OK : frem_report_read_chart(FREM_CHART_JS, &chart, diags);
    if (status == FREM_OK)
        status = frem_report_open(&report);
    if (status == FREM_OK)
        status = frem_report_render(&report, &chart);
    if (status == FREM_OK)
        status = write_page(&report, stage);
    frem_report_close(&report);
    frem_text_free(&chart);
    return status;
}
