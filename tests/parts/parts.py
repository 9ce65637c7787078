"""parts.py MODE PROGRAM BUILD CMAKE [OPTION...]: the program built with FREM_PARTS=MODE (static or none).

A tree of that mode is configured with the options; of it only the files are compiled that differ by the mode (those that
name a part, with what includes them). They are linked with the other objects of BUILD. Then:

static: what the loader is asked for has the libraries of workbooks, database and integer programmes, and nothing is loaded
    later; the formats, a path of intakes and the results of a table in a workbook are the same bytes as PROGRAM writes;
    pictures are refused with their cure.
none: no library of a part and no loading; the other formats are the same bytes; each format and the verb that need a part
    are refused in both languages with the package to install, and write nothing.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "workbooks"))

import made

MODE, PROGRAM, BUILD, CMAKE, *OPTIONS = sys.argv[1:]
SOURCE = Path.cwd()
TREE = Path(BUILD) / "tests" / "parts" / MODE
SCENARIO = SOURCE / "scenarios" / "dagtilbud-kommune.yaml"
MISSING_PART = 2
LIBRARIES = {"libxlsxwriter", "libsqlite3", "libz", "libglpk", "libzip", "libexpat"}
# format: its library, and the package that a build of it needs
PARTS = {
    "xlsx": ("libxlsxwriter", "libxlsxwriter-dev"),
    "sqlite": ("SQLite", "libsqlite3-dev"),
    "pdf": ("librsvg", "librsvg2-2"),
    "png": ("librsvg", "librsvg2-2"),
}
# A path of intakes is found by an integer programme.
PATH = ["solve", SOURCE / "scenarios" / "sosu-danmark.yaml", "--path", "--vary", "programmes.ssh.intake", "--target",
        "gap:ssh::2035=0", "--band", "500", "--step", "25", "--most-change", "0.2", "--from", "2026", "--until", "2030"]
TEXTS = {
    "en": (
        "{0} is not in this program: it was built without {1}",
        "install the Debian package {2} and build the program again with FREM_PARTS=dlopen",
    ),
    "da": (
        "{0} er ikke med i dette program: det er bygget uden {1}",
        "installér Debian-pakken {2}, og byg programmet igen med FREM_PARTS=dlopen",
    ),
}

problems = []


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command[:6]))} ...\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def differs(path, named):
    """Whether a file, by itself or by a header of its folder, depends on FREM_PARTS."""
    text = path.read_text()
    if re.search(r"FREM_PARTS_|FREM_PART_CALL|FREM_[A-Z]+_LIBRARY|FREM_HAS_", text):
        return True
    return any(f'#include "{header}"' in text for header in named)


def build():
    """@return the program of the mode, its objects that differ linked with the other objects of BUILD."""
    run(CMAKE, "-S", SOURCE, "-B", TREE, "-G", "Ninja", f"-DFREM_PARTS={MODE}", "-DFREM_TESTS=OFF", *OPTIONS)
    source = SOURCE / "src"
    headers = [str(h.relative_to(source)) for h in source.rglob("*.h") if differs(h, [])]
    files = [f.relative_to(SOURCE) for f in sorted(source.rglob("*.c")) if differs(f, headers)]
    objects = [f"CMakeFiles/frem_{f.parts[1]}.dir/{f}.o" for f in files]
    run("ninja", "-C", TREE, *objects)
    link = run("ninja", "-C", TREE, "-t", "commands", "fremskriv").strip().splitlines()[-1]
    link = link.replace("CMakeFiles/frem_program.dir/", f"{BUILD}/CMakeFiles/frem_program.dir/")
    link = link.replace("libfrem_inside.a", f"{' '.join(objects)} {BUILD}/libfrem_inside.a")
    run("sh", "-c", link, cwd=TREE)
    return TREE / "fremskriv", len(files)


def check_loader(program):
    dynamic = run("readelf", "--dynamic", "--wide", program)
    needed = set(re.findall(r"\(NEEDED\).*\[(\w+)", dynamic)) & LIBRARIES
    wanted = LIBRARIES if MODE == "static" else set()
    if needed != wanted:
        problems.append(f"the loader is asked for {sorted(needed)}, not {sorted(wanted)}")
    symbols = run("readelf", "--dyn-syms", "--wide", program)
    if re.search(r"UND dl(open|sym)\b", symbols):
        problems.append("the program loads libraries by itself")


def command(program, folder, formats, lang):
    return [program, "run", SCENARIO, "-o", folder, "--format", formats, "--lang", lang]


def check_same(program, work, formats):
    """The formats are the bytes that the program with its parts loaded writes."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    files = {}
    for name, which in (("loaded", PROGRAM), (MODE, program)):
        run(*command(which, work / name, formats, "en"), env=environment)
        files[name] = {
            str(f.relative_to(work / name)): f.read_bytes() for f in (work / name).rglob("*") if f.is_file()
        }
    if files["loaded"].keys() != files[MODE].keys():
        problems.append(f"other files: {sorted(files['loaded'].keys() ^ files[MODE].keys())}")
    for name in sorted(files["loaded"].keys() & files[MODE].keys()):
        if name != "manifest.json" and files["loaded"][name] != files[MODE][name]:
            problems.append(f"{name} has other bytes")


def check_refused(folder, words, what, library, package):
    """@param words of the command in a language, which would write the folder."""
    for lang, texts in TEXTS.items():
        done = subprocess.run(words(lang), capture_output=True, text=True, check=False)
        said = " ".join(done.stderr.split())
        for text in texts:
            wanted = text.format(what, library, package)
            if wanted not in said:
                problems.append(f"{what} does not say '{wanted}' but: {said}")
        if done.returncode != MISSING_PART or folder.exists():
            problems.append(f"{what} ends with {done.returncode}, and its folder is there: {folder.exists()}")


def check_path(program, folder):
    if MODE == "static":
        if run(program, *PATH) != run(PROGRAM, *PATH):
            problems.append("solve --path finds another path")
    else:
        check_refused(folder, lambda lang: [program, *PATH, "-o", folder, "--lang", lang], "--path", "GLPK", "libglpk-dev")


def check_sheet(program, folder):
    """A scenario whose employment is in a workbook."""
    made.write(folder / "tal.xlsx", made.parts({"Optag": [["region", "fte"], [101, 12], [102, 18.5], [201, 24]]}))
    shutil.copytree(SOURCE / "tests/bad/tables", folder / "tables")
    text = (SOURCE / "tests/bad/good.yaml").read_text(encoding="utf-8").replace("tables/employment.csv", "tal.xlsx")
    (folder / "w.yaml").write_text(text, encoding="utf-8")
    if MODE == "static":
        for name, which in (("a", PROGRAM), ("b", program)):
            run(which, "run", folder / "w.yaml", "-o", folder / name, "--quiet")
        if (folder / "a/results.csv").read_bytes() != (folder / "b/results.csv").read_bytes():
            problems.append("a table in a workbook gives other results")
    else:
        check_refused(folder / "out", lambda lang: [program, "run", folder / "w.yaml", "-o", folder / "out", "--lang", lang],
                      "table: FILE.xlsx", "libzip", "libzip-dev")


def main():
    program, compiled = build()
    check_loader(program)
    refused = ["pdf", "png"] if MODE == "static" else list(PARTS)
    formats = ["csv", "json", "html", "svg", "xlsx", "sqlite"]
    with tempfile.TemporaryDirectory() as folder:
        check_same(program, Path(folder), ",".join(f for f in formats if f not in refused))
        out = Path(folder) / "refused"
        for name in refused:
            check_refused(out, lambda lang, name=name: command(program, out, name, lang), f"--format {name}", *PARTS[name])
        check_path(program, out)
        check_sheet(program, Path(folder))
    if problems:
        sys.exit("\n".join(problems))
    print(f"{compiled} files differ with FREM_PARTS={MODE}")


main()
