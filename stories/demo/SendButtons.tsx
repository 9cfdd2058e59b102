import type { ReactElement } from 'react';

import type { WebSocketHandle } from '../../src/index.js';

/** Buttons that send a text frame and a binary frame. */
export function SendButtons({ send }: Pick<WebSocketHandle, 'send'>): ReactElement {
  return (
    <>
      <button type="button" className="button" onClick={() => send('{"subscribe":"ACME"}')}>
        Send text
      </button>
      <button type="button" className="button" onClick={() => send(new Uint8Array(1_024))}>
        Send binary
      </button>
    </>
  );
}
