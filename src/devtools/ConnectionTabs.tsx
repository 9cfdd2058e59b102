import type { ReactElement } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import { EMPTY_RECORDING, type Recording } from './connectionRecorder.js';
import { formatNumber } from './format.js';
import type { LiveRecording } from './liveRecordings.js';
import { TimelineStrip } from './TimelineStrip.js';
import { useConnectionState } from './useConnectionState.js';

const getEmpty = (): Recording => EMPTY_RECORDING;

/** The live connections, to choose one of them. */
export function ConnectionTabs({
  recordings,
  selectedId,
  onSelect,
}: {
  readonly recordings: readonly LiveRecording[];
  readonly selectedId: number | undefined;
  readonly onSelect: (id: number) => void;
}): ReactElement {
  return (
    <ul className="rwh-connections" aria-label="Connections">
      {recordings.map((recording) => (
        <ConnectionTab
          key={recording.id}
          recording={recording}
          isSelected={recording.id === selectedId}
          onSelect={() => onSelect(recording.id)}
        />
      ))}
    </ul>
  );
}

function ConnectionTab({
  recording: { name, live, recorder, isSilent },
  isSelected,
  onSelect,
}: {
  readonly recording: LiveRecording;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}): ReactElement {
  const { status } = useConnectionState(live.connection);
  const { totals, timeline } = useSyncExternalStore(recorder.subscribe, recorder.getRecording, getEmpty);
  return (
    <li className={`rwh-connection rwh-${status}${isSelected ? ' rwh-current' : ''}`}>
      <button type="button" aria-current={isSelected} onClick={onSelect}>
        <span className="rwh-name">
          <StatusDot status={status} /> {name}
        </span>
        <span className="rwh-facts">
          <b>{status}</b>
          {isSilent && <b className="rwh-silent">silenced</b>}
          <FrameCount arrow="↓" count={totals.received} word="received" />
          <FrameCount arrow="↑" count={totals.sent} word="sent" />
        </span>
      </button>
      <TimelineStrip timeline={timeline} isRunning isCompact />
    </li>
  );
}

function FrameCount({
  arrow,
  count,
  word,
}: {
  readonly arrow: string;
  readonly count: number;
  readonly word: string;
}): ReactElement {
  return (
    <span title={word}>
      <span aria-hidden="true">{arrow}</span> {formatNumber(count)} <span className="rwh-unseen">{word}</span>
    </span>
  );
}

/** A dot in the colour of a state. */
export function StatusDot({ status }: { readonly status: string }): ReactElement {
  return <span className={`rwh-dot rwh-${status}`} aria-hidden="true" />;
}
