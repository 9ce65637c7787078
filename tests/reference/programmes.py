"""Intake and what becomes of each entry cohort (docs/model.md, "Programmes")."""
import math

from people import split_shares
from reading import Missing, worded
from retirement import MONTHS, count_months

LONGEST = 30  # years after entry that are looked at


class Cohort:
    """Shares of one entry cohort: joining[lag, older], studying[lag, stage], dropping[lag], again[lag]."""

    def __init__(self):
        self.joining, self.studying, self.dropping, self.again = {}, {}, {}, {}

    def add(self, where, key, share):
        if share:
            where[key] = where.get(key, 0.0) + share


class Programme:
    def __init__(self, reader, regions, population, entry, employment, people):
        self.reader, self.regions, self.population, self.entry = reader, regions, population, entry
        self.ages, self.sexes = people
        self.profession = entry["leads_to"]
        self.source = entry.get("from")
        self.count = count_months(reader.doc["years"].get("count", "1 january"))
        read = reader.value
        for name in ("intake", "places", "applicants"):
            setattr(self, name, read(entry.get(name), ("year", "region")))
        for name in ("length", "shock"):
            setattr(self, name, read(entry.get(name), ("year",)))
        self.completion = read(entry.get("completion"), ("year", "region", "sex"))
        self.qualified = read(entry.get("qualified_share"), ("year",), preset=1)
        self.outside = read(entry.get("outside"), ("year", "region", "sex"), preset=0)
        self.profile = read(entry["entry"], ("year", "region", "sex", "age"), counts=True)
        self.stages = [(n, read(s["length"], ("year",)), read(s.get("dropout"), ("year", "region", "sex"), preset=0),
                        read(s.get("student_fte"), preset=0).at()) for n, s in entry.get("stages", {}).items()]
        self.delay = {int(d): read(s).at() for d, s in entry.get("delay", {0: 1}).items()}
        self.reform = entry.get("reform")
        self.regional = any(v is not None and "region" in v.varies
                            for v in (self.intake, self.places, self.applicants))
        totals = [v for v in (self.intake, self.places, self.applicants) if v is not None and "region" not in v.varies]
        follows = entry.get("intake_follows", {})
        self.covers = totals[0].covers if totals else follows.get("covers")
        self.employment, self.settles = employment, {}
        rates = [dropout for _, _, dropout, _ in self.stages] or [self.completion]
        self.by_sex = any(rate is not None and "sex" in rate.varies for rate in rates)
        again = worded(entry["begin_again"], "share") if "begin_again" in entry else {}
        self.again, self.after = read(again.get("share"), ("year", "region", "sex")), again.get("after", 1)
        self.by_sex = self.by_sex or (self.again is not None and "sex" in self.again.varies)
        self.cohorts, self.shares = {}, {}

    # -------------------------------------------------------------- intake

    def first_year(self):
        years = [v.first_year() for v in (self.intake, self.places, self.applicants) if v is not None]
        years = [y for y in years if y is not None]
        return max(years) if years else None

    def given(self, value, year, region):
        """A value of the entry year, with what `earlier_intake` says of years before the first one."""
        first = self.first_year()
        if first is not None and year < first:
            earlier = self.entry.get("earlier_intake", "required")
            try:
                return value.at(year=year, region=region)
            except Missing:
                if earlier == "none":
                    return 0.0
                if earlier == "hold":
                    return value.at(year=first, region=region)
                raise
        return value.at(year=year, region=region)

    def factor(self, year):
        factor = 1.0
        if self.shock is not None:
            try:
                factor *= self.shock.at(year=year)
            except Missing:
                pass
        if "intake_follows" in self.entry:
            ages = self.entry["intake_follows"]["population"]
            base = self.reader.base
            if year > base:
                area = self.regions.covered(self.covers)
                factor *= (sum(self.population.persons(r, year, ages) for r in area)
                           / sum(self.population.persons(r, base, ages) for r in area))
        return factor

    def places_in(self, year, region):
        return self.given(self.places, year, region)

    def intake_in(self, year, region):
        """Persons who start in a year, in a region (None where the programme has no regions)."""
        if self.intake is not None:
            return self.given(self.intake, year, region) * self.factor(year)
        if self.applicants is None:
            return self.places_in(year, region) * min(1.0, self.factor(year))
        qualified = self.given(self.applicants, year, region) * self.factor(year) * self.qualified.at(year=year)
        if self.places is None:
            return qualified
        return min(self.places_in(year, region), qualified)

    def settle(self, year):
        """{region: share of the graduates of a year who stay} of a programme whose intake is not by region."""
        if year not in self.settles:
            self.settles[year] = split_shares(self.reader, self.regions, self.population,
                                              self.entry.get("graduates_to"), self.employment, self.covers, year)
        return self.settles[year]

    def entrants(self, year, region=None):
        """{(sex, age): share of the intake} of an entry year."""
        region = self.studies_in() if region is None else region
        if (year, region) not in self.shares:
            cells = {(s, a): self.profile.at(year=year, region=region, sex=s, age=a)
                     for s in self.sexes for a in self.ages}
            total = self.entry.get("entry_total")
            total = sum(cells.values()) if total is None else self.reader.value(total).at()
            if not total:
                raise Missing("entrants of %d" % year)
            self.shares[year, region] = {c: n / total for c, n in cells.items() if n}
        return self.shares[year, region]

    def sex_parts(self, year, region):
        """[(sex, its part of the entrants)]; None for all, where both fare alike."""
        if not self.by_sex:
            return [(None, 1.0)]
        entrants = self.entrants(year, region)
        whole = sum(entrants.values())
        return [(s, sum(n for (sex, _), n in entrants.items() if sex == s) / whole) for s in self.sexes]

    # -------------------------------------------------------------- one entry cohort

    def cohort(self, year, region=None, sex=None):
        if (year, region, sex) not in self.cohorts:
            cohort = self.follow(year, region, sex)
            self.begin_again(cohort, year, region, sex)
            self.cohorts[year, region, sex] = cohort
        return self.cohorts[year, region, sex]

    def begin_again(self, cohort, year, region, sex):
        """Those who drop out after the base year start once more, as entrants of a later year do."""
        if self.again is None:
            return
        place = self.studies_in() if region is None else region
        for lag, dropped in list(cohort.dropping.items()):
            later = lag + self.after
            if year + lag <= self.reader.base or year + later > self.reader.until:
                continue
            share = dropped * self.again.at(year=year + lag, region=place, sex=sex)
            second = self.cohort(year + later, region, sex)
            cohort.add(cohort.again, later, share)
            for lag2, part in second.again.items():
                cohort.add(cohort.again, later + lag2, share * part)
            for (lag2, older), part in second.joining.items():
                cohort.add(cohort.joining, (later + lag2, older + later), share * part)
            for (lag2, stage), part in second.studying.items():
                cohort.add(cohort.studying, (later + lag2, stage), share * part)
            for lag2, part in second.dropping.items():
                cohort.add(cohort.dropping, later + lag2, share * part)

    def studies_in(self):
        """The region of a programme that has one only: a total's people study there."""
        area = self.regions.covered(self.covers)
        return area[0] if len(area) == 1 else None

    def runs(self, year, region=None, sex=None):
        """[(start, share, begins, ends, older, part, lag, stages)] of an entry year: begins and ends in months from
        1 January, `part` of the graduates `older` + 1 years older, the others `older`, after `lag` counts."""
        region = self.studies_in() if region is None else region
        place = {"year": year, "region": region, "sex": sex}
        stages = [(length.at(year=year), dropout.at(**place)) for _, length, dropout, _ in self.stages]
        length = sum(s[0] for s in stages) if stages else self.length.at(year=year)
        if not stages:
            stages = [(length, 1 - (self.completion.at(**place) if self.completion else 1))]
        full = self.entry.get("full_length", length)
        if self.reform and year >= self.reform["from"]:
            if "ects" in self.reform:
                length -= self.reader.value(self.reform["ects"]).at() / 60
            else:
                length -= self.reader.value(self.reform["shorter"]).at()
        if "starts" not in self.entry:
            whole = math.floor(length + 1e-9)
            part = max(0.0, length - whole)
            runs = [(None, 1 - part, self.count, self.count + 12 * whole, whole, 0.0, whole, stages)]
            if part > 1e-9:
                runs.append((None, part, self.count, self.count + 12 * (whole + 1), whole + 1, 0.0, whole + 1, stages))
            return runs
        runs = []
        for month, start in self.entry["starts"].items():
            begins = MONTHS.index(month)
            ends = MONTHS.index(start["ends"]) + 1
            ends += 12 * round((begins + 12 * full - ends) / 12)
            ends = max(begins, ends + 12 * (length - full))
            joins = math.ceil((ends - self.count) / 12 - 1e-9)
            elapsed = (12 * joins + self.count - begins) / 12
            older = math.floor(elapsed + 1e-9)
            runs.append((month, self.reader.value(start["share"]).at(), begins, ends, older,
                         max(0.0, elapsed - older), joins, stages))
        return runs

    def follow(self, year, region=None, sex=None, only=None):
        """What becomes of the entrants of a year, or of those of one start (then as shares of that start's)."""
        cohort = Cohort()
        for start, share, begins, ends, older, part, lag, stages in self.runs(year, region, sex):
            if only is not None:
                if start != only:
                    continue
                share = 1.0
            self.study(cohort, share, stages, begins, ends)
            self.join(cohort, share, stages, older, part, lag)
        return cohort

    def join(self, cohort, share, stages, older, part, lag):
        for _, dropout in stages:
            share *= 1 - dropout
        for delay, weight in self.delay.items():
            cohort.add(cohort.joining, (lag + delay, older + delay), share * weight * (1 - part))
            cohort.add(cohort.joining, (lag + delay, older + delay + 1), share * weight * part)

    def study(self, cohort, share, stages, begins, ends):
        """Students at each count and dropouts between two; stages are stretched to fill the time."""
        whole = sum(length for length, _ in stages)
        borders, left = [begins], [1.0]
        for length, dropout in stages:
            borders.append(borders[-1] + (ends - begins) * length / whole)
            left.append(left[-1] * (1 - dropout))
        borders[-1] = ends

        def remaining(month):
            if month >= ends:
                return left[-1]
            if month <= begins:
                return 1.0
            for i in range(len(stages)):
                if month < borders[i + 1]:
                    part = (month - borders[i]) / (borders[i + 1] - borders[i])
                    return left[i] * (1 - stages[i][1] * part)
            return left[-1]

        for lag in range(LONGEST):
            before, at = 12 * (lag - 1) + self.count, 12 * lag + self.count
            cohort.add(cohort.dropping, lag, share * (remaining(before) - remaining(at)))
            if begins <= at < ends - 1e-9:
                stage = max(i for i in range(len(stages)) if borders[i] <= at + 1e-9)
                cohort.add(cohort.studying, (lag, stage), share * remaining(at))

    # -------------------------------------------------------------- all cohorts of a year

    def entries(self, year, region):
        """(entry year, sex, its part, cohort) of those who may study or join in `year`; cohorts long gone are not asked
        for."""
        for entry in range(year - LONGEST + 1, year + 1):
            lag = year - entry
            try:
                cohorts = [(sex, part, self.cohort(entry, region, sex)) for sex, part in self.sex_parts(entry, region)]
            except Missing:  # no length or entrants that long ago: no one asks for it
                continue
            for sex, part, cohort in cohorts:
                if (any(key[0] >= lag for key in cohort.joining) or any(key[0] >= lag for key in cohort.studying)
                        or any(key >= lag for key in cohort.dropping)):
                    yield entry, sex, part, cohort

    def lanes(self):
        return self.regions.keys if self.regional else [None]

    def graduates(self, year):
        """{(region, sex, age, which may be past the oldest): persons} who join in the year."""
        result = {}
        for lane in self.lanes():
            place = self.studies_in() if lane is None else lane
            stays = {s: 1 - self.outside.at(year=year, region=place, sex=s) for s in self.sexes}
            settle = {lane: 1.0} if lane is not None else self.settle(year)
            for entry, sex, _, cohort in self.entries(year, lane):
                for (lag, older), share in cohort.joining.items():
                    if entry + lag != year:
                        continue
                    persons = self.intake_in(entry, lane) * share
                    for (s, a), part in self.entrants(entry, lane).items():
                        for region, there in settle.items() if sex in (None, s) else ():
                            key = (region, s, a + older)
                            result[key] = result.get(key, 0.0) + persons * part * stays[s] * there
        return result

    def settled(self, lane, persons, year):
        """Persons of the whole programme by region, as graduates settle."""
        if lane is not None:
            return {lane: persons}
        return {r: persons * share for r, share in self.settle(year).items()}

    def booked(self, year):
        """{measure: {region: number}} of intake, students, dropouts, places and students' work."""
        result = {}

        def book(measure, lane, number):
            for region, n in self.settled(lane, number, year).items():
                cell = result.setdefault(measure, {r: 0.0 for r in self.regions.keys})
                cell[region] += n

        for lane in self.lanes():
            intake = self.intake_in(year, lane)
            book("intake", lane, intake)
            if self.places is not None:
                places = self.places_in(year, lane)
                book("places", lane, places)
                book("places_unfilled", lane, places - intake)
            for measure in ("students", "dropouts", "student_fte") + (("begin_again",) if self.again else ()):
                book(measure, lane, 0.0)
            for entry, _, part, cohort in self.entries(year, lane):
                persons = None
                for (lag, stage), share in cohort.studying.items():
                    if entry + lag == year:
                        persons = self.intake_in(entry, lane) * part if persons is None else persons
                        book("students", lane, persons * share)
                        work = self.stages[stage][3] if self.stages else 0.0
                        book("student_fte", lane, persons * share * work)
                if year - entry in cohort.again:
                    book("begin_again", lane, self.intake_in(entry, lane) * part * cohort.again[year - entry])
                if year - entry in cohort.dropping:
                    book("dropouts", lane, self.intake_in(entry, lane) * part * cohort.dropping[year - entry])
        return result


