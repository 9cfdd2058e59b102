import { type ReactElement, type ReactNode, useId } from 'react';

import type { ConnectionStatus } from '../../src/index.js';
import { STATUS_LABELS } from '../panel/texts.js';

/** A titled part of the client. */
export function Card({
  title,
  status,
  children,
}: {
  readonly title: ReactNode;
  /** The state of the card's connection, if it has one. */
  readonly status?: ConnectionStatus | undefined;
  readonly children: ReactNode;
}): ReactElement {
  const headingId = useId();
  return (
    <section className="card" aria-labelledby={headingId}>
      <header className="card-header">
        <h2 id={headingId}>{title}</h2>
        {status && (
          <p role="status" className={`pill tone-${status}`}>
            {STATUS_LABELS[status]}
          </p>
        )}
      </header>
      {children}
    </section>
  );
}
