// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { createConnection } from '../../src/core/index.js';
import {
  getLiveConnections,
  type LiveConnection,
  registerLiveConnection,
  watchLiveConnections,
} from '../../src/core/liveConnections.js';

const create = (url: string): LiveConnection => ({
  connection: createConnection(url),
  url,
  endSocket: () => undefined,
  setSilent: () => undefined,
});

describe('the live connections', () => {
  it('are listed in the order in which they came into use', () => {
    const one = create('wss://a.example/');
    const two = create('wss://b.example/');
    const removeOne = registerLiveConnection(one);
    const removeTwo = registerLiveConnection(two);
    expect(getLiveConnections()).toEqual([one, two]);
    removeOne();
    expect(getLiveConnections()).toEqual([two]);
    removeTwo();
    expect(getLiveConnections()).toEqual([]);
  });

  it('are the same array until one is added or removed', () => {
    const remove = registerLiveConnection(create('wss://a.example/'));
    const before = getLiveConnections();
    expect(getLiveConnections()).toBe(before);
    remove();
    const after = getLiveConnections();
    expect(after).not.toBe(before);
    remove();
    expect(getLiveConnections(), 'removing twice changes nothing').toBe(after);
  });

  it('tell their listeners about every change until these unsubscribe', () => {
    const listener = vi.fn();
    const unsubscribe = watchLiveConnections(listener);
    const remove = registerLiveConnection(create('wss://a.example/'));
    expect(listener).toHaveBeenCalledTimes(1);
    remove();
    remove();
    expect(listener).toHaveBeenCalledTimes(2);
    unsubscribe();
    registerLiveConnection(create('wss://a.example/'))();
    expect(listener).toHaveBeenCalledTimes(2);
  });
});
