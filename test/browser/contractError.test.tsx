import { describe, expect, it } from 'vitest';

import { createConnection, type MessageData, useWebSocket } from '../../src/index.js';
import { becomes, mount, use } from './page.js';
import { startServer } from './servers.js';

describe('binary data for a text endpoint (1003)', () => {
  const frames: readonly (readonly [type: string, data: MessageData, size: number])[] = [
    ['ArrayBuffer', new ArrayBuffer(1_024), 1_024],
    ['Uint8Array', new Uint8Array(3), 3],
    ['Float64Array', new Float64Array(2), 16],
    ['DataView', new DataView(new ArrayBuffer(8), 2, 4), 4],
    ['Blob', new Blob(['twelve bytes']), 12],
  ];

  it.each(frames)('of type %s ends in an error that says so', async (type, data, size) => {
    const server = await startServer({ textOnly: true });
    const connection = use(createConnection(server.url));
    await becomes(connection, 'open');
    connection.send('text is fine');
    expect(connection.send(data)).toBe('sent');
    const { error, lastClose } = await becomes(connection, 'failed');
    expect(lastClose).toMatchObject({ code: 1003, reason: 'text only', wasClean: true });
    expect(error).toMatchObject({ kind: 'contract', code: 1003, lastSent: { kind: 'binary', type, size } });
    expect(error?.message).toContain('text only');
    expect(error?.hint).toContain(`binary (${type}, ${size.toLocaleString('en-US')} bytes)`);
    expect(await server.stats()).toEqual({ dials: 1, received: ['text is fine', `${size} bytes`] });
  });

  it('is left by reconnect()', async () => {
    const server = await startServer({ textOnly: true });
    const connection = createConnection(server.url);
    const Page = () => <p>{useWebSocket(connection).status}</p>;
    const { shows } = mount(<Page />);
    await shows('open');
    connection.send(new Uint8Array(1));
    await shows('failed');
    connection.reconnect();
    await shows('open');
  });
});
