import { type ReactElement, type ReactNode, useId } from 'react';

import type { Connection, ConnectionState, ConnectionStatus } from '../../src/index.js';
import { ConnectionTimeline } from './ConnectionTimeline.js';
import { formatCloseCode, formatTime, type InspectedConnection } from './devtoolsParts.js';
import { Diagnosis } from './Diagnosis.js';
import { EventLog } from './EventLog.js';
import { LastClose } from './LastClose.js';
import './panel.css';
import { RetryRing } from './RetryRing.js';
import { StatusIcon } from './StatusIcon.js';
import { explainState, STATUS_LABELS } from './texts.js';
import { type EventLog as Log, useEventLog } from './useEventLog.js';

/** The part of a handle that the panel needs, for messages of any type. */
type PanelSocket = ConnectionState &
  Pick<Connection, 'reconnect' | 'close'> & { readonly connection: InspectedConnection | null };

/** Props of {@link ConnectionPanel}. */
export interface ConnectionPanelProps {
  /** The handle that `useWebSocket` or `useWebSocketContext` returned. */
  readonly socket: PanelSocket;
  /** More buttons, beside those of the connection. */
  readonly children?: ReactNode;
}

/** Shows everything about a connection: state, reason, countdown, timeline, last close and events. */
export function ConnectionPanel({ socket, children }: ConnectionPanelProps): ReactElement {
  const headingId = useId();
  const { status, error, lastClose, connection, reconnect, close } = socket;
  const { lines, counts } = useEventLog(connection);
  const isActive = ACTIVE.includes(status);
  return (
    <section className={`panel tone-${status}`} aria-labelledby={headingId}>
      <header className="panel-header">
        <div className="panel-state">
          {socket.retryAt === null ? (
            <StatusIcon status={status} />
          ) : (
            <RetryRing key={socket.retryAt} until={socket.retryAt} />
          )}
          <div>
            <h2 id={headingId} className="panel-eyebrow">
              Connection
            </h2>
            {/* A screen reader announces this text; it does not change with every attempt or tick. */}
            <p role="status" className="panel-headline">
              <strong>{STATUS_LABELS[status]}</strong> <span>{explainState(socket)}</span>
            </p>
          </div>
        </div>
        <Facts socket={socket} />
      </header>

      <div className="panel-timeline">
        <ConnectionTimeline connection={connection} />
        <Totals counts={counts} />
      </div>

      <div className="panel-actions" role="group" aria-label="Control the connection">
        <button
          type="button"
          className={status === 'failed' || status === 'closed' ? 'button primary' : 'button'}
          aria-disabled={connection === null}
          onClick={() => reconnect()}
        >
          Reconnect now
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={!isActive}
          onClick={() => {
            if (isActive) close();
          }}
        >
          Close
        </button>
        {children && <div className="panel-more">{children}</div>}
      </div>

      {error && (
        <Diagnosis error={error}>
          <p>
            The connection does not reconnect by itself. Fix the cause, then press <em>Reconnect now</em> (
            <code>reconnect()</code>).
          </p>
        </Diagnosis>
      )}
      <div className={lastClose ? 'panel-body has-close' : 'panel-body'}>
        {lastClose && <LastClose close={lastClose} isExplained={!error} />}
        <EventLog lines={lines} />
      </div>
    </section>
  );
}

const ACTIVE: readonly ConnectionStatus[] = ['connecting', 'open', 'reconnecting'];

/** What the state holds while the connection recovers. */
function Facts({ socket }: ConnectionPanelProps): ReactElement | null {
  const { attempt, waitingFor, retryAt, cause } = socket;
  if (attempt === 0) return null;
  return (
    <dl className="facts">
      {cause && <Fact name="Cause" value={formatCloseCode(cause)} />}
      <Fact name="Attempt" value={attempt} />
      {waitingFor && <Fact name="Waiting for" value={waitingFor} />}
      {retryAt !== null && <Fact name="Next attempt at" value={formatTime(retryAt)} />}
    </dl>
  );
}

function Totals({ counts }: Pick<Log, 'counts'>): ReactElement {
  return (
    <dl className="totals">
      <Fact name="All attempts" value={counts.dial ?? 0} />
      <Fact name="Closes" value={counts.close ?? 0} />
      <Fact name="Frames sent" value={counts.sent ?? 0} />
      <Fact name="Frames received" value={counts.message ?? 0} />
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: number | string }): ReactElement {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{typeof value === 'number' ? value.toLocaleString('en-US') : value}</dd>
    </div>
  );
}
