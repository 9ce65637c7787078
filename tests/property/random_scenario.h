/** @file
 *  Random small scenarios with their tables, number by number a function of seed, part and place, so that the same
 *  scenario can be written again with one thing changed: twice the people, its regions and professions in another
 *  order, a region in two halves, parts that are off spelled out as numbers that change nothing.
 */
#ifndef FREM_TESTS_PROPERTY_RANDOM_SCENARIO_H
#define FREM_TESTS_PROPERTY_RANDOM_SCENARIO_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "support/check.h"
#include "support/temp.h"

/** What to write. Zero where nothing is said. */
typedef struct random_scenario {
    uint64_t seed;
    bool doubled;     /**< twice every person and FTE */
    bool reversed;    /**< regions, groups, professions, programmes and sectors in reverse order */
    bool split;       /**< the last region in two equal halves */
    bool kept;        /**< no tasks move between sectors */
    bool spelled_out; /**< parts that are off are given as numbers that change nothing */
} random_scenario;

enum { RANDOM_FIRST_AGE = 56, RANDOM_BASE = 2020, RANDOM_OLD = 4 };

/** A scenario being written. */
typedef struct writer {
    random_scenario what;
    const char *folder;
    FILE *out;
    size_t regions, steps, ages, sexes, professions, programmes, sectors;
    bool persons_by_region; /* of profession 0 */
} writer;

/** The number in [0, 1) at an address. */
static inline double random_at(const writer *w, unsigned part, size_t a, size_t b, size_t c) {
    const uint64_t address[] = {part, a, b, c};
    uint64_t x = w->what.seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    for (size_t i = 0; i < 4; i++) {
        x ^= address[i] + UINT64_C(0x9e3779b97f4a7c15) * (i + 1);
        x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
        x ^= x >> 31;
    }
    return (double)(x >> 11) / 9007199254740992.0;
}

static inline size_t random_size(const writer *w, unsigned part, size_t a, size_t low, size_t high) {
    return low + (size_t)(random_at(w, part, a, 77, 0) * (double)(high - low + 1));
}

static inline bool random_on(const writer *w, unsigned part, size_t a) {
    return random_at(w, part, a, 78, 0) < 0.5;
}

/** A number between two in thousandths, so that it is short to read. */
static inline double random_number(const writer *w, unsigned part, size_t a, size_t b, size_t c, double low,
                                   double high) {
    return low + floor(random_at(w, part, a, b, c) * 1000) / 1000 * (high - low);
}

/** Writes a number whatever the locale. */
static inline void put(const writer *w, double number) {
    char text[32];
    (void)frem_number_shortest(text, number);
    (void)fputs(text, w->out);
}

static inline void put_pair(const writer *w, const char *before, double number, const char *after) {
    (void)fputs(before, w->out);
    put(w, number);
    (void)fputs(after, w->out);
}

/** Places in the order in which they are written. */
static inline size_t place(const writer *w, size_t i, size_t n) {
    return w->what.reversed ? n - 1 - i : i;
}

/** Counts of persons and FTE. */
static inline double people(const writer *w) {
    return w->what.doubled ? 2 : 1;
}

/** Regions as written, halves counted. */
static inline size_t written_regions(const writer *w) {
    return w->regions + (w->what.split ? 1 : 0);
}

/** The i-th region as written: its number, and the part of it that this row is. */
static inline size_t region_at(const writer *w, size_t i, double *part) {
    size_t n = written_regions(w), r = place(w, i, n);
    bool half = w->what.split && r + 2 >= n;
    *part = half ? 0.5 : 1;
    return half ? w->regions - 1 : r;
}

/** "r2", or "r2b" for the second half. */
static inline void put_region(const writer *w, size_t i) {
    double part;
    size_t r = region_at(w, i, &part);
    bool second = part < 1 && place(w, i, written_regions(w)) == written_regions(w) - 1;
    (void)fprintf(w->out, "r%zu%s", r, second ? "b" : "");
}

static inline void open_file(writer *w, const char *name) {
    char *path = frem_temp_path(w->folder, name);
    w->out = fopen(path, "we");
    assert_non_null(w->out);
    free(path);
}

static inline void close_file(writer *w) {
    assert_int_equal(fclose(w->out), 0);
}

static inline void write_regions(writer *w) {
    static const char *const sides[] = {"west", "east", ""};
    open_file(w, "regions.csv");
    (void)fputs("code,name,side,size\n", w->out);
    for (size_t i = 0; i < written_regions(w); i++) {
        double part;
        size_t r = region_at(w, i, &part);
        put_region(w, i);
        (void)fprintf(w->out, ",Region %zu,%s,%s\n", i, sides[random_size(w, 1, r, 0, 2)],
                      random_on(w, 2, r) ? "large" : "small");
    }
    close_file(w);
}

/* Persons of 0 to 3 and over by region and year; someone everywhere in the base year. */
static inline void write_population(writer *w) {
    open_file(w, "people.csv");
    (void)fputs("region,year,age,persons\n", w->out);
    for (size_t i = 0; i < written_regions(w); i++) {
        for (size_t t = 0; t < w->steps; t++) {
            for (size_t a = 0; a < RANDOM_OLD; a++) {
                double part;
                size_t r = region_at(w, i, &part);
                double low = t == 0 ? 1 : -20, n = random_number(w, 3, r, t, a, low, 200);
                put_region(w, i);
                (void)fprintf(w->out, ",%zu,%zu%s,", RANDOM_BASE + t, a, a + 1 == RANDOM_OLD ? "+" : "");
                put(w, (n < 0 ? 0 : n) * part * people(w));
                (void)fputc('\n', w->out);
            }
        }
    }
    close_file(w);
}

/* By sex and age: a profile, rates that never fall and rates that do. */
static inline void write_ages(writer *w, size_t p) {
    char name[32];
    (void)snprintf(name, sizeof name, "ages%zu.csv", p);
    open_file(w, name);
    (void)fprintf(w->out, "%sage,persons,entry,level,rate\n", w->sexes > 1 ? "sex," : "");
    for (size_t s = 0; s < w->sexes; s++) {
        double level = 0.5, rate = 1;
        for (size_t a = 0; a < w->ages; a++) {
            double part = random_number(w, 4, p, s, a, 0, 0.05);
            level += part;
            rate -= 2 * part;
            if (w->sexes > 1)
                (void)fprintf(w->out, "%s,", s == 0 ? "f" : "m");
            (void)fprintf(w->out, "%zu,", RANDOM_FIRST_AGE + a);
            put_pair(w, "", random_number(w, 5, p, s, a, 1, 40), ",");
            put_pair(w, "", a > 3 ? 0 : random_number(w, 6, p, s, a, 0.1, 1), ",");
            put_pair(w, "", level < 1 ? level : 1, ",");
            put_pair(w, "", rate > 0 ? rate : 0, "\n");
        }
    }
    close_file(w);
}

/* Persons of a profession by region, sex and age. */
static inline void write_stock(writer *w) {
    open_file(w, "stock.csv");
    (void)fprintf(w->out, "region,%sage,persons\n", w->sexes > 1 ? "sex," : "");
    for (size_t i = 0; i < written_regions(w); i++) {
        for (size_t c = 0; c < w->sexes * w->ages; c++) {
            double part;
            size_t r = region_at(w, i, &part);
            put_region(w, i);
            if (w->sexes > 1)
                (void)fprintf(w->out, ",%s", c < w->ages ? "f" : "m");
            (void)fprintf(w->out, ",%zu,", RANDOM_FIRST_AGE + c % w->ages);
            put_pair(w, "", random_number(w, 7, r, c, 0, 1, 60) * part * people(w), "\n");
        }
    }
    close_file(w);
}

/* Weights, employment, users by region; an intake and an index by region and year. */
static inline void write_by_region(writer *w) {
    open_file(w, "fte.csv");
    (void)fputs("region,weight,p,q,users\n", w->out);
    for (size_t i = 0; i < written_regions(w); i++) {
        double part;
        size_t r = region_at(w, i, &part);
        put_region(w, i);
        put_pair(w, ",", random_number(w, 8, r, 0, 0, 1, 9) * part, "");
        put_pair(w, ",", random_number(w, 8, r, 1, 0, 50, 150) * part * people(w), "");
        put_pair(w, ",", random_number(w, 8, r, 2, 0, 50, 150) * part * people(w), "");
        put_pair(w, ",", random_number(w, 8, r, 3, 0, 1, 90) * part * people(w), "\n");
    }
    close_file(w);
    open_file(w, "years.csv");
    (void)fputs("region,year,intake,index\n", w->out);
    for (size_t i = 0; i < written_regions(w); i++) {
        for (size_t t = 0; t < w->steps; t++) {
            double part;
            size_t r = region_at(w, i, &part);
            put_region(w, i);
            (void)fprintf(w->out, ",%zu,", RANDOM_BASE + t);
            put_pair(w, "", random_number(w, 9, r, t, 0, 0, 30) * part * people(w), ",");
            put_pair(w, "", random_number(w, 10, r, t, 0, 0, 3), "\n");
        }
    }
    close_file(w);
}

/* `key: value` of a rate as a number, a path or a growth; where it is off, the neutral number or nothing. */
static inline void put_rate(const writer *w, const char *key, unsigned part, size_t which, double low,
                            double high, double neutral) {
    if (!random_on(w, part, which)) {
        if (w->what.spelled_out)
            put_pair(w, key, neutral, "\n");
        return;
    }
    double first = random_number(w, part, which, 1, 0, low, high);
    double second = random_number(w, part, which, 2, 0, low, high);
    (void)fputs(key, w->out);
    switch (random_size(w, part, which + 50, 0, 2)) {
    case 0:
        put_pair(w, "", first, "\n");
        break;
    case 1:
        put_pair(w, "{2020: ", first, ", ");
        put_pair(w, "2021: ", second, ", then: hold}\n");
        break;
    default:
        put_pair(w, "{start: ", first, ", ");
        put_pair(w, "growth: ", -random_number(w, part, which, 3, 0, 0, 0.2), "}\n");
        break;
    }
}

static inline void put_split(const writer *w, const char *key, unsigned part, size_t which, bool employment) {
    static const char *const how[] = {
        "population", "{by: population, ages: 0-1}", "{by: population, ages: 2+}",
        "{by: weights, weights: {table: fte.csv, column: weight}}", "employment"};
    (void)fprintf(w->out, "%s%s\n", key, how[random_size(w, part, which, 0, employment ? 4 : 3)]);
}

static inline void put_retirement(const writer *w, size_t p, size_t kind) {
    static const char *const ages[] = {"law", "yearly", "{law: 0.25, yearly: 0.75}"};
    if (kind == 0)
        return;
    (void)fprintf(w->out, "    retirement:\n      kind: %s\n      age: %s\n",
                  kind == 1 ? "exit" : "participation", ages[random_size(w, 20, p, 0, 2)]);
    double response = random_number(w, 21, p, 0, 0, 0, 1.5);
    if (kind == 1) {
        put_pair(w, "      leaves: {mean: ", random_number(w, 22, p, 0, 0, -3, 3), ", ");
        put_pair(w, "spread: ", random_number(w, 23, p, 0, 0, 0, 4), ", ");
        put_pair(w, "response: ", response, "}\n      earliest: 55\n      latest: 72\n");
    } else {
        put_pair(w, "      threshold: 58\n      response: ", response, "\n");
    }
}

static inline void put_profession(const writer *w, size_t p) {
    size_t kind = random_size(w, 11, p, 0, 2);
    bool rate = random_on(w, 12, p);
    (void)fprintf(w->out, "  %s:\n    cohorts:\n", p == 0 ? "p" : "q");
    if (p == 0 && w->persons_by_region) {
        (void)fputs("      persons: {table: stock.csv, column: persons}\n", w->out);
    } else {
        put_pair(w, "      persons: ", random_number(w, 13, p, 0, 0, 100, 900) * people(w), "\n");
        (void)fprintf(w->out, "      ages: {table: ages%zu.csv, column: persons}\n", p);
        put_split(w, "      split: ", 14, p, true);
    }
    const char *key = rate ? "employment_rate" : "participation";
    if (kind == 2 || random_on(w, 15, p))
        (void)fprintf(w->out, "    %s: {table: ages%zu.csv, column: %s}\n", key, p,
                      kind == 1 ? "level" : "rate");
    else if (rate || w->what.spelled_out)
        (void)fprintf(w->out, "    %s: 1\n", key);
    if (!rate)
        put_rate(w, "    unemployment: ", 16, p, 0, 0.2, 0);
    if (!rate && random_size(w, 62, 0, 0, 2) < 2 && random_on(w, 16, 10 + p))
        (void)fputs("    supply: labour_force\n", w->out);
    put_rate(w, "    fte_per_employed: ", 17, p, 0.5, 1, 1);
    put_rate(w, "    death: ", 18, p, 0, 0.05, 0);
    put_rate(w, "    emigration: ", 18, 10 + p, 0, 0.05, 0);
    put_rate(w, "    permanent_exit: ", 18, 20 + p, 0, 0.1, 0);
    if (random_on(w, 19, p) || w->what.spelled_out) {
        (void)fputs("    absence:\n", w->out);
        put_rate(w, "      share: ", 19, p, 0, 0.2, 0);
    }
    put_retirement(w, p, kind);
}

static inline void put_programme(const writer *w, size_t k) {
    static const char *const starts[] = {
        "", "    starts: {september: {share: 0.7, ends: january}, february: {share: 0.3, ends: june}}\n",
        "    starts: {march: {share: 1, ends: august}}\n"};
    size_t to = random_size(w, 30, k, 0, w->professions - 1), with = random_size(w, 31, k, 0, 2);
    bool by_region = random_on(w, 32, k), stages = random_on(w, 33, k);
    (void)fprintf(w->out, "  s%zu:\n    leads_to: %s\n    entry: {table: ages%zu.csv, column: entry}\n%s", k,
                  to == 0 ? "p" : "q", to, starts[with]);
    if (by_region) {
        (void)fputs("    intake: {table: years.csv, column: intake}\n    earlier_intake: hold\n", w->out);
    } else {
        put_pair(w, "    intake: {2015: ", random_number(w, 34, k, 0, 0, 0, 90) * people(w), ", ");
        put_pair(w, "2021: ", random_number(w, 34, k, 1, 0, 0, 90) * people(w),
                 ", between: linear, then: hold}\n");
        (void)fputs("    earlier_intake: none\n", w->out);
        put_split(w, "    graduates_to: ", 35, k, true);
        put_rate(w, "    outside: ", 36, k, 0, 0.5, 0);
    }
    if (random_on(w, 39, k) || w->what.spelled_out) {
        (void)fputs("    begin_again:\n", w->out);
        put_rate(w, "      share: ", 39, k, 0, 0.6, 0);
    }
    double length = with == 0 ? 0.25 * (double)random_size(w, 37, k, 0, 20) : 3.5;
    if (stages) {
        put_pair(w, "    stages: {one: {length: ", length * 0.5, ", ");
        put_pair(w, "dropout: ", random_number(w, 38, k, 0, 0, 0, 0.5), "}, ");
        put_pair(w, "two: {length: ", length * 0.5, ", ");
        put_pair(w, "dropout: ", random_number(w, 38, k, 1, 0, 0, 0.5), "}}\n");
    } else {
        put_pair(w, "    length: ", length, "\n");
        put_pair(w, "    completion: ", random_number(w, 38, k, 2, 0, 0, 1), "\n");
    }
}

/* `key: {p: ..., q: ...}` of the professions there are, in FTE of both signs together or of none. */
static inline void put_values(const writer *w, const char *key, double p, double q) {
    const double numbers[] = {p, q};
    (void)fputs(key, w->out);
    for (size_t i = 0; i < w->professions; i++) {
        size_t which = place(w, i, w->professions);
        (void)fprintf(w->out, "%s%s: ", i > 0 ? ", " : "{", which == 0 ? "p" : "q");
        put(w, numbers[which]);
    }
    (void)fputs("}\n", w->out);
}

static inline void put_follows(const writer *w, size_t j) {
    switch (random_size(w, 40, j, 0, 5)) {
    case 0:
        (void)fputs("    follows: constant\n", w->out);
        break;
    case 1:
        (void)fputs("    follows: {population: 0-2}\n", w->out);
        break;
    case 2:
        (void)fputs("    follows: {series: {table: years.csv, column: index}}\n", w->out);
        break;
    case 3:
        (void)fputs(
            "    follows: {users: {a: {population: 0-1, users: {table: fte.csv, column: users}, weight: 2}, "
            "b: {population: 2}}}\n",
            w->out);
        break;
    case 4:
        (void)fprintf(w->out,
                      "    follows: {teaching: {pupils: {a: {population: 0-2, hours_per_pupil: 60}, "
                      "b: {population: 3+, hours_per_pupil: 20}}, teacher_share: 0.9, hours_per_fte: 700, "
                      "level: %s}}\n",
                      random_on(w, 54, j) ? "hours" : "employment");
        break;
    default:
        (void)fputs("    follows:\n      users:\n        a:\n          population: 3+\n", w->out);
        put_rate(w, "          use_rate: ", 41, j, 0.1, 0.9, 1);
        put_rate(w, "          weight: ", 42, j, 0.1, 9, 1);
        break;
    }
}

static inline void put_sector(const writer *w, size_t j) {
    double change = random_number(w, 43, j, 0, 0, 0, 0.2);
    (void)fprintf(w->out, "  j%zu:\n", j);
    if (random_on(w, 44, j))
        (void)fprintf(w->out, "    employment: {p: {table: fte.csv, column: p}%s}\n",
                      w->professions > 1 ? ", q: {table: fte.csv, column: q}" : "");
    else
        put_values(w, "    employment: ", random_number(w, 45, j, 0, 0, 50, 150) * people(w),
                   random_number(w, 45, j, 1, 0, 50, 150) * people(w));
    put_split(w, "    split: ", 46, j, false);
    put_follows(w, j);
    put_rate(w, "    standard: ", 47, j, 0.5, 1.5, 1);
    put_rate(w, "    productivity: ", 48, j, 0.5, 1.5, 1);
    if (random_on(w, 49, j) || w->what.spelled_out) {
        double vacancies = random_on(w, 49, j) ? random_number(w, 50, j, 0, 0, 0, 20) * people(w) : 0;
        put_values(w, "    vacancies: ", vacancies, vacancies);
    }
    if (w->professions > 1 && (random_on(w, 51, j) || w->what.spelled_out))
        put_values(w, "    share_change: ", random_on(w, 51, j) ? change : 0,
                   random_on(w, 51, j) ? -change : 0);
    if (random_on(w, 52, j) || w->what.spelled_out) {
        double extra = random_on(w, 52, j) ? random_number(w, 53, j, 0, 0, 0, 20) * people(w) : 0;
        put_values(w, "    extra: ", extra, 2 * extra);
    }
}

/* Tasks that move between the first two sectors, both ways. */
static inline void put_transfers(const writer *w) {
    bool on = random_on(w, 55, 0) && !w->what.kept;
    if (w->sectors < 2 || !(on || w->what.spelled_out))
        return;
    (void)fputs("transfers:\n", w->out);
    for (size_t i = 0; i < 2; i++) {
        size_t which = place(w, i, 2);
        bool fte = !random_on(w, 44, which) && random_size(w, 40, which, 0, 5) == 0; /* a constant need */
        double most = fte ? random_number(w, 58, which, 0, 0, 0, 2) * people(w)
                          : random_number(w, 58, which, 1, 0, 0, 0.4);
        (void)fprintf(w->out, "  t%zu: {from: j%zu, to: j%zu, %s: {2020: 0, 2022: ", which, which, 1 - which,
                      fte ? "fte" : "share");
        put(w, on ? most : 0);
        (void)fputs(", between: linear, then: hold}}\n", w->out);
    }
}

static inline void write_scenario(writer *w) {
    static const char *const counts[] = {"1 january", "30 june", "16 april", "31 december"};
    static const char *const modes[] = {"cohorts", "scale", "overwrite"};
    open_file(w, "w.yaml");
    (void)fprintf(
        w->out,
        "fremskriv: 1\nyears: {base: 2020, until: %zu, count: %s}\nages: {from: %d, to: %zu, oldest: %s}\n"
        "base_year: %s\nregions: {table: regions.csv, group_by: %s}\npopulation: people.csv\n"
        "retirement_ages:\n  law: {born: {\"1900-01-01\": 62, \"1957-07-01\": 63.5, \"1960-04-01\": 65}}\n"
        "  yearly: {year: {2020: 63, 2022: 64.5, between: linear, then: hold, before: hold}}\n",
        RANDOM_BASE + w->steps - 1, counts[random_size(w, 60, 0, 0, 3)], RANDOM_FIRST_AGE,
        RANDOM_FIRST_AGE + w->ages - 1, random_on(w, 61, 0) ? "leaves" : "open",
        modes[random_size(w, 62, 0, 0, 2)], w->what.reversed ? "[size, side]" : "[side, size]");
    (void)fputs("professions:\n", w->out);
    for (size_t i = 0; i < w->professions; i++)
        put_profession(w, place(w, i, w->professions));
    (void)fputs(w->programmes > 0 ? "programmes:\n" : "", w->out);
    for (size_t i = 0; i < w->programmes; i++)
        put_programme(w, place(w, i, w->programmes));
    (void)fputs("demand:\n", w->out);
    for (size_t i = 0; i < w->sectors; i++)
        put_sector(w, place(w, i, w->sectors));
    put_transfers(w);
    close_file(w);
}

/** Writes w.yaml and its tables to the folder. */
static inline void random_scenario_write(random_scenario what, const char *folder) {
    writer w = {.what = what, .folder = folder};
    w.regions = random_size(&w, 0, 0, 1, 4);
    w.steps = random_size(&w, 0, 1, 3, 7);
    w.ages = random_size(&w, 0, 2, 3, 14);
    w.sexes = random_size(&w, 0, 3, 1, 2);
    w.professions = random_size(&w, 0, 4, 1, 2);
    w.programmes = random_size(&w, 0, 5, 0, 2);
    w.sectors = random_size(&w, 0, 6, 1, 3);
    w.persons_by_region = random_on(&w, 0, 7);
    write_regions(&w);
    write_population(&w);
    for (size_t p = 0; p < w.professions; p++)
        write_ages(&w, p);
    write_stock(&w);
    write_by_region(&w);
    write_scenario(&w);
}

#endif
