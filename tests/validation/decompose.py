#!/usr/bin/python3
"""`decompose` on LÆRERMOD to 2060: four changes at once of the gap, supply and demand of kindergarten teachers.

    decompose.py PROGRAM

results/2024_shapley_coalitions.csv has the published model run with all sixteen combinations of low fertility, 2148 who start in
place of 3123, 74.5 % of them who complete in place of 73, and a standard of 1.05 from 2025; results/2024_shapley.csv what each of
the four adds by Shapley values of those. Here each combination is one run, and `decompose` of laerermod.yaml and
laerermod_four.yaml the values: every number within 1e-5.
"""

import csv
import io
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TABLES = HERE / "laerermod"
YEARS = ["--set", "years.base=2024", "--set", "years.until=2060"]
CAUSES = {"population": "demography", "intake": "intake", "completion": "completion", "standard": "standard"}
MEASURES = {"difference": "gap", "supply": "supply", "demand": "demand"}
SECTORS = ("kindergarten", "primary", "secondary", "higher", "other_education", "outside")
# From all who graduate after the base year on: the published model has no entry years.
SETS = {"intake": ["programmes.ba.intake=2148"], "completion": ["programmes.ba.completion=0.745"],
        "standard": [f"demand.{sector}.standard*=1.05 from 2025" for sector in SECTORS]}


def folders(population):
    return [word for folder in (f"2024/{population}", "2024", "2020") for word in ("--data", str(TABLES / folder))]


def rows(program, *words):
    done = subprocess.run([program, *words, "-o", "-"], capture_output=True, text=True, check=True)
    return list(csv.DictReader(io.StringIO(done.stdout)))


def read(name):
    return list(csv.DictReader((TABLES / "results" / name).open(encoding="utf-8")))


def check_combinations(program):
    """@return the largest difference of a run from the published model's."""
    most = 0.0
    for case in read("2024_shapley_coalitions.csv"):
        sets = [word for cause, of in SETS.items() if case[cause] == "1" for one in of for word in ("--set", one)]
        found = {r["measure"]: float(r["value"]) for r in
                 rows(program, "run", str(HERE / "laerermod.yaml"), *YEARS, *sets,
                      *folders("lmm" if case["population"] == "1" else "mmm"))
                 if (r["year"], r["profession"], r["region"], r["sector"]) == ("2060", "ba", "all", "all")}
        most = max([most] + [abs(found[ours] - float(case[theirs])) for theirs, ours in MEASURES.items()])
    return most


def check_shares(program):
    """@return the largest difference of a cause from its published Shapley value."""
    addresses = ",".join(f"{measure}:ba:all:2060" for measure in MEASURES.values())
    found = {(r["address"].split(":")[0], r["cause"]): float(r["value"]) for r in
             rows(program, "decompose", str(HERE / "laerermod.yaml"), str(HERE / "laerermod_four.yaml"), *YEARS,
                  *folders("mmm"), "--of", addresses)}
    return max(abs(found[MEASURES[case["measure"]], CAUSES[case["factor"]]] - float(case["shapley"]))
               for case in read("2024_shapley.csv"))


def main():
    runs, shares = check_combinations(sys.argv[1]), check_shares(sys.argv[1])
    print(f"16 combinations: largest difference {runs:.7f}\n12 causes: largest difference {shares:.7f}")
    return 0 if max(runs, shares) <= 1e-5 else 1


if __name__ == "__main__":
    sys.exit(main())
