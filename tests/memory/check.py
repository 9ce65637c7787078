"""The memory that a command asks for lacks: the N-th request fails, or all from the N-th on (tests/memory/lack.c). Whatever N is,
the command ends by itself, either as if nothing had been, with the same results, or with a message that says it and exit
status 1; it gives back what it took; and what its output folder held before is there as it was.

check.py PROGRAM LACK CHECK [all | SEED]

CHECK is a name of COMMANDS below. `all` tries every N; a SEED (default: one of the clock, which is printed) a sample of them.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from held import COMMANDS, FOLDERS, Held

SAMPLE, SLOW_SAMPLE = 40, 12
# Blocks that the system's loader keeps of a library that it could not load.
LOADER = {"xlsx": 20, "sqlite": 20}
SAID = re.compile(r"out of memory|ended in the middle of it")

PROGRAM, LACK = map(os.path.abspath, sys.argv[1:3])
NAME, HOW = sys.argv[3], (sys.argv[4:] or [str(int(time.time()) % 100000)])[0]


class Runs(Held):
    """One command, again and again."""

    def run(self, at, on, prepare=True):
        if prepare:
            self.prepare()
        report = self.folder / "report"
        report.unlink(missing_ok=True)
        env = {**os.environ, "LC_ALL": "C.UTF-8", "LD_PRELOAD": LACK, "FREM_LACK_REPORT": str(report),
               "GLIBC_TUNABLES": "glibc.malloc.perturb=165", **({"FREM_LACK_AT": str(at)} if at else {}),
               **({"FREM_LACK_ON": "1"} if on else {})}
        try:
            done = subprocess.run([PROGRAM, *self.arguments()], cwd=self.folder, env=env, capture_output=True, check=False, timeout=120)
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
        return self.recovers(lambda: self.run(0, False, prepare=False)[0]) if self.left() else None


def numbers(requests, draw):
    if HOW == "all":
        return range(1, requests + 1)
    n = SLOW_SAMPLE if requests > 10000 else SAMPLE
    return sorted({1, requests} | {draw.randint(1, requests) for _ in range(n)})


def work(n_lines):
    """All of one mode, in a folder of its own."""
    on, seed = n_lines
    with tempfile.TemporaryDirectory(dir=FOLDERS) as folder:
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
