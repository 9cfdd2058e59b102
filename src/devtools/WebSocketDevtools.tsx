import { type ReactElement, type RefObject, useEffect, useRef, useState } from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';

import { StatusDot } from './ConnectionTabs.js';
import { devtoolsStyles } from './devtoolsStyles.js';
import { DevtoolsPanel } from './DevtoolsPanel.js';
import { formatCount } from './format.js';
import { type LiveRecording, LiveRecordings } from './liveRecordings.js';
import { type DevtoolsPosition, type DevtoolsSettings, SettingsStore } from './settingsStore.js';
import { styles } from './styles.js';
import { useConnectionState } from './useConnectionState.js';

/** Props of {@link WebSocketDevtools}. */
export interface WebSocketDevtoolsProps {
  /**
   * Whether the panel is open on the first visit. Later visits open it as it was left.
   * @default false
   */
  readonly initialIsOpen?: boolean | undefined;
  /**
   * The corner on the first visit. Later visits use the one that was chosen in the panel.
   * @default 'bottom-right'
   */
  readonly initialPosition?: DevtoolsPosition | undefined;
  /**
   * The number of events that are kept for each connection. Read once, when the component mounts.
   * @default 500
   */
  readonly limit?: number | undefined;
  /**
   * The memory that the kept events of each connection take, roughly, in bytes. Read once, when the component mounts.
   * @default 2_097_152
   */
  readonly maxBytes?: number | undefined;
  /** The nonce of the page's Content-Security-Policy, for the `<style>` element of the component. */
  readonly nonce?: string | undefined;
}

/** More connections than this have no dot on the button. */
const MAX_DOTS = 6;
const INITIAL_HEIGHT = 560;

const getNone = (): readonly LiveRecording[] => NONE;
const NONE: readonly LiveRecording[] = [];
const getUnknown = (): null => null;

/**
 * A floating button that opens a panel with every connection in use: its state, timeline, counts and frames, and
 * buttons that act out a restart (1012), rejected data (1003), a lost connection and a silent server. Only this page
 * notices. The panel remembers its place, its height and whether it is open.
 *
 * Render it once, near the root of the application, and in development only: it shows the content of messages. With
 * the condition below, bundlers leave it out of a production build.
 *
 * @example {process.env.NODE_ENV !== 'production' && <WebSocketDevtools />}
 */
export function WebSocketDevtools({
  initialIsOpen = false,
  initialPosition = 'bottom-right',
  limit = 500,
  maxBytes = 2_097_152,
  nonce,
}: WebSocketDevtoolsProps): ReactElement | null {
  const [store] = useState(
    () => new SettingsStore({ isOpen: initialIsOpen, position: initialPosition, height: INITIAL_HEIGHT }),
  );
  const [recordings] = useState(() => new LiveRecordings({ maxEvents: limit, maxBytes }));
  const settings = useSyncExternalStore(store.subscribe, store.get, getUnknown);
  const list = useSyncExternalStore(recordings.subscribe, recordings.get, getNone);
  const openButton = useRef<HTMLButtonElement>(null);
  const closeButton = useRef<HTMLButtonElement>(null);
  const hasToggled = useRef(false);
  const isOpen = settings?.isOpen;

  // The button that was pressed is gone; the other one takes the focus.
  useEffect(() => {
    if (hasToggled.current) (isOpen ? closeButton : openButton).current?.focus();
    hasToggled.current = false;
  }, [isOpen]);

  if (!settings) return null;
  const change = (next: Partial<DevtoolsSettings>): void => {
    hasToggled.current = 'isOpen' in next;
    store.change(next);
  };
  return (
    <section className={`rwh-root rwh-devtools rwh-at-${settings.position}`} aria-label="WebSocket devtools">
      <style nonce={nonce}>{styles + devtoolsStyles}</style>
      {settings.isOpen ? (
        <DevtoolsPanel
          list={list}
          recordings={recordings}
          settings={settings}
          onChange={change}
          closeButton={closeButton}
        />
      ) : (
        <OpenButton list={list} button={openButton} onOpen={() => change({ isOpen: true })} />
      )}
    </section>
  );
}

function OpenButton({
  list,
  button,
  onOpen,
}: {
  readonly list: readonly LiveRecording[];
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly onOpen: () => void;
}): ReactElement {
  return (
    <button
      ref={button}
      type="button"
      className="rwh-open-panel"
      aria-label={`Open WebSocket devtools (${formatCount(list.length, 'connection')})`}
      onClick={onOpen}
    >
      WebSockets
      <span className="rwh-dots">
        {list.slice(0, MAX_DOTS).map((recording) => (
          <ConnectionDot key={recording.id} recording={recording} />
        ))}
      </span>
      {list.length}
    </button>
  );
}

function ConnectionDot({ recording: { live } }: { readonly recording: LiveRecording }): ReactElement {
  return <StatusDot status={useConnectionState(live.connection).status} />;
}
