"""pages.py PROGRAM [--write]: what the pages for readers say holds.

With --write, what the commands print now takes the place of what the pages say; look at the difference afterwards.

- ```yaml scenario          a whole scenario: `check` finds no problem
- ```yaml part [without=A,B] keys laid over scenarios/paedagog-syddanmark.yaml, the dotted keys A and B taken out:
                            `check` finds no problem. Professions, programmes, sectors and retirement ages are merged
                            key by key; all other keys are replaced.
- ```csv file=NAME          a table beside the scenarios of its page
- ```console                commands after `$ ` (continued after `> `) print exactly the lines that follow them. A
                            page's commands run in one shell, in a folder with the project's scenarios/, data/ and docs/
                            and the program as build/fremskriv
- links and paths in `code` that begin with one of the project's folders exist
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("python3-yaml is not installed: skipped")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
WRITE = sys.argv[2:] == ["--write"]
BASE = ROOT / "scenarios/paedagog-syddanmark.yaml"
FENCE = re.compile(r"^```(\S*)[ ]*(.*)\n((?:.*\n)*?)^```$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# Only paths without blanks and placeholders: files that a reader may want to open.
CODE = re.compile(r"(?<!`)`((?:\.ci|cmake|data|docs|include|scenarios|src|tests|tools)/[\w./-]*)`")
MERGED = {"professions": 1, "programmes": 1, "demand": 1, "retirement_ages": 0}  # levels below the names of things
PLAIN = {"PATH": f"{PROGRAM.parent}:{os.environ.get('PATH', '')}", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
MARK = "\x01"

problems = []
checked = 0


def merge(base, part, depth):
    for key, value in part.items():
        if depth > 0 and isinstance(value, dict) and isinstance(base.get(key), dict):
            merge(base[key], value, depth - 1)
        else:
            base[key] = value


def written(value, indent=""):
    """YAML in which numbers stay numbers: PyYAML's dumpers would quote the text that they were read as."""
    if isinstance(value, dict):
        return "".join(f"\n{indent}{key}: {written(inner, indent + '  ')}" for key, inner in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(written(inner) for inner in value) + "]"
    return value if re.fullmatch(r"[\w.+-]+( [\w.+-]+)*", value) else json.dumps(value, ensure_ascii=False)


def laid_over(text, without):
    """The shipped scenario with a part of it replaced. Scalars stay text: numbers and dates mean what they say."""
    scenario = yaml.load(BASE.read_text(encoding="utf-8"), yaml.BaseLoader)
    for path in without:
        *above, last = path.split(".")
        at = scenario
        for key in above:
            at = at[key]
        del at[last]
    for key, value in yaml.load(text, yaml.BaseLoader).items():
        if isinstance(value, dict) and isinstance(scenario.get(key), dict) and key in MERGED:
            merge(scenario[key], value, MERGED[key])
        else:
            scenario[key] = value
    return written(scenario)


def check_scenario(where, text, folder):
    global checked
    checked += 1
    file = folder / "example.yaml"
    file.write_text(text, encoding="utf-8")
    run = subprocess.run([PROGRAM, "check", file.name], cwd=folder, env=PLAIN, capture_output=True, text=True)
    if run.returncode != 0:
        problems.append(f"{where}: the example is not valid:\n{run.stderr.rstrip()}")


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
        ["sh"], input=script, cwd=folder, env=PLAIN, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
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


def check_page(path):
    global checked
    page = path.relative_to(ROOT)
    text = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        consoles = []
        for fence in FENCE.finditer(text):
            kind, info, body = fence.groups()
            line = text.count("\n", 0, fence.start()) + 1
            words = info.split()
            named = dict(word.split("=", 1) for word in words if "=" in word)
            if kind == "csv" and "file" in named:
                (folder / named["file"]).write_text(body, encoding="utf-8")
            elif kind == "console":
                consoles.append((line, body))
        for fence in FENCE.finditer(text):
            kind, info, body = fence.groups()
            where = f"{page}:{text.count(chr(10), 0, fence.start()) + 1}"
            if kind == "yaml" and info.startswith("scenario"):
                check_scenario(where, body, folder)
            elif kind == "yaml" and info.startswith("part"):
                without = [path for word in info.split() if word.startswith("without=") for path in word[8:].split(",")]
                check_scenario(where, laid_over(body, without), folder)
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


for page in sorted([ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("scenarios/*.md"), ROOT / "CHANGELOG.md"]):
    check_page(page)
if not checked:
    problems.append("nothing to check was found")
for problem in problems:
    print(problem)
print(f"{len(problems)} problems in {checked} places")
sys.exit(1 if problems else 0)
