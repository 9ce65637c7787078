"""Random sectors."""
from making import short
from worlds_supply import by_region, split

DRIVERS = ("constant", "population", "users", "user_table", "series", "sector", "need", "teaching", "spending")


def ages(make):
    """A range of ages of the population that cuts into no open group; its people are there in every year."""
    first = make.random.randint(0, 30)
    return make.pick("%d-%d" % (first, first + make.random.randint(2, 12)), "%d+" % first)


def people(make, text):
    """Persons of a range in all regions in the base year, roughly."""
    last = 52 if text.endswith("+") else int(text.split("-")[1])
    first = int(text.rstrip("+").split("-")[0])
    return 7000 * len(make.regions) * (last + 1 - first)


def users(make):
    groups = {}
    for i in range(make.random.randint(1, 3)):
        group = {"population": ages(make)}
        how = make.pick("rate", "users", "hours", "neither")
        if how == "rate":
            group["use_rate"] = make.value(0.1, 1.2, ("year", "region"))
        elif how == "users":
            number = people(make, group["population"]) * 0.3
            group["users"] = make.value(number * 0.5, number, ("region",))
        elif how == "hours":
            group["hours"] = hours(make, group["population"])
        make.use("users." + how)
        if how != "hours" and make.chance(0.6):
            group["weight"] = make.value(0.2, 3, ("year",))
            make.use("users.weight")
        groups["group%d" % i] = group
    if make.empty and make.chance(0.7):
        groups["single"] = {"population": "7", "users": make.table(500, 900, ["region"])}
        make.use("users.nobody_in_base_year")
    return {"users": groups}


def hours(make, text):
    first = int(text.rstrip("+").split("-")[0])
    last = first + 2 if text.endswith("+") else int(text.split("-")[1])
    header, rows = ["hours_from", "hours_to", "users"], []
    aged = make.chance(0.5)
    for low in (0, 10, 25):
        for group in ([(first, last), (last + 1, last + 3)] if aged and not text.endswith("+") else [(first, last)]):
            rows.append((list(group) if aged else []) + [low, low + make.random.randint(5, 15),
                                                         make.random.randint(1000, 9000)])
    names = ["least", "most", "heads"] if make.chance(0.3) else header
    entry = {"table": make.write((["age_from", "age_to"] if aged else []) + names, rows),
             "norm_hours": make.between(25, 45)}
    if not aged and make.chance(0.4):
        make.use("users.hours_where")
        names = [*names, "kind"]
        rows = [[*row, "this"] for row in rows] + [[*rows[0], "that"]]
        entry.update({"table": make.write(names, rows), "where": {"kind": "this"}})
    if "least" in names:
        entry.update({"from": "least", "to": "most", "users": "heads"})
    if make.chance(0.4):
        entry["intensity"] = make.between(0.8, 2)
    return entry


def user_table(make):
    rows = [[5, 9, 4000, 1.5], [10, 24, 9000, 0.7], [25, "", 20000, 2]]
    rows = [[a, b, round(n * make.random.uniform(1, 3)), w] for a, b, n, w in rows]
    entry = {"table": make.write(["age_from", "age_to", "users", "w"], rows)}
    if make.chance(0.3):
        make.use("user_table.where")
        rows = [[*row, "this"] for row in rows] + [[5, 9, 100, 9, "that"]]
        names = ["first", "last", "heads", "w", "kind"]
        return {"user_table": {"table": make.write(names, rows), "where": {"kind": "this"}, "age_from": "first",
                               "age_to": "last", "users": "heads", "weight": "w"}}
    if make.chance(0.6):
        entry["weight"] = "w"
        return {"user_table": entry}
    return {"user_table": make.pick(entry, entry["table"])}


def need(make):
    top = make.population_top
    groups = [(a, a + 4) for a in range(0, top - top % 5 - 5, 5)]
    groups.append((groups[-1][1] + 1, ""))
    rows = [[*g, make.between(0.05, 0.3) + 0.001 * g[0] ** 2] for g in groups]
    by_age_rows = rows
    by_age = {"table": make.write(["age_from", "age_to", "need"], rows), "column": "need"}
    if make.chance(0.3):
        make.use("need.by_year")
        rows = [[y, *g, n * (make.between(0.97, 1.2) if y > make.base else 1)] for y in make.years for *g, n in rows]
        by_age["table"] = make.write(["year", "age_from", "age_to", "need"], rows)
    kind = make.pick("plain", "healthy_ageing", "years_to_death")
    make.use("need." + kind)
    entry = {"by_age": by_age}
    if kind == "healthy_ageing":
        entry[kind] = {"strength": make.between(0, 1.5), "life_expectancy": make.value(17, 24, ("year",))}
        if make.chance(0.8):
            entry[kind]["from"] = make.random.randint(5, 40)
    elif kind == "years_to_death":
        last = make.years[-1] + make.random.randint(0, 6)
        rows = [[y, *g, make.between(0.001, 0.02) + 0.0001 * g[0]] for y in range(make.years[0], last + 1) for g in groups]
        entry[kind] = {"mortality": {"table": make.write(["year", "age_from", "age_to", "rate"], rows), "column": "rate"}}
        if make.chance(0.5):
            make.use("need.decedent_ratio")
            entry[kind]["decedent_ratio"] = make.between(0.5, 8)
        else:
            # At most what leaves the survivors a need: within 5 years at most 0.3 of an age die.
            make.use("need.decedent")
            rows = [[*g, make.between(0, 3) * need] for g, need in ((r[:2], r[2]) for r in by_age_rows)]
            entry[kind]["decedent"] = {"table": make.write(["age_from", "age_to", "need"], rows), "column": "need"}
        if make.chance(0.7):
            entry[kind]["years"] = make.random.randint(1, 5)
    return {"need": entry}


def teaching(make):
    pupils = {}
    for i in range(make.random.randint(1, 3)):
        pupils["group%d" % i] = {"population": ages(make), "hours_per_pupil": make.value(20, 70, ("year",))}
        if make.chance(0.5):
            pupils["group%d" % i]["enrolment"] = make.value(0.4, 1, ("year", "region"))
    entry = {"pupils": pupils, "hours_per_fte": make.value(500, 900, ("year",))}
    if make.chance(0.5):
        entry["teacher_share"] = make.value(0.7, 1, ("year",))
    if make.chance(0.7):
        entry["level"] = make.pick("employment", "hours", "hours")
    make.use("teaching." + entry.get("level", "employment"))
    return {"teaching": entry}


def spending(make):
    entry = {"amount": make.value(2000, 9000, ("year", "region"))}
    if make.chance(0.5):
        make.use("spending.deflator")
        entry["deflator"] = make.value(0.7, 1.3, ("year",))
    return {"spending": entry}


def follows(make, done):
    driver = make.pick(*DRIVERS)
    if driver == "sector" and not done:
        driver = "users"
    make.use("follows." + driver)
    if driver == "constant":
        return make.pick("constant", {"driver": "constant"})
    if driver == "population":
        return {"population": ages(make)}
    if driver == "series":
        return {"series": make.value(0.7, 1.6, ("year", "region"))}
    if driver == "sector":
        return {"sector": make.random.choice(list(done))}
    return {"users": users, "user_table": user_table, "need": need, "teaching": teaching, "spending": spending}[driver](make)


def employment(make, names, size):
    """By profession: numbers for all regions, or tables by region."""
    result = {}
    for name in names:
        low, high = 0.5 * size, size
        each = len(make.regions)
        result[name] = make.table(low / each, high / each, ["region"]) if make.chance(0.5) else make.between(low, high)
    return result


def substitution(make, entry, names):
    """`share_change` between two professions, or `shares` of all of them."""
    first, second = make.random.sample(names, 2)
    if make.chance(0.5):
        change = {make.base: 0, make.until: make.between(-0.08, 0.08), "between": make.pick("linear", "step")}
        other = {k: -v if isinstance(v, (int, float)) else v for k, v in change.items()}
        entry["share_change"] = {first: change, second: other}
        make.use("share_change")
        return
    last = make.base + make.random.randint(1, 3)
    whole = {p: sum(numbers(make, entry, p)) for p in names}
    total = sum(whole.values())
    now = {p: round(n / total, 5) for p, n in whole.items()}
    later = dict(now)
    moved = round(make.random.uniform(-0.06, 0.06), 5)
    later[first], later[second] = round(now[first] + moved, 5), round(now[second] - moved, 5)
    for shares in (now, later):
        shares[names[-1]] = round(1 - sum(n for p, n in shares.items() if p != names[-1]), 5)
    way = make.pick("linear", "step")
    entry["shares"] = {p: {make.base: now[p], last: later[p], "between": way, "then": "hold"} for p in names}
    make.use("shares")


def numbers(make, entry, name):
    """Employment as written, roughly (tables are read back by their middle)."""
    value = entry["employment"][name]
    return [value if isinstance(value, float) else entry["_size"] * 0.75]


def floor(make, entry, names, size):
    make.use("floor")
    groups = {"small": {"population": "0-2", "months": make.pick(0, 1, 2.5)}, "large": {"population": "3-5"}}
    if make.chance(0.5):
        groups["large"]["months"] = make.pick(-1, -3)
        make.use("floor.months")
    for group in groups.values():
        wanted = people(make, group["population"]) / (size * len(names) * 0.4)
        group["children_per_adult"] = make.value(max(0.2, 0.7 * wanted), max(0.3, 1.3 * wanted), ("year",))
        if make.chance(0.6):
            group["enrolment"] = make.value(0.5, 1, ("year", "region"))
    first = make.between(0.2, 1)
    marginal = {names[0]: 1} if len(names) == 1 else {names[0]: first, names[1]: short(1 - first)}
    entry["floor"] = {"children": groups, "staff": {p: make.between(0.5, 1) for p in names}, "marginal": marginal}
    if make.chance(0.5):
        entry["floor"]["phase"] = make.value(0, 1, ("year",))
    if make.chance(0.4):
        entry["floor"]["opening_factor"] = make.value(0.9, 1.2, ("year",))
    if make.chance(0.4):
        entry["floor"]["other_staff"] = make.value(0.05 * size, 0.1 * size, ("region",))
        make.use("floor.other_staff")
    if make.chance(0.6):
        entry["floor"]["student_weight"] = make.between(0.2, 1)
        make.use("floor.student_weight")


def budget(make, entry, names):
    make.use("budget")
    first = make.between(0.3, 0.7)
    shares = {names[0]: first} if len(names) == 1 else {names[0]: first, names[1]: short(0.9 - first)}
    entry["budget"] = {"amount": make.value(100, 900, ("year",)), "unit_cost": make.value(300000, 500000, ("year",)),
                       "shares": shares, "key": {"population": make.pick("0-5", "0-5", "30+")}}
    if make.chance(0.5):
        entry["budget"]["deflator"] = make.value(0.8, 1.2, ("year",))
    if make.chance(0.5):
        entry["budget"]["price_year"] = make.base


def sector(make, all_names, must, done):
    size = 10 ** make.random.uniform(4, 5)
    names = [p for p in all_names if p in must or make.chance(0.7)] or [all_names[0]]
    entry = {"employment": employment(make, names, size), "_size": size}
    if make.chance(0.3):
        entry["vacancies"] = {make.random.choice(names): make.value(0.01 * size, 0.05 * size, ("region",))}
        make.use("vacancies")
    if len(make.regions) > 1:
        entry["split"] = split(make, employment=False)
    entry["follows"] = follows(make, done)
    for key, low, high in (("standard", 0.9, 1.2), ("productivity", 0.9, 1.2)):
        if make.chance(0.3):
            entry[key] = make.value(low, high, ("year",))
            make.use(key)
    if len(names) > 1 and make.chance(0.5):
        substitution(make, entry, names)
    if make.chance(0.3):
        entry["extra"] = {make.random.choice(names): make.value(-0.05 * size / len(make.regions), 0.2 * size / len(
            make.regions), ("year", "region"), growing=False)}
        make.use("extra")
    if make.chance(0.3):
        floor(make, entry, names, size)
    if make.chance(0.2):
        budget(make, entry, names)
    del entry["_size"]
    return entry


def demand(make, doc):
    names = list(doc["professions"])
    result = {}
    for i in range(make.random.randint(1, 4)):
        result["sector%d" % i] = sector(make, names, names if i == 0 else (), result)
    return result


def transfers(make, doc):
    """Tasks that move between sectors; together at most what a sector has."""
    result = {}
    for i in range(make.random.randint(1, 2)):
        first, second = make.random.sample(list(doc["demand"]), 2)
        entry = result["move%d" % i] = {"from": first, "to": second}
        if make.chance(0.5):
            entry["share"] = make.value(0, 0.4, ("year",))
        else:
            entry["fte"] = make.value(1, 20 / len(make.regions), ("year", "region"), growing=False)
            make.use("transfers.fte")
        names = list(doc["professions"])
        if len(names) > 1 and make.chance(0.5):
            one = make.between(0.1, 0.9)
            entry["shares"] = {names[0]: one, names[-1]: short(1 - one)}
            make.use("transfers.shares")
    make.use("transfers")
    return result


__all__ = ["by_region", "demand", "transfers"]
