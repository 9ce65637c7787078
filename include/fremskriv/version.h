/** @file
 *  The version of the library and the program. It is kept here, and the build reads it from here.
 */
#ifndef FREMSKRIV_VERSION_H
#define FREMSKRIV_VERSION_H

#include "fremskriv/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of this header, MAJOR.MINOR.PATCH; the shared library's SONAME carries MAJOR. */
#define FREM_VERSION_STRING "0.1.0"

/** Version of the library that runs, to compare with the header that was compiled against.
 *  @return Borrowed, static; never NULL. */
FREM_API const char *frem_version(void);

#ifdef __cplusplus
}
#endif
#endif
