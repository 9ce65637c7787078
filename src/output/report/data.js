/* The results: series by code, what is chosen, what can be chosen. */

const SERIES = new Map();
const STOCK = new Map();
const KEYS = META.keys;
const M = Object.fromEntries(META.measures.map((measure, code) => [measure.key, code]));
const ALL = {r: KEYS.region.indexOf("all"), p: KEYS.profession.indexOf("all"), k: KEYS.sector.indexOf("all")};
const COLUMN = {r: "region", p: "profession", k: "sector", v: "variant"};
/* Measures as the contract orders them; the results' own order of codes is that. */
const MEASURES = META.measures.map((measure, code) => code);
const choice = {...META.start};

function keep(table, into) {
  table.values.forEach((values, i) => {
    into.set(table.codes.map((codes) => codes[i]).join(), {first: table.first[i], values, at: table.codes.map((c) => c[i])});
  });
}
keep(DATA.series, SERIES);
if (DATA.stock) keep(DATA.stock.series, STOCK);

/* The series of a measure for what is chosen, other things put in its place. */
function series(measure, other = {}) {
  const at = {...choice, ...other};
  return SERIES.get([at.s, at.v, at.r, at.p, at.k, measure].join());
}

/* A value, or undefined. */
function valueOf(found, year) {
  const value = found?.values[year - found.first];
  return value === null ? undefined : value;
}
const valueAt = (measure, other = {}) => valueOf(series(measure, other), other.year ?? choice.year);

const scenario = () => META.scenarios.find((one) => one.code === choice.s);
const label = (dimension, code) => scenario().labels[COLUMN[dimension]][code];
const labels = (dimension) => (code) => label(dimension, code);
const measureLabel = (measure) => META.measures[measure].label;

const SPANS = new Map();
for (const one of SERIES.values()) {
  const key = `${one.at[0]},${one.at[1]}`, {base, last} = SPANS.get(key) ?? {base: Infinity, last: -Infinity};
  SPANS.set(key, {base: Math.min(base, one.first), last: Math.max(last, one.first + one.values.length - 1)});
}

/* The first and the last year of what is chosen. */
const span = () => SPANS.get(`${choice.s},${choice.v}`) ?? {base: choice.year, last: choice.year};

function years() {
  const {base, last} = span();
  return Array.from({length: Math.max(0, last - base + 1)}, (nothing, i) => base + i);
}

/* Codes in dimension d (a place in a series' codes) of series that pass. */
function codesOf(d, passes) {
  const found = new Set();
  for (const one of SERIES.values()) if (passes(one.at)) found.add(one.at[d]);
  return [...found].sort((a, b) => a - b);
}

const has = (at) => at[0] === choice.s && at[1] === choice.v;
const isMain = (at) => has(at) && (at[5] === M.supply || at[5] === M.demand);
const variants = () => codesOf(1, (at) => at[0] === choice.s);
/* A region that another one is the same as is chosen once: one region alone is all of them. */
function regions() {
  const known = codesOf(2, isMain);
  if (!known.includes(ALL.r)) return known;
  return known.filter((code) => code !== scenario().same && (scenario().areas.length !== 1 || code === ALL.r));
}
const professions = () => codesOf(3, isMain);
const sectors = () => codesOf(4, (at) => isMain(at) && (at[3] === choice.p || choice.p === ALL.p));
/* Professions of their own, without the sum. */
const singleProfessions = () => professions().filter((code) => code !== ALL.p);

/* By the Danish alphabet in either language: names of places are Danish. */
const byName = (dimension) => (a, b) => label(dimension, a).localeCompare(label(dimension, b), "da") || a - b;

/* What is chosen, made good where another choice has taken something away. */
function mend() {
  const keepOr = (key, codes, otherwise) => {
    if (!codes.includes(choice[key])) choice[key] = codes.includes(otherwise) ? otherwise : (codes[0] ?? -1);
  };
  keepOr("v", variants(), META.start.v);
  keepOr("r", regions(), META.start.r);
  const all = professions();
  keepOr("p", all, all.includes(META.start.p) ? META.start.p : ALL.p);
  keepOr("k", sectors(), ALL.k);
  const {base, last} = span();
  choice.year = Math.min(Math.max(choice.year, base), last);
}

/* Scenario where there are several, region, profession, sector and variant in words; "base" needs none. */
function choiceWords(without = "") {
  const title = META.scenarios.length > 1 ? [scenario().title] : [];
  return title.concat(["r", "p", "k", "v"]
    .filter((d) => d !== without && !(d === "v" && KEYS.variant[choice.v] === "base"))
    .map((d) => label(d, choice[d])));
}
