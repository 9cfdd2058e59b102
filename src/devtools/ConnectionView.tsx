import { type ReactElement, type ReactNode, useState } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import {
  type ConnectionRecorder,
  EMPTY_RECORDING,
  type InspectedConnection,
  type Recording,
} from './connectionRecorder.js';
import { Counts, Progress, StateReason } from './ConnectionSummary.js';
import { EventList } from './EventList.js';
import { TimelineStrip } from './TimelineStrip.js';
import { useConnectionState } from './useConnectionState.js';

const getEmpty = (): Recording => EMPTY_RECORDING;

/** One connection with its state, timeline, counts and events. Give it another `key` for another connection. */
export function ConnectionView({
  connection,
  recorder,
  name,
  children,
}: {
  readonly connection: InspectedConnection | null;
  readonly recorder: ConnectionRecorder;
  readonly name: string;
  /** More buttons, below the header. */
  readonly children?: ReactNode;
}): ReactElement {
  const state = useConnectionState(connection);
  const current = useSyncExternalStore(recorder.subscribe, recorder.getRecording, getEmpty);
  const [paused, setPaused] = useState<Recording | null>(null);
  const { events, totals, timeline } = paused ?? current;
  const clear = (): void => {
    recorder.clear();
    setPaused(null);
  };

  return (
    <>
      <header className={`rwh-head rwh-${state.status}`}>
        <h2>{name}</h2>
        <span className="rwh-badge" role="status">
          {state.status}
        </span>
        <p className="rwh-progress">
          <Progress state={state} />
        </p>
        <div className="rwh-row">
          <button type="button" disabled={!connection} onClick={() => connection?.reconnect()}>
            Reconnect
          </button>
          <button type="button" disabled={!connection} onClick={() => connection?.close()}>
            Close
          </button>
        </div>
      </header>
      {children}
      <StateReason state={state} />
      <TimelineStrip timeline={timeline} isRunning={paused === null} />
      <Counts totals={totals} />
      <EventList
        events={events}
        isPaused={paused !== null}
        onPause={() => setPaused(paused ? null : current)}
        onClear={clear}
      />
    </>
  );
}
