"""Nothing of a scenario, of a command or of a file's name reaches a terminal as a command to it: escape sequences, and marks that
turn the direction of writing, are shown as escapes. And a result is one line of JSON for each problem, whatever libraries say.

harmless.py PROGRAM CHECK

CHECK is the name of a function below that takes a Program.
"""

import json
import os
import re
import sqlite3
import stat
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from command import Command, main, must, same

TURN, ESCAPE, BELL = "\u202e", "\x1b[31m", "\x07"
# In a double-quoted text of YAML.
BAD = "x\\e[31my\\u202ez\\u2066\\u009b\\a"
SCENARIO = f"""fremskriv: 1
title: {{da: "{BAD}", en: "{BAD}"}}
years: {{base: 2020, until: 2024}}
ages: {{from: 60, to: 61}}
base_year: cohorts
regions: areas.csv
professions:
  p:
    label: {{da: "{BAD}", en: "{BAD}"}}
    cohorts: {{persons: 2000, ages: {{table: "{{folder}}ages.csv", column: persons}}}}
    permanent_exit: {{value: 0.02, source: "{BAD}", note: "{BAD}"}}
demand:
  job: {{label: {{da: "{BAD}", en: "{BAD}"}}, employment: {{p: 1500}}, follows: constant}}
variants:
  more: {{label: {{da: "{BAD}", en: "{BAD}"}}, professions: {{p: {{permanent_exit: 0.03}}}}}}
"""
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
FOLDER = f"plan{ESCAPE}{TURN}{BELL}"
EXIT = "professions.p.permanent_exit"


class Program(Command):
    def __init__(self, program, folder):
        super().__init__(program, folder)
        self.put(f"{FOLDER}/areas.csv", f"code,name\n1,En{TURN}{ESCAPE}\n")
        self.put(f"{FOLDER}/ages.csv", "age,persons\n60,10\n61,10\n")
        self.put(f"{FOLDER}/s.yaml", SCENARIO.replace("{folder}", ""))

    def shown(self, *words, status=None):
        """What a command prints, which must be harmless and say what the harmful text was."""
        running = self.start(*words)
        out, errors = (part.decode("utf-8") for part in running.communicate(timeout=600))
        for where, text in (("standard output", out), ("standard error", errors)):
            found = HARMFUL.search(text)
            must(not found, f"{words}: {where} has {found and found[0]!r} in\n{text!r}")
        if status is not None:
            same(running.returncode, status, f"exit status of {words} ({errors})")
        return out, errors


def verbs(program):
    """Every verb, on the screen and into a folder with such a name."""
    s = f"{FOLDER}/s.yaml"
    commands = [
        ["check", s], ["run", s], ["run", s, "-o", f"{FOLDER}/out"], ["compare", s], ["explain", s],
        ["explain", s, EXIT], ["explain", s, "--changed"], ["explain", s, EXIT, "--format", "json"],
        ["sweep", s, "--vary", f"{EXIT}=0.01,0.02"],
        ["solve", s, "--vary", EXIT, "--target", "gap=0"],
        ["decompose", s, "--of", "gap"], ["decompose", s, "--of", "gap", "--groups", f"{ESCAPE}=professions"],
        ["montecarlo", s, "--draws", "10"], ["practicum", s], ["backtest", s, "--from", "2021"], ["calibrate", s],
        ["new", f"{FOLDER}/mine"], ["new", f"{FOLDER}/{TURN}"], [f"{TURN}run", s], ["run", s, f"--{TURN}"],
        ["import", "px", f"{FOLDER}/none.px", "-o", "x.csv"], ["run", f"{FOLDER}/none{TURN}.yaml"],
        ["run", s, "--set", f"{TURN}=1"], ["run", s, "--variant", ESCAPE], ["run", s, "--data", TURN],
    ]
    said = ""
    for words in commands:
        for language in ("en", "da"):
            said += "".join(program.shown(*words, "--lang", language, *(["--force"] if "-o" in words and words[0] == "run" else [])))
    for escape in ("\\u202e", "\\u001b[31m", "\\u0007", "\\u009b", "\\u2066"):
        must(escape in said, f"{escape} is not shown")
    program.shown("check", s, status=0)
    program.shown("run", s, status=0)


def problems(program):
    """Messages, their source lines, and the same as JSON, which has names of files as they are."""
    program.put(f"{FOLDER}/bad.yaml", SCENARIO.replace("{folder}", f"none{TURN}-") + f"unknown{TURN}: 1 # {TURN}\n")
    _, errors = program.shown("check", f"{FOLDER}/bad.yaml", status=3)
    must("\\u202e" in errors and "plan\\u001b[31m" in errors, errors)
    _, errors = program.shown("check", f"{FOLDER}/bad.yaml", "--diagnostics", "json", status=3)
    lines = [json.loads(line) for line in errors.splitlines()]
    must(all(line["file"].startswith(FOLDER) for line in lines if "file" in line), "files are " + errors)


def data(program):
    """What programs read has the texts as they are: escapes are for terminals."""
    out, _ = program.run("run", f"{FOLDER}/s.yaml", "-o", "-")
    same(out[:9], b"scenario,", "the head of results.csv")
    out, _ = program.shown("explain", f"{FOLDER}/s.yaml", EXIT, "--format", "json", status=0)
    must(f"x{ESCAPE}y{TURN}" in json.dumps(json.loads(out), ensure_ascii=False).replace("\\u001b", "\x1b"), out)


def modes(program):
    """Every file of the output folder has the permissions that the umask leaves, so that a group can share it."""
    formats = ["csv", "json", "svg", "html"]
    for name in ("sqlite", "xlsx"):
        status = program.start("run", f"{FOLDER}/s.yaml", "-o", f"try-{name}", "--format", name).wait()
        formats += [name] if status == 0 else []
    for mask, file_mode, folder_mode in ((0o002, 0o664, 0o775), (0o077, 0o600, 0o700)):
        before = os.umask(mask)
        program.run("run", f"{FOLDER}/s.yaml", "-o", f"out-{mask}", "--format", ",".join(formats))
        os.umask(before)
        for path in (program.folder / f"out-{mask}").rglob("*"):
            mode = stat.S_IMODE(path.stat().st_mode)
            same(oct(mode), oct(folder_mode if path.is_dir() else file_mode), f"mode of {path.name} under umask {mask:03o}")
    if "sqlite" in formats:
        with sqlite3.connect(program.folder / "out-2/results.sqlite") as base:
            same(base.execute("SELECT count(*) > 0 FROM results").fetchone(), (1,), "rows of the database")


main(Program, verbs, problems, data, modes)
