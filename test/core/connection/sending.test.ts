// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { text, WebSocketError } from '../../../src/core/index.js';
import { connect, connectOpen, leaveNothingBehind, passDelay } from '../../support/connectionHarness.js';

leaveNothingBehind();

describe('send()', () => {
  it("passes a message to an open socket and returns 'sent'", () => {
    const { connection, socket } = connectOpen();
    const bytes = new Uint8Array([1, 2, 3]);
    expect(connection.send('hello')).toBe('sent');
    expect(connection.send(bytes)).toBe('sent');
    expect(connection.send(bytes.buffer)).toBe('sent');
    expect(socket.sent).toEqual(['hello', bytes, bytes.buffer]);
  });

  it("queues a message in every state that may still open and returns 'queued'", () => {
    const harness = connect({ unused: true });
    expect(harness.connection.send('idle')).toBe('queued');
    const release = harness.connection.retain();
    expect(harness.connection.send('connecting')).toBe('queued');
    harness.socket.refuse();
    expect(harness.connection.send('waiting')).toBe('queued');
    passDelay(harness);
    expect(harness.connection.send('dialling')).toBe('queued');
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['idle', 'connecting', 'waiting', 'dialling']);
    release();
    vi.advanceTimersByTime(0);
  });

  it("refuses a message when the connection is closed or failed and returns 'refused'", () => {
    const closed = connectOpen();
    closed.connection.close();
    expect(closed.connection.send('x')).toBe('refused');
    const failed = connectOpen();
    failed.socket.serverClose(1003);
    expect(failed.connection.send('x')).toBe('refused');
    for (const { drops, socket } of [closed, failed]) expect([drops, socket.sent]).toEqual([[], []]);
  });

  it('never sends a message twice', () => {
    const harness = connectOpen();
    harness.connection.send('order');
    harness.socket.drop();
    passDelay(harness);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual([]);
  });

  it('throws for data that no socket can send', () => {
    const harness = connectOpen();
    for (const nonsense of [{}, [], null, undefined, 5, true, new Map(), () => {}]) {
      const send = () => harness.connection.send(nonsense as string);
      expect(send).toThrow(WebSocketError);
      expect(send).toThrow(expect.objectContaining({ kind: 'contract', direction: 'outgoing' }));
    }
    expect(harness.socket.sent).toEqual([]);
    expect(harness.errors).toEqual([]);
  });

  it('throws for a message that breaks the contract in every state and queues nothing', () => {
    const harness = connect({ contract: text() });
    expect(() => harness.connection.send(new Uint8Array(1) as unknown as string)).toThrow(WebSocketError);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual([]);
  });
});
