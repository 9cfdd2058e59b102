/** What a proxy does with a connection to a real server behind it. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { pingingServer, quietServer, RECIPE_LIMIT, recipeServer } from './catalog.js';
import type { Client } from './client.js';
import { withCleanup, closedOrKept, describeEnd, describeTooBig, measureBinary } from './measureServer.js';
import { BUILD, findPort, type Program, type ServerProcess } from './processes.js';
import type { Proxy, Replacement } from './proxies.js';

/** Each text is a cell of the guide's table. */
export interface ProxyBehaviour {
  readonly idle: string;
  readonly serverRestarted: string;
  readonly serverKilled: string;
  readonly serverRejects: string;
  readonly tooBig: string;
  readonly reloaded: string;
  readonly stopped: string;
}

interface ProxyProgram extends Program {
  readonly config: string;
  readonly port: number;
}

/** Writes the configuration for one measurement, with free ports in place of those in the file. */
async function configure(
  { file, run, ready }: Proxy,
  upstream: number,
  replacements: readonly Replacement[],
): Promise<ProxyProgram> {
  const port = await findPort();
  let text = readFileSync(new URL(`recipes/${file}`, import.meta.url), 'utf8');
  for (const [from, to] of replacements) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const ports = new Map([
    ['8080', port],
    ['3000', upstream],
    ['2019', await findPort()],
  ]);
  text = text.replace(/(?<=:)\d+\b/g, (number) => String(ports.get(number) ?? number));
  const config = join(BUILD, `${port}-${file}`);
  writeFileSync(config, text);
  // The folders are for what caddy stores.
  return { run: run(config), env: { XDG_DATA_HOME: BUILD, XDG_CONFIG_HOME: BUILD }, ready, config, port };
}

interface Setup {
  readonly client: Client;
  readonly config: string;
  readonly proxy: ServerProcess;
  readonly server: ServerProcess;
  readonly startProxy: () => Promise<unknown>;
  readonly startServer: () => Promise<unknown>;
}

/** Starts the server and the proxy, and connects a client through both. */
function behind<Result>(
  proxy: Proxy,
  server: Program,
  measure: (setup: Setup) => Promise<Result>,
  replacements: readonly Replacement[] = [],
): Promise<Result> {
  return withCleanup(async ({ start, connect }) => {
    const upstream = await findPort();
    const startServer = (): Promise<ServerProcess> => start(server, upstream);
    const runningServer = await startServer();
    const program = await configure(proxy, upstream, replacements);
    const startProxy = (): Promise<ServerProcess> => start(program, program.port);
    const runningProxy = await startProxy();
    const client = await connect(program.port);
    expect(await client.waitForAnswer()).toBe(true);
    return measure({
      client,
      config: program.config,
      proxy: runningProxy,
      server: runningServer,
      startProxy,
      startServer,
    });
  });
}

/** Ends a process in the way given, starts another one in its place, and waits for the client to be served. */
async function measureEnd(
  client: Client,
  process: ServerProcess,
  signal: 'SIGTERM' | 'SIGKILL',
  startAgain: () => Promise<unknown>,
): Promise<string> {
  const closed = client.nextClose();
  if (signal === 'SIGTERM') process.signal(signal);
  else process.kill();
  const close = await closed;
  await process.exited;
  await startAgain();
  expect(await client.waitForAnswer()).toBe(true);
  return describeEnd(close, client.outcome());
}

async function measureIdle(proxy: Proxy): Promise<string> {
  if (proxy.idle === null) return 'no limit';
  const { setting, short, doesNotApply } = proxy.idle;
  if (doesNotApply !== undefined) {
    // A server that never answers a request shows when the time is over.
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const measure = async ({ client }: Setup): Promise<void> => {
      const { status } = await fetch(new URL('/silent', client.sockets[0]!.url.replace('ws:', 'http:')));
      expect(status).toBeGreaterThanOrEqual(500);
      await expectSameSocket(client);
    };
    await behind(proxy, quietServer, measure, [short, doesNotApply(port)]).finally(() => silent.close());
    return `no limit: ${setting} does not apply`;
  }
  const cut = await behind(
    proxy,
    quietServer,
    async ({ client }) => describeEnd(await client.nextClose(), client.outcome()),
    [short],
  );
  // After six pings, one a second, the limit of 4 s would be over.
  const kept = await behind(proxy, pingingServer, ({ client }) => closedOrKept(client, 6), [short]);
  expect(kept).toBeNull();
  return `${setting}: ${cut}. Kept by pings of the server`;
}

/** The client is served, and over the socket that it has had from the start. */
async function expectSameSocket(client: Client): Promise<void> {
  expect(await client.waitForAnswer()).toBe(true);
  expect(client.sockets).toHaveLength(1);
}

async function reload({ reload: how, reloaded }: Proxy, { config, proxy }: Setup): Promise<void> {
  const before = proxy.printedLength;
  if (typeof how === 'string') proxy.signal(how);
  else await how(config);
  await proxy.printed(reloaded, before);
}

async function measureReload(proxy: Proxy): Promise<string> {
  const measureCut = async (setup: Setup): Promise<string> => {
    const { client } = setup;
    const closed = client.nextClose();
    await reload(proxy, setup);
    const close = await closed;
    expect(await client.waitForAnswer()).toBe(true);
    return describeEnd(close, client.outcome());
  };
  if (proxy.closesOnReload === true) return behind(proxy, recipeServer, measureCut);
  await behind(proxy, recipeServer, async (setup) => {
    await reload(proxy, setup);
    await expectSameSocket(setup.client);
  });
  const kept = 'kept by the old process';
  if (proxy.reloadLimit === null) return kept;
  const { setting, short } = proxy.reloadLimit;
  return `${kept} until ${setting}: ${await behind(proxy, recipeServer, measureCut, [short])}`;
}

/** The server closes with 1009 and reads no more of the message, while the proxy is still passing it on. */
async function measureTooBig(client: Client): Promise<string> {
  const closed = client.nextClose();
  client.connection.send('x'.repeat(RECIPE_LIMIT + 1));
  const close = await closed;
  return describeTooBig(describeEnd(close, client.outcome()));
}

export async function measureProxy(proxy: Proxy): Promise<ProxyBehaviour> {
  return {
    idle: await measureIdle(proxy),
    serverRestarted: await behind(proxy, recipeServer, ({ client, server, startServer }) =>
      measureEnd(client, server, 'SIGTERM', startServer),
    ),
    serverKilled: await behind(proxy, recipeServer, ({ client, server, startServer }) =>
      measureEnd(client, server, 'SIGKILL', startServer),
    ),
    serverRejects: await behind(proxy, recipeServer, ({ client }) => measureBinary(client)),
    tooBig: await behind(proxy, recipeServer, ({ client }) => measureTooBig(client)),
    reloaded: await measureReload(proxy),
    stopped: await behind(proxy, recipeServer, ({ client, proxy: running, startProxy }) =>
      measureEnd(client, running, 'SIGTERM', startProxy),
    ),
  };
}
