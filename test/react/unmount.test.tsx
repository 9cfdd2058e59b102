import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { useMessageReducer, useWebSocket, type WebSocketOptions } from '../../src/index.js';
import {
  advance,
  AFTER_REFUSAL,
  AFTER_RESTART,
  FRAME,
  socket,
  sockets,
  socketsInUse,
  URL_A,
  withFakes,
} from '../support/reactFakes.js';

withFakes();

const HEARTBEAT: WebSocketOptions = { heartbeat: { message: 'ping', interval: 1_000, timeout: 500 } };

const PAGE_EVENTS = ['online', 'offline', 'pageshow', 'pagehide', 'visibilitychange', 'freeze', 'resume'];

/** Counts the listeners for page events: the added ones minus the removed ones. */
function countPageListeners(): () => number {
  let count = 0;
  for (const target of [window, document]) {
    for (const [name, step] of [['addEventListener', 1] as const, ['removeEventListener', -1] as const]) {
      const original = target[name];
      vi.spyOn(target, name).mockImplementation((...args: unknown[]) => {
        if (PAGE_EVENTS.includes(args[0] as string)) count += step;
        Reflect.apply(original, target, args);
      });
    }
  }
  return () => count;
}

function goOffline(): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event('offline')));
}

type Hook = ReturnType<typeof renderAll>;
const renderAll = (source: () => string | Promise<string>, options: WebSocketOptions = HEARTBEAT) =>
  renderHook(() => {
    const handle = useWebSocket(source, options);
    return {
      handle,
      count: useMessageReducer(handle, (count) => count + 1, 0),
    };
  });

const states: Record<string, { source?: () => Promise<string>; reach?: (hook: Hook) => void }> = {
  'waiting for the URL function': { source: () => new Promise(() => undefined) },
  connecting: {},
  open: { reach: () => socket().open() },
  'open and stable': {
    reach() {
      socket().open();
      advance(999);
    },
  },
  'open, with messages that are not rendered yet': {
    reach() {
      socket().open();
      socket().message('a', 'b');
    },
  },
  'open, with an unanswered probe': {
    reach() {
      socket().open();
      advance(1_000);
    },
  },
  'waiting for the delay': { reach: () => socket().refuse() },
  'waiting for the network': {
    reach() {
      socket().refuse();
      goOffline();
    },
  },
  'dialling again': {
    reach() {
      socket().refuse();
      advance(AFTER_REFUSAL);
    },
  },
  'open again': {
    reach() {
      socket().open();
      socket().end(1012);
      advance(AFTER_RESTART);
      socket().open();
    },
  },
  closed: {
    reach({ result }) {
      socket().open();
      act(() => result.current.handle.close());
    },
  },
  failed: {
    reach() {
      socket().open();
      socket().end(1003);
    },
  },
};

describe('an unmount', () => {
  it.each(Object.entries(states))('leaves no socket, no timer and no listener while %s', (_, state) => {
    const pageListeners = countPageListeners();
    const hook = renderAll(state.source ?? (() => URL_A));
    state.reach?.(hook);
    hook.result.current.handle.send('queued or sent');
    const made = sockets().length;

    hook.unmount();
    advance(0);
    expect(socketsInUse()).toEqual([]);
    expect(pageListeners()).toBe(0);
    advance(FRAME);
    expect(vi.getTimerCount()).toBe(0);
    advance(3_600_000);
    expect(sockets()).toHaveLength(made);
  });

  it('cancels the pending frame', () => {
    const { unmount } = renderAll(() => URL_A);
    socket().open();
    socket().message('a');
    unmount();
    advance(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closes an open socket with 1000 in the next macrotask', () => {
    const { unmount } = renderAll(() => URL_A);
    socket().open();
    unmount();
    expect(socket().closedWith).toBeNull();
    advance(0);
    expect([[], [1000], [1000, '']]).toContainEqual(socket().closedWith);
  });

  it('leaves nothing behind after hundreds of times', () => {
    for (let i = 0; i < 300; i += 1) {
      const { unmount } = renderAll(() => URL_A);
      socket().open();
      unmount();
      advance(0);
    }
    advance(FRAME);
    expect(vi.getTimerCount()).toBe(0);
    expect(socketsInUse()).toEqual([]);
  });
});
