"""`compare` and `sweep` as people meet them.

check.py PROGRAM CHECK

CHECK is the name of a function below that takes a Work: the program, and a folder of its own with two small scenarios.
"""

import csv
import decimal
import fcntl
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from command import ROOT, Command, main, must, same

PEDAGOGUES = str(ROOT / "scenarios/paedagog-syddanmark.yaml")
# 17 blocks of points over a scenario that takes a while.
NATION = str(ROOT / "scenarios/velfaerd-danmark.yaml")
LONG = ["sweep", NATION, "--vary", "programmes.paedagog.completion=0.601:0.860:0.001"]
SMALL = """fremskriv: 1
name: {name}
title: {{da: Lille, en: Small}}
years: {{base: 2020, until: {until}}}
ages: {{from: 60, to: 66}}
base_year: cohorts
regions: areas.csv
professions:
  p:
    label: {{da: Fag, en: Trade}}
    cohorts: {{persons: {persons}, ages: {{table: ages.csv, column: persons}}, split: equal}}
    participation: 0.9
demand:
  job: {{employment: {{p: 1500}}, split: equal, follows: constant, standard: 1}}
"""
KEY = ["year", "region", "profession", "sector", "measure", "statistic", "unit"]


class Work(Command):
    def __init__(self, program, folder):
        super().__init__(program, folder)
        self.put("areas.csv", "code,name\n1,En\n2,To\n")
        self.put("ages.csv", "age,persons\n" + "".join(f"{age},1\n" for age in range(60, 67)))
        self.put("one.yaml", SMALL.format(name="one", until=2024, persons=2000))
        self.put("two.yaml", SMALL.format(name="two", until=2025, persons=2101.7))

    def start(self, *words, **how):
        # Variants are tests/cli's and the documents'; here one scenario is one scenario.
        return super().start(*words, *(["--variant", "base"] if words[0] in ("run", "compare", "sweep") else []), **how)

    def run(self, *words, **how):
        """Returns both as text."""
        out, errors = super().run(*words, **how)
        return out.decode("utf-8"), errors

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())


def rows(text, separator=","):
    mark = "\ufeff" if separator == ";" else ""
    must(text.startswith(mark) and text.count("\ufeff") == len(mark), "the byte order mark of decimal commas")
    return list(csv.DictReader(io.StringIO(text[len(mark):]), delimiter=separator))


def results(work, *words):
    """Values of results.csv by scenario and key, in the order of the table."""
    out, _ = work.run("run", *words, "-o", "-")
    found = {}
    for row in rows(out):
        found.setdefault(row["scenario"], {})[tuple(row[k] for k in KEY)] = decimal.Decimal(row["value"])
    return found


def compared(work):
    """compare.csv agrees with the results of separate runs, row by row, for pairs that share all, some and little."""
    near = decimal.Decimal("0.0000011")  # two roundings
    (work.folder / "fewer.yaml").write_text("extends: sosu-syddanmark.yaml\nname: fewer\n"
                                            "professions: {ssh: {permanent_exit: 0.02}}\n", encoding="utf-8")
    for a, b in (("one.yaml", "two.yaml"), ("two.yaml", "one.yaml"),
                 (str(ROOT / "scenarios/sosu-syddanmark.yaml"), "fewer.yaml")):
        (_, first), (name, second) = *results(work, a).items(), *results(work, b).items()
        out, _ = work.run("compare", a, b, "-o", "-")
        table = rows(out)
        same(list(table[0]), ["scenario", "variant", *KEY, "value", "reference", "difference", "percent"], "the header")
        keys = [tuple(row[k] for k in KEY) for row in table]
        same(set(keys), set(first) | set(second), "the rows")
        same(len(keys), len(set(keys)), "rows without doubles")
        same([key for key in keys if key in second], list(second), "the order of the other's rows")
        same([key for key in keys if key in first], list(first), "the order of the reference's rows")
        for row, key in zip(table, keys):
            same((row["scenario"], row["variant"]), (name, "base"), "names")
            same(row["value"], str(second[key]) if key in second else "", f"value of {key}")
            same(row["reference"], str(first[key]) if key in first else "", f"reference of {key}")
            both = key in first and key in second
            must(both == (row["difference"] != ""), f"difference of {key}")
            # A percentage of what may be negative has the wrong sign, and a difference of ratios is one in points.
            can = row["measure"] not in ("gap", "recruitment_need", "expansion", "graduate_need") and row["unit"] != "ratio"
            same(row["percent"] != "", both and can and first[key] != 0, f"percent of {key}")
            if both:
                difference = second[key] - first[key]
                must(abs(decimal.Decimal(row["difference"]) - difference) <= near, f"difference of {key}")
            if row["percent"] != "":
                must(abs(decimal.Decimal(row["percent"]) - 100 * difference / first[key])
                     <= 100 * near * (1 + abs(second[key] / first[key])) / abs(first[key]) + near, f"percent of {key}")
    # A folder has the same table, described; the resolved scenarios compare alike.
    work.run("compare", "one.yaml", "two.yaml", "-o", "out")
    out, _ = work.run("compare", "one.yaml", "two.yaml", "-o", "-")
    same((work.folder / "out/compare.csv").read_text(encoding="utf-8"), out, "compare.csv")
    package = json.loads((work.folder / "out/datapackage.json").read_text(encoding="utf-8"))
    fields = package["resources"][0]["schema"]["fields"]
    same((package["resources"][0]["path"], [field["name"] for field in fields]),
         ("compare.csv", list(rows(out)[0])), "the package")
    work.run("compare", "out/one.resolved.yaml", "out/two.resolved.yaml", "-o", "again")
    same((work.folder / "again/compare.csv").read_text(encoding="utf-8"), out, "compare.csv of the resolved scenarios")
    comma, _ = work.run("compare", "one.yaml", "two.yaml", "-o", "-", "--decimal", "comma")
    same([{k: v.replace(",", ".") for k, v in row.items()} for row in rows(comma, ";")], rows(out), "decimal commas")
    # The terminal: both sides, the difference, what only one side has.
    table, _ = work.run("compare", "one.yaml", "two.yaml")
    for words in ("Small · compared with: Small", "Difference", "Per cent", "2020", "+5.1%",
                  "Note: two is of 2020–2025 and one of 2020–2024"):
        must(words in table, f"{words} is not in\n{table}")
    must(re.search(r"    one +1,800 .*\n    two +1,892 .*\n    Difference +\+92 ", table), table)
    table, _ = work.run("compare", "one.yaml", "two.yaml", "--lang", "da")
    for words in ("sammenlignet med", "Forskel", "Procent", "+5,1 %", "1.800", "Bemærk: two er for"):
        must(words in table, f"{words} is not in\n{table}")


def grid(work):
    """sweep.csv: the points in order, and at the scenario's own value the very figures of `run`."""
    vary = ["--vary", "programmes.paedagog.completion=0.70:0.80:0.01", "--vary", "programmes.paedagog.intake*=0.9,1"]
    work.run("sweep", PEDAGOGUES, *vary, "-o", "out", "--measure", "every", "--region", "every", "--sector", "every")
    table = rows((work.folder / "out/sweep.csv").read_text(encoding="utf-8"))
    same(list(table[0]), ["scenario", "variant", "point", "programmes.paedagog.completion",
                          "programmes.paedagog.intake*", *KEY, "value"], "the header")
    points = {}
    for row in table:
        points.setdefault(int(row["point"]), []).append(row)
    same(list(points), list(range(1, 23)), "the points")
    for number, of_point in points.items():
        completion, factor = ["0.7", "0.71", "0.72", "0.73", "0.74", "0.75", "0.76", "0.77", "0.78", "0.79",
                              "0.8"][(number - 1) // 2], ["0.9", "1"][(number - 1) % 2]
        same({(row["programmes.paedagog.completion"], row["programmes.paedagog.intake*"]) for row in of_point},
             {(completion, factor)}, f"point {number}")
    own = results(work, PEDAGOGUES)["paedagog-syddanmark"]
    for number in (9, 10):
        found = {tuple(row[k] for k in KEY): decimal.Decimal(row["value"]) for row in points[number]}
        if number == 10:
            same(found, own, "the scenario's own point")
        else:
            for key, value in found.items():
                must(int(key[0]) > 2018 or value == own[key], f"{key} before anything is varied")
            must(found != own, "nothing is varied")
    package = json.loads((work.folder / "out/datapackage.json").read_text(encoding="utf-8"))
    types = [(field["name"], field["type"]) for field in package["resources"][0]["schema"]["fields"]]
    same(types[2:6], [("point", "integer"), ("programmes.paedagog.completion", "number"),
                      ("programmes.paedagog.intake*", "number"), ("year", "integer")], "the package")
    manifest = json.loads((work.folder / "out/manifest.json").read_text(encoding="utf-8"))
    must(manifest["command"][:2] == ["sweep", PEDAGOGUES] and "-o" not in manifest["command"], manifest["command"])
    must((work.folder / "out/paedagog-syddanmark.resolved.yaml").is_file(), "no resolved scenario")
    same([name for name in work.names() if "out" in name], ["out"], "what is left")
    # The short table shows the same gaps.
    short, _ = work.run("sweep", PEDAGOGUES, "--vary", "programmes.paedagog.completion=0.70:0.80:0.01")
    gaps = [line.split()[-1].replace(",", "") for line in short.splitlines()[2:-1]]
    same(short.splitlines()[-1], "Gaps are counted from 2018, where supply is set to employment", "what gaps are counted from")
    same(gaps, [str(round(decimal.Decimal(row["value"]))) for row in table
                if row["measure"] == "gap" and row["year"] == "2040" and row["region"] == "all"
                and row["programmes.paedagog.intake*"] == "1"], "gaps of 2040")
    _, errors = work.run("sweep", PEDAGOGUES, "--vary", "programmes.paedagog.completion=0.1:0.9:0.01", status=2)
    must("81 points are more than the 64" in errors, errors)


def whole(work):
    work.run(*LONG, "-o", "whole")
    return work.tree("whole")


def stop_and_go(work, number, expected, check):
    """Ends a sweep again and again, each time after a few more blocks, until it is done."""
    stopped = 0
    for threads in [1, 2, 5, 3] * 20:
        before = len(list((work.folder / "out.partial").glob("block-*.csv"))) if stopped else 0
        running = work.start(*LONG, "-o", "out", "--threads", str(threads), start_new_session=True)
        limit = time.monotonic() + 60
        while running.poll() is None and time.monotonic() < limit:
            there = list((work.folder / "out.partial").glob("block-*.csv"))
            if len(there) >= before + 3:
                break
            time.sleep(0.001)
        running.send_signal(number)
        _, errors = running.communicate()
        if running.returncode == 0:
            break
        stopped += 1
        if number != signal.SIGKILL:  # which may come after the results are in their place
            must(not (work.folder / "out").exists(), "a half-finished folder")
        check(running.returncode, errors.decode("utf-8"))
    same(running.returncode, 0, "the last exit status")
    must(stopped >= 2, f"it was stopped only {stopped} times")
    same(work.tree("out"), expected, "what was stopped and went on")
    must("out.partial" not in work.names(), "out.partial is left")
    if number != signal.SIGKILL:
        same([name for name in work.names() if name.startswith(".out")], [], "stages that are left")


def restart(work):
    """Ctrl-C: exit status 130, what is finished is kept and said, and the same command goes on to the same bytes."""
    expected = whole(work)

    def check(status, errors):
        same(status, 130, "exit status")
        said = re.fullmatch(r"error: interrupted after (\d+) of 260 points\n"
                            r"hint: they are kept in out\.partial: the same command goes on from there\n", errors)
        must(said, errors)
        blocks = len(list((work.folder / "out.partial").glob("block-*.csv")))
        must(int(said[1]) in (16 * blocks, 16 * blocks - 12), f"{blocks} blocks: {errors}")

    stop_and_go(work, signal.SIGINT, expected, check)
    work.run(*LONG, "-o", "out")  # over its own results
    same(work.tree("out"), expected, "results over results")


def killed(work):
    """A process that is killed leaves only whole blocks."""
    stop_and_go(work, signal.SIGKILL, whole(work), lambda status, errors: same((status, errors), (-9, ""), "the end"))


def other_sweeps(work):
    """Blocks are of one sweep: another command, or changed input, begins anew; files of others stay."""
    vary = "professions.p.participation=0.5:0.9:0.01"
    work.run("sweep", "one.yaml", "--vary", vary, "-o", "expected")
    partial = work.folder / "out.partial"

    def fill(key):
        partial.mkdir()
        (partial / "key.json").write_text(json.dumps({"key": key}), encoding="utf-8")
        (partial / "block-00000000.csv").write_text("rubbish\n", encoding="utf-8")
        (partial / "block-00000001.csv.writing").write_text("half", encoding="utf-8")

    fill("0" * 64)
    _, errors = work.run("sweep", "one.yaml", "--vary", vary, "-o", "out")
    must("warning: out.partial held points of another sweep, which were removed\n" in errors, errors)
    same(work.tree("out"), work.tree("expected"), "the sweep that was begun anew")
    must(not partial.exists(), "out.partial is left")
    fill("0" * 64)
    (partial / "mine.txt").write_text("mine", encoding="utf-8")
    _, errors = work.run("sweep", "one.yaml", "--vary", vary, "-o", "out", status=5)
    must("out.partial holds 'mine.txt', which is no part of a sweep" in errors, errors)
    same(sorted(path.name for path in partial.iterdir()),
         ["block-00000000.csv", "block-00000001.csv.writing", "key.json", "mine.txt"], "files")
    # A problem of the sweep touches nothing, and neither does an output that cannot be written.
    (partial / "mine.txt").unlink()
    work.run("sweep", "one.yaml", "--vary", "professions.p.participation=0.5:1.5:0.1", "-o", "out", status=2)
    work.put("file", "mine")
    work.run("sweep", "one.yaml", "--vary", vary, "-o", "file", status=5)
    must("file.partial" not in work.names() and (partial / "block-00000000.csv").exists(), "it began")
    # Folders above are made; one with a slash behind is the same.
    work.run("sweep", "one.yaml", "--vary", vary, "-o", "a/b/out/")
    same(set(work.tree("a/b/out")), set(work.tree("expected")), "a/b/out")
    same([path.name for path in (work.folder / "a/b").iterdir()], ["out"], "a/b")


def damaged(work):
    """A block that is not what was written is made anew, whatever happened to it; inputs are no blocks."""
    expected = whole(work)
    partial = work.folder / "out.partial"
    running = work.start(*LONG, "-o", "out", "--threads", "1")
    limit = time.monotonic() + 60
    while len(list(partial.glob("block-*.csv"))) < 13 and time.monotonic() < limit:
        time.sleep(0.001)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    blocks = sorted(partial.glob("block-*.csv"))[:13]
    good = [block.read_bytes() for block in blocks]
    lines = good[1].splitlines(keepends=True)
    harm = [b"", good[0][:-1], b"".join(lines[:-2] + lines[-1:]), good[3].replace(b"gap", b"gab", 1), good[4] + b"x", good[4],
            good[6][:1], b"\0" * len(good[7]), good[8].replace(b"block 00000008", b"block 00000007"),
            re.sub(rb"of [0-9a-f]{8}", b"of 00000000", good[9]), b"\n" + good[10],
            bytes(byte ^ 1 if n == 1000 else byte for n, byte in enumerate(good[11]))]
    for block, bytes_ in zip(blocks, harm):
        must(bytes_ != block.read_bytes(), f"{block.name} is as it was")
        block.write_bytes(bytes_)
    _, errors = work.run(*LONG, "-o", "out")
    found = re.findall(r"warning: '(block-\d+\.csv)' in out\.partial is damaged, and its points are projected again", errors)
    same(found, [block.name for block in blocks[:12]], "damaged blocks")
    same(work.tree("out"), expected, "results after damage")
    # A table of the scenario in the folder of the blocks would be taken for one of them.
    partial.mkdir()
    (partial / "block-00000000.csv").write_text((work.folder / "areas.csv").read_text(encoding="utf-8"), encoding="utf-8")
    work.put("three.yaml", SMALL.format(name="three", until=2022, persons=1).replace("areas.csv",
                                                                                  "out.partial/block-00000000.csv"))
    _, errors = work.run("sweep", "three.yaml", "--vary", "demand.job.standard=1,2", "-o", "out", status=5)
    must("but this command reads out.partial/block-00000000.csv from it" in errors, errors)
    # What the sweep would write over is known before anything is computed.
    work.put("two.yaml", SMALL.format(name="two", until=2022, persons=1).replace("areas.csv", "mine/sweep.csv"))
    (work.folder / "mine").mkdir()
    (work.folder / "mine/sweep.csv").write_text((work.folder / "areas.csv").read_text(encoding="utf-8"), encoding="utf-8")
    for force in ([], ["--force"]):
        _, errors = work.run("sweep", "two.yaml", "--vary", "demand.job.standard=1,2", "-o", "mine", *force, status=5)
        must("'sweep.csv' in the output folder 'mine' would be replaced or removed" in errors, errors)
        must(not (work.folder / "mine.partial").exists(), "it began")


def busy(work):
    """Two sweeps do not write to one folder at a time."""
    (work.folder / "out.partial").mkdir()
    held = os.open(work.folder / "out.partial", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    _, errors = work.run("sweep", "one.yaml", "--vary", "demand.job.standard=1,2", "-o", "out", status=5)
    must("another sweep is writing to out.partial" in errors, errors)
    os.close(held)
    work.run("sweep", "one.yaml", "--vary", "demand.job.standard=1,2", "-o", "out")


def memory(work):
    """Peak memory does not grow with the number of points."""
    peaks = {}
    for points in (64, 1024, 4096):
        command = ["sweep", PEDAGOGUES, "--vary", "programmes.paedagog.completion=0.5:0.9", "--design", "sobol",
                   "--points", str(points), "--threads", "2", "--measure", "gap,supply", "-o"]
        for output in ("out", "-"):
            running = work.start(*command, output, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, used = os.wait4(running.pid, 0)
            same(status, 0, "exit status")
            peaks.setdefault(output, []).append(used.ru_maxrss)
    for output, found in peaks.items():
        must(max(found) < 1.1 * found[0] + 1024, f"peak memory of 64, 1024 and 4096 points to {output}: {found} KiB")


def streamed(work):
    """`-o -` writes the same table as a folder has, for any number of threads."""
    command = ["sweep", "one.yaml", "--vary", "professions.p.participation=0.1:0.9:0.01", "--vary", "demand.job.standard=1,2.5"]
    work.run(*command, "-o", "out")
    table = (work.folder / "out/sweep.csv").read_text(encoding="utf-8")
    for threads in ("1", "4"):
        same(work.run(*command, "-o", "-", "--threads", threads), (table, ""), "-o -")
    comma, _ = work.run(*command, "-o", "-", "--decimal", "comma")
    same([{k: v.replace(",", ".") for k, v in row.items()} for row in rows(comma, ";")], rows(table), "decimal commas")
    two, _ = work.run("sweep", "one.yaml", "two.yaml", "--vary", "demand.job.standard=1,2", "-o", "-")
    parts = [work.run("sweep", name, "--vary", "demand.job.standard=1,2", "-o", "-")[0].splitlines() for name in
             ("one.yaml", "two.yaml")]
    same(two.splitlines(), parts[0] + parts[1][1:], "two scenarios")


def progress(work):
    """On a terminal: points, and time left, in both languages."""
    for lang, word in (("en", "left"), ("da", "tilbage")):
        main, other = pty.openpty()
        running = work.start("sweep", NATION, "--vary", "programmes.paedagog.completion=0.3:0.9", "--design", "sobol",
                             "--points", "4000", "--measure", "gap", "--region", "all", "--threads", "1", "-o", "out",
                             "--lang", lang, stderr=other)
        os.close(other)
        text, limit = b"", time.monotonic() + 60
        while word.encode() not in text and time.monotonic() < limit:
            if select.select([main], [], [], 1)[0]:
                text += os.read(main, 4096)
        running.send_signal(signal.SIGTERM)
        try:
            while os.read(main, 4096):
                pass
        except OSError:  # the other end is closed
            pass
        os.close(main)
        running.communicate()
        must(running.returncode == 130, f"exit status {running.returncode}")
        must(re.search(rf"\d+/4000, [\d.,]+ (a second|i sekundet), \d+:\d\d {word}", text.decode("utf-8")), text.decode("utf-8"))


main(Work, compared, grid, restart, killed, other_sweeps, damaged, busy, memory, streamed, progress)
