import { useEffect, useReducer } from 'react';

import type { Connection, ConnectionEvent } from '../../src/index.js';
import { describeEvent } from './words.js';

/** A connection of any messages, as far as its events go. */
export type Tapped = Pick<Connection<unknown, unknown>, 'onEvent'>;

/** A line of the log; equal ones in a row are one line with a count. */
export interface LogLine {
  readonly id: number;
  readonly at: number;
  readonly type: ConnectionEvent['type'];
  readonly text: string;
  readonly count: number;
}

interface Log {
  /** The newest first. */
  readonly lines: readonly LogLine[];
  readonly nextId: number;
}

const EMPTY: Log = { lines: [], nextId: 0 };
const LENGTH = 60;

/** What has happened to a connection since it is looked at. */
export function useEventLog(connection: Tapped | null): readonly LogLine[] {
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
  return { nextId: nextId + 1, lines: [line, ...lines].slice(0, LENGTH) };
}
