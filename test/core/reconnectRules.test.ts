// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { restart } from '../support/machineSamples.js';
import {
  askDecide,
  type ReconnectPolicy,
  resolveReconnect,
  ruleFor,
} from '../../src/core/reconnect/reconnectRules.js';

const BASE = { minDelay: 1_000, maxDelay: 5_000, widenAfter: 8, widenTo: 15_000, maxAttempts: Infinity };
const ruleOf = (code: number, policy?: ReconnectPolicy, canRefresh = false) =>
  ruleFor(resolveReconnect(policy, canRefresh), code);

describe('resolveReconnect', () => {
  describe('default rules', () => {
    it.each([1000])('stop on %i', (code) => {
      expect(ruleOf(code)).toBe('stop');
    });

    it.each([1003, 1007, 1008, 1009, 1010, 3000, 3003])('fail on %i', (code) => {
      expect(ruleOf(code)).toBe('fail');
    });

    it.each([
      1001, 1005, 1006, 1014, 1015, 3001, 3008, 3999, 4000, 4003, 4999, 0, 999, 1004, 1016, 2999, 5000,
      65_535,
    ])('reconnect on %i in a window that widens', (code) => {
      expect(ruleOf(code)).toEqual({ ...BASE, isSteady: false, once: false });
    });

    it('reconnect on 1002 once', () => {
      expect(ruleOf(1002)).toEqual({ ...BASE, isSteady: false, once: true });
    });

    it('reconnect on 1012 in a window that refused dials do not widen', () => {
      expect(ruleOf(1012)).toEqual({ ...BASE, isSteady: true, once: false });
    });

    it('reconnect once on 3000 where a URL or protocols function can bring fresh credentials', () => {
      expect(ruleOf(3000, undefined, false)).toBe('fail');
      expect(ruleOf(3000, undefined, true)).toEqual({ ...BASE, isSteady: false, once: true });
      expect(ruleOf(3000, { minDelay: 2_000 }, true)).toMatchObject({ minDelay: 2_000, once: true });
    });

    it.each([1000, 1003, 1007, 1008, 1009, 1010, 3003])(
      'do not change for %i with such a function',
      (code) => {
        expect(ruleOf(code, undefined, true)).toBe(ruleOf(code));
      },
    );

    it('are resolved once for all connections without options', () => {
      expect(resolveReconnect()).toBe(resolveReconnect());
      expect(resolveReconnect(undefined, true)).toBe(resolveReconnect(undefined, true));
      expect(resolveReconnect(undefined, true)).not.toBe(resolveReconnect());
    });

    it('reconnect on 1013 in a longer window', () => {
      expect(ruleOf(1013)).toMatchObject({
        minDelay: 5_000,
        maxDelay: 30_000,
        widenTo: 30_000,
        isSteady: true,
      });
    });

    it('reconnect on 1011 ten times', () => {
      expect(ruleOf(1011)).toMatchObject({ ...BASE, maxAttempts: 10 });
    });

    it('treat a connection as stable after 5 s', () => {
      expect(resolveReconnect().stableAfter).toBe(5_000);
      expect(resolveReconnect({ stableAfter: 0 }).stableAfter).toBe(0);
    });

    it('apply to an option that is undefined', () => {
      const nothing = { minDelay: undefined, maxDelay: undefined, widenTo: undefined, codes: undefined };
      expect(ruleOf(1006, { ...nothing, widenAfter: undefined, maxAttempts: undefined })).toMatchObject(BASE);
      expect(ruleOf(1012, { codes: { 1012: { widenTo: undefined, minDelay: undefined } } })).toMatchObject({
        ...BASE,
        isSteady: true,
      });
    });
  });

  describe('options', () => {
    it('change every rule except that of 1013', () => {
      const policy = { minDelay: 2_000, maxDelay: 8_000 };
      expect(ruleOf(1006, policy)).toMatchObject({ minDelay: 2_000, maxDelay: 8_000, widenTo: 15_000 });
      expect(ruleOf(1011, policy)).toMatchObject({ minDelay: 2_000, maxDelay: 8_000, maxAttempts: 10 });
      expect(ruleOf(1012, policy)).toMatchObject({ minDelay: 2_000, maxDelay: 8_000, isSteady: true });
      expect(ruleOf(1013, policy)).toMatchObject({ minDelay: 5_000, maxDelay: 30_000 });
    });

    it('widen the window to maxDelay at least', () => {
      expect(ruleOf(1006, { maxDelay: 60_000 })).toMatchObject({ widenTo: 60_000 });
    });

    it('widen to 15 s unless maxDelay is longer or widenTo says otherwise', () => {
      expect(ruleOf(1006, { maxDelay: 15_001 })).toMatchObject({ widenTo: 15_001 });
      expect(ruleOf(1006, { maxDelay: 14_999 })).toMatchObject({ widenTo: 15_000 });
      expect(ruleOf(1006, { widenTo: 5_000 })).toMatchObject({ widenTo: 5_000 });
      expect(ruleOf(1006, { widenTo: 60_000 })).toMatchObject({ widenTo: 60_000 });
    });

    it('do not let refused dials widen the window of 1012 by widenTo', () => {
      expect(ruleOf(1012, { widenTo: 10_000 })).toMatchObject({ maxDelay: 5_000, isSteady: true });
    });

    it('keep the ten attempts of 1011 unless they allow fewer', () => {
      expect(ruleOf(1011, { maxAttempts: 3 })).toMatchObject({ maxAttempts: 3 });
      expect(ruleOf(1011, { maxAttempts: 50 })).toMatchObject({ maxAttempts: 10 });
    });

    it('may be an instance of a class', () => {
      class Patience {
        decide() {
          return 'stop' as const;
        }
      }
      const context = { close: restart, cause: restart, attempt: 1, opened: true };
      expect(askDecide(resolveReconnect(new Patience()), context)).toBe('stop');
    });

    it('accept a function in place of { decide }, and false for never', () => {
      const rules = resolveReconnect(({ attempt }) => attempt * 100);
      expect(rules.isEnabled).toBe(true);
      expect(askDecide(rules, { close: restart, cause: restart, attempt: 3, opened: true })).toBe(300);
      expect(resolveReconnect(false).isEnabled).toBe(false);
      expect(resolveReconnect({}).isEnabled).toBe(true);
    });
  });

  describe('codes', () => {
    it('replace any rule by any other', () => {
      const policy = {
        codes: { 1000: {}, 1003: { minDelay: 2_000 }, 1006: 'fail', 1012: 'stop', 4401: 'fail' },
      } as const;
      expect(ruleOf(1000, policy)).toMatchObject(BASE);
      expect(ruleOf(1003, policy)).toMatchObject({ ...BASE, minDelay: 2_000 });
      expect(ruleOf(1006, policy)).toBe('fail');
      expect(ruleOf(1012, policy)).toBe('stop');
      expect(ruleOf(4401, policy)).toBe('fail');
      expect(ruleOf(4402, policy)).toMatchObject(BASE);
    });

    it('override the default rule of their code field by field', () => {
      expect(ruleOf(1012, { codes: { 1012: { maxDelay: 20_000 } } })).toMatchObject({
        minDelay: 1_000,
        maxDelay: 20_000,
        widenTo: 20_000,
        isSteady: true,
      });
      expect(ruleOf(1013, { codes: { 1013: { minDelay: 1_000 } } })).toMatchObject({
        minDelay: 1_000,
        maxDelay: 30_000,
      });
      expect(ruleOf(1011, { codes: { 1011: { minDelay: 2_000 } } })).toMatchObject({ maxAttempts: 10 });
    });

    it('let refused dials widen the window of 1012 when they set widenTo', () => {
      expect(ruleOf(1012, { codes: { 1012: { widenTo: 60_000 } } })).toMatchObject({
        widenTo: 60_000,
        isSteady: false,
      });
    });

    it('turn the one dial of 1002 and 3000 into many when they set maxAttempts', () => {
      const policy = { codes: { 1002: { maxAttempts: 4 }, 3000: { maxAttempts: 5 } } };
      expect(ruleOf(1002, policy)).toMatchObject({ maxAttempts: 4, once: false });
      expect(ruleOf(3000, policy, true)).toMatchObject({ maxAttempts: 5, once: false });
      expect(ruleOf(3000, policy, false)).toMatchObject({ maxAttempts: 5, once: false });
    });

    it('allow 1011 more attempts when they set maxAttempts', () => {
      expect(ruleOf(1011, { maxAttempts: 3, codes: { 1011: { maxAttempts: 50 } } })).toMatchObject({
        maxAttempts: 50,
      });
    });

    it('may be null as a whole', () => {
      expect(ruleOf(1003, { codes: null } as unknown as ReconnectPolicy)).toBe('fail');
    });

    it('are ignored for a code whose rule is null', () => {
      const policy = { codes: { 1003: null, 1012: null } } as unknown as ReconnectPolicy;
      expect(ruleOf(1003, policy)).toBe('fail');
      expect(ruleOf(1012, policy)).toMatchObject({ ...BASE, isSteady: true });
    });

    it('override the options when the code has no default rule', () => {
      const policy = { minDelay: 500, maxDelay: 900, maxAttempts: 7, codes: { 4000: { maxDelay: 1_500 } } };
      expect(ruleOf(4000, policy)).toMatchObject({
        minDelay: 500,
        maxDelay: 1_500,
        widenTo: 15_000,
        maxAttempts: 7,
      });
    });
  });

  describe('an invalid value', () => {
    it.each<[string, unknown, string, string]>([
      ['maxDelay below the default minDelay', { maxDelay: 500 }, 'maxDelay', '500'],
      ['minDelay above the default maxDelay', { minDelay: 6_000 }, 'minDelay', '6000'],
      ['a negative minDelay', { minDelay: -1 }, 'minDelay', '-1'],
      ['a minDelay that is not a number', { minDelay: NaN }, 'minDelay', 'NaN'],
      ['an infinite maxDelay', { maxDelay: Infinity }, 'maxDelay', 'Infinity'],
      ['a maxDelay that overflows setTimeout', { maxDelay: 2 ** 31 }, 'maxDelay', '2147483648'],
      ['a widenTo below maxDelay', { widenTo: 4_999 }, 'widenTo', '4999'],
      ['a widenTo that overflows setTimeout', { widenTo: 2 ** 31 }, 'widenTo', '2147483648'],
      ['an infinite widenTo', { widenTo: Infinity }, 'widenTo', 'Infinity'],
      ['a string for widenTo', { widenTo: '50000' }, 'reconnect', '50000'],
      ['a widenTo of a code that is not a number', { codes: { 1006: { widenTo: NaN } } }, '1006', 'NaN'],
      ['a string for a number', { minDelay: '1000' }, 'minDelay', '1000'],
      ['a negative widenAfter', { widenAfter: -1 }, 'widenAfter', '-1'],
      ['a widenAfter that is not a number', { widenAfter: NaN }, 'widenAfter', 'NaN'],
      ['a negative maxAttempts', { maxAttempts: -1 }, 'maxAttempts', '-1'],
      ['a maxAttempts that is not a number', { maxAttempts: NaN }, 'maxAttempts', 'NaN'],
      ['a negative stableAfter', { stableAfter: -5 }, 'stableAfter', '-5'],
      ['a stableAfter that is not a number', { stableAfter: NaN }, 'stableAfter', 'NaN'],
      ['a code with a bad bound', { codes: { 1012: { minDelay: 6_000 } } }, '1012', '6000'],
      ['a code with a bad count', { codes: { 4000: { maxAttempts: -2 } } }, '4000', '-2'],
      ['a terminal code with a bad bound', { codes: { 1003: { maxDelay: 10 } } }, '1003', '10'],
      ['a 1013 below its own minDelay', { codes: { 1013: { maxDelay: 3_000 } } }, '1013', '3000'],
      ['a rule that does not exist', { codes: { 1006: 'retry' } }, '1006', 'retry'],
      ['a number for a rule', { codes: { 1006: 5_000 } }, '1006', '5000'],
      ['true for a rule', { codes: { 1006: true } }, '1006', 'true'],
      ['a name in place of a code', { codes: { restart: 'stop' } }, 'reconnect.codes', 'restart'],
      ['a code that is not whole', { codes: { '1012.5': 'stop' } }, 'reconnect.codes', '1012.5'],
      ['a rule with a misspelt option', { codes: { 1012: { maxdelay: 9_000 } } }, '1012', 'maxdelay'],
      ['a rule with an option of all codes', { codes: { 1012: { stableAfter: 1 } } }, '1012', 'stableAfter'],
      ['control characters in a name', { codes: { 'a\u202eb': 'stop' } }, 'reconnect.codes', 'a\\u202eb'],
    ])('throws a RangeError that names the option and the value: %s', (_, policy, name, value) => {
      const resolve = () => resolveReconnect(policy as ReconnectPolicy);
      expect(resolve).toThrow(RangeError);
      expect(resolve).toThrow(name);
      expect(resolve).toThrow(value);
    });

    it.each<[string, unknown, string, string]>([
      ['0', 0, 'reconnect', '0'],
      ['true', true, 'reconnect', 'true'],
      ['a string', 'never', 'reconnect', 'never'],
      ['a decide that is no function', { decide: 5 }, 'reconnect.decide', '5'],
    ])('throws a TypeError that names the option and the value: %s', (_, policy, name, value) => {
      const resolve = () => resolveReconnect(policy as ReconnectPolicy);
      expect(resolve).toThrow(TypeError);
      expect(resolve).toThrow(`${name} must be`);
      expect(resolve).toThrow(`not ${value}`);
    });

    it('is explained by both values where two options contradict each other', () => {
      expect(() => resolveReconnect({ minDelay: 6_000 })).toThrow(
        'reconnect: minDelay (6000) exceeds maxDelay (5000, the default)',
      );
      expect(() => resolveReconnect({ maxDelay: 500 })).toThrow(
        'reconnect: minDelay (1000, the default) exceeds maxDelay (500)',
      );
      expect(() => resolveReconnect({ widenTo: 4_999 })).toThrow(
        'reconnect: maxDelay (5000, the default) exceeds widenTo (4999)',
      );
    });

    it('is only one outside the bounds: the bounds themselves are allowed', () => {
      const longest = 2 ** 31 - 1;
      expect(ruleOf(1006, { minDelay: 0, maxDelay: 0 })).toMatchObject({ minDelay: 0, maxDelay: 0 });
      expect(ruleOf(1006, { minDelay: 5_000 })).toMatchObject({ minDelay: 5_000, maxDelay: 5_000 });
      expect(ruleOf(1006, { minDelay: longest, maxDelay: longest })).toMatchObject({ widenTo: longest });
      expect(ruleOf(1006, { maxAttempts: 0 })).toMatchObject({ maxAttempts: 0 });
    });
  });
});
