/* Reading what a sweep varies: PATH=FROM:TO:STEP, PATH=A,B,C, PATH=FROM:TO, PATH*=... for factors and PATH+=... for what is
 * added, each perhaps from a year on. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/sweep.h"
#include "base/number.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "base/text.h"
#include "scenario/draft.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* Digits that a number may have: each is exact as a whole number of units. */
enum { DIGITS_MAX = 15 };

/* A number as so many units of its last decimal. */
typedef struct decimal {
    int64_t units;
    int decimals;
} decimal;

/* One number's text. */
typedef struct piece {
    const char *at;
    size_t n;
} piece;

static bool read_decimal(piece text, decimal *out) {
    size_t i = text.n > 0 && (text.at[0] == '-' || text.at[0] == '+') ? 1 : 0, digits = 0;
    double number;
    *out = (decimal){0, 0};
    if (frem_quantity_read(text.at, text.n, &number) != FREM_NUMBER_OK)
        return false;
    bool behind = false;
    for (; i < text.n; i++) {
        if (text.at[i] == '.') {
            behind = true;
            continue;
        }
        if (text.at[i] < '0' || text.at[i] > '9') /* an exponent */
            return false;
        digits += digits > 0 || text.at[i] != '0';
        if (digits > DIGITS_MAX || (behind && out->decimals == DIGITS_MAX))
            return false;
        out->units = out->units * 10 + (text.at[i] - '0');
        out->decimals += behind;
    }
    if (text.at[0] == '-')
        out->units = -out->units;
    return true;
}

/* Makes two numbers count the same units. @return false where they get too large. */
static bool align(decimal *a, decimal *b) {
    while (a->decimals != b->decimals) {
        decimal *fewer = a->decimals < b->decimals ? a : b;
        if (__builtin_mul_overflow(fewer->units, (int64_t)10, &fewer->units))
            return false;
        fewer->decimals++;
    }
    return true;
}

/* The double nearest to a decimal number, as if it had been written out. */
static double number_of(decimal number) {
    char text[64];
    uint64_t units = number.units < 0 ? 0 - (uint64_t)number.units : (uint64_t)number.units;
    size_t n = sizeof text;
    double out = 0;
    for (int i = 0; units > 0 || i <= number.decimals; i++, units /= 10) {
        if (i == number.decimals && i > 0)
            text[--n] = '.';
        text[--n] = (char)('0' + units % 10);
    }
    if (number.units < 0)
        text[--n] = '-';
    (void)frem_number_read(text + n, sizeof text - n, &out); /* it is one */
    return out;
}

static frem_status bad_form(frem_diags *diags, const char *given, frem_design design) {
    return FREM_PROBLEM(diags, in_command, VARY_FORM, given,
                        design == FREM_DESIGN_SOBOL ? "PATH=FROM:TO" : "PATH=FROM:TO:STEP",
                        design == FREM_DESIGN_SOBOL ? NULL : "PATH=A,B,C");
}

/* A number of what is varied. One that may be thousands is kept, until it is known whether it counts something. */
static frem_status read_piece(frem_arena *arena, frem_varied *varied, const char *given, piece text,
                              double *out, frem_diags *diags) {
    if (varied->doubtful == NULL && varied->kind != FREM_CHANGE_MULTIPLY &&
        frem_number_thousands(text.at, text.n, '.')) {
        varied->doubtful = frem_arena_text(arena, text.at, text.n);
        if (varied->doubtful == NULL)
            return FREM_NO_MEMORY;
    }
    frem_text what = {0};
    frem_text_print(&what, "--vary %s", given);
    const frem_status status =
        what.failed ? FREM_NO_MEMORY
                    : frem_quantity_given(diags, in_command, what.bytes, text.at, text.n, false, out);
    frem_text_free(&what);
    return status;
}

/* The pieces between separators. @return how many there are, also where they are more than `most`. */
static size_t cut(const char *text, char separator, piece *pieces, size_t most) {
    size_t n = 0;
    for (;;) {
        const char *end = strchr(text, separator);
        if (n < most)
            pieces[n] = (piece){text, end != NULL ? (size_t)(end - text) : strlen(text)};
        n++;
        if (end == NULL)
            return n;
        text = end + 1;
    }
}

/* FROM:TO:STEP, in exact decimals. */
static frem_status read_steps(frem_arena *arena, frem_varied *varied, const char *given,
                              const piece pieces[3], frem_diags *diags) {
    decimal from, to, step;
    decimal *all[] = {&from, &to, &step};
    for (size_t i = 0; i < 3; i++) {
        double number;
        const frem_status status = read_piece(arena, varied, given, pieces[i], &number, diags);
        if (status != FREM_OK)
            return status;
        if (!read_decimal(pieces[i], all[i]))
            return FREM_PROBLEM(diags, in_command, VARY_DIGITS, given);
    }
    bool aligned = align(&from, &to) && align(&from, &step) && align(&to, &step);
    int64_t span = to.units - from.units; /* at most 16 digits each */
    if (!aligned || step.units == 0 || span % step.units != 0 || span / step.units < 0)
        return FREM_PROBLEM(diags, in_command, VARY_STEP, given);
    if (span / step.units >= FREM_SWEEP_POINTS_MAX) {
        varied->n_values = SIZE_MAX;
        return FREM_OK; /* reported with the number of the others */
    }
    varied->n_values = (size_t)(span / step.units) + 1;
    varied->values = frem_arena_alloc(arena, varied->n_values, sizeof *varied->values);
    for (size_t i = 0; i < varied->n_values && varied->values != NULL; i++)
        varied->values[i] = number_of((decimal){from.units + (int64_t)i * step.units, from.decimals});
    return varied->values != NULL ? FREM_OK : FREM_NO_MEMORY;
}

static frem_status read_list(frem_arena *arena, frem_varied *varied, const char *given, const char *list,
                             frem_diags *diags) {
    size_t n = cut(list, ',', NULL, 0);
    piece *pieces = frem_arena_alloc(arena, n, sizeof *pieces);
    varied->values = frem_arena_alloc(arena, n, sizeof *varied->values);
    if (pieces == NULL || varied->values == NULL)
        return FREM_NO_MEMORY;
    varied->n_values = cut(list, ',', pieces, n);
    for (size_t i = 0; i < n; i++) {
        const frem_status status = read_piece(arena, varied, given, pieces[i], &varied->values[i], diags);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

static frem_status read_range(frem_arena *arena, frem_varied *varied, const char *given,
                              const piece pieces[2], frem_diags *diags) {
    double *ends[] = {&varied->from, &varied->to};
    for (size_t i = 0; i < 2; i++) {
        const frem_status status = read_piece(arena, varied, given, pieces[i], ends[i], diags);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

/* Cuts " from YEAR" off the end of a text. */
static void cut_from(char *text, int *year) {
    static const char word[] = " from ";
    size_t n = strlen(text), end = n;
    int64_t number;
    while (end > 0 && text[end - 1] >= '0' && text[end - 1] <= '9')
        end--;
    size_t room = sizeof word - 1;
    if (n - end != 4 || end < room || strncmp(text + end - room, word, room) != 0 ||
        frem_whole_read(text + end, n - end, &number) != FREM_NUMBER_OK)
        return;
    *year = (int)number;
    text[end - room] = '\0';
}

frem_status frem_varied_read(frem_arena *arena, frem_varied *varied, const char *given, frem_design design,
                             frem_diags *diags) {
    const char *sign = strchr(given, '=');
    piece pieces[3];
    *varied = (frem_varied){.path = ""};
    if (sign == NULL || sign == given || sign[1] == '\0')
        return bad_form(diags, given, design);
    bool changes = sign[-1] == '*' || sign[-1] == '+';
    varied->kind = sign[-1] == '*'   ? FREM_CHANGE_MULTIPLY
                   : sign[-1] == '+' ? FREM_CHANGE_ADD
                                     : FREM_CHANGE_SET;
    varied->column = frem_arena_text(arena, given, (size_t)(sign - given));
    varied->path = frem_arena_text(arena, given, (size_t)(sign - given) - changes);
    char *values = frem_arena_text(arena, sign + 1, strlen(sign + 1));
    if (varied->column == NULL || varied->path == NULL || values == NULL)
        return FREM_NO_MEMORY;
    cut_from(values, &varied->first_year);
    size_t n = cut(values, ':', pieces, 3);
    if (design == FREM_DESIGN_SOBOL)
        return n == 2 ? read_range(arena, varied, given, pieces, diags) : bad_form(diags, given, design);
    if (n == 1)
        return read_list(arena, varied, given, values, diags);
    return n == 3 ? read_steps(arena, varied, given, pieces, diags) : bad_form(diags, given, design);
}

/* ---- parameters ---- */

/* Whether an entry of a map has some parameter: one begins with the path up to the end of the entry's name. */
static bool has_parameter(const char *path, size_t end, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (strncmp(names[i], path, end) == 0 && names[i][end] == '.')
            return true;
    }
    return false;
}

/* Whether a parameter could be given at a path: its keys are those of the field table, in an entry that there is. */
static bool may_be_given(const char *path, const char *const *names, size_t n) {
    frem_field field = frem_field_root;
    for (size_t at = 0, end = 0; at == 0 || path[end] == '.'; at = end + 1) {
        char key[128];
        frem_field inner;
        end = at + strcspn(path + at, ".");
        if (end - at >= sizeof key)
            return false;
        memcpy(key, path + at, end - at);
        key[end - at] = '\0';
        if (!frem_field_inside(&field, key, &inner) ||
            (field.type == FREM_T_MAP && !has_parameter(path, end, names, n)))
            return false;
        field = inner;
    }
    return field.type == FREM_T_VALUE && (field.flags & FREM_F_SHAPE) == 0;
}

static frem_status unknown(const frem_model *model, const char *path, frem_diags *diags) {
    size_t n = frem_model_parameters(model), known = 0;
    const char **names = malloc((n + 1) * sizeof *names);
    frem_parameter parameter;
    if (names == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        if (model->series[i].at != NULL && frem_model_parameter(model, i, &parameter))
            names[known++] = parameter.path;
    }
    frem_status status = may_be_given(path, names, known)
                             ? FREM_PROBLEM(diags, in_command, VARY_NOT_GIVEN, path, model->scenario->name)
                             : FREM_PROBLEM(diags, in_command, VARY_UNKNOWN, path, model->scenario->name,
                                            frem_nearest(path, names, known));
    free(names);
    return status;
}

static frem_status outside(const frem_parameter *parameter, double number, frem_diags *diags) {
    char texts[3][32];
    const double numbers[] = {number, parameter->min, parameter->max};
    for (size_t i = 0; i < 3; i++) {
        if (isfinite(numbers[i]))
            frem_number_shortest(texts[i], numbers[i]);
        else
            memcpy(texts[i], numbers[i] > 0 ? "∞" : "-∞", numbers[i] > 0 ? sizeof "∞" : sizeof "-∞");
    }
    return FREM_PROBLEM(diags, in_command, OUT_OF_RANGE, parameter->path, texts[0], texts[1], texts[2],
                        parameter->unit, frem_unit_text(parameter->unit, FREM_DA));
}

/* The ends of what is varied lie in the parameter's range, and so does all between them. */
static frem_status check_ends(const frem_model *model, size_t place, const frem_varied *varied,
                              const double ends[2], frem_diags *diags) {
    const frem_series *series = &model->series[place];
    frem_parameter parameter;
    if (!frem_model_parameter(model, place, &parameter))
        return FREM_DEFECT;
    bool set = varied->kind == FREM_CHANGE_SET, adds = varied->kind == FREM_CHANGE_ADD;
    for (size_t i = 0; i < (set ? 1 : series->size); i++) {
        for (size_t end = 0; end < 2; end++) {
            double number = set ? ends[end] : adds ? series->at[i] + ends[end] : series->at[i] * ends[end];
            bool open = !set && isnan(series->at[i]);
            if (!open && !(number >= parameter.min && number <= parameter.max && isfinite(number)))
                return outside(&parameter, number, diags);
        }
    }
    return FREM_OK;
}

/* A value is varied from a year on where it may differ by year, and there is such a year. */
static frem_status check_from(const frem_model *model, size_t place, const frem_varied *varied,
                              frem_diags *diags) {
    int last = model->base + (int)model->steps - 1;
    if (varied->first_year == 0 || (frem_model_by_year(model, place) && varied->first_year <= last))
        return FREM_OK;
    char year[16], until[16];
    (void)snprintf(year, sizeof year, "%d", varied->first_year);
    (void)snprintf(until, sizeof until, "%d", last);
    return FREM_PROBLEM(diags, in_command, VARY_FROM, varied->path, year, until);
}

frem_status frem_varied_find(const frem_model *model, const frem_varied *varied, size_t *parameter,
                             frem_diags *diags) {
    const ptrdiff_t place = frem_model_find(model, varied->path);
    if (place < 0 || model->series[place].at == NULL)
        return unknown(model, varied->path, diags);
    *parameter = (size_t)place;
    frem_parameter found;
    if (!frem_model_parameter(model, (size_t)place, &found))
        return FREM_DEFECT;
    const frem_status status = varied->doubtful != NULL && frem_unit_counts(found.unit)
                                   ? frem_thousands_refused(diags, in_command, varied->path, varied->doubtful,
                                                            strlen(varied->doubtful))
                                   : FREM_OK;
    return status != FREM_OK ? status : check_from(model, (size_t)place, varied, diags);
}

frem_status frem_varied_check(const frem_model *model, size_t parameter, const frem_varied *varied,
                              frem_diags *diags) {
    double ends[] = {varied->from, varied->to};
    for (size_t i = 0; i < varied->n_values && varied->values != NULL; i++) {
        ends[0] = i == 0 ? varied->values[i] : fmin(ends[0], varied->values[i]);
        ends[1] = i == 0 ? varied->values[i] : fmax(ends[1], varied->values[i]);
    }
    return check_ends(model, parameter, varied, ends, diags);
}

frem_status frem_varied_total(const frem_model *model, size_t parameter, const frem_varied *varied,
                              frem_diags *diags) {
    const bool total = (model->scenario->parameters.items[parameter]->field->flags & FREM_F_TOTAL) != 0;
    if (varied->kind == FREM_CHANGE_SET && total && model->series[parameter].region > 0)
        return FREM_PROBLEM(diags, in_command, SOLVE_BY_REGION, varied->path);
    return FREM_OK;
}

static frem_status find(frem_swept *swept, size_t v, const frem_varied *varied, frem_diags *diags) {
    const frem_status status = frem_varied_find(swept->model, varied, &swept->parameters[v], diags);
    return status == FREM_OK ? frem_varied_check(swept->model, swept->parameters[v], varied, diags) : status;
}

/* Problems of one parameter do not hide those of the next. */
static void keep_worst(frem_status *status, frem_status one) {
    if (one != FREM_OK && *status != FREM_NO_MEMORY)
        *status = one;
}

frem_status frem_sweep_read_varied(frem_sweep *sweep, const frem_sweep_options *options, frem_diags *diags) {
    frem_status status = FREM_OK;
    sweep->n_varied = options->n_vary;
    sweep->varied = frem_arena_alloc(sweep->arena, options->n_vary + 1, sizeof *sweep->varied);
    sweep->unit = frem_arena_alloc(sweep->arena, options->n_vary + 1, sizeof *sweep->unit);
    if (sweep->varied == NULL || sweep->unit == NULL)
        return FREM_NO_MEMORY;
    for (size_t m = 0; m < sweep->n_models; m++) {
        sweep->swept[m].parameters =
            frem_arena_alloc(sweep->arena, options->n_vary + 1, sizeof *sweep->swept[m].parameters);
        if (sweep->swept[m].parameters == NULL)
            return FREM_NO_MEMORY;
    }
    for (size_t v = 0; v < options->n_vary; v++) {
        frem_varied *varied = &sweep->varied[v];
        frem_status one = frem_varied_read(sweep->arena, varied, options->vary[v], options->design, diags);
        for (size_t k = 0; k < v && one == FREM_OK; k++) {
            if (strcmp(sweep->varied[k].path, varied->path) == 0)
                one = FREM_PROBLEM(diags, in_command, VARY_TWICE, varied->path);
        }
        for (size_t m = 0; m < sweep->n_models && one == FREM_OK; m++)
            one = find(&sweep->swept[m], v, varied, diags);
        keep_worst(&status, one);
    }
    return status;
}
