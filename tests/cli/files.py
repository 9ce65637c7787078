"""Files that are safe: those of others in the output folder, those that are read, and results of commands that are killed
or run at the same time.

files.py PROGRAM CHECK

CHECK is the name of a function below that takes a Work. Which calls a kill may come between is tried one by one by
tests/unit/base/test_stage_faults.c; here the whole program is killed at random moments.
"""

import fcntl
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from command import Command, main, must, same

SMALL = """fremskriv: 1
name: {name}
years: {{base: 2020, until: 2030}}
ages: {{from: 60, to: 61}}
base_year: cohorts
regions: {areas}
professions:
  p: {{label: {{da: Fag, en: Trade}}, cohorts: {{persons: {persons}, ages: {{table: {ages}, column: persons}}, split: equal}}}}
demand:
  job: {{employment: {{p: 1500}}, split: equal, follows: constant, standard: 1}}
"""
FOREIGN = {"notes.txt": "mine", "series/mine.csv": "my series", "letters/2020/a.txt": "my letter", ".DS_Store": "hidden"}


class Work(Command):
    """The program, in a folder of its own with two small scenarios, one and two."""

    def __init__(self, program, folder):
        super().__init__(program, folder)
        self.put("areas.csv", "code,name\n1,En\n2,To\n")
        self.put("ages.csv", "age,persons\n60,10\n61,10\n")
        self.scenario("one.yaml", "one", persons=2000)
        self.scenario("two.yaml", "two", persons=1000)

    def scenario(self, file, name, persons=2000, areas="areas.csv", ages="ages.csv"):
        self.put(file, SMALL.format(name=json.dumps(name), persons=persons, areas=areas, ages=ages))

    def run(self, *words, **how):
        """Returns standard error alone."""
        return super().run(*words, **how)[1]

    def hidden(self):
        return sorted(name for name in os.listdir(self.folder) if name.startswith("."))

    def fill(self, name):
        for path, text in FOREIGN.items():
            self.put(f"{name}/{path}", text)

    def whole(self, scenario, *words):
        """What a scenario writes into a folder of its own, with the files of others."""
        self.run("run", scenario, "-o", "whole", "--quiet", *words)
        expected = {**self.tree("whole"), **{path: text.encode() for path, text in FOREIGN.items()}}
        subprocess.run(["rm", "-r", str(self.folder / "whole")], check=True)
        return expected


def kept(work):
    """What is read is not written over, whatever it is called; the problem names both, and nothing is changed."""
    work.scenario("stock.yaml", "s", areas="results.csv", ages="stock.csv")
    work.put("results.csv", "code,name\n1,En\n2,To\n")
    work.put("stock.csv", "age,persons\n60,10\n61,10\n")
    before = work.tree(".")
    for words in (["run", "stock.yaml"], ["run", "stock.yaml", "--force"]):
        errors = work.run(*words, "-o", ".", status=5)
        for name in ("results.csv", "stock.csv"):
            must(f"error: '{name}' in the output folder '.' would be replaced or removed, but this command reads it: {name}\n"
                 in errors, errors)
        same(work.tree("."), before, "files")
    # Hard links, links, and an earlier run's own files: written again, and removed with the old folder.
    (work.folder / "o").mkdir()
    os.link(work.folder / "stock.csv", work.folder / "o/stock.csv")
    must("'stock.csv' in the output folder 'o'" in work.run("run", "stock.yaml", "-o", "o", status=5), "a hard link")
    (work.folder / "o/stock.csv").unlink()
    work.run("run", "one.yaml", "-o", "o")
    (work.folder / "alias").symlink_to("o")
    for resolved, folder in (("o/one.resolved.yaml", "o"), ("alias/../alias/one.resolved.yaml", "./o/../o/")):
        errors = work.run("run", resolved, "-o", folder, status=5)
        must(f"'one.resolved.yaml' in the output folder '{folder}'" in errors, errors)
        must(f"'tables/areas.csv' in the output folder '{folder}'" in errors, errors)
        # The same without the files that it would write: they would be removed.
        errors = work.run("run", resolved, "--set", "name=other", "-o", folder, status=5)
        must(f"'one.resolved.yaml' in the output folder '{folder}'" in errors, errors)
    # A scenario of one's own in the output folder is only read, and stays.
    work.scenario("p/own.yaml", "own", areas="areas.csv", ages="ages.csv")
    for name in ("areas.csv", "ages.csv"):
        work.put(f"p/{name}", (work.folder / name).read_text(encoding="utf-8"))
    inode = os.stat(work.folder / "p/own.yaml").st_ino
    work.run("run", "p/own.yaml", "-o", "p")
    same(os.stat(work.folder / "p/own.yaml").st_ino, inode, "the scenario")
    same(work.hidden(), [], "what is left")


def case_clash(work):
    """Names that differ by letter case, and names that are none everywhere, become names that differ by more."""
    work.scenario("A.yaml", "A b")
    work.scenario("a.yaml", "a b", areas="AREAS.csv", ages="sub/-CON.csv")
    work.scenario("c.yaml", "CON")
    work.scenario("x.yaml", "-x.")
    work.put("AREAS.csv", "code,name\n1,En\n2,To\n3,Tre\n")
    work.put("sub/-CON.csv", "age,persons\n60,10\n61,10\n")
    work.put("aux.csv", "age,persons\n60,10\n61,10\n")
    work.scenario("l.yaml", "æ" * 300, ages="aux.csv")
    scenarios = ["A.yaml", "a.yaml", "c.yaml", "x.yaml", "l.yaml"]
    formats = "csv,json,html,sqlite"
    work.run("run", *scenarios, "-o", "out", "--format", formats)
    names = list(work.tree("out"))
    same(len({name.lower() for name in names}), len(names), f"names without regard to case of {names}")
    for name in names:
        for part in name.split("/"):
            must(part[0] not in ".-" and part[-1] not in ". " and len(part.encode()) <= 255, part)
            must(part.split(".")[0].lower() not in ("con", "aux"), part)
    same(len([name for name in names if name.endswith(".resolved.yaml")]), 5, "resolved scenarios")
    # They still say the same: the tables under their new names.
    alone = work.tree("out")["a_b-2.resolved.yaml"].decode("utf-8")
    must("tables/1/AREAS.csv" in alone and "tables/sub/_CON.csv" in alone, alone)
    work.run("run", "out/a_b-2.resolved.yaml", "-o", "again")
    work.run("run", "a.yaml", "-o", "first")
    same(work.tree("again")["results.csv"], work.tree("first")["results.csv"], "results of the resolved scenario")


def removed(work):
    """Files of an earlier run that the new one does not write go, which is said; those that were changed since stay."""
    work.fill("out")
    work.run("run", "one.yaml", "-o", "out", "--format", "csv,json,sqlite")
    errors = work.run("run", "one.yaml", "-o", "out", "--format", "csv")
    must("warning: files of an earlier run were removed from 'out': results.json, results.sqlite\n" in errors, errors)
    same(work.tree("out"), work.whole("one.yaml", "--format", "csv"), "the folder")
    work.run("run", "one.yaml", "-o", "out", "--format", "csv,json")
    work.put("out/results.json", "with my remarks")
    errors = work.run("run", "one.yaml", "-o", "out")
    must("'out' were changed since and are kept, but do not belong to these results: results.json\n" in errors, errors)
    same((work.folder / "out/results.json").read_text(), "with my remarks", "results.json")
    must("removed" not in errors, errors)


def forced(work):
    """A file that no manifest lists is replaced by --force alone, which no result shows."""
    work.fill("out")
    work.put("out/results.csv", "mine")
    before = work.tree("out")
    errors = work.run("run", "one.yaml", "-o", "out", status=5)
    must("because no manifest of fremskriv lists them: results.csv\n"
         "hint: move them, give another folder with -o, or replace them with --force\n" in errors, errors)
    same(work.tree("out"), before, "the folder")
    work.run("run", "one.yaml", "-o", "out", "--force")
    same(work.tree("out"), work.whole("one.yaml"), "the folder by force")
    must("'--force'" in work.run("run", "one.yaml", "--force", status=2), "--force without -o")
    for verb in ("check", "explain"):
        work.run(verb, "one.yaml", "--force", status=2)
    # A folder in the way is not a file.
    (work.folder / "out/results.csv").unlink()
    (work.folder / "out/results.csv").mkdir()
    must("'results.csv' can't be written" in work.run("run", "one.yaml", "-o", "out", "--force", status=5), "a folder")


def busy(work):
    """A command waits for another one into the same place, and says so where that takes too long."""
    held = os.open(work.folder / ".out.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)
    waiting = work.start("run", "one.yaml", "-o", "out")
    elsewhere = work.run("run", "one.yaml", "-o", "other")
    same(elsewhere, "Results in other\n", "a command into another place")
    time.sleep(0.3)
    must(waiting.poll() is None and not (work.folder / "out").exists(), "it does not wait")
    os.close(held)
    _, errors = waiting.communicate(timeout=60)
    same((waiting.returncode, errors), (0, b"Results in out\n"), "after waiting")
    held = os.open(work.folder / ".out.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)
    before = work.tree("out")
    errors = work.run("run", "two.yaml", "-o", "out", status=5)
    must("error: another command is writing to 'out'\n" in errors, errors)
    same(work.tree("out"), before, "the folder")
    os.close(held)
    work.run("run", "one.yaml", "-o", "out")
    same(work.hidden(), [], "what is left")


def killed(work):
    """Killed at 60 moments from its start to its end: the folder is of one run, whole, with the files of others, and the next
    command clears what is left."""
    seed = int(os.environ.get("FREM_SEED", "20"))
    chance = random.Random(seed)
    expected = {name: work.whole(f"{name}.yaml") for name in ("one", "two")}
    begun = time.monotonic()
    work.run("run", "one.yaml", "-o", "out")
    took = time.monotonic() - begun
    work.fill("out")
    left = 0
    for moment in range(60):
        name = ("two", "one")[moment % 2]
        running = work.start("run", f"{name}.yaml", "-o", "out")
        time.sleep(chance.uniform(0, 1.1 * took))
        running.kill()
        running.communicate()
        now = work.tree("out")
        left += any(hidden.startswith(".out.") for hidden in work.hidden())
        # A folder of others is on its way for a moment, and comes back with the next command.
        away = {path for path in FOREIGN if path not in now}
        must(away <= {"letters/2020/a.txt"}, f"seed {seed}, moment {moment}: {away} are not there")
        whole = [{path: text for path, text in tree.items() if path not in away} for tree in expected.values()]
        must(now in whole, f"seed {seed}, moment {moment}: mixed: {sorted(now)}")
        if chance.random() < 0.3:
            work.run("run", "one.yaml", "-o", "out")
            same(work.tree("out"), expected["one"], f"seed {seed}, moment {moment}: the next command")
            same(work.hidden(), [], f"seed {seed}, moment {moment}: what is left")
    work.run("run", "two.yaml", "-o", "out")
    same(work.tree("out"), expected["two"], "the last command")
    same(work.hidden(), [], "what is left")
    must(left > 5, f"only {left} of 60 kills left something: they come at the wrong moments")


def at_once(work):
    """Two commands into one folder, 30 times: one of them has it whole."""
    expected = {name: work.whole(f"{name}.yaml") for name in ("one", "two")}
    work.fill("out")
    wins = {"one": 0, "two": 0}
    for turn in range(30):
        pair = [work.start("run", f"{name}.yaml", "-o", "out", "--quiet") for name in sorted(expected, reverse=turn % 2 > 0)]
        for running in pair:
            _, errors = running.communicate(timeout=60)
            # The later one removes the other's series and resolved scenario, and says so.
            must(running.returncode == 0 and b"error" not in errors, errors)
        now = work.tree("out")
        won = [name for name, tree in expected.items() if tree == now]
        must(len(won) == 1, f"turn {turn}: mixed: {sorted(now)}")
        wins[won[0]] += 1
        same(work.hidden(), [], f"turn {turn}: what is left")
    must(all(wins.values()), f"only one of them ever wins: {wins}")


def litter(work):
    """What a command that was killed, or had no memory, left beside a place goes with the next one; what lives stays."""
    work.run("run", "one.yaml", "-o", "out")
    work.put(".out.writing-aaaaaa/results.csv", "half")
    work.put(".out.ready-bbbbbb/manifest.json", (work.folder / "out/manifest.json").read_text(encoding="utf-8"))
    work.put(".out.ready-bbbbbb/results.csv", "old results")
    work.put(".out.ready-bbbbbb/notes.txt", "mine")
    work.put(".out.lock", "")
    work.put(".out.writing-aaaaaa.txt", "of others")
    work.put(".other.writing-aaaaaa/results.csv", "of another folder")
    (work.folder / ".out.writing-cccccc").mkdir()
    held = os.open(work.folder / ".out.writing-cccccc", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    work.run("run", "one.yaml", "-o", "out")
    same(work.hidden(), [".other.writing-aaaaaa", ".out.writing-aaaaaa.txt", ".out.writing-cccccc"], "what is left")
    same((work.folder / "out/notes.txt").read_text(), "mine", "a file that was on its way")
    must((work.folder / "out/results.csv").read_text() != "old results", "old results came back")
    os.close(held)
    work.run("run", "one.yaml", "-o", "out")
    same(work.hidden(), [".other.writing-aaaaaa", ".out.writing-aaaaaa.txt"], "what is left at last")
    # Too little memory: the folder is as it was, or new, and the next command clears.
    expected = work.tree("out")
    for megabytes in (20, 30, 40, 60, 80):
        limited = f'ulimit -v {megabytes * 1024}; exec "$0" run two.yaml -o out --threads 1'
        status = subprocess.run(["sh", "-c", limited, work.program], cwd=work.folder, capture_output=True, check=False).returncode
        if status != 0:
            same(work.tree("out"), expected, f"the folder after {megabytes} MB")
        work.run("run", "one.yaml", "-o", "out")
        same(work.tree("out"), expected, "the folder")
        same(work.hidden(), [".other.writing-aaaaaa", ".out.writing-aaaaaa.txt"], "what is left by little memory")


main(Work, kept, case_clash, removed, forced, busy, killed, at_once, litter)
