import { describe, expect, it } from 'vitest';

import {
  createConnection,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  type WebSocketHandle,
  text,
} from '../../src/index.js';
import { waitForStatus, mountPage, retainForTest } from './mountPage.js';
import { startRealServer } from './realServers.js';

/** Counts animation frames until the returned function is called. */
function countFrames(): () => number {
  let frames = 0;
  let request = requestAnimationFrame(function tick() {
    frames += 1;
    request = requestAnimationFrame(tick);
  });
  return () => {
    cancelAnimationFrame(request);
    return frames;
  };
}

describe('a burst of 20,000 messages', () => {
  const COUNT = 20_000;

  it('reaches onMessage and the reducer completely, with at most one render per frame', async () => {
    const server = await startRealServer();
    const received: string[] = [];
    let renders = 0;
    let handle!: WebSocketHandle<string, string>;
    function Page() {
      renders += 1;
      handle = useWebSocket(server.url, { contract: text(), onMessage: (message) => received.push(message) });
      const sum = useMessageReducer(handle, (total, message) => total + Number(message), 0);
      const latest = useLatestMessage(handle);
      return <p>{`${handle.status} ${sum} ${latest ?? '-'}`}</p>;
    }
    const { waitForText } = mountPage(<Page />);
    await waitForText('open 0 -');

    renders = 0;
    const stopFrames = countFrames();
    handle.send(`burst ${COUNT}`);
    await waitForText(`open ${(COUNT * (COUNT - 1)) / 2} ${COUNT - 1}`);
    const frames = stopFrames();
    expect(received).toEqual(Array.from({ length: COUNT }, (_, i) => String(i)));
    expect(renders).toBeGreaterThan(0);
    expect(renders).toBeLessThanOrEqual(frames + 1);
  });
});

describe('binary messages', () => {
  it.each(['arraybuffer', 'blob'] as const)('arrive as %s if that is the binaryType', async (binaryType) => {
    const server = await startRealServer();
    const connection = retainForTest(createConnection(server.url, { binaryType }));
    const message = new Promise((resolve) => connection.onMessage(resolve));
    await waitForStatus(connection, 'open');
    connection.send(new Uint8Array([1, 2, 3]));
    const data = await message;
    expect(data).toBeInstanceOf(binaryType === 'blob' ? Blob : ArrayBuffer);
    expect(new Uint8Array(await new Response(data as Blob | ArrayBuffer).arrayBuffer())).toEqual(
      new Uint8Array([1, 2, 3]),
    );
  });

  it('are sent as they were queued, although their buffer changed afterwards', async () => {
    const server = await startRealServer();
    const connection = retainForTest(createConnection(server.url));
    const message = new Promise((resolve) => connection.onMessage(resolve));
    const bytes = new Uint8Array([1, 2, 3]);
    expect(connection.send(bytes)).toBe('queued');
    bytes.fill(9);
    expect(new Uint8Array((await message) as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 3]));
  });
});
