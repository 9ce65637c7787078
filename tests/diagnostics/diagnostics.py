"""Problems as people and programs see them.

    diagnostics.py PROGRAM CHECK    CHECK is the name of a function below that takes the program
    diagnostics.py --write          writes the table of names in docs/diagnostics.md anew
"""

import json
import os
import pty
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "tests/bad"
PAGE = ROOT / "docs/diagnostics.md"
MARKS = ("<!-- names: made by tests/diagnostics/diagnostics.py --write -->\n", "<!-- end of names -->")
HEAD = re.compile(r"^(.+?)(?::(\d+):(\d+))?: (error|warning): (.*)$")
# What some problem here is raised for with another half.
RELATED = {"table-absent-sex-rate", "correlated-twice", "observed-twice",
           "yaml-duplicate-key", "changed-outside", "either-or", "layers-either-or", "table-absent-sex", "table-double-row",
           "table-age-gap", "table-age-overlap", "table-quote-text", "scenario-twice", "missing-key-below", "outdented",
           "covers-differ", "table-no-row-covered", "population-ends", "population-ends-moved", "population-begins"}


def must(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")


def call(program, *words, folder=BAD, **more):
    environment = {**os.environ, "FREMSKRIV_DATA": "elsewhere", "LC_ALL": "C", **more}
    return subprocess.run([program, *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL, check=False,
                          capture_output=True, timeout=120)


def objects(done):
    return [json.loads(line) for line in done.stderr.decode().splitlines()]


def scenarios():
    return sorted(path.name for path in BAD.glob("*.yaml"))


def heads(text):
    """The first lines of problems: file, line, column, severity, message."""
    return [match.groups() for match in map(HEAD.match, text.splitlines()) if match]


def text_at(place):
    """What is in the file from column to end_column."""
    path = BAD / place["file"]
    lines = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    return lines[place["line"] - 1][place["column"] - 1 : place["end_column"] - 1]


def json_lines(program):
    """Every malformed scenario says in JSON what it says in words, in the documented form."""
    try:
        import jsonschema
    except ImportError:
        print("python3-jsonschema is not installed: skipped")
        sys.exit(77)
    schema = json.loads((ROOT / "docs/diagnostics.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    related = set()

    def look(name):
        spoken = call(program, "check", name)
        done = call(program, "check", name, "--diagnostics", "json")
        must(done.returncode == spoken.returncode and done.stdout == b"", f"{name}: status or standard output")
        found = objects(done)
        for problem in found:
            validator.validate(problem)
            if "end_column" in problem:
                must(problem["end_column"] >= problem["column"], f"{name}: {problem}")
        listed = [(p["file"], str(p["line"]) if "line" in p else None, str(p["column"]) if "column" in p else None,
                 p["severity"], p["message"]) for p in found]
        must(listed == heads(spoken.stderr.decode()), f"{name}: {listed} is not what is said:\n{spoken.stderr.decode()}")
        return found

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(look, scenarios()):
            for problem in found:
                if "related" in problem:
                    related.add(problem["name"])
    for name in call(program, "check", "good.yaml", "./good.yaml", "--diagnostics", "json").stderr.splitlines():
        related.add(json.loads(name)["name"])
    must(related == RELATED, f"problems with another half are {related ^ RELATED} otherwise than expected")


def words(program):
    """end_column is the end of the word; the other half is where it is said to be."""
    (twice,) = objects(call(program, "check", "yaml-duplicate.yaml", "--diagnostics", "json"))[:1]
    must(text_at(twice) == "years" and text_at(twice["related"]) == "years", twice)
    must(twice["related"]["line"] < twice["line"], twice)
    commas = objects(call(program, "check", "number-comma.yaml", "--diagnostics", "json"))
    must([text_at(p) for p in commas] == ["1.100,5", "0,04", '"3,5"'], commas)
    dates = objects(call(program, "check", "births-cell.yaml", "--diagnostics", "json"))
    must([text_at(p) for p in dates] == ["1.1.1960", "666"], dates)
    danish = objects(call(program, "check", "key-danish.yaml", "--diagnostics", "json", "--lang", "da"))
    must("gennemførelse" in [text_at(p) for p in danish], danish)


def alone(program):
    """Nothing but JSON goes to standard error, whatever happens."""
    with tempfile.TemporaryDirectory() as temp:
        for words_, status, names in (
            (["check", "good.yaml"], 0, []),
            (["run", "good.yaml", "-o", f"{temp}/out"], 0, []),
            (["run", "good.yaml", "-o", f"{temp}/out/manifest.json"], 5, ["output-is-file"]),
            (["run", "god.yaml"], 3, ["file-missing"]),
            (["run", "odd-supply-falls.yaml"], 0, ["supply-falls"]),
            (["check", "odd-vacancies.yaml", "--werror"], 3, ["many-vacancies", "warnings-given"]),
            (["rum", "good.yaml"], 2, ["unknown-verb"]),
            (["run", "good.yaml", "--dta", "x"], 2, ["unknown-option"]),
        ):
            done = call(program, *words_, "--diagnostics", "json")
            must(done.returncode == status, f"{words_}: {done}")
            must([p["name"] for p in objects(done)] == names, f"{words_}: {done.stderr}")
    must(call(program, "check", "god.yaml", "--diagnostics=text").stderr.startswith(b"god.yaml: error:"), "text")
    must(b"one of text, json" in call(program, "check", "good.yaml", "--diagnostics", "xml").stderr, "xml")


def werror(program):
    """Warnings are reported and let pass; with --werror they stop the program before it writes."""
    with tempfile.TemporaryDirectory() as temp:
        out = Path(temp) / "out"
        done = call(program, "run", "odd-vacancies.yaml", "-o", str(out), "--werror")
        must(done.returncode == 3 and not out.exists(), done)
        must(b"fremskriv: error: with --werror the warnings are errors\n1 error, 1 warning\n" in done.stderr, done)
        done = call(program, "run", "odd-vacancies.yaml", "-o", "-", "--werror")
        must(done.returncode == 3 and done.stdout == b"", done)
        done = call(program, "run", "odd-vacancies.yaml", "-o", str(out))
        must(done.returncode == 0 and (out / "results.csv").exists(), done)
        must(done.stderr.endswith(b"1 warning\n"), done)
    done = call(program, "check", "odd-vacancies.yaml", "--lang", "da")
    must(done.returncode == 0 and done.stderr.endswith(b"\n1 advarsel\n") and b"ingen problemer" not in done.stderr, done)
    must(call(program, "check", "good.yaml", "--werror").returncode == 0, "good.yaml has no warnings")
    must(call(program, "practicum", "good-practicum.yaml", "--werror").returncode == 0, "practicum")


def screens(program, name, **environment):
    """What is on a terminal of 60 columns."""
    reader, writer = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    env = {**os.environ, "FREMSKRIV_DATA": "elsewhere", "LC_ALL": "C", "TERM": "xterm", **environment}
    if "NO_COLOR" not in environment:
        env.pop("NO_COLOR", None)
    running = subprocess.Popen([program, "check", name, "--progress", "never"], cwd=BAD, env=env, stderr=writer)
    os.close(writer)
    said = b""
    while True:
        try:
            piece = os.read(reader, 65536)
        except OSError:
            piece = b""
        if not piece:
            break
        said += piece
    os.close(reader)
    running.wait()
    return said.decode().replace("\r\n", "\n")


def colours(program):
    """Colours only on a terminal that wants them; without them the text is the same."""
    plain = call(program, "check", "many.yaml").stderr.decode()
    painted = screens(program, "many.yaml")
    must("\x1b[1;31merror:\x1b[0m" in painted, painted)
    must(re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain, painted)
    must(screens(program, "many.yaml", NO_COLOR="1") == plain, "NO_COLOR")
    must(screens(program, "many.yaml", TERM="dumb") == plain, "TERM=dumb")
    must("\x1b[1;35mwarning:\x1b[0m" in screens(program, "odd-vacancies.yaml"), "a warning's colour")
    must("\x1b" in screens(program, "many.yaml", NO_COLOR=""), "an empty NO_COLOR is none")


def elsewhere(program):
    """Keys that belong elsewhere, and Danish words for them."""
    said = call(program, "check", "key-danish.yaml").stderr.decode()
    for key, hint in (("optag", "'intake' belongs to programmes.NAME"), ("ledighed", "did you mean 'unemployment'?"),
                      ("completion", "'completion' belongs to programmes.NAME"),
                      ("gennemførelse", "did you mean 'completion'?"),
                      ("frafald", "'dropout' belongs to programmes.NAME.stages.NAME"),
                      ("pension", "'retirement' belongs to professions.NAME")):
        must(re.search(rf"unknown key '{key}' in .*\n.*\n.*\nhint: {re.escape(hint)}\n", said), f"{key}: {said}")


def table():
    """The table of all names, from the messages themselves."""
    string = r'"((?:[^"\\]|\\.)*)"'
    rows = []
    for path in sorted((ROOT / "src/base/messages").glob("*.def")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(rf"FREM_MESSAGE\((\w+), FREM_(\w+),\s*((?:{string}\s*)+),", text):
            what = "".join(re.findall(string, match[3])).replace('\\"', '"').replace("\\\\", "\\").replace("|", "\\|")
            rows.append((match[1].lower().replace("_", "-"), match[2].lower(), what))
    lines = "".join(f"| `{name}` | {severity} | {what} |\n" for name, severity, what in sorted(rows))
    return "\n| name | | says |\n|---|---|---|\n" + lines + "\n"


def names(_):
    """docs/diagnostics.md lists every name with its words."""
    page = PAGE.read_text(encoding="utf-8")
    must(page.split(MARKS[0])[1].split(MARKS[1])[0] == table(), "docs/diagnostics.md is old: diagnostics.py --write")
    known = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.MULTILINE))
    warnings = set(re.findall(r"^\| `([a-z0-9-]+)` \| warning", page, re.MULTILINE))
    listed = set(re.findall(r"`([a-z-]+)`", page.split("## Warnings")[1].split("\n## ")[0].split("A number without")[0]))
    must(warnings <= listed, f"{warnings - listed}: the section on warnings says nothing about them")
    must(len(known) > 200, "few names")


def write():
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(MARKS[0])
    PAGE.write_text(before + MARKS[0] + table() + MARKS[1] + rest.split(MARKS[1])[1], encoding="utf-8")


CHECKS = {check.__name__: check for check in (json_lines, words, alone, werror, colours, elsewhere, names)}

if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    elif len(sys.argv) == 3 and sys.argv[2] in CHECKS:
        CHECKS[sys.argv[2]](os.path.abspath(sys.argv[1]))
    else:
        sys.exit(f"usage: diagnostics.py PROGRAM {'|'.join(CHECKS)}")
