import { fitting } from '../../../src/personalize/dataset/fitting.ts';
import { measure } from '../../../src/personalize/proof/measure.ts';

const never = new AbortController().signal;

/**
 * Measures later code under stacks of adapters, with and without what the index gives, as Hearth's own proof measures.
 *
 * @param {object[]} places with `snippets`
 * @param {Record<string, {stack: object[], retrieval: boolean}>} conditions
 * @returns {Promise<Record<string, object>>} by condition, what `columnsOf` makes of the places that fit
 */
export async function measureLater(places, conditions, { runner, encoder }) {
  const [without, given] = await samplesOf(places, encoder);
  const results = {};
  for (const retrieval of [false, true]) {
    const chosen = Object.entries(conditions).filter(([, each]) => each.retrieval === retrieval);
    const tasks = (retrieval ? given : without).map((sample) => ({ sample, writes: true }));
    const stacks = chosen.map(([, { stack }]) => stack);
    Object.assign(results, await columnsFor(chosen, tasks, stacks, runner));
  }
  return results;
}

/** General code under stacks of adapters: the loss alone. */
export async function measureGeneral(places, stacks, { runner, encoder }) {
  const tasks = (await fitting(places, encoder, never)).map(({ sample }) => ({ sample, writes: false }));
  return columnsFor(Object.entries(stacks), tasks, Object.values(stacks), runner);
}

async function columnsFor(named, tasks, stacks, { score, generate }) {
  // Each array is a stack of its own, also those that are empty.
  const alone = new Map(stacks.map((stack) => [stack, []]));
  const scoreTwice = async (request, signal) => {
    const result = await score(request, signal);
    const { end, ...textOnly } = request;
    alone.get(request.adapters).push(end === undefined ? result : await score(textOnly, signal));
    return result;
  };
  const measured = await measure(tasks, stacks, { score: scoreTwice, generate }, never);
  return Object.fromEntries(
    named.map(([name], at) => [
      name,
      columnsOf(
        measured.map((each) => each[at]),
        alone.get(stacks[at]),
      ),
    ]),
  );
}

/** What the model is asked at each place, without and with snippets; without the places that do not fit into the context. */
async function samplesOf(places, encoder) {
  // As the examples of a proof: accepted.
  const accepted = places.map((place, at) => ({ ...place, at, kind: 'accepted' }));
  const without = accepted.map((place) => ({ ...place, snippets: [] }));
  const lists = [await fitting(without, encoder, never), await fitting(accepted, encoder, never)];
  const [a, b] = lists.map((list) => new Set(list.map(({ place }) => place.at)));
  const both = a.intersection(b);
  return lists.map((list) => list.filter(({ place }) => both.has(place.at)).map(({ sample }) => sample));
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
