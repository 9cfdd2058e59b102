import type { ReactElement } from 'react';

import { useConnectionState } from './useConnectionState.js';
import type { LiveRecording, LiveRecordings } from './liveRecordings.js';

const REASON = 'simulated by WebSocketDevtools';

/** The ways in which the socket can be ended. */
const CLOSES = [
  {
    label: 'Restart (1012)',
    title: 'Ends the socket as a server that restarts',
    close: { code: 1012, reason: REASON, wasClean: true },
  },
  {
    label: 'Reject data (1003)',
    title: 'Ends the socket as a server that does not accept the type of data',
    close: { code: 1003, reason: REASON, wasClean: true },
  },
  {
    label: 'Lose connection (1006)',
    title: 'Ends the socket without a close frame',
    close: { code: 1006, reason: '', wasClean: false },
  },
];

/** Buttons that act out what a server or network can do. Only this client notices. */
export function SimulationButtons({
  recording,
  recordings,
}: {
  readonly recording: LiveRecording;
  readonly recordings: LiveRecordings;
}): ReactElement {
  const { live, isSilent } = recording;
  const { status } = useConnectionState(live.connection);
  return (
    <div className="rwh-row rwh-simulation" role="group" aria-label="Simulate">
      <span className="rwh-label" aria-hidden="true">
        Simulate
      </span>
      {CLOSES.map(({ label, title, close }) => (
        <button
          key={label}
          type="button"
          title={title}
          disabled={status !== 'open'}
          onClick={() => live.endSocket(close)}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        className="rwh-toggle"
        title="Ignores everything that is received, as if the server no longer responded"
        aria-pressed={isSilent}
        disabled={status !== 'open'}
        onClick={() => recordings.setSilent(recording, !isSilent)}
      >
        Silence
      </button>
    </div>
  );
}
