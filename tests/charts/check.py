"""check.py PROGRAM MADE CHECK LOOK: the charts that are written.

scenario         of shipped scenarios: every text inside the canvas and clear of the others, every line where results.csv has it
compare          of comparisons: every line has its name and is where compare.csv has it
made             of made-up numbers, with labels that mean harm: kinds of charts that no scenario at hand shows
same_bytes       nothing about the user, the time or the place changes a chart
without_librsvg  no librsvg, no font, a librsvg that fails: what is reported, and that nothing is written
formats          a PDF opens, a PNG has its size, the manifest lists all
gallery          docs/gallery holds what its page shows, small and whole
look             PNGs of all in the folder LOOK, for people
"""

import csv
import ctypes
import functools
import hashlib
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from svg import Chart, NUMBER  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM, MADE = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
CHECK, LOOK = sys.argv[3], pathlib.Path(sys.argv[4])
PEDAGOGUES = ROOT / "scenarios/paedagog-syddanmark.yaml"
COUNTRY = ROOT / "scenarios/velfaerd-danmark.yaml"
NAMES = {"en": {"supply": "Supply", "demand": "Demand"}, "da": {"supply": "Udbud", "demand": "Efterspørgsel"}}

problems = []
checked = 0


def expect(right, what):
    global checked
    checked += 1
    if not right:
        problems.append(what)


def run(scenario, out, formats, lang="en", verb="run", **environment):
    command = [PROGRAM, verb, str(scenario), "--format", formats, "--lang", lang, "-o", str(out), "--quiet"]
    return subprocess.run(command, env={**os.environ, **environment}, cwd=pathlib.Path(out).parent, capture_output=True,
                          text=True, timeout=300)


@functools.cache
def table(out):
    """{(region, profession, measure): {year: value}} of results.csv, over all sectors."""
    found = {}
    with open(out / "results.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["variant"] == "base" and row["sector"] == "all" and row["statistic"] == "point":
                series = found.setdefault((row["region"], row["profession"], row["measure"]), {})
                series[int(row["year"])] = float(row["value"])
    return found


def results(out, region, profession, measure):
    return table(out)[region, profession, measure]


def written(value, lang, decimals=0):
    """A number as people read it."""
    text = f"{abs(value):,.{decimals}f}"
    if lang == "da":
        text = text.translate(str.maketrans(",.", ".,"))
    return ("−" if value < 0 and text.strip("0.,") else "") + text


def linear(pairs):
    """(slope, level, greatest distance) of the straight line through (x, y) pairs, by its two ends."""
    (x0, y0), (x1, y1) = min(pairs), max(pairs)
    slope = (y1 - y0) / (x1 - x0)
    return slope, y0 - slope * x0, max(abs(y0 + slope * (x - x0) - y) for x, y in pairs)


def check_supply_demand(chart, out, region, profession, lang):
    values = {name: results(out, region=region, profession=profession, measure=measure) for measure, name in NAMES[lang].items()}
    years = sorted(values[NAMES[lang]["supply"]])
    pairs = []
    for name, series in values.items():
        line = chart.line(name, len(years))
        pairs += [(series[year], y) for year, (_, y) in zip(years, line)]
        across = linear([(year, x) for year, (x, _) in zip(years, line)])
        expect(across[2] < 0.02, f"{chart.name}: the years are {across[2]} pixels off")
        end = [text for text in chart.texts if text.text == f"{name} {written(series[years[-1]], lang)}"]
        expect(len(end) == 1, f"{chart.name}: the last value {series[years[-1]]} does not stand at its line's end")
        expect(all(text.x > line[-1][0] and abs(text.middle - line[-1][1]) < 20 for text in end), f"{chart.name}: {name} is not beside its line")
    slope, level, off = linear(pairs)
    expect(slope < 0 and off < 0.02, f"{chart.name}: the values are {off} pixels off")
    axis = [text for text in chart.texts if text.box[2] < chart.lines[0][1][0][0] + 1 and NUMBER.fullmatch(text.text.replace(".", "").replace(",", ""))]
    expect(len(axis) >= 3, f"{chart.name}: the axis has {len(axis)} numbers")
    for text in axis:
        value = float(text.text.replace(".", "").replace(",", ""))
        expect(abs(slope * value + level - text.middle) < 0.5, f"{chart.name}: {text.text} is beside another value")


def check_flows(chart, out, region, profession, lang):
    stock = results(out, region=region, profession=profession, measure="stock")
    years = sorted(stock)
    change = written(stock[years[-1]] - stock[years[-2]], lang)
    net = {"en": "Net change", "da": "Nettoændring"}[lang]
    expect(f"{net} {change}" in chart.words, f"{chart.name}: the net change is not that of the stock, {change}")


def check_coverage(chart, out, profession, names):
    rows = {}
    for text in chart.texts:
        rows.setdefault(round(text.middle), []).append(text)
    for key, name in names.items():
        row = [texts for texts in rows.values() if any(text.text == name for text in texts)]
        if len(row) != 1:
            expect(False, f"{chart.name}: {name} has {len(row)} rows")
            continue
        shown = [text.text for text in sorted(row[0], key=lambda text: text.x) if text.text != name]
        series = results(out, region=key, profession=profession, measure="coverage")
        expect(shown == [f"{100 * value:.0f}" for _, value in sorted(series.items())], f"{chart.name}: {name}: {shown}")
    tops = {name: text.middle for name in names.values() for text in chart.texts if text.text == name}
    last = {name: max(results(out, key, profession, "coverage").items())[1] for key, name in names.items()}
    order = sorted(last, key=last.get, reverse=True)
    expect(order == sorted(tops, key=tops.get), f"{chart.name}: the rows are not sorted by the last year")


def municipalities():
    with open(ROOT / "data/denmark/municipalities.csv", newline="", encoding="utf-8") as file:
        return {row["code"]: (row["name"], row["kkr"]) for row in csv.DictReader(file)}


def charts_of(out):
    charts = {}
    for path in sorted((out / "charts").iterdir()):
        charts[path.stem] = Chart(path)
        problems.extend(charts[path.stem].misplaced())
    return charts


def check_words(charts, lang):
    """What people read is in one language."""
    alien = {"en": ("Kilde", "årsværk", "Udbud", "Overskud", "Mangel"), "da": ("Source", "Supply", "Demand", "Surplus", "Shortage")}
    for chart in charts.values():
        text = " ".join(chart.words)
        expect(not any(word in text for word in alien[lang]), f"{chart.name}: not all is {lang}: {text[:200]}")
        expect(chart.title in text and chart.description in text, f"{chart.name}: the title is not shown")
        expect(chart.root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang, f"{chart.name}: does not name its language")
        expect(chart.series and all(series.name and (series.lines or series.areas) for series in chart.series), f"{chart.name}: a series is empty")


def check_scenario(folder):
    names = municipalities()
    south = {key: name for key, (name, kkr) in names.items() if kkr == "Syddanmark"}
    for lang in ("en", "da"):
        out = folder / lang
        done = run(PEDAGOGUES, out, "csv,svg", lang)
        expect(done.returncode == 0 and done.stderr == "", f"run: {done.returncode} {done.stderr}")
        charts = charts_of(out)
        check_words(charts, lang)
        lacking = {"supply-demand-paedagog", "flows-paedagog", "coverage-Syddanmark-paedagog"} - set(charts)
        expect(not lacking, f"no {lacking}")
        check_supply_demand(charts["supply-demand-paedagog"], out, "Syddanmark", "paedagog", lang)
        check_flows(charts["flows-paedagog"], out, "Syddanmark", "paedagog", lang)
        check_coverage(charts["coverage-Syddanmark-paedagog"], out, "paedagog", south)
    out = folder / "country"
    expect(run(COUNTRY, out, "csv,svg", "da").returncode == 0, "run: the country")
    charts = charts_of(out)
    check_words(charts, "da")
    for profession in ("paedagog", "laerer", "ssa"):
        check_supply_demand(charts[f"supply-demand-{profession}"], out, "all", profession, "da")
        check_flows(charts[f"flows-{profession}"], out, "all", profession, "da")
        for kkr in {kkr for _, kkr in names.values()}:
            own = {key: name for key, (name, where) in names.items() if where == kkr}
            check_coverage(charts[f"coverage-{kkr}-{profession}"], out, profession, own)
        last = results(out, region="Midtjylland", profession=profession, measure="coverage")
        shown = written(100 * last[max(last)], "da", 1) + " %"
        expect(shown in charts[f"groups-{profession}"].words, f"groups-{profession}: no {shown}")
    expect(len({stroke for stroke, line in charts["gap-by-profession"].lines if len(line) == 15}) == 6,
           "gap-by-profession: there are not six lines")
    expect(len({series.name for series in charts["gap-by-profession"].series}) == 6, "gap-by-profession: there are not six names")
    two = folder / "two"
    command = [PROGRAM, "run", str(PEDAGOGUES), str(COUNTRY), "--format", "svg", "-o", str(two), "--quiet"]
    expect(subprocess.run(command, timeout=300).returncode == 0, "run: two scenarios")
    found = {path.stem for path in (two / "charts").iterdir()}
    expect({"paedagog-syddanmark-flows-paedagog", "velfaerd-danmark-flows-paedagog"} <= found, f"two scenarios: {sorted(found)[:5]}")


def make(folder, form):
    out = folder / form
    done = subprocess.run([MADE, str(out), form], cwd=folder, capture_output=True, text=True, timeout=300)
    expect(done.returncode == 0, f"made: {done.returncode} {done.stderr}")
    return out


def check_made(folder):
    charts = charts_of(make(folder, "svg"))
    expect(not (folder / "pwned").exists() and not (ROOT / "pwned").exists(), "a label was run")
    text = "\n".join(word for chart in charts.values() for word in chart.words)
    for part in ("`touch pwned`", "$(touch pwned)", "<script>alert(1)</script>", "\"quoted\"", "=1+1 | %s %n \\n @foo {/Bold b}",
                 "שלום עולם", "👩‍🏫 pædagoger 🇩🇰", "broken �( bytes", "LLLLLLLL…", "'quotes'", "مرحبا"):
        expect(part in text, f"{part!r} did not come out")
    expect("\u202e" not in text and "\x01" not in text, "a control character came out")
    for chart in charts.values():
        expect("<script" not in chart.source, f"{chart.name}: holds a script")
    source = next(word for word in charts["fan-paedagog"].words if word.startswith("Source"))
    expect(source.count("FOLK1A") == 1 and "assumption" not in source, f"the sources are {source!r}")
    expect(" ".join(charts["fan-paedagog"].words).count("90% of draws") == 1, "fan: the band is not named")
    check_fan(charts["fan-paedagog"])
    check_bars(charts["tornado"], charts["waterfall"])
    check_pyramid(charts["pyramid-paedagog"])
    check_crossing(charts["supply-demand-paedagog"])
    variants = charts["variants-paedagog"]
    expect({"As planned −2,650", "More study places −1,760"} <= set(variants.words), f"variants: {variants.words}")


def check_fan(chart):
    """Half the draws lie 0.67, nine in ten 1.64 from the middle on either side."""
    wide, narrow = (chart.named(name).areas[0][1] for name in ("90% of draws", "50% of draws"))
    expect(len(wide) == len(narrow) == 32, f"fan: the bands have {len(wide)} and {len(narrow)} corners")
    height = [area[16][1] - area[15][1] for area in (wide, narrow)]
    expect(abs(height[0] / height[1] - 1.64 / 0.67) < 0.01, f"fan: the bands are {height} high")


def check_bars(tornado, waterfall):
    labels = [word for word in tornado.words if word in ("Birth rate", "Children per pedagogue", "Unemployment") or word.startswith(("Completion", "Mean age"))]
    expect([label.split()[0] for label in labels] == ["Completion", "Mean", "Birth", "Children", "Unemployment"],
           f"tornado: the order is {labels}")
    boxes = [(min(x for x, _ in area), max(x for x, _ in area)) for series in waterfall.series for _, area in series.areas]
    expect(len(boxes) == 6, f"waterfall: {len(boxes)} bars")
    # each bar ends where another begins
    ends = sorted(x for box in boxes for x in box)
    zero = 0.0
    steps = [(zero, 1240), (1240, 2070), (2070, 610), (610, 1010), (1010, -1200), (-1200, 0)]
    wanted = sorted(float(value) for step in steps for value in step)
    off = linear(list(zip(wanted, ends)))[2]
    expect(off < 0.03, f"waterfall: the bars are {off} pixels off")


def check_pyramid(chart):
    outlines = [line for name in ("Men, 2040", "Women, 2040") for line in chart.named(name).lines if len(line) > 49]
    filled = [area for name in ("Men, 2025", "Women, 2025") for _, area in chart.named(name).areas if len(area) > 49]
    expect(len(outlines) == 2 and len(filled) == 2, f"pyramid: {len(outlines)} outlines, {len(filled)} areas")
    widths = sorted(max(abs(x - line[0][0]) for x, _ in line) for line in outlines)
    expect(abs(widths[1] / widths[0] - 4.0) < 0.01, f"pyramid: women and men are as {widths}, not as 4 and 1")
    left, right = sorted(outlines, key=lambda line: min(x for x, _ in line))
    narrow = max(x for x, _ in left) - min(x for x, _ in left)
    places = {text.text: text.x for text in chart.texts}
    expect(abs(narrow - widths[0]) < 0.01 and places.get("Men", 0) < left[0][0] < places.get("Women", 0),
           "pyramid: men do not stand to the left")
    expect({"Men", "Women", "Age", "2025", "2040"} <= set(chart.words), "pyramid: a name is missing")


def check_crossing(chart):
    """Supply falls below demand where the two lines cross, and the shading changes there."""
    over, under = ([area for _, area in chart.named(name).areas] for name in ("Surplus", "Shortage"))
    expect(len(over) == 1 and len(under) == 1, f"shading: {len(over)} and {len(under)} areas")
    right, left = max(x for x, _ in over[0]), min(x for x, _ in under[0])
    expect(abs(right - left) < 0.02, f"shading: one ends at {right}, the other begins at {left}")
    supply, demand = chart.line("Supply", 16), chart.line("Demand", 16)
    i = max(k for k in range(16) if supply[k][1] <= demand[k][1])
    before, after = (demand[k][1] - supply[k][1] for k in (i, i + 1))
    crossing = supply[i][0] + before / (before - after) * (supply[i + 1][0] - supply[i][0])
    expect(abs(right - crossing) < 0.05, f"shading: it changes at {right}, the lines cross at {crossing}")
    expect({"Surplus", "Shortage"} <= set(chart.words), "shading: its colours are not named")


def content(folder):
    return {path.name: path.read_bytes() for path in sorted((folder / "charts").iterdir())}


def check_same_bytes(folder):
    home = folder / "home"
    (home / "fontconfig").mkdir(parents=True)
    (home / "fontconfig/fonts.conf").write_text("""<fontconfig>
<match target="pattern"><edit name="family" mode="assign" binding="strong"><string>DejaVu Serif</string></edit></match>
</fontconfig>""")
    plain = folder / "plain"
    other = folder / "other"
    first = run(PEDAGOGUES, plain, "svg,pdf,png", LC_ALL="C.UTF-8", TZ="UTC")
    second = run(PEDAGOGUES, other, "svg,pdf,png", LC_ALL="da_DK.UTF-8", LANG="da_DK.UTF-8", TZ="Asia/Tokyo", HOME=str(home),
                 SOURCE_DATE_EPOCH="12345", XDG_CONFIG_HOME=str(home), FONTCONFIG_FILE=str(home / "fontconfig/fonts.conf"),
                 PANGO_LANGUAGE="ja", PANGOCAIRO_BACKEND="none", LANGUAGE="ja")
    expect(first.returncode == 0 and second.returncode == 0, f"run: {first.stderr} {second.stderr}")
    expect(first.stderr == "" and second.stderr == "", f"run: said {first.stderr} {second.stderr}")
    a, b = content(plain), content(other)
    expect(sorted(a) == sorted(b) and len(a) >= 9, f"the charts are {sorted(a)} and {sorted(b)}")
    begins = {"svg": b"<svg ", "pdf": b"%PDF-", "png": b"\x89PNG"}
    for name in a:
        expect(a[name] == b.get(name), f"{name} is not the same")
        expect(b"Date" not in a[name], f"{name} has a date")
        expect(a[name].startswith(begins[name[-3:]]), f"{name} is of another kind")
    alone = folder / "alone"
    expect(run(PEDAGOGUES, alone, "png").returncode == 0, "run: png")
    expect(content(alone).items() <= a.items(), "a PNG differs where no other format is asked for")


FAILING = """
#include <stddef.h>
/* a librsvg that draws nothing from its third chart on */
typedef struct error { unsigned domain; int code; char *message; } error;
static error failed = {1, 1, "out of ink"};
static int drawn;
extern void *g_object_ref(void *), *pango_cairo_font_map_get_default(void);
void *rsvg_handle_new_from_data(const char *bytes, size_t n, error **problem) {
    (void)bytes, (void)n, (void)problem;
    return g_object_ref(pango_cairo_font_map_get_default());
}
int rsvg_handle_render_document(void *handle, void *cairo, const void *all, error **problem) {
    (void)handle, (void)cairo, (void)all;
    if (++drawn < 3)
        return 1;
    *problem = &failed;
    return 0;
}
void g_error_free(error *problem) { (void)problem; }
"""


def stand_in(folder, text=None):
    """A folder with a file in librsvg's place: one that is no library, or one of C's text. None where no compiler is."""
    folder.mkdir()
    if text is None:
        (folder / "librsvg-2.so.2").write_text("no library\n")
        return str(folder)
    (folder / "stub.c").write_text(text)
    command = ["cc", "-shared", "-fPIC", "-o", "librsvg-2.so.2", "stub.c", "-Wl,--no-as-needed", "-l:libpangocairo-1.0.so.0",
               "-l:libpangoft2-1.0.so.0", "-l:libcairo.so.2", "-l:libfontconfig.so.1", "-l:libgobject-2.0.so.0"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"no librsvg that fails can be made: {done.stderr}")
    return str(folder) if done.returncode == 0 else None


def check_without_librsvg(folder):
    out = folder / "out"
    expect(run(PEDAGOGUES, out, "csv").returncode == 0, "run: csv")
    before = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    none, failing, fontless, empty = (stand_in(folder / name, text) for name, text in (
        ("none", None), ("failing", FAILING), ("fontless", FAILING + "void *FcFontMatch(void) { return 0; }\n"), ("empty", "int nothing;\n")))
    cases = [
        ("en", none, "pdf", "--format pdf needs librsvg, which is not installed", "librsvg2-2"),
        ("da", none, "csv,svg,png", "--format png kræver librsvg, som ikke er installeret", "librsvg2-2"),
        ("en", fontless, "png", "--format png needs DejaVu Sans, which is not installed", "fonts-dejavu-core"),
        # one that is too old: without what is called
        ("en", empty, "svg,pdf", "--format pdf needs librsvg", "librsvg2-2"),
        ("en", failing, "svg,pdf", "could not be drawn as pdf: out of ink", ""),
        ("da", failing, "png,csv", "kunne ikke tegnes som png: out of ink", ""),
    ]
    for lang, path, formats, said, hint in cases:
        if path is None:
            continue
        done = run(PEDAGOGUES, out, formats, lang, LD_LIBRARY_PATH=path)
        expect(done.returncode == 2, f"{path}: exit status {done.returncode}: {done.stderr}")
        expect(said in done.stderr and hint in done.stderr, f"{path}: said {done.stderr!r}")
        expect({str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()} == before, f"{path}: the folder is another")
        left = [entry.name for entry in folder.iterdir() if entry.name.startswith(".")]
        expect(not left, f"{path}: left {left}")
    done = run(PEDAGOGUES, folder / "svg", "svg", LD_LIBRARY_PATH=none)
    expect(done.returncode == 0 and (folder / "svg/charts").is_dir(), f"svg needs librsvg: {done.stderr}")
    done = run(ROOT / "scenarios/sygeplejerske-praktik.yaml", folder / "places", "csv,pdf", verb="practicum", LD_LIBRARY_PATH=none)
    expect(done.returncode == 0 and "nothing in the results to draw" in done.stderr, f"practicum: {done.returncode} {done.stderr}")


def check_formats(folder):
    out = folder / "out"
    expect(run(PEDAGOGUES, out, "pdf,png", "da").returncode == 0, "run: pdf, png")
    png = (out / "charts/supply-demand-paedagog.png").read_bytes()
    expect(png[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", png[16:24]) == (1800, 1040), "png: another size")
    listed = {entry["path"]: entry["sha256"] for entry in json.loads((out / "manifest.json").read_text())["outputs"]}
    for path in sorted((out / "charts").iterdir()):
        expect(listed.get(f"charts/{path.name}") == hashlib.sha256(path.read_bytes()).hexdigest(), f"{path.name} is not in the manifest")
    if shutil.which("pdftotext") is None:
        print("pdftotext is not installed: PDFs are not opened")
        return
    done = subprocess.run(["pdftotext", "-layout", str(out / "charts/supply-demand-paedagog.pdf"), "-"], capture_output=True, text=True)
    expect(done.returncode == 0 and done.stderr == "", f"pdf: {done.stderr}")
    expect("Pædagoger: udbud og efterspørgsel" in done.stdout and "Efterspørgsel" in done.stdout, f"pdf: holds {done.stdout[:300]!r}")
    size = subprocess.run(["pdfinfo", str(out / "charts/supply-demand-paedagog.pdf")], capture_output=True, text=True).stdout
    expect("675 x 390 pts" in size, f"pdf: {size}")
    expect("Pædagoger: udbud og efterspørgsel" in size, f"pdf: has no title: {size}")
    fonts = subprocess.run(["pdffonts", str(out / "charts/supply-demand-paedagog.pdf")], capture_output=True, text=True).stdout.splitlines()[2:]
    expect(len(fonts) >= 2 and all("DejaVuSans" in font and " yes " in font for font in fonts), f"pdf: its fonts are {fonts}")


def check_gallery(folder):
    gallery = ROOT / "docs/gallery"
    page = (gallery / "README.md").read_text(encoding="utf-8")
    for path in sorted(gallery.glob("*.svg")):
        problems.extend(Chart(path).misplaced())
        expect(path.stat().st_size < 100_000, f"{path.name} has {path.stat().st_size} bytes")
        expect(f"({path.name})" in page, f"{path.name} is not on the page")


def compared(out, region, profession, measure, column):
    """{(scenario, variant): {year: number}} of a column of compare.csv, over all sectors; the reference under None."""
    found = {}
    with open(out / "compare.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (row["region"], row["profession"], row["sector"], row["measure"]) != (region, profession, "all", measure):
                continue
            for side, text in (((row["scenario"], row["variant"]), row[column]), (None, row["reference"])):
                if text != "":
                    found.setdefault(side, {})[int(row["year"])] = float(text)
    return found


def check_lines(chart, series, lang):
    """Every line has its name and its last value at its end, and all of them stand on one scale of values and of years."""
    pairs, across = [], []
    for name, values in series.items():
        years = sorted(values)
        expect(f"{name} {written(values[years[-1]], lang)}" in " ".join(chart.words), f"{chart.name}: {name} does not end at its value")
        line = chart.line(name, len(years))
        pairs += [(values[year], y) for year, (_, y) in zip(years, line)]
        across += [(year, x) for year, (x, _) in zip(years, line)]
    for what, found in (("values", pairs), ("years", across)):
        expect(linear(found)[2] < 0.02, f"{chart.name}: the {what} are {linear(found)[2]} pixels off")


def check_compare(folder):
    names = {None: "grundscenarie", "uaendret_1100": "Dimensionering uændret 1100", "frafald_halveres": "Frafaldet halveres",
             "pension_staar_stille": "Pensionsalderen står stille"}
    out = folder / "variants"
    done = run(PEDAGOGUES, out, "csv,svg", "da", verb="compare")
    expect(done.returncode == 0 and done.stderr == "", f"compare: {done.returncode} {done.stderr}")
    charts = charts_of(out)
    check_words(charts, "da")
    # Demand is the same in all variants, which a chart would not show.
    expect(set(charts) == {"compared-supply-paedagog", "compared-gap-paedagog", "difference-gap-paedagog"}, f"charts: {sorted(charts)}")
    for name, measure, column in (("compared-supply", "supply", "value"), ("compared-gap", "gap", "value"), ("difference-gap", "gap", "difference")):
        found = compared(out, "Syddanmark", "paedagog", measure, column)
        series = {names[side and side[1]]: values for side, values in found.items() if side or column == "value"}
        expect(len(series) == (4 if column == "value" else 3), f"{name}: {sorted(series)}")
        check_lines(charts[f"{name}-paedagog"], series, "da")
    out = folder / "scenarios"
    command = [PROGRAM, "compare", str(ROOT / "scenarios/sosu-danmark.yaml"), str(COUNTRY), "--format", "csv,svg", "--lang", "en", "-o", str(out), "--quiet"]
    expect(subprocess.run(command, timeout=300).returncode == 0, "compare: two scenarios of other years")
    charts = charts_of(out)
    check_words(charts, "en")
    titles = {None: "Care staff in Denmark", ("velfaerd-danmark", "base"): "Welfare professions in Denmark"}
    for profession in ("ssh", "ssa"):
        found = compared(out, "all", profession, "gap", "value")
        check_lines(charts[f"compared-gap-{profession}"], {titles[side]: values for side, values in found.items()}, "en")
    expect("difference-gap-paedagog" not in charts, "a difference from a scenario without pedagogues")


def check_look(folder):
    shutil.rmtree(LOOK, ignore_errors=True)
    for name, scenario in (("syddanmark", PEDAGOGUES), ("danmark", COUNTRY)):
        out = folder / name
        expect(run(scenario, out, "png", "da").returncode == 0, f"run: {name}")
        shutil.copytree(out / "charts", LOOK / name)
    expect(run(PEDAGOGUES, folder / "compared", "png", "da", verb="compare").returncode == 0, "compare")
    shutil.copytree(folder / "compared/charts", LOOK / "compared")
    shutil.copytree(make(folder, "png") / "charts", LOOK / "made")
    for path in LOOK.rglob("*.png"):
        expect(path.stat().st_size > 10000, f"{path.name} is all but empty")


def has_librsvg():
    try:
        ctypes.CDLL("librsvg-2.so.2")
    except OSError:
        return False
    return True


if CHECK in ("same_bytes", "formats", "look") and not has_librsvg():
    print("librsvg is not installed: skipped")
    sys.exit(77)
with tempfile.TemporaryDirectory(prefix="fremskriv-charts-") as name:
    globals()[f"check_{CHECK}"](pathlib.Path(name))
print("\n".join(problems))
print(f"{len(problems)} problems in {checked} places")
sys.exit(1 if problems or not checked else 0)
