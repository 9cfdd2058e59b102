import { act, render, renderHook } from '@testing-library/react';
import { useState, version } from 'react';
import { describe, expect, it, vi } from 'vitest';

import { useLatestMessage, useMessageReducer } from '../../src/index.js';
import { append, createTextConnection, NO_MESSAGES, renderReader } from '../support/messageReader.js';
import { advance, expectErrors, FRAME, socket, URL_B, withFakes } from '../support/reactFakes.js';

withFakes();

const major = Number.parseInt(version);

describe('several readers', () => {
  /** Advances one frame as a browser does: outside `act`, which would hide missing batching. */
  async function passFrame(): Promise<void> {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
    vi.advanceTimersByTime(FRAME);
    await Promise.resolve();
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  }

  it('never disagree in one component, and render it once a frame', async () => {
    const connection = createTextConnection();
    const pairs: (readonly [number, number, string | undefined])[] = [];
    const count = (n: number) => n + 1;
    renderHook(() => {
      const one = useMessageReducer(connection, count, 0);
      const latest = useLatestMessage(connection);
      const two = useMessageReducer(connection, count, 0);
      pairs.push([one, two, latest]);
    });
    socket().open();
    const before = pairs.length;
    socket().message('1', '2');
    await passFrame();
    socket().message('3');
    await passFrame();
    expect(pairs.slice(before)).toEqual([
      [2, 2, '2'],
      [3, 3, '3'],
    ]);
  });

  it('agree in parent and child in every frame, and from React 18 on in every render', async () => {
    const connection = createTextConnection();
    const pairs: string[] = [];
    const useCount = () => useMessageReducer(connection, (n) => n + 1, 0);
    const Child = ({ parent }: { parent: number }) => {
      pairs.push(`${parent} ${useCount()}`);
      return null;
    };
    const Parent = () => <Child parent={useCount()} />;
    render(<Parent />);
    socket().open();
    for (let i = 1; i <= 5; i += 1) {
      socket().message('x');
      await passFrame();
      expect(pairs.at(-1)).toBe(`${i} ${i}`);
    }
    // Older versions render a child before its parent when both are notified outside an event handler.
    if (major >= 18) expect(pairs).toEqual(['0 0', '1 1', '2 2', '3 3', '4 4', '5 5']);
  });

  it('continue when another reader throws in render', () => {
    expectErrors();
    const connection = createTextConnection();
    const Fragile = () => {
      if (useLatestMessage(connection) === 'bad') throw new Error('cannot render this');
      return null;
    };
    render(<Fragile />);
    const { result } = renderReader(connection);
    socket().open();
    socket().message('bad');
    try {
      if (major >= 18) advance(FRAME);
      else vi.advanceTimersByTime(FRAME);
    } catch {
      // Before React 19 the error is thrown from `act` or from the frame itself.
    }
    advance(0);
    expect(result.current).toEqual(['bad']);
  });

  it('receive messages from the moment they mount', () => {
    const connection = createTextConnection();
    const first = renderReader(connection);
    socket().open();
    socket().message('a');
    const second = renderReader(connection);
    socket().message('b');
    advance(FRAME);
    expect(first.result.current).toEqual(['a', 'b']);
    expect(second.result.current).toEqual(['b']);
  });
});

describe('frames', () => {
  it('are not required, because a timer updates a hidden page', () => {
    vi.stubGlobal('requestAnimationFrame', () => 1);
    const { result } = renderReader();
    socket().open();
    socket().message('a', 'b');
    advance(1_000);
    expect(result.current).toEqual(['a', 'b']);
  });

  it('are replaced by a timer without requestAnimationFrame, as in React Native and in tests without a page', () => {
    vi.stubGlobal('requestAnimationFrame', undefined);
    vi.stubGlobal('cancelAnimationFrame', undefined);
    const { result } = renderReader();
    socket().open();
    socket().message('a');
    advance(1_000);
    expect(result.current).toEqual(['a']);
  });

  it.each([
    ['unmounts', true],
    ['stays mounted', false],
  ])(
    'continue after a frame that never ran because a test whose component %s uninstalled its fake timers',
    (_, unmounts) => {
      const { unmount } = renderReader();
      socket().open();
      socket().message('a');
      if (unmounts) unmount();
      advance(0);
      vi.useRealTimers();
      vi.useFakeTimers();

      const later = renderReader(createTextConnection(URL_B));
      socket().open();
      socket().message('b');
      advance(FRAME);
      expect(later.result.current).toEqual(['b']);
    },
  );

  it('are requested only when there is something to show', () => {
    const request = vi.spyOn(globalThis, 'requestAnimationFrame');
    renderReader();
    socket().open();
    advance(10_000);
    expect(request).not.toHaveBeenCalled();
    socket().message('a', 'b', 'c');
    expect(request).toHaveBeenCalledTimes(1);
  });
});

describe('component state beside the messages', () => {
  it('does not publish messages early: a render of the component shows only published messages', () => {
    const connection = createTextConnection();
    let bump = (): void => undefined;
    const { result } = renderHook(() => {
      const [own, setOwn] = useState(0);
      bump = () => setOwn((n) => n + 1);
      return { own, messages: useMessageReducer(connection, append, NO_MESSAGES) };
    });
    socket().open();
    socket().message('a');
    act(() => bump());
    expect(result.current).toEqual({ own: 1, messages: [] });
    advance(FRAME);
    expect(result.current).toEqual({ own: 1, messages: ['a'] });
  });
});
