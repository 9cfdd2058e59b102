import { describeCloseCode } from './describeCloseCode.js';
import type { CloseCodeEntry, CloseCodeSender } from './registered.js';

/** One row of a comparison: the same question answered for both codes. */
export interface CloseCodeAspect {
  /** The field of {@link CloseCodeEntry} that answers the question. */
  readonly field: 'summary' | 'whenYouSeeIt' | 'howToFix' | 'rule' | 'sentBy' | 'source';
  /** The question, as the heading of the row: `'How to fix it'`. */
  readonly title: string;
  /** The answers, in the order in which the codes were given. */
  readonly texts: readonly [string, string];
  /** Whether both answers are the same. */
  readonly isSame: boolean;
}

/** What {@link compareCloseCodes} returns. It is frozen plain data: text in English, ready to show. */
export interface CloseCodeComparison {
  /** The entries of both codes, in the order in which they were given. */
  readonly entries: readonly [CloseCodeEntry, CloseCodeEntry];
  /** Every question with both answers, in the order in which a reader asks them. */
  readonly aspects: readonly CloseCodeAspect[];
  /** What sets the codes apart, one sentence each, the most important first. Empty if only the numbers differ. */
  readonly keyDifferences: readonly string[];
}

const TITLES: Readonly<Record<CloseCodeAspect['field'], string>> = {
  summary: 'What it means',
  whenYouSeeIt: 'When you see it',
  howToFix: 'How to fix it',
  rule: 'What the library does',
  sentBy: 'Who sends it',
  source: 'Where it is defined',
};

const SENDERS: Readonly<Record<CloseCodeSender, string>> = {
  client: 'the client only',
  server: 'the server only',
  both: 'client or server',
  nobody: 'neither side, as it never travels in a close frame',
};

/** The outcomes of a rule, by its first word. */
const OUTCOMES = {
  stop: 'ends the connection normally (state closed)',
  fail: 'ends the connection with an error (state failed) until reconnect() is called',
  reconnect: 'reconnects automatically',
} as const;

function outcomeOf({ rule }: CloseCodeEntry): string {
  return OUTCOMES[/^\w+/.exec(rule)?.[0] as keyof typeof OUTCOMES];
}

/** Whether a page may pass the code to `close()` (WHATWG WebSockets, `close(code, reason)`). */
function isForPages({ code }: CloseCodeEntry): boolean {
  return code === 1000 || (Number.isInteger(code) && code >= 3000 && code <= 4999);
}

function compareEntries(a: CloseCodeEntry, b: CloseCodeEntry): string[] {
  const differences: string[] = [];
  const [outcomeA, outcomeB] = [outcomeOf(a), outcomeOf(b)];
  if (outcomeA !== outcomeB) {
    differences.push(`${a.code} ${outcomeA}. ${b.code} ${outcomeB}.`);
  } else if (a.rule !== b.rule) {
    differences.push(
      `Each of them ${outcomeA}, but the rules differ. ${a.code}: ${a.rule}. ${b.code}: ${b.rule}.`,
    );
  }
  if (a.sentBy !== b.sentBy) {
    differences.push(`${a.code} is sent by ${SENDERS[a.sentBy]}. ${b.code} is sent by ${SENDERS[b.sentBy]}.`);
  }
  if (isForPages(a) !== isForPages(b)) {
    const [allowed, refused] = isForPages(a) ? [a, b] : [b, a];
    differences.push(`A page can close a WebSocket with ${allowed.code}, but not with ${refused.code}.`);
  }
  if (a.summary !== b.summary) {
    differences.push(`${a.code}: ${a.summary} ${b.code}: ${b.summary}`);
  }
  if (a.source !== b.source) {
    differences.push(
      `The definitions are in different places. ${a.code}: ${a.source}. ${b.code}: ${b.source}.`,
    );
  }
  return differences;
}

/**
 * Compares two close codes: what each means, when you see it, how to fix it and what a connection does, and the
 * key differences between them. The texts are those of {@link describeCloseCode}, so any two numbers can be
 * compared, and it never throws.
 *
 * @example compareCloseCodes(1003, 1012).keyDifferences
 */
export function compareCloseCodes(a: number, b: number): CloseCodeComparison {
  const entries = [describeCloseCode(a), describeCloseCode(b)] as const;
  const [entryA, entryB] = entries;
  const textOf = (entry: CloseCodeEntry, field: CloseCodeAspect['field']): string =>
    field === 'sentBy' ? SENDERS[entry.sentBy] : entry[field];
  const aspects = (Object.keys(TITLES) as CloseCodeAspect['field'][]).map((field) => {
    const texts = [textOf(entryA, field), textOf(entryB, field)] as const;
    return Object.freeze({
      field,
      title: TITLES[field],
      texts: Object.freeze(texts),
      isSame: texts[0] === texts[1],
    });
  });
  return Object.freeze({
    entries: Object.freeze(entries),
    aspects: Object.freeze(aspects),
    keyDifferences: Object.freeze(compareEntries(entryA, entryB)),
  });
}
