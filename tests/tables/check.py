"""check.py PROGRAM CHECK: the tables of output folders against the results, and against what describes them.

CHECK is the name of a function below that takes a Work. Prints each problem on a line of its own and exits 1 when there
are any; 77 where python3-jsonschema is needed and not there.
"""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
RESULTS = "scenario,variant,year,region,profession,sector,measure,statistic,unit,value"
STOCK = "scenario,variant,year,region,profession,sex,age,statistic,unit,value"
PROGRAMMES = "scenario,variant,year,region,programme,specialisation,stage,measure,statistic,unit,value"
# Half of the last of six decimals: what any written number may be off.
HALF = Decimal("0.0000005")
# What a table with decimal commas begins with: without it a Danish spreadsheet misreads its letters.
MARK = "\ufeff"
WHOLE = ROOT / "tests/bad/good-whole.yaml"
SMALL = [ROOT / "scenarios" / f"{name}.yaml" for name in ("paedagog-syddanmark", "sosu-syddanmark", "reform-2025")]
# Texts that someone's program may take for something else.
HOSTILE = [
    "<script>alert(1)</script>", "=1+1", "`touch pwned`", 'a "quoted" word', "two\nlines", "x" * 300, "👩‍⚕️ nurse",
    "מורה", "+45", "@SUM(A1)", "semi;colon", "com,ma", "-1", "'", "\\", "</script><!--", "tab\there", "nul?", "%s%n",
]


class Work:
    """The program, a folder to work in, and the problems found."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = Path(folder)
        self.problems = []
        self.runs = 0

    def must(self, good, what):
        if not good:
            self.problems.append(what)
        return good

    def run(self, *scenarios, options=(), verb="run"):
        """A new output folder. Ends the check where there is none."""
        self.runs += 1
        out = self.folder / f"out-{self.runs}"
        done = subprocess.run([self.program, verb, *map(str, scenarios), "-o", str(out), "--variant", "base", *options], capture_output=True,
                              text=True, encoding="utf-8", env={**os.environ, "LC_ALL": "C"})
        if done.returncode != 0:
            raise SystemExit(f"{verb} {scenarios}: exit {done.returncode}: {done.stderr}")
        return out


def rows_of(path, header=None, separator=","):
    text = path.read_text(encoding="utf-8").removeprefix(MARK if separator == ";" else "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found = next(reader)
    if header is not None and found != header.split(","):
        raise SystemExit(f"{path}: the header is {found}")
    rows = [dict(zip(found, row)) for row in reader if len(row) == len(found) or ragged(path, row)]
    return rows


def ragged(path, row):
    raise SystemExit(f"{path}: a row of {len(row)} cells: {row}")


def schema_of(path):
    """A validator."""
    try:
        import jsonschema
    except ImportError:
        print("python3-jsonschema is not installed: skipped")
        sys.exit(77)
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


MEASURES = ["intake", "students", "dropouts", "graduates", "places"]


def in_order(work, rows, columns, where):
    """Rows sorted by their columns: numbers by size, texts as they first come in the last year, `all` behind them."""
    last = max(int(row["year"]) for row in rows)
    places = {"measure": {name: i for i, name in enumerate(MEASURES)}}
    for row in rows:
        for column in columns:
            if int(row["year"]) == last and column not in ("year", "age", "measure"):
                seen = places.setdefault(column, {})
                seen.setdefault(row[column], len(seen))
    def place(row, column):
        if column in ("year", "age"):
            return int(row[column])
        return len(rows) if row[column] == "all" else places[column][row[column]]
    keys = [tuple(place(row, column) for column in columns) for row in rows]
    for i, (a, b) in enumerate(zip(keys, keys[1:])):
        if not work.must(a < b, f"{where}: row {i + 3} is out of order: {rows[i + 1]}"):
            return


def by(rows, *columns):
    """Values of rows by these columns; no key occurs twice."""
    numbers = {tuple(row[c] for c in columns): Decimal(row["value"]) for row in rows}
    if len(numbers) != len(rows):
        raise SystemExit(f"a row occurs twice among {columns}")
    return numbers




def sums(work):
    """Stock by sex and age sums to the stock of the results, parts of programmes to programmes, programmes to the
    results of the profession that they lead to."""
    for scenario in [*SMALL, WHOLE, ROOT / "scenarios/sosu-danmark.yaml"]:
        out = work.run(scenario)
        results = by(rows_of(out / "results.csv", RESULTS), *RESULTS.split(",")[1:7])
        parts = {}
        in_order(work, rows_of(out / "stock.csv"), STOCK.split(",")[2:7], f"{scenario.stem}: stock.csv")
        for row in rows_of(out / "stock.csv", STOCK):
            key = row["variant"], row["year"], row["region"], row["profession"], "all", "stock"
            parts.setdefault(key, []).append(Decimal(row["value"]))
            work.must(row["unit"] == "persons" and Decimal(row["value"]) >= 0, f"{scenario.stem}: {row}")
        for key, numbers in parts.items():
            near = abs(sum(numbers) - results[key]) <= HALF * (len(numbers) + 1) + results[key] * Decimal("1e-9")
            work.must(near, f"{scenario.stem}: stock of {key} is {results[key]}, its ages sum to {sum(numbers)}")
        regions = {key[2] for key in parts}
        held = {key for key in results if key[5] == "stock" and key[2] in regions and key[3] != "all"}
        work.must(held == set(parts), f"{scenario.stem}: stock.csv has other years or professions than results.csv")
        if (out / "programmes.csv").exists():
            sum_programmes(work, scenario, rows_of(out / "programmes.csv", PROGRAMMES), results)


CAME = ("graduates", "arrivals", "returners", "upgrades_in", "moves_in")
LEFT = ("retirements", "deaths", "other_exits", "upgrades_out", "moves_out")


def flows(work):
    """In every shipped scenario, of every profession with a stock in every region and of all: the stock rises by who came less
    who left, and what graduates have to fill is the rise in demand and what was lost, less what came otherwise."""
    checked = 0
    for scenario in [WHOLE, *sorted((ROOT / "scenarios").glob("*.yaml"))]:
        if scenario.stem == "sygeplejerske-praktik":
            continue  # a table of practicum, nothing is projected
        results = by(rows_of(work.run(scenario) / "results.csv", RESULTS), *RESULTS.split(",")[1:7])
        for (variant, year, region, profession, sector, measure), stock in results.items():
            if measure != "stock":
                continue
            now = {m: results.get((variant, year, region, profession, sector, m), Decimal(0)) for m in NEEDED}
            then = {m: results.get((variant, str(int(year) - 1), region, profession, sector, m)) for m in NEEDED}
            if then["stock"] is None:
                continue
            where = f"{scenario.stem}: {variant} {year} {region} {profession}"
            near = 12 * HALF + abs(stock) * Decimal("1e-9")
            rise = sum(now[m] for m in CAME) - sum(now[m] for m in LEFT)
            work.must(abs(stock - then["stock"] - rise) <= near, f"{where}: stock {stock} does not follow from its flows")
            work.must(abs(now["expansion"] - (now["demand"] - then["demand"])) <= near, f"{where}: expansion")
            need = now["expansion"] + now["replacement"]
            work.must(abs(now["recruitment_need"] - need) <= near, f"{where}: recruitment_need")
            work.must(abs(now["graduate_need"] - (need - now["other_inflow"])) <= near, f"{where}: graduate_need")
            checked += 1
    work.must(checked > 10000, f"{checked} flows are too few")


NEEDED = (*CAME, *LEFT, "stock", "demand", "expansion", "replacement", "recruitment_need", "other_inflow", "graduate_need")


def sum_programmes(work, scenario, rows, results):
    import yaml

    by(rows, *PROGRAMMES.split(",")[:-1])
    in_order(work, rows, PROGRAMMES.split(",")[2:8], f"{scenario.stem}: programmes.csv")
    resolved = yaml.load(scenario.read_text(encoding="utf-8"), yaml.BaseLoader)
    programmes = resolved.get("programmes", {})
    whole, special, stages, leads = {}, {}, {}, {}
    for row in rows:
        key = row["variant"], row["year"], row["region"], row["programme"], row["measure"]
        value = Decimal(row["value"])
        if row["specialisation"] != "all":
            special.setdefault(key, []).append(value)
        elif row["stage"] != "all":
            stages.setdefault(key, []).append(value)
        else:
            whole[key] = value
    for parts in (special, stages):
        for key, numbers in parts.items():
            near = abs(sum(numbers) - whole[key]) <= HALF * (len(numbers) + 1)
            work.must(near, f"{scenario.stem}: {key} is {whole[key]}, its parts sum to {sum(numbers)}")
    for (variant, year, region, name, measure), value in whole.items():
        programme = programmes.get(name, {})
        if "leads_to" not in programme or (measure == "graduates" and "from" in programme):
            continue  # completers of upgrades are upgrades_in
        leads.setdefault((variant, year, region, programme["leads_to"], "all", measure), []).append(value)
    for key, numbers in leads.items():
        near = abs(sum(numbers) - results[key]) <= HALF * (len(numbers) + 1)
        work.must(near, f"{scenario.stem}: {key} is {results[key]}, its programmes sum to {sum(numbers)}")


def series(work):
    """Each cell of each wide table is in results.csv, and each number to show is in a wide table."""
    for scenario in [*SMALL, WHOLE, ROOT / "scenarios/sosu-danmark.yaml"]:
        out = work.run(scenario)
        results = {key: row["value"] for row in rows_of(out / "results.csv", RESULTS)
                   for key in [tuple(row[c] for c in ("year", "region", "profession", "sector", "measure"))]}
        name = next(iter(rows_of(out / "results.csv")))["scenario"]
        groups = sorted({region for _, region, _, _, _ in results if not region.isdigit() and region != "all"})
        region = groups[0] if len(groups) == 1 and scenario != WHOLE else "all"
        professions = {p for _, r, p, s, _ in results if r == region and s == "all"}
        seen = set()
        for path in sorted((out / "series").iterdir()):
            kind = path.stem.removeprefix(f"{name}-base-")
            for row in rows_of(path):
                year = row.pop("year")
                for column, cell in row.items():
                    key = (year, region, kind, "all", column)
                    if kind == "gap":
                        key = (year, region, column, "all", "gap")
                    elif kind.endswith("-gap-by-region"):
                        key = (year, column, kind.removesuffix("-gap-by-region"), "all", "gap")
                    work.must(results.get(key, "") == cell, f"{path.name}: {key} is {cell!r}")
                    if cell != "":
                        seen.add(key)
        for key in results:
            if key[2] == "all" and key[4] in ("gap", "coverage"):  # one profession's surplus against another's shortage
                work.must(key not in seen, f"{scenario.stem}: {key} is in a series")
            elif key[3] == "all" and (key[1] == region or (key[4] == "gap" and len(groups) > 0)):
                work.must(key in seen, f"{scenario.stem}: {key} is in no series")
        work.must(len(professions) > 0 and all((out / f"series/{name}-base-{p}.csv").exists() for p in professions),
                  f"{scenario.stem}: a series for each of {professions}")


def same_table(work, data, path):
    """JSON and CSV hold the same rows in the same order."""
    rows = rows_of(path)
    columns = {}
    for column in data["columns"]:
        cells = column.get("values")
        if column["kind"] == "label":
            work.must(set(column["codes"]) == set(range(len(column["levels"]))), f"unused levels of {column['name']}")
            cells = [column["levels"][code] for code in column["codes"]]
        work.must(len(cells) == len(rows) == data["rows"], f"{path}: {len(cells)} cells of {column['name']}")
        columns[column["name"]] = cells
    work.must(list(columns) == list(rows[0]), f"{path}: other columns")
    for i, row in enumerate(rows):
        for name, cell in row.items():
            other = columns[name][i]
            good = Decimal(cell) == other if name in ("value", "year") else cell == other
            if not work.must(good, f"{path}: row {i + 2}, {name}: {cell!r}, in JSON {other!r}"):
                return


def load_json(path):
    """Numbers as they are written, keys once each."""
    def unique(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise SystemExit(f"{path}: a key occurs twice")
        return dict(pairs)
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, object_pairs_hook=unique,
                      parse_constant=lambda word: sys.exit(f"{path}: {word}"))


def validate(work, validator, data, path):
    for error in list(validator.iter_errors(json.loads(path.read_text(encoding="utf-8"))))[:5]:
        work.must(False, f"{path.name}: {'/'.join(map(str, error.path))}: {error.message[:200]}")


def json_(work):
    """results.json is valid, and the same table as results.csv."""
    validator = schema_of(ROOT / "docs/results.schema.json")
    for scenarios in ([SMALL[0]], [WHOLE], SMALL[:2]):
        out = work.run(*scenarios, options=["--format", "csv,json"])
        data = load_json(out / "results.json")
        validate(work, validator, data, out / "results.json")
        same_table(work, data, out / "results.csv")
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        work.must([s["name"] for s in data["scenarios"]] == [s["name"] for s in manifest["scenarios"]], "scenarios")
        work.must(data["notes"] == manifest["notes"], "notes differ from the manifest's")
        levels = {c["name"]: set(c["levels"]) for c in data["columns"] if c["kind"] == "label"}
        work.must(len(data["assumptions"]) > 20, "few assumptions")
        for name in data["names"]:
            work.must(name["column"] in levels, f"{name} names nothing of the table")
        named = {(n["column"], n["key"]) for n in data["names"]}
        groups = {group for scenario in data["scenarios"] for group in scenario["groups"]}  # names themselves
        for column in ("profession", "sector", "measure", "unit", "region"):
            missing = [level for level in levels[column] if (column, level) not in named and level not in groups]
            work.must(not missing, f"{scenarios}: {missing} of {column} have no name")
        for a in data["assumptions"]:
            lines = (ROOT / a["file"]).read_text(encoding="utf-8").splitlines() if (ROOT / a["file"]).exists() else None
            keys = a["path"].split(".")
            if lines is not None:
                work.must(any(key in lines[a["line"] - 1] for key in keys), f"{a['path']} does not stand at {a['line']}")


def package_of(work, out, validator):
    """Every CSV of a folder is described, by its size, hash, header and the type of every cell."""
    data = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    validate(work, validator, data, out / "datapackage.json")
    files = {str(path.relative_to(out)) for path in out.rglob("*.csv")}
    described = [resource["path"] for resource in data["resources"]]
    work.must(sorted(described) == sorted(files), f"{out}: described {described}, there are {sorted(files)}")
    names = [resource["name"] for resource in data["resources"]]
    work.must(len(set(names)) == len(names), f"{out}: a name of a resource occurs twice: {names}")
    for resource in data["resources"]:
        check_resource(work, out, resource)


def check_resource(work, out, resource):
    where = f"{out.name}/{resource['path']}"
    bytes_ = (out / resource["path"]).read_bytes()
    work.must(resource["bytes"] == len(bytes_), f"{where}: bytes")
    work.must(resource["hash"] == "sha256:" + hashlib.sha256(bytes_).hexdigest(), f"{where}: hash")
    fields = resource["schema"]["fields"]
    rows = csv.reader(io.StringIO(bytes_.decode("utf-8").removeprefix("\ufeff"), newline=""), strict=True,
                      delimiter=resource.get("dialect", {}).get("delimiter", ","))
    header = next(rows)
    work.must(header == [field["name"] for field in fields], f"{where}: header {header}")
    key = [header.index(name) for name in resource["schema"].get("primaryKey", [])]
    keys, count = set(), 0
    for row in rows:
        count += 1
        keys.add(tuple(row[i] for i in key))
        work.must(len(row) == len(fields), f"{where}: {row}")
        for cell, field in zip(row, fields):
            if cell == "" and field["type"] != "string":
                continue  # a missing value
            if field["type"] == "integer":
                good = re.fullmatch(r"[+-]?\d+", cell)
            elif field["type"] == "number":
                mark = re.escape(field.get("decimalChar", "."))
                good = re.fullmatch(rf"[+-]?\d+({mark}\d+)?([eE][+-]?\d+)?", cell)
            else:
                good = True
            if not work.must(good, f"{where}: {cell!r} is no {field['type']} ({field['name']})"):
                return
    work.must(not key or len(keys) == count, f"{where}: the primary key does not distinguish rows")


def package(work):
    validator = schema_of(HERE / "package.schema.json")
    for scenarios in ([SMALL[0]], [WHOLE], SMALL[:2]):
        for options in ([], ["--decimal", "comma"]):
            package_of(work, work.run(*scenarios, options=options), validator)
    # A table from a Danish spreadsheet is described as it is; one whose first line is no header has no description.
    for begin, delimiter in ((MARK, ";"), ("sep=;\n", None)):
        (work.folder / "heads.csv").write_text(begin + "municipality;heads\n461;60,5\n410;40\n", encoding="utf-8")
        (work.folder / "two.csv").write_text("code,name\n461,Odense\n410,Middelfart\n", encoding="utf-8")
        (work.folder / "danish.yaml").write_text(
            "fremskriv: 1\nyears: {base: 2018, until: 2019}\nbase_year: cohorts\nregions: {table: two.csv}\n"
            "professions: {paed: {supply: none}}\ndemand: {care: {follows: constant, employment: {paed: {table: heads.csv, "
            "column: heads}}}}\n", encoding="utf-8")
        out = work.run(work.folder / "danish.yaml")
        found = {r["path"]: r for r in json.loads((out / "datapackage.json").read_text())["resources"]}["tables/heads.csv"]
        if delimiter is None:
            work.must("schema" not in found, f"{found}")
            continue
        package_of(work, out, validator)
        heads = found["schema"]["fields"][1]
        work.must(found["dialect"]["delimiter"] == delimiter and heads["type"] == "number" and heads["decimalChar"] == ",",
                  f"{found}")
    out = work.run(SMALL[0], options=["--format", "json"])
    work.must(not (out / "datapackage.json").exists(), "a package of no tables")
    work.must(not list(out.rglob("*.csv")), "CSV that no one asked for")
    out = work.run(WHOLE)
    types = {r["path"]: {f["name"]: f["type"] for f in r["schema"]["fields"]} for r in
             json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["resources"]}
    work.must(types["tables/tables/ages.csv"]["persons"] in ("integer", "number"), f"types of ages.csv: {types}")
    work.must(types["results.csv"]["year"] == "integer" and types["stock.csv"]["age"] == "integer", "types")


def practicum(work):
    """The verb `practicum` has the same formats."""
    results, tables = schema_of(ROOT / "docs/results.schema.json"), schema_of(HERE / "package.schema.json")
    out = work.run(ROOT / "scenarios/sygeplejerske-praktik.yaml", verb="practicum", options=["--format", "csv,json"])
    data = load_json(out / "practicum.json")
    validate(work, results, data, out / "practicum.json")
    work.must(data["table"] == "practicum", "which table")
    same_table(work, data, out / "practicum.csv")
    work.must(len(data["assumptions"]) > 0, "no assumptions")
    package_of(work, out, tables)
    work.must(not (out / "series").exists() and not (out / "stock.csv").exists(), "tables of projections")


def decimal(work):
    """With a decimal comma every table says the same, begins with a byte order mark, and is read back as a table."""
    point, comma = work.run(SMALL[0]), work.run(SMALL[0], options=["--decimal", "comma"])
    for path in sorted(p for p in point.rglob("*.csv")):
        other = comma / path.relative_to(point)
        ours = path.relative_to(point).parts[0] != "tables"
        work.must(other.read_text(encoding="utf-8").startswith(MARK) == ours, f"{other}: the byte order mark")
        work.must(not path.read_text(encoding="utf-8").startswith(MARK), f"{path}: a byte order mark")
        for a, b in zip(rows_of(path), rows_of(other, separator=";"), strict=True):
            b = {key: cell if cell in a.values() else cell.replace(",", ".") for key, cell in b.items()}
            if not work.must(a == b, f"{path.name}: {a} and {b}"):
                break
    again = []
    for out in (point, comma):
        (work.folder / "results.csv").write_bytes((out / "results.csv").read_bytes())
        (work.folder / "back.yaml").write_text(
            "fremskriv: 1\nyears: {base: 2018, until: 2019}\nbase_year: cohorts\n"
            "regions: {table: denmark/municipalities.csv, where: {kkr: Syddanmark}, group_by: kkr}\n"
            "professions: {paedagog: {supply: none}}\n"
            "demand:\n  care:\n    follows: constant\n    employment:\n      paedagog: {table: results.csv, column: value,\n"
            "        where: {variant: base, measure: demand, sector: all, year: 2018}}\n", encoding="utf-8")
        again.append(rows_of(work.run(work.folder / "back.yaml") / "results.csv"))
    work.must(again[0] == again[1] and len(again[0]) > 20, "the results read back")
    first = {row["region"]: row["value"] for row in rows_of(point / "results.csv") if row["variant"] == "base"
             and row["year"] == "2018" and row["measure"] == "demand" and row["sector"] == "all"}
    back = {row["region"]: row["value"] for row in again[1] if row["year"] == "2018" and row["measure"] == "demand"
            and row["sector"] == "all"}
    work.must(len(back) > 20 and all(abs(Decimal(back[r]) - Decimal(first[r])) <= 60 * HALF for r in back), "read back")


def threads(work):
    """The same bytes for any number of threads, also where they share the work."""
    scenario = ROOT / "scenarios/velfaerd-danmark.yaml"
    options = ["--format", "csv,json"]
    first = work.run(scenario, options=[*options, "--threads", "1"])
    for n in ("2", "5"):
        other = work.run(scenario, options=[*options, "--threads", n])
        for path in sorted(p for p in first.rglob("*") if p.is_file()):
            same = path.read_bytes() == (other / path.relative_to(first)).read_bytes()
            work.must(same, f"{path.name} differs with {n} threads")


def hostile(work):
    """Names and labels that mean something elsewhere come out as they went in."""
    validator = schema_of(ROOT / "docs/results.schema.json")
    tables = schema_of(HERE / "package.schema.json")
    keys = [text for text in HOSTILE if "." not in text]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["code", "name", "part"])
    writer.writerows([f"{i}{name[:20]}".replace("\n", " "), name, HOSTILE[i % 3]] for i, name in enumerate(HOSTILE))
    (work.folder / "areas.csv").write_text(text.getvalue(), encoding="utf-8")
    (work.folder / "ages.csv").write_text(
        "sex,age,persons\n" + "".join(f"{sex},{age},{age - 19}\n" for sex in ("Kvinder", "M") for age in range(20, 24)),
        encoding="utf-8")
    cohorts = {"persons": 100, "ages": {"table": "ages.csv", "column": "persons"}, "split": {"by": "equal"}}
    stock = {name: {"label": {"en": name, "da": name[::-1]}, "cohorts": cohorts, "unemployment":
                    {"value": 0.1, "source": name, "note": name, "unit": name}} for name in keys}
    programmes = {name: {"leads_to": name, "label": name, "intake": 10, "length": 1, "completion": 0.5,
                         "earlier_intake": "hold", "entry": {"table": "ages.csv", "column": "persons"},
                         "graduates_to": "equal", "specialisations": {name: {"label": name, "share": 1}}}
                  for name in keys}
    world = {"fremskriv": 1, "name": HOSTILE[0] + "\n=2", "title": HOSTILE[3], "description": HOSTILE[4],
             "years": {"base": 2020, "until": 2022}, "ages": {"from": 20, "to": 23}, "base_year": "cohorts",
             "regions": {"table": "areas.csv", "group_by": "part"}, "professions": stock, "programmes": programmes,
             "demand": {name: {"label": name, "employment": {name: 7}, "split": {"by": "equal"}, "follows": "constant"}
                        for name in keys}}
    # JSON is YAML, but for a tab in a key and the like, which it escapes.
    (work.folder / "world.yaml").write_text(json.dumps(world, ensure_ascii=False), encoding="utf-8")
    for options in ([], ["--decimal", "comma"]):
        out = work.run(work.folder / "world.yaml", options=["--format", "csv,json", *options])
        package_of(work, out, tables)
    out = work.run(work.folder / "world.yaml", options=["--format", "csv,json"])
    rows = rows_of(out / "results.csv", RESULTS)
    work.must({row["scenario"] for row in rows} == {world["name"]}, "name of the scenario")
    work.must({row["profession"] for row in rows} == {*keys, "all"}, "keys of professions")
    work.must({row["sector"] for row in rows} == {*keys, "all"}, "keys of sectors")
    work.must({row["region"] for row in rows} >= {*HOSTILE[:3], "all"}, "names of groups")
    work.must({row["sex"] for row in rows_of(out / "stock.csv", STOCK)} == {"f", "m"}, "keys of sexes")
    work.must({row["specialisation"] for row in rows_of(out / "programmes.csv", PROGRAMMES)} == {*keys, "all"}, "spec.")
    data = load_json(out / "results.json")
    validate(work, validator, data, out / "results.json")
    same_table(work, data, out / "results.csv")
    labels = {n["key"]: n["label"] for n in data["names"] if n["column"] == "profession"}
    work.must(all(labels[name] == {"en": name, "da": name[::-1]} for name in keys), "labels of professions")
    work.must({n["label"]["en"] for n in data["names"] if n["column"] == "region"} >= set(HOSTILE), "names of regions")
    sources = {a.get("source") for a in data["assumptions"] if a["path"].endswith(".unemployment")}
    work.must(sources == set(keys), "sources of assumptions")
    for path in out.rglob("*"):
        name = str(path.relative_to(out))
        work.must(len(path.name.encode()) < 256 and not re.search(r'[<>"\'`;,|&$*?\\\n\t=]', name), f"the file {name!r}")
    again = work.run(out / next(p.name for p in out.glob("*.resolved.yaml")))
    work.must((again / "results.csv").read_bytes() == (out / "results.csv").read_bytes(), "the resolved scenario")


def main():
    checks = {"sums": sums, "flows": flows, "series": series, "json": json_, "package": package, "practicum": practicum,
              "decimal": decimal, "threads": threads, "hostile": hostile}
    if len(sys.argv) != 3 or sys.argv[2] not in checks:
        sys.exit(f"usage: check.py PROGRAM {'|'.join(checks)}")
    with tempfile.TemporaryDirectory() as folder:
        work = Work(os.path.abspath(sys.argv[1]), folder)
        checks[sys.argv[2]](work)
    for problem in work.problems[:30]:
        print(problem)
    sys.exit(1 if work.problems else 0)


main()
