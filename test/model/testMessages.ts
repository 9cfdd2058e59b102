/** Messages with names, so that each one can be followed, in the form of every contract. */
import { json, text } from '../../src/core/index.js';
import type { ModelOptions } from './modelTypes.js';

type Contract = ModelOptions['contract'];

export const contracts = {
  none: undefined,
  text: text(),
  json: json({ receive: namedMessageSchema() }),
} as const;

/** A message that this side may send. */
export function outgoing(contract: Contract, id: string, padding = 0): unknown {
  const padded = `${id} ${'.'.repeat(padding)}`;
  return contract === 'json' ? { id: padded } : padded;
}

/** The bytes of that message on the wire. */
export const sizeOf = (contract: Contract, message: unknown): number =>
  contract === 'json' ? JSON.stringify(message).length : String(message).length;

/** A message that this side may not send. */
export const invalidOutgoing = (contract: Contract): unknown =>
  contract === 'text' ? new Uint8Array(2) : undefined;

/** What the server sends. */
export function incoming(contract: Contract, what: 'good' | 'rubbish' | 'pong', id: string): unknown {
  if (what === 'rubbish' && contract === 'text') return new ArrayBuffer(2);
  if (what === 'rubbish' && contract === 'json') return '{"id":';
  return contract === 'json' ? JSON.stringify({ id }) : id;
}

/** The name of a message, or of the frame that was made of it. */
export function nameOf(message: unknown): string {
  if (message instanceof ArrayBuffer) return new TextDecoder().decode(message);
  const known = typeof message === 'string' && message.startsWith('{') ? JSON.parse(message) : message;
  const padded = typeof known === 'string' ? known : (known as { readonly id: string }).id;
  return padded.split(' ')[0] ?? '';
}

/** A Standard Schema for messages with a name. */
function namedMessageSchema() {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value: unknown) =>
        typeof (value as { id?: unknown } | null)?.id === 'string'
          ? { value: value as { readonly id: string } }
          : { issues: [{ message: 'the message has no name' }] },
    },
  } as const;
}
