#include "output/report/report.h"

static const struct {
    const char *key;
    const char *text[FREM_LANG_COUNT];
} words[FREM_WORD_COUNT] = {
#define REPORT_WORD(key, en, da) [FREM_WORD_##key] = {#key, {[FREM_EN] = (en), [FREM_DA] = (da)}},
#include "output/report/words.def"
#undef REPORT_WORD
};

const char *frem_report_word_key(frem_report_word word) {
    return words[word].key;
}

const char *frem_report_word_text(frem_report_word word, frem_lang lang) {
    return words[word].text[lang];
}
