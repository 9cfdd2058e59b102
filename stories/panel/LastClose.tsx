import { type ReactElement, useId } from 'react';

import { describeCloseCode } from '../../src/closeCodes/index.js';
import type { CloseInfo } from '../../src/index.js';
import { formatTime } from './devtoolsParts.js';

/** The latest close and what its code means. */
export function LastClose({
  close,
  isExplained,
}: {
  readonly close: CloseInfo;
  /** Whether to show the meaning of the code; a diagnosis beside it says the same. */
  readonly isExplained: boolean;
}): ReactElement {
  const headingId = useId();
  const { summary, rule } = describeCloseCode(close.code);
  return (
    <section className="last-close" aria-labelledby={headingId}>
      <h3 id={headingId}>Last close</h3>
      <p className="close-title">
        <span className="close-code">{close.code}</span> <span className="close-name">{close.name}</span>
      </p>
      {isExplained && <p>{summary}</p>}
      {isExplained && close.reason && (
        <p className="close-reason">
          <span className="label">Reason</span> <q>{close.reason}</q>
        </p>
      )}
      <ul className="chips" aria-label="Details of the close">
        <li>{close.opened ? 'socket was open' : 'attempt was refused'}</li>
        {close.local && <li>closed by this page</li>}
        <li>{close.wasClean ? 'clean' : 'not clean'}</li>
        <li>
          at <time dateTime={new Date(close.at).toISOString()}>{formatTime(close.at)}</time>
        </li>
      </ul>
      <p className="close-rule">
        <span className="label">Default rule</span> {rule}
      </p>
    </section>
  );
}
