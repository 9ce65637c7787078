"use strict";
/* Levers: the named numbers of the scenario as sliders and fields. Moving one changes the text; what the text says moves the lever. */

const levers = {search: "", all: false, open: new Set(), items: new Map()};

/* The numbers of a parameter by year, or one for all years: {years, values}. */
function numbersOf(parameter) {
  const {numbers} = parameter, dimensions = numbers?.dimensions ?? [];
  const whole = dimensions.every((one) => one === "year" || one === "entry_year");
  const values = numbers?.sum ?? (whole ? numbers?.lowest : null);
  return {years: numbers?.years ?? [], values: values ?? null};
}

function valueIn(parameter, year) {
  const {years, values} = numbersOf(parameter);
  if (!values) return undefined;
  if (years.length === 0) return values[0] ?? undefined;
  const i = Math.min(Math.max(years.indexOf(year), year > years[years.length - 1] ? years.length - 1 : 0), years.length - 1);
  return values[i] ?? undefined;
}

const isShare = (parameter) => ["share", "share per year"].includes(parameter.unit);

/* What a lever is: its text in the scenario, whether it counts or multiplies, its value and that of the base. */
function leverOf(parameter) {
  const own = yamlLever(ownText(), parameter.path), base = store.baseParameters.get(parameter.path) ?? parameter;
  const year = own?.from !== undefined ? Number(own.from) : store.session.from;
  const factor = own?.times !== undefined || (own?.value === undefined && valueIn(base, year) === undefined);
  const value = factor ? (own?.times !== undefined ? Number(own.times) : 1) : valueIn(parameter, year);
  const baseOwn = yamlLever(store.session.baseText, parameter.path);
  const baseValue = factor ? (baseOwn?.times !== undefined ? Number(baseOwn.times) : 1) : valueIn(base, year);
  const locked = own === null || (own?.value !== undefined && !Number.isFinite(Number(own.value)));
  const differs = yamlGet(ownText(), parameter.path) !== yamlGet(store.session.baseText, parameter.path);
  return {parameter, own, base, year, factor, value, baseValue, locked, differs};
}

/* Ends and step of a slider: what is allowed, and not so wide that a hand can't set it. */
function rangeOf(lever) {
  if (lever.factor) return {min: 0.5, max: 1.5, step: 0.01};
  const {minimum, maximum} = lever.parameter.allowed ?? {}, at = lever.baseValue ?? 0, low = minimum ?? -Infinity, high = maximum ?? Infinity;
  let from, to;
  if (isShare(lever.parameter)) [from, to] = at >= 0.3 ? [0, 1] : [0, at > 0 ? nice(at * 2) : 0.2];
  else if (low >= 0 && at > 0) [from, to] = [0, nice(at * 1.6)];
  else if (at !== 0) [from, to] = [at - Math.max(3, Math.abs(at)), at + Math.max(3, Math.abs(at))];
  else [from, to] = low >= 0 ? [0, 100] : [-5, 5];
  if (to === Infinity || to - at < at * 0.2) to = at * 1.5;
  [from, to] = [Math.max(from, low), Math.min(to, high)];
  const step = nice((to - from) / 200);
  const stepAt = (value) => Math.round(value / step) * step;
  from = Math.max(low, stepAt(from));
  to = Math.min(high, stepAt(to));
  return {min: Math.min(from, lever.value ?? from), max: Math.max(to, lever.value ?? to), step};
}

const decimalsOf = (step) => Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));

/* The number of a lever as people write it, in its unit. */
function leverText(lever, value) {
  if (value === undefined) return "–";
  if (lever.factor) return percent(value, 0);
  if (isShare(lever.parameter)) return percent(value, value !== 0 && Math.abs(value) < 0.1 ? 2 : 1);
  const text = Math.abs(value) >= 1000 || Number.isInteger(value) ? fixed(value, 0) : fixed(value, Math.abs(value) < 10 ? 2 : 1);
  const unit = unitOf(lever.parameter);
  return unit ? `${text} ${unit}` : text;
}

const unitOf = (parameter) => (parameter.unit ? (page.lang === "da" ? UNITS[parameter.unit] ?? parameter.unit : parameter.unit) : "");

/* A short name: that of the last keys of the path, else the help up to its first semicolon. */
function leverName(parameter) {
  const keys = parameter.path.split(".");
  for (let i = Math.max(0, keys.length - 3); i < keys.length; i++) {
    const short = NAMES[keys.slice(i).join(".")] ?? NAMES[keys.slice(i, -1).join(".")];
    if (short) return short[page.lang === "da" ? 0 : 1];
  }
  return said(parameter.help).split(/[;:]/)[0];
}

/* Whose number it is: the profession, programme or sector, and the profession inside a sector. */
function leverOwner(parameter) {
  const keys = parameter.path.split("."), own = said(parameter.owner);
  const series = store.now ?? store.base;
  const last = keys[keys.length - 1];
  const profession = keys[0] === "demand" && series?.keys.profession.includes(last) ? series.label("profession", last) : "";
  return [own, profession].filter((one) => one !== "").join(" · ");
}

/* ---- changing ---- */

/* The regions that a total is of: its own, else what the other totals of the scenario cover. */
function coversOf(parameter) {
  if (!parameter.covers) return undefined;
  if (parameter.covers !== "own") return parameter.covers;
  return store.parameters.find((one) => one.covers && one.covers !== "own")?.covers;
}

function setLever(path, value, year) {
  const parameter = store.parameters.find((one) => one.path === path), lever = leverOf(parameter), text = ownText();
  if (lever.locked || !Number.isFinite(value)) return;
  const from = year ?? lever.year, put = plain(value), words = {name: leverName(parameter), owner: leverOwner(parameter), value: leverText(lever, value)};
  let next;
  const baseHas = yamlGet(store.session.baseText, path) !== undefined;
  if (!baseHas && Math.abs(value - lever.baseValue) < 1e-12 && year === undefined) {
    next = yamlTake(text, path);
  } else if (lever.own) {
    const isMap = yamlGet(text, path).startsWith("{") || lever.own.source !== undefined || lever.own.from !== undefined;
    next = isMap ? yamlPut(text, `${path}.${lever.factor ? "times" : "value"}`, put) : yamlPut(text, path, put);
    if (next !== null && year !== undefined && lever.own.from !== undefined) next = yamlPut(next, `${path}.from`, String(year));
  } else {
    const covers = coversOf(parameter), parts = [];
    if (parameter.by_year) parts.push(`from: ${from}`);
    parts.push(lever.factor ? `times: ${put}` : `value: ${put}`);
    if (covers !== undefined && !lever.factor) parts.push(`covers: ${/^[\wæøåÆØÅ]+$/.test(covers) ? covers : JSON.stringify(covers)}`);
    next = yamlPut(text, path, parts.length === 1 && !lever.factor ? put : `{${parts.join(", ")}}`);
  }
  if (next === null) {
    notice("lever_locked");
    return;
  }
  store.pending = {path, value};
  change(next, "step_lever", words, `lever:${path}`);
  markLever(path);
}

function resetLever(path) {
  const before = yamlGet(store.session.baseText, path), parameter = store.baseParameters.get(path) ?? store.parameters.find((one) => one.path === path);
  const next = before === undefined ? yamlTake(ownText(), path) : yamlPut(ownText(), path, before.includes("\n") ? JSON.stringify(before) : before);
  store.pending = null;
  change(next, "step_reset", {name: leverName(parameter), owner: leverOwner(parameter)});
}

function resetAll() {
  store.pending = null;
  change(store.session.baseText, "step_reset_all");
}

/* ---- drawing ---- */

function leverItem(path) {
  const id = `lever-${path.replace(/[^\w-]/g, "_")}`;
  const item = {path};
  item.slider = element("input", {type: "range", id, on: {input: (event) => setLever(path, Number(event.target.value))}});
  item.field = element("input", {type: "text", inputmode: "decimal", autocomplete: "off", className: "value", on: {
    change: (event) => {
      let value = typed(event.target.value);
      if (item.lever.factor || isShare(item.lever.parameter)) value /= 100;
      const {minimum, maximum} = item.lever.factor ? {minimum: 0, maximum: null} : item.lever.parameter.allowed ?? {};
      const wrong = !Number.isFinite(value) || (minimum !== null && value < minimum) || (maximum !== null && value > maximum);
      item.field.setAttribute("aria-invalid", String(wrong));
      item.wrong.hidden = !wrong;
      item.wrong.textContent = !wrong ? "" : Number.isFinite(value)
        ? t("outside_range", {min: shownEnd(item.lever, minimum), max: shownEnd(item.lever, maximum)}) : t("not_a_number");
      if (!wrong) setLever(path, value);
    },
  }});
  item.unit = element("span", {className: "unit"});
  item.name = element("label", {htmlFor: id});
  item.owner = element("span", {className: "owner"});
  item.back = element("button", {type: "button", className: "back", on: {click: () => {
    resetLever(path);
    item.slider.focus();
  }}});
  item.tick = element("span", {className: "base-tick", "aria-hidden": "true"});
  item.wrong = element("p", {className: "wrong", role: "alert", hidden: true});
  item.body = element("div", {className: "lever-body"});
  item.details = element("details", {on: {toggle: () => {
    if (item.details.open) drawDetails(item);
  }}}, element("summary", {}), item.body);
  item.node = element("li", {className: "lever"}, element("div", {className: "lever-head"}, item.name, item.back), item.owner,
    element("div", {className: "lever-row"}, element("span", {className: "track"}, item.slider, item.tick),
      element("span", {className: "value-box"}, item.field, item.unit)), item.wrong, item.details);
  return item;
}

const shownEnd = (lever, value) => (value === null || value === undefined ? t("any") : leverText(lever, value));

/* Shows what a lever is now. */
function fillLever(item, parameter) {
  const lever = item.lever = leverOf(parameter), {slider, field} = item;
  const value = store.pending?.path === parameter.path ? store.pending.value : lever.value;
  const range = rangeOf({...lever, value}), name = leverName(parameter), owner = leverOwner(parameter);
  item.name.textContent = name;
  const unit = lever.factor ? t("percent_of_base") : isShare(parameter) ? PERCENT().trim() : unitOf(parameter), short = unit.length <= 8;
  item.owner.textContent = short ? owner : [owner, unit].filter((one) => one !== "").join(" · ");
  const scale = lever.factor || isShare(parameter) ? 100 : 1;
  if (document.activeElement !== slider || Number(slider.value) !== value) {
    set(slider, {min: String(range.min), max: String(range.max), step: "any"});
    slider.step = String(range.step);
    slider.value = String(value ?? range.min);
  }
  slider.setAttribute("aria-valuetext", leverText(lever, value));
  slider.disabled = field.disabled = lever.locked || value === undefined;
  const decimals = decimalsOf(range.step * scale);
  if (document.activeElement !== field) field.value = value === undefined ? "" : inField(value * scale, decimals);
  field.setAttribute("aria-label", `${name}${owner ? `, ${owner}` : ""}`);
  item.unit.textContent = short ? unit : lever.factor ? PERCENT().trim() : "";
  item.node.classList.toggle("changed", lever.differs);
  item.back.hidden = !lever.differs;
  item.back.textContent = t("back_to", {value: short ? leverText(lever, lever.baseValue) : inField(lever.baseValue * scale, decimals)});
  item.back.setAttribute("aria-label", t("back_label", {name, value: leverText(lever, lever.baseValue)}));
  const part = (lever.baseValue - range.min) / (range.max - range.min);
  item.tick.hidden = !(part >= 0 && part <= 1);
  item.tick.style.left = `calc(${(part * 100).toFixed(2)}% + ${(8 - part * 16).toFixed(1)}px)`;
  item.details.firstChild.textContent = lever.locked ? t("lever_locked_short") : t("about");
  if (item.details.open) drawDetails(item);
}

/* A number for a field: with the step's decimals where they say it whole, else with what it needs. */
const inField = (value, decimals) => {
  const rounded = Number(value.toFixed(decimals));
  if (Math.abs(rounded - value) > 1e-9) return field(Number(value.toPrecision(6)));
  return Math.abs(rounded) >= 1000 && Number.isInteger(rounded) ? fixed(rounded, 0) : field(rounded);
};

function drawDetails(item) {
  const {lever} = item, {parameter} = lever, {minimum, maximum} = parameter.allowed ?? {}, rows = [];
  const row = (key, ...value) => rows.push(element("dt", {}, t(key)), element("dd", {}, ...value));
  row("meaning", said(parameter.help));
  row("in_base", leverText(lever, lever.baseValue));
  row("allowed", `${shownEnd({...lever, factor: false}, minimum)} – ${shownEnd({...lever, factor: false}, maximum)}`);
  if (lever.own?.from !== undefined) {
    const series = store.now ?? store.base;
    row("holds_from", element("input", {type: "number", className: "small-number", value: lever.own.from, min: series?.first, max: series?.last,
      "aria-label": t("holds_from"), on: {change: (event) => {
        const year = Number(event.target.value);
        if (Number.isInteger(year)) change(yamlPut(ownText(), `${parameter.path}.from`, String(year)), "step_lever",
          {name: leverName(parameter), owner: leverOwner(parameter), value: `${t("from_year")} ${year}`});
      }}}));
  }
  if (parameter.covers) row("covers", parameter.covers === "own" ? t("covers_own") : parameter.covers);
  row("source", said(parameter.source ?? lever.base.source) || t("no_source"));
  if (parameter.file) {
    row("stands_in", element("button", {type: "button", className: "link", on: {click: () => showPlace(parameter.file, parameter.line, parameter.column)}},
      `${parameter.file.split("/").pop()}, ${t("line")} ${parameter.line}`));
  }
  row("key", element("code", {}, parameter.path));
  item.body.replaceChildren(element("dl", {}, ...rows));
}

/* The head's count of changes. */
function drawChanges() {
  const n = store.parameters.filter((one) => yamlGet(ownText(), one.path) !== yamlGet(store.session.baseText, one.path)).length;
  byId("changes").replaceChildren(n === 0 ? t("no_changes") : t(n === 1 ? "one_change" : "n_changes", {n}), " ",
    n === 0 ? "" : element("button", {type: "button", className: "link", on: {click: resetAll}}, t("reset_all")));
}

function markLever(path) {
  const item = levers.items.get(path), parameter = store.parameters.find((one) => one.path === path);
  if (item && parameter) fillLever(item, parameter);
  drawChanges();
}

const FEW = 8;

function drawLevers() {
  const {session} = store;
  if (!session) return;
  const known = new Map(store.parameters.map((one) => [one.path, one])), series = store.now ?? store.base;
  if (series) set(byId("from"), {min: series.first + 1, max: series.last, value: session.from});
  const usable = store.parameters.filter((one) => numbersOf(one).values || one.by_year !== undefined);
  const rankOf = (one) => store.ranks?.get(one.path)?.[session.choice.profession] ?? 0;
  const plainOrder = (one) => ["programmes", "professions", "demand"].indexOf(one.path.split(".")[0]);
  const order = [...usable].sort((a, b) => rankOf(b) - rankOf(a) || plainOrder(a) - plainOrder(b) || a.path.localeCompare(b.path));
  const words = levers.search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = words.length === 0 ? order : order.filter((one) => {
    const text = `${leverName(one)} ${leverOwner(one)} ${said(one.help)} ${one.path} ${said(one.source)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const differs = (one) => yamlGet(ownText(), one.path) !== yamlGet(session.baseText, one.path);
  const starters = session.levers ?? [];
  const first = found.filter((one) => starters.includes(one.path)).sort((a, b) => starters.indexOf(a.path) - starters.indexOf(b.path));
  const rest = found.filter((one) => !starters.includes(one.path));
  const listed = [...first, ...rest];
  const shown = levers.all || words.length > 0 ? listed : listed.filter((one, i) => i < FEW || differs(one));
  for (const path of [...levers.items.keys()]) if (!known.has(path)) levers.items.delete(path);
  const nodes = shown.map((one) => {
    if (!levers.items.has(one.path)) levers.items.set(one.path, leverItem(one.path));
    const item = levers.items.get(one.path);
    fillLever(item, one);
    return item.node;
  });
  const list = byId("lever-list");
  if (nodes.length !== list.children.length || nodes.some((node, i) => list.children[i] !== node)) {
    const focus = document.activeElement;
    list.replaceChildren(...nodes);
    if (list.contains(focus)) focus.focus();
  }
  if (nodes.length === 0) list.replaceChildren(element("li", {className: "soft"}, t(store.parameters.length === 0 ? "no_levers" : "none_found")));
  const more = byId("more-levers");
  more.hidden = words.length > 0 || listed.length <= FEW;
  more.textContent = levers.all ? t("fewer_levers") : t("more_levers", {n: listed.length});
  drawChanges();
}

function beginLevers() {
  byId("lever-search").addEventListener("input", (event) => {
    levers.search = event.target.value;
    drawLevers();
  });
  byId("more-levers").addEventListener("click", () => {
    levers.all = !levers.all;
    drawLevers();
  });
  byId("from").addEventListener("change", (event) => {
    const year = Number(event.target.value), series = store.now ?? store.base;
    if (series && year > series.first && year <= series.last) store.session.from = year;
    drawLevers();
    keep();
  });
}
