import type { ConnectionCallbacks, ConnectionEventBody } from './events.js';
import type { MessageData } from './messages/frames.js';
import type { Traffic } from './messages/traffic.js';
import type { ConnectionConfig } from './options.js';

/** The callbacks that are called with one argument; messages are delivered in another way. */
export type CallbackName = Exclude<keyof ConnectionCallbacks, 'onMessage'>;

/** What a callback is called with. */
export type CallbackInfo<Name extends CallbackName, In, Out> = Parameters<
  NonNullable<ConnectionCallbacks<In, Out>[Name]>
>[0];

/** What the parts of a connection see of it. */
export interface ConnectionHost<In, Out> {
  /** The options in force now. */
  readonly config: ConnectionConfig<In, Out>;
  readonly traffic: Traffic;
  /** Whether the present socket takes messages. */
  readonly canTransmit: boolean;
  /** Whether a dial is under way or waited for. */
  readonly isConnecting: boolean;
  /** Whether nothing will be sent any more: closed, failed, or released by the component that it belongs to. */
  readonly refusesMessages: boolean;
  /** Whether there is a listener for events, so that an event that costs something is not made in vain. */
  readonly isTapped: boolean;
  /** Hands the data of a frame to the socket. */
  transmit(data: MessageData): void;
  /** Calls the listeners of `onEvent`. */
  emit(body: ConnectionEventBody<In, Out>): void;
  /** Calls this callback of everything that uses the connection. */
  callObservers<Name extends CallbackName>(name: Name, info: CallbackInfo<Name, In, Out>): void;
}
