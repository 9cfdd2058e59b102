/** A scripted `WebSocket` and what the tests of the hooks share. */
import { act, cleanup } from '@testing-library/react';
import { Component, type ReactElement, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, vi } from 'vitest';

export const URL_A = 'wss://a.example/';
export const URL_B = 'wss://b.example/';

/** A socket whose server is the test: nothing happens to it by itself. */
export class FakeSocket {
  static made: FakeSocket[] = [];

  readonly offered: readonly string[];
  readonly url: string;
  readonly sent: unknown[] = [];
  /** What `close()` was called with, once it was. */
  closedWith: readonly unknown[] | null = null;
  readyState = 0;
  protocol = '';
  binaryType = 'blob';
  bufferedAmount = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;

  constructor(url: string | URL, protocols: string | readonly string[] = []) {
    const parsed = URL.canParse(String(url)) ? new URL(url) : null;
    if (!parsed || !/^(ws|http)s?:$/.test(parsed.protocol)) {
      throw new DOMException(`The URL '${String(url)}' is invalid.`, 'SyntaxError');
    }
    this.url = parsed.href;
    this.offered = typeof protocols === 'string' ? [protocols] : [...protocols];
    FakeSocket.made.push(this);
  }

  send(data: unknown): void {
    if (this.readyState === 0) throw new DOMException('Still in CONNECTING state', 'InvalidStateError');
    if (this.readyState === 1) this.sent.push(data);
  }

  close(...args: unknown[]): void {
    if (this.readyState >= 2) return;
    this.readyState = 2;
    this.closedWith = args;
  }

  /** Whether its end is still to come, or somebody still listens to it. */
  get isInUse(): boolean {
    return this.readyState < 2 || Boolean(this.onopen ?? this.onmessage ?? this.onclose);
  }

  /** The server accepts. */
  open(protocol = ''): void {
    this.readyState = 1;
    this.protocol = protocol;
    act(() => this.onopen?.(new Event('open')));
  }

  /** The server sends. */
  message(...all: unknown[]): void {
    for (const data of all) act(() => this.onmessage?.(new MessageEvent('message', { data })));
  }

  /** The server closes, or the network does (1006). */
  end(code: number, reason = ''): void {
    this.readyState = 3;
    act(() => this.onclose?.(new CloseEvent('close', { code, reason, wasClean: code !== 1006 })));
  }

  /** The dial fails: `error`, then `close` 1006. */
  refuse(): void {
    this.readyState = 3;
    act(() => this.onerror?.(new Event('error')));
    this.end(1006);
  }
}

/** The sockets that were made, oldest first. */
export const sockets = (): readonly FakeSocket[] => FakeSocket.made;

/** The one made last. */
export function socket(): FakeSocket {
  const last = FakeSocket.made.at(-1);
  if (!last) throw new Error('No socket has been made.');
  return last;
}

/** Those that are not let go. */
export const socketsInUse = (): readonly FakeSocket[] => FakeSocket.made.filter((made) => made.isInUse);

/** Lets time pass. */
export function advance(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

/** Lets promises settle. */
export async function settle(): Promise<void> {
  await act(async () => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  });
}

/** Longer than a frame, and than the timer of a page without frames. */
export const FRAME = 100;

/** Every draw is in the middle: 3 s after a restart, 4.5 s after a refused dial. */
const DRAW = 0.5;
export const AFTER_RESTART = 3_000;
export const AFTER_REFUSAL = 4_500;

/**
 * Fake timers and sockets for each test of a file. When a test has ended, everything is unmounted, and no
 * timer and no socket may be left.
 */
export function withFakes(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    vi.spyOn(Math, 'random').mockReturnValue(DRAW);
    FakeSocket.made = [];
  });
  afterEach(() => {
    cleanup();
    advance(FRAME);
    const timers = vi.getTimerCount();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    window.removeEventListener('error', preventDefault);
    expect(socketsInUse(), 'sockets left').toEqual([]);
    expect(timers, 'timers left').toBe(0);
  });
}

/** Keeps errors that a test expects out of the log, React's account of them included. */
export function expectErrors(): void {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  window.addEventListener('error', preventDefault);
}
const preventDefault = (event: Event): void => event.preventDefault();

const never = new Promise(() => undefined);

/**
 * Suspends the component that calls it, for ever unless it is given a promise: what React.use() does, in older
 * versions as well, and without the microtask that it waits for.
 */
export function suspend(promise: Promise<unknown> = never): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- React takes a promise for a wait
  throw promise;
}

/** Shows what was thrown below it, and tries again when it is told to. */
export class Boundary extends Component<{ readonly children?: ReactNode }, { readonly error: unknown }> {
  static readonly getDerivedStateFromError = (error: unknown) => ({ error });
  override state = { error: null as unknown };

  override render(): ReactElement {
    const { error } = this.state;
    if (error === null) return <>{this.props.children}</>;
    return (
      <button type="button" onClick={() => this.setState({ error: null })}>
        {error instanceof Error ? error.message : 'something else was thrown'}
      </button>
    );
  }
}
