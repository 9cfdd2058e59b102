/** The value below which this share of the values lies, between the two nearest. */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place % 1);
}

export const median = (values) => quantile(values, 0.5);

/** The median, and the quartiles around it. */
export const spread = (values) => ({
  median: median(values),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
});

/** What one took in terms of the other, round by round: what disturbs a round disturbs both. */
export const paired = (values, reference) => values.map((value, round) => value / reference[round]);
