import { type ReactElement, useId } from 'react';

import { describeCloseCode } from '../../src/closeCodes/index.js';
import type { CloseInfo } from '../../src/index.js';
import { formatTime } from './texts.js';

/** The latest close, explained. */
export function LastClose({ close }: { readonly close: CloseInfo | null }): ReactElement {
  const headingId = useId();
  return (
    <section className="last-close" aria-labelledby={headingId}>
      <h3 id={headingId}>Last close</h3>
      {close ? <Meaning close={close} /> : <p className="nothing">No close yet.</p>}
    </section>
  );
}

function Meaning({ close }: { readonly close: CloseInfo }): ReactElement {
  const entry = describeCloseCode(close.code);
  return (
    <>
      <p className="close-title">
        <span className="close-code">{close.code}</span> <span className="close-name">{close.name}</span>
      </p>
      <p>{entry.summary}</p>
      {close.reason && (
        <p className="close-reason">
          <span className="label">Reason given</span> <q>{close.reason}</q>
        </p>
      )}
      <ul className="chips" aria-label="How it ended">
        <li>{close.opened ? 'socket was open' : 'dial was refused'}</li>
        {close.local && <li>by this side</li>}
        <li>{close.wasClean ? 'clean' : 'not clean'}</li>
        <li>
          at <time dateTime={new Date(close.at).toISOString()}>{formatTime(close.at)}</time>
        </li>
      </ul>
      <p className="close-rule">
        <span className="label">Default rule</span> {entry.rule}
      </p>
    </>
  );
}
