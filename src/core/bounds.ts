/** The longest time a timer can take: more than 2^31 - 1 ms would be over at once in browsers and Node. */
export const LONGEST = 2 ** 31 - 1;

/**
 * Returns an option that is a number within bounds; anything else is a `RangeError` that names the option
 * and the value.
 */
export function within(name: string, value: unknown, low: number, high = LONGEST): number {
  if (typeof value === 'number' && value >= low && value <= high) return value;
  throw new RangeError(
    `${name} must be a number from ${low} to ${high}, but it is ${typeof value === 'string' ? `'${value}'` : String(value)}`,
  );
}
