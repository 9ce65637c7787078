/* What a result at one address is at several values of a parameter, each in a lane. */
#include <math.h>

#include "analysis/cases.h"
#include "analysis/solve.h"
#include "base/number.h"
#include "base/problem.h"

static const frem_place in_command = {"fremskriv", 0, 0};

frem_status frem_response_at(frem_response *response, const double *at, size_t n, double *out) {
    frem_change changes[FREM_LANES];
    frem_cases cases = {.model = response->model,
                        .addresses = response->address,
                        .n_addresses = 1,
                        .pool = response->pool,
                        .isa = response->isa,
                        .workspaces = &response->workspaces,
                        .progress = response->progress,
                        .done = response->done,
                        .diags = response->diags};
    size_t n_changes = 0, refused = 0;
    char number[32];
    for (size_t lane = 0; lane < n; lane++) {
        if (!isnan(at[lane]))
            changes[n_changes++] = (frem_change){.parameter = response->parameter,
                                                 .lane = lane,
                                                 .kind = response->varied->kind,
                                                 .number = at[lane],
                                                 .first_year = response->varied->first_year};
    }
    frem_status status = frem_cases_at(&cases, n, changes, n_changes, out, &refused);
    response->done = cases.done;
    if (status == FREM_INVALID) {
        frem_number_shortest(number, at[refused]);
        return FREM_PROBLEM(response->diags, in_command, SOLVE_POINT, response->varied->column, number);
    }
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = frem_cases_known(&cases, out + i);
    return status;
}
