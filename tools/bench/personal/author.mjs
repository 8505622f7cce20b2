import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { laidOut } from '../../../src/personalize/dataset/laidOut.ts';
import { write } from '../../../src/personalize/proof/write.ts';
import { uniform } from '../random.mjs';
import { keyOf, remembered, sourcesAt } from './cache.mjs';
import { writtenAfter } from './laterCode.mjs';
import { placesIn } from './places.mjs';
import { filesOf } from './releases.mjs';
import { openWorkspace } from './workspace.mjs';

/**
 * At so many of the places of one line the model is asked first. Half the time it writes nothing or the same; else its text
 * comes up and the developer refuses it.
 */
const refusedShare = 0.4;

/**
 * What an author has written so far, as places in the earlier release, and later code, as places in the later one; both
 * with what the index of the earlier release gives there. Kept between runs, `--fresh` or not: it takes a while and
 * measures nothing.
 *
 * @returns {Promise<{files: object[], written: object[], later: object[]}>}
 */
export async function workOf(author, { plan, host, scratch }) {
  const files = await filesOf(author, 'earlier');
  const laterFiles = await filesOf(author, 'later');
  const { examples, places, seed } = plan;
  const written = placesIn(files, { count: examples, random: uniform(seed) });
  const later = placesIn(laterFiles, { count: places, random: uniform(seed + 1), isWanted: writtenAfter(files) });
  const all = [...written, ...later];
  const sources = sourcesAt('src/codeIndex', 'src/inference/completion', 'src/syntax', 'src/engine/indexContext.ts');
  const key = keyOf([author, all, host.snippetCharacters, sources]);
  const snippets = await remembered(`${author.name}-snippets-${key}`, { fresh: false }, () =>
    gathered(author, files, all, { host, scratch }),
  );
  const withSnippets = (list, from) => list.map((place, at) => ({ ...place, snippets: snippets[from + at] }));
  return { files, written: withSnippets(written, 0), later: withSnippets(later, written.length) };
}

async function gathered({ name }, files, places, { host, scratch }) {
  console.error(`${name}: searching the earlier release at ${places.length} places`);
  const dataFolder = join(scratch, `${name}-index`);
  mkdirSync(dataFolder, { recursive: true });
  const workspace = await openWorkspace(files, { folder: join(scratch, name), dataFolder });
  try {
    const found = [];
    for (const place of places) found.push(await workspace.snippetsAt(place, host.snippetCharacters));
    return found;
  } finally {
    await workspace.close();
  }
}

/** The same places; at some of them the model's own text comes up first. What is no other than the author's is accepted. */
export async function withRefusals(places, { plan, host }) {
  const random = uniform(plan.seed + 2);
  const { runner, encoder } = host;
  const result = [];
  for (const place of places) {
    const sample = random() < refusedShare && place.lines === 1 ? laidOut(place, encoder) : undefined;
    const offered = sample && (await write(sample, [], runner.generate, new AbortController().signal));
    const isRefused = offered !== undefined && offered.trim() !== '' && offered !== place.text.trimEnd();
    result.push(isRefused ? { ...place, refused: offered } : place);
  }
  return result;
}
