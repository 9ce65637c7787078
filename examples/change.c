/* Projects one model again and again with another number, without reading or compiling anything anew: what becomes of
 * the gap in 2040 where fewer of those who are in education from 2026 on complete it? */
#include <stdio.h>

#include <fremskriv/fremskriv.h>

int main(void) {
    static const char *const base[] = {"base"};
    const frem_session_options options = {.variants = base, .n_variants = 1};
    frem_change change = {.kind = FREM_CHANGE_ADD, .first_year = 2026};
    const frem_run_options run = {
        .rows = {.measures = "gap", .regions = "Syddanmark", .years = "2040", .professions = "paedagog"},
        .changes = &change,
        .n_changes = 1};
    frem_session *session = NULL;
    frem_diags *diags = NULL;
    frem_status status = frem_session_new(&session, NULL, 0, FREMSKRIV_DATA);
    if (status == FREM_OK)
        status = frem_session_open(session, FREMSKRIV_DATA "/scenarios/paedagog-syddanmark.yaml");
    if (status == FREM_OK)
        status = frem_session_run(session, &options);
    if (status == FREM_OK)
        status = frem_diags_new(&diags);
    const frem_model *model = status == FREM_OK ? frem_session_model(session, 0) : NULL;
    change.parameter = model != NULL ? (size_t)frem_model_find(model, "programmes.paedagog.completion") : 0;
    for (int points = 0; points <= 20 && status == FREM_OK; points += 5) {
        frem_results *results = NULL;
        change.number = -points / 100.0;
        status = frem_results_new(&results, NULL, &model, 1, &run, diags);
        if (status == FREM_OK) {
            const frem_frame *table = frem_results_table(results);
            printf("%2d points fewer complete: gap %.1f FTE\n", points,
                   frem_frame_numbers(table, (size_t)frem_frame_column(table, "value"))[0]);
        }
        frem_results_free(results);
    }
    frem_diags_free(diags);
    frem_session_free(session);
    return frem_status_exit(status);
}
