/** The longest time that one timer can take, in ms: more than 2^31 - 1 would be over at once. */
export const LONGEST = 2 ** 31 - 1;

/** The value; throws a `RangeError` that names the option and the value, unless it is a number within bounds. */
export function within(name: string, value: unknown, low = 0, high = Infinity): number {
  if (typeof value !== 'number' || !(value >= low && value <= high)) {
    throw new RangeError(`${name} must be a number from ${low} to ${high}, not ${String(value)}`);
  }
  return value;
}
