"""No file of the project names a place of somebody's machine or leaves a marker for later."""

import re
import subprocess

from house import ROOT, end

RULES = [
    (re.compile(r"(?<![\w.:/-])/(home|work|root|Users)/"), "a path of one machine"),
    (re.compile(r"\b(TO[D]O|FIX[M]E)\b"), "a marker for later"),
]


def tracked():
    """Files in git and those that could be added; without git, all that stand outside build trees."""
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
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, what in RULES:
            found = pattern.search(line)
            if found:
                problems.append(f"{path.relative_to(ROOT)}:{number}: {what}: {found[0]}")
end(problems, checked)
