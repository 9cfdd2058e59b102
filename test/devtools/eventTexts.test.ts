// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type CloseInfo, type ConnectionEvent, WebSocketError } from '../../src/core/index.js';
import { describeEvent, detailEvent } from '../../src/devtools/eventTexts.js';
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatSeconds,
  formatTime,
} from '../../src/devtools/format.js';

const at = new Date(2026, 0, 2, 3, 4, 5, 67).getTime();
const createClose = (known: Partial<CloseInfo>): CloseInfo => ({
  code: 1006,
  name: 'Abnormal Closure',
  reason: '',
  wasClean: false,
  opened: false,
  local: false,
  at,
  suspect: null,
  error: null,
  ...known,
});
const close = createClose({ code: 1012, name: 'Service Restart', reason: 'deploy', opened: true });
const failure = new WebSocketError('It ended.', { kind: 'contract', hint: 'Send text.', close });

describe('describeEvent', () => {
  it.each<[ConnectionEvent, string]>([
    [{ type: 'dial', at, attempt: 0, url: 'wss://a.example/' }, 'first attempt'],
    [{ type: 'dial', at, attempt: 2, url: 'wss://a.example/' }, 'attempt 2'],
    [{ type: 'message', at, message: 'x', kind: 'text', size: 1 }, 'text, 1 byte'],
    [{ type: 'sent', at, message: 'x', kind: 'binary', size: 1_024 }, 'binary, 1,024 bytes'],
    [{ type: 'dropped', at, message: 'x', reason: 'unmounted' }, 'unmounted'],
    [{ type: 'close', at, close }, '1012 Service Restart: “deploy”'],
    [
      { type: 'close', at, close: createClose({ local: true, code: 1000, name: 'Normal Closure' }) },
      '1000 Normal Closure, by this side',
    ],
    [{ type: 'close', at, close: createClose({}) }, '1006 Abnormal Closure, attempt refused'],
    [{ type: 'close', at, close: createClose({ opened: true }) }, '1006 Abnormal Closure'],
    [
      { type: 'retry', at, attempt: 1, retryAt: at + 2_500, cause: close, suspect: null },
      'attempt 1 in 2.50 s',
    ],
    [
      { type: 'retry', at, attempt: 1, retryAt: null, cause: close, suspect: null },
      'attempt 1, once the network is back',
    ],
    [{ type: 'fail', at, error: failure }, 'contract, 1012'],
    [{ type: 'violation', at, error: new Error('not agreed') }, 'not agreed'],
    [{ type: 'heartbeat', at, phase: 'dead' }, 'dead'],
  ])('describes %j', (event, text) => {
    expect(describeEvent(event)).toBe(text);
  });
});

describe('detailEvent', () => {
  it('shows an error with everything in it but its cause, which may hold secrets', () => {
    const error = Object.assign(
      new WebSocketError('It ended.', { kind: 'contract', hint: 'Send text.', close }),
      {
        cause: new Error('wss://user:secret@a.example/'),
      },
    );
    const details = detailEvent({ type: 'fail', at, error });
    for (const part of ['It ended.', 'Send text.', '1012', 'deploy']) expect(details).toContain(part);
    expect(details).not.toContain('secret');
  });

  it('shows the other facts of an event', () => {
    expect(detailEvent({ type: 'dial', at, attempt: 0, url: 'wss://a.example/' })).toBe(
      '{\n  "attempt": 0,\n  "url": "wss://a.example/"\n}',
    );
  });
});

describe('the formats', () => {
  it('show times, durations and counts', () => {
    expect(formatTime(at)).toBe('03:04:05.067');
    expect(formatSeconds(2_345, 1)).toBe('2.3 s');
    expect(formatSeconds(-1, 0)).toBe('0 s');
    expect([0, 999, 1_000, 1_234_567].map(formatNumber)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([formatBytes(1), formatBytes(2_048)]).toEqual(['1 byte', '2,048 bytes']);
    expect(formatCount(2, 'match', 'matches')).toBe('2 matches');
  });
});
