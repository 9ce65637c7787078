"use strict";
/* Where things stand in a scenario's text, and changing one of them while all else keeps its letters. The engine alone says what a
 * text means; this only finds keys of mappings, in blocks and in braces. What it does not know (lists, anchors of mappings, several
 * documents) is "other": nothing is changed in there. */

const YAML_KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#,[\]{}&*!|>'"%@`?-][^#\n]*?|-?\d[^#\n:]*?)\s*:(?=[ \t]|$)/;

const unquoted = (key) => (/^".*"$/.test(key) ? JSON.parse(key) : /^'.*'$/.test(key) ? key.slice(1, -1).replaceAll("''", "'") : key);

/* Trees of the texts that were asked about last: one for what is worked on, one for the base. */
const yamlTrees = new Map();
function yamlTree(text) {
  let tree = yamlTrees.get(text);
  if (!tree) {
    if (yamlTrees.size >= 4) yamlTrees.delete(yamlTrees.keys().next().value);
    yamlTrees.set(text, tree = yamlRead(text));
  }
  return tree;
}

function yamlRead(text) {
  const lines = [];
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf("\n", start) < 0 ? text.length : text.indexOf("\n", start);
    const line = text.slice(start, end).replace(/\r$/, "");
    lines.push({start, line, indent: line.search(/\S|$/), empty: /^\s*(#|$)/.test(line)});
    start = end + 1;
  }
  const lineAt = (at) => {
    let low = 0, high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lines[middle].start <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const nextLine = (i) => {
    while (i < lines.length && lines[i].empty) i++;
    return i;
  };

  /* The end of a quoted text that begins at `at`. */
  const endOfQuoted = (at) => {
    const sign = text[at];
    for (let i = at + 1; i < text.length; i++) {
      if (sign === '"' && text[i] === "\\") i++;
      else if (text[i] === sign && sign === "'" && text[i + 1] === "'") i++;
      else if (text[i] === sign) return i + 1;
    }
    return text.length;
  };
  const skip = (at) => {
    for (;;) {
      while (/\s/.test(text[at] ?? "")) at++;
      if (text[at] !== "#" || !/\s/.test(text[at - 1] ?? " ")) return at;
      while (at < text.length && text[at] !== "\n") at++;
    }
  };

  /* A value inside brackets, which ends before a comma or a closing bracket. */
  const flow = (at) => {
    at = skip(at);
    if (text[at] === "{") return flowMap(at);
    if (text[at] === "[") {
      let i = skip(at + 1);
      while (i < text.length && text[i] !== "]") {
        i = skip(flow(i).end);
        if (text[i] === ",") i = skip(i + 1);
        else if (text[i] !== "]") break;
      }
      return {kind: "other", start: at, end: Math.min(i + 1, text.length)};
    }
    if (text[at] === '"' || text[at] === "'") return {kind: "scalar", start: at, end: endOfQuoted(at)};
    let end = at;
    while (end < text.length && !/[,\]}\n]/.test(text[end]) && !(text[end] === ":" && /[\s,}\]]/.test(text[end + 1] ?? " ")) &&
           !(text[end] === "#" && /\s/.test(text[end - 1]))) end++;
    while (end > at && /\s/.test(text[end - 1])) end--;
    const scalar = text.slice(at, end);
    return {kind: /^[&*]/.test(scalar) ? "other" : "scalar", start: at, end};
  };
  const flowMap = (at) => {
    const node = {kind: "map", flow: true, start: at, entries: []};
    let i = skip(at + 1);
    while (i < text.length && text[i] !== "}") {
      const key = flow(i), colon = skip(key.end);
      if (key.end === i) break;
      const entry = {key: unquoted(text.slice(key.start, key.end)), start: key.start};
      if (text[colon] === ":") entry.node = flow(colon + 1);
      else entry.node = {kind: "scalar", start: key.end, end: key.end};
      entry.end = entry.node.end;
      node.entries.push(entry);
      i = skip(entry.end);
      if (text[i] === ",") i = skip(i + 1);
      else if (text[i] !== "}") break;
    }
    node.end = Math.min(i + 1, text.length);
    node.broken = text[i] !== "}";
    return node;
  };

  /* The value after a colon at `at`, of a key in column `indent`. @return the node; node.next is the line after it. */
  const value = (at, indent) => {
    const i = lineAt(at), stop = lines[i].start + lines[i].line.length;
    let from = at;
    while (from < stop && /[ \t]/.test(text[from])) from++;
    const rest = text.slice(from, stop);
    if (rest === "" || rest.startsWith("#")) {
      const next = nextLine(i + 1);
      const sequence = next < lines.length && /^\s*-(\s|$)/.test(lines[next].line);
      if (next < lines.length && (lines[next].indent > indent || (sequence && lines[next].indent === indent)))
        return sequence ? opaque(lines[next].start + lines[next].indent, next, indent, true) : block(next, lines[next].indent);
      return {kind: "scalar", none: true, start: at, end: at, next: i + 1};
    }
    if (rest[0] === "{" || rest[0] === "[" || rest[0] === '"' || rest[0] === "'") {
      const node = flow(from);
      return {...node, next: lineAt(Math.max(node.end - 1, from)) + 1};
    }
    if (/^[&*!|>]/.test(rest)) return opaque(from, i + 1, indent, false);
    const comment = rest.search(/\s#/), scalar = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
    let next = i + 1, end = from + scalar.length;
    while (next < lines.length && lines[next].indent > indent && !lines[next].empty) {
      end = lines[next].start + lines[next].line.trimEnd().length;
      next++;
    }
    return {kind: "scalar", start: from, end, next};
  };
  const opaque = (start, next, indent, sequence) => {
    while (next < lines.length && (/^\s*$/.test(lines[next].line) || lines[next].indent > indent ||
           (sequence && lines[next].indent === indent && /^\s*(-(\s|$)|#)/.test(lines[next].line)))) next++;
    while (next > 1 && /^\s*$/.test(lines[next - 1].line) && lines[next - 1].start > start) next--;
    return {kind: "other", start, end: lines[next - 1].start + lines[next - 1].line.length, next};
  };
  const block = (i, indent) => {
    const node = {kind: "map", start: lines[i].start + indent, entries: [], indent};
    let last = i;
    for (i = nextLine(i); i < lines.length && lines[i].indent === indent; i = nextLine(i)) {
      const found = YAML_KEY.exec(lines[i].line.slice(indent));
      if (!found) return {kind: "other", start: node.start, end: text.length, next: lines.length};
      const start = lines[i].start + indent, one = value(start + found[0].length, indent);
      node.entries.push({key: unquoted(found[1]), start, colon: start + found[0].length, line: i, end: one.end, node: one});
      last = Math.max(one.next, i + 1);
      i = last;
    }
    node.next = last;
    node.end = node.entries.length > 0 ? node.entries[node.entries.length - 1].end : node.start;
    return node;
  };
  const first = nextLine(0);
  const root = first < lines.length && lines[first].indent === 0 ? block(first, 0)
    : {kind: "map", start: 0, end: 0, entries: [], indent: 0, next: 0};
  return {root, lines, lineAt};
}

const entryOf = (node, key) => (node.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined);

/* How far a path leads: the entries on its way, and the mapping or other node at its end. */
function yamlWalk(tree, keys) {
  const way = [];
  let node = tree.root;
  for (const key of keys) {
    const entry = entryOf(node, key);
    if (!entry) break;
    way.push(entry);
    node = entry.node;
  }
  return {way, node, whole: way.length === keys.length};
}

/* The text of what is at a path; undefined where nothing does. */
function yamlGet(text, path) {
  const found = yamlWalk(yamlTree(text), path.split("."));
  return found.whole ? text.slice(found.node.start, found.node.end) : undefined;
}

/* The parts of a value that a lever writes: {value, from, times, covers...} as texts; null for a form of another kind. */
const LEVER_KEYS = ["value", "from", "times", "add", "covers", "source", "unit", "note"];
function yamlLever(text, path) {
  const found = yamlWalk(yamlTree(text), path.split("."));
  if (!found.whole) return undefined;
  const {node} = found;
  if (node.kind === "scalar") return node.none ? null : {value: text.slice(node.start, node.end)};
  if (node.kind !== "map" || node.entries.some((entry) => !LEVER_KEYS.includes(entry.key) || (entry.node.kind !== "scalar" && !["source", "note"].includes(entry.key)))) return null;
  return Object.fromEntries(node.entries.map((entry) => [entry.key, text.slice(entry.node.start, entry.node.end)]));
}

const yamlQuoted = (key) => (/^[A-Za-zæøåÆØÅ_][\wæøåÆØÅ-]*$/.test(key) || /^\d+$/.test(key) ? key : JSON.stringify(key));
const splice = (text, start, end, put) => text.slice(0, start) + put + text.slice(end);

/* The text with `put` at a path, whatever was there before; null where the text around it is of a kind that is not changed. */
function yamlPut(text, path, put) {
  const keys = path.split("."), tree = yamlTree(text), {way, node, whole} = yamlWalk(tree, keys);
  if (whole) {
    const entry = way[way.length - 1];
    if (entry.node.kind === "other") return null;
    if (entry.node.kind === "map" && !entry.node.flow) {
      const end = entry.node.end;
      return splice(text, entry.colon, end, ` ${put}`);
    }
    return splice(text, entry.node.start, entry.node.end, (entry.node.none ? " " : "") + put);
  }
  const rest = keys.slice(way.length);
  if (node.kind === "map" && node.flow) {
    if (node.broken) return null;
    const inner = rest.slice(1).reduceRight((value, key) => `{${yamlQuoted(key)}: ${value}}`, put);
    const last = node.entries[node.entries.length - 1], at = last ? last.end : node.start + 1;
    return splice(text, at, at, `${last ? ", " : ""}${yamlQuoted(rest[0])}: ${inner}`);
  }
  if (node.kind === "map" || (node.kind === "scalar" && node.none)) {
    const owner = way[way.length - 1];
    const indent = node.kind === "map" ? node.indent : tree.lines[tree.lineAt(owner.start)].indent + 2;
    const lines = rest.map((key, i) => " ".repeat(indent + 2 * i) + yamlQuoted(key) + ":" + (i === rest.length - 1 ? ` ${put}` : ""));
    const after = node.next ?? 0;
    const at = after < tree.lines.length ? tree.lines[after].start : text.length;
    const before = text.slice(0, at);
    return before + (before === "" || before.endsWith("\n") ? "" : "\n") + lines.join("\n") + "\n" + text.slice(at);
  }
  return null;
}

/* The text without what is at a path, and without mappings that are empty then; null as above. */
function yamlTake(text, path) {
  const keys = path.split("."), tree = yamlTree(text), {way, whole} = yamlWalk(tree, keys);
  if (!whole) return text;
  let depth = way.length;
  const mapOf = (i) => (i === 0 ? tree.root : way[i - 1].node);
  while (depth > 1 && mapOf(depth - 1).entries.length === 1) depth--;
  const entry = way[depth - 1], map = mapOf(depth - 1);
  if (map.flow) {
    const i = map.entries.indexOf(entry), next = map.entries[i + 1], last = map.entries[i - 1];
    return next ? splice(text, entry.start, next.start, "") : splice(text, last ? last.end : map.start + 1, entry.end, "");
  }
  const end = entry.node.next ?? tree.lineAt(entry.end) + 1;
  return splice(text, tree.lines[entry.line].start, end < tree.lines.length ? tree.lines[end].start : text.length, "");
}

/* What is at a path on one line: a mapping in a block in braces, without texts of it that go over several lines. */
function yamlInline(text, path) {
  const {node, whole} = yamlWalk(yamlTree(text), path.split("."));
  if (!whole) return undefined;
  if (node.kind === "map" && node.flow) return text.slice(node.start, node.end).replace(/\s*\n\s*/g, " ");
  if (node.kind !== "map") return text.slice(node.start, node.end);
  const parts = node.entries.map((entry) => {
    const own = text.slice(entry.node.start, entry.node.end), isText = entry.node.kind === "scalar" && !/^["']/.test(own) && /[,[\]{}#:]/.test(own);
    return [entry.key, isText ? JSON.stringify(own) : own];
  });
  const short = parts.filter(([, own]) => !own.includes("\n"));
  if (parts.some(([key, own]) => own.includes("\n") && !["source", "note"].includes(key)) || short.length === 0) return undefined;
  return `{${short.map(([key, own]) => `${yamlQuoted(key)}: ${own}`).join(", ")}}`;
}

/* The path of keys that a place in the text is in: for help and for completion. */
function yamlPathAt(text, at) {
  const keys = [];
  let node = yamlTree(text).root;
  for (;;) {
    const entry = node.kind === "map" ? [...node.entries].reverse().find((one) => one.start <= at) : undefined;
    if (!entry) return keys;
    if (node.flow && at > entry.end) return keys;
    keys.push(entry.key);
    node = entry.node;
  }
}
