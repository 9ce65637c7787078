"""check.py PROGRAM WORLD LOOK CHECK: reports in a headless browser.

PROGRAM writes reports of shipped scenarios, WORLD (world.c) one of a document with everything that none of them has. LOOK is
where pictures and prints are left for a person to look at. Every check opens its report from file:// and ends with
nothing on the console, no exception and no request to elsewhere.
"""

import csv
import io
import json
import pathlib
import re
import sys
import tempfile
import time
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import browser
import common
from common import (PEDAGOGUES, Results, check_chart, check_clean, check_table, check_tiles, choose, choose_year,
                    chosen, draw, drawn, equal, expect, leave, make_world, painted, plain, project, said, tiles)
from compared import compare
from paper import paper


def pedagogues(driver, folder):
    """The first scenario in both languages: numbers, charts, words, size, the same bytes twice."""
    for lang in ("da", "en"):
        out = project(folder, PEDAGOGUES, lang)
        text = (out / "report.html").read_bytes()
        expect(len(text) < 2_000_000, f"{lang}: {len(text)} bytes")
        results = Results(out)
        page = driver.page(out / "report.html")
        equal(drawn(page).keys(), {"sides", "balance", "gap", "flows", "sectors", "pyramid"}, f"{lang}: charts")
        for name, colours in drawn(page).items():
            expect(colours > 20, f"{lang}: chart {name} has {colours} colours")
        check_tiles(page, results, lang, lang)
        check_table(page, results, lang)
        equal(page.run('return document.querySelectorAll("#heat tbody tr").length'), 22, f"{lang}: rows of the heat table")
        for region, year, cell in page.run("""return [...document.querySelectorAll("#heat td")].map((cell) =>
                                           [cell.dataset.region, cell.dataset.year, cell.dataset.value])"""):
            equal(cell, results.at("paedagog-syddanmark", "base", year, region, "paedagog", "all", "coverage"), f"{lang}: heat")
        before = tiles(page)
        for region, year, sector in (("461", 2030, "all"), ("Syddanmark", 2018, "all"), ("563", 2025, "dagtilbud"), ("492", 2040, "all")):
            choose(page, "r", region)
            choose(page, "k", sector)
            choose_year(page, year)
            equal(chosen(page)[2:], [year, region, "paedagog", sector], f"{lang}: what is chosen")
            expect(tiles(page) != before, f"{lang}: {region} {year} {sector} changes no tile")
            before = tiles(page)
            check_tiles(page, results, lang, lang)
            check_table(page, results, lang)
        check_clean(page, lang)
        page.close()
    equal(project(pathlib.Path(folder) / "again", PEDAGOGUES, "en").joinpath("report.html").read_bytes(), text, "a second run")


LEADS = {
    "en": {1: "{who}: In {year} {place} has {n} full-time equivalents more than it needs.",
           -1: "{who}: In {year} {place} lacks {n} full-time equivalents.",
           0: "{who}: In {year} {place} has as many full-time equivalents as it needs."},
    "da": {1: "{who}: I {year} har {place} {n} årsværk mere, end der er brug for.",
           -1: "{who}: I {year} mangler {place} {n} årsværk.",
           0: "{who}: I {year} har {place} så mange årsværk, som der er brug for."},
}


# Each sentence behind the name of its profession.
SENTENCES = """return [...document.querySelectorAll("#figures .figure p")].map((one) =>
    `${one.closest(".figure").querySelector("h3").textContent}: ${one.textContent}`)"""
PERSONS = {"en": "At the hours that they work, this is {n} persons.", "da": "Med faggruppens arbejdstid svarer det til {n} personer."}


def lead(results, lang, scenario, variant, year, region, profession, place, who):
    gap = results.at(scenario, variant, year, region, profession, "all", "gap")
    small = abs(Decimal(gap)) < Decimal("0.05")
    side = 0 if small else 1 if Decimal(gap) > 0 else -1
    return LEADS[lang][side].format(year=year, place=place, who=who, n=plain(gap.lstrip("-"), lang))


def words(driver, folder):
    """Key figures in words: right for surplus, shortage and balance, and without scripts the same as with them."""
    for lang, who in (("da", "Pædagoger"), ("en", "Pedagogues")):
        for out in (project(folder, PEDAGOGUES, lang), make_world(folder, lang)):
            with_script = driver.page(out / "report.html")
            without = driver.page(out / "report.html", script=False)
            html = "return [document.getElementById('figures').innerHTML, document.getElementById('shown').innerHTML]"
            tidy = [re.sub(r"\s*\n\s*", "", part) for part in without.run(html)]
            equal(tidy, with_script.run(html), f"{out.name}: the words without scripts")
            equal(without.run("""return [...document.querySelectorAll("[data-script]")].filter((one) =>
                              one.getClientRects().length > 0).length"""), 0, f"{out.name}: parts that need scripts and show without")
            expect(without.run('return document.querySelector("noscript").textContent.length > 40'), f"{out.name}: noscript")
            check_clean(with_script, out.name)
            with_script.close()
            without.close()

        out = make_world(folder, lang)
        results = Results(out)
        page = driver.page(out / "report.html")
        for region, place in (("Syd", "Syd"), ("103", "=1+1"), ("all", {"da": "hele området", "en": "the whole area"}[lang])):
            choose(page, "r", region)
            for year in (2020, 2023, 2030):
                choose_year(page, year)
                found = page.run(SENTENCES)
                for profession, name in (("p1", who), ("p2", "SOSU-'\"<b>assistenter</b>")):
                    wanted = lead(results, lang, "world", "base", year, region, profession, place, name)
                    expect(wanted in found, f"{lang}: {wanted!r} is not among {found}")
        # Hand-computed: p1 turns from surplus to shortage after 6.5 years; p2 is always short; `none` has demand only:
        # 36 * (60.123456 + 14 + 10 + 39.654321 + 6 + 20), and 36 * 30 more than ten years before.
        choose(page, "r", "Syd")
        choose_year(page, 2030)
        wanted = {
            "en": ["Supply falls below demand in 2027.", "Supply is never above demand from 2020 to 2030.",
                   "Ærlige ufaglærte: In 2030 Syd needs 5,392 full-time equivalents, 1,080 more than in 2020."],
            "da": ["Udbuddet falder under efterspørgslen i 2027.", "Udbuddet er aldrig over efterspørgslen fra 2020 til 2030.",
                   "Ærlige ufaglærte: I 2030 er der brug for 5.392 årsværk i Syd, 1.080 flere end i 2020."]}[lang]
        for one in wanted:
            expect(any(one in said for said in page.run(SENTENCES)), f"{lang}: {one!r} is not among {page.run(SENTENCES)}")
        check_clean(page, lang)
        page.close()


def professions(driver, folder):
    """Of several professions each is named first; of all is said the sum of their shortages, and no gap."""
    for lang, helpers, sums in (("da", "social- og sundhedshjælpere (SSH)", "I {year} mangler Syddanmark i alt {n} årsværk: {helpers} {n}."),
                                ("en", "care helpers (SSH)", "In {year} Syddanmark lacks {n} full-time equivalents in all: {helpers} {n}.")):
        out = project(folder, "scenarios/sosu-syddanmark.yaml", lang)
        results = Results(out)
        page = driver.page(out / "report.html")
        for year in (2040, 2035):
            choose_year(page, year)
            said = page.run("return [...document.querySelectorAll('#figures .lead')].map((one) => one.textContent)")
            all_said = page.run(SENTENCES)
            name = helpers[0].upper() + helpers[1:]
            equal(all_said[0], lead(results, lang, "sosu-syddanmark", "base", year, "Syddanmark", "ssh", "Syddanmark", name), f"{lang}: the first sentence")
            gap, employed, supply = (Decimal(results.at("sosu-syddanmark", "base", year, "Syddanmark", "ssh", "all", measure))
                                     for measure in ("gap", "employed", "supply"))
            persons = PERSONS[lang].format(n=plain(f"{abs(gap * employed / supply):.6f}", lang))
            expect(persons in all_said[1], f"{lang}: {persons!r} is not in {all_said[1]!r}")
            shortage = results.at("sosu-syddanmark", "base", year, "Syddanmark", "all", "all", "shortage")
            equal(said[-1], sums.format(year=year, n=plain(shortage, lang), helpers=helpers), f"{lang}: the last sentence")
            gap = plain(results.at("sosu-syddanmark", "base", year, "Syddanmark", "all", "all", "gap"), lang).lstrip("\u2212")
            expect(not any(re.search(rf"\b{gap}\b", one) for one in said), f"{lang}: the gap of all, {gap}, is said: {said}")
        check_tiles(page, results, lang, lang)
        first = page.run("return [...document.querySelectorAll('main figure')].find((one) => one.getClientRects().length > 0).textContent")
        expect(all(name in first for name in (("SSH", "SSA"))), f"{lang}: the first figure is {first!r}")
        wanted = {"da": "Balancen er regnet fra 0 i 2020", "en": "Gaps are counted from a balance of 0 in 2020"}[lang]
        equal(page.run("return document.body.innerText").count(wanted), 1 + 1, f"{lang}: what gaps are counted from, above and among the notes")
        names = page.run("return [...document.querySelectorAll('#choose-r option')].map((one) => one.textContent)")
        equal(names.count("Syddanmark"), 1, f"{lang}: regions to choose")
        leave(page, f"sosu-syddanmark-{lang}")
        check_clean(page, f"professions {lang}")
        page.close()


PARTS = {"da": {"changes": "Scenariets egne", "taken": "Overtaget fra grundlaget", "technical": "Tekniske"},
         "en": {"changes": "The scenario's own", "taken": "Taken from what it builds on", "technical": "Technical"}}


def assumptions(driver, folder):
    """Every assumption of shipped scenarios is in one of three parts, as people write values, with its source in the language."""
    for lang in ("da", "en"):
        for name in ("velfaerd-danmark", "paedagog-syddanmark", "minimumsnormeringer"):
            out = project(folder, f"scenarios/{name}.yaml", lang, formats="csv,html,json")
            listed = json.loads((out / "results.json").read_text(encoding="utf-8"))["assumptions"]
            page = driver.page(out / "report.html")
            tables = {part: page.run(f"""return [...document.querySelectorAll("[aria-labelledby=head-{part}] tbody tr")].map((row) =>
                      [row.querySelector("code").textContent, ...[...row.cells].slice(1).map((cell) => cell.innerText)])""") for part in PARTS[lang]}
            for part, heading in PARTS[lang].items():
                if tables[part]:
                    text = page.run(f"return document.getElementById('head-{part}').textContent")
                    expect(text.startswith(heading), f"{name} {lang}: the heading is {text!r}")
            paths = {row[0] for rows in tables.values() for row in rows}
            equal({one["path"] for one in listed if one["variant"] == "base"} - paths, set(), f"{name} {lang}: assumptions that are in no part")
            once = page.run("""return [...document.querySelectorAll(".assumed tbody tr")].map((row) =>
                            row.querySelector("code").textContent + " " + (row.querySelector(".variant")?.textContent ?? ""))""")
            equal(len(set(once)), len(once), f"{name} {lang}: assumptions that are in two parts")
            for row in (row for rows in tables.values() for row in rows):
                expect(not re.search(r"[{}\[\]]", row[1] + row[2]), f"{name} {lang}: as the file has it: {row[1:3]}")
            known = {row[0]: row[1] for row in tables["taken"] + tables["technical"]}
            known.update({row[0]: row[2].split("\n")[0] for row in tables["changes"]})
            wanted = {"velfaerd-danmark": {"professions.ssh.permanent_exit": {"da": "0,7 %", "en": "0.7%"},
                                           "programmes.laerer.intake": {
                                               "da": "3.030 personer (2019), 2.700 (2022), 2.673 (2023), lineært, derefter uændret (Danmark)",
                                               "en": "3,030 persons (2019), 2,700 (2022), 2,673 (2023), linearly, then unchanged (Denmark)"},
                                           "demand.sociale_institutioner.split.ages": {"da": "18 år og derover", "en": "18 years and over"},
                                           "years.count": {"da": "30. juni", "en": "30 June"}}}.get(name, {})
            for path, words_of in wanted.items():
                equal(known[path], words_of[lang], f"{name}: {path}")
            terms = page.run("return [...document.querySelectorAll('.terms dt')].map((one) => one.textContent)")
            equal(terms, page.run("return META.measures.map((one) => one.label)"), f"{name} {lang}: the terms")
            check_clean(page, f"assumptions {name} {lang}")
            page.close()


def address(driver, folder):
    """What is chosen is in the address of the page, and read from it; a run of one region has a report about it."""
    out = project(folder, "scenarios/sosu-syddanmark.yaml", "da")
    page = driver.page(out / "report.html")
    hash_now = "return decodeURIComponent(location.hash)"
    equal(page.run(hash_now), "", "the address at first")
    before = chosen(page)
    choose(page, "p", "ssh")
    choose_year(page, 2030)
    equal(page.run(hash_now), "#profession=ssh&year=2030", "the address of a choice")
    page.run("location.hash = '#year=2033&profession=ssa&region=561'; return new Promise((done) => setTimeout(done, 100))")
    equal(chosen(page), ["sosu-syddanmark", "base", 2033, "561", "ssa", "all"], "what a linked address chooses")
    page.call("Page.reload")
    end = time.monotonic() + 20
    while time.monotonic() < end and page.run("return document.readyState") != "complete":
        time.sleep(0.05)
    equal(chosen(page), ["sosu-syddanmark", "base", 2033, "561", "ssa", "all"], "what is chosen after the page is opened anew")
    page.run("location.hash = '#year=nothing&profession=none&region=<b>'; return new Promise((done) => setTimeout(done, 100))")
    equal(chosen(page), before, "what an address without meaning chooses")
    check_clean(page, "address")
    page.close()

    out = project(folder, "scenarios/velfaerd-danmark.yaml", "da", "--region", "Esbjerg", "--variant", "base")
    results = Results(out)
    page = driver.page(out / "report.html")
    equal(chosen(page), ["velfaerd-danmark", "base", 2040, "561", "all", "all"], "the region that was chosen by the command")
    expect("I 2040 har Esbjerg " in page.run("return document.getElementById('figures').innerText"), "no sentence about Esbjerg")
    expect("gap" in drawn(page), "no chart of the gap")
    choose(page, "p", "ssh")
    equal(drawn(page).keys(), {"balance", "gap", "flows"}, "charts of one region")
    check_tiles(page, results, "da", "one region")
    check_table(page, results, "one region")
    check_clean(page, "one region")
    page.close()


def choices(driver, folder):
    """Scenario, variant, region, profession and sector change the numbers; all of it is results.csv."""
    out = make_world(folder)
    results = Results(out)
    page = driver.page(out / "report.html")
    equal(chosen(page), ["world", "base", 2030, "Syd", "all", "all"], "what is shown first")
    equal(drawn(page).keys(), {"sides", "gap"}, "charts of all professions")
    lines = page.run("return charts.gap.data.datasets.map((one) => [one.label, one.data])")
    equal([name for name, _ in lines], page.run("return ['p1', 'p2'].map((key) => label('p', META.keys.profession.indexOf(key)))"),
          "a line of the gap for each profession")
    equal([f"{values[-1]:.6f}" for _, values in lines], [results.at("world", "base", 2030, "Syd", p, "all", "gap") for p in ("p1", "p2")],
          "gaps by profession")
    choose(page, "p", "p2")
    equal(page.run("return [...document.querySelectorAll('#bars-professions .number')].map((one) => [one.dataset.profession, one.dataset.value])"),
          [[p, results.at("world", "base", 2030, "Syd", p, "all", "gap")] for p in ("p1", "p2")], "bars by profession")
    before, picture = tiles(page), painted(page)
    for key, value in (("p", "p1"), ("v", "more"), ("r", "106"), ("r", "k<&\"'>"), ("k", "s2"), ("p", "p2"), ("k", "all"), ("s", "=1+1")):
        choose(page, key, value)
        expect(tiles(page) != before, f"{key} {value} changes no tile")
        expect(painted(page) != picture, f"{key} {value} draws no other chart")
        before, picture = tiles(page), painted(page)
        check_tiles(page, results, "en", f"{key} {value}")
        check_chart(page, results, f"{key} {value}")
        check_table(page, results, f"{key} {value}")
    equal(chosen(page), ["=1+1", "base", 2030, "k<&\"'>", "p2", "all"], "the second scenario, which has no variant")
    choose(page, "s", "world")
    choose(page, "r", "Syd")
    choose(page, "p", "p1")
    equal(drawn(page).keys(), {"sides", "balance", "gap", "flows", "sectors", "pyramid"}, "charts of one profession")
    for name, colours in drawn(page).items():
        expect(colours > 20, f"chart {name} has {colours} colours")
    lower = page.run("return charts.pyramid.data.datasets[0].data.slice(0, 2)")
    expect(abs(lower[0] + (1 * 47 / 10 + 10)) < 1e-5 and abs(lower[1] + (2 * 46 / 10 + 10)) < 1e-5, f"women aged 22, 23: {lower}")
    choose_year(page, 2020)
    equal(page.run("return charts.pyramid.data.datasets.length"), 2, "in the base year the pyramid has no lines")
    choose(page, "r", "101")
    expect("pyramid" not in drawn(page), "a pyramid for a region that has none")
    check_clean(page, "choices")
    page.close()


def table(driver, folder):
    """Sorting by mouse and keyboard; the export is what is shown, harmless in a spreadsheet."""
    downloads = pathlib.Path(folder) / "downloads"
    for lang, separator in (("da", ";"), ("en", ",")):
        out = make_world(folder, lang)
        downloads.mkdir(exist_ok=True)
        page = driver.page(out / "report.html", downloads=downloads)
        choose(page, "p", "p1")
        page.run("""const rows = document.getElementById("table-rows"); rows.value = "r"; rows.dispatchEvent(new Event("change"));""")
        column = "return [...document.querySelectorAll('#numbers tbody tr')].map((row) => Number(row.children[2].dataset.value))"
        heads = "return [...document.querySelectorAll('#numbers thead th')].map((one) => one.getAttribute('aria-sort'))"
        unsorted = page.run(column)
        equal(page.run(heads)[:3], ["ascending", "none", "none"], "sorted by name")
        page.run("document.querySelectorAll('#numbers th button')[2].click()")
        equal(page.run(column), sorted(unsorted, reverse=True), "sorted downwards by a click")
        equal(page.run(heads)[:3], ["none", "none", "descending"], "aria-sort")
        page.key("Enter", 13, "\r")
        equal(page.run(column), sorted(unsorted), "sorted upwards by the keyboard")
        equal(page.run(heads)[2], "ascending", "aria-sort")

        page.run("document.getElementById('export').click()")
        end = time.monotonic() + 20
        while not (files := [one for one in downloads.iterdir() if one.suffix == ".csv"]) and time.monotonic() < end:
            page.run("return new Promise((done) => setTimeout(done, 50))")
        equal([one.name for one in files], ["world-2030.csv"], "the exported file")
        text = files[0].read_bytes().decode("utf-8-sig")
        files[0].unlink()
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        on_page = page.run("""return [...document.querySelectorAll("#numbers tbody tr")].map((row) =>
            [row.children[0].textContent, ...[...row.querySelectorAll("td")].map((cell) => cell.dataset.value)])""")
        point = "," if lang == "da" else "."
        safe = [[("'" if re.match(r"[\s]*[=+\-@]", row[0]) else "") + row[0], *(one.replace(".", point) for one in row[1:])] for row in on_page]
        equal(rows[1:], safe, "exported rows")
        expect(any(row[0] == "'=1+1" for row in rows), "a label that is a formula has no apostrophe")
        equal(len(rows[0]), len(rows[1]), "exported columns")
        check_clean(page, f"table {lang}")
        page.close()


def policy(driver, folder):
    """The page has a policy, and it holds: nothing is loaded, no other script or style runs."""
    out = make_world(folder)
    text = (out / "report.html").read_text(encoding="utf-8")
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    expect(found is not None, "no policy")
    hashed = r"'sha256-[A-Za-z0-9+/]{43}='"
    expect(re.fullmatch(rf"default-src 'none'; script-src {hashed} {hashed}; style-src {hashed}; base-uri 'none'; "
                        r"form-action 'none'", found[1]), f"the policy is {found[1]}")
    expect(not re.search(r"<[^>]+\son\w+=|javascript:|<[^>]*\sstyle=", text.split("<script")[0]), "a handler or a style in the page")
    expect(not re.search(r'(?:src|href)="(?!#)', text.split('<script id="data"')[0]), "a reference to another file")
    page = driver.page(out / "report.html")
    check_clean(page, "before the attempts")
    page.run("""
        window.refused = [];
        addEventListener("securitypolicyviolation", (event) => window.refused.push(event.effectiveDirective));
        const script = document.createElement("script"); script.textContent = "window.pwned = 1"; document.body.append(script);
        const style = document.createElement("style"); style.textContent = "main { display: none }"; document.body.append(style);
        const image = new Image(); image.src = "http://127.0.0.1:9/x.png"; document.body.append(image);
        const frame = document.createElement("iframe"); frame.src = "http://127.0.0.1:9/"; document.body.append(frame);
        const button = document.createElement("button"); button.setAttribute("onclick", "window.pwned = 1");
        document.body.append(button); button.click();
        return fetch("http://127.0.0.1:9/").catch(() => 0).then(() => new Promise((done) => setTimeout(done, 200)));""")
    refused = set(page.run("return window.refused"))
    equal(refused, {"script-src-elem", "style-src-elem", "img-src", "frame-src", "script-src-attr", "connect-src"}, "what was refused")
    expect(not page.run('return "pwned" in window'), "an inserted script ran")
    expect(page.run('return getComputedStyle(document.querySelector("main")).display') != "none", "an inserted style holds")
    page.close()


def hostile(driver, folder):
    """Labels that try to break out stay text, whole, in every place and at every width."""
    labels = ["<script>window.pwned=1</script>", "\"><img src=x onerror=window.pwned=1>", "=1+1",
              "`touch pwned` $(touch pwned) ${1}", "Langt navn uden ende, som ingen har villet forkorte" * 6,
              "👩\u200d🏫 مدرسة \u202e", "</script><!-- ]]> --><script>window.pwned=1</script>"]
    out = make_world(folder)
    text = (out / "report.html").read_text(encoding="utf-8")
    expect(text.count("<script") == 3 and text.lower().count("</script") == 3, "not three scripts in the file")
    page = driver.page(out / "report.html")
    equal(page.run("return document.querySelectorAll('img, b > b, iframe, i').length"), 0, "elements out of labels")
    equal(page.run("return document.title"), "</title><script>window.pwned=1</script> & Co.", "the title")
    named = page.run("return [...document.querySelectorAll('#choose-r option')].map((one) => one.textContent)")
    heat = page.run("return [...document.querySelectorAll('#heat tbody th')].map((one) => one.textContent)")
    equal(heat, [], "a heat table of all professions")
    choose(page, "p", "p1")
    heat = page.run("return [...document.querySelectorAll('#heat tbody th')].map((one) => one.textContent)")
    for label in labels:
        expect(label in named, f"{label!r} can't be chosen")
        expect(label in heat, f"{label!r} is not in the heat table")
    seen = page.run("return document.body.innerText")
    for part in ("run 'it'\\''s a \"world\".yaml' --set 'a=<b>' -o DIR", "Seed 42", "Someone's <b>\"table\"</b>, 2020",
                 "Intake <script>window.pwned=1</script>", "tables/<b>.csv:3:4: warning:", "demand.s1 <script>", "world.yaml:12",
                 "{2026: 1100, then: hold}", "A note & more"):
        expect(part in seen, f"{part!r} is not on the page")
    for region in ("105", "106", "107", "k<&\"'>"):
        choose(page, "r", region)
        choose(page, "p", "p2")
        check_clean(page, f"region {region}")
    leave(page, "hostile")
    check_clean(page, "hostile")
    page.close()


def keyboard(driver, folder):
    """Every choice is reached by Tab, has a name, and works by keys."""
    page = driver.page(make_world(folder) / "report.html")
    reached = []
    for _ in range(12):
        page.key("Tab", 9)
        reached.append(page.run("return document.activeElement.id || document.activeElement.className || document.activeElement.tagName"))
        outline = page.run("return getComputedStyle(document.activeElement).outlineStyle")
        expect(outline != "none", f"{reached[-1]} shows no focus")
    equal(reached[:7], ["skip", "choose-s", "choose-v", "choose-r", "choose-p", "choose-k", "choose-year"], "the order of Tab")
    page.run("document.getElementById('choose-year').focus()")
    before = tiles(page)
    page.key("ArrowLeft", 37)
    equal(chosen(page)[2], 2029, "the slider, one key to the left")
    expect(tiles(page) != before, "the slider changes no tile")
    nameless = page.run("""return [...document.querySelectorAll("select, input, button, canvas, [role=region]")].filter((one) =>
        !one.closest("[hidden]") && !(one.labels?.length > 0) && !one.textContent.trim() && !one.getAttribute("aria-label") && !one.getAttribute("aria-labelledby"))
        .map((one) => one.id)""")
    equal(nameless, [], "parts without a name")
    check_clean(page, "keyboard")
    page.close()


def look(driver, folder):
    """Pictures and prints are left where a person can look; nothing is wider than the window."""
    for lang in ("da", "en"):
        page = driver.page(project(folder, PEDAGOGUES, lang) / "report.html")
        leave(page, f"paedagog-syddanmark-{lang}")
        check_clean(page, f"look {lang}")
        page.close()
    page = driver.page(make_world(folder, "da") / "report.html")
    choose(page, "p", "p1")
    leave(page, "world-da")
    check_clean(page, "look world")
    page.close()


CHANCES = {"da": ("under 1\u00a0%", "over 99\u00a0%", "\u00a0%"), "en": ("below 1%", "above 99%", "%")}


def check_spread(page, results, lang, what):
    """The table of the spread is results.csv; a chance is whole per cent and never certain."""
    cells = page.run("""return [...document.querySelectorAll("#spread tbody tr")].map((row) => [row.querySelector("th").textContent,
        [...row.querySelectorAll("td")].map((cell) => [cell.dataset.statistic, cell.dataset.value, cell.textContent])])""")
    scenario, variant, _, region, profession, _ = chosen(page)
    below, above, percent = CHANCES[lang]
    for year, row in cells:
        equal([one[0] for one in row], ["p05", "p25", "p50", "p75", "p95", "p_short"], f"{what}: columns")
        for statistic, value, text in row:
            wanted = results[scenario, variant, year, region, profession, "all", "gap", statistic]
            equal(value, wanted, f"{what}: {year} {statistic}")
            share = Decimal(wanted)
            if statistic == "p_short":
                equal(text, below if share < Decimal("0.005") else above if share > Decimal("0.995") else
                      said(common.rounded(wanted, 0, 2), lang) + percent, f"{what}: {year} chance")
            else:
                equal(text, plain(wanted, lang, sign=True), f"{what}: {year} {statistic}")
    return cells


def uncertain(driver, folder):
    """Drawn results: the line of the gap before its bands, a legend of them, and a table of quantiles and chances."""
    for lang, names in (("da", ["Midten af trækningerne", "50\u00a0% af trækningerne", "90\u00a0% af trækningerne"]),
                        ("en", ["Middle of the draws", "50% of draws", "90% of draws"])):
        out = draw(folder, PEDAGOGUES, lang, "--set", "programmes.paedagog.completion=0.6")
        with open(out / "results.csv", encoding="utf-8", newline="") as file:
            results = {(*Results.key(row), row["statistic"]): row["value"] for row in csv.DictReader(file)}
        page = driver.page(out / "report.html")
        equal(page.run("return [...document.querySelectorAll('#legend-gap li')].map((one) => one.textContent)"), names, f"{lang}: legend")
        for region in (chosen(page)[3], "461", "Syddanmark"):
            choose(page, "r", region)
            scenario, variant, _, region, profession, _ = chosen(page)
            cells = check_spread(page, results, lang, f"{lang} {region}")
            equal(len(cells), 23, f"{lang}: rows of the spread")
            lines = page.run("return charts.gap.data.datasets.map((one) => [one.data, one.fill === undefined ? null : one.fill.target])")
            equal([fill for _, fill in lines], [None, None, "-1", None, "-1"], f"{lang}: the band between two lines each")
            for (values, _), statistic in zip(lines, ("p50", "p25", "p75", "p05", "p95")):
                wanted = [results[scenario, variant, str(year), region, profession, "all", "gap", statistic] for year in range(2018, 2041)]
                equal([f"{value:.6f}" for value in values], wanted, f"{lang} {region}: {statistic} of the fan")
        equal(list(tiles(page))[-1], "p_short", f"{lang}: the last tile")
        leave(page, f"uncertain-{lang}")
        check_clean(page, f"uncertain {lang}")
        page.close()
    page = driver.page(project(folder, PEDAGOGUES, "en") / "report.html")
    equal(page.run("return document.getElementById('part-spread').hidden"), True, "no spread where nothing was drawn")
    check_clean(page, "certain")
    page.close()


def national(driver, folder):
    """The largest scenario: still small enough to send, and it says what is left out."""
    out = project(folder, "scenarios/velfaerd-danmark.yaml", "da")
    results = Results(out)
    size = (out / "report.html").stat().st_size
    expect(size < 2_000_000, f"{size} bytes")
    page = driver.page(out / "report.html")
    kept = page.run("return [...SERIES.values()].reduce((n, one) => n + one.values.filter((value) => value !== null).length, 0)")
    wanted = f"{said(Decimal(kept), 'da')} af {said(Decimal(len(results.rows)), 'da')} tal er med"
    expect(wanted in page.run("return document.body.innerText"), f"{wanted!r} is not on the page")
    for profession in ("sygeplejerske", "all"):
        choose(page, "p", profession)
        check_tiles(page, results, "da", profession)
        shown = page.run("return document.getElementById('part-heat').hidden ? 0 : document.querySelectorAll('#heat tbody tr').length")
        equal(shown, 98 if profession != "all" else 0, f"{profession}: rows of the heat table")
    choose(page, "r", "Midtjylland")
    check_table(page, results, "a group")
    choose(page, "r", "751")
    equal(page.run("return [...new Set([...document.querySelectorAll('#numbers td')].map((one) => one.dataset.measure))]"),
          ["supply", "demand", "gap", "shortage", "coverage"], "measures of a single region")
    leave(page, "velfaerd-danmark-da")
    check_clean(page, "national")
    page.close()


CHECKS = {one.__name__: one for one in (pedagogues, words, professions, assumptions, address, paper, choices, compare, table, policy, hostile, keyboard,
                                       look, national, uncertain)}

if browser.find() is None:
    print(f"none of {', '.join(browser.NAMES)} is installed: skipped")
    sys.exit(77)
with tempfile.TemporaryDirectory(prefix="fremskriv-report-") as temporary, browser.Browser() as opened:
    CHECKS[sys.argv[4]](opened, temporary)
print("\n".join(common.problems[:40]))
print(f"{common.checked} checks, {len(common.problems)} problems")
sys.exit(1 if common.problems else 0)
