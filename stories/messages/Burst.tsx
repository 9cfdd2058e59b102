import { type ReactElement, type ReactNode, useEffect, useState } from 'react';

import { json, useMessageReducer, useWebSocket } from '../../src/index.js';
import { Act } from '../scene/Act.js';
import { Card } from '../scene/Card.js';
import { Pair } from '../scene/Pair.js';
import { StoryScene } from '../scene/StoryScene.js';
import { useStore } from '../scene/store.js';
import type { StoryServer } from '../server/storyServer.js';
import { BURST, sendBurst, type Tick } from './burst.js';
import './messages.css';
import { createTally, type Tally } from './tally.js';
import { useNaiveSocket } from './useNaiveSocket.js';

/** What a client of the burst is given. */
interface ClientProps {
  readonly server: StoryServer;
  readonly tally: Tally;
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

/** One burst, two sockets: on one a reducer, on the other a hook as it is often written by hand. */
export function Burst(): ReactElement {
  const [{ page, ours, naive }] = useState(() => ({
    page: createTally(),
    ours: createTally(),
    naive: createTally(),
  }));
  const run = (server: StoryServer): void => {
    for (const tally of [page, ours, naive]) tally.reset();
    void sendBurst(server, page);
  };
  return (
    <StoryScene
      options={options}
      name="Price feed"
      showsFrames={false}
      facts={<Page tally={page} />}
      acts={(server) => (
        <Act isPrimary onAct={() => run(server)}>
          Send a burst of {BURST.toLocaleString('en-US')}
        </Act>
      )}
    >
      {(server) => (
        <div className="side-by-side">
          <Reducing server={server} tally={ours} />
          <Naive server={server} tally={naive} />
        </div>
      )}
    </StoryScene>
  );
}

function Page({ tally }: { readonly tally: Tally }): ReactElement {
  const { sent, frames } = useStore(tally);
  return (
    <dl className="counts">
      <Pair name="Messages sent to each" value={sent} />
      <Pair name="Frames drawn meanwhile" value={frames} />
    </dl>
  );
}

function Reducing({ server: { url, WebSocket }, tally }: ClientProps): ReactElement {
  const socket = useWebSocket(url, { WebSocket, contract, onMessage: () => tally.add('received') });
  const { seen, last } = useMessageReducer(socket, fold, NOTHING);
  useEffect(() => tally.add('renders'));
  return (
    <Comparison title="useMessageReducer" tally={tally} seen={seen} last={last}>
      {`const folded = useMessageReducer(socket, fold, nothing);`}
    </Comparison>
  );
}

function Naive({ server: { url, WebSocket }, tally }: ClientProps): ReactElement {
  const last = useNaiveSocket<Tick>(url, WebSocket, () => tally.add('received'));
  useEffect(() => {
    if (last) tally.add('seen');
  }, [last, tally]);
  useEffect(() => tally.add('renders'));
  return (
    <Comparison title="useState, by hand" tally={tally} last={last}>
      {`socket.onmessage = ({ data }) => setLast(JSON.parse(data));

useEffect(() => fold(last), [last]);`}
    </Comparison>
  );
}

function Comparison({
  title,
  seen,
  last,
  tally,
  children,
}: {
  readonly title: string;
  /** Where it is not counted in the tally. */
  readonly seen?: number;
  readonly last: Tick | null;
  readonly tally: Tally;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <Card title={title}>
      <Counters tally={tally} seen={seen} />
      <p>
        {last
          ? `Last price shown: ${last.price.toFixed(2)}, message ${last.seq.toLocaleString('en-US')}`
          : 'No message shown yet'}
      </p>
      <pre>
        <code>{children}</code>
      </pre>
    </Card>
  );
}

function Counters({
  tally,
  seen: folded,
}: {
  readonly tally: Tally;
  readonly seen: number | undefined;
}): ReactElement {
  const { received, seen: counted, renders } = useStore(tally);
  const seen = folded ?? counted;
  const lost = received - seen;
  return (
    <>
      <p className={`score ${lost > 0 ? 'tone-failed' : 'tone-open'}`}>
        <strong>{seen.toLocaleString('en-US')}</strong> seen
        {received > 0 && (lost > 0 ? `, ${lost.toLocaleString('en-US')} lost` : ', none lost')}
      </p>
      <meter className="share" aria-label="Seen" min={0} max={BURST} value={seen} />
      <dl className="counts">
        <Pair name="Received by the socket" value={received} />
        <Pair name="Seen by the component" value={seen} />
        <Pair name="Rendered" value={renders} />
      </dl>
    </>
  );
}
