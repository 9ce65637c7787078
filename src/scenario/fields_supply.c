/* The field table of professions, programmes and sectors. */
#include "scenario/fields_make.h"

static const frem_field cohorts_fields[] = {
    {"persons", FREM_T_VALUE, AT(frem_cohorts, persons),
     .flags = FREM_F_REQUIRED | FREM_F_COUNTS | FREM_F_REGION | FREM_F_SEX | FREM_F_AGE, POSITIVE,
     .unit = "persons", HELP("Persons in the stock of the base year", "Personer i basisårets bestand")},
    {"ages", FREM_T_VALUE, AT(frem_cohorts, ages), .flags = FREM_F_COUNTS | FREM_F_SEX | FREM_F_AGE, POSITIVE,
     .unit = "persons",
     HELP("Profile by sex and age; only its shape counts", "Profil efter køn og alder; kun formen tæller")},
    {"split", FREM_T_STRUCT, AT(frem_cohorts, split), .kind = &frem_kind_split,
     HELP("How a total is split over the regions", "Hvordan en total fordeles på områderne")},
};
static KIND(kind_cohorts, "cohorts", frem_cohorts, cohorts_fields, NULL);

static const frem_field absence_fields[] = {
    {"share", FREM_T_VALUE, AT(frem_absence, share), .flags = FREM_F_YEAR, SHARE,
     HELP("Share of working time", "Andel af arbejdstiden")},
    {"days", FREM_T_VALUE, AT(frem_absence, days), .flags = FREM_F_YEAR, .min = 0, .max = 366,
     .unit = "days per year", HELP("Days absent a year", "Fraværsdage om året")},
    {"of", FREM_T_VALUE, AT(frem_absence, of), .flags = FREM_F_YEAR, .min = 1, .max = 366,
     .unit = "days per year", HELP("Working days a year", "Arbejdsdage om året")},
};
static KIND(kind_absence, "absence", frem_absence, absence_fields, "share");

static const frem_field leaves_fields[] = {
    {"mean", FREM_T_VALUE, AT(frem_leaves, mean), .flags = FREM_F_REQUIRED | FREM_F_SEX, .min = -30,
     .max = 30, .unit = "years",
     HELP("Mean age of leaving, in years after the retirement age of the reference cohort",
          "Gennemsnitlig tilbagetrækning i år efter referenceårgangens pensionsalder")},
    {"spread", FREM_T_VALUE, AT(frem_leaves, spread), .flags = FREM_F_REQUIRED | FREM_F_SEX, .min = 0,
     .max = 30, .unit = "years",
     HELP("Standard deviation of the age of leaving", "Standardafvigelse på tilbagetrækningsalderen")},
    {"response", FREM_T_VALUE, AT(frem_leaves, response), .preset = "1", .flags = FREM_F_SEX, .min = 0,
     .max = 2, .unit = "years per year",
     HELP("Years that leaving moves when the retirement age rises by one",
          "År, tilbagetrækningen flytter, når pensionsalderen stiger ét år")},
};
static KIND(kind_leaves, "leaves", frem_leaves, leaves_fields, NULL);

static const frem_field retirement_fields[] = {
    {"kind", FREM_T_CHOICE, AT(frem_retirement, kind), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     .choices = "exit|participation",
     HELP("Whether people leave the stock (exit) or stay in it and work less (participation)",
          "Om folk forlader bestanden (exit) eller bliver i den og arbejder mindre (participation)")},
    {"age", FREM_T_VALUES, AT(frem_retirement, age), .refers = "retirement_ages", SHARE,
     HELP("The retirement age it is tied to, or shares of several",
          "Den pensionsalder, der styres efter, eller andele af flere")},
    {"leaves", FREM_T_STRUCT, AT(frem_retirement, leaves), .kind = &kind_leaves,
     HELP("When people leave, for exit", "Hvornår folk går, til exit")},
    {"earliest", FREM_T_NUMBER, AT(frem_retirement, earliest), .flags = FREM_F_SHAPE, .unit = "years of age",
     .min = 0, .max = 120, HELP("Nobody leaves before this age", "Ingen går før denne alder")},
    {"latest", FREM_T_NUMBER, AT(frem_retirement, latest), .flags = FREM_F_SHAPE, .unit = "years of age",
     .min = 0, .max = 130, HELP("Everybody has left at this age", "Alle er gået ved denne alder")},
    {"threshold", FREM_T_NUMBER, AT(frem_retirement, threshold), .flags = FREM_F_SHAPE,
     .unit = "years of age", .min = 0, .max = 120,
     HELP("Age from which participation follows the retirement age",
          "Alder, hvorfra erhvervsdeltagelsen følger pensionsalderen")},
    {"response", FREM_T_VALUE, AT(frem_retirement, response), .min = 0, .max = 2, .unit = "years per year",
     HELP("Years that participation moves when the retirement age rises by one",
          "År, erhvervsdeltagelsen flytter, når pensionsalderen stiger ét år")},
};
static KIND(kind_retirement, "retirement", frem_retirement, retirement_fields, NULL);

#define LABOUR (FREM_F_YEAR | FREM_F_REGION | FREM_F_SEX | FREM_F_AGE)

static const frem_field profession_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_profession, label),
     HELP("Name that people read", "Navn, som folk læser")},
    {"cohorts", FREM_T_STRUCT, AT(frem_profession, cohorts), .kind = &kind_cohorts, .flags = FREM_F_REQUIRED,
     HELP("The stock of the base year", "Basisårets bestand")},
    {"participation", FREM_T_VALUE, AT(frem_profession, participation), .flags = LABOUR, SHARE,
     HELP("Share of the stock in the labour force", "Andel af bestanden i arbejdsstyrken")},
    {"unemployment", FREM_T_VALUE, AT(frem_profession, unemployment), .flags = LABOUR, SHARE,
     HELP("Share of the labour force without work", "Andel af arbejdsstyrken uden arbejde")},
    {"employment_rate", FREM_T_VALUE, AT(frem_profession, employment_rate), .flags = LABOUR, SHARE,
     HELP("Share of the stock in work, in place of participation and unemployment",
          "Andel af bestanden i arbejde, i stedet for participation og unemployment")},
    {"fte_per_employed", FREM_T_VALUE, AT(frem_profession, fte_per_employed), .flags = LABOUR,
     .unit = "FTE per employed person", .min = 0, .max = 2,
     HELP("Full-time equivalents per employed person", "Årsværk pr. beskæftiget")},
    {"absence", FREM_T_STRUCT, AT(frem_profession, absence), .kind = &kind_absence,
     HELP("Absence; only its change since the base year counts",
          "Fravær; kun ændringen siden basisåret tæller")},
    {"death", FREM_T_VALUE, AT(frem_profession, death), .flags = LABOUR, SHARE,
     HELP("Share that dies in a year", "Andel, der dør på et år")},
    {"emigration", FREM_T_VALUE, AT(frem_profession, emigration), .flags = LABOUR, SHARE,
     HELP("Share that emigrates in a year", "Andel, der udvandrer på et år")},
    {"permanent_exit", FREM_T_VALUE, AT(frem_profession, permanent_exit), .flags = LABOUR, SHARE,
     HELP("Share that leaves the field for good in a year",
          "Andel, der forlader faget for bestandig på et år")},
    {"retirement", FREM_T_STRUCT, AT(frem_profession, retirement), .kind = &kind_retirement,
     HELP("How people retire", "Hvordan folk trækker sig tilbage")},
};
KIND(frem_kind_profession, "profession", frem_profession, profession_fields, NULL);

static const frem_field start_fields[] = {
    {"share", FREM_T_VALUE, AT(frem_start, share), .flags = FREM_F_REQUIRED, SHARE,
     HELP("Share of the year's intake", "Andel af årets optag")},
    {"ends", FREM_T_MONTH, AT(frem_start, ends), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("Month at whose end the full programme ends",
          "Måned, ved hvis udgang den fulde uddannelse slutter")},
};
static KIND(kind_start, "start", frem_start, start_fields, NULL);

static const frem_field stage_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_course_stage, label),
     HELP("Name that people read", "Navn, som folk læser")},
    {"length", FREM_T_VALUE, AT(frem_course_stage, length), .flags = FREM_F_REQUIRED | FREM_F_ENTRY, .min = 0,
     .max = 12, .unit = "years", HELP("Length of the stage", "Trinnets længde")},
    {"dropout", FREM_T_VALUE, AT(frem_course_stage, dropout), .preset = "0", .flags = FREM_F_ENTRY, SHARE,
     HELP("Share of those who start the stage that drops out during it",
          "Andel af dem, der begynder trinnet, som falder fra undervejs")},
};
static KIND(kind_stage, "stage", frem_course_stage, stage_fields, NULL);

static const frem_field programme_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_programme, label), HELP("Name that people read", "Navn, som folk læser")},
    {"leads_to", FREM_T_TEXT, AT(frem_programme, leads_to), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     .refers = "professions",
     HELP("The profession of those who complete", "Faggruppen for dem, der fuldfører")},
    {"intake", FREM_T_VALUE, AT(frem_programme, intake),
     .flags = FREM_F_REQUIRED | FREM_F_ENTRY | FREM_F_REGION, POSITIVE, .unit = "persons",
     HELP("Persons who start in a calendar year", "Personer, der begynder i et kalenderår")},
    {"earlier_intake", FREM_T_CHOICE, AT(frem_programme, earlier_intake), .flags = FREM_F_SHAPE,
     .choices = "required|none|hold", .preset = "required",
     HELP("Entry cohorts before the first one given: asked for, none, or as the first",
          "Optag før det første givne: kræves, ingen eller som det første")},
    {"starts", FREM_T_MAP, AT(frem_programme, starts), .kind = &kind_start,
     HELP("Months in which studies start, with share and month of ending",
          "Måneder med studiestart, med andel og slutmåned")},
    {"length", FREM_T_VALUE, AT(frem_programme, length), .flags = FREM_F_ENTRY, .min = 0, .max = 12,
     .unit = "years",
     HELP("Length of the programme; the sum of the stages when those are given",
          "Uddannelsens længde; summen af trinnene, når de er givet")},
    {"full_length", FREM_T_NUMBER, AT(frem_programme, full_length), .flags = FREM_F_SHAPE, .min = 0,
     .max = 12, .unit = "years",
     HELP("The length that the months of ending belong to; a shorter or longer programme moves them",
          "Den længde, slutmånederne hører til; en kortere eller længere uddannelse flytter dem")},
    {"completion", FREM_T_VALUE, AT(frem_programme, completion), .flags = FREM_F_ENTRY, SHARE,
     HELP("Share of an entry cohort that completes", "Andel af en optagelsesårgang, der fuldfører")},
    {"stages", FREM_T_MAP, AT(frem_programme, stages), .kind = &kind_stage,
     HELP("Stages in order, each with length and dropout, in place of completion",
          "Trin i rækkefølge med længde og frafald, i stedet for completion")},
    {"entry", FREM_T_VALUE, AT(frem_programme, entry),
     .flags = FREM_F_REQUIRED | FREM_F_COUNTS | FREM_F_SEX | FREM_F_AGE, POSITIVE, .unit = "persons",
     HELP("Entrants by sex and age; only the shape counts", "Optagne efter køn og alder; kun formen tæller")},
    {"graduates_to", FREM_T_STRUCT, AT(frem_programme, graduates_to), .kind = &frem_kind_split,
     HELP("How graduates settle over the regions", "Hvordan dimittenderne fordeler sig på områderne")},
    {"outside", FREM_T_VALUE, AT(frem_programme, outside), .preset = "0", .flags = FREM_F_YEAR, SHARE,
     HELP("Share of the graduates that settles outside the regions",
          "Andel af dimittenderne, der bosætter sig uden for områderne")},
};
KIND(frem_kind_programme, "programme", frem_programme, programme_fields, NULL);

static const frem_field user_group_fields[] = {
    {"population", FREM_T_AGES, AT(frem_user_group, population), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("The ages whose number moves the users", "De aldre, hvis antal flytter brugerne")},
    {"use_rate", FREM_T_VALUE, AT(frem_user_group, use_rate), .flags = FREM_F_YEAR | FREM_F_REGION, POSITIVE,
     .unit = "users per person",
     HELP("Users per person; 1 when neither it nor users is given",
          "Brugere pr. person; 1, når hverken den eller users er givet")},
    {"users", FREM_T_VALUE, AT(frem_user_group, users), .flags = FREM_F_REGION, POSITIVE, .unit = "persons",
     HELP("Users in the base year, in place of a rate", "Brugere i basisåret, i stedet for en andel")},
    {"weight", FREM_T_VALUE, AT(frem_user_group, weight), .flags = FREM_F_YEAR, POSITIVE, .unit = "weight",
     HELP("Weight of one user", "Vægten af én bruger")},
};
static KIND(kind_user_group, "user group", frem_user_group, user_group_fields, NULL);

static const frem_field follows_fields[] = {
    {"driver", FREM_T_CHOICE, AT(frem_follows, driver), .flags = FREM_F_SHAPE, .choices = "|constant",
     HELP("`constant`: the need does not change", "`constant`: behovet ændrer sig ikke")},
    {"population", FREM_T_AGES, AT(frem_follows, population), .flags = FREM_F_SHAPE,
     HELP("The need follows the population of these ages", "Behovet følger befolkningen i disse aldre")},
    {"users", FREM_T_MAP, AT(frem_follows, users), .kind = &kind_user_group,
     HELP("The need follows weighted user groups", "Behovet følger vægtede brugergrupper")},
    {"series", FREM_T_VALUE, AT(frem_follows, series), .flags = FREM_F_YEAR | FREM_F_REGION, POSITIVE,
     .unit = "index",
     HELP("The need follows an index of your own", "Behovet følger et indeks, du selv giver")},
};
static KIND(kind_follows, "follows", frem_follows, follows_fields, "driver");

static const frem_field sector_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_sector, label), HELP("Name that people read", "Navn, som folk læser")},
    {"employment", FREM_T_VALUES, AT(frem_sector, employment), .flags = FREM_F_REQUIRED | FREM_F_REGION,
     POSITIVE, .unit = "FTE", .refers = "professions",
     HELP("Full-time equivalents in the base year, by profession", "Årsværk i basisåret efter faggruppe")},
    {"vacancies", FREM_T_VALUES, AT(frem_sector, vacancies), .flags = FREM_F_REGION, POSITIVE, .unit = "FTE",
     .refers = "professions",
     HELP("Vacancies that count as need in the base year, by profession",
          "Ubesatte stillinger, der tæller som behov i basisåret, efter faggruppe")},
    {"split", FREM_T_STRUCT, AT(frem_sector, split), .kind = &frem_kind_split,
     HELP("How totals are split over the regions", "Hvordan totaler fordeles på områderne")},
    {"follows", FREM_T_STRUCT, AT(frem_sector, follows), .kind = &kind_follows, .flags = FREM_F_REQUIRED,
     HELP("What moves the need", "Hvad der flytter behovet")},
    {"standard", FREM_T_VALUE, AT(frem_sector, standard), .flags = FREM_F_YEAR, POSITIVE, .unit = "factor",
     HELP("Standard: staff per user relative to the base year",
          "Standard: personale pr. bruger i forhold til basisåret")},
    {"productivity", FREM_T_VALUE, AT(frem_sector, productivity), .flags = FREM_F_YEAR, .min = 1e-6,
     .max = HUGE_VAL, .unit = "factor",
     HELP("Productivity relative to the base year", "Produktivitet i forhold til basisåret")},
    {"share_change", FREM_T_VALUES, AT(frem_sector, share_change), .flags = FREM_F_YEAR, .min = -1, .max = 1,
     .unit = "share", .refers = "professions",
     HELP("Change of a profession's share of the staff since the base year; the changes sum to 0",
          "Ændring i en faggruppes andel af personalet siden basisåret; ændringerne summer til 0")},
    {"extra", FREM_T_VALUES, AT(frem_sector, extra), .flags = FREM_F_YEAR | FREM_F_REGION, ANY, .unit = "FTE",
     .refers = "professions",
     HELP("Need beside the driver, by profession", "Behov ved siden af driveren, efter faggruppe")},
};
KIND(frem_kind_sector, "sector", frem_sector, sector_fields, NULL);
