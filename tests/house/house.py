"""What the house checks share: the rooms of cmake/rooms.txt, and how a check ends."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Room:
    def __init__(self, line):
        name, public, system = (field.strip() for field in line.split("|"))
        self.name = name
        self.public = public.split()
        self.system = system.split()


def rooms():
    """The rooms, left to right."""
    lines = (ROOT / "cmake/rooms.txt").read_text(encoding="utf-8").splitlines()
    return [Room(line) for line in lines if line.strip() and not line.startswith("#")]


def sources(*folders):
    """The C files under folders, sorted."""
    kinds = {".c", ".h", ".inc", ".def"}
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds)


def changelog(name):
    """Whether CHANGELOG.md names a word of the program or of scenarios, in code: `name`, or as the first word of one."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.search(rf"`(?:fremskriv |follows: )?{name}(?![\w.])", text) is not None


def end(problems, checked):
    """Prints the problems and ends the check. A check that found nothing to look at has failed."""
    if not checked:
        problems = ["nothing to check was found"]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems in {checked} places")
    sys.exit(1 if problems else 0)
