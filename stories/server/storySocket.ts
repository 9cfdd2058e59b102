import { WebSocket as MockSocket } from 'mock-socket';

/**
 * The socket of mock-socket, with its faults put right: a refused dial is 1006 there 1000, a closing
 * handshake is clean, and a typed array is sent as bytes instead of as the text `1,2,3`.
 */
export class StorySocket extends MockSocket {
  private hasOpened = false;

  override send(data: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>): void {
    super.send(ArrayBuffer.isView(data) ? bytesOf(data) : data);
  }

  /** Every event of a socket comes through here, those for the server's side with the data as well. */
  override dispatchEvent(event: Event, ...data: unknown[]): boolean {
    if (event.type === 'open') this.hasOpened = true;
    const told = event.type === 'close' ? this.correct(event as CloseEvent) : event;
    return Reflect.apply(super.dispatchEvent.bind(this), this, [told, ...data]) as boolean;
  }

  private correct({ code, reason }: CloseEvent): Event {
    const known = this.hasOpened ? code : 1006;
    return new CloseEvent('close', {
      code: known,
      reason: known === 1006 ? '' : reason,
      wasClean: known !== 1006,
    });
  }
}

function bytesOf(view: ArrayBufferView<ArrayBuffer>): ArrayBuffer {
  return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}
