/* What people ask a projection: each a view. Names are looked up by scenario, as two scenarios may call one key
 * differently; NULL in names is everybody's. */
#include "output/sqlite/sqlite.h"

const char *frem_sqlite_views(void) {
    static const char views[] =
        /* Supply, demand and what follows from them, a row for each year, region and profession. */
        "CREATE VIEW supply_and_demand AS\n"
        "SELECT scenario, variant, year, region, profession, statistic,\n"
        "       max(CASE WHEN measure = 'supply' THEN value END) AS supply,\n"
        "       max(CASE WHEN measure = 'demand' THEN value END) AS demand,\n"
        "       max(CASE WHEN measure = 'gap' THEN value END) AS gap,\n"
        "       max(CASE WHEN measure = 'shortage' THEN value END) AS shortage,\n"
        "       max(CASE WHEN measure = 'demand_without_supply' THEN value END) AS demand_without_supply,\n"
        "       max(CASE WHEN measure = 'coverage' THEN value END) AS coverage\n"
        "FROM results\n"
        "WHERE sector = 'all' AND measure IN ('supply', 'demand', 'gap', 'shortage',\n"
        "  'demand_without_supply', 'coverage')\n"
        "GROUP BY scenario, variant, year, region, profession, statistic\n"
        "ORDER BY min(rowid);\n"

        /* Every row with names for people beside its keys. */
        "CREATE VIEW results_named AS\n"
        "SELECT r.scenario, r.variant, r.year, r.region, r.profession, r.sector, r.measure, r.statistic, "
        "r.unit,\n"
        "       r.value,\n"
        "       coalesce(g.en, r.region) AS region_en, coalesce(g.da, r.region) AS region_da,\n"
        "       coalesce(p.en, r.profession) AS profession_en, coalesce(p.da, r.profession) AS "
        "profession_da,\n"
        "       coalesce(s.en, r.sector) AS sector_en, coalesce(s.da, r.sector) AS sector_da,\n"
        "       coalesce(m.en, r.measure) AS measure_en, coalesce(m.da, r.measure) AS measure_da,\n"
        "       coalesce(u.en, r.unit) AS unit_en, coalesce(u.da, r.unit) AS unit_da\n"
        "FROM results r\n"
        "LEFT JOIN labels g ON g.scenario = r.scenario AND g.\"column\" = 'region' AND g.\"key\" = r.region\n"
        "LEFT JOIN labels p ON p.scenario = r.scenario AND p.\"column\" = 'profession' AND p.\"key\" = "
        "r.profession\n"
        "LEFT JOIN labels s ON s.scenario = r.scenario AND s.\"column\" = 'sector' AND s.\"key\" = r.sector\n"
        "LEFT JOIN labels m ON m.scenario = r.scenario AND m.\"column\" = 'measure' AND m.\"key\" = "
        "r.measure\n"
        "LEFT JOIN labels u ON u.scenario = r.scenario AND u.\"column\" = 'unit' AND u.\"key\" = r.unit;\n"

        /* The gap of every year, over all sectors. */
        "CREATE VIEW gap_by_year AS\n"
        "SELECT scenario, variant, year, region, region_en, region_da, profession, profession_en, "
        "profession_da,\n"
        "       statistic, value AS gap, unit\n"
        "FROM results_named\n"
        "WHERE measure = 'gap' AND sector = 'all';\n"

        /* How much of the demand each of the smallest areas covers in the last year of its scenario. */
        "CREATE VIEW coverage_by_area AS\n"
        "SELECT r.scenario, r.variant, r.year, r.region, r.region_en, r.region_da, r.profession,\n"
        "       r.profession_en, r.profession_da, r.statistic, r.value AS coverage\n"
        "FROM results_named r\n"
        "JOIN regions a ON a.scenario = r.scenario AND a.region = r.region AND a.kind = 'area'\n"
        "JOIN (SELECT scenario, variant, max(year) AS year FROM results GROUP BY scenario, variant) l\n"
        "  ON l.scenario = r.scenario AND l.variant = r.variant AND l.year = r.year\n"
        "WHERE r.measure = 'coverage' AND r.sector = 'all';\n"

        /* Each variant beside its base; NULL where the base has no such row. */
        "CREATE VIEW compare_variants AS\n"
        "SELECT v.scenario, v.variant, v.year, v.region, v.profession, v.sector, v.measure, v.statistic, "
        "v.unit,\n"
        "       b.value AS base, v.value AS value, v.value - b.value AS difference\n"
        "FROM results v\n"
        "LEFT JOIN results b ON b.measure = v.measure AND b.profession = v.profession AND b.region = "
        "v.region\n"
        "  AND b.year = v.year AND b.scenario = v.scenario AND b.variant = 'base' AND b.sector = v.sector\n"
        "  AND b.statistic = v.statistic\n"
        "WHERE v.variant <> 'base';\n"

        /* Each scenario beside the first of the command; NULL where that has no such row. */
        "CREATE VIEW compare_scenarios AS\n"
        "SELECT v.scenario, v.variant, v.year, v.region, v.profession, v.sector, v.measure, v.statistic, "
        "v.unit,\n"
        "       f.scenario AS first_scenario, b.value AS first_value, v.value AS value,\n"
        "       v.value - b.value AS difference\n"
        "FROM results v\n"
        "JOIN scenarios f ON f.id = 1\n"
        "LEFT JOIN results b ON b.measure = v.measure AND b.profession = v.profession AND b.region = "
        "v.region\n"
        "  AND b.year = v.year AND b.scenario = f.scenario AND b.variant = f.variant AND b.sector = "
        "v.sector\n"
        "  AND b.statistic = v.statistic\n"
        "WHERE v.scenario <> f.scenario;\n";
    return views;
}
