/* The table of what is chosen: rows of one dimension, columns of measures; sorted by any column; saved as CSV. */

const sorting = {column: 0, down: false};

/* Dimensions that rows can have, and their codes. */
const ROWS = {
  year: {words: "rows_years", heading: "year", codes: years, name: String, other: (code) => ({year: code})},
  r: {words: "rows_regions", heading: "region", codes: regions, name: labels("r"), other: (code) => ({r: code})},
  p: {words: "rows_professions", heading: "profession", codes: professions, name: labels("p"), other: (code) => ({p: code})},
  k: {words: "rows_sectors", heading: "sector", codes: sectors, name: labels("k"), other: (code) => ({k: code})},
};

/* The table as it is shown: {heading, measures, rows: [{code, name, values}]}. */
function tableNow() {
  const by = byId("table-rows").value, dimension = ROWS[by];
  const codes = dimension.codes().filter((code) => MEASURES.some((measure) => valueAt(measure, dimension.other(code)) !== undefined));
  const all = codes.map((code) => ({
    code, name: dimension.name(code), values: new Map(MEASURES.map((measure) => [measure, valueAt(measure, dimension.other(code))])),
  }));
  const measures = MEASURES.filter((measure) => all.some((row) => row.values.get(measure) !== undefined));
  const rows = all.map((row) => ({...row, values: measures.map((measure) => row.values.get(measure))}));
  const compare = (a, b) => {
    if (sorting.column === 0) return by === "year" ? a.code - b.code : a.name.localeCompare(b.name, "da") || a.code - b.code;
    return a.values[sorting.column - 1] - b.values[sorting.column - 1] || a.code - b.code;
  };
  /* Cells without a value stay last whichever way the column is sorted. */
  const lacks = (row) => sorting.column > 0 && row.values[sorting.column - 1] === undefined;
  if (sorting.column > measures.length) Object.assign(sorting, {column: 0, down: false});
  rows.sort((a, b) => lacks(a) - lacks(b) || (lacks(a) ? a.code - b.code : (sorting.down ? -1 : 1) * compare(a, b)));
  return {by, heading: t(dimension.heading), measures, rows};
}

const unitShown = (measure) => (META.measures[measure].unit === "ratio" ? t("percent") : META.measures[measure].unitLabel);

/* Decimals that a column needs: the same in all its cells. */
function formatOf(measure, values) {
  const unit = META.measures[measure].unit;
  if (unit === "ratio") return (value) => fixed(value, 1, 2);
  const largest = Math.max(...values.filter((value) => value !== undefined).map(Math.abs));
  return (value) => fixed(value, unit === "mio_kr" || largest < 100 ? 1 : 0);
}

function headCell(column, name, unit) {
  const button = element("button", {type: "button"}, element("span", {className: "name"}, name));
  if (unit) button.append(element("span", {className: "unit"}, unit));
  button.addEventListener("click", () => {
    Object.assign(sorting, {down: sorting.column === column ? !sorting.down : column > 0, column});
    drawTable();
    byId("numbers").querySelectorAll("th button")[column].focus();
  });
  const sorted = sorting.column === column ? (sorting.down ? "descending" : "ascending") : "none";
  return element("th", {scope: "col", "aria-sort": sorted}, button);
}

function drawTable() {
  const {by, heading, measures, rows} = tableNow();
  const formats = measures.map((measure, i) => formatOf(measure, rows.map((row) => row.values[i])));
  const head = element("tr", {}, headCell(0, heading, ""), ...measures.map((m, i) => headCell(i + 1, measureLabel(m), unitShown(m))));
  const body = rows.map((row) => element("tr", {className: row.code === choice[by] ? "chosen" : ""},
    element("th", {scope: "row"}, element("bdi", {}, row.name)), ...row.values.map((value, i) => {
      const data = {measure: META.measures[measures[i]].key, value: value === undefined ? "" : written(value)};
      return element("td", {data}, value === undefined ? "–" : formats[i](value));
    })));
  byId("numbers").replaceChildren(element("thead", {}, head), element("tbody", {}, ...body));
  const list = choiceWords(by);
  if (by !== "year") list.push(String(choice.year));
  byId("lede-table").textContent = t("table_lede", {list: list.join(" · ")});
}

/* A text cell: quoted, and behind an apostrophe where a spreadsheet would take it for a formula. */
function cellOf(text) {
  const safe = /^[\s\u0000-\u001f]*[=+\-@]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/* The table as CSV: as Danish or English spreadsheets take it, with a mark that it is UTF-8. */
function csvNow() {
  const {by, heading, measures, rows} = tableNow();
  const separator = DANISH ? ";" : ",";
  const numberOf = (value) => (value === undefined ? "" : DANISH ? written(value).replace(".", ",") : written(value));
  const lines = [[heading, ...measures.map((m) => `${measureLabel(m)} (${META.measures[m].unitLabel})`)].map(cellOf)];
  for (const row of rows) lines.push([by === "year" ? row.name : cellOf(row.name), ...row.values.map(numberOf)]);
  return "\ufeff" + lines.map((line) => line.join(separator) + "\r\n").join("");
}

function exportTable() {
  const url = URL.createObjectURL(new Blob([csvNow()], {type: "text/csv"}));
  const name = [scenario().name, ...(byId("table-rows").value === "year" ? [] : [choice.year])].join("-");
  const link = element("a", {href: url, download: `${name.replace(/[^\p{L}\p{N}._-]+/gu, "_").slice(0, 80)}.csv`});
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
