/** What a socket takes: the argument of the WHATWG `WebSocket.send()`. */
export type MessageData = string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob;

/** What a socket hands over without a contract: text, or binary in the form of `binaryType`. */
export type RawMessage = string | ArrayBuffer | Blob;

/** The two kinds of data frame of RFC 6455 section 5.6. */
export type FrameKind = 'text' | 'binary';

/** What can be said of a frame without looking into it. */
export interface FrameInfo {
  readonly kind: FrameKind;
  /** The JavaScript type of its data: `'string'`, `'Uint8Array'`, `'Blob'` … */
  readonly type: string;
  /** Bytes of payload on the wire. */
  readonly size: number;
}

/** The bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * Describes the frame that a socket would make of this, or returns `undefined` where it would make a text like
 * `[object Object]`. Judged by shape: buffers of another realm are no instances of the classes of this one.
 */
export function describeFrame(data: unknown): FrameInfo | undefined {
  if (typeof data === 'string') return { kind: 'text', type: 'string', size: byteLength(data) };
  const shape = Object(data) as Partial<ArrayBuffer & Blob>;
  const size = ArrayBuffer.isView(data) || shape.slice ? (shape.byteLength ?? shape.size) : undefined;
  return size === undefined ? size : { kind: 'binary', type: typeName(data), size };
}

/** The name of the class of a value, also where its code is minified. */
export function typeName(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** The bytes of a frame as they are now, whatever the caller does with its buffer afterwards. */
export function freezeFrame(data: MessageData): MessageData {
  if (ArrayBuffer.isView(data)) return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  return data.slice(0);
}
