"""Every verb of src/cli/verbs.c has help in both languages, its place in README.md, an example on a page of docs/ that docs.pages
runs, a Danish word that leads to it, a test and a line in CHANGELOG.md. Manual pages and completion are printed from the same
table (house.manual).

verbs.py PROGRAM"""

import re
import subprocess
import sys

from house import ROOT, changelog, end

TABLE = "src/cli/verbs.c"


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def summary(verb, lang):
    """What the help of a verb says that it does; empty where the row lacks it, so that the help ends early."""
    shown = subprocess.run([sys.argv[1], verb, "--help", "--lang", lang], capture_output=True, text=True, check=False)
    paragraphs = shown.stdout.split("\n\n") if shown.returncode == 0 else []
    return paragraphs[1].strip() if len(paragraphs) > 2 else ""


verbs = re.findall(r'\{"(\w+)",\s*FREM_VERB_', read(TABLE))
listed = re.search(r"`fremskriv --help` lists the verbs:.*?\n\n", read("README.md"), re.S)[0]
pages = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
pages["README.md"] = read("README.md")
tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*")
         if path.suffix in (".py", ".sh") and path.parent.name != "house"]
words = dict.fromkeys(verbs, 0)
for word, meant in re.findall(r'\{"([^"]+)", "(\w+)"\}', read("src/cli/words.c")):
    if meant in words and word != meant:
        words[meant] += 1

problems = []
bits = re.findall(r"(FREM_VERB_\w+) = 1u << (\d+)", read("src/cli/cli.h"))
for name, bit in bits:
    others = [other for other, taken in bits if taken == bit and other != name]
    problems += [f"src/cli/cli.h: {name} has the bit of {other}" for other in others]
for verb in verbs:
    said = {lang: summary(verb, lang) for lang in ("en", "da")}
    for lang, language in (("en", "English"), ("da", "Danish")):
        if not said[lang]:
            problems.append(f"{verb}: no {language} help in its row of {TABLE}")
    if said["en"] and said["en"] == said["da"]:
        problems.append(f"{verb}: its Danish help in {TABLE} is the English one")
    if f"`{verb}`" not in listed:
        problems.append(f"{verb}: README.md does not have it where it says that `fremskriv --help` lists the verbs")
    if not any(re.search(rf"^\$ (?:\S*/)?fremskriv (?:--lang \w+ )?{verb} ", page, re.M) for page in pages.values()):
        problems.append(f"{verb}: no page of docs/ shows it: a block ```console with '$ build/fremskriv {verb} ...', "
                        "whose output tests/docs/pages.py --write puts in")
    if not words[verb]:
        problems.append(f"{verb}: no other word leads to it, such as a Danish one: a row in src/cli/words.c")
    if not any(re.search(rf"[\"']{verb}[\"']|fremskriv {verb} ", test) for test in tests):
        problems.append(f"{verb}: no test runs it: a check in tests/cli/cli.py with its name in tests/cli.cmake, or a tests/{verb}/")
    if not changelog(verb):
        problems.append(f"{verb}: CHANGELOG.md does not name `{verb}`")
end(problems, len(verbs))
