/** How a scenario controls a browser: only what all three drivers support. */

export type BrowserName = 'chromium' | 'firefox' | 'webkit';

export interface LaunchOptions {
  /** Whether to accept certificates that are not trusted, such as self-signed ones. */
  readonly acceptInsecureCerts: boolean;
}

export interface Tab {
  /** Loads a page and waits until it is loaded. */
  readonly goto: (url: string) => Promise<void>;
  /** Evaluates an expression that is a promise of a string. */
  readonly evaluate: (expression: string) => Promise<string>;
  /** Warnings and errors in the browser's console for this tab, or null if the driver cannot read them. */
  readonly console: () => readonly string[] | null;
  readonly close: () => Promise<void>;
}

export interface Browser {
  readonly newTab: () => Promise<Tab>;
  readonly close: () => Promise<void>;
}

export type Launch = (options: LaunchOptions) => Promise<Browser>;
