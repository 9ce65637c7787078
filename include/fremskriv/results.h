/** @file
 *  Results: models projected into the tidy table, with all that a reader must know beside it.
 */
#ifndef FREMSKRIV_RESULTS_H
#define FREMSKRIV_RESULTS_H

#include <stddef.h>

#include "fremskriv/frame.h"
#include "fremskriv/model.h"
#include "fremskriv/progress.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The results of one command. */
typedef struct frem_results frem_results;

/** Which rows of a table are wanted: lists of keys as in results.csv, separated by commas; "every" for all that there are.
 *  NULL: all. Borrowed for the call. */
typedef struct frem_row_choice {
    const char *measures;    /**< "supply,gap" */
    const char *regions;     /**< codes, groups by name, "all"; "groups": the named groups */
    const char *years;       /**< years and spans: "2030,2035-2040" */
    const char *professions; /**< keys and "all"; "each": all but their sum */
    const char *sectors;     /**< keys and "all" */
} frem_row_choice;

/** How to project. Zero-initialise for the defaults. */
typedef struct frem_run_options {
    unsigned threads;           /**< 0: as many as the machine lets the process use */
    const char *isa;            /**< "plain", "avx2", "avx512"; NULL: the best of this machine */
    const char *const *command; /**< words for the manifest; borrowed; may be NULL */
    size_t n_command;
    const frem_progress *progress; /**< borrowed; may be NULL */
    int with_tables; /**< not 0: also the tables that stock.csv and programmes.csv are written from */
    int first_alone; /**< not 0: only the first table of an answer will be read, as `-o -` writes it: what takes projections of its own
                        beside it, such as what follows after the targets' years, is left out */
    /** Columns of the table with what people call a region, profession, sector and measure, behind the others: region_name,
     *  profession_name, sector_name, measure_name. In this language; borrowed for the call; NULL: without them. */
    const frem_lang *with_names;
    /** Which rows the table of frem_results_new() has; the others are not made, which takes less time. */
    frem_row_choice rows;
    /** Changes of the one model that is projected, which itself stays as it is: projecting it again with other numbers reads
     *  and compiles nothing anew. A number outside its parameter's range is a problem. No files are written of such results: they would not say what was changed. Borrowed for the call. */
    const frem_change *changes;
    size_t n_changes;
    /** Years that a paper made of the results is about, "2030,2035", in place of the scenario's `report: {years: ...}`; NULL:
     *  those. Borrowed for the call. */
    const char *focus;
    int with_movers; /**< not 0: also which numbers matter most for the paper, which projects some hundred cases */
} frem_run_options;

/** Projects each model and puts the results in one table, columns as in results.csv.
 *  Two scenarios of the same name are an error.
 *  @param sources borrowed: the files that the scenarios came from, for what is written; NULL for none.
 *  @param models borrowed; must outlive the results.
 *  @param[out] out Owned by the caller. */
FREM_API FREM_MUST_CHECK frem_status frem_results_new(frem_results **out, const frem_sources *sources,
                                                      const frem_model *const *models, size_t n_models,
                                                      const frem_run_options *options, frem_diags *diags);
/** Reports everything that frem_results_new() would refuse or warn of, without making results: each model is projected, and
 *  all their problems are found.
 *  @param models some may be NULL, and are passed over; so are those of practicum alone, which have nothing to project.
 *  @return FREM_INVALID where there is an error. */
FREM_API FREM_MUST_CHECK frem_status frem_results_check(const frem_model *const *models, size_t n_models,
                                                        const frem_run_options *options, frem_diags *diags);
/** Practicum places of each model: by specialisation, by region, needed and on offer, and shares of the practicum in STÅ;
 *  columns as in practicum.csv: scenario, variant, year, region, programme, school, specialisation, stage, measure,
 *  statistic, unit, value. A scenario that says nothing about practicum is an error. As frem_results_new() otherwise. */
FREM_API FREM_MUST_CHECK frem_status frem_practicum_new(frem_results **out, const frem_sources *sources,
                                                        const frem_model *const *models, size_t n_models,
                                                        const frem_run_options *options, frem_diags *diags);
/** Projects each model and compares all others with the first, the reference: rows of the same year, region,
 *  profession, sector, measure, statistic and unit side by side. Columns as in compare.csv: those of results.csv, then
 *  reference, difference (value - reference, of unrounded numbers) and percent (of the reference). A number is empty (NaN)
 *  where its side has no such row; the difference is then too, and per cent also where the reference is 0, of measures
 *  that may be negative (gap, recruitment_need) and of ratios. One model alone, or one with nothing in common with the reference, is an error. As frem_results_new() otherwise. */
FREM_API FREM_MUST_CHECK frem_status frem_compare_new(frem_results **out, const frem_sources *sources,
                                                      const frem_model *const *models, size_t n_models,
                                                      const frem_run_options *options, frem_diags *diags);
/** Sets what each model's scenario says beside the others: an answer with the table assumptions_compared, one row a path
 *  where they differ and one column a scenario or variant, and assumption_sources, with where each is given. Nothing is projected.
 *  As frem_compare_new() otherwise; at most 16 models. */
FREM_API FREM_MUST_CHECK frem_status frem_compare_assumptions(frem_results **out, const frem_sources *sources,
                                                              const frem_model *const *models,
                                                              size_t n_models,
                                                              const frem_run_options *options,
                                                              frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_results_free(frem_results *results);
/** The tidy table: scenario, variant, year, region, profession, sector, measure, statistic, unit, value.
 *  @return Borrowed until the results are freed. */
FREM_API const frem_frame *frem_results_table(const frem_results *results);

/** A table of an answer by its name, such as "solution" of what was solved for: of verbs whose tables are their own.
 *  @return Borrowed until the results are freed; NULL where the results have no such table. */
FREM_API const frem_frame *frem_results_answer(const frem_results *results, const char *table);

/** What a value is about, in the keys of results.csv. Zero-initialise; NULL is what the comments say. */
typedef struct frem_value_key {
    const char *scenario; /**< its name; NULL: the first one of the results */
    const char *variant;  /**< NULL: "base", the scenario itself */
    const char *measure;  /**< "supply", "gap", ...: docs/outputs.md; never NULL */
    const char *
        profession; /**< NULL: "all". Where there is one profession alone, only users and the like have "all" */
    const char *region; /**< key of a region or name of a group; NULL: "all" */
    const char *sector; /**< NULL: "all" */
    int year;
} frem_value_key;
/** A value of a projection by its keys, as in the table but not rounded; of uncertain results the median, else the mean. The
 *  first call sorts the table; each call is a search in that, so that a program may ask for every value.
 *  @param results not to be asked by two threads at once.
 *  @param[out] value in the unit of the measure; NaN where the results have none, as of a flow in the base year.
 *  @return FREM_INVALID where the results hold no projections, or a key is none of theirs: a misspelt one. */
FREM_API FREM_MUST_CHECK frem_status frem_results_value(frem_results *results, const frem_value_key *key,
                                                        double *value);

#ifdef __cplusplus
}
#endif
#endif
