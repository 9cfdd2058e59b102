import { type ReactElement, type ReactNode, useId } from 'react';

import type { WebSocketError } from '../../src/index.js';
import { formatBytes } from './words.js';

/** A terminal error: what happened, with which frame, and the way out. */
export function Diagnosis({
  error,
  children,
}: {
  readonly error: WebSocketError;
  /** The way out. */
  readonly children: ReactNode;
}): ReactElement {
  const headingId = useId();
  return (
    <section className="diagnosis" aria-labelledby={headingId}>
      <h3 id={headingId}>Diagnosis</h3>
      <p className="diagnosis-hint">{error.hint}</p>
      <dl className="pairs">
        <div>
          <dt>Kind</dt>
          <dd>
            <code>{error.kind}</code>
          </dd>
        </div>
        {error.lastSent && (
          <div>
            <dt>Last frame sent</dt>
            <dd>
              {error.lastSent.kind} ({error.lastSent.type}, {formatBytes(error.lastSent.size)})
            </dd>
          </div>
        )}
        <div>
          <dt>Message</dt>
          <dd>{error.message}</dd>
        </div>
      </dl>
      <div className="diagnosis-way-out">{children}</div>
    </section>
  );
}
