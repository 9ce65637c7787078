"use strict";
/* The engine in a worker of its own: everything of how the page reaches it is here and in engine.js, which the worker runs. One
 * request is under way; those that wait stand in a queue, where a newer one of the same kind takes the place of an older ("the
 * latest wins"). */

/* Runs inside the worker, as text: it uses nothing from outside itself but the module's glue and engine.js. */
function engineWorker() {
  let engine = null;

  const unpacked = async (base64) => {
    const text = atob(base64), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  };

  const start = async ({wasm, files}) => {
    const [code, data] = await Promise.all([unpacked(wasm), unpacked(files)]);
    engine = await self.openEngine(self.Fremskriv, code, JSON.parse(new TextDecoder().decode(data)));
  };

  /* The answer with its columns and files moved out of the engine's memory, and what of it is handed over. */
  const ask = ({call, request, puts}) => {
    for (const {path, content} of puts ?? []) engine.put(path, content);
    const answer = engine.ask(call, request), moved = [];
    for (const table of answer.tables ?? []) {
      for (const column of table.columns) {
        column.values = column.values.slice();
        moved.push(column.values.buffer);
      }
    }
    for (const one of [answer, ...answer.files ?? []]) if (one.bytes) moved.push(one.bytes.buffer);
    return {answer: {...answer, memory: engine.memory()}, moved};
  };

  self.onmessage = async ({data}) => {
    try {
      if (data.start) {
        await start(data.start);
        self.postMessage({id: data.id, answer: {}});
      } else {
        const {answer, moved} = ask(data);
        self.postMessage({id: data.id, answer}, moved);
      }
    } catch (error) {
      self.postMessage({id: data.id, failed: String(error.message ?? error).slice(0, 300)});
    }
  };
}

class Engine {
  /* Starts at once; `ready` fails where there is no WebAssembly or it can't start. */
  constructor() {
    this.number = 0;
    this.waiting = [];
    this.current = null;
    this.ready = this.start();
  }

  async start() {
    if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function" || typeof Worker !== "function")
      throw new Error("no-wasm");
    const glue = byId("engine-glue"), wasm = byId("engine-wasm"), files = byId("engine-files");
    if (!glue || !wasm || !files) throw new Error("no-engine");
    const source = new Blob([glue.textContent, `\n${openEngine}\n(${engineWorker})();`], {type: "text/javascript"});
    const url = URL.createObjectURL(source);
    this.worker = new Worker(url);
    this.worker.onmessage = ({data}) => this.answered(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.answered({id: this.current?.id, failed: event.message || "worker"});
    };
    await this.enqueue({start: {wasm: wasm.textContent.trim(), files: files.textContent.trim()}});
    URL.revokeObjectURL(url);
  }

  enqueue(message, kind) {
    return new Promise((resolve, reject) => {
      const job = {id: ++this.number, message, kind, resolve, reject};
      const older = kind ? this.waiting.findIndex((one) => one.kind === kind) : -1;
      if (older >= 0) {
        this.waiting[older].resolve(null);
        this.waiting[older] = job;
      } else {
        this.waiting.push(job);
      }
      this.next();
    });
  }

  next() {
    if (this.current || this.waiting.length === 0) return;
    this.current = this.waiting.shift();
    this.worker.postMessage({id: this.current.id, ...this.current.message});
  }

  answered(data) {
    const job = this.current;
    if (!job || job.id !== data.id) return;
    this.current = null;
    this.next();
    if (data.failed) {
      job.reject(new Error(data.failed));
      return;
    }
    job.resolve(data.answer);
  }

  /* Makes a call. @param kind where given, an older request of the kind that still waits is dropped: its promise gives null.
   * @param puts files to put before: [{path, content}]. @return the answer, as docs/studio-api.md says. */
  ask(call, request = {}, kind = undefined, puts = undefined) {
    return this.enqueue({call, request: {lang: page.lang, ...request}, puts}, kind);
  }

  stop() {
    this.worker?.terminate();
  }
}

/* ---- tables ---- */

/* A table with its columns by name. Labels are codes into `labels`. */
const readTable = (table) => ({...table, columns: Object.fromEntries(table.columns.map((column) => [column.name, column]))});

/* Cell of a table as a text or a number. */
function cellOf(table, column, row) {
  const found = table.columns[column];
  return found.kind === "label" ? found.labels[found.values[row]] : found.values[row];
}

/* The numbers of a projection by what they are of. */
class Series {
  constructor(table, names) {
    this.names = names;
    this.map = new Map();
    this.keys = {};
    for (const name of ["variant", "region", "profession", "sector", "measure", "statistic"]) this.keys[name] = table.columns[name].labels;
    const {variant, region, profession, sector, measure, statistic} = table.columns;
    const year = table.columns.year.values, value = table.columns.value.values;
    this.first = year.reduce((low, one) => Math.min(low, one), Infinity);
    this.last = year.reduce((high, one) => Math.max(high, one), -Infinity);
    const size = [region, profession, sector, measure, statistic].map((one) => one.labels.length);
    for (let i = 0; i < table.rows; i++) {
      const key = ((((variant.values[i] * size[0] + region.values[i]) * size[1] + profession.values[i]) * size[2] + sector.values[i])
        * size[3] + measure.values[i]) * size[4] + statistic.values[i];
      let found = this.map.get(key);
      if (!found) this.map.set(key, found = new Float64Array(this.last - this.first + 1).fill(NaN));
      found[year[i] - this.first] = value[i];
    }
    this.size = size;
  }

  get years() {
    return Array.from({length: this.last - this.first + 1}, (nothing, i) => this.first + i);
  }

  /* Values by year, or undefined. */
  of({region, profession, sector = "all", measure, variant = "base", statistic}) {
    const {keys, size} = this;
    const codes = [keys.variant.indexOf(variant), keys.region.indexOf(region), keys.profession.indexOf(profession),
      keys.sector.indexOf(sector), keys.measure.indexOf(measure), statistic ? keys.statistic.indexOf(statistic) : 0];
    if (codes.includes(-1)) return undefined;
    return this.map.get(((((codes[0] * size[0] + codes[1]) * size[1] + codes[2]) * size[2] + codes[3]) * size[3] + codes[4]) * size[4] + codes[5]);
  }

  at(what, year) {
    const value = this.of(what)?.[year - this.first];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  label(column, key) {
    return said(this.names?.[column]?.[key]) || key;
  }
}
