"""check.py PROGRAM CHECK: `import` gives back the figures that the sample files were made from; see making.py.

CHECK is the name of a function below.
"""

import csv
import io
import os
import subprocess
import re
import sys
import tempfile
from pathlib import Path

import making
from making import GROUPS, NAMES, POPULATION, ROOT

HERE = Path(__file__).resolve().parent
PROGRAM = os.path.abspath(sys.argv[1])
AREAS = [(code, NAMES[code]) for code in ("101", "169", "400", "461", "492")]
ALL = list(NAMES.items())


class Failed(Exception):
    pass


def run(folder, *words, status=0):
    environment = {**os.environ, "LC_ALL": "C", "FREMSKRIV_DATA": str(ROOT)}
    ran = subprocess.run([PROGRAM, "import", *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                         capture_output=True, check=False)
    if ran.returncode != status:
        raise Failed(f"{words}: exit status {ran.returncode}, not {status}:\n{ran.stderr.decode()[:2000]}")
    # Source lines and the count are the terminal's; tests/diagnostics looks at them.
    said = [line for line in ran.stderr.decode("utf-8").splitlines(keepends=True)
            if not re.match(r" +\d* \||\d+ (error|warning)", line)]
    return ran.stdout.decode("utf-8"), "".join(said)


def expected(areas, years, status):
    lines = ["municipality,year,age_from,age_to,persons,status"]
    for code in sorted(code for code, _ in areas):
        for year in years:
            for first, last in GROUPS:
                lines.append(f"{code},{year},{first},{'' if last is None else last},"
                             f"{POPULATION[(code, year, first)]},{status}")
    return "\n".join(lines) + "\n"


def same(found, wanted, what):
    if found != wanted:
        pairs = [(a, b) for a, b in zip(found.split("\n"), wanted.split("\n")) if a != b]
        raise Failed(f"{what}: {len(found.splitlines())} lines, expected {len(wanted.splitlines())}; "
                     f"first difference {pairs[:1]}")


def give_back(folder, text, encoding, what, wanted, *words, fmt="auto"):
    (folder / "sample").write_bytes(text.encode(encoding))
    found, said = run(folder, fmt, "sample", "-o", "-", *words)
    same(found, wanted, what)
    return said


def whole(folder):
    """All of population.csv, byte for byte, from the two tables that it was taken from."""
    (folder / "FOLK1A.csv").write_text(making.csv_rows(making.folk1a(ALL, range(2016, 2027))), encoding="utf-8-sig")
    (folder / "FRKM126.csv").write_text(making.csv_rows(making.frkm(ALL, range(2026, 2041))), encoding="utf-8")
    _, said = run(folder, "auto", "FRKM126.csv", "FOLK1A.csv", "-o", "population.csv")
    same((folder / "population.csv").read_text(encoding="utf-8"),
         (ROOT / "data/denmark/population.csv").read_text(encoding="utf-8"), "population.csv")
    if said != ("population.csv: 98 municipalities, 2016-2040, 17150 rows; left out: 411 Christiansø, 6 other areas\n"):
        raise Failed(said)


def statbank(folder):
    """StatBank CSV: codes, labels, both; UTF-8, BOM, Latin-1; separators; title and notes; other quarters; blocks."""
    years = [2016, 2026]
    wanted = expected(AREAS, years, "observed")
    table = making.folk1a(AREAS, years, quarters=(1, 2, 3, 4))
    small = making.folk1a(AREAS, years)
    for how in ("code", "label", "both"):
        give_back(folder, making.csv_rows(table, how), "utf-8", f"rows of four quarters, {how}", wanted)
        rows = making.csv_rows(small, how)
        for encoding in ("utf-8", "utf-8-sig", "latin-1"):
            give_back(folder, rows, encoding, f"rows, {how}, {encoding}", wanted)
        give_back(folder, rows.replace("\n", "\r\n"), "utf-8", f"CRLF, {how}", wanted)
        give_back(folder, making.csv_rows(small, how, titles=True, notes=True), "cp1252", f"titles, {how}", wanted)
        give_back(folder, making.csv_rows(small, how, separator=",", quotes=True), "utf-8", f"comma, {how}", wanted)
        give_back(folder, making.csv_rows(small, how, separator="\t"), "utf-8", f"tab, {how}", wanted)
        give_back(folder, making.csv_periods(table, how), "utf-8", f"periods as columns, {how}", wanted)
        for nested in (True, False):
            for separator in ";,":
                give_back(folder, making.csv_block(table, how, separator, nested), "latin-1",
                          f"block, {how}, nested {nested}, {separator}", wanted, fmt="statbank-csv")
    english = making.folk1a(AREAS, years, quarters=(1, 3), english=True)
    for how in ("code", "label", "both"):
        give_back(folder, making.csv_rows(english, how), "utf-8", f"English, {how}", wanted)
    for civil in ("parts", "all"):
        parts = making.folk1a(AREAS[:2], [2026], civil=civil)
        give_back(folder, making.csv_rows(parts, "label"), "utf-8", f"marital statuses: {civil}",
                  expected(AREAS[:2], [2026], "observed"))
    sexes = [x for x, _ in small.variables[1].values]
    for kept in (sexes[:1], sexes[1:]):
        give_back(folder, making.csv_rows(small.only(KØN=kept)), "utf-8", f"sexes {kept}", wanted)


def px(folder):
    """PX: Latin-1 and UTF-8, every keyword that StatBank writes, KEYS."""
    years = [2027, 2040]
    wanted = expected(AREAS, years, "projected")
    table = making.frkm(AREAS, years)
    for codepage, encoding in (("iso-8859-15", "latin-1"), ("windows-1252", "cp1252"), ("utf-8", "utf-8"),
                               ("utf-8", "utf-8-sig"), ("iso-8859-15", "utf-8")):
        give_back(folder, making.px(table, codepage), encoding, f"PX, {codepage} in {encoding}", wanted)
    give_back(folder, making.px(table, keyed=True), "latin-1", "PX with KEYS", wanted, fmt="px")
    quarterly = making.folk1a(AREAS, [2026], quarters=(1, 2))
    give_back(folder, making.px(quarterly), "latin-1", "PX of FOLK1A", expected(AREAS, [2026], "observed"))
    give_back(folder, making.px(quarterly).replace("\n", "\r\n"), "latin-1", "PX, CRLF",
              expected(AREAS, [2026], "observed"))


def json_stat(folder):
    """JSON-stat 1 and 2; values in a list and by place; categories in a list and by place."""
    table = making.frkm(AREAS, [2027, 2040])
    wanted = expected(AREAS, [2027, 2040], "projected")
    for version in (1, 2):
        for sparse in (False, True):
            for index in ("object", "array"):
                give_back(folder, making.jsonstat(table, version, sparse, index), "utf-8",
                          f"JSON-stat {version}, sparse {sparse}, index {index}", wanted)
    quarterly = making.folk1a(AREAS, [2026], quarters=(1, 4))
    give_back(folder, making.jsonstat(quarterly, 1), "utf-8", "JSON-stat 1 of FOLK1A",
              expected(AREAS, [2026], "observed"), fmt="jsonstat")


def levels(folder):
    """The country, provinces, regions; single ages and other groups; another quarter."""
    national = "\n".join(["year,persons,status"] + [f"{row['year']},{row['persons']},projected"
                                                    for row in making.read("national_total.csv")]) + "\n"
    give_back(folder, making.px(making.frdk(range(2026, 2041))), "latin-1", "FRDK126", national, "--ages", "all")
    give_back(folder, making.csv_rows(making.frld([2030])), "utf-8", "FRLD126",
              "province,year,age_from,age_to,persons,status\n"
              "01,2030,0,17,378,projected\n01,2030,18,,1743,projected\n"
              "07,2030,0,17,2538,projected\n07,2030,18,,11703,projected\n", "--ages", "0-17,18+")
    small = making.folk1a(AREAS[:1], [2026])
    ages = "".join(f"{region},2026,{age},{age},14,observed\n" for region in ("081", "083") for age in range(126))
    give_back(folder, making.csv_rows(small.only(OMRÅDE=["000", "081", "083", "101"])), "utf-8", "regions",
              "region,year,age_from,age_to,persons,status\n" + ages, "--areas", "regions", "--ages", "single")
    other = making.folk1a(AREAS[:1], [2026], quarters=(1, 3))
    found = "".join(f"101,2026,{age},{age},{making.person_figure('101', 2026, age, None, 125) + 2000},observed\n"
                    for age in range(126))
    give_back(folder, making.csv_rows(other), "utf-8", "third quarter",
              "municipality,year,age_from,age_to,persons,status\n" + found, "--quarter", "3", "--ages", "single")


def mapped(folder):
    """Any table: columns by name, filters, sums, codes and labels, decimals, missing figures."""
    text = ("TRIN;OMRÅDE;TID;INDHOLD\n1 Dagpleje;461 Odense;2024;12,50\n1 Dagpleje;101 København;2024;..\n"
            "2 Vuggestue;461 Odense;2024;3\n2 Vuggestue;101 København;2024;4,25\n"
            "1 Dagpleje;461 Odense;2023;1\n2 Vuggestue;461 Odense;2023;2\n")
    (folder / "t.csv").write_text(text, encoding="utf-8")
    columns = ["--map", "region=område", "--map", "year=Tid", "--map", "kind=TRIN"]
    found, said = run(folder, "auto", "t.csv", "-o", "-", *columns, "--value", "fte", "--missing", "empty")
    same(found, "region,year,kind,fte\n101,2024,1,\n101,2024,2,4.25\n461,2023,1,1\n461,2023,2,2\n461,2024,1,12.5\n"
         "461,2024,2,3\n", "mapped with codes")
    if "t.csv:3:31: warning: missing figures are left empty (1)" not in said:
        raise Failed(said)
    found, _ = run(folder, "auto", "t.csv", "-o", "-", "--map", "region=OMRÅDE", "--where", "TRIN=1,Vuggestue",
                   "--where", "TID=2024", "--labels", "--missing", "zero")
    same(found, "region,value\nKøbenhavn,4.25\nOdense,15.5\n", "summed, labels")
    _, said = run(folder, "auto", "t.csv", "-o", "-", *columns, status=3)
    same(said, "t.csv:3:31: error: missing figure: '..'\n"
         "hint: --missing empty leaves the cell empty, --missing zero counts it as 0\n", "missing")
    table = making.folk1a(AREAS[:1], [2025, 2026], quarters=(1, 2)).only(OMRÅDE=["101"], KØN=["1", "2"], ALDER=["3"])
    for text in (making.csv_rows(table, "both"), making.px(table), making.jsonstat(table, 1), making.jsonstat(table)):
        (folder / "sample").write_bytes(text.encode("latin-1"))
        found, _ = run(folder, "auto", "sample", "-o", "-", "--map", "sex=KØN", "--map", "year=Tid", "--quarter", "1")
        rows = [(sex, year, making.person_figure("101", year, 3, int(sex) - 1, 125))
                for sex in "12" for year in (2025, 2026)]
        same(found, "sex,year,value\n" + "".join("%s,%d,%d\n" % row for row in rows), "mapped from " + text[:10])


def scenario(folder):
    """What comes out can be named in a scenario as it is."""
    (folder / "FOLK1A.csv").write_text(making.csv_rows(making.folk1a(ALL, [2018])), encoding="utf-8")
    (folder / "FRKM.csv").write_text(making.csv_rows(making.frkm(ALL, range(2019, 2031))), encoding="utf-8")
    run(folder, "auto", "FOLK1A.csv", "FRKM.csv", "-o", "mine.csv")
    page = (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
    text = page.split("```yaml scenario\n")[1].split("```")[0]
    environment = {**os.environ, "FREMSKRIV_DATA": str(ROOT)}
    results = []
    for name, population in (("theirs", "denmark/population.csv"), ("mine", "mine.csv")):
        (folder / f"{name}.yaml").write_text(
            "name: one\n" + text.replace("population: denmark/population.csv", "population: " + population),
            encoding="utf-8")
        ran = subprocess.run([PROGRAM, "run", f"{name}.yaml", "-o", "-"], cwd=folder, env=environment, check=True,
                             capture_output=True)
        results.append(ran.stdout.decode())
    same(results[1], results[0], "results")
    if len(list(csv.reader(io.StringIO(results[0])))) < 100:
        raise Failed("the scenario gave no results")


def cases(folder):
    """Files that are odd, but whose figures are not in doubt: tests/import/cases."""
    pairs = ("--map", "r=område", "--map", "t=tid")
    four = "r,t,value\n420,2024,3\n420,2025,4\n461,2024,1\n461,2025,2\n"
    head = "municipality,year,age_from,age_to,persons,status\n"
    two = head + "420,2026,0,5,2100,observed\n420,2026,6,,38000,observed\n"
    odense = "461,2026,0,5,6400,%s\n461,2026,6,,97800,%s\n"
    groups = ("--ages", "0-5,6+")
    both = two + odense % ("observed", "observed")
    for name, words, wanted in (
            ("hierarchies.px", pairs, four), ("no-semicolon.px", pairs, four), ("note-pieces.px", pairs, four),
            ("size-texts.json", pairs, four),
            ("oem.px", ("--map", "r=region", "--map", "a=alder", "--labels"),
             "r,a,value\nRødovre,0-5 år,3\nRødovre,6 år og derover,4\nTårnby,0-5 år,1\nTårnby,6 år og derover,2\n"),
            ("decomposed.csv", groups, both), ("cr-only.csv", groups, both),
            ("unknown-area.csv", groups, head + odense % ("observed", "observed")),
            ("units.px", (*groups, "--status", "projected"), head + odense % ("projected", "projected"))):
        (folder / name).write_bytes((HERE / "cases" / name).read_bytes())
        found, _ = run(folder, "auto", name, "-o", "-", *words)
        same(found, wanted, name)
    # A name in the command is the same in one or two code points.
    found, _ = run(folder, "auto", "decomposed.csv", "-o", "-", "--map", "r\u00e5=OMR\u00c5DE", "--where", "ALDER=0-5 \u00e5r")
    same(found, "r\u00e5,value\n420,2100\n461,6400\n", "composed names")
    found, _ = run(folder, "auto", "cr-only.csv", "-o", "-", "--map", "ra\u030a=OMRA\u030aDE", "--where",
                   "ALDER=0-5 a\u030ar")
    same(found, "r\u00e5,value\n420,2100\n461,6400\n", "decomposed names")
    _, said = run(folder, "auto", "unknown-area.csv", "-o", "out.csv", *groups)
    same(said, "out.csv: 1 municipalities, 2026-2026, 2 rows; left out: 1 without a municipality (unknown, abroad)\n",
         "unknown area")
    _, said = run(folder, "auto", "units.px", "-o", "out.csv", *groups, "--status", "observed")
    if "units.px:6:1: warning: the unit is '1.000 personer': figures are multiplied by 1000\n" not in said:
        raise Failed(said)


def code_pages(folder):
    """Every name of a code page that PX files have, and the same letters from it."""
    text = 'CODEPAGE="%s";\nSTUB="a";\nVALUES("a")="Rødovre på Ærø","Tårnby";\nDATA=1 2;\n'
    for name, encoding in (("cp850", "cp850"), ("IBM850", "cp850"), ("850", "cp850"), ("CP865", "cp865"), ("cp_858", "cp858"),
                           ("iso-8859-1", "latin-1"), ("ISO8859-1", "latin-1"), ("iso_8859_1", "latin-1"),
                           ("windows-1252", "cp1252"), ("Windows1252", "cp1252"), ("CP1252", "cp1252"), ("ANSI", "cp1252"),
                           ("iso-8859-15", "iso-8859-15"), ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("65001", "utf-8")):
        give_back(folder, text % name, encoding, f"CODEPAGE {name}", "a,value\nRødovre på Ærø,1\nTårnby,2\n", "--map", "a=a")
    charset = text.replace('CODEPAGE="%s"', 'CHARSET="ANSI"')
    give_back(folder, charset, "cp1252", "CHARSET ANSI", "a,value\nRødovre på Ærø,1\nTårnby,2\n", "--map", "a=a")
    (folder / "sample").write_bytes(charset.encode("cp850"))
    _, said = run(folder, "auto", "sample", "-o", "-", "--map", "a=a", status=3)
    same(said, "sample:3:15: error: byte 0x9B here is no Windows-1252 text\nhint: the file is damaged, or in a character set "
         "of its own: save it as UTF-8\n", "CP850 that says ANSI")


def strict(folder):
    """What is refused, or warned of, among figures; each beside what is right."""
    rows = "OMRÅDE;TID;INDHOLD\n461;2024;%s\n461;2025;%s\n420;2025;%s\n"
    columns = ("--map", "r=OMRÅDE", "--map", "t=TID")

    def judge(figures, wanted, *more):
        (folder / "f.csv").write_text(rows % figures, encoding="utf-8")
        status = 3 if wanted.startswith("error") else 0
        _, said = run(folder, "auto", "f.csv", "-o", "-", *columns, *more, status=status)
        if (said == "") != (wanted == "") or f": {wanted}" not in ": " + said:
            raise Failed(f"{figures}: {said!r}, not {wanted!r}")

    judge(("0,5", "2,000", "12,5"), "")
    judge(("0,5", "2.000", "12"), "error: '2.000' has another decimal sign than the figure in line 2")
    judge(("1.5", "2", "1,234"), "error: '1,234' has another decimal sign than the figure in line 2")
    judge(("-2.000", "12", "1.500"), "warning: every decimal figure has three decimals")
    judge(("2,000", "12", ".."), "warning: every decimal figure has three decimals", "--missing", "zero")
    judge(("0.125", "2.000", "3.500"), "")  # no thousands begin with 0
    judge(("1.234", "2.5", "1.000"), "")
    judge(("1234.567", "2", "1.000"), "")
    judge(("1.234.567", "2", "1"), "error: INDHOLD: '1.234.567' has a comma or a thousands separator")
    for sign in (" ", "\u00a0", "\u2009", "\u202f"):
        judge(("1" + sign + "234", "2", "1"), "error: INDHOLD: '1" + sign + "234' has text after the number")
    judge(("74%", "2", "1"), "error: INDHOLD: '74%' has text after the number")
    for sign in ("..", "...", ".", "-", "x", ":", "…", "–"):
        judge((sign, "2", "1"), f"error: missing figure: '{sign}'")
    (folder / "f.csv").write_text(rows % ("-0", "-0,0", "0"), encoding="utf-8")
    same(run(folder, "auto", "f.csv", "-o", "-", *columns)[0], "r,t,value\n420,2025,0\n461,2024,0\n461,2025,0\n", "zeros")
    # 461 and 420 in 2025; 420 is not there in 2024.
    (folder / "f.csv").write_text(rows % ("1", "2", "4"), encoding="utf-8")
    summed = ("auto", "f.csv", "-o", "-", "--map", "t=TID", "--where", "OMRÅDE=461,420")
    _, said = run(folder, *summed, status=3)
    same(said, "f.csv:2:10: error: this row adds figures up, and the table has none for OMRÅDE 420, TID 2024\n"
         "hint: --missing empty leaves the cell empty, --missing zero counts it as 0\n", "partial sum")
    same(run(folder, *summed, "--missing", "empty")[0], "t,value\n2024,\n2025,6\n", "partial sum, empty")
    same(run(folder, *summed, "--missing", "zero")[0], "t,value\n2024,1\n2025,6\n", "partial sum, zero")
    # The population: a figure with three decimals is no number of persons, whole or not.
    (folder / "p.csv").write_text("OMRÅDE;ALDER;TID;INDHOLD\n461;0-5;2026K1;2.000\n461;6+;2026K1;7\n", encoding="utf-8")
    _, said = run(folder, "auto", "p.csv", "-o", "-", "--ages", "0-5,6+", status=3)
    if not said.startswith("p.csv:2:16: error: a number of persons with three decimals\n"):
        raise Failed(said)
    # A marital status that is not known may hold the others.
    (folder / "p.csv").write_text("OMRÅDE;ALDER;CIVILSTAND;TID;INDHOLD\n461;0+;Ugift;2026K1;2\n461;0+;Alle slags;2026K1;7\n",
                                  encoding="utf-8")
    _, said = run(folder, "auto", "p.csv", "-o", "-", "--ages", "all", status=3)
    if not said.startswith("p.csv:1:14: error: which of the 2 values of 'CIVILSTAND' count?\n"):
        raise Failed(said)


def units(folder):
    """Figures in thousands and millions become figures, to the last decimal; rates per thousand stay rates."""
    text = 'UNITS="%s";\nSTUB="a";\nVALUES("a")="x","y";\nDATA=1.1 -2.675;\n'
    for unit, thousand in (("1.000 personer", 3), ("1000 kr.", 3), ("1,000 persons", 3), ("Thousand", 3), ("tusinde", 3),
                           ("mio. kr.", 6), ("1.000 mio. kr.", 9), ("Antal", 0), ("pr. 1.000 indbyggere", 0)):
        (folder / "u.px").write_text(text % unit, encoding="utf-8")
        found, said = run(folder, "auto", "u.px", "-o", "-", "--map", "a=a")
        wanted = {0: ("1.1", "-2.675"), 3: ("1100", "-2675"), 6: ("1100000", "-2675000"),
                  9: ("1100000000", "-2675000000")}[thousand]
        same(found, "a,value\nx,%s\ny,%s\n" % wanted, unit)
        factor = "" if thousand == 0 else f"u.px:1:1: warning: the unit is '{unit}': figures are multiplied by 1{'0' * thousand}\n"
        same(said, factor, unit)
    contents = ('UNITS="antal";\nUNITS("Løn")="1.000 kr.";\nSTUB="a";\nHEADING="indhold";\nVALUES("a")="x";\n'
                'VALUES("indhold")="Personer","Løn";\nDATA=2 3.5;\n')
    (folder / "u.px").write_text(contents, encoding="utf-8")
    same(run(folder, "auto", "u.px", "-o", "-", "--map", "i=indhold")[0], "i,value\nLøn,3500\nPersoner,2\n", "contents")
    for unit in ('{"base": "1.000 personer", "decimals": 1}', '{"label": "persons", "multiplier": 3}'):
        (folder / "u.json").write_text('{"id": ["a", "C"], "size": [1, 1], "dimension": {"a": {"category": {"index": ["x"]}},'
                                       '"C": {"category": {"index": ["p"], "unit": {"p": %s}}}}, "value": [6.4]}' % unit)
        same(run(folder, "auto", "u.json", "-o", "-", "--map", "a=a")[0], "a,value\nx,6400\n", unit)


def spoken(folder):
    """Thousands that only words speak of, and columns that are left over."""
    columns = ("--map", "r=OMRÅDE", "--map", "t=TID")
    noted = "speaks of thousands or more: the figures are taken as they are"
    for text, wanted in (
            ("OMRÅDE;TID;Antal (1.000)\n461;2024;5\n", f"f.csv:1:1: warning: 'Antal (1.000)' {noted}\n"),
            ("OMRÅDE;ENHED;TID;INDHOLD\n461;1.000 kr.;2024;5\n", f"f.csv:2:5: warning: '1.000 kr.' {noted}\n"),
            ("OMRÅDE;TID;INDHOLD\n461;2024;5\n\nKilde: x\nEnhed: mio. kr.\n", f"f.csv:1:1: warning: 'Enhed: mio. kr.' {noted}\n"),
            ("OMRÅDE;TID;Mænd;Kvinder\n461;2024;4,5;5\n",
             "f.csv:1:12: warning: column 'Mænd' is 4,5 in every row, and is not used: figures are read from another\n"),
            ("Pr. 1.000 indbyggere\n\nOMRÅDE;TID;INDHOLD\n461;2024;5\n", "")):
        (folder / "f.csv").write_text(text, encoding="utf-8")
        found, said = run(folder, "auto", "f.csv", "-o", "-", *columns)
        same(found, "r,t,value\n461,2024,5\n", text)
        if not said.startswith(wanted) or (said and not wanted):
            raise Failed(f"{text!r}: {said!r}")
    (folder / "f.csv").write_text("OMRÅDE;ENHED;TID;INDHOLD\n461;1.000 kr.;2024;5\n461;kr.;2024;5000\n", encoding="utf-8")
    same(run(folder, "auto", "f.csv", "-o", "-", *columns, "--where", "ENHED=kr.")[0], "r,t,value\n461,2024,5000\n", "units")


def files(folder):
    """The result is written whole or not at all."""
    (folder / "good.csv").write_text(making.csv_rows(making.folk1a(AREAS, [2026])), encoding="utf-8")
    (folder / "bad.csv").write_text("OMRÅDE;ALDER;TID;INDHOLD\n101;0;2026K1;x\n", encoding="utf-8")
    (folder / "out.csv").write_text("from before\n")
    run(folder, "auto", "bad.csv", "-o", "out.csv", status=3)
    same((folder / "out.csv").read_text(), "from before\n", "the file from before")
    (folder / "folder").mkdir()
    (folder / "link").symlink_to("out.csv")
    for place in ("folder", "link", "nowhere/out.csv", "out.csv/below", "folder/"):
        run(folder, "auto", "good.csv", "-o", place, status=5)
    same((folder / "out.csv").read_text(), "from before\n", "the file behind a link")
    (folder / "out.csv").chmod(0o640)
    run(folder, "auto", "good.csv", "-o", "out.csv")
    same((folder / "out.csv").read_text(encoding="utf-8"), expected(AREAS, [2026], "observed"), "the new file")
    if (folder / "out.csv").stat().st_mode & 0o777 != 0o640:
        raise Failed("the file's permissions are others")
    if sorted(path.name for path in folder.iterdir()) != ["bad.csv", "folder", "good.csv", "link", "out.csv"]:
        raise Failed(f"there is {sorted(path.name for path in folder.iterdir())}")
    full = subprocess.run([PROGRAM, "import", "auto", "good.csv", "-o", "-"], cwd=folder, stdout=open("/dev/full", "w"),
                          stderr=subprocess.PIPE, check=False)
    if full.returncode != 5:
        raise Failed(f"a full standard output: exit status {full.returncode}")
    said = run(folder, "auto", "good.csv", "-o", "out.csv", "--lang", "da")[1]
    if said != "out.csv: 5 kommuner, 2026-2026, 35 rækker; udeladt: 411 Christiansø, 6 andre områder\n":
        raise Failed(said)


def main():
    with tempfile.TemporaryDirectory(prefix="fremskriv-import-") as folder:
        try:
            globals()[sys.argv[2]](Path(folder))
        except Failed as failed:
            print(failed)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
