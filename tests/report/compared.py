"""Reports of comparisons: the table of sides, with scripts and without, and its chart are compare.csv."""

import csv
import pathlib
import subprocess
from decimal import Decimal

from common import (PEDAGOGUES, PROGRAM, ROOT, check_clean, choose, choose_year, chosen, equal, expect, leave, plain, rounded,
                    said)


def project_comparison(folder, scenarios, lang):
    out = pathlib.Path(folder) / f"compare-{lang}"
    subprocess.run([PROGRAM, "compare", *scenarios, "--format", "csv,html", "--lang", lang, "--quiet", "-o", out], cwd=ROOT, check=True)
    with open(out / "compare.csv", encoding="utf-8", newline="") as file:
        rows = {(row["scenario"], row["variant"], int(row["year"]), row["region"], row["profession"], row["sector"], row["measure"]): row
                for row in csv.DictReader(file)}
    return out, rows


def check_side_table(page, rows, lang, what):
    """Every row of a side is that of compare.csv: the value, the difference and what it is in per cent."""
    _, _, year, region, _, sector = chosen(page)
    sides = {name: (scenario, variant) for name, scenario, variant in page.run("""return META.sides.map((side) => [side.name,
        META.scenarios.find((one) => one.code === side.s).name, META.keys.variant[side.v]])""")}
    reference = page.run("return META.sides[0].name")
    names = dict(page.run("return META.keys.profession.map((key, code) => [professionName(code), key])"))
    profession, compared = None, 0
    for cells in page.run("""return [...document.querySelectorAll("#sides tbody tr")].map((row) => [...row.cells].map((cell) =>
                             [cell.firstChild.textContent, cell.dataset.value ?? null, cell.querySelector(".unit")?.textContent ?? null]))"""):
        if len(cells) == 1:
            profession = names[cells[0][0]]
            continue
        side = cells[0][0]
        for i, measure in enumerate(("supply", "demand", "gap")):
            (value_text, value, _), (change_text, change, part) = cells[1 + 2 * i:3 + 2 * i]
            place = f"{what}: {side} {profession} {measure}"
            if side == reference:
                equal((change_text, change), ("–", None), place)
                same = [row["reference"] for key, row in rows.items() if key[2:] == (year, region, profession, sector, measure)]
                expect(all(text in ("", value) for text in same), f"{place}: {value}, not {same[:1]}")
                continue
            row = rows.get((*sides[side], year, region, profession, sector, measure))
            equal(value or "", row["value"] if row else "", place)
            if row is None or row["difference"] == "":
                equal((change_text, part), ("–", None), place)
                continue
            compared += 1
            expect(abs(Decimal(change) - Decimal(row["difference"])) <= Decimal("0.000002"), f"{place}: {change}, not {row['difference']}")
            equal(value_text, plain(row["value"], lang, sign=measure == "gap"), place)
            equal(change_text, plain(change, lang, sign=True), place)
            if measure == "gap" or row["percent"] == "":
                equal(part, None, place)
            else:
                whole = said(rounded(row["percent"], 1), lang)
                wanted = ("+" if Decimal(row["percent"]) > 0 and whole.strip("0.,") else "") + whole + ("\u00a0%" if lang == "da" else "%")
                equal(part, wanted.replace("\u22120,0", "0,0").replace("\u22120.0", "0.0"), place)
    both = any(row["difference"] != "" and key[2:4] == (year, region) and key[5] == sector and key[6] in ("supply", "demand", "gap")
               for key, row in rows.items())
    equal(compared > 0, both, f"{what}: whether anything is compared")


def check_side_chart(page, rows, what):
    """The lines of the three ways are columns of compare.csv."""
    _, _, _, region, profession, sector = chosen(page)
    for way, wanted in (("value", None), ("difference", None), ("percent", "supply"),
                        *((("percent", "gap"), ("percent", "coverage")) if profession != "all" else (("value", "shortage"),))):
        if wanted is not None:
            page.run(f"""const which = document.getElementById("sides-measure");
                     which.value = String(M.{wanted if sector == "all" else "demand"});
                     which.dispatchEvent(new Event("change"));""")
        page.run(f"""const select = document.getElementById("sides-as"); select.value = "{way}"; select.dispatchEvent(new Event("change"));""")
        years, lines, measure = page.run("""return [charts.sides.data.labels, charts.sides.data.datasets.map((one) => [one.label, one.data]),
                                         META.measures[Number(document.getElementById("sides-measure").value)].key]""")
        sides = {name: (scenario, variant) for name, scenario, variant in page.run("""return META.sides.map((side) => [side.name,
            META.scenarios.find((one) => one.code === side.s).name, META.keys.variant[side.v]])""")}
        if wanted is None:
            wanted_first = ("shortage" if profession == "all" else "gap") if sector == "all" else "demand"
            equal(measure, wanted_first, f"{what}: what the chart shows first")
        column = page.run("return document.getElementById('sides-as').value")
        # Of what may be negative, and of ratios, there is no percentage to choose.
        equal(column, "difference" if way == "percent" and measure in ("gap", "coverage") else way, f"{what}: how it is shown")
        for i, (name, values) in enumerate(lines):
            if way == "value" and i == 0:
                continue
            for year, value in zip(years, values):
                row = rows.get((*sides[name], year, region, profession, sector, measure))
                text = row[column] if row else ""
                good = value is None if text == "" else value is not None and abs(value - float(text)) < max(3e-6, 1e-4 * abs(float(text)))
                expect(good, f"{what}: {way} of {name} in {year}: {value}, not {text!r}")
    page.run("""sideChosen = ""; const select = document.getElementById("sides-as");
             select.value = "value"; select.dispatchEvent(new Event("change"));""")


def compare(driver, folder):
    """A comparison: the table of sides is compare.csv, with scripts and without, and so is its chart; it is first."""
    both = ("scenarios/sosu-danmark.yaml", "scenarios/velfaerd-danmark.yaml")
    for lang, scenarios, choices_made in (
            ("da", (PEDAGOGUES,), (("r", "461"), ("year", 2030), ("k", "dagtilbud"), ("v", "frafald_halveres"))),
            ("en", both, (("year", 2030), ("p", "ssh"), ("year", 2023), ("s", "velfaerd-danmark")))):
        out, rows = project_comparison(folder, scenarios, lang)
        page = driver.page(out / "report.html")
        without = driver.page(out / "report.html", script=False)
        tidy = """return [document.querySelector("#sides tbody").innerHTML.replaceAll("\\n", ""), document.getElementById("lede-sides").innerHTML]"""
        equal(without.run(tidy), page.run(tidy), f"{lang}: the sides without scripts")
        equal(page.run("return document.querySelector('main > section').id"), "part-sides", f"{lang}: what is first")
        without.close()
        check_side_table(page, rows, lang, lang)
        for key, value in choices_made:
            if key == "year":
                choose_year(page, value)
            else:
                choose(page, key, value)
            check_side_table(page, rows, lang, f"{lang} {key} {value}")
            check_side_chart(page, rows, f"{lang} {key} {value}")
        leave(page, f"compare-{lang}")
        check_clean(page, f"compare {lang}")
        page.close()
