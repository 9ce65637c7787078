"""Random professions and programmes."""
import itertools

from making import EARLIEST, short

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")
NAMES = ("nurse", "helper", "aide")
LABOUR = ("year", "region", "sex", "age")


def dims(make, *wanted):
    return [d for d in wanted if d != "sex" or make.sexes]


def ages_dims(make):
    return dims(make, "sex", "age")


def profile(make):
    """A profile by sex and age, of which the shape counts."""
    return make.table(10, 900, ages_dims(make), counts=True)


def split(make, employment=True):
    by = make.pick("population", "equal", "weights", "employment" if employment else "equal")
    make.use("split." + by)
    if by == "weights":
        return {"by": by, "weights": make.table(1, 3, ["region"])}
    if by == "population" and make.chance(0.7):
        first = make.random.randint(0, 20)
        return {"by": by, "ages": make.pick("%d+" % first, "%d-%d" % (first, first + make.random.randint(3, 20)))}
    return make.pick(by, {"by": by})


def settles(make):
    """A split of the graduates, whose weights may be of each year."""
    entry = split(make)
    if isinstance(entry, dict) and entry["by"] == "weights" and make.chance(0.5):
        entry["weights"] = make.table(1, 3, ["region", "year"])
        make.use("programme.settle_by_year")
    return entry


def cohorts(make):
    size = 10 ** make.random.uniform(5, 6)
    how = make.pick("total", "regions", "table", "table")
    make.use("cohorts." + how)
    if how == "table":
        chosen = (["region"] if make.chance(0.7) else []) + ages_dims(make)
        per_cell = size / len(make.ages)
        result = {"persons": make.table(per_cell * 0.5, per_cell, chosen, counts=True)}
        if "region" not in chosen and len(make.regions) > 1:
            result["split"] = split(make)
        return result
    shape = profile(make)
    if how == "regions":
        return {"persons": make.table(size / 3, size, ["region"]), "ages": shape}
    result = {"persons": short(size), "ages": shape}
    if len(make.regions) > 1:
        result["split"] = split(make)
    return result


def retirement(make):
    kind = make.pick("exit", "participation", None)
    if kind is None:
        return None
    make.use("retirement." + kind)
    names = make.pick(["early"], ["state"], ["year"], ["early", "state"], ["state", "year"])
    entry = {"kind": kind, "age": names[0]}
    if len(names) == 2:
        share = make.between(0.2, 0.8)
        entry["age"] = {names[0]: share, names[1]: short(1 - share)}
        make.use("retirement.mixed")
    if names == ["year"]:
        make.use("retirement.by_year")
    if kind == "exit":
        leaving = dims(make, "year", "region", "sex")
        entry["leaves"] = {"mean": make.value(-1.5, 1.5, leaving, growing=False),
                           "spread": 0 if make.chance(0.1) else make.value(0.5, 3, leaving)}
        if make.chance(0.7):
            entry["leaves"]["response"] = make.value(0, 1.5, leaving)
        entry["earliest"] = make.ages[0] + make.random.randint(2, 4)
        entry["latest"] = make.ages[-1] - make.random.choice([0, 1, 2.5, -3])
    else:
        entry["threshold"] = make.ages[0] + make.random.choice([1, 2.5, 4])
        entry["response"] = make.value(0, 1.5, dims(make, "year", "region", "sex"))
    return entry


def immigration(make):
    entry = {"persons": make.value(500, 3000, ("year", "region")), "ages": profile(make)}
    if len(make.regions) > 1 and not by_region(entry["persons"], make):
        entry["split"] = split(make)
    if make.chance(0.5):
        make.use("immigration.stay")
        entry["stay"] = make.pick({1: 0.8, 5: 0.5}, {2: 0.6, 4: 0}, {3: 0.7, 1: 0.9}, {1: make.between(0.2, 1)})
    return entry


def by_region(value, make):
    """Whether a table that was made has a column of regions."""
    if not isinstance(value, dict) or "table" not in value:
        return False
    if "region" in value.get("keys", {}):
        return True
    with open(make.folder + "/" + value["table"], encoding="utf-8") as f:
        return bool({"region", "municipality", "code"} & set(f.readline().strip().split(",")))


def moves(make):
    if make.chance(0.5):
        make.use("moves.net")
        chosen = ["region"] + [d for d in dims(make, "year", "sex", "age") if make.chance(0.3)]
        return {"net": make.table(-0.1, 0.1, chosen)}
    make.use("moves.matrix")
    entry = {"matrix": matrix(make, lambda: 0.0, 0.2, [d for d in dims(make, "year", "sex", "age") if make.chance(0.3)])}
    if make.chance(0.4):
        make.use("moves.factor")
        entry["factor"] = make.value(0.3, 1.5, dims(make, *LABOUR))
    return entry


def matrix(make, stay, leave, by=()):
    """A table from, to, share, perhaps by year, sex and age; what does not stay goes to the others, to `outside` and to
    left-out regions."""
    rows, keys = [], [()]
    for d in by:
        make.use("matrix.by_" + d)
        listed = {"year": [(y,) for y in make.years], "sex": [(s,) for s in make.sexes],
                  "age": make.age_groups(make.ages[0], make.ages[-1])}[d]
        keys = [k + more for k in keys for more in listed]
    for key in keys:
        rows += [row + list(key) for row in pairs(make, stay, leave)]
    names = list(make.pick(("from", "to", "share"), ("home", "work", "part")))
    names += [n for d in by for n in (["age_from", "age_to"] if d == "age" else [d])]
    entry = {}
    if "year" in by and make.chance(0.3):
        make.use("matrix.keys")
        names[names.index("year")] = "when"
        entry["keys"] = {"year": "when"}
    if make.chance(0.2) and names[0] == "from":
        make.use("matrix.where")
        rows = [[*row, "this"] for row in rows] + [[*rows[0][:2], 0.5, *rows[0][3:], "that"]]
        names.append("kind")
        entry["where"] = {"kind": "this"}
    entry["table"] = make.write(names, rows)
    if names[0] != "from":
        entry.update({"from": "home", "to": "work", "column": "part"})
        make.use("matrix.named_columns")
    return entry if len(entry) > 1 or make.chance(0.5) else entry["table"]


def pairs(make, stay, leave):
    """Rows of one year, sex and age."""
    rows = []
    for r in make.regions:
        if make.chance(0.15):
            continue
        home = stay()
        rest = (1 - home) * make.random.uniform(0.3, 1) if home else leave * make.random.random()
        targets = [t for t in make.regions + make.others + ["outside"] if t != r and make.chance(0.7)]
        weights = {t: make.random.random() for t in targets}
        if home or make.chance(0.3):
            rows.append([r, r, home])
        rows += [[r, t, short(0.999 * rest * w / sum(weights.values()))] for t, w in weights.items()]
    if not any(row[0] in make.own for row in rows):
        rows.append([make.own[0], make.own[0], 0.9])
    return rows


def commuting(make):
    entry = {"matrix": matrix(make, lambda: make.between(0.85, 1), 0, ["year"] if make.chance(0.4) else [])}
    make.use("commuting")
    if make.chance(0.6):
        chosen = ["region"] + (["year"] if make.chance(0.3) else [])
        entry["inflow"] = make.value(300, 900, ("region",))
        if not by_region(entry["inflow"], make) and len(make.regions) > 1:
            entry["inflow"] = make.table(300, 900, chosen)
        entry["inflow_fte"] = make.table(200, 800, chosen)
        make.use("commuting.inflow")
    return entry


def profession(make):
    entry = {"cohorts": cohorts(make)}
    retires = retirement(make) if make.chance(0.8) else None
    labour = dims(make, *LABOUR)
    flat = [d for d in labour if d != "age"]
    if retires:
        entry["retirement"] = retires

    def level(low, high):
        if retires and retires["kind"] == "exit":
            return make.value(low, high, flat)
        if retires:
            return make.table(low, high, make.pick(["age"], ["year", "age"], ["region", "age"]))
        return make.value(low, high, labour)

    rate = make.chance(0.3)
    if rate:
        entry["employment_rate"] = level(0.6, 0.95)
        make.use("employment_rate")
    else:
        if (retires and retires["kind"] == "participation") or make.chance(0.8):
            entry["participation"] = level(0.7, 0.98)
            make.use("participation")
        if make.chance(0.8):
            entry["unemployment"] = make.value(0.01, 0.1, flat)
            make.use("unemployment")
        if make.mode != "overwrite" and make.chance(0.25):
            entry["supply"] = "labour_force"
            make.use("supply.labour_force")
    optional = {"fte_per_employed": (0.6, 1, 0.8), "death": (0, 0.02, 0.5), "emigration": (0, 0.02, 0.4),
                "permanent_exit": (0.005, 0.1, 0.6), "returners": (0.02, 0.4, 0.4)}
    if make.chance(0.3):
        years = make.pick([1], [1, 2, 3], [2, 4], [3, 1])
        entry["graduate_exit"] = {k: make.value(0.01, 0.3, labour) for k in years}
        make.use("graduate_exit")
    for key, (low, high, chance) in optional.items():
        if key == "returners" and "permanent_exit" not in entry and "graduate_exit" not in entry:
            continue
        if make.chance(chance):
            entry[key] = make.value(low, high, labour)
            make.use(key)
    if "returners" in entry and make.chance(0.5):
        entry["already_left"] = make.value(0.05, 0.6, dims(make, "region", "sex", "age"))
        make.use("already_left")
    if "fte_per_employed" not in entry and make.chance(0.5):
        entry["part_time"] = {"share": make.value(0, 0.9, labour), "hours": make.value(10, 34, labour)}
        make.use("part_time")
    if make.chance(0.4):
        entry["absence"] = make.pick(make.value(0.03, 0.1, ("year",)), {"share": make.value(0.03, 0.1, ("year",))},
                                     {"days": make.value(5, 20, ("year",)), "of": make.value(210, 230, ("year",))})
        if isinstance(entry["absence"], dict) and "share" not in entry["absence"] and "days" not in entry["absence"]:
            entry["absence"] = {"share": entry["absence"]}
        make.use("absence")
    if make.chance(0.35):
        entry["immigration"] = immigration(make)
        make.use("immigration")
    if make.chance(0.5):
        entry["moves"] = moves(make)
    if make.chance(0.4):
        entry["commuting"] = commuting(make)
    if make.chance(0.5):
        entry["unit_cost"] = make.value(300000, 600000, ("year",))
        make.use("unit_cost")
    return entry


def professions(make):
    count = make.random.randint(1, 3)
    names = NAMES[:count]
    result = {}
    without = make.random.randrange(count) if count > 1 and make.chance(0.4) else None
    for i, name in enumerate(names):
        if i == without:
            result[name] = {"supply": "none"}
            if make.chance(0.5):
                result[name]["unit_cost"] = make.value(300000, 600000, ("year",))
            make.use("supply.none")
            continue
        result[name] = profession(make)
    for name, entry in result.items():
        if "supply" not in entry or entry["supply"] != "none":
            parts = feedback(make, entry, NAMES[without] if without is not None else None)
            if parts:
                entry["feedback"] = parts
    make.use("professions.%d" % count)
    return result


def feedback(make, entry, untrained):
    """What answers a shortage, where there is anything to answer with."""
    parts = {}
    if untrained and make.chance(0.4):
        parts["untrained"] = {"profession": untrained, "share": make.value(0, 1, ("year",), growing=False), "source": "made up"}
    if "unemployment" in entry and make.chance(0.4):
        parts["unemployment"] = {"response": make.value(0, 1.5), "least": make.between(0, 0.05),
                                 "most": make.between(0.06, 0.3), "source": "made up"}
    if ("participation" in entry or "employment_rate" in entry) and make.chance(0.25):
        parts["pay"] = {"index": make.value(0.8, 1.3, ("year",), growing=False), "elasticity": make.value(-0.3, 0.8),
                        "source": "made up"}
    make.use(*("feedback." + part for part in parts))
    return parts


# ---------------------------------------------------------------- programmes


def starts(make, full):
    """Months of starting, with the month whose end is nearest to the full length later."""
    months = make.random.sample(range(12), make.random.randint(1, 2))
    shares = [1.0] if len(months) == 1 else [0.65, 0.35]
    result = {}
    for month, share in zip(months, shares):
        ends = round(month + 12 * full) + make.random.choice([-1, 0, 0, 1])
        result[MONTHS[month]] = {"share": share, "ends": MONTHS[(ends - 1) % 12]}
    make.use("programme.calendar.%d" % len(months))
    return result


def outcome(make, low, high, where):
    """A completion or a dropout, by where people study and by their sex where that has a meaning."""
    dims = dims_of_outcome(make, where)
    value = make.value(low, high, dims, entry=True)
    if isinstance(value, dict) and "table" in value:
        make.use("programme.outcome_table", *["programme.outcome_by_" + d for d in ("region", "sex")
                                              if has_column(value, make, d)])
    return value


def dims_of_outcome(make, where):
    return ("year",) + (("region",) if where else ()) + (("sex",) if make.sexes else ())


def has_column(value, make, dimension):
    """Whether a value that was made is a table that varies by a dimension."""
    if not isinstance(value, dict) or "table" not in value:
        return False
    if dimension == "region":
        return by_region(value, make)
    with open(make.folder + "/" + value["table"], encoding="utf-8") as f:
        return value.get("keys", {}).get(dimension, dimension) in f.readline().strip().split(",")


def course(make, entry, where):
    """Length, stages, completion, calendar, reform and delay."""
    full = make.pick(1, 1.5, 2, 2.5, 3, 3.5)
    changing = make.chance(0.3)
    if make.chance(0.5):
        parts = make.pick([1.0], [0.5, 0.5], [0.25, 0.75], [0.25, 0.25, 0.5])
        entry["stages"] = {}
        for i, part in enumerate(parts):
            stage = {"length": full * part}
            if make.chance(0.8):
                stage["dropout"] = outcome(make, 0, 0.3, where)
            if make.chance(0.4):
                stage["student_fte"] = make.between(0.05, 0.5)
                make.use("programme.student_fte")
            entry["stages"]["stage%d" % i] = stage
        make.use("programme.stages")
    else:
        entry["length"] = full
        if changing:
            year = make.base - make.random.randint(-2, 4)
            entry["length"] = {year - 1: full, year: full - 0.25, "before": "hold", "then": "hold"}
            make.use("programme.length_changes")
        entry["completion"] = outcome(make, 0.5, 0.95, where)
        make.use("programme.completion")
    if make.chance(0.6):
        entry["starts"] = starts(make, full)
        if "stages" not in entry or make.chance(0.5):
            entry["full_length"] = full
    else:
        make.use("programme.plain")
    if make.chance(0.3):
        entry["reform"] = {"from": make.base + make.random.randint(-2, 3),
                           **make.pick({"ects": make.pick(15, 30)}, {"shorter": make.pick(0.25, 0.5)})}
        make.use("programme.reform")
    if "from" not in entry and make.chance(0.3):
        share = make.value(0.1, 0.6, dims_of_outcome(make, where))
        plain = isinstance(share, float) and make.chance(0.5)
        entry["begin_again"] = share if plain else {"share": share, **make.pick({}, {"after": make.pick(1, 2, 3)})}
        make.use("programme.begin_again")
    if make.chance(0.3):
        entry["delay"] = make.pick({0: 0.85, 1: 0.1, 2: 0.05}, {0: 0.6, 3: 0.4}, {1: 1})
        make.use("programme.delay")


def heads(make, low, high, regional):
    """Persons by year of entry, with or without early years given; (value, whether early years are missing)."""
    if regional:
        first = make.base - (EARLIEST if make.chance(0.5) else 1)
        chosen = ["region"] + (["year"] if make.chance(0.6) else [])
        value = make.table(low / 3, high / 3, chosen, entry=True, first_year=first)
        return value, first if "year" in chosen else None
    form = make.pick("number", "path", "late path", "table")
    if form == "number":
        return make.between(low, high), None
    if form == "path":
        return make.path(low, high, entry=True), None
    first = make.base - make.random.randint(0, 3)
    if form == "table":
        return make.table(low, high, ["year"], first_year=first), first
    return {first: make.between(low, high), make.base + 2: make.between(low, high),
            "between": make.pick("step", "linear"), "then": "hold"}, first


def intake(make, entry, size, regional):
    kind = make.pick("intake", "intake", "places", "applicants", "both")
    make.use("programme." + {"both": "places_and_applicants"}.get(kind, kind))
    first = []
    keys = {"intake": ["intake"], "places": ["places"], "applicants": ["applicants"],
            "both": ["places", "applicants"]}[kind]
    for key in keys:
        high = size * (1.3 if key == "applicants" else 1)
        entry[key], year = heads(make, 0.6 * high, high, regional)
        first.append(year)
    if len(keys) == 2 and first[0] != first[1]:
        entry["applicants"], first = make.between(0.6 * size, 1.3 * size), [None]
        if regional:
            entry["applicants"] = make.table(0.2 * size, 0.4 * size, ["region"])
            entry["places"] = make.table(0.2 * size, 0.4 * size, ["region"])
        else:
            entry["places"] = make.between(0.6 * size, size)
    if first[0] is not None:
        entry["earlier_intake"] = make.pick("none", "hold")
        make.use("programme.earlier_" + entry["earlier_intake"])
    elif make.chance(0.5):
        entry["earlier_intake"] = "required"
        make.use("programme.earlier_required")
    if "applicants" in keys and make.chance(0.7):
        entry["qualified_share"] = make.value(0.7, 1, ("year",), entry=True)
        make.use("programme.qualified_share")
    if make.chance(0.3):
        year = make.base + make.random.randint(-3, 0)
        entry["shock"] = make.pick({year: 0.8, year + 1: 1.1, "then": "hold"}, 0.9,
                                   {year: 0.7, year + 3: 1.2, "between": "linear", "then": "hold"})
        make.use("programme.shock")
    if make.chance(0.3):
        entry["intake_follows"] = {"population": make.pick("17-19", "16", "10-24")}
        make.use("programme.intake_follows")


def entrants(make, entry, where):
    """A table of entrants, most of them young; by year, by where they study, or with a total of its own at times."""
    young = make.ages[:7]
    rows, total = [], 0.0
    grouped = make.chance(0.5)
    listed = make.age_groups(young[0], young[-1]) if grouped else [(a,) for a in young]
    axes = {"sex": make.sexes}
    if make.chance(0.2):
        axes["year"] = range(make.base - EARLIEST, make.until + 1)
    if where and make.chance(0.4):
        axes["region"] = make.regions
    axes = {name: keys for name, keys in axes.items() if keys}
    for key in itertools.product(*axes.values()):
        for ages in listed:
            n = make.between(1, 100)
            total += n
            rows.append(list(key) + list(ages) + [n])
    header = list(axes) + (["age_from", "age_to"] if grouped else ["age"]) + ["entrants"]
    entry["entry"] = {"table": make.write(header, rows), "column": "entrants", "outside": 0}
    make.use(*["programme.entry_by_" + d for d in ("year", "region") if d in axes])
    if make.chance(0.15) and not {"year", "region"} & set(axes):
        entry["entry_total"] = short(total * make.random.uniform(0.97, 1.03))
        make.use("programme.entry_total")


def programmes(make, people):
    stocked = [p for p, e in people.items() if "cohorts" in e]
    result = {}
    for name in stocked:
        for number in range(make.random.choice([0, 1, 1, 2])):
            entry = {"leads_to": name}
            regional = make.chance(0.25)
            intake(make, entry, 10 ** make.random.uniform(3, 4.3), regional)
            course(make, entry, regional)
            entrants(make, entry, regional)
            if regional:
                make.use("programme.by_region")
            elif len(make.regions) > 1:
                entry["graduates_to"] = settles(make)
            if make.chance(0.4):
                dims = dims_of_outcome(make, regional)
                drawn = make.table if make.chance(0.5) else make.value
                entry["outside"] = drawn(0.02, 0.4, dims)
                make.use("programme.outside", *["programme.outside_by_" + d for d in ("region", "sex")
                                                if has_column(entry["outside"], make, d)])
            result["%s_%d" % (name, number)] = entry
            make.use("programme")
    for source in stocked:
        target = make.random.choice(stocked)
        if target != source and make.chance(0.6):
            entry = {"from": source, "leads_to": target}
            intake(make, entry, 10 ** make.random.uniform(3, 4.6), False)
            course(make, entry, True)
            for stage in entry.get("stages", {}).values():
                stage.pop("student_fte", None)
            entrants(make, entry, False)
            if make.chance(0.6):
                entry["return_share"] = make.between(0.2, 1)
            result["%s_to_%s" % (source, target)] = entry
            make.use("upgrade", "upgrade.calendar" if "starts" in entry else "upgrade.plain")
    return result
