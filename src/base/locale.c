#include "base/locale.h"

#include <stdbool.h>
#include <string.h>

#include "base/number.h"

static const struct {
    char thousands;
    char decimal;
} marks[FREM_LANG_COUNT] = {[FREM_EN] = {',', '.'}, [FREM_DA] = {'.', ','}};

const char *frem_word_text(frem_word word, frem_lang lang) {
#define FREM_WORDS_ROW(id, en, da) [FREM_W_##id] = {en, da},
    static const char *const words[FREM_W_COUNT][FREM_LANG_COUNT] = {
#include "base/words.def"
    };
#undef FREM_WORDS_ROW
    return words[word][lang];
}

void frem_locale_add(frem_text *out, const char *fixed, frem_lang lang) {
    const size_t whole = strspn(fixed, "-0123456789");
    for (size_t i = 0; fixed[i] != '\0'; i++) {
        const size_t left = i < whole ? whole - i : 0;
        const bool after_digit = i > 0 && fixed[i - 1] != '-';
        if (left > 0 && left % 3 == 0 && after_digit)
            frem_text_add_bytes(out, &marks[lang].thousands, 1);
        frem_text_add_bytes(out, fixed[i] == '.' ? &marks[lang].decimal : &fixed[i], 1);
    }
}

void frem_locale_number(frem_text *out, double value, int decimals, frem_lang lang) {
    char fixed[FREM_FIXED_MAX];
    (void)frem_number_fixed(fixed, value, decimals);
    frem_locale_add(out, fixed, lang);
}

void frem_locale_brief(frem_text *out, double value, int decimals, frem_lang lang) {
    char fixed[FREM_FIXED_MAX];
    size_t n = frem_number_fixed(fixed, value, decimals);
    while (decimals > 0 && fixed[n - 1] == '0')
        fixed[--n] = '\0';
    if (decimals > 0 && fixed[n - 1] == '.')
        fixed[--n] = '\0';
    frem_locale_add(out, fixed, lang);
}

void frem_locale_exact(frem_text *out, double value, frem_lang lang) {
    char digits[32];
    (void)frem_number_shortest(digits, value);
    frem_locale_add(out, digits, lang);
}

void frem_locale_percent(frem_text *out, double ratio, int decimals, frem_lang lang) {
    frem_locale_number(out, 100.0 * ratio, decimals, lang);
    frem_text_add(out, frem_word_text(FREM_W_PERCENT_SIGN, lang));
}
