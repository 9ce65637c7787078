/* How far forecasts are from what came, beside two naive ones: rows, and their means by horizon. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/backtest.h"
#include "base/locale.h"
#include "base/text.h"

/* ---- naive forecasts ---- */

/* The last place before `end` that has a value; n_years where there is none. */
static size_t last_known(const frem_backtest_work *b, const double *values, size_t end) {
    while (end > 0 && isnan(values[end - 1]))
        end--;
    return end > 0 ? end - 1 : b->n_years;
}

void frem_backtest_naive(const frem_backtest_work *b, const frem_forecast *forecast, size_t s, int year,
                         double *no_change, double *trend) {
    const frem_observed_series *series = &b->series[s];
    const int known = forecast->from - b->first_year + 1; /* years up to `from` */
    const size_t end = known < 0 ? 0 : (size_t)known < b->n_years ? (size_t)known : b->n_years;
    const size_t last = last_known(b, series->observed, end);
    *no_change = *trend = (double)NAN;
    if (last == b->n_years) {
        *no_change = forecast->begin[s];
        return;
    }
    *no_change = series->observed[last];
    const size_t before = last_known(b, series->observed, last);
    if (before == b->n_years)
        return;
    const double yearly = (series->observed[last] - series->observed[before]) / (double)(last - before);
    *trend = *no_change + yearly * (year - b->first_year - (double)last);
}

double frem_backtest_scale(const frem_backtest_work *b, const frem_observed_series *series, int from) {
    double sum = 0, last = (double)NAN;
    size_t n = 0, at = 0;
    for (size_t y = 0; y < b->n_years && b->first_year + (int)y <= from; y++) {
        const double here = series->observed[y];
        if (isnan(here))
            continue;
        if (!isnan(last)) {
            sum += fabs(here - last) / (double)(y - at);
            n++;
        }
        last = here;
        at = y;
    }
    return n > 0 ? sum / (double)n : (double)NAN;
}

/* Of changes that were observed by a year, the mean size of one a year, and the latest one a year; NaN where none was. */
static void known_changes(const frem_backtest_work *b, size_t s, int from, double *size, double *latest) {
    double sum = 0;
    int last = 0;
    size_t n = 0;
    *latest = (double)NAN;
    for (size_t i = 0; i < b->n_changes; i++) {
        const frem_observed_change *change = &b->changes[i];
        if (change->series != s || change->address.last_year > from)
            continue;
        const double yearly = change->value / (change->address.last_year - change->address.first_year);
        *latest = n == 0 || change->address.last_year > last ? yearly : *latest;
        last = n == 0 || change->address.last_year > last ? change->address.last_year : last;
        sum += fabs(yearly);
        n++;
    }
    *size = n > 0 ? sum / (double)n : (double)NAN;
}

/* ---- the tables ---- */

#define NUMBER(id, digit, en, da, about)                                                                     \
    {                                                                                                        \
        .name = (id), .kind = FREM_COLUMN_NUMBER, .meaning = (about), .heading = {{(en), (da)}},             \
        .digits = (digit), .empty = true                                                                     \
    }
#define WHOLE(id, en, da, about)                                                                             \
    {                                                                                                        \
        .name = (id), .kind = FREM_COLUMN_WHOLE, .meaning = (about), .heading = { {(en), (da)} }             \
    }

enum { VARIANT = 1, SUMMARY_KIND = 3, NO_CHANGE = 9, TREND }; /* places of columns */
/* What is judged. */
static const frem_answer_word words_of_kind[] = {{"year", {{"Value", "Værdi"}}},
                                                 {"change", {{"Change", "Ændring"}}}};

frem_status frem_backtest_tables(frem_backtest_work *b) {
    static const frem_answer_column rows[] = {
        FREM_ANSWER_SCENARIO,
        WHOLE("from", "From", "Fra", "year that was projected from"),
        WHOLE("horizon", "After", "Efter", "years from then to the year of the address"),
        {.name = "address",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "what was projected: MEASURE:PROFESSION:REGION:YEAR[:SECTOR]",
         .heading = {{"Result", "Resultat"}}},
        NUMBER("observed", FREM_DIGITS_BRIEF, "Observed", "Observeret",
               "what came, in the unit of the measure"),
        NUMBER("projected", FREM_DIGITS_BRIEF, "Projected", "Fremskrevet", "what was projected"),
        NUMBER("error", FREM_DIGITS_BRIEF, "Error", "Fejl", "projected less observed"),
        NUMBER("percent", FREM_DIGITS_TENTHS, "%", "%",
               "the error in per cent of what was observed; empty for what may be negative, ratios and 0"),
        NUMBER("no_change", FREM_DIGITS_BRIEF, "No change", "Uændret",
               "the last value that was known then; empty: none"),
        NUMBER("trend", FREM_DIGITS_BRIEF, "Trend", "Trend",
               "that value carried on by the last change that was known then; empty: none")};
    static const frem_answer_column summary[] = {
        FREM_ANSWER_SCENARIO,
        {.name = "measure",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "measure of the addresses",
         .heading = {{"Measure", "Mål"}}},
        {.name = "kind",
         .kind = FREM_COLUMN_LABEL,
         .meaning = "year: of its value in a year; change: of how much it changed over years",
         .words = words_of_kind,
         .n_words = 2},
        WHOLE("horizon", "After", "Efter", "years from the year projected from"),
        WHOLE("n", "Results", "Resultater", "rows of backtest.csv"),
        NUMBER("me", FREM_DIGITS_BRIEF, "ME", "ME", "mean error, in the unit of the measure"),
        NUMBER("mae", FREM_DIGITS_BRIEF, "MAE", "MAE", "mean absolute error"),
        NUMBER("mape", FREM_DIGITS_TENTHS, "MAPE %", "MAPE %",
               "mean absolute error in per cent of what was observed"),
        NUMBER("mase", FREM_DIGITS_BRIEF, "MASE", "MASE",
               "mean of absolute errors over the mean absolute yearly change known then; empty: too little "
               "was known"),
        NUMBER("mae_no_change", FREM_DIGITS_BRIEF, "No change", "Uændret",
               "mean absolute error of the forecast of no change; empty where a row has none"),
        NUMBER("mae_trend", FREM_DIGITS_BRIEF, "Trend", "Trend",
               "mean absolute error of the forecast of the last trend; empty where a row has none")};
    /* People read what is averaged, and whose it is, where it differs. */
    frem_answer_column *kept = frem_arena_alloc(b->arena, 1, sizeof summary),
                       *kept_rows = frem_arena_alloc(b->arena, 1, sizeof rows);
    if (kept == NULL || kept_rows == NULL)
        return FREM_NO_MEMORY;
    memcpy(kept, summary, sizeof summary);
    memcpy(kept_rows, rows, sizeof rows);
    if (b->n_changes > 0)
        kept[SUMMARY_KIND].heading = (frem_label){{"Of", "Af"}};
    if (b->several) {
        kept[VARIANT].heading = kept_rows[VARIANT].heading = (frem_label){{"Variant", "Variant"}};
        kept_rows[NO_CHANGE].heading = kept_rows[TREND].heading =
            (frem_label){{NULL, NULL}}; /* for lack of room */
    }
    const frem_answer_table tables[] = {
        {.name = "backtest",
         .title = {{"Projected and observed", "Fremskrevet og observeret"}},
         .columns = kept_rows,
         .n_columns = sizeof rows / sizeof *rows},
        {.name = "backtest_summary",
         .title = {{"Errors by horizon; of the two naive forecasts, the mean absolute error",
                    "Fejl efter horisont; for de to naive prognoser den gennemsnitlige absolutte fejl"}},
         .columns = kept,
         .n_columns = sizeof summary / sizeof *summary}};
    frem_status status = frem_answer_add_table(b->results, &tables[0], &b->rows);
    return status == FREM_OK ? frem_answer_add_table(b->results, &tables[1], &b->summary) : status;
}

/* ---- rows ---- */

/* One result of one forecast: of a year, or a change. */
typedef struct judged {
    const frem_forecast *forecast;
    frem_address address;
    int horizon;
    double observed, projected, error, percent, no_change, trend, scaled;
} judged;

typedef struct judging {
    frem_backtest_work *b;
    judged *rows;
    size_t n;
} judging;

static judged judge_year(const frem_backtest_work *b, const frem_forecast *forecast, size_t s, size_t y) {
    const frem_observed_series *series = &b->series[s];
    const int year = b->first_year + (int)y;
    judged row = {.forecast = forecast,
                  .address = series->address,
                  .horizon = year - forecast->from,
                  .observed = series->observed[y],
                  .projected = forecast->projected[s * b->n_years + y],
                  .percent = (double)NAN};
    row.address.years = FREM_ADDRESS_YEAR;
    row.address.first_year = row.address.last_year = year;
    row.error = row.projected - row.observed;
    if (frem_measure_has_percent(series->address.measure) && fabs(row.observed) > 0)
        row.percent = 100 * row.error / row.observed;
    frem_backtest_naive(b, forecast, s, year, &row.no_change, &row.trend);
    const double scale = frem_backtest_scale(b, series, forecast->from);
    row.scaled = scale > 0 ? fabs(row.error) / scale : (double)NAN;
    return row;
}

/* Of a change both years are projected. Nothing changing is one naive forecast, as much a year as before the other. */
static judged judge_change(const frem_backtest_work *b, const frem_forecast *forecast,
                           const frem_observed_change *change) {
    const frem_address *address = &change->address;
    const double *projected = forecast->projected + change->series * b->n_years;
    judged row = {.forecast = forecast,
                  .address = *address,
                  .horizon = address->last_year - forecast->from,
                  .observed = change->value,
                  .projected = projected[address->last_year - b->first_year] -
                               projected[address->first_year - b->first_year],
                  .percent = (double)NAN};
    double here, next, size, yearly;
    row.error = row.projected - row.observed;
    known_changes(b, change->series, forecast->from, &size, &yearly);
    frem_backtest_naive(b, forecast, change->series, address->first_year, &here, &row.trend);
    frem_backtest_naive(b, forecast, change->series, address->last_year, &here, &next);
    row.trend = isnan(next) ? yearly * (address->last_year - address->first_year) : next - row.trend;
    const double scale = frem_backtest_scale(b, &b->series[change->series], forecast->from);
    row.scaled = scale > 0 ? fabs(row.error) / scale : size > 0 ? fabs(row.error) / size : (double)NAN;
    return row;
}

static void keep_row(judging *j, const judged *row) {
    if (row->horizon > 0 && !isnan(row->observed) && !isnan(row->projected))
        j->rows[j->n++] = *row;
}

static frem_status list_rows(judging *j) {
    const frem_backtest_work *b = j->b;
    j->rows = frem_arena_alloc(b->arena, b->n_forecasts * (b->n_series * b->n_years + b->n_changes) + 1,
                               sizeof *j->rows);
    if (j->rows == NULL)
        return FREM_NO_MEMORY;
    for (size_t f = 0; f < b->n_forecasts; f++) {
        for (size_t s = 0; s < b->n_series; s++) {
            for (size_t y = 0; y < b->n_years; y++) {
                const judged row = judge_year(b, &b->forecasts[f], s, y);
                keep_row(j, &row);
            }
        }
        for (size_t i = 0; i < b->n_changes; i++) {
            const judged row = judge_change(b, &b->forecasts[f], &b->changes[i]);
            keep_row(j, &row);
        }
    }
    return FREM_OK;
}

static frem_status add_row(const judging *j, const judged *row) {
    char *text = frem_address_text(&row->address);
    if (text == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = frem_answer_add_row(j->b->results, j->b->rows,
                                                   (frem_answer_cell[]){{.text = row->forecast->scenario},
                                                                        {.text = row->forecast->variant},
                                                                        {.whole = row->forecast->from},
                                                                        {.whole = row->horizon},
                                                                        {.text = text},
                                                                        {.number = row->observed},
                                                                        {.number = row->projected},
                                                                        {.number = row->error},
                                                                        {.number = row->percent},
                                                                        {.number = row->no_change},
                                                                        {.number = row->trend}});
    free(text);
    return status;
}

/* ---- means ---- */

typedef struct means {
    size_t n, n_percent, n_scaled;
    double error, absolute, percent, scaled, no_change, trend;
} means;

static bool is_change(const judged *row) {
    return row->address.years == FREM_ADDRESS_CHANGE;
}

static bool same_group(const judged *a, const judged *b) {
    return a->horizon == b->horizon && a->address.years == b->address.years &&
           strcmp(a->address.measure, b->address.measure) == 0 &&
           strcmp(a->forecast->scenario, b->forecast->scenario) == 0 &&
           strcmp(a->forecast->variant, b->forecast->variant) == 0;
}

static double over(double sum, size_t n) {
    return n > 0 ? sum / (double)n : (double)NAN;
}

static means means_of(const judging *j, const judged *like) {
    means m = {0};
    for (size_t i = 0; i < j->n; i++) {
        const judged *row = &j->rows[i];
        if (!same_group(row, like))
            continue;
        m.n++;
        m.error += row->error;
        m.absolute += fabs(row->error);
        m.no_change += fabs(row->no_change - row->observed);
        m.trend += fabs(row->trend - row->observed);
        m.n_percent += isnan(row->percent) ? 0u : 1u;
        m.percent += isnan(row->percent) ? 0 : fabs(row->percent);
        m.n_scaled += isnan(row->scaled) ? 0u : 1u;
        m.scaled += isnan(row->scaled) ? 0 : row->scaled;
    }
    return m;
}

static frem_status add_means(const judging *j, const judged *like, const means *m) {
    return frem_answer_add_row(j->b->results, j->b->summary,
                               (frem_answer_cell[]){{.text = like->forecast->scenario},
                                                    {.text = like->forecast->variant},
                                                    {.text = like->address.measure},
                                                    {.text = words_of_kind[is_change(like)].key},
                                                    {.whole = like->horizon},
                                                    {.whole = (int)m->n},
                                                    {.number = over(m->error, m->n)},
                                                    {.number = over(m->absolute, m->n)},
                                                    {.number = over(m->percent, m->n_percent)},
                                                    {.number = over(m->scaled, m->n_scaled)},
                                                    {.number = over(m->no_change, m->n)},
                                                    {.number = over(m->trend, m->n)}});
}

/* ---- what is said ---- */

/* How many results were nearer to what came than those of the naive forecasts, and how many agree with it. */
static frem_status say_nearer(const judging *j) {
    size_t still = 0, beat_still = 0, trended = 0, beat_trend = 0;
    for (size_t i = 0; i < j->n; i++) {
        const judged *row = &j->rows[i];
        still += isnan(row->no_change) ? 0u : 1u;
        beat_still += fabs(row->error) < fabs(row->no_change - row->observed) ? 1u : 0u;
        trended += isnan(row->trend) ? 0u : 1u;
        beat_trend += fabs(row->error) < fabs(row->trend - row->observed) ? 1u : 0u;
    }
    frem_text texts[FREM_LANG_COUNT] = {{0}}, *en = &texts[FREM_EN], *da = &texts[FREM_DA];
    if (still == 0)
        return FREM_OK;
    frem_text_print(en, "%zu of %zu results came nearer than no change would have", beat_still, still);
    frem_text_print(da, "%zu af %zu resultater kom nærmere, end uændret ville have gjort", beat_still, still);
    if (trended > 0) {
        frem_text_print(en, ", %zu of %zu nearer than the last trend", beat_trend, trended);
        frem_text_print(da, ", og %zu af %zu nærmere end den seneste trend", beat_trend, trended);
    }
    frem_text_add(en, ".");
    frem_text_add(da, ".");
    return frem_answer_say_texts(j->b->results, texts);
}

/* Where errors go both ways, their mean, and that of a sum, is small although they are not. */
static frem_status say_cancels(const judging *j, const judged *like, const means *m) {
    const double error = over(m->error, m->n), absolute = over(m->absolute, m->n);
    if (m->n < 3 || !(fabs(error) < absolute / 3))
        return FREM_OK;
    static const char *const size[FREM_LANG_COUNT] = {", their mean size ",
                                                      ", deres gennemsnitlige størrelse "};
    frem_text texts[FREM_LANG_COUNT] = {{0}};
    const char *measure = like->address.measure;
    const bool change = is_change(like);
    frem_text_print(&texts[FREM_EN], "Errors of %s%s cancel %d years on: their mean is ",
                    change ? "changes of " : "", measure, like->horizon);
    frem_text_print(&texts[FREM_DA], "Fejl i %s%s ophæver hinanden %d år frem: deres gennemsnit er ",
                    change ? "ændringer af " : "", measure, like->horizon);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        frem_locale_number(&texts[lang], error, 1, (frem_lang)lang);
        frem_text_add(&texts[lang], size[lang]);
        frem_locale_number(&texts[lang], absolute, 1, (frem_lang)lang);
        frem_text_add(&texts[lang], ".");
    }
    return frem_answer_say_texts(j->b->results, texts);
}

/* Groups in the order of their first rows, by horizon within. */
static frem_status summarise(const judging *j) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < j->n && status == FREM_OK; i++) {
        bool first = true;
        for (size_t k = 0; k < i && first; k++)
            first = !same_group(&j->rows[k], &j->rows[i]);
        if (!first)
            continue;
        const means m = means_of(j, &j->rows[i]);
        status = add_means(j, &j->rows[i], &m);
        if (status == FREM_OK)
            status = say_cancels(j, &j->rows[i], &m);
    }
    return status;
}

frem_status frem_backtest_judge(frem_backtest_work *b) {
    judging j = {.b = b};
    frem_status status = list_rows(&j);
    for (size_t i = 0; i < j.n && status == FREM_OK; i++)
        status = add_row(&j, &j.rows[i]);
    if (status == FREM_OK && j.n > 0)
        status = say_nearer(&j);
    return status == FREM_OK ? summarise(&j) : status;
}
