import type { Translate } from '../../protocol/problems.ts';

/** `40 s`, `2 min`, `1.5 h`: as exact as an estimate is. */
export function durationText(seconds: number, t: Translate): string {
  if (seconds < 89.5) return t('{0} s', Math.max(1, Math.round(seconds)));
  if (seconds < 89.5 * 60) return t('{0} min', Math.round(seconds / 60));
  const hours = seconds / 3600;
  return t('{0} h', hours < 9.75 ? Math.round(hours * 2) / 2 : Math.round(hours));
}
