#include "analysis/answer.h"

#include <string.h>

#include "base/text.h"

enum { COLUMNS_MAX = 24, SENTENCES_MAX = 64, FIGURES_MAX = 64, FILES_MAX = 8 };

/* An answer and where its parts are kept. */
struct frem_answer_kept {
    frem_answer answer;
    frem_answer_table tables[FREM_ANSWER_TABLES_MAX];
    frem_label sentences[SENTENCES_MAX];
    frem_figure figures[FREM_LANG_COUNT][FIGURES_MAX];
    frem_answer_file files[FILES_MAX];
};

static const char *copied(frem_results *results, const char *text) {
    return text != NULL ? frem_arena_text(results->arena, text, strlen(text)) : NULL;
}

static frem_status copy_label(frem_results *results, const char *english, const char *danish,
                              frem_label *out) {
    out->text[FREM_EN] = copied(results, english);
    out->text[FREM_DA] = copied(results, danish);
    return out->text[FREM_EN] != NULL && out->text[FREM_DA] != NULL ? FREM_OK : FREM_NO_MEMORY;
}

frem_status frem_answer_beside(frem_results *results, const char *verb, const frem_label *title) {
    struct frem_answer_kept *kept = frem_arena_alloc(results->arena, 1, sizeof *kept);
    if (kept == NULL)
        return FREM_NO_MEMORY;
    *kept = (struct frem_answer_kept){.answer = {.verb = verb}};
    kept->answer.sentences = kept->sentences;
    kept->answer.tables = kept->tables;
    kept->answer.files = kept->files;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        kept->answer.figures[lang] = kept->figures[lang];
    results->answer = kept;
    results->document.answer = &kept->answer;
    return copy_label(results, title->text[FREM_EN], title->text[FREM_DA], &kept->answer.title);
}

frem_status frem_answer_new(frem_results **out, const char *verb, const frem_label *title,
                            const frem_model *const *models, size_t n_models, const frem_sources *sources,
                            const frem_run_options *options) {
    frem_results *results = NULL;
    frem_status status = frem_results_empty(&results);
    *out = NULL;
    if (status != FREM_OK)
        return status;
    results->document.kind = FREM_TABLE_ANSWER;
    results->document.sources = sources;
    results->document.command = options->command;
    results->document.n_command = options->n_command;
    status = frem_results_table_new(&results->table); /* which has no rows */
    results->document.results = results->table;
    if (status == FREM_OK)
        status = frem_answer_beside(results, verb, title);
    if (status == FREM_OK)
        status = frem_results_describe(results, models, NULL, n_models);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}

static frem_status name_file(frem_results *results, frem_answer_table *table) {
    frem_text name = {0};
    frem_text_print(&name, "%s.csv", table->name);
    table->file = name.failed ? NULL : copied(results, name.bytes);
    frem_text_free(&name);
    return table->file != NULL ? FREM_OK : FREM_NO_MEMORY;
}

frem_status frem_answer_add_table(frem_results *results, const frem_answer_table *table, size_t *at) {
    struct frem_answer_kept *kept = results->answer;
    const char *names[COLUMNS_MAX];
    frem_column_kind kinds[COLUMNS_MAX];
    const size_t n = kept->answer.n_tables;
    if (n == FREM_ANSWER_TABLES_MAX || table->n_columns > COLUMNS_MAX)
        return FREM_DEFECT;
    for (size_t i = 0; i < table->n_columns; i++) {
        names[i] = table->columns[i].name;
        kinds[i] = table->columns[i].kind;
    }
    frem_status status = frem_frame_new(&results->answers[n], names, kinds, table->n_columns);
    if (status != FREM_OK)
        return status;
    kept->tables[n] = *table;
    kept->tables[n].frame = results->answers[n];
    status = name_file(results, &kept->tables[n]);
    kept->answer.n_tables++;
    *at = n;
    for (size_t i = 0; i < table->n_columns && status == FREM_OK; i++) {
        if (table->columns[i].empty)
            status = frem_frame_allow_empty(results->answers[n], i);
    }
    return status;
}

frem_status frem_answer_add_row(frem_results *results, size_t table, const frem_answer_cell *cells) {
    frem_frame *frame = results->answers[table];
    frem_cell row[COLUMNS_MAX];
    frem_status status = FREM_OK;
    const size_t n = frem_frame_columns(frame);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        switch (frem_frame_column_kind(frame, i)) {
        case FREM_COLUMN_LABEL:
            status = frem_frame_label(frame, i, cells[i].text, &row[i].label);
            break;
        case FREM_COLUMN_WHOLE:
            row[i].whole = cells[i].whole;
            break;
        case FREM_COLUMN_NUMBER:
            row[i].number = cells[i].number;
            break;
        }
    }
    return status == FREM_OK ? frem_frame_add(frame, row) : status;
}

frem_status frem_answer_say(frem_results *results, const char *english, const char *danish) {
    struct frem_answer_kept *kept = results->answer;
    if (kept->answer.n_sentences == SENTENCES_MAX)
        return FREM_DEFECT;
    return copy_label(results, english, danish, &kept->sentences[kept->answer.n_sentences++]);
}

frem_status frem_answer_add_figure(frem_results *results, const frem_figure figures[FREM_LANG_COUNT]) {
    struct frem_answer_kept *kept = results->answer;
    if (kept->answer.n_figures == FIGURES_MAX)
        return FREM_DEFECT;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        kept->figures[lang][kept->answer.n_figures] = figures[lang];
    kept->answer.n_figures++;
    return FREM_OK;
}

frem_status frem_answer_add_file(frem_results *results, const char *name, const char *text) {
    struct frem_answer_kept *kept = results->answer;
    if (kept->answer.n_files == FILES_MAX)
        return FREM_DEFECT;
    const frem_answer_file file = {copied(results, name), copied(results, text)};
    kept->files[kept->answer.n_files++] = file;
    return file.name != NULL && file.text != NULL ? FREM_OK : FREM_NO_MEMORY;
}

frem_arena *frem_answer_arena(frem_results *results) {
    return results->arena;
}
