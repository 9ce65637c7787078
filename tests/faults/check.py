"""A call of the system fails once while a command is at work (strace --inject): with an error of the disk, with no room, or because a
signal came in between. Whichever call it is, the command ends by itself, either as if nothing had been, with the same results,
or with a message; the output is the old one or the new one, whole; and the next command works and leaves nothing beside it.

check.py PROGRAM COMMAND [all | SEED]

COMMAND is a name of COMMANDS of tests/support/held.py. `all` lets every call fail; a SEED (default: one of the clock, which is
printed) a sample of each kind.
"""

import collections
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from held import COMMANDS, FOLDERS, Held

# Calls, and what they fail with. EINTR is no failure: the call is to be made again.
FAULTS = {
    "openat": ["EIO", "EMFILE"],
    "read": ["EIO", "EINTR"],
    "write": ["ENOSPC", "EINTR"],
    "pwrite64": ["ENOSPC"],
    "fsync": ["EIO"],
    "close": ["EIO"],
    "rename": ["EIO"],
    "renameat": ["EIO"],
    "renameat2": ["EIO", "EINVAL"],
    "linkat": ["EPERM"],
    "unlinkat": ["EIO"],
    "unlink": ["EIO"],
    "mkdirat": ["ENOSPC"],
    "mmap": ["ENOMEM"],
    "newfstatat": ["EIO"],
    "getdents64": ["EIO"],
    "flock": ["EIO"],
}
SAMPLE = 2

PROGRAM, NAME = os.path.abspath(sys.argv[1]), sys.argv[2]
HOW = (sys.argv[3:] or [str(int(time.time()) % 100000)])[0]


class Faults(Held):
    def run(self, *inject, prepare=True):
        if prepare:
            self.prepare()
        log = self.folder / "log"
        call = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(FAULTS)}", *inject] if inject else []
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        try:
            return subprocess.run([*call, PROGRAM, *self.arguments()], cwd=self.folder, env=env, capture_output=True, check=False,
                                  timeout=120)
        except subprocess.TimeoutExpired:
            return None

    def reference(self):
        """How often each call is made, and how often before main(), where the loader is at work."""
        done = self.run()
        if done is None or done.returncode != 0:
            if done and done.returncode == 2 and b"not installed" in done.stderr:
                sys.exit(77)
            return f"the command itself fails: {done and done.stderr.decode()}"
        self.good, self.said = self.held(), done.stdout
        self.prepare()
        self.before = self.held()
        if self.run("-e", "inject=flock:delay_exit=0").returncode != 0:
            print("strace can't trace here")
            sys.exit(77)
        self.calls, self.loaders = collections.Counter(), collections.Counter()
        lines = (self.folder / "log").read_text(encoding="utf-8", errors="replace").splitlines()
        last = max((i for i, line in enumerate(lines) if re.search(r'openat\(.*\.so', line)), default=0) if NAME not in (
            "xlsx", "sqlite") else next((i for i, line in enumerate(lines) if "libc.so" in line), 0)
        for i, line in enumerate(lines):
            found = re.match(r"\d+\s+(\w+)\(", line)
            if found:
                self.calls[found[1]] += 1
                if i <= last + 12:
                    self.loaders[found[1]] += 1
        return None

    def judge(self, call, error, at):
        done = self.run("-e", f"inject={call}:error={error}:when={at}")
        if done is None:
            return "does not end"
        errors = done.stderr.decode("utf-8", "replace")
        if done.returncode < 0:
            return f"dies by signal {-done.returncode}"
        if done.returncode == 127 and "error while loading shared libraries" in errors:
            return None
        if done.returncode == 0:
            if self.held() != self.good or done.stdout != self.said:
                return f"ends as if nothing had been, with other results: {self.difference()}"
        elif "error:" not in errors:
            return f"exit status {done.returncode} without a message: {errors!r}"
        elif error == "EINTR" and NAME != "xlsx" and "not installed" not in errors:  # xlsx, whose library gives up, where no
            # signal comes to; and the system's loader, which gives up a library
            return f"gives up where a signal came in between: {errors!r}"
        elif self.held() not in (self.before, self.good):
            return f"the output is neither the old nor the new: {self.difference()}; {errors!r}"
        return self.recovers(lambda: self.run(prepare=False))


def numbers(first, last, draw):
    if HOW == "all" or last - first < SAMPLE:
        return range(first, last + 1)
    return sorted({draw.randint(first, last) for _ in range(SAMPLE)})


if shutil.which("strace") is None:
    print("strace is not installed: skipped")
    sys.exit(77)
problems, tried = [], 0
with tempfile.TemporaryDirectory(dir=FOLDERS) as folder:
    runs = Faults(Path(folder), COMMANDS[NAME])
    failed = runs.reference()
    if failed:
        sys.exit(failed)
    for call, errors in FAULTS.items():
        for error in errors:
            for at in numbers(runs.loaders[call] + 1, runs.calls[call], random.Random(f"{HOW} {call} {error}")):
                tried += 1
                wrong = runs.judge(call, error, at)
                if wrong:
                    problems.append(f"{call} {at} of {runs.calls[call]} fails with {error}: {wrong}")
for problem in problems[:40]:
    print(problem)
print(f"claim: calls that fail in {NAME}: {tried} runs ({'all' if HOW == 'all' else f'seed {HOW}'}), {len(problems)} end otherwise "
      "than whole")
sys.exit(1 if problems else 0)
