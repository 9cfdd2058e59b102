/** The longest delay, in ms: what a timer can take (more than 2^31 - 1 would be over at once). */
export const LONGEST = 2 ** 31 - 1;

/** Throws a `RangeError` that names the option and the value, unless it is a number within bounds. */
export function within(name: string, value: unknown, low = 0, high = Infinity): void {
  if (typeof value !== 'number' || !(value >= low && value <= high)) {
    throw new RangeError(`${name} must be a number from ${low} to ${high}, not ${String(value)}`);
  }
}

/** What is given, where it is given: neither `undefined` nor, where nobody checks types, `null`. */
type Filled<Given, Defaults> = Omit<Given, keyof Defaults> & {
  readonly [Key in keyof Defaults]: Key extends keyof Given ? NonNullable<Given[Key]> : Defaults[Key];
};

/**
 * Lays options over their defaults; where a default is a number, throws a `RangeError` unless the option is
 * one of at least `low`.
 */
export function fill<Given extends object, Defaults extends object>(
  name: string,
  given: Given,
  defaults: Defaults,
  low?: number,
): Filled<Given, Defaults> {
  const full = { ...given } as Record<string, unknown>;
  for (const [key, value] of Object.entries(defaults)) {
    full[key] ??= value;
    if (typeof value === 'number') within(name + key, full[key], low);
  }
  return full as Filled<Given, Defaults>;
}
