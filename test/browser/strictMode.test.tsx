import { StrictMode } from 'react';
import { describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';

import { useWebSocket } from '../../src/index.js';
import { mount } from './page.js';
import { startServer } from './servers.js';

describe('the console of Chromium', () => {
  it('hears nothing of StrictMode, which mounts and unmounts before anything is open', async () => {
    const session = cdp();
    const complaints: string[] = [];
    let complained = (): void => undefined;
    const listen = ({ entry }: { readonly entry: { readonly text: string } }): void => {
      if (!entry.text.includes('closed before the connection is established')) return;
      complaints.push(entry.text);
      complained();
    };
    // The session has to be there before it is listened to.
    await session.send('Log.disable');
    session.on('Log.entryAdded', listen as () => void);
    await session.send('Log.enable');

    const server = await startServer();
    const Page = () => <p>{useWebSocket(server.url).status}</p>;
    const { shows } = mount(
      <StrictMode>
        <Page />
      </StrictMode>,
    );
    await shows('open');
    expect((await server.stats()).dials).toBe(1);

    // The log is listened to: a socket that is closed too early is heard, and is the first to be.
    const other = await startServer();
    const heard = new Promise<void>((resolve) => {
      complained = resolve;
    });
    new WebSocket(other.url).close();
    await heard;
    await session.send('Log.disable');
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(other.url);
  });
});
