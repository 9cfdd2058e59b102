import { describe, expect, it } from 'vitest';
import {
  type ConnectionOptions,
  createConnection,
  type HeartbeatOptions,
  type ReconnectOptions,
  type ReconnectRule,
  type SendQueueOptions,
} from '../../src/index.js';
import type { TopicOptions } from '../../src/core/messages/messageListeners.js';
import { printable } from '../../src/core/platform/printable.js';

/** Whether a value is right for an option; every option may also be missing. */
type Check = (value: unknown) => boolean;

const anything: Check = () => true;
const isBoolean: Check = (value) => typeof value === 'boolean';
const isFunction: Check = (value) => typeof value === 'function';
const isObject: Check = (value) => typeof value === 'object';
const isTextOrFunction: Check = (value) => typeof value === 'string' || isFunction(value);
const isListOfTexts: Check = (value) =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
const isFrom =
  (low: number, high = Infinity): Check =>
  (value) =>
    typeof value === 'number' && value >= low && value <= high;
const orFalse =
  (check: Check): Check =>
  (value) =>
    value === false || check(value);

/** The options inside an option, by name. The compiler asks for a new one. */
type Checks<Options> = Readonly<Record<keyof Required<Options>, Check>>;

const rule: Checks<ReconnectRule> = {
  // The bounds of the window have defaults, which the value must fit.
  minDelay: isFrom(0, 5_000),
  maxDelay: isFrom(1_000, 2 ** 31 - 1),
  widenTo: isFrom(5_000, 2 ** 31 - 1),
  widenAfter: isFrom(0),
  maxAttempts: isFrom(0),
};
const reconnect: Checks<ReconnectOptions> = {
  ...rule,
  stableAfter: isFrom(0),
  // What is in it has rows of its own.
  codes: isObject,
  decide: isFunction,
};
const sendQueue: Checks<SendQueueOptions> = {
  maxMessages: isFrom(0),
  maxBytes: isFrom(0),
  maxAge: isFrom(0),
};
const heartbeat: Checks<HeartbeatOptions<unknown, unknown>> = {
  message: anything,
  isReply: isFunction,
  interval: isFrom(1, 2 ** 31 - 1),
  timeout: isFrom(1, 2 ** 31 - 1),
  raw: isBoolean,
  always: isBoolean,
};
const topics: Checks<Omit<TopicOptions<unknown, unknown>, 'of'>> = {
  subscribe: isFunction,
  unsubscribe: isFunction,
};
const outer: Checks<ConnectionOptions> = {
  protocols: (value) => isTextOrFunction(value) || isListOfTexts(value),
  reconnect: orFalse((value) => isObject(value) || isFunction(value)),
  contract: () => false,
  onViolation: () => false,
  binaryType: () => false,
  maxMessageSize: isFrom(0),
  sendQueue: orFalse(isObject),
  connectTimeout: isFrom(1),
  heartbeat: orFalse(isObject),
  ready: isFunction,
  pageAware: isBoolean,
  topics: () => false,
  linger: isFrom(0),
  WebSocket: isFunction,
  random: isFunction,
  onOpen: isFunction,
  onMessage: isFunction,
  onClose: isFunction,
  onError: isFunction,
  onDrop: isFunction,
};

/** Every option by its full name, with the options that hold it. */
const options: readonly (readonly [name: string, check: Check, create: (value: unknown) => object])[] = [
  ...list('', outer, (given) => given),
  ...list('reconnect.', reconnect, (given) => ({ reconnect: given })),
  ...list('reconnect.codes[1011].', rule, (given) => ({ reconnect: { codes: { 1011: given } } })),
  ...list('sendQueue.', sendQueue, (given) => ({ sendQueue: given })),
  ...list('heartbeat.', heartbeat, (given) => ({ heartbeat: given })),
  ...list('topics.', topics, (given) => ({ topics: { of: () => undefined, ...given } })),
  ['reconnect.codes[1012]', isObject, (value) => ({ reconnect: { codes: { 1012: value } } })],
];

function list(path: string, checks: Readonly<Record<string, Check>>, wrap: (given: object) => object) {
  return Object.entries(checks).map(
    ([name, check]) => [path + name, check, (value: unknown) => wrap({ [name]: value })] as const,
  );
}

/** A value of every type, and numbers at every edge. */
const values: readonly unknown[] = [
  ...[0, -0, 1, 5.5, 6_000, -1, NaN, Infinity, -Infinity, 2 ** 31, 1e300, Number.MIN_VALUE],
  ...['', '5000', 'text', 'Fail', 'true', '\u202e\u0000', 'x'.repeat(1_000_000)],
  ...[true, false, 10n, Symbol('option'), Symbol.iterator],
  ...[{}, [], [5], [Symbol('protocol')], new Date(0), new Map(), Object.create(null)],
  ...[{ toString: null }, { valueOf: () => 5 }, new Number(5), new String('text'), new Boolean(true)],
  ...[() => 1, async () => Promise.resolve(1), Map, Math.max],
];

const names = options.map(([name]) => name);
const rows = options.flatMap(([name, check, create]) =>
  values
    .filter((value) => check !== isObject || !isObject(value) || Object.keys(value as object).length === 0)
    .map((value) => [name, printable(value).slice(0, 40), check(value), create(value), value] as const),
);

describe(`${names.length} options with ${values.length} values each`, () => {
  it.each(rows)('%s: %s', (name, _, isRight, given, value) => {
    let thrown: unknown = null;
    try {
      createConnection('wss://example.com/', given);
    } catch (error) {
      thrown = error;
    }
    if (isRight) {
      expect(thrown).toBeNull();
      return;
    }
    expect(thrown === null ? null : (thrown as Error).constructor).toBeOneOf([TypeError, RangeError]);
    const { message } = thrown as Error;
    // Of a bound that does not fit another one, the message names both.
    const [path, last] = [name.slice(0, name.lastIndexOf('.') + 1), name.slice(name.lastIndexOf('.') + 1)];
    expect(message.startsWith(path.slice(0, -1)) && message.includes(last), message).toBe(true);
    expect(message).toContain(printable(value));
    expect(message.length, 'the message is short').toBeLessThan(1_500);
    expect(message, 'nothing changes how the message looks').not.toMatch(/\u202e|\0/);
  });
});

describe('the url', () => {
  it.each(values)('is a string, a URL or a function, and everything else is an error: %s', (value) => {
    const create = () => createConnection(value as string);
    if (!value || isTextOrFunction(value)) create();
    else expect(create).toThrow(`url must be a string, a URL or a function, not ${printable(value)}`);
  });
});
