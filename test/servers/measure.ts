import { expect } from 'vitest';
import type { CloseInfo, ConnectionState } from '../../src/core/index.js';
import { Client } from './client.js';
import type { IdleLimit, Server } from './catalog.js';
import { findPort, type Program, type ServerProcess, startServer } from './processes.js';

const MIB = 2 ** 20;
/** What is sent to servers that have no limit for a message. */
const LARGE = 20 * MIB;

export const TOO_BIG = '1009; `failed` (`contract`)';
const LOST = '1006; reconnects';

type Limits = Pick<Server, 'limit' | 'losesCloseOfTooBig' | 'ignoresBinary'>;

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

/**
 * A close and what the library makes of it. Whether it was clean matters for 1000 alone; after other codes it
 * may depend on which packet arrives first.
 */
export function describeEnd({ code, wasClean }: CloseInfo, state: ConnectionState): string {
  const close = code === 1000 ? `1000, ${wasClean ? 'clean' : 'unclean'}` : String(code);
  return `${close}; ${describeState(state)}`;
}

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
export async function measureBinary(client: Client, isIgnored = false): Promise<string> {
  const { connection } = client;
  const ended = client.nextClose();
  const answered = client.nextMessage();
  connection.send(new Uint8Array(10));
  // Where nothing is expected, the answer to another message shows that nothing has come before it.
  if (isIgnored) connection.send('hello');
  const result = await Promise.race([ended, answered]);
  if (result === '5') return 'ignored';
  return typeof result === 'string' ? 'accepted' : describeEnd(result as CloseInfo, connection.getState());
}

/** Sends the largest message that the server takes, and one that is one character longer. */
async function measureTooBig(client: Client, { limit, losesCloseOfTooBig = false }: Limits): Promise<string> {
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
  const end = describeEnd(close!, connection.getState());
  // Which of the two it is depends on which packet arrives first.
  const isEither = losesCloseOfTooBig && [TOO_BIG, LOST].includes(end);
  return `more than ${describeSize(limit)}: ${isEither ? `${TOO_BIG}, or ${LOST}` : end}`;
}

const describeSize = (bytes: number): string =>
  bytes > MIB / 2 ? `${Math.round(bytes / MIB)} MiB` : `${bytes / 1024} KiB`;

export async function measureBehaviour(program: Program, limits: Limits): Promise<Behaviour> {
  const stop = await measureStop(program);
  return cleanly(async ({ start, connect }) => {
    const port = await findPort();
    await start(program, port);
    const binary = await measureBinary(await connect(port), limits.ignoresBinary);
    const tooBig = await measureTooBig(await connect(port), limits);
    return { stop, binary, tooBig };
  });
}

/** How often a client is pinged before it counts as kept. */
const PINGS = 5;

/** Waits for the end of the connection, or until the server has pinged it several times: `null`. */
export async function closedOrKept(client: Client): Promise<CloseInfo | null> {
  const kept = new Promise<null>((resolve) => {
    let count = 0;
    client.sockets.at(-1)?.on('ping', () => {
      count += 1;
      if (count === PINGS) resolve(null);
    });
  });
  return Promise.race([client.nextClose(), kept]);
}

/** Leaves a client idle for longer than the server's limit. */
function measureIdleLimit({ setting, program, toleratesSilence = false }: IdleLimit): Promise<string> {
  return cleanly(async ({ start, connect }) => {
    const port = await findPort();
    await start(program, port);

    const idle = await connect(port);
    const close = await closedOrKept(idle);
    if (close !== null) return `${setting}: ${describeEnd(close, idle.connection.getState())}`;

    const silent = await connect(port, { answersPings: false });
    const lost = await (toleratesSilence ? closedOrKept(silent) : silent.nextClose());
    const silence = lost === null ? 'kept too' : describeEnd(lost, silent.connection.getState());
    return `${setting}: kept by pings; a client that does not answer them: ${silence}`;
  });
}

export async function measureIdle(limits: readonly IdleLimit[]): Promise<string> {
  const cells: string[] = [];
  for (const limit of limits) cells.push(await measureIdleLimit(limit));
  return cells.join('. ') || 'no limit';
}
