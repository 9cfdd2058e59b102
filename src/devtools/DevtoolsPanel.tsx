import { type KeyboardEvent, type ReactElement, type RefObject, useState } from 'react';

import { ConnectionTabs } from './ConnectionTabs.js';
import { ConnectionView } from './ConnectionView.js';
import { formatCount } from './format.js';
import type { LiveRecording, LiveRecordings } from './liveRecordings.js';
import { ResizeHandle } from './ResizeHandle.js';
import { type DevtoolsPosition, type DevtoolsSettings, POSITION_LABELS } from './settingsStore.js';
import { SimulationButtons } from './SimulationButtons.js';

/** The open devtools: all live connections, and one of them in full. */
export function DevtoolsPanel({
  list,
  recordings,
  settings: { position, height },
  onChange,
  closeButton,
}: {
  readonly list: readonly LiveRecording[];
  readonly recordings: LiveRecordings;
  readonly settings: DevtoolsSettings;
  readonly onChange: (change: Partial<DevtoolsSettings>) => void;
  readonly closeButton: RefObject<HTMLButtonElement | null>;
}): ReactElement {
  const [selectedId, setSelectedId] = useState<number>();
  const selected = list.find(({ id }) => id === selectedId) ?? list[0];
  const isAtBottom = position.startsWith('bottom');
  const closeOnEscape = ({ key, target }: KeyboardEvent): void => {
    if (key === 'Escape' && !(target instanceof HTMLInputElement)) onChange({ isOpen: false });
  };
  return (
    <div className="rwh-panel" style={selected && { height }} onKeyDown={closeOnEscape}>
      <ResizeHandle height={height} isAtTop={isAtBottom} onResize={(next) => onChange({ height: next })} />
      <div className="rwh-bar">
        <h2>WebSockets</h2>
        <span className="rwh-summary">{formatCount(list.length, 'connection')}</span>
        <select
          aria-label="Position of the panel"
          value={position}
          onChange={({ target }) => onChange({ position: target.value as DevtoolsPosition })}
        >
          {Object.entries(POSITION_LABELS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <button
          ref={closeButton}
          type="button"
          className="rwh-close-panel"
          aria-label="Close WebSocket devtools"
          onClick={() => onChange({ isOpen: false })}
        >
          ✕
        </button>
      </div>
      {selected ? (
        <div className="rwh-columns">
          <ConnectionTabs recordings={list} selectedId={selected.id} onSelect={setSelectedId} />
          <div className="rwh-selected" role="region" aria-label={`Connection ${selected.name}`}>
            <ConnectionView
              key={selected.id}
              connection={selected.live.connection}
              recorder={selected.recorder}
              name={selected.name}
            >
              <SimulationButtons recording={selected} recordings={recordings} />
            </ConnectionView>
          </div>
        </div>
      ) : (
        <p className="rwh-nothing">
          No connection is in use. Connections appear here while a component uses them or they are retained,
          in development only.
        </p>
      )}
    </div>
  );
}
