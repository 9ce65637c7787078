#!/usr/bin/python3
"""The Scottish Government's working of how many primary teachers to train (2017 exercise), in its own published figures.

    scotland.py

The program is not run: this holds the published steps from need to intake, and the intakes that the published figures
are enough for. Exits 0 when all is as the README says, 1 when not.
"""

import csv
import pathlib
import sys

TABLES = pathlib.Path(__file__).resolve().parent / "scotland"
POSTS_VACANT = {2019: 310}  # added by the paper to the deficit of that year alone
SUPPLY_POOL = 1.12  # the intake covers 12 % more than the deficit
KEPT_BED, KEPT_PGDE = 0.75, 0.80  # of the students of each course, those who begin as teachers
BED_INTAKE = 710  # the target of 2017; with the 700 of later years the rounded intakes are the same
STEP = 50  # to which the paper rounds
COME_OUT = {2021, 2022}


def read_rows(name):
    return list(csv.DictReader((TABLES / f"{name}.csv").open(encoding="utf-8")))


def check_identities(rows):
    """The number of rows that break one: change in demand, vacancies, deficit. Figures are rounded one by one."""
    broken = 0
    for before, row, after in zip(rows, rows[1:], [*rows[2:], None]):
        year, number = int(row["year"]), {key: int(value) for key, value in row.items()}
        errors = {"change in demand": (number["demand"] - int(before["demand"]) - number["change_in_demand"], 1),
                  "deficit": (number["vacancies"] - number["returners"] + POSTS_VACANT.get(year, 0) - number["deficit"], 0)}
        if after:
            errors["vacancies"] = (number["leavers"] + int(after["change_in_demand"]) - number["vacancies"], 1)
        for name, (error, allowed) in errors.items():
            if abs(error) > allowed:
                print(f"{year}: {name} is off by {error}")
                broken += 1
    return broken


def find_intakes(rows):
    """By year of entry, the intake to the one-year course (PGDE) that closes the deficit of the year after."""
    return {int(row["year"]) - 1: (int(row["deficit"]) * SUPPLY_POOL - KEPT_BED * BED_INTAKE) / KEPT_PGDE
            for row in rows if row["deficit"] and int(row["year"]) > 2018}


def main():
    rows = read_rows("primary_2017")
    published = {int(row["entry_year"]): int(row["primary_pgde"]) for row in read_rows("intake")
                 if row["exercise"] == "2017" and row["kind"] == "model"}
    failed, found = check_identities(rows), find_intakes(rows)
    if len(rows) != 7 or found.keys() != published.keys():
        print(f"{len(rows)} rows, intakes of {sorted(found)} and {sorted(published)}")
        failed += 1
    for year, intake in found.items():
        same = round(intake / STEP) * STEP == published.get(year)
        print(f"{year}: intake {intake:.0f}, published {published.get(year)}{'' if same else ', not the same'}")
        failed += same != (year in COME_OUT)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
