// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createCloseInfo } from '../../src/core/closeInfo.js';
import { closeError, setupError, violationError, WebSocketError } from '../../src/core/errors.js';
import { Traffic } from '../../src/core/messages/traffic.js';

describe('closeError', () => {
  const close = (opened: boolean) => createCloseInfo({ code: 1006, opened, at: 0 });
  const url = 'wss://example.com/quotes';
  /** The traffic of a connection that has been open. */
  const openTraffic = (): Traffic => {
    const traffic = new Traffic();
    traffic.wasEverOpen = true;
    traffic.onSocketOpen();
    return traffic;
  };

  it.each([
    [true, 3, 'Gave up after 3 attempts. The server closed with 1006 Abnormal Closure.'],
    [false, 1, 'Gave up after 1 attempt. The dial failed with 1006 Abnormal Closure.'],
  ])('says which side ended the connection (opened: %s)', (opened, attempts, message) => {
    const context = { attempts, url, traffic: openTraffic() };
    expect(closeError('exhausted', close(opened), context).message).toBe(message);
  });

  it('says where to look if the connection has never been open', () => {
    const neverOpen = { attempts: 3, url, traffic: new Traffic() };
    expect(closeError('exhausted', close(false), neverOpen).hint).toContain(
      `never been open. Check the address (${url})`,
    );
    const lostLater = { attempts: 3, url, traffic: openTraffic() };
    expect(closeError('exhausted', close(false), lostLater).hint).toBe(
      'Check that the server is running and reachable, then call reconnect().',
    );
  });

  it.each([
    [1003, 'contract', 'Fix the data you send, then call reconnect().'],
    [1008, 'policy', 'Check the credentials and permissions of this client, then call reconnect().'],
  ] as const)('has the close, the code and a hint after %i', (code, kind, hint) => {
    const ended = createCloseInfo({ code, opened: true, at: 0 });
    const error = closeError(kind, ended, { attempts: 0, url, traffic: openTraffic() });
    expect(error).toMatchObject({ kind, code, close: ended, lastSent: null, isOutdated: false, hint });
  });

  describe('after a 1003', () => {
    const rejected = createCloseInfo({ code: 1003, reason: 'text only', opened: true, at: 0 });
    const binary = { kind: 'binary', type: 'Uint8Array', size: 1_024 } as const;

    it('names the last frame and what to send instead', () => {
      const traffic = openTraffic();
      traffic.onSent(binary);
      const error = closeError('contract', rejected, { attempts: 0, url, traffic });
      const frame = 'the last frame sent before the close was binary (Uint8Array, 1,024 bytes)';
      expect(error.message).toBe(
        `The server closed with 1003 Unsupported Data: "text only"; ${frame}; the server does not accept it: send text.`,
      );
      expect(error.hint).toContain(frame);
      expect(error.lastSent).toMatchObject(binary);
    });

    it('names a frame of each kind and advises neither where both wait for an answer', () => {
      const traffic = openTraffic();
      traffic.onSent({ kind: 'text', type: 'string', size: 1 });
      traffic.onSent(binary);
      const { hint } = closeError('contract', rejected, { attempts: 0, url, traffic });
      expect(hint).toContain('binary (Uint8Array, 1,024 bytes) and text (string, 1 byte)');
      expect(hint).not.toContain(': send');
    });

    it('says that the page may be older than the server if messages had come before the reopen only', () => {
      const traffic = openTraffic();
      traffic.onDelivered();
      const error = () => closeError('contract', rejected, { attempts: 0, url, traffic });
      expect(error().isOutdated).toBe(false);
      traffic.onSocketOpen();
      expect(error().isOutdated).toBe(true);
      expect(error().hint).toContain('this page may be older than the server');
      traffic.onDelivered();
      expect(error().isOutdated).toBe(false);
    });
  });

  it('shows the reason without secrets and control characters, and keeps it raw in close', () => {
    const reason = 'see wss://u:s@a.example/?token=s\u202e\n';
    const ended = createCloseInfo({ code: 1008, reason, opened: true, at: 0 });
    const error = closeError('policy', ended, { attempts: 0, url, traffic: openTraffic() });
    expect(error.message).toBe(
      'The server closed with 1008 Policy Violation: "see wss://a.example/\\u000a".',
    );
    expect(error.close?.reason).toBe(reason);
  });
});

describe('WebSocketError', () => {
  it('has every field, with null for unknown values', () => {
    const error = new WebSocketError('It ended.', { kind: 'policy', hint: 'Sign in.' });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'WebSocketError',
      message: 'It ended.',
      kind: 'policy',
      hint: 'Sign in.',
    });
    expect(error).toMatchObject({
      code: null,
      close: null,
      lastSent: null,
      direction: null,
      cause: undefined,
    });
  });
});

describe('setupError', () => {
  it('shows the address, the subprotocols and what was thrown, all without secrets', () => {
    const url = 'wss://user:secret@example.com/quotes?token=secret';
    const token = 'eyJhbGciOiJIUzI1NiJ9.secret';
    const thrown = new DOMException(`'${url}' and '${token}' are invalid.`, 'SyntaxError');
    const error = setupError(url, ['v1', token], thrown);
    expect(error.message).toBe(
      "Cannot make a WebSocket to wss://example.com/quotes (v1, eyJhbGci…): 'wss://example.com/quotes' and 'eyJhbGci…' are invalid.",
    );
    expect(error.kind).toBe('setup');
    expect(error.hint).toContain('connect-src');
    expect(String(error.cause)).not.toContain('secret');
    expect(error.cause).toMatchObject({ name: 'SyntaxError' });
  });

  it('shows of the exception of Firefox the sentence, without the location', () => {
    const text =
      '[Exception... "The load for this content was blocked." nsresult: "0x805e0006" location: "JS"]';
    expect(setupError('wss://example.com/', undefined, new Error(text)).message).toBe(
      'Cannot make a WebSocket to wss://example.com/: The load for this content was blocked.',
    );
  });
});

describe('violationError', () => {
  it.each(['incoming', 'outgoing'] as const)('says that the %s message is wrong, and why', (direction) => {
    const cause = new Error('expected a\u0007 number');
    expect(violationError(direction, cause)).toMatchObject({
      kind: 'contract',
      direction,
      cause,
      message: `The ${direction} message breaks the contract: expected a\\u0007 number.`,
    });
  });
});
