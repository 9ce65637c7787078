"""`montecarlo` as people meet it: files, columns, draws that are kept, the same bytes on any number of threads.

    check.py PROGRAM
"""

import csv
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

PROGRAM = sys.argv[1]
ROOT = Path(__file__).resolve().parents[2]
SCENARIO = str(ROOT / "scenarios/paedagog-syddanmark.yaml")
STATISTICS = ["mean", "sd", "p05", "p10", "p25", "p50", "p75", "p90", "p95"]


def run(*words, status=0):
    done = subprocess.run([PROGRAM, "montecarlo", SCENARIO, *words], capture_output=True, text=True, check=False)
    assert done.returncode == status, (words, done.returncode, done.stderr)
    return done


def quantile(values, share):
    ordered, h = sorted(values), (len(values) - 1) * share
    below = int(h)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (h - below) * (ordered[above] - ordered[below])


with tempfile.TemporaryDirectory() as folder:
    keep = ("--draws", "150", "--keep", "gap:paedagog:all:2035,gap:paedagog:Syddanmark:2035,gap:paedagog:461:2035")
    run(*keep, "-o", folder + "/one", "--threads", "1")
    run(*keep, "-o", folder + "/two", "--threads", "2")
    for name in ("results.csv", "draws.csv", "manifest.json"):
        assert Path(folder, "one", name).read_bytes() == Path(folder, "two", name).read_bytes(), name
    rows = list(csv.DictReader(Path(folder, "one/results.csv").open(encoding="utf-8")))
    draws = list(csv.DictReader(Path(folder, "one/draws.csv").open(encoding="utf-8")))
    assert list(draws[0]) == ["scenario", "variant", "draw", "address", "value"], draws[0]
    for region in ("all", "Syddanmark", "461"):
        values = [float(d["value"]) for d in draws if d["address"] == f"gap:paedagog:{region}:2035"]
        found = {r["statistic"]: r for r in rows if r["year"] == "2035" and r["region"] == region
                 and r["profession"] == "paedagog" and r["sector"] == "all" and r["measure"] == "gap"}
        assert list(found) == STATISTICS + ["p_short"], list(found)
        assert len(values) == 150
        for name, row in found.items():
            if name[0] == "p" and name[1:].isdigit():
                assert abs(float(row["value"]) - quantile(values, int(name[1:]) / 100)) < 2e-6, (region, name)
        assert found["p_short"]["unit"] == "ratio"
        assert abs(float(found["p_short"]["value"]) - sum(v < 0 for v in values) / 150) < 1e-6
    assert {r["measure"] for r in rows} == {"supply", "demand", "gap", "shortage"}

    english, danish = run("--draws", "64", "--lang", "en").stdout, run("--draws", "64", "--lang", "da").stdout
    assert "the chance of a shortage is" in english and "in 5% below" in english, english
    assert "sandsynligheden for mangel er" in danish and "i 5 % under" in danish, danish

    assert "gap:paedagog:all:1999" not in run("--keep", "gap:paedagog:all:1999", status=2).stdout
    # The report counts the gap in FTE, though its chance of a shortage is a ratio.
    run("--draws", "64", "-o", folder + "/page", "--format", "html")
    page = Path(folder, "page/report.html").read_text(encoding="utf-8")
    gap = re.search(r'\{[^{}]*"gap"[^{}]*"unit":"(\w+)"', page)
    assert gap is not None and gap[1] == "fte", gap
    none = run("--set", "uncertain=~", status=3).stderr
    assert "does not say what is uncertain" in none or "siger ikke" in none, none


def read(terminal, seconds):
    """What is written to a terminal within some seconds; nothing once its writer has gone."""
    if not select.select([terminal], [], [], seconds)[0]:
        return b""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def interrupted(folder):
    """Progress on a terminal: draws a second, time left, the gap so far; Ctrl-C ends it at once and leaves nothing."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    running = subprocess.Popen([PROGRAM, "montecarlo", str(ROOT / "scenarios/velfaerd-danmark.yaml"), "--draws", "200000", "-o", "out", "--lang", "en"],
                               stderr=theirs, cwd=folder)
    try:
        os.close(theirs)
        seen, line = b"", None
        limit = time.monotonic() + 60
        wanted = re.compile(r"projecting (\d+)/\d+, ([\d.,]+) a second, [\d:]+ left \u00b7 Pedagogues 2040: gap [+\u2212-]?[\d,]+, nine of ten "
                            r"from [+\u2212-]?[\d,]+ to [+\u2212-]?[\d,]+, chance of a shortage \d+%")
        while line is None and time.monotonic() < limit and running.poll() is None:
            seen += read(ours, 1)
            line = wanted.search(seen.decode("utf-8", "replace"))
        assert line is not None, seen[-600:]
        asked = time.monotonic()
        running.send_signal(signal.SIGINT)
        rest = b""
        while running.poll() is None and time.monotonic() < asked + 60:
            rest += read(ours, 0.01)
        took = time.monotonic() - asked
        os.close(ours)
        assert running.returncode == 130, (running.returncode, rest)
        # A second by itself; other work on the machine makes it longer.
        assert took < 10, took
        assert list(Path(folder).iterdir()) == [], list(Path(folder).iterdir())
        print(f"{line[0]}\ninterrupted after {took:.2f} s")
    finally:
        running.kill()


with tempfile.TemporaryDirectory() as folder:
    interrupted(folder)
print("0 problems")
