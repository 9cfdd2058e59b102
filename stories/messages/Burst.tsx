import { type ReactElement, type ReactNode, useEffect, useState } from 'react';

import { json, useMessageReducer, useWebSocket } from '../../src/index.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Card } from '../demo/Card.js';
import { CountRow } from '../demo/CountRow.js';
import { Demo } from '../demo/Demo.js';
import { useStore } from '../demo/store.js';
import type { StoryServer } from '../server/storyServer.js';
import { BURST, sendBurst, type Tick } from './burst.js';
import './messages.css';
import { createCounters, type Counters } from './counters.js';
import { useNaiveSocket } from './useNaiveSocket.js';

/** The props of both clients. */
interface ClientProps {
  readonly server: StoryServer;
  readonly counters: Counters;
}

interface Folded {
  readonly seen: number;
  readonly last: Tick | null;
}

const NOTHING: Folded = { seen: 0, last: null };

function fold({ seen }: Folded, last: Tick): Folded {
  return { seen: last.seq === 1 ? 1 : seen + 1, last };
}

const contract = json<Tick, never>();
const options = { serve: () => () => undefined };

/** One burst on two sockets: one read by a reducer, the other by a hook as it is often hand-written. */
export function Burst(): ReactElement {
  const [{ page, ours, naive }] = useState(() => ({
    page: createCounters(),
    ours: createCounters(),
    naive: createCounters(),
  }));
  const run = (server: StoryServer): void => {
    for (const counters of [page, ours, naive]) counters.reset();
    void sendBurst(server, page);
  };
  return (
    <Demo
      options={options}
      name="Price feed"
      showsFrames={false}
      serverDetails={<Page counters={page} />}
      serverActions={(server) => (
        <ActionButton isPrimary onClick={() => run(server)}>
          Send a burst of {BURST.toLocaleString('en-US')}
        </ActionButton>
      )}
    >
      {(server) => (
        <div className="side-by-side">
          <Reducing server={server} counters={ours} />
          <Naive server={server} counters={naive} />
        </div>
      )}
    </Demo>
  );
}

function Page({ counters }: { readonly counters: Counters }): ReactElement {
  const { sent, frames } = useStore(counters);
  return (
    <dl className="counts">
      <CountRow name="Messages sent to each" value={sent} />
      <CountRow name="Frames rendered meanwhile" value={frames} />
    </dl>
  );
}

function Reducing({ server: { url, WebSocket }, counters }: ClientProps): ReactElement {
  const socket = useWebSocket(url, { WebSocket, contract, onMessage: () => counters.add('received') });
  const { seen, last } = useMessageReducer(socket, fold, NOTHING);
  useEffect(() => counters.add('renders'));
  return (
    <Comparison title="useMessageReducer" counters={counters} seen={seen} last={last}>
      {`const folded = useMessageReducer(socket, fold, initial);`}
    </Comparison>
  );
}

function Naive({ server: { url, WebSocket }, counters }: ClientProps): ReactElement {
  const last = useNaiveSocket<Tick>(url, WebSocket, () => counters.add('received'));
  useEffect(() => {
    if (last) counters.add('seen');
  }, [last, counters]);
  useEffect(() => counters.add('renders'));
  return (
    <Comparison title="useState, hand-written" counters={counters} last={last}>
      {`socket.onmessage = ({ data }) => setLast(JSON.parse(data));

useEffect(() => fold(last), [last]);`}
    </Comparison>
  );
}

function Comparison({
  title,
  seen,
  last,
  counters,
  children,
}: {
  readonly title: string;
  /** Set by the client that does not count with `counters`. */
  readonly seen?: number;
  readonly last: Tick | null;
  readonly counters: Counters;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <Card title={title}>
      <Counters counters={counters} seen={seen} />
      <p>
        {last
          ? `Last price shown: ${last.price.toFixed(2)}, message ${last.seq.toLocaleString('en-US')}`
          : 'No message yet'}
      </p>
      <pre>
        <code>{children}</code>
      </pre>
    </Card>
  );
}

function Counters({
  counters,
  seen: folded,
}: {
  readonly counters: Counters;
  readonly seen: number | undefined;
}): ReactElement {
  const { received, seen: counted, renders } = useStore(counters);
  const seen = folded ?? counted;
  const lost = received - seen;
  return (
    <>
      <p className={`score ${lost > 0 ? 'tone-failed' : 'tone-open'}`}>
        <strong>{seen.toLocaleString('en-US')}</strong> seen
        {received > 0 && (lost > 0 ? `, ${lost.toLocaleString('en-US')} lost` : ', none lost')}
      </p>
      <meter className="progress" aria-label="Seen" min={0} max={BURST} value={seen} />
      <dl className="counts">
        <CountRow name="Received by the socket" value={received} />
        <CountRow name="Seen by the component" value={seen} />
        <CountRow name="Rendered" value={renders} />
      </dl>
    </>
  );
}
