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
  const page = globalThis as Partial<Window & typeof globalThis>;
  const wake = (): void => {
    if (!isOffline()) onWake();
  };
  const seen = (): void => {
    if (page.document?.visibilityState === 'visible') wake();
  };
  const restored = (event: PageTransitionEvent): void => {
    if (event.persisted) wake();
  };
  page.addEventListener?.('offline', onOffline);
  page.addEventListener?.('online', wake);
  page.addEventListener?.('pageshow', restored);
  page.document?.addEventListener('visibilitychange', seen);
  return () => {
    page.removeEventListener?.('offline', onOffline);
    page.removeEventListener?.('online', wake);
    page.removeEventListener?.('pageshow', restored);
    page.document?.removeEventListener('visibilitychange', seen);
  };
}
