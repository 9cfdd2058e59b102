import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };

/** What a command has printed, and how it ended. */
interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly output: string;
}

/** An application of `apps/` with the files of `shared/`, outside the repository, with the packed library. */
export interface App {
  readonly folder: string;
  /** Runs a command of an installed package and returns when it has ended. */
  readonly run: (packageName: string, args: readonly string[], env?: Record<string, string>) => Result;
  /** Starts a command of an installed package, which is ended after the test. Resolves once it prints `ready`. */
  readonly start: (packageName: string, args: readonly string[], ready: RegExp) => Promise<void>;
}

const environment: NodeJS.ProcessEnv = {
  ...process.env,
  // Set by Vitest for its own workers.
  NODE_ENV: undefined,
  VITEST: undefined,
  NODE_OPTIONS: undefined,
  NEXT_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
};

/**
 * Installs an application with the versions of its lock file. To create a lock file again, run
 * `npm install --package-lock-only --omit-lockfile-registry-resolved` in the folder of the application.
 */
export function installApp(name: string): App {
  const home = inject('frameworksHome');
  const folder = join(home, name);
  cpSync(join(import.meta.dirname, 'apps', name), folder, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  cpSync(join(import.meta.dirname, 'shared'), join(folder, 'shared'), { recursive: true });
  const npm = spawnSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) throw new Error(`npm ci failed for ${name}:\n${npm.stdout}${npm.stderr}`);
  cpSync(join(home, 'unpacked/package'), join(folder, 'node_modules', pkg.name), { recursive: true });

  /** The script behind the command of a package, to be run without a shell. */
  const scriptOf = (packageName: string): string => {
    const location = join(folder, 'node_modules', packageName);
    const { bin } = JSON.parse(readFileSync(join(location, 'package.json'), 'utf8')) as {
      readonly bin: string | Record<string, string>;
    };
    const script = typeof bin === 'string' ? bin : (bin[packageName] ?? Object.values(bin)[0]);
    if (script === undefined) throw new Error(`${packageName} has no command.`);
    return join(location, script);
  };

  return {
    folder,
    run(packageName, args, env) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [scriptOf(packageName), ...args], {
        cwd: folder,
        env: { ...environment, ...env },
        encoding: 'utf8',
        timeout: 300_000,
      });
      return { status, stdout, output: stdout + stderr };
    },
    start(packageName, args, ready) {
      const child = spawn(process.execPath, [scriptOf(packageName), ...args], {
        cwd: folder,
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      onTestFinished(
        () =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null) {
              resolve();
              return;
            }
            child.once('exit', () => {
              resolve();
            });
            child.kill();
          }),
      );
      return new Promise((resolve, reject) => {
        let output = '';
        const read = (text: string): void => {
          output += text;
          if (ready.test(output)) resolve();
        };
        child.stdout.setEncoding('utf8').on('data', read);
        child.stderr.setEncoding('utf8').on('data', read);
        child.once('exit', (code) => {
          reject(new Error(`${packageName} ended with exit code ${String(code)}:\n${output}`));
        });
      });
    },
  };
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
