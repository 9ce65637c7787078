"""check.py PROGRAM: runs `practicum` and holds its figures against the published ones and against arithmetic done here.

Prints each problem on a line of its own and exits 1 when there are any.
"""

import csv
import hashlib
import json
import pathlib
import os
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1]
NURSES = ROOT / "scenarios/sygeplejerske-praktik.yaml"
PEDAGOGUES = ROOT / "scenarios/paedagog-syddanmark.yaml"
HEADER = "scenario,variant,year,region,programme,school,specialisation,stage,measure,statistic,unit,value"
problems = []


def check(good, what):
    if not good:
        problems.append(what)


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "LC_ALL": "C"})


def table(*arguments):
    """Rows of practicum.csv by (year, region, programme, school, specialisation, stage, measure)."""
    done = run("practicum", *arguments, "--variant", "base", "-o", "-")
    check(done.returncode == 0, f"practicum {arguments}: exit {done.returncode}: {done.stderr}")
    lines = done.stdout.splitlines()
    check(lines and lines[0] == HEADER, f"practicum {arguments}: another header")
    rows = {}
    for row in csv.DictReader(lines):
        key = (int(row["year"]), *(row[name] for name in HEADER.split(",")[3:9]))
        check(key not in rows, f"a second row for {key}")
        rows[key] = float(row["value"])
    return rows


def largest_remainder(total, keys):
    quotas = [total * key / sum(keys) for key in keys]
    places = [int(quota + 1e-9) for quota in quotas]
    order = sorted(range(len(keys)), key=lambda i: (-(round(quotas[i] - places[i], 9)), i))
    for i in order[: total - sum(places)]:
        places[i] += 1
    return places


def check_pedagogues():
    rows = table(PEDAGOGUES)

    def places(year, region="all", specialisation="all"):
        return rows[(year, region, "paedagog", "all", specialisation, "all", "places")]

    found = [places(2019, specialisation=name) for name in ("dagtilbud", "social", "skole_fritid")]
    check(found == [471, 438, 213], f"1122 places by specialisation are {found}")
    population, codes = {}, []
    with open(ROOT / "data/denmark/municipalities.csv", encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file) if row["kkr"] == "Syddanmark"]
    with open(ROOT / "data/denmark/population.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (int(row["year"]), row["municipality"])
            population[key] = population.get(key, 0) + int(row["persons"])
    for year in range(2018, 2041):
        total = 1100 if year == 2018 else 1122
        check(places(year) == total, f"{year}: {places(year)} places, not {total}")
        expected = largest_remainder(total, [population[(year, code)] for code in codes])
        found = [places(year, region=code) for code in codes]
        check(found == expected, f"{year}: places by municipality are {found}, not {expected}")
        check(places(year, region="Syddanmark") == total, f"{year}: the group does not sum to {total}")


def check_nurses():
    rows = table(NURSES)
    names = {}
    with open(ROOT / "data/denmark/municipalities.csv", encoding="utf-8") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    with open(ROOT / "data/denmark/nurse_practicum.csv", encoding="utf-8") as file:
        published = list(csv.DictReader(file))
    sta = {"ucsyd_aabenraa": 210, "ucsyd_esbjerg": 210, "vejle": 238, "odense": 281, "svendborg": 104}
    check(len({row["municipality"] for row in published}) == 22, "not 22 municipalities")
    check(len({row["school"] for row in published}) == 5, "not five schools")
    far = set()
    for row in published:
        key = (2019, row["municipality"], "all", row["school"], "all", "all")
        share = float(row["municipal_sta"]) / (sta[row["school"]] * float(row["students_share"]))
        check(abs(rows[(*key, "practicum_share")] - share) < 1e-6, f"{key}: {rows[(*key, 'practicum_share')]}, not {share}")
        check(rows[(*key, "practicum_share_published")] == float(row["practicum_share"]), f"{key}: another published share")
        if abs(share - float(row["practicum_share"])) > 0.005:
            far.add(names[row["municipality"]])
    check(far == {"Fanø", "Ærø"}, f"further than half a percentage point: {sorted(far)}")
    for school, share in {"ucsyd_aabenraa": 0.36, "ucsyd_esbjerg": 0.36, "vejle": 0.3, "odense": 0.3, "svendborg": 0.302}.items():
        found = rows[(2019, "all", "all", school, "all", "all", "practicum_share")]
        check(abs(found - share) <= 0.005, f"{school}: {found}, not within half a point of {share}")
    check(abs(rows[(2019, "all", "all", "all", "all", "all", "practicum_share")] - 338.4 / 1043) < 1e-6, "the whole is not 338.4 / 1043")
    other = rows[(2019, "all", "all", "vejle", "all", "all", "practicum_share_other_reading")]
    check(abs(other - 71.43 / 357) < 1e-6, f"Vejle read as places is {other}")


def check_reading():
    """The other reading of a school is one word in the scenario."""
    with tempfile.TemporaryDirectory() as folder:
        text = NURSES.read_text(encoding="utf-8")
        path = pathlib.Path(folder) / "other.yaml"
        path.write_text(text.replace("dimensioning_is: places", "dimensioning_is: sta", 1), encoding="utf-8")
        rows = table(path, "--data", ROOT / "data")
        found = rows[(2019, "all", "all", "ucsyd_aabenraa", "all", "all", "practicum_share")]
        check(abs(found - 76.5 / 140) < 1e-6, f"UC SYD Aabenraa read as STÅ is {found}")


def check_folder():
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        done = run("practicum", NURSES, "-o", out, "--decimal", "comma", "--quiet")
        check(done.returncode == 0 and done.stderr == "", f"-o: exit {done.returncode}: {done.stderr}")
        files = sorted(path.name for path in out.iterdir())
        expected = ["datapackage.json", "manifest.json", "practicum.csv", "sygeplejerske-praktik.resolved.yaml"]
        check(files == expected, f"the folder holds {files}")
        lines = (out / "practicum.csv").read_text(encoding="utf-8").splitlines()
        check(lines[0] == "\ufeff" + HEADER.replace(",", ";") and lines[1].endswith(";0,104100"), f"comma: {lines[:2]}")
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        notes = [(note["text"]["en"], note["text"]["da"]) for note in manifest["notes"] if note["kind"] == "contradiction"]
        who = {text.split(" (")[0].split(":")[0]: (text, danish) for text, danish in notes}
        check(
            set(who) == {"Fanø", "Middelfart", "Ærø", "Assens", "Kerteminde", "Odenseskolen", "Svendborgskolen"},
            f"contradicted are {sorted(who)}",
        )
        for name, one, other in (("Fanø", "35.0%", "33.5%"), ("Middelfart", "30.2%", "30.0%"), ("Ærø", "30.8%", "29.7%"),
                                 ("Assens", "29.9%", "30.0%"), ("Kerteminde", "30.1%", "30.0%"),
                                 ("Odenseskolen", "100.08%", "100%"), ("Svendborgskolen", "30.2%", "30.0%")):
            text, danish = who.get(name, ("", ""))
            check(one in text and other in text, f"{name}: not both figures in {text!r}")
            check(one.replace(".", ",")[:-1] + "\u00a0%" in danish, f"{name}: not in Danish in {danish!r}")
        readings = [note for note in manifest["notes"] if note["kind"] == "reading"]
        check(len(readings) == 5, f"{len(readings)} schools say how they were read")
        digest = hashlib.sha256((out / "practicum.csv").read_bytes()).hexdigest()
        check(any(file["path"] == "practicum.csv" and file["sha256"] == digest for file in manifest["outputs"]),
              "the manifest has another hash of practicum.csv")
        package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
        fields = [field for resource in package["resources"] for field in resource["schema"]["fields"]]
        check([field["name"] for field in fields] == HEADER.split(","), "the data package has other columns")
        check(all(field["description"] != field["name"] for field in fields), "a column is not described")
        again = table(out / "sygeplejerske-praktik.resolved.yaml", "--data", ROOT / "data")
        check(again == table(NURSES), "the resolved scenario gives other figures")


CAPPED = """fremskriv: 1
years: {base: 2020, until: 2030, count: 1 january}
ages: {from: 18, to: 69, oldest: leaves}
base_year: cohorts
regions: {table: regions.csv}
professions:
  a: {cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}, split: {by: equal}}}
demand: {s: {employment: {a: 100}, split: {by: equal}, follows: constant}}
programmes:
  p:
    leads_to: a
    intake: 300
    stages: {theory: {length: 1}, work: {length: 2}}
    entry: {table: ages.csv, column: persons, outside: 0}
    graduates_to: {by: equal}
practicum:
  programmes:
    p:
      split: {by: equal}
      stages: {work: {weeks: 52}}
      offer: OFFER
      caps_intake: CAPS
"""


def check_capacity():
    """A third of 300 lacks a place; where that limits the intake it is 200 a year in `run` too."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "regions.csv").write_text("code,name\nn,North\ns,South\n")
        (folder / "ages.csv").write_text("age,persons\n20,1\n")
        (folder / "offer.csv").write_text("region,places\nn,100\ns,200\n")
        path = folder / "s.yaml"

        def rows(offer, caps):
            path.write_text(CAPPED.replace("OFFER", offer).replace("CAPS", caps))
            return table(path)

        def key(year, measure, region="all", stage="all"):
            return (year, region, "p", "all", "all", stage, measure)

        free = rows("200", "false")
        for year in range(2020, 2031):
            # 600 students at work, half of the time in practicum
            expected = {"intake": 300, "students": 900, "places_needed": 300, "places_offered": 200, "shortfall": 100}
            for measure, value in expected.items():
                check(abs(free[key(year, measure)] - value) < 1e-6, f"{year}: {measure} is {free[key(year, measure)]}, not {value}")
            check(abs(free[key(year, "students", stage="work")] - 600) < 1e-6, f"{year}: students at work")
        capped = rows("200", "true")
        for year in range(2020, 2031):
            intake = 300 if year == 2020 else 200
            check(abs(capped[key(year, "intake")] - intake) < 1e-6, f"{year}: capped intake {capped[key(year, 'intake')]}")
            check(capped[key(year, "intake_planned")] == 300, f"{year}: planned intake")
            # 300 a year started until 2020 and are at work until 2022: 300 + 300, 300 + 300, 300 + 200, half of them each
            short = {2020: 100, 2021: 100, 2022: 50}.get(year, 0)
            check(abs(capped[key(year, "shortfall")] - short) < 1e-6, f"{year}: shortfall {capped[key(year, 'shortfall')]}")
        run_rows = list(csv.DictReader(run("run", path, "-o", "-").stdout.splitlines()))
        intakes = {int(row["year"]): float(row["value"]) for row in run_rows
                   if row["measure"] == "intake" and row["region"] == "all" and row["profession"] == "a"}
        check(intakes == {year: capped[key(year, "intake")] for year in range(2020, 2031)}, f"run has the intake {intakes}")
        # By region 150 are needed in each: North is 50 short, though South has 50 to spare.
        regional = rows("{table: offer.csv, column: places}", "false")
        for region, short in (("n", 50), ("s", 0), ("all", 50)):
            check(abs(regional[key(2025, "shortfall", region)] - short) < 1e-6, f"shortfall of {region}")
        # 300 in practicum at 2 hours a week are 600 of weeks of 37; by region half of them each. From 2026 it is 3 hours.
        path.write_text(CAPPED.replace("OFFER", "{table: offer.csv, column: places}").replace("CAPS", "false")
                        + "      supervision_hours: {2020: 2, 2026: 3, between: step, then: hold}\n")
        led = table(path)
        for where, year, value in (({}, 2025, 600 / 37), ({}, 2026, 900 / 37), ({"region": "n"}, 2025, 300 / 37),
                                   ({"stage": "work"}, 2030, 900 / 37), ({"stage": "theory"}, 2030, 0)):
            found = led.get(key(year, "supervisors_needed", **where))
            check(found is not None and abs(found - value) < 1e-6, f"supervisors of {where} in {year}: {found}, not {value}")
        led = {k: v for k, v in led.items() if k[-1] != "supervisors_needed"}
        check(led == regional, "hours of supervision change other numbers")
        path.write_text(CAPPED.replace("OFFER", "200").replace("CAPS", "false") + "      supervision_hours: 2\n"
                        + "full_time_hours: 40\n")
        check(abs(table(path)[key(2025, "supervisors_needed")] - 15) < 1e-6, "supervisors by a week of 40 hours")
        path.write_text(CAPPED.replace("OFFER", "200").replace("CAPS", "false"))
        shown = run("practicum", path, "--lang", "da").stdout
        check("Manglende praktikpladser" in shown and "der mangler praktikpladser i 11 af 11 år" in shown, f"the table is {shown}")


def check_refusals():
    done = run("run", NURSES)
    check(done.returncode == 3 and "there are no professions to project" in done.stderr, f"run: {done.returncode} {done.stderr}")
    check(run("check", NURSES).returncode == 0, "check finds problems in the nurses' scenario")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "s.yaml"
        text = PEDAGOGUES.read_text(encoding="utf-8")
        start, end = text.index("    specialisations:"), text.index("demand:\n")
        path.write_text(text[:start] + text[end:], encoding="utf-8")
        done = run("practicum", path, "--data", ROOT / "data")
        expected = (f"{path}: error: the scenario says nothing about practicum\n"
                    "hint: add `practicum:`, or `specialisations:` to a programme\n")
        check(done.returncode == 3 and done.stderr == expected, f"practicum of nothing: {done.returncode} {done.stderr}")
    shown = run("practicum", NURSES, "--lang", "da").stdout
    check("Fanø" in shown and "33,5 %" in shown and "35,0 % *" in shown, f"the Danish table is {shown}")
    shown = run("practicum", NURSES, "--lang", "en").stdout
    check("33.5%" in shown and "35.0% *" in shown, f"the English table is {shown}")


for test in (check_pedagogues, check_nurses, check_reading, check_folder, check_capacity, check_refusals):
    test()
for problem in problems:
    print(problem)
print(f"{len(problems)} problems")
sys.exit(1 if problems else 0)
