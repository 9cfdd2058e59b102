// Types flow from a contract to everything that sends or reads, and are stated once.
import type { UnsharedView } from '../../src/core/messages/frames.js';
import { type } from 'arktype';
import * as v from 'valibot';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';

import {
  binary,
  type Connection,
  createConnection,
  json,
  type MessageContract,
  text,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
} from '../../src/index.js';

/** What comes out of a schema that turns text into a date, and what goes into one that has a default. */
interface Received {
  symbol: string;
  at: Date;
}

const url = 'wss://example.com';

const withZod = createConnection(url, {
  contract: json({
    receive: z.object({ symbol: z.string(), at: z.string().transform((at) => new Date(at)) }),
    send: z.object({ symbol: z.string(), depth: z.string().transform(Number) }),
  }),
});
const withValibot = createConnection(url, {
  contract: json({
    receive: v.object({
      symbol: v.string(),
      at: v.pipe(
        v.string(),
        v.transform((at) => new Date(at)),
      ),
    }),
    send: v.object({ symbol: v.string(), depth: v.pipe(v.string(), v.transform(Number)) }),
  }),
});
const withArkType = createConnection(url, {
  contract: json({
    receive: type({ symbol: 'string', at: 'string.date.parse' }),
    send: type({ symbol: 'string', depth: 'string.numeric.parse' }),
  }),
});

export function ReceivesTheOutputType() {
  expectTypeOf(useLatestMessage(useWebSocket(withZod))).toEqualTypeOf<Received | undefined>();
  expectTypeOf(useLatestMessage(useWebSocket(withValibot))).toEqualTypeOf<Received | undefined>();
  expectTypeOf(useLatestMessage(useWebSocket(withArkType))).toEqualTypeOf<Received | undefined>();
}

export function SendsTheInputType() {
  const order = { symbol: 'AAPL', depth: '10' };
  useWebSocket(withZod).send(order);
  useWebSocket(withValibot).send(order);
  useWebSocket(withArkType).send(order);
  // @ts-expect-error what goes in is the text, what comes out the number
  useWebSocket(withZod).send({ symbol: 'AAPL', depth: 10 });
  // @ts-expect-error the number is what comes out
  useWebSocket(withValibot).send({ symbol: 'AAPL', depth: 10 });
  // @ts-expect-error the number is what comes out
  useWebSocket(withArkType).send({ symbol: 'AAPL', depth: 10 });
  // @ts-expect-error a message is complete
  withZod.send({ symbol: 'AAPL' });
}

export function FromTheContractToTheRender() {
  const socket = useWebSocket(withZod, {
    onMessage: (message) => expectTypeOf(message).toEqualTypeOf<Received>(),
  });
  const at = useLatestMessage(socket, (message) => {
    expectTypeOf(message).toEqualTypeOf<Received>();
    return message.symbol === 'AAPL' ? message.at : undefined;
  });
  expectTypeOf(at).toEqualTypeOf<Date | undefined>();

  const inTopic = useLatestMessage(socket, { topic: 'AAPL', select: ({ at: date }) => date.getTime() });
  expectTypeOf(inTopic).toEqualTypeOf<number | undefined>();
  expectTypeOf(useLatestMessage(socket, { topic: 'AAPL' })).toEqualTypeOf<Received | undefined>();

  const byName = useMessageReducer(
    socket,
    (book, message) => {
      expectTypeOf(message).toEqualTypeOf<Received>();
      return new Map(book).set(message.symbol, message.at);
    },
    () => new Map<string, Date>(),
  );
  expectTypeOf(byName).toEqualTypeOf<Map<string, Date>>();

  // @ts-expect-error such a message has no price
  useLatestMessage(socket, ({ price }) => String(price));
  // @ts-expect-error the reducer returns the state it is given
  useMessageReducer(socket, (count: number, message) => message.symbol, 0);
}

export function ContractInTheHook() {
  const socket = useWebSocket(url, {
    contract: json({ receive: z.object({ price: z.number() }), send: z.object({ buy: z.number() }) }),
    onMessage: ({ price }) => expectTypeOf(price).toEqualTypeOf<number>(),
    topics: { of: ({ price }) => String(price), subscribe: (topic) => ({ buy: Number(topic) }) },
    heartbeat: { message: { buy: 0 }, isReply: ({ price }) => price === 0 },
    onDrop: ({ message }) => expectTypeOf(message).toEqualTypeOf<{ buy: number }>(),
  });
  socket.send({ buy: 1 });
  // @ts-expect-error a price is what comes in
  socket.send({ price: 1 });
}

const contracts = {
  stated: json<{ price: number }, { buy: number }>(),
  free: json(),
  receiveOnly: json({ receive: z.object({ price: z.number() }) }),
  sendOnly: json({ send: z.object({ buy: z.number() }) }),
};
expectTypeOf(contracts.stated).toEqualTypeOf<MessageContract<{ price: number }, { buy: number }>>();
expectTypeOf(contracts.free).toEqualTypeOf<MessageContract<unknown, unknown>>();
expectTypeOf(contracts.receiveOnly).toEqualTypeOf<MessageContract<{ price: number }, unknown>>();
expectTypeOf(contracts.sendOnly).toEqualTypeOf<MessageContract<unknown, { buy: number }>>();

expectTypeOf(createConnection(url, { contract: text() })).toEqualTypeOf<Connection<string, string>>();
expectTypeOf(createConnection(url, { contract: binary() })).toEqualTypeOf<
  Connection<ArrayBuffer, ArrayBuffer | UnsharedView | Blob>
>();
expectTypeOf(createConnection(url, { contract: binary<Blob>(), binaryType: 'blob' })).toEqualTypeOf<
  Connection<Blob, ArrayBuffer | UnsharedView | Blob>
>();
// @ts-expect-error text was agreed
createConnection(url, { contract: text() }).send(new Uint8Array(1));
// @ts-expect-error binary was agreed
createConnection(url, { contract: binary() }).send('text');

/** A contract by hand. */
const lines: MessageContract<readonly string[], readonly string[]> = {
  sends: 'text',
  accepts: 'any',
  encode: (message) => message.join('\n'),
  decode: (data) => (typeof data === 'string' ? data.split('\n') : []),
};
createConnection(url, { contract: lines }).send(['one', 'two']);

// @ts-expect-error a schema has the form of Standard Schema
json({ receive: { parse: (value: unknown) => value } });
// @ts-expect-error no such schema
json({ received: z.string() });
