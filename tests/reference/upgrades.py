"""People who leave one profession to study for another (docs/model.md, "Upgrades")."""
import math

from programmes import LONGEST
from reading import Missing
from retirement import MONTHS


def upgrades_of(world):
    """One for each start of each programme with `from`, in their order."""
    result = []
    for programme in world.programmes.values():
        if programme.source is not None:
            for start in programme.entry.get("starts", {None: None}):
                result.append(Upgrade(world, programme, start))
    return result


class Upgrade:
    def __init__(self, world, programme, start):
        self.world, self.programme, self.start = world, programme, start
        self.source, self.profession = programme.source, programme.profession
        self.area = world.regions.covered(programme.covers)
        entry = programme.entry
        self.share = world.reader.value(entry["starts"][start]["share"]).at() if start else 1.0
        self.returning = world.reader.value(entry.get("return_share"), preset=1).at()
        self.lag, waiting = 0, 0.0
        if start:
            begins = MONTHS.index(start)
            self.lag = max(0, math.ceil((begins - programme.count) / 12 - 1e-9))
            waiting = (12 * self.lag + programme.count - begins) / 12
        self.waiting = waiting
        self.taken = {}  # {entry year: {(region, sex, age at taking): persons}}
        self.cohorts = {}

    def cohort(self, entry, region=None, sex=None):
        """What becomes of people of a region and sex; without them when, of anyone."""
        region, sex = region or self.world.regions.keys[0], sex or self.world.sexes[0]
        if (entry, region, sex) not in self.cohorts:
            self.cohorts[entry, region, sex] = self.programme.follow(entry, region, sex, self.start)
        return self.cohorts[entry, region, sex]

    def want(self, entry):
        intake, result = self.programme.intake_in(entry, None) * self.share, {}
        for (sex, age), share in self.programme.entrants(entry).items():
            for older, part in ((0, 1 - self.waiting), (1, self.waiting)):
                cell = (sex, min(age + older, self.world.ages[-1]))
                result[cell] = result.get(cell, 0.0) + intake * share * part
        return result

    def take(self, now, stock):
        """Whom the cohort of this step takes from the stock."""
        entry = now - self.lag
        taken = self.taken[entry] = {}
        for cell, n in self.want(entry).items():
            available = sum(stock[(r, *cell)] for r in self.area)
            for r in self.area:
                if available:
                    taken[(r, *cell)] = stock[(r, *cell)] * min(1.0, n / available)
        return taken

    def take_earlier(self, base, stock):
        """Cohorts that were taken at or before the base year's count: not from the stock, but divided as it is."""
        regions = self.area
        people = {r: sum(n for k, n in stock.items() if k[0] == r) for r in regions}
        everybody = sum(people.values())
        for entry in range(base - LONGEST, base - self.lag + 1):
            try:
                cohort = self.cohort(entry)
            except Missing:  # no length that long ago: no one asks for it
                continue
            ends = [lag for lag, _ in cohort.joining] + [lag for lag, _ in cohort.studying]
            if not ends or entry + max(ends) < base or (entry + max(ends) == base and entry != base):
                continue
            taken = self.taken[entry] = {}
            for cell, n in self.want(entry).items():
                available = sum(stock[(r, *cell)] for r in regions)
                for r in regions:
                    if available:
                        taken[(r, *cell)] = n * stock[(r, *cell)] / available
                    elif everybody:
                        taken[(r, *cell)] = n * people[r] / everybody

    def arrivals(self, now):
        """[(profession, cell, persons)] of those who complete or come back in the step that ends `now`."""
        for entry, taken in self.taken.items():
            for (r, s, a), n in taken.items():
                cohort, lag = self.cohort(entry, r, s), now - entry
                joining = sum(share for (years, _), share in cohort.joining.items() if years == lag)
                dropping = cohort.dropping.get(lag, 0.0) * self.returning
                cell = (r, s, a + lag - self.lag)
                if joining:
                    yield self.profession, cell, n * joining
                if dropping:
                    yield self.source, cell, n * dropping

    def would_take(self, year, stock):
        """{region: persons} of a cohort that is taken after the last year, as the stock of the last year lives."""
        regions, result = self.area, {}
        everybody = sum(n for k, n in stock.items() if k[0] in regions)
        for cell, n in self.want(year).items():
            available = sum(stock[(r, *cell)] for r in regions)
            for r in regions:
                people = sum(m for k, m in stock.items() if k[0] == r)
                share = (stock[(r, *cell)] / available if available else people / everybody if everybody else 0.0)
                result[r] = result.get(r, 0.0) + n * share
        return result

    def booked(self, year, stock):
        """{measure: {region: number}} of those who were taken in a region; `stock` is the old profession's of the last year."""
        regions = self.world.regions.keys
        result = {"students": dict.fromkeys(regions, 0.0), "dropouts": dict.fromkeys(regions, 0.0)}
        for entry, taken in self.taken.items():
            for (r, sex, _), n in taken.items():
                cohort = self.cohort(entry, r, sex)
                studying = sum(s for (lag, _), s in cohort.studying.items() if entry + lag == year)
                result["students"][r] += n * studying
                result["dropouts"][r] += n * cohort.dropping.get(year - entry, 0.0)
        result["intake"] = dict.fromkeys(regions, 0.0)
        if year in self.taken:
            for (r, _, _), n in self.taken[year].items():
                result["intake"][r] += n
        else:
            result["intake"].update(self.would_take(year, stock))
        if self.programme.places is not None:
            started = sum(result["intake"].values())
            places = self.programme.places_in(year, None) * self.share
            even = {r: 1 / len(self.area) if r in self.area else 0.0 for r in regions}
            share = {r: result["intake"][r] / started if started else even[r] for r in regions}
            result["places"] = {r: places * share[r] for r in regions}
            result["places_unfilled"] = {r: max(0.0, places - started) * share[r] for r in regions}
        return result
