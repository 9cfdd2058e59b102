import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import { describeCloseCode } from '../closeCodes/index.js';
import type { Connection } from '../core/connection.js';
import { type ConnectionState, IDLE } from '../core/machine.js';
import { createFrameStore, type FrameStore } from '../react/frameStore.js';
import { Countdown } from './Countdown.js';
import { EventList } from './EventList.js';
import { clear, EMPTY, record, type Recording, type Totals } from './recording.js';
import { styles } from './styles.js';
import { formatBytes, nameClose } from './words.js';

/** A connection of any messages, as far as it can be looked at and acted on. */
export type Inspected = Pick<
  Connection<unknown, never>,
  'getState' | 'subscribe' | 'onEvent' | 'reconnect' | 'close'
>;

/** What to inspect. */
export interface WebSocketInspectorProps {
  /** A connection, or the handle of a hook; `null` while there is none. It is looked at, and not kept alive. */
  readonly source: Inspected | { readonly connection: Inspected | null } | null;
  /**
   * What to call it.
   * @default 'WebSocket'
   */
  readonly name?: string | undefined;
  /**
   * How many events are kept; the counts go on.
   * @default 500
   */
  readonly limit?: number | undefined;
}

/**
 * Shows what a connection does: its state and why, counts, and every event since the inspector was mounted, with
 * the message in it. It renders at most once a frame, and brings its own looks, light and dark.
 *
 * It is meant for development: it shows messages in full.
 *
 * @example <WebSocketInspector source={quotes} name="quotes" />
 */
export function WebSocketInspector({
  source,
  name = 'WebSocket',
  limit = 500,
}: WebSocketInspectorProps): ReactElement {
  const connection = source && 'connection' in source ? source.connection : source;
  const state = useSyncExternalStore(
    useCallback((listener) => watch(connection, listener), [connection]),
    connection?.getState ?? getIdle,
    getIdle,
  );
  const [{ store, of }, keep] = useState(() => createRecorder(connection));
  const recording = useSyncExternalStore(store.subscribe, store.get, getNothing);
  const [frozen, freeze] = useState<Recording | null>(null);
  // Another connection has a story of its own.
  if (of !== connection) {
    keep(createRecorder(connection));
    freeze(null);
  }

  useEffect(
    () =>
      connection?.onEvent((event) => {
        store.fold((kept) => record(kept, event, limit), false);
      }),
    [connection, store, limit],
  );

  return (
    <section className="rwh-inspector" aria-label={`Inspector of ${name}`}>
      <style>{styles}</style>
      <header className={`rwh-head rwh-${state.status}`}>
        <h2>{name}</h2>
        <span className="rwh-badge" role="status">
          {state.status}
        </span>
        <p className="rwh-progress">
          <Progress state={state} />
        </p>
        <div className="rwh-row">
          <button type="button" disabled={!connection} onClick={() => connection?.reconnect()}>
            Reconnect
          </button>
          <button type="button" disabled={!connection} onClick={() => connection?.close()}>
            Close
          </button>
        </div>
      </header>
      <Why state={state} />
      <Counts totals={(frozen ?? recording).totals} />
      <EventList
        events={(frozen ?? recording).events}
        isPaused={frozen !== null}
        onPause={() => freeze((present) => (present ? null : recording))}
        onClear={() => wipe(store, freeze)}
      />
    </section>
  );
}

function createRecorder(of: unknown): { readonly of: unknown; readonly store: FrameStore<Recording> } {
  return { of, store: createFrameStore(EMPTY) };
}

function watch(connection: Inspected | null, listener: () => void): () => void {
  const stop = connection?.subscribe(listener);
  // For what was missed while Activity hid it: see the store of a frame.
  listener();
  return () => stop?.();
}

const getIdle = (): ConnectionState => IDLE;
const getNothing = (): Recording => EMPTY;

function wipe(store: FrameStore<Recording>, freeze: (present: null) => void): void {
  store.fold(clear, true);
  freeze(null);
}

/** What happens next. */
function Progress({ state }: { readonly state: ConnectionState }): ReactElement | null {
  const { attempt, retryAt, waitingFor, status } = state;
  if (retryAt !== null) return <Countdown key={retryAt} until={retryAt} attempt={attempt} />;
  if (waitingFor === 'network') return <>Attempt {attempt} once the network is back</>;
  if (status === 'reconnecting') return <>Attempt {attempt}: dialling now</>;
  return null;
}

/** Why the connection is not open, or was not. */
function Why({ state }: { readonly state: ConnectionState }): ReactElement | null {
  const { status, error, cause, lastClose } = state;
  const close = cause ?? lastClose;
  if (error) {
    return (
      <div className="rwh-why rwh-failed">
        <p>
          <strong>{error.kind}</strong> {error.message}
        </p>
        <p>{error.hint}</p>
      </div>
    );
  }
  if (!close) return null;
  // What is open again is well: how it was lost is history.
  const isPast = status === 'open';
  return (
    <div className={`rwh-why rwh-${isPast ? 'closed' : status}`}>
      <p>
        {isPast && 'Before: '}
        <strong>{nameClose(close)}</strong> {describeCloseCode(close.code).summary}
      </p>
      {close.reason && (
        <p>
          Reason given: <q>{close.reason}</q>
        </p>
      )}
    </div>
  );
}

function Counts({ totals }: { readonly totals: Totals }): ReactElement {
  const { received, receivedBytes, sent, sentBytes, dropped, violations } = totals;
  return (
    <dl className="rwh-totals">
      <Count name="Received" count={received} bytes={receivedBytes} />
      <Count name="Sent" count={sent} bytes={sentBytes} />
      <Count name="Dropped" count={dropped} />
      <Count name="Violations" count={violations} />
    </dl>
  );
}

function Count({
  name,
  count,
  bytes,
}: {
  readonly name: string;
  readonly count: number;
  readonly bytes?: number;
}): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {count.toLocaleString('en-US')} {bytes !== undefined && <small>{formatBytes(bytes)}</small>}
      </dd>
    </div>
  );
}
