import { useEffect, useReducer } from 'react';

import type { ConnectionEvent } from '../../src/index.js';
import { describeEvent } from './texts.js';
import type { ObservedConnection } from './timeline.js';

/** One line of the log. Equal events in a row share a line with a count. */
export interface LogLine {
  readonly id: number;
  readonly at: number;
  readonly type: ConnectionEvent['type'];
  readonly text: string;
  readonly count: number;
}

interface Log {
  /** Newest first. */
  readonly lines: readonly LogLine[];
  readonly nextId: number;
}

const EMPTY: Log = { lines: [], nextId: 0 };
const MAX_LINES = 60;

/** The events of a connection since the component mounted, newest first. */
export function useEventLog(connection: ObservedConnection | null): readonly LogLine[] {
  const [log, add] = useReducer(append, EMPTY);
  useEffect(() => connection?.onEvent(add), [connection]);
  return log.lines;
}

function append({ lines, nextId }: Log, event: ConnectionEvent): Log {
  const { at, type } = event;
  const text = describeEvent(event);
  const [latest] = lines;
  if (latest?.type === type && latest.text === text) {
    return { nextId, lines: [{ ...latest, at, count: latest.count + 1 }, ...lines.slice(1)] };
  }
  const line = { id: nextId, at, type, text, count: 1 };
  return { nextId: nextId + 1, lines: [line, ...lines].slice(0, MAX_LINES) };
}
