"""What `explain` says of scenarios, as text and as JSON.

    explain.py PROGRAM CHECK    CHECK is the name of a function below that takes the program
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "docs/explain.schema.json"

LOW = """fremskriv: 1
extends: paedagog-syddanmark.yaml
programmes:
  paedagog:
    completion: {value: 0.7, source: the low one}
"""
MIDDLE = """fremskriv: 1
extends: low.yaml
programmes:
  paedagog:
    completion: {value: 0.72, times: 1.1, source: the middle one}
    intake: {value: 1000, source: <b>bold</b>}
"""
TOP = """fremskriv: 1
extends: middle.yaml
title: {da: Øverst, en: On top}
programmes:
  paedagog:
    completion: {from: 2026, value: 0.8, source: the top one}
variants:
  fewer:
    label: {da: Færre pladser, en: Fewer places}
    programmes: {paedagog: {intake: {from: 2030, value: 900}}}
  none:
    demand: {andet: ~}
"""


def must(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")


def call(program, *words, folder=ROOT, status=0):
    environment = {**os.environ, "FREMSKRIV_DATA": str(ROOT), "LC_ALL": "C"}
    done = subprocess.run([program, "explain", *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          check=False, capture_output=True, timeout=120)
    must(done.returncode == status, f"explain {words}: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def validator():
    try:
        import jsonschema
    except ImportError:
        print("python3-jsonschema is not installed: skipped")
        sys.exit(77)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def explained(program, valid, *words, folder=ROOT):
    """The scenarios of a JSON explanation that keeps to its schema."""
    data = json.loads(call(program, *words, "--format", "json", folder=folder))
    for error in valid.iter_errors(data):
        sys.exit(f"failed: {words}: {list(error.absolute_path)}: {error.message}")
    return data["scenarios"]


def one(scenarios):
    must(len(scenarios) == 1 and len(scenarios[0]["values"]) == 1, "one value of one scenario")
    return scenarios[0]["values"][0]


def line_of(place):
    path = Path(place["file"])
    lines = (path if path.is_absolute() else ROOT / path).read_text(encoding="utf-8").split("\n")
    return lines[place["line"] - 1]


def stands_there(place, path):
    """At the place is the last key of the path, or the key above it with a word that is short for a mapping; of an item of a
    list, its first key."""
    rest = line_of(place)[place["column"] - 1:]
    keys = path.split(".")
    if keys[-1].isdigit():
        return re.match(r"\{|\w+\s*:", rest) is not None
    return any(re.match(rf"(['\"]?){re.escape(key)}\1\s*:", rest) for key in keys)


def check_numbers(value):
    numbers = value["numbers"]
    years = max(1, len(numbers["years"]))
    by_year = any(name.endswith("year") for name in numbers["dimensions"])
    must(by_year == bool(numbers["years"]), f"{value['path']}: years")
    for key in ("sum", "lowest", "highest"):
        must(len(numbers.get(key, [0] * years)) == years, f"{value['path']}: as many numbers as years")
    low, high = value["allowed"]["minimum"], value["allowed"]["maximum"]
    for number in numbers.get("lowest", []) + numbers.get("highest", []):
        must(number is None or ((low is None or number >= low) and (high is None or number <= high)),
             f"{value['path']}: {number} is not allowed")


def shipped(program):
    """Every value of every shipped scenario and variant is where it is said to be, and so do the layers under it."""
    valid = validator()
    parameters = layers = tables = 0
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    must(len(files) >= 6, "shipped scenarios")
    for file in files:
        name = f"scenarios/{file.name}"
        variants = re.findall(r"^  (\w+):(?! ~)", file.read_text(encoding="utf-8").partition("\nvariants:\n")[2], re.M)
        words = [word for variant in ["base", *variants] for word in ("--variant", variant)]
        for scenario in explained(program, valid, name, *words):
            paths = [value["path"] for value in scenario["values"]]
            must(len(set(paths)) == len(paths), f"{name}: a path occurs twice")
            for value in scenario["values"]:
                where = f"{name} {scenario['variant']} {value['path']}"
                # A change within a mapping is at the key that is changed.
                changed = value["layers"] and value["layers"][0]["was"] == "changed"
                must(value["default"] or changed or stands_there(value, value["path"]), f"{where}: not at {value}")
                for layer in value["layers"]:
                    must(layer["was"] == "changed" or stands_there(layer, value["path"]), f"{where}: not at {layer}")
                must(isinstance(value.get("source", {}), dict), f"{where}: its source is in one language: {value.get('source')}")
                for table in value["tables"]:
                    content = (ROOT / table["file"]).read_bytes()
                    must(hashlib.sha256(content).hexdigest() == table["sha256"], f"{where}: {table}")
                if value["parameter"]:
                    must("numbers" in value and "help" in value, f"{where}: no numbers")
                    check_numbers(value)
                parameters += value["parameter"]
                layers += len(value["layers"])
                tables += len(value["tables"])
            text = call(program, name, "--variant", scenario["variant"])
            must(all(len(line) <= 100 for line in text.split("\n")), f"{name}: a line is too long")
            for value in scenario["values"]:
                place = "default" if value["default"] else f"{value['file']}:{value['line']}"
                must(place in text, f"{name}: the text lacks {place}")
    must(parameters > 300 and layers > 50 and tables > 50, f"{parameters} parameters, {layers} layers, {tables} tables")


def put(folder):
    for name, text in (("low", LOW), ("middle", MIDDLE), ("top", TOP)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def places(value):
    return [(layer["file"], layer["line"], layer["was"]) for layer in value["layers"]]


def layers(program):
    """The chain under a value: files, `from`, `times`, variants and sets."""
    valid = validator()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder)
        path = "programmes.paedagog.completion"
        value = one(explained(program, valid, "top.yaml", path, folder=folder))
        must((value["file"], value["line"], value["source"]) == ("top.yaml", 6, "the top one"), "the top layer")
        chain = places(value)
        must([at[2] for at in chain] == ["earlier", "replaced", "replaced", "replaced"], f"what became of them: {chain}")
        must([Path(at[0]).name for at in chain] == ["middle.yaml", "low.yaml", "paedagog-syddanmark.yaml", "paedagog.yaml"],
             f"the layers: {chain}")
        must(value["layers"][0]["value"] == "0.72 {times: 1.1}", "times is given")
        numbers = dict(zip(value["numbers"]["years"], value["numbers"]["lowest"]))
        must(abs(numbers[2025] - 0.72 * 1.1) < 1e-12 and abs(numbers[2026] - 0.8) < 1e-12, "from and times in the numbers")

        inside = one(explained(program, valid, "top.yaml", f"{path}.earlier.times", folder=folder))
        must(inside == value, "a path inside a value gives the value")

        both = explained(program, valid, "top.yaml", "programmes.paedagog.intake", "--variant", "base", "--variant",
                         "fewer", folder=folder)
        must([at["variant"] for at in both] == ["base", "fewer"], "each variant that is named")
        base, fewer = (at["values"][0] for at in both)
        must(base["line"] == 6 and base["file"] == "middle.yaml", "the base's intake")
        must(fewer["line"] == 10 and fewer["file"] == "top.yaml", "the variant's intake")
        must(places(fewer)[0] == ("middle.yaml", 6, "earlier"), "what the variant lies over")
        years = dict(zip(fewer["numbers"]["years"], fewer["numbers"]["sum"]))
        must(years[2029] == 1000 and years[2030] == 900, "the variant's numbers")

        must(not explained(program, valid, "top.yaml", "demand.andet", "--variant", "none", "--variant", "base",
                           folder=folder)[1]["values"], "what a variant leaves out has no values")

        sets = ["--set", "programmes.paedagog.intake*=1.5", "--set", "professions.paedagog.unemployment=0.02"]
        value = one(explained(program, valid, "top.yaml", "programmes.paedagog.intake", *sets, folder=folder))
        must((value["file"], value["line"], value["source"]) == ("--set", 1, "<b>bold</b>"), "multiplied on the command line")
        must(places(value)[0] == ("middle.yaml", 6, "changed") and value["numbers"]["sum"][-1] == 1500, "by 1.5")
        value = one(explained(program, valid, "top.yaml", "professions.paedagog.unemployment", *sets, folder=folder))
        must((value["file"], value["line"]) == ("--set", 2) and "source" not in value, "a set has no source")
        must(value["layers"][0]["source"]["en"].startswith("BUPL"), "what it lies over has one")


def words(program):
    """Text in both languages; paths above values; the sum of a table; errors."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder)
        path = "programmes.paedagog.intake"
        english = call(program, "top.yaml", path, "--lang", "en", folder=folder)
        danish = call(program, "top.yaml", path, "--lang", "da", "--variant", "fewer", folder=folder)
        for lang, text, all_of in (
                ("en", english, ["On top · top.yaml", "Persons who start in a calendar year", "  unit          persons",
                                 "  allowed       at least 0", "  given at      middle.yaml:6:5", "the same in all years",
                                 "1,000"]),
                ("da", danish, ["Øverst · Færre pladser · top.yaml", "  enhed         personer", "  tilladt       mindst 0",
                                "  står i        top.yaml:10:29", "  tidligere år  middle.yaml:6:5: 1000 (<b>bold</b>)",
                                "efter optagelsesår", "1994–2029: 1.000  2030–2040: 900"])):
            for part in all_of:
                must(part in text, f"{lang}: {part!r} is not in\n{text}")
        below = call(program, "top.yaml", "programmes", folder=folder)
        must("\n  paedagog\n" in below and "demand" not in below, "all below a path and nothing else")
        whole = call(program, "top.yaml", folder=folder)
        must("\ndemand\n" in whole and "\nprogrammes\n" in whole, "the whole holds its parts")
        call(program, "top.yaml", "programmes.paedagog.intakes", folder=folder, status=3)
        call(program, "top.yaml", "a", "b", folder=folder, status=2)
        call(program, "top.yaml", "--format", "csv,json", folder=folder, status=2)
        call(program, "top.yaml", "--variant", "fwer", folder=folder, status=3)
        call(program, "top.yaml", "-o", "out", folder=folder, status=2)


def changed(program):
    """What differs from what is extended: in JSON by its schema, where it is said to be, and in text."""
    valid = validator()
    for file in sorted((ROOT / "scenarios").glob("*.yaml")):
        name = f"scenarios/{file.name}"
        for scenario in explained(program, valid, name, "--changed"):
            must(scenario["against"] == ("extended" if "\nextends:" in file.read_text(encoding="utf-8") else "nothing"),
                 f"{name}: against {scenario['against']}")
            text = call(program, name, "--changed")
            must(all(len(line) <= 100 for line in text.split("\n")), f"{name}: a line is too long")
            for change in scenario["changes"]:
                for side in (change["before"], change["after"]):
                    if side is not None and not side["default"]:
                        # A change within a mapping is at the key that is changed, an item of a list where it begins.
                        must(re.match(r"\{?(['\"]?)[\w.-]+\1\s*:", line_of(side)[side["column"] - 1:]),
                             f"{name} {change['path']}: not at {side}")
                        must(f"{side['file']}:{side['line']}" in text, f"{name}: the text lacks {side}")
                must(change["after"] is None or change["after"]["default"] or change["after"]["file"] == name,
                     f"{name}: {change} is not of the file itself")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder)
        top, fewer, none = explained(program, valid, "top.yaml", "--changed", "--variant", "base", "--variant", "fewer",
                                     "--variant", "none", folder=folder)
        must([at["path"] for at in top["changes"]] == ["programmes.paedagog.completion"], f"of the scenario: {top}")
        must(top["changes"][0]["before"]["source"] == "the middle one", "what the middle one says")
        must(fewer["against"] == "scenario" and fewer["changes"][0]["before"]["value"] == "1000"
             and fewer["changes"][0]["after"]["value"] == "900 {from: 2030}", f"of a variant: {fewer}")
        must(none["changes"] and all(at["after"] is None and at["path"].startswith("demand.andet.")
                                     for at in none["changes"]), f"of what is taken out: {none}")
        part = explained(program, valid, "top.yaml", "professions", "--changed", folder=folder)[0]
        must(part["changes"] == [], "a path where nothing differs")
        call(program, "top.yaml", "profesions", "--changed", folder=folder, status=3)
        danish = call(program, "top.yaml", "--changed", "--lang", "da", folder=folder)
        must("Det, der afviger fra det, scenariet udvider: 1" in danish, danish)


if __name__ == "__main__":
    {"shipped": shipped, "layers": layers, "words": words, "changed": changed}[sys.argv[2]](os.path.abspath(sys.argv[1]))
