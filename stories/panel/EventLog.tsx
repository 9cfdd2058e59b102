import { type ReactElement, useId } from 'react';

import type { ConnectionEvent } from '../../src/index.js';
import { formatTime } from './devtoolsParts.js';
import type { LogLine } from './useEventLog.js';

/** The events of a connection, newest first. */
export function EventLog({ lines }: { readonly lines: readonly LogLine[] }): ReactElement {
  const headingId = useId();
  return (
    <section className="event-log" aria-labelledby={headingId}>
      <h3 id={headingId}>Events</h3>
      {lines.length === 0 && <p className="nothing">No events yet.</p>}
      {/* The list scrolls, so it must be reachable by keyboard. */}
      <ol tabIndex={0} aria-labelledby={headingId} hidden={lines.length === 0}>
        {lines.map(({ id, at, type, text, count }) => (
          <li key={id} className={`event ${TONES[type]}`}>
            <time dateTime={new Date(at).toISOString()}>{formatTime(at)}</time>
            <span className="event-type">{type}</span>
            <span className="event-text">
              {text}
              {count > 1 && <span className="event-count"> × {count}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const TONES: Readonly<Record<ConnectionEvent['type'], string>> = {
  dial: 'tone-connecting',
  open: 'tone-open',
  message: 'tone-idle',
  sent: 'tone-idle',
  queued: 'tone-idle',
  dropped: 'tone-reconnecting',
  close: 'tone-closed',
  retry: 'tone-reconnecting',
  fail: 'tone-failed',
  violation: 'tone-failed',
  heartbeat: 'tone-idle',
};
