/** Longer texts are cut, in UTF-16 code units: an error message is for reading. */
const MAX_LENGTH = 1_000;

/** Control characters, line separators and bidirectional overrides: they would change how a log line looks. */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Replaces control and bidirectional characters by their escapes, so that a text is safe to print. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Cuts a long text and says how much was left out. */
export function cutText(text: string, maxLength = MAX_LENGTH): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength)}… (${text.length - maxLength} more characters)`;
}

/** Any value as a text for an error message: short, safe to print, and never an exception. */
export function printable(value: unknown): string {
  let text: string;
  try {
    text = String(value);
  } catch {
    // A symbol-like or null-prototype object has no text of its own.
    text = typeName(value);
  }
  return escapeControls(cutText(text));
}

/** The name of the class of a value, also where its code is minified. */
export function typeName(value: unknown): string {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    // A proxy that was revoked, or a tag that throws.
    return typeof value;
  }
}
