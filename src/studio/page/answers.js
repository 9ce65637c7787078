"use strict";
/* Answers: sentences, charts, tiles and the table of what the engine projected last, with what it is compared with drawn behind. */

const answers = {charts: {}};

const WAYS_IN = ["graduates", "returners", "arrivals", "upgrades_in", "moves_in"];
const WAYS_OUT = ["retirements", "other_exits", "deaths", "upgrades_out", "moves_out"];
const TABLE = ["supply", "demand", "gap", "coverage", "recruitment_need", "stock", "graduates", "retirements"];

const behind = () => store.pinned ?? store.base;
const behindName = () => (store.pinned ? t("pinned") : t("base"));
const measureName = (measure) => store.now.label("measure", measure);
const isEven = (gap) => Math.abs(gap) < 0.05;

function placeName(region) {
  if (region !== "all") return store.now.label("region", region);
  const name = store.now.names?.region?.all;
  return said(name) && said(name) !== "all" ? said(name) : t("whole_area");
}

const shownAs = (measure, value) => (value === undefined ? "–" : ["coverage", "share_55_plus", "trained_share"].includes(measure) ? percent(value)
  : ["gap"].includes(measure) ? signed(value) : number(value));

/* The values of a measure now and before, for what is chosen. */
function chosen(measure, other = {}) {
  const what = {...store.session.choice, measure, ...other};
  return {now: store.now.of(what), was: behind()?.of(what)};
}

/* ---- sentences ---- */

function turnYears(values, first) {
  const turns = [];
  let side = 0;
  values.forEach((gap, i) => {
    if (!Number.isFinite(gap) || isEven(gap)) return;
    if (side !== 0 && Math.sign(gap) !== side) turns.push(first + i);
    side = Math.sign(gap);
  });
  return {turns, side};
}

function sentenceOf(profession) {
  const {region, sector, year} = store.session.choice, at = {region, profession, sector};
  const gap = store.now.at({...at, measure: "gap"}, year), demand = store.now.at({...at, measure: "demand"}, year);
  const who = inside(store.now.label("profession", profession)), place = placeName(region) + (sector === "all" ? "" : ` (${store.now.label("sector", sector)})`);
  if (gap === undefined && demand === undefined) return null;
  const nodes = [];
  if (gap === undefined) {
    const before = store.now.at({...at, measure: "demand"}, store.now.first) ?? demand, rise = demand - before;
    nodes.push(element("span", {className: "lead"}, t(isEven(rise) ? "needs_same" : rise > 0 ? "needs_more" : "needs_fewer",
      {year, place, who, n: number(demand), d: number(Math.abs(rise)), base: store.now.first})));
  } else {
    nodes.push(element("span", {className: "lead"}, t(isEven(gap) ? "is_even" : gap > 0 ? "is_over" : "is_short", {year, place, who, n: number(Math.abs(gap))})));
    const {turns, side} = turnYears(store.now.of({...at, measure: "gap"}) ?? [], store.now.first);
    if (turns.length === 1) nodes.push(" ", t(side > 0 ? "turns_over" : "turns_short", {year: turns[0]}));
    else if (turns.length > 1) nodes.push(" ", t("turns_many", {list: turns.join(", ")}));
  }
  const measure = gap === undefined ? "demand" : "gap", was = behind()?.at({...at, measure}, year), is = gap ?? demand;
  if (was !== undefined && behind() !== store.now && Math.abs(is - was) >= 0.05)
    nodes.push(" ", element("span", {className: "versus"}, t(store.pinned ? "versus_pinned" : "versus_base", {d: signed(is - was)})));
  return element("p", {className: gap === undefined || isEven(gap) ? "" : gap > 0 ? "is-over" : "is-short"}, ...nodes);
}

function drawSentences() {
  const professions = professionsOf(store.now), {profession} = store.session.choice;
  const list = professions.length <= 1 ? professions : [profession, ...professions.filter((one) => one !== profession)];
  const made = list.map((one) => [one, sentenceOf(one)]).filter(([, node]) => node);
  const first = made[0] ? [made[0][1]] : [element("p", {}, t("nothing_known"))];
  const rest = made.slice(1).map(([, node]) => node);
  const open = byId("sentences").querySelector("details")?.open;
  const counted = store.counted ? [element("p", {className: "counted"}, `${store.counted[page.lang]}.`)] : [];
  byId("sentences").replaceChildren(...first, ...(rest.length > 0
    ? [element("details", {open: Boolean(open), className: "others"}, element("summary", {}, t("other_professions", {n: rest.length})), ...rest)] : []), ...counted);
  if (made[0]) announce(made[0][1].textContent);
}

/* ---- charts ---- */

const key = (kind, text, ghost) => element("span", {className: "key"}, element("i", {className: `${kind}${ghost ? " ghost" : ""}`}), text);

function drawBalance() {
  const {choice} = store.session, supply = chosen("supply"), demand = chosen("demand");
  const compared = behind() && behind() !== store.now, lines = [];
  const isKnown = (values) => values && values.some(Number.isFinite);
  const {years} = store.now, shift = behind() ? store.now.first - behind().first : 0;
  const lay = (values) => years.map((year, i) => values?.[i + shift] ?? NaN);
  if (compared) {
    if (isKnown(supply.was)) lines.push({values: lay(supply.was), kind: "supply", ghost: true});
    if (isKnown(demand.was)) lines.push({values: lay(demand.was), kind: "demand", ghost: true});
  }
  for (const [name, values] of [["supply", supply.now], ["demand", demand.now]])
    if (isKnown(values)) lines.push({values: [...values], kind: name, label: measureName(name)});
  store.firstChart ??= performance.now();
  const fan = fanOf();
  const title = [store.now.label("profession", choice.profession), placeName(choice.region), ...(choice.sector === "all" ? [] : [store.now.label("sector", choice.sector)])].join(", ");
  byId("balance-title").textContent = t(isKnown(supply.now) ? "balance_of" : "demand_of", {what: title});
  const gap = chosen("gap"), cover = chosen("coverage");
  answers.charts.balance.draw({
    years, year: choice.year, height: window.innerWidth < 800 ? 210 : 290, lines, band: fan, words: t("chart_words", {what: title}),
    items: (i) => [["supply", supply], ["demand", demand], ["gap", gap], ["coverage", cover]].flatMap(([name, {now, was}]) => [
      {text: measureName(name), value: now?.[i], shown: shownAs(name, now?.[i])},
      ...(compared && name === "gap" ? [{text: behindName(), value: was?.[i + shift], shown: shownAs(name, was?.[i + shift]), soft: true}] : [])]),
  });
  byId("axis-cut").hidden = !answers.charts.balance.cut;
  byId("balance-legend").replaceChildren(...(isKnown(supply.now) ? [key("supply", measureName("supply"))] : []), key("demand", measureName("demand")),
    ...(compared ? [key("demand", behindName(), true)] : []), ...(fan ? [key("band", t("fan"))] : []));
}

function drawGap() {
  const {choice} = store.session, gap = chosen("gap"), host = byId("gap");
  host.hidden = byId("gap-title").hidden = !gap.now;
  if (!gap.now) return;
  const compared = behind() && behind() !== store.now, {years} = store.now, shift = behind() ? store.now.first - behind().first : 0;
  byId("gap-title").textContent = t("gap_title");
  answers.charts.gap.draw({
    years, year: choice.year, height: 190, zero: true, words: t("gap_title"),
    bars: [{values: [...gap.now]}, ...(compared && gap.was ? [{values: years.map((year, i) => gap.was[i + shift] ?? NaN), ghost: true}] : [])],
    items: (i) => [{text: measureName("gap"), value: gap.now[i], shown: signed(gap.now[i])},
      ...(compared ? [{text: behindName(), value: gap.was?.[i + shift], shown: shownAs("gap", gap.was?.[i + shift]), soft: true}] : [])],
  });
}

function drawFlows() {
  const {years} = store.now, known = (list) => list.filter((measure) => chosen(measure, {sector: "all"}).now?.some((value) => value));
  const into = known(WAYS_IN), out = known(WAYS_OUT);
  byId("flows-part").hidden = into.length + out.length === 0;
  if (into.length + out.length === 0) return;
  const of = (measure) => chosen(measure, {sector: "all"}).now;
  answers.charts.flows.draw({
    years, year: store.session.choice.year, height: 230, zero: true, words: t("flows_title"),
    bars: [...into.map((one) => ({values: [...of(one)], kind: `in-${WAYS_IN.indexOf(one)}`})),
      ...out.map((one) => ({values: [...of(one)].map((value) => -value), kind: `out-${WAYS_OUT.indexOf(one)}`}))],
    items: (i) => [...into.map((one) => ({text: measureName(one), value: of(one)[i], shown: number(of(one)[i])})),
      ...out.map((one) => ({text: measureName(one), value: of(one)[i], shown: `\u2212${number(of(one)[i])}`}))],
  });
  byId("flows-legend").replaceChildren(...into.map((one) => key(`in-${WAYS_IN.indexOf(one)}`, measureName(one))),
    ...out.map((one) => key(`out-${WAYS_OUT.indexOf(one)}`, measureName(one))));
}

/* ---- tiles of the regions ---- */

async function drawTiles() {
  const {session} = store, {profession, year} = session.choice, text = ownText();
  const known = regionsOf().filter((one) => /^\d/.test(one));
  byId("tiles-part").hidden = known.length < 2;
  if (document.body.dataset.tab !== "more" || known.length < 2 || store.stale) return;
  const rows = {measures: "coverage", years: String(year), professions: profession, sectors: "all"};
  const answer = await engine.ask("run", {path: session.name, text, variants: ["base"], rows, brief: true}, "tiles");
  if (!isOk(answer) || store.session !== session || text !== ownText()) return;
  const series = new Series(readTable(answer.tables[0]), store.names);
  const areas = known.map((region) => ({region, name: series.label("region", region),
    value: series.at({region, profession, measure: "coverage"}, year)})).filter((one) => one.value !== undefined);
  byId("tiles-part").hidden = areas.length < 2;
  byId("tiles-title").textContent = t("tiles_title", {year});
  areas.sort((a, b) => a.name.localeCompare(b.name, "da"));
  byId("tiles").replaceChildren(...areas.map((one) => element("li", {}, element("button", {
    type: "button", className: `tile ${tileKind(one.value)}`, "aria-pressed": String(one.region === session.choice.region),
    on: {click: () => choose("region", session.choice.region === one.region ? "all" : one.region)},
  }, element("span", {}, one.name), element("b", {}, percent(one.value, 0))))));
}

/* Blue where supply covers demand, orange where it does not; the number says it, too. */
const tileKind = (value) => (value < 0.85 ? "t0" : value < 0.95 ? "t1" : value < 1.05 ? "t2" : value < 1.15 ? "t3" : "t4");

/* ---- the table ---- */

function drawTable() {
  const {years} = store.now, measures = TABLE.filter((measure) => chosen(measure).now || chosen(measure, {sector: "all"}).now);
  const of = (measure) => (chosen(measure).now ? chosen(measure) : chosen(measure, {sector: "all"}));
  const compared = behind() && behind() !== store.now, shift = behind() ? store.now.first - behind().first : 0;
  const head = element("tr", {}, element("th", {scope: "col"}, t("year")), ...measures.flatMap((measure) => [
    element("th", {scope: "col"}, measureName(measure)),
    ...(compared && measure === "gap" ? [element("th", {scope: "col"}, behindName())] : [])]));
  const rows = years.map((year, i) => element("tr", {className: year === store.session.choice.year ? "chosen" : ""},
    element("th", {scope: "row"}, String(year)), ...measures.flatMap((measure) => {
      const {now, was} = of(measure), cell = (value) => element("td", {}, Number.isFinite(value) ? shownAs(measure, value) : "–");
      return [cell(now?.[i]), ...(compared && measure === "gap" ? [cell(was?.[i + shift])] : [])];
    })));
  byId("numbers").replaceChildren(element("caption", {className: "unseen"}, t("table_title")), element("thead", {}, head), element("tbody", {}, ...rows));
}

/* ---- what is chosen ---- */

function fillPicker(name, keys, label) {
  const select = byId(name), value = store.session.choice[name];
  byId(`pick-${name}`).hidden = keys.length < 2;
  const wanted = keys.map((one) => `${one}\t${label(one)}`).join("\n");
  if (select.dataset.holds !== wanted) {
    select.replaceChildren(...keys.map((one) => element("option", {value: one}, label(one))));
    select.dataset.holds = wanted;
  }
  select.value = value;
}

function drawPickers() {
  const series = store.base ?? store.now, {choice} = store.session, now = store.now;
  const regions = regionsOf(), rest = regions.filter((one) => one !== "all");
  const isArea = (one) => /^\d/.test(one), byLabel = (a, b) => series.label("region", a).localeCompare(series.label("region", b), "da");
  fillPicker("region", ["all", ...rest.filter((one) => !isArea(one)).sort(byLabel), ...rest.filter(isArea).sort(byLabel)],
    (one) => (one === "all" ? t("together") : series.label("region", one)));
  fillPicker("profession", professionsOf(now), (one) => now.label("profession", one));
  fillPicker("sector", sectorsOf(now, choice.profession), (one) => (one === "all" ? t("together") : now.label("sector", one)));
  set(byId("year"), {min: now.first, max: now.last});
  byId("year").value = String(choice.year);
  byId("year-shown").textContent = String(choice.year);
}

function choose(name, value) {
  const {session} = store;
  if (session.choice[name] === value) return;
  session.choice[name] = value;
  settle();
  keep();
  if (name === "region") compared().then(project);
  else if (store.now) drawAnswers();
  if (name !== "region") laterTiles();
  if (name === "profession") drawLevers();
  if (name === "year" || name === "profession") drawAsk();
}

function drawStale() {
  const {session} = store, error = store.problems.find((one) => one.severity === "error");
  byId("answer").classList.toggle("is-stale", store.stale);
  byId("stale").hidden = !store.stale;
  if (!store.stale) return;
  const own = error && (error.file === session.name || error.file === null || error.file === undefined);
  byId("stale").replaceChildren(element("b", {}, t("stale")), " ", error ? error.message : "", " ",
    error && own && error.line ? element("button", {type: "button", className: "link", on: {click: () => showPlace(session.name, error.line, error.column)}}, t("show_in_text")) : "");
}

function drawAnswers() {
  drawStale();
  if (!store.now) return;
  drawPickers();
  drawSentences();
  drawBalance();
  if (document.body.dataset.tab !== "more") return;
  drawGap();
  if (store.pending) drawRest();
  else drawRestNow();
}

/* What need not follow each move of a hand. */
function drawRestNow() {
  if (!store.now || document.body.dataset.tab !== "more") return;
  drawFlows();
  drawTable();
}
const laterTiles = whenQuiet(100, () => drawTiles());
const drawRest = whenQuiet(100, drawRestNow);

function beginAnswers() {
  for (const name of ["balance", "gap", "flows"]) answers.charts[name] = new Chart(byId(name), (year) => choose("year", year));
  for (const name of ["region", "profession", "sector"]) byId(name).addEventListener("change", (event) => choose(name, event.target.value));
  byId("year").addEventListener("input", (event) => choose("year", Number(event.target.value)));
}
