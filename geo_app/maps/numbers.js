/*
 * Numbers to classes and texts, as classes.py and text.py make them.
 */

const DASH = "\u2013";
const MINUS = "\u2212";

/** Class of each value: how many breaks are not above it; MISSING for NaN. */
function classOfValue(value, breaks) {
  if (Number.isNaN(value)) return MISSING;
  let index = 0;
  while (index < breaks.length && breaks[index] <= value) index++;
  return index;
}

/** A number with a fixed number of decimals, as Python writes it: a tie goes to the even digit. */
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  const isTie = Number.isInteger(value * 2 ** (decimals + 1)) && value.toFixed(decimals + 1).endsWith("5");
  if (!isTie) return text;
  // Of the two texts that are equally near toFixed has taken the one away from zero.
  const last = Number(text.at(-1));
  return last % 2 ? (value - Math.sign(value) * 10 ** -decimals / 4).toFixed(decimals) : text;
}

/** The same with a comma between thousands: 1,234.5; zero has no sign. */
function numberText(value, decimals) {
  const [whole, part] = fixed(value, decimals).replace(/^-(?=[0.]*$)/, "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** A number with its sign; what reads as zero has none. */
function signedText(value, decimals) {
  const text = numberText(Math.abs(value), decimals);
  if (/^[0.]+$/.test(text)) return text;
  return `${value < 0 ? MINUS : "+"}${text}`;
}

/** A ratio as a change in percent, its sign always there: it tells on which side of no change. */
function percentText(ratio) {
  const change = (ratio - 1) * 100;
  return `${change < 0 ? MINUS : "+"}${numberText(Math.abs(change), 0)}`;
}
