/* Prints what readers and shells learn of the program, from its own tables of verbs and options:
 * manual man en|da     the manual page, roff
 * manual completion    completion for bash */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "fremskriv/version.h"

/* The page's own words. */
static const struct {
    const char *name, *what, *synopsis, *use, *description, *about, *verbs, *options, *examples, *exit,
        *files, *environment, *see;
    struct {
        const char *status, *meaning;
    } exits[8];
    struct {
        const char *what, *meaning;
    } places[4], variables[4];
} words[FREM_LANG_COUNT] = {
    [FREM_EN] =
        {
            .name = "NAME",
            .what = "projections of supply and demand for welfare professions",
            .synopsis = "SYNOPSIS",
            .use = "VERB [OPTIONS] [FILES]",
            .description = "DESCRIPTION",
            .about = "Projects how many pedagogues, care helpers and assistants, nurses and teachers there "
                     "will be, how "
                     "many are needed, and what an intake, a completion rate or a retirement age means for "
                     "both. A "
                     "scenario is a YAML file; tables are CSV files. Results go to a folder, each time the "
                     "same bytes for "
                     "the same inputs.",
            .verbs = "VERBS",
            .options = "OPTIONS",
            .examples = "EXAMPLES",
            .exit = "EXIT STATUS",
            .files = "FILES",
            .environment = "ENVIRONMENT",
            .see = "SEE ALSO",
            .exits = {{"0", "done"},
                      {"1", "a defect in the program, or out of memory"},
                      {"2", "wrong use of the command line, or an optional part that is not installed"},
                      {"3", "invalid scenario or data; with --werror also warnings"},
                      {"4", "no solution"},
                      {"5", "a file could not be written, or standard output was closed"},
                      {"130", "interrupted"},
                      {NULL, NULL}},
            .places = {{"../share/fremskriv/data, ../share/fremskriv/scenarios",
                        "tables and scenarios that come with the program, beside its own folder; what a "
                        "scenario names "
                        "is looked up beside the scenario, in each --data folder, and here"},
                       {"../share/fremskriv/scenarios/fremskriv.schema.json",
                        "schema of scenario files, for editors"},
                       {NULL, NULL}},
            .variables = {{"FREMSKRIV_DATA", "the program's own folder, in place of ../share/fremskriv"},
                          {"LC_ALL, LC_MESSAGES, LANG", "Danish where the first that is set begins with da"},
                          {"SOURCE_DATE_EPOCH", "the date inside files that must hold one"},
                          {NULL, NULL}},
        },
    [FREM_DA] =
        {
            .name = "NAVN",
            .what = "fremskrivninger af udbud og efterspørgsel for velfærdsfag",
            .synopsis = "BRUG",
            .use = "KOMMANDO [TILVALG] [FILER]",
            .description = "BESKRIVELSE",
            .about = "Fremskriver, hvor mange pædagoger, social- og sundhedshjælpere og -assistenter, "
                     "sygeplejersker og "
                     "lærere der vil være, hvor mange der er brug for, og hvad et optag, en gennemførelse "
                     "eller en "
                     "pensionsalder betyder for begge dele. Et scenarie er en YAML-fil; tabeller er "
                     "CSV-filer. Resultaterne "
                     "lægges i en mappe, de samme bytes hver gang for det samme input.",
            .verbs = "KOMMANDOER",
            .options = "TILVALG",
            .examples = "EKSEMPLER",
            .exit = "AFSLUTNINGSKODE",
            .files = "FILER",
            .environment = "MILJØ",
            .see = "SE OGSÅ",
            .exits = {{"0", "færdig"},
                      {"1", "en fejl i programmet, eller ikke mere hukommelse"},
                      {"2", "forkert brug af kommandolinjen, eller en valgfri del, der ikke er installeret"},
                      {"3", "ugyldigt scenarie eller ugyldige data; med --werror også advarsler"},
                      {"4", "ingen løsning"},
                      {"5", "en fil kunne ikke skrives, eller standard output var lukket"},
                      {"130", "afbrudt"},
                      {NULL, NULL}},
            .places =
                {{"../share/fremskriv/data, ../share/fremskriv/scenarios",
                  "tabeller og scenarier, der følger med programmet, ved siden af dets egen mappe; det, et "
                  "scenarie nævner, søges ved siden af scenariet, i hver --data-mappe og her"},
                 {"../share/fremskriv/scenarios/fremskriv.schema.json",
                  "skema for scenariefiler, til editorer"},
                 {NULL, NULL}},
            .variables = {{"FREMSKRIV_DATA", "programmets egen mappe i stedet for ../share/fremskriv"},
                          {"LC_ALL, LC_MESSAGES, LANG",
                           "dansk, hvor den første, der er sat, begynder med da"},
                          {"SOURCE_DATE_EPOCH", "datoen i filer, der skal have en"},
                          {NULL, NULL}},
        },
};

/* Text of a line that roff leaves alone: no escapes, no hyphens that break. */
static void add_plain(frem_text *out, const char *text) {
    if (text[0] == '.' || text[0] == '\'')
        frem_text_add(out, "\\&");
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\\')
            frem_text_add(out, "\\e");
        else if (*at == '-')
            frem_text_add(out, "\\-");
        else
            frem_text_add_bytes(out, at, 1);
    }
}

/* A tagged paragraph: a bold term and what it means. */
static void add_term(frem_text *out, const char *term, const char *value, const char *meaning) {
    frem_text_add(out, ".TP\n\\fB");
    add_plain(out, term);
    frem_text_add(out, "\\fR");
    if (value != NULL) {
        frem_text_add(out, " \\fI");
        add_plain(out, value);
        frem_text_add(out, "\\fR");
    }
    frem_text_add(out, "\n");
    add_plain(out, meaning);
    frem_text_add(out, "\n");
}

/* Verbs that an option goes with; nothing where it goes with all. */
static void add_verbs(frem_text *out, const frem_option *option) {
    if (option->verbs == FREM_VERB_ANY)
        return;
    const char *before = "";
    frem_text_add(out, "(\\fI");
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++) {
        if (!(option->verbs & verb->bit))
            continue;
        frem_text_print(out, "%s%s", before, verb->name);
        before = ", ";
    }
    frem_text_add(out, "\\fR)\n");
}

static void add_options(frem_text *out, frem_lang lang) {
    frem_text_print(out, ".SH %s\n", words[lang].options);
    for (const frem_option *option = frem_options; option->name != NULL; option++) {
        frem_text name = {0}, meaning = {0};
        frem_text_print(&name, "%s%s%s", option->brief != NULL ? option->brief : "",
                        option->brief != NULL ? ", " : "", option->name);
        frem_text_print(&meaning, "%s%s%s%s", option->help[lang], option->choices != NULL ? " [" : "",
                        option->choices != NULL ? option->choices : "", option->choices != NULL ? "]" : "");
        if (name.bytes != NULL && meaning.bytes != NULL)
            add_term(out, name.bytes, option->value, meaning.bytes);
        add_verbs(out, option);
        out->failed = out->failed || name.failed || meaning.failed;
        frem_text_free(&name);
        frem_text_free(&meaning);
    }
}

static void add_examples(frem_text *out, frem_lang lang) {
    frem_text_print(out, ".SH %s\n", words[lang].examples);
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++) {
        for (size_t i = 0; i < sizeof verb->examples / sizeof *verb->examples; i++) {
            frem_text_add(out, ".PP\n.nf\n");
            add_plain(out, verb->examples[i]);
            frem_text_add(out, "\n.fi\n");
        }
    }
}

static void add_page(frem_text *out, frem_lang lang) {
    frem_text_print(out, ".TH FREMSKRIV 1 \"\" \"fremskriv %s\"\n.SH %s\nfremskriv \\- ", FREM_VERSION_STRING,
                    words[lang].name);
    add_plain(out, words[lang].what);
    frem_text_print(out, "\n.SH %s\n\\fBfremskriv\\fR %s\n.SH %s\n", words[lang].synopsis, words[lang].use,
                    words[lang].description);
    add_plain(out, words[lang].about);
    frem_text_print(out, "\n.SH %s\n", words[lang].verbs);
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++)
        add_term(out, verb->name, verb->files, verb->help[lang]);
    add_options(out, lang);
    add_examples(out, lang);
    frem_text_print(out, ".SH %s\n", words[lang].exit);
    for (size_t i = 0; words[lang].exits[i].status != NULL; i++)
        add_term(out, words[lang].exits[i].status, NULL, words[lang].exits[i].meaning);
    frem_text_print(out, ".SH %s\n", words[lang].files);
    for (size_t i = 0; words[lang].places[i].what != NULL; i++)
        add_term(out, words[lang].places[i].what, NULL, words[lang].places[i].meaning);
    frem_text_print(out, ".SH %s\n", words[lang].environment);
    for (size_t i = 0; words[lang].variables[i].what != NULL; i++)
        add_term(out, words[lang].variables[i].what, NULL, words[lang].variables[i].meaning);
    frem_text_print(out, ".SH %s\n", words[lang].see);
    add_plain(out, "/usr/share/doc/fremskriv");
    frem_text_add(out, "\n");
}

/* The words of "a|b" as words of the shell. */
static void add_choices(frem_text *out, const char *choices) {
    for (const char *at = choices; *at != '\0'; at++)
        frem_text_add_bytes(out, *at == '|' ? " " : at, 1);
}

/* Values of options: choices, formats, folders, else nothing. */
static void add_values(frem_text *out) {
    for (const frem_option *option = frem_options; option->name != NULL; option++) {
        if (option->value == NULL)
            continue;
        frem_text_print(out, "        %s%s%s)\n            ", option->name, option->brief != NULL ? "|" : "",
                        option->brief != NULL ? option->brief : "");
        if (option->choices != NULL) {
            frem_text_add(out, "mapfile -t COMPREPLY < <(compgen -W \"");
            add_choices(out, option->choices);
            frem_text_add(out, "\" -- \"$word\")\n");
        } else if (strcmp(option->name, "--format") == 0) {
            frem_text_add(out, "mapfile -t COMPREPLY < <(compgen -W \"");
            for (const char *const *format = frem_formats(); *format != NULL; format++)
                frem_text_print(out, "%s%s", format == frem_formats() ? "" : " ", *format);
            frem_text_add(out, "\" -- \"$word\")\n");
        } else if (strcmp(option->value, "DIR") == 0) {
            frem_text_add(out, "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$word\")\n");
        } else {
            frem_text_add(out, "COMPREPLY=()\n");
        }
        frem_text_add(out, "            return ;;\n");
    }
}

static void add_completion(frem_text *out) {
    frem_text_add(out, "# Completion of fremskriv for bash.\n_fremskriv() {\n"
                       "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb=\n"
                       "    local i\n"
                       "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                       "        case ${COMP_WORDS[i]} in\n            ");
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++)
        frem_text_print(out, "%s%s", verb == frem_verbs ? "" : "|", verb->name);
    frem_text_add(out, ") verb=${COMP_WORDS[i]}; break ;;\n        esac\n    done\n    case $before in\n");
    add_values(out);
    frem_text_add(out, "    esac\n    if [[ $word == -* ]]; then\n        case $verb in\n");
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++) {
        frem_text_print(out, "        %s) mapfile -t COMPREPLY < <(compgen -W \"", verb->name);
        for (const frem_option *option = frem_options; option->name != NULL; option++) {
            if (option->verbs & verb->bit)
                frem_text_print(out, "%s%s", option == frem_options ? "" : " ", option->name);
        }
        frem_text_add(out, "\" -- \"$word\") ;;\n");
    }
    frem_text_add(
        out, "        *) mapfile -t COMPREPLY < <(compgen -W \"--help --version --lang\" -- \"$word\") ;;\n"
             "        esac\n    elif [[ -z $verb ]]; then\n        mapfile -t COMPREPLY < <(compgen -W \"");
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++)
        frem_text_print(out, "%s%s", verb == frem_verbs ? "" : " ", verb->name);
    frem_text_add(
        out,
        "\" -- \"$word\")\n    else\n        compopt -o filenames\n"
        "        mapfile -t COMPREPLY < <(compgen -d -- \"$word\"; compgen -f -X '!*.yaml' -- \"$word\")\n"
        "    fi\n}\ncomplete -F _fremskriv fremskriv\n");
}

/* Reports what a row of the tables lacks, so that it is not found first by those who ask for help. */
static bool has_all(const char *file, const char *name, const char *const *texts, size_t n,
                    const char *what) {
    bool all = true;
    for (size_t i = 0; i < n; i++) {
        if (texts[i] != NULL && texts[i][0] != '\0')
            continue;
        (void)fprintf(stderr, "%s: error: the row of '%s' lacks %s %zu of %zu\n", file, name, what, i + 1, n);
        all = false;
    }
    return all;
}

static bool tables_have_all(void) {
    static const char languages[] = "its help in a language (English, Danish):";
    bool all = true;
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++) {
        all &= has_all("src/cli/verbs.c", verb->name, verb->help, FREM_LANG_COUNT, languages);
        all &= has_all("src/cli/verbs.c", verb->name, verb->examples, 2, "example");
    }
    for (const frem_option *option = frem_options; option->name != NULL; option++)
        all &= has_all("src/cli/options.c", option->name, option->help, FREM_LANG_COUNT, languages);
    return all;
}

int main(int argc, char **argv) {
    frem_text text = {0};
    if (!tables_have_all())
        return 1;
    if (argc == 3 && strcmp(argv[1], "man") == 0)
        add_page(&text, strcmp(argv[2], "da") == 0 ? FREM_DA : FREM_EN);
    else if (argc == 2 && strcmp(argv[1], "completion") == 0)
        add_completion(&text);
    else
        return 2;
    bool good = !text.failed && fputs(text.bytes, stdout) >= 0 && fflush(stdout) == 0;
    frem_text_free(&text);
    return good ? 0 : 1;
}
