import { appendFileSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { integer, uniform } from '../random.mjs';
import { percentiles } from './percentiles.mjs';

/** Files that a person would have written. */
const maxBytes = 100_000;
const betweenMs = 150;
const giveUpMs = 10_000;

/**
 * Adds a line with a word that exists nowhere else to one file after the other, tells the host as an editor does, and
 * asks until the word is found there. The time runs from the end of writing to the arrival of the answer.
 */
export async function timeSaves(host, paths, count, seed, isWanted = () => true) {
  const next = uniform(seed);
  const candidates = paths.filter((path) => /\.(ts|js|mjs|py|go|c)$/.test(path) && statSync(path).size < maxBytes);
  const times = [];
  for (let at = 0; at < count && isWanted(); at++) {
    const path = candidates[integer(next, 0, candidates.length)];
    const word = `quokka${'abcdefghij'[at % 10]}${integer(next, 1e6, 1e7).toString(36).replaceAll(/\d/g, 'x')}`;
    appendFileSync(path, `\n${path.endsWith('.py') ? '#' : '//'} ${word}\n`);
    const startMs = performance.now();
    await host.changed([path]);
    while (!(await isFound(host, word, path)))
      if (performance.now() - startMs > giveUpMs) throw new Error(`${path} was not found ${giveUpMs} ms after a save`);
    times.push(performance.now() - startMs);
    await setTimeout(betweenMs);
  }
  return percentiles(times);
}

async function isFound(host, word, path) {
  const { hits } = await host.search({ text: word, kind: 'question', limit: 5 });
  return hits.some((hit) => path.endsWith(hit.path) && hit.text.includes(word));
}
