declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** Options of the component; any other one belongs to the connection. */
const OWN = ['enabled', 'throwOnError', 'onOpen', 'onMessage', 'onClose', 'onError', 'onDrop'];

const said = new Set<string>();

/** Warns, in development only, of options that have no effect where the connection was made elsewhere. */
export function warnOfIdleOptions(source: unknown, setup: unknown, options: object): void {
  if (process.env.NODE_ENV === 'production' || !source || setup) return;
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || OWN.includes(name)) continue;
    warn(`the option ${name} has no effect here, because the connection was made elsewhere: give it there.`);
  }
}

interface Given {
  readonly given: object;
}

/**
 * Warns, in development only, where components that share a connection do not agree about it; functions are
 * not compared.
 */
export function warnOfConflict(
  isShared: unknown,
  connection: { readonly getSetup: () => Given },
  setup: Given | null,
): void {
  if (process.env.NODE_ENV === 'production' || !isShared) return;
  const one = { ...connection.getSetup().given } as Record<string, unknown>;
  const two = { ...setup?.given } as Record<string, unknown>;
  for (const name of Object.keys({ ...one, ...two })) {
    if (OWN.includes(name) || isAlike(one[name], two[name])) continue;
    warn(
      `components that share a connection give it different values of the option ${name}: the first one counts.`,
    );
  }
}

function isAlike(one: unknown, two: unknown): boolean {
  try {
    return Object.is(one, two) || JSON.stringify(one) === JSON.stringify(two);
  } catch {
    // A value without a JSON form, which is no reason to do without the connection.
    return true;
  }
}

/** Each warning is given once. */
function warn(message: string): void {
  if (said.has(message)) return;
  said.add(message);
  console.warn(`react-websocket-hooks: ${message}`);
}
