// What may be sent is what the contract says, whatever else the options hold.
import { expectTypeOf } from 'vitest';
import { z } from 'zod';

import {
  createConnection,
  json,
  type MessageData,
  useWebSocket,
  WebSocketProvider,
} from '../../src/index.js';

const url = 'wss://example.com';
const Order = z.object({ symbol: z.string(), at: z.number().optional() });
const Request = z.discriminatedUnion('type', [
  z.object({ type: z.literal('watch'), symbol: z.string() }),
  z.object({ type: z.literal('order'), amount: z.number() }),
]);
type Request = z.infer<typeof Request>;

export function ASubscriptionDoesNotNarrowWhatMayBeSent() {
  const orders = createConnection(url, {
    contract: json({ receive: Order, send: Order }),
    topics: { of: (order) => order.symbol, subscribe: (symbol) => ({ symbol }) },
  });
  orders.send({ symbol: 'AAPL', at: 5 });

  const { send } = useWebSocket(url, {
    topics: {
      of: () => undefined,
      subscribe: (topic) => `sub ${topic}`,
      unsubscribe: (topic) => `un ${topic}`,
    },
  });
  expectTypeOf(send).parameter(0).toEqualTypeOf<MessageData>();
}

export function AHeartbeatDoesNotNarrowWhatMayBeSent() {
  const { send } = useWebSocket(url, {
    heartbeat: { message: 'ping', isReply: (message) => message === 'pong' },
  });
  expectTypeOf(send).parameter(0).toEqualTypeOf<MessageData>();
  const raw = createConnection(url, { heartbeat: { message: 'ping' } });
  expectTypeOf(raw.send).parameter(0).toEqualTypeOf<MessageData>();
}

export function ALiteralIsAMemberOfTheUnion() {
  const validated = createConnection(url, {
    contract: json({ send: Request }),
    topics: { of: () => undefined, subscribe: (symbol) => ({ type: 'watch', symbol }) },
    heartbeat: { message: { type: 'order', amount: 0 } },
  });
  expectTypeOf(validated.send).parameter(0).toEqualTypeOf<Request>();

  const stated = createConnection(url, {
    contract: json<string, Request>(),
    topics: { of: () => undefined, subscribe: (symbol) => ({ type: 'watch', symbol }) },
  });
  expectTypeOf(stated.send).parameter(0).toEqualTypeOf<Request>();

  const { send } = useWebSocket(url, {
    contract: json<string, Request>(),
    topics: { of: () => undefined, subscribe: (symbol) => ({ type: 'watch', symbol }) },
  });
  expectTypeOf(send).parameter(0).toEqualTypeOf<Request>();

  return (
    <WebSocketProvider
      url={url}
      contract={json<string, Request>()}
      topics={{ of: () => undefined, subscribe: (symbol) => ({ type: 'watch', symbol }) }}
    />
  );
}

export function AnArrayStaysOneThatCanBeWrittenTo() {
  const { send } = createConnection(url, {
    contract: json<string, [verb: string, topics: string[]]>(),
    topics: { of: () => undefined, subscribe: (topic) => ['watch', [topic]] },
    heartbeat: { message: ['ping', []] },
  });
  expectTypeOf(send).parameter(0).toEqualTypeOf<[verb: string, topics: string[]]>();
  createConnection(url, {
    contract: json<string, string[]>(),
    topics: { of: () => undefined, subscribe: (topic) => ['watch', topic] },
  });
}

export function WhatTheContractDoesNotAllowIsAnError() {
  createConnection(url, {
    contract: json<string, Request>(),
    // @ts-expect-error no such request
    topics: { of: () => undefined, subscribe: (symbol) => ({ type: 'unknown', symbol }) },
  });
  // @ts-expect-error no such request
  createConnection(url, {
    contract: json<string, Request>(),
    heartbeat: { message: 'ping' },
  });
}
