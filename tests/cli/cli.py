"""The command line as people and programs meet it: words, files and exit statuses of the contract.

cli.py PROGRAM CHECK

CHECK is the name of a function below that takes a Program.
"""

import csv
import json
import os
import re
import shutil
import signal
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from command import ROOT, Command, main, must, same

AREAS = "code,name\n1,En\n"
AGES = "age,persons\n60,10\n61,10\n"
SMALL = """fremskriv: 1
{name}years: {{base: 2020, until: 2022}}
ages: {{from: 60, to: 61}}
base_year: cohorts
regions: areas.csv
professions:
  p: {{label: {{da: Fag, en: Trade}}, cohorts: {{persons: {persons}, ages: {{table: ages.csv, column: persons}}}}}}
demand:
  job: {{employment: {{p: 1500}}, follows: constant}}
"""
OPTIONS = ["--output", "--format", "--decimal", "--data", "--threads", "--lang", "--progress", "--diagnostics", "--werror",
           "--quiet", "--help"]


class Program(Command):
    """The program, run in a folder of its own with three small scenarios: one, two and bad."""

    def __init__(self, program, folder):
        super().__init__(program, folder)
        self.put("areas.csv", AREAS)
        self.put("ages.csv", AGES)
        self.put("one.yaml", SMALL.format(name="", persons=2000))
        self.put("two.yaml", SMALL.format(name="name: second\n", persons=1000))
        self.put("bad.yaml", SMALL.format(name="", persons="many"))

    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))


def suggestions(program):
    """What is misspelt gets the nearest word."""
    cases = [
        (["rnu", "one.yaml"], "there is no verb 'rnu'", "did you mean 'run'?"),
        (["chek", "one.yaml"], "there is no verb 'chek'", "did you mean 'check'?"),
        (["run", "one.yaml", "--ouput", "x"], "there is no option '--ouput'", "did you mean '--output'?"),
        (["run", "one.yaml", "--quite"], "there is no option '--quite'", "did you mean '--quiet'?"),
        (["run", "one.yaml", "--lang", "dan"], "--lang: 'dan' is not one of da, en", "did you mean 'da'?"),
        (["run", "one.yaml", "--decimal=coma"], "--decimal: 'coma' is not one of comma, point", "did you mean 'comma'?"),
        (["run", "one.yaml", "--format", "cvs"], "--format: 'cvs' is not one of csv, json, xlsx, sqlite, html, svg, pdf, png", "did you mean 'csv'?"),
    ]
    for words, what, hint in cases:
        out, errors = program.run(*words, status=2)
        same(out, b"", "standard output")
        same(errors, f"fremskriv: error: {what}\nhint: {hint}\n", f"standard error of {words}")
    out, errors = program.run("rnu", "--lang", "da", status=2)
    same(errors, "fremskriv: error: der er ingen kommando 'rnu'\nhint: mente du 'run'?\n", "the Danish hint")
    # Every problem of a command line at once.
    _, errors = program.run("run", "--decimal", "x", "--threads", "many", "--quiet=1", status=2)
    same(errors.count("error:"), 4, "the number of problems: " + errors)
    # An option's value is not the next option.
    _, errors = program.run("run", "one.yaml", "-o", "--quiet", status=2)
    same(errors, "fremskriv: error: '--output' needs a value\nhint: write --output DIR\n", "-o --quiet")
    must(not (program.folder / "--quiet").exists(), "a folder called --quiet")


def words(program):
    """Forms of options: behind '=', before and after the files, '--' before a file that looks like an option."""
    program.run("run", "--output=a", "one.yaml")
    program.run("-o", "b", "run", "one.yaml")
    program.run("run", "one.yaml", "-o", "./--quiet")
    program.put("-odd.yaml", SMALL.format(name="", persons=2000))
    _, errors = program.run("run", "-odd.yaml", status=2)
    must("there is no option '-odd.yaml'" in errors, errors)
    program.run("run", "-o", "c", "--", "-odd.yaml")
    first = (program.folder / "a/results.csv").read_bytes()
    same((program.folder / "b/results.csv").read_bytes(), first, "results")
    same((program.folder / "c/results.csv").read_bytes(), first.replace(b"one,", b"-odd,"), "results")
    program.run("run", "one.yaml", "-o", "d", "--format", "csv,csv")
    same((program.folder / "d/results.csv").read_bytes(), first, "results")


def languages(program):
    """Danish where the environment or --lang says so; places, names and figures stay the same."""
    english = "bad.yaml:7:"
    for env in ({"LC_ALL": "da_DK.UTF-8"}, {"LC_ALL": "", "LC_MESSAGES": "da"}, {"LC_ALL": "", "LANG": "da_DK"}):
        out, _ = program.run("--help", env=env)
        must("Brug: fremskriv" in out.decode(), f"not Danish with {env}")
        out, _ = program.run("--help", "--lang", "en", env=env)
        must("Usage: fremskriv" in out.decode(), f"not English with {env}")
    out, _ = program.run("--help", env={"LC_ALL": "C", "LANG": "da_DK.UTF-8"})
    must("Usage: fremskriv" in out.decode(), "LC_ALL comes before LANG")
    _, one = program.run("check", "bad.yaml", status=3)
    _, other = program.run("check", "bad.yaml", "--lang", "da", status=3)
    must(one.startswith(english) and other.startswith(english), one + other)
    must(one.split("error:")[0] == other.split("error:")[0] and one != other, one + other)
    same(program.run("run", "one.yaml", "-o", "-")[0], program.run("run", "one.yaml", "-o", "-", "--lang", "da")[0], "csv")
    # The short table.
    table = program.run("run", "one.yaml")[0].decode()
    tabel = program.run("run", "one.yaml", "--lang", "da")[0].decode()
    must("Trade" in table and "Supply" in table and "2,000" in table and "500" in table, table)
    must("Fag" in tabel and "Udbud" in tabel and "2.000" in tabel, tabel)
    _, errors = program.run("check", "one.yaml")
    same(errors, "one.yaml: no problems\n", "check")
    _, errors = program.run("check", "one.yaml", "--lang", "da")
    same(errors, "one.yaml: ingen problemer\n", "check")
    _, errors = program.run("run", "one.yaml", "-o", "out", "--lang", "da")
    same(errors, "Resultater i out\n", "run")


def help_texts(program):
    """Help names every verb and option, in both languages, and says nothing on standard error."""
    for lang, usage, options in (("en", "Usage: fremskriv", "Options:"), ("da", "Brug: fremskriv", "Tilvalg:")):
        texts = {}
        for verb in (None, "run", "check"):
            out, errors = program.run(*([verb] if verb else []), "--help", "--lang", lang)
            text = texts[verb] = out.decode("utf-8")
            same(errors, "", "standard error")
            must(usage in text and options in text and text.endswith("\n"), text)
            must(not re.search(r"[ \t]$", text, re.MULTILINE) and "(null)" not in text, text)
        for option in OPTIONS:
            must(option in texts[None] and option in texts["run"], f"help lacks {option}")
        must("  run " in texts[None] and "  check " in texts[None], texts[None])
        must("--output" not in texts["check"] and "--data" in texts["check"], texts["check"])
        same(program.run("-h", "run", "--lang", lang)[0].decode("utf-8"), texts["run"], "-h run")
    _, errors = program.run("rnu", "--help", status=2)
    must("did you mean 'run'?" in errors, errors)


def version(program):
    header = (ROOT / "include/fremskriv/version.h").read_text(encoding="utf-8")
    number = re.search(r'FREM_VERSION_STRING "([0-9.]+)"', header)[1]
    same(program.run("--version"), (f"fremskriv {number}\n".encode(), ""), "--version")
    same(program.run("run", "--version", "--lang", "da")[0].decode(), f"fremskriv {number}\n", "run --version")


def stream(program):
    """`-o -` writes the results table to standard output and nothing else anywhere."""
    program.run("run", "one.yaml", "-o", "out")
    expected = (program.folder / "out/results.csv").read_bytes()
    before = program.files()
    same(program.run("run", "one.yaml", "-o", "-"), (expected, ""), "-o -")
    same(program.files(), before, "files")
    _, errors = program.run("run", "one.yaml", "-o", "-", "--format", "csv")
    same(errors, "", "standard error")
    # A spreadsheet's table: semicolons, decimal commas, a byte order mark.
    out, _ = program.run("run", "one.yaml", "-o", "-", "--decimal", "comma")
    lines = [";".join(row[:-1] + [row[-1].replace(".", ",")]) for row in csv.reader(expected.decode().splitlines())]
    same(out.decode(), "\ufeff" + "\n".join(lines) + "\n", "--decimal comma")
    program.run("run", "one.yaml", "-o", "comma", "--decimal", "comma")
    same((program.folder / "comma/results.csv").read_bytes(), out, "comma/results.csv")
    # Nothing is half written where there is a problem.
    same(program.run("run", "bad.yaml", "-o", "-", status=3)[0], b"", "standard output")


def lost_output(program):
    """Standard output that was closed or is full is exit status 5, whatever should have been written."""
    said = "fremskriv: error: standard output was closed or is full\n"
    for command in ("run one.yaml -o -", "run one.yaml", "--help", "run --help", "--version"):
        same(program.shell(f'"$0" {command} >&-', 5)[1], said, f"{command} >&-")
        if os.path.exists("/dev/full"):
            same(program.shell(f'"$0" {command} >/dev/full', 5)[1], said, f"{command} >/dev/full")
        # A reader that went away, as `head` does, has what it wanted.
        reader, writer = os.pipe()
        os.close(reader)
        _, errors = program.run(*command.split(), status=5, stdout=writer)
        os.close(writer)
        same(errors, "", f"{command} | (gone)")
    same(program.shell('"$0" --version >&- --lang da', 5)[1].count("fejl"), 0, "errors are called error")
    # What needs no standard output does without.
    program.shell('"$0" check one.yaml >&-', 0)
    program.shell('"$0" run one.yaml -o closed >&- 2>&- <&-', 0)
    program.run("run", "one.yaml", "-o", "open")
    same(
        (program.folder / "closed/results.csv").read_bytes(),
        (program.folder / "open/results.csv").read_bytes(),
        "results without standard files",
    )
    must(not any("results" in name for name in program.files() if "/" not in name), "a stray file")


def targets(program):
    """An output folder that is a file or a link is left alone, and so is all beside it."""
    program.put("file", "mine")
    (program.folder / "folder").mkdir()
    program.put("folder/mine", "mine")
    (program.folder / "link").symlink_to("folder")
    (program.folder / "dangling").symlink_to("nowhere")
    before = program.files()
    for target in ("file", "file/below", "link", "dangling"):
        out, errors = program.run("run", "one.yaml", "-o", target, status=5)
        same(out, b"", "standard output")
        must("error:" in errors and "file" in errors or "link" in errors or "dangling" in errors, errors)
        same(program.files(), before, f"files after -o {target}")
    same((program.folder / "file").read_text(), "mine", "file")
    # Folders are made; results come into a folder with files of others.
    program.run("run", "one.yaml", "-o", "a/b/c/")
    must((program.folder / "a/b/c/manifest.json").is_file(), "a/b/c")
    program.run("run", "one.yaml", "-o", "folder")
    same((program.folder / "folder/mine").read_text(), "mine", "folder/mine")
    must((program.folder / "folder/results.csv").is_file(), "folder/results.csv")
    # A problem leaves the folder as it was.
    stamp = (program.folder / "folder/results.csv").read_bytes()
    program.run("run", "bad.yaml", "-o", "folder", status=3)
    same((program.folder / "folder/results.csv").read_bytes(), stamp, "folder/results.csv")
    if os.geteuid() != 0:
        (program.folder / "folder").chmod(0o500)
        _, errors = program.run("run", "one.yaml", "-o", "folder", status=5)
        (program.folder / "folder").chmod(0o700)
        must("folder" in errors, errors)


def quiet(program):
    """--quiet says nothing but problems."""
    _, errors = program.run("run", "one.yaml", "-o", "a")
    same(errors, "Results in a\n", "standard error")
    same(program.run("run", "one.yaml", "-o", "b", "--quiet"), (b"", ""), "run --quiet")
    same(program.run("check", "one.yaml", "--quiet"), (b"", ""), "check --quiet")
    _, errors = program.run("check", "bad.yaml", "--quiet", status=3)
    must("error:" in errors, errors)
    for name in ("results.csv", "manifest.json", "one.resolved.yaml", "datapackage.json"):
        same((program.folder / "a" / name).read_bytes(), (program.folder / "b" / name).read_bytes(), name)
    # Where and how fast is not what: the manifest is the same.
    program.run("run", "one.yaml", "--threads", "2", "--progress", "never", "-o", "c")
    manifest = json.loads((program.folder / "c/manifest.json").read_text(encoding="utf-8"))
    same(manifest["command"], ["run", "one.yaml"], "command")
    same((program.folder / "c/manifest.json").read_bytes(), (program.folder / "a/manifest.json").read_bytes(), "manifest")


def inputs(program):
    """Scenarios that cannot be read, several scenarios, folders to look in."""
    (program.folder / "dir.yaml").mkdir()
    for name in ("missing.yaml", "dir.yaml"):
        for verb in ("run", "check"):
            out, errors = program.run(verb, name, status=3)
            same(out, b"", "standard output")
            must(errors.startswith(f"{name}: error: "), errors)
    if os.geteuid() != 0:
        program.put("secret.yaml", "")
        (program.folder / "secret.yaml").chmod(0)
        program.run("run", "secret.yaml", status=3)
    # Two scenarios are one table, in the order of the command; all problems of all files are reported.
    program.run("run", "two.yaml", "one.yaml", "-o", "both")
    rows = (program.folder / "both/results.csv").read_text(encoding="utf-8").splitlines()
    one = program.run("run", "one.yaml", "-o", "-")[0].decode().splitlines()
    two = program.run("run", "two.yaml", "-o", "-")[0].decode().splitlines()
    same(rows, two + one[1:], "both")
    must((program.folder / "both/second.resolved.yaml").is_file(), "second.resolved.yaml")
    must((program.folder / "both/one.resolved.yaml").is_file(), "one.resolved.yaml")
    _, errors = program.run("run", "bad.yaml", "one.yaml", "missing.yaml", "-o", "none", status=3)
    must("bad.yaml:7:" in errors and "missing.yaml: error" in errors, errors)
    must(not (program.folder / "none").exists(), "none")
    # Two of one name are an error.
    _, errors = program.run("run", "one.yaml", "one.yaml", status=3)
    must("the scenario is called 'one' like another one" in errors, errors)
    # --data and the program's own folder, in this order, after the scenario's.
    (program.folder / "data").mkdir()
    (program.folder / "own/data").mkdir(parents=True)
    for name in ("ages.csv", "areas.csv"):
        (program.folder / name).rename(program.folder / "own/data" / name)
    program.run("check", "one.yaml", status=3)
    program.run("check", "one.yaml", env={"FREMSKRIV_DATA": str(program.folder / "own")})
    program.run("check", "one.yaml", "--data", "data", "--data=own/data")
    program.put("data/ages.csv", "age,persons\n60,oops\n")
    _, errors = program.run("check", "one.yaml", "--data", "data", "--data", "own/data", status=3)
    must(errors.startswith("data/ages.csv:2:4: error: "), errors)
    program.run("check", "one.yaml", "--data", "own/data", "--data", "data")


VARIANTS = """extends: one.yaml
title: Over
professions:
  p: {unemployment: 0.1, permanent_exit: {2020: 0.1, then: hold}}
variants:
  more:
    label: {da: Flere, en: More}
    professions: {p: {cohorts: {persons: 3000}, permanent_exit: {from: 2021, value: 0.2}}}
  less: {professions: {p: {unemployment: ~}}, demand: {other: {employment: {p: 10}, follows: constant}}}
"""
MORE = """extends: one.yaml
professions:
  p:
    unemployment: 0.1
    cohorts: {persons: 3000}
    permanent_exit: {2020: 0.1, 2021: 0.2, then: hold}
"""


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def variants(program):
    """A scenario and its variants: the rows in their order, each as a file of its own would give them."""
    program.put("over.yaml", VARIANTS)
    program.put("more.yaml", MORE)
    program.run("run", "over.yaml", "-o", "all")
    found = rows(program.folder / "all/results.csv")
    same(list(dict.fromkeys(row["variant"] for row in found)), ["base", "more", "less"], "the order of variants")
    must({row["sector"] for row in found if row["variant"] == "base"} == {"job", "all"}, "sectors of base")
    must({row["sector"] for row in found if row["variant"] == "less"} == {"job", "other", "all"}, "sectors of less")
    # The same numbers as a file that says it all, but for the names.
    program.run("run", "more.yaml", "-o", "own")
    own = (program.folder / "own/results.csv").read_text(encoding="utf-8").splitlines()[1:]
    text = (program.folder / "all/results.csv").read_text(encoding="utf-8").splitlines()
    same([line.replace("more,base,", "over,more,", 1) for line in own], [line for line in text if ",more," in line], "more")
    # Only some of them: the same rows, whatever the order asked for.
    out, _ = program.run("run", "over.yaml", "--variant", "less", "--variant=base", "--variant", "less", "-o", "-")
    same(out.decode().splitlines(), [line for line in text if ",more," not in line], "two of three")
    _, errors = program.run("check", "over.yaml", "--variant", "mroe", status=3)
    same(errors, "over.yaml: error: the scenario has no variant 'mroe'\nhint: did you mean 'more'?\n", "--variant mroe")
    # Names, in every place that has them.
    table = program.run("run", "over.yaml")[0].decode()
    same([line for line in table.splitlines() if line.startswith("Over")],
         ["Over · En · base year 2020 · FTE", "Over · More · En · base year 2020 · FTE",
          "Over · less · En · base year 2020 · FTE"], "titles")
    widths = {line.rindex("2022") for line in table.splitlines() if line.startswith(" ") and "2022" in line}
    same(len(widths), 1, "columns that stand below each other")
    must("Over · Flere · " in program.run("run", "over.yaml", "--lang", "da")[0].decode(), "the Danish label")
    manifest = json.loads((program.folder / "all/manifest.json").read_text())
    same(manifest["scenarios"], [{"name": "over", "file": "over.yaml", "variants": ["base", "more", "less"]}], "manifest")
    same([given["name"] for given in manifest["inputs"]][:2], ["over.yaml", "one.yaml"], "inputs")
    package = json.loads((program.folder / "all/datapackage.json").read_text())
    same(package["scenarios"], [{"name": "over", "title": "Over", "variants": ["base", "more", "less"]}], "data package")
    # Two files over one base are two scenarios, though the base has a name.
    program.put("over2.yaml", "extends: two.yaml\n")
    out, _ = program.run("run", "two.yaml", "over2.yaml", "-o", "-")
    same({line.split(",")[0] for line in out.decode().splitlines()[1:]}, {"second", "over2"}, "names")
    # A problem in a variant keeps the whole command from writing anything.
    program.put("over.yaml", VARIANTS.replace("persons: 3000", "persons: -3000"))
    _, errors = program.run("run", "over.yaml", "-o", "none", status=3)
    must(errors.startswith("over.yaml:8:"), errors)
    must(not (program.folder / "none").exists(), "a folder without results")


def chosen(program):
    """run --measure --region --year --profession --names: the rows of the whole table that are asked for, on screen and in files."""
    program.run("run", "one.yaml", "-o", "all")
    whole = rows(program.folder / "all/results.csv")
    program.run("run", "one.yaml", "--measure", "supply,stock", "--year", "2021-2022", "--region", "En", "-o", "some",
                "--format", "csv,json,xlsx,sqlite,html")
    some = rows(program.folder / "some/results.csv")
    same(some, [row for row in whole if row["measure"] in ("supply", "stock") and row["year"] in ("2021", "2022")
                and row["region"] == "1"], "the chosen rows")
    same(len(some), 4, "two measures of two years")  # of the one region, by its name
    must(not (program.folder / "some/stock.csv").exists(), "stock.csv beside chosen rows")
    table = program.run("run", "one.yaml", "--measure", "stock", "--year", "2021")[0].decode().splitlines()
    stock = f"  Stock, persons  {float(some[1]['value']):,.0f}"
    same(table[1:4], ["2021".rjust(len(stock)), "Trade", stock], "the short table")
    _, errors = program.run("run", "one.yaml", "--measure", "stok", status=2)
    must("--measure: there is no 'stok'" in errors and "did you mean 'stock'?" in errors, errors)
    out, _ = program.run("run", "one.yaml", "--measure", "supply", "--year", "2021", "--names", "--lang", "da", "-o", "-")
    lines = out.decode().splitlines()
    must(lines[0].endswith(",value,region_name,profession_name,sector_name,measure_name"), lines[0])
    must(lines[1].endswith(",En,Fag,Alle brancher,Udbud"), lines[1])


def sets(program):
    """--set says what the file would say, in the scenario and its variants."""
    program.put("over.yaml", VARIANTS)
    program.run("run", "over.yaml", "-o", "set", "--set", "professions.p.unemployment=0.2",
                "--set", "professions.p.cohorts.persons*=2")
    program.put("said.yaml", VARIANTS.replace("extends: one.yaml", "extends: one.yaml\nname: over")
                .replace("unemployment: 0.1", "unemployment: 0.2, cohorts: {persons: 4000}")
                .replace("persons: 3000", "persons: 6000").replace("unemployment: ~", "unemployment: 0.2"))
    program.run("run", "said.yaml", "-o", "said")
    first, second = ((program.folder / name / "results.csv").read_bytes() for name in ("set", "said"))
    must(first == second, "the results with --set are others than those of a file that says the same")
    manifest = json.loads((program.folder / "set/manifest.json").read_text())
    same(manifest["command"][2:4], ["--set", "professions.p.unemployment=0.2"], "the command in the manifest")


def resolved(program):
    """NAME.resolved.yaml runs alone and gives the same bytes: extends, variants, sets, tables of two folders."""
    for folder in ("a", "b"):
        (program.folder / folder).mkdir()
        program.put(f"{folder}/areas.csv", AREAS)
    program.put("a/ages.csv", AGES)
    program.put("b/ages.csv", AGES.replace("61,10", "61,30"))
    program.put("b/low.yaml", SMALL.format(name="name: low\n", persons=2000))
    program.put("a/b.yaml", "extends: low.yaml\n")
    program.put("a/top.yaml", VARIANTS.replace("extends: one.yaml", "extends: low.yaml") +
                "  ages: {professions: {p: {cohorts: {ages: {table: ages.csv, column: persons}}}}}\n")
    commands = [[], ["--set", "professions.p.unemployment=0.3"], ["--variant", "ages"],
                ["--variant", "more", "--variant", "base", "--set", "professions.p.permanent_exit*=0.5"],
                ["--set", "demand.third={employment: {p: 3}, follows: constant}", "--set", "demand.job.follows=~",
                 "--set", "demand.job.follows={series: {2020: 1, 2022: 2, between: linear}}"]]
    for i, words in enumerate(commands):
        asked = [word for k in range(len(words)) if words[k] == "--variant" for word in words[k : k + 2]]
        program.run("run", "a/top.yaml", "--data", "b", "-o", f"o{i}", *words)
        (program.folder / f"alone{i}").mkdir()
        for name in ("top.resolved.yaml", "tables"):
            (program.folder / f"o{i}" / name).rename(program.folder / f"alone{i}" / name)
        text = (program.folder / f"alone{i}/top.resolved.yaml").read_text(encoding="utf-8")
        must("extends" not in text, text)
        program.run("run", f"alone{i}/top.resolved.yaml", "-o", f"again{i}", *asked)
        first, second = ((program.folder / f"{name}{i}/results.csv").read_bytes() for name in ("o", "again"))
        must(first == second, f"the results of {words} are others when the resolved file is run")
        # And resolving it once more changes nothing.
        again = (program.folder / f"again{i}/top.resolved.yaml").read_text(encoding="utf-8")
        same(again.replace("tables/tables/", "tables/"), text, f"the resolved file of {words}")


def interrupted(program):
    """Ctrl-C at any time: all of the results or nothing of them, and nothing left behind."""
    # Long enough to be caught at work: many scenarios.
    names = []
    for i in range(60):
        names.append(f"s{i}.yaml")
        program.put(names[-1], SMALL.format(name=f"name: n{i}\n", persons=i + 1))
    before = program.files()
    for delay in (0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1):
        for number in (signal.SIGINT, signal.SIGTERM):
            running = program.start("run", *names, "-o", "out")
            time.sleep(delay)
            running.send_signal(number)
            _, errors = running.communicate()
            status = running.returncode
            # Before the program has begun to listen the signal ends it at once.
            must(status in (0, 130, -number), f"exit status {status}: {errors.decode()}")
            if status == 0:
                must((program.folder / "out/manifest.json").is_file(), "no manifest")
                shutil.rmtree(program.folder / "out")
            elif status == 130:
                same(errors.decode(), "fremskriv: error: interrupted\n", "standard error")
            same(program.files(), before, f"files after {number} at {delay}")


if __name__ == "__main__":
    main(Program, suggestions, words, languages, help_texts, version, stream, lost_output, targets, quiet, inputs, variants, chosen, sets,
         resolved, interrupted)
