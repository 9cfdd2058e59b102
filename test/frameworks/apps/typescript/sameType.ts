/** Compiles only where both types are the same. */
export declare function expectSameType<A, B>(
  ...different: IsSame<A, B> extends true ? [] : ['the types are different']
): void;

type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
