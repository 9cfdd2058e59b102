const given = new Set<string>();

/**
 * Writes a warning to the console, once for each text. Callers ask for a development build first, in the form that
 * bundlers replace and minifiers remove:
 * `try { if (process.env.NODE_ENV === 'production') return; … } catch { … }`, because browsers have no `process`.
 */
export function warnOnce(message: string): void {
  if (given.has(message)) return;
  given.add(message);
  console.warn(`react-websocket-hooks: ${message}`);
}
