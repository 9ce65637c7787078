/* Addresses of results, MEASURE:PROFESSION:REGION:YEAR[:SECTOR], read and written. */
#include "analysis/address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "frame/measures.h"
#include "model/model.h"

enum { PART_MEASURE, PART_PROFESSION, PART_REGION, PART_YEAR, PART_SECTOR, PARTS };

/* One part of the text. */
typedef struct part {
    const char *at;
    size_t n;
} part;

/* What an address is read with. */
typedef struct reading {
    const frem_model *model;
    const char *text;
    frem_place place;
    frem_diags *diags;
    frem_status status;
} reading;

/* Where a part is written. */
static frem_place place_of(const reading *r, const part *p) {
    frem_place place = r->place;
    if (place.line > 0)
        place.column += (unsigned)frem_utf8_count(r->text, (size_t)(p->at - r->text));
    return place;
}

/* Problems of one part do not hide those of the next. */
static void keep(reading *r, frem_status status) {
    if (status != FREM_OK && r->status != FREM_NO_MEMORY)
        r->status = status;
}

/* ---- names ---- */

/* Names that a part chooses from, "all" among them where there is a sum. */
typedef struct names {
    const char **at, **labels; /* labels[i]: what people call at[i], or NULL; labels NULL: they have none */
    size_t n;
} names;

/* The name that a part is, in NFC and as it is written, or that the one label is which is written so; NULL for none. */
static const char *find_name(const names *known, const char *word) {
    const char *labelled = NULL;
    size_t alike = 0;
    for (size_t i = 0; i < known->n; i++) {
        if (strcmp(known->at[i], word) == 0)
            return known->at[i];
        if (known->labels != NULL && known->labels[i] != NULL && strcmp(known->labels[i], word) == 0) {
            labelled = known->at[i];
            alike++;
        }
    }
    return alike == 1 ? labelled : NULL;
}

/* The name that was probably meant: the nearest one, or that of the nearest label. */
static const char *nearest_name(const names *known, const char *word) {
    const char *near = frem_nearest(word, known->at, known->n);
    const char *label = known->labels != NULL ? frem_nearest(word, known->labels, known->n) : NULL;
    for (size_t i = 0; i < known->n && label != NULL; i++) {
        const bool exact = frem_same_word(word, strlen(word), label);
        if (known->labels[i] == label && (near == NULL || exact))
            return known->at[i];
    }
    return near;
}

/* Reads a part that is a name; an empty one is "all". @param what the part in English and Danish. */
static const char *read_name(reading *r, const part *p, const names *known, const char *const what[2]) {
    frem_arena *arena = NULL;
    keep(r, frem_arena_new(&arena));
    if (arena == NULL)
        return NULL;
    const char *word = p->n > 0 ? frem_nfc(arena, p->at, p->n) : "all", *found = NULL;
    if (word == NULL)
        keep(r, FREM_NO_MEMORY);
    else if ((found = find_name(known, word)) == NULL)
        keep(r, FREM_PROBLEM(r->diags, place_of(r, p), ADDRESS_PART, r->text, what[0], what[1], word,
                             nearest_name(known, word)));
    frem_arena_free(arena);
    return found;
}

static const char *read_measure(reading *r, const part *p) {
    static const char *const what[] = {"measure", "mål"};
    const char *at[2 * FREM_M_COUNT], *labels[2 * FREM_M_COUNT];
    for (size_t i = 0; i < 2 * FREM_M_COUNT; i++) {
        const frem_measure *measure = &frem_measures[i % FREM_M_COUNT];
        at[i] = measure->name;
        labels[i] = measure->label.text[i < FREM_M_COUNT ? FREM_EN : FREM_DA];
    }
    const names known = {at, labels, 2 * FREM_M_COUNT};
    return read_name(r, p, &known, what);
}

/* A name of a list of the model's, or "all". */
static const char *read_key(reading *r, const part *p, const frem_index *index, const char *const what[2]) {
    const size_t n = frem_index_count(index);
    const char **at = malloc((n + 1) * sizeof *at), *found = NULL;
    if (at == NULL) {
        keep(r, FREM_NO_MEMORY);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        at[i] = frem_index_names(index)[i];
    at[n] = "all";
    found = read_name(r, p, &(names){at, NULL, n + 1}, what);
    free(at);
    return found;
}

static const char *read_profession(reading *r, const part *p) {
    static const char *const what[] = {"profession", "faggruppe"};
    return read_key(r, p, r->model->professions, what);
}

static const char *read_sector(reading *r, const part *p) {
    static const char *const what[] = {"sector", "branche"};
    return read_key(r, p, r->model->sectors, what);
}

/* A region that is reported, by its key; a group by its name. */
static const char *read_region(reading *r, const part *p) {
    static const char *const what[] = {"region", "område"};
    const frem_model *model = r->model;
    const size_t most = model->reported + model->n_groups + 1;
    const char **at = malloc(2 * most * sizeof *at), *found = NULL;
    if (at == NULL) {
        keep(r, FREM_NO_MEMORY);
        return NULL;
    }
    names known = {at, at + most, 0};
    for (size_t i = 0; i < model->reported; i++, known.n++) {
        const char *label = model->region_names != NULL ? model->region_names[i] : NULL;
        at[i] = frem_index_names(model->regions)[i];
        known.labels[i] = label != NULL ? label : at[i];
    }
    for (size_t g = 0; g < model->n_groups; g++, known.n++)
        at[known.n] = known.labels[known.n] = model->groups[g].name;
    at[known.n] = known.labels[known.n] = "all";
    known.n++;
    found = read_name(r, p, &known, what);
    free(at);
    return found;
}

/* ---- years ---- */

static bool read_year(const char *at, size_t n, int *year) {
    int64_t whole;
    if (n != 4 || frem_whole_read(at, n, &whole) != FREM_NUMBER_OK || whole < 0)
        return false;
    *year = (int)whole;
    return true;
}

/* "2035", "2018..2023", "2030-2040". @return false for anything else. */
static bool read_form(const part *p, frem_address *out) {
    const char *end = p->at + p->n, *mark = p->at;
    while (mark < end && *mark != '.' && *mark != '-')
        mark++;
    out->years = mark == end ? FREM_ADDRESS_YEAR : *mark == '.' ? FREM_ADDRESS_CHANGE : FREM_ADDRESS_SPAN;
    const bool change = out->years == FREM_ADDRESS_CHANGE;
    if (!read_year(p->at, (size_t)(mark - p->at), &out->first_year))
        return false;
    out->last_year = out->first_year;
    if (mark == end)
        return true;
    if (change && (end - mark < 2 || mark[1] != '.'))
        return false;
    mark += change ? 2 : 1;
    return read_year(mark, (size_t)(end - mark), &out->last_year);
}

/* The forms that are allowed, as examples. @param out room for 64 bytes. */
static void list_forms(unsigned allowed, char *out) {
    static const char *const forms[] = {"2035", "2018..2023", "2030-2040"};
    *out = '\0';
    for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (allowed & (1u << i)) {
            if (*out != '\0')
                strcat(out, ", ");
            strcat(out, forms[i]);
        }
    }
}

static frem_status wrong_order(const reading *r, const part *p, const frem_address *address) {
    char first[16], last[16];
    (void)snprintf(first, sizeof first, "%d", address->first_year);
    (void)snprintf(last, sizeof last, "%d", address->last_year);
    return FREM_PROBLEM(r->diags, place_of(r, p), ADDRESS_ORDER, r->text, first, last);
}

static void read_years(reading *r, const part *p, unsigned allowed, frem_address *out) {
    const int last = r->model->base + (int)r->model->steps - 1;
    char given[32], forms[64], from[16], until[16];
    (void)snprintf(given, sizeof given, "%.*s", (int)(p->n < 31 ? p->n : 31), p->at);
    (void)snprintf(from, sizeof from, "%d", r->model->base);
    (void)snprintf(until, sizeof until, "%d", last);
    list_forms(allowed, forms);
    if (!read_form(p, out) || !((unsigned)out->years & allowed))
        keep(r, FREM_PROBLEM(r->diags, place_of(r, p), ADDRESS_YEARS, r->text, given, forms, from, until));
    else if (out->years != FREM_ADDRESS_YEAR && out->first_year >= out->last_year)
        keep(r, wrong_order(r, p, out));
    else if (!(allowed & FREM_ADDRESS_OTHER) && (out->first_year < r->model->base || out->last_year > last))
        keep(r, FREM_PROBLEM(r->diags, place_of(r, p), ADDRESS_OUTSIDE, r->text, given, from, until));
}

/* ---- the whole ---- */

/* @return how many parts there are, also where they are too many. */
static size_t cut(const char *text, part parts[PARTS]) {
    for (size_t n = 0;; n++) {
        const char *end = strchr(text, ':');
        if (n < PARTS)
            parts[n] = (part){text, end != NULL ? (size_t)(end - text) : strlen(text)};
        if (end == NULL)
            return n + 1;
        text = end + 1;
    }
}

frem_status frem_address_read(frem_address *out, const frem_model *model, const char *text, unsigned allowed,
                              frem_place place, frem_diags *diags) {
    part parts[PARTS] = {{0}};
    const size_t n = cut(text, parts);
    reading r = {model, text, place, diags, FREM_OK};
    *out = (frem_address){.years = FREM_ADDRESS_YEAR};
    if ((n != PARTS && n != PARTS - 1) || parts[PART_MEASURE].n == 0 || parts[PART_YEAR].n == 0) {
        char year[16];
        (void)snprintf(year, sizeof year, "%d", model->base + (int)model->steps - 1);
        return FREM_PROBLEM(diags, place, ADDRESS_FORM, text, year);
    }
    if (n < PARTS)
        parts[PART_SECTOR] = (part){text + strlen(text), 0};
    out->measure = read_measure(&r, &parts[PART_MEASURE]);
    out->profession = read_profession(&r, &parts[PART_PROFESSION]);
    out->region = read_region(&r, &parts[PART_REGION]);
    read_years(&r, &parts[PART_YEAR], allowed, out);
    out->sector = read_sector(&r, &parts[PART_SECTOR]);
    return r.status;
}

bool frem_address_same(const frem_model *model, const frem_address *a, const frem_address *b) {
    const bool alone = frem_index_count(model->professions) == 1;
    return a->years == b->years && a->first_year == b->first_year && a->last_year == b->last_year &&
           strcmp(a->measure, b->measure) == 0 && strcmp(a->region, b->region) == 0 &&
           strcmp(a->sector, b->sector) == 0 && (alone || strcmp(a->profession, b->profession) == 0);
}

char *frem_address_text(const frem_address *address) {
    frem_text text = {0};
    frem_text_print(&text, "%s:%s:%s:%d", address->measure, address->profession, address->region,
                    address->first_year);
    if (address->years != FREM_ADDRESS_YEAR)
        frem_text_print(&text, "%s%d", address->years == FREM_ADDRESS_CHANGE ? ".." : "-",
                        address->last_year);
    if (strcmp(address->sector, "all") != 0)
        frem_text_print(&text, ":%s", address->sector);
    if (!text.failed)
        return text.bytes;
    frem_text_free(&text);
    return NULL;
}
