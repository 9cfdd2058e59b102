import type { Connection, ConnectionEvent } from '../core/index.js';
import { scheduleFrame } from './frame.js';
import { RecordedEvent } from './recordedEvent.js';
import { EMPTY_TIMELINE, type Timeline, TimelineRecorder } from './timelineRecorder.js';

/** A connection with messages of any type, as far as the devtools observe it and act on it. */
export type InspectedConnection = Pick<
  Connection<unknown, never>,
  'getState' | 'subscribe' | 'onEvent' | 'reconnect' | 'close'
>;

/** Counts, which also include events that are no longer kept. */
export interface Totals {
  readonly received: number;
  readonly receivedBytes: number;
  readonly sent: number;
  readonly sentBytes: number;
  readonly dropped: number;
  readonly violations: number;
}

/** What has been recorded of a connection. It does not change any more. */
export interface Recording {
  /** The newest events, oldest first. */
  readonly events: readonly RecordedEvent[];
  readonly totals: Totals;
  readonly timeline: Timeline;
}

/** How much is kept. */
export interface RecordingLimits {
  /** The number of events. */
  readonly maxEvents: number;
  /** The memory that they take, roughly. */
  readonly maxBytes: number;
}

const NO_TOTALS: Totals = {
  received: 0,
  receivedBytes: 0,
  sent: 0,
  sentBytes: 0,
  dropped: 0,
  violations: 0,
};

/** A recording without anything in it. */
export const EMPTY_RECORDING: Recording = { events: [], totals: NO_TOTALS, timeline: EMPTY_TIMELINE };

/** Records a connection, within limits, and publishes what it has at most once a frame. */
export class ConnectionRecorder {
  readonly #connection: InspectedConnection | null;
  readonly #listeners = new Set<() => void>();
  readonly #timeline = new TimelineRecorder();
  #limits: RecordingLimits;
  #published = EMPTY_RECORDING;
  /** Begins with `#removed` empty places; they are cut off together, because each cut copies the other events. */
  #events: (RecordedEvent | null)[] = [];
  #removed = 0;
  #bytes = 0;
  #nextId = 0;
  #totals = { ...NO_TOTALS };
  #cancelFrame: (() => void) | null = null;

  constructor(connection: InspectedConnection | null, limits: RecordingLimits) {
    this.#connection = connection;
    this.#limits = limits;
  }

  readonly getRecording = (): Recording => this.#published;

  /** Calls back when another recording was published. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    // React 19.2 does not look again by itself when Activity reveals a component.
    listener();
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Records until the returned function is called. */
  start(): () => void {
    const connection = this.#connection;
    if (!connection) return () => undefined;
    const addState = (): void => {
      this.#timeline.addState(connection.getState(), Date.now());
      this.#changed();
    };
    addState();
    const stopEvents = connection.onEvent((event) => {
      this.add(event);
    });
    const stopStates = connection.subscribe(addState);
    return () => {
      stopEvents();
      stopStates();
      this.#cancelFrame?.();
      this.#cancelFrame = null;
    };
  }

  setLimits(limits: RecordingLimits): void {
    this.#limits = limits;
  }

  /** Removes the events and starts counting again. The timeline stays. */
  clear(): void {
    this.#events = [];
    this.#removed = this.#bytes = 0;
    this.#totals = { ...NO_TOTALS };
    this.#publish();
  }

  /** Records one event. */
  add(event: ConnectionEvent): void {
    const recorded = new RecordedEvent(this.#nextId++, event);
    this.#events.push(recorded);
    this.#bytes += recorded.bytes;
    this.#removeOldest();
    this.#count(recorded);
    this.#timeline.addEvent(event);
    this.#changed();
  }

  #removeOldest(): void {
    const { maxEvents, maxBytes } = this.#limits;
    const fits = (): boolean => this.#events.length - this.#removed <= maxEvents && this.#bytes <= maxBytes;
    while (!fits()) {
      const oldest = this.#events[this.#removed];
      if (!oldest) break;
      this.#bytes -= oldest.bytes;
      this.#events[this.#removed] = null;
      this.#removed += 1;
    }
    if (this.#removed <= this.#events.length / 2) return;
    this.#events = this.#events.slice(this.#removed);
    this.#removed = 0;
  }

  #count({ type, frame }: RecordedEvent): void {
    const totals = this.#totals;
    if (type === 'dropped') totals.dropped += 1;
    if (type === 'violation') totals.violations += 1;
    if (!frame || type === 'queued') return;
    totals[frame.direction] += 1;
    totals[`${frame.direction}Bytes`] += frame.size;
  }

  #changed(): void {
    this.#cancelFrame ??= scheduleFrame(() => {
      this.#publish();
    });
  }

  #publish(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#published = {
      events: this.#events.filter((event) => event !== null),
      totals: { ...this.#totals },
      timeline: this.#timeline.getTimeline(),
    };
    for (const listener of [...this.#listeners]) listener();
  }
}
