"""`studio --export`: the page with scenarios put into it. The page itself is tested elsewhere; here it is a few lines that have its
element for what is saved.

studio.py PROGRAM CHECK"""

import json
import re
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from command import ROOT, Command, main, must, same

HEAD, EMPTY, TAIL = "<!doctype html><p>æ</p>\n", '<script type="application/json" id="saved">null</script>', "\n<script>1</script>"
SCENARIO = """fremskriv: 1
extends: [base/denmark.yaml, other.yaml]
title: {{da: "{title}", en: "{title}"}}
years: {{base: 2020, until: 2025}}
professions:
  p: {{label: {{da: Fag, en: Trade}}, cohorts: {{persons: 700, ages: {{table: own/ages.csv, column: persons}}, split: equal}}}}
demand:
  job: {{employment: {{p: 300}}, split: equal, follows: constant, standard: 1}}
"""
HOSTILE = "</script><script>alert(1)</script><!--"


class Work(Command):
    """The program with a folder of its own: data and scenarios of the project, and a page."""

    def __init__(self, program, folder):
        super().__init__(program, folder)
        self.put("program/studio.html", HEAD + EMPTY + TAIL)
        for name in ("data", "scenarios"):
            (folder / "program" / name).symlink_to(ROOT / name)
        self.put("mine/m.yaml", SCENARIO.format(title=HOSTILE))
        self.put("mine/other.yaml", "fremskriv: 1\n# " + HOSTILE + "\n")
        self.put("mine/own/ages.csv", "age,persons\n" + "".join(f"{age},1\n" for age in range(17, 75)))

    def run(self, *words, **how):
        return super().run(*words, env={"FREMSKRIV_DATA": str(self.folder / "program")}, **how)

    def saved(self, name):
        page = (self.folder / name).read_text(encoding="utf-8")
        must(page.startswith(HEAD) and page.endswith(TAIL), page)
        found = re.fullmatch(r'<script type="application/json" id="saved">([^<]*)</script>', page[len(HEAD):-len(TAIL)])
        must(found, page)
        return json.loads(found[1])


def exports(work):
    """Without a scenario the page is as it was built; with some, it has them, and only what is not the program's own."""
    _, said = work.run("studio", "--export", "a.html")
    must("a.html is written" in said, said)
    same((work.folder / "a.html").read_text(encoding="utf-8"), HEAD + EMPTY + TAIL, "the page")
    _, said = work.run("studio", "--export", "b.html", "mine/m.yaml", "program/scenarios/sosu-danmark.yaml", "--lang", "da")
    must("b.html er skrevet" in said, said)
    saved = work.saved("b.html")
    session = saved["session"]
    same(saved["lang"], "da", "language")
    same(session["name"], "m.yaml", "name")
    same(session["text"], (work.folder / "mine/m.yaml").read_text(encoding="utf-8"), "text")
    same([step["text"] for step in session["steps"]], [session["text"]], "steps")
    same(sorted(session["files"]), ["other.yaml", "own/ages.csv"], "files")
    same(session["title"]["da"], HOSTILE, "title")
    work.run("studio", "--export", "c.html", "mine/m.yaml")
    must(work.saved("c.html")["session"]["from_file"] > 0, "from_file")


def hostile(work):
    """No text of a scenario or a file begins or ends a tag of the page."""
    work.run("studio", "--export", "b.html", "mine/m.yaml", "--quiet")
    page = (work.folder / "b.html").read_text(encoding="utf-8")
    same(page.count("<script"), 2, "scripts")
    same(page.count("</script"), 2, "ends of scripts")
    same(page.count("<!--"), 0, "comments")
    same(work.saved("b.html")["session"]["files"]["other.yaml"], "fremskriv: 1\n# " + HOSTILE + "\n", "the other file")


def refuses(work):
    """What can't be put into a page is an error, and nothing is written then, in place of an older page either."""
    work.put("old.html", "old")

    def refused(text, status, *words):
        _, said = work.run("studio", *words, status=status)
        must(text in said, said)
        same((work.folder / "old.html").read_text(), "old", "the older file")

    refused("studio needs the name of the file", 2, "mine/m.yaml")
    refused("mine/none.yaml", 3, "--export", "old.html", "mine/none.yaml")
    work.put("mine/sub/n.yaml", SCENARIO.format(title="n").replace("own/ages.csv", "../own/ages.csv").replace(", other.yaml", ""))
    refused("its name leads out of the scenario's folder", 3, "--export", "old.html", "mine/sub/n.yaml")
    work.put("else/m.yaml", SCENARIO.format(title="e").replace("own/ages.csv", "../mine/own/ages.csv").replace(", other.yaml", "").replace("\n", "\nname: e\n", 1))
    refused("another file has the same name", 3, "--export", "old.html", "mine/m.yaml", "else/m.yaml")
    work.put("program/studio.html", "<p>another page")
    refused("not the studio's page", 3, "--export", "old.html")
    (work.folder / "program/studio.html").unlink()
    refused("built without the studio's page", 2, "--export", "old.html")
    work.put("program/studio.html", HEAD + EMPTY + TAIL)
    before = work.tree("mine")
    work.run("studio", "--export", "mine/m.yaml", "mine/m.yaml", status=5)
    same(work.tree("mine"), before, "what was read")


main(Work, exports, hostile, refuses)
