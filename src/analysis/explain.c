/* Explanations: entries of scenarios with the layers under them, their tables, and the numbers that the model reads. */
#include "analysis/explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/areas.h"
#include "scenario/draft.h"

/* ---- which values ---- */

/* Whether a path is another or lies below it. */
static bool lies_in(const char *path, const char *above) {
    size_t n = strlen(above);
    return strncmp(path, above, n) == 0 && (path[n] == '\0' || path[n] == '.');
}

/* Whether a value has something at the rest of a path, such as a year. */
static bool has_inside(const frem_said *said, const char *rest) {
    const frem_node *node = said->pair != NULL ? said->pair->value : NULL;
    while (node != NULL && *rest != '\0') {
        const frem_node *next = NULL;
        size_t n = strcspn(rest, ".");
        for (size_t i = 0; node->kind == FREM_MAPPING && i < node->count; i++) {
            const char *key = node->pairs[i].key;
            if (strlen(key) == n && strncmp(key, rest, n) == 0)
                next = node->pairs[i].value;
        }
        node = next;
        rest += n + (rest[n] == '.');
    }
    return node != NULL;
}

size_t frem_said_find(const frem_said *said, size_t n, const char *path, size_t *first) {
    size_t found = 0;
    *first = 0;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(said[i].as.path, path) != 0)
            continue;
        *first = i;
        return 1;
    }
    /* Entries below a path need not be adjacent: defaults come after the given ones. */
    for (size_t i = 0; i < n; i++) {
        if (lies_in(said[i].as.path, path) && found++ == 0)
            *first = i;
    }
    for (size_t i = 0; i < n && found == 0; i++) {
        const char *at = said[i].as.path;
        if (!lies_in(path, at) || !has_inside(&said[i], path + strlen(at) + 1))
            continue;
        *first = i;
        return 1;
    }
    return found;
}

/* Whether the first bytes of a path are the path of an entry, or of one above an entry. */
static bool is_known(const frem_said *said, size_t n, const char *path, size_t end) {
    bool known = false;
    for (size_t i = 0; i < n && !known; i++) {
        const char *at = said[i].as.path;
        known = strncmp(at, path, end) == 0 && (at[end] == '.' || at[end] == '\0');
    }
    return known;
}

/* Bytes of a path that exist: up to the end of its last known word. */
static size_t known_part(const frem_said *said, size_t n, const char *path) {
    size_t good = 0;
    for (size_t end = strcspn(path, "."); is_known(said, n, path, end);
         end += 1 + strcspn(path + end + 1, ".")) {
        good = end;
        if (path[end] == '\0')
            break;
    }
    return good;
}

/* The path with its first wrong word replaced by the nearest known one. NULL: none is near. */
static const char *mend_word(frem_arena *arena, const frem_said *said, size_t n, const char *path) {
    size_t good = known_part(said, n, path), from = good > 0 ? good + 1 : 0, n_words = 0;
    if (path[good] == '\0')
        return NULL;
    const char *wrong = frem_arena_text(arena, path + from, strcspn(path + from, "."));
    const char **words = frem_arena_alloc(arena, n + 1, sizeof *words);
    for (size_t i = 0; i < n && words != NULL; i++) {
        const char *at = said[i].as.path;
        if (strncmp(at, path, good) == 0 && (good == 0 || at[good] == '.') && strlen(at) > from)
            words[n_words++] = frem_arena_text(arena, at + from, strcspn(at + from, "."));
        if (n_words > 0 && words[n_words - 1] == NULL)
            return NULL;
    }
    const char *nearest = wrong != NULL && words != NULL ? frem_nearest(wrong, words, n_words) : NULL;
    if (nearest == NULL)
        return NULL;
    return frem_arena_print(arena, "%.*s%s%s", (int)from, path, nearest, path + from + strlen(wrong));
}

/* The known path that was probably meant: a value's, or one above some. Word by word, so that a long path is not held
 * against its end. NULL: none is near. */
static const char *nearest_path(frem_arena *arena, const frem_said *said, size_t n, const char *path) {
    const char *mended = mend_word(arena, said, n, path), *next = mended;
    while (next != NULL) {
        mended = next;
        next = mend_word(arena, said, n, mended);
    }
    return mended;
}

/* The paths that end in words, or lead through them, in one text: "programmes.ssa.intake, programmes.ssh.intake". NULL:
 * none does. */
static const char *list_inside(frem_arena *arena, const frem_said *said, size_t n, const char *words) {
    enum { LISTED = 6 };
    const char *listed[LISTED];
    size_t n_listed = 0, length = strlen(words);
    frem_text text = {0};
    for (size_t i = 0; i < n && n_listed < LISTED; i++) {
        const char *path = said[i].as.path, *at = strstr(path, words);
        while (at != NULL && !((at == path || at[-1] == '.') && (at[length] == '.' || at[length] == '\0')))
            at = strstr(at + 1, words);
        const char *whole = at != NULL ? frem_arena_text(arena, path, (size_t)(at - path) + length) : NULL;
        bool known = whole == NULL;
        for (size_t k = 0; k < n_listed && !known; k++)
            known = strcmp(listed[k], whole) == 0;
        if (known)
            continue;
        frem_text_print(&text, "%s%s", n_listed > 0 ? ", " : "", whole);
        listed[n_listed++] = whole;
    }
    if (n_listed == LISTED)
        frem_text_add(&text, ", ...");
    const char *copy = n_listed > 0 && !text.failed ? frem_arena_text(arena, text.bytes, text.length) : NULL;
    frem_text_free(&text);
    return copy;
}

/* The same of a path whose first word is written otherwise. */
static const char *list_near(frem_arena *arena, const frem_said *said, size_t n, const char *path) {
    size_t first = strcspn(path, "."), n_words = 0;
    const char *word = frem_arena_text(arena, path, first);
    const char *list = list_inside(arena, said, n, path);
    for (size_t i = 0; i < n && list == NULL; i++)
        n_words += 1 + strlen(said[i].as.path) / 2;
    const char **words = list == NULL ? frem_arena_alloc(arena, n_words + 1, sizeof *words) : NULL;
    n_words = 0;
    for (size_t i = 0; i < n && words != NULL; i++) {
        for (const char *at = said[i].as.path; *at != '\0';) {
            size_t length = strcspn(at, ".");
            words[n_words] = frem_arena_text(arena, at, length);
            n_words += words[n_words] != NULL;
            at += length + (at[length] == '.');
        }
    }
    const char *nearest = words != NULL && word != NULL ? frem_nearest(word, words, n_words) : NULL;
    const char *better = nearest != NULL ? frem_arena_print(arena, "%s%s", nearest, path + first) : NULL;
    return better != NULL ? list_inside(arena, said, n, better) : list;
}

/* Whether a path could be given: its names exist, and its keys are those of the field table. */
static bool may_be_given(frem_arena *arena, const frem_said *said, size_t n, const char *path) {
    frem_field field = frem_field_root;
    for (size_t at = 0; at == 0 || path[at - 1] == '.';) {
        size_t length = strcspn(path + at, ".");
        const char *key = frem_arena_text(arena, path + at, length);
        bool name = field.type == FREM_T_MAP || field.type == FREM_T_VALUES;
        frem_field inner;
        if (key == NULL || !frem_field_inside(&field, key, &inner) ||
            (name && !is_known(said, n, path, at + length)))
            return false;
        field = inner;
        at += length + 1;
    }
    return true;
}

/* Says that there is no such path. */
static frem_status refuse(const frem_explanation *e, const frem_said *said, size_t n, frem_diags *diags) {
    static const frem_place in_command = {"fremskriv", 0, 0};
    if (may_be_given(e->arena, said, n, e->path))
        return FREM_PROBLEM(diags, in_command, EXPLAIN_NOT_GIVEN, e->path);
    const char *nearest = nearest_path(e->arena, said, n, e->path);
    const char *inside = e->path[0] != '\0' && known_part(said, n, e->path) == 0 && nearest == NULL
                             ? list_near(e->arena, said, n, e->path)
                             : NULL;
    if (inside != NULL)
        return FREM_PROBLEM(diags, in_command, EXPLAIN_INSIDE, e->path, inside);
    return FREM_PROBLEM(diags, in_command, EXPLAIN_UNKNOWN, e->path, nearest);
}

/* ---- the layers under a value ---- */

static bool is_in(const frem_node *whole, const frem_node *part) {
    bool found = whole == part;
    for (size_t i = 0; whole->kind == FREM_MAPPING && i < whole->count && !found; i++)
        found = is_in(whole->pairs[i].value, part);
    return found;
}

/* What an entry did with the one that it took the place of. */
static frem_over over_what(const frem_pair *pair, const frem_pair *under) {
    const frem_node *earlier = frem_node_get(pair->value, "earlier");
    if (earlier != NULL && is_in(earlier, under->value))
        return FREM_OVER_KEPT;
    /* An entry that keeps part of the lower one, or its place, modifies it; any other replaces it. */
    bool within = pair->value->kind == FREM_MAPPING && is_in(pair->value, under->value);
    for (size_t i = 0; pair->value->kind == FREM_MAPPING && i < pair->value->count && !within; i++) {
        const frem_pair *same = frem_node_pair(under->value, pair->value->pairs[i].key);
        within = same != NULL && same->value == pair->value->pairs[i].value;
    }
    return within ? FREM_OVER_CHANGED : FREM_OVER_REPLACED;
}

static frem_status add_lower(frem_arena *arena, const frem_said *said, frem_explained *out) {
    size_t n = 0;
    const frem_pair *starts[] = {said->pair != NULL ? said->pair->under : NULL, said->around};
    for (size_t i = 0; i < 2; i++) {
        for (const frem_pair *at = starts[i]; at != NULL; at = at->under)
            n++;
    }
    frem_lower *lower = frem_arena_alloc(arena, n + 1, sizeof *lower);
    if (lower == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < 2; i++) {
        const frem_pair *upper = i == 0 ? said->pair : NULL;
        for (const frem_pair *at = starts[i]; at != NULL; upper = at, at = at->under) {
            frem_lower *next = &lower[out->n_lower++];
            *next = (frem_lower){.value = frem_said_value(arena, at->value, false),
                                 .unit = frem_said_scalar(at->value, "unit"),
                                 .source = frem_said_label(at->value, "source"),
                                 .place = frem_said_place(at),
                                 .over = upper != NULL ? over_what(upper, at) : FREM_OVER_REPLACED};
            if (next->value == NULL)
                return FREM_NO_MEMORY;
        }
    }
    out->lower = lower;
    return FREM_OK;
}

/* ---- tables ---- */

static void add_tables(const frem_model *model, const frem_node *node, frem_explained *out, size_t room) {
    for (size_t i = 0; i < model->n_table_names && node->kind == FREM_SCALAR; i++) {
        const frem_table_name *named = &model->table_names[i];
        bool known = named->scalar != node;
        for (size_t k = 0; k < out->n_tables && !known; k++)
            known = out->tables[k] == named->source;
        if (!known && out->n_tables < room)
            out->tables[out->n_tables++] = named->source;
    }
    for (size_t i = 0; node->kind == FREM_MAPPING && i < node->count; i++)
        add_tables(model, node->pairs[i].value, out, room);
}

/* ---- numbers ---- */

static size_t extent(size_t stride, size_t n) {
    return stride > 0 ? n : 1;
}

/* The numbers of one year over all other dimensions. */
static void read_year(const frem_model *model, const frem_series *series, size_t year, bool summed,
                      double *low, double *high) {
    size_t regions = extent(series->region, model->reported);
    size_t sexes = extent(series->sex, frem_index_count(model->sexes)), block = 1;
    /* Ages are innermost: their number is what is left of the series. */
    if (series->age > 0)
        block = series->sex > 0      ? series->sex
                : series->year > 0   ? series->year
                : series->region > 0 ? series->region
                                     : series->size;
    double sum = 0;
    *low = *high = (double)NAN;
    for (size_t i = 0; i < regions * sexes * block; i++) {
        size_t region = i / (sexes * block), sex = i / block % sexes, age = i % block;
        double number =
            series->at[year * series->year + region * series->region + sex * series->sex + age * series->age];
        if (isnan(number))
            continue;
        sum += number;
        *low = isnan(*low) || number < *low ? number : *low;
        *high = isnan(*high) || number > *high ? number : *high;
    }
    if (summed && !isnan(*low))
        *low = *high = sum;
}

static frem_status add_numbers(frem_arena *arena, const frem_model *model, const frem_value *value,
                               frem_read_numbers *out) {
    const frem_series *series = &model->series[value->parameter];
    if (series->at == NULL)
        return FREM_OK;
    unsigned flags = value->field->flags;
    *out = (frem_read_numbers){.given = true,
                               .by_year = series->year > 0,
                               .by_region = series->region > 0,
                               .by_sex = series->sex > 0,
                               .by_age = series->age > 0,
                               .of_entry = flags & FREM_F_ENTRY,
                               .summed = flags & (FREM_F_TOTAL | FREM_F_COUNTS),
                               .first_year = series->year > 0 ? series->first_year : model->base};
    out->years = frem_series_years(series);
    double *low = frem_arena_alloc(arena, out->years, sizeof *low);
    double *high = frem_arena_alloc(arena, out->years, sizeof *high);
    if (low == NULL || high == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < out->years; i++)
        read_year(model, series, i, out->summed, &low[i], &high[i]);
    out->low = low;
    out->high = high;
    return FREM_OK;
}

/* ---- all of it ---- */

/* "a|b|c" as a list. */
static frem_status add_choices(frem_arena *arena, frem_explained *out) {
    const char *choices = out->said->field->choices;
    size_t n = 1;
    if (choices == NULL)
        return FREM_OK;
    for (const char *at = choices; *at != '\0'; at++)
        n += *at == '|';
    const char **words = frem_arena_alloc(arena, n, sizeof *words);
    for (const char *at = choices; words != NULL && out->n_allowed < n;) {
        size_t length = strcspn(at, "|");
        words[out->n_allowed] = frem_arena_text(arena, at, length);
        if (words[out->n_allowed++] == NULL)
            return FREM_NO_MEMORY;
        at += length + (at[length] == '|');
    }
    out->allowed = words;
    return words != NULL ? FREM_OK : FREM_NO_MEMORY;
}

bool frem_explained_has_range(const frem_explained *value) {
    const frem_field *field = value->said->field;
    bool number = field->type == FREM_T_VALUE || field->type == FREM_T_VALUES ||
                  field->type == FREM_T_NUMBER || field->type == FREM_T_WHOLE;
    return number && (isfinite(field->min) || isfinite(field->max));
}

static const frem_value *value_at(const frem_scenario *scenario, const char *path) {
    for (size_t i = 0; i < scenario->parameters.count; i++) {
        if (strcmp(scenario->parameters.items[i]->head.path, path) == 0)
            return scenario->parameters.items[i];
    }
    return NULL;
}

static frem_status explain_one(frem_arena *arena, const frem_model *model, const frem_said *said,
                               frem_explained *out) {
    *out = (frem_explained){.said = said};
    frem_status status = add_lower(arena, said, out);
    size_t room = model->n_tables + 1;
    out->tables = frem_arena_alloc(arena, room, sizeof *out->tables);
    if (status == FREM_OK && out->tables == NULL)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK && said->pair != NULL)
        add_tables(model, said->pair->value, out, room);
    if (status == FREM_OK)
        status = add_choices(arena, out);
    const frem_value *value = value_at(model->scenario, said->as.path);
    if (status == FREM_OK && value != NULL) {
        out->parameter = !(value->field->flags & FREM_F_SHAPE);
        status = add_numbers(arena, model, value, &out->numbers);
        bool total = (value->field->flags & FREM_F_TOTAL) && !model->one_area && out->numbers.given;
        out->covers = total && !out->numbers.by_region ? frem_model_area(model, &value->head) : NULL;
    }
    for (size_t i = 0; i < model->n_splits && status == FREM_OK && !out->split; i++) {
        out->split = strcmp(model->splits[i].path, said->as.path) == 0;
        if (out->split && !frem_split_told(arena, &model->splits[i], &out->split_words))
            status = FREM_NO_MEMORY;
    }
    return status;
}

/* Everything that a scenario says. */
static frem_status say(frem_explanation *e, frem_explained_scenario *s, frem_said **said, size_t *n) {
    const frem_scenario *scenario = s->model->scenario;
    s->run = (frem_run){.name = scenario->name,
                        .variant = scenario->variant,
                        .title = scenario->title,
                        .file = scenario->source->path};
    return frem_scenario_said(e->arena, &s->run, scenario, FREM_SAYING_ALL, said, n);
}

/* The values of the path, or all. */
static frem_status explain(frem_explanation *e, frem_explained_scenario *s, const frem_said *said, size_t n) {
    size_t first = 0, count = e->path != NULL ? frem_said_find(said, n, e->path, &first) : n;
    frem_explained *values = frem_arena_alloc(e->arena, count + 1, sizeof *values);
    frem_status status = values != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = first; i < n && s->n < count && status == FREM_OK; i++) {
        if (i == first || e->path == NULL || lies_in(said[i].as.path, e->path))
            status = explain_one(e->arena, s->model, &said[i], &values[s->n++]);
    }
    s->values = values;
    e->one = e->one && e->path != NULL && s->n <= 1;
    return status;
}

/* The changes at a path or below it, or all. */
static frem_status explain_changes(frem_explanation *e, frem_explained_scenario *s) {
    frem_differs *list;
    size_t n, kept = 0;
    const frem_status status =
        frem_scenario_changed(e->arena, &s->run, s->model->scenario, &s->against, &list, &n);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        if (e->path == NULL || lies_in(frem_differs_path(&list[i]), e->path))
            list[kept++] = list[i];
    }
    s->changes = status == FREM_OK ? list : NULL;
    s->n_changes = status == FREM_OK ? kept : 0;
    return status;
}

/* Explains each scenario. */
static frem_status explain_all(frem_explanation *e, const frem_model *const *models, frem_diags *diags) {
    frem_said *said = NULL;
    size_t found = 0, n = 0;
    frem_status status = FREM_OK;
    for (size_t i = 0; i < e->n_scenarios && status == FREM_OK; i++) {
        frem_explained_scenario *s = &e->scenarios[i];
        s->model = models[i];
        status = say(e, s, &said, &n);
        if (status == FREM_OK)
            status = explain(e, s, said, n);
        if (status == FREM_OK && e->changed)
            status = explain_changes(e, s);
        found += s->n + s->n_changes;
    }
    return status == FREM_OK && found == 0 && e->path != NULL ? refuse(e, said, n, diags) : status;
}

static frem_status make(frem_explanation **out, const frem_model *const *models, size_t n_models,
                        const char *path, bool changed, frem_diags *diags) {
    *out = NULL;
    frem_arena *arena = NULL;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    frem_explanation *e = frem_arena_alloc(arena, 1, sizeof *e);
    if (e == NULL) {
        frem_arena_free(arena);
        return FREM_NO_MEMORY;
    }
    *e = (frem_explanation){.arena = arena, .changed = changed, .one = true, .n_scenarios = n_models};
    e->path = path != NULL ? frem_nfc(arena, path, strlen(path)) : NULL;
    e->scenarios = frem_arena_alloc(arena, n_models + 1, sizeof *e->scenarios);
    status = e->scenarios == NULL || (path != NULL && e->path == NULL) ? FREM_NO_MEMORY
                                                                       : explain_all(e, models, diags);
    if (status == FREM_OK)
        *out = e;
    else
        frem_arena_free(arena);
    return status;
}

frem_status frem_explanation_new(frem_explanation **out, const frem_model *const *models, size_t n_models,
                                 const char *path, frem_diags *diags) {
    return make(out, models, n_models, path, false, diags);
}

frem_status frem_explanation_changes(frem_explanation **out, const frem_model *const *models, size_t n_models,
                                     const char *path, frem_diags *diags) {
    return make(out, models, n_models, path, true, diags);
}

void frem_explanation_free(frem_explanation *explanation) {
    if (explanation != NULL)
        frem_arena_free(explanation->arena);
}
