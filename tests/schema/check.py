"""check.py SCHEMA-PROGRAM: the schema of scenario files is what the field table prints, accepts every shipped scenario and
refuses what it can see of tests/bad: unknown keys, words that are no choice, numbers out of range, keys that lack."""

import json
import pathlib
import re
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as lacking:
    print(f"{lacking.name} is not installed: skipped")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = ROOT / "scenarios/fremskriv.schema.json"
MODELINE = "# yaml-language-server: $schema="
# What the program says where a schema must see it too.
SEEN = re.compile(r"^[^/\s]+\.yaml:\d+:\d+: error: (unknown key|\S+ lacks the key|\S+ must be |"
                  r"\S+: (\S+ is outside|'[^']*' is not (one of|a day|a month|an age range|a date|a number)))", re.MULTILINE)
# A key that lacks only beside another or that a file below could give, and numbers and texts that only the program holds against others.
NOT_SEEN = set("""absence-days already-left-alone columns-many day delay-years stay-years growth-start intake-two-ways path-year-outside population-missing
practicum-supervision profile-missing from-nothing missing missing-below retirement-exit retirement-participation split-weights value-null value-null-number years-many""".split())


class Loader(yaml.SafeLoader):
    """YAML as editors read it (1.2): no dates, no numbers with colons, no `yes`."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("tag:yaml.org,2002:merge", r"^<<$", "<"),
]:
    Loader.add_implicit_resolver(tag, re.compile(pattern), list(first))


def keys_as_text(node):
    if isinstance(node, dict):
        return {str(key): keys_as_text(value) for key, value in node.items()}
    return [keys_as_text(item) for item in node] if isinstance(node, list) else node


def load(path):
    return keys_as_text(yaml.load(path.read_text(encoding="utf-8"), Loader))  # noqa: S506 (a safe loader)


def main():
    printed = subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True).stdout
    faults = []
    if printed != FILE.read_text(encoding="utf-8"):
        faults.append(f"{FILE.relative_to(ROOT)} is not what {sys.argv[1]} prints. Write it anew: build/tools/schema > {FILE.relative_to(ROOT)}")
    schema = json.loads(printed)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    shipped = sorted(ROOT.glob("scenarios/**/*.yaml"))
    good = [ROOT / f"tests/bad/{name}.yaml" for name in ("good", "good-whole", "good-practicum")]
    for path in [*shipped, *good, ROOT / "tests/validation/laerermod.yaml"]:
        for error in validator.iter_errors(load(path)):
            faults.append(f"{path.relative_to(ROOT)}: {'.'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    for path in shipped:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        at = path.parent / first.removeprefix(MODELINE)
        if not first.startswith(MODELINE) or at.resolve() != FILE:
            faults.append(f"{path.relative_to(ROOT)}: the first line is not `{MODELINE}...` with the schema's path")

    refused = 0
    for path in sorted((ROOT / "tests/bad").glob("*.yaml")):
        expected = path.with_suffix(".expected")
        if path.stem in NOT_SEEN or not expected.exists() or not SEEN.search(expected.read_text(encoding="utf-8")):
            continue
        try:
            document = load(path)
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        if validator.is_valid(document):
            faults.append(f"{path.relative_to(ROOT)}: accepted, though: {SEEN.search(expected.read_text()).group(0)}")
        refused += 1
    if refused < 25:
        faults.append(f"only {refused} cases of tests/bad were of a kind that a schema can see")

    print("\n".join(faults) or f"{len(shipped)} shipped scenarios accepted, {refused} bad ones refused")
    return 1 if faults else 0


sys.exit(main())
