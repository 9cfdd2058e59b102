/** A fake `WebSocket` and helpers for the tests of the hooks. */
import { act, cleanup } from '@testing-library/react';
import { Component, type ReactElement, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, vi } from 'vitest';

export const URL_A = 'wss://a.example/';
export const URL_B = 'wss://b.example/';

/** A socket that only does what the test calls. */
export class FakeSocket {
  static made: FakeSocket[] = [];

  readonly offered: readonly string[];
  readonly url: string;
  readonly sent: unknown[] = [];
  /** The arguments of the call of `close()`. */
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

  /** Whether it is not closed, or still has handlers. */
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

/** All sockets, oldest first. */
export const sockets = (): readonly FakeSocket[] => FakeSocket.made;

/** The newest socket. */
export function socket(): FakeSocket {
  const last = FakeSocket.made.at(-1);
  if (!last) throw new Error('There is no socket.');
  return last;
}

/** The sockets that are not closed or still have handlers. */
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

/** Longer than a frame, and than the timer that replaces frames on a hidden page. */
export const FRAME = 100;

/** All random delays are in the middle of their window: 3 s after a restart, 4.5 s after a refused dial. */
const DRAW = 0.5;
export const AFTER_RESTART = 3_000;
export const AFTER_REFUSAL = 4_500;

/**
 * Installs fake timers and sockets for each test of a file. At the end of each test it unmounts all components and
 * checks that no timer and no socket is left.
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

/** Keeps expected errors out of the log, including the reports of React. */
export function expectErrors(): void {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  window.addEventListener('error', preventDefault);
}
const preventDefault = (event: Event): void => event.preventDefault();

const never = new Promise(() => undefined);

/**
 * Suspends the calling component until the promise settles, or forever without one. Unlike `React.use()` it also works
 * in older versions of React, and does not wait for a microtask.
 */
export function suspend(promise: Promise<unknown> = never): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- React suspends a component that throws a promise
  throw promise;
}

/** An error boundary that shows the error on a button, which resets it. */
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
