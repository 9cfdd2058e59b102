import { type ReactElement, useEffect, useMemo, useSyncExternalStore } from 'react';

import {
  ConnectionRecorder,
  devtoolsStyles,
  type InspectedConnection,
  TimelineStrip,
} from './devtoolsParts.js';
import './timeline.css';

const NO_EVENTS = { maxEvents: 0, maxBytes: 0 };

/** The timeline of the devtools: the states, attempts, closes and frames of a connection since this component mounted. */
export function ConnectionTimeline({
  connection,
}: {
  readonly connection: InspectedConnection | null;
}): ReactElement {
  const recorder = useMemo(() => new ConnectionRecorder(connection, NO_EVENTS), [connection]);
  useEffect(() => recorder.start(), [recorder]);
  const { timeline } = useSyncExternalStore(recorder.subscribe, recorder.getRecording);
  return (
    <div className="rwh-root timeline">
      <style>{devtoolsStyles}</style>
      <TimelineStrip timeline={timeline} isRunning={connection !== null} />
    </div>
  );
}
