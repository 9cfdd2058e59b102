import type { ReactElement } from 'react';

import { describeCloseCode } from '../closeCodes/index.js';
import type { ConnectionState } from '../core/index.js';
import type { Totals } from './connectionRecorder.js';
import { Countdown } from './Countdown.js';
import { formatCloseCode, MAX_TEXT_LENGTH } from './eventTexts.js';
import { formatBytes, formatNumber } from './format.js';
import { truncate } from './preview.js';

/** What the connection does next. */
export function Progress({ state }: { readonly state: ConnectionState }): ReactElement | null {
  const { attempt, retryAt, waitingFor, status } = state;
  if (retryAt !== null) return <Countdown key={retryAt} until={retryAt} attempt={attempt} />;
  if (waitingFor === 'network') return <>Attempt {attempt} once the network is back</>;
  if (status === 'reconnecting') return <>Attempt {attempt}: connecting now</>;
  return null;
}

/** Why the connection is not open, or was not open before. */
export function StateReason({ state }: { readonly state: ConnectionState }): ReactElement | null {
  const { status, error, cause, lastClose } = state;
  const close = cause ?? lastClose;
  if (error) {
    return (
      <div className="rwh-reason rwh-failed">
        <p>
          <strong>{error.kind}</strong> {truncate(error.message, MAX_TEXT_LENGTH)}
        </p>
        <p>{truncate(error.hint, MAX_TEXT_LENGTH)}</p>
      </div>
    );
  }
  if (!close) return null;
  const isPast = status === 'open';
  return (
    <div className={`rwh-reason rwh-${isPast ? 'closed' : status}`}>
      <p>
        {isPast && 'Before: '}
        <strong>{formatCloseCode(close)}</strong> {describeCloseCode(close.code).summary}
      </p>
      {close.reason && (
        <p>
          Reason given: <q>{truncate(close.reason, MAX_TEXT_LENGTH)}</q>
        </p>
      )}
    </div>
  );
}

/** The counts of frames and problems. */
export function Counts({ totals }: { readonly totals: Totals }): ReactElement {
  const { received, receivedBytes, sent, sentBytes, dropped, violations } = totals;
  return (
    <dl className="rwh-totals">
      <Count name="Received" count={received} bytes={receivedBytes} />
      <Count name="Sent" count={sent} bytes={sentBytes} />
      <Count name="Dropped" count={dropped} />
      <Count name="Violations" count={violations} />
    </dl>
  );
}

function Count({
  name,
  count,
  bytes,
}: {
  readonly name: string;
  readonly count: number;
  readonly bytes?: number;
}): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {formatNumber(count)} {bytes !== undefined && <small>{formatBytes(bytes)}</small>}
      </dd>
    </div>
  );
}
