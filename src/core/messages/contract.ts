import { asError, violationError } from '../errors.js';
import { printable, typeName } from '../platform/printable.js';
import {
  describeFrame,
  frameSize,
  type FrameInfo,
  type FrameKind,
  isLargerThan,
  type MessageData,
  type RawMessage,
} from './frames.js';

/**
 * What each side of a connection may send.
 *
 * Use {@link json}, {@link text} or {@link binary}, or write your own: `encode` and `decode` may throw, and what they
 * throw becomes the `cause` of a `contract` error.
 */
export interface MessageContract<In, Out> {
  /** The kind of frame that this side sends; another one throws before anything is sent. */
  readonly sends: FrameKind | 'any';
  /** The kind of frame that this side accepts; another one is a violation. */
  readonly accepts: FrameKind | 'any';
  /** Makes the data of a frame from a message. */
  encode(message: Out): MessageData;
  /** Makes a message from the data of a frame. A contract without `decodeAll` needs it. */
  decode?(data: RawMessage): In;
  /** Makes several messages from the data of one frame; it takes the place of `decode` where the server batches. */
  decodeAll?(data: RawMessage): readonly In[];
}

/** Options that say what the messages are; without a contract they are the raw data of frames. */
export interface WithContract<In, Out> {
  readonly contract: MessageContract<In, Out>;
}

/**
 * A message that an option holds. It may be written with literals and read-only arrays, and `Out` is not inferred from
 * it: what `send()` takes is decided by the contract.
 */
export type OwnMessage<Message> = unknown extends Message
  ? unknown
  : Message extends AnyFunction
    ? AnyFunction
    : { readonly [Key in keyof Message]: OwnMessage<Message[Key]> };
type AnyFunction = (...args: never) => unknown;

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

/** Whether each frame holds one message, or an array of them. */
interface JsonOptions<Batch extends boolean = boolean> {
  /**
   * With `true` every incoming frame holds an array of messages, and each is validated and delivered by itself. One
   * that is invalid is a violation of its own and does not affect the others.
   * @default false
   */
  readonly batch?: Batch | undefined;
}

/**
 * Text frames that hold JSON.
 *
 * `receive` validates what comes in, and its output type is the type of the messages; `send` validates what goes out,
 * and its input type is what `send()` takes. Without them the types are yours to state: `json<In, Out>()`. A schema
 * must validate synchronously, otherwise the first message is a `TypeError`.
 *
 * @example createConnection(url, { contract: json({ receive: z.object({ price: z.number() }) }) })
 */
export function json<In = unknown, Out = unknown>(
  options?: JsonOptions & { readonly receive?: undefined; readonly send?: undefined },
): MessageContract<In, Out>;
export function json<Receive extends StandardSchema, Send extends StandardSchema>(
  options: JsonOptions & { readonly receive: Receive; readonly send: Send },
): MessageContract<OutputOf<Receive>, InputOf<Send>>;
export function json<Receive extends StandardSchema, Out = unknown>(
  options: JsonOptions & { readonly receive: Receive; readonly send?: undefined },
): MessageContract<OutputOf<Receive>, Out>;
export function json<Send extends StandardSchema, In = unknown>(
  options: JsonOptions & { readonly receive?: undefined; readonly send: Send },
): MessageContract<In, InputOf<Send>>;
export function json(
  options: JsonOptions & {
    readonly receive?: StandardSchema | undefined;
    readonly send?: StandardSchema | undefined;
  } = {},
): MessageContract<unknown, unknown> {
  const { receive, send, batch } = options;
  const base = {
    sends: 'text',
    accepts: 'text',
    encode(message: unknown) {
      const data = JSON.stringify(send ? validate(send, message) : message) as string | undefined;
      if (data === undefined) throw new Error(`Cannot send ${printable(message)} as JSON`);
      return data;
    },
  } as const;
  const check = (message: unknown): unknown => (receive ? validate(receive, message) : message);
  if (!batch) return { ...base, decode: (data) => check(JSON.parse(data as string)) };
  const contract: MessageContract<unknown, unknown> & BatchContract<unknown> = {
    ...base,
    decodeAll(data) {
      const messages: unknown = JSON.parse(data as string);
      if (!Array.isArray(messages)) throw new Error('it is no array of messages, and batch is true');
      return messages as unknown[];
    },
    [EACH]: check,
  };
  return contract;
}

/** Validates one message of a batch: a bad one must not take the others with it. */
const EACH = /* @__PURE__ */ Symbol('each');
interface BatchContract<In> {
  readonly [EACH]?: (message: unknown) => In;
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

/** A mistake of the program and not of a message, so it is thrown as it is. */
export class ContractMisuseError extends TypeError {}

function validate(schema: StandardSchema, value: unknown): unknown {
  const result = schema['~standard'].validate(value);
  if ('then' in result) {
    void Promise.resolve(result).catch(() => undefined);
    throw new ContractMisuseError(
      'A schema of the contract validates asynchronously; messages need a synchronous one.',
    );
  }
  if (result.issues) throw new Error(result.issues.map(describeIssue).join('; '));
  return result.value;
}

function describeIssue({ message, path }: SchemaIssue): string {
  const place = path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  return place ? `${place}: ${message}` : message;
}

/** A message with its frame, as it was when it was encoded. */
export interface EncodedMessage<Out> extends FrameInfo {
  readonly message: Out;
  readonly data: MessageData;
}

/** Makes a frame from a message; throws a `contract` error, or the {@link ContractMisuseError}. */
export function encode<Out>(
  contract: MessageContract<unknown, Out> | undefined,
  message: Out,
): EncodedMessage<Out> {
  let hint: string | undefined;
  try {
    const data = contract ? contract.encode(message) : (message as MessageData);
    const frame = describeFrame(data);
    if (!frame) {
      if (!contract) hint = 'To send objects, pass contract: json().';
      throw new Error(`${typeName(data)} is neither text nor binary data`);
    }
    assertKind(frame.kind, contract?.sends);
    return { message, data, kind: frame.kind, type: frame.type, size: frameSize(data) };
  } catch (error) {
    throw asViolation('outgoing', error, hint);
  }
}

/**
 * Makes the messages of a frame, and calls `deliver` with each; throws like {@link encode} for the frame as a whole,
 * and calls `reject` for a single message of a batch.
 */
export function decode<In>(
  contract: MessageContract<In, never> | undefined,
  data: RawMessage,
  maxSize: number,
  deliver: (message: In) => void,
  reject: (error: unknown) => void,
): void {
  let messages: readonly unknown[];
  try {
    if (maxSize < Infinity && isLargerThan(data, maxSize))
      throw new Error(`it is larger than maxMessageSize (${maxSize} bytes)`);
    if (contract) assertKind(typeof data === 'string' ? 'text' : 'binary', contract.accepts);
    messages = contract?.decodeAll
      ? contract.decodeAll(data)
      : [contract?.decode ? contract.decode(data) : data];
  } catch (error) {
    throw asViolation('incoming', error);
  }
  const check = (contract as BatchContract<In> | undefined)?.[EACH];
  for (const message of messages) {
    let checked = message as In;
    try {
      if (check) checked = check(message);
    } catch (error) {
      reject(asViolation('incoming', error));
      continue;
    }
    deliver(checked);
  }
}

function assertKind(kind: FrameKind, agreed: FrameKind | 'any' = 'any'): void {
  if (agreed !== 'any' && agreed !== kind) throw new Error(`it is ${kind}, and the contract says ${agreed}`);
}

function asViolation(direction: 'incoming' | 'outgoing', error: unknown, hint?: string): unknown {
  const known = asError(error);
  return known instanceof ContractMisuseError ? known : violationError(direction, error, hint);
}
