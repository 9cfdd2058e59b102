import { z } from 'zod';

import { json } from '../../src/index.js';

/** Messages from the server. */
export const Quote = z.object({ symbol: z.string(), price: z.number().positive() });

/** Messages to the server. */
export const Order = z.object({ symbol: z.string(), quantity: z.number().int().positive() });

/** The contract of both directions. Message types are inferred from the schemas. */
export const contract = json({ receive: Quote, send: Order });

/** Frames the server can send: the first matches the contract, the others violate it. */
export const FRAMES: readonly { readonly name: string; readonly data: string | ArrayBuffer }[] = [
  { name: 'Valid quote', data: '{"symbol":"ACME","price":118.25}' },
  { name: 'Price as text', data: '{"symbol":"ACME","price":"118.25"}' },
  { name: 'Broken JSON', data: '{"symbol":"ACME",' },
  { name: 'Binary frame', data: new ArrayBuffer(16) },
];
