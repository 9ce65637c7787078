#!/usr/bin/python3
"""Checks every data package under data/ against its datapackage.json, and what its README promises beyond that.

    data_check.py [DATA_FOLDER]

Prints one line when all is well and exits 0; otherwise each problem on a line of its own and exits 1.
"""

import csv
import datetime
import io
import json
import math
import pathlib
import re
import runpy
import sys

ROUNDED_SHARES = 0.0015  # five shares, each rounded to a tenth of a per cent
TOTAL_TOLERANCE = 129  # persons between the municipalities and the national total
EARLIEST_RETIREMENT = 55
OLDEST = 100  # and over, of the single ages
COHORT_TOLERANCE = 0.01  # a five-year group over those of the group before it who can be alive
CHILDREN_LEAVE, CHILDREN_COME = 0.005, 0.02  # of those aged 0-2, in three years
SHARE_TOLERANCE = 0.03  # those aged 75-79 in 2020, against the published share
LEFT_OUT_SPREAD, LEFT_OUT_MOST = 0.012, 0.031  # points: README.md states them
FIRST_BIRTH = datetime.date(1900, 1, 1)


class Problems:
    def __init__(self, root):
        self.root = root
        self.lines = []

    def add(self, path, what, line=None):
        where = path.relative_to(self.root)
        self.lines.append(f"{where}:{line}: {what}" if line else f"{where}: {what}")


def parse_number(text):
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise ValueError
    return float(text)


def parse_integer(text):
    if not re.fullmatch(r"-?[0-9]+", text):
        raise ValueError
    return int(text)


def parse_year(text):
    if not re.fullmatch(r"[0-9]{4}", text):
        raise ValueError
    return int(text)


def parse_date(text):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError
    return datetime.date.fromisoformat(text)


PARSERS = {"string": str, "integer": parse_integer, "number": parse_number, "year": parse_year, "date": parse_date}


def read_rows(path, problems):
    """The cells of a table with line numbers, or None where the text itself is not as promised."""
    data = path.read_bytes()
    before = len(problems.lines)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(path, f"not UTF-8 at byte {error.start}")
        return None
    if text.startswith("\ufeff"):
        problems.add(path, "starts with a byte order mark")
    if "\r" in text:
        problems.add(path, "has carriage returns; lines end in LF")
    if not text.endswith("\n"):
        problems.add(path, "the last line has no end")
    if len(problems.lines) > before:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        for row in reader:
            rows.append((reader.line_num, row))
    except csv.Error as error:
        problems.add(path, str(error), reader.line_num)
        return None
    return rows


def check_constraints(path, line, field, value, text, problems):
    constraints = field.get("constraints", {})
    name = field["name"]
    if "minimum" in constraints and value < constraints["minimum"]:
        problems.add(path, f"{name} {text} is under {constraints['minimum']}", line)
    if "maximum" in constraints and value > constraints["maximum"]:
        problems.add(path, f"{name} {text} is over {constraints['maximum']}", line)
    if "enum" in constraints and value not in constraints["enum"]:
        problems.add(path, f"{name} '{text}' is none of {', '.join(constraints['enum'])}", line)
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text):
        problems.add(path, f"{name} '{text}' does not match {constraints['pattern']}", line)


def parse_row(path, line, cells, schema, problems):
    """The row's values by column name; None is a missing or wrong cell."""
    row = {}
    for field, text in zip(schema["fields"], cells):
        name = field["name"]
        row[name] = None
        if text in schema["missingValues"]:
            if field.get("constraints", {}).get("required"):
                problems.add(path, f"{name} is missing", line)
            continue
        try:
            row[name] = PARSERS[field["type"]](text)
        except ValueError:
            problems.add(path, f"{name} '{text}' is not of type {field['type']}", line)
            continue
        check_constraints(path, line, field, row[name], text, problems)
    return row


def check_unique(path, table, names, problems):
    seen = {}
    for line, row in table:
        key = tuple(row[name] for name in names)
        if key in seen:
            problems.add(path, f"{', '.join(names)} {key} is in line {seen[key]} already", line)
        seen.setdefault(key, line)


def read_table(path, schema, problems):
    """Rows as (line, values by name), checked against the schema; None where they cannot be used."""
    rows = read_rows(path, problems)
    if rows is None:
        return None
    names = [field["name"] for field in schema["fields"]]
    if not rows or rows[0][1] != names:
        problems.add(path, f"the header is not {','.join(names)}", 1)
        return None
    table = []
    for line, cells in rows[1:]:
        if len(cells) != len(names):
            problems.add(path, f"{len(cells)} cells, not {len(names)}", line)
            continue
        table.append((line, parse_row(path, line, cells, schema, problems)))
    if not table:
        problems.add(path, "has no rows")
    check_unique(path, table, schema["primaryKey"], problems)
    for field in schema["fields"]:
        if field.get("constraints", {}).get("unique"):
            check_unique(path, table, [field["name"]], problems)
    return table


def check_description(path, package, problems):
    """What a package and each of its tables must say about themselves."""
    for key in ("profile", "name", "title", "description", "licenses", "sources", "resources"):
        if not package.get(key):
            problems.add(path, f"the package has no {key}")
    names = [resource.get("name") for resource in package.get("resources", [])]
    for name in {name for name in names if names.count(name) > 1}:
        problems.add(path, f"two resources are named {name}")
    good = []
    for resource in package.get("resources", []):
        schema = resource.get("schema", {})
        wrong = [key for key in ("name", "path", "title") if not resource.get(key)]
        wrong += [f"schema.{key}" for key in ("fields", "primaryKey") if not schema.get(key)]
        wrong += ["schema.missingValues [\"\"]"] if schema.get("missingValues") != [""] else []
        for field in schema.get("fields", []):
            wrong += [f"field {key}" for key in ("name", "type", "title", "description") if not field.get(key)]
            if field.get("type") and field["type"] not in PARSERS:
                wrong.append(f"known type, but {field['type']}")
        for what in wrong:
            problems.add(path, f"resource {resource.get('name')} has no {what}")
        if not wrong:
            good.append(resource)
    return good


def check_foreign_keys(folder, resources, tables, problems):
    for resource in resources:
        for key in resource["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"]
            table = tables.get(resource["name"])
            if other not in {resource["name"] for resource in resources}:
                problems.add(folder / "datapackage.json", f"a foreign key refers to {other}, which is no resource")
            if table is None or tables.get(other) is None:
                continue
            known = {tuple(row[name] for name in key["reference"]["fields"]) for _, row in tables[other]}
            for line, row in table:
                value = tuple(row[name] for name in key["fields"])
                if value not in known:
                    path = folder / resource["path"]
                    problems.add(path, f"{', '.join(key['fields'])} {value} is not in {other}", line)


def check_package(path, problems):
    """Reads a package. Returns its tables by name."""
    folder = path.parent
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        problems.add(path, f"not JSON: {error}")
        return {}
    resources = check_description(path, package, problems)
    tables = {}
    for resource in resources:
        file = folder / resource["path"]
        if not file.is_file():
            problems.add(path, f"resource {resource['name']}: there is no file {resource['path']}")
            continue
        tables[resource["name"]] = read_table(file, resource["schema"], problems)
    described = {resource.get("path") for resource in package.get("resources", [])}
    for file in sorted(folder.glob("*.csv")):
        if file.name not in described:
            problems.add(file, "is not described in datapackage.json")
    check_foreign_keys(folder, resources, tables, problems)
    return tables


def check_tiling(path, what, groups, first, open_end, problems):
    """Age groups (from, to) in ascending order leave no gap, overlap nowhere and end as they should."""
    expected = first
    for start, end in groups:
        if start != expected:
            problems.add(path, f"{what}: an age group starts at {start}, not at {expected}")
            return
        if end is not None and end < start:
            problems.add(path, f"{what}: the age group from {start} ends at {end}")
            return
        expected = None if end is None else end + 1
    if open_end != (expected is None):
        problems.add(path, f"{what}: the last age group is {'not ' if open_end else ''}open")


def by_key(table, names):
    groups = {}
    for _, row in table:
        groups.setdefault(tuple(row[name] for name in names), []).append(row)
    return groups


def age_groups(rows):
    return sorted(((row["age_from"], row["age_to"]) for row in rows), key=lambda group: group[0])


def check_population(folder, tables, problems):
    path = folder / "population.csv"
    population, municipalities = tables["population"], tables["municipalities"]
    groups = by_key(population, ["municipality", "year"])
    years = sorted({year for _, year in groups})
    if years != list(range(years[0], years[-1] + 1)):
        problems.add(path, "the years have a gap")
    for _, row in municipalities:
        for year in years:
            if (row["code"], year) not in groups:
                problems.add(path, f"{row['code']} has no rows for {year}")
    shape = None
    for (code, year), rows in groups.items():
        ages = age_groups(rows)
        check_tiling(path, f"{code}, {year}", ages, 0, True, problems)
        shape = shape or ages
        if ages != shape:
            problems.add(path, f"{code}, {year}: other age groups than in the first rows")
    status = {}
    for line, row in population:
        if status.setdefault(row["year"], row["status"]) != row["status"]:
            problems.add(path, f"{row['year']} is both {status[row['year']]} and {row['status']}", line)
    for year in years[1:]:
        if (status[year - 1], status[year]) == ("projected", "observed"):
            problems.add(path, f"{year} is observed after a projected year")
    check_total(folder, groups, tables["national_total"], problems)


def check_total(folder, groups, national, problems):
    path = folder / "national_total.csv"
    sums = {}
    for (_, year), rows in groups.items():
        sums[year] = sums.get(year, 0) + sum(row["persons"] for row in rows)
    for line, row in national:
        if row["year"] not in sums:
            problems.add(path, f"{row['year']} is not in population.csv", line)
        elif abs(sums[row["year"]] - row["persons"]) > TOTAL_TOLERANCE:
            problems.add(path, f"the municipalities sum to {sums[row['year']]} in {row['year']}, more than "
                               f"{TOTAL_TOLERANCE} from {row['persons']}", line)


def age_at(table, born):
    return [row["age"] for _, row in table if row["born_from"] <= born][-1]


def check_ages_by_birth(folder, tables, problems):
    for name in ("pension_age", "efterloen_age"):
        path, table = folder / f"{name}.csv", tables[name]
        if table[0][1]["born_from"] != FIRST_BIRTH:
            problems.add(path, "the first row is not 1900-01-01", table[0][0])
            return
        for (_, before), (line, row) in zip(table, table[1:]):
            if row["born_from"] <= before["born_from"]:
                problems.add(path, "born_from does not rise", line)
            if row["age"] <= before["age"]:
                problems.add(path, "age does not rise with the date of birth", line)
    pension, efterloen = tables["pension_age"], tables["efterloen_age"]
    for born in sorted({row["born_from"] for _, row in pension + efterloen}):
        years = age_at(pension, born) - age_at(efterloen, born)
        if not 3 <= years <= 5:
            problems.add(folder / "efterloen_age.csv",
                         f"born {born}: {years} years before the state pension age, not 3 to 5")


def check_oldest(folder, tables, problems):
    """The tables of the oldest: groups without gaps from their first age on, shares that sum to 1 as rounded."""
    for name, first in (("old_shares", 80), ("mortality", 60)):
        for (year,), rows in by_key(tables[name], ["year"]).items():
            check_tiling(folder / f"{name}.csv", str(year), age_groups(rows), first, True, problems)
    for (year,), rows in by_key(tables["shares_65_79"], ["year"]).items():
        check_tiling(folder / "shares_65_79.csv", str(year), age_groups(rows), 65, False, problems)
        if abs(sum(row["share"] for row in rows) - 1) > ROUNDED_SHARES:
            problems.add(folder / "shares_65_79.csv", f"the shares of {year} do not sum to 1")
    for (year,), rows in by_key(tables["old_shares"], ["year"]).items():
        total = sum(row["share"] for row in rows)
        if abs(total - 1) > ROUNDED_SHARES:
            problems.add(folder / "old_shares.csv", f"the shares of {year} sum to {total:.6f}, not 1")
    years = {name: {row["year"] for _, row in tables[name]} for name in ("mortality", "life_expectancy")}
    for name, found in years.items():
        if found != set(range(min(found), max(found) + 1)):
            problems.add(folder / f"{name}.csv", "the years have a gap")


def survivors(built, persons, year, age, years):
    """Of those of an age in a year, who is alive some years on."""
    alive = persons[year, age]
    for step in range(years):
        alive *= built.given.survival(year + step, min(age + step, OLDEST))
    return alive


def check_cohorts(path, built, persons, problems):
    """No one comes back to life, and children are those who were born."""
    def people(year, first, last):
        return sum(persons[year, age] for age in range(first, last + 1))

    years = built.given.years
    for year in years[:-5]:
        for first, last in (*((first, first + 4) for first in range(60, 90, 5)), (75, OLDEST)):
            alive = sum(survivors(built, persons, year, age, 5) for age in range(first, last + 1))
            older = people(year + 5, first + 5, OLDEST if last == OLDEST else last + 5)
            if older > (1 + COHORT_TOLERANCE) * alive:
                problems.add(path, f"{older:.0f} aged {first + 5} and over {year + 5}, and {alive:.0f} can be alive")
    for year in years[:-3]:
        change = people(year + 3, 3, 5) / people(year, 0, 2) - 1
        if not -CHILDREN_LEAVE <= change <= CHILDREN_COME:
            problems.add(path, f"those aged 0-2 in {year} change by {100 * change:.1f} % in three years")


def check_left_out(path, built, problems):
    """How well a year of published shares is predicted from everything else: README.md gives the errors."""
    errors = [predicted - published for _, _, _, published, predicted in built.left_out()]
    spread = (sum(error ** 2 for error in errors) / len(errors)) ** 0.5
    if spread > LEFT_OUT_SPREAD or max(map(abs, errors)) > LEFT_OUT_MOST:
        problems.add(path, f"shares that are left out are missed by {100 * spread:.2f} points (root mean square), at most "
                           f"{100 * max(map(abs, errors)):.2f}")


def check_national_ages(folder, tables, problems):
    path = folder / "national_ages.csv"
    script = runpy.run_path(str(folder / "national_ages_build.py"))
    built = script["Ages"](folder)
    persons = {(row["year"], row["age_from"]): row["persons"] for _, row in tables["national_ages"]}
    for year, age, _, number in list(script["rows"](folder, built))[1:]:
        if abs(persons.get((int(year), int(age)), -9) - int(number)) > 1:  # a rounding
            problems.add(path, f"{year}, age {age} is not what national_ages_build.py writes; run it again")
            return
    for (year, first), number in built.given.persons.items():
        last = dict(built.given.groups)[first]
        if sum(persons[year, age] for age in range(first, last + 1)) != number:
            problems.add(path, f"the ages {first}-{last} of {year} do not sum to population.csv")
    for _, row in tables["shares_65_79"]:
        if (row["year"], row["age_from"]) == (2020, 75):
            published = row["share"] * built.given.persons[2020, 65]
            if abs(sum(persons[2020, age] for age in range(75, 80)) / published - 1) > SHARE_TOLERANCE:
                problems.add(path, f"those aged 75-79 in 2020 are not about {published:.0f}")
    check_cohorts(path, built, persons, problems)
    check_left_out(path, built, problems)


def check_profile(folder, tables, problems):
    path = folder / "paedagog.csv"
    sexes = by_key(tables["paedagog"], ["sex"])
    for (sex,), rows in sexes.items():
        rows.sort(key=lambda row: row["age_from"])
        check_tiling(path, sex, age_groups(rows), rows[0]["age_from"], False, problems)
        for before, row in zip(rows, rows[1:]):
            if row["age_to"] >= EARLIEST_RETIREMENT and row["participation"] < before["participation"]:
                problems.add(path, f"{sex}: participation falls at {row['age_from']}, after {EARLIEST_RETIREMENT}")
    if len(sexes) != 2 or len({tuple(age_groups(rows)) for rows in sexes.values()}) != 1:
        problems.add(path, "the two sexes do not have the same age groups")


def check_built(folder, tables, problems):
    """Tables that a script beside them writes are what it writes."""
    for name in ("death", "paedagog", "stock", "settle", "national_2060"):
        if not (folder / f"{name}_build.py").exists():
            continue  # of the other package
        built = runpy.run_path(str(folder / f"{name}_build.py"))["rows"](folder)
        text = "".join(",".join(cells) + "\n" for cells in built)
        if (folder / f"{name}.csv").read_text(encoding="utf-8") != text:
            problems.add(folder / f"{name}.csv", f"is not what {name}_build.py writes; run it again")


def check_death(folder, tables, problems):
    """The probabilities of dying against what is published: the rates of both sexes from 60 on, and the years left."""
    path = folder / "death.csv"
    tools = runpy.run_path(str(folder / "death_build.py"))
    sexes = {sex: {row["age_from"]: row for row in rows} for (sex,), rows in by_key(tables["death"], ["sex"]).items()}
    for sex, rows in sexes.items():
        check_tiling(path, sex, age_groups(rows.values()), 15, False, problems)
    published = tools["read_rates"](folder)
    alive = {"f": 1.0, "m": 1.0}
    for age in sorted(sexes["f"]):
        rates = {sex: -math.log(1 - sexes[sex][age]["death"]) for sex in alive}
        both = -math.log(1 - sexes["f"][age]["both"])
        if age < 60:
            mean = sum(rates.values()) / 2
        else:
            mean = sum(rates[sex] * alive[sex] for sex in alive) / sum(alive.values())
            alive = {sex: alive[sex] * math.exp(-5 * rates[sex]) for sex in alive}
            if abs(both - published[age]) > 0.00001:
                problems.add(path, f"{age}: both sexes die at {both:.5f}, mortality.csv has {published[age]}")
        if abs(mean - both) > 0.00001:
            problems.add(path, f"{age}: the sexes together die at {mean:.5f}, not at {both:.5f}")
    for sex, wanted in tools["LEFT_AT_60"].items():
        rates = {age: -math.log(1 - row["death"]) for age, row in sexes[sex].items() if age >= 60}
        rates[100] = published[100]
        left = tools["years_left"](rates)
        if abs(left - wanted) > 0.1:
            problems.add(path, f"{sex}: {left:.2f} years left at 60, published are {wanted}")


def check_entry(path, what, table, problems):
    """The entrants of one programme: ages without gaps for each sex, shares that sum to 1."""
    for (sex,), rows in by_key(table, ["sex"]).items():
        check_tiling(path, f"{what}, {sex}", age_groups(rows), min(row["age_from"] for row in rows), False, problems)
    total = sum(row["share"] for _, row in table)
    if abs(total - 1) > 1e-9:
        problems.add(path, f"{what}: the shares sum to {total:.6f}, not 1")


# Printed totals of the spending in KKR Syddanmark, 1000 kr., by year and area.
SPENDING = {(2017, "all"): 8767688, (2017, "children"): 3052839, (2017, "adults"): 5714849,
            (2018, "all"): 8929944, (2018, "children"): 3092792, (2018, "adults"): 5837152}


def check_spending(folder, tables, problems):
    """The 22 municipalities of Syddanmark sum to the printed totals, and in each of them children and adults to all."""
    file = folder / "social_spending.csv"
    syddanmark = {row["code"] for _, row in tables["municipalities"] if row["kkr"] == "Syddanmark"}
    for key, total in SPENDING.items():
        rows = by_key(tables["social_spending"], ["year", "area"]).get(key, [])
        if {row["municipality"] for row in rows} != syddanmark or sum(row["thousand_kr"] for row in rows) != total:
            problems.add(file, f"{key}: not the municipalities of Syddanmark with the sum {total}")
    for key, rows in by_key(tables["social_spending"], ["municipality", "year"]).items():
        parts = {row["area"]: row["thousand_kr"] for row in rows}
        if parts.get("children", 0) + parts.get("adults", 0) != parts.get("all"):
            problems.add(file, f"{key}: children and adults do not sum to all")


def check_ages(folder, tables, problems):
    """Age groups of the tables by profession, and of need."""
    check_entry(folder / "paedagog_entry.csv", "paedagog", tables["paedagog_entry"], problems)
    for (profession,), rows in by_key(tables["entry"], ["profession"]).items():
        check_entry(folder / "entry.csv", profession, [(0, row) for row in rows], problems)
    for key, rows in by_key(tables["stock"], ["profession", "year", "sex"]).items():
        check_tiling(folder / "stock.csv", f"{key}", age_groups(rows), 19, False, problems)
    check_tiling(folder / "need.csv", "need", age_groups([row for _, row in tables["need"]]), 0, True, problems)


# By package folder: the tables that it must have, and the checks of what a schema cannot say.
OWN_CHECKS = {
    "denmark": (
        {"population", "municipalities", "national_total", "pension_age", "efterloen_age", "nurse_practicum",
         "old_shares", "shares_65_79", "national_ages", "mortality", "life_expectancy", "social_spending",
         "national_2060"},
        [check_built, check_population, check_ages_by_birth, check_oldest, check_national_ages, check_spending],
    ),
    "profiles": (
        {"death", "paedagog", "paedagog_entry", "stock", "entry", "need", "settle"},
        [check_profile, check_built, check_death, check_ages],
    ),
}


def main():
    default = pathlib.Path(__file__).resolve().parents[2] / "data"
    root = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else default
    problems = Problems(root)
    packages = sorted(root.glob("**/datapackage.json"))
    read = {path.parent.name: (path.parent, check_package(path, problems)) for path in packages}
    tables = sum(len(found) for _, found in read.values())
    for file in sorted(root.glob("**/*.csv")):
        if not (file.parent / "datapackage.json").is_file():
            problems.add(file, "is in a folder without datapackage.json")
    for name, (needed, _) in OWN_CHECKS.items():
        missing = needed - set(read[name][1]) if name in read else needed
        if missing:
            problems.lines.append(f"{name}: the package lacks {', '.join(sorted(missing))}")
    if not problems.lines:  # the checks rely on tables that are complete and of the right types
        for name, (_, checks) in OWN_CHECKS.items():
            for check in checks:
                check(*read[name], problems)
    for line in problems.lines:
        print(line)
    if problems.lines:
        return 1
    print(f"data: {len(packages)} packages, {tables} tables, as described")
    return 0


if __name__ == "__main__":
    sys.exit(main())
