import { expect } from 'vitest';
import type { CloseInfo } from '../../src/core/index.js';
import type { IdleLimit, Server } from './catalog.js';
import { Tab } from './chromium.js';
import { Client } from './client.js';
import type { Outcome } from './observedConnection.js';
import { findPort, type Program, type ServerProcess, startServer } from './processes.js';

const MIB = 2 ** 20;
/** The size of a message to servers without a limit. */
const LARGE = 20 * MIB;

export const TOO_BIG = '1009; `failed` (`contract`)';
const LOST = '1006; reconnects';

/** The end after a message that is too big, where it is chance whether the close frame arrives. */
export const describeTooBig = (end: string): string =>
  [TOO_BIG, LOST].includes(end) ? `${TOO_BIG}, or ${LOST}` : end;

const CLEAN = '1000, clean; `closed`';
const UNCLEAN = '1000, unclean; reconnects';

type Expectations = Pick<Server, 'limit' | 'losesCloseOfTooBig' | 'ignoresBinary' | 'closesByChance'>;

/** What one server does by default, or with its recipe; each text is a cell of the guide's table. */
export interface Behaviour {
  readonly stop: string;
  readonly binary: string;
  readonly tooBig: string;
}

interface Resources {
  readonly start: (program: Program, port: number) => Promise<ServerProcess>;
  readonly connect: typeof Client.open;
  readonly openTab: typeof Tab.open;
}

/** Ends all servers, clients and tabs that a measurement has started, also after an error. */
export async function withCleanup<Result>(
  measure: (resources: Resources) => Promise<Result>,
): Promise<Result> {
  const cleanups: (() => unknown)[] = [];
  try {
    return await measure({
      async start(program, port) {
        const server = await startServer(program, port);
        cleanups.push(() => server.kill());
        return server;
      },
      async connect(...args) {
        const client = await Client.open(...args);
        cleanups.push(() => client.end());
        return client;
      },
      async openTab(port) {
        const tab = await Tab.open(port);
        cleanups.push(() => tab.end());
        return tab;
      },
    });
  } finally {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  }
}

function describeOutcome({ status, kind }: Outcome): string {
  if (status === 'failed') return `\`failed\` (\`${kind}\`)`;
  return status === 'closed' ? '`closed`' : 'reconnects';
}

/**
 * Describes a close and the reaction of the library. Only for 1000 it matters whether the close was clean; after other
 * codes that may depend on which packet arrives first.
 */
export function describeEnd({ code, wasClean }: CloseInfo, outcome: Outcome): string {
  const close = code === 1000 ? `1000, ${wasClean ? 'clean' : 'unclean'}` : String(code);
  return `${close}; ${describeOutcome(outcome)}`;
}

/** The results in Node and Chromium. They differ if only one of them sees a clean close. */
const describeBoth = (inNode: string, inChromium: string): string =>
  inNode === inChromium ? inNode : `${inNode}. In Chromium: ${inChromium}`;

/** Stops the server with SIGTERM while a client in Node and one in Chromium are connected, and starts it again. */
export function measureStop(program: Program, closesByChance = false): Promise<string> {
  return withCleanup(async ({ start, connect, openTab }) => {
    const port = await findPort();
    const tab = await openTab(port);
    const server = await start(program, port);
    const clients = [await connect(port), tab] as const;
    await tab.connect();
    for (const client of clients) expect(await client.waitForAnswer()).toBe(true);
    server.signal('SIGTERM');
    const closes = await Promise.all(clients.map((client) => client.firstClose()));
    await server.exited;
    await start(program, port);
    const ends = await Promise.all(
      clients.map(async (client, index) => {
        const isServed = await client.waitForAnswer();
        const outcome = await client.outcome();
        expect(isServed).toBe(outcome.status === 'open');
        return describeEnd(closes[index]!, outcome);
      }),
    );
    if (closesByChance && ends.every((end) => [CLEAN, UNCLEAN].includes(end)))
      return `${CLEAN}, or ${UNCLEAN}`;
    return describeBoth(ends[0]!, ends[1]!);
  });
}

/** Sends a binary message to a handler that expects text. */
export async function measureBinary(client: Client, isIgnored = false): Promise<string> {
  const { connection } = client;
  const answered = client.nextMessage();
  client.sendBinary();
  // If no answer is expected, the answer to a second message shows that there was none.
  if (isIgnored) connection.send('hello');
  const result = await Promise.race([client.firstClose(), answered]);
  if (result === '5') return 'ignored';
  return typeof result === 'string' ? 'accepted' : describeEnd(result as CloseInfo, client.outcome());
}

/** The same in Chromium, for servers that close the connection. */
async function measureBinaryInTab(tab: Tab): Promise<string> {
  await tab.connect();
  await tab.sendBinary();
  return describeEnd(await tab.firstClose(), await tab.outcome());
}

let lastTask: Promise<unknown> = Promise.resolve();

/**
 * Runs one task at a time. A message of many megabytes keeps this process busy, so that another client would not answer
 * pings in time.
 */
function runExclusively<Result>(task: () => Promise<Result>): Promise<Result> {
  const result = lastTask.then(task);
  lastTask = result.catch(() => {});
  return result;
}

/** Sends the largest message that the server accepts, and one that is a character longer. */
async function measureTooBig(
  client: Client,
  { limit, losesCloseOfTooBig = false }: Expectations,
): Promise<string> {
  const { connection } = client;
  const largest = limit ?? LARGE;
  const answered = client.nextMessage();
  connection.send('x'.repeat(largest));
  expect(await Promise.race([answered, client.nextClose()])).toBe(String(largest));
  if (limit === null) return `no limit: ${describeSize(largest)} are accepted`;
  let end = LOST;
  // On a busy machine, the close frame may be lost where it usually arrives.
  for (let tries = 0; end === LOST && tries < 3; tries += 1) {
    await client.waitUntilOpen();
    const closed = client.nextClose();
    connection.send('x'.repeat(limit + 1));
    const close = await Promise.race([closed, client.nextMessage().then(() => null)]);
    expect(close, 'a message over the limit').not.toBeNull();
    end = describeEnd(close!, client.outcome());
    if (losesCloseOfTooBig) break;
  }
  return `more than ${describeSize(limit)}: ${losesCloseOfTooBig ? describeTooBig(end) : end}`;
}

const describeSize = (bytes: number): string =>
  bytes > MIB / 2 ? `${Math.round(bytes / MIB)} MiB` : `${bytes / 1024} KiB`;

export async function measureBehaviour(program: Program, expected: Expectations): Promise<Behaviour> {
  const stop = await measureStop(program, expected.closesByChance);
  return withCleanup(async ({ start, connect, openTab }) => {
    const port = await findPort();
    const tab = await openTab(port);
    await start(program, port);
    const inNode = await measureBinary(await connect(port), expected.ignoresBinary);
    const isEnd = inNode !== 'ignored' && inNode !== 'accepted';
    const binary = isEnd ? describeBoth(inNode, await measureBinaryInTab(tab)) : inNode;
    const client = await connect(port);
    const tooBig = await runExclusively(() => measureTooBig(client, expected));
    return { stop, binary, tooBig };
  });
}

/** Waits for the end of the connection, or until the server has pinged it several times: `null`. */
export async function closedOrKept(client: Client, pings = 3): Promise<CloseInfo | null> {
  const kept = new Promise<null>((resolve) => {
    let count = 0;
    client.sockets.at(-1)?.on('ping', () => {
      count += 1;
      if (count === pings) resolve(null);
    });
  });
  return Promise.race([client.nextClose(), kept]);
}

/** Leaves a client idle for longer than the server's limit. */
function measureIdleLimit({ setting, program, toleratesSilence = false }: IdleLimit): Promise<string> {
  return withCleanup(async ({ start, connect }) => {
    const port = await findPort();
    await start(program, port);

    const idle = await connect(port);
    const close = await closedOrKept(idle);
    if (close !== null) return `${setting}: ${describeEnd(close, idle.outcome())}`;

    const silent = await connect(port, { answersPings: false });
    const lost = await (toleratesSilence ? closedOrKept(silent) : silent.nextClose());
    const silence = lost === null ? 'kept too' : describeEnd(lost, silent.outcome());
    return `${setting}: kept by pings; a client that does not answer them: ${silence}`;
  });
}

export async function measureIdle(limits: readonly IdleLimit[]): Promise<string> {
  const cells: string[] = [];
  for (const limit of limits) cells.push(await runExclusively(() => measureIdleLimit(limit)));
  return cells.join('. ') || 'no limit';
}
