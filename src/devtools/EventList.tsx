import { type ReactElement, useState } from 'react';

import type { ConnectionEvent } from '../core/index.js';
import { CopyButton } from './CopyButton.js';
import { EventRow } from './EventRow.js';
import { formatNumber, formatTime } from './format.js';
import type { RecordedEvent } from './recordedEvent.js';

/** The events that one button shows and hides. */
const GROUPS: Readonly<Record<string, readonly ConnectionEvent['type'][]>> = {
  Connection: ['dial', 'open', 'close', 'retry', 'fail'],
  Received: ['message', 'violation'],
  Sent: ['sent', 'queued', 'dropped'],
  Heartbeat: ['heartbeat'],
};

/** More rows are added on request, because the browser lays out each of them. */
const ROWS_PER_PAGE = 100;

interface Props {
  /** Oldest first. */
  readonly events: readonly RecordedEvent[];
  readonly isPaused: boolean;
  readonly onPause: () => void;
  readonly onClear: () => void;
}

/** The events, newest first, with buttons and a field to choose among them. */
export function EventList({ events, isPaused, onPause, onClear }: Props): ReactElement {
  const [hiddenGroups, setHiddenGroups] = useState<readonly string[]>([]);
  const [search, setSearch] = useState('');
  const [rowLimit, setRowLimit] = useState(ROWS_PER_PAGE);
  const matching = filterEvents(events, hiddenGroups, search);
  const rows = matching.slice(-rowLimit).reverse();
  const remaining = matching.length - rows.length;
  const toggleGroup = (group: string): void =>
    setHiddenGroups(
      hiddenGroups.includes(group) ? hiddenGroups.filter((name) => name !== group) : [...hiddenGroups, group],
    );

  return (
    <>
      <div className="rwh-row rwh-tools">
        <div className="rwh-row" role="group" aria-label="Show">
          {Object.keys(GROUPS).map((group) => (
            <button
              key={group}
              type="button"
              className="rwh-toggle"
              aria-pressed={!hiddenGroups.includes(group)}
              onClick={() => toggleGroup(group)}
            >
              {group}
            </button>
          ))}
        </div>
        <input
          type="search"
          placeholder="Filter"
          aria-label="Filter events by text"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <div className="rwh-row">
          <button type="button" className="rwh-toggle" aria-pressed={isPaused} onClick={onPause}>
            Pause
          </button>
          <CopyButton label="Copy all" getText={() => matching.map(toCopiedLine).join('\n')} />
          <button type="button" onClick={onClear}>
            Clear
          </button>
        </div>
      </div>
      {rows.length === 0 ? (
        <p className="rwh-nothing">
          {events.length === 0 ? 'No events yet.' : 'No event matches the filter.'}
        </p>
      ) : (
        // Its rows can be focused, so the keyboard can scroll it.
        <ol className="rwh-events" aria-label="Events, newest first">
          {rows.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
          {remaining > 0 && (
            <li className="rwh-more">
              <button type="button" onClick={() => setRowLimit(rowLimit + ROWS_PER_PAGE)}>
                Show older events ({formatNumber(remaining)} more)
              </button>
            </li>
          )}
        </ol>
      )}
    </>
  );
}

function filterEvents(
  events: readonly RecordedEvent[],
  hiddenGroups: readonly string[],
  search: string,
): readonly RecordedEvent[] {
  const text = search.trim().toLowerCase();
  if (hiddenGroups.length === 0 && text === '') return events;
  const hiddenTypes = new Set(hiddenGroups.flatMap((group) => GROUPS[group] ?? []));
  return events.filter(
    (event) => !hiddenTypes.has(event.type) && `${event.type} ${event.line}`.toLowerCase().includes(text),
  );
}

const toCopiedLine = ({ at, type, line }: RecordedEvent): string => `${formatTime(at)} ${type} ${line}`;
