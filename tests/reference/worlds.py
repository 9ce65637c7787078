"""Random small worlds: a scenario and its tables in a folder of its own, from a seed."""
import datetime

from making import EARLIEST, Maker, short
from worlds_demand import demand, transfers
from worlds_supply import professions, programmes

TOP = 45  # the population's open group begins here


def regions(make):
    """regions.csv: those of the scenario, others of the country, and groups."""
    make.regions = ["1%02d" % i for i in range(1, make.random.randint(1, 4) + 1)]
    make.others = ["9%02d" % i for i in range(1, make.random.randint(0, 2) + 1)]
    groups = {r: make.pick("North", "South") for r in make.regions + make.others}
    if len(make.regions) > 1:  # the first, where no one may be of some age, has company in its group
        groups[make.regions[1]] = groups[make.regions[0]]
    kinds = {r: make.pick("Town", "Land") for r in make.regions + make.others}
    key = make.pick("code", "number")
    # Some report a part of the regions that their totals cover; in a group of those that the tables know.
    own = make.random.sample(make.regions, make.random.randint(1, len(make.regions)))
    make.own = own = own if make.chance(0.3) else make.regions
    make.covers = (make.pick("all", "Toll") if not make.others else "Toll") if len(own) < len(make.regions) else None
    rows = [[r, "Place " + r, groups[r], kinds[r], "yes" if r in own else "no",
             "Toll" if r in make.regions else "Other"] for r in groups]
    entry = {"table": make.write([key, "name", "part", "kind", "in", "known"], rows)}
    if key != "code":
        entry.update({"key": key, "name": "name"})
    if make.others or make.covers:
        entry["where"] = {"in": "yes"}
        make.use("regions.where")
    if make.chance(0.7):
        entry["group_by"] = make.pick("part", ["part", "kind"])
        make.use("regions.groups")
    if make.covers:
        by = entry.get("group_by", [])
        entry["group_by"] = ([by] if isinstance(by, str) else by) + ["known"]
        make.use("covers." + ("all" if make.covers == "all" else "group"))
    make.use("regions.%d" % len(make.regions))
    return entry


def population(make):
    """Population by groups of ages; age 7 is alone and may have no one in the first region's base year."""
    groups = make.age_groups(0, 6) + [(7, 7)] + make.age_groups(8, TOP - 1) + [(TOP, "")]
    make.population = {}  # {(region, year): {(first, last): persons}}
    rows = []
    make.empty = make.regions[0] if len(make.regions) > 1 and make.chance(0.3) else None
    sexes = ("f", "m") if make.chance(0.2) else (None,)
    profile = make.chance(0.2)
    around = make.random.randint(0, 2) if profile else 0  # years that only cohorts use
    moved = make.chance(0.25)
    after = max(around, 1) if moved else around  # 1 January of the year after the last one
    for r in make.regions + make.others:
        sizes = {g: make.random.uniform(4000, 10000) * (g[1] + 1 - g[0] if g[1] != "" else 8) for g in groups}
        for y in range(make.base - around, make.until + after + 1):
            for g in groups:
                sizes[g] *= make.random.uniform(0.97, 1.03)
                persons = 0 if (r, y, g) == (make.empty, make.base, (7, 7)) else round(sizes[g])
                make.population[r, y, g[0]] = persons * len(sexes)
                for s in sexes:
                    rows.append([r, y] + ([s] if s else []) + [g[0], g[1], persons])
    header = [make.pick("region", "municipality"), "year"] + (["sex"] if sexes[0] else []) + ["age_from", "age_to"]
    header, entry = header + ["persons"], {}
    if make.chance(0.3):
        make.use("population.renamed")
        header[-1], header[1] = "people", "when"
        entry.update({"column": "people", "keys": {"year": "when"}})
    if make.chance(0.3):
        make.use("population.where")
        header.append("kind")
        rows = [row + ["this"] for row in rows] + [row[:-1] + [7, "that"] for row in rows[:5]]
        entry["where"] = {"kind": "this"}
    make.random.shuffle(rows)
    entry = {"table": make.write(header, rows), **entry}
    if moved:
        make.use("population.at_count")
        entry["at"] = "count"
    make.population_top = TOP
    if make.chance(0.25):
        make.use("population.old_ages")
        borders = [(TOP, TOP + 4), (TOP + 5, TOP + 7), (TOP + 8, "")]
        years = sorted(make.random.sample(range(make.base - 3, make.until + 3), 3))
        rows = []
        for y in years:
            parts = [make.random.uniform(1, 5) for _ in borders]
            rows += [[y, *b, round(p / sum(parts), 3)] for b, p in zip(borders, parts)]
        entry["old_ages"] = {"table": make.write(["year", "age_from", "age_to", "share"], rows)}
        make.population_top = TOP + 8
    if profile:
        entry["ages"] = age_profile(make, "old_ages" in entry)
    if make.chance(0.25):
        make.use("population.factors")
        entry["factors"] = {"born": {"years": "born", "factor": make.value(0.7, 1.3, ("year",))},
                            "old": {"ages": "30+", "factor": make.value(0.7, 1.3, ("year",))}}
    return entry


def age_profile(make, old_ages):
    """Persons of a larger area by single age, of other years than the scenario's."""
    make.use("population.ages")
    top = TOP + make.pick(0, 6)
    if not old_ages:
        make.population_top = top
    start = make.base + make.random.randint(-3, 1)
    years = range(start, max(start, make.until + make.random.randint(-4, 3)) + 1)
    make.use("population.ages.beyond" if years[-1] < make.until or start > make.base else "population.ages.within")
    rows = []
    for y in years:
        for a in range(top + 1):
            size = 9000 * (1 + 0.3 * ((y - a) % 7 == 0)) * make.random.uniform(0.95, 1.05) / (1 + max(0, a - 40) / 5)
            rows.append([y, "%d+" % a if a == top else a, round(size)])
    make.random.shuffle(rows)
    return {"table": make.write(["year", "age", "persons"], rows)}


def children(make, first, last):
    """Persons of the scenario's regions in the base year, roughly."""
    per_age = sum(make.population[r, make.base, 0] for r in make.regions) / 3
    return per_age * (last + 1 - first)


def retirement_ages(make):
    result = {}
    middle = make.ages[0] + 0.6 * len(make.ages)
    for name in ("early", "state", "year"):
        ages = sorted(make.between(middle - 2, middle + 2) for _ in range(4))
        dates = ["1900-01-01"] + sorted("%d-%02d-%02d" % (make.base - int(middle) + make.random.randint(-6, 6),
                                                         make.random.randint(1, 12), make.random.randint(1, 28))
                                        for _ in range(3))
        dates = sorted(set(dates))
        if name == "year":
            result[name] = {"year": make.path(middle - 2, middle + 2)}
        elif make.chance(0.5):
            result[name] = {"born": {datetime.date.fromisoformat(d): a for d, a in zip(dates, ages)}}
            make.use("retirement_age.born")
        else:
            result[name] = {"table": make.write(["born_from", "age"], list(zip(dates, ages)))}
            make.use("retirement_age.table")
    return result


def say_covers(make, doc):
    """Once for the file, or in every block; some programmes have their own regions' entrants only."""
    blocks = [b for part in ("professions", "programmes", "demand") for b in doc.get(part, {}).values()]
    if make.chance(0.5):
        doc["covers"] = make.covers
    else:
        for block in blocks:
            if block.get("supply") != "none":
                block["covers"] = make.covers
        make.use("covers.block")
    for programme in doc.get("programmes", {}).values():
        if make.chance(0.2):
            programme["covers"] = "own"
            make.use("covers.own")


def world(seed, folder, name):
    """Writes the world of a seed; (path, parts that it uses)."""
    make = Maker(seed, folder)
    count = make.pick("1 january", "30 june", "15 march", "31 december", "1 october", None)
    first = make.pick(18, 20, 22, 47)
    make.ages = list(range(first, first + make.random.randint(10, 13)))
    make.sexes = ["f", "m"] if make.chance(0.5) else []
    make.use("sexes.%d" % max(1, len(make.sexes)), "count.%s" % (count or "default").replace(" ", "_"))
    doc = {"fremskriv": 1, "name": name, "years": {"base": make.base, "until": make.until}}
    if count:
        doc["years"]["count"] = count
    make.count = count or "1 january"
    oldest = make.pick("open", "leaves", None)
    doc["ages"] = {"from": make.ages[0], "to": make.ages[-1]}
    if oldest:
        doc["ages"]["oldest"] = oldest
    make.use("oldest.%s" % (oldest or "open"))
    make.mode = doc["base_year"] = make.pick("scale", "cohorts", "overwrite")
    make.use("base_year." + make.mode)
    doc["regions"] = regions(make)
    doc["population"] = population(make)
    doc["retirement_ages"] = retirement_ages(make)
    doc["professions"] = professions(make)
    doc["programmes"] = programmes(make, doc["professions"])
    if not doc["programmes"]:
        del doc["programmes"]
    doc["demand"] = demand(make, doc)
    if len(doc["demand"]) > 1 and make.chance(0.3):
        doc["transfers"] = transfers(make, doc)
    if make.chance(0.4):
        rule = make.pick("proportional", "priority", "proportional", "priority", "none")
        make.use("allocation." + rule)
        doc["allocation"] = {"rule": rule}
        if rule == "priority":
            doc["allocation"]["order"] = make.random.sample(list(doc["demand"]), len(doc["demand"]))
    if make.covers:
        say_covers(make, doc)
    if "part_time" in make.used and make.chance(0.5):
        doc["full_time_hours"] = make.between(35, 40)
        make.use("full_time_hours")
    if make.chance(0.4):
        doc["variants"] = {"changed": changes(make, doc)}
    return make.scenario(doc, name), make.used


# Values that may differ by year, and whether they are shares; those of an entry year begin before the base year.
CHANGEABLE = {"professions": {"unemployment": True, "fte_per_employed": False, "death": True, "unit_cost": False},
              "programmes": {"intake": False, "completion": True, "applicants": False},
              "demand": {"standard": False, "productivity": False}}


def change(make, share, entry):
    """A factor, a sum or both, perhaps from a year on, that leaves a share a share."""
    result = {}
    if make.chance(0.8):
        result["from"] = make.random.randint(make.base - (4 if entry else 0), make.until + 1)
        make.use("change.from")
    if make.chance(0.7):
        result["times"] = make.between(0.5, 0.95) if share else make.between(0.7, 1.3)
        make.use("change.times")
    if "times" not in result or make.chance(0.4):
        result["add"] = make.between(0.0, 0.005)
        make.use("change.add")
    return result


def changes(make, doc):
    """A variant that changes some values, those that are left out too where they have a default."""
    result = {}
    places = [(part, name, key) for part, keys in CHANGEABLE.items() for name, entry in doc.get(part, {}).items()
              for key in keys if key in entry or key in ("standard", "productivity")]
    # A change from a year on asks for that year: not of an intake whose early years are left to `earlier_intake`.
    places = [place for place in places if not (place[0] == "programmes" and place[2] != "completion" and
                                                doc[place[0]][place[1]].get("earlier_intake") in ("none", "hold"))]
    for part, name, key in make.random.sample(places, min(len(places), make.random.randint(1, 4))):
        added = change(make, CHANGEABLE[part][key], part == "programmes")
        result.setdefault(part, {}).setdefault(name, {})[key] = added
    return result


__all__ = ["EARLIEST", "children", "short", "world"]
# What 500 worlds must have used in ten at least; `compare.py --parts` counts them.
PARTS = tuple("""
absence allocation.none allocation.priority allocation.proportional base_year.cohorts base_year.overwrite
base_year.scale before.hold change.add change.from change.times between.linear between.spline between.step budget cohorts.regions cohorts.table
cohorts.total commuting commuting.inflow covers.all covers.block covers.group covers.own count.15_march count.1_january count.1_october count.30_june
already_left count.31_december count.default death emigration employment_rate extra feedback.pay feedback.unemployment feedback.untrained floor floor.months floor.other_staff
floor.student_weight follows.constant follows.need follows.population follows.sector follows.series
follows.spending follows.teaching follows.user_table follows.users fte_per_employed graduate_exit immigration immigration.stay matrix.by_age
matrix.by_sex matrix.by_year matrix.keys matrix.named_columns matrix.where moves.factor moves.matrix
moves.net need.by_year need.decedent need.decedent_ratio full_time_hours part_time need.healthy_ageing need.plain
need.years_to_death oldest.leaves oldest.open participation permanent_exit population.factors population.old_ages
population.at_count population.renamed population.where productivity professions.1 population.ages population.ages.beyond
population.ages.within
professions.2 professions.3 programme programme.applicants programme.by_region programme.calendar.1
programme.calendar.2 programme.completion programme.delay programme.earlier_hold programme.earlier_none
programme.earlier_required programme.entry_total programme.intake programme.intake_follows
programme.length_changes programme.outcome_by_region programme.outcome_by_sex programme.entry_by_year programme.entry_by_region programme.outside_by_region programme.outside_by_sex programme.settle_by_year programme.begin_again programme.outside programme.places programme.places_and_applicants programme.plain
programme.qualified_share programme.reform programme.shock programme.stages programme.student_fte regions.1
regions.2 regions.3 regions.4 regions.groups spending.deflator regions.where retirement.by_year retirement.exit
retirement.mixed retirement.participation retirement_age.born retirement_age.table returners sexes.1 sexes.2
share_change shares split.employment split.equal split.population split.weights standard supply.labour_force supply.none
table.age_groups table.column table.keys table.outside table.over table.product table.ratio table.sum
table.where teaching.employment teaching.hours then.growth then.hold transfers transfers.fte transfers.shares unemployment unit_cost upgrade upgrade.calendar upgrade.plain
user_table.where users.hours users.hours_where users.neither users.nobody_in_base_year users.rate users.users
users.weight vacancies value.growth value.mapping
""".split())
