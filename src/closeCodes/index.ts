import { closeCodeName } from '../core/closeCodes.js';
import { type CloseCodeEntry, closeCodes, USUAL_RULE } from './registered.js';

export { type CloseCodeEntry, type CloseCodeRule, closeCodes, type CloseCodeSender } from './registered.js';

type RangeEntry = Omit<CloseCodeEntry, 'code' | 'name' | 'rule'>;

const NOT_A_CODE: RangeEntry = {
  summary: 'This is no close code: one is a whole number from 0 to 65535.',
  whenYouSeeIt: 'Somewhere on the way to here the number was computed or copied wrongly.',
  howToFix: 'Take the code from CloseInfo.code.',
  sentBy: 'nobody',
  source: 'RFC 6455 section 5.5.1',
};

/** What is known about a code that nobody has registered: the first range that reaches up to it. */
const RANGES: readonly { readonly upTo: number; readonly entry: RangeEntry }[] = [
  {
    upTo: 999,
    entry: {
      summary: 'Codes below 1000 are not used.',
      whenYouSeeIt: 'The server has a fault: perhaps it puts an HTTP status where a close code belongs.',
      howToFix: 'Let the server send a registered code, or one of its own from 4000 to 4999.',
      sentBy: 'nobody',
      source: 'RFC 6455 section 7.4.2',
    },
  },
  {
    upTo: 2999,
    entry: {
      summary: 'This code is kept for the protocol and its extensions, and means nothing yet.',
      whenYouSeeIt: 'The server follows a newer standard than this table, or made the number up.',
      howToFix: 'Look it up in the registry of IANA. Codes of your own belong between 4000 and 4999.',
      sentBy: 'nobody',
      source: 'RFC 6455 section 7.4.2',
    },
  },
  {
    upTo: 3999,
    entry: {
      summary: 'This code belongs to a library or framework and is not registered here.',
      whenYouSeeIt: 'The server is built on a framework with codes of its own.',
      howToFix: "Find it in the framework's documentation and state what it means in reconnect.codes.",
      sentBy: 'both',
      source: 'RFC 6455 section 7.4.2',
    },
  },
  {
    upTo: 4999,
    entry: {
      summary: 'This code has the meaning that your own client and server have agreed on.',
      whenYouSeeIt:
        "Your server sends it on purpose. One is used by this library: with onViolation: 'fail' it closes with 4003 when an incoming message breaks the contract.",
      howToFix:
        "Ask whoever wrote the server, and state the meaning in reconnect.codes, such as { 4001: 'fail' } for a sign-in that has expired.",
      sentBy: 'both',
      source: 'RFC 6455 section 7.4.2',
    },
  },
  {
    upTo: 65_535,
    entry: {
      summary: 'Codes from 5000 on lie outside every range of the standard.',
      whenYouSeeIt: 'The server has a fault, or takes its numbers from somewhere else.',
      howToFix: 'Let the server send a registered code, or one of its own from 4000 to 4999.',
      sentBy: 'nobody',
      source: 'RFC 6455 section 7.4.2',
    },
  },
];

/**
 * Explains any number: a registered code by its entry in {@link closeCodes}, any other one by what is known
 * about its range. It never throws, so it can be fed with what came over the wire.
 *
 * @example describeCloseCode(lastClose.code).howToFix
 */
export function describeCloseCode(code: number): CloseCodeEntry {
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
