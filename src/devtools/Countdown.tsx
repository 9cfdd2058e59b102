import { type ReactElement, useEffect, useState } from 'react';

import { formatSeconds } from './format.js';

const TICK_MS = 100;

/** Counts down to the next attempt. Give it `until` as `key` too, so that another time starts another countdown. */
export function Countdown({
  until,
  attempt,
}: {
  readonly until: number;
  readonly attempt: number;
}): ReactElement {
  const [left, setLeft] = useState(() => until - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(until - Date.now()), TICK_MS);
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
