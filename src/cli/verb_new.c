/* `new`: part of the country's scenario, or a shipped template with the names of the reader's own files in it. */
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/platform.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "cli/ask.h"
#include "cli/cli.h"
#include "publish/whole_file.h"
#include "session/starter.h"

#define SUFFIX ".yaml"
/* With ".resolved.yaml" behind it this stays below the 255 bytes that file systems take. */
#define LONGEST_NAME 200u

static const frem_place in_command = {"fremskriv", 0, 0};

/* The placeholder for the file's name in the templates, with the suffix. */
static const char own_name[] = "NAME" SUFFIX;

/* A name that results, commands and other scenarios can use as it is. */
static bool is_name(const char *name, size_t n) {
    bool good = n > 0 && n <= LONGEST_NAME && frem_utf8_valid(name, n, NULL) && name[0] != '-' &&
                name[0] != ' ' && name[n - 1] != ' ';
    for (size_t i = 0; i < n && good; i++)
        good = (unsigned char)name[i] >= ' ' && name[i] != 0x7f && name[i] != '.';
    return good;
}

/* The path for a given NAME: with the suffix `.yaml` once. @param[out] last where the file's name begins in it. */
static frem_status make_path(const char *given, frem_text *path, size_t *last, frem_diags *diags) {
    const size_t suffix = strlen(SUFFIX);
    const char *slash = strrchr(given, '/');
    *last = slash != NULL ? (size_t)(slash - given) + 1 : 0;
    size_t n = strlen(given) - *last;
    if (n > suffix && strcmp(given + *last + n - suffix, SUFFIX) == 0)
        n -= suffix;
    if (!is_name(given + *last, n)) {
        const frem_status reported = FREM_PROBLEM(diags, in_command, NEW_NAME, given);
        return reported == FREM_NO_MEMORY ? reported : FREM_USAGE;
    }
    frem_text_add_bytes(path, given, *last + n);
    frem_text_add(path, SUFFIX);
    return path->failed ? FREM_NO_MEMORY : FREM_OK;
}

/* Whether a shell takes a byte as it is; letters beyond ASCII are no signs of its own. */
static bool is_plain(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 ||
           c == '.' || c == '/' || c == '_' || c == '-';
}

/* A word of a command as it can be pasted. */
static void add_word(frem_text *out, const char *word) {
    size_t plain = 0;
    while (word[plain] != '\0' && is_plain((unsigned char)word[plain]))
        plain++;
    if (word[plain] == '\0') {
        frem_text_add(out, word);
        return;
    }
    frem_text_add(out, "'");
    for (; *word != '\0'; word++) {
        if (*word == '\'')
            frem_text_add(out, "'\\''");
        else
            frem_text_add_bytes(out, word, 1);
    }
    frem_text_add(out, "'");
}

/* The schema's place in the form that editors take in any path. */
static frem_status add_address(frem_text *out, const char *path) {
    char *real = frem_real_path(path);
    if (real == NULL)
        return FREM_NO_MEMORY;
    frem_text_add(out, "file://");
    for (const char *c = real; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x80 && is_plain((unsigned char)*c))
            frem_text_add_bytes(out, c, 1);
        else
            frem_text_print(out, "%%%02X", (unsigned)(unsigned char)*c);
    }
    free(real);
    return FREM_OK;
}

/* The template with the schema's place in its first line and the file's own name in its commands. */
static frem_status fill(frem_text *out, const frem_source *template, const frem_source *schema,
                        const char *name) {
    frem_text_add(out, "# yaml-language-server: $schema=");
    const frem_status status = add_address(out, schema->path);
    const char *rest = strchr(template->bytes, '\n');
    for (const char *at; rest != NULL && (at = strstr(rest, own_name)) != NULL;
         rest = at + strlen(own_name)) {
        frem_text_add_bytes(out, rest, (size_t)(at - rest));
        add_word(out, name);
    }
    if (rest != NULL)
        frem_text_add(out, rest);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}

static void tell_next(const char *path, const frem_command *command) {
    frem_text word = {0};
    add_word(&word, path);
    if (!command->quiet && !word.failed)
        FREM_SAY_ASIDE(command, path, " ", frem_word_text(FREM_W_WRITTEN_NEXT, command->lang), " ",
                       word.bytes);
    frem_text_free(&word);
}

/* Part of the country's scenario, by the command's options. */
static frem_status fill_part(frem_text *out, const frem_command *command, frem_sources *sources,
                             const frem_source *schema, const char *file, frem_diags *diags) {
    frem_text address = {0};
    frem_watch watch;
    frem_status status = add_address(&address, schema->path);
    frem_watch_begin(&watch, command);
    const frem_starter starter = {.file = file,
                                  .schema = address.bytes,
                                  .regions = command->regions,
                                  .professions = command->professions,
                                  .from = command->from,
                                  .until = command->until,
                                  .lang = command->lang};
    if (status == FREM_OK && address.failed)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_starter_write(out, sources, &starter, &watch.progress, diags);
    frem_watch_end(&watch);
    frem_text_free(&address);
    return status;
}

/* Whether a part of the country is asked for, not the template. */
static bool asks_part(const frem_command *command) {
    return command->regions != NULL || command->professions != NULL || command->from > 0 ||
           command->until > 0;
}

static frem_status write_new(const frem_command *command, frem_sources *sources, const char *path,
                             size_t last, frem_diags *diags) {
    static const char *const templates[FREM_LANG_COUNT] = {"templates/starter.en.yaml",
                                                           "templates/starter.da.yaml"};
    const frem_source *template = NULL, *schema = NULL;
    frem_text text = {0};
    frem_status status =
        frem_sources_find(sources, NULL, NULL, templates[command->lang], in_command, diags, &template);
    if (status == FREM_OK)
        status = frem_sources_find(sources, NULL, NULL, "fremskriv.schema.json", in_command, diags, &schema);
    if (status == FREM_OK && asks_part(command))
        status = fill_part(&text, command, sources, schema, path, diags);
    else if (status == FREM_OK)
        status = fill(&text, template, schema, path + last);
    if (status == FREM_OK)
        status = frem_whole_file_create(path, text.bytes, text.length, diags);
    if (status == FREM_OK)
        tell_next(path, command);
    frem_text_free(&text);
    return status;
}

/* The command with the answers in place of what it does not say. */
static frem_command answered(const frem_command *command, const frem_asked *asked, const char **name) {
    frem_command whole = *command;
    static const char country[] = "all";
    if (asked->regions.length > 0)
        whole.regions = asked->regions.bytes;
    else if (whole.regions == NULL && !asked->example)
        whole.regions = country;
    if (asked->professions.length > 0)
        whole.professions = asked->professions.bytes;
    whole.from = asked->from > 0 ? asked->from : whole.from;
    whole.until = asked->until > 0 ? asked->until : whole.until;
    if (whole.n_files == 0) {
        *name = asked->name.bytes;
        whole.files = name;
        whole.n_files = 1;
    }
    return whole;
}

/* Makes the file that a command with its answers asks for. */
static frem_status make_new(const frem_command *command, frem_sources *sources, frem_diags *diags) {
    frem_text path = {0};
    size_t last = 0;
    frem_status status = FREM_USAGE;
    if (command->n_files != 1)
        (void)FREM_PROBLEM(diags, in_command, NEW_WORDS, "");
    else
        status = make_path(command->files[0], &path, &last, diags);
    if (status == FREM_OK)
        status = write_new(command, sources, path.bytes, last, diags);
    frem_text_free(&path);
    return status;
}

/* Asks for what the command does not say, once its name is good. */
static frem_status ask_new(const frem_command *command, frem_sources *sources, frem_diags *diags) {
    frem_asked asked = {.from = 0};
    frem_text path = {0};
    const char *name = NULL;
    size_t last = 0;
    frem_status status = command->n_files > 0 ? make_path(command->files[0], &path, &last, diags) : FREM_OK;
    frem_text_free(&path);
    if (status == FREM_OK)
        status = frem_ask(&asked, command, sources, diags);
    if (status == FREM_OK) {
        const frem_command whole = answered(command, &asked, &name);
        status = make_new(&whole, sources, diags);
    }
    frem_asked_free(&asked);
    return status;
}

frem_status frem_verb_new(const frem_command *command, frem_diags *diags) {
    frem_sources *sources = NULL;
    char *program = frem_program_folder();
    frem_status status = frem_sources_new(&sources, NULL, 0, program);
    if (status == FREM_OK)
        status = command->n_files <= 1 && frem_asks(command) ? ask_new(command, sources, diags)
                                                             : make_new(command, sources, diags);
    frem_show_problems(diags, command, sources);
    frem_sources_free(sources);
    free(program);
    return status;
}
