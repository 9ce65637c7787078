"use strict";
/* Words and numbers as the report's language writes them. */

const DATA = JSON.parse(document.getElementById("data").textContent);
const META = DATA.meta;
const DANISH = META.lang === "da";
const ISOLATE = "\u2068", END_ISOLATE = "\u2069";

const byId = (id) => document.getElementById(id);

/* A word of the dictionary; {name} becomes parts[name]. */
function t(key, parts = {}) {
  return META.words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? String(parts[name]) : ""));
}

/* The same for elements: each part in an element of its own, as a label may run from right to left. */
function sentence(key, parts) {
  const nodes = [];
  for (const piece of META.words[key].split(/(\{\w+\})/)) {
    const name = /^\{(\w+)\}$/.exec(piece);
    if (!name) {
      nodes.push(piece);
    } else {
      nodes.push(element("bdi", {}, String(parts[name[1]] ?? "")));
    }
  }
  return nodes;
}

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "data") Object.assign(made.dataset, value);
    else if (key.includes("-") || key === "role" || key === "scope" || key === "colspan") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
}

/* Millionths, as the CSV has them, rounded half away from zero to so many decimals of value * 10^shift. */
function fixed(value, decimals, shift = 0) {
  const size = Math.round(Math.abs(value) * 1e6), step = 10 ** (6 - decimals - shift);
  const rounded = Math.floor((size + step / 2) / step);
  const digits = String(rounded).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals), rest = digits.slice(digits.length - decimals);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, DANISH ? "." : ",");
  return (value < 0 && rounded > 0 ? "\u2212" : "") + grouped + (decimals > 0 ? (DANISH ? "," : ".") + rest : "");
}

const isSmall = (value) => Math.round(Math.abs(value) * 1e6) > 0 && Math.round(Math.abs(value) * 1e6) < 10e6;
/* Full-time equivalents or persons: whole ones, below ten with one decimal. */
const number = (value) => fixed(value, isSmall(value) ? 1 : 0);

/* A number as it is written, with a sign where it is more than nothing. */
const plus = (value, text) => (value > 0 && /[1-9]/.test(text) ? "+" : "") + text;
const signed = (value) => plus(value, number(value));

const percent = (ratio) => fixed(ratio, 1, 2) + META.words.percent_sign;

/* A value of a measure in its unit. */
function shown(measure, value) {
  if (value === undefined) return "–";
  const unit = META.measures[measure].unit;
  if (unit === "ratio") return percent(value);
  if (unit === "mio_kr" || unit === "children") return fixed(value, 1);
  return META.measures[measure].signed ? signed(value) : number(value);
}

/* What the CSV has. */
const written = (value) => (Math.round(value * 1e6) === 0 ? 0 : value).toFixed(6);

/* 1 for a surplus, -1 for a shortage, 0 where one decimal shows neither. */
const sideOf = (gap) => (Math.round(Math.abs(gap) * 1e6) < 50000 ? 0 : Math.sign(gap));

/* A label inside a sentence: "Pædagoger" becomes "pædagoger", "SOSU" stays. */
function inside(label) {
  return /^[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}

/* Labels on a canvas: one line without control characters, isolated from the text around. */
const plain = (label) => ISOLATE + label.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ") + END_ISOLATE;

/* Lines of at most so many letters. */
function wrapped(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    for (let rest = word; rest !== ""; rest = rest.slice(width)) {
      const piece = rest.slice(0, width), line = lines[lines.length - 1];
      if (line !== "" && line.length + 1 + piece.length > width) lines.push(piece);
      else lines[lines.length - 1] = line === "" ? piece : line + " " + piece;
    }
  }
  return lines;
}
