import { type ReactElement, type ReactNode, useState } from 'react';

import { createStoryServer, type StoryServer, type StoryServerOptions } from '../server/storyServer.js';
import { DemoLayout } from './DemoLayout.js';
import { ServerCard } from './ServerCard.js';

/** A server that runs in the page, with its client beside it. */
export function Demo({
  options = {},
  name = options.accepts === 'text' ? 'Text-only server' : 'Quotes server',
  serverActions,
  serverDetails,
  showsFrames,
  children,
}: {
  readonly options?: StoryServerOptions | undefined;
  readonly name?: string;
  /** Buttons of the server; by default those that make it fail. */
  readonly serverActions?: (server: StoryServer) => ReactNode;
  /** Shown above the buttons. */
  readonly serverDetails?: ReactNode;
  /** @default true */
  readonly showsFrames?: boolean;
  readonly children: (server: StoryServer) => ReactNode;
}): ReactElement {
  const [server] = useState(() => createStoryServer(options));
  return (
    <DemoLayout
      server={
        <ServerCard
          server={server}
          name={name}
          restartLabel={describeRestart(options)}
          serverActions={serverActions?.(server)}
          showsFrames={showsFrames}
        >
          {serverDetails}
        </ServerCard>
      }
    >
      {children(server)}
    </DemoLayout>
  );
}

function describeRestart({ refuse, downFor = 800 }: StoryServerOptions): string {
  return refuse === undefined
    ? `Restart (1012), down for ${downFor / 1_000} s`
    : `Restart (1012), refuse ${refuse} attempts`;
}
