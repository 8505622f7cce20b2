import { fitting } from '../../../src/personalize/dataset/fitting.ts';
import { measure } from '../../../src/personalize/proof/measure.ts';

const never = new AbortController().signal;

/**
 * Measures later code under stacks of adapters as Hearth's own proof measures it.
 *
 * @param {object[]} samples of `samplesOf`
 * @param {Record<string, object[]>} stacks
 * @returns {Promise<Record<string, object>>} by the names of the stacks, what `columnsOf` makes of the places
 */
export function measureLater(samples, stacks, { runner }) {
  const tasks = samples.map((sample) => ({ sample, writes: true }));
  return columnsFor(tasks, stacks, runner);
}

/** General code under stacks of adapters: the loss alone. */
export async function measureGeneral(places, stacks, { runner, encoder }) {
  const tasks = (await fitting(places, encoder, never)).map(({ sample }) => ({ sample, writes: false }));
  return columnsFor(tasks, stacks, runner);
}

async function columnsFor(tasks, stacks, { score, generate }) {
  const [names, lists] = [Object.keys(stacks), Object.values(stacks)];
  // Each array is a stack of its own, also those that are empty.
  const alone = new Map(lists.map((stack) => [stack, []]));
  const scoreTwice = async (request, signal) => {
    const result = await score(request, signal);
    const { end, ...textOnly } = request;
    alone.get(request.adapters).push(end === undefined ? result : await score(textOnly, signal));
    return result;
  };
  const measured = await measure(tasks, lists, { score: scoreTwice, generate }, never);
  const of = (at) => measured.map((each) => each[at]);
  return Object.fromEntries(names.map((name, at) => [name, columnsOf(of(at), alone.get(lists[at]))]));
}

/**
 * What the model is asked at each place, without snippets and with them; places that do not fit into the context are left out.
 * @returns {Promise<{without: object[], given: object[]}>}
 */
export async function samplesOf(places, { encoder }) {
  // As the examples of a proof: accepted.
  const accepted = places.map((place, at) => ({ ...place, at, kind: 'accepted' }));
  const without = accepted.map((place) => ({ ...place, snippets: [] }));
  const lists = [await fitting(without, encoder, never), await fitting(accepted, encoder, never)];
  const [a, b] = lists.map((list) => new Set(list.map(({ place }) => place.at)));
  const both = a.intersection(b);
  const [bare, given] = lists.map((list) => list.filter(({ place }) => both.has(place.at)).map(({ sample }) => sample));
  return { without: bare, given };
}

/** Lists in the order of the places. `alone`: of the text without the marker of its end. */
function columnsOf(measured, alone) {
  const written = measured.flatMap((each) => each.written ?? []);
  return {
    nats: measured.map(({ loss }) => loss.nats),
    tokens: measured.map(({ loss }) => loss.tokens),
    alone: { nats: alone.map(({ logProbability }) => -logProbability), tokens: alone.map(({ tokens }) => tokens) },
    exact: written.map(({ isExact }) => Number(isExact)),
    similarity: written.map(({ similarity }) => similarity),
  };
}
