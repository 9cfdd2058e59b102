import { type ReactElement, useEffect, useState } from 'react';

import { ConnectionRecorder, type InspectedConnection } from './connectionRecorder.js';
import { ConnectionView } from './ConnectionView.js';
import { styles } from './styles.js';

/** Props of {@link WebSocketInspector}. */
export interface WebSocketInspectorProps {
  /** A connection, or the handle of a hook; `null` while there is none. Inspecting it does not keep it alive. */
  readonly source: InspectedConnection | { readonly connection: InspectedConnection | null } | null;
  /**
   * The heading.
   * @default 'WebSocket'
   */
  readonly name?: string | undefined;
  /**
   * The number of events that are kept. Counts include the others.
   * @default 500
   */
  readonly limit?: number | undefined;
  /**
   * The memory that the kept events take, roughly, in bytes: messages count with their size on the wire. The oldest
   * events are removed first. A message above 64 KiB is kept as a preview.
   * @default 4_194_304
   */
  readonly maxBytes?: number | undefined;
  /** The nonce of the page's Content-Security-Policy, for the `<style>` element of the component. */
  readonly nonce?: string | undefined;
}

/**
 * Shows what a connection does: its state and the reason for it, a timeline, counts, and every event since the
 * component mounted, with its message. It renders at most once a frame and includes its styles, light and dark.
 *
 * It is meant for development, because it shows the content of messages.
 *
 * @example <WebSocketInspector source={quotes} name="quotes" />
 */
export function WebSocketInspector({
  source,
  name = 'WebSocket',
  limit = 500,
  maxBytes = 4_194_304,
  nonce,
}: WebSocketInspectorProps): ReactElement {
  const connection = source && 'connection' in source ? source.connection : source;
  const create = (): {
    connection: InspectedConnection | null;
    recorder: ConnectionRecorder;
    key: number;
  } => ({
    connection,
    recorder: new ConnectionRecorder(connection, { maxEvents: limit, maxBytes }),
    key: 0,
  });
  const [recorded, setRecorded] = useState(create);
  // The recording of another connection starts empty.
  if (recorded.connection !== connection) setRecorded({ ...create(), key: recorded.key + 1 });
  const { recorder, key } = recorded;

  useEffect(() => recorder.start(), [recorder]);
  useEffect(() => {
    recorder.setLimits({ maxEvents: limit, maxBytes });
  }, [recorder, limit, maxBytes]);

  return (
    <section className="rwh-root rwh-inspector" aria-label={`Inspector of ${name}`}>
      <style nonce={nonce} suppressHydrationWarning>
        {styles}
      </style>
      <ConnectionView key={key} connection={connection} recorder={recorder} name={name} />
    </section>
  );
}
