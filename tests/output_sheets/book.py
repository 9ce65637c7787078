"""A workbook as its parts say: sheets of cells, read without any library for workbooks."""

import re
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


# Of the cells of its row: gap, shortage, coverage.
FORMULA = re.compile(r"([A-Z]+)(\d+)-([A-Z]+)\2|MAX\(0,([A-Z]+)(\d+)-([A-Z]+)\5\)|([A-Z]+)(\d+)/([A-Z]+)\8")


def column_of(reference):
    number = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


class Book:
    """sheets: name -> list of rows, each a dictionary of column -> text or float."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as parts:
            assert parts.testzip() is None
            self.parts = {name: parts.read(name) for name in parts.namelist()}
        for name, content in self.parts.items():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(content)
        shared = self.parts.get("xl/sharedStrings.xml")
        self.shared = [] if shared is None else [self.text(item) for item in ElementTree.fromstring(shared)]
        relations = {r.get("Id"): r.get("Target") for r in
                     ElementTree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])}
        self.order, self.sheets, self.xml, self.formulas = [], {}, {}, []
        for sheet in ElementTree.fromstring(self.parts["xl/workbook.xml"]).find(MAIN + "sheets"):
            name = sheet.get("name")
            self.order.append(name)
            self.xml[name] = self.parts["xl/" + relations[sheet.get(RELATION)]]
            self.sheets[name] = self.rows(self.xml[name])
        self.charts = [name for name in self.parts if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]

    @staticmethod
    def text(item):
        return "".join(t.text or "" for t in item.iter(MAIN + "t"))

    def rows(self, xml):
        found = {}
        for row in ElementTree.fromstring(xml).find(MAIN + "sheetData"):
            cells = {}
            for cell in row:
                kind, value = cell.get("t"), cell.find(MAIN + "v")
                formula = cell.find(MAIN + "f")
                if formula is not None:  # what a text says never becomes one
                    assert FORMULA.fullmatch(formula.text), formula.text
                    assert value is not None, "a formula without its value"
                    self.formulas.append(formula.text)
                if kind == "s":
                    cells[column_of(cell.get("r"))] = self.shared[int(value.text)]
                elif kind == "inlineStr":
                    cells[column_of(cell.get("r"))] = self.text(cell)
                elif value is not None:
                    cells[column_of(cell.get("r"))] = float(value.text)
            found[int(row.get("r")) - 1] = cells
        return [found.get(i, {}) for i in range(max(found, default=-1) + 1)]

    def texts(self, sheet):
        return [cell for row in self.sheets[sheet] for cell in row.values() if isinstance(cell, str)]

    def table(self, sheet, heading):
        """The table below a heading: names of its columns, and its rows by year."""
        rows = self.sheets[sheet]
        at = next(i for i, row in enumerate(rows) if row.get(0) == heading)
        heads, values = rows[at + 1], {}
        for row in rows[at + 2:]:
            if not isinstance(row.get(0), float):
                break
            values[int(row[0])] = {heads[c]: v for c, v in row.items() if c > 0}
        return [heads[c] for c in sorted(heads)], values
