/* The field table of what is not known: distributions of numbers, and groups of them that go together. */
#include "scenario/fields_make.h"

static const frem_field normal_fields[] = {
    {"mean", FREM_T_NUMBER, AT(frem_normal, mean), ANY,
     HELP("Mean of what is drawn; when left out what changes nothing: 0 of `as: add`, 1 of `as: times`",
          "Middelværdi af det, der trækkes; udeladt det, der intet ændrer: 0 ved `as: add`, 1 ved `as: "
          "times`")},
    {"sd", FREM_T_NUMBER, AT(frem_normal, sd), .flags = FREM_F_REQUIRED, POSITIVE,
     HELP("Standard deviation: two of three draws are no further from the mean",
          "Standardafvigelse: to af tre trækninger ligger ikke længere fra middelværdien")},
};
static KIND(kind_normal, "normal", frem_normal, normal_fields, NULL);

static const frem_field lognormal_fields[] = {
    {"median", FREM_T_NUMBER, AT(frem_lognormal, median), POSITIVE,
     HELP("Median of what is drawn; 1 of `as: times` when left out",
          "Median af det, der trækkes; 1 ved `as: times`, hvis den udelades")},
    {"sd", FREM_T_NUMBER, AT(frem_lognormal, sd), .flags = FREM_F_REQUIRED, POSITIVE,
     HELP("Standard deviation of the logarithm: 0.1 is about 10 per cent up or down",
          "Logaritmens standardafvigelse: 0,1 er omkring 10 procent op eller ned")},
};
static KIND(kind_lognormal, "lognormal", frem_lognormal, lognormal_fields, NULL);

static const frem_field beta_fields[] = {
    {"mean", FREM_T_NUMBER, AT(frem_beta, mean), .flags = FREM_F_REQUIRED, ANY,
     HELP("Mean, between `min` and `max`", "Middelværdi, mellem `min` og `max`")},
    {"sd", FREM_T_NUMBER, AT(frem_beta, sd), .flags = FREM_F_REQUIRED, POSITIVE,
     HELP("Standard deviation", "Standardafvigelse")},
    {"min", FREM_T_NUMBER, AT(frem_beta, min), ANY, .preset = "0",
     HELP("Smallest number of the distribution", "Fordelingens mindste tal")},
    {"max", FREM_T_NUMBER, AT(frem_beta, max), ANY, .preset = "1",
     HELP("Largest number of the distribution", "Fordelingens største tal")},
};
static KIND(kind_beta, "beta", frem_beta, beta_fields, NULL);

static const frem_field triangular_fields[] = {
    {"min", FREM_T_NUMBER, AT(frem_triangular, min), .flags = FREM_F_REQUIRED, ANY,
     HELP("Smallest number", "Mindste tal")},
    {"mode", FREM_T_NUMBER, AT(frem_triangular, mode), .flags = FREM_F_REQUIRED, ANY,
     HELP("The likeliest number", "Det mest sandsynlige tal")},
    {"max", FREM_T_NUMBER, AT(frem_triangular, max), .flags = FREM_F_REQUIRED, ANY,
     HELP("Largest number", "Største tal")},
};
static KIND(kind_triangular, "triangular", frem_triangular, triangular_fields, NULL);

static const frem_field uniform_fields[] = {
    {"min", FREM_T_NUMBER, AT(frem_uniform, min), .flags = FREM_F_REQUIRED, ANY,
     HELP("Smallest number", "Mindste tal")},
    {"max", FREM_T_NUMBER, AT(frem_uniform, max), .flags = FREM_F_REQUIRED, ANY,
     HELP("Largest number", "Største tal")},
};
static KIND(kind_uniform, "uniform", frem_uniform, uniform_fields, NULL);

static const frem_field uncertain_fields[] = {
    {"of", FREM_T_TEXTS, AT(frem_uncertain, of),
     HELP("Paths of the parameters that move together by each draw; the key itself when left out",
          "Stier til de parametre, hver trækning flytter sammen; nøglen selv, hvis den udelades")},
    {"normal", FREM_T_STRUCT, AT(frem_uncertain, normal), .kind = &kind_normal,
     HELP("A normal distribution", "En normalfordeling")},
    {"lognormal", FREM_T_STRUCT, AT(frem_uncertain, lognormal), .kind = &kind_lognormal,
     HELP("A lognormal distribution, for factors", "En lognormalfordeling, til faktorer")},
    {"beta", FREM_T_STRUCT, AT(frem_uncertain, beta), .kind = &kind_beta,
     HELP("A beta distribution, for shares", "En betafordeling, til andele")},
    {"triangular", FREM_T_STRUCT, AT(frem_uncertain, triangular), .kind = &kind_triangular,
     HELP("A triangular distribution: least, likeliest, most",
          "En trekantfordeling: mindst, mest sandsynligt, størst")},
    {"uniform", FREM_T_STRUCT, AT(frem_uncertain, uniform), .kind = &kind_uniform,
     HELP("A uniform distribution: all numbers between two are as likely",
          "En ligefordeling: alle tal mellem to er lige sandsynlige")},
    {"as", FREM_T_CHOICE, AT(frem_uncertain, as), .choices = "|add|times|value",
     HELP(
         "What a draw does: `add` is added to the scenario's numbers, `times` multiplies them, `value` takes "
         "their place; `add` for normal and `times` for lognormal when left out",
         "Hvad en trækning gør: `add` lægges til scenariets tal, `times` ganges på dem, `value` træder i "
         "deres "
         "sted; udeladt `add` for normal og `times` for lognormal")},
    {"path", FREM_T_CHOICE, AT(frem_uncertain, path), .choices = "level|walk|ar|ages", .preset = "level",
     HELP("One number for all years (`level`), a step every year from the year before (`walk`), a number "
          "every year (`ar`) or every age (`ages`), each correlated with the one before",
          "Ét tal for alle år (`level`), et skridt hvert år fra året før (`walk`), et tal hvert år (`ar`) "
          "eller "
          "hver alder (`ages`), hvert korreleret med det forrige")},
    {"correlation", FREM_T_NUMBER, AT(frem_uncertain, correlation), .min = -1, .max = 1,
     HELP("Correlation with the year before of `path: ar`, with the age before of `path: ages`",
          "Korrelation med året før ved `path: ar`, med alderen før ved `path: ages`")},
    {"from", FREM_T_WHOLE, AT(frem_uncertain, from), .unit = "year", .min = 1900, .max = 2200,
     HELP("First year that is not known; the year after the base year when left out",
          "Første år, der ikke kendes; året efter basisåret, hvis det udelades")},
    {"min", FREM_T_NUMBER, AT(frem_uncertain, min), ANY,
     HELP("Nothing below is drawn: the distribution is cut there",
          "Intet derunder trækkes: fordelingen skæres af der")},
    {"max", FREM_T_NUMBER, AT(frem_uncertain, max), ANY,
     HELP("Nothing above is drawn: the distribution is cut there",
          "Intet derover trækkes: fordelingen skæres af der")},
    {"outside", FREM_T_CHOICE, AT(frem_uncertain, outside), .choices = "|cut",
     HELP("`cut`: the distribution is cut where it would take a parameter out of its range, however much of "
          "it "
          "that is; without it more than one draw in a thousand is an error",
          "`cut`: fordelingen skæres af, hvor den ville føre en parameter uden for dens område, uanset hvor "
          "meget "
          "det er; ellers er mere end én trækning ud af tusind en fejl")},
    {"source", FREM_T_LABEL, AT(frem_uncertain, source),
     HELP("Why it is as uncertain as that: the figures or the judgement behind it",
          "Hvorfor det er så usikkert: tallene eller skønnet bag det")},
};
KIND(frem_kind_uncertain, "uncertain", frem_uncertain, uncertain_fields, NULL);

static const frem_field correlated_fields[] = {
    {"of", FREM_T_TEXTS, AT(frem_correlated, of), .flags = FREM_F_REQUIRED,
     HELP("Keys of `uncertain`, at least two", "Nøgler i `uncertain`, mindst to")},
    {"correlation", FREM_T_NUMBER, AT(frem_correlated, correlation), .min = -1, .max = 1,
     HELP("Correlation of every two of them", "Korrelation mellem hver to af dem")},
    {"matrix", FREM_T_MATRIX, AT(frem_correlated, matrix), .min = -1, .max = 1,
     HELP("Correlations in the order of `of`: symmetric, 1 on the diagonal, positive definite",
          "Korrelationer i rækkefølgen fra `of`: symmetrisk, 1 i diagonalen, positivt definit")},
    {"source", FREM_T_LABEL, AT(frem_correlated, source),
     HELP("Where the correlations come from", "Hvor korrelationerne kommer fra")},
};
KIND(frem_kind_correlated, "correlated", frem_correlated, correlated_fields, NULL);
