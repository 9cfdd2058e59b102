import { violationError, WebSocketError } from './errors.js';
import {
  describeType,
  type FrameKind,
  frameKind,
  frameSize,
  isMessageData,
  type MessageData,
  type RawMessage,
} from './frames.js';

/**
 * What each side of a connection may send.
 *
 * Use {@link json}, {@link text} or {@link binary}, or write one: `encode` and `decode` may throw, and
 * what they throw becomes the `cause` of a `contract` error.
 */
export interface MessageContract<In, Out> {
  /** The kind of frame that this side sends; another one throws before the wire. */
  readonly sends: FrameKind | 'any';
  /** The kind of frame that this side accepts; another one is a violation. */
  readonly accepts: FrameKind | 'any';
  encode(message: Out): MessageData;
  decode(data: RawMessage): In;
}

/**
 * The part of a Standard Schema (standardschema.dev, version 1) that is used here: zod, valibot, arktype
 * and others implement it, so that none of them is a dependency.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Text frames that hold JSON.
 *
 * `receive` validates what comes in, and its output type is the type of the messages; `send` validates
 * what goes out, and its input type is what `send()` takes. Without them the types are yours to state:
 * `json<In, Out>()`. A schema must validate synchronously, otherwise the first message is a `TypeError`.
 *
 * @example createConnection(url, { contract: json({ receive: z.object({ price: z.number() }) }) })
 */
export function json<In = unknown, Out = unknown>(schemas?: Record<string, never>): MessageContract<In, Out>;
export function json<Receive extends StandardSchema, Send extends StandardSchema>(schemas: {
  readonly receive: Receive;
  readonly send: Send;
}): MessageContract<OutputOf<Receive>, InputOf<Send>>;
export function json<Receive extends StandardSchema, Out = unknown>(schemas: {
  readonly receive: Receive;
  readonly send?: undefined;
}): MessageContract<OutputOf<Receive>, Out>;
export function json<Send extends StandardSchema, In = unknown>(schemas: {
  readonly receive?: undefined;
  readonly send: Send;
}): MessageContract<In, InputOf<Send>>;
export function json(
  schemas: { readonly receive?: StandardSchema | undefined; readonly send?: StandardSchema | undefined } = {},
): MessageContract<unknown, unknown> {
  const { receive, send } = schemas;
  return {
    sends: 'text',
    accepts: 'text',
    encode(message) {
      const data = JSON.stringify(send ? validate(send, message) : message) as string | undefined;
      if (data === undefined) throw new Error(`${describeType(message)} has no JSON form`);
      return data;
    },
    decode(data) {
      const message: unknown = JSON.parse(data as string);
      return receive ? validate(receive, message) : message;
    },
  };
}

/** Text frames, as strings. */
export function text(): MessageContract<string, string> {
  return { sends: 'text', accepts: 'text', encode: (message) => message, decode: (data) => data as string };
}

/** Binary frames, as `ArrayBuffer` (or `Blob` with `binaryType: 'blob'`: name it, `binary<Blob>()`). */
export function binary<In extends ArrayBuffer | Blob = ArrayBuffer>(): MessageContract<
  In,
  Exclude<MessageData, string>
> {
  return { sends: 'binary', accepts: 'binary', encode: (message) => message, decode: (data) => data as In };
}

type OutputOf<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['output'];
type InputOf<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['input'];

/** Thrown in the place of a violation: it is the program that is wrong, not the message. */
class AsynchronousSchemaError extends TypeError {
  constructor() {
    super(
      'A schema of the contract validates asynchronously; the order of messages needs a synchronous one.',
    );
    this.name = 'TypeError';
  }
}

function validate(schema: StandardSchema, value: unknown): unknown {
  const result = schema['~standard'].validate(value);
  if ('then' in result) throw new AsynchronousSchemaError();
  if (result.issues) throw new Error(result.issues.map(describeIssue).join('; '));
  return result.value;
}

function describeIssue({ message, path }: SchemaIssue): string {
  const place = path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  return place ? `${place}: ${message}` : message;
}

type Direction = 'incoming' | 'outgoing';

/** Encodes a message under a contract; throws a `contract` error, or the `TypeError` of an asynchronous schema. */
export function encode<Out>(contract: MessageContract<unknown, Out> | undefined, message: Out): MessageData {
  let data: unknown = message;
  if (contract) {
    try {
      data = contract.encode(message);
    } catch (error) {
      throw asViolation('outgoing', error);
    }
  }
  expectKind('outgoing', contract?.sends, data);
  return data as MessageData;
}

/** Decodes a frame under a contract; throws like {@link encode}. */
export function decode<In>(
  contract: MessageContract<In, never> | undefined,
  data: RawMessage,
  maxSize: number,
): In {
  if (maxSize < Infinity && isLarger(data, maxSize)) {
    throw violationError('incoming', `it is larger than maxMessageSize (${maxSize} bytes)`);
  }
  if (!contract) return data as In;
  expectKind('incoming', contract.accepts, data);
  try {
    return contract.decode(data);
  } catch (error) {
    throw asViolation('incoming', error);
  }
}

function expectKind(direction: Direction, expected: FrameKind | 'any' = 'any', data: unknown): void {
  if (!isMessageData(data))
    throw violationError(direction, `${describeType(data)} is neither text nor binary data`);
  const kind = frameKind(data);
  if (expected !== 'any' && expected !== kind)
    throw violationError(direction, `it is ${kind}, and ${expected} was agreed`);
}

function asViolation(direction: Direction, error: unknown): unknown {
  if (error instanceof WebSocketError || error instanceof AsynchronousSchemaError) return error;
  return violationError(direction, error instanceof Error ? error.message : String(error), error);
}

/** Counts the bytes of a text only where its length leaves a doubt: n UTF-16 units are n to 3n bytes. */
function isLarger(data: RawMessage, maxSize: number): boolean {
  if (typeof data === 'string' && data.length * 3 <= maxSize) return false;
  return (typeof data === 'string' && data.length > maxSize) || frameSize(data) > maxSize;
}
