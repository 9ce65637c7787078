"""Random values in every form that a scenario may write them in, and the tables behind them."""
import csv
import os
import random

import yaml

EARLIEST = 16  # years before the base year for which values of entry years are given


def short(number):
    """A number with few digits, so that files are short and say what they mean."""
    return float("%.5g" % number)


class Maker:
    """A folder, a random source, and what has been used."""

    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.folder, self.used, self.tables = folder, set(), 0
        self.base = self.random.randint(2015, 2025)
        self.until = self.base + self.random.randint(3, 6)
        self.years = list(range(self.base, self.until + 1))

    def use(self, *parts):
        self.used.update(parts)

    def chance(self, share):
        return self.random.random() < share

    def pick(self, *choices):
        return self.random.choice(choices)

    def between(self, low, high):
        return short(self.random.uniform(low, high))

    def write(self, header, rows):
        """A new table; its name."""
        self.tables += 1
        name = "t%d.csv" % self.tables
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow(header)
            out.writerows(rows)
        return name

    def scenario(self, doc, name):
        path = os.path.join(self.folder, name + ".yaml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(yaml.safe_dump(doc, sort_keys=False, allow_unicode=True))
        return path

    # -------------------------------------------------------------- one value

    def value(self, low, high, dims=(), entry=False, growing=True):
        """A value between `low` and `high` that may differ by some of `dims`."""
        forms = ["number", "number", "mapping"]
        if "year" in dims:
            forms += ["path", "path", "path"] + (["growth"] if growing and not entry else [])
        if dims:
            forms += ["table", "table"]
        form = self.pick(*forms)
        if form == "number":
            return self.between(low, high)
        if form == "mapping":
            self.use("value.mapping")
            return {"value": self.between(low, high), "source": "drawn", "unit": "of its own", "note": "none"}
        if form == "path":
            return self.path(low, high, entry, growing)
        if form == "growth":
            self.use("value.growth")
            years = self.until - self.base
            return {"start": self.between(low + 0.3 * (high - low), low + 0.7 * (high - low)),
                    "growth": self.between(-0.2 / years, 0.2 / years) * (high - low) / max(high, 1e-9)}
        chosen = [d for d in dims if self.chance(0.6)] or [self.random.choice(dims)]
        return self.table(low, high, chosen, entry)

    def path(self, low, high, entry=False, growing=True):
        first = self.base - (EARLIEST if entry else 0)
        years = sorted(self.random.sample(range(first, self.until + 1), min(self.random.randint(1, 5),
                                                                            self.until + 1 - first)))
        value = {y: self.between(low, high) for y in years}
        gaps = any(b - a > 1 for a, b in zip(years, years[1:]))
        if gaps or (len(years) > 2 and self.chance(0.3)):
            value["between"] = self.pick("step", "linear", "spline" if len(years) > 2 else "linear")
            self.use("between." + value["between"])
        if years[0] > first or self.chance(0.2):
            value["before"] = "hold"
            self.use("before.hold")
        if years[-1] < self.until or self.chance(0.2):
            value["then"] = self.pick("hold", "hold", {"hold": "hold"})
            if growing and self.chance(0.4):
                last = value[years[-1]]
                room = min(high - last, last - low) / max(last, 1e-9) / (self.until - years[-1] + 1)
                value["then"] = {"growth": short(0.5 * self.random.uniform(-room, room))}
                self.use("then.growth")
            else:
                self.use("then.hold")
        return value

    # -------------------------------------------------------------- tables

    def table(self, low, high, dims, entry=False, counts=False, rising=False, first_year=None, outside=None):
        """A table with a number for each of the dimensions' combinations, read in one of the ways there are.

        `counts` makes age groups large numbers that are spread; `rising` makes them grow with age."""
        keys = self.keys(dims, entry, first_year)
        where = self.chance(0.25)
        over = "sex" not in dims and self.chance(0.15)
        how = self.pick("column", "column", "product", "sum", "sum" if over else "ratio")
        self.use("table." + how)
        names, renamed = self.names(dims, keys)
        header = names + (["kind"] if where else []) + (["half"] if over else []) + ["x", "y", "source"]
        rows = []
        dropped = outside is None and len(keys) > 3 and not counts and not rising and self.chance(0.15)
        for place, key in enumerate(keys):
            number = self.random.uniform(low, high)
            if rising:
                number = low + (high - low) * place / len(keys)
            if dropped and place > 0 and self.chance(0.2) and "year" not in dims and not self.has_groups(names):
                continue
            for half in ("a", "b") if over else (None,):
                rows.append(list(key) + (["this"] if where else []) + ([half] if over else [])
                            + self.columns(how, number, over) + ["drawn"])
                if where and self.chance(0.5):
                    rows.append(list(key) + ["that"] + ([half] if over else []) + self.columns(how, high, over)
                                + ["other"])
        self.random.shuffle(rows)
        value = {"table": self.write(header, rows)}
        value.update({"column": {"column": "x"}, "product": {"product": ["x", "y"]}, "sum": {"sum": ["x", "y"]},
                      "ratio": {"ratio": ["x", "y"]}}[how])
        if where:
            value["where"] = {"kind": "this"}
            self.use("table.where")
        if over:
            value["over"] = self.pick("half", ["half"])
            self.use("table.over")
        if renamed:
            value["keys"] = renamed
            self.use("table.keys")
        if dropped or outside is not None:
            value["outside"] = self.between(low, high) if outside is None else outside
            self.use("table.outside")
        return value

    @staticmethod
    def has_groups(names):
        return any("from" in n for n in names)

    def columns(self, how, number, over):
        number = number / 2 if over and how != "ratio" else number
        part = self.random.uniform(0.3, 0.9)
        return [short(n) for n in {"column": (number, 0), "product": (number / part, part),
                                   "sum": (number * part, number * (1 - part)),
                                   "ratio": (number * 40 * part, 40 * part)}[how]]

    def keys(self, dims, entry, first_year):
        """All combinations, ages as single ages or as groups."""
        keys = [()]
        for d in dims:
            if d == "year":
                first = first_year or self.base - (EARLIEST if entry else 0)
                listed = [(y,) for y in range(first, self.until + 1)]
            elif d == "region":
                listed = [(r,) for r in self.regions]
            elif d == "sex":
                listed = [(s,) for s in self.sexes]
            elif self.chance(0.5):
                listed = [(a,) for a in self.ages]
            else:
                listed = self.age_groups(self.ages[0], self.ages[-1])
                self.use("table.age_groups")
            keys = [k + more for k in keys for more in listed]
        return keys

    def age_groups(self, first, last):
        groups = []
        while first <= last:
            end = min(last, first + self.random.randint(0, 4))
            groups.append((first, end))
            first = end + 1
        return groups

    def names(self, dims, keys):
        """Names of the key columns, and the `keys` that say so where they are not the usual ones."""
        names, renamed = [], {}
        for d in dims:
            usual = d
            if d == "region":
                usual = self.pick("region", "municipality", "code")
            if d == "age" and len(keys[0]) > len(dims):
                names += ["age_from", "age_to"]
                continue
            if self.chance(0.1):
                renamed[d] = usual = "the_" + d
            names.append(usual)
        return names, renamed
