import { closeCodeName } from '../core/closeInfo.js';
import { type CloseCodeEntry, closeCodes, USUAL_RULE } from './registered.js';

type RangeEntry = Omit<CloseCodeEntry, 'code' | 'name' | 'rule'>;

const NOT_A_CODE: RangeEntry = {
  summary: 'This is not a close code. Close codes are whole numbers from 0 to 65535.',
  whenYouSeeIt: 'The number was computed or copied wrongly before it was passed in.',
  howToFix: 'Take the code from CloseInfo.code.',
  sentBy: 'nobody',
  source: 'RFC 6455 section 5.5.1',
};

/** Entries for codes that are not registered: the first range that reaches up to the code applies. */
const RANGES: readonly { readonly upTo: number; readonly entry: RangeEntry }[] = [
  {
    upTo: 999,
    entry: {
      summary: 'Codes below 1000 are not used.',
      whenYouSeeIt: 'The server has a bug. It may be sending an HTTP status as a close code.',
      howToFix: 'Send a registered code from the server, or a private one from 4000 to 4999.',
      sentBy: 'nobody',
      source: 'RFC 6455 section 7.4.2',
    },
  },
  {
    upTo: 2999,
    entry: {
      summary: 'This code is reserved for the protocol and its extensions and has no meaning yet.',
      whenYouSeeIt:
        'The server follows a newer standard than this table, or uses a number that is not registered.',
      howToFix: 'Look it up in the IANA registry. For codes of your own use 4000 to 4999.',
      sentBy: 'nobody',
      source: 'RFC 6455 section 7.4.2',
    },
  },
  {
    upTo: 3999,
    entry: {
      summary: 'This code belongs to a library or framework and is not registered.',
      whenYouSeeIt: 'The server uses a framework that has its own codes.',
      howToFix: "Look it up in the framework's documentation and set a rule for it in reconnect.codes.",
      sentBy: 'both',
      source: 'RFC 6455 section 7.4.2',
    },
  },
  {
    upTo: 4999,
    entry: {
      summary: 'The meaning of this code is defined by your own application.',
      whenYouSeeIt:
        "Your server sends it deliberately. This library sends 4003 when an incoming message breaks the contract and onViolation is 'fail'.",
      howToFix:
        "Look up the code in your server and set a rule for it in reconnect.codes, such as { 4001: 'fail' } for an expired session.",
      sentBy: 'both',
      source: 'RFC 6455 section 7.4.2',
    },
  },
  {
    upTo: 65_535,
    entry: {
      summary: 'Codes from 5000 are outside every range of the standard.',
      whenYouSeeIt: 'The server has a bug, or uses numbers that are not close codes.',
      howToFix: 'Send a registered code from the server, or a private one from 4000 to 4999.',
      sentBy: 'nobody',
      source: 'RFC 6455 section 7.4.2',
    },
  },
];

/**
 * Explains any number: a registered code by its entry in {@link closeCodes}, any other one by what is known
 * about its range. It never throws, so it can be called with whatever a server sent.
 *
 * @example describeCloseCode(lastClose.code).howToFix
 */
export function describeCloseCode(code: number): CloseCodeEntry {
  // Untyped callers may pass anything, and arithmetic on a symbol throws.
  if (typeof code !== 'number') return describeCloseCode(NaN);
  const registered = closeCodes.find((entry) => entry.code === code);
  if (registered) return registered;
  const range = Number.isInteger(code) && code >= 0 ? RANGES.find(({ upTo }) => code <= upTo) : undefined;
  return Object.freeze({
    code,
    name: closeCodeName(code),
    ...(range?.entry ?? NOT_A_CODE),
    rule: USUAL_RULE,
  });
}
