import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addPageListener,
  isOffline,
  type PageEvent,
  removePageListener,
} from '../../src/core/platform/pageEvents.js';
import { countPageListeners, setOnline, setVisible, showPage } from '../support/page.js';

const MINUTE = 60_000;
/** How often the shared timer runs. */
const TICK = 10_000;

let pageListeners: ReturnType<typeof countPageListeners>;
let stops: (() => void)[];

/** Subscribes a function; returns the function that unsubscribes it. */
function onPageEvent(onEvent: (event: PageEvent) => void): () => void {
  const listener = { onPageEvent: onEvent };
  addPageListener(listener);
  return () => {
    removePageListener(listener);
  };
}

/** Subscribes until the end of the test; returns the events that were heard. */
function listen(): PageEvent[] {
  const events: PageEvent[] = [];
  stops.push(onPageEvent((event) => events.push(event)));
  return events;
}

/** Lets the clock run on while no timer does, as during a sleep; the next timer is due up to a tick later. */
function sleep(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

beforeEach(() => {
  vi.useFakeTimers();
  pageListeners = countPageListeners();
  stops = [];
});
afterEach(() => {
  for (const stop of stops) stop();
  try {
    expect(vi.getTimerCount(), 'no timer is left').toBe(0);
    expect(pageListeners.count(), 'no listener is left on the page').toBe(0);
  } finally {
    pageListeners.stop();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  }
});

describe('the subscription to the page', () => {
  it('does not exist without a listener', () => {
    expect(pageListeners.count()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is shared by all listeners, with one timer', () => {
    listen();
    const count = pageListeners.count();
    expect(count).toBe(4);
    expect(vi.getTimerCount()).toBe(1);
    for (let i = 0; i < 100; i += 1) listen();
    expect(pageListeners.count()).toBe(count);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('listens to resume, which Chromium fires after a freeze, and stops listening', () => {
    const add = vi.spyOn(document, 'addEventListener');
    const remove = vi.spyOn(document, 'removeEventListener');
    const stop = onPageEvent(() => undefined);
    expect(add.mock.calls.map(([type]) => type)).toContain('resume');
    stop();
    expect(remove.mock.calls).toEqual(add.mock.calls);
  });

  it('ends with the last listener, and can begin again', () => {
    const first = onPageEvent(() => undefined);
    const second = onPageEvent(() => undefined);
    first();
    first();
    expect(pageListeners.count()).toBe(4);
    second();
    expect(pageListeners.count()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    const events = listen();
    setOnline(true);
    expect(events).toEqual(['wake']);
  });

  it('has one timer however long it lasts', () => {
    const start = vi.spyOn(globalThis, 'setTimeout');
    listen();
    vi.advanceTimersByTime(5 * MINUTE);
    expect(vi.getTimerCount()).toBe(1);
    expect(start).toHaveBeenCalledTimes(1 + (5 * MINUTE) / TICK);
  });

  it('goes on when a test replaces the timers while an earlier test has left a listener behind', () => {
    listen();
    vi.useRealTimers();
    vi.useFakeTimers({ now: Date.now() + 100 * MINUTE });
    const events = listen();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(2 * TICK);
    expect(events, 'another clock is no sleep').toEqual([]);
    sleep(MINUTE);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual(['slept', 'wake']);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('works on platforms without a document and without events, such as React Native and Node', () => {
    vi.stubGlobal('document', undefined);
    vi.stubGlobal('addEventListener', undefined);
    vi.stubGlobal('removeEventListener', undefined);
    const events = listen();
    sleep(MINUTE);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual(['slept', 'wake']);
    for (const stop of stops) stop();
  });
});

describe('the events of the page', () => {
  it('are offline and wake when the network goes and returns', () => {
    const events = listen();
    setOnline(false);
    expect(isOffline()).toBe(true);
    expect(events).toEqual(['offline']);
    setOnline(true);
    expect(isOffline()).toBe(false);
    expect(events).toEqual(['offline', 'wake']);
  });

  it('are wake when the tab becomes visible, and nothing when it becomes hidden', () => {
    const events = listen();
    setVisible(false);
    expect(events).toEqual([]);
    setVisible(true);
    expect(events).toEqual(['wake']);
  });

  it('are wake when the page is restored from the back/forward cache, and nothing when it is loaded', () => {
    const events = listen();
    showPage(false);
    expect(events).toEqual([]);
    showPage(true);
    expect(events).toEqual(['wake']);
  });

  it('are wake when a frozen page is resumed', () => {
    const events = listen();
    document.dispatchEvent(new Event('resume'));
    expect(events).toEqual(['wake']);
  });

  it('contain no wake while there is no network', () => {
    const events = listen();
    setOnline(false);
    setVisible(false);
    setVisible(true);
    showPage(true);
    document.dispatchEvent(new Event('resume'));
    expect(events).toEqual(['offline']);
  });

  it('reach every listener, in the order of subscription', () => {
    const order: number[] = [];
    for (const name of [1, 2, 3]) stops.push(onPageEvent(() => order.push(name)));
    setOnline(true);
    expect(order).toEqual([1, 2, 3]);
  });

  it('reach the other listeners when one throws, and the exception is reported', () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const bug = new Error('a bug in a listener');
    stops.push(
      onPageEvent(() => {
        throw bug;
      }),
    );
    const events = listen();
    setOnline(true);
    expect(events).toEqual(['wake']);
    expect(report).toHaveBeenCalledExactlyOnceWith(bug);
  });

  it('do not reach a listener that is removed while they are notified', () => {
    const events: PageEvent[] = [];
    let stopSecond = (): void => undefined;
    stops.push(onPageEvent(() => stopSecond()));
    stopSecond = onPageEvent((event) => events.push(event));
    setOnline(true);
    expect(events).toEqual([]);
  });

  it('reach a listener that is added while they are notified from the next one on', () => {
    let added: PageEvent[] | null = null;
    stops.push(
      onPageEvent(() => {
        added ??= listen();
      }),
    );
    setOnline(true);
    expect(added).toEqual([]);
    setOnline(true);
    expect(added).toEqual(['wake']);
  });
});

describe('a sleep', () => {
  it('is noticed after 60 s without a tick while the page is visible: slept, then wake', () => {
    const events = listen();
    sleep(MINUTE);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual(['slept', 'wake']);
    vi.advanceTimersByTime(10 * MINUTE);
    expect(events).toEqual(['slept', 'wake']);
  });

  it('is not a pause of less than 60 s, such as that of a debugger or a long task', () => {
    const events = listen();
    sleep(MINUTE - TICK - 1);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual([]);
  });

  it('is noticed after 5 minutes without a tick while the page is hidden', () => {
    const events = listen();
    setVisible(false);
    sleep(5 * MINUTE);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual(['slept', 'wake']);
  });

  it('is not a throttled hidden tab, whose timers run once a minute', () => {
    const events = listen();
    setVisible(false);
    for (let minute = 0; minute < 60; minute += 1) {
      sleep(MINUTE - TICK);
      vi.advanceTimersByTime(TICK);
    }
    expect(events).toEqual([]);
    setVisible(true);
    expect(events).toEqual(['wake']);
  });

  it('is not a hidden page that becomes visible after less than 5 minutes without a tick', () => {
    const events = listen();
    setVisible(false);
    sleep(5 * MINUTE - 1);
    setVisible(true);
    expect(events).toEqual(['wake']);
  });

  it('does not exist while the shared timer runs', () => {
    const events = listen();
    vi.advanceTimersByTime(24 * 60 * MINUTE);
    expect(events).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['the network returns', () => setOnline(true)],
    ['the page is restored', () => showPage(true)],
    ['the page is resumed', () => document.dispatchEvent(new Event('resume'))],
  ])('is noticed by the first event after it, with one wake: %s', (_, wakeUp) => {
    const events = listen();
    sleep(MINUTE);
    wakeUp();
    expect(events).toEqual(['slept', 'wake']);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual(['slept', 'wake']);
  });

  it('is noticed when the hidden page becomes visible, with one wake', () => {
    const events = listen();
    setVisible(false);
    sleep(5 * MINUTE);
    setVisible(true);
    expect(events).toEqual(['slept', 'wake']);
  });

  it('brings no wake while there is no network, and one when it returns', () => {
    const events = listen();
    setOnline(false);
    sleep(MINUTE);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual(['offline', 'slept']);
    setOnline(true);
    expect(events).toEqual(['offline', 'slept', 'wake']);
  });

  it('is noticed before the loss of the network that ended it', () => {
    const events = listen();
    sleep(MINUTE);
    setOnline(false);
    expect(events).toEqual(['slept', 'offline']);
  });

  it('is not noticed by a listener that came after it', () => {
    const stop = onPageEvent(() => undefined);
    stop();
    sleep(60 * MINUTE);
    const events = listen();
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual([]);
  });

  it('is not noticed when the clock is set back', () => {
    const events = listen();
    sleep(-60 * MINUTE);
    vi.advanceTimersByTime(5 * MINUTE);
    expect(events).toEqual([]);
  });

  it('leaves no timer when the last listener is removed while it is notified', () => {
    const events: PageEvent[] = [];
    const stop = onPageEvent((event) => {
      events.push(event);
      stop();
    });
    sleep(MINUTE);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual(['slept']);
    expect(vi.getTimerCount()).toBe(0);
    expect(pageListeners.count()).toBe(0);
  });

  it('brings a wake also to a listener whose neighbour is removed while slept is notified', () => {
    const stop: () => void = onPageEvent(() => stop());
    const events = listen();
    sleep(MINUTE);
    vi.advanceTimersByTime(TICK);
    expect(events).toEqual(['slept', 'wake']);
  });
});
