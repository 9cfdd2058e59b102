// Options can be computed: what is undefined is left out, also under exactOptionalPropertyTypes.
import { expectTypeOf } from 'vitest';

import { type CloseCodeEntry, closeCodes, describeCloseCode } from '../../src/closeCodes/index.js';
import {
  type CloseInfo,
  type ConnectionEvent,
  type ConnectionOptions,
  createConnection,
  type HeartbeatOptions,
  type MessageReducerOptions,
  type ReconnectOptions,
  type ReconnectPolicy,
  type ReconnectRule,
  type SendQueueOptions,
  type TopicOptions,
  useWebSocket,
  useWebSocketContext,
  type WebSocketOptions,
  type WebSocketProviderProps,
} from '../../src/index.js';

declare const isBatch: boolean;
declare const maxAttempts: number | undefined;
declare const givenPolicy: ReconnectPolicy | undefined;
declare const anyKey: string | number | undefined;

/** The options that may be left out and yet not be undefined: there should be none. */
type Stubborn<Options> = {
  [Key in keyof Required<Options>]: undefined extends Required<Options>[Key] ? never : Key;
}[keyof Options];
expectTypeOf<Stubborn<{ plain?: number; friendly?: number | undefined }>>().toEqualTypeOf<'plain'>();
expectTypeOf<Stubborn<WebSocketOptions>>().toEqualTypeOf<never>();
expectTypeOf<Stubborn<ReconnectOptions>>().toEqualTypeOf<never>();
expectTypeOf<Stubborn<ReconnectRule>>().toEqualTypeOf<never>();
expectTypeOf<Stubborn<SendQueueOptions>>().toEqualTypeOf<never>();
expectTypeOf<Stubborn<Omit<HeartbeatOptions<string, string>, 'message'>>>().toEqualTypeOf<never>();
expectTypeOf<Stubborn<Omit<TopicOptions<string, string>, 'of'>>>().toEqualTypeOf<never>();
expectTypeOf<Stubborn<MessageReducerOptions>>().toEqualTypeOf<never>();
expectTypeOf<Stubborn<Omit<WebSocketProviderProps, 'url'>>>().toEqualTypeOf<never>();

export function ComputedOptions() {
  useWebSocket('wss://example.com', {
    reconnect: isBatch ? { maxAttempts: 3 } : undefined,
    heartbeat: isBatch ? undefined : { message: 'ping', interval: undefined },
    sendQueue: isBatch ? false : { maxMessages: undefined },
    protocols: isBatch ? ['v1', 'v2'] : undefined,
    throwOnError: isBatch ? ({ kind }) => kind === 'contract' : undefined,
    onMessage: isBatch ? (message) => console.log(message) : undefined,
    onClose: undefined,
    contract: undefined,
    enabled: isBatch || undefined,
    key: anyKey,
    linger: isBatch ? 100 : undefined,
    WebSocket: undefined,
    random: undefined,
  });
  useWebSocket('wss://example.com', {
    reconnect: { maxAttempts, codes: isBatch ? { 1012: {} } : undefined },
  });
  useWebSocket('wss://example.com', { reconnect: givenPolicy });
  useWebSocket('wss://example.com', undefined);
  useWebSocketContext({ onClose: isBatch ? undefined : () => {}, throwOnError: true });

  // @ts-expect-error what belongs to the connection is a prop of the provider
  useWebSocketContext({ reconnect: false });
  // @ts-expect-error a misspelt option
  useWebSocket('wss://example.com', { reconect: false });
  // @ts-expect-error the hook's own options mean nothing to a connection
  createConnection('wss://example.com', { enabled: false });
}

export const policies: readonly ReconnectPolicy[] = [
  false,
  {},
  { minDelay: 2_000, maxDelay: 10_000, widenAfter: 1, widenTo: 60_000, maxAttempts: 5, stableAfter: 10_000 },
  { codes: { 1000: {}, 1011: 'stop', 1012: { minDelay: 5_000, maxDelay: 30_000 }, 4001: 'fail' } },
  ({ attempt }) => attempt * 1_000,
  ({ close, cause, opened }) => {
    expectTypeOf(close).toEqualTypeOf<CloseInfo>();
    expectTypeOf(cause).toEqualTypeOf<CloseInfo>();
    expectTypeOf(opened).toEqualTypeOf<boolean>();
    return close.code === 4001 ? 'fail' : undefined;
  },
  { decide: ({ close }) => (close.reason === 'bye' ? 'stop' : undefined) },
  // @ts-expect-error `true` says nothing that is not the default
  true,
  // @ts-expect-error no such rule
  { codes: { 1012: 'retry' } },
  // @ts-expect-error no such decision
  () => 'retry',
  // @ts-expect-error delays are known at once: a promise is none
  async () => 1_000,
];

export const options: ConnectionOptions<string, string> = {
  protocols: async ({ attempt }) => (attempt > 0 ? ['v1'] : undefined),
  onOpen({ url, protocol, attempt, at }) {
    expectTypeOf({ url, protocol }).toEqualTypeOf<{ url: string; protocol: string }>();
    expectTypeOf({ attempt, at }).toEqualTypeOf<{ attempt: number; at: number }>();
  },
  onError: (error) => expectTypeOf(error).toExtend<Error>(),
};

export function listen(event: ConnectionEvent<string, number>) {
  expectTypeOf(event.at).toEqualTypeOf<number>();
  if (event.type === 'message') expectTypeOf(event.message).toEqualTypeOf<string>();
  if (event.type === 'sent') expectTypeOf(event.message).toEqualTypeOf<number>();
  if (event.type === 'close') expectTypeOf(event.close).toEqualTypeOf<CloseInfo>();
  if (event.type === 'retry') expectTypeOf(event.cause).toEqualTypeOf<CloseInfo>();
}

expectTypeOf(closeCodes).toEqualTypeOf<readonly CloseCodeEntry[]>();
expectTypeOf(describeCloseCode(1012).sentBy).toEqualTypeOf<'client' | 'server' | 'both' | 'nobody'>();
// @ts-expect-error the reference is for reading
closeCodes[0]!.howToFix = '';
