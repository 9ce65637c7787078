/* The table of verbs. */
#include <string.h>

#include "cli/cli.h"

const frem_verb frem_verbs[] = {
    {"run",
     FREM_VERB_RUN,
     "SCENARIO...",
     {"Projects each scenario and each of its variants. Without -o prints a short table of supply, demand "
      "and gap.",
      "Fremskriver hvert scenarie og hver af dets varianter. Uden -o vises en kort tabel med udbud, "
      "efterspørgsel og balance."},
     {"fremskriv run scenarios/paedagog-syddanmark.yaml",
      "fremskriv run scenarios/paedagog-syddanmark.yaml -o out --decimal comma"},
     frem_verb_run},
    {"check",
     FREM_VERB_CHECK,
     "SCENARIO...",
     {"Validates scenarios and their tables and writes nothing. Reports every problem with its place.",
      "Kontrollerer scenarier og deres tabeller og skriver intet. Viser alle problemer med sted."},
     {"fremskriv check scenarios/paedagog-syddanmark.yaml",
      "fremskriv check --lang da scenarios/sosu-danmark.yaml scenarios/reform-2025.yaml"},
     frem_verb_check},
    {"explain",
     FREM_VERB_EXPLAIN,
     "SCENARIO [PATH]",
     {"Shows where each value of a scenario is given, where it comes from and which layers gave it. PATH: "
      "one "
      "value "
      "or all below it.",
      "Fortæller, hvor hver værdi i et scenarie står, hvor den kommer fra, og hvilke lag der gav den. PATH: "
      "én "
      "værdi eller alt under den."},
     {"fremskriv explain scenarios/paedagog-syddanmark.yaml programmes.paedagog.intake",
      "fremskriv explain --lang da scenarios/paedagog-syddanmark.yaml demand"},
     frem_verb_explain},
    {"practicum",
     FREM_VERB_PRACTICUM,
     "SCENARIO...",
     {"Practicum places by specialisation, municipality and year. Without -o prints a short table.",
      "Praktikpladser efter specialisering, kommune og år. Uden -o vises en kort tabel."},
     {"fremskriv practicum scenarios/paedagog-syddanmark.yaml",
      "fremskriv practicum scenarios/sygeplejerske-praktik.yaml -o out"},
     frem_verb_practicum},
    {"compare",
     FREM_VERB_COMPARE,
     "SCENARIO...",
     {"Compares scenarios, and their variants, with the first: side by side, with differences.",
      "Sammenligner scenarier, og deres varianter, med det første: side om side, med forskelle."},
     {"fremskriv compare scenarios/paedagog-syddanmark.yaml scenarios/minimumsnormeringer.yaml",
      "fremskriv compare scenarios/sosu-syddanmark.yaml -o out"},
     frem_verb_compare},
    {"sweep",
     FREM_VERB_SWEEP,
     "SCENARIO",
     {"Projects a scenario at many points of its parameters, into one table. Can be stopped and resumed.",
      "Fremskriver et scenarie for mange værdier af dets parametre, i én tabel. Kan afbrydes og fortsættes."},
     {"fremskriv sweep scenarios/paedagog-syddanmark.yaml --vary "
      "programmes.paedagog.completion=0.70:0.80:0.01",
      "fremskriv sweep scenarios/paedagog-syddanmark.yaml --vary 'programmes.paedagog.intake*=0.9,1,1.1' -o "
      "out"},
     frem_verb_sweep},
    {"solve",
     FREM_VERB_SOLVE,
     "SCENARIO",
     {"Finds the value of a parameter that gives a result, from a year on: how many places close a gap. With "
      "-o, also a scenario that holds the answer.",
      "Finder den værdi af en parameter, der giver et resultat, fra et år og frem: hvor mange pladser lukker "
      "en mangel. Med -o også et scenarie med svaret."},
     {"fremskriv solve scenarios/paedagog-syddanmark.yaml --vary programmes.paedagog.intake --target "
      "gap:paedagog:all:2040=0",
      "fremskriv solve scenarios/paedagog-syddanmark.yaml --vary programmes.paedagog.completion=0.5:0.95 "
      "--target coverage:paedagog:all:2035=1.05 --from 2026 -o out"},
     frem_verb_solve},
    {"montecarlo",
     FREM_VERB_MONTECARLO,
     "SCENARIO...",
     {"Draws what a scenario says is uncertain, projects it for each draw, and shows how far the results are "
      "known: the middle, nine of ten draws, the chance of a shortage.",
      "Trækker det, et scenarie siger er usikkert, fremskriver for hver trækning og viser, hvor sikre "
      "resultaterne er: midten, ni af ti trækninger, risikoen for mangel."},
     {"fremskriv montecarlo scenarios/paedagog-syddanmark.yaml --draws 256",
      "fremskriv montecarlo scenarios/paedagog-syddanmark.yaml --draws 256 --keep gap:paedagog:all:2035 -o "
      "out"},
     frem_verb_montecarlo},
    {"sensitivity",
     FREM_VERB_SENSITIVITY,
     "SCENARIO...",
     {"Ranks what is uncertain by how much a result depends on it: a tornado, elementary effects, or shares "
      "of "
      "the variance.",
      "Sorterer det, der er usikkert, efter hvor meget et resultat afhænger af det: en tornado, elementære "
      "virkninger eller andele af variansen."},
     {"fremskriv sensitivity scenarios/paedagog-syddanmark.yaml --of gap:paedagog:all:2035",
      "fremskriv sensitivity scenarios/paedagog-syddanmark.yaml --of gap:paedagog:all:2035 --method sobol "
      "--points 256 -o out"},
     frem_verb_sensitivity},
    {"decompose",
     FREM_VERB_DECOMPOSE,
     "SCENARIO [OTHER]",
     {"Explains a result by its causes: why it changes over years, or why two scenarios or variants differ.",
      "Forklarer et resultat ved dets årsager: hvorfor det ændrer sig over år, eller hvorfor to scenarier "
      "eller varianter er forskellige."},
     {"fremskriv decompose scenarios/paedagog-syddanmark.yaml --of gap:paedagog:all:2018..2023",
      "fremskriv decompose scenarios/paedagog-syddanmark.yaml --variant base --variant pension_staar_stille "
      "--of supply:paedagog:all:2035 -o out"},
     frem_verb_decompose},
    {"calibrate",
     FREM_VERB_CALIBRATE,
     "SCENARIO",
     {"Finds the values that a scenario marks `unknown`, so that its results fit what is `observed`, and how "
      "well the "
      "observations determine them. With -o, also a scenario that holds them.",
      "Finder de værdier, som et scenarie markerer med `unknown`, så resultaterne passer til det observerede "
      "under `observed`, og "
      "hvor godt observationerne bestemmer dem. Med -o også et scenarie med dem."},
     {"fremskriv calibrate scenarios/paedagog-syddanmark-2019.yaml",
      "fremskriv calibrate scenarios/paedagog-syddanmark-2019.yaml -o out"},
     frem_verb_calibrate},
    {"backtest",
     FREM_VERB_BACKTEST,
     "SCENARIO [FOLDER...]",
     {"Projects a scenario from earlier years with what was known then, or reads earlier runs, and holds "
      "them against "
      "what it says was observed since.",
      "Fremskriver et scenarie fra tidligere år med det, der var kendt dengang, eller læser tidligere "
      "kørsler, og "
      "holder dem op mod det, scenariet siger er observeret siden."},
     {"fremskriv backtest scenarios/dagtilbud-2018.yaml --from 2018",
      "fremskriv backtest scenarios/dagtilbud-2018.yaml --from 2018 --from 2021 -o out --format csv,svg"},
     frem_verb_backtest},
    {"import",
     FREM_VERB_IMPORT,
     "FORMAT FILE...",
     {"Makes a table of StatBank CSV, PX or JSON-stat. FORMAT: auto, statbank-csv, px or jsonstat.",
      "Laver en tabel af StatBank-CSV, PX eller JSON-stat. FORMAT: auto, statbank-csv, px eller jsonstat."},
     {"fremskriv import auto FOLK1A.csv FRKM126.csv -o population.csv",
      "fremskriv import px RAS300.px -o jobs.csv --map region=OMRÅDE --map year=TID --where KØN=TOT --value "
      "jobs"},
     frem_verb_import},
    {"studio",
     FREM_VERB_STUDIO,
     "[SCENARIO...]",
     {"Writes one file that any browser opens, without a network: the engine, all data, an editor and "
      "charts. It opens at "
      "the first scenario; the others, and tables of yours that they read, are in it too.",
      "Skriver én fil, som enhver browser kan åbne uden netværk: beregningen, alle data, en editor og "
      "diagrammer. Den "
      "åbner det første scenarie; de andre, og egne tabeller, de læser, er også i den."},
     {"fremskriv studio --export studio.html",
      "fremskriv studio --export studio.html scenarios/sosu-syddanmark.yaml --lang da"},
     frem_verb_studio},
    {"new",
     FREM_VERB_NEW,
     "NAME",
     {"Writes NAME.yaml, a scenario that runs at once: an example with comments, or, with --region, "
      "--profession, --from or "
      "--until, that part of the country's scenario. At a terminal it asks for what is not said. --lang "
      "chooses the language.",
      "Skriver NAME.yaml, et scenarie, som straks kan køres: et eksempel med kommentarer eller, med "
      "--region, --profession, "
      "--from eller --until, den del af landets scenarie. Ved en terminal spørger den om det, der ikke er "
      "sagt. --lang vælger sproget."},
     {"fremskriv new pedagogues", "fremskriv new esbjerg --region Esbjerg --profession paedagog,ssh,ssa"},
     frem_verb_new},
    {NULL, 0, NULL, {NULL}, {NULL}, NULL},
};

const frem_verb *frem_verb_find(const char *name) {
    for (const frem_verb *verb = frem_verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, name) == 0)
            return verb;
    }
    return NULL;
}
