#!/usr/bin/python3
"""The demand of Statistics Norway's portal of LÆRERMOD 2024-2060, whose base year is not public: FTE by sector are
unknown, everything else is known.

    laerermod_portal.py PROGRAM

Fitted to the demand of the reference path alone, by least squares, they predict the demand on two other populations that
the fit has not seen: that is evidence. Fitted to every figure (the table `fitted` of the folder) they give every figure
within its rounding: that shows that the equations can be the same and predicts nothing. Supply is not compared, as its
teachers by age are in no public file. Exits 0 when both hold, 1 when not.
"""

import collections
import csv
import fractions
import pathlib
import sys
import tempfile

import laerermod

PREDICTED = 1.5  # FTE: the published figures are whole, so what is fitted to them is known to about this
PORTAL = laerermod.TABLES / "portal"
PATHS = {"reference": "mmm", "high_fertility": "hmm", "low_fertility": "lmm", "sickness_absence": "mmm",
         "initial_shortage": "mmm"}
SECTORS = (1, 2, 3, 4, 5)  # 6 follows the whole population like 5: what is in which cannot be seen from demand


def read_portal():
    """By scenario, the demand of profession and year."""
    demand = collections.defaultdict(dict)
    for row in csv.DictReader((PORTAL / "demand.csv").open(encoding="utf-8")):
        demand[row["scenario"]][row["profession"], int(row["year"]), "demand"] = float(row["demand"])
    return demand


def read_fitted(quantity):
    """By profession and sector, FTE fitted to every figure of the portal."""
    fitted = collections.Counter()
    for row in csv.DictReader((PORTAL / "fitted.csv").open(encoding="utf-8")):
        if row["quantity"] == quantity:
            fitted[row["profession"], int(row["sector"][0])] = float(row["value"])
    return fitted


def find_case(path):
    """A population path with the later table of children: with the earlier one no fit comes near the portal."""
    tables = laerermod.TABLES / "2024"
    folders = (tables / path, tables / "children_2024", tables, laerermod.TABLES / "2020")
    return laerermod.Case(f"portal, {path}", folders, 2024, 2060, None, laerermod.ODD)


def count_index(case):
    """By sector and year, the demographic index."""
    people = collections.Counter()
    for row in laerermod.read_table(case, "population"):
        people[int(row["year"]), int(row["age"])] += float(row["persons"])
    return laerermod.count_users(case, people)


def solve_linear(matrix, right):
    """The solution of a regular system, by elimination in exact fractions."""
    rows = [[*row, value] for row, value in zip(matrix, right)]
    for i in range(len(rows)):
        pivot = next(k for k in range(i, len(rows)) if rows[k][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k, row in enumerate(rows):
            if k != i:
                rows[k] = [value - row[i] * own for value, own in zip(row, rows[i])]
    return [row[-1] for row in rows]


def fit(demand):
    """By profession and sector, the FTE of 2024 that come nearest to the demand of the reference path."""
    index = count_index(find_case("mmm"))
    fitted = {}
    for profession in sorted({key[0] for key in demand}):
        years = sorted(key[1] for key in demand if key[0] == profession)
        columns = [[fractions.Fraction(index[sector, year]) for year in years] for sector in SECTORS]
        right = [fractions.Fraction(demand[profession, year, "demand"]) for year in years]
        normal = [[sum(a * b for a, b in zip(one, other)) for other in columns] for one in columns]
        solution = solve_linear(normal, [sum(a * b for a, b in zip(one, right)) for one in columns])
        fitted.update({(profession, sector): float(value) for sector, value in zip(SECTORS, solution)})
    return fitted


def project(program, path, employment, shortage):
    """The program's demand with these FTE and this shortage of the base year."""
    case = find_case(path)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        keys = [(row["profession"], int(row["sector"])) for row in laerermod.read_table(case, "shortage")]
        with (folder / "employment.csv").open("w", encoding="utf-8") as file:
            file.write("profession,sector,sex,employed,fte_per_employed\n")
            for profession, sector in keys:
                file.write(f"{profession},{sector},f,{employment.get((profession, sector), 0):.6f},1\n"
                           f"{profession},{sector},m,0,1\n")
        with (folder / "shortage.csv").open("w", encoding="utf-8") as file:
            file.write("profession,sector,shortage_fte\n")
            for profession, sector in keys:
                file.write(f"{profession},{sector},{shortage.get((profession, sector), 0):.6f}\n")
        return laerermod.run(program, case._replace(folders=(folder, *case.folders)))


def compare(name, found, expected, tolerance):
    """How many numbers are wrong, and how many are the published ones when rounded."""
    if found is None:
        return len(expected), 0
    equal = sum(round(found[key]) == number for key, number in expected.items())
    return laerermod.count_wrong(name, found, expected, tolerance)[0], equal


def main():
    program, portal = sys.argv[1], read_portal()
    reference = portal["reference"]
    fitted = fit(reference)
    failed = compare("fitted to the reference path: itself", project(program, "mmm", fitted, {}), reference, PREDICTED)[0]
    rounded = cells = 0
    for scenario in ("high_fertility", "low_fertility"):
        expected = portal[scenario]
        wrong, equal = compare(f"fitted to the reference path: {scenario}, predicted",
                               project(program, PATHS[scenario], fitted, {}), expected, PREDICTED)
        failed, rounded, cells = failed + wrong, rounded + equal, cells + len(expected)
        far = max(abs(number - reference[key]) for key, number in expected.items())
        print(f"    it is up to {far:.0f} FTE from the reference path")
    print(f"predicted: {cells} numbers, {rounded} of them the published ones when rounded")
    bases, shortages, rounded, cells = read_fitted("base_fte"), read_fitted("shortage_fte"), 0, 0
    for scenario, path in PATHS.items():
        found = project(program, path, bases, shortages if scenario == "initial_shortage" else {})
        wrong, equal = compare(f"fitted to all: {scenario}", found, portal[scenario], laerermod.ROUNDED)
        failed, rounded, cells = failed + wrong, rounded + equal, cells + len(portal[scenario])
    print(f"fitted: {cells} numbers, {rounded} of them the published ones when rounded")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
