"""Ages inside the population's groups, along cohorts (docs/model.md, "The population")."""
from reading import spread, worded

SETTLED = 60  # from this age on a cohort counts more


class Profile:
    """A larger area's persons by year and single age; its cohorts go on before and after its years."""

    def __init__(self, reader, entry):
        entry = worded(entry, "table")
        groups = {}
        self.open = False
        for row in reader.rows(entry["table"]):
            persons = float(row[entry.get("column", "persons")])
            if "age_from" in row:
                first, last = int(row["age_from"]), int(row["age_to"]) if row["age_to"] else None
            else:
                first = int(row["age"].rstrip("-+"))
                last = first if row["age"] == str(first) else None
            self.open = self.open or last is None
            bundle = groups.setdefault(int(row["year"]), {})
            bundle[first, last] = bundle.get((first, last), 0.0) + persons
        self.years = {}
        for year, bundle in groups.items():
            ages = spread([(first, last, persons) for (first, last), persons in bundle.items()])
            self.years[year] = [ages[a] for a in sorted(ages)]
        self.first, self.last = min(self.years), max(self.years)
        self.ages = len(self.years[self.first])

    def year(self, year):
        if year not in self.years:
            self.years[year] = self.after(year) if year > self.last else self.before(year)
        return self.years[year]

    def younger(self, persons, age):
        return persons[age - 1] + (persons[age] if self.open and age == self.ages - 1 else 0.0)

    def after(self, year):
        last = self.years[self.last]
        if self.first == self.last:
            return last
        found = [last[0]]
        for age in range(1, self.ages):
            came = self.younger(self.years[self.last - 1], age)
            found.append(self.younger(self.year(year - 1), age) * last[age] / came if came else 0.0)
        return found

    def before(self, year):
        first = self.years[self.first]
        if self.first == self.last:
            return first
        second, after = self.years[self.first + 1], self.year(year + 1)
        seen = self.ages - (2 if self.open and self.ages > 1 else 1)
        return [after[age + 1] * first[age] / second[age + 1] if second[age + 1] else 0.0
                for age in range(seen)] + first[seen:]


class Cohorts:
    """The ages of regions whose groups lie alike: each group's sum is put in by leaving one of its ages out of the
    unknowns, and what is left is solved as it is."""

    def __init__(self, profile, groups, divide_oldest):
        self.years = sorted(groups)
        self.groups, self.of_profile = {}, {}
        tops = {first for bundle in groups.values() for first, last in bundle if last is None}
        self.top = max(tops or {last for bundle in groups.values() for _, last in bundle})
        self.open = bool(tops)
        if tops and divide_oldest and profile.open:
            self.top = max(self.top, profile.ages - 1)
        for year in self.years:
            persons = profile.year(year)
            for age in range(self.top + 1):
                self.of_profile[year, age] = persons[age] if age < self.top else sum(persons[self.top:])
            self.groups[year] = [(first, self.top if last is None else last) for first, last in groups[year]]
        self.links = []
        for year in self.years:
            for age in range(self.top + 1):
                if age < self.top:
                    self.links.append(((year, age), (year, age + 1), 1.0))
                older = min(age + 1, self.top) if self.open else age + 1
                if year + 1 in groups and older <= self.top:
                    self.links.append(((year, age), (year + 1, older), 30.0 if age >= SETTLED else 1.0))

    def express(self, sums):
        """{cell: (constant, {unknown: factor})} of the persons over the profile's."""
        found = {}
        for year in self.years:
            for first, last in self.groups[year]:
                cells = [(year, age) for age in range(first, last + 1)]
                chosen = max(cells, key=lambda cell: self.of_profile[cell])
                whole = self.of_profile[chosen]
                for cell in cells:
                    if cell != chosen or not whole:
                        found[cell] = (0.0, {cell: 1.0})
                if whole:
                    found[chosen] = (sums[year][first] / whole, {c: -self.of_profile[c] / whole
                                                                 for c in cells if c != chosen})
        return found

    def equations(self, sums):
        """({unknown: {unknown: factor}}, {unknown: right side}) of the least squares."""
        cells = self.express(sums)
        mean = sum(sum(year.values()) for year in sums.values()) / sum(self.of_profile.values())
        rows, right = {}, {}

        def add(constant, parts, weight):
            for one, x in parts.items():
                row = rows.setdefault(one, {})
                right[one] = right.get(one, 0.0) - weight * x * constant
                for other, y in parts.items():
                    row[other] = row.get(other, 0.0) + weight * x * y

        for one, other, weight in self.links:
            parts = dict(cells[other][1])
            for unknown, factor in cells[one][1].items():
                parts[unknown] = parts.get(unknown, 0.0) - factor
            add(cells[other][0] - cells[one][0], parts, weight)
        for constant, parts in cells.values():
            add(constant - mean, parts, 0.001)
        return cells, rows, right

    def spread(self, bundles):
        """{(year, age): persons} of groups {year: {(first, last or None): persons}}."""
        sums = {year: {first: persons for (first, _), persons in bundle.items()} for year, bundle in bundles.items()}
        cells, rows, right = self.equations(sums)
        order = sorted(rows)
        for one in order:
            for other in [c for c in rows[one] if c > one]:
                factor = rows[other].pop(one) / rows[one][one]
                row = rows[other]
                for cell, value in rows[one].items():
                    if cell > one:
                        row[cell] = row.get(cell, 0.0) - factor * value
                right[other] -= factor * right[one]
        ratio = {}
        for one in reversed(order):
            rest = right[one] - sum(value * ratio[c] for c, value in rows[one].items() if c > one)
            ratio[one] = rest / rows[one][one]
        persons = {cell: self.of_profile[cell] * (constant + sum(f * ratio[c] for c, f in parts.items()))
                   for cell, (constant, parts) in cells.items()}
        for year in self.years:
            for first, last in self.groups[year]:
                if first == last:
                    persons[year, first] = sums[year][first]
                    continue
                kept = {(year, age): max(persons[year, age], 0.0) for age in range(first, last + 1)}
                whole = sum(kept.values())
                persons.update({cell: n * sums[year][first] / whole for cell, n in kept.items()})
        return persons
