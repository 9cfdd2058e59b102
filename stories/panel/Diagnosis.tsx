import { type ReactElement, type ReactNode, useId } from 'react';

import type { WebSocketError } from '../../src/index.js';
import { formatBytes } from './texts.js';

/** A terminal error: what happened, which frame caused it, and what to do. */
export function Diagnosis({
  error,
  children,
}: {
  readonly error: WebSocketError;
  /** What to do next. */
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
      <div className="diagnosis-actions">{children}</div>
    </section>
  );
}
