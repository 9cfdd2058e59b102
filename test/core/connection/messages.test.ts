// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import type { RawMessage } from '../../../src/core/index.js';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  takeReported,
} from '../../support/connectionHarness.js';

leaveNothingBehind();

describe('onMessage', () => {
  it('receives each message at once, in order, exactly once, with its event', () => {
    const { connection, socket, messages } = connectOpen();
    const seen: [RawMessage, unknown][] = [];
    connection.onMessage((message, event) => seen.push([message, event.data]));
    const all = Array.from({ length: 1_000 }, (_, index) => String(index));
    socket.message(...all);
    expect(messages).toEqual(all);
    expect(seen).toEqual(all.map((message) => [message, message]));
  });

  it('receives equal messages each time', () => {
    const { socket, messages } = connectOpen();
    socket.message('same', 'same');
    expect(messages).toEqual(['same', 'same']);
  });

  it('stops when the returned function is called, however often', () => {
    const { connection, socket } = connectOpen();
    const listener = vi.fn();
    const other = vi.fn();
    const stop = connection.onMessage(listener);
    connection.onMessage(other);
    socket.message('a');
    stop();
    stop();
    socket.message('b');
    expect(listener).toHaveBeenCalledTimes(1);
    expect(other).toHaveBeenCalledTimes(2);
  });

  it('reports a listener that throws and calls the next one', () => {
    const bug = new Error('a bug in a handler');
    const { connection, socket } = connectOpen();
    const seen: string[] = [];
    connection.onMessage(() => {
      throw bug;
    });
    connection.onMessage((message) => seen.push(message as string));
    socket.message('a', 'b');
    expect(seen).toEqual(['a', 'b']);
    expect(takeReported()).toEqual([bug, bug]);
    expect(connection.getState().status).toBe('open');
  });

  it('reports a listener that throws on the console if there is no reportError', () => {
    vi.stubGlobal('reportError', undefined);
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const { connection, socket } = connectOpen();
    connection.onMessage(() => {
      throw new Error('a bug');
    });
    socket.message('a');
    expect(log).toHaveBeenCalledExactlyOnceWith(new Error('a bug'));
  });

  it('skips no other listener when one unsubscribes itself and others', () => {
    const { connection, socket } = connectOpen();
    const seen: string[] = [];
    const stops = ['a', 'b', 'c', 'd'].map((name) =>
      connection.onMessage(() => {
        seen.push(name);
        if (name === 'a') stops[0]!();
        if (name === 'b') stops[2]!();
      }),
    );
    socket.message(1, 2);
    expect(seen).toEqual(['a', 'b', 'd', 'b', 'd']);
  });

  it('calls a listener that is added by a listener from the next message on', () => {
    const { connection, socket } = connectOpen();
    const seen: unknown[] = [];
    const stop = connection.onMessage(() => {
      stop();
      connection.onMessage((message) => seen.push(message));
    });
    socket.message('a', 'b');
    expect(seen).toEqual(['b']);
  });

  it('stays subscribed across sockets and ignores messages of an old one', () => {
    const harness = connectOpen();
    const [first] = harness.server.sockets;
    first!.drop();
    passDelay(harness);
    harness.socket.accept();
    first!.fire('message', { data: 'stale' });
    harness.socket.message('fresh');
    expect(harness.messages).toEqual(['fresh']);
  });

  it('delivers no further message after a listener closes the connection', () => {
    const { connection, socket, messages } = connectOpen();
    connection.onMessage(() => {
      connection.close();
    });
    socket.message('a', 'b');
    expect(messages).toEqual(['a']);
    expect(connection.getState().status).toBe('closed');
  });
});

describe('callbacks', () => {
  it('are reported when they throw, without any other effect', () => {
    const fail = (name: string) => () => {
      throw new Error(name);
    };
    const harness = connect({
      onOpen: fail('onOpen'),
      onMessage: fail('onMessage'),
      onClose: fail('onClose'),
      onError: fail('onError'),
      onDrop: fail('onDrop'),
    });
    harness.connection.subscribe(fail('subscribe'));
    harness.connection.onEvent(({ type }) => {
      if (type === 'open') throw new Error('onEvent');
    });
    harness.connection.send('queued');
    harness.socket.accept();
    harness.socket.message('a');
    expect(harness.socket.sent).toEqual(['queued']);
    harness.socket.beginServerClose();
    harness.connection.send('dropped');
    harness.socket.serverClose(1003);
    expect(harness.state.status).toBe('failed');
    const names = takeReported().map((error) => (error as Error).message);
    expect([...new Set(names)].sort()).toEqual([
      'onClose',
      'onDrop',
      'onError',
      'onEvent',
      'onMessage',
      'onOpen',
      'subscribe',
    ]);
  });

  it('see the new state', () => {
    const seen: string[] = [];
    const harness = connect({
      onOpen: () => seen.push(harness.state.status),
      onClose: () => seen.push(harness.state.status),
      onError: () => seen.push(harness.state.status),
    });
    harness.socket.accept().serverClose(1003);
    expect(seen).toEqual(['open', 'failed', 'failed']);
  });

  it('never report an open after the close that followed it', () => {
    const order: string[] = [];
    const harness = connect({ onOpen: () => order.push('open'), onClose: () => order.push('close') });
    harness.connection.subscribe(() => {
      if (harness.state.status === 'open') harness.connection.close();
    });
    harness.socket.accept();
    expect(harness.state.status).toBe('closed');
    expect(order.indexOf('open')).toBeLessThanOrEqual(order.indexOf('close'));
    expect(order.at(-1)).toBe('close');
  });

  it('report closes in the order in which they happened', () => {
    const harness = connectOpen();
    harness.connection.subscribe(() => {
      if (harness.state.status === 'reconnecting') harness.connection.close(4000);
    });
    harness.socket.serverClose(1012);
    expect(harness.closes.map(({ code }) => code)).toEqual([1012, 4000]);
  });

  it('may call close() in onOpen: no queued message is sent', () => {
    const harness = connect({
      onOpen: () => {
        harness.connection.close();
      },
    });
    harness.connection.send('queued');
    harness.socket.accept();
    expect(harness.socket.sent).toEqual([]);
    expect(harness.drops).toEqual([{ message: 'queued', reason: 'closed' }]);
  });

  it('may call reconnect() in onClose: one dial follows and no retry is scheduled', () => {
    const harness = connectOpen({
      onClose: () => {
        harness.connection.reconnect();
      },
    });
    harness.socket.serverClose(1012);
    vi.advanceTimersByTime(6_000);
    expect(harness.server.dials).toBe(2);
    expect(harness.state.waitingFor).toBe('handshake');
  });

  it('may call reconnect() in onError', () => {
    const harness = connectOpen({
      onError: () => {
        harness.connection.reconnect();
      },
    });
    harness.socket.serverClose(1003);
    expect(harness.state.status).toBe('connecting');
    harness.socket.accept();
    expect(harness.state.status).toBe('open');
  });

  it('passed to subscribe are not called after unsubscribing', () => {
    const { connection, socket } = connect();
    const watch = vi.fn();
    connection.subscribe(watch)();
    socket.accept();
    expect(watch).not.toHaveBeenCalled();
  });
});
