/** How a scenario steers a browser: the least that each of the three can do. */

export type BrowserName = 'chromium' | 'firefox' | 'webkit';

export interface LaunchOptions {
  /** Whether a certificate that nothing vouches for is accepted, as after a click on "proceed". */
  readonly acceptInsecureCerts: boolean;
}

/** One tab. */
export interface Tab {
  /** Loads a page and waits until it is loaded. */
  readonly goto: (url: string) => Promise<void>;
  /** Evaluates an expression that is a promise of a string. */
  readonly run: (expression: string) => Promise<string>;
  /** Warnings and errors in the browser's console for this tab, or null where the browser does not tell. */
  readonly console: () => readonly string[] | null;
  readonly close: () => Promise<void>;
}

export interface Browser {
  readonly newTab: () => Promise<Tab>;
  readonly close: () => Promise<void>;
}

export type Launch = (options: LaunchOptions) => Promise<Browser>;
