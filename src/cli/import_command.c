#include "cli/import_command.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"

static const frem_place in_command = {"fremskriv", 0, 0};

static void wrong_form(const char *option, const char *value, const char *form, frem_diags *diags) {
    (void)FREM_PROBLEM(diags, in_command, IMPORT_OPTION_FORM, option, value, form);
}

static void take_pair(frem_import_pair *pairs, size_t *n, const char *option, char *value, const char *form,
                      frem_diags *diags) {
    char *sign = strchr(value, '=');
    if (sign == NULL || sign == value || sign[1] == '\0' || *n == FREM_IMPORT_PAIRS_MAX) {
        wrong_form(option, value, form, diags);
        return;
    }
    *sign = '\0';
    pairs[(*n)++] = (frem_import_pair){value, sign + 1};
}

/* "2016-2040" or "2027". */
static void take_years(frem_import_options *options, const char *option, const char *value,
                       frem_diags *diags) {
    const char *dash = strchr(value, '-');
    const size_t n = dash != NULL ? (size_t)(dash - value) : strlen(value);
    int64_t first, last;
    bool good = n == 4 && frem_whole_read(value, n, &first) == FREM_NUMBER_OK;
    if (good && dash == NULL)
        last = first;
    else
        good = good && strlen(dash + 1) == 4 && frem_whole_read(dash + 1, 4, &last) == FREM_NUMBER_OK;
    if (!good || first < 1000 || last < first) {
        wrong_form(option, value, "2016-2040", diags);
        return;
    }
    options->first_year = (int)first;
    options->last_year = (int)last;
}

/* One group, "0-5", "17" or "80+", of n bytes. */
static bool read_group(const char *text, size_t n, frem_import_ages *out) {
    const bool open = n > 1 && text[n - 1] == '+';
    const char *dash = memchr(text, '-', n);
    const size_t head = dash != NULL ? (size_t)(dash - text) : n - open;
    int64_t from, to;
    if (head > 3 || frem_whole_read(text, head, &from) != FREM_NUMBER_OK || from < 0)
        return false;
    to = from;
    if (dash != NULL && (open || n - head - 1 > 3 ||
                         frem_whole_read(dash + 1, n - head - 1, &to) != FREM_NUMBER_OK || to < from))
        return false;
    *out = (frem_import_ages){(int)from, open ? -1 : (int)to};
    return true;
}

static void take_ages(frem_import_command *command, const char *option, const char *value,
                      frem_diags *diags) {
    static const char form[] = "0-5,6-16,17+, all or single";
    frem_import_options *options = &command->options;
    options->n_ages = 0;
    if (strcmp(value, "single") == 0) {
        options->single_ages = true;
        return;
    }
    if (strcmp(value, "all") == 0) {
        command->ages[options->n_ages++] = (frem_import_ages){0, -1};
        return;
    }
    for (const char *at = value; at != NULL;) {
        const size_t n = strcspn(at, ",");
        const size_t k = options->n_ages;
        if (k == FREM_IMPORT_AGES_MAX || !read_group(at, n, &command->ages[k]) ||
            (k > 0 && (command->ages[k - 1].to < 0 || command->ages[k].from <= command->ages[k - 1].to))) {
            wrong_form(option, value, form, diags);
            return;
        }
        options->n_ages++;
        at = at[n] == ',' ? at + n + 1 : NULL;
    }
}

/* The place of a word among choices that options.c has checked. */
static int choice(const char *value, const char *const *words, int n) {
    for (int i = 0; i < n; i++) {
        if (strcmp(words[i], value) == 0)
            return i;
    }
    return 0;
}

bool frem_import_take(frem_import_command *command, const char *option, char *value, frem_diags *diags) {
    static const char *const areas[] = {"", "municipalities", "provinces", "regions", "country"};
    static const char *const statuses[] = {"", "observed", "projected"};
    static const char *const missing[] = {"error", "empty", "zero"};
    frem_import_options *options = &command->options;
    if (strcmp(option, "--map") == 0)
        take_pair(command->maps, &options->n_maps, option, value, "COLUMN=VARIABLE", diags);
    else if (strcmp(option, "--where") == 0)
        take_pair(command->wheres, &options->n_wheres, option, value, "VARIABLE=VALUE,VALUE", diags);
    else if (strcmp(option, "--value") == 0)
        options->value = value;
    else if (strcmp(option, "--labels") == 0)
        options->labels = true;
    else if (strcmp(option, "--quarter") == 0)
        options->quarter = value[0] - '0';
    else if (strcmp(option, "--years") == 0)
        take_years(options, option, value, diags);
    else if (strcmp(option, "--ages") == 0)
        take_ages(command, option, value, diags);
    else if (strcmp(option, "--areas") == 0)
        options->areas = (frem_import_areas)choice(value, areas, 5);
    else if (strcmp(option, "--status") == 0)
        options->status = (frem_import_status)choice(value, statuses, 3);
    else if (strcmp(option, "--missing") == 0)
        options->missing = (frem_import_missing)choice(value, missing, 3);
    else
        return false;
    return true;
}
