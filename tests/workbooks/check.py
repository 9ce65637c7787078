"""check.py PROGRAM CHECK: sheets of workbooks as tables.

CHECK is the name of a function below that takes a folder to work in. Exits 77 where LibreOffice is needed and not there.
"""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

import made
from command import ROOT, Failed, must, same

PROGRAM = os.path.abspath(sys.argv[1])
BAD = ROOT / "tests/bad"
TABLES = ("regions", "population", "ages", "employment", "users")
SKIP = 77
INVALID = 3


def call(folder, verb, *arguments, status=0, lang="en"):
    done = subprocess.run([PROGRAM, verb, *map(str, arguments), "--lang", lang], capture_output=True, text=True, encoding="utf-8",
                          cwd=folder, timeout=120, env={**os.environ, "NO_COLOR": "1"})
    same(done.returncode, status, f"exit status of {verb} ({done.stderr})")
    return done


def rows_of(name):
    with open(BAD / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def typed(text):
    """As a spreadsheet has it: a number where the text is one."""
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text if text else None


def world(folder, of=None):
    """The small world with its tables in CSV, or each in a sheet of a workbook: of(name) says how a table is named."""
    folder.mkdir(exist_ok=True)
    text = (BAD / "good-whole.yaml").read_text(encoding="utf-8")
    for name in sorted(path.stem for path in (BAD / "tables").glob("*.csv")):
        named = f"table: tables/{name}.csv"
        if of is None:
            (folder / "tables").mkdir(exist_ok=True)
            shutil.copy(BAD / "tables" / f"{name}.csv", folder / "tables")
        elif named in text:
            for end in (",", "}", "\n"):
                inline = end != "\n"
                indented = text.split(named + end)
                parts = [indented[0]]
                for part in indented[1:]:
                    line = parts[-1].rsplit("\n", 1)[-1]
                    between = ", " if inline or line.strip() else "\n" + " " * len(line)
                    parts[-1] += f"table: {of(name)[0]}{between}sheet: {of(name)[1]}{end}"
                    parts.append(part)
                text = "".join(parts)
    (folder / "world.yaml").write_text(text, encoding="utf-8")
    return folder / "world.yaml"


def results(folder, scenario):
    call(folder, "run", scenario, "-o", folder / "out", "--quiet")
    return (folder / "out/results.csv").read_bytes()


def all_sheets():
    return {path.stem: [[typed(text) for text in row] for row in rows_of(path.stem)] for path in sorted((BAD / "tables").glob("*.csv"))}


def by_hand(folder):
    """Each table of a world in a sheet, as numbers and shared strings, gives the results of the tables in CSV; so do inline
    strings, formulas with their values, empty rows above, prefixed elements, texts with blanks around them."""
    wanted = results(folder / "csv", world(folder / "csv"))
    sheets = all_sheets()
    for variant in ("plain", "inline", "formulas", "rows", "prefix"):
        here = folder / variant
        scenario = world(here, lambda name: ("tal.xlsx", name))
        changed = dict(sheets)
        if variant == "inline":
            changed = {name: [[("inline", f" {v}\n") if isinstance(v, str) else v for v in row] for row in rows] for name, rows in sheets.items()}
        if variant == "formulas":
            changed = {name: [rows[0], *[[("formula", "1+1", v) if isinstance(v, (int, float)) else v for v in row] for row in rows[1:]]]
                       for name, rows in sheets.items()}
        if variant == "rows":
            changed = {name: [None, [], *rows, None, []] for name, rows in sheets.items()}
        made.write(here / "tal.xlsx", made.parts(changed, prefix="x" if variant == "prefix" else ""))
        same(results(here, scenario), wanted, f"results.csv of {variant}")
    manifest = json.loads((folder / "plain/out/manifest.json").read_text(encoding="utf-8"))
    inputs = [entry for entry in manifest["inputs"] if "xlsx" in json.dumps(entry)]
    same(len(inputs), 1, "workbooks in the manifest")
    must(hashlib.sha256((folder / "plain/tal.xlsx").read_bytes()).hexdigest() in json.dumps(inputs), "the workbook's SHA-256")


def alone(folder):
    """The resolved scenario of an output runs alone, with the workbook that was copied."""
    scenario = world(folder / "first", lambda name: ("tal.xlsx", name))
    made.write(folder / "first/tal.xlsx", made.parts(all_sheets()))
    wanted = results(folder / "first", scenario)
    shutil.move(folder / "first/out", folder / "moved")
    shutil.rmtree(folder / "first")
    resolved = next((folder / "moved").glob("*.resolved.yaml"))
    same(results(folder / "moved", resolved), wanted, "results.csv of the resolved scenario")


def explained(folder):
    """`explain` names the sheet and the cells that a value is read from."""
    scenario = world(folder / "first", lambda name: ("tal.xlsx", name))
    made.write(folder / "first/tal.xlsx", made.parts(all_sheets()))
    said = call(folder / "first", "explain", scenario, "professions.sygeplejerske.participation").stdout
    must("tal.xlsx, ages!A1:D6" in said and "tal.xlsx, ages: participation" in said, said)
    found = json.loads(call(folder / "first", "explain", scenario, "professions.sygeplejerske.participation", "--format", "json").stdout)
    table = found["scenarios"][0]["values"][0]["tables"][0]
    same(table["sha256"], hashlib.sha256((folder / "first/tal.xlsx").read_bytes()).hexdigest(), "SHA-256")


DATES = {
    "style 14": (("style", 44562, made.DAY), "2022-01-01"),
    "one's own style": (("style", 22280, made.OWN_DAY), "1960-12-30"),
    "1 March 1900": (("style", 61, made.DAY), "1900-03-01"),
    "28 February 1900": (("style", 59, made.DAY), "1900-02-28"),
    "1 January 1900": (("style", 1, made.DAY), "1900-01-01"),
    "29 February 2000": (("style", 36585, made.DAY), "2000-02-29"),
    "a time of a day": (("style", 44562.75, made.TIME), "2022-01-01T18:00:00"),
    "a rounded midnight": (("style", 44561.9999999, made.TIME), "2022-01-01"),
    "hours": (("style", 37 / 24, made.HOURS), "37:00:00"),
    "letters in quotes": (("style", 3.5, made.QUOTED), "3.5"),
    "per cent": (("style", 0.74, made.PERCENT), "0.74"),
    "a bool": (True, "TRUE"),
    "a number with three decimals": (1.85, "1.85"),
    "an escaped letter": ("a_x0041_b", "aAb"),
    "17 digits": (("xml", '<c r="A2"><v>7.0000000000000007E-2</v></c>'), "0.07"),
}


def cells(folder):
    """What becomes of each kind of cell: a column that is asked for by a value that it does not have lists what it has."""
    for name, (value, wanted) in DATES.items():
        for since in ("", '<workbookPr date1904="1"/>'):
            if since and not (isinstance(value, tuple) and value[0] == "style" and value[2] in (made.DAY, made.OWN_DAY, made.TIME)):
                continue
            if since:
                value = ("style", value[1] - 1462, value[2])
                if value[1] < 1:
                    continue
            rows = [["what", "persons"], [value, 1]]
            made.write(folder / "t.xlsx", made.parts({"only": rows}, workbook_extra=since))
            text = (BAD / "good.yaml").read_text(encoding="utf-8").replace("persons: 100", "persons: {table: t.xlsx, column: persons, where: {what: nothing}}", 1)
            (folder / "w.yaml").write_text(text, encoding="utf-8")
            shutil.copytree(BAD / "tables", folder / "tables", dirs_exist_ok=True)
            said = call(folder, "check", "w.yaml", status=INVALID).stderr
            must(f"'what' is one of '{wanted}'" in said or f"'what' is one of {wanted}" in said, f"{name}: {said}")


HEAD = ["region", "fte"]
GOOD = [HEAD, [101, 12], [102, 18.5], [201, 24]]


def with_row(number, row):
    return [row if i == number else r for i, r in enumerate(GOOD, 1)]


# Sheets that are refused: rows, merged cells, more of the workbook, and what is said in English and Danish.
REFUSED = {
    "error": (with_row(3, [102, ("error", "#N/A")]), (), "", "Optag!B3: error: the cell holds the error #N/A", "cellen har fejlen #N/A"),
    "formula": (with_row(3, [102, ("formula", "A1*2", None)]), (), "", "Optag!B3: error: the cell holds a formula whose value is not stored",
                "cellen har en formel, hvis værdi ikke er gemt"),
    "formula-not-calculated": (with_row(3, [102, ("formula", "A1*2", 0)]), (), '<calcPr fullCalcOnLoad="1"/>',
                               "Optag!B3: error: the cell holds a formula whose value is not stored", "åbn projektmappen i Excel"),
    "merged": (GOOD, ("A1:B1",), "", "Optag!A1: error: the cells A1:B1 are merged", "cellerne A1:B1 er flettet"),
    "beside": (with_row(3, [102, 18.5, None, "note"]), (), "", "Optag!D3: error: the cell is beside the table", "ved siden af tabellen"),
    "title": ([["Optag 2020"], *GOOD], (), "", "Optag!B2: error: the cell is beside the table: its header, in row 1, ends with column A",
              "overskrift i række 1 slutter med kolonne A"),
    "text": (with_row(3, [102, "18,5"]), (), "", "Optag!B3: error: column 'fte': '18,5' is a text or a date, not a number", "er en tekst eller en dato"),
    "date": (with_row(3, [102, ("style", 44562, made.DAY)]), (), "", "Optag!B3: error: column 'fte': '2022-01-01' is a text or a date", "ikke et tal"),
    "no-date": (with_row(3, [102, ("style", -3, made.DAY)]), (), "", "Optag!B3: error: the number -3 is formatted as a date", "formateret som en dato"),
    "unknown-key": (with_row(3, [109, 18.5]), (), "", "Optag!A3: error: unknown region '109'", "Optag!A3"),
    "unnamed": ([["region", None, "fte"], *[[r, 1, f] for r, f in GOOD[1:]]], (), "", "Optag!B1: error: column number 2 has no name", "Optag!B1"),
    "twice": ([["fte", "fte"], *GOOD[1:]], (), "", "Optag!B1: error: column 'fte' occurs twice", "Optag!B1"),
    "empty-cell": (with_row(3, [102, None]), (), "", "Optag!B3: error: missing cell", "Optag!B3"),
    "blank-row": ([HEAD, [101, 12], [], [102, 18.5], [201, 24]], (), "", "Optag!A3: error: a blank line", "Optag!A3"),
    "comma": (with_row(3, [109, "a, b; \"c\""]), (), "", "Optag!B3: error: column 'fte': 'a, b; \"c\"' is a text", "Optag!B3"),
    "empty": ([], (), "", "Optag!A1: error: the table is empty", "Optag!A1"),
}


def asks(folder, table, extra=""):
    text = (BAD / "good.yaml").read_text(encoding="utf-8").replace("table: tables/employment.csv", f"table: {table}{extra}")
    must(table in text, "the scenario names the workbook")
    (folder / "w.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(BAD / "tables", folder / "tables", dirs_exist_ok=True)


def refused(folder):
    """Each mistake in a sheet is said at its cell, in both languages."""
    asks(folder, "tal.xlsx", ", sheet: Optag")
    made.write(folder / "tal.xlsx", made.parts({"Andet": [], "Optag": GOOD}))
    call(folder, "check", "w.yaml")
    for name, (rows, merged, extra, english, danish) in REFUSED.items():
        made.write(folder / "tal.xlsx", made.parts({"Andet": [], "Optag": rows}, {"Optag": merged}, extra))
        said = call(folder, "check", "w.yaml", status=INVALID).stderr
        must(f"tal.xlsx, {english}" in said, f"{name}: {english} is not in\n{said}")
        said = call(folder, "check", "w.yaml", status=INVALID, lang="da").stderr
        must(danish in said, f"{name}: {danish} is not in\n{said}")
    problems = call(folder, "check", "w.yaml", "--diagnostics", "json", status=INVALID).stderr.splitlines()
    same(json.loads(problems[0]).get("cell"), "A1", "the cell of the problem in JSON")


def named(folder):
    """Which sheet is meant: the only one, else the one that `sheet` names."""
    made.write(folder / "one.xlsx", made.parts({"Ark1": GOOD}))
    made.write(folder / "two.xlsx", made.parts({"Optag": GOOD, "Årsværk": GOOD}))
    shutil.copy(BAD / "tables/employment.csv", folder / "t.csv")
    asks(folder, "one.xlsx")
    call(folder, "check", "w.yaml")
    for table, extra, wanted in (
            ("two.xlsx", "", "two.xlsx has several sheets: 'Optag', 'Årsværk'\nhint: say which: `sheet: Optag`"),
            ("two.xlsx", ", sheet: optag", "two.xlsx has no sheet 'optag' (it has 'Optag', 'Årsværk')\nhint: did you mean 'Optag'?"),
            ("t.csv", ", sheet: Optag", "`sheet` is about a workbook, and t.csv is none"),
    ):
        asks(folder, table, extra)
        said = call(folder, "check", "w.yaml", status=INVALID).stderr
        shown = "\n".join(line for line in said.splitlines() if " | " not in line)
        must(wanted in shown and "w.yaml:" in said, f"{wanted} is not in\n{said}")
        same(said.count("error:"), 1, f"errors of {table}{extra}: {said}")
    asks(folder, "two.xlsx", ", sheet: Årsværk")
    call(folder, "check", "w.yaml")


def hostile(folder):
    """Files that are no workbook, or one that is made to do harm, are refused with one message and nothing else."""
    asks(folder, "tal.xlsx", ", sheet: Optag")
    good = made.parts({"Optag": GOOD})
    path = folder / "tal.xlsx"
    bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">" + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + "]>"
    sheet = good["xl/worksheets/sheet1.xml"]

    def wants(message, what):
        said = call(folder, "check", "w.yaml", status=INVALID).stderr
        must(message in said, f"{what}: {message} is not in\n{said}")
        same(said.count("error:"), 1, f"errors of {what}: {said}")

    made.write(path, {**good, "xl/worksheets/sheet1.xml": sheet.replace("<worksheet", bomb + "<worksheet", 1)})
    wants("declares a document type", "entities")
    made.write(path, {**good, "xl/worksheets/sheet1.xml": sheet.replace("?>", '?><!DOCTYPE x SYSTEM "file:///etc/passwd">', 1)})
    wants("declares a document type", "a file outside")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in good.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet>")
            for _ in range(140):
                part.write(b" " * (1 << 20))
    must(path.stat().st_size < 300_000, "the archive is small")
    wants("larger than 128 MiB once it is unpacked", "a zip bomb")
    for rows, message in ((25_000, "the sheet has more cells than are read of a workbook"), (100_000, "larger than 128 MiB once it is unpacked")):
        many = f"<row>{'<c><v>1</v></c>' * 100}</row>" * rows
        made.write(path, {**good, "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{made.MAIN}"><sheetData>{many}</sheetData></worksheet>'})
        wants(message, f"{rows} rows of 100 cells")
    for target in ("../../../../etc/passwd", "file:///etc/passwd", "worksheets/nothing.xml"):
        made.write(path, {**good, "xl/_rels/workbook.xml.rels": good["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", target)})
        said = call(folder, "check", "w.yaml", status=INVALID).stderr
        must("has no part" in said or "has no sheet of cells" in said, f"{target}: {said}")
        must("root:" not in said, "nothing of a file outside")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in [*good.items(), ("xl/worksheets/Sheet1.xml", sheet)]:
            archive.writestr(name, text)
    wants("or is there twice", "two parts of one name")
    made.write(path, good)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    wants("damaged or cut off", "half a file")
    at = whole.index(b"xl/worksheets/sheet1.xml") + 30
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF, whole[at + 1] ^ 0xFF]) + whole[at + 2:])
    wants("can't be unpacked", "other bytes")
    made.write(path, {**good, "xl/worksheets/sheet1.xml": sheet[:-20]})
    wants("is no well-formed XML", "half a part")
    for broken in ('<c r="B9"><v>1</v></c>', '<c r="A"><v>1</v></c>', '<c r="ZZZZ3"><v>1</v></c>', '<c r="A2" t="s"><v>999</v></c>',
                   '<c r="A2" t="s"><v>-1</v></c>', '<c r="A2"><v>12abc</v></c>', '<c r="A2"><v>1</v></c><c r="A2"><v>1</v></c>'):
        made.write(path, {**good, "xl/worksheets/sheet1.xml": made.sheet([HEAD, [("xml", broken)]], [])
                          .replace('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>', '<c r="A1" t="str"><v>a</v></c>')})
        wants("has a cell or row that can't be read", broken)
    made.write(path, {**good, "xl/worksheets/sheet1.xml": '<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>'})
    wants("has a cell or row that can't be read", "a row too far")
    made.write(path, {name: text for name, text in good.items() if name != "_rels/.rels"})
    wants("is a zip archive, but no Excel workbook", "another archive")
    made.write(path, {**good, "_rels/.rels": good["_rels/.rels"].replace("workbook.xml", "workbook.bin")})
    wants("binary form (.xlsb)", "xlsb")
    locked = bytearray(whole)
    for mark, flag in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + flag] |= 1
    path.write_bytes(locked)
    wants("protected by a password", "an archive with a password")
    path.write_bytes(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000))
    wants("protected by a password", "a workbook with a password")
    path.write_bytes(b"")
    call(folder, "check", "w.yaml", status=INVALID)
    path.write_bytes(b"PK\3\4")
    wants("damaged or cut off", "four bytes")


FODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document>"""


def fods_cell(value, number):
    """Numbers as formulas, so that LibreOffice calculates and stores them."""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    formula = f' table:formula="of:={value}+0"' if number % 2 else ""
    return f'<table:table-cell office:value-type="float" office:value="{value}"{formula}><text:p>{value}</text:p></table:table-cell>'


def office(folder):
    """A workbook that LibreOffice wrote gives the results of the tables in CSV, and its errors have their cells."""
    if shutil.which("soffice") is None:
        print("libreoffice-calc-nogui is not installed: skipped")
        sys.exit(SKIP)
    wanted = results(folder / "csv", world(folder / "csv"))
    here = folder / "office"
    scenario = world(here, lambda name: ("tal.xlsx", name))
    sheets = all_sheets()
    sheets["fejl"] = [["region", "fte"], [101, "x"]]
    tables = "".join(f'<table:table table:name="{name}">' + "".join(
        "<table:table-row>" + "".join(fods_cell(v, i) for v in row) + "</table:table-row>" for i, row in enumerate(rows)) + "</table:table>"
        for name, rows in sheets.items())
    tables = tables.replace('<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>',
                            '<table:table-cell table:formula="of:=NA()" office:value-type="string"/>')
    (here / "tal.fods").write_text(FODS.format(tables), encoding="utf-8")
    done = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx", "--outdir", here,
                           here / "tal.fods"], capture_output=True, text=True, env={**os.environ, "HOME": str(folder)}, timeout=240)
    must(done.returncode == 0 and (here / "tal.xlsx").exists(), done.stderr)
    same(results(here, scenario), wanted, "results.csv")
    asks(here, "tal.xlsx", ", sheet: fejl")
    must("tal.xlsx, fejl!B2: error: the cell holds the error #N/A" in call(here, "check", "w.yaml", status=INVALID).stderr, "the cell")


def own(folder):
    """The workbook that `run --format xlsx` writes can be read as a table: a scenario whose employment is in its sheet of
    results is one whose employment is in results.csv."""
    scenario = world(folder / "csv")
    call(folder / "csv", "run", scenario, "-o", folder / "csv/out", "--format", "xlsx,csv", "--quiet")
    with zipfile.ZipFile(folder / "csv/out/results.xlsx") as archive:
        must('fullCalcOnLoad="1"' in archive.read("xl/workbook.xml").decode(), "libxlsxwriter leaves formulas to the reader")
    with open(folder / "csv/out/results.csv", encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["measure"] == "demand" and r["region"] == "101" and r["profession"] == "sosu")
    where = ", ".join(f"{name}: '{row[name]}'" for name in ("measure", "year", "profession", "sector"))
    found = []
    for table, sheet in (("results.csv", ""), ("results.xlsx", ", sheet: results")):
        shutil.copy(folder / "csv/out" / table, folder)
        asks(folder, table, f"{sheet}, where: {{{where}}}")
        text = (folder / "w.yaml").read_text(encoding="utf-8").replace("column: fte}}", "column: value}}", 1)
        (folder / "w.yaml").write_text(text, encoding="utf-8")
        found.append(results(folder, "w.yaml").decode().splitlines())
        shutil.rmtree(folder / "out")
    same(len(found[0]), len(found[1]), "rows")
    must(len(found[0]) > 100, "rows")
    for one, other in zip(*found):
        head, value = one.rsplit(",", 1)
        other_head, other_value = other.rsplit(",", 1)
        same(other_head, head, "row")
        must(value == other_value or abs(float(value) - float(other_value)) < 1e-5, f"{one} and {other}")


def lacking(folder):
    """Without libzip or Expat a scenario that names no workbook runs, and one that names one is refused with the package."""
    asks(folder, "tal.xlsx")
    made.write(folder / "tal.xlsx", made.parts({"Optag": GOOD}))
    stand_in = folder / "lib"
    stand_in.mkdir()
    for library, package in (("libzip.so", "libzip4"), ("libexpat.so", "libexpat1")):
        for number in range(10):
            (stand_in / f"{library}.{number}").write_text("no library\n")
        for lang, word in (("en", "not installed"), ("da", "ikke er installeret")):
            done = subprocess.run([PROGRAM, "check", "w.yaml", "--lang", lang], capture_output=True, text=True, cwd=folder,
                                  env={**os.environ, "LD_LIBRARY_PATH": str(stand_in)})
            must(package in done.stderr and word in done.stderr and "table: FILE.xlsx" in done.stderr, done.stderr)
            must(done.returncode != 0, "it goes on")
        shutil.rmtree(stand_in)
        stand_in.mkdir()


def main():
    check = globals()[sys.argv[2]]
    with tempfile.TemporaryDirectory() as folder:
        try:
            check(Path(folder))
        except Failed as failed:
            print(failed)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
