import { describe, expect, it, vi } from 'vitest';
import { connect, connectOpen, leaveNothingBehind, passDelay, settle } from '../support/connectionHarness.js';

leaveNothingBehind();

const HOUR = 3_600_000;

/** Ways in which a clock is set while elapsed time goes on. */
const shifts: readonly (readonly [string, number])[] = [
  ['an hour back', -HOUR],
  ['a year back', -365 * 24 * HOUR],
  ['a second back', -1_000],
  ['a second forward', 1_000],
];

describe.each(shifts)('a clock that is put %s', (_, shift) => {
  const shiftClock = (): void => void vi.setSystemTime(Date.now() + shift);

  it('does not lengthen the delay before a dial', () => {
    const harness = connectOpen();
    harness.socket.drop();
    shiftClock();
    vi.advanceTimersByTime(5_000);
    expect(harness.server.dials).toBe(2);
  });

  it.each(['online', 'pageshow'])('does not lengthen it either when the page wakes up with %s', (event) => {
    const harness = connectOpen();
    harness.socket.drop();
    shiftClock();
    dispatchEvent(new Event(event));
    vi.advanceTimersByTime(5_000);
    expect(harness.server.dials).toBe(2);
  });

  it('keeps the first second after a close free of dials, also long after a wake-up', () => {
    const harness = connectOpen();
    dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(60_000);
    shiftClock();
    harness.socket.drop();
    expect(harness.state.retryAt! - Date.now(), 'no wake-up shortens the delay').toBe(3_000);
    vi.advanceTimersByTime(2_999);
    expect(harness.server.dials).toBe(1);
    passDelay(harness);
    expect(harness.server.dials).toBe(2);
  });

  it('does not lengthen the time that a dial may take', () => {
    const harness = connect({ connectTimeout: 2_000 });
    shiftClock();
    vi.advanceTimersByTime(2_000);
    expect(harness.state.status).toBe('reconnecting');
  });

  it('does not lengthen the time that an unused connection stays', () => {
    const harness = connectOpen({ linger: 2_000 });
    harness.release();
    shiftClock();
    vi.advanceTimersByTime(2_000);
    expect(harness.state.status).toBe('idle');
  });

  it('does not keep queued messages longer than maxAge', () => {
    const harness = connect({ sendQueue: { maxAge: 2_000 } });
    harness.connection.send('old');
    shiftClock();
    vi.advanceTimersByTime(2_000);
    expect(harness.drops).toEqual([{ message: 'old', reason: 'expired' }]);
  });

  it('does not make a dead connection live, nor a live one dead', () => {
    const harness = connectOpen({ heartbeat: { message: 'ping', interval: 2_000, timeout: 1_000 } });
    shiftClock();
    vi.advanceTimersByTime(2_000);
    expect(harness.socket.sent).toEqual(['ping']);
    shiftClock();
    harness.socket.message('pong');
    shiftClock();
    vi.advanceTimersByTime(2_000);
    expect(harness.state.status).toBe('open');
    shiftClock();
    vi.advanceTimersByTime(1_000);
    expect(harness.state.status).toBe('reconnecting');
  });

  it('changes nothing about when a connection is stable', () => {
    const harness = connectOpen();
    for (const [openFor, attempt] of [
      [4_999, 1],
      [4_999, 2],
      [5_000, 1],
    ] as const) {
      vi.advanceTimersByTime(openFor);
      shiftClock();
      harness.socket.drop();
      expect(harness.state.attempt).toBe(attempt);
      passDelay(harness);
      harness.socket.accept();
    }
  });

  it('does not lengthen the wait of a reconnect() that is slowed down', async () => {
    const harness = connect();
    for (let call = 0; call < 3; call += 1) {
      harness.connection.reconnect();
      await settle();
    }
    expect(harness.server.dials).toBe(3);
    shiftClock();
    vi.advanceTimersByTime(250);
    expect(harness.server.dials).toBe(4);
  });

  it('does not end an open connection as if the page had slept', () => {
    const harness = connectOpen();
    for (let tick = 0; tick < 10; tick += 1) {
      shiftClock();
      vi.advanceTimersByTime(10_000);
    }
    expect(harness.state.status).toBe('open');
    expect(harness.server.dials).toBe(1);
  });
});
