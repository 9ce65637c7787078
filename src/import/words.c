#include "import/words.h"

#include <ctype.h>
#include <string.h>

typedef struct word_meaning {
    const char *word; /* folded */
    int meaning;
} word_meaning;

#define FIND(words, text) find((words), sizeof(words) / sizeof *(words), (text))

/* The meaning of a folded text, or -1. */
static int find(const word_meaning *words, size_t n, const char *text) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(words[i].word, text) == 0)
            return words[i].meaning;
    }
    return -1;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool starts(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

static bool ends(const char *text, const char *with) {
    const size_t n = strlen(text), m = strlen(with);
    return n >= m && strcmp(text + n - m, with) == 0;
}

void frem_import_fold(const char *text, char out[FREM_FOLDED_MAX]) {
    size_t n = 0;
    bool blank = false;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0' && n + 4 < FREM_FOLDED_MAX;
         at++) {
        unsigned char c = *at;
        if (c == ' ' || c == '\t' || (c == 0xC2 && at[1] == 0xA0)) {
            at += c == 0xC2;
            blank = n > 0;
            continue;
        }
        if (blank)
            out[n++] = ' ';
        blank = false;
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c + 'a' - 'A');
        else if (n > 0 && (unsigned char)out[n - 1] == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97)
            c = (unsigned char)(c + 0x20); /* the capitals of Latin-1: Æ to æ */
        out[n++] = (char)c;
    }
    out[n] = '\0';
}

bool frem_import_is_total(const char *text) {
    static const word_meaning whole[] = {
        {"tot", 1},           {"ialt", 1},          {"i alt", 1},      {"total", 1},
        {"all ages", 1},      {"alle", 1},          {"alle aldre", 1}, {"all", 1},
        {"both sexes", 1},    {"begge køn", 1},     {"_t", 1},         {"mænd og kvinder", 1},
        {"men and women", 1}, {"alle personer", 1}, {"all persons", 1}};
    char folded[FREM_FOLDED_MAX];
    frem_import_fold(text, folded);
    return FIND(whole, folded) == 1 || starts(folded, "tot ") || starts(folded, "ialt ") ||
           ends(folded, " i alt") || ends(folded, " total") || starts(folded, "total, ") ||
           starts(folded, "i alt, ");
}

frem_import_kind frem_import_kind_of_name(const char *name) {
    static const word_meaning names[] = {{"område", FREM_KIND_AREA},
                                         {"omraade", FREM_KIND_AREA},
                                         {"area", FREM_KIND_AREA},
                                         {"kommune", FREM_KIND_AREA},
                                         {"kommunedk", FREM_KIND_AREA},
                                         {"komk", FREM_KIND_AREA},
                                         {"municipality", FREM_KIND_AREA},
                                         {"region", FREM_KIND_AREA},
                                         {"landsdel", FREM_KIND_AREA},
                                         {"province", FREM_KIND_AREA},
                                         {"bopkom", FREM_KIND_AREA},
                                         {"bopomr", FREM_KIND_AREA},
                                         {"køn", FREM_KIND_SEX},
                                         {"koen", FREM_KIND_SEX},
                                         {"sex", FREM_KIND_SEX},
                                         {"gender", FREM_KIND_SEX},
                                         {"alder", FREM_KIND_AGE},
                                         {"age", FREM_KIND_AGE},
                                         {"tid", FREM_KIND_TIME},
                                         {"time", FREM_KIND_TIME},
                                         {"år", FREM_KIND_TIME},
                                         {"year", FREM_KIND_TIME},
                                         {"kvartal", FREM_KIND_TIME},
                                         {"quarter", FREM_KIND_TIME},
                                         {"måned", FREM_KIND_TIME},
                                         {"month", FREM_KIND_TIME},
                                         {"civilstand", FREM_KIND_MARITAL},
                                         {"marital status", FREM_KIND_MARITAL},
                                         {"herkomst", FREM_KIND_ORIGIN},
                                         {"ancestry", FREM_KIND_ORIGIN},
                                         {"ieland", FREM_KIND_ORIGIN},
                                         {"oprindelsesland", FREM_KIND_ORIGIN},
                                         {"statsb", FREM_KIND_ORIGIN},
                                         {"statsborgerskab", FREM_KIND_ORIGIN},
                                         {"citizenship", FREM_KIND_ORIGIN},
                                         {"country of origin", FREM_KIND_ORIGIN},
                                         {"indhold", FREM_KIND_CONTENT},
                                         {"content", FREM_KIND_CONTENT},
                                         {"contents", FREM_KIND_CONTENT},
                                         {"contentscode", FREM_KIND_CONTENT},
                                         {"contentcode", FREM_KIND_CONTENT},
                                         {"value", FREM_KIND_CONTENT},
                                         {"tabelindhold", FREM_KIND_CONTENT},
                                         {"observation", FREM_KIND_CONTENT}};
    char folded[FREM_FOLDED_MAX];
    frem_import_fold(name, folded);
    const int kind = FIND(names, folded);
    return kind < 0 ? FREM_KIND_OTHER : (frem_import_kind)kind;
}

/* Whether every value is read as the kind, or is a total, and one at least is no total. */
static bool all_are(const frem_import_variable *variable, frem_import_kind kind) {
    size_t good = 0, totals = 0;
    for (size_t i = 0; i < variable->n_values; i++) {
        int one, other;
        frem_import_area area;
        const char *code = variable->values[i].code, *label = variable->values[i].label;
        bool fits = false;
        if (kind == FREM_KIND_TIME)
            fits = frem_import_read_time(code, &one, &other);
        else if (kind == FREM_KIND_AGE)
            fits = !frem_import_read_time(code, &one, &other) &&
                   (frem_import_read_age(label, &one, &other) || frem_import_read_age(code, &one, &other));
        else if (kind == FREM_KIND_SEX)
            fits =
                frem_import_read_sex(label) == FREM_SEX_MEN || frem_import_read_sex(label) == FREM_SEX_WOMEN;
        else if (kind == FREM_KIND_AREA)
            fits = frem_import_area_of_name(label, &area);
        good += fits;
        totals += !fits && frem_import_is_total(label);
    }
    if (kind == FREM_KIND_AREA) /* most names of municipalities are not known here */
        return good > 0;
    return good > 0 && good + totals == variable->n_values;
}

frem_import_kind frem_import_kind_of(const frem_import_variable *variable) {
    static const frem_import_kind by_values[] = {FREM_KIND_TIME, FREM_KIND_SEX, FREM_KIND_AGE,
                                                 FREM_KIND_AREA};
    frem_import_kind kind = frem_import_kind_of_name(variable->code);
    if (kind == FREM_KIND_OTHER)
        kind = frem_import_kind_of_name(variable->label);
    for (size_t i = 0; kind == FREM_KIND_OTHER && i < sizeof by_values / sizeof *by_values; i++) {
        if (all_are(variable, by_values[i]))
            kind = by_values[i];
    }
    return kind;
}

bool frem_import_read_time(const char *text, int *year, int *month) {
    for (size_t i = 0; i < 4; i++) {
        if (!is_digit(text[i]))
            return false;
    }
    *year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
    *month = 0;
    const char *rest = text + 4;
    if ((*rest == 'K' || *rest == 'Q') && rest[1] >= '1' && rest[1] <= '4') {
        *month = (rest[1] - '1') * 3 + 1;
        rest += 2;
    } else if (*rest == 'M' && is_digit(rest[1]) && is_digit(rest[2])) {
        *month = (rest[1] - '0') * 10 + (rest[2] - '0');
        rest += 3;
        if (*month < 1 || *month > 12)
            return false;
    }
    /* After the period nothing, or the same in other words. */
    return (*rest == '\0' || *rest == ' ') && *year >= 1700 && *year <= 2300;
}

/* Reads up to three digits; *at moves past them. */
static bool read_whole(const char **at, int *out) {
    const char *start = *at;
    *out = 0;
    while (is_digit(**at) && *at - start < 3)
        *out = *out * 10 + (*(*at)++ - '0');
    return *at > start && !is_digit(**at);
}

/* What follows an age's digits: 1 where it says "years", 2 where it says "and over" too, 0 for neither. */
static int age_words(const char *rest) {
    static const word_meaning words[] = {{"år", 1},
                                         {"years", 1},
                                         {"year", 1},
                                         {"års", 1},
                                         {"årige", 1},
                                         {"-årige", 1},
                                         {"år og derover", 2},
                                         {"år og over", 2},
                                         {"år og ældre", 2},
                                         {"år +", 2},
                                         {"+ år", 2},
                                         {"years and over", 2},
                                         {"years and older", 2},
                                         {"years +", 2},
                                         {"+ years", 2},
                                         {"og derover", 2},
                                         {"and over", 2},
                                         {"+", 2},
                                         {"-", 2}};
    while (*rest == ' ')
        rest++;
    const int meaning = FIND(words, rest);
    return meaning < 0 ? 0 : meaning;
}

/* "17", "17-19", "100-" at the start; @return what follows, NULL where it is no age. */
static const char *read_numbers(const char *at, int *from, int *to) {
    if (!read_whole(&at, from))
        return NULL;
    *to = *from;
    const char *dash = at;
    while (*dash == ' ')
        dash++;
    const bool is_long_dash = starts(dash, "\xE2\x80\x93");
    if (*dash != '-' && !is_long_dash)
        return at;
    const char *second = dash + (is_long_dash ? 3 : 1);
    while (*second == ' ')
        second++;
    if (read_whole(&second, to))
        return *to >= *from ? second : NULL;
    *to = *from;
    return at;
}

bool frem_import_read_age(const char *text, int *from, int *to) {
    char folded[FREM_FOLDED_MAX];
    frem_import_fold(text, folded);
    const char *rest = read_numbers(folded, from, to);
    if (rest == NULL)
        return false;
    if (*rest == '\0')
        return true;
    int meaning = age_words(rest);
    if (meaning == 0) { /* a code and then the label, "0 0 år" or "100- 100 år og derover" */
        const bool open = *rest == '-' || *rest == '+';
        rest += open;
        int from_again, to_again;
        if (*rest != ' ' || (rest = read_numbers(rest + 1, &from_again, &to_again)) == NULL ||
            from_again != *from || to_again != *to)
            return false;
        meaning = *rest == '\0' ? 1 : age_words(rest);
        if (open && meaning != 2)
            return false;
    }
    if (meaning == 2 && *to != *from)
        return false;
    if (meaning == 2)
        *to = -1;
    return meaning != 0;
}

frem_import_sex frem_import_read_sex(const char *text) {
    static const word_meaning words[] = {
        {"1", FREM_SEX_MEN},         {"m", FREM_SEX_MEN},           {"mænd", FREM_SEX_MEN},
        {"men", FREM_SEX_MEN},       {"male", FREM_SEX_MEN},        {"males", FREM_SEX_MEN},
        {"1 mænd", FREM_SEX_MEN},    {"1 men", FREM_SEX_MEN},       {"m mænd", FREM_SEX_MEN},
        {"m men", FREM_SEX_MEN},     {"2", FREM_SEX_WOMEN},         {"k", FREM_SEX_WOMEN},
        {"f", FREM_SEX_WOMEN},       {"kvinder", FREM_SEX_WOMEN},   {"women", FREM_SEX_WOMEN},
        {"female", FREM_SEX_WOMEN},  {"females", FREM_SEX_WOMEN},   {"2 kvinder", FREM_SEX_WOMEN},
        {"2 women", FREM_SEX_WOMEN}, {"k kvinder", FREM_SEX_WOMEN}, {"k women", FREM_SEX_WOMEN}};
    if (frem_import_is_total(text))
        return FREM_SEX_ALL;
    char folded[FREM_FOLDED_MAX];
    frem_import_fold(text, folded);
    const int sex = FIND(words, folded);
    return sex < 0 ? FREM_SEX_NONE : (frem_import_sex)sex;
}

bool frem_import_is_marital(const char *text) {
    static const word_meaning words[] = {{"u", 1},
                                         {"g", 1},
                                         {"e", 1},
                                         {"f", 1},
                                         {"p", 1},
                                         {"o", 1},
                                         {"l", 1},
                                         {"ugift", 1},
                                         {"gift", 1},
                                         {"gift/separeret", 1},
                                         {"separeret", 1},
                                         {"enke/enkemand", 1},
                                         {"enke", 1},
                                         {"enkemand", 1},
                                         {"fraskilt", 1},
                                         {"registreret partnerskab", 1},
                                         {"ophævet partnerskab", 1},
                                         {"længstlevende af 2 partnere", 1},
                                         {"never married", 1},
                                         {"single", 1},
                                         {"married", 1},
                                         {"married/separated", 1},
                                         {"separated", 1},
                                         {"widowed", 1},
                                         {"divorced", 1},
                                         {"registered partnership", 1},
                                         {"dissolved partnership", 1},
                                         {"longest living of two partners", 1}};
    char folded[FREM_FOLDED_MAX];
    frem_import_fold(text, folded);
    return FIND(words, folded) == 1;
}

bool frem_import_is_nowhere(const char *text) {
    static const word_meaning words[] = {{"uoplyst", 1},
                                         {"uoplyst kommune", 1},
                                         {"uoplyst område", 1},
                                         {"uoplyst bopæl", 1},
                                         {"ukendt", 1},
                                         {"ukendt kommune", 1},
                                         {"ukendt område", 1},
                                         {"udlandet", 1},
                                         {"udland", 1},
                                         {"uden for danmark", 1},
                                         {"udenfor danmark", 1},
                                         {"grønland", 1},
                                         {"færøerne", 1},
                                         {"unknown", 1},
                                         {"unknown municipality", 1},
                                         {"unknown area", 1},
                                         {"not stated", 1},
                                         {"unspecified", 1},
                                         {"abroad", 1},
                                         {"outside denmark", 1},
                                         {"foreign countries", 1},
                                         {"greenland", 1},
                                         {"faroe islands", 1},
                                         {"997", 1},
                                         {"998", 1},
                                         {"999", 1}};
    char folded[FREM_FOLDED_MAX];
    frem_import_fold(text, folded);
    const size_t digits = strspn(folded, "0123456789");
    return FIND(words, folded) == 1 || (folded[digits] == ' ' && FIND(words, folded + digits + 1) == 1);
}

bool frem_import_area_of_code(const char *text, frem_import_area *area) {
    size_t n = 0;
    int code = 0;
    while (n < 4 && is_digit(text[n]))
        code = code * 10 + (text[n++] - '0');
    if ((n != 2 && n != 3) || (text[n] != '\0' && text[n] != ' '))
        return false;
    area->code = code;
    if (code == 0)
        area->level = FREM_AREAS_COUNTRY;
    else if (n == 2)
        area->level = FREM_AREAS_PROVINCES;
    else
        area->level = code < 100 ? FREM_AREAS_REGIONS : FREM_AREAS_MUNICIPALITIES;
    return true;
}

bool frem_import_area_of_name(const char *text, frem_import_area *area) {
    /* A meaning below 100 is a province, plus 1000 a region. */
    static const word_meaning names[] = {{"hele landet", 0},
                                         {"all denmark", 0},
                                         {"danmark", 0},
                                         {"denmark", 0},
                                         {"region hovedstaden", 1084},
                                         {"region sjælland", 1085},
                                         {"region syddanmark", 1083},
                                         {"region midtjylland", 1082},
                                         {"region nordjylland", 1081},
                                         {"copenhagen", 101},
                                         {"christiansø", FREM_CHRISTIANSOE},
                                         {"landsdel byen københavn", 1},
                                         {"landsdel københavns omegn", 2},
                                         {"landsdel nordsjælland", 3},
                                         {"landsdel bornholm", 4},
                                         {"landsdel østsjælland", 5},
                                         {"landsdel vest- og sydsjælland", 6},
                                         {"landsdel fyn", 7},
                                         {"landsdel sydjylland", 8},
                                         {"landsdel østjylland", 9},
                                         {"landsdel vestjylland", 10},
                                         {"landsdel nordjylland", 11},
                                         {"province byen københavn", 1},
                                         {"province københavns omegn", 2},
                                         {"province nordsjælland", 3},
                                         {"province bornholm", 4},
                                         {"province østsjælland", 5},
                                         {"province vest- og sydsjælland", 6},
                                         {"province fyn", 7},
                                         {"province sydjylland", 8},
                                         {"province østjylland", 9},
                                         {"province vestjylland", 10},
                                         {"province nordjylland", 11}};
    char folded[FREM_FOLDED_MAX];
    frem_import_fold(text, folded);
    const int meaning = FIND(names, folded);
    if (meaning < 0)
        return false;
    area->code = meaning % 1000;
    area->level = meaning == 0     ? FREM_AREAS_COUNTRY
                  : meaning > 1000 ? FREM_AREAS_REGIONS
                  : meaning < 100  ? FREM_AREAS_PROVINCES
                                   : FREM_AREAS_MUNICIPALITIES;
    return true;
}
