import { expect } from 'vitest';
import type { CloseInfo, ConnectionState } from '../../src/core/index.js';
import { Client } from './client.js';
import { findPort, type Program, type ServerProcess, startServer } from './processes.js';

const MIB = 2 ** 20;
/** What is sent to servers that have no limit for a message. */
const LARGE = 20 * MIB;

/** What one server does by itself, or with its recipe; each text is a cell of the guide's table. */
export interface Behaviour {
  readonly stop: string;
  readonly binary: string;
  readonly tooBig: string;
}

/** Ends what a measurement has started, however it goes. */
export async function cleanly<Result>(
  measure: (own: {
    start: (program: Program, port: number) => Promise<ServerProcess>;
    connect: typeof Client.open;
  }) => Promise<Result>,
): Promise<Result> {
  const endings: (() => void)[] = [];
  try {
    return await measure({
      async start(program, port) {
        const server = await startServer(program, port);
        endings.push(() => server.kill());
        return server;
      },
      async connect(...args) {
        const client = await Client.open(...args);
        endings.push(() => client.end());
        return client;
      },
    });
  } finally {
    for (const end of endings.reverse()) end();
  }
}

function describeState({ status, error }: ConnectionState): string {
  if (status === 'failed') return `\`failed\` (\`${error.kind}\`)`;
  return status === 'closed' ? '`closed`' : 'reconnects';
}

/** A close and what the library makes of it. */
export const describeEnd = ({ code, wasClean }: CloseInfo, state: ConnectionState): string =>
  `${code}, ${wasClean ? 'clean' : 'unclean'}; ${describeState(state)}`;

/** Stops the server with SIGTERM while a client is connected, and starts it again. */
export function measureStop(program: Program): Promise<string> {
  return cleanly(async ({ start, connect }) => {
    const port = await findPort();
    const server = await start(program, port);
    const client = await connect(port);
    expect(await client.isServed()).toBe(true);
    const closed = client.nextClose();
    server.signal('SIGTERM');
    const close = await closed;
    await server.exited;
    await start(program, port);
    const isServed = await client.isServed();
    const state = client.connection.getState();
    expect(isServed).toBe(state.status === 'open');
    return describeEnd(close, state);
  });
}

/** Sends a binary message to a handler that expects text. */
async function measureBinary(client: Client): Promise<string> {
  const { connection } = client;
  const closed = client.nextClose();
  const answers: unknown[] = [];
  const stop = connection.onMessage((answer) => {
    answers.push(answer);
  });
  const answered = client.nextMessage();
  connection.send(new Uint8Array(10));
  // Every server answers a ping, also when it says nothing to the message. What it says, it says before it
  // answers the text that is sent then.
  client.sockets.at(-1)?.ping();
  const first = await Promise.race([closed, answered, client.nextPong()]);
  if (first === undefined) connection.send('hello');
  const close = await Promise.race([closed, answered.then(() => null)]);
  stop();
  if (close !== null) return describeEnd(close, connection.getState());
  return answers[0] === '5' ? 'ignored' : 'accepted';
}

/** Sends the largest message that the server takes, and one that is one character longer. */
async function measureTooBig(client: Client, limit: number | null): Promise<string> {
  const { connection } = client;
  const largest = limit ?? LARGE;
  const answered = client.nextMessage();
  connection.send('x'.repeat(largest));
  expect(await Promise.race([answered, client.nextClose()])).toBe(String(largest));
  if (limit === null) return `no limit: ${describeSize(largest)} are accepted`;
  const closed = client.nextClose();
  connection.send('x'.repeat(limit + 1));
  const close = await Promise.race([closed, client.nextMessage().then(() => null)]);
  expect(close, 'a message over the limit').not.toBeNull();
  return `more than ${describeSize(limit)}: ${describeEnd(close!, connection.getState())}`;
}

const describeSize = (bytes: number): string => (bytes >= MIB ? `${bytes / MIB} MiB` : `${bytes / 1024} KiB`);

export async function measureBehaviour(program: Program, limit: number | null): Promise<Behaviour> {
  const stop = await measureStop(program);
  return cleanly(async ({ start, connect }) => {
    const port = await findPort();
    await start(program, port);
    const binary = await measureBinary(await connect(port));
    const tooBig = await measureTooBig(await connect(port), limit);
    return { stop, binary, tooBig };
  });
}

/** How often a client is pinged before it counts as kept. */
const PINGS = 3;

/** Leaves a client idle for longer than the server's limit. */
export function measureIdle(program: Program): Promise<string> {
  return cleanly(async ({ start, connect }) => {
    const port = await findPort();
    await start(program, port);

    const idle = await connect(port);
    const pinged = new Promise<null>((resolve) => {
      let count = 0;
      idle.sockets.at(-1)?.on('ping', () => {
        count += 1;
        if (count === PINGS) resolve(null);
      });
    });
    const close = await Promise.race([idle.nextClose(), pinged]);
    if (close !== null) return describeEnd(close, idle.connection.getState());

    const silent = await connect(port, { answersPings: false });
    const lost = await silent.nextClose();
    return `pings, and keeps the connection; a client that does not answer: ${describeEnd(lost, silent.connection.getState())}`;
  });
}
