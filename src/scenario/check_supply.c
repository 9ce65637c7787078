/* Checks of professions and programmes that need several fields at once and no tables. */
#include <math.h>
#include <string.h>

#include "base/problem.h"
#include "scenario/read.h"

static void check_exit(frem_reader *reader, const frem_retirement *r) {
    const frem_entry *head = &r->head;
    frem_check_needs(reader, head, "leaves", "when people leave: mean and spread",
                     "hvornår folk går: mean og spread");
    frem_check_needs(reader, head, "earliest", "nobody leaves before this age", "ingen går før denne alder");
    frem_check_needs(reader, head, "latest", "everybody has left at this age",
                     "alle er gået ved denne alder");
    if (!isnan(r->earliest) && !isnan(r->latest))
        frem_check_order(reader, head, "earliest", r->earliest, "latest", r->latest);
    frem_check_unused(reader, head, "threshold", "it belongs to kind: participation",
                      "den hører til kind: participation");
    frem_check_unused(reader, head, "response", "for kind: exit it stands in leaves",
                      "ved kind: exit står den i leaves");
}

static void check_participation(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->retirement.head;
    frem_check_needs(reader, head, "threshold", "the age from which participation follows the retirement age",
                     "alderen, hvorfra erhvervsdeltagelsen følger pensionsalderen");
    frem_check_needs(reader, head, "response", "years that participation moves when the age rises by one",
                     "år, deltagelsen flytter, når alderen stiger ét år");
    static const char *const others[] = {"leaves", "earliest", "latest"};
    for (size_t i = 0; i < 3; i++)
        frem_check_unused(reader, head, others[i], "it belongs to kind: exit", "den hører til kind: exit");
    const frem_entry *above = &profession->head;
    if (!frem_check_has(above, "participation") && !frem_check_has(above, "employment_rate"))
        frem_check_one_of(reader, above, "participation", "employment_rate");
}

static void check_retirement(frem_reader *reader, const frem_profession *profession) {
    const frem_retirement *r = &profession->retirement;
    if (!frem_check_is_mapping(&r->head))
        return;
    frem_check_needs(reader, &r->head, "age", "the name of a retirement age, or shares of several",
                     "navnet på en pensionsalder eller andele af flere");
    (void)frem_check_names(reader, &r->age, &r->head, "age");
    if (frem_check_says(&r->head, "kind", "exit"))
        check_exit(reader, r);
    else if (frem_check_says(&r->head, "kind", "participation"))
        check_participation(reader, profession);
}

static void check_absence(frem_reader *reader, const frem_entry *head) {
    if (!frem_check_is_mapping(head))
        return;
    bool days = frem_check_has(head, "days"), of = frem_check_has(head, "of");
    if (frem_check_has(head, "share") && (days || of))
        frem_check_either(reader, head, "share", days ? "days" : "of");
    else if (!frem_check_has(head, "share") && days)
        frem_check_needs(reader, head, "of", "working days a year", "arbejdsdage om året");
    else if (!frem_check_has(head, "share"))
        frem_check_one_of(reader, head, "share", "days");
}

/* Untrained staff: a demand and what it costs, and nobody who could be counted, move or retire. */
static void check_no_stock(frem_reader *reader, const frem_profession *profession) {
    static const char *const keys[] = {
        "cohorts",      "returners",       "immigration",      "moves",     "commuting", "participation",
        "unemployment", "employment_rate", "fte_per_employed", "part_time", "absence",   "death",
        "emigration",   "permanent_exit",  "retirement"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        frem_check_unused(reader, &profession->head, keys[i], "a profession with supply: none has no stock",
                          "en faggruppe med supply: none har ingen bestand");
}

/* Who comes, moves and commutes. */
static void check_mobility(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *moves = &profession->moves.head, *commuting = &profession->commuting.head;
    if (frem_check_is_mapping(moves))
        frem_check_one_of(reader, moves, "matrix", "net");
    if (!frem_check_meant(moves->node, "matrix"))
        frem_check_unused(reader, moves, "factor", "it multiplies the shares of a matrix",
                          "den ganger andelene i en matrix");
    if (frem_check_has(commuting, "inflow"))
        frem_check_needs(reader, commuting, "inflow_fte", "their full-time equivalents", "deres årsværk");
    if (frem_check_has(commuting, "inflow_fte"))
        frem_check_needs(reader, commuting, "inflow", "how many they are", "hvor mange de er");
    if (!frem_check_has(&profession->head, "permanent_exit"))
        frem_check_unused(reader, &profession->head, "returners",
                          "they are of those who left by permanent_exit, and nobody does",
                          "de er blandt dem, der gik ved permanent_exit, og det gør ingen");
    frem_check_split(reader, &profession->immigration.split);
}

static void check_cohorts(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->head;
    const frem_cohorts *cohorts = &profession->cohorts;
    /* A `supply` that could not be read is no reason to ask for a stock. */
    bool stock = !frem_check_has(head, "supply") || frem_check_says(head, "supply", "cohorts") ||
                 frem_check_says(head, "supply", "labour_force");
    if (stock && !frem_check_meant(head->node, "cohorts"))
        frem_reader_missing(reader, head->path, head->place, "cohorts", NULL,
                            "the stock of the base year, or `supply: none` for a profession without one",
                            "basisårets bestand, eller `supply: none` for en faggruppe uden");
    bool table = frem_node_get(frem_node_get(cohorts->head.node, "persons"), "table") != NULL;
    if (frem_check_has(&cohorts->head, "persons") && !table)
        frem_check_needs(reader, &cohorts->head, "ages",
                         "a profile by age: `persons` is one number without ages",
                         "en aldersprofil: `persons` er ét tal uden aldre");
    frem_check_split(reader, &cohorts->split);
}

/* People out of work are counted where it is known how many they are. */
static void check_labour_force(frem_reader *reader, const frem_entry *head) {
    if (!frem_check_says(head, "supply", "labour_force"))
        return;
    frem_check_unused(reader, head, "employment_rate",
                      "supply: labour_force counts the unemployed too, and it does not tell them apart",
                      "supply: labour_force tæller også de ledige, og den skelner dem ikke");
    if (frem_check_says(&reader->scenario->head, "base_year", "overwrite"))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "supply"), LABOUR_FORCE_OVERWRITTEN,
                           head->path);
}

static void check_profession(frem_reader *reader, const frem_profession *profession) {
    const frem_entry *head = &profession->head;
    if (!frem_check_is_mapping(head))
        return;
    if (frem_check_says(head, "supply", "none")) {
        check_no_stock(reader, profession);
        return;
    }
    frem_check_not_both(reader, head, "participation", "employment_rate");
    frem_check_not_both(reader, head, "unemployment", "employment_rate");
    frem_check_not_both(reader, head, "fte_per_employed", "part_time");
    check_labour_force(reader, head);
    check_absence(reader, &profession->absence.head);
    check_cohorts(reader, profession);
    check_mobility(reader, profession);
    check_retirement(reader, profession);
}

/* A profession that people leave or come to: one that there is, with a stock. */
static void check_end(frem_reader *reader, const frem_entry *head, const char *key, const char *name) {
    if (name == NULL)
        return;
    frem_place place = frem_node_get(head->node, key)->place;
    const char *path = frem_reader_path(reader, head->path, key);
    (void)frem_check_name(reader, path, name, place, "professions");
    for (size_t p = 0; p < reader->scenario->professions.count; p++) {
        const frem_entry *profession = &reader->scenario->professions.items[p].head;
        if (strcmp(profession->key, name) == 0 && frem_check_is_mapping(profession) &&
            frem_check_says(profession, "supply", "none"))
            (void)FREM_PROBLEM(reader->diags, place, PROFESSION_NO_STOCK, path, name);
    }
}

/* A programme leads to a stock, and an upgrade takes from another. */
static void check_ends(frem_reader *reader, const frem_programme *programme) {
    const frem_entry *head = &programme->head;
    check_end(reader, head, "leads_to", programme->leads_to);
    check_end(reader, head, "from", programme->from);
    if (!frem_check_has(head, "from")) {
        frem_check_unused(reader, head, "return_share", "it belongs to an upgrade, with `from`",
                          "den hører til en videreuddannelse med `from`");
        return;
    }
    if (programme->from != NULL && programme->leads_to != NULL &&
        strcmp(programme->from, programme->leads_to) == 0)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "from"), UPGRADE_TO_ITSELF, head->path,
                           programme->from);
    static const char *const settle[] = {"graduates_to", "outside"};
    for (size_t i = 0; i < 2; i++)
        frem_check_unused(reader, head, settle[i], "people of an upgrade stay in the region where they live",
                          "folk på en videreuddannelse bliver i det område, hvor de bor");
    frem_check_unused(reader, head, "begin_again", "dropouts of an upgrade come back to where they came from",
                      "frafaldne fra en videreuddannelse kommer tilbage dertil, hvor de kom fra");
    for (size_t i = 0; i < programme->stages.count; i++)
        frem_check_unused(reader, &programme->stages.items[i].head, "student_fte",
                          "people of an upgrade are not counted as students who work",
                          "folk på en videreuddannelse tælles ikke som elever, der arbejder");
}

static void check_intake(frem_reader *reader, const frem_programme *programme) {
    static const char *const ways[] = {"intake", "places", "applicants"};
    const frem_entry *head = &programme->head;
    bool places = frem_check_has(head, "places"), applicants = frem_check_has(head, "applicants");
    bool meant = false;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        meant = meant || frem_check_meant(head->node, ways[i]);
    if (frem_check_has(head, "intake") && (places || applicants))
        frem_check_either(reader, head, "intake", places ? "places" : "applicants");
    else if (!meant)
        frem_check_one_of(reader, head, "intake", "places");
    if (!frem_check_meant(head->node, "applicants"))
        frem_check_unused(reader, head, "qualified_share", "it is a share of applicants",
                          "den er en andel af ansøgere");
    if (frem_check_has(head, "intake_follows"))
        frem_check_needs_population(reader, programme->intake_follows.head.place);
}

/* Reforms, and delays, whose names are whole years. */
static void check_change(frem_reader *reader, const frem_programme *programme) {
    const frem_reform *reform = &programme->reform;
    const frem_entry *head = &reform->head;
    if (frem_check_is_mapping(head))
        frem_check_one_of(reader, head, "shorter", "ects");
    if (frem_check_has(head, "from") && frem_check_years_known(reader) && reform->from > 0)
        (void)frem_check_year_near(reader, frem_entry_place(head, "from"),
                                   frem_reader_path(reader, head->path, "from"), reform->from);
    static const char *const whole[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
    for (size_t i = 0; i < programme->delay.count; i++) {
        const frem_named_value *item = &programme->delay.items[i];
        bool known = false;
        for (size_t y = 0; y < sizeof whole / sizeof *whole; y++)
            known = known || strcmp(whole[y], item->key) == 0;
        if (!known)
            (void)FREM_PROBLEM(reader->diags, item->place, NOT_A_DELAY,
                               frem_reader_path(reader, programme->head.path, "delay"), item->key);
    }
}

static void check_starts(frem_reader *reader, const frem_programme *programme) {
    static const frem_field month = {.key = "month", .type = FREM_T_MONTH};
    for (size_t i = 0; i < programme->starts.count; i++) {
        const frem_start *start = &programme->starts.items[i];
        frem_node word = {.kind = FREM_SCALAR, .place = start->head.place, .text = start->head.key};
        word.length = strlen(start->head.key);
        frem_site site = {&month, frem_reader_path(reader, programme->head.path, "starts"),
                          start->head.place};
        int ignored;
        frem_read_month(reader, &site, &word, &ignored);
    }
}

static void check_programme(frem_reader *reader, const frem_programme *programme) {
    const frem_entry *head = &programme->head;
    if (!frem_check_is_mapping(head))
        return;
    check_ends(reader, programme);
    check_intake(reader, programme);
    check_change(reader, programme);
    frem_check_one_of(reader, head, "completion", "stages");
    frem_check_one_of(reader, head, "length", "stages");
    if (!frem_check_has(head, "starts"))
        frem_check_unused(reader, head, "full_length", "it belongs to starts", "den hører til starts");
    check_starts(reader, programme);
    frem_check_split(reader, &programme->graduates_to);
}

void frem_supply_check(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    for (size_t i = 0; i < s->professions.count; i++)
        check_profession(reader, &s->professions.items[i]);
    for (size_t i = 0; i < s->programmes.count; i++)
        check_programme(reader, &s->programmes.items[i]);
}
