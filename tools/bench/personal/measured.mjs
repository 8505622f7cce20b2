import { workOf } from './author.mjs';
import { keyOf, remembered, sourcesAt } from './cache.mjs';
import { measureGeneral, measureLater } from './measures.mjs';
import { measureStyle, profileFrom } from './style.mjs';
import { generalCode } from './training.mjs';

/**
 * Everything that is measured of an author, from an earlier run where there is one.
 * @param adapters of `adaptersOf`; `wrong`: those of another author, undefined where there is none
 */
export async function measuredAuthor(author, { adapters, wrong, plan, host, scratch }) {
  const sources = sourcesAt('src/personalize', 'src/inference', 'src/codeIndex', 'tools/bench/personal');
  const stackNames = Object.keys(adapters.stacks);
  const key = keyOf([adapters.key, stackNames, wrong?.key, plan.places, plan.seed, sources]);
  return remembered(`${author.name}-${key}`, plan, async () => {
    const { files, later } = await workOf(author, { plan, host, scratch });
    console.error(`${author.name}: measuring at ${later.length} later places`);
    const { check } = await generalCode();
    return {
      later: await measureLater(later, conditionsFor(adapters.stacks, wrong?.stacks.own), host),
      general: await measureGeneral(check, { base: [], ...adapters.stacks }, host),
      style: await measureStyle(later, profileFrom(files), host),
      places: later.length,
    };
  });
}

function conditionsFor({ own, ...others }, wrong) {
  const retrieval = true;
  return {
    base: { stack: [], retrieval: false },
    adapter: { stack: own, retrieval: false },
    retrieval: { stack: [], retrieval },
    both: { stack: own, retrieval },
    ...(wrong && { wrong: { stack: wrong, retrieval } }),
    ...Object.fromEntries(Object.entries(others).map(([name, stack]) => [name, { stack, retrieval }])),
  };
}
