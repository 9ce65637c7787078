/* Words that people write for verbs, options and their values. */
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

const char *frem_word_meant(const char *word, size_t n) {
    static const struct {
        const char *word, *meant;
    } words[] = {
        /* verbs */
        {"kør", "run"},
        {"beregn", "run"},
        {"fremskriv", "run"},
        {"fremskrivning", "run"},
        {"start", "run"},
        {"tjek", "check"},
        {"check", "check"},
        {"kontroller", "check"},
        {"kontrollér", "check"},
        {"valider", "check"},
        {"validate", "check"},
        {"forklar", "explain"},
        {"vis", "explain"},
        {"show", "explain"},
        {"praktik", "practicum"},
        {"sammenlign", "compare"},
        {"sammenligning", "compare"},
        {"gennemløb", "sweep"},
        {"varier", "sweep"},
        {"variér", "sweep"},
        {"løs", "solve"},
        {"find", "solve"},
        {"importer", "import"},
        {"importér", "import"},
        {"indlæs", "import"},
        {"hent", "import"},
        {"ny", "new"},
        {"nyt", "new"},
        {"opret", "new"},
        {"create", "new"},
        {"init", "new"},
        /* options */
        {"hjælp", "help"},
        {"help", "help"},
        {"sprog", "lang"},
        {"language", "lang"},
        {"sæt", "set"},
        {"ud", "output"},
        {"uddata", "output"},
        {"output", "output"},
        {"out", "output"},
        {"mappe", "output"},
        {"resultater", "output"},
        {"filformat", "format"},
        {"decimaltegn", "decimal"},
        {"datamappe", "data"},
        {"tråde", "threads"},
        {"mål", "measure"},
        {"område", "region"},
        {"kommune", "region"},
        {"år", "year"},
        {"fag", "profession"},
        {"faggruppe", "profession"},
        {"branche", "sector"},
        {"sektor", "sector"},
        {"punkter", "points"},
        {"fra", "from"},
        {"måltal", "target"},
        {"stille", "quiet"},
        {"udgave", "version"},
        {"advarsler", "werror"},
        /* values */
        {"dansk", "da"},
        {"danish", "da"},
        {"dk", "da"},
        {"engelsk", "en"},
        {"english", "en"},
        {"uk", "en"},
        {"komma", "comma"},
        {"punktum", "point"},
        {"excel", "xlsx"},
        {"xls", "xlsx"},
        {"regneark", "xlsx"},
        {"rapport", "html"},
        {"report", "html"},
        {"database", "sqlite"},
        {"billede", "png"},
        {"kommuner", "municipalities"},
        {"landsdele", "provinces"},
        {"regioner", "regions"},
        {"land", "country"},
        {"nul", "zero"},
        {"tom", "empty"},
        {"fejl", "error"},
        {"aldrig", "never"},
        {"tekst", "text"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (frem_same_word(word, n, words[i].word))
            return words[i].meant;
    }
    return NULL;
}
