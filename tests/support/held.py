"""Commands in a folder of their own whose output holds results of before and a file of someone else's: what a command that fails in
the middle must leave as it was, and what the next one makes of it."""

import os
import re
import shutil

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


# Every run waits until its files are on the disk: where there is a file system in memory that is at once.
FOLDERS = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def tree(folder):
    """Its files; of the manifest only that it is there, since it has the time of the run."""
    return {str(path.relative_to(folder)): b"" if path.name == "manifest.json" else path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


class Held:
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

    def difference(self):
        held = self.held()
        if not isinstance(held, dict):
            return "gone" if held is None else "cut short"
        return ", ".join(f"{name}: {'old' if held.get(name) == self.before.get(name) else 'other'}" + (
            "" if name in held else ", gone") for name in sorted({*held, *self.before, *self.good})
            if held.get(name) != self.good.get(name))

    def arguments(self):
        return self.words + ["--force"] * (self.writes() is not None and self.words[0] != "import")

    def left(self):
        """Hidden names beside the output."""
        return sorted(path.name for path in self.folder.glob(".*"))

    def recovers(self, run):
        """What is wrong about what was left, or about the next run; removing the folder that results are made in can fail, too,
        and the next command does it (docs/decisions/0021). @param run runs the command once, and returns what it did."""
        left = self.left()
        if not all(re.match(r"\.\w+(\.\w+)?\.(writing|ready|old)-\w+$|\.\w+(\.\w+)?\.lock$", name) for name in left):
            return f"leaves {left}"
        done = run()
        if done is None or done.returncode != 0 or self.held() != self.good:
            return f"leaves {left}, and the next run fails: {done and done.stderr.decode()}"
        return f"leaves {self.left()}, also after the next run" if self.left() else None
