/* How far draws lie apart, where the results have them: the fan of a gap, and a table of its quantiles and the chance of a
 * shortage. */

const SPREAD = new Map();
const STATISTIC = Object.fromEntries((KEYS.statistic ?? []).map((key, code) => [key, code]));
if (DATA.spread) keep(DATA.spread, SPREAD);
const BAND = {ninety: "#d3e3f2", half: "#9dc1e2"};

/* A statistic of the gap of what is chosen, or undefined: also where every draw gives the same, of which no chance is one. */
function spreadAt(statistic, other = {}) {
  const at = {...choice, ...other};
  if (statistic === "p50") return valueAt(M.gap, other);
  if (at.k !== ALL.k) return undefined;
  const of = (one, year) => valueOf(SPREAD.get([at.s, at.v, at.r, at.p, STATISTIC[one]].join()), year);
  return years().some((year) => Math.abs(of("p95", year) - of("p05", year)) > 1e-6) ? of(statistic, at.year) : undefined;
}
const isUncertain = (other = {}) => years().some((year) => spreadAt("p_short", {...other, year}) !== undefined);

/* A chance as whole per cent; one that hardly any draw, or nearly every one, has is no certainty. */
function chance(share) {
  if (share >= 0.005 && share <= 0.995) return fixed(share, 0, 2) + META.words.percent_sign;
  const edge = share < 0.5 ? 0.01 : 0.99;
  return t(share < 0.5 ? "spread_below" : "spread_above", {percent: fixed(edge, 0, 2) + META.words.percent_sign});
}

/* The line of the middle draw before the band of half of the draws and that of nine of ten. */
function drawFan() {
  const of = (statistic) => years().map((year) => spreadAt(statistic, {year}) ?? null);
  const edge = {borderWidth: 0, pointRadius: 0, pointHoverRadius: 0, pointHitRadius: 0};
  const band = (words, low, high, colour) => [
    {...edge, label: t(words), data: of(low), borderColor: colour, backgroundColor: colour},
    {...edge, label: t(words), data: of(high), borderColor: colour, backgroundColor: colour, fill: {target: "-1", above: colour, below: colour}}];
  const median = {
    label: t("fan_median"), data: of("p50"), borderColor: COLOUR.supply, backgroundColor: COLOUR.supply, borderWidth: 2.5, pointRadius: 0,
    pointHoverRadius: 4, pointHitRadius: 8, signed: true,
  };
  const between = (year, low, high) =>
    t("fan_between", {low: signed(spreadAt(low, {year})), high: signed(spreadAt(high, {year}))});
  const footer = (items) => {
    const year = years()[items[0]?.dataIndex];
    return spreadAt("p_short", {year}) === undefined ? [] : [`${t("fan_half")}: ${between(year, "p25", "p75")}`,
      `${t("fan_ninety")}: ${between(year, "p05", "p95")}`, `${t("spread_chance")}: ${chance(spreadAt("p_short", {year}))}`];
  };
  const options = yearOptions({zero: true, footer});
  options.plugins.tooltip.filter = (item) => item.datasetIndex === 0;
  const data = {labels: years(), datasets: [median, ...band("fan_half", "p25", "p75", BAND.half), ...band("fan_ninety", "p05", "p95", BAND.ninety)]};
  part("gap", true);
  /* Bars and lines are drawn by charts of another kind. */
  draw("gap", {type: "bar", data: {...data, datasets: data.datasets.map((one) => ({type: "line", ...one}))}, options}, described(t("gap")));
  legend("gap", [{text: t("fan_median"), colour: COLOUR.supply, line: true}, {text: t("fan_half"), colour: BAND.half},
    {text: t("fan_ninety"), colour: BAND.ninety}]);
  const short = spreadAt("p_short"), value = spreadAt("p50");
  readout("gap", value === undefined ? [] : [readItem(M.gap, value), ...(short === undefined ? [] : [
    {text: t("spread_chance"), value: short, shown: chance(short), measure: "p_short"}])]);
}

const SPREAD_COLUMNS = [["p05", 0.05], ["p25", 0.25], ["p50", 0], ["p75", 0.75], ["p95", 0.95], ["p_short", 0]];

function spreadRow(name, other, isChosen) {
  return element("tr", {className: isChosen ? "chosen" : ""}, element("th", {scope: "row"}, element("bdi", {}, name)),
    ...SPREAD_COLUMNS.map(([statistic]) => {
      const value = spreadAt(statistic, other);
      return value === undefined ? noCell() : element("td", {data: {statistic, value: written(value)}}, statistic === "p_short" ? chance(value) : signed(value));
    }));
}

/* Years of one profession, or all professions in the year that is chosen. */
function drawSpread() {
  const together = choice.p === ALL.p, own = singleProfessions().filter((code) => isUncertain({p: code}));
  if (!part("spread", together ? own.length > 0 : isUncertain())) return;
  const names = {p50: t("spread_middle"), p_short: t("spread_chance")};
  const head = element("tr", {}, ...[t(together ? "profession" : "year"), ...SPREAD_COLUMNS.map(([statistic, share]) =>
    names[statistic] ?? fixed(share, 0, 2) + META.words.percent_sign)].map((name) => element("th", {scope: "col"}, name)));
  const rows = together ? own.map((code) => spreadRow(label("p", code), {p: code}, false))
    : years().filter((year) => spreadAt("p_short", {year}) !== undefined).map((year) => spreadRow(String(year), {year}, year === choice.year));
  byId("spread").replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
  byId("lede-spread").textContent = t(together ? "spread_lede_year" : "spread_lede", {year: choice.year});
}
