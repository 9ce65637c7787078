"""The time to check a scenario grows as its keys do: four times the keys take four times as long, not sixteen.

    linear.py PROGRAM

Processor time, the least of some runs, so that what else the machine does counts little; the bound lies halfway between
linear and quadratic.
"""

import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

BAD = pathlib.Path(__file__).resolve().parent.parent / "bad"
GOOD = (BAD / "good.yaml").read_text()
FEW, TIMES, RUNS = 5000, 4, 2
MOST = 2 * TIMES
# Starting the program, and what does not grow.
START = 0.03


def lines(n, form):
    return "".join(form.format(i) for i in range(n))


def put(mark, form, n):
    return GOOD.replace(mark, mark + lines(n, form), 1)


# What a scenario of so many keys says.
CASES = {
    "unknown-keys": lambda n: GOOD + lines(n, "strange_key_{}: 1\n"),
    "unknown-keys-inside": lambda n: put("demand:\n", "  s{}: {{employment: {{sosu: 1}}, nonsense_{}: 2}}\n".replace("{}", "{0}"), n),
    "keys-twice": lambda n: GOOD + lines(n, "title: x{}\n"),
    "variants": lambda n: GOOD + "variants:\n" + lines(n, "  v{}: {{titel: x}}\n"),
    "professions-and-names": lambda n: put("professions:\n", "  p{}: {{supply: none}}\n", n).replace(
        "    employment: {sosu: 50}\n", "    employment:\n      sosu: 50\n" + lines(n, "      q{}: 1\n")),
    "professions-employed": lambda n: put("professions:\n", "  p{}: {{suply: none}}\n", n).replace(
        "    employment: {sosu: 50}\n", "    employment:\n      sosu: 50\n" + lines(n, "      p{}: 1\n")),
    "names-on-one-line": lambda n: GOOD + "allocation: {rule: priority, order: [" + ", ".join(
        f"x{i}" for i in range(n)) + "]}\n",
    "words-of-a-label": lambda n: GOOD + "title:\n" + lines(n, "  x{}: 1\n"),
    "filters": lambda n: put("  table: tables/regions.csv\n", "", 0).replace(
        "  group_by: part\n", "  group_by: part\n  where:\n" + lines(n, "    x{}: 1\n")),
    "layers": lambda n: "extends: lower.yaml\nprofessions:\n" + lines(n, "  p{}: {{unit_cost: 1}}\n"),
}

AS_JSON = ("unknown-keys", "names-on-one-line")


def seconds(program, folder, *more):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, "check", "s.yaml", *more], cwd=folder, capture_output=True, timeout=300)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        sys.exit(f"exit status {done.returncode}: {done.stderr[:500]!r}")
    return after.ru_utime - before.ru_utime


def measure(program, folder, case, n, *more):
    pathlib.Path(folder, "s.yaml").write_text(CASES[case](n))
    pathlib.Path(folder, "lower.yaml").write_text(put("professions:\n", "  p{}: {{supply: none}}\n", n))
    return min(seconds(program, folder, *more) for _ in range(RUNS))


def main():
    program, problems = os.path.abspath(sys.argv[1]), 0
    with tempfile.TemporaryDirectory(prefix="fremskriv-linear-") as folder:
        shutil.copytree(BAD / "tables", folder + "/tables")
        for case in CASES:
            for more in ((), ("--diagnostics", "json")) if case in AS_JSON else ((),):
                few = measure(program, folder, case, FEW, *more)
                many = measure(program, folder, case, TIMES * FEW, *more)
                bad = many > MOST * (few + START)
                problems += bad
                print(f"{case} {' '.join(more)}: {few:.2f} s and {many:.2f} s{': more than linear' if bad else ''}")
    print(f"{problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
