#!/usr/bin/python3
"""LÆRERMOD reproduced: the scenario beside this script gives the published model's own numbers in every case of the
folder `laerermod`. The README says where the tables are from, and which numbers are evidence of what. Where every table is
altered, the scenario gives those of the published description written down plainly here.

    laerermod.py PROGRAM

Prints one line a case and the largest difference of all. Exits 0 when all numbers agree, 1 when not.
"""

import collections
import csv
import io
import json
import pathlib
import random
import subprocess
import sys
import tempfile

TOLERANCE = 0.001
ROUNDED = 0.5  # what a figure published in whole FTE leaves open
MEASURES = ("supply", "demand", "gap")
HERE = pathlib.Path(__file__).resolve().parent
SCENARIO = HERE / "laerermod.yaml"
TABLES = HERE / "laerermod"
NAMES = ("employment", "kindergarten_children", "population", "programmes", "shortage", "standard_change", "students",
         "students_total", "teachers", "users_higher_education", "users_secondary")

# The totals that entrants are shares of differ from the sums of men and women: a warning, and no more.
USUAL = frozenset({"entry-shares-sum"})
# Tables that do not belong together are odd in more ways.
ODD = USUAL | {"many-vacancies", "supply-falls", "supply-rises"}

# The folders of a case in the order in which they are searched, as with --data; its span; its results; the warnings that
# may come.
Case = collections.namedtuple("Case", "name folders base until results warnings", defaults=[USUAL])


def list_cases():
    """Every published run: two to 2040, and to 2060 three populations by two tables of kindergarten children."""
    tables_2020, tables_2024 = TABLES / "2020", TABLES / "2024"
    cases = [Case("2020", (tables_2020,), 2020, 2040, "2020"),
             Case("2020, other standard", (tables_2020 / "other_standard", tables_2020), 2020, 2040, "2020_other_standard")]
    for path in ("mmm", "hmm", "lmm"):
        folders = (tables_2024 / path, tables_2024, tables_2020)
        cases.append(Case(f"2024 {path}", folders, 2024, 2060, f"2024_{path}"))
        cases.append(Case(f"2024 {path}, children of 2024", (tables_2024 / "children_2024", *folders), 2024, 2060,
                          f"2024_{path}_children_2024"))
    return cases


def read_results(text):
    numbers = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["sector"] == "all" and row["region"] == "all" and row["measure"] in MEASURES:
            numbers[row["profession"], int(row["year"]), row["measure"]] = float(row["value"])
    return numbers


def read_published(name):
    numbers = {}
    for row in csv.DictReader((TABLES / "results" / f"{name}.csv").open(encoding="utf-8")):
        for measure, column in zip(MEASURES, ("supply", "demand", "difference")):
            numbers[row["profession"], int(row["year"]), measure] = float(row[column])
    return numbers


def read_table(case, name):
    path = next(folder / f"{name}.csv" for folder in case.folders if (folder / f"{name}.csv").is_file())
    return list(csv.DictReader(path.open(encoding="utf-8")))


def count_users(case, people):
    """By sector, the index of every year, from the weighted users of its groups."""
    def persons(year, first, last):
        return sum(people[year, age] for age in range(first, last + 1))

    groups = {2: [(6, 15, persons(case.base, 6, 15), 1.0)]}
    groups[5] = groups[6] = [(0, 99, persons(case.base, 0, 99), 1.0)]
    for sector, name in ((3, "users_secondary"), (4, "users_higher_education")):
        groups[sector] = [(int(row["age_from"]), int(row["age_to"]), float(row["users"]), float(row["user_index"]))
                          for row in read_table(case, name)]
    children = read_table(case, "kindergarten_children")
    groups[1] = []
    for first, last, intensity in ((0, 0, 2.0), (1, 2, 2.0), (3, 3, 1.5), (4, 5, 1.0)):
        rows = [row for row in children if first <= int(row["age"]) <= last]
        users = sum(float(row["children"]) for row in rows)
        hours = sum(float(row["children"]) * (float(row["hours_min"]) + float(row["hours_max"])) / 2 for row in rows)
        groups[1].append((first, last, users, intensity * hours / (42.5 * users)))
    index = {}
    for sector, of_sector in groups.items():
        for year in range(case.base, case.until + 1):
            index[sector, year] = (
                sum(users * weight * persons(year, first, last) / persons(case.base, first, last)
                    for first, last, users, weight in of_sector)
                / sum(users * weight for first, last, users, weight in of_sector))
    return index


def project(case):
    """The published model as its description says it, in no hurry."""
    people, stock, work, need = (collections.Counter() for _ in range(4))
    for row in read_table(case, "population"):
        people[int(row["year"]), int(row["age"])] += float(row["persons"])
    for row in read_table(case, "teachers"):
        key = row["profession"], row["sex"], int(row["age"])
        stock[key] = float(row["persons"])
        if stock[key]:
            work[key] = float(row["employed"]) / stock[key] * float(row["fte_per_employed"])
    totals = collections.Counter()
    for row in read_table(case, "students_total"):
        totals[row["profession"]] += float(row["students"])
    programmes = {row["profession"]: row for row in read_table(case, "programmes")}
    graduates = collections.Counter()
    for row in read_table(case, "students"):
        programme = programmes[row["profession"]]
        key = row["profession"], row["sex"], int(row["age"]) + int(programme["length_years"])
        graduates[key] += (float(programme["new_students"]) * float(programme["completion"])
                           * float(row["students"]) / totals[row["profession"]])
    supply = collections.Counter()
    for row in read_table(case, "employment"):
        fte = float(row["employed"]) * float(row["fte_per_employed"])
        supply[row["profession"], case.base] += fte
        need[row["profession"], int(row["sector"])] += fte
    for row in read_table(case, "shortage"):
        need[row["profession"], int(row["sector"])] += float(row["shortage_fte"])
    standard = {(int(row["sector"]), int(row["year"])): float(row["factor"])
                for row in read_table(case, "standard_change")}
    index = count_users(case, people)
    numbers = {}
    for year in range(case.base, case.until + 1):
        if year > case.base:
            stock = collections.Counter({(p, sex, age + 1): persons for (p, sex, age), persons in stock.items()})
            for key, persons in graduates.items():
                stock[key] += persons
            for key, persons in stock.items():
                supply[key[0], year] += persons * work[key]
        for profession in programmes:
            demand = sum(need[profession, sector] * index[sector, year] * standard[sector, year]
                         for sector in range(1, 7))
            numbers[profession, year, "supply"] = supply[profession, year]
            numbers[profession, year, "demand"] = demand
            numbers[profession, year, "gap"] = supply[profession, year] - demand
    return numbers


# What an altered folder multiplies, by table and column, and between which factors.
ALTERED = {
    "teachers": {"persons": (1.0, 1.5), "employed": (0.5, 1.0), "fte_per_employed": (0.7, 1.1)},
    "students": {"students": (0.5, 2.0)},
    "students_total": {"students": (0.5, 2.0)},
    "programmes": {"new_students": (0.5, 2.0), "completion": (0.5, 1.1)},
    "employment": {"employed": (0.5, 2.0), "fte_per_employed": (0.5, 1.2)},
    "population": {"persons": (0.8, 1.2)},
    "kindergarten_children": {"hours_max": (1.0, 1.5), "children": (0.5, 2.0)},
    "users_secondary": {"users": (0.5, 2.0), "user_index": (0.5, 2.0)},
    "users_higher_education": {"users": (0.5, 2.0), "user_index": (0.5, 2.0)},
    "standard_change": {"factor": (0.8, 1.2)},
}


def alter(case, folder):
    """The case with every one of its tables changed, written to the folder."""
    generator = random.Random(1)
    for name in NAMES:
        rows = read_table(case, name)
        for row in rows:
            for column, (low, high) in ALTERED.get(name, {}).items():
                row[column] = f"{float(row[column]) * generator.uniform(low, high):.6f}"
            if name == "programmes":
                row["length_years"] = str(int(row["length_years"]) + generator.choice((-1, 0, 1)))
            if name == "shortage":
                row["shortage_fte"] = f"{generator.uniform(0, 500):.6f}"
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return case._replace(name=f"{case.name}, every table altered", folders=(folder,), warnings=ODD)


def run(program, case):
    """The numbers that the program gives, or None, said why, where it fails or warns of what it should not."""
    command = [program, "run", SCENARIO, "--set", f"years.base={case.base}", "--set", f"years.until={case.until}"]
    for folder in case.folders:
        command += ["--data", folder]
    done = subprocess.run([*command, "-o", "-", "--diagnostics", "json"], capture_output=True, encoding="utf-8",
                          check=False)
    if done.returncode != 0:
        print(f"{case.name}: exit status {done.returncode}\n{done.stderr}")
        return None
    unexpected = [line for line in done.stderr.splitlines() if json.loads(line)["name"] not in case.warnings]
    if unexpected:
        print(f"{case.name}: standard error holds\n" + "\n".join(unexpected))
        return None
    return read_results(done.stdout)


def count_wrong(name, found, expected, tolerance=TOLERANCE):
    """Prints what differs by more than the tolerance, and one line of summary; the number wrong, and the largest."""
    wrong, largest = 0, 0.0
    for key, number in expected.items():
        difference = abs(found.get(key, float("inf")) - number)
        largest = max(largest, difference)
        if difference > tolerance:
            wrong += 1
            print(f"{name}: {key}: {found.get(key)}, expected {number}")
    print(f"{name}: {len(expected)} numbers, {wrong} wrong, largest difference {largest:.6f}")
    return wrong, largest


def judge(program, case, expected):
    """Whether the program gives the numbers, all of them, and how far it is from them."""
    found = run(program, case)
    if found is None:
        return 1, 0.0
    professions, years = {key[0] for key in expected}, {key[1] for key in expected}
    if (len(professions) != 7 or years != set(range(case.base, case.until + 1))
            or len(expected) != 7 * len(years) * len(MEASURES)):
        print(f"{case.name}: {len(expected)} numbers of {len(professions)} professions and {len(years)} years")
        return 1, 0.0
    return count_wrong(case.name, found, expected)


def count_different(cases):
    """How many of the published numbers say something of their own. Differences follow from the two others, the base year
    from its tables; supply that a run to 2060 has k years after its base is that of 2020 + k; two professions with the
    same demand have the same tables."""
    different = set()
    for case in cases:
        for (profession, year, measure), number in read_published(case.results).items():
            if year > case.base and measure == "supply":
                different.add((profession, year - case.base, number))
            if year > case.base and measure == "demand":
                different.add((case.name, year, number))
    return len(different)


def main():
    program, failed, worst, numbers = sys.argv[1], 0, 0.0, 0
    for case in list_cases():
        published = read_published(case.results)
        wrong, largest = judge(program, case, published)
        failed, worst, numbers = failed + wrong, max(worst, largest), numbers + len(published)
        plain = project(case)
        if any(abs(plain[key] - number) > TOLERANCE for key, number in published.items()):
            print(f"{case.name}: the plain model of this test is not the published one")
            failed += 1
    print(f"all published runs: {numbers} numbers, {count_different(list_cases())} of them different ones, "
          f"largest difference {worst:.6f}")
    for case in (list_cases()[0], list_cases()[-1]):
        with tempfile.TemporaryDirectory() as folder:
            altered = alter(case, pathlib.Path(folder))
            failed += judge(program, altered, project(altered))[0]
    case = list_cases()[2]
    rounded = read_published("2024_mmm_whole")
    failed += count_wrong("2024 mmm, the authors' table in whole FTE", run(program, case) or {}, rounded,
                          ROUNDED + TOLERANCE)[0]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
