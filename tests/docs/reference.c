/* Prints the scenario reference, docs/scenario-keys.md, from the field table. reference [--lang da|en] */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "scenario/fields.h"

enum { KINDS_MAX = 96, PLACES_MAX = 8, PATH_SIZE = 128 };

/* A kind and the places in a file where it is. */
typedef struct section {
    const frem_kind *kind;
    char places[PLACES_MAX][PATH_SIZE];
    size_t n_places;
    bool by_name; /* its places end in a name of the planner's */
} section;

typedef struct reference {
    section sections[KINDS_MAX];
    size_t n;
    frem_lang lang;
} reference;

/* What the page says in its own words. */
static const struct {
    const char *title, *intro, *columns, *shorthand, *places, *whole_file, *required, *never, *number,
        *varies;
    const char *names[FREM_T_LIST + 1]; /* of the types */
    const char *year, *entry_year, *region, *sex, *age, *counts, *from, *one_of, *value_title, *value_intro,
        *any, *variant;
} words[FREM_LANG_COUNT] = {
    [FREM_EN] =
        {
            .title = "# Scenario keys",
            .intro =
                "Every key of a scenario file, printed from the program's own field table by "
                "`build/tests/bin/reference`; do not edit by hand. [scenarios.md](scenarios.md) explains "
                "how they work together.\n\n"
                "Words in capitals are names of your own. A key without a default is left out when "
                "it is not needed; **required** keys never are. A *value* is a number in one of the "
                "forms at the end of the page; the words after it say what it may differ by.",
            .columns = "| key | holds | allowed, unit | default | meaning |\n|---|---|---|---|---|",
            .shorthand = "A single word or name gives",
            .places = "Also at",
            .whole_file = "The file",
            .required = "**required**",
            .number = "any number",
            .varies = " by ",
            .names = {"text", "text, or `{da: ..., en: ...}`", "one of", "whole number", "number",
                      "day such as `30 june`", "month such as `january`", "ages: `0-5`, `17` or `18+`",
                      "list of texts, or one text", "texts by name", "numbers by date of birth", "value",
                      "values by name", "value", "keys below", "entries by name", "rows of numbers",
                      "a list of entries"},
            .year = "year",
            .entry_year = "year of entry",
            .region = "region",
            .sex = "sex",
            .age = "age",
            .counts = "; age groups are spread to single ages",
            .from = " of",
            .one_of = " a name in",
            .value_title = "## A value",
            .value_intro = "In place of a plain number. Years may be keys too: `2026: 0.74`. Numbers lie "
                           "in the range of the key that has the value.",
            .any = "as the key has",
            .variant = "Besides these every key of the file but `fremskriv`, `extends`, `name`, `variants` "
                       "and `known`, "
                       "none of them required: [layers.md](layers.md).",
        },
    [FREM_DA] =
        {
            .title = "# Scenariets nøgler",
            .intro = "Alle nøgler i en scenariefil, skrevet ud fra programmets egen felttabel af "
                     "`build/tests/bin/reference --lang da`. [scenarios.md](scenarios.md) forklarer, hvordan "
                     "de hænger sammen.\n\n"
                     "Ord med store bogstaver står for navne, du selv vælger. En nøgle uden standardværdi "
                     "udelades, når der ikke er brug for den; **påkrævede** nøgler skal altid være der. En "
                     "*værdi* er et tal i en af de former, der står sidst på siden; ordene efter fortæller, "
                     "hvad den kan variere efter.",
            .columns = "| nøgle | indhold | tilladt, enhed | standard | betydning |\n|---|---|---|---|---|",
            .shorthand = "Et enkelt ord eller navn står for",
            .places = "Også ved",
            .whole_file = "Filen",
            .required = "**påkrævet**",
            .number = "ethvert tal",
            .varies = " efter ",
            .names = {"tekst", "tekst eller `{da: ..., en: ...}`", "en af", "helt tal", "tal",
                      "dag som `30 june`", "måned som `january`", "aldre: `0-5`, `17` eller `18+`",
                      "liste af tekster eller én tekst", "tekster efter navn", "tal efter fødselsdato",
                      "værdi", "værdier efter navn", "værdi", "nøgler herunder", "poster efter navn",
                      "rækker af tal", "en liste af poster"},
            .year = "år",
            .entry_year = "optagelsesår",
            .region = "område",
            .sex = "køn",
            .age = "alder",
            .counts = "; aldersgrupper spredes til enkelte aldre",
            .from = " i",
            .one_of = " et navn i",
            .value_title = "## En værdi",
            .value_intro =
                "I stedet for et tal. Årstal kan også stå som nøgler: `2026: 0.74`. Tallene ligger "
                "i det interval, som nøglen med værdien har.",
            .any = "som nøglen",
            .variant =
                "Desuden alle filens nøgler undtagen `fremskriv`, `extends`, `name`, `variants` og `known`, "
                "ingen af dem påkrævet: [layers.md](layers.md).",
        },
};

/* What a planner's own name is in place of. */
static const char *name_of(const frem_field *field) {
    return field->type == FREM_T_LIST          ? "N"
           : field->flags & FREM_F_PATHS       ? "PATH"
           : strcmp(field->key, "known") == 0  ? "YEAR"
           : strcmp(field->key, "starts") == 0 ? "MONTH"
                                               : "NAME";
}

static section *find_section(reference *r, const frem_kind *kind) {
    for (size_t i = 0; i < r->n; i++) {
        if (r->sections[i].kind == kind)
            return &r->sections[i];
    }
    return NULL;
}

/* Kinds below a kind, in the order of the file. The forms of a value stand at the end. */
static bool collect(reference *r, const frem_kind *kind, const char *path) {
    for (size_t i = 0; i < kind->n_fields; i++) {
        const frem_field *field = &kind->fields[i];
        if (field->kind == NULL)
            continue;
        char place[PATH_SIZE];
        int n = snprintf(place, sizeof place, "%s%s%s%s%s", path, path[0] != '\0' ? "." : "", field->key,
                         field->type != FREM_T_STRUCT ? "." : "",
                         field->type != FREM_T_STRUCT ? name_of(field) : "");
        if (n < 0 || (size_t)n >= sizeof place)
            return false;
        section *known = find_section(r, field->kind);
        if (known == NULL && r->n < KINDS_MAX) {
            known = &r->sections[r->n++];
            known->kind = field->kind;
            (void)strcpy(known->places[known->n_places++], place);
            /* A variant holds what the file does. */
            if (field->kind != &frem_kind_variant && !collect(r, field->kind, place))
                return false;
        } else if (known != NULL && known->n_places < PLACES_MAX) {
            (void)strcpy(known->places[known->n_places++], place);
        } else {
            return false;
        }
    }
    return true;
}

static void add_dimensions(const reference *r, frem_text *out, const frem_field *field) {
    const struct {
        unsigned flag;
        const char *word;
    } all[] = {{FREM_F_YEAR, words[r->lang].year},
               {FREM_F_ENTRY, words[r->lang].entry_year},
               {FREM_F_REGION, words[r->lang].region},
               {FREM_F_SEX, words[r->lang].sex},
               {FREM_F_AGE, words[r->lang].age}};
    const char *before = words[r->lang].varies;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!(field->flags & all[i].flag))
            continue;
        frem_text_print(out, "%s%s", before, all[i].word);
        before = ", ";
    }
    if (field->flags & FREM_F_COUNTS)
        frem_text_add(out, words[r->lang].counts);
}

/* `a`, `b`, `c` of "a|b|c"; an empty first word is "not given". */
static void add_choices(frem_text *out, const char *choices) {
    const char *at = choices;
    bool first = true;
    while (*at != '\0') {
        size_t n = strcspn(at, "|");
        if (n > 0) {
            frem_text_print(out, "%s`%.*s`", first ? " " : ", ", (int)n, at);
            first = false;
        }
        at += n + (at[n] == '|');
    }
}

static void add_type(const reference *r, frem_text *out, const frem_field *field) {
    frem_text_add(out, words[r->lang].names[field->type]);
    if (field->type == FREM_T_CHOICE)
        add_choices(out, field->choices);
    if (field->refers != NULL && field->type == FREM_T_VALUES)
        frem_text_print(out, "%s `%s`", words[r->lang].from, field->refers);
    if (field->refers != NULL && field->type == FREM_T_TEXT)
        frem_text_print(out, ":%s `%s`", words[r->lang].one_of, field->refers);
    if (field->type == FREM_T_VALUE || field->type == FREM_T_VALUES)
        add_dimensions(r, out, field);
}

static bool has_range(const frem_field *field) {
    return field->type == FREM_T_WHOLE || field->type == FREM_T_NUMBER || field->type == FREM_T_VALUE ||
           field->type == FREM_T_VALUES || field->type == FREM_T_BIRTHS;
}

static void add_range(const reference *r, frem_text *out, const frem_field *field, bool of_value) {
    char low[32], high[32];
    if (has_range(field)) {
        frem_number_shortest(low, field->min);
        frem_number_shortest(high, field->max);
        if (isinf(field->min))
            frem_text_add(out, of_value ? words[r->lang].any : words[r->lang].number);
        else if (isinf(field->max))
            frem_text_print(out, "≥ %s", low);
        else if (field->min < field->max)
            frem_text_print(out, "%s – %s", low, high);
        else
            frem_text_add(out, low);
    }
    if (field->unit != NULL)
        frem_text_print(out, out->length > 0 ? " (%s)" : "%s", frem_unit_text(field->unit, r->lang));
}

static bool print_field(const reference *r, const frem_field *field, bool of_value) {
    frem_text type = {0}, range = {0};
    add_type(r, &type, field);
    add_range(r, &range, field, of_value);
    bool good = !type.failed && !range.failed;
    if (good) {
        (void)printf("| `%s` | %s | %s | ", field->key, type.bytes, range.length > 0 ? range.bytes : "");
        if (field->flags & FREM_F_REQUIRED)
            (void)fputs(words[r->lang].required, stdout);
        else if (field->preset != NULL)
            (void)printf("`%s`", field->preset);
        (void)printf(" | %s |\n", field->help.text[r->lang]);
    }
    frem_text_free(&type);
    frem_text_free(&range);
    return good;
}

static bool print_fields(const reference *r, const frem_kind *kind, bool of_value) {
    (void)printf("\n%s\n", words[r->lang].columns);
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (!print_field(r, &kind->fields[i], of_value))
            return false;
    }
    return true;
}

static bool print_section(const reference *r, const section *s) {
    (void)printf("\n## %s\n", s->places[0]);
    if (s->n_places > 1) {
        (void)printf("\n%s", words[r->lang].places);
        for (size_t i = 1; i < s->n_places; i++)
            (void)printf("%s `%s`", i > 1 ? "," : "", s->places[i]);
        (void)puts(".");
    }
    if (s->kind->shorthand != NULL)
        (void)printf("\n%s `%s`.\n", words[r->lang].shorthand, s->kind->shorthand);
    if (s->kind != &frem_kind_variant)
        return print_fields(r, s->kind, false);
    /* What the file has not: the fields behind those that both have. */
    const frem_field *last_of_file = &frem_kind_scenario.fields[frem_kind_scenario.n_fields - 1];
    frem_kind own = *s->kind;
    own.fields = last_of_file + 1;
    own.n_fields = (size_t)(s->kind->fields + s->kind->n_fields - own.fields);
    (void)printf("\n%s\n", words[r->lang].variant);
    return print_fields(r, &own, false);
}

/* The forms of a value, and what is below them. */
static bool print_values(reference *r) {
    reference below = {.lang = r->lang};
    (void)printf("\n%s\n\n%s\n", words[r->lang].value_title, words[r->lang].value_intro);
    if (!print_fields(r, &frem_kind_value, true) || !collect(&below, &frem_kind_value, "VALUE"))
        return false;
    for (size_t i = 0; i < below.n; i++) {
        if (!print_section(&below, &below.sections[i]))
            return false;
    }
    return true;
}

int main(int argc, char **argv) {
    static reference r = {.lang = FREM_EN};
    if (argc == 3 && strcmp(argv[1], "--lang") == 0 && strcmp(argv[2], "da") == 0)
        r.lang = FREM_DA;
    else if (argc != 1 && !(argc == 3 && strcmp(argv[1], "--lang") == 0 && strcmp(argv[2], "en") == 0))
        return 2;
    bool good = collect(&r, &frem_kind_scenario, "");
    if (good) {
        (void)printf("%s\n\n%s\n\n## %s\n", words[r.lang].title, words[r.lang].intro,
                     words[r.lang].whole_file);
        good = print_fields(&r, &frem_kind_scenario, false);
    }
    for (size_t i = 0; i < r.n && good; i++)
        good = print_section(&r, &r.sections[i]);
    good = good && print_values(&r);
    return good && fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
