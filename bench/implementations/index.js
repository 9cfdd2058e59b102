import { ahooks } from './ahooks.js';
import { bareSocket, emptyHandler } from './bareSocket.js';
import { frameStore, store } from './messageStore.js';
import { ours } from './ours.js';
import { partysocket } from './partysocket.js';
import { reactUseWebSocket } from './reactUseWebSocket.js';
import { reconnectingWebSocket } from './reconnectingWebSocket.js';
import { reducerHook, stateHook } from './stateHook.js';
import { statusStore } from './statusStore.js';

/**
 * What a component connects to: a URL, and what the implementation created once for all components.
 *
 * @typedef {{ url: string; source: unknown }} Endpoint
 */

/** @typedef {{ topic: string; n: number; price: number }} Message */

/**
 * A library, or hand-written code, in the way that its documentation recommends for each use. An implementation
 * has only the hooks that it supports.
 *
 * @typedef {object} Implementation
 * @property {(url: string) => unknown} [createSource] creates what all components of an application share
 * @property {(endpoint: Endpoint, onMessage: (message: Message) => void) => void} [useHandler]
 *   calls back for each message
 * @property {(endpoint: Endpoint) => Message | null | undefined} [useLatest] the newest message, as state
 * @property {(endpoint: Endpoint, reduce: (state: S, message: Message) => S, initial: S) => S} [useReduced]
 *   state that is reduced from every message
 * @property {(endpoint: Endpoint, topic: string) => Message | null | undefined} [useTopic]
 *   the newest message of one topic
 * @property {(endpoint: Endpoint) => unknown} [useStatus] the shared source, without its messages
 * @property {(endpoint: Endpoint) => unknown} [useShared] the connection that components with equal URLs share
 * @property {(endpoint: Endpoint) => string | number} [useOwn] the status of the component's own connection
 * @property {(endpoint: Endpoint) => Message | null | undefined} [useSharedLatest]
 *   the newest message of the connection that components with equal URLs share
 * @property {(endpoint: Endpoint, tick: number) => unknown} [useInline]
 *   a connection whose options are written inline, so that they are new in every render
 * @property {(endpoint: Endpoint) => unknown} [useOutside] a connection whose options are the same in every render
 * @property {(endpoint: Endpoint) => unknown} [useOneTopic] the newest message of one fixed topic
 */

/** @type {Record<string, Implementation>} */
export const implementations = {
  ours,
  reactUseWebSocket,
  partysocket,
  reconnectingWebSocket,
  ahooks,
  stateHook,
  reducerHook,
  store,
  frameStore,
  statusStore,
  bareSocket,
  emptyHandler,
};
