// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CloseInfo, createCloseInfo } from '../../src/core/closeCodes.js';
import { CALM, closePolicy, type Decision, type Episode } from '../../src/core/closePolicy.js';
import { type ReconnectPolicy, resolveReconnect } from '../../src/core/reconnectRules.js';

const AT = 1_000_000;
const closeOf = (code: number): CloseInfo => createCloseInfo({ code, opened: true, at: AT });
const refusal = (): CloseInfo => createCloseInfo({ code: 1006, opened: false, at: AT });

/** Decides about a close, with every draw in the middle of the window. */
function decide(close: CloseInfo, episode: Episode = CALM, policy?: ReconnectPolicy): Decision {
  return closePolicy(close, episode, resolveReconnect(policy), 0.5);
}
/** Returns the outage after a series of closes. */
function outage(closes: readonly CloseInfo[], policy?: ReconnectPolicy): Episode {
  return closes.reduce<Episode>((episode, close) => {
    const decision = decide(close, episode, policy);
    if (decision.type !== 'reconnect') throw new Error(`${close.code} was to lead to a reconnect.`);
    return decision.episode;
  }, CALM);
}

describe('closePolicy', () => {
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
        episode: { attempt: 1 },
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

  describe('a terminal code during an outage', () => {
    it.each([1003, 1007, 1008, 1009, 1010, 3000, 3003])(
      'fails on %i even in the middle of a restart',
      (code) => {
        const restart = outage([closeOf(1012), refusal(), refusal()]);
        expect(decide(closeOf(code), restart)).toMatchObject({ type: 'fail', close: { code } });
      },
    );

    it('stops on 1000 even in the middle of a restart', () => {
      expect(decide(closeOf(1000), outage([closeOf(1012), refusal()])).type).toBe('stop');
    });

    it('fails because of the code, even when the attempts are exhausted as well', () => {
      const episode = outage([closeOf(1012)], { maxAttempts: 1 });
      expect(decide(closeOf(1003), episode, { maxAttempts: 1 })).toMatchObject({ kind: 'contract' });
    });
  });

  describe('an outage', () => {
    it('draws over the last quarter of the window after a refused dial', () => {
      expect(decide(refusal())).toMatchObject({ delay: 4_500 });
      expect(decide(refusal(), outage([closeOf(1012)]))).toMatchObject({ delay: 4_500 });
    });

    it('keeps its cause and the rule of its cause through refused dials', () => {
      const restart = outage([closeOf(1012), ...Array.from({ length: 20 }, refusal)]);
      expect(restart).toMatchObject({ attempt: 21, cause: { code: 1012 } });
      expect(decide(refusal(), restart)).toMatchObject({ delay: 4_500 });
    });

    it('widens its window after any other code', () => {
      const broken = outage([closeOf(1006), ...Array.from({ length: 20 }, refusal)]);
      expect(decide(refusal(), broken)).toMatchObject({ delay: 30_000 - 29_000 / 8 });
    });

    it('keeps the window of 1013 through refused dials', () => {
      expect(decide(refusal(), outage([closeOf(1013)]))).toMatchObject({ delay: 30_000 - 25_000 / 8 });
    });

    it('begins with a refused first dial', () => {
      expect(outage([refusal(), refusal()])).toMatchObject({
        attempt: 2,
        cause: { code: 1006, opened: false },
      });
    });

    it('takes the latest close of an open socket as its cause and continues counting', () => {
      const flapping = outage([closeOf(1006), refusal(), closeOf(1012), refusal()]);
      expect(flapping).toMatchObject({ attempt: 4, cause: { code: 1012, opened: true } });
      expect(decide(refusal(), flapping)).toMatchObject({ delay: 4_500 });
    });
  });

  describe('1002', () => {
    const once = outage([closeOf(1002)]);

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
      const episode = outage([closeOf(1006), refusal(), closeOf(1002)]);
      expect(episode).toMatchObject({ attempt: 3, cause: { code: 1002 } });
      expect(decide(refusal(), episode)).toMatchObject({ type: 'fail', kind: 'contract' });
    });

    it('is forgotten once the connection was stable', () => {
      expect(decide(closeOf(1002), CALM).type).toBe('reconnect');
    });

    it('keeps its one dial when a user rule changes the window', () => {
      const policy = { codes: { 1002: { maxDelay: 9_000 } } };
      expect(decide(refusal(), outage([closeOf(1002)], policy), policy)).toMatchObject({ type: 'fail' });
    });

    it('can be turned into an ordinary outage by a rule', () => {
      const policy = { codes: { 1002: { maxAttempts: 5 } } };
      expect(outage([closeOf(1002), refusal(), refusal()], policy)).toMatchObject({ attempt: 3 });
    });
  });

  describe('maxAttempts', () => {
    it('allows that many dials, then fails with the kind exhausted', () => {
      const policy = { maxAttempts: 3 };
      const spent = outage([closeOf(1006), refusal(), refusal()], policy);
      expect(spent.attempt).toBe(3);
      expect(decide(refusal(), spent, policy)).toMatchObject({ type: 'fail', kind: 'exhausted' });
    });

    it('counts sockets that opened and were not stable', () => {
      const policy = { maxAttempts: 3 };
      const spent = outage([closeOf(1006), closeOf(1006), closeOf(1006)], policy);
      expect(decide(closeOf(1006), spent, policy)).toMatchObject({ type: 'fail', kind: 'exhausted' });
    });

    it('allows no dial when it is 0', () => {
      expect(decide(closeOf(1006), CALM, { maxAttempts: 0 })).toMatchObject({
        type: 'fail',
        kind: 'exhausted',
      });
    });

    it('is 10 after a 1011', () => {
      const spent = outage([closeOf(1011), ...Array.from({ length: 9 }, refusal)]);
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
      const restart = outage([closeOf(1012)]);
      const close = refusal();
      decide(close, restart, ask);
      expect(ask).toHaveBeenCalledExactlyOnceWith({ close, cause: restart.cause, attempt: 2, opened: false });
      decide(closeOf(1006), CALM, ask);
      expect(ask).toHaveBeenLastCalledWith({
        close: closeOf(1006),
        cause: closeOf(1006),
        attempt: 1,
        opened: true,
      });
    });

    it.each([0, 1, 123.5, 2 ** 31 - 1])('sets a delay of %d ms', (delay) => {
      expect(decide(closeOf(1006), CALM, () => delay)).toMatchObject({ type: 'reconnect', delay });
    });

    it('overrides the default rules in both directions', () => {
      expect(decide(closeOf(1003), CALM, () => 250)).toMatchObject({ type: 'reconnect', delay: 250 });
      expect(decide(closeOf(1012), CALM, () => 'stop')).toEqual({ type: 'stop' });
      expect(decide(closeOf(1012), CALM, () => 'fail')).toMatchObject({ type: 'fail' });
      expect(decide(closeOf(1000), CALM, () => 0)).toMatchObject({ type: 'reconnect', delay: 0 });
    });

    it('applies the default rules when it returns undefined', () => {
      expect(decide(closeOf(1012), CALM, () => undefined)).toMatchObject({ type: 'reconnect', delay: 3_000 });
      expect(reported).not.toHaveBeenCalled();
    });

    it('cannot exceed maxAttempts', () => {
      const policy = { maxAttempts: 1, decide: () => 10 };
      expect(decide(refusal(), outage([closeOf(1006)], policy), policy)).toMatchObject({ kind: 'exhausted' });
    });

    it('is reported when it throws, and the default rules apply', () => {
      const bug = new Error('a bug in decide');
      const policy = (): never => {
        throw bug;
      };
      expect(decide(closeOf(1012), CALM, policy)).toMatchObject({ type: 'reconnect', delay: 3_000 });
      expect(reported).toHaveBeenCalledExactlyOnceWith(bug);
      expect(decide(closeOf(1003), CALM, policy).type).toBe('fail');
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
      expect(decide(closeOf(1012), CALM, policy)).toMatchObject({ type: 'reconnect', delay: 3_000 });
      expect(reported).toHaveBeenCalledExactlyOnceWith(expect.any(RangeError));
    });
  });

  describe('reconnect: false', () => {
    it.each([1001, 1002, 1006, 1011, 1012, 1013, 4000])('stops on %i', (code) => {
      expect(decide(closeOf(code), CALM, false)).toEqual({ type: 'stop' });
    });

    it.each([1003, 1007, 1008, 1009, 1010, 3000, 3003])('still fails on %i', (code) => {
      expect(decide(closeOf(code), CALM, false).type).toBe('fail');
    });
  });
});
