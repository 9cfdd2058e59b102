/** A time of day with milliseconds. */
export function formatTime(at: number): string {
  const date = new Date(at);
  const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
}

/** A duration given in ms, shown in seconds. */
export function formatSeconds(ms: number, digits: number): string {
  return `${(Math.max(0, ms) / 1_000).toFixed(digits)} s`;
}

/** A whole number with separators. It is called for every event, and `Intl` would be slow there. */
export function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number with its noun, in singular or plural. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

/** A number of bytes. */
export function formatBytes(size: number): string {
  return formatCount(size, 'byte');
}
