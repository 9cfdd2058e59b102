// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { type MessageData, WebSocketError } from '../../../src/core/index.js';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  present,
  START,
} from '../../support/connectionHarness.js';

leaveNothingBehind();

const BYTES = 1_024;
const buffer = () => new ArrayBuffer(BYTES);
const VIEWS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
] as const;

describe('a server that does not accept the data (1003)', () => {
  it('fails the connection, explains the cause, and never dials again', () => {
    const harness = connectOpen();
    harness.socket.serverClose(1003, 'text only');
    vi.advanceTimersByTime(3_600_000);
    const { error } = harness.state;
    expect(harness.state).toMatchObject({
      status: 'failed',
      attempt: 0,
      cause: null,
      lastClose: harness.closes[0],
    });
    expect(error).toBeInstanceOf(WebSocketError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'WebSocketError',
      kind: 'contract',
      code: 1003,
      close: harness.closes[0],
      direction: null,
      lastSent: null,
    });
    expect(error!.message).toContain('1003');
    expect(error!.message).toContain('text only');
    expect(error!.hint).not.toBe('');
    expect(harness.errors).toEqual([error]);
    expect(harness.closes).toMatchObject([
      { code: 1003, name: 'Unsupported Data', reason: 'text only', local: false },
    ]);
    expect(harness.server.dials).toBe(1);
  });

  it('is dialled exactly once when it accepts and then rejects', () => {
    const harness = connect();
    harness.socket.accept().serverClose(1003);
    vi.advanceTimersByTime(3_600_000);
    expect(harness.server.dials).toBe(1);
  });

  it('fails the connection even in the middle of a restart', () => {
    const harness = connectOpen();
    harness.socket.serverClose(1012);
    passDelay(harness);
    harness.socket.refuse();
    passDelay(harness);
    harness.socket.accept().serverClose(1003);
    vi.advanceTimersByTime(3_600_000);
    expect(harness.state).toMatchObject({
      status: 'failed',
      attempt: 2,
      error: { kind: 'contract', code: 1003 },
    });
    expect(harness.server.dials).toBe(3);
  });

  it('fails the connection with reconnect: false as well', () => {
    const { connection, socket } = connectOpen({ reconnect: false });
    socket.serverClose(1003);
    expect(connection.getState().status).toBe('failed');
  });

  it('stays failed after the last user releases it, until reconnect()', () => {
    const { connection, socket, release, server } = connectOpen();
    socket.serverClose(1003);
    release();
    vi.advanceTimersByTime(1_000);
    expect(connection.getState().status).toBe('failed');
    const leave = connection.retain();
    expect(server.dials).toBe(1);
    connection.reconnect();
    expect(server.dials).toBe(2);
    leave();
    vi.advanceTimersByTime(0);
  });

  describe('lastSent of the error', () => {
    /** Returns the error of a connection whose last sent frame was this one. */
    const errorAfter = (...frames: readonly MessageData[]): WebSocketError => {
      const { connection, socket } = connectOpen();
      frames.forEach((frame, index) => {
        // The server answers what was sent before the last frame.
        if (index > 0) socket.message('ok');
        connection.send(frame);
      });
      vi.advanceTimersByTime(70);
      socket.serverClose(1003);
      return present(connection.getState().error);
    };

    it.each(
      VIEWS.map((View) => ({ type: View.name, make: () => new (View as Uint8ArrayConstructor)(buffer()) })),
    )('reports the type and size of a view: $type', ({ type, make }) => {
      const { lastSent, message, hint } = errorAfter('hello', make());
      const diagnosis =
        `he last frame sent before the close was binary (${type}, 1,024 bytes); ` +
        'the server does not accept it: send text';
      expect(lastSent).toEqual({ kind: 'binary', type, size: BYTES, at: START });
      expect(message).toContain(`t${diagnosis}`);
      expect(hint.toLowerCase()).toContain(diagnosis.toLowerCase());
    });

    it('reports the size of the view and not of its buffer', () => {
      expect(errorAfter(new Uint16Array(buffer(), 8, 5)).lastSent).toMatchObject({
        type: 'Uint16Array',
        size: 10,
      });
      expect(errorAfter(new DataView(buffer(), 1_000)).lastSent).toMatchObject({
        type: 'DataView',
        size: 24,
      });
    });

    it('reports the type and size of an ArrayBuffer', () => {
      expect(errorAfter(buffer()).message).toContain('binary (ArrayBuffer, 1,024 bytes)');
    });

    it('reports the type and size of a Blob', () => {
      const error = errorAfter(new Blob(['x'.repeat(2_048)]));
      expect(error.lastSent).toMatchObject({ kind: 'binary', type: 'Blob', size: 2_048 });
      expect(error.message).toContain('binary (Blob, 2,048 bytes)');
    });

    it('reports the size of a text in bytes of UTF-8', () => {
      const error = errorAfter(new Uint8Array(3), 'naïve €');
      expect(error.lastSent).toEqual({ kind: 'text', type: 'string', size: 10, at: START });
      expect(error.message).toContain('text (string, 10 bytes)');
      expect(error.message).toContain('send binary');
    });

    it('reports size 0 for an empty frame', () => {
      expect(errorAfter('').lastSent).toMatchObject({ kind: 'text', size: 0 });
    });

    it('reports the type that the caller sent when the frame waited in the queue', () => {
      const harness = connect();
      harness.connection.send(new Float32Array(4));
      vi.advanceTimersByTime(40);
      harness.socket.accept().serverClose(1003);
      expect(harness.state.error?.lastSent).toEqual({
        kind: 'binary',
        type: 'Float32Array',
        size: 16,
        at: START + 40,
      });
    });

    it('reports a frame that an earlier socket sent', () => {
      const harness = connectOpen();
      harness.connection.send(new Uint8Array(7));
      harness.socket.drop();
      passDelay(harness);
      harness.socket.accept().serverClose(1003);
      expect(harness.state.error?.lastSent).toMatchObject({ type: 'Uint8Array', size: 7 });
    });

    it('ignores messages that were refused, queued or rejected by the contract', () => {
      const harness = connect();
      harness.connection.send('queued');
      expect(() => harness.connection.send({} as string)).toThrow(WebSocketError);
      harness.socket.serverClose(1003);
      expect(harness.state.error?.lastSent).toBeNull();
    });
  });

  it('removes URL queries and credentials from the close reason', () => {
    const { connection, socket } = connectOpen();
    socket.serverClose(1003, 'see wss://user:pass@example.com/x?token=secret');
    const { message, hint } = present(connection.getState().error);
    expect(message + hint).not.toMatch(/secret|pass/);
    expect(message).toContain('example.com/x');
  });
});

describe('the other terminal codes', () => {
  it.each<[number, string]>([
    [1007, 'contract'],
    [1008, 'policy'],
    [1009, 'contract'],
    [1010, 'contract'],
    [3000, 'policy'],
    [3003, 'policy'],
  ])('fail the connection: %i is of the kind %s', (code, kind) => {
    const harness = connectOpen();
    harness.socket.serverClose(code, 'no');
    vi.advanceTimersByTime(3_600_000);
    expect(harness.state).toMatchObject({ status: 'failed', error: { kind, code, close: { code } } });
    expect(harness.state.error!.message).toContain(String(code));
    expect(harness.server.dials).toBe(1);
  });

  it('include 1002, which gets one more dial and then fails with code 1002', () => {
    const harness = connectOpen();
    harness.socket.serverClose(1002, 'bad frame');
    passDelay(harness);
    harness.socket.accept().drop();
    expect(harness.state).toMatchObject({
      status: 'failed',
      attempt: 1,
      lastClose: { code: 1006 },
      error: { kind: 'contract', code: 1002 },
    });
    expect(harness.server.dials).toBe(2);
  });

  it('include 1002, which gets one more dial each time after the connection was stable', () => {
    const harness = connectOpen();
    for (let errors = 0; errors < 4; errors += 1) {
      harness.socket.serverClose(1002);
      passDelay(harness);
      harness.socket.accept();
      vi.advanceTimersByTime(5_000);
    }
    expect(harness.state.status).toBe('open');
  });

  it.each<[number, string]>([
    [4401, 'policy'],
    [1006, 'policy'],
  ])('can be extended by a rule: %i then fails with the kind %s', (code, kind) => {
    const { connection, socket } = connectOpen({ reconnect: { codes: { [code]: 'fail' } } });
    socket.serverClose(code);
    expect(connection.getState()).toMatchObject({ status: 'failed', error: { kind, code } });
  });
});
