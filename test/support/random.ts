/** A random source that repeats itself for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * How far a sample is from the uniform distribution over [low, high], in units of the 1 % limit of
 * Kolmogorov and Smirnov: below 1 it is uniform.
 */
export function distanceFromUniform(sample: readonly number[], low: number, high: number): number {
  const sorted = sample.map((value) => (value - low) / (high - low)).sort((a, b) => a - b);
  const distances = sorted.map((value, index) =>
    Math.max(value - index / sorted.length, (index + 1) / sorted.length - value),
  );
  return Math.max(...distances) / (1.628 / Math.sqrt(sorted.length));
}
