/* Scenarios and variants side by side: a table of what is chosen, and a chart of one measure for all of them. Differences
 * are from the first. */

const SIDES = META.sides;
/* The measure that a reader chose for the chart; "" for none. */
let sideChosen = "";
const SIDE_COLUMNS = ["supply", "demand", "gap"];
const NO_REFERENCE = 0.5e-6;

const sideAt = (side, other) => ({s: side.s, v: side.v, ...other});
/* The reference keeps the ink; the others take the colours in turn. */
const sideColour = (i) => (i === 0 ? INK : PALETTE[(i - 1) % PALETTE.length]);
const percentOf = (difference, reference) => (Math.abs(reference) >= NO_REFERENCE ? (100 * difference) / reference : undefined);

const signedPercent = (value) => plus(value, fixed(value, 1) + META.words.percent_sign);
const noCell = () => element("td", {}, "–");

function differenceCell(value, reference, inPercent) {
  if (value === undefined || reference === undefined) return noCell();
  const difference = value - reference, cell = element("td", {data: {value: written(difference)}}, signed(difference));
  const part = inPercent ? percentOf(difference, reference) : undefined;
  if (part !== undefined) cell.append(element("span", {className: "unit"}, signedPercent(part)));
  return cell;
}

function sideRow(i, profession) {
  const row = element("tr", {}, element("th", {scope: "row"}, element("bdi", {}, SIDES[i].name)));
  for (const key of SIDE_COLUMNS) {
    const at = (side) => (M[key] === undefined ? undefined : valueAt(M[key], sideAt(side, {p: profession})));
    const value = at(SIDES[i]);
    row.append(value === undefined ? noCell() : element("td", {data: {value: written(value)}}, key === "gap" ? signed(value) : number(value)),
      i === 0 ? noCell() : differenceCell(value, at(SIDES[0]), META.measures[M[key]]?.percent));
  }
  return row;
}

/* The name of a profession in the words of a scenario that has it. */
function professionName(code) {
  const owner = SIDES.find((side) => META.scenarios.find((one) => one.code === side.s).labels.profession[code] !== KEYS.profession[code]);
  return META.scenarios.find((one) => one.code === (owner ?? SIDES[0]).s).labels.profession[code];
}

function drawSideTable() {
  const known = (profession, side) => SIDE_COLUMNS.some((key) => M[key] !== undefined && valueAt(M[key], sideAt(side, {p: profession})) !== undefined);
  const all = KEYS.profession.map((key, code) => code).filter((code) => code !== ALL.p);
  const rows = (choice.p === ALL.p ? all : [choice.p]).flatMap((profession) => {
    const found = SIDES.map((side, i) => i).filter((i) => known(profession, SIDES[i]));
    if (found.length === 0) return [];
    const name = element("th", {scope: "rowgroup", colspan: String(1 + 2 * SIDE_COLUMNS.length)}, element("bdi", {}, professionName(profession)));
    return [element("tr", {className: "group"}, name), ...found.map((i) => sideRow(i, profession))];
  });
  byId("sides").tBodies[0].replaceChildren(...rows);
  byId("lede-sides").replaceChildren(...sentence("sides_lede", {year: choice.year, reference: SIDES[0].name}));
}

/* Years of all sides. */
function sideYears() {
  const spans = SIDES.map((side) => SPANS.get(`${side.s},${side.v}`)).filter((one) => one);
  const base = Math.min(...spans.map((one) => one.base)), last = Math.max(...spans.map((one) => one.last));
  return Array.from({length: Math.max(0, last - base + 1)}, (nothing, i) => base + i);
}

/* What the chart has of a side in a year, or undefined. */
function sideValue(side, measure, as, year) {
  const value = valueAt(measure, sideAt(side, {year})), reference = valueAt(measure, sideAt(SIDES[0], {year}));
  if (as === "value" || value === undefined) return value;
  if (reference === undefined) return undefined;
  return as === "difference" ? value - reference : percentOf(value - reference, reference);
}

function drawSideChart() {
  const known = MEASURES.filter((measure) => (choice.p !== ALL.p || !META.measures[measure].nets) && SIDES.filter((side) => series(measure, sideAt(side))).length > 1);
  const select = byId("sides-measure"), ways = byId("sides-as");
  const first = choice.p === ALL.p ? M.shortage : M.gap, wanted = sideChosen === "" ? first : Number(sideChosen);
  const measure = known.includes(wanted) ? wanted : known.includes(first) ? first : known[0];
  options(select, known, measureLabel);
  select.value = String(measure);
  /* What may be negative, and a ratio, has no difference in per cent. */
  const inPercent = META.measures[measure]?.percent ?? false;
  [...ways.options].find((one) => one.value === "percent").disabled = !inPercent;
  if (ways.value === "percent" && !inPercent) ways.value = "difference";
  const as = ways.value;
  if (!part("sides-chart", known.length > 0)) return;
  const isSigned = as !== "value" || measure === M.gap, ratio = META.measures[measure].unit === "ratio" && as !== "percent";
  const show = (value) => (as === "percent" ? signedPercent(value) : ratio ? (as === "difference" ? plus(value, percent(value)) : percent(value))
    : isSigned ? signed(value) : shown(measure, value));
  const drawn = SIDES.map((side, i) => ({side, i})).filter(({side, i}) => (as === "value" || i > 0) && series(measure, sideAt(side)));
  const datasets = drawn.map(({side, i}) => ({
    label: side.name, data: sideYears().map((year) => sideValue(side, measure, as, year) ?? null), borderColor: sideColour(i),
    backgroundColor: sideColour(i), borderWidth: side.s === choice.s && side.v === choice.v ? 3.5 : 2, pointRadius: 0, pointHoverRadius: 4,
    pointHitRadius: 8, borderDash: i === 0 ? [2, 3] : i > PALETTE.length ? [7, 4] : [], show,
  }));
  draw("sides", {type: "line", data: {labels: sideYears(), datasets}, options: yearOptions({zero: isSigned, percent: ratio})},
    described(`${t("sides")}: ${measureLabel(measure)}`));
  const word = {value: "sides_value", difference: "sides_from", percent: "sides_percent_of"}[as];
  byId("lede-sides-chart").replaceChildren(...sentence(word, {measure: measureLabel(measure), unit: unitShown(measure), reference: SIDES[0].name}));
  if (charts.sides.scales.y.min > 0) byId("lede-sides-chart").append(` ${t("axis_cut")}`);
  legend("sides", drawn.map(({side, i}) => ({text: side.name, colour: sideColour(i), line: true, dashed: i === 0 || i > PALETTE.length})));
  readout("sides", drawn.map(({side}) => ({side, value: sideValue(side, measure, as, choice.year)})).filter(({value}) => value !== undefined)
    .map(({side, value}) => ({text: side.name, value, shown: show(value), measure: META.measures[measure].key})));
}

function drawSides() {
  if (SIDES.length < 2) return;
  drawSideTable();
  drawSideChart();
}

/* The scenarios behind each figure: all where the report compares them, else the chosen one. */
function drawSources() {
  for (const source of document.querySelectorAll("figcaption.source")) {
    const names = source.closest("#part-sides") ? META.scenarios.map((one) => one.name) : [scenario().name];
    const word = names.length > 1 ? (META.assumptions ? "sources" : "sources_plain") : META.assumptions ? "source" : "source_plain";
    source.textContent = t(word, {program: META.program, scenario: names.join(", ")});
  }
}
