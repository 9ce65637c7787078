/** @file
 *  The world of the tests of demand: two regions x and y of one group, years 2020 to 2022, professions a and b with
 *  100 persons each, and a population of single ages.
 */
#ifndef FREM_TESTS_UNIT_MODEL_SMALL_DEMAND_H
#define FREM_TESTS_UNIT_MODEL_SMALL_DEMAND_H

#include "small_model.h"

/** Ends with line 10, `demand:`. */
static const char *const small_head =
    "fremskriv: 1\n"
    "years: {base: 2020, until: 2022}\n"
    "ages: {from: 30, to: 32}\n"
    "base_year: cohorts\n"
    "regions: {table: regions.csv, group_by: group, where: {in: yes}}\n"
    "population: {table: people.csv}\n"
    "professions:\n"
    "  a: {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n"
    "  b: {cohorts: {persons: {table: stock.csv, column: persons}, split: equal}}\n"
    "demand:\n";

/** Persons by region and year at ages 0..4; region z is in the table and not in the scenario.
 *            0    1    2    3    4
 *  x 2020   10   20   30   40   50        y 2020    0    0   60   40   20       z: 70 at every age
 *  x 2021   20   20   30   50   50        y 2021    0    0   30   40   40
 *  x 2022   30   20   30   60   50        y 2022   10    0    0   40   60
 */
static inline void small_tables(const loaded *world) {
    static const int persons[3][3][5] = {
        {{10, 20, 30, 40, 50}, {20, 20, 30, 50, 50}, {30, 20, 30, 60, 50}},
        {{0, 0, 60, 40, 20}, {0, 0, 30, 40, 40}, {10, 0, 0, 40, 60}},
        {{70, 70, 70, 70, 70}, {70, 70, 70, 70, 70}, {70, 70, 70, 70, 70}},
    };
    char text[4096];
    size_t n = (size_t)snprintf(text, sizeof text, "region,year,age,persons\n");
    for (int i = 0; i < 45; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%c,%d,%d,%d\n", "xyz"[i / 15], 2020 + i / 5 % 3,
                              i % 5, persons[i / 15][i / 5 % 3][i % 5]);
    frem_temp_write(world->folder, "people.csv", text);
    frem_temp_write(world->folder, "regions.csv",
                    "code,name,group,in\nx,Xby,G,yes\ny,Yby,G,yes\nz,Zby,H,no\n");
    frem_temp_write(world->folder, "stock.csv", "age,persons\n30,50\n31,30\n32,20\n");
}

static inline loaded small_demand(void) {
    loaded world = small_new();
    small_tables(&world);
    return world;
}

#endif
