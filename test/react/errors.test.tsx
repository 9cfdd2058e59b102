import { act, render, renderHook } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';

import {
  createConnection,
  useWebSocket,
  WebSocketError,
  type WebSocketOptions,
  type WebSocketSource,
} from '../../src/index.js';
import {
  advance,
  Boundary,
  settle,
  socket,
  sockets,
  socketsInUse,
  URL_A,
  URL_B,
  withFakes,
  expectErrors,
} from '../support/reactFakes.js';

withFakes();

beforeEach(expectErrors);

describe('invalid options', () => {
  const wrong: readonly (readonly [WebSocketOptions, RegExp])[] = [
    [{ connectTimeout: -1 }, /connectTimeout.*-1/],
    [{ connectTimeout: Number.NaN }, /connectTimeout.*NaN/],
    [{ linger: -Infinity }, /linger.*-Infinity/],
    [{ maxMessageSize: -5 }, /maxMessageSize.*-5/],
    [{ reconnect: { minDelay: -1 } }, /minDelay.*-1/],
    [{ reconnect: { maxDelay: 500 } }, /minDelay.*1_?,?000.*500/],
    [{ reconnect: { minDelay: 6_000 } }, /minDelay.*6_?,?000/],
    [{ reconnect: { maxDelay: 2 ** 31, widenTo: 2 ** 31 } }, /maxDelay.*2147483648/],
    [{ reconnect: { widenTo: 4_000 } }, /widenTo.*4_?,?000/],
    [{ reconnect: { stableAfter: Number.NaN } }, /stableAfter.*NaN/],
    [{ reconnect: { maxAttempts: -1 } }, /maxAttempts.*-1/],
    [{ reconnect: { codes: { 4001: { minDelay: -7 } } } }, /4001.*minDelay.*-7/],
    [{ sendQueue: { maxMessages: -1 } }, /maxMessages.*-1/],
    [{ sendQueue: { maxAge: Number.NaN } }, /maxAge.*NaN/],
    [{ heartbeat: { message: 'ping', interval: -25 } }, /interval.*-25/],
    [{ heartbeat: { message: 'ping', timeout: Number.NaN } }, /timeout.*NaN/],
  ];

  it.each(wrong)('throw an error in render that names the option and the value: %j', (options, text) => {
    const { container } = render(
      <Boundary>
        <Use options={options} />
      </Boundary>,
    );
    expect(container.textContent).toMatch(text);
    expect(() => createConnection(URL_A, options)).toThrow(RangeError);
    expect(sockets()).toEqual([]);
  });

  it('throw in a later render as well, and the connection is released with its component', () => {
    const page = (options: WebSocketOptions) => (
      <Boundary>
        <Use options={options} />
      </Boundary>
    );
    const { container, rerender } = render(page({}));
    socket().open();
    rerender(page({ linger: -1 }));
    expect(container.textContent).toMatch(/linger.*-1/);
    advance(0);
    expect(socketsInUse()).toEqual([]);
  });

  function Use({ options }: { options: WebSocketOptions }) {
    return <p>{useWebSocket(URL_A, options).status}</p>;
  }
});

describe('throwOnError', () => {
  function Use({ source, options }: { source: WebSocketSource; options: WebSocketOptions }) {
    return <p>{useWebSocket(source, options).status}</p>;
  }
  const renderBoundary = (options: WebSocketOptions, source: WebSocketSource = URL_A) =>
    render(
      <Boundary>
        <Use source={source} options={options} />
      </Boundary>,
    );

  it('is off by default: a terminal error is state', () => {
    const { container } = renderBoundary({});
    socket().open();
    socket().end(1003);
    expect(container.textContent).toBe('failed');
  });

  it('throws a terminal error to the nearest boundary and releases the connection', () => {
    const { container } = renderBoundary({ throwOnError: true });
    socket().open();
    socket().end(1003, 'text only');
    expect(container.textContent).toContain('1003');
    expect(container.textContent).toContain('text only');
    advance(0);
    expect(socketsInUse()).toEqual([]);
  });

  it('dials again when the boundary is reset', () => {
    const { container } = renderBoundary({ throwOnError: true });
    socket().open();
    socket().end(1003);
    act(() => container.querySelector('button')?.click());
    expect(container.textContent).toBe('connecting');
    expect(sockets()).toHaveLength(2);
  });

  it('dials again when the boundary is reset and the connection was shared', async () => {
    const { container } = renderBoundary({ throwOnError: true, share: true });
    await settle();
    socket().open();
    socket().end(1003);
    advance(0);
    act(() => container.querySelector('button')?.click());
    expect(container.textContent).toBe('connecting');
  });

  it('throws again for a connection of the application until reconnect()', () => {
    const connection = createConnection(URL_A);
    const { container } = renderBoundary({ throwOnError: true }, connection);
    socket().open();
    socket().end(1003, 'text only');
    act(() => container.querySelector('button')?.click());
    expect(container.textContent).toContain('text only');

    advance(0);
    connection.reconnect();
    act(() => container.querySelector('button')?.click());
    expect(container.textContent).toBe('connecting');
    expect(sockets()).toHaveLength(2);
  });

  it('does not throw for a normal end, an outage or a message that breaks the contract', () => {
    const { container } = renderBoundary({
      throwOnError: true,
      contract: { sends: 'any', accepts: 'binary', encode: String, decode: (data) => data },
    });
    socket().open();
    socket().message('text');
    expect(container.textContent).toBe('open');
    socket().end(1006);
    expect(container.textContent).toBe('reconnecting');
    advance(5_000);
    socket().open();
    socket().end(1000);
    expect(container.textContent).toBe('closed');
  });

  it('accepts a predicate, which receives the error', () => {
    const asked: WebSocketError[] = [];
    const throwOnError = (error: WebSocketError): boolean => {
      asked.push(error);
      return error.kind === 'policy';
    };
    const { container } = renderBoundary({ throwOnError });
    socket().open();
    socket().end(1003);
    expect(container.textContent).toBe('failed');
    expect(asked[0]).toBeInstanceOf(WebSocketError);
    expect(asked[0]).toMatchObject({ kind: 'contract', code: 1003 });
  });

  it.each([
    ['policy', 1008],
    ['contract', 1009],
  ])('throws with kind %s for %i', (kind, code) => {
    const { container } = renderBoundary({ throwOnError: (error) => error.kind === kind });
    socket().open();
    socket().end(code);
    expect(container.textContent).toContain(String(code));
  });

  it('throws when the attempts are exhausted and when no socket can be created', () => {
    const exhausted = renderBoundary({ throwOnError: true, reconnect: { maxAttempts: 0 } });
    socket().refuse();
    expect(exhausted.container.textContent).toMatch(/attempts/);
    const setup = renderBoundary({ throwOnError: true }, 'nonsense:');
    expect(setup.container.textContent).toContain('nonsense:');
  });

  it('throws at once when it is enabled after the failure', () => {
    let turnOn = (): void => undefined;
    const Late = () => {
      const [throwOnError, set] = useState(false);
      turnOn = () => set(true);
      return <p>{useWebSocket(URL_A, { throwOnError }).status}</p>;
    };
    const { container } = render(
      <Boundary>
        <Late />
      </Boundary>,
    );
    socket().open();
    socket().end(1003);
    expect(container.textContent).toBe('failed');
    act(() => turnOn());
    expect(container.textContent).toContain('1003');
  });

  it('does not throw the failure of a previous connection after the URL has changed', () => {
    const { result, rerender } = renderHook(({ url, on }) => useWebSocket(url, { throwOnError: on }), {
      initialProps: { url: URL_A, on: false },
    });
    socket().open();
    socket().end(1003);
    rerender({ url: URL_B, on: true });
    expect(result.current.status).toBe('connecting');
  });
});

describe('secrets', () => {
  it('are removed from the query and the credentials of URLs in error messages', () => {
    const { result } = renderHook(() => useWebSocket('ftp://ann:geheim@a.example/?token=geheim'));
    const { error } = result.current;
    expect(error?.kind).toBe('setup');
    expect(`${error?.message} ${error?.hint}`).not.toContain('geheim');
  });

  it('are removed from close reasons as well', () => {
    const { result } = renderHook(() => useWebSocket(URL_A));
    socket().open();
    socket().end(1008, 'go to https://login.example/?token=geheim');
    const { error } = result.current;
    expect(`${error?.message} ${error?.hint}`).not.toContain('geheim');
  });
});
