"""Malformed scenarios, tables and commands: each is refused with exactly the diagnostics that it deserves.

NAME.yaml is a scenario with something wrong (its first line says what), NAME.csv a table that one names, and
NAME.expected what the program writes to standard error; layers/ holds files that some extend. good.yaml, good-whole.yaml
(everything that a scenario can say) and good-practicum.yaml, which the others are made from, good-layers.yaml,
good-later.yaml, good-above.yaml, good-unknown.yaml and good-observed.yaml have nothing wrong.

    run.py PROGRAM              runs every case and compares
    run.py PROGRAM NAME...      only these
    run.py PROGRAM --update     writes the .expected files anew; read the difference before you keep it
    run.py --messages           lists the messages of src/base/messages/ that no .expected file shows

Source lines, blank lines and the closing count are left out of the comparison but for the cases of SHOWN, so that it is
clear what a change of wording changes. odd-NAME.yaml is legal but odd: it is run with --werror, and `check` passes it.

NAME.da.expected, where there is one, is what the program writes in Danish. Make an empty one and run with --update.

Every scenario is run with -o on a folder that holds files already: exit status 3, nothing on standard output, and the
folder and what is beside it as before. `check` says the same, and in Danish the same places have problems.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
MESSAGES = HERE.parent.parent / "src" / "base" / "messages"
GOOD = ("good", "good-whole", "good-practicum", "good-later", "good-layers", "good-above", "good-unknown", "good-observed")

# Cases that are compared with all that is on the screen.
SHOWN = {"births-cell", "command-file-missing", "command-two-files", "command-verb", "many", "number-comma",
         "odd-completion", "table-quote-text"}


def a_file(folder):
    (folder / "taken").write_text("a file\n")


def a_link(folder):
    (folder / "link").symlink_to(folder / "out")


def a_stray(folder):
    (folder / "out" / "results.csv").unlink()
    (folder / "out" / "results.csv").mkdir()


def a_scenario_there(folder):
    """A scenario of the output folder itself, as an earlier run resolved it."""
    (folder / "out" / "results.csv").unlink()
    shutil.copy(HERE / "good.yaml", folder / "out" / "good.resolved.yaml")
    shutil.copytree(HERE / "tables", folder / "out" / "tables")


def a_table(folder):
    shutil.copy(HERE / "import" / "good.csv", folder / "FOLK1A.csv")
    (folder / "link.csv").symlink_to("FOLK1A.csv")


def a_pipe(folder):
    os.mkfifo(folder / "pipe.yaml")


def a_foreign_partial(folder):
    (folder / "out.partial").mkdir()
    (folder / "out.partial" / "notes.txt").write_text("my own notes\n")


def a_folder_of_others(folder):
    (folder / "old").mkdir()
    (folder / "old" / "manifest.json").write_text('{"program": "another"}')


def a_folder_without_values(folder):
    (folder / "old").mkdir()
    (folder / "old" / "manifest.json").write_text('{"program": "fremskriv", "version": "0.1.0", "command": ["run"]}')
    (folder / "old" / "results.csv").write_text("scenario,variant,year,region\n")


# Commands: name, arguments ({tmp} is a folder made for the case, {tmp}/out the one with files), exit status, what to
# prepare there.
COMMANDS = [
    ("command-none", [], 2, None),
    ("command-verb", ["rum", "good.yaml"], 2, None),
    ("command-option", ["run", "good.yaml", "--dta", "tables", "--nonsense"], 2, None),
    ("command-option-not-here", ["check", "good.yaml", "-o", "{tmp}/out"], 2, None),
    ("command-option-needs", ["run", "good.yaml", "-o"], 2, None),
    ("command-option-none", ["run", "good.yaml", "--quiet=yes"], 2, None),
    ("command-option-value", ["run", "good.yaml", "--decimal", "coma", "--threads", "0", "--format", "cvs"], 2, None),
    ("command-option-twice", ["run", "good.yaml", "-o", "{tmp}/out", "-o", "{tmp}/out"], 2, None),
    ("command-no-scenario", ["run", "-o", "{tmp}/out"], 2, None),
    ("command-option-no-output", ["run", "good.yaml", "--format", "csv", "--decimal", "comma"], 2, None),
    ("command-check-name-twice", ["check", "good.yaml", "./good.yaml"], 3, None),
    ("command-stream-format", ["run", "good.yaml", "-o", "-", "--format", "json"], 2, None),
    ("command-report-practicum", ["practicum", "good-practicum.yaml", "--format", "html", "-o", "{tmp}/out"], 2, None),
    ("command-name-twice", ["run", "good.yaml", "./good.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-file-missing", ["run", "god.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-verb-danish", ["kør", "good.yaml"], 2, None),
    ("command-verb-help", ["hjælp"], 2, None),
    ("command-verb-file", ["good.yaml"], 2, None),
    ("command-verb-any", ["xyzzy", "good.yaml"], 2, None),
    ("command-option-danish", ["run", "good.yaml", "--sprog", "da", "\u2013data", "tables", "--decimal", "komma",
                               "--format", "excel", "--uddata=x"], 2, None),
    ("command-data-missing", ["check", "good.yaml", "--data", "tabels", "--data", "nosuchfolder", "--data", "good.yaml",
                              "--data", "..\\bad"], 2, None),
    ("command-scenario-missing", ["run", "layers/esbjerg", "-o", "{tmp}/out"], 3, None),
    ("command-scenario-ending", ["run", "good", "good-latr", "-o", "{tmp}/out"], 3, None),
    ("command-scenario-below", ["run", "letters", "-o", "{tmp}/out"], 3, None),
    ("command-folder-missing", ["run", "layer/other.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-file-backslash", ["run", "layers\\other.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-explain-inside", ["explain", "good-whole.yaml", "intake"], 3, None),
    ("command-explain-letters", ["explain", "layers/letters.yaml", "pædagog"], 3, None),
    ("command-explain-deep", ["explain", "good.yaml", "programs.soso.intak"], 3, None),
    ("command-set-inside", ["check", "good-whole.yaml", "--set", "intake=5", "--set", "sosu.completion=0.5",
                            "--set", "programs.soso.competion=1", "--set", "programmes/sosu/completion=1",
                            "--set", "uddannelser.sosu.frafald=0.2", "--set", "programmes.sosu.gennemførelse=1"], 3, None),
    ("command-variant-base", ["run", "good.yaml", "--variant", "Base", "-o", "{tmp}/out"], 3, None),
    ("command-file-folder", ["run", "tables", "-o", "{tmp}/out"], 3, None),
    ("command-file-pipe", ["run", "{tmp}/pipe.yaml", "-o", "{tmp}/out"], 3, a_pipe),
    ("command-file-empty-name", ["run", "", "-o", "{tmp}/out"], 3, None),
    ("command-nothing-to-project", ["run", "good-practicum.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-practicum-left-out", ["run", "good.yaml", "good-practicum.yaml", "-o", "{tmp}/out", "--werror"], 3, None),
    ("command-no-practicum", ["practicum", "good.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-compare-one", ["compare", "good.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-compare-nothing", ["compare", "good.yaml", "good-later.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-compare-many", ["compare", "layers/variants.yaml", "--assumptions"], 3, None),
    ("command-backtest-nothing", ["backtest", "good.yaml", "--from", "2021", "-o", "{tmp}/out"], 2, None),
    ("command-backtest-when", ["backtest", "good-whole.yaml", "-o", "{tmp}/out"], 2, None),
    ("command-backtest-late", ["backtest", "good-whole.yaml", "--from", "2022", "-o", "{tmp}/out"], 2, None),
    ("command-backtest-from", ["backtest", "good-whole.yaml", "--from", "2017", "-o", "{tmp}/out"], 3, None),
    ("command-backtest-manifest", ["backtest", "good-whole.yaml", "--against", "{tmp}/old", "-o", "{tmp}/out"], 3,
     a_folder_of_others),
    ("command-backtest-results", ["backtest", "good-whole.yaml", "--against", "{tmp}/old", "-o", "{tmp}/out"], 3,
     a_folder_without_values),
    ("command-solve-from-twice", ["solve", "good.yaml", "--from", "2021", "--from", "2022", "--vary",
                                  "programmes.sosu.completion", "--target", "gap:sosu::2022=0"], 2, None),
    ("command-explain-words", ["explain", "good.yaml", "programmes", "demand", "--format", "xlsx"], 2, None),
    ("command-explain-unknown", ["explain", "good.yaml", "programs.sosu.intake"], 3, None),
    ("command-explain-not-given", ["explain", "good.yaml", "programmes.sosu.shock"], 3, None),
    ("command-sweep-nothing", ["sweep", "good.yaml", "-o", "{tmp}/out"], 2, None),
    ("command-sweep-vary", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion",
                            "--vary", "programmes.sosu.completion=0.5:0.6",
                            "--vary", "professions.sosu.unemployment=0.1,half",
                            "--vary", "professions.sosu.unemployment=0.01:0.02:0.003",
                            "--vary", "programmes.sosu.competion=0.5", "--vary", "professions.sosu.unemployment=0.5:1.5:0.5",
                            "--vary", "programmes.sosu.completion=0.8", "--vary", "programmes.sosu.completion*=1"],
     2, None),
    ("command-sweep-not-given", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.shock=0.9,1"], 2, None),
    ("command-sweep-filters", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion=0.8",
                               "--measure", "supply,gab", "--region", "groups,Nord", "--year", "2020,2030",
                               "--profession", "sosy", "--sector", "hjemmeplej"], 2, None),
    ("command-sweep-sobol", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion=0.7:0.8",
                             "--design", "sobol"], 2, None),
    ("command-sweep-points", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion=0.7",
                              "--points", "8"], 2, None),
    ("command-sweep-many", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary",
                            "programmes.sosu.completion=0:1:0.0000001"], 2, None),
    ("command-sweep-long", ["sweep", "good.yaml", "--vary", "programmes.sosu.completion=0.1:0.9:0.01"], 2, None),
    ("command-sweep-point", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary",
                             "programmes.sosu.starts.august.share=0.6,0.7"], 3, None),
    ("command-sweep-empty", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion=0.8",
                             "--measure", "cost"], 3, None),
    ("command-sweep-format", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion=0.8",
                              "--format", "xlsx"], 2, None),
    ("command-sweep-foreign", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion=0.8"], 5,
     a_foreign_partial),
    ("command-decompose-nothing", ["decompose", "good.yaml"], 2, None),
    ("command-decompose-year", ["decompose", "good.yaml", "--of", "gap:sosu:all:2020"], 2, None),
    ("command-decompose-many", ["decompose", "good.yaml", "good-later.yaml", "good-whole.yaml", "--of", "gap:sosu:all:2020"], 2,
     None),
    ("command-decompose-shape", ["decompose", "good.yaml", "good-later.yaml", "--of", "gap:sosu:all:2021"], 2, None),
    ("command-decompose-points", ["decompose", "good.yaml", "--of", "gap:sosu:all:2020..2022", "--points", "8"], 2, None),
    ("command-decompose-groups", ["decompose", "good.yaml", "--of", "gap:sosu:all:2020..2022", "--groups", "intake"], 2, None),
    ("command-decompose-groups-nothing", ["decompose", "good.yaml", "--of", "gap:sosu:all:2020..2022", "--groups",
                                          "training=programmes.sosu.compeltion,programmes.*.intake"], 2, None),
    ("command-decompose-groups-name", ["decompose", "good.yaml", "--of", "gap:sosu:all:2020..2022", "--groups",
                                       "end=programmes"], 2, None),
    ("command-backtest-empty", ["backtest", "good-observed.yaml", "--from", "2021"], 2, None),
    ("command-backtest-twice", ["backtest", "good-observed.yaml", "--from", "2020", "--from", "2020"], 2, None),
    ("command-backtest-scenarios", ["backtest", "good-observed.yaml", "good.yaml", "--from", "2020"], 2, None),
    ("command-backtest-unseen", ["backtest", "good-observed.yaml", "--from", "2020", "--set",
                                 "observed=[{of: \"graduates:sosu::2021:hjemmepleje\", value: 3, source: the school}]"], 3, None),
    ("command-path-share", ["solve", "good.yaml", "--path", "--vary", "programmes.sosu.completion", "--target",
                            "gap:sosu::2021-2022=0"], 2, None),
    ("command-path-twice", ["solve", "good.yaml", "--path", "--vary", "programmes.sosu.intake", "--target",
                            "gap:sosu::2021-2022=0", "--target", "gap:::2021-2022=1"], 2, None),
    ("command-decompose-order", ["decompose", "good.yaml", "--of", "gap:sosu:all:2022..2020"], 2, None),
    ("command-decompose-twice", ["decompose", "good.yaml", "--of", "gap:sosu:all:2020..2022,gap:::2020..2022"], 2, None),
    ("command-sensitivity-nothing", ["sensitivity", "good.yaml"], 2, None),
    ("command-sensitivity-sure", ["sensitivity", "good.yaml", "--of", "gap:sosu:all:2022"], 3, None),
    ("command-sensitivity-points", ["sensitivity", "good.yaml", "--of", "gap:sosu:all:2022", "--points", "8"], 2, None),
    ("command-sensitivity-range", ["sensitivity", "good.yaml", "--of", "gap:sosu:all:2022", "--method", "morris", "--points", "2"],
     2, None),
    ("command-sensitivity-power", ["sensitivity", "good.yaml", "--of", "gap:sosu:all:2022", "--method", "sobol", "--points", "1000"],
     2, None),
    ("command-sensitivity-vary", ["sensitivity", "good.yaml", "--of", "gap:sosu:all:2022", "--vary", "programmes.sosu.completion=1:2"],
     2, None),
    ("command-solve-nothing", ["solve", "good.yaml"], 2, None),
    ("command-solve-address", ["solve", "good.yaml", "--vary", "programmes.sosu.completion", "--target",
                               "gab:soso:Nord:2031:hjemmeplej=0"], 2, None),
    ("command-solve-form", ["solve", "good.yaml", "--vary", "programmes.sosu.competion", "--target", "gap=0"], 2, None),
    ("command-solve-target", ["solve", "good.yaml", "--vary", "programmes.sosu.completion=0.9:0.2", "--target",
                              "gap:sosu::2022"], 2, None),
    ("command-solve-years", ["solve", "good.yaml", "--vary", "programmes.sosu.completion", "--from", "2023", "--target",
                             "gap:sosu::2020-2022=0"], 2, None),
    ("command-solve-two", ["solve", "good.yaml", "--vary", "programmes.sosu.completion", "--vary",
                           "programmes.sosu.intake", "--target", "gap:sosu::2022=0"], 2, None),
    ("command-solve-scenarios", ["solve", "good.yaml", "good-later.yaml", "--vary", "programmes.sosu.completion", "--target",
                                 "gap:sosu::2022=0"], 2, None),
    ("command-solve-twice", ["solve", "good.yaml", "--vary", "programmes.sosu.completion", "--vary", "programmes.sosu.intake",
                             "--target", "gap:sosu::2022=0", "--target", "gap:sosu:all:2022=1"], 2, None),
    ("command-solve-step", ["solve", "good.yaml", "--vary", "programmes.sosu.completion", "--target", "gap:sosu::2022=0",
                            "--step", "-1"], 2, None),
    ("command-solve-many-unreached", ["solve", "good.yaml", "--vary", "programmes.sosu.intake", "--vary", "demand.hjemmepleje.employment.sosu=10:200", "--target", "supply:sosu::2022=-5", "--target",
                                      "demand:sosu::2022=60"], 4, None),
    ("command-solve-many-flat", ["solve", "good.yaml", "--vary", "programmes.sosu.intake", "--vary", "demand.hjemmepleje.employment.sosu=10:200", "--target", "gap:sosu::2020=5", "--target",
                                 "demand:sosu::2022=60"], 4, None),
    ("command-solve-many-idle", ["solve", "good.yaml", "--vary", "programmes.sosu.intake", "--vary", "demand.hjemmepleje.employment.sosu=10:200", "--target", "demand:sosu::2021=70", "--target",
                                 "demand:sosu::2022=60"], 4, None),
    ("command-solve-many-same", ["solve", "good.yaml", "--vary", "programmes.sosu.intake", "--vary", "demand.hjemmepleje.employment.sosu=10:200", "--target", "gap:sosu::2022=0", "--target",
                                 "coverage:sosu::2022=1"], 4, None),
    ("command-solve-nowhere", ["solve", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion", "--target",
                               "retirements:sosu::2020=1"], 2, None),
    ("command-solve-unreached", ["solve", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion", "--target",
                                 "gap:sosu::2022=0"], 4, None),
    ("command-solve-flat", ["solve", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.intake", "--target",
                            "gap:sosu::2020=0"], 4, None),
    ("command-solve-several", ["solve", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.intake", "--target",
                               "shortage:sosu::2022=0"], 4, None),
    ("command-solve-point", ["solve", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.starts.august.share",
                             "--target", "gap:sosu::2022=0"], 4, None),
    ("command-solve-step-none", ["solve", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.intake=26:49", "--target",
                                 "intake:sosu::2022=30", "--step", "25"], 4, None),
    ("command-path-group", ["solve", "good.yaml", "-o", "{tmp}/out", "--path", "--vary", "programmes.sosu.intake", "--target",
                            "gap:sosu::2021-2022=0", "--step", "25", "--most-change", "0.1"], 4, None),
    ("command-path-none", ["solve", "good.yaml", "-o", "{tmp}/out", "--path", "--vary", "programmes.sosu.intake=10:90",
                           "--target", "gap:sosu::2022=0", "--together", "9"], 4, None),
    ("command-path-flat", ["solve", "good.yaml", "-o", "{tmp}/out", "--path", "--vary", "programmes.sosu.intake", "--target",
                           "gap:sosu::2021=0", "--from", "2021"], 4, None),
    ("command-path-wishes", ["solve", "good.yaml", "--path", "--vary", "programmes.sosu.intake*=1:2", "--vary",
                             "professions.sosu.cohorts.persons", "--target", "gap:sosu::2021-2022=0", "--target",
                             "coverage:sosu::2022=1", "--target", "gap:sosu::2021..2022=0"], 2, None),
    ("command-path-years", ["solve", "good.yaml", "--path", "--vary", "programmes.sosu.intake", "--target",
                            "gap:sosu::2021-2022=0", "--from", "2022", "--until", "2021"], 2, None),
    ("command-path-without", ["solve", "good.yaml", "--vary", "programmes.sosu.intake", "--target", "gap:sosu::2022=0",
                              "--band", "10", "--until", "2022"], 2, None),
    ("command-path-many", ["solve", "good.yaml", "--path", *["--vary", "programmes.sosu.intake"] * 9, "--target",
                           "gap:sosu::2021-2022=0"], 2, None),
    ("command-path-number", ["solve", "good.yaml", "--path", "--vary", "programmes.sosu.intake", "--target",
                             "gap:sosu::2021-2022=0", "--step", "many", "--band", "1,5"], 2, None),
    ("command-path-thousands", ["solve", "good.yaml", "--path", "--vary", "programmes.sosu.intake", "--target",
                                "gap:sosu::2021-2022=0", "--together", "1.100", "--band", "9.000", "--most-change", "1.100"],
     2, None),
    ("command-solve-thousands", ["solve", "good.yaml", "--vary", "programmes.sosu.intake=0:1.500", "--target",
                                 "gap:sosu::2022=-1.000"], 2, None),
    ("command-sweep-thousands", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.intake=3.000,4.000",
                                 "--vary", "programmes.sosu.completion*=1.005", "--vary", "programmes.sosu.intake+=1e-1:2:1"],
     2, None),
    ("command-path-step", ["solve", "good.yaml", "--path", "--vary", "programmes.sosu.intake", "--target",
                           "gap:sosu::2021-2022=0", "--step", "-25"], 2, None),
    ("command-new-none", ["new"], 2, None),
    ("command-new-two", ["new", "{tmp}/one", "two"], 2, None),
    ("command-new-name", ["new", "{tmp}/plan.2026"], 2, None),
    ("command-two-files", ["run", "number-comma.yaml", "good.yaml", "reference.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-variant", ["run", "good-layers.yaml", "--variant", "lsow", "--variant", "slow", "-o", "{tmp}/out"], 3, None),
    ("command-set", ["run", "good-layers.yaml", "-o", "{tmp}/out", "--set", "programmes.sosu.completon=1", "--set", "years",
                     "--set", "title*=2", "--set", "years={", "--set", "years.until=2023.5", "--set", "professions.sosu=~",
                     "--set", "programmes.sosu.completion*=2", "--set", "demand.hjemmepleje.standard*=ten"], 3, None),
    ("command-set-from", ["run", "good.yaml", "-o", "{tmp}/out", "--set", "title=The plan from 2021",
                          "--set", "ages.to*=2 from 2021", "--set", "years=~ from 2021",
                          "--set", "programmes.sosu.completion={from: 2020, value: 0.8} from 2021",
                          "--set", "programmes.sosu.completion+=0.3 from 2021",
                          "--set", "professions.sosu.cohorts.persons*=2 from 2021",
                          "--set", "programmes.sosu.completion*=1.1 from 20222",
                          "--set", "programmes.sosu.completion*=1.1 from then on"], 3, None),
    ("command-vary-from", ["sweep", "good.yaml", "-o", "{tmp}/out", "--vary", "programmes.sosu.completion*=0.9,1 from 2023",
                           "--vary", "professions.sosu.cohorts.persons+=1,2 from 2021",
                           "--vary", "professions.sosu.unemployment=0.1 from 22"], 2, None),
    ("output-file", ["run", "good.yaml", "-o", "{tmp}/taken"], 5, a_file),
    ("output-below-file", ["run", "good.yaml", "-o", "{tmp}/taken/out"], 5, a_file),
    ("output-link", ["run", "good.yaml", "-o", "{tmp}/link"], 5, a_link),
    ("output-root", ["run", "good.yaml", "-o", "/"], 5, None),
    ("output-name-taken", ["run", "good.yaml", "-o", "{tmp}/out"], 5, a_stray),
    ("output-foreign", ["run", "good.yaml", "-o", "{tmp}/out"], 5, None),
    ("command-calibrate-nothing", ["calibrate", "good.yaml", "-o", "{tmp}/out"], 3, None),
    ("command-calibrate-tolerance", ["calibrate", "good-unknown.yaml", "--variant", "no_tolerance", "-o", "{tmp}/out"], 3, None),
    ("command-calibrate-point", ["calibrate", "good-unknown.yaml", "-o", "{tmp}/out"], 4, None),
    ("command-calibrate-scenarios", ["calibrate", "good-unknown.yaml", "good-later.yaml"], 2, None),
    ("output-is-input", ["run", "{tmp}/out/good.resolved.yaml", "--set", "name=good", "-o", "{tmp}/out", "--force"], 5,
     a_scenario_there),
    ("output-is-input-import", ["import", "auto", "{tmp}/FOLK1A.csv", "-o", "{tmp}/out/../FOLK1A.csv", "--ages", "0-5,6+"],
     5, a_table),
    ("output-is-input-link", ["import", "auto", "{tmp}/link.csv", "-o", "{tmp}/FOLK1A.csv", "--ages", "0-5,6+"], 5, a_table),
    ("output-is-input-case", ["import", "auto", "{tmp}/FOLK1A.csv", "-o", "{tmp}/folk1a.csv", "--ages", "0-5,6+"], 5,
     a_table),
    ("output-unwritable", ["run", "good.yaml", "-o", "/proc/fremskriv"], 5, None),
]

# Files that can't be imported, in the folder import/: the case's name, arguments, exit status.
G = ["--ages", "0-5,6+"]
IMPORTS = [
    ("import-words", ["auto"], 2),
    ("import-unknown-format", ["xml", "import/good.csv", "-o", "{tmp}/t.csv"], 2),
    ("import-no-output", ["auto", "import/good.csv"], 2),
    ("import-option-form", ["auto", "import/good.csv", "-o", "{tmp}/t.csv", "--map", "year", "--where", "=1", "--years",
                            "2040-2016", "--ages", "0-5,5-9", "--quarter", "5", "--missing", "no"], 2),
    ("import-one-file", ["auto", "import/good.csv", "import/good.csv", "-o", "{tmp}/t.csv", "--map", "year=TID"], 3),
    ("import-file-missing", ["auto", "import/none.csv", "-o", "{tmp}/t.csv"], 3),
    ("import-unwritable", ["auto", "import/good.csv", "-o", "{tmp}/nowhere/t.csv", *G], 5),
    ("import-folder", ["auto", "import/good.csv", "-o", "{tmp}/out", *G], 5),
    ("import-format", ["auto", "import/format.txt", "-o", "{tmp}/t.csv"], 3),
    ("import-variables", ["auto", "import/good.csv", "-o", "{tmp}/t.csv", "--map", "year=TIDD", "--where", "ALDER=7,0-5",
                          "--where", "KØN=TOT"], 3),
    ("import-where-variable", ["auto", "import/good.csv", "-o", "{tmp}/t.csv", "--where", "KOEN=1"], 3),
    ("import-choose", ["auto", "import/good.csv", "-o", "{tmp}/t.csv", "--map", "year=TID"], 3),
    ("import-nothing", ["auto", "import/good.csv", "-o", "{tmp}/t.csv", "--map", "age=ALDER", "--years", "1999"], 3),
    ("import-both-files", ["auto", "import/good.csv", "import/good.csv", "-o", "{tmp}/t.csv", *G], 3),
    ("import-same-label", ["auto", "import/same-label.px", "-o", "{tmp}/t.csv", "--map", "place=sted", "--labels"], 3),
    ("import-no-areas", ["auto", "import/regions.csv", "-o", "{tmp}/t.csv", "--areas", "municipalities", *G], 3),
    ("import-no-columns", ["auto", "import/area.csv", "-o", "{tmp}/t.csv", "--data", "import/names", *G], 3),
    ("import-total-and-parts", ["auto", "import/total-and-parts.csv", "-o", "{tmp}/t.csv", "--where", "KØN=TOT,1", *G], 3),
    ("import-map-missing-zero", ["auto", "import/missing.csv", "-o", "{tmp}/nowhere/t.csv", "--map", "age=ALDER", "--missing",
                                 "zero"], 5),
    ("import-map-missing-empty", ["auto", "import/missing.csv", "-o", "{tmp}/nowhere/t.csv", "--map", "age=ALDER", "--missing",
                                  "empty"], 5),
]
# Warnings alone, which --werror makes the end of it.
W = ["-o", "{tmp}/t.csv", "--werror"]
IMPORTS += [
    ("import-lacks-cell", ["auto", "import/lacks-cell.csv", "-o", "{tmp}/t.csv", "--map", "t=TID", "--where", "A=x,y"], 3),
    ("import-lacks-cell-zero", ["auto", "import/lacks-cell.csv", *W, "--map", "t=TID", "--where", "A=x,y", "--missing",
                                "zero"], 3),
    ("import-thousands-all", ["auto", "import/thousands-all.csv", *W, "--map", "r=OMRÅDE", "--map", "t=TID"], 3),
    ("import-scaled", ["auto", "import/scaled.px", *W, "--status", "observed", *G], 3),
    ("import-unscaled", ["auto", "import/unscaled.csv", *W, "--map", "a=ALDER"], 3),
    ("import-total-kept", ["auto", "import/sums.px", *W, "--map", "a=alder", "--map", "t=tid"], 3),
    ("import-no-sums", ["auto", "import/sums.px", *W, "--map", "t=tid", "--where", "alder=0-5,6-9"], 3),
    ("import-counted-twice", ["auto", "import/sums.px", *W, "--map", "t=tid", "--where", "alder=0-5,0-9"], 3),
    ("import-total-summed", ["auto", "import/sums.px", *W, "--map", "t=tid", "--where", "alder=0-5,6-9,I alt"], 3),
    ("import-map-twice", ["auto", "import/good.csv", "-o", "{tmp}/t.csv", "--map", "r=TID", "--map", "r=OMRÅDE", "--map",
                          "a=ALDER", "--value", "a"], 3),
    ("import-where-twice", ["auto", "import/good.csv", "-o", "{tmp}/t.csv", "--map", "r=TID", "--where", "ALDER=0-5",
                            "--where", "alder=6+"], 3),
    ("import-ambiguous", ["auto", "import/same-names.px", "-o", "{tmp}/t.csv", "--map", "s=sted", "--where", "sted=By"], 3),
    ("import-period-column", ["auto", "import/period-column.csv", "-o", "{tmp}/t.csv", "--map", "r=OMRÅDE"], 3),
    ("import-unused", ["auto", "import/unused.csv", *W, "--map", "r=OMRÅDE", "--map", "t=TID"], 3),
    ("import-header", ["auto", "import/header.csv", "-o", "{tmp}/t.csv", "--map", "r=OMRÅDE"], 3),
]
# Shown with the groups 0-5 and 6+, under the file's name.
IMPORTED = [
    "age-across.csv", "age-closed.csv", "age-lacks.csv", "age-overlap.csv", "age-total.csv", "age.csv", "ancestry.csv",
    "area.csv", "category.json", "cells.csv", "codepage.px", "codes.px", "columns.csv", "cube.px", "cut-off-head.px",
    "cut-off.json", "cut-off.px", "double.csv", "encoding.csv", "expected.json", "expected.px", "few.json", "few.px",
    "figure.json", "index.json", "key-empty.csv", "key-twice.px", "key.px", "lacks.csv", "lacks.json", "lacks.px",
    "layout.csv", "many.px", "missing-many.csv", "missing.csv", "negative.csv", "no-figures.csv", "no-header.csv",
    "number.csv", "number.px", "period.csv", "quote-text.csv", "quote.csv", "quote.px", "sex-one.csv", "sex.csv", "size.json",
    "status.csv", "thousands.csv", "time.csv", "trailing.json", "twice.px", "two.json", "utf8.px",
    "after.px", "collection.json", "decimal-comma.px", "described.json", "empty.csv", "keyword-twice.px", "message.json",
    "no-charset.px", "page.csv", "periods-mixed.csv", "pxweb.json", "stray.px", "twice.json", "two-signs.csv",
    "unscaled.csv", "utf16.px", "workbook.csv",
]

# Messages that no case here shows, and why.
NOT_SHOWN = {
    **dict.fromkeys(
        ["BOOK_ARCHIVE", "BOOK_PART", "BOOK_LACKS", "BOOK_XML", "BOOK_CELL", "BOOK_DOCTYPE", "BOOK_LARGE",
         "BOOK_PROTECTED", "BOOK_BINARY", "BOOK_EMPTY", "SHEET_WHICH", "SHEET_MISSING", "SHEET_OF_FILE",
         "SHEET_ERROR", "SHEET_FORMULA", "SHEET_BESIDE", "SHEET_MERGED", "SHEET_DATE", "SHEET_NUMBER", "SHEET_LARGE"],
        "needs a workbook made for it; tests/workbooks/check.py",
    ),
    "CAUSES_MANY": "needs more than 64 causes",
    "DECOMPOSE_MIX": "needs two scenarios with parts that belong together; tests/unit/analysis/test_decompose.c",
    "DECOMPOSE_REST": "no two scenarios are known that differ so",
    "SOLVE_BY_REGION": "needs an intake by region; tests/solve/check.py",
    **dict.fromkeys(["STUDIO_WORDS", "STUDIO_NO_PAGE", "STUDIO_OTHER_PAGE", "STUDIO_CLIMBS", "STUDIO_TWICE", "STUDIO_NO_TEXT"],
                    "needs a page; tests/cli/studio.py"),
    "NEW_UNANSWERED": "needs a terminal; tests/cli/begin.py",
    "NEW_LEFT_OUT": "needs the shipped data; tests/cli/begin.py",
    "NEW_MIXED": "needs the shipped data; tests/cli/begin.py",
    "PATH_NONE": "needs limits that leave nothing after the first year",
    "SOLVE_JUMP": "needs a response that jumps; tests/solve/check.py",
    "SOLVE_MANY_SEVERAL": "needs a response that turns; tests/unit/analysis/test_solve_many.c",
    "CHART_JS_UNUSABLE": "needs a system without Chart.js; tests/unit/output/test_report.c",
    "FILE_DENIED": "root may read everything; tests/unit/base/test_source.c",
    "FILE_TOO_LARGE": "needs a file of 256 MiB; tests/unit/base/test_source.c",
    "FILE_UNREADABLE": "needs a disk that fails; tests/unit/base/test_source.c",
    "PART_DIED": "needs a library that dies; tests/memory/check.py",
    "OUTPUT_BUSY": "needs another command at work; tests/cli/files.py",
    "OUTPUT_CHANGED": "a warning of a command that succeeds; tests/unit/base/test_stage.c",
    "OUTPUT_IS_HERE": "needs a command that runs in its output folder; tests/unit/base/test_stage.c",
    "OUTPUT_IS_MOUNT": "needs a mount point that may be written",
    "OUTPUT_KEPT": "needs a command that was killed; tests/unit/base/test_stage_faults.c",
    "OUTPUT_LEFT": "needs a disk that fails; tests/unit/base/test_stage_faults.c",
    "OUTPUT_NOTHING_BESIDE": "root may write everywhere; tests/unit/base/test_stage.c",
    "OUTPUT_REMOVED": "a warning of a command that succeeds; tests/cli/files.py",
    "PARTIAL_DAMAGED": "the sweep goes on; tests/sweeps/check.py",
    "PARTIAL_IS_INPUT": "needs a scenario that reads a sweep's points; tests/sweeps/check.py",
    "WHOLE_FILE_BUSY": "needs another command at work; tests/cli/files.py",
    "PARTIAL_ANEW": "the sweep goes on; tests/sweeps/check.py",
    "PARTIAL_BUSY": "needs another sweep at work; tests/sweeps/check.py",
    "DRAWS_DRAW": "needs draws that are no scenario; tests/unit/analysis/test_montecarlo.c",
    "SENSITIVITY_MANY": "needs many points of many results",
    "SENSITIVITY_POINT": "needs points that are no scenario; tests/unit/analysis/test_sensitivity.c",
    "SENSITIVITY_LACKS": "needs a result that some points lack",
    "DRAWS_NOTHING": "needs the verb montecarlo; tests/montecarlo/check.py",
    "DRAWS_RANGE": "the option has the same range; of the library alone",
    "DRAWS_SOBOL": "needs a draw of more than 1024 numbers",
    "SOBOL_DIMENSIONS": "needs a scenario with more than 40 parameters; tests/unit/analysis/test_sweep.c",
    "SWEEP_INTERRUPTED": "needs a signal; tests/sweeps/check.py",
    "CHART_FAILED": "needs a librsvg that fails; tests/charts/check.py",
    "NO_CHARTS": "a warning of a command that succeeds; tests/charts/check.py",
    "OUTPUT_EMPTY": "an empty -o is an option without its value; for programs that call the library",
    "OUTPUT_FILE_UNWRITABLE": "needs a full disk; tests/unit/base/test_stage_faults.c",
    "PART_MISSING": "needs a machine without the library; tests/output_sheets/check.py",
    "PART_NOT_BUILT": "needs a build without the library",
    "STDOUT_LOST": "needs a closed standard output",
    "TABLE_OPEN_SHARES_NONE": "no value has shares of an open group yet; tests/unit/tables/test_reading_ages.c",
    "TABLE_OPEN_SHARES_START": "no value has shares of an open group yet; tests/unit/tables/test_reading_ages.c",
    "WHOLE_FILE_EXISTS": "needs the program's own folder, which no case has; tests/cli/begin.py",
    "TABLE_TOO_LARGE": "needs a table of 4 GiB, above the limit of any file; a guard of the table room",
}


def snapshot(folder):
    """Every name below a folder with its time and content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else None
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_mtime_ns, content)
    return found


def fill(folder):
    out = folder / "out"
    (out / "older").mkdir(parents=True)
    (out / "results.csv").write_text("results from before\n")
    (out / "notes.txt").write_text("my own notes\n")
    (out / "older" / "results.csv").write_text("kept\n")


def call(program, arguments, lang):
    environment = {**os.environ, "FREMSKRIV_DATA": "elsewhere", "SOURCE_DATE_EPOCH": "0"}
    command = [program, *arguments, "--lang", lang]
    return subprocess.run(command, cwd=HERE, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=120)


def places(stderr):
    """The places and severities of what was said, without the words."""
    return re.findall(rb"^(\S.*?: (?:error|warning)): ", stderr, re.MULTILINE)


def bare(stderr):
    """What was said without source lines, blank lines and the closing count."""
    lines = [line for line in stderr.splitlines(keepends=True)
             if not re.match(rb"(?: *\d+| {5,}) \| |\d+ (?:errors?|warnings?|fejl|advarsel|advarsler)(?:, \d+ (?:warnings?|advarsel|advarsler))?$|$", line)]
    return b"".join(lines)


class Case:
    """A command that must fail, and what it left behind."""

    def __init__(self, name, arguments, status, prepare, scenario):
        self.name, self.arguments, self.status, self.prepare = name, arguments, status, prepare
        self.scenario = scenario
        self.problems = []

    def expect(self, right, what):
        if not right:
            self.problems.append(f"{self.name}: {what}")

    @property
    def odd(self):
        return self.name.startswith("odd-")

    @property
    def speaks_danish(self):
        return (HERE / (self.name + ".da.expected")).exists()

    def run(self, program):
        self.said = self.call(program, "en")
        self.danish = self.call(program, "da") if self.speaks_danish else None
        if self.scenario:
            self.check(program)
        elif self.arguments[:1] == ["import"]:
            self.check_danish(self.said, self.call(program, "da"))
        return self

    def call(self, program, lang):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="fremskriv-bad-"))
        try:
            fill(folder)
            if self.prepare is not None:
                self.prepare(folder)
            before = snapshot(folder)
            done = call(program, [word.replace("{tmp}", str(folder)) for word in self.arguments], lang)
            self.expect(snapshot(folder) == before, "the output folder, or what is beside it, is not as it was")
        finally:
            shutil.rmtree(folder)
        self.expect(done.returncode == self.status, f"exit status {done.returncode}, not {self.status}")
        self.expect(done.stdout == b"", f"standard output holds {done.stdout[:200]!r}")
        said = done.stderr.replace(str(folder).encode(), b"TMP")
        return said if self.name in SHOWN else bare(said)

    def check(self, program):
        arguments = ["check", self.name + ".yaml"] + ["--werror"] * self.odd
        done = call(program, arguments, "en")
        self.expect(done.returncode == 3 and bare(done.stderr) == bare(self.said),
                    "`check` says something else than `run`")
        if self.odd:
            self.expect(call(program, arguments[:2], "en").returncode == 0, "`check` does not pass what is only odd")
        self.check_danish(bare(done.stderr), bare(call(program, arguments, "da").stderr))

    def check_danish(self, english, danish):
        self.expect(places(danish) == places(english), "the places are others in Danish")
        self.expect(b"{" not in danish or b"{" in english, "a Danish message has an unfilled place")


def all_cases():
    cases = [Case(path.stem, ["run", path.name, "-o", "{tmp}/out"] + ["--werror"] * path.stem.startswith("odd-"),
                  3, None, True)
             for path in sorted(HERE.glob("*.yaml")) if path.stem not in GOOD]
    cases += [Case(name, arguments, status, prepare, False) for name, arguments, status, prepare in COMMANDS]
    cases += [Case(name, ["import", *arguments], status, None, False) for name, arguments, status in IMPORTS]
    cases += [Case("import-" + name.replace(".", "-"), ["import", "auto", "import/" + name, "-o", "{tmp}/t.csv",
                                                        *(G if "missing" not in name else [])], 3, None, False)
              for name in IMPORTED]
    return cases


def compare(case, ending, said):
    expected = HERE / (case.name + ending)
    wanted = expected.read_bytes() if expected.exists() else b""
    case.expect(said == wanted, "said\n" + said.decode("utf-8", "replace") + "instead of\n" +
                wanted.decode("utf-8", "replace"))


def check_good(program):
    problems = []
    for name in GOOD:
        done = call(program, ["check", name + ".yaml"], "en")
        said = [line for line in done.stderr.decode().splitlines() if not line.startswith(name + ".yaml: note: ")]
        if done.returncode != 0 or said != [name + ".yaml: no problems"]:
            problems.append(f"{name}.yaml: exit status {done.returncode}: {done.stderr.decode()}")
    return problems


def run(program, names, update):
    cases = [case for case in all_cases() if not names or case.name in names]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda case: case.run(program), cases))
    known = {case.name for case in cases}
    problems = check_good(program)
    for case in cases:
        for ending, said in ((".expected", case.said), (".da.expected", case.danish)):
            if update and said is not None:
                (HERE / (case.name + ending)).write_bytes(said)
            elif said is not None:
                compare(case, ending, said)
        problems += case.problems
    if not names:
        problems += [f"{path.name}: there is no such case" for path in HERE.glob("*.expected")
                     if path.stem.removesuffix(".da") not in known]
    print("\n".join(problems))
    print(f"{len(cases)} cases, {len(problems)} problems")
    return 1 if problems else 0


def list_messages():
    """The name of every message with a pattern of its English text, and how many letters of that are fixed."""
    found = {}
    string = r'"((?:[^"\\]|\\.)*)"'
    for path in sorted(MESSAGES.glob("*.def")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(rf"FREM_MESSAGE\((\w+), \w+,\s*((?:{string}\s*)+),", text):
            whole = "".join(re.findall(string, match[2])).replace('\\"', '"').replace("\\\\", "\\")
            parts = re.split(r"\{\d\}", whole)
            found[match[1]] = (re.compile(".*".join(map(re.escape, parts)), re.DOTALL), sum(map(len, parts)))
    return found


def messages():
    known = list_messages()
    shown = set()
    for path in HERE.glob("*.expected"):
        if path.stem.endswith(".da"):
            continue
        for text in re.findall(r"^(?:\S.*?: )?(?:error|warning): (.*)$", path.read_text(errors="replace"), re.MULTILINE):
            fitting = [(fixed, name) for name, (pattern, fixed) in known.items() if pattern.fullmatch(text)]
            shown.update(name for fixed, name in fitting if fixed == max(fitting)[0])
    lacking = sorted(set(known) - shown)
    problems = [f"{name}: no case shows it, and NOT_SHOWN has no reason" for name in lacking if name not in NOT_SHOWN]
    problems += [f"{name}: NOT_SHOWN has it for nothing" for name in NOT_SHOWN if name in shown or name not in known]
    for name in lacking:
        print(f"not shown: {name}: {NOT_SHOWN.get(name, '?')}")
    print("\n".join(problems))
    print(f"{len(known)} messages, {len(shown)} shown, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    if "--messages" in words:
        sys.exit(messages())
    sys.exit(run(os.path.abspath(words[0]), [word for word in words[1:] if word != "--update"], "--update" in words))
