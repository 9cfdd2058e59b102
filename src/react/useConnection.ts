import { useState } from 'react';

import { type HeldConnection, openConnection, type Setup } from '../core/connection.js';
import { resolveOptions } from '../core/options.js';
import { proposeShared } from '../core/sharing.js';
import { useCommitEffect } from './useLatest.js';
import type { WebSocketOptions, WebSocketSource } from './useWebSocket.js';
import { warn } from './warn.js';

/** The connection of a component, and how it came by it. */
export interface ConnectionSlot<In, Out> {
  readonly connection: HeldConnection<In, Out> | null;
  /** The key under which the connection is shared, or `null`. */
  readonly sharedAs: string | null;
  /** Uses another connection from now on. */
  readonly adopt: (connection: HeldConnection<In, Out>) => void;
}

interface Slot<In, Out> {
  /** What makes two renders mean the same connection. */
  readonly identity: unknown;
  readonly connection: HeldConnection<In, Out> | null;
  /** Gives the connection the options of the latest render. */
  readonly update: (setup: Setup<In, Out>) => void;
}

/**
 * Finds the connection that a source means: a given one, or one of its own that lasts as long as the URL
 * string, the protocols and the key. Creating one acts on nothing, so it is safe in render.
 */
export function useConnection<In, Out>(
  source: WebSocketSource<In, Out>,
  options: WebSocketOptions<In, Out>,
): ConnectionSlot<In, Out> {
  const setup = isUrl(source) ? { url: source, options: resolveOptions(options) } : null;
  const key = setup && describeTarget(setup.url, options);
  const sharedAs = options.share ? key : null;
  const identity = setup ? key : source || null;

  const [kept, keep] = useState(() => createSlot(source, identity, sharedAs, setup));
  let slot = kept;
  if (slot.identity !== identity) {
    slot = createSlot(source, identity, sharedAs, setup);
    keep(slot);
  }
  useCommitEffect(() => {
    if (setup) slot.update(setup);
  });
  if (source && !setup) warnOfIdleOptions(options);
  return {
    connection: slot.connection,
    sharedAs,
    adopt: (connection) => {
      keep({ ...slot, connection });
    },
  };
}

function createSlot<In, Out>(
  source: WebSocketSource<In, Out>,
  identity: unknown,
  sharedAs: string | null,
  first: Setup<In, Out> | null,
): Slot<In, Out> {
  if (!first)
    return {
      identity,
      connection: (source || null) as HeldConnection<In, Out> | null,
      update: () => undefined,
    };
  let setup = first;
  const create = (): HeldConnection<In, Out> => openConnection(() => setup);
  return {
    identity,
    connection: sharedAs === null ? create() : proposeShared(sharedAs, create),
    update(next) {
      setup = next;
    },
  };
}

/** The URL string, the protocols and the key; a function has no identity. */
function describeTarget<In, Out>(url: unknown, { protocols, key, share }: WebSocketOptions<In, Out>): string {
  if (share && typeof url === 'function' && key === undefined) {
    throw new TypeError('share with a function as URL needs the option key: a function has no identity.');
  }
  const values = [url, protocols].map((value) => (typeof value === 'function' ? '()' : value));
  return JSON.stringify([...values, key, Boolean(share)]);
}

function isUrl<In, Out>(
  source: WebSocketSource<In, Out>,
): source is Extract<typeof source, string | URL | ((...args: never) => unknown)> {
  return Boolean(source) && (typeof source !== 'object' || !('retain' in (source as object)));
}

/** Options of the component; any other one belongs to the connection. */
const OWN = ['enabled', 'throwOnError', 'onOpen', 'onMessage', 'onClose', 'onError', 'onDrop'];

function warnOfIdleOptions(options: object): void {
  for (const name of Object.keys(options)) {
    if (!OWN.includes(name))
      warn(
        `the option ${name} has no effect here, because the connection was made elsewhere: give it there.`,
      );
  }
}
