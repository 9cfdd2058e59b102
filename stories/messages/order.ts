import { z } from 'zod';

import { json } from '../../src/index.js';

/** What the server may send. */
export const Quote = z.object({ symbol: z.string(), price: z.number().positive() });

/** What this side may send. */
export const Order = z.object({ symbol: z.string(), quantity: z.number().int().positive() });

/** The contract of both sides; the types of the messages come from the schemas. */
export const contract = json({ receive: Quote, send: Order });

/** What the server can be told to send: one message keeps the contract, the others break it. */
export const FRAMES: readonly { readonly name: string; readonly data: string | ArrayBuffer }[] = [
  { name: 'A good quote', data: '{"symbol":"ACME","price":118.25}' },
  { name: 'A price as text', data: '{"symbol":"ACME","price":"118.25"}' },
  { name: 'Broken JSON', data: '{"symbol":"ACME",' },
  { name: 'A binary frame', data: new ArrayBuffer(16) },
];
