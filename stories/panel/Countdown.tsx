import { type CSSProperties, type ReactElement, useEffect, useState } from 'react';

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
  const [total] = useState(() => Math.max(0, until - Date.now()));
  const [left, setLeft] = useState(total);

  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, until - Date.now())), TICK);
    return () => clearInterval(timer);
  }, [until]);

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
