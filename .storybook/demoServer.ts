import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../stories/server/demoServer.mjs', import.meta.url));

/** Not the port of `npm start`, and another one for each run, so that several can run on one machine. */
const PORT = 10_000 + (process.pid % 8_000);

/** The address of the server in story tests. */
export const testServerUrl = `ws://127.0.0.1:${PORT}`;

/** Vitest runs this before the story tests: the story `Live server` needs a real server. */
export default async function setup(): Promise<() => void> {
  const server = fork(script, {
    env: { ...process.env, PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('ready')) resolve();
    });
    server.once('exit', () => reject(new Error('The demo server exited.')));
  });
  return () => void server.kill();
}
