"""`solve --path` as people meet it: its files, that the answer, run, gives what they say, and that limits are kept.

    path.py PROGRAM
"""

import csv
import io
import os
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from asked import must, problems, run

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
# Half of those who begin join the year after and stay. `half` has one of two regions, and an intake of both.
SMALL = """fremskriv: 1
name: small
title: {da: Lille, en: Small}
years: {base: 2020, until: 2026}
ages: {from: 20, to: 64}
base_year: cohorts
professions:
  p:
    label: {da: Folk, en: People}
    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}
programmes:
  t: &course
    label: {da: Kursus, en: Course}
    leads_to: p
    intake: {2020: 10, then: hold}
    earlier_intake: hold
    length: 1
    completion: 0.5
    entry: {table: ages.csv, column: persons, outside: 0}
  u.v:
    <<: *course
    label: {da: Skole, en: School}
demand:
  job: {employment: {p: 130}, follows: constant}
variants:
  more:
    label: {da: Flere, en: More}
    demand: {job: {employment: {p: 150}}}
"""


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def results(program, folder, scenario, *words):
    table = csv.DictReader(io.StringIO(run(program, folder, "run", scenario, "-o", "-", *words)))
    return {(r["measure"], r["profession"], r["region"], r["year"], r["sector"]): float(r["value"]) for r in table}


def gives_what_it_says(program, folder, out, variant="base"):
    """A run of solution.yaml has the results of targets.csv, and the intakes of solution.csv."""
    given = results(program, folder, f"{out}/solution.yaml", "--variant", variant)
    for row in rows(folder / out / "targets.csv"):
        measure, profession, region, year, *sector = row["address"].split(":")
        value = given[measure, profession, region, year, sector[0] if sector else "all"]
        must(abs(value - float(row["reached"])) <= 2e-6, f"{out}: {row['address']} is {value}, not {row['reached']}")
        must(abs(float(row["reached"]) - float(row["wanted"]) - float(row["difference"])) <= 2e-6, f"{out}: {row}")


def keeps_limits(folder, out, step, change, before, together=None):
    """Whole groups, between the bounds, little changed from year to year."""
    sums = {}
    last = dict(before)
    for row in rows(folder / out / "solution.csv"):
        value, name = float(row["value"]), row["parameter"]
        must(value % step == 0 and float(row["lower"]) <= value <= float(row["upper"]), f"{out}: {row}")
        must(abs(value - last[name]) <= change * last[name] + 1e-6, f"{out}: {row} after {last[name]}")
        last[name] = value
        sums[row["year"]] = sums.get(row["year"], 0) + value
    must(together is None or max(sums.values()) <= together, f"{out}: {sums}")


def small_files(program, folder):
    names = ("programmes.t.intake", "programmes.u.v.intake")
    run(program, folder, "solve", "small.yaml", "--path", "--vary", names[0], "--target", "gap:p::2023-2025=0", "--band", "4", "--step",
        "2", "--most-change", "0.5", "--from", "2021", "--until", "2024", "-o", "out", "--quiet")
    keeps_limits(folder, "out", 2, 0.5, {names[0]: 10})
    gives_what_it_says(program, folder, "out")
    out = folder / "out"
    must([r["year"] for r in rows(out / "solution.csv")] == ["2021", "2022", "2023", "2024"], "years of solution.csv")
    must([r["address"] for r in rows(out / "targets.csv")] == [f"gap:p:all:{y}" for y in (2023, 2024, 2025)], "targets.csv")
    must([r["most_change"] for r in rows(out / "tradeoff.csv")][-2:] == ["1.000000", ""], "tradeoff.csv")
    must({"manifest.json", "datapackage.json", "small.resolved.yaml", "path.csv"} <= {p.name for p in out.iterdir()}, "files")
    text = run(program, folder, "solve", "small.yaml", "--path", "--vary", names[0], "--target", "gap:p::2023-2025=0", "--band", "4",
               "--step", "2", "--most-change", "0.5", "--from", "2021", "--until", "2024", "--lang", "da", "--variant", "more", "-o",
               "more", "--quiet")
    must(text == "", "--quiet")
    gives_what_it_says(program, folder, "more", "more")
    text = run(program, folder, "solve", "small.yaml", "--path", "--vary", names[0], "--target", "gap:p::2023-2025=0", "--lang", "da",
               "--variant", "more")
    for words in ("Lille · Flere", "År for år", "Kursus", "Balance, Folk", "Bevist: intet forløb"):
        must(words in text, f"'{words}' is not in\n{text}")


def several_programmes(program, folder):
    """Of one mapping, one of whose keys has a point; with a limit on their sum."""
    names = ("programmes.t.intake", "programmes.u.intake")
    run(program, folder, "solve", "two.yaml", "--path", "--vary", names[1], "--vary", f"{names[0]}=4:40", "--target",
        "gap:p::2023-2026=0", "--step", "2", "--most-change", "0.4", "--together", "40", "-o", "two", "--quiet")
    keeps_limits(folder, "two", 2, 0.4, dict.fromkeys(names, 10), 40)
    gives_what_it_says(program, folder, "two")


def shipped(program, folder):
    """A country, its part with totals of the part, and places for practicum that limit the intake."""
    cases = [
        ("sosu-danmark.yaml", ["programmes.ssh.intake", "programmes.ssa.intake"], ["gap:ssh::2033-2035=0", "gap:ssa::2033-2035=0"]),
        ("sosu-syddanmark.yaml", ["programmes.ssh.intake"], ["gap:ssh::2032-2040=0"]),
        ("paedagog-syddanmark.yaml", ["programmes.paedagog.intake"], ["coverage:paedagog:461:2032-2040=1.05"]),
    ]
    for i, (scenario, vary, targets) in enumerate(cases):
        words = [w for v in vary for w in ("--vary", v)] + [w for t in targets for w in ("--target", t)]
        run(program, folder, "solve", str(SCENARIOS / scenario), "--path", *words, "--band", "0.02" if "coverage" in targets[0] else "200",
            "--step", "25", "--most-change", "0.15", "--from", "2026", "--until", "2035", "-o", f"shipped-{i}", "--quiet")
        gives_what_it_says(program, folder, f"shipped-{i}")


def rows_are_searches_of_their_own(program, folder):
    """A row of the trade-off is what the search with its limit finds, also where that is wider than the one that is asked for."""
    words = ["solve", str(SCENARIOS / "sosu-danmark.yaml"), "--path", "--vary", "programmes.ssh.intake", "--vary",
             "programmes.ssa.intake", "--target", "gap:ssh::2035-2037=0", "--target", "gap:ssa::2035-2037=0", "--band", "500",
             "--from", "2026", "--until", "2034", "--together", "11441", "--quiet"]
    tables = {}
    for limit in ("0.1", "0.2"):
        run(program, folder, *words, "--step", "25", "--most-change", limit, "-o", f"limit-{limit}")
        tables[limit] = {row["most_change"]: row for row in rows(folder / f"limit-{limit}" / "tradeoff.csv")}
    for limit in ("0.100000", "0.200000", ""):
        misses = [float(tables[asked][limit]["below"]) + float(tables[asked][limit]["above"]) for asked in tables]
        must(abs(misses[0] - misses[1]) < 1e-3, f"the row of the limit '{limit}': {misses} by what is asked for")
    run(program, folder, *words, "--step", "25", "--most-change", "0", "-o", "still", status=4)  # 3846 are no groups of 25
    run(program, folder, *words, "--most-change", "0", "--step", "1", "-o", "still")
    must({row["value"] for row in rows(folder / "still" / "solution.csv")} == {"3846", "7595"}, "where nothing may change")


def the_same_bytes_over_threads(program, folder):
    texts = set()
    for threads in ("1", "2", "5"):
        run(program, folder, "solve", str(SCENARIOS / "sosu-danmark.yaml"), "--path", "--vary", "programmes.ssh.intake", "--target",
            "gap:ssh::2034-2036=0", "--step", "25", "--most-change", "0.1", "--from", "2024", "--threads", threads, "-o",
            f"threads-{threads}", "--quiet")
        texts.add("\0".join(path.read_text(encoding="utf-8") for path in sorted((folder / f"threads-{threads}").glob("*.*"))))
    must(len(texts) == 1, "files differ by --threads")


def main():
    program = os.path.abspath(sys.argv[1])
    for check in (small_files, several_programmes, shipped, rows_are_searches_of_their_own, the_same_bytes_over_threads):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "small.yaml").write_text(SMALL.replace("  u.v:\n    <<: *course\n    label: {da: Skole, en: School}\n", "")
                                               .replace(" &course", ""), encoding="utf-8")
            (folder / "two.yaml").write_text(SMALL.replace("u.v:", "u:").replace("name: small", "name: two"), encoding="utf-8")
            (folder / "ages.csv").write_text("age,persons\n20,1\n21,1\n", encoding="utf-8")
            check(program, folder)
    print("\n".join(problems))
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
