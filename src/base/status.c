#include "fremskriv/status.h"

const char *frem_status_text(frem_status status, frem_lang lang) {
#define FREM_STATUS_TEXT(name, exit, en, da) [name] = {[FREM_EN] = (en), [FREM_DA] = (da)},
    static const char *const texts[FREM_STATUS_COUNT][FREM_LANG_COUNT] = {FREM_STATUS_LIST(FREM_STATUS_TEXT)};
#undef FREM_STATUS_TEXT
    if ((unsigned)status >= FREM_STATUS_COUNT)
        status = FREM_DEFECT;
    if ((unsigned)lang >= FREM_LANG_COUNT)
        lang = FREM_EN;
    return texts[status][lang];
}

int frem_status_exit(frem_status status) {
#define FREM_STATUS_EXIT(name, exit, en, da) [name] = (exit),
    static const int exits[FREM_STATUS_COUNT] = {FREM_STATUS_LIST(FREM_STATUS_EXIT)};
#undef FREM_STATUS_EXIT
    return (unsigned)status < FREM_STATUS_COUNT ? exits[status] : exits[FREM_DEFECT];
}
