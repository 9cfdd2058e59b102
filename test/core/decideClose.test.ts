// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CloseInfo, createCloseInfo } from '../../src/core/closeInfo.js';
import { type CloseDecision, decideClose } from '../../src/core/reconnect/decideClose.js';
import { NO_OUTAGE, type Outage } from '../../src/core/reconnect/outage.js';
import { type ReconnectPolicy, resolveReconnect } from '../../src/core/reconnect/reconnectRules.js';

const AT = 1_000_000;
const closeOf = (code: number): CloseInfo =>
  createCloseInfo({ code, opened: true, wasClean: code !== 1006, at: AT });
const refusal = (): CloseInfo => createCloseInfo({ code: 1006, opened: false, at: AT });

/** Decides about a close, with every draw in the middle of the window. */
function decide(close: CloseInfo, outage: Outage = NO_OUTAGE, policy?: ReconnectPolicy): CloseDecision {
  return decideClose({ close, outage, rules: resolveReconnect(policy), random: () => 0.5 });
}
/** The same for a connection that asks a URL or protocols function before every dial. */
function decideWithFunction(
  close: CloseInfo,
  outage: Outage = NO_OUTAGE,
  policy?: ReconnectPolicy,
): CloseDecision {
  return decideClose({ close, outage, rules: resolveReconnect(policy, true), random: () => 0.5 });
}

/** Returns the outage after a series of closes. */
function outageAfter(closes: readonly CloseInfo[], policy?: ReconnectPolicy): Outage {
  return closes.reduce<Outage>((outage, close) => {
    const decision = decide(close, outage, policy);
    if (decision.type !== 'reconnect') throw new Error(`${close.code} was to lead to a reconnect.`);
    return decision.outage;
  }, NO_OUTAGE);
}

describe('decideClose', () => {
  describe('by default', () => {
    it('stops on 1000', () => {
      expect(decide(closeOf(1000))).toEqual({ type: 'stop' });
    });

    it.each([1003, 1007, 1009, 1010])('fails on %i with the kind contract', (code) => {
      expect(decide(closeOf(code))).toEqual({ type: 'fail', kind: 'contract', close: closeOf(code) });
    });

    it.each([1008, 3000, 3003])('fails on %i with the kind policy', (code) => {
      expect(decide(closeOf(code))).toEqual({ type: 'fail', kind: 'policy', close: closeOf(code) });
    });

    it.each([
      1001, 1002, 1005, 1006, 1011, 1012, 1014, 1015, 3001, 3008, 3999, 4000, 4999, 0, 999, 2000, 65_535,
    ])('reconnects on %i in 1 to 5 s', (code) => {
      expect(decide(closeOf(code))).toMatchObject({
        type: 'reconnect',
        delay: 3_000,
        outage: { attempt: 1 },
      });
    });

    it('reconnects on 1013 in 5 to 30 s', () => {
      expect(decide(closeOf(1013))).toMatchObject({ type: 'reconnect', delay: 17_500 });
    });

    it('reconnects on a clean 1012, because the server comes back', () => {
      expect(decide(createCloseInfo({ code: 1012, opened: true, wasClean: true, at: AT })).type).toBe(
        'reconnect',
      );
    });
  });

  describe('the window of a long outage', () => {
    const times = (count: number, make: () => CloseInfo): CloseInfo[] => Array.from({ length: count }, make);
    const lost = (): CloseInfo => closeOf(1006);
    const restarted = (): CloseInfo => closeOf(1012);
    const delayAfter = (closes: readonly CloseInfo[], close: CloseInfo, policy?: ReconnectPolicy): number => {
      const decision = decide(close, outageAfter(closes, policy), policy);
      if (decision.type !== 'reconnect') throw new Error('The decision was to reconnect.');
      return decision.delay;
    };

    it('widens after attempt 8, to 15 s', () => {
      expect(delayAfter([lost(), ...times(6, refusal)], refusal())).toBe(4_500);
      expect(delayAfter([lost(), ...times(7, refusal)], refusal())).toBe(10_000 - 9_000 / 4);
      expect(delayAfter([lost(), ...times(8, refusal)], refusal())).toBe(15_000 - 14_000 / 4);
      expect(delayAfter([lost(), ...times(50, refusal)], refusal())).toBe(15_000 - 14_000 / 4);
    });

    it('widens by sockets that open and end again as by refused dials', () => {
      expect(delayAfter(times(7, lost), lost())).toBe(3_000);
      expect(delayAfter(times(8, lost), lost())).toBe(5_500);
      expect(delayAfter(times(9, lost), lost())).toBe(8_000);
    });

    it('does not widen after a 1012 while dials are refused', () => {
      expect(delayAfter([restarted(), ...times(200, refusal)], refusal())).toBe(4_500);
    });

    it('widens after a 1012 in a crash loop, by the number of sockets that opened and ended', () => {
      expect(delayAfter(times(7, restarted), restarted())).toBe(3_000);
      expect(delayAfter(times(8, restarted), restarted())).toBe(5_500);
      expect(delayAfter(times(20, restarted), restarted())).toBe(8_000);
    });

    it('does not count refused dials for the window of a 1012 that follows open sockets', () => {
      const mixed = [...times(4, restarted), ...times(30, refusal), ...times(3, restarted)];
      expect(outageAfter(mixed)).toMatchObject({ attempt: 37, openSockets: 7 });
      expect(delayAfter(mixed, restarted())).toBe(3_000);
      expect(delayAfter([...mixed, restarted()], restarted())).toBe(5_500);
    });

    it('draws over the last half after a refused dial of a crash loop that widened the window of a 1012', () => {
      expect(delayAfter(times(9, restarted), refusal())).toBe(10_000 - 9_000 / 4);
    });

    it('widens after a 1012 while dials are refused if its rule has a widenTo', () => {
      const policy = { codes: { 1012: { widenTo: 15_000 } } };
      expect(delayAfter([restarted(), ...times(20, refusal)], refusal(), policy)).toBe(15_000 - 14_000 / 4);
    });

    it('does not widen after a 1012 by a widenTo of all codes', () => {
      const policy = { widenTo: 60_000 };
      expect(delayAfter([restarted(), ...times(20, refusal)], refusal(), policy)).toBe(4_500);
    });

    it('starts again after a stable connection', () => {
      expect(decide(restarted(), NO_OUTAGE)).toMatchObject({ delay: 3_000, outage: { openSockets: 1 } });
    });
  });

  describe('a 1000 that ends no conversation', () => {
    const close1000 = (details: Partial<CloseInfo>): CloseInfo =>
      createCloseInfo({ code: 1000, opened: true, wasClean: true, at: AT, ...details });

    it.each([
      ['is not clean', { wasClean: false }, 3_000],
      ['ends a socket that never opened', { opened: false }, 4_500],
      ['is neither', { opened: false, wasClean: false }, 4_500],
    ])('counts as 1006 if it %s', (_, details, delay) => {
      expect(decide(close1000(details))).toMatchObject({ type: 'reconnect', delay });
    });

    it('has the rule of 1006, and not that of 1000', () => {
      expect(decide(close1000({ wasClean: false }), NO_OUTAGE, { codes: { 1000: 'fail' } }).type).toBe(
        'reconnect',
      );
      expect(decide(close1000({ wasClean: false }), NO_OUTAGE, { codes: { 1006: 'stop' } })).toEqual({
        type: 'stop',
      });
      expect(decide(close1000({}), NO_OUTAGE, { codes: { 1006: 'fail' } })).toEqual({ type: 'stop' });
    });

    it('keeps its code for decide and for the state', () => {
      const ask = vi.fn();
      const close = close1000({ wasClean: false });
      expect(decide(close, NO_OUTAGE, ask)).toMatchObject({ outage: { cause: { code: 1000 } } });
      expect(ask).toHaveBeenCalledExactlyOnceWith({ close, cause: close, attempt: 1, opened: true });
    });

    it('widens the window of its outage as a 1006 does', () => {
      const outage = outageAfter([close1000({ wasClean: false }), ...Array.from({ length: 20 }, refusal)]);
      expect(decide(refusal(), outage)).toMatchObject({ delay: 15_000 - 14_000 / 4 });
    });
  });

  describe('3000 where a URL or protocols function can bring fresh credentials', () => {
    const first = decideWithFunction(closeOf(3000));
    const once = first.type === 'reconnect' ? first.outage : NO_OUTAGE;

    it('reconnects', () => {
      expect(first).toMatchObject({ type: 'reconnect', delay: 3_000, outage: { attempt: 1 } });
    });

    it.each([
      ['another 3000', closeOf(3000)],
      ['any other close of an unstable connection', closeOf(1006)],
      ['a refused dial', refusal()],
    ])('fails with the kind policy when %s follows, with an error about the 3000', (_, close) => {
      expect(decideWithFunction(close, once)).toEqual({
        type: 'fail',
        kind: 'policy',
        close: closeOf(3000),
      });
    });

    it('reconnects again after a stable connection', () => {
      expect(decideWithFunction(closeOf(3000), NO_OUTAGE).type).toBe('reconnect');
    });

    it('gets its one dial in the middle of another outage too', () => {
      const decision = decideWithFunction(closeOf(3000), outageAfter([closeOf(1006), refusal()]));
      expect(decision).toMatchObject({ type: 'reconnect', outage: { attempt: 3, cause: { code: 3000 } } });
    });

    it('still fails at once on 1008 and 3003', () => {
      for (const code of [1008, 3003])
        expect(decideWithFunction(closeOf(code))).toMatchObject({ type: 'fail', kind: 'policy' });
    });

    it('follows a rule of the user', () => {
      expect(decideWithFunction(closeOf(3000), NO_OUTAGE, { codes: { 3000: 'fail' } }).type).toBe('fail');
      expect(decideWithFunction(closeOf(3000), NO_OUTAGE, false)).toEqual({ type: 'stop' });
    });
  });

  describe('a terminal code during an outage', () => {
    it.each([1003, 1007, 1008, 1009, 1010, 3000, 3003])(
      'fails on %i even in the middle of a restart',
      (code) => {
        const restart = outageAfter([closeOf(1012), refusal(), refusal()]);
        expect(decide(closeOf(code), restart)).toMatchObject({ type: 'fail', close: { code } });
      },
    );

    it('stops on 1000 even in the middle of a restart', () => {
      expect(decide(closeOf(1000), outageAfter([closeOf(1012), refusal()])).type).toBe('stop');
    });

    it('fails because of the code, even when the attempts are exhausted as well', () => {
      const outage = outageAfter([closeOf(1012)], { maxAttempts: 1 });
      expect(decide(closeOf(1003), outage, { maxAttempts: 1 })).toMatchObject({ kind: 'contract' });
    });
  });

  describe('an outage', () => {
    it('draws over the last quarter of the window after a refused dial', () => {
      expect(decide(refusal())).toMatchObject({ delay: 4_500 });
      expect(decide(refusal(), outageAfter([closeOf(1012)]))).toMatchObject({ delay: 4_500 });
    });

    it('keeps its cause and the rule of its cause through refused dials', () => {
      const restart = outageAfter([closeOf(1012), ...Array.from({ length: 20 }, refusal)]);
      expect(restart).toMatchObject({ attempt: 21, cause: { code: 1012 } });
      expect(decide(refusal(), restart)).toMatchObject({ delay: 4_500 });
    });

    it('widens its window after any other code', () => {
      const broken = outageAfter([closeOf(1006), ...Array.from({ length: 20 }, refusal)]);
      expect(decide(refusal(), broken)).toMatchObject({ delay: 15_000 - 14_000 / 4 });
    });

    it('keeps the window of 1013 through refused dials', () => {
      expect(decide(refusal(), outageAfter([closeOf(1013)]))).toMatchObject({ delay: 30_000 - 25_000 / 8 });
    });

    it('begins with a refused first dial', () => {
      expect(outageAfter([refusal(), refusal()])).toMatchObject({
        attempt: 2,
        cause: { code: 1006, opened: false },
      });
    });

    it('takes the latest close of an open socket as its cause and continues counting', () => {
      const flapping = outageAfter([closeOf(1006), refusal(), closeOf(1012), refusal()]);
      expect(flapping).toMatchObject({ attempt: 4, cause: { code: 1012, opened: true } });
      expect(decide(refusal(), flapping)).toMatchObject({ delay: 4_500 });
    });
  });

  describe('1002', () => {
    const once = outageAfter([closeOf(1002)]);

    it('gets one more dial', () => {
      expect(decide(closeOf(1002))).toMatchObject({ type: 'reconnect', delay: 3_000 });
    });

    it.each([
      ['another 1002', closeOf(1002)],
      ['any other close of an unstable connection', closeOf(1006)],
      ['a restart', closeOf(1012)],
      ['a refused dial', refusal()],
    ])('fails when %s follows, with an error about the 1002', (_, close) => {
      expect(decide(close, once)).toMatchObject({ type: 'fail', kind: 'contract', close: { code: 1002 } });
    });

    it('does not change the decision about a terminal code that follows', () => {
      expect(decide(closeOf(1000), once).type).toBe('stop');
      expect(decide(closeOf(1003), once)).toMatchObject({ type: 'fail', close: { code: 1003 } });
      expect(decide(closeOf(1008), once)).toMatchObject({ type: 'fail', kind: 'policy' });
    });

    it('gets its one dial in the middle of another outage too', () => {
      const outage = outageAfter([closeOf(1006), refusal(), closeOf(1002)]);
      expect(outage).toMatchObject({ attempt: 3, cause: { code: 1002 } });
      expect(decide(refusal(), outage)).toMatchObject({ type: 'fail', kind: 'contract' });
    });

    it('is forgotten once the connection was stable', () => {
      expect(decide(closeOf(1002), NO_OUTAGE).type).toBe('reconnect');
    });

    it('keeps its one dial when a user rule changes the window', () => {
      const policy = { codes: { 1002: { maxDelay: 9_000 } } };
      expect(decide(refusal(), outageAfter([closeOf(1002)], policy), policy)).toMatchObject({ type: 'fail' });
    });

    it('can be turned into an ordinary outage by a rule', () => {
      const policy = { codes: { 1002: { maxAttempts: 5 } } };
      expect(outageAfter([closeOf(1002), refusal(), refusal()], policy)).toMatchObject({ attempt: 3 });
    });
  });

  describe('maxAttempts', () => {
    it('allows that many dials, then fails with the kind exhausted', () => {
      const policy = { maxAttempts: 3 };
      const spent = outageAfter([closeOf(1006), refusal(), refusal()], policy);
      expect(spent.attempt).toBe(3);
      expect(decide(refusal(), spent, policy)).toMatchObject({ type: 'fail', kind: 'exhausted' });
    });

    it('counts sockets that opened and were not stable', () => {
      const policy = { maxAttempts: 3 };
      const spent = outageAfter([closeOf(1006), closeOf(1006), closeOf(1006)], policy);
      expect(decide(closeOf(1006), spent, policy)).toMatchObject({ type: 'fail', kind: 'exhausted' });
    });

    it('allows no dial when it is 0', () => {
      expect(decide(closeOf(1006), NO_OUTAGE, { maxAttempts: 0 })).toMatchObject({
        type: 'fail',
        kind: 'exhausted',
      });
    });

    it('is 10 after a 1011', () => {
      const spent = outageAfter([closeOf(1011), ...Array.from({ length: 9 }, refusal)]);
      expect(spent.attempt).toBe(10);
      expect(decide(refusal(), spent)).toMatchObject({ type: 'fail', kind: 'exhausted' });
    });
  });

  describe('decide', () => {
    const reported = vi.fn();
    beforeEach(() => {
      reported.mockReset();
      vi.stubGlobal('reportError', reported);
    });
    afterEach(() => {
      vi.unstubAllGlobals();
    });

    it('receives the close, the cause and the number of the dial to decide about', () => {
      const ask = vi.fn();
      const restart = outageAfter([closeOf(1012)]);
      const close = refusal();
      decide(close, restart, ask);
      expect(ask).toHaveBeenCalledExactlyOnceWith({ close, cause: restart.cause, attempt: 2, opened: false });
      decide(closeOf(1006), NO_OUTAGE, ask);
      expect(ask).toHaveBeenLastCalledWith({
        close: closeOf(1006),
        cause: closeOf(1006),
        attempt: 1,
        opened: true,
      });
    });

    it.each([0, 1, 123.5, 2 ** 31 - 1])('sets a delay of %d ms', (delay) => {
      expect(decide(closeOf(1006), NO_OUTAGE, () => delay)).toMatchObject({ type: 'reconnect', delay });
    });

    it('overrides the default rules in both directions', () => {
      expect(decide(closeOf(1003), NO_OUTAGE, () => 250)).toMatchObject({ type: 'reconnect', delay: 250 });
      expect(decide(closeOf(1012), NO_OUTAGE, () => 'stop')).toEqual({ type: 'stop' });
      expect(decide(closeOf(1012), NO_OUTAGE, () => 'fail')).toMatchObject({ type: 'fail' });
      expect(decide(closeOf(1000), NO_OUTAGE, () => 0)).toMatchObject({ type: 'reconnect', delay: 0 });
    });

    it('applies the default rules when it returns undefined', () => {
      expect(decide(closeOf(1012), NO_OUTAGE, () => undefined)).toMatchObject({
        type: 'reconnect',
        delay: 3_000,
      });
      expect(reported).not.toHaveBeenCalled();
    });

    it('cannot exceed maxAttempts', () => {
      const policy = { maxAttempts: 1, decide: () => 10 };
      expect(decide(refusal(), outageAfter([closeOf(1006)], policy), policy)).toMatchObject({
        kind: 'exhausted',
      });
    });

    it('is reported when it throws, and the default rules apply', () => {
      const bug = new Error('a bug in decide');
      const policy = (): never => {
        throw bug;
      };
      expect(decide(closeOf(1012), NO_OUTAGE, policy)).toMatchObject({ type: 'reconnect', delay: 3_000 });
      expect(reported).toHaveBeenCalledExactlyOnceWith(bug);
      expect(decide(closeOf(1003), NO_OUTAGE, policy).type).toBe('fail');
    });

    it.each<[string, unknown]>([
      ['NaN', NaN],
      ['a negative delay', -1],
      ['an infinite delay', Infinity],
      ['a delay that no timer can take', 2 ** 31],
      ['an unknown string', 'retry'],
      ['null', null],
      ['true', true],
      ['an object', { delay: 5 }],
      ['a promise', Promise.resolve(5)],
      ['a string of digits', '500'],
      ['a bigint', 5n],
    ])('is reported when it returns %s, and the default rules apply', (_, nonsense) => {
      const policy = (() => nonsense) as () => undefined;
      expect(decide(closeOf(1012), NO_OUTAGE, policy)).toMatchObject({ type: 'reconnect', delay: 3_000 });
      expect(reported).toHaveBeenCalledExactlyOnceWith(expect.any(RangeError));
    });
  });

  describe('reconnect: false', () => {
    it.each([1001, 1002, 1006, 1011, 1012, 1013, 4000])('stops on %i', (code) => {
      expect(decide(closeOf(code), NO_OUTAGE, false)).toEqual({ type: 'stop' });
    });

    it.each([1003, 1007, 1008, 1009, 1010, 3000, 3003])('still fails on %i', (code) => {
      expect(decide(closeOf(code), NO_OUTAGE, false).type).toBe('fail');
    });
  });
});
