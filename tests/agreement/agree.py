"""`check` reports what `run` reports: the same lines, the same places, and an exit status that agrees.

    agree.py PROGRAM            every scenario of tests/bad and scenarios/, and random broken ones made of the good
    agree.py PROGRAM FILE...    only these

A random scenario is a good one of tests/bad with one or two of its lines or numbers changed. None may end in a defect of
the program (exit status 1), however large or small its numbers are. Scenarios of practicum alone are excepted: `check`
passes them, and `run` says that there is nothing to project.
"""

import csv
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BAD = ROOT / "tests" / "bad"
BROKEN = 400
NOTHING = "there are no professions to project"
NUMBERS = ("0", "-1", "-0.5", "0.5", "1", "2", "100", "1e300", "1e-300", "-1e300", "1e15", "1e-15", "1e308", "4e-324",
           "2021", "2030", "abc", "~", "1,5", "{2020: 1e15, then: {growth: 1}}", "{start: 1e-15, growth: -1}")
KEYS = ("value", "until", "shares", "persons", "intake", "nonsense", "from", "times", "2021", "extra", "split")


def call(program, *arguments, folder):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0", "FREMSKRIV_DATA": str(ROOT)}
    return subprocess.run([program, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120)


def said(stderr):
    """The diagnostics without the lines that they point into and the closing words."""
    lines = stderr.decode("utf-8", "replace").splitlines()
    return [line for line in lines if re.match(r"\S.*?: (?:error|warning): |hint: ", line)]


def compare(program, name, folder):
    """What differs between `check` and `run` of a scenario; "" where nothing does."""
    check = call(program, "check", name, folder=folder)
    with tempfile.TemporaryDirectory(prefix="fremskriv-agree-") as out:
        run = call(program, "run", name, "-o", out + "/out", folder=folder)
    one, two = said(check.stderr), said(run.stderr)
    if two and NOTHING in two[0]:
        alone = check.returncode == 0 and not one and len(two) == 2
        return "" if alone else f"{name}: practicum alone: {one} and {two}"
    if check.returncode not in (0, 3) or run.returncode != check.returncode:
        return f"{name}: exit status {check.returncode} of check and {run.returncode} of run\n{run.stderr.decode()}"
    if one != two:
        return "\n  ".join([f"{name}: check says", *one, "and run", *two])
    return ""


def change_number(lines, pick):
    places = [(i, m) for i, line in enumerate(lines) for m in re.finditer(r"(?<=[ :\[{])-?\d+(?:\.\d+)?(?=[,}\]\n])", line)]
    i, match = pick.choice(places)
    lines[i] = lines[i][:match.start()] + pick.choice(NUMBERS) + lines[i][match.end():]


def change_key(lines, pick):
    places = [(i, m) for i, line in enumerate(lines) for m in re.finditer(r"\w+(?=:)", line)]
    i, match = pick.choice(places)
    lines[i] = lines[i][:match.start()] + pick.choice(KEYS) + lines[i][match.end():]


def remove_line(lines, pick):
    del lines[pick.randrange(1, len(lines))]


def add_extra(lines, pick):
    at = pick.choice([i for i, line in enumerate(lines) if line.lstrip().startswith("follows:")])
    indent = len(lines[at]) - len(lines[at].lstrip())
    lines.insert(at, " " * indent + f"extra: {{sosu: {pick.choice(('-1', '-1e3', '-400', '3'))}}}\n")


def break_one(number):
    """A broken scenario: the same text for the same number."""
    pick = random.Random(number)
    lines = (BAD / pick.choice(("good.yaml", "good-whole.yaml"))).read_text().splitlines(keepends=True)
    for _ in range(pick.randint(1, 2)):
        pick.choice((change_number, change_number, change_number, change_key, remove_line, add_extra))(lines, pick)
    return "".join(lines)


def run_of_many(program):
    """One scenario of practicum alone is left out, said, and does not keep the others from being projected."""
    with tempfile.TemporaryDirectory(prefix="fremskriv-agree-") as out:
        alone = call(program, "run", "good.yaml", "-o", out + "/alone", folder=BAD)
        both = call(program, "run", "good-practicum.yaml", "good.yaml", "-o", out + "/both", folder=BAD)
        tables = [pathlib.Path(out, name, "results.csv").read_bytes() for name in ("alone", "both")]
    if alone.returncode or both.returncode or tables[0] != tables[1]:
        return "good-practicum.yaml beside good.yaml changes its results"
    if said(both.stderr)[:1] != ["good-practicum.yaml: warning: the scenario has no professions to project and is left out"]:
        return f"good-practicum.yaml beside good.yaml: said {said(both.stderr)}"
    return ""


CHANGES = ("programmes.sosu.completion*=0.9 from 2021", "programmes.sosu.intake+=2 from 2021",
           "demand.plejehjem.follows.users.aeldre.use_rate=0.2 from 2022", "professions.sosu.unemployment+=0.01 from 2021")


def sweep_like_set(program):
    """A point of a sweep from a year on is the scenario with that set."""
    wrong = []
    for change in CHANGES:
        sweep = call(program, "sweep", "good.yaml", "--vary", change, "-o", "-", "--quiet", folder=BAD)
        run = call(program, "run", "good.yaml", "--set", change, "-o", "-", "--quiet", folder=BAD)
        base = call(program, "run", "good.yaml", "-o", "-", "--quiet", folder=BAD)
        rows = [{(row["year"], row["region"], row["profession"], row["sector"], row["measure"]): row["value"]
                 for row in csv.DictReader(done.stdout.decode().splitlines())} for done in (sweep, run, base)]
        if not rows[0] or any(rows[1][key] != value for key, value in rows[0].items()) or rows[1] == rows[2]:
            wrong.append(f"--vary '{change}' is not --set '{change}', or changes nothing: {sweep.stderr.decode()}")
    return "\n".join(wrong)


def main():
    program = os.path.abspath(sys.argv[1])
    if len(sys.argv) > 2:
        problems = [compare(program, name, ".") for name in sys.argv[2:]]
    else:
        with tempfile.TemporaryDirectory(prefix="fremskriv-agree-") as made:
            shutil.copytree(BAD / "tables", made + "/tables")
            for i in range(BROKEN):
                pathlib.Path(made, f"broken-{i:03}.yaml").write_text(break_one(i))
            cases = [(path.name, path.parent) for folder in (BAD, ROOT / "scenarios", pathlib.Path(made))
                     for path in sorted(folder.glob("*.yaml"))]
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                problems = list(pool.map(lambda case: compare(program, *case), cases))
        problems += [run_of_many(program), sweep_like_set(program)]
        print(f"{len(cases)} scenarios")
    problems = [problem for problem in problems if problem]
    print("\n".join(problems) or "no problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
