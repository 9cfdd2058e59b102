import type { ReactElement, ReactNode } from 'react';

import './demo.css';

/** The layout of every demo: server on the left or above, client on the right or below. */
export function DemoLayout({
  server,
  children,
}: {
  readonly server: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="demo demo-layout">
      <div className="demo-server">{server}</div>
      <div className="demo-client">{children}</div>
    </div>
  );
}
