#include "fremskriv/version.h"

const char *frem_version(void) {
    return FREM_VERSION_STRING;
}
