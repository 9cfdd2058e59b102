import type { ConnectionEvent } from '../core/index.js';

/** An event in the order in which it came. */
export interface Recorded {
  readonly id: number;
  readonly event: ConnectionEvent;
}

/** What is counted, also of events that are not kept any more. */
export interface Totals {
  readonly received: number;
  readonly receivedBytes: number;
  readonly sent: number;
  readonly sentBytes: number;
  readonly dropped: number;
  readonly violations: number;
}

/** What has happened to a connection while somebody looked. */
export interface Recording {
  /** The newest ones, oldest first. */
  readonly events: readonly Recorded[];
  readonly totals: Totals;
  readonly nextId: number;
}

/** Nothing has happened yet. */
export const EMPTY: Recording = {
  events: [],
  totals: { received: 0, receivedBytes: 0, sent: 0, sentBytes: 0, dropped: 0, violations: 0 },
  nextId: 0,
};

/** Adds an event; of all, `limit` are kept. */
export function record(recording: Recording, event: ConnectionEvent, limit: number): Recording {
  const { events, totals, nextId } = recording;
  return {
    events: [...events.slice(Math.max(0, events.length + 1 - limit)), { id: nextId, event }],
    totals: count(totals, event),
    nextId: nextId + 1,
  };
}

/** Forgets the events and the counts; the numbers of the events go on. */
export function clear({ nextId }: Recording): Recording {
  return { ...EMPTY, nextId };
}

function count(totals: Totals, event: ConnectionEvent): Totals {
  switch (event.type) {
    case 'message':
      return {
        ...totals,
        received: totals.received + 1,
        receivedBytes: totals.receivedBytes + event.size,
      };
    case 'sent':
      return { ...totals, sent: totals.sent + 1, sentBytes: totals.sentBytes + event.size };
    case 'dropped':
      return { ...totals, dropped: totals.dropped + 1 };
    case 'violation':
      return { ...totals, violations: totals.violations + 1 };
    default:
      return totals;
  }
}
