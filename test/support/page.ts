import { vi } from 'vitest';

/** Reports a loss or return of the network, as a browser does. */
export function setOnline(online: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online);
  window.dispatchEvent(new Event(online ? 'online' : 'offline'));
}

/** Hides the tab or shows it again. */
export function setVisible(visible: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(!visible);
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visible ? 'visible' : 'hidden');
  document.dispatchEvent(new Event('visibilitychange'));
}

/** The page is shown, out of the back/forward cache or for the first time. */
export function showPage(persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
}

const PAGE_EVENTS = [
  'online',
  'offline',
  'pageshow',
  'pagehide',
  'visibilitychange',
  'beforeunload',
  'unload',
];

/**
 * Counts the listeners that are added to the page from now on and not taken off again; `stop` ends that.
 * Without a page there are none. (No spies: they would keep every call.)
 */
export function countPageListeners(): { count(): number; stop(): void } {
  const held: { target: EventTarget; type: string; listener: unknown }[] = [];
  const originals: (() => void)[] = [];
  const targets: readonly EventTarget[] = typeof window === 'undefined' ? [] : [window, document];
  for (const target of targets) {
    const { addEventListener, removeEventListener } = target;
    originals.push(() => Object.assign(target, { addEventListener, removeEventListener }));
    target.addEventListener = (type, listener, options) => {
      if (PAGE_EVENTS.includes(type)) held.push({ target, type, listener });
      addEventListener.call(target, type, listener, options);
    };
    target.removeEventListener = (type, listener, options) => {
      const index = held.findIndex(
        (known) => known.target === target && known.type === type && known.listener === listener,
      );
      if (index >= 0) held.splice(index, 1);
      removeEventListener.call(target, type, listener, options);
    };
  }
  return {
    count: () => held.length,
    stop() {
      for (const restore of originals) restore();
    },
  };
}
