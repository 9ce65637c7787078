"""What the checks of reports share: making reports, choosing in them, and what a page must always be. See check.py."""

import csv
import pathlib
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal

PROGRAM, WORLD, LOOK = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
ROOT = pathlib.Path(__file__).resolve().parents[2]
PEDAGOGUES = "scenarios/paedagog-syddanmark.yaml"
problems = []
checked = 0


def expect(right, what):
    global checked
    checked += 1
    if not right:
        problems.append(what)


def equal(got, wanted, what):
    expect(got == wanted, f"{what}: {got!r}, not {wanted!r}")


def project(folder, scenario, lang, *more, formats="csv,html"):
    out = pathlib.Path(folder) / f"{pathlib.Path(scenario).stem}-{lang}"
    subprocess.run([PROGRAM, "run", scenario, "--format", formats, "--lang", lang, "--quiet", "-o", out, *more],
                   cwd=ROOT, check=True)
    return out


def draw(folder, scenario, lang, *more):
    out = pathlib.Path(folder) / f"{pathlib.Path(scenario).stem}-{lang}"
    subprocess.run([PROGRAM, "montecarlo", scenario, "--draws", "100", "--format", "csv,html", "--lang", lang, "--quiet", "-o", out, *more],
                   cwd=ROOT, check=True)
    return out


def make_world(folder, lang="en"):
    out = pathlib.Path(folder) / f"world-{lang}"
    subprocess.run([WORLD, out, lang], check=True)
    return out


class Results:
    """results.csv by key."""

    def __init__(self, folder):
        with open(folder / "results.csv", encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.values = {self.key(row): row["value"] for row in self.rows}
        self.units = {row["measure"]: row["unit"] for row in self.rows}

    @staticmethod
    def key(row):
        return tuple(row[name] for name in ("scenario", "variant", "year", "region", "profession", "sector", "measure"))

    def at(self, scenario, variant, year, region, profession, sector, measure):
        return self.values.get((scenario, variant, str(year), region, profession, sector, measure))


def rounded(text, decimals, shift=0):
    return Decimal(text).scaleb(shift).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def said(value, lang):
    """A Decimal as a language writes it."""
    text = f"{abs(value):,f}"
    if lang == "da":
        text = text.translate(str.maketrans(",.", ".,"))
    return ("\u2212" if value < 0 else "") + text


def plain(text, lang, sign=False):
    value = Decimal(text)
    shown = said(rounded(text, 1 if 0 < abs(value) < 10 else 0), lang)
    return ("+" if sign and value > 0 and shown.strip("0.,") else "") + shown


def percent(text, lang):
    return said(rounded(text, 1, 2), lang) + ("\u00a0%" if lang == "da" else "%")


def shown(measure, unit, text, lang):
    if unit == "ratio":
        return percent(text, lang)
    return plain(text, lang, sign=measure == "gap")


def choose(page, key, value):
    """Chooses by the key of the results, as a person would by the label."""
    column = {"r": "region", "p": "profession", "k": "sector", "v": "variant"}.get(key)
    done = page.run(f"""
        const select = document.getElementById("choose-{key}");
        const code = {f'META.keys.{column}.indexOf({value!r})' if column else
                      f'META.scenarios.find((one) => one.name === {value!r}).code'};
        select.value = String(code);
        if (select.value !== String(code)) return false;
        select.dispatchEvent(new Event("change"));
        return true;""")
    if not done:
        raise RuntimeError(f"{value} can't be chosen")


def choose_year(page, year):
    page.run(f"""const slider = document.getElementById("choose-year"); slider.value = {year};
             slider.dispatchEvent(new Event("input"));""")


def chosen(page):
    return page.run("""return [META.scenarios.find((one) => one.code === choice.s).name, META.keys.variant[choice.v], choice.year,
                    META.keys.region[choice.r], META.keys.profession[choice.p], META.keys.sector[choice.k]]""")


def tiles(page):
    return {key: (value, text) for key, value, text in page.run(
        """return [...document.querySelectorAll("#tiles dd")].map((cell) =>
           [cell.dataset.measure, cell.dataset.value, cell.firstChild.textContent])""")}


def drawn(page):
    """Charts that can be seen, each with how many colours its canvas has."""
    return page.run("""
        const found = {};
        for (const canvas of document.querySelectorAll("canvas")) {
          if (canvas.closest("[hidden]")) continue;
          const copy = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
          Object.assign(copy.canvas, {width: canvas.width, height: canvas.height});
          copy.drawImage(canvas, 0, 0);
          const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
          found[canvas.id.replace("chart-", "")] = new Set(pixels).size;
        }
        return found;""")


def check_tiles(page, results, lang, what):
    """The tiles and the readouts are the numbers of results.csv for what is chosen."""
    scenario, variant, year, region, profession, sector = chosen(page)
    found = tiles(page)
    for measure in ("supply", "demand", "demand_without_supply", "gap", "shortage", "coverage", "recruitment_need", "share_55_plus"):
        # Of all professions no gap is given, but their shortage and the demand that has no supply.
        if measure in (("gap", "coverage") if profession == "all" else ("demand_without_supply", "shortage")):
            equal(found.get(measure), None, f"{what}: tile {measure} of {chosen(page)}")
            continue
        text = results.at(scenario, variant, year, region, profession, sector, measure)
        wanted = None if text is None else (text, shown(measure, results.units[measure], text, lang))
        equal(found.get(measure), wanted, f"{what}: tile {measure} of {chosen(page)}")
    if page.run("return document.getElementById('part-balance').hidden"):
        return
    for measure, value in page.run("""return [...document.querySelectorAll("#readout-balance b[data-measure]")].map((one) =>
                                   [one.dataset.measure, one.dataset.value])"""):
        equal(value, results.at(scenario, variant, year, region, profession, sector, measure), f"{what}: readout {measure}")


def painted(page):
    """What the first chart's canvas shows, as text."""
    return page.run("return document.getElementById('chart-balance').toDataURL()")


def check_chart(page, results, what):
    """The lines of the first chart are the numbers of results.csv."""
    scenario, variant, _, region, profession, sector = chosen(page)
    years, lines = page.run("return [charts.balance.data.labels, charts.balance.data.datasets.map((one) => one.data)]")
    measures = [name for name in ("supply", "demand") if results.at(scenario, variant, years[0], region, profession, sector, name)]
    wanted = [[float(results.at(scenario, variant, year, region, profession, sector, name)) for year in years] for name in measures]
    equal(lines, wanted, f"{what}: lines of the chart")


def check_table(page, results, what):
    """The table by years has every row that results.csv has for what is chosen."""
    scenario, variant, _, region, profession, sector = chosen(page)
    cells = page.run("""return [...document.querySelectorAll("#numbers tbody tr")].flatMap((row) =>
        [...row.querySelectorAll("td")].filter((cell) => cell.dataset.value !== "").map((cell) =>
          [row.querySelector("th").textContent, cell.dataset.measure, cell.dataset.value]))""")
    wanted = {(row["year"], row["measure"]): row["value"] for row in results.rows
              if (row["scenario"], row["variant"], row["region"], row["profession"], row["sector"]) ==
              (scenario, variant, region, profession, sector)}
    equal({(year, measure): value for year, measure, value in cells}, wanted, f"{what}: table")


def check_clean(page, what):
    for complaint in page.complaints():
        expect(False, f"{what}: {complaint}")
    expect(not page.run('return "pwned" in window'), f"{what}: a label ran as a script")
    expect(page.run('return document.getElementById("failed").hidden'), f"{what}: says that it failed")


def check_width(page, what):
    width, content = page.run("return [innerWidth, document.documentElement.scrollWidth]")
    expect(content <= width, f"{what}: the page is {content} wide in a window of {width}")
    cut = page.run("""return [...document.querySelectorAll("main *, .masthead *, .controls *")].filter((one) =>
        one.getClientRects().length > 0 && !one.closest(".scroll, option, select, [hidden], .skip") &&
        (one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5))
        .map((one) => one.tagName + " " + one.textContent.slice(0, 40))""")
    equal(cut, [], f"{what}: parts beyond the window")


def leave(page, name):
    """A picture at 1280 and at 390 pixels, and a print."""
    LOOK.mkdir(parents=True, exist_ok=True)
    for width, height in ((1280, 900), (390, 844)):
        page.size(width, height)
        page.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        check_width(page, f"{name} at {width}")
        page.picture(LOOK / f"{name}-{width}.png")
    page.paper(LOOK / f"{name}.pdf")
    expect((LOOK / f"{name}.pdf").read_bytes().startswith(b"%PDF"), f"{name}: the print is no PDF")
    page.size(1280, 900)
