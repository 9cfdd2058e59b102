import type { CloseInfo } from './closeCodes.js';
import type { FrameInfo } from './frames.js';
import type { WebSocketError } from './errors.js';
import type { OpenInfo } from './options.js';
import type { DroppedMessage } from './sendQueue.js';

/**
 * What a connection tells those who tap it with `onEvent`, for logs and inspectors. URLs come without query
 * and credentials; `at` is in milliseconds since the epoch.
 */
export type ConnectionEvent<In = unknown, Out = unknown> = { readonly at: number } & Happening<In, Out>;

/** An event that has not been given its time. */
export type Happening<In, Out> =
  | { readonly type: 'dial'; readonly attempt: number; readonly url: string }
  | ({ readonly type: 'open' } & OpenInfo)
  | ({ readonly type: 'message'; readonly message: In } & Pick<FrameInfo, 'kind' | 'size'>)
  | ({ readonly type: 'sent' | 'queued'; readonly message: Out } & Pick<FrameInfo, 'kind' | 'size'>)
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
