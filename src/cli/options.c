/* Options: the table, and reading argv by it and that of verbs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/nearby.h"
#include "base/number.h"
#include "base/number_problem.h"
#include "base/platform.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/cli.h"

const frem_option frem_options[] = {
    {"--output",
     "-o",
     "DIR",
     NULL,
     FREM_VERBS_WITH_FOLDER | FREM_VERB_IMPORT,
     false,
     {"results go to this folder (import: to this file); `-o -` writes the table to standard output",
      "resultaterne lægges i denne mappe (import: i denne fil); `-o -` skriver tabellen til standard "
      "output"}},
    {"--names",
     NULL,
     NULL,
     NULL,
     FREM_VERB_RUN | FREM_VERB_COMPARE,
     false,
     {"columns with names beside those with keys: \"Esbjerg\" beside 561",
      "kolonner med navne ved siden af dem med nøgler: \"Esbjerg\" ved siden af 561"}},
    {"--force",
     NULL,
     NULL,
     NULL,
     FREM_VERBS_WITH_FOLDER,
     false,
     {"replace files in the output folder that fremskriv did not write, never those that the command reads",
      "erstat filer i resultatmappen, som fremskriv ikke har skrevet, men aldrig dem, kommandoen læser"}},
    {"--format",
     NULL,
     "FORMATS",
     NULL,
     FREM_VERBS_WITH_FOLDER | FREM_VERB_EXPLAIN,
     false,
     {"formats, separated by commas (default csv); explain: json",
      "formater, adskilt af komma (ellers csv); explain: json"}},
    {"--decimal",
     NULL,
     "SIGN",
     "comma|point",
     FREM_VERBS_WITH_FOLDER,
     false,
     {"comma: semicolons and decimal commas, for a Danish spreadsheet (default point)",
      "comma: semikolon og decimalkomma, til et dansk regneark (ellers point)"}},
    {"--data",
     NULL,
     "DIR",
     NULL,
     FREM_VERBS_OF_SCENARIOS | FREM_VERB_IMPORT,
     true,
     {"look for tables here too; repeatable", "led også efter tabeller her; kan gentages"}},
    {"--set",
     NULL,
     "PATH=VALUE",
     NULL,
     FREM_VERBS_OF_SCENARIOS,
     true,
     {"another value, or PATH*=FACTOR or PATH+=NUMBER for what is there, in the scenario and its variants; "
      "\" from "
      "YEAR\" behind it changes the years from then on; repeatable",
      "en anden værdi, eller PATH*=FAKTOR eller PATH+=TAL for det, der står der, i scenariet og dets "
      "varianter; "
      "\" from ÅR\" efter den ændrer årene fra da af; kan gentages"}},
    {"--variant",
     NULL,
     "NAME",
     NULL,
     FREM_VERBS_OF_SCENARIOS,
     true,
     {"only this variant, or base for the scenario itself; repeatable",
      "kun denne variant, eller base for scenariet selv; kan gentages"}},
    {"--changed",
     NULL,
     NULL,
     NULL,
     FREM_VERB_EXPLAIN,
     false,
     {"what differs from what the scenario extends, and of a variant from its scenario: both values",
      "det, der afviger fra det, scenariet udvider, og for en variant fra scenariet: begge værdier"}},
    {"--assumptions",
     NULL,
     NULL,
     NULL,
     FREM_VERB_COMPARE,
     false,
     {"what the scenarios and variants say, side by side, where it differs, in place of what comes of it",
      "hvad scenarierne og varianterne siger, side om side, hvor det afviger, i stedet for hvad der kommer "
      "ud "
      "af det"}},
    {"--threads",
     NULL,
     "N",
     NULL,
     FREM_VERB_RUN | FREM_VERB_COMPARE | FREM_VERB_SWEEP | FREM_VERB_SOLVE | FREM_VERB_CALIBRATE |
         FREM_VERB_DECOMPOSE | FREM_VERB_BACKTEST | FREM_VERB_MONTECARLO | FREM_VERB_SENSITIVITY,
     false,
     {"worker threads (default: as many as the machine has)",
      "antal tråde (ellers så mange som maskinen har)"}},
    {"--vary",
     NULL,
     "PATH=...",
     NULL,
     FREM_VERB_SWEEP | FREM_VERB_SOLVE | FREM_VERB_SENSITIVITY,
     true,
     {"vary a parameter: PATH=FROM:TO:STEP, PATH=A,B,C, or PATH*=... for factors and PATH+=... for what is "
      "added; years after the base year, or those of \" from YEAR\" behind it; repeatable. solve: a value to "
      "find, PATH or PATH=MIN:MAX, as many as there are --target; sensitivity: PATH=MIN:MAX in place of what "
      "is "
      "uncertain",
      "variér en parameter: PATH=FRA:TIL:TRIN, PATH=A,B,C eller PATH*=... for faktorer og PATH+=... for det, "
      "der lægges til; år efter basisåret, eller dem i \" from ÅR\" efter den; kan gentages. solve: en "
      "værdi, der skal findes, PATH eller PATH=MIN:MAX, lige så mange som --target; sensitivity: "
      "PATH=MIN:MAX i "
      "stedet for det, der er usikkert"}},
    {"--target",
     NULL,
     "ADDRESS=VALUE",
     NULL,
     FREM_VERB_SOLVE,
     true,
     {"the result that is wanted: MEASURE:PROFESSION:REGION:YEAR[:SECTOR]=VALUE, such as "
      "gap:paedagog:all:2035=0",
      "det resultat, der ønskes: MÅL:FAGGRUPPE:OMRÅDE:ÅR[:BRANCHE]=VÆRDI, fx gap:paedagog:all:2035=0"}},
    {"--from",
     NULL,
     "YEAR",
     NULL,
     FREM_VERB_SOLVE | FREM_VERB_NEW | FREM_VERB_BACKTEST,
     true,
     {"the first year that the value is for (default the year after the base year); new: the base year; "
      "backtest: project from "
      "this year, repeatable",
      "det første år, værdien gælder for (ellers året efter basisåret); new: basisåret; backtest: fremskriv "
      "fra dette "
      "år, kan gentages"}},
    {"--against",
     NULL,
     "FOLDER",
     NULL,
     FREM_VERB_BACKTEST,
     true,
     {"judge the results in this output folder of an earlier run, as a folder among the files does; "
      "repeatable",
      "bedøm resultaterne i denne resultatmappe fra en tidligere kørsel, som en mappe blandt filerne; kan "
      "gentages"}},
    {"--of",
     NULL,
     "ADDRESS",
     NULL,
     FREM_VERB_DECOMPOSE | FREM_VERB_SENSITIVITY,
     true,
     {"the result to explain, MEASURE:PROFESSION:REGION:YEAR[:SECTOR]; its year a change such as 2018..2023; "
      "several separated by commas; repeatable",
      "det resultat, der skal forklares, MÅL:FAGGRUPPE:OMRÅDE:ÅR[:BRANCHE]; året en ændring, fx 2018..2023; "
      "flere adskilt af komma; kan gentages"}},
    {"--method",
     NULL,
     "METHOD",
     "tornado|morris|sobol",
     FREM_VERB_SENSITIVITY,
     false,
     {"tornado: each parameter alone at its 10% and 90% quantile (default); morris: elementary effects; "
      "sobol: shares of the variance",
      "tornado: hver parameter for sig ved 10 %- og 90 %-fraktilen (ellers); morris: elementære virkninger; "
      "sobol: andele af variansen"}},
    {"--groups",
     NULL,
     "NAME=PATHS",
     NULL,
     FREM_VERB_DECOMPOSE,
     true,
     {"a cause of your own: paths separated by commas, with all below them; `*` is any one key; repeatable",
      "en årsag efter eget valg: stier adskilt af komma, med alt under dem; `*` er en vilkårlig nøgle; kan "
      "gentages"}},
    {"--path",
     NULL,
     NULL,
     NULL,
     FREM_VERB_SOLVE,
     false,
     {"the number of each year, in whole groups, that keeps the result inside a band over the target's span "
      "of years, or misses it least",
      "det enkelte års tal, i hele hold, der holder resultatet inden for et bånd i målets år eller rammer "
      "det "
      "nærmest"}},
    {"--until",
     NULL,
     "YEAR",
     NULL,
     FREM_VERB_SOLVE | FREM_VERB_NEW,
     false,
     {"with --path: its last year, whose number holds for the years after it (default the target's last); "
      "new: the last year "
      "of the projection",
      "med --path: det sidste år, hvis tal også gælder årene efter (ellers målets sidste); new: "
      "fremskrivningens sidste år"}},
    {"--band",
     NULL,
     "WIDTH",
     NULL,
     FREM_VERB_SOLVE,
     false,
     {"with --path: how wide the band around the target is (default 0)",
      "med --path: hvor bredt båndet om målet er (ellers 0)"}},
    {"--step",
     NULL,
     "N",
     NULL,
     FREM_VERB_SOLVE,
     false,
     {"round what is found to multiples of N, those that come nearest to the targets; with --path the size "
      "of "
      "a group (default 1)",
      "afrund det fundne til hele trin på N, dem der kommer målene nærmest; med --path et holds størrelse "
      "(ellers 1)"}},
    {"--most-change",
     NULL,
     "SHARE",
     NULL,
     FREM_VERB_SOLVE,
     false,
     {"with --path: the most that a number changes from year to year, such as 0.1 (default no limit)",
      "med --path: det meste, et tal ændres fra år til år, fx 0.1 (ellers ingen grænse)"}},
    {"--together",
     NULL,
     "N",
     NULL,
     FREM_VERB_SOLVE,
     false,
     {"with --path: the most that the numbers of one year sum to (default no limit)",
      "med --path: det meste, tallene for ét år er i alt (ellers ingen grænse)"}},
    {"--design",
     NULL,
     "DESIGN",
     "grid|sobol",
     FREM_VERB_SWEEP,
     false,
     {"grid: every combination (default); sobol: --points points between FROM and TO",
      "grid: alle kombinationer (ellers); sobol: --points punkter mellem FRA og TIL"}},
    {"--points",
     NULL,
     "N",
     NULL,
     FREM_VERB_SWEEP | FREM_VERB_DECOMPOSE | FREM_VERB_SENSITIVITY,
     false,
     {"points of a Sobol design; decompose: orders of the causes to draw (default all sets of up to 12 "
      "causes, else 256); sensitivity: trajectories of morris (default 20), base points of sobol, a power of "
      "two (default 1024)",
      "punkter i et Sobol-design; decompose: rækkefølger af årsagerne, der trækkes (ellers alle mængder af "
      "op til 12 årsager, ellers 256); sensitivity: forløb i morris (ellers 20), grundpunkter i sobol, en "
      "potens af to (ellers 1024)"}},
    {"--seed",
     NULL,
     "N",
     NULL,
     FREM_VERB_DECOMPOSE | FREM_VERB_MONTECARLO | FREM_VERB_SENSITIVITY,
     false,
     {"seed of what is drawn (default 1)", "frø for det, der trækkes (ellers 1)"}},
    {"--measure",
     NULL,
     "LIST",
     NULL,
     FREM_VERB_SWEEP | FREM_VERB_RUN,
     false,
     {"only these measures (a sweep: supply,demand,gap,shortage,coverage without it)",
      "kun disse mål (en afprøvning ellers: supply,demand,gap,shortage,coverage)"}},
    {"--measures",
     NULL,
     "LIST",
     NULL,
     FREM_VERB_MONTECARLO,
     false,
     {"only these measures (default supply,demand,gap,shortage)",
      "kun disse mål (ellers supply,demand,gap,shortage)"}},
    {"--draws",
     NULL,
     "N",
     NULL,
     FREM_VERB_MONTECARLO,
     false,
     {"how many times all is drawn and projected (default 1024)",
      "hvor mange gange der trækkes og fremskrives (ellers 1024)"}},
    {"--export",
     NULL,
     "FILE",
     NULL,
     FREM_VERB_STUDIO,
     false,
     {"the file that is written, such as studio.html", "filen, der skrives, fx studio.html"}},
    {"--sampling",
     NULL,
     "HOW",
     "plain|antithetic|lhs|sobol",
     FREM_VERB_MONTECARLO,
     false,
     {"independent draws, mirrored pairs, a Latin hypercube or a scrambled Sobol sequence (default sobol, of "
      "more than 50 numbers lhs)",
      "uafhængige trækninger, spejlede par, et latinsk kvadrat eller en blandet Sobol-følge (ellers sobol, "
      "ved "
      "mere end 50 tal lhs)"}},
    {"--keep",
     NULL,
     "ADDRESS",
     NULL,
     FREM_VERB_MONTECARLO,
     true,
     {"keep every draw of a result, MEASURE:PROFESSION:REGION:YEAR[:SECTOR], in draws.csv; several with "
      "commas",
      "gem alle trækninger af et resultat, MÅL:FAGGRUPPE:OMRÅDE:ÅR[:BRANCHE], i draws.csv; flere med komma"}},
    {"--region",
     NULL,
     "LIST",
     NULL,
     FREM_VERB_SWEEP | FREM_VERB_RUN | FREM_VERB_NEW | FREM_VERB_MONTECARLO,
     false,
     {"only these regions; `groups`, `every` (a sweep: all,groups without it)",
      "kun disse områder; `groups`, `every` (en afprøvning ellers: all,groups)"}},
    {"--focus",
     NULL,
     "YEARS",
     NULL,
     FREM_VERB_RUN | FREM_VERB_MONTECARLO,
     false,
     {"the report begins with a page about these years, such as 2030,2035, and has a page a profession",
      "rapporten begynder med en side om disse år, fx 2030,2035, og har en side pr. faggruppe"}},
    {"--year",
     NULL,
     "LIST",
     NULL,
     FREM_VERB_SWEEP | FREM_VERB_RUN | FREM_VERB_MONTECARLO,
     false,
     {"only these years, such as 2025,2030-2035", "kun disse år, fx 2025,2030-2035"}},
    {"--profession",
     NULL,
     "LIST",
     NULL,
     FREM_VERB_SWEEP | FREM_VERB_RUN | FREM_VERB_NEW | FREM_VERB_MONTECARLO,
     false,
     {"only these professions; `each`, `every` (a sweep: each without it)",
      "kun disse faggrupper; `each`, `every` (en afprøvning ellers: each)"}},
    {"--sector",
     NULL,
     "LIST",
     NULL,
     FREM_VERB_SWEEP | FREM_VERB_RUN | FREM_VERB_MONTECARLO,
     false,
     {"only these sectors; `every` (a sweep: all, their sum, without it)",
      "kun disse brancher; `every` (en afprøvning ellers: all, deres sum)"}},
    {"--map",
     NULL,
     "COL=VAR",
     NULL,
     FREM_VERB_IMPORT,
     true,
     {"a column of the result, and the file's variable that fills it; repeatable",
      "en kolonne i resultatet og den variabel i filen, der udfylder den; kan gentages"}},
    {"--where",
     NULL,
     "VAR=VALUES",
     NULL,
     FREM_VERB_IMPORT,
     true,
     {"only these values, separated by commas; repeatable",
      "kun disse værdier, adskilt af komma; kan gentages"}},
    {"--value",
     NULL,
     "COLUMN",
     NULL,
     FREM_VERB_IMPORT,
     false,
     {"with --map: the column of figures (default value)", "med --map: kolonnen med tal (ellers value)"}},
    {"--labels",
     NULL,
     NULL,
     NULL,
     FREM_VERB_IMPORT,
     false,
     {"with --map: write labels, not codes", "med --map: skriv tekster, ikke koder"}},
    {"--quarter",
     NULL,
     "N",
     "1|2|3|4",
     FREM_VERB_IMPORT,
     false,
     {"the quarter used for its year (default 1, with --map every period as it is)",
      "det kvartal, der står for sit år (ellers 1, med --map alle perioder, som de er)"}},
    {"--years", NULL, "FROM-TO", NULL, FREM_VERB_IMPORT, false, {"only these years", "kun disse år"}},
    {"--ages",
     NULL,
     "GROUPS",
     NULL,
     FREM_VERB_IMPORT,
     false,
     {"age groups of a population table (default 0-5,6-16,17-19,20-34,35-64,65-79,80+), all, or single",
      "aldersgrupper i en befolkningstabel (ellers 0-5,6-16,17-19,20-34,35-64,65-79,80+), all eller single"}},
    {"--areas",
     NULL,
     "LEVEL",
     "municipalities|provinces|regions|country",
     FREM_VERB_IMPORT,
     false,
     {"areas of a population table (default the smallest there are)",
      "områder i en befolkningstabel (ellers de mindste, der er)"}},
    {"--status",
     NULL,
     "STATUS",
     "observed|projected",
     FREM_VERB_IMPORT,
     false,
     {"what a population table holds, where it doesn't say",
      "hvad en befolkningstabel indeholder, når den ikke selv siger det"}},
    {"--missing",
     NULL,
     "HOW",
     "error|empty|zero",
     FREM_VERB_IMPORT,
     false,
     {"what a missing figure becomes (default error)", "hvad et manglende tal bliver til (ellers error)"}},
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
     FREM_VERBS_OF_SCENARIOS,
     false,
     {"progress on a terminal (default auto)", "vis forløb på en terminal (ellers auto)"}},
    {"--diagnostics",
     NULL,
     "FORM",
     "text|json",
     FREM_VERB_ANY,
     false,
     {"problems on standard error for people, or one JSON object a line (default text)",
      "problemer på standard error til mennesker, eller ét JSON-objekt pr. linje (ellers text)"}},
    {"--werror",
     NULL,
     NULL,
     NULL,
     FREM_VERBS_OF_SCENARIOS | FREM_VERB_IMPORT,
     false,
     {"a warning is an error: exit status 3, and nothing is written",
      "en advarsel er en fejl: afslutningskode 3, og intet skrives"}},
    {"--quiet", NULL, NULL, NULL, FREM_VERB_ANY, false, {"only problems", "kun problemer"}},
    {"--help", "-h", NULL, NULL, FREM_VERB_ANY, false, {"this help", "denne hjælp"}},
    {"--version", NULL, NULL, NULL, FREM_VERB_ANY, false, {"the program's version", "programmets version"}},
    {NULL, NULL, NULL, NULL, 0, false, {NULL}},
};

static const frem_place in_command = {"fremskriv", 0, 0};

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

/* The dashes that word processors make of "--". */
static bool is_long_dash(const char *word) {
    return strncmp(word, "\xE2\x80\x93", 3) == 0 || strncmp(word, "\xE2\x80\x94", 3) == 0;
}

/* The option that was probably meant: by its name, or by a word for it. NULL where none was. */
static const frem_option *nearest_option(const char *word) {
    const char *names[64], *bare = word;
    size_t n = 0;
    while (*bare == '-' || is_long_dash(bare))
        bare += *bare == '-' ? 1 : 3;
    size_t length = strcspn(bare, "=");
    for (const frem_option *option = frem_options; option->name != NULL && n < 64; option++)
        names[n++] = option->name + 2;
    char given[64];
    (void)strncpy(given, bare, sizeof given - 1);
    given[length < sizeof given ? length : sizeof given - 1] = '\0';
    const char *meant = frem_word_meant(bare, length);
    if (meant == NULL)
        meant = frem_nearest(given, names, n);
    for (size_t i = 0; i < n && meant != NULL; i++) {
        if (strcmp(names[i], meant) == 0)
            return &frem_options[i];
    }
    return NULL;
}

static frem_status bad_choice(frem_diags *diags, const char *option, const char *given,
                              const char *const *known, size_t n) {
    frem_text list = {0};
    for (size_t i = 0; i < n; i++)
        frem_text_print(&list, "%s%s", i > 0 ? ", " : "", known[i]);
    const char *meant = frem_word_meant(given, strlen(given));
    for (size_t i = 0; i < n && meant != NULL; i++) {
        if (strcmp(known[i], meant) == 0)
            break;
        meant = i + 1 < n ? meant : NULL;
    }
    frem_status status =
        FREM_PROBLEM(diags, in_command, OPTION_VALUE, option, given, list.bytes != NULL ? list.bytes : "",
                     meant != NULL ? meant : frem_nearest(given, known, n));
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

/* A whole number from 1 to `most`; 0 after a problem. */
static size_t read_count(const char *name, const char *value, int64_t most, const char *range,
                         frem_diags *diags) {
    int64_t number = 0;
    if (frem_whole_read(value, strlen(value), &number) == FREM_NUMBER_OK && number >= 1 && number <= most)
        return (size_t)number;
    (void)FREM_PROBLEM(diags, in_command, OPTION_VALUE, name, value, range);
    return 0;
}

/* Numbers of `solve --path`. */
static bool take_number(frem_command *command, const char *name, const char *value, frem_diags *diags) {
    const struct {
        const char *name;
        double *number;
        bool counts;
    } numbers[] = {{"--band", &command->band, true},
                   {"--step", &command->step, true},
                   {"--most-change", &command->most_change, false},
                   {"--together", &command->together, true}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(numbers[i].name, name) != 0)
            continue;
        if (frem_quantity_given(diags, in_command, name, value, strlen(value), numbers[i].counts,
                                numbers[i].number) != FREM_OK)
            *numbers[i].number = (double)NAN; /* reported, and the command ends */
        else if (numbers[i].number == &command->step && !(command->step > 0))
            (void)FREM_PROBLEM(diags, in_command, OPTION_VALUE, name, value, "> 0");
        return true;
    }
    return false;
}

/* Lists of what a table is to hold. */
static bool take_list(frem_command *command, const char *name, const char *value) {
    const struct {
        const char *name;
        const char **list;
    } lists[] = {{"--measure", &command->measures},
                 {"--measures", &command->measures},
                 {"--region", &command->regions},
                 {"--year", &command->years},
                 {"--profession", &command->professions},
                 {"--sector", &command->sectors},
                 {"--focus", &command->focus}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(lists[i].name, name) != 0)
            continue;
        *lists[i].list = value;
        return true;
    }
    return false;
}

/* Options without a value. */
static void take_flag(frem_command *command, const char *name) {
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"--force", &command->force},     {"--names", &command->names},
                 {"--changed", &command->changed}, {"--assumptions", &command->assumptions},
                 {"--werror", &command->werror},   {"--quiet", &command->quiet},
                 {"--help", &command->help},       {"--version", &command->version}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(flags[i].name, name) == 0)
            *flags[i].flag = true;
    }
}

static void take(frem_command *command, const frem_option *option, char *value, frem_diags *diags) {
    const char *name = option->name;
    if (frem_import_take(&command->import, name, value, diags) || take_number(command, name, value, diags)) {
        return;
    } else if (strcmp(name, "--output") == 0) {
        command->output = value;
    } else if (strcmp(name, "--format") == 0) {
        read_formats(command, value, diags);
    } else if (strcmp(name, "--decimal") == 0) {
        command->decimal = strcmp(value, "comma") == 0 ? FREM_DECIMAL_COMMA : FREM_DECIMAL_POINT;
    } else if (strcmp(name, "--data") == 0) {
        command->data[command->n_data++] = value;
    } else if (strcmp(name, "--set") == 0) {
        command->sets[command->n_sets++] = value;
    } else if (strcmp(name, "--variant") == 0) {
        command->variants[command->n_variants++] = value;
    } else if (strcmp(name, "--threads") == 0) {
        command->threads = (unsigned)read_count(name, value, 1024, "1 … 1024", diags);
    } else if (strcmp(name, "--points") == 0) {
        command->points = read_count(name, value, 1000000, "1 … 1000000", diags);
    } else if (strcmp(name, "--draws") == 0) {
        command->draws = read_count(name, value, 16777216, "1 … 16777216", diags);
    } else if (strcmp(name, "--method") == 0) {
        command->method = value;
    } else if (strcmp(name, "--sampling") == 0) {
        command->sampling = value;
    } else if (strcmp(name, "--export") == 0) {
        command->exported = value;
    } else if (strcmp(name, "--keep") == 0) {
        command->keeps[command->n_keeps++] = value;
    } else if (strcmp(name, "--design") == 0) {
        command->sobol = strcmp(value, "sobol") == 0;
    } else if (strcmp(name, "--vary") == 0) {
        command->vary[command->n_vary++] = value;
    } else if (strcmp(name, "--target") == 0) {
        command->targets[command->n_targets++] = value;
    } else if (strcmp(name, "--from") == 0) {
        const int year = (int)read_count(name, value, 9999, "1 … 9999", diags);
        if (command->n_froms < FREM_FROM_MAX)
            command->froms[command->n_froms++] = year;
        command->from = command->froms[0];
    } else if (strcmp(name, "--of") == 0) {
        command->of[command->n_of++] = value;
    } else if (strcmp(name, "--groups") == 0) {
        command->groups[command->n_groups++] = value;
    } else if (strcmp(name, "--seed") == 0) {
        command->seed = read_count(name, value, 4294967295, "1 … 4294967295", diags);
    } else if (strcmp(name, "--until") == 0) {
        command->until = (int)read_count(name, value, 9999, "1 … 9999", diags);
    } else if (strcmp(name, "--path") == 0) {
        command->path = true;
    } else if (strcmp(name, "--against") == 0) {
        command->against[command->n_against++] = value;
    } else if (take_list(command, name, value)) {
        return;
    } else if (strcmp(name, "--lang") == 0) {
        command->lang = strcmp(value, "da") == 0 ? FREM_DA : FREM_EN;
    } else if (strcmp(name, "--progress") == 0) {
        command->no_progress = strcmp(value, "never") == 0;
    } else if (strcmp(name, "--diagnostics") == 0) {
        command->json_problems = strcmp(value, "json") == 0;
    } else {
        take_flag(command, name);
    }
}

/* Options that change where or how fast, not what: the manifest leaves them out. */
static bool is_silent(const frem_option *option) {
    static const char *const silent[] = {"--output", "--force", "--threads", "--quiet", "--progress"};
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
        option = nearest_option(word);
        (void)FREM_PROBLEM(diags, in_command, UNKNOWN_OPTION, word, option != NULL ? option->name : NULL);
        /* Its value is no file. */
        *i += option != NULL && option->value != NULL && strchr(word, '=') == NULL && *i + 1 < argc &&
              argv[*i + 1][0] != '-';
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

static bool ends_in(const char *word, const char *ending) {
    size_t n = strlen(word), m = strlen(ending);
    return n > m && strcasecmp(word + n - m, ending) == 0;
}

static void unknown_verb(const char *word, frem_diags *diags) {
    const char *names[16], *meant = frem_word_meant(word, strlen(word));
    size_t n = 0;
    frem_text list = {0};
    for (const frem_verb *known = frem_verbs; known->name != NULL && n < 16; known++) {
        frem_text_print(&list, "%s%s", n > 0 ? ", " : "", known->name);
        names[n++] = known->name;
    }
    if (meant != NULL && strcmp(meant, "help") == 0)
        meant = "--help";
    else if (meant != NULL && frem_verb_find(meant) == NULL)
        meant = NULL;
    if (meant == NULL)
        meant = frem_nearest(word, names, n);
    if (ends_in(word, ".yaml") || ends_in(word, ".yml"))
        (void)FREM_PROBLEM(diags, in_command, VERB_IS_FILE, word);
    else if (meant != NULL)
        (void)FREM_PROBLEM(diags, in_command, UNKNOWN_VERB, word, meant);
    else
        (void)FREM_PROBLEM(diags, in_command, UNKNOWN_VERB_ANY, word, list.failed ? NULL : list.bytes);
    frem_text_free(&list);
}

/* Reports search folders that are no folders: nothing would be found in them, without any message. */
static void check_data(const frem_command *command, frem_diags *diags) {
    frem_arena *arena = NULL;
    if (frem_arena_new(&arena) != FREM_OK)
        return;
    for (size_t i = 0; i < command->n_data; i++) {
        const char *folder = command->data[i], *slashes = frem_with_slashes(arena, folder);
        frem_file_info info;
        if (frem_is_folder(folder))
            continue;
        if (frem_file_reach(FREM_HERE, folder, &info) == 0)
            (void)FREM_PROBLEM(diags, in_command, DATA_IS_FILE, folder);
        else if (slashes != NULL)
            (void)FREM_PROBLEM(diags, in_command, DATA_BACKSLASH, folder, slashes);
        else if (frem_nearby(arena, folder, NULL) != NULL)
            (void)FREM_PROBLEM(diags, in_command, DATA_MISSING, folder, frem_nearby(arena, folder, NULL));
        else
            (void)FREM_PROBLEM(diags, in_command, DATA_NOWHERE, folder);
    }
    frem_arena_free(arena);
}

/* Options of `solve --path` without it. */
static void check_path(const frem_command *command, const bool *seen, frem_diags *diags) {
    static const char *const own[] = {"--until", "--band", "--most-change", "--together"};
    const bool solves = command->verb != NULL && strcmp(command->verb, "solve") == 0;
    for (size_t i = 0; i < sizeof own / sizeof *own && solves && !command->path; i++) {
        if (seen[find_option(own[i]) - frem_options])
            (void)FREM_PROBLEM(diags, in_command, OPTION_NEEDS_PATH, own[i]);
    }
}

/* `backtest` reads the results of folders beside its scenario. */
static void take_folders(frem_command *command) {
    size_t kept = 0;
    if (command->verb == NULL || strcmp(command->verb, "backtest") != 0)
        return;
    for (size_t i = 0; i < command->n_files; i++) {
        if (frem_is_folder(command->files[i]))
            command->against[command->n_against++] = command->files[i];
        else
            command->files[kept++] = command->files[i];
    }
    command->n_files = kept;
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
        unknown_verb(command->verb, diags);
        return;
    }
    if (only_tells)
        return;
    for (size_t i = 0; frem_options[i].name != NULL; i++) {
        if (seen[i] && !(frem_options[i].verbs & verb->bit))
            (void)FREM_PROBLEM(diags, in_command, OPTION_NOT_HERE, frem_options[i].name, verb->name);
    }
    if (command->n_froms > 1 && verb->bit != FREM_VERB_BACKTEST)
        (void)FREM_PROBLEM(diags, in_command, OPTION_TWICE, "--from");
    check_data(command, diags);
    if (verb->bit == FREM_VERB_SOLVE)
        check_path(command, seen, diags);
    if (command->n_files == 0 && !(verb->bit & (FREM_VERB_IMPORT | FREM_VERB_NEW | FREM_VERB_STUDIO)))
        (void)FREM_PROBLEM(diags, in_command, NO_SCENARIO, verb->name);
    bool good = frem_diags_errors(diags) == 0;
    /* Options of output without an output: its path was probably forgotten. */
    static const char *const writing[] = {"--format", "--decimal", "--force", "--names"};
    good = good && verb->bit != FREM_VERB_EXPLAIN; /* writes to standard output */
    for (size_t i = 0; i < sizeof writing / sizeof *writing && command->output == NULL && good; i++) {
        const frem_option *option = find_option(writing[i]);
        if (seen[option - frem_options] && (option->verbs & verb->bit))
            (void)FREM_PROBLEM(diags, in_command, OPTION_NEEDS_OUTPUT, option->name);
    }
    if (command->output != NULL && strcmp(command->output, "-") == 0 &&
        (command->n_formats > 1 || (command->n_formats == 1 && strcmp(command->formats[0], "csv") != 0)))
        (void)FREM_PROBLEM(diags, in_command, STREAM_FORMAT, "");
}

frem_status frem_command_read(frem_command *command, int argc, char **argv, frem_diags *diags) {
    bool seen[64] = {false};
    size_t room = (size_t)argc + 1;
    *command = (frem_command){.lang = frem_environment_lang(),
                              .band = (double)NAN,
                              .step = (double)NAN,
                              .most_change = (double)NAN,
                              .together = (double)NAN};
    const char **memory = calloc(11 * room, sizeof *memory);
    if (memory == NULL)
        return FREM_NO_MEMORY;
    command->memory = memory;
    command->files = memory;
    command->data = memory + room;
    command->words = memory + 2 * room;
    command->sets = memory + 3 * room;
    command->variants = memory + 4 * room;
    command->vary = memory + 5 * room;
    command->targets = memory + 6 * room;
    command->of = memory + 7 * room;
    command->groups = memory + 8 * room;
    command->against = memory + 9 * room;
    command->keeps = memory + 10 * room;
    bool only_files = false;
    for (int i = 1; i < argc; i++) {
        char *word = argv[i];
        if (!only_files && strcmp(word, "--") == 0) {
            only_files = true;
        } else if (!only_files && ((word[0] == '-' && word[1] != '\0') || is_long_dash(word))) {
            read_option(command, argv, argc, &i, seen, diags);
        } else {
            if (command->verb == NULL)
                command->verb = word;
            else
                command->files[command->n_files++] = word;
            command->words[command->n_words++] = word;
        }
    }
    take_folders(command);
    check_verb(command, seen, diags);
    command->quiet = command->quiet || command->json_problems;
    if (command->n_formats == 0)
        command->formats[command->n_formats++] = "csv";
    return frem_diags_errors(diags) > 0 ? FREM_USAGE : FREM_OK;
}

void frem_command_free(frem_command *command) {
    free(command->memory);
    command->memory = NULL;
}
