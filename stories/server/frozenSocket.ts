/** A socket whose handshake nobody answers: it goes on connecting until it is closed. */
export class FrozenSocket extends EventTarget {
  readonly protocol = '';
  readonly bufferedAmount = 0;
  binaryType: BinaryType = 'blob';
  readyState = 0;
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;

  /** Nobody is there to take it. */
  send(): void {
    throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
  }

  /** Gives up; a browser would tell its listeners of it a moment later. */
  close(): void {
    this.readyState = 3;
  }
}
