"""Regions, population, and how totals are split over the regions (docs/model.md, "Splitting totals")."""
from cohorts import Cohorts, Profile
from reading import Missing, age_range, columns_of, spread, worded
from retirement import count_months


class Regions:
    def __init__(self, reader):
        entry = reader.doc["regions"]
        entry = worded(entry, "table")
        key = entry.get("key", "code")
        self.own = [r[key] for r in reader.rows(entry["table"], entry.get("where"))]
        rows = reader.rows(entry["table"])
        self.country = [r[key] for r in rows]
        by = entry.get("group_by") or []
        by = [by] if isinstance(by, str) else by
        everything = {}  # name: members, in the order of the columns and the table
        for column in by:
            for row in rows:
                everything.setdefault(row[column], []).append(row[key])
        self.named = {**everything, "all": self.country, "own": self.own, None: self.own}
        asked = {r for name in reader.covers for r in self.named[name]}
        # What a total gives a region depends on all that it covers: the others are projected too, and not reported.
        self.keys = self.own + [r for r in self.country if r in asked and r not in self.own]
        self.groups = {name: [r for r in members if r in self.keys] for name, members in everything.items()
                       if any(r in self.own for r in members)}
        # A group that the scenario has a part of is not reported.
        whole = {name: self.groups[name] for name, members in everything.items()
                if name in self.groups and all(r in self.own for r in members)}
        self.areas = {**{r: [r] for r in self.own}, **whole, "all": list(self.own)}

    def covered(self, name):
        return self.named[name]


class Population:
    """Persons by region, year and single age; an open group is at its first age unless old_ages spreads it."""

    def __init__(self, reader):
        self.cells = {}
        self.regions = []
        self.moved = 0.0
        self.base, self.factors = reader.base, []
        entry = reader.doc.get("population")
        if entry is None:
            return
        entry = worded(entry, "table")
        if entry.get("at") == "count":
            self.moved = count_months(reader.doc["years"].get("count", "1 january")) / 12
        for one in (entry.get("factors") or {}).values():
            self.factors.append((age_range(one.get("ages", "0+")), one.get("years") == "born", reader.value(one["factor"], ("year",))))
        rows = reader.rows(entry["table"], entry.get("where"))
        found = columns_of(rows[0].keys(), entry.get("keys"))
        groups = {}
        for row in rows:
            if "age_from" in found:
                last = row[found["age_to"]]
                ages = (int(row[found["age_from"]]), int(last) if last else None)
            else:
                ages = (int(row[found["age"]]),) * 2
            key = (row[found["region"]], int(row[found["year"]]))
            bundle = groups.setdefault(key, {})
            bundle[ages] = bundle.get(ages, 0.0) + float(row[entry.get("column", "persons")])
        shares = self.old_shares(reader, entry.get("old_ages"))
        inside = {}
        if "ages" in entry:
            inside = self.along_cohorts(Profile(reader, entry["ages"]), groups, shares is None)
        for (region, year), bundle in groups.items():
            if region not in self.regions:
                self.regions.append(region)
            listed = [(first, last, persons) for (first, last), persons in bundle.items()]
            ages = inside[region, year] if inside else spread(listed)
            oldest = [(first, persons) for first, last, persons in listed if last is None]
            if oldest and shares is not None:
                first, persons = oldest[0]
                ages.update({a: persons * share for a, share in shares(year).items()})
            self.cells[region, year] = ages

    @staticmethod
    def along_cohorts(profile, groups, divide_oldest):
        """{(region, year): {age: persons}} of groups {(region, year): {(first, last or None): persons}}."""
        regions = {}
        for (region, year), bundle in groups.items():
            regions.setdefault(region, {})[year] = bundle
        found, known = {}, {}
        for region, years in regions.items():
            shape = tuple(sorted((year, tuple(sorted(bundle, key=lambda g: g[0]))) for year, bundle in years.items()))
            if shape not in known:
                known[shape] = Cohorts(profile, dict(shape), divide_oldest)
            for (year, age), persons in known[shape].spread(years).items():
                found.setdefault((region, year), {})[age] = persons
        return found

    @staticmethod
    def old_shares(reader, entry):
        """The shares by single age of a year: on a straight line between the table's years, held outside them."""
        if entry is None:
            return None
        entry = worded(entry, "table")
        groups, years = {}, {}
        for row in reader.rows(entry["table"]):
            last = int(row["age_to"]) if row["age_to"] else None
            group = (int(row["age_from"]), last, float(row[entry.get("column", "share")]))
            groups.setdefault(int(row["year"]), []).append(group)
        for year, listed in groups.items():
            ages = spread(listed)
            whole = sum(ages.values())
            years[year] = {a: share / whole for a, share in ages.items()}
        known = sorted(years)

        def shares(year):
            if year <= known[0]:
                return years[known[0]]
            if year >= known[-1]:
                return years[known[-1]]
            later = next(k for k in known if k >= year)
            if later == year:
                return years[later]
            earlier = known[known.index(later) - 1]
            part = (year - earlier) / (later - earlier)
            return {a: share + part * (years[later][a] - share) for a, share in years[earlier].items()}

        return shares

    def ages(self, region, year):
        return {a: n * self.factor(a, year) for a, n in self.projected(region, year).items()}

    def factor(self, age, year):
        """After the base year; by the year of birth of those whom the base year has not counted."""
        product = 1.0
        for (first, last), born, value in self.factors:
            of = year - age - 1 if born else year
            if year > self.base and age >= first and (last is None or age <= last) and not (born and of < self.base):
                product *= value.at(year=of)
        return product

    def projected(self, region, year):
        """Persons by age: of 1 January, or on a straight line to the next one at the count date."""
        for needed in (year, year + 1) if self.moved else (year,):
            if (region, needed) not in self.cells:
                raise Missing("population %s %d" % (region, needed))
        now = self.cells[region, year]
        if not self.moved:
            return now
        then = self.cells[region, year + 1]
        return {a: n + self.moved * (then[a] - n) for a, n in now.items()}

    def persons(self, region, year, ages):
        first, last = age_range(ages)
        return sum(n for a, n in self.ages(region, year).items() if a >= first and (last is None or a <= last))


def split_shares(reader, regions, population, entry, employment, covers=None, year=None):
    """{region: share} of a total; `employment` is the profession's, {region: FTE}, where it is known."""
    area = regions.covered(covers)
    if entry is None or len(area) == 1:
        if len(area) > 1:
            raise Missing("a split")
        return {r: 1.0 if r in area else 0.0 for r in regions.keys}
    entry = worded(entry, "by")
    by = entry["by"]
    if by == "population":
        weights = {r: population.persons(r, reader.base, entry.get("ages", "0+")) for r in regions.keys}
    elif by == "employment":
        weights = employment
    elif by == "equal":
        weights = {r: 1.0 for r in regions.keys}
    elif by == "weights":
        given = reader.value(entry["weights"], ("region", "year") if year else ("region",))
        weights = {r: given.at(region=r, year=year) for r in regions.keys}
    else:
        raise Missing("a split")
    whole = sum(weights[r] for r in area)
    return {r: weights[r] / whole if r in area else 0.0 for r in regions.keys}


def by_region(reader, regions, value, split, **where):
    """{region: number} of a value by region, or of a total that `split` (from what it covers to shares) divides."""
    if value is None:
        return {r: 0.0 for r in regions.keys}
    if "region" in value.varies:
        return {r: value.at(region=r, **where) for r in regions.keys}
    total = value.at(**where)
    if len(regions.keys) == 1:
        return {regions.keys[0]: total}
    if total == 0:
        return {r: 0.0 for r in regions.keys}
    shares = split(value.covers)
    return {r: total * shares[r] for r in regions.keys}
