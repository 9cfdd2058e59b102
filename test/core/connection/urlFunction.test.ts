// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import type { DialContext } from '../../../src/core/index.js';
import {
  type ConnectionHarness,
  connect,
  leaveNothingBehind,
  passDelay,
  settle,
  URL_A,
} from '../../support/connectionHarness.js';

leaveNothingBehind();

/** Creates a URL function whose promises the test resolves or rejects. */
function scriptedUrl() {
  const calls: { context: DialContext; resolve: (url: string) => void; reject: (error: unknown) => void }[] =
    [];
  const url = (context: DialContext) =>
    new Promise<string>((resolve, reject) => {
      calls.push({ context, resolve, reject });
    });
  return { url, calls };
}

/** A connection whose first dial calls reconnect() when it is aborted. */
function connectThatReconnectsOnAbort(): ConnectionHarness {
  let isFirst = true;
  const harness: ConnectionHarness = connect({
    url: ({ signal }) => {
      signal.addEventListener('abort', () => {
        if (isFirst) harness.connection.reconnect();
        isFirst = false;
      });
      return URL_A;
    },
  });
  return harness;
}

describe('a URL function', () => {
  it('is called for every dial, so that each has a fresh token', () => {
    let token = 0;
    const { server } = connect({ url: () => `${URL_A}?token=${(token += 1)}` });
    server.socket.refuse();
    vi.advanceTimersByTime(4_500);
    expect(server.sockets.map(({ url }) => url)).toEqual([`${URL_A}?token=1`, `${URL_A}?token=2`]);
  });

  it('leads to a dial in the same tick when it is synchronous, and to one dial later when it is not', async () => {
    expect(connect({ url: () => URL_A }).server.dials).toBe(1);
    const { server } = connect({ url: async () => new URL(URL_A) });
    expect(server.dials).toBe(0);
    await settle();
    expect(server.dials).toBe(1);
  });

  it('can be combined with a protocols function, which may be asynchronous', async () => {
    const contexts: DialContext[] = [];
    const harness = connect({
      url: URL_A,
      protocols: async (context) => {
        contexts.push(context);
        return ['auth', 'abc'];
      },
    });
    await settle();
    expect(harness.socket.protocols).toEqual(['auth', 'abc']);
    expect(contexts[0]).toMatchObject({ attempt: 0, lastClose: null });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no token');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no token'))],
  ])('counts as a failed attempt when it %s, and the error is reported', async (_, url) => {
    const harness = connect({ url });
    await settle();
    expect(harness.errors).toEqual([new Error('no token')]);
    expect(harness.closes).toHaveLength(1);
    expect(harness.closes[0]).toMatchObject({ code: 1006, opened: false });
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1, waitingFor: 'delay' });
    expect(harness.server.dials).toBe(0);
  });

  it('is called again after a rejection, and the connection recovers', async () => {
    const { url, calls } = scriptedUrl();
    const harness = connect({ url });
    for (let failures = 1; failures <= 3; failures += 1) {
      calls.at(-1)!.reject('offline');
      await settle();
      expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: failures });
      passDelay(harness);
    }
    calls.at(-1)!.resolve(URL_A);
    await settle();
    harness.socket.accept();
    expect(harness.state.status).toBe('open');
    expect(calls).toHaveLength(4);
    expect(harness.errors.every((error) => error instanceof Error)).toBe(true);
  });

  it('counts toward maxAttempts when it fails', async () => {
    const harness = connect({
      url: () => Promise.reject(new Error('no token')),
      reconnect: { maxAttempts: 1 },
    });
    await settle();
    vi.advanceTimersByTime(4_500);
    await settle();
    expect(harness.state).toMatchObject({ status: 'failed', attempt: 1, error: { kind: 'exhausted' } });
  });

  it('counts as a failed attempt when its protocols function rejects', async () => {
    const harness = connect({ protocols: () => Promise.reject(new Error('no token')) });
    await settle();
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
    expect(harness.server.dials).toBe(0);
  });

  it('is reported once when it rejects after the protocols function has thrown', async () => {
    const harness = connect({
      url: () => Promise.reject(new Error('no token')),
      protocols: () => {
        throw new Error('no protocol');
      },
    });
    await settle();
    expect(harness.errors.map(({ message }) => message)).toEqual(['no protocol']);
    expect(harness.closes).toHaveLength(1);
  });

  it('counts as a failed attempt after connectTimeout when it never resolves, and its late result is ignored', async () => {
    const { url, calls } = scriptedUrl();
    const harness = connect({ url, connectTimeout: 1_000 });
    vi.advanceTimersByTime(1_000);
    expect(calls[0]!.context.signal.aborted).toBe(true);
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
    calls[0]!.resolve('wss://example.com/late');
    await settle();
    expect(harness.server.dials).toBe(0);
    expect(harness.events.filter(({ type }) => type === 'dial')).toEqual([]);
  });

  it.each<[string, (harness: Pick<ConnectionHarness, 'connection' | 'release'>) => void]>([
    [
      'after the last user has released the connection',
      ({ release }) => {
        release();
        vi.advanceTimersByTime(0);
      },
    ],
    [
      'after close()',
      ({ connection }) => {
        connection.close();
      },
    ],
  ])('has no effect when it resolves or rejects late: %s', async (_, leave) => {
    for (const end of ['resolve', 'reject'] as const) {
      const { url, calls } = scriptedUrl();
      const harness = connect({ url });
      leave(harness);
      expect(calls[0]!.context.signal.aborted).toBe(true);
      calls[0]![end](URL_A);
      await settle();
      expect(harness.server.dials).toBe(0);
      expect(harness.errors).toEqual([]);
      expect(harness.state.status).toMatch(/idle|closed/);
    }
  });

  it('does not dial when a newer dial has replaced it', async () => {
    const { url, calls } = scriptedUrl();
    const harness = connect({ url });
    await settle();
    harness.connection.reconnect();
    expect(calls).toHaveLength(2);
    expect(calls.map(({ context }) => context.signal.aborted)).toEqual([true, false]);
    calls[1]!.resolve('wss://example.com/new');
    calls[0]!.resolve('wss://example.com/old');
    await settle();
    expect(harness.server.sockets.map((socket) => socket.url)).toEqual(['wss://example.com/new']);
  });

  it('has a signal that is not aborted while its dial is needed', async () => {
    const { url, calls } = scriptedUrl();
    const harness = connect({ url });
    calls[0]!.resolve(URL_A);
    await settle();
    harness.socket.accept();
    vi.advanceTimersByTime(60_000);
    expect(calls[0]!.context.signal.aborted).toBe(false);
  });

  it('has a signal whose listener may call reconnect()', () => {
    const harness = connectThatReconnectsOnAbort();
    harness.connection.close();
    expect(harness.closes).toHaveLength(1);
    expect(harness.state.status).toBe('connecting');
    harness.socket.accept();
    expect(harness.connection.send('x')).toBe('sent');
    expect(harness.events.map(({ type }) => type)).toEqual(['dial', 'close', 'dial', 'open', 'sent']);
  });

  it.each([
    [
      'the socket is lost',
      (harness: ConnectionHarness) => {
        harness.socket.accept();
        harness.socket.drop();
      },
    ],
    ['the dial is refused', (harness: ConnectionHarness) => harness.socket.refuse()],
    ['the dial times out', () => vi.advanceTimersByTime(20_000)],
  ])('has a signal whose listener may call reconnect() when %s, and the new dial goes on', (_, end) => {
    const harness = connectThatReconnectsOnAbort();
    end(harness);
    expect(harness.closes.length).toBeLessThanOrEqual(1);
    expect(harness.state.waitingFor).toBe('handshake');
    expect(harness.server.sockets.filter((socket) => socket.isLive)).toHaveLength(1);
    harness.socket.accept();
    expect(harness.state.status).toBe('open');
  });

  it('is not called again when a scheduled retry is cancelled', () => {
    let asked = 0;
    const harness = connect({
      url: () => {
        asked += 1;
        return URL_A;
      },
    });
    harness.socket.refuse();
    harness.connection.close();
    vi.advanceTimersByTime(60_000);
    expect(asked).toBe(1);
  });

  it('may close the connection for which it is called', async () => {
    const harness = connect({
      url: () => {
        harness.connection.close();
        return URL_A;
      },
      unused: true,
    });
    harness.connection.retain()();
    vi.advanceTimersByTime(0);
    await settle();
    expect(harness.server.sockets.filter((socket) => socket.isLive)).toEqual([]);
  });

  it.each(['', null, undefined])(
    'leads to a setup error when it returns %j, and never to a dial to the address of the page',
    async (nothing) => {
      const harness = connect({ url: async () => nothing! });
      await settle();
      expect(harness.server.dials).toBe(0);
      expect(harness.state).toMatchObject({ status: 'failed', error: { kind: 'setup' } });
    },
  );
});
