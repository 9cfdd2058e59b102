import { type ReactElement, type ReactNode, useState } from 'react';

import { createStoryServer, type StoryServer, type StoryServerOptions } from '../server/storyServer.js';
import { Scene } from './Scene.js';
import { ServerCard } from './ServerCard.js';

/** A server in the page on one side, its client on the other. */
export function StoryScene({
  options = {},
  children,
}: {
  readonly options?: StoryServerOptions | undefined;
  readonly children: (server: StoryServer) => ReactNode;
}): ReactElement {
  const [server] = useState(() => createStoryServer(options));
  return (
    <Scene
      server={
        <ServerCard
          server={server}
          name={options.accepts === 'text' ? 'Text-only server' : 'Quotes server'}
          restartLabel={describeRestart(options)}
        />
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
