/** A quantile, interpolated between the two nearest values. */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return low + (high - low) * (position % 1);
}

export const median = (values) => quantile(values, 0.5);

/** The median and the quartiles. */
export const spread = (values) => ({
  median: median(values),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
});

/** The ratios of two rows, round by round, because a disturbance in a round affects both. */
export const pairedRatios = (values, reference) => values.map((value, round) => value / reference[round]);
