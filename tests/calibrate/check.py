"""`calibrate` as people meet it: its files, its text in both languages, and that the answer, run, gives what was fitted.

    check.py PROGRAM
"""

import json
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from asked import must, problems, rows, run

# Demand of p is a times the table's 10, 20, 30 plus b, and c from 2022 on of another sector: 2 * t + 5, and 7.
SMALL = """fremskriv: 1
name: small
title: {da: Lille, en: Small}
years: {base: 2020, until: 2023}
ages: {from: 20, to: 64}
base_year: cohorts
professions:
  p: {cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}, unit_cost: 1}
demand:
  job: {employment: {p: 10}, follows: {series: {2020: 1, 2021: 2, 2022: 3, 2023: 4}}, standard: {value: 1.5, unknown: {as: times, min: 0.5, max: 3}}}
  more: {employment: {p: 10}, follows: constant, standard: {from: 2022, earlier: 1, unknown: {min: 0.5, max: 2, start: 1}}}
  other: {employment: {p: {value: 1, unknown: {as: add, min: 0, max: 50, start: 2}}}, follows: constant}
observed:
  - {of: "demand:p:all:2020:job", value: 30, tolerance: 1}
  - {of: "demand:p:all:2021:job", value: 60, tolerance: 1}
  - {of: "demand:p:all:2023:more", value: 14, tolerance: 1}
  - {of: "demand:p:all:2021:more", value: 11, tolerance: 0.5}
  - {of: "demand:p:all:2022:other", value: 8, tolerance: 0.25}
  - {of: "demand:p:all:2019", value: 8, tolerance: 0.25}
variants:
  double:
    demand: {other: {employment: {p: {value: 2, unknown: {as: add, min: 0, max: 50}}}}}
    observed: [{of: "demand:p:all:2022:other", value: 12, tolerance: 1}, {of: "demand:p:all:2020:job", value: 33, tolerance: 1}]
"""


def near(text, number, what, tolerance=1e-6):
    must(text != "" and abs(float(text) - number) <= tolerance, f"{what}: {text}, not {number}")


def results_of(program, folder, scenario, *words):
    return {(row["variant"], row["measure"], row["profession"], row["region"], row["year"], row["sector"]): float(row["value"])
            for row in rows(run(program, folder, "run", scenario, "-o", "-", *words))}


def runs_as_fitted(program, folder, fit, *words):
    """The scenario that holds the answer gives the fitted numbers."""
    found = results_of(program, folder, "out/calibrated.yaml", *words)
    for row in fit:
        measure, profession, region, year, sector = row["address"].split(":")
        value = found[row["variant"], measure, profession, region, year, sector]
        near(row["fitted"], value, f"{row['variant']} {row['address']} when run", 2e-6)


def the_files(program, folder):
    run(program, folder, "calibrate", "small.yaml", "-o", "out", "--quiet")
    out = folder / "out"
    text = (out / "calibration.csv").read_text()
    must(text.startswith("scenario,variant,parameter,value,se,low,high,status\n"), "header of calibration.csv")
    found = {row["parameter"]: row for row in rows(text)}
    # 15 a = 30 and 30 a = 60; 10 c = 14; 1 + b = 8.
    for path, value, error in (("demand.job.standard", 2, 1 / 1125 ** 0.5), ("demand.more.standard", 1.4, 0.1),
                               ("demand.other.employment.p", 7, 0.25)):
        near(found[path]["value"], value, path)
        near(found[path]["se"], error, f"se of {path}")
        near(found[path]["high"], value + 1.959964 * error, f"high of {path}", 1e-4)
        must(found[path]["status"] == "bounded", f"status of {path}")
    fit = rows((out / "fit.csv").read_text())
    must(list(fit[0]) == "scenario,variant,address,observed,fitted,residual,tolerance,within".split(","), "header of fit.csv")
    must([row["within"] for row in fit] == ["yes", "yes", "yes", "no", "yes"], "within")
    near(fit[3]["residual"], 1, "residual")
    must(rows((out / "correlations.csv").read_text())[0].keys() == {"scenario", "variant", "parameter", "other", "correlation"},
         "header of correlations.csv")
    must((out / "calibrated.yaml").read_text() ==
         "# The answer of `fremskriv calibrate`: the values that fit best what was observed.\n"
         'fremskriv: 1\nextends: "small.resolved.yaml"\nname: "small-calibrated"\n"demand":\n'
         f'  "job":\n    "standard": {{times: {found["demand.job.standard"]["value"]}, unknown: ~, '
         'source: "fitted by fremskriv calibrate to 5 observations"}\n'
         f'  "more":\n    "standard": {{from: 2022, value: {found["demand.more.standard"]["value"]}, '
         'source: "fitted by fremskriv calibrate to 5 observations"}\n'
         f'  "other":\n    "employment":\n      "p": {{add: {found["demand.other.employment.p"]["value"]}, unknown: ~, '
         'source: "fitted by fremskriv calibrate to 5 observations"}\n', "calibrated.yaml")
    names = {output["path"] for output in json.loads((out / "manifest.json").read_text())["outputs"]}
    must({"calibration.csv", "fit.csv", "correlations.csv", "calibrated.yaml", "small.resolved.yaml", "tables/ages.csv"} <= names,
         f"files {names}")
    must(run(program, folder, "calibrate", "small.yaml", "-o", "-") == text, "standard output")
    for threads in ("1", "3"):
        run(program, folder, "calibrate", "small.yaml", "-o", f"t{threads}", "--quiet", "--threads", threads)
        must((folder / f"t{threads}" / "calibration.csv").read_text() == text, f"{threads} threads")
    runs_as_fitted(program, folder, fit)
    run(program, folder, "calibrate", "out/calibrated.yaml", status=3)  # nothing is unknown any more


def variants_together(program, folder):
    """Both share a; the variant has its own b, and its own observations. 15 a = 30, 33 and 30 a = 60: (450 + 495 + 1800) / 1350."""
    run(program, folder, "calibrate", "small.yaml", "--variant", "base", "--variant", "double", "-o", "out", "--quiet")
    found = {(row["variant"], row["parameter"]): row["value"] for row in rows((folder / "out" / "calibration.csv").read_text())}
    must(len(found) == 4, f"{len(found)} values")
    near(found["base", "demand.job.standard"], 2745 / 1350, "a of both")
    near(found["double", "demand.other.employment.p"], 10, "b of the variant")
    near(found["base", "demand.other.employment.p"], 7, "b of the scenario")
    fit = rows((folder / "out" / "fit.csv").read_text())
    must([row["variant"] for row in fit] == ["base"] * 5 + ["double"] * 2, "variants of fit.csv")
    runs_as_fitted(program, folder, fit, "--variant", "base", "--variant", "double")
    run(program, folder, "calibrate", "small.yaml", "--variant", "double", "-o", "out", "--quiet")
    runs_as_fitted(program, folder, rows((folder / "out" / "fit.csv").read_text()), "--variant", "double")


def the_text(program, folder):
    text = run(program, folder, "calibrate", "small.yaml")
    must(text.startswith("Calibration: Small\n"), "title")
    must("3 unknowns are fitted to 5 observations; 4 lie within their tolerance." in " ".join(text.split()), "sentence")
    must("1 observation of a year that the scenario does not project is not used." in " ".join(text.split()), "left out")
    text = " ".join(run(program, folder, "calibrate", "small.yaml", "--lang", "da").split())
    must(text.startswith("Kalibrering: Lille "), "Danish title")
    must("3 ubekendte er tilpasset 5 observationer; 4 ligger inden for deres tolerance." in text, "Danish sentence")
    (folder / "second.yaml").write_text(SMALL.replace("name: small", "name: second"), encoding="utf-8")
    run(program, folder, "calibrate", "small.yaml", "second.yaml", status=2)


def the_formats(program, folder):
    """Tables in every format; a figure of all misses, and one over years of the result that was observed three times."""
    more = SMALL.replace("observed:\n", 'observed:\n  - {of: "demand:p:all:2022:job", value: 90, tolerance: 1}\n', 1)
    (folder / "more.yaml").write_text(more, encoding="utf-8")
    run(program, folder, "calibrate", "more.yaml", "-o", "all", "--format", "csv,json,sqlite,html,xlsx,svg", "--quiet")
    names = {str(path.relative_to(folder / "all")) for path in (folder / "all").rglob("*")}
    must({"calibration.csv", "calibration.json", "calibration.sqlite", "calibration.xlsx", "report.html", "charts/fit.svg",
          "charts/fit_1.svg"} <= names and "charts/fit_2.svg" not in names, f"files {sorted(names)}")
    drawn = (folder / "all" / "charts" / "fit.svg").read_text(encoding="utf-8")
    must("Demand, p, more, 2021" in drawn and "11 → 10" in drawn, "the figure of misses")
    must("Demand, p, job" in (folder / "all" / "charts" / "fit_1.svg").read_text(encoding="utf-8"), "the figure over years")


def main():
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
        (folder / "ages.csv").write_text("age,persons\n20,1\n21,1\n", encoding="utf-8")
        for check in (the_files, variants_together, the_text, the_formats):
            check(program, folder)
    for problem in problems:
        print(problem)
    print(f"calibrate: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
