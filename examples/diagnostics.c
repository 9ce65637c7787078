/* Checks a scenario that is in memory, as an editor does, and prints each problem with its range and its cure. */
#include <stdio.h>
#include <string.h>

#include <fremskriv/fremskriv.h>

static const char text[] = "extends: paedagog-syddanmark.yaml\n"
                           "name: mine\n"
                           "programmes:\n"
                           "  paedagog:\n"
                           "    completoin: 0.74\n"
                           "    completion: 74\n";

int main(void) {
    const frem_session_options options = {.n_variants = 0};
    frem_session *session = NULL;
    frem_status status = frem_session_new(&session, NULL, 0, FREMSKRIV_DATA);
    if (status == FREM_OK)
        status = frem_session_open(session, "mine.yaml");
    if (status == FREM_OK)
        status = frem_session_put(session, "mine.yaml", text, strlen(text));
    if (status == FREM_OK)
        status = frem_session_run(session, &options);
    for (size_t i = 0; session != NULL && i < frem_session_problems(session); i++) {
        frem_session_problem p;
        if (frem_session_problem_at(session, i, FREM_EN, &p) != FREM_OK)
            break;
        printf("%s:%u:%u-%u: %s: %s\n", p.file != NULL ? p.file : "", p.line, p.column, p.end_column,
               p.severity == FREM_ERROR ? "error" : "warning", p.message);
        if (p.hint != NULL)
            printf("  %s\n", p.hint);
    }
    frem_session_free(session);
    return status == FREM_INVALID ? 0 : 1; /* the scenario has mistakes, and they were found */
}
