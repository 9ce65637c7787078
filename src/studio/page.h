/** @file
 *  The studio's page with scenarios put into it: one file that holds the engine, its data and what is to be seen first.
 */
#ifndef FREM_STUDIO_PAGE_H
#define FREM_STUDIO_PAGE_H

#include "base/source.h"
#include "base/text.h"
#include "session/loaded.h"

/** Appends the page, opened at the first scenario, with the other scenarios and the tables of all of them as files beside it.
 *  The program's own data and scenarios are in every page already.
 *  @param page of src/studio/page, built by tools/studio. @param all loaded; what they read is taken from its sources. None:
 *  the page as it is. @param program_dir whose data and scenarios the page has.
 *  @return FREM_INVALID, with a problem, where the file is no such page, or a file cannot be put into one: it is no text, is
 *  named with "..", or has the name of another. */
FREM_MUST_CHECK frem_status frem_studio_page(frem_text *out, const frem_source *page, const frem_loaded *all,
                                             const char *program_dir, frem_lang lang, frem_diags *diags);

#endif
