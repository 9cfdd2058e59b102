declare const process: { readonly env: { readonly NODE_ENV?: string } };

const said = new Set<string>();

/** Warns of a misuse, once and in development only. */
export function warn(message: string): void {
  if (process.env.NODE_ENV === 'production' || said.has(message)) return;
  said.add(message);
  console.warn(`react-websocket-hooks: ${message}`);
}
