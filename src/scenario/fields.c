/* The field table of the file as a whole, and of values. */
#include "scenario/fields_make.h"

static const frem_field years_fields[] = {
    {"base", FREM_T_WHOLE, AT(frem_years, base), .flags = FREM_F_REQUIRED | FREM_F_SHAPE, .unit = "year",
     .min = 1900, .max = 2200,
     HELP("First year: the year of the stock and of employment",
          "Første år: bestandens og beskæftigelsens år")},
    {"until", FREM_T_WHOLE, AT(frem_years, until), .flags = FREM_F_REQUIRED | FREM_F_SHAPE, .unit = "year",
     .min = 1900, .max = 2200, HELP("Last year of the projection", "Fremskrivningens sidste år")},
    {"count", FREM_T_DATE, AT(frem_years, count), .flags = FREM_F_SHAPE, .preset = "1 january",
     HELP("The day of the year on which people are counted", "Dagen på året, hvor der tælles")},
};
static KIND(kind_years, "years", frem_years, years_fields, NULL);

static const frem_field ages_fields[] = {
    {"from", FREM_T_WHOLE, AT(frem_ages, from), .flags = FREM_F_SHAPE, .unit = "years of age", .min = 0,
     .max = 120, .preset = "15", HELP("Youngest age in the stock", "Yngste alder i bestanden")},
    {"to", FREM_T_WHOLE, AT(frem_ages, to), .flags = FREM_F_SHAPE, .unit = "years of age", .min = 0,
     .max = 120, .preset = "74", HELP("Oldest age in the stock", "Ældste alder i bestanden")},
    {"oldest", FREM_T_CHOICE, AT(frem_ages, oldest), .flags = FREM_F_SHAPE, .choices = "open|leaves",
     .preset = "open",
     HELP("Whether the oldest age is an open group, or people leave when they pass it",
          "Om den ældste alder er en åben gruppe, eller folk går ud, når de passerer den")},
};
static KIND(kind_ages, "ages", frem_ages, ages_fields, NULL);

static const frem_field regions_fields[] = {
    {"table", FREM_T_TEXT, AT(frem_regions, table), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("Table with one row a region", "Tabel med én række pr. område")},
    SHEET(frem_regions),
    {"key", FREM_T_TEXT, AT(frem_regions, key), .flags = FREM_F_SHAPE, .preset = "code",
     HELP("Column with the key that other tables use", "Kolonne med den nøgle, andre tabeller bruger")},
    {"name", FREM_T_TEXT, AT(frem_regions, name), .flags = FREM_F_SHAPE, .preset = "name",
     HELP("Column with the name that people read", "Kolonne med det navn, folk læser")},
    {"where", FREM_T_TEXT_MAP, AT(frem_regions, where), .flags = FREM_F_SHAPE | FREM_F_SEVERAL,
     HELP("Only rows with these values in these columns; a list is one or another of them",
          "Kun rækker med disse værdier i disse kolonner; en liste er den ene eller anden af dem")},
    {"groups", FREM_T_TEXT_MAP, AT(frem_regions, groups), .flags = FREM_F_SHAPE | FREM_F_SEVERAL,
     HELP("Groups of one's own: a name, and the keys or names of its regions",
          "Egne grupper: et navn, og nøgler på eller navne for dens områder")},
    {"group_by", FREM_T_TEXTS, AT(frem_regions, group_by), .flags = FREM_F_SHAPE,
     HELP("Columns whose values are groups of regions", "Kolonner, hvis værdier er grupper af områder")},
    {"label", FREM_T_LABEL, AT(frem_regions, label),
     HELP(
         "Name of the scenario's regions together; one region alone and a group of all have names without it",
         "Navn på scenariets områder under ét; ét område alene og en gruppe af alle har navne uden det")},
    {"whole", FREM_T_LABEL, AT(frem_regions, whole),
     HELP("Name of all regions of the table together, used where `where` leaves out none of them",
          "Navn på alle tabellens områder under ét, brugt hvor `where` ikke udelader nogen af dem")},
};
static KIND(kind_regions, "regions", frem_regions, regions_fields, "table");

static const frem_field people_factor_fields[] = {
    {"ages", FREM_T_AGES, AT(frem_people_factor, ages), .flags = FREM_F_SHAPE,
     HELP("The ages whose number is multiplied; all when left out",
          "De aldre, hvis antal ganges; alle, hvis den udelades")},
    {"years", FREM_T_CHOICE, AT(frem_people_factor, years), .flags = FREM_F_SHAPE, .choices = "counted|born",
     .preset = "counted",
     HELP(
         "What the years of the factor are: `counted`, those in which people are counted; `born`, those in "
         "which they are born, so that a cohort keeps its factor as it grows older, and none is changed that "
         "the base year has counted",
         "Hvad faktorens år er: `counted`, dem, personerne tælles i; `born`, dem, de er født i, så en årgang "
         "beholder sin faktor, når den bliver ældre, og ingen ændres, som basisåret har talt")},
    {"factor", FREM_T_VALUE, AT(frem_people_factor, factor), .flags = FREM_F_REQUIRED | FREM_F_YEAR, POSITIVE,
     .unit = "factor", USUAL(0.5, 2), CALLED("Number of people", "Antal personer"),
     HELP("The factor; 1 changes nothing. It counts after the base year",
          "Faktoren; 1 ændrer intet. Den tæller efter basisåret")},
};
static KIND(kind_people_factor, "factor", frem_people_factor, people_factor_fields, NULL);

static const frem_field population_fields[] = {
    {"table", FREM_T_TEXT, AT(frem_population, table), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("Population by region, year and age", "Befolkning efter område, år og alder")},
    SHEET(frem_population),
    {"column", FREM_T_TEXT, AT(frem_population, column), .flags = FREM_F_SHAPE, .preset = "persons",
     HELP("Column with the number of persons", "Kolonne med antal personer")},
    {"where", FREM_T_TEXT_MAP, AT(frem_population, where), .flags = FREM_F_SHAPE,
     HELP("Only rows with these values in these columns", "Kun rækker med disse værdier i disse kolonner")},
    {"keys", FREM_T_TEXT_MAP, AT(frem_population, keys), .flags = FREM_F_SHAPE,
     HELP("Which columns hold region, year, sex, age, age_from, age_to",
          "Hvilke kolonner der indeholder region, year, sex, age, age_from, age_to")},
    {"at", FREM_T_CHOICE, AT(frem_population, at), .flags = FREM_F_SHAPE, .choices = "january|count",
     .preset = "january",
     HELP(
         "The day that the people of a year are of: `january` takes the table's figures of 1 January as they "
         "are, "
         "`count` moves them to the count date, on a straight line to 1 January of the next year",
         "Dagen, som et års personer gælder: `january` tager tabellens tal for 1. januar, som de er, `count` "
         "flytter dem til tælledagen, på en ret linje til 1. januar året efter")},
    {"source", FREM_T_LABEL, AT(frem_population, source),
     HELP("Where the figures come from", "Hvor tallene kommer fra")},
    {"old_ages", FREM_T_STRUCT, AT(frem_population, old_ages), .kind = &frem_kind_old_ages,
     HELP("Shares that spread the oldest, open group", "Andele, der fordeler den ældste, åbne gruppe")},
    {"ages", FREM_T_STRUCT, AT(frem_population, ages), .kind = &frem_kind_age_profile,
     HELP("Persons of a larger area by year and single age: their shape divides the table's age groups, "
          "along cohorts",
          "Personer i et større område efter år og alder: deres form deler tabellens aldersgrupper, langs "
          "årgange")},
    {"factors", FREM_T_MAP, AT(frem_population, factors), .kind = &kind_people_factor,
     HELP("Factors on the people of some ages after the base year, such as fewer births than projected",
          "Faktorer på antallet i nogle aldre efter basisåret, fx færre fødsler end fremskrevet")},
};
static KIND(kind_population, "population", frem_population, population_fields, "table");

static const frem_field retirement_age_fields[] = {
    {"table", FREM_T_TEXT, AT(frem_retirement_age, table), .flags = FREM_F_SHAPE,
     HELP("Table with columns born_from (date) and age (years)",
          "Tabel med kolonnerne born_from (dato) og age (år)")},
    SHEET(frem_retirement_age),
    {"born", FREM_T_BIRTHS, AT(frem_retirement_age, born), .flags = FREM_F_SHAPE, .unit = "years of age",
     .min = 0, .max = 120,
     HELP("Age by date of birth: from each date on", "Alder efter fødselsdato: fra og med hver dato")},
    {"year", FREM_T_VALUE, AT(frem_retirement_age, year), .flags = FREM_F_SHAPE | FREM_F_YEAR,
     .unit = "years of age", .min = 0, .max = 120, USUAL(50, 80),
     HELP("Age by calendar year, the same for all who are counted that year",
          "Alder efter kalenderår, ens for alle, der tælles det år")},
    {"source", FREM_T_LABEL, AT(frem_retirement_age, source),
     HELP("Where the ages come from", "Hvor aldrene kommer fra")},
};
static KIND(kind_retirement_age, "retirement age", frem_retirement_age, retirement_age_fields, "table");

static const frem_field split_fields[] = {
    {"by", FREM_T_CHOICE, AT(frem_split, by), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     .choices = "none|population|employment|equal|weights",
     HELP("The key that a total is split over the regions by",
          "Den nøgle, en total fordeles på områderne efter")},
    {"ages", FREM_T_AGES, AT(frem_split, ages), .flags = FREM_F_SHAPE,
     HELP("The population group of the key, in the base year; all ages when left out",
          "Nøglens befolkningsgruppe i basisåret; alle aldre, hvis den udelades")},
    {"weights", FREM_T_VALUE, AT(frem_split, weights), .flags = FREM_F_REGION | FREM_F_YEAR, POSITIVE,
     .unit = "weight",
     HELP("Weights by region, for `by: weights`; those of `graduates_to` may differ by year",
          "Vægte efter område, til `by: weights`; dem i `graduates_to` kan variere med år")},
};
KIND(frem_kind_split, "split", frem_split, split_fields, "by");

static const frem_field then_fields[] = {
    {"hold", FREM_T_CHOICE, AT(frem_then, hold), .choices = "|hold",
     HELP("Hold the last value", "Hold den sidste værdi")},
    {"growth", FREM_T_NUMBER, AT(frem_then, growth), .unit = "per year", .min = -1, .max = 1,
     HELP("Grow by this share a year after the last point",
          "Voks med denne andel om året efter det sidste punkt")},
};
static KIND(kind_then, "then", frem_then, then_fields, "hold");

static const frem_field unknown_fields[] = {
    {"min", FREM_T_NUMBER, AT(frem_unknown, min), .flags = FREM_F_REQUIRED, ANY,
     HELP("The least that it may be", "Det mindste, den kan være")},
    {"max", FREM_T_NUMBER, AT(frem_unknown, max), .flags = FREM_F_REQUIRED, ANY,
     HELP("The most that it may be", "Det største, den kan være")},
    {"start", FREM_T_NUMBER, AT(frem_unknown, start), ANY,
     HELP("What the search begins with, and all that does not calibrate takes; left out, the `value` beside "
          "it, 1 for "
          "a factor or 0 for a sum",
          "Det, søgningen begynder med, og som alt, der ikke kalibrerer, bruger; udeladt `value` ved siden "
          "af, "
          "1 "
          "for en faktor eller 0 for et tillæg")},
    {"as", FREM_T_CHOICE, AT(frem_unknown, as), .choices = "value|times|add", .preset = "value",
     HELP(
         "What is unknown: the number itself, a factor on all numbers of the value, or what is added to them",
         "Det ukendte: tallet selv, en faktor på alle værdiens tal eller det, der lægges til dem")},
};
static KIND(kind_unknown, "unknown", frem_unknown, unknown_fields, NULL);

static const frem_field value_fields[] = {
    {"value", FREM_T_NUMBER, AT(frem_value, number), ANY, HELP("The number", "Tallet")},
    {"source", FREM_T_LABEL, AT(frem_value, source),
     HELP("Where the figure comes from, or the assumption behind it",
          "Hvor tallet kommer fra, eller antagelsen bag det")},
    {"unit", FREM_T_TEXT, AT(frem_value, unit), HELP("The unit, for the reader", "Enheden, til læseren")},
    {"note", FREM_T_TEXT, AT(frem_value, note),
     HELP("A remark, for the reader", "En bemærkning til læseren")},
    {"covers", FREM_T_TEXT, AT(frem_value, covers),
     HELP("Which regions a total is of: `all` of the regions' table, a group of them, or the scenario's "
          "`own`; what "
          "the mapping around says when left out, and own when none does",
          "Hvilke områder en total gælder: `all` i områdetabellen, en gruppe af dem eller scenariets egne, "
          "`own`; "
          "udeladt det, som står omkring, og ellers egne")},
    {"between", FREM_T_CHOICE, AT(frem_value, between), .choices = "|step|linear|spline",
     HELP("How a path goes between its points", "Hvordan en udvikling forløber mellem punkterne")},
    {"then", FREM_T_STRUCT, AT(frem_value, then), .kind = &kind_then,
     HELP("What a path does after its last point: hold, or a growth",
          "Hvad der sker efter sidste punkt: hold eller en vækst")},
    {"before", FREM_T_CHOICE, AT(frem_value, before), .choices = "|hold",
     HELP("What a path is before its first point: hold", "Hvad en udvikling er før sit første punkt: hold")},
    {"start", FREM_T_NUMBER, AT(frem_value, start), ANY,
     HELP("Value of the base year, for `growth`", "Basisårets værdi, til `growth`")},
    {"growth", FREM_T_NUMBER, AT(frem_value, growth), .unit = "per year", .min = -1, .max = 1,
     HELP("Growth a year, as a share", "Vækst om året, som andel")},
    {"table", FREM_T_TEXT, AT(frem_value, table),
     HELP("A table that holds the value", "En tabel, der indeholder værdien")},
    {"sheet", FREM_T_TEXT, AT(frem_value, sheet),
     HELP("The sheet, where `table` is a workbook (.xlsx) with several",
          "Arket, hvor `table` er en projektmappe (.xlsx) med flere")},
    {"column", FREM_T_TEXT, AT(frem_value, column), HELP("The column to read", "Kolonnen, der læses")},
    {"product", FREM_T_TEXTS, AT(frem_value, product), HELP("Columns to multiply", "Kolonner, der ganges")},
    {"ratio", FREM_T_TEXTS, AT(frem_value, ratio),
     HELP("Two columns: the first over the second", "To kolonner: den første over den anden")},
    {"over", FREM_T_TEXTS, AT(frem_value, over),
     HELP("Key columns whose rows are added together", "Nøglekolonner, hvis rækker lægges sammen")},
    {"sum", FREM_T_TEXTS, AT(frem_value, sum), HELP("Columns to add", "Kolonner, der lægges sammen")},
    {"where", FREM_T_TEXT_MAP, AT(frem_value, where),
     HELP("Only rows with these values in these columns", "Kun rækker med disse værdier i disse kolonner")},
    {"keys", FREM_T_TEXT_MAP, AT(frem_value, keys),
     HELP("Which columns hold region, year, sex, age, age_from, age_to",
          "Hvilke kolonner der indeholder region, year, sex, age, age_from, age_to")},
    {"outside", FREM_T_NUMBER, AT(frem_value, outside), ANY,
     HELP("The value where the table has no row; without it that is an error",
          "Værdien, hvor tabellen ingen række har; ellers er det en fejl")},
    {"times", FREM_T_NUMBER, AT(frem_value, times), ANY,
     HELP("A factor on every number of the value, or of what a layer below says",
          "En faktor på alle værdiens tal eller på det, et lag nedenunder siger")},
    {"add", FREM_T_NUMBER, AT(frem_value, add), ANY,
     HELP("A number that is added to every number of the value, after `times`",
          "Et tal, der lægges til alle værdiens tal, efter `times`")},
    {"unknown", FREM_T_STRUCT, AT(frem_value, unknown), .kind = &kind_unknown,
     HELP("What of the value is to be found by `calibrate`, and between which bounds",
          "Det ved værdien, som `calibrate` skal finde, og mellem hvilke grænser")},
    {"from", FREM_T_WHOLE, AT(frem_value, from), .unit = "year", .min = 1900, .max = 2200,
     HELP("First year that the value holds for; the years before keep the value of the layer below",
          "Første år, værdien gælder for; årene før beholder værdien fra laget nedenunder")},
    {"earlier", FREM_T_EARLIER, AT(frem_value, earlier),
     HELP("The value of the years before `from`, where no layer below gives it",
          "Værdien i årene før `from`, hvor intet lag nedenunder giver den")},
};
KIND(frem_kind_value, "value", frem_value, value_fields, NULL);

static const frem_field report_fields[] = {
    {"title", FREM_T_LABEL, AT(frem_report_wish, title),
     HELP("Its title; the scenario's where it is left out", "Notatets titel; scenariets, hvis den udelades")},
    {"for", FREM_T_LABEL, AT(frem_report_wish, made_for),
     HELP("Whom it is made for", "Hvem det er lavet til")},
    {"by", FREM_T_LABEL, AT(frem_report_wish, by), HELP("Who made it", "Hvem der har lavet det")},
    {"years", FREM_T_TEXTS, AT(frem_report_wish, years), .flags = FREM_F_SHAPE,
     HELP("Years that it is about, at most six; the last one where they are left out",
          "De år, det handler om, højst seks; det sidste, hvis de udelades")},
    {"professions", FREM_T_TEXTS, AT(frem_report_wish, professions), .flags = FREM_F_SHAPE,
     HELP("Professions that it is about; all where they are left out",
          "De faggrupper, det handler om; alle, hvis de udelades")},
    {"regions", FREM_T_TEXTS, AT(frem_report_wish, regions), .flags = FREM_F_SHAPE,
     HELP("Regions that it is about, by key or name, the first in sentences and charts",
          "De områder, det handler om, ved nøgle eller navn, det første i sætninger og figurer")},
    {"variants", FREM_T_TEXTS, AT(frem_report_wish, variants), .flags = FREM_F_SHAPE,
     HELP("Variants whose figures are beside the scenario's",
          "Varianter, hvis tal er med ved siden af scenariets")},
};
static KIND(kind_report, "report", frem_report_wish, report_fields, NULL);

static const frem_field scenario_fields[] = {
    {"fremskriv", FREM_T_WHOLE, AT(frem_scenario, version), .flags = FREM_F_REQUIRED | FREM_F_SHAPE, .min = 1,
     .max = 1, HELP("Version of the scenario format", "Scenarieformatets version")},
    {"extends", FREM_T_TEXTS, AT(frem_scenario, extends), .flags = FREM_F_SHAPE,
     HELP("Scenario files that this one lies over, the lowest first",
          "Scenariefiler, som denne ligger oven på, den nederste først")},
    {"name", FREM_T_TEXT, AT(frem_scenario, name), .flags = FREM_F_SHAPE,
     HELP("Name in the results; the file's stem when left out; not taken from extended files",
          "Navn i resultaterne; ellers filens navn; hentes ikke fra udvidede filer")},
    {"variants", FREM_T_MAP, AT(frem_scenario, variants), .kind = &frem_kind_variant, .flags = FREM_F_SHAPE,
     HELP("Variants by name, each with what differs from the scenario",
          "Varianter efter navn, hver med det, der afviger fra scenariet")},
    {"known", FREM_T_MAP, AT(frem_scenario, known), .kind = &frem_kind_variant, .flags = FREM_F_SHAPE,
     HELP("What was known in a year, by the year, each with what differs from the scenario: what `backtest` "
          "projects "
          "from, beside the scenario's figures up to that year",
          "Hvad der var kendt i et år, efter år, hver med det, der afviger fra scenariet: det, `backtest` "
          "fremskriver fra, ved siden af scenariets tal til og med året")},
    {"title", FREM_T_LABEL, AT(frem_scenario, title),
     HELP("Title that people read", "Titel, som folk læser")},
    {"description", FREM_T_LABEL, AT(frem_scenario, description),
     HELP("What the scenario is about", "Hvad scenariet handler om")},
    {"report", FREM_T_STRUCT, AT(frem_scenario, report), .kind = &kind_report,
     HELP("What a paper made of the results is about: its first page, and a page a profession",
          "Hvad et notat lavet af resultaterne handler om: dets første side og en side pr. faggruppe")},
    COVERS(frem_scenario),
    {"years", FREM_T_STRUCT, AT(frem_scenario, years), .kind = &kind_years,
     .flags = FREM_F_REQUIRED | FREM_F_FRAME,
     HELP("The years and the day of counting", "Årene og tælledagen")},
    {"ages", FREM_T_STRUCT, AT(frem_scenario, ages), .kind = &kind_ages, .flags = FREM_F_FRAME,
     HELP("Ages in the stock", "Aldre i bestanden")},
    {"base_year", FREM_T_CHOICE, AT(frem_scenario, base_mode), .flags = FREM_F_SHAPE,
     .choices = "cohorts|scale|overwrite",
     HELP("How supply of the base year comes about: from the cohorts, scaled to employment, or overwritten "
          "by it",
          "Hvordan basisårets udbud fremkommer: af årgangene, skaleret til beskæftigelsen eller overskrevet "
          "af den")},
    {"full_time_hours", FREM_T_NUMBER, AT(frem_scenario, full_time_hours), .flags = FREM_F_SHAPE,
     .unit = "hours per week", .min = 1, .max = 80, .preset = "37",
     HELP("Hours of a full-time week, which `part_time` of professions and supervision are measured by",
          "Timer i en fuldtidsuge, som faggruppers `part_time` og vejledning måles efter")},
    {"regions", FREM_T_STRUCT, AT(frem_scenario, regions), .kind = &kind_regions, .flags = FREM_F_FRAME,
     HELP("The areas of the projection", "Fremskrivningens områder")},
    {"population", FREM_T_STRUCT, AT(frem_scenario, population), .kind = &kind_population,
     .flags = FREM_F_FRAME,
     HELP("Population, observed and projected", "Befolkning, observeret og fremskrevet")},
    {"retirement_ages", FREM_T_MAP, AT(frem_scenario, retirement_ages), .kind = &kind_retirement_age,
     HELP("Retirement ages by name", "Pensionsaldre efter navn")},
    {"professions", FREM_T_MAP, AT(frem_scenario, professions), .kind = &frem_kind_profession,
     HELP("Professions by name", "Faggrupper efter navn")},
    {"programmes", FREM_T_MAP, AT(frem_scenario, programmes), .kind = &frem_kind_programme,
     HELP("Study programmes by name", "Uddannelser efter navn")},
    {"demand", FREM_T_MAP, AT(frem_scenario, demand), .kind = &frem_kind_sector,
     HELP("Sectors of employment by name", "Brancher efter navn")},
    {"transfers", FREM_T_MAP, AT(frem_scenario, transfers), .kind = &frem_kind_transfer,
     HELP("Tasks that move from one sector to another, by name; posts are conserved",
          "Opgaver, der flytter fra én branche til en anden, efter navn; stillingerne følger med")},
    {"allocation", FREM_T_STRUCT, AT(frem_scenario, allocation), .kind = &frem_kind_allocate,
     HELP("How supply is allocated to sectors", "Hvordan udbuddet fordeles på brancher")},
    {"practicum", FREM_T_STRUCT, AT(frem_scenario, practicum), .kind = &frem_kind_practicum,
     HELP("Practicum places: needed, on offer, by municipality and school",
          "Praktikpladser: behov, udbud, efter kommune og skole")},
    {"uncertain", FREM_T_MAP, AT(frem_scenario, uncertain), .kind = &frem_kind_uncertain,
     .flags = FREM_F_SHAPE | FREM_F_PATHS,
     HELP("Distributions of numbers that are not known, by path, or by a name with `of`; `run` does not read "
          "them",
          "Fordelinger af tal, der ikke kendes, efter sti eller efter et navn med `of`; `run` læser dem "
          "ikke")},
    {"correlated", FREM_T_MAP, AT(frem_scenario, correlated), .kind = &frem_kind_correlated,
     .flags = FREM_F_SHAPE,
     HELP("Groups of uncertain numbers that go together, by name",
          "Grupper af usikre tal, der følges ad, efter navn")},
    {"observed", FREM_T_LIST, AT(frem_scenario, observed), .kind = &frem_kind_observed, .flags = FREM_F_SHAPE,
     HELP("Results that are known: what projections are judged and fitted by; no projection reads them",
          "Resultater, der kendes: dem, fremskrivninger bedømmes og tilpasses efter; ingen fremskrivning "
          "læser "
          "dem")},
    {"label", FREM_T_LABEL, AT(frem_scenario, label), HELP("Name that people read", "Navn, som folk læser")},
};

/* The first fields belong to files alone, the last to variants alone. */
enum { FILE_FIELDS = 5, ALL_FIELDS = sizeof scenario_fields / sizeof *scenario_fields };
const frem_kind frem_kind_scenario = {
    .name = "scenario", .size = sizeof(frem_scenario), .fields = scenario_fields, .n_fields = ALL_FIELDS - 1};
const frem_kind frem_kind_variant = {.name = "variant",
                                     .size = sizeof(frem_scenario),
                                     .fields = scenario_fields + FILE_FIELDS,
                                     .n_fields = ALL_FIELDS - FILE_FIELDS};
