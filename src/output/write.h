/** @file
 *  The writers. Each renders a document into a stage, a sink or a text; none of them looks at anything else.
 */
#ifndef FREM_OUTPUT_WRITE_H
#define FREM_OUTPUT_WRITE_H

#include "base/text.h"
#include "frame/answer.h"
#include "frame/document.h"
#include "fremskriv/output.h"
#include "publish/sink.h"
#include "publish/stage.h"

/** The results table as CSV (RFC 4180, UTF-8, LF, six fixed decimals; comma: semicolons and decimal commas).
 *  @return FREM_NO_MEMORY; what can't be written is seen when the sink is closed. */
FREM_MUST_CHECK frem_status frem_write_csv(const frem_frame *frame, frem_decimal decimal, frem_sink *sink);

/** The document's table as JSON, column by column, with all that a reader must know beside it: docs/json.md. */
FREM_MUST_CHECK frem_status frem_write_json(const frem_document *document, const frem_write_options *options,
                                            frem_stage *stage, frem_diags *diags);

/** A part of a CSV file. */
typedef struct frem_csv_part {
    bool header, rows;
    size_t exact_first,
        exact_end; /**< number columns first .. end-1 have as many digits as they need, not six decimals */
} frem_csv_part;
/** As frem_write_csv(), of one part. */
FREM_MUST_CHECK frem_status frem_write_csv_part(const frem_frame *frame, frem_decimal decimal,
                                                const frem_csv_part *part, frem_sink *sink);

/** A table of an answer as CSV, with a header. */
FREM_MUST_CHECK frem_status frem_write_answer_csv(const frem_answer_table *table, frem_decimal decimal,
                                                  frem_sink *sink);
/** The tables of an answer as CSV. */
FREM_MUST_CHECK frem_status frem_write_answer(const frem_answer *answer, frem_decimal decimal,
                                              frem_stage *stage);
/** The text files of an answer, which every folder has. */
FREM_MUST_CHECK frem_status frem_write_answer_files(const frem_answer *answer, frem_stage *stage);
/** A cell of an answer's table as people read it; nothing where it is empty. */
void frem_add_answer_cell(frem_text *out, const frem_answer_table *table, size_t column, size_t row,
                          frem_lang lang);
/** A writer of files, chosen by its name in --format. After FREM_UNWRITABLE, here and below, frem_stage_commit() says
 *  which file it was and removes the stage. */
typedef struct frem_writer {
    const char *name;
    FREM_MUST_CHECK frem_status (*write)(const frem_document *document, const frem_write_options *options,
                                         frem_stage *stage, frem_diags *diags);
} frem_writer;
/** All writers, ended by one whose name is NULL. */
extern const frem_writer frem_writers[];

/** What every output folder has besides: NAME.resolved.yaml for each scenario, tables/,
 *  datapackage.json. Called after the writers of files, whose tables it describes. */
FREM_MUST_CHECK frem_status frem_write_beside(const frem_document *document, frem_decimal decimal,
                                              frem_stage *stage);
/** manifest.json, written last: program version, command, inputs and outputs with their SHA-256, seed, notes. */
FREM_MUST_CHECK frem_status frem_write_manifest(const frem_document *document, frem_stage *stage);

/** The short table for a terminal: supply, demand and gap by profession for the years that matter (the base year,
 *  the next, every fifth, the last), for the group of regions where there is one alone (else `all`), every scenario and variant;
 *  then the notes that concern what is shown. Numbers in the language's format (1.234 in Danish, 1,234 in English).
 *  @param width columns of the terminal. */
FREM_MUST_CHECK frem_status frem_write_terminal(const frem_document *document, frem_lang lang, size_t width,
                                                frem_text *out);
/** The short table of practicum: of each programme intake, places by specialisation and region, and places needed, on
 *  offer and missing, for the years that matter; of each school the municipalities' students, STÅ and shares, computed
 *  and published; then the notes. Numbers as above. */
FREM_MUST_CHECK frem_status frem_write_practicum(const frem_document *document, frem_lang lang, size_t width,
                                                 frem_text *out);
/** An answer: its title, sentences and tables. Numbers as above. */
FREM_MUST_CHECK frem_status frem_write_answer_short(const frem_document *document, frem_lang lang,
                                                    size_t width, frem_text *out);
/** The short table of a comparison: of each scenario and variant supply, demand and gap by profession for the years that
 *  matter, beside the reference's, with the difference, absolute and in per cent; then what the two do not share. */
FREM_MUST_CHECK frem_status frem_write_comparison(const frem_document *document, frem_lang lang, size_t width,
                                                  frem_text *out);

#endif
