/*
 * Colours and patterns as pixels: the same look as Patterns of elements.js gives to SVG, drawn by
 * arithmetic into tiles that a run of pixels is filled from.
 */

const HATCH_PERIOD = 6;
const MARK_PERIOD = 8;

/** How much of its colour an area keeps that stands back: as .tc-faint of the style sheet. */
const FAINT = 0.22;

/** Distance of x from the nearest multiple of a period. */
const offLine = (x, period) => Math.abs(x - period * Math.round(x / period));

/** Distance from the drawing of each mark, in CSS pixels, and half its stroke; as MARK_PATHS. */
const MARK_STROKES = {
  partial: { half: 0.55, off: (x, y) => offLine(x - y, MARK_PERIOD) / Math.SQRT2 },
  preliminary: {
    half: 0.9,
    off: (x, y) => Math.min(
      Math.hypot(offLine(x - 2, MARK_PERIOD), offLine(y - 2, MARK_PERIOD)),
      Math.hypot(offLine(x - 6, MARK_PERIOD), offLine(y - 6, MARK_PERIOD)),
    ),
  },
  last_stated: { half: 0.55, off: (x, y) => offLine(y - 4, MARK_PERIOD) },
  estimated: { half: 0.55, off: (x) => offLine(x - 4, MARK_PERIOD) },
};

const HATCH_STROKE = { half: 0.65, off: (x, y) => offLine(x + y, HATCH_PERIOD) / Math.SQRT2 };

/**
 * The colours of the page under an element, as [red, green, blue] from 0 to 255.
 *
 * A custom property reads back as it was written, with its mixes; painted, it is a colour.
 */
class Inks {
  constructor(element) {
    const canvas = make("canvas", "", { width: 1, height: 1 });
    this.context = canvas.getContext("2d", { willReadFrequently: true });
    const probe = make("span", "", { hidden: "" });
    element.append(probe);
    for (const name of ["paper", "hatch", "ink", "land"]) this[name] = this.read(probe, `var(--tc-${name})`);
    probe.remove();
  }

  read(probe, colour) {
    probe.style.color = colour;
    return this.parse(getComputedStyle(probe).color);
  }

  parse(colour) {
    this.context.fillStyle = colour;
    this.context.fillRect(0, 0, 1, 1);
    return [...this.context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
  }
}

const mixed = (under, over, share) => under.map((value, i) => value + (over[i] - value) * share);

const cssColour = (colour, alpha = 1) => `rgb(${colour.map(Math.round).join(" ")} / ${alpha})`;

/** A colour as the pixel of an ImageData seen as 32-bit words (every browser is little-endian). */
const packed = ([red, green, blue]) => (
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
);

const hexDigits = (byte) => byte.toString(16).padStart(2, "0");

const hexColour = (word) => `#${[0, 8, 16].map((bits) => hexDigits((word >>> bits) & 255)).join("")}`;

/** Every fill that was asked for, by number: {classIndex, mark, size, tile} of 32-bit pixels. */
class Fills {
  /**
   * @param {Inks} inks
   * @param {number} ratio pixels of the screen per CSS pixel
   */
  constructor(inks, ratio) {
    this.inks = inks;
    this.ratio = ratio;
    this.made = [];
    this.numbers = new Map();
  }

  /**
   * The number of a fill.
   *
   * @param {number} classIndex MISSING for the hatch
   * @param {string} colour of the class, as the sheet has it
   * @param {string} mark of MARKS
   * @param {number} strength 1, or the share of it that shows on the paper
   */
  number(classIndex, colour, mark, strength) {
    const name = `${classIndex}|${colour}|${mark}|${strength}`;
    if (!this.numbers.has(name)) {
      this.numbers.set(name, this.made.length);
      this.made.push({ classIndex, mark, ...this.drawn(classIndex, colour, mark, strength) });
    }
    return this.numbers.get(name);
  }

  drawn(classIndex, colour, mark, strength) {
    const { paper, hatch } = this.inks;
    if (classIndex === MISSING) return this.tile(paper, hatch, 1, HATCH_STROKE, HATCH_PERIOD, strength);
    const ground = this.inks.parse(colour);
    if (!mark) return { size: 1, tile: Uint32Array.of(packed(mixed(paper, ground, strength))) };
    const [ink, alpha] = isLight(colour) ? [[40, 20, 20], 0.5] : [[255, 255, 255], 0.65];
    return this.tile(ground, ink, alpha, MARK_STROKES[mark], MARK_PERIOD, strength);
  }

  tile(ground, ink, alpha, { half, off }, period, strength) {
    const size = Math.max(Math.round(period * this.ratio), 1);
    const step = period / size;
    const tile = new Uint32Array(size * size);
    for (let i = 0; i < tile.length; i++) {
      const [x, y] = [((i % size) + 0.5) * step, (Math.floor(i / size) + 0.5) * step];
      const covered = Math.min(Math.max((half - off(x, y)) / step + 0.5, 0), 1);
      tile[i] = packed(mixed(this.inks.paper, mixed(ground, ink, covered * alpha), strength));
    }
    return { size, tile };
  }
}
