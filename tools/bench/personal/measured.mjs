import { workOf } from './author.mjs';
import { keyOf, remembered, sourcesAt } from './cache.mjs';
import { measureGeneral, measureLater, samplesOf } from './measures.mjs';
import { measureStyle, profileFrom } from './style.mjs';
import { generalCode } from './training.mjs';

/**
 * Everything that is measured of an author, from an earlier run where there is one.
 * @param adapters of `adaptersOf`; `wrong`: those of another author, undefined where there is none
 */
export async function measuredAuthor(author, { adapters, wrong, plan, hosts, scratch }) {
  const sources = sourcesAt('src/personalize', 'src/inference', 'src/codeIndex', 'tools/bench/personal');
  // A kept adapter has a name of its own: trained anew, it is measured anew.
  const key = keyOf([adapters.stacks, wrong?.stacks.own, plan.places, plan.seed, sources]);
  return remembered(`${author.name}-${key}`, plan, async () => {
    const [host, other] = hosts;
    const { files, later } = await workOf(author, { plan, host, scratch });
    const { own, ...variants } = adapters.stacks;
    console.error(`${author.name}: measuring at ${later.length} later places`);
    const { without, given } = await samplesOf(later, host);
    const { check } = await generalCode();
    const withRetrieval = { retrieval: [], both: own, ...(wrong && { wrong: wrong.stacks.own }), ...variants };
    // Each host computes on one core.
    const [results, retrieved] = await Promise.all([measuredWithout(), measureLater(given, withRetrieval, other)]);
    return { ...results, later: { ...results.later, ...retrieved }, places: without.length };

    async function measuredWithout() {
      return {
        later: await measureLater(without, { base: [], adapter: own }, host),
        general: await measureGeneral(check, { base: [], ...adapters.stacks }, host),
        style: await measureStyle(later, profileFrom(files), host),
      };
    }
  });
}
