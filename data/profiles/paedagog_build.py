"""Builds paedagog.csv: trained pedagogues in KKR Syddanmark, not yet retired, by sex and age group, June 2018.

No one publishes this profile. It is built forward from the graduates of each year: their age at joining, the
years since, losses, retirement. README.md says why each figure is what it is.

    /usr/bin/python3 data/profiles/paedagog_build.py > data/profiles/paedagog.csv
"""

import csv
import pathlib
import sys
from statistics import NormalDist

YEAR = 2018
FIRST_GRADUATES = 1960
# Completed, KKR Syddanmark. 2018: 74 % of those who started in September 2014 (70 % of 1054) and February 2015
# (30 % of 1078).
GRADUATES = {2012: 707, 2013: 754, 2014: 849, 2015: 845, 2016: 931, 2017: 873, 2018: 785}
GRADUATES_BEFORE = 730  # mean of 2012 and 2013
LARGE_COHORTS = range(1958, 1968)  # births; aged 40-49 in 2007
LARGE_FACTOR = 1.28  # makes them 33 % of the stock of 2007
WOMEN_BEFORE = 0.83  # of those who graduated before 2012; later graduates: as in paedagog_entry.csv
STUDY_YEARS = {3: 0.29, 4: 0.71}  # whole years from age at entry to age at the count of 30 June
LEAVING = NormalDist(63, 2)
EARLIEST, LATEST = 55, 70
LOSS = [(0, 0.004), (60, 0.00873), (65, 0.01339)]  # a year, from this age on
BORDERS = [21, 23, 25, 30, 35, 40, 45, 50, 55, 60, 62, 64, 66, 70]
PARTICIPATION = {"f": [(21, 0.94), (30, 0.95), (40, 0.96)], "m": [(21, 0.95), (30, 0.97), (40, 0.97)]}


def level(steps, age):
    """The value of the last step at or below an age."""
    return [value for start, value in steps if start <= age][-1]


def read_entry(path):
    """Shares of the entrants by age (evenly within each group), and women's share."""
    ages, women = {}, 0.0
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            first, last, share = int(row["age_from"]), int(row["age_to"]), float(row["share"])
            women += share if row["sex"] == "f" else 0.0
            for age in range(first, last + 1):
                ages[age] = ages.get(age, 0.0) + share / (last - first + 1)
    return ages, women


def not_retired(age, leaving=LEAVING, latest=LATEST):
    """Share of people counted at a whole age (half a year older on average) who have not yet left."""
    low, high = leaving.cdf(EARLIEST), leaving.cdf(latest)
    at = min(max(age + 0.5, EARLIEST), latest)
    return (high - leaving.cdf(at)) / (high - low)


def stock(year, entry, women):
    """Persons by sex and single age at the count date of a year."""
    persons = {}
    for graduated in range(FIRST_GRADUATES, year + 1):
        women_share = women if graduated in GRADUATES else WOMEN_BEFORE
        for age_at_entry, entry_share in entry.items():
            for study, study_share in STUDY_YEARS.items():
                joined = age_at_entry + study
                age = joined + year - graduated
                if age >= LATEST:
                    continue
                count = GRADUATES.get(graduated, GRADUATES_BEFORE) * entry_share * study_share
                if graduated - joined in LARGE_COHORTS:
                    count *= LARGE_FACTOR
                for lived in range(joined, age):
                    count *= 1 - level(LOSS, lived)
                count *= not_retired(age) / not_retired(joined)
                for sex, share in (("f", women_share), ("m", 1 - women_share)):
                    persons[sex, age] = persons.get((sex, age), 0.0) + count * share
    return persons


def rows(folder):
    """The table with its header, as lists of text."""
    persons = stock(YEAR, *read_entry(folder / "paedagog_entry.csv"))
    table = [["sex", "age_from", "age_to", "persons", "participation"]]
    for sex in ("f", "m"):
        for start, end in zip(BORDERS, BORDERS[1:]):
            count = sum(persons.get((sex, age), 0.0) for age in range(start, end))
            table.append([sex, str(start), str(end - 1), f"{count:.0f}", f"{level(PARTICIPATION[sex], start):.2f}"])
    return table


if __name__ == "__main__":
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows(pathlib.Path(__file__).resolve().parent))
