"""`backtest` and `compare --assumptions` as people meet them: an earlier folder judged, files in every format, both languages.

    check.py PROGRAM
"""

import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from asked import must, problems, rows, run

ROOT = Path(__file__).resolve().parents[2]
# The need is 10 in 2020 and follows a series.
LAST_YEAR = """fremskriv: 1
name: plan
title: {da: Planen, en: The plan}
years: {base: 2020, until: 2023}
ages: {from: 60, to: 61}
base_year: cohorts
professions:
  p: {cohorts: {persons: 20, ages: {table: ages.csv, column: persons}}}
demand:
  job: {employment: {p: 10}, follows: {series: {2020: 1, 2021: 1.2, then: {growth: 0.25}}}}
variants:
  high:
    label: {da: Højere, en: Higher}
    demand: {job: {follows: {series: {2020: 1, 2021: 1.4, then: hold}}}}
"""
OBSERVED = """observed:
  - {of: "demand:all:all:2020", value: 10}
  - {of: "demand:p:all:2021", value: 11}
  - {of: "demand:p:all:2022", value: 12}
  - {of: "demand:p:all:2023", value: 20}
"""


def folders(program, folder):
    """Last year's results judged by this year's observations: 12, 15, 18.75 beside 11, 12, 20; and the variant's 14."""
    run(program, folder, "run", "plan.yaml", "-o", "last-year")
    (folder / "plan.yaml").write_text(LAST_YEAR.replace("employment: {p: 10}", "employment: {p: 11}") + OBSERVED, encoding="utf-8")
    found = rows(run(program, folder, "backtest", "plan.yaml", "--against", "last-year", "-o", "-"))
    base = [row for row in found if row["variant"] == "base"]
    must([float(row["projected"]) for row in base] == [12, 15, 18.75], f"projected: {base}")
    must([float(row["error"]) for row in base] == [1, 3, -1.25], f"errors: {base}")
    must([row["no_change"] for row in base] == ["", "", ""] or all(float(row["no_change"]) == 10 for row in base),
         f"no change: {base}")
    must([float(row["projected"]) for row in found if row["variant"] == "high"] == [14, 14, 14], f"the variant: {found}")
    must({row["from"] for row in found} == {"2020"}, "from the base year of the run")
    must(found == rows(run(program, folder, "backtest", "plan.yaml", "last-year/", "-o", "-")), "a folder among the files")
    run(program, folder, "backtest", "last-year", status=2)
    said = run(program, folder, "backtest", "plan.yaml", "--against", "last-year")
    must("last-year was made by fremskriv" in said and "run plan.yaml" in said, said)
    must("1 of them with" in " ".join(said.split()), f"that the scenario has changed since: {said}")
    run(program, folder, "backtest", "plan.yaml", "--against", "nowhere", status=3)


def formats(program, folder):
    run(program, folder, "backtest", "plan.yaml", "--from", "2020", "--from", "2021", "--variant", "base", "-o", "out", "--format",
        "csv,json,svg,xlsx,sqlite,html", "--lang", "da")
    names = {path.name for path in (folder / "out").rglob("*") if path.is_file()}
    must({"backtest.csv", "backtest_summary.csv", "backtest_known.csv", "backtest.json", "manifest.json"} <= names, f"{names}")
    must(any(name.endswith(".svg") for name in names), "a chart")
    data = json.loads((folder / "out/backtest.json").read_text(encoding="utf-8"))
    must("backtest_summary" in json.dumps(data), "the summary in JSON")
    head = (folder / "out/backtest.csv").read_text(encoding="utf-8").splitlines()[0]
    must(head == "scenario,variant,from,horizon,address,observed,projected,error,percent,no_change,trend", head)
    danish = run(program, folder, "backtest", "plan.yaml", "--from", "2020", "--lang", "da")
    must("Fremskrevet og observeret" in danish and "kom nærmere" in danish, danish)
    one = run(program, folder, "backtest", "plan.yaml", "--from", "2020", "-o", "-", "--threads", "1")
    must(one == run(program, folder, "backtest", "plan.yaml", "--from", "2020", "-o", "-", "--threads", "4"), "threads")


def warnings(program, folder):
    """What is uncertain from 2027 on is no news of a projection that ends in 2025."""
    run(program, folder, "backtest", str(ROOT / "scenarios/dagtilbud-2018.yaml"), "--from", "2018", "--werror")


def assumptions(program, folder):
    found = rows(run(program, folder, "compare", "plan.yaml", "--assumptions", "-o", "-"))
    must([(row["path"], row["plan/high"]) for row in found] == [
        ("demand.job.follows.series", "{2020: 1, 2021: 1.4, then: hold}")], f"{found}")
    run(program, folder, "compare", "plan.yaml", "--assumptions", "-o", "beside", "--format", "csv,json,xlsx,sqlite")
    sources = rows((folder / "beside/assumption_sources.csv").read_text(encoding="utf-8"))
    must([row["given"] for row in sources] == ["plan.yaml:10", "plan.yaml:14"], f"{sources}")
    danish = run(program, folder, "compare", "plan.yaml", "--assumptions", "--lang", "da")
    must("afviger 1" in danish and "Højere" in danish, danish)
    # A page of several scenarios names the years of each, although it has no results of them.
    (folder / "other.yaml").write_text("extends: plan.yaml\nname: other\nyears: {until: 2022}\nvariants: {high: ~}\n", encoding="utf-8")
    run(program, folder, "compare", "plan.yaml", "other.yaml", "--variant", "base", "--assumptions", "-o", "page", "--format", "html")
    page = (folder / "page/report.html").read_text(encoding="utf-8")
    must("plan · 2020–2023 ·" in page and "other · 2020–2022 ·" in page, page[:4000])


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ages.csv").write_text("age,persons\n60,1\n61,1\n", encoding="utf-8")
        (folder / "plan.yaml").write_text(LAST_YEAR, encoding="utf-8")
        folders(program, folder)
        formats(program, folder)
        assumptions(program, folder)
        warnings(program, folder)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
