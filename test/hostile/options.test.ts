import { describe, expect, it } from 'vitest';
import { createConnection } from '../../src/index.js';

/** A value of every type, and the kinds of option that it is right for. */
const values: readonly (readonly [unknown, readonly string[]])[] = [
  [5.5, ['number']],
  [-1, []],
  [NaN, []],
  ['text', ['protocols']],
  [true, []],
  [Symbol('option'), []],
  [10n, []],
  [Object.create(null), ['object']],
  [[], ['object', 'protocols', 'codes']],
  [() => 1, ['function', 'protocols', 'reconnect']],
];

/** The options that are checked, by the kind of value that they take. */
const options: readonly (readonly [name: string, kind: string])[] = [
  ...['maxMessageSize', 'connectTimeout', 'linger'].map((name) => [name, 'number'] as const),
  ...['sendQueue.maxMessages', 'sendQueue.maxBytes', 'sendQueue.maxAge'].map(
    (name) => [name, 'number'] as const,
  ),
  ...['heartbeat.interval', 'heartbeat.timeout'].map((name) => [name, 'number'] as const),
  ...['reconnect.stableAfter', 'reconnect.widenAfter', 'reconnect.maxAttempts'].map(
    (name) => [name, 'number'] as const,
  ),
  ...['WebSocket', 'random', 'ready', 'reconnect.decide', 'heartbeat.isReply'].map(
    (name) => [name, 'function'] as const,
  ),
  ...['sendQueue', 'heartbeat'].map((name) => [name, 'object'] as const),
  ['reconnect', 'reconnect'],
  ['protocols', 'protocols'],
  ['topics', 'contract'],
  ['contract', 'contract'],
  ['onViolation', 'choice'],
  ['binaryType', 'choice'],
];

const wrong = options.flatMap(([name, kind]) =>
  values
    .filter(([value, kinds]) => !kinds.includes(kind) && !(name === 'reconnect' && typeof value === 'object'))
    .map(([value]) => [name, value] as const),
);

describe('an option with a value of the wrong type', () => {
  it.each(wrong)('is an error that names it: %s', (name, value) => {
    const [outer, inner] = name.split('.') as [string, string?];
    const given = { [outer]: inner ? { [inner]: value } : value };
    expect(() => createConnection('wss://example.com/', given)).toThrow(name);
  });
});
