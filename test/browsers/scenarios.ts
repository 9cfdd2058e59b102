/** The scenarios: each is played in every browser and returns what it has seen, in the words of differences.ts. */
import { expect } from 'vitest';
import type { CloseInfo, ReconnectOptions } from '../../src/index.js';
import type { RowName } from './differences.js';
import type { AppPage, PageOptions, Workbench } from './workbench.js';

/** Short delays; the window does not widen. */
const QUICK: ReconnectOptions = { minDelay: 50, maxDelay: 250, widenTo: 250 };

/** An attempt that hangs is never given up, so that a scenario cannot mistake it for a refusal. */
const NO_TIMEOUT = { connectTimeout: 1_000_000 };

const describeClose = ({ code, wasClean }: Pick<CloseInfo, 'code' | 'wasClean'>): string =>
  `${code}, ${wasClean ? 'clean' : 'unclean'}`;

/** How often the connection of the page has dialled. */
const countDials = (page: AppPage): Promise<number> =>
  page.evaluate(() => window.underTest.moments.filter(({ type }) => type === 'dial').length);

/** What a failed connection says of itself. */
async function describeFailure(page: AppPage): Promise<string> {
  await page.untilStatus('failed');
  return page.evaluate(
    () => `\`${window.underTest.socket.status}\` (\`${window.underTest.socket.error?.kind}\`)`,
  );
}

async function playClosedWith(bench: Workbench, codes: readonly (number | null)[]): Promise<string> {
  const server = await bench.startServer();
  const page = await bench.open(null);
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

/** Sends one value of each kind to a server that rejects it. */
async function playRejected(bench: Workbench, path: string, kinds: readonly string[]): Promise<string> {
  const server = await bench.startServer();
  const page = await bench.open(null);
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
  const dials = server.seen().dials[path]! / kinds.length;
  return `\`failed\` (\`contract\`), ${dials} attempt; the hint names the frame: ${named.join(', ')}`;
}

/** Opens the app with a connection that the browser should refuse. */
async function playForbidden(bench: Workbench, url: string, page: PageOptions): Promise<string> {
  const app = await bench.open(url, {
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

/** Dials once and says whether the browser has let it be. */
async function playHandshake(bench: Workbench, url: string, protocols?: string): Promise<string> {
  const page = await bench.open(null);
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

/** Whether a connection opens while another one to the same host still waits for its handshake. */
async function playSilentSibling(bench: Workbench, isSamePort: boolean): Promise<string> {
  const silent = await bench.startServer();
  const good = isSamePort ? silent : await bench.startServer({ host: silent.host });
  const page = await bench.open(silent.url('/mute'), {
    options: { connectTimeout: 15_000, reconnect: false },
  });
  await silent.until(({ dials }) => dials['/mute'] === 1);
  return page.evaluate((url) => {
    const connection = window.underTest.library.createConnection(url);
    return new Promise<string>((resolve) => {
      connection.subscribe(() => {
        if (connection.getState().status !== 'open') return;
        const isWaiting = window.underTest.socket.connection?.getState().status === 'connecting';
        resolve(isWaiting ? 'opens at once' : 'waits until the first is given up');
      });
      connection.retain();
    });
  }, good.url('/echo'));
}

export const scenarios: Record<RowName, (bench: Workbench) => Promise<string>> = {
  async restart(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'), { options: { reconnect: QUICK } });
    await page.untilStatus('open');
    await server.restart();
    await page.until(
      () => window.underTest.socket.status === 'reconnecting' && window.underTest.socket.attempt >= 3,
    );
    const { cause, lastClose } = await page.state();
    expect(lastClose).toMatchObject({ code: 1006, opened: false });
    expect(await page.evaluate(() => window.underTest.socket.send('queued meanwhile'))).toBe('queued');
    const next = await bench.startServer(server);
    await page.untilStatus('open');
    await next.until(({ received }) => received.includes('queued meanwhile'));
    expect((await page.evaluate(() => window.underTest.statuses)).slice(-3)).toEqual([
      'open',
      'reconnecting',
      'open',
    ]);
    return `${describeClose(cause!)}; reconnects`;
  },

  async killed(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'), { options: { reconnect: QUICK } });
    await page.untilStatus('open');
    await server.kill();
    await page.untilStatus('reconnecting');
    const { cause } = await page.state();
    expect(cause?.opened).toBe(true);
    await bench.startServer(server);
    await page.untilStatus('open');
    return `${describeClose(cause!)}; reconnects`;
  },

  async stopped(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'), {
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
    return `${describeClose(cause!)}, while the server still hangs; reconnects when it goes on`;
  },

  async flapping(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/flapping'), {
      options: { reconnect: { ...QUICK, maxAttempts: 3 } },
    });
    const failure = await describeFailure(page);
    return `${server.seen().dials['/flapping']} attempts, then ${failure}`;
  },

  async longOutage(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'), {
      options: { ...NO_TIMEOUT, reconnect: { minDelay: 200, maxDelay: 400, widenTo: 400 } },
    });
    await page.untilStatus('open');
    await server.kill();
    const waits = await page.until(() => {
      const { moments } = window.underTest;
      const waits: number[] = [];
      moments.forEach(({ type, opened, at }, index) => {
        const dial = moments[index - 1];
        if (type === 'close' && opened === false && dial?.type === 'dial') waits.push(at - dial.at);
      });
      return waits.length >= 9 && waits;
    });
    const [before = 0, last = 0] = waits.slice(-2);
    // Firefox's ninth delay is at least 5 s; the other browsers refuse as fast as the machine does.
    const isHeldBack = last > 2_500;
    const growth = last / before;
    let isHandshake = false;
    if (isHeldBack) {
      // The next attempt is held back for longer than the one before it: there is time to look.
      await page.until(() => window.underTest.moments.at(-1)?.type === 'dial');
      const { waitingFor, retryAt, status } = await page.state();
      isHandshake = status === 'reconnecting' && waitingFor === 'handshake' && retryAt === null;
    }
    await bench.startServer(server);
    await page.untilStatus('open');
    if (!isHeldBack) return 'not at all';
    const grows = growth > 1.3 && growth < 1.7 ? 'half as long again' : `${growth} times as long`;
    return `${grows} after each refusal${isHandshake ? '; meanwhile `waitingFor` is `handshake`' : ''}`;
  },

  silentSamePort: (bench) => playSilentSibling(bench, true),
  silentOtherPort: (bench) => playSilentSibling(bench, false),

  codes: (bench) =>
    playClosedWith(
      bench,
      [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3003, 3008, 4000, 4999],
    ),
  serviceCodes: (bench) => playClosedWith(bench, [1012, 1013, 1014]),
  noCode: (bench) => playClosedWith(bench, [null]),

  async invalidText(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/invalid-utf8'), {
      options: { reconnect: { maxAttempts: 1 } },
    });
    await page.untilStatus('reconnecting');
    const { cause } = await page.state();
    return `${describeClose(cause!)}, ${cause!.reason === '' ? 'without' : 'with'} the reason`;
  },

  textRejected: (bench) => playRejected(bench, '/binary-only', ['string']),
  binaryRejected: (bench) =>
    playRejected(bench, '/text-only', ['ArrayBuffer', 'Uint8Array', 'DataView', 'Blob']),

  async policy(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'), {
      csp: "connect-src 'none'",
      options: { ...NO_TIMEOUT, reconnect: { ...QUICK, maxAttempts: 2 } },
    });
    const failure = await describeFailure(page);
    const { hint, message } = await page.evaluate(() => {
      const { hint = '', message = '' } = window.underTest.socket.error ?? {};
      return { hint, message };
    });
    // Of the browser's own words the sentence is shown, and neither the name nor the place of an exception.
    expect(message).not.toMatch(/nsresult|\[Exception/);
    const dials = await countDials(page);
    return `${failure}, ${dials} attempt; the hint ${hint.includes('connect-src') ? 'names' : 'does not name'} \`connect-src\``;
  },

  mixedContent: (bench) => playForbidden(bench, 'ws://quotes.example/', { isSecure: true }),
  async mixedLoopback(bench) {
    const server = await bench.startServer();
    return playForbidden(bench, server.url('/echo'), { isSecure: true });
  },
  blockedPort: (bench) => playForbidden(bench, `ws://${bench.newHost()}:25/`, {}),

  async badCertificate(bench) {
    const server = await bench.startSecureServer();
    return playHandshake(bench, server.url('/echo'));
  },
  async plainServer(bench) {
    const server = await bench.startServer();
    return playHandshake(bench, server.url('/echo').replace('ws:', 'wss:'));
  },
  async otherSubprotocol(bench) {
    const server = await bench.startServer();
    return playHandshake(bench, server.url('/pick?protocol=other'), 'quotes.v1');
  },
  async noSubprotocol(bench) {
    const server = await bench.startServer();
    return playHandshake(bench, server.url('/pick'), 'quotes.v1');
  },
  async unaskedSubprotocol(bench) {
    const server = await bench.startServer();
    return playHandshake(bench, server.url('/pick?protocol=unasked'));
  },

  async strictMode(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'), { isStrict: true });
    await page.untilStatus('open');
    const { '/echo': dials } = server.seen().dials;
    const said = [...(await page.evaluate(() => window.underTest.said)), ...(page.console() ?? [])].filter(
      (text) => !text.includes('React DevTools'),
    );
    expect(said).toEqual([]);
    const limit = page.console() === null ? ' (messages of the browser itself cannot be read)' : '';
    return `${dials} attempt; nothing in the console${limit}`;
  },

  async reload(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'));
    await page.untilStatus('open');
    await page.evaluate(() => {
      window.isMarked = true;
    });
    await page.reload();
    await page.until(() => window.isMarked !== true && window.underTest.socket.status === 'open');
    await server.until(({ closes }) => closes['/echo'] !== undefined);
    const { dials, closes } = server.seen();
    return `the server sees ${closes['/echo']!.join(', ')}; ${dials['/echo']! - 1} new attempt`;
  },

  async reloadWhileConnecting(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/mute-once'));
    await server.until(({ dials }) => dials['/mute-once'] === 1);
    await page.evaluate(() => {
      window.isMarked = true;
    });
    await page.reload();
    await page.until(() => window.isMarked !== true && window.underTest.socket.status === 'open');
    return `${server.seen().dials['/mute-once']! - 1} new attempt`;
  },

  async awayWhileOpen(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'), { options: { reconnect: QUICK } });
    await page.untilStatus('open');
    await page.evaluate(() => {
      window.isMarked = true;
    });
    await page.leave();
    await page.back();
    await page.until(
      () =>
        window.underTest.socket.status === 'open' &&
        (window.isMarked !== true || window.underTest.statuses.length > 3),
    );
    const isCached = await page.evaluate(() => window.isMarked === true);
    const { lastClose } = await page.state();
    const dials = `${server.seen().dials['/echo']! - 1} new attempt`;
    if (!isCached) return `loaded anew; ${dials}`;
    return `from the back/forward cache; ${describeClose(lastClose!)}; ${dials}`;
  },

  async awayWhileWaiting(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/echo'), {
      options: { reconnect: { minDelay: 5_000, maxDelay: 5_000, widenTo: 5_000 } },
    });
    await page.untilStatus('open');
    server.close(1012);
    await page.untilStatus('reconnecting');
    const { retryAt } = await page.state();
    await page.evaluate(() => {
      window.isMarked = true;
    });
    await page.leave();
    await page.until((time) => Date.now() > time + 500, retryAt!);
    await page.back();
    await page.untilStatus('open');
    const { isCached, left, waited } = await page.evaluate((time) => {
      const at = (wanted: string) =>
        Math.max(...window.underTest.moments.filter(({ type }) => type === wanted).map(({ at }) => at));
      return {
        isCached: window.isMarked === true,
        // What was left of the delay when the page went into the cache, where timers stop.
        left: time - performance.timeOrigin - at('pagehide'),
        waited: at('dial') - at('pageshow'),
      };
    }, retryAt!);
    return `${isCached ? 'from the back/forward cache' : 'loaded anew'}; attempts ${waited < left / 2 ? 'at once' : 'late'}`;
  },

  async burst(bench) {
    const server = await bench.startServer();
    const page = await bench.open(server.url('/burst'));
    await page.untilStatus('open');
    const count = () => ({ renders: window.underTest.renders, frames: window.underTest.frames });
    const before = await page.evaluate(count);
    await page.evaluate(() => window.underTest.socket.send('20000'));
    await page.until(() => window.underTest.folded === 20_000);
    const after = await page.evaluate(count);
    const received = await page.evaluate(() => window.underTest.received.length);
    expect(received).toBe(20_000);
    const isPaced = after.renders - before.renders <= after.frames - before.frames + 1;
    return `all of them reach the handler and the reducer; ${isPaced ? 'at most 1 render a frame' : 'more renders than frames'}`;
  },

  async binaryTypes(bench) {
    const server = await bench.startServer();
    const page = await bench.open(null);
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
    return `arrive in order and complete, binary ones as ${seen.join(' and as ')}`;
  },
};

declare global {
  interface Window {
    /** Set by a test; gone when the page is loaded anew. */
    isMarked?: boolean;
  }
}
