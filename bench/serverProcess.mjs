import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts the server in another process; `call` runs one of its commands. */
export async function startServer(pageScript) {
  const child = fork(fileURLToPath(new URL('server.mjs', import.meta.url)), [pageScript]);
  const [{ port }] = await once(child, 'message');
  const pending = new Map();
  let lastId = 0;
  child.on('message', ({ id, result }) => {
    pending.get(id)(result);
    pending.delete(id);
  });
  return {
    page: `http://127.0.0.1:${port}/`,
    url: (path) => `ws://127.0.0.1:${port}/${path}`,
    call: (name, ...args) =>
      new Promise((resolve) => {
        lastId += 1;
        pending.set(lastId, resolve);
        child.send({ id: lastId, name, args });
      }),
    stop: () => child.kill(),
  };
}
