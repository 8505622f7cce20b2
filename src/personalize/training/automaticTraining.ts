/** What decides whether a training starts by itself. */
export interface TrainingFacts {
  readonly isOn: boolean;
  /** Examples since the last training that looked at them, and those that can be learned from at all. */
  readonly fresh: number;
  readonly usable: number;
  /** How many it takes at least. */
  readonly needed: number;
  /** When the last training ended, whatever came of it; undefined before the first. */
  readonly lastEndedMs: number | undefined;
  readonly lastKeyMs: number;
  readonly power: 'mains' | 'battery' | 'unknown';
  readonly nowMs: number;
}

export type TrainingWait = 'examples' | 'idle' | 'power' | 'tomorrow';

/** Less is not worth the heat: an adapter changes little with a few more examples. */
const freshShare = 0.25;
const leastFresh = 40;
/** Nobody typed for so long: lunch, a meeting, the evening. */
const idleMs = 10 * 60_000;
/** Not more often than this, however much is written. */
const betweenMs = 20 * 3_600_000;

/** Why no training starts now; undefined when one should. What takes longest to come is named first. */
export function waitsFor(facts: TrainingFacts): TrainingWait | 'off' | undefined {
  const { isOn, fresh, usable, needed, lastEndedMs, lastKeyMs, power, nowMs } = facts;
  if (!isOn) return 'off';
  if (usable < needed || fresh < Math.max(leastFresh, usable * freshShare)) return 'examples';
  if (lastEndedMs !== undefined && nowMs - lastEndedMs < betweenMs) return 'tomorrow';
  if (power === 'battery') return 'power';
  return nowMs - lastKeyMs < idleMs ? 'idle' : undefined;
}
