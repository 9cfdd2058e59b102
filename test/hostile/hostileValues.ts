/** Errors that cannot be read: their message is a getter that throws. */
class UnreadableError extends Error {
  override get message(): string {
    throw new Error('This message cannot be read.');
  }
}

function createRevokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** What user code may throw or reject with, and a name for each. Each is made anew, because some can be used once. */
export const thrownValues: readonly (readonly [name: string, create: () => unknown])[] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['zero', () => 0],
  ['an empty string', () => ''],
  ['a symbol', () => Symbol('thrown')],
  ['a BigInt', () => 10n],
  ['a function', () => () => undefined],
  ['an object without a prototype', () => Object.create(null) as object],
  ['an object whose toString throws', () => ({ toString: () => throwNow() })],
  ['an object whose toString returns an object', () => ({ toString: () => ({}), valueOf: () => ({}) })],
  [
    'an object whose tag throws',
    () => Object.create(null, { [Symbol.toStringTag]: { get: throwNow } }) as object,
  ],
  ['a frozen error', () => Object.freeze(new Error('frozen'))],
  ['an error whose message throws', () => new UnreadableError()],
  [
    'an error whose message is an object',
    () => Object.assign(new Error(), { message: Object.create(null) as string }),
  ],
  ['a revoked proxy', createRevokedProxy],
];

function throwNow(): never {
  throw new Error('This value throws when it is read.');
}
