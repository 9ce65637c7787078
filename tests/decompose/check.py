"""`decompose` as people meet it: that causes sum to the change in every shipped scenario and variant, that the ends are what `run`
gives, its files and its text in both languages.

    check.py PROGRAM
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

import asked
from asked import must, problems, rows

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"


def run(program, *words, status=0):
    return asked.run(program, ROOT, *words, status=status)


def values(table, measure):
    """A measure of all regions, by variant, profession and year."""
    return {(r["variant"], r["profession"], int(r["year"])): float(r["value"]) for r in table
            if (r["region"], r["sector"], r["measure"]) == ("all", "all", measure)}


def check_sums(what, answer, ends):
    """Causes sum to end less start, and the ends are those of `run`. ends: by address."""
    found = {}
    for r in answer:
        found.setdefault(r["address"], []).append(r)
    must(set(found) == set(ends), f"{what}: addresses {sorted(found)}, not {sorted(ends)}")
    for address, parts in found.items():
        must([parts[0]["kind"], parts[-1]["kind"]] == ["start", "end"], f"{what}: {address} does not begin and end as it should")
        start, end = float(parts[0]["value"]), float(parts[-1]["value"])
        causes = [float(p["value"]) for p in parts if p["kind"] == "cause"]
        must(abs(sum(causes) - (end - start)) <= 1e-6, f"{what}: {address}: causes sum to {sum(causes)}, not {end - start}")
        for value, wanted in zip((start, end), ends[address]):
            must(abs(value - wanted) <= 1e-6, f"{what}: {address}: {value} where run has {wanted}")
        for p in parts:
            must(float(p["low"]) <= float(p["value"]) <= float(p["high"]), f"{what}: {p['cause']} outside its interval")


def check_scenario(program, path):
    """Over all years, and each variant against the scenario itself in the last year: gaps, or needs where there is no supply."""
    name, table = path.stem, rows(run(program, "run", str(path), "-o", "-"))
    measure = "gap" if any(r["measure"] == "gap" for r in table) else "demand"
    found = values(table, measure)
    professions = sorted({p for v, p, y in found if p != "all"})
    variants = sorted({v for v, p, y in found} - {"base"})
    first, last = min(y for v, p, y in found), max(y for v, p, y in found)
    ends = {f"{measure}:{p}:all:{first}..{last}": (found["base", p, first], found["base", p, last]) for p in professions}
    check_sums(name, rows(run(program, "decompose", str(path), "--of", ",".join(ends), "-o", "-")), ends)
    for variant in variants:
        if any((variant, p, last) not in found for p in professions):
            continue
        ends = {f"{measure}:{p}:all:{last}": (found["base", p, last], found[variant, p, last]) for p in professions}
        check_sums(f"{name}/{variant}", rows(run(program, "decompose", str(path), "--variant", "base", "--variant", variant,
                                                 "--of", ",".join(ends), "-o", "-")), ends)
    return len(professions) * (1 + len(variants))


def check_bytes(program):
    """The same bytes over threads, of all sets and of orders that are drawn; another seed gives others."""
    command = ["decompose", str(SCENARIOS / "minimumsnormeringer.yaml"), "--of", "demand:paedagog:all:2018..2030", "-o", "-"]
    for more in ([], ["--points", "64", "--seed", "7"]):
        must(run(program, *command, *more, "--threads", "1") == run(program, *command, *more, "--threads", "4"),
             f"decompose {more}: other bytes with 4 threads")
    drawn = [run(program, *command, "--points", "64", "--seed", str(seed)) for seed in (7, 8)]
    must(drawn[0] != drawn[1], "decompose: the seed changes nothing")


def check_words(program):
    """The paragraph in both languages, and the files of a folder."""
    command = ["decompose", str(SCENARIOS / "paedagog-syddanmark.yaml"), "--of", "gap:paedagog:all:2018..2023"]
    for lang, words in (("en", ["Statutory retirement age", "a change of +", "What raises it: ", "Demography: "]),
                        ("da", ["Folkepensionsalder", "en ændring på +", "Det trækker op: ", "Demografi: "])):
        text = run(program, *command, "--lang", lang)
        for word in words:
            must(word in " ".join(text.split()), f"decompose --lang {lang} does not say '{word}':\n{text}")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        run(program, *command, "-o", str(out), "--format", "csv,json,svg")
        must((out / "decompose.csv").exists(), f"no decompose.csv in {sorted(p.name for p in out.iterdir())}")
        must((out / "charts" / "decompose.svg").exists(), "no chart of the causes")


def check_points(program):
    """What is added to a ratio is no per cent of it."""
    words = ("decompose", str(SCENARIOS / "paedagog-syddanmark.yaml"), "--of", "coverage:::2018..2040")
    said = " ".join(run(program, *words).split())
    must("100.0% in 2018 and 114.6% in 2040, a change of +14.6 percentage points." in said and "(+7.0 percentage points, " in said, said)
    must("en ændring på +14,6 procentpoint." in " ".join(run(program, *words, "--lang", "da").split()), "in Danish")


def main():
    program, n = os.path.abspath(sys.argv[1]), 0
    for path in sorted(SCENARIOS.glob("*.yaml")):
        if "practicum:" in path.read_text(encoding="utf-8") and "demand:" not in path.read_text(encoding="utf-8"):
            continue
        n += check_scenario(program, path)
    check_bytes(program)
    check_words(program)
    check_points(program)
    print(f"{n} gaps explained", *problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
