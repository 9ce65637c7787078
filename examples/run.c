/* Projects a scenario and prints one number: how many more pedagogues than posts there are in 2035, in FTE. */
#include <stdio.h>
#include <stdlib.h>

#include <fremskriv/fremskriv.h>

int main(void) {
    static const char *const base[] = {"base"}; /* the scenario itself, without its variants */
    const frem_session_options options = {
        .variants = base,
        .n_variants = 1,
        .run.rows = {.measures = "gap", .regions = "Syddanmark", .years = "2035", .professions = "paedagog"}};
    frem_session *session = NULL;
    frem_status status = frem_session_new(&session, NULL, 0, FREMSKRIV_DATA);
    if (status == FREM_OK)
        status = frem_session_open(session, FREMSKRIV_DATA "/scenarios/paedagog-syddanmark.yaml");
    if (status == FREM_OK)
        status = frem_session_run(session, &options);
    if (status == FREM_OK) {
        /* Of the rows that were asked for there is one; columns are arrays of the table's own. */
        const frem_frame *table = frem_session_table(session);
        const double *values = frem_frame_numbers(table, (size_t)frem_frame_column(table, "value"));
        printf("gap in 2035: %.1f FTE\n", frem_frame_rows(table) == 1 ? values[0] : 0);
    } else {
        fprintf(stderr, "%s\n", frem_status_text(status, FREM_EN));
    }
    frem_session_free(session);
    return frem_status_exit(status);
}
