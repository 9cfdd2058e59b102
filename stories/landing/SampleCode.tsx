import { type ReactElement, useId } from 'react';

import { type ConnectionStatus, useLatestMessage } from '../../src/index.js';
import { highlight } from './highlight.js';
import type { LandingSocket } from './LiveConnection.js';
import source from './sample.tsx?raw';

/** The file `sample.tsx` as an application would contain it. */
const LINES = source.trim().replace('../../src/index.js', 'react-websocket-hooks').split('\n');

/** The code of a component; the line that renders in the current state is marked. */
export function SampleCode({ socket }: { readonly socket: LandingSocket }): ReactElement {
  const { status } = socket;
  const headingId = useId();
  const active = findActiveLine(status);
  return (
    <section className="landing-code" aria-labelledby={headingId}>
      <header className="landing-bar">
        <h2 id={headingId}>All the code it takes</h2>
        <span>Price.tsx</span>
      </header>
      <pre>
        <code>
          {LINES.map((line, index) => (
            <span
              key={index}
              className={index === active ? `code-line is-active tone-${status}` : 'code-line'}
            >
              {highlight(line).map(({ text, kind }, position) => (
                <span key={position} className={`code-${kind}`}>
                  {text}
                </span>
              ))}
              {'\n'}
            </span>
          ))}
        </code>
      </pre>
      <p className="landing-output">
        <span>Renders</span> <Output socket={socket} />
      </p>
    </section>
  );
}

/** What the sample renders: the same branches, for the connection of this page. */
function Output({ socket }: { readonly socket: LandingSocket }): ReactElement {
  const quote = useLatestMessage(socket);
  const { status, error } = socket;
  if (status === 'open') return <b>{quote?.price.toFixed(2)}</b>;
  if (status === 'reconnecting') return <>Back soon</>;
  if (status === 'failed') return <>{error.kind} error</>;
  return <>Connecting</>;
}

/** The index of the line that returns what is rendered in this state. */
function findActiveLine(status: ConnectionStatus): number {
  const branch = LINES.findIndex((line) => line.includes(`status === '${status}'`));
  return branch >= 0 ? branch : LINES.findIndex((line) => line.startsWith('  return'));
}
