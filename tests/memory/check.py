"""The memory that a command asks for lacks: the N-th request fails, or all from the N-th on (tests/memory/lack.c). Whatever N is,
the command ends by itself, either as if nothing had been, with the same results, or with a message that says it and exit
status 1; it gives back what it took; and what its output folder held before is there as it was.

check.py PROGRAM LACK CHECK [all | SEED]

CHECK is a name of COMMANDS below. `all` tries every N; a SEED (default: one of the clock, which is printed) a sample of them.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SCENARIO = """fremskriv: 1
name: s
years: {base: 2020, until: 2024}
ages: {from: 20, to: 61}
base_year: cohorts
regions: {table: areas.csv, groups: {both: ["1", "2"]}}
professions:
  p:
    label: {da: Fag, en: Trade}
    permanent_exit: 0.02
    cohorts: {persons: {table: persons.csv, column: persons}, ages: {table: ages.csv, column: persons}}
programmes:
  t:
    leads_to: p
    length: 1
    intake: 100
    completion: 0.8
    entry: {table: ages.csv, column: persons}
    graduates_to: {by: equal}
demand:
  job: {employment: {p: 1500}, split: {by: equal}, follows: constant}
variants:
  more: {title: {da: Flere, en: More}, programmes: {t: {intake: 120}}}
uncertain:
  professions.p.permanent_exit: {normal: {sd: 0.005}}
"""
TABLES = {
    "areas.csv": "code,name\n1,En\n2,To\n",
    "persons.csv": "region,persons\n1,800\n2,1200\n",
    "ages.csv": "age,persons\n" + "".join(f"{age},{10 + age % 3}\n" for age in range(20, 62)),
    "stat.csv": "OMRÅDE;TID;INDHOLD\n101;2020;12\n101;2021;13\n461;2020;14\n461;2021;15\n",
}
EXIT = "professions.p.permanent_exit"
GAP = "gap:p:all:2024"
COMMANDS = {
    "check": ["check", "s.yaml"],
    "run": ["run", "s.yaml"],
    "csv": ["run", "s.yaml", "-o", "out"],
    "json": ["run", "s.yaml", "-o", "out", "--format", "json"],
    "xlsx": ["run", "s.yaml", "-o", "out", "--format", "xlsx"],
    "sqlite": ["run", "s.yaml", "-o", "out", "--format", "sqlite"],
    "html": ["run", "s.yaml", "-o", "out", "--format", "html"],
    "svg": ["run", "s.yaml", "-o", "out", "--format", "svg"],
    "explain": ["explain", "s.yaml"],
    "explain-path": ["explain", "s.yaml", EXIT],
    "explain-json": ["explain", "s.yaml", "--format", "json"],
    "compare": ["compare", "s.yaml"],
    "sweep": ["sweep", "s.yaml", "--vary", f"{EXIT}=0.01,0.02", "-o", "out"],
    "solve": ["solve", "s.yaml", "--vary", EXIT, "--target", f"{GAP}=0"],
    "decompose": ["decompose", "s.yaml", "--of", "gap:p:all:2020..2024"],
    "montecarlo": ["montecarlo", "s.yaml", "--draws", "20", "-o", "out"],
    "import": ["import", "statbank-csv", "stat.csv", "--map", "region=OMRÅDE", "--map", "year=TID", "-o", "table.csv"],
}
SAMPLE, SLOW_SAMPLE = 40, 12
# Blocks that the system's loader keeps of a library that it could not load.
LOADER = {"xlsx": 20, "sqlite": 20}
SAID = re.compile(r"out of memory|ended in the middle of it")

PROGRAM, LACK = map(os.path.abspath, sys.argv[1:3])
NAME, HOW = sys.argv[3], (sys.argv[4:] or [str(int(time.time()) % 100000)])[0]


def tree(folder):
    """Its files; of the manifest only that it is there, since it has the time of the run."""
    return {str(path.relative_to(folder)): b"" if path.name == "manifest.json" else path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


class Runs:
    """One command in a folder of its own, again and again."""

    def __init__(self, folder, words):
        self.folder, self.words = folder, words + ["--quiet"]
        for name, text in {"s.yaml": SCENARIO, **TABLES}.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.old = {"results.csv": b"old\n", "mine.txt": b"notes\n"}
        self.requests, self.live, self.good, self.said = 0, 0, None, b""

    def writes(self):
        return next((self.words[i + 1] for i, word in enumerate(self.words) if word == "-o"), None)

    def prepare(self):
        """An output folder with results of before and a file of someone else's; or the file that is replaced."""
        target = self.folder / (self.writes() or "out")
        for left in self.folder.glob(".*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        for left in (target, self.folder / "out.partial"):
            if left.is_dir():
                shutil.rmtree(left)
        if self.words[0] == "import":
            target.write_bytes(b"old\n")
        elif self.writes():
            target.mkdir()
            for name, data in self.old.items():
                (target / name).write_bytes(data)

    def held(self):
        target = self.folder / (self.writes() or "out")
        return target.read_bytes() if target.is_file() else tree(target) if target.is_dir() else None

    def run(self, at, on, prepare=True):
        if prepare:
            self.prepare()
        report = self.folder / "report"
        report.unlink(missing_ok=True)
        env = {**os.environ, "LC_ALL": "C.UTF-8", "LD_PRELOAD": LACK, "FREM_LACK_REPORT": str(report),
               "GLIBC_TUNABLES": "glibc.malloc.perturb=165", **({"FREM_LACK_AT": str(at)} if at else {}),
               **({"FREM_LACK_ON": "1"} if on else {})}
        words = self.words + ["--force"] * (self.writes() is not None and self.words[0] != "import")
        try:
            done = subprocess.run([PROGRAM, *words], cwd=self.folder, env=env, capture_output=True, check=False, timeout=120)
        except subprocess.TimeoutExpired:
            return None, None
        return done, [int(n) for n in report.read_text().split()] if report.exists() and report.stat().st_size else None

    def reference(self):
        done, counts = self.run(0, False)
        if done is not None and done.returncode == 2 and b"not installed" in done.stderr:
            sys.exit(77)
        if done is None or done.returncode != 0:
            return f"the command itself fails: {done and done.stderr.decode()}"
        self.requests, _, self.live = counts
        self.good, self.said = self.held(), done.stdout
        self.prepare()
        self.before = self.held()
        return None

    def difference(self):
        held = self.held()
        if not isinstance(held, dict):
            return "gone" if held is None else "cut short"
        return ", ".join(f"{name}: {'old' if held.get(name) == self.before.get(name) else 'other'}" + (
            "" if name in held else ", gone") for name in sorted({*held, *self.before, *self.good})
            if held.get(name) != self.good.get(name))

    def judge(self, at, on):
        """What is wrong about a run in which request `at` fails, or None."""
        done, counts = self.run(at, on)
        if done is None:
            return "does not end"
        errors = done.stderr.decode("utf-8", "replace")
        if done.returncode < 0:
            return f"dies by signal {-done.returncode}: {errors[-300:]}"
        if counts is None:
            return f"ends in an unusual way, status {done.returncode}: {errors[-300:]}"
        if "[ERROR]" in errors or "[WARNING]" in errors:
            return f"a library prints on standard error: {errors}"
        if done.returncode == 0:
            if self.held() != self.good or done.stdout != self.said:
                return "ends as if nothing had been, with other results"
        elif done.returncode != 1 or not SAID.search(errors):
            return f"exit status {done.returncode} and {errors!r}"
        elif self.held() not in (self.before, self.good):
            return f"the output is neither the old nor the new: {self.difference()}"
        if counts[2] > self.live + LOADER.get(NAME, 0):
            return f"keeps {counts[2] - self.live} blocks; {errors!r}"
        return self.recovers() if any(self.folder.glob(".*")) else None

    def recovers(self):
        """Removing the folder that results are made in can need memory, too; the next command does it (decision 0021)."""
        left = sorted(path.name for path in self.folder.glob(".*"))
        if not all(re.match(r"\.out\.(writing|ready)-\w+$|\.out\.lock$", name) for name in left):
            return f"leaves {left}"
        done, _ = self.run(0, False, prepare=False)
        if done is None or done.returncode != 0 or self.held() != self.good:
            return f"leaves {left}, and the next run fails: {done and done.stderr.decode()}"
        left = sorted(path.name for path in self.folder.glob(".*"))
        return f"leaves {left}, also after the next run" if left else None


def numbers(requests, draw):
    if HOW == "all":
        return range(1, requests + 1)
    n = SLOW_SAMPLE if requests > 10000 else SAMPLE
    return sorted({1, requests} | {draw.randint(1, requests) for _ in range(n)})


def work(n_lines):
    """All of one mode, in a folder of its own."""
    on, seed = n_lines
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder), COMMANDS[NAME])
        failed = runs.reference()
        if failed:
            return [failed], 0
        found, tried = [], 0
        for at in numbers(runs.requests, random.Random(f"{seed} {on}")):
            tried += 1
            wrong = runs.judge(at, on)
            if wrong:
                found.append(f"request {at} {'and all after it ' if on else ''}of {runs.requests}: {wrong}")
        return found, tried


with ThreadPoolExecutor(2) as pool:
    results = list(pool.map(work, [(False, HOW), (True, HOW)]))
problems = [problem for found, _ in results for problem in found]
for problem in problems[:40]:
    print(problem)
print(f"claim: memory lacks in {NAME}: {sum(tried for _, tried in results)} runs ({'all' if HOW == 'all' else f'seed {HOW}'}), "
      f"{len(problems)} end otherwise than clean")
sys.exit(1 if problems else 0)
