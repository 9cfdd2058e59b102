import { type ReactElement, useEffect, useId } from 'react';

import { useMessageReducer, type WebSocketHandle } from '../../src/index.js';
import { ConnectionTimeline } from '../panel/ConnectionTimeline.js';
import { formatBytes } from '../panel/devtoolsParts.js';
import { RetryRing } from '../panel/RetryRing.js';
import { StatusIcon } from '../panel/StatusIcon.js';
import { explainState, STATUS_LABELS } from '../panel/texts.js';
import type { StoryServer } from '../server/storyServer.js';
import { addQuote, type Market, type Quote } from './quotes.js';
import { WirePicture } from './WirePicture.js';

/** A handle with the messages of the landing page. */
export type LandingSocket = WebSocketHandle<Quote, Uint8Array<ArrayBuffer>>;

const TICK_MS = 600;
const NO_QUOTES: readonly Quote[] = [];

/** A connection that runs, with buttons that break it in the ways that the library tells apart. */
export function LiveConnection({
  socket,
  server,
  market,
}: {
  readonly socket: LandingSocket;
  readonly server: StoryServer;
  readonly market: Market;
}): ReactElement {
  const headingId = useId();
  const quotes = useMessageReducer(socket, addQuote, NO_QUOTES);
  const isOpen = socket.status === 'open';
  useTicks(market, server);
  return (
    <section className={`landing-live tone-${socket.status}`} aria-labelledby={headingId}>
      <header className="landing-bar">
        <h2 id={headingId}>A live connection: break it</h2>
      </header>
      <WirePicture socket={socket} server={server} quotes={quotes} />
      <div className="landing-state">
        {socket.retryAt === null ? (
          <StatusIcon status={socket.status} />
        ) : (
          <RetryRing key={socket.retryAt} until={socket.retryAt} />
        )}
        <div>
          <p role="status">
            <strong>{STATUS_LABELS[socket.status]}</strong> {explainState(socket)}
          </p>
          <p className="landing-reaction">{explainReaction(socket)}</p>
        </div>
        {(socket.status === 'failed' || socket.status === 'closed') && (
          <button type="button" className="button primary" onClick={() => socket.reconnect()}>
            Reconnect now
          </button>
        )}
      </div>
      <div className="landing-timeline">
        <ConnectionTimeline connection={socket.connection} />
      </div>
      <div className="landing-actions" role="group" aria-label="Break the connection">
        <Action isEnabled={isOpen} onClick={() => server.restart()} code={1012}>
          Restart the server
        </Action>
        <Action isEnabled={isOpen} onClick={() => server.kill()} code={1006}>
          Lose the connection
        </Action>
        <Action isEnabled={isOpen} onClick={() => socket.send(new Uint8Array(1_024))} code={1003}>
          Send what it does not accept
        </Action>
      </div>
    </section>
  );
}

/** A button that ends an open connection with a close code. It stays focusable while there is nothing to end. */
function Action({
  isEnabled,
  onClick,
  code,
  children,
}: {
  readonly isEnabled: boolean;
  readonly onClick: () => void;
  readonly code: number;
  readonly children: string;
}): ReactElement {
  return (
    <button
      type="button"
      className="button"
      aria-disabled={!isEnabled}
      onClick={() => {
        if (isEnabled) onClick();
      }}
    >
      {children} <span className="landing-code-number">({code})</span>
    </button>
  );
}

/** The price moves at an interval. */
function useTicks(market: Market, server: StoryServer): void {
  useEffect(() => {
    const timer = setInterval(() => market.tick(server), TICK_MS);
    return () => clearInterval(timer);
  }, [market, server]);
}

/** What the library does in this state, and why. */
function explainReaction(socket: LandingSocket): string {
  switch (socket.status) {
    case 'idle':
    case 'connecting':
      return 'Messages arrive as soon as the connection is open.';
    case 'open':
      return 'Every message arrives; one render a frame.';
    case 'reconnecting':
      return 'It tries again at a random moment within 1–5 s.';
    case 'closed':
      return 'It stays closed until you reconnect.';
    case 'failed': {
      const { lastSent } = socket.error;
      const frame = lastSent ? ` Last frame sent: ${lastSent.kind}, ${formatBytes(lastSent.size)}.` : '';
      return `Trying again would not help.${frame}`;
    }
  }
}
