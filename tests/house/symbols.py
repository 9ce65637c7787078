"""symbols.py LIBRARY: the library exports exactly the symbols of symbols.txt, all of them frem_, and exactly those that
the public headers declare with FREM_API. A new symbol is a line in symbols.txt, so that it is seen in review."""

import re
import subprocess
import sys

from house import ROOT, end

DECLARED = re.compile(r"^FREM_API\b[^;{]*?\b(\w+)\s*\(", re.MULTILINE)


def differences(names, where):
    """What is on one side only."""
    return [f"{name} is exported, but is not in {where}" for name in exported if name not in names] + [
        f"{name} is in {where}, but is not exported" for name in names if name not in exported
    ]


nm = subprocess.run(
    ["nm", "--dynamic", "--defined-only", "--format=posix", sys.argv[1]], check=True, capture_output=True, text=True
)
exported = sorted(line.split()[0] for line in nm.stdout.splitlines())
pinned = (ROOT / "tests/house/symbols.txt").read_text(encoding="utf-8").split()
declared = sorted(
    name
    for header in (ROOT / "include").rglob("*.h")
    for name in DECLARED.findall(re.sub(r"/\*.*?\*/", "", header.read_text(encoding="utf-8"), flags=re.DOTALL))
)

problems = [f"{name} is exported and does not start with frem_" for name in exported if not name.startswith("frem_")]
if pinned != sorted(pinned):
    problems.append("tests/house/symbols.txt is not sorted")
problems += differences(pinned, "tests/house/symbols.txt")
problems += differences(declared, "the public headers as FREM_API")
end(problems, len(exported))
