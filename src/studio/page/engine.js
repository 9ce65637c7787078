"use strict";
// The engine in this thread: calls of docs/studio-api.md on the WebAssembly module. The page runs it in a worker, the tests in
// node.
//
//     const engine = await openEngine(Fremskriv, wasmBytes, files);
//     engine.ask("open", {path: "/fremskriv/scenarios/sosu-danmark.yaml"});
//     const answer = engine.ask("run", {variants: ["base"], rows: {years: "2035"}});
//     answer.tables[0].columns[0].values    // Uint32Array over the engine's memory: until the next ask() or put()

// files: {"data/denmark/x.csv": Uint8Array or text, ...}, below the program's folder, or at a path that begins with "/".
async function openEngine(Fremskriv, wasmBinary, files, folder = "/fremskriv") {
  // The glue would fetch the module by its name otherwise, which node and a page on file:// cannot.
  const module = await Fremskriv({wasmBinary, print() {}, printErr() {}});
  const encoder = new TextEncoder(), decoder = new TextDecoder();

  for (const [name, content] of Object.entries(files)) {
    const path = name.startsWith("/") ? name : `${folder}/${name}`;
    module.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    module.FS.writeFile(path, content);
  }

  // Bytes in the engine's memory, ended by a NUL; the caller frees them.
  function give(bytes) {
    const at = module._malloc(bytes.length + 1);
    if (at === 0) throw new Error("out of memory");
    module.HEAPU8.set(bytes, at);
    module.HEAPU8[at + bytes.length] = 0;
    return at;
  }

  function given(texts, call) {
    const at = texts.map(text => give(typeof text === "string" ? encoder.encode(text) : text));
    try {
      return call(...at);
    } finally {
      at.forEach(module._free);
    }
  }

  const studio = given([folder, "/tmp"], module._frem_studio_new);
  if (studio === 0) throw new Error("out of memory");

  function bytesOf(i) {
    const at = module._frem_studio_buffer(studio, i), size = module._frem_studio_buffer_size(studio, i);
    return module.HEAPU8.subarray(at, at + size);
  }

  // The columns of an answer as arrays over the engine's memory, its files as bytes of their own.
  function withBuffers(answer) {
    const kinds = {label: Uint32Array, whole: Int32Array, number: Float64Array};
    for (const table of answer.tables || []) {
      for (const column of table.columns) {
        const bytes = bytesOf(column.buffer), Kind = kinds[column.kind];
        column.values = new Kind(bytes.buffer, bytes.byteOffset, bytes.length / Kind.BYTES_PER_ELEMENT);
      }
    }
    for (const file of answer.files || []) {
      if (file.buffer !== undefined) file.bytes = bytesOf(file.buffer).slice();
    }
    if (answer.buffer !== undefined) answer.bytes = bytesOf(answer.buffer).slice();
    return answer;
  }

  return {
    // Puts a file into memory, over the one of the program's folder if there is one. text: a string or a Uint8Array.
    put(path, text) {
      const bytes = typeof text === "string" ? encoder.encode(text) : text;
      return given([path, bytes], (name, at) => module._frem_studio_put(studio, name, at, bytes.length)) === 0;
    },
    ask(call, request = {}) {
      const bytes = encoder.encode(JSON.stringify(request));
      given([call, bytes], (name, at) => module._frem_studio_ask(studio, name, at, bytes.length));
      const at = module._frem_studio_answer(studio), size = module._frem_studio_answer_size(studio);
      if (size === 0) throw new Error("out of memory");
      return withBuffers(JSON.parse(decoder.decode(module.HEAPU8.subarray(at, at + size))));
    },
    memory: () => module.HEAPU8.length,
  };
}

if (typeof module !== "undefined") module.exports = {openEngine};
