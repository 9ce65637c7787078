#include "analysis/answer.h"

#include <string.h>

#include "base/locale.h"
#include "base/text.h"
#include "fremskriv/version.h"

enum { COLUMNS_MAX = 24, FILES_MAX = 8 };

/* An answer and where its parts are kept. */
struct frem_answer_kept {
    frem_answer answer;
    frem_answer_table tables[FREM_ANSWER_TABLES_MAX];
    frem_label *sentences;
    frem_figure *figures[FREM_LANG_COUNT];
    size_t room_sentences, room_figures;
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
    kept->answer.tables = kept->tables;
    kept->answer.files = kept->files;
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

/* Room for one more of n items. @param room of the list; twice as much where it is full. */
static void *more_room(frem_results *results, void *list, size_t n, size_t *room, size_t size) {
    if (n < *room)
        return list;
    const size_t larger = *room > 0 ? 2 * *room : 16;
    char *grown = frem_arena_alloc(results->arena, larger, size);
    if (grown == NULL)
        return NULL;
    if (n > 0)
        memcpy(grown, list, n * size);
    *room = larger;
    return grown;
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
    const size_t n = kept->answer.n_sentences;
    frem_label *sentences =
        more_room(results, kept->sentences, n, &kept->room_sentences, sizeof *kept->sentences);
    if (sentences == NULL)
        return FREM_NO_MEMORY;
    kept->sentences = sentences;
    kept->answer.sentences = sentences;
    return copy_label(results, english, danish, &kept->sentences[kept->answer.n_sentences++]);
}

frem_status frem_answer_say_texts(frem_results *results, frem_text texts[FREM_LANG_COUNT]) {
    bool failed = false;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        failed = failed || texts[lang].failed;
    const frem_status status =
        failed ? FREM_NO_MEMORY : frem_answer_say(results, texts[FREM_EN].bytes, texts[FREM_DA].bytes);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        frem_text_free(&texts[lang]);
    return status;
}

/* Whether a measure compares supply with demand. */
static bool compares(const char *measure) {
    static const char *const measures[] = {"gap", "shortage", "coverage", "recruitment_need", "supply"};
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        if (strcmp(measures[i], measure) == 0)
            return true;
    }
    return false;
}

frem_status frem_answer_say_base(frem_results *results, const frem_model *const *models, size_t n_models,
                                 const frem_address *address) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < n_models && status == FREM_OK; i++) {
        frem_text texts[FREM_LANG_COUNT] = {{0}};
        bool before = address != NULL && !compares(address->measure);
        for (size_t k = 0; k < i; k++) /* said of another */
            before = before || (models[k]->base == models[i]->base &&
                                models[k]->as_is->inputs.base_mode != FREM_BASE_COHORTS);
        if (before || models[i]->as_is->inputs.base_mode == FREM_BASE_COHORTS)
            continue;
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
            frem_text_print(&texts[lang], "%s%d%s.", frem_word_text(FREM_W_SWEEP_BEFORE, (frem_lang)lang),
                            models[i]->base, frem_word_text(FREM_W_SWEEP_AFTER, (frem_lang)lang));
        status = frem_answer_say_texts(results, texts);
    }
    return status;
}

/* "Source: Pedagogues in KKR Syddanmark; fremskriv 0.1.0". */
static const char *source_of(const frem_results *results, frem_lang lang) {
    if (results->models == NULL)
        return "";
    const frem_scenario *scenario = results->models[0]->scenario;
    const char *title = scenario->title.text[lang];
    return frem_arena_print(results->arena, "%s: %s; fremskriv %s", frem_word_text(FREM_W_CHART_SOURCE, lang),
                            title != NULL ? title : scenario->name, frem_version());
}

frem_status frem_answer_add_figure(frem_results *results, const frem_figure figures[FREM_LANG_COUNT]) {
    struct frem_answer_kept *kept = results->answer;
    const size_t n = kept->answer.n_figures, before = kept->room_figures;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        size_t room = before;
        frem_figure *list = more_room(results, kept->figures[lang], n, &room, sizeof *list);
        if (list == NULL)
            return FREM_NO_MEMORY;
        kept->figures[lang] = list;
        kept->answer.figures[lang] = list;
        kept->room_figures = room;
        list[n] = figures[lang];
        if (list[n].source == NULL)
            list[n].source = source_of(results, (frem_lang)lang);
        if (list[n].source == NULL)
            return FREM_NO_MEMORY;
    }
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
