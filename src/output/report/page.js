/* The page: its choices, and drawing all of it anew when one changes. */

function options(select, codes, name) {
  select.replaceChildren(...codes.map((code) => element("option", {value: String(code)}, name(code))));
}

/* A choice with one thing to choose is none. */
function fillChoice(key, codes, name) {
  const select = byId(`choose-${key}`);
  options(select, codes, name);
  select.value = String(choice[key]);
  select.closest("label").hidden = codes.length < 2;
}

/* Regions: all, groups, single ones, each under a heading. */
function fillRegions() {
  const codes = regions(), {groups, areas} = scenario(), select = byId("choose-r");
  const single = areas.filter((code) => codes.includes(code)).sort(byName("r"));
  const rest = codes.filter((code) => code !== ALL.r && !groups.includes(code) && !areas.includes(code));
  const parts = [["together", codes.filter((code) => code === ALL.r)],
    ["groups", [...groups.filter((code) => codes.includes(code) && !areas.includes(code)), ...rest]], ["areas", single]];
  select.replaceChildren(...parts.filter(([, list]) => list.length > 0).map(([words, list]) => {
    const group = element("optgroup", {label: t(words)});
    options(group, list, labels("r"));
    return group;
  }));
  select.value = String(choice.r);
  select.closest("label").hidden = codes.length < 2;
}

function fillChoices() {
  fillChoice("s", META.scenarios.map((one) => one.code), (code) => META.scenarios.find((one) => one.code === code).title);
  fillChoice("v", variants(), labels("v"));
  fillRegions();
  fillChoice("p", professions().sort((a, b) => (a === ALL.p) - (b === ALL.p) || a - b), labels("p"));
  fillChoice("k", sectors().sort((a, b) => (b === ALL.k) - (a === ALL.k) || a - b), labels("k"));
  const slider = byId("choose-year"), {base, last} = span();
  Object.assign(slider, {min: base, max: last, value: choice.year});
  byId("year-shown").textContent = String(choice.year);
  const rows = byId("table-rows"), chosen = rows.value || "year";
  const known = Object.keys(ROWS).filter((key) => key === "year" || ROWS[key].codes().length > 1);
  options(rows, known, (key) => t(ROWS[key].words));
  rows.value = known.includes(chosen) ? chosen : "year";
}

function drawAll() {
  mend();
  fillChoices();
  drawShown();
  drawTiles();
  drawFigures();
  drawSides();
  drawBalance();
  drawGap();
  drawProfessions();
  drawFlows();
  drawSectors();
  drawPyramid();
  drawHeat();
  drawTable();
  drawSources();
  writeAddress();
}

/* What is chosen, by the keys of results.csv: #year=2030&profession=ssh. */
const IN_ADDRESS = {s: "scenario", v: "variant", r: "region", p: "profession", k: "sector"};
const keysOf = (key) => (key === "s" ? META.scenarios.map((one) => [one.name, one.code]) : KEYS[IN_ADDRESS[key]].map((name, code) => [name, code]));

function writeAddress() {
  const parts = new URLSearchParams();
  for (const [key, name] of Object.entries(IN_ADDRESS)) {
    const found = keysOf(key).find(([, code]) => code === choice[key]);
    if (choice[key] !== META.start[key] && found) parts.set(name, found[0]);
  }
  if (choice.year !== META.start.year) parts.set("year", String(choice.year));
  const address = parts.toString();
  if (address !== location.hash.slice(1)) history.replaceState(null, "", address === "" ? location.pathname : `#${address}`);
}

/* What the address does not name is as the report begins; what the report does not have is mended. */
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  Object.assign(choice, META.start);
  for (const [key, name] of Object.entries(IN_ADDRESS)) {
    const found = keysOf(key).find(([word]) => word === parts.get(name));
    if (found) choice[key] = found[1];
  }
  if (/^\d{4}$/.test(parts.get("year") ?? "")) choice.year = Number(parts.get("year"));
}

function chooseYear(year) {
  if (year === choice.year) return;
  choice.year = year;
  drawAll();
}

/* Charts have one size on paper, whatever the window was. */
function onPaper(paper) {
  for (const chart of Object.values(charts)) {
    if (paper) chart.resize(PAPER.width, PAPER.height);
    else chart.resize();
  }
  for (const folded of document.querySelectorAll("details")) {
    if (paper) folded.dataset.was = folded.open ? "open" : "";
    folded.open = paper || folded.dataset.was === "open";
  }
}

function begin() {
  defaults();
  for (const key of ["s", "v", "r", "p", "k"]) {
    byId(`choose-${key}`).addEventListener("change", (event) => {
      choice[key] = Number(event.target.value);
      drawAll();
    });
  }
  byId("choose-year").addEventListener("input", (event) => chooseYear(Number(event.target.value)));
  byId("heat-order").addEventListener("change", drawHeat);
  if (SIDES.length > 1) {
    byId("sides-measure").addEventListener("change", (event) => {
      sideChosen = event.target.value;
      drawSideChart();
    });
    byId("sides-as").addEventListener("change", drawSideChart);
  }
  byId("table-rows").addEventListener("change", () => {
    Object.assign(sorting, {column: 0, down: false});
    drawTable();
  });
  byId("export").addEventListener("click", exportTable);
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
  for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;
  drawHeatLegend();
  readAddress();
  window.addEventListener("hashchange", () => {
    readAddress();
    drawAll();
  });
  drawAll();
}

try {
  if (META.start.s >= 0 && SERIES.size > 0) begin();
} catch (error) {
  for (const drawn of document.querySelectorAll("[data-script]")) drawn.hidden = true;
  byId("failed").hidden = false;
  throw error;
}
