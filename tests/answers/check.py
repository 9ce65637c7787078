"""What every verb with an answer of its own keeps: solve, solve --path, decompose, calibrate, backtest, compare --assumptions.

    check.py PROGRAM tables|interrupted

tables: each table is the same in CSV, JSON (which docs/results.schema.json describes), the database and the workbook, and the data
package says what its columns mean; one word for one column. The same bytes over threads; foreign files stay.
interrupted: SIGINT in the middle ends within a second, with exit status 130, and nothing is left.
"""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests/support"), str(ROOT / "tests/output_sheets")]

from asked import must, problems, run
from book import Book

SCENARIOS = ROOT / "scenarios"
INTAKE = ["--vary", "programmes.paedagog.intake"]
HEADERS = {
    "solution": "scenario,variant,parameter,year,value,lower,upper",
    "targets": "scenario,variant,address,wanted,reached,difference",
    "decompose": "scenario,variant,reference,address,cause,kind,unit,value,low,high",
    "calibration": "scenario,variant,parameter,value,se,low,high,status",
    "fit": "scenario,variant,address,observed,fitted,residual,tolerance,within",
    "backtest": "scenario,variant,from,horizon,address,observed,projected,error,percent,no_change,trend",
}
COMMANDS = {
    "solve": ["solve", "paedagog-syddanmark.yaml", *INTAKE, "--target", "gap:paedagog::2040=0"],
    "path": ["solve", "paedagog-syddanmark.yaml", "--path", *INTAKE, "--target", "gap:::2034-2036=0", "--band", "200", "--step", "25",
             "--most-change", "0.1", "--from", "2026"],
    "years": ["decompose", "paedagog-syddanmark.yaml", "--of", "gap:::2018..2023,coverage:::2020..2030"],
    "two": ["decompose", "paedagog-syddanmark.yaml", "paedagog-syddanmark-2019.yaml", "--of", "gap:::2030"],
    "drawn": ["decompose", "paedagog-syddanmark.yaml", "--of", "supply:::2018..2023", "--points", "64"],
    "calibrate": ["calibrate", "paedagog-syddanmark-2019.yaml"],
    "backtest": ["backtest", "dagtilbud-2018.yaml", "--from", "2018", "--from", "2020"],
    "assumptions": ["compare", "paedagog-syddanmark.yaml", "minimumsnormeringer.yaml", "--assumptions"],
}


def words(command):
    return [str(SCENARIOS / word) if word.endswith(".yaml") else word for word in command]


def of_csv(path):
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    return rows[0], rows[1:]


def of_json(table):
    """Columns as lists of texts and numbers; an empty number is None."""
    found = {}
    for column in table["columns"]:
        found[column["name"]] = ([column["levels"][code] for code in column["codes"]] if column["kind"] == "label"
                                 else column["values"])
    return found


def same(text, value):
    """A cell of a CSV file, which may have six decimals, and what it is elsewhere."""
    if value is None or isinstance(value, str):
        return text == (value or "")
    return text != "" and abs(float(text) - value) <= 5.1e-7 + 1e-12 * abs(value)


def numbers_of(book, title):
    """The numbers of a sheet below its heading, column by column."""
    rows = next(rows for rows in book.sheets.values() if rows and rows[0].get(0) == title)[2:]
    width = max((max(row, default=0) for row in rows), default=0) + 1
    columns = [[row.get(c) for row in rows] for c in range(width)]
    return [column for column in columns if any(isinstance(cell, float) for cell in column)]


def is_column(numbers, values):
    return len(numbers) == len(values) and all((a is None) == (b is None) and (a is None or abs(a - b) <= 1e-9 * max(1, abs(b)))
                                               for a, b in zip(numbers, values))


def check_sheet(name, table, book):
    """What people read are some of the table's columns, in their order."""
    here = [column["values"] for column in table["columns"] if column["kind"] != "label"]
    sheet, at = numbers_of(book, table["title"]["en"]), 0
    must(sheet or not here, f"{name}: no numbers on the sheet '{table['title']['en']}'")
    for numbers in sheet:
        while at < len(here) and not is_column(numbers, here[at]):
            at += 1
        must(at < len(here), f"{name}: a column of the sheet is none of the table: {numbers[:3]}")
        at += 1


def check_table(name, table, out, base, package):
    head, rows = of_csv(out / f"{name}.csv")
    columns = of_json(table)
    must(head == list(columns), f"{name}: header {head}, in JSON {list(columns)}")
    must(name not in HEADERS or ",".join(head) == HEADERS[name], f"{name}: header {head}")
    must(all(same(row[c], columns[column][i]) for i, row in enumerate(rows) for c, column in enumerate(head)) and
         table["rows"] == len(rows), f"{name}: CSV and JSON differ")
    held = base.execute(f'select * from "{name}"')
    must([part[0] for part in held.description if part[0] != "id"] == head, f"{name}: columns of the database {held.description}")
    must([list(row[-len(head):]) for row in held] == [list(row) for row in zip(*columns.values())], f"{name}: the database differs")
    fields = {field["name"]: field.get("description") for field in package[f"{name}.csv"]["schema"]["fields"]}
    must(list(fields) == head and all(fields.values()), f"{name}: the data package has {fields}")
    must("scenario" not in fields or name.startswith("assumption") or (fields["scenario"], fields["variant"]) == (
        "Name of the scenario", "Variant of the scenario; base for the scenario itself"), f"{name}: other words for scenario: {fields}")


def tables(program, folder):
    import jsonschema
    schema = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/results.schema.json").read_text(encoding="utf-8")))
    for which, command in COMMANDS.items():
        out = folder / which
        run(program, folder, *words(command), "-o", which, "--quiet", "--format", "csv,json,xlsx,sqlite,html,svg", "--threads", "1")
        files = list(out.glob("*.json"))
        answer = next(file for file in files if file.name not in ("manifest.json", "datapackage.json"))
        data = json.loads(answer.read_text(encoding="utf-8"))
        for error in schema.iter_errors(data):
            must(False, f"{which}: {answer.name}: {error.json_path}: {error.message[:200]}")
        package = {resource["path"]: resource for resource in json.loads((out / "datapackage.json").read_text())["resources"]}
        base, book = sqlite3.connect(next(out.glob("*.sqlite"))), Book(next(out.glob("*.xlsx")))
        for name, table in data["answer"]["tables"].items():
            if table["rows"] == 0:
                continue
            check_table(name, table, out, base, package)
            if any(rows and rows[0].get(0) == table["title"]["en"] for rows in book.sheets.values()):
                check_sheet(name, table, book)
        base.close()
        page = (out / "report.html").read_text(encoding="utf-8")
        must("<table" in page and "<script src" not in page, f"{which}: the page")
        again(program, folder, which, command)


def again(program, folder, which, command):
    """Over two threads, into a folder that holds something else: the same bytes, and that stays."""
    other = folder / f"{which}-2"
    other.mkdir()
    (other / "notes.txt").write_text("ask Odense", encoding="utf-8")
    run(program, folder, *words(command), "-o", other.name, "--quiet", "--format", "csv,json,xlsx,sqlite,html,svg", "--threads", "2")
    must((other / "notes.txt").read_text(encoding="utf-8") == "ask Odense", f"{which}: a foreign file is gone")
    (other / "notes.txt").unlink()
    texts = [{str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}
             for place in (folder / which, other)]
    differ = [name for name in texts[0].keys() | texts[1].keys() if texts[0].get(name) != texts[1].get(name)]
    must(not differ, f"{which}: over threads {differ} differ")
    foreign = folder / f"{which}-3"
    foreign.mkdir()
    table = next(path.name for path in (folder / which).glob("*.csv"))
    (foreign / table).write_text("mine", encoding="utf-8")
    run(program, folder, *words(command), "-o", foreign.name, "--quiet", status=5)
    must([(path.name, path.read_text(encoding="utf-8")) for path in foreign.iterdir()] == [(table, "mine")],
         f"{which}: a folder with a file of that name is touched")


# What takes long enough to be interrupted: several unknowns, bent responses, many orders, a large scenario.
FIT = """extends: velfaerd-danmark.yaml
name: fit
professions:
  ssh: {unemployment: {unknown: {min: 0, max: 0.1, start: 0.02}}, participation: {unknown: {min: 0.5, max: 1, start: 0.9}}}
  ssa: {unemployment: {unknown: {min: 0, max: 0.1, start: 0.02}}, participation: {unknown: {min: 0.5, max: 1, start: 0.9}}}
observed:
  - {of: "supply:ssh:all:2030", value: 30000, tolerance: 100}
  - {of: "supply:ssa:all:2030", value: 40000, tolerance: 100}
  - {of: "shortage:ssh:all:2035", value: 4000, tolerance: 100}
  - {of: "shortage:ssa:all:2035", value: 4000, tolerance: 100}
  - {of: "coverage:ssh:all:2036", value: 0.9, tolerance: 0.01}
"""
FOUR = ["paedagog", "laerer", "ssh", "ssa"]
LONG = {
    "solve": ["solve", "velfaerd-danmark.yaml", *(word for p in FOUR for word in ("--vary", f"programmes.{p}.intake", "--target",
                                                                               f"gap:{p}:all:2040=0"))],
    "path": ["solve", "sosu-danmark.yaml", "--path", *(word for p in FOUR[2:] for word in (
        "--vary", f"programmes.{p}.intake", "--target", f"shortage:{p}::2030-2040=0")), "--step", "25", "--most-change", "0.05"],
    "decompose": ["decompose", "velfaerd-danmark.yaml", "--of", "gap:ssh::2026..2040", "--points", "20000"],
    "calibrate": ["calibrate", "fit.yaml"],
    "backtest": ["backtest", "fit.yaml", *(word for year in range(2026, 2034) for word in ("--from", str(year)))],
}


def interrupted(program, folder):
    (folder / "fit.yaml").write_text(FIT, encoding="utf-8")
    before = {path.name for path in folder.iterdir()}
    for which, command in LONG.items():
        asked = [str(SCENARIOS / word) if word.endswith(".yaml") and word != "fit.yaml" else word for word in command]
        with subprocess.Popen([program, *asked, "-o", "out", "--format", "csv,json,svg"], cwd=folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as running:
            time.sleep(0.15)
            early = running.poll()
            running.send_signal(signal.SIGINT)
            sent = time.monotonic()
            running.communicate(timeout=60)
            took = time.monotonic() - sent
        must(early is None, f"{which}: over before it could be interrupted")
        must(running.returncode == 130, f"{which}: exit status {running.returncode}, not 130")
        must(took < 1, f"{which}: went on for {took:.1f} s")
        must({path.name for path in folder.iterdir()} == before, f"{which}: left {[path.name for path in folder.iterdir()]}")


def main():
    program, check = os.path.abspath(sys.argv[1]), {"tables": tables, "interrupted": interrupted}[sys.argv[2]]
    with tempfile.TemporaryDirectory() as name:
        try:
            check(program, Path(name))
        except ImportError as lacks:
            print(f"{lacks}: skipped")
            return 77
    print("\n".join(problems))
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
