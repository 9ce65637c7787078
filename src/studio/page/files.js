"use strict";
/* History, and what goes out of the page and comes into it. */

/* ---- history ---- */

function drawHistory() {
  const {session} = store;
  if (document.body.dataset.tab !== "history" || !session) return;
  const time = new Intl.DateTimeFormat(page.lang === "da" ? "da-DK" : "en-GB", {day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"});
  byId("steps").replaceChildren(...session.steps.map((step, i) => element("li", {className: i === session.at ? "at" : ""},
    element("button", {type: "button", className: "link", "aria-current": i === session.at ? "step" : null, on: {click: () => goTo(i)}}, stepWords(step)),
    element("span", {className: "soft"}, ` ${time.format(step.at)} `),
    element("button", {type: "button", className: "quiet", "aria-label": `${t("name_step")}: ${stepWords(step)}`, on: {click: (event) => nameStep(i, event.target)}}, t("name_step")),
    i === session.at ? "" : element("button", {type: "button", className: "quiet", on: {click: () => pinStep(i)}, "aria-label": `${t("pin")}: ${stepWords(step)}`}, t("pin")))).reverse());
}

/* A field in place of the step's words. */
function nameStep(i, button) {
  const step = store.session.steps[i];
  let left = false;
  const done = (text) => {
    if (left) return;
    left = true;
    if (text !== null) step.name = text.trim().slice(0, 80);
    drawHistory();
    keep();
  };
  const input = element("input", {type: "text", value: stepWords(step), maxlength: 80, "aria-label": t("name_step"), on: {
    keydown: (event) => {
      if (event.key === "Enter") done(input.value);
      if (event.key === "Escape") done(null);
    },
    blur: () => done(input.value),
  }});
  button.parentElement.firstChild.replaceWith(input);
  input.focus();
  input.select();
}

async function pinStep(i) {
  const {session} = store;
  session.pinned = {text: session.steps[i].text, name: stepWords(session.steps[i])};
  await pinNow();
}

async function pinNow() {
  const {session} = store;
  if (!session.pinned) {
    store.pinned = null;
  } else if (session.pinned.text === ownText() && store.now && !store.stale) {
    store.pinned = store.now;
  } else {
    await compared();
    await project();
  }
  drawTools();
  drawAnswers();
  drawHistory();
  keep();
}

function togglePin() {
  const {session} = store;
  session.pinned = session.pinned ? null : {text: ownText(), name: stepWords(current())};
  pinNow();
}

function drawTools() {
  const {session} = store, working = session && !byId("work").hidden;
  for (const id of ["undo", "redo", "pin"]) byId(id).hidden = !working;
  if (!working) return;
  byId("undo").disabled = session.at === 0;
  byId("redo").disabled = session.at >= session.steps.length - 1;
  byId("pin").setAttribute("aria-pressed", String(Boolean(session.pinned)));
  byId("pin").textContent = session.pinned ? t("unpin") : t("pin");
}

/* ---- out ---- */

const OUTS = [
  {id: "out-report", words: "out_report", formats: ["html"], type: "text/html"},
  {id: "out-workbook", words: "out_workbook", formats: ["xlsx"], type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
  {id: "out-csv", words: "out_csv", formats: ["csv"], file: "results.csv", type: "text/csv"},
  {id: "out-scenario", words: "out_scenario", run: () => download(fileName("yaml"), ownText(), "application/yaml")},
  {id: "out-svg", words: "out_svg", run: () => download(fileName("svg"), picture(answers.charts.balance.svg).text, "image/svg+xml")},
  {id: "out-png", words: "out_png", run: () => savePng(answers.charts.balance.svg, fileName("png"))},
  {id: "out-studio", words: "out_studio", run: () => saveStudio()},
];

const fileName = (ending) => `${store.session.start ?? stemOf(store.session.name)}${store.session.at > 0 ? "-min" : ""}.${ending}`;

async function exportAs(out) {
  const status = byId("out-status");
  status.textContent = t("making", {what: t(out.words)});
  const answer = await aside("export", {formats: out.formats, decimal: page.lang === "da" ? "comma" : "point", made: Math.floor(Date.now() / 1000)},
    [["run", {path: store.session.name, text: ownText(), variants: ["base"]}]]);
  const files = answer.files ?? [];
  const wanted = out.file ? files.filter((one) => one.name === out.file) : files.filter((one) => one.name.endsWith(`.${out.formats[0]}`));
  if (!isOk(answer) || wanted.length === 0) {
    const problem = answer.problems?.find((one) => one.severity === "error");
    status.textContent = t("not_made", {why: problem ? problem.message : said(answer.status.words)});
    return;
  }
  for (const one of wanted) download(`${fileName("x").slice(0, -2)}.${out.formats[0]}`, one.bytes, out.type);
  status.textContent = t("made", {what: t(out.words)});
}

function drawOuts() {
  byId("outs").replaceChildren(...OUTS.map((out) => element("li", {}, element("button", {type: "button", id: out.id, on: {click: async () => {
    try {
      await (out.run ? out.run() : exportAs(out));
    } catch (error) {
      byId("out-status").textContent = t("not_made", {why: error.message});
    }
  }}}, t(out.words)), element("span", {className: "soft"}, t(`${out.words}_more`)))));
}

/* The page as it came, with what is worked on inside. */
function saveStudio() {
  const copy = page.pristine.cloneNode(true), {session} = store;
  copy.querySelector("#saved").textContent = JSON.stringify({lang: page.lang, session: {...session, from_file: Date.now()}}).replaceAll("<", "\\u003c");
  download(fileName("html"), `<!doctype html>\n${copy.outerHTML}\n`, "text/html");
}

/* ---- in ---- */

const MOST_BYTES = 50e6;
const fileText = (bytes) => {
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch (error) {
    return new TextDecoder("windows-1252").decode(bytes);
  }
};

/* Takes dropped or chosen files: a scenario is opened, a table is laid beside it, a studio's file gives what it has inside. */
async function takeFiles(list) {
  const files = [...list], texts = [];
  for (const file of files) {
    if (file.size > MOST_BYTES) {
      notice("too_large", {file: file.name, most: fixed(MOST_BYTES / 1e6, 0)});
      return;
    }
    texts.push({name: file.name.replace(/[^\p{L}\p{N}._-]+/gu, "_"), text: fileText(await file.arrayBuffer())});
  }
  const studio = texts.find((one) => /\.html?$/i.test(one.name));
  if (studio) {
    const inside = new DOMParser().parseFromString(studio.text, "text/html").getElementById("saved");
    let saved = null;
    try {
      saved = inside && JSON.parse(inside.textContent);
    } catch (error) {
      saved = null;
    }
    if (isSession(saved?.session)) await enter(saved.session);
    else notice("no_session_inside", {file: studio.name});
    return;
  }
  const scenario = texts.find((one) => /\.ya?ml$/i.test(one.name)), tables = texts.filter((one) => !/\.ya?ml$/i.test(one.name));
  const beside = Object.fromEntries(tables.map((one) => [one.name, one.text]));
  if (scenario) {
    const title = yamlGet(scenario.text, "title.da") ?? yamlGet(scenario.text, "title") ?? stemOf(scenario.name);
    await enter({name: scenario.name, text: scenario.text, baseText: scenario.text, title: title.replace(/^["']|["']$/g, ""), files: beside});
  } else if (store.session && !byId("work").hidden) {
    Object.assign(store.session.files, beside);
    await engine.ask("version", {}, undefined, tables.map((one) => ({path: one.name, content: one.text})));
    drawFiles();
    project();
    keep();
    notice("table_taken", {list: tables.map((one) => one.name).join(", ")});
  } else {
    notice("table_needs_scenario");
  }
}

/* What a file has inside is data of another person: its form is checked before it is used. */
const isSession = (one) => one && typeof one.name === "string" && typeof one.baseText === "string" && Array.isArray(one.steps) && one.steps.length > 0 &&
  one.steps.every((step) => typeof step.text === "string" && step.words in WORDS) && Number.isInteger(one.at) && one.at >= 0 && one.at < one.steps.length &&
  typeof one.choice === "object" && typeof one.files === "object";

function drawFiles() {
  byId("own-files").replaceChildren(...Object.keys(store.session?.files ?? {}).map((name) => element("li", {}, element("code", {}, name))));
}

function beginFiles() {
  for (const id of ["open-file", "put-file"]) {
    byId(id).addEventListener("change", async (event) => {
      await takeFiles(event.target.files);
      event.target.value = "";
    });
  }
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && document.body.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    if (event.dataTransfer.files.length > 0) takeFiles(event.dataTransfer.files);
  });
}
