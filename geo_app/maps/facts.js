/*
 * Everything that is to be said of an area: in the tooltip, under the map and to a screen reader,
 * from the same cell as the colour.
 */

/**
 * @param {Model} model
 * @param {Sheet} sheet
 * @param {number} area
 * @returns {{name: string, number: string, unit: string, figures: string[], standing: string[]}} value and interval; status,
 *     mark and period; nothing twice
 */
function factsOf(model, sheet, area) {
  const cell = sheet.cell(area);
  const isMissing = cell.classIndex === MISSING;
  const number = isMissing ? cell.value || model.words.missing : cell.value;
  const unit = isMissing ? "" : cell.unit ?? "";
  const value = `${number} ${unit}`.trim();
  const said = new Set([""]);
  const isNew = (text = "") => !said.has(text.toLowerCase()) && said.add(text.toLowerCase());
  const figures = [value, cell.interval].filter(isNew);
  const standing = [cell.status, model.words[cell.mark], sheet.label].filter(isNew);
  return { name: model.names[area], number, unit, figures, standing };
}

/** The same as one sentence, for a screen reader. */
function sentenceOf(model, sheets, area) {
  const parts = sheets.map((sheet) => factsOf(model, sheet, area));
  const texts = parts.map(({ figures, standing }) => [...figures, ...standing].join(", "));
  return `${parts[0].name}: ${texts.join("; ")}`;
}

/** What the tooltip holds: the name, each date's figures, and the line of the whole series. */
function tipOf(model, sheets, area, spark) {
  const nodes = [make("span", "tc-tip-name", { text: model.names[area] })];
  for (const sheet of sheets) {
    const { figures, standing } = factsOf(model, sheet, area);
    nodes.push(...figures.map((text) => make("span", "tc-tip-line", { text })));
    nodes.push(make("span", "tc-tip-line tc-tip-standing", { text: standing.join(" · ") }));
  }
  return spark ? [...nodes, spark] : nodes;
}
