"use strict";
/* The text: CodeMirror behind five functions, so that another editor can take its place. Marks stand under the words that the engine's
 * problems name. */

const editor = {code: null, file: null, marks: [], filling: false, explained: []};

function beginEditor() {
  editor.code = CodeMirror(byId("editor"), {
    mode: "yaml", lineNumbers: true, lineWrapping: false, indentUnit: 2, tabSize: 2, viewportMargin: 60, inputStyle: "contenteditable",
    screenReaderLabel: "", gutters: ["CodeMirror-linenumbers", "problem-gutter"],
    extraKeys: {
      Tab: false, "Shift-Tab": false, /* the keyboard must be able to leave */
      "Ctrl-Space": complete, "Ctrl-]": "indentMore", "Ctrl-[": "indentLess",
      Enter: (code) => code.execCommand("newlineAndIndent"),
    },
  });
  editor.code.on("change", (code, event) => {
    if (editor.filling || editor.file !== store.session?.name) return;
    change(code.getValue(), "step_text", {}, "text");
  });
  editor.code.on("cursorActivity", whenQuiet(120, keyHelp));
  byId("copy-value").addEventListener("click", copyValue);
  byId("file").addEventListener("change", (event) => openFile(event.target.value));
}

/* Shows the text that is worked on, where the editor shows it and has another. Only what differs is replaced. */
function editorShows() {
  const {session} = store, {code} = editor;
  if (editor.file !== session.name) return;
  const text = ownText(), shown = code.getValue();
  if (text === shown) return;
  let start = 0, end = 0;
  const most = Math.min(text.length, shown.length);
  while (start < most && text[start] === shown[start]) start++;
  while (end < most - start && text[text.length - 1 - end] === shown[shown.length - 1 - end]) end++;
  editor.filling = true;
  code.replaceRange(text.slice(start, text.length - end), code.posFromIndex(start), code.posFromIndex(shown.length - end));
  editor.filling = false;
}

async function openFile(name, line, column) {
  const {session} = store, {code} = editor, own = name === session.name;
  let text = own ? ownText() : session.files[name];
  if (text === undefined) {
    const answer = await engine.ask("read", {path: name});
    if (!isOk(answer)) {
      notice("not_readable", {file: name});
      return;
    }
    text = new TextDecoder().decode(answer.bytes);
  }
  editor.filling = true;
  editor.file = name;
  code.setOption("readOnly", !own);
  code.setOption("mode", name.endsWith(".csv") ? null : "yaml");
  code.setValue(text);
  code.clearHistory();
  editor.filling = false;
  byId("readonly").hidden = own;
  byId("file").value = name;
  drawProblems();
  if (line) {
    const at = {line: line - 1, ch: Math.max(0, (column ?? 1) - 1)};
    code.setCursor(at);
    code.scrollIntoView(at, 80);
    code.focus();
  }
}

/* Copies the value at the cursor, of a file that is read only, into one's own scenario. */
async function copyValue() {
  const {code} = editor, text = code.getValue(), keys = yamlPathAt(text, code.indexFromPos(code.getCursor()));
  const inner = keys[keys.length - 1];
  if (LEVER_KEYS.includes(inner) && keys.length > 1) keys.pop();
  const path = keys.join("."), value = path === "" ? undefined : yamlInline(text, path);
  const next = value === undefined || value === "" || value.includes("\n") || yamlGet(ownText(), path) !== undefined ? null : yamlPut(ownText(), path, value);
  if (next === null) {
    notice("not_copied");
    return;
  }
  change(next, "step_copied", {path});
  const at = yamlWalk(yamlTree(next), keys).way[keys.length - 1];
  await openFile(store.session.name, yamlTree(next).lineAt(at.start) + 1, at.start - yamlTree(next).lines[yamlTree(next).lineAt(at.start)].start + 1);
  notice("copied", {path});
}

/* Files that can be looked at: one's own, those it lies over, tables. */
async function fillFiles() {
  const {session} = store, answer = await engine.ask("files");
  if (!isOk(answer) || store.session !== session) return;
  const names = [session.name, ...answer.files.map((one) => one.path).filter((one) => one !== session.name)];
  byId("file").replaceChildren(...names.map((one, i) => element("option", {value: one}, i === 0 ? t("my_scenario") : one.replace(/^\/fremskriv\//, ""))));
  byId("file").value = editor.file ?? session.name;
}

async function showPlace(file, line, column) {
  showTab("text");
  await fillFiles();
  await openFile(file ?? store.session.name, line, column);
}

async function showText() {
  const {session} = store;
  await fillFiles();
  if (editor.file === null || (editor.file !== session.name && !byId("file").value)) await openFile(session.name);
  editor.code.refresh();
  const answer = await engine.ask("explain", {}, "explain");
  if (isOk(answer)) editor.explained = answer.explanation.scenarios[0]?.values ?? [];
}

/* ---- problems ---- */

function drawProblems() {
  const {session, problems} = store, {code} = editor;
  const shown = problems.filter((one) => one.severity !== "note");
  const errors = shown.filter((one) => one.severity === "error").length;
  byId("problem-count").hidden = shown.length === 0;
  byId("problem-count").textContent = String(shown.length);
  byId("problem-count").classList.toggle("bad", errors > 0);
  byId("problem-count").setAttribute("aria-label", t("n_problems", {n: shown.length}));
  if (!code) return;
  editor.marks.forEach((mark) => mark.clear());
  editor.marks = [];
  code.clearGutter("problem-gutter");
  for (const one of problems) {
    if (one.file !== editor.file || !one.line || one.severity === "note") continue;
    const from = {line: one.line - 1, ch: Math.max(0, (one.column || 1) - 1)};
    const to = {line: one.line - 1, ch: one.end_column ? one.end_column - 1 : code.getLine(one.line - 1)?.length ?? 0};
    if (to.ch > from.ch)
      editor.marks.push(code.markText(from, to, {className: `mark-${one.severity}`, attributes: {title: one.message}}));
    code.setGutterMarker(one.line - 1, "problem-gutter", element("span", {className: `dot ${one.severity}`, title: one.message}, one.severity === "error" ? "✕" : "!"));
  }
  byId("problems").replaceChildren(...(problems.length === 0 ? [element("li", {className: "good"}, t("no_problems"))] : problems.map((one) =>
    element("li", {className: one.severity}, element("b", {}, t(`severity_${one.severity}`)), " ",
      one.line ? element("button", {type: "button", className: "link", on: {click: () => openFile(one.file ?? session.name, one.line, one.column)}}, `${t("line")} ${one.line}`) : "",
      " ", one.message, one.hint ? element("span", {className: "hint"}, ` ${one.hint}`) : ""))));
}

/* ---- help and completion from the engine's own fields ---- */

function keyHelp() {
  const {code} = editor, at = code.indexFromPos(code.getCursor()), path = yamlPathAt(code.getValue(), at).join(".");
  const found = editor.explained.find((one) => one.path === path);
  byId("key-help").replaceChildren(...(found ? [element("code", {}, path), " ", said(found.help), found.unit ? ` (${unitOf(found)})` : ""] : [""]));
}

function complete() {
  const {code} = editor;
  code.showHint({completeSingle: false, hint: () => {
    const cursor = code.getCursor(), line = code.getLine(cursor.line), start = line.slice(0, cursor.ch).search(/[\w-]*$/);
    const indent = line.search(/\S|$/) < start ? start : Math.min(line.search(/\S|$/), start);
    const keys = pathAbove(code, cursor.line, indent, line.slice(0, start));
    const prefix = keys.length > 0 ? `${keys.join(".")}.` : "", typedPart = line.slice(start, cursor.ch).toLowerCase(), offered = new Map();
    for (const one of editor.explained) {
      if (!one.path.startsWith(prefix)) continue;
      const [name, ...deeper] = one.path.slice(prefix.length).split(".");
      if (name.toLowerCase().startsWith(typedPart) && !(offered.has(name) && deeper.length > 0)) offered.set(name, deeper.length === 0 ? said(one.help) : offered.get(name) ?? "");
    }
    return {from: {line: cursor.line, ch: start}, to: cursor, list: [...offered].sort(([a], [b]) => a.localeCompare(b)).map(([name, help]) =>
      ({text: `${name}: `, render: (node) => node.append(element("b", {}, name), help ? ` ${help}` : "")}))};
  }});
}

/* Keys of the mappings that a new line of so much indentation is in. */
function pathAbove(code, line, indent, before) {
  const keys = [];
  const flow = [...before.matchAll(/([\w-]+):\s*\{/g)].map((found) => found[1]);
  let below = flow.length > 0 ? before.search(/\S/) : indent;
  if (flow.length > 0) keys.push(...flow);
  for (let i = line - 1; i >= 0 && below > 0; i--) {
    const text = code.getLine(i), own = text.search(/\S/);
    if (own < 0 || own >= below || text[own] === "#") continue;
    const found = YAML_KEY.exec(text.slice(own));
    if (!found) continue;
    keys.unshift(unquoted(found[1]));
    below = own;
  }
  return keys;
}
