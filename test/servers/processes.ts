import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** A folder for the files of the run. */
export const BUILD = mkdtempSync(join(tmpdir(), 'react-websocket-hooks-servers-'));
const running = new Set<ServerProcess>();

interface Command {
  readonly run: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** How to start a server. Its port is in the environment variable `PORT`. */
export interface Program extends Command {
  /** A command to run once before; the environment variable `BUILD` has the folder for its results. */
  readonly build?: Command;
  /** What the server prints once it accepts connections. */
  readonly ready: RegExp;
}

/**
 * Runs a command. When the standard input ends, because this process has ended, the whole group is killed. The
 * process that waits for that is not a child of the command, which might wait for it.
 */
const RUN_WHILE_WATCHED = 'exec 3<&0; ((cat <&3; kill -KILL 0) >/dev/null 2>&1 &); exec "$@" 3<&- </dev/null';

/** A server in a process group of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  #output = '';
  readonly #watchers = new Set<() => void>();
  /** Resolves when the server's first process has ended. */
  readonly exited: Promise<unknown>;

  constructor({ run, env = {} }: Program, port: number) {
    this.#name = run.join(' ');
    this.#child = spawn('/bin/sh', ['-c', RUN_WHILE_WATCHED, 'sh', ...run], {
      cwd: HERE,
      // Python writes neither caches into the repository nor its output only at the end.
      env: {
        ...process.env,
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONUNBUFFERED: '1',
        BUILD,
        PORT: String(port),
        ...env,
      },
      // A group, so that worker processes end with it.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        for (const look of this.#watchers) look();
      });
    }
    this.exited = once(this.#child, 'exit');
    running.add(this);
  }

  /** Waits until the server has printed this, after what it had printed when `since` was taken. */
  async printed(pattern: RegExp, since = 0): Promise<void> {
    let look = (): void => {};
    try {
      await new Promise<void>((resolve, reject) => {
        look = () => {
          if (pattern.test(this.#output.slice(since))) resolve();
        };
        this.#watchers.add(look);
        look();
        this.exited.then(() => reject(new Error(`${this.#name} has ended:\n${this.#output}`)), reject);
      });
    } finally {
      this.#watchers.delete(look);
    }
  }

  /** How much the server has printed so far. */
  get printedLength(): number {
    return this.#output.length;
  }

  get output(): string {
    return this.#output;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends all processes of the group at once. */
  kill(): void {
    running.delete(this);
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

const builds = new Map<string, Promise<unknown>>();

/** Runs a build unless it has been run before. */
async function build({ run: [command = '', ...args], env }: Command): Promise<void> {
  const key = args.join(' ');
  let done = builds.get(key);
  if (done === undefined) {
    done = promisify(execFile)(command, args, { cwd: HERE, env: { ...process.env, BUILD, ...env } });
    builds.set(key, done);
  }
  await done;
}

/** Starts a server and waits until it accepts connections. */
export async function startServer(program: Program, port: number): Promise<ServerProcess> {
  if (program.build !== undefined) await build(program.build);
  const server = new ServerProcess(program, port);
  await server.printed(program.ready);
  return server;
}

/** Ends every server and removes what has been built. */
export function cleanUp(): void {
  for (const server of running) server.kill();
  rmSync(BUILD, { recursive: true, force: true });
}

process.on('exit', cleanUp);

const taken = new Set<number>();

/**
 * Finds a port that is free. It is below the ports that the system gives to outgoing connections, so that none
 * of them takes it while a server restarts.
 */
export async function findPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (taken.has(port)) continue;
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (!isFree) continue;
    taken.add(port);
    return port;
  }
}
