/* The field table of practicum. */
#include "scenario/fields_make.h"

#define WEEKS .min = 0, .max = 200, .unit = "weeks"

static const frem_field specialisation_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_specialisation, label),
     HELP("Name that people read", "Navn, som folk læser")},
    {"share", FREM_T_VALUE, AT(frem_specialisation, share), .flags = FREM_F_REQUIRED | FREM_F_ENTRY, SHARE,
     HELP("Share of the programme's places", "Andel af uddannelsens pladser")},
};
KIND(frem_kind_specialisation, "specialisation", frem_specialisation, specialisation_fields, "share");

static const frem_field stage_fields[] = {
    {"share", FREM_T_VALUE, AT(frem_practicum_stage, share), SHARE,
     HELP("Share of the stage that is practicum", "Andel af trinnet, der er praktik")},
    {"weeks", FREM_T_VALUE, AT(frem_practicum_stage, weeks), WEEKS,
     HELP("Weeks of practicum in the stage", "Uger i praktik på trinnet")},
};
static KIND(kind_stage, "practicum of a stage", frem_practicum_stage, stage_fields, "share");

static const frem_field programme_fields[] = {
    {"split", FREM_T_STRUCT, AT(frem_practicum_programme, split), .kind = &frem_kind_split,
     HELP("The key that places are divided over the regions by, in whole places; a population key is the "
          "year's own",
          "Den nøgle, pladserne fordeles på områderne efter, i hele pladser; en befolkningsnøgle er årets "
          "egen")},
    {"floor", FREM_T_VALUE, AT(frem_practicum_programme, floor), .flags = FREM_F_REGION, POSITIVE,
     .unit = "places", HELP("The fewest places of a region, whole", "Et områdes færreste pladser, hele")},
    {"ceiling", FREM_T_VALUE, AT(frem_practicum_programme, ceiling), .flags = FREM_F_REGION, POSITIVE,
     .unit = "places", HELP("The most places of a region, whole", "Et områdes fleste pladser, hele")},
    {"share", FREM_T_VALUE, AT(frem_practicum_programme, share), SHARE,
     HELP("Share of the whole programme that is practicum", "Andel af hele uddannelsen, der er praktik")},
    {"weeks", FREM_T_VALUE, AT(frem_practicum_programme, weeks), WEEKS,
     HELP("Weeks of practicum in the whole programme", "Uger i praktik i hele uddannelsen")},
    {"year_weeks", FREM_T_NUMBER, AT(frem_practicum_programme, year_weeks), .flags = FREM_F_SHAPE,
     .preset = "52", .unit = "weeks", .min = 1, .max = 53,
     HELP("Weeks of a year in which a place can be used", "Uger af et år, hvor en plads kan bruges")},
    {"stages", FREM_T_MAP, AT(frem_practicum_programme, stages), .kind = &kind_stage,
     HELP("Practicum by the programme's stages, in place of share or weeks",
          "Praktik efter uddannelsens trin, i stedet for share eller weeks")},
    {"offer", FREM_T_VALUE, AT(frem_practicum_programme, offer),
     .flags = FREM_F_YEAR | FREM_F_REGION | FREM_F_TOTAL, POSITIVE, .unit = "places",
     HELP("Places on offer: students who can be in practicum at a time",
          "Udbudte pladser: studerende, der kan være i praktik på samme tid")},
    {"supervision_hours", FREM_T_VALUE, AT(frem_practicum_programme, supervision_hours), .flags = FREM_F_YEAR,
     .min = 0, .max = 40, .unit = "hours per week",
     HELP("Hours a week that supervising one student in practicum takes, against `full_time_hours`",
          "Timer om ugen, vejledningen af én studerende i praktik tager, i forhold til `full_time_hours`")},
    {"caps_intake", FREM_T_CHOICE, AT(frem_practicum_programme, caps_intake), .flags = FREM_F_SHAPE,
     .choices = "false|true", .preset = "false",
     HELP("Whether the places on offer limit the intake after the base year",
          "Om de udbudte pladser begrænser optaget efter basisåret")},
    COVERS(frem_practicum_programme),
};
static KIND(kind_programme, "practicum of a programme", frem_practicum_programme, programme_fields, NULL);

static const frem_field school_fields[] = {
    {"label", FREM_T_LABEL, AT(frem_practicum_school, label),
     HELP("Name that people read", "Navn, som folk læser")},
    {"dimensioning", FREM_T_VALUE, AT(frem_practicum_school, dimensioning), .flags = FREM_F_REQUIRED,
     .min = 1e-6, .max = HUGE_VAL, .unit = "places or STÅ",
     HELP("The school's published dimensioning", "Skolens offentliggjorte dimensionering")},
    {"dimensioning_is", FREM_T_CHOICE, AT(frem_practicum_school, dimensioning_is),
     .flags = FREM_F_REQUIRED | FREM_F_SHAPE, .choices = "places|sta",
     HELP("What the dimensioning counts: places (students), or STÅ of practicum (60 ECTS each)",
          "Hvad dimensioneringen tæller: pladser (studerende) eller praktikkens STÅ (á 60 ECTS)")},
    {"sta", FREM_T_VALUE, AT(frem_practicum_school, sta), POSITIVE, .unit = "STÅ",
     HELP("The municipalities' STÅ together, as published", "Kommunernes STÅ i alt, som offentliggjort")},
    {"published", FREM_T_VALUE, AT(frem_practicum_school, published), SHARE,
     HELP("The municipalities' share of the practicum, as published",
          "Kommunernes andel af praktikken, som offentliggjort")},
};
static KIND(kind_school, "school", frem_practicum_school, school_fields, NULL);

static const frem_field table_fields[] = {
    {"table", FREM_T_TEXT, AT(frem_practicum_table, table), .flags = FREM_F_REQUIRED | FREM_F_SHAPE,
     HELP("Table with one row a municipality", "Tabel med én række pr. kommune")},
    SHEET(frem_practicum_table),
    {"school", FREM_T_TEXT, AT(frem_practicum_table, school), .flags = FREM_F_SHAPE, .preset = "school",
     HELP("Column with the school's name in `schools`", "Kolonne med skolens navn i `schools`")},
    {"region", FREM_T_TEXT, AT(frem_practicum_table, region), .flags = FREM_F_SHAPE, .preset = "municipality",
     HELP("Column with the region's key", "Kolonne med områdets nøgle")},
    {"students", FREM_T_TEXT, AT(frem_practicum_table, students), .flags = FREM_F_SHAPE,
     .preset = "students_share",
     HELP("Column with the share of the school's students, 0 to 1",
          "Kolonne med andelen af skolens studerende, 0 til 1")},
    {"sta", FREM_T_TEXT, AT(frem_practicum_table, sta), .flags = FREM_F_SHAPE, .preset = "municipal_sta",
     HELP("Column with the STÅ that the municipality takes", "Kolonne med de STÅ, kommunen varetager")},
    {"published", FREM_T_TEXT, AT(frem_practicum_table, published), .flags = FREM_F_SHAPE,
     .preset = "practicum_share",
     HELP("Column with the published share of the practicum, 0 to 1",
          "Kolonne med den offentliggjorte andel af praktikken, 0 til 1")},
    {"where", FREM_T_TEXT_MAP, AT(frem_practicum_table, where), .flags = FREM_F_SHAPE,
     HELP("Only rows with these values in these columns", "Kun rækker med disse værdier i disse kolonner")},
    {"source", FREM_T_LABEL, AT(frem_practicum_table, source),
     HELP("Where the figures come from", "Hvor tallene kommer fra")},
};
static KIND(kind_table, "practicum table", frem_practicum_table, table_fields, "table");

static const frem_field practicum_fields[] = {
    {"ects", FREM_T_VALUE, AT(frem_practicum, ects), .min = 1e-6, .max = 600, .unit = "ECTS",
     HELP("Practicum of a student in the whole programme; 60 ECTS are one STÅ",
          "En studerendes praktik i hele uddannelsen; 60 ECTS er ét STÅ")},
    {"published", FREM_T_VALUE, AT(frem_practicum, published), SHARE,
     HELP("The municipalities' share of all schools' practicum, as published",
          "Kommunernes andel af praktikken på alle skoler, som offentliggjort")},
    {"schools", FREM_T_MAP, AT(frem_practicum, schools), .kind = &kind_school,
     HELP("Schools by name", "Skoler efter navn")},
    {"municipalities", FREM_T_STRUCT, AT(frem_practicum, municipalities), .kind = &kind_table,
     HELP("Students and STÅ by municipality", "Studerende og STÅ efter kommune")},
    {"programmes", FREM_T_MAP, AT(frem_practicum, programmes), .kind = &kind_programme,
     HELP("Practicum of the scenario's programmes, by their names",
          "Praktik på scenariets uddannelser, efter deres navne")},
    COVERS(frem_practicum),
};
KIND(frem_kind_practicum, "practicum", frem_practicum, practicum_fields, NULL);
