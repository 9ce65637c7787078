"""Sample files in the layouts of StatBank, PX and JSON-stat, made from data/denmark/population.csv.

A table is what a publisher has before it is written: variables with codes and labels, and a figure for every combination.
The figures of population.csv are spread over single ages and two sexes so that they add up to it exactly.
"""

import csv
import itertools
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GROUPS = [(0, 5), (6, 16), (17, 19), (20, 34), (35, 64), (65, 79), (80, None)]
REGIONS = [("084", "Region Hovedstaden"), ("085", "Region Sjælland"), ("083", "Region Syddanmark"),
           ("082", "Region Midtjylland"), ("081", "Region Nordjylland")]


def read(name):
    with open(ROOT / "data" / "denmark" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


POPULATION = {(row["municipality"], int(row["year"]), int(row["age_from"])): int(row["persons"])
              for row in read("population.csv")}
NAMES = {row["code"]: row["name"] for row in read("municipalities.csv")}


class Variable:
    def __init__(self, code, label, values):
        self.code, self.label, self.values = code, label, values


class Table:
    def __init__(self, name, title, variables, figure, units="Antal"):
        self.name, self.title, self.variables, self.figure, self.units = name, title, variables, figure, units

    def cells(self):
        """Every combination of values with its figure, the last variable fastest."""
        for keys in itertools.product(*(variable.values for variable in self.variables)):
            yield keys, self.figure(*(code for code, _ in keys))

    def only(self, **chosen):
        """The same table with fewer values."""
        variables = [Variable(v.code, v.label, [x for x in v.values if x[0] in chosen.get(v.code, [c for c, _ in v.values])])
                     for v in self.variables]
        return Table(self.name, self.title, variables, self.figure, self.units)


def spread(total, parts, part):
    """The part's share of a whole number, so that all parts sum to it."""
    return total // parts + (1 if part < total % parts else 0)


def person_figure(area, year, age, sex, oldest):
    """Persons of a single age and sex (0 or 1), or of all (None)."""
    if area == "411":
        return 1 if age is not None and age < 60 else 60
    if area not in NAMES:  # a region or the country: any figure that must not be used
        return 7
    if age is None:
        return sum(person_figure(area, year, a, sex, oldest) for a in range(oldest + 1))
    if sex is None:
        return sum(person_figure(area, year, age, s, oldest) for s in (0, 1))
    first, last = next((f, oldest if t is None else t) for f, t in GROUPS if t is None or age <= t)
    ages = last - first + 1
    return spread(POPULATION[(area, year, first)], 2 * ages, 2 * (age - first) + sex)


def ages(oldest, open_end, total, english):
    word = "years" if english else "år"
    named = [(str(age), f"{age} {'year' if english and age == 1 else word}") for age in range(oldest + (not open_end))]
    if open_end:
        named.append((f"{oldest}-", f"{oldest} {'years and over' if english else 'år og derover'}"))
    return [(total, "Age, total" if english else "Alder i alt")] + named


def folk1a(areas, years, quarters=(1,), oldest=125, english=False, civil="TOT"):
    """FOLK1A: quarterly, with totals, regions and Christiansø."""
    places = [("000", "All Denmark" if english else "Hele landet"), *REGIONS]
    places += [(code, "Copenhagen" if english and code == "101" else name) for code, name in areas]
    places.append(("411", "Christiansø"))
    sexes = [("TOT", "Total"), ("1", "Men"), ("2", "Women")] if english else [("TOT", "I alt"), ("1", "Mænd"),
                                                                               ("2", "Kvinder")]
    marital = [("TOT", "I alt"), ("U", "Ugift"), ("G", "Gift/separeret"), ("E", "Enke/enkemand"), ("F", "Fraskilt")]
    if english:
        marital = [("TOT", "Total"), ("U", "Never married"), ("G", "Married/separated"), ("E", "Widowed"),
                   ("F", "Divorced")]
    marital = [value for value in marital if civil == "all" or (value[0] == "TOT") == (civil == "TOT")]
    sign = "Q" if english else "K"
    times = [(f"{year}K{quarter}", f"{year}{sign}{quarter}") for year in years for quarter in quarters]

    def figure(area, sex, age, status, time):
        persons = person_figure(area, int(time[:4]), None if age == "IALT" else int(age),
                                {"TOT": None, "1": 0, "2": 1}[sex], oldest)
        persons += 0 if time[5] == "1" else 1000  # other quarters, which must not be used
        return persons if status == "TOT" else spread(persons, 4, "UGEF".index(status))

    names = (["region", "sex", "age", "marital status", "time"] if english else
             ["område", "køn", "alder", "civilstand", "tid"])
    codes = ["OMRÅDE", "KØN", "ALDER", "CIVILSTAND", "Tid"]
    values = [places, sexes, ages(oldest, False, "IALT", english), marital, times]
    title = ("Population at the first day of the quarter by region, sex, age, marital status and time" if english else
             "Folketal den 1. i kvartalet efter område, køn, alder, civilstand og tid")
    return Table("FOLK1A", title, [Variable(*each) for each in zip(codes, names, values)], figure)


def frkm(areas, years, vintage="26"):
    """FRKM1xx: yearly, no totals but that of ages, the oldest age open."""
    places = [*areas, ("411", "Christiansø")]

    def figure(area, age, sex, time):
        return person_figure(area, int(time), None if age == "TOT" else int(age.rstrip("-")), "MK".index(sex), 100)

    variables = [Variable("KOMMUNEDK", "kommune", places), Variable("ALDER", "alder", ages(100, True, "TOT", False)),
                 Variable("KØN", "køn", [("M", "Mænd"), ("K", "Kvinder")]),
                 Variable("Tid", "tid", [(str(year), str(year)) for year in years])]
    return Table("FRKM1" + vintage, "Befolkningsfremskrivning efter kommune, alder, køn og tid", variables, figure)


def frdk(years, vintage="26"):
    """FRDK1xx: the whole country, by ancestry, the oldest age open."""
    totals = {int(row["year"]): int(row["persons"]) for row in read("national_total.csv")}

    def figure(origin, sex, age, time):
        if origin != "TOT":
            return 3
        whole = totals[int(time)]
        if age == "TOT":
            return spread(whole, 2, "MK".index(sex))
        return spread(whole, 202, 2 * int(age.rstrip("-")) + "MK".index(sex))

    variables = [Variable("HERKOMST", "herkomst", [("TOT", "I alt"), ("5", "Personer med dansk oprindelse")]),
                 Variable("KØN", "køn", [("M", "Mænd"), ("K", "Kvinder")]),
                 Variable("ALDER", "alder", ages(100, True, "TOT", False)),
                 Variable("Tid", "tid", [(str(year), str(year)) for year in years])]
    return Table("FRDK1" + vintage, "Befolkningsfremskrivning for hele landet", variables, figure)


def frld(years):
    """FRLD1xx: provinces."""
    places = [("01", "Landsdel Byen København"), ("07", "Landsdel Fyn")]
    variables = [Variable("LANDSDEL", "landsdel", places), Variable("KØN", "køn", [("M", "Mænd"), ("K", "Kvinder")]),
                 Variable("ALDER", "alder", ages(100, True, "TOT", False)),
                 Variable("Tid", "tid", [(str(year), str(year)) for year in years])]
    return Table("FRLD126", "Befolkningsfremskrivning efter landsdel", variables,
                 lambda area, sex, age, time: int(area) * 10 + "MK".index(sex))


# ---- writers ----

def shown(value, how):
    code, label = value
    return {"code": code, "label": label, "both": f"{code} {label}"}[how]


def quoted(text, separator):
    return f'"{text}"' if any(c in text for c in f'"\n{separator}') else text


def csv_rows(table, how="code", separator=";", titles=False, notes=False, quotes=False):
    """One row for each figure, as the API and the site's matrix-free CSV have it."""
    def row(cells):
        return separator.join(f'"{cell}"' if quotes else quoted(cell, separator) for cell in cells)

    lines = [f'"{table.title}"', ""] if titles else []
    lines.append(row([v.code.upper() for v in table.variables] + ["INDHOLD"]))
    for keys, figure in table.cells():
        lines.append(row([shown(value, how) for value in keys] + [str(figure)]))
    if notes:
        lines += ["", "Kilde: Danmarks Statistik", "Opgjort den 1. i kvartalet; se dokumentationen".replace(";", ",")]
    return "\n".join(lines) + "\n"


def csv_periods(table, how="code", separator=";"):
    """The periods, the last variable, as columns."""
    *stub, time = table.variables
    lines = [separator.join([v.code.upper() for v in stub] + [code for code, _ in time.values])]
    for keys in itertools.product(*(v.values for v in stub)):
        figures = [str(table.figure(*(code for code, _ in keys), code)) for code, _ in time.values]
        lines.append(separator.join([quoted(shown(value, how), separator) for value in keys] + figures))
    return "\n".join(lines) + "\n"


def csv_block(table, how="label", separator=";", nested=True):
    """As the site shows a table: titles, values on top and at the left, each label once."""
    *stub, head = table.variables
    words = [v.label for v in table.variables]
    title = table.title.split(" efter ")[0] + " efter " + ", ".join(words[:-1]) + " og " + words[-1]
    row = lambda cells: separator.join(f'"{cell}"' for cell in cells)
    lines = [f'"{title}"', '""', row([" "] * len(stub) + [shown(value, how) for value in head.values])]
    before = [None] * len(stub)
    for keys in itertools.product(*(v.values for v in stub)):
        changed = next((i for i in range(len(stub)) if before[i] != keys[i]), len(stub))
        for level in range(changed, len(stub) - 1) if nested else []:
            lines.append(row([" "] * level + [shown(keys[level], how)] + [" "] * (len(stub) - level - 1) +
                             [""] * len(head.values)))
        left = [" "] * (len(stub) - 1) + [shown(keys[-1], how)] if nested else [shown(value, how) for value in keys]
        lines.append(row(left + [str(table.figure(*(code for code, _ in keys), code)) for code, _ in head.values]))
        before = list(keys)
    return "\n".join(lines) + "\n"


def px_values(keyword, texts):
    """A statement whose values go over several lines."""
    out, line = [], keyword + "="
    for i, text in enumerate(texts):
        piece = f'"{text}"' + ("," if i + 1 < len(texts) else ";")
        if len(line) + len(piece) > 80 and not line.endswith("="):
            out.append(line)
            line = ""
        line += piece
    return out + [line]


def px(table, codepage="iso-8859-15", keyed=False):
    *stub, head = table.variables
    lines = ['CHARSET="ANSI";', 'AXIS-VERSION="2006";', f'CODEPAGE="{codepage}";', 'LANGUAGE="da";',
             'LANGUAGES="da","en";', 'CREATION-DATE="20260612 08:00";', 'NEXT-UPDATE="20270612 08:00";',
             f'TABLEID="{table.name}";', 'DECIMALS=0;', 'SHOWDECIMALS=0;', f'MATRIX="{table.name}";',
             'COPYRIGHT=YES;', 'SUBJECT-AREA="Borgere";', 'SUBJECT-CODE="1";', f'UNITS="{table.units}";',
             'UNITS[en]="Number";', f'CONTENTS="{table.name}: Folketal";', f'TITLE="{table.title[:30]}"',
             f'"{table.title[30:]}";', f'DESCRIPTION="{table.title}";', 'INFO="";']
    lines += px_values("STUB", [v.label for v in stub]) + px_values("HEADING", [head.label])
    lines += px_values("STUB[en]", [v.code.lower() for v in stub])
    for v in table.variables:
        lines += px_values(f'VALUES("{v.label}")', [label for _, label in v.values])
        lines += px_values(f'VALUES[en]("{v.label}")', ["x"] * len(v.values))
        lines += px_values(f'CODES("{v.label}")', [code for code, _ in v.values])
        lines += [f'VARIABLECODE("{v.label}")="{v.code}";', f'ELIMINATION("{v.label}")=NO;', f'DOMAIN("{v.label}")="x";']
    kind = "Q1" if "K" in head.values[0][0] else "A1"
    periods = [code.replace("K", "") for code, _ in head.values]
    lines += [f'TIMEVAL("{head.label}")=TLIST({kind},"{periods[0]}"-"{periods[-1]}");' if len(periods) > 1 else
         f'TIMEVAL("{head.label}")=TLIST({kind}),"{periods[0]}";']
    lines += ['LAST-UPDATED="20260612 08:00";', 'SOURCE="Danmarks Statistik";', 'CONTACT="En afdeling#Tlf.";',
              'NOTEX="En note', 'over to linjer";', 'DATASYMBOL1="."; DATASYMBOL2="..";', 'CELLNOTE("*","0 år","*")="x";']
    if keyed:
        lines += [f'KEYS("{v.label}")={"CODES" if i % 2 else "VALUES"};' for i, v in enumerate(stub)]
    lines.append("DATA=")
    for keys in itertools.product(*(v.values for v in stub)):
        figures = [str(table.figure(*(code for code, _ in keys), code)) for code, _ in head.values]
        if keyed and not any(figure != "0" for figure in figures):
            continue
        names = [f'"{value[0 if i % 2 else 1]}"' for i, value in enumerate(keys)] if keyed else []
        lines.append(",".join(names) + (" " if keyed else "") + " ".join(figures) + " ")
    lines.append(";")
    return "\n".join(lines) + "\n"


def jsonstat(table, version=2, sparse=False, index="object"):
    """DST writes version 1 with the metric as a dimension of its own."""
    variables = [*table.variables, Variable("ContentsCode", "Indhold", [("FOLK", "Folketal")])]
    figures = [figure for _, figure in table.cells()]
    dimension = {}
    for v in variables:
        places = {code: i for i, (code, _) in enumerate(v.values)}
        category = {"index": places if index == "object" else list(places), "label": dict(v.values)}
        dimension[v.code] = {"label": v.label, "category": category}
    value = {str(i): figure for i, figure in enumerate(figures)} if sparse else figures
    ids, sizes = [v.code for v in variables], [len(v.values) for v in variables]
    role = {"time": ["Tid"], "metric": ["ContentsCode"]}
    if version == 2:
        root = {"version": "2.0", "class": "dataset", "label": table.title, "source": "Danmarks Statistik",
                "updated": "2026-06-12T06:00:00Z", "id": ids, "size": sizes, "role": role, "dimension": dimension,
                "value": value, "extension": {"px": {"tableid": table.name}}}
    else:
        dimension.update({"id": ids, "size": sizes, "role": role})
        root = {"dataset": {"dimension": dimension, "label": table.title, "source": "Danmarks Statistik",
                            "updated": "2026-06-12T06:00:00Z", "value": value}}
    return json.dumps(root, ensure_ascii=version == 1, indent=1)
