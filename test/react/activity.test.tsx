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

describe('a provider that Activity shows again', () => {
  it('dials with its newest URL function, although the Effects of its consumers come first', () => {
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

  it('uses the socket of those that share it meanwhile', async () => {
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

/** React 19.2 does not look at a store again when Activity shows the component that reads it. */
describe('what Activity shows again', () => {
  /** A page that is always the same element, as by the React Compiler, and reads a connection in use elsewhere. */
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
    // The last render changes nothing of what is read.
    act(() => again());
    return {
      release,
      show: (mode: Mode) => view.rerender(<Activity mode={mode}>{page}</Activity>),
      text: () => view.container.textContent,
    };
  }

  it('is the state as it is now', () => {
    const { release, show, text } = showPage((connection) => useWebSocket(connection).status);
    show('hidden');
    socket().end(1003);
    show('visible');
    release();
    expect(text()).toBe('failed');
  });

  it('is what was folded in the frame in which it was hidden', () => {
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

  it('is what the inspector has to say now', () => {
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

describe('what is queued while Activity hides the component', () => {
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
    expect(handle?.send('late')).toBe('queued');
    return view;
  };

  it('is sent once it is shown again', () => {
    hide().rerender(page('visible'));
    socket().open();
    expect(socket().sent).toEqual(['late']);
    expect(dropped).toEqual([]);
  });

  it('is handed back when it is unmounted', () => {
    hide().unmount();
    advance(0);
    expect(dropped).toEqual([{ message: 'late', reason: 'unmounted' }]);
  });

  it('is handed back when the connection is closed', () => {
    hide();
    handle?.close();
    expect(dropped).toEqual([{ message: 'late', reason: 'closed' }]);
  });

  it('is handed back when it comes back with another URL', () => {
    hide().rerender(page('visible', URL_B));
    advance(0);
    expect(dropped).toEqual([{ message: 'late', reason: 'replaced' }]);
  });

  it('and what others queue is sent by those who use the connection meanwhile', async () => {
    hide();
    const release = handle?.connection?.retain();
    await settle();
    socket().open();
    expect(sockets()).toHaveLength(2);
    expect(socket().sent).toEqual(['late']);
    release?.();
    advance(0);
    expect(socket().isInUse).toBe(false);
  });

  it('and then unmounts does not keep others from using the connection', async () => {
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
