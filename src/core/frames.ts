/** What a socket takes: the argument of the WHATWG `WebSocket.send()`. */
export type MessageData = string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob;

/** What a socket hands over without a contract: text, or binary in the form of `binaryType`. */
export type RawMessage = string | ArrayBuffer | Blob;

/** The two kinds of data frame of RFC 6455 section 5.6. */
export type FrameKind = 'text' | 'binary';

/**
 * Whether a socket would take this as it is, instead of making a text like `[object Object]` of it. Judged by
 * shape, because buffers and blobs of another realm are no instances of the classes of this one.
 */
export function isMessageData(data: unknown): data is MessageData {
  if (typeof data === 'string' || ArrayBuffer.isView(data)) return true;
  const { slice, byteLength, size } = Object(data) as Partial<ArrayBuffer & Blob>;
  return typeof slice === 'function' && typeof (byteLength ?? size) === 'number';
}

/** The kind of frame that a socket makes of this. */
export function frameKind(data: MessageData): FrameKind {
  return typeof data === 'string' ? 'text' : 'binary';
}

/** Bytes of payload on the wire. */
export function frameSize(data: MessageData): number {
  if (typeof data === 'string') return new TextEncoder().encode(data).length;
  return 'byteLength' in data ? data.byteLength : data.size;
}

/** The JavaScript type of a value, as `SentFrame.type` names it: `'string'`, `'Uint8Array'`, `'Blob'` … */
export function describeType(value: unknown): string {
  return typeof value === 'string' ? 'string' : Object.prototype.toString.call(value).slice(8, -1);
}

/** The bytes of a frame as they are now, whatever the caller does with its buffer afterwards. */
export function freezeFrame(data: MessageData): MessageData {
  if (typeof data === 'string' || !('byteLength' in data)) return data;
  return ArrayBuffer.isView(data)
    ? data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)
    : data.slice(0);
}
