/** A corner of the page. */
export type DevtoolsPosition = 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';

/** What the devtools remember about their panel. */
export interface DevtoolsSettings {
  readonly isOpen: boolean;
  readonly position: DevtoolsPosition;
  /** The height of the panel in pixels. */
  readonly height: number;
}

/** All positions, with their labels. */
export const POSITION_LABELS: Readonly<Record<DevtoolsPosition, string>> = {
  'bottom-right': 'Bottom right',
  'bottom-left': 'Bottom left',
  'top-right': 'Top right',
  'top-left': 'Top left',
};
/** The range of the height in pixels. A low window limits it further. */
export const MIN_HEIGHT = 240;
/** See {@link MIN_HEIGHT}. */
export const MAX_HEIGHT = 1_200;

const STORAGE_KEY = 'react-websocket-hooks:devtools';

/**
 * The settings of the devtools, kept in `localStorage` where the page allows it. They are unknown until something
 * subscribes, so that a server and the first render in the browser agree.
 */
export class SettingsStore {
  readonly #defaults: DevtoolsSettings;
  readonly #listeners = new Set<() => void>();
  #settings: DevtoolsSettings | null = null;

  constructor(defaults: DevtoolsSettings) {
    this.#defaults = defaults;
  }

  readonly get = (): DevtoolsSettings | null => this.#settings;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#settings ??= { ...this.#defaults, ...readStored() };
    listener();
    return () => {
      this.#listeners.delete(listener);
    };
  };

  change(change: Partial<DevtoolsSettings>): void {
    this.#settings = { ...(this.#settings ?? this.#defaults), ...change };
    write(this.#settings);
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The stored settings that are valid: another version or another script may have written them. */
function readStored(): Partial<DevtoolsSettings> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null');
    const { isOpen, position, height } = Object(stored) as Readonly<Record<string, unknown>>;
    return {
      ...(typeof isOpen === 'boolean' && { isOpen }),
      ...(isPosition(position) && { position }),
      ...(typeof height === 'number' && height >= MIN_HEIGHT && height <= MAX_HEIGHT && { height }),
    };
  } catch {
    // No storage, access denied, or no JSON: the defaults apply.
    return {};
  }
}

function write(settings: DevtoolsSettings): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(settings));
  } catch {
    // No storage, access denied, or storage full: the settings last until the page is left.
  }
}

function isPosition(value: unknown): value is DevtoolsPosition {
  return typeof value === 'string' && Object.keys(POSITION_LABELS).includes(value);
}
