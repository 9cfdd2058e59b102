import { formatBytes, formatNumber } from './format.js';

/** How to show a value. */
export interface PreviewOptions {
  /** Characters, roughly: the preview ends soon after it. @default 2_000 */
  readonly maxLength?: number;
  /** Puts each entry on a line of its own. @default false */
  readonly isMultiline?: boolean;
}

/** Nesting below this depth is left out, so that a deeply nested message cannot overflow the stack. */
const MAX_DEPTH = 20;
/** How many bytes of binary data are shown. */
const MAX_BYTES = 64;
/** `String()` of a longer bigint takes time that grows with the square of its length. */
const MAX_BIGINT_BITS = 256;

/** Control characters but tab and line feed, and characters that change the direction or hide the text around them. */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Cuts a text, says how much is missing, and shows invisible characters as escapes. */
export function truncate(text: string, maxLength: number): string {
  const shown = escapeInvisible(text.slice(0, maxLength));
  return text.length > maxLength
    ? `${shown}… (${formatNumber(text.length - maxLength)} more characters)`
    : shown;
}

function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Shows any value as text, objects much like JSON. It never throws, calls neither the getters of properties nor `toJSON`,
 * and the work is bounded by `maxLength` instead of the size of the value.
 */
export function preview(value: unknown, options: PreviewOptions = {}): string {
  const { maxLength = 2_000 } = options;
  if (typeof value === 'string') return truncate(value, maxLength);
  return escapeInvisible(new PreviewWriter(maxLength, options.isMultiline ?? false).write(value));
}

class PreviewWriter {
  readonly #maxLength: number;
  readonly #isMultiline: boolean;
  /** The objects around the current one; an object among them contains itself. */
  readonly #ancestors: object[] = [];
  #text = '';

  constructor(maxLength: number, isMultiline: boolean) {
    this.#maxLength = maxLength;
    this.#isMultiline = isMultiline;
  }

  write(value: unknown): string {
    this.#writeValue(value);
    return this.#isFull() ? `${this.#text.slice(0, this.#maxLength)}…` : this.#text;
  }

  #isFull(): boolean {
    return this.#text.length > this.#maxLength;
  }

  #writeValue(value: unknown): void {
    if (typeof value === 'object' && value !== null) this.#writeObject(value);
    else this.#text += this.#showPrimitive(value);
  }

  #showPrimitive(value: unknown): string {
    switch (typeof value) {
      case 'string':
        // One more than there is room for, so that the text counts as full.
        return JSON.stringify(value.slice(0, Math.max(0, this.#maxLength - this.#text.length) + 1));
      case 'bigint':
        return BigInt.asIntN(MAX_BIGINT_BITS, value) === value
          ? `${value}n`
          : `[bigint of more than ${MAX_BIGINT_BITS} bits]`;
      case 'function':
        return '[function]';
      case 'symbol':
        return truncate(String(value), 100);
      default:
        return String(value);
    }
  }

  #writeObject(object: object): void {
    if (this.#ancestors.includes(object)) {
      this.#text += '[circular]';
      return;
    }
    if (this.#ancestors.length >= MAX_DEPTH) {
      this.#text += '[…]';
      return;
    }
    this.#ancestors.push(object);
    try {
      this.#writeEntries(object);
    } catch {
      // A proxy whose traps throw, or a revoked one.
      this.#text += '[unreadable]';
    }
    this.#ancestors.pop();
  }

  #writeEntries(object: object): void {
    if (Array.isArray(object)) {
      this.#writeList('[', object.length, ']', (index) => this.#writeProperty(object, String(index)));
      return;
    }
    const tag = tagOf(object);
    const simple = showSpecial(object, tag);
    if (simple !== null) {
      this.#text += simple;
      return;
    }
    if (tag === 'Map' || tag === 'Set') {
      const entries = takeEntries(object, tag, this.#maxLength);
      this.#writeList(`${tag} [`, entries.length, ']', (index) => this.#writeValue(entries[index]));
      return;
    }
    const keys = Object.keys(object);
    this.#writeList(tag === 'Object' ? '{' : `${tag} {`, keys.length, '}', (index) => {
      const key = keys[index] ?? '';
      this.#text += `${this.#showPrimitive(key)}:${this.#isMultiline ? ' ' : ''}`;
      this.#writeProperty(object, key);
    });
  }

  #writeList(start: string, length: number, end: string, writeEntry: (index: number) => void): void {
    const newLine = (depth: number): string => (this.#isMultiline ? `\n${'  '.repeat(depth)}` : '');
    const depth = this.#ancestors.length;
    this.#text += start;
    for (let index = 0; index < length; index += 1) {
      if (this.#isFull()) return;
      this.#text += `${index > 0 ? ',' : ''}${newLine(depth)}`;
      writeEntry(index);
    }
    this.#text += `${length > 0 ? newLine(depth - 1) : ''}${end}`;
  }

  /** Reads a property without calling its getter. */
  #writeProperty(object: object, key: string): void {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (property?.get) this.#text += '[getter]';
    else this.#writeValue(property?.value);
  }
}

/** The name of the built-in class, or what the object calls itself. */
function tagOf(object: object): string {
  return Object.prototype.toString.call(object).slice(8, -1).slice(0, 50);
}

/** Uses the built-in iterators, because a subclass may have one without end. */
function takeEntries(object: object, tag: 'Map' | 'Set', limit: number): readonly unknown[] {
  const iterator: Iterator<unknown> =
    tag === 'Map'
      ? Map.prototype.entries.call(object as Map<unknown, unknown>)
      : Set.prototype.values.call(object as Set<unknown>);
  const entries: unknown[] = [];
  for (let next = iterator.next(); !next.done && entries.length < limit; next = iterator.next())
    entries.push(next.value);
  return entries;
}

/** What is not shown by its entries: bytes, dates, errors. */
function showSpecial(object: object, tag: string): string | null {
  if (ArrayBuffer.isView(object)) {
    const { buffer, byteOffset, byteLength } = object;
    return showBytes(tag, new Uint8Array(buffer, byteOffset, Math.min(byteLength, MAX_BYTES)), byteLength);
  }
  switch (tag) {
    case 'ArrayBuffer': {
      const { byteLength } = object as ArrayBuffer;
      return showBytes(
        tag,
        new Uint8Array(object as ArrayBuffer, 0, Math.min(byteLength, MAX_BYTES)),
        byteLength,
      );
    }
    case 'Blob':
    case 'File':
      return `${tag}, ${formatBytes((object as Blob).size)}`;
    case 'Date':
      return `Date ${String(Date.prototype.getTime.call(object)) === 'NaN' ? 'invalid' : Date.prototype.toISOString.call(object)}`;
    case 'Error':
      return `Error ${JSON.stringify(truncate(messageOf(object), 1_000))}`;
    case 'RegExp':
      return truncate(RegExp.prototype.toString.call(object), 200);
    default:
      return null;
  }
}

/** Whatever an application may have stored there. */
function messageOf(error: { readonly message?: unknown }): string {
  return typeof error.message === 'string' ? error.message : '';
}

function showBytes(name: string, bytes: Uint8Array, size: number): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const more = size > bytes.length ? ' …' : '';
  return `${name}, ${formatBytes(size)}${hex && `: ${hex}${more}`}`;
}
