import { describe, expect, it } from 'vitest';

import {
  createConnection,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  type WebSocketHandle,
} from '../../src/index.js';
import { becomes, mount, use } from './page.js';
import { startServer } from './servers.js';

/** Counts the frames that are drawn until it is stopped. */
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

  it('is seen whole by onMessage and by a reducer, with a render a frame at the most', async () => {
    const server = await startServer();
    const received: string[] = [];
    let renders = 0;
    let handle!: WebSocketHandle<string, string>;
    function Page() {
      renders += 1;
      handle = useWebSocket<string, string>(server.url, { onMessage: (message) => received.push(message) });
      const sum = useMessageReducer(handle, (total, message) => total + Number(message), 0);
      const latest = useLatestMessage(handle);
      return <p>{`${handle.status} ${sum} ${latest ?? '-'}`}</p>;
    }
    const { shows } = mount(<Page />);
    await shows('open 0 -');

    renders = 0;
    const stopFrames = countFrames();
    handle.send(`burst ${COUNT}`);
    await shows(`open ${(COUNT * (COUNT - 1)) / 2} ${COUNT - 1}`);
    const frames = stopFrames();
    expect(received).toEqual(Array.from({ length: COUNT }, (_, i) => String(i)));
    expect(renders).toBeGreaterThan(0);
    expect(renders).toBeLessThanOrEqual(frames + 1);
  });
});

describe('messages', () => {
  it.each(['arraybuffer', 'blob'] as const)('of binary data come as %s', async (binaryType) => {
    const server = await startServer();
    const connection = use(createConnection(server.url, { binaryType }));
    const message = new Promise((resolve) => connection.onMessage(resolve));
    await becomes(connection, 'open');
    connection.send(new Uint8Array([1, 2, 3]));
    const data = await message;
    expect(data).toBeInstanceOf(binaryType === 'blob' ? Blob : ArrayBuffer);
    expect(new Uint8Array(await new Response(data as Blob | ArrayBuffer).arrayBuffer())).toEqual(
      new Uint8Array([1, 2, 3]),
    );
  });

  it('queued in a buffer that is changed afterwards go out as they were', async () => {
    const server = await startServer();
    const connection = use(createConnection(server.url));
    const message = new Promise((resolve) => connection.onMessage(resolve));
    const bytes = new Uint8Array([1, 2, 3]);
    expect(connection.send(bytes)).toBe('queued');
    bytes.fill(9);
    expect(new Uint8Array((await message) as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 3]));
  });
});
