const nextTask = () => new Promise((resolve) => setImmediate(resolve));

/** Bytes in use after garbage collection; needs `--expose-gc`. */
export async function heapUsed() {
  for (let i = 0; i < 5; i += 1) {
    globalThis.gc();
    await nextTask();
  }
  return process.memoryUsage().heapUsed;
}
