/* Charts, drawn by Chart.js on canvases. */

const INK = "#1b2430", SOFT = "#56616e", GRID = "#e6e9ed";
const COLOUR = {
  supply: "#0b4f8a", demand: "#d55e00", gap: "#7a8591", net: INK, surplus: "rgba(11,79,138,0.16)",
  shortage: "rgba(213,94,0,0.22)",
};
/* Safe for the colour-blind (Okabe and Ito); neighbours differ in lightness, for paper in grey. */
const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#7a8591"];
/* Ways in and ways out of the stock, by their rank. */
const IN_COLOURS = ["#0072b2", "#009e73", "#56b4e9", "#cc79a7", "#f0e442"];
const OUT_COLOURS = ["#d55e00", "#e69f00", "#7a8591", "#8f4a75", "#b8a800"];
const flowColour = (measure) => {
  const {way, rank} = META.measures[measure], colours = way > 0 ? IN_COLOURS : OUT_COLOURS;
  return colours[rank % colours.length];
};
/* What a chart has on paper, in CSS pixels: the width of an A4 page less its margins. */
const PAPER = {width: 672, height: 294};
const charts = {};

function defaults() {
  Chart.defaults.animation = false;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.color = SOFT;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.devicePixelRatio = Math.max(2, window.devicePixelRatio || 1);
  Chart.defaults.plugins.legend.display = false;
  Object.assign(Chart.defaults.plugins.tooltip, {
    backgroundColor: "#fff", titleColor: INK, bodyColor: INK, footerColor: INK, borderColor: "#8a949f", borderWidth: 1,
    padding: 10, cornerRadius: 3, boxPadding: 5, usePointStyle: false,
  });
}

/* A line at the chosen year. */
const yearMark = {
  id: "yearMark",
  beforeDatasetsDraw(chart) {
    const at = chart.data.labels.indexOf(choice.year);
    if (at < 0 || !chart.options.plugins.yearMark) return;
    const x = chart.scales.x.getPixelForValue(at), {top, bottom} = chart.chartArea, context = chart.ctx;
    context.save();
    context.strokeStyle = SOFT;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
    context.restore();
  },
};

/* Names at the ends of lines, moved apart where they would touch. */
const endLabels = {
  id: "endLabels",
  beforeLayout(chart) {
    const on = chart.options.plugins.endLabels && chart.width >= 480;
    chart.ctx.font = `600 14px ${Chart.defaults.font.family}`;
    const widths = chart.data.datasets.map((one) => chart.ctx.measureText(one.label).width);
    chart.options.layout.padding.right = on ? Math.max(...widths) + 14 : 8;
  },
  afterDatasetsDraw(chart) {
    if (!chart.options.plugins.endLabels || chart.width < 480) return;
    const ends = chart.data.datasets.map((one, i) => {
      const points = chart.getDatasetMeta(i).data.filter((point) => !point.skip && Number.isFinite(point.y));
      return {point: points[points.length - 1], text: one.label, colour: one.borderColor};
    }).filter((end) => end.point).map((end) => ({...end, y: end.point.y})).sort((a, b) => a.y - b.y);
    for (let i = 1; i < ends.length; i++) {
      const near = 17 - (ends[i].y - ends[i - 1].y);
      if (near > 0) {
        ends[i - 1].y -= near / 2;
        ends[i].y += near / 2;
      }
    }
    const context = chart.ctx;
    context.save();
    context.font = `600 14px ${Chart.defaults.font.family}`;
    context.textBaseline = "middle";
    for (const end of ends) {
      context.fillStyle = end.colour;
      context.fillText(end.text, end.point.x + 8, end.y);
    }
    context.restore();
  },
};

const grid = (zero) => ({
  color: (at) => (zero && at.tick?.value === 0 ? SOFT : GRID),
  lineWidth: (at) => (zero && at.tick?.value === 0 ? 1.5 : 1), drawBorder: false, drawTicks: false,
});
const tick = (value) => fixed(value, Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0);

const percentTick = (value) => fixed(value, 0, 2) + META.words.percent_sign;

/* Every year, every second, fifth or tenth, as there is room; the last one always. */
function yearTick(value, i, ticks) {
  const step = [1, 2, 5, 10].find((one) => (ticks.length / one) * 46 <= this.maxWidth) ?? 20;
  return (ticks.length - 1 - i) % step === 0 ? this.getLabelForValue(value) : "";
}

/* What charts over years share. */
function yearOptions(extra = {}) {
  return {
    layout: {padding: {top: 12, right: 8}},
    interaction: {mode: "index", intersect: false},
    onClick(event, elements, chart) {
      const at = Math.round(chart.scales.x.getValueForPixel(event.x));
      if (chart.data.labels[at] !== undefined) chooseYear(chart.data.labels[at]);
    },
    scales: {
      x: {stacked: extra.stacked, grid: {display: false}, ticks: {maxRotation: 0, autoSkip: false, callback: yearTick}},
      y: {
        stacked: extra.stacked, beginAtZero: extra.zero, grace: extra.zero ? 0 : "8%", grid: grid(extra.zero),
        ticks: {callback: extra.percent ? percentTick : tick, padding: 8, maxTicksLimit: 7, precision: extra.precision},
      },
    },
    plugins: {
      yearMark: extra.yearMark ?? true, endLabels: extra.endLabels ?? false, filler: {drawTime: "beforeDatasetsDraw"},
      tooltip: {callbacks: {label: tipOf, footer: extra.footer, labelColor: tipColour}, itemSort: (a, b) => a.datasetIndex - b.datasetIndex},
    },
  };
}

const tipOf = (item) => wrapped(`${plain(item.dataset.label)} ${tipNumber(item)}`, 38);
const tipNumber = (item) => (item.dataset.show ?? (item.dataset.signed ? signed : number))(item.raw?.value ?? item.raw);
const tipColour = (item) => {
  const colour = item.dataset.swatch ?? item.dataset.borderColor ?? item.dataset.backgroundColor;
  return {borderColor: colour, backgroundColor: colour};
};

/* Makes a chart, or gives it what is to be shown now. */
function draw(name, config, words) {
  const canvas = byId(`chart-${name}`);
  canvas.setAttribute("aria-label", words);
  if (charts[name]) {
    charts[name].data = config.data;
    charts[name].options = config.options;
    charts[name].update();
  } else {
    charts[name] = new Chart(canvas, {...config, plugins: [yearMark, endLabels]});
  }
}

/* Hides the part of a chart that has nothing to show. @return whether it has. */
function part(name, shows) {
  byId(`part-${name}`).hidden = !shows;
  return shows;
}

function legend(name, items) {
  byId(`legend-${name}`).replaceChildren(...items.map((item) => {
    if (item.heading) return element("li", {className: "heading"}, item.heading);
    if (item.split) return element("li", {className: "break"});
    const swatch = element("span", {className: `swatch${item.line ? " line" : ""}${item.dashed ? " dashed" : ""}`});
    if (item.line) swatch.style.borderTopColor = item.colour;
    else swatch.style.backgroundColor = item.colour;
    return element("li", {}, swatch, element("bdi", {}, item.text));
  }));
}

/* "2034: Supply 23,100 · Demand 21,900": what the charts have at the chosen year, for those who do not point. */
function readout(name, items) {
  const nodes = [element("b", {}, String(choice.year)), ": "];
  items.forEach((item, i) => nodes.push(i > 0 ? " · " : "", element("bdi", {}, item.text), " ",
    element("b", {data: {measure: item.measure ?? "", value: written(item.value)}}, item.shown)));
  byId(`readout-${name}`).replaceChildren(...(items.length > 0 ? nodes : []));
}

const readItem = (measure, value) =>
  ({text: measureLabel(measure), value, shown: shown(measure, value), measure: META.measures[measure].key});
const described = (what) => t("chart_of", {what, list: choiceWords().join(", ")});
const valuesOf = (measure, other = {}) => years().map((year) => valueAt(measure, {...other, year}) ?? null);

function drawBalance() {
  const lines = [M.supply, M.demand].filter((measure) => series(measure));
  /* Between the lines of all professions there would be the gap of all. */
  if (!part("balance", lines.length > 0 && !(choice.p === ALL.p && lines.length > 1))) return;
  const colour = {[M.supply]: COLOUR.supply, [M.demand]: COLOUR.demand};
  const datasets = lines.map((measure, i) => ({
    label: measureLabel(measure), data: valuesOf(measure), borderColor: colour[measure], backgroundColor: colour[measure],
    borderWidth: 2.5, pointRadius: 0, pointHoverRadius: 4, pointHitRadius: 8, borderDash: measure === M.demand ? [7, 4] : [],
    fill: lines.length === 2 && i === 0 ? {target: 1, above: COLOUR.surplus, below: COLOUR.shortage} : false,
  }));
  const footer = (items) => {
    const year = items.length > 0 ? years()[items[0].dataIndex] : choice.year;
    return [M.gap, M.coverage].map((measure) => [measure, valueAt(measure, {year})])
      .filter(([, value]) => value !== undefined).map(([measure, value]) => `${measureLabel(measure)} ${shown(measure, value)}`);
  };
  draw("balance", {type: "line", data: {labels: years(), datasets}, options: yearOptions({endLabels: true, footer})},
    described(t("balance")));
  const lede = lines.length === 2 ? t("balance_lede") : t(choice.k === ALL.k ? "one_lede" : "demand_lede");
  byId("lede-balance").textContent = charts.balance.scales.y.min > 0 ? `${lede} ${t("axis_cut")}` : lede;
  legend("balance", lines.map((measure) => ({text: measureLabel(measure), colour: colour[measure], line: true, dashed: measure === M.demand})));
  readout("balance", [M.supply, M.demand, M.gap, M.coverage].filter((measure) => valueAt(measure) !== undefined)
    .map((measure) => readItem(measure, valueAt(measure))));
}

/* The gap of each profession: a line each. */
function drawGaps() {
  const own = singleProfessions().filter((code) => series(M.gap, {p: code}));
  if (!part("gap", own.length > 0)) return;
  const colourOf = (i) => PALETTE[i % PALETTE.length];
  const datasets = own.map((code, i) => ({
    type: "line", label: label("p", code), data: valuesOf(M.gap, {p: code}), borderColor: colourOf(i), backgroundColor: colourOf(i),
    borderWidth: 2.5, pointRadius: 0, pointHoverRadius: 4, pointHitRadius: 8, borderDash: i >= PALETTE.length ? [7, 4] : [], signed: true,
  }));
  draw("gap", {type: "bar", data: {labels: years(), datasets}, options: yearOptions({zero: true})}, described(t("by_profession")));
  legend("gap", own.map((code, i) => ({text: label("p", code), colour: colourOf(i), line: true, dashed: i >= PALETTE.length})));
  readout("gap", own.filter((code) => valueAt(M.gap, {p: code}) !== undefined)
    .map((code) => ({...readItem(M.gap, valueAt(M.gap, {p: code})), text: label("p", code)})));
}

function drawGap() {
  drawSpread();
  byId("lede-gap").textContent = t(choice.p !== ALL.p && isUncertain() ? "fan_lede" : "gap_lede");
  if (choice.p === ALL.p) {
    drawGaps();
    return;
  }
  if (isUncertain()) {
    drawFan();
    return;
  }
  legend("gap", []);
  if (!part("gap", series(M.gap) !== undefined)) return;
  const colours = years().map((year) => (year === choice.year ? INK : COLOUR.gap));
  draw("gap", {
    type: "bar",
    data: {labels: years(), datasets: [{
      label: measureLabel(M.gap), data: valuesOf(M.gap), backgroundColor: colours, swatch: COLOUR.gap, signed: true,
      categoryPercentage: 0.9, barPercentage: 0.85,
    }]},
    options: yearOptions({zero: true, yearMark: false}),
  }, described(t("gap")));
  const value = valueAt(M.gap);
  readout("gap", value === undefined ? [] : [readItem(M.gap, value)]);
}

function drawFlows() {
  const known = (way) => MEASURES.filter((measure) => META.measures[measure].way === way && series(measure) &&
    valuesOf(measure).some((value) => value));
  const into = known(1), out = known(-1);
  if (!part("flows", into.length + out.length > 0)) return;
  const bar = (measure, sign) => ({
    label: measureLabel(measure), backgroundColor: flowColour(measure),
    data: valuesOf(measure).map((value) => (value === null ? null : sign * value)), stack: "flows", order: 2,
    borderColor: "#fff", borderWidth: 0.5, swatch: flowColour(measure),
    categoryPercentage: 0.9, barPercentage: 0.9, signed: true,
  });
  const sum = (measures, year) => measures.reduce((total, measure) => total + (valueAt(measure, {year}) ?? 0), 0);
  const netAt = (year) => sum(into, year) - sum(out, year);
  const withFlows = years().filter((year) => [...into, ...out].some((measure) => valueAt(measure, {year}) !== undefined));
  const net = {
    type: "line", label: t("flows_net"), data: years().map((year) => (withFlows.includes(year) ? netAt(year) : null)), borderColor: INK,
    backgroundColor: INK, borderWidth: 2, pointRadius: 2, order: 1, signed: true,
  };
  draw("flows", {
    type: "bar",
    data: {labels: years(), datasets: [...into.map((m) => bar(m, 1)), ...out.map((m) => bar(m, -1)), net]},
    options: yearOptions({zero: true, stacked: true}),
  }, described(t("flows")));
  const item = (measure) => ({text: measureLabel(measure), colour: flowColour(measure)});
  legend("flows", [...(into.length ? [{heading: t("flows_in")}] : []), ...into.map(item),
    ...(out.length ? [{split: true}, {heading: t("flows_out")}] : []), ...out.map(item), {split: true},
    {text: t("flows_net"), colour: INK, line: true}]);
  readout("flows", withFlows.includes(choice.year) ? [
    {text: t("flows_in"), value: sum(into, choice.year), shown: number(sum(into, choice.year))},
    {text: t("flows_out"), value: sum(out, choice.year), shown: number(sum(out, choice.year))},
    {text: t("flows_net"), value: netAt(choice.year), shown: signed(netAt(choice.year))}] : []);
}

function drawSectors() {
  const own = sectors().filter((code) => code !== ALL.k && series(M.demand, {k: code}));
  if (!part("sectors", own.length > 1)) return;
  const colourOf = (i) => PALETTE[i % PALETTE.length];
  const faded = (code) => choice.k !== ALL.k && choice.k !== code;
  const datasets = own.map((code, i) => ({
    label: label("k", code), data: valuesOf(M.demand, {k: code}), swatch: colourOf(i), borderColor: "#fff", borderWidth: 0.5,
    backgroundColor: colourOf(i) + (faded(code) ? "55" : ""), categoryPercentage: 0.9, barPercentage: 0.9, stack: "demand",
  }));
  draw("sectors", {type: "bar", data: {labels: years(), datasets}, options: yearOptions({zero: true, stacked: true})},
    described(t("by_sector")));
  legend("sectors", own.map((code, i) => ({text: label("k", code), colour: colourOf(i)})));
  readout("sectors", own.filter((code) => valueAt(M.demand, {k: code}) !== undefined).map((code) =>
    ({...readItem(M.demand, valueAt(M.demand, {k: code})), text: label("k", code)})));
}

/* Years of the stock that is chosen. */
function stockYears(region) {
  const found = new Set();
  for (const one of STOCK.values()) {
    if (one.at[0] === choice.s && one.at[1] === choice.v && one.at[3] === region && one.at[4] === choice.p) found.add(one.at[2]);
  }
  return [...found].sort((a, b) => a - b);
}

function drawPyramid() {
  const known = stockYears(choice.r);
  if (!part("pyramid", known.length > 0)) return;
  const base = known[0], year = known.filter((one) => one <= choice.year).pop() ?? base;
  const at = (when, sex) => STOCK.get([choice.s, choice.v, when, choice.r, choice.p, sex].join());
  const sexes = DATA.stock.sexes.map((name, code) => code).filter((code) => at(base, code) || at(year, code));
  const all = sexes.flatMap((sex) => [at(base, sex), at(year, sex)]).filter((one) => one);
  const first = Math.min(...all.map((one) => one.first)), last = Math.max(...all.map((one) => one.first + one.values.length - 1));
  const ages = Array.from({length: last - first + 1}, (nothing, i) => first + i);
  const most = Math.max(...all.flatMap((one) => one.values));
  const colours = [COLOUR.supply, COLOUR.demand];
  const side = (i) => (sexes.length === 2 && i === 0 ? -1 : 1);
  const data = (when, sex, i) => ages.map((age) => (valueOf(at(when, sex), age) ?? 0) * side(i));
  const bars = sexes.map((sex, i) => ({
    label: `${DATA.stock.sexes[sex]} ${year}`, data: data(year, sex, i), backgroundColor: colours[i % 2] + "aa", swatch: colours[i % 2],
    categoryPercentage: 1, barPercentage: 0.9, grouped: false, order: 2,
  }));
  const lines = year === base ? [] : sexes.map((sex, i) => ({
    type: "line", label: `${DATA.stock.sexes[sex]} ${base}`, data: data(base, sex, i), borderColor: INK, backgroundColor: INK,
    borderWidth: 1.5, pointRadius: 0, pointHitRadius: 4, order: 1, indexAxis: "y",
  }));
  const options = {
    indexAxis: "y", layout: {padding: {right: 8}}, interaction: {mode: "index", axis: "y", intersect: false},
    scales: {
      x: {
        grid: grid(true), suggestedMin: sexes.length === 2 ? -most : 0, suggestedMax: most,
        ticks: {callback: (value) => tick(Math.abs(value)), maxTicksLimit: 9},
      },
      y: {
        reverse: true, grid: {display: false}, title: {display: true, text: t("age")},
        ticks: {autoSkip: false, callback: (value, i) => (ages[i] % 5 === 0 ? String(ages[i]) : "")},
      },
    },
    plugins: {yearMark: false, endLabels: false, tooltip: {callbacks: {
      title: (items) => `${t("age")} ${items[0]?.label ?? ""}`, labelColor: tipColour,
      label: (item) => `${plain(item.dataset.label)} ${number(Math.abs(item.raw))}`,
    }}},
  };
  draw("pyramid", {type: "bar", data: {labels: ages, datasets: [...bars, ...lines]}, options}, described(t("pyramid")));
  byId("lede-pyramid").textContent = t(year === base ? "pyramid_lede_base" : "pyramid_lede", {year, base});
  legend("pyramid", [...sexes.map((sex, i) => ({text: DATA.stock.sexes[sex], colour: colours[i % 2]})),
    ...(year === base ? [] : [{text: String(base), colour: INK, line: true}])]);
}
