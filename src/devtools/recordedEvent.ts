import type { ConnectionEvent, FrameKind } from '../core/index.js';
import { describeEvent, detailEvent, MAX_DETAILS_LENGTH } from './eventTexts.js';
import { preview } from './preview.js';

/** A message of more bytes is kept as its preview. */
const MAX_MESSAGE_BYTES = 65_536;
/** What an event costs beside its content, roughly. */
const OVERHEAD_BYTES = 200;
/** How much of a message its line shows. */
const LINE_LENGTH = 200;

const UNREADABLE = '[unreadable]';

/** What is known of a frame without its message. */
export interface RecordedFrame {
  readonly direction: 'received' | 'sent';
  readonly kind: FrameKind;
  readonly size: number;
}

/**
 * An event as the devtools keep it. A small message is kept as it is, so that a burst of messages costs little;
 * anything else is kept as text of limited length.
 */
export class RecordedEvent {
  readonly id: number;
  readonly type: ConnectionEvent['type'];
  readonly at: number;
  /** One line about it, without the message. */
  readonly summary: string;
  /** For events of a frame that was received, sent or queued. */
  readonly frame: RecordedFrame | null;
  /** The memory it takes, roughly: messages count with their bytes on the wire. */
  readonly bytes: number;
  readonly #message: unknown;
  readonly #text: string | null;
  #line: string | null = null;

  constructor(id: number, event: ConnectionEvent) {
    const { type, at } = event;
    this.id = id;
    this.type = type;
    this.at = at;
    this.frame = frameOf(event);
    this.summary = orUnreadable(() => describeEvent(event));
    const size = this.frame?.size ?? 0;
    if ('message' in event && this.frame && size <= MAX_MESSAGE_BYTES) {
      this.#message = event.message;
      this.#text = null;
    } else {
      this.#text =
        'message' in event
          ? preview(event.message, { isMultiline: true, maxLength: MAX_DETAILS_LENGTH })
          : orUnreadable(() => detailEvent(event));
    }
    this.bytes = OVERHEAD_BYTES + this.summary.length + (this.#text?.length ?? size);
  }

  /** What its line shows: the summary and the beginning of the message. */
  get line(): string {
    this.#line ??= this.#hasMessage() ? `${this.summary} ${this.messageLine}` : this.summary;
    return this.#line;
  }

  /** The beginning of the message in one line, or an empty text. */
  get messageLine(): string {
    if (!this.#hasMessage()) return '';
    return preview(this.#text ?? this.#message, { maxLength: LINE_LENGTH }).replace(/\s+/g, ' ');
  }

  /** Everything that is known about it, on several lines. */
  get details(): string {
    return this.#text ?? preview(this.#message, { isMultiline: true, maxLength: MAX_DETAILS_LENGTH });
  }

  /** The text to copy: a message that is kept as it is, in full. */
  get copyText(): string {
    if (typeof this.#message === 'string') return this.#message;
    if (this.#text !== null || isBinary(this.#message)) return this.details;
    try {
      return jsonOf(this.#message) ?? this.details;
    } catch {
      return this.details;
    }
  }

  #hasMessage(): boolean {
    return this.frame !== null || this.type === 'dropped';
  }
}

function frameOf(event: ConnectionEvent): RecordedFrame | null {
  switch (event.type) {
    case 'message':
      return { direction: 'received', kind: event.kind, size: event.size };
    case 'sent':
    case 'queued':
      return { direction: 'sent', kind: event.kind, size: event.size };
    default:
      return null;
  }
}

/** An error may be of a class of the application, with getters that throw. */
function orUnreadable(makeText: () => string): string {
  try {
    return makeText();
  } catch {
    return UNREADABLE;
  }
}

function jsonOf(message: unknown): string | undefined {
  return JSON.stringify(message, null, 2);
}

function isBinary(message: unknown): boolean {
  return (
    /^\[object (ArrayBuffer|Blob|File)\]$/.test(Object.prototype.toString.call(message)) ||
    ArrayBuffer.isView(message)
  );
}
