import { printable } from './printable.js';

/**
 * Returns the value if it is a number within the bounds, which are included.
 *
 * @throws a `RangeError` that names the option and the value
 */
export function assertInRange(name: string, value: unknown, low = 0, high = Infinity): number {
  if (typeof value !== 'number' || !(value >= low && value <= high))
    throw new RangeError(`${name} must be a number from ${low} to ${high}, not ${printable(value)}`);
  return value;
}

/**
 * Checks that an option has one of the allowed values.
 *
 * @throws a `RangeError` that names the option and the value
 */
export function assertOneOf(name: string, value: unknown, first: string, second: string): void {
  if (value !== first && value !== second)
    throw new RangeError(`${name} must be '${first}' or '${second}', not ${printable(value)}`);
}

/**
 * Checks the type of an option; `isValid` is the result of the check.
 *
 * @throws a `TypeError` that names the option, what it must be, and the value
 */
export function assertType(name: string, value: unknown, expected: string, isValid: boolean): void {
  if (!isValid) throw new TypeError(`${name} must be ${expected}, not ${printable(value)}`);
}

/** Whether an option is not given; callers without type checking pass `null` for that. */
export function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Whether a value is an object whose properties can be options. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Checks that each of these options is of one type, or is not given. `path` stands before their names.
 *
 * @throws a `TypeError` that names the option and the value
 */
export function assertEach(
  type: 'boolean' | 'function',
  options: object,
  names: readonly string[],
  path = '',
): void {
  for (const name of names) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    assertType(path + name, value, `a ${type}`, isMissing(value) || typeof value === type);
  }
}
