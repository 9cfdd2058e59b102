import { describe, expect, it } from 'vitest';
import { endAfterEach, QUICK, startServer } from '../faults/bench.js';
import { elsewhere, openBrowser, openPage, untilStatus } from './browserBench.js';

openBrowser();
endAfterEach();

const options = { reconnect: QUICK };

describe('a page, in Chromium and against a real server', () => {
  it('is back after a restart (1012) with a real outage, through refused dials', async () => {
    const server = await startServer();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await untilStatus(page, 'open');
    await server.restart();
    await page.waitForFunction(
      () => window.app.socket.status === 'reconnecting' && window.app.socket.attempt >= 3,
    );
    expect(await page.evaluate(() => window.app.socket.cause)).toMatchObject({
      code: 1012,
      reason: 'deploying',
      wasClean: true,
    });
    expect(await page.evaluate(() => window.app.socket.lastClose)).toMatchObject({
      code: 1006,
      opened: false,
    });
    await startServer({ port: server.port });
    await untilStatus(page, 'open');
    expect(await page.evaluate(() => window.app.statuses)).toEqual([
      'idle',
      'connecting',
      'open',
      'reconnecting',
      'open',
    ]);
  });

  it('ends as a contract error when binary is rejected (1003), and dials no more until reconnect()', async () => {
    const server = await startServer();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/text-only`, { options });
    await untilStatus(page, 'open');
    await page.evaluate(() => window.app.socket.send(new Uint8Array(1_024)));
    await untilStatus(page, 'failed');
    const error = await page.evaluate(() => {
      const { kind, code, hint, lastSent, close } = window.app.socket.error ?? {};
      return { kind, code, hint, lastSent, reason: close?.reason };
    });
    expect(error).toMatchObject({ kind: 'contract', code: 1003, reason: 'text only' });
    expect(error.lastSent).toMatchObject({ kind: 'binary', type: 'Uint8Array', size: 1_024 });
    expect(error.hint).toContain(
      'binary (Uint8Array, 1,024 bytes); the server does not accept it: send text',
    );
    expect(await server.dials('/text-only')).toBe(1);
    await page.evaluate(() => {
      window.app.socket.reconnect();
    });
    await untilStatus(page, 'open');
    expect(await server.dials('/text-only')).toBe(2);
  });

  it('is back after the server process was killed', async () => {
    const server = await startServer();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await untilStatus(page, 'open');
    await server.kill();
    await untilStatus(page, 'reconnecting');
    expect(await page.evaluate(() => window.app.socket.cause)).toMatchObject({ code: 1006, opened: true });
    await startServer({ port: server.port });
    await untilStatus(page, 'open');
  });

  it('leaves a stopped server while it is still stopped, by its heartbeat', async () => {
    const server = await startServer();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, {
      options: { ...options, heartbeat: { message: 'ping', interval: 1_000, timeout: 500 } },
    });
    await untilStatus(page, 'open');
    server.process.kill('SIGSTOP');
    await untilStatus(page, 'reconnecting');
    server.process.kill('SIGCONT');
    await untilStatus(page, 'open');
  });

  it('dials once in StrictMode, and the console has nothing to say', async () => {
    const server = await startServer();
    const { page, said } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await untilStatus(page, 'open');
    expect(await server.dials('/echo')).toBe(1);
    expect(said).toEqual([]);
  });

  it('hears and folds each message of a burst of 20,000, and renders at most once a frame', async () => {
    const server = await startServer();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/burst`, { options });
    await untilStatus(page, 'open');
    const before = await page.evaluate(() => ({ renders: window.app.renders, frames: window.app.frames }));
    await page.evaluate(() => window.app.socket.send('20000'));
    await page.waitForFunction(() => window.app.folded === 20_000, undefined, { timeout: 60_000 });
    const after = await page.evaluate(() => ({ ...window.app, socket: null }));
    expect(after.heard).toBe(20_000);
    expect(after.renders - before.renders).toBeLessThanOrEqual(after.frames - before.frames + 1);
  });

  it('that comes out of the back/forward cache opens exactly one new socket', async () => {
    const server = await startServer();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await untilStatus(page, 'open');
    await page.evaluate(() => {
      (window as { isTheSame?: boolean }).isTheSame = true;
    });
    await page.goto(elsewhere());
    // A page that is restored does not load again.
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => window.app.statuses.join() === 'idle,connecting,open,reconnecting,open');
    expect(await page.evaluate(() => (window as { isTheSame?: boolean }).isTheSame)).toBe(true);
    expect(await server.dials('/echo')).toBe(2);
  });

  it('that is frozen and resumed keeps its socket', async () => {
    const server = await startServer();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await untilStatus(page, 'open');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await page.evaluate(() => window.app.socket.send('still there?'));
    await page.waitForFunction(() => window.app.heard === 1);
    expect(await server.dials('/echo')).toBe(1);
  });

  it('that is offline keeps its open socket, waits for the network when it is lost, and is back online', async () => {
    const server = await startServer();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await untilStatus(page, 'open');
    await page.context().setOffline(true);
    await page.waitForFunction(() => !navigator.onLine);
    expect(await page.evaluate(() => window.app.socket.status)).toBe('open');
    await server.kill();
    await page.waitForFunction(() => window.app.socket.waitingFor === 'network');
    expect(await page.evaluate(() => [window.app.socket.attempt, window.app.socket.retryAt])).toEqual([
      1,
      null,
    ]);
    await startServer({ port: server.port });
    await page.context().setOffline(false);
    await untilStatus(page, 'open');
  });
});

describe('a page that may not connect', () => {
  it("because of a Content Security Policy (connect-src 'none') counts each dial as refused", async () => {
    const { page } = await openPage('ws://127.0.0.1:9/', {
      options: { reconnect: { ...QUICK, maxAttempts: 2 } },
      head: `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">`,
    });
    await untilStatus(page, 'failed');
    expect(await page.evaluate(() => window.app.socket.error?.kind)).toBe('exhausted');
  });

  it('because of mixed content ends with a setup error that says so', async () => {
    const { page } = await openPage('ws://quotes.example/', { options, at: 'https://app.example' });
    await untilStatus(page, 'failed');
    const [kind, hint] = await page.evaluate(() => [
      window.app.socket.error?.kind,
      window.app.socket.error?.hint,
    ]);
    expect(kind).toBe('setup');
    expect(hint).toContain('wss:');
  });

  it('because of a blocked port counts each dial as refused', async () => {
    const { page } = await openPage('ws://127.0.0.1:25/', {
      options: { reconnect: { ...QUICK, maxAttempts: 1 } },
    });
    await untilStatus(page, 'failed');
    expect(await page.evaluate(() => window.app.socket.error?.kind)).toBe('exhausted');
  });
});
