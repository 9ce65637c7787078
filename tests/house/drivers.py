"""Every driver (a field of `follows`) has its equation in docs/model.md, an example in docs/scenarios.md, a unit test, random worlds
of the independent model and a line in CHANGELOG.md, and is refused beside another one. Help
in both languages is asked for by unit.scenario.fields; pages of keys and schema are printed from its field (docs.keys, schema)."""

import re

from house import ROOT, changelog, end

FIELDS = "src/scenario/fields_supply.c"


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def used(key, text):
    """Whether a sector of a text follows a driver, perhaps beside a mark such as `covers` or another one taken away."""
    return re.search(rf"follows:(?:\\n|[\s{{]|\w+: [\w~]+,?)*\b{key}\b", text) is not None


table = re.search(r"follows_fields\[\] = \{\n(.*?)\n\};", read(FIELDS), re.S)[1]
rows = re.findall(r'^    \{"(\w+)", (.*?)(?=^    \{"|^    COVERS|\Z)', table, re.S | re.M)
drivers = [key for key, _ in rows if key != "driver"]
words = re.search(r'\.choices = "([^"]*)"', dict(rows)["driver"])[1].strip("|").split("|")

model = re.search(r"### What a sector follows\n(.*?)\n##", read("docs/model.md"), re.S)[1]
examples = "".join(re.findall(r"^```yaml.*?^```$", read("docs/scenarios.md"), re.S | re.M))
ways = re.findall(r'"(\w+)"', re.search(r"check_follows\(.*?ways\[\] = \{(.*?)\};", read("src/scenario/check.c"), re.S)[1])
worlds = re.findall(r'"(\w+)"', re.search(r"^DRIVERS = \((.*?)\)", read("tests/reference/worlds_demand.py"), re.S | re.M)[1])
parts = read("tests/reference/worlds.py")
unit = ""
for path in sorted((ROOT / "tests/unit/model").glob("*.[ch]")):
    unit += re.sub(r'"\s*"', "", path.read_text(encoding="utf-8"))

problems = []
for key in [*drivers, *words]:
    if (key if key in drivers else "driver") not in ways:
        problems.append(f"{key}: not in `ways` of check_follows() in src/scenario/check.c: it could be given beside another driver")
    if f"\n- `{key}`" not in model and f"\n- `{key}:" not in model:
        problems.append(f"{key}: no equation under 'What a sector follows' in docs/model.md: a line that begins with - `{key}`")
    if not used(key, examples):
        problems.append(f"{key}: no example in a block ```yaml of docs/scenarios.md")
    if not used(key, unit):
        problems.append(f"{key}: no unit test with 'follows: {{{key}: ...}}' in tests/unit/model, such as test_drivers.c")
    if key not in worlds or not re.search(rf"\bfollows\.{key}\b", parts):
        problems.append(f"{key}: the independent model does not try it: its equation in tests/reference/demand.py, DRIVERS in "
                        f"worlds_demand.py, follows.{key} among PARTS in worlds.py")
    if not changelog(key):
        problems.append(f"{key}: CHANGELOG.md does not name `{key}`")
end(problems, len(drivers) + len(words))
