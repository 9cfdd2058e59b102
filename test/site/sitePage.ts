import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, ConsoleMessage, Page } from 'playwright';

const require = createRequire(import.meta.url);
/** axe-core of the accessibility addon, so that both apply the same rules. */
const axeSource = readFileSync(
  createRequire(require.resolve('@storybook/addon-a11y/package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Long enough for the longest play function on a busy machine. */
const RENDER_TIMEOUT_MS = 90_000;

/** How a page ended its rendering. */
interface Rendered {
  readonly status: string;
  readonly problem: string;
}

declare global {
  interface Window {
    /** Resolves when Storybook has rendered the page and run the play function. */
    siteRendered?: Promise<Rendered>;
  }
}

/** A page of the Storybook in Chromium, and what went wrong on it. */
export interface SitePage {
  readonly page: Page;
  /** Errors in the console, uncaught exceptions and requests that failed or left the site. */
  readonly problems: readonly string[];
}

/**
 * Opens a page of its own.
 *
 * @param siteUrl requests to other addresses fail, as they do for a reader of the published site
 */
export async function openPage(browser: Browser, siteUrl: string): Promise<SitePage> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  context.setDefaultTimeout(RENDER_TIMEOUT_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  await page.route(
    (url) =>
      !url.href.startsWith(siteUrl) && !/^(blob|data):/.test(url.protocol) && url.pathname !== '/favicon.ico',
    (route) => {
      // The stories of the live server look for it, and say so when it does not run.
      if (!isLiveServer(route.request().url())) problems.push(`requests ${route.request().url()}`);
      return route.abort('connectionrefused');
    },
  );
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isLiveServer(message.location().url)) problems.push(describe(message));
  });
  await page.addInitScript(observeStorybook);
  return { page, problems };
}

function isLiveServer(url: string): boolean {
  const { hostname, pathname } = new URL(url, 'http://unknown');
  return hostname === '127.0.0.1' && pathname === '/events';
}

function describe(message: ConsoleMessage): string {
  return `console: ${message.text().slice(0, 500)}`;
}

/** Runs in the page before Storybook does: waits for the event that ends the rendering. */
function observeStorybook(): void {
  interface Channel {
    readonly on: (event: string, listener: (value: never) => void) => void;
  }
  let resolve: (rendered: Rendered) => void;
  window.siteRendered = new Promise((resolvePromise) => (resolve = resolvePromise));
  let channel: Channel | undefined;
  Object.defineProperty(window, '__STORYBOOK_ADDONS_CHANNEL__', {
    configurable: true,
    get: () => channel,
    set(created: Channel) {
      channel = created;
      let problem = '';
      const fail = (error: { readonly message?: string; readonly description?: string }): void => {
        problem = error.message ?? error.description ?? 'unknown';
      };
      created.on('playFunctionThrewException', fail);
      created.on('storyThrewException', fail);
      created.on('storyErrored', fail);
      created.on('storyMissing', () => resolve({ status: 'missing', problem }));
      created.on('docsRendered', () => resolve({ status: 'success', problem }));
      created.on('storyFinished', ({ status }: { readonly status: string }) => resolve({ status, problem }));
    },
  });
}

/** Waits until the page is rendered and its play function has ended. */
export async function waitUntilRendered(page: Page): Promise<Rendered> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Rendered>((resolve) => {
    const late = { status: 'late', problem: `not rendered within ${RENDER_TIMEOUT_MS} ms` };
    timer = setTimeout(() => resolve(late), RENDER_TIMEOUT_MS);
  });
  const rendered = await Promise.race([page.evaluate(() => window.siteRendered!), limit]);
  clearTimeout(timer);
  return rendered;
}

/** These rules are for whole pages; a story is a part of one. */
const PAGE_RULES = ['region', 'landmark-one-main', 'page-has-heading-one'];

interface Axe {
  readonly run: (
    context: Document,
    options: object,
  ) => Promise<{ readonly violations: readonly Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** The accessibility rules that the page violates, with the elements. */
export async function findViolations(page: Page, type: 'story' | 'docs'): Promise<readonly string[]> {
  const disabled = type === 'story' ? PAGE_RULES : [];
  await page.evaluate(axeSource);
  return page.evaluate(async (disabledRules) => {
    const { axe } = window as unknown as { readonly axe: Axe };
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      rules: Object.fromEntries(disabledRules.map((rule) => [rule, { enabled: false }])),
    });
    return violations.map(({ id, nodes }) => {
      const targets = nodes.map(({ target }) => target.join(' '));
      return `${id} (${targets.length}): ${targets.slice(0, 5).join(', ')}`;
    });
  }, disabled);
}

/** How much wider than the window the page is, with the elements that stick out, or nothing. */
export function findSidewaysScroll(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    const names = wide.slice(-3).map(({ tagName, className }) => `${tagName.toLowerCase()} ${className}`);
    return [`${scrollWidth} px wide: ${names.join(', ')}`];
  });
}

/** The pages of the Storybook that the page links to, as the value of `path` in the address. */
export function findLinks(page: Page): Promise<readonly string[]> {
  return page
    .locator('a[href*="?path="]')
    .evaluateAll((links) =>
      links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('path') ?? ''),
    );
}
