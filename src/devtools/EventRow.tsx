import { memo, type ReactElement, useState } from 'react';

import { CopyButton } from './CopyButton.js';
import { formatTime } from './format.js';
import type { RecordedEvent } from './recordedEvent.js';

/** The direction of a frame, which the type of the event says in words. */
const ARROWS = { received: '↓', sent: '↑' };

/** One event: a line that opens to everything that is known about it. */
export const EventRow = memo(function EventRow({ event }: { readonly event: RecordedEvent }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const { type, at, frame, summary } = event;
  return (
    <li className={`rwh-event rwh-${type}`}>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <time dateTime={new Date(at).toISOString()}>{formatTime(at)}</time>
          <span className="rwh-arrow" aria-hidden="true">
            {frame && ARROWS[frame.direction]}
          </span>
          <span className="rwh-type">{type}</span>
          <span className="rwh-text">
            {summary} <code>{event.messageLine}</code>
          </span>
        </summary>
        {isOpen && (
          <div className="rwh-details">
            <pre>{event.details}</pre>
            <CopyButton label="Copy" getText={() => event.copyText} />
          </div>
        )}
      </details>
    </li>
  );
});
