/* What was solved for as an answer: two tables, a sentence, the scenario that holds it, and how each target's measure goes on
 * with it and without. */
#include "analysis/address_list.h"
#include "analysis/answer.h"
#include "analysis/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file_name.h"
#include "base/locale.h"
#include "base/number.h"
#include "base/text.h"
#include "frame/measures.h"
#include "model/areas.h"
#include "scenario/tree.h"

/* ---- tables ---- */

/* Values have all their digits, so that the answer can be set again exactly. */
static const frem_answer_column solution_columns[] = {
    FREM_ANSWER_SCENARIO,
    {.name = "parameter",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "Path of the parameter; with * behind it for a factor, + for what is added",
     .heading = {{"Parameter", "Parameter"}}},
    {.name = "year",
     .kind = FREM_COLUMN_WHOLE,
     .meaning = "First year that the value is for; the base year for a parameter that changes as a whole",
     .heading = {{"From", "Fra"}}},
    {.name = "value",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "The value",
     .heading = {{"Value", "Værdi"}},
     .exact = true},
    {.name = "lower",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "The value was looked for from here",
     .heading = {{"At least", "Mindst"}},
     .exact = true},
    {.name = "upper",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "The value was looked for up to here",
     .heading = {{"At most", "Højst"}},
     .exact = true},
};
static const frem_answer_column targets_columns[] = {
    FREM_ANSWER_SCENARIO,
    {.name = "address",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "Address of a result: MEASURE:PROFESSION:REGION:YEAR[:SECTOR]",
     .heading = {{"Target", "Mål"}}},
    {.name = "wanted",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "The target",
     .heading = {{"Wanted", "Ønsket"}}},
    {.name = "reached",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "What the value gives",
     .heading = {{"Reached", "Nået"}}},
    {.name = "difference",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "What is reached less what is wanted",
     .heading = {{"Difference", "Forskel"}}},
};

#define COLUMNS(columns) (columns), sizeof(columns) / sizeof *(columns)

static frem_status add_solution(const frem_solving *s, frem_results *results) {
    const frem_scenario *scenario = s->cases.model->scenario;
    const frem_answer_table table = {"solution",
                                     NULL,
                                     {{"Values that give the targets", "Værdier, der giver målene"}},
                                     COLUMNS(solution_columns),
                                     NULL,
                                     false};
    size_t at = 0;
    frem_status status = frem_answer_add_table(results, &table, &at);
    for (size_t i = 0; i < s->n && status == FREM_OK; i++) {
        const frem_varying *u = &s->unknowns[i];
        status = frem_answer_add_row(results, at,
                                     (frem_answer_cell[]){{.text = scenario->name},
                                                          {.text = scenario->variant},
                                                          {.text = u->varied.column},
                                                          {.whole = u->year},
                                                          {.number = u->value},
                                                          {.number = u->low},
                                                          {.number = u->high}});
    }
    return status;
}

static frem_status add_targets(const frem_solving *s, frem_results *results) {
    const frem_scenario *scenario = s->cases.model->scenario;
    const frem_answer_table table = {"targets",
                                     NULL,
                                     {{"Targets, and what is reached", "Målene, og hvad der nås"}},
                                     COLUMNS(targets_columns),
                                     NULL,
                                     false};
    size_t at = 0;
    frem_status status = frem_answer_add_table(results, &table, &at);
    for (size_t i = 0; i < s->n && status == FREM_OK; i++) {
        const frem_target *t = &s->targets[i];
        status =
            frem_answer_add_row(results, at,
                                (frem_answer_cell[]){{.text = scenario->name},
                                                     {.text = scenario->variant},
                                                     {.text = t->address},
                                                     {.number = t->wanted},
                                                     {.number = frem_solve_rounded(t->reached)},
                                                     {.number = frem_solve_rounded(t->reached - t->wanted)}});
    }
    return status;
}

/* ---- sentences ---- */

/* What sentences are made of. */
typedef struct saying {
    const frem_solving *solving;
    const frem_document *document;
    int last_year;
    const double *later;    /* [0 without the answer, 1 with it][target] in the last year */
    const frem_varying *of; /* whose total is of more regions than the scenario's: these */
    const frem_area *area;
} saying;

/* A number as people say it: none behind the comma where it is large. All digits are in the table. */
static void add_number(frem_text *out, double number, frem_lang lang) {
    const double size = fabs(number);
    frem_locale_brief(out, number, size >= 100 ? 0 : size >= 1 ? 1 : 4, lang);
}

static void add_word(frem_text *out, frem_word word, frem_lang lang) {
    frem_text_add(out, frem_word_text(word, lang));
}

/* What is before the i-th of n in a list: its beginning, a comma, "and". */
static const char *before(frem_word beginning, size_t i, size_t n, frem_lang lang) {
    return i == 0       ? frem_word_text(beginning, lang)
           : i + 1 == n ? frem_word_text(FREM_W_SOLVE_AND, lang)
                        : ", ";
}

static void add_unit(frem_text *out, const frem_document *d, const frem_address *a, frem_lang lang) {
    if (!frem_address_is_ratio(a))
        frem_text_print(out, " %s",
                        frem_document_any_label(d, "unit", frem_measure_find(a->measure)->unit, lang));
}

/* The number that an answer takes the place of; NaN where there is none alone. */
static double present_number(const frem_model *model, const frem_varying *u) {
    const frem_series *series = &model->series[u->parameter];
    const bool alone = u->varied.kind == FREM_CHANGE_SET && series->region == 0 && series->sex == 0 &&
                       series->age == 0 && (series->year == 0 || u->year >= series->first_year);
    return alone ? frem_series_at(series, u->year, 0, 0, 0) : (double)NAN;
}

/* "With X at 570 from 2026 on (1,122 in the scenario) and Y at 3, the following hold: Gap, Nurses, 2035 is 0 FTE and ...; as
 * the scenario is, it is -300 and ..." */
static void add_sentence(frem_text *out, const saying *say, frem_lang lang) {
    const frem_solving *s = say->solving;
    for (size_t i = 0; i < s->n; i++) {
        const frem_varying *u = &s->unknowns[i];
        const double present = present_number(s->cases.model, u);
        frem_text_print(out, "%s%s%s", before(FREM_W_SOLVE_WITH, i, s->n, lang), u->varied.column,
                        frem_word_text(FREM_W_SOLVE_AT, lang));
        add_number(out, u->value, lang);
        if (u->by_year)
            frem_text_print(out, "%s%d%s", frem_word_text(FREM_W_SOLVE_FROM, lang), u->year,
                            frem_word_text(FREM_W_SOLVE_ON, lang));
        if (!isnan(present)) {
            add_word(out, FREM_W_SOLVE_PRESENT, lang);
            add_number(out, present, lang);
            add_word(out, FREM_W_SOLVE_PRESENT_END, lang);
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        frem_text_add(out, before(FREM_W_SOLVE_SO, i, s->n, lang));
        frem_address_say(out, say->document, s->cases.model->scenario->name, &s->addresses[i], lang);
        frem_text_add(out, ", ");
        frem_address_say_years(out, &s->addresses[i]);
        add_word(out, FREM_W_SOLVE_IS, lang);
        add_number(out, frem_solve_rounded(s->targets[i].reached), lang);
        add_unit(out, say->document, &s->addresses[i], lang);
    }
    for (size_t i = 0; i < s->n; i++) {
        frem_text_add(out, before(s->n == 1 ? FREM_W_SOLVE_ELSE : FREM_W_SOLVE_ELSE_MANY, i, s->n, lang));
        add_number(out, s->targets[i].before, lang);
    }
    frem_text_add(out, ".");
}

/* "After that: in 2040, the last year, Gap, Nurses is -1,482 FTE (3,017 as the scenario is)." A value that closes one year
 * may open the next ones. */
static void add_later(frem_text *out, const saying *say, frem_lang lang) {
    const frem_solving *s = say->solving;
    for (size_t i = 0; i < s->n; i++) {
        frem_text_add(out, before(FREM_W_SOLVE_LATER, i, s->n, lang));
        if (i == 0)
            frem_text_print(out, "%d%s", say->last_year, frem_word_text(FREM_W_SOLVE_LATER_YEAR, lang));
        frem_address_say(out, say->document, s->cases.model->scenario->name, &s->addresses[i], lang);
        add_word(out, FREM_W_SOLVE_IS, lang);
        add_number(out, frem_solve_rounded(say->later[s->n + i]), lang);
        add_unit(out, say->document, &s->addresses[i], lang);
        add_word(out, FREM_W_SOLVE_PRESENT, lang);
        add_number(out, frem_solve_rounded(say->later[i]), lang);
        add_word(out, FREM_W_SOLVE_PRESENT_END, lang);
    }
    frem_text_add(out, ".");
}

/* "programmes.ssh.intake counts 98 regions together (all), of which the scenario has 22." */
static void add_area(frem_text *out, const saying *say, frem_lang lang) {
    const frem_model *model = say->solving->cases.model;
    frem_text_print(out, "%s%s%zu%s%s%s%zu.", say->of->varied.column, frem_word_text(FREM_W_SOLVE_AREA, lang),
                    say->area->count, frem_word_text(FREM_W_SOLVE_AREA_OF, lang), say->area->name,
                    frem_word_text(FREM_W_SOLVE_AREA_OWN, lang), model->reported);
}
/* Whether something changes that the base year's people have behind them. */
static bool is_past(const frem_solving *s) {
    bool past = false;
    for (size_t i = 0; i < s->n; i++)
        past = past || (s->unknowns[i].by_year && s->unknowns[i].year < s->cases.model->base);
    return past;
}

static void add_past(frem_text *out, const saying *say, frem_lang lang) {
    frem_text_print(out, "%s%d%s", frem_word_text(FREM_W_SOLVE_PAST, lang), say->solving->cases.model->base,
                    frem_word_text(FREM_W_SOLVE_WOULD, lang));
}

static void add_step(frem_text *out, const saying *say, frem_lang lang) {
    add_word(out, FREM_W_SOLVE_STEPS, lang);
    add_number(out, say->solving->step, lang);
    add_word(out, FREM_W_SOLVE_NEAREST, lang);
}

static frem_status say(const saying *what, void (*make)(frem_text *, const saying *, frem_lang),
                       frem_results *results) {
    frem_text texts[FREM_LANG_COUNT] = {{0}, {0}};
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        make(&texts[lang], what, (frem_lang)lang);
    return frem_answer_say_texts(results, texts);
}

/* ---- the scenario ---- */

/* A total says which regions it is of, as the one that it takes the place of. */
static void add_covers(frem_text *text, const frem_model *model, const frem_varying *u) {
    const frem_value *value = model->scenario->parameters.items[u->parameter];
    const bool total = (value->field->flags & FREM_F_TOTAL) && u->varied.kind == FREM_CHANGE_SET;
    if (!total || value->head.covers.text == NULL)
        return;
    frem_text_add(text, ", covers: ");
    frem_tree_quote(text, value->head.covers.text, strlen(value->head.covers.text));
}

static void add_value(frem_text *text, const frem_model *model, const frem_varying *u) {
    static const char *const keys[] = {
        [FREM_CHANGE_SET] = "value", [FREM_CHANGE_MULTIPLY] = "times", [FREM_CHANGE_ADD] = "add"};
    char number[32];
    (void)frem_number_shortest(number, u->value);
    frem_text_add(text, " {");
    if (u->by_year)
        frem_text_print(text, "from: %d, ", u->year);
    frem_text_print(text, "%s: %s", keys[u->varied.kind], number);
    add_covers(text, model, u);
    frem_text_add(text, "}\n");
}

/* The answers whose paths begin as the i-th does, up to `at`; each key of theirs once. `done` are written. */
static void add_level(frem_text *text, const frem_solving *s, size_t i, size_t at, size_t indent,
                      bool *done) {
    const char *prefix = s->unknowns[i].varied.path;
    for (size_t k = i; k < s->n; k++) {
        const char *path = s->unknowns[k].varied.path;
        if (done[k] || strncmp(path, prefix, at) != 0)
            continue;
        const size_t n = strcspn(path + at, ".");
        frem_text_print(text, "%*s", (int)(2 * indent), "");
        frem_tree_quote(text, path + at, n);
        frem_text_add(text, ":");
        if (path[at + n] == '\0') {
            add_value(text, s->cases.model, &s->unknowns[k]);
            done[k] = true;
        } else {
            frem_text_add(text, "\n");
            add_level(text, s, k, at + n + 1, indent + 1, done);
        }
    }
}

/* "With it, A is 0 and B is 12." */
static void add_comment(frem_text *text, const frem_solving *s) {
    char wanted[32];
    frem_text_add(text, "# The answer of `fremskriv solve`: with it, ");
    for (size_t i = 0; i < s->n; i++) {
        (void)frem_number_shortest(wanted, s->step > 0 ? frem_solve_rounded(s->targets[i].reached)
                                                       : s->targets[i].wanted);
        frem_text_print(text, "%s%s is %s", i > 0 ? " and " : "", s->targets[i].address, wanted);
    }
    frem_text_add(text, ".\n");
}

/* A scenario that extends the resolved one beside it. @param safe the scenario's name as that of a file */
static void add_scenario(frem_text *text, const frem_solving *s, const char *safe, bool *done) {
    static const char resolved[] = ".resolved.yaml", solved[] = "-solved";
    const frem_scenario *scenario = s->cases.model->scenario;
    const bool variant = strcmp(scenario->variant, "base") != 0;
    frem_text name = {0};
    add_comment(text, s);
    frem_text_print(&name, "%s%s", safe, resolved);
    frem_text_add(text, "fremskriv: 1\nextends: ");
    frem_tree_quote(text, name.failed ? "" : name.bytes, name.failed ? 0 : name.length);
    text->failed = text->failed || name.failed;
    frem_text_free(&name);
    frem_text_print(&name, "%s%s", scenario->name, solved);
    frem_text_add(text, "\nname: ");
    frem_tree_quote(text, name.failed ? "" : name.bytes, name.failed ? 0 : name.length);
    text->failed = text->failed || name.failed;
    frem_text_free(&name);
    frem_text_add(text, "\n");
    if (variant) {
        frem_text_add(text, "variants:\n  ");
        frem_tree_quote(text, scenario->variant, strlen(scenario->variant));
        frem_text_add(text, ":\n");
    }
    for (size_t i = 0; i < s->n; i++) {
        if (!done[i])
            add_level(text, s, i, 0, variant ? 2 : 0, done);
    }
}

static frem_status add_file(const frem_solving *s, frem_results *results) {
    bool done[FREM_UNKNOWNS_MAX] = {false};
    frem_text text = {0};
    frem_index *taken = NULL;
    const char *safe = NULL;
    frem_status status = frem_index_new(&taken);
    if (status == FREM_OK)
        status = frem_safe_name(taken, s->cases.model->scenario->name, &safe);
    if (status == FREM_OK) {
        add_scenario(&text, s, safe, done);
        status = text.failed ? FREM_NO_MEMORY : frem_answer_add_file(results, "solution.yaml", text.bytes);
    }
    frem_index_free(taken);
    frem_text_free(&text);
    return status;
}

/* ---- figures ---- */

static const char *kept(frem_results *results, frem_text *text) {
    const char *out =
        text->failed ? NULL : frem_arena_text(frem_answer_arena(results), text->bytes, text->length);
    frem_text_free(text);
    return out;
}

static const char *title_of(frem_results *results, const frem_solving *s, const frem_address *a,
                            frem_lang lang) {
    frem_text text = {0};
    frem_address_say(&text, frem_results_document(results), s->cases.model->scenario->name, a, lang);
    return kept(results, &text);
}

/* How a target's measure goes by year without the answer and with it.
 *  @param values [0 without, 1 with][year] */
static frem_status add_figure(const frem_solving *s, frem_results *results, size_t target,
                              const double *const values[2]) {
    frem_arena *arena = frem_answer_arena(results);
    const frem_address *a = &s->addresses[target];
    const frem_measure *measure = frem_measure_find(a->measure);
    frem_figure figures[FREM_LANG_COUNT];
    frem_text name = {0};
    frem_text_print(&name, "%s-%s-%s", a->measure, a->profession, a->region);
    const char *file = kept(results, &name);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        frem_figure_line *lines = frem_arena_alloc(arena, 2, sizeof *lines);
        frem_figure_panel *panel = frem_arena_alloc(arena, 1, sizeof *panel);
        if (lines == NULL || panel == NULL || file == NULL)
            return FREM_NO_MEMORY;
        lines[0] = (frem_figure_line){frem_word_text(FREM_W_SOLVE_BEFORE, (frem_lang)lang), values[0],
                                      FREM_ROLE_MUTED, true};
        lines[1] = (frem_figure_line){frem_word_text(FREM_W_SOLVE_SOLVED, (frem_lang)lang), values[1],
                                      FREM_ROLE_SUPPLY, false};
        *panel = (frem_figure_panel){.lines = lines, .n_lines = 2};
        figures[lang] =
            (frem_figure){.kind = FREM_FIGURE_LINES,
                          .name = file,
                          .title = title_of(results, s, a, (frem_lang)lang),
                          .subtitle = frem_document_any_label(frem_results_document(results), "unit",
                                                              measure->unit, (frem_lang)lang),
                          .lang = (frem_lang)lang,
                          .first_year = s->cases.model->base,
                          .n_years = s->cases.model->steps,
                          .scale = {.percent = strcmp(measure->unit, "ratio") == 0,
                                    .has_reference = a->years == FREM_ADDRESS_YEAR,
                                    .reference = s->targets[target].wanted},
                          .panels = panel,
                          .n_panels = 1};
        if (figures[lang].title == NULL)
            return FREM_NO_MEMORY;
    }
    return frem_answer_add_figure(results, figures);
}

/* Projects the scenario without the answer and with it.
 *  @param[out] values [0 without, 1 with][address] */
static frem_status project_both(frem_solving *s, const frem_address *addresses, size_t n, double *values) {
    frem_change changes[FREM_UNKNOWNS_MAX];
    for (size_t u = 0; u < s->n; u++)
        changes[u] = (frem_change){.parameter = s->unknowns[u].parameter,
                                   .lane = 1,
                                   .kind = s->unknowns[u].varied.kind,
                                   .number = s->unknowns[u].value,
                                   .first_year = s->unknowns[u].varied.first_year};
    frem_cases cases = s->cases;
    cases.addresses = addresses;
    cases.n_addresses = n;
    return frem_cases_at(&cases, 2, changes, s->n, values, NULL);
}

/* How each target goes on, and the figures of it, where they are asked for. */
static frem_status add_course(frem_solving *s, frem_results *results, bool figures) {
    const size_t steps = s->cases.model->steps, years = figures ? steps : 1, n = s->n * years;
    const int last_year = s->cases.model->base + (int)steps - 1;
    bool ends = true; /* with the targets' years */
    frem_address *addresses = frem_arena_alloc(s->arena, n, sizeof *addresses);
    double *values = frem_arena_alloc(frem_answer_arena(results), 2 * n, sizeof *values);
    double later[2 * FREM_UNKNOWNS_MAX];
    if (addresses == NULL || values == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        addresses[i] = s->addresses[i / years];
        addresses[i].years = FREM_ADDRESS_YEAR;
        addresses[i].first_year = addresses[i].last_year = last_year - (int)(years - 1 - i % years);
    }
    for (size_t i = 0; i < s->n; i++)
        ends = ends && s->addresses[i].last_year == last_year;
    if (ends && !figures)
        return FREM_OK;
    frem_status status = project_both(s, addresses, n, values);
    for (size_t i = 0; i < 2 * s->n && status == FREM_OK; i++)
        later[i] = values[i * years + years - 1];
    if (status == FREM_OK && !ends)
        status = say(&(saying){s, frem_results_document(results), last_year, later, NULL, NULL}, add_later,
                     results);
    for (size_t i = 0; i < s->n && status == FREM_OK && figures; i++)
        status =
            add_figure(s, results, i, (const double *const[]){values + i * years, values + n + i * years});
    return status;
}

/* A total of more regions than the scenario's own is not what they need: it is said whose it is. */
static frem_status add_areas(const frem_solving *s, frem_results *results) {
    const frem_model *model = s->cases.model;
    frem_status status = FREM_OK;
    for (size_t i = 0; i < s->n && status == FREM_OK; i++) {
        const frem_varying *u = &s->unknowns[i];
        const frem_value *value = model->scenario->parameters.items[u->parameter];
        const bool total = (value->field->flags & FREM_F_TOTAL) && u->varied.kind == FREM_CHANGE_SET;
        const frem_area *area = total ? frem_model_area(model, &value->head) : NULL;
        if (area != NULL && area->name != NULL && area->count > model->reported)
            status = say(&(saying){s, NULL, 0, NULL, u, area}, add_area, results);
    }
    return status;
}

/* ---- all of it ---- */

/* The scenario's title, and the variant's. */
static frem_status make_title(const frem_solving *s, frem_label *out) {
    const frem_scenario *scenario = s->cases.model->scenario;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *title = scenario->title.text[lang], *label = scenario->label.text[lang];
        frem_text text = {0};
        frem_text_add(&text, title != NULL ? title : scenario->name);
        if (label != NULL) /* of a variant */
            frem_text_print(&text, " · %s", label);
        out->text[lang] = text.failed ? NULL : frem_arena_text(s->arena, text.bytes, text.length);
        frem_text_free(&text);
        if (out->text[lang] == NULL)
            return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

frem_status frem_solving_answer(frem_solving *s, const frem_sources *sources, const frem_run_options *run,
                                frem_results **out) {
    frem_results *results = NULL;
    frem_label title = {{NULL, NULL}};
    frem_status status = make_title(s, &title);
    if (status == FREM_OK)
        status = frem_answer_new(&results, "solve", &title, &s->cases.model, 1, sources, run);
    if (status == FREM_OK)
        status = add_solution(s, results);
    if (status == FREM_OK)
        status = add_targets(s, results);
    const saying what = {s, status == FREM_OK ? frem_results_document(results) : NULL, 0, NULL, NULL, NULL};
    if (status == FREM_OK)
        status = say(&what, add_sentence, results);
    if (status == FREM_OK && s->step > 0)
        status = say(&what, add_step, results);
    if (status == FREM_OK && is_past(s))
        status = say(&what, add_past, results);
    if (status == FREM_OK)
        status = add_areas(s, results);
    if (status == FREM_OK && !run->first_alone)
        status = add_course(s, results, run->with_tables != 0);
    if (status == FREM_OK)
        status = frem_answer_say_base(results, &s->cases.model, 1, &s->addresses[0]);
    if (status == FREM_OK)
        status = add_file(s, results);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}
