/* Writes a scenario and its variants as a workbook (and the CSV tables) into a folder: workbook FOLDER */
#include <stdio.h>
#include <stdlib.h>

#include <fremskriv/fremskriv.h>

int main(int argc, char **argv) {
    static const char *const formats[] = {"xlsx", "csv"};
    const frem_write_options options = {.formats = formats, .n_formats = 2, .lang = FREM_DA};
    const frem_run_options run = {.with_tables = 1};
    const char *folder = argc > 1 ? argv[1] : "out";
    frem_diags *diags = NULL;
    frem_sources *sources = NULL;
    frem_scenario *scenario = NULL;
    frem_model *model = NULL;
    frem_results *results = NULL;
    frem_status status = frem_diags_new(&diags);
    if (status == FREM_OK)
        status = frem_sources_new(&sources, NULL, 0, FREMSKRIV_DATA);
    if (status == FREM_OK)
        status = frem_scenario_load(&scenario, sources, FREMSKRIV_DATA "/scenarios/paedagog-syddanmark.yaml",
                                    diags);
    if (status == FREM_OK)
        status = frem_model_new(&model, scenario, diags);
    if (status == FREM_OK)
        status = frem_results_new(&results, sources, (const frem_model *const[]){model}, 1, &run, diags);
    if (status == FREM_OK) /* all files or none: the folder is exchanged as a whole */
        status = frem_write_folder(results, folder, &options, diags);
    for (size_t i = 0; diags != NULL && i < frem_diags_count(diags); i++) {
        char *text = frem_diag_text(frem_diags_at(diags, i), FREM_EN);
        fprintf(stderr, "%s\n", text != NULL ? text : "out of memory");
        free(text);
    }
    if (status == FREM_OK)
        printf("%s/results.xlsx\n", folder);
    frem_results_free(results);
    frem_model_free(model);
    frem_scenario_free(scenario);
    frem_sources_free(sources);
    frem_diags_free(diags);
    return frem_status_exit(status);
}
