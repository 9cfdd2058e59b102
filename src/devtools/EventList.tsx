import { memo, type ReactElement, useState } from 'react';

import type { ConnectionEvent } from '../core/index.js';
import type { Recorded } from './recording.js';
import { describeEvent, detailEvent, formatTime } from './words.js';

/** The events that are shown and hidden together. */
const GROUPS: Readonly<Record<string, readonly ConnectionEvent['type'][]>> = {
  Connection: ['dial', 'open', 'close', 'retry', 'fail'],
  Messages: ['message', 'sent', 'queued', 'dropped', 'violation'],
  Heartbeat: ['heartbeat'],
};

interface Props {
  /** Oldest first. */
  readonly events: readonly Recorded[];
  readonly isPaused: boolean;
  readonly onPause: () => void;
  readonly onClear: () => void;
}

/** What has happened, the newest first, with what to find something in it. */
export function EventList({ events, isPaused, onPause, onClear }: Props): ReactElement {
  const [hidden, hide] = useState<readonly string[]>([]);
  const [wanted, want] = useState('');
  const shown = events
    .filter(({ event }) => !hidden.some((group) => GROUPS[group]?.includes(event.type)))
    .filter(({ event }) => `${event.type} ${describeEvent(event)}`.includes(wanted.trim()))
    .reverse();

  return (
    <>
      <div className="rwh-row rwh-tools">
        <div className="rwh-row" role="group" aria-label="Show">
          {Object.keys(GROUPS).map((group) => (
            <button
              key={group}
              type="button"
              aria-pressed={!hidden.includes(group)}
              onClick={() =>
                hide(hidden.includes(group) ? hidden.filter((name) => name !== group) : [...hidden, group])
              }
            >
              {group}
            </button>
          ))}
        </div>
        <input
          type="search"
          placeholder="Filter"
          aria-label="Filter events by text"
          value={wanted}
          onChange={({ target }) => want(target.value)}
        />
        <div className="rwh-row">
          <button type="button" aria-pressed={isPaused} onClick={onPause}>
            Pause
          </button>
          <button type="button" onClick={onClear}>
            Clear
          </button>
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="rwh-nothing">
          {events.length === 0 ? 'Nothing has happened yet.' : 'No event fits the filter.'}
        </p>
      ) : (
        // It scrolls, so the keyboard has to get there; its rows do that.
        <ol className="rwh-events" aria-label="Events, the newest first">
          {shown.map(({ id, event }) => (
            <EventRow key={id} event={event} />
          ))}
        </ol>
      )}
    </>
  );
}

const EventRow = memo(function EventRow({ event }: { readonly event: ConnectionEvent }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className={`rwh-${event.type}`}>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <time dateTime={new Date(event.at).toISOString()}>{formatTime(event.at)}</time>
          <span className="rwh-type">{event.type}</span>
          <span className="rwh-text">{describeEvent(event)}</span>
        </summary>
        {isOpen && <pre>{detailEvent(event)}</pre>}
      </details>
    </li>
  );
});
