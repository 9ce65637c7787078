/** @file
 *  Parts of web pages: text that no label can break out of, hashes for a content security policy.
 */
#ifndef FREM_OUTPUT_HTML_H
#define FREM_OUTPUT_HTML_H

#include <jansson.h>

#include "base/text.h"
#include "fremskriv/status.h"

/** Adds text for an element's content or a quoted attribute, of HTML and of XML. Control characters become blanks, bytes
 *  that are no UTF-8 and U+FFFE and U+FFFF become U+FFFD. */
void frem_html_add(frem_text *out, const char *text);
/** Adds JSON for a `<script>` element: `<`, `>`, `&`, U+2028 and U+2029 escaped. */
FREM_MUST_CHECK frem_status frem_html_add_json(frem_text *out, const json_t *json);
/** Adds the hash of an inline script or style as a content security policy names it: 'sha256-BASE64'. */
void frem_html_add_hash(frem_text *out, const char *bytes, size_t n);

#endif
