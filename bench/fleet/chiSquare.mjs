/**
 * The p-value of a chi-square test of uniformity: how likely values that are drawn uniformly from the interval
 * are to be spread over its bins at least as unevenly as these. Values outside count for the nearest bin.
 *
 * @param {readonly number[]} values
 * @param {{ low: number; high: number; bins: number }} interval an odd number of bins, which makes the sum exact
 */
export function uniformityPValue(values, { low, high, bins }) {
  const expected = values.length / bins;
  const statistic = histogram(values, { low, high, bins }).reduce(
    (sum, count) => sum + (count - expected) ** 2 / expected,
    0,
  );
  return survival(statistic, bins - 1);
}

/** @param {readonly number[]} values @param {{ low: number; high: number; bins: number }} interval */
export function histogram(values, { low, high, bins }) {
  const counts = new Array(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor((bins * (value - low)) / (high - low));
    counts[Math.min(bins - 1, Math.max(0, bin))] += 1;
  }
  return counts;
}

/** The upper tail of the chi-square distribution; for even degrees of freedom it is a finite sum. */
function survival(statistic, degrees) {
  const half = statistic / 2;
  let term = Math.exp(-half);
  let sum = term;
  for (let index = 1; index < degrees / 2; index += 1) {
    term *= half / index;
    sum += term;
  }
  return sum;
}
