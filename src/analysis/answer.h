/** @file
 *  Making answers (frame/answer.h): results of a verb that has tables, sentences and figures of its own.
 *
 *      frem_results *results;
 *      status = frem_answer_new(&results, "decompose", title, models, n_models, sources, options);
 *      size_t causes;
 *      status = frem_answer_add_table(results, &(frem_answer_table){...}, &causes);
 *      status = frem_answer_add_row(results, causes, (frem_answer_cell[]){{.text = name}, ..., {.number = 12.5}});
 *      status = frem_answer_say(results, english.bytes, danish.bytes);
 *
 *  After a failure the results are freed by frem_results_free(), as always.
 */
#ifndef FREM_ANALYSIS_ANSWER_H
#define FREM_ANALYSIS_ANSWER_H

#include "analysis/results.h"
#include "base/text.h"
#include "frame/answer.h"
#include "fremskriv/address.h"

/** A cell of a row; which member holds depends on the column's kind. */
typedef struct frem_answer_cell {
    const char *text;
    int whole;
    double number;
} frem_answer_cell;

/** Results that are an answer, with nothing in it yet.
 *  @param verb static. @param title copied. @param sources borrowed, as are the models and the options' command.
 *  @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_answer_new(frem_results **out, const char *verb, const frem_label *title,
                                            const frem_model *const *models, size_t n_models,
                                            const frem_sources *sources, const frem_run_options *options);
/** Gives results of projections something to be read beside them; the same calls fill it.
 *  @param results of frem_results_new() and its like, or made in the room. */
FREM_MUST_CHECK frem_status frem_answer_beside(frem_results *results, const char *verb,
                                               const frem_label *title);
/** Adds a table without rows. @param table its frame and file are made here; its other texts and columns are static or in the results' arena.
 *  @param[out] at its number, for rows. */
FREM_MUST_CHECK frem_status frem_answer_add_table(frem_results *results, const frem_answer_table *table,
                                                  size_t *at);
/** Adds a row. @param cells as many as there are columns; copied. */
FREM_MUST_CHECK frem_status frem_answer_add_row(frem_results *results, size_t table,
                                                const frem_answer_cell *cells);
/** Adds a sentence. The texts are copied; NULL is FREM_NO_MEMORY, so that a frem_text that failed can be handed over. */
FREM_MUST_CHECK frem_status frem_answer_say(frem_results *results, const char *english, const char *danish);
/** Adds a sentence that was made in each language. @param texts [lang], freed in any case. */
FREM_MUST_CHECK frem_status frem_answer_say_texts(frem_results *results, frem_text texts[FREM_LANG_COUNT]);
/** Says from where gaps are counted, for each of the scenarios with supply set to employment in the base year: a gap
 *  of 0 in 2035 then means as many vacancies as that year had. @param address one of what is asked for; NULL: gaps are
 *  among it. Nothing is said where it is of a measure that compares no supply with a demand. */
FREM_MUST_CHECK frem_status frem_answer_say_base(frem_results *results, const frem_model *const *models,
                                                 size_t n_models, const frem_address *address);
/** Adds a figure, drawn by svg, pdf, png, html and xlsx. @param figures [lang], with all that they point to in
 *  frem_answer_arena() or static; the two have one name. Where `source` is NULL it becomes the first scenario's title and the
 *  program's version. */
FREM_MUST_CHECK frem_status frem_answer_add_figure(frem_results *results,
                                                   const frem_figure figures[FREM_LANG_COUNT]);
/** Adds a text file of the output folder. The texts are copied. */
FREM_MUST_CHECK frem_status frem_answer_add_file(frem_results *results, const char *name, const char *text);
/** Memory that lives as long as the results. */
frem_arena *frem_answer_arena(frem_results *results);

#endif
