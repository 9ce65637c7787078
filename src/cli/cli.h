/** @file
 *  The program around the library: options, verbs, what people see.
 */
#ifndef FREM_CLI_CLI_H
#define FREM_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/import_command.h"
#include "fremskriv/diag.h"
#include "fremskriv/output.h"
#include "session/loaded.h"

/** Verbs that an option goes with. */
enum {
    FREM_VERB_RUN = 1u << 0,
    FREM_VERB_CHECK = 1u << 1,
    FREM_VERB_EXPLAIN = 1u << 2,
    FREM_VERB_PRACTICUM = 1u << 3,
    FREM_VERB_COMPARE = 1u << 4,
    FREM_VERB_SWEEP = 1u << 5,
    FREM_VERB_IMPORT = 1u << 6,
    FREM_VERB_NEW = 1u << 7,
    FREM_VERB_SOLVE = 1u << 8,
    FREM_VERB_CALIBRATE = 1u << 9,
    FREM_VERB_DECOMPOSE = 1u << 10,
    FREM_VERB_BACKTEST = 1u << 13,
    FREM_VERB_MONTECARLO = 1u << 15,
    FREM_VERB_STUDIO = 1u << 16,
    FREM_VERB_SENSITIVITY = 1u << 17,
    FREM_VERB_ANY = 0x7fffffff,
    /** Groups of verbs, for options: those that load scenarios, ... */
    FREM_VERBS_OF_SCENARIOS = FREM_VERB_BACKTEST | FREM_VERB_CALIBRATE | FREM_VERB_RUN | FREM_VERB_CHECK |
                              FREM_VERB_EXPLAIN | FREM_VERB_PRACTICUM | FREM_VERB_COMPARE | FREM_VERB_SWEEP |
                              FREM_VERB_SOLVE | FREM_VERB_DECOMPOSE | FREM_VERB_MONTECARLO |
                              FREM_VERB_SENSITIVITY | FREM_VERB_STUDIO,
    /** ... and those of them that write an output folder. */
    FREM_VERBS_WITH_FOLDER = FREM_VERB_BACKTEST | FREM_VERB_CALIBRATE | FREM_VERB_RUN | FREM_VERB_PRACTICUM |
                             FREM_VERB_COMPARE | FREM_VERB_SWEEP | FREM_VERB_SOLVE | FREM_VERB_DECOMPOSE |
                             FREM_VERB_MONTECARLO | FREM_VERB_SENSITIVITY
};

/** The most years that a command may be asked to begin in. */
enum { FREM_FROM_MAX = 32 };

/** What the command line asks for. Texts are borrowed from argv. */
typedef struct frem_command {
    const char *verb;
    const char **files;
    size_t n_files;
    const char *output;   /**< -o; NULL where not given */
    const char *exported; /**< --export; NULL where not given */
    const char **data;
    size_t n_data;
    const char **sets; /**< --set, in order */
    size_t n_sets;
    const char **variants; /**< --variant; none: all */
    size_t n_variants;
    const char *formats[8];
    size_t n_formats;
    frem_decimal decimal;
    frem_lang lang;
    unsigned threads;
    const char **vary;
    size_t n_vary;
    const char **targets; /**< --target, in order */
    size_t n_targets;
    const char **of; /**< --of, in order */
    size_t n_of;
    const char **groups; /**< --groups, in order */
    size_t n_groups;
    size_t seed;              /**< --seed; 0 where not given */
    int from;                 /**< --from, the first one; 0 where not given */
    int froms[FREM_FROM_MAX]; /**< all of them */
    size_t n_froms;
    const char **against; /**< --against, in order */
    size_t n_against;
    int until; /**< 0 where not given */
    bool path;
    double band, step, most_change, together; /**< of solve, mostly of --path; NaN where not given */
    size_t draws;                             /**< 0 where not given */
    const char *sampling;                     /**< NULL where not given */
    const char *method;                       /**< NULL where not given */
    const char **keeps;                       /**< --keep, in order */
    size_t n_keeps;
    bool sobol;
    size_t points;                                                  /**< 0 where not given */
    const char *measures, *regions, *years, *professions, *sectors; /**< lists; NULL where not given */
    const char *focus;                                              /**< --focus; NULL where not given */
    bool quiet, no_progress, help, version;
    bool names;         /**< --names: the results' tables carry names beside keys */
    bool force;         /**< replace files of the output folder that no manifest lists */
    bool json_problems; /**< --diagnostics json; standard error holds nothing else then */
    bool werror;
    bool changed;     /**< explain: what differs from what is extended */
    bool assumptions; /**< compare: what scenarios say, not what comes of it */
    frem_import_command import;
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
/** The verb, option or value meant by a Danish word or an English synonym: "kør" is run, "sprog" is lang (without
 *  dashes), "dansk" is da. @return Borrowed, static; NULL where it is no such word. */
const char *frem_word_meant(const char *word, size_t n);

/** Help on standard output: the program's, or a verb's. */
frem_status frem_help(const char *verb, frem_lang lang);
/** Writes data for programs to standard output, as they are. @return FREM_UNWRITABLE when it cannot. */
FREM_MUST_CHECK frem_status frem_say_bytes(const char *bytes, size_t n);
/** Writes text for people to standard output, what a terminal would act upon as escapes (base/harmless.h).
 *  @return FREM_UNWRITABLE when it cannot. */
FREM_MUST_CHECK frem_status frem_say(const char *text);
/** Writes a line for people to standard error in the same way. @param texts its parts, ended by NULL. */
void frem_say_aside(const frem_command *command, const char *const *texts);
#define FREM_SAY_ASIDE(command, ...) frem_say_aside(command, (const char *const[]){__VA_ARGS__, "\n", NULL})
/** Writes a text to standard output and frees it; NULL, of a text that failed, is FREM_NO_MEMORY. Reports where standard
 *  output took nothing more. */
FREM_MUST_CHECK frem_status frem_say_text(char *text, frem_diags *diags);
/** What is to be said where standard output took nothing more: nothing where its reader went away, as `head` does, else a
 *  problem. @return FREM_UNWRITABLE, or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_say_lost(frem_diags *diags);
/** Whether the reader of standard output went away. */
bool frem_reader_gone(void);
/** Problems on standard error, in order of place, as the command wants them.
 *  @param sources for the source lines of the problems; NULL where nothing has been read. */
void frem_show_problems(frem_diags *diags, const frem_command *command, const frem_sources *sources);
/** What happened, on standard error, where no problem has said it. */
void frem_show_status(frem_status status, const frem_command *command);
/** Whether a command goes on with what it has loaded: with --werror it does not where there are warnings. To be asked
 *  before anything is written. @param status what came before; returned where it is not FREM_OK. */
FREM_MUST_CHECK frem_status frem_judge(frem_status status, const frem_command *command, frem_diags *diags);
/** The program's own folder, which holds data/ and scenarios/. @return Owned by the caller (free()); may be NULL. */
char *frem_program_folder(void);

/** Progress on standard error, and Ctrl-C. */
typedef struct frem_watch {
    frem_progress progress;
    frem_lang lang;
    double began;         /**< frem_seconds() when the projecting was first seen */
    uint64_t done_before; /**< how much of it was done by then */
    bool counting;
    frem_text found; /**< what is known so far; owned */
    bool shown;      /**< whether a line is shown on the terminal */
    bool visible;
} frem_watch;
void frem_watch_begin(frem_watch *watch, const frem_command *command);
void frem_watch_end(frem_watch *watch);
/** Columns of the terminal on standard output; 100 where it is none. */
size_t frem_terminal_width(void);

/** A verb of scenarios under way. */
typedef struct frem_work {
    const frem_command *command;
    frem_watch watch;
    frem_loaded all;
    frem_run_options run; /**< how the command wants scenarios projected */
    frem_diags *diags;
} frem_work;

/** Whether what was loaded is projected for its problems before a verb makes something of it. */
typedef enum frem_projected_when {
    FREM_PROJECTED_NEVER,
    FREM_PROJECTED_ELSE, /**< where other scenarios could not be loaded: the verb itself projects */
    FREM_PROJECTED_FIRST /**< always */
} frem_projected_when;

/** What a verb of scenarios does with them. */
typedef struct frem_task {
    bool alone; /**< the scenario itself where no variant is named, for verbs that vary values of their own */
    frem_projected_when projected;
    frem_status (*make)(frem_work *work, void *context); /**< may be NULL */
    /** Called once there are no errors, also by --werror. Calls frem_watch_end() before it writes. */
    frem_status (*show)(frem_work *work, void *context);
    bool problems_first; /**< show is called once the problems have been shown, not before */
} frem_task;
/** What every verb of scenarios does from end to end: loads all that the command asks for, so that all problems of all files
 *  are seen in one run, makes, judges by --werror, shows, reports every problem, and frees what was loaded. */
frem_status frem_go_through(const frem_command *command, const frem_task *task, void *context,
                            frem_diags *diags);

/** Where a command's results go. */
typedef enum frem_output { FREM_OUTPUT_SCREEN, FREM_OUTPUT_STREAM, FREM_OUTPUT_FOLDER } frem_output;
frem_output frem_command_output(const frem_command *command);
/** How a command wants its files written. */
frem_write_options frem_command_writes(const frem_command *command);
/** Ends writing to what -o names: says where the results are, or that standard output took nothing more.
 *  @return the status, or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_end_writing(frem_status status, const frem_command *command,
                                             frem_diags *diags);

frem_status frem_verb_run(const frem_command *command, frem_diags *diags);
frem_status frem_verb_import(const frem_command *command, frem_diags *diags);
frem_status frem_verb_practicum(const frem_command *command, frem_diags *diags);
frem_status frem_verb_sweep(const frem_command *command, frem_diags *diags);
frem_status frem_verb_calibrate(const frem_command *command, frem_diags *diags);
frem_status frem_verb_solve(const frem_command *command, frem_diags *diags);
frem_status frem_verb_decompose(const frem_command *command, frem_diags *diags);
frem_status frem_verb_backtest(const frem_command *command, frem_diags *diags);
frem_status frem_verb_montecarlo(const frem_command *command, frem_diags *diags);
frem_status frem_verb_sensitivity(const frem_command *command, frem_diags *diags);
frem_status frem_verb_compare(const frem_command *command, frem_diags *diags);
/** Makes results of loaded scenarios: frem_results_new() and its like. */
typedef frem_status (*frem_analysis)(frem_results **out, const frem_sources *sources,
                                     const frem_model *const *models, size_t n_models,
                                     const frem_run_options *options, frem_diags *diags);
/** Shows results, or writes them where the command asks for it. Called once there are no errors, also by --werror. */
typedef frem_status (*frem_display)(frem_results *results, const frem_command *command, frem_diags *diags);
/** What a verb of scenarios does from end to end: loads them, analyses them, judges by --werror, shows the results, then every
 *  problem, and frees all of it. A verb is one call with a function of its own that shows (CONTRIBUTING.md).
 *  @param projects whether the analysis projects, so that scenarios that were loaded are projected for their problems too
 *  where others could not be. */
frem_status frem_verb_show(const frem_command *command, frem_analysis analyse, bool projects,
                           frem_display show, frem_diags *diags);
/** The same, with results shown as `run` shows them: a short table, or a folder with -o. */
frem_status frem_verb_results(const frem_command *command, frem_analysis analyse, bool projects,
                              frem_diags *diags);
/** Makes an answer of loaded scenarios to a question of its own kind, such as a frem_solve_options. */
typedef frem_status (*frem_question)(frem_results **out, const frem_sources *sources,
                                     const frem_model *const *models, size_t n_models, const void *question,
                                     const frem_run_options *options, frem_diags *diags);
/** What a verb that asks something of scenarios does from end to end, as frem_verb_results(); the scenario itself is loaded
 *  alone where no variant is named. */
frem_status frem_verb_answer(const frem_command *command, frem_question ask, const void *question,
                             frem_diags *diags);
/** The analysis of `run`: frem_results_new() of the scenarios that can be projected. Those of practicum alone are left out
 *  with a warning, unless there are no others. */
frem_status frem_project_others(frem_results **out, const frem_sources *sources,
                                const frem_model *const *models, size_t n_models,
                                const frem_run_options *options, frem_diags *diags);
frem_status frem_verb_explain(const frem_command *command, frem_diags *diags);
frem_status frem_verb_check(const frem_command *command, frem_diags *diags);
frem_status frem_verb_studio(const frem_command *command, frem_diags *diags);
frem_status frem_verb_new(const frem_command *command, frem_diags *diags);

#endif
