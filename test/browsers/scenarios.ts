/** The scenarios. Each runs in every browser and describes its result in the words of `expectedResults.ts`. */
import { expect } from 'vitest';
import type { CloseInfo, ReconnectOptions } from '../../src/index.js';
import type { RowName } from './expectedResults.js';
import type { AppPage, PageOptions, BrowserHarness } from './browserHarness.js';

/** Short delays; the window does not widen. */
const QUICK: ReconnectOptions = { minDelay: 50, maxDelay: 250, widenTo: 250 };

/** Without a timeout, a hanging attempt cannot be mistaken for a refused one. */
const NO_TIMEOUT = { connectTimeout: 1_000_000 };

const describeClose = ({ code, wasClean }: Pick<CloseInfo, 'code' | 'wasClean'>): string =>
  `${code}, ${wasClean ? 'clean' : 'unclean'}`;

/** The number of dials of the page's connection. */
const countDials = (page: AppPage): Promise<number> =>
  page.evaluate(() => window.underTest.events.filter(({ type }) => type === 'dial').length);

/** Waits until the connection has failed and describes its state. */
async function describeFailure(page: AppPage): Promise<string> {
  await page.untilStatus('failed');
  return page.evaluate(
    () => `\`${window.underTest.socket.status}\` (\`${window.underTest.socket.error?.kind}\`)`,
  );
}

async function describeClosesWith(
  harness: BrowserHarness,
  codes: readonly (number | null)[],
): Promise<string> {
  const server = await harness.startServer();
  const page = await harness.open(null);
  const seen = new Set<string>();
  for (const code of codes) {
    const close = await page.evaluate(
      (url) => {
        const connection = window.underTest.library.createConnection(url, { reconnect: false });
        const release = connection.retain();
        return new Promise<CloseInfo>((resolve) => {
          connection.subscribe(() => {
            const { lastClose } = connection.getState();
            if (lastClose === null) return;
            release();
            resolve(lastClose);
          });
        });
      },
      server.url(`/close${code === null ? '' : `?code=${code}`}`),
    );
    expect(close.opened).toBe(true);
    const name = code === null || close.code !== code ? String(close.code) : 'as sent';
    const reason = close.reason === 'as ordered' ? 'with the reason' : 'without the reason';
    seen.add(
      `${name}, ${close.wasClean ? 'clean' : 'unclean'}, ${code === null ? 'without a reason' : reason}`,
    );
  }
  return [...seen].join('; or ');
}

/** Sends one value of each kind to a server that rejects it, and describes the failure. */
async function describeRejection(
  harness: BrowserHarness,
  path: string,
  kinds: readonly string[],
): Promise<string> {
  const server = await harness.startServer();
  const page = await harness.open(null);
  const named: string[] = [];
  for (const kind of kinds) {
    const { status, error } = await page.evaluate(
      (url, wanted) => {
        const buffer = new Uint8Array(300).buffer;
        const values: Record<
          string,
          string | ArrayBuffer | Uint8Array<ArrayBuffer> | DataView<ArrayBuffer> | Blob
        > = {
          string: 'x'.repeat(300),
          ArrayBuffer: buffer,
          Uint8Array: new Uint8Array(buffer),
          DataView: new DataView(buffer),
          Blob: new Blob([buffer]),
        };
        const connection = window.underTest.library.createConnection(url);
        connection.retain();
        connection.send(values[wanted]!);
        return new Promise<{ status: string; error: Record<string, unknown> }>((resolve) => {
          connection.subscribe(() => {
            const { status, error } = connection.getState();
            if (error === null) return;
            const { kind, code, hint, lastSent, close } = error;
            resolve({ status, error: { kind, code, hint, lastSent, reason: close?.reason } });
          });
        });
      },
      server.url(path),
      kind,
    );
    expect(status).toBe('failed');
    expect(error).toMatchObject({
      kind: 'contract',
      code: 1003,
      reason: 'not this kind',
      lastSent: { kind: kind === 'string' ? 'text' : 'binary', type: kind, size: 300 },
    });
    if (kind === 'string' || String(error.hint).includes(kind)) named.push(kind);
  }
  const dials = server.record().dials[path]! / kinds.length;
  return `\`failed\` (\`contract\`), ${dials} attempt; the hint names the frame: ${named.join(', ')}`;
}

/** Opens the app with a connection that the browser should block. */
async function connectBlocked(harness: BrowserHarness, url: string, page: PageOptions): Promise<string> {
  const app = await harness.open(url, {
    ...page,
    options: { ...NO_TIMEOUT, reconnect: { ...QUICK, maxAttempts: 1 } },
  });
  await app.until(() => ['failed', 'open'].includes(window.underTest.socket.status));
  const { status } = await app.state();
  if (status === 'open') return '`open`';
  const dials = await countDials(app);
  const failure = await describeFailure(app);
  return dials > 1 ? `${dials} refused attempts, then ${failure}` : `${failure}, ${dials} attempt`;
}

/** Dials once and describes whether the socket opens. */
async function connectOnce(harness: BrowserHarness, url: string, protocols?: string): Promise<string> {
  const page = await harness.open(null);
  return page.evaluate(
    (to, offered) => {
      const connection = window.underTest.library.createConnection(to, {
        reconnect: false,
        ...(offered !== null && { protocols: offered }),
      });
      return new Promise<string>((resolve) => {
        connection.onEvent((event) => {
          if (event.type === 'open')
            resolve(`opens ${event.protocol ? `with ${event.protocol}` : 'without a subprotocol'}`);
          if (event.type === 'close')
            resolve(`${event.close.opened ? 'opens' : 'refused'}, ${event.close.code}`);
        });
        connection.retain();
      });
    },
    url,
    protocols ?? null,
  );
}

/** Describes whether a connection opens while another one to the same host waits for its handshake. */
async function connectBesideHangingDial(harness: BrowserHarness, isSamePort: boolean): Promise<string> {
  const hanging = await harness.startServer();
  const answering = isSamePort ? hanging : await harness.startServer({ host: hanging.host });
  const page = await harness.open(hanging.url('/mute'), {
    options: { connectTimeout: 15_000, reconnect: false },
  });
  await hanging.waitUntil(({ dials }) => dials['/mute'] === 1);
  return page.evaluate((url) => {
    const connection = window.underTest.library.createConnection(url);
    return new Promise<string>((resolve) => {
      connection.subscribe(() => {
        if (connection.getState().status !== 'open') return;
        const isWaiting = window.underTest.socket.connection?.getState().status === 'connecting';
        resolve(isWaiting ? 'opens at once' : 'waits until the first one times out');
      });
      connection.retain();
    });
  }, answering.url('/echo'));
}

export const scenarios: Record<RowName, (harness: BrowserHarness) => Promise<string>> = {
  async restart(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'), { options: { reconnect: QUICK } });
    await page.untilStatus('open');
    await server.restart();
    await page.until(
      () => window.underTest.socket.status === 'reconnecting' && window.underTest.socket.attempt >= 3,
    );
    const { cause, lastClose } = await page.state();
    expect(lastClose).toMatchObject({ code: 1006, opened: false });
    expect(await page.evaluate(() => window.underTest.socket.send('queued meanwhile'))).toBe('queued');
    const next = await harness.startServer(server);
    await page.untilStatus('open');
    await next.waitUntil(({ received }) => received.includes('queued meanwhile'));
    expect((await page.evaluate(() => window.underTest.statuses)).slice(-3)).toEqual([
      'open',
      'reconnecting',
      'open',
    ]);
    return `${describeClose(cause!)}; reconnects`;
  },

  async killed(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'), { options: { reconnect: QUICK } });
    await page.untilStatus('open');
    await server.kill();
    await page.untilStatus('reconnecting');
    const { cause } = await page.state();
    expect(cause?.opened).toBe(true);
    await harness.startServer(server);
    await page.untilStatus('open');
    return `${describeClose(cause!)}; reconnects`;
  },

  async stopped(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'), {
      options: {
        heartbeat: { message: 'ping', interval: 1_000, timeout: 500 },
        connectTimeout: 1_500,
        reconnect: QUICK,
      },
    });
    await page.untilStatus('open');
    server.process.kill('SIGSTOP');
    await page.untilStatus('reconnecting');
    const { cause } = await page.state();
    // The kernel of a stopped server accepts connections, and no handshake is answered.
    await page.until(() => window.underTest.socket.attempt >= 2);
    server.process.kill('SIGCONT');
    await page.untilStatus('open');
    return `${describeClose(cause!)}, while the server still hangs; reconnects when it continues`;
  },

  async flapping(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/flapping'), {
      options: { reconnect: { ...QUICK, maxAttempts: 3 } },
    });
    const failure = await describeFailure(page);
    return `${server.record().dials['/flapping']} attempts, then ${failure}`;
  },

  async longOutage(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'), {
      options: { ...NO_TIMEOUT, reconnect: { minDelay: 200, maxDelay: 400, widenTo: 400 } },
    });
    await page.untilStatus('open');
    await server.kill();
    const waits = await page.until(() => {
      const { events } = window.underTest;
      const waits: number[] = [];
      events.forEach(({ type, opened, at }, index) => {
        const dial = events[index - 1];
        if (type === 'close' && opened === false && dial?.type === 'dial') waits.push(at - dial.at);
      });
      return waits.length >= 9 && waits;
    });
    const [before = 0, last = 0] = waits.slice(-2);
    // Firefox's ninth delay is at least 5 s. The other browsers report a refusal at once.
    const isDelayed = last > 2_500;
    const growth = last / before;
    let isHandshake = false;
    if (isDelayed) {
      // The next attempt is delayed for longer than this one, so that its state can be read in time.
      await page.until(() => window.underTest.events.at(-1)?.type === 'dial');
      const { waitingFor, retryAt, status } = await page.state();
      isHandshake = status === 'reconnecting' && waitingFor === 'handshake' && retryAt === null;
    }
    await harness.startServer(server);
    await page.untilStatus('open');
    if (!isDelayed) return 'not at all';
    const factor = growth > 1.3 && growth < 1.7 ? '1.5' : String(growth);
    return `${factor} times as long after each refusal${isHandshake ? '; meanwhile `waitingFor` is `handshake`' : ''}`;
  },

  hangingSamePort: (harness) => connectBesideHangingDial(harness, true),
  hangingOtherPort: (harness) => connectBesideHangingDial(harness, false),

  codes: (harness) =>
    describeClosesWith(
      harness,
      [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3003, 3008, 4000, 4999],
    ),
  serviceCodes: (harness) => describeClosesWith(harness, [1012, 1013, 1014]),
  noCode: (harness) => describeClosesWith(harness, [null]),

  async invalidText(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/invalid-utf8'), {
      options: { reconnect: { maxAttempts: 1 } },
    });
    await page.untilStatus('reconnecting');
    const { cause } = await page.state();
    return `${describeClose(cause!)}, ${cause!.reason === '' ? 'without' : 'with'} the reason`;
  },

  textRejected: (harness) => describeRejection(harness, '/binary-only', ['string']),
  binaryRejected: (harness) =>
    describeRejection(harness, '/text-only', ['ArrayBuffer', 'Uint8Array', 'DataView', 'Blob']),

  async contentSecurityPolicy(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'), {
      csp: "connect-src 'none'",
      options: { ...NO_TIMEOUT, reconnect: { ...QUICK, maxAttempts: 2 } },
    });
    const failure = await describeFailure(page);
    const { hint, message } = await page.evaluate(() => {
      const { hint = '', message = '' } = window.underTest.socket.error ?? {};
      return { hint, message };
    });
    // The message has the browser's sentence without the name and the source location of the exception.
    expect(message).not.toMatch(/nsresult|\[Exception/);
    const dials = await countDials(page);
    return `${failure}, ${dials} attempt; the hint ${hint.includes('connect-src') ? 'names' : 'does not name'} \`connect-src\``;
  },

  mixedContent: (harness) => connectBlocked(harness, 'ws://quotes.example/', { isSecure: true }),
  async mixedLoopback(harness) {
    const server = await harness.startServer();
    return connectBlocked(harness, server.url('/echo'), { isSecure: true });
  },
  blockedPort: (harness) => connectBlocked(harness, `ws://${harness.newHost()}:25/`, {}),

  async badCertificate(harness) {
    const server = await harness.startSecureServer();
    return connectOnce(harness, server.url('/echo'));
  },
  async plainServer(harness) {
    const server = await harness.startServer();
    return connectOnce(harness, server.url('/echo').replace('ws:', 'wss:'));
  },
  async otherSubprotocol(harness) {
    const server = await harness.startServer();
    return connectOnce(harness, server.url('/pick?protocol=other'), 'quotes.v1');
  },
  async noSubprotocol(harness) {
    const server = await harness.startServer();
    return connectOnce(harness, server.url('/pick'), 'quotes.v1');
  },
  async unaskedSubprotocol(harness) {
    const server = await harness.startServer();
    return connectOnce(harness, server.url('/pick?protocol=unasked'));
  },

  async strictMode(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'), { isStrict: true });
    await page.untilStatus('open');
    const { '/echo': dials } = server.record().dials;
    const consoleMessages = [
      ...(await page.evaluate(() => window.underTest.consoleMessages)),
      ...(page.console() ?? []),
    ].filter((text) => !text.includes('React DevTools'));
    expect(consoleMessages).toEqual([]);
    const limit = page.console() === null ? ' (messages of the browser itself cannot be read)' : '';
    return `${dials} attempt; nothing in the console${limit}`;
  },

  async reload(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'));
    await page.untilStatus('open');
    await page.evaluate(() => {
      window.isSameDocument = true;
    });
    await page.reload();
    await page.until(() => window.isSameDocument !== true && window.underTest.socket.status === 'open');
    await server.waitUntil(({ closes }) => closes['/echo'] !== undefined);
    const { dials, closes } = server.record();
    return `the server sees ${closes['/echo']!.join(', ')}; ${dials['/echo']! - 1} new attempt`;
  },

  async reloadWhileConnecting(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/mute-once'));
    await server.waitUntil(({ dials }) => dials['/mute-once'] === 1);
    await page.evaluate(() => {
      window.isSameDocument = true;
    });
    await page.reload();
    await page.until(() => window.isSameDocument !== true && window.underTest.socket.status === 'open');
    return `${server.record().dials['/mute-once']! - 1} new attempt`;
  },

  async leaveWhileOpen(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'), { options: { reconnect: QUICK } });
    await page.untilStatus('open');
    await page.evaluate(() => {
      window.isSameDocument = true;
    });
    await page.leave();
    await page.back();
    await page.until(
      () =>
        window.underTest.socket.status === 'open' &&
        (window.isSameDocument !== true || window.underTest.statuses.length > 3),
    );
    const isCached = await page.evaluate(() => window.isSameDocument === true);
    const { lastClose } = await page.state();
    const dials = `${server.record().dials['/echo']! - 1} new attempt`;
    if (!isCached) return `reloaded; ${dials}`;
    return `from the back/forward cache; ${describeClose(lastClose!)}; ${dials}`;
  },

  async leaveWhileWaiting(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/echo'), {
      options: { reconnect: { minDelay: 5_000, maxDelay: 5_000, widenTo: 5_000 } },
    });
    await page.untilStatus('open');
    server.close(1012);
    await page.untilStatus('reconnecting');
    const { retryAt } = await page.state();
    await page.evaluate(() => {
      window.isSameDocument = true;
    });
    await page.leave();
    await page.until((time) => Date.now() > time + 500, retryAt!);
    await page.back();
    await page.untilStatus('open');
    const { isCached, left, waited } = await page.evaluate((time) => {
      const at = (wanted: string) =>
        Math.max(...window.underTest.events.filter(({ type }) => type === wanted).map(({ at }) => at));
      return {
        isCached: window.isSameDocument === true,
        // The rest of the delay when the page entered the cache, where timers stop.
        left: time - performance.timeOrigin - at('pagehide'),
        waited: at('dial') - at('pageshow'),
      };
    }, retryAt!);
    return `${isCached ? 'from the back/forward cache' : 'reloaded'}; the next attempt starts ${waited < left / 2 ? 'immediately' : 'late'}`;
  },

  async burst(harness) {
    const server = await harness.startServer();
    const page = await harness.open(server.url('/burst'));
    await page.untilStatus('open');
    const count = () => ({ renders: window.underTest.renders, frames: window.underTest.frames });
    const before = await page.evaluate(count);
    await page.evaluate(() => window.underTest.socket.send('20000'));
    await page.until(() => window.underTest.reduced === 20_000);
    const after = await page.evaluate(count);
    const received = await page.evaluate(() => window.underTest.received.length);
    expect(received).toBe(20_000);
    const isAtMostOncePerFrame = after.renders - before.renders <= after.frames - before.frames + 1;
    return `all of them reach the handler and the reducer; ${isAtMostOncePerFrame ? 'at most 1 render per frame' : 'more renders than frames'}`;
  },

  async binaryTypes(harness) {
    const server = await harness.startServer();
    const page = await harness.open(null);
    const seen: string[] = [];
    for (const binaryType of ['arraybuffer', 'blob'] as const) {
      const answers = await page.evaluate(
        (url, type) => {
          const connection = window.underTest.library.createConnection(url, { binaryType: type });
          const bytes = new Uint8Array(64).map((_, index) => index);
          const sendAll = (): void => {
            connection.send('text');
            connection.send(bytes.buffer);
            connection.send(bytes.subarray(8, 24));
            connection.send(new DataView(bytes.buffer, 4, 12));
            connection.send(new Blob([bytes, bytes]));
            connection.send('');
            connection.send(new ArrayBuffer(0));
          };
          const answers: Promise<readonly [type: string, size: number, sum: number]>[] = [];
          const read = async (data: unknown) => {
            if (typeof data === 'string') return ['string', data.length, 0] as const;
            const all = new Uint8Array(
              data instanceof Blob ? await data.arrayBuffer() : (data as ArrayBuffer),
            );
            const sum = all.reduce((total, byte) => total + byte, 0);
            return [data instanceof Blob ? 'Blob' : 'ArrayBuffer', all.length, sum] as const;
          };
          return new Promise<readonly (readonly [type: string, size: number, sum: number])[]>((resolve) => {
            connection.onMessage((message) => {
              answers.push(read(message));
              if (answers.length === 7) sendAll();
              if (answers.length === 14) resolve(Promise.all(answers));
            });
            connection.retain();
            sendAll();
          });
        },
        server.url('/echo'),
        binaryType,
      );
      const kind = answers[1]![0];
      const once = [
        ['string', 4, 0],
        [kind, 64, 2_016],
        [kind, 16, 248],
        [kind, 12, 114],
        [kind, 128, 4_032],
        ['string', 0, 0],
        [kind, 0, 0],
      ];
      expect(answers).toEqual([...once, ...once]);
      seen.push(kind);
    }
    return `arrive complete and in order, binary ones as ${seen.join(' and as ')}`;
  },
};

declare global {
  interface Window {
    /** Set by a test to notice whether the document is still the same one. */
    isSameDocument?: boolean;
  }
}
