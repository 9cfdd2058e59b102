import { useEffect, useState, useSyncExternalStore } from 'react';

import { createTimelineRecorder, type ObservedConnection, type Timeline } from './timeline.js';

/** Everything that happened to a connection since the component mounted. */
export function useTimeline(connection: ObservedConnection | null): Timeline {
  const [recorder] = useState(createTimelineRecorder);
  useEffect(() => (connection === null ? undefined : recorder.record(connection)), [connection, recorder]);
  return useSyncExternalStore(recorder.subscribe, recorder.getTimeline);
}
