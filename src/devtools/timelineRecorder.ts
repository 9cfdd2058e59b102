import type { ConnectionEvent, ConnectionState } from '../core/index.js';

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

/** A moment: an attempt to connect, or a close. */
export interface Mark {
  readonly id: number;
  readonly at: number;
  /** The close code; `null` for an attempt. */
  readonly code: number | null;
}

/** The frames of a tenth of a second. */
export interface FrameCount {
  readonly at: number;
  readonly received: number;
  readonly sent: number;
}

/** The states of a connection over time, oldest first. */
export interface Timeline {
  readonly segments: readonly Segment[];
  readonly marks: readonly Mark[];
  readonly frames: readonly FrameCount[];
}

/** The frames within this time are counted together. */
export const FRAME_COUNT_MS = 100;
/** The strip shows no more, and nothing older is kept. */
export const MAX_SPAN_MS = 60_000;
const MAX_SEGMENTS = 200;
const MAX_MARKS = 400;
/** A component renders once before it uses its connection. */
const SHORTEST_IDLE_MS = 50;

/** A timeline without anything in it. */
export const EMPTY_TIMELINE: Timeline = { segments: [], marks: [], frames: [] };

/** Records the states, attempts, closes and frames of a connection over the last minute. */
export class TimelineRecorder {
  #segments: Segment[] = [];
  #marks: Mark[] = [];
  #frames: { at: number; received: number; sent: number }[] = [];
  #nextId = 0;

  /** A copy that does not change any more. */
  getTimeline(): Timeline {
    return {
      segments: [...this.#segments],
      marks: [...this.#marks],
      frames: this.#frames.map((count) => ({ ...count })),
    };
  }

  /** Starts a segment if the phase is another one. */
  addState(state: ConnectionState, at: number): void {
    const phase = phaseOf(state);
    const current = this.#segments.at(-1);
    if (current?.phase === phase) return;
    this.#segments.pop();
    if (current && !(current.phase === 'idle' && at - current.from < SHORTEST_IDLE_MS))
      this.#segments.push({ ...current, to: at });
    this.#segments.push({ id: this.#nextId++, phase, from: at, to: null });
    const oldest = at - MAX_SPAN_MS;
    this.#segments = this.#segments.filter(({ to }) => to === null || to >= oldest).slice(-MAX_SEGMENTS);
  }

  /** Adds an attempt, a close or a frame; other events have no mark. */
  addEvent(event: ConnectionEvent): void {
    switch (event.type) {
      case 'dial':
        this.#addMark(event.at, null);
        break;
      case 'close':
        this.#addMark(event.at, event.close.code);
        break;
      case 'message':
        this.#countAt(event.at).received += 1;
        break;
      case 'sent':
        this.#countAt(event.at).sent += 1;
        break;
      default:
    }
  }

  #addMark(at: number, code: number | null): void {
    this.#marks.push({ id: this.#nextId++, at, code });
    const oldest = at - MAX_SPAN_MS;
    if (this.#marks.length > MAX_MARKS || (this.#marks[0]?.at ?? at) < oldest)
      this.#marks = this.#marks.filter((mark) => mark.at >= oldest).slice(-MAX_MARKS);
  }

  #countAt(time: number): { received: number; sent: number } {
    const at = Math.floor(time / FRAME_COUNT_MS) * FRAME_COUNT_MS;
    const current = this.#frames.at(-1);
    if (current && current.at >= at) return current;
    const count = { at, received: 0, sent: 0 };
    this.#frames.push(count);
    if (this.#frames.length > (2 * MAX_SPAN_MS) / FRAME_COUNT_MS)
      this.#frames = this.#frames.slice(-MAX_SPAN_MS / FRAME_COUNT_MS);
    return count;
  }
}

function phaseOf({ status, waitingFor }: ConnectionState): Phase {
  if (status !== 'reconnecting') return status;
  if (waitingFor === 'network') return 'offline';
  return waitingFor === 'delay' ? 'waiting' : 'attempting';
}
