import { StrictMode } from 'react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cdp } from 'vitest/browser';

import { useWebSocket } from '../../src/index.js';
import { mountPage } from './mountPage.js';
import { startRealServer } from './realServers.js';

describe('the console of Chromium', () => {
  it('shows no warning in StrictMode, which mounts, unmounts and mounts again', async () => {
    const session = cdp();
    const warnings: string[] = [];
    let onOtherWarning = (): void => undefined;
    const listen = ({ entry: { text } }: { readonly entry: { readonly text: string } }): void => {
      if (!text.includes('closed before the connection is established')) return;
      // Log.enable first replays the entries of earlier tests.
      if (text.includes('/strict')) warnings.push(text);
      if (text.includes('/other')) onOtherWarning();
    };
    // The session must exist before a listener is added to it.
    await session.send('Log.disable');
    session.on('Log.entryAdded', listen as () => void);
    await session.send('Log.enable');
    onTestFinished(async () => {
      await session.send('Log.disable');
    });

    const server = await startRealServer();
    const Page = () => <p>{useWebSocket(`${server.url}strict`).status}</p>;
    const { waitForText } = mountPage(
      <StrictMode>
        <Page />
      </StrictMode>,
    );
    await waitForText('open');
    expect((await server.stats()).dials).toBe(1);

    // Proves that the listener works: a socket that is closed too early is logged.
    const otherWarning = new Promise<void>((resolve) => {
      onOtherWarning = resolve;
    });
    new WebSocket(`${server.url}other`).close();
    await otherWarning;
    expect(warnings).toEqual([]);
  });
});
