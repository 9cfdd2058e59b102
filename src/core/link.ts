import type { Dial } from './dial.js';
import type { Happening } from './events.js';
import type { ConnectionStatus } from './machine.js';
import type { ConnectionCallbacks, ResolvedOptions } from './options.js';

/** The callbacks that a connection calls by name; messages have listeners of their own. */
export type Told<In, Out> = Required<Omit<ConnectionCallbacks<In, Out>, 'onMessage'>>;

/** What the ways in and out know of their connection. */
export interface Link<In, Out> {
  /** The options as they are now. */
  readonly getOptions: () => ResolvedOptions<In, Out>;
  readonly getStatus: () => ConnectionStatus;
  readonly getDial: () => Dial | null;
  /** Whether anybody taps the connection: an event that costs something is not made for nobody. */
  readonly isTapped: () => boolean;
  /** Tells those who tap. */
  readonly emit: (happening: Happening<In, Out>) => void;
  /** Calls everybody's callback of this name. */
  readonly tell: <Name extends keyof Told<In, Out>>(
    name: Name,
    info: Parameters<NonNullable<Told<In, Out>[Name]>>[0],
  ) => void;
}
