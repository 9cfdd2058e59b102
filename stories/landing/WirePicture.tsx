import { type ReactElement, useSyncExternalStore } from 'react';

import type { ConnectionState, ConnectionStatus } from '../../src/index.js';
import type { StoryServer } from '../server/storyServer.js';
import { KEPT_QUOTES, type Quote } from './quotes.js';

/** The states in which there is no connection and none is being made. */
const CUT: readonly ConnectionStatus[] = ['idle', 'closed', 'failed'];

/** A picture of a component, its connection and the server. The text below it says the same. */
export function WirePicture({
  socket: { status, cause, lastClose },
  server,
  quotes,
}: {
  readonly socket: ConnectionState;
  readonly server: StoryServer;
  readonly quotes: readonly Quote[];
}): ReactElement {
  const { isUp } = useSyncExternalStore(server.subscribe, server.getState);
  const code = status === 'failed' || status === 'closed' ? lastClose?.code : cause?.code;
  return (
    <div className="wire-picture" aria-hidden="true">
      <div className={`wire-end tone-${status}`}>
        <span className="wire-name">Component</span>
        <span className={status === 'open' ? 'wire-price' : 'wire-price is-stale'}>
          {quotes.at(-1)?.price.toFixed(2) ?? '–'}
        </span>
        <Curve quotes={quotes} />
      </div>
      <div className={`wire wire-${status} tone-${status}`}>
        <svg viewBox="0 0 100 24" preserveAspectRatio="none">
          <path d={CUT.includes(status) ? 'M0 12H24M76 12H100' : 'M0 12H100'} />
        </svg>
        {code !== undefined && <b>{code}</b>}
      </div>
      <div className={`wire-end tone-${isUp ? 'open' : 'reconnecting'}`}>
        <span className="wire-name">Server</span>
        <svg className="wire-server" viewBox="0 0 48 40">
          <rect x="1" y="1" width="46" height="17" rx="4" />
          <rect x="1" y="22" width="46" height="17" rx="4" />
          <circle cx="9" cy="9.5" r="2.5" />
          <circle cx="9" cy="30.5" r="2.5" />
          <path d="M18 9.5h20M18 30.5h20" />
        </svg>
        <span className="wire-health">{isUp ? 'up' : 'restarting'}</span>
      </div>
    </div>
  );
}

const WIDTH = 120;
const HEIGHT = 32;
const MARGIN = 3;

function Curve({ quotes }: { readonly quotes: readonly Quote[] }): ReactElement {
  const prices = quotes.map(({ price }) => price);
  const low = Math.min(...prices);
  const scale = (HEIGHT - 2 * MARGIN) / (Math.max(...prices) - low || 1);
  const points = prices.map((price, index) => {
    const x = (index / (KEPT_QUOTES - 1)) * WIDTH;
    const y = HEIGHT - MARGIN - (price - low) * scale;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className="wire-curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
