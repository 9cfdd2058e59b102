import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import type { ControlCommand, ControlReply } from './realServers.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a page controls server processes: it posts a `ControlCommand` and receives a `ControlReply`. */
    controlUrl: string;
  }
}

const script = fileURLToPath(new URL('serverProcess.mjs', import.meta.url));

/** Server processes by port. A new process on a port replaces the previous entry. */
const processes = new Map<number, ChildProcess>();

async function start(port: number, fault: object): Promise<ControlReply> {
  const child = fork(script, [String(port), JSON.stringify(fault)]);
  const [reply] = (await once(child, 'message')) as [ControlReply];
  processes.set(reply.port, child);
  return reply;
}

async function perform(command: ControlCommand): Promise<ControlReply> {
  if (command.type === 'start') return start(command.port ?? 0, command.fault ?? {});
  const { port } = command;
  const child = processes.get(port);
  if (!child) throw new Error(`There is no server on port ${port}.`);
  const isGone = child.exitCode !== null || child.signalCode !== null;
  if (command.type === 'signal') {
    const ended = command.signal === 'SIGKILL' && !isGone ? once(child, 'exit') : undefined;
    child.kill(command.signal);
    await ended;
  } else if (command.type === 'down') {
    child.send(command);
    await once(child, 'exit');
  } else {
    child.send(command);
    const [reply] = (await once(child, 'message')) as [ControlReply];
    return { ...reply, port };
  }
  return { port };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const control = createServer((request: IncomingMessage, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    json(request)
      .then((command) => perform(command as ControlCommand))
      .then(
        (reply) => response.end(JSON.stringify(reply)),
        (error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
        },
      );
  });
  control.listen(0, '127.0.0.1');
  await once(control, 'listening');
  project.provide('controlUrl', `http://127.0.0.1:${(control.address() as AddressInfo).port}`);

  return async () => {
    for (const child of processes.values()) child.kill('SIGKILL');
    control.closeAllConnections();
    control.close();
    await once(control, 'close');
  };
}
