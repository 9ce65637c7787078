#!/usr/bin/python3
"""`solve` on LÆRERMOD to 2060: the intake of four professions for which supply meets demand in 2040 and in 2060.

    solve.py PROGRAM

results/2024_mmm_solve.csv holds the intakes that do it in the published model, found there by linearity and checked by
running it. That model has no entry years: an intake is that of all who graduate after the base year, which is `--from` a
year before the first of them began. A run with each answer has a gap below 1e-5.
"""

import csv
import io
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TABLES = HERE / "laerermod"
COMMON = [str(HERE / "laerermod.yaml"), "--set", "years.base=2024", "--set", "years.until=2060"]
for folder in ("2024/mmm", "2024", "2020"):
    COMMON += ["--data", str(TABLES / folder)]
ENTRY = "2015"


def run(program, verb, *words):
    done = subprocess.run([program, verb, *COMMON, *words, "-o", "-"], capture_output=True, text=True, check=True)
    return list(csv.DictReader(io.StringIO(done.stdout)))


def main():
    program, failed = sys.argv[1], 0
    for case in csv.DictReader((TABLES / "results" / "2024_mmm_solve.csv").open(encoding="utf-8")):
        profession, year = case["profession"], case["year"]
        path = f"programmes.{profession}.intake"
        answer = run(program, "solve", "--vary", path, "--target", f"gap:{profession}:all:{year}=0", "--from", ENTRY)[0]
        off = float(answer["value"]) - float(case["intake_that_closes_gap"])
        rows = run(program, "run", "--set", f"{path}={answer['value']} from {ENTRY}")
        gap = next(float(row["value"]) for row in rows if (row["profession"], row["year"], row["region"], row["sector"],
                                                           row["measure"]) == (profession, year, "all", "all", "gap"))
        good = abs(off) <= 1e-6 and abs(gap) < 1e-5
        failed += not good
        print(f"{profession} {year}: {answer['value']}, {off:+.7f} off, gap {gap:.6f}{'' if good else ' FAILED'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
