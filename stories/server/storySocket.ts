import { WebSocket as MockSocket } from 'mock-socket';

/**
 * The socket of mock-socket, corrected to behave like a browser's: a refused connection closes with 1006 (not
 * 1000), a closing handshake is clean, and a typed array is sent as bytes (not as the text `1,2,3`).
 */
export class StorySocket extends MockSocket {
  private hasOpened = false;

  override send(data: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>): void {
    super.send(ArrayBuffer.isView(data) ? bytesOf(data) : data);
  }

  /** mock-socket dispatches every event here; events for the server side also carry the data. */
  override dispatchEvent(event: Event, ...data: unknown[]): boolean {
    if (event.type === 'open') this.hasOpened = true;
    const corrected = event.type === 'close' ? this.correct(event as CloseEvent) : event;
    return Reflect.apply(super.dispatchEvent.bind(this), this, [corrected, ...data]) as boolean;
  }

  private correct({ code, reason }: CloseEvent): Event {
    const realCode = this.hasOpened ? code : 1006;
    return new CloseEvent('close', {
      code: realCode,
      reason: realCode === 1006 ? '' : reason,
      wasClean: realCode !== 1006,
    });
  }
}

function bytesOf(view: ArrayBufferView<ArrayBuffer>): ArrayBuffer {
  return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}
