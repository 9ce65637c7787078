"""Stock, labour and the flows of a step (docs/model.md, "Supply")."""

from people import by_region, split_shares
from reading import worded
from retirement import Mixed, hazard, shifted

EXITS = ("deaths", "emigrants", "permanent", "retirements", "aged_out")
LEAVING = ("year", "region", "sex")
FLOWS = EXITS + ("graduates", "immigrants", "returners", "moves_in", "moves_out", "upgrades_in", "upgrades_out")


class Matrix:
    """A table of shares from region to region, perhaps by year, sex and age."""

    def __init__(self, reader, regions, entry):
        entry = worded(entry, "table")
        self.base, self.regions = reader.base, regions.keys
        self.rows = []
        keys = entry.get("keys", {})
        taken = set(entry.get("where") or ()) | {entry.get("from", "from"), entry.get("to", "to")}
        for row in reader.rows(entry["table"], entry.get("where")):
            names = {d: keys.get(d, d) for d in ("year", "sex", "age", "age_from", "age_to")}
            given = {d: row[c] for d, c in names.items() if c in row and c not in taken}
            self.rows.append((row[entry.get("from", "from")], row[entry.get("to", "to")],
                              float(row[entry.get("column", "share")]), given))
        self.memory = {}

    @staticmethod
    def holds(given, year, sex, age):
        if "year" in given and int(given["year"]) != year or "sex" in given and given["sex"] != sex:
            return False
        if "age_from" in given:
            return int(given["age_from"]) <= age <= int(given["age_to"])
        return "age" not in given or int(given["age"]) == age

    def at(self, year, sex=None, age=None):
        """{from: {to: share}} over the scenario's regions, {from: share to outside}, and the regions with any row."""
        if (year, sex, age) not in self.memory:
            inside, outside, listed = {r: {} for r in self.regions}, {r: 0.0 for r in self.regions}, set()
            for start, end, share, given in self.rows:
                if start not in inside or not self.holds(given, year, sex, age):
                    continue
                listed.add(start)
                if end in inside:
                    inside[start][end] = share
                else:
                    outside[start] += share
            self.memory[year, sex, age] = inside, outside, listed
        return self.memory[year, sex, age]


class Profession:
    """One profession with a stock: its rates and its base-year stock, by region, sex and age."""

    def __init__(self, world, name, entry):
        self.world, self.name, self.entry = world, name, entry
        reader = world.reader
        labour = ("year", "region", "sex", "age")
        for key in ("participation", "unemployment", "employment_rate", "fte_per_employed", "death", "emigration",
                    "permanent_exit", "returners", "already_left"):
            setattr(self, key, reader.value(entry.get(key), labour))
        part_time = entry.get("part_time", {})
        self.part_time = [reader.value(part_time.get(key), labour) for key in ("share", "hours")]
        self.full_time = reader.doc.get("full_time_hours", 37)
        self.absence = {k: reader.value(v, ("year",)) for k, v in self.absence_entry().items()}
        retirement = entry.get("retirement", {})
        self.kind = retirement.get("kind")
        if self.kind:
            self.rule = Mixed(reader, retirement["age"], world.rules, world.ages)
            self.leaves = {k: reader.value(v, LEAVING) for k, v in retirement.get("leaves", {}).items()}
            self.reference = self.rule.reference() if self.kind == "exit" else None
            self.response = reader.value(retirement.get("response"), LEAVING, preset=1)
        self.memory = {}
        self.found_work = {}  # (region, year): by how much fewer are out of work than given, before bounds
        feedback = entry.get("feedback", {})
        self.answer = {k: reader.value(feedback["unemployment"][k]).at() for k in ("response", "least", "most")
                       } if "unemployment" in feedback else None
        self.pay = {"index": reader.value(feedback["pay"]["index"], ("year",)),
                    "elasticity": reader.value(feedback["pay"]["elasticity"]).at()} if "pay" in feedback else None
        self.stock = self.base_stock()
        self.immigration = self.immigrants()
        commuting = entry.get("commuting")
        self.commuting = self.commuting_matrix(commuting) if commuting else None
        self.inflow = self.inflow_of(commuting, "inflow")
        self.inflow_fte = self.inflow_of(commuting, "inflow_fte")
        moves = entry.get("moves", {})
        self.moves = Matrix(reader, world.regions, moves["matrix"]) if "matrix" in moves else None
        self.net = reader.value(moves.get("net"), labour)
        self.graduate_exit = {int(k): reader.value(v, labour) for k, v in entry.get("graduate_exit", {}).items()}
        stay = entry.get("immigration", {}).get("stay", {})
        self.stay = {0: 1.0, **{int(k): reader.value(v).at() for k, v in stay.items()}}
        self.moves_factor = reader.value(moves.get("factor"), labour, preset=1)

    def absence_entry(self):
        entry = self.entry.get("absence")
        if entry is None:
            return {}
        if isinstance(entry, dict) and ({"share", "days", "of"} & set(entry)):
            return entry
        return {"share": entry}

    def split(self, entry):
        return lambda covers: split_shares(self.world.reader, self.world.regions, self.world.population, entry,
                                           self.world.employment(self.name), covers)

    def base_stock(self):
        """{(region, sex, age): persons} before any scaling."""
        world, entry = self.world, self.entry["cohorts"]
        persons = world.reader.value(entry["persons"], ("region", "sex", "age"), counts=True)
        if "ages" in entry:
            profile = world.reader.value(entry["ages"], ("sex", "age"), counts=True)
            shape = {c: profile.at(sex=c[0], age=c[1]) for c in world.cells}
            whole = sum(shape.values())
            totals = by_region(world.reader, world.regions, persons, self.split(entry.get("split")))
            return {(r, *c): totals[r] * shape[c] / whole for r in world.regions.keys for c in world.cells}
        stock = {}
        for cell in world.cells:
            here = by_region(world.reader, world.regions, persons, self.split(entry.get("split")), sex=cell[0],
                             age=cell[1])
            stock.update({(r, *cell): n for r, n in here.items()})
        return stock

    def immigrants(self):
        """A function: {(region, sex, age): persons} who arrive in a year."""
        world, entry = self.world, self.entry.get("immigration")
        if entry is None:
            return None
        persons = world.reader.value(entry["persons"], ("year", "region"))
        profile = world.reader.value(entry["ages"], ("sex", "age"), counts=True)
        shape = {c: profile.at(sex=c[0], age=c[1]) for c in world.cells}
        whole = sum(shape.values())

        def arrive(year):
            totals = by_region(world.reader, world.regions, persons, self.split(entry.get("split")), year=year)
            return {(r, *c): totals[r] * shape[c] / whole for r in world.regions.keys for c in world.cells}

        return arrive

    def commuting_matrix(self, entry):
        """A function: {residence: {workplace: share}} of a year."""
        matrix = Matrix(self.world.reader, self.world.regions, entry["matrix"])

        def of_year(year):
            inside, _, listed = matrix.at(year)
            return {r: to if r in listed else {r: 1.0} for r, to in inside.items()}

        return of_year

    def inflow_of(self, entry, key):
        """A function: {region: number} of a year."""
        value = self.world.reader.value(entry.get(key), ("year", "region")) if entry else None
        return lambda year: by_region(self.world.reader, self.world.regions, value, lambda covers: {}, year=year)

    # -------------------------------------------------------------- rates

    def rate(self, value, year, region, sex, age):
        return 0.0 if value is None else value.at(year=year, region=region, sex=sex, age=age)

    def level(self, value, year, region, sex, age):
        """Participation or employment rate, moved with the retirement age where that is asked for."""
        if value is None:
            return 1.0
        if self.pay is None:
            return self.unpaid(value, year, region, sex, age)
        index = self.pay["index"]
        change = index.at(year=year) / index.at(year=self.world.reader.base)
        return min(1.0, self.unpaid(value, year, region, sex, age) * change ** self.pay["elasticity"])

    def unpaid(self, value, year, region, sex, age):
        if self.kind != "participation":
            return value.at(year=year, region=region, sex=sex, age=age)
        move = self.response.at(year=year, region=region, sex=sex) * (self.rule.age(age, year) - self.rule.age(age, self.world.reader.base))
        return shifted(lambda a: value.at(year=year, region=region, sex=sex, age=a), self.world.ages, age,
                       self.entry["retirement"]["threshold"], move)

    def in_labour_force(self, *where):
        return self.level(self.participation, *where)

    def employed(self, *where):
        if self.employment_rate is not None:
            return self.level(self.employment_rate, *where)
        return self.level(self.participation, *where) * (1 - self.out_of_work(*where))

    def out_of_work(self, year, region, sex, age):
        given = self.rate(self.unemployment, year, region, sex, age)
        if self.answer is None or year == self.world.reader.base:
            return given
        wanted = given - self.found_work[region, year]
        return max(min(given, self.answer["least"]), min(max(given, self.answer["most"]), wanted))

    def look_for_work(self, year, short):
        """What next year's unemployment makes of this year's shortage; `short` is {region: part of the demand}."""
        def here(region):
            if not self.commuting:
                return short[region]
            away = self.commuting(year)[region]
            return sum(away.get(w, 0.0) * short[w] for w in short) / (sum(away.get(w, 0.0) for w in short) or 1.0)

        if year == self.world.reader.base:
            self.first_short = {r: here(r) for r in short}
        for r in short:
            self.found_work[r, year + 1] = self.answer["response"] * (here(r) - self.first_short[r])

    def absent(self, year):
        if "share" in self.absence:
            return self.absence["share"].at(year=year)
        if "days" in self.absence:
            return self.absence["days"].at(year=year) / self.absence["of"].at(year=year)
        return 0.0

    def both_fte(self, *where):
        """Full-time equivalents per person of the stock: of those in work, and of those whom supply counts."""
        if where not in self.memory:
            per_worker = 1.0 if self.fte_per_employed is None else self.rate(self.fte_per_employed, *where)
            if self.part_time[0] is not None:
                share, hours = (self.rate(value, *where) for value in self.part_time)
                per_worker = 1 - share + share * hours / self.full_time
            per_worker *= (1 - self.absent(where[0])) / (1 - self.absent(self.world.reader.base))
            working = self.employed(*where)
            counted = self.in_labour_force(*where) if self.entry.get("supply") == "labour_force" else working
            self.memory[where] = working * per_worker, counted * per_worker
        return self.memory[where]

    def fte(self, *where):
        return self.both_fte(*where)[0]

    def supplied(self, *where):
        return self.both_fte(*where)[1]

    def still_there(self, years):
        """Share of immigrants after so many years: straight lines between those named."""
        named = sorted(self.stay)
        for a, b in zip(named, named[1:]):
            if a <= years <= b:
                return self.stay[a] + (self.stay[b] - self.stay[a]) * (years - a) / (b - a)
        return self.stay[named[-1]]

    def own_exit(self, kind, years, *where):
        """What those who joined `years` years ago leave by beside the others in the next year."""
        if kind == "graduates":
            return self.rate(self.graduate_exit.get(years + 1), *where)
        before, after = self.still_there(years), self.still_there(years + 1)
        return (before - after) / before if before > 0 else 0.0

    def retiring(self, year, region, sex, age):
        if self.kind != "exit":
            return 0.0
        key = ("retiring", year, region, sex, age)
        if key not in self.memory:
            retirement = self.entry["retirement"]
            mean, spread, response = (self.leaves[k].at(year=year, region=region, sex=sex) if k in self.leaves else 1.0
                                      for k in ("mean", "spread", "response"))
            mean += self.reference + response * (self.rule.age(age, year) - self.reference)
            self.memory[key] = hazard(age, mean, spread, retirement.get("earliest"), retirement.get("latest"))
        return self.memory[key]


def solve(matrix, right):
    """x of matrix * x = right."""
    n = len(right)
    rows = [list(row) + [b] for row, b in zip(matrix, right)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(n):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


class Supply:
    """All stocks, moved step by step."""

    def __init__(self, world):
        self.world = world
        self.regions = world.regions.keys
        self.last = world.ages[-1]
        self.open = world.reader.doc.get("ages", {}).get("oldest", "open") == "open"
        self.flows = {}  # (profession, flow, region, year): persons
        self.exits_fte = {}
        self.moving_fte = {}  # (profession, "out" or "in", region, year): FTE of those who left and came otherwise
        self.stocks = {p: dict(world.stocked[p].stock) for p in world.stocked}
        self.pools = {p: {} for p in world.stocked}
        self.recent = {p: {} for p in world.stocked}  # {(graduates or immigrants, year of joining): {cell: persons}}
        base = world.reader.base
        if world.reader.doc["base_year"] == "scale":
            for p in world.stocked:
                self.scale(p, base)
        for p, person in world.stocked.items():
            if person.already_left is not None:
                self.pools[p] = {k: n * person.rate(person.already_left, base, *k) for k, n in self.stocks[p].items()}
        self.measures = {}
        for upgrade in world.upgrades:
            upgrade.take_earlier(base, self.stocks[upgrade.source])
        self.measure(base)
        for year in range(base, world.reader.until):
            self.step(year)
            self.measure(year + 1)

    def book(self, profession, flow, region, year, persons):
        key = (profession, flow, region, year)
        self.flows[key] = self.flows.get(key, 0.0) + persons

    def book_fte(self, name, way, cell, year, persons):
        """What those who leave or come between two counts work at the second, in the cell in which they are then."""
        key = (name, way, cell[0], year)
        self.moving_fte[key] = self.moving_fte.get(key, 0.0) + persons * self.world.stocked[name].fte(year, *cell)

    def scale(self, name, base):
        person, wanted = self.world.stocked[name], self.world.employment(name)
        made = {r: 0.0 for r in self.regions}
        for (r, s, a), n in self.stocks[name].items():
            made[r] += n * person.fte(base, r, s, a)
        if person.commuting:
            shares, inflow = person.commuting(base), person.inflow_fte(base)
            matrix = [[made[r] * shares[r].get(w, 0.0) for r in self.regions] for w in self.regions]
            factors = dict(zip(self.regions, solve(matrix, [wanted[w] - inflow[w] for w in self.regions])))
        else:
            factors = {r: wanted[r] / made[r] if made[r] else 0.0 for r in self.regions}
        self.stocks[name] = {k: n * factors[k[0]] for k, n in self.stocks[name].items()}

    # -------------------------------------------------------------- a step

    def step(self, year):
        for name, person in self.world.stocked.items():
            stock, leavers = self.leave(name, person, year)
            stock = self.age(stock, lambda k, n, p=name: self.pass_oldest(p, k, n, year))
            self.recent[name] = {k: self.age(people, None) for k, people in self.recent[name].items()}
            stock = self.move(name, person, stock, year)
            self.arrive(name, person, stock, leavers, year)
            self.stocks[name] = stock
        self.upgrade(year)

    def leave(self, name, person, year):
        left_over, permanent = {}, {}
        for (r, s, a), n in self.stocks[name].items():
            for flow, rate in (("deaths", person.rate(person.death, year, r, s, a)),
                               ("emigrants", person.rate(person.emigration, year, r, s, a)),
                               ("permanent", person.rate(person.permanent_exit, year, r, s, a)),
                               ("retirements", person.retiring(year, r, s, a))):
                out = n * rate
                n -= out
                if out:
                    self.leave_one(name, flow, (r, s, a), out, year)
                    if flow == "permanent":
                        permanent[r, s, a] = out
            left_over[r, s, a] = n
        self.leave_recent(name, person, left_over, permanent, year)
        return left_over, permanent

    def leave_recent(self, name, person, stock, permanent, year):
        """Those who joined lately: what the stock's exits leave of them, then exits of their own."""
        for (kind, joined), people in self.recent[name].items():
            for (r, s, a), n in people.items():
                for rate in (person.rate(person.death, year, r, s, a), person.rate(person.emigration, year, r, s, a),
                             person.rate(person.permanent_exit, year, r, s, a), person.retiring(year, r, s, a)):
                    n -= n * rate
                out = n * person.own_exit(kind, year - joined, year, r, s, a)
                people[r, s, a] = n - out
                if out:
                    stock[r, s, a] -= out
                    self.leave_one(name, "permanent" if kind == "graduates" else "emigrants", (r, s, a), out, year)
                    if kind == "graduates":
                        permanent[r, s, a] = permanent.get((r, s, a), 0.0) + out

    def leave_one(self, name, flow, cell, persons, year):
        self.book(name, flow, cell[0], year + 1, persons)
        key = (name, cell[0], year + 1)
        fte = persons * self.world.stocked[name].fte(year, *cell)
        self.exits_fte[key] = self.exits_fte.get(key, 0.0) + fte

    def pass_oldest(self, name, cell, persons, year):
        self.leave_one(name, "aged_out", cell, persons, year)

    def age(self, stock, gone):
        """Everybody one year older; `gone` takes those who pass a closed oldest age."""
        older = {k: 0.0 for k in stock}
        for (r, s, a), n in stock.items():
            if a < self.last:
                older[r, s, a + 1] = older.get((r, s, a + 1), 0.0) + n
            elif self.open:
                older[r, s, a] += n
            elif n and gone:
                gone((r, s, a), n)
        return older

    def move(self, name, person, stock, year):
        if person.moves is None and person.net is None:
            return stock
        after = dict(stock)
        if person.moves is not None:
            for (r, s, a), n in stock.items():
                inside, outside, _ = person.moves.at(year, s, a)
                factor = person.moves_factor.at(year=year, region=r, sex=s, age=a)
                for to, share in list(inside[r].items()) + [(None, outside[r])]:
                    share *= factor
                    if to == r or not share:
                        continue
                    after[r, s, a] -= n * share
                    self.book(name, "moves_out", r, year + 1, n * share)
                    self.book_fte(name, "out", (r, s, a), year + 1, n * share)
                    for people in self.recent[name].values():
                        people.setdefault("moved", []).append(((r, s, a), to and (to, s, a),
                                                               people.get((r, s, a), 0.0) * share))
                    if to is not None:
                        after[to, s, a] += n * share
                        self.book(name, "moves_in", to, year + 1, n * share)
                        self.book_fte(name, "in", (to, s, a), year + 1, n * share)
            for people in self.recent[name].values():
                for start, end, n in people.pop("moved", ()):
                    people[start] = people.get(start, 0.0) - n
                    if end is not None:
                        people[end] = people.get(end, 0.0) + n
            return after
        for s, a in self.world.cells:
            net = {r: person.net.at(year=year, region=r, sex=s, age=a) for r in self.regions}
            here = {r: stock[r, s, a] for r in self.regions}
            gain = {r: max(0.0, net[r]) * here[r] for r in self.regions}
            loss = {r: max(0.0, -net[r]) * here[r] for r in self.regions}
            gains, losses = sum(gain.values()), sum(loss.values())
            if not gains or not losses:
                continue
            k = min(gains / losses, 1 / max(-n for n in net.values()))
            for people in self.recent[name].values():
                out = {r: people.get((r, s, a), 0.0) * min(k * loss[r], here[r]) / here[r] if here[r] else 0.0
                       for r in self.regions}
                for r in self.regions:
                    people[r, s, a] = people.get((r, s, a), 0.0) - out[r] + sum(out.values()) * gain[r] / gains
            for r in self.regions:
                into, out = gain[r] * k * losses / gains, min(k * loss[r], here[r])
                after[r, s, a] += into - out
                self.book(name, "moves_in", r, year + 1, into)
                self.book(name, "moves_out", r, year + 1, out)
                self.book_fte(name, "in", (r, s, a), year + 1, into)
                self.book_fte(name, "out", (r, s, a), year + 1, out)
        return after

    def arrive(self, name, person, stock, leavers, year):
        for kind in ("graduates", "immigrants"):
            self.recent[name][kind, year + 1] = {}
        graduates, immigrants = (self.recent[name][k, year + 1] for k in ("graduates", "immigrants"))
        for programme in self.world.programmes.values():
            if programme.profession != name or programme.source is not None:
                continue
            for (r, s, a), persons in programme.graduates(year + 1).items():
                self.book(name, "graduates", r, year + 1, persons)
                joined = self.join(name, stock, (r, s, a), persons, year)
                if joined:
                    graduates[joined] = graduates.get(joined, 0.0) + persons
        if person.immigration:
            for cell, persons in person.immigration(year + 1).items():
                stock[cell] += persons
                immigrants[cell] = persons
                self.book(name, "immigrants", cell[0], year + 1, persons)
                self.book_fte(name, "in", cell, year + 1, persons)
        if person.returners is not None:
            self.come_back(name, person, stock, leavers, year)

    def join(self, name, stock, cell, persons, year):
        """The cell in which they are, or None where they have passed a closed oldest age."""
        r, s, a = cell
        if a > self.last:
            if not self.open:
                self.book(name, "aged_out", r, year + 1, persons)
                return None
            a = self.last
        stock[r, s, a] += persons
        return r, s, a

    def come_back(self, name, person, stock, leavers, year):
        pool, back = dict(self.pools[name]), {}
        for (r, s, a), n in pool.items():
            n -= n * person.rate(person.death, year, r, s, a)
            n -= n * person.retiring(year, r, s, a)
            back[r, s, a] = n * person.rate(person.returners, year, r, s, a)
            pool[r, s, a] = n - back[r, s, a]
        for cell, n in leavers.items():
            pool[cell] = pool.get(cell, 0.0) + n
        self.pools[name] = self.age(pool, None)
        for cell, n in self.age(back, None).items():
            stock[cell] += n
            self.book(name, "returners", cell[0], year + 1, n)
            self.book_fte(name, "in", cell, year + 1, n)

    def upgrade(self, year):
        """All upgrades take, in their order; then completers and dropouts of all of them arrive."""
        now = year + 1
        for upgrade in self.world.upgrades:
            for cell, out in upgrade.take(now, self.stocks[upgrade.source]).items():
                for people in self.recent[upgrade.source].values():
                    if people.get(cell):
                        people[cell] -= people[cell] * out / self.stocks[upgrade.source][cell]
                self.stocks[upgrade.source][cell] -= out
                self.book(upgrade.source, "upgrades_out", cell[0], now, out)
                self.book_fte(upgrade.source, "out", cell, now, out)
        for upgrade in self.world.upgrades:
            for name, cell, persons in upgrade.arrivals(now):
                self.book(name, "upgrades_in", cell[0], now, persons)
                joined = self.join(name, self.stocks[name], cell, persons, year)
                if joined:
                    self.book_fte(name, "in", joined, now, persons)

    # -------------------------------------------------------------- measures

    def measure(self, year):
        world = self.world
        for name, person in world.stocked.items():
            sums = {m: {r: 0.0 for r in self.regions} for m in ("stock", "labour_force", "employed", "supply", "old")}
            for (r, s, a), n in self.stocks[name].items():
                where = (year, r, s, a)
                sums["stock"][r] += n
                sums["labour_force"][r] += n * person.in_labour_force(*where)
                sums["employed"][r] += n * person.employed(*where)
                sums["supply"][r] += n * person.supplied(*where)
                sums["old"][r] += n if a >= 55 else 0.0
            if person.commuting:
                for measure, inflow in (("employed", person.inflow), ("supply", person.inflow_fte)):
                    home = sums[measure]
                    shares, come = person.commuting(year), inflow(year)
                    sums[measure] = {w: sum(home[r] * shares[r].get(w, 0.0) for r in self.regions) + come[w]
                                     for w in self.regions}
            if year == world.reader.base and world.reader.doc["base_year"] == "overwrite":
                sums["supply"] = dict(world.employment(name))
            for measure, cells in sums.items():
                for r, n in cells.items():
                    self.measures[name, measure, r, year] = n
            if person.answer:
                wanted = {r: world.wanted(name, r, year) for r in self.regions}
                person.look_for_work(year, {r: (d - sums["supply"][r]) / d if d else 0.0 for r, d in wanted.items()})
