import { changeInterval } from '../../../src/personalize/proof/interval.ts';
import { changeOf } from '../../../src/personalize/proof/loss.ts';
import { signTest } from '../../../src/personalize/proof/signTest.ts';

const seed = 1;

/** What two conditions found of the same places. */
export function pairsOf(before, after) {
  const others = lossesOf(after);
  return lossesOf(before).map((loss, at) => ({ before: loss, after: others[at] }));
}

export function lossesOf({ nats, tokens }) {
  return nats.map((each, at) => ({ nats: each, tokens: tokens[at] }));
}

export function sum(values) {
  return values.reduce((all, value) => all + value, 0);
}

/** Of the values that are known. */
export function mean(values) {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : sum(known) / known.length;
}

export function percent(share) {
  if (share === undefined) return '–';
  const rounded = (100 * Math.abs(share)).toFixed(1);
  return `${share < 0 && rounded !== '0.0' ? '−' : '+'}${rounded} %`;
}

/** By how much the loss changed, and its interval. */
export function changeText(pairs) {
  const { low, high } = changeInterval(pairs, seed);
  return `${percent(changeOf(pairs))} (${percent(low)} to ${percent(high)})`;
}

export function rateText(exact) {
  return `${sum(exact)}/${exact.length} (${((100 * sum(exact)) / exact.length).toFixed(1)} %)`;
}

/** Exact matches that came and went, and how likely a fair coin gains as many over what it loses. */
export function gainsText(before, after) {
  const better = after.filter((exact, at) => exact > before[at]).length;
  const worse = after.filter((exact, at) => exact < before[at]).length;
  const p = signTest(better, worse);
  return `+${better} −${worse} (${p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`})`;
}
