/** @file
 *  Addresses as options give them, and as people read them.
 */
#ifndef FREM_ANALYSIS_ADDRESS_LIST_H
#define FREM_ANALYSIS_ADDRESS_LIST_H

#include "base/arena.h"
#include "base/text.h"
#include "frame/document.h"
#include "fremskriv/address.h"

/** Addresses with their texts. */
typedef struct frem_address_list {
    frem_address *items;
    const char **texts; /**< each with every part said: frem_address_text() */
    size_t n;
} frem_address_list;

/** Reads texts of a command, each one address or several separated by commas. All problems are reported.
 *  @param models each address must be of every one of them; texts of the addresses are the first's.
 *  @param allowed as in frem_address_read(). @param once the option that may name a result only once; NULL: as often as it
 *  likes. @param[out] out The arena's.
 *  @return FREM_USAGE with problems. */
FREM_MUST_CHECK frem_status frem_address_list_read(frem_address_list *out, frem_arena *arena,
                                                   const frem_model *const *models, size_t n_models,
                                                   const char *const *texts, size_t n_texts, unsigned allowed,
                                                   const char *once, frem_diags *diags);

/** Adds what an address is of: "Gap, Pedagogues, KKR Syddanmark", and the sector where it is one. */
void frem_address_say(frem_text *out, const frem_document *document, const char *scenario,
                      const frem_address *address, frem_lang lang);
/** Adds its years: "2035", "2018–2023". */
void frem_address_say_years(frem_text *out, const frem_address *address);
/** Whether its values are ratios, which people read in per cent. */
bool frem_address_is_ratio(const frem_address *address);

#endif
