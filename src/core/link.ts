import type { Happening } from './events.js';
import type { Holders } from './holders.js';
import type { ConnectionStatus } from './machine.js';
import type { ResolvedOptions } from './options.js';

/** What the ways in and out know of their connection. */
export interface Link<In, Out> {
  /** The options as they are now. */
  readonly getOptions: () => ResolvedOptions<In, Out>;
  readonly getStatus: () => ConnectionStatus;
  /** The socket that has opened, if one has. */
  readonly getSocket: () => WebSocket | null;
  /** Whether nothing is going to be sent any more. */
  readonly isOver: () => boolean;
  /** Whether anybody taps the connection: an event that costs something is not made for nobody. */
  readonly isTapped: () => boolean;
  /** Tells those who tap. */
  readonly emit: (happening: Happening<In, Out>) => void;
  readonly tell: Holders<In, Out>['tell'];
}
