/** The longest time a timer can take, in ms: more than 2^31 - 1 would be over at once in browsers and in Node. */
export const LONGEST = 2 ** 31 - 1;

/** Throws a `RangeError` that names the option and the value, unless it is a number within bounds. */
export function within(name: string, value: unknown, low: number, high = LONGEST): void {
  if (typeof value !== 'number' || !(value >= low && value <= high)) {
    throw new RangeError(`${name} must be a number from ${low} to ${high}, but it is ${String(value)}`);
  }
}
