import { getLiveConnections, type LiveConnection, watchLiveConnections } from '../core/liveConnections.js';
import { ConnectionRecorder, type RecordingLimits } from './connectionRecorder.js';
import { scheduleFrame } from './frame.js';

/** A connection that is in use, with its recording. */
export interface LiveRecording {
  readonly id: number;
  /** The URL; a number is added where several connections have the same one. */
  readonly name: string;
  readonly live: LiveConnection;
  readonly recorder: ConnectionRecorder;
  /** Whether the devtools have silenced its open socket. */
  readonly isSilent: boolean;
}

type Identity = Pick<LiveRecording, 'id' | 'name' | 'recorder'>;

/**
 * Records every live connection while something subscribes. A connection that comes into use again has its former
 * recording.
 */
export class LiveRecordings {
  readonly #limits: RecordingLimits;
  readonly #listeners = new Set<() => void>();
  readonly #identities = new WeakMap<object, Identity>();
  readonly #stopRecording = new Map<LiveConnection, () => void>();
  readonly #stopWatchingSilence = new WeakMap<LiveConnection, () => void>();
  /** How many connections each URL has had. */
  readonly #urlCounts = new Map<string, number>();
  #recordings: readonly LiveRecording[] = [];
  #nextId = 1;
  #stop: (() => void) | null = null;

  constructor(limits: RecordingLimits) {
    this.#limits = limits;
  }

  /** The recordings of the live connections, oldest first; the same array until something changes. */
  readonly get = (): readonly LiveRecording[] => this.#recordings;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#stop ??= this.#start();
    listener();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  };

  /** Makes the open socket of a connection ignore what it receives, or ends that. The next socket is not silent. */
  setSilent({ live }: LiveRecording, isSilent: boolean): void {
    live.setSilent(isSilent);
    this.#stopWatchingSilence.get(live)?.();
    if (isSilent) {
      const unsubscribe = live.connection.subscribe(() => {
        const recording = this.#find(live);
        if (recording && live.connection.getState().status !== 'open') this.setSilent(recording, false);
      });
      this.#stopWatchingSilence.set(live, unsubscribe);
    }
    this.#recordings = this.#recordings.map((recording) =>
      recording.live === live ? { ...recording, isSilent } : recording,
    );
    this.#notify();
  }

  #start(): () => void {
    let cancelFrame: (() => void) | null = null;
    const unwatch = watchLiveConnections(() => {
      // At once, because the first attempt follows. React is told later: it may be rendering.
      this.#update(getLiveConnections());
      cancelFrame ??= scheduleFrame(() => {
        cancelFrame = null;
        this.#notify();
      });
    });
    this.#update(getLiveConnections());
    return () => {
      unwatch();
      cancelFrame?.();
      this.#update([]);
    };
  }

  #update(live: readonly LiveConnection[]): void {
    for (const recording of this.#recordings) if (!live.includes(recording.live)) this.#remove(recording);
    this.#recordings = live.map((one) => this.#find(one) ?? this.#add(one));
  }

  #find(live: LiveConnection): LiveRecording | undefined {
    return this.#recordings.find((recording) => recording.live === live);
  }

  #add(live: LiveConnection): LiveRecording {
    const identity = this.#identities.get(live.connection) ?? this.#createIdentity(live);
    this.#identities.set(live.connection, identity);
    this.#stopRecording.set(live, identity.recorder.start());
    return { ...identity, live, isSilent: false };
  }

  #createIdentity({ connection, url }: LiveConnection): Identity {
    const count = (this.#urlCounts.get(url) ?? 0) + 1;
    this.#urlCounts.set(url, count);
    return {
      id: this.#nextId++,
      name: count > 1 ? `${url} (${count})` : url,
      recorder: new ConnectionRecorder(connection, this.#limits),
    };
  }

  #remove({ live, isSilent }: LiveRecording): void {
    this.#stopRecording.get(live)?.();
    this.#stopRecording.delete(live);
    this.#stopWatchingSilence.get(live)?.();
    if (isSilent) live.setSilent(false);
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
