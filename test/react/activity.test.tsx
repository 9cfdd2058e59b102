import { act, render } from '@testing-library/react';
import { Activity, type ReactNode, useEffect, useReducer } from 'react';
import { describe, expect, it } from 'vitest';

import { WebSocketInspector } from '../../src/devtools/index.js';
import {
  type Connection,
  createConnection,
  useMessageReducer,
  useWebSocket,
  useWebSocketContext,
  type WebSocketHandle,
  WebSocketProvider,
} from '../../src/index.js';
import { advance, FRAME, settle, socket, sockets, URL_A, URL_B, withFakes } from '../support/reactFakes.js';

withFakes();

type Mode = 'visible' | 'hidden';
const Status = () => <p>{useWebSocketContext().status}</p>;

describe('a provider that Activity reveals again', () => {
  it('dials with its newest URL function, although the Effects of its consumers run first', () => {
    const page = (mode: Mode, token: string) => (
      <Activity mode={mode}>
        <WebSocketProvider url={() => URL_A + token}>
          <Status />
        </WebSocketProvider>
      </Activity>
    );
    const { rerender } = render(page('hidden', 'old'));
    rerender(page('visible', 'new'));
    expect(sockets().map(({ url }) => url)).toEqual([`${URL_A}new`]);
  });

  it('uses the socket that other components opened meanwhile by share', async () => {
    const provider = (
      <WebSocketProvider url={URL_A} share>
        <Status />
      </WebSocketProvider>
    );
    const page = (mode: Mode, isOtherThere: boolean) => (
      <>
        <Activity mode={mode}>{provider}</Activity>
        {isOtherThere && provider}
      </>
    );
    const { rerender } = render(page('visible', false));
    rerender(page('hidden', false));
    advance(0);
    rerender(page('hidden', true));
    await settle();
    expect(sockets()).toHaveLength(2);
    rerender(page('visible', true));
    advance(0);
    expect(sockets()).toHaveLength(2);
  });
});

/** React 19.2 does not read a store again when Activity reveals the component that reads it. */
describe('a component that Activity reveals again', () => {
  /** A page that is always the same element, as the React Compiler makes it, and reads a connection used elsewhere. */
  function showPage(read: (connection: Connection) => ReactNode) {
    const connection = createConnection(URL_A);
    const release = connection.retain();
    let again = (): void => undefined;
    function Page() {
      [, again] = useReducer((count: number) => count + 1, 0);
      return read(connection);
    }
    const page = <Page />;
    const view = render(<Activity mode="visible">{page}</Activity>);
    socket().open();
    // The last render changes nothing that the component reads.
    act(() => again());
    return {
      release,
      show: (mode: Mode) => view.rerender(<Activity mode={mode}>{page}</Activity>),
      text: () => view.container.textContent,
    };
  }

  it('shows the current state', () => {
    const { release, show, text } = showPage((connection) => useWebSocket(connection).status);
    show('hidden');
    socket().end(1003);
    show('visible');
    release();
    expect(text()).toBe('failed');
  });

  it('shows the messages reduced in the frame in which it was hidden', () => {
    const { release, show, text } = showPage((connection) =>
      useMessageReducer(connection, (count: number) => count + 1, 0),
    );
    socket().message('one');
    show('hidden');
    advance(FRAME);
    show('visible');
    advance(FRAME);
    release();
    expect(text()).toBe('1');
  });

  it('shows the current events in the inspector', () => {
    const connection = createConnection(URL_A);
    const release = connection.retain();
    const inspector = <WebSocketInspector source={connection} />;
    const { getByRole, rerender } = render(<Activity mode="visible">{inspector}</Activity>);
    socket().open();
    socket().message('one');
    advance(FRAME);
    socket().message('two');
    advance(FRAME);
    rerender(<Activity mode="hidden">{inspector}</Activity>);
    socket().end(1003);
    rerender(<Activity mode="visible">{inspector}</Activity>);
    release();
    expect(getByRole('status').textContent).toBe('failed');
  });
});

describe('a component that Activity hides', () => {
  const dropped: unknown[] = [];
  let handle: WebSocketHandle | undefined;
  function Page({ url }: { readonly url: string }) {
    const own = useWebSocket(url, { onDrop: (drop) => dropped.push(drop) });
    useEffect(() => {
      handle = own;
    });
    return null;
  }
  const page = (mode: Mode, url = URL_A) => (
    <Activity mode={mode}>
      <Page url={url} />
    </Activity>
  );
  const hide = () => {
    dropped.length = 0;
    const view = render(page('visible'));
    view.rerender(page('hidden'));
    advance(0);
    return view;
  };

  it('refuses messages, and accepts them again when it is revealed', () => {
    const view = hide();
    expect(handle?.send('late')).toBe('refused');
    view.rerender(page('visible'));
    expect(handle?.send('in time')).toBe('queued');
    socket().open();
    expect(socket().sent).toEqual(['in time']);
    expect(dropped).toEqual([]);
  });

  it('gets back what was queued when it is hidden', () => {
    dropped.length = 0;
    const view = render(page('visible'));
    expect(handle?.send('early')).toBe('queued');
    view.rerender(page('hidden'));
    advance(0);
    expect(dropped).toEqual([{ message: 'early', reason: 'unmounted' }]);
  });

  it('drops nothing when it is revealed with another URL', () => {
    hide().rerender(page('visible', URL_B));
    advance(0);
    expect(dropped).toEqual([]);
    expect(socket().url).toBe(URL_B);
  });

  it('lets another component use its connection and send through it', async () => {
    hide();
    const release = handle?.connection?.retain();
    await settle();
    expect(handle?.send('again')).toBe('queued');
    socket().open();
    expect(sockets()).toHaveLength(2);
    expect(socket().sent).toEqual(['again']);
    release?.();
    advance(0);
    expect(socket().isInUse).toBe(false);
  });

  it('does not keep other components from using the connection after it has unmounted', async () => {
    hide().unmount();
    advance(0);
    const release = handle?.connection?.retain();
    await settle();
    expect(sockets()).toHaveLength(2);
    release?.();
    advance(0);
    expect(socket().isInUse).toBe(false);
  });
});
