// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import {
  binary,
  json,
  type MessageContract,
  type StandardSchema,
  text,
  WebSocketError,
} from '../../../src/core/index.js';
import { connectOpen, leaveNothingBehind, START } from '../../support/connectionHarness.js';

leaveNothingBehind();

interface Quote {
  readonly price: number;
}

/** A Standard Schema validator, as zod has them: it accepts { price } and returns { price } rounded. */
const quote: StandardSchema<Quote> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate(value) {
      const price = (value as Partial<Quote> | null)?.price;
      return typeof price === 'number'
        ? { value: { price: Math.round(price) } }
        : { issues: [{ message: 'expected a number', path: ['quotes', { key: 0 }, 'price'] }] };
    },
  },
};
const asynchronous: StandardSchema = {
  '~standard': { version: 1, vendor: 'test', validate: async (value) => ({ value }) },
};

describe('json()', () => {
  it('sends and delivers JSON in text frames', () => {
    const { connection, socket, messages } = connectOpen({ contract: json<Quote, { ask: string }>() });
    connection.send({ ask: 'AAPL' });
    socket.message('{"price":1}', 'null', '"text"', '[]');
    expect(socket.sent).toEqual(['{"ask":"AAPL"}']);
    expect(messages).toEqual([{ price: 1 }, null, 'text', []]);
  });

  it('delivers the output of the incoming schema and sends the output of the outgoing schema', () => {
    const { connection, socket, messages } = connectOpen({ contract: json({ receive: quote, send: quote }) });
    socket.message('{"price":1.6}');
    connection.send({ price: 2.2 });
    expect(messages).toEqual([{ price: 2 }]);
    expect(socket.sent).toEqual(['{"price":2}']);
  });

  it.each<[string, string, RegExp]>([
    ['invalid JSON', '{', /JSON/],
    ['an empty text', '', /JSON/],
    ['a message that fails the schema', '{"price":"1"}', /quotes\.0\.price: expected a number/],
  ])('does not deliver %s', (_, data, problem) => {
    const { socket, messages, errors, connection } = connectOpen({ contract: json({ receive: quote }) });
    socket.message(data, '{"price":1}');
    expect(messages).toEqual([{ price: 1 }]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(WebSocketError);
    expect(errors[0]).toMatchObject({ kind: 'contract', direction: 'incoming', code: null, close: null });
    expect(errors[0]!.message).toMatch(problem);
    expect(connection.getState()).toMatchObject({ status: 'open', error: null });
  });

  it('does not deliver binary frames', () => {
    const { socket, messages, errors } = connectOpen({ contract: json() });
    socket.message(new ArrayBuffer(2), new Blob(['{}']));
    expect(messages).toEqual([]);
    expect(errors).toMatchObject([{ direction: 'incoming' }, { direction: 'incoming' }]);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => {}],
    ['a symbol', Symbol('x')],
    ['a big integer', 5n],
    ['a message that fails the schema', { price: '1' }],
  ])('throws for %s before anything is sent', (_, message) => {
    const { connection, socket } = connectOpen({ contract: json({ send: quote }) });
    expect(() => connection.send(message as Quote)).toThrow(
      expect.objectContaining({ name: 'WebSocketError', kind: 'contract', direction: 'outgoing' }),
    );
    expect(socket.sent).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => {}],
    [
      'a circular object',
      (() => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
        return circle;
      })(),
    ],
  ])('throws for %s without a schema as well', (_, message) => {
    const { connection } = connectOpen({ contract: json() });
    expect(() => connection.send(message)).toThrow(WebSocketError);
  });

  it('keeps the original exception as the cause', () => {
    const { socket, errors } = connectOpen({ contract: json() });
    socket.message('{');
    expect((errors[0] as WebSocketError).cause).toBeInstanceOf(SyntaxError);
  });

  it('reports an asynchronous schema once, with a TypeError', () => {
    const { connection, socket, messages, errors } = connectOpen({
      contract: json({ receive: asynchronous, send: asynchronous }),
    });
    socket.message('1', '2', '3');
    expect(messages).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(TypeError);
    expect(errors[0]!.message).toMatch(/asynchronous/);
    expect(() => connection.send(1)).toThrow(TypeError);
    expect(socket.sent).toEqual([]);
  });
});

describe('text() and binary()', () => {
  it('pass on their kind of frame and reject the other', () => {
    const texts = connectOpen({ contract: text() });
    texts.socket.message('a', new ArrayBuffer(1));
    expect(texts.messages).toEqual(['a']);
    expect(() => texts.connection.send(new Uint8Array(1) as unknown as string)).toThrow(/binary/);
    const bytes = connectOpen({ contract: binary() });
    bytes.socket.message('a', new ArrayBuffer(1));
    expect(bytes.messages).toEqual([new ArrayBuffer(1)]);
    expect(() => bytes.connection.send('a' as unknown as ArrayBuffer)).toThrow(/text/);
    expect([texts.errors.length, bytes.errors.length]).toEqual([1, 1]);
    bytes.connection.send(new Uint16Array(2));
    expect(bytes.socket.sent).toEqual([new Uint16Array(2)]);
  });
});

describe('a hand-written contract', () => {
  const contract: MessageContract<number, number> = {
    sends: 'text',
    accepts: 'any',
    encode: (message) => (message < 0 ? new Uint8Array(1) : String(message)),
    decode: (data) => {
      if (data === 'x') throw new Error('x is no number');
      return Number(data);
    },
  };

  it('is checked against the kind of frame that it declares', () => {
    const { connection, socket } = connectOpen({ contract });
    expect(connection.send(5)).toBe('sent');
    expect(() => connection.send(-1)).toThrow(WebSocketError);
    expect(socket.sent).toEqual(['5']);
  });

  it('reports a violation when it throws', () => {
    const { socket, messages, errors } = connectOpen({ contract });
    socket.message('1', 'x', '2');
    expect(messages).toEqual([1, 2]);
    expect(errors[0]).toMatchObject({ kind: 'contract', cause: new Error('x is no number') });
    expect(errors[0]!.message).toContain('x is no number');
  });
});

describe('no contract', () => {
  it('passes every message on unchanged', () => {
    const { socket, messages } = connectOpen();
    const data = ['text', new ArrayBuffer(3), new Blob(['x'])];
    socket.message(...data);
    expect(messages).toEqual(data);
    expect(messages[2]).toBe(data[2]);
  });
});

describe("onViolation: 'fail'", () => {
  it('closes with 4003 and fails, with the violation as the error', () => {
    const harness = connectOpen({ contract: text(), onViolation: 'fail' });
    harness.socket.message('a', new ArrayBuffer(1));
    const { error } = harness.state;
    expect(harness.socket.closeCalls).toEqual([{ code: 4003, reason: expect.any(String) }]);
    expect(harness.state).toMatchObject({
      status: 'failed',
      lastClose: { code: 4003, local: true, opened: true, at: START },
    });
    expect(error).toBeInstanceOf(WebSocketError);
    expect(error).toMatchObject({
      kind: 'contract',
      code: 4003,
      direction: 'incoming',
      close: harness.closes[0],
    });
    expect(harness.errors).toEqual([error]);
    expect(harness.closes).toHaveLength(1);
    harness.socket.settle();
    vi.advanceTimersByTime(60_000);
    expect(harness.server.dials).toBe(1);
    expect(harness.closes).toHaveLength(1);
  });

  it('delivers no message after the violation', () => {
    const { socket, messages } = connectOpen({ contract: text(), onViolation: 'fail' });
    socket.message(new ArrayBuffer(1));
    socket.fire('message', { data: 'late' });
    expect(messages).toEqual([]);
  });

  it('only throws to the sender for an outgoing violation', () => {
    const { connection } = connectOpen({ contract: text(), onViolation: 'fail' });
    expect(() => connection.send(new Uint8Array(1) as unknown as string)).toThrow(WebSocketError);
    expect(connection.getState().status).toBe('open');
  });
});

describe('maxMessageSize', () => {
  it.each<[string, unknown, unknown]>([
    ['a text, in bytes', 'ab€', 'abc€'],
    ['an ArrayBuffer', new ArrayBuffer(5), new ArrayBuffer(6)],
    ['a Blob', new Blob(['12345']), new Blob(['123456'])],
  ])('limits the size of %s', (_, fits, tooLarge) => {
    const { socket, messages, errors } = connectOpen({ maxMessageSize: 5 });
    socket.message(fits, tooLarge);
    expect(messages).toEqual([fits]);
    expect(errors).toMatchObject([{ kind: 'contract', direction: 'incoming' }]);
    expect(errors[0]!.message).toMatch(/maxMessageSize.*5|5.*maxMessageSize/);
  });

  it('is checked before the message is decoded', () => {
    const decode = vi.fn();
    const { socket } = connectOpen({
      maxMessageSize: 2,
      contract: { ...text(), decode },
    });
    socket.message('abc');
    expect(decode).not.toHaveBeenCalled();
  });
});
