import { type CloseInfo, createCloseInfo } from '../../src/core/closeCodes.js';
import { WebSocketError } from '../../src/core/errors.js';
import { INITIAL, type Machine, type MachineEvent, transition } from '../../src/core/machine.js';
import { type ReconnectPolicy, resolveReconnect } from '../../src/core/reconnectRules.js';

/** The time of everything that happens in the tests of the machine. */
export const NOW = 1_000_000;

export const lost = createCloseInfo({ code: 1006, opened: true, at: NOW });
export const refused = createCloseInfo({ code: 1006, opened: false, at: NOW });
export const restart = createCloseInfo({ code: 1012, opened: true, at: NOW });
export const normal = createCloseInfo({ code: 1000, opened: true, at: NOW });
export const rejected = createCloseInfo({ code: 1003, opened: true, at: NOW });
/** The end of a connection by this side. */
export const local = createCloseInfo({ code: 1000, opened: true, local: true, at: NOW });
export const setup = new WebSocketError('No socket can be made.', { kind: 'setup', hint: 'Mend it.' });

/** A socket ended; the draw is in the middle of the window. */
export function closedWith(close: CloseInfo, policy?: ReconnectPolicy, draw = 0.5): MachineEvent {
  return { type: 'closed', close, rules: resolveReconnect(policy), draw, lastSent: null };
}

/** The machine after a row of events. */
export function machineAfter(...events: readonly MachineEvent[]): Machine {
  return events.reduce<Machine>((machine, event) => transition(machine, event)[0], INITIAL);
}

const connect: MachineEvent = { type: 'connect' };
const opened: MachineEvent = { type: 'opened' };

/** One machine for every row of the state table; an outage has three. */
export const MACHINES = {
  idle: INITIAL,
  connecting: machineAfter(connect),
  open: machineAfter(connect, opened),
  delay: machineAfter(connect, opened, closedWith(restart)),
  network: machineAfter(connect, opened, closedWith(restart), { type: 'offline' }),
  handshake: machineAfter(connect, opened, closedWith(restart), { type: 'due' }),
  closed: machineAfter(connect, opened, closedWith(normal)),
  failed: machineAfter(connect, opened, closedWith(rejected)),
} as const;
