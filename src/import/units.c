/* Units that count in thousands or millions: "1.000 personer", "mio. kr.", "DKK thousand". */
#include <string.h>

#include "import/words.h"

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool starts(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* Bytes of the word for a power of ten that the folded text begins with, 0 for none. */
static size_t read_word(const char *text, int *power) {
    static const struct {
        const char *word;
        int power;
        bool alone; /* no letter follows */
    } words[] = {{"tusind", 3, false},  {"thousand", 3, false}, {"t.kr", 3, true},
                 {"tkr", 3, true},      {"milliont", 0, false}, {"million", 6, false},
                 {"mio", 6, true},      {"mill.", 6, false},    {"milliard", 9, false},
                 {"mia", 9, true},      {"mrd", 9, true},       {"billioner", 12, false},
                 {"billion", 9, false}, {"hundreder", 2, true}, {"hundreds", 2, true}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i].word);
        if (starts(text, words[i].word) && !(words[i].alone && is_letter(text[n]))) {
            *power = words[i].power;
            return n;
        }
    }
    return 0;
}

/* Bytes of "1000", "1.000", "1 000 000"; 0 where it is no power of ten, or has digits behind. */
static size_t read_figure(const char *text, int *power) {
    size_t n = 1;
    *power = 0;
    if (text[0] != '1')
        return 0;
    for (;;) {
        const char *at = text + n;
        if (*at == '0' && (*power < 3 || n == (size_t)*power + 1)) {
            *power += 1;
            n++;
        } else if (*at != '\0' && strchr(".,' ", *at) != NULL && starts(at + 1, "000") && !is_digit(at[4])) {
            *power += 3;
            n += 4;
        } else {
            break;
        }
    }
    const char *rest = text + n;
    return is_digit(*rest) || (*rest != '\0' && strchr(".,", *rest) != NULL && is_digit(rest[1])) ? 0 : n;
}

/* Whether what is before a number says that it is a limit, a base or what a rate is of: "per 1,000 women". */
static bool is_other_number(const char *text, const char *at) {
    static const char *const words[] = {"pr.",    "pr",      "per",         "pro", "over", "under", "mindst",
                                        "af",     "than",    "least",       "of",  "each", "hver",  "end",
                                        "mellem", "between", "and",         "og",  "til",  "to",    "højst",
                                        "above",  "below",   "every",       "/",   "=",    "-",     "<",
                                        ">",      "+",       "\xE2\x80\x93"};
    while (at > text && (at[-1] == ' ' || at[-1] == '('))
        at--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if ((size_t)(at - text) < n || strncmp(at - n, words[i], n) != 0)
            continue;
        if (!is_letter(words[i][0]) || (unsigned char)words[i][0] >= 0x80 || at - n == text ||
            !is_letter(at[-(ptrdiff_t)n - 1]))
            return true;
    }
    return false;
}

/* Whether a number goes on as a range or an open group: "1.000-1.999", "1,000 or more". */
static bool goes_on(const char *rest) {
    static const char *const words[] = {
        "-",         "+",         " -",           "=",        "\xE2\x80\x93", " og derover",
        " and over", " og flere", " eller flere", " or more", " and more"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (starts(rest, words[i]))
            return true;
    }
    return false;
}

int frem_import_power(const char *text) {
    char folded[FREM_FOLDED_MAX];
    frem_import_fold(text, folded);
    for (const char *at = folded; *at != '\0'; at++) {
        if (at > folded && (is_letter(at[-1]) || is_digit(at[-1]) || at[-1] == '.' || at[-1] == ','))
            continue;
        int power = 0, more = 0;
        size_t n = read_word(at, &power);
        const bool figure = n == 0 && (n = read_figure(at, &power)) > 0;
        const bool enough = power >= 3 || (power == 2 && (!figure || at == folded));
        if (n == 0 || !enough || is_other_number(folded, at) || (figure && goes_on(at + n)))
            continue;
        const char *rest = at + n + strspn(at + n, ". ");
        return read_word(rest, &more) > 0 ? power + more : power; /* "1.000 mio. kr." */
    }
    return 0;
}
