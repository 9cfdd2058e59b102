import { type ReactElement, type ReactNode, useState } from 'react';

import { createStoryServer, type StoryServer, type StoryServerOptions } from '../server/storyServer.js';
import { Scene } from './Scene.js';
import { ServerCard } from './ServerCard.js';

/** A server in the page on one side, its client on the other. */
export function StoryScene({
  options = {},
  name = options.accepts === 'text' ? 'Text-only server' : 'Quotes server',
  acts,
  facts,
  showsFrames,
  children,
}: {
  readonly options?: StoryServerOptions | undefined;
  readonly name?: string;
  /** What the server can be told to do; by default, to break. */
  readonly acts?: (server: StoryServer) => ReactNode;
  /** More that the server knows. */
  readonly facts?: ReactNode;
  /** @default true */
  readonly showsFrames?: boolean;
  readonly children: (server: StoryServer) => ReactNode;
}): ReactElement {
  const [server] = useState(() => createStoryServer(options));
  return (
    <Scene
      server={
        <ServerCard
          server={server}
          name={name}
          restartLabel={describeRestart(options)}
          acts={acts?.(server)}
          showsFrames={showsFrames}
        >
          {facts}
        </ServerCard>
      }
    >
      {children(server)}
    </Scene>
  );
}

function describeRestart({ refuse, downFor = 800 }: StoryServerOptions): string {
  return refuse === undefined
    ? `Restart (1012), down for ${downFor / 1_000} s`
    : `Restart (1012), refuse ${refuse} dials`;
}
