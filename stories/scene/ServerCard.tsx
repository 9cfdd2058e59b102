import { type ReactElement, type ReactNode, useId, useSyncExternalStore } from 'react';

import { formatBytes, formatTime } from '../panel/words.js';
import type { DemoServer, ReceivedFrame, ServerState } from '../server/serverState.js';
import { Act } from './Act.js';
import { Pair } from './Pair.js';

/** A server as it sees itself, and the buttons that break it. */
export function ServerCard({
  server,
  name,
  restartLabel,
  onRestart = () => server.restart(),
  children,
  acts,
  showsFrames = true,
}: {
  readonly server: DemoServer;
  readonly name: string;
  readonly restartLabel?: string;
  readonly onRestart?: () => void;
  /** More of it, before the buttons. */
  readonly children?: ReactNode;
  /** Other buttons, in the place of those that break it. */
  readonly acts?: ReactNode;
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
        <Pair name="Open sockets" value={state.clients} />
        <Pair name="Dials accepted" value={state.accepted} />
        {state.refused !== null && <Pair name="Dials refused" value={state.refused} />}
      </dl>
      {children}
      <div className="server-acts" role="group" aria-label="Act on the server">
        {acts ?? (
          <>
            <Act onAct={onRestart}>{restartLabel ?? 'Restart (1012)'}</Act>
            <Act onAct={server.rejectData}>Reject data (1003)</Act>
            <Act onAct={server.kill}>Kill without a close frame</Act>
            <Act isOn={state.isFlapping} onAct={() => server.flap(!state.isFlapping)}>
              Close right after open
            </Act>
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
