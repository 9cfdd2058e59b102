import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionState, WebSocketOptions } from '../../src/index.js';
import type { Browser, BrowserName, Launch, LaunchOptions, Tab } from './drivers/driver.js';
import { launchChromium } from './drivers/chromium.js';
import { launchFirefox } from './drivers/firefox.js';
import { launchWebKit } from './drivers/webkit.js';
import { PATIENCE_MS, type Place, type RealServer, startServer } from './servers.js';
import { openSite, type Site } from './site.js';

const launchers: Record<BrowserName, Launch> = {
  chromium: launchChromium,
  firefox: launchFirefox,
  webkit: launchWebKit,
};

/** Browsers hold connections to one host back together, so each scenario has a host of its own: 127.0.x.y. */
const networks: Record<BrowserName, number> = { chromium: 11, firefox: 12, webkit: 13 };

const LOOK_AGAIN_MS = 50;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/** A page with the app of app.tsx. */
export interface AppPage {
  /** Calls a function in the page. It must not use anything from outside, and its result must have a JSON form. */
  readonly evaluate: <Args extends readonly Json[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ) => Promise<Awaited<Result>>;
  /** Waits until a function in the page returns something true, and returns that. */
  readonly until: <Args extends readonly Json[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ) => Promise<Truthy<Awaited<Result>>>;
  readonly untilStatus: (status: ConnectionState['status']) => Promise<void>;
  /** The state of the connection, without the error. */
  readonly state: () => Promise<ConnectionState>;
  /** Loads another page in its place. */
  readonly leave: () => Promise<void>;
  /** Goes back in the history. */
  readonly back: () => Promise<void>;
  readonly reload: () => Promise<void>;
  /** What stands in the console, or null where the browser does not tell. */
  readonly console: () => readonly string[] | null;
}

/** What is special about a page. */
export interface PageOptions {
  readonly options?: WebSocketOptions;
  /** A Content Security Policy. */
  readonly csp?: string;
  /** StrictMode, and the development build of everything. */
  readonly isStrict?: boolean;
  readonly isSecure?: boolean;
}

function createAppPage(tab: Tab, elsewhere: string): AppPage {
  const evaluate = async <Args extends readonly Json[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> => {
    const expression = `(async () => JSON.stringify((await (${call.toString()})(...${JSON.stringify(args)})) ?? null))()`;
    return JSON.parse(await tab.run(expression)) as Awaited<Result>;
  };
  const until: AppPage['until'] = async <Args extends readonly Json[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ) => {
    const end = performance.now() + PATIENCE_MS;
    let last: unknown;
    while (performance.now() < end) {
      try {
        const result = await evaluate(call, ...args);
        if (result) return result as Truthy<Awaited<Result>>;
        last = result;
      } catch (error) {
        // The page is on its way to another one, or has not rendered yet.
        last = error;
      }
      await pause(LOOK_AGAIN_MS);
    }
    const state = await evaluate(() =>
      JSON.stringify([window.underTest.statuses, window.underTest.socket]),
    ).catch(String);
    throw new Error(`Waited in vain for ${call.toString()}; last: ${String(last)}; ${state}`);
  };
  const go = async (how: () => void): Promise<void> => {
    await evaluate(how);
  };
  return {
    evaluate,
    until,
    async untilStatus(status) {
      await until((wanted) => window.underTest.socket.status === wanted, status);
    },
    state: () =>
      evaluate(() => {
        const { status, attempt, retryAt, waitingFor, lastClose, cause } = window.underTest.socket;
        return { status, attempt, retryAt, waitingFor, lastClose, cause };
      }) as Promise<ConnectionState>,
    async leave() {
      await evaluate((to) => {
        setTimeout(() => (location.href = to));
      }, elsewhere);
      await until(() => document.title === 'Elsewhere' && document.readyState === 'complete');
    },
    back: () => go(() => void setTimeout(() => history.back())),
    reload: () => go(() => void setTimeout(() => location.reload())),
    console: tab.console,
  };
}

/** Everything a scenario works with; `end` puts it away again. */
export class Workbench {
  readonly browser: BrowserName;
  readonly #launched = new Map<boolean, Promise<Browser>>();
  readonly #site: Site;
  #tab: Tab | undefined;
  readonly #servers: RealServer[] = [];
  #lastHost = 0;

  private constructor(browser: BrowserName, site: Site) {
    this.browser = browser;
    this.#site = site;
  }

  static async create(browser: BrowserName): Promise<Workbench> {
    const bench = new Workbench(browser, await openSite());
    await bench.#launch({ acceptInsecureCerts: false });
    return bench;
  }

  #launch(options: LaunchOptions): Promise<Browser> {
    const { acceptInsecureCerts } = options;
    const launched = this.#launched.get(acceptInsecureCerts) ?? launchers[this.browser](options);
    this.#launched.set(acceptInsecureCerts, launched);
    return launched;
  }

  /** An address of this machine that no scenario has used yet. */
  newHost(): string {
    this.#lastHost += 1;
    return `127.0.${networks[this.browser]}.${this.#lastHost}`;
  }

  /** Starts a server, on a host of its own unless it is to take the place of another one. */
  async startServer({ host = this.newHost(), ...place }: Partial<Place> = {}): Promise<RealServer> {
    const server = await startServer({ host, ...place });
    this.#servers.push(server);
    return server;
  }

  /** Starts a `wss:` server with a certificate that nothing vouches for. */
  startSecureServer(): Promise<RealServer> {
    return this.startServer({ tls: this.#site.tls });
  }

  /** Opens the app with a connection to this URL, or without one. */
  async open(url: string | null, page: PageOptions = {}): Promise<AppPage> {
    const { options = {}, csp, isStrict = false, isSecure = false } = page;
    const browser = await this.#launch({ acceptInsecureCerts: isSecure });
    const query = new URLSearchParams({ options: JSON.stringify(options) });
    if (url !== null) query.set('url', url);
    if (csp !== undefined) query.set('csp', csp);
    if (isStrict) query.set('strict', '');
    const origin = isSecure ? this.#site.secureOrigin : this.#site.origin;
    this.#tab = await browser.newTab();
    await this.#tab.goto(`${origin}/?${query.toString()}`);
    const app = createAppPage(this.#tab, `${origin}/elsewhere`);
    await app.until(() => (window as Partial<Window>).underTest !== undefined);
    return app;
  }

  /** Ends what a scenario has opened and started. */
  async end(): Promise<void> {
    for (const server of this.#servers.splice(0)) await server.kill();
    await this.#tab?.close();
    this.#tab = undefined;
  }

  async close(): Promise<void> {
    for (const browser of this.#launched.values()) await (await browser).close();
    this.#site.close();
  }
}
