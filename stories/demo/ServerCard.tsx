import { type ReactElement, type ReactNode, useId, useSyncExternalStore } from 'react';

import { formatBytes, formatTime } from '../panel/devtoolsParts.js';
import type { DemoServer, ReceivedFrame, ServerState } from '../server/serverState.js';
import { ActionButton } from './ActionButton.js';
import { CountRow } from './CountRow.js';

/** The server's view of its sockets, and the buttons that make it fail. */
export function ServerCard({
  server,
  name,
  restartLabel,
  onRestart = () => server.restart(),
  children,
  serverActions,
  showsFrames = true,
}: {
  readonly server: DemoServer;
  readonly name: string;
  readonly restartLabel?: string;
  readonly onRestart?: () => void;
  /** Shown above the buttons. */
  readonly children?: ReactNode;
  /** Buttons to show instead of those that make it fail. */
  readonly serverActions?: ReactNode;
  /** @default true */
  readonly showsFrames?: boolean | undefined;
}): ReactElement {
  const headingId = useId();
  const state = useSyncExternalStore(server.subscribe, server.getState);
  return (
    <section className="server" aria-labelledby={headingId}>
      <header className="server-header">
        <h2 id={headingId}>{name}</h2>
        <ServerStatus state={state} />
      </header>
      <dl className="counts">
        <CountRow name="Open sockets" value={state.clients} />
        <CountRow name="Accepted connections" value={state.accepted} />
        {state.refused !== null && <CountRow name="Refused connections" value={state.refused} />}
      </dl>
      {children}
      <div className="server-actions" role="group" aria-label="Control the server">
        {serverActions ?? (
          <>
            <ActionButton onClick={onRestart}>{restartLabel ?? 'Restart (1012)'}</ActionButton>
            <ActionButton onClick={server.rejectData}>Reject data (1003)</ActionButton>
            <ActionButton onClick={server.kill}>Drop connections (1006)</ActionButton>
            <ActionButton isPressed={state.isFlapping} onClick={() => server.setFlapping(!state.isFlapping)}>
              Close right after open
            </ActionButton>
          </>
        )}
      </div>
      {showsFrames && <Frames frames={state.frames} />}
    </section>
  );
}

function ServerStatus({
  state: { isUp, isFlapping, isFrozen },
}: {
  readonly state: ServerState;
}): ReactElement {
  if (!isUp) return <p className="pill tone-failed">Down</p>;
  if (isFrozen) return <p className="pill tone-connecting">Frozen</p>;
  return isFlapping ? (
    <p className="pill tone-reconnecting">Flapping</p>
  ) : (
    <p className="pill tone-open">Up</p>
  );
}

function Frames({ frames }: { readonly frames: readonly ReceivedFrame[] }): ReactElement {
  const headingId = useId();
  return (
    <div className="frames">
      <h3 id={headingId}>Frames received</h3>
      {frames.length === 0 && <p className="nothing">None yet.</p>}
      <ul aria-labelledby={headingId}>
        {frames.map(({ kind, size, at }, index) => (
          <li key={`${at} ${frames.length - index}`}>
            <time dateTime={new Date(at).toISOString()}>{formatTime(at)}</time> {kind}, {formatBytes(size)}
          </li>
        ))}
      </ul>
    </div>
  );
}
