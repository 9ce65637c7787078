"""Builds settle.csv: where new helpers (SSH) and assistants (SSA) settle, as weights by municipality.

A region's published entrants of 2017-2020, shared among its municipalities by those aged 80+ in 2020.

    /usr/bin/python3 data/profiles/settle_build.py > data/profiles/settle.csv
"""

import csv
import pathlib
import sys

PROFESSIONS = ("ssh", "ssa")


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows(folder):
    """The table with its header, as lists of text."""
    denmark = folder.parent / "denmark"
    old = {row["municipality"]: int(row["persons"]) for row in read(denmark / "population.csv")
           if row["year"] == "2020" and row["age_from"] == "80"}
    kkr = {row["code"]: row["kkr"] for row in read(denmark / "municipalities.csv")}
    together, entrants = {}, {}
    for code, region in kkr.items():
        together[region] = together.get(region, 0) + old[code]
    for row in read(denmark / "sosu_entrants.csv"):
        key = row["profession"], row["area"]
        entrants[key] = entrants.get(key, 0) + int(row["entrants"])
    table = [["municipality", *PROFESSIONS]]
    for code, region in kkr.items():
        shares = [entrants[profession, region] * old[code] / together[region] for profession in PROFESSIONS]
        table.append([code, *(f"{share:.1f}" for share in shares)])
    return table


if __name__ == "__main__":
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows(pathlib.Path(__file__).resolve().parent))
