/* Projects a scenario at each of five completion rates, all in one run, and prints the gap of the last year. */
#include <stdio.h>

#include <fremskriv/fremskriv.h>

/* Takes some points of the table, in order. */
static frem_status print(void *context, const frem_frame *part) {
    const double *completion = frem_frame_numbers(part, *(const size_t *)context);
    const double *gap = frem_frame_numbers(part, (size_t)frem_frame_column(part, "value"));
    for (size_t row = 0; row < frem_frame_rows(part); row++)
        printf("completion %.2f: gap %.1f FTE\n", completion[row], gap[row]);
    return FREM_OK;
}

int main(void) {
    static const char *const vary[] = {"programmes.paedagog.completion=0.70:0.78:0.02"};
    const frem_sweep_options options = {
        .vary = vary, .n_vary = 1, .measures = "gap", .regions = "Syddanmark", .years = "2040"};
    const frem_run_options run = {.threads = 0}; /* as many as there are processors */
    size_t varied = 3;                           /* behind scenario, variant and point */
    frem_diags *diags = NULL;
    frem_sources *sources = NULL;
    frem_scenario *scenario = NULL;
    frem_model *model = NULL;
    frem_sweep *sweep = NULL;
    frem_status status = frem_diags_new(&diags);
    if (status == FREM_OK)
        status = frem_sources_new(&sources, NULL, 0, FREMSKRIV_DATA);
    if (status == FREM_OK)
        status = frem_scenario_load(&scenario, sources, FREMSKRIV_DATA "/scenarios/paedagog-syddanmark.yaml",
                                    diags);
    if (status == FREM_OK)
        status = frem_model_new(&model, scenario, diags);
    if (status == FREM_OK)
        status = frem_sweep_new(&sweep, (const frem_model *const[]){model}, 1, &options, diags);
    if (status == FREM_OK)
        status = frem_sweep_run(sweep, &run, print, &varied, diags);
    frem_sweep_free(sweep);
    frem_model_free(model);
    frem_scenario_free(scenario);
    frem_sources_free(sources);
    frem_diags_free(diags);
    return frem_status_exit(status);
}
