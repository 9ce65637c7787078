#!/usr/bin/python3
"""compare.py PROGRAM [--worlds N] [--seed S]: random worlds through PROGRAM and through model.py, row by row."""
import argparse
import collections
import csv
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import traceback

try:
    import yaml  # noqa: F401  model.py and worlds.py need it
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

import model
import worlds

BATCH = 20
SHOWN = 8
RELATIVE, ROUNDING = 1e-9, 6e-7


def run(program, paths):
    """(exit status, standard error, {scenario: {row key: number}})."""
    done = subprocess.run([program, "run", *paths, "-o", "-", "--quiet", "--threads", "1"], capture_output=True,
                          text=True, check=False)
    results = collections.defaultdict(dict)
    for row in csv.DictReader(done.stdout.splitlines()):
        key = (int(row["year"]), row["region"], row["profession"], row["sector"], row["measure"], row["variant"],
               row["statistic"], row["unit"])
        results[row["scenario"]][key] = float(row["value"])
    return done.returncode, done.stderr, results


def of_nothing(key, rows):
    """Whether a ratio is one of rounding's remains over another."""
    whole = {"share_55_plus": ("stock", "persons"), "coverage": ("demand", "fte"), "trained_share": ("demand", "fte"),
             "children_per_adult": ("staff_counted", "fte"),
             "children_per_adult_required": ("staff_required", "fte")}.get(key[4])
    return whole is not None and abs(rows.get((*key[:4], whole[0], *key[5:7], whole[1]), 0.0)) <= ROUNDING


def differences(got, want):
    """What is wrong with a world's rows, and the largest relative difference."""
    wrong = []
    worst = 0.0
    for key in sorted(set(got) | set(want)):
        if of_nothing(key, want):
            continue
        if key not in got:
            wrong.append("%s: only in the reference, %.6f" % (" ".join(map(str, key)), want[key]))
        elif key not in want:
            wrong.append("%s: only in the program, %.6f" % (" ".join(map(str, key)), got[key]))
        else:
            off = abs(got[key] - want[key])
            if not off <= RELATIVE * abs(want[key]) + ROUNDING:
                wrong.append("%s: program %.6f, reference %.6f" % (" ".join(map(str, key)), got[key], want[key]))
            if want[key]:
                worst = max(worst, max(0.0, off - ROUNDING) / abs(want[key]))
    return wrong, worst


def variants(path):
    """None for the scenario itself, and the names of its variants."""
    with open(path, encoding="utf-8") as f:
        return [None, *yaml.safe_load(f).get("variants", {})]


def batch(work):
    """Compares some worlds; (seeds wrong with what is wrong, parts used, rows, worst)."""
    program, seeds = work
    wrong, used, rows, worst = [], collections.Counter(), 0, 0.0
    with tempfile.TemporaryDirectory(prefix="fremskriv-reference.") as folder:
        paths = {}
        for seed in seeds:
            name = "w%d" % seed
            os.mkdir(os.path.join(folder, name))
            paths[seed], parts = worlds.world(seed, os.path.join(folder, name), name)
            used.update(parts)
        status, errors, results = run(program, paths.values())
        if status != 0:  # one that is not accepted spoils all: each by itself
            results = {}
            for seed, path in paths.items():
                status, errors, alone = run(program, [path])
                if status != 0:
                    wrong.append((seed, ["exit status %d: %s" % (status, errors.replace(folder + "/", ""))]))
                results.update(alone)
        for seed, path in paths.items():
            name = "w%d" % seed
            if name not in results:
                continue
            try:
                want = {(*key, variant or "base", "point", model.unit(key[4])): n for variant in variants(path)
                        for key, n in model.project(path, variant)[1].items()}
            except Exception as error:  # a defect of the reference must not hide which world it was
                wrong.append((seed, ["reference: %r" % error] + traceback.format_exc().splitlines()[-4:]))
                continue
            found, off = differences(results[name], want)
            rows, worst = rows + len(want), max(worst, off)
            if found:
                wrong.append((seed, found))
    return wrong, used, rows, worst


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--worlds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", action="store_true", help="print how often each part was used")
    options = parser.parse_args()
    began = time.monotonic()
    seeds = range(options.seed, options.seed + options.worlds)
    works = [(options.program, list(seeds[i:i + BATCH])) for i in range(0, len(seeds), BATCH)]
    wrong, used, rows, worst = [], collections.Counter(), 0, 0.0
    with multiprocessing.Pool(min(2, os.cpu_count() or 1)) as pool:
        for found, parts, more, off in pool.imap(batch, works):
            wrong += found
            used.update(parts)
            rows, worst = rows + more, max(worst, off)
    for seed, found in wrong[:SHOWN]:
        print("seed %d (--worlds 1 --seed %d): %d rows differ" % (seed, seed, len(found)))
        for line in found[:SHOWN]:
            print("    " + line)
    if options.parts:
        for part, count in sorted(used.items()):
            print("%5d  %s" % (count, part))
    rare = [p for p in worlds.PARTS if used[p] * 50 < options.worlds]
    for part in rare:
        print("%s: used in %d of %d worlds" % (part, used[part], options.worlds))
    print("%d worlds from seed %d: %d rows, %d worlds differ, %d parts (%d rare), worst %.1e, %.0f s"
          % (options.worlds, options.seed, rows, len(wrong), len(used), len(rare), worst, time.monotonic() - began))
    sys.exit(1 if wrong or (rare and options.worlds >= 100) else 0)


if __name__ == "__main__":
    main()
