"""`sensitivity` as people meet it: files, columns, words, charts, the same bytes on any number of threads, an end by Ctrl-C.

    check.py PROGRAM
"""

import json
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import asked

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SCENARIO, GAP = "scenarios/paedagog-syddanmark.yaml", "gap:paedagog:all:2035"
HEADER = "scenario,variant,method,address,parameter,index,value,low,high"
INDICES = {"tornado": ["at_p10", "at_p90"], "morris": ["mu", "mu_star", "sigma"], "sobol": ["first", "total"]}
must = asked.must
# What the scenario says is uncertain, and what it takes from its base files.
PARAMETERS = {"leaving", "unemployment"}


def ask(*words, status=0):
    return asked.run(PROGRAM, ROOT, "sensitivity", SCENARIO, "--of", GAP, *words, status=status)


def run_at(*sets):
    """The gap of 2035 by `run`."""
    words = [word for one in sets for word in ("--set", one)]
    out = asked.run(PROGRAM, ROOT, "run", SCENARIO, "--variant", "base", "--measure", "gap", "--year", "2035", "--region", "all",
                    *words, "-o", "-")
    return float(next(r["value"] for r in asked.rows(out) if r["sector"] == "all"))


def check_methods(folder):
    PARAMETERS.update(r["parameter"] for r in asked.rows(ask("-o", "-")))
    for method, indices in INDICES.items():
        out = ask("--method", method, "-o", "-")
        must(out.startswith(HEADER + "\n"), f"{method}: header {out.splitlines()[0]}")
        rows = asked.rows(out)
        must({r["parameter"] for r in rows} == PARAMETERS, f"{method}: {rows}")
        must([r["index"] for r in rows] == indices * len(PARAMETERS), f"{method}: {rows}")
        must({(r["scenario"], r["variant"], r["method"], r["address"]) for r in rows}
             == {("paedagog-syddanmark", "base", method, GAP)}, f"{method}: {rows}")
        for row in rows:
            must(float(row["low"]) <= float(row["value"]) <= float(row["high"]) or method == "sobol", f"{method}: {row}")
        for threads in ("1", "2"):
            ask("--method", method, "--format", "csv,json,svg", "-o", f"{folder}/{method}-{threads}", "--threads", threads)
        for path in (pathlib.Path(folder) / f"{method}-1").rglob("*"):
            other = pathlib.Path(folder) / f"{method}-2" / path.relative_to(pathlib.Path(folder) / f"{method}-1")
            must(path.is_dir() or path.read_bytes() == other.read_bytes(), f"{method}: threads change {path.name}")
        must((pathlib.Path(folder) / f"{method}-1/sensitivity.csv").read_text(encoding="utf-8") == out, f"{method}: another file")


def check_tornado():
    """Both ends are what `run` gives with the quantile: of a normal number of sd 0.02, and of a triangular one."""
    rows = {(r["parameter"], r["index"]): float(r["value"]) for r in asked.rows(ask("-o", "-"))}
    completion = next(p for p in PARAMETERS if "completion" in p)
    low, high = run_at("programmes.paedagog.completion+=-0.0256310313 from 2021"), \
        run_at("programmes.paedagog.completion+=0.0256310313 from 2021")
    must(abs(rows[completion, "at_p10"] - low) < 1e-3, f"completion at 10 %: {rows[completion, 'at_p10']}, not {low}")
    must(abs(rows[completion, "at_p90"] - high) < 1e-3, f"completion at 90 %: {rows[completion, 'at_p90']}, not {high}")
    quantile = 0.055 - (0.1 * (0.055 - 0.015) * (0.055 - 0.034)) ** 0.5
    known = run_at(f"professions.paedagog.unemployment={quantile:.9f} from 2021")
    must(abs(rows["unemployment", "at_p90"] - known) < 1e-3, f"unemployment: {rows['unemployment', 'at_p90']}, not {known}")


def check_words(folder):
    english, danish = ask("--lang", "en"), ask("--lang", "da")
    must("What moves it most" in english and "Completion: Pedagogue programme" in english, english)
    must("Det flytter resultatet mest" in danish and "Gennemførelse: Pædagoguddannelsen" in danish, danish)
    must("Most of its variance comes of" in " ".join(ask("--method", "sobol", "--points", "64", "--lang", "en").split()), "sobol in words")
    ask("--format", "csv,html,xlsx,sqlite,json,svg,png", "-o", f"{folder}/all")
    out = pathlib.Path(folder) / "all"
    with sqlite3.connect(out / "sensitivity.sqlite") as base:
        must(base.execute("SELECT count(*) FROM sensitivity").fetchone()[0] == 2 * len(PARAMETERS), "rows of the database")
    must(set(json.loads((out / "sensitivity.json").read_text(encoding="utf-8"))) >= {"sensitivity", "ranking"}
         or "ranking" in (out / "sensitivity.json").read_text(encoding="utf-8"), "JSON")
    must((out / "charts/sensitivity.svg").exists() and (out / "report.html").exists(), "chart and report")
    ranks = asked.rows((out / "ranking.csv").read_text(encoding="utf-8"))
    must([float(r["width"]) for r in ranks] == sorted((float(r["width"]) for r in ranks), reverse=True), f"order: {ranks}")
    must([r["rank"] for r in ranks] == [str(i + 1) for i in range(len(PARAMETERS))], f"ranks: {ranks}")


def check_choices():
    rows = asked.rows(ask("--variant", "base", "--variant", "frafald_halveres", "-o", "-"))
    must([r["variant"] for r in rows] == ["base"] * 2 * len(PARAMETERS) + ["frafald_halveres"] * 2 * len(PARAMETERS), f"variants: {rows}")
    rows = asked.rows(ask("--vary", "programmes.paedagog.intake*=0.9:1.1", "-o", "-"))
    must([r["parameter"] for r in rows] == ["programmes.paedagog.intake*"] * 2, f"varied: {rows}")
    rows = asked.rows(ask("--set", "uncertain.leaving=~", "-o", "-"))
    must({r["parameter"] for r in rows} == PARAMETERS - {"leaving"}, f"--set: {rows}")
    ask("--set", "uncertain=~", status=3)
    ask("--method", "sobol", "--points", "1000", status=2)
    ask("--werror", "--diagnostics", "json", "-o", "-")
    one, other = (ask("--method", "sobol", "--points", "64", "-o", "-", "--seed", seed) for seed in ("1", "2"))
    must(one == ask("--method", "sobol", "--points", "64", "-o", "-") and one != other, "seeds")


def check_interrupt(folder):
    """Ctrl-C ends a long one at once, and leaves nothing."""
    out = pathlib.Path(folder) / "never"
    words = [PROGRAM, "sensitivity", SCENARIO, "--of", GAP, "--method", "sobol", "--points", "262144", "-o", str(out)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(1.5)
        asked_at = time.monotonic()
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
        must(time.monotonic() - asked_at < 10, "Ctrl-C takes long")
        must(running.returncode in (130, -2), f"Ctrl-C: exit status {running.returncode}")
    must(not out.exists(), "an interrupted command leaves a folder")


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_methods(folder)
        check_tornado()
        check_words(folder)
        check_choices()
        check_interrupt(folder)
    print("\n".join(asked.problems) or "0 problems")
    return 1 if asked.problems else 0


if __name__ == "__main__":
    sys.exit(main())
