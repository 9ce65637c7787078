/* Parts that are no charts: what is chosen in words, tiles, key figures, bars by profession, the heat table. */

const TILES = ["supply", "demand", "gap", "coverage", "recruitment_need", "share_55_plus"];
/* All professions together have no tile for the gap: it would offset the shortage of one by the surplus of another. */
const TILES_OF_ALL = ["supply", "demand", "demand_without_supply", "trained_share", "shortage", "recruitment_need", "share_55_plus"];

function drawShown() {
  const nodes = choiceWords().flatMap((word) => [element("bdi", {}, word), " · "]);
  byId("shown").replaceChildren(...nodes, String(choice.year));
}

function drawTiles() {
  const tiles = (choice.p === ALL.p ? TILES_OF_ALL : TILES).map((key) => M[key]).filter((measure) => measure !== undefined && valueAt(measure) !== undefined);
  const nodes = tiles.map((measure) => {
    const {key, unit, unitLabel} = META.measures[measure], value = valueAt(measure);
    const number = element("dd", {data: {measure: key, value: written(value)}}, shown(measure, value));
    if (unit !== "ratio") number.append(element("span", {className: "unit"}, unitLabel));
    return element("div", {}, element("dt", {}, measureLabel(measure)), number);
  });
  const short = choice.p === ALL.p ? undefined : spreadAt("p_short");
  if (short !== undefined) {
    nodes.push(element("div", {}, element("dt", {}, t("spread_chance")),
      element("dd", {data: {measure: "p_short", value: written(short)}}, chance(short))));
  }
  byId("tiles").replaceChildren(...nodes);
  byId("tiles").hidden = nodes.length === 0;
  /* The professions come first, then what they are together. */
  byId("figures")[choice.p === ALL.p ? "after" : "before"](byId("tiles"));
}

/* "2031, 2034 and 2037". */
const joined = (list) => (list.length > 1 ? list.slice(0, -1).join(", ") + t("list_and") + list[list.length - 1] : list.join());

/* How many persons full-time equivalents are, by those in work behind the supply; "" where that is not known. */
function personsOf(fte, profession) {
  const employed = valueAt(M.employed, {p: profession}), supply = valueAt(M.supply, {p: profession});
  if (sideOf(fte) === 0 || employed === undefined || !(supply > 0) || employed === supply) return [];
  return [...sentence("figure_persons", {n: fixed(Math.abs(fte * employed / supply), 0)}), " "];
}

/* In which years surplus and shortage change places. */
function turns(profession, base, last) {
  const list = [];
  let side = 0, over = 0, short = 0;
  for (let year = base; year <= last; year++) {
    const gap = valueAt(M.gap, {p: profession, year});
    if (gap === undefined) continue;
    const now = sideOf(gap);
    over += now > 0;
    short += now < 0;
    if (now !== 0 && side !== 0 && now !== side) list.push(year);
    side = now !== 0 ? now : side;
  }
  const one = side > 0 ? "turn_over" : "turn_short";
  const never = over > 0 ? "turn_never_short" : short > 0 ? "turn_never_over" : "turn_even";
  return sentence(list.length > 1 ? "turn_many" : list.length === 1 ? one : never, {list: joined(list), base, last});
}

const placeOf = () => (choice.r === ALL.r ? scenario().whole ?? t("whole_area") : label("r", choice.r));

/* What is said of all professions: the sum of their shortages, and the demand that has no supply. */
function figureOfAll() {
  const shortage = valueAt(M.shortage, {p: ALL.p}), without = valueAt(M.demand_without_supply, {p: ALL.p});
  if (shortage === undefined) return null;
  const lacks = sideOf(shortage) > 0, year = choice.year, place = placeOf();
  const made = element("div", {className: lacks ? "figure short" : "figure"}, element("h3", {}, element("bdi", {}, label("p", ALL.p))));
  const list = singleProfessions().map((code) => [code, valueAt(M.shortage, {p: code})])
    .filter(([, value]) => value !== undefined && sideOf(value) > 0).map(([code, value]) => `${inside(label("p", code))} ${number(value)}`).join(", ");
  made.append(element("p", {className: "lead"}, ...sentence(lacks ? "sum_short" : "sum_even", {year, place, n: number(shortage), list})));
  const more = element("p", {className: "more"}, ...sentence("sum_rule", {}));
  if (without !== undefined) more.append(" ", ...sentence("sum_without", {n: number(without)}));
  made.append(more);
  return made;
}

function figure(profession) {
  const {base, last} = span(), year = choice.year, gap = valueAt(M.gap, {p: profession}), demand = valueAt(M.demand, {p: profession});
  const place = placeOf() + (choice.k === ALL.k ? "" : ` (${label("k", choice.k)})`);
  if (gap === undefined && demand === undefined) return null;
  const made = element("div", {className: "figure"}, element("h3", {}, element("bdi", {}, label("p", profession))));
  if (gap === undefined) {
    const change = demand - (valueAt(M.demand, {p: profession, year: base}) ?? demand), side = sideOf(change);
    made.append(element("p", {className: "lead"}, ...sentence(side > 0 ? "figure_more" : side < 0 ? "figure_fewer" : "figure_same",
      {year, place, base, n: number(Math.abs(demand)), d: number(Math.abs(change))})));
    return made;
  }
  const side = sideOf(gap);
  if (side !== 0) made.classList.add(side > 0 ? "over" : "short");
  made.append(element("p", {className: "lead"}, ...sentence(side > 0 ? "figure_over" : side < 0 ? "figure_short" : "figure_even",
    {year, place, n: number(Math.abs(gap))})));
  const more = element("p", {className: "more"}, ...personsOf(gap, profession));
  const coverage = valueAt(M.coverage, {p: profession});
  if (coverage !== undefined) more.append(...sentence("figure_covers", {percent: percent(coverage)}), " ");
  more.append(...turns(profession, base, last));
  const share = valueAt(M.share_55_plus, {p: profession}), before = valueAt(M.share_55_plus, {p: profession, year: base});
  if (share !== undefined && before !== undefined)
    more.append(" ", ...sentence("figure_share", {percent: percent(share), base, before: percent(before)}));
  made.append(more);
  return made;
}

function drawFigures() {
  const chosen = choice.p === ALL.p ? singleProfessions() : [choice.p];
  const made = [...chosen.map(figure), ...(choice.p === ALL.p ? [figureOfAll()] : [])].filter((one) => one !== null);
  const first = SIDES.find((side) => side.s === choice.s && side.v === choice.v)?.firstGap;
  byId("lede-figures").textContent = first ? `${first}.` : "";
  byId("figures").replaceChildren(...(made.length > 0 ? made : [element("p", {}, t("figure_none"))]));
}

/* Bars from a common zero; the names are HTML text, so that long ones wrap. */
function drawProfessions() {
  const found = singleProfessions().map((code) => ({code, gap: valueAt(M.gap, {p: code, k: ALL.k})})).filter((one) => one.gap !== undefined);
  if (!part("professions", found.length > 1)) return;
  byId("lede-professions").textContent = t("professions_lede", {year: choice.year});
  const low = Math.min(0, ...found.map((one) => one.gap)), high = Math.max(0, ...found.map((one) => one.gap));
  const share = (value) => (high === low ? 0 : 100 * value / (high - low));
  byId("bars-professions").replaceChildren(...found.map(({code, gap}) => {
    const fill = element("div", {className: "fill"}), zero = element("div", {className: "zero"});
    fill.style.left = `${share(Math.min(gap, 0) - low)}%`;
    fill.style.width = `${share(Math.abs(gap))}%`;
    fill.style.backgroundColor = gap < 0 ? COLOUR.demand : COLOUR.supply;
    zero.style.left = `${share(-low)}%`;
    return element("div", {className: "bar", role: "row"}, element("bdi", {role: "rowheader"}, label("p", code)),
      element("div", {className: "track", "aria-hidden": "true"}, fill, zero),
      element("div", {className: "number", role: "cell", data: {profession: KEYS.profession[code], value: written(gap)}}, signed(gap)));
  }));
}

/* Steps of coverage and their colours, from far below 1 to far above. */
const HEAT = [
  [0.85, "#e8925c"], [0.92, "#f2b48c"], [0.98, "#f9dac5"], [1.02, "#f1f2f3"], [1.08, "#cfe0ef"], [1.15, "#a3c5e3"], [Infinity, "#77a9d4"],
];
const heatColour = (coverage) => HEAT.find(([below]) => coverage < below)[1];

function drawHeatLegend() {
  const at = (value) => fixed(value, 0, 2);
  legend("heat", HEAT.map(([below, colour], i) => ({colour, text: i === 0 ? `${t("heat_under")} ${at(below)}`
    : below === Infinity ? `${t("heat_over")} ${at(HEAT[i - 1][0])}` : `${at(HEAT[i - 1][0])}–${at(below)}`})));
}

function drawHeat() {
  const areas = scenario().areas.filter((code) => series(M.coverage, {r: code, k: ALL.k}));
  if (!part("heat", areas.length > 1 && choice.p !== ALL.p)) return;
  const shownYears = years(), order = byId("heat-order").value, sign = order === "low" ? 1 : -1;
  const coverage = (code) => valueAt(M.coverage, {r: code, k: ALL.k}) ?? Infinity;
  areas.sort(order === "name" ? byName("r") : (a, b) => sign * (coverage(a) - coverage(b)) || byName("r")(a, b));
  const isChosen = (year) => (year === choice.year ? "chosen" : "");
  const head = element("tr", {}, element("th", {scope: "col"}, t("region")),
    ...shownYears.map((year) => element("th", {scope: "col", className: isChosen(year)}, String(year))));
  const rows = areas.map((code) => {
    const row = element("tr", {}, element("th", {scope: "row"}, element("bdi", {}, label("r", code))));
    const found = series(M.coverage, {r: code, k: ALL.k});
    for (const year of shownYears) {
      const value = valueOf(found, year);
      const cell = element("td", {className: isChosen(year)}, value === undefined ? "–" : fixed(value, 0, 2));
      if (value !== undefined) {
        cell.style.backgroundColor = heatColour(value);
        cell.title = `${label("r", code)} ${year}: ${percent(value)}`;
        Object.assign(cell.dataset, {region: KEYS.region[code], year, value: written(value)});
      }
      row.append(cell);
    }
    return row;
  });
  byId("heat").replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
}
