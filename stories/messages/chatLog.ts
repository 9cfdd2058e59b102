import type { DropReason, SendResult } from '../../src/index.js';

/** A line of a chat as it goes over the wire. */
export interface ChatMessage {
  readonly id: number;
  readonly text: string;
}

/** Where a message stands: what `send()` said, then what the server or `onDrop` said. */
export type Standing = Exclude<SendResult, 'refused'> | 'delivered' | DropReason;

/** A line as its author sees it. */
export interface ChatLine extends ChatMessage {
  readonly standing: Standing;
}

/** What happens to a line. */
export type ChatAct =
  | { readonly type: 'written'; readonly line: ChatLine }
  | { readonly type: 'came'; readonly message: ChatMessage }
  | { readonly type: 'dropped'; readonly message: ChatMessage; readonly reason: DropReason };

/** Folds what happens into the lines of the chat. */
export function foldChat(lines: readonly ChatLine[], act: ChatAct): readonly ChatLine[] {
  if (act.type === 'written') return [...lines, act.line];
  const standing = act.type === 'came' ? 'delivered' : act.reason;
  return lines.map((line) => (line.id === act.message.id ? { ...line, standing } : line));
}

/** The standings as a person reads them. */
export const STANDINGS: Readonly<Record<Standing, string>> = {
  queued: 'Waiting for the server',
  sent: 'Sent',
  delivered: 'Delivered',
  expired: 'Not sent: it waited too long',
  closed: 'Not sent: the chat was left',
  failed: 'Not sent: the connection failed',
  unmounted: 'Not sent: the chat has gone',
  replaced: 'Not sent: another chat took its place',
};
