import type { ReactElement } from 'react';

import { useTimeLeft } from './useTimeLeft.js';
import { formatSeconds } from './words.js';

/** Counts down to a moment. Give it that moment as `key` too: another moment is another countdown. */
export function Countdown({
  until,
  attempt,
}: {
  readonly until: number;
  readonly attempt: number;
}): ReactElement {
  const left = useTimeLeft(until);
  return (
    <>
      Attempt {attempt} in{' '}
      <span role="timer" aria-label="Time until the next attempt">
        {formatSeconds(left, 1)}
      </span>
    </>
  );
}
