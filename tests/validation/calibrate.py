#!/usr/bin/python3
"""`calibrate` on the demand of Statistics Norway's portal of LÆRERMOD 2024-2060: FTE of 2024 by sector are unknown.

    calibrate.py PROGRAM

Fitted to the reference path alone, the 35 values predict the demand on two other populations that the fit has not seen:
that is evidence. Fitted to every figure, 12 shortages more, each of the 47 values lies inside the interval in which it
agrees with all rounded figures (`fitted.csv`, by linear programming): that shows that the fit is found, and predicts
nothing. Exits 0 when both hold, 1 when not.
"""

import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile

import laerermod
import laerermod_portal as portal

SECTORS = {1: "kindergarten", 2: "primary", 3: "secondary", 4: "higher", 5: "other_education"}
OUTSIDE = "outside"  # the sixth sector follows the whole population like the fifth: it is in that
PROFESSIONS = ("ba", "gr", "lu", "ph", "pe", "yr", "py")
SHORT = [(profession, sector) for profession in ("ba", "gr", "lu", "ph") for sector in (1, 2, 3)]
TOLERANCE = 0.5  # half of what the figures are rounded to
PATHS = {"high_fertility": "hmm", "low_fertility": "lmm"}


def list_observed(demand, indent):
    lines = [f"{indent}observed:"]
    for (profession, year, _), value in sorted(demand.items()):
        lines.append(f"{indent}  - {{of: 'demand:{profession}:all:{year}', value: {value:.0f}, tolerance: {TOLERANCE}}}")
    return lines


def write_scenario(folder, demand):
    """The reference path, and as variants the two other populations and the shortage of the base year."""
    lines = ["fremskriv: 1", f"extends: {laerermod.SCENARIO.name}", "name: portal", "years: {base: 2024, until: 2060}",
             "population: {table: population_mmm.csv}", "demand:"]
    for number, sector in SECTORS.items():
        lines += [f"  {sector}:", "    employment:"]
        lines += [f"      {p}: {{unknown: {{min: 0, max: 60000, start: 1000}}}}" for p in PROFESSIONS]
        lines += ["    vacancies:"] + [f"      {p}: 0" for p in PROFESSIONS]
    lines += [f"  {OUTSIDE}:", "    employment:"] + [f"      {p}: 0" for p in PROFESSIONS]
    lines += ["    vacancies:"] + [f"      {p}: 0" for p in PROFESSIONS]
    lines += list_observed(demand["reference"], "")
    lines += ["variants:"]
    for scenario, path in PATHS.items():
        lines += [f"  {scenario}:", f"    population: {{table: population_{path}.csv}}"]
        lines += list_observed(demand[scenario], "    ")
    lines += ["  initial_shortage:", "    demand:"]
    for number in (1, 2, 3):
        lines += [f"      {SECTORS[number]}:", "        vacancies:"]
        lines += [f"          {p}: {{unknown: {{min: 0, max: 20000, start: 100}}}}" for p, s in SHORT if s == number]
    lines += list_observed(demand["initial_shortage"], "    ")
    (folder / "portal.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def prepare(folder):
    tables = laerermod.TABLES / "2024"
    shutil.copy(laerermod.SCENARIO, folder)
    for path in ("mmm", "hmm", "lmm"):
        shutil.copy(tables / path / "population.csv", folder / f"population_{path}.csv")
    for source in (tables / "children_2024", tables, laerermod.TABLES / "2020"):
        for table in source.glob("*.csv"):
            if not (folder / table.name).exists():
                shutil.copy(table, folder)
    write_scenario(folder, portal.read_portal())


def run(program, *words):
    ended = subprocess.run([program, *words, "--quiet", "--threads", "2"], capture_output=True, text=True, encoding="utf-8")
    if ended.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: exit {ended.returncode}\n{ended.stderr}")
    return ended.stdout


def read(path):
    return list(csv.DictReader(path.open(encoding="utf-8")))


def predict(program, folder):
    """How many figures of the other populations are further than 1.5 FTE from what the reference path foretells."""
    run(program, "calibrate", folder / "portal.yaml", "-o", folder / "one")
    rows, wrong, cells, equal = read(folder / "one" / "calibration.csv"), 0, 0, 0
    if len(rows) != 35 or any(row["status"] != "bounded" for row in rows):
        print(f"fitted to the reference path: {len(rows)} values, not 35 that the data hold on both sides")
        wrong += 1
    for scenario, path in PATHS.items():
        text = run(program, "run", folder / "one" / "calibrated.yaml", "--data", folder, "--set",
                   f"population.table=population_{path}.csv", "-o", "-")
        found, expected = laerermod.read_results(text), portal.read_portal()[scenario]
        worst = max(abs(found[key] - value) for key, value in expected.items())
        wrong += sum(abs(found[key] - value) > portal.PREDICTED for key, value in expected.items())
        equal += sum(round(found[key]) == value for key, value in expected.items())
        cells += len(expected)
        print(f"fitted to the reference path: {scenario} predicted, largest difference {worst:.4f} FTE")
    print(f"predicted: {cells} numbers, {equal} of them the published ones when rounded")
    return wrong + (cells != 518)


def fit_all(program, folder):
    """How many of the 47 values lie outside the interval that agrees with every rounded figure."""
    variants = [word for name in ("base", *PATHS, "initial_shortage") for word in ("--variant", name)]
    run(program, "calibrate", folder / "portal.yaml", *variants, "-o", folder / "all")
    found = {(row["variant"], row["parameter"]): row for row in read(folder / "all" / "calibration.csv")}
    wrong = rounded = 0
    for row in read(portal.PORTAL / "fitted.csv"):
        sector = SECTORS[int(row["sector"][0])]
        short = row["quantity"] == "shortage_fte"
        key = ("initial_shortage" if short else "base",
               f"demand.{sector}.{'vacancies' if short else 'employment'}.{row['profession']}")
        value, low, high = float(found[key]["value"]), float(row["lowest"]), float(row["highest"])
        if not low - 0.0005 <= value <= high + 0.0005:
            print(f"fitted to all: {key[1]} {value:.3f} is outside {low} to {high}")
            wrong += 1
    fitted = read(folder / "all" / "fit.csv")
    rounded = sum(round(float(row["fitted"])) == float(row["observed"]) for row in fitted)
    print(f"fitted to all: {len(found)} values, {len(fitted)} figures, {rounded} of them the published ones when rounded")
    return wrong + (len(found) != 47) + (rounded != len(fitted))


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder)
        wrong = predict(program, folder)
        wrong += fit_all(program, folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
