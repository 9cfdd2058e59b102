import { spawnSync } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { endAfterEach, finallyDo, startServer, untilLost, untilOpen, use } from './bench.js';

endAfterEach();

const SPACE = `rwh-${process.pid}`;
const HERE = `rwh${process.pid % 10_000}a`;
const THERE = `rwh${process.pid % 10_000}b`;

/** Runs `ip`; what goes wrong is told with the words of the command. */
function ip(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/** A second host on this machine: a network namespace with a cable to it, 10.201.7.1 here and .2 there. */
function layCable(): void {
  ip('netns', 'add', SPACE);
  finallyDo(() => {
    ip('netns', 'delete', SPACE);
  });
  ip('link', 'add', HERE, 'type', 'veth', 'peer', 'name', THERE, 'netns', SPACE);
  // A namespace takes its time to go, and its end of the cable with it.
  finallyDo(() => {
    ip('link', 'delete', HERE);
  });
  ip('address', 'add', '10.201.7.1/24', 'dev', HERE);
  ip('link', 'set', HERE, 'up');
  ip('-n', SPACE, 'address', 'add', '10.201.7.2/24', 'dev', THERE);
  ip('-n', SPACE, 'link', 'set', THERE, 'up');
}

/** Why no second host can be made here, or `null`. In CI it must be possible. */
function whyNot(): string | null {
  if (process.env.CI) return null;
  const { status, error, stderr } = spawnSync('ip', ['netns', 'add', `${SPACE}-try`], { encoding: 'utf8' });
  if (status !== 0) return error?.message ?? stderr.trim();
  ip('netns', 'delete', `${SPACE}-try`);
  return null;
}

const reason = whyNot();

describe.skipIf(reason !== null)(
  `a network that ${reason === null ? 'fails' : `cannot be made here: ${reason}`}`,
  () => {
    beforeEach(layCable);

    it('drops every packet: the heartbeat finds out, and the connection is back when the packets are', async () => {
      const server = await startServer({ host: '10.201.7.2', command: ['ip', 'netns', 'exec', SPACE] });
      const connection = use(`ws://10.201.7.2:${server.port}/echo`, {
        heartbeat: { message: 'ping', interval: 200, timeout: 200 },
        connectTimeout: 500,
      });
      await untilOpen(connection);
      ip('-n', SPACE, 'link', 'set', THERE, 'down');
      expect((await untilLost(connection)).cause).toMatchObject({
        code: 1006,
        opened: true,
        wasClean: false,
      });
      ip('-n', SPACE, 'link', 'set', THERE, 'up');
      expect((await untilOpen(connection)).lastClose?.code).toBe(1006);
    });

    it('resets a connection that the other side has forgotten: the next frame finds out', async () => {
      const server = await startServer({ host: '10.201.7.2', command: ['ip', 'netns', 'exec', SPACE] });
      const connection = use(`ws://10.201.7.2:${server.port}/echo`, {
        // Only a reset can end it: an answer would be waited for longer than the test lasts.
        heartbeat: { message: 'ping', interval: 200, timeout: 600_000 },
      });
      await untilOpen(connection);
      ip('-n', SPACE, 'link', 'set', THERE, 'down');
      server.reset();
      await server.dials('/echo'); // it has obeyed, and its reset is lost
      ip('-n', SPACE, 'link', 'set', THERE, 'up');
      expect((await untilLost(connection)).cause).toMatchObject({ code: 1006, opened: true });
      await untilOpen(connection);
      expect(await server.dials('/echo')).toBe(2);
    });
  },
);
