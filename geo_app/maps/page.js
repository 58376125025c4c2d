/*
 * The page of an exported map: the map, the table that follows it, and the switch between the two
 * languages. The starter calls startMapPage with what it unpacked and the bytes of the map.
 */

/** Above this number of areas the table waits until the slider rests. */
const LARGE = 200;

const PAUSE_MS = 150;

/** A number as it is written, "1,234.5" or "−3.2"; what is no number sorts last. */
const numberIn = (text) => parseFloat(text.replaceAll(",", "").replace("\u2212", "-"));

function cellOf(tag, text, attributes = {}) {
  const cell = document.createElement(tag);
  cell.textContent = text;
  for (const [name, value] of Object.entries(attributes)) cell.setAttribute(name, value);
  return cell;
}

/** The same figures as the map, one row an area, sorted as the reader asks. */
class MapTable {
  /**
   * @param {HTMLTableElement} table written by page.py; its rows are replaced
   * @param {object} words of the page in one language
   * @param {object} groups names of states by code, where they stand after those of the areas
   * @param {{codes: string[], names: string[], words: object}} model of the map
   */
  constructor(table, words, groups, model) {
    Object.assign(this, { table, words, groups, areas: model, marks: model.words });
    this.order = { column: 0, isDown: false };
  }

  /**
   * Show what the map shows.
   *
   * @param {object[]} sheets one, or two for two dates
   * @param {string} title of what the sheets hold
   */
  show(sheets, title) {
    clearTimeout(this.waiting);
    const isNew = this.sheets?.length !== sheets.length;
    Object.assign(this, { sheets, title });
    if (isNew) this.build();
    if (this.areas.codes.length <= LARGE || isNew) this.fill();
    else this.waiting = setTimeout(() => this.fill(), PAUSE_MS);
  }

  build() {
    const { column_area: area, column_value, column_interval, column_status } = this.words;
    const columns = [area, ...this.sheets.flatMap(() => [column_value, column_interval, column_status])];
    this.heads = columns.map((text, index) => this.head(text, index));
    this.dates = this.sheets.map(() => cellOf("th", "", { colspan: 3, scope: "colgroup" }));
    const above = document.createElement("tr");
    above.append(document.createElement("td"), ...this.dates);
    const below = document.createElement("tr");
    below.append(...this.heads);
    this.table.tHead.replaceChildren(...(this.sheets.length > 1 ? [above, below] : [below]));
    const names = this.names();
    this.rows = this.areas.codes.map((code, area_) => this.row(code, area_, names[area_], columns.length));
  }

  /** Names that tell all areas apart: with the state, and with the code where that is not enough. */
  names() {
    const { codes, names } = this.areas;
    const longer = codes.map((code, area) => [names[area], this.groups[code.slice(0, 2)]].filter(Boolean).join(", "));
    const seen = new Set();
    const twice = new Set(longer.filter((name) => seen.has(name) || !seen.add(name)));
    return longer.map((name, area) => (twice.has(name) ? `${name} (${codes[area]})` : name));
  }

  head(text, index) {
    const head = cellOf("th", "", { scope: "col" });
    const button = cellOf("button", text, { type: "button" });
    button.addEventListener("click", () => this.sort(index));
    head.append(button);
    return head;
  }

  row(code, area, name, width) {
    const root = document.createElement("tr");
    root.dataset.code = code;
    root.append(cellOf("th", name, { scope: "row" }));
    for (let column = 1; column < width; column += 1) root.append(document.createElement("td"));
    return { root, area };
  }

  fill() {
    const hint = cellOf("span", this.words.sort, { class: "page-sort" });
    this.table.caption.replaceChildren(`${this.caption()}. `, hint);
    let isBare = true;
    for (const { root, area } of this.rows) {
      const texts = this.sheets.flatMap((sheet) => {
        const { value, interval, status, mark } = sheet.cell(area);
        return [value, interval, status || this.marks[mark] || ""];
      });
      isBare &&= texts.every((text, index) => index % 3 !== 1 || !text);
      texts.forEach((text, index) => {
        const cell = root.cells[index + 1];
        if (cell.textContent !== text) cell.textContent = text;
      });
      this.sheets.forEach((sheet, index) => {
        root.cells[1 + 3 * index].classList.toggle("page-missing", sheet.row[area] < 0);
      });
    }
    // A column that no area fills is left out.
    this.table.classList.toggle("page-bare", isBare);
    this.dates.forEach((group, index) => {
      group.textContent = this.sheets[index].label;
      group.colSpan = isBare ? 2 : 3;
    });
    this.arrange();
  }

  caption() {
    const period = this.sheets.map((sheet) => sheet.label).join(" / ");
    const unit = this.sheets[0].unit ?? this.words.unit;
    const text = unit ? this.words.caption : this.words.caption_bare;
    const values = { title: this.title, period, unit };
    return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  sort(column) {
    const { order } = this;
    // Names begin with A, figures with the highest.
    const isDown = order.column === column ? !order.isDown : column > 0;
    this.order = { column, isDown };
    this.arrange();
  }

  arrange() {
    const { column, isDown } = this.order;
    const text = (row) => row.root.cells[column].textContent;
    const isFigure = column % 3 === 1;
    const compare = (a, b) => (isFigure
      ? numberIn(text(a)) - numberIn(text(b))
      : text(a).localeCompare(text(b), this.words.lang));
    const isKnown = (row) => !isFigure || !Number.isNaN(numberIn(text(row)));
    const known = this.rows.filter(isKnown).sort((a, b) => (isDown ? compare(b, a) : compare(a, b)));
    const unknown = this.rows.filter((row) => !isKnown(row));
    this.table.tBodies[0].replaceChildren(...[...known, ...unknown].map(({ root }) => root));
    this.heads.forEach((head, index) => {
      const way = isDown ? "descending" : "ascending";
      head.setAttribute("aria-sort", index === column ? way : "none");
    });
  }
}

/** Everything that changes with the language, and what must stay when it does. */
class MapPage {
  constructor(bundle, geometry, series) {
    this.bundle = bundle;
    this.packed = { geometry, series };
    this.article = document.getElementById("page-article");
    bundle.pages[bundle.lang].article = this.article.innerHTML;
    this.switch = cellOf("button", "", { type: "button", class: "page-language" });
    this.switch.addEventListener("click", () => this.speak(this.other));
    document.getElementById("page-languages").append(this.switch);
    document.body.classList.add("page-live");
  }

  get other() {
    return Object.keys(this.bundle.pages).find((lang) => lang !== this.lang);
  }

  async speak(lang) {
    this.lang = lang;
    const { words, groups, article, head } = this.bundle.pages[lang];
    document.documentElement.lang = lang;
    document.title = words.document_title;
    document.querySelector(".page-brand").textContent = words.brand;
    document.getElementById("page-title").textContent = words.title;
    this.switch.textContent = words.other_language;
    this.switch.lang = this.other;
    if (this.article.lang !== lang) this.article.innerHTML = article;
    this.article.lang = lang;
    this.table = null;
    await this.draw({ ...this.bundle.common, ...head }, words, groups);
  }

  async draw(head, words, groups) {
    const payload = { ...this.bundle.view, ...this.packed, head };
    if (this.layer) this.layer.update(payload);
    else this.start(payload);
    try {
      await this.layer.ready;
    } catch {
      // The map says itself what is wrong, and the table of the file stays as it was written.
      return;
    }
    const { model } = this.layer;
    this.table = new MapTable(document.getElementById("page-table"), words, groups, model);
    this.follow();
  }

  start(payload) {
    const container = document.createElement("div");
    document.getElementById("page-map").append(container);
    const map = L.planeMap(container);
    this.layer = L.timeChoropleth(payload).addTo(map);
    this.layer.on("show", () => this.follow());
  }

  follow() {
    this.table?.show(this.layer.sheets, this.layer.model.title);
  }
}

window.startMapPage = async (bundle, geometry, series) => {
  const page = new MapPage(bundle, geometry, series);
  // For whoever looks from the console, and for the tests.
  window.mapPage = page;
  await page.speak(bundle.lang);
};
