"""Supply, demand and gap of one group of rows subtract, in every format; and scenarios of different years, regions and
professions stand in one command without one taking anything from the other.

totals.py PROGRAM CHECK

CHECK is the name of a function below.
"""

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from book import Book
from command import ROOT, Failed, must, same

PROGRAM = os.path.abspath(sys.argv[1])
NEAR = 2e-6  # three roundings of half a millionth


def run(folder, *arguments, lang="en"):
    done = subprocess.run([PROGRAM, "run", *map(str, arguments), "--quiet", "--lang", lang, "-o", folder / "out"],
                          capture_output=True, text=True, cwd=folder)
    same(done.returncode, 0, f"exit status ({done.stderr})")
    return folder / "out"


# ---- what each format says, as {(scenario, variant, year, region, profession, sector): {measure: number}}

KEYS = ("scenario", "variant", "year", "region", "profession", "sector")


def grouped(rows):
    groups = {}
    for *key, measure, value in rows:
        groups.setdefault(tuple(map(str, key)), {})[measure] = float(value)
    return groups


def of_csv(out):
    with open(out / "results.csv", encoding="utf-8", newline="") as file:
        return grouped([row[k] for k in (*KEYS, "measure", "value")] for row in csv.DictReader(file))


def of_json(out):
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    columns = {c["name"]: [c["levels"][i] for i in c["codes"]] if c["kind"] == "label" else c["values"]
               for c in document["columns"]}
    return grouped(zip(*(columns[k] for k in (*KEYS, "measure", "value"))))


def of_sqlite(out):
    base = sqlite3.connect(out / "results.sqlite")
    return grouped(base.execute(f"select {', '.join(KEYS)}, measure, value from results"))


def of_workbook(out):
    sheet = Book(out / "results.xlsx").sheets["results"]
    heads = {name: at for at, name in sheet[0].items()}
    rows = []
    for cells in sheet[1:]:
        row = [cells[heads[k]] for k in (*KEYS, "measure", "value")]
        rows.append([*row[:2], f"{row[2]:.0f}", *row[3:]])
    return grouped(rows)


def of_report(out):
    data = json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>',
                                (out / "report.html").read_text(encoding="utf-8"), re.DOTALL)[1])
    meta, series, rows = data["meta"], data["series"], []
    names = {one["code"]: one["name"] for one in meta["scenarios"]}
    for *codes, first, values in zip(*series["codes"], series["first"], series["values"]):
        s, v, r, p, k, m = codes
        for i, value in enumerate(values):
            if value is not None:
                rows.append([names[s], meta["keys"]["variant"][v], first + i, meta["keys"]["region"][r], meta["keys"]["profession"][p],
                             meta["keys"]["sector"][k], meta["measures"][m]["key"], value])
    return grouped(rows)


READERS = {"csv": of_csv, "json": of_json, "sqlite": of_sqlite, "xlsx": of_workbook, "html": of_report}


SUMMED = ("supply", "demand", "gap", "shortage", "recruitment_need", "stock", "intake", "retirements")


def close(a, b):
    return abs(a - b) <= NEAR * max(1, abs(a) * 1e-9)


def check_groups(groups, without, what):
    """The rule itself, computed from the professions' own rows: what all have is the sum of those with a supply."""
    places = {}
    for key, found in groups.items():
        *place, profession, sector = key
        if "gap" in found:
            must(close(found["supply"] - found["demand"], found["gap"]), f"{what}: {key}: {found}")
        if "coverage" in found:
            must(abs(found["coverage"] * found["demand"] - found["supply"]) < 1e-6 * found["demand"] + NEAR, f"{what}: {key}: {found}")
        if profession in without:
            same(set(found) - {"cost"}, {"demand", "demand_without_supply"}, f"{what}: measures of {key}")
            same(found["demand"], found["demand_without_supply"], f"{what}: demands of {key}")
        places.setdefault((*place, sector), {})[profession] = found
    checked = 0
    for place, parts in places.items():
        found = parts.pop("all", {})
        for measure in SUMMED:
            summed = [part[measure] for name, part in parts.items() if name not in without and measure in part]
            must((measure in found) == bool(summed), f"{what}: {measure} of all in {place}")
            if summed:
                must(abs(found[measure] - sum(summed)) <= NEAR * len(summed), f"{what}: {measure} of all in {place}")
                checked += 1
        lacking = [parts[name]["demand"] for name in without if name in parts]
        must(("demand_without_supply" in found) == bool(lacking), f"{what}: demand without a supply in {place}")
        if lacking:
            must(abs(found["demand_without_supply"] - sum(lacking)) <= NEAR * len(lacking), f"{what}: demand without a supply in {place}")
            checked += 1
    must(checked > 100, f"{what}: only {checked} sums")


def check_shortages(groups, codes, what):
    """A region's shortage is what its gap is below 0; of wider areas it is the sum over their regions."""
    checked = 0
    for (*first, region, profession, sector), found in groups.items():
        if region in codes and profession != "all" and "gap" in found:
            must(close(found["shortage"], max(0.0, -found["gap"])), f"{what}: {first} {region} {profession}")
        if region == "all" and "shortage" in found:
            parts = [groups[(*first, code, profession, sector)]["shortage"] for code in codes]
            must(abs(found["shortage"] - sum(parts)) <= 1e-6 * (len(parts) + 1), f"{what}: {first} {profession}")
            checked += 1
    must(checked >= 15, f"{what}: only {checked} sums")


def regions_of(groups):
    return {key[3] for key in groups} - {"all"}


def subtract(folder):
    """Shipped scenarios, two of them with staff without a supply, in every format; those of the country for fewer years."""
    for name, until, without in (("sosu-syddanmark", 2040, ("ufaglaert",)), ("sosu-danmark", 2024, ("ufaglaert",)),
                                 ("velfaerd-danmark", 2028, ())):
        file = folder / f"{name}-{until}.yaml"
        file.write_text(f"extends: {name}.yaml\nname: {name}\nyears: {{until: {until}}}\n", encoding="utf-8")
        out = run(folder, file, "--variant", "base", "--format", "csv,json,sqlite,xlsx,html")
        table = of_csv(out)
        for form, reader in READERS.items():
            found = reader(out)
            if form != "html":  # a report of many regions leaves some measures of theirs out
                same(found.keys(), table.keys(), f"{name}: rows of {form}")
                check_groups(found, without, f"{name} {form}")
            for key, numbers in found.items():
                for measure, number in numbers.items():
                    must(close(number, table[key][measure]), f"{name} {form}: {measure} of {key}")
                if {"supply", "demand", "gap"} <= numbers.keys():
                    must(close(numbers["supply"] - numbers["demand"], numbers["gap"]), f"{name} {form}: {key}")
        check_shortages(table, {region for region in regions_of(table) if region.isdigit()}, name)
        shutil.rmtree(out)


# ---- scenarios that share little

EARLY = """fremskriv: 1
title: {da: Tidligt, en: Early}
years: {base: 2018, until: 2021}
ages: {from: 60, to: 63}
base_year: cohorts
regions: {table: early.csv}
professions:
  nurse: {label: {da: Sygeplejersker, en: Nurses}, cohorts: {persons: {table: people.csv, column: persons}}}
  helper: {label: {da: Hjælpere, en: Helpers}, cohorts: {persons: {table: people.csv, column: persons}}}
demand:
  job: {employment: {nurse: 70, helper: 10}, split: equal, follows: {series: {2018: 1, 2021: 1.3, between: linear}}}
"""
LATE = """fremskriv: 1
title: {da: Sent, en: Late}
years: {base: 2020, until: 2026}
ages: {from: 60, to: 63}
base_year: cohorts
regions: {table: late.csv}
professions:
  teacher: {label: {da: Lærere, en: Teachers}, cohorts: {persons: {table: people.csv, column: persons}}}
  helper: {label: {da: Hjælpere, en: Helpers}, cohorts: {persons: {table: people.csv, column: persons}}}
demand:
  job: {employment: {teacher: 30, helper: 90}, split: equal, follows: {series: {2020: 1, 2026: 0.4, between: linear}}}
"""


def two_worlds(folder):
    """`early` of 2018-2021 in regions 1 and 2, `late` of 2020-2026 in 2, 3 and 4."""
    (folder / "early.csv").write_text("code,name\n1,En\n2,To\n")
    (folder / "late.csv").write_text("code,name\n2,To\n3,Tre\n4,Fire\n")
    cells = [f"{region},{age},{10 + region}\n" for region in (1, 2, 3, 4) for age in range(60, 64)]
    (folder / "people.csv").write_text("region,age,persons\n" + "".join(cells))
    for name, text in (("early", EARLY), ("late", LATE)):
        # A table may have rows of regions that a scenario does not have: those are left out by a table of its own.
        codes = ("1", "2") if name == "early" else ("2", "3", "4")
        (folder / f"{name}-people.csv").write_text("region,age,persons\n" + "".join(c for c in cells if c.split(",")[0] in codes))
        (folder / f"{name}.yaml").write_text(text.replace("people.csv", f"{name}-people.csv"), encoding="utf-8")
    return [folder / "early.yaml", folder / "late.yaml"]


SPANS = {"early": (2018, 2021), "late": (2020, 2026)}
REGIONS = {"early": ("1", "2"), "late": ("2", "3", "4")}
PROFESSIONS = {"early": ("nurse", "helper"), "late": ("teacher", "helper")}


def horizons(folder):
    """Each of two scenarios has in one command, in either order, exactly what it has alone."""
    files = two_worlds(folder)
    alone = {}
    for name, file in zip(SPANS, files):
        alone[name] = of_csv(run(folder, file, "--format", "csv"))
        shutil.rmtree(folder / "out")
    for order in (files, files[::-1]):
        out = run(folder, *order, "--format", "csv,json,sqlite,xlsx,html,svg")
        for form, reader in READERS.items():
            found = reader(out)
            for name, wanted in alone.items():
                same({key: value for key, value in found.items() if key[0] == name}, wanted, f"{form}: {name}")
        check_views(sqlite3.connect(out / "results.sqlite"), alone, order[0].stem)
        check_sheets(Book(out / "results.xlsx"), alone, order[0].stem)
        charts = {path.stem for path in (out / "charts").iterdir()}
        for name, professions in PROFESSIONS.items():
            for profession in professions:
                must(f"{name}-supply-demand-{profession}" in charts, f"no chart of {name}'s {profession}: {sorted(charts)}")
            series = (out / f"series/{name}-base-{professions[0]}.csv").read_text().splitlines()
            same([int(line.split(",")[0]) for line in series[1:]], list(range(SPANS[name][0], SPANS[name][1] + 1)), f"years of {name}'s series")
        shutil.rmtree(out)


def check_views(base, alone, first):
    """No view takes one scenario's last year, regions or professions for the other's."""
    wanted = sorted((name, SPANS[name][1], region, profession) for name in SPANS for region in REGIONS[name]
                    for profession in (*PROFESSIONS[name], "all"))
    same(sorted(base.execute("select scenario, year, region, profession from coverage_by_area")), wanted, "coverage_by_area")
    for name, year, region, profession, coverage in base.execute("select scenario, year, region, profession, coverage from coverage_by_area"):
        must(close(coverage, alone[name][name, "base", str(year), region, profession, "all"]["coverage"]), f"coverage in {region}")
    for view in ("supply_and_demand", "gap_by_year"):
        spans = {name: (low, high) for name, low, high in base.execute(f"select scenario, min(year), max(year) from {view} group by scenario")}
        same(spans, SPANS, f"years of {view}")
    numbers = sum(len(found) for groups in alone.values() for found in groups.values())
    same(base.execute("select count(*) from results_named").fetchone()[0], numbers, "rows of results_named")
    other = next(name for name in SPANS if name != first)
    rows = base.execute("select scenario, variant, year, region, profession, sector, measure, first_scenario, first_value, value, difference "
                        "from compare_scenarios").fetchall()
    same(len(rows), sum(len(found) for found in alone[other].values()), "rows of compare_scenarios")
    for *key, measure, of, before, value, difference in rows:
        same((key[0], of), (other, first), "the scenarios of a row")
        reference = alone[first].get((first, *map(str, key[1:])), {}).get(measure)
        same((before is None, difference is None), (reference is None, reference is None), f"the first's value of {key} {measure}")
        must(close(value, alone[other][tuple(map(str, key))][measure]), f"{key} {measure}")
        if reference is not None:
            must(close(before, reference) and close(difference, value - reference), f"difference of {key} {measure}")


def check_sheets(book, alone, first):
    """The tables of a scenario have its own years, as numbers of its own."""
    titles = {"early": "Early", "late": "Late"}
    for name in SPANS:
        for label, profession in zip({"early": ("Nurses", "Helpers"), "late": ("Teachers", "Helpers")}[name], PROFESSIONS[name]):
            rows = [cells for cells in book.sheets[label]]
            start = next(i for i, cells in enumerate(rows) if str(cells.get(0, "")).startswith(f"{titles[name]} · "))
            table = {}
            for cells in rows[start + 1:]:
                if isinstance(cells.get(0), float):
                    table[int(cells[0])] = cells[1]
                elif table:
                    break
            same((min(table), max(table)), SPANS[name], f"years of {name}'s {profession} on its sheet")
            for year, supply in table.items():
                must(close(supply, alone[name][name, "base", str(year), "all", profession, "all"]["supply"]), f"{label} {year}")


def areas(folder):
    """Scenarios of a municipality and of a KKR beside each other: each is named with its area, and none is left out."""
    one = subprocess.run([PROGRAM, "new", "odense", "--lang", "en", "--quiet"], cwd=folder, check=True)
    text = (folder / "odense.yaml").read_text(encoding="utf-8")
    (folder / "kkr.yaml").write_text(text.replace("where: {name: Odense}", "where: {kkr: Syddanmark}").replace("group_by: ~", "group_by: kkr")
                                     .replace("{da: Pædagoger i Odense, en: Pedagogues in Odense}", "Pedagogues"), encoding="utf-8")
    shown = {"odense": ("Pedagogues in Odense · Odense", "all"), "kkr": ("Pedagogues · Syddanmark", "Syddanmark")}
    for order in (("odense", "kkr"), ("kkr", "odense")):
        out = run(folder, *(f"{name}.yaml" for name in order), "--variant", "base", "--format", "csv,html,xlsx")
        table = of_csv(out)
        book = Book(out / "results.xlsx")
        heads, supply = book.table("Pedagogues", "Supply, compared (FTE)")
        same(heads[1:], [shown[name][0] for name in order], "the heads of the workbook")
        page = (out / "report.html").read_text(encoding="utf-8")
        sides = re.search(r'<table id="sides".*?</table>', page, re.DOTALL)[0]
        for name in order:
            title, region = shown[name]
            wanted = table[name, "base", "2040", region, "paedagog", "all"]["supply"]
            must(close(supply[2040][title], wanted), f"the workbook's supply of {name}")
            row = re.search(rf"<bdi>{title}</bdi></th><td data-value=\"([^\"]*)\"", sides)
            must(row and close(float(row[1]), wanted), f"the report's supply of {name}: {sides}")
        names = {cells[4] for cells in book.sheets["results"][1:] if cells[3] == "all"}
        same(names, {"Odense", "Syddanmark"}, "what all regions are called on the sheet of results")
        shutil.rmtree(out)
    same(one.returncode, 0, "fremskriv new")


def main():
    checks = {check.__name__: check for check in (subtract, horizons, areas)}
    folder = Path(tempfile.mkdtemp(prefix="fremskriv-totals-"))
    try:
        checks[sys.argv[2]](folder)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
