/** The longest time a timer can take, in ms: more than 2^31 - 1 would be over at once in browsers and in Node. */
export const LONGEST = 2 ** 31 - 1;

/** Lays what is given over the defaults; `undefined` and `null` are as good as not given. */
export function withDefaults<T extends object>(defaults: T, ...given: readonly (object | undefined)[]): T {
  const filled = { ...defaults } as Record<string, unknown>;
  for (const layer of given) {
    for (const [name, value] of Object.entries(layer ?? {})) {
      if (value !== undefined && value !== null) filled[name] = value;
    }
  }
  return filled as T;
}

/** Throws a `RangeError` that names the option and the value, unless it is a number within bounds. */
export function within(name: string, value: unknown, low: number, high = LONGEST): void {
  if (typeof value !== 'number' || !(value >= low && value <= high)) {
    throw new RangeError(`${name} must be a number from ${low} to ${high}, but it is ${String(value)}`);
  }
}
