import { spawnSync } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { addCleanup, cleanUpAfterEach } from './cleanup.js';
import { startConnection, waitForOpen, waitForOutage } from './connection.js';
import { startServerProcess } from './serverProcess.js';

cleanUpAfterEach();

const NAMESPACE = `rwh-${process.pid}`;
const OUTER_LINK = `rwh${process.pid % 10_000}a`;
const INNER_LINK = `rwh${process.pid % 10_000}b`;

/** Runs `ip`. Throws an error with its output if it fails. */
function ip(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/**
 * Creates a second host on this machine: a network namespace connected by a veth pair, with the address 10.201.7.1
 * on this side and 10.201.7.2 inside.
 */
function createNamespace(): void {
  ip('netns', 'add', NAMESPACE);
  addCleanup(() => {
    ip('netns', 'delete', NAMESPACE);
  });
  ip('link', 'add', OUTER_LINK, 'type', 'veth', 'peer', 'name', INNER_LINK, 'netns', NAMESPACE);
  // Deleting a namespace removes its end of the pair only after a while, so that the pair is deleted explicitly.
  addCleanup(() => {
    ip('link', 'delete', OUTER_LINK);
  });
  ip('address', 'add', '10.201.7.1/24', 'dev', OUTER_LINK);
  ip('link', 'set', OUTER_LINK, 'up');
  ip('-n', NAMESPACE, 'address', 'add', '10.201.7.2/24', 'dev', INNER_LINK);
  ip('-n', NAMESPACE, 'link', 'set', INNER_LINK, 'up');
}

/** Returns why this machine cannot create a namespace, or `null`. With `CI` set it must be possible. */
function findObstacle(): string | null {
  if (process.env.CI) return null;
  const { status, error, stderr } = spawnSync('ip', ['netns', 'add', `${NAMESPACE}-try`], {
    encoding: 'utf8',
  });
  if (status !== 0) return error?.message ?? stderr.trim();
  ip('netns', 'delete', `${NAMESPACE}-try`);
  return null;
}

const reason = findObstacle();

describe.skipIf(reason !== null)(
  `a network that fails${reason === null ? '' : ` (this machine cannot create one: ${reason})`}`,
  () => {
    beforeEach(createNamespace);

    it('drops every packet: the heartbeat causes an outage, which ends when packets pass again', async () => {
      const server = await startServerProcess({
        host: '10.201.7.2',
        command: ['ip', 'netns', 'exec', NAMESPACE],
      });
      const connection = startConnection(`ws://10.201.7.2:${server.port}/echo`, {
        heartbeat: { message: 'ping', interval: 200, timeout: 200 },
        connectTimeout: 500,
      });
      await waitForOpen(connection);
      ip('-n', NAMESPACE, 'link', 'set', INNER_LINK, 'down');
      expect((await waitForOutage(connection)).cause).toMatchObject({
        code: 1006,
        opened: true,
        wasClean: false,
      });
      ip('-n', NAMESPACE, 'link', 'set', INNER_LINK, 'up');
      expect((await waitForOpen(connection)).lastClose?.code).toBe(1006);
    });

    it('resets a TCP connection that the server has dropped: the next frame causes an outage', async () => {
      const server = await startServerProcess({
        host: '10.201.7.2',
        command: ['ip', 'netns', 'exec', NAMESPACE],
      });
      const connection = startConnection(`ws://10.201.7.2:${server.port}/echo`, {
        // The timeout exceeds the duration of the test, so that only a TCP reset can end the socket.
        heartbeat: { message: 'ping', interval: 200, timeout: 600_000 },
      });
      await waitForOpen(connection);
      ip('-n', NAMESPACE, 'link', 'set', INNER_LINK, 'down');
      server.reset();
      await server.dials('/echo'); // its answer proves that the server sent its reset, which is lost
      ip('-n', NAMESPACE, 'link', 'set', INNER_LINK, 'up');
      expect((await waitForOutage(connection)).cause).toMatchObject({ code: 1006, opened: true });
      await waitForOpen(connection);
      expect(await server.dials('/echo')).toBe(2);
    });
  },
);
