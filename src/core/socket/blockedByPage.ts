import { blockedByPolicyError, mixedContentError, type WebSocketError } from '../errors.js';

interface PolicyViolation {
  readonly effectiveDirective?: string;
  readonly blockedURI?: string;
}

/** The dials that are under way. They share one listener at the document: a page may open many sockets at once. */
const watches = new Set<(violation: PolicyViolation) => void>();

const notifyWatches = (event: Event): void => {
  for (const check of [...watches]) check(event as PolicyViolation);
};

/**
 * Watches whether the Content Security Policy of the page blocks this address. Chromium makes a socket all the same
 * and only fires `securitypolicyviolation` at the document.
 *
 * @returns a function that ends the watch
 */
export function watchContentPolicy(
  url: string,
  shownUrl: string,
  onBlocked: (error: WebSocketError) => void,
): () => void {
  const { document } = globalThis as { document?: Partial<EventTarget> };
  const check = ({ effectiveDirective, blockedURI }: PolicyViolation): void => {
    if (effectiveDirective === 'connect-src' && isSameOrigin(blockedURI, url))
      onBlocked(blockedByPolicyError(shownUrl, effectiveDirective));
  };
  if (watches.size === 0) document?.addEventListener?.('securitypolicyviolation', notifyWatches);
  watches.add(check);
  return () => {
    if (watches.delete(check) && watches.size === 0)
      document?.removeEventListener?.('securitypolicyviolation', notifyWatches);
  };
}

/** Browsers report the blocked address as a whole, without its query, or as its origin only. */
function isSameOrigin(blocked: string | undefined, url: string): boolean {
  try {
    const { location } = globalThis as { location?: { href: string } };
    return new URL(blocked ?? '').host === new URL(url, location?.href).host;
  } catch {
    return false;
  }
}

/** The error of a `ws:` address on an https page, or `null`: WebKit makes a socket that never opens and never closes. */
export function findMixedContent(url: string, shownUrl: string): WebSocketError | null {
  const { location } = globalThis as { location?: { protocol?: string } };
  return location?.protocol === 'https:' && /^ws:/i.test(url) ? mixedContentError(shownUrl) : null;
}
