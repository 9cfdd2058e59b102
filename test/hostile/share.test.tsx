import { renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useWebSocket, type UrlSource, type WebSocketOptions } from '../../src/index.js';
import { createFakeServer } from '../support/fakeSocket.js';

const URL_TEXT = 'wss://example.com/quotes';

/** Functions may stand for another user each time, so that what they make must not be shared by accident. */
const sources: readonly (readonly [string, UrlSource, WebSocketOptions])[] = [
  ['a function as URL', () => URL_TEXT, {}],
  ['an asynchronous function as URL', () => Promise.resolve(URL_TEXT), {}],
  ['a function as protocols', URL_TEXT, { protocols: () => ['token.ALICE'] }],
  ['an asynchronous function as protocols', URL_TEXT, { protocols: () => Promise.resolve(['token.ALICE']) }],
  ['functions as both', () => URL_TEXT, { protocols: () => ['token.ALICE'] }],
];

describe('share: true', () => {
  it.each(sources)('with %s and no key is a TypeError', (_, url, options) => {
    const { WebSocket } = createFakeServer();
    expect(() => renderHook(() => useWebSocket(url, { ...options, WebSocket, share: true }))).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringContaining('key') as string }),
    );
  });

  it('with a key for each user makes a connection for each user', () => {
    const server = createFakeServer();
    const options = { share: true, WebSocket: server.WebSocket };
    const views = ['ALICE', 'BOB', 'ALICE'].map((user) => {
      const protocols = () => [`token.${user}`];
      return renderHook(() => useWebSocket(URL_TEXT, { ...options, protocols, key: user }));
    });
    expect(server.sockets.map(({ protocols }) => protocols)).toEqual([['token.ALICE'], ['token.BOB']]);
    for (const { unmount } of views) unmount();
  });
});
