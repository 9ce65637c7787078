"""Builds stock.csv: trained people not yet retired, by profession, year, sex and age group.

No such profile is published. Each is built forward as in paedagog_build.py: graduates of each year at their age at
joining, years since, losses, retirement. README.md says why each figure is what it is. Only the shape counts.

    /usr/bin/python3 data/profiles/stock_build.py > data/profiles/stock.csv
"""

import csv
import pathlib
import runpy
import sys
from statistics import NormalDist

YEARS = {2020: NormalDist(63.5, 2), 2026: NormalDist(65, 2)}  # when people leave, by the year of the stock
LATEST = 75
BORDERS = [19, 21, 23, 25, 30, 35, 40, 45, 50, 55, 60, 62, 64, 66, 68, 75]
GRADUATES = 1000  # a year, in 2020: only the shape is used
LOSS = 0.006  # a year, beside the losses of paedagog_build.py (0.4 % under 60, deaths alone from 60)
# By profession: years from entry to joining, first graduates, yearly growth of graduates.
PROFESSIONS = {
    "paedagog": (4, 1970, 0.005),
    "paed_assistent": (2, 1998, 0.02),
    "ssh": (2, 1970, -0.01),
    "ssa": (4, 1970, 0.01),
    "sygeplejerske": (4, 1970, 0.01),
    "laerer": (4, 1970, 0.0),
}


def read_entry(path, profession=None):
    """Shares of entrants by sex and single age, evenly within each group."""
    shares = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if profession not in (None, row.get("profession")):
                continue
            first, last = int(row["age_from"]), int(row["age_to"])
            for age in range(first, last + 1):
                shares[row["sex"], age] = float(row["share"]) / (last - first + 1)
    return shares


def stock(tools, entry, profession, year):
    """Persons by sex and single age."""
    study, first, growth = PROFESSIONS[profession]
    persons = {}
    for graduated in range(first, year + 1):
        for (sex, age_at_entry), share in entry.items():
            joined = age_at_entry + study
            age = joined + year - graduated
            if age >= LATEST:
                continue
            count = GRADUATES * (1 + growth) ** (graduated - 2020) * share
            if graduated - joined in tools["LARGE_COHORTS"]:
                count *= tools["LARGE_FACTOR"]
            for lived in range(joined, age):
                count *= 1 - LOSS - tools["level"](tools["LOSS"], lived)
            leaving = YEARS[year]
            count *= tools["not_retired"](age, leaving, LATEST) / tools["not_retired"](joined, leaving, LATEST)
            persons[sex, age] = persons.get((sex, age), 0.0) + count
    return persons


def rows(folder):
    """The table with its header, as lists of text."""
    tools = runpy.run_path(str(folder / "paedagog_build.py"))
    table = [["profession", "year", "sex", "age_from", "age_to", "persons"]]
    for profession in PROFESSIONS:
        own = folder / ("paedagog_entry.csv" if profession == "paedagog" else "entry.csv")
        entry = read_entry(own, None if profession == "paedagog" else profession)
        for year in YEARS:
            persons = stock(tools, entry, profession, year)
            for sex in ("f", "m"):
                for start, end in zip(BORDERS, BORDERS[1:]):
                    count = sum(persons.get((sex, age), 0.0) for age in range(start, end))
                    table.append([profession, str(year), sex, str(start), str(end - 1), f"{count:.0f}"])
    return table


if __name__ == "__main__":
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows(pathlib.Path(__file__).resolve().parent))
