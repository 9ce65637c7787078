"""What must not depend on how a scenario is written: shorter horizons, and resolved scenarios.

    worlds.py PROGRAM horizon     a shorter `years.until` changes no earlier year, in random worlds and all shipped scenarios
    worlds.py PROGRAM resolved    NAME.resolved.yaml gives the same results as the scenario, its variants and the sets that
                                  it was made of, changes of values from a year on among them

The random worlds are those of tests/reference.
"""

import csv
import pathlib
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "reference"))
try:
    import yaml  # noqa: F401  worlds.py needs it
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

import worlds  # noqa: E402

WORLDS = 60
# Upgrades that take people after the count date have not taken those of the last year: its intake is the planned one,
# and may be another where the projection goes on and too few are there to take. Places lie where those who fill them do.
LAST = ("intake", "places", "places_unfilled")


def run(program, path, *more):
    """(exit status, standard error, rows of results.csv)."""
    done = subprocess.run([program, "run", str(path), "-o", "-", "--quiet", "--threads", "1", *more], capture_output=True,
                          text=True, check=False, timeout=300)
    return done.returncode, done.stderr, list(csv.reader(done.stdout.splitlines()))


def horizon(program, path):
    """What a shorter horizon changes in the years that it has."""
    status, errors, rows = run(program, path)
    if status != 0:
        return f"{path.name}: {errors}"
    years = sorted({int(row[2]) for row in rows[1:]})
    pick = random.Random(path.name)
    for until in pick.sample(years[1:-1], min(3, len(years) - 2)):
        status, errors, cut = run(program, path, "--set", f"years.until={until}")
        if status != 0:
            return f"{path.name} until {until}: {errors}"
        wanted = [row for row in rows[1:] if int(row[2]) <= until]
        other = [(a, b) for a, b in zip(wanted, cut[1:]) if a != b and not (int(a[2]) == until and a[6] in LAST)]
        if other or len(wanted) != len(cut) - 1:
            return f"{path.name} until {until}: {len(wanted)} and {len(cut) - 1} rows, first other {other[:1]}"
    return ""


def resolved(program, path):
    """What the resolved scenario does otherwise."""
    pick = random.Random(path.name)
    with open(path, encoding="utf-8") as f:
        doc = yaml.safe_load(f)
    sector = pick.choice(sorted(doc["demand"]))
    sets = [f"demand.{sector}.standard*=1.1 from {doc['years']['base'] + 1}",
            f"demand.{sector}.standard+=0.05 from {doc['years']['until']}",
            f"demand.{sector}.productivity*=1.003"]
    words = [word for text in sets for word in ("--set", text)]
    with tempfile.TemporaryDirectory(prefix="fremskriv-worlds-") as out:
        done = subprocess.run([program, "run", str(path), "-o", out + "/one", "--quiet", *words], capture_output=True, text=True)
        if done.returncode != 0:
            return f"{path.name}: {done.stderr}"
        again = subprocess.run([program, "run", f"{out}/one/{path.stem}.resolved.yaml", "-o", out + "/two", "--quiet"],
                               capture_output=True, text=True)
        if again.returncode != 0:
            return f"{path.name} resolved: {again.stderr}"
        same = all(path.read_bytes() == pathlib.Path(out, "two", path.name).read_bytes()
                   for path in pathlib.Path(out, "one").glob("*.csv"))
    return "" if same else f"{path.name}: the resolved scenario has other results"


def main():
    program, what = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
    shipped = [path for path in sorted((ROOT / "scenarios").glob("*.yaml")) if "praktik" not in path.name]
    with tempfile.TemporaryDirectory(prefix="fremskriv-worlds-") as made:
        paths = []
        for seed in range(WORLDS):
            folder = pathlib.Path(made, f"w{seed}")
            folder.mkdir()
            paths.append(pathlib.Path(worlds.world(seed, str(folder), f"w{seed}")[0]))
        if what == "horizon":
            paths += shipped
        with ThreadPoolExecutor(2) as pool:
            problems = [problem for problem in pool.map(lambda path: globals()[what](program, path), paths) if problem]
    print("\n".join(problems))
    print(f"{len(paths)} scenarios, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
