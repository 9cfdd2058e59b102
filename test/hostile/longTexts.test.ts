import { describe, expect, it } from 'vitest';
import type { ConnectionOptions } from '../../src/core/index.js';
import { preview } from '../../src/devtools/preview.js';
import {
  connect,
  type ConnectionHarness,
  connectOpen,
  leaveNothingBehind,
  takeReported,
} from '../support/connectionHarness.js';
import { thrownValues } from './hostileValues.js';

leaveNothingBehind();

const LENGTH = 1_000_000;

/** Errors show 1,000 characters of a text and previews 2,000, and each may become an escape of six. */
const SHORT_ERROR = 7_000;
const SHORT_PREVIEW = 13_000;

const longTexts = ['a', '?', '@', '/', ':', 'a?', ' ', '=', '%', '\u202e', '\u0000', '\ud800', 'a.', '[']
  .map((unit) => unit.repeat(Math.ceil(LENGTH / unit.length)))
  .map((text) => [JSON.stringify(text.slice(0, 2)), text] as const);

/** Where a text of somebody else comes in, and what ends the connection with it. */
const entrances: readonly (readonly [string, (text: string) => Error])[] = [
  ['a close reason', (text) => endWith({}, (harness) => harness.socket.serverClose(1008, text))],
  [
    'the message of an error in decode',
    (text) => {
      const contract: ConnectionOptions['contract'] = {
        sends: 'any',
        accepts: 'any',
        encode: (message) => message,
        decode() {
          throw new Error(text);
        },
      };
      return endWith({ contract, onViolation: 'fail' }, (harness) => harness.socket.message('x'));
    },
  ],
  [
    'the message of what a WebSocket class throws',
    (text) => {
      const WebSocket = function makeSocket() {
        throw new Error(text);
      } as never;
      return connect({ WebSocket }).state.error!;
    },
  ],
];

function endWith(options: ConnectionOptions, end: (harness: ConnectionHarness) => void): Error {
  const harness = connectOpen(options);
  end(harness);
  return harness.state.error!;
}

describe.each(longTexts)('a million characters (%s, repeated)', (_, text) => {
  it.each(entrances)('as %s make a short error, which says how much was left out', (_name, end) => {
    const { message } = end(text);
    expect(message.length).toBeLessThan(SHORT_ERROR);
    expect(message).toContain(`${LENGTH - 1_000} more characters`);
    takeReported();
  });

  it('have a short preview in the inspector', () => {
    for (const value of [text, [text], { [text]: text }, new Error(text)])
      expect(preview(value).length).toBeLessThan(SHORT_PREVIEW);
  });
});

describe('a preview in the inspector', () => {
  it.each(thrownValues)('can be made of %s, which can hardly be read', (_, create) => {
    for (const value of [create(), [create()], { value: create() }, new Map([[create(), create()]])])
      expect(typeof preview(value)).toBe('string');
  });
});
