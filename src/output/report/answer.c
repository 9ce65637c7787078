/* An answer on the page: its sentences, its figures drawn, its tables. Nothing of it needs a script. */
#include "frame/answer.h"

#include "output/drawn.h"
#include "output/html.h"
#include "output/report/report.h"
#include "output/write.h"

/** Rows of a table that a page holds. */
#define ROWS_MAX 1000

static void add_section(frem_report *report, const char *id, const char *heading) {
    frem_text_print(&report->out,
                    "<section id=\"%s\" class=\"long\" aria-labelledby=\"head-%s\">\n<h2 id=\"head-%s\">", id,
                    id, id);
    frem_html_add(&report->out, heading);
    frem_text_add(&report->out, "</h2>\n");
}

/** The first sentence is the one that is looked for. */
static void add_sentences(frem_report *report, const frem_answer *answer) {
    frem_text_add(&report->out, "<div class=\"figures\"><div class=\"figure\">\n");
    for (size_t i = 0; i < answer->n_sentences; i++) {
        frem_text_print(&report->out, "<p class=\"%s\">", i == 0 ? "lead" : "more");
        frem_html_add(&report->out, answer->sentences[i].text[report->lang]);
        frem_text_add(&report->out, "</p>\n");
    }
    frem_text_add(&report->out, "</div></div>\n");
}

static frem_status add_figure(frem_report *report, const frem_figure *figure) {
    frem_text_add(&report->out, "<figure class=\"drawn\">\n");
    const frem_status status = frem_add_drawn(&report->out, figure);
    frem_text_add(&report->out, "</figure>\n");
    return status;
}

static void add_cell(frem_report *report, const frem_answer_table *table, size_t column, size_t row,
                     bool heads) {
    const char *const tags[] = {"td", "td class=\"text\"", "th scope=\"row\""};
    const bool label = table->columns[column].kind == FREM_COLUMN_LABEL;
    frem_text cell = {0};
    frem_add_answer_cell(&cell, table, column, row, report->lang);
    frem_text_print(&report->out, "<%s>%s", tags[heads ? 2 : label ? 1 : 0], label ? "<bdi>" : "");
    frem_html_add(&report->out, cell.bytes != NULL ? cell.bytes : "");
    frem_text_print(&report->out, "%s</%s>", label ? "</bdi>" : "", heads ? "th" : "td");
    report->out.failed = report->out.failed || cell.failed;
    frem_text_free(&cell);
}

static bool is_shown(const frem_answer_column *column) {
    return column->heading.text[FREM_EN] != NULL;
}

static void add_rows(frem_report *report, const frem_answer_table *table, size_t n) {
    frem_text_add(&report->out, "<thead><tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        if (!is_shown(&table->columns[c]))
            continue;
        frem_text_print(&report->out, "<th scope=\"col\"%s>",
                        table->columns[c].kind == FREM_COLUMN_LABEL ? " class=\"text\"" : "");
        frem_html_add(&report->out, table->columns[c].heading.text[report->lang]);
        frem_text_add(&report->out, "</th>");
    }
    frem_text_add(&report->out, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < n; row++) {
        bool first = true;
        frem_text_add(&report->out, "<tr>");
        for (size_t c = 0; c < table->n_columns; c++) {
            if (!is_shown(&table->columns[c]))
                continue;
            add_cell(report, table, c, row, first);
            first = false;
        }
        frem_text_add(&report->out, "</tr>\n");
    }
    frem_text_add(&report->out, "</tbody>");
}

/** Where the rows are that a page can't hold. */
static void add_file(frem_report *report, const frem_answer_table *table) {
    frem_text rows = {0};
    frem_report_add_number(&rows, (double)frem_frame_rows(table->frame), 0, 0, report->lang);
    const frem_report_part parts[] = {{"n", rows.bytes}, {"file", table->file}, {NULL, NULL}};
    frem_text_add(&report->out, "<p class=\"source\">");
    frem_report_add_sentence(report, FREM_WORD_answer_rows, parts);
    frem_text_add(&report->out, "</p>\n");
    report->out.failed = report->out.failed || rows.failed;
    frem_text_free(&rows);
}

static void add_table(frem_report *report, const frem_answer_table *table) {
    const size_t rows = frem_frame_rows(table->frame), n = rows < ROWS_MAX ? rows : ROWS_MAX;
    frem_text id = {0};
    if (rows == 0)
        return;
    frem_text_print(&id, "table-%s", table->name);
    const char *name = id.failed ? "" : id.bytes;
    add_section(report, name, table->title.text[report->lang]);
    if (!table->long_one) {
        frem_text_print(
            &report->out,
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"head-%s\"><table "
            "class=\"numbers answered\">\n",
            name);
        add_rows(report, table, n);
        frem_text_add(&report->out, "</table></div>\n");
    }
    if (table->long_one || rows > n)
        add_file(report, table);
    frem_text_add(&report->out, "</section>\n");
    report->out.failed = report->out.failed || id.failed;
    frem_text_free(&id);
}

frem_status frem_report_add_answer(frem_report *report) {
    const frem_answer *answer = report->document->answer;
    const bool alone = report->document->kind == FREM_TABLE_ANSWER;
    frem_status status = FREM_OK;
    if (answer == NULL)
        return FREM_OK;
    /* The page itself has the title of an answer that is alone on it. */
    add_section(report, "answer",
                alone ? frem_report_word_text(FREM_WORD_answer, report->lang)
                      : answer->title.text[report->lang]);
    add_sentences(report, answer);
    frem_text_add(&report->out, "</section>\n");
    if (answer->n_figures > 0)
        add_section(report, "charts", frem_report_word_text(FREM_WORD_answer_charts, report->lang));
    for (size_t i = 0; i < answer->n_figures && status == FREM_OK; i++)
        status = add_figure(report, &answer->figures[report->lang][i]);
    frem_text_add(&report->out, answer->n_figures > 0 ? "</section>\n" : "");
    for (size_t i = 0; i < answer->n_tables && status == FREM_OK; i++)
        add_table(report, &answer->tables[i]);
    return status;
}
