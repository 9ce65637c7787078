#include "base/problem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/harmless.h"
#include "base/locale.h"
#include "base/text.h"

/* Places {0} to {5}. */
#define ARGS_MAX 6
#define NAME_MAX_BYTES 48

typedef struct message {
    frem_severity severity;
    const char *what[FREM_LANG_COUNT];
    const char *hint[FREM_LANG_COUNT];
} message;

#define FREM_MESSAGE(code, severity, en, da, hint_en, hint_da)                                               \
    {severity, {[FREM_EN] = (en), [FREM_DA] = (da)}, {[FREM_EN] = (hint_en), [FREM_DA] = (hint_da)}},
static const message messages[FREM_MSG_COUNT + 1] = {
#include "base/messages/all.def"
    {FREM_ERROR, {"", ""}, {"", ""}},
};
#undef FREM_MESSAGE

/* The names in lower case, made by the compiler, so that they need neither a second list nor a first call. */
#define AT(s, i) ((s)[(i) < sizeof(s) ? (i) : sizeof(s) - 1])
#define LOWER(c) (char)((c) == '_' ? '-' : (c) >= 'A' && (c) <= 'Z' ? (c) + ('a' - 'A') : (c))
#define L1(s, i) LOWER(AT(s, i))
#define L4(s, i) L1(s, i), L1(s, (i) + 1), L1(s, (i) + 2), L1(s, (i) + 3)
#define L16(s, i) L4(s, i), L4(s, (i) + 4), L4(s, (i) + 8), L4(s, (i) + 12)
#define FREM_MESSAGE(code, severity, en, da, hint_en, hint_da)                                               \
    {L16(#code, 0), L16(#code, 16), L16(#code, 32)},
static const char names[FREM_MSG_COUNT + 1][NAME_MAX_BYTES] = {
#include "base/messages/all.def"
    {0},
};
#undef FREM_MESSAGE
#define FREM_MESSAGE(code, severity, en, da, hint_en, hint_da)                                               \
    _Static_assert(sizeof(#code) <= NAME_MAX_BYTES, "the name of a message is too long");
#include "base/messages/all.def"
#undef FREM_MESSAGE

/* A problem with what sorting needs. */
typedef struct entry {
    frem_diag diag;
    size_t file;  /* order of first appearance */
    size_t order; /* order of finding */
} entry;

struct frem_diags {
    frem_arena *arena;
    entry *entries;
    size_t count;
    size_t capacity;
    size_t errors;
    const char **files; /* distinct, in order of first appearance; NULL is one of them */
    size_t n_files;
    size_t files_capacity;
};

frem_status frem_diags_new(frem_diags **out) {
    *out = NULL;
    frem_diags *diags = calloc(1, sizeof *diags);
    if (diags == NULL)
        return FREM_NO_MEMORY;
    if (frem_arena_new(&diags->arena) != FREM_OK) {
        free(diags);
        return FREM_NO_MEMORY;
    }
    *out = diags;
    return FREM_OK;
}

void frem_diags_free(frem_diags *diags) {
    if (diags == NULL)
        return;
    frem_arena_free(diags->arena);
    free(diags->entries);
    free(diags->files);
    free(diags);
}

size_t frem_diags_count(const frem_diags *diags) {
    return diags->count;
}

size_t frem_diags_errors(const frem_diags *diags) {
    return diags->errors;
}

size_t frem_diags_warnings(const frem_diags *diags) {
    return diags->count - diags->errors;
}

const frem_diag *frem_diags_at(const frem_diags *diags, size_t i) {
    return i < diags->count ? &diags->entries[i].diag : NULL;
}

const char *frem_code_name(frem_code code) {
    return names[(size_t)code < FREM_MSG_COUNT ? (size_t)code : FREM_MSG_COUNT];
}

static bool same_file(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The ordinal of a file. Problems come in runs of one file, so the latest is looked at first. */
static frem_status file_ordinal(frem_diags *diags, const char *file, size_t *out) {
    for (size_t i = diags->n_files; i-- > 0;)
        if (same_file(diags->files[i], file)) {
            *out = i;
            return FREM_OK;
        }
    void *files = diags->files;
    frem_status status = frem_grow(&files, &diags->files_capacity, diags->n_files, sizeof *diags->files);
    diags->files = files;
    if (status != FREM_OK)
        return status;
    const char *copy = NULL;
    if (file != NULL) {
        copy = frem_arena_text(diags->arena, file, strlen(file));
        if (copy == NULL)
            return FREM_NO_MEMORY;
    }
    diags->files[diags->n_files] = copy;
    *out = diags->n_files++;
    return FREM_OK;
}

static frem_status args_copy(frem_diags *diags, const char *const *args, size_t n, const char *const **out) {
    const char **copies = frem_arena_alloc(diags->arena, n, sizeof *copies);
    if (copies == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        if (args[i] == NULL)
            continue;
        copies[i] = frem_arena_text(diags->arena, args[i], strlen(args[i]));
        if (copies[i] == NULL)
            return FREM_NO_MEMORY;
    }
    *out = copies;
    return FREM_OK;
}

frem_status frem_diags_add(frem_diags *diags, frem_place place, frem_code code, const char *const *args,
                           size_t n_args) {
    if ((size_t)code >= FREM_MSG_COUNT)
        return FREM_DEFECT;
    frem_severity severity = messages[code].severity;
    frem_status result = severity == FREM_ERROR ? FREM_INVALID : FREM_OK;
    if (diags == NULL)
        return result;

    entry added = {.order = diags->count};
    size_t n = n_args < ARGS_MAX ? n_args : ARGS_MAX;
    void *entries = diags->entries;
    frem_status status = frem_grow(&entries, &diags->capacity, diags->count, sizeof *diags->entries);
    diags->entries = entries;
    if (status == FREM_OK)
        status = file_ordinal(diags, place.file, &added.file);
    if (status == FREM_OK)
        status = args_copy(diags, args, n, &added.diag.args);
    if (status != FREM_OK)
        return status;
    added.diag.severity = severity;
    added.diag.name = frem_code_name(code);
    added.diag.place = (frem_place){diags->files[added.file], place.line, place.column};
    added.diag.code = (size_t)code;
    added.diag.n_args = n;
    diags->entries[diags->count++] = added;
    if (severity == FREM_ERROR)
        diags->errors++;
    return result;
}

frem_status frem_diags_relate(frem_diags *diags, frem_status raised, frem_place other) {
    if (diags == NULL || raised == FREM_NO_MEMORY || diags->count == 0 || other.file == NULL)
        return raised;
    /* Its file is no file with a problem of its own, and has no place in their order. */
    const char *file = frem_arena_text(diags->arena, other.file, strlen(other.file));
    if (file == NULL)
        return FREM_NO_MEMORY;
    diags->entries[diags->count - 1].diag.related = (frem_place){file, other.line, other.column};
    return raised;
}

static int compare_sizes(size_t a, size_t b) {
    return (a > b) - (a < b);
}

static int compare_entries(const void *left, const void *right) {
    const entry *a = left, *b = right;
    int order = compare_sizes(a->file, b->file);
    if (order == 0)
        order = compare_sizes(a->diag.place.line, b->diag.place.line);
    if (order == 0)
        order = compare_sizes(a->diag.place.column, b->diag.place.column);
    return order != 0 ? order : compare_sizes(a->order, b->order);
}

static bool same_place(const entry *a, const entry *b) {
    return a->file == b->file && a->diag.place.line == b->diag.place.line &&
           a->diag.place.column == b->diag.place.column;
}

/* Whether two arguments are the same text, or two paths of which one has words more: "x.value" and "x.earlier.value". */
static bool same_argument(const char *a, const char *b) {
    if (a == b || a == NULL || b == NULL)
        return a == b;
    const char *brief = strlen(a) < strlen(b) ? a : b, *whole = brief == a ? b : a;
    size_t start = 0, more = strlen(whole) - strlen(brief);
    while (brief[start] != '\0' && brief[start] == whole[start])
        start++;
    bool words = start > 0 && ((whole[start] == '.' && (brief[start] == '\0' || brief[start] == '.')) ||
                               (brief[start - 1] == '.' && whole[start + more - 1] == '.'));
    return more == 0 ? brief[start] == '\0' : words && strcmp(brief + start, whole + start + more) == 0;
}

static int compare_texts(const char *a, const char *b) {
    return a == b ? 0 : a == NULL ? -1 : b == NULL ? 1 : strcmp(a, b);
}

/* What problems say, and then the order of finding. */
static int compare_said(const void *left, const void *right) {
    const entry *a = left, *b = right;
    int order = compare_sizes(a->diag.code, b->diag.code);
    if (order == 0)
        order = compare_sizes(a->diag.n_args, b->diag.n_args);
    for (size_t i = 0; i < a->diag.n_args && order == 0; i++)
        order = compare_texts(a->diag.args[i], b->diag.args[i]);
    return order != 0 ? order : compare_sizes(a->order, b->order);
}

/* @param alike also where arguments are paths of which one has words more. */
static bool same_problem(const entry *a, const entry *b, bool alike) {
    bool same = a->diag.code == b->diag.code && a->diag.n_args == b->diag.n_args;
    for (size_t i = 0; i < a->diag.n_args && same; i++)
        same = alike ? same_argument(a->diag.args[i], b->diag.args[i])
                     : compare_texts(a->diag.args[i], b->diag.args[i]) == 0;
    return same;
}

/* Problems of one place that are compared with each other for being alike. */
enum { ALIKE_MAX = 100 };

/* Leaves out those that say nearly the same as an earlier one. @return how many are left. */
static size_t tell_alike(entry *entries, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool reported = false;
        for (size_t k = 0; k < kept && !reported; k++)
            reported = same_problem(&entries[k], &entries[i], true);
        if (!reported)
            entries[kept++] = entries[i];
    }
    return kept;
}

/* Leaves of the problems of one place each once, in the order of finding. @return how many are left. */
static size_t tell_once(entry *entries, size_t n) {
    size_t kept = 1;
    if (n < 2)
        return n;
    qsort(entries, n, sizeof *entries, compare_said);
    for (size_t i = 1; i < n; i++) {
        if (!same_problem(&entries[kept - 1], &entries[i], false))
            entries[kept++] = entries[i];
    }
    qsort(entries, kept, sizeof *entries, compare_entries);
    return kept <= ALIKE_MAX ? tell_alike(entries, kept) : kept;
}

void frem_diags_sort(frem_diags *diags) {
    if (diags->count > 1)
        qsort(diags->entries, diags->count, sizeof *diags->entries, compare_entries);
    /* A table that is read for several values says the same of a cell each time, and a value that a variant keeps for its
     * `earlier` years says the same as the value. */
    size_t kept = 0, next;
    for (size_t i = 0; i < diags->count; i = next) {
        for (next = i + 1; next < diags->count && same_place(&diags->entries[i], &diags->entries[next]);)
            next++;
        size_t left = tell_once(&diags->entries[i], next - i);
        memmove(&diags->entries[kept], &diags->entries[i], left * sizeof *diags->entries);
        kept += left;
    }
    diags->count = kept;
    diags->errors = 0;
    for (size_t i = 0; i < kept; i++)
        diags->errors += diags->entries[i].diag.severity == FREM_ERROR;
}

static void add_harmless(frem_text *text, const char *string) {
    frem_text_add_all_harmless(text, string, strlen(string), "");
}

/* The argument number of a place {0}..{5} or {0n}..{5n} at the start of a template, or -1. */
static int place_number(const char *template) {
    if (template[0] != '{' || template[1] < '0' || template[1] >= '0' + ARGS_MAX)
        return -1;
    return template[2] == '}' || (template[2] == 'n' && template[3] == '}') ? template[1] - '0' : -1;
}

/* The bytes of a number at the start of a word, which ends there, or at a comma, a semicolon or the dots of a range; else 0. */
static size_t number_length(const char *at) {
    size_t n = at[0] == '-' || at[0] == '+' ? 1 : 0;
    const size_t first = n;
    while (at[n] >= '0' && at[n] <= '9')
        n++;
    if (n == first)
        return 0;
    if (at[n] == '.' && at[n + 1] >= '0' && at[n + 1] <= '9') {
        for (n++; at[n] >= '0' && at[n] <= '9';)
            n++;
    }
    return at[n] == '\0' || strchr(" ,;", at[n]) != NULL || strncmp(at + n, "..", 2) == 0 ? n : 0;
}

/* An argument of a place {0n}: its numbers as people write them in the language, all else as it is. */
static void add_numbers(frem_text *text, const char *value, frem_lang lang) {
    const char *rest = value;
    for (const char *at = value; *at != '\0';) {
        const bool begins =
            at == value || at[-1] == ' ' || (at - value >= 2 && at[-1] == '.' && at[-2] == '.');
        char number[64];
        const size_t n = begins ? number_length(at) : 0;
        if (n == 0 || n >= sizeof number) {
            at++;
            continue;
        }
        memcpy(number, at, n);
        number[n] = '\0';
        frem_text_add_all_harmless(text, rest, (size_t)(at - rest), "");
        frem_locale_add(text, number, lang);
        rest = at += n;
    }
    add_harmless(text, rest);
}

static const char *argument(const frem_diag *diag, int number) {
    return (size_t)number < diag->n_args ? diag->args[number] : NULL;
}

static bool names_only_given(const char *template, const frem_diag *diag) {
    for (; *template != '\0'; template ++) {
        int number = place_number(template);
        if (number >= 0 && argument(diag, number) == NULL)
            return false;
    }
    return true;
}

static void add_filled(frem_text *text, const char *template, const frem_diag *diag, frem_lang lang) {
    while (*template != '\0') {
        int number = place_number(template);
        if (number < 0) {
            frem_text_add_bytes(text, template ++, 1);
            continue;
        }
        const char *value = argument(diag, number);
        const bool counted = template[2] == 'n';
        if (value != NULL && counted)
            add_numbers(text, value, lang);
        else if (value != NULL)
            add_harmless(text, value);
        template += counted ? 4 : 3;
    }
}

static const message *message_of(const frem_diag *diag) {
    return &messages[diag->code < FREM_MSG_COUNT ? diag->code : FREM_MSG_COUNT];
}

static size_t language_of(frem_lang lang) {
    return (unsigned)lang < FREM_LANG_COUNT ? (size_t)lang : FREM_EN;
}

const char *frem_severity_word(frem_severity severity) {
    return severity == FREM_ERROR ? "error" : "warning";
}

bool frem_place_add_cell(frem_text *text, frem_place place) {
    const size_t n = place.file != NULL ? strlen(place.file) : 0;
    char letters[FREM_LETTERS_MAX];
    if (n == 0 || place.file[n - 1] != '!' || place.line == 0 || place.column == 0)
        return false;
    frem_column_letters(place.column, letters);
    frem_text_print(text, "%s%u", letters, place.line);
    return true;
}

void frem_place_add(frem_text *text, frem_place place) {
    add_harmless(text, place.file);
    if (frem_place_add_cell(text, place))
        return;
    if (place.line > 0)
        frem_text_print(text, ":%u", place.line);
    if (place.line > 0 && place.column > 0)
        frem_text_print(text, ":%u", place.column);
}

void frem_diag_add_place(frem_text *text, const frem_diag *diag) {
    if (diag->place.file == NULL)
        return;
    frem_place_add(text, diag->place);
    frem_text_add(text, ": ");
}

void frem_diag_add_what(frem_text *text, const frem_diag *diag, frem_lang lang) {
    add_filled(text, message_of(diag)->what[language_of(lang)], diag, lang);
}

void frem_diag_add_hint(frem_text *text, const frem_diag *diag, frem_lang lang) {
    const char *hint = message_of(diag)->hint[language_of(lang)];
    if (names_only_given(hint, diag))
        add_filled(text, hint, diag, lang);
}

char *frem_diag_text(const frem_diag *diag, frem_lang lang) {
    frem_text text = {0}, hint = {0};
    frem_diag_add_place(&text, diag);
    frem_text_print(&text, "%s: ", frem_severity_word(diag->severity));
    frem_diag_add_what(&text, diag, lang);
    frem_diag_add_hint(&hint, diag, lang);
    if (hint.length > 0) { /* an argument can be the whole hint, and empty */
        frem_text_add(&text, "\nhint: ");
        frem_text_add_bytes(&text, hint.bytes, hint.length);
    }
    bool failed = text.failed || hint.failed;
    frem_text_free(&hint);
    if (failed)
        frem_text_free(&text);
    return text.bytes;
}
