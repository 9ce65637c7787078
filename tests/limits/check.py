"""What is too large, too deep or no file at all: a clear error at once, or the work done within a stated bound, and time that
grows as the input does. The bounds here are the table of docs/reliability.md; time may be FACTOR times as much, since other programs
run beside the tests.

check.py PROGRAM CHECK

CHECK is refused (errors), done (large inputs), or growth (four times the input takes no more than GROWTH times the time).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FACTOR, GROWTH = 10, 8
PROGRAM, CHECK = os.path.abspath(sys.argv[1]), sys.argv[2]
MB = 1 << 20

SCENARIO = """fremskriv: 1
years: {{base: 2020, until: {until}}}
ages: {{from: 60, to: {to}}}
base_year: cohorts
regions: areas.csv
professions:
  p:
    label: {{da: Fag, en: Trade}}
    cohorts: {{persons: {persons}, ages: {{table: {table}, column: persons}}, split: {{by: equal}}}}
{more}demand:
  job: {{employment: {{p: 1500}}, split: {{by: equal}}, follows: constant}}
"""
PROGRAMME = """programmes:
  t:
    {leads_to: p, length: 1, intake: 100, completion: 0.8, entry: {table: ages.csv, column: persons}, graduates_to: {by: equal}}
"""


def scenario(tail="", **values):
    given = {"until": 2022, "to": 61, "persons": 2000, "table": "ages.csv", "more": "", **values}
    Path("s.yaml").write_text(SCENARIO.format(**given) + tail, encoding="utf-8")


def areas(n):
    with open("areas.csv", "w", encoding="utf-8") as out:
        out.write("code,name\n")
        out.writelines(f"{i},N{i}\n" for i in range(n))


def run(*words, stdin=subprocess.DEVNULL):
    """Exit status, standard error, seconds of the processor and peak memory in MB; of a process that a small one starts, since a
    process begins with the peak of the one that it was copied from."""
    with open("errors", "wb") as errors:
        helper = subprocess.run(
            [sys.executable, "-S", "-E", "-c",
             "import os,sys\npid=os.posix_spawn(sys.argv[1],sys.argv[1:],{**os.environ,'LC_ALL':'C.UTF-8'})\n"
             "_,how,used=os.wait4(pid,0)\n"
             "os.write(3,f'{os.waitstatus_to_exitcode(how)} {used.ru_utime+used.ru_stime} {used.ru_maxrss/1024}'.encode())",
             PROGRAM, *words],
            stdin=stdin, stdout=subprocess.DEVNULL, stderr=errors, pass_fds=[3], check=True, timeout=600)
    del helper
    os.lseek(3, 0, os.SEEK_SET)
    status, seconds, memory = os.read(3, 200).split()
    os.lseek(3, 0, os.SEEK_SET)
    os.ftruncate(3, 0)
    with open("errors", "rb") as errors:
        return int(status), errors.read(4096).decode("utf-8", "replace"), float(seconds), float(memory)


def long_line(before, character, after):
    """A line of 100 MB behind a scenario, written in pieces so that this process stays small."""
    scenario()
    with open("s.yaml", "a", encoding="utf-8") as out:
        out.write(before)
        for _ in range(100):
            out.write(character * 1_000_000)
        out.write(after)


def bomb():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    scenario(tail="\n".join(lines) + "\n")


def links():
    os.symlink("loop.yaml", "loop.yaml")


def circle():
    scenario()
    Path("s.yaml").write_text("extends: s.yaml\n" + Path("s.yaml").read_text(encoding="utf-8"), encoding="utf-8")


def device(name):
    def make():
        scenario(table=name)
        if name == "fifo":
            os.mkfifo("fifo")
    return make


STATBANK = ["--map", "region=OMRÅDE", "--map", "year=TID", "--map", "age=ALDER", "-o", "x.csv"]
# What is tried: how it is made, words of the command, exit status, what is said.
REFUSED = {
    "aliases that expand to 10^10 values": (bomb, ["check", "s.yaml"], 3, r"each alias counted"),
    "200,000 brackets": (lambda: scenario(tail="x: " + "[" * 200_000 + "\n"), ["check", "s.yaml"], 3, r"nested deeper than 64"),
    "200,000 levels of indentation":
        (lambda: scenario(tail="".join(f"{' ' * i}k:\n" for i in range(2000))), ["check", "s.yaml"], 3, r"nested deeper than 64"),
    "1e400": (lambda: scenario(persons="1e400"), ["check", "s.yaml"], 3, r"not a finite number"),
    "nan": (lambda: scenario(persons=".nan"), ["check", "s.yaml"], 3, r"s\.yaml:9:\d+: error"),
    "ages to 10^9": (lambda: scenario(to=10**9), ["check", "s.yaml"], 3, r"outside 0 to 120"),
    "10^6 years": (lambda: scenario(until=10**6), ["check", "s.yaml"], 3, r"outside 1900 to 2200"),
    "/dev/zero": (scenario, ["check", "/dev/zero"], 3, r"not a plain file"),
    "/dev/urandom as a table": (scenario, ["import", "auto", "/dev/urandom", "-o", "x.csv"], 3, r"not a plain file"),
    "/dev/zero as a table": (device("/dev/zero"), ["check", "s.yaml"], 3, r"absolute"),
    "a FIFO as a table": (device("fifo"), ["check", "s.yaml"], 3, r"not a plain file"),
    "a circle of links": (links, ["check", "loop.yaml"], 3, r"loop\.yaml: error"),
    "a folder": (scenario, ["check", "."], 3, r"is a folder"),
    "a circle of files": (circle, ["check", "s.yaml"], 3, r"in a circle"),
    "../../../etc/passwd": (lambda: scenario(table="../../../../etc/passwd"), ["check", "s.yaml"], 3, r"leads out of"),
    "a name of 10^5 letters": (lambda: scenario(table="x" * 100_000), ["check", "s.yaml"], 3, r"xxx"),
    "10^12 draws": (scenario, ["montecarlo", "s.yaml", "--draws", str(10**12)], 2, r"is not one of"),
    "10^10 points": (scenario, ["sweep", "s.yaml", "--vary", "professions.p.cohorts.persons=0:100000:0.00001"], 2, r"error"),
    "10^8 threads": (scenario, ["run", "s.yaml", "--threads", str(10**8)], 2, r"is not one of"),
}


def refused():
    for name, (make, words, status, said) in REFUSED.items():
        areas(10)
        make()
        found, errors, seconds, memory = run(*words)
        if found != status or not re.search(said, errors):
            yield f"{name}: exit status {found} and {errors[:300]!r}"
        if seconds > FACTOR * 1 or memory > 200:
            yield f"{name}: {seconds:.2f} s, {memory:.0f} MB"
        yield seconds, memory


def statbank(n):
    with open("stat.csv", "w", encoding="utf-8") as out:
        out.write("OMRÅDE;TID;ALDER;INDHOLD\n")
        for i in range(n):
            out.write(f"{101 + i % 100};{1900 + i // 100 % 200};{i // 20000};{i % 1000}\n")


def rows_of_ages(n):
    scenario(table="many.csv")
    with open("many.csv", "w", encoding="utf-8") as out:
        out.write("age,persons\n")
        for i in range(n):
            out.write(f"{60 + i % 2},{i}\n")


def unknown_keys(n):
    scenario()
    with open("s.yaml", "a", encoding="utf-8") as out:
        for i in range(n):
            out.write(f"u{i}: {i}\n")


def extended_keys(n):
    unknown_keys(n)
    os.replace("s.yaml", "low.yaml")
    with open("s.yaml", "w", encoding="utf-8") as out:
        out.write("extends: low.yaml\nfremskriv: 1\n")
        for i in range(n // 2):
            out.write(f"u{i}: 1\n")


def many_regions(n):
    areas(n)
    scenario(more=PROGRAMME)


def many_variants(n):
    scenario(tail="variants:\n" + "".join(f"  v{i}: {{professions: {{p: {{permanent_exit: 0.0{i % 9 + 1}}}}}}}\n" for i in range(n)))


# What is tried: how it is made of a number, the number, words, exit status, seconds, MB.
DONE = {
    "a comment of 100 MB": (lambda n: long_line("#", "x", "\n"), 1, ["check", "s.yaml"], 0, 1, 200),
    "a key of 100 MB": (lambda n: long_line("", "k", ": 1\n"), 1, ["check", "s.yaml"], 3, 3, 250),
    "200,000 unknown keys": (unknown_keys, 200_000, ["check", "s.yaml"], 3, 8, 200),
    "10^5 regions with a programme": (many_regions, 100_000, ["run", "s.yaml", "-o", "-"], 0, 3, 450),
    "10^6 rows of a table": (rows_of_ages, 1_000_000, ["check", "s.yaml"], 3, 2, 200),
    "2 million rows imported": (statbank, 2_000_000, ["import", "statbank-csv", "stat.csv", *STATBANK], 0, 3, 220),
}


def done():
    for name, (make, n, words, status, most_seconds, most_memory) in DONE.items():
        areas(10)
        make(n)
        found, errors, seconds, memory = run(*words)
        if found != status or (status and "error" not in errors):
            yield f"{name}: exit status {found} and {errors[:300]!r}"
        if seconds > FACTOR * most_seconds or memory > most_memory:
            yield f"{name}: {seconds:.2f} s of {FACTOR} * {most_seconds}, {memory:.0f} MB of {most_memory}"
        print(f"claim: {name}: {seconds:.2f} s, {memory:.0f} MB")


GROWS = {
    "unknown keys": (unknown_keys, 10_000, ["check", "s.yaml"]),
    "keys laid over others": (extended_keys, 10_000, ["check", "s.yaml"]),
    "regions with a programme": (many_regions, 5_000, ["run", "s.yaml", "-o", "-"]),
    "variants": (many_variants, 500, ["check", "s.yaml"]),
    "rows imported": (statbank, 100_000, ["import", "statbank-csv", "stat.csv", *STATBANK]),
}


def growth():
    for name, (make, n, words) in GROWS.items():
        taken = []
        for size in (n, 4 * n):
            areas(10)
            make(size)
            taken.append(min(run(*words)[2] for _ in range(2)))
        ratio = taken[1] / max(taken[0], 1e-3)
        if ratio > GROWTH:
            yield f"{name}: four times {n} take {ratio:.1f} times as long ({taken[0]:.2f} s, {taken[1]:.2f} s)"
        print(f"claim: four times as many {name} take {ratio:.1f} times as long")


folder = tempfile.mkdtemp()
begun = time.monotonic()
try:
    os.chdir(folder)
    notes = os.open("notes", os.O_RDWR | os.O_CREAT)
    if notes != 3:
        os.dup2(notes, 3)
    os.set_inheritable(3, True)
    Path("ages.csv").write_text("age,persons\n60,10\n61,10\n", encoding="utf-8")
    found = list({"refused": refused, "done": done, "growth": growth}[CHECK]())
finally:
    os.chdir("/")
    shutil.rmtree(folder)
problems = [problem for problem in found if isinstance(problem, str)]
used = [figures for figures in found if not isinstance(figures, str)]
for problem in problems:
    print(problem)
if used:
    print(f"claim: {len(used)} hostile inputs refused within {max(s for s, _ in used):.2f} s and {max(m for _, m in used):.0f} MB")
sys.exit(1 if problems else 0)
