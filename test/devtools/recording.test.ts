// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type ConnectionEvent, WebSocketError } from '../../src/core/index.js';
import { createCloseInfo } from '../../src/core/closeCodes.js';
import { clear, EMPTY, record, type Recording } from '../../src/devtools/recording.js';
import { describeEvent, detailEvent, formatTime } from '../../src/devtools/words.js';

const at = new Date(2026, 0, 2, 3, 4, 5, 67).getTime();
const message = (size: number): ConnectionEvent => ({
  type: 'message',
  at,
  message: 'x',
  kind: 'text',
  size,
});
const recordAll = (events: readonly ConnectionEvent[], limit = 500): Recording =>
  events.reduce((recording, event) => record(recording, event, limit), EMPTY);

describe('a recording', () => {
  it('keeps events in order, each with a unique id', () => {
    const { events } = recordAll([message(1), message(2), message(3)]);
    expect(events.map(({ id, event }) => [id, (event as { size: number }).size])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it.each([1, 2, 10])('keeps the newest events up to a limit of %i and counts all of them', (limit) => {
    const { events, totals } = recordAll(
      Array.from({ length: 10 }, () => message(3)),
      limit,
    );
    expect(events).toHaveLength(limit);
    expect(events.at(-1)?.id).toBe(9);
    expect(totals).toMatchObject({ received: 10, receivedBytes: 30 });
  });

  it('counts sent and dropped messages and violations', () => {
    const error = new Error('no');
    const { totals } = recordAll([
      { type: 'sent', at, message: 'x', kind: 'text', size: 5 },
      { type: 'queued', at, message: 'x', kind: 'text', size: 7 },
      { type: 'dropped', at, message: 'x', reason: 'expired' },
      { type: 'violation', at, error },
      { type: 'heartbeat', at, phase: 'probe' },
    ]);
    expect(totals).toEqual({
      received: 0,
      receivedBytes: 0,
      sent: 1,
      sentBytes: 5,
      dropped: 1,
      violations: 1,
    });
  });

  it('does not reuse ids after it was cleared', () => {
    const cleared = clear(recordAll([message(1), message(1)]));
    expect(cleared).toMatchObject({ events: [], totals: EMPTY.totals });
    expect(record(cleared, message(1), 5).events[0]?.id).toBe(2);
  });
});

describe('the description of an event', () => {
  const close = createCloseInfo({ code: 1012, reason: 'deploy', opened: true, at });
  const failure = new WebSocketError('It ended.', { kind: 'contract', hint: 'Send text.', close });

  it.each<[ConnectionEvent, string]>([
    [{ type: 'dial', at, attempt: 0, url: 'wss://a.example/' }, 'first dial'],
    [{ type: 'open', at, attempt: 2, url: 'wss://a.example/', protocol: '' }, 'attempt 2'],
    [message(1), 'text, 1 byte'],
    [{ type: 'sent', at, message: 'x', kind: 'binary', size: 1_024 }, 'binary, 1,024 bytes'],
    [{ type: 'dropped', at, message: 'x', reason: 'unmounted' }, 'unmounted'],
    [{ type: 'close', at, close }, '1012 Service Restart: “deploy”'],
    [
      { type: 'close', at, close: createCloseInfo({ local: true, code: 1000 }) },
      '1000 Normal Closure, by this side',
    ],
    [{ type: 'close', at, close: createCloseInfo({}) }, '1006 Abnormal Closure, dial refused'],
    [{ type: 'retry', at, attempt: 1, retryAt: at + 2_500, cause: close }, 'attempt 1 in 2.50 s'],
    [{ type: 'retry', at, attempt: 1, retryAt: null, cause: close }, 'attempt 1, once the network is back'],
    [{ type: 'fail', at, error: failure }, 'contract, 1012'],
    [{ type: 'violation', at, error: new Error('not agreed') }, 'not agreed'],
    [{ type: 'heartbeat', at, phase: 'dead' }, 'dead'],
  ])('describes %j', (event, words) => {
    expect(describeEvent(event)).toBe(words);
  });

  it('shows messages in readable form', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const details = (shown: unknown): string =>
      detailEvent({ type: 'message', at, message: shown, kind: 'text', size: 1 });
    expect(details('plain')).toBe('plain');
    expect(details({ price: 1 })).toBe('{\n  "price": 1\n}');
    expect(details(new Uint8Array(3))).toBe('Uint8Array, 3 bytes');
    expect(details(new ArrayBuffer(1))).toBe('ArrayBuffer, 1 byte');
    expect(details(new Blob(['abc']))).toBe('Blob, 3 bytes');
    expect(details(circle)).toBe('[object Object]');
    expect(details(undefined)).toBe('undefined');
    expect(details('x'.repeat(5_000))).toHaveLength(2_001);
  });

  it('shows errors with their message, hint and close', () => {
    const details = detailEvent({ type: 'fail', at, error: failure });
    for (const part of ['It ended.', 'Send text.', '1012', 'deploy']) expect(details).toContain(part);
  });

  it('shows the time in milliseconds', () => {
    expect(formatTime(at)).toBe('03:04:05.067');
  });
});
