"""`solve` as people meet it: its files, its text in both languages, and that the answer, run, gives the target.

    check.py PROGRAM
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from asked import must, problems, rows, run

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
# 100 persons of whom a share e leaves every year: 90 e in 2022, as what happens before 2021 is decided.
SMALL = """fremskriv: 1
name: small
title: {da: Lille, en: Small}
years: {base: 2020, until: 2024}
ages: {from: 20, to: 64}
base_year: cohorts
professions:
  p:
    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}
    permanent_exit: 0.1
demand:
  job: {employment: {p: 81}, follows: constant}
variants:
  more:
    label: {da: Flere, en: More}
    professions: {p: {cohorts: {persons: 200}}}
"""
EXIT = "professions.p.permanent_exit"


def value_of(program, folder, scenario, address, *words):
    measure, profession, region, year, *sector = address.split(":")
    for row in rows(run(program, folder, "run", scenario, "-o", "-", *words)):
        if (row["measure"], row["profession"], row["region"], row["year"], row["sector"]) == (
                measure, profession, region, year, sector[0] if sector else "all"):
            return float(row["value"])
    raise LookupError(address)


def the_files(program, folder):
    run(program, folder, "solve", "small.yaml", "--vary", EXIT, "--target", "other_exits:::2022=18", "-o", "out", "--quiet")
    out = folder / "out"
    must((out / "solution.csv").read_text() ==
         "scenario,variant,parameter,year,value,lower,upper\n" f"small,base,{EXIT},2021,0.2,0,1\n", "solution.csv")
    must((out / "targets.csv").read_text() ==
         "scenario,variant,address,wanted,reached,difference\n"
         "small,base,other_exits:all:all:2022,18.000000,18.000000,0.000000\n", "targets.csv")
    must((out / "solution.yaml").read_text() ==
         "# The answer of `fremskriv solve`: with it, other_exits:all:all:2022 is 18.\n"
         'fremskriv: 1\nextends: "small.resolved.yaml"\nname: "small-solved"\n'
         '"professions":\n  "p":\n    "permanent_exit": {from: 2021, value: 0.2}\n', "solution.yaml")
    manifest = json.loads((out / "manifest.json").read_text())
    names = {output["path"] for output in manifest["outputs"]}
    must({"solution.csv", "targets.csv", "solution.yaml", "small.resolved.yaml", "tables/ages.csv"} <= names, f"files {names}")
    fields = {resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
              for resource in json.loads((out / "datapackage.json").read_text())["resources"]}
    must(fields.get("solution") == ["scenario", "variant", "parameter", "year", "value", "lower", "upper"], f"package {fields}")
    must(fields.get("targets") == ["scenario", "variant", "address", "wanted", "reached", "difference"], f"package {fields}")
    # The table alone, and as a Danish spreadsheet has it.
    table = ("solve", "small.yaml", "--vary", EXIT, "--target", "other_exits:::2022=18", "-o", "-")
    must(run(program, folder, *table) == (out / "solution.csv").read_text(), "-o -")
    must(run(program, folder, *table, "--decimal", "comma") ==
         "\ufeffscenario;variant;parameter;year;value;lower;upper\n" f"small;base;{EXIT};2021;0,2;0;1\n", "--decimal comma")


def the_text(program, folder):
    words = ("solve", "small.yaml", "--vary", EXIT, "--target", "other_exits:::2022=18")
    must(run(program, folder, *words) == """Small

Values that give the targets
Parameter                     From  Value  At least  At most
professions.p.permanent_exit  2021    0.2         0        1

Targets, and what is reached
Target                    Wanted  Reached  Difference
other_exits:all:all:2022      18       18           0

With professions.p.permanent_exit at 0.2 from 2021 on (0.1 in the scenario): Other exits, All
professions, 2022 is 18 persons; as the scenario is, it is 9.

Afterwards, in 2024, the last year: Other exits, All professions is 11.5 persons (7.3 in the
scenario).
""", "the text")
    words = (*words[:-1], "other_exits:p::2022=36", "--lang", "da", "--variant", "more", "--from", "2021")
    must(run(program, folder, *words) == """Lille · Flere

Værdier, der giver målene
Parameter                      Fra  Værdi  Mindst  Højst
professions.p.permanent_exit  2021    0,2       0      1

Målene, og hvad der nås
Mål                     Ønsket  Nået  Forskel
other_exits:p:all:2022      36    36        0

Med professions.p.permanent_exit på 0,2 fra og med 2021 (0,1 i scenariet): Anden afgang, p, 2022 er
36 personer; som scenariet er, er tallet 18.

Derefter, i 2024, det sidste år: Anden afgang, p er 23 personer (14,6 i scenariet).
""", "the Danish text")


def the_answer_gives_the_target(program, folder):
    """Of values by year, of a factor, of what is added, of what has no years, of a variant; of shipped scenarios."""
    small = str(folder / "small.yaml")
    cases = [
        (small, "other_exits:p:all:2023", "20", ["--vary", f"{EXIT}=0:0.5"], "base"),
        (small, "other_exits:p:all:2022", "18", ["--vary", f"{EXIT}*=0:10"], "base"),
        (small, "other_exits:p:all:2022", "18", ["--vary", f"{EXIT}+=-0.1:0.5"], "base"),
        (small, "gap:p:all:2024", "0", ["--vary", "professions.p.cohorts.persons"], "base"),
        (small, "other_exits:p:all:2022", "27", ["--vary", EXIT, "--variant", "more"], "more"),
        (small, "demand:p:all:2023", "120", ["--vary", "demand.job.employment.p"], "base"),
        ("paedagog-syddanmark.yaml", "gap:paedagog:all:2040", "0", ["--vary", "programmes.paedagog.intake"], "base"),
        ("paedagog-syddanmark.yaml", "gap:paedagog:461:2040", "0", ["--vary", "programmes.paedagog.intake=0:5000"], "base"),
        ("velfaerd-danmark.yaml", "coverage:paedagog:all:2035", "0.98", ["--vary", "programmes.paedagog.completion"], "base"),
        ("velfaerd-danmark.yaml", "gap:ssh:all:2035", "0", ["--vary", "programmes.ssh.intake"], "base"),
        ("sosu-danmark.yaml", "gap:ssh:all:2038", "-9000",
         ["--vary", "professions.ssh.unemployment=0:0.2", "--set", "programmes.ssh.intake*=1.3"], "base"),
    ]
    for i, (scenario, address, wanted, words, variant) in enumerate(cases):
        path = scenario if scenario.startswith("/") else str(SCENARIOS / scenario)
        out = f"answer-{i}"
        run(program, folder, "solve", path, *words, "--target", f"{address}={wanted}", "-o", out, "--quiet")
        if not (folder / out / "solution.yaml").exists():
            must(False, f"{scenario} {words}: no answer")
            continue
        reached = value_of(program, folder, f"{out}/solution.yaml", address, "--variant", variant)
        must(abs(reached - float(wanted)) <= 1e-6 * max(1, abs(float(wanted))), f"{scenario} {words}: {reached}, not {wanted}")


def a_total_of_more_regions_stays_one(program, folder):
    """Of one municipality, the intake of the whole country that closes its gap; by region, only a factor can be solved for."""
    Path(folder, "one.yaml").write_text("extends: velfaerd-danmark.yaml\nregions: {where: {name: Esbjerg}}\n", encoding="utf-8")
    target = "gap:ssh:all:2040"
    run(program, folder, "solve", "one.yaml", "--vary", "programmes.ssh.intake", "--target", f"{target}=0", "-o", "covered")
    must('covers: "all"' in Path(folder, "covered/solution.yaml").read_text(encoding="utf-8"), "the answer does not say what it covers")
    reached = value_of(program, folder, "covered/solution.yaml", target)
    must(abs(reached) <= 1e-6, f"of one municipality: {target} is {reached}")
    Path(folder, "intake.csv").write_text("region,persons\n561,100\n", encoding="utf-8")
    Path(folder, "by.yaml").write_text("extends: one.yaml\nprogrammes: {ssh: {intake: {table: intake.csv, column: persons, outside: 0, source: mine}, graduates_to: ~}}\n",
                                       encoding="utf-8")
    run(program, folder, "solve", "by.yaml", "--vary", "programmes.ssh.intake", "--target", f"{target}=0", status=2)
    run(program, folder, "solve", "by.yaml", "--vary", "programmes.ssh.intake*=0.5:20", "--target", f"{target}=0", "-o", "factor")
    reached = value_of(program, folder, "factor/solution.yaml", target)
    must(abs(reached) <= 1e-6, f"a factor on an intake by region: {target} is {reached}")


def several_answers_give_their_targets(program, folder):
    """All values are in one scenario, whose run gives all targets: of professions apart, and coupled by an upgrade."""
    cases = [
        ("velfaerd-danmark.yaml", [("programmes.paedagog.intake", "gap:paedagog:all:2040", "0"),
                                   ("programmes.ssh.intake", "gap:ssh:all:2040", "0"),
                                   ("programmes.ssa.intake", "gap:ssa:all:2040", "0")]),
        ("velfaerd-danmark.yaml", [("professions.ssh.unemployment=0:0.2", "supply:ssh:all:2035", "41000"),
                                   ("programmes.ssh.intake*=0:3", "graduates:ssh:all:2035", "3500")]),
    ]
    for i, (scenario, pairs) in enumerate(cases):
        words = [word for path, address, wanted in pairs for word in ("--vary", path, "--target", f"{address}={wanted}")]
        run(program, folder, "solve", str(SCENARIOS / scenario), *words, "-o", f"several-{i}", "--quiet")
        if not (folder / f"several-{i}" / "solution.yaml").exists():
            must(False, f"{scenario} {words}: no answer")
            continue
        for _, address, wanted in pairs:
            reached = value_of(program, folder, f"several-{i}/solution.yaml", address, "--variant", "base")
            must(abs(reached - float(wanted)) <= 1e-6 * max(1, abs(float(wanted))), f"{scenario} {address}: {reached}, not {wanted}")


def every_format_has_the_answer(program, folder):
    """What solution.csv says is in the JSON file, in the database, and on the page; the measure is drawn with it and without."""
    run(program, folder, "solve", "small.yaml", "--vary", EXIT, "--target", "other_exits:p::2022=17", "-o", "out", "--quiet",
        "--format", "csv,json,sqlite,html,svg", "--lang", "da")
    out = folder / "out"
    value = float(rows((out / "solution.csv").read_text())[0]["value"])
    data = json.loads((out / "solution.json").read_text())
    columns = {column["name"]: column for column in data["answer"]["tables"]["solution"]["columns"]}
    must(columns["value"]["values"] == [value] and columns["parameter"]["levels"] == [EXIT], f"JSON {columns}")
    must(data["table"] == "solution" and "columns" not in data, "JSON of an answer without projections")
    base = sqlite3.connect(out / "solution.sqlite")
    must(base.execute("select parameter, value from solution_named").fetchall() == [(EXIT, value)], "SQLite")
    must(base.execute("select da from answer_sentences").fetchone()[0] == data["answer"]["sentences"][0]["da"], "a sentence in SQLite")
    base.close()
    page = (out / "report.html").read_text()
    must(data["answer"]["sentences"][0]["da"] in page and page.count("<svg ") == 1 and "<script" not in page, "the page")
    chart = (out / "charts" / "other_exits-p-all.svg").read_text()
    must("Med svaret" in chart and "Som det er" in chart, "the chart")


JUMP = """fremskriv: 1
years: {base: 2024, until: 2029, count: 30 june}
ages: {from: 20, to: 60}
base_year: cohorts
professions:
  h: {cohorts: {persons: 400, ages: {table: ages.csv, column: persons, outside: 0}}}
demand: {s: {employment: {h: 400}, follows: constant}}
programmes:
  new:
    leads_to: h
    intake: 100
    completion: 0.8
    length: 2
    full_length: 3.5
    starts: {september: {share: 1, ends: january}}
    entry: {table: ages.csv, column: persons, outside: 0}
"""


def a_jump_is_said(program, folder):
    """One cohort more or less is through by a date: there is no length of which 750 are helpers then."""
    (folder / "jump.yaml").write_text(JUMP, encoding="utf-8")
    env = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "LANG"}
    done = subprocess.run([program, "solve", "jump.yaml", "--vary", "programmes.new.length=1:3.5", "--target", "stock:h::2029=750"],
                          cwd=folder, env={**env, "LC_ALL": "C"}, capture_output=True, text=True, check=False)
    must(done.returncode == 4, f"a jump: exit status {done.returncode}")
    must("programmes.new.length jumps past stock:h:all:2029 = 750 at " in done.stderr, f"a jump: {done.stderr}")


def the_same_bytes_over_threads(program, folder):
    texts = set()
    for threads in ("1", "2", "7"):
        run(program, folder, "solve", str(SCENARIOS / "paedagog-syddanmark.yaml"), "--vary", "programmes.paedagog.intake",
            "--target", "gap:::2035=100", "--vary", "professions.paedagog.unemployment", "--target", "supply:::2030=21000",
            "--threads", threads, "-o", f"threads-{threads}", "--quiet")
        texts.add("\0".join(path.read_text() for path in sorted((folder / f"threads-{threads}").glob("*.*"))))
    must(len(texts) == 1, "files differ by --threads")


def only_what_can_be_projected_is_looked_at(program, folder):
    """In the base year no one may work but all be needed: a participation of 0 is none, and the bounds end above it."""
    words = (str(SCENARIOS / "dagtilbud-kommune.yaml"), "--vary", "professions.paed_assistent.participation", "--from", "2026",
             "--target", "employed:paed_assistent::2030=600")
    found = rows(run(program, folder, "solve", *words, "-o", "-"))[0]
    must(0 < float(found["lower"]) < 0.001 and float(found["upper"]) == 1, f"bounds of what can be projected: {found}")
    run(program, folder, "solve", *words, "-o", "part", "--quiet")
    reached = value_of(program, folder, "part/solution.yaml", "employed:paed_assistent:all:2030", "--variant", "base")
    must(abs(reached - 600) <= 6e-4, f"participation: {reached}, not 600")


def shares_are_not_found_alone(program, folder):
    """One share of several can have no other value: neither alone nor beside an intake."""
    share = ["--vary", "programmes.paedagog.starts.september.share", "--target", "stock:::2036=28000"]
    for more in ([], ["--vary", "programmes.paedagog.intake", "--target", "stock:::2030=27000"]):
        run(program, folder, "solve", str(SCENARIOS / "paedagog-syddanmark.yaml"), *share, *more, status=4)


def steps_are_kept(program, folder):
    """A multiple that lies outside the bounds is none; the other one is taken, though it misses by more."""
    words = ("solve", "small.yaml", "--vary", f"{EXIT}=0:0.35", "--target", "other_exits:::2022=27")
    found = rows(run(program, folder, *words, "--step", "0.2", "-o", "-"))[0]
    must(float(found["value"]) == 0.2, f"a step beyond the bounds: {found}")
    run(program, folder, *words, "--step", "0", status=2)
    run(program, folder, "solve", "small.yaml", "--vary", f"{EXIT}=0.25:0.35", "--target", "other_exits:::2022=27", "--step", "0.2",
        status=4)


def the_past_is_said_to_be_decided(program, folder):
    words = ("solve", str(SCENARIOS / "paedagog-syddanmark.yaml"), "--vary", "programmes.paedagog.intake", "--target", "gap:::2040=0")
    past = "What lies before 2018 is decided by now"
    must(past in run(program, folder, *words, "--from", "2015"), "entrants of 2015 were there before the base year")
    must(past not in run(program, folder, *words), "entrants from 2019 on are not")


def without_an_answer_nothing_is_written(program, folder):
    run(program, folder, "solve", "small.yaml", "--vary", EXIT, "--target", "other_exits:::2023=23", "-o", "none", status=4)
    must(not (folder / "none").exists(), "a folder without an answer")


def main():
    program = os.path.abspath(sys.argv[1])
    for check in (the_files, the_text, the_answer_gives_the_target, a_total_of_more_regions_stays_one, several_answers_give_their_targets,
                  every_format_has_the_answer, a_jump_is_said, the_same_bytes_over_threads,
                  only_what_can_be_projected_is_looked_at, shares_are_not_found_alone, steps_are_kept, the_past_is_said_to_be_decided,
                  without_an_answer_nothing_is_written):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
            (folder / "ages.csv").write_text("age,persons\n20,1\n21,1\n", encoding="utf-8")
            check(program, folder)
    print("\n".join(problems))
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
