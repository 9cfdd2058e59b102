import { violationError } from './errors.js';
import {
  describeFrame,
  type FrameInfo,
  type FrameKind,
  type MessageData,
  type RawMessage,
  typeName,
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
  /** Makes the data of a frame of a message. */
  encode(message: Out): MessageData;
  /** Makes a message of the data of a frame. */
  decode(data: RawMessage): In;
}

/**
 * A message that an option holds: it may be made of literals and of arrays that nobody writes to, and it has
 * no say in what `send()` takes.
 */
export type OwnMessage<Out> = NoInfer<Frozen<Out>>;
type Frozen<T> = unknown extends T
  ? T
  : T extends (...args: never) => unknown
    ? T
    : { readonly [Key in keyof T]: Frozen<T[Key]> };

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
      if (data === undefined) throw new Error(`${typeName(message)} has no JSON form`);
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

/** Thrown as it is: the program is wrong, not the message. */
export class ContractMisuse extends TypeError {}

function validate(schema: StandardSchema, value: unknown): unknown {
  const result = schema['~standard'].validate(value);
  if ('then' in result) {
    void Promise.resolve(result).catch(() => undefined);
    throw new ContractMisuse(
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

/** Makes a frame of a message; throws a `contract` error, or the {@link ContractMisuse}. */
export function encode<Out>(
  contract: MessageContract<unknown, Out> | undefined,
  message: Out,
): FrameInfo & { readonly data: MessageData } {
  try {
    const data = contract ? contract.encode(message) : (message as MessageData);
    const frame = describeFrame(data);
    if (!frame) throw new Error(`${typeName(data)} is neither text nor binary data`);
    expectKind(frame.kind, contract?.sends);
    return { ...frame, data };
  } catch (error) {
    throw asViolation('outgoing', error);
  }
}

/** Makes a message of a frame; throws like {@link encode}. */
export function decode<In>(
  contract: MessageContract<In, never> | undefined,
  data: RawMessage,
  maxSize: number,
): In {
  try {
    if (maxSize < Infinity && Number(describeFrame(data)?.size) > maxSize)
      throw new Error(`it is larger than maxMessageSize (${maxSize} bytes)`);
    if (!contract) return data as In;
    expectKind(typeof data === 'string' ? 'text' : 'binary', contract.accepts);
    return contract.decode(data);
  } catch (error) {
    throw asViolation('incoming', error);
  }
}

function expectKind(kind: FrameKind, agreed: FrameKind | 'any' = 'any'): void {
  if (agreed !== 'any' && agreed !== kind) throw new Error(`it is ${kind}, and ${agreed} was agreed`);
}

function asViolation(direction: 'incoming' | 'outgoing', error: unknown): unknown {
  return error instanceof ContractMisuse ? error : violationError(direction, error);
}
