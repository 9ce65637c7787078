/* Unknown keys: misspelt ones, Danish ones, and ones that belong elsewhere. */
#include "scenario/meant.h"

#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "scenario/read.h"

enum {
    KEYS_MAX = 32,  /* the most fields that a kind has; a test of the field table holds this */
    DEPTH_MAX = 8,  /* of kinds inside kinds */
    PLACES_MAX = 3, /* a key of more kinds gives no hint */
    WORDS_MAX = 128,
    WORD_BYTES = 64 /* longer than any key */
};

/* Words that a Danish planner would write, in the order of their bytes: they are asked for every key of a file. */
static const struct word {
    const char *word, *key;
} danish[] = {
    {"afhænger", "follows"},
    {"aldersprofil", "ages"},
    {"aldre", "ages"},
    {"andel", "share"},
    {"andele", "shares"},
    {"ansøgere", "applicants"},
    {"arbejdsløshed", "unemployment"},
    {"basis", "base"},
    {"basisår", "base"},
    {"befolkning", "population"},
    {"behov", "demand"},
    {"beløb", "amount"},
    {"bemærkning", "note"},
    {"beskrivelse", "description"},
    {"beskæftigede", "employment"},
    {"beskæftigelse", "employment"},
    {"beskæftigelsesfrekvens", "employment_rate"},
    {"beskæftigelsesgrad", "employment_rate"},
    {"bestand", "cohorts"},
    {"betegnelse", "label"},
    {"brancher", "demand"},
    {"brugere", "users"},
    {"deltid", "part_time"},
    {"derefter", "then"},
    {"dimittender", "graduates_to"},
    {"dødelighed", "death"},
    {"dødsfald", "death"},
    {"efterspørgsel", "demand"},
    {"elevtimer", "student_fte"},
    {"enhed", "unit"},
    {"erhvervsdeltagelse", "participation"},
    {"erhvervsfrekvens", "participation"},
    {"fag", "professions"},
    {"faggruppe", "professions"},
    {"faggrupper", "professions"},
    {"flytninger", "moves"},
    {"fordeles", "split"},
    {"fordeling", "split"},
    {"forsinkelse", "delay"},
    {"fra", "from"},
    {"frafald", "dropout"},
    {"fravær", "absence"},
    {"fuldførelse", "completion"},
    {"fuldtidstimer", "full_time_hours"},
    {"fødsel", "born"},
    {"følger", "follows"},
    {"før", "before"},
    {"gange", "times"},
    {"genindtræden", "returners"},
    {"gennemførelse", "completion"},
    {"gulv", "floor"},
    {"herefter", "then"},
    {"hvor", "where"},
    {"indvandring", "immigration"},
    {"kendt", "known"},
    {"kilde", "source"},
    {"kolonne", "column"},
    {"kolonner", "column"},
    {"kommuner", "regions"},
    {"ledighed", "unemployment"},
    {"levetid", "life_expectancy"},
    {"loft", "ceiling"},
    {"længde", "length"},
    {"mellem", "between"},
    {"merbehov", "extra"},
    {"middellevetid", "life_expectancy"},
    {"navn", "name"},
    {"normering", "floor"},
    {"nøgler", "keys"},
    {"observationer", "observed"},
    {"observeret", "observed"},
    {"områder", "regions"},
    {"optag", "intake"},
    {"optagne", "intake"},
    {"pendling", "commuting"},
    {"pension", "retirement"},
    {"pensionsalder", "retirement_ages"},
    {"pensionsaldre", "retirement_ages"},
    {"personer", "persons"},
    {"pladser", "places"},
    {"praktik", "practicum"},
    {"produktivitet", "productivity"},
    {"regioner", "regions"},
    {"sektorer", "demand"},
    {"slut", "until"},
    {"slutår", "until"},
    {"specialiseringer", "specialisations"},
    {"startår", "base"},
    {"tabel", "table"},
    {"tidligere", "earlier"},
    {"til", "until"},
    {"tilbagetrækning", "retirement"},
    {"timer", "hours"},
    {"titel", "title"},
    {"trin", "stages"},
    {"udbud", "supply"},
    {"uddannelse", "programmes"},
    {"uddannelser", "programmes"},
    {"udvandring", "emigration"},
    {"udvider", "extends"},
    {"uger", "weeks"},
    {"ukendt", "unknown"},
    {"vakancer", "vacancies"},
    {"varianter", "variants"},
    {"varighed", "length"},
    {"vægt", "weight"},
    {"vækst", "growth"},
    {"vækstrate", "growth"},
    {"værdi", "value"},
    {"år", "years"},
    {"årgange", "cohorts"},
    {"årsværk", "fte_per_employed"},
    {"ændring", "share_change"},
};

static int by_word(const void *word, const void *entry) {
    return strcmp(word, ((const struct word *)entry)->word);
}

static const char *translation(const char *word) {
    const struct word *found = bsearch(word, danish, sizeof danish / sizeof *danish, sizeof *danish, by_word);
    return found != NULL ? found->key : NULL;
}

const char *frem_key_danish(const char *word, bool near) {
    const char *key = translation(word);
    if (key != NULL || !near)
        return key;
    const char *words[WORDS_MAX];
    size_t n = 0;
    _Static_assert(sizeof danish / sizeof *danish <= WORDS_MAX, "too many words");
    for (; n < sizeof danish / sizeof *danish; n++)
        words[n] = danish[n].word;
    const char *nearest = frem_nearest(word, words, n);
    return nearest != NULL ? translation(nearest) : NULL;
}

const char *frem_key_danish_word(size_t i) {
    return i < sizeof danish / sizeof *danish ? danish[i].word : NULL;
}

/* How many fields of a name there are in a kind and all kinds inside it, and how many of them hold texts. */
typedef struct census {
    size_t fields, texts;
} census;

static void count_fields(census *counted, const frem_kind *kind, const char *key, int depth) {
    for (size_t i = 0; i < kind->n_fields && depth < DEPTH_MAX; i++) {
        const frem_field *field = &kind->fields[i];
        if (strcmp(field->key, key) == 0) {
            counted->fields++;
            counted->texts += field->type == FREM_T_TEXT || field->type == FREM_T_LABEL;
        }
        /* Items of a list say what many files say: `value`, `note`. */
        if (field->kind != NULL && field->kind != &frem_kind_variant && field->type != FREM_T_LIST)
            count_fields(counted, field->kind, key, depth + 1);
    }
}

/* Of a word of n bytes, or of the key that it is Danish for. */
static census count_all(const char *word, size_t n, bool values) {
    census counted = {0};
    char copy[WORD_BYTES];
    if (n == 0 || n >= sizeof copy)
        return counted;
    memcpy(copy, word, n);
    copy[n] = '\0';
    const char *key = translation(copy) != NULL ? translation(copy) : copy;
    count_fields(&counted, &frem_kind_scenario, key, 0);
    if (values)
        count_fields(&counted, &frem_kind_value, key, 0);
    return counted;
}

bool frem_key_anywhere(const char *word, size_t n) {
    return count_all(word, n, true).fields > 0;
}

bool frem_key_in_scenario(const char *word, size_t n) {
    return count_all(word, n, false).fields > 0;
}

bool frem_key_is_text(const char *word, size_t n) {
    census counted = count_all(word, n, true);
    return counted.fields > 0 && counted.texts == counted.fields;
}

/* Where a key belongs: "programmes.NAME, ...". */
typedef struct search {
    const char *key;
    frem_text places;
    size_t found;
} search;

static size_t find(const frem_kind *kind, const char *key) {
    size_t i = 0;
    while (i < kind->n_fields && strcmp(kind->fields[i].key, key) != 0)
        i++;
    return i;
}

static void look_in(search *for_key, const frem_kind *kind, const char *path, int depth) {
    frem_text below = {0};
    if (find(kind, for_key->key) < kind->n_fields) {
        frem_text_print(&for_key->places, "%s%s", for_key->found > 0 ? ", " : "",
                        path[0] != '\0' ? path : kind->name);
        for_key->found++;
    }
    for (size_t i = 0; i < kind->n_fields && depth < DEPTH_MAX; i++) {
        const frem_field *field = &kind->fields[i];
        if (field->kind == &frem_kind_variant) /* the same keys once more */
            continue;
        if (field->type != FREM_T_STRUCT && field->type != FREM_T_MAP)
            continue;
        below.length = 0;
        frem_text_print(&below, "%s%s%s%s", path, path[0] != '\0' ? "." : "", field->key,
                        field->type == FREM_T_MAP ? ".NAME" : "");
        if (!below.failed)
            look_in(for_key, field->kind, below.bytes, depth + 1);
    }
    for_key->places.failed = for_key->places.failed || below.failed;
    frem_text_free(&below);
}

/* Reports where a key belongs. @return FREM_OK where that is nowhere, or in too many places. */
static frem_status elsewhere(const char *key, const char *meant, frem_place place, const char *path,
                             frem_diags *diags) {
    search for_key = {.key = meant};
    frem_status status = FREM_OK;
    look_in(&for_key, &frem_kind_scenario, "", 0);
    if (for_key.places.failed)
        status = FREM_NO_MEMORY;
    else if (for_key.found > 0 && for_key.found <= PLACES_MAX)
        status = FREM_PROBLEM(diags, place, KEY_ELSEWHERE, key, path, meant, for_key.places.bytes);
    frem_text_free(&for_key.places);
    return status;
}

bool frem_key_is_near(const frem_kind *kind, const char *key) {
    const char *keys[KEYS_MAX], *translated = frem_key_danish(key, false);
    size_t n = 0;
    for (; n < kind->n_fields && n < KEYS_MAX; n++) {
        keys[n] = kind->fields[n].key;
        if (strcmp(keys[n], key) == 0 || (translated != NULL && strcmp(keys[n], translated) == 0))
            return true;
    }
    return frem_nearest(key, keys, n) != NULL;
}

/* The first year in a text such as "2026-2030" or "from 2026"; NULL where it has none. */
static const char *year_in(const char *key, char out[5]) {
    for (const char *at = key; *at != '\0';) {
        size_t n = strspn(at, "0123456789");
        if (n == 4 && (at[0] == '1' || at[0] == '2')) {
            memcpy(out, at, 4);
            out[4] = '\0';
            return out;
        }
        at += n > 0 ? n : 1;
    }
    return NULL;
}

frem_status frem_key_unknown(const frem_kind *kind, const char *key, frem_place place, const char *path,
                             frem_diags *diags, size_t *meant) {
    const char *keys[KEYS_MAX], *shown = path[0] != '\0' ? path : kind->name;
    size_t n = 0;
    for (; n < kind->n_fields && n < KEYS_MAX; n++)
        keys[n] = kind->fields[n].key;
    char year[5];
    if (kind == &frem_kind_value && year_in(key, year) != NULL) {
        *meant = kind->n_fields;
        return FREM_PROBLEM(diags, place, YEARS_FOR_YEAR, shown, key, year);
    }
    /* A Danish word that is right comes before an English one that is nearly right. */
    const char *translated = frem_key_danish(key, false), *nearest = NULL;
    if (translated != NULL && find(kind, translated) < kind->n_fields)
        nearest = translated;
    if (nearest == NULL)
        nearest = frem_nearest(key, keys, n);
    *meant = nearest != NULL ? find(kind, nearest) : kind->n_fields;
    if (nearest != NULL)
        return FREM_PROBLEM(diags, place, UNKNOWN_KEY, key, shown, nearest);
    frem_status status = elsewhere(key, key, place, shown, diags);
    if (status != FREM_OK)
        return status;
    translated = frem_key_danish(key, true);
    /* A key of the whole file hardly belongs there where it is found by a near miss alone. */
    if (translated != NULL && frem_key_danish(key, false) == NULL &&
        find(&frem_kind_scenario, translated) < frem_kind_scenario.n_fields)
        translated = NULL;
    *meant = translated != NULL ? find(kind, translated) : kind->n_fields;
    if (*meant < kind->n_fields)
        return FREM_PROBLEM(diags, place, UNKNOWN_KEY, key, shown, translated);
    status = translated != NULL ? elsewhere(key, translated, place, shown, diags) : FREM_OK;
    if (status != FREM_OK)
        return status;
    if (kind != &frem_kind_value && find(kind, "where") < kind->n_fields)
        return FREM_PROBLEM(diags, place, KEY_WHERE, key, shown);
    return FREM_PROBLEM(diags, place, UNKNOWN_KEY, key, shown);
}

void frem_reader_wrong_form(frem_reader *reader, const frem_site *site, const frem_node *node, const char *en,
                            const char *da) {
    frem_place place = node != NULL ? node->place : site->place;
    bool keys = strncmp(en, "a mapping", strlen("a mapping")) == 0;
    if (keys && node != NULL && node->kind == FREM_SEQUENCE)
        (void)FREM_PROBLEM(reader->diags, place, LIST_FOR_KEYS, site->path, en, da);
    else if (keys && node != NULL && node->kind == FREM_SCALAR)
        (void)FREM_PROBLEM(reader->diags, place, WORD_FOR_KEYS, site->path, en, da);
    else
        (void)FREM_PROBLEM(reader->diags, place, WRONG_FORM, site->path, en, da);
}
