// Destructuring narrows by `status`, and nothing has to be asked twice.
import { expectTypeOf } from 'vitest';

import {
  type CloseInfo,
  type Connection,
  type ConnectionState,
  type ConnectionStatus,
  useWebSocket,
  useWebSocketContext,
  type WebSocketError,
  type WebSocketErrorKind,
} from '../../src/index.js';

type WaitingFor = 'delay' | 'network' | 'handshake';

export function DestructuredHandle() {
  const { status, error, attempt, retryAt, waitingFor, cause, lastClose } = useWebSocket('wss://example.com');

  expectTypeOf(status).toEqualTypeOf<'idle' | 'connecting' | 'open' | 'reconnecting' | 'closed' | 'failed'>();
  expectTypeOf(error).toEqualTypeOf<WebSocketError | null>();
  expectTypeOf(cause).toEqualTypeOf<CloseInfo | null>();
  // @ts-expect-error without a look at the status the error may be null
  expectTypeOf(error.kind);

  if (status === 'failed') {
    expectTypeOf(error.kind).toEqualTypeOf<WebSocketErrorKind>();
    expectTypeOf(attempt).toEqualTypeOf<number>();
    expectTypeOf(lastClose).toEqualTypeOf<CloseInfo | null>();
    expectTypeOf(retryAt).toEqualTypeOf<null>();
  } else {
    expectTypeOf(error).toEqualTypeOf<null>();
  }
  if (status === 'reconnecting') {
    expectTypeOf(attempt).toEqualTypeOf<number>();
    expectTypeOf(retryAt).toEqualTypeOf<number | null>();
    expectTypeOf(waitingFor).toEqualTypeOf<WaitingFor>();
    expectTypeOf(cause).toEqualTypeOf<CloseInfo>();
    expectTypeOf(lastClose).toEqualTypeOf<CloseInfo>();
  } else {
    expectTypeOf(cause).toEqualTypeOf<null>();
    expectTypeOf(retryAt).toEqualTypeOf<null>();
  }
  if (status === 'closed') expectTypeOf(lastClose).toEqualTypeOf<CloseInfo>();
  if (status === 'open') {
    expectTypeOf(lastClose).toEqualTypeOf<CloseInfo | null>();
    expectTypeOf(attempt).toEqualTypeOf<0>();
  }
  if (status === 'connecting') expectTypeOf(waitingFor).toEqualTypeOf<'handshake'>();
  if (status === 'idle') expectTypeOf(lastClose).toEqualTypeOf<null>();
}

export function NarrowedHandle() {
  const socket = useWebSocketContext();
  if (socket.status === 'failed') expectTypeOf(socket.error).toEqualTypeOf<WebSocketError>();
  if (socket.status === 'reconnecting') expectTypeOf(socket.cause.code).toEqualTypeOf<number>();
  expectTypeOf(socket.connection).toEqualTypeOf<Connection | null>();
  // @ts-expect-error a handle is a snapshot
  socket.attempt = 1;
  // @ts-expect-error there is no such state
  if (socket.status === 'disconnected') return;
}

export function describeState(state: ConnectionState): string {
  switch (state.status) {
    case 'idle':
    case 'connecting':
    case 'open':
      return state.status;
    case 'reconnecting':
      return state.cause.name;
    case 'closed':
      return state.lastClose.name;
    case 'failed':
      return state.error.hint;
    default:
      return expectNever(state);
  }
}

declare function expectNever(value: never): never;
expectTypeOf<ConnectionState['status']>().toEqualTypeOf<ConnectionStatus>();
