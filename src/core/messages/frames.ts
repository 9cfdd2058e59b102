import { typeName } from '../platform/printable.js';

/** A view of memory that is not shared, written so that every TypeScript since 5.0 understands it. */
export type UnsharedView = ArrayBufferView & { readonly buffer: ArrayBuffer };

/** What a socket takes: the argument of the WHATWG `WebSocket.send()`. */
export type MessageData = string | ArrayBuffer | UnsharedView | Blob;

/** What a socket delivers without a contract: text, or binary data in the form of the `binaryType` option. */
export type RawMessage = string | ArrayBuffer | Blob;

/** The two kinds of data frame of RFC 6455 section 5.6. */
export type FrameKind = 'text' | 'binary';

/** What can be said about a frame without looking into its data. */
export interface FrameInfo {
  readonly kind: FrameKind;
  /** The JavaScript type of its data: `'string'`, `'Uint8Array'`, `'Blob'` … */
  readonly type: string;
  /** Bytes of payload on the wire. */
  readonly size: number;
}

/** A frame that a connection handed to a socket. */
export interface SentFrame extends FrameInfo {
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
}

/** The bytes of a text in UTF-8. It counts without making a copy, and needs no `TextEncoder`. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes.
    if (isSurrogatePair(unit, text.charCodeAt(i + 1))) i += 1;
    else if (unit < 0x800) bytes -= 1;
    bytes += 2;
  }
  return bytes;
}

function isSurrogatePair(first: number, second: number): boolean {
  return first >= 0xd800 && first <= 0xdbff && second >= 0xdc00 && second <= 0xdfff;
}

/** The kind and type of the frame that a socket would make, or `null` where it would send a text like `[object Object]`. */
export function describeFrame(data: unknown): Pick<FrameInfo, 'kind' | 'type'> | null {
  if (typeof data === 'string') return { kind: 'text', type: 'string' };
  return binarySize(data) === undefined ? null : { kind: 'binary', type: typeName(data) };
}

/** The bytes of payload of a frame. */
export function frameSize(data: MessageData): number {
  return typeof data === 'string' ? utf8Length(data) : (binarySize(data) ?? 0);
}

/** Whether a frame has more bytes than allowed. A text is counted only where its length does not decide. */
export function isLargerThan(data: MessageData, maxSize: number): boolean {
  if (typeof data !== 'string') return (binarySize(data) ?? 0) > maxSize;
  // One UTF-16 code unit is one to three bytes.
  return data.length > maxSize || (data.length * 3 > maxSize && utf8Length(data) > maxSize);
}

/** Judged by shape, because buffers of another realm are no instances of the classes of this one. */
function binarySize(data: unknown): number | undefined {
  const shape = Object(data) as Partial<ArrayBuffer & Blob>;
  return ArrayBuffer.isView(data) || shape.slice ? (shape.byteLength ?? shape.size) : undefined;
}

/** A copy of the bytes as they are now, whatever the caller does with its buffer afterwards. */
export function freezeFrame(data: MessageData): MessageData {
  if (ArrayBuffer.isView(data)) return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  return data.slice(0);
}
