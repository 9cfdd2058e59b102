/** What a page can tell a connection. */
export interface PageListener {
  readonly onOffline: () => void;
  /** The network is back, the tab is seen again, or the page comes out of the back/forward cache. */
  readonly onWake: () => void;
}

/** Whether the platform says that there is no network; it never proves that there is one. */
export function isOffline(): boolean {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false;
}

/** Listens to the page where there is one; returns what stops it. */
export function watchPage({ onOffline, onWake }: PageListener): () => void {
  const page = globalThis as Partial<typeof globalThis>;
  const { document } = page;
  const listen = ({ type, persisted }: Partial<PageTransitionEvent>): void => {
    if (type === 'offline') onOffline();
    else if (!isOffline() && persisted !== false && (type !== 'visibilitychange' || !document?.hidden))
      onWake();
  };
  const each = (act: 'addEventListener' | 'removeEventListener'): void => {
    for (const type of ['offline', 'online', 'pageshow']) page[act]?.(type, listen);
    document?.[act]('visibilitychange', listen);
  };
  each('addEventListener');
  return () => {
    each('removeEventListener');
  };
}
