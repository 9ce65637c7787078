"""Workbooks written part by part, as sound or as broken as a check wants them."""

import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Styles of cells, by place: a plain number, a day, a day and time, hours, a format of one's own for days, one with letters
# in quotes, per cent.
PLAIN, DAY, TIME, HOURS, OWN_DAY, QUOTED, PERCENT = range(7)


def letters(column):
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(reference, value, strings):
    """A cell as XML: text (shared), ("inline", text), a number, a bool, ("style", number, style), ("formula", f, value or
    None), ("text formula", f, value), ("error", text), ("xml", what)."""
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        strings.append(value)
        return f'<c r="{reference}" t="s"><v>{len(strings) - 1}</v></c>'
    if not isinstance(value, tuple):
        return f'<c r="{reference}"><v>{value!r}</v></c>'
    kind, *of = value
    if kind == "inline":
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(of[0])}</t></is></c>'
    if kind == "style":
        return f'<c r="{reference}" s="{of[1]}"><v>{of[0]!r}</v></c>'
    if kind == "formula":
        return f'<c r="{reference}"><f>{escape(of[0])}</f>{"" if of[1] is None else f"<v>{of[1]!r}</v>"}</c>'
    if kind == "text formula":
        return f'<c r="{reference}" t="str"><f>{escape(of[0])}</f><v>{escape(of[1])}</v></c>'
    if kind == "error":
        return f'<c r="{reference}" t="e"><v>{of[0]}</v></c>'
    return of[0]


def sheet(rows, strings, merged=()):
    """None is no cell, and no row."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [cell(f"{letters(i)}{number}", value, strings) for i, value in enumerate(row or (), 1) if value is not None]
        if row is not None:
            lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in merged)
    merges = f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'


def styles():
    own = ("<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"[$-406]d\\.\\ mmmm\\ yyyy\"/>"
           "<numFmt numFmtId=\"165\" formatCode=\"0.0&quot; days&quot;\"/></numFmts>")
    formats = "".join(f'<xf numFmtId="{i}"/>' for i in (0, 14, 22, 46, 164, 165, 9))
    return f'<styleSheet xmlns="{MAIN}">{own}<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>'


def parts(sheets, merged=None, workbook_extra="", prefix=""):
    """The parts of a workbook by their names. @param sheets rows by name."""
    strings, inside = [], {}
    for number, (name, rows) in enumerate(sheets.items(), 1):
        inside[f"xl/worksheets/sheet{number}.xml"] = rows if isinstance(rows, str) else sheet(rows, strings, (merged or {}).get(name, ()))
    named = "".join(f"<sheet name={quoteattr(name)} sheetId=\"{i}\" r:id=\"rId{i}\"/>" for i, name in enumerate(sheets, 1))
    links = "".join(f'<Relationship Id="rId{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                    for i in range(1, len(sheets) + 1))
    links += f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    links += f'<Relationship Id="f" Type="{RELATIONS}/styles" Target="./x/../styles.xml"/>'
    texts = "".join(f"<si><r><t xml:space=\"preserve\">{escape(s[:1])}</t></r><r><t xml:space=\"preserve\">{escape(s[1:])}</t></r>"
                    "<rPh sb=\"0\" eb=\"1\"><t>never</t></rPh></si>" for s in strings)
    made = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{named}</sheets>{workbook_extra}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/styles.xml": styles(),
        **inside,
    }
    if prefix:  # elements with a prefix mean the same
        for name, text in made.items():
            if MAIN in text:
                text = text.replace(f'xmlns="{MAIN}"', f'xmlns:{prefix}="{MAIN}"')
                made[name] = re.sub(r"<(/?)(?=[A-Za-z])", rf"<\g<1>{prefix}:", text)
    return made


def write(path, made, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in made.items():
            archive.writestr(name, text)
    return path
