import { describe, expect, it } from 'vitest';
import { cleanUpAfterEach } from '../faults/cleanup.js';
import { SHORT_DELAYS } from '../faults/connection.js';
import { startServerProcess } from '../faults/serverProcess.js';
import { otherPageUrl, launchChromium, openPage, waitForStatus } from './chromium.js';

launchChromium();
cleanUpAfterEach();

const options = { reconnect: SHORT_DELAYS };

describe('a page in Chromium with a real server', () => {
  it('reconnects after a restart (1012) during which dials are refused', async () => {
    const server = await startServerProcess();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await waitForStatus(page, 'open');
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
    await startServerProcess({ port: server.port });
    await waitForStatus(page, 'open');
    expect(await page.evaluate(() => window.app.statuses)).toEqual([
      'connecting',
      'open',
      'reconnecting',
      'open',
    ]);
  });

  it('fails with a contract error when the server rejects binary data (1003), and does not dial until reconnect()', async () => {
    const server = await startServerProcess();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/text-only`, { options });
    await waitForStatus(page, 'open');
    await page.evaluate(() => window.app.socket.send(new Uint8Array(1_024)));
    await waitForStatus(page, 'failed');
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
    await waitForStatus(page, 'open');
    expect(await server.dials('/text-only')).toBe(2);
  });

  it('reconnects after the server process was killed', async () => {
    const server = await startServerProcess();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await waitForStatus(page, 'open');
    await server.kill();
    await waitForStatus(page, 'reconnecting');
    expect(await page.evaluate(() => window.app.socket.cause)).toMatchObject({ code: 1006, opened: true });
    await startServerProcess({ port: server.port });
    await waitForStatus(page, 'open');
  });

  it('detects a stopped server by its heartbeat and reconnects once the server continues', async () => {
    const server = await startServerProcess();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, {
      options: { ...options, heartbeat: { message: 'ping', interval: 1_000, timeout: 500 } },
    });
    await waitForStatus(page, 'open');
    server.process.kill('SIGSTOP');
    await waitForStatus(page, 'reconnecting');
    server.process.kill('SIGCONT');
    await waitForStatus(page, 'open');
  });

  it('dials once in StrictMode and writes nothing to the console', async () => {
    const server = await startServerProcess();
    const { page, consoleMessages } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await waitForStatus(page, 'open');
    expect(await server.dials('/echo')).toBe(1);
    expect(consoleMessages).toEqual([]);
  });

  it('handles and reduces every message of a burst of 20,000 and renders at most once per frame', async () => {
    const server = await startServerProcess();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/burst`, { options });
    await waitForStatus(page, 'open');
    const before = await page.evaluate(() => ({ renders: window.app.renders, frames: window.app.frames }));
    await page.evaluate(() => window.app.socket.send('20000'));
    await page.waitForFunction(() => window.app.reduced === 20_000, undefined, { timeout: 60_000 });
    const after = await page.evaluate(() => ({ ...window.app, socket: null }));
    expect(after.received).toBe(20_000);
    expect(after.renders - before.renders).toBeLessThanOrEqual(after.frames - before.frames + 1);
  });

  it('opens exactly one new socket when it is restored from the back/forward cache', async () => {
    const server = await startServerProcess();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await waitForStatus(page, 'open');
    await page.evaluate(() => {
      (window as { isTheSame?: boolean }).isTheSame = true;
    });
    await page.goto(otherPageUrl());
    // The load event does not fire for a restored page.
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => window.app.statuses.join() === 'connecting,open,reconnecting,open');
    expect(await page.evaluate(() => (window as { isTheSame?: boolean }).isTheSame)).toBe(true);
    expect(await server.dials('/echo')).toBe(2);
  });

  it('keeps its socket when it is frozen and resumed', async () => {
    const server = await startServerProcess();
    const { page } = await openPage(`ws://127.0.0.1:${server.port}/echo`, { options });
    await waitForStatus(page, 'open');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await page.evaluate(() => window.app.socket.send('still there?'));
    await page.waitForFunction(() => window.app.received === 1);
    expect(await server.dials('/echo')).toBe(1);
  });

  it('keeps its open socket while offline, waits for the network once the socket is lost, and reconnects when online', async () => {
    const server = await startServerProcess();
    // An address of this machine would need no network.
    const { page } = await openPage(`ws://echo.example:${server.port}/echo`, { options });
    await waitForStatus(page, 'open');
    await page.context().setOffline(true);
    await page.waitForFunction(() => !navigator.onLine);
    expect(await page.evaluate(() => window.app.socket.status)).toBe('open');
    await server.kill();
    await page.waitForFunction(() => window.app.socket.waitingFor === 'network');
    expect(await page.evaluate(() => [window.app.socket.attempt, window.app.socket.retryAt])).toEqual([
      1,
      null,
    ]);
    await startServerProcess({ port: server.port });
    await page.context().setOffline(false);
    await waitForStatus(page, 'open');
  });
});

describe('a page that is not allowed to connect', () => {
  it('fails with a setup error that names connect-src if a Content Security Policy blocks the address', async () => {
    const { page } = await openPage('ws://127.0.0.1:9/', {
      options: { reconnect: { ...SHORT_DELAYS, maxAttempts: 2 } },
      head: `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">`,
    });
    await waitForStatus(page, 'failed');
    const [kind, hint] = await page.evaluate(() => [
      window.app.socket.error?.kind,
      window.app.socket.error?.hint,
    ]);
    expect(kind).toBe('setup');
    expect(hint).toContain('connect-src');
  });

  it('fails with a setup error that names wss: if it is mixed content', async () => {
    const { page } = await openPage('ws://quotes.example/', { options, origin: 'https://app.example' });
    await waitForStatus(page, 'failed');
    const [kind, hint] = await page.evaluate(() => [
      window.app.socket.error?.kind,
      window.app.socket.error?.hint,
    ]);
    expect(kind).toBe('setup');
    expect(hint).toContain('wss:');
  });

  it('sees a refused dial where it lacks the permission for local addresses, and connects once it has it', async () => {
    const server = await startServerProcess();
    const origin = 'https://app.example';
    const { page, consoleMessages } = await openPage(`ws://127.0.0.1:${server.port}/echo`, {
      options,
      origin,
    });
    await page.waitForFunction(() => window.app.socket.status === 'reconnecting');
    expect(await page.evaluate(() => window.app.socket.lastClose)).toMatchObject({
      code: 1006,
      opened: false,
    });
    expect(await server.dials('/echo')).toBe(0);
    expect(consoleMessages[0]).toContain('net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS');
    await page.context().grantPermissions(['local-network-access'], { origin });
    await waitForStatus(page, 'open');
  });

  it('treats a dial to a blocked port as refused', async () => {
    const { page } = await openPage('ws://127.0.0.1:25/', {
      options: { reconnect: { ...SHORT_DELAYS, maxAttempts: 1 } },
    });
    await waitForStatus(page, 'failed');
    expect(await page.evaluate(() => window.app.socket.error?.kind)).toBe('exhausted');
  });
});
