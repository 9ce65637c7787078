/* GLPK, whose errors abort the program where nothing catches them: its hook jumps back to where the call began. */
#include "numeric/mip.h"

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>

#include "base/part.h"

#ifndef FREM_GLPK_LIBRARY

frem_status frem_mip_open(frem_mip_solver **out, const char *what, frem_diags *diags) {
    const frem_part part = {what, "GLPK", NULL, "libglpk40", "libglpk-dev", false};
    *out = NULL;
    return frem_part_refuse(&part, diags);
}

void frem_mip_close(frem_mip_solver *solver) {
    (void)solver;
}

frem_status frem_mip_least(frem_mip_solver *solver, const frem_mip *mip, frem_mip_found *found) {
    (void)solver;
    (void)mip;
    (void)found;
    return FREM_DEFECT; /* it was never opened */
}

#else

#include <glpk.h>

#define GLPK_CALLS(X)                                                                                        \
    X(glp_init_env)                                                                                          \
    X(glp_free_env)                                                                                          \
    X(glp_term_hook)                                                                                         \
    X(glp_error_hook)                                                                                        \
    X(glp_create_prob)                                                                                       \
    X(glp_delete_prob)                                                                                       \
    X(glp_add_rows)                                                                                          \
    X(glp_add_cols)                                                                                          \
    X(glp_set_row_bnds)                                                                                      \
    X(glp_set_col_bnds)                                                                                      \
    X(glp_set_col_kind)                                                                                      \
    X(glp_set_obj_coef)                                                                                      \
    X(glp_load_matrix)                                                                                       \
    X(glp_init_smcp)                                                                                         \
    X(glp_simplex)                                                                                           \
    X(glp_get_status)                                                                                        \
    X(glp_init_iocp)                                                                                         \
    X(glp_intopt)                                                                                            \
    X(glp_mip_status)                                                                                        \
    X(glp_mip_obj_val)                                                                                       \
    X(glp_mip_col_val)                                                                                       \
    X(glp_get_obj_val)                                                                                       \
    X(glp_ios_reason)                                                                                        \
    X(glp_ios_get_prob)                                                                                      \
    X(glp_ios_tree_size)                                                                                     \
    X(glp_ios_best_node)                                                                                     \
    X(glp_ios_node_bound)                                                                                    \
    X(glp_ios_heur_sol)                                                                                      \
    X(glp_ios_terminate)

typedef struct glpk_calls {
#define GLPK_CALL(name) __typeof__(&name) name;
    GLPK_CALLS(GLPK_CALL)
#undef GLPK_CALL
} glpk_calls;

static const frem_part_call call_names[] = {GLPK_CALLS(FREM_PART_CALL)};

struct frem_mip_solver {
    glpk_calls call;
    void *library;
    bool own;       /* whether GLPK's memory of this thread is ours to free */
    bool broken;    /* an error of GLPK's, after which it is not called again */
    jmp_buf back;   /* where its errors lead */
    glp_prob *prob; /* the programme at work; NULL for none */
    /* of the search at work */
    const frem_mip *mip;
    const double *start; /* [1 + variable] */
    bool given;          /* whether the start was handed over */
    bool stopped;
    double least;
};

/* GLPK writes nothing. */
static int say_nothing(void *context, const char *text) {
    (void)context;
    (void)text;
    return 1;
}

static void leave(void *context) {
    frem_mip_solver *s = context;
    longjmp(s->back, 1);
}

frem_status frem_mip_open(frem_mip_solver **out, const char *what, frem_diags *diags) {
    const frem_part part = {what, "GLPK", FREM_GLPK_LIBRARY, "libglpk40", "libglpk-dev", false};
    frem_mip_solver *s = calloc(1, sizeof *s);
    *out = NULL;
    if (s == NULL)
        return FREM_NO_MEMORY;
    frem_status status = frem_part_open(&part, call_names, sizeof call_names / sizeof *call_names, &s->call,
                                        &s->library, diags);
    if (status != FREM_OK) {
        free(s);
        return status;
    }
    const int began = s->call.glp_init_env(); /* 1: the caller of the library uses GLPK, too */
    s->own = began == 0;
    if (began > 1) {
        frem_part_close(s->library);
        free(s);
        return FREM_NO_MEMORY;
    }
    s->call.glp_term_hook(say_nothing, NULL);
    *out = s;
    return FREM_OK;
}

void frem_mip_close(frem_mip_solver *solver) {
    if (solver == NULL)
        return;
    solver->call.glp_term_hook(NULL, NULL);
    if (solver->own)
        (void)solver->call.glp_free_env();
    frem_part_close(solver->library);
    free(solver);
}

/* ---- the programme ---- */

static int kind_of(double low, double high) {
    if (isfinite(low) && isfinite(high))
        return low < high ? GLP_DB : GLP_FX;
    return isfinite(low) ? GLP_LO : isfinite(high) ? GLP_UP : GLP_FR;
}

/* Terms as GLPK takes them. */
typedef struct triplets {
    int *rows, *columns; /* [1 + term] */
    double *factors;
} triplets;

static void fill(frem_mip_solver *s, const triplets *terms) {
    const glpk_calls *call = &s->call;
    const frem_mip *mip = s->mip;
    s->prob = call->glp_create_prob();
    if (mip->n_rows > 0)
        (void)call->glp_add_rows(s->prob, (int)mip->n_rows);
    (void)call->glp_add_cols(s->prob, (int)mip->n_variables);
    for (size_t i = 0; i < mip->n_rows; i++) {
        const frem_mip_row *row = &mip->rows[i];
        call->glp_set_row_bnds(s->prob, (int)i + 1, kind_of(row->low, row->high), row->low, row->high);
    }
    for (size_t i = 0; i < mip->n_variables; i++) {
        const frem_mip_variable *v = &mip->variables[i];
        call->glp_set_col_bnds(s->prob, (int)i + 1, kind_of(v->low, v->high), v->low, v->high);
        call->glp_set_obj_coef(s->prob, (int)i + 1, v->cost);
        call->glp_set_col_kind(s->prob, (int)i + 1, v->whole ? GLP_IV : GLP_CV);
    }
    call->glp_load_matrix(s->prob, (int)mip->n_terms, terms->rows, terms->columns, terms->factors);
}

/* ---- the search ---- */

/* The least cost that open nodes may have; where there are none, what was found. */
static void see_least(frem_mip_solver *s, glp_tree *tree) {
    const int best = s->call.glp_ios_best_node(tree);
    if (best != 0)
        s->least = fmax(s->least, s->call.glp_ios_node_bound(tree, best));
}

static void look(glp_tree *tree, void *context) {
    frem_mip_solver *s = context;
    const glpk_calls *call = &s->call;
    int nodes = 0;
    call->glp_ios_tree_size(tree, NULL, NULL, &nodes);
    see_least(s, tree);
    if (call->glp_ios_reason(tree) == GLP_IHEUR && s->start != NULL && !s->given) {
        s->given = true;
        (void)call->glp_ios_heur_sol(tree, s->start);
    }
    glp_prob *prob = call->glp_ios_get_prob(tree);
    const bool near =
        call->glp_mip_status(prob) == GLP_FEAS && call->glp_mip_obj_val(prob) - s->least <= s->mip->gap;
    s->stopped = s->mip->stop != NULL && s->mip->stop(s->mip->context) != 0;
    if (near || s->stopped || (size_t)nodes > s->mip->nodes)
        call->glp_ios_terminate(tree);
}

static void take(const frem_mip_solver *s, frem_mip_found *found, bool ended) {
    const int status = s->call.glp_mip_status(s->prob);
    found->any = status == GLP_OPT || status == GLP_FEAS;
    found->least = s->least;
    if (!found->any)
        return;
    found->cost = s->call.glp_mip_obj_val(s->prob);
    found->least = ended ? found->cost : fmin(s->least, found->cost);
    for (size_t i = 0; i < s->mip->n_variables; i++) {
        const double value = s->call.glp_mip_col_val(s->prob, (int)i + 1);
        found->values[i] = s->mip->variables[i].whole ? round(value) : value;
    }
}

static frem_status search(frem_mip_solver *s, frem_mip_found *found) {
    const glpk_calls *call = &s->call;
    glp_smcp simplex;
    glp_iocp whole;
    call->glp_init_smcp(&simplex);
    simplex.msg_lev = GLP_MSG_OFF;
    const int relaxed = call->glp_simplex(s->prob, &simplex);
    if (relaxed != 0)
        return FREM_DEFECT;
    if (call->glp_get_status(s->prob) != GLP_OPT)
        return FREM_NO_SOLUTION;
    s->least = call->glp_get_obj_val(s->prob);
    call->glp_init_iocp(&whole);
    whole.msg_lev = GLP_MSG_OFF;
    whole.br_tech = GLP_BR_DTH;
    whole.bt_tech = GLP_BT_BLB;
    whole.gmi_cuts = whole.mir_cuts = GLP_ON;
    whole.cb_func = look;
    whole.cb_info = s;
    const int code = call->glp_intopt(s->prob, &whole);
    if (s->stopped)
        return FREM_INTERRUPTED;
    if (code != 0 && code != GLP_ESTOP)
        return FREM_DEFECT;
    take(s, found, code == 0);
    return code == 0 && !found->any ? FREM_NO_SOLUTION : FREM_OK;
}

/* Between here and the return of a call GLPK may jump back to the first line. */
static frem_status guarded(frem_mip_solver *s, const triplets *terms, frem_mip_found *found) {
    if (setjmp(s->back) != 0) {
        s->broken = true;
        return FREM_DEFECT;
    }
    s->call.glp_error_hook(leave, s);
    fill(s, terms);
    const frem_status status = search(s, found);
    s->call.glp_delete_prob(s->prob);
    s->call.glp_error_hook(NULL, NULL);
    return status;
}

frem_status frem_mip_least(frem_mip_solver *solver, const frem_mip *mip, frem_mip_found *found) {
    const size_t n = mip->n_terms + 1;
    const triplets terms = {calloc(n, sizeof *terms.rows), calloc(n, sizeof *terms.columns),
                            calloc(n, sizeof *terms.factors)};
    double *start = calloc(mip->n_variables + 1, sizeof *start);
    frem_status status = terms.rows != NULL && terms.columns != NULL && terms.factors != NULL && start != NULL
                             ? FREM_OK
                             : FREM_NO_MEMORY;
    *found = (frem_mip_found){.values = found->values};
    for (size_t i = 0; i < mip->n_terms && status == FREM_OK; i++) {
        terms.rows[i + 1] = (int)mip->terms[i].row + 1;
        terms.columns[i + 1] = (int)mip->terms[i].variable + 1;
        terms.factors[i + 1] = mip->terms[i].factor;
    }
    for (size_t i = 0; i < mip->n_variables && status == FREM_OK && mip->start != NULL; i++)
        start[i + 1] = mip->start[i];
    if (status == FREM_OK && solver->broken)
        status = FREM_DEFECT;
    solver->mip = mip;
    solver->start = mip->start != NULL ? start : NULL;
    solver->given = solver->stopped = false;
    if (status == FREM_OK)
        status = guarded(solver, &terms, found);
    free(start);
    free(terms.factors);
    free(terms.columns);
    free(terms.rows);
    return status;
}

#endif
