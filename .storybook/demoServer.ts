import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../stories/server/demoServer.mjs', import.meta.url));

/** A port that `npm start` does not use, so that both can run on one machine. */
const PORT = 18_787;

/** Where the stories find the server while they are tested. */
export const testServerUrl = `ws://127.0.0.1:${PORT}`;

/** Vitest calls this before the stories are tested: the live one plays against the real server. */
export default async function setup(): Promise<() => void> {
  const server = fork(script, {
    env: { ...process.env, PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('ready')) resolve();
    });
    server.once('exit', () => reject(new Error('The demo server has ended.')));
  });
  return () => void server.kill();
}
