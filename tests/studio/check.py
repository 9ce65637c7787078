"""check.py PAGE PROGRAM LOOK CHECK: the studio in a headless browser, from file://.

PAGE is build/studio.html, which tools/studio makes; without it, or without a browser, the check is skipped. PROGRAM is the native
program, whose numbers the page must show. LOOK is where pictures are left for a person to look at. Every check ends with nothing
on the console, nothing refused by the page's policy and no request to elsewhere.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import studio
from studio import Studio, browser, equal, expect

PAGE, PROGRAM, LOOK = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
ROOT = pathlib.Path(__file__).resolve().parents[2]
INTAKE, COMPLETION = "programmes.paedagog.intake", "programmes.paedagog.completion"
PEDAGOGUES = "paedagog-syddanmark"


def native(folder, text):
    """results.csv of a scenario's text as the native program makes it, by (year, region, profession, sector, measure)."""
    path = pathlib.Path(folder) / "mit-scenarie.yaml"
    path.write_text(text, encoding="utf-8")
    out = pathlib.Path(folder) / "out"
    subprocess.run([PROGRAM, "run", path, "--variant", "base", "--quiet", "--force", "-o", out], cwd=ROOT, check=True)
    with open(out / "results.csv", encoding="utf-8", newline="") as file:
        return {(int(row["year"]), row["region"], row["profession"], row["sector"], row["measure"]): float(row["value"])
                for row in csv.DictReader(file)}


def same_numbers(page, folder, what):
    """What the page draws is what the native program says of the page's own text."""
    wanted = native(folder, page.text())
    for year in (2018, 2030, 2040):
        for measure in ("supply", "demand", "gap"):
            got = page.value(measure, year)
            expect(abs(got - wanted[year, "all", "paedagog", "all", measure]) < 1e-6, f"{what}: {measure} {year}: {got}")


def begin(driver, folder):
    """Open, the first chart, both languages."""
    page = Studio(driver, PAGE)
    equal(page.run("return document.documentElement.lang"), "da", "the first language")
    page.until("store.shipped", "the list of scenarios")
    licences = page.run("return document.getElementById('licences').textContent")
    for part in ("GNU GENERAL PUBLIC LICENSE", "== gsl ", "== sqlite3 ", "== zlib ", "== libxlsxwriter ", "== libjs-codemirror ", "== emscripten "):
        expect(part in licences, f"no {part} among the licences")
    equal(page.run("return document.querySelectorAll('#questions-list button').length"), 7, "starting questions")
    page.look(LOOK, "gallery")
    page.open(PEDAGOGUES)
    expect(page.run("return document.querySelectorAll('#balance path.line').length") == 2, "two lines without a change")
    same_numbers(page, folder, "at the beginning")
    expect(page.run("return document.getElementById('sentences').textContent").startswith("I 2035 har Syddanmark"), "the sentence")
    expect("Balancen er regnet fra 0 i 2018" in page.run("return document.getElementById('sentences').textContent"), "what gaps are counted from")
    page.click("language")
    page.quiet()
    expect(page.run("return document.getElementById('sentences').textContent").startswith("In 2035 Syddanmark has"), "the sentence in English")
    left = page.run("return [...document.querySelectorAll('[data-t]')].filter((one) => one.textContent === '').map((one) => one.dataset.t)")
    equal(left, [], "parts without words")
    page.clean("begin")


def starts(driver, folder):
    """Each starting question: its levers are there and first; each of them moves a number and is what the text says then."""
    page = Studio(driver, PAGE)
    page.until("store.shipped", "the list of scenarios")
    for scenario in page.run("return QUESTIONS.map((one) => one.scenario)"):
        page.click("home")
        page.open(scenario)
        chosen = page.run(f"return QUESTIONS.find((one) => one.scenario === '{scenario}').levers")
        shown = page.run("return [...document.querySelectorAll('.lever input[type=range]')].map((one) => one.id)")
        equal(shown[:len(chosen)], [Studio.lever(path) for path in chosen], f"{scenario}: the first levers")
        for path in chosen:
            value = page.run(f"""const lever = leverOf(store.parameters.find((one) => one.path === "{path}")), range = rangeOf(lever);
                setLever("{path}", lever.baseValue + (lever.baseValue > (range.min + range.max) / 2 ? -10 : 10) * range.step);
                return store.pending.value""")
            page.quiet()
            expect(page.run("return !store.stale"), f"{scenario}: {path}: {page.state()}")
            got = page.run(f"return leverOf(store.parameters.find((one) => one.path === '{path}')).value")
            expect(got is not None and abs(got - value) < 1e-9 * max(1, abs(value)), f"{scenario}: {path}: set to {value}, is {got}")
        expect(page.run("return document.querySelectorAll('#balance path.ghost').length > 0"), f"{scenario}: the base behind")
        page.look(LOOK, scenario)
    page.clean("starts")


def lever(driver, folder):
    """A lever writes the text, the text moves the lever; each change is a step; undo, redo, back to the base."""
    page = Studio(driver, PAGE, start=PEDAGOGUES)
    before = page.text()
    page.run("store.session.from = 2027")
    page.drag(INTAKE, 1200, 1300, 1400)
    page.quiet()
    expect(page.text().startswith(before), "the lever leaves what is in the text")
    equal(page.text()[len(before):].splitlines(), ["programmes:", "  paedagog:", "    intake: {from: 2027, value: 1400, covers: Syddanmark}"], "the lever's lines")
    same_numbers(page, folder, "after the lever")
    equal(page.run("return store.session.steps.length"), 2, "one drag is one step")
    equal(page.run("return document.querySelectorAll('#balance path.ghost').length"), 2, "the base behind")
    equal(page.run("return document.querySelectorAll('.lever.changed').length"), 1, "levers marked")
    page.drag(COMPLETION, 0.8)
    page.quiet()
    page.tab("text")
    page.until("editor.file === store.session.name", "the editor shows the text")
    page.write(page.text().replace("value: 1400", "value: 1500"))
    page.quiet()
    equal(page.run(f"return Number(document.getElementById('{page.lever(INTAKE)}').value)"), 1500, "the text moves the lever")
    same_numbers(page, folder, "after typing")
    page.click("undo")
    page.quiet()
    expect("value: 1400" in page.text() and "value: 1400" in page.run("return editor.code.getValue()"), "undo goes back in text and editor")
    page.click("redo")
    page.quiet()
    expect("value: 1500" in page.text(), "redo")
    page.run("document.querySelector('.lever.changed .back').click()")
    page.quiet()
    expect("intake" not in page.text() and "completion" in page.text(), "back to the base for one value")
    page.run("document.querySelector('#changes button').click()")
    page.quiet()
    equal(page.text(), before, "all back to the base")
    page.run(f"""const field = document.getElementById("{page.lever(COMPLETION)}").closest(".lever").querySelector(".value");
        field.focus(); field.value = "170"; field.dispatchEvent(new Event("change", {{bubbles: true}}))""")
    expect(page.run("return !document.querySelector('.wrong:not([hidden])') === false"), "a number outside the range is refused in words")
    equal(page.text(), before, "and changes nothing")
    page.clean("lever")


def errors(driver, folder):
    """A mistake is marked under its words; the last good numbers stay, and say so; mended, all is well."""
    page = Studio(driver, PAGE, start=PEDAGOGUES)
    page.drag(COMPLETION, 0.8)
    page.quiet()
    good = page.text()
    page.tab("text")
    page.until("editor.file === store.session.name", "the editor shows the text")
    page.write(good.replace("completion", "completoin"))
    page.until("store.stale && store.problems.length > 0", "the mistake is seen")
    expect("completoin" in page.run("return [...document.querySelectorAll('.mark-error')].map((one) => one.textContent).join(' ')"), "the mark is under the word")
    equal(page.run("return document.getElementById('stale').hidden"), False, "the page says that the numbers are old")
    expect("completion" in page.run("return document.getElementById('problems').textContent"), "what was meant is said")
    page.run("editor.code.refresh()")
    page.look(LOOK, "error")
    page.write(good)
    page.until("!store.stale && store.problems.length === 0", "mended")
    equal(page.run("return document.querySelectorAll('.mark-error').length"), 0, "marks are gone")
    equal(page.run("return document.getElementById('stale').hidden"), True, "nothing is old")
    same_numbers(page, folder, "mended")
    page.clean("errors")


def below(driver, folder):
    """The files below one's own are there to read, and a value of them is copied into one's own, where it is changed."""
    page = Studio(driver, PAGE, start=PEDAGOGUES)
    page.tab("text")
    page.until("document.querySelectorAll('#file option').length > 3", "the files that were read")
    page.run("return openFile('/fremskriv/scenarios/paedagog-syddanmark.yaml').then(() => 0)")
    expect(page.run("return editor.code.getOption('readOnly') && !document.getElementById('readonly').hidden"), "a file below is read only")
    page.run("const i = editor.code.getValue().split('\\n').findIndex((one) => one.startsWith('    unemployment:')); editor.code.setCursor({line: i, ch: 8})")
    page.run("return copyValue().then(() => 0)")
    page.quiet()
    expect("  paedagog:\n    unemployment: {value: 0.034" in page.text(), f"the value is copied with its source: {page.text()}")
    expect(page.run("return editor.file === store.session.name && !store.stale"), "the editor shows one's own scenario")
    same_numbers(page, folder, "a copied value changes nothing")
    page.clean("below")


def access(driver, folder):
    """Every control has a name, every picture words, every id is one; tabs follow the arrow keys; contrast in light and dark."""
    page = Studio(driver, PAGE, start=PEDAGOGUES)
    page.drag(INTAKE, 1400)
    page.quiet()
    for lang in ("da", "en"):
        for tab in ("more", "ask", "text", "history", "files"):
            page.tab(tab)
            page.quiet()
            nameless = page.run("""return [...document.querySelectorAll("button, input, select, textarea, summary, svg[role=img], [role=tab]")].filter((one) =>
                one.getClientRects().length > 0 && !one.closest(".CodeMirror") && (one.getAttribute("aria-label") ?? "").trim() === "" && one.textContent.trim() === "" &&
                [...(one.labels ?? [])].every((label) => label.textContent.trim() === "") && (one.title ?? "") === "").map((one) => one.outerHTML.slice(0, 120))""")
            equal(nameless, [], f"{lang}: {tab}: controls without a name")
        twice = page.run("""const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
            return ids.filter((one, i) => ids.indexOf(one) !== i)""")
        equal(twice, [], f"{lang}: ids that are twice")
        page.click("language")
        page.quiet()
    page.tab("more")
    page.run("document.getElementById('tab-more').focus()")
    page.page.key("ArrowRight", 39)
    equal(page.run("return document.body.dataset.tab + document.activeElement.id"), "asktab-ask", "an arrow key goes to the next tab")
    for scheme in ("light", "dark"):
        page.page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        page.tab("more")
        page.quiet()
        faint = page.run(CONTRAST)
        equal(faint, [], f"{scheme}: words that are hard to read")
        page.page.picture(LOOK / f"scheme-{scheme}.png")
    page.page.call("Emulation.setEmulatedMedia", features=[])
    LOOK.mkdir(parents=True, exist_ok=True)
    page.page.paper(LOOK / "print.pdf")
    page.clean("access")


# Words whose contrast to what is behind them is under 4.5 (3 for large ones): WCAG 2.1, 1.4.3.
CONTRAST = """
  const part = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
  const behindOf = (one) => {
    for (; one; one = one.parentElement) {
      const found = part(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] > 0.9) return found;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")].filter((one) => one.getClientRects().length > 0 && !one.closest("svg, .unseen, .skip, option, :disabled") &&
    [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "")).map((one) => {
      const style = getComputedStyle(one), a = light(part(style.color)), b = light(behindOf(one));
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), large = parseFloat(style.fontSize) >= 24;
      return ratio < (large ? 3 : 4.5) ? `${one.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}` : "";
    }).filter((text) => text !== "").slice(0, 5)"""


def kept(driver, folder):
    """Export, reload: all still there; the exported studio opens with everything in it."""
    down = pathlib.Path(folder) / "down"
    down.mkdir()
    page = Studio(driver, PAGE, start=PEDAGOGUES, downloads=down)
    page.drag(INTAKE, 1400)
    page.quiet()
    page.drag(COMPLETION, 0.8)
    page.quiet()
    page.click("undo")
    page.quiet()
    page.tab("history")
    page.look(LOOK, "history")
    page.tab("files")
    page.look(LOOK, "files")
    text, step = page.text(), page.run("return store.session.at")
    for name, ending in (("out-scenario", "yaml"), ("out-report", "html"), ("out-workbook", "xlsx"), ("out-csv", "csv"), ("out-svg", "svg"), ("out-png", "png")):
        page.click(name)
        wanted = down / f"{PEDAGOGUES}-min.{ending}"
        studio_wait(page, wanted, name)
        expect(wanted.is_file() and wanted.stat().st_size > 100, f"{name}: {[one.name for one in down.iterdir()]} {page.run('return document.getElementById(`out-status`).textContent')}")
    equal((down / f"{PEDAGOGUES}-min.yaml").read_text(encoding="utf-8"), text, "the scenario that is saved")
    expect((down / f"{PEDAGOGUES}-min.xlsx").read_bytes()[:2] == b"PK", "the workbook")
    expect("<svg" in (down / f"{PEDAGOGUES}-min.svg").read_text(encoding="utf-8"), "the chart")
    report = down / f"{PEDAGOGUES}-min.html"
    expect(report.is_file() and "Pædagoger" in report.read_text(encoding="utf-8"), "the report")
    report.unlink()
    page.click("out-studio")
    studio_wait(page, report, "out-studio")
    page.page.call("Page.reload")
    page.until('document.body?.dataset.state === "ready" && store.now && store.parameters.length > 0', "the page is back")
    page.quiet()
    equal((page.text(), page.run("return store.session.at"), page.run("return store.session.steps.length")), (text, step, 3), "after a reload")
    same_numbers(page, folder, "after a reload")
    page.clean("kept")
    page.page.close()
    sent = Studio(driver, report)
    sent.until("store.now && store.parameters.length > 0", "the sent studio shows its scenario")
    sent.quiet()
    equal((sent.text(), sent.run("return store.session.steps.length")), (text, 3), "the sent studio has the work and its steps")
    sent.clean("sent")


def studio_wait(page, path, what):
    page.run("return new Promise((done) => setTimeout(done, 100))")
    for _ in range(200):
        if path.is_file() and not list(path.parent.glob("*.crdownload")):
            return
        page.run("return new Promise((done) => setTimeout(done, 50))")
    studio.problems.append(f"{what}: no {path.name}")


def ask(driver, folder):
    """Questions: what closes the gap, why, what my changes did, how sure it is, variants; a pinned state is behind."""
    page = Studio(driver, PAGE, start=PEDAGOGUES)
    page.drag(INTAKE, 1400)
    page.quiet()
    page.tab("ask")
    def answered(name):
        page.click(name)
        page.quiet()
        return page.run("return document.getElementById('ask-answer').innerText")
    expect("Optag" in answered("ask-solve"), "solve speaks of the lever")
    page.click("use-answer")
    page.quiet()
    expect(abs(page.value("gap", 2035)) < 5, f"the answer closes the gap: {page.value('gap', 2035)}")
    expect("Folkepensionsalder" in answered("ask-why"), "why it changes")
    page.look(LOOK, "ask-why")
    expect("Optag" in answered("ask-difference"), "what my changes did")
    rows = page.run("return [...document.querySelectorAll('#ask-answer tbody tr')].map((one) => one.innerText)")
    expect(len(rows) == 3, f"start, one change, end: {rows}")
    expect(answered("ask-sure") != "" and page.run("return document.querySelectorAll('#balance .band').length") == 1, "the band")
    page.look(LOOK, "ask-sure")
    expect("Frafaldet halveres" in answered("ask-variants"), "variants")
    page.look(LOOK, "ask-variants")
    page.click("pin")
    page.quiet()
    page.drag(INTAKE, 1600)
    page.quiet()
    expect("fastholdte" in page.run("return document.getElementById('sentences').textContent"), "the pinned state is what is compared with")
    page.clean("ask")


def hostile(driver, folder):
    """Scripts in labels, names and files; what is no scenario; a file that is too large; a foreign studio file."""
    page = Studio(driver, PAGE, start=PEDAGOGUES)
    evil = "</script><img src=x onerror=pwned=1><b>"
    text = f"""fremskriv: 1
extends: {PEDAGOGUES}.yaml
title: {{da: {json.dumps(evil)}, en: {json.dumps(evil)}}}
professions: {{paedagog: {{label: {{da: {json.dumps(evil)}, en: {json.dumps(evil)}}}}}}}
programmes: {{paedagog: {{completion: {{value: 0.8, source: {json.dumps(evil)}}}}}}}
"""
    def drop(name, content):
        page.run(f"return takeFiles([new File([{json.dumps(content)}], {json.dumps(name)})]).then(() => 0)")
        page.quiet()
    drop(evil + ".yaml", text)
    expect(page.value("supply", 2030) is not None, "the scenario with scripts is projected")
    for tab in ("more", "ask", "text", "history", "files"):
        page.tab(tab)
        page.quiet()
    page.run("document.querySelectorAll('.lever details').forEach((one) => { one.open = true; })")
    equal(page.run("return document.querySelectorAll('main img, main b b').length"), 0, "elements made of labels")
    before = page.text()
    drop("x.html", "<script id=saved type=application/json>{\"session\": {\"name\": 1}}</script>")
    expect("x.html" in page.run("return document.getElementById('notice').textContent"), "a foreign page is refused by name")
    page.run("return takeFiles([{name: 'big.yaml', size: 60e6}]).then(() => 0)")
    expect("50" in page.run("return document.getElementById('notice').textContent"), "a large file is refused by its size")
    equal(page.text(), before, "refused files change nothing")
    drop("junk.yaml", "[" * 20000)
    expect(page.run("return store.stale && store.problems.length > 0"), "what is no scenario gives a problem")
    drop("../../outside.yaml", text)
    equal(page.run("return store.session.name").count("/"), 0, "a path is a name")
    page.clean("hostile")


def exported(driver, folder):
    """`studio --export` puts a scenario and what it reads into the page, which opens at it and shows the native numbers."""
    evil = "</script><img src=x onerror=pwned=1>"
    where, out = pathlib.Path(folder), pathlib.Path(folder) / "mine.html"
    (where / "mine.yaml").write_text(f"fremskriv: 1\nextends: [{PEDAGOGUES}.yaml, beside.yaml]\ntitle: {{da: {json.dumps(evil)}, en: Mine}}\n", encoding="utf-8")
    (where / "beside.yaml").write_text(f"# {evil}\nfremskriv: 1\nprogrammes: {{paedagog: {{completion: 0.7}}}}\n", encoding="utf-8")
    home = where / "program"  # PAGE, also for a program of another tree than the one that it was made in
    home.mkdir()
    for name, path in (("studio.html", PAGE), ("data", ROOT / "data"), ("scenarios", ROOT / "scenarios")):
        (home / name).symlink_to(path)
    subprocess.run([PROGRAM, "studio", "--export", out, where / "mine.yaml", "--quiet", "--lang", "da"], cwd=ROOT, check=True,
                   env=os.environ | {"FREMSKRIV_DATA": str(home)})
    page = Studio(driver, out)
    page.until("store.session && store.now", "the scenario that was put in")
    page.quiet()
    equal(page.run("return store.session.name"), "mine.yaml", "the scenario's name")
    equal(page.run("return document.getElementById('title').textContent"), evil, "its title, as text")
    same_numbers(page, folder, "the exported scenario")
    page.clean("exported")


def without(driver, folder):
    """Without WebAssembly the page says so in words, at once; how fast is printed."""
    text = PAGE.read_text(encoding="utf-8")
    path = pathlib.Path(folder) / "studio.html"
    path.write_text(text, encoding="utf-8")
    target = driver.page("/dev/null")
    target.call("Page.addScriptToEvaluateOnNewDocument", source="delete window.WebAssembly")
    target.call("Page.navigate", url=path.as_uri())
    page = Studio.__new__(Studio)
    page.page = target
    page.until("document.getElementById('notice') && !document.getElementById('notice').hidden", "the page speaks", 20)
    print(f"says so {page.run('return Math.round(page.saidNo)')} ms after it was opened")
    expect("WebAssembly" in page.run("return document.getElementById('notice').textContent"), "the page names what is lacking")


CHECKS = {one.__name__: one for one in (begin, starts, lever, errors, below, kept, ask, access, hostile, exported, without)}


def main():
    if browser.find() is None or not PAGE.is_file():
        print(f"skipped: {'no browser' if browser.find() is None else f'{PAGE} is made by tools/studio'}")
        return 77
    with tempfile.TemporaryDirectory() as folder, browser.Browser() as driver:
        CHECKS[sys.argv[4]](driver, folder)
    for problem in studio.problems:
        print(problem)
    print(f"{studio.checked} checked, {len(studio.problems)} problems")
    return 1 if studio.problems or studio.checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
