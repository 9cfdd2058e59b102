import { type ReactElement, useState } from 'react';

import './panel.css';

import { useNow } from './devtoolsParts.js';

const TICK_MS = 100;

/** A ring that empties until the next attempt. Pass `until` as `key` too, so that a new wait starts a full ring. */
export function RetryRing({ until }: { readonly until: number }): ReactElement {
  const left = Math.max(0, until - useNow(TICK_MS, true));
  const [total] = useState(left);
  return (
    <div className="retry-ring" role="timer" aria-label="Time until the next attempt">
      <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
        <circle className="retry-ring-track" cx="32" cy="32" r="28" />
        <circle
          className="retry-ring-rest"
          cx="32"
          cy="32"
          r="28"
          pathLength="1"
          strokeDasharray="1"
          strokeDashoffset={total > 0 ? 1 - left / total : 1}
        />
      </svg>
      <span>
        <b>{(left / 1_000).toFixed(1)}</b> s
      </span>
    </div>
  );
}
