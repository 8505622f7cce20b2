import { fitting } from '../../../src/personalize/dataset/fitting.ts';
import { measure } from '../../../src/personalize/proof/measure.ts';

const never = new AbortController().signal;

/**
 * Measures later code under stacks of adapters, with and without what the index gives, as Hearth's own proof measures.
 *
 * @param {object[]} places with `snippets`
 * @param {Record<string, {stack: object[], retrieval: boolean, isBare?: boolean}>} conditions `isBare`: the text alone is scored,
 *   without the marker of its end, and nothing is written
 * @returns {Promise<Record<string, {nats: number[], tokens: number[], exact?: number[], similarity?: number[]}>>} each list in the
 *   order of the places that fit
 */
export async function measureLater(places, conditions, { runner, encoder }) {
  const [bare, given] = await samplesOf(places, encoder);
  const results = {};
  for (const retrieval of [false, true])
    for (const isBare of [false, true]) {
      const chosen = Object.entries(conditions).filter(
        ([, each]) => each.retrieval === retrieval && (each.isBare ?? false) === isBare,
      );
      if (chosen.length === 0) continue;
      const samples = retrieval ? given : bare;
      const tasks = samples.map(({ end, ...sample }) =>
        isBare ? { sample, writes: false } : { sample: { ...sample, ...(end && { end }) }, writes: true },
      );
      const stacks = chosen.map(([, { stack }]) => stack);
      const measured = await measure(tasks, stacks, runner, never);
      for (const [at, [name]] of chosen.entries()) results[name] = columnsOf(measured.map((each) => each[at]));
    }
  return results;
}

/** General code under stacks of adapters: the loss alone. */
export async function measureGeneral(places, stacks, { runner, encoder }) {
  const tasks = (await fitting(places, encoder, never)).map(({ sample }) => ({ sample, writes: false }));
  const measured = await measure(tasks, Object.values(stacks), runner, never);
  return Object.fromEntries(Object.keys(stacks).map((name, at) => [name, columnsOf(measured.map((each) => each[at]))]));
}

/** What the model is asked at each place, without and with snippets; without the places that do not fit into the context. */
async function samplesOf(places, encoder) {
  // As the examples of a proof: accepted.
  const accepted = places.map((place) => ({ ...place, kind: 'accepted' }));
  const bare = await fitting(
    accepted.map((place, at) => ({ ...place, at, snippets: [] })),
    encoder,
    never,
  );
  const given = await fitting(
    accepted.map((place, at) => ({ ...place, at })),
    encoder,
    never,
  );
  const fit = new Set(given.map(({ place }) => place.at));
  const both = new Set(bare.map(({ place }) => place.at).filter((at) => fit.has(at)));
  return [bare, given].map((list) => list.filter(({ place }) => both.has(place.at)).map(({ sample }) => sample));
}

function columnsOf(measured) {
  const written = measured.flatMap((each) => each.written ?? []);
  return {
    nats: measured.map(({ loss }) => loss.nats),
    tokens: measured.map(({ loss }) => loss.tokens),
    ...(written.length === 0
      ? {}
      : {
          exact: written.map(({ isExact }) => Number(isExact)),
          similarity: written.map(({ similarity }) => similarity),
        }),
  };
}
