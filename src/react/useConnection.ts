import { useState } from 'react';

import { type HeldConnection, openConnection } from '../core/connection.js';
import type { Setup } from '../core/holders.js';
import { type ProtocolsSource, resolveOptions, type UrlSource } from '../core/options.js';
import { leaveShared, proposeShared } from '../core/sharing.js';
import type { WebSocketOptions, WebSocketSource } from './useWebSocket.js';
import { warnOfIdleOptions } from './warn.js';

/** The connection of a component, and how it came by it. */
export interface Found<In, Out> {
  readonly connection: HeldConnection<In, Out> | null;
  /** What a connection of its own is to be like; `null` for one that was given. */
  readonly setup: Setup<In, Out> | null;
  /** The key under which the connection is shared, or `null`. */
  readonly sharedAs: string | null;
  /** Uses another connection from now on. */
  readonly adopt: (connection: HeldConnection<In, Out>) => void;
}

/**
 * Finds the connection that a source means: a given one, or one of its own that lasts as long as the URL
 * string, the protocols and the key. Creating one acts on nothing, so it is safe in render.
 */
export function useConnection<In, Out>(
  source: WebSocketSource<In, Out>,
  options: WebSocketOptions<In, Out>,
): Found<In, Out> {
  const setup = isUrl(source) ? { url: source, options: resolveOptions(options), given: options } : null;
  const target = setup && describeTarget(setup.url, options);
  const sharedAs = options.share ? target : null;
  const identity = setup ? target : source || null;

  const find = () => {
    if (!setup) return { identity, connection: (source || null) as HeldConnection<In, Out> | null };
    if (sharedAs === null) return { identity, connection: openConnection(setup) };
    const create = () => openConnection(setup, {}, (connection) => leaveShared(sharedAs, connection));
    return { identity, connection: proposeShared(sharedAs, create) };
  };
  const [kept, keep] = useState(find);
  let found = kept;
  if (found.identity !== identity) {
    found = find();
    keep(found);
  }
  if (source && !setup) warnOfIdleOptions(options);
  return {
    connection: found.connection,
    setup,
    sharedAs,
    adopt(connection) {
      keep({ identity, connection });
    },
  };
}

/** The URL string, the protocols and the key; a function has no identity. */
function describeTarget<In, Out>(
  url: UrlSource,
  { protocols, key, share }: WebSocketOptions<In, Out>,
): string {
  if (share && typeof url === 'function' && key === undefined) {
    throw new TypeError(
      'share with a function as URL needs the option key, or in JSX a connection: a function has no identity.',
    );
  }
  // A template, because every render makes one. No subprotocol has a space in it, and no URL a line break.
  return `${Boolean(share)} ${identify(protocols)} ${identify(url)}\n${typeof key} ${key}`;
}

function identify(value: UrlSource | ProtocolsSource): string {
  return typeof value === 'function' ? '()' : (value ?? '').toString();
}

function isUrl<In, Out>(
  source: WebSocketSource<In, Out>,
): source is Extract<typeof source, string | URL | ((...args: never) => unknown)> {
  return Boolean(source) && (typeof source !== 'object' || !('retain' in (source as object)));
}
