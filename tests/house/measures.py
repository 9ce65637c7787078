"""Every measure of src/frame/measures.def has a label in both languages, its unit, a line in docs/outputs.md, its equation in
docs/model.md, a test of its number, its equation in the independent model, and a line in CHANGELOG.md. Writers name
measures by that table, and take what a language writes from src/base/locale.h."""

import re

from house import ROOT, changelog, end, sources

ROW = re.compile(r'^FREM_MEASURE\((\w+),\s*"(\w+)",\s*"(\w+)",\s*"([^"]*)",\s*"([^"]*)",', re.M)
UNITS = ("fte", "persons", "ratio", "places", "mio_kr", "children")

source = (ROOT / "src/frame/measures.def").read_text(encoding="utf-8")
rows = ROW.findall(source)
page = (ROOT / "docs/outputs.md").read_text(encoding="utf-8")
table = page[page.index("| measure | unit | meaning |"):].split("\n\n")[0].splitlines()[2:]
documented = {}
for line in table:
    names, unit, meaning = (cell.strip() for cell in line.strip("|").split("|"))
    for name in re.findall(r"`(\w+)`", names):
        documented[name] = (unit, meaning)

model = (ROOT / "docs/model.md").read_text(encoding="utf-8")
reference = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/reference").glob("*.py"))
# Tests of single numbers: not those of all rows at once, nor of what rows look like.
tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*") if path.suffix in (".c", ".py")
                and path.parent.name not in ("house", "golden", "reference"))

problems = []
if len(rows) != source.count("\nFREM_MEASURE("):
    problems.append("src/frame/measures.def: a row whose name, unit and labels are not its second to fifth part")
for identifier, name, unit, english, danish in rows:
    if not english or not danish:
        problems.append(f"{name}: no label in both languages")
    elif english == danish:
        problems.append(f"{name}: its Danish label is the English one")
    if unit not in UNITS:
        problems.append(f"{name}: '{unit}' is not a unit of docs/outputs.md")
    if name not in documented:
        problems.append(f"{name}: no line in the table of measures of docs/outputs.md")
    elif documented[name][0] != unit or not documented[name][1]:
        problems.append(f"{name}: docs/outputs.md gives it as '{documented[name][0]}', or without a meaning")
    if not re.search(rf"\b{name}\b", model):
        problems.append(f"{name}: no equation in docs/model.md")
    if not re.search(rf"\b{name}\b", reference):
        problems.append(f"{name}: the independent model does not compute it: tests/reference/model.py (reference.worlds)")
    if not re.search(rf'"{name}"', tests):
        problems.append(f"{name}: no test of its number, such as one worked by hand in tests/unit/model or tests/unit/analysis")
    if not changelog(name):
        problems.append(f"{name}: CHANGELOG.md does not name `{name}`")
for part, what in ((1, "name"), (3, "English label"), (4, "Danish label")):
    values = [row[part] for row in rows]
    problems += [f"'{value}' is the {what} of two measures" for value in set(values) if values.count(value) > 1]
problems += [f"{name}: a measure of docs/outputs.md that is none" for name in documented if name not in {r[1] for r in rows}]

# "stock" is the name of a table, too; practicum has measures of its own.
ours = {row[1] for row in rows} - {"stock"}
for path in sources("src/output"):
    if path.suffix == ".def" or path.stem == "practicum":
        continue
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{path.relative_to(ROOT)}:{number}"
        problems += [f"{place}: \"{name}\" is FREM_M_..." for name in re.findall(r'"(\w+)"', line) if name in ours]
        if '" %"' in line:
            problems.append(f"{place}: the sign of per cents is FREM_W_PERCENT_SIGN")

# Every word of the catalogue is used.
used = {word for path in sources("src") for word in re.findall(r"FREM_W_(\w+)", path.read_text(encoding="utf-8"))}
for word in re.findall(r"^FREM_WORDS_ROW\((\w+),", (ROOT / "src/base/words.def").read_text(encoding="utf-8"), re.M):
    if word not in used:
        problems.append(f"src/base/words.def: {word} is not used")
end(problems, len(rows))
