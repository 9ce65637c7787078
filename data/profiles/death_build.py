"""Builds death.csv: the probability of dying within a year, by sex and age group, 15-99.

From age 60 the rates are those of ../denmark/mortality.csv (both sexes, YEAR's period). Below, they fall with age as
the table's own do (Gompertz); the ratio of men's to women's is the one that makes them differ as published in the years
left at 60. README.md says why each figure is what it is.

    /usr/bin/python3 data/profiles/death_build.py > data/profiles/death.csv
"""

import csv
import math
import pathlib
import sys

YEAR = 2020  # the UN's period 2020-2025
LEFT_AT_60 = {"f": 25.4, "m": 22.3}  # Statistics Denmark, 2019/2020; only the difference goes in
SLOPE_AGES = (60, 75)  # first ages of the groups that the slope is taken between
BORDERS = range(15, 101, 5)


def read_rates(folder):
    """Deaths per person-year of both sexes by first age of the group; the last group is open."""
    with open(folder.parent / "denmark" / "mortality.csv", newline="", encoding="utf-8") as file:
        return {int(row["age_from"]): float(row["rate"]) for row in csv.DictReader(file) if row["year"] == str(YEAR)}


def slope(rates):
    """Yearly rise of the logarithm of the rate."""
    low, high = SLOPE_AGES
    return math.log(rates[high] / rates[low]) / (high - low)


def by_sex(rates, ratio):
    """Deaths per person-year from 60 on by sex and first age. As many women as men live at 60; in each group the
    sexes' rates, weighted by those who reach it, make the table's."""
    alive, table = {"f": 1.0, "m": 1.0}, {"f": {}, "m": {}}
    for age, both in sorted(rates.items()):
        women = both * (alive["f"] + alive["m"]) / (alive["f"] + ratio * alive["m"])
        for sex, rate in (("f", women), ("m", ratio * women)):
            table[sex][age] = rate
            alive[sex] *= math.exp(-5 * rate)
    return table


def years_left(rates):
    """Years left at the first age of a sex's rates, which hold for five years each, the last for ever."""
    alive, years = 1.0, 0.0
    ages = sorted(rates)
    for age in ages:
        survive = 0.0 if age == ages[-1] else math.exp(-5 * rates[age])
        years += alive * (1 - survive) / rates[age]
        alive *= survive
    return years


def find_ratio(rates):
    """Men's rates over women's, by halving an interval: the more they are, the more the years left differ."""
    wanted = LEFT_AT_60["f"] - LEFT_AT_60["m"]
    low, high = 1.0, 3.0
    for _ in range(60):
        middle = (low + high) / 2
        table = by_sex(rates, middle)
        if years_left(table["f"]) - years_left(table["m"]) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def deaths(rates, ratio):
    """Deaths per person-year by sex and first age, 15-99, and of both sexes together. Under 60 there are as many
    women as men."""
    old, first = by_sex(rates, ratio), min(rates)
    table = {"f": {}, "m": {}, "both": {}}
    for start, end in zip(BORDERS, BORDERS[1:]):
        middle = (start + end) / 2
        both = rates.get(start) or rates[first] * math.exp(slope(rates) * (middle - (first + 2.5)))
        table["both"][start] = both
        for sex, of_women in (("f", 1.0), ("m", ratio)):
            table[sex][start] = old[sex].get(start) or both * of_women * 2 / (1 + ratio)
    return table


def rows(folder):
    """The table with its header, as lists of text."""
    rates = read_rates(folder)
    found = deaths(rates, find_ratio(rates))
    table = [["sex", "age_from", "age_to", "death", "both"]]
    for sex in ("f", "m"):
        for start, end in zip(BORDERS, BORDERS[1:]):
            dies = [f"{1 - math.exp(-found[of][start]):.5f}" for of in (sex, "both")]
            table.append([sex, str(start), str(end - 1), *dies])
    return table


if __name__ == "__main__":
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows(pathlib.Path(__file__).resolve().parent))
