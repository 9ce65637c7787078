/* The heading, assumptions, notes, and how to reproduce: parts of the report that no choice changes. */
#include <stdlib.h>
#include <string.h>

#include "base/source.h"
#include "frame/answer.h"
#include "frame/columns.h"
#include "fremskriv/version.h"
#include "output/html.h"
#include "output/names.h"
#include "output/report/report.h"
#include "scenario/fields.h"

/** From so many notes on they are folded. */
#define NOTES_OPEN_MAX 6

static void add_word(frem_report *report, frem_report_word word) {
    frem_html_add(&report->out, frem_report_word_text(word, report->lang));
}

static void add_element(frem_report *report, const char *open, const char *text, const char *close) {
    frem_text_add(&report->out, open);
    frem_html_add(&report->out, text);
    frem_text_add(&report->out, close);
}

static void add_fact(frem_report *report, frem_report_word word, const char *text) {
    frem_text_add(&report->out, "<div><dt>");
    add_word(report, word);
    add_element(report, "</dt><dd><bdi>", text, "</bdi></dd></div>\n");
}

static void add_year_fact(frem_report *report, frem_report_word word, int32_t year) {
    frem_text text = {0};
    frem_text_print(&text, "%d", (int)year);
    add_fact(report, word, text.failed ? "" : text.bytes);
    report->out.failed = report->out.failed || text.failed;
    frem_text_free(&text);
}

/** The name of a scenario; among several with its years and its area, in which they may differ. */
static void add_scenario(frem_report *report, size_t i) {
    const frem_run *run = &report->document->scenarios[i];
    const ptrdiff_t code = frem_column_code(report->frame, "scenario", run->name);
    int32_t last = run->base_year;
    frem_text text = {0};
    frem_text_add(&text, run->name);
    for (size_t s = 0; s < report->series.n; s++) {
        const frem_curve_point *end = &report->series.points[report->series.starts[s + 1] - 1];
        if ((ptrdiff_t)frem_curves_code(&report->series, s, 0) == code && end->axis > last)
            last = end->axis;
    }
    if (last == run->base_year && run->last_year > last) /* an answer has no results by year */
        last = run->last_year;
    if (report->several)
        frem_text_print(&text, " · %d–%d · %s", run->base_year, (int)last,
                        frem_document_label(report->document, run->name, "region",
                                            frem_document_region(report->document, run), report->lang));
    add_fact(report, FREM_WORD_fact_scenario, text.failed ? "" : text.bytes);
    report->out.failed = report->out.failed || text.failed;
    frem_text_free(&text);
}

const char *frem_report_title(const frem_report *report) {
    const frem_focus *focus = report->document->focus;
    const char *own = focus != NULL ? focus->title.text[report->lang] : NULL;
    return own != NULL ? own : report->document->scenarios[0].title.text[report->lang];
}

/** What the page is about: an answer, or the scenarios. */
static void add_main_title(frem_report *report) {
    const frem_document *document = report->document;
    const bool answers = document->kind == FREM_TABLE_ANSWER;
    if (answers)
        add_element(report, "<bdi>", document->answer->title.text[report->lang], "</bdi>");
    for (size_t i = 0; i < document->n_scenarios && !answers; i++) {
        if (frem_document_first(document, i))
            add_element(report, i > 0 ? " · <bdi>" : "<bdi>",
                        i > 0 ? document->scenarios[i].title.text[report->lang] : frem_report_title(report),
                        "</bdi>");
    }
}

void frem_report_add_heading(frem_report *report) {
    const frem_document *document = report->document;
    frem_text_add(&report->out, "<h1>");
    add_main_title(report);
    frem_text_add(&report->out, "</h1>\n<dl class=\"facts\">\n");
    for (size_t i = 0; i < document->n_scenarios; i++) {
        if (frem_document_first(document, i))
            add_scenario(report, i);
    }
    if (document->kind == FREM_TABLE_COMPARISON && report->n_sides > 0)
        add_fact(report, FREM_WORD_fact_reference, report->sides[0].name.bytes);
    if (document->n_scenarios > 0 && !report->several) {
        add_year_fact(report, FREM_WORD_fact_base, report->start.base);
        if (report->start.last > report->start.base)
            add_year_fact(report, FREM_WORD_fact_until, report->start.last);
        if (document->chosen.regions && report->start.region >= 0)
            add_fact(report, FREM_WORD_region,
                     frem_document_label(document, document->scenarios[0].name, "region",
                                         frem_document_region(document, document->scenarios), report->lang));
        else if (document->scenarios[0].n_regions > 0)
            add_year_fact(report, FREM_WORD_fact_regions, (int32_t)document->scenarios[0].n_regions);
    }
    add_fact(report, FREM_WORD_fact_version, "fremskriv " FREM_VERSION_STRING);
    frem_text_add(&report->out, "</dl>");
}

static void add_head_row(frem_report *report, const frem_report_word *words, size_t n) {
    frem_text_add(&report->out, "<thead><tr>");
    for (size_t i = 0; i < n; i++)
        add_element(report, "<th scope=\"col\">", frem_report_word_text(words[i], report->lang), "</th>");
    frem_text_add(&report->out, "</tr></thead>\n<tbody>\n");
}

/* What an entry is: its variant, its meaning, its path. */
static void add_what(frem_report *report, const char *scenario, const char *variant,
                     const frem_assumption *a) {
    const char *about = a->about.text[report->lang], *help = a->help.text[report->lang];
    frem_text_add(&report->out, "<th scope=\"row\">");
    if (variant != NULL && strcmp(variant, "base") != 0)
        add_element(report, "<b class=\"variant\"><bdi>",
                    frem_document_label(report->document, scenario, "variant", variant, report->lang),
                    "</bdi></b><br>");
    if (about != NULL)
        add_element(report, "<b><bdi>", about, "</bdi></b><br>");
    add_element(report, "", help != NULL ? help : "", help != NULL && help[0] != '\0' ? "<br>" : "");
    add_element(report, "<code>", a->path, "</code></th>");
}

static void add_assumption(frem_report *report, const frem_assumption *a, bool several) {
    const char *source = a->source.text[report->lang];
    frem_text_add(&report->out, "<tr>");
    if (several)
        add_element(report, "<td><bdi>", a->scenario != NULL ? a->scenario : "", "</bdi></td>");
    /* What only a variant has bears its name. */
    add_what(report, a->scenario, a->variant, a);
    add_element(report, "<td><bdi>", a->words.text[report->lang], "</bdi></td>");
    add_element(report, "<td><bdi>", source != NULL ? source : "", "</bdi></td>");
    add_element(report, "<td>", a->file != NULL ? a->file : "", "");
    if (a->line > 0)
        frem_text_print(&report->out, ":%u", a->line);
    frem_text_add(&report->out, "</td></tr>\n");
}

/* One side of a change: the value, then where it is given and its source. */
static void add_side(frem_report *report, const frem_assumption *a) {
    if (a == NULL) {
        frem_text_add(&report->out, "<td>–</td>");
        return;
    }
    add_element(report, "<td><bdi>", a->words.text[report->lang], "</bdi>");
    if (a->source.text[report->lang] != NULL)
        add_element(report, "<br><small><bdi>", a->source.text[report->lang], "</bdi></small>");
    frem_text_add(&report->out, "<br><small>");
    if (a->file == NULL)
        add_word(report, FREM_WORD_changes_default);
    else
        add_element(report, "", a->file, "");
    if (a->line > 0)
        frem_text_print(&report->out, ":%u", a->line);
    frem_text_add(&report->out, "</small></td>");
}

static const frem_assumption *side_shown(const frem_changed *change) {
    return change->after != NULL ? change->after : change->before;
}

static void add_change(frem_report *report, const frem_changed *change, bool several) {
    frem_text_add(&report->out, "<tr>");
    if (several)
        add_element(report, "<td><bdi>", change->scenario, "</bdi></td>");
    add_what(report, change->scenario, change->variant, side_shown(change));
    add_side(report, change->before);
    add_side(report, change->after);
    frem_text_add(&report->out, "</tr>\n");
}

static void add_subheading(frem_report *report, frem_report_word word, const char *id) {
    frem_text_print(&report->out, "<h3 id=\"head-%s\">", id);
    add_word(report, word);
    frem_text_print(&report->out,
                    "</h3>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                    "aria-labelledby=\"head-%s\"><table class=\"texts %s\">",
                    id, strcmp(id, "changes") == 0 ? "changed" : "assumed");
}

/* The scenario's own, what it takes from what it builds on, and what is technical. */
typedef enum frem_assumption_part { PART_OWN, PART_TAKEN, PART_TECHNICAL } frem_assumption_part;

static frem_assumption_part part_of(const frem_document *d, const frem_assumption *a) {
    if (a->technical)
        return PART_TECHNICAL;
    return (d->n_changes > 0 ? frem_document_changed(d, a) : a->own) ? PART_OWN : PART_TAKEN;
}

/* What differs from what the scenarios extend, before all that they say. */
static void add_changes(frem_report *report) {
    static const frem_report_word columns[] = {FREM_WORD_fact_scenario, FREM_WORD_assumption_what,
                                               FREM_WORD_changes_before, FREM_WORD_changes_after};
    const frem_document *document = report->document;
    const bool several = report->several;
    size_t n = 0;
    for (size_t i = 0; i < document->n_changes; i++)
        n += !side_shown(&document->changes[i])->technical;
    if (n == 0)
        return;
    add_subheading(report, FREM_WORD_changes, "changes");
    add_head_row(report, columns + (several ? 0 : 1), 4 - (several ? 0 : 1));
    for (size_t i = 0; i < document->n_changes; i++) {
        if (!side_shown(&document->changes[i])->technical)
            add_change(report, &document->changes[i], several);
    }
    frem_text_add(&report->out, "</tbody></table></div>\n");
}

static void add_part(frem_report *report, frem_assumption_part part, frem_report_word heading,
                     const char *id) {
    static const frem_report_word columns[] = {FREM_WORD_fact_scenario, FREM_WORD_assumption_what,
                                               FREM_WORD_assumption_value, FREM_WORD_assumption_source,
                                               FREM_WORD_assumption_place};
    const frem_document *document = report->document;
    const bool several = report->several;
    size_t n = 0;
    for (size_t i = 0; i < document->n_assumptions; i++)
        n += part_of(document, &document->assumptions[i]) == part;
    if (n == 0)
        return;
    add_subheading(report, heading, id);
    add_head_row(report, columns + (several ? 0 : 1), 5 - (several ? 0 : 1));
    for (size_t i = 0; i < document->n_assumptions; i++) {
        if (part_of(document, &document->assumptions[i]) == part)
            add_assumption(report, &document->assumptions[i], several);
    }
    frem_text_add(&report->out, "</tbody></table></div>\n");
}

void frem_report_add_assumptions(frem_report *report) {
    const frem_document *document = report->document;
    if (document->n_assumptions == 0)
        return;
    frem_text_add(
        &report->out,
        "<section class=\"paper long\" aria-labelledby=\"head-assumptions\"><h2 id=\"head-assumptions\">");
    add_word(report, FREM_WORD_assumptions);
    frem_text_add(&report->out, "</h2>\n<p class=\"lede\">");
    add_word(report, FREM_WORD_assumptions_lede);
    frem_text_add(&report->out, "</p>\n");
    if (document->n_changes > 0)
        add_changes(report);
    else
        add_part(report, PART_OWN, FREM_WORD_changes, "own");
    add_part(report, PART_TAKEN, FREM_WORD_changes_all, "taken");
    add_part(report, PART_TECHNICAL, FREM_WORD_changes_technical, "technical");
    frem_text_add(&report->out, "</section>\n");
}

/** The measures of the results, each with what it means, and how numbers are rounded. */
void frem_report_add_terms(frem_report *report) {
    frem_text_add(&report->out,
                  "<section class=\"paper long\" aria-labelledby=\"head-terms\"><h2 id=\"head-terms\">");
    add_word(report, FREM_WORD_terms);
    frem_text_add(&report->out, "</h2>\n<p>");
    add_word(report, FREM_WORD_terms_rounding);
    frem_text_add(&report->out, " ");
    add_word(report, FREM_WORD_terms_persons);
    frem_text_add(&report->out, "</p>\n<dl class=\"terms\">\n");
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (report->measures[m] < 0)
            continue;
        add_element(report, "<div><dt>", frem_measures[m].label.text[report->lang], "</dt><dd>");
        add_element(report, "", frem_measure_meaning((frem_measure_id)m, report->lang), "</dd></div>\n");
    }
    frem_text_add(&report->out, "</dl></section>\n");
}

/** What the report leaves out. @return how much was said. */
static size_t add_left_out(frem_report *report) {
    frem_text values = {0}, all = {0};
    size_t n = 0;
    const size_t points = report->series.n_points + report->spread.n_points;
    frem_report_add_number(&values, (double)points, 0, 0, report->lang);
    frem_report_add_number(&all, (double)report->rows, 0, 0, report->lang);
    report->out.failed = report->out.failed || values.failed || all.failed;
    const frem_report_part parts[] = {{"values", values.bytes},
                                      {"all", all.bytes},
                                      {"statistic", report->statistic},
                                      {"file", frem_table_file(report->document)},
                                      {NULL, NULL}};
    const struct {
        bool said;
        frem_report_word word;
    } what[] = {{report->level == FREM_REPORT_MAIN, FREM_WORD_left_sectors},
                {report->level == FREM_REPORT_WIDE, FREM_WORD_left_areas},
                {report->level == FREM_REPORT_ALL && report->spread.n == 0 && points < report->rows,
                 FREM_WORD_left_statistics},
                {report->spread.n > 0, FREM_WORD_left_spread},
                {report->fewer_ages, FREM_WORD_left_ages}};
    for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
        if (!what[i].said)
            continue;
        frem_text_add(&report->out, "<p>");
        frem_report_add_sentence(report, what[i].word, parts);
        frem_text_add(&report->out, "</p>\n");
        n++;
    }
    frem_text_free(&values);
    frem_text_free(&all);
    return n;
}

static void add_note_list(frem_report *report, bool splits) {
    const frem_document *document = report->document;
    frem_text_add(&report->out, "<ul class=\"list\">\n");
    for (size_t i = 0; i < document->n_notes; i++) {
        const frem_note *note = &document->notes[i];
        if ((strcmp(note->kind, "split-by-key") == 0) != splits)
            continue;
        frem_text_add(&report->out, "<li>");
        if (document->n_scenarios > 1 && note->scenario != NULL)
            add_element(report, "<bdi>", note->scenario, "</bdi>: ");
        add_element(report, "<bdi>", note->text.text[report->lang], "</bdi></li>\n");
    }
    frem_text_add(&report->out, "</ul>\n");
}

/** Many totals split by keys are one sentence in the report, with a folded list of them. */
static size_t add_note_lists(frem_report *report) {
    size_t splits = 0;
    for (size_t i = 0; i < report->document->n_notes; i++)
        splits += strcmp(report->document->notes[i].kind, "split-by-key") == 0;
    if (report->document->n_notes > splits)
        add_note_list(report, false);
    if (splits == 0)
        return report->document->n_notes;
    frem_text number = {0};
    frem_text_print(&number, "%zu", splits);
    const frem_report_part parts[] = {{"n", number.bytes}, {NULL, NULL}};
    frem_text_add(&report->out, "<p>");
    frem_report_add_sentence(report, splits == 1 ? FREM_WORD_notes_split_one : FREM_WORD_notes_split, parts);
    frem_text_add(&report->out,
                  splits >= NOTES_OPEN_MAX ? "</p>\n<details><summary>" : "</p>\n<details open><summary>");
    add_word(report, FREM_WORD_notes_show);
    frem_text_add(&report->out, "</summary>\n");
    add_note_list(report, true);
    frem_text_add(&report->out, "</details>\n");
    frem_text_free(&number);
    return report->document->n_notes;
}

/** The file of a warning by the name that a scenario has for it, as its path differs between machines. */
static const char *name_of(const frem_document *document, const char *path) {
    for (size_t i = 0; path != NULL && document->sources != NULL; i++) {
        const frem_source *source = frem_sources_at(document->sources, i);
        if (source == NULL)
            break;
        if (strcmp(source->path, path) == 0)
            return source->name;
    }
    return path;
}

static frem_status add_warnings(frem_report *report) {
    if (report->diags == NULL || frem_diags_warnings(report->diags) == 0)
        return FREM_OK;
    frem_text_add(&report->out, "<h3>");
    add_word(report, FREM_WORD_notes_warnings);
    frem_text_add(&report->out, "</h3>\n<pre>");
    for (size_t i = 0; i < frem_diags_count(report->diags); i++) {
        frem_diag diag = *frem_diags_at(report->diags, i);
        if (diag.severity != FREM_WARNING)
            continue;
        diag.place.file = name_of(report->document, diag.place.file);
        char *text = frem_diag_text(&diag, report->lang);
        if (text == NULL)
            return FREM_NO_MEMORY;
        for (char *line = text; line != NULL;) {
            char *end = strchr(line, '\n');
            if (end != NULL)
                *end++ = '\0';
            add_element(report, "", line, "\n");
            line = end;
        }
        free(text);
    }
    frem_text_add(&report->out, "</pre>\n");
    return FREM_OK;
}

frem_status frem_report_add_notes(frem_report *report) {
    const size_t start = report->out.length;
    frem_text_add(&report->out,
                  "<section class=\"paper long\" aria-labelledby=\"head-notes\"><h2 id=\"head-notes\">");
    add_word(report, FREM_WORD_notes);
    frem_text_add(&report->out, "</h2>\n");
    size_t said = add_left_out(report);
    said += add_note_lists(report);
    said += report->diags != NULL ? frem_diags_warnings(report->diags) : 0;
    const frem_status status = add_warnings(report);
    frem_text_add(&report->out, "</section>");
    if (said == 0 && !report->out.failed) {
        report->out.length = start;
        report->out.bytes[start] = '\0';
    }
    return status;
}

/** A word of a command as a shell reads it. */
static void add_shell_word(frem_report *report, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,:=@%+";
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        frem_html_add(&report->out, word);
        return;
    }
    frem_text_add(&report->out, "&#39;");
    for (const char *at = word; *at != '\0';) {
        const size_t n = strcspn(at, "'");
        frem_text piece = {0};
        frem_text_add_bytes(&piece, at, n);
        if (n > 0 && !piece.failed)
            frem_html_add(&report->out, piece.bytes);
        report->out.failed = report->out.failed || piece.failed;
        frem_text_free(&piece);
        at += n;
        if (*at == '\'') {
            frem_text_add(&report->out, "&#39;\\&#39;&#39;");
            at++;
        }
    }
    frem_text_add(&report->out, "&#39;");
}

static void add_hash_row(frem_report *report, const char *name, const char *bytes, size_t n) {
    char sha256[65];
    frem_sha256(bytes, n, sha256);
    add_element(report, "<tr><th scope=\"row\"><bdi>", name, "</bdi></th><td class=\"right\">");
    frem_report_add_number(&report->out, (double)n, 0, 0, report->lang);
    frem_text_print(&report->out, "</td><td class=\"hash\"><code>%s</code></td></tr>\n", sha256);
}

static void add_inputs(frem_report *report) {
    const frem_document *document = report->document;
    frem_text_add(&report->out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                                "aria-labelledby=\"head-reproduce\"><table class=\"texts\"><thead><tr>");
    add_element(report, "<th scope=\"col\">", frem_report_word_text(FREM_WORD_input, report->lang), "</th>");
    add_element(report, "<th scope=\"col\" class=\"right\">",
                frem_report_word_text(FREM_WORD_input_bytes, report->lang),
                "</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; document->sources != NULL; i++) {
        const frem_source *source = frem_sources_at(document->sources, i);
        if (source == NULL)
            break;
        add_hash_row(report, source->name, source->bytes, source->size);
    }
    for (size_t i = 0; i < document->n_scenarios; i++) {
        const frem_run *run = &document->scenarios[i];
        if (run->resolved == NULL)
            continue;
        frem_text name = {0};
        frem_text_print(&name, "%s: %s", frem_report_word_text(FREM_WORD_resolved, report->lang), run->name);
        add_hash_row(report, name.failed ? "" : name.bytes, run->resolved, strlen(run->resolved));
        report->out.failed = report->out.failed || name.failed;
        frem_text_free(&name);
    }
    frem_text_add(&report->out, "</tbody></table></div>\n");
}

void frem_report_add_reproduce(frem_report *report) {
    const frem_document *document = report->document;
    frem_text_add(
        &report->out,
        "<section class=\"paper long\" aria-labelledby=\"head-reproduce\"><h2 id=\"head-reproduce\">");
    add_word(report, FREM_WORD_reproduce);
    frem_text_add(&report->out, "</h2>\n<p class=\"lede\">");
    add_word(report, FREM_WORD_reproduce_lede);
    frem_text_add(&report->out, "</p>\n<pre>fremskriv");
    for (size_t i = 0; i < document->n_command; i++) {
        frem_text_add(&report->out, " ");
        add_shell_word(report, document->command[i]);
    }
    frem_text_add(&report->out, " -o DIR\n\nfremskriv " FREM_VERSION_STRING);
    if (document->has_seed)
        frem_text_print(&report->out, "\n%s %llu", frem_report_word_text(FREM_WORD_seed, report->lang),
                        document->seed);
    frem_text_add(&report->out, "</pre>\n");
    add_inputs(report);
    frem_text_add(&report->out, "</section>");
}
