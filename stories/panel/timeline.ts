import type { Connection, ConnectionEvent, ConnectionState } from '../../src/index.js';

/** A connection with messages of any type. */
export type ObservedConnection = Pick<Connection<unknown, unknown>, 'onEvent' | 'subscribe' | 'getState'>;

/** The state of a connection as the timeline draws it: `reconnecting` is split by what the connection waits for. */
export type Phase =
  'idle' | 'connecting' | 'open' | 'waiting' | 'attempting' | 'offline' | 'closed' | 'failed';

/** A span of time in one phase. */
export interface Segment {
  readonly id: number;
  readonly phase: Phase;
  readonly from: number;
  /** `null` for the current phase. */
  readonly to: number | null;
}

/** A moment: an attempt to connect, a close, or a frame. */
export interface Mark {
  readonly id: number;
  readonly at: number;
  readonly type: 'attempt' | 'close' | 'sent' | 'received';
  /** The close code. */
  readonly code?: number;
}

/** What has happened to a connection, oldest first. */
export interface Timeline {
  readonly segments: readonly Segment[];
  readonly marks: readonly Mark[];
  /** Totals, which also count marks that are no longer kept. */
  readonly totals: Readonly<Record<Mark['type'], number>>;
}

/** Records a connection for a component. */
export interface TimelineRecorder {
  readonly getTimeline: () => Timeline;
  readonly subscribe: (listener: () => void) => () => void;
  /** Records until the returned function is called. */
  readonly record: (connection: ObservedConnection) => () => void;
}

const MAX_SEGMENTS = 200;
const MAX_MARKS = 1_000;
const SHORTEST_IDLE_MS = 50;

const EMPTY: Timeline = {
  segments: [],
  marks: [],
  totals: { attempt: 0, close: 0, sent: 0, received: 0 },
};

/** Which events become marks. */
const MARK_TYPES: Partial<Record<ConnectionEvent['type'], Mark['type']>> = {
  dial: 'attempt',
  close: 'close',
  sent: 'sent',
  message: 'received',
};

/** Creates a recorder. It notifies at most once a task, because a burst may bring thousands of frames. */
export function createTimelineRecorder(): TimelineRecorder {
  const listeners = new Set<() => void>();
  let segments: readonly Segment[] = [];
  let marks: Mark[] = [];
  const totals = { ...EMPTY.totals };
  let timeline = EMPTY;
  let nextId = 0;
  let isScheduled = false;

  const publish = (): void => {
    isScheduled = false;
    timeline = { segments, marks: [...marks], totals: { ...totals } };
    for (const listener of listeners) listener();
  };
  const changed = (): void => {
    if (!isScheduled) setTimeout(publish);
    isScheduled = true;
  };
  const addMark = (event: ConnectionEvent): void => {
    const type = MARK_TYPES[event.type];
    if (type === undefined) return;
    const code = event.type === 'close' ? { code: event.close.code } : {};
    marks.push({ id: nextId++, at: event.at, type, ...code });
    if (marks.length > 2 * MAX_MARKS) marks = marks.slice(-MAX_MARKS);
    totals[type] += 1;
    changed();
  };
  const enterPhase = (phase: Phase, at: number): void => {
    const current = segments.at(-1);
    if (current?.phase === phase) return;
    // A component renders once before it uses its connection.
    if (current?.phase === 'idle' && at - current.from < SHORTEST_IDLE_MS) segments = segments.slice(0, -1);
    const ended = segments.map((segment) => (segment.to === null ? { ...segment, to: at } : segment));
    segments = [...ended, { id: nextId++, phase, from: at, to: null }].slice(-MAX_SEGMENTS);
    changed();
  };

  return {
    getTimeline: () => timeline,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    record(connection) {
      const update = (): void => enterPhase(phaseOf(connection.getState()), Date.now());
      update();
      const stopEvents = connection.onEvent(addMark);
      const stopStates = connection.subscribe(update);
      return () => {
        stopEvents();
        stopStates();
      };
    },
  };
}

function phaseOf({ status, waitingFor }: ConnectionState): Phase {
  if (status !== 'reconnecting') return status;
  if (waitingFor === 'network') return 'offline';
  return waitingFor === 'delay' ? 'waiting' : 'attempting';
}
