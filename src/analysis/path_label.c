#include "analysis/path_label.h"

#include <string.h>

#include "base/text.h"
#include "scenario/draft.h"

/* ---- what a path is of ---- */

static const char *in_language(const frem_label *label, const char *key, frem_lang lang) {
    const char *text =
        label->text[lang] != NULL ? label->text[lang] : label->text[FREM_LANG_COUNT - 1 - lang];
    return text != NULL ? text : key;
}

#define FIND(map, key, label)                                                                                \
    for (size_t i = 0; i < (map).count; i++) {                                                               \
        if (strcmp((map).items[i].head.key, (key)) == 0)                                                     \
            (label) = &(map).items[i].label;                                                                 \
    }

/* What the scenario calls an entry of one of its maps. */
static const char *name_of(const frem_scenario *s, const char *map, const char *key, frem_lang lang) {
    const frem_label *label = NULL;
    if (strcmp(map, "professions") == 0)
        FIND(s->professions, key, label)
    if (strcmp(map, "programmes") == 0)
        FIND(s->programmes, key, label)
    if (strcmp(map, "demand") == 0)
        FIND(s->demand, key, label)
    for (size_t k = 0; k < s->programmes.count; k++) {
        if (strcmp(map, "stages") == 0)
            FIND(s->programmes.items[k].stages, key, label)
        if (strcmp(map, "specialisations") == 0)
            FIND(s->programmes.items[k].specialisations, key, label)
    }
    return label != NULL ? in_language(label, key, lang) : key;
}

/* Adds the names of the entries that a path leads through, those of its maps. */
static void add_owners(frem_text *out, const frem_scenario *s, const char *path, frem_lang lang) {
    frem_field field = frem_field_root;
    const char *before = ": ";
    char key[128], map[128] = "";
    for (const char *at = path; *at != '\0';) {
        const size_t n = strcspn(at, ".");
        frem_field inner;
        if (n >= sizeof key)
            return;
        memcpy(key, at, n);
        key[n] = '\0';
        if (!frem_field_inside(&field, key, &inner))
            return;
        if (field.type == FREM_T_MAP || field.type == FREM_T_VALUES) {
            const char *named = field.refers != NULL ? field.refers : map;
            frem_text_print(out, "%s%s", before, name_of(s, named, key, lang));
            before = ", ";
        }
        memcpy(map, key, n + 1);
        field = inner;
        at += at[n] == '.' ? n + 1 : n;
    }
}

/* ---- what it is ---- */

/* Adds the beginning of a field's help, up to what comes behind a comma and its like. */
static void add_meaning(frem_text *out, const char *help) {
    enum { LEAST = 8 };
    size_t n = strcspn(help, ";,:(");
    n = n < LEAST ? strlen(help) : n;
    while (n > 0 && help[n - 1] == ' ')
        n--;
    frem_text_add_bytes(out, help, n);
}

frem_status frem_path_label(frem_arena *arena, const frem_scenario *scenario, const char *path,
                            frem_label *label) {
    const frem_value *value = frem_scenario_parameter(scenario, path);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        frem_text text = {0};
        if (value != NULL) {
            if (value->field->called.text[lang] != NULL)
                frem_text_add(&text, value->field->called.text[lang]);
            else
                add_meaning(&text, value->field->help.text[lang]);
            add_owners(&text, scenario, path, (frem_lang)lang);
        } else {
            frem_text_add(&text, path);
        }
        label->text[lang] = text.failed ? NULL : frem_arena_text(arena, text.bytes, text.length);
        frem_text_free(&text);
        if (label->text[lang] == NULL)
            return FREM_NO_MEMORY;
    }
    return FREM_OK;
}
