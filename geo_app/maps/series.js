/*
 * A packed series to numbers by cell: the counterpart of series.py.
 */

/** A list of runs to one number a cell. */
function spread(values, lengths, size) {
  const cells = new Int32Array(size);
  let at = 0;
  lengths.forEach((length, i) => {
    cells.fill(values[i], at, at + length);
    at += length;
  });
  if (at !== size) throw new ArtefactError("truncated", "the runs do not fill the series");
  return cells;
}

/** The numbers of a packed series, (areas, steps) area by area; see series.py. */
class SeriesNumbers {
  constructor(reader) {
    this.areaCount = reader.number();
    this.stepCount = reader.number();
    const size = this.areaCount * this.stepCount;
    const states = spread(reader.numbers(), reader.numbers(), size);
    this.status = states.map((state) => state >> 1);
    this.known = Uint8Array.from(states, (state) => state & 1);
    this.interval = spread(reader.numbers(), reader.numbers(), size);
    this.isCounted = reader.number() === 0;
    if (this.isCounted) this.readCounted(reader);
    else this.readScaled(reader);
  }

  /** Put numbers into the cells for which a flag is set, in their order. */
  placed(numbers, flags) {
    const cells = new Float64Array(flags.length);
    let next = 0;
    for (let i = 0; i < flags.length; i++) if (flags[i]) cells[i] = numbers[next++];
    if (next !== numbers.length) throw new ArtefactError("truncated", "values and cells differ in number");
    return cells;
  }

  readCounted(reader) {
    this.counts = this.placed(reader.numbers(), this.known);
    this.yearCount = reader.number();
    this.people = reader.signed();
    if (this.people.length !== this.areaCount * this.yearCount) {
      throw new ArtefactError("truncated", "the population is not one of every area and year");
    }
    for (let area = 0; area < this.areaCount; area++) {
      let step = 0;
      for (let at = area * this.yearCount + 1; at < (area + 1) * this.yearCount; at++) {
        step += this.people[at];
        this.people[at] = this.people[at - 1] + step;
      }
    }
  }

  readScaled(reader) {
    this.scale = 10 ** reader.number();
    this.values = this.placed(reader.signed(), this.known);
    const below = this.placed(reader.signed(), this.interval);
    const above = this.placed(reader.signed(), this.interval);
    this.low = this.values.map((value, i) => value - below[i]);
    this.high = this.values.map((value, i) => value + above[i]);
  }
}
