import { vi } from 'vitest';

/** Says that the network is gone or back, as a browser does. */
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

/** Counts the listeners that are added to the page from now on and not taken off again. */
export function countPageListeners(): () => number {
  const held: { target: EventTarget; type: string; listener: unknown }[] = [];
  for (const target of [window, document] as readonly EventTarget[]) {
    const add = target.addEventListener.bind(target);
    const remove = target.removeEventListener.bind(target);
    vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
      if (PAGE_EVENTS.includes(type)) held.push({ target, type, listener });
      add(type, listener, options);
    });
    vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
      const index = held.findIndex(
        (known) => known.target === target && known.type === type && known.listener === listener,
      );
      if (index >= 0) held.splice(index, 1);
      remove(type, listener, options);
    });
  }
  return () => held.length;
}
