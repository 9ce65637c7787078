"use strict";
/* The first screen: questions to start from, each a shipped scenario with its levers chosen, and all scenarios. */

const QUESTIONS = [
  {words: "q_pedagogues", scenario: "paedagog-syddanmark", levers: ["programmes.paedagog.intake", "programmes.paedagog.completion",
    "professions.paedagog.retirement.leaves.mean", "professions.paedagog.unemployment"]},
  {words: "q_dropout", scenario: "sosu-syddanmark", levers: ["programmes.ssa.stages.hovedforloeb.dropout", "programmes.ssa.stages.grundforloeb.dropout",
    "programmes.ssh.stages.hovedforloeb.dropout", "programmes.ssh.stages.grundforloeb.dropout", "programmes.ssa.intake", "programmes.ssh.intake"]},
  {words: "q_reform", scenario: "reform-2025", levers: ["programmes.sygeplejerske.reform.ects", "programmes.sygeplejerske.intake",
    "programmes.paedagog.reform.ects", "programmes.paedagog.intake", "programmes.laerer.intake"]},
  {words: "q_minimum", scenario: "minimumsnormeringer", levers: ["demand.dagtilbud.floor.children.under_3.children_per_adult",
    "demand.dagtilbud.floor.children.fra_3_til_skole.children_per_adult", "programmes.paedagog.intake", "programmes.paedagog.completion"]},
  {words: "q_municipality", scenario: "dagtilbud-kommune", levers: ["demand.dagtilbud.floor.children.under_3.children_per_adult",
    "demand.dagtilbud.floor.children.fra_3_til_skole.children_per_adult", "programmes.paedagog.intake", "programmes.paed_assistent.intake"]},
  {words: "q_nurses", scenario: "sygeplejersker-syddanmark", levers: ["programmes.sygeplejerske.intake", "programmes.sygeplejerske.completion",
    "professions.sygeplejerske.permanent_exit", "professions.sygeplejerske.retirement.leaves.mean"]},
  {words: "q_country", scenario: "velfaerd-danmark", levers: ["programmes.paedagog.intake", "programmes.ssa.intake", "programmes.ssh.intake",
    "programmes.sygeplejerske.intake", "programmes.laerer.intake", "programmes.paed_assistent.intake"]},
];

/* A scenario of one's own that lies over a shipped one and so far changes nothing. */
function overlay(stem, title) {
  const quoted = (text) => JSON.stringify(text);
  return `# ${t("overlay_comment")}\nfremskriv: 1\nextends: ${stem}.yaml\ntitle: {da: ${quoted(title.da)}, en: ${quoted(title.en)}}\n`;
}

async function openShipped(stem, chosenLevers = []) {
  const shipped = store.shipped.find((one) => stemOf(one.path) === stem);
  const title = shipped?.title ?? {da: stem, en: stem}, text = overlay(stem, title);
  await enter({name: "mit-scenarie.yaml", text, baseText: text, title, start: stem, levers: chosenLevers});
}

const stemOf = (path) => path.split("/").pop().replace(/\.yaml$/, "");

/* Opens a session that is new or was kept, and shows the workspace. */
async function enter(session) {
  begin(session);
  editor.file = null;
  levers.items.clear();
  levers.search = byId("lever-search").value = "";
  levers.all = false;
  fan.reset();
  showWork();
  drawHistory();
  drawTools();
  drawAsk();
  try {
    await openSession();
  } catch (error) {
    notice("engine_failed", {why: error.message});
  }
  if (document.body.dataset.tab === "text") showText();
  keep();
}

function drawGallery() {
  const known = new Set((store.shipped ?? []).map((one) => stemOf(one.path)));
  byId("questions-list").replaceChildren(...QUESTIONS.filter((one) => known.size === 0 || known.has(one.scenario)).map((one) =>
    element("li", {}, element("button", {type: "button", disabled: known.size === 0, data: {scenario: one.scenario}, on: {click: () => openShipped(one.scenario, one.levers)}},
      element("b", {}, t(one.words)), element("span", {}, t(`${one.words}_more`))))));
  const stored = keptBefore();
  if (stored?.session && known.size > 0) {
    byId("questions-list").prepend(element("li", {className: "resume"}, element("button", {type: "button", id: "resume", on: {click: () => enter(stored.session)}},
      element("b", {}, t("resume")), element("span", {}, t("resume_more", {title: said(stored.session.title), n: stored.session.at})))));
  }
  byId("scenarios-list").replaceChildren(...(store.shipped ?? []).map((one) => element("li", {}, element("button", {type: "button", className: "link",
    on: {click: () => openShipped(stemOf(one.path))}}, said(one.title) || stemOf(one.path)))));
}

function showGallery() {
  byId("gallery").hidden = false;
  byId("work").hidden = true;
  document.body.classList.remove("working");
  byId("title").textContent = "";
  drawGallery();
  drawTools();
}

function showWork() {
  byId("gallery").hidden = true;
  byId("work").hidden = false;
  document.body.classList.add("working");
  byId("title").textContent = said(store.session.title);
  document.title = `${said(store.session.title)} – fremskriv studio`;
  window.scrollTo(0, 0);
}
