import { type CSSProperties, type ReactElement, useState } from 'react';

import { useTimeLeft } from '../../src/devtools/useTimeLeft.js';
import { formatSeconds } from './texts.js';

/** Counts down to a moment. Give it that moment as `key` too: another moment is another countdown. */
export function Countdown({
  until,
  attempt,
}: {
  readonly until: number;
  readonly attempt: number;
}): ReactElement {
  const left = useTimeLeft(until);
  const [total] = useState(left);
  return (
    <div className="countdown">
      <p>
        Attempt {attempt} in{' '}
        <span className="countdown-left" role="timer" aria-label="Time until the next attempt">
          {formatSeconds(left, 1)}
        </span>
      </p>
      <div className="countdown-track" style={{ '--total': `${total}ms` } as CSSProperties}>
        <div className="countdown-bar" />
      </div>
    </div>
  );
}
