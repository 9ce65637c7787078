"use strict";
/* Charts over years as SVG: sharp on paper and in Word, readable in dark, with what was before drawn behind. Colours are classes of
 * studio.css, so that a theme changes them; picture() writes them into the picture that leaves the page. */

/* Round steps of an axis that holds low and high. */
function axis(low, high, most) {
  if (!(high > low)) {
    const by = Math.abs(high) * 0.1 || 1;
    low -= by;
    high += by;
  }
  const step = nice((high - low) / most), from = Math.floor(low / step + 1e-9) * step, ticks = [];
  for (let value = from; value < high + step * 0.999; value += step) ticks.push(Math.abs(value) < step / 1e6 ? 0 : value);
  return {low: ticks[0], high: ticks[ticks.length - 1], ticks, decimals: Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9)))};
}

const ruler = document.createElement("canvas").getContext("2d");
const widthOf = (text) => {
  ruler.font = `650 13.5px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
};

class Chart {
  /* @param host an element that becomes a figure: the picture, and below it a line that reads it at a year.
   * @param onYear what is called with a year that is pointed at and clicked. */
  constructor(host, onYear) {
    this.host = host;
    this.svg = drawn("svg", {"aria-hidden": "true"});
    this.read = element("p", {className: "readout"});
    host.replaceChildren(this.svg, this.read);
    this.hover = null;
    this.onYear = onYear;
    new ResizeObserver(() => this.spec && this.host.clientWidth > 0 && this.host.clientWidth !== this.width && this.draw(this.spec)).observe(host);
    this.svg.addEventListener("pointermove", (event) => this.point(this.yearAt(event)));
    this.svg.addEventListener("pointerleave", () => this.point(null));
    this.svg.addEventListener("click", (event) => {
      const year = this.yearAt(event);
      if (year !== null && this.onYear) this.onYear(year);
    });
  }

  yearAt(event) {
    if (!this.x || !this.spec) return null;
    const {years} = this.spec, at = event.clientX - this.svg.getBoundingClientRect().left;
    const i = Math.round((at - this.left) / this.step - (this.spec.bars ? 0.5 : 0));
    return years[Math.min(Math.max(i, 0), years.length - 1)] ?? null;
  }

  point(year) {
    if (year === this.hover || !this.spec) return;
    this.hover = year;
    this.mark();
  }

  /* The line at the year, and the numbers there in words. */
  mark() {
    const {spec} = this, year = this.hover ?? spec.year, i = spec.years.indexOf(year);
    this.cursor?.remove();
    if (i < 0) return;
    this.cursor = drawn("line", {class: "cursor", x1: this.x(i), x2: this.x(i), y1: this.top, y2: this.bottom});
    this.svg.insertBefore(this.cursor, this.marks);
    const items = spec.items(i).filter((item) => item.value !== undefined && !Number.isNaN(item.value));
    this.read.replaceChildren(element("b", {}, String(year)), ...items.flatMap((item) => [" · ",
      element("span", {className: item.soft ? "soft" : ""}, `${item.text} `, element("b", {}, item.shown))]));
  }

  /* spec: {years, year, height, words, lines, bars, band, zero, percent, items}. A line: {values, label, kind, ghost}; bars are
   * stacked from zero: {values, kind, ghost}; band: {low, high}; items(i): what the line below says. */
  draw(spec) {
    this.spec = spec;
    const width = this.width = Math.max(this.host.clientWidth, 240), height = spec.height ?? 260, narrow = width < 480;
    const ends = (spec.lines ?? []).filter((line) => line.label && !line.ghost);
    const values = [], stacks = [];
    for (const line of spec.lines ?? []) values.push(...line.values);
    if (spec.band) values.push(...spec.band.low, ...spec.band.high);
    spec.years.forEach((year, i) => {
      let over = 0, under = 0;
      for (const bar of spec.bars ?? []) {
        const value = bar.values[i];
        if (bar.ghost || !Number.isFinite(value)) continue;
        if (value > 0) over += value;
        else under += value;
      }
      stacks.push(over, under);
    });
    for (const bar of spec.bars ?? []) if (bar.ghost) values.push(...bar.values);
    const known = [...values, ...(spec.bars ? stacks : [])].filter(Number.isFinite);
    if (spec.zero || spec.bars) known.push(0);
    const pad = spec.zero || spec.bars ? 0 : (Math.max(...known) - Math.min(...known)) * 0.08;
    const scale = axis(Math.min(...known) - pad, Math.max(...known) + pad, Math.max(3, Math.round(height / 55)));
    this.cut = scale.low > 0;
    const tick = (value) => (spec.percent ? percent(value, Math.max(0, scale.decimals - 2)) : fixed(value, scale.decimals));
    const left = this.left = 14 + Math.max(...scale.ticks.map((value) => tick(value).length)) * 7.4;
    const room = ends.length === 0 ? 0 : 22 + Math.max(...ends.map((line) => widthOf(line.label)));
    const named = !narrow && room < width * 0.4, right = named && room > 0 ? room : 20;
    const top = this.top = 10, bottom = this.bottom = height - 26;
    const n = spec.years.length, inner = Math.max(width - left - right, 60);
    this.step = spec.bars ? inner / n : inner / Math.max(n - 1, 1);
    this.x = (i) => left + (spec.bars ? (i + 0.5) * this.step : i * this.step);
    const y = this.y = (value) => bottom - (value - scale.low) / (scale.high - scale.low) * (bottom - top);
    const {svg} = this;
    svg.removeAttribute("aria-hidden");
    set(svg, {role: "img", viewBox: `0 0 ${width} ${height}`, width, height, "aria-label": spec.words});
    const grid = drawn("g", {class: "grid"}), marks = this.marks = drawn("g");
    for (const value of scale.ticks) {
      grid.append(drawn("line", {x1: left, x2: left + inner, y1: y(value), y2: y(value), class: value === 0 ? "zero" : ""}),
        drawn("text", {x: left - 7, y: y(value) + 4, "text-anchor": "end"}, tick(value)));
    }
    const every = [1, 2, 5, 10, 20].find((one) => n / one * 44 <= inner) ?? 20;
    spec.years.forEach((year, i) => {
      if ((n - 1 - i) % every === 0) grid.append(drawn("text", {x: this.x(i), y: height - 7, "text-anchor": "middle"}, String(year)));
    });
    if (spec.band) marks.append(drawn("path", {class: `band ${spec.band.kind ?? ""}`, d: this.area(spec.band.low, spec.band.high)}));
    this.bars(marks, spec);
    const order = [...(spec.lines ?? [])].sort((a, b) => (b.ghost ? 1 : 0) - (a.ghost ? 1 : 0));
    for (const line of order)
      marks.append(drawn("path", {class: `line ${line.kind}${line.ghost ? " ghost" : ""}`, d: this.path(line.values)}));
    if (named) this.names(marks, ends);
    svg.replaceChildren(grid, marks);
    this.mark();
  }

  path(values) {
    let text = "", pen = false;
    values.forEach((value, i) => {
      if (Number.isFinite(value)) text += `${pen ? "L" : "M"}${this.x(i).toFixed(1)} ${this.y(value).toFixed(1)}`;
      pen = Number.isFinite(value);
    });
    return text;
  }

  area(low, high) {
    const at = low.map((value, i) => i).filter((i) => Number.isFinite(low[i]) && Number.isFinite(high[i]));
    if (at.length === 0) return "";
    const points = [...at.map((i) => [i, high[i]]), ...at.reverse().map((i) => [i, low[i]])];
    return `M${points.map(([i, value]) => `${this.x(i).toFixed(1)} ${this.y(value).toFixed(1)}`).join("L")}Z`;
  }

  bars(into, spec) {
    const width = Math.max(1, this.step * 0.74);
    spec.years.forEach((year, i) => {
      let over = 0, under = 0;
      for (const bar of spec.bars ?? []) {
        const value = bar.values[i];
        if (!Number.isFinite(value) || value === 0) continue;
        if (bar.ghost) {
          into.append(drawn("line", {class: "ghost-bar", x1: this.x(i) - width / 2, x2: this.x(i) + width / 2, y1: this.y(value), y2: this.y(value)}));
          continue;
        }
        const from = value > 0 ? over : under, to = from + value;
        if (value > 0) over = to;
        else under = to;
        const high = this.y(Math.max(from, to)), low = this.y(Math.min(from, to));
        const kind = bar.kind ?? (value > 0 ? "over" : "short");
        into.append(drawn("rect", {class: `bar ${kind}`, x: this.x(i) - width / 2, width, y: high, height: Math.max(low - high, 0.5)}));
      }
    });
  }

  /* Names at the ends of lines, moved apart where they would touch. */
  names(into, lines) {
    const ends = [];
    for (const line of lines) {
      let i = line.values.length - 1;
      while (i >= 0 && !Number.isFinite(line.values[i])) i--;
      if (i >= 0) ends.push({text: line.label, kind: line.kind, x: this.x(i) + 8, y: this.y(line.values[i])});
    }
    ends.sort((a, b) => a.y - b.y);
    for (let i = 1; i < ends.length; i++) {
      const near = 17 - (ends[i].y - ends[i - 1].y);
      if (near > 0) {
        ends[i - 1].y -= near / 2;
        ends[i].y += near / 2;
      }
    }
    for (const end of ends) into.append(drawn("text", {class: `name ${end.kind}`, x: end.x, y: end.y + 4}, end.text));
  }
}

/* The chart as a picture for other programs: colours and letters written into it, on paper. */
function picture(svg) {
  const copy = svg.cloneNode(true), {width, height} = svg.viewBox.baseVal;
  document.documentElement.classList.add("paper"); /* light, whatever the screen is */
  const mine = [svg, ...svg.querySelectorAll("*")], theirs = [copy, ...copy.querySelectorAll("*")];
  mine.forEach((one, i) => {
    const style = getComputedStyle(one);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity", "stroke-opacity", "opacity", "font-size", "font-weight"])
      theirs[i].setAttribute(name, style.getPropertyValue(name));
    theirs[i].removeAttribute("class");
  });
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("font-family", "Segoe UI, Helvetica Neue, Arial, sans-serif");
  copy.prepend(drawn("rect", {width, height, fill: getComputedStyle(document.body).backgroundColor, stroke: "none"}));
  document.documentElement.classList.remove("paper");
  copy.querySelector("[stroke-dasharray='3px, 3px']")?.remove();
  return {text: new XMLSerializer().serializeToString(copy), width, height};
}

function savePng(svg, name) {
  const {text, width, height} = picture(svg), image = new Image(), url = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}));
  image.onload = () => {
    const canvas = element("canvas", {width: width * 3, height: height * 3});
    canvas.getContext("2d").drawImage(image, 0, 0, width * 3, height * 3);
    URL.revokeObjectURL(url);
    canvas.toBlob((blob) => blob && download(name, blob));
  };
  image.src = url;
}
