"""The program in a folder of its own, as people call it, and checks that say what they found."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """A check that did not hold."""


def must(condition, what):
    if not condition:
        raise Failed(what)


def same(found, expected, what):
    must(found == expected, f"{what} is\n{found!r}\nexpected\n{expected!r}")


class Command:
    """The program, and the folder that it is run in."""

    def __init__(self, program, folder):
        self.program, self.folder = os.path.abspath(program), folder

    def put(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def start(self, *words, env=None, call=(), **how):
        """Starts a command without a locale of the environment, or with that of `env`; `call` is a shell's, $0 the program."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k not in ("LANG", "LANGUAGE")}
        how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
        return subprocess.Popen([*call, self.program, *words], cwd=self.folder, env={**kept, "LC_ALL": "C", **(env or {})}, **how)

    def run(self, *words, status=0, **how):
        """Runs a command; its exit status must be the one expected. Returns standard output and, as text, standard error."""
        running = self.start(*words, **how)
        out, errors = running.communicate(timeout=600)
        errors = errors.decode("utf-8")
        same(running.returncode, status, f"exit status of {how.get('call', words)} ({errors})")
        return out, errors

    def shell(self, command, status):
        """Runs a shell command where $0 is the program."""
        return self.run(status=status, call=["sh", "-c", command])

    def tree(self, name):
        """The files of a folder by their paths in it."""
        top = self.folder / name
        return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}


def main(make, *checks):
    """Runs the check that the command line names, FILE.py PROGRAM CHECK, with what `make` makes of the program and a folder."""
    names = {check.__name__: check for check in checks}
    if len(sys.argv) != 3 or sys.argv[2] not in names:
        sys.exit(f"usage: {Path(sys.argv[0]).name} PROGRAM {'|'.join(names)}")
    with tempfile.TemporaryDirectory() as folder:
        try:
            names[sys.argv[2]](make(sys.argv[1], Path(folder)))
        except Failed as why:
            sys.exit(f"{sys.argv[2]}: {why}")
