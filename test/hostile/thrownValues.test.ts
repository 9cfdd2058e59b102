import { describe, expect, it, vi } from 'vitest';
import { json, type WebSocketError } from '../../src/core/index.js';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  settle,
  URL_A,
} from '../support/connectionHarness.js';
import { createFakeServer } from '../support/fakeSocket.js';
import { thrownValues } from './hostileValues.js';

leaveNothingBehind();

/** The ways in which a function of the user fails. */
const failures: readonly (readonly [string, (value: unknown) => () => never])[] = [
  [
    'throws',
    (value) => () => {
      throw value;
    },
  ],
  [
    'rejects with',
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- this is what is tested
    (value) => () => Promise.reject(value) as never,
  ],
];

describe.each(failures)('a URL or protocols function that %s', (_, fail) => {
  it.each(thrownValues)('%s is a failed dial, and the next dial follows', async (_name, create) => {
    for (const source of ['url', 'protocols'] as const) {
      const failing = fail(create());
      let works = false;
      const options =
        source === 'url'
          ? { url: () => (works ? URL_A : failing()) }
          : { protocols: () => (works ? undefined : failing()) };
      const harness = connect(options);
      await settle();
      expect(harness.state.status, source).toBe('reconnecting');
      expect(harness.errors, source).toHaveLength(1);
      expect(harness.errors[0], source).toBeInstanceOf(Error);
      works = true;
      passDelay(harness);
      await settle();
      harness.socket.accept();
      expect(harness.state.status, source).toBe('open');
    }
  });
});

describe('a WebSocket class whose constructor throws', () => {
  it.each(thrownValues)('%s is a setup error, and reconnect() can make it good', (_name, create) => {
    const server = createFakeServer();
    let works = false;
    const harness = connect({
      server,
      WebSocket: function makeSocket(url: string, protocols?: string[]) {
        if (!works) throw create();
        return new server.WebSocket(url, protocols);
      } as unknown as typeof server.WebSocket,
    });
    expect(harness.state).toMatchObject({ status: 'failed', error: { kind: 'setup' } });
    expect(harness.errors).toHaveLength(1);
    expect(typeof harness.errors[0]!.message).toBe('string');
    works = true;
    harness.connection.reconnect();
    // In a later task, because a dial of this one has failed.
    vi.advanceTimersByTime(0);
    harness.socket.accept();
    expect(harness.state.status).toBe('open');
  });
});

/** Those that have no text, so that they cannot be a URL either. */
const valuesWithoutText = thrownValues.filter(([, create]) => {
  try {
    String(create());
    return false;
  } catch {
    return true;
  }
});

describe('a URL function', () => {
  it.each(valuesWithoutText)('that returns or resolves to %s makes a failed dial', async (_name, create) => {
    for (const url of [() => create() as string, () => Promise.resolve(create() as string)]) {
      const harness = connect({ url });
      await settle();
      expect(harness.state).toMatchObject({ status: 'reconnecting', waitingFor: 'delay' });
      expect(harness.errors).toHaveLength(1);
    }
  });
});

describe('a contract that throws', () => {
  it.each(thrownValues)(
    '%s makes an incoming message a violation, and the connection goes on',
    (_name, create) => {
      let works = false;
      const harness = connectOpen<string, string>({
        contract: {
          ...json<string, string>(),
          decode(data) {
            if (!works) throw create();
            return data as string;
          },
        },
      });
      harness.socket.message('bad');
      expect(harness.errors).toHaveLength(1);
      expect((harness.errors[0] as WebSocketError).kind).toBe('contract');
      works = true;
      harness.socket.message('good');
      expect(harness.messages).toEqual(['good']);
    },
  );

  it.each(thrownValues)('%s makes send() throw a contract error, and nothing is sent', (_name, create) => {
    const harness = connectOpen<string, string>({
      contract: {
        ...json<string, string>(),
        encode() {
          throw create();
        },
      },
    });
    let thrown: unknown;
    try {
      harness.connection.send('message');
    } catch (error) {
      thrown = error;
    }
    expect((thrown as WebSocketError).kind).toBe('contract');
    expect(harness.socket.sent).toEqual([]);
  });
});

/** Ways in which reporting an exception itself fails. */
const reporters: readonly (readonly [string, () => void])[] = [
  [
    'reportError throws',
    () => {
      vi.stubGlobal('reportError', () => {
        throw new Error('reportError is broken.');
      });
    },
  ],
  [
    'console.error throws and there is no reportError',
    () => {
      vi.stubGlobal('reportError', undefined);
      vi.spyOn(console, 'error').mockImplementation(() => {
        throw new Error('console.error is broken.');
      });
    },
  ],
  [
    'there is neither reportError nor console',
    () => {
      vi.stubGlobal('reportError', undefined);
      vi.stubGlobal('console', undefined);
    },
  ],
  [
    'reportError is not a function',
    () => {
      vi.stubGlobal('reportError', {});
    },
  ],
];

describe.each(reporters)('where %s', (_, breakReporting) => {
  it.each(thrownValues)(
    'callbacks and listeners that all throw %s do not stop a connection',
    (_name, create) => {
      const calls: string[] = [];
      const failing = (name: string) => (): never => {
        calls.push(name);
        throw create();
      };
      const harness = connect({
        unused: true,
        sendQueue: { maxAge: 1 },
        reconnect: { decide: failing('decide') },
        random: failing('random'),
        topics: { of: failing('of') },
        onOpen: failing('onOpen'),
        onMessage: failing('onMessage'),
        onClose: failing('onClose'),
        onError: failing('onError'),
        onDrop: failing('onDrop'),
      });
      harness.connection.subscribe(failing('subscribe'));
      harness.connection.onEvent(failing('onEvent'));
      harness.connection.onMessage(failing('listener'));
      harness.connection.onMessage(failing('topic listener'), { topic: 'a' });
      breakReporting();
      const release = harness.connection.retain();
      for (let round = 0; round < 3; round += 1) {
        harness.socket.accept();
        harness.socket.message('message');
        harness.socket.drop();
        harness.connection.send('expires');
        passDelay(harness);
        expect(harness.state, `round ${round}`).toMatchObject({
          status: 'reconnecting',
          waitingFor: 'handshake',
        });
      }
      harness.socket.accept().serverClose(1003);
      expect(harness.state.status).toBe('failed');
      release();
      vi.advanceTimersByTime(0);
      expect(harness.server.sockets).toHaveLength(4);
      const names = ['decide', 'random', 'of', 'onOpen', 'onMessage', 'onClose', 'onError', 'onDrop'];
      expect(new Set(calls)).toEqual(new Set([...names, 'subscribe', 'onEvent', 'listener']));
      vi.unstubAllGlobals();
    },
  );
});
