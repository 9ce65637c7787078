"""Retirement ages and what they do (docs/model.md, "Retirement ages" and the two kinds)."""
import datetime
import math

from reading import steffen, worded

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")


def count_months(text):
    """Months from 1 January to the day of counting; the last day of a month is the month's end."""
    day, month = text.split()
    day, month = int(day), MONTHS.index(month)
    if day == DAYS[month]:
        return month + 1.0
    return month + (day - 1) / DAYS[month]


def birth_months(date):
    """Months since the year 0; days count as 31sts of a month."""
    if isinstance(date, str):
        date = datetime.date.fromisoformat(date)
    return date.year * 12 + date.month - 1 + (date.day - 1) / 31


class Rule:
    """One retirement age."""

    def __init__(self, reader, entry):
        entry = worded(entry, "table")
        self.count = count_months(reader.doc["years"].get("count", "1 january"))
        self.year = reader.value(entry["year"], ("year",)) if "year" in entry else None
        self.known = {}
        if "table" in entry:
            rows = [(birth_months(r["born_from"]), float(r["age"])) for r in reader.rows(entry["table"])]
        else:
            rows = [(birth_months(d), float(a)) for d, a in entry.get("born", {}).items()]
        self.born = sorted(rows)

    def age(self, age, year):
        """SA of people of whole age `age` at the count of `year`: the mean over twelve months of birth."""
        if self.year is not None:
            return self.year.at(year=year)
        if (age, year) not in self.known:
            last = (year - age) * 12 + self.count
            total = 0.0
            for month in range(12):
                born = last - month - 0.5
                total += [a for start, a in self.born if start <= born][-1]
            self.known[age, year] = total / 12
        return self.known[age, year]


class Mixed:
    """Shares of several rules; each counts from its own reference cohort."""

    def __init__(self, reader, entry, rules, ages):
        entry = {entry: 1} if isinstance(entry, str) else entry
        self.parts = [(reader.value(share).at(), rules[name]) for name, share in entry.items()]
        self.base, self.ages = reader.base, ages

    def age(self, age, year):
        return sum(share * rule.age(age, year) for share, rule in self.parts)

    def reference(self):
        total = 0.0
        for share, rule in self.parts:
            reached = next(a for a in range(200) if a + 0.5 >= rule.age(a, self.base))
            total += share * rule.age(reached, self.base)
        return total


def normal_between(a, b):
    """The mass of the standard normal distribution from a to b, from the nearer tail."""
    root = math.sqrt(2)
    if a > 0:
        return 0.5 * (math.erfc(a / root) - math.erfc(b / root))
    if b < 0:
        return 0.5 * (math.erfc(-b / root) - math.erfc(-a / root))
    return 1 - 0.5 * math.erfc(b / root) - 0.5 * math.erfc(-a / root)


def hazard(age, mean, spread, earliest, latest):
    """The share of people counted at whole age `age` who leave before the next count."""
    earliest = -math.inf if earliest is None else earliest
    latest = math.inf if latest is None else latest
    if age + 1.5 <= earliest:
        return 0.0
    if age + 1.5 >= latest:
        return 1.0
    start, end = max(age + 0.5, earliest), age + 1.5
    if spread == 0:
        leaves = min(max(mean, earliest), latest)
        return 1.0 if end >= leaves else 0.0
    left = normal_between((start - mean) / spread, (latest - mean) / spread)
    if left <= 0:
        return 1.0
    return normal_between((start - mean) / spread, (end - mean) / spread) / left


def shifted(curve, ages, age, threshold, move):
    """Participation at `age` where the curve (a function of whole age) has moved by `move` years."""
    if age <= threshold or move == 0:
        return curve(age)
    at = max(threshold, age - move)
    return steffen(ages, [curve(a) for a in ages], at)
