/* Options and verbs: the tables, and reading argv by them. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/cli.h"

const frem_verb frem_verbs[] = {
    {"run",
     FREM_VERB_RUN,
     "SCENARIO...",
     {"Projects each scenario. Without -o prints a short table of supply, demand and gap.",
      "Fremskriver hvert scenarie. Uden -o vises en kort tabel med udbud, efterspørgsel og balance."},
     {"fremskriv run scenarios/paedagog-syddanmark.yaml",
      "fremskriv run scenarios/paedagog-syddanmark.yaml -o out --decimal comma"},
     frem_verb_run},
    {"check",
     FREM_VERB_CHECK,
     "SCENARIO...",
     {"Validates scenarios and their tables without projecting. Reports every problem with its place.",
      "Kontrollerer scenarier og deres tabeller uden at fremskrive. Viser alle problemer med sted."},
     {"fremskriv check scenarios/paedagog-syddanmark.yaml", "fremskriv check --lang da mit-scenarie.yaml"},
     frem_verb_check},
    {"practicum",
     FREM_VERB_PRACTICUM,
     "SCENARIO...",
     {"Practicum places by specialisation, municipality and year. Without -o prints a short table.",
      "Praktikpladser efter specialisering, kommune og år. Uden -o vises en kort tabel."},
     {"fremskriv practicum scenarios/paedagog-syddanmark.yaml",
      "fremskriv practicum scenarios/sygeplejerske-praktik.yaml -o out"},
     frem_verb_practicum},
    {NULL, 0, NULL, {NULL}, {NULL}, NULL},
};

const frem_option frem_options[] = {
    {"--output",
     "-o",
     "DIR",
     NULL,
     FREM_VERB_RUN | FREM_VERB_PRACTICUM,
     false,
     {"results go to this folder; `-o -` writes the results table to standard output",
      "resultaterne lægges i denne mappe; `-o -` skriver resultattabellen til standard output"}},
    {"--format",
     NULL,
     "FORMATS",
     NULL,
     FREM_VERB_RUN | FREM_VERB_PRACTICUM,
     false,
     {"formats, separated by commas (default csv)", "formater, adskilt af komma (ellers csv)"}},
    {"--decimal",
     NULL,
     "SIGN",
     "comma|point",
     FREM_VERB_RUN | FREM_VERB_PRACTICUM,
     false,
     {"comma: semicolons and decimal commas, for a Danish spreadsheet (default point)",
      "comma: semikolon og decimalkomma, til et dansk regneark (ellers point)"}},
    {"--data",
     NULL,
     "DIR",
     NULL,
     FREM_VERB_RUN | FREM_VERB_CHECK | FREM_VERB_PRACTICUM,
     true,
     {"look for tables here too; repeatable", "led også efter tabeller her; kan gentages"}},
    {"--threads",
     NULL,
     "N",
     NULL,
     FREM_VERB_RUN,
     false,
     {"worker threads (default: as many as the machine has)",
      "antal tråde (ellers så mange som maskinen har)"}},
    {"--lang",
     NULL,
     "LANG",
     "da|en",
     FREM_VERB_ANY,
     false,
     {"language of what people read", "sprog i det, folk læser"}},
    {"--progress",
     NULL,
     "WHEN",
     "auto|never",
     FREM_VERB_RUN | FREM_VERB_CHECK | FREM_VERB_PRACTICUM,
     false,
     {"progress on a terminal (default auto)", "vis forløb på en terminal (ellers auto)"}},
    {"--quiet", NULL, NULL, NULL, FREM_VERB_ANY, false, {"only problems", "kun problemer"}},
    {"--help", "-h", NULL, NULL, FREM_VERB_ANY, false, {"this help", "denne hjælp"}},
    {"--version", NULL, NULL, NULL, FREM_VERB_ANY, false, {"the program's version", "programmets version"}},
    {NULL, NULL, NULL, NULL, 0, false, {NULL}},
};

static const frem_place in_command = {"fremskriv", 0, 0};

const frem_verb *frem_verb_find(const char *name) {
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, name) == 0)
            return verb;
    }
    return NULL;
}

/* The option that a word names, up to "=" where it has one. */
static const frem_option *find_option(const char *word) {
    size_t n = strcspn(word, "=");
    for (const frem_option *option = frem_options; option->name != NULL; option++) {
        if ((strlen(option->name) == n && strncmp(option->name, word, n) == 0) ||
            (option->brief != NULL && strcmp(option->brief, word) == 0))
            return option;
    }
    return NULL;
}

static const char *nearest_option(const char *word) {
    const char *names[32];
    size_t n = 0;
    for (const frem_option *option = frem_options; option->name != NULL && n < 32; option++)
        names[n++] = option->name;
    return frem_nearest(word, names, n);
}

static frem_status bad_choice(frem_diags *diags, const char *option, const char *given,
                              const char *const *known, size_t n) {
    frem_text list = {0};
    for (size_t i = 0; i < n; i++)
        frem_text_print(&list, "%s%s", i > 0 ? ", " : "", known[i]);
    frem_status status = FREM_PROBLEM(diags, in_command, OPTION_VALUE, option, given,
                                      list.bytes != NULL ? list.bytes : "", frem_nearest(given, known, n));
    frem_text_free(&list);
    return status;
}

/* Whether a value is among the option's choices. */
static bool is_choice(const frem_option *option, const char *value, frem_diags *diags) {
    const char *known[8];
    char words[64];
    size_t n = 0;
    if (option->choices == NULL)
        return true;
    (void)strncpy(words, option->choices, sizeof words - 1);
    words[sizeof words - 1] = '\0';
    for (char *word = words; word != NULL && n < 8;) {
        char *end = strchr(word, '|');
        if (end != NULL)
            *end++ = '\0';
        known[n++] = word;
        if (strcmp(word, value) == 0)
            return true;
        word = end;
    }
    (void)bad_choice(diags, option->name, value, known, n);
    return false;
}

/* Once however often it is asked for. */
static void add_format(frem_command *command, const char *name) {
    for (size_t i = 0; i < command->n_formats; i++) {
        if (command->formats[i] == name)
            return;
    }
    if (command->n_formats < sizeof command->formats / sizeof *command->formats)
        command->formats[command->n_formats++] = name;
}

static void read_formats(frem_command *command, char *list, frem_diags *diags) {
    const char *const *known = frem_formats();
    size_t n_known = 0;
    while (known[n_known] != NULL)
        n_known++;
    for (char *name = list; name != NULL;) {
        char *end = strchr(name, ',');
        size_t n = end != NULL ? (size_t)(end - name) : strlen(name);
        size_t i = 0;
        while (i < n_known && !(strlen(known[i]) == n && strncmp(known[i], name, n) == 0))
            i++;
        if (i == n_known) {
            char given[64];
            (void)strncpy(given, name, sizeof given - 1);
            given[n < sizeof given ? n : sizeof given - 1] = '\0';
            (void)bad_choice(diags, "--format", given, known, n_known);
        } else {
            add_format(command, known[i]);
        }
        name = end != NULL ? end + 1 : NULL;
    }
}

static void take(frem_command *command, const frem_option *option, char *value, frem_diags *diags) {
    const char *name = option->name;
    if (strcmp(name, "--output") == 0) {
        command->output = value;
    } else if (strcmp(name, "--format") == 0) {
        read_formats(command, value, diags);
    } else if (strcmp(name, "--decimal") == 0) {
        command->decimal = strcmp(value, "comma") == 0 ? FREM_DECIMAL_COMMA : FREM_DECIMAL_POINT;
    } else if (strcmp(name, "--data") == 0) {
        command->data[command->n_data++] = value;
    } else if (strcmp(name, "--threads") == 0) {
        int64_t threads = 0;
        if (frem_whole_read(value, strlen(value), &threads) != FREM_NUMBER_OK || threads < 1 ||
            threads > 1024)
            (void)FREM_PROBLEM(diags, in_command, OPTION_VALUE, name, value, "1 … 1024");
        else
            command->threads = (unsigned)threads;
    } else if (strcmp(name, "--lang") == 0) {
        command->lang = strcmp(value, "da") == 0 ? FREM_DA : FREM_EN;
    } else if (strcmp(name, "--progress") == 0) {
        command->no_progress = strcmp(value, "never") == 0;
    } else if (strcmp(name, "--quiet") == 0) {
        command->quiet = true;
    } else if (strcmp(name, "--help") == 0) {
        command->help = true;
    } else if (strcmp(name, "--version") == 0) {
        command->version = true;
    }
}

/* Options that change where or how fast, not what: the manifest leaves them out. */
static bool is_silent(const frem_option *option) {
    static const char *const silent[] = {"--output", "--threads", "--quiet", "--progress"};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        if (strcmp(silent[i], option->name) == 0)
            return true;
    }
    return false;
}

/* One option at argv[*i]; moves *i past its value. */
static void read_option(frem_command *command, char **argv, int argc, int *i, bool *seen, frem_diags *diags) {
    char *word = argv[*i];
    const frem_option *option = find_option(word);
    if (option == NULL) {
        (void)FREM_PROBLEM(diags, in_command, UNKNOWN_OPTION, word, nearest_option(word));
        return;
    }
    char *value = strchr(word, '=');
    int first = *i;
    if (option->value == NULL && value != NULL) {
        (void)FREM_PROBLEM(diags, in_command, OPTION_TAKES_NONE, option->name);
        return;
    }
    if (option->value != NULL) {
        value = value != NULL ? value + 1 : *i + 1 < argc ? argv[++*i] : NULL;
        /* `-o --quiet` lacks a folder; one that is called so is written ./--quiet. */
        bool next_option = value == argv[*i] && find_option(value) != NULL;
        if (value == NULL || value[0] == '\0' || next_option) {
            *i = first;
            (void)FREM_PROBLEM(diags, in_command, OPTION_NEEDS, option->name, option->value);
            return;
        }
    }
    bool *before = &seen[option - frem_options];
    if (*before && !option->repeatable)
        (void)FREM_PROBLEM(diags, in_command, OPTION_TWICE, option->name);
    *before = true;
    if (value == NULL || is_choice(option, value, diags))
        take(command, option, value, diags);
    for (int k = first; k <= *i && !is_silent(option); k++)
        command->words[command->n_words++] = argv[k];
}

/* Verbs, and which options go with them. */
static void check_verb(const frem_command *command, const bool *seen, frem_diags *diags) {
    bool only_tells = command->help || command->version;
    if (command->verb == NULL) {
        if (!only_tells)
            (void)FREM_PROBLEM(diags, in_command, NO_VERB, "");
        return;
    }
    const frem_verb *verb = frem_verb_find(command->verb);
    if (verb == NULL) {
        const char *names[16];
        size_t n = 0;
        for (const frem_verb *known = frem_verbs; known->name != NULL && n < 16; known++)
            names[n++] = known->name;
        (void)FREM_PROBLEM(diags, in_command, UNKNOWN_VERB, command->verb,
                           frem_nearest(command->verb, names, n));
        return;
    }
    if (only_tells)
        return;
    for (size_t i = 0; frem_options[i].name != NULL; i++) {
        if (seen[i] && !(frem_options[i].verbs & verb->bit))
            (void)FREM_PROBLEM(diags, in_command, OPTION_NOT_HERE, frem_options[i].name, verb->name);
    }
    if (command->n_files == 0)
        (void)FREM_PROBLEM(diags, in_command, NO_SCENARIO, verb->name);
    if (command->output != NULL && strcmp(command->output, "-") == 0 &&
        (command->n_formats > 1 || (command->n_formats == 1 && strcmp(command->formats[0], "csv") != 0)))
        (void)FREM_PROBLEM(diags, in_command, STREAM_FORMAT, "");
}

frem_status frem_command_read(frem_command *command, int argc, char **argv, frem_diags *diags) {
    bool seen[32] = {false};
    size_t room = (size_t)argc + 1;
    *command = (frem_command){.lang = frem_environment_lang()};
    const char **memory = calloc(3 * room, sizeof *memory);
    if (memory == NULL)
        return FREM_NO_MEMORY;
    command->memory = memory;
    command->files = memory;
    command->data = memory + room;
    command->words = memory + 2 * room;
    bool only_files = false;
    for (int i = 1; i < argc; i++) {
        char *word = argv[i];
        if (!only_files && strcmp(word, "--") == 0) {
            only_files = true;
        } else if (!only_files && word[0] == '-' && word[1] != '\0') {
            read_option(command, argv, argc, &i, seen, diags);
        } else {
            if (command->verb == NULL)
                command->verb = word;
            else
                command->files[command->n_files++] = word;
            command->words[command->n_words++] = word;
        }
    }
    check_verb(command, seen, diags);
    if (command->n_formats == 0)
        command->formats[command->n_formats++] = "csv";
    return frem_diags_errors(diags) > 0 ? FREM_USAGE : FREM_OK;
}

void frem_command_free(frem_command *command) {
    free(command->memory);
    command->memory = NULL;
}
