"""results.xlsx and results.sqlite say what results.csv says, whatever the labels, the locale and the disk.

check.py PROGRAM CHECK LOOK

CHECK is the name of a function below; pages to look at go to the folder LOOK.
"""

import csv
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from book import Book
from command import ROOT, Failed, must, same

PROGRAM = os.path.abspath(sys.argv[1])
PEDAGOGUES = ROOT / "scenarios/paedagog-syddanmark.yaml"
SOSU = {"sosu-a.yaml": ("Care staff A", 0.01), "sosu-b.yaml": ("Care staff B", 0.02)}
SKIP = 77
LONG = "Å" * 300
HOSTILE = ["<script>alert(1)</script>", "=1+1", "`touch pwned`", "\"quoted\" 'text'", "two\nlines", LONG,
           "\U0001F469\U0001F3FD\u200D\U0001F3EB", "\u05DE\u05D5\u05E8\u05D4", "http://example.org/", "a[1]:*?/\\b",
           "History", "A1", "tab\there", "]]>&amp;"]


def run(folder, *arguments, verb="run", status=0, **environment):
    """Of a scenario with variants the base alone, except where they are compared."""
    alone = [] if verb == "compare" else ["--variant", "base"]
    done = subprocess.run([PROGRAM, verb, *map(str, arguments), *alone, "-o", str(folder / "out"), "--quiet"],
                          env={**os.environ, **environment}, capture_output=True, text=True, cwd=folder)
    same(done.returncode, status, f"exit status ({done.stderr})")
    return folder / "out", done.stderr


def sosu(folder):
    """Two scenarios that share all but one number."""
    for name, (title, lost) in SOSU.items():
        (folder / name).write_text(f"extends: sosu-syddanmark.yaml\ntitle: {title}\n"
                                   f"professions: {{ssh: {{permanent_exit: {lost}}}}}\n", encoding="utf-8")
    return [folder / name for name in SOSU]


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names_of(folder):
    """What regions are called: as the manifest's inputs say it, not as the program's writers do."""
    with open(ROOT / "data/denmark/municipalities.csv", encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def check_whole(book, rows, names, sheet="results"):
    """Every row of the CSV is in the sheet: keys as they are, values with six decimals."""
    found = book.sheets[sheet]
    heads = [found[0][c] for c in sorted(found[0])]
    expected = [name for key in rows[0] for name in ([key, "region_name"] if key == "region" else [key])]
    same(heads, expected, "the heads")
    same(len(found), len(rows) + 1, "the number of rows")
    for cells, row in zip(found[1:], rows):
        for at, head in enumerate(heads):
            cell = cells.get(at, "")
            if head == "region_name":
                if row["region"] in names:
                    same(cell, names[row["region"]], "the name of a region")
            elif isinstance(cell, float):
                same(f"{cell:.0f}" if head == "year" else f"{cell:.6f}", row[head], f"a cell of {head}")
            else:
                same(cell, row[head], f"a cell of {head}")


def value(rows, **keys):
    found = [row["value"] for row in rows if all(row[k] == str(v) for k, v in keys.items())]
    same(len(found), 1, f"rows of {keys}")
    return found[0]


def workbook(folder, _look):
    for lang, sheet, heading, heads in (
            ("en", "Pedagogues", "Supply and demand (FTE)", {"Supply": "supply", "Demand": "demand", "Gap": "gap"}),
            ("da", "Pædagoger", "Udbud og efterspørgsel (årsværk)",
             {"Udbud": "supply", "Efterspørgsel": "demand", "Balance": "gap"})):
        out, _ = run(folder, PEDAGOGUES, "--format", "csv,xlsx", "--lang", lang)
        rows, book = read_csv(out / "results.csv"), Book(out / "results.xlsx")
        check_whole(book, rows, names_of(folder))
        same(book.order[:2], ["Overview" if lang == "en" else "Overblik", sheet], "the first sheets")
        same(book.order[-1], "results", "the last sheet")
        _, table = book.table(sheet, heading)
        same(sorted(table), list(range(2018, 2041)), "the years")
        for year, cells in table.items():
            for head, measure in heads.items():
                same(f"{cells[head]:.6f}", value(rows, year=year, region="Syddanmark", profession="paedagog",
                                                 sector="all", measure=measure), f"{measure} of {year}")
        same(len(book.charts), 3, "the number of charts")
        whole = book.xml["results"].decode()
        must(re.search(r'<autoFilter ref="A1:K\d+"', whole), "no filter")
        must('state="frozen"' in whole, "no frozen header")
        must('orientation="landscape"' in whole and 'fitToHeight="0"' in whole, "no print setup")
        # One page of the thousands of rows is printed, and rows of texts are as high as the longest one needs.
        must(re.search(r'<definedName name="_xlnm.Print_Area"[^>]*>results!\$A\$1:\$K\$51<', book.parts["xl/workbook.xml"].decode()),
             "the printed area")
        notes = book.xml["Notes" if lang == "en" else "Noter"].decode()
        heights = [float(height) for height in re.findall(r'<row [^>]*\sht="([\d.]+)"', notes)]
        must(heights and all(height % 15 == 0 and height >= 30 for height in heights), f"heights of notes: {heights}")
        # Charts carry the numbers that they show, for programs that do not compute.
        charts = "".join(book.parts[name].decode() for name in sorted(book.charts))
        must(f"<c:v>{sheet}" not in charts and charts.count("<c:numCache>") >= 8, "charts without numbers")
        for measure in heads.values():
            last = float(value(rows, year=2040, region="Syddanmark", profession="paedagog", sector="all",
                               measure=measure))
            must(any(abs(float(v) - last) < 1e-6 for v in re.findall(r"<c:v>(-?[\d.]+)</c:v>", charts)),
                 f"{measure} of 2040 is in no chart")
        shown = " ".join(book.texts(book.order[0]))
        must("fremskriv 0." in shown and "paedagog-syddanmark.yaml" in shown, "not said how it was made")
        must(any(len(cell) == 64 for cell in book.texts("Sources" if lang == "en" else "Kilder")), "no hashes")


def uncertain(folder, _look):
    """A profession's sheet of drawn results has quantiles of the gap and the chance of a shortage, and a chart of them."""
    for lang, sheet, heading, heads in (
            ("en", "Pedagogues", "How far the gap is known: quantiles of all draws (FTE)",
             ["5%", "25%", "50% (middle)", "75%", "95%", "Chance of a shortage"]),
            ("da", "Pædagoger", "Hvor sikker balancen er: kvantiler af alle trækninger (årsværk)",
             ["5 %", "25 %", "50 % (midten)", "75 %", "95 %", "Risiko for mangel"])):
        out, _ = run(folder, PEDAGOGUES, "--draws", "100", "--set", "programmes.paedagog.completion=0.6", "--format", "csv,xlsx",
                     "--measures", "supply,demand,gap", "--region", "Syddanmark", "--lang", lang, verb="montecarlo")
        rows, book = read_csv(out / "results.csv"), Book(out / "results.xlsx")
        check_whole(book, rows, names_of(folder))
        _, table = book.table(sheet, heading)
        same(sorted(table), list(range(2018, 2041)), "the years")
        for year, cells in table.items():
            for head, statistic in zip(heads, ["p05", "p25", "p50", "p75", "p95", "p_short"]):
                same(f"{cells[head]:.6f}", value(rows, year=year, region="Syddanmark", profession="paedagog", sector="all",
                                                 measure="gap", statistic=statistic), f"{statistic} of {year}")
        must(any(0 < cells[heads[-1]] < 1 for cells in table.values()), "no chance that says anything")
        charts = "".join(book.parts[name].decode() for name in sorted(book.charts))
        for statistic in ("p05", "p50", "p95"):
            last = float(value(rows, year=2040, region="Syddanmark", profession="paedagog", sector="all", measure="gap",
                               statistic=statistic))
            must(any(abs(float(v) - last) < 1e-6 for v in re.findall(r"<c:v>(-?[\d.]+)</c:v>", charts)), f"{statistic} is in no chart")


def locale_folder(folder):
    made = folder / "locale"
    made.mkdir()
    try:
        done = subprocess.run(["localedef", "-i", "da_DK", "-f", "UTF-8", made / "da_DK.UTF-8"], capture_output=True)
    except FileNotFoundError:
        return None
    return made if (made / "da_DK.UTF-8").exists() and done.returncode in (0, 1) else None


def bytes(folder, _look):
    locale = locale_folder(folder)
    scenarios, first = [PEDAGOGUES, "--format", "xlsx,sqlite"], {}
    ways = [{}, {}, {"TZ": "America/New_York"}]
    if locale is None:
        print("no da_DK.UTF-8 can be made here: the locale is left out")
    else:
        ways.append({"LOCPATH": str(locale), "LC_ALL": "da_DK.UTF-8"})
    for environment in ways:
        out, _ = run(folder, *scenarios, "--lang", "en", **environment)
        for name in ("results.xlsx", "results.sqlite"):
            content = (out / name).read_bytes()
            must(first.setdefault(name, content) == content, f"{name} differs under {environment}")
        shutil.rmtree(out)
    must(b"2000-01-01T00:00:00Z" in Book_parts(first["results.xlsx"], folder)["docProps/core.xml"], "no fixed date")
    out, _ = run(folder, *scenarios, SOURCE_DATE_EPOCH="1700000000")
    core = Book(out / "results.xlsx").parts["docProps/core.xml"]
    must(b"2023-11-14T22:13:20Z" in core, "SOURCE_DATE_EPOCH is not in the file")


def Book_parts(content, folder):
    (folder / "again.xlsx").write_bytes(content)
    return Book(folder / "again.xlsx").parts


def hostile_scenario(folder):
    """One profession and one region for each label."""
    (folder / "ages.csv").write_text("age,persons\n60,10\n61,10\n")
    with open(folder / "areas.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["code", "name"], *([i + 1, label] for i, label in enumerate(HOSTILE))])
    quoted = [json.dumps(label, ensure_ascii=False) for label in HOSTILE]
    people = "cohorts: {persons: 2000, split: {by: equal}, ages: {table: ages.csv, column: persons}}"
    professions = "".join(f"  p{i}: {{label: {{da: {q}, en: {q}}}, {people}}}\n" for i, q in enumerate(quoted))
    demand = ", ".join(f"p{i}: 1500" for i in range(len(HOSTILE)))
    (folder / "hostile.yaml").write_text(
        f"fremskriv: 1\ntitle: {{da: {quoted[4]}, en: {quoted[0]}}}\nyears: {{base: 2020, until: 2022}}\n"
        f"ages: {{from: 60, to: 61}}\nbase_year: cohorts\nregions: areas.csv\nprofessions:\n{professions}"
        f"demand:\n  job: {{label: {{da: {quoted[1]}, en: {quoted[1]}}}, employment: {{{demand}}},"
        f" split: {{by: equal}}, follows: constant}}\n", encoding="utf-8")


def hostile(folder, _look):
    hostile_scenario(folder)
    out, _ = run(folder, "hostile.yaml", "--format", "csv,xlsx,sqlite", "--lang", "en")
    rows, book = read_csv(out / "results.csv"), Book(out / "results.xlsx")
    names = {str(i + 1): label.replace("\t", " ") for i, label in enumerate(HOSTILE)}
    check_whole(book, rows, names)
    for name in book.order:
        must(0 < len(name.encode("utf-16-le")) // 2 <= 31 and not re.search(r"[\[\]:*?/\\\n']", name),
             f"the name of a sheet: {name!r}")
        must(b"<hyperlink" not in book.xml[name], "a link")
    same(len({name.casefold() for name in book.order}), len(book.order), "different names of sheets")
    titles = [book.sheets[name][0].get(0) for name in book.order]
    for label in HOSTILE:
        must(label.replace("\t", " ") in titles, f"{label!r} is no title")
    must("History" not in book.order and "A1" not in book.order, "names that Excel keeps for itself")
    for name in book.charts:
        must(b"<c:tx><c:strRef><c:f>1" not in book.parts[name] and b"<c:f>1+1" not in book.parts[name], "a formula")
    base = sqlite3.connect(out / "results.sqlite")
    found = dict(base.execute("select \"key\", en from names where \"column\" = 'region' and \"key\" <> 'all'"))
    same(found, {str(i + 1): label for i, label in enumerate(HOSTILE)}, "names of regions in SQL")
    same(base.execute("select count(*) from results").fetchone()[0], len(rows), "rows in SQL")
    must(not (folder / "pwned").exists(), "a label was run")


def full(folder, _look):
    """The disk becomes full: an error that says so, and the results from before."""
    disk = folder / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk],
                                           capture_output=True).returncode != 0:
        print("needs root that may mount a small disk: skipped")
        sys.exit(SKIP)
    try:
        run(disk, PEDAGOGUES, "--format", "csv,xlsx,sqlite")
        before = {str(path.relative_to(disk)): path.read_bytes() for path in (disk / "out").rglob("*") if path.is_file()}
        rows = read_csv(disk / "out/results.csv")
        # From no room at all to room for all but the last kilobytes, so that each part of the writing fails once.
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
        failed = 0
        for form in ("xlsx", "sqlite"):
            for room in [0, 100_000, 500_000, 900_000, *range(1_200_000, 20_000_000, 1_100_000)]:
                (disk / "filling").write_bytes(b"x" * max(free - room, 0))
                done = subprocess.run([PROGRAM, "run", PEDAGOGUES, "--format", form, "-o", disk / "out", "--quiet",
                                       "--lang", "en"], capture_output=True, text=True)
                (disk / "filling").unlink()
                if done.returncode == 0:
                    if form == "xlsx":
                        check_whole(Book(disk / "out/results.xlsx"), rows, {})
                    shutil.rmtree(disk / "out")
                    (disk / "out").mkdir()
                    for name, content in before.items():
                        (disk / name).parent.mkdir(exist_ok=True)
                        (disk / name).write_bytes(content)
                    continue
                failed += 1
                same(done.returncode, 5, f"exit status with room for {room} bytes ({done.stderr})")
                must(re.search(r"error: .*No space left on device", done.stderr, re.IGNORECASE), done.stderr)
                same({str(path.relative_to(disk)): path.read_bytes() for path in (disk / "out").rglob("*") if path.is_file()}, before,
                     "the results from before")
                same(sorted(path.name for path in disk.iterdir()), ["out"], "what is left beside them")
        must(failed >= 15, f"the disk was full only {failed} times")
    finally:
        subprocess.run(["umount", disk], check=True)


def long(folder, _look):
    """More rows than a sheet holds: it says so, and memory does not grow with them."""
    text, files = (ROOT / "scenarios/velfaerd-danmark.yaml").read_text(encoding="utf-8"), []
    for number in range(5):
        files.append(folder / f"w{number}.yaml")
        files[-1].write_text(text.replace("fremskriv: 1\n", f"fremskriv: 1\nname: w{number}\n"), encoding="utf-8")
    out, _ = run(folder, *files, "--format", "csv,xlsx", "--lang", "en")
    # Not of a build with sanitizers, which keeps what was freed.
    if b"__asan" not in Path(PROGRAM).read_bytes():
        must(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 300_000, "more than 300 MB")
    with open(out / "results.csv", encoding="utf-8") as file:
        n_rows = sum(1 for _ in file) - 1
    must(n_rows > 1_048_576, "the table is not long enough for this test")
    with zipfile.ZipFile(out / "results.xlsx") as parts:
        last = max((n for n in parts.namelist() if n.startswith("xl/worksheets/sheet")),
                   key=lambda n: int(re.search(r"\d+", n).group()))
        xml = parts.read(last).decode()
    same(xml.count("<row "), 1_048_576, "rows of the sheet")
    must(f"can't hold all {n_rows} rows: these are the first 1048574. The whole table is results.csv" in
         xml.replace("&apos;", "'")[:4000], "not said that the table is cut")
    must('<autoFilter ref="A2:K1048576"/>' in xml, "no filter")


def missing(folder, _look):
    """A library that is not there: exit status 2, the package's name, no output."""
    wanted = {"xlsx": ("libxlsxwriter.so", "libxlsxwriter4"), "sqlite": ("libsqlite3.so", "libsqlite3-0")}
    stand_in = folder / "lib"
    stand_in.mkdir()
    for number in range(10):
        for library, _ in wanted.values():
            (stand_in / f"{library}.{number}").write_text("no library\n")
    for form, (_, package) in wanted.items():
        for lang, word in (("en", "not installed"), ("da", "ikke er installeret")):
            out, said = run(folder, PEDAGOGUES, "--format", f"csv,{form}", "--lang", lang, status=2,
                            LD_LIBRARY_PATH=str(stand_in))
            must(package in said and word in said and f"--format {form}" in said, said)
            must(not out.exists(), "there is output")
    same([path.name for path in folder.iterdir()], ["lib"], "what is left")


def database(folder, _look):
    out, _ = run(folder, PEDAGOGUES, "--format", "csv,sqlite")
    rows = read_csv(out / "results.csv")
    same(sorted(path.name for path in out.iterdir() if "sqlite" in path.name), ["results.sqlite"], "files")
    base = sqlite3.connect(out / "results.sqlite")
    same(base.execute("pragma integrity_check").fetchone()[0], "ok", "integrity")
    same((out / "results.sqlite").read_bytes()[18:20], b"\x01\x01", "the form of a journal that leaves no files")
    found = base.execute("select * from results order by rowid").fetchall()
    same(len(found), len(rows), "rows")
    for cells, row in zip(found, rows):
        same([*map(str, cells[:-1]), f"{cells[-1]:.6f}"], list(row.values()), "a row")
    types = {name: kind for _, name, kind, *_ in base.execute("pragma table_info(results)")}
    same((types["year"], types["value"], types["region"]), ("INTEGER", "REAL", "TEXT"), "types")
    same(base.execute("select supply - demand - gap from supply_and_demand where region = 'Syddanmark' and year = 2030 "
                      "and profession = 'paedagog'").fetchall()[0][0] < 1e-5, True, "supply - demand = gap")
    coverage = base.execute("select region, region_da, coverage from coverage_by_area").fetchall()
    same(len(coverage), 22, "municipalities")
    for region, name, covered in coverage:
        same(f"{covered:.6f}", value(rows, year=2040, region=region, profession="paedagog", sector="all",
                                     measure="coverage"), f"coverage of {name}")
    same(dict((r, n) for r, n, _ in coverage)["461"], "Odense", "a name")
    inputs = json.loads((out / "manifest.json").read_text())["inputs"]
    same(base.execute("select name, sha256 from sources").fetchall(), [(i["name"], i["sha256"]) for i in inputs],
         "sources")
    same(base.execute("select count(*) from compare_variants").fetchone()[0] >= 0, True, "variants")


def compared(folder, _look):
    out, _ = run(folder, *sosu(folder), "--format", "csv,xlsx,sqlite", "--lang", "en")
    rows, book = read_csv(out / "results.csv"), Book(out / "results.xlsx")
    check_whole(book, rows, names_of(folder))
    names = [row["scenario"] for row in rows]
    first, second = names[0], names[-1]
    base = sqlite3.connect(out / "results.sqlite")
    titles = dict(base.execute("select scenario, title_en from scenarios"))
    # Of all professions the sum of their shortages is first, then the gap of each; a gap of all nowhere.
    same(book.order[1:5], ["Care helpers (SSH)", "Care assistants (SSA)", "Untrained staff", "All professions"], "the professions' sheets")
    for sheet, profession, heading, measure in (("All professions", "all", "Shortage, compared (FTE)", "shortage"),
                                                ("Care helpers (SSH)", "ssh", "Gap, compared (FTE)", "gap")):
        heads, table = book.table(sheet, heading)
        same(heads, ["Year", titles[first], titles[second]], "the heads")
        for scenario in (first, second):
            same(f"{table[2040][titles[scenario]]:.6f}",
                 value(rows, scenario=scenario, year=2040, region="Syddanmark", profession=profession, sector="all", measure=measure),
                 f"the {measure} of {scenario}")
    _, gaps = book.table("All professions", "Gap by profession (FTE)")
    for label, profession in (("Care helpers (SSH)", "ssh"), ("Care assistants (SSA)", "ssa")):
        same(f"{gaps[2040][label]:.6f}", value(rows, scenario=first, year=2040, region="Syddanmark", profession=profession,
                                               sector="all", measure="gap"), f"the gap of {label}")
    must("Gap" not in book.texts("All professions") and "Coverage" not in book.texts("All professions"), "a gap of all professions")
    front = " ".join(book.texts("Overview"))
    must("Gaps are counted from a balance of 0 in 2020" in front and "the sum of Care helpers (SSH)" in front, front)
    difference = base.execute("select difference from compare_scenarios where year = 2040 and region = 'Syddanmark' and "
                              "profession = 'ssh' and measure = 'gap' and sector = 'all'").fetchall()
    same(len(difference), 1, "compared rows")
    must(abs(difference[0][0] - (table[2040][titles[second]] - table[2040][titles[first]])) < 1e-5, "the difference")
    out, _ = run(folder, PEDAGOGUES, "--format", "csv,xlsx", "--lang", "en", verb="compare")
    rows, book = read_csv(out / "compare.csv"), Book(out / "compare.xlsx")
    check_whole(book, rows, names_of(folder), "compare")
    heads, table = book.table("Pedagogues", "Gap, compared (FTE)")
    same(heads, ["Year", "base", "Places unchanged at 1100", "Dropout halved", "Retirement stands still"], "the variants")
    keys = dict(variant="frafald_halveres", region="Syddanmark", profession="paedagog", sector="all", measure="gap")
    for year in (2018, 2030, 2040):
        row = next(row for row in rows if row["year"] == str(year) and all(row[key] == text for key, text in keys.items()))
        same([f"{table[year][name]:.6f}" for name in ("base", "Dropout halved")], [row["reference"], row["value"]], f"{year}: both gaps")


def practicum(folder, _look):
    out, _ = run(folder, PEDAGOGUES, "--format", "csv,xlsx,sqlite", "--lang", "da", verb="practicum")
    rows = read_csv(out / "practicum.csv")
    check_whole(Book(out / "practicum.xlsx"), rows, {}, "practicum")
    found = sqlite3.connect(out / "practicum.sqlite").execute("select * from practicum order by rowid").fetchall()
    same([[*map(str, row[:-1]), f"{row[-1]:.6f}"] for row in found], [list(row.values()) for row in rows], "rows")


def look(folder, pages):
    """LibreOffice opens the workbook; its pages are written where a person can look."""
    if shutil.which("soffice") is None or shutil.which("pdftoppm") is None:
        print("libreoffice-calc-nogui or poppler-utils is not installed: skipped")
        sys.exit(SKIP)
    pages.mkdir(parents=True, exist_ok=True)
    for name, scenarios, verb, file in (("pedagogues", [PEDAGOGUES], "run", "results.xlsx"), ("sosu", sosu(folder), "run", "results.xlsx"),
                                        ("compared", [PEDAGOGUES], "compare", "compare.xlsx")):
        out, _ = run(folder, *scenarios, "--format", "xlsx", "--lang", "da", verb=verb)
        book = Book(out / file)
        shutil.copy(out / file, folder / f"{name}.xlsx")
        choice = json.dumps({"PageRange": {"type": "string", "value": "1-6"}})
        done = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to",
                               f"pdf:calc_pdf_Export:{choice}", "--outdir", pages, folder / f"{name}.xlsx"],
                              capture_output=True, text=True, env={**os.environ, "HOME": str(folder)})
        must(done.returncode == 0 and (pages / f"{name}.pdf").exists(), done.stderr)
        for old in pages.glob(f"{name}-*.png"):
            old.unlink()
        subprocess.run(["pdftoppm", "-r", "80", "-png", pages / f"{name}.pdf", pages / name], check=True)
        text = subprocess.run(["pdftotext", "-layout", pages / f"{name}.pdf", "-"], capture_output=True, text=True,
                              check=True).stdout
        same(text.count("\f"), 6, "pages")
        for word in ("Udbud og efterspørgsel", "Nøgletal", book.order[1]):
            must(word in text, f"{word} is on no page")
        must("###" not in text and "Err:" not in text and "#REF" not in text, "a cell that is too narrow or wrong")


def live(folder, _look):
    """Gap and coverage are formulas of the supply and demand beside them. LibreOffice, given the workbook without their values,
    computes what the workbook and results.csv have; with another supply the gap moves by as much."""
    if shutil.which("soffice") is None:
        print("libreoffice-calc-nogui is not installed: skipped")
        sys.exit(SKIP)
    for number, (scenario, profession, more) in enumerate(((PEDAGOGUES, "paedagog", 0), (ROOT / "scenarios/sosu-syddanmark.yaml", "ssh", 1000))):
        out, _ = run(folder, scenario, "--format", "csv,xlsx", "--lang", "en")
        book, rows = Book(out / "results.xlsx"), read_csv(out / "results.csv")
        must(len(book.formulas) >= 2 * 20, "formulas")
        without = folder / f"without{number}.xlsx"
        with zipfile.ZipFile(out / "results.xlsx") as old, zipfile.ZipFile(without, "w") as new:
            for name in old.namelist():
                text = old.read(name)
                if name == "xl/worksheets/sheet2.xml":
                    text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
                    text, n = re.subn(rb'(<c r="B7"[^>]*><v>)([\d.]+)', lambda m: m[1] + str(float(m[2]) + more).encode(), text)
                    same(n, 1, "cells B7")
                new.writestr(name, text)
        done = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                               "--outdir", folder / "again", without], capture_output=True, text=True, env={**os.environ, "HOME": str(folder)})
        must(done.returncode == 0, done.stderr)
        sheet = book.order[1]
        _, before = book.table(sheet, "Supply and demand (FTE)")
        _, after = Book(folder / "again" / without.name).table(sheet, "Supply and demand (FTE)")
        same(sorted(after), sorted(before), "the years")
        for year, cells in before.items():
            first = year == min(before)
            for head, cell in cells.items():
                moved = 0 if not first or head not in ("Supply", "Gap") else more
                if first and head == "Coverage":
                    moved = more / cells["Demand"]
                must(abs(after[year][head] - cell - moved) < 2e-6, f"{head} of {year}: {after[year][head]}, not {cell} + {moved}")
            same(f"{cells['Gap']:.6f}", value(rows, year=year, region="Syddanmark", profession=profession, sector="all", measure="gap"), "gap")
        shutil.rmtree(out)


def main():
    folder = Path(tempfile.mkdtemp(prefix="fremskriv-sheets-"))
    try:
        globals()[sys.argv[2]](folder, Path(sys.argv[3]).resolve())
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
