import { type ReactElement, type ReactNode, useId } from 'react';

import type { WebSocketError } from '../../src/index.js';
import { formatBytes } from './devtoolsParts.js';

/** A terminal error: what happened, which frame caused it, and what to do. */
export function Diagnosis({
  error: { hint, kind, lastSent, close },
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
      <p className="diagnosis-hint">{hint}</p>
      <dl className="pairs">
        <div>
          <dt>Kind</dt>
          <dd>
            <code>{kind}</code>
          </dd>
        </div>
        {lastSent && (
          <div>
            <dt>Last frame sent</dt>
            <dd>
              {lastSent.kind} ({lastSent.type}, {formatBytes(lastSent.size)})
            </dd>
          </div>
        )}
        {close?.reason && (
          <div>
            <dt>Server's reason</dt>
            <dd>
              <q>{close.reason}</q>
            </dd>
          </div>
        )}
      </dl>
      <div className="diagnosis-actions">{children}</div>
    </section>
  );
}
