/** @file
 *  The HTML report from the inside: what its parts share. The page, its style and its script are files
 *  in src/output/report/ that the build embeds in the library as bytes.
 */
#ifndef FREM_OUTPUT_REPORT_REPORT_H
#define FREM_OUTPUT_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "frame/curves.h"
#include "frame/document.h"
#include "frame/measures.h"
#include "fremskriv/diag.h"

/** What the report says in its own words. */
typedef enum frem_report_word {
#define REPORT_WORD(key, en, da) FREM_WORD_##key,
#include "output/report/words.def"
#undef REPORT_WORD
    FREM_WORD_COUNT
} frem_report_word;
/** @return Borrowed, static. */
const char *frem_report_word_key(frem_report_word word);
/** @return Borrowed, static. */
const char *frem_report_word_text(frem_report_word word, frem_lang lang);

/** Bytes of src/output/report/, put into the library by cmake/Embed.cmake. */
extern const unsigned char frem_report_page[], frem_report_answer[], frem_report_style[],
    frem_report_script[];
extern const size_t frem_report_page_size, frem_report_answer_size, frem_report_style_size,
    frem_report_script_size;

/** How much of the results the report has. */
typedef enum frem_report_level {
    FREM_REPORT_ALL, /**< everything */
    FREM_REPORT_MAIN, /**< of single regions supply, demand, gap, shortage and coverage, all sectors together */
    FREM_REPORT_WIDE /**< no single regions */
} frem_report_level;

/** What is shown first, as codes of the results; -1 where the results have no such thing. */
typedef struct frem_report_start {
    ptrdiff_t scenario, variant, region, profession, sector;
    int32_t base, last; /**< years */
} frem_report_start;

/** A scenario or variant among those of the report; differences are from the first. */
typedef struct frem_report_side {
    const frem_run *run;
    uint32_t scenario, variant; /**< codes of the projections */
    frem_text name;
} frem_report_side;

/** A report in the making. */
typedef struct frem_report {
    const frem_document *document;
    const frem_frame *frame; /**< the projections that the report shows */
    const frem_diags *diags; /**< the warnings that the report lists; may be NULL */
    frem_lang lang;
    frem_report_level level;
    bool several;          /**< whether the results are of more than one scenario, variants not counted */
    size_t rows;           /**< of the projections */
    const char *statistic; /**< the one shown; borrowed from the results */
    ptrdiff_t measures[FREM_M_COUNT]; /**< codes of the projections; -1 for none */
    frem_report_start start;
    frem_curves series;      /**< by scenario, variant, region, profession, sector, measure */
    frem_curves stock;       /**< by scenario, variant, year, region, profession, sex */
    frem_curves spread;      /**< of uncertain gaps: by scenario, variant, region, profession and statistic */
    frem_report_side *sides; /**< in the order of the document */
    size_t n_sides;
    bool fewer_ages; /**< whether years of the stock are left out */
    frem_text out;
} frem_report;

/** Chooses what goes into the report, and what it shows first. */
FREM_MUST_CHECK frem_status frem_report_open(frem_report *report);
void frem_report_close(frem_report *report);

/** Names the sides. */
FREM_MUST_CHECK frem_status frem_report_open_sides(frem_report *report);
void frem_report_close_sides(frem_report *report);

/** Adds the label of a key of the results, escaped and in an element of its own, so that its writing direction stays
 *  inside. */
void frem_report_add_label(frem_report *report, const char *column, const char *key);
/** The text for a placeholder in a sentence. */
typedef struct frem_report_part {
    const char *name; /**< of {name} */
    const char *text;
} frem_report_part;
/** Adds a sentence; {name} becomes the text of that part, escaped. @param parts ended by one without a name. */
void frem_report_add_sentence(frem_report *report, frem_report_word word, const frem_report_part *parts);
/** A value of the results as their CSV has it. @param place of its curve, or -1. @return whether there is one. */
bool frem_report_value(const frem_report *report, ptrdiff_t place, int32_t year, double *value);
/** Adds a value of the results times 10^shift, rounded half away from 0 from its six decimals, as the language writes
 *  it. */
void frem_report_add_number(frem_text *out, double value, unsigned shift, unsigned decimals, frem_lang lang);

/** Adds a label inside a sentence: "Pædagoger" becomes "pædagoger", "SOSU" stays. */
void frem_report_add_inside(frem_text *out, const char *label);
/** 1 for a surplus, -1 for a shortage, 0 where one decimal shows neither. */
int frem_report_side_of(double gap);
/** Adds full-time equivalents or persons with their sign: "+" before those that are above zero once they are rounded. */
void frem_report_add_signed(frem_text *out, double value, frem_lang lang);
/** Adds full-time equivalents or persons as sentences have them, whole or below ten with one decimal. */
void frem_report_add_size(frem_text *out, double value, frem_lang lang);
/** The parts of the page, each added to report->out. */
void frem_report_add_heading(frem_report *report);
/** The title of the page: the paper's own, else the first scenario's. @return Borrowed. */
const char *frem_report_title(const frem_report *report);
void frem_report_add_choice(frem_report *report);
/** The first page of a paper: sentences, a table, a chart, what matters most. Nothing where no focus asks for it. */
FREM_MUST_CHECK frem_status frem_report_add_cover(frem_report *report);
/** A page for each profession of a paper. */
void frem_report_add_pages(frem_report *report);
/** Scenarios and variants side by side, where there are several. */
void frem_report_add_sides(frem_report *report);
/** What a verb answers, where it does: its sentences, figures and tables. */
FREM_MUST_CHECK frem_status frem_report_add_answer(frem_report *report);
void frem_report_add_figures(frem_report *report);
/** What the gaps of what is shown first are counted from. */
void frem_report_add_first_gap(frem_report *report);
void frem_report_add_assumptions(frem_report *report);
void frem_report_add_terms(frem_report *report);
FREM_MUST_CHECK frem_status frem_report_add_notes(frem_report *report);
void frem_report_add_reproduce(frem_report *report);
FREM_MUST_CHECK frem_status frem_report_add_data(frem_report *report);

/** Adds `"first":[...],"values":[[...],...]`: of each curve the first year and its values, null where a year between has
 *  none. */
void frem_report_add_curves(const frem_curves *curves, frem_text *out);

/** Reads Chart.js. @param[out] chart zero-initialised; the caller frees it.
 *  @return FREM_MISSING_PART, with the reason in diags, where it can't be used. */
FREM_MUST_CHECK frem_status frem_report_read_chart(const char *path, frem_text *chart, frem_diags *diags);
/** The whole page. @param chart the text of Chart.js; of an answer without projections, whose page has no script, empty. */
FREM_MUST_CHECK frem_status frem_report_render(frem_report *report, const frem_text *chart);

#endif
