import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Browser, LaunchOptions } from './driver.js';
import { endProcess, readLine, startProcess } from './processes.js';

/** Disables requests and dialogs of the browser itself. None of these preferences affects WebSockets. */
const PREFERENCES = {
  'app.update.disabledForTesting': true,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.server': '',
};

interface Reply {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly message?: string;
  readonly method?: string;
  readonly result?: unknown;
  readonly params?: unknown;
}

interface LogEntry {
  readonly text: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly source: { readonly context?: string };
}

type Evaluation =
  | { readonly type: 'success'; readonly result: { readonly value: string } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

/** Connects to WebDriver BiDi, a protocol of commands, results and events as JSON over one socket. */
async function connect(url: string, onLog: (entry: LogEntry) => void) {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const waiting = new Map<number, (reply: Reply) => void>();
  let lastId = 0;
  socket.on('message', (data: Buffer) => {
    const reply = JSON.parse(data.toString()) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
    else if (reply.method === 'log.entryAdded') onLog(reply.params as LogEntry);
  });
  socket.on('close', () => {
    for (const resolve of waiting.values())
      resolve({ type: 'error', message: 'Firefox has closed the session.' });
  });
  return async <Result>(method: string, params: object): Promise<Result> => {
    const id = (lastId += 1);
    const reply = await new Promise<Reply>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    waiting.delete(id);
    if (reply.type === 'error') throw new Error(`${method}: ${reply.message ?? ''}`);
    return reply.result as Result;
  };
}

/** Starts Firefox without a window and controls it with its built-in WebDriver BiDi. */
export async function launchFirefox({ acceptInsecureCerts }: LaunchOptions): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'react-websocket-hooks-firefox-'));
  const lines = Object.entries(PREFERENCES).map(
    (entry) => `user_pref(${JSON.stringify(entry).slice(1, -1)});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const program = startProcess('firefox-esr', [
    ...['--headless', '--no-remote', '--profile', profile],
    ...['--remote-debugging-port', '0'],
  ]);
  const url = await readLine(program, program.stderr!, /WebDriver BiDi listening on (ws:\S+)/);
  const logs: LogEntry[] = [];
  const send = await connect(`${url}/session`, (entry) => logs.push(entry));
  await send('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts } } });
  await send('session.subscribe', { events: ['log.entryAdded'] });
  return {
    async close() {
      await endProcess(program);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
    async newTab() {
      const { context } = await send<{ context: string }>('browsingContext.create', { type: 'tab' });
      return {
        goto: (to) => send('browsingContext.navigate', { context, url: to, wait: 'complete' }),
        async evaluate(expression) {
          const target = { context };
          const result = await send<Evaluation>('script.evaluate', {
            expression,
            target,
            awaitPromise: true,
          });
          if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
          return result.result.value;
        },
        console: () =>
          logs
            .filter(({ level, source }) => source.context === context && ['warn', 'error'].includes(level))
            .map(({ text }) => text),
        close: () => send('browsingContext.close', { context }),
      };
    },
  };
}
