#include "session/starter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "analysis/movers.h"
#include "base/index.h"
#include "base/locale.h"
#include "base/problem.h"
#include "scenario/draft.h"
#include "session/loaded.h"

static const frem_place in_command = {"fremskriv", 0, 0};
static const char country_file[] = "velfaerd-danmark.yaml";

/* What is made of the country's scenario. Failure is sticky. */
typedef struct making {
    const frem_starter *asked;
    const frem_scenario *country;
    const frem_model *model; /* of the country */
    frem_draft *draft;
    frem_merge merge;
    bool *professions; /* by profession of the country */
    const frem_node **marked;
    size_t n_marked; /* sources of numbers that are the country's */
    frem_text where; /* "name: [Esbjerg, Varde]"; empty: the country */
    frem_text place[FREM_LANG_COUNT], subject[FREM_LANG_COUNT];
    frem_diags *diags;
    frem_status status;
} making;

/* ---- what is asked for ---- */

/* Each word of a list parted by commas, without blanks around it. @return false at the end. */
static bool next_word(const char **rest, const char **word, size_t *n) {
    while (*rest != NULL && **rest == ' ')
        (*rest)++;
    if (*rest == NULL)
        return false;
    const char *end = strchr(*rest, ',');
    *word = *rest;
    *n = end != NULL ? (size_t)(end - *rest) : strlen(*rest);
    while (*n > 0 && (*word)[*n - 1] == ' ')
        (*n)--;
    *rest = end != NULL ? end + 1 : NULL;
    return true;
}

static bool is_word(making *m, const char *word, size_t n, const char *name) {
    return name != NULL && frem_key_same(name, strlen(name), word, n, &m->status);
}

/* One of several names, parted by commas and "and". @param inside whether a name that is not the first begins small. */
static void add_listed(frem_text *out, const char *name, size_t i, size_t last, bool inside, frem_lang lang) {
    frem_text_add(out, i == 0 ? "" : i == last ? frem_word_text(FREM_W_AND, lang) : ", ");
    if (i > 0 && inside && name[0] >= 'A' && name[0] <= 'Z' && name[1] >= 'a')
        frem_text_print(out, "%c%s", name[0] - 'A' + 'a', name + 1);
    else
        frem_text_add(out, name);
}

/* Reports a word that is none of some names. */
static void refuse_word(making *m, const char *option, const char *word, size_t n, const char *const *names,
                        size_t n_names) {
    frem_text text = {0};
    frem_text_add_bytes(&text, word, n);
    if (!text.failed)
        m->status = FREM_PROBLEM(m->diags, in_command, SWEEP_FILTER, option, text.bytes,
                                 frem_nearest(text.bytes, names, n_names));
    if (text.failed || m->status == FREM_NO_MEMORY)
        m->status = FREM_NO_MEMORY;
    else
        m->status = FREM_USAGE;
    frem_text_free(&text);
}

static void refuse_profession(making *m, const char *word, size_t n) {
    const frem_scenario *s = m->country;
    const char **names = calloc(3 * s->professions.count + 1, sizeof *names);
    for (size_t p = 0; p < s->professions.count && names != NULL; p++) {
        names[3 * p] = s->professions.items[p].head.key;
        names[3 * p + 1] = s->professions.items[p].label.text[FREM_EN];
        names[3 * p + 2] = s->professions.items[p].label.text[FREM_DA];
    }
    if (names != NULL)
        refuse_word(m, "--profession", word, n, names, 3 * s->professions.count);
    else
        m->status = FREM_NO_MEMORY;
    free(names);
}

static void choose_professions(making *m) {
    const frem_scenario *s = m->country;
    const char *rest = m->asked->professions, *word;
    size_t n, last = 0, listed = 0;
    for (size_t p = 0; p < s->professions.count; p++)
        m->professions[p] = rest == NULL;
    while (m->status == FREM_OK && next_word(&rest, &word, &n)) {
        size_t p = 0;
        while (p < s->professions.count && !is_word(m, word, n, s->professions.items[p].head.key) &&
               !is_word(m, word, n, s->professions.items[p].label.text[FREM_EN]) &&
               !is_word(m, word, n, s->professions.items[p].label.text[FREM_DA]))
            p++;
        if (p < s->professions.count)
            m->professions[p] = true;
        else if (m->status == FREM_OK)
            refuse_profession(m, word, n);
    }
    for (size_t p = 0; p < s->professions.count; p++)
        last += m->professions[p];
    for (size_t p = 0; p < s->professions.count; p++) {
        for (size_t lang = 0; lang < FREM_LANG_COUNT && m->professions[p]; lang++)
            add_listed(&m->subject[lang], s->professions.items[p].label.text[lang], listed, last - 1, true,
                       (frem_lang)lang);
        listed += m->professions[p];
    }
}

/* The name of the region or group that a word means; NULL where it means none. @param[out] group whether it is a group. */
static const char *place_meant(making *m, const char *word, size_t n, bool *group) {
    const frem_model *model = m->model;
    *group = false;
    for (size_t r = 0; r < model->reported; r++) {
        if (is_word(m, word, n, model->region_names[r]) ||
            is_word(m, word, n, frem_index_name(model->regions, r)))
            return model->region_names[r];
    }
    *group = true;
    for (size_t g = 0; g < model->n_groups; g++) {
        if (is_word(m, word, n, model->groups[g].name))
            return model->groups[g].name;
    }
    return NULL;
}

static bool is_country(making *m, const char *word, size_t n) {
    const frem_label *all = &m->model->all_regions;
    return is_word(m, word, n, "all") || is_word(m, word, n, all->text[FREM_EN]) ||
           is_word(m, word, n, all->text[FREM_DA]);
}

static void refuse_place(making *m, const char *word, size_t n) {
    const frem_model *model = m->model;
    const size_t n_names = model->reported + model->n_groups;
    const char **names = calloc(n_names + 1, sizeof *names);
    for (size_t i = 0; i < n_names && names != NULL; i++)
        names[i] = i < model->reported ? model->region_names[i] : model->groups[i - model->reported].name;
    if (names != NULL)
        refuse_word(m, "--region", word, n, names, n_names);
    else
        m->status = FREM_NO_MEMORY;
    free(names);
}

static void choose_regions(making *m) {
    const char *rest = m->asked->regions, *word;
    size_t n, listed = 0, last = 0;
    bool groups = false, group;
    for (const char *comma = rest; comma != NULL && (comma = strchr(comma, ',')) != NULL; comma++)
        last++;
    while (m->status == FREM_OK && next_word(&rest, &word, &n)) {
        if (last == 0 && is_country(m, word, n))
            break;
        const char *name = place_meant(m, word, n, &group);
        if (name == NULL) {
            refuse_place(m, word, n);
            break;
        }
        if (listed > 0 && group != groups) {
            m->status = FREM_PROBLEM(m->diags, in_command, NEW_MIXED, name);
            m->status = m->status == FREM_NO_MEMORY ? m->status : FREM_USAGE;
            break;
        }
        groups = group;
        frem_text_print(&m->where, "%s%s%s",
                        listed > 0 ? ", "
                        : group    ? "kkr: "
                                   : "name: ",
                        listed == 0 && last > 0 ? "[" : "", name);
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
            frem_text_add(&m->place[lang], group && listed == 0 ? "KKR " : "");
            add_listed(&m->place[lang], name, listed, last, false, (frem_lang)lang);
        }
        listed++;
    }
    frem_text_add(&m->where, listed > 0 && last > 0 ? "]" : "");
    for (size_t lang = 0; lang < FREM_LANG_COUNT && listed == 0; lang++)
        frem_text_add(&m->place[lang], m->model->all_regions.text[lang]);
}

static bool is_chosen(const making *m, const char *profession) {
    for (size_t p = 0; profession != NULL && p < m->country->professions.count; p++) {
        if (strcmp(m->country->professions.items[p].head.key, profession) == 0)
            return m->professions[p];
    }
    return false;
}

/* ---- the parts that the country's own file says ---- */

static bool is_own(const making *m, const frem_node *node) {
    return node->source == m->country->source;
}

/* A number of the whole country: its source says so from now on. */
static void mark(making *m, const frem_node *value) {
    const frem_node *source = frem_node_get(value, "source");
    const frem_node *covers = frem_node_get(value, "covers");
    if (source == NULL || covers == NULL || covers->kind != FREM_SCALAR || strcmp(covers->text, "all") != 0)
        return;
    void *grown = realloc(m->marked, (m->n_marked + 1) * sizeof *m->marked);
    if (grown == NULL) {
        m->status = FREM_NO_MEMORY;
        return;
    }
    m->marked = grown;
    m->marked[m->n_marked++] = source;
}

/* What the country's file itself says of a node, without what lies below it. @return NULL for nothing. */
static frem_node *own_part(making *m, frem_node *node) {
    if (node->kind != FREM_MAPPING)
        return is_own(m, node) ? node : NULL;
    frem_node *part = frem_merge_copy(&m->merge, NULL, node->count);
    for (size_t i = 0; i < node->count && part != NULL; i++) {
        frem_pair pair = node->pairs[i];
        pair.value = own_part(m, pair.value);
        if (pair.value != NULL)
            frem_merge_put(&m->merge, part, pair);
    }
    if (part != NULL)
        mark(m, part);
    return part != NULL && part->count > 0 ? part : NULL;
}

static void put(making *m, frem_node *mapping, const frem_pair *pair, frem_node *value) {
    frem_pair own = *pair;
    own.value = value;
    if (mapping != NULL && value != NULL)
        frem_merge_put(&m->merge, mapping, own);
}

/* A programme that trains a chosen profession, from none or from a chosen one; with its intake, whichever file says it. */
static frem_node *programme_part(making *m, const frem_programme *programme, frem_node *node) {
    if (!is_chosen(m, programme->leads_to) || (programme->from != NULL && !is_chosen(m, programme->from)))
        return NULL;
    frem_node *own = own_part(m, node);
    frem_node *part = frem_merge_copy(&m->merge, own, 2);
    const frem_pair *intake = frem_node_pair(node, "intake");
    if (part != NULL && intake != NULL && frem_node_pair(part, "intake") == NULL) {
        frem_merge_put(&m->merge, part, *intake);
        mark(m, intake->value);
    }
    return part;
}

/* The entries of a mapping by profession that are chosen. */
static frem_node *chosen_part(making *m, const frem_node *node) {
    frem_node *part = frem_merge_copy(&m->merge, NULL, node->count);
    for (size_t i = 0; i < node->count && part != NULL; i++) {
        if (!is_chosen(m, node->pairs[i].key))
            continue;
        frem_merge_put(&m->merge, part, node->pairs[i]);
        mark(m, node->pairs[i].value);
    }
    return part != NULL && part->count > 0 ? part : NULL;
}

static frem_node *sector_part(making *m, frem_node *node) {
    frem_node *part = frem_merge_copy(&m->merge, NULL, node->count);
    bool any = false;
    for (size_t i = 0; i < node->count && part != NULL; i++) {
        const frem_pair *pair = &node->pairs[i];
        const bool by_profession =
            strcmp(pair->key, "employment") == 0 || strcmp(pair->key, "vacancies") == 0;
        frem_node *value = by_profession ? chosen_part(m, pair->value) : own_part(m, pair->value);
        any = any || (value != NULL && strcmp(pair->key, "employment") == 0);
        put(m, part, pair, value);
    }
    return any ? part : NULL;
}

/* The mappings of the file, by name, that hold what is chosen. */
static frem_node *chosen_file(making *m) {
    const frem_node *files = m->draft->files;
    const frem_pair *professions = frem_node_pair(files, "professions"),
                    *programmes = frem_node_pair(files, "programmes"),
                    *demand = frem_node_pair(files, "demand");
    frem_node *root = frem_merge_copy(&m->merge, NULL, 3),
              *parts[3] = {frem_merge_copy(&m->merge, NULL, professions->value->count),
                           frem_merge_copy(&m->merge, NULL, programmes->value->count),
                           frem_merge_copy(&m->merge, NULL, demand->value->count)};
    for (size_t i = 0; i < professions->value->count; i++) {
        const frem_pair *pair = &professions->value->pairs[i];
        if (is_chosen(m, pair->key))
            put(m, parts[0], pair, own_part(m, pair->value));
    }
    for (size_t k = 0; k < m->country->programmes.count; k++) {
        const frem_programme *programme = &m->country->programmes.items[k];
        const frem_pair *pair = frem_node_pair(programmes->value, programme->head.key);
        if (pair != NULL)
            put(m, parts[1], pair, programme_part(m, programme, pair->value));
    }
    for (size_t j = 0; j < demand->value->count; j++)
        put(m, parts[2], &demand->value->pairs[j], sector_part(m, demand->value->pairs[j].value));
    put(m, root, professions, parts[0]);
    put(m, root, programmes, parts[1]);
    put(m, root, demand, parts[2]);
    if (m->merge.no_memory)
        m->status = FREM_NO_MEMORY;
    return root;
}

/* ---- the files below ---- */

/* Whether a file has any of a node. */
static bool has_source(const frem_node *node, const char *path) {
    if (node->source != NULL && strcmp(node->source->name, path) == 0 && node->kind != FREM_MAPPING)
        return true;
    for (size_t i = 0; i < node->count; i++) {
        const frem_node *inside = node->kind == FREM_MAPPING ? node->pairs[i].value : node->items[i];
        if (has_source(inside, path))
            return true;
    }
    return false;
}

static bool ends_with(const char *text, const char *end) {
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* Whether a key says nothing of its own: the form of the file, and how far other numbers are known. */
static bool is_beside(const char *key) {
    return strcmp(key, "fremskriv") == 0 || strcmp(key, "uncertain") == 0 || strcmp(key, "correlated") == 0;
}

/* Whether a file that the country's extends has something of what is chosen; what it has besides professions, programmes and
 * sectors (regions, population, ages of the law) is for all. */
static bool is_needed(const making *m, const frem_node *root, const char *file) {
    static const char *const by_name[] = {"professions", "programmes", "demand"};
    const frem_node *files = m->draft->files;
    for (size_t i = 0; i < files->count; i++) {
        const frem_pair *pair = &files->pairs[i];
        const frem_node *chosen = NULL;
        for (size_t k = 0; k < sizeof by_name / sizeof *by_name; k++)
            chosen = strcmp(by_name[k], pair->key) == 0 ? frem_node_get(root, pair->key) : chosen;
        if (chosen == NULL && !is_beside(pair->key) && has_source(pair->value, file))
            return true;
        for (size_t k = 0; chosen != NULL && k < chosen->count; k++) {
            const frem_node *whole = frem_node_get(pair->value, chosen->pairs[k].key);
            if (whole != NULL && has_source(whole, file))
                return true;
        }
    }
    return false;
}

/* The source of a file that is extended, as it was found. */
static const char *found_as(const making *m, const frem_node *node, const char *file) {
    const char *found =
        node->source != NULL && ends_with(node->source->name, file) ? node->source->name : NULL;
    for (size_t i = 0; i < node->count && found == NULL; i++)
        found = found_as(m, node->kind == FREM_MAPPING ? node->pairs[i].value : node->items[i], file);
    return found;
}

static void add_extends(making *m, const frem_node *root, frem_text *out) {
    const frem_node *extends = frem_node_get(m->draft->own, "extends");
    frem_text_add(out, "extends:\n");
    for (size_t i = 0; extends != NULL && i < extends->count; i++) {
        const char *file = extends->items[i]->text, *found = found_as(m, m->draft->files, file);
        if (found != NULL && is_needed(m, root, found))
            frem_text_print(out, "  - %s\n", file);
    }
}

/* ---- the text ---- */

/* Which language the text of a source is in: that of its key, else the one that was asked for. @return -1 where it is no
 * part of the source. */
static int language_in(const making *m, const frem_node *source, const frem_node *scalar) {
    if (source == scalar)
        return (int)m->asked->lang;
    for (size_t i = 0; source->kind == FREM_MAPPING && i < source->count; i++) {
        if (source->pairs[i].value == scalar)
            return strcmp(source->pairs[i].key, "da") == 0 ? FREM_DA : FREM_EN;
    }
    return -1;
}

static const char *marked_source(void *context, const frem_node *scalar) {
    making *m = context;
    for (size_t i = 0; i < m->n_marked; i++) {
        const int lang = language_in(m, m->marked[i], scalar);
        if (lang >= 0)
            return frem_arena_print(m->merge.arena, "%s%s",
                                    frem_word_text(FREM_W_STARTER_MARK, (frem_lang)lang), scalar->text);
    }
    return NULL;
}

static void add_title(making *m, frem_text *out) {
    const frem_years *years = &m->country->years;
    const int from = m->asked->from > 0 ? m->asked->from : (int)years->base,
              until = m->asked->until > 0 ? m->asked->until : (int)years->until;
    const frem_node *count = frem_node_get(frem_node_get(m->draft->files, "years"), "count");
    frem_text_print(out, "title:\n  da: \"%s i %s\"\n  en: \"%s in %s\"\n", m->subject[FREM_DA].bytes,
                    m->place[FREM_DA].bytes, m->subject[FREM_EN].bytes, m->place[FREM_EN].bytes);
    frem_text_print(out, "years: {base: %d, until: %d%s%s}\n", from, until, count != NULL ? ", count: " : "",
                    count != NULL ? count->text : "");
    if (m->where.length > 0)
        frem_text_print(out, "regions: {where: {%s}}\n", m->where.bytes);
}

/* Whether a programme of the country gives a key. */
static bool gives(const making *m, const char *programme, const char *key) {
    return frem_node_get(frem_node_get(frem_node_get(m->draft->files, "programmes"), programme), key) != NULL;
}

/* The programmes that have a key, where some have not: " (Pedagogue programme, Nurse programme)". */
static void add_which(making *m, const frem_node *programmes, const char *key, frem_lang lang,
                      frem_text *out) {
    size_t n = 0;
    for (size_t i = 0; i < programmes->count; i++)
        n += gives(m, programmes->pairs[i].key, key);
    if (n == programmes->count)
        return;
    for (size_t i = 0, said = 0; i < programmes->count; i++) {
        const char *name = programmes->pairs[i].key;
        if (!gives(m, name, key))
            continue;
        const char *label = name;
        for (size_t k = 0; k < m->country->programmes.count; k++) {
            const frem_programme *programme = &m->country->programmes.items[k];
            if (strcmp(programme->head.key, name) == 0 && programme->label.text[lang] != NULL)
                label = programme->label.text[lang];
        }
        frem_text_print(out, "%s%s", said++ == 0 ? " (" : ", ", label);
    }
    frem_text_add(out, ")");
}

/* One variant, with a line for each of the programmes that have a key; its label names them where others have not. */
static void add_variant(making *m, const frem_node *root, const char *variant, const frem_label *label,
                        const char *key, const char *change, frem_text *out) {
    const frem_node *programmes = frem_node_get(root, "programmes");
    const int from = 1 + (m->asked->from > 0 ? m->asked->from : (int)m->country->years.base);
    size_t n = 0;
    for (size_t i = 0; programmes != NULL && i < programmes->count; i++) {
        const char *name = programmes->pairs[i].key;
        if (!gives(m, name, key))
            continue;
        if (n++ == 0) {
            frem_text_print(out, "  %s:\n    label:\n      da: \"%s", variant, label->text[FREM_DA]);
            add_which(m, programmes, key, FREM_DA, out);
            frem_text_print(out, "\"\n      en: \"%s", label->text[FREM_EN]);
            add_which(m, programmes, key, FREM_EN, out);
            frem_text_add(out, "\"\n    programmes:\n");
        }
        frem_text_print(out, "      %s: {%s: {from: %d, %s}}\n", name, key, from, change);
    }
}

/* "What if": each says only what is different. */
static void add_variants(making *m, const frem_node *root, frem_text *out) {
    static const frem_label students = {{"10 % more students", "10 % flere studerende"}},
                            complete = {{"5 points more complete", "5 procentpoint flere fuldfører"}};
    frem_text_add(out, "\nvariants:\n");
    add_variant(m, root, "flere_studerende", &students, "intake", "times: 1.1", out);
    add_variant(m, root, "flere_fuldfoerer", &complete, "completion", "add: 0.05", out);
}

/* Which ways from one profession to another are left out, since the other profession is. */
static void add_left_out(making *m, frem_text *out) {
    const frem_lang lang = m->asked->lang;
    size_t n = 0;
    for (size_t k = 0; k < m->country->programmes.count; k++) {
        const frem_programme *programme = &m->country->programmes.items[k];
        if (programme->from == NULL || is_chosen(m, programme->leads_to) == is_chosen(m, programme->from))
            continue;
        const char *other = is_chosen(m, programme->from) ? programme->leads_to : programme->from;
        frem_text_add(out, n++ == 0 ? frem_word_text(FREM_W_STARTER_LACKS, lang) : "");
        frem_text_print(out, "#   %s (--profession %s)\n", programme->label.text[lang], other);
        (void)FREM_PROBLEM(m->diags, in_command, NEW_LEFT_OUT, programme->label.text[lang], other);
    }
}

static void add_all(making *m, const frem_text *order, frem_text *out) {
    const frem_lang lang = m->asked->lang;
    frem_node *root = chosen_file(m);
    if (m->status != FREM_OK)
        return;
    frem_text_print(out, "# yaml-language-server: $schema=%s\n", m->asked->schema);
    frem_text_add(out, frem_word_text(FREM_W_STARTER_HEAD, lang));
    add_left_out(m, out);
    if (order != NULL && order->length > 0)
        frem_text_add(out, order->bytes);
    frem_text_add(out, "\nfremskriv: 1\n");
    add_extends(m, root, out);
    add_title(m, out);
    frem_text_add(out, "\n");
    m->status = frem_tree_write(root, marked_source, m, out);
    if (m->status == FREM_OK)
        add_variants(m, root, out);
    if (out->failed || m->where.failed || m->merge.no_memory)
        m->status = FREM_NO_MEMORY;
}

/* ---- which numbers matter most ---- */

/* The numbers of the whole country that the model splits, each ten per cent less and more, by what that does to the gap of the last
 * year. */
static frem_status rank(const frem_model *model, frem_arena *arena, const frem_progress *progress,
                        frem_movers *out, frem_diags *diags) {
    const int last = model->base + (int)model->steps - 1;
    const frem_address gap = {"gap", "all", "all", "all", FREM_ADDRESS_YEAR, last, last};
    const frem_cases cases = {.model = model,
                              .addresses = &gap,
                              .n_addresses = 1,
                              .isa = frem_results_isa(NULL),
                              .progress = progress,
                              .diags = diags};
    size_t *parameters = frem_arena_alloc(arena, model->n_splits + 1, sizeof *parameters), n = 0;
    if (parameters == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < model->n_splits; i++) {
        const ptrdiff_t at = frem_model_find(model, model->splits[i].path);
        if (at >= 0 && model->splits[i].area != &model->own)
            parameters[n++] = (size_t)at;
    }
    frem_status status = frem_movers_parameters(arena, model, parameters, n, 0, out);
    if (status == FREM_OK)
        status = frem_movers_try(out, &cases);
    return status == FREM_OK ? frem_movers_rank(out, 0) : status;
}

static frem_status add_order(const frem_model *model, const frem_progress *progress, frem_lang lang,
                             frem_text *out, frem_diags *diags) {
    frem_arena *arena = NULL;
    frem_movers movers = {.n = 0};
    frem_status status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = rank(model, arena, progress, &movers, diags);
    if (status == FREM_OK && movers.n > 0) {
        frem_text_add(out, frem_word_text(FREM_W_STARTER_ORDER, lang));
        frem_text_print(out, "%d:\n#\n", model->base + (int)model->steps - 1);
    }
    for (size_t i = 0; i < movers.n && status == FREM_OK; i++) {
        const frem_mover *mover = &movers.items[i];
        const double moves = round(mover->at[FREM_END_HIGH][0] - movers.base[0]);
        frem_text_print(out, "#   %2zu. %s: %s", i + 1, mover->key, moves > 0 ? "+" : "");
        frem_locale_number(out, fabs(moves) > 0 ? moves : 0, 0, lang);
        frem_text_add(out, "\n");
    }
    frem_arena_free(arena);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}

/* Loads the text as a file of its own, and projects it. */
static frem_status try_out(making *m, frem_sources *sources, const frem_text *text,
                           const frem_progress *progress, frem_text *order) {
    const frem_load_choice choice = {.sets = NULL};
    const frem_run_options run = {.progress = progress};
    frem_loaded trial = {.sources = sources};
    frem_status status = frem_sources_put(sources, m->asked->file, text->bytes, text->length);
    if (status == FREM_OK)
        status = frem_loaded_add(&trial, m->asked->file, &choice, m->diags);
    status = frem_loaded_check(&trial, status, &run, m->diags);
    if (status == FREM_OK)
        status = add_order(trial.models[0], progress, m->asked->lang, order, m->diags);
    frem_loaded_clear(&trial);
    return status;
}

static void make(making *m, frem_sources *sources, const frem_progress *progress, frem_text *out) {
    frem_text trial = {0}, order = {0};
    choose_professions(m);
    if (m->status == FREM_OK)
        choose_regions(m);
    if (m->status == FREM_OK)
        add_all(m, NULL, &trial);
    if (m->status == FREM_OK)
        m->status = try_out(m, sources, &trial, progress, &order);
    m->n_marked = 0;
    if (m->status == FREM_OK)
        add_all(m, &order, out);
    frem_text_free(&trial);
    frem_text_free(&order);
}

/* ---- the country ---- */

struct frem_starter_country {
    frem_loaded loaded; /* its sources are the caller's */
};

frem_status frem_starter_open(frem_sources *sources, frem_diags *diags, frem_starter_country **out) {
    static const char *const base[] = {"base"};
    const frem_load_choice choice = {.variants = base, .n_variants = 1};
    const frem_source *file = NULL;
    frem_starter_country *country = calloc(1, sizeof *country);
    *out = NULL;
    if (country == NULL)
        return FREM_NO_MEMORY;
    country->loaded.sources = sources;
    frem_status status = frem_sources_find(sources, NULL, NULL, country_file, in_command, diags, &file);
    if (status == FREM_OK)
        status = frem_loaded_add(&country->loaded, file->path, &choice, diags);
    if (status == FREM_OK)
        *out = country;
    else
        frem_starter_close(country);
    return status;
}

void frem_starter_close(frem_starter_country *country) {
    if (country != NULL)
        frem_loaded_clear(&country->loaded);
    free(country);
}

const char *frem_starter_profession(const frem_starter_country *country, size_t i, frem_lang lang,
                                    const char **key) {
    const frem_scenario *s = country->loaded.scenarios[0];
    *key = i < s->professions.count ? s->professions.items[i].head.key : NULL;
    return *key != NULL ? s->professions.items[i].label.text[lang] : NULL;
}

void frem_starter_years(const frem_starter_country *country, int *from, int *until) {
    *from = (int)country->loaded.scenarios[0]->years.base;
    *until = (int)country->loaded.scenarios[0]->years.until;
}

static frem_status begin(making *m, const frem_starter_country *country, const frem_starter *starter,
                         frem_diags *diags) {
    const frem_loaded *loaded = &country->loaded;
    *m = (making){.asked = starter,
                  .country = loaded->scenarios[0],
                  .model = loaded->models[0],
                  .draft = loaded->drafts[0],
                  .merge = {loaded->drafts[0]->arena, diags, 0, false},
                  .diags = diags};
    m->professions = calloc(m->country->professions.count + 1, sizeof *m->professions);
    m->status = m->professions != NULL ? FREM_OK : FREM_NO_MEMORY;
    return m->status;
}

static frem_status end(making *m) {
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        frem_text_free(&m->place[lang]);
        frem_text_free(&m->subject[lang]);
    }
    frem_text_free(&m->where);
    free(m->marked);
    free(m->professions);
    return m->status;
}

frem_status frem_starter_check(const frem_starter_country *country, const frem_starter *starter,
                               frem_diags *diags) {
    making m;
    if (begin(&m, country, starter, diags) == FREM_OK)
        choose_professions(&m);
    if (m.status == FREM_OK)
        choose_regions(&m);
    return end(&m);
}

frem_status frem_starter_write(frem_text *out, frem_sources *sources, const frem_starter *starter,
                               const frem_progress *progress, frem_diags *diags) {
    frem_starter_country *country = NULL;
    frem_status status = frem_starter_open(sources, diags, &country);
    if (status == FREM_OK) {
        making m;
        if (begin(&m, country, starter, diags) == FREM_OK)
            make(&m, sources, progress, out);
        status = end(&m);
    }
    frem_starter_close(country);
    return status;
}
