// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { preview, truncate } from '../../src/devtools/preview.js';

const fail = (): never => {
  throw new Error('must not be called');
};
const nest = (depth: number): unknown => {
  let value: unknown = 'bottom';
  for (let i = 0; i < depth; i += 1) value = i % 2 ? [value] : { value };
  return value;
};
const cyclic: Record<string, unknown> = { name: 'cycle' };
cyclic.self = cyclic;
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

describe('preview', () => {
  it.each<[string, unknown, string]>([
    ['a text', 'plain', 'plain'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a number', -0.5, '-0.5'],
    ['an object', { price: 1, tags: ['a', 'b'], none: {} }, '{"price":1,"tags":["a","b"],"none":{}}'],
    ['a null-prototype object with a bigint', Object.assign(Object.create(null), { id: 10n }), '{"id":10n}'],
    ['a symbol', { key: Symbol('secret') }, '{"key":Symbol(secret)}'],
    ['a function', { call: fail }, '{"call":[function]}'],
    [
      'a getter, without calling it',
      Object.defineProperty({}, 'now', { get: fail, enumerable: true }),
      '{"now":[getter]}',
    ],
    ['an object with toJSON, without calling it', { a: 1, toJSON: fail }, '{"a":1,"toJSON":[function]}'],
    [
      'an object that cannot be converted to a string',
      { toString: fail, valueOf: fail },
      '{"toString":[function],"valueOf":[function]}',
    ],
    ['a cycle', cyclic, '{"name":"cycle","self":[circular]}'],
    [
      'the same object twice, which is no cycle',
      [nest(1), nest(1)],
      '[{"value":"bottom"},{"value":"bottom"}]',
    ],
    ['a sparse array', Array(2), '[undefined,undefined]'],
    ['a map', new Map([['a', 1]]), 'Map [["a",1]]'],
    ['a set', new Set([1]), 'Set [1]'],
    ['a date', new Date(0), 'Date 1970-01-01T00:00:00.000Z'],
    ['an invalid date', new Date(NaN), 'Date invalid'],
    ['an error', new TypeError('no'), 'Error "no"'],
    ['an error without a text', Object.assign(new Error(), { message: 1 }), 'Error ""'],
    ['bytes', new Uint8Array([0, 255]), 'Uint8Array, 2 bytes: 00 ff'],
    ['a part of a buffer', new Uint8Array([1, 2, 3]).subarray(1, 2), 'Uint8Array, 1 byte: 02'],
    ['a buffer', new ArrayBuffer(1), 'ArrayBuffer, 1 byte: 00'],
    ['no bytes', new ArrayBuffer(0), 'ArrayBuffer, 0 bytes'],
    ['a blob', new Blob(['abc']), 'Blob, 3 bytes'],
    ['a revoked proxy', revoked, '[unreadable]'],
    ['a proxy with traps that throw', { inner: new Proxy({}, { ownKeys: fail }) }, '{"inner":[unreadable]}'],
    ['something that only claims to be a map', { [Symbol.toStringTag]: 'Map' }, '[unreadable]'],
    [
      'a name of a class that throws',
      Object.defineProperty({}, Symbol.toStringTag, { get: fail }),
      '[unreadable]',
    ],
    ['a large bigint', 1n << 300n, '[bigint of more than 256 bits]'],
    ['characters that change the direction of the text', ['\u202eevil'], '["\\u202eevil"]'],
  ])('shows %s', (_what, value, text) => {
    expect(preview(value)).toBe(text);
  });

  it('puts entries on lines of their own when asked to', () => {
    expect(preview({ price: 1, tags: ['a'], none: [] }, { isMultiline: true })).toBe(
      '{\n  "price": 1,\n  "tags": [\n    "a"\n  ],\n  "none": []\n}',
    );
  });

  it.each([1_000, 100_000])('leaves out what is nested deeper than it shows, at %i levels', (depth) => {
    expect(preview(nest(depth))).toContain('[…]');
  });

  it.each<[string, unknown]>([
    ['a text', 'x'.repeat(1_000_000)],
    ['a text inside an object', { text: 'x'.repeat(1_000_000) }],
    ['a long array', Array.from({ length: 1_000_000 }, () => 'value')],
    ['many keys', Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key ${i}`, i]))],
    ['a long key', { ['k'.repeat(1_000_000)]: 1 }],
    ['a long name of a class', { [Symbol.toStringTag]: 'T'.repeat(1_000_000) }],
    ['bytes', new Uint8Array(1_000_000)],
    ['a long symbol', Symbol('s'.repeat(1_000_000))],
    ['a long error', new Error('e'.repeat(1_000_000))],
    ['a set', new Set(Array.from({ length: 100_000 }, (_, i) => i))],
    ['wide and deep', Array.from({ length: 50 }, () => Array.from({ length: 50 }, () => nest(15)))],
  ])('cuts %s', (_what, value) => {
    expect(preview(value, { maxLength: 500 }).length).toBeLessThan(600);
  });

  it('reads no more of a large message than it shows', () => {
    let reads = 0;
    const list = new Proxy(Array(1_000_000).fill('value'), {
      getOwnPropertyDescriptor: (target, key) => {
        reads += 1;
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    });
    preview(list, { maxLength: 800 });
    expect(reads).toBeGreaterThan(50);
    expect(reads).toBeLessThan(150);
  });
});

describe('truncate', () => {
  it('says how much is left out', () => {
    expect(truncate('x'.repeat(5_000), 1_000)).toBe(`${'x'.repeat(1_000)}… (4,000 more characters)`);
    expect(truncate('short', 1_000)).toBe('short');
  });

  it('shows control characters as escapes, but for tabs and line feeds', () => {
    expect(truncate('a\u001b[31m\u202eb\tc\n', 100)).toBe('a\\u001b[31m\\u202eb\tc\n');
  });
});
