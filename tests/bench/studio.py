"""studio.py [PAGE]: how fast the studio is in a headless browser, as a table for docs/studio.md: medians, and the least, which other
work on the machine moves little.

PAGE is build/studio.html where it is not named; tools/studio makes it.
"""

import json
import os
import pathlib
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/studio"))
from studio import Studio, browser  # noqa: E402

DRAG = """
  const path = %s, lever = leverOf(store.parameters.find((one) => one.path === path)), slider = document.getElementById(%s), range = rangeOf(lever);
  const frame = () => new Promise((done) => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
  return (async () => {
    const took = [];
    for (let i = 0; i < %d; i++) {
      const seen = store.now, start = performance.now();
      slider.value = String(range.min + (range.max - range.min) * (0.3 + 0.4 * ((i * 7) %% 50) / 50));
      slider.dispatchEvent(new Event("input", {bubbles: true}));
      while (store.now === seen) await frame();
      took.push(performance.now() - start);
      await new Promise((done) => setTimeout(done, 20));
    }
    return took;
  })();
"""


def drag(page, path, times):
    return page.run(DRAG % (json.dumps(path), json.dumps(Studio.lever(path)), times))


def ms(values):
    ordered = sorted(values)
    return f"{statistics.median(ordered):.0f} ms, least {ordered[0]:.0f}"


def row(what, goal, value):
    print(f"| {what} | {goal} | {value} |")


def memory(page):
    return page.run("return engine.ask('version').then((answer) => answer.memory)")


def main():
    path = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/studio.html")
    print(f"processors {os.cpu_count()}, load before {os.getloadavg()[0]:.1f}")
    print("| what | goal | measured |\n|---|---|---|")
    with browser.Browser() as driver:
        page = Studio(driver, path, start="paedagog-syddanmark")
        first = []
        for _ in range(7):
            page.page.call("Page.reload")
            page.until("document.body?.dataset.state === 'ready' && store.firstChart", "the first chart")
            first.append(page.run("return store.firstChart"))
            page.quiet()
        row("open to first chart, file://", "≤ 500 ms", ms(first))
        drag(page, "programmes.paedagog.intake", 10)
        row("lever to chart, KKR", "≤ 16 ms", ms(drag(page, "programmes.paedagog.intake", 100)))
        page.tab("ask")
        draws = []
        for _ in range(5):
            page.click("ask-sure")
            page.quiet()
            draws.append(page.run("return ask.took"))
        row("1000 draws of one KKR, fan drawn", "≤ 1000 ms", ms(draws))
        page.tab("more")
        before = memory(page)
        for _ in range(20):
            drag(page, "programmes.paedagog.intake", 50)
        row("memory of the engine before and after 1000 edits", "no growth", f"{before / 2**20:.0f}, {memory(page) / 2**20:.0f} MiB")
        page.click("home")
        page.open("velfaerd-danmark")
        drag(page, "programmes.paedagog.intake", 10)
        row("lever to chart, country", "≤ 40 ms", ms(drag(page, "programmes.paedagog.intake", 100)))
    row("size of the file", "≤ 3 MB", f"{path.stat().st_size / 1e6:.2f} MB")
    print(f"load after {os.getloadavg()[0]:.1f}")


main()
