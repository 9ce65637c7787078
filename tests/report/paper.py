"""The paper that a focus asks for: its first page is one page, its numbers are results.csv, its order is that of a paper."""

import pathlib
import re
import shutil
import subprocess
from decimal import Decimal

from common import PROGRAM, ROOT, LOOK, Results, check_clean, equal, expect, leave, plain, project

WISH = """fremskriv: 1
extends: {scenario}
name: paper
report:
  title: {{da: "Notat til <udvalget>", en: "Paper for the <committee>"}}
  for: {{da: "Udvalget & co.", en: "The committee & co."}}
  by: HR
  years: [2030, 2035]
  professions: [{professions}]
  regions: [{regions}]
  variants: [{variants}]
"""


def pages(path):
    """The text of each page of a print."""
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return [re.sub(r"\s+", " ", page) for page in text.split("\f")]


def check_sentences(page, results, name, lang, years, what):
    """Every sentence gives each year's gap, or demand, as results.csv has it."""
    found = page.run("""return [...document.querySelectorAll("#paper .sentences p")].map((one) =>
                     [one.dataset.region, one.dataset.profession, one.dataset.variant, one.textContent])""")
    expect(len(found) > 0, f"{what}: no sentence")
    for region, profession, variant, text in found:
        for year in years:
            gap = results.at(name, variant, year, region, profession, "all", "gap")
            if gap is None:
                expect(plain(results.at(name, variant, year, region, profession, "all", "demand"), lang) in text, f"{what}: {year} in {text!r}")
            elif abs(Decimal(gap)) >= Decimal("0.05"):
                short = Decimal(gap) < 0
                word = {"da": {True: "mangler der {n} årsværk", False: "er der {n} årsværk"},
                        "en": {True: "{n} full-time equivalents", False: "there are {n} full-time equivalents"}}[lang][short]
                size = word.format(n=plain(gap.lstrip("-"), lang))
                expect(re.search(rf"{year} {re.escape(size)}", text), f"{what}: {year}: {size!r} is not in {text!r}")
                employed, supply = (results.at(name, variant, year, region, profession, "all", one) for one in ("employed", "supply"))
                if employed and Decimal(supply) > 0 and employed != supply:
                    persons = f"{abs(Decimal(gap) * Decimal(employed) / Decimal(supply)):.6f}"
                    whole = plain(str(Decimal(persons).quantize(Decimal(1), rounding="ROUND_HALF_UP")) + ".000000", lang)
                    whole = re.sub(r"[.,]0$", "", whole)
                    expect(f"({whole} person" in text, f"{what}: ({whole} persons) is not in {text!r}")
    return found


def check_cells(page, results, name, lang, what):
    """Every cell of the paper's tables is a row of results.csv."""
    cells = page.run("""return [...document.querySelectorAll("#paper-table tbody tr[data-region]")].flatMap((row) => [...row.querySelectorAll("td")].map((cell) =>
                     [row.dataset.variant, cell.dataset.year, row.dataset.region, row.dataset.profession, cell.dataset.measure, cell.dataset.value, cell.textContent]))""")
    for variant, year, region, profession, measure, value, text in cells:
        if measure is None:
            continue
        wanted = results.at(name, variant, int(year), region, profession, "all", measure)
        equal(value, wanted, f"{what}: {variant} {year} {region} {profession} {measure}")
        equal(text, plain(wanted, lang, sign=measure == "gap"), f"{what}: {variant} {year} {region} {profession} {measure}")
    return len(cells)


def paper(driver, folder):
    """One, three and six professions, several regions and variants, both languages: the first page is one page."""
    cases = (("velfaerd-danmark.yaml", "paedagog", "Esbjerg", "", 1), ("velfaerd-danmark.yaml", "paedagog, ssh, ssa", "all", "", 3),
             ("velfaerd-danmark.yaml", "", "Midtjylland", "flere_studerende", 6), ("sosu-syddanmark.yaml", "ssh", "Syddanmark, 561", "sund_aldring", 1))
    LOOK.mkdir(parents=True, exist_ok=True)
    for scenario, professions, regions, variants, n in cases:
        for lang in ("da", "en"):
            what = f"{scenario} {professions or 'all'} {lang}"
            file = pathlib.Path(folder) / "paper.yaml"
            text = (ROOT / "scenarios" / scenario).read_text(encoding="utf-8")
            if variants and f"  {variants}:" not in text:
                variants = re.findall(r"^  (\w+):", text.partition("\nvariants:\n")[2], re.M)[0] if "\nvariants:\n" in text else ""
            file.write_text(WISH.format(scenario=scenario, professions=professions, regions=regions, variants=variants).replace("  professions: []\n", "").replace("  variants: []\n", ""), encoding="utf-8")
            shutil.rmtree(pathlib.Path(folder) / f"paper-{lang}", ignore_errors=True)
            out = project(folder, str(file), lang)
            results = Results(out)
            page = driver.page(out / "report.html")
            check_clean(page, what)
            found = check_sentences(page, results, "paper", lang, (2030, 2035), what)
            equal(len(found), n, f"{what}: sentences")
            expect(check_cells(page, results, "paper", lang, what) >= 6 * n, f"{what}: cells of the table")
            equal(page.run("return document.querySelectorAll('#paper .list li').length"), 3, f"{what}: what matters most")
            equal(page.run("return document.querySelectorAll('#paper figure svg').length"), 1, f"{what}: charts")
            equal(page.run("return [...document.querySelectorAll('.made')].map((one) => one.textContent)"),
                  {"da": ["Til Udvalget & co.", "Lavet af HR"], "en": ["For The committee & co.", "Made by HR"]}[lang], f"{what}: for and by")
            look = f"paper-{n}-{pathlib.Path(scenario).stem}-{lang}"
            if lang == "da" and n in (1, 6):
                leave(page, look)
            else:
                page.paper(LOOK / f"{look}.pdf")
            texts = pages(LOOK / f"{look}.pdf")
            last = {"da": "Derefter følger en side pr. faggruppe, så forudsætninger, begreber og kilder.",
                    "en": "A page a profession follows, then assumptions, terms and sources."}[lang]
            title = {"da": "Notat til <udvalget>", "en": "Paper for the <committee>"}[lang]
            expect(title in texts[0] and texts[0].rstrip().endswith(last), f"{what}: the first page ends with {texts[0][-120:]!r}")
            labels = page.run("return [...document.querySelectorAll('.page h2')].map((one) => one.textContent)")
            equal(len(labels), n, f"{what}: pages of professions")
            for i, label in enumerate(labels):
                expect(texts[1 + i].strip().startswith(label) and "2040" in texts[1 + i][-200:], f"{what}: page {2 + i} is {texts[1 + i][:60]!r}")
            expect(texts[1 + n].strip().startswith({"da": "Forudsætninger", "en": "Assumptions"}[lang]), f"{what}: after the professions {texts[1 + n][:60]!r}")
            page.close()

    out = project(folder, "scenarios/sosu-syddanmark.yaml", "da", "--focus", "2035,2030")
    page = driver.page(out / "report.html", script=False)
    heads = page.run("return [...document.querySelectorAll('#paper-table thead tr:first-child th')].map((one) => one.textContent)")
    equal(heads, ["", "2030", "2035"], "the years of the command, in their order, without scripts")
    page.close()
    refused = subprocess.run([PROGRAM, "run", "scenarios/sosu-syddanmark.yaml", "--focus", "2035,1999", "--format", "html", "-o", pathlib.Path(folder) / "none", "--lang", "en"],
                             cwd=ROOT, capture_output=True, text=True)
    equal((refused.returncode, "--focus: there is no '1999'" in refused.stderr), (2, True), f"a year that is not projected: {refused.stderr}")
