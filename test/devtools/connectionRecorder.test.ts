// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionEvent } from '../../src/core/index.js';
import { ConnectionRecorder, type Recording } from '../../src/devtools/connectionRecorder.js';

const at = Date.UTC(2026, 0, 2, 3, 4, 5);
const message = (size: number, content: unknown = 'x'): ConnectionEvent => ({
  type: 'message',
  at,
  message: content,
  kind: 'text',
  size,
});
const violation = (text: string): ConnectionEvent => ({ type: 'violation', at, error: new Error(text) });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

const create = ({ maxEvents = 500, maxBytes = 1_000_000 } = {}): ConnectionRecorder =>
  new ConnectionRecorder(null, { maxEvents, maxBytes });
const read = (recorder: ConnectionRecorder): Recording => {
  vi.runAllTimers();
  return recorder.getRecording();
};
const record = (events: readonly ConnectionEvent[], maxEvents?: number): Recording => {
  const recorder = create(maxEvents === undefined ? {} : { maxEvents });
  for (const event of events) recorder.add(event);
  return read(recorder);
};

describe('ConnectionRecorder', () => {
  it('keeps events in order, each with its own number', () => {
    const { events } = record([message(1), message(2), message(3)]);
    expect(events.map(({ id, frame }) => [id, frame?.size])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it.each([1, 2, 10])('keeps the newest %i events and counts all of them', (limit) => {
    const { events, totals } = record(
      Array.from({ length: 10 }, () => message(3)),
      limit,
    );
    expect(events).toHaveLength(limit);
    expect(events.at(-1)?.id).toBe(9);
    expect(totals).toMatchObject({ received: 10, receivedBytes: 30 });
  });

  it('keeps no event when the limit is not a number', () => {
    expect(record([message(1), message(1)], NaN).events).toEqual([]);
  });

  it('counts frames and problems', () => {
    const { totals } = record([
      { type: 'sent', at, message: 'x', kind: 'text', size: 5 },
      { type: 'queued', at, message: 'x', kind: 'text', size: 7 },
      { type: 'dropped', at, message: 'x', reason: 'expired' },
      violation('no'),
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

  it('starts counting again after clear(), without using a number twice', () => {
    const recorder = create();
    recorder.add(message(1));
    recorder.add(message(1));
    recorder.clear();
    expect(recorder.getRecording()).toMatchObject({ events: [], totals: { received: 0 } });
    recorder.add(message(1));
    expect(read(recorder).events[0]?.id).toBe(2);
  });

  it('removes the oldest events when they take too much memory', () => {
    const recorder = create({ maxBytes: 100_000 });
    for (let i = 0; i < 50; i += 1) recorder.add(message(10_000, 'x'.repeat(10_000)));
    const { events, totals } = read(recorder);
    expect(events.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(100_000);
    expect(events.length).toBeGreaterThanOrEqual(9);
    expect(events.at(-1)?.id).toBe(49);
    expect(totals.receivedBytes).toBe(500_000);
  });

  it('keeps a preview of a message above 64 KiB instead of the message', () => {
    const { events } = record([message(5_000_000, { text: 'x'.repeat(5_000_000) })]);
    expect(events[0]?.bytes).toBeLessThan(10_000);
    expect(events[0]?.details).toMatch(/^\{\n {2}"text": "xxx/);
    expect(events[0]?.copyText.length).toBeLessThan(10_000);
  });

  it('keeps a preview of a dropped message, whose size is not known', () => {
    const { events } = record([{ type: 'dropped', at, message: 'x'.repeat(1_000_000), reason: 'expired' }]);
    expect(events[0]).toMatchObject({ summary: 'expired' });
    expect(events[0]?.bytes).toBeLessThan(10_000);
  });

  it.each([1_000_000, 28_000_000])('cuts the text of a violation of %i characters', (length) => {
    const { events } = record([violation('x'.repeat(length))]);
    expect(events[0]?.line.length).toBeLessThan(400);
    expect(events[0]?.details.length).toBeLessThan(1_200);
    expect(events[0]?.details).toContain('more characters');
    expect(events[0]?.bytes).toBeLessThan(2_000);
  });

  it('keeps an event whose error cannot be read', () => {
    const error = new Error('x');
    Object.defineProperty(error, 'message', {
      get() {
        throw new Error('never');
      },
    });
    const { events } = record([{ type: 'violation', at, error }]);
    expect(events[0]).toMatchObject({ type: 'violation', summary: '[unreadable]', details: '[unreadable]' });
  });

  it('publishes a burst once, and copies nothing while it lasts', () => {
    const recorder = create({ maxEvents: 100_000, maxBytes: 1_000_000_000 });
    const before = recorder.getRecording();
    const listener = vi.fn();
    recorder.subscribe(listener);
    listener.mockClear();
    for (let i = 0; i < 150_000; i += 1) recorder.add(message(1));
    expect(recorder.getRecording()).toBe(before);
    expect(read(recorder).events).toHaveLength(100_000);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('needs time in proportion to the number of events, also with a high limit', () => {
    const measure = (count: number): number => {
      const recorder = create({ maxEvents: count / 2, maxBytes: 1_000_000_000 });
      // The time of the processor: other programs do not count.
      const start = process.cpuUsage();
      for (let i = 0; i < count; i += 1) recorder.add(message(1));
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    measure(20_000);
    const small = Math.min(measure(20_000), measure(20_000), measure(20_000));
    const large = Math.min(measure(200_000), measure(200_000));
    // Ten times the events: about 10 where the work is linear, about 100 where each event copies the others.
    expect(large / small).toBeLessThan(40);
  });
});

describe('the copied text of a message', () => {
  const copy = (content: unknown): string =>
    record([{ type: 'message', at, message: content, kind: 'text', size: 1 }]).events[0]!.copyText;

  it('is the message in full', () => {
    expect(copy('x'.repeat(50_000))).toHaveLength(50_000);
    expect(copy({ price: 1 })).toBe('{\n  "price": 1\n}');
  });

  it.each<[string, unknown, string]>([
    ['has no JSON form', undefined, 'undefined'],
    [
      'has a toJSON that throws',
      {
        toJSON: () => {
          throw new Error('no');
        },
      },
      '{\n  "toJSON": [function]\n}',
    ],
    ['contains a bigint', { id: 1n }, '{\n  "id": 1n\n}'],
    ['is binary', new Uint8Array(2), 'Uint8Array, 2 bytes: 00 00'],
  ])('is the preview when the message %s', (_what, content, text) => {
    expect(copy(content)).toBe(text);
  });
});
