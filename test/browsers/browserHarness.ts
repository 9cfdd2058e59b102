import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionState, WebSocketOptions } from '../../src/index.js';
import type { Browser, BrowserName, Launch, LaunchOptions, Tab } from './drivers/driver.js';
import { launchChromium } from './drivers/chromium.js';
import { launchFirefox } from './drivers/firefox.js';
import { launchWebKit } from './drivers/webkit.js';
import { WAIT_LIMIT_MS, type ListenOptions, type RealServer, startServer } from './realServer.js';
import { startWebServer, type WebServer } from './webServer.js';

const launchers: Record<BrowserName, Launch> = {
  chromium: launchChromium,
  firefox: launchFirefox,
  webkit: launchWebKit,
};

/** Browsers delay connections per host, so each scenario has a host of its own: 127.0.x.y, with this x. */
const networkOf: Record<BrowserName, number> = { chromium: 11, firefox: 12, webkit: 13 };

const POLL_INTERVAL_MS = 50;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/** A page with the app of app.tsx. */
export interface AppPage {
  /** Calls a function in the page. It must not use variables from outside, and its result must be JSON. */
  readonly evaluate: <Args extends readonly Json[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ) => Promise<Awaited<Result>>;
  /** Waits until a function in the page returns a truthy value, and returns that. */
  readonly until: <Args extends readonly Json[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ) => Promise<Truthy<Awaited<Result>>>;
  readonly untilStatus: (status: ConnectionState['status']) => Promise<void>;
  /** The state of the connection, without the error. */
  readonly state: () => Promise<ConnectionState>;
  /** Navigates to another page. */
  readonly leave: () => Promise<void>;
  /** Goes back in the history. */
  readonly back: () => Promise<void>;
  readonly reload: () => Promise<void>;
  /** Warnings and errors in the console, or null if the driver cannot read them. */
  readonly console: () => readonly string[] | null;
}

/** How a page differs from the default one. */
export interface PageOptions {
  readonly options?: WebSocketOptions;
  /** A Content Security Policy. */
  readonly csp?: string;
  /** StrictMode, with the development builds of React and the page. */
  readonly isStrict?: boolean;
  /** Serves the page over `https:`. */
  readonly isSecure?: boolean;
}

function createAppPage(tab: Tab, otherPage: string): AppPage {
  const evaluate = async <Args extends readonly Json[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> => {
    const expression = `(async () => JSON.stringify((await (${call.toString()})(...${JSON.stringify(args)})) ?? null))()`;
    return JSON.parse(await tab.evaluate(expression)) as Awaited<Result>;
  };
  const until: AppPage['until'] = async <Args extends readonly Json[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ) => {
    const end = performance.now() + WAIT_LIMIT_MS;
    let last: unknown;
    while (performance.now() < end) {
      try {
        const result = await evaluate(call, ...args);
        if (result) return result as Truthy<Awaited<Result>>;
        last = result;
      } catch (error) {
        // The page is navigating, or has not rendered yet.
        last = error;
      }
      await pause(POLL_INTERVAL_MS);
    }
    const state = await evaluate(() =>
      JSON.stringify([window.underTest.statuses, window.underTest.socket]),
    ).catch(String);
    throw new Error(`Timed out waiting for ${call.toString()}; last: ${String(last)}; ${state}`);
  };
  const navigate = async (start: () => void): Promise<void> => {
    await evaluate(start);
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
      }, otherPage);
      await until(() => document.title === 'Other page' && document.readyState === 'complete');
    },
    back: () => navigate(() => void setTimeout(() => history.back())),
    reload: () => navigate(() => void setTimeout(() => location.reload())),
    console: tab.console,
  };
}

/** Starts what the scenarios need: a browser, pages and WebSocket servers. `cleanUp` ends it after each scenario. */
export class BrowserHarness {
  readonly browser: BrowserName;
  readonly #launched = new Map<boolean, Promise<Browser>>();
  readonly #webServer: WebServer;
  #tab: Tab | undefined;
  readonly #servers: RealServer[] = [];
  #lastHost = 0;

  private constructor(browser: BrowserName, webServer: WebServer) {
    this.browser = browser;
    this.#webServer = webServer;
  }

  static async create(browser: BrowserName): Promise<BrowserHarness> {
    const harness = new BrowserHarness(browser, await startWebServer());
    await harness.#launch({ acceptInsecureCerts: false });
    return harness;
  }

  #launch(options: LaunchOptions): Promise<Browser> {
    const { acceptInsecureCerts } = options;
    const launched = this.#launched.get(acceptInsecureCerts) ?? launchers[this.browser](options);
    this.#launched.set(acceptInsecureCerts, launched);
    return launched;
  }

  /** An address of this machine that no other scenario uses. */
  newHost(): string {
    this.#lastHost += 1;
    return `127.0.${networkOf[this.browser]}.${this.#lastHost}`;
  }

  /** Starts a server, on a new host by default. */
  async startServer({ host = this.newHost(), ...options }: Partial<ListenOptions> = {}): Promise<RealServer> {
    const server = await startServer({ host, ...options });
    this.#servers.push(server);
    return server;
  }

  /** Starts a `wss:` server with a self-signed certificate. */
  startSecureServer(): Promise<RealServer> {
    return this.startServer({ tls: this.#webServer.tls });
  }

  /** Opens the app with a connection to this URL, or without one. */
  async open(url: string | null, page: PageOptions = {}): Promise<AppPage> {
    const { options = {}, csp, isStrict = false, isSecure = false } = page;
    const browser = await this.#launch({ acceptInsecureCerts: isSecure });
    const query = new URLSearchParams({ options: JSON.stringify(options) });
    if (url !== null) query.set('url', url);
    if (csp !== undefined) query.set('csp', csp);
    if (isStrict) query.set('strict', '');
    const origin = isSecure ? this.#webServer.secureOrigin : this.#webServer.origin;
    this.#tab = await browser.newTab();
    await this.#tab.goto(`${origin}/?${query.toString()}`);
    const app = createAppPage(this.#tab, `${origin}/other-page`);
    await app.until(() => (window as Partial<Window>).underTest !== undefined);
    return app;
  }

  /** Ends the servers and the page of a scenario. */
  async cleanUp(): Promise<void> {
    for (const server of this.#servers.splice(0)) await server.kill();
    await this.#tab?.close();
    this.#tab = undefined;
  }

  async close(): Promise<void> {
    for (const browser of this.#launched.values()) await (await browser).close();
    this.#webServer.close();
  }
}
