import { StrictMode } from 'react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cdp } from 'vitest/browser';

import { useWebSocket } from '../../src/index.js';
import { mount } from './page.js';
import { startServer } from './servers.js';

describe('the console of Chromium', () => {
  it('hears nothing of StrictMode, which mounts and unmounts before anything is open', async () => {
    const session = cdp();
    const complaints: string[] = [];
    let heardOther = (): void => undefined;
    const listen = ({ entry: { text } }: { readonly entry: { readonly text: string } }): void => {
      if (!text.includes('closed before the connection is established')) return;
      // The log begins with what earlier tests have left in it.
      if (text.includes('/strict')) complaints.push(text);
      if (text.includes('/other')) heardOther();
    };
    // The session has to be there before it is listened to.
    await session.send('Log.disable');
    session.on('Log.entryAdded', listen as () => void);
    await session.send('Log.enable');
    onTestFinished(async () => {
      await session.send('Log.disable');
    });

    const server = await startServer();
    const Page = () => <p>{useWebSocket(`${server.url}strict`).status}</p>;
    const { shows } = mount(
      <StrictMode>
        <Page />
      </StrictMode>,
    );
    await shows('open');
    expect((await server.stats()).dials).toBe(1);

    // Somebody does listen: a socket that is closed too early is heard.
    const heard = new Promise<void>((resolve) => {
      heardOther = resolve;
    });
    new WebSocket(`${server.url}other`).close();
    await heard;
    expect(complaints).toEqual([]);
  });
});
