/** A socket whose handshake is never answered: it stays CONNECTING until it is closed. */
export class FrozenSocket extends EventTarget {
  readonly protocol = '';
  readonly bufferedAmount = 0;
  binaryType: BinaryType = 'blob';
  readyState = 0;
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;

  /** Throws, as a browser's socket does before it is open. */
  send(): void {
    throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
  }

  /** Closes at once. A browser would also dispatch `close`; the library does not wait for it. */
  close(): void {
    this.readyState = 3;
  }
}
