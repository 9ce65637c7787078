"""Need of a sector: what it follows, floors, budgets (docs/model.md, "Demand")."""
import math

from people import by_region, split_shares
from reading import Cells, age_range, steffen, worded


class Sector:
    def __init__(self, world, name, entry):
        self.world, self.name, self.entry = world, name, entry
        reader = world.reader
        self.employment = self.staff("employment", ("region",))
        self.vacancies = self.staff("vacancies", ("region",))
        self.standard = reader.value(entry.get("standard"), ("year",), preset=1)
        self.productivity = reader.value(entry.get("productivity"), ("year",), preset=1)
        self.extra = reader.values(entry.get("extra"), ("year", "region"))
        self.change = reader.values(entry.get("share_change"), ("year",))
        self.shares = reader.values(entry.get("shares"), ("year",))
        self.known = {}
        self.professions = [p for p in world.names if any(p in (given or {}) for given in (
            entry.get("employment"), entry.get("vacancies"), entry.get("extra"), entry.get("shares"),
            entry.get("share_change"), entry.get("floor", {}).get("marginal"),
            entry.get("budget", {}).get("shares")))]

    def split(self, covers):
        return split_shares(self.world.reader, self.world.regions, self.world.population, self.entry.get("split"), None,
                            covers)

    def staff(self, key, dims):
        values = self.world.reader.values(self.entry.get(key), dims)
        return {p: by_region(self.world.reader, self.world.regions, v, self.split) for p, v in values.items()}

    def counted(self, profession, region):
        """What a region has of a profession's share: all of a total, and of numbers by region those it covers."""
        values = [self.world.reader.values(self.entry.get(key), ("region",)).get(profession)
                  for key in ("employment", "vacancies")]
        inside = region in self.world.regions.covered(self.entry.get("covers"))
        return sum(given.get(profession, {}).get(region, 0.0)
                   for given, value in zip((self.employment, self.vacancies), values)
                   if inside or (value is not None and "region" not in value.varies))

    def posts(self, profession, region):
        """Employment and vacancies of the base year."""
        return sum(given.get(profession, {}).get(region, 0.0) for given in (self.employment, self.vacancies))

    def all_posts(self, region):
        return sum(self.posts(p, region) for p in self.world.names)

    # -------------------------------------------------------------- what it follows

    def follows(self):
        return worded(self.entry["follows"], "driver")

    def groups(self):
        """[(ages, use rate by (region, year), weight by year)] of a sector that follows people."""
        follows = self.follows()
        if "population" in follows:
            return [(follows["population"], lambda r, y: 1.0, lambda y: 1.0)]
        if "user_table" in follows:
            return self.listed_groups(follows["user_table"])
        if "teaching" in follows:
            return self.pupils(follows["teaching"])
        groups = []
        for group in follows.get("users", {}).values():
            groups.append(self.group(group))
        return groups

    def pupils(self, entry):
        """Pupils of each group, and the full-time teachers that one of them asks for."""
        value = self.world.reader.value
        load, share = value(entry["hours_per_fte"], ("year",)), value(entry.get("teacher_share"), ("year",), preset=1)
        groups = []
        for group in entry["pupils"].values():
            enrolled = value(group.get("enrolment"), ("year", "region"), preset=1)
            hours = value(group["hours_per_pupil"], ("year",))
            groups.append((group["population"], lambda r, y, e=enrolled: e.at(year=y, region=r),
                           lambda y, h=hours: h.at(year=y) * share.at(year=y) / load.at(year=y)))
        return groups

    def listed_groups(self, entry):
        entry = worded(entry, "table")
        groups = []
        for row in self.world.reader.rows(entry["table"], entry.get("where")):
            last = row[entry.get("age_to", "age_to")]
            ages = "%s-%s" % (row[entry.get("age_from", "age_from")], last) if last else (
                row[entry.get("age_from", "age_from")] + "+")
            rate = self.national_rate(float(row[entry.get("users", "users")]), ages, entry.get("covers"))
            weight = float(row[entry["weight"]]) if "weight" in entry else 1.0
            groups.append((ages, rate, lambda y, w=weight: w))
        return groups

    def national_rate(self, users, ages, covers):
        base, area = self.world.reader.base, self.world.regions.covered(covers)
        rate = users / sum(self.world.population.persons(r, base, ages) for r in area)
        return lambda r, y: rate if r in area else 0.0

    def group(self, entry):
        reader = self.world.reader
        ages = str(entry["population"])
        weight = reader.value(entry.get("weight"), ("year",), preset=1)
        rate, of_hours = None, None
        if "hours" in entry:
            users, of_hours = self.hours(entry["hours"], ages)
            rate = self.national_rate(users, ages, entry["hours"].get("covers"))
        if "use_rate" in entry:
            given = reader.value(entry["use_rate"], ("year", "region"))
            rate = lambda r, y: given.at(year=y, region=r)
        elif "users" in entry:
            users = reader.value(entry["users"], ("region",))
            rate = (self.regional_rate(users, ages) if "region" in users.varies
                    else self.national_rate(users.at(), ages, users.covers))
        elif rate is None:
            rate = lambda r, y: 1.0
        return ages, rate, (lambda y: of_hours) if of_hours is not None else (lambda y: weight.at(year=y))

    def regional_rate(self, users, ages):
        """Users over people; a region without people has the rate of its first group, or of all regions."""
        world = self.world

        def rate_of(members):
            people = sum(world.population.persons(r, world.reader.base, ages) for r in members)
            return sum(users.at(region=r) for r in members) / people if people else None

        rates = {}
        for region in world.regions.keys:
            areas = [[region]] + [m for m in world.regions.groups.values() if region in m] + [world.regions.keys]
            rates[region] = next(rate for rate in map(rate_of, areas) if rate is not None)
        return lambda r, y: rates[r]

    def hours(self, entry, ages):
        """(users, weight of a user) from users by hours a week."""
        first, last = age_range(ages)
        users = hours = 0.0
        for row in self.world.reader.rows(entry["table"], entry.get("where")):
            if "age_from" in row:
                oldest = int(row["age_to"]) if row["age_to"] else None
                inside = int(row["age_from"]) >= first and (last is None or (oldest is not None and oldest <= last))
                if not inside:
                    continue
            middle = (float(row[entry.get("from", "hours_from")]) + float(row[entry.get("to", "hours_to")])) / 2
            users += float(row[entry.get("users", "users")])
            hours += float(row[entry.get("users", "users")]) * middle
        intensity = self.world.reader.value(entry.get("intensity"), preset=1).at()
        return users, hours * intensity / (self.world.reader.value(entry["norm_hours"]).at() * users)

    def users(self, region, year, weighted):
        total = 0.0
        for ages, rate, weight in self.remembered_groups():
            users = self.world.population.persons(region, year, ages) * rate(region, year)
            total += users * weight(year) if weighted else users
        return total

    def remembered_groups(self):
        if "groups" not in self.known:
            self.known["groups"] = self.groups()
        return self.known["groups"]

    def index(self, region, year):
        key = ("index", region, year)
        if key not in self.known:
            self.known[key] = self.find_index(region, year)
        return self.known[key]

    def find_index(self, region, year):
        follows, base = self.follows(), self.world.reader.base
        if "series" in follows:
            return self.world.reader.value(follows["series"], ("year", "region")).at(year=year, region=region)
        if "spending" in follows:
            entry = worded(follows["spending"], "amount")
            amount = self.world.reader.value(entry["amount"], ("year", "region"))
            price = self.world.reader.value(entry.get("deflator"), ("year",), preset=1)
            now, then = (amount.at(year=y, region=region) * price.at(year=y) for y in (year, base))
            return now / then
        if "sector" in follows:
            return self.world.sectors[follows["sector"]].index(region, year)
        if "need" in follows:
            now, then = self.need(follows["need"], region, year), self.need(follows["need"], region, base)
        elif follows.get("driver") == "constant":
            return 1.0
        else:
            now, then = self.users(region, year, True), self.users(region, base, True)
            if follows.get("teaching", {}).get("level") == "hours":
                then = self.all_posts(region)
        return now / then if then else 0.0

    # -------------------------------------------------------------- need by age

    def need(self, entry, region, year):
        needs = self.needs(entry, year)
        return sum(n * needs[a] for a, n in self.world.population.ages(region, year).items())

    def needs(self, entry, year):
        """{age: need of a person} in a year."""
        if ("needs", year) in self.known:
            return self.known["needs", year]
        reader, ages = self.world.reader, self.world.population_ages()
        entry = entry if isinstance(entry, dict) and "by_age" in entry else {"by_age": entry}
        given = reader.value(entry["by_age"], ("year", "age"))
        need = {a: given.at(year=year, age=a) for a in ages}
        result = dict(need)
        if "healthy_ageing" in entry:
            healthy = entry["healthy_ageing"]
            left = reader.value(healthy["life_expectancy"], ("year",))
            gain = reader.value(healthy["strength"]).at() * (left.at(year=year) - left.at(year=reader.base))
            start = healthy.get("from", 65)
            for a in ages:
                if a > start and gain:
                    result[a] = steffen(ages, [need[b] for b in ages], max(start, a - gain))
        if "years_to_death" in entry:
            dying = entry["years_to_death"]
            mortality = reader.value(dying["mortality"], ("year", "age"))

            def dies(age, when):
                """The share of those of an age who die within the years that count; a table's last year holds."""
                alive = 1.0
                for k in range(dying.get("years", 3)):
                    year_of = min(when + k, mortality.last_year()) if isinstance(mortality, Cells) else when + k
                    alive -= alive * (1 - math.exp(-mortality.at(year=year_of, age=min(age + k, ages[-1]))))
                return 1 - alive

            for a in ages:
                share = dies(a, reader.base)
                if "decedent_ratio" in dying:
                    ratio = reader.value(dying["decedent_ratio"], ("age",)).at(age=a)
                    survivor = need[a] / (1 - share + ratio * share)
                    decedent = ratio * survivor
                else:
                    decedent = reader.value(dying["decedent"], ("age",)).at(age=a)
                    survivor = (need[a] - decedent * share) / (1 - share)
                result[a] = survivor + (decedent - survivor) * dies(a, year)
        self.known["needs", year] = result
        return result

    # -------------------------------------------------------------- need of staff

    def total(self, region, year):
        return (self.all_posts(region) * self.index(region, year) * self.standard.at(year=year)
                / self.productivity.at(year=year))

    def share(self, profession, region, year):
        posts = self.all_posts(region)
        share = self.posts(profession, region) / posts if posts else 0.0
        if profession in self.change:
            share += self.change[profession].at(year=year)
        if profession in self.shares:
            regions = self.world.regions.keys
            everywhere = sum(self.counted(p, r) for r in regions for p in self.world.names)
            own = sum(self.counted(profession, r) for r in regions) / everywhere
            share += self.shares[profession].at(year=year) - own
        return share

    def demand(self, profession, region, year, student_fte):
        """`student_fte` is all students' work in the region and year."""
        need = self.total(region, year) * self.share(profession, region, year)
        if profession in self.extra:
            value = self.extra[profession]
            need += by_region(self.world.reader, self.world.regions, value, self.split, year=year)[region]
        return (need + self.floor(profession, region, year, student_fte)
                + self.budget(profession, region, year))

    def floor(self, profession, region, year, student_fte):
        floor = self.entry.get("floor")
        if floor is None or profession not in floor["marginal"]:
            return 0.0
        value = self.world.reader.value
        return (value(floor.get("phase"), ("year",), preset=1).at(year=year)
                * value(floor["marginal"][profession]).at() * self.missing(region, year, student_fte))

    def ratio(self, region, year, student_fte):
        """{measure: number} of a staffing ratio before what it adds; nothing without one."""
        floor = self.entry.get("floor")
        if floor is None:
            return {}
        key = ("ratio", region, year)
        if key not in self.known:
            self.known[key] = self.find_ratio(floor, region, year, student_fte)
        return self.known[key]

    def find_ratio(self, floor, region, year, student_fte):
        value, population = self.world.reader.value, self.world.population
        required = everybody = 0.0
        for group in floor["children"].values():
            first, last = age_range(group["population"])
            children = population.persons(region, year, group["population"])
            months = group.get("months", 0)
            if months:
                children += months / 12 * population.persons(region, year, last + 1 if months > 0 else first)
            enrolment = value(group.get("enrolment"), ("year", "region"), preset=1).at(year=year, region=region)
            everybody += children * enrolment
            required += children * enrolment / value(group["children_per_adult"], ("year",)).at(year=year)
        required *= value(floor.get("opening_factor"), ("year",), preset=1).at(year=year)
        need, base = self.total(region, year), self.total(region, self.world.reader.base)
        staff = sum(value(weight).at() * need * self.share(p, region, year) for p, weight in floor["staff"].items())
        other = value(floor.get("other_staff"), ("region",))
        if other is not None and base:
            staff += by_region(self.world.reader, self.world.regions, other, self.split)[region] * need / base
        staff += value(floor.get("student_weight"), preset=0).at() * student_fte
        return {"children": everybody, "staff_required": required, "staff_counted": staff}

    def missing(self, region, year, student_fte):
        ratio = self.ratio(region, year, student_fte)
        required = ratio["staff_required"]
        missing = max(0.0, required - ratio["staff_counted"])
        return 0.0 if missing <= 1e-12 * required else missing

    def budget(self, profession, region, year):
        budget = self.entry.get("budget")
        if budget is None or profession not in budget["shares"]:
            return 0.0
        value, population = self.world.reader.value, self.world.population
        ages = budget["key"]["population"]
        country = sum(population.persons(r, year, ages) for r in population.regions)
        key = population.persons(region, year, ages) / country
        return (value(budget["amount"], ("year",)).at(year=year) * 1e6
                * value(budget.get("deflator"), ("year",), preset=1).at(year=year)
                / value(budget["unit_cost"], ("year",)).at(year=year) * value(budget["shares"][profession]).at() * key)
