"""What the checks of the studio share: opening the page, waiting for its engine, moving levers, typing. See check.py."""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import browser  # noqa: E402

problems = []
checked = 0


def expect(right, what):
    global checked
    checked += 1
    if not right:
        problems.append(what)


def equal(got, wanted, what):
    expect(got == wanted, f"{what}: {got!r}, not {wanted!r}")


class Studio:
    """The page in a browser."""

    def __init__(self, driver, path, width=1280, height=900, start=None, downloads=None, ready=True):
        self.page = driver.page(path, width, height, downloads=downloads)
        if ready:
            self.until('document.body.dataset.state === "ready"', "the engine starts")
        if start:
            self.open(start)

    def run(self, script):
        return self.page.run(script)

    def until(self, condition, what, seconds=30):
        """Waits until an expression holds."""
        end = time.monotonic() + seconds
        while not self.run(f"return Boolean({condition})"):
            if time.monotonic() > end:
                raise RuntimeError(f"{what}: not after {seconds} s: {condition}: {self.state()}")
            time.sleep(0.02)

    def state(self):
        return self.run("return typeof store === 'undefined' ? 'no page yet' : document.getElementById('notice').textContent + ' ' + JSON.stringify(store.problems ?? []).slice(0, 400)")

    def quiet(self):
        """Waits until nothing is under way and the levers show what the text says."""
        self.run("return new Promise((done) => setTimeout(done, 250))")
        self.until("!engine.current && engine.waiting.length === 0 && !(side && side.current) && !store.pending", "the engine rests")

    def open(self, scenario):
        """Opens a shipped scenario from the first screen."""
        self.until("store.shipped", "the list of scenarios")
        if self.run("return document.getElementById('gallery').hidden"):
            self.click("home")
        self.run(f"document.querySelector('[data-scenario=\"{scenario}\"]').click()")
        self.until("store.now && store.parameters.length > 0", f"{scenario} is projected")
        self.until("store.ranks", f"{scenario}: levers are ranked", 180)
        self.quiet()

    def click(self, name):
        self.run(f"document.getElementById({json.dumps(name)}).click()")

    def tab(self, name):
        self.click(f"tab-{name}")

    @staticmethod
    def lever(path):
        return "lever-" + "".join(c if c.isalnum() or c in "_-" else "_" for c in path)

    def drag(self, path, *values):
        """Moves a slider over values, as a hand does."""
        for value in values:
            self.run(f"""const slider = document.getElementById("{self.lever(path)}");
                slider.value = "{value}"; slider.dispatchEvent(new Event("input", {{bubbles: true}}));
                return new Promise((done) => requestAnimationFrame(() => done()))""")

    def text(self):
        return self.run("return ownText()")

    def write(self, text):
        """Puts a text into the editor, as typing does."""
        self.run(f"editor.code.setValue({json.dumps(text)})")

    def value(self, measure, year, **other):
        """What the page holds of a result."""
        what = {"region": "all", "profession": "paedagog", "sector": "all", "measure": measure, **other}
        return self.run(f"return store.now.at({json.dumps(what)}, {year})")

    def clean(self, what):
        for complaint in self.page.complaints():
            expect(False, f"{what}: {complaint}")
        expect(not self.run('return "pwned" in window'), f"{what}: a text ran as a script")

    def fits(self, what):
        """Nothing reaches beyond the window."""
        cut = self.run("""return [...document.querySelectorAll("main *, header *")].filter((one) =>
            one.getClientRects().length > 0 && !one.closest(".scroll, .CodeMirror, .tabs, option, select, [hidden], .skip, .unseen, svg") &&
            (one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5))
            .map((one) => one.tagName + " " + one.id + " " + one.textContent.slice(0, 40)).slice(0, 5)""")
        equal(cut, [], f"{what}: parts beyond the window")
        width, content = self.run("return [innerWidth, document.documentElement.scrollWidth]")
        expect(content <= width, f"{what}: the page is {content} wide in a window of {width}")

    def look(self, folder, name):
        folder.mkdir(parents=True, exist_ok=True)
        for width, height in ((1280, 900), (390, 844)):
            self.page.size(width, height, width < 500)
            self.run("return new Promise((done) => setTimeout(done, 400))")
            self.fits(f"{name} at {width}")
            self.page.picture(folder / f"{name}-{width}.png")
        self.page.size(1280, 900)
        self.run("return new Promise((done) => setTimeout(done, 300))")
