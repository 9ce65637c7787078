#!/usr/bin/python3
"""`backtest` on LÆRERMOD: what its vintage of 2020 projected for 2024, beside the published base of 2024.

    backtest.py PROGRAM

laerermod/portal/backtest_2020_2024.csv is Statistics Norway's. The supply that `backtest --from 2020` projects is the published
projection within its rounding to whole FTE, and the errors are those of the published figures.
"""

import csv
import io
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SCENARIO = HERE / "laerermod-backtest.yaml"
PUBLISHED = HERE / "laerermod" / "portal" / "backtest_2020_2024.csv"


def main():
    done = subprocess.run([sys.argv[1], "backtest", str(SCENARIO), "--data", str(HERE / "laerermod" / "2020"), "--from", "2020",
                           "-o", "-"], capture_output=True, text=True, check=True)
    rows = {row["address"].split(":")[1]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    published = {row["group"]: row for row in csv.DictReader(PUBLISHED.open(encoding="utf-8"))}
    failed, compared = 0, 0
    rest = {"projected": 0.0, "observed": 0.0}
    for group, row in rows.items():
        want = published[group]
        for ours, theirs in (("projected", "projected_supply_2024"), ("observed", "published_base_2024"),
                             ("no_change", "employed_2020_fte")):
            off = abs(float(row[ours]) - float(want[theirs]))
            compared += 1
            if off > 0.5 + 1e-9:
                failed += 1
                print(f"{group} {ours}: {row[ours]}, published {want[theirs]}")
        error = float(row["projected"]) - float(row["observed"])
        if abs(error - float(row["error"])) > 1e-5 or row["from"] != "2020" or row["horizon"] != "4":
            failed += 1
            print(f"{group}: {row}")
        for key in rest:
            rest[key] += float(row[key]) * (1 if group == "all" else -1)
    # One group split by three: what is left of the total. The parts are rounded, five times.
    want = published["lu+pe+yr"]
    for ours, theirs in (("projected", "projected_supply_2024"), ("observed", "published_base_2024")):
        compared += 1
        if abs(rest[ours] - float(want[theirs])) > 2.5:
            failed += 1
            print(f"lu+pe+yr {ours}: {rest[ours]}, published {want[theirs]}")
    total = float(rows["all"]["projected"]) - float(rows["all"]["observed"])
    parts = [float(row["error"]) for group, row in rows.items() if group != "all"] + [rest["projected"] - rest["observed"]]
    if not abs(total) < 0.1 * sum(abs(part) for part in parts):
        failed += 1
        print(f"the errors of the parts no longer cancel in the total: {total} of {parts}")
    if len(rows) != 5:
        failed += 1
        print(f"{len(rows)} groups, not 5")
    print(f"{compared} numbers compared, {failed} problems")
    return 1 if failed else 0


sys.exit(main())
