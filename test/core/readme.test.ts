import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { describeCloseCode } from '../../src/closeCodes/index.js';
import { createCloseInfo } from '../../src/core/closeInfo.js';
import type { ConnectionStatus } from '../../src/core/connectionState.js';
import {
  INITIAL,
  type Machine,
  type MachineEvent,
  type Transition,
  transition,
} from '../../src/core/machine.js';
import { root } from '../setup.mjs';
import { closedWith } from '../support/machineSamples.js';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const statePage = read('stories/guide/connection-state.md');

/** Returns the rows of the table whose header begins with these columns, without padding. */
function readTable(...columns: string[]): string[][] {
  const lines = statePage.split('\n');
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const start = lines.findIndex(
    (line) => line.startsWith('|') && columns.every((column, index) => cells(line)[index] === column),
  );
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map(cells);
}

describe('the table of close codes', () => {
  it('treats every other number like 1006', () => {
    for (const code of [0, 999, 1016, 2999, 5000, 65_535, NaN])
      expect(describeCloseCode(code).rule).toBe(describeCloseCode(1006).rule);
  });
});

describe('the state tables of the guide', () => {
  const at = { code: 1006, opened: true, at: 0 };
  const ended = (code: number): MachineEvent =>
    closedWith(createCloseInfo({ ...at, code, wasClean: code !== 1006 }));
  const local = createCloseInfo({ ...at, code: 1000, local: true });
  const run = (...events: MachineEvent[]): Machine =>
    events.reduce((machine, event) => transition(machine, event)[0], INITIAL);

  const machines: Record<ConnectionStatus, Machine> = {
    idle: INITIAL,
    connecting: run({ type: 'connect' }),
    open: run({ type: 'connect' }, { type: 'opened' }),
    reconnecting: run({ type: 'connect' }, { type: 'opened' }, ended(1006)),
    closed: run({ type: 'connect' }, { type: 'close', close: local }),
    failed: run({ type: 'connect' }, { type: 'opened' }, ended(1003)),
  };
  /** Only a connection with a dial in progress can open, also during an outage. */
  const dialling = run({ type: 'connect' }, { type: 'opened' }, ended(1006), { type: 'due' });
  const statuses = Object.keys(machines) as ConnectionStatus[];

  it('contain the six states', () => {
    const names = statuses.map((status) => `\`${status}\``);
    expect(readTable('`status`', 'Meaning').map(([state]) => state)).toEqual(names);
    expect(readTable('State', 'Is used').map(([state]) => state)).toEqual(names);
  });

  describe.each(statuses)('%s', (status) => {
    const machine = machines[status];
    const [, used, opens, ends, time, close, reconnect] = readTable('State', 'Is used').find(
      ([state]) => state === `\`${status}\``,
    )!;

    /** Checks that a cell begins with the next state, or is a dash if nothing happens. */
    const expectCell = (cell: string | undefined, from: Machine, [next, effects]: Transition): void => {
      if (cell === '–') {
        expect(next).toBe(from);
        expect(effects).toEqual([]);
      } else {
        expect(/^`(\w+)`/.exec(cell ?? '')?.[1]).toBe(next.snapshot.status);
      }
    };

    it('describe the first use', () => expectCell(used, machine, transition(machine, { type: 'connect' })));
    it('describe an opening socket', () => {
      const from = status === 'reconnecting' ? dialling : machine;
      expectCell(opens, from, transition(from, { type: 'opened' }));
    });
    it('describe a closing socket', () => {
      const next = [1000, 1003, 1012].map((code) => transition(machine, ended(code))[0].snapshot.status);
      if (ends === 'by its code') expect(next).toEqual(['closed', 'failed', 'reconnecting']);
      else {
        expect(ends).toBe('–');
        expect(next).toEqual([status, status, status]);
      }
    });
    it('describe the timers', () => {
      if (status === 'reconnecting') expectCell(time, machine, transition(machine, { type: 'due' }));
      else {
        expect(transition(machine, { type: 'due' })[0]).toBe(machine);
        expect(time !== '–').toBe(status === 'connecting' || status === 'open');
      }
    });
    it('describe close()', () =>
      expectCell(close, machine, transition(machine, { type: 'close', close: local })));
    it('describe reconnect()', () =>
      expectCell(reconnect, machine, transition(machine, { type: 'reconnect', close: null, isUsed: true })));
    it('describe the release by the last component', () => {
      const next = transition(machine, { type: 'release', close: null })[0].snapshot.status;
      expect(next).toBe(status === 'failed' ? 'failed' : 'idle');
    });
  });
});
