#!/usr/bin/env python3
"""studio_page.py OUT: the studio as one file.

Puts what src/studio/page/index.html names, the engine of build-wasm and the program's data and scenarios into one HTML file that
opens without a network and without a server. Its content security policy lets run what is inside by its SHA-256 alone: no other
script, no style, no connection. tools/studio runs this.
"""

import base64
import gzip
import hashlib
import json
import pathlib
import re
import sys
from html import escape as html_text

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "src/studio/page"
ENGINE = ROOT / "build-wasm"
CHART = pathlib.Path("/usr/share/javascript/chart.js/chart.min.js")  # reports that the engine writes have it inside
PARTS = "<!-- engine -->"
LICENCES = "<!-- licences -->"
# What is in the page besides the libraries of tools/studio.sources, by the package whose copyright file says so.
INSTALLED = ("libjs-codemirror", "libjs-chart.js", "librandom123-dev", "emscripten")
POLICY = "<!-- policy -->"


def packed(data):
    """gzip, without the time, as base64: browsers unpack it themselves."""
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()


def files():
    """What the engine finds in its program folder, and Chart.js where the program looks for it."""
    found = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
             for pattern in ("data/**/*.csv", "scenarios/**/*.yaml") for path in sorted(ROOT.glob(pattern))}
    return {**found, str(CHART): CHART.read_text(encoding="utf-8")}


def embed(name, text, hashes):
    if re.search(r"</(script|style)", text, re.IGNORECASE):
        sys.exit(f"{name}: holds a tag that would end it inside a page")
    hashes.append(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
    return text


def licences():
    """Whose work is inside and under which licences: of the program, and of each package as Debian states it."""
    named = [line.split()[:2] for line in (ROOT / "tools/studio.sources").read_text().splitlines() if line and line[0] != "#"]
    parts = [("fremskriv", (ROOT / "COPYING").read_text(encoding="utf-8"))]
    for name, version in named:
        (stated,) = (ENGINE / "libraries/sources").glob(f"{name}-*/debian/copyright")
        parts.append((f"{name} {version}", stated.read_text(encoding="utf-8")))
    parts += [(name, pathlib.Path("/usr/share/doc", name, "copyright").read_text(encoding="utf-8")) for name in INSTALLED]
    head = ("This file is fremskriv with the libraries below, compiled together, under the GNU General Public License, version 3. "
            "Its source is that of fremskriv, which comes from where you had this file, and Debian's source packages of the names and "
            "versions below.")
    return html_text("\n\n".join([head, *(f"======== {name} ========\n\n{text.strip()}" for name, text in parts)]))


def page():
    scripts, styles = [], []
    html = (PAGE / "index.html").read_text(encoding="utf-8")

    def text_of(name):
        return (PAGE / name).read_text(encoding="utf-8")  # a name that begins with "/" stays as it is

    html = re.sub(r'<link rel="stylesheet" href="([^"]+)">',
                  lambda m: f"<style>{embed(m[1], text_of(m[1]), styles)}</style>", html)
    html = re.sub(r'<script src="([^"]+)"></script>',
                  lambda m: f"<script>{embed(m[1], text_of(m[1]), scripts)}</script>", html)
    policy = ("default-src 'none'; "
              f"script-src {' '.join(scripts)} 'wasm-unsafe-eval'; style-src {' '.join(styles)}; worker-src blob:; "
              "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'")
    glue = embed("fremskriv.js", (ENGINE / "fremskriv.js").read_text(encoding="utf-8"), [])
    engine = (f'<script type="text/plain" id="engine-glue">{glue}</script>\n'
              f'<script type="application/gzip" id="engine-wasm">{packed((ENGINE / "fremskriv.wasm").read_bytes())}</script>\n'
              f'<script type="application/gzip" id="engine-files">{packed(json.dumps(files(), ensure_ascii=False).encode())}</script>')
    for mark, put in ((LICENCES, licences()), (POLICY, f'<meta http-equiv="Content-Security-Policy" content="{policy}">'), (PARTS, engine)):
        if html.count(mark) != 1:
            sys.exit(f"index.html: not one {mark}")
        html = html.replace(mark, put)
    return html


def main():
    out = pathlib.Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page(), encoding="utf-8")
    print(f"{out}: {out.stat().st_size} bytes")


main()
