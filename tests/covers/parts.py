#!/usr/bin/python3
"""A scenario of fewer regions than its totals cover gives each what the run of all of them gives it.

    parts.py PROGRAM

Every KKR and municipalities of every size, of the shipped scenarios and of one with moves, commuting, users, a floor, a
budget, a reform and practicum.
"""
import csv
import io
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parent.parent / "scenarios"
KKR = ("Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland")
# The smallest two, the largest two, islands, and some of each KKR.
TOWNS = {"Esbjerg": "561", "København": "101", "Aarhus": "751", "Læsø": "825", "Fanø": "563", "Bornholm": "400",
         "Odense": "461", "Lolland": "360", "Jammerbugt": "849", "Albertslund": "165"}
FYN = {"Esbjerg": "561", "Fanø": "563", "Odense": "461"}
RELATIVE, PRINTED = 1e-9, 5.1e-7  # values are printed with six decimals; each may be rounded by half of the last


def run(program, verb, scenario, *sets):
    done = subprocess.run([program, verb, str(scenario), *sets, "-o", "-", "--quiet"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit("%s %s: exit status %d\n%s" % (scenario, sets, done.returncode, done.stderr))
    rows = csv.DictReader(io.StringIO(done.stdout))
    return {tuple(v for k, v in row.items() if k != "value"): float(row["value"]) for row in rows}


def compare(what, whole, part, regions, wrong):
    """The rows of some regions are the same rows with the same numbers. Returns how many."""
    region = 3
    expected = {k for k in whole if k[region] in regions}
    found = {k for k in part if k[region] in regions}
    if found != expected or not found:
        wrong.append("%s: %d rows, expected %d" % (what, len(found), len(expected)))
    for key in found & expected:
        if abs(whole[key] - part[key]) > 2 * PRINTED + RELATIVE * abs(whole[key]):
            wrong.append("%s: %s is %.6f, not %.6f" % (what, " ".join(key), part[key], whole[key]))
    strangers = {k[region] for k in part} - regions - {"all"} - set(KKR)
    if strangers:
        wrong.append("%s: reports %s" % (what, " ".join(sorted(strangers))))
    return len(found)


def check(program, scenario, towns, kkr, wrong, verb="run"):
    count, whole = 0, run(program, verb, scenario)
    for town, code in towns.items():
        part = run(program, verb, scenario, "--set", "regions.where={name: %s}" % town)
        count += compare("%s, %s" % (scenario.stem, town), whole, part, {code}, wrong)
        # The one region is all that there is; whole places of a specialisation are known for all only.
        for key, number in part.items():
            alone = key[:3] + (code,) + key[4:]
            if key[3] == "all" and alone in part and abs(part[alone] - number) > 2 * PRINTED + RELATIVE * abs(number):
                wrong.append("%s, %s: all is not the region: %s" % (scenario.stem, town, " ".join(key)))
    for group in kkr:
        part = run(program, verb, scenario, "--set", "regions.where={kkr: %s}" % group)
        count += compare("%s, %s" % (scenario.stem, group), whole, part, {group} | {k[3] for k in part} - {"all"}, wrong)
    return count


def main():
    program, wrong = sys.argv[1], []
    count = check(program, SCENARIOS / "velfaerd-danmark.yaml", TOWNS, KKR, wrong)
    count += check(program, SCENARIOS / "reform-2025.yaml", {"Esbjerg": "561"}, KKR[1:2], wrong)
    count += check(program, SCENARIOS / "sosu-danmark.yaml", {"Læsø": "825"}, KKR[:1], wrong)
    for name in ("paedagog-syddanmark", "sosu-syddanmark", "minimumsnormeringer"):
        count += check(program, SCENARIOS / (name + ".yaml"), FYN, (), wrong)
    count += check(program, SCENARIOS / "paedagog-syddanmark.yaml", FYN, (), wrong, "practicum")
    with tempfile.TemporaryDirectory(prefix="fremskriv-covers.") as folder:
        tied = pathlib.Path(folder) / "tied.yaml"
        tied.write_text((HERE / "tied.yaml").read_text(encoding="utf-8"), encoding="utf-8")
        for table in HERE.glob("*.csv"):
            (pathlib.Path(folder) / table.name).write_text(table.read_text(encoding="utf-8"), encoding="utf-8")
        count += check(program, tied, FYN, (), wrong)
        count += check(program, tied, FYN, (), wrong, "practicum")
    for line in wrong[:30]:
        print(line)
    print("%d numbers compared, %d wrong" % (count, len(wrong)))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
