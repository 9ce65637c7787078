/* `import`. */
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "base/source.h"
#include "cli/cli.h"
#include "publish/sink.h"
#include "publish/whole_file.h"

static const frem_place in_command = {"fremskriv", 0, 0};

static frem_status read_format(const char *word, frem_import_format *out, frem_diags *diags) {
    static const char *const names[] = {"auto", "statbank-csv", "px", "jsonstat"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(names[i], word) == 0) {
            *out = (frem_import_format)i;
            return FREM_OK;
        }
    }
    const frem_status reported = FREM_PROBLEM(diags, in_command, IMPORT_UNKNOWN_FORMAT, word);
    return reported == FREM_NO_MEMORY ? reported : FREM_USAGE;
}

static frem_status check_words(const frem_command *command, frem_import_format *format, frem_diags *diags) {
    if (command->n_files < 2) {
        (void)FREM_PROBLEM(diags, in_command, IMPORT_WORDS, "");
        return FREM_USAGE;
    }
    if (command->output == NULL) {
        (void)FREM_PROBLEM(diags, in_command, IMPORT_NO_OUTPUT, "");
        return FREM_USAGE;
    }
    return read_format(command->files[0], format, diags);
}

/* The names of municipalities, for files that have no codes; without them such a file's areas are unknown. */
static frem_status find_names(frem_sources *sources, const frem_source *beside, frem_import_file *names) {
    const frem_source *found;
    const frem_status status =
        frem_sources_find(sources, NULL, beside, "denmark/municipalities.csv", in_command, NULL, &found);
    if (status == FREM_OK)
        *names = (frem_import_file){found->path, found->bytes, found->size};
    return status == FREM_NO_MEMORY ? status : FREM_OK;
}

static frem_status write_table(const frem_imported *imported, const frem_command *command,
                               const frem_sources *sources, frem_diags *diags) {
    size_t n;
    const char *csv = frem_imported_csv(imported, &n);
    frem_status status;
    if (strcmp(command->output, "-") == 0) {
        status = frem_say_bytes(csv, n);
        if (status == FREM_UNWRITABLE)
            status = frem_say_lost(diags);
    } else {
        status = frem_whole_file_write(command->output, csv, n, sources, diags);
        if (status == FREM_OK && !command->quiet)
            FREM_SAY_ASIDE(command, command->output, ": ", frem_imported_summary(imported, command->lang));
    }
    return status;
}

static frem_status import_files(const frem_command *command, frem_sources *sources, frem_import_format format,
                                frem_diags *diags) {
    const size_t n = command->n_files - 1;
    frem_import_options options = command->import.options;
    options.format = format;
    options.maps = command->import.maps;
    options.wheres = command->import.wheres;
    options.ages = options.n_ages > 0 ? command->import.ages : NULL;
    frem_import_file *files = calloc(n, sizeof *files);
    frem_imported *imported = NULL;
    frem_status status = files != NULL ? FREM_OK : FREM_NO_MEMORY;
    const frem_source *source = NULL;
    for (size_t i = 0; i < n && status != FREM_NO_MEMORY; i++) {
        const frem_status one = frem_sources_open(sources, command->files[i + 1], diags, &source);
        if (one == FREM_OK)
            files[i] = (frem_import_file){source->path, source->bytes, source->size};
        else
            status = one;
    }
    if (status == FREM_OK)
        status = find_names(sources, source, &options.names);
    if (status == FREM_OK)
        status = frem_import(&imported, files, n, &options, diags);
    status = frem_judge(status, command, diags);
    if (status == FREM_OK)
        status = write_table(imported, command, sources, diags);
    frem_imported_free(imported);
    free(files);
    return status;
}

frem_status frem_verb_import(const frem_command *command, frem_diags *diags) {
    frem_import_format format = FREM_IMPORT_AUTO;
    frem_sources *sources = NULL;
    char *program = NULL;
    frem_status status = check_words(command, &format, diags);
    if (status == FREM_OK) {
        program = frem_program_folder();
        status = frem_sources_new(&sources, command->data, command->n_data, program);
    }
    if (status == FREM_OK)
        status = import_files(command, sources, format, diags);
    frem_show_problems(diags, command, sources);
    frem_sources_free(sources);
    free(program);
    return status;
}
