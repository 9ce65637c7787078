"""What someone meets who begins: the verb `new`, and help with its examples.

begin.py PROGRAM CHECK

CHECK is the name of a function below that takes a Program.
"""

import csv
import os
import pty
import re
import select
import shlex
import subprocess
import termios
import unicodedata

from cli import ROOT, Program, main, must, same

LANGS = ("en", "da")
TEMPLATES = {lang: ROOT / f"scenarios/templates/starter.{lang}.yaml" for lang in LANGS}
SUPPLY, GAP = ("all", "paedagog", "all", "supply"), ("all", "paedagog", "all", "gap")
# Their files are the reader's own.
NOT_RUN = ("import", "studio")


def kept(text):
    """A scenario without what is for readers: comments, sources, blank lines."""
    lines = [re.sub(r" *#.*", "", line) for line in text.splitlines()]
    return [re.sub(r'source: "[^"]*"', "source", line) for line in lines if line]


def figures(program, *words):
    out, _ = program.run("run", *words, "-o", "-")
    rows = csv.DictReader(out.decode().splitlines())
    return {(row["variant"], row["year"], row["region"], row["profession"], row["sector"], row["measure"]): row["value"]
            for row in rows}


def writes(program):
    """The file is the template with the schema's place and its own name in it, and nothing else is written."""
    (program.folder / "a folder").mkdir()
    before = program.files()
    for lang, given, path, shown in (
        ("en", "plan", "plan.yaml", "plan.yaml"),
        ("da", "bemanding-2030.yaml", "bemanding-2030.yaml", "bemanding-2030.yaml"),
        ("da", "a folder/Pædagoger i Ærø", "a folder/Pædagoger i Ærø.yaml", "'Pædagoger i Ærø.yaml'"),
        ("en", "it's", "it's.yaml", "'it'\\''s.yaml'"),
    ):
        out, errors = program.run("new", given, "--lang", lang)
        same(out, b"", "standard output")
        same(errors.count("\n"), 1, f"lines of {errors!r}")
        must(errors.startswith(path + (" is written." if lang == "en" else " er skrevet.")), errors)
        command = shlex.split(errors.split(": ", 1)[1])
        same(command, ["fremskriv", "run", path], "what to do next")
        program.run(*command[1:])
        text = (program.folder / path).read_text(encoding="utf-8")
        first, rest = text.split("\n", 1)
        schema = ROOT / "scenarios/fremskriv.schema.json"
        same(first, f"# yaml-language-server: $schema={schema.as_uri()}", "the first line")
        template = TEMPLATES[lang].read_text(encoding="utf-8").split("\n", 1)[1]
        same(rest, template.replace("NAME.yaml", shown), "the file")
        before = sorted([*before, path])
        same(program.files(), before, "files")
    same(program.run("new", "silent", "--quiet"), (b"", ""), "new --quiet")
    same(program.run("new", "objects", "--diagnostics", "json"), (b"", ""), "new --diagnostics json")


def runs(program):
    """Both templates say the same, run without a warning, and every command that they name works."""
    texts = {lang: path.read_text(encoding="utf-8") for lang, path in TEMPLATES.items()}
    same(kept(texts["da"]), kept(texts["en"]), "the Danish template")
    for lang in LANGS:
        values = len(re.findall(r"\bvalue: |\bintake: \{\d", texts[lang]))
        sources = len(re.findall(r'source: "(?:example, to be replaced|eksempel, skal erstattes)"', texts[lang]))
        must(values == sources >= 7, f"{values} figures and {sources} sources in {lang}")
        program.run("new", f"plan-{lang}", "--lang", lang)
        _, errors = program.run("check", f"plan-{lang}.yaml", "--werror")
        good, note = errors.splitlines(keepends=True)
        same(good, f"plan-{lang}.yaml: no problems\n", "check")
        same(note[:note.index("(")], f"plan-{lang}.yaml: note: ages inside the population's groups are interpolated, not counted ",
             "what check says")
        commands = re.findall(r"^# +(fremskriv .*)$", texts[lang], re.MULTILINE)
        same(len(commands), 5, f"commands in {lang}")
        for command in commands:
            program.run(*shlex.split(command.replace("NAME", f"plan-{lang}"))[1:])
    found = figures(program, "plan-en.yaml")
    same(figures(program, "plan-da.yaml"), found, "figures of the Danish scenario")
    same(float(found["base", "2026", *GAP]), -40.0, "the first year's gap: the vacant posts")
    same(float(found["base", "2026", *SUPPLY]), 3000.0, "the first year's supply")
    same(found["flere_studerende", "2030", *SUPPLY], found["base", "2030", *SUPPLY], "supply before the variant's students")
    # Under the table it is said what the gap of that year is, once; without vacancies that it is counted from 0.
    for lang, vacant, even in (("en", "minus the vacancies", "from a balance of 0 in 2026"), ("da", "minus de ledige", "regnet fra 0 i 2026")):
        shown = [" ".join(program.run("run", f"plan-{lang}.yaml", "--lang", lang, *more)[0].decode().split())
                 for more in ([], ["--set", "demand.dagtilbud.vacancies=~"], ["--set", "base_year=cohorts"])]
        same([(text.count(vacant), text.count(even)) for text in shown], [(1, 0), (0, 1), (0, 0)], f"what gaps are counted from in {lang}")
        must(" · Odense · " in shown[0], "the municipality's name")
    must(float(found["flere_studerende", "2031", *SUPPLY]) > float(found["base", "2031", *SUPPLY]), "more students, no more supply")


def refuses(program):
    """Nothing is overwritten, nothing half written; names that can't be one of a scenario are answered with what could."""
    program.put("mine.yaml", "mine\n")
    (program.folder / "dangling.yaml").symlink_to("nowhere")
    (program.folder / "folder.yaml").mkdir()
    before = program.files()
    for name in ("mine", "mine.yaml", "dangling", "folder", "./folder.yaml"):
        out, errors = program.run("new", name, status=5)
        path = name.removesuffix(".yaml") + ".yaml"
        same((out, errors), (b"", f"error: '{path}' is there already and is left as it is\n"
                                  "hint: give another name, or move what is there\n"), name)
    for name in ("nowhere/plan", "mine.yaml/plan"):
        _, errors = program.run("new", name, status=5)
        must(f"'{name}.yaml' can't be written" in errors, errors)
    for name in ("", ".yaml", ".hidden", "a.b", "plan.yml", "folder/", "..", " x", "x ", "a\nb", "a\tb", "x" * 201):
        _, errors = program.run("new", name, status=2)
        must("can't be the name of a scenario\nhint: use letters" in errors, errors)
    _, errors = program.run("new", "--", "-x", status=2)
    must("can't be the name of a scenario" in errors, errors)
    _, errors = program.run("new", "plan", "-o", "out", status=2)
    must("'--output' does not go with new" in errors, errors)
    # A folder of the program without templates.
    _, errors = program.run("new", "plan", status=3, env={"FREMSKRIV_DATA": str(program.folder)})
    must("no file 'templates/starter.en.yaml' was found" in errors, errors)
    same(program.files(), before, "files")
    same((program.folder / "mine.yaml").read_text(), "mine\n", "mine.yaml")
    if os.geteuid() != 0:
        (program.folder / "folder.yaml").chmod(0o500)
        program.run("new", "folder.yaml/plan", status=5)
        (program.folder / "folder.yaml").chmod(0o700)


def part(program):
    """A part of the country's scenario: the numbers that the country's own scenario gives there, each marked as the country's."""
    program.put("cut.yaml", "extends: velfaerd-danmark.yaml\nname: whole\nregions: {where: {name: [Esbjerg, Varde]}}\n")
    program.run("new", "whole", "--region", "Esbjerg, varde")
    same(program.run("run", "whole.yaml", "--variant", "base", "-o", "-"), program.run("run", "cut.yaml", "-o", "-"),
         "every profession of two municipalities")
    _, errors = program.run("new", "care", "--region", "Syddanmark", "--profession", "SSH,Nurses", "--until", "2035", "--lang", "da")
    same(re.findall(r"warning: (.*) er udeladt: .*\nhint: .* --profession med (\w+) også", errors),
         [("SSH til SSA", "ssa"), ("SSA til sygeplejerske", "ssa")], "warnings of ways that are left out")
    text = (program.folder / "care.yaml").read_text(encoding="utf-8")
    same(len(re.findall(r'(?:source|da): "?hele landets, skal erstattes; ', text)), text.count("covers: all\n"), "marked numbers")
    must("paedagog" not in text and "laerer" not in text, "professions that were not asked for")
    must('da: "Social- og sundhedshjælpere (SSH) og sygeplejersker i KKR Syddanmark"' in text, text)
    lacks = text[text.index("# Udeladt"):text.index("# I denne")]
    same(re.findall(r"^#   (.*)$", lacks, re.MULTILINE),
         ["SSH til SSA (--profession ssa)", "SSA til sygeplejerske (--profession ssa)"], "ways that are left out")
    must('da: "5 procentpoint flere fuldfører (Sygeplejerskeuddannelsen)"' in text, "the variant names whom it is of")
    # Ten per cent more of each, as a run says it; the largest first.
    moves = re.findall(r"^#  +\d+\. (\S+): ([+-]?[\d.]+)$", text, re.MULTILINE)
    sizes = [abs(int(move.replace(".", ""))) for _, move in moves]
    must(len(moves) == text.count("covers: all\n") and sizes == sorted(sizes, reverse=True), f"order: {moves}")
    base, more = (sum(float(value) for (_, year, region, profession, sector, measure), value in found.items()
                      if (year, region, sector, measure) == ("2035", "all", "all", "gap") and profession != "all")
                  for found in (figures(program, "care.yaml", "--variant", "base"),
                                figures(program, "care.yaml", "--variant", "base", "--set", f"{moves[0][0]}*=1.1")))
    same(round(more - base), int(moves[0][1].replace(".", "")), moves[0][0])
    _, errors = program.run("check", "care.yaml", "--werror")
    must(f"note: {len(moves)} numbers are of more regions" in errors, errors)
    program.put("own.yaml", "extends: care.yaml\n" + "demand: {aeldrepleje: {employment: {ssh: {value: 9000, source: mine}}}}\n")
    _, errors = program.run("check", "own.yaml")
    must(f"note: {len(moves) - 1} numbers are of more regions" in errors, errors)
    before = program.files()
    for words, message in (
            (("--region", "Esbjrg"), "did you mean 'Esbjerg'?"),
            (("--region", "Esbjerg,Syddanmark"), "'Syddanmark' cannot be listed beside the others"),
            (("--profession", "pedagogues,nurse"), "did you mean 'Nurses'?"),
            (("--until", "1999"), "bad.yaml:28:21: error: years: 'base' (2026) is not below 'until' (1999)")):
        _, errors = program.run("new", "bad", *words, status=3 if words[0] == "--until" else 2)
        must(message in errors, errors)
    same(program.files(), before, "files")


def at_terminal(program, answers, *words, status=0, lang="en"):
    """Runs `new` at a terminal; each answer is given once its question is there. Returns what the terminal shows."""
    here, there = pty.openpty()
    attributes = termios.tcgetattr(there)
    attributes[3] &= ~termios.ECHO
    termios.tcsetattr(there, termios.TCSANOW, attributes)
    running = program.start("new", *words, "--lang", lang, stdin=there, stdout=subprocess.DEVNULL, stderr=there)
    os.close(there)
    shown, left = b"", list(answers)
    while True:
        if left and shown.endswith(b"> "):
            answer = left.pop(0)
            os.write(here, b"\x04" if answer is None else f"{answer}\n".encode())
            shown += b"\n"
        ready, _, _ = select.select([here], [], [], 60)
        must(ready, f"nothing more after {shown!r}")
        try:
            got = os.read(here, 65536)
        except OSError:  # the program has ended
            break
        if not got:
            break
        shown += got.replace(b"\r\n", b"\n")
    os.close(here)
    text = shown.decode()
    same((running.wait(60), left), (status, []), f"exit status and answers left over ({text})")
    return text


def asks(program):
    """At a terminal `new` asks for what the command does not say, and writes what options would have written."""
    program.run("new", "options", "--region", "Esbjerg,Varde", "--profession", "ssh,paedagog", "--from", "2026", "--until", "2035")
    text = at_terminal(program, ["Esbjrg", "esbjerg, Varde", "99", "nurse", "1, SSH", "next", "2026", "2020", "2035", ""])
    for said in ("Which area?", "did you mean 'Esbjerg'?", "   1. Pedagogues (paedagog)", "There is no number 99.", "did you mean 'Nurses'?",
                 "A year after 1899 and before 2201.", "A year after 2026 and before 2201.", "The file's name? Enter alone: esbjerg-varde-paedagog-ssh.yaml"):
        must(said in text, f"{said} is not in\n{text}")
    asked = (program.folder / "esbjerg-varde-paedagog-ssh.yaml").read_text(encoding="utf-8")
    same(asked, (program.folder / "options.yaml").read_text(encoding="utf-8"), "what was asked for")
    text = at_terminal(program, ["Århus", "Aarhus", "", "", "", ""], lang="da")
    for said in ("Hvilket område?", "mente du 'Aarhus'?", "Hvilke faggrupper?", "Filens navn? Enter alene: aarhus.yaml"):
        must(said in text, f"{said} is not in\n{text}")
    must("title:\n  da: \"Pædagoger, " in (program.folder / "aarhus.yaml").read_text(encoding="utf-8"), "its title")
    _, errors = program.run("check", "aarhus.yaml", "--lang", "da")
    must("tal er for flere områder end scenariets" in errors, errors)
    at_terminal(program, ["", ""])
    program.run("new", "plain")
    same((program.folder / "scenario.yaml").read_text(encoding="utf-8").replace("scenario.yaml", "plain.yaml"),
         (program.folder / "plain.yaml").read_text(encoding="utf-8"), "the example")
    at_terminal(program, ["", ""], "land", "--profession", "ssa", "--until", "2030")
    must("regions:" not in (program.folder / "land.yaml").read_text(encoding="utf-8"), "the whole country")
    at_terminal(program, [], "said", "--region", "Varde", "--profession", "ssa")
    before = program.files()
    must("nothing is written" in at_terminal(program, ["Esbjerg", None], "left", status=2), "an end of the answers")
    must("can't be the name" in at_terminal(program, [], ".hidden", status=2), "a bad name is said before the questions")
    same(program.files(), before, "files")


def helps(program, lang):
    """The help of the program and of every verb."""
    text = program.run("--help", "--lang", lang)[0].decode("utf-8")
    verbs = re.findall(r"^  ([a-z]+) ", text.split("\n\n")[2], re.MULTILINE)
    return text, {verb: program.run(verb, "--help", "--lang", lang)[0].decode("utf-8") for verb in verbs}


def width(line):
    return sum(not unicodedata.combining(letter) for letter in line)


def layout(program):
    """Help fits 80 columns, second columns are in line, and both languages have the same verbs and options."""
    seen = {}
    for lang in LANGS:
        whole, verbs = helps(program, lang)
        must({"run", "check", "new", "compare", "sweep"} <= verbs.keys(), f"verbs: {list(verbs)}")
        for verb, text in [("", whole), *verbs.items()]:
            for line in text.splitlines():
                must(width(line) <= 80, f"{verb} --help --lang {lang}: wider than 80 columns: {line}")
                # Further lines of a row begin where the second column does.
                must(re.match(r"\S|$|  \S| {4}\S| {13}\S| {23}\S", line), f"{verb} --help --lang {lang}: out of line: {line}")
            options = text.split("\n\n")[-2]
            for line in options.splitlines()[1:]:
                must(line.startswith(" " * 23) or re.match(r"  -.{19} \S|  -.{21,}$", line), f"{verb} {lang}: {line!r}")
            seen.setdefault(verb, []).append(re.findall(r"^  (-.{0,19}?)  ", text, re.MULTILINE))
    for verb, (english, danish) in seen.items():
        same(danish, english, f"Danish options of {verb}")


def examples(program):
    """Every verb has two examples in its help, and they run from the project's folder."""
    for name in ("scenarios", "data"):
        (program.folder / name).symlink_to(ROOT / name)
    _, verbs = helps(program, "en")
    ran = 0
    for verb, text in verbs.items():
        lines = text.split("Examples:\n", 1)[1].replace(" \\\n    ", " ").splitlines()
        same(len(lines), 2, f"examples of {verb}")
        for line in lines:
            words = shlex.split(line)
            must(words[:2] == ["fremskriv", verb], f"an example of {verb}: {line}")
            if verb not in NOT_RUN:
                program.run(*words[1:])
                ran += 1
    must(ran >= 12, f"{ran} examples")


main(Program, writes, runs, refuses, part, asks, layout, examples)
