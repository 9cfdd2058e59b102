import { describe, expect, it } from 'vitest';

import { createConnection, type MessageData, useWebSocket } from '../../src/index.js';
import { waitForStatus, mountPage, retainForTest } from './mountPage.js';
import { startRealServer } from './realServers.js';

describe('binary data for a text endpoint (1003)', () => {
  const frames: readonly (readonly [type: string, data: MessageData, size: number])[] = [
    ['ArrayBuffer', new ArrayBuffer(1_024), 1_024],
    ['Uint8Array', new Uint8Array(3), 3],
    ['Float64Array', new Float64Array(2), 16],
    ['DataView', new DataView(new ArrayBuffer(8), 2, 4), 4],
    ['Blob', new Blob(['twelve bytes']), 12],
  ];

  it.each(frames)(
    'fails with an error that names the type %s of the rejected message',
    async (type, data, size) => {
      const server = await startRealServer({ textOnly: true });
      const connection = retainForTest(createConnection(server.url));
      await waitForStatus(connection, 'open');
      connection.send('text is fine');
      expect(connection.send(data)).toBe('sent');
      const { error, lastClose } = await waitForStatus(connection, 'failed');
      expect(lastClose).toMatchObject({ code: 1003, reason: 'text only', wasClean: true });
      expect(error).toMatchObject({ kind: 'contract', code: 1003, lastSent: { kind: 'binary', type, size } });
      expect(error?.message).toContain('text only');
      expect(error?.hint).toContain(`binary (${type}, ${size.toLocaleString('en-US')} bytes)`);
      expect(await server.stats()).toEqual({ dials: 1, received: ['text is fine', `${size} bytes`] });
    },
  );

  it('opens again after reconnect()', async () => {
    const server = await startRealServer({ textOnly: true });
    const connection = createConnection(server.url);
    const Page = () => <p>{useWebSocket(connection).status}</p>;
    const { waitForText } = mountPage(<Page />);
    await waitForText('open');
    connection.send(new Uint8Array(1));
    await waitForText('failed');
    connection.reconnect();
    await waitForText('open');
  });
});
