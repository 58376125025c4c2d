/*
 * Exact intervals and tests of counts, as statistics.py has them: Garwood's interval of a Poisson
 * count, the conditional test of two counts, Holm's correction. Pure numbers in, numbers out.
 */

const CONFIDENCE = 0.95;
const TAIL = (1 - CONFIDENCE) / 2;
const TINY = 1e-300;

/** Error of Stirling's formula for log n!: exact to the last digits from 16 on, tabled below. */
const STIRLING = (() => {
  const series = (n) => {
    const s = 1 / (n * n);
    return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / n;
  };
  const table = [0];
  for (let n = 1; n < 16; n++) {
    let log = series(16) + 16.5 * Math.log(16) - 16;
    for (let k = 16; k > n; k--) log -= Math.log(k);
    table[n] = log - (n + 0.5) * Math.log(n) + n;
  }
  return (n) => (n < 16 ? table[n] : series(n));
})();

/** x log(x / m) + m - x without the loss of digits where x is near m. */
function deviance(x, m) {
  const gap = (x - m) / (x + m);
  if (Math.abs(gap) >= 0.1) return x * Math.log(x / m) + m - x;
  let term = 2 * x * gap;
  let sum = (x - m) * gap;
  for (let k = 1; k < 60; k++) {
    term *= gap * gap;
    const next = sum + term / (2 * k + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** Probability of a Poisson count n of mean m; C. Loader, "Fast and accurate computation of
 * binomial probabilities" (2000). */
function poisson(n, m) {
  if (n === 0) return Math.exp(-m);
  return Math.exp(-STIRLING(n) - deviance(n, m)) / Math.sqrt(2 * Math.PI * n);
}

/** Probability of more than n under a Poisson mean m, from the smaller of its two sums. */
function poissonAbove(n, m) {
  let term = poisson(n, m);
  let sum = 0;
  if (m > n) {
    for (let k = n; k >= 0 && term > sum * 1e-18; k--) {
      sum += term;
      term *= k / m;
    }
    return 1 - sum;
  }
  for (let k = n + 1; ; k++) {
    term *= m / k;
    sum += term;
    if (term <= sum * 1e-18) return sum;
  }
}

/** The mean under which more than n is as probable as said: Newton's steps between two bounds. */
function poissonMean(n, probability) {
  const normal = probability < 0.5 ? -1.96 : 1.96;
  const a = n + 1;
  // Wilson and Hilferty's cube is right to some per cent.
  let mean = a * (1 - 1 / (9 * a) + normal / (3 * Math.sqrt(a))) ** 3;
  let [low, high] = [0, a + 10 * Math.sqrt(a) + 10];
  if (!(mean > low)) mean = high / 2;
  for (let turn = 0; turn < 100; turn++) {
    const gap = poissonAbove(n, mean) - probability;
    if (gap > 0) high = mean;
    else low = mean;
    let next = mean - gap / Math.max(poisson(n, mean), TINY);
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - mean) <= 1e-15 * mean) return next;
    mean = next;
  }
  return mean;
}

const INTERVALS = new Map();

/** The exact 95 % interval of a Poisson count: low and high end, in counts. */
function poissonInterval(count) {
  if (!INTERVALS.has(count)) {
    INTERVALS.set(count, [count ? poissonMean(count - 1, TAIL) : 0, poissonMean(count, 1 - TAIL)]);
  }
  return INTERVALS.get(count);
}

/** Probability of k among n where each has the share p and the other q = 1 - p. */
function binomial(k, n, p, q) {
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const error = STIRLING(n) - STIRLING(k) - STIRLING(n - k) - deviance(k, n * p) - deviance(n - k, n * q);
  return Math.exp(error) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** Probability of k or less among n; the shorter of the two sums. */
function binomialAtMost(k, n, p, q) {
  if (k >= n) return 1;
  if (k > n * p) return 1 - binomialAtMost(n - k - 1, n, q, p);
  let term = binomial(k, n, p, q);
  let sum = 0;
  for (let i = k; i >= 0 && term > sum * 1e-18; i--) {
    sum += term;
    term *= (i * q) / ((n - i + 1) * p);
  }
  return sum;
}

/** The share under which k or less among n is as probable as said; bisection on the odds. */
function binomialShare(k, n, probability) {
  let [low, high] = [-60, 60];
  for (let turn = 0; turn < 70; turn++) {
    const middle = (low + high) / 2;
    const odds = Math.exp(middle);
    if (binomialAtMost(k, n, odds / (1 + odds), 1 / (1 + odds)) > probability) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/**
 * Probability of a difference at least as large where both rates are equal: twice the smaller
 * tail of the later count, given the sum of both. Exposures are people times days.
 */
function changeProbability(before, exposureBefore, after, exposureAfter) {
  const total = before + after;
  if (total === 0) return 1;
  const share = exposureAfter / (exposureBefore + exposureAfter);
  const rest = exposureBefore / (exposureBefore + exposureAfter);
  const atMost = binomialAtMost(after, total, share, rest);
  const atLeast = binomialAtMost(before, total, rest, share);
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

/** The exact 95 % interval of the ratio of the later to the earlier rate. */
function ratioInterval(before, exposureBefore, after, exposureAfter) {
  const total = before + after;
  if (total === 0) return [0, Infinity];
  const scale = exposureBefore / exposureAfter;
  const low = after ? binomialShare(after - 1, total, 1 - TAIL) : 0;
  const high = before ? binomialShare(after, total, TAIL) : Infinity;
  return [low * scale, high * scale];
}

/** Which of many tests stand when all are looked at together, at 5 % (Holm 1979). */
function holm(probabilities) {
  const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[a] - probabilities[b] || a - b);
  const stands = new Uint8Array(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    if (!(probabilities[order[rank]] <= (1 - CONFIDENCE) / (order.length - rank))) break;
    stands[order[rank]] = 1;
  }
  return stands;
}
