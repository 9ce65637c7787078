"""The shipped scenario's results: pinned figures, published figures, and the promises of the results table.

golden.py PROGRAM CHECK [--update]

CHECK is the name of a function below that takes a Shipped. `pinned --update` rewrites the pinned figures: say in the
commit why they change.
"""

import csv
import json
import locale
import os
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from command import ROOT, Failed, must

SCENARIO = ROOT / "scenarios/paedagog-syddanmark.yaml"
UPDATE = ("if that is meant, pin them anew, and say in CHANGELOG.md why they change: "
          "python3 -B tests/golden/golden.py build/fremskriv pinned --update")
PINNED = Path(__file__).with_name("paedagog-syddanmark.csv")
HEADER = "scenario,variant,year,region,profession,sector,measure,statistic,unit,value"
YEARS = range(2018, 2041)
SECTORS = ["dagtilbud", "skole_fritid", "sociale_institutioner", "andet"]
# Employment of June 2018 in FTE, and what day care needs later, as published and as the population says.
PUBLISHED = {
    ("dagtilbud", 2018): "6298",
    ("skole_fritid", 2018): "5759",
    ("sociale_institutioner", 2018): "6087",
    ("andet", 2018): "2833",
    ("all", 2018): "20977",
    ("dagtilbud", 2026): "6176.576",
    ("dagtilbud", 2040): "6327.446",
}
UNITS = {
    "supply": "fte",
    "demand": "fte",
    "gap": "fte",
    "shortage": "fte",
    "recruitment_need": "fte",
    "expansion": "fte",
    "replacement": "fte",
    "graduate_need": "fte",
    "coverage": "ratio",
    "stock": "persons",
    "labour_force": "persons",
    "employed": "persons",
    "intake": "persons",
    "dropouts": "persons",
    "graduates": "persons",
    "retirements": "persons",
    "deaths": "persons",
    "other_exits": "persons",
    "students": "persons",
    "users": "persons",
    "share_55_plus": "ratio",
}
# Measures of what happens between two counts; the base year has none.
FLOWS = {"recruitment_need", "expansion", "replacement", "graduate_need", "dropouts", "graduates", "retirements",
         "deaths", "other_exits"}


class Skipped(Exception):
    """A check that this machine cannot make."""


def municipalities():
    """The codes of the municipalities of KKR Syddanmark, in the order of the table."""
    with open(ROOT / "data/denmark/municipalities.csv", encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file) if row["kkr"] == "Syddanmark"]


class Shipped:
    """The program and a folder to work in."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder

    def run(self, scenario, out, *options, cwd=None, **environment):
        """Projects a scenario, without its variants, to a folder of self.folder. Returns it."""
        target = self.folder / out
        ran = subprocess.run(
            [self.program, "run", str(scenario), "--variant", "base", "-o", str(target), *options],
            cwd=cwd,
            env={**os.environ, "LC_ALL": "C", **environment},
            capture_output=True,
            check=False,
        )
        must(ran.returncode == 0, f"exit status {ran.returncode}: {ran.stderr.decode()}")
        return target

    def bytes(self, *options, **environment):
        return (self.run(SCENARIO, "again", *options, **environment) / "results.csv").read_bytes()

    def rows(self):
        """The rows of the shipped scenario's results, values as Decimal."""
        text = self.bytes().decode("utf-8")
        must(text.split("\n", 1)[0] == HEADER, "the header is not as promised: " + text.split("\n", 1)[0])
        rows = list(csv.DictReader(text.splitlines()))
        new = sorted({row["measure"] for row in rows} - UNITS.keys())
        must(not new, f"{', '.join(new)}: not in UNITS at the head of tests/golden/golden.py; a flow belongs into FLOWS there, too")
        for row in rows:
            row["number"] = Decimal(row["value"])
        return rows


def key(row):
    return tuple(row[column] for column in HEADER.split(",")[:-1])


def by_place(rows):
    """Numbers by year, region, profession, sector and measure."""
    numbers = {(int(r["year"]), r["region"], r["profession"], r["sector"], r["measure"]): r["number"] for r in rows}
    must(len(numbers) == len(rows), "a row occurs twice")
    return numbers


def subset(rows):
    """What is pinned: all of Syddanmark and of all regions, and every eleventh row."""
    return [row for i, row in enumerate(rows) if row["region"] in ("Syddanmark", "all") or i % 11 == 0]


def pinned(shipped, update=False):
    now = subset(shipped.rows())
    if update:
        with open(PINNED, "w", encoding="utf-8", newline="") as file:
            file.write(HEADER + "\n")
            file.writelines(",".join((*key(row), row["value"])) + "\n" for row in now)
        return
    with open(PINNED, encoding="utf-8", newline="") as file:
        before = list(csv.DictReader(file))
    old, new = ({key(row) for row in rows} for rows in (before, now))
    for what, which in (("not pinned", new - old), ("pinned, and not there", old - new)):
        for row in sorted(which)[:3]:
            print(f"{what}: {','.join(row)}")
    must([key(row) for row in before] == [key(row) for row in now],
         f"other rows than the pinned ones: {len(new - old)} new, {len(old - new)} gone; {UPDATE}")
    changed = [
        f"{','.join(key(new))}: {new['value']}, pinned {old['value']}"
        for old, new in zip(before, now)
        if abs(Decimal(old["value"]) - new["number"]) > Decimal("0.000001")
    ]
    for line in changed[:20]:
        print(line)
    must(not changed, f"{len(changed)} figures differ; {UPDATE}")


def published(shipped):
    """The figures that the scenario is built from come out of it."""
    numbers = by_place(shipped.rows())
    for (sector, year), figure in PUBLISHED.items():
        for region in ("Syddanmark", "all"):
            number = numbers[year, region, "paedagog", sector, "demand"]
            must(abs(number - Decimal(figure)) <= Decimal("0.01"), f"{sector} {year} {region}: {number}, not {figure}")
    for year in YEARS:
        must(numbers[year, "all", "paedagog", "andet", "demand"] == 2833, f"andet is not constant in {year}")
    # Scaled to the employment of the base year, the first gap is zero in every area.
    for region in [*municipalities(), "Syddanmark", "all"]:
        must(numbers[2018, region, "paedagog", "all", "gap"] == 0, f"gap of 2018 in {region}")
        must(numbers[2018, region, "paedagog", "all", "coverage"] == 1, f"coverage of 2018 in {region}")
    # What was published as the intake: places were raised in 2019.
    for year, intake in ((2018, 1100), (2019, 1122), (2040, 1122)):
        must(numbers[year, "Syddanmark", "paedagog", "all", "intake"] == intake, f"intake of {year}")


def order(shipped):
    """Exactly the rows that there should be, in the order of the contract."""
    regions = [*municipalities(), "Syddanmark", "all"]
    must(len(regions) == 24, "22 municipalities")
    expected = []
    for year in YEARS:
        for region in regions:
            for sector in SECTORS:
                expected.append((str(year), region, "paedagog", sector, "demand"))
            for measure in UNITS:
                if measure != "users" and not (year == 2018 and measure in FLOWS):
                    expected.append((str(year), region, "paedagog", "all", measure))
            for sector in SECTORS[:-1]:
                expected.append((str(year), region, "all", sector, "users"))
    rows = shipped.rows()
    found = [(r["year"], r["region"], r["profession"], r["sector"], r["measure"]) for r in rows]
    for i, (a, b) in enumerate(zip(found, expected)):
        must(a == b, f"row {i + 2} is {a}, expected {b}")
    must(len(found) == len(expected), f"{len(found)} rows, expected {len(expected)}")
    for row in rows:
        must(
            (row["scenario"], row["variant"], row["statistic"]) == ("paedagog-syddanmark", "base", "point"),
            f"{key(row)}",
        )
        must(row["unit"] == UNITS[row["measure"]], f"unit of {key(row)}")


def sums(shipped):
    """Municipalities sum to the KKR, sectors to all, flows to the change in stock. A written number is within half a
    millionth of the number itself, which is all that a sum may be off for besides the 1e-6 that is promised."""
    numbers = by_place(shipped.rows())
    codes = municipalities()
    for place, total in numbers.items():
        year, region, profession, sector, measure = place
        if region in ("Syddanmark", "all") and UNITS[measure] != "ratio":
            parts = [numbers[year, code, profession, sector, measure] for code in codes]
            near(total, parts, place)
        if sector == "all" and measure == "demand":
            near(total, [numbers[year, region, profession, each, measure] for each in SECTORS], place)
        if measure == "stock" and year > 2018:
            flows = {m: numbers[year, region, profession, sector, m] for m in FLOWS if UNITS[m] == "persons"}
            before = numbers[year - 1, region, profession, sector, measure]
            near(total, [before, flows["graduates"], -flows["retirements"], -flows["deaths"], -flows["other_exits"]], place)
        if measure == "gap":
            near(
                total,
                [numbers[year, region, profession, sector, "supply"], -numbers[year, region, profession, sector, "demand"]],
                place,
            )


def near(total, parts, place):
    allowed = Decimal("0.000001") + Decimal("0.0000005") * (len(parts) + 1)
    must(abs(total - sum(parts)) <= allowed, f"{place}: {total}, its parts sum to {sum(parts)}")


def form(shipped):
    """RFC 4180 with LF, six decimals, no negative zero."""
    data = shipped.bytes()
    must(b"\r" not in data and data.endswith(b"\n") and not data.startswith(b"\xef\xbb\xbf"), "LF, UTF-8 without BOM")
    must(b"-0.000000" not in data, "a negative zero")
    for line in data.decode("utf-8").splitlines()[1:]:
        whole, _, decimals = line.rsplit(",", 1)[1].partition(".")
        must(len(decimals) == 6 and decimals.isdigit() and whole.lstrip("-").isdigit(), f"six decimals: {line}")


def threads(shipped):
    """The same bytes on a second run and for any number of threads, also of what lies beside."""
    first = shipped.run(SCENARIO, "first")
    for options in ([], ["--threads", "1"], ["--threads", "2"], ["--threads", "7", "--lang", "da"]):
        other = shipped.run(SCENARIO, "other", *options)
        for path in sorted(p for p in first.rglob("*") if p.is_file()):
            if path.name == "manifest.json" and "--lang" in options:
                continue  # the manifest names the command
            must(path.read_bytes() == (other / path.relative_to(first)).read_bytes(), f"{path.name} differs with {options}")
        names = [sorted(str(p.relative_to(folder)) for p in folder.rglob("*")) for folder in (first, other)]
        must(names[0] == names[1], f"files {options}")


def danish(shipped):
    """The same bytes in Danish, whose numbers have decimal commas."""
    try:
        locale.setlocale(locale.LC_ALL, "da_DK.UTF-8")
    except locale.Error as error:
        raise Skipped("the locale da_DK.UTF-8 is not installed") from error
    must(shipped.bytes(LC_ALL="da_DK.UTF-8") == shipped.bytes(), "results differ under LC_ALL=da_DK.UTF-8")


def resolved(shipped):
    """The resolved scenario runs alone in a folder of its own and gives the same results, and itself."""
    first = shipped.run(SCENARIO, "first")
    alone = shipped.folder / "alone"
    alone.mkdir()
    shutil.copy(first / "paedagog-syddanmark.resolved.yaml", alone)
    second = shipped.run("paedagog-syddanmark.resolved.yaml", "second", cwd=alone)
    for name in ("results.csv", "paedagog-syddanmark.resolved.yaml"):
        must((first / name).read_bytes() == (second / name).read_bytes(), f"{name} differs")
    must(not (first / "tables").exists(), "tables of the program are copied")


BESIDE = """fremskriv: 1
years: {base: 2018, until: 2022}
base_year: cohorts
ages: {from: 60, to: 63}
regions: {table: ./areas.csv}
professions:
  p:
    cohorts: {persons: {table: sub/persons.csv, column: persons}}
    retirement: {kind: exit, age: pension, leaves: {mean: 0, spread: 2}, earliest: 55, latest: 70}
retirement_ages: {pension: denmark/pension_age.csv}
demand:
  job: {employment: {p: {table: areas.csv, column: fte}}, follows: constant}
"""


def beside(shipped):
    """Tables found beside a scenario go with it."""
    home = shipped.folder / "home"
    (home / "sub").mkdir(parents=True)
    (home / "small.yaml").write_text(BESIDE, encoding="utf-8")
    (home / "areas.csv").write_text("code,name,fte\n1,En,5\n2,To,7\n", encoding="utf-8")
    persons = [f"{region},{age},{age - 55}\n" for region in (1, 2) for age in range(60, 64)]
    (home / "sub/persons.csv").write_text("region,age,persons\n" + "".join(persons), encoding="utf-8")
    first = shipped.run(home / "small.yaml", "first")
    manifest = json.loads((first / "manifest.json").read_text(encoding="utf-8"))
    tables = sorted(output["path"] for output in manifest["outputs"] if output["path"].startswith("tables/"))
    # A table that is named in two ways is copied for each.
    expected = ["tables/1/areas.csv", "tables/areas.csv", "tables/sub/persons.csv"]
    must(tables == expected, f"tables beside the scenario: {tables}")
    for table in tables:
        must((first / table).is_file(), table)
    alone = shipped.folder / "alone"
    alone.mkdir()
    shutil.copy(first / "small.resolved.yaml", alone)
    shutil.copytree(first / "tables", alone / "tables")
    shutil.rmtree(home)
    second = shipped.run("small.resolved.yaml", "second", cwd=alone)
    must((first / "results.csv").read_bytes() == (second / "results.csv").read_bytes(), "results.csv differs")
    for table in tables:
        must((first / table).read_bytes() == (alone / table).read_bytes(), f"{table} differs")


def main():
    checks = [pinned, published, order, sums, form, threads, danish, resolved, beside]
    names = {check.__name__: check for check in checks}
    if len(sys.argv) < 3 or sys.argv[2] not in names:
        sys.exit(f"usage: golden.py PROGRAM {'|'.join(names)} [--update]")
    options = {"update": True} if sys.argv[3:] == ["--update"] else {}
    with tempfile.TemporaryDirectory() as folder:
        try:
            names[sys.argv[2]](Shipped(os.path.abspath(sys.argv[1]), Path(folder)), **options)
        except Skipped as why:
            print(f"skipped: {why}")
            sys.exit(77)
        except Failed as why:
            sys.exit(f"{sys.argv[2]}: {why}")


main()
