"use strict";
/* What every part of the page uses: elements, words, numbers as people write them. */

const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function set(made, properties) {
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "data") Object.assign(made.dataset, value);
    else if (key === "on") for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
    else if (key in made && !made.namespaceURI.endsWith("svg") && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  return made;
}

function element(name, properties = {}, ...children) {
  const made = set(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function drawn(name, properties = {}, ...children) {
  const made = set(document.createElementNS(SVG, name), properties);
  made.append(...children);
  return made;
}

const page = {lang: "da"};

/* A word of the dictionary; {name} becomes parts[name]. */
function t(key, parts = {}) {
  const word = WORDS[key];
  if (!word) throw new Error(`no word '${key}'`);
  return word[page.lang === "da" ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? String(parts[name]) : ""));
}

/* A label that the engine gives in both languages, or one text. */
const said = (label) => (label && typeof label === "object" ? label[page.lang] ?? label.en ?? "" : label ?? "");

/* Puts the language's words into elements that ask for them: data-t for the text, data-t-label, -title and -hint for attributes. */
function translate(root = document) {
  for (const one of root.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
  for (const one of root.querySelectorAll("[data-t-label]")) one.setAttribute("aria-label", t(one.dataset.tLabel));
  for (const one of root.querySelectorAll("[data-t-title]")) one.title = t(one.dataset.tTitle);
  for (const one of root.querySelectorAll("[data-t-hint]")) one.placeholder = t(one.dataset.tHint);
}

/* ---- numbers ---- */

const formats = new Map();

function fixed(value, decimals) {
  const key = `${page.lang}${decimals}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(page.lang === "da" ? "da-DK" : "en-GB",
      {minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: "negative"}));
  }
  return formats.get(key).format(value).replace("-", "\u2212");
}

/* Full-time equivalents or persons: whole ones, below ten with one decimal. */
const number = (value) => fixed(value, Math.abs(value) >= 0.05 && Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0);
const withSign = (value, text) => (value > 0 && /[1-9]/.test(text) ? "+" : "") + text;
const signed = (value) => withSign(value, number(value));
const PERCENT = () => (page.lang === "da" ? "\u00a0%" : "%");
const percent = (ratio, decimals = 1) => fixed(ratio * 100, decimals) + PERCENT();

/* A number as the scenario's files have it: no group signs, a decimal point, no more digits than it needs. */
const plain = (value) => String(Number(Number(value).toPrecision(12)));

/* What a person typed: a decimal comma or point; NaN where it is no number. Signs of groups are those of the language. */
function typed(text) {
  let clean = text.trim().replace(/[\s\u00a0]/g, "").replace("\u2212", "-").replace(/%$/, "");
  const group = page.lang === "da" ? "." : ",", point = page.lang === "da" ? "," : ".";
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d+)?$`);
  if (grouped.test(clean)) clean = clean.replaceAll(group, "");
  clean = clean.replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(clean) ? Number(clean) : NaN;
}

/* The digits of a number in a field for people: as typed() reads it. */
const field = (value) => {
  const text = plain(value);
  return page.lang === "da" && !text.includes("e") ? text.replace(".", ",") : text;
};

/* The nearest of 1, 2, 5 times a power of ten that is not below. */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value)), part = value / power;
  return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10) * power;
}

/* A label inside a sentence: "Pædagoger" becomes "pædagoger", "SOSU" stays. */
const inside = (label) => (/^[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label);

/* Runs once calls of it have ceased for so long. */
function whenQuiet(ms, run) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), ms);
  };
}

function download(name, bytes, type) {
  const url = URL.createObjectURL(bytes instanceof Blob ? bytes : new Blob([bytes], {type}));
  element("a", {href: url, download: name.replace(/[^\p{L}\p{N}._-]+/gu, "_").slice(0, 80)}).click();
  setTimeout(() => URL.revokeObjectURL(url), 20000);
}

/* A sentence for all, and for those who listen to the page. */
const announce = whenQuiet(400, (text) => {
  byId("announced").textContent = text;
});
