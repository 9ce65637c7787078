/** @file
 *  Statuses, languages and the marks that every public declaration carries.
 */
#ifndef FREMSKRIV_STATUS_H
#define FREMSKRIV_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/** Exported from libfremskriv; everything else is hidden. */
#define FREM_API __attribute__((visibility("default")))
/** The caller must look at the returned status. */
#define FREM_MUST_CHECK __attribute__((warn_unused_result))

/** X(name, exit status of the program, English text, Danish text).
 *  Details of a failure are in the diagnostics, never in the status. */
#define FREM_STATUS_LIST(X)                                                                                  \
    X(FREM_OK, 0, "done", "færdig")                                                                          \
    X(FREM_DEFECT, 1, "a defect in the program", "en fejl i programmet")                                     \
    X(FREM_NO_MEMORY, 1, "out of memory", "ikke mere hukommelse")                                            \
    X(FREM_USAGE, 2, "wrong use of the command line", "forkert brug af kommandolinjen")                      \
    X(FREM_MISSING_PART, 2, "an optional part is not installed", "en valgfri del mangler")                   \
    X(FREM_INVALID, 3, "invalid scenario or data", "ugyldigt scenarie eller ugyldige data")                  \
    X(FREM_NO_SOLUTION, 4, "no solution", "ingen løsning")                                                   \
    X(FREM_UNWRITABLE, 5, "a file could not be written", "en fil kunne ikke skrives")                        \
    X(FREM_INTERRUPTED, 130, "interrupted", "afbrudt")

#define FREM_STATUS_NAME(name, exit, en, da) name,
typedef enum frem_status { FREM_STATUS_LIST(FREM_STATUS_NAME) FREM_STATUS_COUNT } frem_status;
#undef FREM_STATUS_NAME

/** Language of texts that a person reads. */
typedef enum frem_lang { FREM_EN, FREM_DA, FREM_LANG_COUNT } frem_lang;

/** The status in words. @return Borrowed, static; never NULL. */
FREM_API const char *frem_status_text(frem_status status, frem_lang lang);

/** The exit status of the program for a status, as the command line promises it. */
FREM_API int frem_status_exit(frem_status status);

#ifdef __cplusplus
}
#endif
#endif
