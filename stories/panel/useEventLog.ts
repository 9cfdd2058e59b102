import { useEffect, useReducer } from 'react';

import type { ConnectionEvent } from '../../src/index.js';
import { describeEvent, type InspectedConnection } from './devtoolsParts.js';

/** One line of the log. Equal events in a row share a line with a count. */
export interface LogLine {
  readonly id: number;
  readonly at: number;
  readonly type: ConnectionEvent['type'];
  readonly text: string;
  readonly count: number;
}

/** The events of a connection. */
export interface EventLog {
  /** Newest first. */
  readonly lines: readonly LogLine[];
  /** How many events of each type there were, including those that are no longer listed. */
  readonly counts: Readonly<Partial<Record<ConnectionEvent['type'], number>>>;
  readonly nextId: number;
}

const EMPTY: EventLog = { lines: [], counts: {}, nextId: 0 };
const MAX_LINES = 60;

/** Records the events of a connection from the mount of the component on. */
export function useEventLog(connection: InspectedConnection | null): EventLog {
  const [log, add] = useReducer(append, EMPTY);
  useEffect(() => connection?.onEvent(add), [connection]);
  return log;
}

function append({ lines, counts: before, nextId }: EventLog, event: ConnectionEvent): EventLog {
  const { at, type } = event;
  const counts = { ...before, [type]: (before[type] ?? 0) + 1 };
  const text = describeEvent(event);
  const [latest] = lines;
  if (latest?.type === type && latest.text === text) {
    return { nextId, counts, lines: [{ ...latest, at, count: latest.count + 1 }, ...lines.slice(1)] };
  }
  const line = { id: nextId, at, type, text, count: 1 };
  return { nextId: nextId + 1, counts, lines: [line, ...lines].slice(0, MAX_LINES) };
}
