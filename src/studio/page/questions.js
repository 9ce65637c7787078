"use strict";
/* Questions that the engine answers with sentences and a table: what closes the gap, why it changes, how the variants differ, how sure
 * it is. */

const fan = {series: null, text: null, reset() {
  this.series = this.text = null;
}};

/* The band around the gap's lines: supply between its tenth and ninetieth percentile. */
function fanOf() {
  if (!fan.series || fan.text !== ownText()) return null;
  const low = fan.series.of({...store.session.choice, measure: "supply", statistic: "p10"}), high = fan.series.of({...store.session.choice, measure: "supply", statistic: "p90"});
  return low && high ? {low: [...low], high: [...high], kind: "supply"} : null;
}

const ask = {busy: false};

function drawAsk() {
  const panel = byId("panel-ask"), series = store.now ?? store.base;
  if (document.body.dataset.tab !== "ask" || !series) return;
  const {profession, year} = store.session.choice, who = inside(series.label("profession", profession));
  const kept = panel.querySelector("#ask-answer");
  const rankOf = (one) => store.ranks?.get(one.path)?.[profession] ?? 0, isIntake = (one) => (one.path.endsWith(".intake") && rankOf(one) > 0 ? 1 : 0);
  const unknowns = store.parameters.filter((one) => !leverOf(one).locked && numbersOf(one).values).sort((a, b) =>
    isIntake(b) - isIntake(a) || rankOf(b) - rankOf(a));
  const chosenBefore = byId("solve-what")?.value;
  panel.replaceChildren(
    element("ul", {className: "asks"},
      element("li", {}, element("h3", {}, t("ask_solve", {year, who})), element("p", {className: "soft"}, t("ask_solve_more")),
        element("div", {className: "ask-row"}, element("label", {className: "choice"}, element("span", {}, t("solve_what")),
          element("select", {id: "solve-what"}, ...unknowns.slice(0, 60).map((one) => element("option", {value: one.path}, `${leverName(one)} (${leverOwner(one)})`)))),
        element("button", {type: "button", id: "ask-solve", disabled: mainMeasure(series, profession) !== "gap", on: {click: solve}}, t("find")))),
      element("li", {}, element("h3", {}, t("ask_why", {who, base: series.first, year})), element("p", {className: "soft"}, t("ask_why_more")),
        element("button", {type: "button", id: "ask-why", on: {click: () => why(false)}}, t("show"))),
      element("li", {}, element("h3", {}, t("ask_difference", {who, year})), element("p", {className: "soft"}, t("ask_difference_more")),
        element("button", {type: "button", id: "ask-difference", disabled: ownText() === store.session.baseText, on: {click: () => why(true)}}, t("show"))),
      element("li", {}, element("h3", {}, t("ask_sure", {who})), element("p", {className: "soft"}, t("ask_sure_more")),
        element("button", {type: "button", id: "ask-sure", on: {click: sure}}, t("draw"))),
      element("li", {}, element("h3", {}, t("ask_variants")), element("p", {className: "soft"}, t("ask_variants_more")),
        element("button", {type: "button", id: "ask-variants", on: {click: compareVariants}}, t("show")))),
    kept ?? element("div", {id: "ask-answer", "aria-live": "polite", tabIndex: -1}));
  if (chosenBefore && unknowns.some((one) => one.path === chosenBefore)) byId("solve-what").value = chosenBefore;
}

/* Shows what the engine says: its sentences, then what `more` makes of the answer. */
async function answerTo(title, asked, more, speaks = true) {
  const host = byId("ask-answer"), started = performance.now();
  host.replaceChildren(element("p", {className: "soft"}, t("at_work")));
  try {
    const answer = await asked();
    const sentences = (answer.sentences ?? []).map((one) => element("p", {className: speaks === "softly" ? "soft" : "lead"}, said(one)));
    const problems = (answer.problems ?? []).filter((one) => one.severity !== "note");
    const shown = problems.map((one) => element("p", {className: `problem ${one.severity}`}, one.message, one.hint ? element("span", {className: "hint"}, ` ${one.hint}`) : ""));
    host.replaceChildren(element("h3", {}, title), ...(isOk(answer) && speaks ? sentences : []), ...(isOk(answer) ? more(answer) : []), ...shown);
    if (!isOk(answer) && shown.length === 0) host.append(element("p", {className: "problem error"}, said(answer.status.words)));
    host.focus();
  } catch (error) {
    host.replaceChildren(element("p", {className: "problem error"}, t("engine_failed", {why: error.message})));
  }
  ask.took = performance.now() - started;
}

const addressOf = (measure, years) => {
  const {profession, region, sector} = store.session.choice;
  return `${measure}:${profession}:${region}:${years}${sector === "all" ? "" : `:${sector}`}`;
};

function solve() {
  const path = byId("solve-what").value, {year} = store.session.choice, from = Math.min(store.session.from, year);
  answerTo(t("ask_solve", {year, who: inside(store.now.label("profession", store.session.choice.profession))}),
    () => aside("solve", {vary: [path], targets: [`${addressOf("gap", year)}=0`], from}), (answer) => {
      const table = answer.tables.find((one) => one.name === "solution");
      if (!table) return [];
      const read = readTable(table);
      for (let i = 0; i < read.rows; i++) {
        if (read.columns.parameter && cellOf(read, "parameter", i) !== path) continue;
        const value = ["value", "solution", "number"].map((name) => read.columns[name] && cellOf(read, name, i)).find((one) => typeof one === "number" && Number.isFinite(one));
        if (value === undefined) continue;
        const lever = leverOf(store.parameters.find((one) => one.path === path)), put = roundedFor(path, value);
        const parts = {name: leverName(lever.parameter), owner: leverOwner(lever.parameter), value: leverText(lever, put), was: leverText(lever, valueIn(lever.parameter, year)),
          from, year, who: inside(store.now.label("profession", store.session.choice.profession))};
        return [element("p", {className: "lead"}, t("solved", parts)), element("p", {}, element("button", {type: "button", className: "primary", id: "use-answer", on: {click: () => setLever(path, put, from)}},
          t("use_answer")))];
      }
      return [];
    }, false);
}

/* People and places are whole; the rest keeps what was found. */
const roundedFor = (path, value) => {
  const unit = store.parameters.find((one) => one.path === path)?.unit;
  return ["persons", "places", "FTE"].includes(unit) ? Math.round(value) : Number(value.toPrecision(6));
};

function why(versusBase) {
  const {session} = store, {year} = session.choice, series = store.now, who = inside(series.label("profession", session.choice.profession));
  const base = "grundlag.yaml", main = mainMeasure(series, session.choice.profession);
  const asked = versusBase
    ? () => {
      side?.ask("put", {path: base, text: session.baseText});
      return aside("decompose", {files: [base, session.name], of: [addressOf(main, year)]}, [["put", {path: base, text: session.baseText}]]);
    }
    : () => aside("decompose", {of: [addressOf(main, `${series.first}..${year}`)]});
  answerTo(versusBase ? t("ask_difference", {who, year}) : t("ask_why", {who, base: series.first, year}), asked, (answer) => {
    const table = answer.tables.find((one) => one.columns.some((column) => column.name === "cause"));
    const ends = versusBase ? [t("base"), t("my_scenario")] : [String(series.first), String(year)];
    return table ? [waterfall(readTable(table), ...ends)] : [];
  });
}

/* Bars from the start to the end, each cause where the one before it ended. */
function waterfall(table, start, end) {
  const words = table.columns.cause.words ?? {}, rows = [];
  let sum = 0;
  for (let i = 0; i < table.rows; i++) {
    const kind = cellOf(table, "kind", i), value = cellOf(table, "value", i), cause = cellOf(table, "cause", i);
    const isEnd = kind !== "cause";
    const name = kind === "start" ? start : kind === "end" ? end : said(words[cause]) || cause;
    rows.push({name, value, from: isEnd ? 0 : sum, to: isEnd ? value : sum + value, kind: isEnd ? "end" : value < 0 ? "short" : "over"});
    sum = isEnd ? value : sum + value;
  }
  const low = Math.min(0, ...rows.map((row) => Math.min(row.from, row.to))), high = Math.max(0, ...rows.map((row) => Math.max(row.from, row.to)));
  const part = (value) => (high === low ? 0 : 100 * (value - low) / (high - low));
  return element("table", {className: "waterfall"}, element("caption", {className: "unseen"}, t("causes")),
    element("thead", {}, element("tr", {}, element("th", {scope: "col"}, t("cause")), element("th", {scope: "col", className: "unseen"}, t("chart")), element("th", {scope: "col"}, t("contribution")))),
    element("tbody", {}, ...rows.map((row) => {
      const bar = element("i", {className: `bar ${row.kind}`});
      bar.style.left = `${part(Math.min(row.from, row.to)).toFixed(2)}%`;
      bar.style.width = `${Math.max(0.4, part(Math.max(row.from, row.to)) - part(Math.min(row.from, row.to))).toFixed(2)}%`;
      return element("tr", {}, element("th", {scope: "row"}, row.name), element("td", {}, element("span", {className: "falls"}, bar)),
        element("td", {}, row.kind === "end" && row.value <= 0 ? number(row.value) : signed(row.value)));
    })));
}

/* 1000 draws of what is uncertain: the band around the lines fills in while the page goes on. */
function sure() {
  const {session} = store, text = ownText(), {profession} = session.choice;
  answerTo(t("ask_sure", {who: inside(store.now.label("profession", profession))}),
    () => aside("montecarlo", {draws: 1000, seed: 1, rows: {regions: [...new Set([session.choice.region, "all"])].join(",")}}), (answer) => {
      const table = answer.tables.find((one) => one.name === "results");
      if (table) {
        fan.series = new Series(readTable(table), answer.names);
        fan.text = text;
        drawBalance();
      }
      return [element("p", {className: "lead"}, t("fan_more"))];
    }, "softly");
}

/* The variants of the scenario beside one another: the gap of each, by year, with the numbers of the chosen year. */
function compareVariants() {
  const {choice} = store.session, who = inside(store.now.label("profession", choice.profession));
  const rows = {measures: "gap,demand", regions: choice.region, professions: choice.profession, sectors: choice.sector};
  answerTo(t("ask_variants"), () => aside("run", {rows}), (answer) => {
    const series = new Series(readTable(answer.tables[0]), answer.names), measure = series.keys.measure.includes("gap") ? "gap" : "demand";
    const all = series.keys.variant.map((variant) => ({variant, values: series.of({...choice, measure, variant}),
      label: variant === "base" ? t("my_scenario") : series.label("variant", variant)})).filter((one) => one.values);
    if (all.length < 2) return [element("p", {}, t("no_variants"))];
    const host = element("div", {className: "chart"}), chart = new Chart(host, (year) => choose("year", year));
    requestAnimationFrame(() => chart.draw({
      years: series.years, year: choice.year, height: 280, zero: measure === "gap", words: t("variants_words", {who}),
      lines: all.map((one, i) => ({values: [...one.values], kind: `v${i % 8}`, label: one.label})),
      items: (i) => all.map((one) => ({text: one.label, value: one.values[i], shown: shownAs(measure, one.values[i])})),
    }));
    const at = choice.year - series.first;
    return [element("p", {className: "soft"}, t("variants_words", {who})), host, element("table", {className: "waterfall"},
      element("thead", {}, element("tr", {}, element("th", {scope: "col"}, t("variant")), element("th", {scope: "col"}, String(choice.year)))),
      element("tbody", {}, ...all.map((one) => element("tr", {}, element("th", {scope: "row"}, one.label), element("td", {}, shownAs(measure, one.values[at]))))))];
  });
}
