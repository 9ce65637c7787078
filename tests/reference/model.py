#!/usr/bin/python3
"""The whole model once more: python3 model.py SCENARIO writes its results.csv, unsorted, to standard output.

Plain and slow, written from docs/model.md, docs/scenarios.md and docs/scenario-keys.md. It takes valid scenarios only.
"""
import sys

from demand import Sector
from people import Population, Regions, by_region
from programmes import Programme
from reading import Reader, worded
from retirement import Rule
from supply import Profession, Supply
from upgrades import upgrades_of

UNITS = {"coverage": "ratio", "share_55_plus": "ratio", "trained_share": "ratio", "children_per_adult": "children",
         "children_per_adult_required": "children", "cost": "mio_kr", "places": "places",
         "places_unfilled": "places"}
FTE = ("supply", "demand", "demand_without_supply", "gap", "shortage", "recruitment_need", "expansion", "replacement",
       "other_inflow", "graduate_need", "posts_unfilled", "student_fte", "staff_required", "staff_counted",
       "filled_untrained")
FLOWS = {"graduates": ("graduates",), "retirements": ("retirements",), "deaths": ("deaths",),
         "other_exits": ("emigrants", "permanent", "aged_out"), "arrivals": ("immigrants",),
         "returners": ("returners",), "upgrades_in": ("upgrades_in",), "upgrades_out": ("upgrades_out",),
         "moves_in": ("moves_in",), "moves_out": ("moves_out",)}


class World:
    """A scenario read and projected."""

    def __init__(self, path, variant=None):
        self.reader = reader = Reader(path, variant)
        doc = reader.doc
        self.regions, self.population = Regions(reader), Population(reader)
        ages = doc.get("ages", {})
        self.ages = list(range(ages.get("from", 15), ages.get("to", 74) + 1))
        self.names = list(doc["professions"])
        with_stock = {p: e for p, e in doc["professions"].items() if e.get("supply", "cohorts") != "none"}
        self.sexes = self.find_sexes(with_stock)
        self.cells = [(s, a) for s in self.sexes for a in self.ages]
        self.rules = {n: Rule(reader, e) for n, e in doc.get("retirement_ages", {}).items()}
        self.sectors = {n: Sector(self, n, e) for n, e in doc["demand"].items()}
        self.stocked = {p: Profession(self, p, e) for p, e in with_stock.items()}
        self.programmes = {n: Programme(reader, self.regions, self.population, e, self.employment(e["leads_to"]),
                                        (self.ages, self.sexes))
                           for n, e in doc.get("programmes", {}).items()}
        self.students, self.asked = {}, {}
        self.upgrades = upgrades_of(self)
        self.supply = Supply(self)
        self.work = {}
        self.fill_work()

    def find_sexes(self, professions):
        sexes = set()
        for entry in professions.values():
            tables = list(entry["cohorts"].values()) + list(entry.get("immigration", {}).values())
            for value in tables:
                if isinstance(value, dict) and "table" in value:
                    read = self.reader.value(value, ("region", "year", "sex", "age"))
                    if "sex" in read.varies:
                        sexes |= {key[read.varies.index("sex")] for key in read.cells}
        return sorted(sexes) or [None]

    def employment(self, profession):
        """{region: full-time equivalents of the base year over all sectors, without vacancies}."""
        return {r: sum(s.employment.get(profession, {}).get(r, 0.0) for s in self.sectors.values())
                for r in self.regions.keys}

    def population_ages(self):
        return sorted({a for ages in self.population.cells.values() for a in ages})

    def working_students(self, region, year):
        """Full-time equivalents of all students in a region."""
        if (region, year) not in self.students:
            self.students[region, year] = sum(
                p.booked(year).get("student_fte", {}).get(region, 0.0) for p in self.programmes.values() if p.source is None)
        return self.students[region, year]

    def wanted(self, profession, region, year):
        """Demand of a profession before others fill what was short."""
        key = (profession, region, year)
        if key not in self.asked:
            self.asked[key] = sum(n for (p, _), n in self.posts(region, year).items() if p == profession)
        return self.asked[key]

    def posts(self, region, year):
        """{(profession, sector): demand} with what moves between sectors, before others fill what was short."""
        students = self.working_students(region, year)
        demands = {(p, name): sector.demand(p, region, year, students)
                   for name, sector in self.sectors.items() for p in sector.professions}
        self.transfer(demands, year, region)
        return demands

    def fill_posts(self, demands, year, region):
        """Posts of last year's shortage go to untrained staff; {profession: full-time equivalents}."""
        filled = {}
        for p in self.stocked:
            untrained = self.reader.doc["professions"][p].get("feedback", {}).get("untrained")
            if untrained is None:
                continue
            part = 0.0
            if year > self.reader.base:
                lacks = max(0.0, self.wanted(p, region, year - 1) - self.supply.measures[p, "supply", region, year - 1])
                share = self.reader.value(untrained["share"], ("year",)).at(year=year)
                now = self.wanted(p, region, year)
                part = max(0.0, min(1.0, share * lacks / now)) if now else 0.0
            filled[p] = 0.0
            for q, j in list(demands):
                if q == p:
                    gone = demands[p, j] * part
                    demands[p, j] -= gone
                    demands[untrained["profession"], j] = demands.get((untrained["profession"], j), 0.0) + gone
                    filled[p] += gone
        return filled

    # -------------------------------------------------------------- measures of programmes

    def fill_work(self):
        """{(profession, measure, region, year): number} of everything that programmes report."""
        for year in self.reader.years:
            for programme in self.programmes.values():
                if programme.source is None:
                    self.note(programme.profession, programme.booked(year), year)
            for upgrade in self.upgrades:
                self.note(upgrade.profession, upgrade.booked(year, self.supply.stocks[upgrade.source]), year)

    def note(self, profession, booked, year):
        for measure, cells in booked.items():
            for region, number in cells.items():
                key = (profession, measure, region, year)
                self.work[key] = self.work.get(key, 0.0) + number

    # -------------------------------------------------------------- which measures there are

    def has(self, profession, measure):
        """Whether the scenario has anything for a measure of a profession with a stock."""
        entry = self.reader.doc["professions"][profession]
        own = [p for p in self.programmes.values() if p.profession == profession]
        named = {"deaths": "death" in entry, "retirements": entry.get("retirement", {}).get("kind") == "exit",
                 "other_exits": ("emigration" in entry or "permanent_exit" in entry or "graduate_exit" in entry
                                 or "stay" in entry.get("immigration", {}) or not self.supply.open),
                 "arrivals": "immigration" in entry, "returners": "returners" in entry,
                 "moves_in": "moves" in entry, "moves_out": "moves" in entry,
                 "upgrades_in": any(profession in (u.profession, u.source) for u in self.upgrades),
                 "upgrades_out": any(profession == u.source for u in self.upgrades),
                 "other_inflow": any(w in entry for w in ("immigration", "returners", "moves"))
                 or any(profession in (u.profession, u.source) for u in self.upgrades),
                 "graduates": any(p.source is None for p in own),
                 "begin_again": any(p.again for p in own), "intake": bool(own), "students": bool(own), "dropouts": bool(own),
                 "places": any(p.places is not None for p in own),
                 "places_unfilled": any(p.places is not None for p in own),
                 "student_fte": any(p.source is None and any("student_fte" in s for s in p.entry.get("stages", {})
                                                             .values()) for p in own),
                 "labour_force": "employment_rate" not in entry}
        return named.get(measure, True)

    # -------------------------------------------------------------- rows

    def rows(self):
        """{(year, region, profession, sector, measure): number}."""
        cells = {}  # by single region
        for year in self.reader.years:
            for region in self.regions.keys:
                self.balance(cells, year, region)
        return self.summed(cells)

    def balance(self, cells, year, region):
        base = self.reader.base
        demands = self.posts(region, year)
        students = self.working_students(region, year)
        for name, sector in self.sectors.items():
            if sector.remembered_groups():
                cells[year, region, "all", name, "users"] = sector.users(region, year, False)
            for measure, n in sector.ratio(region, year, students).items():
                cells[year, region, "all", name, measure] = n
        for p, n in self.fill_posts(demands, year, region).items():
            cells[year, region, p, "all", "filled_untrained"] = n
        for (p, name), n in demands.items():
            cells[year, region, p, name, "demand"] = n
            if p not in self.stocked:
                cells[year, region, p, name, "demand_without_supply"] = n
        for p in self.names:
            demand = sum(n for (q, _), n in demands.items() if q == p)
            cells[year, region, p, "all", "demand"] = demand
            if p not in self.stocked:
                cells[year, region, p, "all", "demand_without_supply"] = demand
            cost = self.reader.value(self.reader.doc["professions"][p].get("unit_cost"), ("year",))
            if cost is not None:
                cells[year, region, p, "all", "cost"] = demand * cost.at(year=year) / 1e6
            if p in self.stocked:
                self.stock_measures(cells, p, year, region, demand)
                self.unfilled(cells, p, year, region, {j: n for (q, j), n in demands.items() if q == p})
                if year > base:
                    before = cells[year - 1, region, p, "all", "demand"]
                    moving = self.supply.moving_fte
                    left = (self.supply.exits_fte.get((p, region, year), 0.0)
                            + moving.get((p, "out", region, year), 0.0))
                    came = moving.get((p, "in", region, year), 0.0)
                    row = {"expansion": demand - before, "replacement": left, "recruitment_need": demand - before + left,
                           "graduate_need": demand - before + left - came}
                    if self.has(p, "other_inflow"):
                        row["other_inflow"] = came
                    cells.update({(year, region, p, "all", m): n for m, n in row.items()})

    def transfer(self, demands, year, region):
        """Posts from sector to sector, each a part of what the first needs without any transfer."""
        value, before = self.reader.value, dict(demands)
        for entry in self.reader.doc.get("transfers", {}).values():
            own = {p: n for (p, j), n in before.items() if j == entry["from"]}
            if "share" in entry:
                part = value(entry["share"], ("year",)).at(year=year)
            else:
                posts = by_region(self.reader, self.regions, value(entry["fte"], ("year", "region")),
                                  self.sectors[entry["from"]].split, year=year)[region]
                part = posts / sum(own.values())
            for p, n in own.items():
                demands[p, entry["from"]] -= part * n
            arriving = {p: part * n for p, n in own.items()}
            if "shares" in entry:
                moved = sum(arriving.values())
                arriving = {p: moved * value(given, ("year",)).at(year=year) for p, given in entry["shares"].items()}
            for p, n in arriving.items():
                demands[p, entry["to"]] = demands.get((p, entry["to"]), 0.0) + n

    def stock_measures(self, cells, p, year, region, demand):
        base = self.reader.base
        for measure in ("supply", "stock", "labour_force", "employed", "old"):
            if self.has(p, measure):
                cells[year, region, p, "all", measure] = self.supply.measures[p, measure, region, year]
        gap = self.supply.measures[p, "supply", region, year] - demand
        cells[year, region, p, "all", "gap"] = gap
        cells[year, region, p, "all", "shortage"] = max(0.0, -gap)
        for measure, flows in FLOWS.items():
            if year > base and self.has(p, measure):
                cells[year, region, p, "all", measure] = sum(self.supply.flows.get((p, f, region, year), 0.0)
                                                             for f in flows)
        for measure in ("intake", "begin_again", "students", "dropouts", "places", "places_unfilled", "student_fte"):
            if self.has(p, measure) and (measure != "dropouts" or year > base):
                cells[year, region, p, "all", measure] = self.work.get((p, measure, region, year), 0.0)

    def unfilled(self, cells, p, year, region, demands):
        rule = self.reader.doc.get("allocation")
        if rule is None or worded(rule, "rule")["rule"] == "none":
            return
        rule = worded(rule, "rule")
        supply = self.supply.measures[p, "supply", region, year]
        whole = sum(demands.values())
        if rule["rule"] == "proportional":
            got = {j: n * min(1.0, supply / whole) if whole else 0.0 for j, n in demands.items()}
        else:
            got, left = {}, supply
            for j in rule["order"]:
                if j in demands:
                    got[j] = min(demands[j], left)
                    left -= got[j]
        for j, n in demands.items():
            cells[year, region, p, j, "posts_unfilled"] = n - got[j]
        cells[year, region, p, "all", "posts_unfilled"] = sum(n - got[j] for j, n in demands.items())

    def summed(self, cells):
        """Groups of regions and all professions; then ratios.

        What is said of all professions is about those that have a supply: of the others only their cost, and their
        demand under a name of its own. A total of labour forces or of costs is given where none is lacking.
        """
        sums, areas = {}, {}
        for area, members in self.regions.areas.items():
            for region in members:
                areas.setdefault(region, []).append(area)
        kept = {"labour_force": all(self.has(p, "labour_force") for p in self.stocked),
                "cost": all("unit_cost" in entry for entry in self.reader.doc["professions"].values())}
        for (year, region, p, j, measure), n in cells.items():
            keys = [p]
            if p != "all" and len(self.names) > 1 and kept.get(measure, True):
                if measure != "demand" or p in self.stocked:
                    keys.append("all")
            for area in areas.get(region, []):
                for q in keys:
                    key = (year, area, q, j, measure)
                    sums[key] = sums.get(key, 0.0) + n
        for year, area, q, j, measure in [k for k in sums if k[4] == "supply"]:
            demand = sums.get((year, area, q, j, "demand"), 0.0)
            if demand > 0:
                sums[year, area, q, j, "coverage"] = sums[year, area, q, j, "supply"] / demand
        for year, area, q, j, measure in [k for k in sums if k[3] != "all" and k[4] == "children"]:
            children = sums.pop((year, area, q, j, "children"))
            for name, staff in (("children_per_adult_required", "staff_required"),
                                ("children_per_adult", "staff_counted")):
                if sums[year, area, q, j, staff] > 0:
                    sums[year, area, q, j, name] = children / sums[year, area, q, j, staff]
        for year, area, q, j, measure in [k for k in sums if k[2] == "all" and k[4] == "demand_without_supply"]:
            without = sums[year, area, q, j, measure]
            trained = sums.get((year, area, q, j, "demand"), 0.0)
            if trained + without > 0:
                sums[year, area, q, j, "trained_share"] = trained / (trained + without)
        for key in [k for k in sums if k[4] == "old"]:
            old, stock = sums.pop(key), sums[key[:4] + ("stock",)]
            if stock > 0:
                sums[key[:4] + ("share_55_plus",)] = old / stock
        return sums


def unit(measure):
    return "fte" if measure in FTE else UNITS.get(measure, "persons")


def project(path, variant=None):
    """(name, {(year, region, profession, sector, measure): number}) of a scenario, or of a variant of it."""
    world = World(path, variant)
    return world.reader.name, world.rows()


def main():
    name, rows = project(sys.argv[1])
    print("scenario,variant,year,region,profession,sector,measure,statistic,unit,value")
    for (year, region, p, j, measure), n in rows.items():
        print("%s,base,%d,%s,%s,%s,%s,point,%s,%.6f" % (name, year, region, p, j, measure, unit(measure), n))


if __name__ == "__main__":
    main()
