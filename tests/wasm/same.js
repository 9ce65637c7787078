"use strict";
// The engine for WebAssembly beside the native one:
//   same.js results BUILD PROGRAM ASK   results.csv of every shipped scenario, the same bytes as of `run -o -`
//   same.js bad BUILD PROGRAM ASK       what is said of every scenario of tests/bad
//   same.js calls BUILD PROGRAM ASK     answers and columns of every call of docs/studio-api.md, bit by bit
// BUILD is the tree of tools/studio. Without it, or where it is older than the sources, the test is skipped (77), unless
// FREMSKRIV_WASM=required, as tools/test says where it has built it.
const child = require("child_process"), crypto = require("crypto"), fs = require("fs"), os = require("os"), path = require("path");
const [what, build, program, ask] = process.argv.slice(2);
const {openEngine} = require(path.resolve("src/studio/page/engine.js"));

function stop(status, why) {
  console.log(why);
  process.exit(status);
}

const skip = why => stop(process.env.FREMSKRIV_WASM === "required" ? 1 : 77, why);

function walk(folder, found = []) {
  for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(name, found);
    else if (entry.isFile()) found.push(name);
  }
  return found;
}

function check() {
  const wasm = `${build}/fremskriv.wasm`;
  if (!fs.existsSync(wasm)) skip(`no ${path.basename(build)}/fremskriv.wasm (tools/studio builds it): skipped`);
  const made = fs.statSync(wasm).mtimeMs;
  const newer = walk("src").concat(walk("include")).filter(name => /\.(c|h|inc|def)$/.test(name) && fs.statSync(name).mtimeMs > made);
  if (newer.length > 0) skip(`${newer[0]} is newer than fremskriv.wasm (tools/studio builds it anew): skipped`);
}

// In the engine the current folder is the project's, as it is here.
async function open(folders) {
  const files = {};
  for (const folder of folders) for (const name of walk(folder)) files[`/${name}`] = fs.readFileSync(name);
  const Fremskriv = require(path.resolve(build, "fremskriv.js"));
  return openEngine(Fremskriv, fs.readFileSync(`${build}/fremskriv.wasm`), files, ".");
}

const scenarios = fs.readdirSync("scenarios").filter(name => name.endsWith(".yaml")).map(name => `scenarios/${name}`);

function fail(count, of) {
  stop(count > 0 ? 1 : 0, `${of - count} of ${of} are the same`);
}

/* ---- results ---- */

async function results() {
  const engine = await open(["data", "scenarios"]);
  let bad = 0;
  for (const scenario of scenarios) {
    const native = child.spawnSync(program, ["run", scenario, "-o", "-", "--quiet"], {maxBuffer: 2 ** 30});
    engine.ask("open", {path: scenario});
    const ran = engine.ask("run", {rows: {measures: "gap", regions: "all"}});
    const exported = ran.status.name === "ok" ? engine.ask("export", {formats: ["csv"]}) : ran;
    const file = (exported.files || []).find(one => one.name === "results.csv");
    const same = native.status === 0 ? file !== undefined && native.stdout.equals(Buffer.from(file.bytes))
                                     : ran.status.exit === native.status && file === undefined;
    bad += same ? 0 : 1;
    console.log(`${same ? "same" : "DIFFERS"} ${scenario}: ${native.stdout.length} bytes`);
  }
  fail(bad, scenarios.length);
}

/* ---- calls ---- */

function native(lines) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "frem"));
  try {
    const ran = child.spawnSync(ask, [".", scratch], {input: lines.map(([call, request]) => `${call} ${JSON.stringify(request)}\n`).join(""), maxBuffer: 2 ** 30});
    if (ran.status !== 0) stop(1, `ask ended with ${ran.status}: ${ran.stderr}`);
    return ran.stdout.toString().split("\n");
  } finally {
    fs.rmSync(scratch, {recursive: true});
  }
}

// Values of an answer as ask.c prints them.
function hashes(answer) {
  const columns = (answer.tables || []).flatMap(table => table.columns.map(column => [column.buffer, column.values]));
  const files = (answer.files || []).filter(file => file.buffer !== undefined).map(file => [file.buffer, file.bytes]);
  const all = columns.concat(files, answer.buffer !== undefined ? [[answer.buffer, answer.bytes]] : []);
  return all.sort((a, b) => a[0] - b[0]).map(([, bytes]) => crypto.createHash("sha256").update(bytes).digest("hex") + " ").join("");
}

const plain = answer => JSON.stringify(answer, (key, value) => key === "values" || key === "bytes" ? undefined : value);

// Bytes of these are not compared: a manifest and a workbook say when and from where; draws go through exp(), log() and the like of
// another C library (see drawn()).
const OTHER = ["export", "montecarlo"];

// Makes the calls on both. shown: whether a call's answer is compared.
async function compare(folders, lines, shown) {
  const engine = await open(folders), said = native(lines);
  let bad = 0, of = 0;
  lines.forEach(([call, request], i) => {
    const answer = engine.ask(call, request), ours = plain(answer), theirs = plain(JSON.parse(said[2 * i]));
    const numbers = OTHER.includes(call) || hashes(answer) === said[2 * i + 1];
    if (!shown(call)) return;
    of++;
    if (ours === theirs && numbers) return;
    bad++;
    let at = 0;
    while (at < ours.length && ours[at] === theirs[at]) at++;
    console.log(`DIFFERS ${call} ${JSON.stringify(call === "run" ? lines[i - 1][1] : request)}${numbers ? "" : " (columns)"}\n  wasm:   ${ours.slice(Math.max(0, at - 60), at + 420)}\n  native: ${theirs.slice(Math.max(0, at - 60), at + 120)}`);
  });
  console.log(`${of - bad} of ${of} answers are the same`);
  return {engine, bad, of};
}

// Tables in workbooks are read with libzip and expat, which the engine for WebAssembly has not.
const NOT_BUILT = ["table-workbook.yaml"];

async function bad() {
  const names = fs.readdirSync("tests/bad").filter(name => name.endsWith(".yaml") && !NOT_BUILT.includes(name)).map(name => `tests/bad/${name}`);
  const lines = names.flatMap(name => [["open", {path: name}], ["run", {lang: "en", brief: true, rows: {years: "every", measures: "supply"}}]]);
  const {bad: differ, of} = await compare(["data", "scenarios", "tests/bad"], lines, call => call === "run");
  fail(differ, of);
}

// The largest difference of what was drawn from `montecarlo -o -`, whose six decimals leave half a millionth.
function drawn(engine, scenario) {
  const said = child.spawnSync(program, ["montecarlo", scenario, "--variant", "base", "--draws", "256", "--seed", "7", "--quiet", "-o", "-"], {maxBuffer: 2 ** 30});
  const rows = said.stdout.toString().trim().split("\n").slice(1);
  engine.ask("open", {path: scenario});
  const table = engine.ask("montecarlo", {draws: 256, seed: 7}).tables[0], values = table.columns.find(column => column.name === "value").values;
  const apart = rows.map((row, i) => Math.abs(Number(row.slice(row.lastIndexOf(",") + 1)) - values[i]));
  const largest = apart.reduce((most, one) => Math.max(most, one), 0);
  console.log(`${rows.length} statistics of draws, ${table.rows} in the engine: at most ${largest} apart`);
  return rows.length > 0 && rows.length === table.rows && largest < 0.6e-6;
}

async function calls() {
  const scenario = "scenarios/paedagog-syddanmark.yaml", rows = {measures: "supply,demand,gap", regions: "all"};
  const {engine, bad: differ, of} = await compare(["data", "scenarios"], [
    ["version", {}], ["shipped", {}], ["open", {path: scenario}], ["run", {}], ["run", {variants: ["base"], rows, lang: "da"}],
    ["files", {}], ["read", {path: scenario}], ["read", {path: "COPYING"}], ["explain", {path: "programmes"}], ["parameters", {}],
    ["solve", {vary: ["programmes.paedagog.intake"], targets: ["gap:paedagog:all:2035=0"]}],
    ["decompose", {of: ["gap:paedagog:all:2023..2035"]}], ["montecarlo", {draws: 256, seed: 7}], ["compare", {rows}],
    ["compare", {assumptions: true}], ["rank", {of: ["gap:paedagog:all:2035"]}],
    ["run", {sets: ["programmes.paedagog.completion=0.9"], variants: ["base"]}],
    ["open", {path: "scenarios/velfaerd-danmark.yaml"}], ["run", {variants: ["base"]}],
    ["solve", {vary: ["nothing"], targets: ["gap:paedagog:all:2035=0"], lang: "da"}],
    ["export", {formats: ["csv", "json", "svg"]}], ["export", {formats: ["xlsx", "sqlite"]}],
  ], () => true);
  fail(differ + (drawn(engine, scenario) ? 0 : 1), of + 1);
}

check();
({results, bad, calls})[what]().catch(error => stop(1, String(error.stack).slice(0, 2000)));
