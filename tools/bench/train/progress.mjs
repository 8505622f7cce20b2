import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../llamaCpp.mjs';

/**
 * Results of a run, kept from one measurement to the next, so that an interrupted run goes on where it was. Only the very
 * same run does: `identity` is all that decides what is measured.
 *
 * @param {{identity: object, isFresh: boolean}} options `isFresh` ignores what is there
 */
export function progressOf({ identity, isFresh }) {
  const folder = join(cacheFolder(), 'bench/train');
  mkdirSync(folder, { recursive: true });
  const key = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 12);
  const path = join(folder, `${key}.json`);
  const results = isFresh ? {} : resultsIn(path);
  return {
    /** What the task came to, now or before the interruption. */
    async of(name, task) {
      if (name in results) return results[name];
      console.error(name);
      results[name] = (await task()) ?? null;
      writeFileSync(`${path}.part`, JSON.stringify(results));
      renameSync(`${path}.part`, path);
      return results[name];
    },
    /** The next run begins anew. */
    end: () => rmSync(path, { force: true }),
  };
}

function resultsIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
