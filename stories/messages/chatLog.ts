import type { DropReason, SendResult } from '../../src/index.js';

/** A chat message as sent over the wire. */
export interface ChatMessage {
  readonly id: number;
  readonly text: string;
}

/** Delivery state of a message: the result of `send()`, later the echo of the server or `onDrop`. */
export type Delivery = Exclude<SendResult, 'refused'> | 'delivered' | DropReason;

/** A message as its author sees it. */
export interface ChatLine extends ChatMessage {
  readonly delivery: Delivery;
}

/** What changes the log. */
export type ChatAction =
  | { readonly type: 'written'; readonly line: ChatLine }
  | { readonly type: 'received'; readonly message: ChatMessage }
  | { readonly type: 'dropped'; readonly message: ChatMessage; readonly reason: DropReason };

/** The reducer of the chat log. */
export function foldChat(lines: readonly ChatLine[], action: ChatAction): readonly ChatLine[] {
  if (action.type === 'written') return [...lines, action.line];
  const delivery = action.type === 'received' ? 'delivered' : action.reason;
  return lines.map((line) => (line.id === action.message.id ? { ...line, delivery } : line));
}

/** The delivery states as labels. */
export const DELIVERY_LABELS: Readonly<Record<Delivery, string>> = {
  queued: 'Waiting for the server',
  sent: 'Sent',
  delivered: 'Delivered',
  expired: 'Not sent: it waited too long',
  closed: 'Not sent: you left the chat',
  failed: 'Not sent: the connection failed',
  unmounted: 'Not sent: the chat was closed',
  replaced: 'Not sent: you switched to another chat',
};
