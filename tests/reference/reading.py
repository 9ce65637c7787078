"""Reads a scenario and its tables, and answers what a value is for a year, region, sex and age.

Written from docs/scenarios.md, docs/scenario-keys.md and docs/model.md ("Values over years and ages").
"""
import bisect
import csv
import math
import os

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REGION_COLUMNS = ("region", "municipality", "code")


class Missing(Exception):
    """A value has no number where it was asked for one."""


def worded(entry, key):
    """A mapping; a single word is short for its `key`."""
    return entry if isinstance(entry, dict) else {key: entry}


# ---------------------------------------------------------------- Steffen's spline (1990, A&A 239, 443)


def steffen_slopes(xs, ys):
    """Slopes at the knots; at both ends the secant of the outermost interval."""
    widths = [b - a for a, b in zip(xs, xs[1:])]
    secants = [(b - a) / h for a, b, h in zip(ys, ys[1:], widths)]
    slopes = [secants[0]]
    for i in range(1, len(xs) - 1):
        left, right = secants[i - 1], secants[i]
        if left * right <= 0:
            slopes.append(0.0)
            continue
        parabola = (left * widths[i] + right * widths[i - 1]) / (widths[i - 1] + widths[i])
        size = 2 * min(abs(left), abs(right), abs(parabola) / 2)
        slopes.append(size if left > 0 else -size)
    slopes.append(secants[-1])
    return slopes


def steffen(xs, ys, x):
    """The spline through (xs, ys) at x; outside the knots the outermost number."""
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    slopes = steffen_slopes(xs, ys)
    i = bisect.bisect_right(xs, x) - 1
    h = xs[i + 1] - xs[i]
    secant = (ys[i + 1] - ys[i]) / h
    u = x - xs[i]
    a = (slopes[i] + slopes[i + 1] - 2 * secant) / (h * h)
    b = (3 * secant - 2 * slopes[i] - slopes[i + 1]) / h
    return ((a * u + b) * u + slopes[i]) * u + ys[i]


def spread(groups):
    """{age: persons} from [(first, last or None, persons)]: a spline through the cumulative count at the borders."""
    groups = sorted(groups, key=lambda g: g[0])
    ages = {}
    borders, counts = [], [0.0]
    for first, last, persons in groups:
        if last is None:
            ages[first] = persons
            continue
        if borders and borders[-1] != first:
            raise Missing("age groups with a gap at %d" % first)
        if not borders:
            borders.append(first)
        borders.append(last + 1)
        counts.append(counts[-1] + persons)
    for first, last, persons in groups:
        if last == first:
            ages[first] = persons
        elif last is not None:
            for age in range(first, last + 1):
                ages[age] = steffen(borders, counts, age + 1) - steffen(borders, counts, age)
    return ages


# ---------------------------------------------------------------- values


class Value:
    covers = None  # which regions it is the total of


class Number(Value):
    varies = ()

    def __init__(self, number):
        self.number = float(number)

    def at(self, year=None, region=None, sex=None, age=None):
        return self.number

    def first_year(self):
        return None


class Path(Value):
    varies = ("year",)

    def __init__(self, points, between, then, before):
        self.years = sorted(points)
        self.numbers = [float(points[y]) for y in self.years]
        self.between, self.then, self.before = between, then, before

    def first_year(self):
        return self.years[0]

    def at(self, year=None, region=None, sex=None, age=None):
        years, numbers = self.years, self.numbers
        if year < years[0]:
            if self.before == "hold":
                return numbers[0]
            raise Missing("year %d" % year)
        if year > years[-1]:
            if self.then == "hold":
                return numbers[-1]
            if isinstance(self.then, dict) and "growth" in self.then:
                number = numbers[-1]
                for _ in range(year - years[-1]):
                    number *= 1 + self.then["growth"]
                return number
            if isinstance(self.then, dict) and self.then.get("hold") == "hold":
                return numbers[-1]
            raise Missing("year %d" % year)
        i = bisect.bisect_right(years, year) - 1
        if years[i] == year or self.between == "step":
            return numbers[i]
        if self.between == "linear":
            part = (year - years[i]) / (years[i + 1] - years[i])
            return numbers[i] + part * (numbers[i + 1] - numbers[i])
        if self.between == "spline":
            return steffen(years, numbers, year)
        raise Missing("year %d" % year)


class Growth(Value):
    varies = ("year",)

    def __init__(self, start, growth, base):
        self.start, self.growth, self.base = float(start), float(growth), base

    def first_year(self):
        return self.base

    def at(self, year=None, region=None, sex=None, age=None):
        if year < self.base:
            raise Missing("year %d" % year)
        return self.start * (1 + self.growth) ** (year - self.base)


class Cells(Value):
    """Numbers by the dimensions that a table has columns for."""

    def __init__(self, varies, cells, outside):
        self.varies, self.cells, self.outside = varies, cells, outside

    def first_year(self):
        return min(key[self.varies.index("year")] for key in self.cells) if "year" in self.varies else None

    def last_year(self):
        return max(key[self.varies.index("year")] for key in self.cells) if "year" in self.varies else math.inf

    def at(self, year=None, region=None, sex=None, age=None):
        have = {"year": year, "region": region, "sex": sex, "age": age}
        key = tuple(have[v] for v in self.varies)
        if key in self.cells:
            return self.cells[key]
        if self.outside is not None:
            return self.outside
        raise Missing(str(key))


class Changed:
    """Another value, multiplied and added to: in all years, or from one on."""

    def __init__(self, value, entry):
        self.value, self.begins = value, entry.get("from", -math.inf)
        self.times, self.add = entry.get("times", 1.0), entry.get("add", 0.0)
        self.varies = value.varies
        self.covers = getattr(value, "covers", None)

    def first_year(self):
        return self.value.first_year()

    def at(self, year=None, region=None, sex=None, age=None):
        number = self.value.at(year, region, sex, age)
        return number if year is not None and year < self.begins else number * self.times + self.add


def laid(lower, upper):
    """A layer over another: mappings merge, a change of a value remembers what it changes."""
    if not isinstance(upper, dict):
        return upper
    if ("times" in upper or "add" in upper) and not {"value", "growth", "table"} & set(upper):
        return {"changed": lower, **upper}
    merged = dict(lower or {})
    for key, value in upper.items():
        merged[key] = laid(merged.get(key), value)
    return merged


def columns_of(header, keys):
    """{dimension: column}."""
    found = dict(keys or {})
    if "region" not in found:
        for name in REGION_COLUMNS:
            if name in header:
                found["region"] = name
                break
    for name in ("year", "sex", "age", "age_from", "age_to"):
        if name not in found and name in header:
            found[name] = name
    return found


class Reader:
    """The file, its tables and its years."""

    def __init__(self, path, variant=None):
        with open(path, encoding="utf-8") as f:
            self.doc = yaml.load(f, Loader=LOADER)
        variants = self.doc.pop("variants", {})
        if variant is not None:
            self.doc = laid(self.doc, variants[variant])
        self.folder = os.path.dirname(path)
        self.name = self.doc.get("name") or os.path.splitext(os.path.basename(path))[0]
        self.base = self.doc["years"]["base"]
        self.until = self.doc["years"]["until"]
        self.years = list(range(self.base, self.until + 1))
        self.files = {}
        self.covers = {None}
        self.push(self.doc, None)

    def push(self, node, covers):
        """Gives every total what the nearest mapping around it says that it covers."""
        covers = node.get("covers", covers)
        for key, child in node.items():
            if key in ("persons", "intake", "places", "applicants", "other_staff", "fte") or (
                    key == "users" and "population" in node):
                node[key] = self.named(child, covers)
            elif key in ("employment", "vacancies", "extra"):
                node[key] = {p: self.named(v, covers) for p, v in child.items()}
            elif key == "user_table" or (key == "hours" and "population" in node):
                node[key] = self.named(child if isinstance(child, dict) else {"table": child}, covers)
            elif isinstance(child, dict):
                if key == "intake_follows" or "follows" in child:
                    child.setdefault("covers", covers)
                if key == "intake_follows" or "shares" in child:
                    self.covers.add(child.get("covers"))
                self.push(child, covers)

    def named(self, value, covers):
        if isinstance(value, dict) and "changed" in value:
            return {**value, "changed": self.named(value["changed"], covers)}
        if covers is None and not (isinstance(value, dict) and "covers" in value):
            return value
        value = {"covers": covers, **value} if isinstance(value, dict) else {"value": value, "covers": covers}
        if "region" not in self.columns(value):
            self.covers.add(value["covers"])
        return value

    def columns(self, value):
        """Dimensions that a value's table has columns for."""
        rows = self.rows(value["table"]) if "table" in value else []
        over = value.get("over") or []
        return {d for d, c in columns_of(rows[0].keys() if rows else (), value.get("keys")).items()
                if c not in ([over] if isinstance(over, str) else over)}

    def rows(self, table, where=None):
        if table not in self.files:
            with open(os.path.join(self.folder, table), encoding="utf-8", newline="") as f:
                self.files[table] = list(csv.DictReader(f))
        wanted = {k: str(v) for k, v in (where or {}).items()}
        return [r for r in self.files[table] if all(r[k] == v for k, v in wanted.items())]

    def value(self, entry, dims=(), counts=False, preset=None):
        """A value in any of its forms; `dims` are what it may differ by, `counts` spreads its age groups."""
        if entry is None:
            return None if preset is None else Number(preset)
        if not isinstance(entry, dict):
            return Number(entry)
        if "changed" in entry:
            return Changed(self.value(entry["changed"], dims, counts, preset), entry)
        value = self.form(entry, dims, counts)
        value.covers = entry.get("covers")
        return value

    def form(self, entry, dims, counts):
        if "table" in entry:
            return self.table(entry, dims, counts)
        points = {k: v for k, v in entry.items() if isinstance(k, int)}
        if points:
            return Path(points, entry.get("between"), entry.get("then"), entry.get("before"))
        if "growth" in entry:
            return Growth(entry["start"], entry["growth"], self.base)
        return Number(entry["value"])

    def values(self, entry, dims=()):
        return {name: self.value(v, dims) for name, v in (entry or {}).items()}

    def table(self, entry, dims, counts):
        rows = self.rows(entry["table"], entry.get("where"))
        over = entry.get("over") or []
        over = [over] if isinstance(over, str) else over
        header = rows[0].keys() if rows else ()
        found = {d: c for d, c in columns_of(header, entry.get("keys")).items() if c not in over}
        varies = [d for d in ("year", "region", "sex") if d in found and d in dims]
        grouped = "age_from" in found and "age" in dims
        single = "age" in found and "age" in dims
        sums = {}
        for row in rows:
            key = tuple(int(row[found[d]]) if d == "year" else row[found[d]] for d in varies)
            if grouped:
                last = row[found["age_to"]]
                key += ((int(row[found["age_from"]]), int(last) if last else None),)
            elif single:
                key += (int(row[found["age"]]),)
            top, bottom = self.parts(entry, row)
            old = sums.get(key, (0.0, 0.0))
            sums[key] = (old[0] + top, old[1] + bottom)
        cells = {k: t / b if "ratio" in entry else t for k, (t, b) in sums.items()}
        if grouped:
            cells = ungrouped(cells, counts)
        outside = entry.get("outside")
        return Cells(tuple(varies) + (("age",) if grouped or single else ()), cells, outside)

    @staticmethod
    def parts(entry, row):
        """A row's number, and what it is divided by."""
        if "product" in entry:
            number = 1.0
            for column in entry["product"]:
                number *= float(row[column])
            return number, 0.0
        if "sum" in entry:
            return sum(float(row[c]) for c in entry["sum"]), 0.0
        if "ratio" in entry:
            return float(row[entry["ratio"][0]]), float(row[entry["ratio"][1]])
        return float(row[entry["column"]]), 0.0


def ungrouped(cells, counts, top=130):
    """Single ages from groups: counts are spread, rates hold for every age of their group."""
    bundles = {}
    for key, number in cells.items():
        bundles.setdefault(key[:-1], []).append((*key[-1], number))
    result = {}
    for key, groups in bundles.items():
        if counts:
            ages = spread(groups)
        else:
            ages = {a: n for first, last, n in groups for a in range(first, (top if last is None else last) + 1)}
        result.update({key + (age,): n for age, n in ages.items()})
    return result


def age_range(text):
    """(first, last or None) of `0-5`, `17` or `18+`."""
    text = str(text)
    if text.endswith("+"):
        return int(text[:-1]), None
    if "-" in text:
        first, last = text.split("-")
        return int(first), int(last)
    return int(text), int(text)
