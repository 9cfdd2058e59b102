import { blockedByPolicyError, mixedContentError, type WebSocketError } from '../errors.js';

interface PolicyViolation {
  readonly effectiveDirective?: string;
  readonly blockedURI?: string;
}

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
  const listen = (event: Event): void => {
    const { effectiveDirective, blockedURI } = event as PolicyViolation;
    if (effectiveDirective === 'connect-src' && isSameOrigin(blockedURI, url))
      onBlocked(blockedByPolicyError(shownUrl, effectiveDirective));
  };
  document?.addEventListener?.('securitypolicyviolation', listen);
  return () => document?.removeEventListener?.('securitypolicyviolation', listen);
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
