"use strict";
/* What is open, its steps, and asking the engine again when it changes. The text is the truth: levers and editor both change it. */

const store = {
  session: null, /* what is kept: see begin() */
  now: null, base: null, pinned: null, /* Series */
  parameters: [], baseParameters: new Map(),
  ranks: null, problems: [], stale: false,
};
let engine = null, side = null;

const KEPT = "fremskriv-studio-1", STEPS = 300;

/* Frees what a session has beside its text, and makes a new one: {name, text, baseText, title, steps, at, choice, from, files}. */
function begin(session) {
  store.session = {steps: [{text: session.text, words: "step_opened", parts: {}, at: Date.now()}], at: 0, choice: {}, from: 0, files: {}, pinned: null, ...session};
  for (const chart of Object.values(answers.charts)) chart.spec = null; /* of another session */
  Object.assign(store, {now: null, base: null, pinned: null, parameters: [], baseParameters: new Map(), ranks: null, problems: [], stale: false, names: null, pending: null, baseRows: null});
}

const current = () => store.session.steps[store.session.at];
const ownText = () => current().text;

/* Keeps the session in this browser. What does not fit loses its oldest steps, then its other files. */
const keep = whenQuiet(300, () => {
  const {session} = store;
  let kept = {lang: page.lang, session};
  for (let tries = 0; tries < 4; tries++) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(kept));
      return;
    } catch (error) {
      if (!session) return;
      const drop = tries < 2 ? Math.floor(session.at / 2) : 0;
      kept = {lang: page.lang, session: {...session, steps: session.steps.slice(drop), at: session.at - drop, files: tries > 1 ? {} : session.files}};
    }
  }
  if (!store.keptNot) notice("not_kept");
  store.keptNot = true;
});

function keptBefore() {
  try {
    const own = JSON.parse(byId("saved").textContent);
    const kept = JSON.parse(localStorage.getItem(KEPT));
    /* A file that was sent with a scenario inside opens that one, until it is worked on here. */
    if (own && kept?.session?.from_file !== own.session?.from_file) return own;
    return kept ?? own;
  } catch (error) {
    return null;
  }
}

/* ---- steps ---- */

/* The text becomes another: a step of the history. Steps with one tag that follow closely are one.
 * @param words a word of the dictionary, with its parts. */
function change(text, words, parts = {}, tag = null) {
  const {session} = store;
  if (text === null || text === ownText()) return;
  const last = current(), now = Date.now();
  const one = {text, words, parts, tag, at: now};
  const joins = tag !== null && last.tag === tag && now - last.at < 2500 && !last.name && session.at > 0;
  session.steps.splice(joins ? session.at : session.at + 1, Infinity, one);
  if (session.steps.length > STEPS) session.steps.splice(1, session.steps.length - STEPS);
  session.at = session.steps.length - 1;
  changed();
}

function goTo(step) {
  const {session} = store;
  if (!session || step < 0 || step >= session.steps.length || step === session.at) return;
  current().tag = null;
  session.at = step;
  current().tag = null;
  store.pending = null;
  changed();
  announce(t("now_at", {step: stepWords(current())}));
}

const stepWords = (step) => step.name || t(step.words, Object.fromEntries(Object.entries(step.parts ?? {}).map(([key, value]) => [key, said(value)])));

function changed() {
  editorShows();
  drawHistory();
  drawTools();
  project();
  keep();
}

/* ---- asking ---- */

/* Rows that the page draws: those of the region that is chosen, and of all together, which say what there is. */
function rowsWanted() {
  return {regions: [...new Set([store.session.choice.region ?? "all", "all"])].join(",")};
}

const isOk = (answer) => answer?.status?.name === "ok";

async function runText(text, kind) {
  const answer = await engine.ask("run", {path: store.session.name, text, variants: ["base"], rows: rowsWanted(), brief: Boolean(store.pending && store.names)}, kind);
  if (!answer) return null;
  if (answer.names) store.names = answer.names;
  if (answer.scenarios) store.counted = answer.scenarios[0]?.first_gap; // what gaps are counted from, by language
  const table = answer.tables?.find((one) => one.name === "results");
  return {answer, series: isOk(answer) && table ? new Series(readTable(table), store.names) : null};
}

/* Opens the session in the engine: the base, its parameters, then what is worked on. */
async function openSession() {
  const {session} = store, puts = Object.entries(session.files).map(([path, text]) => ({path, content: text}));
  const opened = await engine.ask("open", {path: session.name, text: session.baseText}, undefined, puts);
  if (!isOk(opened)) throw new Error(said(opened.status.words));
  const base = await runText(session.baseText);
  if (store.session !== session) return;
  store.base = base.series;
  store.baseRows = rowsWanted().regions;
  store.problems = base.answer.problems;
  store.stale = !base.series;
  if (ownText() === session.baseText) store.now = base.series;
  settle();
  drawAll();
  const parameters = base.series ? await engine.ask("parameters") : null;
  if (store.session !== session) return;
  if (isOk(parameters)) {
    store.parameters = parameters.parameters;
    store.baseParameters = new Map(parameters.parameters.map((one) => [one.path, one]));
  }
  drawLevers();
  await compared();
  if (ownText() !== session.baseText || session.pinned) await project();
  else drawTiles();
  rank();
}

/* Projects what is compared with: the base and a pinned state, for the region that is chosen. */
async function compared() {
  const {session} = store, wanted = rowsWanted().regions;
  if (store.baseRows !== wanted) {
    const base = await runText(session.baseText);
    if (store.session !== session) return;
    store.base = base.series ?? store.base;
    store.baseRows = wanted;
    if (ownText() === session.baseText && base.series) store.now = base.series;
  }
  const pinned = session.pinned ? await runText(session.pinned.text) : null;
  if (store.session === session) store.pinned = pinned?.series ?? null;
}

async function project() {
  const {session} = store, text = ownText(), asked = performance.now();
  let found = null;
  try {
    found = await runText(text, "run");
  } catch (error) {
    notice("engine_failed", {why: error.message});
  }
  if (!found || store.session !== session) return;
  store.problems = found.answer.problems;
  store.stale = !found.series;
  if (found.series) {
    store.now = found.series;
    settle();
    drawAnswers();
  } else {
    drawStale();
  }
  drawProblems();
  store.took = performance.now() - asked;
  afterwards();
}

/* What need not keep pace with a drag. */
const afterwards = whenQuiet(160, async () => {
  const {session} = store, text = ownText();
  if (store.stale) return;
  const parameters = await engine.ask("parameters", {}, "parameters");
  if (!isOk(parameters) || store.session !== session || ownText() !== text) return;
  store.parameters = parameters.parameters;
  store.pending = null;
  drawLevers();
  drawTiles();
});

/* The engine in a worker of its own, for what takes longer: a lever never waits for it. Opens what is worked on, then asks. */
async function aside(call, request, before = []) {
  if (!side) {
    side = new Engine();
    await side.ready;
  }
  const {session} = store, puts = Object.entries(session.files).map(([path, text]) => ({path, content: text}));
  side.ask("open", {path: session.name, text: ownText()}, undefined, puts);
  for (const [one, what] of before) side.ask(one, what);
  return side.ask(call, request);
}

/* Which numbers move the gap of the chosen year most: the order of the levers. */
async function rank() {
  const {session} = store, series = store.now ?? store.base;
  if (!series) return;
  const last = Math.min(session.choice.year ?? series.last, series.last);
  const of = professionsOf(series).map((one) => `${mainMeasure(series, one)}:${one}:all:${Math.max(last, series.first + 1)}`);
  if (of.length === 0) return;
  const found = await aside("rank", {of});
  if (!isOk(found) || store.session !== session) return;
  const professions = professionsOf(series);
  store.ranks = new Map(found.ranks.map((one) => [one.path, Object.fromEntries(professions.map((key, i) => [key, Math.abs(one.moves[i] ?? 0)]))]));
  drawLevers();
}

/* ---- what is chosen ---- */

const professionsOf = (series) => series.keys.profession.filter((one) => one !== "all" &&
  (series.of({region: "all", profession: one, measure: "demand"}) || series.of({region: "all", profession: one, measure: "supply"})));
/* A profession without a supply has no gap. */
const mainMeasure = (series, profession) => (series.of({region: "all", profession, measure: "gap"}) ? "gap" : "demand");
const regionsOf = () => Object.keys(store.names?.region ?? {});
const sectorsOf = (series, profession) => series.keys.sector.filter((one) => one === "all" ||
  series.of({region: "all", profession, sector: one, measure: "demand"}));

/* Makes what is chosen good where it is not there (any more). */
function settle() {
  const series = store.now ?? store.base, {session} = store, {choice} = session;
  if (!series) return;
  const professions = professionsOf(series);
  if (!professions.includes(choice.profession)) choice.profession = professions[0] ?? "all";
  if (!choice.region || !regionsOf().includes(choice.region)) choice.region = "all";
  if (!sectorsOf(series, choice.profession).includes(choice.sector)) choice.sector = "all";
  if (!(choice.year >= series.first && choice.year <= series.last)) choice.year = Math.min(series.last, Math.max(series.first, 2035));
  if (!(session.from > series.first && session.from <= series.last))
    session.from = Math.min(series.last, Math.max(series.first + 1, new Date().getFullYear() + 1));
}
