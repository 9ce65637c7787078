/* The field table of the parts that few scenarios need: mobility, reforms, users by table, floors, budgets. */
#include "scenario/fields_make.h"

#define SOURCE(type)                                                                                         \
    {                                                                                                        \
        "source", FREM_T_LABEL, AT(type, source),                                                            \
            HELP("Where the figures come from", "Hvor tallene kommer fra")                                   \
    }
#define TABLE(type)                                                                                          \
    {                                                                                                        \
        "table", FREM_T_TEXT, AT(type, table), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,                      \
                                               HELP("The table", "Tabellen")                                 \
    }
#define WHERE(type)                                                                                          \
    {                                                                                                        \
        "where", FREM_T_TEXT_MAP, AT(type, where), .flags = FREM_F_SHAPE,                                    \
                                                   HELP("Only rows with these values in these columns",      \
                                                        "Kun rækker med disse værdier i disse kolonner")     \
    }

static const frem_field observed_fields[] = {
    {"of", FREM_T_TEXT, AT(frem_observed, of), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("Address of the result, MEASURE:PROFESSION:REGION:YEAR[:SECTOR]; the year may be a change, "
          "`2018..2023`",
          "Resultatets adresse, MÅL:FAGGRUPPE:OMRÅDE:ÅR[:BRANCHE]; året kan være en ændring, `2018..2023`")},
    {"value", FREM_T_NUMBER, AT(frem_observed, value), .flags = FREM_F_REQUIRED | FREM_F_SHAPE, ANY,
     HELP("What was observed, in the unit of the measure", "Det observerede, i målets enhed")},
    {"tolerance", FREM_T_NUMBER, AT(frem_observed, tolerance), .flags = FREM_F_SHAPE, POSITIVE,
     HELP(
         "How far a projection may be from it and still agree with it, as half of what it is rounded to",
         "Hvor langt en fremskrivning må være fra det og stadig stemme med det, som halvdelen af det, der er "
         "afrundet til")},
    SOURCE(frem_observed),
    {"note", FREM_T_TEXT, AT(frem_observed, note),
     HELP("A remark, for the reader", "En bemærkning til læseren")},
};
KIND(frem_kind_observed, "observation", frem_observed, observed_fields, NULL);

static const frem_field old_ages_fields[] = {
    TABLE(frem_old_ages),
    SHEET(frem_old_ages),
    {"column", FREM_T_TEXT, AT(frem_old_ages, column), .flags = FREM_F_SHAPE, .preset = "share",
     HELP("Column with the share of the open group; the table has year, age_from, age_to besides",
          "Kolonne med andelen af den åbne gruppe; tabellen har desuden year, age_from, age_to")},
    SOURCE(frem_old_ages),
};
KIND(frem_kind_old_ages, "old_ages", frem_old_ages, old_ages_fields, "table");

static const frem_field age_profile_fields[] = {
    TABLE(frem_age_profile),
    SHEET(frem_age_profile),
    {"column", FREM_T_TEXT, AT(frem_age_profile, column), .flags = FREM_F_SHAPE, .preset = "persons",
     HELP("Column with the persons; the table has year and age, or year, age_from, age_to, besides",
          "Kolonne med personer; tabellen har desuden year og age, eller year, age_from, age_to")},
    SOURCE(frem_age_profile),
};
KIND(frem_kind_age_profile, "age_profile", frem_age_profile, age_profile_fields, "table");

static const frem_field immigration_fields[] = {
    {"persons", FREM_T_VALUE, AT(frem_immigration, persons),
     .flags = FREM_F_REQUIRED | FREM_F_YEAR | FREM_F_REGION | FREM_F_TOTAL, POSITIVE, .unit = "persons",
     CALLED("Immigration", "Indvandring"),
     HELP("Persons who arrive in a year", "Personer, der kommer på et år")},
    {"ages", FREM_T_VALUE, AT(frem_immigration, ages),
     .flags = FREM_F_REQUIRED | FREM_F_COUNTS | FREM_F_SEX | FREM_F_AGE, POSITIVE, .unit = "persons",
     HELP("Profile by sex and age; only its shape counts", "Profil efter køn og alder; kun formen tæller")},
    {"split", FREM_T_STRUCT, AT(frem_immigration, split), .kind = &frem_kind_split,
     HELP("How a total is split over the regions", "Hvordan en total fordeles på områderne")},
    {"stay", FREM_T_VALUES, AT(frem_immigration, stay), SHARE,
     CALLED("Immigrants who stay", "Indvandrede, der bliver"),
     HELP("Share of those who came that is still there after so many whole years, beside all other exits; as "
          "many leave "
          "in each year between, and no one more after the last",
          "Andel af dem, der kom, som stadig er der efter så mange hele år, ud over al anden afgang; lige "
          "mange går i "
          "hvert år imellem, og ingen flere efter det sidste")},
    COVERS(frem_immigration),
};
KIND(frem_kind_immigration, "immigration", frem_immigration, immigration_fields, NULL);

static const frem_field matrix_fields[] = {
    TABLE(frem_matrix),
    SHEET(frem_matrix),
    {"from", FREM_T_TEXT, AT(frem_matrix, from), .flags = FREM_F_SHAPE, .preset = "from",
     HELP("Column with the region of departure or residence",
          "Kolonne med fraflytnings- eller bopælsområde")},
    {"to", FREM_T_TEXT, AT(frem_matrix, to), .flags = FREM_F_SHAPE, .preset = "to",
     HELP(
         "Column with the region of arrival or workplace; `outside` is all others, and so are regions of the "
         "regions' table that the scenario leaves out",
         "Kolonne med tilflytnings- eller arbejdsområde; `outside` er alle andre, og det er også områder i "
         "områdetabellen, som scenariet udelader")},
    {"column", FREM_T_TEXT, AT(frem_matrix, column), .flags = FREM_F_SHAPE, .preset = "share",
     HELP("Column with the share; columns with year, and for moves sex and age, separate shares",
          "Kolonne med andelen; kolonner med år, og for flytninger køn og alder, skelner andelene")},
    WHERE(frem_matrix),
    {"keys", FREM_T_TEXT_MAP, AT(frem_matrix, keys), .flags = FREM_F_SHAPE,
     HELP("Which columns hold year, sex, age, age_from, age_to",
          "Hvilke kolonner der indeholder year, sex, age, age_from, age_to")},
    SOURCE(frem_matrix),
};
static KIND(kind_matrix, "matrix", frem_matrix, matrix_fields, "table");

#define MOVING (FREM_F_YEAR | FREM_F_REGION | FREM_F_SEX | FREM_F_AGE)

static const frem_field moves_fields[] = {
    {"matrix", FREM_T_STRUCT, AT(frem_moves, matrix), .kind = &kind_matrix,
     HELP(
         "Yearly probabilities of moving from region to region; a pair that is not listed does not move",
         "Årlige sandsynligheder for at flytte fra område til område; par, der ikke står der, flytter ikke")},
    {"net", FREM_T_VALUE, AT(frem_moves, net), .flags = MOVING, .min = -1, .max = 1, .unit = "share per year",
     CALLED("Net moves", "Nettoflytning"),
     HELP("Net share of the stock that a region gains or loses a year",
          "Netto andel af bestanden, som et område vinder eller taber om året")},
    {"factor", FREM_T_VALUE, AT(frem_moves, factor), .flags = MOVING, POSITIVE, .unit = "factor",
     .without = "1", CALLED("Moves", "Flytning"),
     HELP("Factor on every probability of the matrix, by the region that people leave",
          "Faktor på alle matricens sandsynligheder, efter det område, folk flytter fra")},
};
KIND(frem_kind_moves, "moves", frem_moves, moves_fields, NULL);

static const frem_field commuting_fields[] = {
    {"matrix", FREM_T_STRUCT, AT(frem_commuting, matrix), .kind = &kind_matrix, .flags = FREM_F_REQUIRED,
     HELP("Share of a residence's supply that works in a region; people of a region without any row work at "
          "home, "
          "and a pair that is not listed does not commute",
          "Andel af et bopælsområdes udbud, som arbejder i et område; folk i et område uden nogen række "
          "arbejder "
          "hjemme, og par, der ikke står der, pendler ikke")},
    {"inflow", FREM_T_VALUE, AT(frem_commuting, inflow), .flags = FREM_F_YEAR | FREM_F_REGION, POSITIVE,
     .unit = "persons", CALLED("Commuters from outside", "Pendlere udefra"),
     HELP("Employed persons who live outside all regions", "Beskæftigede, der bor uden for alle områder")},
    {"inflow_fte", FREM_T_VALUE, AT(frem_commuting, inflow_fte), .flags = FREM_F_YEAR | FREM_F_REGION,
     POSITIVE, .unit = "FTE", CALLED("FTE of commuters", "Pendleres årsværk"),
     HELP("Their full-time equivalents", "Deres årsværk")},
};
KIND(frem_kind_commuting, "commuting", frem_commuting, commuting_fields, NULL);

static const frem_field reform_fields[] = {
    {"from", FREM_T_WHOLE, AT(frem_reform, from), .flags = FREM_F_REQUIRED | FREM_F_SHAPE, .unit = "year",
     .min = 1900, .max = 2200,
     HELP("First entry year of the shorter programme", "Første optagelsesår på den kortere uddannelse")},
    {"shorter", FREM_T_VALUE, AT(frem_reform, shorter), .min = 0, .max = 12, .unit = "years",
     CALLED("Shorter study", "Kortere studie"), HELP("Years shorter", "År kortere")},
    {"ects", FREM_T_VALUE, AT(frem_reform, ects), .min = 0, .max = 720, .unit = "ECTS",
     HELP("ECTS shorter; 60 are a year", "ECTS kortere; 60 er et år")},
};
KIND(frem_kind_reform, "reform", frem_reform, reform_fields, NULL);

static const frem_field young_fields[] = {
    {"population", FREM_T_AGES, AT(frem_young, population), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("The ages of the population group", "Befolkningsgruppens aldre")},
};
KIND(frem_kind_young, "population group", frem_young, young_fields, NULL);

static const frem_field hours_fields[] = {
    TABLE(frem_hours),
    SHEET(frem_hours),
    WHERE(frem_hours),
    {"from", FREM_T_TEXT, AT(frem_hours, from), .flags = FREM_F_SHAPE, .preset = "hours_from",
     HELP("Column with the fewest hours of a row", "Kolonne med rækkens færreste timer")},
    {"to", FREM_T_TEXT, AT(frem_hours, to), .flags = FREM_F_SHAPE, .preset = "hours_to",
     HELP("Column with the most hours of a row", "Kolonne med rækkens fleste timer")},
    {"users", FREM_T_TEXT, AT(frem_hours, users), .flags = FREM_F_SHAPE, .preset = "users",
     HELP("Column with the number of users", "Kolonne med antal brugere")},
    {"intensity", FREM_T_VALUE, AT(frem_hours, intensity), .preset = "1", POSITIVE, .unit = "factor",
     HELP("Staff intensity of an hour", "Personaleintensitet pr. time")},
    {"norm_hours", FREM_T_VALUE, AT(frem_hours, norm_hours), .flags = FREM_F_REQUIRED, .min = 1, .max = 168,
     .unit = "hours per week", HELP("Hours that count as one user", "Timer, der tæller som én bruger")},
    SOURCE(frem_hours),
    COVERS(frem_hours),
};
KIND_OF(frem_kind_hours, "hours", frem_hours, hours_fields, NULL, true);

static const frem_field user_table_fields[] = {
    TABLE(frem_user_table),
    SHEET(frem_user_table),
    WHERE(frem_user_table),
    {"age_from", FREM_T_TEXT, AT(frem_user_table, age_from), .flags = FREM_F_SHAPE, .preset = "age_from",
     HELP("Column with a group's first age", "Kolonne med gruppens første alder")},
    {"age_to", FREM_T_TEXT, AT(frem_user_table, age_to), .flags = FREM_F_SHAPE, .preset = "age_to",
     HELP("Column with a group's last age", "Kolonne med gruppens sidste alder")},
    {"users", FREM_T_TEXT, AT(frem_user_table, users), .flags = FREM_F_SHAPE, .preset = "users",
     HELP("Column with the users of the base year", "Kolonne med basisårets brugere")},
    {"weight", FREM_T_TEXT, AT(frem_user_table, weight), .flags = FREM_F_SHAPE,
     HELP("Column with the weight of a user; 1 when left out", "Kolonne med vægten af en bruger; ellers 1")},
    SOURCE(frem_user_table),
    COVERS(frem_user_table),
};
KIND_OF(frem_kind_user_table, "user table", frem_user_table, user_table_fields, "table", true);

static const frem_field healthy_fields[] = {
    {"from", FREM_T_WHOLE, AT(frem_healthy, from), .flags = FREM_F_SHAPE, .unit = "years of age", .min = 0,
     .max = 120, .preset = "65", HELP("Age from which need is postponed", "Alder, hvorfra behovet udskydes")},
    {"strength", FREM_T_VALUE, AT(frem_healthy, strength), .flags = FREM_F_REQUIRED, .min = 0, .max = 2,
     .unit = "years per year", CALLED("Healthy ageing", "Sund aldring"),
     HELP("Years that need is postponed per year of longer life",
          "År, behovet udskydes pr. års længere liv")},
    {"life_expectancy", FREM_T_VALUE, AT(frem_healthy, life_expectancy),
     .flags = FREM_F_REQUIRED | FREM_F_YEAR, .min = 0, .max = 60, .unit = "years",
     CALLED("Life expectancy at 65", "Restlevetid for 65-årige"),
     HELP("Life expectancy at 65", "Restlevetid for 65-årige")},
};
static KIND(kind_healthy, "healthy ageing", frem_healthy, healthy_fields, NULL);

static const frem_field dying_fields[] = {
    {"years", FREM_T_WHOLE, AT(frem_dying, years), .flags = FREM_F_SHAPE, .unit = "years", .min = 1,
     .max = 10, .preset = "3", HELP("Years before death that count", "År før døden, der tæller")},
    {"mortality", FREM_T_VALUE, AT(frem_dying, mortality),
     .flags = FREM_F_REQUIRED | FREM_F_YEAR | FREM_F_AGE | FREM_F_PEOPLE | FREM_F_BEYOND, .min = 0, .max = 10,
     .unit = "deaths per person-year", CALLED("Mortality", "Dødelighed"),
     HELP("Deaths per person-year, by age", "Dødsfald pr. personår, efter alder")},
    {"decedent", FREM_T_VALUE, AT(frem_dying, decedent), .flags = FREM_F_AGE | FREM_F_PEOPLE, POSITIVE,
     .unit = "need per person", CALLED("Need in the last years of life", "Behov i livets sidste år"),
     HELP("Need of a person in the last years of life", "Behov for en person i livets sidste år")},
    {"decedent_ratio", FREM_T_VALUE, AT(frem_dying, decedent_ratio), .flags = FREM_F_AGE | FREM_F_PEOPLE,
     POSITIVE, .unit = "factor", CALLED("Need in the last years of life", "Behov i livets sidste år"),
     HELP("How many times what a survivor of the same age needs, in place of decedent",
          "Hvor mange gange behovet hos en overlevende af samme alder, i stedet for decedent")},
};
static KIND(kind_dying, "years to death", frem_dying, dying_fields, NULL);

static const frem_field need_fields[] = {
    {"by_age", FREM_T_VALUE, AT(frem_need, by_age),
     .flags = FREM_F_REQUIRED | FREM_F_YEAR | FREM_F_AGE | FREM_F_PEOPLE, POSITIVE, .unit = "need per person",
     CALLED("Need by age", "Behov efter alder"),
     HELP("Average need of a person, or what a person costs, by age, perhaps by year",
          "Gennemsnitligt behov pr. person, eller hvad en person koster, efter alder og evt. år")},
    {"healthy_ageing", FREM_T_STRUCT, AT(frem_need, healthy_ageing), .kind = &kind_healthy,
     HELP("Need comes later as people live longer", "Behovet kommer senere, når folk lever længere")},
    {"years_to_death", FREM_T_STRUCT, AT(frem_need, years_to_death), .kind = &kind_dying,
     HELP("Need depends on the years left", "Behovet afhænger af de år, der er tilbage")},
};
KIND(frem_kind_need, "need", frem_need, need_fields, "by_age");

static const frem_field pupils_fields[] = {
    {"population", FREM_T_AGES, AT(frem_pupils, population), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("Ages of the pupils", "Elevernes aldre")},
    {"enrolment", FREM_T_VALUE, AT(frem_pupils, enrolment), .preset = "1",
     .flags = FREM_F_YEAR | FREM_F_REGION, SHARE, CALLED("Enrolment", "Andel i skole"),
     HELP("Share of these ages in the schools", "Andel af disse aldre i skolerne")},
    {"hours_per_pupil", FREM_T_VALUE, AT(frem_pupils, hours_per_pupil),
     .flags = FREM_F_REQUIRED | FREM_F_YEAR, .min = 0, .max = 3000, .unit = "hours per year",
     CALLED("Hours of teaching per pupil", "Undervisningstimer pr. elev"),
     HELP("Teachers' hours of teaching a year per pupil: lessons of a class over its pupils, with those of "
          "two teachers "
          "twice",
          "Lærernes undervisningstimer om året pr. elev: en klasses timer over dens elever, timer med to "
          "lærere talt "
          "to gange")},
};
static KIND(kind_pupils, "pupils", frem_pupils, pupils_fields, NULL);

static const frem_field teaching_fields[] = {
    {"pupils", FREM_T_MAP, AT(frem_teaching, pupils), .kind = &kind_pupils, .flags = FREM_F_REQUIRED,
     HELP("Pupils by name of the group, each with ages and hours",
          "Elever efter gruppens navn, med alder og timer")},
    {"hours_per_fte", FREM_T_VALUE, AT(frem_teaching, hours_per_fte), .flags = FREM_F_REQUIRED | FREM_F_YEAR,
     .min = 1, .max = 3000, .unit = "hours per year", CALLED("Teaching load", "Undervisningstimer pr. lærer"),
     HELP("Teaching load: hours that a full-time teacher teaches a year",
          "Undervisningstimer, som en fuldtidslærer giver om året")},
    {"teacher_share", FREM_T_VALUE, AT(frem_teaching, teacher_share), .preset = "1", .flags = FREM_F_YEAR,
     SHARE,
     HELP("Share of the hours that the sector's staff teaches; others teach the rest",
          "Andel af timerne, som branchens personale underviser i; andre tager resten")},
    {"level", FREM_T_CHOICE, AT(frem_teaching, level), .flags = FREM_F_SHAPE, .choices = "employment|hours",
     .preset = "employment",
     HELP("What the base year needs: its employment, with which the hours grow, or what the hours ask for",
          "Hvad basisåret har brug for: sin beskæftigelse, som timerne får til at vokse, eller det, timerne "
          "kræver")},
};
KIND(frem_kind_teaching, "teaching", frem_teaching, teaching_fields, NULL);

static const frem_field spending_fields[] = {
    {"amount", FREM_T_VALUE, AT(frem_spending, amount),
     .flags = FREM_F_REQUIRED | FREM_F_YEAR | FREM_F_REGION, POSITIVE, .unit = "kr.",
     CALLED("Spending", "Udgifter"),
     HELP("Spending a year by region; only its change since the base year counts",
          "Udgifter om året efter område; kun ændringen siden basisåret tæller")},
    {"deflator", FREM_T_VALUE, AT(frem_spending, deflator), .preset = "1", .flags = FREM_F_YEAR, POSITIVE,
     .unit = "factor",
     HELP("Brings the amounts to one price level; 1 where they are at fixed prices",
          "Bringer beløbene til ét prisniveau; 1, hvor de er i faste priser")},
};
KIND(frem_kind_spending, "spending", frem_spending, spending_fields, "amount");

static const frem_field floor_group_fields[] = {
    {"population", FREM_T_AGES, AT(frem_floor_group, population), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("Ages of the children", "Børnenes aldre")},
    {"months", FREM_T_NUMBER, AT(frem_floor_group, months), .flags = FREM_F_SHAPE, .min = -12, .max = 12,
     .unit = "months", .preset = "0",
     HELP("Months of the next age that count too (negative: months of the first age that do not)",
          "Måneder af den næste alder, der også tæller (negativt: måneder af den første, der ikke gør)")},
    {"enrolment", FREM_T_VALUE, AT(frem_floor_group, enrolment), .preset = "1",
     .flags = FREM_F_YEAR | FREM_F_REGION, SHARE, CALLED("Enrolment", "Andel i dagtilbud"),
     HELP("Share of the children in institutions", "Andel af børnene i daginstitution")},
    {"children_per_adult", FREM_T_VALUE, AT(frem_floor_group, children_per_adult),
     .flags = FREM_F_REQUIRED | FREM_F_YEAR, .min = 0.1, .max = 100, .unit = "children per adult",
     CALLED("Children per adult", "Børn pr. voksen"),
     HELP("Children per adult that the rule allows", "Børn pr. voksen, som reglen tillader")},
};
static KIND(kind_floor_group, "children", frem_floor_group, floor_group_fields, NULL);

static const frem_field floor_fields[] = {
    {"children", FREM_T_MAP, AT(frem_floor, children), .kind = &kind_floor_group, .flags = FREM_F_REQUIRED,
     HELP("Children by the ratio that holds for them", "Børn efter den normering, der gælder for dem")},
    {"opening_factor", FREM_T_VALUE, AT(frem_floor, opening_factor), .preset = "1", .flags = FREM_F_YEAR,
     POSITIVE, .unit = "factor", CALLED("FTE per adult present", "Årsværk pr. voksen til stede"),
     HELP("Full-time equivalents per adult present", "Årsværk pr. voksen til stede")},
    {"staff", FREM_T_VALUES, AT(frem_floor, staff), .flags = FREM_F_REQUIRED, SHARE, .refers = "professions",
     HELP("Professions that the rule counts, and how much of an FTE",
          "Faggrupper, som reglen tæller, og hvor meget af et årsværk")},
    {"other_staff", FREM_T_VALUE, AT(frem_floor, other_staff), .flags = FREM_F_REGION | FREM_F_TOTAL,
     POSITIVE, .unit = "FTE",
     HELP("Staff of the base year that counts and is no profession here",
          "Basisårets øvrige personale, som tæller med")},
    {"student_weight", FREM_T_VALUE, AT(frem_floor, student_weight), SHARE,
     HELP("How much of students' work counts", "Hvor meget af elevernes arbejde der tæller")},
    {"marginal", FREM_T_VALUES, AT(frem_floor, marginal), .flags = FREM_F_REQUIRED, SHARE,
     .refers = "professions",
     HELP("Shares of the missing staff, summing to 1", "Andele af det manglende personale, med summen 1")},
    {"phase", FREM_T_VALUE, AT(frem_floor, phase), .preset = "1", .flags = FREM_F_YEAR, SHARE,
     CALLED("Share of the rule in force", "Hvor meget af reglen der gælder"),
     HELP("Share of the rule in force", "Hvor stor en del af reglen der gælder")},
    COVERS(frem_floor),
};
KIND(frem_kind_floor, "floor", frem_floor, floor_fields, NULL);

static const frem_field budget_fields[] = {
    {"amount", FREM_T_VALUE, AT(frem_budget, amount), .flags = FREM_F_REQUIRED | FREM_F_YEAR, POSITIVE,
     .unit = "mio. kr.", CALLED("Budget", "Bevilling"),
     HELP("Money a year, whole country", "Penge om året, hele landet")},
    {"price_year", FREM_T_WHOLE, AT(frem_budget, price_year), .unit = "year", .min = 1900, .max = 2200,
     HELP("Price level of the amount, for the reader", "Beløbets prisniveau, til læseren")},
    {"deflator", FREM_T_VALUE, AT(frem_budget, deflator), .preset = "1", .flags = FREM_F_YEAR, POSITIVE,
     .unit = "factor",
     HELP("Brings the amount to the unit cost's price level",
          "Bringer beløbet til enhedsudgiftens prisniveau")},
    {"unit_cost", FREM_T_VALUE, AT(frem_budget, unit_cost), .flags = FREM_F_REQUIRED | FREM_F_YEAR, .min = 1,
     .max = HUGE_VAL, .unit = "kr. per FTE", CALLED("Cost of an FTE", "Udgift pr. årsværk"),
     HELP("Cost of a full-time equivalent a year", "Udgift pr. årsværk om året")},
    {"shares", FREM_T_VALUES, AT(frem_budget, shares), .flags = FREM_F_REQUIRED, SHARE,
     .refers = "professions",
     HELP("Professions' shares of the posts, summing to at most 1",
          "Faggruppernes andele af stillingerne, højst 1 i alt")},
    {"key", FREM_T_STRUCT, AT(frem_budget, key), .kind = &frem_kind_young, .flags = FREM_F_REQUIRED,
     HELP("The population group whose regional part decides the region's part",
          "Den befolkningsgruppe, hvis lokale andel afgør områdets andel")},
};
KIND(frem_kind_budget, "budget", frem_budget, budget_fields, NULL);

static const frem_field transfer_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_transfer, label), HELP("Name that people read", "Navn, som folk læser")},
    {"from", FREM_T_TEXT, AT(frem_transfer, from), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     .refers = "demand",
     HELP("The sector that has the tasks in the base year", "Branchen, der har opgaverne i basisåret")},
    {"to", FREM_T_TEXT, AT(frem_transfer, to), .flags = FREM_F_REQUIRED | FREM_F_SHAPE, .refers = "demand",
     HELP("The sector that takes them over", "Branchen, der overtager dem")},
    {"share", FREM_T_VALUE, AT(frem_transfer, share), .flags = FREM_F_YEAR, SHARE,
     CALLED("Tasks that move", "Opgaver, der flytter"),
     HELP("Share of the first sector's need that has moved, by year",
          "Andel af den første branches behov, der er flyttet, efter år")},
    {"fte", FREM_T_VALUE, AT(frem_transfer, fte), .flags = FREM_F_YEAR | FREM_F_REGION | FREM_F_TOTAL,
     POSITIVE, .unit = "FTE", CALLED("Posts that move", "Stillinger, der flytter"),
     HELP("Posts that have moved, by year; a total is split like the first sector",
          "Årsværk, der er flyttet, efter år; en total fordeles som den første branche")},
    {"shares", FREM_T_VALUES, AT(frem_transfer, shares), .flags = FREM_F_YEAR, SHARE, .refers = "professions",
     HELP("Professions' shares of the posts where they are taken over, summing to 1; without them posts keep "
          "their "
          "professions",
          "Faggruppernes andele af stillingerne, hvor de overtages, med summen 1; ellers beholder "
          "stillingerne deres "
          "faggrupper")},
    COVERS(frem_transfer),
};
KIND(frem_kind_transfer, "transfer", frem_transfer, transfer_fields, NULL);

static const frem_field allocate_fields[] = {
    {"rule", FREM_T_CHOICE, AT(frem_allocate, rule), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     .choices = "none|proportional|priority",
     HELP("Every sector the same share, or one after the other",
          "Alle brancher samme andel, eller én efter én")},
    {"order", FREM_T_TEXTS, AT(frem_allocate, order), .flags = FREM_F_SHAPE,
     HELP("All sectors, the first to be filled first, for `rule: priority`",
          "Alle brancher, den første fyldes først, til `rule: priority`")},
};
KIND(frem_kind_allocate, "allocation", frem_allocate, allocate_fields, "rule");

#define SOURCE_OF(type)                                                                                      \
    {                                                                                                        \
        "source", FREM_T_LABEL, AT(type, source), .flags = FREM_F_REQUIRED,                                  \
                                                  HELP("Where the figures come from, or the assumption",     \
                                                       "Hvor tallene kommer fra, eller antagelsen")          \
    }

static const frem_field untrained_fields[] = {
    {"profession", FREM_T_TEXT, AT(frem_untrained, profession), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     .refers = "professions",
     HELP("The profession with `supply: none` that fills the posts",
          "Faggruppen med `supply: none`, der besætter stillingerne")},
    {"share", FREM_T_VALUE, AT(frem_untrained, share), .flags = FREM_F_REQUIRED | FREM_F_YEAR, SHARE,
     HELP("Share of the year before's shortage, region by region, whose posts they fill",
          "Andel af sidste års mangel, område for område, hvis stillinger de besætter")},
    SOURCE_OF(frem_untrained),
};
static KIND(kind_untrained, "untrained", frem_untrained, untrained_fields, NULL);

static const frem_field answer_fields[] = {
    {"response", FREM_T_VALUE, AT(frem_unemployment, response), .flags = FREM_F_REQUIRED, .min = 0, .max = 2,
     .unit = "points per point", CALLED("Response of unemployment", "Ledighedens reaktion"),
     HELP("Points by which unemployment falls a year after the shortage rose by one per cent of the demand",
          "Point, ledigheden falder med et år efter, at manglen steg med én procent af efterspørgslen")},
    {"least", FREM_T_VALUE, AT(frem_unemployment, least), .flags = FREM_F_REQUIRED, SHARE,
     HELP("Unemployment that it does not fall below", "Ledighed, den ikke falder under")},
    {"most", FREM_T_VALUE, AT(frem_unemployment, most), .flags = FREM_F_REQUIRED, SHARE,
     HELP("Unemployment that it does not rise above", "Ledighed, den ikke stiger over")},
    SOURCE_OF(frem_unemployment),
};
static KIND(kind_answer, "unemployment", frem_unemployment, answer_fields, NULL);

static const frem_field pay_fields[] = {
    {"index", FREM_T_VALUE, AT(frem_pay, index), .flags = FREM_F_REQUIRED | FREM_F_YEAR, .min = 1e-6,
     .max = 1e9, .unit = "index", CALLED("Pay", "Løn"),
     HELP("Pay against that of others, by year; its change since the base year counts",
          "Løn i forhold til andres, efter år; ændringen siden basisåret tæller")},
    {"elasticity", FREM_T_VALUE, AT(frem_pay, elasticity), .flags = FREM_F_REQUIRED, .min = -2, .max = 2,
     .unit = "per cent per per cent", CALLED("Response to pay", "Reaktion på løn"),
     HELP("Per cent by which participation rises for one per cent more pay",
          "Procent, erhvervsdeltagelsen stiger med for én procent mere i løn")},
    SOURCE_OF(frem_pay),
};
static KIND(kind_pay, "pay", frem_pay, pay_fields, NULL);

static const frem_field feedback_fields[] = {
    {"untrained", FREM_T_STRUCT, AT(frem_feedback, untrained), .kind = &kind_untrained,
     HELP("Untrained staff fill a share of the shortage of the year before",
          "Ufaglærte besætter en andel af sidste års mangel")},
    {"unemployment", FREM_T_STRUCT, AT(frem_feedback, unemployment), .kind = &kind_answer,
     HELP("Unemployment falls as the shortage of the year before grows, between bounds",
          "Ledigheden falder, når sidste års mangel vokser, inden for grænser")},
    {"pay", FREM_T_STRUCT, AT(frem_feedback, pay), .kind = &kind_pay,
     HELP("Pay that calls more people into the labour force", "Løn, der får flere ud på arbejdsmarkedet")},
};
KIND(frem_kind_feedback, "feedback", frem_feedback, feedback_fields, NULL);
