/** @file
 *  Addresses: the one name that a number of the results has, as a path is that of a number of a scenario.
 *
 *      MEASURE:PROFESSION:REGION:YEAR[:SECTOR]
 *
 *  "gap:sosu:all:2035", "demand:laerer:461:2030:folkeskole". An empty part is "all": "gap:sosu::2035". The year may be a change,
 *  "2018..2023" (the last year's value less the first's), or a span, "2030-2040".
 */
#ifndef FREMSKRIV_ADDRESS_H
#define FREMSKRIV_ADDRESS_H

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How the years of an address are written; they add up to what a reader allows. */
typedef enum frem_address_years {
    FREM_ADDRESS_YEAR = 1,   /**< "2035" */
    FREM_ADDRESS_CHANGE = 2, /**< "2018..2023" */
    FREM_ADDRESS_SPAN = 4,   /**< "2030-2040" */
    FREM_ADDRESS_OTHER = 8   /**< not a form: years that are not the model's are allowed too */
} frem_address_years;

/** An address that was read. Its texts are borrowed from the model, or static; they are keys of results.csv. */
typedef struct frem_address {
    const char *measure;
    const char *profession; /**< "all": their sum, or the one that there is */
    const char *region;     /**< key of a region, name of a group, or "all" */
    const char *sector;     /**< "all": their sum */
    frem_address_years years;
    int first_year; /**< of a year: the same as last_year */
    int last_year;
} frem_address;

/** Reads an address of what a model's results may have. All problems of it are collected; each says which part it is about,
 *  with the nearest that there is.
 *  @param model the texts of the address are borrowed from it.
 *  @param allowed FREM_ADDRESS_YEAR and its like, added.
 *  @param place where the address is written; {"fremskriv", 0, 0} for the command line. With a line, a problem is placed at
 *  the part that it is about.
 *  @return FREM_INVALID with a problem: a part is missing or unknown, the years lie outside the model's, or are written as
 *  is not allowed. */
FREM_API FREM_MUST_CHECK frem_status frem_address_read(frem_address *out, const frem_model *model,
                                                       const char *text, unsigned allowed, frem_place place,
                                                       frem_diags *diags);
/** The address as it is written with every part said: "gap:sosu:all:2035"; the sector is left out where it is "all".
 *  @return Owned by the caller (free()); NULL when out of memory. */
FREM_API char *frem_address_text(const frem_address *address);

/** The value at an address of a year or a change, in the unit of its measure: frem_results_value().
 *  @param results with the rows of the address; not to be asked by two threads at once.
 *  @param scenario,variant as in frem_value_key: NULL for the first scenario, and for the scenario itself.
 *  @param[out] value NaN where the results have none, as of a measure that the scenario has nothing for, or a flow in the
 *  base year.
 *  @return FREM_USAGE for a span, which is no single value; FREM_INVALID where a key is none of the results'. */
FREM_API FREM_MUST_CHECK frem_status frem_address_value(frem_results *results, const frem_address *address,
                                                        const char *scenario, const char *variant,
                                                        double *value);

#ifdef __cplusplus
}
#endif
#endif
