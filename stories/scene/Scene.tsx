import type { ReactElement, ReactNode } from 'react';

import './scene.css';

/** The stage of every story: the server on the left or above, the client on the right or below. */
export function Scene({
  server,
  children,
}: {
  readonly server: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="scene">
      <div className="scene-server">{server}</div>
      <div className="scene-client">{children}</div>
    </div>
  );
}
