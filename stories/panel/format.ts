import type { CloseInfo } from '../../src/index.js';

/** A close code with its name. */
export function formatClose({ code, name }: Pick<CloseInfo, 'code' | 'name'>): string {
  return `${code} ${name}`;
}

/** A time of day with milliseconds. */
export function formatTime(at: number): string {
  const date = new Date(at);
  const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
}

/** A duration in ms as seconds. */
export function formatSeconds(ms: number, digits: number): string {
  return `${(Math.max(0, ms) / 1_000).toFixed(digits)} s`;
}

/** A size in bytes. */
export function formatBytes(size: number): string {
  return formatCount(size, 'byte');
}

/** A number and its noun, in the singular or plural. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
