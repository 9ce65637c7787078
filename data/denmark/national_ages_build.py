"""Builds national_ages.csv: Denmark by year and single age, 1 January 2016-2040, inside the groups of population.csv.

population.csv has seven groups. Who is a years old this year is a + 1 the next, less deaths: a group's sums of many
years, and those of its neighbours, say how many are of each age inside. The ages are those that

- sum to every group of every year exactly,
- change from year to year by little more than deaths (mortality.csv), and by about the same at neighbouring ages and
  in neighbouring years, which leaves room for those who come and go,
- follow each other without kinks, and
- have the published shares of 65-79 and of 80+ (shares_65_79.csv, old_shares.csv), which are of 1 July, as the mean of
  the 1 January before and the one after.

All but the first is weighed: least squares, each deviation over its usual size below. README.md says how well a left-out
year of shares is predicted.

    /usr/bin/python3 data/denmark/national_ages_build.py > data/denmark/national_ages.csv
    /usr/bin/python3 data/denmark/national_ages_build.py --left-out
"""

import collections
import csv
import math
import pathlib
import sys
from operator import mul

OLDEST = 100  # and over
# Usual sizes (standard deviations).
COME_AND_GO = ((16, 0.01), (36, 0.05), (60, 0.01), (999, 0.003))  # a cohort's change in a year beyond deaths, up to age
NEXT_AGE = ((12, 0.003), (35, 0.01), (999, 0.003))  # the same beside that of the next age
NEXT_YEAR = 0.01  # the same beside that of the next year
KINK = 0.15  # second difference over age
SHARE = 0.004  # of the group: shares are rounded to 0.001 and of another vintage than the table
LEAST = 1e-6  # weight that fixes what nothing else does
LOWEST_RATE = 2e-4  # deaths per person-year of the young


def read(folder, name):
    with open(folder / name, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def usual(sizes, age):
    return next(size for end, size in sizes if age < end)


class Given:
    """What is published: groups by year, mortality, shares."""

    def __init__(self, folder):
        self.persons = collections.defaultdict(int)
        for row in read(folder, "population.csv"):
            self.persons[int(row["year"]), int(row["age_from"])] += int(row["persons"])
        self.years = sorted({year for year, _ in self.persons})
        starts = sorted({age for _, age in self.persons})
        self.groups = [(a, b - 1) for a, b in zip(starts, [*starts[1:], OLDEST + 1])]
        self.rates = collections.defaultdict(list)
        for row in read(folder, "mortality.csv"):
            self.rates[int(row["year"])].append((int(row["age_from"]), math.log(float(row["rate"]))))
        self.shares = collections.defaultdict(list)  # (first age of the group, year): [(from, to, share)]
        for name in ("shares_65_79.csv", "old_shares.csv"):
            rows = list(read(folder, name))
            first = min(int(row["age_from"]) for row in rows)
            for row in rows:
                ages = int(row["age_from"]), int(row["age_to"] or OLDEST)
                self.shares[first, int(row["year"])].append((*ages, float(row["share"])))

    def survival(self, year, age):
        """From 1 January to the next of those aged `age`, half a year older on average: a line through the logarithms
        of the rates at the middles of their groups, also below the youngest group; the oldest have their group's."""
        rates = self.rates[year]
        if age >= OLDEST:
            return math.exp(-math.exp(rates[-1][1]))
        k = min(max((age - 1.5 - rates[0][0]) // 5, 0), len(rates) - 2)
        (start, low), (_, high) = rates[int(k)], rates[int(k) + 1]
        rate = math.exp(low + (high - low) * (age + 1 - start - 2.5) / 5)
        return math.exp(-max(rate, LOWEST_RATE))

    def sizes(self):
        """{(age, year): persons} of a population without waves, by which deviations are measured."""
        found = {}
        for year in self.years:
            alive = [1.0]
            for age in range(OLDEST):
                alive.append(alive[-1] * self.survival(year, age))
            alive[OLDEST] /= 1 - self.survival(year, OLDEST)
            for first, last in self.groups:
                whole = sum(alive[first:last + 1])
                for age in range(first, last + 1):
                    found[age, year] = self.persons[year, first] * alive[age] / whole
        return found


class Smooth:
    """The weighed deviations as a matrix in bands, cohort by cohort, factored: L times its transpose."""

    def __init__(self, given):
        years = given.years
        self.cells = [(year - born, year) for born in range(years[0] - OLDEST, years[-1] + 1) for year in years
                      if 0 <= year - born <= OLDEST]
        self.at = {cell: i for i, cell in enumerate(self.cells)}
        self.rows = [collections.defaultdict(float) for _ in self.cells]
        self.weigh(given, given.sizes())
        self.band = max(i - min(row) for i, row in enumerate(self.rows))
        self.factor()

    def add(self, parts, usual_size):
        for one, x in parts.items():
            for other, y in parts.items():
                if other <= one:
                    self.rows[one][other] += x * y / usual_size ** 2

    def weigh(self, given, sizes):
        years, at = given.years, self.at
        change = {}
        for year in years[:-1]:
            for age in range(OLDEST):
                older = 1 / sizes[age + 1, year + 1]
                change[age, year] = {at[age + 1, year + 1]: older, at[age, year]: -given.survival(year, age) * older}
                if age + 1 == OLDEST:  # they meet those who were that old already
                    change[age, year][at[OLDEST, year]] = -given.survival(year, OLDEST) * older
        for (age, year), parts in change.items():
            self.add(parts, usual(COME_AND_GO, age))
            for other, size in (((age + 1, year), usual(NEXT_AGE, age)), ((age, year + 1), NEXT_YEAR)):
                if other in change:
                    difference = collections.Counter(change[other])
                    difference.subtract(parts)
                    self.add(difference, size)
        for age, year in self.cells:
            self.add({at[age, year]: 1 / sizes[age, year]}, LEAST ** -0.5)
            if 0 < age < OLDEST - 1:
                self.add({at[age + step, year]: (2 if step == 0 else -1) / sizes[age + step, year]
                          for step in (-1, 0, 1)}, KINK)

    def factor(self):
        self.lower, self.columns = [], [[] for _ in self.cells]
        for i, row in enumerate(self.rows):
            start = max(0, i - self.band)
            made = []
            for j in range(start, i + 1):
                before = max(0, j - self.band)
                begin = max(start, before)
                other = self.lower[j][begin - before:j - before] if j < i else made[begin - start:]
                rest = row.get(j, 0.0) - sum(map(mul, made[begin - start:], other))
                made.append(rest / self.lower[j][-1] if j < i else math.sqrt(rest))
            self.lower.append(made)
            for j, value in enumerate(made, start):
                self.columns[j].append(value)

    def forward(self, right):
        out = [0.0] * len(self.cells)
        for i in range(min(right), len(out)):
            out[i] = (right.get(i, 0.0) - sum(map(mul, self.lower[i], out[max(0, i - self.band):i]))) \
                / self.lower[i][-1]
        return out

    def backward(self, right):
        out = [0.0] * len(self.cells)
        for i in reversed(range(len(out))):
            column = self.columns[i]
            out[i] = (right[i] - sum(map(mul, column[1:], out[i + 1:i + len(column)]))) / column[0]
        return out


class Ages:
    """Sums that hold (usual size 0) or are weighed, and the ages that have them."""

    def __init__(self, folder):
        self.given = Given(folder)
        self.smooth = Smooth(self.given)
        self.sums = []  # (None or the year of the shares, {cell: weight}, number, usual size)
        for year in self.given.years:
            for first, last in self.given.groups:
                self.want(None, {(age, year): 1.0 for age in range(first, last + 1)},
                          self.given.persons[year, first], 0.0)
        for (group, year), shares in sorted(self.given.shares.items()):
            days = self.days(year)
            whole = sum(part * self.given.persons[day, group] for day, part in days.items())
            rounded = sum(share for _, _, share in shares)
            for first, last, share in shares:
                self.want(year, {(age, day): part for day, part in days.items() for age in range(first, last + 1)},
                          whole * share / rounded, SHARE * whole * (1 if len(days) == 2 else 2))
        self.found = [self.smooth.forward(parts) for _, parts, _, _ in self.sums]
        starts = [min(parts) for _, parts, _, _ in self.sums]
        self.matrix = [[sum(map(mul, one[max(a, b):], other[max(a, b):])) for b, other in zip(starts, self.found)]
                       for a, one in zip(starts, self.found)]

    def days(self, year):
        """The 1 January before and the one after the middle of a year, of those that population.csv has."""
        near = [day for day in (year, year + 1) if day in self.given.years]
        return {day: 1 / len(near) for day in near}

    def want(self, year, cells, number, usual_size):
        self.sums.append((year, {self.smooth.at[cell]: part for cell, part in cells.items()}, number, usual_size))

    def solve(self, without=()):
        """{(age, year): persons}, without the shares of some years."""
        kept = [i for i, (year, _, _, _) in enumerate(self.sums) if year is None or year not in without]
        rows = [[self.matrix[i][j] + (self.sums[i][3] ** 2 if i == j else 0.0) for j in kept] + [self.sums[i][2]]
                for i in kept]
        for p, row in enumerate(rows):
            for q in range(p + 1, len(rows)):
                factor = rows[q][p] / row[p]
                rows[q][p:] = [x - factor * y for x, y in zip(rows[q][p:], row[p:])]
        pull = [0.0] * len(rows)
        for p in reversed(range(len(rows))):
            pull[p] = (rows[p][-1] - sum(map(mul, rows[p][p + 1:-1], pull[p + 1:]))) / rows[p][p]
        right = [0.0] * len(self.smooth.cells)
        for i, weight in zip(kept, pull):
            right = [x + weight * y for x, y in zip(right, self.found[i])]
        return dict(zip(self.smooth.cells, self.smooth.backward(right)))

    def left_out(self):
        """[(year, from, to, published share, predicted share)]: each year of shares from all the others."""
        rows = []
        for year in sorted({year for _, year in self.given.shares}):
            ages = self.solve(without=(year,))
            for (group, _), shares in sorted(item for item in self.given.shares.items() if item[0][1] == year):
                days, rounded = self.days(year), sum(share for _, _, share in shares)
                whole = sum(self.given.persons[day, group] for day in days)
                for first, last, share in shares:
                    persons = sum(ages[age, day] for day in days for age in range(first, last + 1))
                    rows.append((year, first, last, share / rounded, persons / whole))
        return rows


def whole_persons(ages, first, last, year, persons):
    """Whole persons that sum to the group's: the largest remainders are rounded up."""
    parts = {age: ages[age, year] for age in range(first, last + 1)}
    if min(parts.values()) < 0:
        sys.exit(f"an age of {first}-{last} is negative in {year}")
    whole = {age: math.floor(part) for age, part in parts.items()}
    for age in sorted(parts, key=lambda age: whole[age] - parts[age])[:persons - sum(whole.values())]:
        whole[age] += 1
    return whole


def rows(folder, built=None):
    """The table's rows as texts, with the header."""
    built = built or Ages(folder)
    ages = built.solve()
    yield ["year", "age_from", "age_to", "persons"]
    for year in built.given.years:
        for first, last in built.given.groups:
            for age, persons in whole_persons(ages, first, last, year, built.given.persons[year, first]).items():
                yield [str(year), str(age), "" if age == OLDEST else str(age), str(persons)]


def main():
    folder = pathlib.Path(__file__).resolve().parent
    if sys.argv[1:] == ["--left-out"]:
        for year, first, last, published, predicted in Ages(folder).left_out():
            print(f"{year} {first}-{last} published {100 * published:.1f} predicted {100 * predicted:.1f}")
        return
    for cells in rows(folder):
        print(",".join(cells))


if __name__ == "__main__":
    main()
