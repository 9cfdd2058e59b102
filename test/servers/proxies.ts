/** The proxies under test: how each is started in front of a server. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { BUILD } from './processes.js';

/** A text of the configuration, and what stands in its place for a measurement. */
export type Replacement = readonly [from: string, to: string];

export interface Proxy {
  readonly name: string;
  readonly debian: string;
  /** Its configuration, in `recipes/`. */
  readonly file: string;
  readonly run: (config: string) => readonly string[];
  readonly ready: RegExp;
  /** A signal, or what else to do, by which it reads its configuration again, and what it prints then. */
  readonly reload: NodeJS.Signals | ((config: string) => Promise<unknown>);
  readonly reloaded: RegExp;
  /** The option that ends idle connections, if there is one, and how it is made short. */
  readonly idle: {
    readonly setting: string;
    readonly short: Replacement;
    /** Where the option does not apply to WebSockets: adds a path `/silent` for the server on this port. */
    readonly doesNotApply?: (port: number) => Replacement;
  } | null;
  /** The option that ends old connections after a reload, if there is one, and how it is made short. */
  readonly reloadLimit: { readonly setting: string; readonly short: Replacement } | null;
  /** Whether a reload closes connections at once. */
  readonly closesOnReload?: boolean;
  /** The text of the guide above the configuration. */
  readonly note: string;
}

/**
 * Reloads haproxy through the socket of its first process, as soon as that accepts commands. A signal would be
 * lost if it came before.
 */
async function reloadHaproxy(config: string): Promise<void> {
  for (;;) {
    const socket = connect(`${config}.socket`);
    try {
      await once(socket, 'connect');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') continue;
      throw error;
    }
    socket.end('reload\n');
    await once(socket, 'close');
    return;
  }
}

export const proxies: readonly Proxy[] = [
  {
    name: 'nginx',
    debian: 'nginx',
    file: 'nginx.conf',
    run: (config) => [
      'nginx',
      '-c',
      config,
      '-e',
      'stderr',
      '-g',
      `daemon off; pid ${config}.pid; error_log stderr notice;`,
    ],
    ready: /start worker process \d/,
    reload: 'SIGHUP',
    reloaded: /gracefully shutting down/,
    idle: {
      setting: '`proxy_read_timeout`, 60 s by default',
      short: ['proxy_read_timeout 60s', 'proxy_read_timeout 4s'],
    },
    reloadLimit: {
      setting: '`worker_shutdown_timeout`, no limit by default',
      short: ['worker_shutdown_timeout 1h', 'worker_shutdown_timeout 1s'],
    },
    note: 'nginx passes the upgrade on only with the two headers below.',
  },
  {
    name: 'haproxy',
    debian: 'haproxy',
    file: 'haproxy.cfg',
    run: (config) => ['haproxy', '-W', '-S', `${config}.socket`, '-f', config],
    ready: /Loading success/,
    reload: reloadHaproxy,
    reloaded: /Loading success/,
    idle: {
      setting: '`timeout tunnel`, else `timeout client` and `timeout server`',
      short: ['timeout tunnel 60s', 'timeout tunnel 4s'],
    },
    reloadLimit: {
      setting: '`hard-stop-after`, no limit by default',
      short: ['hard-stop-after 1h', 'hard-stop-after 1s'],
    },
    note: 'Without `timeout tunnel`, the shorter of `timeout client` and `timeout server` holds for WebSockets too.',
  },
  {
    name: 'Apache',
    debian: 'apache2-bin',
    file: 'apache.conf',
    run: (config) => [
      'apache2',
      '-DFOREGROUND',
      // Its usual folder, /etc/apache2, belongs to other packages than its program.
      '-d',
      BUILD,
      '-f',
      config,
      '-c',
      `PidFile ${config}.pid`,
      '-c',
      `DefaultRuntimeDir ${BUILD}`,
      '-c',
      'ErrorLog "|/bin/cat"',
    ],
    ready: /resuming normal operations/,
    reload: 'SIGUSR1',
    reloaded: /resuming normal operations/,
    idle: {
      setting: '`ProxyTimeout`',
      short: ['ProxyTimeout 60', 'ProxyTimeout 1'],
      doesNotApply: (port) => ['ProxyPass', `ProxyPass "/silent" "http://127.0.0.1:${port}/"\nProxyPass`],
    },
    reloadLimit: null,
    note: 'Since version 2.4.47, `mod_proxy_http` passes WebSockets on by itself where `upgrade=websocket` is set.',
  },
  {
    name: 'caddy',
    debian: 'caddy',
    file: 'Caddyfile',
    run: (config) => ['caddy', 'run', '--config', config, '--adapter', 'caddyfile'],
    ready: /serving initial configuration/,
    reload: (config) =>
      promisify(execFile)('caddy', ['reload', '--force', '--config', config, '--adapter', 'caddyfile']),
    reloaded: /load complete/,
    idle: null,
    reloadLimit: null,
    closesOnReload: true,
    note: 'It needs no setting for WebSockets.',
  },
];
