"use strict";
/* The page: its beginning, its tabs, keys that work everywhere, and what it says where it can't begin. */

const notice = (words, parts = {}) => {
  const host = byId("notice");
  host.hidden = false;
  host.replaceChildren(element("span", {}, t(words, parts)), element("button", {type: "button", className: "quiet", "aria-label": t("close"), on: {click: () => {
    host.hidden = true;
  }}}, "×"));
};

const TABS = ["levers", "more", "ask", "text", "history", "files"];

function showTab(name) {
  document.body.dataset.tab = name;
  for (const one of TABS) {
    const tab = byId(`tab-${one}`);
    tab.setAttribute("aria-selected", String(one === name));
    tab.tabIndex = one === name ? 0 : -1;
    if (one !== "levers") byId(`panel-${one}`).hidden = one !== name;
  }
  if (!store.session) return;
  if (name === "more" && store.now) {
    drawAnswers();
    drawTiles();
  }
  if (name === "ask") drawAsk();
  if (name === "text") showText();
  if (name === "history") drawHistory();
  if (name === "files") {
    drawOuts();
    drawFiles();
  }
}

function drawAll() {
  drawTools();
  if (store.now) drawAnswers();
  drawStale();
  drawLevers();
  drawProblems();
  drawHistory();
  drawAsk();
}

function setLanguage(lang) {
  page.lang = lang;
  document.documentElement.lang = lang;
  byId("language").textContent = lang === "da" ? "English" : "Dansk";
  byId("language").lang = lang === "da" ? "en" : "da";
  translate();
  levers.items.clear();
  byId("lever-list").replaceChildren();
  for (const name of ["region", "profession", "sector"]) delete byId(name).dataset.holds;
  if (editor.code) editor.code.getInputField().setAttribute("aria-label", t("tab_text"));
  byId("ask-answer")?.replaceChildren();
  if (byId("work").hidden) {
    drawGallery();
  } else {
    byId("title").textContent = said(store.session.title);
    drawAll();
    if (document.body.dataset.tab === "files") drawOuts();
    if (document.body.dataset.tab === "text") fillFiles();
    project();
  }
}

function beginKeys() {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !store.session || byId("work").hidden) return;
    const pressed = event.key.toLowerCase(), typing = event.target.closest?.(".CodeMirror, input[type=text], input[type=search], input[type=number]");
    if (typing) return;
    if (pressed === "z" && !event.shiftKey) goTo(store.session.at - 1);
    else if (pressed === "y" || (pressed === "z" && event.shiftKey)) goTo(store.session.at + 1);
    else return;
    event.preventDefault();
  });
  document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const tabs = TABS.filter((one) => byId(`tab-${one}`).offsetParent !== null), at = tabs.indexOf(document.body.dataset.tab);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    showTab(next);
    byId(`tab-${next}`).focus();
    event.preventDefault();
  });
}

function saysNo(why) {
  byId("gallery").hidden = false;
  byId("gallery").classList.add("without");
  const known = why === "no-wasm" ? "no_wasm" : why === "no-engine" ? "no_engine" : "engine_failed";
  notice(known, {why});
  document.body.dataset.state = "failed";
  page.saidNo = performance.now();
}

async function beginPage() {
  page.pristine = document.documentElement.cloneNode(true);
  const kept = keptBefore();
  page.lang = kept?.lang ?? "da";
  beginAnswers();
  beginLevers();
  beginEditor();
  beginFiles();
  beginKeys();
  setLanguage(page.lang);
  showTab(window.innerWidth < 800 ? "levers" : "more");
  for (const one of document.querySelectorAll("[role=tab]")) one.addEventListener("click", () => showTab(one.dataset.tab));
  byId("undo").addEventListener("click", () => goTo(store.session.at - 1));
  byId("redo").addEventListener("click", () => goTo(store.session.at + 1));
  byId("pin").addEventListener("click", togglePin);
  byId("home").addEventListener("click", showGallery);
  byId("language").addEventListener("click", () => {
    setLanguage(page.lang === "da" ? "en" : "da");
    keep();
  });
  window.addEventListener("resize", whenQuiet(150, () => store.now && !byId("work").hidden && drawAnswers()));
  engine = new Engine();
  const late = setTimeout(() => notice("slow_start"), 8000);
  try {
    await engine.ready;
  } catch (error) {
    clearTimeout(late);
    saysNo(error.message);
    return;
  }
  clearTimeout(late);
  document.body.dataset.state = "ready";
  if (isSession(kept?.session)) await enter(kept.session);
  const shipped = await engine.ask("shipped");
  store.shipped = shipped.scenarios ?? [];
  if (byId("work").hidden) showGallery();
}

beginPage();
