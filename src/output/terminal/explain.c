/* Explanations as text for a terminal. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/explain.h"
#include "base/locale.h"
#include "output/text.h"

enum { GAP = 2, NAMES_MOST = 34, LABELS = 14, CELLS_LEAST = 8, LINE_LEAST = 24 };

/* How a layer changes what a lower one says, and where a table was found. */
static const frem_word over[FREM_OVER_COUNT] = {[FREM_OVER_REPLACED] = FREM_W_EXPLAIN_OVER_REPLACED,
                                                [FREM_OVER_CHANGED] = FREM_W_EXPLAIN_OVER_CHANGED,
                                                [FREM_OVER_KEPT] = FREM_W_EXPLAIN_OVER_KEPT};
static const frem_word found[] = {[FREM_ROOT_COMMAND] = FREM_W_EXPLAIN_ROOT_COMMAND,
                                  [FREM_ROOT_BESIDE] = FREM_W_EXPLAIN_ROOT_BESIDE,
                                  [FREM_ROOT_DATA] = FREM_W_EXPLAIN_ROOT_DATA,
                                  [FREM_ROOT_PROGRAM] = FREM_W_EXPLAIN_ROOT_PROGRAM};

typedef struct page {
    frem_text *out;
    frem_lang lang;
    size_t width;
} page;

static const char *say(const page *p, frem_word w) {
    return frem_word_text(w, p->lang);
}

static void add_place(frem_text *out, frem_place place, bool column) {
    frem_add_label(out, place.file);
    frem_text_print(out, ":%u", place.line);
    if (column)
        frem_text_print(out, ":%u", place.column);
}

/* A paragraph that begins at the current column of a line. */
static void add_paragraph(page *p, frem_text *paragraph, size_t indent) {
    size_t width = p->width > indent + LINE_LEAST ? p->width - indent : LINE_LEAST;
    frem_text lines = {0};
    frem_add_wrapped(&lines, paragraph, width, 0);
    p->out->failed = p->out->failed || lines.failed || paragraph->failed;
    for (char *at = lines.failed ? NULL : lines.bytes; at != NULL && *at != '\0';) {
        char *end = strchr(at, '\n');
        if (at != lines.bytes)
            frem_add_blanks(p->out, indent);
        frem_text_add_bytes(p->out, at, (size_t)(end - at) + 1);
        at = end + 1;
    }
    frem_text_free(&lines);
    frem_text_free(paragraph);
}

/* Fills a line up to a column. @param start where it begins in the text. */
static void pad(page *p, size_t start, size_t column) {
    if (p->out->failed)
        return;
    size_t used = frem_utf8_width(p->out->bytes + start, p->out->length - start);
    if (used + GAP > column) {
        frem_text_add(p->out, "\n");
        used = 0;
    }
    frem_add_blanks(p->out, column - used);
}

static size_t length_now(const page *p) {
    return p->out->length;
}

/* ---- many values ---- */

/* Levels that two paths share from the top. */
static size_t shared_levels(const char *a, const char *b) {
    size_t levels = 0;
    for (size_t i = 0; b != NULL; i++) {
        bool end_a = a[i] == '.' || a[i] == '\0', end_b = b[i] == '.' || b[i] == '\0';
        if (end_a && end_b)
            levels++;
        if (end_a != end_b || a[i] != b[i] || a[i] == '\0')
            break;
    }
    return levels;
}

static size_t level_count(const char *path) {
    size_t n = 1;
    for (; *path != '\0'; path++)
        n += *path == '.';
    return n;
}

/* How many entries a scenario's list has, and the path of one. */
static size_t n_entries(const frem_explained_scenario *s, bool changed) {
    return changed ? s->n_changes : s->n;
}

static const char *entry_path(const frem_explained_scenario *s, bool changed, size_t i) {
    return changed ? frem_differs_path(&s->changes[i]) : s->values[i].said->as.path;
}

/* The columns that names take with their indents. */
static size_t names_width(const frem_explained_scenario *s, bool changed) {
    size_t most = 0;
    for (size_t i = 0; i < n_entries(s, changed); i++) {
        const char *path = entry_path(s, changed, i), *dot = strrchr(path, '.');
        const char *name = dot != NULL ? dot + 1 : path;
        size_t needs = 2 * (level_count(path) - 1) + frem_utf8_width(name, strlen(name)) + GAP;
        most = needs > most ? needs : most;
    }
    return most < NAMES_MOST ? most : NAMES_MOST;
}

/* The keys of a path that the one before does not share, each on a line of its own but the last. */
static void add_names(page *p, const char *path, const char *before) {
    size_t levels = level_count(path), shared = shared_levels(path, before);
    /* A value that is the parent of others is printed once, as their heading. */
    for (size_t level = 0; level < levels; level++) {
        size_t n = strcspn(path, ".");
        if (level >= shared || level + 1 == levels) {
            frem_text key = {0};
            frem_text_add_bytes(&key, path, n);
            frem_add_blanks(p->out, 2 * level);
            frem_add_label(p->out, key.bytes != NULL ? key.bytes : "");
            p->out->failed = p->out->failed || key.failed;
            frem_text_free(&key);
            if (level + 1 < levels)
                frem_text_add(p->out, "\n");
        }
        path += n + 1;
    }
}

/* The names of an entry, up to the column of its value. */
static void begin_entry(page *p, const char *path, const char *before, size_t names) {
    add_names(p, path, before);
    size_t start = length_now(p);
    while (start > 0 && p->out->bytes != NULL && p->out->bytes[start - 1] != '\n')
        start--;
    pad(p, start, names);
}

/* Where an entry is given, and its source, on a line of their own. */
static void add_where(page *p, const frem_said *said, const char *mark, size_t indent) {
    frem_text where = {0};
    frem_add_blanks(p->out, indent);
    frem_text_add(&where, mark);
    if (said->pair != NULL)
        add_place(&where, said->place, false);
    else
        frem_text_add(&where, say(p, FREM_W_EXPLAIN_PRESET));
    if (said->as.source.text[p->lang] != NULL) {
        frem_text_add(&where, " · ");
        frem_add_label(&where, said->as.source.text[p->lang]);
    }
    add_paragraph(p, &where, indent);
}

/* Value and unit on one line, their place in the file and their source on the next. */
static void add_entry(page *p, const frem_explained *value, const char *before, size_t names) {
    const frem_said *said = value->said;
    begin_entry(p, said->as.path, before, names);
    frem_text line = {0};
    frem_add_label(&line, said->as.value);
    if (said->as.unit != NULL) {
        frem_text_add(&line, " ");
        frem_add_label(&line, frem_unit_text(said->as.unit, p->lang));
    }
    add_paragraph(p, &line, names);
    add_where(p, said, "", names + GAP);
}

/* Both values on one line, the place and the source of each below. */
static void add_change(page *p, const frem_differs *change, const char *before, size_t names) {
    const frem_said *sides[] = {change->before, change->after};
    const frem_said *either = change->after != NULL ? change->after : change->before;
    frem_text line = {0};
    begin_entry(p, either->as.path, before, names);
    for (size_t i = 0; i < 2; i++) {
        frem_text_add(&line, i > 0 ? " → " : "");
        frem_add_label(&line, sides[i] != NULL ? sides[i]->as.value : "–");
    }
    if (either->as.unit != NULL) {
        frem_text_add(&line, " ");
        frem_add_label(&line, frem_unit_text(either->as.unit, p->lang));
    }
    add_paragraph(p, &line, names);
    if (sides[0] != NULL)
        add_where(p, sides[0], "", names + GAP);
    if (sides[1] != NULL)
        add_where(p, sides[1], "→ ", names + GAP);
}

static void add_list(page *p, const frem_explained_scenario *s, bool changed) {
    size_t names = names_width(s, changed);
    for (size_t i = 0; i < n_entries(s, changed); i++) {
        const char *path = entry_path(s, changed, i);
        const char *before = i > 0 ? entry_path(s, changed, i - 1) : NULL;
        if (before != NULL && shared_levels(path, before) == 0)
            frem_text_add(p->out, "\n");
        if (changed)
            add_change(p, &s->changes[i], before, names);
        else
            add_entry(p, &s->values[i], before, names);
    }
}

/* What a scenario is held against, and how many entries differ. */
static void add_against(page *p, const frem_explained_scenario *s) {
    static const frem_word words[] = {[FREM_AGAINST_NOTHING] = FREM_W_CHANGED_NOTHING,
                                      [FREM_AGAINST_EXTENDED] = FREM_W_CHANGED_EXTENDED,
                                      [FREM_AGAINST_SCENARIO] = FREM_W_CHANGED_SCENARIO,
                                      [FREM_AGAINST_FILE] = FREM_W_CHANGED_FILE};
    frem_text line = {0};
    frem_text_add(&line, say(p, words[s->against]));
    if (s->against != FREM_AGAINST_NOTHING) {
        frem_text_add(&line, ": ");
        if (s->n_changes == 0)
            frem_text_add(&line, say(p, FREM_W_CHANGED_NONE));
        else
            frem_text_print(&line, "%zu", s->n_changes);
    }
    add_paragraph(p, &line, 0);
    if (s->n_changes > 0)
        frem_text_add(p->out, "\n");
}

/* ---- one value ---- */

static void add_member(page *p, const char *label, frem_text *text) {
    size_t start = length_now(p);
    frem_text_add(p->out, "  ");
    frem_text_add(p->out, label);
    pad(p, start, LABELS + GAP);
    add_paragraph(p, text, LABELS + GAP);
}

static void add_words(page *p, const char *label, const char *text) {
    frem_text line = {0};
    frem_add_label(&line, text);
    add_member(p, label, &line);
}

/* Decimals that matter for a number of its size. */
static void add_number(frem_text *out, double number, frem_lang lang) {
    double size = fabs(number);
    frem_locale_brief(out, number, size < 10 ? 4 : size < 1000 ? 2 : 0, lang);
}

static void add_limit(frem_text *out, const page *p, frem_word w, double limit) {
    if (!isfinite(limit))
        return;
    frem_text_print(out, "%s%s ", out->length > 0 ? ", " : "", say(p, w));
    add_number(out, limit, p->lang);
}

static void add_allowed(page *p, const frem_explained *value) {
    const frem_field *field = value->said->field;
    frem_text text = {0};
    for (size_t i = 0; i < value->n_allowed; i++)
        frem_text_print(&text, "%s%s", i > 0 ? ", " : "", value->allowed[i]);
    if (frem_explained_has_range(value)) {
        add_limit(&text, p, FREM_W_EXPLAIN_FROM, field->min);
        add_limit(&text, p, FREM_W_EXPLAIN_TO, field->max);
    }
    if (text.length > 0 || text.failed)
        add_member(p, say(p, FREM_W_EXPLAIN_ALLOWED), &text);
    frem_text_free(&text);
}

/* "sum over regions, ages". */
static void add_dimensions(frem_text *out, const page *p, const frem_read_numbers *numbers) {
    const bool by[] = {numbers->by_region, numbers->by_sex, numbers->by_age};
    static const frem_word names[] = {FREM_W_EXPLAIN_REGIONS, FREM_W_EXPLAIN_SEXES, FREM_W_EXPLAIN_AGES};
    bool any = false;
    if (!numbers->by_year)
        frem_text_add(out, say(p, FREM_W_EXPLAIN_ALL_YEARS));
    else if (numbers->of_entry)
        frem_text_add(out, say(p, FREM_W_EXPLAIN_ENTRY));
    for (size_t i = 0; i < 3; i++) {
        if (!by[i])
            continue;
        if (any)
            frem_text_add(out, ", ");
        else
            frem_text_print(out, "%s%s ", out->length > 0 ? "; " : "",
                            say(p, numbers->summed ? FREM_W_EXPLAIN_SUM : FREM_W_EXPLAIN_RANGE));
        frem_text_add(out, say(p, names[i]));
        any = true;
    }
}

/* Where the years end, from year i on, that have the same numbers. */
static size_t run_end(const frem_read_numbers *numbers, size_t i) {
    size_t end = i + 1;
    while (!isnan(numbers->low[i]) && end < numbers->years && !(numbers->low[end] < numbers->low[i]) &&
           !(numbers->low[end] > numbers->low[i]) && !isnan(numbers->low[end]) &&
           !(numbers->high[end] < numbers->high[i]) && !(numbers->high[end] > numbers->high[i]))
        end++;
    return end;
}

/* "2026–2040: 900". */
static void add_run(frem_text *cell, const page *p, const frem_read_numbers *numbers, size_t i, size_t end) {
    if (numbers->by_year)
        frem_text_print(cell, "%d", numbers->first_year + (int)i);
    if (end > i + 1)
        frem_text_print(cell, "–%d", numbers->first_year + (int)end - 1);
    if (numbers->by_year)
        frem_text_add(cell, ": ");
    add_number(cell, numbers->low[i], p->lang);
    if (numbers->high[i] > numbers->low[i]) {
        frem_text_add(cell, " – ");
        add_number(cell, numbers->high[i], p->lang);
    }
}

/* Numbers in columns, as many as the line holds, behind a label on the first line. */
static void add_grid(page *p, const frem_read_numbers *numbers, const char *label, size_t cells) {
    size_t indent = LABELS + GAP, per_line = (p->width + GAP - indent) / cells, start = length_now(p), n = 0;
    frem_text_print(p->out, "  %s", label);
    pad(p, start, indent);
    for (size_t i = 0, end; i < numbers->years; i = end) {
        end = run_end(numbers, i);
        if (isnan(numbers->low[i]))
            continue;
        if (n > 0 && (per_line < 2 || n % per_line == 0)) {
            frem_text_add(p->out, "\n");
            frem_add_blanks(p->out, indent);
            start = length_now(p) - indent;
        } else if (n > 0) {
            pad(p, start, indent + n % per_line * cells);
        }
        add_run(p->out, p, numbers, i, end);
        n++;
    }
    frem_text_add(p->out, "\n");
}

static void add_numbers(page *p, const frem_read_numbers *numbers) {
    size_t cells = CELLS_LEAST;
    frem_text head = {0};
    for (size_t i = 0, end; i < numbers->years; i = end) {
        frem_text cell = {0};
        end = run_end(numbers, i);
        if (!isnan(numbers->low[i]))
            add_run(&cell, p, numbers, i, end);
        const size_t needs = frem_text_measured(&cell, p->out);
        cells = needs > 0 && needs + GAP > cells ? needs + GAP : cells;
    }
    add_dimensions(&head, p, numbers);
    bool headed = head.length > 0 || head.failed;
    if (headed)
        add_member(p, say(p, FREM_W_EXPLAIN_NUMBERS), &head);
    frem_text_free(&head);
    add_grid(p, numbers, headed ? "" : say(p, FREM_W_EXPLAIN_NUMBERS), cells);
}

static void add_tables(page *p, const frem_explained *value) {
    for (size_t i = 0; i < value->n_tables; i++) {
        const frem_source *source = value->tables[i];
        frem_text line = {0};
        frem_add_label(&line, source->book != NULL ? source->name : source->path);
        frem_text_print(&line, " (%s)", say(p, found[source->root]));
        add_member(p, say(p, FREM_W_EXPLAIN_TABLE), &line);
    }
}

static void add_lower(page *p, const frem_lower *lower) {
    frem_text line = {0};
    add_place(&line, lower->place, true);
    frem_text_add(&line, ": ");
    frem_add_label(&line, lower->value);
    if (lower->unit != NULL) {
        frem_text_add(&line, " ");
        frem_add_label(&line, frem_unit_text(lower->unit, p->lang));
    }
    if (lower->source.text[p->lang] != NULL) {
        frem_text_add(&line, " (");
        frem_add_label(&line, lower->source.text[p->lang]);
        frem_text_add(&line, ")");
    }
    add_member(p, say(p, over[lower->over]), &line);
}

static void add_in_full(page *p, const frem_explained *value) {
    const frem_said *said = value->said;
    frem_text help = {0}, place = {0};
    frem_add_label(p->out, said->as.path);
    frem_text_add(p->out, "\n  ");
    frem_add_label(&help, said->as.help.text[p->lang]);
    add_paragraph(p, &help, 2);
    add_words(p, say(p, FREM_W_EXPLAIN_VALUE), said->as.value);
    if (said->as.unit != NULL)
        add_words(p, say(p, FREM_W_EXPLAIN_UNIT), frem_unit_text(said->as.unit, p->lang));
    add_allowed(p, value);
    if (said->as.source.text[p->lang] != NULL)
        add_words(p, say(p, FREM_W_EXPLAIN_SOURCE), said->as.source.text[p->lang]);
    if (said->pair != NULL)
        add_place(&place, said->place, true);
    else
        frem_text_add(&place, say(p, FREM_W_EXPLAIN_DEFAULT));
    add_member(p, say(p, FREM_W_EXPLAIN_PLACE), &place);
    for (size_t i = 0; i < value->n_lower; i++)
        add_lower(p, &value->lower[i]);
    add_tables(p, value);
    add_words(p, say(p, FREM_W_EXPLAIN_PARAMETER),
              say(p, value->parameter ? FREM_W_EXPLAIN_VARIED : FREM_W_EXPLAIN_NOT_VARIED));
    if (value->covers != NULL)
        add_words(p, say(p, FREM_W_EXPLAIN_COVERS),
                  value->covers->name != NULL ? value->covers->name : say(p, FREM_W_EXPLAIN_OWN));
    if (value->split)
        add_words(p, say(p, FREM_W_EXPLAIN_SPLIT), value->split_words.text[p->lang]);
    if (value->numbers.given)
        add_numbers(p, &value->numbers);
}

char *frem_explanation_text(const frem_explanation *explanation, frem_lang lang, size_t width) {
    frem_text out = {0};
    page p = {&out, lang, width};
    for (size_t i = 0; i < explanation->n_scenarios; i++) {
        const frem_explained_scenario *s = &explanation->scenarios[i];
        frem_text title = {0};
        if (n_entries(s, explanation->changed) == 0 && !explanation->changed)
            continue;
        if (out.length > 0)
            frem_text_add(&out, "\n");
        frem_add_label(&title, s->run.title.text[lang]);
        if (s->model->scenario->label.text[lang] != NULL) {
            frem_text_add(&title, " · ");
            frem_add_label(&title, s->model->scenario->label.text[lang]);
        }
        frem_text_add(&title, " · ");
        frem_add_label(&title, s->run.file);
        add_paragraph(&p, &title, 0);
        frem_text_add(&out, "\n");
        if (explanation->changed)
            add_against(&p, s);
        if (explanation->one && !explanation->changed)
            add_in_full(&p, &s->values[0]);
        else
            add_list(&p, s, explanation->changed);
    }
    if (out.failed)
        frem_text_free(&out);
    return out.bytes;
}
