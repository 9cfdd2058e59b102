/** Whether the platform says that there is no network; it never proves that there is one. */
export function isOffline(): boolean {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false;
}

/**
 * Creates what listens to the page, where there is one, while it is switched on. A wake-up: the network is back,
 * the tab is seen again, or the page comes out of the back/forward cache.
 */
export function createPageWatch(onOffline: () => void, onWake: () => void): (isOn: boolean) => void {
  const page = globalThis as Partial<typeof globalThis>;
  let wasOn = false;
  const listen = ({ type, persisted }: Partial<PageTransitionEvent>): void => {
    if (type === 'offline') onOffline();
    else if (!isOffline() && persisted !== false && !(type === 'visibilitychange' && page.document?.hidden))
      onWake();
  };
  return (isOn) => {
    if (isOn === wasOn) return;
    wasOn = isOn;
    const act = isOn ? 'addEventListener' : 'removeEventListener';
    for (const type of ['offline', 'online', 'pageshow']) page[act]?.(type, listen);
    page.document?.[act]('visibilitychange', listen);
  };
}
