import { type ReactElement, useEffect, useState } from 'react';

import { formatSeconds } from './words.js';

/** How often the number moves, in ms. */
const TICK = 100;

/** Counts down to a moment. Give it that moment as `key` too: another moment is another countdown. */
export function Countdown({
  until,
  attempt,
}: {
  readonly until: number;
  readonly attempt: number;
}): ReactElement {
  const [left, setLeft] = useState(() => until - Date.now());

  useEffect(() => {
    const timer = setInterval(() => setLeft(until - Date.now()), TICK);
    return () => clearInterval(timer);
  }, [until]);

  return (
    <>
      Attempt {attempt} in{' '}
      <span role="timer" aria-label="Time until the next attempt">
        {formatSeconds(left, 1)}
      </span>
    </>
  );
}
