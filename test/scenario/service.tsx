/** A service made of mock-socket's server, which can go down and come back, for stories told in tests. */
import { act, cleanup } from '@testing-library/react';
import { type Client, Server, WebSocket as MockSocket } from 'mock-socket';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Every dial since the test began, by time in ms. */
let dials: number[] = [];

/** mock-socket tells a refused dial as a normal closure (1000); a browser says 1006. */
class Socket extends MockSocket {
  // A real private field would not do: mock-socket hands out proxies.
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

/** What a service does with those who connect; each may do without. */
export interface Behaviour {
  readonly onConnect?: (client: Client) => void;
  readonly onMessage?: (client: Client, data: unknown) => void;
}

export interface Service {
  readonly url: string;
  /** Everything received, over all restarts. */
  readonly received: readonly unknown[];
  clients(): readonly Client[];
  /** When dials arrived since the last call, in ms after the first of them. */
  takeDials(): readonly number[];
  /** Sends to everybody. */
  broadcast(data: string): void;
  /** Goes down with this code; without one it is just gone (1006). New dials are refused. */
  stop(code?: number, reason?: string): void;
  start(): void;
}

let count = 0;
const running = new Set<Service>();

export function startService({ onConnect, onMessage }: Behaviour = {}): Service {
  const url = `ws://service-${(count += 1)}.example/`;
  const received: unknown[] = [];
  let server: Server | null = null;
  const service: Service = {
    url,
    received,
    clients: () => server?.clients() ?? [],
    takeDials() {
      const [first = 0] = dials;
      return dials.splice(0).map((at) => at - first);
    },
    broadcast(data) {
      for (const client of service.clients()) client.send(data);
      pass(10);
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

/** Lets time pass. */
export function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

/** Fake timers and mock-socket for each test of a file; when it has ended, nothing may be left. */
export function withServices(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', Socket);
    dials = [];
  });
  afterEach(() => {
    cleanup();
    pass(1_000);
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
