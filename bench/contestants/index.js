import { ahooks } from './ahooks.js';
import { bare, deaf } from './bare.js';
import { ours } from './ours.js';
import { partysocket } from './partysocket.js';
import { reactUseWebSocket } from './reactUseWebSocket.js';
import { reconnectingWebSocket } from './reconnectingWebSocket.js';
import { reducerHook, stateHook } from './stateHook.js';
import { statusStore } from './statusStore.js';
import { frameStore, store } from './store.js';

/**
 * Where a component reads from: a URL, and what the contestant makes of it once for all components.
 *
 * @typedef {{ url: string; source: unknown }} Place
 */

/** @typedef {{ topic: string; n: number; price: number }} Message */

/**
 * How one library, or a few lines by hand, do what the benchmark asks for, each in the best way that its
 * documentation shows. What a contestant cannot do it leaves out.
 *
 * @typedef {object} Contestant
 * @property {(url: string) => unknown} [createSource] makes what all components of an application share
 * @property {(place: Place, onMessage: (message: Message) => void) => void} [useHandler] calls back for each message
 * @property {(place: Place) => Message | null | undefined} [useLatest] the newest message, as state
 * @property {(place: Place, reduce: (state: S, message: Message) => S, initial: S) => S} [useReduced]
 *   every message, folded into state
 * @property {(place: Place, topic: string) => Message | null | undefined} [useTopic] the newest message of one topic
 * @property {(place: Place) => unknown} [useStatus] the connection that the application owns, without its messages
 * @property {(place: Place) => unknown} [useShared] the connection that equal URLs share
 * @property {(place: Place) => string | number} [useOwn] the status of a connection of the component's own
 * @property {(place: Place) => Message | null | undefined} [useSharedLatest]
 *   the newest message of the connection that equal URLs share
 * @property {(place: Place, tick: number) => unknown} [useInline] a connection with options written inline
 */

/** @type {Record<string, Contestant>} */
export const contestants = {
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
  bare,
  deaf,
};
