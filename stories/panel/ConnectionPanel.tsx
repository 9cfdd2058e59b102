import { type ReactElement, type ReactNode, useId } from 'react';

import type { Connection, ConnectionState, ConnectionStatus } from '../../src/index.js';
import { Countdown } from './Countdown.js';
import { Diagnosis } from './Diagnosis.js';
import { EventLog } from './EventLog.js';
import { LastClose } from './LastClose.js';
import './panel.css';
import { StatusIcon } from './StatusIcon.js';
import type { ObservedConnection } from './useEventLog.js';
import { explainState, formatTime, nameClose, STATUS_LABELS } from './texts.js';

/** What the panel needs of a handle, whatever its messages are. */
type AnySocket = ConnectionState &
  Pick<Connection, 'reconnect' | 'close'> & { readonly connection: ObservedConnection | null };

/** What the panel shows. */
export interface ConnectionPanelProps {
  /** What `useWebSocket` or `useWebSocketContext` returned. */
  readonly socket: AnySocket;
  /** More buttons, beside those of the connection. */
  readonly children?: ReactNode;
}

/** Everything about a connection on one panel: its state and why, the countdown, the last close, the events. */
export function ConnectionPanel({ socket, children }: ConnectionPanelProps): ReactElement {
  const headingId = useId();
  const { status, error, lastClose, connection, reconnect, close } = socket;
  const isAlive = ALIVE.includes(status);
  return (
    <section className={`panel tone-${status}`} aria-labelledby={headingId}>
      <header className="panel-header">
        <h2 id={headingId} className="panel-eyebrow">
          Connection
        </h2>
        <div className="panel-state">
          <StatusIcon status={status} />
          {/* Only this is read aloud: it does not change with every attempt or tick. */}
          <p role="status" className="panel-headline">
            <strong>{STATUS_LABELS[status]}</strong> <span>{explainState(socket)}</span>
          </p>
        </div>
        <Progress socket={socket} />
      </header>

      <Facts socket={socket} />

      <div className="panel-actions" role="group" aria-label="ActionButton on the connection">
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
          aria-disabled={!isAlive}
          onClick={() => {
            if (isAlive) close();
          }}
        >
          Close
        </button>
        {children && <div className="panel-more">{children}</div>}
      </div>

      <div className="panel-body">
        <div className="panel-why">
          {error && (
            <Diagnosis error={error}>
              <p>
                Nothing is dialled any more. Once the cause is mended, <code>reconnect()</code> is the way
                out: press <em>Reconnect now</em>.
              </p>
            </Diagnosis>
          )}
          <LastClose close={lastClose} />
        </div>
        <EventLog connection={connection} />
      </div>
    </section>
  );
}

const ALIVE: readonly ConnectionStatus[] = ['connecting', 'open', 'reconnecting'];

/** What happens next; a line of it is always there, so that nothing below jumps. */
function Progress({ socket }: ConnectionPanelProps): ReactElement {
  const { status, attempt, retryAt, waitingFor } = socket;
  if (retryAt !== null) return <Countdown key={retryAt} until={retryAt} attempt={attempt} />;
  return (
    <div className="countdown">
      <p>
        {status === 'reconnecting' && waitingFor === 'handshake' && `Attempt ${attempt}: dialling now`}
        {waitingFor === 'network' && `Attempt ${attempt} once the network is back`}
      </p>
      <div className="countdown-track" />
    </div>
  );
}

function Facts({ socket }: ConnectionPanelProps): ReactElement {
  const { attempt, waitingFor, retryAt, cause } = socket;
  return (
    <dl className="facts">
      <Fact name="Attempt" value={attempt === 0 ? null : attempt} />
      <Fact name="Waiting for" value={waitingFor} />
      <Fact name="Next attempt at" value={retryAt === null ? null : formatTime(retryAt)} />
      <Fact name="Cause" value={cause && nameClose(cause)} />
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }): ReactElement {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>
        {value ?? (
          <>
            <span aria-hidden="true">–</span>
            <span className="visually-hidden">none</span>
          </>
        )}
      </dd>
    </div>
  );
}
