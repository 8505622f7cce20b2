import { authorsNamed } from '../personal/authors.mjs';
import { filesOf } from '../personal/releases.mjs';

/** Of the lines that an edit asked for in a chat touches. */
const changedShare = { least: 0.01, most: 0.2 };

/**
 * Real edits of real files: each file at two releases of its package, the pinned ones of `bench:personal`. Those with
 * about so many lines, of different authors; what a person asks a chat for is seldom more than what changes here.
 * @returns {Promise<{path: string, earlier: string, later: string, lines: number, changed: number}[]>}
 */
export async function rewrites({ count, lines }) {
  const best = [];
  for (const author of authorsNamed()) {
    const later = new Map((await filesOf(author, 'later')).map(({ path, text }) => [path, text]));
    const candidates = (await filesOf(author, 'earlier'))
      .filter(({ path }) => later.has(path))
      .map(({ path, text }) => rewriteOf(`${author.name}/${path}`, text, later.get(path)))
      .filter(({ changed }) => changed >= changedShare.least && changed <= changedShare.most)
      .toSorted((a, b) => Math.abs(a.lines - lines) - Math.abs(b.lines - lines));
    best.push(...candidates.slice(0, 1));
  }
  return best.toSorted((a, b) => Math.abs(a.lines - lines) - Math.abs(b.lines - lines)).slice(0, count);
}

function rewriteOf(path, earlier, later) {
  const wanted = later.split('\n');
  return { path, earlier, later, lines: wanted.length, changed: newShare(earlier.split('\n'), wanted) };
}

/** How many of the lines stand nowhere in what was there before. */
function newShare(before, after) {
  const left = Map.groupBy(before, (line) => line);
  return after.filter((line) => left.get(line)?.pop() === undefined).length / after.length;
}
