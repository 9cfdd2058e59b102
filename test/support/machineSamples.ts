import { type CloseInfo, createCloseInfo } from '../../src/core/closeInfo.js';
import { closeError, WebSocketError } from '../../src/core/errors.js';
import {
  type Decision,
  INITIAL,
  type Machine,
  type MachineEvent,
  transition,
} from '../../src/core/machine.js';
import { decideClose } from '../../src/core/reconnect/decideClose.js';
import { NO_OUTAGE, type Outage } from '../../src/core/reconnect/outage.js';
import { type ReconnectPolicy, resolveReconnect } from '../../src/core/reconnect/reconnectRules.js';

/** The time of all events in the tests of the machine. */
export const NOW = 1_000_000;

export const lost = createCloseInfo({ code: 1006, opened: true, at: NOW });
export const refused = createCloseInfo({ code: 1006, opened: false, at: NOW });
export const restart = createCloseInfo({ code: 1012, opened: true, wasClean: true, at: NOW });
export const normal = createCloseInfo({ code: 1000, opened: true, wasClean: true, at: NOW });
export const rejected = createCloseInfo({ code: 1003, opened: true, at: NOW });
/** A close by this side. */
export const local = createCloseInfo({ code: 1000, opened: true, local: true, at: NOW });
export const setup = new WebSocketError('No socket can be made.', { kind: 'setup', hint: 'Fix it.' });

const NO_TRAFFIC = { wasEverOpen: true, lastSent: null, lastSentOfOtherKind: null, isOutdated: false };

/** The decision about a close, which a connection passes to the machine. */
export function decisionFor(
  close: CloseInfo,
  outage: Outage = NO_OUTAGE,
  policy?: ReconnectPolicy,
  draw = 0.5,
): Decision {
  const decision = decideClose({ close, outage, rules: resolveReconnect(policy), random: () => draw });
  if (decision.type === 'stop') return decision;
  if (decision.type === 'reconnect')
    return { type: 'reconnect', outage: decision.outage, retryAt: close.at + decision.delay };
  const context = { attempts: outage.attempt, url: 'wss://example.com/', traffic: NO_TRAFFIC };
  return { type: 'fail', error: closeError(decision.kind, decision.close, context) };
}

/** A socket ended; the draw is in the middle of the window. `outage` is that of the machine before. */
export function closedWith(
  close: CloseInfo,
  policy?: ReconnectPolicy,
  draw?: number,
  outage?: Outage,
): MachineEvent {
  return { type: 'closed', close, decision: decisionFor(close, outage, policy, draw) };
}

/** A close that is decided upon when its turn comes, as a connection does. */
export type Step = MachineEvent | ((machine: Machine) => MachineEvent);

/** A socket ended, in whatever outage the machine is. */
export const whenClosed =
  (close: CloseInfo, policy?: ReconnectPolicy): Step =>
  (machine) =>
    closedWith(close, policy, undefined, machine.outage);

/** The machine after a row of events. */
export function machineAfter(...steps: readonly Step[]): Machine {
  return steps.reduce<Machine>(
    (machine, step) => transition(machine, typeof step === 'function' ? step(machine) : step)[0],
    INITIAL,
  );
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
