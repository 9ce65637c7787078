"use strict";
// wasm.js BUILD-WASM ASK: time of one projection in the engine for WebAssembly beside the native one, both through the calls of
// docs/studio-api.md on one thread, in turns, so that both meet the same load. Prints medians in milliseconds of processor time.
//   node tests/bench/wasm.js build-wasm build/tests/bin/ask
const child = require("child_process"), fs = require("fs"), path = require("path");
const [build, ask] = process.argv.slice(2), {openEngine} = require(path.resolve("src/studio/page/engine.js"));
const TURNS = 5, RUNS = 8;

function files(folder, found = {}) {
  for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) files(name, found);
    else found[`/${name}`] = fs.readFileSync(name);
  }
  return found;
}

const median = numbers => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// Processor milliseconds of a native process that makes n runs.
function native(scenario, request, n) {
  const lines = `open ${JSON.stringify({path: scenario})}\n` + `run ${JSON.stringify(request)}\n`.repeat(n);
  const said = child.spawnSync("bash", ["-c", 'TIMEFORMAT="%U %S"; time "$0" . /tmp >/dev/null', ask], {input: lines});
  return said.stderr.toString().trim().split(" ").reduce((sum, one) => sum + Number(one), 0) * 1000;
}

async function main() {
  const engine = await openEngine(require(path.resolve(build, "fremskriv.js")), fs.readFileSync(`${build}/fremskriv.wasm`), files("data", files("scenarios")), ".");
  const all = {variants: ["base"], brief: true}, chart = {...all, rows: {measures: "supply,demand,gap", regions: "all"}};
  for (const [name, scenario] of [["KKR", "scenarios/paedagog-syddanmark.yaml"], ["country", "scenarios/velfaerd-danmark.yaml"]]) {
    for (const [rows, request] of [["every row", all], ["a chart's rows", chart]]) {
      engine.ask("open", {path: scenario});
      for (let i = 0; i < 10; i++) engine.ask("run", request);
      const ours = [], theirs = [];
      for (let turn = 0; turn < TURNS; turn++) {
        const began = process.cpuUsage();
        for (let i = 0; i < RUNS; i++) engine.ask("run", request);
        const {user, system} = process.cpuUsage(began);
        ours.push((user + system) / 1000 / RUNS);
        theirs.push((native(scenario, request, RUNS + 1) - native(scenario, request, 1)) / RUNS);
      }
      const [wasm, here] = [median(ours), median(theirs)];
      console.log(`${name}, ${rows}: ${wasm.toFixed(1)} ms, native ${here.toFixed(1)} ms, ratio ${(wasm / here).toFixed(2)}`);
    }
  }
}

main();
