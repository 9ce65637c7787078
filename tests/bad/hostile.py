"""Broken copies of the good scenarios and their tables: the program refuses or accepts them and never crashes.

    hostile.py PROGRAM [FLIPS [SEED [SCENARIO]]]

Every file is cut at every byte, and FLIPS (2000) copies of each have one to three bytes changed at random. Run it by hand
on a program with sanitizers after a change of what reads files; it takes some minutes. SCENARIO is one of the good ones
(without .yaml); all of them when left out.
"""

import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = ("good", "good-whole", "good-practicum")
AT_ONCE = 100
TELLING = b" \t\n\r:,#-{}[]&*!|>'\"%@`~?.0123456789eE+\x00\x7f\x80\xc3\xff"


def flipped(content, dice):
    """A copy with a few bytes changed, lost or put in, often signs that mean something in YAML or CSV."""
    bytes_ = bytearray(content)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(bytes_))
        new = dice.choice([dice.choice(TELLING), dice.randrange(256), bytes_[at] ^ (1 << dice.randrange(8))])
        bytes_[at:at + dice.randint(0, 1)] = bytes([new])[: dice.randint(0, 2)]
    return bytes(bytes_)


def files_of(scenario):
    """The scenario's own file and the tables that it names."""
    text = (HERE / f"{scenario}.yaml").read_text(encoding="utf-8")
    return [f"{scenario}.yaml", *sorted(set(re.findall(r"tables/\w+\.csv", text)))]


def variants(scenario, flips, dice):
    for name in files_of(scenario):
        content = (HERE / name).read_bytes()
        for n in range(len(content)):
            yield name, content[:n]
        for _ in range(flips):
            yield name, flipped(content, dice)


def fails(program, files):
    done = subprocess.run([program, "check", *map(str, files)], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=600, env={**os.environ, "FREMSKRIV_DATA": "elsewhere"})
    bad = done.returncode not in (0, 3) or b"Sanitizer" in done.stderr or b"runtime error" in done.stderr
    return done.stderr if bad else None


def main(program, flips=2000, seed=1, *scenarios):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fremskriv-hostile-"))
    crashed = total = 0
    batch = []

    def finish():
        nonlocal crashed
        if batch and fails(program, batch) is not None:
            for scenario in batch:
                said = fails(program, [scenario])
                if said is not None:
                    crashed += 1
                    print(f"{scenario}\n{said.decode(errors='replace')[-3000:]}")
        for scenario in batch:
            if not crashed:
                shutil.rmtree(scenario.parent)
        batch.clear()

    dice = random.Random(int(seed))
    for scenario in scenarios or SCENARIOS:
        files = files_of(scenario)
        for name, content in variants(scenario, int(flips), dice):
            home = folder / str(total)
            (home / "tables").mkdir(parents=True)
            for other in files:
                (home / other).write_bytes(content if other == name else (HERE / other).read_bytes())
            batch.append(home / files[0])
            total += 1
            if len(batch) == AT_ONCE:
                finish()
    finish()
    if not crashed:
        shutil.rmtree(folder)
    print(f"{total} broken files, seed {seed}, {crashed} crashes")
    return 1 if crashed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
