import { runSafely } from './runSafely.js';

/**
 * What happens to the page, or to the machine that it runs on:
 *
 * - `offline`: the network is gone
 * - `wake`: the network is back, the tab is visible again, or the page comes out of the back/forward cache
 * - `slept`: the page did not run for so long that an open socket cannot be trusted; a `wake` may follow
 */
export type PageEvent = 'offline' | 'wake' | 'slept';

/** How often the shared timer looks whether the page has slept, in ms. */
const TICK_MS = 10_000;

/** A visible page whose timer did not run for this long has slept, in ms. */
const SLEEP_VISIBLE_MS = 60_000;

/** Browsers throttle the timers of a hidden page to one a minute, so it takes longer to call that a sleep, in ms. */
const SLEEP_HIDDEN_MS = 300_000;

/** What is notified of page events. */
export interface PageListener {
  onPageEvent(event: PageEvent): void;
}

const listeners = new Set<PageListener>();
let ticker: ReturnType<typeof setTimeout> | undefined;
let startedWith: typeof setTimeout | undefined;
/** When the page was last seen running, by the clock: a monotonic clock stands still while a machine sleeps. */
let runningAt = 0;
let isHidden = false;

/** The parts of the platform that may be missing: React Native has no `document`, Node has neither. */
function getTargets(): [
  Partial<EventTarget> | undefined,
  (Partial<EventTarget> & { hidden?: boolean }) | undefined,
] {
  const platform = globalThis as { addEventListener?: unknown; document?: Document };
  return [platform as Partial<EventTarget>, platform.document];
}

/** Whether the platform says that there is no network. It never proves that there is one. */
export function isOffline(): boolean {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false;
}

/**
 * Notifies a listener of every page event. All listeners share one subscription and one slow timer, and nothing is
 * installed while there is no listener.
 */
export function addPageListener(listener: PageListener): void {
  if (listeners.size === 0) install(true);
  // A connection that an earlier test left behind has a ticker on fake timers that never run again.
  else if (startedWith !== setTimeout) start();
  listeners.add(listener);
}

export function removePageListener(listener: PageListener): void {
  if (listeners.delete(listener) && listeners.size === 0) install(false);
}

function install(isOn: boolean): void {
  const [page, document] = getTargets();
  const method = isOn ? 'addEventListener' : 'removeEventListener';
  for (const type of ['offline', 'online', 'pageshow']) page?.[method]?.(type, handleEvent);
  for (const type of ['visibilitychange', 'resume']) document?.[method]?.(type, handleEvent);
  if (isOn) start();
  else clearTimeout(ticker);
}

function start(): void {
  noteRunning();
  scheduleTick();
}

function scheduleTick(): void {
  clearTimeout(ticker);
  startedWith = setTimeout;
  ticker = setTimeout(tick, TICK_MS);
}

function noteRunning(): void {
  runningAt = Date.now();
  isHidden = getTargets()[1]?.hidden === true;
}

function tick(): void {
  scheduleTick();
  noticeSleep();
}

/** Returns whether the page has slept and is awake, which listeners know then. */
function noticeSleep(): boolean {
  const elapsed = Date.now() - runningAt;
  const hasSlept = elapsed >= (isHidden ? SLEEP_HIDDEN_MS : SLEEP_VISIBLE_MS);
  noteRunning();
  if (!hasSlept) return false;
  notify('slept');
  if (isOffline()) return false;
  notify('wake');
  return true;
}

function handleEvent(event: Event): void {
  const isNotified = noticeSleep();
  const { type, persisted } = event as Partial<PageTransitionEvent>;
  // Neither a page that becomes hidden nor the first `pageshow` of a page is a wake-up.
  const isWakeUp = persisted !== false && !(type === 'visibilitychange' && isHidden) && !isOffline();
  if (type === 'offline') notify('offline');
  else if (isWakeUp && !isNotified) notify('wake');
}

function notify(event: PageEvent): void {
  for (const listener of [...listeners])
    if (listeners.has(listener)) runSafely(() => listener.onPageEvent(event));
}
