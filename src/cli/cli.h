/** @file
 *  The program around the library: options, verbs, what people see.
 */
#ifndef FREM_CLI_CLI_H
#define FREM_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/output.h"

/** Verbs that an option goes with. */
enum {
    FREM_VERB_RUN = 1u << 0,
    FREM_VERB_CHECK = 1u << 1,
    FREM_VERB_PRACTICUM = 1u << 2,
    FREM_VERB_ANY = 0x7fff
};

/** What the command line asks for. Texts are borrowed from argv. */
typedef struct frem_command {
    const char *verb;
    const char **files;
    size_t n_files;
    const char *output; /**< -o; NULL where not given */
    const char **data;
    size_t n_data;
    const char *formats[8];
    size_t n_formats;
    frem_decimal decimal;
    frem_lang lang;
    unsigned threads;
    bool quiet, no_progress, help, version;
    const char **words; /**< for the manifest: without -o, --threads, --quiet, --progress */
    size_t n_words;
    void *memory; /**< owns the arrays */
} frem_command;

/** One verb. */
typedef struct frem_verb {
    const char *name;
    unsigned bit;
    const char *files; /**< how its files are called in usage */
    const char *help[FREM_LANG_COUNT];
    const char *examples[2];
    frem_status (*run)(const frem_command *command, frem_diags *diags);
} frem_verb;
/** All verbs, ended by one without a name. */
extern const frem_verb frem_verbs[];

/** One option. */
typedef struct frem_option {
    const char *name;    /**< "--data" */
    const char *brief;   /**< "-o"; NULL for none */
    const char *value;   /**< what its value is called; NULL where it takes none */
    const char *choices; /**< "da|en"; NULL for any text */
    unsigned verbs;
    bool repeatable;
    const char *help[FREM_LANG_COUNT];
} frem_option;
/** All options, ended by one without a name. */
extern const frem_option frem_options[];

/** Reads the command line; problems go to diags. @return FREM_USAGE when there are any. */
FREM_MUST_CHECK frem_status frem_command_read(frem_command *command, int argc, char **argv,
                                              frem_diags *diags);
void frem_command_free(frem_command *command);
/** The language of the environment: Danish where LC_ALL, LC_MESSAGES or LANG says so, else English. */
frem_lang frem_environment_lang(void);
const frem_verb *frem_verb_find(const char *name);

/** Help on standard output: the program's, or a verb's. */
frem_status frem_help(const char *verb, frem_lang lang);
/** Writes text to standard output. @return FREM_UNWRITABLE when it cannot. */
FREM_MUST_CHECK frem_status frem_say(const char *text);
/** Problems on standard error, in order of place. */
void frem_show_problems(frem_diags *diags, frem_lang lang);
/** The program's own folder, which holds data/ and scenarios/. @return Owned by the caller (free()); may be NULL. */
char *frem_program_folder(void);

/** Progress on standard error, and Ctrl-C. */
typedef struct frem_watch {
    frem_progress progress;
    frem_lang lang;
    bool shown; /**< whether a line stands on the terminal */
    bool visible;
} frem_watch;
void frem_watch_begin(frem_watch *watch, const frem_command *command);
void frem_watch_end(frem_watch *watch);
/** Columns of the terminal on standard output; 100 where it is none. */
size_t frem_terminal_width(void);

frem_status frem_verb_run(const frem_command *command, frem_diags *diags);
frem_status frem_verb_practicum(const frem_command *command, frem_diags *diags);
/** Makes results of loaded scenarios: frem_results_new() and its like. */
typedef frem_status (*frem_analysis)(frem_results **out, const frem_sources *sources,
                                     const frem_model *const *models, size_t n_models,
                                     const frem_run_options *options, frem_diags *diags);
/** What `run` and other verbs do: loads the scenarios, analyses them, writes or shows the results. */
frem_status frem_verb_results(const frem_command *command, frem_analysis analyse, frem_diags *diags);
frem_status frem_verb_check(const frem_command *command, frem_diags *diags);

#endif
