/** @file
 *  Text from files, commands and names of files, made fit for a terminal: the one place that decides what a terminal would act
 *  upon or could not show.
 */
#ifndef FREM_BASE_HARMLESS_H
#define FREM_BASE_HARMLESS_H

#include <stddef.h>

#include "base/text.h"

/** Adds the character at n >= 1 bytes; as an escape where it is a control character, a separator of lines or a mark that turns the
 *  direction of writing (`\u202e`, and `\n`, `\t`), or a byte that is no UTF-8 (`\xFF`). These are the escapes of JSON but
 *  the last, which valid UTF-8 never needs. @return bytes of it that were taken. */
size_t frem_text_add_harmless(frem_text *text, const char *bytes, size_t n);
/** Adds n bytes so. @param kept ASCII characters that are added as they are, such as "\n". */
void frem_text_add_all_harmless(frem_text *text, const char *bytes, size_t n, const char *kept);

#endif
