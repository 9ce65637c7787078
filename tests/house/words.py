"""No file of the project names a path of one machine or leaves a marker for later, and prose, comments and names are plain
technical English: report, is given, is at, no one."""

import re
import subprocess

from house import ROOT, end

RULES = [
    (re.compile(r"(?<![\w.:/-])/(home|work|root|Users)/"), "a path of one machine"),
    (re.compile(r"\b(TO[D]O|FIX[M]E)\b"), "a marker for later"),
]
# Words by which comments and pages say in a roundabout way what a verb and a name say at once. Names of problems such as
# nobody-completes and of functions do not change.
DIALECT = (
    re.compile(r"(?<![\w-])(stand[s](?! still)|stoo[d]|tel[l]s?|tol[d]|nobod[y]|somebod[y]|anybod[y]|whoeve[r])(?![\w-])", re.IGNORECASE),
    "plain words instead (is, is given, reports, says, no one)",
)
# What is written in English for readers of today; tables, scenarios and what is expected of the program have words of their
# own, and a changelog quotes old ones.
OTHERS = {"CHANGELOG.md", "COPYING"}
PROSE = {".c", ".h", ".inc", ".def", ".py", ".sh", ".cmake", ".in", ".md", ".js", ".css", ".html", ".txt", ""}


def rules_of(path):
    """The rules for a file by its path in the project; decisions are kept as they were written."""
    other = path.name in OTHERS or "decisions" in path.parts or path.name.endswith(".da.md")
    plain = path.suffix in PROSE and not other
    return [*RULES, DIALECT] if plain else RULES


def tracked():
    """Files in git and those that could be added; without git, all outside build trees."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
        return sorted({ROOT / name for name in listed if name})
    except (OSError, subprocess.CalledProcessError):
        skipped = re.compile(r"(\.git|build|build-.*|out)$")
        return sorted(path for path in ROOT.rglob("*") if not skipped.match(path.relative_to(ROOT).parts[0]))


problems = []
checked = 0
for path in tracked():
    if not path.is_file():
        continue
    checked += 1
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        continue
    rules = rules_of(path.relative_to(ROOT))
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, what in rules:
            found = pattern.search(line)
            if found:
                problems.append(f"{path.relative_to(ROOT)}:{number}: {what}: {found[0]}")
end(problems, checked)
