/** A service on the server of mock-socket that can stop and start again, for tests of whole scenarios. */
import { act, cleanup } from '@testing-library/react';
import { type Client, Server, WebSocket as MockSocket } from 'mock-socket';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** The time of every dial since the test began, in ms. */
let dials: number[] = [];

/** Records dials, and closes a refused one with 1006 as browsers do; mock-socket closes it with 1000. */
class RecordingSocket extends MockSocket {
  // A #private field would throw on the proxies that mock-socket passes around.
  private opened = false;

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    dials.push(Date.now());
  }

  override dispatchEvent(...args: [Event]): boolean {
    const [event] = args;
    if (event.type === 'open') this.opened = true;
    if (event.type === 'close' && !this.opened) Object.assign(event, { code: 1006, wasClean: false });
    return super.dispatchEvent(...args);
  }
}

/** How a service reacts to clients. */
export interface MockServiceHandlers {
  readonly onConnect?: (client: Client) => void;
  readonly onMessage?: (client: Client, data: unknown) => void;
}

export interface MockService {
  readonly url: string;
  /** Every message received, over all restarts. */
  readonly received: readonly unknown[];
  clients(): readonly Client[];
  /** Returns the times of the dials since the last call, in ms after the first of them. */
  takeDials(): readonly number[];
  /** Sends a message to every client. */
  broadcast(data: string): void;
  /** Closes every socket with the code, or abnormally (1006) without one. New dials are refused. */
  stop(code?: number, reason?: string): void;
  start(): void;
}

let count = 0;
const running = new Set<MockService>();

export function startMockService({ onConnect, onMessage }: MockServiceHandlers = {}): MockService {
  const url = `ws://service-${(count += 1)}.example/`;
  const received: unknown[] = [];
  let server: Server | null = null;
  const service: MockService = {
    url,
    received,
    clients: () => server?.clients() ?? [],
    takeDials() {
      const [first = 0] = dials;
      return dials.splice(0).map((at) => at - first);
    },
    broadcast(data) {
      for (const client of service.clients()) client.send(data);
      advanceTime(10);
    },
    stop(code = 1006, reason = '') {
      act(() => server?.close({ code, reason, wasClean: code !== 1006 }));
      server = null;
    },
    start() {
      server = new Server(url, { mock: false });
      server.on('connection', (client) => {
        client.on('message', (data) => {
          received.push(data);
          onMessage?.(client, data);
        });
        onConnect?.(client);
      });
    },
  };
  service.start();
  running.add(service);
  return service;
}

/** Advances the fake timers. */
export function advanceTime(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

/** Sets up fake timers and mock-socket for each test of a file, and checks that no client or timer is left. */
export function setUpMockServices(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', RecordingSocket);
    dials = [];
  });
  afterEach(() => {
    cleanup();
    advanceTime(1_000);
    const left = [...running].flatMap((service) => service.clients());
    for (const service of running) service.stop();
    running.clear();
    const timers = vi.getTimerCount();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    expect(left, 'clients left').toEqual([]);
    expect(timers, 'timers left').toBe(0);
  });
}
