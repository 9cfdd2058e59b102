import { describe, expect, it, vi } from 'vitest';
import type { Connection, ConnectionOptions } from '../../src/core/index.js';
import {
  connect,
  leaveNothingBehind,
  releaseLater,
  settle,
  takeReported,
} from '../support/connectionHarness.js';

leaveNothingBehind();

/** Which messages a listener answers by sending another one, without ever stopping by itself. */
const answeredEvents: readonly (readonly [string, readonly string[]])[] = [
  ['every message sent', ['sent']],
  ['every message queued', ['queued']],
  ['every message dropped', ['dropped']],
  ['every event', ['sent', 'queued', 'dropped', 'open', 'message', 'close', 'dial', 'retry', 'violation']],
];

/** What the first message meets. */
const moments: readonly (readonly [string, (connection: Connection) => void])[] = [
  ['on an open connection', (connection) => void connection.send('first')],
  ['in the queue', () => undefined],
];

const limits: readonly (readonly [string, ConnectionOptions])[] = [
  ['the usual queue', {}],
  ['a queue without limits', { sendQueue: { maxMessages: Infinity, maxBytes: Infinity } }],
  ['no queue', { sendQueue: false }],
  ['a queue in which nothing may wait', { sendQueue: { maxAge: 0 } }],
];

describe.each(answeredEvents)('a listener of onEvent that sends a message for %s', (_, types) => {
  describe.each(limits)('with %s', (_name, options) => {
    it.each(moments)('comes to an end %s, however many such listeners there are', async (_moment, begin) => {
      for (const listeners of [1, 2]) {
        let calls = 0;
        const harness = connect({ ...options, unused: true });
        const { connection } = harness;
        for (let listener = 0; listener < listeners; listener += 1)
          connection.onEvent(({ type }) => {
            calls += 1;
            if (types.includes(type)) connection.send(`answer ${calls}`);
          });
        for (let message = 0; message < 4; message += 1) connection.send(`waiting ${message}`);
        releaseLater(connection.retain());
        harness.socket.accept();
        begin(connection);
        await settle();
        vi.advanceTimersByTime(60_000);
        await settle();
        // An end, and not only that of the stack, which several listeners would reach again and again.
        expect(calls).toBeLessThan(1_000_000);
        expect(connection.getState().status).toBe('open');
      }
    });
  });
});

describe('a listener', () => {
  it('may send 200 messages in answer to one, and the rest is refused', () => {
    const results: string[] = [];
    const harness = connect();
    harness.socket.accept();
    const stop = harness.connection.onEvent(({ type }) => {
      if (type === 'sent') results.push(harness.connection.send('answer'));
    });
    expect(harness.connection.send('first')).toBe('sent');
    expect(results.filter((result) => result === 'sent')).toHaveLength(200);
    expect(results.filter((result) => result === 'refused')).toHaveLength(1);
    stop();
    expect(harness.connection.send('last'), 'the connection still works').toBe('sent');
  });

  it('may answer every message of a full queue', () => {
    const harness = connect();
    for (let message = 0; message < 100; message += 1) harness.connection.send('question');
    harness.connection.onEvent((event) => {
      if (event.type !== 'sent' || (event as { message?: unknown }).message !== 'question') return;
      expect(harness.connection.send('answer')).toBe('queued');
    });
    harness.socket.accept();
    expect(harness.socket.sent.filter((message) => message === 'question')).toHaveLength(100);
    expect(harness.socket.sent.slice(100)).toEqual(Array(100).fill('answer'));
  });

  it('may send every message again that was dropped', () => {
    const harness = connect({
      sendQueue: { maxMessages: 1_000, maxAge: 1_000 },
      connectTimeout: Infinity,
      onDrop: ({ message }) => harness.connection.send(message),
    });
    for (let message = 0; message < 1_000; message += 1) harness.connection.send(`message ${message}`);
    for (let round = 1; round < 4; round += 1) {
      vi.advanceTimersByTime(1_000);
      expect(harness.drops).toHaveLength(round * 1_000);
    }
    harness.socket.accept();
    expect(harness.socket.sent).toHaveLength(1_000);
  });
});

describe('onDrop that sends the message again which the socket does not take', () => {
  it('comes to an end', () => {
    const harness = connect({ onDrop: ({ message }) => harness.connection.send(message) });
    harness.connection.send('bad');
    vi.spyOn(harness.socket, 'send').mockImplementation(() => {
      throw new Error('This message is not taken.');
    });
    harness.socket.accept();
    expect(harness.drops).toHaveLength(201);
    expect(takeReported()).toHaveLength(201);
  });
});

describe('a reader that is added', () => {
  it('inside topics.subscribe subscribes its topic once', () => {
    const asked: string[] = [];
    const harness = connect({
      topics: {
        of: () => undefined,
        subscribe: (topic) => {
          asked.push(topic);
          harness.connection.onMessage(() => undefined, { topic });
          return `subscribe ${topic}`;
        },
      },
    });
    harness.socket.accept();
    harness.connection.onMessage(() => undefined, { topic: 'a' });
    expect(asked).toEqual(['a']);
    expect(harness.socket.sent).toEqual(['subscribe a']);
  });

  it('in onError, because its topic could not be subscribed, tries once', () => {
    const asked: string[] = [];
    const harness = connect({
      topics: {
        of: () => undefined,
        subscribe: (topic) => {
          asked.push(topic);
          throw new Error('This topic has no message.');
        },
      },
      onError: () => harness.connection.onMessage(() => undefined, { topic: 'a' }),
    });
    harness.socket.accept();
    harness.connection.onMessage(() => undefined, { topic: 'a' });
    expect(asked).toEqual(['a']);
    expect(harness.errors).toHaveLength(1);
  });
});
