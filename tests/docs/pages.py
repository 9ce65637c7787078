"""pages.py PROGRAM [--write]: what the pages for readers say holds.

With --write, what the commands print now takes the place of what the pages say; look at the difference afterwards.

- ```yaml scenario file=NAME   a whole scenario: `check` finds no problem; the commands of its page find it as NAME
- ```yaml part              a file that extends scenarios/paedagog-syddanmark.yaml: `check` finds no problem
- ```csv file=NAME          a table beside the scenarios of its page; NAME.xlsx is a workbook with it as the sheet
                            that `sheet=` names, several in the order of the page
- ```console                commands after `$ ` (continued after `> `) print exactly the lines that follow them. A
                            page's commands run in one shell, in a folder with the project's scenarios/, data/ and docs/
                            and the program as build/fremskriv
- links and paths in `code` that begin with one of the project's folders exist
"""

import csv
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests/workbooks"))

import made

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
WRITE = sys.argv[2:] == ["--write"]
EXTENDS = "extends: paedagog-syddanmark.yaml\n"
FENCE = re.compile(r"^```(\S*)[ ]*(.*)\n((?:.*\n)*?)^```$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# Only paths without blanks and placeholders: files that a reader may want to open.
CODE = re.compile(r"(?<!`)`((?:\.ci|cmake|data|docs|include|scenarios|src|tests|tools)/[\w./-]*)`")
PLAIN = {"PATH": f"{PROGRAM.parent}:{os.environ.get('PATH', '')}", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8",
         # What the sanitizers' trees know of other people's libraries.
         **{key: os.environ[key] for key in ("LSAN_OPTIONS",) if key in os.environ}}
HERE = {**PLAIN, "FREMSKRIV_DATA": "."}  # what the program finds by itself in the project's folder
MARK = "\x01"

problems = []
checked = 0


def check_scenario(where, text, folder, name="example.yaml"):
    global checked
    checked += 1
    file = folder / name
    file.write_text(text, encoding="utf-8")
    run = subprocess.run([PROGRAM, "check", "--variant", "base", file.name], cwd=folder, env=PLAIN, capture_output=True, text=True)
    if run.returncode != 0 or "warning:" in run.stderr:
        problems.append(f"{where}: the example is not without problems:\n{run.stderr.rstrip()}")


def commands_of(block):
    """Commands of a console block with the lines they print."""
    commands = []
    for line in block.splitlines():
        if line.startswith("$ "):
            commands.append([line[2:], []])
        elif line.startswith("> ") and commands and not commands[-1][1]:
            commands[-1][0] += "\n" + line[2:]
        elif commands:
            commands[-1][1].append(line)
    return commands


def check_commands(page, blocks, folder):
    """All commands of a page in one shell, so that functions and files stay from block to block."""
    global checked
    (folder / "build").mkdir(exist_ok=True)
    (folder / "build/fremskriv").symlink_to(PROGRAM)
    for name in ("scenarios", "data", "docs"):
        (folder / name).symlink_to(ROOT / name)
    commands = [(line, *command) for line, block in blocks for command in commands_of(block)]
    script = "".join(f"printf '{MARK}'\n{command}\n" for _, command, _ in commands)
    run = subprocess.run(
        ["sh"], input=script, cwd=folder, env=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    printed = run.stdout.split(MARK)[1:]
    outputs = []
    for i, (line, command, expected) in enumerate(commands):
        checked += 1
        got = printed[i].rstrip("\n").split("\n") if i < len(printed) and printed[i].rstrip("\n") else []
        outputs.append((command, got))
        if got != expected and not WRITE:
            problems.append(f"{page}:{line}: `{command}` prints otherwise than the page says:")
            problems.extend(f"    {text}" for text in got)
    return outputs


def rewritten(text, outputs):
    """The page with the commands' present output."""
    rest = iter(outputs)

    def block(fence):
        if fence.group(1) != "console":
            return fence.group(0)
        lines = []
        for _ in commands_of(fence.group(3)):
            command, got = next(rest)
            lines += ["$ " + command.replace("\n", "\n> "), *got]
        return "```console\n" + "\n".join(lines) + "\n```"

    return FENCE.sub(block, text)


def typed(text):
    """As a spreadsheet has it: a number where the text is one."""
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text if text else None


def check_page(path):
    global checked
    page = path.relative_to(ROOT)
    text = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        consoles, books = [], {}
        for fence in FENCE.finditer(text):
            kind, info, body = fence.groups()
            line = text.count("\n", 0, fence.start()) + 1
            words = info.split()
            named = dict(word.split("=", 1) for word in words if "=" in word)
            if kind == "csv" and "sheet" in named:
                sheets = books.setdefault(named["file"], {})
                sheets[named["sheet"]] = [[typed(cell) for cell in row] for row in csv.reader(body.splitlines())]
                made.write(folder / named["file"], made.parts(sheets))
            elif kind == "csv" and "file" in named:
                (folder / named["file"]).write_text(body, encoding="utf-8")
            elif kind == "console":
                consoles.append((line, body))
        for fence in FENCE.finditer(text):
            kind, info, body = fence.groups()
            where = f"{page}:{text.count(chr(10), 0, fence.start()) + 1}"
            if kind == "yaml" and info.startswith("scenario"):
                check_scenario(where, body, folder, **{"name": word.split("=", 1)[1] for word in info.split() if word.startswith("file=")})
            elif kind == "yaml" and info.startswith("part"):
                check_scenario(where, EXTENDS + body, folder)
        if consoles:
            outputs = check_commands(page, consoles, folder)
            if WRITE:
                path.write_text(rewritten(text, outputs), encoding="utf-8")
    prose = FENCE.sub("", text)
    for link in LINK.findall(re.sub(r"`[^`\n]*`", "", prose)):
        checked += 1
        if "://" not in link and not (path.parent / link).exists():
            problems.append(f"{page}: links to {link}, which is not there")
    for code in CODE.findall(prose):
        checked += 1
        if not (ROOT / code).exists():
            problems.append(f"{page}: names {code}, which is not there")


for page in sorted([ROOT / "README.md", ROOT / "LAESMIG.md", *ROOT.glob("docs/*.md"), *ROOT.glob("scenarios/*.md"), ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"]):
    check_page(page)
if not checked:
    problems.append("nothing to check was found")
for problem in problems:
    print(problem)
print(f"{len(problems)} problems in {checked} places")
sys.exit(1 if problems else 0)
