/* The field table of professions, programmes and sectors. */
#include "scenario/fields_make.h"

static const frem_field cohorts_fields[] = {
    {"persons", FREM_T_VALUE, AT(frem_cohorts, persons),
     .flags = FREM_F_REQUIRED | FREM_F_COUNTS | FREM_F_REGION | FREM_F_TOTAL | FREM_F_SEX | FREM_F_AGE,
     POSITIVE, .unit = "persons",
     HELP("Persons in the stock of the base year", "Personer i basisårets bestand")},
    {"ages", FREM_T_VALUE, AT(frem_cohorts, ages), .flags = FREM_F_COUNTS | FREM_F_SEX | FREM_F_AGE, POSITIVE,
     .unit = "persons",
     HELP("Profile by sex and age; only its shape counts", "Profil efter køn og alder; kun formen tæller")},
    {"split", FREM_T_STRUCT, AT(frem_cohorts, split), .kind = &frem_kind_split,
     HELP("How a total is split over the regions", "Hvordan en total fordeles på områderne")},
    COVERS(frem_cohorts),
};
static KIND(kind_cohorts, "cohorts", frem_cohorts, cohorts_fields, NULL);

static const frem_field absence_fields[] = {
    {"share", FREM_T_VALUE, AT(frem_absence, share), .flags = FREM_F_YEAR, SHARE, USUAL(0, 0.3),
     HELP("Share of working time", "Andel af arbejdstiden")},
    {"days", FREM_T_VALUE, AT(frem_absence, days), .flags = FREM_F_YEAR, .min = 0, .max = 366,
     .unit = "days per year", HELP("Days absent a year", "Fraværsdage om året")},
    {"of", FREM_T_VALUE, AT(frem_absence, of), .flags = FREM_F_YEAR, .min = 1, .max = 366,
     .unit = "days per year", HELP("Working days a year", "Arbejdsdage om året")},
};
static KIND(kind_absence, "absence", frem_absence, absence_fields, "share");

#define LEAVING (FREM_F_YEAR | FREM_F_REGION | FREM_F_SEX)

static const frem_field leaves_fields[] = {
    {"mean", FREM_T_VALUE, AT(frem_leaves, mean), .flags = FREM_F_REQUIRED | LEAVING, .min = -30, .max = 30,
     .unit = "years",
     HELP("Mean age of leaving, in years after the retirement age of the reference cohort",
          "Gennemsnitlig tilbagetrækning i år efter referenceårgangens pensionsalder")},
    {"spread", FREM_T_VALUE, AT(frem_leaves, spread), .flags = FREM_F_REQUIRED | LEAVING, .min = 0, .max = 30,
     .unit = "years",
     HELP("Standard deviation of the age of leaving", "Standardafvigelse på tilbagetrækningsalderen")},
    {"response", FREM_T_VALUE, AT(frem_leaves, response), .preset = "1", .flags = LEAVING, .min = 0, .max = 2,
     .unit = "years per year",
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
     .min = 0, .max = 120,
     HELP("No one leaves before this age; required for kind exit",
          "Ingen går før denne alder; påkrævet ved kind exit")},
    {"latest", FREM_T_NUMBER, AT(frem_retirement, latest), .flags = FREM_F_SHAPE, .unit = "years of age",
     .min = 0, .max = 130,
     HELP("Everybody has left at this age; required for kind exit",
          "Alle er gået ved denne alder; påkrævet ved kind exit")},
    {"threshold", FREM_T_NUMBER, AT(frem_retirement, threshold), .flags = FREM_F_SHAPE,
     .unit = "years of age", .min = 0, .max = 120,
     HELP("Age from which participation follows the retirement age",
          "Alder, hvorfra erhvervsdeltagelsen følger pensionsalderen")},
    {"response", FREM_T_VALUE, AT(frem_retirement, response), .flags = LEAVING, .min = 0, .max = 2,
     .unit = "years per year",
     HELP("Years that participation moves when the retirement age rises by one",
          "År, erhvervsdeltagelsen flytter, når pensionsalderen stiger ét år")},
};
static KIND(kind_retirement, "retirement", frem_retirement, retirement_fields, NULL);

#define LABOUR (FREM_F_YEAR | FREM_F_REGION | FREM_F_SEX | FREM_F_AGE)

static const frem_field part_time_fields[] = {
    {"share", FREM_T_VALUE, AT(frem_part_time, share), .flags = FREM_F_REQUIRED | LABOUR, SHARE,
     HELP("Share of the employed who work part time", "Andel af de beskæftigede på deltid")},
    {"hours", FREM_T_VALUE, AT(frem_part_time, hours), .flags = FREM_F_REQUIRED | LABOUR, .min = 0, .max = 80,
     .unit = "hours per week",
     HELP("Their hours a week; at most those of full time", "Deres timer om ugen; højst fuldtidsugens")},
};
static KIND(kind_part_time, "part time", frem_part_time, part_time_fields, NULL);

static const frem_field profession_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_profession, label),
     HELP("Name that people read", "Navn, som folk læser")},
    {"supply", FREM_T_CHOICE, AT(frem_profession, supply), .flags = FREM_F_SHAPE,
     .choices = "cohorts|labour_force|none", .preset = "cohorts",
     HELP("What supply counts: the employed people of a stock, its whole labour force, or none (demand only, "
          "as of "
          "untrained staff)",
          "Hvad udbuddet tæller: de beskæftigede i en bestand, hele dens arbejdsstyrke eller ingen (kun "
          "efterspørgsel, som efter ufaglærte)")},
    {"returners", FREM_T_VALUE, AT(frem_profession, returners), .flags = LABOUR, SHARE,
     HELP("Share of those who left for good that comes back in a year",
          "Andel af dem, der har forladt faget, som vender tilbage på et år")},
    {"already_left", FREM_T_VALUE, AT(frem_profession, already_left),
     .flags = FREM_F_REGION | FREM_F_SEX | FREM_F_AGE, .min = 0, .max = 10, .unit = "factor", USUAL(0, 1),
     HELP("People who had left the field for good before the base year, per person of its stock: those whom "
          "`returners` can bring back from the first year on",
          "Folk, der havde forladt faget før basisåret, pr. person i bestanden: dem, som `returners` kan "
          "hente tilbage fra det første år")},
    {"immigration", FREM_T_STRUCT, AT(frem_profession, immigration), .kind = &frem_kind_immigration,
     HELP("People of the profession who come from abroad", "Faguddannede, der kommer fra udlandet")},
    {"moves", FREM_T_STRUCT, AT(frem_profession, moves), .kind = &frem_kind_moves,
     HELP("Moves between the regions", "Flytninger mellem områderne")},
    {"commuting", FREM_T_STRUCT, AT(frem_profession, commuting), .kind = &frem_kind_commuting,
     HELP("Where people work, by where they live", "Hvor folk arbejder, efter hvor de bor")},
    {"unit_cost", FREM_T_VALUE, AT(frem_profession, unit_cost), .flags = FREM_F_YEAR, POSITIVE,
     .unit = "kr. per FTE", HELP("Cost of a full-time equivalent a year", "Udgift pr. årsværk om året")},
    {"cohorts", FREM_T_STRUCT, AT(frem_profession, cohorts), .kind = &kind_cohorts,
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
    {"part_time", FREM_T_STRUCT, AT(frem_profession, part_time), .kind = &kind_part_time,
     HELP("Part time against `full_time_hours`, in place of fte_per_employed",
          "Deltid i forhold til `full_time_hours`, i stedet for fte_per_employed")},
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
    {"graduate_exit", FREM_T_VALUES, AT(frem_profession, graduate_exit), .flags = LABOUR, SHARE,
     HELP("Share of a programme's graduates that leaves the field for good in their first, second, … year "
          "after they joined, "
          "beside all other exits",
          "Andel af en uddannelses dimittender, der forlader faget for bestandig i deres første, andet, … "
          "år, efter de kom, "
          "ud over al anden afgang")},
    {"retirement", FREM_T_STRUCT, AT(frem_profession, retirement), .kind = &kind_retirement,
     HELP("How people retire", "Hvordan folk trækker sig tilbage")},
    {"feedback", FREM_T_STRUCT, AT(frem_profession, feedback), .kind = &frem_kind_feedback,
     HELP("What answers a shortage; off unless it is named, each part with its source",
          "Hvad der svarer på en mangel; slået fra, medmindre det nævnes, hver del med sin kilde")},
    COVERS(frem_profession),
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

/* What becomes of an entry cohort: by year of entry, by where it studies and by sex. */
#define OUTCOME (FREM_F_ENTRY | FREM_F_REGION | FREM_F_SEX)

static const frem_field stage_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_course_stage, label),
     HELP("Name that people read", "Navn, som folk læser")},
    {"length", FREM_T_VALUE, AT(frem_course_stage, length), .flags = FREM_F_REQUIRED | FREM_F_ENTRY, .min = 0,
     .max = 12, .unit = "years", HELP("Length of the stage", "Trinnets længde")},
    {"dropout", FREM_T_VALUE, AT(frem_course_stage, dropout), .preset = "0", .flags = OUTCOME, SHARE,
     HELP("Share of those who start the stage that drops out during it; by region, it is where they study",
          "Andel af dem, der begynder trinnet, som falder fra undervejs; efter område gælder det, hvor de "
          "læser")},
    {"student_fte", FREM_T_VALUE, AT(frem_course_stage, student_fte), .min = 0, .max = 2,
     .unit = "FTE per student",
     HELP("Full-time equivalents that a student of the stage works",
          "Årsværk, som en elev på trinnet arbejder")},
};
static KIND(kind_stage, "stage", frem_course_stage, stage_fields, NULL);

static const frem_field again_fields[] = {
    {"share", FREM_T_VALUE, AT(frem_again, share),
     .flags = FREM_F_REQUIRED | FREM_F_YEAR | FREM_F_REGION | FREM_F_SEX, SHARE,
     HELP("Share of those who drop out in a year after the base year that begins again",
          "Andel af dem, der falder fra i et år efter basisåret, som begynder igen")},
    {"after", FREM_T_WHOLE, AT(frem_again, after), .preset = "1", .flags = FREM_F_SHAPE, .min = 1, .max = 10,
     .unit = "years", HELP("Years until they begin again", "År, til de begynder igen")},
};
static KIND(kind_again, "begin again", frem_again, again_fields, "share");

static const frem_field programme_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_programme, label), HELP("Name that people read", "Navn, som folk læser")},
    {"leads_to", FREM_T_TEXT, AT(frem_programme, leads_to), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     .refers = "professions",
     HELP("The profession of those who complete", "Faggruppen for dem, der fuldfører")},
    {"intake", FREM_T_VALUE, AT(frem_programme, intake), .flags = FREM_F_ENTRY | FREM_F_REGION | FREM_F_TOTAL,
     POSITIVE, .unit = "persons",
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
    {"completion", FREM_T_VALUE, AT(frem_programme, completion), .flags = OUTCOME, SHARE, USUAL(0.3, 0.98),
     HELP("Share of an entry cohort that completes; by region, it is where they study",
          "Andel af en optagelsesårgang, der fuldfører; efter område gælder det, hvor de læser")},
    {"stages", FREM_T_MAP, AT(frem_programme, stages), .kind = &kind_stage,
     HELP("Stages in order, each with length and dropout, in place of completion",
          "Trin i rækkefølge med længde og frafald, i stedet for completion")},
    {"entry", FREM_T_VALUE, AT(frem_programme, entry),
     .flags = FREM_F_REQUIRED | FREM_F_COUNTS | OUTCOME | FREM_F_AGE, POSITIVE, .unit = "persons",
     HELP("Entrants by sex and age, perhaps by year of entry and where they study; only the shape counts",
          "Optagne efter køn og alder, evt. efter optagelsesår og hvor de læser; kun formen tæller")},
    {"graduates_to", FREM_T_STRUCT, AT(frem_programme, graduates_to), .kind = &frem_kind_split,
     HELP("How graduates settle over the regions", "Hvordan dimittenderne fordeler sig på områderne")},
    {"outside", FREM_T_VALUE, AT(frem_programme, outside), .preset = "0",
     .flags = FREM_F_YEAR | FREM_F_REGION | FREM_F_SEX, SHARE,
     HELP("Share of the graduates that settles outside the regions; by region, it is where they studied",
          "Andel af dimittenderne, der bosætter sig uden for områderne; efter område gælder det, hvor de "
          "læste")},
    {"from", FREM_T_TEXT, AT(frem_programme, from), .flags = FREM_F_SHAPE, .refers = "professions",
     HELP("The profession that entrants come from (an upgrade)",
          "Faggruppen, som de optagne kommer fra (videreuddannelse)")},
    {"return_share", FREM_T_VALUE, AT(frem_programme, return_share), .preset = "1", SHARE,
     HELP("Share of an upgrade's dropouts that comes back",
          "Andel af de frafaldne fra en videreuddannelse, som vender tilbage")},
    {"places", FREM_T_VALUE, AT(frem_programme, places), .flags = FREM_F_ENTRY | FREM_F_REGION | FREM_F_TOTAL,
     POSITIVE, .unit = "places",
     HELP("Places in a calendar year; without applicants all are filled",
          "Pladser i et kalenderår; uden ansøgere fyldes de alle")},
    {"applicants", FREM_T_VALUE, AT(frem_programme, applicants),
     .flags = FREM_F_ENTRY | FREM_F_REGION | FREM_F_TOTAL, POSITIVE, .unit = "persons",
     HELP("Applicants in a calendar year", "Ansøgere i et kalenderår")},
    {"qualified_share", FREM_T_VALUE, AT(frem_programme, qualified_share), .preset = "1",
     .flags = FREM_F_ENTRY, SHARE,
     HELP("Share of the applicants that may be admitted", "Andel af ansøgerne, der kan optages")},
    {"shock", FREM_T_VALUE, AT(frem_programme, shock), .flags = FREM_F_ENTRY, POSITIVE, .unit = "factor",
     HELP("Factor on intake, or on applicants where those are given; 1 in years before the first one given",
          "Faktor på optaget, eller på ansøgerne, hvor de er givet; 1 i årene før det første givne")},
    {"intake_follows", FREM_T_STRUCT, AT(frem_programme, intake_follows), .kind = &frem_kind_young,
     HELP("A population group that intake (or applicants) follows after the base year",
          "En befolkningsgruppe, som optaget (eller ansøgerne) følger efter basisåret")},
    {"reform", FREM_T_STRUCT, AT(frem_programme, reform), .kind = &frem_kind_reform,
     HELP("A shorter programme from an entry cohort on",
          "En kortere uddannelse fra og med en optagelsesårgang")},
    {"begin_again", FREM_T_STRUCT, AT(frem_programme, begin_again), .kind = &kind_again,
     HELP("Dropouts who begin the programme again, beside the intake",
          "Frafaldne, der begynder uddannelsen igen, ud over optaget")},
    {"delay", FREM_T_VALUES, AT(frem_programme, delay), SHARE,
     HELP("Shares by whole years that graduates join later",
          "Andele efter hele år, som dimittender kommer senere")},
    {"entry_total", FREM_T_VALUE, AT(frem_programme, entry_total), POSITIVE, .unit = "persons",
     HELP("The total that entrants by age are shares of; their own sum when left out",
          "Den total, som optagne efter alder er andele af; ellers deres egen sum")},
    {"specialisations", FREM_T_MAP, AT(frem_programme, specialisations), .kind = &frem_kind_specialisation,
     HELP("Shares of the intake by specialisation, for `practicum`; they sum to 1",
          "Andele af optaget efter specialisering, til `practicum`; de summer til 1")},
    COVERS(frem_programme),
};
KIND(frem_kind_programme, "programme", frem_programme, programme_fields, NULL);

static const frem_field user_group_fields[] = {
    {"population", FREM_T_AGES, AT(frem_user_group, population), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("The ages whose number moves the users", "De aldre, hvis antal flytter brugerne")},
    {"use_rate", FREM_T_VALUE, AT(frem_user_group, use_rate), .flags = FREM_F_YEAR | FREM_F_REGION, POSITIVE,
     .unit = "users per person",
     HELP("Users per person; 1 when neither it nor users is given",
          "Brugere pr. person; 1, når hverken den eller users er givet")},
    {"users", FREM_T_VALUE, AT(frem_user_group, users), .flags = FREM_F_REGION | FREM_F_TOTAL, POSITIVE,
     .unit = "persons",
     HELP("Users in the base year, in place of a rate", "Brugere i basisåret, i stedet for en andel")},
    {"weight", FREM_T_VALUE, AT(frem_user_group, weight), .flags = FREM_F_YEAR, POSITIVE, .unit = "weight",
     HELP("Weight of one user", "Vægten af én bruger")},
    {"hours", FREM_T_STRUCT, AT(frem_user_group, hours), .kind = &frem_kind_hours,
     HELP("Users and weight from hours a week", "Brugere og vægt ud fra ugentlige timer")},
    COVERS(frem_user_group),
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
    {"user_table", FREM_T_STRUCT, AT(frem_follows, user_table), .kind = &frem_kind_user_table,
     HELP("The need follows user groups listed in a table",
          "Behovet følger brugergrupper, der står i en tabel")},
    {"sector", FREM_T_TEXT, AT(frem_follows, sector), .flags = FREM_F_SHAPE, .refers = "demand",
     HELP("The need follows another sector", "Behovet følger en anden branche")},
    {"need", FREM_T_STRUCT, AT(frem_follows, need), .kind = &frem_kind_need,
     HELP("The need follows need by age", "Behovet følger behov efter alder")},
    {"teaching", FREM_T_STRUCT, AT(frem_follows, teaching), .kind = &frem_kind_teaching,
     HELP("The need follows the hours of teaching that pupils are given, over what a teacher teaches",
          "Behovet følger de undervisningstimer, eleverne får, over det, en lærer underviser")},
    {"spending", FREM_T_STRUCT, AT(frem_follows, spending), .kind = &frem_kind_spending,
     HELP("The need follows what each region spends, at fixed prices",
          "Behovet følger, hvad hvert område bruger af penge, i faste priser")},
    COVERS(frem_follows),
};
static KIND(kind_follows, "follows", frem_follows, follows_fields, "driver");

static const frem_field sector_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_sector, label), HELP("Name that people read", "Navn, som folk læser")},
    {"employment", FREM_T_VALUES, AT(frem_sector, employment),
     .flags = FREM_F_REQUIRED | FREM_F_REGION | FREM_F_TOTAL, POSITIVE, .unit = "FTE",
     .refers = "professions",
     HELP("Full-time equivalents in the base year, by profession", "Årsværk i basisåret efter faggruppe")},
    {"vacancies", FREM_T_VALUES, AT(frem_sector, vacancies), .flags = FREM_F_REGION | FREM_F_TOTAL, POSITIVE,
     .unit = "FTE", .refers = "professions",
     HELP("Vacancies that count as need in the base year, by profession",
          "Ubesatte stillinger, der tæller som behov i basisåret, efter faggruppe")},
    {"split", FREM_T_STRUCT, AT(frem_sector, split), .kind = &frem_kind_split,
     HELP("How totals are split over the regions", "Hvordan totaler fordeles på områderne")},
    {"follows", FREM_T_STRUCT, AT(frem_sector, follows), .kind = &kind_follows, .flags = FREM_F_REQUIRED,
     HELP("What moves the need", "Hvad der flytter behovet")},
    {"standard", FREM_T_VALUE, AT(frem_sector, standard), .flags = FREM_F_YEAR, POSITIVE, .unit = "factor",
     .without = "1",
     HELP("Standard: staff per user relative to the base year",
          "Standard: personale pr. bruger i forhold til basisåret")},
    {"productivity", FREM_T_VALUE, AT(frem_sector, productivity), .flags = FREM_F_YEAR, .min = 1e-6,
     .max = HUGE_VAL, .unit = "factor", .without = "1",
     HELP("Productivity relative to the base year", "Produktivitet i forhold til basisåret")},
    {"share_change", FREM_T_VALUES, AT(frem_sector, share_change), .flags = FREM_F_YEAR, .min = -1, .max = 1,
     .unit = "share", .refers = "professions",
     HELP("Change of a profession's share of the staff since the base year; the changes sum to 0",
          "Ændring i en faggruppes andel af personalet siden basisåret; ændringerne summer til 0")},
    {"extra", FREM_T_VALUES, AT(frem_sector, extra), .flags = FREM_F_YEAR | FREM_F_REGION | FREM_F_TOTAL, ANY,
     .unit = "FTE", .without = "0", .refers = "professions",
     HELP("Need beside the driver, by profession", "Behov ved siden af driveren, efter faggruppe")},
    {"shares", FREM_T_VALUES, AT(frem_sector, shares), .flags = FREM_F_YEAR, SHARE, .refers = "professions",
     HELP(
         "Professions' shares of the staff, summing to 1; what changes against the base year is substitution",
         "Faggruppernes andele af personalet, med summen 1; ændringen siden basisåret er substitution")},
    {"floor", FREM_T_STRUCT, AT(frem_sector, floor), .kind = &frem_kind_floor,
     HELP("A staffing ratio as a floor (normering)", "En normering som gulv")},
    {"budget", FREM_T_STRUCT, AT(frem_sector, budget), .kind = &frem_kind_budget,
     HELP("Money that becomes posts", "Penge, der bliver til stillinger")},
    COVERS(frem_sector),
};
KIND(frem_kind_sector, "sector", frem_sector, sector_fields, NULL);
