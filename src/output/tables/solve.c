/* An answer as files: solution.csv, targets.csv, and the scenario that holds it; or its table to a file descriptor. */
#include <string.h>

#include "analysis/solve.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "output/names.h"
#include "output/write.h"

/* Values have all their digits, so that the answer can be set again exactly. */
static const frem_csv_part solution_part = {true, true, 4, 7};

static frem_status write_table(const frem_frame *frame, const char *name, frem_decimal decimal,
                               const frem_csv_part *part, frem_stage *stage) {
    frem_sink *sink = NULL;
    frem_status status = frem_stage_file(stage, name, &sink);
    if (status != FREM_OK)
        return status;
    status = frem_write_csv_part(frame, decimal, part, sink);
    const frem_status closed = frem_stage_close_file(stage, sink);
    return status != FREM_OK ? status : closed;
}

/* ---- the scenario ---- */

static void add_indent(frem_text *text, size_t n) {
    frem_text_print(text, "%*s", (int)(2 * n), "");
}

/* A key that no reader of YAML takes for anything else. */
static void add_quoted(frem_text *text, const char *key, size_t n) {
    frem_text_add(text, "\"");
    for (size_t i = 0; i < n; i++) {
        if (key[i] == '"' || key[i] == '\\')
            frem_text_add(text, "\\");
        frem_text_add_bytes(text, &key[i], 1);
    }
    frem_text_add(text, "\"");
}

/* The answer where its path leads, from an indentation on. */
static void add_value(frem_text *text, const frem_solution *solution, size_t indent) {
    static const char *const keys[] = {
        [FREM_CHANGE_SET] = "value", [FREM_CHANGE_MULTIPLY] = "times", [FREM_CHANGE_ADD] = "add"};
    const frem_solved *a = &solution->answer;
    char number[32];
    (void)frem_number_shortest(number, a->value);
    const char *key = solution->varied.path;
    for (const char *end = key; end != NULL; key = end + 1, indent++) {
        end = strchr(key, '.');
        add_indent(text, indent);
        add_quoted(text, key, end != NULL ? (size_t)(end - key) : strlen(key));
        frem_text_add(text, end != NULL ? ":\n" : ": ");
        if (end == NULL)
            break;
    }
    if (solution->by_year)
        frem_text_print(text, "{from: %d, %s: %s}\n", a->year, keys[solution->varied.kind], number);
    else if (solution->varied.kind == FREM_CHANGE_SET)
        frem_text_print(text, "%s\n", number);
    else
        frem_text_print(text, "{%s: %s}\n", keys[solution->varied.kind], number);
}

/* A scenario that extends the resolved one beside it. */
static frem_status write_scenario(const frem_solution *solution, frem_stage *stage) {
    const frem_scenario *s = solution->model->scenario;
    const frem_solved *a = &solution->answer;
    const bool variant = strcmp(s->variant, "base") != 0;
    frem_text text = {0}, name = {0};
    frem_index *taken = NULL;
    const char *safe = NULL;
    char wanted[32];
    frem_status status = frem_index_new(&taken);
    if (status == FREM_OK)
        status = frem_safe_name(taken, s->name, &safe);
    if (status == FREM_OK) {
        (void)frem_number_shortest(wanted, a->wanted);
        frem_text_print(&name, "%s.resolved.yaml", safe);
        frem_text_print(&text,
                        "# The answer of `fremskriv solve`: with it, %s is %s.\nfremskriv: 1\nextends: ",
                        a->address, wanted);
        if (!name.failed)
            add_quoted(&text, name.bytes, name.length);
        frem_text_add(&text, "\nname: ");
        frem_text_free(&name);
        frem_text_print(&name, "%s-solved", s->name);
        if (!name.failed)
            add_quoted(&text, name.bytes, name.length);
        frem_text_add(&text, "\n");
        if (variant) {
            frem_text_add(&text, "variants:\n  ");
            add_quoted(&text, s->variant, strlen(s->variant));
            frem_text_add(&text, ":\n");
        }
        add_value(&text, solution, variant ? 2 : 0);
        status = text.failed || name.failed ? FREM_NO_MEMORY : FREM_OK;
    }
    frem_sink *sink = NULL;
    if (status == FREM_OK)
        status = frem_stage_file(stage, FREM_SOLUTION_YAML, &sink);
    if (status == FREM_OK) {
        frem_sink_write(sink, text.bytes, text.length);
        status = frem_stage_close_file(stage, sink);
    }
    frem_index_free(taken);
    frem_text_free(&text);
    frem_text_free(&name);
    return status;
}

/* ---- doors ---- */

static frem_status fill(const frem_solution *solution, const frem_document *document, frem_decimal decimal,
                        frem_stage *stage) {
    static const frem_csv_part rows = {true, true, 0, 0};
    frem_status status = write_table(document->results, FREM_SOLUTION_CSV, decimal, &solution_part, stage);
    if (status == FREM_OK)
        status = write_table(document->targets, FREM_TARGETS_CSV, decimal, &rows, stage);
    if (status == FREM_OK)
        status = frem_write_beside(document, decimal, stage);
    if (status == FREM_OK)
        status = write_scenario(solution, stage);
    return status == FREM_OK ? frem_write_manifest(document, stage) : status;
}

frem_status frem_solution_write_folder(const frem_solution *solution, const frem_sources *sources,
                                       const char *folder, const frem_write_options *options,
                                       const frem_run_options *run, frem_diags *diags) {
    frem_results *results = NULL;
    frem_stage *stage;
    for (size_t i = 0; i < options->n_formats; i++) {
        if (strcmp(options->formats[i], "csv") != 0) {
            const frem_status wrong =
                FREM_PROBLEM(diags, ((frem_place){"fremskriv", 0, 0}), SOLVE_FORMAT, options->formats[i]);
            return wrong == FREM_NO_MEMORY ? wrong : FREM_USAGE;
        }
    }
    frem_status status = frem_solution_results(solution, sources, run, &results);
    if (status == FREM_OK)
        status = frem_results_resolve(results);
    if (status == FREM_OK)
        status = frem_stage_open(&stage, folder, diags);
    if (status != FREM_OK) {
        frem_results_free(results);
        return status;
    }
    frem_stage_rules(stage, sources, options->force);
    status = fill(solution, frem_results_document(results), options->decimal, stage);
    /* A file that could not be written is named by the commit, which then leaves the folder as it was. */
    if (status == FREM_OK || status == FREM_UNWRITABLE)
        status = frem_stage_commit(stage, diags);
    else
        frem_stage_discard(stage);
    frem_results_free(results);
    return status;
}

frem_status frem_solution_write_stream(const frem_solution *solution, int fd, frem_decimal decimal) {
    const frem_run_options run = {0};
    frem_results *results = NULL;
    frem_sink *sink = NULL;
    frem_status status = frem_solution_results(solution, NULL, &run, &results);
    if (status == FREM_OK)
        status = frem_sink_fd(&sink, fd, 0);
    if (status == FREM_OK) {
        status = frem_write_csv_part(frem_results_table(results), decimal, &solution_part, sink);
        const frem_status closed = frem_sink_close(sink, NULL, NULL, NULL);
        status = status != FREM_OK ? status : closed;
    }
    frem_results_free(results);
    return status;
}
