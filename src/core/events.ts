import type { CloseInfo } from './closeCodes.js';
import type { FrameKind } from './frames.js';
import type { WebSocketError } from './errors.js';
import { addListener, callEach, type Listener } from './listeners.js';
import type { OpenInfo } from './options.js';
import type { DroppedMessage } from './sendQueue.js';

/** A frame on its way, by kind and bytes of payload. */
interface FrameInfo {
  readonly kind: FrameKind;
  readonly size: number;
}

/**
 * What a connection tells those who tap it with `onEvent`, for logs and inspectors. URLs come without query
 * and credentials; `at` is in milliseconds since the epoch.
 */
export type ConnectionEvent<In = unknown, Out = unknown> = { readonly at: number } & Happening<In, Out>;

/** An event that has not been given its time. */
type Happening<In, Out> =
  | { readonly type: 'dial'; readonly attempt: number; readonly url: string }
  | ({ readonly type: 'open' } & OpenInfo)
  | ({ readonly type: 'message'; readonly message: In } & FrameInfo)
  | ({ readonly type: 'sent' | 'queued'; readonly message: Out } & FrameInfo)
  | ({ readonly type: 'dropped' } & DroppedMessage<Out>)
  | { readonly type: 'close'; readonly close: CloseInfo }
  | {
      readonly type: 'retry';
      readonly attempt: number;
      readonly retryAt: number | null;
      readonly cause: CloseInfo;
    }
  | { readonly type: 'fail'; readonly error: WebSocketError }
  | { readonly type: 'violation'; readonly error: WebSocketError | Error }
  | { readonly type: 'heartbeat'; readonly phase: 'probe' | 'reply' | 'dead' };

/** Those who tap a connection. */
export interface Taps<In, Out> {
  add(listener: (event: ConnectionEvent<In, Out>) => void): () => void;
  /** Whether anybody listens: an event that costs something is not made for nobody. */
  areOpen(): boolean;
  emit(happening: Happening<In, Out>): void;
}

/** Creates taps that nobody listens to yet. */
export function createTaps<In, Out>(): Taps<In, Out> {
  const listeners = new Set<Listener<[ConnectionEvent<In, Out>]>>();
  return {
    add: (listener) => addListener(listeners, listener),
    areOpen: () => listeners.size > 0,
    emit(happening) {
      if (listeners.size > 0) callEach(listeners, { at: Date.now(), ...happening });
    },
  };
}
