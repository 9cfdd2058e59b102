import { warnOnce } from '../core/platform/warnOnce.js';

declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** Options of the component; every other one belongs to the connection. */
const COMPONENT_OPTIONS = ['enabled', 'throwOnError', 'onOpen', 'onMessage', 'onClose', 'onError', 'onDrop'];

/** Warns, in development only, of options without effect: the connection was created elsewhere. */
export function warnOfUnusedOptions(options: object): void {
  try {
    if (process.env.NODE_ENV === 'production') return;
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined || COMPONENT_OPTIONS.includes(name)) continue;
      warnOnce(
        `the option ${name} has no effect here, because the connection was created elsewhere: pass it there.`,
      );
    }
  } catch {
    // There is no `process` in this bundle.
  }
}

/**
 * Warns, in development only, of components that share a connection and pass different options; functions are not
 * compared.
 */
export function warnOfConflict(optionsInForce: object, options: object): void {
  try {
    if (process.env.NODE_ENV === 'production') return;
    const first = optionsInForce as Record<string, unknown>;
    const second = options as Record<string, unknown>;
    for (const name of Object.keys({ ...first, ...second })) {
      if (COMPONENT_OPTIONS.includes(name) || isAlike(first[name], second[name])) continue;
      warnOnce(
        `components that share a connection pass different values of the option ${name}: that of the first one counts.`,
      );
    }
  } catch {
    // There is no `process` in this bundle.
  }
}

function isAlike(first: unknown, second: unknown): boolean {
  try {
    return Object.is(first, second) || JSON.stringify(first) === JSON.stringify(second);
  } catch {
    // A value without a JSON form cannot be compared.
    return true;
  }
}
