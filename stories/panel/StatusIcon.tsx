import type { ReactElement } from 'react';

import './panel.css';

import type { ConnectionStatus } from '../../src/index.js';

/** Shows the state by shape, so that colour is not the only difference. */
export function StatusIcon({ status }: { readonly status: ConnectionStatus }): ReactElement {
  return (
    <svg className="status-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {SHAPES[status]}
    </svg>
  );
}

const SHAPES: Readonly<Record<ConnectionStatus, ReactElement>> = {
  idle: <path d="M9 7v10M15 7v10" />,
  connecting: <path d="M5.5 12h.01M12 12h.01M18.5 12h.01" strokeWidth="3.2" />,
  open: <path d="m5.5 12.5 4.2 4.2 8.8-9.2" />,
  reconnecting: (
    <g className="turning">
      <path d="M18.7 9.2A7.3 7.3 0 0 0 5.2 9.6M5.3 14.8a7.3 7.3 0 0 0 13.5-.4" />
      <path d="M19.3 4.6v4.9h-4.9M4.7 19.4v-4.9h4.9" />
    </g>
  ),
  closed: <path d="M6 12h12" />,
  failed: <path d="m7 7 10 10M17 7 7 17" />,
};
