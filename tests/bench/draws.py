"""Whole `montecarlo` processes on the largest scenario: processor time a draw, its part in the system, peak memory, a second thread, and
how the time grows with draws and years.

    draws.py PROGRAM [DRAWS]

Prints figures and judges nothing. Processor time is the kernel's count of the child, so that other work on the machine shows less in it;
the gain of a second thread is wall time, and says nothing on a machine with other work.
"""

import math
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve())
DRAWS = int(sys.argv[2]) if len(sys.argv) > 2 else 1024
ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3


def run(draws, *more, threads=1):
    """Wall time, processor time and time in the system in s, peak memory in MB."""
    words = [PROGRAM, "montecarlo", "scenarios/velfaerd-danmark.yaml", "--draws", str(draws), "--threads", str(threads), "--quiet", "-o", "-", *more]
    began = time.monotonic()
    child = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, words
    return time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_stime, used.ru_maxrss / 1024


def median(figures):
    return [statistics.median(column) for column in zip(*figures)]


def exponent(less, more, times):
    return math.log(more / less) / math.log(times)


few = ("--region", "groups,all")
base, whole, double, shorter, second = ([] for _ in range(5))
for _ in range(ROUNDS):  # in turn, so that other work falls on all of them
    base.append(run(16, *few))
    whole.append(run(DRAWS, *few))
    double.append(run(2 * DRAWS, *few))
    shorter.append(run(DRAWS, *few, "--set", "years.until=2032"))
    second.append(run(DRAWS, *few, threads=2))
base, whole, double, shorter, second = map(median, (base, whole, double, shorter, second))
print(f"{DRAWS} draws, KKR and country, one thread: {whole[1]:.2f} s of processor time, {1e3 * (whole[1] - base[1]) / (DRAWS - 16):.2f} ms a draw")
print(f"  of it in the system: {100 * whole[2] / whole[1]:.1f} %")
print(f"  peak memory: {whole[3]:.0f} MB")
print(f"twice the draws: {double[1] / whole[1]:.2f} times, exponent {exponent(whole[1] - base[1], double[1] - base[1], (2 * DRAWS - 16) / (DRAWS - 16)):.2f}")
print(f"7 steps for 15: exponent {exponent(shorter[1] - base[1], whole[1] - base[1], 15 / 7):.2f}")
print(f"a second thread: {whole[0] / second[0]:.2f} times, {second[1] / whole[1]:.2f} of the processor time")
every = run(DRAWS)
print(f"every municipality, quantiles of {DRAWS} draws: {every[1]:.2f} s of processor time, {every[3]:.0f} MB")
