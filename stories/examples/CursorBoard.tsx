import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  useState,
} from 'react';

import { json, useMessageReducer, useWebSocket } from '../../src/index.js';
import { CountRow } from '../demo/CountRow.js';
import { Demo } from '../demo/Demo.js';
import type { FrameData, Serve, StoryClient, StoryServer } from '../server/storyServer.js';
import './examples.css';
import { useThrottled } from './useThrottled.js';

/** The position of a cursor, as a share of the board. */
interface CursorMessage {
  readonly client: number;
  readonly x: number;
  readonly y: number;
}

type Cursors = Readonly<Record<number, CursorMessage>>;

const CLIENTS = [1, 2, 3] as const;
const SEND_INTERVAL_MS = 50;
const ARROW_STEP = 0.05;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const contract = json<CursorMessage, CursorMessage>();
const NO_CURSORS: Cursors = {};

function moveCursor(cursors: Cursors, message: CursorMessage): Cursors {
  return { ...cursors, [message.client]: message };
}

/** Forwards every frame to the other clients. */
function createBroadcast(): Serve {
  const clients = new Set<StoryClient>();
  return (client) => {
    clients.add(client);
    return (data: FrameData) => {
      for (const other of clients) if (other !== client) other.send(data as string);
    };
  };
}

/** Three clients that see each other's cursors. Each sends at most 20 positions per second. */
export function CursorBoard(): ReactElement {
  const [options] = useState(() => ({ serve: createBroadcast() }));
  return (
    <Demo options={options} name="Board server" showsFrames={false}>
      {(server) => (
        <div className="boards">
          {CLIENTS.map((client) => (
            <Board key={client} client={client} server={server} />
          ))}
        </div>
      )}
    </Demo>
  );
}

function Board({
  client,
  server: { url, WebSocket },
}: {
  readonly client: number;
  readonly server: StoryServer;
}): ReactElement {
  const [own, setOwn] = useState<CursorMessage>({ client, x: client / 4, y: client / 4 });
  const [moves, setMoves] = useState(0);
  const [sent, setSent] = useState(0);
  // A position is outdated soon, so none is queued while the connection is down.
  const socket = useWebSocket(url, { WebSocket, contract, sendQueue: false });
  const cursors = useMessageReducer(socket, moveCursor, NO_CURSORS);
  const send = useThrottled((position: CursorMessage) => {
    if (socket.send(position) === 'sent') setSent((count) => count + 1);
  }, SEND_INTERVAL_MS);

  const moveTo = (x: number, y: number): void => {
    const position = { client, x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
    setOwn(position);
    setMoves((count) => count + 1);
    send(position);
  };
  const followPointer = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    moveTo((clientX - left) / width, (clientY - top) / height);
  };
  const followArrows = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    moveTo(own.x + arrow[0] * ARROW_STEP, own.y + arrow[1] * ARROW_STEP);
  };

  return (
    <section className="board-client" aria-label={`Client ${client}`}>
      <div
        className="board"
        role="application"
        aria-label={`Board of client ${client}: move the pointer or press arrow keys`}
        tabIndex={0}
        onPointerMove={followPointer}
        onKeyDown={followArrows}
      >
        {[own, ...Object.values(cursors)].map((cursor) => (
          <Cursor key={cursor.client} cursor={cursor} isOwn={cursor.client === client} />
        ))}
      </div>
      <dl className="counts">
        <CountRow name="Moves" value={moves} />
        <CountRow name="Frames sent" value={sent} />
        <CountRow name="Cursors seen" value={Object.keys(cursors).length} />
      </dl>
    </section>
  );
}

const CURSOR_TONES = ['tone-connecting', 'tone-open', 'tone-reconnecting'];

function Cursor({
  cursor: { client, x, y },
  isOwn,
}: {
  readonly cursor: CursorMessage;
  readonly isOwn: boolean;
}): ReactElement {
  const style = { left: `${x * 100}%`, top: `${y * 100}%` } satisfies CSSProperties;
  return (
    <span
      className={`board-cursor ${CURSOR_TONES[client - 1] ?? ''} ${x > 0.7 ? 'is-flipped' : ''}`}
      style={style}
      data-x={x.toFixed(2)}
    >
      <svg viewBox="0 0 12 16" aria-hidden="true">
        <path d="M0 0 12 9 6 9.6 3.2 15z" />
      </svg>
      <b>{isOwn ? 'you' : `client ${client}`}</b>
    </span>
  );
}
